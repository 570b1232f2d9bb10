"""Levels of a year before, kept apart by breaks.

The base of weights and of the usual share of a part in its year.

In come cells and the flow that measures them, out go levels and shares. Editions published before
and after a break are two series, never joined: every question here is asked for one side of the
breaks at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dtrack.analysis.cells import AssessmentGrid
from dtrack.analysis.selection import VintageIndex
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, present, worded
from dtrack.core.period import Period
from dtrack.core.vocabulary import Kind


class Levels:
    """The newest known levels of some periods, found by cell and side of the breaks."""

    def __init__(self, cells: AssessmentGrid, periods: Sequence[Period]) -> None:
        self.cells = cells
        wanted = cells.dataset.which_periods(set(periods).__contains__)
        own = cells.dataset.actuals["own_basis"].to_numpy(dtype=bool)
        rows = cells.known & own & wanted[codes(cells.dataset.actuals, "period")]
        self.figures = VintageIndex(cells.dataset, np.flatnonzero(rows), sides=True)
        self.sides = range(
            max((len(item.breaks) for item in cells.dataset.indicators), default=0) + 1
        )

    def find(self, area: Ints, flow: Ints, period: Ints, side: int) -> tuple[Floats, Ints]:
        """The level of each cell on one side and its decimals.

        NaN where there is none that is a single number.
        """
        rows, _ = self.figures.find(area, np.maximum(flow, 0), period, side)
        rows = np.where(present(flow), rows, NONE)
        level = np.where(a_point(self.cells, rows), self.cells.number_of("number", rows), np.nan)
        return level, self.cells.count_of("decimals", rows)


def a_point(cells: AssessmentGrid, rows: Ints) -> Flags:
    """The figure at the row is a single number, exact or soft."""
    wording = codes(cells.dataset.actuals, "wording")[rows] if len(cells.dataset.actuals) else rows
    return (
        present(rows)
        & worded(wording, lambda m: m.point)
        & ~np.isnan(cells.number_of("number", rows))
    )


def usual_share(cells: AssessmentGrid, flow: Ints) -> tuple[Floats, Ints]:
    """Last year's share of the same months in the year, for the flow of each cell, and the decimals of the levels.

    NaN where it is not known, or where a part is larger than its year, which is a slip. Both levels
    stand on one side of every break; the newest side on which both stand wins.
    """
    before = [period.year_before for period in cells.periods]
    years = [period.whole_year for period in before]
    levels = Levels(cells, [*before, *years])
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
    """Position of the flow that weights the areas of each cell's indicator.

    NONE where it has none.
    """
    index = cells.dataset.indicator_position
    weights = [index.get(item.weight, NONE) for item in cells.dataset.indicators]
    kinds = [item.kind for item in cells.dataset.indicators]
    flows = [at if at != NONE and kinds[at] == Kind.FLOW else NONE for at in weights]
    return np.array(flows or [NONE], np.int64)[cells.indicator]
