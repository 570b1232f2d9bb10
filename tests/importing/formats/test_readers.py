"""What is read of a file that somebody sent: the text that a person sees in each cell, and how it is told."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dtrack.core.findings import BlockedByFindings, Finding, UnknownName
from dtrack.importing.formats import number_format
from dtrack.importing.formats.detect import open_book
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.reader import SentSheet
from dtrack.importing.formats.shown_number import show_number
from support.sent_files import (
    compound,
    formats,
    ods,
    ods_cell,
    packed,
    table,
    worksheet,
    xls_stream,
    xlsx,
    xlsx_parts,
)
from support.sent_files import content as ods_content


def listed(read):
    """The rows of a grid, each as a list."""
    return [list(row) for row in read.rows]


def grid(raw: bytes, name: str = "return.xlsx", sheet: str | None = None, **options: str) -> Grid:
    book = open_book(name, raw, **options)
    return book.grid(book.sheets[0].name if sheet is None else sheet)[0]


def findings(raw: bytes, name: str = "return.xlsx") -> list[Finding]:
    book = open_book(name, raw)
    return book.grid(book.sheets[0].name)[1]


def told(raw: bytes, name: str = "return.xlsx") -> list[tuple[str, str, str]]:
    """(code, severity, origin) of each finding."""
    return [(found.code, str(found.severity), found.origin) for found in findings(raw, name)]


def refusal(raw: bytes, name: str = "return.xlsx", **options: str) -> str:
    """Why a file is refused, wherever that is noticed."""
    with pytest.raises(BlockedByFindings) as caught:
        grid(raw, name, **options)
    (found,) = caught.value.findings
    assert (found.code, found.file, found.line) == ("workbook-refused", "", None)
    assert found.origin.startswith(name)
    return found.sentence


def written(cells: dict, formatted: dict | None = None) -> bytes:
    """A workbook as openpyxl writes it."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for place, value in cells.items():
        sheet[place] = value
    for place, code in (formatted or {}).items():
        sheet[place].number_format = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# Numbers as they are shown


