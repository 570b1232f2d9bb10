"""Files as somebody might send them, made byte by byte: an .xlsx or .ods from its XML, so that it may also be wrong."""

from __future__ import annotations

import io
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
