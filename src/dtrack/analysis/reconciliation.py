"""Whether the districts add up to the city.

Levels: city less districts less named items, against what rounding can explain. Growth: a weighted
average lies between the least and the greatest district, whatever the weights. Only where every
district has a figure. Source: docs/formulas.py §7.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.comparison import signed
from dtrack.analysis.decomposition import growth_possible, reconcile
from dtrack.analysis.year_before import a_point
from dtrack.core.arrays import Ints
from dtrack.core.message import Message, deferred, lazy_enumerated, lazy_numeral
from dtrack.core.message import lazy_gettext as _
from dtrack.core.vocabulary import Kind
from dtrack.i18n.terms import behind_name
from dtrack.model.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One indicator: the city's figure, its districts' sum, named items, what is left, the word.

    `decimals`: of these four numbers; NaN, as the sum of growths, has none that matters.
    """

    indicator: int
    city: float
    districts: float
    items: float
    difference: float
    worst: float
    decimals: tuple[int, int, int, int]
    word: str
    note: Message | None


def reconciliations(cells: Assessment, indicators: Collection[int] = ()) -> list[Reconciled]:
    """Every flow and growth that the city and all districts have a figure of."""
    dataset = cells.dataset
    sound = cells.of_the_period & a_point(cells, cells.actual) & ~cells.off_basis & ~cells.faulty
    # what is made of the districts adds up to them whatever it is
    sound &= ~np.isin(cells.actual, [row for row, made in dataset.derived.items() if made.of_parts])
    result = []
    for position, item in enumerate(dataset.indicators):
        of = cells.indicator == position
        city = np.flatnonzero(of & sound & (cells.area == dataset.city_position))
        districts = np.flatnonzero(of & cells.of_district)
        wanted = item.kind in (Kind.FLOW, Kind.GROWTH) and (
            not indicators or position in indicators
        )
        if wanted and len(city) and len(districts) and sound[districts].all():
            of_kind = _growths if item.kind == Kind.GROWTH else _levels
            result += of_kind(cells, position, int(city[0]), districts)
    return result


def _without_sum(
    cells: Assessment, position: int, city: int, word: str, note: Message
) -> Reconciled:
    unknown, decimals = (float("nan"),) * 4, (int(cells.decimals[city]),) * 4
    return Reconciled(position, float(cells.number[city]), *unknown, decimals, word, note)


def _growths(cells: Assessment, position: int, city: int, districts: Ints) -> list[Reconciled]:
    """A growth that lies outside those of its districts, or that has no bounds; else nothing."""
    if cells.expected[np.append(districts, city)].any():
        return []
    number, half = cells.number, cells.half_unit
    if may_be_negative(cells.dataset, position):
        note = _(
            "{indicator}: cannot be derived from the growth of the {districts}, because a "
            "weighting level is negative",
            indicator=cells.dataset.indicators[position].lazy_name,
        )
        return [_without_sum(cells, position, city, "not_told", note)]
    if growth_possible(float(number[city]), float(half[city]), number[districts], half[districts]):
        return []
    note = _(
        "{indicator}: the {city}'s growth is outside the range of its {districts}' growth",
        indicator=cells.dataset.indicators[position].lazy_name,
    )
    return [_without_sum(cells, position, city, "impossible", note)]


def may_be_negative(dataset: Dataset, growth: int) -> bool:
    """Whether a weight of the growth may lie below nothing: a mean is then bounded by nothing."""
    item = dataset.indicators[growth]
    flows = [dataset.indicator_position.get(name, -1) for name in (item.weight, item.growth_of)]
    return any(position >= 0 and bool(dataset.has_losses[position]) for position in flows)


def _levels(cells: Assessment, position: int, city: int, districts: Ints) -> list[Reconciled]:
    """A flow against its districts' sum and the named items."""
    item, half, number = cells.dataset.indicators[position], cells.half_unit, cells.number
    all_of = np.append(city, districts)
    if (only := all_of[cells.expected[all_of]]).size:
        # an expectation is not reported: nothing follows from what it adds up to
        areas = [cells.dataset.areas[at].lazy_name for at in cells.area[only].tolist()]
        note = _(
            "{indicator}: forecasts only for {areas}; not added up",
            indicator=item.lazy_name,
            areas=lazy_enumerated(areas),
        )
        return [_without_sum(cells, position, city, "", note)]
    sides = cells.side_of(cells.actual)
    if (sides[districts] != sides[city]).any():
        note = _(
            "{indicator}: figures on two sides of a break in series are not added up",
            indicator=item.lazy_name,
        )
        return [_without_sum(cells, position, city, "", note)]
    period = cells.periods[0]
    named = [i for i in cells.dataset.items if i.indicator == item.id and i.period == period]
    places, of_sum = int(cells.decimals[city]), int(cells.decimals[districts].max())
    finest = max(places, of_sum, *(i.decimals for i in named))
    of_items = max((i.decimals for i in named), default=finest)
    items, own = sum(i.number for i in named), float(number[city])
    parts = number[districts], half[districts]
    left, worst, word = reconcile(own, float(half[city]), *parts, items, finest)
    listed = lazy_enumerated(
        (
            _("{name} {number}", name=i.name, number=deferred(behind_name, i.name, number))
            for i, number in ((i, lazy_numeral(signed(i.number, i.decimals))) for i in named)
        ),
        "; ",
    )
    named_items = _("Listed items: {items}", items=listed) if named else None
    decimals = places, of_sum, of_items, finest
    total = float(parts[0].sum())
    return [Reconciled(position, own, total, items, left, worst, decimals, word, named_items)]
