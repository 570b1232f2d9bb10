"""The period that a question is about where none is asked for."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.question import Query
from dtrack.analysis.selection import known_rows, stand_ins
from dtrack.core.arrays import codes
from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import lazy_gettext
from dtrack.core.period import Period
from dtrack.core.severity import Severity
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Place


def default_period(
    dataset: Dataset, query: Query, indicators: tuple[int, ...] = (), areas: tuple[int, ...] = ()
) -> Period:
    """The newest half that has a figure, else the newest year, else the newest period.

    Raises BlockedByFindings without figures.

    Of the indicators asked for, or of all where none of these has a figure, and of the whole city:
    an area that has not reported is silent in the city's newest half, not in its own. What a peer
    or the reference above has is no news of the city, unless it is asked for or nobody else has
    any. A share or stock belongs to the half that its figure ends in, a figure of the first four or
    five months to the half that it stands in for.
    """
    indicator, area = codes(dataset.actuals, "indicator"), codes(dataset.actuals, "area")
    known = known_rows(dataset, query.as_of)
    others = np.isin(dataset.place[area], (Place.PEER, Place.REFERENCE)) & ~np.isin(area, areas)
    for narrower in (np.isin(indicator, indicators), ~others):
        known = known & narrower if (known & narrower).any() else known
    at_end = dataset.read_at_end
    of_rows, at_end = codes(dataset.actuals, "period")[known], at_end[indicator[known]]
    periods = {dataset.periods[p] for p in of_rows.tolist()}
    ended = periods - {dataset.periods[p] for p in of_rows[~at_end].tolist()}
    halves, years = {p for p in periods if p.is_half}, {p for p in periods if p.is_year}
    if ended == periods:
        # without a half of its own a newer year comes before the half of an older month
        halves = {Period.half_with(p.end) for p in ended - years} | (set() if halves else years)
    if halves or years or periods:
        newest: Period = max(
            halves or years or periods, key=lambda period: (period.end, -period.months)
        )
        half = Period.half_with(newest.end)
        return half if newest in ended - years or newest in stand_ins(half) else newest
    refusing = tuple(f for f in dataset.findings if f.severity is Severity.ERROR)
    told = lazy_gettext("no figure matches, so the latest half is unknown")
    raise BlockedByFindings(refusing or (Finding("no-rows", "data/actuals", None, "", told),))
