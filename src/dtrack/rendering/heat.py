"""A matrix on a terminal: how it is folded where the screen has no room for all of it.

First headings are folded between words; then cells keep their sign alone; then the matrix is cut
into blocks, each with the first column, the last with the last one.
"""

from __future__ import annotations

from dataclasses import replace

from dtrack.rendering.widths import longest, longest_word, total
from dtrack.reporting.document import Column

_HEADED = 16  # a heading is given no more room than this


def blocks(columns: tuple[Column, ...], room: int) -> list[tuple[list[Column], dict[str, int]]]:
    """The columns of each block with their widths."""
    for attempt in (columns, tuple(map(_signs, columns))):
        if total(least := _widths(attempt)) <= room:
            return [(list(attempt), _widened(attempt, least, room))]
    return [
        (block, _widened(tuple(block), _widths(tuple(block)), room))
        for block in _cut(columns, room)
    ]


def _cut(columns: tuple[Column, ...], room: int) -> list[list[Column]]:
    """As many columns behind the first as have room, again and again."""
    first, *rest = columns
    taken: list[list[Column]] = [[first]]
    for column in rest:
        if len(taken[-1]) > 1 and total(_widths((*taken[-1], column))) > room:
            taken.append([first])
        taken[-1].append(column)
    return taken


def _signs(column: Column) -> Column:
    """A column of which the cells keep their sign alone."""
    if column.numbers is None:
        return column
    last = column.values[-1]
    signs = [str(text).split(" ", 1)[0] for text in column.values[:-1]]
    return replace(column, values=[*signs, last])


def _widths(columns: tuple[Column, ...]) -> dict[str, int]:
    """As wide as the cells and the longest word of the heading."""
    return {c.key: max(longest(c.for_people()), longest_word([c.heading])) for c in columns}


def _widened(columns: tuple[Column, ...], least: dict[str, int], room: int) -> dict[str, int]:
    """With what room is left given to headings that are folded, letter by letter in turn."""
    wanted = {c.key: min(longest([c.heading]), max(_HEADED, least[c.key])) for c in columns}
    spare = room - total(least)
    while spare > 0 and (short := [key for key in least if least[key] < wanted[key]]):
        for key in short[:spare]:
            least[key] += 1
        spare = room - total(least)
    return least
