"""The city's gap of one growth indicator as an exact identity of its districts' contributions.

With districts A (figure and target), B (figure, no target), base-period weights w and the city's
target T: city − T = Σ_A w(g − t) + Σ_A w(t − T) + Σ_B w(g − T) + rest. The rest is what is left
between the city's figure and its districts, the districts that did not report included. Where lower
is better every difference is turned, so that negative is behind, as a gap is. Source:
docs/formulas.py §5 to §7, docs/method.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.comparison import rounded
from dtrack.analysis.year_before import Levels, weight_of
from dtrack.core.arrays import NONE, Flags, Floats, Ints
from dtrack.core.figure import MAX_DECIMALS
from dtrack.core.message import Deferred, Message, deferred, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.i18n.formatting import period_shown

DIGITS = 4  # decimals of a contribution at least, where it is shown
_NOISE = 1 + 1e-9  # a bound that is computed may lie this much below its true value


class WeightNote(NamedTuple):
    """What to know of weights, None where there is nothing; `none`: why there are none at all."""

    reason: Message | None = None
    none: bool = False

    @property
    def told(self) -> Message | None:
        """The reason by itself."""
        return (
            _("weights not available: {reason}", reason=self.reason) if self.none else self.reason
        )


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The identity of one indicator; arrays are by district, NaN where a number is unknown.

    `performance`, `target_setting`, `no_target` are contributions in points; their sum and `rest`
    is `total`. All five are turned where lower is better (`down`): negative is behind. `weight`
    sums to one over the districts whose level is known, or to their share of the city's level.
    `digits`: decimals at which contributions are shown, each and their sums rounded once.
    `decimals`: published ones of growth and target, by district; `of_city`: of the city's.
    `rounding`: by how much rounding of the levels may move each weight, that of the city's level
    last.
    """

    indicator: int
    districts: Ints
    weight: Floats
    growth: Floats
    target: Floats
    performance: Floats
    target_setting: Floats
    no_target: Floats
    city: float
    goal: float
    total: float
    rest: float
    missing: Flags
    down: bool
    digits: int
    decimals: tuple[Ints, Ints]
    of_city: tuple[int, int]
    note: Message | None
    rounding: Floats
    corridor: bool = False

    @property
    def missing_weight(self) -> float:
        """The weight of those that did not report.

        NaN where it cannot be told: where one that reported has no weight, or where one that did
        not has none and the city's level leaves no more than rounding.
        """
        gone, reported = self.weight[self.missing], self.weight[~self.missing]
        if np.isnan(reported).any() or np.isnan(self.weight).all():
            return float("nan")
        if not np.isnan(gone).any():
            return float(gone.sum())
        left = 1 - float(reported.sum())
        rounding = float(self.rounding[:-1][~self.missing].sum() + self.rounding[-1])
        return left if left > rounding * _NOISE else float("nan")

    @property
    def can_average(self) -> bool:
        """The weight of those that did not report is more than its own rounding."""
        left, gone = self.missing_weight, self.missing
        rounding = 0.0 if np.isnan(self.weight[gone]).any() else self.rounding[:-1][gone].sum()
        return bool(left > rounding * _NOISE)

    @property
    def bottom_up(self) -> float:
        """What the districts that reported add to the city's growth, in points."""
        return float(np.nansum(self.weight * self.growth))

    def bounds(self, low: float, high: float) -> tuple[float, float]:
        """The districts' growth together if each missing one lies between `low` and `high`."""
        known, missing = self.bottom_up, self.missing_weight
        return known + missing * low, known + missing * high

    @property
    def missing_must_average(self) -> float:
        """The growth that the missing districts must average for the city's target, or NaN."""
        if not self.can_average:
            return float("nan")
        return (self.goal - self.bottom_up) / self.missing_weight


def decompose_gap(cells: Assessment, indicator: int, levels: Levels | None = None) -> Decomposition:
    """The identity for one growth indicator of a whole board.

    `levels`: those of a year before, if at hand.
    """
    dataset = cells.dataset
    of = np.flatnonzero(cells.indicator == indicator)
    districts = of[cells.of_district[of]]
    same = cells.exact_own & cells.of_the_period & ~cells.faulty
    number, goal = np.where(same, cells.number, np.nan), cells.goal.value
    # a distance to the nearer of two ends is no part of a sum
    corridor = bool(cells.corridor[of].any())
    goal = np.full(len(goal), np.nan) if corridor else goal
    at_city = of[cells.area[of] == dataset.city_position][:1]
    city, city_goal = (float((*values[at_city], np.nan)[0]) for values in (number, goal))
    weights, caveat, rounding = base_weights(cells, districts, levels or base_levels(cells))
    growth, target = number[districts], goal[districts]
    both, alone = ~np.isnan(growth) & ~np.isnan(target), ~np.isnan(growth) & np.isnan(target)
    down = dataset.indicators[indicator].lower_is_better
    turn = -1.0 if down else 1.0
    of_city = int(cells.decimals[at_city].sum()), int(cells.goal.decimals[at_city].sum())
    digits = max(DIGITS, *of_city)
    alone &= not corridor
    performance = np.where(both, turn * weights * (growth - target), np.nan)
    setting = np.where(both, turn * weights * (target - city_goal), np.nan)
    without = np.where(alone, turn * weights * (growth - city_goal), np.nan)
    total = float(rounded(np.array(turn * (city - city_goal)), np.array(digits)))
    known = float(np.nansum(performance) + np.nansum(setting) + np.nansum(without))
    rest = float("nan") if np.isnan(weights).all() else total - known
    return Decomposition(
        indicator,
        cells.area[districts],
        weights,
        growth,
        target,
        performance,
        setting,
        without,
        city,
        city_goal,
        total,
        rest,
        np.isnan(growth),
        down,
        digits,
        (cells.decimals[districts], cells.goal.decimals[districts]),
        of_city,
        _("both ends of the target count: gaps to the nearer end do not add up")
        if corridor
        else caveat.told,
        rounding,
        corridor,
    )


