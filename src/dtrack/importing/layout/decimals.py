"""Which sign stands before the decimals of a file, point or comma."""

from __future__ import annotations

import re

from dtrack.core.findings import Finding
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.grid import Grid
from dtrack.parsing.cell import FIGURE, parse_cell

# with one or two digits behind it, or four and more, a sign stands before decimals; with three it
# may part thousands, unless a 0 stands before it or thousands are parted by the other sign
_SHOWS = {
    ",": (
        r"[+\-−]?(?:(?:0|[0-9]{1,3}(?:[ .'’\u00a0\u202f]?[0-9]{3})*),(?:[0-9]{1,2}|[0-9]{4,})"
        r"|0,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+) ?%?"
    ),
    ".": (
        r"[+\-−]?(?:(?:0|[0-9]+|[0-9]{1,3}(?:[ ,'’\u00a0\u202f][0-9]{3})+)"
        r"\.(?:[0-9]{1,2}|[0-9]{4,})"
        r"|0\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+) ?%?"
    ),
}
_EITHER = r"[+\-−]?[1-9][0-9]{0,2}(?:,[0-9]{3}(?:,[0-9]{3})*|\.[0-9]{3})(?: ?%)?"
_INSIDE = re.compile(r"[0-9],[0-9]")
_LONGEST = 40  # letters of a number


def decimal_sign(grid: Grid, told: str, *, semicolons: bool = False) -> tuple[str, list[Finding]]:
    """The sign before decimals: the one told, else the one that the cells show; both are a finding.

    `semicolons`: the fields are separated by them, as where a comma stands before decimals; then
    8,412 asks.
    """
    if told:
        return told, []
    found = decimal_signs(grid)
    unclear = thousands(grid) if semicolons and not found else None
    if len(found) < 2 and unclear is None:
        return next(iter(found), "."), []
    at = unclear or found[","]
    text, origin = grid.cell(*at), grid.origin(*at)
    sentence = _(
        "“{text}” is ambiguous: its separator may be for thousands or decimals, and no "
        "other cell shows which",
        text=text,
    )
    if found:
        sentence = _(
            "“{text}” has a decimal comma, “{other}” ({place}) a decimal point",
            text=text,
            other=grid.cell(*found["."]),
            place=grid.origin(*found["."]),
        )
    return ".", [Finding("mixed-decimals", "", None, "", sentence, value=text, origin=origin)]


def decimal_signs(grid: Grid) -> dict[str, tuple[int, int]]:
    """The signs that stand before decimals, each with the first cell that shows it.

    1,234 and 1.234 show nothing: they may be thousands. They are read by the sign that the others
    show.
    """
    found = {sign: _first(grid, sign, shows) for sign, shows in _SHOWS.items()}
    signs = {sign: cell for sign, cell in found.items() if cell}
    worded = None if signs else _worded(grid)
    return {",": worded} if worded else signs


def _worded(grid: Grid) -> tuple[int, int] | None:
    """The first cell whose words leave a figure with a comma before its decimals: au plus 5,5."""
    cells = (
        (row, column)
        for row, texts in enumerate(grid.rows)
        for column, text in enumerate(texts)
        if len(text) <= _LONGEST and _INSIDE.search(text) and _needs_comma(text)
    )
    return next(cells, None) if "," in grid.signs else None


def _needs_comma(text: str) -> bool:
    with_comma, with_point = (parse_cell(text, sign, of_targets=True) for sign in ",.")
    return with_comma.kind == FIGURE and with_point.kind != FIGURE


def thousands(grid: Grid, signs: str = ",.") -> tuple[int, int] | None:
    """The first cell with a sign before three digits, thousands or decimals: 1,234, 1.234."""
    return _first(grid, signs, _EITHER)


def _first(grid: Grid, signs: str, pattern: str) -> tuple[int, int] | None:
    """The first cell with one of the signs that fits the pattern."""
    if not any(map(grid.signs.__contains__, signs)):
        return None
    wanted, fits = set(signs), re.compile(pattern).fullmatch
    cells = (
        (row, column)
        for row, texts in enumerate(grid.rows)
        for column, text in enumerate(texts)
        if len(text) <= _LONGEST and not wanted.isdisjoint(text) and fits(text.strip())
    )
    return next(cells, None)
