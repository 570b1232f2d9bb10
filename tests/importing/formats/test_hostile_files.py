"""Files made to do harm: each attack is one named test (docs/security.md lists them). What comes out is a table or a refusal."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtrack.core.findings import BlockedByFindings, UnknownName
from dtrack.importing.formats import (
    docx_reader,
    limits,
    ods_reader,
    reader,
    safe_zip,
    sheet_builder,
)
from dtrack.importing.formats.detect import open_book
from dtrack.importing.formats.grid import Grid
from support.sent_files import (
    HEAD,
    MAIN,
    ODS,
    OFFICE,
    compound,
    content,
    docx_cell,
    docx_parts,
    docx_table,
    formats,
    links,
    ods,
    ods_cell,
    packed,
    paragraph,
    record,
    run,
    table,
    worksheet,
    xls,
    xls_label,
    xls_number,
    xls_sheet,
    xls_stream,
    xlsx,
    xlsx_parts,
)
from support.workspaces import ROOT

CELL = '<row r="1"><c r="A1"><v>5</v></c></row>'


def read(raw: bytes, name: str = "sent.xlsx") -> Grid:
    """The first sheet."""
    book = open_book(name, raw)
    return book.grid(book.sheets[0].name)[0]


def refusal(raw: bytes, name: str = "sent.xlsx") -> str:
    """Why it is refused; the finding names the file and says nothing of Python."""
    with pytest.raises(BlockedByFindings) as caught:
        read(raw, name)
    (found,) = caught.value.findings
    assert found.code == "workbook-refused"
    assert found.origin.startswith(name)
    return found.sentence


def peak(act: Callable[[], object]) -> int:
    """The most memory taken on the way, in bytes."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def with_sheet(sheet: str | bytes) -> bytes:
    return packed(xlsx_parts(sheet))


# Zips


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = packed(xlsx_parts(b" " * 100_000_000))
    assert len(bomb) < 200_000
    assert peak(lambda: refusal(bomb)) < 2_000_000
    assert "unpacks to more than 200 times its size" in refusal(bomb)


def test_a_bomb_beside_the_sheet_is_refused_too():
    bomb = packed(xlsx_parts(worksheet(CELL)) | {"xl/media/image1.png": b"\0" * 20_000_000})
    assert "unpacks to more than 200 times its size" in refusal(bomb)


def test_many_parts_that_unpack_to_too_much_together_are_refused(monkeypatch):
    monkeypatch.setattr(safe_zip, "UNPACKED", 1_000_000)
    assert "unpacks to more than" in refusal(
        packed(xlsx_parts(worksheet(CELL)) | {f"xl/{n}": b"0" * 100_000 for n in range(10)})
    )


def test_a_part_that_declares_less_than_it_unpacks_to_is_refused():
    raw = bytearray(with_sheet(worksheet(CELL * 1 + " " * 5_000_000)))
    where = raw.index(
        b"PK\x01\x02", raw.index(b"xl/_rels/workbook.xml.rels", raw.index(b"PK\x01\x02"))
    )
    assert raw[where + 46 :].startswith(b"xl/worksheets/sheet1.xml")
    struct.pack_into("<L", raw, where + 24, 600)  # the declared size
    assert peak(lambda: refusal(bytes(raw))) < 2_000_000
    assert "damaged" in refusal(bytes(raw))


def test_a_file_larger_than_the_limit_is_refused():
    assert "larger than 50 MB" in refusal(b"PK\x03\x04" + bytes(50_000_000))


def test_too_many_parts_are_refused_before_they_are_listed():
    raw = packed({f"xl/{n}": "" for n in range(10_001)}, zipfile.ZIP_STORED)
    assert (
        peak(lambda: refusal(raw)) < 2_000_000
    )  # ten thousand entries of a zip take more than five
    assert "more than 10,000 parts" in refusal(raw)


