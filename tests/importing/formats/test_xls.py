"""What is read of a workbook of Excel 97 to 2003: as of an .xlsx, the text that a person sees in each cell."""

from __future__ import annotations

import struct

import pytest

from dtrack.core.findings import BlockedByFindings
from dtrack.core.translate import speaking
from dtrack.importing.formats.detect import kind_of, open_book
from dtrack.importing.formats.grid import Grid
from support.sent_files import (
    compound,
    record,
    xls,
    xls_label,
    xls_number,
    xls_sheet,
    xls_stream,
    xls_text,
)
from support.workspaces import ROOT

GOLDEN = (ROOT / "tests/golden/return.xls").read_bytes()  # made by xlwt 1.3.0


def grid(raw: bytes, sheet: str = "S") -> Grid:
    return open_book("return.xls", raw).grid(sheet)[0]


def told(raw: bytes, sheet: str = "S") -> list[tuple[str, str, str]]:
    """(code, severity, origin) of each finding."""
    found = open_book("return.xls", raw).grid(sheet)[1]
    return [(finding.code, str(finding.severity), finding.origin) for finding in found]


def words(told) -> list[str]:
    return [str(message) for message in told]


def rk(row: int, column: int, packed: int, style: int = 0) -> bytes:
    return record(0x27E, struct.pack("<HHHI", row, column, style, packed & 0xFFFFFFFF))


def formula(row: int, column: int, result: bytes, tokens: bytes = b"") -> bytes:
    head = struct.pack("<HHH", row, column, 0) + result + bytes(6)
    return record(0x06, head + struct.pack("<H", len(tokens)) + tokens)


def shared(row: int, column: int, text: int) -> bytes:
    return record(0xFD, struct.pack("<HHHI", row, column, 0, text))


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (5.0, "0.0", "5.0"),
        (0.052, "0.0%", "5.2%"),
        (5.1849, "0.0", "5.2"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (-5.2, "0.0_);(0.0)", "(5.2)"),
        (-5.2, "0.0;0.0", "-5.2"),
        (5.2, '0.0"亿元"', "5.2亿元"),
        (45414.0, "yyyy-mm-dd", "2024-05-02"),
        (45414.0, 'yyyy"年"m"月"', "2024-05"),
        (5.0, "General", "5"),
    ],
)
def test_a_number_is_what_its_format_shows(value, code, shown):
    raw = xls(xls_sheet(xls_number(0, 0, value, 1)), codes=(code,))
    assert grid(raw).rows == [[shown]]


def test_a_date_counts_from_the_year_that_the_workbook_says():
    sheet = xls_sheet(xls_number(0, 0, 45414 - 1462, 1))
    since_1904 = record(0x22, struct.pack("<H", 1))
    assert grid(xls(sheet, codes=("yyyy-mm-dd",), before=since_1904)).rows == [["2024-05-02"]]


def test_formats_that_east_asian_editions_keep_by_number_only_are_dates():
    style = record(0xE0, struct.pack("<HH", 0, 31) + bytes(16))  # before the styles of xls_stream
    assert grid(xls(xls_sheet(xls_number(0, 0, 45414, 0)), before=style)).rows == [["2024-05-02"]]


def test_numbers_in_four_bytes():
    whole, hundredth = 5200 << 2 | 2, 520 << 2 | 3
    cells = (
        rk(0, 0, whole),
        rk(0, 1, hundredth),
        rk(0, 2, -7 << 2 | 2),
        rk(0, 3, 0x40140000),
        record(
            0xBD, struct.pack("<HHHIHIH", 1, 1, 0, 5 << 2 | 2, 0, 6 << 2 | 2, 2)
        ),  # two in a row
    )
    assert grid(xls(xls_sheet(*cells))).rows == [["5200", "5.2", "-7", "5"], ["", "5", "6"]]