@pytest.mark.parametrize(
    ("dataset", "code", "shown"),
    [
        (5, "General", "5"),
        (0.1 + 0.2, "General", "0.3"),
        (1 / 3, "General", "0.333333333"),
        (12345.678901234, "General", "12345.6789"),
        (0.00001, "General", "1E-05"),
        (0.0001, "General", "0.0001"),
        (
            43_210_000_000_000,
            "General",
            "43210000000000",
        ),  # in full: how much shows is a matter of the column's width
        (1.5e20, "General", "1.5E+20"),
        (-5.2, "General", "-5.2"),
        (5.2, "@", "5.2"),
        (5, "0.0", "5.0"),
        (5.2345678, "0.0", "5.2"),
        (
            0.285,
            "0.00",
            "0.29",
        ),  # halves go away from zero, of the decimal digits and not of the binary ones
        (1.005, "0.00", "1.01"),
        (-0.285, "0.00", "-0.29"),
        (7.75, "0.0", "7.8"),
        (1234.5, "#,##0.00", "1,234.50"),
        (999.5, "#,##0", "1,000"),
        (1234567, "#,##0", "1,234,567"),
        (12.3, "#,##0", "12"),
        (0.052, "0.0%", "5.2%"),
        (0.052, "0%", "5%"),
        (1.052, "0.0%", "105.2%"),
        (5.2, '0.0"亿元"', "5.2亿元"),
        (5.2, "0.0\\%", "5.2%"),
        (5.2, "0.0_ ", "5.2"),
        (5.2, "0.0_);(0.0)", "5.2"),
        (-5.2, "0.0_);(0.0)", "(5.2)"),
        (
            -5.2,
            "[Red]-0.0",
            "--5.2",
        ),  # as Excel does: the minus of the number and that of the format
        (-5.2, "0.0;[Red]-0.0", "-5.2"),
        (-5.2, "0.0;[Red]▼0.0", "▼5.2"),
        (0, '0.0;-0.0;"—"', "—"),
        (5.2, '0.0;-0.0;"—"', "5.2"),
        (-1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1,234.50"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (5.2, "[$¥-804]#,##0.00", "¥5.20"),
        (5.2, "[$-804]0.0", "5.2"),
        (5.2, "[DBNum1][$-804]0.0", "5.2"),
        (12345, '0!.0,"万"', "1.2万"),  # the East Asian way to show ten thousands
        (1234567, "#,##0,", "1,235"),
        (1234567, "0.0,,", "1.2"),
        (150.26, "[>=100]0;0.0", "150"),
        (50.26, "[>=100]0;0.0", "50.3"),
        (-50.26, "[>=100]0;0.0", "-50.3"),
        (5, "0.#", "5"),
        (5.25, "0.##", "5.25"),
        (0.5, "#.0", ".5"),
        (5, "000", "005"),
        (5.26, ".0", "5.3"),
        (5.2, "0.??", "5.2"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.00012345, "0.00E+00", "1.23E-04"),
        (99999, "0.00E+00", "1.00E+05"),
        (12345, "##0.0E+0", "12.3E+3"),
        (5.25, "# ?/?", "5 1/4"),
        (0.25, "# ?/?", "1/4"),
        (5, "# ?/?", "5"),
        (1.5, "# ??/16", "1 8/16"),
        (3.14159, "# ??/??", "3 14/99"),
        (5.2, 'General"亿"', "5.2亿"),
        (45413, "yyyy-mm-dd", "2024-05-01"),
        (45413, "m/d/yy", "2024-05-01"),
        (45413, "d-mmm", "2024-05-01"),
        (45413, 'yyyy"年"m"月"d"日"', "2024-05-01"),
        (45413, '[$-804]yyyy"年"m"月";@', "2024-05"),
        (45413, "mmm-yy", "2024-05"),
        (45413, "yyyy", "2024"),
        (45413.5625, "m/d/yy h:mm", "2024-05-01 13:30:00"),
        (0.5625, "h:mm AM/PM", "13:30:00"),
        (1.2291667, "[h]:mm", "29:30:00"),
        (59, "m/d/yy", "1900-02-28"),
        (60, "m/d/yy", "1900-02-29"),  # the day that only Excel knows
        (61, "m/d/yy", "1900-03-01"),
        (-1, "m/d/yy", "#####"),
        (3_000_000, "m/d/yy", "#####"),
    ],
)
def test_a_number_is_read_as_it_is_shown(dataset, code, shown):
    assert show_number(dataset, number_format.parse_format(code)).text == shown


@pytest.mark.parametrize(
    ("dataset", "code", "hides"),
    [
        (5.2345678, "0.0", True),
        (5.2, "0.0", False),
        (5.2, "0.00", False),
        (0.0523, "0.0%", True),
        (0.052, "0.0%", False),
        (0.1 + 0.2, "0.0", False),  # the dust of a calculation
        (1234567, "#,##0,", True),
        (1 / 3, "General", False),
        (5, '"n/a"', True),
        (0, '0.0;-0.0;"—"', False),
    ],
)
def test_digits_that_a_format_hides_are_noticed(dataset, code, hides):
    assert show_number(dataset, number_format.parse_format(code)).hides is hides


@pytest.mark.parametrize(
    ("code", "shown", "put_back"),
    [
        ("0.0;[Red]0.0", "-5.2", True),
        ('0.0;[Red]0.0"(亿元)"', "-5.2(亿元)", True),  # brackets behind the digits are no sign
        ('0.0;[Red]"(亿元)"0.0', "-(亿元)5.2", True),
        ("0.0;(0.0)", "(5.2)", False),
        ("0.0;0.0-", "5.2-", False),
        ("0.0", "-5.2", False),
        ("[<0]0.0;0.0", "-5.2", True),
        ("0.0E+00;0.0E-00", "-5.2E00", True),
    ],
)
def test_a_minus_that_a_format_hides_is_put_back(code, shown, put_back):
    text, _, sign, _ = show_number(-5.2, number_format.parse_format(code))
    assert (text, sign) == (shown, put_back)


@pytest.mark.parametrize(
    "code", ["0;0;0;@;0", '"open', "[Red", "[>1][<5]0", "0" * 300, "0.0\\", "[>1.2.3]0"]
)
def test_what_is_no_number_format_says_so(code):
    with pytest.raises(ValueError, match=r"."):
        number_format.parse_format(code)


@settings(max_examples=200, deadline=None)
@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["0", "0.0", "0.00", "#,##0", "#,##0.0", "0.0%", '"x"0.00_)', '0.0"亿元"']),
)
def test_the_quick_way_to_show_a_number_is_the_same_as_the_slow_one(number, code):
    form = number_format.parse_format(code)
    slow = number_format.NumberFormat(
        tuple(section._replace(usual=None) for section in form.numbers)
    )
    assert form.numbers[0].usual is not None
    assert show_number(number, form) == show_number(number, slow)


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text('0#?.,%;E+-/@[]()"\\!_*<>=1ymdhsRe 亿', max_size=24),
)
@settings(max_examples=500, deadline=None)
def test_any_format_shows_a_text_or_says_that_it_is_none(number, code):
    try:
        form = number_format.parse_format(code)
    except ValueError:
        return
    assert isinstance(show_number(number, form).text, str)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_a_number_with_as_many_decimals_as_its_format_is_shown_as_it_is(units, decimals):
    from decimal import Decimal

    dataset = Decimal(units).scaleb(-decimals)
    code = "0" + ("." + "0" * decimals if decimals else "")
    assert show_number(float(dataset), number_format.parse_format(code)) == (
        f"{dataset:f}",
        False,
        False,
        False,
    )


