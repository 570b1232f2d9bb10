"""Districts against their city: whether they add up, and whether one of them is a total.

Sums and ranges are taken for all indicators and periods at once; the word for a difference, the
named items and the range of growths are districts_at of `dtrack city`. Source: docs/formulas.py §7.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from dtrack.analysis.comparison import rounded
from dtrack.analysis.decomposition import growth_possible, reconcile
from dtrack.analysis.reconciliation import may_be_negative
from dtrack.core.arrays import NONE, Flags, Floats, Ints, present
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Kind
from dtrack.i18n.formatting import wording_shown
from dtrack.validation.plausibility.number_text import number_text
from dtrack.validation.plausibility.series import Figures

# by whether the city has more than its districts, and whether there are items between them
_UNEXPLAINED = {
    (True, False): N_(
        "{value} is {difference} more than the {total} of all {count} {districts}; "
        "rounding explains at most {rounding}; items recorded above {district} level may "
        "explain the rest"
    ),
    (False, False): N_(
        "{value} is {difference} less than the {total} of all {count} {districts}; "
        "rounding explains at most {rounding}; items recorded above {district} level may "
        "explain the rest"
    ),
    (True, True): N_(
        "{value} is {difference} more than the {total} of all {count} {districts} and the "
        "listed items; rounding explains at most {rounding}; items recorded above "
        "{district} level may explain the rest"
    ),
    (False, True): N_(
        "{value} is {difference} less than the {total} of all {count} {districts} and the "
        "listed items; rounding explains at most {rounding}; items recorded above "
        "{district} level may explain the rest"
    ),
}
_OUTSIDE = N_(
    "{value} is outside the growth range of all {count} {districts}, {low} to {high}; a "
    "zone outside the {districts} may explain it"
)
_THE_CITY = N_("{value} of {area} equals the {city} total; this may be a coincidence")
_THE_SUM = N_(
    "{value} of {area} is the sum of the other {count} {districts}; this may be a coincidence"
)
DIGITS = 4  # figures with fewer may be equal by chance
OTHERS = 3  # districts that make a sum


class Districts:
    """The plain figures of the districts, and what they make together by indicator and period."""

    def __init__(self, figures: Figures) -> None:
        dataset = figures.dataset
        self.figures = figures
        self.cell = figures.indicator * len(dataset.periods) + figures.period
        self.size = max(len(dataset.indicators) * len(dataset.periods), 1)
        district = dataset.is_district[figures.area]
        district &= dataset.existing(dataset.period_last_days[figures.period], figures.area)
        self.at = np.flatnonzero(figures.current & figures.plain & district)
        self.city = np.full(self.size, NONE)
        cities = np.flatnonzero(
            figures.current & figures.plain & (figures.area == dataset.city_position)
        )
        self.city[self.cell[cities]] = cities

    @cached_property
    def all(self) -> Ints:
        """How many districts there were at the end of the period of each cell."""
        dataset = self.figures.dataset
        districts = np.flatnonzero(dataset.is_district)
        there = [
            dataset.existing(np.full(len(districts), period.last_day), districts).sum()
            for period in dataset.periods
        ]
        return np.resize(np.array(there or [0], np.int64), self.size)

    def total(self, values: Floats) -> Floats:
        """The sum over the districts of each cell."""
        return np.bincount(self.cell[self.at], values[self.at], minlength=self.size).astype(
            np.float64
        )

    @cached_property
    def count(self) -> Ints:
        """How many districts have a figure of each cell."""
        return np.bincount(self.cell[self.at], minlength=self.size)

    @cached_property
    def whole(self) -> Flags:
        """Cells that the city and every district have reported, on one side of every break."""
        side = self.figures.side.astype(np.float64)
        fits = (
            self.total(side) == self.count * np.where(present(self.city), side[self.city], -1.0)
            if len(side)
            else self.count < 0
        )
        whole: Flags = fits & present(self.city) & (self.count == self.all) & (self.all > 0)
        return whole & ~self.expected

    @cached_property
    def expected(self) -> Flags:
        """Cells of which the city or a district has only an expectation, which is not reported."""
        only = self.figures.expected
        at = self.at[only[self.at]]
        cities = self.city[present(self.city)]
        return np.isin(np.arange(self.size), self.cell[np.append(at, cities[only[cities]])])

    def of(self, cell: int) -> Ints:
        """The districts' entries of one cell."""
        order, cells = self._by_cell
        return order[slice(*np.searchsorted(cells, (cell, cell + 1)))]

    @cached_property
    def _by_cell(self) -> tuple[Ints, Ints]:
        order = self.at[np.argsort(self.cell[self.at], kind="stable")]
        return order, self.cell[order]

    def whole_of(self, kind: str) -> Ints:
        """The cells of one kind that the city and every district have a figure of."""
        dataset = self.figures.dataset
        kinds = np.repeat(dataset.which_indicators(lambda i: i.kind == kind), len(dataset.periods))
        return np.flatnonzero(self.whole & kinds) if len(kinds) else np.zeros(0, np.int64)


