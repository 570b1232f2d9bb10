"""Every writer shows the same numbers: three standard sheets, each writer's output without its dress, row by row.

The writers are found, not listed twice: one that is added to READERS is held to the same tables.
"""

from __future__ import annotations

import csv
import html
import importlib.util
import io
import json
import re

import pytest

from dtrack.reporting.document import Column, Document, Sheet
from support import read_back
from support.sheets import AREAS, FULL, GAPS, SHEETS, opened

EXPECTED = {  # by hand: the numbers of each row, as people read them, without the plus sign
    "full": [
        ["5.0", "0.4", "5754.7", "3"],
        ["-0.25", "1234567", "0"],
        ["7", "0.0", "0.12", "12"],
        ["5.50", "-12", "2.67", "1"],
    ],
    "with gaps": [[], ["4"], ["0.0"], ["6", "-2"]],
    "empty": [],
}
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def numbers(cells: list[str]) -> list[str]:
    """The cells that are numbers and nothing else, without their plus sign."""
    return [cell.strip().removeprefix("+") for cell in cells if NUMBER.fullmatch(cell.strip())]


def of_terminal(sheet: Sheet) -> list[list[str]]:
    from rich.console import Console

    from dtrack.rendering import terminal

    out = io.StringIO()
    terminal.render(
        Document("t", sheets=(sheet,)),
        Console(file=out, width=200, markup=False, emoji=False, highlight=False),
    )
    lines = out.getvalue().splitlines()
    rows = [line for line in lines if any(line.startswith(area) for area in AREAS)]
    return [numbers(re.split(r"\s{2,}", row)) for row in rows]


def of_csv(sheet: Sheet) -> list[list[str]]:
    from dtrack.rendering import csv_writer

    return [numbers(row) for row in csv.reader(io.StringIO(csv_writer.render(sheet).decode()))][1:]


def of_json(sheet: Sheet) -> list[list[str]]:
    from dtrack.rendering import json_writer

    rows = json.loads(json_writer.render(sheet), parse_float=str, parse_int=str)["rows"]
    return [numbers([cell for cell in row.values() if isinstance(cell, str)]) for row in rows]


def of_markdown(sheet: Sheet) -> list[list[str]]:
    from dtrack.rendering import markdown

    text = markdown.render(Document("t", sheets=(sheet,))).decode()
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [numbers(re.split(r"(?<!\\)\|", row)) for row in rows][2:]


def of_workbook(sheet: Sheet) -> list[list[str]]:
    from dtrack.rendering import xlsx_writer

    page = opened(xlsx_writer.render(Document("t", sheets=(sheet,)))).worksheets[0]
    rows = [row for row in page.iter_rows() if row[0].value in AREAS]
    return [numbers([shown(cell) for cell in row]) for row in rows]


def shown(cell) -> str:
    """A cell as its number format shows it."""
    if cell.data_type != "n" or cell.value is None:
        return ""
    plain = cell.number_format.split(";")[0].lstrip("+")
    return f"{cell.value:.{len(plain.partition('.')[2])}f}"


def of_page(sheet: Sheet) -> list[list[str]]:
    from dtrack.rendering import html as webpage

    text = webpage.render(Document("t", sheets=(sheet,)))
    table = re.search(
        r"<table.*?</table>", text.decode() if isinstance(text, bytes) else text, re.DOTALL
    )
    rows = re.findall(r"<tr.*?</tr>", table[0], re.DOTALL) if table else []
    cells = [
        [
            html.unescape(re.sub("<[^>]*>", "", cell))
            for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)
        ]
        for row in rows
    ]
    return [numbers([cell.replace("−", "-") for cell in row]) for row in cells][1:]


def of_word(sheet: Sheet) -> list[list[str]]:
    from dtrack.rendering import docx_writer

    found = read_back.of_word(docx_writer.render(Document("t", sheets=(sheet,))))
    return [numbers(row) for row in found.tables[0].rows]


READERS = {
    "docx": of_word,
    "terminal": of_terminal,
    "csv": of_csv,
    "json": of_json,
    "md": of_markdown,
    "xlsx": of_workbook,
}
if importlib.util.find_spec("dtrack.rendering.html"):
    READERS["html"] = of_page


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("form", READERS)
def test_every_writer_shows_the_same_numbers(form, name):
    found = READERS[form](SHEETS[name])
    assert found == EXPECTED[name]


def test_a_workbook_holds_the_digits_that_are_shown_and_no_others():
    """2.675 is 2.67 in every output (it lies below the half): a spreadsheet that rounded it by itself would show 2.68."""
    assert FULL.columns[4].as_numbers() == [5754.7, 1234567.0, 0.12, 2.67]
    assert GAPS.columns[2].as_numbers() == [None, None, 0.0, None]


def test_what_is_a_number_of_a_column():
    assert Column("n", "N", [3, None, 0]).as_numbers() == [3.0, None, 0.0]
    assert Column("n", "N", [True, None]).as_numbers() == [None, None]
    assert Column("n", "N", ["3", ""]).as_numbers() == [None, None]
    assert Column("n", "N", ["3", "about 3"], numbers=[3.0, None]).as_numbers() == [3.0, None]
    assert Column("n", "N", [float("inf"), 1.25], [1, 1]).as_numbers() == [None, 1.2]
