"""How tables say what the workspace holds: periods, figures as worded, names of days.

In comes a value, out goes a text.

In English a table shows the names that users type (H1-2024, around 5); other languages have their
own (2024年上半年, 5左右).
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from decimal import Decimal

from dtrack.core.figure import Figure, in_signs, parse
from dtrack.core.period import Period
from dtrack.core.translate import ENGLISH, N_, _, active_language, counted, numeral
from dtrack.core.units import scale_and_base

_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SCALES = {  # power of ten → the word after the number: what scaled figures are told in
    "zh": {12: "万亿", 8: "亿", 4: "万"},
    "fr": {9: "\N{NO-BREAK SPACE}milliard", 6: "\N{NO-BREAK SPACE}million"},
}
# a wording up to its last number; what follows it
_HEAD = re.compile(r"(.*[0-9](?:[万亿]+|\u00a0mill\w+)?)(.*)", re.DOTALL)
_FRENCH = {6: N_("half {number} of {year}, short"), 3: N_("quarter {number} of {year}, short")}


_IN_SIGNS: ContextVar[bool] = ContextVar("dtrack_figures_in_signs", default=False)


def figures_in_signs(only: bool) -> None:
    """From now on an English answer tells figures with signs for their Chinese words, or again as published."""
    _IN_SIGNS.set(only)


def period_shown(period: Period | str) -> str:
    """A period in a table or a sentence: H1-2024, 2024年上半年, S1 2024."""
    language = active_language()
    if language == ENGLISH:
        return str(period)
    from dtrack.i18n.formatting import Language

    one = period if isinstance(period, Period) else Period.parse(period)
    if language == "fr" and one.number:
        return _(_FRENCH[one.months], number=one.number, year=one.year)
    return Language(language).period(one)


def narrow_period(period: Period) -> str:
    """A period in a narrow column.

    In English Jan–May 2024 for what has no short name of its own.
    """
    if active_language() == ENGLISH and ".." in str(period) and period.months % 12:
        return f"{_SHORT[period.start % 12]}–{_SHORT[period.end % 12]} {period.end // 12}"
    return period_shown(period)


def wording_shown(text: str) -> str:
    """A figure as published, its wording in the language spoken.

    Around 5 is 5左右, >6 trillion is 超过6万亿.

    >>> wording_shown("around 5")
    'around 5'
    """
    if active_language() == ENGLISH or not text:
        return in_signs(text) if _IN_SIGNS.get() and not text.isascii() else text
    try:
        figure = parse(text)
    except ValueError:
        return text
    meaning = figure.wording.meaning
    if not meaning.numbers:
        return _(meaning.phrase)
    if figure.low is None or figure.high is None or _is_chinese(figure):
        return text
    low, high = (_number(figure, end) for end in (figure.low, figure.high))
    return _(meaning.phrase, figure=low, low=low, high=high)


def amount_shown(text: str, unit: str) -> str:
    """A figure as `wording_shown` tells it, with its unit.

    Around 1000 firms, 1000家左右, 6 milliards de yuans.
    """
    if active_language() == ENGLISH:
        return _("{number} {unit}", number=text, unit=unit)
    if (found := _HEAD.fullmatch(text)) is None:
        return text
    of = ("d’" if unit[:1] in "aeiouéèêhAEIOU" else "de ") if "mill" in found[1] else ""
    return _("{number} {unit}", number=found[1], unit=of + unit) + found[2]


def _is_chinese(figure: Figure) -> bool:
    """Chinese is spoken, and the figure was published in its words: they stay as they were."""
    return (
        active_language() == "zh"
        and figure.word >= "一"
        and not (figure.scale and figure.scale.isascii())
    )


def _number(figure: Figure, end: Decimal) -> str:
    """One end of a figure, in the scale words of the language where it was published with one."""
    if not figure.scale:
        return (
            _("{number} %", number=numeral(format(end, "f")))
            if figure.percent
            else numeral(format(end, "f"))
        )
    if active_language() == "zh" and not figure.scale.isascii():
        return format(end.scaleb(-scale_and_base(figure.scale)[0]), "f") + figure.scale
    power, word = next(
        ((p, w) for p, w in _SCALES[active_language()].items() if abs(end) >= 10**p), (0, "")
    )
    number = format(end.scaleb(-power), "f")
    plural = "s" if word and active_language() == "fr" and abs(end) >= 2 * 10**power else ""
    return (numeral(number) if "." in number else counted(int(number))) + word + plural
