"""A briefing → Markdown: what is above all, a title, a list under each heading.

Text from data comes out as text.
"""

from __future__ import annotations

import re

from dtrack.core.sanitize import harmless
from dtrack.reporting.document import Document, in_order

# [3 · T4]: no link, since nothing that makes one follows it
_MARK = re.compile(r"(\[(?:T?\d+)(?: · T?\d+)*\])(?![(:\[])")


def render(document: Document) -> bytes:
    """The document as Markdown, UTF-8. The last line of its headline is the title."""
    *above, title = document.headline
    lines = [part for line in above for part in (_text(line), "")] + [f"# {_text(title)}", ""]
    for sheet in document.sheets:
        lines += [f"## {_text(sheet.title)}", "", *(f"- {_text(line)}" for line in sheet.below), ""]
    return ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8")


def _text(text: str) -> str:
    """The text as Markdown shows it letter by letter; the numbers of sources stay as they are."""
    from dtrack.rendering.markdown import at_start, escaped

    parts = _MARK.split(harmless(text))
    return at_start(
        in_order(
            "".join(part if number % 2 else escaped(part) for number, part in enumerate(parts))
        )
    )
