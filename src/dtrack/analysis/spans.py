"""What the years of a target over several years make together, and what is still to come.

A sum adds the years up, a change over the whole multiplies their growths, an average is the mean of
amounts, stocks and shares and the root of growths; each year, and the last one, are judged by the
figure of one year. Source: docs/method.md, *Targets over several years*.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from dtrack.analysis.certain import can_shrink
from dtrack.analysis.comparison import Interval, half_up, judge, plain_number
from dtrack.analysis.over import overs
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, present, says
from dtrack.core.period import Period
from dtrack.core.vocabulary import Over, Verdict
from dtrack.core.wording import Wording

if TYPE_CHECKING:
    from dtrack.analysis.goal import Goal
    from dtrack.analysis.span_years import Cells, Years

NOTHING_LEFT = -100.0  # per cent: a growth of this, or less, has no root and no logarithm
FINE = 5  # decimals more than the figures', at which ends with their rounding are compared
POINTS = 2  # decimals at least of a yearly growth that is needed
TOGETHER = (Over.SUM.code, Over.WHOLE.code, Over.AVERAGE.code)
# a default is doubted: how large a number has to be, of a fall, a rise, a rise before any year is
# known; how many times (by years) the largest growth; and what part of a sum every year makes
FALL, RISE, UNSEEN_RISE, TIMES, OF_SUM, OF_TWO = -5.0, 15.0, 30.0, 0.6, 0.5, 0.8


class Spans:
    """What the years known make, as targets over years want it: an array of one value per cell.

    `here`: the target at the row is of the very years asked for, and they judge it, not a figure
    published for all of them. `known` of `length` years are on file, the newest of them `newest`.
    """

    def __init__(self, cells: Cells, rows: Ints, years: Years) -> None:
        self.cells, self.rows, self.years = cells, rows, years
        frame = cells.dataset.targets
        self.over: Ints = np.append(overs(cells.dataset), 0)[rows]
        period = np.append(codes(frame, "period"), NONE)[rows]
        own = present(rows) & (self.over > 0) & (period == cells.position(cells.periods))
        published, _ = cells.own_figures.find(cells.area, cells.indicator, period)
        self.together: Flags = np.isin(self.over, TOGETHER)
        at_end = (self.over == Over.END.code) & cells.read_at_end
        self.asked: Flags = own & ~at_end & ~(self.together & present(published))
        self.length = years.length
        self.known: Ints = years.there.sum(axis=0)
        self.here: Flags = self.asked & (self.known > 0)
        self.newest: Ints = years.count - 1 - np.argmax(years.there[::-1], axis=0)
        self.hole: Flags = self.here & (self.known <= self.newest)
        self.complete: Flags = self.here & (self.known == self.length)
        self.each: Flags = self.over == Over.EACH.code

    def pick(self, values: Any, at: Ints) -> Any:
        """The value of one year of each cell."""
        return values[at, np.arange(values.shape[1])]

    @cached_property
    def decides(self) -> Ints:
        """The year whose figure is shown: of each year the worst, else the newest known."""
        years = self.years
        worth = np.where(self.cells.down, -years.high, years.low)
        if (both := self.cells.with_two_ends(self.rows)).any():
            # the farthest outside, or the nearest to an end
            end = np.zeros(len(both), bool)
            low, high = (self.cells.numbered_goal(self.rows, down=e).value for e in (end, ~end))
            worth = np.where(both, np.minimum(years.low - low, high - years.high), worth)
        worst = years.count - 1 - np.argmin(np.where(years.there, worth, np.inf)[::-1], axis=0)
        return np.where(self.each, worst, self.newest)

    @property
    def expected(self) -> Flags:
        """A year that counts is only expected by its publisher."""
        years, last = self.years.expected, self.over == Over.END.code
        found: Flags = np.where(last, self.pick(years, self.decides), years.any(axis=0))
        return found

    @property
    def adding_up(self) -> Flags:
        """A sum, or a change over all the years, of which some are still to come: not yet short."""
        of_all = np.isin(self.over, (Over.SUM.code, Over.WHOLE.code))
        found: Flags = self.here & ~self.complete & of_all
        return found

    @property
    def row(self) -> Ints:
        """Row of the actuals of the year that is shown."""
        found: Ints = self.pick(self.years.row, self.decides)
        return found

    @property
    def known_end(self) -> Ints:
        """Last month of the newest year known."""
        found: Ints = self.pick(self.years.end, self.newest)
        return found

    @property
    def apart(self) -> Flags:
        """Levels of which some were published on another side of a break: never one number."""
        sides = np.where(self.years.there, self.years.side, self.pick(self.years.side, self.newest))
        several: Flags = (sides != sides[0]).any(axis=0)
        found: Flags = self.here & several & ~self.cells.growth & (self.over != Over.END.code)
        return found

    def make(self, values: Floats) -> Floats:
        """What the numbers of the years known make: sum, mean, change or yearly growth."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            total = np.nansum(values, axis=0)
            logs = np.nansum(np.log1p(np.maximum(values, NOTHING_LEFT) / 100), axis=0)
            times = np.maximum(self.known, 1)
            average = np.where(self.cells.growth, 100 * np.expm1(logs / times), total / times)
            whole = 100 * np.expm1(logs)
        average = np.where(self.over == Over.AVERAGE.code, average, whole)
        made: Floats = np.where(self.over == Over.SUM.code, total, average) + 0.0
        return made

    @cached_property
    def decimals(self) -> Ints:
        """Decimals of the number: the finest of its years, of a mean of amounts one more."""
        finest = np.where(self.years.there, self.years.decimals, -99).max(axis=0)
        mean = (self.over == Over.AVERAGE.code) & ~self.cells.growth
        return np.where(self.here, finest + mean, 0)

    @cached_property
    def ends(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Lower and upper end as printed, and the two with the rounding of the years."""
        y = self.years
        low, high, least, most = (
            np.where(self.nothing_left, np.nan, self.make(values))
            for values in (y.low, y.high, y.least, y.most)
        )
        return half_up(low, self.decimals), half_up(high, self.decimals), least, most

    @property
    def nothing_left(self) -> Flags:
        """A growth of −100 % or less among those multiplied, after which nothing can grow."""
        none = (self.years.number <= NOTHING_LEFT).any(axis=0)
        found: Flags = none & self.cells.growth & self.together
        return found

    @cached_property
    def wording(self) -> Ints:
        """What the words of its years make of the number."""
        years, (low, high, *_) = self.years, self.ends
        cases = (
            (np.isnan(low) | (np.isneginf(low) & np.isposinf(high)), Wording.UNDISCLOSED),
            (np.isposinf(high) & years.any_is(lambda m: m.low == 1), Wording.ABOVE),
            (np.isposinf(high), Wording.AT_LEAST),
            ((low != high) & years.any_is(lambda m: m.high == 1), Wording.BELOW),
            ((low != high) & years.any_is(lambda m: m.bound), Wording.AT_MOST),
            (low != high, Wording.RANGE),
            (years.any_is(lambda m: m.soft), Wording.AROUND),
        )
        conditions, words = zip(*cases, strict=True)
        return np.select(conditions, [word.code for word in words], Wording.PLAIN.code)

    @property
    def number(self) -> Floats:
        """The number without its wording; of what has an upper end alone that end."""
        low, high, *_ = self.ends
        upper = np.isin(self.wording, (Wording.BELOW.code, Wording.AT_MOST.code))
        return np.where(upper, high, low)

    @property
    def upper(self) -> Floats:
        """The upper end of a range, else the number."""
        return np.where(self.wording == Wording.RANGE.code, self.ends[1], self.number)

    def texts(self) -> list[str]:
        """The number as a publisher would write it."""
        signs = {w.code: w.meaning.sign for w in Wording}
        told = []
        for number, upper, decimals, word in zip(
            self.number, self.upper, self.decimals, self.wording, strict=True
        ):
            text = "" if number != number else plain_number(number, decimals)
            text += f"..{plain_number(upper, decimals)}" if word == Wording.RANGE.code else ""
            none = int(word) == Wording.UNDISCLOSED.code
            told.append("" if none else signs[int(word)] + text)
        return told

    @property
    def ended(self) -> Flags:
        """Every year that counts is known: all of them, or the last."""
        last = self.here & (self.over == Over.END.code) & (self.known_end == self.cells.end)
        found: Flags = self.complete | last
        return found

    # -- the verdict -------------------------------------------------------------------------------
    @cached_property
    def certain(self) -> Flags:
        """A sum that cannot shrink: of amounts none of which is negative."""
        sums: Flags = self.here & (self.over == Over.SUM.code)
        if not sums.any():
            return sums
        indicator = self.cells.indicator
        found: Flags = sums & ~can_shrink(self.cells, np.unique(indicator[sums]))[indicator]
        return found

    def settle(self, goal: Goal, down: Flags) -> tuple[Ints, Flags]:
        """The verdict, and whether it is sure, where it is of the years; `down`: from above."""
        met, missed = Verdict.MET.code, Verdict.MISSED.code
        code, outer = self._inner(goal, down), self._outer(goal, down)
        past = self.certain & (code == np.where(down, missed, met))
        sure = (outer == code) & ~self.years.any_is(lambda m: m.soft)
        worst, all_sure = self._each(goal, down)
        code, sure = np.where(self.each, worst, code), np.where(self.each, all_sure, sure)
        past |= self.each & (code == missed)
        no_end = np.where(self.hole & (self.over != Over.END.code), 0, Verdict.OPEN.code)
        waits = np.where(no_end > 0, no_end, Verdict.UNDETERMINED.code)
        sure &= np.isin(code, (met, missed))
        decided = self.ended | past
        return np.where(decided, code, waits), np.where(decided, sure, no_end > 0)

    def either(self, together: Any, of_year: Any) -> Any:
        """What the years make together, else the value of the year that decides."""
        return np.where(self.together, together, self.pick(of_year, self.decides))

    def _inner(self, goal: Goal, down: Flags) -> Ints:
        """The verdict by the number as it is printed."""
        years = self.years
        number, upper, wording, decimals = (
            self.either(getattr(self, name), getattr(years, name))
            for name in ("number", "upper", "wording", "decimals")
        )
        figure = Interval.of(number, upper, wording, down)
        return judge(figure, decimals, wording, *goal, down)[0]

    def _outer(self, goal: Goal, down: Flags) -> Ints:
        """The verdict by the ends with their rounding."""
        years = self.years
        least, most = self.either(self.ends[2], years.least), self.either(self.ends[3], years.most)
        decimals = self.either(self.decimals, years.decimals) + FINE
        wording, closed = self.either(self.wording, years.wording), np.zeros_like(down)
        turned = np.where(down, -most, least), np.where(down, -least, most)
        return judge(Interval(*turned, closed, closed, ~closed), decimals, wording, *goal, down)[0]

    def _each(self, goal: Goal, down: Flags) -> tuple[Ints, Flags]:
        """The verdict where every year has to reach the goal, of the years known."""
        years = self.years
        found = []
        for number, upper, wording, decimals in zip(
            years.number, years.upper, years.wording, years.decimals, strict=True
        ):
            figure = Interval.of(number, upper, wording, down)
            found.append(judge(figure, decimals, wording, *goal, down))
        code, sure = (np.stack(part) for part in zip(*found, strict=True))
        sure &= ~years.expected
        missed = years.there & (code == Verdict.MISSED.code)
        unclear = (years.there & (code == Verdict.UNDETERMINED.code)).any(axis=0)
        whole = np.where(unclear, Verdict.UNDETERMINED.code, Verdict.MET.code)
        return (
            np.where(missed.any(axis=0), Verdict.MISSED.code, whole),
            np.where(
                missed.any(axis=0), (missed & sure).any(axis=0), (sure | ~years.there).all(axis=0)
            ),
        )

    # -- what is still to come ---------------------------------------------------------------------
    def needed(self, goal: Floats) -> Floats:
        """What is still to come: of a sum the rest, else of each year that is left.

        NaN where nothing is left, a year before the newest is not known, or nothing can be told.
        """
        known, length = self.known, self.length
        left = np.where((length > known) & ~self.hole & ~self.doubtful(goal), length - known, 0)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            total = np.nansum(self.years.number, axis=0)
            logs = np.nansum(np.log1p(self.years.number / 100), axis=0)
            times = np.where(self.over == Over.WHOLE.code, 1, length)
            growth = 100 * np.expm1((times * np.log1p(goal / 100) - logs) / left)
            mean = (length * goal - total) / left
            average = np.where(self.cells.growth, growth, mean)
            none = self.nothing_left | (self.cells.growth & (goal <= NOTHING_LEFT))
            average = np.where(none | np.isinf(average), np.nan, average)
        single = self.each | (self.over == Over.END.code)
        found = np.select([self.over == Over.SUM.code, single], [goal - total, goal], average)
        return np.where(left > 0, found, np.nan) + 0.0

    def needed_decimals(self, of_goal: Ints) -> Ints:
        """Decimals of what is needed: a difference has those of its figures, a growth one more."""
        finest = np.where(self.years.there, self.years.decimals, -99).max(axis=0, initial=-99)
        finest = np.maximum(finest, of_goal)
        more = np.where(self.cells.growth, np.maximum(finest + 1, POINTS), finest + 1)
        of_each_left = np.isin(self.over, (Over.WHOLE.code, Over.AVERAGE.code))
        found: Ints = np.where(of_each_left, more, finest)
        return found

    def doubtful(self, goal: Floats) -> Flags:
        """Where nobody said what the number is of, and the years say that it is something else.

        An average growth that would be many times what the years show, and large, may be meant of
        the whole; a sum of which every year makes more than half may be meant of one year.
        """
        frame, cells, years = self.cells.dataset.targets, self.cells, self.years
        unsaid = self.asked & np.append(says(frame, "over", ""), False)[self.rows]
        number = np.where(years.there, years.number, 0.0)
        largest = np.abs(number).max(axis=0)
        rise = np.where(self.known > 0, RISE, UNSEEN_RISE)
        far = np.abs(goal) >= TIMES * self.length * largest
        growth = cells.growth & far & ((goal <= FALL) | (goal >= rise))
        part = np.where(self.length > 2, OF_SUM, OF_TWO)
        least = np.where(years.there, years.number, np.inf).min(axis=0)
        nearly = cells.flow & (goal > 0) & (self.known > 0) & (least > part * goal)
        found: Flags = unsaid & (growth | nearly)
        return found

    def missing(self, cell: int) -> Period:
        """The first year of the cell's span that is not on file."""
        first = int(np.argmin(self.years.there[:, cell]))
        years: list[Period] = [year.periods[int(year.which[cell])] for year in self.years.cells]
        return years[first]
