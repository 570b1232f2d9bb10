"""The file around a Word document: its properties, and the same bytes for the same document."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from docx.document import Document as Book

# the file's day of creation: the core reads no clock
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001
_DAY = (2000, 1, 1, 0, 0, 0)
_MOST_LETTERS = 255  # of a property
# of python-docx's template, which nothing here uses
_UNUSED = ("stylesWithEffects", "customXml", "thumbnail", "numbering", "webSettings")


def describe(book: Book, *, title: str, subject: str, author: str, language: str) -> None:
    """Set what a file manager shows of the file."""
    told = book.core_properties
    told.title, told.subject = title[:_MOST_LETTERS], subject[:_MOST_LETTERS]
    told.author = told.last_modified_by = author[:_MOST_LETTERS]
    told.comments, told.keywords, told.language = "", "", language
    told.created = told.modified = CREATED
    told.revision = 1


def packed(book: Book) -> bytes:
    """The file's bytes; every part bears the same day, since python-docx would ask the clock."""
    for relations in (book.part.rels, book.part.package.rels):
        for key in [k for k, r in relations.items() if r.reltype.endswith(_UNUSED)]:
            del relations[key]
    written, out = io.BytesIO(), io.BytesIO()
    book.save(written)
    with ZipFile(written) as parts, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for part in parts.infolist():
            fixed = ZipInfo(part.filename, _DAY)
            fixed.compress_type = ZIP_DEFLATED
            archive.writestr(fixed, parts.read(part))
    return out.getvalue()
