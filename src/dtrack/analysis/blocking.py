"""Which findings could change a verdict of this report.

In come findings and a question, out go those that stop it.
"""

from __future__ import annotations

from collections.abc import Collection

from dtrack.analysis.cells import Query
from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.period import Period
from dtrack.core.rules import Severity
from dtrack.model.entities import Dataset
from dtrack.model.schema import TARGETS_FILE


def stopping(
    dataset: Dataset, question: Query, areas: Collection[str] = (), indicators: Collection[str] = ()
) -> tuple[Finding, ...]:
    """The *refuse* findings whose area, indicator and period meet the question's.

    Unknown ones meet every question.
    """
    chosen_areas = {*areas, dataset.city_id} if areas else set()
    return tuple(
        finding
        for finding in dataset.findings
        if finding.severity is Severity.REFUSE
        and (not chosen_areas or not finding.area or finding.area in chosen_areas)
        and (not indicators or not finding.indicator or finding.indicator in indicators)
        and _meets(dataset, question, finding)
    )


def insist(
    dataset: Dataset, question: Query, areas: Collection[str] = (), indicators: Collection[str] = ()
) -> None:
    """Raise BlockedByFindings with all findings that could change a verdict, unless the question sets them aside."""
    found = stopping(dataset, question, areas, indicators)
    if found and (not question.set_aside or not dataset.indicators or not dataset.areas):
        raise BlockedByFindings(found)


def _meets(dataset: Dataset, question: Query, finding: Finding) -> bool:
    """Could this period play a part? Share and stock look back without end.

    Growth and flow one year (the usual share).
    """
    if question.as_of is not None and finding.day > question.as_of:
        return False
    if question.period is None or not finding.period:
        return True
    asked, period = question.period, Period.parse(finding.period)
    position = dataset.indicator_position.get(finding.indicator, -1)
    looks_back = position < 0 or dataset.indicators[position].kind.read_at_end
    is_target = finding.file == TARGETS_FILE
    if is_target:
        return (
            period == asked
            or (period.start <= asked.start and asked.end <= period.end)
            or (looks_back and period.end >= asked.end)
        )
    if looks_back:
        return period.end <= asked.end
    year = asked.whole_year
    return year.year_before.start <= period.start and period.end <= max(asked.end, year.end)
