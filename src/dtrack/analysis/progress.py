"""Two methods that judge the way from a first figure over the newest one to a target.

`on_path`: the way gone so far against the way a straight line requires by now. `opensdg`: observed
compound growth against the required one, with the bands and the score of Open SDG 2.4 and
Statistics Canada. Both are documented with their holes in docs/method.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dtrack.analysis.comparison import fixed
from dtrack.core.figure import MAX_DECIMALS
from dtrack.core.years import YEAR

ZERO = 0.001  # what a base or target of nothing counts as (Open SDG)
CENTURY = 1200  # months after which nobody asks when a pace arrives
END_OF_PERIODS = 3000 * YEAR  # no period goes on to it
Bands = tuple[tuple[float, str], ...]
Scores = tuple[tuple[float, float], ...]
WITH_TARGET = (
    (0.95, "substantial_progress"),
    (0.60, "moderate_progress"),
    (0.0, "limited_progress"),
)
WITHOUT = ((0.015, "substantial_progress"), (0.005, "moderate_progress"), (0.0, "limited_progress"))
SCORE_WITH = ((-0.60, -5.0), (0.60, 0.0), (1.30, 5.0))
SCORE_WITHOUT = ((-0.02, -5.0), (0.0, -2.5), (0.005, 0.0), (0.015, 2.5), (0.02, 5.0))


@dataclass(frozen=True, slots=True)
class Point:
    """A figure or target on the path: the month it is read at and its number."""

    month: int
    number: float


@dataclass(frozen=True, slots=True)
class Progress:
    """The answer of one method or NaN; `progress` in per cent, `arrival` a month."""

    verdict: str
    progress: float = math.nan
    score: float = math.nan
    required: float = math.nan
    compound: float = math.nan
    arrival: int | None = None


def on_path(
    base: Point,
    latest: Point,
    target: Point | None,
    *,
    up: bool,
    reached: bool,
    digits: int = MAX_DECIMALS,
    station: Point | None = None,
) -> Progress:
    """The way gone from base to latest against the straight line from base to target.

    `station`: the last milestone before the latest figure; the line then goes through it.

    `reached` says that the latest figure meets the target, by its wording; it is tested first.
    `required` is where the straight line is at the latest figure's month, `compound` where constant
    growth would be, both at so many decimals: the figure is compared with what is printed.
    `arrival` is the month at which the present pace arrives.

    >>> on_path(Point(0, 0.0), Point(24, 40.0), Point(60, 100.0), up=True, reached=False).verdict
    'on_path'
    """
    if latest.month <= base.month:
        return Progress("reached" if reached else "too_few_figures")
    sign = 1.0 if up else -1.0
    slope = (latest.number - base.number) / (latest.month - base.month)
    if target is None:
        return Progress("")
    start = station or base
    elapsed = (latest.month - start.month) / max(target.month - start.month, 1)
    way = (target.number - start.number) * min(elapsed, 1.0) + start.number - base.number
    required = float(fixed(base.number + way, digits))
    ratio = target.number / start.number if start.number else 0.0
    compound = math.nan
    if ratio > 0:
        compound = float(fixed(start.number * ratio ** min(elapsed, 1.0), digits))
    progress = 100 * (latest.number - base.number) / way if way * sign > 0 else math.nan
    arrival = None if reached else _arrival(latest.month, target.number - latest.number, slope)
    if reached:
        verdict = "reached"
    elif slope * sign < 0:
        verdict = "moving_away"
    else:
        verdict = "on_path" if latest.number * sign >= required * sign else "behind"
    return Progress(verdict, progress, math.nan, required, compound, arrival)


def _arrival(month: int, missing: float, slope: float) -> int | None:
    """The month at which so much a month makes up what is missing; None in no century."""
    if slope * missing <= 0 or missing / slope >= CENTURY:
        return None
    then = month + math.ceil(missing / slope - 1e-9)  # 3.0000000000000004 months are three
    return then if then < END_OF_PERIODS else None


def opensdg(
    base: Point,
    latest: Point,
    target: Point | None,
    *,
    up: bool,
    reached: bool,
    limit: float | None = None,
) -> Progress:
    """Compound growth against required growth, as published for Open SDG 2.4 and Statistics Canada.

    With a target R = direction · observed / |required|; without one the direction-signed growth
    itself, its limits narrowed near a natural limit. One figure only, or a change of sign:
    `not_available`.
    """
    none = Progress("not_available")
    if target is not None and reached:
        return Progress("target_achieved", score=5.0)
    years = (latest.month - base.month) / YEAR
    start = base.number or ZERO
    times = latest.number / start
    if years <= 0 or times < 0 or math.isinf(observed := _yearly(times, years)):
        return none
    sign = (1.0 if up else -1.0) * (1.0 if start > 0 else -1.0)
    if target is None:
        return _without_target(sign * observed, nearness(start, limit))
    goal = target.number or ZERO
    whole = (target.month - base.month) / YEAR
    if goal / start <= 0 or whole <= 0:
        return none
    required = _yearly(goal / start, whole)
    if required == 0 or math.isinf(required):
        return none
    ratio = sign * observed / abs(required)
    return _graded(ratio, WITH_TARGET, SCORE_WITH, ratio)


def _yearly(ratio: float, years: float) -> float:
    """The yearly growth that makes so many times of it in some years; infinite if too large."""
    try:
        return float(ratio ** (1 / years) - 1)
    except OverflowError:
        return math.inf


def _without_target(growth: float, narrow: float) -> Progress:
    """The direction-signed growth against the bands, narrowed for progress in that direction."""
    against = growth
    if growth > 0 or (growth == 0 and narrow <= 0):
        against = growth / narrow if narrow > 0 else math.inf
    return _graded(against, WITHOUT, SCORE_WITHOUT, growth)


def nearness(base: float, limit: float | None) -> float:
    """C: 1 far from a natural limit, towards 0 at it, with the published exponent of 4.44."""
    if limit is None or limit == 0:
        return 1.0
    b, most = abs(base), abs(limit)
    if b >= 2 * most:
        return 1.0
    distance = b / most if b <= most else (2 * most - b) / most
    return float(1 - distance**4.44)


def _graded(value: float, bands: Bands, scores: Scores, shown: float) -> Progress:
    verdict = next((word for least, word in bands if value >= least - 1e-12), "deterioration")
    score = float(np.interp(value, [x for x, _ in scores], [y for _, y in scores]))
    return Progress(verdict, 100 * shown, score)