def test_two_parts_that_share_their_bytes_are_refused():
    raw = packed(xlsx_parts(worksheet(CELL)))
    start, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    entries = raw[start:end]
    at = entries.index(b"xl/workbook.xml") - 46
    stolen = entries[at : at + 46 + len("xl/workbook.xml")].replace(
        b"xl/workbook.xml", b"xl/worksheet.xm"
    )
    last = bytearray(raw[end:])
    struct.pack_into(
        "<HHL",
        last,
        8,
        *(struct.unpack_from("<H", last, 8)[0] + 1,) * 2,
        len(entries) + len(stolen),
    )
    book = (
        raw[:start]
        + entries.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet2.xml")
        + stolen
        + bytes(last)
    )
    assert refusal(book)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.XML"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(name):
    import io

    out = io.BytesIO(packed(xlsx_parts(worksheet(CELL))))
    with zipfile.ZipFile(out, "a") as pack:
        pack.writestr(name, "other")
    assert "two parts of the file are named" in refusal(out.getvalue())


@pytest.mark.parametrize(
    "name", ["../evil.xml", "xl/../../evil.xml", "/etc/passwd", "C:/evil.xml", "xl\\evil.xml"]
)
def test_parts_that_would_lie_outside_are_refused(name):
    assert "would lie outside the workbook" in refusal(
        packed(xlsx_parts(worksheet(CELL)) | {name: "x"})
    )


def test_encrypted_parts_are_refused():
    raw = bytearray(packed(xlsx_parts(worksheet(CELL))))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refusal(bytes(raw))
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></m:manifest>'
    assert "password" in refusal(
        packed({"mimetype": ODS, "META-INF/manifest.xml": manifest, "content.xml": "\x01"}),
        "sent.ods",
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_without_a_bound_is_refused(method):
    assert "compressed with a method" in refusal(packed(xlsx_parts(worksheet(CELL)), method))


def test_a_zip_in_place_of_a_sheet_is_refused():
    assert "the XML of the file is invalid" in refusal(with_sheet(packed({"a": "b"})))


def test_what_is_embedded_is_told_and_never_opened():
    inner = {
        "xl/embeddings/book.xlsx": b"PK\x03\x04 never opened",
        "xl/vbaProject.bin": b"\xd0\xcf never run",
    }
    book = open_book("sent.xlsm", packed(xlsx_parts(worksheet(CELL)) | inner))
    assert tuple(map(str, book.remarks)) == (
        "the file contains macros; they were not read and are never run",
        "the file contains 1 embedded file; not opened",
    )
    assert book.grid("S")[0].rows == [["5"]]


def test_links_to_other_workbooks_are_told_and_never_followed():
    parts = xlsx_parts(worksheet('<row r="1"><c r="A1"><f>[1]S!A1</f><v>5</v></c></row>'))
    rels = links(
        ("r1", "worksheet", "worksheets/sheet1.xml"),
        ("r9", "externalLink", "externalLinks/externalLink1.xml"),
    )
    outside = links(
        ("r1", "externalLinkPath", "http://127.0.0.1:9/book.xlsx"), mode=' TargetMode="External"'
    )
    more = {
        "xl/_rels/workbook.xml.rels": rels,
        "xl/externalLinks/_rels/externalLink1.xml.rels": outside,
    }
    book = open_book("sent.xlsx", packed(parts | more))
    assert tuple(map(str, book.remarks)) == (
        "formulas refer to 1 other workbook; the saved results were read, nothing was fetched",
    )
    assert book.grid("S")[0].rows == [["5"]]


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:9/sheet1.xml", "../../../etc/passwd", "nothing.xml", ""]
)
def test_a_sheet_that_lies_elsewhere_is_refused(target):
    parts = xlsx_parts(worksheet(CELL))
    mode = ' TargetMode="External"' if target.startswith("http") else ""
    assert refusal(
        packed(
            parts | {"xl/_rels/workbook.xml.rels": links(("r1", "worksheet", target), mode=mode)}
        )
    )


@pytest.mark.parametrize(
    "missing",
    ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"],
)
def test_a_missing_part_is_a_refusal_or_does_not_matter(missing):
    parts = xlsx_parts(worksheet(CELL))
    del parts[missing]
    if missing == "_rels/.rels":
        assert read(packed(parts)).rows == [["5"]]
    else:
        assert refusal(packed(parts))


# XML

