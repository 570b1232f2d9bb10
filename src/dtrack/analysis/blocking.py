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
    dataset: Dataset,
    question: Query,
    areas: Collection[str] = (),
    indicators: Collection[str] = (),
    *,
    weights: bool = False,
    since: int | None = None,
) -> tuple[Finding, ...]:
    """The *refuse* findings whose area, indicator and period meet the question's.

    Unknown ones meet every question. `weights`: the answer needs those of the indicators too.
    `since`: it also needs the yearly growths, and growths and flows from this month on.
    """
    chosen_areas = {*areas, dataset.city_id} if areas else set()
    chosen = set(indicators)
    for item in [item for item in dataset.indicators if item.id in chosen]:
        chosen |= {item.weight} - {""} if weights else set()
        chosen |= {item.yearly} - {""} if since is not None else set()
    return tuple(
        finding
        for finding in dataset.findings
        if finding.severity is Severity.REFUSE
        and (not chosen_areas or not finding.area or finding.area in chosen_areas)
        and (not chosen or not finding.indicator or finding.indicator in chosen)
        and _meets(dataset, question, finding, since)
    )


def insist(
    dataset: Dataset,
    question: Query,
    areas: Collection[str] = (),
    indicators: Collection[str] = (),
    *,
    weights: bool = False,
    since: int | None = None,
) -> None:
    """Raise BlockedByFindings with all findings that could change a verdict, unless the question sets them aside."""
    found = stopping(dataset, question, areas, indicators, weights=weights, since=since)
    if found and (not question.set_aside or not dataset.indicators or not dataset.areas):
        raise BlockedByFindings(found)


def plan_start(dataset: Dataset, question: Query) -> int | None:
    """The month in which the longest plan begins that the question's period is in; None: in none."""
    if question.period is None or not len(dataset.targets):
        return None
    asked, used = question.period, set(dataset.targets["period"].cat.codes.tolist())
    plans = (plan for at, plan in enumerate(dataset.periods) if at in used)
    return min((p.start for p in plans if p.start <= asked.start <= p.end), default=None)


def _meets(dataset: Dataset, question: Query, finding: Finding, since: int | None) -> bool:
    """Could this period play a part? Share and stock look back without end.

    Growth and flow one year (the usual share), or to the month `since` where that is earlier.
    """
    if question.as_of is not None and finding.day > question.as_of:
        return False
    if question.period is None or not finding.period:
        return True
    asked, period = question.period, Period.parse(finding.period)
    position = dataset.indicator_position.get(finding.indicator, -1)
    looks_back = position < 0 or dataset.indicators[position].kind in ("share", "stock")
    is_target = finding.file == TARGETS_FILE
    if is_target:
        return (
            period == asked
            or (period.start <= asked.start and asked.end <= period.end)
            or (looks_back and period.end >= asked.end)
        )
    if looks_back:
        return period.end <= asked.end
    first = asked.start - 12 - asked.start % 12
    if since is not None:
        first = min(first, since)
    return first <= period.start and period.end <= max(asked.end, asked.year * 12 + 11)