# Cells of an .xlsx


def test_a_workbook_is_read_as_texts():
    raw = written(
        {
            "A1": "地区",
            "B1": "增速",
            "A2": "海淀",
            "B2": 5,
            "A3": "朝阳",
            "B3": 0.052,
            "C3": dt.date(2024, 7, 20),
            "D3": True,
            "E3": "#N/A",
            "A4": "'5.2",
            "B4": " 5.2 ",
        },
        {"B2": "0.0", "B3": "0.0%"},
    )
    assert grid(raw).rows == [
        ["地区", "增速"],
        ["海淀", "5.0"],
        ["朝阳", "5.2%", "2024-07-20", "TRUE", "#N/A"],
        ["'5.2", " 5.2 "],
    ]
    assert findings(raw) == []


def test_sheets_are_told_with_those_that_are_hidden():
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "上半年"
    book.create_sheet("底稿").sheet_state = "hidden"
    book["底稿"]["A1"] = "x"
    book.create_chartsheet("图")
    out = io.BytesIO()
    book.save(out)
    opened = open_book("return.xlsx", out.getvalue())
    assert opened.kind == "xlsx"
    assert [sheet[:2] for sheet in opened.sheets] == [("上半年", False), ("底稿", True)]
    assert tuple(map(str, opened.remarks)) == ("the sheet 图 is not a worksheet and was skipped",)
    sheet, notes = opened.grid("底稿")
    assert (sheet.file, sheet.sheet, sheet.rows) == ("return.xlsx", "底稿", [["x"]])
    assert [(note.code, note.origin) for note in notes] == [("hidden-cells", "return.xlsx!底稿!A1")]
    with pytest.raises(UnknownName, match="上半年"):
        opened.grid("下半年")


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<r><t>5.2</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>", "5.2[1]"),
        (
            "<r><t>5.2</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r><r><t>%</t></r>",
            "5.2%[1]",
        ),
        (
            "<r><t>海淀</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>)</t></r>",
            "海淀[1)]",
        ),
        ("<r><t>km</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>2</t></r>", "km²"),
        ("<r><t>CO</t></r><r><rPr><vertAlign val='subscript'/></rPr><t>2</t></r>", "CO2"),
        ("<r><t>5.2</t></r><r><rPr><vertAlign val='subscript'/></rPr><t>1</t></r>", "5.2[1]"),
        ("<r><rPr><b/></rPr><t>5</t></r><r><t>.2</t></r>", "5.2"),
        ("<r><rPr><vertAlign val='superscript'/></rPr><t>12</t></r>", "12"),
        ("<t>海淀</t><rPh sb='0' eb='2'><t>ハイディアン</t></rPh>", "海淀"),
        ("<t>a_x000D__x000A_b_x005F_x0041_</t>", "a\nb_x0041_"),
    ],
)
def test_raised_characters_are_footnote_marks_in_shared_and_in_inline_texts(runs, text):
    shared = xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', texts=f"<si>{runs}</si>")
    inline = xlsx(f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>')
    assert grid(shared).rows == grid(inline).rows == [[text]]


def test_a_footnote_mark_that_openpyxl_wrote_is_no_digit():
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    mark = TextBlock(InlineFont(vertAlign="superscript"), "1")
    assert grid(written({"A1": CellRichText("5.2", mark)})).rows == [["5.2[1]"]]


def test_cells_stand_where_their_names_say_whatever_their_order():
    rows = '<row r="3"><c r="C3"><v>3</v></c><c r="A3"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row><row><c><v>7</v></c><c><v>8</v></c></row>'
    assert grid(xlsx(rows)).rows == [["", "2"], ["7", "8"], ["1", "", "3"]]


def test_saved_results_are_read_and_formulas_told():
    raw = xlsx(
        '<row r="2"><c r="B2"><f>1+1</f><v>2</v></c><c r="C2" t="str"><f>""</f><v></v></c><c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    assert grid(raw).rows == [[], ["", "2", "", "#DIV/0!"]]
    assert grid(raw).formulas == {(1, 1), (1, 2), (1, 3)}
    assert told(raw) == [("formula-cell", "info", "return.xlsx!S!B2")]
    assert (
        findings(raw)[0].sentence
        == "3 cells contain formulas; the saved results were read (the first is B2)"
    )


def test_a_formula_that_was_never_calculated_is_refused():
    raw = written({"A1": 1, "A2": "=A1+1"})
    assert told(raw) == [("formula-cell", "error", "return.xlsx!Sheet!A2")]
    assert (
        "1 cell contains a formula that was never calculated (the first is A2)"
        in findings(raw)[0].sentence
    )
    assert told(xlsx('<row r="1"><c r="A1"><f>1+1</f></c></row>')) == [
        ("formula-cell", "error", "return.xlsx!S!A1")
    ]


def test_digits_that_formats_hide_are_one_note_a_sheet():
    raw = written({"A1": 5.2345678, "A2": 7.81, "A3": 5.2}, {"A1": "0.0", "A2": "0.0", "A3": "0.0"})
    assert grid(raw).rows == [["5.2"], ["7.8"], ["5.2"]]
    assert told(raw) == [("read-as", "info", "return.xlsx!Sheet!A1")]
    sentence = "2 cells contain more digits than their format shows; the displayed text was used (the first is A1: 5.2345678, displayed as 5.2)"
    assert findings(raw)[0].sentence == sentence


def test_a_format_that_cannot_be_read_refuses_its_cells_and_not_the_others():
    raw = xlsx(
        '<row r="1"><c r="A1" s="1"><v>0.052</v></c><c r="B1" s="2"><v>5</v></c></row>',
        styles=formats("[Red", "0.0"),
    )
    assert grid(raw).rows == [["0.052", "5.0"]]
    assert told(raw) == [("workbook-refused", "error", "return.xlsx!S!A1")]


def test_a_format_that_shows_nothing_is_told():
    raw = xlsx(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>5</v></c></row>', styles=formats(";;;")
    )
    assert grid(raw).rows == [["1"]]
    assert told(raw) == [("hidden-cells", "info", "return.xlsx!S!B1")]


def test_a_format_that_puts_words_around_a_text_is_heeded():
    raw = xlsx(
        '<row r="1"><c r="A1" s="1" t="str"><v>海淀</v></c><c r="B1" s="2" t="str"><v>x</v></c></row>',
        styles=formats('@"区"', "_(@_)"),
    )
    assert grid(raw).rows == [["海淀区", "x"]]


def test_the_calendar_of_1904_is_heeded():
    from support.sent_files import HEAD, MAIN, OFFICE

    book = f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="1"/><sheets><sheet name="S" r:id="r1"/></sheets></workbook>'
    raw = xlsx(
        '<row r="1"><c r="A1" s="1"><v>43951</v></c></row>', styles=formats("yyyy-mm-dd"), book=book
    )
    assert grid(raw).rows == [["2024-05-01"]]


def test_merged_areas_keep_to_the_table_and_hide_what_lies_under_them():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>9</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="B2"><v>3</v></c></row>'
    raw = xlsx(
        rows,
        '<mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="D9:E9"/><mergeCell ref="A2"/></mergeCells>',
    )
    assert grid(raw).rows == [["1"], ["2", "3"]]
    assert grid(raw).merged == ((0, 0, 0, 1),)
    assert findings(raw)[0].sentence == (
        "1 cell has content hidden under a merged area; not read (the first is B1: 9)"
    )


def test_hidden_rows_and_columns_are_read_and_told():
    hidden = {3: 'hidden="1"', 4: 'hidden="1"'}
    rows = "".join(
        f'<row r="{n}" {hidden.get(n, "")}>'
        + "".join(f'<c r="{c}{n}"><v>{n}</v></c>' for c in "ABC")
        + "</row>"
        for n in range(1, 6)
    )
    raw = xlsx(
        rows,
        before='<cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="1"/></cols>',
    )
    assert grid(raw).rows == [[str(n)] * 3 for n in range(1, 6)]
    assert tuple(map(str, grid(raw).hidden)) == ("column B", "rows 3 to 4")
    assert told(raw) == [("hidden-cells", "info", "return.xlsx!S!B1")]
    assert (
        findings(raw)[0].sentence
        == "9 hidden cells were read (column B, rows 3 to 4; the first is B1: 1)"
    )


def test_blank_rows_and_columns_at_the_end_are_cut_off():
    blank = "".join(
        f'<row r="{n}"><c r="A{n}" s="0"/><c r="Z{n}" t="str"><v> </v></c></row>'
        for n in range(2, 9)
    )
    assert grid(
        xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="str"><v></v></c></row>' + blank)
    ).rows == [["1"]]


@pytest.mark.parametrize(
    ("kind", "dataset", "text"),
    [
        ("b", "1", "TRUE"),
        ("b", "0", "FALSE"),
        ("e", "#REF!", "#REF!"),
        ("d", "2024-07-20T00:00:00", "2024-07-20"),
        ("str", "a", "a"),
        ("n", "1E2", "100"),
        ("n", "5.20", "5.2"),
    ],
)
def test_each_kind_of_cell(kind, dataset, text):
    assert grid(xlsx(f'<row r="1"><c r="A1" t="{kind}"><v>{dataset}</v></c></row>')).rows == [
        [text]
    ]


def test_a_workbook_of_the_strict_kind_is_read():
    parts = xlsx_parts(worksheet('<row r="1"><c r="A1"><v>5</v></c></row>'))
    strict = {
        name: text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, text in parts.items()
    }
    assert grid(packed(strict)).rows == [["5"]]


# Cells of an .ods


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def test_an_opendocument_sheet_is_read_as_shown():
    value = ' office:value-type="{}" office:{}="{}"'
    raw = ods(
        row(ods_cell("地区"), ods_cell("增速"))
        + row(
            ods_cell("海淀"),
            ods_cell("5.0", value.format("float", "value", "5")),
            ods_cell("5.2%", value.format("percentage", "value", "0.052")),
        )
        + row(
            ods_cell("20/07/24", value.format("date", "date-value", "2024-07-20")),
            ods_cell("WAHR", value.format("boolean", "boolean-value", "true")),
        )
        + row(
            ods_cell("2024年7月", value.format("date", "date-value", "2024-07-01")),
            f"<table:table-cell{value.format('percentage', 'value', '0.052')}/>",
        )
    )
    assert open_book("return.ods", raw).kind == "ods"
    assert grid(raw, "return.ods").rows == [
        ["地区", "增速"],
        ["海淀", "5.0", "5.2%"],
        ["2024-07-20", "TRUE"],
        ["2024-07", "5.2%"],
    ]


def test_the_text_of_a_cell_is_its_paragraphs_and_nothing_that_hangs_on_it():
    raised = '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    cell = (
        "<table:table-cell><office:annotation><text:p>geheim</text:p></office:annotation><text:p>5.<text:span>2</text:span>"
        '<text:span text:style-name="T1">1</text:span></text:p><text:p>b<text:s text:c="2"/>c<text:line-break/>d'
        "<text:note><text:note-body><text:p>foot</text:p></text:note-body></text:note></text:p>"
        "<draw:frame><draw:text-box><text:p>picture</text:p></draw:text-box></draw:frame></table:table-cell>"
    )
    assert grid(ods(row(cell), raised), "return.ods").rows == [["5.2 b  c d[1]"]]


def test_repeats_spans_formulas_and_what_is_hidden_in_an_opendocument_sheet():
    raw = ods(
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        + row(
            ods_cell("title", ' table:number-columns-spanned="3"'),
            '<table:covered-table-cell table:number-columns-repeated="2"/>',
        )
        + row(
            ods_cell("x", ' table:number-columns-repeated="3"'),
            more=' table:number-rows-repeated="2"',
        )
        + row(
            ods_cell("7", ' table:formula="of:=1+6" office:value-type="float" office:value="7"'),
            more=' table:visibility="filter"',
        )
        + row(ods_cell("5.2", ' office:value-type="float" office:value="5.2345678"'))
        + row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            more=' table:number-rows-repeated="1048570"',
        )
    )
    read = grid(raw, "return.ods")
    assert read.rows == [["title"], ["x"] * 3, ["x"] * 3, ["7"], ["5.2"]]
    assert (read.merged, read.formulas, tuple(map(str, read.hidden))) == (
        ((0, 0, 0, 2),),
        {(3, 0)},
        ("column B", "row 4"),
    )
    assert told(raw, "return.ods") == [
        ("formula-cell", "info", "return.ods!S!A4"),
        ("read-as", "info", "return.ods!S!A5"),
        ("hidden-cells", "info", "return.ods!S!B2"),
    ]


