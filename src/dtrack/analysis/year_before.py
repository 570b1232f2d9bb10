"""Levels of the year before: what weights areas, and the share of the same months in the year."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from dtrack.analysis.cells import AssessmentGrid
from dtrack.analysis.selection import VintageIndex
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, flags, present, worded
from dtrack.core.period import Period
from dtrack.core.vocabulary import Kind

_HAIR = 1e-9


class Levels:
    """The newest known levels of some periods, found by cell and side of the breaks."""

    def __init__(self, cells: AssessmentGrid, periods: Sequence[Period]) -> None:
        self.cells = cells
        wanted = cells.dataset.which_periods(set(periods).__contains__)
        own = flags(cells.dataset.actuals, "on_reference_basis")
        rows = cells.known & own & wanted[codes(cells.dataset.actuals, "period")]
        self.figures = VintageIndex(cells.dataset, np.flatnonzero(rows), sides=True)
        self.sides = range(self.figures.sides)

    def find(self, area: Ints, flow: Ints, period: Ints, side: int) -> tuple[Floats, Ints]:
        """The level of each cell on one side, NaN unless a single number, and its decimals."""
        rows, _ = self.figures.find(area, np.maximum(flow, 0), period, side)
        rows = np.where(present(flow), rows, NONE)
        level = np.where(a_point(self.cells, rows), self.cells.number_of("number", rows), np.nan)
        return level, self.cells.count_of("decimals", rows)


def a_point(cells: AssessmentGrid, rows: Ints) -> Flags:
    """The figure at the row is a single number, exact or soft."""
    frame = cells.dataset.actuals
    wording = codes(frame, "wording")[rows] if len(frame) else rows
    point = present(rows) & worded(wording, lambda m: m.point)
    return point & ~np.isnan(cells.number_of("number", rows))


class Fault(IntEnum):
    """Why levels that are there make no share of a year; NONE: they do, or are not there."""

    NONE, NEGATIVE, NOTHING, TOO_LARGE = range(4)


class YearShare(NamedTuple):
    """The share of some months in their year; arrays of one value per cell.

    `decimals`: of the two levels. `rest`: what is left of the year is more than their rounding.
    `fault`: a Fault, where there is no share though both levels are there.
    """

    share: Floats
    decimals: Ints
    rest: Flags
    fault: Ints


def usual_share(cells: AssessmentGrid, flow: Ints) -> tuple[Floats, Ints]:
    """Last year's share of the same months in the year, by each cell's flow, and its decimals."""
    found = year_share(cells, flow)
    return found.share, found.decimals


def year_share(cells: AssessmentGrid, flow: Ints) -> YearShare:
    """Last year's share of the same months in the year, by each cell's flow.

    NaN where it is not known, of levels below nothing, and where a part is larger than its year,
    which is a slip. Both levels stand on one side of every break; the newest side on which both
    stand wins.
    """
    before = [period.year_before for period in cells.periods]
    years = [period.year_begun for period in before]
    levels = Levels(cells, [*before, *filter(None, years)])
    size = len(cells.area)
    share, decimals = np.full(size, np.nan), np.zeros(size, np.int64)
    rest, fault = np.zeros(size, bool), np.zeros(size, np.int64)
    for side in levels.sides:
        part, digits = levels.find(cells.area, flow, cells.position(before), side)
        whole, digits_of_whole = levels.find(cells.area, flow, cells.position(years), side)
        both = ~np.isnan(part) & ~np.isnan(whole)
        wrong = [(part < 0) | (whole < 0), whole == 0, part > whole]
        fault = np.where(both, np.select(wrong, [*Fault][1:], Fault.NONE), fault)
        usable = (part >= 0) & (whole > 0) & (part <= whole)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(usable, part / whole, share)
        half = 0.5 * (np.power(10.0, -digits) + np.power(10.0, -digits_of_whole))
        rest = np.where(usable, whole - part > half * (1 + _HAIR), rest)
        decimals = np.where(usable, np.maximum(digits, digits_of_whole), decimals)
    return YearShare(share, decimals, rest, np.where(np.isnan(share), fault, Fault.NONE))


def weight_of(cells: AssessmentGrid) -> Ints:
    """Position of the flow that weights the areas of each cell's indicator, or NONE."""
    items = enumerate(cells.dataset.indicators)
    flows = {item.id: position for position, item in items if item.kind == Kind.FLOW}
    weights = [flows.get(item.weight, NONE) for item in cells.dataset.indicators]
    return np.array(weights or [NONE], np.int64)[cells.indicator]
