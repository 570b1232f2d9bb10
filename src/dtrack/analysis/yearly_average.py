"""The yearly growth that a target over years (2026..2030, at least 5 a year) still needs.

Source: docs/formulas.py §4, docs/method.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.catchup import POINTS
from dtrack.analysis.cells import Query
from dtrack.analysis.comparison import fixed
from dtrack.analysis.corridor import corridors
from dtrack.analysis.goal import goals_of
from dtrack.analysis.selection import TargetIndex
from dtrack.core.arrays import Ints, codes, ints
from dtrack.core.message import Message, deferred, lazy_numeral
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import YEAR, Period
from dtrack.i18n.formatting import period_shown
from dtrack.model.dataset import Dataset

NOTHING_LEFT = -100.0  # per cent: a growth of this, or less, has no root and no logarithm


def needed_average(target: float, years: int, done: list[float]) -> float:
    """The yearly growth still needed for an average of `target` % over `years`, after those `done`.

    NaN where one of these growths is −100 % or less, which leaves nothing to grow from, or where no
    number is as large.

    >>> round(needed_average(5.0, 5, [8.8, 0.7, 5.2]), 2)
    5.23
    """
    if min([target, *done]) <= NOTHING_LEFT:
        return math.nan
    whole = years * math.log1p(target / 100) - sum(math.log1p(growth / 100) for growth in done)
    try:
        return 100 * math.expm1(whole / (years - len(done)))
    except OverflowError:
        return math.nan


@dataclass(frozen=True, slots=True)
class Average:
    """One target over years: what is done and the yearly growth still needed.

    `area`, `indicator`, `row` (of the targets) are positions. `decimals`: those of the target, then
    of each year done.
    """

    area: int
    indicator: int
    period: Period
    row: int
    target: float
    done: tuple[float, ...]
    decimals: tuple[int, ...]
    needed: float
    note: Message

    @property
    def digits(self) -> int:
        """Decimals at which what is needed is told: as of a growth of one year."""
        return max(*self.decimals, POINTS - 1) + 1


def averages(dataset: Dataset, question: Query) -> Iterator[Average]:
    """Every target over years that covers the period asked for, with the growth still needed.

    The years done are those with a yearly figure of the indicator's `yearly` growth, or of itself.
    """
    asked = question.period
    if asked is None:
        return
    targets, frame = TargetIndex(dataset, question.as_of), dataset.targets
    area, indicator, period = (codes(frame, name) for name in ("area", "indicator", "period"))
    days = ints(frame, "set_day")
    for start, stop in zip(targets.start, targets.stop, strict=False):
        first = targets.rows[start]
        span = dataset.periods[int(period[first])]
        covers = span.start <= asked.start and asked.end <= span.end
        whole_years = span.months > YEAR and span.months % YEAR == 0
        if covers and whole_years and dataset.is_growth[indicator[first]]:
            entries = targets.rows[start:stop]
            in_force = entries[days[entries] <= asked.last_day]
            row = in_force[-1:] if len(in_force) else entries[:1]
            at = int(area[first]), int(indicator[first])
            yield _average(dataset, question, at, span, row)


def _average(
    dataset: Dataset, question: Query, at: tuple[int, int], period: Period, row: Ints
) -> Average:
    asked, (area, indicator) = question.period, at
    down = np.array([dataset.indicators[indicator].lower_is_better])
    goal, digits, _more = goals_of(dataset.targets, row, down)
    target = float(goal[0])
    yearly = dataset.indicator_position.get(dataset.indicators[indicator].yearly, indicator)
    done: list[float] = []
    decimals = [int(digits[0])]

    def result(note: Message, needed: float = np.nan) -> Average:
        known = tuple(done), tuple(decimals)
        return Average(area, indicator, period, int(row[0]), target, *known, needed, note)

    year = period.whole_year
    while asked is not None and year.end <= asked.end:
        cells = whole_board(dataset, Query(year, question.as_of, None, set_aside=True))
        cell = yearly * len(dataset.areas) + area
        if not cells.exact_own[cell]:
            note = _(
                "no yearly figure of {indicator} for {period}: nothing can be computed until "
                "there is one",
                indicator=dataset.indicators[yearly].id,
                period=deferred(period_shown, year),
            )
            return result(note)
        done.append(float(cells.number[cell]))
        decimals.append(int(cells.decimals[cell]))
        year = year.shift(YEAR)
    years = period.months // YEAR
    note = _(
        "yearly average of {period}; {done} of {years} years are known",
        period=deferred(period_shown, period),
        done=len(done),
        years=years,
    )
    if np.isnan(target):
        return result(_("the target's number is not public"))
    if len(done) == years:
        return result(_("{note}: nothing is still to come", note=note))
    if min([target, *done]) <= NOTHING_LEFT:
        return result(
            _("{note}; with a growth of -100 % or less no yearly average can be told", note=note)
        )
    if corridors(dataset.targets, row)[0]:
        upper = float(goals_of(dataset.targets, row, ~down | down)[0][0])
        ends = (needed_average(end, years, done) for end in (target, upper))
        low, high = (lazy_numeral(fixed(end, max(*decimals, POINTS - 1) + 1)) for end in ends)
        kept = _("{note}; {low} to {high} % a year keeps it inside", note=note, low=low, high=high)
        return result(kept)
    needed = needed_average(target, years, done)
    if np.isnan(needed):
        note = _("{note}; what is needed is too large a number", note=note)
    return result(note, needed)
