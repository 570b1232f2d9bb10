"""Texts of a document as WordprocessingML: harmless, escaped, in runs and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from dtrack.core.sanitize import harmless
from dtrack.reporting.document import in_order, minus

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_UNSAFE = re.compile("[\ufffe\uffff]")  # what XML forbids
_NUMBER = re.compile("([0-9]+)")


def shown(text: str) -> str:
    """A text as Word shows it, letter by letter: no sign that XML forbids, a wide minus."""
    return in_order(minus(_UNSAFE.sub("\ufffd", harmless(text))))


def run(text: str, look: str = "") -> str:
    """A text in one dress; `look` is the inside of its w:rPr."""
    dress = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{dress}<w:t xml:space="preserve">{escape(shown(text), quote=False)}</w:t></w:r>'


def paragraph(style: str, *runs: str, anchor: int | None = None) -> str:
    """A paragraph of a style; `anchor`: the number of the source that it is."""
    inside = "".join(runs)
    if anchor is not None:
        mark = f'w:id="{anchor}" w:name="source{anchor}"'
        inside = f'<w:bookmarkStart {mark}/>{inside}<w:bookmarkEnd w:id="{anchor}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}</w:p>'


def linked(text: str, sources: Iterable[int], look: str = "") -> str:
    """A text of which each number that is a source's leads to it."""
    known = {str(number) for number in sources}
    parts = (
        _link(part, look) if part in known else run(part, look) if part else ""
        for part in _NUMBER.split(text)
    )
    return "".join(parts)


def _link(number: str, look: str) -> str:
    return f'<w:hyperlink w:anchor="source{number}">{run(number, look)}</w:hyperlink>'


def field(code: str) -> str:
    """A number that Word counts by itself: PAGE, NUMPAGES."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
