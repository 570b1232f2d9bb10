"""Ranks that rounding cannot overturn.

In come published figures as intervals, out goes the best and worst possible rank.

Two figures whose roundings touch share a rank range (docs/formulas.py §13). A bound is an interval
without an end: it can widen a range and never claims a place.
"""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import Floats, Ints


def rank_ranges(low: Floats, high: Floats, group: Ints) -> tuple[Ints, Ints]:
    """Best and worst rank of each figure within its group, 1 for the highest.

    `low` and `high` are the ends of the intervals, half a unit of the last published digit outside
    the figure. Another
    figure is surely before when its low end reaches this one's high end, maybe before when its high
    end passes this
    one's low end.
    """
    best, worst = np.ones(len(low), np.int64), np.ones(len(low), np.int64)
    for number in np.unique(group):
        inside = np.flatnonzero(group == number)
        lows, highs = np.sort(low[inside]), np.sort(high[inside])
        surely = len(inside) - np.searchsorted(lows, high[inside], side="left")
        maybe = len(inside) - np.searchsorted(highs, low[inside], side="right")
        itself_surely = low[inside] >= high[inside]
        itself_maybe = high[inside] > low[inside]
        best[inside] = surely - itself_surely + 1
        worst[inside] = maybe - itself_maybe + 1
    return best, worst


def intervals(
    number: Floats, upper: Floats, decimals: Ints, below: Floats, above: Floats
) -> tuple[Floats, Floats]:
    """The ends of figures with their rounding, on a grid fine enough that touching ends are equal floats.

    `below` and `above` are 0 where the end is the figure's own and infinite where it has none; a
    bound has no rounding.
    """
    half = np.where(np.isinf(below + above), 0.0, 0.5 * np.power(10.0, -decimals))
    power = np.power(10.0, np.clip(decimals + 1, 0, 12))
    low, high = np.rint((number - half) * power) / power, np.rint((upper + half) * power) / power
    return low - below, high + above
