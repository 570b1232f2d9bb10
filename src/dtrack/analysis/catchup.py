"""What the rest of the year must bring.

In come judged cells of a part or the whole of a year, out go needed growths.

With s the share of the same months in last year's total, g the growth so far and G the target of
the year: needed = (G − s·g) / (1 − s). The rounding of g gives a band. For a whole year the same
identity tells what its second half was. Amounts, stocks and shares need what is still missing.
Source: docs/formulas.py §3 and §4, docs/method.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.base_levels import a_point, usual_share, weight_of
from dtrack.analysis.comparison import fixed, half_up, is_worded, rounded
from dtrack.analysis.selection import VintageIndex
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, present
from dtrack.core.figure import PLAIN
from dtrack.core.period import HALF, YEAR, Period
from dtrack.core.translate import _, numeral
from dtrack.i18n.formatting import period_shown

NOTHING_LEFT = -100.0  # per cent: a growth of this, or less, has no root and no logarithm
# decimals at least of a growth needed; it has one more than the figures, as its band needs them
POINTS = 2


@dataclass(frozen=True, slots=True)
class Needed:
    """Cells with what they still need.

    Every array has one value per cell, NaN (or −1 for counts) where unknown.

    `rows`: of the targets that this is for. `places`: published decimals of G and g. `digits`:
    decimals at which what is
    needed is told and compared; `fine`: those of its band. `reached` of `of` past second halves
    were as good. `done`: nothing
    more is needed; `passed`: an amount of which less is better is past the whole year's target
    already.
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
    equal: Flags
    shown: Flags
    notes: dict[int, list[str]]


def catch_up(cells: Assessment, *, assume_half: bool = False) -> Needed:
    """What each cell with a target of the year needs in the rest of it.

    For a whole year, what its second half was, of growths only.

    `assume_half`: where last year's share is not known, take the calendar's and say so. Raises
    ValueError for a period
    that does not begin in January.
    """
    period = cells.periods[0]
    if period.start % YEAR or period.months > YEAR:
        told = period_shown(period)
        message = _(
            "a catch-up starts from a period that begins in January and lies in one year, not {period}",
            period=told,
        )
        raise ValueError(message)
    return _Reckoning(cells, assume_half=assume_half).answer()


def needed_growth(target: Any, so_far: Any, share: Any) -> Any:
    """(G − s·g) / (1 − s): the growth of the rest that makes the year's growth G, in per cent.

    Arrays or numbers.

    >>> round(needed_growth(5.0, 4.6, 0.47), 4)
    5.3547
    """
    return (target - share * so_far) / (1 - share)


def needed_average(target: float, years: int, done: list[float]) -> float:
    """The yearly growth still needed for an average of `target` per cent over `years`, after the years in `done`.

    NaN where one of these growths is −100 % or less, which leaves nothing to grow from, or where no
    number is as large.

    >>> round(needed_average(5.0, 5, [8.8, 0.7, 5.2]), 2)
    5.23
    """
    if min([target, *done]) <= NOTHING_LEFT:
        return math.nan
    whole = years * math.log1p(target / 100) - sum(math.log1p(growth / 100) for growth in done)
    try:
        return 100 * math.expm1(whole / (years - len(done)))
    except OverflowError:
        return math.nan


