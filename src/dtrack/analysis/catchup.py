"""What the rest of the year must bring.

With s the share of the same months in last year's total, g the growth so far and G the target of
the year: needed = (G − s·g) / (1 − s). The rounding of g gives a band. For a whole year the same
identity tells what its second half was. Amounts, stocks and shares need what is still missing.
Source: docs/formulas.py §3, docs/method.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.allowance import for_good, limits
from dtrack.analysis.assessment import Assessment
from dtrack.analysis.comparison import fixed, half_up, rounded
from dtrack.analysis.corridor import corridors
from dtrack.analysis.selection import VintageIndex, begins_year
from dtrack.analysis.staying_inside import inside_in_words
from dtrack.analysis.year_before import Fault, a_point, weight_of, year_share
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, flags, present, worded
from dtrack.core.message import Message, deferred, lazy_numeral
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.vocabulary import PriceBasis
from dtrack.core.wording import Wording
from dtrack.core.years import HALF, YEAR, calendar_in_use
from dtrack.i18n.formatting import period_shown

# decimals at least of a growth needed; it has one more than the figures, as its band needs them
POINTS = 2

_UNKNOWN = N_(
    "share of {part} in the year unknown: add levels of the weight indicator for {before} and "
    "{year}, or use --assume-half"
)
_NAMELESS = N_(
    "share of {part} in the year unknown: the indicator names no `weight`, the flow that it is the "
    "growth of; name it, or use --assume-half"
)
_NO_SHARE = {
    Fault.NEGATIVE: N_("no share of {part} in the year: a level of {before} or {year} is negative"),
    Fault.NOTHING: N_("no share of {part} in the year: the level of {year} is nothing"),
    Fault.TOO_LARGE: N_(
        "no share of {part} in the year: the level of {before} is larger than that of {year}"
    ),
}


@dataclass(frozen=True, slots=True)
class Needed:
    """Cells with what they still need: arrays of one value per cell, NaN (or −1) where unknown.

    `rows`: of the targets that this is for. `places`: published decimals of G and g. `digits`:
    decimals at which what is needed is told and compared; `fine`: those of its band. `reached` of
    `of` past second halves were as good. `done`: nothing more is needed; `passed`: an amount of
    which less is better is past the whole year's target already. `corridor`: both ends count, and
    `low` and `high` are what these need.
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
    corridor: Flags
    notes: dict[int, list[Message]]


