"""What was published after a day → columns, and a sheet: new, revised, confirmed, withdrawn, in the order of the days."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from dtrack.answers.common import texts_at
from dtrack.cells import Question
from dtrack.choose import codes
from dtrack.frames import Ints
from dtrack.model import Holdings
from dtrack.period import day_text
from dtrack.revisions import KINDS, Changed, changes
from dtrack.sentences import basis_in_words
from dtrack.sheet import Column, Sheet
from dtrack.tongue import listed
from dtrack.view import exact_numbers

_TONES = {"withdrawn": "missed", "revised": "open"}


class ChangesAnswer:
    """Every edition published after `since` (yyyymmdd), of the areas and indicators asked for."""

    def __init__(self, held: Holdings, question: Question, since: int, areas: Collection[int] = (),
                 indicators: Collection[int] = ()) -> None:  # fmt: skip
        self.held, self.question, self.since = held, question, since
        self.changed: Changed = changes(held, question, since)
        after = self.changed.after
        keep = np.ones(len(after), bool)
        for name, wanted in (("area", areas), ("indicator", indicators)):
            keep &= np.isin(codes(held.actuals, name)[after], list(wanted)) if wanted else True
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

    def _texts(self, name: str, rows: Ints) -> list[str]:
        return texts_at(self.held.actuals, name, rows)

    def _places(self, rows: Ints) -> list[str]:
        """`data/actuals/a.csv:7`, and in brackets the cell it was imported from."""
        lines = self.held.actuals["line"].to_numpy()[rows].tolist()
        told = zip(self._texts("file", rows), lines, self._texts("origin", rows), strict=True)
        return [f"{file}:{line}" + (f" ({origin})" if origin else "") for file, line, origin in told]

    def sheet(self) -> Sheet:
        """The changes for people."""
        asked = self.question.period
        title = f"Published after {day_text(self.since)}" + (f", of {asked} and months within it" if asked else ", of every period")
        if not len(self.rows):
            return Sheet(title, (), ("Nothing.",))
        columns, rows = self.columns(), self.rows
        names = {area.id: area.name for area in self.held.areas} | {item.id: item.name for item in self.held.indicators}
        kinds = columns["kind"]
        shown = (
            Column("after_published", "Day", columns["after_published"]),
            Column("kind", "What", kinds, tones=[_TONES.get(kind, "") for kind in kinds]),
            Column("area", "Area", [names[name] for name in columns["area"]]),
            Column("indicator", "Indicator", [names[name] for name in columns["indicator"]]),
            Column("period", "Period", columns["period"], gives_way=3),
            Column("before", "From", columns["before"], right=True, numbers=exact_numbers(columns["before"])),
            Column("after", "To", columns["after"], right=True, numbers=exact_numbers(columns["after"])),
            Column("change", "Change", columns["change"], self.changed.decimals[rows].tolist(), signed=True, right=True),
            Column("source", "Source", columns["source"], gives_way=1),
            Column("place", "Place", columns["place"], gives_way=2),
        )
        return Sheet(title, shown, tuple(self._below()))

    def _below(self) -> list[str]:
        """Breaks that lie between two editions, and figures on another basis."""
        changed, rows, lines = self.changed, self.rows, []
        crossed = rows[changed.crosses[rows]]
        if len(crossed):
            names = dict.fromkeys(self._names(changed.after[crossed]))
            lines.append(f"Across a break, two series, not subtracted: {listed(list(names), most=8)}.")
        after = changed.after[rows]
        other = after[~self.held.actuals["own_basis"].to_numpy(dtype=bool)[after]]
        bases = zip(self._names(other), self._texts("prices", other), self._texts("scope", other), strict=True)
        lines += dict.fromkeys(
            f"{name}: on {basis_in_words(prices, scope)}, shown and never judged." for name, prices, scope in bases
        )
        return lines

    def _names(self, rows: Ints) -> list[str]:
        areas, items = self.held.areas, self.held.indicators
        area, item = (codes(self.held.actuals, name)[rows].tolist() for name in ("area", "indicator"))
        return [f"{areas[a].name}, {items[i].name}" for a, i in zip(area, item, strict=True)]
