"""Which figures the districts owe for a period: the rule behind every count of `status`.

A district owes what it has a target of, and what the indicator names it for in `reporting`. Of an
indicator that names nobody it also owes what at least half of the districts have reported.
Whatever else is reported is shown and counts for nothing.
"""

from __future__ import annotations

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.core.arrays import Flags, Ints


def due_of_districts(cells: Assessment, reported: Flags) -> tuple[Flags, Flags]:
    """Cells that a district owes, and cells of indicators that at least half of them owe.

    `reported`: cells that have a figure of the period.
    """
    names_nobody = cells.dataset.which_indicators(lambda item: not item.reporting)
    usual = _at_least_half(cells, reported) & names_nobody
    counted: Flags = cells.of_district & (cells.has_target | _named(cells) | usual[cells.indicator])
    widely: Flags = _at_least_half(cells, counted)[cells.indicator]
    return counted, widely


def _named(cells: Assessment) -> Flags:
    """Cells of areas that the indicator names in `reporting`."""
    dataset, found = cells.dataset, np.zeros(len(cells.area), bool)
    for position, item in enumerate(dataset.indicators):
        if item.reporting:
            who = [dataset.area_position[area] for area in item.reporting]
            found |= (cells.indicator == position) & np.isin(cells.area, who)
    return found


def _at_least_half(cells: Assessment, which: Flags) -> Flags:
    """By indicator: of at least half of its districts the cell is one of `which`."""

    def of_each(flags: Flags) -> Ints:
        size = len(cells.dataset.indicators)
        return np.bincount(cells.indicator[flags & cells.of_district], minlength=size)

    there = of_each(which)
    found: Flags = (there > 0) & (2 * there >= of_each(cells.of_district))
    return found
