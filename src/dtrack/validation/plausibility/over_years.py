"""Targets of several years of which nobody said what they are of."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.over import is_span
from dtrack.analysis.question import Query
from dtrack.analysis.span_notes import span_doubt
from dtrack.analysis.span_years import Years
from dtrack.analysis.spans import Spans
from dtrack.core.arrays import says
from dtrack.core.findings import Finding
from dtrack.core.message import Message
from dtrack.validation.plausibility.series import Entries


def over_unsaid(entries: Entries) -> list[Finding]:
    """Targets of several years whose number does not go with what is usual of their kind."""
    dataset = entries.dataset
    if not len(entries.period):
        return []
    asked = entries.readable & dataset.which_periods(is_span)[entries.period]
    asked &= says(dataset.targets, "over", "")
    found: dict[int, Message] = {}
    for position in np.unique(entries.period[asked]).tolist():
        rows = np.flatnonzero(asked & (entries.period == position))
        span = dataset.periods[position]
        area, indicator = entries.area[rows], entries.indicator[rows]
        asks, which = Query(span, set_aside=True), np.zeros(len(rows), np.int64)
        cells = Assessment(dataset, asks, [span], which, area, indicator)
        spans = Spans(cells, rows, Years(cells))
        doubtful = np.flatnonzero(spans.doubtful(cells.target_figure(rows).value))
        found |= {int(rows[cell]): span_doubt(spans, cell) for cell in doubtful.tolist()}
    at = np.array(sorted(found), np.int64)
    return entries.tell("over-unsaid", at, lambda place: found[int(at[place])])
