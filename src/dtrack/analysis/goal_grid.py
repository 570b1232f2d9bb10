"""The goal that each figure is compared with: the target's number, its share, or its nearer end."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.certain import can_shrink
from dtrack.analysis.comparison import Interval, both_ends, half_up, judge, rounded
from dtrack.analysis.corridor import Ends, corridors, nearer_end, upper_is_nearer
from dtrack.analysis.goal import Goal, goals_of
from dtrack.analysis.soundness import SoundGrid
from dtrack.core.arrays import Flags, Floats, Ints
from dtrack.core.vocabulary import Verdict

if TYPE_CHECKING:
    from dtrack.analysis.references import References

Judged = tuple[Ints, Flags]  # verdict codes, and `sure`


class GoalGrid(SoundGrid):
    """Cells with their goals, and which of them may be compared with it."""

    def target_figure(self, rows: Ints, of: str = "", down: Flags | None = None) -> Goal:
        """Goal of rows of the targets before pace, or (`of` "aim_") of their aims.

        `down`: where it is held against from above, for the ends of a corridor.
        """
        if rows is self.target and not of and down is None:
            return self._own_figure
        return self._figure(rows, of, down)

    @cached_property
    def _own_figure(self) -> Goal:
        return self._figure(self.target)

    def _figure(self, rows: Ints, of: str = "", down: Flags | None = None) -> Goal:
        found = self.numbered_goal(rows, of, down)
        followed = None if of else self.followed(rows)
        return followed.laid_over(found, bases=True) if followed else found

    def year_goal(self, rows: Ints, down: Flags) -> Goal:
        """As `target_figure`, with what relative targets follow over their whole period."""
        found, followed = self.numbered_goal(rows, down=down), self.followed_whole(rows)
        return followed.laid_over(found) if followed else found

    def numbered_goal(self, rows: Ints, of: str = "", down: Flags | None = None) -> Goal:
        """As `target_figure`, of targets that have a number of their own."""
        down = self.down if down is None else down
        goal, decimals, more = goals_of(self.dataset.targets, rows, down, of)
        return Goal(*self._with_tolerance(goal, decimals, down), more)

    def _with_tolerance(self, goal: Floats, decimals: Ints, down: Flags) -> tuple[Floats, Ints]:
        points, digits = self.question.points
        if not points:
            return goal, decimals
        finer = np.where(self.in_points, np.maximum(decimals, digits), decimals)
        moved = rounded(goal + np.where(down, points, -points), finer)
        return np.where(self.in_points, moved, goal), finer

    @property
    def gap_decimals(self) -> Ints:
        """Decimals of the gap: the finer ones of figure and goal."""
        return np.maximum(self.decimals, self.goal.decimals)

    @cached_property
    def goal(self) -> Goal:
        """Goal, its decimals and whether it needs more, against the target in force."""
        return self.goal_for(self.target)

    def goal_for(self, rows: Ints, of: str = "") -> Goal:
        """What the figure is compared with, for rows of the targets, or (`of` "aim_") their aims.

        Of a paced flow that is its share, of a corridor its nearer end.
        """
        found = self.paced_goal(rows, of)
        if (followed := self.followed(rows)) and not of:
            found = followed.laid_over(found, paced=self.prorated)
        both = self.with_two_ends(rows, of)
        if not both.any():
            return found
        return nearer_end(found, both, self.ends_for(rows), self.number, self.decimals)

    def paced_goal(self, rows: Ints, of: str = "") -> Goal:
        """As `goal_for`, of targets that have a number or a base year.

        Where a share is unknown and what is decided does not hang on it, the year's target.
        """
        return self._paced(self.target_figure(rows, of), rows, of)

    def _paced(self, figure: Goal, rows: Ints, of: str) -> Goal:
        """What is compared where the rows of the targets have that figure."""
        goal, decimals, more = figure
        if not self.prorated.any():
            return Goal(goal, decimals, more)
        unknown = np.isnan(self.due_share)
        shared = self.prorated & ~(unknown & self.decided(rows, of))
        part = np.where(unknown, self.months_of_year, self.due_share)
        of_levels = np.where(np.isnan(self.usual_share) | self.by_calendar, 0, self._usual_share[1])
        finest = np.maximum(np.maximum(decimals, self.decimals), of_levels)
        finest = np.where(shared, finest, decimals)
        return Goal(np.where(shared, half_up(goal * part, finest), goal), finest, more)

    def with_two_ends(self, rows: Ints, of: str = "") -> Flags:
        """Both ends of the rows of the targets count; of aims (`of`) only one does."""
        both = corridors(self.dataset.targets, rows)
        return both & False if of else both

    def ends_for(self, rows: Ints) -> Ends:
        """Both ends of the rows of the targets, as figures are compared with them."""
        above = np.ones(len(rows), bool)
        figures = (self.target_figure(rows, down=down) for down in (~above, above))
        low, high = (self._paced(figure, rows, "") for figure in figures)
        return low, high

    @cached_property
    def corridor(self) -> Flags:
        """Both ends of the target count."""
        return corridors(self.dataset.targets, self.target)

    @cached_property
    def ends(self) -> Ends:
        """The lower and the upper end of the target, for corridors."""
        return self.ends_for(self.target)

    @cached_property
    def held_from_above(self) -> Flags:
        """The goal is not to be passed: lower is better, or a corridor's upper end is nearer."""
        if not self.corridor.any():
            return self.down
        upper = upper_is_nearer(self.ends, self.number, self.decimals)
        return np.where(self.corridor, upper, self.down)

    def passed(self, rows: Ints, of: str = "") -> tuple[Flags, Flags]:
        """Amounts that are past the year's target before it ends, and cannot shrink; `sure`.

        That is for certain: met, or missed where lower is better, and past a corridor's upper end.
        """
        return self._passed if rows is self.target and not of else self._find_passed(rows, of)

    @cached_property
    def _passed(self) -> tuple[Flags, Flags]:
        return self._find_passed(self.target, "")

    def _find_passed(self, rows: Ints, of: str) -> tuple[Flags, Flags]:
        never = np.zeros(len(self.area), bool)
        past = self.flow & self.has_target & ~self.target_is_own & self.comparable
        if not past.any():
            return never, never
        above = self.down | self.with_two_ends(rows, of)
        found = self._judged(self.target_figure(rows, of, above), above)
        followed = None if of else self.followed_whole(rows)
        code, sure = self._with_followed(found, followed, never)
        if followed:
            past[followed.at[followed.is_rank]] = False  # nobody keeps a place for certain
        past &= code == np.where(above, Verdict.MISSED.code, Verdict.MET.code)
        if not past.any():
            return never, never
        past &= ~can_shrink(self, np.unique(self.indicator[past]))[self.indicator]
        return past, past & sure & ~self.expected

    @cached_property
    def of_whole_target(self) -> Flags:
        """Amounts held against the year's target itself: no share is known, and none decides."""
        found: Flags = self.prorated & np.isnan(self.due_share) & self.decided(self.target)
        return found

    def decided(self, rows: Ints, of: str = "") -> Flags:
        """Amounts of which no share of the year's target decides: past it, or it is nothing."""
        nothing = self.prorated & (self.target_figure(rows, of).value == 0)
        found: Flags = self.passed(rows, of)[0] | (nothing & ~self.with_two_ends(rows, of))
        return found

    @cached_property
    def comparable(self) -> Flags:
        """Figure and goal may be subtracted from one another."""
        return (
            self.reported
            & self.has_target
            & ~self.off_basis
            & ~self.across_break
            & ~self.faulty
            & ~(self.flow & self.is_partial_period)
            & ~self.not_one_number
        )

    @cached_property
    def not_one_number(self) -> Flags:
        """Years that make no number to compare: one is not known, breaks, doubtful words."""
        if not self.spans:
            return np.zeros(len(self.area), bool)
        # not `goal`, whose pace asks what may be compared: years are held against the target itself
        spans, goal = self.spans, self.target_figure(self.target)
        gap = spans.hole & (spans.settle(goal, self.down)[0] == Verdict.UNDETERMINED.code)
        found: Flags = gap | spans.apart | (spans.here & spans.doubtful(goal.value))
        # what years make is not yet held against another figure's years
        found |= spans.here & self.relative
        return found

    def _judged(self, goal: Goal, down: Flags) -> Judged:
        """Verdict code and `sure` against goals, held from above where `down`."""
        figure = self.interval(down)
        return judge(figure, self.decimals, self.wording, *goal, down, self.spread)

    def _with_followed(self, found: Judged, followed: References | None, paced: Flags) -> Judged:
        """What was found, with what is found against other figures; `paced` have theirs."""
        if not followed:
            return found
        from dtrack.analysis.relative_verdicts import against_followed

        return against_followed(followed, *found, paced)

    def _with_two_ends(
        self, found: Judged, rows: Ints, of: str, judged: Callable[[Goal, Flags], Judged]
    ) -> Judged:
        """What was found, of corridors what is found at their two ends together."""
        both = self.with_two_ends(rows, of)
        if not both.any():
            return found
        (low, high), above = self.ends_for(rows), np.ones(len(rows), bool)
        code, sure = both_ends(judged(low, ~above), judged(high, above))
        return np.where(both, code, found[0]), np.where(both, sure, found[1])

    def interval(self, down: Flags) -> Interval:
        """Where the figure lies, with its signs turned where `down`."""
        return Interval.of(self.number, self.upper, self.wording, down)
