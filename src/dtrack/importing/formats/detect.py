"""What somebody sent, as bytes and a name → a Book.

Its sheets, each to be had as a Grid, or a refusal that says what to do.

The bytes tell what it is, the name only where they do not: an .xls that is a web page is refused as
a web page. Nothing is ever run, fetched or written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dtrack.core.findings import Finding, UnknownName
from dtrack.core.message import Message, lazy_enumerated
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.importing.formats.delimited import open_text
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.limits import refused

if TYPE_CHECKING:
    from dtrack.importing.formats.safe_zip import Archive
    from dtrack.importing.formats.xlsx_reader import Page

Read = tuple[Grid, list[Finding]]


class SheetName(NamedTuple):
    """A sheet of a book; a text has one without a name."""

    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A file that was opened. `kind`: xlsx, ods or text.

    `told`: how it is read and what was left out, in sentences.

    `delimiter`: what separates the fields of a text.
    """

    kind: str
    sheets: tuple[SheetName, ...]
    told: tuple[Message, ...]
    read: Callable[[int], Read]
    delimiter: str = ""

    def grid(self, name: str = "") -> Read:
        """A sheet by its name, and what is to be said of it.

        Raises BlockedByFindings, and UnknownName for a sheet it does not have.
        """
        names = [sheet.name for sheet in self.sheets]
        if name not in names:
            there = lazy_enumerated(map(repr, names[:20]))
            raise UnknownName(
                _("there is no sheet {name}; the sheets are {names}", name=repr(name), names=there)
            )
        return self.read(names.index(name))


