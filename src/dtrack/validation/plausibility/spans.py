"""Periods of one series that do not fit: spans that cross, parts larger than the whole.

In come figures, out go findings.
"""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import NONE, Flags, Ints, code_of, codes
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import YEAR, Period
from dtrack.core.translate import N_
from dtrack.i18n.formatting import period_shown
from dtrack.validation.plausibility.series import Figures

_CROSS = N_(
    "{period} ({value}) and {other} ({more}) overlap, and neither lies within the other; a survey year need not follow the calendar"
)
_SAME_END = N_(
    "{period} ({value}) and {other} ({more}) are both read at the end of {month}; one may have been revised without the other"
)
_SHARES = N_(
    "{period} ({value}) and {other} ({more}) are both read at the end of {month}; a share of a longer span may truly differ"
)
_EXCEEDS = N_(
    "{value} in {period} exceeds the {more} of {longer}, which it is part of; one may have been revised without the other"
)


def is_regular(period: Period) -> bool:
    """A half, a quarter, a month, a year, or what accumulates from January.

    Spans that a year's figures are told in.
    """
    return (
        period.within_one_year
        or period.months == 1
        or (period.start % YEAR == 0 and period.months <= YEAR)
    )


def overlapping_periods(figures: Figures) -> list[Finding]:
    """Figures of one area for periods that cannot stand beside one another.

    `crossing`, and of one end `ending_together`.
    """
    return crossing(figures) + ending_together(figures)


def crossing(figures: Figures) -> list[Finding]:
    """Growths and flows of one area whose periods cross, one of them no regular part of a year.

    Spans over a year aside.
    """
    one, other = _crossing(figures.dataset.periods)
    first, second = _both(figures, np.flatnonzero(figures.of_kind("growth", "flow")), one, other)
    at = figures.newer(second, first)

    def sentence(place: int) -> Message:
        a, b = int(first[place]), int(second[place])
        period, other = figures.period_name(a), figures.period_name(b)
        return _(_CROSS, period=period, value=figures.value(a), other=other, more=figures.value(b))

    return figures.tell("overlapping-periods", at, sentence)


def ending_together(figures: Figures) -> list[Finding]:
    """Stocks and shares of one area that differ though their periods end together.

    H1-2024 and 2024-06. One a figure.
    """
    one, other = _of_one_end(figures.dataset.periods)
    first, second = _both(
        figures, np.flatnonzero(figures.of_kind("stock", "share") & figures.plain), one, other
    )
    apart = (
        np.abs(figures.number[first] - figures.number[second])
        - figures.half[first]
        - figures.half[second]
    )
    differ = figures.plain[second] & (apart > 1e-9 * np.abs(figures.number[first]))
    expected = _expected(figures)
    differ &= expected[first] == expected[second]
    first, second = first[differ], second[differ]
    _unused, told = np.unique(figures.newer(first, second), return_index=True)
    first, second = first[told], second[told]
    shares = np.array([item.kind == "share" for item in figures.dataset.indicators] or [False])[
        figures.indicator[first]
    ]

    def sentence(place: int) -> Message:
        a, b = int(first[place]), int(second[place])
        end = figures.dataset.periods[int(figures.period[a])].end
        told: dict[str, object] = {
            "period": figures.period_name(a),
            "value": figures.value(a),
            "other": figures.period_name(b),
        }
        told |= {"more": figures.value(b), "month": deferred(period_shown, Period(end, end))}
        return _(_SHARES if shares[place] else _SAME_END, **told)

    return figures.tell("overlapping-periods", figures.newer(first, second), sentence)


def _of_one_end(periods: tuple[Period, ...]) -> tuple[Ints, Ints]:
    """Pairs of a longer and a shorter period that end with the same month."""
    start, end = (
        np.array([getattr(period, name) for period in periods], np.int64)
        for name in ("start", "end")
    )
    longer, shorter = np.nonzero((end[:, None] == end) & (start[:, None] < start))
    return longer, shorter


def _expected(figures: Figures) -> Flags:
    """Which entries are expectations."""
    frame = figures.dataset.actuals
    flags: Flags = codes(frame, "status")[figures.row] == code_of(frame, "status", "expected")
    return flags


def _crossing(periods: tuple[Period, ...]) -> tuple[Ints, Ints]:
    """Pairs of periods up to a year that share months, each with some of its own, and not both regular."""
    start, end = (
        np.array([getattr(period, name) for period in periods], np.int64)
        for name in ("start", "end")
    )
    regular = np.array([is_regular(period) for period in periods], bool)
    short = np.array([period.months <= YEAR for period in periods], bool)
    cross = (start[:, None] < start) & (start <= end[:, None]) & (end[:, None] < end)
    cross &= short[:, None] & short & ~(regular[:, None] & regular)
    one, other = np.nonzero(cross)
    return one, other


def part_exceeds_whole(figures: Figures) -> list[Finding]:
    """Flows of one area that are larger in a part of a period than in the whole (the shortest such), by more than rounding."""
    part, whole = _exceeding(figures)
    order = np.lexsort(((figures.ends - figures.starts)[figures.period[whole]], part))
    _unused, first = np.unique(part[order], return_index=True)
    part, whole = part[order[first]], whole[order[first]]

    def sentence(place: int) -> Message:
        a, b = int(part[place]), int(whole[place])
        period, longer = figures.period_name(a), figures.period_name(b)
        return _(
            _EXCEEDS, value=figures.value(a), period=period, more=figures.value(b), longer=longer
        )

    return figures.tell("part-exceeds-whole", figures.newer(part, whole), sentence)


def _exceeding(figures: Figures) -> tuple[Ints, Ints]:
    """Entries of parts and of the wholes that they exceed."""
    one, other = _containing(figures.dataset.periods)
    part, whole = _both(
        figures, np.flatnonzero(figures.of_kind("flow") & figures.plain), one, other
    )
    excess = figures.number[part] - figures.number[whole] - figures.half[part] - figures.half[whole]
    exceeds = figures.plain[whole] & (excess > 1e-9 * np.abs(figures.number[part]))
    return part[exceeds], whole[exceeds]


def _containing(periods: tuple[Period, ...]) -> tuple[Ints, Ints]:
    """Pairs of a period and a longer one that holds it."""
    start, end = (
        np.array([getattr(period, name) for period in periods], np.int64)
        for name in ("start", "end")
    )
    inside = (
        (start[:, None] >= start)
        & (end[:, None] <= end)
        & ~((start[:, None] == start) & (end[:, None] == end))
    )
    one, other = np.nonzero(inside)
    return one, other


def _both(figures: Figures, among: Ints, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Entries of series that have both periods of a pair, on one side of every break."""
    by_period = among[np.argsort(figures.period[among], kind="stable")]
    dataset = figures.period[by_period]
    found: list[tuple[Ints, Ints]] = []
    for period, second in zip(one.tolist(), other.tolist(), strict=True):
        first = by_period[slice(*np.searchsorted(dataset, (period, period + 1)))]
        match = figures.find(figures.keys[first] + (second - period) * figures.sides)
        found.append((first[match != NONE], match[match != NONE]))
    nothing = np.zeros(0, np.int64)
    return np.concatenate([nothing, *(a for a, _ in found)]), np.concatenate(
        [nothing, *(b for _, b in found)]
    )
