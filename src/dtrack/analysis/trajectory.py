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

from dtrack.analysis.comparison import Interval, half_up, judge
from dtrack.analysis.corridor import corridors
from dtrack.analysis.goal import Goal, goals_of
from dtrack.analysis.progress import Point, Progress, on_path, opensdg
from dtrack.analysis.question import Query
from dtrack.analysis.selection import TargetIndex, VintageIndex, break_side, known_rows
from dtrack.analysis.spans import TOGETHER
from dtrack.core.arrays import NONE, Flags, Ints, codes, flags, ints, worded
from dtrack.core.message import Message, deferred, lazy_joined, verbatim
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.relation import Relation, relation_of
from dtrack.core.vocabulary import Direction, Kind, Over, Verdict
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.model.dataset import Dataset

METHODS = ("path", "opensdg")


@dataclass(frozen=True, slots=True)
class Made:
    """What the years of a period make together: as a number, and as a publisher would write it."""

    period: Period
    number: float
    text: str


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The answer for one area and indicator, with the rows of base, newest figure and target.

    `digits`: decimals at which the path is told and compared, one more than the figures'. `made`:
    what several years make, where the target is of them together.
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
    made: Made | None = None


def trajectories(dataset: Dataset, question: Query, method: str = "path") -> list[Trajectory]:
    """Every area and indicator (no growth) with a figure or a target, in the order of the board.

    With a period in the question, figures and the reading of targets end with it. Targets that the
    years together are held against are not among them: `span_paths.over_years`.
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
        days = self.dataset.period_last_days[codes(frame, "period")]
        off |= ~self.dataset.existing(days, codes(frame, "area"))
        off |= np.isin(index.over, [*TOGETHER, Over.EACH.code])
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
        self.set_from_base(indicator, rows, target)
        reached, goal, above = self.meets(indicator, latest, target)
        points = [
            Point(int(ends[self.period[row]]), float(self.number[row]))
            for row in (base, latest)
            if row != NONE
        ] or [Point(0, 0.0)]
        aim = station = None
        relation = self.relation(target)
        if (
            relation is None
            and NONE not in (target, latest)
            and self.across(indicator, target, latest)
        ):
            reached = False
            note = _(
                "target set before a break in series, latest figure published after it; "
                "not compared"
            )
        elif relation is not None and np.isnan(goal):
            note = _no_goal(relation)
        elif target != NONE and np.isnan(goal):
            note = _("target value not published")
        elif target != NONE:
            aim = Point(int(self.target_end[target]), goal)
            station, told = self.stations(points, aim, rows, targets)
            note = verbatim(lazy_joined("; ", [*filter(None, (note,)), *told])) if told else note
            if until > aim.month:
                late = _("the latest figure is later than the deadline")
                note = verbatim(lazy_joined("; ", filter(None, (note, late))))
        corridor = target != NONE and corridors(self.dataset.targets, np.array([target]))[0]
        digits = self.finest(base, latest, target) + 1
        way = (points[0], points[-1], aim)
        up = not above
        if self.method == "opensdg" and aim is None and item.better == Direction.WITHIN:
            progress = Progress("not_available")
        elif self.method == "opensdg":
            progress = opensdg(*way, up=up, reached=reached, limit=item.limit)
        else:
            progress = on_path(*way, up=up, reached=reached, digits=digits, station=station)
            if corridor and aim and until < aim.month and progress.verdict == "reached":
                # it may leave the corridor until the deadline
                progress = Progress("on_path" if item.kind.read_at_end else "too_few_figures")
        note = note if rows else _("no figure yet")
        return Trajectory(area, indicator, base, latest, target, goal, digits, progress, note)

    def stations(
        self, points: list[Point], aim: Point, rows: list[int], targets: list[int]
    ) -> tuple[Point | None, list[Message]]:
        """The last milestone between base and newest figure, and how each was passed.

        A target with a deadline before the one ahead, on the newest figure's side of every break.
        """
        found: dict[int, int] = {}
        indicator = int(codes(self.dataset.targets, "indicator")[targets[0]])
        first, until = points[0].month, min(points[-1].month, aim.month)
        for row in targets:
            end = int(self.target_end[row])
            known = first < end < until and not np.isnan(self.goals.value[row])
            if known and not self.across(indicator, row, rows[-1]):
                found.setdefault(end, row)
        told = [self.passed(row, end, rows) for end, row in found.items()]
        # one that the base had passed already is none of the way
        sign = -1 if self.is_down[indicator] else 1
        ahead = {
            end: number
            for end, row in found.items()
            if sign * ((number := float(self.goals.value[row])) - points[0].number) > 0
        }
        last = max(ahead, default=0)
        return Point(last, ahead[last]) if ahead else None, told

    def passed(self, row: int, end: int, rows: list[int]) -> Message:
        """How a milestone was passed, by the figure of its deadline."""
        frame, ends = self.dataset, self.dataset.period_ends
        told = {
            "target": deferred(wording_shown, str(frame.targets["value"].iat[row])),
            "period": deferred(period_shown, str(frame.targets["period"].iat[row])),
        }
        of_day = [at for at in rows if ends[self.period[at]] == end]
        if not of_day:
            return _("milestone {target} of {period}: no figure", **told)
        value = deferred(wording_shown, str(frame.actuals["value"].iat[of_day[-1]]))
        indicator = int(codes(frame.targets, "indicator")[row])
        if self.meets(indicator, of_day[-1], row)[0]:
            return _("milestone {target} of {period}: reached ({value})", value=value, **told)
        return _("milestone {target} of {period}: not reached ({value})", value=value, **told)

    def relation(self, target: int) -> Relation | None:
        """What a target follows, None for one that has a number of its own."""
        return (
            relation_of(str(self.dataset.targets["value"].iat[target])) if target != NONE else None
        )

    def set_from_base(self, indicator: int, rows: list[int], target: int) -> None:
        """Set the goal of a target from a base year: on the newest figure's side of every break."""
        relation = self.relation(target)
        if relation is None or not relation.is_base or not rows:
            return
        sides = break_side(self.dataset, np.full(len(rows), indicator), self.day[rows])
        due = self.dataset.periods[int(codes(self.dataset.targets, "period")[target])]
        end = relation.base(due.calendar).end
        ends = self.dataset.period_ends[self.period[rows]]
        of_base = np.flatnonzero((ends == end) & (sides == sides[-1]) & self.is_point[rows])
        if not len(of_base):
            return
        row = rows[of_base[-1]]
        added = 0 if relation.is_factor else relation.decimals
        decimals = max(self.decimals[row], self.decimals[rows[-1]], added)
        goal = float(self.number[row]) * relation.factor + relation.added
        value = half_up(np.array([goal]), np.array([decimals]))[0]
        if relation.is_factor and not self.number[row] > 0:
            return
        self.goals.value[target], self.goals.decimals[target] = value, decimals
        self.goals.needs_more[target] = relation.wording.meaning.needs_more(
            self.dataset.indicators[indicator].better
        )

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
            return NONE, _("the latest figure is a bound; no pace can be calculated")
        sides = break_side(self.dataset, np.full(len(rows), indicator), self.day[rows])
        same = [row for row in np.array(rows)[sides == sides[-1]].tolist() if self.is_point[row]]
        year = self.dataset.indicators[indicator].base
        if year is not None:
            base = self.base_year(year)
            of_year = [row for row in same if self.period[row] == base]
            if not of_year:
                return NONE, _("no figure for the base year {year}", year=year)
            return of_year[0], None
        if len(same) == 1:
            several = len(set(sides)) > 1
            return NONE, (
                _("only one figure on this side of a break in series")
                if several
                else _("only one figure")
            )
        left_out = len(same) < len(rows)
        note = _("figures before a break in series, and bounds, are excluded") if left_out else None
        return same[0], note

    def base_year(self, year: int) -> int:
        """Position of the year that `base` names: from January, else as years of the workspace."""
        among, calendar = self.dataset.period_position, self.dataset.calendar
        own = among.get(Period.year_of(year, calendar), NONE)
        return among.get(Period.year_of(year), own)

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


def _no_goal(relation: Relation) -> Message:
    """Why a relative target has no goal on the path."""
    if relation.is_base:
        return _("no figure for the base year {year}", year=relation.base_called)
    return _("the target depends on another figure and has no path")


def _by_cell(frame: Any, rows: Ints) -> dict[tuple[int, int], list[int]]:
    """Group the rows of a frame by indicator and area, in their order."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    cells = (codes(frame, name)[rows].tolist() for name in ("indicator", "area"))
    for *cell, row in zip(*cells, rows.tolist(), strict=True):
        found[cell[0], cell[1]].append(row)
    return found
