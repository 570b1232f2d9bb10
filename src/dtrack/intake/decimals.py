"""Which sign stands before the decimals of a file, point or comma. In come its texts, out goes the sign, or both are told."""

from __future__ import annotations

import re

from dtrack.intake.grid import Grid

_COMMA = re.compile(r"[+\-−]?(?:0|[0-9]{1,3}(?:[ .'’\u00a0\u202f]?[0-9]{3})*),(?:[0-9]{1,2}|[0-9]{4,}) ?%?")
_COMMA_SURE = re.compile(r"[+\-−]?(?:0,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+) ?%?")
_POINT = re.compile(r"[+\-−]?(?:0|[0-9]+|[0-9]{1,3}(?:[ ,'’\u00a0\u202f][0-9]{3})+)\.(?:[0-9]{1,2}|[0-9]{4,}) ?%?")
_POINT_SURE = re.compile(r"[+\-−]?(?:0\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+) ?%?")


def points(grid: Grid) -> dict[str, tuple[int, int]]:
    """The signs that stand before decimals, each with the first cell that shows it; {} where no cell does.

    1,234 and 1.234 show nothing: they may be thousands. They are read by the sign that the others show.
    """
    found: dict[str, tuple[int, int]] = {}
    looked: set[str] = set()
    for row, cells in enumerate(grid.rows):
        for column, text in enumerate(cells):
            if text in looked or len(text) > 40 or ("," not in text and "." not in text):
                continue
            looked.add(text)
            plain = text.strip()
            if _COMMA.fullmatch(plain) or _COMMA_SURE.fullmatch(plain):
                found.setdefault(",", (row, column))
            elif _POINT.fullmatch(plain) or _POINT_SURE.fullmatch(plain):
                found.setdefault(".", (row, column))
    return found
