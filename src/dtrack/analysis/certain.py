"""Which amounts cannot shrink: what has passed the year's target then is so for certain."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.cells import AssessmentGrid
from dtrack.analysis.selection import VintageIndex, begins_year
from dtrack.core.arrays import Flags, Ints, codes, flags, worded


def can_shrink(cells: AssessmentGrid, indicators: Ints) -> Flags:
    """By indicator, whether its amounts may grow less in the course of a year.

    So may those of which a figure on file is negative, or of which more months of a year once
    brought less than its first ones. `indicators`: those that are asked about.
    """
    dataset, frame = cells.dataset, cells.dataset.actuals
    asked, shrink = (np.zeros(len(dataset.indicators), bool) for _ in range(2))
    asked[indicators] = True
    indicator = codes(frame, "indicator")
    rows = np.flatnonzero(cells.known & asked[indicator])
    shrink[indicator[rows][frame["number"].to_numpy()[rows] < 0]] = True
    of_years = dataset.which_periods(lambda period: begins_year(dataset, period))
    begins = of_years[codes(frame, "period")[rows]]
    newest = VintageIndex(dataset, rows[begins & flags(frame, "on_reference_basis")[rows]]).rows
    point = worded(codes(frame, "wording")[newest], lambda m: m.point)
    return shrink | _fallen(cells, newest[point])


def _fallen(cells: AssessmentGrid, rows: Ints) -> Flags:
    """By indicator, whether a figure of a year's first months is less than one of fewer months."""
    dataset, frame = cells.dataset, cells.dataset.actuals
    period, area, indicator = (codes(frame, name)[rows] for name in ("period", "area", "indicator"))
    start, end = dataset.period_starts[period], dataset.period_ends[period]
    order = np.lexsort((end, start, area, indicator))
    number = frame["number"].to_numpy()[rows][order]
    same = np.ones(max(len(rows) - 1, 0), bool)
    for part in (start, area, indicator):
        same &= part[order][1:] == part[order][:-1]
    fallen = np.zeros(len(dataset.indicators), bool)
    fallen[indicator[order][1:][same & (number[1:] < number[:-1])]] = True
    return fallen
