"""Sources by the numbers under which the tables of a document cite them."""

from __future__ import annotations

from collections.abc import Sequence

from dtrack.core.translate import _
from dtrack.model.dataset import Dataset
from dtrack.reporting.document import Citation, Column


class CitedSources:
    """Numbers for sources in the order in which the tables of a document name them."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.numbers: dict[str, int] = {}

    def number(self, source: str) -> int:
        """The number of a source, a new one where it has none yet."""
        return self.numbers.setdefault(source, len(self.numbers) + 1)

    def column(self, figures: Sequence[str], targets: Sequence[str]) -> Column:
        """`3 copy · T5` by row: the figure's source, and after T the target's."""
        texts, cites = [], []
        for of_figure, of_target in zip(figures, targets, strict=True):
            named = [
                (source, mark) for source, mark in ((of_figure, ""), (of_target, "T")) if source
            ]
            texts.append(" · ".join(self._marked(source, mark) for source, mark in named))
            cites.append([self.number(source) for source, _mark in named])
        quiet = ["quiet"] * len(texts)
        return Column("source", _("Source"), texts, tones=quiet, cites=cites)

    def _marked(self, source: str, mark: str) -> str:
        known, number = self.dataset.sources.get(source), f"{mark}{self.number(source)}"
        return _("{number} copy", number=number) if known and known.copy else number

    def listed(self) -> tuple[Citation, ...]:
        """Title, publisher, day, address of each source, and whether it was read in a copy."""
        known = self.dataset.sources
        return tuple(
            Citation(
                number,
                known[source].cited
                if source in known
                else _("{source} (not listed)", source=source),
            )
            for source, number in self.numbers.items()
        )

    def with_legend(self) -> tuple[Citation, ...]:
        """The same, and what T and `copy` mean."""
        legend = _(
            "T before a number: source of the target. copy: read in a copy of the publisher's text."
        )
        return (*self.listed(), Citation(None, legend)) if self.numbers else ()
