"""Days that do not fit a period: a result before its end, a promise after it.

In come figures and targets, out go findings.
"""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import Flags, code_of, codes
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import day_text, first_day, parse_day
from dtrack.core.translate import N_
from dtrack.i18n.formatting import period_shown
from dtrack.validation.plausibility.entries import Entries
from dtrack.validation.plausibility.series import Figures

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
    at = np.array(
        [
            place
            for place in np.flatnonzero(known).tolist()
            if _first(asked.text(column, place)) > today
        ],
        np.int64,
    )
    sentence = lambda place: _(
        _AHEAD, day=asked.text(column, int(at[place])), today=day_text(today)
    )
    return asked.tell("day-ahead", at, sentence, column)


def _first(text: str) -> int:
    """The first day of a day, month or year; 0 where it is none, which its reader has told."""
    try:
        parse_day(text)
    except ValueError:
        return 0
    return first_day(text)


def published_early(figures: Figures) -> list[Finding]:
    """Growths and flows published before the last day of their period, and not as expected.

    A month counts from its last day.
    """
    frame = figures.dataset.actuals
    last = np.array([period.last_day for period in figures.dataset.periods] or [0])[figures.period]
    expected = codes(frame, "status")[figures.row] == code_of(frame, "status", "expected")
    early = figures.of_kind("growth", "flow") & (figures.day > 0) & (figures.day < last) & ~expected
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
    last = np.array([period.last_day for period in entries.dataset.periods] or [0])[entries.period]
    at = np.flatnonzero(entries.dated & (entries.day > last))

    def sentence(place: int) -> Message:
        row = int(at[place])
        end, period = day_text(int(last[row])), deferred(period_shown, entries.text("period", row))
        return _(_LATE, day=entries.text("set", row), period=period, end=end)

    return entries.tell("set-late", at, sentence, "set")
