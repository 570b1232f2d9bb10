"""From the first figure to the newest one and to the next target, over years, by two methods.

`path`: the way gone so far against the way a straight line requires by now. `opensdg`: observed
compound growth against the required one, with the bands and the score of Open SDG 2.4 and
Statistics Canada. Both are documented with their holes in docs/method.md. Base and newest figure
stand on one side of every break; flows travel by whole years; bounds have no pace; growth has no
path.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from dtrack.analysis.assessment import goals_of
from dtrack.analysis.cells import Query
from dtrack.analysis.comparison import Interval, fixed, judge
from dtrack.analysis.selection import TargetIndex, VintageIndex, break_side, known_rows
from dtrack.core.arrays import NONE, Ints, codes, flags, ints, worded
from dtrack.core.figure import MAX_DECIMALS
from dtrack.core.message import Message, lazy_joined, verbatim
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import YEAR, Period
from dtrack.core.vocabulary import Kind, Verdict
from dtrack.model.entities import Dataset

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
) -> Progress:
    """The way gone from base to latest against the straight line from base to target.

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
    elapsed = (latest.month - base.month) / max(target.month - base.month, 1)
    way = (target.number - base.number) * min(elapsed, 1.0)
    required = float(fixed(base.number + way, digits))
    ratio = target.number / base.number if base.number else 0.0
    compound = math.nan
    if ratio > 0:
        compound = float(fixed(base.number * ratio ** min(elapsed, 1.0), digits))
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


