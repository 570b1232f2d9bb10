"""Days that do not fit a period, and periods of one series that do not fit one another."""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import NONE, Flags, Ints
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import YEAR, Period, day_text, first_day
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Kind
from dtrack.i18n.cell_text import period_shown
from dtrack.validation.plausibility.series import Entries, Figures

_EARLY = N_(
    "published {day}, before {period} ended on {end}; it may be the day of a first announcement"
)
_LATE = N_(
    "set {day}, after {period} had ended on {end}; its source may tell it later than it was set"
)


_AHEAD = N_("{day} has not come yet: today is {today}; perhaps a slip in the year or the month")


def dated_ahead(asked: Figures | Entries, today: int) -> list[Finding]:
    """Figures published, and targets set, on a day after `today` (yyyymmdd).

    A month or year has come once it begins.

    Such an edition would be the newest until that day, whatever comes before it.
    """
    column = "published" if isinstance(asked, Figures) else "set"
    known: Flags = asked.day > today  # only of these need the text be read
    if isinstance(asked, Entries):
        known &= asked.dated
    far = [at for at in np.flatnonzero(known).tolist() if first_day(asked.text(column, at)) > today]
    at = np.array(far, np.int64)
    sentence = lambda place: _(
        _AHEAD, day=asked.text(column, int(at[place])), today=day_text(today)
    )
    return asked.tell("day-ahead", at, sentence, column)


def published_early(figures: Figures) -> list[Finding]:
    """Growths and flows published before the last day of their period, and not as expected.

    A month counts from its last day.
    """
    last = figures.dataset.period_last_days[figures.period]
    early = (
        figures.of_kind(Kind.GROWTH, Kind.FLOW)
        & (figures.day > 0)
        & (figures.day < last)
        & ~figures.expected
    )
    at = np.flatnonzero(early)

    def sentence(place: int) -> Message:
        entry = int(at[place])
        end = day_text(int(last[entry]))
        return _(
            _EARLY, day=figures.text("published", entry), period=figures.period_name(entry), end=end
        )

    return figures.tell("published-early", at, sentence, "published")


def set_late(entries: Entries) -> list[Finding]:
    """Targets set after the last day of their period."""
    last = entries.dataset.period_last_days[entries.period]
    at = np.flatnonzero(entries.dated & (entries.day > last))

    def sentence(place: int) -> Message:
        row = int(at[place])
        end, period = day_text(int(last[row])), deferred(period_shown, entries.text("period", row))
        return _(_LATE, day=entries.text("set", row), period=period, end=end)

    return entries.tell("set-late", at, sentence, "set")


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
        period.is_named_part or period.months == 1 or (period.begins_year and period.months <= YEAR)
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
    one, other = _crossing(figures)
    first, second = _both(
        figures, np.flatnonzero(figures.of_kind(Kind.GROWTH, Kind.FLOW)), one, other
    )
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
    one, other = _of_one_end(figures)
    first, second = _both(
        figures, np.flatnonzero(figures.of_kind(Kind.STOCK, Kind.SHARE) & figures.plain), one, other
    )
    apart = (
        np.abs(figures.number[first] - figures.number[second])
        - figures.half[first]
        - figures.half[second]
    )
    differ = figures.plain[second] & (apart > 1e-9 * np.abs(figures.number[first]))
    differ &= figures.expected[first] == figures.expected[second]
    first, second = first[differ], second[differ]
    _unused, told = np.unique(figures.newer(first, second), return_index=True)
    first, second = first[told], second[told]
    shares = np.array([item.kind == Kind.SHARE for item in figures.dataset.indicators] or [False])[
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


def _of_one_end(figures: Figures) -> tuple[Ints, Ints]:
    """Pairs of a longer and a shorter period that end with the same month."""
    start, end = figures.starts, figures.ends
    longer, shorter = np.nonzero((end[:, None] == end) & (start[:, None] < start))
    return longer, shorter


def _crossing(figures: Figures) -> tuple[Ints, Ints]:
    """Pairs of periods up to a year that share months, each with some of its own, and not both regular."""
    start, end = figures.starts, figures.ends
    regular, short = figures.dataset.which_periods(is_regular), end - start < YEAR
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
    one, other = _containing(figures)
    part, whole = _both(
        figures, np.flatnonzero(figures.of_kind(Kind.FLOW) & figures.plain), one, other
    )
    excess = figures.number[part] - figures.number[whole] - figures.half[part] - figures.half[whole]
    exceeds = figures.plain[whole] & (excess > 1e-9 * np.abs(figures.number[part]))
    return part[exceeds], whole[exceeds]


def _containing(figures: Figures) -> tuple[Ints, Ints]:
    """Pairs of a period and a longer one that holds it."""
    start, end = figures.starts, figures.ends
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
