"""Spans of whole months, and the years they lie in.

`Period.parse` reads any spelling that people use; `str` gives the canonical one. A period is two
month numbers (calendar year × 12 + month − 1), both inside, so that comparing, shifting and
containing are integer arithmetic. What a year, a half and a quarter are the calendar in use decides
(`core/years.py`), and beside it the one of January, whose spans keep their names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dtrack.core.days import last_day_of_month
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.years import (
    FISCAL_YEAR,
    HALF,
    JANUARY,
    YEAR,
    Calendar,
    calendar_in_use,
    fiscal_first_month,
    is_twin,
)

# years that a period may be written of; what is counted from one may lie before and after
FIRST, LAST = 1500, 2499
_NO_PERIOD = N_(
    "“{text}” is not a valid period: write H1-2024, Q1-2024, 2024, 2024-06 or 2024-01..2024-05"
)
_FISCAL = N_(
    "“{text}” refers to a year that may not begin in January: set its first month, for "
    "example year_starts = 4 under [workspace] in targets.toml, or write {plain} for the "
    "calendar year"
)
_TWIN = N_(
    "“{text}” is ambiguous: write {month} for the month, {year} for the year that begins "
    "in one calendar year and ends in the next"
)
_BEYOND = N_("“{text}” is outside the years {first} to {last}")


class BeyondYears(ValueError):
    """A period that is none of the years FIRST to LAST; the message says so."""


class UnclearYear(ValueError):
    """A year that need not begin in January, and nothing says with which month it does."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole months.

    `start` and `end` are month numbers, year × 12 + month − 1, both included.

    >>> str(Period.parse("2024年上半年")), Period.parse("1H24").months
    ('H1-2024', 6)
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(
                f"a period runs from a month to a later one, not {self.start}..{self.end}"
            )

    @staticmethod
    def parse(text: str, twins_are_years: bool | None = None) -> Period:
        """The period that `text` spells, by the calendar in use.

        `twins_are_years`: what its column says of 2007-08 (`core/years.py`). Raises ValueError for
        anything that is no period, H3-2024 included, that may be two, or of another age.
        """
        return _parse(text, calendar_in_use(), twins_are_years)

    @staticmethod
    def year_of(year: int, calendar: Calendar = JANUARY) -> Period:
        """The whole of `year`: January to December, or as the calendar has it."""
        return _year(calendar.first_month(year))

    @staticmethod
    def half_with(month: int) -> Period:
        """The half that the month with this number lies in, by the calendar in use."""
        first = month - calendar_in_use().months_before(month) % HALF
        return Period(first, first + HALF - 1)

    @property
    def is_told(self) -> bool:
        """True within the years that a period may be written of."""
        return self.start >= FIRST * 12 and self.end < (LAST + 1) * 12

    @property
    def calendar(self) -> Calendar:
        """The one that it is told by: the one in use, or January's where only that has it."""
        own = calendar_in_use()
        if own.begins_later and self.months > 1 and not own.has(self.start, self.months):
            return JANUARY if JANUARY.has(self.start, self.months) else own
        return own

    @property
    def months(self) -> int:
        """How many months it spans."""
        return self.end - self.start + 1

    @property
    def year(self) -> int:
        """The year of its first month."""
        return self.calendar.year_at(self.start)

    @property
    def last_year(self) -> int:
        """The year of its last month."""
        return self.calendar.year_at(self.end)

    @property
    def whole_year(self) -> Period:
        """The year of its first month, as a period."""
        return _year(self.start - self.calendar.months_before(self.start))

    @property
    def first_half(self) -> Period:
        """The first six months of its year."""
        first = self.whole_year.start
        return Period(first, first + HALF - 1)

    @property
    def year_before(self) -> Period:
        """The same months of the year before."""
        return self.shift(-YEAR)

    @property
    def first_day(self) -> int:
        """Its first day as the number yyyymmdd."""
        return self.start // 12 * 10000 + (self.start % 12 + 1) * 100 + 1

    @property
    def last_day(self) -> int:
        """Its last day as the number yyyymmdd."""
        return last_day_of_month(self.end)

    @property
    def begins_year(self) -> bool:
        """True where its first month is the first of a year."""
        return self.calendar.months_before(self.start) == 0

    @property
    def is_half(self) -> bool:
        """True for the first six months and for the last six months of a year."""
        return self.months == HALF and self.number is not None

    @property
    def is_year(self) -> bool:
        """True for the twelve months of one year."""
        return self.months == YEAR and self.begins_year

    @property
    def is_years(self) -> bool:
        """True for one or more whole years."""
        return self.months % YEAR == 0 and self.begins_year

    @property
    def is_named_part(self) -> bool:
        """True for a half or quarter of a year, and for its first nine months."""
        return self.number is not None or (self.months == 9 and self.begins_year)

    @property
    def number(self) -> int | None:
        """Which half or quarter of its year it is, from 1; None for anything else."""
        before = self.calendar.months_before(self.start)
        is_part = self.months in (3, HALF) and before % self.months == 0
        return before // self.months + 1 if is_part else None

    def shift(self, months: int) -> Period:
        """The same span `months` later (negative: earlier)."""
        return Period(self.start + months, self.end + months)

    @property
    def year_called(self) -> str:
        """The name of its year, as people read it: 2024, 2024/25."""
        return self.calendar.spelled(self.year)

    @property
    def last_year_called(self) -> str:
        """The name of the year of its last month, as people read it."""
        return self.calendar.spelled(self.last_year)

    @property
    def year_begun(self) -> Period | None:
        """The twelve months that begin with it and that it lies in, whatever they are called.

        They are a year where somebody set a target of it.
        """
        return _year(self.start) if self.months <= YEAR else None

    @property
    def year_before_called(self) -> str:
        """The name of the year before the one that it begins: 2023, 2023/24."""
        year = _year(self.start - YEAR)
        return year.year_called if year.is_year else Calendar(2).spelled(year.start // YEAR)

    def __str__(self) -> str:
        return _spelled(self.start, self.end, calendar_in_use())


def _year(first: int) -> Period:
    return Period(first, first + YEAR - 1)


# ---- spellings -----------------------------------------------------------------------------------
# Each line: a pattern on the text with case folded up, blanks and 年/月 variants made plain, and
# the span it means.

_ORDINAL = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_Y, _YY = r"([12][0-9]{3})", r"((?:[12][0-9])?[0-9]{2})"


def _part(year: str, months: int, first: int, last: int) -> Period:
    """From the first to the last of the parts of a year that have so many months each."""
    start = JANUARY.first_month(int(year if len(year) == 4 else "20" + year))
    return Period(start + (first - 1) * months, start + last * months - 1)


def _half(year: str, half: str) -> Period:
    number = 1 if half in "1上" else 2
    return _part(year, HALF, number, number)


def _quarter(year: str, number: str) -> Period:
    return _part(year, 3, _ORDINAL[number], _ORDINAL[number])


def _to_quarter(year: str, number: str) -> Period:
    return _part(year, 3, 1, _ORDINAL[number])


def _months(year: str, first: str, last: str | None = None) -> Period:
    """Months by their numbers, whatever year they lie in."""
    numbers = int(first), int(last or first)
    if not 1 <= numbers[0] <= numbers[1] <= 12:
        raise ValueError("months run from 1 to 12")
    return Period(*(int(year) * 12 + number - 1 for number in numbers))


def _between(year: str, first: str, year2: str, last: str) -> Period:
    return Period(_months(year, first).start, _months(year2, last).end)


def _years(first: str, last: str) -> Period:
    return Period(Period.year_of(int(first)).start, Period.year_of(int(last)).end)


_SPELLINGS: list[tuple[str, Callable[..., Period]]] = [
    (rf"{_Y}年?(?:全年)?", lambda y: Period.year_of(int(y))),
    (rf"H([12])-?{_Y}", lambda h, y: _half(y, h)),
    (rf"([12])H-?{_YY}", lambda h, y: _half(y, h)),
    (rf"{_Y}-?[HS]([12])", _half),
    (rf"{_Y}年?([上下])半年", _half),
    (rf"Q([1-4])-?{_Y}", lambda q, y: _quarter(y, q)),
    (rf"([1-4])Q-?{_YY}", lambda q, y: _quarter(y, q)),
    (rf"{_Y}-?Q([1-4])", _quarter),
    (rf"{_Y}年?第?([一二三四1-4])季度?", _quarter),
    (rf"Q1-Q?([2-4])-{_Y}", lambda q, y: _to_quarter(y, q)),
    (rf"{_Y}-?Q1-Q?([2-4])", _to_quarter),
    (rf"{_Y}年?前([二三四2-4])季度?", _to_quarter),
    (rf"{_Y}-M?([0-9]{{1,2}})", _months),
    (rf"{_Y}年([0-9]{{1,2}})(?:月?-([0-9]{{1,2}}))?月份?", _months),
    (rf"{_Y}-([0-9]{{2}})(?:\.\.|/|-){_Y}-([0-9]{{2}})", _between),
    (rf"{_Y}年?(?:\.\.|-){_Y}年?", _years),
]
# of a year that may begin later: patterns with the year as `Y`, the months of a part of it, and
# whether the parts before it belong to it
_FISCAL_SPELLINGS = [
    (one.replace("Y", FISCAL_YEAR), months, so_far)
    for spelled, months, so_far in (
        ("Y()(?:全年)?", YEAR, False),
        ("H([12])[-:]?Y|([12])H-?Y|Y[-:]?[HS]([12])|Y-?([上下])半年", HALF, False),
        ("Q([1-4])[-:]?Y|([1-4])Q-?Y|Y[-:]?Q([1-4])|Y-?第?([一二三四1-4])季度?", 3, False),
        ("Q1-Q?([2-4])-Y|Y-?Q1-Q?([2-4])|Y-?前([二三四2-4])季度?", 3, True),
    )
    for one in spelled.split("|")
]
_FISCAL_YEARS = rf"{FISCAL_YEAR}(?:\.\.|-){FISCAL_YEAR}"
_NUMBERS = _ORDINAL | {"上": 1, "下": 2, "": 1}


@lru_cache(maxsize=4096)
def _spelled(start: int, end: int, calendar: Calendar) -> str:
    """The period as files have it; `calendar`: the one in use."""
    period = Period(start, end)
    own = period.calendar
    year = own.called(period.year)
    if period.is_years:
        return year if period.is_year else f"{year}..{own.called(period.last_year)}"
    if period.number:
        return f"{'H' if period.is_half else 'Q'}{period.number}-{year}"
    if period.is_named_part:
        return f"Q1-3-{year}"
    first, last = (f"{number // 12}-{number % 12 + 1:02d}" for number in (start, end))
    if period.months == 1:
        return first.replace("-", "-M") if calendar.begins_later and is_twin(first) else first
    return f"{first}..{last}"


@lru_cache(maxsize=4096)
def _parse(text: str, calendar: Calendar, twins: bool | None) -> Period:
    plain = re.sub(r"\s+", "-", unicodedata.normalize("NFKC", text).strip()).upper()
    plain = re.sub(r"[‐‑‒–—−~〜至到]+", "-", plain)
    if is_twin(plain) and twins is not False and (calendar.begins_later or twins):
        years = plain.replace("-", "/")
        if twins is None:
            raise UnclearYear(month_or_year(text, plain))
        plain = years
    period = _from_january(plain)
    if period is None and (period := _fiscal(plain, calendar)) and not calendar.told:
        raise UnclearYear(_(_FISCAL, text=text[:40], plain=period))
    if period is None:
        raise ValueError(_(_NO_PERIOD, text=text[:40]))
    if not period.is_told:
        raise BeyondYears(_(_BEYOND, text=text[:40], first=FIRST, last=LAST))
    return period


def month_or_year(text: str, plain: str) -> Message:
    """The question which of two a text such as 2007-08 is."""
    month, year = plain.replace("-", "-M"), plain.replace("-", "/")
    return _(_TWIN, text=text[:40], month=month, year=year)


def _from_january(plain: str) -> Period | None:
    for pattern, make in _SPELLINGS:  # a pattern is compiled when it is first come to
        if match := re.fullmatch(pattern, plain):
            try:
                return make(*match.groups())
            except ValueError:
                return None
    return None


def _fiscal(plain: str, calendar: Calendar) -> Period | None:
    """The year, years or part of a year that may begin after January."""
    if match := re.fullmatch(_FISCAL_YEARS, plain):
        first, last = (fiscal_first_month(year, calendar) for year in match.groups())
        if first is not None and last is not None and first <= last:
            return Period(first, last + YEAR - 1)
    for pattern, months, so_far in _FISCAL_SPELLINGS:
        if match := re.fullmatch(pattern, plain):
            year, part = sorted(match.groups(), key=len, reverse=True)
            start, number = fiscal_first_month(year, calendar), _NUMBERS[part]
            if start is not None:
                first = start if so_far else start + (number - 1) * months
                return Period(first, start + number * months - 1)
    return None
