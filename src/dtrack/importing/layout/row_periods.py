"""The period that each row of a return says, in one column or in several (年份 beside 季度).

In come a `Layout` and the period asked for, out goes the period of a row, or the cell at which it
cannot be read and why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dtrack.core.message import Message
from dtrack.core.names import spelling
from dtrack.core.period import Period
from dtrack.importing.layout.model import Layout
from dtrack.importing.layout.periods import Named, agreed, mentions
from dtrack.parsing import reasons

_NUMBERS = re.compile(r"[0-9]{1,2}(?:[-—–~～至到][0-9]{1,2})?|[一二三四]")
# heading → a mere number below
_COUNTED = {"月份": "{}月", "month": "{}月", "季度": "{}季度", "quarter": "Q{}", "half": "H{}"}


class ReadPeriod(NamedTuple):
    """The period of a row, in its canonical spelling.

    "" with the column at which it cannot be read, what stands there, and why.
    """

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
        self.usual: tuple[Period, ...] | None = None

    def of(self, row: int) -> ReadPeriod:
        """What a row says."""
        key = self.texts[row]
        if (read := self.read.get(key)) is None:
            texts = [self.layout.grid.cell(row, column).strip() for column in self.columns]
            read = self.read[key] = self.understood(texts)
        return read

    def understood(self, texts: list[str]) -> ReadPeriod:
        """The one period that the texts of a row name together."""
        told: list[Named] = []
        for column, text in zip(self.columns, texts, strict=True):
            if not text and self.said_below(column):
                return ReadPeriod("", column, text, reasons.no_period_said())
            named = self.named(column, text) if text else []
            if named is None:
                return ReadPeriod("", column, text, reasons.no_period(text))
            told += named
        period = self.one(told)
        if period is None:
            return ReadPeriod("", self.columns[-1], texts[-1], reasons.no_period(" / ".join(texts)))
        return ReadPeriod(str(period))

    def one(self, told: list[Named]) -> Period | None:
        """The period of a row that names these; None where they do not agree."""
        asked = self.asked
        if any(named.before for named in told):
            usual = self.others()
            if len(told) > 1 or len(usual) > 1:
                return None
            asked = usual[0] if usual else asked
        elif not told:
            return asked
        period, clear = agreed(told, asked)
        return period if clear else None

    def others(self) -> tuple[Period, ...]:
        """The periods that the rows name by themselves.

        That beside which 上年同期 is a year earlier.
        """
        if self.usual is None:
            texts = {
                self.layout.grid.cell(row, self.columns[0]).strip() for row, _ in self.layout.rows
            } - {""}
            named = [
                one
                for text in texts
                if (one := self.named(self.columns[0], text))
                and not any(part.before for part in one)
            ]
            periods = {agreed(one, self.asked)[0] for one in named}
            self.usual = tuple(sorted(period for period in periods if period is not None))
        return self.usual

    def named(self, column: int, text: str) -> list[Named] | None:
        """The periods of one text, one with a year or without it.

        None where more stands there than those.
        """
        if _NUMBERS.fullmatch(text):
            text = next(
                (_COUNTED[head].format(text) for head in self.heads(column) if head in _COUNTED),
                text,
            )
        try:
            return [Named(Period.parse(text), own_year=True)]
        except ValueError:
            rest, found = mentions(text, self.asked)
        return found if found and not rest else None

    def heads(self, column: int) -> list[str]:
        """The texts above a column as keys under which words are found."""
        top, last = self.layout.header
        return [
            spelling(self.layout.grid.cell(row, column)) for row in range(max(top, 0), last + 1)
        ]

    def said_below(self, column: int) -> bool:
        """Some row says something in that column."""
        return any(self.layout.grid.cell(row, column).strip() for row, _ in self.layout.rows)
