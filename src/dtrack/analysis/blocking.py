"""Findings that stop a query: the refused rows that could change one of its verdicts."""

from __future__ import annotations

from collections.abc import Collection
from itertools import compress
from typing import NamedTuple

from dtrack.analysis.question import Query
from dtrack.core.arrays import codes
from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.period import Period
from dtrack.core.places import TARGETS_FILE
from dtrack.core.relation import CITY, REFERENCE, relation_of
from dtrack.core.severity import Severity
from dtrack.core.wording import Wording
from dtrack.model.dataset import Dataset


def blocking_findings(
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
    if any(item.aggregate for item in dataset.indicators):
        chosen_areas = set()  # a whole is made of the figures of all areas
    follow = Followed.by(dataset, chosen_areas, chosen)
    chosen_areas |= follow.areas if areas else set()
    chosen |= follow.indicators if indicators else set()
    for item in [item for item in dataset.indicators if item.id in chosen]:
        chosen |= {item.weight} - {""} if weights or item.aggregate else set()
        chosen |= {item.growth_of} - {""}
        chosen |= {item.yearly} - {""} if since is not None else set()
    return tuple(
        finding
        for finding in dataset.findings
        if finding.severity is Severity.ERROR
        and (not chosen_areas or not finding.area or finding.area in chosen_areas)
        and (not chosen or not finding.indicator or finding.indicator in chosen)
        and _meets(dataset, question, finding, since, follow.bases)
    )


def raise_if_blocked(
    dataset: Dataset,
    question: Query,
    areas: Collection[str] = (),
    indicators: Collection[str] = (),
    *,
    weights: bool = False,
    since: int | None = None,
) -> None:
    """Raise BlockedByFindings if a finding could change a verdict and is not set aside."""
    found = blocking_findings(dataset, question, areas, indicators, weights=weights, since=since)
    if found and (not question.set_aside or not dataset.indicators or not dataset.areas):
        raise BlockedByFindings(found)


class Followed(NamedTuple):
    """What relative targets follow: ids of areas and indicators, and base years."""

    areas: set[str]
    indicators: set[str]
    bases: set[str]

    @staticmethod
    def by(dataset: Dataset, areas: Collection[str], indicators: Collection[str]) -> Followed:
        """What the targets of these areas and indicators (of all, where none is named) follow."""
        found, frame = Followed(set(), set(), set()), dataset.targets
        of = codes(frame, "wording") == Wording.RELATIVE.code
        if not of.any():
            return found
        for column, ids in (("area", areas), ("indicator", indicators)):
            of &= frame[column].isin(ids).to_numpy() if ids else True
        special = {CITY: dataset.city_id, REFERENCE: dataset.reference_id}
        for relation in filter(None, map(relation_of, frame["value"][of].astype(str).unique())):
            if relation.is_base:
                found.bases.add(relation.of)
            elif relation.is_rank:
                found.areas.update(
                    compress((area.id for area in dataset.areas), dataset.is_district)
                )
            elif relation.of in dataset.indicator_position:
                found.indicators.add(relation.of)
            else:
                found.areas.add(special.get(relation.of, relation.of))
        return found


def plan_start(dataset: Dataset, question: Query) -> int | None:
    """The month in which the longest plan over the question's period begins, or None."""
    if question.period is None or not len(dataset.targets):
        return None
    asked, used = question.period, set(dataset.targets["period"].cat.codes.tolist())
    plans = (plan for at, plan in enumerate(dataset.periods) if at in used)
    return min((p.start for p in plans if p.start <= asked.start <= p.end), default=None)


def _meets(
    dataset: Dataset,
    question: Query,
    finding: Finding,
    since: int | None,
    bases: Collection[str],
) -> bool:
    """Could this period play a part? Share and stock look back without end.

    Growth and flow one year (the usual share), to the month `since` where that is earlier, and to
    the base years.
    """
    if question.as_of is not None and finding.day > question.as_of:
        return False
    if question.period is None or not finding.period:
        return True
    asked, period = question.period, Period.parse(finding.period)
    position = dataset.indicator_position.get(finding.indicator, -1)
    looks_back = position < 0 or dataset.indicators[position].kind.read_at_end
    if finding.file == TARGETS_FILE:
        holds = period.start <= asked.start and asked.end <= period.end
        return holds or (looks_back and period.end >= asked.end)
    if looks_back:
        return period.end <= asked.end
    if period.is_year and str(period) in bases:
        return True
    year = asked.whole_year
    first = year.year_before.start if since is None else min(year.year_before.start, since)
    return first <= period.start and period.end <= max(asked.end, year.end)
