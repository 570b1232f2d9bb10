"""The steps of a catch-up and of a contribution, with the numbers filled in, for `why --of`."""

from __future__ import annotations

from functools import partial
from operator import mul

import numpy as np

from dtrack.analysis.catchup import Needed, catch_up, needed_growth
from dtrack.analysis.comparison import fixed
from dtrack.analysis.decomposition import Decomposition, decompose_gap
from dtrack.core.translate import N_, _, joined, numeral
from dtrack.core.vocabulary import Kind
from dtrack.reporting.columns import TIDY_DECIMALS, exact_enough
from dtrack.reporting.explain import Why

Steps = list[tuple[str, str]]
Term = tuple[str, float, int]  # its letter, its number, its decimals


def of_catchup(why: Why) -> Steps:
    """(G − s·g) / (1 − s) with its numbers, band and past. Raises ValueError."""
    needed, cell = catch_up(why.cells), why.cell
    target, actual, growth = (
        float(values[cell]) for values in (needed.target, needed.actual, needed.needed)
    )
    note = joined("; ", needed.told(cell))
    if not needed.shown[cell]:
        return [(N_("catch-up"), _("no target of the year, so nothing is still needed"))]
    if needed.corridor[cell] and not np.isnan(needed.low[cell]):
        return [(N_("catch-up"), note)]
    if np.isnan(growth):
        return [(N_("catch-up"), _("cannot be computed: {note}", note=note))]
    if why.period.is_year:  # G is the year's own figure, g its first half
        target, actual = actual, growth - float(needed.change[cell])
    terms = [
        fixed(term, places[cell])
        for term, places in zip((target, actual), needed.places, strict=True)
    ]
    if why.indicator.kind != Kind.GROWTH:
        return [
            (N_("catch-up"), _left(why, needed, terms)),
            *([(N_("catch-up note"), note)] if note else []),
        ]
    share, digits = float(needed.share[cell]), max(TIDY_DECIMALS, int(needed.digits[cell]))
    fine = exact_enough(share, lambda s: needed_growth(target, actual, s), digits)
    shares = fixed(share, fine), fixed(1 - float(fixed(share, fine)), fine)
    steps = [
        (N_("share"), _share(why, shares[0])),
        (N_("catch-up"), _catch_up(terms, shares, fixed(growth, digits))),
        (N_("band"), _band(float(needed.low[cell]), float(needed.high[cell]), digits)),
        (N_("past"), _past(int(needed.reached[cell]), int(needed.of[cell]))),
        (N_("catch-up note"), note),
    ]
    return [step for step in steps if step[1]]


def _left(why: Why, needed: Needed, terms: list[str]) -> str:
    """What is left of an amount, a stock or a share, where no note says it."""
    cell = why.cell
    told = why.with_unit(fixed(float(needed.needed[cell]), int(needed.digits[cell])), of_gap=True)
    values = {"target": numeral(terms[0]), "actual": numeral(terms[1]), "left": told}
    # equal to what has to be passed is told by the note too
    if needed.done[cell] or needed.passed[cell] or needed.equal[cell]:
        return f"{values['target']} − {values['actual']} = {told}"
    if needed.cells.down[cell] and needed.cells.flow[cell]:
        return _("{target} − {actual} = {left} may still come at most", **values)
    if needed.cells.down[cell]:
        by = fixed(-float(needed.needed[cell]), int(needed.digits[cell]))
        return _(
            "{target} − {actual} = {left}: it still has to come down by {by}",
            by=why.with_unit(by, of_gap=True),
            **values,
        )
    return _("{target} − {actual} = {left} still to come", **values)


def _share(why: Why, share: str) -> str:
    told = {
        "share": numeral(share),
        "year": why.period.year_before_called,
        "weight": why.indicator.weight or _("assumed"),
    }
    return _("s = {share}: the part of {year} that fell on the same months ({weight})", **told)


