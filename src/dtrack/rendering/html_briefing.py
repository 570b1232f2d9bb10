"""A briefing as an HTML page of its own; briefing.html holds its style."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from dtrack.core.sanitize import harmless
from dtrack.rendering.html_text import filled_in
from dtrack.reporting.document import Document, in_order

BRIEFING = Path(__file__).with_name("briefing.html")


def briefing_page(document: Document) -> str:
    """A page of its own that prints on one page A4, without a script."""
    marks = "|".join(map(re.escape, map(escape, document.marks)))
    mark = re.compile(f" ?({marks})") if marks else None

    def shown(line: str, *, listed: bool = True) -> str:
        """A line; the numbers of sources in it are set small, but in the list of sources."""
        text = escape(in_order(harmless(line)))
        if listed or not mark:
            return text
        return mark.sub(r'<span class="mark">\g<1></span>', text)

    *above, title = map(harmless, document.headline)
    kinds = ["notice" if len(above) > 1 else "above", *["above"] * len(above)]
    lines = [
        f'<p class="{kind}">{escape(line)}</p>' for kind, line in zip(kinds, above, strict=False)
    ]
    body = ["<header>", *lines, f"<h1>{escape(title)}</h1>", "</header>", "<main>"]
    for sheet in document.sheets:
        listed = sheet.lists_sources
        body += ["<section>", f"<h2>{escape(harmless(sheet.title))}</h2>"]
        body += ['<div class="sources">' if listed else "<div>"]
        body += [f"<p>{shown(line, listed=listed)}</p>" for line in sheet.below]
        body += ["</div>", "</section>"]
    return filled_in(
        BRIEFING.read_text(encoding="utf-8"),
        language=document.language or "en",
        title=escape(title),
        body="\n".join([*body, "</main>"]),
    )
