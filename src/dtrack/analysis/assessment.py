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

from dtrack.analysis.blocking import Lost, May, in_doubt
from dtrack.analysis.certain import can_shrink
from dtrack.analysis.comparison import Interval, both_ends, gaps, half_up, judge, rounded
from dtrack.analysis.corridor import Ends, corridors, nearer_end, upper_is_nearer
from dtrack.analysis.goal import Goal, goals_of
from dtrack.analysis.over import is_span
from dtrack.analysis.pace import PacedGrid
from dtrack.analysis.relative_verdicts import against_followed
from dtrack.analysis.selection import break_side
from dtrack.analysis.spans import Spans, Years
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, flags, present, texts_at, worded
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
        found = self.numbered_goal(rows, of, down)
        followed = None if of else self.followed(rows)
        return followed.laid_over(found, bases=True) if followed else found

    def numbered_goal(self, rows: Ints, of: str = "", down: Flags | None = None) -> Goal:
        """As `target_figure`, of targets that have a number of their own."""
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
        own = np.where(self.reported, self.number_of("number", self.actual), np.nan)
        return np.where(self.of_years, self.spans.number, own) if self.spans else own

    @cached_property
    def upper(self) -> Floats:
        """The upper end of a range, else the number."""
        own = np.where(self.reported, self.number_of("upper", self.actual), np.nan)
        return np.where(self.of_years, self.spans.upper, own) if self.spans else own

    @cached_property
    def decimals(self) -> Ints:
        """Published digits of the figure after the point."""
        own = np.where(self.reported, self.count_of("decimals", self.actual), 0)
        return np.where(self.of_years, self.spans.decimals, own) if self.spans else own

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
        """Half a unit of the figure's last digit; of what is made of others what theirs make."""
        half = 0.5 * self.spread * np.power(10.0, -self.decimals)
        if not self.spans:
            return half
        low, high, least, most = self.spans.ends
        with np.errstate(invalid="ignore"):
            return np.where(self.of_years, np.fmax(low - least, most - high), half)

    @cached_property
    def spread(self) -> Floats:
        """Over how many units of its last digit rounding may spread the figure."""
        return self.dataset.spread[self.actual]

    @cached_property
    def wording(self) -> Ints:
        """Wording code of the figure."""
        own = self.of_actual("wording")
        return np.where(self.of_years, self.spans.wording, own) if self.spans else own

    # -- targets over years ------------------------------------------------------------------------
    @cached_property
    def years(self) -> Years:
        """The figures of the years of the spans asked for."""
        return Years(self)

    @cached_property
    def spans(self) -> Spans | None:
        """What years make where a target over them is asked for; None where none is."""
        asked = any(map(is_span, self.periods)) and len(self.dataset.targets)
        return Spans(self, self.target, self.years) if asked else None

    @cached_property
    def of_years(self) -> Flags:
        """The figure is what several years make together."""
        nothing = np.zeros(len(self.area), bool)
        return self.spans.here & self.spans.together if self.spans else nothing

    @cached_property
    def by_years(self) -> Flags:
        """The verdict is one of years: of several together, of each, or of the last."""
        return self.spans.here if self.spans else np.zeros(len(self.area), bool)

    @property
    def years_complete(self) -> Flags:
        """Every year is known that a target over years is of."""
        nothing = np.zeros(len(self.area), bool)
        return self.spans.ended if self.spans else nothing

    @cached_property
    def year_in_doubt(self) -> Flags:
        """The figure of one of the years is set aside, or a row that is may be it."""
        nothing = np.zeros(len(self.area), bool)
        return self.spans.asked & self.years.doubt.any(axis=0) if self.spans else nothing

    def of_yearly_growth(self, periods: Sequence[Period]) -> Assessment:
        """The same cells of other periods, a growth by the figures of its `yearly` one."""
        position, items = self.dataset.indicator_position, self.dataset.indicators
        yearly = [position.get(item.yearly, own) for own, item in enumerate(items)]
        indicator = np.array(yearly or [0], np.int64)[self.indicator]
        return Assessment(self.dataset, self.question, periods, self.which, self.area, indicator)

    @cached_property
    def actual(self) -> Ints:
        """Row of the figure that the cell is judged by; of years that of one of them."""
        row = super().actual
        return np.where(self.spans.here, self.spans.row, row) if self.spans else row

    @cached_property
    def off_basis(self) -> Flags:
        """The figure is on another price basis or of another scope."""
        return super().off_basis & ~self.by_years

    @cached_property
    def expected(self) -> Flags:
        """The publisher only expects the figure, or one of the years that make it."""
        if not self.spans:
            return super().expected
        return np.where(self.by_years, self.spans.expected, super().expected)

    @cached_property
    def actual_span(self) -> tuple[Ints, Ints]:
        """First and last month of the figure's period; of years together of those known."""
        first, last = super().actual_span
        if not self.spans:
            return first, last
        return np.where(self.of_years, self.start, first), np.where(
            self.of_years, self.spans.known_end, last
        )

    @cached_property
    def is_partial_period(self) -> Flags:
        """A figure of the half's first four or five months stands in for the half."""
        return super().is_partial_period & ~self.by_years

    def texts(self, name: str) -> list[str]:
        """A text of each figure, "" where there is none: of years together theirs."""
        told = texts_at(self.dataset.actuals, name, self.actual)
        if not self.spans or name not in ("value", "period"):
            return told
        whole = self.spans.texts() if name == "value" else []
        for cell in np.flatnonzero(self.of_years).tolist():
            span = Period(*(int(month[cell]) for month in self.actual_span))
            told[cell] = whole[cell] if whole else str(span)
        return told

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
        if (followed := self.followed(rows)) and not of:
            code, sure = against_followed(followed, code, sure, never)
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
        return self.has_target & self.reported & ~self.growth & apart & ~self.relative

    def side_of(self, rows: Ints) -> Ints:
        """How many breaks of the indicator lie at or before the publication of the row."""
        return break_side(self.dataset, self.indicator, self.count_of("published_day", rows))

    @cached_property
    def faulty(self) -> Flags:
        """A refuse finding stands against the figure or the target."""
        faulty: Flags = self.reported & self.flag_of("excluded", self.actual)
        if len(self.dataset.targets):
            faulty |= self.has_target & flags(self.dataset.targets, "excluded")[self.target]
        faulty |= self.year_in_doubt
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
        return in_doubt(self)

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
        spans, goal = self.spans, self.target_figure(self.target).value
        settled = spans.settle(self.goal, self.down)[0]
        gap = spans.hole & (settled == Verdict.UNDETERMINED.code)
        found: Flags = gap | spans.apart | (spans.here & spans.doubtful(goal))
        # what years make is not yet held against another figure's years
        found |= spans.here & self.relative
        return found

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
        code, sure = np.where(not_yet, Verdict.OPEN.code, code), sure | self.passed(rows, of)[1]
        if not self.spans:
            return code, sure
        spans = self.spans if rows is self.target else Spans(self, rows, self.years)
        of_years, certain = self.settled(spans, rows, of)
        code = np.where(spans.here & judged, of_years, code)
        return code, np.where(spans.here, certain & judged & self._can_be_sure, sure)

    def settled(self, spans: Spans, rows: Ints, of: str = "") -> tuple[Ints, Flags]:
        """The verdicts of years, and `sure`; of a corridor those on its two ends together."""
        found = spans.settle(self.goal_for(rows, of), self.down)
        both = self.with_two_ends(rows, of)
        if not both.any():
            return found
        (low, high), above = self.ends_for(rows), np.ones(len(rows), bool)
        at_ends = both_ends(spans.settle(low, ~above), spans.settle(high, above))
        return np.where(both, at_ends[0], found[0]), np.where(both, at_ends[1], found[1])

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
        found = self._judged(goal, self.down)
        if (followed := self.followed(rows)) and not of:
            found = against_followed(followed, *found, self.prorated)
        both = self.with_two_ends(rows, of)
        if not both.any():
            return found
        (low, high), above = self.ends_for(rows), np.ones(len(rows), bool)
        at_ends = both_ends(self._judged(low, ~above), self._judged(high, above))
        return np.where(both, at_ends[0], found[0]), np.where(both, at_ends[1], found[1])

    def _judged(self, goal: Goal, down: Flags) -> tuple[Ints, Flags]:
        """Verdict code and `sure` against goals, held from above where `down`."""
        figure = self.interval(down)
        return judge(figure, self.decimals, self.wording, *goal, down, self.spread)

    def interval(self, down: Flags) -> Interval:
        """Where the figure lies, with its signs turned where `down`."""
        return Interval.of(self.number, self.upper, self.wording, down)

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
