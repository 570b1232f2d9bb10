"""Figures that nobody published and that follow from those that were.

Of a flow a half from its quarters or months, a year from its halves, a rest by subtraction. They
are rows of the actuals with status `derived`, so that whatever asks for a figure finds them, and
only where nothing is published: of exact figures that are neither expected nor set aside, on the
indicator's own basis and on one side of every break. Source: docs/method.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import numpy as np

from dtrack.analysis.blocking import Followed
from dtrack.analysis.comparison import rounded
from dtrack.analysis.derived_rows import Made, with_rows
from dtrack.analysis.part_routes import Step, missing_spans, route, within_years
from dtrack.analysis.question import Query
from dtrack.analysis.selection import VintageIndex, known_rows
from dtrack.core.arrays import NONE, Flags, Ints, codes, flags, says, worded
from dtrack.core.message import Message, deferred, lazy_listed, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.relation import LAST_YEAR
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Kind, ObsStatus
from dtrack.core.years import YEAR
from dtrack.i18n.formatting import period_shown
from dtrack.model.dataset import Dataset

_ABSENT, _FAULTY, _USABLE, _POOR = range(4)
_D = TypeVar("_D", bound=Dataset)


def with_derived(dataset: _D, question: Query) -> _D:
    """The dataset with every derived figure that the question may need; the same where none is."""
    if dataset.derived or not len(dataset.actuals):
        return dataset
    wanted = _wanted(dataset, question)
    before = {period.year_before for period in wanted}
    levels = wanted | before | {period.whole_year for period in before}
    levels |= {year for period in before if (year := period.year_begun)}
    made, lacks = _InTime(dataset, question.as_of).made(sorted(levels), wanted)
    dataset = with_rows(dataset, made, lacks)
    items = dataset.indicators
    if any(item.aggregate or item.growth_of for item in items):
        from dtrack.analysis.aggregates import growths_of_levels, sums_of_areas, weighted_means

        for period in sorted(levels):
            dataset = sums_of_areas(dataset, question.as_of, period)
        for period in sorted(wanted):
            dataset = growths_of_levels(dataset, question.as_of, period)
            dataset = weighted_means(dataset, question.as_of, period)
    return dataset


def _wanted(dataset: Dataset, question: Query) -> set[Period]:
    """The periods whose figures may be asked for or followed, and the years of plans over years."""
    at = np.unique(codes(dataset.targets, "period")).tolist() if len(dataset.targets) else []
    targets = {dataset.periods[position] for position in at}
    years = {
        Period(start, start + YEAR - 1)
        for plan in targets
        if plan.is_years and plan.months > YEAR
        for start in range(plan.start, plan.end, YEAR)
    }
    follow = Followed.by(dataset, (), ())
    years |= {Period.year_of(int(base)) for base in follow.bases}
    if question.period is None:
        return targets | years
    asked = question.period
    years |= {Period.year_of(int(base), asked.calendar) for base in follow.bases}
    years |= {asked.year_before} if LAST_YEAR in follow.areas else set()
    return years | {asked} | ({asked.first_half} if asked.is_year else set())


class _InTime:
    """Flows made of their own figures of other spans."""

    def __init__(self, dataset: Dataset, as_of: int | None) -> None:
        self.dataset, frame = dataset, dataset.actuals
        flow = dataset.which_indicators(lambda item: item.kind == Kind.FLOW)
        rows = known_rows(dataset, as_of) & flags(frame, "on_reference_basis")
        self.rows: Flags = rows & flow[codes(frame, "indicator")]
        self.period = codes(frame, "period")
        used = np.unique(self.period[self.rows]).tolist()
        self.used = [(dataset.periods[position], position) for position in used]

    def made(
        self, wanted: list[Period], asked: set[Period]
    ) -> tuple[list[Made], dict[tuple[int, int, Period], Message]]:
        """The figures that follow, and why those do not of which only some parts are there."""
        made: list[Made] = []
        lacks: dict[tuple[int, int, Period], Message] = {}
        # what several years make is for their target to say: a sum, an average, the last
        near = {whole: self._near(whole) for whole in wanted if whole.months <= YEAR}
        worth = {whole: spans for whole, spans in near.items() if spans}
        if not worth:
            return made, lacks
        all_spans = sorted({span for spans in worth.values() for span in spans} | set(worth))
        grid = _Grid(self, all_spans)
        for whole, spans in worth.items():
            made += grid.figures(whole, spans)
            lacks |= grid.lacks(whole, spans, made) if whole in asked else {}
        return made, lacks

    def _near(self, whole: Period) -> list[Period]:
        """The spans on file within the years of a period, where some of them lie within it."""
        spans = [
            span for span, _position in self.used if span != whole and within_years(span, whole)
        ]
        inside = any(whole.start <= span.start and span.end <= whole.end for span in spans)
        return spans if inside or route(whole, tuple(spans), frozenset()) else []


class _Grid:
    """The newest edition of every flow: a row per cell and side of a break, a column per span."""

    def __init__(self, of: _InTime, spans: list[Period]) -> None:
        self.dataset, frame = of.dataset, of.dataset.actuals
        position = of.dataset.period_position
        self.column = {span: at for at, span in enumerate(spans)}
        column = np.full(max(len(of.dataset.periods), 1), NONE)
        for span, at in self.column.items():
            if span in position:
                column[position[span]] = at
        rows = np.flatnonzero(of.rows & (column[of.period] != NONE))
        index = VintageIndex(of.dataset, rows, sides=True)
        self.sides, width = index.sides, len(of.dataset.periods)
        group, at = np.unique(
            index.keys // (width * self.sides) * self.sides + index.keys % self.sides,
            return_inverse=True,
        )
        self.cell = group // self.sides
        self.rows = np.full((len(group), len(spans)), NONE)
        self.rows[at, column[index.keys // self.sides % width]] = index.rows
        self.state = np.full(self.rows.shape, _ABSENT)
        expected = says(frame, "status", ObsStatus.EXPECTED)
        exact = worded(codes(frame, "wording"), lambda m: m.exact)
        state = np.where(exact & ~np.isnan(frame["number"].to_numpy(float)), _USABLE, _POOR)
        state = np.where(flags(frame, "excluded"), _FAULTY, np.where(expected, _POOR, state))
        there = self.rows != NONE
        self.state[there] = state[self.rows[there]]

    def _patterns(self, at: Ints, spans: list[Period]) -> Iterator[tuple[list[Period], Ints, Ints]]:
        """Groups of rows at which the same spans are in the same state: spans, states, rows."""
        columns = [self.column[span] for span in spans]
        found, which = np.unique(self.state[at][:, columns], axis=0, return_inverse=True)
        for number, states in enumerate(found):
            yield spans, states, at[which.reshape(-1) == number]

    def figures(self, whole: Period, spans: list[Period]) -> list[Made]:
        """The figures of one period that follow from others."""
        at, made = np.flatnonzero(self.rows[:, self.column[whole]] == NONE), list[Made]()
        for of, states, rows in self._patterns(at, spans):
            there = [n for n, state in enumerate(states.tolist()) if state in (_USABLE, _FAULTY)]
            poor = frozenset(n for n, place in enumerate(there) if states[place] == _FAULTY)
            steps = route(whole, tuple(of[n] for n in there), poor)
            if steps:
                taken = [Step(self.column[of[there[step.span]]], step.sign) for step in steps]
                faulty = any(step.span in poor for step in steps)
                told = _told([(of[there[step.span]], step.sign) for step in steps])
                made += self._sums(whole, rows, taken, told, faulty=faulty)
        return made

    def _sums(
        self, whole: Period, at: Ints, steps: list[Step], told: tuple[Message, str], *, faulty: bool
    ) -> Iterator[Made]:
        frame = self.dataset.actuals
        signs = np.array([step.sign for step in steps])
        rows = self.rows[at][:, [step.span for step in steps]]
        number, decimals = (frame[name].to_numpy()[rows] for name in ("number", "decimals"))
        digits = decimals.max(axis=1)
        spread = (self.dataset.spread[rows] * 10.0 ** (digits[:, None] - decimals)).sum(axis=1)
        total = rounded((number * signs).sum(axis=1), digits)
        area, indicator = np.divmod(self.cell[at], len(self.dataset.indicators))
        for n in range(len(at)):
            yield Made(
                int(area[n]),
                int(indicator[n]),
                whole,
                float("nan") if faulty else float(total[n]),
                int(digits[n]),
                float(spread[n]),
                tuple(rows[n].tolist()),
                *told,
                excluded=faulty,
            )

    def lacks(
        self, whole: Period, spans: list[Period], made: list[Made]
    ) -> dict[tuple[int, int, Period], Message]:
        """Why the figure of a period was not made where some of its parts are there."""
        done = {(one.area, one.indicator) for one in made if one.period == whole}
        cells, start = np.unique(self.cell, return_index=True)
        stop = np.append(start[1:], len(self.cell))
        there = (
            np.add.reduceat(self.rows[:, self.column[whole]] != NONE, start)
            if len(start)
            else start
        )
        found: dict[tuple[int, int, Period], Message] = {}
        known: dict[bytes, Message | None] = {}
        for at in np.flatnonzero(there == 0).tolist():
            area, indicator = divmod(int(cells[at]), len(self.dataset.indicators))
            states = self.state[start[at] : stop[at]]
            key = states.tobytes()
            if key not in known:
                known[key] = self._lack(whole, spans, states)
            told = known[key]
            if told and (area, indicator) not in done:
                found[area, indicator, whole] = told
        return found

    def _lack(self, whole: Period, spans: list[Period], states: Ints) -> Message | None:
        """Which parts are missing, are no exact figures, or lie on two sides of a break."""
        usable = tuple(s for s in spans if (states[:, self.column[s]] == _USABLE).any())
        if route(whole, usable, frozenset()):
            return _("its parts stand on two sides of a break and are not added")
        wanting = missing_spans(whole, usable)
        if not wanting or (whole.is_year and usable == (whole.first_half,)):
            return None
        poor = [
            s for s in wanting if s in self.column and (states[:, self.column[s]] == _POOR).any()
        ]
        named = lazy_listed([deferred(period_shown, span) for span in poor or wanting])
        if poor:
            told = N_("of {parts} there is no firm, exact figure, so nothing is added up")
            return _(told, parts=named)
        return lazy_ngettext(
            "{parts} is missing, so nothing is added up",
            "{parts} are missing, so nothing is added up",
            len(wanting),
            parts=named,
        )


def _told(steps: list[tuple[Period, int]]) -> tuple[Message, str]:
    """The parts in words, and as a formula that needs none: Q1-2024 + Q2-2024."""
    plus = sorted(span for span, sign in steps if sign > 0)
    minus = sorted(span for span, sign in steps if sign < 0)
    formula = " − ".join([" + ".join(map(str, plus)), *map(str, minus)])
    added, taken = (
        lazy_listed([deferred(period_shown, span) for span in part]) for part in (plus, minus)
    )
    if not minus:
        return _("sum of {parts}", parts=added), formula
    if len(plus) == 1:
        return _("{whole} less {parts}", whole=added, parts=taken), formula
    return _("sum of {parts} less {others}", parts=added, others=taken), formula
