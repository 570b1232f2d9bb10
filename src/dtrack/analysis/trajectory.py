"""From the first figure to the newest one and to the next target, over years, by two methods.

The methods are those of `progress`. Base and newest figure stand on one side of every break; flows
travel by whole years; bounds have no pace; growth has no path.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from dtrack.analysis.cells import Query
from dtrack.analysis.comparison import Interval, judge
from dtrack.analysis.corridor import corridors
from dtrack.analysis.goal import Goal, goals_of
from dtrack.analysis.progress import Point, Progress, on_path, opensdg
from dtrack.analysis.selection import TargetIndex, VintageIndex, break_side, known_rows
from dtrack.core.arrays import NONE, Flags, Ints, codes, flags, ints, worded
from dtrack.core.message import Message, lazy_joined, verbatim
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.vocabulary import Direction, Kind, Verdict
from dtrack.model.dataset import Dataset

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
        self.target_period = codes(targets, "period")
        self.target_end = dataset.period_ends[self.target_period]
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
        # a flow travels by years, so only what a year is to bring lies on its way
        is_flow = self.dataset.which_indicators(lambda item: item.kind == Kind.FLOW)
        years = self.dataset.which_periods(lambda period: period.is_years)[codes(frame, "period")]
        off = growth | flags(frame, "excluded") | (is_flow[codes(frame, "indicator")] & ~years)
        rows = rows[~off[rows]]
        start = self.dataset.period_starts[codes(frame, "period")]
        return _by_cell(frame, rows[np.lexsort((-start[rows], self.target_end[rows]))])

    def trajectory(
        self, indicator: int, area: int, rows: list[int], targets: list[int]
    ) -> Trajectory:
        item, ends = self.dataset.indicators[indicator], self.dataset.period_ends
        latest = rows[-1] if rows else NONE
        until = int(ends[self.period[latest]]) if rows else 0
        ahead = [row for row in targets if self.target_end[row] >= until]
        own = [row for row in ahead if rows and self.target_period[row] == self.period[latest]]
        target = (own or ahead or targets[-1:] or [NONE])[0]
        base, note = self.base_of(indicator, rows)
        reached, goal, above = self.meets(indicator, latest, target)
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
        corridor = target != NONE and corridors(self.dataset.targets, np.array([target]))[0]
        digits = self.finest(base, latest, target) + 1
        way = (points[0], points[-1], aim)
        up = not above
        if self.method == "opensdg" and aim is None and item.better == Direction.WITHIN:
            progress = Progress("not_available")
        elif corridor and reached and aim and until < aim.month and self.method == "path":
            # it may leave the corridor until the deadline
            progress = Progress("on_path")
        elif self.method == "opensdg":
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

    def meets(self, indicator: int, latest: int, target: int) -> tuple[bool, float, bool]:
        """Whether the newest figure meets the target by its wording, the goal.

        And whether that is not to be passed. Of a corridor the nearer end counts for the goal.
        """
        down = self.is_down[[indicator]]
        value = float(self.goals.value[target]) if target != NONE else math.nan
        if NONE in (target, latest):
            return False, value, bool(down[0])
        at, number = np.array([target]), float(self.number[latest])
        if not corridors(self.dataset.targets, at)[0]:
            met = self.reaches(latest, self.goals.at(at), down) == Verdict.MET.code
            return met, value, bool(down[0])
        low, high = (goals_of(self.dataset.targets, at, np.array([end])) for end in (False, True))
        met = all(
            self.reaches(latest, goal, np.array([end])) == Verdict.MET.code
            for end, goal in ((False, low), (True, high))
        )
        above = float(high.value[0]) - number < number - float(low.value[0])
        return met, float((high if above else low).value[0]), above

    def reaches(self, latest: int, goal: Goal, down: Flags) -> int:
        """The verdict's code of one figure against a goal, held from above where `down`."""
        row = np.array([latest])
        figure = Interval.of(self.number[row], self.upper[row], self.wording[row], down)
        code, _ = judge(figure, self.decimals[row], self.wording[row], *goal, down)
        return int(code[0])

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
