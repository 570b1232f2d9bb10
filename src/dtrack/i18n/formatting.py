"""The languages that dtrack speaks.

In come exact values and messages in English, out go words of one language.

A message stands in the source in English with named placeholders; its translations are in the
gettext catalogues beside this module. Numbers, dates and lists are dressed by Babel; nothing is
computed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from dtrack.core.figure import WIDE, Figure, Wording
from dtrack.core.period import Period
from dtrack.core.translate import catalogue
from dtrack.i18n.subjects import Subject, subject_of
from dtrack.i18n.terms import HALVES, HEADINGS, ORDINALS, UNITS, VERDICTS, behind_number

if TYPE_CHECKING:
    from gettext import NullTranslations

CULTURES = {"en": "en_GB", "zh": "zh_Hans_CN", "fr": "fr_FR"}  # how Babel calls them
PAGES = {"en": "en", "zh": "zh-Hans", "fr": "fr"}  # how a web page calls them
UNGROUPED = ("zh",)  # 4987.8亿元: official Chinese writes no thousands marks
# of an area's name in a list of districts
GENERIC = {"fr": re.compile(r"^district (?:de |d['’])", re.IGNORECASE)}
Number = Decimal | float | int


@dataclass(frozen=True)
class Language:
    """One language: `name` is en, zh or fr. Every method gives text for people in that language."""

    name: str

    @property
    def culture(self) -> str:
        """Its locale for Babel."""
        return CULTURES[self.name]

    @property
    def page(self) -> str:
        """Its tag in a web page (BCP 47)."""
        return PAGES[self.name]

    @property
    def catalogue(self) -> NullTranslations:
        """Its messages; English has none, since the messages are English."""
        return catalogue(self.name)

    # -- messages ----------------------------------------------------------------------------------
    def gettext(self, message: str) -> str:
        """The message in this language, its placeholders as they are."""
        return self.catalogue.gettext(message)

    def say(self, message: str, **values: str) -> str:
        """The message in this language with its placeholders filled."""
        return self.gettext(message).format(**values)

    def many(self, one: str, other: str, count: Number, /, **values: str) -> str:
        """One of two messages by the number's grammar here.

        1,22 point and 2,51 points in French.
        """
        form = 1 if self._is_one(count) else 2
        return self.catalogue.ngettext(one, other, form).format(**values)

    def _is_one(self, number: Number) -> bool:
        from babel import Locale

        return Locale.parse(self.culture).plural_form(abs(Decimal(number))) == "one"

    def capital(self, text: str) -> str:
        """The text with a capital at its start, for a sentence that begins with it."""
        return text[:1].upper() + text[1:]

    # -- numbers -----------------------------------------------------------------------------------
    def number(self, value: Number, decimals: int) -> str:
        """A number at its published decimals: 5.0 is 5,0 in French; zero has no sign."""
        from babel.numbers import format_decimal

        places = max(decimals, 0)
        exact = Decimal(f"{value:.{places}f}")
        pattern = ("0" if self.name in UNGROUPED else "#,##0") + (
            "." + "0" * places if places else ""
        )
        with localcontext(WIDE):
            return format_decimal(exact or abs(exact), format=pattern, locale=self.culture)

    def percent(self, value: Number, decimals: int) -> str:
        """A per cent: 7.8 %, 7.8%, 7,8 % with a narrow no-break space."""
        return self.say("{number} %", number=self.number(value, decimals))

    def points(self, value: Number, decimals: int) -> str:
        """Percentage points in words, without a sign of its own: 0.2 percentage points."""
        exact = Decimal(f"{value:.{max(decimals, 0)}f}")
        told = self.number(value, decimals)
        return self.many(
            "{number} percentage point", "{number} percentage points", exact, number=told
        )

    def amount(self, value: Number, decimals: int, unit: str) -> str:
        """A number with its unit: a per cent, or 4987.8亿元."""
        if unit in ("percent", "%"):
            return self.percent(value, decimals)
        return self.say(
            "{number} {unit}",
            number=self.number(value, decimals),
            unit=behind_number(self.unit(unit)),
        )

    def figure(self, figure: Figure, unit: str) -> str:
        """A figure as worded by its publisher: around 7.5 %, 7.5%左右, environ 7,5 %.

        A range gives both its ends.
        """
        phrase = figure.wording.meaning.phrase
        if figure.low is None or figure.high is None:
            return self.gettext(phrase)
        told = [self.amount(end, places_of(end), unit) for end in (figure.low, figure.high)]
        if figure.wording == Wording.RANGE:
            low = told[0] if self.name == "zh" else self.number(figure.low, places_of(figure.low))
            return self.say(phrase, low=low, high=told[1])
        return self.say(phrase, figure=told[0])

    def unit(self, unit: str) -> str:
        """The unit's name here where dtrack knows it, else the workspace's own word."""
        return self.gettext(UNITS[unit]) if unit in UNITS else unit

    # -- days and periods
    # ---------------------------------------------------------------------------------------------
    def day(self, yyyymmdd: int) -> str:
        """A day: 30 August 2024, 2024年8月30日, 30 août 2024."""
        from babel.dates import format_date

        told = format_date(
            date(yyyymmdd // 10000, yyyymmdd // 100 % 100, yyyymmdd % 100),
            "long",
            locale=self.culture,
        )
        return re.sub(r"^1 ", "1er ", told) if self.name == "fr" else told

    def period(self, period: Period) -> str:
        """A period's name: first half of 2024, 2024年上半年, premier semestre 2024."""
        year = str(period.year)
        if period.is_half:
            return self.say(HALVES[period.number == 2], year=year)
        if period.is_years:
            last = str(period.last_year)
            return (
                self.say("{year}", year=year)
                if period.is_year
                else self.say("{first} to {last}", first=year, last=last)
            )
        if period.is_named_part and period.months == 9:
            return self.say("first three quarters of {year}", year=year)
        if period.is_named_part:
            return self.say(ORDINALS[(period.number or 1) - 1], year=year)
        return self._months(period)

    def the(self, period: Period) -> str:
        """A period's name where a preposition follows.

        In French with its article, le premier semestre 2024.
        """
        named = self.period(period)
        if self.name != "fr" or not period.is_named_part:
            return named
        return f"les {named}" if period.months == 9 else f"le {named}"

    def _months(self, period: Period) -> str:
        first, last = (self._month(number) for number in (period.start, period.end))
        if period.months == 1:
            return self.say("{month} {year}", month=first, year=str(period.start // 12))
        if period.start // 12 != period.end // 12:
            return self.say(
                "{first} {year} to {last} {until}",
                first=first,
                year=str(period.start // 12),
                last=last,
                until=str(period.end // 12),
            )
        return self.say(
            "{first} to {last} {year}", first=first, last=last, year=str(period.start // 12)
        )

    def _month(self, number: int) -> str:
        from babel.dates import format_date

        return format_date(
            date(2000, number % 12 + 1, 1),
            "LLL" if self.name == "zh" else "LLLL",
            locale=self.culture,
        )

    def during(self, period: Period) -> str:
        """When: in the first half of 2024, 2024年上半年, au premier semestre 2024."""
        named = self.period(period)
        if period.is_year:
            return self.say("in {year}", year=named)
        if period.is_named_part and period.months == 9:
            return self.say("in the {quarters}", quarters=named)
        if period.is_named_part:
            return self.say("in the {part_of_year}", part_of_year=named)
        if period.months == 1:
            return self.say("in {month_of_year}", month_of_year=named)
        return self.say("from {span}", span=named)

    # -- names -------------------------------------------------------------------------------------
    def named(self, names: Mapping[str, str], otherwise: str) -> str:
        """The name here, else the English one, else any other, else the id: never one made up."""
        return (
            names.get(self.name) or names.get("en") or next(iter(names.values()), "") or otherwise
        )

    def district(self, names: Mapping[str, str], otherwise: str) -> str:
        """An area's name in a list of districts: French leaves out the word that says so."""
        name = self.named(names, otherwise)
        return GENERIC[self.name].sub("", name) or name if self.name in GENERIC else name

    def listed(self, names: Sequence[str]) -> str:
        """Names in a row: A, B and C; A、B和C; A, B et C."""
        from babel.lists import format_list

        return format_list(list(names), locale=self.culture)

    def clauses(self, parts: Sequence[str]) -> str:
        """Clauses in a row, parted by commas."""
        return self.gettext(", ").join(parts)

    def subject(self, name: str) -> Subject | None:
        """What grows, from the name of a growth: “GDP growth” → GDP.

        None where the name does not say it so.
        """
        return subject_of(self.name, name)

    # -- the words of the tables
    # --------------------------------------------------------------------------------------
    def verdict(self, verdict: str, basis: str = "computed", sure: bool | None = None) -> str:
        """A verdict's word, *stated* where a source said it, *not sure* where it could turn.

        "" where there is none.
        """
        if not verdict:
            return ""
        word = self.gettext(VERDICTS[verdict])
        if basis == "stated":
            return self.say("{verdict} (stated)", verdict=word)
        unsure = sure is False and verdict in ("met", "missed", "open")
        return self.say("{verdict} (not sure)", verdict=word) if unsure else word

    def heading(self, key: str) -> str:
        """The heading of a column of the tables, by its key; the key itself where it has none."""
        return self.gettext(HEADINGS[key]) if key in HEADINGS else key


def places_of(value: Decimal) -> int:
    """The digits after the point that the number was written with: 1 of 5.0."""
    return max(-int(value.as_tuple().exponent), 0)
