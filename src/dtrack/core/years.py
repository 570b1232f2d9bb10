"""What a year is: with which month it begins, after which end it is called, and how it is written.

Officials of many countries count from April, July or October. The years of a workspace are of one
calendar (`[workspace] year_starts`, `year_named`); the years from January are there beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from typing import NamedTuple

YEAR, HALF = 12, 6  # months


class Calendar(NamedTuple):
    """Years that begin with the month `start_month` (1 for January).

    `named_end`: they are called after the year they end in. `told`: the workspace says so, and
    FY2024 is a year of it.
    """

    start_month: int = 1
    named_end: bool = False
    told: bool = False

    @property
    def begins_later(self) -> bool:
        """True where its years begin after January, and so lie in two years."""
        return self.start_month > 1

    @property
    def ahead(self) -> int:
        """How many years the name lies after the year that a year begins in: 0 or 1."""
        return int(self.named_end and self.begins_later)

    def year_at(self, month: int) -> int:
        """Return the year that a month lies in, as it is called."""
        return (month + 1 - self.start_month) // YEAR + self.ahead

    def months_before(self, month: int) -> int:
        """Count the months of its year that go before a month: 0 to 11."""
        return (month + 1 - self.start_month) % YEAR

    def first_month(self, year: int) -> int:
        """Return the number of the month with which the year of that name begins."""
        return (year - self.ahead) * YEAR + self.start_month - 1

    def has(self, start: int, months: int) -> bool:
        """Whether the span begins one of its years, or is a half or quarter of one."""
        before = self.months_before(start)
        return before == 0 or (months in (3, HALF) and before % months == 0)

    def called(self, year: int) -> str:
        """Return the name of a year as files have it: 2024, FY2024."""
        return f"FY{year}" if self.begins_later else str(year)

    def spelled(self, year: int) -> str:
        """Return the name of a year as people read it: 2024, 2024/25."""
        first = year - self.ahead
        return f"{first}/{(first + 1) % 100:02d}" if self.begins_later else str(year)


JANUARY = Calendar()
_IN_USE: ContextVar[Calendar] = ContextVar("dtrack_calendar", default=JANUARY)


def calendar_in_use() -> Calendar:
    """The calendar of the workspace that is asked; until one is loaded that of January."""
    return _IN_USE.get()


def use_calendar(calendar: Calendar) -> None:
    """Read and name periods by this calendar from now on."""
    _IN_USE.set(calendar)


# ---- a year that may begin later, in plain capitals: FY2024, 2024-25, 2024/25, 2024/25财年
FISCAL_YEAR = (
    r"((?:(?:FY|EXERCICE-)-?[0-9]{2}(?:[0-9]{2})?|[12][0-9]{3})(?:[-/][0-9]{2}(?:[0-9]{2})?)?"
    r"(?:-?(?:财年|财政年度|FY))?)"
)
_SAID = r"FY|EXERCICE|财|/"
_TWIN = re.compile(r"([12][0-9]{3})-([0-9]{2})")


def fiscal_first_month(text: str, calendar: Calendar) -> int | None:
    """The month with which the year begins that is written as one of two years; None for others.

    >>> fiscal_first_month("2024-25", Calendar(4)) == 2024 * 12 + 3
    True
    """
    numbers = re.findall(r"[0-9]+", text)
    first = int(numbers[0] if len(numbers[0]) == 4 else "20" + numbers[0])
    if len(numbers) == 1:
        return calendar.first_month(first) if re.search(_SAID, text) else None
    if calendar.told and not calendar.begins_later:  # 2024-25 is no year from January
        return None
    next_year = str(first + 1)
    if numbers[1] not in (next_year, next_year[2:]):
        return None
    if numbers[1] == next_year and not re.search(_SAID, text):  # 2024-2025: two years from January
        return None
    return calendar.first_month(first + calendar.ahead)


def is_twin(text: str) -> bool:
    """True for what is a month and two years that follow one another: 2007-08."""
    match = _TWIN.fullmatch(text)
    return match is not None and 1 <= int(match[2]) <= YEAR and _follows(match)


def _follows(match: re.Match[str]) -> bool:
    return int(match[2]) == (int(match[1]) + 1) % 100


def twins_are_years(texts: Iterable[str]) -> bool | None:
    """Whether a column says that its 2007-08 is a year; None where nothing in it tells.

    It does with 2012-13 or FY2019 beside it, or with three of a kind and no other month.
    """
    each = {text.strip().upper() for text in texts}
    matches = [match for text in each if (match := _TWIN.fullmatch(text))]
    twins = sum(is_twin(match[0]) for match in matches)
    months = any(1 <= int(match[2]) <= YEAR and not _follows(match) for match in matches)
    years = any(int(match[2]) not in range(1, YEAR + 1) and _follows(match) for match in matches)
    years |= any(re.fullmatch(FISCAL_YEAR, text) and re.search(_SAID, text) for text in each)
    if years != months:
        return years
    return True if twins > 2 and not months else None
