"""Wholes made of all their parts, and growths made of two levels, where nobody published them.

A city of its districts, another area of the areas below it. Only where the indicator says how
(`aggregate`, `growth_of`), and never of a part that is missing, expected or set aside, or that lies
on another side of a break. Source: docs/method.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

import numpy as np

from dtrack.analysis.comparison import half_up, rounded
from dtrack.analysis.derived_rows import Made, with_rows
from dtrack.analysis.selection import VintageIndex, break_side, known_rows
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, flags, ints, present, says, worded
from dtrack.core.message import Deferred, Message, deferred, lazy_listed, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.vocabulary import Aggregate, ObsStatus
from dtrack.i18n.formatting import period_shown
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Place

MOST_DECIMALS = 2  # of a growth that is computed
_D = TypeVar("_D", bound=Dataset)


class _Figures(NamedTuple):
    """Figures of some areas: their rows, numbers, decimals, and the most that rounding hides."""

    rows: Ints
    number: Floats
    decimals: Ints
    half: Floats

    @property
    def all_there(self) -> bool:
        """Every one of them is a firm, exact number on one side of every break."""
        return bool(len(self.rows)) and not np.isnan(self.number).any()


class _Newest:
    """The newest known figures on the indicators' own basis."""

    def __init__(self, dataset: Dataset, as_of: int | None) -> None:
        self.dataset, frame = dataset, dataset.actuals
        rows = known_rows(dataset, as_of) & flags(frame, "on_reference_basis")
        self.index = VintageIndex(dataset, np.flatnonzero(rows))
        exact = worded(codes(frame, "wording"), lambda m: m.exact) & ~flags(frame, "excluded")
        self.usable: Flags = exact & ~says(frame, "status", ObsStatus.EXPECTED)
        self.number = np.where(self.usable, frame["number"].to_numpy(float), np.nan)

    def rows(self, areas: Ints, indicator: int, period: Period) -> tuple[Ints, Flags]:
        """Rows of the figures of a period (of share and stock: that end with it), and *missing*."""
        dataset, size = self.dataset, len(areas)
        at = np.full(size, indicator)
        position = np.full(size, dataset.period_position.get(period, NONE))
        rows, missing = self.index.find(areas, at, position)
        if dataset.read_at_end[indicator]:
            latest = self.index.latest(areas, at, np.full(size, period.end))
            end = dataset.period_ends[codes(dataset.actuals, "period")[latest]]
            rows = np.where((rows == NONE) & present(latest) & (end == period.end), latest, rows)
        return rows, missing

    def lacking(self, areas: Ints, indicator: int, period: Period) -> Ints:
        """The areas of which nobody published anything for the period."""
        rows, missing = self.rows(areas, indicator, period)
        found: Ints = areas[(rows == NONE) & ~missing]
        return found

    def figures(self, areas: Ints, indicator: int, period: Period) -> _Figures:
        """The usable figures of a period; NaN for the rest, and for all on two sides of a break."""
        rows, _missing = self.rows(areas, indicator, period)
        frame, there = self.dataset.actuals, present(rows)
        number = np.where(there, self.number[rows], np.nan)
        decimals = ints(frame, "decimals")[rows]
        day = ints(frame, "published_day")[rows]
        sides = break_side(self.dataset, np.full(len(rows), indicator), day)
        if there.any() and len(np.unique(sides[there])) > 1:
            number = np.full(len(rows), np.nan)
        half = 0.5 * self.dataset.spread[rows] * np.power(10.0, -decimals)
        return _Figures(rows, number, decimals, half)


def _wholes(dataset: Dataset, period: Period) -> Iterator[tuple[int, Ints]]:
    """Areas and those within them on the last day of a period, the innermost first.

    Within the city are its districts.
    """
    parents = np.array([dataset.area_position.get(a.parent, NONE) for a in dataset.areas])
    everyone = np.arange(len(dataset.areas))
    exists = dataset.existing(np.full(len(everyone), period.last_day), everyone)
    below = np.flatnonzero((dataset.place == Place.BELOW) & present(parents) & exists)
    depth = {int(at): _depth(int(at), parents) for at in np.unique(parents[below]).tolist()}
    for at in sorted(depth, key=lambda at: (-depth[at], at)):
        yield at, below[parents[below] == at]
    if dataset.city_position >= 0:
        yield dataset.city_position, np.flatnonzero(dataset.is_district & exists)


