"""What an official finds in the .xlsx: numbers that are numbers, formats, frozen headers, print set-up, Sources and Method.

Everything is read back with openpyxl, or from the XML itself where openpyxl does not tell.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import pty
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from math import nan
from pathlib import Path

import pytest

from dtrack.rendering import xlsx_page, xlsx_writer
from dtrack.reporting.columns import exact_numbers
from dtrack.reporting.document import Citation, Column, Document, Sheet, width_of
from dtrack.workspace import load
from support.sheets import FULL, GAPS, SHEETS, opened
from support.workspaces import ROOT

SYMPOSIUM = ROOT / "examples/symposium"
FACTS = (("Period", "H1-2024"), ("Produced with", "dtrack 9.9"))
SOURCES = (
    Citation(1, "Bulletin, Bureau, 2024-07-20"),
    Citation(12, "Plan"),
    Citation(None, "T before a number: source of the target."),
)
WHOLE = Document(
    "t",
    ("City · H1-2024", "City: growth 5.4 %"),
    ("A remark.",),
    (FULL, GAPS),
    ("At the end.",),
    SOURCES,
    FACTS,
)


def first_table(book):
    """The tab of the first table: the summary stands before it where there are several."""
    return book.worksheets[book.sheetnames[0] == "Summary"]


def header_of(page) -> int:
    """The row of the headings: the last one that is frozen."""
    return int(re.sub(r"\D", "", page.freeze_panes)) - 1


def table_of(page) -> list[dict]:
    """The rows of the table as {heading: cell}, down to the first row without a first cell."""
    rows = list(page.iter_rows(min_row=header_of(page)))
    headings = [cell.value for cell in rows[0]]
    body = []
    for row in rows[1:]:
        if row[0].value is None:
            break
        body.append({heading: cell for heading, cell in zip(headings, row, strict=True) if heading})
    return body


def texts(page) -> list[str]:
    return [cell.value for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]


def xml_of(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


# Numbers


@pytest.mark.parametrize("folder", [ROOT, SYMPOSIUM], ids=["root", "symposium"])
def test_numbers_are_those_of_the_csv(run, tmp_path, folder):
    words = f"report --half H1-2024 --workspace {folder}"
    assert run(f"{words} -o {tmp_path / 'h1.xlsx'}").code == 0
    dataset = load(folder)
    full = {one.short: one.name for one in (*dataset.areas, *dataset.indicators)}
    rows = {(row["indicator_name"], row["area_name"]): row for row in run(f"{words} -f csv").rows}
    pairs = {
        "Target": "target",
        "Actual": "actual",
        "Gap (pp)": "gap",
        "Gap": "gap",
        "vs city": "vs_city",
    }
    compared = 0
    for page in opened((tmp_path / "h1.xlsx").read_bytes()).worksheets:
        if page.title in ("Summary", "Data", "Sources", "Methodology"):
            continue
        title = page["A2"].value
        for row in table_of(page):
            if "Area" in row:
                named = row["Indicator"].value if "Indicator" in row else title
                item, area = (
                    named.rpartition(" (")[0],
                    row["Area"].value.removesuffix(" (overlapping)"),
                )
            else:
                item, area = row["Indicator"].value.rpartition(" (")[0], "Beijing"
            found = rows[full.get(item, item), full.get(area, area)]
            for heading, key in pairs.items():
                cell = row.get(heading)
                if cell is None:
                    continue
                assert cell.data_type == "n", (page.title, heading, cell.value)
                if cell.value is None:
                    assert found[key] == ""
                    continue
                assert cell.value == float(found[key])
                compared += 1
    assert compared > 20


FORMATS = [  # value, decimals, signed, tone → the cell's value, its format
    (5.0, 1, False, "", 5.0, "#,##0.0"),
    (5.0, 0, False, "", 5.0, "#,##0"),
    (5.25, 2, False, "", 5.25, "#,##0.00"),
    (0.6, 1, True, "met", 0.6, "+#,##0.0;-#,##0.0;#,##0.0"),
    (-0.4, 1, True, "missed", -0.4, "+#,##0.0;-#,##0.0;#,##0.0"),
    (-12.0, 0, True, "", -12.0, "+#,##0;-#,##0;#,##0"),
    (-0.04, 1, True, "", 0.0, "+#,##0.0;-#,##0.0;#,##0.0"),
    (nan, 1, True, "missed", None, "General"),
    (None, 1, False, "", None, "General"),
]


@pytest.mark.parametrize(("value", "decimals", "signed", "tone", "number", "form"), FORMATS)
def test_a_number_has_the_format_of_its_own_decimals(value, decimals, signed, tone, number, form):
    column = Column("gap", "Gap", [value], [decimals], signed=signed, tones=[tone])
    page = opened(
        xlsx_writer.render(
            Document("t", sheets=(Sheet("S", (Column("a", "Area", ["x"]), column)),))
        )
    ).worksheets[0]
    (row,) = table_of(page)
    assert (row["Gap"].value, row["Gap"].number_format) == (number, form)


def test_a_text_that_is_a_number_is_written_as_one_with_its_own_decimals():
    row = [line["Target"] for line in table_of(first_table(opened(xlsx_writer.render(WHOLE))))]
    assert [cell.value for cell in row] == [5, None, 7, 5.5]
    forms = [cell.number_format for cell in row if cell.value is not None]
    assert forms == ["#,##0.0", "#,##0", "#,##0.00"]


def test_what_a_number_does_not_say_stands_in_the_column_beside():
    rows = table_of(first_table(opened(xlsx_writer.render(WHOLE))))
    assert [line["Target as worded"].value for line in rows] == [None, "above 6", None, None]


EXACT = {
    "5.0": 5.0,
    "5": 5.0,
    "-0.3": -0.3,
    "0.05": 0.05,
    "": None,
    "around 5": None,
    ">10": None,
    "5.1 (Jan–May 2024)": None,
    "7.5万": None,
    "5%": None,
    "4.5..5": None,
    "undisclosed": None,
    "007": None,
    "1e5": None,
    "１２": None,
    "1234567890123456": None,
    "5\n": None,
}


@pytest.mark.parametrize(("text", "number"), EXACT.items())
def test_which_texts_are_numbers_and_nothing_else(text, number):
    assert exact_numbers([text]) == [number]


def test_what_is_unknown_is_an_empty_cell_and_true_is_a_word():
    rows = table_of(opened(xlsx_writer.render(Document("t", sheets=(GAPS,)))).worksheets[0])
    assert [row["Gap"].value for row in rows] == [None, None, 0, None]
    assert [row["Sure"].value for row in rows] == ["true", None, "false", None]
    assert [row["Days"].value for row in rows] == [None, 4, None, -2]


# Where things stand


def test_headline_and_title_above_sentences_below():
    page = first_table(opened(xlsx_writer.render(WHOLE)))
    assert [page[f"A{row}"].value for row in range(1, 5)] == [
        "City · H1-2024",
        "Growth (%)",
        "A remark.",
        None,
    ]
    assert [page.cell(5, place).value for place in range(1, 8)] == [
        "Area",
        "Target",
        "Target as worded",
        "Gap (pp)",
        "Verdict",
        "Level",
        "Figures",
    ]
    assert page["A11"].value == "Two of four missed."


def test_the_summary_says_all_that_is_said_first_and_leads_to_every_table():
    page = opened(xlsx_writer.render(WHOLE))["Summary"]
    assert texts(page) == [
        "City · H1-2024",
        "City: growth 5.4 %",
        "A remark.",
        "Tables of this workbook",
        "Growth (%)",
        "With gaps",
        "At the end.",
    ]
    leads = {cell.value: cell.hyperlink.location for cell in page["A"] if cell.hyperlink}
    assert leads == {"Growth (%)": "'Growth'!A1", "With gaps": "'With gaps'!A1"}


def test_the_headings_of_the_scorecard_lead_to_the_tables_of_their_indicators():
    """An apostrophe in the name of a tab is written twice in a link."""
    cells = Column("growth", "l'essor", ["✗ −0.4", "✓ 0.0"], tones=["missed", "met"])
    scorecard = Sheet(
        "Scorecard", (Column("area", "Area", ["A", "B"]), cells), name="scorecard", heat=True
    )
    table = replace(FULL, name="growth")
    book = opened(xlsx_writer.render(Document("t", sheets=(scorecard, table, GAPS))))
    assert book.sheetnames == ["Summary", "l'essor", "With gaps"]
    heading = next(cell for row in book["Summary"].iter_rows() for cell in row if cell.hyperlink)
    assert (heading.value, heading.hyperlink.location) == ("l'essor", "'l''essor'!A1")
    missed, met = (heading.offset(row) for row in (1, 2))
    assert (missed.value, met.value) == ("✗ −0.4", "✓ 0.0")
    assert missed.fill.fgColor.rgb != met.fill.fgColor.rgb


def test_indicators_with_few_rows_share_a_tab_and_keep_what_is_said_of_them():
    def of(name: str, actual: str, number: float | None, said: str) -> Sheet:
        columns = (
            Column("area", "Area", ["City"]),
            Column("actual", "Actual", [actual], right=True, numbers=[number]),
        )
        return Sheet(f"{name} (km)", columns, (said,), name=name)

    sheets = (
        replace(FULL, name="growth"),
        of("roads", "5.0", 5.0, ""),
        of("rails", "> 7", None, "Older."),
    )
    book = opened(xlsx_writer.render(Document("t", sheets=sheets)))
    assert book.sheetnames == ["Summary", "Growth", "Other indicators"]
    rows = table_of(book["Other indicators"])
    assert [[cell.value for cell in row.values()] for row in rows] == [
        ["roads (km)", "City", 5, None],
        ["rails (km)", "City", None, "> 7"],
    ]
    assert "rails (km): Older." in texts(book["Other indicators"])


def test_data_holds_the_csv_with_numbers_days_and_truths_as_such():
    """Days before March 1900 stay texts: Excel counts them otherwise."""
    data = Sheet(
        "assessment",
        (
            Column("area", "area", ["007", "b"]),
            Column("actual", "actual", [5.0, nan], [1, 1]),
            Column("published", "published", ["2024-07-20", "1899-12-31"]),
            Column("sure", "sure", [True, None]),
        ),
    )
    book = opened(xlsx_writer.render(Document("t", sheets=(FULL,), data=data)))
    assert book.sheetnames == ["Growth", "Data"]
    page = book["Data"]
    assert [cell.value for cell in page[1]] == ["area", "actual", "published", "sure"]
    assert [cell.value for cell in page[2]] == ["007", 5, dt.datetime(2024, 7, 20), True]
    assert [cell.value for cell in page[3]] == ["b", None, "1899-12-31", None]
    assert [cell.data_type for cell in page[2]] == ["s", "n", "d", "b"]
    assert (page["B2"].number_format, page["C2"].number_format) == ("0.0", "yyyy-mm-dd")
    assert page.auto_filter.ref == "A1:D3"


def test_a_native_chart_draws_figures_and_targets_from_the_cells():
    names = ["a", "b", "c"]
    columns = (
        Column("area", "Area", names),
        Column("goal", "Target to date", [5.0, 6.0, 7.0], [1, 1, 1]),
        Column("actual", "Actual", ["5.1", "6.1", "7.1"], right=True, numbers=[5.1, 6.1, 7.1]),
        Column("gap", "Gap (pp)", [0.1, 0.1, 0.1], [1, 1, 1], signed=True, alike=True),
    )
    data = xlsx_writer.render(Document("t", sheets=(Sheet("Growth (%)", columns),)))
    xml = xml_of(data, "xl/charts/chart1.xml")
    assert re.findall(r"<c:val><c:numRef><c:f>([^<]*)", xml) == [
        "Growth!$C$4:$C$6",
        "Growth!$B$4:$B$6",
    ]
    assert re.findall(r"<c:cat><c:strRef><c:f>([^<]*)", xml) == ["Growth!$A$4:$A$6"] * 2


def test_no_mark_is_drawn_where_a_gap_is_not_that_of_the_number_in_the_cell():
    """A range of which less is better is met from its upper end; its number is the lower one."""
    columns = (
        Column("area", "Area", ["a", "b", "c"]),
        Column("target", "Target", ["2 to 3"] * 3, numbers=[None] * 3, order=[2.0] * 3),
        Column("actual", "Actual", ["2.5"] * 3, right=True, numbers=[2.5] * 3),
        Column("gap", "Gap (pp)", [0.5] * 3, [1] * 3, signed=True, alike=True),
    )
    far = (*columns[:3], Column("gap", "Gap (pp)", [0.6] * 3, [1] * 3, signed=True, alike=True))
    for of, series in ((columns, 2), (far, 1)):
        data = xlsx_writer.render(Document("t", sheets=(Sheet("Growth (%)", of),)))
        assert xml_of(data, "xl/charts/chart1.xml").count("<c:ser>") == series


@pytest.mark.parametrize("of", [GAPS, Sheet("S", FULL.columns[1:])], ids=["few", "no areas"])
def test_no_chart_where_there_is_little_to_draw(of):
    names = zipfile.ZipFile(io.BytesIO(xlsx_writer.render(Document("t", sheets=(of,))))).namelist()
    assert not [name for name in names if "chart" in name]


def test_the_header_is_frozen_filtered_and_repeated_on_a4_across():
    page = first_table(opened(xlsx_writer.render(WHOLE)))
    assert page.freeze_panes == "A6"
    assert page.auto_filter.ref == "A5:G9"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == "$5:$5"
    assert page.oddFooter.left.text.strip() == "City · H1-2024"
    assert page.oddFooter.right.text.strip() == "&P / &N"


def test_a_title_with_ampersands_stays_whole_in_the_footer():
    xml = xml_of(xlsx_writer.render(Document("A&B &P", sheets=(FULL,))), "xl/worksheets/sheet1.xml")
    assert "A&amp;&amp;B &amp;&amp;P" in xml


def test_properties_say_the_title_and_nobody():
    found = opened(xlsx_writer.render(WHOLE)).properties
    assert (found.title, found.subject, found.creator, found.lastModifiedBy) == (
        "City · H1-2024",
        "t",
        None,
        None,
    )
    assert found.created == found.modified == xlsx_writer.CREATED
    assert "<Company></Company>" in xml_of(xlsx_writer.render(WHOLE), "docProps/app.xml")


def test_sources_by_number_and_method():
    book = opened(xlsx_writer.render(WHOLE))
    assert book.sheetnames == ["Summary", "Growth", "With gaps", "Sources", "Methodology"]
    listed = table_of(book["Sources"])
    assert [(row["No."].value, row["Source"].value) for row in listed] == [
        (1, "Bulletin, Bureau, 2024-07-20"),
        (12, "Plan"),
    ]
    assert "T before a number: source of the target." in texts(book["Sources"])
    assert [
        (row["Item"].value, row["Notes"].value) for row in table_of(book["Methodology"])
    ] == list(FACTS)


def test_many_remarks_leave_room_to_scroll_and_all_stand_on_method():
    remarks = tuple(f"Excluded: row {number}" for number in range(30))
    book = opened(xlsx_writer.render(Document("t", ("t",), remarks, (FULL,))))
    page, method = book.worksheets[0], book["Methodology"]
    assert header_of(page) < 10
    assert "… and 27 more notes, on the tab Methodology" in texts(page)
    assert [text for text in texts(method) if text.startswith("Excluded")] == list(remarks)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_nothing_is_a_formula_or_a_link(sheet):
    data = xlsx_writer.render(Document("t", sheets=(sheet,)))
    assert {
        cell.data_type
        for page in opened(data).worksheets
        for row in page.iter_rows()
        for cell in row
    } <= {"n", "s"}
    # links lead from tab to tab only: see the summary
    assert not re.search(r"<f>|<hyperlink", xml_of(data, "xl/worksheets/sheet1.xml"))


def test_an_empty_document_says_what_it_has_to_say():
    book = opened(
        xlsx_writer.render(
            Document(
                "report", ("City · H1-1999",), below=("Nothing to show for H1-1999: no figure.",)
            )
        )
    )
    assert book.sheetnames == ["report"]
    assert texts(book.worksheets[0]) == [
        "City · H1-1999",
        "Nothing to show for H1-1999: no figure.",
    ]
    assert opened(xlsx_writer.render(Document(""))).sheetnames == ["Table"]


# Colours and bars


def test_the_colour_of_a_verdict_stands_beside_its_word():
    rows = table_of(first_table(opened(xlsx_writer.render(WHOLE))))
    met, missed = rows[0]["Verdict"], rows[1]["Verdict"]
    assert (met.value, missed.value) == ("✓ met", "✗ missed")
    assert met.fill.fgColor.rgb != missed.fill.fgColor.rgb
    assert rows[1]["Gap (pp)"].font.color.rgb == missed.font.color.rgb


def test_bars_of_the_gap_are_red_and_to_the_left_where_it_is_behind():
    xml = xml_of(xlsx_writer.render(WHOLE), "xl/worksheets/sheet2.xml")
    assert re.findall(r'<conditionalFormatting sqref="([^"]*)"><cfRule type="dataBar"', xml) == [
        "D6:D9"
    ]
    assert '<x14:negativeFillColor rgb="FFEFA69E"/>' in xml
    assert 'axisPosition="middle"' in xml


def test_no_bars_where_the_gaps_are_of_several_units(run, tmp_path):
    """Points beside stations: a bar would compare what cannot be compared."""
    for folder, tab, bars in ((ROOT, "the city's own", False), (SYMPOSIUM, "growth", True)):
        run(f"report --half H1-2024 --workspace {folder} -o {tmp_path / 'h1.xlsx'}")
        data = (tmp_path / "h1.xlsx").read_bytes()
        names = opened(data).sheetnames
        number = next(at for at, name in enumerate(names, 1) if tab in name)
        assert ("dataBar" in xml_of(data, f"xl/worksheets/sheet{number}.xml")) is bars


# Names of tabs, widths


TABS = {  # titles in order → names of tabs
    ("Growth (%)", "Level (100 million CNY, current prices)"): ["Growth", "Level"],
    ("a/b: c?", "[x]*y\\z"): ["a b c", "x y z"],
    ("history", "History"): ["history (2)", "History (3)"],
    ("Same (a)", "same (b)", "SAME"): ["Same", "same (2)", "SAME (3)"],
    ("'quoted'", ""): ["quoted", "Table"],
    ("x" * 31, "x" * 32, "x" * 40): ["x" * 31, "x" * 30 + "…", "x" * 26 + "… (2)"],
    ("数字经济" * 8,): ["数字经济" * 7 + "数字…"],
    ("\U00020000" * 20,): ["\U00020000" * 15 + "…"],
}


@pytest.mark.parametrize(
    ("titles", "names"), TABS.items(), ids=[" ".join(titles)[:20] for titles in TABS]
)
def test_names_of_tabs(titles, names):
    book = opened(
        xlsx_writer.render(
            Document("t", sheets=tuple(Sheet(title, FULL.columns) for title in titles))
        )
    )
    assert [name for name in book.sheetnames if name != "Summary"] == names
    assert all(len(name.encode("utf-16-le")) // 2 <= 31 for name in names)


def test_a_chinese_character_is_as_wide_as_two_letters():
    assert [width_of(text) for text in ("", "abc", "海淀", "7.5左右", "é", "，")] == [
        0,
        3,
        4,
        7,
        1,
        2,
    ]
    long, short = "北京经济技术开发区数字经济", "Beijing"
    page = opened(
        xlsx_writer.render(
            Document(
                "t", sheets=(Sheet("S", (Column("a", "A", [long]), Column("b", "B", [short]))),)
            )
        )
    ).worksheets[0]
    assert page.column_dimensions["A"].width > 2 * len(long)
    assert len(short) < page.column_dimensions["B"].width < 2 * len(short)


def test_a_long_note_is_wrapped_in_a_row_that_is_high_enough():
    note = "the verdict turned from met to missed; " * 6
    page = opened(
        xlsx_writer.render(
            Document(
                "t",
                sheets=(
                    Sheet(
                        "S", (Column("a", "A", ["x", "y"]), Column("note", "Note", [note, "short"]))
                    ),
                ),
            )
        )
    ).worksheets[0]
    first = header_of(page) + 1
    heights = [page.row_dimensions[row].height for row in (first, first + 1)]
    assert heights[0] >= 5 * xlsx_page._ROW
    assert heights[1] in (None, xlsx_page._ROW)
    assert page.cell(first, 2).alignment.wrap_text


# The same again


def test_two_renders_are_the_same_bytes():
    assert xlsx_writer.render(WHOLE) == xlsx_writer.render(WHOLE)


def test_two_processes_write_the_same_bytes(tmp_path):
    for name, more in (
        ("a", {"PYTHONHASHSEED": "1", "TZ": "UTC"}),
        ("b", {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai"}),
    ):
        words = [
            sys.executable,
            "-m",
            "dtrack",
            "report",
            "--half",
            "H1-2024",
            "-o",
            str(tmp_path / f"{name}.xlsx"),
        ]
        subprocess.run(words, cwd=ROOT, env=os.environ | more, check=True, capture_output=True)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_large_workbook_is_written_another_way_and_reads_the_same(monkeypatch):
    usual = opened(xlsx_writer.render(WHOLE))
    monkeypatch.setattr(xlsx_writer, "MANY", 0)
    data = xlsx_writer.render(WHOLE)
    assert "inlineStr" in xml_of(data, "xl/worksheets/sheet2.xml")
    other = opened(data)
    for page in usual.worksheets:
        cells, others = (
            [
                [(c.value, c.number_format, c.font.b) for c in row]
                for row in book[page.title].iter_rows()
            ]
            for book in (usual, other)
        )
        assert cells == others
        assert page.freeze_panes == other[page.title].freeze_panes


# On the command line


def test_long_tables_are_whole_in_files_and_cut_on_screen(run, tmp_path, monkeypatch):
    monkeypatch.setattr("dtrack.reporting.report_tables.MOST_ROWS", 3)
    words = f"report --half H1-2024 --workspace {SYMPOSIUM} --indicator digital_va_growth"
    assert "more areas are not shown" in run(words).out
    run(f"{words} -o {tmp_path / 'a.txt'}")
    assert "not shown" not in (tmp_path / "a.txt").read_text(encoding="utf-8")
    run(f"{words} -o {tmp_path / 'a.md'}")
    assert "not shown" not in (tmp_path / "a.md").read_text(encoding="utf-8")
    run(f"{words} -o {tmp_path / 'a.xlsx'}")
    page = opened((tmp_path / "a.xlsx").read_bytes()).worksheets[0]
    assert len(table_of(page)) == 17
    assert not [text for text in texts(page) if "not shown" in text]


def test_status_is_whole_in_files(run, tmp_path, monkeypatch):
    for name in ("MOST_ROWS", "MOST_OUTSTANDING"):
        monkeypatch.setattr(f"dtrack.reporting.outstanding.{name}", 2)
    assert "not shown" in run("status --half H1-2024").out
    run(f"status --half H1-2024 -o {tmp_path / 'a.xlsx'}")
    assert not [
        text
        for page in opened((tmp_path / "a.xlsx").read_bytes()).worksheets
        for text in texts(page)
        if "not shown" in text
    ]


COMMANDS = [
    "report --half H1-2024",
    "gap -d haidian",
    "status --half H1-2024",
    "catchup --half H1-2024",
    "city --half H1-2024",
    "path",
    "revisions",
    "why haidian digital_va_growth H1-2024",
    "check",
    "check --explain outlier",
    "targets",
    "sources",
]


@pytest.mark.parametrize("form", ["md", "xlsx"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_shows_a_document_writes_it_as_a_file(run, tmp_path, command, form):
    file = tmp_path / f"a.{form}"
    said = run(f"{command} --workspace {SYMPOSIUM} -o {file}")
    assert (said.code, said.out) == (0, "")
    if form == "xlsx":
        book = opened(file.read_bytes())
        assert "Methodology" in book.sheetnames
        assert any(text.startswith("dtrack 0.") for text in texts(book["Methodology"]))
    else:
        assert re.search(
            r"^- Produced with: dtrack 0\.", file.read_text(encoding="utf-8"), re.MULTILINE
        )


def test_a_workbook_goes_through_a_pipe_and_not_onto_a_terminal(tmp_path: Path):
    words = [sys.executable, "-m", "dtrack", "report", "--half", "H1-2024", "-f", "xlsx"]
    piped = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    assert zipfile.is_zipfile(io.BytesIO(piped.stdout))
    ours, theirs = pty.openpty()
    refused = subprocess.run(words, cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    os.close(ours)
    assert refused.returncode == 2
    assert b"-o" in refused.stderr


# Method


def told(run, folder: Path, words: str) -> dict[str, str]:
    out = run(f"{words} -f md", at=folder).out
    return dict(re.findall(r"^- ([^:\n]+): (.*)$", out.partition("## Method")[2], re.MULTILINE))


def test_method_tells_what_was_asked_and_which_comparisons_were_used(run, city):
    made = city(
        {
            "growth 2024": {"a": "5", "b": "above 6"},
            "level 2024": {"a": "100"},
            "share 2025": {"a": "50"},
        },
        [
            ("a", "growth", "H1-2024", "5.0"),
            ("b", "growth", "2024-01..2024-05", "7.0"),
            ("a", "level", "H1-2024", "50.0"),
            ("a", "share", "2024-06", "40.0"),
        ],
    )
    found = told(run, made.folder, "report --half H1-2024 --as-of 2024-08-30 --tolerance 0.2")
    assert found["Workspace"] == "Small city · 小城 · Petite ville"
    assert found["Period"] == "H1-2024 (2024-01 to 2024-06)"
    assert found["As of"] == "2024-08-30: only what was published or set by that day"
    assert found["Tolerance"] == "0.2 percentage points: goals of growth and share are moved by it"
    assert found["Growth against the year's target"].endswith("(2 rows)")
    assert found["Flow, last year's share unknown"].endswith("(1 row)")
    assert found["Share or stock before its deadline"].endswith("(1 row)")
    assert found["Figure of a part of the half"].endswith("(1 row)")
    assert not {
        "Older figure",
        "Only expected",
        "Target of the very period",
        "Areas",
        "Indicators",
    } & set(found)


def test_method_of_one_district_names_what_was_chosen(run, city):
    made = city({"growth H1-2024": {"a": "5"}}, [("a", "growth", "H1-2024", "5.0")])
    found = told(run, made.folder, "gap -d a --indicator growth --only met")
    assert found["Period"] == "every period with a figure or a target"
    assert (found["Area"], found["Indicators"], found["Only the verdicts"]) == (
        "A",
        "growth",
        "met",
    )
    assert found["Tolerance"] == "none"
    assert found["Target of the very period"] == "compared as it is (1 row)"
