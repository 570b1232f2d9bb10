"""Revisions → columns, and a document: what changed, when, across which break, and which verdicts flipped."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from dtrack.answers.common import number_column
from dtrack.cells import Question
from dtrack.choose import codes
from dtrack.frames import Ints
from dtrack.model import Holdings
from dtrack.period import day_text
from dtrack.revisions import Revised, revisions, summary
from dtrack.sentences import plural
from dtrack.sheet import Column, Document, Sheet
from dtrack.view import exact_numbers


class RevisionsAnswer:
    """Figures with several editions, of the areas and indicators asked for."""

    def __init__(self, held: Holdings, question: Question, areas: Collection[int] = (), indicators: Collection[int] = ()) -> None:
        self.held, self.question = held, question
        self.revised: Revised = revisions(held, question)
        self.area, self.indicator = codes(held.actuals, "area"), codes(held.actuals, "indicator")
        keep = np.ones(len(self.revised.first), bool)
        for positions, wanted in ((self.area, areas), (self.indicator, indicators)):
            keep &= np.isin(positions[self.revised.first], list(wanted)) if wanted else True
        self.rows: Ints = np.flatnonzero(keep)

    def columns(self) -> dict[str, list[Any]]:
        """Every column of schema.REVISIONS."""
        r, rows, frame = self.revised, self.rows, self.held.actuals
        first, last = r.first[rows], r.last[rows]
        number = frame["number"].to_numpy()

        def texts(name: str, at: Ints) -> list[str]:
            return [str(text) for text in frame[name].to_numpy(dtype=object)[at]]

        return {
            "area": texts("area", first),
            "indicator": texts("indicator", first),
            "period": texts("period", first),
            "first": number[first].tolist(),
            "first_published": texts("published", first),
            "last": number[last].tolist(),
            "last_published": texts("published", last),
            "editions": [int(count) for count in r.editions[rows]],
            "change": r.change[rows].tolist(),
            "days": [int(day) if day >= 0 else None for day in r.days[rows]],
            "verdict_first": [r.verdict_first[row] for row in rows],
            "verdict_last": [r.verdict_last[row] for row in rows],
            "note": [self.note(int(row)) for row in rows],
        }

    def note(self, row: int) -> str:
        """The break crossed, by name; a verdict that flipped."""
        r, parts = self.revised, []
        if r.crosses[row]:
            item = self.held.indicators[self.indicator[r.first[row]]]
            days = [int(self.held.actuals["published_day"].to_numpy()[at[row]]) for at in (r.first, r.last)]
            crossed = [b for b in item.breaks if days[0] < b.at <= days[1]]
            named = "; ".join(f"{day_text(b.at)} ({b.why})" for b in crossed)
            parts.append(f"across the break of {named}: two series, not subtracted")
        if r.verdict_first[row] != r.verdict_last[row]:
            told = [(words[row] or "nothing").replace("_", " ") for words in (r.verdict_first, r.verdict_last)]
            parts.append(f"the verdict turned from {told[0]} to {told[1]}")
        return "; ".join(parts)

    def document(self) -> Document:
        """The figures revised, newest first within an indicator, and the mean revision of each indicator."""
        held, r, rows = self.held, self.revised, self.rows
        title = next(iter(held.titles.values()), "dtrack")
        if not len(rows):
            return Document("revisions", (f"{title} · revisions",), (), (), ("No figure has more than one edition.",))
        columns, value = self.columns(), held.actuals["value"].to_numpy(dtype=object)
        names = {area.id: area.name for area in held.areas} | {item.id: item.name for item in held.indicators}
        first, last = ([str(value[at]) for at in which[rows]] for which in (r.first, r.last))
        turned = ["missed" if "turned" in note else "" for note in columns["note"]]
        sheet = Sheet("Figures with several editions", (
            Column("area", "Area", [names[name] for name in columns["area"]]),
            Column("indicator", "Indicator", [names[name] for name in columns["indicator"]]),
            Column("period", "Period", columns["period"]),
            Column("first", "First", first, right=True, numbers=exact_numbers(first)),
            Column("first_published", "Published", columns["first_published"], gives_way=3),
            Column("last", "Newest", last, right=True, numbers=exact_numbers(last)),
            Column("last_published", "Published ", columns["last_published"], gives_way=2),
            Column("change", "Change", r.change[rows].tolist(), r.decimals[rows].tolist(), signed=True, right=True),
            Column("days", "Days", columns["days"], right=True, gives_way=1),
            Column("note", "What it means", columns["note"], tones=turned),
        ), ())  # fmt: skip
        return Document("revisions", (f"{title} · revisions", self._flipped()), (), (sheet, *self._means()), ())

    def _flipped(self) -> str:
        r = self.revised
        count = sum(r.verdict_first[row] != r.verdict_last[row] for row in self.rows)
        editions = f"{plural(len(self.rows), 'figure')} with several editions"
        return f"{editions}; {count or 'none'} of them turned a verdict." if len(self.rows) > 1 else f"{editions}."

    def _means(self) -> list[Sheet]:
        wanted = set(self.indicator[self.revised.first[self.rows]].tolist())
        rows = [row for row in summary(self.held, self.revised) if row[0] in wanted]
        if not rows:
            return []
        columns = (
            Column("indicator", "Indicator", [self.held.indicators[row[0]].name for row in rows]),
            Column("figures", "Figures", [row[1] for row in rows], right=True),
            Column("revised", "Changed", [row[2] for row in rows], right=True),
            number_column("mean", "Mean revision", np.array([row[3] for row in rows]), 4, signed=True),
            number_column("mean_abs", "Mean absolute", np.array([row[4] for row in rows]), 4),
        )
        return [Sheet("Mean revision of all figures with a day, those never revised included", columns)]
