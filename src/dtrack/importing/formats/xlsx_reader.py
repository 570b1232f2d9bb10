"""Workbooks of Excel since 2007 (.xlsx, .xlsm).

openpyxl, which the tests write with, is not what reads here: its read-only mode makes 5.21 of "5.2"
with a raised 1, drops cells that stand out of order, and tells neither formulas nor merged areas
nor what is hidden.
"""

from __future__ import annotations

from functools import cached_property

from dtrack.core.findings import Finding
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.limits import NAME, refused
from dtrack.importing.formats.number_format import NumberFormat
from dtrack.importing.formats.reader import (
    Reader,
    Sent,
    SentSheet,
    checked_sheets,
    left_out,
    points_outside,
)
from dtrack.importing.formats.safe_zip import Link, of_kind
from dtrack.importing.formats.xlsx_shared import MAIN, TRUE, cell_formats, shared_texts
from dtrack.importing.formats.xlsx_sheet import Worksheet
from dtrack.importing.formats.xml_stream import Attributes, named_acts

_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)


class XlsxReader(Reader):
    """A workbook, and what its sheets share."""

    kind = "xlsx"

    @staticmethod
    def sniff(sent: Sent) -> bool:
        """Return True for a zip with a part of a workbook."""
        return any(part.startswith("xl/") for part in sent.archive.parts)

    def __init__(self, sent: Sent) -> None:
        self.archive = archive = sent.archive
        main = of_kind(archive.links(), "officeDocument") or "xl/workbook.xml"
        self.links = archive.links(main)
        entries: list[Attributes] = []
        properties: Attributes = {}
        acts = {"sheet": entries.append, "workbookPr": properties.update}
        archive.walk(main, named_acts(MAIN, acts), {})
        sheets, remarks = _sheets(archive.name, entries, self.links)
        self.sheets = checked_sheets(archive.name, sheets)
        self.since_1904 = properties.get("date1904", "0") in TRUE
        outside = sum(link.kind == "externalLink" for link in self.links.values())
        if outside:
            remarks.append(points_outside(outside))
        self.remarks = (*remarks, *archive.remarks())

    def read(self, sheet: SentSheet) -> tuple[Grid, list[Finding]]:
        """Return the sheet and what is to be said of it."""
        return Worksheet(self.archive, sheet, self.texts, self.styles, self.since_1904).read()

    @cached_property
    def texts(self) -> list[str]:
        """The table of shared texts."""
        part = of_kind(self.links, "sharedStrings")
        return shared_texts(self.archive, part) if part in self.archive else []

    @cached_property
    def styles(self) -> dict[str, NumberFormat | None]:
        """The number format of a cell's `s`; None where it cannot be read."""
        part = of_kind(self.links, "styles")
        return cell_formats(self.archive, part) if part in self.archive else {}


def _sheets(
    file: str, entries: list[Attributes], links: dict[str, Link]
) -> tuple[list[SentSheet], list[Message]]:
    """The sheets with cells, in order; charts and macro sheets are told."""
    sheets: list[SentSheet] = []
    others: list[Message] = []
    for entry in entries:
        name = entry.get("name", "")
        link = links.get(next((entry[key] for key in _IDS if key in entry), ""))
        if link is None or link.outside or not 0 < len(name) <= NAME:
            why = _(
                "the list of sheets is invalid at {sheet}; open the file and save it again",
                sheet=repr(name[:40]),
            )
            raise refused(file, why)
        if link.kind == "worksheet":
            sheets.append(SentSheet(name, entry.get("state", "visible") != "visible", link.part))
        else:
            others.append(left_out(name))
    return sheets, others
