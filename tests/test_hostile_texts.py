"""Texts that want to be more than text: in names, headings, notes, titles, file names, ids. Shown as text in every output.

Each payload is put wherever a person may write, a return with it is refused or brought in, and every command that could
show it is asked for every format. No terminal escape, no markup that Rich or HTML would act on, no formula comes out.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from test_import import WORDS, everything, symposium  # noqa: F401 - the fixture

pytestmark = pytest.mark.slow

PAYLOADS = {
    "terminal escape": "\x1b[31mred\x1b]0;title\x07",
    "bell and backspace": "a\x07\x08b",
    "Rich markup": "[bold red]x[/bold red][/]",
    "HTML": "<script>alert(1)</script>",
    "hyperlink formula": '=HYPERLINK("http://example.org","x")',
    "command formula": "=cmd|'/c calc'!A1",
    "plus formula": "+1+cmd()",
    "at formula": "@SUM(1)",
    "direction override": "a\u202egnp.exe",
    "line end": "a\nb,c",
}
BAD = ("\x1b", "\x07", "\x08", "\u202e")
OUTPUTS = ["check", "check --all", "status --half H1-2024", "report --half H1-2024", "sources", "revisions", "gap -d haidian",
           "why haidian digital_va_growth H1-2024", "targets"]  # fmt: skip


def harmless(text: str) -> bool:
    return not any(sign in text for sign in BAD)


def no_formula(text: str) -> bool:
    """No cell of a CSV begins as a formula does; a signed figure may."""
    cells = [cell.lstrip() for row in csv.reader(io.StringIO(text)) for cell in row]
    return not [cell for cell in cells if cell[:1] in ("=", "@") or (cell[:1] == "+" and "(" in cell)]


def brought_in(run, folder: Path, payload: str):
    """A return that has the payload as sheet note, as remark beside a figure and in the title of its source."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["数字经济增加值增速 上报表"])
    sheet.append(["地区", "数字经济增加值增速", "备注"])
    legal = "".join(sign for sign in payload if sign >= " " or sign == "\n")
    sheet.append(["海淀区", 8.5, legal])
    sheet.append(["注：" + legal])
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.save(folder.parent / "r.xlsx")
    return run(["import", str(folder.parent / "r.xlsx"), *WORDS, "--title", payload, "--yes"], at=folder)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_text_that_came_in_is_shown_as_text_everywhere(run, symposium, payload):  # noqa: F811
    said = brought_in(run, symposium, payload)
    assert said.code == 0
    assert harmless(said.out + said.err)
    for words in OUTPUTS:
        table, table_csv, table_json = (run(f"{words} -f {form}" if form else words, at=symposium) for form in ("", "csv", "json"))
        assert {table.code, table_csv.code, table_json.code} <= {0}
        assert harmless(table.out + table.err)
        assert harmless(table_csv.out)
        assert no_formula(table_csv.out)
        json.loads(table_json.out)
        assert harmless(table_json.out)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("place", ["area", "heading", "figure"])
def test_a_text_that_is_refused_is_quoted_as_text(run, symposium, payload, place):  # noqa: F811
    before = everything(symposium)
    rows = {"area": [["地区", "数字经济增加值增速"], [payload, "5"], ["海淀区", "8.5"]],
            "heading": [["地区", payload], ["海淀区", "8.5"]],
            "figure": [["地区", "数字经济增加值增速"], ["海淀区", payload]]}[place]  # fmt: skip
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    (symposium.parent / "r.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    for form in ("table", "csv", "json"):
        said = run(["import", str(symposium.parent / "r.csv"), *WORDS, "--yes", "-f", form], at=symposium)
        assert said.code == 3
        assert harmless(said.out + said.err)
        assert form != "csv" or no_formula(said.out)
    assert everything(symposium) == before


@pytest.mark.parametrize(
    "name", ["../../outside.xlsx", "..\\outside.xlsx", "a\x1b[31mb.xlsx", "CON.xlsx", ".hidden.xlsx", "=cmd().xlsx", "a;b.xlsx"]
)
def test_the_name_of_a_file_stays_inside_data_received(symposium, name):  # noqa: F811
    from dtrack.files import Files
    from dtrack.intake.received import kept

    safe = kept(Files(symposium), name, b"x")
    assert Path(safe).name == safe
    assert (symposium / "data/received" / safe).resolve().parent == (symposium / "data/received").resolve()
    assert harmless(safe)
    assert not safe.startswith(".")
    assert ";" not in safe


def test_a_data_folder_that_leads_out_of_the_workspace_is_not_written_to(run, symposium, tmp_path):  # noqa: F811
    elsewhere = tmp_path / "elsewhere"
    (symposium / "data/actuals").rename(elsewhere)
    try:
        (symposium / "data/actuals").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    before = everything(elsewhere)
    said = brought_in(run, symposium, "a note")
    assert (said.code, everything(elsewhere) == before) == (3, True)
    assert not (symposium / "data/received").exists()
