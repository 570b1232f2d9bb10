"""How tables say what the workspace holds: periods, figures as worded, names of days. In comes a value, out goes a text.

In English a table shows the names that users type (H1-2024, around 5); other languages have their own (2024年上半年, 5左右).
"""

from __future__ import annotations

from dtrack.figure import MISSING, RANGE, UNDISCLOSED, Figure, parse
from dtrack.languages.words import WORDINGS
from dtrack.period import Period
from dtrack.tongue import ENGLISH, marked, numeral, say, spoken

_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FRENCH = {6: marked("half {number} of {year}, short"), 3: marked("quarter {number} of {year}, short")}


def period_shown(period: Period | str) -> str:
    """A period in a table or a sentence: H1-2024, 2024年上半年, S1 2024."""
    language = spoken()
    if language == ENGLISH:
        return str(period)
    from dtrack.languages import Language

    one = period if isinstance(period, Period) else Period.parse(period)
    if language == "fr" and one.within_one_year and one.months in _FRENCH and one.start % one.months == 0:
        return say(_FRENCH[one.months], number=one.start % 12 // one.months + 1, year=one.year)
    return Language(language).period(one)


def narrow_period(period: Period) -> str:
    """A period in a narrow column: in English Jan–May 2024 for what has no short name of its own."""
    if spoken() == ENGLISH and ".." in str(period) and period.months % 12:
        return f"{_SHORT[period.start % 12]}–{_SHORT[period.end % 12]} {period.end // 12}"
    return period_shown(period)


def wording_shown(text: str) -> str:
    """A figure as published, its wording in the language spoken: around 5 is 5左右; what has a scale word stays as it is.

    >>> wording_shown("around 5")
    'around 5'
    """
    if spoken() == ENGLISH or not text:
        return text
    try:
        figure = parse(text)
    except ValueError:
        return text
    if figure.wording in (UNDISCLOSED, MISSING):
        return say(WORDINGS[figure.wording])
    if figure.scale or figure.low is None or figure.high is None:
        return text
    low, high = (_with_percent(figure, format(end, "f")) for end in (figure.low, figure.high))
    if figure.wording == RANGE:
        return say("{low} to {high}", low=low, high=high)
    return say(WORDINGS[figure.wording], figure=low) if figure.wording in WORDINGS else low


def _with_percent(figure: Figure, number: str) -> str:
    told = numeral(number)
    return say("{number} %", number=told) if figure.percent else told
