"""Document → plain text for a pipe or a file.

Every column whole, however wide, no colour, and Rich is not loaded. It reads as the terminal's
table does where that has all the room it wants; a law in the tests holds the two together.
"""

from __future__ import annotations

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _
from dtrack.reporting.document import (
    Column,
    Document,
    Sheet,
    count_of_sources,
    indented,
    width_of,
)

_BETWEEN = "  "


def render(document: Document) -> bytes:
    """The text of a file, in UTF-8."""
    return text(document).encode("utf-8")


def text(document: Document, rule: str = "─", *, on_screen: bool = False) -> str:
    """The text; `rule` is a sign for the line under a header that the output can show.

    `on_screen`: not for a file, which lists its sources in any case.
    """
    lines = list(map(harmless, document.opening))
    for sheet in document.sheets:
        below = map(harmless, map(indented, sheet.sentences))
        lines += ["", harmless(sheet.title), *_table(sheet, rule), *below]
    if document.below:
        lines += ["", *map(harmless, document.below)]
    if on_screen and document.counts_sources:
        lines += [*[""] * (not document.below), *map(harmless, count_of_sources(document))]
    elif document.sources:
        lines += ["", _("Sources"), *map(harmless, map(str, document.sources))]
    return "".join(f"{line}\n" for line in lines)


def _table(sheet: Sheet, rule: str) -> list[str]:
    """Header, rule and rows; nothing where there is no row."""
    if not sheet.size:
        return []
    columns = [_padded(column) for column in sheet.columns]
    lines = [_BETWEEN.join(cells) for cells in zip(*columns, strict=True)]
    return [lines[0], rule * width_of(lines[0]), *lines[1:]]


def _padded(column: Column) -> list[str]:
    """The heading and the texts of a column, all as wide as the widest."""
    texts = [harmless(text) for text in (column.heading, *column.for_people())]
    widths = [width_of(text) for text in texts]
    most = max(widths)
    blanks = [" " * (most - width) for width in widths]
    if column.right:
        return [blank + text for text, blank in zip(texts, blanks, strict=True)]
    return [text + blank for text, blank in zip(texts, blanks, strict=True)]