METHODS = ("path", "opensdg")


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The answer for one area and indicator, with the rows of base, newest figure and target.

    `digits`: decimals at which the path is told and compared, one more than the figures'.
    """

    area: int
    indicator: int
    base: int
    latest: int
    target: int
    goal: float
    digits: int
    progress: Progress
    note: Message | None


def trajectories(dataset: Dataset, question: Query, method: str = "path") -> list[Trajectory]:
    """Every area and indicator (no growth) with a figure or a target, in the order of the board.

    With a period in the question, figures and the reading of targets end with it.
    """
    return _Trajectories(dataset, question, method).all()


class _Trajectories:
    def __init__(self, dataset: Dataset, question: Query, method: str) -> None:
        self.dataset, self.question, self.method = dataset, question, method
        figures, targets = dataset.actuals, dataset.targets
        self.number, self.upper = figures["number"].to_numpy(), figures["upper"].to_numpy()
        self.decimals, self.day = ints(figures, "decimals"), ints(figures, "published_day")
        self.period, self.wording = codes(figures, "period"), codes(figures, "wording")
        self.is_point = worded(self.wording, lambda m: m.point)
        self.target_end = dataset.period_ends[codes(targets, "period")]
        self.set_day = ints(targets, "set_day")
        self.is_down = dataset.which_indicators(lambda item: item.lower_is_better)
        down = self.is_down[codes(targets, "indicator")]
        self.goals = goals_of(targets, np.arange(len(targets)), down)

    def all(self) -> list[Trajectory]:
        figures, targets = self.figures(), self.targets()
        return [
            self.trajectory(*cell, figures.get(cell, []), targets.get(cell, []))
            for cell in sorted({*figures, *targets})
        ]

    def figures(self) -> dict[tuple[int, int], list[int]]:
        """Rows of the newest editions on the reference basis by cell, in the order of ends."""
        dataset, frame, asked = self.dataset, self.dataset.actuals, self.question.period
        indicator = codes(frame, "indicator")
        is_flow = dataset.which_indicators(lambda item: item.kind == Kind.FLOW)[indicator]
        is_year = dataset.which_periods(lambda period: period.is_year)[self.period]
        known = known_rows(dataset, self.question.as_of) & flags(frame, "on_reference_basis")
        known &= ~dataset.is_growth[indicator] & ~flags(frame, "excluded") & ~np.isnan(self.number)
        newest = VintageIndex(dataset, np.flatnonzero(known)).rows
        end, start = (
            months[self.period] for months in (dataset.period_ends, dataset.period_starts)
        )
        wanted = (~is_flow | is_year) & (asked is None or end <= asked.end)
        rows = newest[wanted[newest]]
        return _by_cell(frame, rows[np.lexsort((start[rows], end[rows]))])

    def targets(self) -> dict[tuple[int, int], list[int]]:
        """Rows of the newest known entry of each target by cell, in the order of deadlines."""
        frame, index = self.dataset.targets, TargetIndex(self.dataset, self.question.as_of)
        rows = index.rows[index.stop - 1]
        growth = self.dataset.is_growth[codes(frame, "indicator")]
        rows = rows[~(growth | flags(frame, "excluded"))[rows]]
        return _by_cell(frame, rows[np.argsort(self.target_end[rows], kind="stable")])

    def trajectory(
        self, indicator: int, area: int, rows: list[int], targets: list[int]
    ) -> Trajectory:
        item, ends = self.dataset.indicators[indicator], self.dataset.period_ends
        latest = rows[-1] if rows else NONE
        until = int(ends[self.period[latest]]) if rows else 0
        ahead = [row for row in targets if self.target_end[row] >= until]
        target = (ahead or targets[-1:] or [NONE])[0]
        base, note = self.base_of(indicator, rows)
        reached, goal = self.meets(indicator, latest, target)
        points = [
            Point(int(ends[self.period[row]]), float(self.number[row]))
            for row in (base, latest)
            if row != NONE
        ] or [Point(0, 0.0)]
        aim = None
        if NONE not in (target, latest) and self.across(indicator, target, latest):
            reached = False
            note = _("target set before a break, newest figure published after it: not compared")
        elif target != NONE and np.isnan(goal):
            note = _("the target's number is not public")
        elif target != NONE:
            aim = Point(int(self.target_end[target]), goal)
            if until > aim.month:
                late = _("the newest figure is of after the deadline")
                note = verbatim(lazy_joined("; ", filter(None, (note, late))))
        digits = self.finest(base, latest, target) + 1
        way = (points[0], points[-1], aim)
        up = not item.lower_is_better
        if self.method == "opensdg":
            progress = opensdg(*way, up=up, reached=reached, limit=item.limit)
        else:
            progress = on_path(*way, up=up, reached=reached, digits=digits)
        note = note if rows else _("no figure yet")
        return Trajectory(area, indicator, base, latest, target, goal, digits, progress, note)

    def finest(self, base: int, latest: int, target: int) -> int:
        """The most decimals that one of the figures and the target has; 0 at least."""
        of_target = self.dataset.targets["decimals"].to_numpy()
        rows = ((self.decimals, base), (self.decimals, latest), (of_target, target))
        return max([0, *(int(of[row]) for of, row in rows if row != NONE)])

    def base_of(self, indicator: int, rows: list[int]) -> tuple[int, Message | None]:
        """The first figure (or that of the base year) that the newest one is compared with.

        Both are single numbers on one side of every break. NONE where there is none, and why.
        """
        if not rows:
            return NONE, None
        if not self.is_point[rows[-1]]:
            return NONE, _("the newest figure is a bound: it has no pace")
        sides = break_side(self.dataset, np.full(len(rows), indicator), self.day[rows])
        same = [row for row in np.array(rows)[sides == sides[-1]].tolist() if self.is_point[row]]
        year = self.dataset.indicators[indicator].base
        if year is not None:
            base = self.dataset.period_position.get(Period.year_of(year), NONE)
            of_year = [row for row in same if self.period[row] == base]
            if not of_year:
                return NONE, _("no figure for the base year {year}", year=year)
            return of_year[0], None
        if len(same) == 1:
            several = len(set(sides)) > 1
            return NONE, (
                _("one figure only on this side of a break") if several else _("one figure only")
            )
        left_out = len(same) < len(rows)
        note = _("figures before a break, and bounds, are left out") if left_out else None
        return same[0], note

    def meets(self, indicator: int, latest: int, target: int) -> tuple[bool, float]:
        """Whether the newest figure meets the target by its wording, and the goal."""
        value = float(self.goals.value[target]) if target != NONE else math.nan
        if NONE in (target, latest):
            return False, value
        row, goal = np.array([latest]), self.goals.at(np.array([target]))
        down = self.is_down[[indicator]]
        figure = Interval.of(self.number[row], self.upper[row], self.wording[row], down)
        code, _ = judge(figure, self.decimals[row], self.wording[row], *goal, down)
        return bool(code[0] == Verdict.MET.code), value

    def across(self, indicator: int, target: int, latest: int) -> bool:
        """Whether a break lies between the days of the target and of the figure."""
        days = np.array([self.set_day[target], self.day[latest]])
        before, after = break_side(self.dataset, np.full(2, indicator), days)
        return bool(before < after)


def _by_cell(frame: Any, rows: Ints) -> dict[tuple[int, int], list[int]]:
    """Group the rows of a frame by indicator and area, in their order."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    cells = (codes(frame, name)[rows].tolist() for name in ("indicator", "area"))
    for *cell, row in zip(*cells, rows.tolist(), strict=True):
        found[cell[0], cell[1]].append(row)
    return found
