"""Years that begin with another month than January, as headings and titles write them."""

from __future__ import annotations

import re

from dtrack.core.message import Message, message_of
from dtrack.core.period import Period, UnclearYear, month_or_year
from dtrack.core.years import JANUARY, YEAR, is_twin

_PART = r"(?:[HQST][1-4]|[12]H|[1-4]Q)"
_TWO = r"[-/–](?:[0-9]{2})?[0-9]{2}"
_CHINESE = "[上下]半年|全年|第?[一二三四1-4]季度|前[二三四2-4]季度"
FISCAL = re.compile(
    rf"(?<![A-Za-z0-9.])(?:{_PART}[ :-]*)?"
    rf"(?:(?:FY|exercice)[ -]?[0-9]{{2}}(?:[0-9]{{2}})?(?:{_TWO})?(?![0-9])"
    rf"|(?:19|20)[0-9]{{2}}{_TWO}(?![0-9.%/-])|(?:19|20)[0-9]{{2}}(?=财))"
    rf"(?:财年|财政年度)?(?:[ -]?{_PART}(?![A-Za-z0-9])|{_CHINESE})?[末底]?",
    re.IGNORECASE,
)


def read_fiscal(text: str) -> Period | Message | None:
    """The period of a text that FISCAL found, or what has to be asked; None where it is none.

    2024-2025 are two years from January, and none of this.
    """
    plain = text.rstrip("末底").strip().replace("–", "-")
    if is_twin(plain):
        return month_or_year(text, plain)
    if re.fullmatch(r"[0-9]{4}-[0-9]{4}", plain):
        return None
    try:
        return Period.parse(re.sub(r"(?i)^S([12])(?=[ :-])", r"H\1", plain))
    except UnclearYear as error:
        return message_of(error)
    except ValueError:
        return None


def months_of(asked: Period, first: int, last: int) -> Period | None:
    """Months by their numbers (0 for January) in the year asked for; None where they turn back.

    January is the tenth month of a year that begins in April.
    """
    calendar = asked.calendar
    before, until = ((month + 1 - calendar.start_month) % YEAR for month in (first, last))
    start = calendar.first_month(asked.year)
    return Period(start + before, start + until) if before <= until else None


def is_of_two_calendars(own: set[Period], loose: set[Period]) -> bool:
    """2023年 above 上半年 where years begin in April: the half of either may be meant."""
    parts = any(period.calendar.begins_later and period.is_named_part for period in loose)
    return parts and any(period.is_year and period.calendar == JANUARY for period in own)