def catch_up(cells: Assessment, *, assume_half: bool = False) -> Needed:
    """What each cell needs in the rest of its year; for a whole year, what its second half was.

    `assume_half`: where last year's share is not known, take the calendar's and say so. Raises
    ValueError for a period that begins no year.
    """
    period = cells.periods[0]
    if not begins_year(cells.dataset, period):
        from_january = N_(
            "a catch-up starts from a period that begins in January and lies in one year, not "
            "{period}"
        )
        fiscal = N_(
            "a catch-up starts from a period that begins a year and lies in it, not {period}"
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


class _Reckoning:
    def __init__(self, cells: Assessment, *, assume_half: bool) -> None:
        self.cells, self.assume_half = cells, assume_half
        self.period = cells.periods[0]
        self.whole_year = self.period.is_year
        # the months that have gone by: of a whole year its first half
        self.part = self.period.first_half if self.whole_year else self.period
        self.notes: dict[int, list[Message]] = defaultdict(list)
        targets = cells.all_targets
        year = cells.position([self.period.year_begun])
        group = targets.find(cells.area, cells.indicator, year)
        group = np.where(cells.existing, group, NONE)
        rows, _ = targets.in_force(group, cells.of_period([self.period.last_day]))
        self.rows = np.where(cells.read_at_end, cells.target, rows)
        # of two ends that both count, the lower one is told
        self.corridor = corridors(cells.dataset.targets, self.rows)
        down = cells.down & ~self.corridor
        self.goal, self.goal_decimals, self.more = cells.target_figure(self.rows, down=down)
        # of a whole year, the growths with a figure or a target
        self.shown = present(self.rows)
        if self.whole_year:
            self.shown = cells.growth & (cells.reported | self.shown)

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
        done, passed = self.standing(needed)
        over = for_good(cells, both & cells.flow & (high < 0))
        self.explain(actual, share, np.where(both, low, needed), of)
        for cell in np.flatnonzero(both & self.shown & ~np.isnan(low)).tolist():
            ends, digits = (float(low[cell]), float(high[cell])), int(self.digits[cell])
            told = inside_in_words(cells, cell, ends, digits, past=bool(over[cell]))
            self.notes[cell].append(told)
        equal = self.shown & ~cells.growth & (needed == 0) & self.more
        self.remainder(needed, done, passed, equal & ~passed)
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
            equal,
            self.shown,
            both,
            self.notes,
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

    def standing(self, needed: Floats) -> tuple[Flags, Flags]:
        """Cells that need nothing more, and amounts that are past what the year may bring.

        Of growths neither can be told.
        """
        cells = self.cells
        there = self.shown & ~cells.growth & self.ahead(needed, 0.0, strict=self.more)
        over = self.shown & ~cells.growth & ~there & ~np.isnan(needed)
        # of an amount less is better, and it goes on adding up until the year ends
        adds_up = cells.flow & cells.down
        self.over = over & adds_up
        return there & ~adds_up, for_good(cells, self.over)

    def ahead(self, needed: Floats, reached: Floats | float, *, strict: Flags) -> Flags:
        """Where what was reached is at least what is needed; more than it where `strict`."""
        lead = np.where(self.cells.down, needed - reached, reached - needed)
        found: Flags = (lead > 0) | ((lead == 0) & ~strict)
        return found

    def shares(self) -> Floats:
        """Last year's share of the first months: of a growth its weight's, of a flow its own."""
        cells = self.cells
        flow = np.where(cells.flow, cells.indicator, NONE)
        self.flow = np.where(cells.growth, weight_of(cells), flow)
        share, _, rest, self.fault = year_share(cells.at_periods([self.part]), self.flow)
        # nothing of last year is left to grow, or no more than rounding may have left
        self.used_up = ~np.isnan(share) & ~rest
        share = np.where(self.used_up, np.nan, share)
        self.known_share = ~np.isnan(share)
        guess = cells.growth & ~self.known_share & ~self.used_up & self.assume_half
        guess &= self.fault == Fault.NONE
        return np.where(guess, self.part.months / YEAR, share)

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

    # -- words -------------------------------------------------------------------------------------
    def tell(self, where: npt.NDArray[Any], text: Message) -> None:
        for cell in np.flatnonzero(where):
            self.notes[int(cell)].append(text)

    def explain(self, actual: Floats, share: Floats, needed: Floats, of: Ints) -> None:
        """Say what a reader has to know, and the remedy where nothing could be computed."""
        cells, period, shown = self.cells, deferred(period_shown, self.period), self.shown
        part, year = deferred(period_shown, self.part), self.period.year_before_called
        growth, assumed = shown & cells.growth, f"{self.part.months}/{YEAR}"
        nothing = _(
            "no single figure for {period}: nothing can be computed until there is one",
            period=period,
        )
        used_up = _(
            "all of {year} fell on the months of {part}: nothing is left to grow",
            year=year,
            part=part,
        )
        before = deferred(period_shown, self.part.year_before)
        levels: dict[str, object] = {"part": part, "before": before, "year": year}
        guessed = _("share of {part} assumed to be {share}", part=part, share=assumed)
        broken = _(
            "target and figure stand on two sides of a break: set the target anew on the new base"
        )
        lacking = _(
            "no single figure for {period}: the second half cannot be told apart", period=part
        )
        open_, halves = shown & np.isnan(self.goal), self.period.months in (HALF, YEAR)
        open_ &= not self.whole_year
        relative, away = open_ & cells.is_relative(self.rows), open_ & self.says_assigned()
        self.tell(open_ & ~relative & ~away, _("the target's number is not public"))
        self.tell(relative, _("the target follows another figure: what it needs is not known yet"))
        self.tell(away, _("the target is assigned, and its number is not here"))
        self.tell(shown & np.isnan(actual), nothing)
        self.tell(growth & self.used_up, used_up)
        lost = growth & np.isnan(share) & ~self.used_up
        for where, why in (
            (present(self.flow) & (self.fault == Fault.NONE), _UNKNOWN),
            (~present(self.flow), _NAMELESS),
            *((self.fault == fault, why) for fault, why in _NO_SHARE.items()),
        ):
            self.tell(lost & where, _(why, **levels))
        self.tell(growth & ~self.known_share & ~np.isnan(share), guessed)
        mixed = growth & self.known_share & self.mixed_prices()
        self.tell(mixed, _("weights at current prices under a growth at constant prices"))
        none = growth & ~np.isnan(needed) & (of == 0) & halves & ~self.corridor
        self.tell(none, _("no past halves to compare"))
        self.tell(shown & cells.across_break & ~cells.growth, broken)
        lacks = shown & np.isnan(needed) & ~np.isnan(actual) & ~np.isnan(share)
        self.tell(lacks & self.whole_year, lacking)

    def says_assigned(self) -> Flags:
        """Where a higher level sets the target."""
        frame = self.cells.dataset.targets
        wording = codes(frame, "wording")[self.rows] if len(frame) else self.rows
        found: Flags = self.shown & (wording == Wording.ASSIGNED.code)
        return found

    def remainder(self, needed: Floats, done: Flags, passed: Flags, equal: Flags) -> None:
        """Say what is there already, what can no longer be, and what is left for each month."""
        cells = self.cells
        runs_on = cells.early & cells.down
        self.tell(done & ~runs_on, _("already reached"))
        self.tell(done & runs_on, _("within its limit so far, which runs on"))
        self.tell(equal & ~cells.down, _("a little more is needed: equal is not enough"))
        self.tell(equal & cells.down, _("a little less is needed: equal is not enough"))
        for cell in np.flatnonzero(self.shown & cells.flow & ~cells.down & (needed > 0)).tolist():
            amount = needed[cell] / (YEAR - self.period.months)
            monthly = lazy_numeral(fixed(amount, max(self.digits[cell], 1)))
            self.notes[cell].append(_("{amount} per month", amount=monthly))
        for cell, told in limits(cells, needed, self.digits, self.over, passed).items():
            self.notes[cell] += told

    def mixed_prices(self) -> Flags:
        """Growths at constant prices whose weight is at current prices."""
        dataset = self.cells.dataset
        at_current = {i.id for i in dataset.indicators if i.prices == PriceBasis.CURRENT}
        mixed = dataset.which_indicators(
            lambda item: item.prices == PriceBasis.CONSTANT and item.weight in at_current
        )
        return mixed[self.cells.indicator]
