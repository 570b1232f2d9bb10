"""Shared by tests. Texts that want to be more than text: in names, headings, notes, titles, file names, ids. Shown as text in every output."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from support.import_sessions import WORDS

PAYLOADS = {
    "terminal escape": "\x1b[31mred\x1b]0;title\x07",
    "bell and backspace": "a\x07\x08b",
    "Rich markup": "[bold red]x[/bold red][/]",
    "HTML": "<script>alert(1)</script>",
    "hyperlink formula": '=HYPERLINK("http://example.org","x")',
    "command formula": "=cmd|'/c calc'!A1",
    "plus formula": "+1+cmd()",
    "at formula": "@SUM(1)",
    "wide formula": "＝cmd|'/c calc'!A1",
    "wide minus": "－1＋cmd()",
    "formula behind the separator of a French spreadsheet": "a; =cmd()",
    "the same behind a quote": 'a;"=1+1',
    "line separators": "a\u2028=b\u2029c\x85d",
    "Arabic letter mark": "a\u061cb",
    "direction override": "a\u202egnp.exe",
    "line end": "a\nb,c",
}


OUTPUTS = [
    "check",
    "check --all",
    "status --half H1-2024",
    "report --half H1-2024",
    "sources",
    "revisions",
    "gap -d haidian",
    "why haidian digital_va_growth H1-2024",
    "targets",
]


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
    return run(
        ["import", str(folder.parent / "r.xlsx"), *WORDS, "--title", payload, "--yes"], at=folder
    )