LAUGHS = (
    "<!DOCTYPE l [<!ENTITY a 'ha'>"
    + "".join(
        f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
ATTACKS = {
    "billion laughs": LAUGHS,
    "quadratic blow-up": f"<!DOCTYPE l [<!ENTITY j '{'x' * 100_000}'>]>",
    "external entity": "<!DOCTYPE l [<!ENTITY j SYSTEM 'file:///etc/passwd'>]>",
    "external document type": "<!DOCTYPE l SYSTEM 'http://127.0.0.1:9/l.dtd'>",
    "parameter entity": "<!DOCTYPE l [<!ENTITY % j SYSTEM 'http://127.0.0.1:9/'>%j;]>",
    "behind a comment": f"<!--{'x' * 200_000}--><!DOCTYPE l [<!ENTITY j 'ha'>]>",
    "plain": "<!DOCTYPE worksheet>",
}
LAUGHING = '<row r="1"><c r="A1" t="str"><v>{}</v></c></row>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_entities_and_document_types_are_refused(attack, encoding):
    sheet = (
        ATTACKS[attack]
        + f'<worksheet xmlns="{MAIN}"><sheetData>{LAUGHING.format("&j;" * 100)}</sheetData></worksheet>'
    )
    raw = with_sheet(sheet.encode(encoding))
    assert peak(lambda: refusal(raw)) < 5_000_000
    assert "declares a document type or entities" in refusal(raw)


@pytest.mark.parametrize(
    "part",
    [
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    ],
)
def test_entities_are_refused_in_every_part_that_is_read(part):
    parts = xlsx_parts(
        worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        texts="<si><t>a</t></si>",
        styles=formats("0"),
    )
    assert "declares a document type" in refusal(
        packed(parts | {part: LAUGHS + str(parts[part]).removeprefix(HEAD)})
    )


def test_entities_are_refused_in_an_opendocument():
    sheets = table(f"<table:table-row>{ods_cell('&j;')}</table:table-row>")
    assert "declares a document type" in refusal(
        packed({"mimetype": ODS, "content.xml": content(sheets, head=LAUGHS)}), "sent.ods"
    )


def test_a_sheet_in_utf_16_is_read():
    assert read(with_sheet(worksheet(CELL).replace("UTF-8", "UTF-16").encode("utf-16"))).rows == [
        ["5"]
    ]


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "gbk", "punycode", "no-such"])
def test_an_odd_encoding_of_xml_is_refused(encoding):
    assert "in the encoding" in refusal(with_sheet(worksheet(CELL).replace("UTF-8", encoding)))


def test_deep_nesting_is_refused():
    deep = "<a>" * 1_000_000 + "</a>" * 1_000_000
    parts = xlsx_parts(worksheet(CELL, after=deep + "".join(map(str, range(30_000)))))
    assert "nested more than 100 levels deep" in refusal(packed(parts))
    assert "nested more than 100 levels deep" in refusal(
        ods(
            "<table:table-row>"
            + "<table:table-cell>" * 200
            + "</table:table-cell>" * 200
            + "</table:table-row>"
        ),
        "sent.ods",
    )


def test_a_tag_without_end_is_refused():
    import random

    noise = random.Random(1).randbytes(1_500_000).hex()
    assert "longer than a million bytes" in refusal(
        with_sheet(worksheet(CELL, before=f'<sheetPr codeName="{noise}"/>'))
    )


def test_many_attributes_and_wide_elements_cost_nothing():
    many = " ".join(f'a{n}="1"' for n in range(20_000))
    assert read(
        with_sheet(worksheet(CELL, before=f"<sheetPr {many}/>" + "<x/>" * 50_000))
    ).rows == [["5"]]


@pytest.mark.parametrize(
    "sheet",
    [
        "",
        "<",
        "<worksheet",
        "plain text",
        "\0\0",
        "<a></b>",
        worksheet(CELL)[:-20],
        worksheet("&undefined;"),
        worksheet("\x01"),
    ],
)
def test_broken_xml_is_refused(sheet):
    assert "the XML of the file is invalid" in refusal(with_sheet(sheet))


# Sheets


def test_a_dimension_that_lies_is_not_believed():
    whole = read(xlsx(CELL, before='<dimension ref="A1:XFD1048576"/>'))
    none = read(
        xlsx(
            CELL + '<row r="2" spans="1:16384"><c r="B2"><v>7</v></c></row>',
            before='<dimension ref="A1"/>',
        )
    )
    assert (whole.rows, none.rows) == ([["5"]], [["5"], ["", "7"]])


def test_a_table_of_a_million_texts_is_read_once():
    raw = xlsx(
        '<row r="1"><c r="A1" t="s"><v>999999</v></c></row>',
        texts="".join(f"<si><t>{n}</t></si>" for n in range(1_000_000)),
    )
    assert read(raw).rows == [["999999"]]


