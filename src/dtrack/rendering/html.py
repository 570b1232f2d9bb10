"""Document → one HTML page that needs nothing else.

Style, script and pictures stand in it, nothing is loaded. Texts are data: each passes `harmless`
and is escaped, by `_text` or by `escape`. The page is whole without its script, which only sorts
tables; a policy in its head lets no other script run. page.html holds the style, the body is made
here; html_briefing.py makes the page of a briefing.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from pathlib import Path

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _, enumerated
from dtrack.i18n.formatting import page_language
from dtrack.rendering.html_briefing import briefing_page
from dtrack.rendering.html_text import filled_in, linked, marked_up
from dtrack.reporting.document import Chart, Column, Detail, Document, Sheet, in_order, indented

TEMPLATE = Path(__file__).with_name("page.html")
_TONES = {
    "met",
    "missed",
    "open",
    "undetermined",
    "not_reported",
    "no_target",
    "quiet",
    "city",
    "error",
    "warning",
    "info",
}
_SHORT = 20  # characters of texts that are not broken: days, wordings
_LONG = 110  # characters of a first sentence that is set smaller
_FEW = 4  # sheets from which on no page is begun for the second
_SMALL = 8  # rows of a sheet that shares a printed page
_NUMBER = re.compile("[0-9]+")


def render(document: Document) -> bytes:
    """The page in UTF-8. The same document gives the same bytes."""
    return (briefing_page(document) if document.briefing else _page(document)).encode("utf-8")


def _page(document: Document) -> str:
    numbered = [source for source in document.sources if source.number is not None]
    known = {str(source.number) for source in numbered}
    heading, *lede = [*document.headline] or [_(document.title).capitalize()]
    tables = [_Table(at, sheet, known) for at, sheet in enumerate(document.sheets, 1)]
    few = len(tables) < _FEW
    body = (
        f'<a class="skip" href="#content">{escape(_("Skip to the tables"))}</a>',
        *_header(document, heading, lede, tables),
        '<main id="content" tabindex="-1">',
        *(line for at, table in enumerate(tables) for line in table.section(first=few and not at)),
        *_within(document.below, '<section class="closing">', "</section>"),
        "</main>",
        "<footer>",
        *_footer(document),
        "</footer>",
    )
    template = TEMPLATE.read_text(encoding="utf-8")
    return filled_in(
        template,
        language=page_language(),
        policy=_policy(template),
        title=escape(harmless(heading)),
        body="\n".join(body),
    )


def _policy(template: str) -> str:
    """The page's own style and script may run, by their fingerprints; nothing is loaded."""

    def own(element: str) -> str:
        code = template.split(f"<{element}>")[1].split(f"</{element}>", maxsplit=1)[0]
        return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; style-src {own('style')}; script-src {own('script')};"
        " base-uri 'none'; form-action 'none'"
    )


def _text(raw: str) -> str:
    """A text of the document as HTML."""
    return in_order(marked_up(raw))


def _within(lines: Iterable[str], begin: str, end: str) -> list[str]:
    """Paragraphs within an element; nothing where there is no line."""
    paragraphs = [f"<p>{_text(line)}</p>" for line in lines]
    return [begin, *paragraphs, end] if paragraphs else []


def _header(
    document: Document, heading: str, lede: list[str], tables: list[_Table]
) -> Iterator[str]:
    yield "<header>"
    alone = "" if lede else ' class="alone"'
    yield f"<h1{alone}>{_text(heading)}</h1>"
    long = " long" if max(map(len, lede), default=0) > _LONG else ""
    yield from (f'<p class="lede{long}">{_text(line)}</p>' for line in lede)
    yield from _within(document.remarks, '<div class="remarks" role="note">', "</div>")
    if len(tables) > 1:
        yield '<nav aria-labelledby="contents">'
        yield f'<h2 id="contents">{escape(_("On this page"))}</h2>'
        yield "<ol>"
        yield from (table.entry() for table in tables)
        yield from ("</ol>", "</nav>")
    yield "</header>"


