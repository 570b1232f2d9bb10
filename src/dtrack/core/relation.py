"""What a target says that has no number of its own: `> of city`, `+3pp from 2020`.

Its text names what the target follows: another figure (an indicator, the city, the reference, an
area, the year before), the level of a base year, or the rank among the districts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.wording import Wording
from dtrack.core.years import Calendar

CITY, REFERENCE, LAST_YEAR, RANK = "city", "reference", "last-year", "rank"
RESERVED = (CITY, REFERENCE, LAST_YEAR, RANK)  # no indicator is named so
POINTS, PERCENT, TIMES = "pp", "%", "x"

_DIRECTIONS = {"up": Wording.ABOVE, "down": Wording.BELOW, "same": Wording.PLAIN}
_COMPARED = {
    word: wording
    for wording in (Wording.AT_LEAST, Wording.ABOVE, Wording.AT_MOST, Wording.BELOW)
    for word in wording.meaning.before
}
_SIGN = "|".join(map(re.escape, sorted(_COMPARED, key=len, reverse=True)))
_NUMBER = r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,9})?"
_OF = rf"(?P<sign>{_SIGN}) ?(?:(?P<number>[+-]{_NUMBER}) ?(?P<mark>pp)?)?"
_FROM = (
    rf"(?P<sign>{_SIGN})? ?"
    rf"(?:(?P<number>[+-]{_NUMBER}) ?(?P<mark>pp|%)?|[x×] ?(?P<times>{_NUMBER}))"
)
_TOP = r"top (?P<places>[1-9][0-9]{0,3})"
_BASE = re.compile(r"(?:FY)?[0-9]{4}")
_WRITTEN = re.compile(r"(.+?) (of|from) (.+)")


@dataclass(frozen=True, slots=True)
class Relation:
    """A target that follows another figure.

    `of`: an indicator's id, a reserved word or an area's id; a base year where `is_base`. `wording`
    compares the figure with what it follows, moved by `number` (`mark`: in the unit, points, per
    cent of it, or times it); of a rank `number` is the last place that will do. `word`: the value
    as `targets.toml` holds it.
    """

    of: str
    word: str
    wording: Wording
    number: Decimal = Decimal(0)
    mark: str = ""
    is_base: bool = False

    @property
    def is_rank(self) -> bool:
        """It is a place among the districts."""
        return self.of == RANK

    @property
    def is_factor(self) -> bool:
        """It multiplies the figure that it follows: a change in per cent, or times it."""
        return self.mark in (PERCENT, TIMES)

    @property
    def factor(self) -> float:
        """What the figure is multiplied with: 0.82 of -18%."""
        if self.mark == PERCENT:
            return float(1 + self.number / 100)
        return float(self.number) if self.mark == TIMES else 1.0

    @property
    def added(self) -> float:
        """What is added to the figure."""
        return 0.0 if self.is_factor else float(self.number)

    @property
    def decimals(self) -> int:
        """The digits of its number after the point."""
        return max(-int(self.number.as_tuple().exponent), 0)

    def base(self, calendar: Calendar) -> Period:
        """The base year; where nothing else is told, one of the calendar of the target's period."""
        own = Period.year_of(int(self.of), calendar) if self.of.isdecimal() else None
        return own or Period.parse(self.of)

    @property
    def base_called(self) -> str:
        """The name of the base year, as people read it: 2020, 2020/21."""
        return self.of if self.of.isdecimal() else Period.parse(self.of).year_called

    def __str__(self) -> str:
        return f"{self.word} {'from' if self.is_base else 'of'} {self.of}"


def compared(value: str, of: str) -> Relation:
    """The relation of a value to what `of` names. Raises ValueError for what is none."""
    text = " ".join(value.split())
    if of == RANK:
        if found := re.fullmatch(_TOP, text):
            return Relation(of, text, Wording.PLAIN, Decimal(found["places"]))
        raise ValueError(_("write the lowest rank that meets the target as “top 3”"))
    if text in _DIRECTIONS:
        if of == LAST_YEAR:
            return Relation(of, text, _DIRECTIONS[text])
        raise ValueError(_("“{word}” is valid for {of} only", word=text, of=LAST_YEAR))
    found = re.fullmatch(_OF, text)
    if not found:
        raise ValueError(_("write the comparison as >, >=, <, <=, or with an offset, >=+1"))
    wording, number = _COMPARED[found["sign"]], found["number"] or ""
    word = wording.meaning.sign + number + (found["mark"] or "")
    return Relation(of, word, wording, Decimal(number or 0), found["mark"] or "")


def from_base(value: str, year: int | str) -> Relation:
    """The relation of a value to the figure of a base year. Raises ValueError for what is none."""
    found = re.fullmatch(_FROM, " ".join(value.split()))
    if not found:
        raise ValueError(_("write the change from the base as `+3pp`, `-18%`, `+300` or `x2`"))
    wording = _COMPARED[found["sign"]] if found["sign"] else Wording.PLAIN
    times = found["times"]
    mark = TIMES if times else found["mark"] or ""
    number = Decimal(times or found["number"])
    if (times and not number) or (mark == PERCENT and number < -100):
        raise ValueError(_("a fall cannot exceed the base itself"))
    word = wording.meaning.sign + (f"x{times}" if times else found["number"] + mark)
    return Relation(str(year), word, wording, number, mark, is_base=True)


def base_year(told: object, period: Period) -> str:
    """The name of the year that `from` names, of the calendar of the target's period.

    As in files: 2020, FY2020.

    Raises ValueError where it names none, or one of another calendar.
    """
    if type(told) is int and 1900 <= told <= 2100:
        return str(Period.year_of(told, period.calendar))
    year = _year_named(str(told)) if isinstance(told, str) and not told.isdecimal() else None
    if year is None or year.calendar != period.calendar:
        raise ValueError(
            _("`from` must be a whole year, such as 2020, not “{value}”", value=str(told)[:40])
        )
    return str(year)


def _year_named(text: str) -> Period | None:
    try:
        period = Period.parse(text, twins_are_years=True)
    except ValueError:
        return None
    return period if period.is_year else None


@lru_cache(maxsize=4096)
def relation_of(text: str) -> Relation | None:
    """The relation that its own text (`str`) says; None for any other text."""
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    try:
        if found[2] == "of":
            return compared(found[1], found[3])
        return from_base(found[1], found[3]) if _BASE.fullmatch(found[3]) else None
    except ValueError:
        return None
