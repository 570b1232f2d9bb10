"""One table, sent in five kinds of file: the same figures come in, each with the name of its cell."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

import pytest

from support.sent_files import (
    docx,
    docx_cell,
    docx_table,
    formats,
    ods,
    ods_cell,
    paragraph,
    xls,
    xls_label,
    xls_number,
    xls_sheet,
    xlsx,
)
from support.sent_files import run as word

WORDS = ["--half", "H1-2024", "--published", "2024-08-30", "--source", "returns-2024"]
HEADING = ("地区", "数字经济增加值（万元）", "数字经济增加值增速")
# name, value added with its format, growth with its format: 5.0 keeps its zero, 0.069 is 6.9 %
AREAS = (
    ("怀柔区", 609000, "0", 5.0, "0.0"),
    ("房山区", 867000, "#,##0", 0.069, "0.0%"),
    ("密云区", 357000, "0", 3.1, "0.0"),
)
TEXTS = (
    HEADING,
    ("怀柔区", "609000", "5.0"),
    ("房山区", "867,000", "6.9%"),
    ("密云区", "357000", "3.1"),
)
RAISED = '<w:vertAlign w:val="superscript"/>'


def as_csv() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(TEXTS)
    return out.getvalue().encode()


def as_xlsx() -> bytes:
    rows = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEADING)
    rows = f"<row>{rows}</row>"
    for name, value, _one, growth, _other in AREAS:
        styles = {"0": 1, "#,##0": 2, "0.0": 3, "0.0%": 4}
        rows += (
            f'<row><c t="inlineStr"><is><t>{name}</t></is></c><c s="{styles[_one]}"><v>{value}</v></c>'
            f'<c s="{styles[_other]}"><v>{growth}</v></c></row>'
        )
    return xlsx(rows, styles=formats("0", "#,##0", "0.0", "0.0%"))


def as_ods() -> bytes:
    return ods(
        "".join(
            f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in TEXTS
        )
    )


def as_xls() -> bytes:
    codes = ("0", "#,##0", "0.0", "0.0%")
    cells = [xls_label(0, column, text) for column, text in enumerate(HEADING)]
    for row, (name, value, one, growth, other) in enumerate(AREAS, 1):
        cells += [
            xls_label(row, 0, name),
            xls_number(row, 1, value, 1 + codes.index(one)),
            xls_number(row, 2, growth, 1 + codes.index(other)),
        ]
    return xls(xls_sheet(*cells), codes=codes)


def as_docx() -> bytes:
    rows = [list(row) for row in TEXTS]
    rows[1][2] = word("5.0") + word("1", RAISED)  # a mark is no digit
    return docx(paragraph("2024年上半年各区数字经济") + docx_table(*rows))


def as_docx_with_its_unit_above(above: str) -> bytes:
    """The unit stands above the table, the heading is merged, a figure was changed."""
    merged = '<w:gridSpan w:val="2"/>'
    changed = (
        "<w:del>"
        + word("4.9").replace("w:t", "w:delText")
        + "</w:del><w:ins>"
        + word("5.0")
        + "</w:ins>"
    )
    head = [
        docx_cell("地区", '<w:vMerge w:val="restart"/>'),
        docx_cell("数字经济增加值", merged),
    ]
    below = [docx_cell("", "<w:vMerge/>"), "总量", "增速"]
    rows = [["怀柔区", "６０９０００", docx_cell(changed)], *map(list, TEXTS[2:])]
    return docx(above + docx_table(head, below, *rows))


SENT = {
    "return.csv": (as_csv, "return.csv!{}"),
    "return.xlsx": (as_xlsx, "return.xlsx!S!{}"),
    "return.ods": (as_ods, "return.ods!S!{}"),
    "return.xls": (as_xls, "return.xls!S!{}"),
    "return.docx": (as_docx, "return.docx!Table 1!{}"),
}
COLUMNS = ("area", "indicator", "period", "value")


def brought_in(run, folder: Path, name: str, raw: bytes, *more: str) -> list[dict[str, str]]:
    """The rows that an import writes."""
    (folder.parent / name).write_bytes(raw)
    done = run(["import", f"../{name}", *WORDS, *more, "--yes"], at=folder)
    assert done.code == 0, done.out + done.err
    text = (folder / "data/actuals/H1-2024-returns-2024.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", SENT)
def test_the_same_figures_come_in_and_name_their_cells(run, symposium, name):
    make, origin = SENT[name]
    rows = brought_in(run, symposium, name, make())
    figures = {(row["area"], row["indicator"]): (row["value"], row["origin"]) for row in rows}
    assert figures == {
        ("huairou", "digital_va"): ("609000万", origin.format("B2")),
        ("fangshan", "digital_va"): ("867000万", origin.format("B3")),
        ("miyun", "digital_va"): ("357000万", origin.format("B4")),
        ("huairou", "digital_va_growth"): ("5.0", origin.format("C2")),
        ("fangshan", "digital_va_growth"): ("6.9%", origin.format("C3")),
        ("miyun", "digital_va_growth"): ("3.1", origin.format("C4")),
    }


@pytest.mark.parametrize(
    "above",
    [
        paragraph("单位：万元、%"),
        paragraph("表1 各区数字经济") + paragraph("单位：万元、%") + paragraph("<w:r/>"),
        paragraph("单位：万元、%") + paragraph("注：数据为初步核算数。"),
        paragraph(word("表1 各区数字经济") + "<w:r><w:tab/><w:tab/></w:r>" + word("单位：万元、%")),
    ],
)
def test_a_table_of_a_report_takes_its_unit_from_the_line_above_it(run, symposium, above):
    rows = brought_in(run, symposium, "report.docx", as_docx_with_its_unit_above(above))
    figures = {(row["area"], row["indicator"]): (row["value"], row["origin"]) for row in rows}
    assert figures["huairou", "digital_va"] == ("609000万", "report.docx!Table 1!B3")
    assert figures["huairou", "digital_va_growth"] == ("5.0", "report.docx!Table 1!C3")
    assert figures["miyun", "digital_va_growth"] == ("3.1", "report.docx!Table 1!C5")


def test_a_report_with_several_tables_asks_which_one(run, symposium):
    (symposium.parent / "r.docx").write_bytes(as_docx_of_two())
    asked = run(["import", "../r.docx", *WORDS, "--yes"], at=symposium)
    assert asked.code == 3
    assert "which-sheet" in asked.out + asked.err
    assert "Table 1, Table 2" in asked.out + asked.err
    rows = brought_in(run, symposium, "r.docx", as_docx_of_two(), "--sheet", "Table 2")
    assert {row["origin"] for row in rows} >= {"r.docx!Table 2!B2"}


def as_docx_of_two() -> bytes:
    return docx(docx_table(["年份", "说明"], ["2023", "x"]) + docx_table(*map(list, TEXTS)))


@pytest.mark.parametrize(
    "cell", [paragraph("5") + paragraph("60"), word("5", "<w:strike/>") + word("6")]
)
def test_two_figures_in_a_cell_of_a_document_are_never_made_one(run, symposium, cell):
    rows = [list(row) for row in TEXTS]
    rows[1][2] = docx_cell(cell)
    (symposium.parent / "r.docx").write_bytes(docx(docx_table(*rows)))
    done = run(["import", "../r.docx", *WORDS, "--yes"], at=symposium)
    assert done.code == 3
    assert "r.docx!Table 1!C2" in done.out


@pytest.mark.parametrize("name", SENT)
def test_stdin_is_told_by_its_bytes(run, symposium, name, monkeypatch):
    make, _origin = SENT[name]
    kind = name.partition(".")[2]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(make())))
    from dtrack.cli import import_request

    assert import_request._bytes(Path("-"), "returns-2024") == (f"returns-2024.{kind}", make())


PROMISED = (
    ("地区", "数字经济增加值增速目标（%）", "数字经济增加值目标（亿元）"),
    ("海淀区", "8%以上", "3300"),
    ("房山区", "约6.5", ""),
    ("平谷区", "未公布", ">=90"),
)


@pytest.mark.parametrize("name", ["plans.xls", "plans.docx"])
def test_targets_come_in_from_old_workbooks_and_documents(run, symposium, name):
    labels = (
        xls_label(row, column, text)
        for row, texts in enumerate(PROMISED)
        for column, text in enumerate(texts)
    )
    escaped = [[text.replace(">", "&gt;") for text in row] for row in PROMISED]
    raw = xls(xls_sheet(*labels)) if name == "plans.xls" else docx(docx_table(*escaped))
    (symposium.parent / name).write_bytes(raw)
    words = ["--year", "2025", "--set", "2025-01-10", "--source", "plans-2025", "--yes"]
    done = run(["targets", "import", f"../{name}", *words], at=symposium)
    assert done.code == 0, done.out + done.err
    targets = tomllib.loads((symposium / "targets.toml").read_text(encoding="utf-8"))["targets"]
    growth, level = (
        targets[indicator]["2025"] for indicator in ("digital_va_growth", "digital_va")
    )
    assert {area: growth[area]["value"] for area in growth} == {
        "haidian": "8%以上",
        "fangshan": "约6.5",
        "pinggu": "undisclosed",
    }
    assert {area: level[area]["value"] for area in level} == {"haidian": "3300", "pinggu": ">=90"}
