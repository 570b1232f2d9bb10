"""Areas that begin and end: who existed when, and what is told of an area outside its life.

An area is expected in a period on whose last day it existed. What lies wholly outside its life is
refused; what only ends after it is shown, and in no count, sum or rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dtrack.core.arrays import Flags, Ints, codes
from dtrack.core.days import day_text
from dtrack.core.findings import Finding, row_findings
from dtrack.core.message import Message, deferred, lazy_enumerated
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.places import TARGETS_FILE
from dtrack.core.translate import N_
from dtrack.i18n.formatting import period_shown
from dtrack.model.entities import Area, TargetEntry

if TYPE_CHECKING:
    import pandas as pd

LAST_DAY = 99_99_99_99  # of what has not ended
_ENDED = N_("{area} ended on {day}")
_ENDED_INTO = N_("{area} ended on {day}; it became {successors}")
_NOT_YET = N_("{area} started on {day}")


def lives(areas: Sequence[Area]) -> tuple[Ints, Ints]:
    """Of each area its first and last day as yyyymmdd; of one without either all days."""
    since = np.array([area.since for area in areas] or [0], np.int64)
    until = np.array([area.until or LAST_DAY for area in areas] or [LAST_DAY], np.int64)
    return since, until


def figures_outside(
    actuals: pd.DataFrame, areas: Sequence[Area], periods: Sequence[Period]
) -> tuple[list[Finding], Flags]:
    """The findings for figures of an area before it began or after it ended; which are excluded."""
    if not len(actuals) or not any(area.since or area.until for area in areas):
        return [], np.zeros(len(actuals), bool)
    area, period = codes(actuals, "area"), codes(actuals, "period")
    since, until = (days[area] for days in lives(areas))
    first, last = (
        np.array(days or [0], np.int64)[period]
        for days in ([p.first_day for p in periods], [p.last_day for p in periods])
    )
    outside = (last < since) | (first > until)

    def make(row: int) -> Finding:
        at = actuals.iloc[row]
        code = "outside-life" if outside[row] else "past-life"
        sentence = _why(areas, areas[area[row]], periods[period[row]])
        cell = str(at["area"]), str(at["indicator"]), str(at["period"])
        rest = int(at["published_day"]), str(at["value"]), str(at["origin"])
        return Finding(code, str(at["file"]), int(at["line"]), "period", sentence, *cell, *rest)

    return row_findings(np.flatnonzero(outside | (last > until)), make), outside


def targets_outside(
    entries: Sequence[TargetEntry], areas: Sequence[Area]
) -> tuple[list[Finding], set[int]]:
    """The findings for targets of an area that is no more by their end; which are excluded."""
    known = {area.id: area for area in areas if area.since or area.until}
    findings, excluded = list[Finding](), set[int]()
    for position, entry in enumerate(entries):
        area, period = known.get(entry.area), entry.period
        if area is None or (lives_on(area, period.last_day)):
            continue
        outside = period.last_day < area.since or period.first_day > area.until > 0
        excluded |= {position} if outside else set()
        cell = entry.area, entry.indicator, str(period)
        code = "outside-life" if outside else "past-life"
        findings.append(
            Finding(code, TARGETS_FILE, None, entry.key, _why(areas, area, period), *cell)
        )
    return findings, excluded


def lives_on(area: Area, day: int) -> bool:
    """Whether the area existed on that day (yyyymmdd)."""
    return area.since <= day <= (area.until or LAST_DAY)


def life_told(areas: Sequence[Area], area: Area, day: int) -> Message:
    """Why an area did not exist on a day: when it began, or ended and what it became."""
    told: dict[str, Any] = {"area": area.lazy_name}
    if day < area.since:
        return _(_NOT_YET, day=day_text(area.since), **told)
    heirs = [other.lazy_name for other in areas if other.id in area.successors]
    told["successors"] = lazy_enumerated(heirs)
    return _(_ENDED_INTO if heirs else _ENDED, day=day_text(area.until), **told)


def _why(areas: Sequence[Area], area: Area, period: Period) -> Message:
    fact = life_told(areas, area, period.last_day)
    return _("{fact}; the period is {period}", fact=fact, period=deferred(period_shown, period))


def lives_findings(areas: Sequence[Area], file: str) -> list[Finding]:
    """Areas that end before they begin, or have successors though they never end, or are their own.

    A successor that is no area is told where parents are (`storage/code_lists.py`).
    """
    found: list[tuple[Area, str, Message]] = []
    heirs = {area.id: area.successors for area in areas}
    for area in areas:
        if area.until and area.since > area.until:
            days = {"first": day_text(area.since), "last": day_text(area.until)}
            sentence = _("{area} ends on {last}, before it starts on {first}", area=area.id, **days)
            found.append((area, "until", sentence))
        if area.successors and not area.until:
            sentence = _("{area} has a successor but no end date: add until", area=area.id)
            found.append((area, "until", sentence))
        if _comes_back(area.id, heirs):
            found.append((area, "successor", _("{area} is its own successor", area=area.id)))
    return [
        Finding("area-life", file, area.line, column, sentence, area.id)
        for area, column, sentence in found
    ]


def _comes_back(area: str, heirs: dict[str, tuple[str, ...]]) -> bool:
    """Whether following the successors leads back to the area."""
    seen, ahead = set[str](), list(heirs[area])
    while ahead:
        one = ahead.pop()
        if one == area:
            return True
        if one not in seen:
            seen.add(one)
            ahead += heirs.get(one, ())
    return False
