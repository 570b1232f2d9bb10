"""What the rest of the year must bring.

With s the share of the same months in last year's total, g the growth so far and G the target of
the year: needed = (G − s·g) / (1 − s). The rounding of g gives a band. For a whole year the same
identity tells what its second half was. Amounts, stocks and shares need what is still missing.
Source: docs/formulas.py §3, docs/method.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from dtrack.analysis.allowance import for_good
from dtrack.analysis.assessment import Assessment
from dtrack.analysis.catchup_words import ExplainedCatchUp
from dtrack.analysis.comparison import half_up, rounded
from dtrack.analysis.selection import VintageIndex, begins_year
from dtrack.analysis.staying_inside import inside_in_words
from dtrack.analysis.year_before import a_point
from dtrack.core.arrays import Flags, Floats, Ints, codes, flags, present, worded
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.years import HALF, YEAR, calendar_in_use
from dtrack.i18n.formatting import period_shown

# decimals at least of a growth needed; it has one more than the figures, as its band needs them
POINTS = 2


@dataclass(frozen=True, slots=True)
class Needed:
    """Cells with what they still need: arrays of one value per cell, NaN (or −1) where unknown.

    `rows`: of the targets that this is for. `places`: published decimals of G and g. `digits`:
    decimals at which what is needed is told and compared; `fine`: those of its band. `reached` of
    `of` past second halves were as good. `done`: nothing more is needed; `passed`: an amount of
    which less is better is past the whole year's target already; `over`: those that may still come
    back. `more`: equal is not enough. `corridor`: both ends count, and `low` and `high` are what
    these need. `notes`: what a reader has to know; `numbers_in_words`: what the numbers here say.
    """

    cells: Assessment
    rows: Ints
    target: Floats
    actual: Floats
    share: Floats
    needed: Floats
    low: Floats
    high: Floats
    change: Floats
    places: tuple[Ints, Ints]
    digits: Ints
    fine: Ints
    reached: Ints
    of: Ints
    done: Flags
    passed: Flags
    over: Flags
    equal: Flags
    more: Flags
    shown: Flags
    corridor: Flags
    notes: dict[int, list[Message]]
    numbers_in_words: dict[int, list[Message]]

    @property
    def monthly(self) -> tuple[Floats, Floats]:
        """Of amounts, what is needed of each month that is left, and what each month brought."""
        months = self.cells.periods[0].months
        left = np.where(self.cells.flow & (self.needed > 0), self.needed, np.nan)
        so_far = np.where(self.cells.flow, self.actual, np.nan)
        return left / max(YEAR - months, 1), so_far / months

    @property
    def computed(self) -> Flags:
        """Where anything could be computed."""
        found: Flags = ~np.isnan(self.needed) | ~np.isnan(self.low)
        return found

    def told(self, cell: int) -> tuple[Message, ...]:
        """All that is to be known of a cell in words."""
        return *self.notes.get(cell, ()), *self.numbers_in_words.get(cell, ())


def catch_up(cells: Assessment, *, assume_half: bool = False) -> Needed:
    """What each cell needs in the rest of its year; for a whole year, what its second half was.

    `assume_half`: where last year's share is not known, take the calendar's and say so. Raises
    ValueError for a period that begins no year.
    """
    period = cells.periods[0]
    if not begins_year(cells.dataset, period):
        from_january = N_(
            "a catch-up calculation starts from a period that begins in January and lies "
            "within one year, not {period}"
        )
        fiscal = N_(
            "a catch-up calculation starts from a period that begins a year and lies "
            "within it, not {period}"
        )
        template = fiscal if calendar_in_use().begins_later else from_january
        raise ValueError(_(template, period=deferred(period_shown, period)))
    return _Reckoning(cells, assume_half=assume_half).answer()


def needed_growth(target: Any, so_far: Any, share: Any) -> Any:
    """(G − s·g) / (1 − s): the growth of the rest that makes the year's growth G, in per cent.

    Arrays or numbers.

    >>> round(needed_growth(5.0, 4.6, 0.47), 4)
    5.3547
    """
    return (target - share * so_far) / (1 - share)


class _Reckoning(ExplainedCatchUp):
    def answer(self) -> Needed:
        cells = self.cells
        own = cells.reported & a_point(cells, cells.actual) & ~cells.off_basis & ~cells.faulty
        own &= cells.read_at_end | cells.of_the_period
        actual = np.where(own, cells.number, np.nan)
        exact = worded(cells.wording, lambda m: m.exact)
        half_unit = np.where(exact, cells.half_unit, np.nan)
        share, first = self.shares(), self.cells
        before, whole = actual, self.goal
        if self.whole_year:
            first = cells.at_periods([self.part])
            sound = first.exact_own & first.of_the_period & ~first.faulty
            before = np.where(cells.growth, np.where(sound, first.number, np.nan), actual)
            whole = actual
        self.digits, fine = self.precision(first)
        to_come = rounded(self.goal - actual, self.digits)
        needed = np.where(cells.growth, needed_growth(whole, before, share), to_come)
        width = np.where(cells.growth, share * half_unit / (1 - share), half_unit)
        if self.whole_year:
            width = (half_unit + share * first.half_unit) / (1 - share)
        low, high = needed - width, needed + width
        change = np.where(cells.growth, needed - before, np.nan)
        both = self.corridor & (not self.whole_year)
        if both.any():
            low, high = (
                np.where(both, end, one)
                for end, one in zip(self.at_ends(actual, share), (low, high), strict=True)
            )
            needed, change = (np.where(both, np.nan, numbers) for numbers in (needed, change))
            fine = np.where(both, self.digits, fine)
        for numbers in (needed, low, high, change):
            numbers[~self.shown | (cells.across_break & ~cells.growth)] = np.nan
        reached, of = self.past_second_halves(needed)
        done, exceeded, passed = self.standing(needed)
        over = for_good(cells, both & cells.flow & (high < 0))
        self.explain(actual, share, np.where(both, low, needed), of)
        for cell in np.flatnonzero(both & self.shown & ~np.isnan(low)).tolist():
            ends, digits = (float(low[cell]), float(high[cell])), int(self.digits[cell])
            told = inside_in_words(cells, cell, ends, digits, past=bool(over[cell]))
            (self.notes if over[cell] else self.numbers_in_words)[cell].append(told)
        equal = self.shown & ~cells.growth & (needed == 0) & self.more
        self.remainder(needed, self.digits, done, (exceeded, passed), equal & ~passed)
        places = (self.goal_decimals, cells.decimals)
        return Needed(
            cells,
            self.rows,
            np.where(self.shown, self.goal, np.nan),
            actual,
            np.where(cells.growth | cells.flow, share, np.nan),
            needed + 0.0,
            low,
            high,
            change + 0.0,
            (cells.decimals, first.decimals) if self.whole_year else places,
            self.digits,
            fine,
            reached,
            of,
            done,
            passed | over,
            exceeded & ~passed,
            equal,
            self.more,
            self.shown,
            both,
            self.notes,
            self.numbers_in_words,
        )

    def at_ends(self, actual: Floats, share: Floats) -> Iterator[Floats]:
        """What either end of the targets needs, the lower one first."""
        above = np.ones(len(actual), bool)
        for down in (~above, above):
            goal = self.cells.target_figure(self.rows, down=down).value
            to_come = rounded(goal - actual, self.digits)
            yield np.where(self.cells.growth, needed_growth(goal, actual, share), to_come)

    def precision(self, first: Assessment) -> tuple[Ints, Ints]:
        """Decimals of what is needed and of its band.

        A difference has those of its figures, a computed growth one more.
        """
        cells, goal = self.cells, np.where(present(self.rows), self.goal_decimals, 0)
        finest = np.where(present(self.rows), np.maximum(cells.decimals, goal), cells.decimals)
        finest = np.maximum(finest, first.decimals)
        digits = np.where(cells.growth, np.maximum(finest + 1, POINTS), finest)
        return digits, np.where(cells.growth, digits, np.maximum(finest, cells.decimals + 1))

    def standing(self, needed: Floats) -> tuple[Flags, Flags, Flags]:
        """Cells that need nothing more, amounts past what the year may bring, those for good.

        Of growths none can be told.
        """
        cells = self.cells
        there = self.shown & ~cells.growth & self.ahead(needed, 0.0, strict=self.more)
        # of an amount less is better, and it goes on adding up until the year ends
        adds_up = cells.flow & cells.down
        over = self.shown & ~cells.growth & ~there & ~np.isnan(needed) & adds_up
        return there & ~adds_up, over, for_good(cells, over)

    def ahead(self, needed: Floats, reached: Floats | float, *, strict: Flags) -> Flags:
        """Where what was reached is at least what is needed; more than it where `strict`."""
        lead = np.where(self.cells.down, needed - reached, reached - needed)
        found: Flags = (lead > 0) | ((lead == 0) & ~strict)
        return found

    def past_second_halves(self, needed: Floats) -> tuple[Ints, Ints]:
        """How many earlier second halves of the area reached the growth needed, of how many."""
        cells, dataset = self.cells, self.cells.dataset
        reached, of = np.zeros(len(needed), np.int64), np.zeros(len(needed), np.int64)
        halves = [p for p in dataset.periods if p.is_half and p.number == 2]
        halves = [p for p in halves if p.end < self.period.start]
        if not halves or self.period.months not in (HALF, YEAR):
            return reached, of
        wanted = dataset.which_periods(set(halves).__contains__)[codes(dataset.actuals, "period")]
        rows = cells.known & wanted & flags(dataset.actuals, "on_reference_basis")
        figures = VintageIndex(dataset, np.flatnonzero(rows))
        # above 6: a past half of just what is needed would not do
        strict = self.more & (not self.whole_year)
        for half in halves:
            row, _ = figures.find(cells.area, cells.indicator, cells.position([half]))
            there = a_point(cells, row) & cells.growth & ~np.isnan(needed)
            growth, decimals = cells.number_of("number", row), cells.count_of("decimals", row)
            # as it is printed: 6.000000000000001 is 6.0
            printed = half_up(needed, np.maximum(self.digits, decimals))
            of += there
            reached += there & self.ahead(printed, growth, strict=strict)
        return reached, of