class _Reckoning:
    def __init__(self, cells: Assessment, *, assume_half: bool) -> None:
        self.cells, self.assume_half = cells, assume_half
        self.period = cells.periods[0]
        self.whole_year = self.period.is_year
        self.notes: dict[int, list[str]] = defaultdict(list)
        targets = cells.all_targets
        year = Period.year_of(self.period.year)
        group = targets.find(cells.area, cells.indicator, cells.position([year]))
        rows, _ = targets.in_force(group, cells.of_period([self.period.last_day]))
        self.rows = np.where(cells.read_at_end, cells.target, rows)
        self.goal, self.goal_decimals, self.more = cells.target_figure(self.rows)
        self.promised = present(self.rows)

    def answer(self) -> Needed:
        cells = self.cells
        usable = cells.exact_own | (
            cells.reported & a_point(cells, cells.actual) & ~cells.other_basis
        )
        own = usable & (
            cells.read_at_end
            | ((cells.actual_span[0] == cells.start) & (cells.actual_span[1] == cells.end))
        )
        actual = np.where(own & ~cells.faulty, cells.number, np.nan)
        half_unit = np.where(
            is_worded(cells.wording, PLAIN), 0.5 * np.power(10.0, -cells.decimals), np.nan
        )
        share = self.shares()
        before = np.where(cells.growth & self.whole_year, self.first_half(), actual)
        whole = np.where(self.whole_year, actual, self.goal)
        self.digits, fine = self.precision()
        needed = np.where(
            cells.growth,
            needed_growth(whole, before, share),
            rounded(self.goal - actual, self.digits),
        )
        low, high = self.band(needed, share, half_unit)
        shown = self.shown()
        change = np.where(cells.growth, needed - before, np.nan)
        for numbers in (needed, low, high, change):
            numbers[~shown | (cells.across_break & ~cells.growth)] = np.nan
        reached, of = self.past_second_halves(needed)
        done, passed = self.standing(needed, shown)
        self.explain(actual, share, needed, of, shown)
        self.remainder(needed, done, passed, shown)
        target, part = (
            np.where(shown, self.goal, np.nan),
            np.where(cells.growth | cells.flow, share, np.nan),
        )
        places = (
            (cells.decimals, self.decimals_before)
            if self.whole_year
            else (self.goal_decimals, cells.decimals)
        )
        return Needed(
            cells,
            self.rows,
            target,
            actual,
            part,
            needed + 0.0,
            low,
            high,
            change + 0.0,
            places,
            self.digits,
            fine,
            reached,
            of,
            done,
            passed,
            shown & ~cells.growth & (needed == 0) & self.more,
            shown,
            self.notes,
        )

    def precision(self) -> tuple[Ints, Ints]:
        """Decimals of what is needed and of its band.

        A difference has those of its figures, a computed growth one more.
        """
        cells = self.cells
        finest = np.maximum(
            cells.decimals, np.where(self.promised, self.goal_decimals, cells.decimals)
        )
        if self.whole_year:
            finest = np.maximum(finest, self.decimals_before)
        digits = np.where(cells.growth, np.maximum(finest + 1, POINTS), finest)
        return digits, np.where(cells.growth, digits, np.maximum(finest, cells.decimals + 1))

    def standing(self, needed: Floats, shown: Flags) -> tuple[Flags, Flags]:
        """Cells that need nothing more, and amounts that are past what the year may bring.

        Of growths neither can be told.
        """
        cells = self.cells
        ahead = np.where(cells.down, needed, -needed)
        there: Flags = shown & ~cells.growth & ((ahead > 0) | ((ahead == 0) & ~self.more))
        over: Flags = shown & ~cells.growth & ~there & ~np.isnan(needed)
        # of an amount less is better, and it goes on adding up until the year ends
        adds_up = cells.flow & cells.down
        return there & ~adds_up, over & adds_up

    def shown(self) -> Flags:
        """Cells with a target; for a whole year the growths with a figure."""
        if self.whole_year:
            return self.cells.growth & (self.cells.reported | self.promised)
        return self.promised

    def shares(self) -> Floats:
        """Last year's share of the first months, for growth from its weight, for a flow from itself."""
        cells = self.cells
        months = HALF if self.whole_year else self.period.months
        part = Period(self.period.start, self.period.start + months - 1)
        shadow = Assessment(
            cells.dataset, cells.question, [part], cells.which, cells.area, cells.indicator
        )
        share, _ = usual_share(
            shadow,
            np.where(cells.growth, weight_of(cells), np.where(cells.flow, cells.indicator, NONE)),
        )
        # the whole of last year fell on these months: nothing is left to grow
        self.used_up = share >= 1
        share = np.where(self.used_up, np.nan, share)
        self.known_share = ~np.isnan(share)
        guess = cells.growth & ~self.known_share & ~self.used_up
        return np.where(guess, months / YEAR, share) if self.assume_half else share

    def first_half(self) -> Floats:
        """Growth of the first half of a whole year; its half unit is kept for the band."""
        cells = self.cells
        part = Period(self.period.start, self.period.start + HALF - 1)
        half = Assessment(
            cells.dataset, cells.question, [part], cells.which, cells.area, cells.indicator
        )
        own = (
            half.exact_own
            & (half.actual_span[1] == half.end)
            & (half.actual_span[0] == half.start)
            & ~half.faulty
        )
        self.decimals_before = half.decimals
        self.half_unit_before = 0.5 * np.power(10.0, -half.decimals)
        return np.where(own, half.number, np.nan)

    def band(self, needed: Floats, share: Floats, half_unit: Floats) -> tuple[Floats, Floats]:
        """Least and most that the rounding of the published figures allows."""
        cells = self.cells
        if self.whole_year:
            width = (half_unit + share * self.half_unit_before) / (1 - share)
        else:
            width = np.where(cells.growth, share * half_unit / (1 - share), half_unit)
        return needed - width, needed + width

    def past_second_halves(self, needed: Floats) -> tuple[Ints, Ints]:
        """How many published second halves of the area before this year reached the growth needed, and how many there are."""
        cells, dataset = self.cells, self.cells.dataset
        halves = [
            p
            for p in dataset.periods
            if p.is_half and p.start % YEAR == HALF and p.end < self.period.start
        ]
        reached, of = np.zeros(len(needed), np.int64), np.zeros(len(needed), np.int64)
        # above 6: a past half of just what is needed would not do
        strict = self.more & ~self.whole_year
        if halves and self.period.months in (HALF, YEAR):
            wanted = np.array([period in set(halves) for period in dataset.periods])
            rows = (
                cells.known
                & wanted[codes(dataset.actuals, "period")]
                & dataset.actuals["own_basis"].to_numpy(dtype=bool)
            )
            figures = VintageIndex(dataset, np.flatnonzero(rows))
            for half in halves:
                row, _ = figures.find(cells.area, cells.indicator, cells.position([half]))
                there = a_point(cells, row) & cells.growth & ~np.isnan(needed)
                growth, decimals = cells.number_of("number", row), cells.count_of("decimals", row)
                # as it is printed: 6.000000000000001 is 6.0
                told = half_up(needed, np.maximum(self.digits, decimals))
                ahead = np.where(cells.down, told - growth, growth - told)
                of += there
                reached += there & ((ahead > 0) | ((ahead == 0) & ~strict))
        return reached, of

    # -- words -------------------------------------------------------------------------------------
    def tell(self, where: npt.NDArray[Any], text: str) -> None:
        for cell in np.flatnonzero(where):
            self.notes[int(cell)].append(text)

    def explain(
        self, actual: Floats, share: Floats, needed: Floats, of: Ints, shown: Flags
    ) -> None:
        """Say at each cell what a reader has to know, and the remedy where nothing could be computed."""
        cells, period = self.cells, self.period
        first = Period(period.start, period.start + HALF - 1) if self.whole_year else period
        growth, part, year = shown & cells.growth, period_shown(first), str(period.year - 1)
        if not self.whole_year:
            self.tell(shown & np.isnan(self.goal), _("the target's number is not public"))
        told = period_shown(period)
        nothing = _(
            "no single figure for {period}: nothing can be computed until there is one", period=told
        )
        self.tell(shown & np.isnan(actual), nothing)
        self.tell(
            growth & self.used_up,
            _(
                "all of {year} fell on the months of {part}: nothing is left to grow",
                year=year,
                part=part,
            ),
        )
        self.tell(
            growth & np.isnan(share) & ~self.used_up,
            _(
                "share of {part} in the year unknown: add levels of the weight indicator for {before} and {year}, or use --assume-half",
                part=part,
                before=period_shown(first.shift(-YEAR)),
                year=year,
            ),
        )
        assumed = _("share of {part} assumed to be {share}", part=part, share=share_of(first))
        self.tell(growth & ~self.known_share & ~np.isnan(share), assumed)
        mixed = growth & self.known_share & self.mixed_prices()
        self.tell(mixed, _("weights at current prices under a growth at constant prices"))
        if period.months in (HALF, YEAR):
            self.tell(growth & ~np.isnan(needed) & (of == 0), _("no past halves to compare"))
        broken = shown & cells.across_break & ~cells.growth
        self.tell(
            broken,
            _(
                "target and figure stand on two sides of a break: set the target anew on the new base"
            ),
        )
        if self.whole_year:
            lacks = shown & np.isnan(needed) & ~np.isnan(actual) & ~np.isnan(share)
            self.tell(
                lacks,
                _(
                    "no single figure for {period}: the second half cannot be told apart",
                    period=part,
                ),
            )

    def remainder(self, needed: Floats, done: Flags, passed: Flags, shown: Flags) -> None:
        """Say what is there already, what can no longer be, and what is left for each month."""
        cells = self.cells
        self.tell(done, _("already reached"))
        self.tell(passed, _("already past the year's target, which can no longer be met"))
        equal = shown & ~cells.growth & (needed == 0) & self.more & ~passed
        self.tell(equal & ~cells.down, _("a little more is needed: equal is not enough"))
        self.tell(equal & cells.down, _("a little less is needed: equal is not enough"))
        for cell in np.flatnonzero(shown & cells.flow & (needed > 0)):
            monthly = numeral(
                fixed(needed[cell] / (YEAR - self.period.months), max(self.digits[cell], 1))
            )
            told = (
                _("at most {amount} per month", amount=monthly)
                if cells.down[cell]
                else _("{amount} per month", amount=monthly)
            )
            self.notes[int(cell)].append(told)

    def mixed_prices(self) -> Flags:
        items = self.cells.dataset.indicators
        prices = {item.id: item.prices for item in items}
        mixed = [
            bool(item.weight)
            and prices.get(item.weight, "") == "current"
            and item.prices == "constant"
            for item in items
        ]
        return np.array(mixed or [False], bool)[self.cells.indicator]


def share_of(part: Period) -> str:
    """The calendar's share of a part in its year, in words."""
    return f"{part.months}/{YEAR}"
