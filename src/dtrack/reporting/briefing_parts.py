"""What a briefing tells beside verdicts.

What the districts add and cost, what is still needed, what has come in. In come judged cells and
the position of an indicator, out go values rounded to what is told; None where nothing is known.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.catchup import Needed, catch_up
from dtrack.analysis.comparison import fixed
from dtrack.analysis.completeness import REPORTED, received
from dtrack.analysis.decomposition import Decomposition, decompose_gap
from dtrack.analysis.selection import begins_year
from dtrack.core.arrays import Floats
from dtrack.core.figure import Figure, parse
from dtrack.core.period import Period
from dtrack.core.relation import relation_of
from dtrack.core.vocabulary import Kind
from dtrack.core.wording import Wording
from dtrack.core.years import YEAR
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Area, Indicator
from dtrack.model.relation_words import target_shown
from dtrack.reporting.outstanding import rates_of

TOLD = 2  # decimals of contributions, and of a needed growth at least
MOST_CARRYING = 3


@dataclass(frozen=True, slots=True)
class Share:
    """Percentage points that one district adds to the city's growth, or costs it."""

    area: Area
    points: Decimal


@dataclass(frozen=True, slots=True)
class Costs:
    """The city's growth and gap by district.

    Points are two-decimal; what rounds to nothing is left out, or None. `carried`: the largest
    additions to the city's growth (where lower is better: what lowers it most), of all districts or
    (not `complete`) of those that reported. `cost`: what the districts that fell short cost against
    their own targets, with who; `gain`: what those ahead brought. `setting`: by what the reporting
    districts' targets ask more than the city's (negative: less). `base`: the period of the weights.
    """

    carried: tuple[Share, ...]
    complete: bool
    cost: Decimal | None
    costs: tuple[Share, ...]
    gain: Decimal | None
    setting: Decimal | None
    base: Period


@dataclass(frozen=True, slots=True)
class Need:
    """What one area needs in the rest of the year for its target.

    Growth in per cent, or what is still to come, in the unit. Where lower is better that is the
    most; an amount that is negative then is past its target, `for_good` where it cannot shrink, and
    `less` by what may still come is less than what came in as many months. `change`: needed less
    the growth so far. `reached` of `known` past second halves were as good. `inside`: both ends of
    the target count, and `low` to `high` keeps it inside; `needed` is the lower one.
    """

    area: Area
    target: Figure
    target_period: Period
    growth: bool
    needed: Decimal
    low: Decimal | None
    high: Decimal | None
    change: Decimal | None
    reached: int
    known: int
    for_good: bool = False
    less: Decimal | None = None
    inside: bool = False

    @property
    def hardness(self) -> Decimal:
        """By what the harder ones are told first."""
        return self.needed if self.change is None else self.change


@dataclass(frozen=True, slots=True)
class ReceivedShare:
    """What has come in of what is expected from the districts.

    `weight` in per cent of the city, None where unknown.
    """

    expected: int
    reported: int
    weight: Decimal | None
    missing: tuple[Area, ...]
    instead: tuple[Area, ...]
    late: int
    latest: int
    due: int


def rounded_decimal(value: float, decimals: int = TOLD) -> Decimal | None:
    """A computed number at two decimals, or as many as it takes, halves away from zero.

    None where it is unknown.
    """
    return None if np.isnan(value) else Decimal(fixed(value, decimals))


def _something(value: float) -> Decimal | None:
    """The same; None also where it rounds to nothing."""
    return rounded_decimal(value) or None


def costs_of(cells: Assessment, indicator: int, short: Collection[str]) -> Costs | None:
    """What the districts add to the city's growth and cost it.

    None where one that reported has no weight. `short`: ids of those that missed.
    """
    if cells.dataset.indicators[indicator].kind != Kind.GROWTH:
        return None
    parts = decompose_gap(cells, indicator)
    reported = ~np.isnan(parts.growth)
    if not reported.any() or np.isnan(parts.weight[reported]).any():
        return None
    behind = np.array([cells.dataset.areas[p].id in short for p in parts.districts])
    # one that missed by a bound has no number: the sum would be too small
    whole = not np.isnan(parts.performance[behind]).any()
    cost = np.where(behind & (parts.performance < 0) & whole, -parts.performance, np.nan)
    ahead = np.where(parts.performance > 0, parts.performance, np.nan)
    setting = float(np.nansum(parts.target_setting)) if not np.isnan(parts.goal) else float("nan")
    carried = _shares(
        cells, parts, parts.weight * parts.growth * (-1 if parts.down else 1), MOST_CARRYING
    )
    return Costs(
        carried if len(carried) > 1 else (),
        bool(reported.all()),
        _summed(cost),
        _shares(cells, parts, cost),
        _summed(ahead),
        _something(setting),
        cells.periods[0].year_before,
    )


