"""The steps of a catch-up and of a contribution, with the numbers filled in, for `why --of`."""

from __future__ import annotations

import numpy as np

from dtrack.answers.why import Why
from dtrack.catchup import catch_up
from dtrack.city import take_apart

Steps = list[tuple[str, str]]


def of_catchup(why: Why) -> Steps:
    """(G − s·g) / (1 − s) with its numbers, the band, and the past. Raises ValueError as `catch_up` does."""
    needed, cell = catch_up(why.cells), why.cell
    target, actual, share, growth = (values[cell] for values in (needed.target, needed.actual, needed.share, needed.needed))
    note = "; ".join(needed.notes.get(cell, ()))
    if not needed.shown[cell]:
        return [("catch-up", "no target of the year, so nothing is still needed")]
    if np.isnan(growth):
        return [("catch-up", f"cannot be computed: {note}")]
    if why.indicator.kind != "growth":
        return [("catch-up", f"{target:g} − {actual:g} = {growth:g} {why.unit} still to come"), ("catch-up note", note)]
    year = why.period.year - 1
    if why.period.is_year:  # G is the year's own figure, g its first half
        target, actual = actual, growth - needed.change[cell]
    steps = [
        ("share", f"s = {share:.4f}: the part of {year} that fell on the same months ({why.indicator.weight or 'assumed'})"),
        ("catch-up", f"(G − s·g) / (1 − s) = ({target:g} − {share:.4f} × {round(actual, 9):g}) / {1 - share:.4f} = {growth:.4f} %"),
        ("band", _band(float(needed.low[cell]), float(needed.high[cell]))),
        ("past", f"reached in {needed.reached[cell]} of {needed.of[cell]} past second halves" if needed.of[cell] else ""),
        ("catch-up note", note),
    ]
    return [step for step in steps if step[1]]


def _band(low: float, high: float) -> str:
    return "" if np.isnan(low) else f"{low:.4f} to {high:.4f} %, because the figure is published rounded"


def of_city(why: Why) -> Steps:
    """What the district adds to the city's gap: w·(g − t) and w·(t − T), or w·(g − T) without a target."""
    part = take_apart(why.cells, why.held.indicator_position[why.indicator.id])
    at = np.flatnonzero(part.districts == why.held.area_position[why.area.id])
    if not len(at):
        return [("contribution", "the city itself, or an area inside others: it is in no sum")]
    d = int(at[0])
    weight, growth, target, goal = part.weight[d], part.growth[d], part.target[d], part.goal
    if np.isnan(weight) or np.isnan(growth):
        return [("contribution", f"cannot be computed: {part.note or 'the district has no figure for this very period'}")]
    steps = [("weight", f"w = {weight:.4f} of the level a year before ({why.indicator.weight})")]
    if not np.isnan(part.performance[d]):
        steps.append(("performance", f"w·(g − t) = {weight:.4f} × ({growth:g} − {target:g}) = {part.performance[d]:+.4f} pp"))
    if not np.isnan(part.target_setting[d]):
        steps.append(("target setting", f"w·(t − T) = {weight:.4f} × ({target:g} − {goal:g}) = {part.target_setting[d]:+.4f} pp"))
    if not np.isnan(part.no_target[d]):
        steps.append(("no target", f"w·(g − T) = {weight:.4f} × ({growth:g} − {goal:g}) = {part.no_target[d]:+.4f} pp"))
    if not np.isnan(part.total):
        steps.append(("city", f"{part.city:g} − {goal:g} = {part.total:+.4f} pp is the city's gap"))
    return steps