def test_a_table_of_more_texts_than_cells_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "CELLS", 1000)
    assert "table of shared texts" in refusal(
        xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', texts="<si/>" * 1001)
    )


def test_one_long_text_in_many_cells_is_kept_once():
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    raw = xlsx(cells, texts=f"<si><t>{'x' * 32_767}</t></si>")
    assert peak(lambda: read(raw)) < 20_000_000


def test_the_last_cell_of_a_sheet_is_read():
    sheet = read(xlsx('<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'))
    assert (len(sheet.rows), sheet.width, sheet.cell(1048575, 16383)) == (1_048_576, 16_384, "5")


@pytest.mark.parametrize(
    "name",
    [
        "XFE1",
        "AAAA1",
        "a1",
        "A0",
        "A01048577",
        "A1048577",
        "1",
        "A",
        "A-1",
        "Ａ1",
        "A１",
        "$A$1",
        "A" + "9" * 5000,
        "",
    ],
)
def test_a_cell_that_no_sheet_has_is_refused(name):
    row = name.lstrip("AXFE") if name.lstrip("AXFE").isascii() else "1"
    assert "the sheet has" in refusal(xlsx(f'<row r="{row}"><c r="{name}"><v>5</v></c></row>'))


def test_cells_far_apart_are_refused_before_the_room_between_them_is_taken(monkeypatch):
    monkeypatch.setattr(sheet_builder, "PLACES", 100_000)
    raw = xlsx("".join(f'<row r="{n}"><c r="XFD{n}"><v>5</v></c></row>' for n in range(1, 50)))
    assert peak(lambda: refusal(raw)) < 3_000_000
    assert "too far from one another" in refusal(raw)


def test_more_cells_than_the_limit_are_refused(monkeypatch):
    for room in (sheet_builder, limits):
        monkeypatch.setattr(room, "CELLS", 100)
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>5</v></c></row>' for n in range(1, 102))
    assert "more than 100 cells with content" in refusal(xlsx(rows))


def test_a_million_blank_rows_cost_nothing():
    blank = "".join(f'<row r="{n}" ht="15"><c r="A{n}" s="0"/></row>' for n in range(2, 1_000_001))
    assert read(xlsx(CELL + blank)).rows == [["5"]]
    repeated = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    assert read(
        ods(f"<table:table-row>{ods_cell('5')}</table:table-row>{repeated}"), "sent.ods"
    ).rows == [["5"]]


@pytest.mark.parametrize(
    "cell",
    [
        ods_cell("x", ' table:number-columns-repeated="16384"'),
        ods_cell("x"),
        '<table:table-cell table:formula="of:=1" table:number-columns-repeated="16384"/>',
    ],
)
def test_repeated_cells_are_counted_before_they_are_made(cell, monkeypatch):
    monkeypatch.setattr(ods_reader, "CELLS", 1_000_000)
    raw = ods(
        "".join(
            f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
            for _ in range(3)
        )
    )
    assert peak(lambda: refusal(raw, "sent.ods")) < 2_000_000
    assert "the sheet has more than" in refusal(raw, "sent.ods")


@pytest.mark.parametrize("repeat", ["0", "-1", "1e9", "9" * 5000, "１", ""])
def test_a_repeat_that_is_no_number_is_refused(repeat):
    cell = ods_cell("x", f' table:number-columns-repeated="{repeat}"')
    assert "number-columns-repeated" in refusal(
        ods(f"<table:table-row>{cell}</table:table-row>"), "sent.ods"
    )


def test_a_merged_area_over_the_whole_sheet_is_not_spread_out():
    sheet = read(xlsx(CELL, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
    assert (sheet.rows, sheet.merged) == ([["5"]], ())


def test_more_merged_areas_than_the_limit_are_refused():
    areas = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100_002))
    assert "more than 100,000 merged areas" in refusal(
        xlsx(CELL, f"<mergeCells>{areas}</mergeCells>")
    )


def test_merged_areas_that_overlap_are_refused_before_they_are_walked():
    rows = "".join(f'<row r="{n}"><c r="C{n}"><v>5</v></c></row>' for n in range(1, 100))
    far = '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'
    areas = "<mergeCells>" + '<mergeCell ref="A1:C99"/>' * 5000 + "</mergeCells>"
    assert "overlap" in refusal(xlsx(rows, areas))
    assert "overlap" in refusal(xlsx(rows + far, areas))


