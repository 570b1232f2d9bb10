"""Notes on figures that nobody published: what they were made of, or why they could not be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.selection import VintageIndex
from dtrack.core.arrays import NONE, Ints, present
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.i18n.formatting import period_shown

Add = Callable[[int, Message], None]


def note_parts(cells: Assessment, add: Add) -> None:
    """Name the parts of each derived figure, of the levels that share out a year, or what lacks."""
    dataset = cells.dataset
    if dataset.derived:
        for cell in np.flatnonzero(cells.derived).tolist():
            add(cell, dataset.derived[int(cells.actual[cell])].told)
        _of_last_year(cells, add)
    if dataset.lacks:
        for cell in np.flatnonzero(~cells.reported & ~cells.declared_missing).tolist():
            period = cells.periods[int(cells.which[cell])]
            key = int(cells.area[cell]), int(cells.indicator[cell]), period
            if key in dataset.lacks:
                add(cell, dataset.lacks[key])


def _of_last_year(cells: Assessment, add: Add) -> None:
    """Of a flow held against its share of the year, the levels of last year that were made."""
    paced = cells.prorated & cells.reported & ~np.isnan(cells.usual_share) & ~cells.by_calendar
    if not paced.any():
        return
    derived = VintageIndex(cells.dataset, np.array(sorted(cells.dataset.derived), np.int64))
    before = [period.year_before for period in cells.periods]
    for periods in (before, [period.year_begun or period for period in before]):
        rows = _rows(derived, cells, periods)
        for cell in np.flatnonzero(paced & present(rows)).tolist():
            told = _(
                "{period}: {parts}",
                period=deferred(period_shown, periods[int(cells.which[cell])]),
                parts=cells.dataset.derived[int(rows[cell])].told,
            )
            add(cell, told)


def _rows(derived: VintageIndex, cells: Assessment, periods: list[Period]) -> Ints:
    rows, _missing = derived.find(cells.area, cells.indicator, cells.position(periods))
    published, _missing = cells.own_figures.find(
        cells.area, cells.indicator, cells.position(periods)
    )
    own = np.isin(published, rows) | (published == NONE)
    return np.where(own, rows, NONE)