def base_levels(cells: Assessment) -> Levels:
    """The levels of the same months a year before: the base that weights growth."""
    return Levels(cells, [period.year_before for period in cells.periods])


def base_weights(
    cells: Assessment, districts: Ints, levels: Levels
) -> tuple[Floats, WeightNote, Floats]:
    """Each district's share of the level a year before, and what to know of these weights.

    Third: by how much rounding may move each share, that of the city's level last.
    Levels are of editions on one side of every break. Where that of a district is unknown, the
    city's level is the whole, and the district has no weight.
    """
    dataset, nothing = cells.dataset, np.full(len(districts), np.nan)
    flow = int(weight_of(cells)[districts[0]]) if len(districts) else NONE
    if flow == NONE:
        return nothing, nameless(), np.zeros(len(districts) + 1)
    base_period = cells.periods[0].year_before
    area = np.append(cells.area[districts], dataset.city_position)
    flows = np.full(len(area), flow)
    period = np.full(len(area), dataset.period_position.get(base_period, NONE))
    shown = deferred(period_shown, base_period)
    lacks = _(
        "add levels of {indicator} for {period}",
        indicator=dataset.indicators[flow].id,
        period=shown,
    )
    best, caveat, rounding = nothing, WeightNote(lacks, none=True), np.zeros(len(area))
    for side in levels.sides:  # the side with the most districts, the newest of equals
        found, decimals = levels.find(area, flows, period, side)
        base, whole = found[:-1], found[-1]
        lacking = int(np.isnan(base).sum())
        total = float(whole) if lacking else float(base.sum())
        known = int((~np.isnan(best)).sum())
        if (base < 0).any():
            best = nothing
            caveat = WeightNote(_("a level of {period} is negative", period=shown), none=True)
        elif len(base) > lacking and total <= 0 and not known:
            told = _("the levels of {period} add up to zero", period=shown)
            caveat = WeightNote(told, none=True)
        elif len(base) - lacking >= max(known, 1) and total > 0:
            best = base / total
            rounding = np.where(np.isnan(found), 0.0, 0.5 * np.power(10.0, -decimals)) / total
            caveat = WeightNote(_without_level(lacking, shown) if lacking else None)
    return best, caveat, rounding


def _without_level(districts: int, period: Deferred) -> Message:
    return lazy_ngettext(
        "{number} {district} has no level for {period} and no weight",
        "{number} {districts} have no level for {period} and no weight",
        districts,
        number=districts,
        period=period,
    )


def nameless() -> WeightNote:
    """There are no weights because the indicator names none."""
    return WeightNote(_("`weight` is not set for the indicator"), none=True)


def reconcile(
    city: float,
    city_half: float,
    parts: Floats,
    halves: Floats,
    items: float = 0.0,
    decimals: int = MAX_DECIMALS,
) -> tuple[float, float, str]:
    """City less parts and named items, the most that rounding can explain, and the word for it.

    exact, rounding (within two standard deviations of uniform rounding errors), unlikely_rounding,
    unexplained. `decimals`: the finest of all these numbers, at which the difference is exact.
    """
    difference = float(rounded(np.array(city - parts.sum() - items), np.array(decimals)))
    worst = float(city_half + halves.sum())
    likely = 2 * float(np.sqrt(city_half**2 / 3 + (halves**2).sum() / 3))
    size = abs(difference)
    limits = ((0, "exact"), (likely * _NOISE, "rounding"), (worst * _NOISE, "unlikely_rounding"))
    word = next((word for limit, word in limits if size <= limit), "unexplained")
    return difference, worst, word


def growth_possible(city: float, city_half: float, parts: Floats, halves: Floats) -> bool:
    """Return whether weights exist that make the parts the city's growth."""
    slack = 1e-9
    return bool(
        (parts - halves).min() <= city + city_half + slack
        and city - city_half <= (parts + halves).max() + slack
    )
