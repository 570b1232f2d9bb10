"""Ways from the first month of a period to its last over the spans that are on file.

A span leads from its first month to the month after its last, or back where it is taken off:
January to March, then April to June, make a half; back over the first quarter and on over the half
leaves the second quarter.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dtrack.core.period import Period
from dtrack.core.years import HALF

QUARTER = 3


class Step(NamedTuple):
    """One span of a route: its position, and 1 where it is added, −1 where it is taken off."""

    span: int
    sign: int


def within_years(span: Period, whole: Period) -> bool:
    """Whether a span lies within the years that a period lies in."""
    last = Period(whole.end, whole.end).whole_year.end
    return whole.whole_year.start <= span.start and span.end <= max(last, whole.end)


@lru_cache(maxsize=4096)
def route(whole: Period, spans: tuple[Period, ...], poor: frozenset[int]) -> tuple[Step, ...]:
    """The spans that make the whole; () where none do.

    As few as can be of the `poor` ones (by position), of those taken off, then of all; the longest
    first.
    """
    return _shortest(
        whole,
        [
            (Step(at, sign), (int(at in poor), int(sign < 0), 1))
            for at in _longest(spans)
            for sign in (1, -1)
        ],
        spans,
    )


@lru_cache(maxsize=4096)
def missing_spans(whole: Period, spans: tuple[Period, ...]) -> tuple[Period, ...]:
    """The named months, quarters and halves that would make the whole with some of the spans.

    As few months as can be; () where none of the spans lies within it.
    """
    inside = tuple(p for p in spans if whole.start <= p.start and p.end <= whole.end)
    if not inside:
        return ()
    every = (*inside, *(p for p in _named_within(whole) if p not in inside))
    lacking = [0] * len(inside) + [span.months for span in every[len(inside) :]]
    steps = [(Step(at, 1), (lacking[at], int(at >= len(inside)), 1)) for at in _longest(every)]
    return tuple(
        sorted(
            every[step.span] for step in _shortest(whole, steps, every) if step.span >= len(inside)
        )
    )


def _longest(spans: Sequence[Period]) -> list[int]:
    return sorted(range(len(spans)), key=lambda at: (-spans[at].months, spans[at].start))


def _named_within(whole: Period) -> list[Period]:
    """The months, quarters and halves within a period, but itself."""
    found = []
    for months in (HALF, QUARTER, 1):
        for start in range(whole.start, whole.end + 2 - months):
            period = Period(start, start + months - 1)
            if period != whole and (months == 1 or period.number is not None):
                found.append(period)
    return found


def _shortest(
    whole: Period, steps: list[tuple[Step, tuple[int, int, int]]], spans: Sequence[Period]
) -> tuple[Step, ...]:
    """The cheapest way from the first month to the month after the last (Dijkstra)."""
    goal, seen = whole.end + 1, set[int]()
    queue: list[tuple[tuple[int, int, int], int, int, tuple[Step, ...]]] = [
        ((0, 0, 0), 0, whole.start, ())
    ]
    ticket = 0
    while queue:
        cost, _ticket, month, walked = heapq.heappop(queue)
        if month == goal:
            return walked
        if month in seen:
            continue
        seen.add(month)
        for step, more in steps:
            span = spans[step.span]
            begin, end = (span.start, span.end + 1)[:: step.sign]
            if begin == month and end not in seen:
                ticket += 1
                total = (cost[0] + more[0], cost[1] + more[1], cost[2] + more[2])
                heapq.heappush(queue, (total, ticket, end, (*walked, step)))
    return ()