def _footer(document: Document) -> Iterator[str]:
    if document.sources:
        yield '<section class="sources" aria-labelledby="sources">'
        yield f'<h2 id="sources">{escape(_("Sources"))}</h2>'
        yield "<ol>"
        for number, told in document.sources:
            if number is not None:
                spans = f"<span>{number}</span><span>{linked(told)}</span>"
                yield f'<li id="source-{number}">{spans}</li>'
        yield "</ol>"
        for number, told in document.sources:
            if number is None:
                yield f'<p class="below">{_text(told)}</p>'
        yield "</section>"
    if document.facts:
        yield '<section class="facts" aria-labelledby="made">'
        yield f'<h2 id="made">{escape(_("How this was made"))}</h2>'
        yield "<dl>"
        yield from (f"<dt>{_text(w)}</dt><dd>{_text(told)}</dd>" for w, told in document.facts)
        yield from ("</dl>", "</section>")


class _Table:
    """A sheet with its sentences and pictures."""

    def __init__(self, number: int, sheet: Sheet, known: set[str]) -> None:
        self.name, self.sheet, self.known = f"s{number}", sheet, known

    def entry(self) -> str:
        """Its line in the list of contents."""
        told = f' <span class="told">{_text(self.sheet.told)}</span>' if self.sheet.told else ""
        return f'<li><a href="#{self.name}">{_text(self.sheet.title)}</a>{told}</li>'

    def section(self, *, first: bool) -> Iterator[str]:
        """Its part of the page; `first`: the first of few."""
        name, sheet = self.name, self.sheet
        small = sheet.size <= _SMALL and not sheet.charts
        kind = ' class="small"' if small else ' class="first"' if first else ""
        yield f'<section id="{name}"{kind} aria-labelledby="{name}-h">'
        yield f'<h2 id="{name}-h">{_text(sheet.title)}</h2>'
        yield from ('<div class="sheet">', '<div class="grid">')
        if sheet.size:
            yield from self._grid()
        if sheet.sentences:
            yield f'<div class="below{" brief" if sheet.told else ""}">'
            for line in sheet.sentences:
                under = ' class="under"' if isinstance(line, Detail) else ""
                yield f"<p{under}>{_text(indented(line))}</p>"
            yield "</div>"
        yield "</div>"
        if sheet.charts:
            yield '<div class="pictures">'
            for place, chart in enumerate(sheet.charts, 1):
                yield from _figure(f"{name}-c{place}", chart)
            yield "</div>"
        yield from ("</div>", "</section>")

    def _grid(self) -> Iterator[str]:
        from dtrack.rendering.bars import with_steps

        shown, name = with_steps(self.sheet), self.name
        if folds := [harmless(c.heading) for c in shown if c.gives_way and c.heading]:
            also = escape(_("Also {columns}", columns=enumerated(folds)))
            yield (
                f'<input type="checkbox" class="unfold" id="{name}-all">'
                f'<label class="unfold" for="{name}-all">{also}</label>'
            )
        hint = _("The table is wider than a small screen: move it sideways. →")
        yield f'<p class="hint" aria-hidden="true">{escape(hint)}</p>'
        region = f'tabindex="0" role="region" aria-labelledby="{name}-h"'
        yield f'<div class="box sheet-box" {region}>'
        yield '<table class="sortable">'
        yield f'<caption class="unseen">{_text(self.sheet.title)}</caption>'
        yield "<thead><tr>"
        for column in shown:
            kind = _kind(column) + " fold" * bool(column.gives_way)
            heading = f'<th scope="col" class="{kind}">{_text(column.heading)}</th>'
            yield heading if column.heading else f'<td class="{kind}"></td>'
        yield from ("</tr></thead>", "<tbody>")
        columns = [_cells(column, self.known, first=not at) for at, column in enumerate(shown)]
        cities = _tones(shown[0])
        # what is set off is not everything
        cities = cities if set(cities) != {"city"} else [""] * len(cities)
        for tone, cells in zip(cities, zip(*columns, strict=True), strict=True):
            yield f"<tr{' class=city' if tone == 'city' else ''}>{''.join(cells)}</tr>"
        yield from ("</tbody>", "</table>", "</div>")


