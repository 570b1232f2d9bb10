"""Spans of whole months.

In comes any spelling that people use, out goes a `Period`; `str` gives the canonical one.

A period is two month numbers (year × 12 + month − 1), both inside, so that comparing, shifting and
containing are integer arithmetic. Nothing here knows about figures or targets.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_

YEAR, HALF = 12, 6  # months
# years that a period may be written of; what is counted from one may lie before and after
FIRST, LAST = 1500, 2499
_NO_PERIOD = N_("“{text}” is no period: write H1-2024, Q1-2024, 2024, 2024-06 or 2024-01..2024-05")
_BEYOND = N_("“{text}” is no period of the years {first} to {last}")


class BeyondYears(ValueError):
    """A period that is none of the years FIRST to LAST; the message says so."""


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
    def parse(text: str) -> Period:
        """The period that `text` spells.

        Raises ValueError for anything that is no period, H3-2024 included, or of another age.
        """
        return _parse(text)

    @staticmethod
    def year_of(year: int) -> Period:
        """January to December of `year`."""
        return Period(year * 12, year * 12 + 11)

    @staticmethod
    def half_with(month: int) -> Period:
        """The half that the month with this number lies in."""
        return Period(month - month % HALF, month - month % HALF + HALF - 1)

    @property
    def is_told(self) -> bool:
        """True within the years that a period may be written of."""
        return self.start >= FIRST * 12 and self.end < (LAST + 1) * 12

    @property
    def months(self) -> int:
        """How many months it spans."""
        return self.end - self.start + 1

    @property
    def year(self) -> int:
        """The calendar year of its first month."""
        return self.start // 12

    @property
    def last_day(self) -> int:
        """Its last day as the number yyyymmdd."""
        return last_day_of_month(self.end)

    @property
    def is_half(self) -> bool:
        """True for January to June and July to December of one year."""
        return self.months == 6 and self.start % 6 == 0

    @property
    def is_year(self) -> bool:
        """True for January to December of one year."""
        return self.months == 12 and self.start % 12 == 0

    @property
    def is_years(self) -> bool:
        """True for January to December, of one year or over several."""
        return self.months % YEAR == 0 and self.start % YEAR == 0

    @property
    def within_one_year(self) -> bool:
        """True when it is a half or quarter of some year, or January to September."""
        return (
            self.is_half
            or (self.months == 3 and self.start % 3 == 0)
            or (self.months == 9 and self.start % 12 == 0)
        )

    def shift(self, months: int) -> Period:
        """The same span `months` later (negative: earlier)."""
        return Period(self.start + months, self.end + months)

    def __str__(self) -> str:
        year, first = divmod(self.start, 12)
        if self.start % 12 == 0 and self.months % 12 == 0:
            return str(year) if self.is_year else f"{year}..{self.end // 12}"
        if self.is_half:
            return f"H{first // 6 + 1}-{year}"
        if self.within_one_year:
            return f"Q1-3-{year}" if self.months == 9 else f"Q{first // 3 + 1}-{year}"
        return (
            _month(self.start) if self.months == 1 else f"{_month(self.start)}..{_month(self.end)}"
        )


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"


def last_day_of_month(number: int) -> int:
    """The last day of the month with this number, as yyyymmdd."""
    year, month = number // 12, number % 12 + 1
    return year * 10000 + month * 100 + monthrange(year, month)[1]


def parse_day(text: str) -> int:
    """A day, month or year as the number yyyymmdd.

    A month or a year counts from its last day, blank is 0.

    Raises ValueError for anything else: `2024-02-30`, `30.8.2024`, `soon`.
    """
    text = text.strip()
    if not text:
        return 0
    if not (match := re.fullmatch(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)):
        raise ValueError(_("“{text}” is no date", text=text))
    year, month, day = int(match[1]), int(match[2] or 12), match[3]
    if not 1 <= month <= 12:
        raise ValueError(_("“{text}” is no date", text=text))
    last = monthrange(year, month)[1]
    if day is not None and not 1 <= int(day) <= last:
        raise ValueError(_("“{text}” is no date", text=text))
    return year * 10000 + month * 100 + (last if day is None else int(day))


def first_day(text: str) -> int:
    """As `parse_day` of a text that it reads, but a month or a year counts from its first day.

    >>> first_day("2024"), first_day("2024-07"), first_day("2024-07-20"), first_day("")
    (20240101, 20240701, 20240720, 0)
    """
    year, month, day = [*text.strip().split("-"), "01", "01"][:3]
    return int(year + month + day) if year else 0


def day_text(day: int) -> str:
    """The number yyyymmdd as people and programs write it: 2024-08-30."""
    return f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"


# ---- spellings -----------------------------------------------------------------------------------
# Each line: a pattern on the text with case folded up, blanks and 年/月 variants made plain, and the
# span it means.

_ORDINAL = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_Y, _YY = r"([12][0-9]{3})", r"((?:[12][0-9])?[0-9]{2})"


def _span(year: str, first: int, last: int) -> Period:
    if not 1 <= first <= last <= 12:
        raise ValueError("months run from 1 to 12")
    base = int(year if len(year) == 4 else "20" + year) * 12
    return Period(base + first - 1, base + last - 1)


def _half(year: str, half: str) -> Period:
    return _span(year, 1, 6) if half in "1上" else _span(year, 7, 12)


def _quarter(year: str, number: str) -> Period:
    last = 3 * _ORDINAL[number]
    return _span(year, last - 2, last)


def _to_quarter(year: str, number: str) -> Period:
    return _span(year, 1, 3 * _ORDINAL[number])


def _months(year: str, first: str, last: str | None = None) -> Period:
    return _span(year, int(first), int(last or first))


def _between(year: str, first: str, year2: str, last: str) -> Period:
    return Period(_months(year, first).start, _months(year2, last).end)


def _years(first: str, last: str) -> Period:
    return Period(int(first) * 12, int(last) * 12 + 11)


_SPELLINGS: list[tuple[str, Callable[..., Period]]] = [
    (rf"{_Y}年?(?:全年|FY)?|FY-?{_Y}", lambda y, fy: Period.year_of(int(y or fy))),
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
    (rf"{_Y}-([0-9]{{1,2}})", _months),
    (rf"{_Y}年([0-9]{{1,2}})(?:月?-([0-9]{{1,2}}))?月份?", _months),
    (rf"{_Y}-([0-9]{{2}})(?:\.\.|/|-){_Y}-([0-9]{{2}})", _between),
    (rf"{_Y}年?(?:\.\.|-){_Y}年?", _years),
]
_COMPILED = [(re.compile(pattern), make) for pattern, make in _SPELLINGS]


@lru_cache(maxsize=4096)
def _parse(text: str) -> Period:
    plain = re.sub(r"\s+", "-", unicodedata.normalize("NFKC", text).strip()).upper()
    plain = re.sub(r"[‐‑‒–—−~〜至到]+", "-", plain)
    for pattern, make in _COMPILED:
        if match := pattern.fullmatch(plain):
            try:
                period = make(*match.groups())
            except ValueError:
                break
            if period.is_told:
                return period
            raise BeyondYears(_(_BEYOND, text=text[:40], first=FIRST, last=LAST))
    raise ValueError(_(_NO_PERIOD, text=text[:40]))
