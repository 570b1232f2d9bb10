"""Which sign stands before the decimals of a file, point or comma.

In come its texts, out goes the sign, or both are told.
"""

from __future__ import annotations

import re

from dtrack.importing.formats.grid import Grid

_COMMA = re.compile(
    r"[+\-−]?(?:0|[0-9]{1,3}(?:[ .'’\u00a0\u202f]?[0-9]{3})*),(?:[0-9]{1,2}|[0-9]{4,}) ?%?"
)
_COMMA_SURE = re.compile(r"[+\-−]?(?:0,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+) ?%?")
_POINT = re.compile(
    r"[+\-−]?(?:0|[0-9]+|[0-9]{1,3}(?:[ ,'’\u00a0\u202f][0-9]{3})+)\.(?:[0-9]{1,2}|[0-9]{4,}) ?%?"
)
_POINT_SURE = re.compile(r"[+\-−]?(?:0\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+) ?%?")

_EITHER = re.compile(
    r"[+\-−]?[1-9][0-9]{0,2},[0-9]{3}(?:,[0-9]{3})*(?: ?%)?|[+\-−]?[1-9][0-9]{0,2}\.[0-9]{3}(?: ?%)?"
)


def points(grid: Grid) -> dict[str, tuple[int, int]]:
    """The signs that stand before decimals, each with the first cell that shows it.

    {} where no cell does.

    1,234 and 1.234 show nothing: they may be thousands. They are read by the sign that the others
    show.
    """
    found = {sign: _first(grid, sign) for sign in (",", ".")}
    return {sign: cell for sign, cell in found.items() if cell}


def _first(grid: Grid, sign: str) -> tuple[int, int] | None:
    """The first cell in which the sign stands before decimals."""
    if sign not in grid.signs or not any(
        sign in text and _shows(text, sign) for text in grid.texts
    ):
        return None
    cells = (
        (row, column, text)
        for row, texts in enumerate(grid.rows)
        for column, text in enumerate(texts)
    )
    return next((row, column) for row, column, text in cells if sign in text and _shows(text, sign))


def _shows(text: str, sign: str) -> bool:
    return len(text) <= 40 and _shown(text.strip()) == sign


def _shown(text: str) -> str:
    """The sign that stands before the decimals of one text, "" where that cannot be told."""
    if _COMMA.fullmatch(text) or _COMMA_SURE.fullmatch(text):
        return ","
    return "." if _POINT.fullmatch(text) or _POINT_SURE.fullmatch(text) else ""


def thousands(grid: Grid, signs: str = ",.") -> tuple[int, int] | None:
    """The first cell with one of the signs before three digits, 1,234 or 1.234.

    Thousands or decimals; None where none has.
    """
    wanted = {
        text
        for sign in grid.signs.intersection(signs)
        for text in grid.texts
        if sign in text and _EITHER.fullmatch(text.strip())
    }
    if not wanted:
        return None
    cells = (
        (row, column, text)
        for row, texts in enumerate(grid.rows)
        for column, text in enumerate(texts)
    )
    return next((row, column) for row, column, text in cells if text in wanted)
