"""Sources → a sheet: what each is, and how many figures and targets stand on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dtrack.core.translate import _, listed, ngettext
from dtrack.model.dataset import Dataset
from dtrack.reporting.document import Column, Document, Sheet


def sheet_of(dataset: Dataset) -> Sheet:
    """One row per source of data/sources.csv; cited ids that it does not list stand below."""
    figures, targets = (_cited(frame) for frame in (dataset.actuals, dataset.targets))
    sources = list(dataset.sources.values())
    stray = [
        name for name in dict.fromkeys((*figures, *targets)) if name and name not in dataset.sources
    ]
    below = (
        (
            _(
                "Cited and not listed in {file}: {sources}.",
                file="data/sources.csv",
                sources=listed(stray, most=20),
            ),
        )
        if stray
        else ()
    )

    def count(key: str, heading: str, of: Counter[str]) -> Column:
        return Column(
            key, heading, [of[source.id] for source in sources], [0] * len(sources), right=True
        )

    yes, no = _("yes"), _("no")
    return Sheet(
        ngettext("{count} source", "{count} sources", len(sources)),
        (
            Column("id", _("Source"), [source.id for source in sources]),
            Column("title", _("Title"), [source.title for source in sources]),
            Column(
                "publisher", _("Publisher"), [source.publisher for source in sources], gives_way=1
            ),
            Column("date", _("Date"), [source.date for source in sources]),
            Column("copy", _("Secondary"), [yes if s.copy else no for s in sources], gives_way=2),
            count("figures", _("Figures"), figures),
            count("targets", _("Targets"), targets),
        ),
        below,
    )


def document(dataset: Dataset, sheet: Sheet, *, compact: bool = False) -> Document:
    """The sheet, ready to be shown; `compact`: title and publisher in one column, the last.

    A screen has no room for all of them side by side.
    """
    if not compact:
        return Document(_("sources"), sheets=(sheet,))
    told = [
        replace(source, date="", url="", copy=False).cited for source in dataset.sources.values()
    ]
    kept = [c for c in sheet.columns if c.key in ("id", "date", "figures", "targets")]
    kept = [replace(c, gives_way=1) if c.key == "date" else c for c in kept]
    columns = (*kept, Column("title", _("Title"), told))
    return Document(_("sources"), sheets=(replace(sheet, columns=columns),))


def _cited(frame: object) -> Counter[str]:
    """How many rows of a frame name each source."""
    column = frame["source"]  # type: ignore[index]
    return Counter(
        {str(name): int(number) for name, number in column.value_counts().items() if number}
    )
