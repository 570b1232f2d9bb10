"""Which period a text of a return names, in a heading, a title or a row: 2023年, 上半年, 上年同期.

A period without a year is of the year that another text of the same heading names, else of the year
asked for. What is only compared with or priced at (比上年, 按2020年不变价, 2020=100) is no period
of the figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from dtrack.core.message import Message, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import spelling
from dtrack.core.period import Period, UnclearYear
from dtrack.core.years import YEAR, twins_are_years
from dtrack.importing.layout.fiscal_years import (
    FISCAL,
    is_of_two_calendars,
    months_of,
    read_fiscal,
)
from dtrack.importing.layout.model import Layout
from dtrack.parsing import lexicon

_YEARED = re.compile(
    r"(?:[12][0-9]{3}年?(?:[上下]半年|全年|[0-9]{1,2}(?:月?[-—–~至到][0-9]{1,2})?月份?|第?[一二三四1-4]季度|前[二三四2-4]季度)[末底]?"
    r"|[12][0-9]{3}[- ]?[HSQ][1-4]|[HQ][1-4][- ]?[12][0-9]{3}|[12]H[12][0-9]{3}"
    r"|(?<![0-9.])(?:19[5-9]|20[0-9])[0-9](?:年[末底]?)?(?![0-9.]))",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"上年同期|去年同期|上年|same period (?:of )?last year|year before|last year", re.IGNORECASE
)
_LOOSE = re.compile(
    r"[上下]半年[末底]?|全年|(?<![0-9年.])[0-9]{1,2}(?:月?[-—–~～至到][0-9]{1,2})?月(?:份|末|底)?|(?:第?[一二三四1-4]|前[二三四2-4])季度[末底]?"
    r"|(?<![A-Za-z0-9])[HQ][1-4](?![A-Za-z0-9])",
    re.IGNORECASE,
)
_AGE = r"(?:19|20|21)[0-9]{2}"  # years that words of a heading may name; 1508 is rather a figure
_SAME_OF = re.compile(rf"({_AGE})年同期")
_LONGEST = 300
_NUMBERS = re.compile(r"[0-9]{1,2}(?:[-—–~～至到][0-9]{1,2})?|[一二三四]")
_MONTHS = [
    "jan(?:uary|vier)?",
    "feb(?:ruary)?|févr(?:ier)?",
    "mar(?:ch|s)?",
    "apr(?:il)?|avr(?:il)?",
    "may|mai",
    "june?|juin",
    "july?|juil(?:let)?",
    "aug(?:ust)?|août",
    "sept?(?:ember|embre)?",
    "oct(?:ober|obre)?",
    "nov(?:ember|embre)?",
    "dec(?:ember)?|déc(?:embre)?",
]
_MONTH = "|".join(_MONTHS)
_OF_YEAR = rf"(?:,?\s+(?:of |de )?({_AGE}))?"
_BY_NAME = re.compile(
    rf"\b({_MONTH})\b\.?(?:\s*(?:-|–|—|to|à|through)\s*({_MONTH})\b\.?)?{_OF_YEAR}(?!\w)",
    re.IGNORECASE,
)
_HALF_BY_NAME = re.compile(
    r"\b(?:(first|1st|1er|premier)|second|2nd|2e|2ème|deuxième)\s+"
    rf"(?:half(?:[- ]year)?|semestre){_OF_YEAR}(?!\w)",
    re.IGNORECASE,
)
_QUARTER_BY_NAME = re.compile(rf"\b(?:T([1-4])|S([12])){_OF_YEAR}(?!\w)")
_COMPARED_BEFORE = re.compile(
    r"(?:[比较与同跟按以]|剔除|扣除|不含|不包括|[12][0-9]{3}年?\s*[-—–~～至到]"
    r"|\b(?:compared (?:with|to)|versus|vs\.?|than|over|against|at))\s*(?:the )?\s*$",
    re.IGNORECASE,
)
_COMPARED_AFTER = re.compile(
    r"\s*(?:[-—–~～至到]\s*[12][0-9]{3}|相比|对比|比较|[=＝]\s*100|为\s*100|(?:不变|可比)价|价格?计算|基数|基期|为基"
    r"|(?:constant )?prices)",
    re.IGNORECASE,
)


class NamedPeriod(NamedTuple):
    """A period as a text names it.

    `own_year`: with a year, else of the year asked for; `before`: as the year before that.
    `question`: what has to be said before it is one.
    """

    period: Period
    own_year: bool = False
    before: bool = False
    question: Message | None = None


def mentions(text: str, asked: Period) -> tuple[str, list[NamedPeriod]]:
    """The text without the periods that it names, and those; a very long text names none."""
    found: list[NamedPeriod] = []
    if len(text) > _LONGEST:
        return text, found
    for pattern, read in _PATTERNS:
        at = 0
        while match := pattern.search(text, at):
            one = None if _is_compared(text, match) else read(match, asked)
            if one is None:
                at = match.end()
                continue
            found.append(one)
            text, at = (text[: match.start()] + text[match.end() :]).strip(), 0
    return text, found


def period_agreed(found: Sequence[NamedPeriod], asked: Period) -> tuple[Period | None, bool]:
    """The one period that several mentions name, or None; False where they name different ones.

    2023年 above 上半年 is the half of 2023; a year above one of its own halves is that half;
    上年同期 is a year earlier.
    """
    if any(named.question for named in found):
        return None, False
    own = {named.period for named in found if named.own_year}
    loose = {named.period for named in found if not (named.own_year or named.before)}
    if is_of_two_calendars(own, loose):
        return None, False
    years = {period.year for period in own}
    year = years.pop() if len(years) == 1 else asked.year
    spans = own | {period.shift((year - asked.year) * YEAR) for period in loose}
    narrow = min(spans, key=lambda period: (period.end - period.start, period.start), default=None)
    clear = narrow is None or all(
        span.start <= narrow.start and narrow.end <= span.end for span in spans
    )
    if not any(named.before for named in found):
        return narrow, clear
    last_year = asked.shift(-YEAR)
    if narrow is None or (narrow.start <= last_year.start and last_year.end <= narrow.end):
        return last_year, clear
    return narrow.shift(-YEAR), clear


def period_in(text: str, asked: Period) -> Period | None:
    """The period that a title names; None where it names none, or several that do not agree."""
    period, clear = period_agreed(mentions(text, asked)[1], asked)
    return period if clear else None


def _is_compared(text: str, match: re.Match[str]) -> bool:
    """The period is what figures are compared with or priced at, or one end of several years."""
    return bool(
        _COMPARED_BEFORE.search(text[: match.start()]) or _COMPARED_AFTER.match(text, match.end())
    )


def _fiscal(match: re.Match[str], asked: Period) -> NamedPeriod | None:
    read = read_fiscal(match[0])
    if isinstance(read, Message):
        return NamedPeriod(asked, own_year=True, question=read)
    return NamedPeriod(read, own_year=True) if read else None


def _yeared(match: re.Match[str], _asked: Period) -> NamedPeriod | None:
    return _parsed(match[0].rstrip("末底"), own_year=True)


def _before(_match: re.Match[str], asked: Period) -> NamedPeriod:
    return NamedPeriod(asked.shift(-YEAR), before=True)


def _loose(match: re.Match[str], asked: Period) -> NamedPeriod | None:
    text = match[0]
    if text == "全年":
        return NamedPeriod(asked.whole_year)
    if "月" in text:
        numbers = [int(number) - 1 for number in re.findall(r"[0-9]+", text)]
        span = months_of(asked, numbers[0], numbers[-1]) if max(numbers) < YEAR else None
        return NamedPeriod(span) if span else None
    year = asked.calendar.called(asked.year) + ("" if asked.calendar.begins_later else "年")
    return _parsed(f"{year.rstrip('年') if text[0] in 'HQhq' else year}{text.rstrip('末底份')}")


def _same_of(match: re.Match[str], asked: Period) -> NamedPeriod:
    return NamedPeriod(asked.shift((int(match[1]) - asked.year) * YEAR), own_year=True)


def _by_name(match: re.Match[str], asked: Period) -> NamedPeriod | None:
    """June 2024, Jan-Jun 2024, January to June."""
    first, last, year = match.groups()
    return _span(_month(first), _month(last or first), year, asked)


def _month(name: str) -> int:
    found = (re.fullmatch(pattern, name, re.IGNORECASE) for pattern in _MONTHS)
    return next(number for number, match in enumerate(found) if match)


def _half_by_name(match: re.Match[str], asked: Period) -> NamedPeriod | None:
    """First half of 2024, 1er semestre."""
    start = 0 if match[1] else 6
    return _part(start, start + 5, match[2], asked)


def _quarter_by_name(match: re.Match[str], asked: Period) -> NamedPeriod | None:
    """T2 2024, S1 2024, as the French write them."""
    quarter, half, year = match.groups()
    months = 3 if quarter else 6
    last = int(quarter or half) * months
    return _part(last - months, last - 1, year, asked)


def _part(first: int, last: int, year: str | None, asked: Period) -> NamedPeriod:
    """From the first to the last month of a year, as it counts them."""
    start = int(year) * YEAR if year else asked.calendar.first_month(asked.year)
    return NamedPeriod(Period(start + first, start + last), own_year=year is not None)


def _span(first: int, last: int, year: str | None, asked: Period) -> NamedPeriod | None:
    """From one month to another, of January to December where a year is named."""
    if year is None:
        span = months_of(asked, first, last)
        return NamedPeriod(span) if span else None
    if first > last:
        return None
    start = int(year) * YEAR
    return NamedPeriod(Period(start + first, start + last), own_year=True)


def _parsed(text: str, *, own_year: bool = False) -> NamedPeriod | None:
    try:
        return NamedPeriod(Period.parse(text), own_year)
    except ValueError:
        return None


_PATTERNS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], Period], NamedPeriod | None]], ...
] = (
    (FISCAL, _fiscal),
    (_SAME_OF, _same_of),
    (_BY_NAME, _by_name),
    (_HALF_BY_NAME, _half_by_name),
    (_QUARTER_BY_NAME, _quarter_by_name),
    (_YEARED, _yeared),
    (_YEAR_BEFORE, _before),
    (_LOOSE, _loose),
)


class ReadPeriod(NamedTuple):
    """The period of a row in its canonical spelling; "" with column, text and reason if unread."""

    period: str
    column: int = -1
    text: str = ""
    reason: Message | None = None


class RowPeriods:
    """Reads each distinct text, or each distinct pair of texts, once."""

    def __init__(self, layout: Layout, asked: Period) -> None:
        self.layout, self.asked = layout, asked
        self.columns = (layout.period, *layout.more_periods)
        down = [layout.grid.column(column) for column in self.columns] if layout.period >= 0 else []
        self.texts: Sequence[str | tuple[str, ...]] = (
            down[0] if len(down) == 1 else list(zip(*down, strict=True))
        )
        self.read: dict[str | tuple[str, ...], ReadPeriod] = {}

    def of(self, row: int) -> ReadPeriod:
        """What a row says."""
        key = self.texts[row]
        if (read := self.read.get(key)) is None:
            texts = [self.layout.grid.cell(row, column).strip() for column in self.columns]
            read = self.read[key] = self.understood(texts)
        return read

    def understood(self, texts: list[str]) -> ReadPeriod:
        """The one period that the texts of a row name together."""
        told: list[NamedPeriod] = []
        for column, text in zip(self.columns, texts, strict=True):
            if not text and self.said_below(column):
                why = _("the period of this row is missing, other rows have one: add it")
                return ReadPeriod("", column, text, why)
            named = self.named(column, text) if text else []
            if named is None or (question := question_of(named)):
                return ReadPeriod("", column, text, question if named else _no_period(text))
            told += named
        period = self.one(told)
        if period is None:
            return ReadPeriod("", self.columns[-1], texts[-1], _no_period(" / ".join(texts)))
        return ReadPeriod(str(period))

    def one(self, told: list[NamedPeriod]) -> Period | None:
        """The period of a row that names these; None where they do not agree."""
        asked = self.asked
        if any(named.before for named in told):
            usual = self.others
            if len(told) > 1 or len(usual) > 1:
                return None
            asked = usual[0] if usual else asked
        elif not told:
            return asked
        period, clear = period_agreed(told, asked)
        return period if clear else None

    @cached_property
    def others(self) -> list[Period]:
        """The periods that the rows name by themselves, beside which 上年同期 is a year earlier."""
        cells = {self.layout.grid.cell(row, self.columns[0]) for row, _area in self.layout.rows}
        read = (self.named(self.columns[0], text) for text in set(map(str.strip, cells)) - {""})
        told = (one for one in read if one and not any(part.before for part in one))
        return sorted({period for one in told if (period := period_agreed(one, self.asked)[0])})

    def named(self, column: int, text: str) -> list[NamedPeriod] | None:
        """The periods of one text, with a year or without; None where it says more than those."""
        if _NUMBERS.fullmatch(text):
            top, last = self.layout.header
            cells = (self.layout.grid.cell(row, column) for row in range(max(top, 0), last + 1))
            counted = lexicon.COUNTED_PERIODS
            text = next(
                (counted[head].format(text) for head in map(spelling, cells) if head in counted),
                text,
            )
        try:
            return [NamedPeriod(Period.parse(text, self.twins[column]), own_year=True)]
        except UnclearYear as error:
            return [NamedPeriod(self.asked, own_year=True, question=message_of(error))]
        except ValueError:
            rest, found = mentions(text, self.asked)
        return found if found and not rest else None

    @cached_property
    def twins(self) -> dict[int, bool | None]:
        """What each column says of a text such as 2007-08: a year (True) or a month."""
        return {
            column: twins_are_years(
                {self.layout.grid.cell(row, column) for row, _area in self.layout.rows}
            )
            for column in self.columns
        }

    def said_below(self, column: int) -> bool:
        """Some row says something in that column."""
        return any(self.layout.grid.cell(row, column).strip() for row, _unused in self.layout.rows)


def question_of(named: Iterable[NamedPeriod]) -> Message | None:
    """What has to be said before the periods that a text names can be taken."""
    return next((one.question for one in named if one.question), None)


def _no_period(text: str) -> Message:
    return _("“{text}” is not a valid period", text=text[:40])