def test_texts_truths_and_errors():
    texts = struct.pack("<II", 2, 2) + xls_text("海淀") + struct.pack("<HB", 2, 0) + b"ab"
    cells = (
        shared(0, 0, 0),
        shared(0, 1, 1),
        xls_label(1, 0, "朝阳\r\n区"),
        record(0x205, struct.pack("<HHHBB", 1, 1, 0, 1, 0)),
        record(0x205, struct.pack("<HHHBB", 1, 2, 0, 7, 1)),
        record(0x205, struct.pack("<HHHBB", 1, 3, 0, 42, 1)),
    )
    raw = xls(xls_sheet(*cells), texts=texts)
    assert grid(raw).rows == [["海淀", "ab"], ["朝阳\n区", "TRUE", "#DIV/0!", "#N/A"]]


def test_a_text_under_a_format_that_puts_words_around_it():
    assert grid(xls(xls_sheet(xls_label(0, 0, "海淀", 1)), codes=('@"区"',))).rows == [["海淀区"]]


def test_a_text_goes_on_in_the_next_record():
    start = struct.pack("<IIHBHI", 1, 1, 6, 13, 1, 4) + "海淀".encode("utf-16-le")
    # the rest in bytes of one character each; then the runs and the reading aid, which is no text
    rest = b"\0" + b"5.21" + struct.pack("<HH", 5, 5) + b"\0\1\2\3"
    sheet = xls_sheet(shared(0, 0, 0))
    stream = xls_stream(sheet, texts=start)
    sst = record(0xFC, start)
    at = stream.index(sst) + len(sst)
    longer = record(0x3C, rest)
    moved = bytearray(stream[:at] + longer + stream[at:])
    bound = moved.index(struct.pack("<H", 0x85)) + 4
    struct.pack_into("<I", moved, bound, struct.unpack_from("<I", moved, bound)[0] + len(longer))
    assert grid(compound({"Workbook": bytes(moved)})).rows == [["海淀5.2[1]"]]


def test_a_raised_digit_is_a_mark_and_no_digit():
    run = struct.pack("<HHH", 1, 3, 5)  # from the fourth character on in font 5, which is raised
    cell = record(0xD6, struct.pack("<HHH", 0, 0, 0) + xls_text("5.21") + run)
    assert grid(xls(xls_sheet(cell))).rows == [["5.2[1]"]]


def test_results_of_formulas_are_read_and_told():
    text = struct.pack("<BxBxxxH", 0, 0, 0xFFFF)
    cells = (
        formula(0, 0, struct.pack("<d", 5.5)),
        formula(0, 1, text),
        record(0x207, xls_text("海淀")),
        formula(0, 2, struct.pack("<BxBxxxH", 1, 1, 0xFFFF)),
        formula(0, 3, struct.pack("<BxBxxxH", 2, 7, 0xFFFF)),
        formula(
            0, 4, struct.pack("<BxBxxxH", 3, 0, 0xFFFF)
        ),  # an empty text: calculated, as the others
        xls_number(0, 5, 1),
    )
    raw = xls(xls_sheet(*cells))
    read = grid(raw)
    assert read.rows == [["5.5", "海淀", "TRUE", "#DIV/0!", "", "1"]]
    assert read.formulas == {(0, column) for column in range(5)}
    assert told(raw) == [("formula-cell", "info", "return.xls!S!A1")]


def test_formulas_that_no_program_has_calculated_are_refused():
    raw = xls(xls_sheet(formula(0, 0, struct.pack("<BxBxxxH", 3, 0, 0xFFFF), b"\x1e\x05\0")))
    assert told(raw) == [("formula-cell", "error", "return.xls!S!A1")]
    raw = xls(xls_sheet(formula(0, 0, struct.pack("<BxBxxxH", 3, 0, 0xFFFF), b"\x17\0")))
    assert told(raw) == [("formula-cell", "info", "return.xls!S!A1")]  # =""


