"""Intervals against goals: verdicts, whether rounding could turn them, and exact rounding.

A figure is an interval; where lower is better all signs are turned first. Then *met* is: the lower
end reaches the goal; *missed*: the upper end does not; neither: *undetermined*. Everything is
compared as whole numbers of the finest published digit, so that 5.8 − 6.0 is exactly −0.2. Source
of the rule: docs/design.md §4, docs/formulas.py §2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.goal import Goal
from dtrack.core.arrays import Flags, Floats, Ints, worded
from dtrack.core.bands import Band
from dtrack.core.figure import MAX_DIGITS
from dtrack.core.vocabulary import Verdict
from dtrack.core.wording import End

_SAFE = 10**17
_HAIR = 1e-9  # of a unit: so much below its half a computed number still is that half
# from here on a float64 has no room for a half, and the number is as exact as it can be
_HALVES = 2.0**51


def rounded(number: Floats, decimals: Ints) -> Floats:
    """Each number rounded to its decimals (negative: to tens, hundreds …), never −0.0."""
    power = np.power(10.0, np.abs(decimals))
    scaled = np.where(decimals >= 0, number * power, number / power)
    whole = np.rint(scaled)
    return np.where(decimals >= 0, whole / power, whole * power) + 0.0


def half_up(number: Floats, decimals: Ints) -> Floats:
    """Round halves away from zero; what lies a hair of float noise below a half is one."""
    power = np.power(10.0, np.abs(decimals))
    scaled = np.abs(np.where(decimals >= 0, number * power, number / power))
    whole = np.copysign(np.floor(scaled + 0.5 + _HAIR), number)
    return (
        np.where(scaled < _HALVES, np.where(decimals >= 0, whole / power, whole * power), number)
        + 0.0
    )


def fixed(number: float, decimals: int) -> str:
    """A computed number as text, rounded as `half_up` does it; no sign for zero, "" for NaN.

    >>> fixed(6.25, 1), fixed(-0.04, 1)
    ('6.3', '0.0')
    """
    places = max(int(decimals), 0)
    scaled = abs(number) * 10.0**places
    # not by `half_up`: for a single number an array takes twenty times as long
    if scaled < _HALVES:
        number = math.copysign(math.floor(scaled + 0.5 + _HAIR), number) / 10.0**places + 0.0
    return "" if number != number else f"{number:.{places}f}"


def signed(number: float, decimals: int) -> str:
    """As `fixed`, with a sign before gains too: +0.6, -0.4, 0.0."""
    text = fixed(number, decimals)
    return text if number <= 0 or not text.strip("0.") else f"+{text}"


def plain_number(number: float, decimals: int) -> str:
    """A number at its published decimals, as programs read it: no grouping, no exponent."""
    return f"{number:.{max(int(decimals), 0)}f}"


def whole_numbers(number: Floats, decimals: Ints, finest: Ints) -> npt.NDArray[Any]:
    """Each number as an exact whole count of units 10^−finest; NaN and infinities count 0.

    In int64 where digits and decimals together fit, else in Python's unbounded integers.
    """
    known = np.where(np.isfinite(number), number, 0.0)
    power = np.power(10.0, np.abs(decimals))
    digits = np.rint(np.where(decimals >= 0, known * power, known / power))
    step = finest - decimals
    if (
        np.abs(digits * np.power(10.0, step)).max(initial=0) < _SAFE
        and step.max(initial=0) <= MAX_DIGITS
    ):
        fitting: npt.NDArray[np.int64] = digits.astype(np.int64) * np.power(np.int64(10), step)
        return fitting
    return np.array(
        [int(d) * 10 ** int(s) for d, s in zip(digits, step, strict=True)], dtype=object
    )


@dataclass(frozen=True, slots=True)
class Interval:
    """Where figures lie, open at an end or not; signs are turned where lower is better.

    A `bound` has one end only.
    """

    low: Floats
    high: Floats
    low_open: Flags
    high_open: Flags
    bound: Flags

    @staticmethod
    def of(number: Floats, upper: Floats, wording: Ints, down: Flags) -> Interval:
        """The interval of each figure; `down` marks where lower is better."""
        low = np.where(worded(wording, lambda m: m.low == End.UNBOUNDED), -np.inf, number)
        high = np.where(worded(wording, lambda m: m.high == End.UNBOUNDED), np.inf, upper)
        low_open = worded(wording, lambda m: m.low != End.CLOSED)
        high_open = worded(wording, lambda m: m.high != End.CLOSED)
        return Interval(
            np.where(down, -high, low),
            np.where(down, -low, high),
            np.where(down, high_open, low_open),
            np.where(down, low_open, high_open),
            worded(wording, lambda m: m.bound),
        )

    def at(self, rows: Ints) -> Interval:
        """The intervals at the positions."""
        low_open, high_open = self.low_open[rows], self.high_open[rows]
        return Interval(self.low[rows], self.high[rows], low_open, high_open, self.bound[rows])


def judge(
    figure: Interval,
    decimals: Ints,
    wording: Ints,
    goal: Floats,
    goal_decimals: Ints,
    needs_more: Flags,
    down: Flags,
    spread: Floats | float = 1.0,
) -> tuple[Ints, Flags]:
    """Verdict code (met, missed, undetermined; none without goal or figure) and `sure`.

    `goal` is on the published side (not turned); `needs_more` where reaching it is not enough.
    `sure`: the verdict stands even with both ends half a unit of the last published digit further
    out (of a derived figure `spread` halves); a bound has no rounding, a soft figure is never sure.
    """
    finest = np.maximum(decimals, goal_decimals)
    target = whole_numbers(np.where(down, -goal, goal), goal_decimals, finest)
    over = whole_numbers(figure.low, decimals, finest) - target
    under = whole_numbers(figure.high, decimals, finest) - target
    units = spread * np.power(10.0, -decimals)
    room = np.where(figure.bound, 0, whole_numbers(units, decimals, finest))

    def reached(margin: npt.NDArray[Any]) -> Flags:
        return np.asarray((margin > 0) | ((margin == 0) & (figure.low_open | ~needs_more)), bool)

    def short(margin: npt.NDArray[Any]) -> Flags:
        return np.asarray((margin < 0) | ((margin == 0) & (figure.high_open | needs_more)), bool)

    met = np.isfinite(figure.low) & reached(over)
    missed = np.isfinite(figure.high) & short(under)
    stays = np.where(met, reached(2 * over - room), short(2 * under + room))
    known = (
        ~np.isnan(goal)
        & worded(wording, lambda m: m.numbers > 0)
        & ~(np.isnan(figure.low) | np.isnan(figure.high))
    )
    code = np.select(
        [~known, met, missed],
        [Verdict.NONE.code, Verdict.MET.code, Verdict.MISSED.code],
        Verdict.UNDETERMINED.code,
    )
    sure = (met | missed) & stays & ~worded(wording, lambda m: m.soft)
    return code, sure & known


def both_ends(low: tuple[Ints, Flags], high: tuple[Ints, Flags]) -> tuple[Ints, Flags]:
    """The verdict on two ends that both count, from those on either.

    Met where both are met, missed where one is missed, else undetermined, else open, where one is;
    sure where both are.
    """
    ends = np.stack([low[0], high[0]])
    code = np.select(
        [
            (ends == Verdict.NONE.code).any(axis=0),
            (ends == Verdict.MISSED.code).any(axis=0),
            (ends == Verdict.UNDETERMINED.code).any(axis=0),
            (ends == Verdict.OPEN.code).any(axis=0),
        ],
        [
            Verdict.NONE.code,
            Verdict.MISSED.code,
            Verdict.UNDETERMINED.code,
            Verdict.OPEN.code,
        ],
        Verdict.MET.code,
    )
    return code, low[1] & high[1]


def past_band(
    figure: Interval, decimals: Ints, goal: Goal, down: Flags, band: Band
) -> tuple[Flags, Flags]:
    """Where a figure that misses its goal is past the band for sure, and where it is within it.

    Exact, in whole numbers without bounds: no more than the band lies between goal and figure.
    """
    finest = np.maximum(decimals, goal.decimals)
    finest = np.maximum(finest, band.decimals) if band.in_points else finest
    target = whole_numbers(goal.value, goal.decimals, finest).astype(object)
    width = np.abs(target) * band.digits
    factor = 10**band.decimals
    if band.in_points:
        width = np.array([band.digits * 10 ** int(f) for f in finest], object)
    else:
        factor *= 100
    turned = np.where(down, -target, target)

    def short(end: Floats) -> npt.NDArray[Any]:
        number = whole_numbers(end, decimals, finest).astype(object)
        distance: npt.NDArray[Any] = (turned - number) * factor - width
        return distance

    best, worst = short(figure.high), short(figure.low)
    past = np.isfinite(figure.high) & ((best > 0) | ((best == 0) & figure.high_open))
    return past.astype(bool), (np.isfinite(figure.low) & (worst <= 0)).astype(bool)


def gaps(
    number: Floats, decimals: Ints, wording: Ints, goal: Floats, goal_decimals: Ints, down: Flags
) -> Floats:
    """Actual − goal at the finer decimals, turned where lower is better; NaN of a bound."""
    point = worded(wording, lambda m: m.point)
    difference = np.where(down, goal - number, number - goal)
    return np.where(point, rounded(difference, np.maximum(decimals, goal_decimals)), np.nan)
