"""Gap and verdict of every cell.

The rules are those of docs/design.md §4: pace, like with like, before its deadline, exactness,
strict by default. `comparison` compares; here stands what the comparison means.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.comparison import gaps, rounded
from dtrack.analysis.goal_grid import GoalGrid
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, present, worded
from dtrack.core.vocabulary import Caveat, Verdict

if TYPE_CHECKING:
    from dtrack.analysis.spans import Spans

VERDICTS = tuple(Verdict)  # by code
LAST_MONTH = 11  # of a year, counted from its first


class Assessment(GoalGrid):
    """Cells with goal, gap, verdict and distance to the city, each computed when asked for."""

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
        code = np.where(not_yet, Verdict.OPEN.code, code)
        sure |= self.passed(rows, of)[1] & np.isin(code, (Verdict.MET.code, Verdict.MISSED.code))
        if not self.spans:
            return code, sure
        spans = self.spans if rows is self.target else self.spans_at(rows)
        of_years, certain = self.settled(spans, rows, of)
        code = np.where(spans.here & judged, of_years, code)
        return code, np.where(spans.here, certain & judged & self._can_be_sure, sure)

    def settled(self, spans: Spans, rows: Ints, of: str = "") -> tuple[Ints, Flags]:
        """The verdicts of years, and `sure`; of a corridor those on its two ends together."""
        found = spans.settle(self.goal_for(rows, of), self.down)
        return self._with_two_ends(found, rows, of, spans.settle)

    @cached_property
    def early(self) -> Flags:
        """A share or stock from before its target's deadline."""
        seen = np.minimum(self.end, self.actual_span[1])
        return self.read_at_end & self.has_target & self.reported & (self.target_end > seen)

    @cached_property
    def within(self) -> Flags:
        """Within its limit before the deadline: a share or stock, or years: open, not behind."""
        met: Flags = self._against(self.target, "")[0] == Verdict.MET.code
        limited = self.down | self.corridor
        return (self.early | (self.by_years & ~self.years_complete)) & limited & met

    def _against(self, rows: Ints, of: str) -> tuple[Ints, Flags]:
        goal = self.goal if rows is self.target and not of else self.goal_for(rows, of)
        followed = None if of else self.followed(rows)
        found = self._with_followed(self._judged(goal, self.down), followed, self.prorated)
        return self._with_two_ends(found, rows, of, self._judged)

    @cached_property
    def firm(self) -> Flags:
        """Rounding of the figure cannot turn the comparison; the kind of the figure may still."""
        firm = self._against(self.target, "")[1]
        if not self.spans:
            return firm
        return np.where(self.spans.here, self.settled(self.spans, self.target)[1], firm)

    @cached_property
    def part_of_a_year(self) -> Flags:
        """A share of part of a year against the target of a year: shares move with the season."""
        a_year = self.dataset.which_periods(lambda period: period.is_year)[self.target_period]
        spanned = self.actual_span[1] - self.actual_span[0]
        part: Flags = self.comparable & a_year & self.share & (spanned < LAST_MONTH)
        return part

    @cached_property
    def caveat(self) -> npt.NDArray[Any]:
        """Why each verdict is not sure, as Caveat; the weightiest reason, "" where it is sure."""
        code, sure = self.verdict
        told = np.isin(code, (Verdict.MET.code, Verdict.MISSED.code, Verdict.OPEN.code))
        soft, kind = worded(self.wording, lambda m: m.soft), ~self._can_be_sure | self.early
        if self.spans:
            soft |= self.spans.here & self.spans.years.any_is(lambda m: m.soft)
            kind |= self.spans.here & (self.spans.expected | (code == Verdict.OPEN.code))
        if followed := self.followed(self.target):
            soft[followed.at] |= worded(followed.wording, lambda m: m.soft)
            kind[followed.at] |= followed.expected | followed.is_rank
        return np.select(
            [~told | sure | self.stated, kind, soft],
            [Caveat.NONE, Caveat.PROVISIONAL, Caveat.APPROXIMATE],
            Caveat.ROUNDING,
        ).astype(object)

    @property
    def _can_be_sure(self) -> Flags:
        kinds = (
            self.is_partial_period
            | self.is_stale
            | self.expected
            | self.prorated
            | (self.flow & self.like_for_like & ~self.target_is_own)
            | self.part_of_a_year
        )
        return ~kinds

    @cached_property
    def stated(self) -> Flags:
        """An undisclosed target of this very period with a verdict of its source."""
        has_word: Flags = self.stated_word.astype(bool)
        no_number = np.isnan(self.target_figure(self.target).value)
        if self.relative.any():
            no_number &= ~self.relative | (self._against(self.target, "")[0] == Verdict.NONE.code)
        return self.target_is_own & ~self.by_each_year & no_number & has_word & ~self.faulty

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
        unknown = self.faulty & (self.reported | self.may_be_lost | self.year_in_doubt)
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
        """The figure is one exact number on the indicator's own basis, published as such."""
        exact = self.reported & worded(self.wording, lambda m: m.exact) & ~self.of_years
        return exact & ~self.off_basis & ~np.isnan(self.number)

    def versus(self, position: int) -> tuple[Floats, Ints]:
        """The figure less that of one area for the same indicator and period, and its decimals.

        Growth and share only, both figures exact and on one side of every break; NaN elsewhere.
        Never turned.
        """
        nothing = np.full(len(self.area), np.nan)
        candidates = self.in_points & self.exact_own & (self.area != position) & ~self.by_years
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
