"""A part of a document as HTML for a notebook: its headline and its first table, in few rows.

Without styles of its own but alignment, since it stands on somebody else's page, light or dark.
"""

from __future__ import annotations

from collections.abc import Iterator

from dtrack.core.translate import counted, ngettext
from dtrack.rendering.html_text import marked_up
from dtrack.reporting.document import Document, Sheet, in_parts

MOST_ROWS = 20


def fragment(document: Document) -> str:
    """The headline, and the first table of the document; whatever it says comes out as text."""
    return "".join(_parts(document))


def _parts(document: Document) -> Iterator[str]:
    # the first line of the headline names the document
    first, *lines = (*(document.headline or (document.title,)), *document.remarks)
    yield f"<div><p><strong>{marked_up(first)}</strong></p>"
    yield from (f"<p>{marked_up(line)}</p>" for line in lines)
    for sheet in document.sheets[:1]:
        yield from _table(in_parts(sheet, MOST_ROWS)[0])
        if (more := sheet.size - MOST_ROWS) > 0:
            told = ngettext("{rows} more row", "{rows} more rows", more, rows=counted(more))
            yield f"<p>{marked_up(told)}</p>"
    yield "</div>"


def _table(sheet: Sheet) -> Iterator[str]:
    yield f"<table><caption>{marked_up(sheet.title)}</caption><thead><tr>"
    looks = [' style="text-align:right"' * column.to_the_right for column in sheet.columns]
    for column, look in zip(sheet.columns, looks, strict=True):
        yield f'<th scope="col"{look}>{marked_up(column.heading)}</th>'
    yield "</tr></thead><tbody>"
    for row in zip(*(column.for_people() for column in sheet.columns), strict=True):
        cells = (f"<td{look}>{marked_up(text)}</td>" for look, text in zip(looks, row, strict=True))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table>"
