"""Targets whose both ends count: which they are, and which end is the nearer to a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.comparison import rounded
from dtrack.analysis.goal import Goal
from dtrack.core.arrays import Flags, Floats, Ints, flags, present

if TYPE_CHECKING:
    import pandas as pd

Ends = tuple[Goal, Goal]  # the lower one, the upper one


def corridors(targets: pd.DataFrame, rows: Ints) -> Flags:
    """Return which target rows have two ends that both count."""
    if not len(targets):
        return np.zeros(len(rows), bool)
    found: Flags = flags(targets, "both")[rows] & present(rows)
    return found


def upper_is_nearer(ends: Ends, number: Floats, decimals: Ints) -> Flags:
    """Return where the upper end is the nearer to the figure; from the middle the lower one is."""
    low, high = ends
    digits = np.maximum(np.maximum(low.decimals, high.decimals), decimals)
    found: Flags = rounded(high.value - number, digits) < rounded(number - low.value, digits)
    return found


def nearer_end(goal: Goal, both: Flags, ends: Ends, number: Floats, decimals: Ints) -> Goal:
    """Return the goals, where `both` the nearer end; without a figure there is none."""
    upper = upper_is_nearer(ends, number, decimals)
    near = np.where(upper, ends[1].value, ends[0].value)
    near = np.where(np.isnan(number), np.nan, near)
    return goal._replace(value=np.where(both, near, goal.value))
