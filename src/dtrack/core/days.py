"""Days as numbers yyyymmdd: read, and written; a month or a year is a day of it."""

from __future__ import annotations

import re
from calendar import monthrange

from dtrack.core.message import lazy_gettext as _


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
    if match := re.fullmatch(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text):
        year, month = int(match[1]), int(match[2] or 12)
        last = monthrange(year, month)[1] if 1 <= month <= 12 else 0
        day = int(match[3] or last)
        if 1 <= day <= last:
            return year * 10000 + month * 100 + day
    raise ValueError(_("“{text}” is not a valid date", text=text))


def first_day(text: str) -> int:
    """As `parse_day`, but a month or a year counts from its first day, and 0 for what is no day.

    >>> first_day("2024"), first_day("2024-07"), first_day("2024-07-20"), first_day("soon")
    (20240101, 20240701, 20240720, 0)
    """
    try:
        parse_day(text)
    except ValueError:
        return 0
    year, month, day = [*text.strip().split("-"), "01", "01"][:3]
    return int(year + month + day) if year else 0


def day_text(day: int) -> str:
    """The number yyyymmdd as people and programs write it: 2024-08-30."""
    return f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"