def _depth(at: int, parents: Ints) -> int:
    """How many areas an area lies in; a circle ends the count."""
    seen = {at}
    while (at := int(parents[at])) != NONE and at not in seen:
        seen.add(at)
    return len(seen)


def sums_of_areas(dataset: _D, as_of: int | None, period: Period) -> _D:
    """With the flows and stocks of one period that are the sum of all areas within."""
    for whole, parts in _wholes(dataset, period):
        made, lacks = list[Made](), dict[tuple[int, int, Period], Message]()
        newest: _Newest | None = None
        for position, item in enumerate(dataset.indicators):
            if item.aggregate != Aggregate.SUM or not len(parts):
                continue
            newest = newest or _Newest(dataset, as_of)
            if len(newest.lacking(np.array([whole]), position, period)):
                found = newest.figures(parts, position, period)
                if found.all_there:
                    made.append(_sum(dataset, whole, position, period, found))
                else:
                    lacks[whole, position, period] = _lack(dataset, parts, found)
        dataset = with_rows(dataset, made, lacks)
    return dataset


def _named(dataset: Dataset, indicator: str) -> Deferred:
    return dataset.indicators[dataset.indicator_position[indicator]].lazy_name


def _lack(dataset: Dataset, parts: Ints, found: _Figures) -> Message:
    """Which areas have no firm, exact figure; of all of them that a break parts them."""
    lacking = np.flatnonzero(~present(found.rows) | np.isnan(found.number))
    if len(lacking) == len(parts) and present(found.rows).all():
        return _("its parts are on two sides of a break in series and are not added")
    names = lazy_listed([dataset.areas[int(parts[at])].lazy_name for at in lacking], most=6)
    return _(
        "not calculated from the areas within it: no firm, exact figure for {areas}", areas=names
    )


def _sum(dataset: Dataset, whole: int, indicator: int, period: Period, parts: _Figures) -> Made:
    digits = int(parts.decimals.max())
    number = float(rounded(np.array(parts.number.sum()), np.array(digits)))
    areas = codes(dataset.actuals, "area")[parts.rows].tolist()
    told = lazy_ngettext(
        "sum of the {count} area within it",
        "sum of all {count} areas within it",
        len(areas),
    )
    formula = " + ".join(dataset.areas[at].id for at in areas)
    spread = 2 * float(parts.half.sum()) * 10.0**digits
    rows = tuple(parts.rows.tolist())
    return Made(
        whole, indicator, period, number, digits, spread, rows, told, formula, of_parts=True
    )


def weighted_means(dataset: _D, as_of: int | None, period: Period) -> _D:
    """With the growths and shares of one period that are the mean of all areas within.

    A growth is weighted with the levels of the year before, a share with those of its own period.
    """
    flows = {item.id: position for position, item in enumerate(dataset.indicators)}
    for whole, parts in _wholes(dataset, period):
        made, lacks = list[Made](), dict[tuple[int, int, Period], Message]()
        newest: _Newest | None = None
        for position, item in enumerate(dataset.indicators):
            if item.aggregate != Aggregate.WEIGHTED or item.weight not in flows or not len(parts):
                continue
            newest = newest or _Newest(dataset, as_of)
            if len(newest.lacking(np.array([whole]), position, period)):
                base = period.year_before if dataset.is_growth[position] else period
                found = newest.figures(parts, position, period)
                weights = newest.figures(parts, flows[item.weight], base)
                fits = found.all_there and weights.all_there and (weights.number >= 0).all()
                if fits and weights.number.sum() > 0:
                    made.append(_mean(dataset, whole, position, (period, base), found, weights))
                elif not found.all_there:
                    lacks[whole, position, period] = _lack(dataset, parts, found)
                else:
                    lacks[whole, position, period] = _(
                        "no mean of the areas within it: {indicator} for {period} is "
                        "missing or negative for some of them",
                        indicator=_named(dataset, item.weight),
                        period=deferred(period_shown, base),
                    )
        dataset = with_rows(dataset, made, lacks)
    return dataset


