"""Texts that want to be more than text, in every place of a document, in every format that is a file: shown as text.

The payloads are those of test_hostile_texts and some that only Markdown or a workbook would act on.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from dtrack.core.sanitize import harmless, whole
from dtrack.rendering import csv_writer, docx_writer, json_writer, markdown, xlsx_writer
from dtrack.rendering.docx_text import shown
from dtrack.reporting.document import Citation, Column, Detail, Document, Sheet
from support.markdown_words import words
from support.payloads import OUTPUTS, PAYLOADS, brought_in
from support.sheets import opened

MORE = {
    "Markdown link": "[click](http://example.org/x)",
    "Markdown image": "![x](http://example.org/x.png)",
    "bare link": "see http://example.org/x and www.example.org",
    "autolink": "<http://example.org>",
    "table cells": "a | b | c",
    "code": "`rm -rf` ``x``",
    "emphasis": "**a** __b__ ~~c~~",
    "entity": "&lt;b&gt; &#60;",
    "backslashes": "\\ \\| \\\\",
    "rich string of XlsxWriter": "<r><t>x</t></r>",
    "array formula": "{=SUM(A1:A2)}",
    "minus formula": "-2+3+cmd|' /C calc'!A0",
    "internal link": "internal:Sheet2!A1",
    "escape of Excel": "_x0041_ _x000D_",
    "ampersands of a footer": "&P &N &D &[Path]",
    "sign that XML forbids": "a\ufffeb\uffffc",
    "half of a pair": "a\ud800b",
    "number": "12",
    "much": "很" * 40_000,
}
ALL = PAYLOADS | MORE


def document(text: str) -> Document:
    """The text in every place where a text may stand."""
    sheet = Sheet(
        text,
        (Column("a", text, [text, "x"]), Column("n", "N", [text, ""], numbers=[None, None])),
        (text, Detail(text)),
    )
    return Document(
        text,
        (text, text),
        (text,),
        (sheet,),
        (text,),
        (Citation(1, text), Citation(None, text)),
        ((text, text),),
    )


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_markdown_shows_it_as_text(text):
    made = markdown.render(document(text)).decode()
    shown = [folded(line) for line in words(made)]
    plain = folded(harmless(text))
    assert shown.count(plain) == 12
    assert f"{plain}: {plain}" in shown
    assert not re.search(r"(?<!\\)://|\bwww\.", made)  # GitHub makes links of these by themselves


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_a_workbook_holds_it_as_text(text):
    data = xlsx_writer.render(document(text))
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        ET.fromstring(archive.read(name))  # well-formed, or Excel would offer to repair it
    pages = "".join(
        archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name
    )
    assert not re.search(r"<f[ >]|<hyperlink", pages)
    assert not [name for name in archive.namelist() if "externalLink" in name]
    book = opened(data)
    cells = [
        cell
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert (
        "_x005F_x0041_" in "".join(archive.read(name).decode() for name in archive.namelist())
        or "_x0041_" not in text
    )
    assert {cell.data_type for cell in cells if cell.value != 1} == {
        "s"
    }  # the number of the source is 1
    assert len([cell for cell in cells if cell.value == xlsx_writer.text_of(text)]) == 14


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_a_word_file_holds_it_as_text(text):
    import docx

    data = docx_writer.render(document(text))
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        ET.fromstring(archive.read(name))  # well-formed, or Word would offer to repair it
    made = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "External" not in made
    # the numbers of pages are the only fields
    assert set(re.findall('w:instr="(.*?)"', made)) == {" PAGE ", " NUMPAGES "}
    book = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    lines = [paragraph.text for paragraph in book.paragraphs] + cells
    found = [line.removeprefix("1\t") for line in lines]
    assert found.count(shown(text)) == 12
    assert f"{shown(text)}: {shown(text)}" in found


def test_a_text_longer_than_a_cell_says_that_it_was_cut():
    assert xlsx_writer.text_of("很" * 40_000).endswith("很 … (longer than a cell can hold)")
    assert len(xlsx_writer.text_of("𠀀" * 40_000).encode("utf-16-le")) // 2 <= 32_767


CELLS = {  # text → what stands in a CSV
    "=1+1": "'=1+1",
    "  @SUM(1)": "'  @SUM(1)",
    "＝1+1": "'＝1+1",
    "＋cmd()": "'＋cmd()",
    "－": "'－",
    "＠x": "'＠x",
    "-0.2": "-0.2",
    "－0.2": "－0.2",
    "+7.5万": "+7.5万",
    "-2+3+cmd|' /C calc'!A0": "'-2+3+cmd|' /C calc'!A0",
    "a;=cmd()": "a;'=cmd()",
    "a; =cmd()": "a;' =cmd()",
    'a;"=1+1+N("")': 'a;\'"=1+1+N("")',
    "a;b;＝c": "a;b;'＝c",
    "=a;=b": "'=a;'=b",
    "down; -0.2; up": "down; -0.2; up",
    "a=b; c-d": "a=b; c-d",
    "a\t=b": "a =b",
    "a\r\n=b": "a␍ =b",
    "a\u2028=b\u2029c\u0085d": "a =b c�d",
    "\u2028=b": "' =b",
}


@pytest.mark.parametrize(("text", "cell"), CELLS.items())
def test_no_cell_of_a_csv_is_a_formula(text, cell):
    (row,) = list(
        csv.reader(io.StringIO(csv_writer.render(Sheet("S", (Column("a", "A", [text]),))).decode()))
    )[1:]
    assert row == [cell]


HARMLESS = [
    ("2024\udcc4\udcea.csv", "2024%C4%EA.csv"),
    ("2024\udcc4\udceb.csv", "2024%C4%EB.csv"),
    ("\udce6\udcb5\udcb7淀", "海淀"),  # UTF-8 that was typed where the terminal knows ASCII only
    ("\udce2\udc80\udcae.exe", "�.exe"),  # and a direction mark among it
    ("a\ud800b", "a%uD800b"),
    ("\udc00\udfff", "%uDC00%uDFFF"),
    ("100%", "100%"),
    ("a\u2028b\u2029\nc", "a b c"),
    ("a\u061cb", "a�b"),
]


@pytest.mark.parametrize(("text", "shown"), HARMLESS)
def test_a_text_is_made_harmless_once_for_all_formats(text, shown):
    assert harmless(text) == harmless(shown) == shown
    column = Column("a", "A", [text])
    assert (
        json.loads(json_writer.render(Sheet(text, (column,))))["rows"][0]["a"].encode()
        == whole(text).encode()
    )
    assert csv_writer.render(Sheet(text, (column,))).decode() == f"a\n{shown}\n"


@pytest.mark.parametrize(
    "text", [PAYLOADS["hyperlink formula"], PAYLOADS["HTML"], MORE["rich string of XlsxWriter"]]
)
def test_what_came_in_with_a_return_goes_out_as_text(run, symposium, tmp_path, text):
    assert brought_in(run, symposium, text).code == 0
    for command in OUTPUTS:
        for form in ("md", "xlsx"):
            assert run(f"{command} -o {tmp_path / 'out'}.{form}", at=symposium).code == 0
        made = (tmp_path / "out.md").read_text(encoding="utf-8")
        words(made)
        assert text not in made or "<" not in text
        book = opened((tmp_path / "out.xlsx").read_bytes())
        assert not [
            cell
            for page in book.worksheets
            for row in page.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
