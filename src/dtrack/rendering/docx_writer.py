"""Document → a Word file, by python-docx: headings, tables and sources that Word knows as such.

The body is written as one text and read once, since python-docx makes a table cell by cell, which
takes seconds. Nothing is fetched, run or linked to but the file's own list of sources.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from dtrack.core.translate import _, ngettext
from dtrack.rendering import docx_styles
from dtrack.rendering.docx_chart import chart
from dtrack.rendering.docx_package import describe, packed
from dtrack.rendering.docx_table import needed, table
from dtrack.rendering.docx_text import NAMESPACE, field, linked, paragraph, run, shown
from dtrack.reporting.document import Detail, Document, Masthead, Sheet, in_parts

if TYPE_CHECKING:
    from docx.document import Document as Book

MOST_ROWS = 1_000  # of a table: Word takes minutes to lay out more
_MOST_OF_FOOT = 90  # letters
_TAB = "<w:r><w:tab/></w:r>"
_RAISED = '<w:vertAlign w:val="superscript"/>'


def render(document: Document) -> bytes:
    """The document as the bytes of a .docx file; the same bytes for the same document."""
    import docx
    from docx.oxml import parse_xml

    across = _lies_on_its_side(document)
    book = docx.Document()
    docx_styles.lay_out(book, across=across)
    blocks = "".join(_blocks(document, docx_styles.room(across=across)))
    body = parse_xml(f'<w:body xmlns:w="{NAMESPACE}">{blocks}</w:body>')
    # before the properties of the paper, which stand last
    book.element.body[0:0] = list(body)
    title = shown(_title(document))
    _foot(book, title)
    describe(
        book,
        title=title,
        subject=shown(_(document.title)),
        author=shown(document.letterhead.publisher),
        language=docx_styles.language_tag(),
    )
    return packed(book)


def _title(document: Document) -> str:
    return document.headline[0] if document.headline else _(document.title)


def _lies_on_its_side(document: Document) -> bool:
    """A table is wider than a sheet that stands."""
    upright = docx_styles.room(across=False)
    return any(needed(sheet) > upright for sheet in document.sheets if sheet.size)


def _foot(book: Book, title: str) -> None:
    """The title and the number of the page at the foot of each."""
    from docx.oxml import parse_xml

    foot = book.sections[0].footer.part.element
    for element in list(foot):
        foot.remove(element)
    text = paragraph(
        "Foot", run(title[:_MOST_OF_FOOT]), _TAB, field("PAGE"), run(" / "), field("NUMPAGES")
    )
    foot.extend(list(parse_xml(f'<w:ftr xmlns:w="{NAMESPACE}">{text}</w:ftr>')))


# ---- the body ------------------------------------------------------------------------------------
def _blocks(document: Document, room: int) -> Iterator[str]:
    yield from _masthead(document.letterhead)
    yield from (paragraph("Notice", run(remark)) for remark in document.remarks)
    title, *more = document.headline or (_(document.title),)
    yield paragraph("Title", run(title))
    yield from (paragraph("Subtitle", run(line)) for line in more)
    known = {source.number for source in document.sources if source.number is not None}
    marks = re.compile("|".join(map(re.escape, document.marks)) or r"(?!)")
    for sheet in document.sheets:
        yield from _sheet(sheet, room, known, marks)
    yield from (paragraph("Normal", run(line)) for line in document.below)
    if document.sources:
        yield paragraph("Heading1", run(_("Sources")))
        for number, told in document.sources:
            line = run(told) if number is None else f"{run(str(number))}{_TAB}{run(told)}"
            yield paragraph("SourceLine", line, anchor=number)
    if document.facts and not document.briefing:
        yield paragraph("Heading1", run(_("Method")))
        for what, told in document.facts:
            yield paragraph("Note", run(_("{what}: {told}", what=what, told=told)))
    if document.letterhead.contact and not document.briefing:
        yield paragraph("Note", run(_("Contact: {contact}", contact=document.letterhead.contact)))


def _masthead(head: Masthead) -> Iterator[str]:
    """Name and number of the series in the middle; below them who publishes it, and the day."""
    if head.name:
        yield paragraph("Masthead", run(head.name))
    if head.number:
        yield paragraph("MastheadNumber", run(head.number))
    if head.publisher or head.day:
        yield paragraph("MastheadLine", run(head.publisher), _TAB, run(head.day))


def _sheet(
    sheet: Sheet, room: int, known: Collection[int], marks: re.Pattern[str]
) -> Iterator[str]:
    if sheet.title:
        yield paragraph("Heading1", run(sheet.title))
    yield from filter(None, (chart(picture, room) for picture in sheet.charts))
    if sheet.size:
        part, *more = in_parts(sheet, MOST_ROWS)
        yield table(part, room, known)
        yield paragraph("Gap")
        if more:
            told = ngettext(
                "… and {count} more row: a workbook or CSV has it",
                "… and {count} more rows: a workbook or CSV has them all",
                sheet.size - MOST_ROWS,
            )
            yield paragraph("Note", run(told))
    for line in sheet.sentences:
        style = "Detail" if isinstance(line, Detail) else "Normal"
        yield paragraph(style, *_with_marks(line, known, marks))


def _with_marks(line: str, known: Collection[int], marks: re.Pattern[str]) -> Iterator[str]:
    """A sentence; the numbers of its sources are raised and lead to them."""
    at = 0
    for found in marks.finditer(line):
        yield run(line[at : found.start()].rstrip(" "))
        yield linked(found[0], known, _RAISED)
        at = found.end()
    yield run(line[at:])
