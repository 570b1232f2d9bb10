"""What a return reports, as values.

Its figures as columns, and what is known of the cells on the way there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

from dtrack.core.message import Message
from dtrack.importing.layout.model import FigureColumn
from dtrack.parsing.unit import Unit


@dataclass(slots=True)
class ExtractedFigures:
    """The figures of a return, one list a column.

    `answered`: the form was told (a sign or the map), so none is asked.
    """

    area: list[str] = field(default_factory=list)
    indicator: list[str] = field(default_factory=list)
    period: list[str] = field(default_factory=list)
    value: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)
    silent: int = 0


class ParsedValue(NamedTuple):
    """What is kept of one text under one heading: the value and a note; "" where nothing is.

    `heard`: the figure as it stood there, whose decimals tell the smallest unit of the table.
    `odd`: the code of a finding
    at each such cell, with the reason why nothing is kept, or how it is read.
    """

    value: str = ""
    heard: str = ""
    note: str = ""
    odd: str = ""
    reason: Message | None = None
    answered: bool = False


@dataclass(slots=True)
class ColumnContext:
    """The cells of one column that one indicator is the name of.

    What holds for all of them, and each text understood.

    `position` −1: the name is no indicator's. `period` "": their rows say. `wanted`: an indicator's
    that was asked for.
    `form` and `unit`: as the map or the heading tells. `torn`: code, sentence and column where two
    units or periods
    are told of it, or no unit; "", "", −1 else. `as_it_is`: a plain number is the figure, to the
    letter,
    and of the one period.
    """

    taken: FigureColumn
    position: int
    period: str
    wanted: bool
    form: str = ""
    unit: Unit | None = None
    torn: tuple[str, Message | None, int] = ("", None, -1)
    as_it_is: bool = False
    known: dict[str, ParsedValue] = field(default_factory=dict)


@dataclass(slots=True)
class FigureCells:
    """Figures where they stood, one list a column.

    Row, position of the area, heading, period, and what is kept.

    Of a plain number its own text is kept, which needs no more to be told of it.
    """

    rows: list[int] = field(default_factory=list)
    areas: list[int] = field(default_factory=list)
    under: list[ColumnContext] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    kept: list[ParsedValue | str] = field(default_factory=list)

    def add(
        self, row: int, area: int, under: ColumnContext, period: str, kept: ParsedValue | str
    ) -> None:
        """One more."""
        self.rows.append(row)
        self.areas.append(area)
        self.under.append(under)
        self.periods.append(period)
        self.kept.append(kept)

    def without(self, gone: list[int]) -> FigureCells:
        """All but those at some positions."""
        if not gone:
            return self
        left = [True] * len(self.rows)
        for at in gone:
            left[at] = False
        columns = (self.rows, self.areas, self.under, self.periods, self.kept)
        return FigureCells(*(list(compress(column, left)) for column in columns))  # type: ignore[arg-type]  # each of its own kind

    def odd(self) -> dict[int, ParsedValue]:
        """By their positions, those that are no plain number."""
        return {at: one for at, one in enumerate(self.kept) if isinstance(one, ParsedValue)}
