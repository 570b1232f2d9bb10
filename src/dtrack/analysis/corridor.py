"""Targets whose both ends count: which end is the nearer, and the verdict on the two.

An aim has one end only. Where there is no corridor nothing is computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.comparison import both_ends, rounded
from dtrack.analysis.goal import Goal
from dtrack.core.arrays import Flags, Ints, flags, present

if TYPE_CHECKING:
    import pandas as pd

    from dtrack.analysis.assessment import Assessment


def corridors(targets: pd.DataFrame, rows: Ints) -> Flags:
    """Return which target rows have two ends that both count."""
    if not len(targets):
        return np.zeros(len(rows), bool)
    found: Flags = flags(targets, "both")[rows] & present(rows)
    return found


def ends_of(cells: Assessment, rows: Ints) -> tuple[Goal, Goal]:
    """Return the lower and the upper end that figures are compared with."""
    above = np.ones(len(rows), bool)
    low, high = (cells.paced(cells.target_figure(rows, down=down)) for down in (~above, above))
    return low, high


def upper_is_nearer(cells: Assessment, low: Goal, high: Goal) -> Flags:
    """Return where the upper end is the nearer to the figure; from the middle the lower one is."""
    digits = np.maximum(np.maximum(low.decimals, high.decimals), cells.decimals)
    above, below = high.value - cells.number, cells.number - low.value
    found: Flags = rounded(above, digits) < rounded(below, digits)
    return found


def nearer_end(cells: Assessment, rows: Ints, goal: Goal) -> Goal:
    """Return the goals, of a corridor its nearer end; without a figure it has none."""
    both = corridors(cells.dataset.targets, rows)
    if not both.any():
        return goal
    low, high = ends_of(cells, rows)
    near = np.where(upper_is_nearer(cells, low, high), high.value, low.value)
    near = np.where(np.isnan(cells.number), np.nan, near)
    return goal._replace(value=np.where(both, near, goal.value))


def judged_at_both(cells: Assessment, rows: Ints, found: tuple[Ints, Flags]) -> tuple[Ints, Flags]:
    """Return the verdicts and `sure` as found, of a corridor those on its two ends together."""
    both = corridors(cells.dataset.targets, rows)
    if not both.any():
        return found
    (low, high), above = ends_of(cells, rows), np.ones(len(rows), bool)
    at_ends = both_ends(cells.judged(low, ~above), cells.judged(high, above))
    return np.where(both, at_ends[0], found[0]), np.where(both, at_ends[1], found[1])
