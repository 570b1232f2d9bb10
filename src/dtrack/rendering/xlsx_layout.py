"""What the tabs of a workbook hold: tables of numbers with their wordings beside them.

A workbook is read by formulas and pivots as well as by eyes: a number stands alone in its cell, and
what a text says beyond it (at least, of 2023) in the column beside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dtrack.core.translate import _, ungrouped
from dtrack.reporting.document import Column, Sheet

_MOST_DIGITS = 9
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def with_numbers(sheet: Sheet) -> Sheet:
    """The sheet whose texts that hold a number are that number, the text in a column beside."""
    columns = (part for column in sheet.columns for part in _parts(column))
    return replace(sheet, columns=tuple(columns))


def _parts(column: Column) -> tuple[Column, ...]:
    numbers = column.order or column.numbers
    if column.decimals is not None or numbers is None:
        return (column,)
    texts, exact = column.for_people(), column.numbers or [None] * len(column.values)
    if all(one is not None or not text for one, text in zip(exact, texts, strict=True)):
        return (column,)
    found = [None if one is None or one != one else one for one in numbers]
    digits = [_digits(text, one) for text, one in zip(texts, found, strict=True)]
    beside = ["" if one is not None else text for one, text in zip(exact, texts, strict=True)]
    heading = _("{heading} as worded", heading=column.heading)
    told = replace(
        column,
        key=f"{column.key}_text",
        heading=heading,
        values=beside,
        right=False,
        numbers=None,
        order=None,
    )
    if all(one is None for one in found):
        return (replace(told, key=column.key, heading=column.heading),)
    alone = replace(column, values=found, decimals=digits, right=True, numbers=None, order=None)
    return (alone, told)


def _digits(text: str, number: float | None) -> int:
    """The decimals with which a text shows its number; of a scaled one, those that it needs."""
    if number is None:
        return 0
    shown = _NUMBER.findall(ungrouped(text))
    for digits in range(_MOST_DIGITS, -1, -1):
        if f"{abs(number):.{digits}f}" in shown:
            return digits
    return len(f"{number:.{_MOST_DIGITS}f}".rstrip("0").partition(".")[2])


def together(sheets: Sequence[Sheet], title: str) -> Sheet:
    """Sheets of few rows as one: their titles first, each key one column, sentences below."""
    keys = dict.fromkeys(column.key for sheet in sheets for column in sheet.columns)
    sizes = [sheet.size for sheet in sheets]
    by_key = [{column.key: column for column in sheet.columns} for sheet in sheets]
    titles = [sheet.title for sheet in sheets for _row in range(sheet.size)]
    below = (
        _("{area}: {sentence}", area=sheet.title, sentence=line)
        for sheet in sheets
        for line in sheet.sentences
    )
    columns = (
        Column("title", _("Indicator"), titles),
        *(_joined([of.get(key) for of in by_key], sizes) for key in keys),
    )
    return Sheet(title, columns, tuple(below))


def _joined(parts: Sequence[Column | None], sizes: Sequence[int]) -> Column:
    """One column of the cells that each table has in it; nothing where it has no such column."""
    known = [part for part in parts if part is not None]

    def each(name: str, nothing: Any) -> list[Any] | None:
        found = [getattr(part, name) if part is not None else None for part in parts]
        if all(cells is None for cells in found):
            return None
        filled = (
            [nothing] * size if cells is None else cells
            for cells, size in zip(found, sizes, strict=True)
        )
        return [cell for cells in filled for cell in cells]

    return replace(
        known[0],
        # of units that differ the heading names none
        heading=min((part.heading for part in known), key=len),
        values=each("values", None) or [],
        decimals=each("decimals", 0),
        tones=each("tones", ""),
        numbers=each("numbers", None),
        order=each("order", None),
        levels=None,
        cites=each("cites", ()),
        alike=False,
    )
