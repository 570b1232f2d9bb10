"""What the cells of a workbook hold: numbers, days and truths as such, texts as texts."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from dtrack.core.translate import ungrouped
from dtrack.rendering.xlsx_formats import Dress
from dtrack.rendering.xlsx_page import Cell, text_of
from dtrack.reporting.document import Column

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel counts days otherwise, or not at all
_TRUTHS = {"true": True, "false": False}


def of(column: Column, dress: Dress) -> list[Cell]:
    """Value and format of every cell that people read; distinct texts and formats made once."""
    texts, right = column.for_people(), column.to_the_right
    tones = column.tones or [""] * len(texts)
    digits = [len(ungrouped(text).partition(".")[2]) for text in texts]
    safe = {text: text_of(text) for text in set(texts)}
    looks: dict[tuple[str, int], Format] = {}
    cells: list[Cell] = []
    for text, number, tone, count in zip(texts, column.as_numbers(), tones, digits, strict=True):
        key = (tone if text else "", max(int(count), 0) if number is not None else -1)
        look = looks.get(key) or looks.setdefault(
            key, dress.cell(key[0], digits=key[1], signed=column.signed, right=right)
        )
        cells.append((number if number is not None else safe[text] or None, look))
    return cells


def of_data(column: Column, dress: Dress) -> list[Cell]:
    """The cells of the sheet for programs: what the CSV holds, typed."""
    texts = column.for_programs()
    if column.decimals is not None:
        return [
            (float(text) if text else None, dress.data(len(text.partition(".")[2])))
            for text in texts
        ]
    # a column of true and false, not a text that reads so
    truths, plain, day = {*texts} <= {*_TRUTHS, ""}, dress.data(), dress.data(day=True)
    cells: list[Cell] = []
    for text in texts:
        if truths:
            cells.append((_TRUTHS.get(text), plain))
        elif found := _day(text):
            cells.append((found, day))
        else:
            cells.append((text_of(text) or None, plain))
    return cells


def _day(text: str) -> dt.date | None:
    """The day that a text is and nothing else."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None
