"""Goal, gap and verdict of every cell.

In come chosen figures and targets, out go arrays, one value per cell.

The rules are those of docs/design.md §4: pace, like with like, before its deadline, exactness,
strict by default. The comparison itself is in `verdict`; here stands what may be compared at all,
and what the comparison then means.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.base_levels import usual_share
from dtrack.analysis.cells import AssessmentGrid
from dtrack.analysis.comparison import (
    MET,
    MISSED,
    Interval,
    gaps,
    half_up,
    is_worded,
    judge,
    rounded,
)
from dtrack.analysis.lost import TARGET, Lost, May
from dtrack.analysis.selection import break_side
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, present
from dtrack.core.figure import ABOVE, BELOW, PLAIN, RANGE

VERDICT_WORDS = ("", "met", "missed", "undetermined", "open", "not_reported", "no_target")
UNDETERMINED, OPEN, NOT_REPORTED, NO_TARGET = 3, 4, 5, 6
LAST_MONTH = 11  # of a year, counted from its first


class Assessment(AssessmentGrid):
    """Cells with their goal, gap, verdict and distance to the city, each computed when asked for."""

    # -- the target as a number
    # ---------------------------------------------------------------------------------------
    def target_figure(self, rows: Ints) -> tuple[Floats, Ints, Flags]:
        """Goal before pace, its decimals and whether reaching it is not enough, for rows of the targets."""
        frame = self.dataset.targets
        if not len(frame):
            return (
                np.full(len(rows), np.nan),
                np.zeros(len(rows), np.int64),
                np.zeros(len(rows), bool),
            )
        wording = codes(frame, "wording")[rows]
        number, upper = frame["number"].to_numpy()[rows], frame["upper"].to_numpy()[rows]
        goal = np.where(self.down & is_worded(wording, RANGE), upper, number)
        goal = np.where(rows == NONE, np.nan, goal)
        decimals = frame["decimals"].to_numpy()[rows].astype(np.int64)
        more = np.where(self.down, is_worded(wording, BELOW), is_worded(wording, ABOVE))
        return *self._with_tolerance(goal, decimals), more

    def _with_tolerance(self, goal: Floats, decimals: Ints) -> tuple[Floats, Ints]:
        points = self.question.tolerance
        if not points:
            return goal, decimals
        finer = np.where(
            self.in_points, np.maximum(decimals, -int(points.as_tuple().exponent)), decimals
        )
        moved = rounded(goal + np.where(self.down, 1.0, -1.0) * float(points), finer)
        return np.where(self.in_points, moved, goal), finer

    # -- pace of a flow ----------------------------------------------------------------------------
    @cached_property
    def paced(self) -> Flags:
        """A flow over part of a year against the year's target."""
        return self.flow & self.promised & ~self.target_is_own

    @cached_property
    def usual_share(self) -> Floats:
        """Last year's share of the same months in the year, both levels on one side of every break.

        NaN if unknown.
        """
        return self._usual_share[0]

    @cached_property
    def _usual_share(self) -> tuple[Floats, Ints]:
        if not self.paced.any():
            return np.full(len(self.area), np.nan), np.zeros(len(self.area), np.int64)
        share, decimals = usual_share(self, self.indicator)
        return np.where(self.paced, share, np.nan), decimals

    # -- goal, gap, verdict
    # -------------------------------------------------------------------------------------------
    @cached_property
    def number(self) -> Floats:
        """The figure without its wording; NaN where there is none."""
        return np.where(self.reported, self.number_of("number", self.actual), np.nan)

    @cached_property
    def decimals(self) -> Ints:
        """Published digits of the figure after the point."""
        return np.where(self.reported, self.count_of("decimals", self.actual), 0)

    @cached_property
    def wording(self) -> Ints:
        """Wording code of the figure."""
        return self.of_actual("wording")

    def goal_for(self, rows: Ints) -> tuple[Floats, Ints, Flags]:
        """What the figure is compared with, for rows of the targets.

        A paced flow's is its share of the year.
        """
        goal, decimals, more = self.target_figure(rows)
        if not self.paced.any():
            return goal, decimals, more
        calendar = self.of_period([period.months for period in self.periods]) / 12
        part = np.where(np.isnan(self.usual_share), calendar, self.usual_share)
        of_levels = np.where(np.isnan(self.usual_share), 0, self._usual_share[1])
        finest = np.where(
            self.paced, np.maximum(np.maximum(decimals, self.decimals), of_levels), decimals
        )
        return np.where(self.paced, half_up(goal * part, finest), goal), finest, more

    @cached_property
    def goal(self) -> tuple[Floats, Ints, Flags]:
        """Goal, its decimals and whether it needs more, against the target in force."""
        return self.goal_for(self.target)

    @cached_property
    def across_break(self) -> Flags:
        """A level, share or stock on another side of a break than its target.

        Two series, never subtracted.
        """
        if not len(self.dataset.targets) or not len(self.dataset.actuals):
            return np.zeros(len(self.area), bool)
        set_day = self.dataset.targets["set_day"].to_numpy()[self.target].astype(np.int64)
        before = break_side(self.dataset, self.indicator, set_day)
        apart: Flags = before != self.side_of(self.actual)
        return self.promised & self.reported & ~self.growth & apart

    def side_of(self, rows: Ints) -> Ints:
        """How many breaks of the cell's indicator lie at or before the publication of the figure at the row."""
        return break_side(self.dataset, self.indicator, self.count_of("published_day", rows))

    @cached_property
    def faulty(self) -> Flags:
        """A refuse finding stands against the figure or the target."""
        faulty: Flags = self.reported & self.flag_of("aside", self.actual)
        if len(self.dataset.targets):
            aside = self.dataset.targets["aside"].to_numpy(dtype=bool)[self.target]
            faulty |= self.promised & aside
        return faulty | ((self.promised | self.reported) & self.may_be_lost)

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
        doubt: Flags = self.reported & self.flag_of("aside", self.actual)
        may = May(self)
        for one in may.lost:
            doubt |= may.may_be(one) if one.what != TARGET else False
        return doubt

    @cached_property
    def comparable(self) -> Flags:
        """Figure and goal may be subtracted from one another."""
        return (
            self.reported
            & self.promised
            & ~self.other_basis
            & ~self.across_break
            & ~self.faulty
            & ~(self.flow & self.stands_in)
        )

    @cached_property
    def gap(self) -> Floats:
        """Actual − goal, sign turned where lower is better; NaN where it cannot be told."""
        goal, decimals, _ = self.goal
        return np.where(
            self.comparable,
            gaps(self.number, self.decimals, self.wording, goal, decimals, self.down),
            np.nan,
        )

    def compare(self, rows: Ints) -> tuple[Ints, Flags]:
        """Verdict code and `sure` against rows of the targets, before what cannot be judged is taken out."""
        code, sure = self._against(rows)
        judged = self.comparable & (code > 0) & ~(self.paced & np.isnan(self.usual_share))
        code = np.where(judged, code, UNDETERMINED)
        early = self.read_at_end & (
            (self.target_end > self.end) | (self.target_end > self.actual_span[1])
        )
        return np.where(early & (code == MISSED), OPEN, code), sure & judged & self._can_be_sure

    def _against(self, rows: Ints) -> tuple[Ints, Flags]:
        goal, decimals, more = self.goal if rows is self.target else self.goal_for(rows)
        upper = np.where(self.reported, self.number_of("upper", self.actual), np.nan)
        figure = Interval.of(self.number, upper, self.wording, self.down)
        return judge(figure, self.decimals, self.wording, goal, decimals, more, self.down)

    @cached_property
    def firm(self) -> Flags:
        """Rounding of the figure cannot turn the comparison; the kind of the figure may still."""
        return self._against(self.target)[1]

    @cached_property
    def part_of_a_year(self) -> Flags:
        """A share of part of a year against the target of a year: shares move with the season."""
        a_year = np.array([period.is_year for period in self.dataset.periods] or [False])[
            self.target_period
        ]
        spanned = self.actual_span[1] - self.actual_span[0]
        part: Flags = self.comparable & a_year & self.share & (spanned < LAST_MONTH)
        return part

    @property
    def _can_be_sure(self) -> Flags:
        kinds = self.stands_in | self.older | self.expected | self.paced | self.part_of_a_year
        return ~kinds

    @cached_property
    def stated(self) -> Flags:
        """An undisclosed target of this very period with a verdict of its source."""
        has_word: Flags = self.stated_word.astype(bool)
        return (
            self.target_is_own
            & np.isnan(self.target_figure(self.target)[0])
            & has_word
            & ~self.faulty
        )

    @cached_property
    def stated_word(self) -> npt.NDArray[Any]:
        """The verdict that the target's source states, as text."""
        words = self.dataset.targets["stated"].to_numpy(dtype=object)
        return (
            np.where(self.promised, words[self.target], "")
            if len(words)
            else np.full(len(self.area), "", object)
        )

    @cached_property
    def verdict(self) -> tuple[Ints, Flags]:
        """Position in VERDICT_WORDS, and `sure`, for every cell."""
        code, sure = self.compare(self.target)
        both = self.reported & self.promised
        code = np.where(
            both, code, np.where(self.promised, NOT_REPORTED, np.where(self.reported, NO_TARGET, 0))
        )
        code = np.where(self.faulty & (self.reported | self.may_be_lost), UNDETERMINED, code)
        code = np.where(self.stated, np.where(self.stated_word == "met", MET, MISSED), code)
        return code, sure & both & ~self.stated

    # -- against the city
    # ---------------------------------------------------------------------------------------------
    @cached_property
    def exact_own(self) -> Flags:
        """The figure is one exact number on the indicator's own basis."""
        return (
            self.reported
            & is_worded(self.wording, PLAIN)
            & ~self.other_basis
            & ~np.isnan(self.number)
        )

    def versus(self, position: int) -> tuple[Floats, Ints]:
        """The figure less that of one area for the same indicator and the same period, and the decimals of the difference.

        Growth and share only, both figures exact and on one side of every break; NaN elsewhere.
        Never turned.
        """
        nothing = np.full(len(self.area), np.nan)
        candidates = (
            self.in_points
            & self.exact_own
            & (self.area != position)
            & (self.area != self.dataset.reference_position)
        )
        if position < 0 or not candidates.any():
            return nothing, self.decimals
        period = self.of_actual("period")
        rows, _ = self.own_figures.find(
            np.full(len(self.area), position), self.indicator, np.where(candidates, period, NONE)
        )
        wording = codes(self.dataset.actuals, "wording")[rows]
        both = candidates & present(rows) & is_worded(wording, PLAIN)
        both &= self.growth | (self.side_of(self.actual) == self.side_of(rows))
        finest = np.maximum(self.decimals, self.count_of("decimals", rows))
        return np.where(
            both, rounded(self.number - self.number_of("number", rows), finest), nothing
        ), finest
