"""The steps of a catch-up and of a contribution, with the numbers filled in, for `why --of`."""

from __future__ import annotations

import numpy as np

from dtrack.answers.why import Why
from dtrack.catchup import catch_up
from dtrack.city import Parts, take_apart
from dtrack.tongue import numeral, say

Steps = list[tuple[str, str]]


def of_catchup(why: Why) -> Steps:
    """(G − s·g) / (1 − s) with its numbers, the band, and the past. Raises ValueError as `catch_up` does."""
    needed, cell = catch_up(why.cells), why.cell
    target, actual, growth = (float(values[cell]) for values in (needed.target, needed.actual, needed.needed))
    note = say("; ").join(needed.notes.get(cell, ()))
    if not needed.shown[cell]:
        return [(say("catch-up"), say("no target of the year, so nothing is still needed"))]
    if np.isnan(growth):
        return [(say("catch-up"), say("cannot be computed: {note}", note=note))]
    if why.indicator.kind != "growth":
        left = why.with_unit(f"{growth:g}")
        told = say(
            "{target} − {actual} = {left} still to come", target=numeral(f"{target:g}"), actual=numeral(f"{actual:g}"), left=left
        )
        return [(say("catch-up"), told), (say("catch-up note"), note)]
    if why.period.is_year:  # G is the year's own figure, g its first half
        target, actual = actual, growth - float(needed.change[cell])
    steps = [
        (say("share"), _share(why, float(needed.share[cell]))),
        (say("catch-up"), _catch_up(target, actual, float(needed.share[cell]), growth)),
        (say("band"), _band(float(needed.low[cell]), float(needed.high[cell]))),
        (say("past"), _past(int(needed.reached[cell]), int(needed.of[cell]))),
        (say("catch-up note"), note),
    ]
    return [step for step in steps if step[1]]


def _share(why: Why, share: float) -> str:
    told = {"share": numeral(f"{share:.4f}"), "year": str(why.period.year - 1), "weight": why.indicator.weight or say("assumed")}
    return say("s = {share}: the part of {year} that fell on the same months ({weight})", **told)


def _catch_up(target: float, actual: float, share: float, growth: float) -> str:
    terms = f"({target:g} − {share:.4f} × {round(actual, 9):g}) / {1 - share:.4f}"
    return f"(G − s·g) / (1 − s) = {numeral(terms)} = {say('{number} %', number=numeral(f'{growth:.4f}'))}"


def _band(low: float, high: float) -> str:
    if np.isnan(low):
        return ""
    ends = {"low": numeral(f"{low:.4f}"), "high": numeral(f"{high:.4f}")}
    return say("{low} to {high} %, because the figure is published rounded", **ends)


def _past(reached: int, of: int) -> str:
    return say("reached in {reached} of {count} past second halves", reached=reached, count=of) if of else ""


def of_city(why: Why) -> Steps:
    """What the district adds to the city's gap: w·(g − t) and w·(t − T), or w·(g − T) without a target."""
    part = take_apart(why.cells, why.held.indicator_position[why.indicator.id])
    at = np.flatnonzero(part.districts == why.held.area_position[why.area.id])
    if not len(at):
        return [(say("contribution"), say("the city itself, or no district of it: it is in no sum"))]
    d = int(at[0])
    if np.isnan(part.weight[d]) or np.isnan(part.growth[d]):
        note = part.note or say("the district has no figure for this very period")
        return [(say("contribution"), say("cannot be computed: {note}", note=note))]
    share = numeral(f"{part.weight[d]:.4f}")
    told = say("w = {share} of the level a year before ({weight})", share=share, weight=why.indicator.weight)
    steps = [(say("weight"), told), *_parts_of(part, d)]
    if not np.isnan(part.total):
        gap = f"{numeral(f'{part.city:g} − {part.goal:g}')} = {_points(part.total)}"
        steps.append((say("city"), say("{gap} is the city's gap", gap=gap)))
    return steps


def _parts_of(part: Parts, d: int) -> Steps:
    """The products that the district's contribution is made of: those that there are."""
    growth, target, goal = part.growth[d], part.target[d], part.goal
    products = (
        (say("performance"), "w·(g − t)", growth, target, part.performance[d]),
        (say("target setting"), "w·(t − T)", target, goal, part.target_setting[d]),
        (say("no target"), "w·(g − T)", growth, goal, part.no_target[d]),
    )
    return [
        (step, f"{formula} = {numeral(f'{part.weight[d]:.4f} × ({first:g} − {second:g})')} = {_points(points)}")
        for step, formula, first, second, points in products
        if not np.isnan(points)
    ]


def _points(value: float) -> str:
    return say("{number} {unit}", number=numeral(f"{value:+.4f}"), unit=say("pp"))
