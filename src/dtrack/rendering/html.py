"""Document → one HTML page that needs nothing else.

Style, script, pictures and data stand in it, nothing is loaded. Texts are data: each passes
`harmless` and is escaped, by `marked`, by `escape`, or within the style by `css_text`. The page is
whole without its script, which sorts tables and chooses rows; a policy in its head lets no other
script run. page.html holds the style, the body is made here and in html_table.py, html_figure.py
and html_tools.py; html_briefing.py makes the page of a briefing.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from pathlib import Path

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _
from dtrack.i18n.formatting import page_language
from dtrack.rendering.html_briefing import briefing_page
from dtrack.rendering.html_figure import figure
from dtrack.rendering.html_table import Links, marked, table
from dtrack.rendering.html_text import css_text, filled_in, linked
from dtrack.rendering.html_tools import tools
from dtrack.reporting.document import Chart, Detail, Document, Sheet, indented

TEMPLATE = Path(__file__).with_name("page.html")
_LONG = 110  # characters of a first sentence that is set smaller
_A_SHEET = 32  # rows that one sheet of paper holds, with what is said about them
_A_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")


def render(document: Document) -> bytes:
    """The page in UTF-8. The same document gives the same bytes."""
    return (briefing_page(document) if document.briefing else _page(document)).encode("utf-8")


def _page(document: Document) -> str:
    heading, *lede = [*document.headline] or [_(document.title).capitalize()]
    names = _names(document.sheets)
    numbered = frozenset(str(s.number) for s in document.sources if s.number is not None)
    sections = list(zip(document.sheets, names, strict=True))
    links = Links(numbered, {sheet.name: at for sheet, at in sections if sheet.name})
    on_top = [one for one in sections[:1] if one[0].heat]
    rest, alone = sections[len(on_top) :], not on_top
    body = (
        f'<a class="skip" href="#content">{escape(_("Skip to the tables"))}</a>',
        *_header(document, heading, lede),
        '<main id="content" tabindex="-1">',
        *_overview(document.charts, on_top, links),
        *_contents(rest),
        *tools(document),
        *(line for one in rest for line in _section(*one, links, first=alone and one is rest[0])),
        *_within(document.below, '<section class="closing">', "</section>"),
        "</main>",
        "<footer>",
        *_footer(document),
        "</footer>",
    )
    page = filled_in(
        TEMPLATE.read_text(encoding="utf-8"),
        language=page_language(),
        policy="{{ policy }}",
        title=escape(harmless(heading)),
        issued=css_text(_issued(document)),
        body="\n".join(body),
    )
    return page.replace("{{ policy }}", _policy(page), 1)


def _policy(page: str) -> str:
    """The page's own style and script may run, by their fingerprints; nothing is loaded."""

    def own(element: str) -> str:
        code = page.rsplit(f"<{element}>", 1)[1].split(f"</{element}>", maxsplit=1)[0]
        return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; style-src {own('style')}; script-src {own('script')};"
        " base-uri 'none'; form-action 'none'"
    )


def _names(sheets: Iterable[Sheet]) -> list[str]:
    """Where each sheet stands in the page: by its own name, so that links to it last."""
    made = list[str]()
    for at, sheet in enumerate(sheets, 1):
        own = f"s-{sheet.name}"
        made.append(own if _A_NAME.fullmatch(sheet.name) and own not in made else f"s{at}")
    return made


def _within(lines: Iterable[str], begin: str, end: str) -> list[str]:
    """Paragraphs within an element; nothing where there is no line."""
    paragraphs = [f"<p>{marked(line)}</p>" for line in lines]
    return [begin, *paragraphs, end] if paragraphs else []


def _issued(document: Document) -> str:
    """Who publishes it, its number, its day, whom to ask: above a page and below each sheet."""
    head = document.letterhead
    parts = (head.name, head.publisher, head.number, head.day, head.contact)
    return harmless(" · ".join(filter(None, parts)))


def _header(document: Document, heading: str, lede: list[str]) -> Iterator[str]:
    yield "<header>"
    if issued := _issued(document):
        yield f'<p class="issued">{marked(issued)}</p>'
    alone = "" if lede else ' class="alone"'
    yield f"<h1{alone}>{marked(heading)}</h1>"
    for at, line in enumerate(lede):
        dress = "lede" if not at and len(line) <= _LONG else "lede long" if not at else "lede more"
        yield f'<p class="{dress}">{marked(line)}</p>'
    yield from _within(document.remarks, '<div class="remarks" role="note">', "</div>")
    yield "</header>"


def _overview(
    charts: Iterable[Chart], on_top: list[tuple[Sheet, str]], links: Links
) -> Iterator[str]:
    """The matrix of all indicators and the pictures of the whole, side by side."""
    figures = [line for at, chart in enumerate(charts, 1) for line in figure(chart, f"top-c{at}")]
    if not figures and not on_top:
        return
    yield '<div class="overview">'
    for sheet, name in on_top:
        yield from _section(sheet, name, links)
    yield from (*['<div class="pictures">'] * bool(figures), *figures)
    yield from ["</div>"] * bool(figures)
    yield "</div>"


def _contents(sections: list[tuple[Sheet, str]]) -> Iterator[str]:
    if len(sections) < 2:
        return
    yield '<nav aria-labelledby="contents">'
    yield f'<h2 id="contents">{escape(_("On this page"))}</h2>'
    yield "<ol>"
    for sheet, name in sections:
        told = f' <span class="told">{marked(sheet.told)}</span>' if sheet.told else ""
        yield f'<li><a href="#{name}">{marked(sheet.title)}</a>{told}</li>'
    yield from ("</ol>", "</nav>")


def _section(sheet: Sheet, name: str, links: Links, *, first: bool = False) -> Iterator[str]:
    """A sheet with its sentences and pictures; `first`: printed below the head of the page.

    What no sheet of paper holds begins where there is room.
    """
    flows = ' class="flows"' if first or sheet.size > _A_SHEET else ""
    yield f'<section id="{name}"{flows}>'
    yield f'<h2 id="{name}-h">{marked(sheet.title)}</h2>'
    yield from ('<div class="sheet">', '<div class="grid">')
    if sheet.size:
        yield from table(sheet, name, links)
    if sheet.sentences:
        yield f'<div class="below{" brief" if sheet.told else ""}">'
        for line in sheet.sentences:
            under = ' class="under"' if isinstance(line, Detail) else ""
            yield f"<p{under}>{marked(indented(line))}</p>"
        yield "</div>"
    yield "</div>"
    if sheet.charts:
        yield '<div class="pictures">'
        for place, chart in enumerate(sheet.charts, 1):
            yield from figure(chart, f"{name}-c{place}")
        yield "</div>"
    yield from ("</div>", "</section>")


def _footer(document: Document) -> Iterator[str]:
    if document.sources:
        yield '<section class="sources">'
        yield f'<h2 id="sources">{escape(_("Sources"))}</h2>'
        yield "<ol>"
        for number, told in document.sources:
            if number is not None:
                spans = f"<span>{number}</span><span>{linked(told)}</span>"
                yield f'<li id="source-{number}">{spans}</li>'
        yield "</ol>"
        for number, told in document.sources:
            if number is None:
                yield f'<p class="below">{marked(told)}</p>'
        yield "</section>"
    if document.facts:
        yield '<section class="facts">'
        yield f'<h2 id="made">{escape(_("Methodology"))}</h2>'
        yield "<dl>"
        yield from (f"<dt>{marked(w)}</dt><dd>{marked(told)}</dd>" for w, told in document.facts)
        yield from ("</dl>", "</section>")