@pytest.mark.parametrize(
    "ref", ["", "A1:", "B2:A1", "A1:XFE2", "A1:B1048577", "S!A1:B2", "A1:B2:C3", "A" * 70_000]
)
def test_a_merged_area_that_is_none_is_refused(ref):
    assert refusal(xlsx(CELL, f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'))


@pytest.mark.parametrize(
    "code", ["0" * 100_000, "[" * 250, '"' * 251, "#,##0" * 60, "0.0;" * 60, "[>1]" * 60, "\\"]
)
def test_a_hostile_number_format_refuses_its_cells_only(code):
    raw = xlsx(
        '<row r="1"><c r="A1" s="1"><v>0.052</v></c><c r="B1"><v>7</v></c></row>',
        styles=formats(code),
    )
    sheet, findings = open_book("sent.xlsx", raw).grid("S")
    assert sheet.rows == [["0.052", "7"]]
    assert [(found.code, found.refused) for found in findings] == [("workbook-refused", True)]


def test_too_many_styles_are_refused():
    assert "styles" in refusal(xlsx(CELL, styles=formats(*["0"] * 65_537)))


@pytest.mark.parametrize(
    "held",
    [
        "nan",
        "inf",
        "-Infinity",
        "1e999",
        "1_000",
        "0x10",
        "１",
        "5,2",
        "--5",
        "9" * 500,
        "5" + "\n" * 3 + "5",
    ],
)
def test_a_number_that_is_none_is_refused(held):
    assert "an invalid number" in refusal(xlsx(f'<row r="1"><c r="A1"><v>{held}</v></c></row>'))


@pytest.mark.parametrize("number", ["1", "-1", "9" * 5000, "x", "１", "0.0"])
def test_a_text_or_style_that_is_not_listed_is_refused(number):
    text = xlsx(f'<row r="1"><c r="A1" t="s"><v>{number}</v></c></row>', texts="<si><t>a</t></si>")
    style = xlsx(f'<row r="1"><c r="A1" s="7{number}"><v>5</v></c></row>', styles=formats("0"))
    assert "missing from the table of texts" in refusal(text)
    assert "missing from the list of styles" in refusal(style)


def test_a_cell_that_stands_twice_is_refused():
    assert "twice" in refusal(xlsx('<row r="1"><c r="A1"><v>5</v></c><c r="A1"><v>6</v></c></row>'))
    assert "twice" in refusal(
        xlsx('<row r="1"><c r="A1"><v>5</v></c></row><row r="1"><c r="A1"><v>6</v></c></row>')
    )
    assert "a wrong row" in refusal(xlsx('<row r="1"><c r="A2"><v>5</v></c></row>'))


def test_a_cell_with_too_many_characters_is_refused():
    held = '<row r="1"><c r="A1" t="{}"><{}>{}</{}></c></row>'
    for length, is_read in ((32_767, True), (32_768, False), (900_000, False)):
        for raw in (
            xlsx(held.format("str", "v", "x" * length, "v")),
            xlsx(held.format("inlineStr", "is", f"<t>{'x' * length}</t>", "is")),
            xlsx(held.format("s", "v", "0", "v"), texts=f"<si><t>{'x' * length}</t></si>"),
            ods(f"<table:table-row>{ods_cell('x' * length)}</table:table-row>"),
        ):
            assert (
                read(raw).rows == [["x" * length]]
                if is_read
                else "more than 32,767 characters" in refusal(raw)
            )


def test_too_many_sheets_and_two_of_one_name_are_refused():
    def book(*names: str) -> bytes:
        sheets = "".join(f'<sheet name="{name}" r:id="r1"/>' for name in names)
        return xlsx(
            CELL,
            book=f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        )

    assert "more than 200 sheets" in refusal(book(*map(str, range(201))))
    assert "have the same name" in refusal(book("S", "s"))
    assert "list of sheets is invalid" in refusal(book("x" * 256))
    assert "no sheet with cells" in refusal(book())
    many = packed(
        {"mimetype": ODS, "content.xml": content("".join(table("", str(n)) for n in range(201)))}
    )
    assert "more than 200 sheets" in refusal(many, "sent.ods")


# Texts


def test_a_text_of_nothing_but_separators_is_refused():
    assert "too many fields" in refusal(b"a" + b"," * 20_000_001, "sent.csv")


def test_a_row_wider_than_a_sheet_is_refused():
    assert "16,384 columns" in refusal(b"a" + b"," * 16_384 + b"b", "sent.csv")


def test_more_rows_than_a_sheet_has_are_refused():
    assert "1,048,576 rows" in refusal(b"a\n" * 1_048_577, "sent.csv")


def test_quotes_without_end_cost_no_more_than_other_text():
    assert refusal(b'a,"' * 100_001 + b'""' * 100_000 + b'"', "sent.csv")
    assert refusal(b'"' * 300_001, "sent.csv")


def test_escapes_and_formulas_in_a_text_stay_text():
    assert [list(row) for row in read(b"=cmd|'/c calc'!A0,\x1b[31mred,2\n", "sent.csv").rows] == [
        ["=cmd|'/c calc'!A0", "\x1b[31mred", "2"]
    ]


# Anything at all

GOOD = {
    "sent.xlsx": xlsx_parts(
        worksheet(
            '<row r="1" hidden="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1" s="1"><f>1+1</f><v>5.25</v></c></row>'
            '<row r="2"><c r="A2" t="inlineStr"><is><r><t>5</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is></c></row>',
            '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
            '<cols><col min="2" max="2" hidden="1"/></cols>',
        ),
        texts="<si><t>海淀</t></si>",
        styles=formats('0.0"亿";(0.0)', "yyyy-mm"),
    ),
    "sent.docx": docx_parts(
        paragraph("单位：亿元")
        + docx_table(
            [docx_cell("海淀", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), "5"],
            [
                docx_cell(run("x"), '<w:gridSpan w:val="2"/><w:vMerge/>'),
                run("5") + run("1", '<w:rStyle w:val="a"/>'),
            ],
        ),
        styles='<w:style w:styleId="a"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
    ),
    "sent.ods": {
        "mimetype": ODS,
        "content.xml": content(
            table(
                '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
                '<table:table-row table:number-rows-repeated="2">'
                + ods_cell("海淀", ' table:number-columns-spanned="2"')
                + ods_cell(
                    "5.2", ' office:value-type="float" office:value="5.25" table:formula="of:=1"'
                )
                + "</table:table-row>"
            )
        ),
    },
}
XLS = xls(
    xls_sheet(
        xls_number(0, 0, 5.25, 1),
        xls_label(1, 0, "海淀"),
        record(0xFD, struct.pack("<HHHI", 2, 0, 0, 0)),
        record(0x06, struct.pack("<HHHdHIH", 3, 0, 0, 5.0, 0, 0, 0)),
        record(0xE5, struct.pack("<HHHHH", 1, 1, 1, 0, 1)),
    ),
    codes=('0.0"亿";(0.0)',),
    texts=struct.pack("<IIHBH", 1, 1, 4, 8, 1) + b"5.21" + struct.pack("<HH", 3, 5),
)
TEXTS = {
    "a.csv": '地区,增速\n"海淀",7.8\n'.encode("gbk"),
    "b.csv": b'sep=;\na;"b\nc";7,8\n',
    "c.tsv": "地区\t7.8\n".encode("utf-16"),
}


def mutated(draw: st.DrawFn, raw: bytes) -> bytes:
    """Bytes flipped, cut out, put in twice."""
    out = bytearray(raw)
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, max(len(out) - 1, 0))), draw(st.integers(1, 40))
        act = draw(st.sampled_from(["flip", "cut", "end", "splice", "write"]))
        if act == "flip" and out:
            out[at] ^= 1 << draw(st.integers(0, 7))
        elif act == "cut":
            del out[at : at + length]
        elif act == "end":
            del out[at:]
        elif act == "splice":
            out[at:at] = out[draw(st.integers(0, len(out))) :][:length]
        else:
            out[at : at + length] = draw(st.binary(max_size=length))
    return bytes(out)


