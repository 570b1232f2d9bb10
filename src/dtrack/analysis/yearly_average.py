"""What targets over years have come to, and what they still need of each year that is left.

An average (2026..2030, at least 5 a year), a change over the whole, a sum, each year, the last one.
Source: docs/formulas.py §4, docs/method.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dtrack.analysis.assessment import VERDICTS, Assessment
from dtrack.analysis.comparison import fixed
from dtrack.analysis.over import OVERS, is_span, years_of
from dtrack.analysis.question import Query
from dtrack.analysis.selection import TargetIndex
from dtrack.analysis.span_notes import APART, keeps_inside, span_doubt
from dtrack.analysis.span_years import Years
from dtrack.analysis.spans import NOTHING_LEFT, Spans
from dtrack.core.arrays import Ints, codes
from dtrack.core.message import Message, deferred, lazy_numeral
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Caveat, Over, Verdict
from dtrack.core.wording import Wording
from dtrack.i18n.formatting import period_shown
from dtrack.i18n.terms import verdict_told
from dtrack.model.dataset import Dataset

_KNOWN = {
    Over.SUM: N_("sum of {period}; {done} of {years} years known"),
    Over.WHOLE: N_("change over {period}; {done} of {years} years known"),
    Over.AVERAGE: N_("yearly average of {period}; {done} of {years} years known"),
    Over.EACH: N_("each year of {period}; {done} of {years} years known"),
    Over.END: N_("the last year of {period}; {done} of {years} years known"),
}


@dataclass(frozen=True, slots=True)
class Average:
    """One target over years: what is done and what is still needed.

    `area`, `indicator`, `row` (of the targets) are positions. `decimals`: those of the target, then
    of each year done. `made`: what the years done make, at `made_digits`. `digits`: decimals at
    which what is needed is told.
    """

    area: int
    indicator: int
    period: Period
    row: int
    over: Over
    target: float
    done: tuple[float, ...]
    decimals: tuple[int, ...]
    made: float
    made_digits: int
    needed: float
    digits: int
    note: Message


def averages(dataset: Dataset, question: Query) -> Iterator[Average]:
    """Every target over years that covers the period asked for, in the order of the targets.

    But for stocks and shares due at the end, which are told as those of one year are. The years
    done are those with a yearly figure of the indicator's `yearly` growth, or of itself.
    """
    asked = question.period
    if asked is None or not len(dataset.targets):
        return
    found: dict[Period, list[int]] = {}
    for row in _in_force(dataset, question, asked).tolist():
        span = dataset.periods[int(codes(dataset.targets, "period")[row])]
        found.setdefault(span, []).append(row)
    told: list[Average] = []
    for span, rows in found.items():
        told += _of_span(dataset, question, span, np.array(rows))
    yield from sorted(told, key=lambda one: (one.indicator, one.period, one.area))


def _in_force(dataset: Dataset, question: Query, asked: Period) -> Ints:
    """Rows of the entries in force of the spans that the period lies in."""
    targets = TargetIndex(dataset, question.as_of)
    first = targets.rows[targets.start] if len(targets.keys) else targets.rows
    spans = dataset.which_periods(
        lambda span: is_span(span) and span.start <= asked.start and asked.end <= span.end
    )
    group = np.flatnonzero(spans[codes(dataset.targets, "period")[first]])
    rows, _later = targets.in_force(group, np.full(len(group), asked.last_day))
    area = codes(dataset.targets, "area")[rows]
    return rows[dataset.existing(np.full(len(rows), asked.last_day), area)]


def _of_span(dataset: Dataset, question: Query, span: Period, rows: Ints) -> Iterator[Average]:
    """The targets of one span, at the rows."""
    frame, asked = dataset.targets, question.period or span
    area, indicator = (codes(frame, name)[rows] for name in ("area", "indicator"))
    asks = Query(span, question.as_of, None, set_aside=True)
    cells = Assessment(dataset, asks, [span], np.zeros(len(rows), np.int64), area, indicator)
    spans = Spans(cells, rows, Years(cells, asked.end))
    for cell in np.flatnonzero(spans.asked).tolist():
        yield _Told(spans, cell, asked).answer()


class _Told:
    """One target over years, as its years are known."""

    def __init__(self, spans: Spans, cell: int, asked: Period) -> None:
        self.spans, self.cell, self.cells = spans, cell, spans.cells
        self.goal = self.cells.numbered_goal(spans.rows)
        # of two ends that both count, the lower one is told
        self.corridor = bool(self.cells.with_two_ends(spans.rows)[cell])
        lower = self.cells.ends_for(spans.rows)[0] if self.corridor else self.goal
        self.target = float(lower.value[cell])
        self.over = OVERS[int(spans.over[cell])]
        self.due = [year for year in years_of(self.cells.periods[0]) if year.end <= asked.end]
        there = spans.years.there[: len(self.due), cell]
        # the years before the first that is not known
        self.done = len(there) if there.all() else int(np.argmin(there))

    def answer(self) -> Average:
        """The numbers and the sentence."""
        spans, cell, years = self.spans, self.cell, self.spans.years
        lacks, first = self.done < len(self.due) or self.why_none() is not None, slice(self.done)
        none = lacks or spans.apart[cell] or self.corridor
        needed = math.nan if none else float(spans.needed(self.goal.value)[cell])
        made = spans.either(spans.number, years.number)
        digits = spans.either(spans.decimals, years.decimals)
        return Average(
            int(self.cells.area[cell]),
            int(self.cells.indicator[cell]),
            self.cells.periods[0],
            int(spans.rows[cell]),
            self.over,
            self.target,
            tuple(years.number[first, cell].tolist()),
            (int(self.goal.decimals[cell]), *years.decimals[first, cell].tolist()),
            math.nan if lacks or not spans.here[cell] else float(made[cell]),
            int(digits[cell]),
            needed,
            int(spans.needed_decimals(self.goal.decimals)[cell]),
            self.note(needed),
        )

    def note(self, needed: float) -> Message:
        """What the target is of, how many of its years are known, and what follows."""
        if self.done < len(self.due):
            return self.lacking()
        if np.isnan(self.target):
            return self.no_number()
        period, years = self.cells.periods[0], int(self.spans.length[self.cell])
        shown = deferred(period_shown, period)
        note = _(_KNOWN[self.over], period=shown, done=self.done, years=years)
        if why := self.why_none():
            return _("{note}; {more}", note=note, more=why)
        if self.done == years:
            note = _("{note}: nothing remaining", note=note)
        elif self.corridor:
            return self.with_verdict(self.inside(note))
        elif np.isnan(needed):
            return _("{note}; the required figure is too large", note=note)
        return self.with_verdict(note)

    def no_number(self) -> Message:
        """Why the target has no number."""
        frame, row = self.cells.dataset.targets, int(self.spans.rows[self.cell])
        if self.cells.is_relative(self.spans.rows)[self.cell]:
            return _("the target depends on another figure: what is needed is not known yet")
        if int(codes(frame, "wording")[row]) == Wording.ASSIGNED.code:
            return _("the target is assigned; its value is not available here")
        return _("target value not published")

    def inside(self, note: Message) -> Message:
        """And what keeps a target inside whose both ends count."""
        told = keeps_inside(self.spans, self.cell, self.goal.decimals)
        return _("{note}; {more}", note=note, more=told) if told else note

    def why_none(self) -> Message | None:
        """Why the years make no number to reckon with, if they make none."""
        spans, cell = self.spans, self.cell
        if spans.doubtful(self.goal.value)[cell]:
            return span_doubt(spans, cell)
        if spans.apart[cell]:
            return _(APART)
        grows = spans.cells.growth[cell] and spans.together[cell]
        if spans.nothing_left[cell] or (grows and self.target <= NOTHING_LEFT):
            return _("no yearly average can be calculated with a growth of -100% or less")
        return None

    def lacking(self) -> Message:
        """That a year is not known, of which indicator."""
        dataset = self.cells.dataset
        item = dataset.indicators[int(self.cells.indicator[self.cell])]
        yearly = dataset.indicator_position.get(item.yearly, int(self.cells.indicator[self.cell]))
        return _(
            "no yearly figure of {indicator} for {period}: calculation not possible "
            "until there is one",
            indicator=dataset.indicators[yearly].id,
            period=deferred(period_shown, self.due[self.done]),
        )

    def shown_target(self) -> object:
        """The target's number; of a corridor both ends."""
        digits = int(self.goal.decimals[self.cell])
        if not self.corridor:
            return lazy_numeral(fixed(self.target, digits))
        low, high = (
            lazy_numeral(fixed(float(end.value[self.cell]), digits))
            for end in self.cells.ends_for(self.spans.rows)
        )
        return _("{low} to {high}", low=low, high=high)

    def with_verdict(self, note: Message) -> Message:
        """And how it ended, or that it is decided already."""
        spans, cell = self.spans, self.cell
        code, sure = self.cells.settled(spans, spans.rows)
        if not spans.here[cell] or VERDICTS[code[cell]] == Verdict.OPEN:
            return note
        caveat = Caveat.NONE if sure[cell] else Caveat.ROUNDING
        caveat = Caveat.PROVISIONAL if spans.expected[cell] else caveat
        verdict = deferred(verdict_told, VERDICTS[code[cell]], caveat)
        made = spans.either(spans.number, spans.years.number)
        digits = spans.either(spans.decimals, spans.years.decimals)
        told = {
            "number": lazy_numeral(fixed(float(made[cell]), int(digits[cell]))),
            "target": self.shown_target(),
            "verdict": verdict,
        }
        return _("{note}; {number} against {target}: {verdict}", note=note, **told)