def test_merged_and_hidden_cells_are_told():
    cells = (
        record(0x208, struct.pack("<HHHHHHHH", 2, 0, 2, 255, 0, 0, 0x20, 0)),
        record(0x7D, struct.pack("<HHHHHH", 1, 1, 256, 0, 1, 0)),
        record(0x7D, struct.pack("<HHHHHH", 200, 255, 256, 0, 1, 0)),  # right of the table
        xls_label(0, 0, "a"),
        xls_label(0, 1, "under"),
        xls_label(1, 1, "hidden"),
        xls_label(2, 0, "hidden too"),
        record(0xE5, struct.pack("<HHHHH", 1, 0, 0, 0, 1)),
    )
    raw = xls(xls_sheet(*cells))
    read = grid(raw)
    assert read.rows == [["a"], ["", "hidden"], ["hidden too"]]
    assert (read.merged, words(read.hidden)) == (((0, 0, 0, 1),), ["column B", "row 3"])
    assert told(raw) == [
        ("hidden-cells", "info", "return.xls!S!B1"),
        ("hidden-cells", "info", "return.xls!S!B2"),
    ]


def test_sheets_are_told_with_those_that_are_hidden_or_no_table():
    raw = xls(*[xls_sheet(xls_number(0, 0, n)) for n in range(3)], hidden=(1,), kinds=(0, 0, 2))
    book = open_book("return.xls", raw)
    assert [sheet[:2] for sheet in book.sheets] == [("S", False), ("S2", True)]
    assert words(book.remarks) == ["the sheet S3 is not a worksheet and was skipped"]
    assert book.grid("S2")[0].rows == [["1"]]


def test_macros_and_links_are_told_and_never_followed():
    book_of_its_own = record(0x1AE, struct.pack("<HH", 1, 0x401))
    other = record(0x1AE, struct.pack("<H", 1) + xls_text("other.xls"))
    stream = xls_stream(xls_sheet(xls_number(0, 0, 5)), before=book_of_its_own + other)
    raw = compound({"Workbook": stream, "_VBA_PROJECT_CUR": b"x", "MBD0001": b"x"}, small_most=0)
    assert words(open_book("return.xls", raw).remarks) == [
        "formulas refer to 1 other workbook; the saved results were read, nothing was fetched",
        "the file contains macros; they were not read and are never run",
        "the file contains 1 embedded file; not opened",
    ]


def test_a_chart_inside_a_sheet_is_read_over():
    chart = struct.pack("<HHHHII", 0x600, 0x20, 0, 1996, 0, 0)
    inside = record(0x809, chart) + xls_number(0, 0, 9) + record(0x0A)
    assert grid(xls(xls_sheet(xls_number(0, 0, 5), inside, xls_number(0, 1, 6)))).rows == [
        ["5", "6"]
    ]


def test_a_workbook_as_another_program_writes_it():
    book = open_book("return.xls", GOLDEN)
    assert [sheet[:2] for sheet in book.sheets] == [("上半年", False), ("底稿", True)]
    read, found = book.grid("上半年")
    assert read.rows == [
        ["2024年上半年"],
        ["地区", "增速", "发布日期"],
        ["海淀", "5.0", "2024-05-02"],
        ["朝阳", "5.2%"],
        ["房山", "5.2[1]"],
        ["长" * 300, "a" * 300],
    ]
    assert (read.merged, words(read.hidden)) == (((0, 0, 0, 2),), ["row 5"])
    assert [(one.code, one.origin) for one in found] == [("hidden-cells", "return.xls!上半年!A5")]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (compound({"Workbook": xls_stream(version=0x500)}), ("Excel 95", "Excel 95", "Excel 95")),
        (
            compound({"WordDocument": b"x"}),
            ("not a workbook", "Microsoft Office", "Microsoft Office"),
        ),
        (xls(xls_sheet())[:700], ("damaged or incomplete", "损坏", "endommagé")),
        (xls(before=record(0x2F, bytes(6))), ("password", "密码", "mot de passe")),
    ],
)
def test_a_refusal_is_told_in_three_languages(raw, why):
    for language, word in zip(("en", "zh", "fr"), why, strict=True):
        with speaking(language), pytest.raises(BlockedByFindings) as caught:
            open_book("return.xls", raw)
        with speaking(language):
            (found,) = caught.value.findings
            assert (found.code, found.origin) == ("workbook-refused", "return.xls")
            assert word in found.sentence


def test_the_bytes_tell_an_xls_whatever_its_name_says():
    raw = xls(xls_sheet(xls_number(0, 0, 5)))
    assert open_book("return.csv", raw).kind == kind_of("stdin", raw) == "xls"
