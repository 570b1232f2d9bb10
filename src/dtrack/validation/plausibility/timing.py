"""Days that do not fit a period, and periods of one series that do not fit one another."""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import Flags, Floats, Ints, present
from dtrack.core.days import day_text, first_day
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Kind
from dtrack.core.years import YEAR
from dtrack.i18n.formatting import period_shown
from dtrack.validation.plausibility.series import Entries, Figures

_EARLY = N_(
    "published {day}, before the end of {period} on {end}; this may be the date of a "
    "first announcement"
)
_LATE = N_(
    "set {day}, after the end of {period} on {end}; the source may report a target that "
    "was set earlier"
)


_AHEAD = N_(
    "{day} is in the future (today is {today}); possibly a typing error in the year or month"
)


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
    "{period} ({value}) and {other} ({more}) overlap, and neither contains the other; a "
    "survey year need not follow the calendar"
)
_SAME_END = N_(
    "{period} ({value}) and {other} ({more}) both end in {month}; one may have been "
    "revised without the other"
)
_SHARES = N_(
    "{period} ({value}) and {other} ({more}) both end in {month}; a share over a longer "
    "period may really differ"
)
_EXCEEDS = N_(
    "{value} in {period} exceeds the {more} of {longer}, which contains it; one may have "
    "been revised without the other"
)


def is_regular_span(period: Period) -> bool:
    """Return whether it is a span that a year's figures are told in: a part, or from January on."""
    in_year = period.begins_year and period.months <= YEAR
    return period.is_named_part or period.months == 1 or in_year


def overlapping_periods(figures: Figures) -> list[Finding]:
    """Figures of one area for periods that cannot stand beside one another."""
    return crossing(figures) + ending_together(figures)


def crossing(figures: Figures) -> list[Finding]:
    """Growths and flows whose periods, up to a year long, cross, and not both are regular."""
    start, end = figures.starts, figures.ends
    regular, short = figures.dataset.which_periods(is_regular_span), end - start < YEAR
    cross = (start[:, None] < start) & (start <= end[:, None]) & (end[:, None] < end)
    cross &= short[:, None] & short & ~(regular[:, None] & regular)
    first, second = _both(figures, figures.of_kind(Kind.GROWTH, Kind.FLOW), cross)

    def sentence(place: int) -> Message:
        return _(_CROSS, **_pair(figures, first[place], second[place]))

    return figures.tell("overlapping-periods", figures.newer(second, first), sentence)


def ending_together(figures: Figures) -> list[Finding]:
    """Stocks and shares that differ though their periods end together: H1-2024 and 2024-06."""
    start, end = figures.starts, figures.ends
    longer = (end[:, None] == end) & (start[:, None] < start)
    among = figures.of_kind(Kind.STOCK, Kind.SHARE) & figures.plain
    first, second = _both(figures, among, longer)
    difference = np.abs(figures.number[first] - figures.number[second])
    differ = _beyond_rounding(figures, first, second, difference)
    differ &= figures.expected[first] == figures.expected[second]
    first, second = first[differ], second[differ]
    # one finding a figure
    _unused, once = np.unique(figures.newer(first, second), return_index=True)
    first, second = first[once], second[once]

    def sentence(place: int) -> Message:
        at = first[place]
        month = int(end[figures.period[at]])
        share = figures.dataset.indicators[int(figures.indicator[at])].kind == Kind.SHARE
        return _(
            _SHARES if share else _SAME_END,
            **_pair(figures, at, second[place]),
            month=deferred(period_shown, Period(month, month)),
        )

    return figures.tell("overlapping-periods", figures.newer(first, second), sentence)


def part_exceeds_whole(figures: Figures) -> list[Finding]:
    """Flows that are larger in a part of a period than in the whole (the shortest such).

    Of what may be negative, as a profit may, a part may exceed its whole.
    """
    start, end = figures.starts, figures.ends
    inside = (start[:, None] >= start) & (end[:, None] <= end) & ~np.eye(len(start), dtype=bool)
    never_below = ~figures.dataset.has_losses[figures.indicator]
    among = figures.of_kind(Kind.FLOW) & figures.plain & never_below
    part, whole = _both(figures, among, inside)
    difference = figures.number[part] - figures.number[whole]
    exceeds = _beyond_rounding(figures, part, whole, difference)
    part, whole = part[exceeds], whole[exceeds]
    order = np.lexsort(((end - start)[figures.period[whole]], part))
    _unused, first = np.unique(part[order], return_index=True)
    part, whole = part[order[first]], whole[order[first]]

    def sentence(place: int) -> Message:
        values = _pair(figures, part[place], whole[place])
        values["longer"] = values.pop("other")
        return _(_EXCEEDS, **values)

    return figures.tell("part-exceeds-whole", figures.newer(part, whole), sentence)


def _pair(figures: Figures, one: np.int64, other: np.int64) -> dict[str, object]:
    """Return the periods and values of two entries for a sentence."""
    return {
        "period": figures.period_name(int(one)),
        "value": figures.value(int(one)),
        "other": figures.period_name(int(other)),
        "more": figures.value(int(other)),
    }


def _beyond_rounding(figures: Figures, one: Ints, other: Ints, difference: Floats) -> Flags:
    """Return where a difference of two figures is more than their roundings; the other is plain."""
    rounding = figures.half[one] + figures.half[other]
    beyond: Flags = difference - rounding > 1e-9 * np.abs(figures.number[one])
    return beyond & figures.plain[other]


def _both(figures: Figures, among: Flags, pairs: Flags) -> tuple[Ints, Ints]:
    """Entries of series that have both periods of a pair, on one side of every break.

    `pairs`: a square of all periods, true where two of them are a pair.
    """
    entries = np.flatnonzero(among)
    by_period = entries[np.argsort(figures.period[entries], kind="stable")]
    period = figures.period[by_period]
    found = [np.zeros((2, 0), np.int64)]
    for one, other in np.argwhere(pairs).tolist():
        first = by_period[slice(*np.searchsorted(period, (one, one + 1)))]
        match = figures.find(figures.keys[first] + (other - one) * figures.sides)
        found.append(np.stack([first, match])[:, present(match)])
    first, second = np.concatenate(found, axis=1)
    return first, second
