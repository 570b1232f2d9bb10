"""Do the districts add up to the city? In come judged cells and the named items of the workspace, out go words.

Levels: city less districts less named items, against what rounding can explain. Growth: a weighted
average lies between the least and the greatest district, whatever the weights. Only where every
district has a figure. Source: docs/formulas.py §7.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.comparison import fixed, is_worded
from dtrack.analysis.decomposition import growth_possible, reconcile
from dtrack.core.figure import AROUND, PLAIN
from dtrack.core.translate import _, enumerated, numeral
from dtrack.model.entities import Item


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One indicator: the city's figure, its districts' sum (of growth.

    None), named items, what is left, the word.

    `decimals`: of the city's figure, the districts' sum, the items, and what is left; NaN has none
    that matters.
    """

    indicator: int
    city: float
    districts: float
    items: float
    difference: float
    worst: float
    decimals: tuple[int, int, int, int]
    word: str
    note: str


def reconciliations(cells: Assessment, indicators: Collection[int] = ()) -> list[Reconciled]:
    """Every flow and growth whose city and districts all have a figure of the very period.

    The named items taken off.
    """
    dataset = cells.dataset
    same = (
        cells.reported
        & ~cells.other_basis
        & ~cells.faulty
        & ~np.isnan(cells.number)
        & is_worded(cells.wording, PLAIN, AROUND)
    )
    same &= (cells.actual_span[0] == cells.start) & (cells.actual_span[1] == cells.end)
    sides = cells.side_of(cells.actual)
    half = 0.5 * np.power(10.0, -cells.decimals)
    result = []
    for position, item in enumerate(dataset.indicators):
        of = cells.indicator == position
        city = np.flatnonzero(of & same & (cells.area == dataset.city_position))
        districts = np.flatnonzero(of & dataset.is_district[cells.area])
        if (
            item.kind not in ("flow", "growth")
            or not len(city)
            or not len(districts)
            or (indicators and position not in indicators)
        ):
            continue
        if not same[districts].all():
            continue
        number, own = cells.number[districts], float(cells.number[city[0]])
        nothing, places = float("nan"), int(cells.decimals[city[0]])
        all_of = np.append(city, districts)
        if (only := all_of[cells.expected[all_of]]).size:
            # an expectation is not reported: nothing follows from what it adds up to
            if item.kind == "flow":
                areas = enumerated(dataset.areas[p].name for p in cells.area[only].tolist())
                note = _(
                    "{indicator}: only expected of {areas}, so nothing is added up",
                    indicator=item.name,
                    areas=areas,
                )
                unadded = (nothing,) * 4
                result.append(Reconciled(position, own, *unadded, (places,) * 4, "", note))
            continue
        if item.kind == "growth":
            fits = growth_possible(own, float(half[city[0]]), number, half[districts])
            if not fits:
                note = _(
                    "{indicator}: the city's growth lies outside the growth of all its districts",
                    indicator=item.name,
                )
                result.append(
                    Reconciled(
                        position,
                        own,
                        nothing,
                        nothing,
                        nothing,
                        nothing,
                        (places,) * 4,
                        "impossible",
                        note,
                    )
                )
            continue
        if len(set(sides[districts].tolist()) | {int(sides[city[0]])}) > 1:
            note = _(
                "{indicator}: figures on two sides of a break are not added", indicator=item.name
            )
            result.append(
                Reconciled(
                    position, own, nothing, nothing, nothing, nothing, (places,) * 4, "", note
                )
            )
            continue
        named = [
            i for i in dataset.items if i.indicator == item.id and i.period == cells.periods[0]
        ]
        items, of_sum = sum(i.number for i in named), int(cells.decimals[districts].max())
        finest = max(places, of_sum, *(i.decimals for i in named))
        of_items = max((i.decimals for i in named), default=finest)
        difference, worst, word = reconcile(
            own, float(half[city[0]]), number, half[districts], items, finest
        )
        listed = enumerated(
            (_("{name} {number}", name=i.name, number=_signed(i)) for i in named), "; "
        )
        note = _("Named items: {items}", items=listed) if named else ""
        result.append(
            Reconciled(
                position,
                own,
                float(number.sum()),
                items,
                difference,
                worst,
                (places, of_sum, of_items, finest),
                word,
                note,
            )
        )
    return result


def _signed(item: Item) -> str:
    """The number of a named item as published, with its sign."""
    return numeral("+" * (item.number > 0) + fixed(item.number, item.decimals))
