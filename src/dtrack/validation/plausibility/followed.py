"""Targets that follow another figure which is not there, though their own is."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.question import Query
from dtrack.analysis.reference_notes import what_is_followed
from dtrack.analysis.references import DOUBTFUL, FOUND, TOO_EARLY
from dtrack.core.arrays import codes, flags
from dtrack.core.findings import Finding
from dtrack.validation.plausibility.series import Entries


def nothing_to_follow(entries: Entries) -> list[Finding]:
    """Relative targets that cannot be judged, though there is a figure, for want of the other one.

    Each is told once, of the newest period in which it is so.
    """
    cells = _with_figures(entries)
    followed = cells.followed(cells.target)
    if followed is None:
        return []
    begins = cells.dataset.period_starts[cells.target_period][followed.at]
    lacks = cells.start[followed.at] >= begins
    lacks &= ~np.isin(followed.why, (FOUND, DOUBTFUL, TOO_EARLY)) & cells.of_the_period[followed.at]
    newest: dict[int, int] = {}
    for at in sorted(
        np.flatnonzero(lacks).tolist(), key=lambda at: int(cells.end[followed.at[at]])
    ):
        newest[int(cells.target[followed.at[at]])] = at
    places = list(newest.values())
    return entries.tell(
        "nothing-to-follow",
        np.array(list(newest), np.int64),
        lambda number: what_is_followed(followed, places[number]),
    )


def _with_figures(entries: Entries) -> Assessment:
    """A cell for every figure of an area and indicator that has a relative target."""
    dataset, frame = entries.dataset, entries.dataset.actuals
    width = len(dataset.indicators)
    relative = entries.relative
    mine = (codes(dataset.targets, "area") * width + codes(dataset.targets, "indicator"))[relative]
    cell = codes(frame, "area") * width + codes(frame, "indicator")
    rows = np.isin(cell, mine) & flags(frame, "on_reference_basis")
    keys = np.unique(np.stack([codes(frame, "period")[rows], cell[rows]]), axis=1)
    used, which = np.unique(keys[0], return_inverse=True)
    periods = [dataset.periods[position] for position in used.tolist()]
    area, indicator = np.divmod(keys[1], max(width, 1))
    return Assessment(dataset, Query(set_aside=True), periods, which.reshape(-1), area, indicator)