@pytest.mark.parametrize(
    ("dataset", "shown", "text"),
    [
        ("-5.2", "5.2", "-5.2"),
        ("-5.2", "5.2(亿元)", "-5.2(亿元)"),
        ("-1234.5", "1,234.5", "-1,234.5"),
        ("-5.2", "(5.2)", "(5.2)"),
        ("-5.2", "-5.2", "-5.2"),
        ("-5.2", "▼5.2", "▼5.2"),
        ("-0.01", "0.0", "0.0"),
        ("5.2", "5.2", "5.2"),
        ("-5.2", "n/a", "n/a"),
    ],
)
def test_a_minus_that_an_opendocument_shows_in_red_only_is_put_back(dataset, shown, text):
    raw = ods(row(ods_cell(shown, f' office:value-type="float" office:value="{dataset}"')))
    assert grid(raw, "return.ods").rows == [[text]]
    assert [
        found.code
        for found in findings(raw, "return.ods")
        if "hides the minus sign" in found.sentence
    ] == ["read-as"] * (shown != text)


def test_sheets_of_an_opendocument_are_those_of_the_spreadsheet_itself():
    hidden = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    inner = "<table:table-cell><table:table table:name='inner'><table:table-row><table:table-cell><text:p>no</text:p></table:table-cell></table:table-row></table:table></table:table-cell>"
    tables = (
        table(row(ods_cell("1"), inner), "一")
        + table(row(ods_cell("2")), "二", ' table:style-name="ta2"')
        + table("<table:table-source/>" + row(ods_cell("3")), "copy")
        + table(row(ods_cell("4")), "四")
    )
    book = open_book(
        "return.ods",
        packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": ods_content(tables, hidden),
            }
        ),
    )
    assert [sheet[:2] for sheet in book.sheets] == [("一", False), ("二", True), ("四", False)]
    assert [book.grid(sheet.name)[0].rows for sheet in book.sheets] == [[["1"]], [["2"]], [["4"]]]
    assert tuple(map(str, book.remarks)) == (
        "the file has links to other files; the saved results were read, nothing was fetched",
    )


