"""What of a sheet is hidden, as spans → the spans that hide something, in words, and one sentence that counts them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dtrack.core.message import (
    Message,
    lazy_enumerated,
    lazy_ngettext,
)
from dtrack.core.message import (
    lazy_gettext as _,
)
from dtrack.importing.formats.grid import letters

Span = tuple[int, int]  # first and last, from 0


class Hidden(NamedTuple):
    """The spans of rows and of columns that hide content."""

    rows: list[Span]
    columns: list[Span]


class Told(NamedTuple):
    """One sentence, and the first hidden cell with content."""

    sentence: Message
    row: int
    column: int


class _Seen:
    """Hidden cells with content: how many, the first, their columns."""

    def __init__(self) -> None:
        self.cells = 0
        self.first = (0, 0)
        self.columns: set[int] = set()

    def row(self, number: int, columns: Iterable[int]) -> None:
        for column in columns:
            if not self.cells:
                self.first = (number, column)
            self.cells += 1
            self.columns.add(column)


def tell_hidden(
    rows: list[list[str]], hidden_rows: Iterable[Span], hidden_columns: Iterable[Span]
) -> tuple[Hidden, Told | None]:
    """What is hidden and holds something.

    Columns that are hidden right of the table (a usual habit) are not told.
    """
    height, width = len(rows), max(map(len, rows), default=0)
    lines = [
        span
        for span in _joined(hidden_rows, height)
        if any(rows[n] for n in range(span[0], span[1] + 1))
    ]
    columns = _joined(hidden_columns, width)
    within = {column for first, last in columns for column in range(first, last + 1)}
    low = {number for first, last in lines for number in range(first, last + 1)}
    seen = _Seen()
    for number in range(height) if within else sorted(low):
        row = rows[number]
        seen.row(
            number, (c for c, text in enumerate(row) if text and (number in low or c in within))
        )
    hidden = Hidden(
        lines,
        [(a, b) for a, b in columns if any(column in seen.columns for column in range(a, b + 1))],
    )
    return hidden, _told(rows, hidden, seen) if seen.cells else None


def _told(rows: list[list[str]], hidden: Hidden, seen: _Seen) -> Told:
    row, column = seen.first
    names = in_words(hidden)
    where: object = lazy_enumerated(names[:5])
    if len(names) > 5:
        where = lazy_ngettext(
            "{names} and {count} more", "{names} and {count} more", len(names) - 5, names=where
        )
    first = _("{cell}: {text}", cell=f"{letters(column)}{row + 1}", text=rows[row][column][:40])
    sentence = lazy_ngettext(
        "{count} hidden cell was read too ({where}; the first is {first})",
        "{count} hidden cells were read too ({where}; the first is {first})",
        seen.cells,
        where=where,
        first=first,
    )
    return Told(sentence, row, column)


def in_words(hidden: Hidden) -> tuple[Message, ...]:
    """Rows and columns as people name them: "column C", "rows 5 to 7"."""
    return (*map(_columns, hidden.columns), *map(_rows, hidden.rows))


def _rows(span: Span) -> Message:
    first, last = span[0] + 1, span[1] + 1
    return (
        _("row {number}", number=first)
        if first == last
        else _("rows {first} to {last}", first=first, last=last)
    )


def _columns(span: Span) -> Message:
    first, last = map(letters, span)
    return (
        _("column {letter}", letter=first)
        if first == last
        else _("columns {first} to {last}", first=first, last=last)
    )


def _joined(spans: Iterable[Span], end: int) -> list[Span]:
    """Spans in order, those that touch made one, cut off at the end of the table."""
    joined: list[Span] = []
    for first, last in sorted((first, min(last, end - 1)) for first, last in spans if first < end):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
