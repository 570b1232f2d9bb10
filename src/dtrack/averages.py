"""Targets that are averages over years (2026..2030, at least 5 a year): the yearly growth still needed.

In comes what a workspace holds and a question, out go rows. The years done are those with a yearly figure of the
indicator's `yearly` growth (or of itself). Source: docs/formulas.py §3, `needed_average`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dtrack.board import whole_board
from dtrack.catchup import needed_average
from dtrack.cells import Question
from dtrack.choose import Targets, codes
from dtrack.languages.shown import period_shown
from dtrack.model import Holdings
from dtrack.period import YEAR, Period
from dtrack.tongue import say


@dataclass(frozen=True, slots=True)
class Average:
    """One target over years: positions of area and indicator, the years, the target, what is done and still needed."""

    area: int
    indicator: int
    period: Period
    target: float
    done: tuple[float, ...]
    needed: float
    note: str


def averages(held: Holdings, question: Question) -> Iterator[Average]:
    """Every target over years that covers the period asked for, with the yearly growth still needed."""
    asked = question.period
    if asked is None:
        return
    targets = Targets(held, question.as_of)
    for first, stop in zip(targets.start, targets.stop, strict=False):
        period = held.periods[int(codes(held.targets, "period")[targets.rows[first]])]
        indicator = int(codes(held.targets, "indicator")[targets.rows[first]])
        spans = period.months > YEAR and period.months % YEAR == 0 and period.start <= asked.start and asked.end <= period.end
        if spans and held.indicators[indicator].kind == "growth":
            area = int(codes(held.targets, "area")[targets.rows[first]])
            in_force = [r for r in targets.rows[first:stop] if held.targets["set_day"].to_numpy()[r] <= asked.last_day]
            row = in_force[-1] if in_force else targets.rows[first]
            yield _average(held, question, area, indicator, period, float(held.targets["number"].to_numpy()[row]))


def _average(held: Holdings, question: Question, area: int, indicator: int, period: Period, target: float) -> Average:
    asked = question.period
    yearly = held.indicator_position.get(held.indicators[indicator].yearly, indicator)
    done: list[float] = []
    year = Period.year_of(period.year)
    while asked is not None and year.end <= asked.end:
        cells = whole_board(held, Question(year, question.as_of, None, set_aside=True))
        cell = yearly * len(held.areas) + area
        if not cells.exact_own[cell]:
            note = say("no yearly figure of {indicator} for {period}: nothing can be computed until there is one",
                       indicator=held.indicators[yearly].id, period=period_shown(year))  # fmt: skip
            return Average(area, indicator, period, target, tuple(done), np.nan, note)
        done.append(float(cells.number[cell]))
        year = year.shift(YEAR)
    years = period.months // YEAR
    note = say("yearly average of {period}; {done} of {years} years are known", period=period_shown(period),
               done=len(done), years=years)  # fmt: skip
    if np.isnan(target):
        return Average(area, indicator, period, target, tuple(done), np.nan, say("the target's number is not public"))
    if len(done) == years:
        whole = say("{note}: nothing is still to come", note=note)
        return Average(area, indicator, period, target, tuple(done), np.nan, whole)
    return Average(area, indicator, period, target, tuple(done), needed_average(target, years, done), note)
