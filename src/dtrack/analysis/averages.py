"""Targets that are averages over years (2026..2030, at least 5 a year).

The yearly growth still needed.

In comes what a workspace holds and a question, out go rows. The years done are those with a yearly
figure of the indicator's `yearly` growth (or of itself). Source: docs/formulas.py §3,
`needed_average`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.catchup import NOTHING_LEFT, POINTS, needed_average
from dtrack.analysis.cells import Query
from dtrack.analysis.selection import TargetIndex
from dtrack.core.arrays import codes
from dtrack.core.period import YEAR, Period
from dtrack.core.translate import _
from dtrack.i18n.formatting import period_shown
from dtrack.model.entities import Dataset


@dataclass(frozen=True, slots=True)
class Average:
    """One target over years.

    Positions of area and indicator, the years, the target, what is done and still needed.

    `row`: of the targets. `decimals`: those of the target, then of each year done.
    """

    area: int
    indicator: int
    period: Period
    row: int
    target: float
    done: tuple[float, ...]
    decimals: tuple[int, ...]
    needed: float
    note: str

    @property
    def digits(self) -> int:
        """Decimals at which what is needed is told: as of a growth of one year."""
        return max(*self.decimals, POINTS - 1) + 1


def averages(dataset: Dataset, question: Query) -> Iterator[Average]:
    """Every target over years that covers the period asked for, with the yearly growth still needed."""
    asked = question.period
    if asked is None:
        return
    targets = TargetIndex(dataset, question.as_of)
    for first, stop in zip(targets.start, targets.stop, strict=False):
        period = dataset.periods[int(codes(dataset.targets, "period")[targets.rows[first]])]
        indicator = int(codes(dataset.targets, "indicator")[targets.rows[first]])
        spans = (
            period.months > YEAR
            and period.months % YEAR == 0
            and period.start <= asked.start
            and asked.end <= period.end
        )
        if spans and dataset.indicators[indicator].kind == "growth":
            area = int(codes(dataset.targets, "area")[targets.rows[first]])
            in_force = [
                r
                for r in targets.rows[first:stop]
                if dataset.targets["set_day"].to_numpy()[r] <= asked.last_day
            ]
            row = in_force[-1] if in_force else targets.rows[first]
            yield _average(dataset, question, area, indicator, period, int(row))


def _average(
    dataset: Dataset, question: Query, area: int, indicator: int, period: Period, row: int
) -> Average:
    # of a range the easier end
    asked, end = (
        question.period,
        "upper" if dataset.indicators[indicator].better == "down" else "number",
    )
    target = float(dataset.targets[end].to_numpy()[row])
    yearly = dataset.indicator_position.get(dataset.indicators[indicator].yearly, indicator)
    done: list[float] = []
    decimals = [int(dataset.targets["decimals"].to_numpy()[row])]
    year = Period.year_of(period.year)

    def told(note: str, needed: float = np.nan) -> Average:
        return Average(
            area, indicator, period, row, target, tuple(done), tuple(decimals), needed, note
        )

    while asked is not None and year.end <= asked.end:
        cells = whole_board(dataset, Query(year, question.as_of, None, set_aside=True))
        cell = yearly * len(dataset.areas) + area
        if not cells.exact_own[cell]:
            note = _(
                "no yearly figure of {indicator} for {period}: nothing can be computed until there is one",
                indicator=dataset.indicators[yearly].id,
                period=period_shown(year),
            )
            return told(note)
        done.append(float(cells.number[cell]))
        decimals.append(int(cells.decimals[cell]))
        year = year.shift(YEAR)
    years = period.months // YEAR
    note = _(
        "yearly average of {period}; {done} of {years} years are known",
        period=period_shown(period),
        done=len(done),
        years=years,
    )
    if np.isnan(target):
        return told(_("the target's number is not public"))
    if len(done) == years:
        return told(_("{note}: nothing is still to come", note=note))
    if min([target, *done]) <= NOTHING_LEFT:
        return told(
            _("{note}; with a growth of -100 % or less no yearly average can be told", note=note)
        )
    needed = needed_average(target, years, done)
    return told(
        note if needed == needed else _("{note}; what is needed is too large a number", note=note),
        needed,
    )