def _catch_up(terms: list[str], shares: tuple[str, str], growth: str) -> str:
    told = numeral(f"({terms[0]} − {shares[0]} × {terms[1]}) / {shares[1]}")
    return f"(G − s·g) / (1 − s) = {told} = {_('{number}%', number=numeral(growth))}"


def _band(low: float, high: float, digits: int) -> str:
    if np.isnan(low):
        return ""
    ends = {"low": numeral(fixed(low, digits)), "high": numeral(fixed(high, digits))}
    return _("{low} to {high}%, because the figure is published rounded", **ends)


def _past(reached: int, of: int) -> str:
    if of:
        return _("reached in {reached} of {count} past second halves", reached=reached, count=of)
    return ""


def of_city(why: Why) -> Steps:
    """What the district adds: w·(g − t) and w·(t − T), or w·(g − T) without a target."""
    part = decompose_gap(why.cells, why.dataset.indicator_position[why.indicator.id])
    at = np.flatnonzero(part.districts == why.dataset.area_position[why.area.id])
    if not len(at):
        return [
            (N_("contribution"), _("the {city} itself, or no {district} of it: it is in no sum"))
        ]
    d = int(at[0])
    if np.isnan(part.weight[d]) or np.isnan(part.growth[d]):
        note = part.note or _("the {district} has no figure for this very period")
        return [(N_("contribution"), _("cannot be computed: {note}", note=note))]
    products = _products(part, d)
    if not products and part.note:
        return [(N_("contribution"), _("cannot be computed: {note}", note=part.note))]
    weight, digits = float(part.weight[d]), part.digits
    fine = max(
        (exact_enough(weight, partial(mul, number), digits) for *_terms, number in products),
        default=TIDY_DECIMALS,
    )
    shown = numeral(fixed(weight, fine))
    steps = [
        (
            N_("weight"),
            _(
                "w = {share} of the level a year before ({weight})",
                share=shown,
                weight=why.indicator.weight,
            ),
        )
    ]
    for step, formula, difference, number in products:
        steps.append(
            (step, f"{formula} = {shown} × ({difference}) = {_points(weight * number, digits)}")
        )
    if not np.isnan(part.total):
        _sum, difference, _decimals = _less(
            part, ("c", part.city, part.of_city[0]), ("T", part.goal, part.of_city[1])
        )
        gap = f"{difference} = {_points(part.total, digits)}"
        steps.append(("city", _("{gap} is the {city}'s gap", gap=gap)))
    return steps


def _products(part: Decomposition, d: int) -> list[tuple[str, str, str, float]]:
    """Name, formula, difference in figures, and the difference, of each contribution."""
    growth = ("g", float(part.growth[d]), int(part.decimals[0][d]))
    target = ("t", float(part.target[d]), int(part.decimals[1][d]))
    goal = ("T", part.goal, part.of_city[1])
    made = (
        (N_("performance"), growth, target, part.performance[d]),
        (N_("target setting"), target, goal, part.target_setting[d]),
        (N_("no target"), growth, goal, part.no_target[d]),
    )
    told = [
        (step, *_less(part, first, second))
        for step, first, second, points in made
        if not np.isnan(points)
    ]
    return [
        (step, f"w·({letters})", difference, number) for step, letters, difference, number in told
    ]


def _less(part: Decomposition, first: Term, second: Term) -> tuple[str, str, float]:
    """The first less the second, turned where lower is better: letters, figures, number."""
    one, other = (second, first) if part.down else (first, second)
    difference = numeral(f"{fixed(one[1], one[2])} − {fixed(other[1], other[2])}")
    return f"{one[0]} − {other[0]}", difference, one[1] - other[1]


def _points(value: float, digits: int) -> str:
    told = fixed(value, digits)
    return _(
        "{number} {unit}",
        number=numeral(f"+{told}" if value > 0 and told.strip("0.") else told),
        unit=_("pp"),
    )