def _summed(values: Floats) -> Decimal | None:
    return None if np.isnan(values).all() else _something(float(np.nansum(values)))


def _shares(
    cells: Assessment, parts: Decomposition, values: Floats, most: int | None = None
) -> tuple[Share, ...]:
    """The largest positive values, the greatest first; what rounds to 0.00 is not told."""
    order = np.argsort(-np.where(np.isnan(values), -np.inf, values), kind="stable")
    known = [
        Share(cells.dataset.areas[parts.districts[d]], points)
        for d in order
        if (points := rounded_decimal(float(values[d]))) and points > 0
    ]
    return tuple(known[:most])


def needs_of(
    cells: Assessment, indicator: int, short: Collection[str]
) -> tuple[Need | None, tuple[Need, ...]]:
    """What the city, and the districts that fell short, need in the rest of the year.

    Nothing for a whole or later part.
    """
    period = cells.periods[0]
    if not begins_year(cells.dataset, period) or period.months == YEAR:
        return None, ()
    n = catch_up(cells)
    dataset = cells.dataset
    known = ~np.isnan(np.where(n.corridor, n.low, n.needed))
    of = np.flatnonzero((cells.indicator == indicator) & n.shown & known)
    open_ = n.cells.growth | n.corridor | (~n.done & ((n.needed != 0) | n.equal))
    needs = [need for c in of[open_[of]] if (need := _need(n, int(c)))]
    city = [need for need in needs if need.area.id == dataset.city_id]
    turned = -1 if dataset.indicators[indicator].lower_is_better else 1
    harder = sorted(
        (need for need in needs if need.area.id in short), key=lambda need: -turned * need.hardness
    )
    return (city[0] if city else None), tuple(harder)


def _need(n: Needed, cell: int) -> Need | None:
    dataset, targets, row = n.cells.dataset, n.cells.dataset.targets, int(n.rows[cell])
    target = target_figure(
        dataset, str(targets["value"].iat[row]), dataset.indicators[n.cells.indicator[cell]]
    )
    inside = bool(n.corridor[cell])
    needed, change = (
        rounded_decimal(float(values[cell]), int(n.digits[cell]))
        for values in (n.low if inside else n.needed, n.change)
    )
    low, high = (
        rounded_decimal(float(values[cell]), int(n.fine[cell])) for values in (n.low, n.high)
    )
    if target is None or needed is None:
        return None
    return Need(
        dataset.areas[n.cells.area[cell]],
        target,
        Period.parse(str(targets["period"].iat[row])),
        bool(n.cells.growth[cell]),
        needed,
        low,
        high,
        change,
        int(n.reached[cell]),
        int(n.of[cell]),
        bool(n.passed[cell]),
        _less(n, cell),
        inside,
    )


def _less(n: Needed, cell: int) -> Decimal | None:
    """What came in a half, less what may still come in the other; of limited amounts."""
    limited = n.cells.flow[cell] and n.cells.down[cell] and n.needed[cell] > 0
    if not limited or not n.cells.periods[0].is_half:
        return None
    return rounded_decimal(float(n.actual[cell] - n.needed[cell]), int(n.digits[cell]))


def received_of(cells: Assessment, indicator: int) -> ReceivedShare | None:
    """What the districts have reported of the indicator; None where nothing is expected of them."""
    came = received(cells)
    of = np.flatnonzero(came.counted & (cells.indicator == indicator))
    if not len(of):
        return None
    areas = [cells.dataset.areas[p] for p in cells.area[of]]
    state = came.state[of].tolist()
    late = came.late[of][came.is_late[of]]
    return ReceivedShare(
        len(of),
        int(came.reported[of].sum()),
        rounded_decimal(rates_of(came, of, indicator).weight, 1),
        tuple(area for area, code in zip(areas, state, strict=True) if code == 0),
        tuple(area for area, code in zip(areas, state, strict=True) if 0 < code < REPORTED),
        len(late),
        int(late.max()) if len(late) else 0,
        came.due,
    )


def target_figure(
    dataset: Dataset, text: str, item: Indicator, goal: Decimal | None = None
) -> Figure | None:
    """A target as worded; one that follows another figure has its words, and the goal if known."""
    if relation_of(text) is None:
        return exact_figure(text, item)
    return Figure(Wording.RELATIVE, goal, goal, word=target_shown(dataset, text, item.id))


def exact_figure(text: str, indicator: Indicator) -> Figure | None:
    """A figure as worded, in the indicator's unit: 490 for 490亿 under 100 million CNY.

    None for what is no figure.
    """
    try:
        figure = parse(text)
    except ValueError:
        return None
    if not figure.scale or figure.low is None or figure.high is None:
        return figure
    low, high = (end.scaleb(-indicator.scale) for end in (figure.low, figure.high))
    return Figure(figure.wording, low, high, figure.decimals + indicator.scale)