def _mean(
    dataset: Dataset,
    whole: int,
    indicator: int,
    periods: tuple[Period, Period],
    parts: _Figures,
    weights: _Figures,
) -> Made:
    """The mean with the digits of its parts; rounding of a weight moves it too."""
    digits = int(parts.decimals.max())
    total = weights.number.sum()
    exact = float((weights.number * parts.number).sum() / total)
    number = float(half_up(np.array(exact), np.array(digits)))
    of_weights = (weights.half * np.abs(parts.number - exact)).sum() / max(
        total - weights.half.sum(), total / 2
    )
    half = float((weights.number * parts.half).sum() / total + of_weights)
    areas = codes(dataset.actuals, "area")[parts.rows].tolist()
    told = _(
        "mean of all {count} areas within it, weighted by {indicator} for {period}",
        count=len(areas),
        indicator=_named(dataset, dataset.indicators[indicator].weight),
        period=deferred(period_shown, periods[1]),
    )
    formula = f"mean({', '.join(dataset.areas[at].id for at in areas)})"
    return Made(
        whole,
        indicator,
        periods[0],
        number,
        digits,
        _units(half + abs(number - exact), digits),
        (*parts.rows.tolist(), *weights.rows.tolist()),
        told,
        formula,
        of_parts=True,
    )


def growths_of_levels(dataset: _D, as_of: int | None, period: Period) -> _D:
    """With the growths of one period that follow from its level and that of the year before."""
    positions = dataset.indicator_position
    made, lacks, newest = list[Made](), dict[tuple[int, int, Period], Message](), None
    everyone = np.arange(len(dataset.areas))
    for position, item in enumerate(dataset.indicators):
        level = positions.get(item.growth_of, NONE)
        if level == NONE or not item.growth_of:
            continue
        newest = newest or _Newest(dataset, as_of)
        for area in newest.lacking(everyone, position, period).tolist():
            found = _growth(newest, area, (position, level), period)
            if isinstance(found, Made):
                made.append(found)
            elif found is not None:
                lacks[area, position, period] = found
    return with_rows(dataset, made, lacks)


def _growth(
    newest: _Newest, area: int, items: tuple[int, int], period: Period
) -> Made | Message | None:
    """The growth of one area, with the digits that its two levels justify."""
    dataset, at = newest.dataset, np.array([area])
    now, before = (newest.figures(at, items[1], p) for p in (period, period.year_before))
    rows = np.append(now.rows, before.rows)
    if not (now.all_there and before.all_there):
        return None
    if before.number[0] <= before.half[0]:
        base_period = deferred(period_shown, period.year_before)
        return _(
            "no growth rate can be calculated from a level of {period} that is not above 0",
            period=base_period,
        )
    day = ints(dataset.actuals, "published_day")[rows]
    sides = break_side(dataset, np.full(2, items[1]), day)
    if sides[0] != sides[1]:
        return _("its parts are on two sides of a break in series and are not added")
    level, base = float(now.number[0]), float(before.number[0])
    growth = 100 * (level / base - 1)
    ends = [
        100 * ((level + up * float(now.half[0])) / (base + down * float(before.half[0])) - 1)
        for up in (-1, 1)
        for down in (-1, 1)
    ]
    width = max(ends) - min(ends)
    digits = min(int(np.ceil(-np.log10(width))), MOST_DECIMALS)
    number = float(half_up(np.array(growth), np.array(digits)))
    told = _(
        "growth of {indicator} from {base} to {period}",
        indicator=dataset.indicators[items[1]].lazy_name,
        base=deferred(period_shown, period.year_before),
        period=deferred(period_shown, period),
    )
    formula = f"{dataset.indicators[items[1]].id} {period} / {period.year_before}"
    spread = _units(max(max(ends) - number, number - min(ends)), digits)
    return Made(area, items[0], period, number, digits, spread, tuple(rows.tolist()), told, formula)


def _units(half: float, digits: int) -> float:
    """Twice a half width in whole units of the last digit, rounded up."""
    return float(np.ceil(2 * half * 10.0**digits - 1e-9))
