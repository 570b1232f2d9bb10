"""Revisions → columns, and a document: what changed, when, across which break, and which verdicts flipped."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from dtrack.analysis.cells import Question
from dtrack.analysis.revisions import Revised, revisions, summary
from dtrack.analysis.selection import codes
from dtrack.core.period import day_text
from dtrack.core.translate import marked, say, several
from dtrack.i18n.sentences import verdict_word
from dtrack.model.entities import Holdings
from dtrack.reporting.cells import exact_numbers
from dtrack.reporting.columns import TIDY_DECIMALS, number_column, periods_shown, title_of, wordings_shown
from dtrack.reporting.document import Column, Document, Sheet
from dtrack.storage.columns import Ints


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

    def decimals(self) -> dict[str, list[int]]:
        """Decimals of both editions and of their difference."""
        digits = self.revised.decimals[self.rows].tolist()
        return {"first": digits, "last": digits, "change": digits}

    def note(self, row: int) -> str:
        """The break crossed, by name; a verdict that flipped."""
        r, parts = self.revised, []
        if r.crosses[row]:
            item = self.held.indicators[self.indicator[r.first[row]]]
            days = [int(self.held.actuals["published_day"].to_numpy()[at[row]]) for at in (r.first, r.last)]
            crossed = [b for b in item.breaks if days[0] < b.at <= days[1]]
            named = say("; ").join(say("{day} ({why})", day=day_text(b.at), why=b.why) for b in crossed)
            parts.append(say("across the break of {breaks}: two series, not subtracted", breaks=named))
        if self.turned(row):
            parts.append(_turn(verdict_word(r.verdict_first[row]), verdict_word(r.verdict_last[row])))
        return say("; ").join(parts)

    def turned(self, row: int) -> bool:
        """The newest edition has another verdict than the first."""
        return self.revised.verdict_first[row] != self.revised.verdict_last[row]

    def document(self) -> Document:
        """The figures revised, newest first within an indicator, and the mean revision of each indicator."""
        held, r, rows = self.held, self.revised, self.rows
        headline = say("{title} · revisions", title=title_of(held))
        if not len(rows):
            return Document(marked("revisions"), (headline,), (), (), (say("No figure has more than one edition."),))
        columns, value = self.columns(), held.actuals["value"].to_numpy(dtype=object)
        names = {area.id: area.name for area in held.areas} | {item.id: item.name for item in held.indicators}
        first, last = ([str(value[at]) for at in which[rows]] for which in (r.first, r.last))
        turned = ["missed" if self.turned(row) else "" for row in rows.tolist()]
        sheet = Sheet(say("Figures with several editions"), (
            Column("area", say("Area"), [names[name] for name in columns["area"]]),
            Column("indicator", say("Indicator"), [names[name] for name in columns["indicator"]]),
            Column("period", say("Period"), periods_shown(columns["period"])),
            Column("first", say("First"), wordings_shown(first), right=True, numbers=exact_numbers(first)),
            Column("first_published", say("Published"), columns["first_published"], gives_way=3),
            Column("last", say("Newest"), wordings_shown(last), right=True, numbers=exact_numbers(last)),
            Column("last_published", f"{say('Published')} ", columns["last_published"], gives_way=2),
            Column("change", say("Change"), r.change[rows].tolist(), r.decimals[rows].tolist(), signed=True, right=True),
            Column("days", say("Days"), columns["days"], right=True, gives_way=1),
            Column("note", say("What it means"), columns["note"], tones=turned),
        ), ())  # fmt: skip
        return Document(marked("revisions"), (headline, self._flipped()), (), (sheet, *self._means()), ())

    def _flipped(self) -> str:
        count = sum(self.turned(row) for row in self.rows.tolist())
        editions = several("{count} figure with several editions", "{count} figures with several editions", len(self.rows))
        if len(self.rows) == 1:
            return say("{sentence}.", sentence=editions)
        if not count:
            return say("{figures}; none of them turned a verdict.", figures=editions)
        return say("{figures}; {number} of them turned a verdict.", figures=editions, number=count)

    def _means(self) -> list[Sheet]:
        wanted = set(self.indicator[self.revised.first[self.rows]].tolist())
        rows = [row for row in summary(self.held, self.revised) if row[0] in wanted]
        if not rows:
            return []
        r, of = self.revised, self.indicator[self.revised.first]
        digits = np.array([max(TIDY_DECIMALS, r.decimals[of == row[0]].max()) for row in rows])
        columns = (
            Column("indicator", say("Indicator"), [self.held.indicators[row[0]].name for row in rows]),
            Column("figures", say("Figures"), [row[1] for row in rows], right=True),
            Column("revised", say("Changed"), [row[2] for row in rows], right=True),
            number_column("mean", say("Mean revision"), np.array([row[3] for row in rows]), digits, signed=True),
            number_column("mean_abs", say("Mean absolute"), np.array([row[4] for row in rows]), digits),
        )
        return [Sheet(say("Mean revision of all figures with a day, those never revised included"), columns)]


def _turn(first: str, last: str) -> str:
    """From one verdict to another; "" is none."""
    if not first:
        return say("the verdict turned from nothing to {last}", last=last)
    if not last:
        return say("the verdict turned from {first} to nothing", first=first)
    return say("the verdict turned from {first} to {last}", first=first, last=last)
