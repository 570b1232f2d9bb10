"""What a reader has to know of a catch-up, and the remedy where nothing could be computed."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from dtrack.analysis.allowance import limits, pace_of_limit
from dtrack.analysis.assessment import Assessment
from dtrack.analysis.comparison import fixed
from dtrack.analysis.corridor import corridors
from dtrack.analysis.year_before import Fault, weight_of, year_share
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, present
from dtrack.core.message import Message, deferred, lazy_numeral
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.vocabulary import PriceBasis
from dtrack.core.wording import Wording
from dtrack.core.years import HALF, YEAR
from dtrack.i18n.formatting import period_shown

_UNKNOWN = N_(
    "share of {part} in the year unknown: add levels of the weight indicator for {before} and "
    "{year}, or use --assume-half"
)
_NAMELESS = N_(
    "share of {part} in the year unknown: set `weight`, the flow whose growth this "
    "indicator is, or use --assume-half"
)
_NO_SHARE = {
    Fault.NEGATIVE: N_(
        "share of {part} in the year not available: a level of {before} or {year} is negative"
    ),
    Fault.NOTHING: N_("share of {part} in the year not available: the level of {year} is zero"),
    Fault.TOO_LARGE: N_(
        "share of {part} in the year not available: the level of {before} exceeds that of {year}"
    ),
}


class ExplainedCatchUp:
    """The cells of a catch-up with the targets of their year, last year's share, and the notes."""

    def __init__(self, cells: Assessment, *, assume_half: bool) -> None:
        self.cells, self.assume_half = cells, assume_half
        self.period = cells.periods[0]
        self.whole_year = self.period.is_year
        # the months that have gone by: of a whole year its first half
        self.part = self.period.first_half if self.whole_year else self.period
        self.notes: dict[int, list[Message]] = defaultdict(list)
        # what the columns of a table show, in words
        self.numbers_in_words: dict[int, list[Message]] = defaultdict(list)
        targets = cells.all_targets
        year = cells.position([self.period.year_begun])
        group = targets.find(cells.area, cells.indicator, year)
        group = np.where(cells.existing, group, NONE)
        rows, _ = targets.in_force(group, cells.of_period([self.period.last_day]))
        self.rows = np.where(cells.read_at_end, cells.target, rows)
        # of two ends that both count, the lower one is told
        self.corridor = corridors(cells.dataset.targets, self.rows)
        down = cells.down & ~self.corridor
        self.goal, self.goal_decimals, self.more = cells.year_goal(self.rows, down)
        # of a whole year, the growths with a figure or a target
        self.shown = present(self.rows)
        if self.whole_year:
            self.shown = cells.growth & (cells.reported | self.shown)

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

    def tell(self, where: Flags, text: Message, *, in_columns: bool = False) -> None:
        """Say the text at the cells that are marked; `in_columns`: a table shows it too."""
        notes = self.numbers_in_words if in_columns else self.notes
        for cell in np.flatnonzero(where):
            notes[int(cell)].append(text)

    def explain(self, actual: Floats, share: Floats, needed: Floats, of: Ints) -> None:
        """Say what a reader has to know, and the remedy where nothing could be computed."""
        cells, period, shown = self.cells, deferred(period_shown, self.period), self.shown
        part, year = deferred(period_shown, self.part), self.period.year_before_called
        growth, assumed = shown & cells.growth, f"{self.part.months}/{YEAR}"
        nothing = _(
            "no exact figure for {period}",
            period=period,
        )
        used_up = _(
            "all of {year} falls in the months of {part}: no base for growth remains",
            year=year,
            part=part,
        )
        before = deferred(period_shown, self.part.year_before)
        levels: dict[str, object] = {"part": part, "before": before, "year": year}
        guessed = _("share of {part} assumed to be {share}", part=part, share=assumed)
        broken = _(
            "break in series between target and figure: set a revised target on the new base"
        )
        lacking = _("no exact figure for {period}: the second half cannot be computed", period=part)
        open_, halves = shown & np.isnan(self.goal), self.period.months in (HALF, YEAR)
        open_ &= not self.whole_year
        relative, away = open_ & cells.is_relative(self.rows), open_ & self.says_assigned()
        self.tell(open_ & ~relative & ~away, _("target value not published"))
        self.tell(
            relative, _("the target depends on another figure: what is needed is not known yet")
        )
        self.tell(away, _("the target is assigned; its value is not on record"))
        self.tell(shown & np.isnan(actual), nothing)
        self.tell(growth & self.used_up, used_up)
        lost = growth & np.isnan(share) & ~self.used_up & ~relative
        for where, why in (
            (present(self.flow) & (self.fault == Fault.NONE), _UNKNOWN),
            (~present(self.flow), _NAMELESS),
            *((self.fault == fault, why) for fault, why in _NO_SHARE.items()),
        ):
            self.tell(lost & where, _(why, **levels))
        self.tell(growth & ~self.known_share & ~np.isnan(share), guessed)
        mixed = growth & self.known_share & self.mixed_prices()
        self.tell(mixed, _("weights at current prices, growth at constant prices"))
        none = growth & ~np.isnan(needed) & (of == 0) & halves & ~self.corridor
        self.tell(none, _("no past halves to compare"), in_columns=True)
        self.tell(shown & cells.across_break & ~cells.growth, broken)
        lacks = shown & np.isnan(needed) & ~np.isnan(actual) & ~np.isnan(share)
        self.tell(lacks & self.whole_year, lacking)

    def says_assigned(self) -> Flags:
        """Where a higher level sets the target."""
        frame = self.cells.dataset.targets
        wording = codes(frame, "wording")[self.rows] if len(frame) else self.rows
        found: Flags = self.shown & (wording == Wording.ASSIGNED.code)
        return found

    def remainder(
        self, needed: Floats, digits: Ints, done: Flags, past: tuple[Flags, Flags], equal: Flags
    ) -> None:
        """Say what is there already, what can no longer be, and what is left for each month.

        `past`: amounts that are over their limit, and those of them that stay so.
        """
        cells = self.cells
        runs_on = cells.early & cells.down
        for where, told in (
            (done & ~runs_on, _("already reached")),
            (done & runs_on, _("within the limit so far; the period has not ended")),
            (equal & ~cells.down, _("slightly more is needed: the target must be exceeded")),
            (equal & cells.down, _("slightly less is needed: the result must be below the target")),
        ):
            self.tell(where, told, in_columns=True)
        for cell in np.flatnonzero(self.shown & cells.flow & ~cells.down & (needed > 0)).tolist():
            amount = needed[cell] / (YEAR - self.period.months)
            monthly = lazy_numeral(fixed(amount, max(digits[cell], 1)))
            self.numbers_in_words[cell].append(_("{amount} per month", amount=monthly))
        for cell, left in limits(cells, needed, digits, *past).items():
            self.numbers_in_words[cell].append(left)
            self.notes[cell] += pace_of_limit(cells, cell)

    def mixed_prices(self) -> Flags:
        """Growths at constant prices whose weight is at current prices."""
        dataset = self.cells.dataset
        at_current = {i.id for i in dataset.indicators if i.prices == PriceBasis.CURRENT}
        mixed = dataset.which_indicators(
            lambda item: item.prices == PriceBasis.CONSTANT and item.weight in at_current
        )
        return mixed[self.cells.indicator]