@st.composite
def broken_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A good file whose zip is broken, or one of its parts, or a broken text, or anything."""
    kind = draw(st.sampled_from([*GOOD, *TEXTS, "any.xlsx", "any.csv", "sent.xls"]))
    if kind == "sent.xls":
        return kind, mutated(draw, XLS)
    if kind in TEXTS:
        return kind, mutated(draw, TEXTS[kind])
    if kind not in GOOD:
        return kind, draw(st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe"])) + draw(
            st.binary(max_size=200)
        )
    parts = GOOD[kind]
    if draw(st.booleans()):
        return kind, mutated(draw, packed(parts))
    part = draw(st.sampled_from(sorted(parts)))
    whole = parts[part]
    return kind, packed(
        parts | {part: mutated(draw, whole.encode() if isinstance(whole, str) else whole)}
    )


@pytest.mark.parametrize("name", [*GOOD, "sent.xls"])
def test_the_files_that_are_broken_below_are_good(name):
    raw = packed(GOOD[name]) if name in GOOD else XLS
    assert read(raw, name).rows[1][0].startswith(("5[1]", "海淀"))


@settings(max_examples=1500, deadline=None)
@given(broken_files())
def test_whatever_is_sent_gives_a_table_or_a_refusal(sent):
    name, raw = sent
    try:
        book = open_book(name, raw)
        for sheet in book.sheets:
            grid, findings = book.grid(sheet.name)
            assert isinstance(grid, Grid)
            assert all(isinstance(text, str) for row in grid.rows for text in row)
            assert all(str(found) for found in findings)
    except BlockedByFindings as stop:
        codes = [found.code for found in stop.findings]
    else:
        codes = ["workbook-refused"]
    assert codes == ["workbook-refused"]


def test_a_file_cut_off_anywhere_is_refused():
    for name, parts in GOOD.items():
        raw = packed(parts)
        for end in range(0, len(raw), 7):
            assert refusal(raw[:end], name)
    for end in range(0, XLS.rindex(struct.pack("<HH", 0x0A, 0)), 7):
        assert refusal(XLS[:end], "sent.xls")


# Workbooks before Excel 2007

GLOBALS = xls_stream(xls_sheet(xls_number(0, 0, 5)))


@pytest.mark.parametrize("at", [4, 2048])  # the table of sectors, that of small ones
def test_sectors_of_an_xls_that_lead_back_are_refused(at):
    small = 4096 if at == 2048 else 0
    good = compound({"Workbook": GLOBALS}, small_most=small)
    assert read(good, "sent.xls").rows == [["5"]]
    raw = bytearray(good)
    first = struct.unpack_from("<I", raw, 512 + 512 + 128 + 116)[0]
    struct.pack_into("<I", raw, (512 if at == 4 else at) + 4 * first, first)
    assert "damaged or incomplete" in refusal(bytes(raw), "sent.xls")


def test_a_directory_of_an_xls_whose_entries_share_children_is_walked_once():
    streams = dict.fromkeys("abcdef", b"x") | {"Workbook": GLOBALS}
    raw = bytearray(compound(streams, small_most=0))
    for entry in range(1, 7):  # left and right lead to the same entry: 2 ** 7 ways, or for ever
        struct.pack_into("<II", raw, 1024 + 128 * entry + 68, entry + 1, entry + 1)
    struct.pack_into("<I", raw, 1024 + 128 * 7 + 68, 1)
    assert read(bytes(raw), "sent.xls").rows == [["5"]]


def test_sheets_of_an_xls_over_one_another_are_refused():
    sheet = xls_sheet(*(xls_number(row, 0, row) for row in range(300)))
    stream = bytearray(xls_stream(sheet, *[xls_sheet()] * 20))
    first = stream.index(struct.pack("<HH", 0x85, 6 + 4))
    start = struct.unpack_from("<I", stream, first + 4)[0]
    at = first
    while at >= 0:  # every sheet begins where the first one does
        struct.pack_into("<I", stream, at + 4, start)
        at = stream.find(struct.pack("<H", 0x85), at + 4, start)
    book = open_book("sent.xls", compound({"Workbook": bytes(stream)}))
    with pytest.raises(BlockedByFindings, match="damaged"):
        list(map(book.grid, [sheet.name for sheet in book.sheets]))


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (struct.pack("<II", 1, 0xFFFFFFFF), "more than 2,000,000 entries"),
        (struct.pack("<II", 1, 2) + b"\x01\0\0a", "damaged"),  # fewer than it says
        (struct.pack("<IIHBI", 1, 1, 1, 4, 0xFFFFFFFF) + b"a", "damaged"),  # a reading aid of 4 GB
        (struct.pack("<IIHBH", 1, 1, 1, 8, 65535) + b"a", "damaged"),  # runs without end
    ],
)
def test_a_table_of_texts_of_an_xls_that_lies_is_refused(texts, why):
    cell = record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0))
    assert why in refusal(xls(xls_sheet(cell), texts=texts), "sent.xls")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ([xls_number(0, 0, 5, 9)], "damaged"),  # a style that is not listed
        ([record(0xFD, struct.pack("<HHHI", 0, 0, 0, 7))], "damaged"),  # nor is the text
        ([xls_number(0, 0, float("nan"))], "damaged"),
        ([xls_number(0, 0, float("inf"))], "damaged"),
        ([record(0x203, b"\0\0")], "damaged"),
        ([record(0xE5, struct.pack("<HHHHH", 1, 5, 1, 0, 0))], "damaged"),
        ([xls_number(0, 0, 5), xls_number(0, 0, 6)], "occurs twice in the workbook"),
        ([xls_number(0, 20_000, 5)], "beyond"),
    ],
)
def test_a_record_of_an_xls_that_lies_is_refused(cells, why):
    assert why in refusal(xls(xls_sheet(*cells)), "sent.xls")


def test_an_encrypted_xls_is_refused():
    raw = xls(xls_sheet(xls_number(0, 0, 5)), before=record(0x2F, bytes(54)))
    assert "password-protected" in refusal(raw, "sent.xls")


# Documents


@pytest.mark.parametrize(
    "body", ["<w:tr/>", "<w:tc/>", "<w:tbl><w:tr/></w:tbl><w:tc><w:p/></w:tc>"]
)
def test_parts_of_a_table_outside_a_table_are_refused(body):
    assert "damaged or incomplete" in refusal(packed(docx_parts(body)), "sent.docx")


@pytest.mark.parametrize("columns", ["99999", "-1", "１", "x", "9" * 5000])
def test_a_cell_over_columns_that_no_table_has_is_refused(columns):
    body = docx_table([docx_cell("5", f'<w:gridSpan w:val="{columns}"/>')])
    assert "columns" in refusal(packed(docx_parts(body)), "sent.docx")


def test_more_tables_than_sheets_are_refused():
    body = docx_table(["5"]) * 201
    assert "more than 200 tables" in refusal(packed(docx_parts(body)), "sent.docx")


def test_tables_within_one_another_are_refused_at_some_depth():
    body = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60
    assert "nested" in refusal(packed(docx_parts(body)), "sent.docx")


def test_rows_of_nothing_in_a_document_are_counted_before_they_take_room(monkeypatch):
    wide = '<w:tr><w:trPr><w:gridBefore w:val="16000"/></w:trPr></w:tr>'
    monkeypatch.setattr(docx_reader, "PLACES", 100_000)
    raw = packed(docx_parts(f"<w:tbl>{wide * 10}</w:tbl>"))
    assert "too far from one another" in refusal(raw, "sent.docx")
    monkeypatch.setattr(docx_reader, "ROWS", 100)
    raw = packed(docx_parts(f"<w:tbl>{'<w:tr/>' * 101}</w:tbl>"))
    assert "too far from one another" in refusal(raw, "sent.docx")


def test_a_cell_of_a_document_with_more_than_it_can_hold_is_refused():
    raw = packed(docx_parts(docx_table(["5" * 40_000])))
    assert "more than 32,767 characters" in refusal(raw, "sent.docx")


def test_entities_are_refused_in_a_document():
    parts = docx_parts(docx_table(["5"]))
    body = parts["word/document.xml"].replace(
        "<w:document", '<!DOCTYPE x [<!ENTITY j "5">]><w:document', 1
    )
    assert "document type" in refusal(packed(parts | {"word/document.xml": body}), "sent.docx")


def test_a_sheet_that_is_asked_for_and_not_there_is_no_traceback():
    with pytest.raises(UnknownName):
        open_book("sent.xlsx", xlsx(CELL)).grid("\x1b[31m")


def test_the_page_on_security_names_every_attack_and_no_test_that_is_not_there():
    import re

    named = re.findall(r"`(test_\w+)`", (ROOT / "docs/security.md").read_text(encoding="utf-8"))
    written = {
        path.name: re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        for path in (ROOT / "tests").rglob("*.py")
    }
    assert [name for name in named if not any(name in tests for tests in written.values())] == []
    assert set(written["test_hostile_files.py"][:-1]) <= set(named)