def parts(figures: Figures) -> list[Finding]:
    """Levels and growths that do not add up, and totals among the districts."""
    of = Districts(figures)
    return levels_against_total(of) + growths_against_total(of) + total_as_area(of)


def levels_against_total(districts: Districts) -> list[Finding]:
    """The city's flows that its districts and the named items leave unexplained."""
    figures = districts.figures
    found: list[tuple[int, Ints, float, float]] = []
    for cell in districts.whole_of(Kind.FLOW).tolist():
        at, districts_at = int(districts.city[cell]), districts.of(cell)
        own, half = float(figures.number[at]), float(figures.half[at])
        difference, worst, word = reconcile(
            own, half, figures.number[districts_at], figures.half[districts_at], _named(figures, at)
        )
        if word == "unexplained":
            found.append((at, districts_at, difference, worst))

    sentence = lambda place: _unexplained(figures, *found[place])
    return figures.tell(
        "parts-against-total", np.array([at for at, *_ in found], np.int64), sentence
    )


def _unexplained(
    figures: Figures, at: int, districts_at: Ints, difference: float, worst: float
) -> Message:
    decimals = int(max(figures.decimals[at], figures.decimals[districts_at].max()))
    return _(
        _UNEXPLAINED[difference > 0, bool(_named(figures, at))],
        value=figures.value(at),
        difference=deferred(number_text, abs(difference), decimals),
        total=deferred(number_text, float(figures.number[districts_at].sum()), decimals),
        count=len(districts_at),
        rounding=deferred(number_text, worst, decimals + 1),
    )


def _named(figures: Figures, at: int) -> float:
    """The sum of the items that the workspace names between the city's figure and its districts."""
    period = figures.dataset.periods[int(figures.period[at])]
    indicator = figures.dataset.indicators[int(figures.indicator[at])].id
    return sum(
        item.number
        for item in figures.dataset.items
        if item.indicator == indicator and item.period == period
    )


def growths_against_total(districts: Districts) -> list[Finding]:
    """The city's growths that lie outside those of all its districts, whatever the weights."""
    figures = districts.figures
    found: list[tuple[int, Ints]] = []
    for cell in districts.whole_of(Kind.GROWTH).tolist():
        at, districts_at = int(districts.city[cell]), districts.of(cell)
        half = figures.half[districts_at]
        own, rounding = float(figures.number[at]), float(figures.half[at])
        if may_be_negative(figures.dataset, int(figures.indicator[at])):
            continue
        if not growth_possible(own, rounding, figures.number[districts_at], half):
            found.append((at, districts_at))

    def sentence(place: int) -> Message:
        at, districts_at = found[place]
        ends = (
            int(districts_at[pick(figures.number[districts_at])]) for pick in (np.argmin, np.argmax)
        )
        low, high = (deferred(wording_shown, figures.text("value", end)) for end in ends)
        return _(
            _OUTSIDE,
            value=deferred(wording_shown, figures.text("value", at)),
            count=len(districts_at),
            low=low,
            high=high,
        )

    return figures.tell(
        "parts-against-total", np.array([at for at, _ in found], np.int64), sentence
    )


def total_as_area(districts: Districts) -> list[Finding]:
    """Levels of a district that are, within rounding, the city's own or the sum of all others."""
    figures = districts.figures
    at, number, half = districts.at, figures.number, figures.half
    at = at[(figures.of_kind(Kind.FLOW, Kind.STOCK) & (figures.digits >= DIGITS))[at]]
    cell = districts.cell[at]
    city = districts.city[cell]
    finest = np.maximum(figures.decimals[at], figures.decimals[city]) + 1
    # 4800.1 − 4800.0 is more than 0.1 in binary
    apart = rounded(np.abs(number[at] - number[city]) - half[at] - half[city], finest)
    as_city = present(city) & (apart <= 0) if len(at) else at < 0
    as_city &= districts.count[cell] > 1
    rest, rounding = districts.total(number)[cell] - number[at], districts.total(half)[cell]
    as_sum = (districts.count[cell] > OTHERS) & (np.abs(number[at] - rest) <= rounding * (1 + 1e-9))
    found = np.flatnonzero(as_city | as_sum)

    def sentence(place: int) -> Message:
        entry, others = int(at[found[place]]), int(districts.count[cell[found[place]]]) - 1
        value, area = figures.value(entry), figures.area_name(entry)
        return (
            _(_THE_CITY, value=value, area=area)
            if as_city[found[place]]
            else _(_THE_SUM, value=value, area=area, count=others)
        )

    return figures.tell("total-as-area", at[found], sentence)
