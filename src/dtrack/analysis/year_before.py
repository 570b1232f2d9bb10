"""Levels of the year before: what weights areas, and the share of the same months in the year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dtrack.analysis.cells import AssessmentGrid
from dtrack.analysis.selection import VintageIndex
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, flags, present, worded
from dtrack.core.period import Period
from dtrack.core.vocabulary import Kind


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


def usual_share(cells: AssessmentGrid, flow: Ints) -> tuple[Floats, Ints]:
    """Last year's share of the same months in the year, by each cell's flow, and its decimals.

    NaN where it is not known, or where a part is larger than its year, which is a slip. Both levels
    stand on one side of every break; the newest side on which both stand wins.
    """
    before = [period.year_before for period in cells.periods]
    years = [period.year_begun for period in before]
    levels = Levels(cells, [*before, *filter(None, years)])
    share, decimals = np.full(len(cells.area), np.nan), np.zeros(len(cells.area), np.int64)
    for side in levels.sides:
        part, digits = levels.find(cells.area, flow, cells.position(before), side)
        whole, digits_of_whole = levels.find(cells.area, flow, cells.position(years), side)
        usable = (part >= 0) & (whole > 0) & (part <= whole)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(usable, part / whole, share)
        decimals = np.where(usable, np.maximum(digits, digits_of_whole), decimals)
    return share, decimals


def weight_of(cells: AssessmentGrid) -> Ints:
    """Position of the flow that weights the areas of each cell's indicator, or NONE."""
    items = enumerate(cells.dataset.indicators)
    flows = {item.id: position for position, item in items if item.kind == Kind.FLOW}
    weights = [flows.get(item.weight, NONE) for item in cells.dataset.indicators]
    return np.array(weights or [NONE], np.int64)[cells.indicator]
