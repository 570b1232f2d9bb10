"""The registry of formats: the first bytes of a file that somebody sent → the reader that opens it.

The bytes tell what it is, the name only where they do not: an .xls that is a web page is refused as
a web page. What no reader opens is refused with what to do. Nothing is ever run, fetched or
written.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from dtrack.core.findings import BlockedByFindings
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.importing.formats.limits import RAW, TEXT, refused
from dtrack.importing.formats.reader import OLE, ZIP, Reader, Sent

# What a file begins with, and the reader that is asked whether it is its own; the first one that
# says so opens it. Loaded only when asked: a text needs nothing of what reads workbooks.
READERS = (
    (ZIP, "xlsx_reader", "XlsxReader"),
    (ZIP, "ods_reader", "OdsReader"),
    (ZIP, "docx_reader", "DocxReader"),
    (OLE, "xls_reader", "XlsReader"),
    (b"", "delimited", "DelimitedReader"),
)

_XLSX = N_("open it in Excel or LibreOffice and save it as .xlsx or CSV UTF-8")
_TABLE = N_("send the table itself as .xlsx, .ods or CSV")
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
    (b"{\\rtf", N_("an RTF document"), _TABLE),
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
_INSIDE = (  # a part that tells what a zip is, where no reader opens it
    ("xl/workbook.bin", N_("a binary workbook (.xlsb)"), _XLSX),
    ("ppt/presentation.xml", N_("a presentation"), _TABLE),
    ("Index/Document.iwa", N_("a Numbers or Pages file"), N_("export it as .xlsx or CSV")),
    ("EncryptedPackage", N_("a password-protected workbook"), N_("save it without a password")),
)


def open_book(name: str, raw: bytes, *, encoding: str = "", delimiter: str = "") -> Reader:
    """Return the reader that has opened a file. Raises BlockedByFindings.

    `encoding` and `delimiter` hold for a text only; blank means: find out.
    """
    sent = Sent(name, raw, encoding, delimiter)
    return _reader_of(sent)(sent)


def kind_of(name: str, raw: bytes) -> str:
    """Return what the name of these bytes would end with: csv, xlsx … Raises BlockedByFindings."""
    return _reader_of(Sent(name, raw)).kind


def _reader_of(sent: Sent) -> type[Reader]:
    """Return the reader that these bytes are for. Raises BlockedByFindings where there is none."""
    raw = sent.raw
    if not raw.strip(b"\0 \t\r\n"):
        raise refused(sent.name, _("the file is empty"))
    packed = raw.startswith((ZIP, OLE))
    most = RAW if packed else TEXT
    if len(raw) > most:
        why = _(
            "the file is larger than {size} MB; keep only the sheet with the figures",
            size=most // 1_000_000,
        )
        raise refused(sent.name, why)
    _refuse_magic(sent)
    for magic, module, name in READERS:
        if raw.startswith(magic):
            reader = cast("type[Reader]", getattr(import_module(f"{__package__}.{module}"), name))
            if reader.sniff(sent):
                return reader
    raise _no_reader(sent)


def _refuse_magic(sent: Sent) -> None:
    """Refuse what its first bytes or its parts tell to be no table."""
    for magic, what, remedy in _MAGIC:
        if sent.raw.startswith(magic):
            raise refused(sent.name, _is(what, remedy))
    start = sent.raw[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    for magic, what in _MARKUP:
        if start.startswith(magic):
            raise refused(sent.name, _is(what, _XLSX))
    if sent.raw.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in sent.raw:
        why = _(
            "the workbook is password-protected; open it in Excel or LibreOffice and "
            "save it without a password as .xlsx or CSV UTF-8"
        )
        raise refused(sent.name, why)
    for part, what, remedy in _INSIDE if sent.raw.startswith(ZIP) else ():
        if part in sent.archive:
            why = _("the file is {what}; {remedy}", what=_(what), remedy=_(remedy))
            raise refused(sent.name, why)


def _is(what: str, remedy: str) -> Message:
    return _("the file is {what}, despite its name; {remedy}", what=_(what), remedy=_(remedy))


def _no_reader(sent: Sent) -> BlockedByFindings:
    """Return the refusal of a zip, or of a file of Microsoft's older kind, that holds no table."""
    if sent.raw.startswith(OLE):
        why = _(
            "the file is a legacy Microsoft Office document, not a workbook (.xls); {remedy}",
            remedy=_(_TABLE),
        )
    elif sent.archive.small("mimetype").startswith(b"application/vnd.oasis.opendocument."):
        why = _(
            "the file is an OpenDocument file but not a spreadsheet; {remedy}", remedy=_(_TABLE)
        )
    else:
        why = _("the file is a zip archive, not a workbook; unpack it and name the file inside")
    return refused(sent.name, why)
