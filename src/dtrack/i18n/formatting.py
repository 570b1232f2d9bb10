"""Numbers, days, periods and figures as people of the active language read them.

Tables show in English the names that users type (H1-2024) and signs (≈ 5), in other languages their
own words (2024年上半年, 5左右). Sentences spell them out (in the first half of 2024). Babel writes
days and months, and is loaded for nothing else. Nothing is computed here.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from datetime import date
from decimal import Decimal

from dtrack.core.figure import Figure, in_signs, parse
from dtrack.core.period import Period
from dtrack.core.translate import (
    ENGLISH,
    N_,
    ByLanguage,
    _,
    active_language,
    counted,
    grouped,
    named,
    ngettext,
    numeral,
    speaks_to_people,
    without_tail,
)
from dtrack.core.units import scale_and_base
from dtrack.core.wording import Wording
from dtrack.i18n.terms import behind_number, known_unit, of_one

_CULTURES = {"en": "en_GB", "zh": "zh_Hans_CN", "fr": "fr_FR"}  # how Babel calls them
_PAGES = {"zh": "zh-Hans"}  # how a web page calls them (BCP 47)
# the word of a French area's name that a list of districts leaves out
_GENERIC = re.compile(r"^district (?:de |d['’])", re.IGNORECASE)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SCALES = {  # power of ten → the word after the number: what scaled figures are told in
    "zh": {12: "万亿", 8: "亿", 4: "万"},
    "fr": {9: "\N{NO-BREAK SPACE}milliard", 6: "\N{NO-BREAK SPACE}million"},
    "en": {12: " tn", 9: " bn", 6: " mn"},
}
_SIGNS = {  # of wordings in English; what has no sign has its words
    Wording.AT_LEAST: "≥ {figure}",
    Wording.ABOVE: "> {figure}",
    Wording.AROUND: "≈ {figure}",
    Wording.AT_MOST: "≤ {figure}",
    Wording.BELOW: "< {figure}",
}
_ASCII = str.maketrans({"≥": ">=", "≤": "<=", "≈": "~", "±": "+/-"})
# a wording up to its last number; what follows it
_HEAD = re.compile(r"(.*[0-9](?:[万亿]+|\u00a0mill\w+)?)(.*)", re.DOTALL)
_PER_CENT = ("percent", "%")
_HALVES = (N_("first half of {year}"), N_("second half of {year}"))
_QUARTERS = (
    N_("first quarter of {year}"),
    N_("second quarter of {year}"),
    N_("third quarter of {year}"),
    N_("fourth quarter of {year}"),
)
# of a year that begins in one year and ends in the next: 2024/25
_FISCAL_HALVES = (N_("first half of {fiscal_year}"), N_("second half of {fiscal_year}"))
_FISCAL_QUARTERS = (
    N_("first quarter of {fiscal_year}"),
    N_("second quarter of {fiscal_year}"),
    N_("third quarter of {fiscal_year}"),
    N_("fourth quarter of {fiscal_year}"),
)
_FRENCH = {6: N_("half {number} of {year}, short"), 3: N_("quarter {number} of {year}, short")}
_IN_SIGNS: ContextVar[bool] = ContextVar("dtrack_figures_in_signs", default=False)


def page_language() -> str:
    """The tag of the active language in a web page (BCP 47)."""
    return _PAGES.get(active_language(), active_language())


# -- numbers ---------------------------------------------------------------------------------------
def format_number(value: Decimal | float, decimals: int) -> str:
    """A number at its published decimals: 5.0 is 5,0 in French; zero has no sign."""
    exact = Decimal(f"{value:.{max(decimals, 0)}f}")
    return grouped(f"{exact or abs(exact):,f}")


def format_percent(value: Decimal | float, decimals: int) -> str:
    """A per cent: 7.8 %, 7.8%, 7,8 % with a narrow no-break space."""
    return _("{number}%", number=format_number(value, decimals))


def format_points(value: Decimal | float, decimals: int) -> str:
    """Percentage points in words, without a sign of its own: 0.2 percentage points."""
    return ngettext(
        "{number} percentage point",
        "{number} percentage points",
        Decimal(f"{value:.{max(decimals, 0)}f}"),
        number=format_number(value, decimals),
    )


def format_amount(value: Decimal | float, decimals: int, unit: str) -> str:
    """A number with its unit: a per cent, or 4987.8亿元."""
    if unit in _PER_CENT:
        return format_percent(value, decimals)
    exact = f"{value:.{max(decimals, 0)}f}"
    word = behind_number(of_one(known_unit(unit), exact))
    return _("{number} {unit}", number=format_number(value, decimals), unit=word)


def places_of(value: Decimal) -> int:
    """The digits after the point that the number was written with: 1 of 5.0."""
    return max(-int(value.as_tuple().exponent), 0)


# -- figures ---------------------------------------------------------------------------------------
def format_figure(figure: Figure, unit: str) -> str:
    """A figure as worded by its publisher, with its unit: around 7.5 %, 7.5%左右, environ 7,5 %."""
    if figure.low is None or figure.high is None:
        return _(figure.wording.meaning.phrase)
    low, high = (format_amount(end, places_of(end), unit) for end in (figure.low, figure.high))
    if figure.wording == Wording.RANGE and active_language() != "zh":  # 7 to 7.5 %, 7%至7.5%
        low = format_number(figure.low, places_of(figure.low))
    return _worded(figure, low, high)


def _worded(figure: Figure, low: str, high: str) -> str:
    """The words of a figure around the texts of its ends."""
    if figure.wording == Wording.AT_LEAST and figure.low and figure.low < 0:
        return _("not below {figure}", figure=low)  # -5%以上 may mean either side
    return _(figure.wording.meaning.phrase, figure=low, low=low, high=high)


def figures_in_signs(only: bool) -> None:
    """Choose whether English answers write figures with signs for their Chinese words."""
    _IN_SIGNS.set(only)


def wording_shown(text: str, unit: str = "") -> str:
    """A figure as published, its wording in the active language.

    Around 5 is ≈ 5, 5左右; >6 trillion is > 6 tn, 超过6万亿. `unit`: the one that stands in the
    heading; what was published in scale words or per cent is told in it, but in Chinese words. The
    digits are those published: 超490亿 is > 49.0 bn, and > 490 under 100 million CNY.

    >>> from dtrack.core.translate import speaking
    >>> with speaking("en"): wording_shown("around 5"), wording_shown("6.3万")
    ('≈ 5', '63,000')
    """
    text = without_tail(text)
    if not speaks_to_people() or not text:
        return in_signs(text) if _IN_SIGNS.get() and not text.isascii() else text
    try:
        figure = parse(text)
    except ValueError:
        return text
    if not figure.wording.meaning.numbers:
        return _(figure.wording.meaning.phrase)
    if figure.low is None or figure.high is None or _is_chinese(figure):
        return text
    low, high = (_end(figure, end, unit) for end in (figure.low, figure.high))
    return (
        _in_signs(figure, low, high) if active_language() == ENGLISH else _worded(figure, low, high)
    )


def _in_signs(figure: Figure, low: str, high: str) -> str:
    """A figure in English: ≥ 8, ≈ 7.5%, 7 to 7.5%, 2 ± 1; in ASCII where nothing else shows."""
    words = figure.wording.meaning.phrase
    if figure.wording == Wording.CORRIDOR and not figure.scale:
        half = (figure.high - figure.low) / 2  # type: ignore[operator]
        ends = (figure.low + half, half)  # type: ignore[operator]
        low, high = (numeral(format(end, "f")) + "%" * high.endswith("%") for end in ends)
        words = "{low} ± {high}"
    if figure.wording.meaning.numbers > 1:
        low = low.removesuffix("%")
    told = _SIGNS.get(figure.wording, words).format(figure=low, low=low, high=high)
    return in_ascii(told) if _IN_SIGNS.get() else told


def in_ascii(told: str) -> str:
    """The signs of English figures as they are typed: >= for ≥, ~ for ≈."""
    return told.translate(_ASCII)


def as_entered(text: str) -> str:
    """A figure as `wording_shown` tells it, and as it was published where that is another script.

    >>> from dtrack.core.translate import speaking
    >>> with speaking("en"): as_entered("超490亿"), as_entered("around 5")
    ('> 49.0 bn (published as “超490亿”)', '≈ 5')
    """
    told = wording_shown(text)
    # question marks would say nothing
    if told == text or text.isascii() or _IN_SIGNS.get():
        return told
    return _("{figure} (published as “{text}”)", figure=told, text=text)


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
    """True where Chinese is active and the figure was published in its words: they stay."""
    return (
        active_language() == "zh"
        and figure.word >= "一"
        and not (figure.scale and figure.scale.isascii())
    )


def _end(figure: Figure, end: Decimal, unit: str = "") -> str:
    """One end of a figure, in the unit told; else in the scale words of the language."""
    if not figure.scale:
        told = numeral(format(end, "f"))
        return _("{number}%", number=told) if figure.percent and unit not in _PER_CENT else told
    if unit and active_language() != "zh":
        return numeral(format(end.scaleb(-scale_and_base(unit)[0]), "f"))
    if active_language() == "zh" and not figure.scale.isascii():
        return format(end.scaleb(-scale_and_base(figure.scale)[0]), "f") + figure.scale
    power, word = next(
        ((p, w) for p, w in _SCALES[active_language()].items() if abs(end) >= 10**p), (0, "")
    )
    told = format(end.scaleb(-power), "f")
    plural = "s" if word and active_language() == "fr" and abs(end) >= 2 * 10**power else ""
    return (numeral(told) if "." in told else counted(int(told))) + word + plural


# -- days and periods ------------------------------------------------------------------------------
def format_day(yyyymmdd: int) -> str:
    """A day: 30 August 2024, 2024年8月30日, 30 août 2024."""
    day = date(yyyymmdd // 10000, yyyymmdd // 100 % 100, yyyymmdd % 100)
    told = _by_babel(day, "long")
    return re.sub(r"^1 ", "1er ", told) if active_language() == "fr" else told


def format_period(period: Period) -> str:
    """A period's name: first half of 2024, 2024年上半年, premier semestre 2024."""
    year = period.year_called
    if period.calendar.begins_later and (period.is_named_part or period.is_years):
        return _fiscal(period, year)
    if period.is_year:
        return _("{year}", year=year)
    if period.is_years:
        return _("{first} to {last}", first=year, last=str(period.last_year))
    if period.is_named_part:
        return _part(period, year)
    return _months(period, str(period.start // 12))


def _part(period: Period, year: str) -> str:
    """A half, a quarter, or the first three, of a year from January."""
    if period.is_half:
        return _(_HALVES[period.number == 2], year=year)
    if period.number:
        return _(_QUARTERS[period.number - 1], year=year)
    return _("first three quarters of {year}", year=year)


def _fiscal(period: Period, year: str) -> str:
    """Years from another month than January, and parts of one: first half of 2024/25."""
    if period.is_year:
        return _("{fiscal_year}", fiscal_year=year)
    if period.is_years:
        return _("{first} to {fiscal_year}", first=year, fiscal_year=period.last_year_called)
    if period.is_half:
        return _(_FISCAL_HALVES[period.number == 2], fiscal_year=year)
    if period.number:
        return _(_FISCAL_QUARTERS[period.number - 1], fiscal_year=year)
    return _("first three quarters of {fiscal_year}", fiscal_year=year)


def _months(period: Period, year: str) -> str:
    """Months of one year or of two: June 2024, January to May 2024."""
    first, last = (
        _by_babel(date(2000, month % 12 + 1, 1), "LLL" if active_language() == "zh" else "LLLL")
        for month in (period.start, period.end)
    )
    if period.months == 1:
        return _("{month} {year}", month=first, year=year)
    until = str(period.end // 12)
    if until != year:
        return _("{first} {year} to {last} {until}", first=first, year=year, last=last, until=until)
    return _("{first} to {last} {year}", first=first, last=last, year=year)


def the_period(period: Period) -> str:
    """A period's name where a preposition follows.

    In French with its article, le premier semestre 2024.
    """
    name = format_period(period)
    if active_language() == "fr" and period.is_year and period.calendar.begins_later:
        return f"l’{name}"
    if active_language() != "fr" or not period.is_named_part:
        return name
    return f"les {name}" if period.months == 9 else f"le {name}"


def during(period: Period) -> str:
    """When: in the first half of 2024, 2024年上半年, au premier semestre 2024."""
    name = format_period(period)
    if period.is_year and period.calendar.begins_later:
        return _("in {fiscal_year}", fiscal_year=name)
    if period.is_year:
        return _("in {year}", year=name)
    if period.is_named_part and period.months == 9:
        return _("in the {quarters}", quarters=name)
    if period.is_named_part:
        return _("in the {part_of_year}", part_of_year=name)
    if period.months == 1:
        return _("in {month_of_year}", month_of_year=name)
    return _("from {span}", span=name)


def period_shown(period: Period | str) -> str:
    """A period in a table: H1-2024, 2024年上半年, S1 2024."""
    language = active_language()
    if language == ENGLISH:
        return str(period)
    one = period if isinstance(period, Period) else Period.parse(period)
    if language == "fr" and one.number:
        return _(_FRENCH[one.months], number=one.number, year=one.year_called)
    return format_period(one)


def narrow_period(period: Period) -> str:
    """A period in a narrow column.

    In English Jan–May 2024 for what has no short name of its own.
    """
    if active_language() == ENGLISH and ".." in str(period) and period.months % 12:
        first, last = (_MONTHS[month % 12][:3] for month in (period.start, period.end))
        return f"{first}–{last} {period.end // 12}"
    return period_shown(period)


def period_in_words(period: Period) -> str:
    """A period in a note: January to May 2024 in English, which has no short name for it."""
    short = period.months == 1 or period.is_named_part or period.months % 12 == 0
    if active_language() != ENGLISH or short:
        return period_shown(period)
    return f"{_MONTHS[period.start % 12]} to {_MONTHS[period.end % 12]} {period.end // 12}"


def _by_babel(day: date, form: str) -> str:
    from babel.dates import format_date

    return format_date(day, form, locale=_CULTURES[active_language()])


# -- names -----------------------------------------------------------------------------------------
def district_name(names: ByLanguage, otherwise: str) -> str:
    """An area's name in a list of districts: French leaves out the word that says so."""
    name = named(names, otherwise)
    return _GENERIC.sub("", name) or name if active_language() == "fr" else name
