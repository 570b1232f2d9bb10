"""A briefing → a web page of its own that prints on one page A4.

No script, nothing fetched, every text escaped.
"""

from __future__ import annotations

import re
from pathlib import Path

from dtrack.core.sanitize import harmless
from dtrack.reporting.document import Document, Sheet, in_order

TEMPLATE = Path(__file__).with_name("briefing.html")
_MARK = re.compile(r" ?(\[(?:T?\d+)(?: · T?\d+)*\])")


def render(document: Document) -> bytes:
    """The document as HTML, UTF-8.

    The last line of its headline is the title; the language stands in its facts.
    """
    from jinja2 import Environment, StrictUndefined

    page = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    facts = dict(document.facts)
    *above, title = map(harmless, document.headline)
    sections = [_section(sheet, facts.get("sources", "")) for sheet in document.sheets]
    template = page.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        language=facts.get("language", "en"), above=above, title=title, sections=sections
    ).encode("utf-8")


def _section(sheet: Sheet, sources: str) -> tuple[str, list[list[tuple[str, bool]]], bool]:
    """Heading, lines as parts (text, whether it is the numbers of sources), and whether these are the sources."""
    listed = sheet.title == sources
    lines = [
        [(in_order(harmless(line)), False)] if listed else _parts(in_order(harmless(line)))
        for line in sheet.below
    ]
    return harmless(sheet.title), lines, listed


def _parts(line: str) -> list[tuple[str, bool]]:
    return [(text, bool(number % 2)) for number, text in enumerate(_MARK.split(line)) if text]
