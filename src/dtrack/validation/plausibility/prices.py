"""Levels that do not fit their growth: together they imply prices nobody believes.

Source: docs/formulas.py §9.
"""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import NONE, Flags, Floats, Ints, present
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Kind
from dtrack.i18n.formatting import wording_shown
from dtrack.model.dataset import Dataset
from dtrack.validation.plausibility.number_text import percent
from dtrack.validation.plausibility.series import Figures

_DIFFERENCE = N_(
    "{level} is {change}% on the {base} of {period}, but the published growth "
    "({indicator}) is {growth}%: a difference of {implied}%; the base may have been "
    "revised"
)
_OF_PRICES = N_(
    "{level} is {change}% on the {base} of {period}, but the published growth "
    "({indicator}) is {growth}%: an implied price change of {implied}%; the base may "
    "have been revised"
)
DEFLATION, INFLATION = -10.0, 20.0  # % of prices in a year that are still credible
LIKE_PRICES = 5.0  # %: level and growth at the same prices imply no change at all but for revisions


def implied_change(level: Floats, base: Floats, growth: Floats) -> Floats:
    """The change of prices, in %, that a level, its base and a growth in % imply together.

    >>> level, base, growth = np.array([504.0, 4920]), np.array([480.0, 480]), np.array([5.0, 5])
    >>> implied_change(level, base, growth).round(2).tolist()
    [0.0, 876.19]
    """
    change: Floats = ((level / base) / (1 + growth / 100) - 1) * 100
    return change


def level_against_growth(figures: Figures) -> list[Finding]:
    """Growths whose level is further from its base than they and prices can explain."""
    growth, level, base = _triples(figures)
    number, half = figures.number, figures.half
    least = implied_change(
        number[level] - half[level], number[base] + half[base], number[growth] + half[growth]
    )
    most = implied_change(
        number[level] + half[level], number[base] - half[base], number[growth] - half[growth]
    )
    like = _like_prices(figures)[figures.indicator[growth]]
    low, high = np.where(like, -LIKE_PRICES, DEFLATION), np.where(like, LIKE_PRICES, INFLATION)
    apart = _of_none(figures, level, (least > high) | (most < low))

    def sentence(place: int) -> Message:
        at = apart[place]
        return _sentence(figures, int(level[at]), int(base[at]), int(growth[at]), bool(like[at]))

    return figures.tell(
        "level-against-growth", figures.newer(level[apart], growth[apart]), sentence
    )


def _sentence(figures: Figures, level: int, base: int, growth: int, like: bool) -> Message:
    numbers = figures.number[[level]], figures.number[[base]]
    change = float(implied_change(*numbers, np.zeros(1))[0])
    implied = float(implied_change(*numbers, figures.number[[growth]])[0])
    item = figures.dataset.indicators[int(figures.indicator[growth])]
    return _(
        _DIFFERENCE if like else _OF_PRICES,
        level=figures.value(level),
        change=deferred(percent, change),
        base=figures.value(base),
        period=figures.period_name(base),
        indicator=item.lazy_name,
        growth=deferred(wording_shown, figures.text("value", growth).removesuffix("%")),
        implied=deferred(percent, implied),
    )


def _triples(figures: Figures) -> tuple[Ints, Ints, Ints]:
    """Entries of growth, level and base, wherever all three are plain numbers above nothing."""
    weight = _levels(figures.dataset)
    growth = np.flatnonzero(
        figures.of_kind(Kind.GROWTH) & figures.plain & (weight[figures.indicator] != NONE)
    )
    level = figures.cell(
        figures.area[growth], weight[figures.indicator[growth]], figures.period[growth]
    )
    growth, level = growth[present(level)], level[present(level)]
    base = figures.year_before[level]
    usable: Flags = (
        present(base) & figures.plain[level] & figures.plain[base] & (figures.number[level] > 0)
    )
    usable &= (figures.number[base] > figures.half[base]) & (
        figures.number[growth] - figures.half[growth] > -100
    )
    return growth[usable], level[usable], base[usable]


def _levels(dataset: Dataset) -> Ints:
    """For each growth the flow that it may be the growth of: its weight, with the same `better`.

    A growth with another `better` than its weight is only weighed by it, as the energy that a unit
    of GDP takes.
    """
    index, items = dataset.indicator_position, dataset.indicators
    weights = [index.get(item.weight, NONE) if item.kind == Kind.GROWTH else NONE for item in items]
    own = [
        at
        if at != NONE and (items[at].kind, items[at].better) == (Kind.FLOW, item.better)
        else NONE
        for item, at in zip(items, weights, strict=True)
    ]
    return np.array(own or [NONE], np.int64)


def _of_none(figures: Figures, level: Ints, apart: Flags) -> Ints:
    """Where a level is apart from every one of the growths that may be its own."""
    weight = _levels(figures.dataset)
    own = np.bincount(weight[weight != NONE], minlength=len(weight))
    misfits = np.bincount(level[apart], minlength=len(figures.keys))
    return np.flatnonzero(apart & (misfits[level] == own[figures.indicator[level]]))


def _like_prices(figures: Figures) -> Flags:
    """Which growths are at the prices of their level."""
    dataset = figures.dataset
    prices = {item.id: item.prices for item in dataset.indicators}
    return dataset.which_indicators(
        lambda item: bool(item.prices) and prices.get(item.weight) == item.prices
    )
