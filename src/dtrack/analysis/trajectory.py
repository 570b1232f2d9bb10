"""From where to where.

The first figure, the newest one and the next target of every area and indicator but growth.

In come the frames and a question, out go journeys with their progress by one of the methods of
`path`. A base and a newest figure stand on one side of every break; flows travel by whole years;
bounds have no pace.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from dtrack.analysis.assessment import goals_of
from dtrack.analysis.cells import Query
from dtrack.analysis.comparison import Interval, judge
from dtrack.analysis.path_methods import Point, Progress, on_path, opensdg
from dtrack.analysis.selection import TargetIndex, VintageIndex, break_side, known_rows
from dtrack.core.arrays import Ints, codes, worded
from dtrack.core.translate import _
from dtrack.core.vocabulary import Kind, Verdict
from dtrack.model.entities import Dataset

METHODS = ("path", "opensdg")


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Positions of area and indicator; rows of the base, the newest figure and the target (−1.

    None); the answer.

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
    note: str


def journeys(dataset: Dataset, question: Query, method: str = "path") -> list[Trajectory]:
    """Every area and indicator (growth aside) that has a figure or a target, in the order of the board.

    With a period in the question, figures and the reading of targets end with it.
    """
    return _Travel(dataset, question, method).all()


class _Travel:
    def __init__(self, dataset: Dataset, question: Query, method: str) -> None:
        self.dataset, self.question, self.method = dataset, question, method
        self.targets = TargetIndex(dataset, question.as_of)
        frame = dataset.actuals
        self.number, self.upper = frame["number"].to_numpy(), frame["upper"].to_numpy()
        self.decimals, self.day = (
            frame["decimals"].to_numpy().astype(np.int64),
            frame["published_day"].to_numpy().astype(np.int64),
        )
        self.period, self.wording = codes(frame, "period"), codes(frame, "wording")
        self.is_point = worded(self.wording, lambda m: m.point)

    def all(self) -> list[Trajectory]:
        figures, targets = self.figures(), self.next_targets()
        cells = sorted({*figures, *targets}, key=lambda cell: (cell[1], cell[0]))
        return [
            self.journey(area, indicator, figures.get((area, indicator), []), targets)
            for area, indicator in cells
        ]

    def figures(self) -> dict[tuple[int, int], list[int]]:
        """Rows of the newest editions on the indicator's own basis, by cell, in the order of their ends."""
        dataset = self.dataset
        indicator, area = codes(dataset.actuals, "indicator"), codes(dataset.actuals, "area")
        rows = (
            known_rows(dataset, self.question.as_of)
            & dataset.actuals["own_basis"].to_numpy(dtype=bool)
            & ~dataset.is_growth[indicator]
        )
        rows &= ~dataset.actuals["aside"].to_numpy(dtype=bool) & ~np.isnan(self.number)
        newest = VintageIndex(dataset, np.flatnonzero(rows)).rows
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row in sorted(
            newest.tolist(),
            key=lambda r: (
                dataset.periods[self.period[r]].end,
                -dataset.periods[self.period[r]].months,
            ),
        ):
            period = dataset.periods[self.period[row]]
            in_time = self.question.period is None or period.end <= self.question.period.end
            if in_time and (dataset.indicators[indicator[row]].kind != Kind.FLOW or period.is_year):
                found[int(area[row]), int(indicator[row])].append(row)
        return found

    def next_targets(self) -> dict[tuple[int, int], list[int]]:
        """Rows of the newest known entry of each target, by cell, in the order of their deadlines."""
        frame, dataset = self.dataset.targets, self.dataset
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        area, indicator, period = (
            codes(frame, "area"),
            codes(frame, "indicator"),
            codes(frame, "period"),
        )
        newest: Ints = (
            self.targets.rows[self.targets.stop - 1]
            if len(self.targets.keys)
            else np.zeros(0, np.int64)
        )
        for row in sorted(newest.tolist(), key=lambda r: dataset.periods[period[r]].end):
            if not dataset.is_growth[indicator[row]] and not frame["aside"].iat[row]:
                found[int(area[row]), int(indicator[row])].append(row)
        return found

    def end_of_target(self, row: int) -> int:
        return self.dataset.periods[int(codes(self.dataset.targets, "period")[row])].end

    def journey(
        self, area: int, indicator: int, rows: list[int], targets: dict[tuple[int, int], list[int]]
    ) -> Trajectory:
        dataset, item = self.dataset, self.dataset.indicators[indicator]
        latest = rows[-1] if rows else -1
        until = dataset.periods[self.period[latest]].end if rows else 0
        mine = targets.get((area, indicator), [])
        target = next((t for t in mine if self.end_of_target(t) >= until), mine[-1] if mine else -1)
        base, note = self.base_of(indicator, rows)
        reached, goal = self.meets(indicator, latest, target)
        points = [
            Point(dataset.periods[self.period[row]].end, float(self.number[row]))
            for row in (base, latest)
            if row >= 0
        ]
        aim = (
            Point(self.end_of_target(target), goal) if target >= 0 and not np.isnan(goal) else None
        )
        if target >= 0 and aim is None:
            note = _("the target's number is not public")
        if target >= 0 and latest >= 0 and self.across(indicator, target, latest):
            aim, reached = None, False
            note = _("target set before a break, newest figure published after it: not compared")
        if aim is not None and until > aim.month:
            note = _("; ").join(
                filter(None, (note, _("the newest figure is of after the deadline")))
            )
        if not points:
            points, note = [Point(0, 0.0)], _("no figure yet")
        digits = self.finest(base, latest, target) + 1
        if self.method == "opensdg":
            progress = opensdg(
                points[0],
                points[-1],
                aim,
                up=not item.lower_is_better,
                reached=reached,
                limit=item.limit,
            )
        else:
            progress = on_path(
                points[0],
                points[-1],
                aim,
                up=not item.lower_is_better,
                reached=reached,
                digits=digits,
            )
        return Trajectory(area, indicator, base, latest, target, goal, digits, progress, note)

    def finest(self, base: int, latest: int, target: int) -> int:
        """The most decimals that one of the figures and the target has; 0 at least."""
        of_target = self.dataset.targets["decimals"].to_numpy()
        rows = ((self.decimals, base), (self.decimals, latest), (of_target, target))
        return max([0, *(int(of[row]) for of, row in rows if row >= 0)])

    def base_of(self, indicator: int, rows: list[int]) -> tuple[int, str]:
        """The first figure on the side of the newest one (or that of the base year), a single number like it."""
        if not rows:
            return -1, ""
        if not self.is_point[rows[-1]]:
            return -1, _("the newest figure is a bound: it has no pace")
        sides = break_side(self.dataset, np.full(len(rows), indicator), self.day[rows])
        same = [
            row
            for row, side in zip(rows, sides, strict=True)
            if side == sides[-1] and self.is_point[row]
        ]
        year = self.dataset.indicators[indicator].base
        note = (
            "" if len(same) == len(rows) else _("figures before a break, and bounds, are left out")
        )
        if year is not None:
            periods = [self.dataset.periods[self.period[row]] for row in same]
            of_year = [
                row
                for row, period in zip(same, periods, strict=True)
                if period.is_year and period.year == year
            ]
            same, note = (
                [*of_year, rows[-1]],
                "" if of_year else _("no figure for the base year {year}", year=year),
            )
        if len(same) > 1:
            return same[0], note
        if year is not None:
            return -1, note
        return -1, _("one figure only on this side of a break") if len(set(sides)) > 1 else _(
            "one figure only"
        )

    def meets(self, indicator: int, latest: int, target: int) -> tuple[bool, float]:
        """Whether the newest figure meets the target by its wording, and the goal."""
        if target < 0:
            return False, float("nan")
        down = np.array([self.dataset.indicators[indicator].lower_is_better])
        goal = goals_of(self.dataset.targets, np.array([target]), down)
        if latest < 0:
            return False, float(goal[0][0])
        row = np.array([latest])
        figure = Interval.of(self.number[row], self.upper[row], self.wording[row], down)
        code, _ = judge(figure, self.decimals[row], self.wording[row], *goal, down)
        return bool(code[0] == Verdict.MET.code), float(goal[0][0])

    def across(self, indicator: int, target: int, latest: int) -> bool:
        set_day = self.dataset.targets["set_day"].to_numpy().astype(np.int64)[[target]]
        before, after = break_side(
            self.dataset, np.array([indicator] * 2), np.array([set_day[0], self.day[latest]])
        )
        return bool(before < after)