_XLSX = N_("open it in Excel or LibreOffice and save it as .xlsx or CSV UTF-8")
_TABLE = N_("send the table itself, as .xlsx, .ods or CSV")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACK, _PICTURE = N_("unpack it first"), N_("a picture")
_MAGIC = (  # first bytes, what it is, what to do
    (b"%PDF", N_("a PDF"), _TABLE),
    (b"\x1f\x8b", N_("a gzip archive"), _UNPACK),
    (b"BZh91AY", N_("a bzip2 archive"), _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", N_("a 7z archive"), _UNPACK),
    (b"Rar!\x1a\x07", N_("a RAR archive"), _UNPACK),
    (b"\xfd7zXZ\x00", N_("an xz archive"), _UNPACK),
    (b"\x89PNG", _PICTURE, _TABLE),
    (b"\xff\xd8\xff", _PICTURE, _TABLE),
    (b"GIF8", _PICTURE, _TABLE),
    (b"II*\x00", _PICTURE, _TABLE),
    (b"MM\x00*", _PICTURE, _TABLE),
    (b"RIFF", N_("a picture or recording"), _TABLE),
    (b"{\\rtf", N_("a document in RTF"), _TABLE),
    (b"PAR1", N_("a Parquet file"), N_("save it as CSV UTF-8")),
    (b"SQLite format 3\x00", N_("a database"), N_("save the table as CSV UTF-8")),
    (b"\x09\x08", N_("a workbook of Excel 95 or older"), _XLSX),
    (b"\x09\x04", N_("a workbook of Excel 4"), _XLSX),
    (b"\x09\x02", N_("a workbook of Excel 3"), _XLSX),
)
_PAGE, _XML = N_("a web page"), N_("an XML file")
_MARKUP = (
    (b"<!doctype html", _PAGE),
    (b"<html", _PAGE),
    (b"<head", _PAGE),
    (b"<body", _PAGE),
    (b"<table", _PAGE),
    (b"<meta", _PAGE),
    (b"<style", _PAGE),
    (b"<div", _PAGE),
    (b"mime-version:", N_("a web archive")),
    (b"<?xml", _XML),
    (b"<!doctype", _XML),
    (b"<workbook", _XML),
)
_INSIDE = (  # a part that tells what a zip is, where it is no workbook we read
    ("xl/workbook.bin", N_("a binary workbook (.xlsb)"), _XLSX),
    ("word/document.xml", N_("a document of Word"), _TABLE),
    ("ppt/presentation.xml", N_("a presentation"), _TABLE),
    ("Index/Document.iwa", N_("a file of Numbers or Pages"), N_("export it as .xlsx or CSV")),
    ("EncryptedPackage", N_("a workbook with a password"), N_("save it without one")),
)


def open_book(name: str, raw: bytes, *, encoding: str = "", delimiter: str = "") -> Book:
    """The book in these bytes.

    `encoding` and `delimiter` hold for a text only, blank means: find out. Raises BlockedByFindings.
    """
    if not raw.strip(b"\0 \t\r\n"):
        raise refused(name, _("the file is empty"))
    if raw.startswith(b"PK\x03\x04"):
        # a text needs nothing of what reads workbooks
        from dtrack.importing.formats.safe_zip import open_archive

        return _zipped(open_archive(name, raw))
    if raw.startswith(_OLE):
        raise refused(name, _of_ole(raw))
    for magic, what, remedy in _MAGIC:
        if raw.startswith(magic):
            raise refused(name, _is(what, remedy))
    start = raw[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    for magic, what in _MARKUP:
        if start.startswith(magic):
            raise refused(name, _is(what, _XLSX))
    return _text(name, raw, encoding, delimiter)


def _is(what: str, remedy: str) -> Message:
    return _("it is {what}, whatever its name says; {remedy}", what=_(what), remedy=_(remedy))


def _of_ole(raw: bytes) -> Message:
    """What to say of a file of Microsoft's older kind.

    A workbook before 2007, or one with a password.
    """
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return _(
            "it is a workbook with a password; open it in Excel or LibreOffice and save it as .xlsx or CSV UTF-8 without one"
        )
    return _(
        "it is a workbook of the kind before Excel 2007 (.xls), or another old document of Microsoft Office; {remedy}",
        remedy=_(_XLSX),
    )


def _text(name: str, raw: bytes, encoding: str, delimiter: str) -> Book:
    suffix = name.rpartition(".")[2].casefold()
    text = open_text(
        name, raw, encoding=encoding, delimiter=delimiter, tabs=suffix in {"tsv", "tab"}
    )
    told = (
        (_("it is named .{suffix} and is plain text", suffix=suffix),)
        if suffix in {"xls", "xlsx", "xlsm", "ods"}
        else ()
    )
    return Book(
        "text",
        (SheetName(""),),
        (*told, *text.told),
        lambda _number: (text.grid(), []),
        text.delimiter,
    )


def _zipped(archive: Archive) -> Book:
    """The workbook in a zip, told by its parts."""
    for part, what, remedy in _INSIDE:
        if part in archive:
            raise refused(archive.name, _("it is {what}; {remedy}", what=_(what), remedy=_(remedy)))
    mimetype = archive.small("mimetype").strip()
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        if not mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            raise refused(
                archive.name,
                _("it is an OpenDocument file and no spreadsheet; {remedy}", remedy=_(_TABLE)),
            )
        return _ods(archive)
    if not any(part.startswith("xl/") for part in archive.parts):
        raise refused(
            archive.name,
            _("it is a zip archive and no workbook; unpack it, and name the file inside"),
        )
    from dtrack.importing.formats.xlsx_reader import open_workbook
    from dtrack.importing.formats.xlsx_sheet import read_sheet

    book = open_workbook(archive)
    return _book(
        "xlsx", book.pages, [*book.told, *archive.told()], lambda page: read_sheet(book, page)
    )


def _ods(archive: Archive) -> Book:
    from dtrack.importing.formats.ods_reader import is_locked, list_sheets, read_table

    if is_locked(archive):
        raise refused(archive.name, _("it is protected by a password; save it without one"))
    pages, told = list_sheets(archive)
    return _book("ods", pages, [*told, *archive.told()], lambda page: read_table(archive, page))


def _book(
    kind: str, pages: tuple[Page, ...], told: list[Message], read: Callable[[Page], Read]
) -> Book:
    sheets = tuple(SheetName(page.name, page.hidden) for page in pages)
    return Book(kind, sheets, tuple(told), lambda number: read(pages[number]))