# Texts


CHINESE = "地区,增速\n海淀,7.8\n朝阳,5.0\n"
FRENCH = "Région;Économie créée;été\nÎle;7,8;5,0\n"


@pytest.mark.parametrize(
    ("raw", "rows", "told"),
    [
        (CHINESE.encode(), [["地区", "增速"], ["海淀", "7.8"], ["朝阳", "5.0"]], ()),
        (CHINESE.encode("utf-8-sig"), [["地区", "增速"], ["海淀", "7.8"], ["朝阳", "5.0"]], ()),
        (
            CHINESE.encode("gbk"),
            [["地区", "增速"], ["海淀", "7.8"], ["朝阳", "5.0"]],
            ("read as GB18030, fields separated by commas",),
        ),
        (
            CHINESE.replace(",", "\t").encode("utf-16"),
            [["地区", "增速"], ["海淀", "7.8"], ["朝阳", "5.0"]],
            ("read as UTF-16, fields separated by tabs",),
        ),
        (
            FRENCH.encode("cp1252"),
            [["Région", "Économie créée", "été"], ["Île", "7,8", "5,0"]],
            ("read as Windows-1252, fields separated by semicolons",),
        ),
        (
            "cœur ±0,5;Ž\n".encode(),
            [["cœur ±0,5", "Ž"]],
            ("read as UTF-8, fields separated by semicolons",),
        ),
        (
            FRENCH.encode(),
            [["Région", "Économie créée", "été"], ["Île", "7,8", "5,0"]],
            ("read as UTF-8, fields separated by semicolons",),
        ),
        (
            b"sep=;\r\na;b,c\r\n",
            [[], ["a", "b,c"]],
            ("read as UTF-8, fields separated by semicolons",),
        ),
        (b"sep=|\na|b", [[], ["a", "b"]], ("read as UTF-8, fields separated by |",)),
        (
            b"a|b|c\n1|2|3\n",
            [["a", "b", "c"], ["1", "2", "3"]],
            ("read as UTF-8, fields separated by |",),
        ),
        (
            b"Table 1, first half\n\na;b;c\n1;2;3\n4;5;6\n",
            [["Table 1, first half"], [], ["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]],
            ("read as UTF-8, fields separated by semicolons",),
        ),
        (
            b"a;1,5;2,5\nb;3,5;4,5\n",
            [["a", "1,5", "2,5"], ["b", "3,5", "4,5"]],
            ("read as UTF-8, fields separated by semicolons",),
        ),
        (
            b"a\t1,234\nb\t5,678\n",
            [["a", "1,234"], ["b", "5,678"]],
            ("read as UTF-8, fields separated by tabs",),
        ),
        (b'a,"x;y"\nb,"x;y"\n', [["a", "x;y"], ["b", "x;y"]], ()),
        (b'a,"one\r\ntwo"\r\nb,""""\r\n', [["a", "one\ntwo"], ["b", '"']], ()),
        (b"one column\nof text\n", [["one column"], ["of text"]], ()),
        (b"a,b\r1,2\r", [["a", "b"], ["1", "2"]], ()),
        (b"a,b,,\n,,,\n1,2\n,,\n\n", [["a", "b"], [], ["1", "2"]], ()),
    ],
)
def test_a_text_is_read_and_how_is_told(raw, rows, told):
    book = open_book("return.csv", raw)
    assert (book.kind, book.sheets, tuple(map(str, book.remarks))) == (
        "csv",
        (SentSheet(""),),
        told,
    )
    assert listed(book.grid("")[0]) == rows


def test_a_tsv_is_parted_by_its_tabs():
    assert listed(grid(b"a,b\tc,d\n", "return.tsv")) == [["a,b", "c,d"]]
    assert listed(grid(b"a,b\n", "return.tsv")) == [["a", "b"]]


def test_encoding_and_delimiter_may_be_said():
    raw = "É;a,b\n".encode("cp1252")
    assert listed(grid(raw, "r.csv", encoding="latin-1", delimiter=";")) == [["É", "a,b"]]
    assert listed(grid("地区".encode("gb2312"), "r.csv", encoding="GB2312")) == [["地区"]]
    assert listed(grid("地區,a".encode("big5"), "r.csv", encoding="big5")) == [["地區", "a"]]
    assert "unsupported encoding" in refusal(raw, "r.csv", encoding="punycode")
    assert "unsupported encoding" in refusal(raw, "r.csv", encoding="x\0y")
    assert "is not valid UTF-8 text" in refusal(raw, "r.csv", encoding="utf-8")
    assert "is not a valid field separator" in refusal(
        raw, "r.csv", encoding="cp1252", delimiter="::"
    )


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("地區,增速\n臺北,7.8\n".encode("big5"), "unknown encoding"),
        (
            "Область,7.8\nМосква,5\nРост производства,6\n".encode("cp1251"),
            "unknown encoding",
        ),
        ("Ελλάδα,7.8\nΑθήνα,5\n".encode("cp1253"), "unknown encoding"),
        ("值,0.5\n".encode("gbk"), "the encoding is ambiguous (UTF-8 or GB18030)"),
        ("模,0.5\n".encode("gbk"), "the encoding is ambiguous (UTF-8 or GB18030)"),
        (b"\x81\xff\xfe,1\n", "unknown encoding"),
        ("a,b\n".encode("utf-16-le"), "the file contains NUL bytes"),
        (b"a,\0b\n", "the file contains NUL bytes"),
        ("a,\0b\n".encode("utf-16"), "the file contains NUL characters"),
        (b"\xff\xfea", "the file is not valid UTF-16 text"),
        (b"a;b,c\nd;e,f\n", "the field separator is ambiguous (semicolons and commas)"),
        (b"", "the file is empty"),
        (b" \r\n", "the file is empty"),
    ],
)
def test_a_text_that_cannot_be_told_is_refused(raw, why):
    assert why in refusal(raw, "return.csv")


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b'a,b\n1,"2\n3,4\n', "return.csv!A2"),
        (b'a,b\n1,"2" x\n3,4\n', "return.csv!A2"),
        (b'a,b,c\n1,"2,3\n4,5,6\n7,8",9\n', "return.csv!B2"),
        (b"a,b\n1," + b"x" * 40_000 + b"\n", "return.csv!A2"),
        (b"a,b\n1,2\n3,4\n5," + b"x" * 140_000 + b"\n", "return.csv!A4"),
    ],
    ids=[
        "never closed",
        "text after a quote",
        "two stray quotes",
        "a long field",
        "beyond the reader's limit",
    ],
)
def test_a_quote_that_swallows_rows_is_refused_with_its_row(raw, place):
    with pytest.raises(BlockedByFindings) as caught:
        open_book("return.csv", raw).grid("")
    assert [found.origin for found in caught.value.findings] == [place]


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8
)


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Without blank ends of rows and blank rows at the end."""
    cut = [
        row[: max((n + 1 for n, cell in enumerate(row) if cell.strip()), default=0)] for row in rows
    ]
    return cut[: max((n + 1 for n, row in enumerate(cut) if row), default=0)]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_rows_written_as_a_csv_are_read_back(rows, delimiter, encoding, end):
    assume(
        not any("\n" in cell and delimiter in cell for row in rows for cell in row)
    )  # may look like rows of their own
    assume(not any("\n" in cell for row in rows for cell in row) or max(map(len, rows)) > 1)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    assume(trimmed(rows))
    assert grid(
        out.getvalue().encode(encoding),
        "return.csv",
        encoding=encoding.removesuffix("-sig"),
        delimiter=delimiter,
    ).rows == trimmed(rows)


WORDS = st.text("海淀朝阳丰台增速数字经济地区生产总值", min_size=1, max_size=4)
NUMBERS = st.decimals(-99, 999, places=1, allow_nan=False).map(str)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(WORDS, NUMBERS, NUMBERS), min_size=2, max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"]),
)
def test_a_table_is_read_back_without_a_word_on_encoding_or_separator(rows, delimiter, encoding):
    text = "".join(delimiter.join(row) + "\r\n" for row in rows)
    if (
        encoding.startswith("gb")
        and max(text.encode(encoding).decode("utf-8", "replace")) < "\ufffd"
    ):
        assert "ambiguous (UTF-8 or GB18030)" in refusal(text.encode(encoding), "return.csv")
        return
    assert listed(grid(text.encode(encoding), "return.csv")) == [list(row) for row in rows]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(
                    codec="utf-8",
                    exclude_categories=["Cs", "Cc"],
                    exclude_characters="\ufffe\uffff",
                ),
                max_size=6,
            ),
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_texts_that_openpyxl_writes_are_read_back(rows):
    cells = {
        f"{'ABCD'[c]}{r + 1}": text for r, row in enumerate(rows) for c, text in enumerate(row)
    }
    assume(not any(text.startswith("=") or "_x" in text for text in cells.values()))
    assume(not any(text.startswith("#") for text in cells.values()))
    seen = [
        [text if text.strip() else "" for text in row] for row in rows
    ]  # a cell of mere blanks shows nothing
    assert grid(written(cells)).rows == trimmed(seen)


# What is no table


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged or incomplete"),
        (
            compound({"WordDocument": bytes(9)}),
            "a legacy Microsoft Office document, not a workbook",
        ),
        (compound({"Book": xls_stream(version=0x500)}), "an Excel 95 or older workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le"),
            "password-protected",
        ),
        (b"\x09\x08\x10\x00" + bytes(20), "Excel 95"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<html><table><tr><td>5.2</td></tr></table></html>", "a web page"),
        (b"\xef\xbb\xbf\r\n<TABLE border=1>", "a web page"),
        ("<html>".encode("utf-16"), "a web page"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "an XML file",
        ),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "a web archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"Rar!\x1a\x07\x01\x00", "a RAR archive"),
        (packed({"a.csv": "x"}), "a zip archive, not a workbook"),
        (packed({"xl/workbook.bin": "x"}), "a binary workbook (.xlsb)"),
        (packed({"ppt/presentation.xml": "x"}), "a presentation"),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "not a spreadsheet",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(raw, why):
    sentence = refusal(raw, "return.xls")
    assert why in sentence
    assert any(word in sentence for word in ("save it", "send the table", "unpack it"))


def test_the_bytes_tell_what_a_file_is_and_not_its_name():
    assert open_book("return.csv", xlsx('<row r="1"><c r="A1"><v>5</v></c></row>')).kind == "xlsx"
    book = open_book("return.xls", b"a\tb\n1\t2\n")
    assert tuple(map(str, book.remarks)) == (
        "the file is named .xls but is plain text",
        "read as UTF-8, fields separated by tabs",
    )