def _figure(name: str, chart: Chart) -> Iterator[str]:
    """A picture, what it shows, and the numbers of its lines as a table."""
    from dtrack.rendering.svg import svg

    title = chart.title
    caption = _("{name} ({more})", name=title, more=chart.unit) if chart.unit else title
    yield from ("<figure>", f"<figcaption>{_text(caption)}</figcaption>", svg(chart, name))
    yield f'<p class="told" aria-hidden="true">{_text(chart.told)}</p>'
    if lines := [line for line in chart.lines if line.texts]:
        periods = chart.lines[0].periods if chart.lines[0].texts else ()
        heads = "".join(f'<th scope="col" class="number">{_text(p)}</th>' for p in periods)
        yield from ("<details>", f"<summary>{escape(_('The numbers of these lines'))}</summary>")
        label = escape(harmless(title))
        yield f'<div class="box" tabindex="0" role="region" aria-label="{label}">'
        yield from ("<table>", f'<caption class="unseen">{_text(title)}</caption>')
        yield f'<thead><tr><th scope="col">{escape(_("Line"))}</th>{heads}</tr></thead>'
        yield "<tbody>"
        for line in lines:
            cells = "".join(f'<td class="number">{_text(text)}</td>' for text in line.texts)
            yield f'<tr><th scope="row">{_text(line.label)}</th>{cells}</tr>'
        yield from ("</tbody>", "</table>", "</div>", "</details>")
    yield "</figure>"


# ---- cells ---------------------------------------------------------------------------------------
def _kind(column: Column) -> str:
    """How a column stands: numbers right, drawings in characters as they are, the rest left."""
    if not column.heading:
        return "drawn"
    if column.right or column.decimals is not None:
        return "number"
    longest = max(map(len, column.for_people()), default=0)
    return "verdict" if column.key == "verdict" else "short" if longest <= _SHORT else "text"


def _tones(column: Column) -> list[str]:
    return [tone if tone in _TONES else "" for tone in column.tones or [""] * len(column.values)]


def _cells(column: Column, known: set[str], *, first: bool) -> Iterable[str]:
    """The cells of a column as HTML; the first column's are headings of their rows.

    `known`: numbers of the sources that the page lists, to which cells link.
    """

    def linked_to(number: re.Match[str]) -> str:
        source = number[0]
        return f'<a href="#source-{source}">{source}</a>' if source in known else source

    cites = column.cites or [()] * len(column.values)
    kind, numbers, folds = _kind(column), _numbers(column), "fold" if column.gives_way else ""
    begin, end = ('<th scope="row"', "</th>") if first else ("<td", "</td>")
    cells = zip(column.for_people(), _tones(column), numbers, cites, strict=True)
    for text, tone, number, cited in cells:
        dressed = (kind, tone.replace(" ", "-") if tone != "city" else "", folds)
        names = " ".join(filter(None, dressed))
        dress = f' class="{names}"' if names else ""
        order = f' data-value="{number:.15g}"' if number is not None and number == number else ""
        # of a cell that cites sources every number is one of them: `3 copy · T5`
        shown = _NUMBER.sub(linked_to, text) if cited else marked_up(text)
        if kind == "verdict" and shown:
            shown = f"<span>{shown}</span>"
        yield f"{begin}{dress}{order}>{shown}{end}"


def _numbers(column: Column) -> list[float | None]:
    """The number that a page sorts a cell by; None where it is a text."""
    found = column.values if column.decimals is not None else column.order or column.numbers
    return list(found) if found else [None] * len(column.values)
