"""What was published after a day → columns, and a sheet.

New, revised, confirmed, withdrawn, in the order of the days.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from dtrack.analysis.cells import Query
from dtrack.analysis.revisions import KINDS, Changed, changes
from dtrack.core.arrays import Ints, codes
from dtrack.core.period import day_text
from dtrack.core.translate import N_, _, listed
from dtrack.i18n.cell_text import period_shown
from dtrack.i18n.sentences import basis_in_words
from dtrack.model.entities import Dataset
from dtrack.model.schema import CHANGES
from dtrack.reporting.cells import exact_numbers
from dtrack.reporting.columns import Answer, periods_shown, texts_at, wordings_shown
from dtrack.reporting.document import Column, Sheet

_TONES = {"withdrawn": "missed", "revised": "open"}
_WORDS = {
    "new": N_("new"),
    "revised": N_("revised"),
    "confirmed": N_("confirmed"),
    "withdrawn": N_("withdrawn"),
}


class ChangesAnswer(Answer):
    """Every edition published after `since` (yyyymmdd), of the areas and indicators asked for."""

    name, declared = "changes", CHANGES

    def __init__(
        self,
        dataset: Dataset,
        question: Query,
        since: int,
        areas: Collection[int] = (),
        indicators: Collection[int] = (),
    ) -> None:
        self.dataset, self.question, self.since = dataset, question, since
        self.changed: Changed = changes(dataset, question, since)
        after = self.changed.after
        keep = np.ones(len(after), bool)
        for name, wanted in (("area", areas), ("indicator", indicators)):
            keep &= np.isin(codes(dataset.actuals, name)[after], list(wanted)) if wanted else True
        self.rows: Ints = np.flatnonzero(keep)

    def columns(self) -> dict[str, list[Any]]:
        """Every column of schema.CHANGES."""
        changed, rows = self.changed, self.rows
        before, after = changed.before[rows], changed.after[rows]
        return {
            **{name: self._texts(name, after) for name in ("area", "indicator", "period")},
            "kind": [KINDS[code] for code in changed.kind[rows]],
            "before": self._texts("value", before),
            "before_published": self._texts("published", before),
            "after": self._texts("value", after),
            "after_published": self._texts("published", after),
            "change": changed.change[rows].tolist(),
            "source": self._texts("source", after),
            "place": self._places(after),
        }

    def decimals(self) -> dict[str, list[int]]:
        """Decimals of the differences."""
        return {"change": self.changed.decimals[self.rows].tolist()}

    def _texts(self, name: str, rows: Ints) -> list[str]:
        return texts_at(self.dataset.actuals, name, rows)

    def _places(self, rows: Ints) -> list[str]:
        """`data/actuals/a.csv:7`, and in brackets the cell it was imported from."""
        lines = self.dataset.actuals["line"].to_numpy()[rows].tolist()
        told = zip(self._texts("file", rows), lines, self._texts("origin", rows), strict=True)
        return [
            f"{file}:{line}" + (f" ({origin})" if origin else "") for file, line, origin in told
        ]

    def sheet(self) -> Sheet:
        """The changes for people."""
        asked, day = self.question.period, day_text(self.since)
        title = _("Published after {day}, of every period", day=day)
        if asked:
            title = _(
                "Published after {day}, of {period} and months within it",
                day=day,
                period=period_shown(asked),
            )
        if not len(self.rows):
            return Sheet(title, (), (_("Nothing."),))
        columns, rows = self.columns(), self.rows
        names = {area.id: area.name for area in self.dataset.areas} | {
            item.id: item.name for item in self.dataset.indicators
        }
        kinds, words = columns["kind"], {kind: _(word) for kind, word in _WORDS.items()}
        before, after = columns["before"], columns["after"]
        shown = (
            Column("after_published", _("Day"), columns["after_published"]),
            Column(
                "kind",
                _("What"),
                [words[kind] for kind in kinds],
                tones=[_TONES.get(kind, "") for kind in kinds],
            ),
            Column("area", _("Area"), [names[name] for name in columns["area"]]),
            Column("indicator", _("Indicator"), [names[name] for name in columns["indicator"]]),
            Column("period", _("Period"), periods_shown(columns["period"]), gives_way=3),
            Column(
                "before",
                _("From"),
                wordings_shown(before),
                right=True,
                numbers=exact_numbers(before),
            ),
            Column(
                "after", _("To"), wordings_shown(after), right=True, numbers=exact_numbers(after)
            ),
            Column(
                "change",
                _("Change"),
                columns["change"],
                self.changed.decimals[rows].tolist(),
                signed=True,
                right=True,
            ),
            Column("source", _("Source"), columns["source"], gives_way=1),
            Column("place", _("Place"), columns["place"], gives_way=2),
        )
        return Sheet(title, shown, tuple(self._below()))

    def _below(self) -> list[str]:
        """Breaks that lie between two editions, and figures on another basis."""
        changed, rows, lines = self.changed, self.rows, []
        crossed = rows[changed.crosses[rows]]
        if len(crossed):
            names = dict.fromkeys(self._names(changed.after[crossed]))
            lines.append(
                _(
                    "Across a break, two series, not subtracted: {figures}.",
                    figures=listed(list(names), most=8),
                )
            )
        after = changed.after[rows]
        other = after[~self.dataset.actuals["own_basis"].to_numpy(dtype=bool)[after]]
        bases = zip(
            self._names(other),
            self._texts("prices", other),
            self._texts("scope", other),
            strict=True,
        )
        told = ((name, basis_in_words(prices, scope)) for name, prices, scope in bases)
        lines += dict.fromkeys(
            _("{figure}: on {basis}, shown and never judged.", figure=name, basis=basis)
            for name, basis in told
        )
        return lines

    def _names(self, rows: Ints) -> list[str]:
        areas, items = self.dataset.areas, self.dataset.indicators
        area, item = (
            codes(self.dataset.actuals, name)[rows].tolist() for name in ("area", "indicator")
        )
        return [
            _("{area}, {indicator}", area=areas[a].name, indicator=items[i].name)
            for a, i in zip(area, item, strict=True)
        ]
