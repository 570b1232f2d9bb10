"""A sheet that somebody sent, as texts: what each cell shows, and where it stood.

Nothing is interpreted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain

from dtrack.core.message import Message

Area = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(frozen=True)
class Grid:
    """One sheet. `rows` may differ in length; "" is a blank cell. Rows and columns count from 0.

    A cell is the text that a person sees: 5.0 keeps its zero, 0.052 under a per cent format is
    "5.2%". `sheet` is "" for a CSV. `merged`: the merged areas, whose text
    stands in their first cell. `formulas`: cells whose saved result was
    read. `hidden`: what is hidden, in words ("column C", "rows 5 to 7"). `turned`: rows and columns
    have been exchanged since it was read. `flat`: all cells in one row, where every row is as long
    as every other and nothing has been taken off: a column is then every so manieth of them.
    `above`: rows that stand above the table and not in it, as the title of a table in a document:
    its own first cell is A1, the row above it row 0.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[str]]
    merged: tuple[Area, ...] = ()
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    hidden: tuple[Message, ...] = ()
    turned: bool = False
    above: int = 0
    flat: list[str] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def width(self) -> int:
        """The number of columns of the longest row."""
        return max(map(len, self.rows), default=0)

    def column(self, at: int, first: int = 0) -> list[str]:
        """The texts of a column from the row `first` on, as long as the sheet."""
        if self.flat is not None:
            return (
                self.flat[first * self.width + at :: self.width]
                if at < self.width
                else [""] * (len(self.rows) - first)
            )
        rows = self.rows[first:] if first else self.rows
        try:
            return [row[at] for row in rows]
        except IndexError:  # rows of different lengths
            return [row[at] if at < len(row) else "" for row in rows]

    @cached_property
    def texts(self) -> frozenset[str]:
        """Every different text of the sheet."""
        return frozenset(chain.from_iterable(self.rows) if self.flat is None else self.flat)

    @cached_property
    def signs(self) -> str:
        """Every letter and sign of the sheet, as one text."""
        return "".join(self.texts)

    def cell(self, row: int, column: int) -> str:
        """The text of a cell; "" beyond the end of its row."""
        return self.rows[row][column] if column < len(self.rows[row]) else ""

    def origin(self, row: int, column: int) -> str:
        """Where a cell stood, as people name it: workbook.xlsx!上半年!D7, return.csv!D7."""
        return self.origins([(row, column)])[0]

    def origins(self, cells: Iterable[tuple[int, int]]) -> list[str]:
        """As `origin`, of many cells."""
        sheet = "".join(f"{part}!" for part in (self.file, self.sheet) if part)
        first = 1 - self.above
        if self.turned:
            return [f"{sheet}{letters(row)}{column + first}" for row, column in cells]
        return [f"{sheet}{letters(column)}{row + first}" for row, column in cells]

    def origins_down(self, rows: Iterable[int], column: int) -> list[str]:
        """As `origins`, of cells of one column."""
        if self.turned:
            return self.origins((row, column) for row in rows)
        first = 1 - self.above
        column_name = self.origin(0, column).removesuffix(str(first))
        return [f"{column_name}{row + first}" for row in rows]


@cache
def letters(column: int) -> str:
    """The letters of a column that counts from 0.

    >>> letters(0), letters(25), letters(26), letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    text = ""
    while column >= 0:
        text = chr(65 + column % 26) + text
        column = column // 26 - 1
    return text
