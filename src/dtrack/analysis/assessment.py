"""Goal, gap and verdict of every cell.

The rules are those of docs/design.md §4: pace, like with like, before its deadline, exactness,
strict by default. `comparison` compares; here stands what may be compared at all, and what the
comparison then means.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.blocking import TARGET, Lost, May
from dtrack.analysis.certain import can_shrink
from dtrack.analysis.comparison import Interval, both_ends, gaps, half_up, judge, rounded
from dtrack.analysis.corridor import Ends, corridors, nearer_end, upper_is_nearer
from dtrack.analysis.goal import Goal, goals_of
from dtrack.analysis.pace import PacedGrid
from dtrack.analysis.selection import break_side
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, flags, present, worded
from dtrack.core.period import Period
from dtrack.core.vocabulary import Verdict

VERDICTS = tuple(Verdict)  # by code
LAST_MONTH = 11  # of a year, counted from its first


class Assessment(PacedGrid):
    """Cells with goal, gap, verdict and distance to the city, each computed when asked for."""

    def target_figure(self, rows: Ints, of: str = "", down: Flags | None = None) -> Goal:
        """Goal of rows of the targets before pace, or (`of` "aim_") of their aims.

        `down`: where it is held against from above, for the ends of a corridor.
        """
        down = self.down if down is None else down
        goal, decimals, more = goals_of(self.dataset.targets, rows, down, of)
        return Goal(*self._with_tolerance(goal, decimals, down), more)

    def _with_tolerance(self, goal: Floats, decimals: Ints, down: Flags) -> tuple[Floats, Ints]:
        points = self.question.tolerance
        if not points:
            return goal, decimals
        finest = np.maximum(decimals, -int(points.as_tuple().exponent))
        finer = np.where(self.in_points, finest, decimals)
        moved = rounded(goal + np.where(down, 1.0, -1.0) * float(points), finer)
        return np.where(self.in_points, moved, goal), finer

    @cached_property
    def number(self) -> Floats:
        """The figure without its wording; NaN where there is none."""
        return np.where(self.reported, self.number_of("number", self.actual), np.nan)

    @cached_property
    def decimals(self) -> Ints:
        """Published digits of the figure after the point."""
        return np.where(self.reported, self.count_of("decimals", self.actual), 0)

    @property
    def gap_decimals(self) -> Ints:
        """Decimals of the gap: the finer ones of figure and goal."""
        return np.maximum(self.decimals, self.goal.decimals)

    def at_periods(self, periods: Sequence[Period]) -> Assessment:
        """Return the same cells of other periods, one for each period asked for."""
        grid = self.which, self.area, self.indicator
        return Assessment(self.dataset, self.question, periods, *grid)

    @cached_property
    def half_unit(self) -> Floats:
        """Half a unit of the figure's last published digit."""
        return 0.5 * np.power(10.0, -self.decimals)

    @cached_property
    def wording(self) -> Ints:
        """Wording code of the figure."""
        return self.of_actual("wording")

    def goal_for(self, rows: Ints, of: str = "") -> Goal:
        """What the figure is compared with, for rows of the targets, or (`of` "aim_") their aims.

        Of a paced flow that is its share; where it is unknown and what is decided does not hang on
        it, the year's target. Of a corridor it is the nearer end.
        """
        goal = self._paced(self.target_figure(rows, of), rows, of)
        both = self.with_two_ends(rows, of)
        if not both.any():
            return goal
        return nearer_end(goal, both, self.ends_for(rows), self.number, self.decimals)

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
        if not self.prorated.any():
            return never, never
        above = self.down | self.with_two_ends(rows, of)
        code, sure = self._judged(self.target_figure(rows, of, above), above)
        past = self.prorated & self.comparable
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
    def goal(self) -> Goal:
        """Goal, its decimals and whether it needs more, against the target in force."""
        return self.goal_for(self.target)

    @cached_property
    def across_break(self) -> Flags:
        """A level, share or stock on another side of a break than its target: never subtracted."""
        if not len(self.dataset.targets) or not len(self.dataset.actuals):
            return np.zeros(len(self.area), bool)
        set_day = self.dataset.targets["set_day"].to_numpy()[self.target].astype(np.int64)
        before = break_side(self.dataset, self.indicator, set_day)
        apart: Flags = before != self.side_of(self.actual)
        return self.has_target & self.reported & ~self.growth & apart

    def side_of(self, rows: Ints) -> Ints:
        """How many breaks of the indicator lie at or before the publication of the row."""
        return break_side(self.dataset, self.indicator, self.count_of("published_day", rows))

    @cached_property
    def faulty(self) -> Flags:
        """A refuse finding stands against the figure or the target."""
        faulty: Flags = self.reported & self.flag_of("excluded", self.actual)
        if len(self.dataset.targets):
            faulty |= self.has_target & flags(self.dataset.targets, "excluded")[self.target]
        return faulty | ((self.has_target | self.reported) & self.may_be_lost)

    @cached_property
    def _lost(self) -> tuple[list[Lost], Ints]:
        may = May(self)
        return may.lost, may.find()

    @property
    def may_be_lost(self) -> Flags:
        """A row or target that could not be placed may be this cell's."""
        return present(self._lost[1])

    def lost_at(self, cell: int) -> Lost:
        """What the cell may have lost."""
        return self._lost[0][int(self._lost[1][cell])]

    @cached_property
    def in_doubt(self) -> Flags:
        """The figure is set aside, or a row that could not be placed may be it."""
        doubt: Flags = self.reported & self.flag_of("excluded", self.actual)
        may = May(self)
        for one in may.lost:
            doubt |= may.may_be(one) if one.what != TARGET else False
        return doubt

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
        )

    @cached_property
    def gap(self) -> Floats:
        """Actual − goal, sign turned where lower is better; NaN where it cannot be told."""
        goal, decimals, _ = self.goal
        return np.where(
            self.comparable,
            gaps(self.number, self.decimals, self.wording, goal, decimals, self.held_from_above),
            np.nan,
        )

    def compare(self, rows: Ints, of: str = "") -> tuple[Ints, Flags]:
        """Verdict code and `sure` against rows of the targets; undetermined if not comparable.

        A share or stock before its deadline is never missed; where it has a limit it is open, else
        met, never for sure. `of`: "aim_" where their aims are meant.
        """
        code, sure = self._against(rows, of)
        unknown = self.prorated & np.isnan(self.due_share)
        judged = self.comparable & (code > 0) & ~(unknown & ~self.decided(rows, of))
        code = np.where(judged, code, Verdict.UNDETERMINED.code)
        limited, met = self.down | self.with_two_ends(rows, of), code == Verdict.MET.code
        not_yet = self.early & ((code == Verdict.MISSED.code) | (limited & met))
        sure &= judged & self._can_be_sure & ~(self.early & ~limited & met)
        return np.where(not_yet, Verdict.OPEN.code, code), sure | self.passed(rows, of)[1]

    @cached_property
    def early(self) -> Flags:
        """A share or stock from before its target's deadline."""
        seen = np.minimum(self.end, self.actual_span[1])
        return self.read_at_end & self.has_target & self.reported & (self.target_end > seen)

    @cached_property
    def within(self) -> Flags:
        """A share or stock within its limit before the deadline: open, and not behind."""
        met: Flags = self._against(self.target, "")[0] == Verdict.MET.code
        return self.early & (self.down | self.corridor) & met

    def _against(self, rows: Ints, of: str) -> tuple[Ints, Flags]:
        goal = self.goal if rows is self.target and not of else self.goal_for(rows, of)
        found = self._judged(goal, self.down)
        both = self.with_two_ends(rows, of)
        if not both.any():
            return found
        (low, high), above = self.ends_for(rows), np.ones(len(rows), bool)
        at_ends = both_ends(self._judged(low, ~above), self._judged(high, above))
        return np.where(both, at_ends[0], found[0]), np.where(both, at_ends[1], found[1])

    def _judged(self, goal: Goal, down: Flags) -> tuple[Ints, Flags]:
        """Verdict code and `sure` against goals, held from above where `down`."""
        return judge(self.interval(down), self.decimals, self.wording, *goal, down)

    def interval(self, down: Flags) -> Interval:
        """Where the figure lies, with its signs turned where `down`."""
        upper = np.where(self.reported, self.number_of("upper", self.actual), np.nan)
        return Interval.of(self.number, upper, self.wording, down)

    @cached_property
    def firm(self) -> Flags:
        """Rounding of the figure cannot turn the comparison; the kind of the figure may still."""
        return self._against(self.target, "")[1]

    @cached_property
    def part_of_a_year(self) -> Flags:
        """A share of part of a year against the target of a year: shares move with the season."""
        a_year = self.dataset.which_periods(lambda period: period.is_year)[self.target_period]
        spanned = self.actual_span[1] - self.actual_span[0]
        part: Flags = self.comparable & a_year & self.share & (spanned < LAST_MONTH)
        return part

    @property
    def _can_be_sure(self) -> Flags:
        kinds = (
            self.is_partial_period
            | self.is_stale
            | self.expected
            | self.prorated
            | self.part_of_a_year
        )
        return ~kinds

    @cached_property
    def stated(self) -> Flags:
        """An undisclosed target of this very period with a verdict of its source."""
        has_word: Flags = self.stated_word.astype(bool)
        no_number = np.isnan(self.target_figure(self.target).value)
        return self.target_is_own & no_number & has_word & ~self.faulty

    @cached_property
    def stated_word(self) -> npt.NDArray[Any]:
        """The verdict that the target's source states, as text."""
        words = self.dataset.targets["stated"].to_numpy(dtype=object)
        return (
            np.where(self.has_target, words[self.target], "")
            if len(words)
            else np.full(len(self.area), "", object)
        )

    @cached_property
    def verdict(self) -> tuple[Ints, Flags]:
        """Position in VERDICTS, and `sure`, for every cell."""
        code, sure = self.compare(self.target)
        both = self.reported & self.has_target
        says_met = self.stated_word == Verdict.MET
        unknown = self.faulty & (self.reported | self.may_be_lost)
        code = np.select(
            [self.stated & says_met, self.stated, unknown, both, self.has_target, self.reported],
            [
                Verdict.MET.code,
                Verdict.MISSED.code,
                Verdict.UNDETERMINED.code,
                code,
                Verdict.NOT_REPORTED.code,
                Verdict.NO_TARGET.code,
            ],
            Verdict.NONE.code,
        )
        return code, sure & both & ~self.stated

    @cached_property
    def exact_own(self) -> Flags:
        """The figure is one exact number on the indicator's own basis."""
        exact = self.reported & worded(self.wording, lambda m: m.exact)
        return exact & ~self.off_basis & ~np.isnan(self.number)

    def versus(self, position: int) -> tuple[Floats, Ints]:
        """The figure less that of one area for the same indicator and period, and its decimals.

        Growth and share only, both figures exact and on one side of every break; NaN elsewhere.
        Never turned.
        """
        nothing = np.full(len(self.area), np.nan)
        candidates = self.in_points & self.exact_own & (self.area != position)
        candidates &= self.area != self.dataset.reference_position
        if position < 0 or not candidates.any():
            return nothing, self.decimals
        period = self.of_actual("period")
        area, period = np.full(len(self.area), position), np.where(candidates, period, NONE)
        rows, _ = self.own_figures.find(area, self.indicator, period)
        wording = codes(self.dataset.actuals, "wording")[rows]
        both = candidates & present(rows) & worded(wording, lambda m: m.exact)
        both &= self.growth | (self.side_of(self.actual) == self.side_of(rows))
        finest = np.maximum(self.decimals, self.count_of("decimals", rows))
        difference = rounded(self.number - self.number_of("number", rows), finest)
        return np.where(both, difference, nothing), finest
