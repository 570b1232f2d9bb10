"""Files as somebody might send them, made byte by byte, so that they may also be wrong.

An .xlsx, .ods or .docx from its XML, an .xls from its records.
"""

from __future__ import annotations

import io
import struct
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these parts, in this order, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as pack:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2024, 7, 20, 0, 0, 0))
            info.compress_type = method
            pack.writestr(info, text)
    return out.getvalue()


def links(*targets: tuple[str, str, str], mode: str = "") -> str:
    """A part of relationships: (id, kind, target)."""
    rows = "".join(
        f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        for i, kind, target in targets
    )
    return f'{HEAD}<Relationships xmlns="{LINKS}">{rows}</Relationships>'


def worksheet(data: str, after: str = "", before: str = "") -> str:
    """The part of a sheet: rows, what stands behind them (merged areas), what stands before (columns)."""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'
    )


def xlsx_parts(
    sheet: str | bytes, texts: str = "", styles: str = "", book: str = ""
) -> dict[str, str | bytes]:
    """The parts of an .xlsx with the one sheet S."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": links(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book
        or f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "sharedStrings", "sharedStrings.xml"),
            ("r3", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if texts:
        parts["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{MAIN}">{texts}</sst>'
    if styles:
        parts["xl/styles.xml"] = styles
    return parts


def formats(*codes: str) -> str:
    """A part of styles in which style 1, 2, … has these number formats, style 0 General."""
    quoted = [
        code.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
        for code in codes
    ]
    told = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{code}"/>' for n, code in enumerate(quoted)
    )
    used = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(codes)))
    return f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{told}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'


def xlsx(data: str, after: str = "", before: str = "", **more: str) -> bytes:
    """An .xlsx with these rows of XML on its sheet S."""
    return packed(xlsx_parts(worksheet(data, after, before), **more))


def table(rows: str, name: str = "S", more: str = "") -> str:
    """One table of an .ods."""
    return f'<table:table table:name="{name}"{more}>{rows}</table:table>'


def content(tables: str, styles: str = "", head: str = HEAD) -> str:
    """content.xml of an .ods."""
    return (
        f"{head}<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def ods(rows: str, styles: str = "") -> bytes:
    """An .ods with these rows of XML on its sheet S."""
    return packed({"mimetype": ODS, "content.xml": content(table(rows), styles)})


def ods_cell(text: str, more: str = "") -> str:
    """A cell of an .ods with one paragraph."""
    return f"<table:table-cell{more}><text:p>{text}</text:p></table:table-cell>"


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_parts(body: str, styles: str = "", word: str = WORD) -> dict[str, str | bytes]:
    """The parts of a .docx with this body."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": links(("r1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": links(("r1", "styles", "styles.xml")),
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{word}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        f' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}</w:body></w:document>',
    }
    if styles:
        parts["word/styles.xml"] = f'{HEAD}<w:styles xmlns:w="{word}">{styles}</w:styles>'
    return parts


def docx(body: str, styles: str = "") -> bytes:
    """A .docx with this body."""
    return packed(docx_parts(body, styles))


def run(text: str, look: str = "") -> str:
    """A run of a .docx."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str) -> str:
    """A paragraph of a .docx: its runs, or its text."""
    return f"<w:p>{inside if inside.startswith('<') else run(inside)}</w:p>"


def docx_cell(inside: str, look: str = "") -> str:
    """A cell of a .docx: its paragraphs, its runs, or its text."""
    inner = inside if inside.startswith(("<w:p>", "<w:tbl>")) else paragraph(inside)
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inner}</w:tc>"


def docx_table(*rows: list[str]) -> str:
    """A table of a .docx: rows of texts, runs or cells."""
    told = "".join(
        f"<w:tr>{''.join(c if c.startswith('<w:tc>') else docx_cell(c) for c in row)}</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{told}</w:tbl>"


def record(number: int, data: bytes = b"") -> bytes:
    """A record of an .xls."""
    return struct.pack("<HH", number, len(data)) + data


def xls_text(text: str, size: str = "H") -> bytes:
    """A text of an .xls with its length before it."""
    return struct.pack(f"<{size}B", len(text.encode("utf-16-le")) // 2, 1) + text.encode(
        "utf-16-le"
    )


BOF, EOF = 0x809, 0x0A


def bof(kind: int, version: int = 0x600) -> bytes:
    """The record that begins a workbook (5) or a sheet (16)."""
    return record(BOF, struct.pack("<HHHHII", version, kind, 0, 1996, 0, 0))


def xls_stream(
    *sheets: bytes,
    before: bytes = b"",
    codes: tuple[str, ...] = (),
    kinds: tuple[int, ...] = (),
    hidden: tuple[int, ...] = (),
    texts: bytes | None = None,
    version: int = 0x600,
) -> bytes:
    """The stream of a workbook: style 0 is General, style 1, 2, … have these number formats."""
    fonts = b"".join(
        record(0x31, struct.pack("<HHHHH", 200, 0, 0, 400, height) + bytes(4) + xls_text("A", "B"))
        for height in (0, 0, 0, 0, 1, 2)  # counted 0 to 3, then 5 and 6: raised, lowered
    )
    styles = b"".join(
        record(0x41E, struct.pack("<H", 164 + n) + xls_text(code)) for n, code in enumerate(codes)
    ) + b"".join(
        record(0xE0, struct.pack("<HH", 0, code) + bytes(16))
        for code in (0, *range(164, 164 + len(codes)))
    )
    head = bof(5, version) + before + fonts + styles
    tail = (record(0xFC, texts) if texts is not None else b"") + record(EOF)
    names = [xls_text("S" if n == 0 else f"S{n + 1}", "B") for n in range(len(sheets))]
    start = len(head) + sum(4 + 6 + len(name) for name in names) + len(tail)
    listed = b""
    for n, name in enumerate(names):
        kind = kinds[n] if kinds else 0
        listed += record(0x85, struct.pack("<IBB", start, int(n in hidden), kind) + name)
        start += len(sheets[n])
    return head + listed + tail + b"".join(sheets)


def xls_sheet(*records: bytes) -> bytes:
    """A sheet of an .xls."""
    return bof(16) + b"".join(records) + record(EOF)


def xls_number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """A cell of an .xls that holds a number."""
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def xls_label(row: int, column: int, text: str, style: int = 0) -> bytes:
    """A cell of an .xls that holds a text of its own."""
    return record(0x204, struct.pack("<HHH", row, column, style) + xls_text(text))


def compound(
    streams: dict[str, bytes], small_most: int = 4096, table: dict[int, int] | None = None
) -> bytes:
    """A compound file: the first stream may be small; `table` overwrites the table of sectors.

    Sectors: 0 the table, 1 and 2 the directory, 3 the small table, 4 … the small stream, the rest.
    """
    end, sector = 0xFFFFFFFE, 512
    small = {name: raw for name, raw in streams.items() if len(raw) < small_most}
    small_raw, small_table, starts = b"", [], {}
    for name, raw in small.items():
        starts[name] = len(small_table)
        count = -(-len(raw) // 64)
        small_table += [*range(len(small_table) + 1, len(small_table) + count), end]
        small_raw += raw.ljust(count * 64, b"\0")
    sectors: list[bytes] = [b"", b"", b"", b""]
    chain = {0: 0xFFFFFFFD, 1: 2, 2: end, 3: end}

    def put(raw: bytes) -> int:
        first, count = len(sectors), max(-(-len(raw) // sector), 1)
        for n in range(count):
            sectors.append(raw[n * sector : (n + 1) * sector].ljust(sector, b"\0"))
            chain[first + n] = end if n == count - 1 else first + n + 1
        return first

    root = put(small_raw) if small_raw else end
    for name, raw in streams.items():
        if name not in small:
            starts[name] = put(raw)
    assert max(len(sectors), len(small_table)) <= 128
    assert len(streams) < 8

    def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        told = name.encode("utf-16-le")
        head = told.ljust(64, b"\0") + struct.pack("<HBB", len(told) + 2, kind, 1)
        none = 0xFFFFFFFF
        return (
            head
            + struct.pack("<III", none, right, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    entries = [entry("Root Entry", 5, 0xFFFFFFFF, 1, root, len(small_raw))]
    for n, (name, raw) in enumerate(streams.items(), 1):
        right = n + 1 if n < len(streams) else 0xFFFFFFFF
        entries.append(entry(name, 2, right, 0xFFFFFFFF, starts[name], len(raw)))
    directory = b"".join(entries).ljust(1024, b"\0")
    chain |= table or {}
    sectors[0] = struct.pack("<128I", *(chain.get(n, 0xFFFFFFFF) for n in range(128)))
    sectors[1], sectors[2] = directory[:512], directory[512:]
    sectors[3] = struct.pack("<128I", *small_table, *[0xFFFFFFFF] * (128 - len(small_table)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIIII", 1, 1, 0, small_most, 3, 1, end, 0, 0)
    return head + struct.pack("<108I", *[0xFFFFFFFF] * 108) + b"".join(sectors)


def xls(*sheets: bytes, **more) -> bytes:
    """An .xls with these sheets."""
    return compound({"Workbook": xls_stream(*sheets, **more)})
