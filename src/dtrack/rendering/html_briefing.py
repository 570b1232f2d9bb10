"""A briefing as an HTML page of its own; briefing.html holds its style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _
from dtrack.rendering.html_text import filled_in
from dtrack.rendering.svg import svg
from dtrack.reporting.document import Chart, Column, Document, Masthead, Sheet, in_order, minus

BRIEFING = Path(__file__).with_name("briefing.html")
_NUMBER = re.compile("[0-9]+")
_TONES = ("met", "missed", "open", "undetermined", "not_reported", "no_target", "quiet")


def briefing_page(document: Document) -> str:
    """A page of its own that prints on one page A4, without a script."""
    title, *more = document.headline
    body = [
        "<header>",
        *(f'<p class="notice" role="note">{_text(line)}</p>' for line in document.remarks),
        *_masthead(document.letterhead),
        f"<h1>{_text(title)}</h1>",
        *(f'<p class="of">{_text(line)}</p>' for line in more),
        "</header>",
        "<main>",
        *_Sheets(document).written(),
        *(f'<p class="contact">{_text(line)}</p>' for line in document.below),
        "</main>",
        *_foot(document),
    ]
    return filled_in(
        BRIEFING.read_text(encoding="utf-8"),
        language=document.language or "en",
        title=escape(harmless(title)),
        body="\n".join(body),
    )


def _text(line: str) -> str:
    return in_order(minus(escape(harmless(line))))


def _masthead(head: Masthead) -> Iterator[str]:
    """The name and number of the series, and below them who publishes it, and the day."""
    if not head.line:
        return
    yield '<div class="masthead">'
    if head.name:
        yield f'<p class="name">{_text(head.name)}</p>'
    if head.number:
        yield f'<p class="series">{_text(head.number)}</p>'
    sides = "".join(f"<span>{_text(side)}</span>" for side in (head.publisher, head.day))
    yield f'<p class="issue">{sides}</p>'
    yield "</div>"


class _Sheets:
    """The sections of a briefing; the numbers of sources in them lead to their list."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.known = {str(s.number) for s in document.sources if s.number is not None}
        marks = "|".join(re.escape(escape(mark)) for mark in document.marks)
        self.mark = re.compile(f" ?({marks})") if marks else None

    def written(self) -> Iterator[str]:
        """Each with its heading, its table beside its picture, and its sentences."""
        for at, sheet in enumerate(self.document.sheets, 1):
            name = f"s{at}"
            kind = ' class="results"' if sheet.size else ""
            yield f'<section{kind} aria-labelledby="{name}">'
            yield f'<h2 id="{name}">{_text(sheet.title)}</h2>'
            if sheet.size:
                yield '<div class="both">'
                yield from self._table(sheet, name)
                yield from (
                    line
                    for place, chart in enumerate(sheet.charts, 1)
                    for line in _figure(chart, f"{name}c{place}")
                )
                yield "</div>"
            yield from (f"<p>{self._sentence(line)}</p>" for line in sheet.sentences)
            yield "</section>"

    def _sentence(self, line: str) -> str:
        """A line; the numbers of sources in it are set small and raised."""
        text = _text(line)
        if self.mark is None:
            return text
        return self.mark.sub(lambda m: f'<span class="mark">{self._leads(m[1])}</span>', text)

    def _leads(self, text: str) -> str:
        """Each number that is a source's leads to it."""
        return _NUMBER.sub(
            lambda m: f'<a href="#source-{m[0]}">{m[0]}</a>' if m[0] in self.known else m[0], text
        )

    def _table(self, sheet: Sheet, name: str) -> Iterator[str]:
        yield f'<div class="box" tabindex="0" role="group" aria-labelledby="{name}">'
        yield f'<table><caption class="unseen">{_text(sheet.title)}</caption>'
        heads = (
            f'<th scope="col"{_right(column)}>{_text(column.heading)}</th>'
            for column in sheet.columns
        )
        yield f"<thead><tr>{''.join(heads)}</tr></thead><tbody>"
        cells = [list(self._cells(c, first=not at)) for at, c in enumerate(sheet.columns)]
        whole = [tone == "city" for tone in sheet.columns[0].tones or [""] * sheet.size]
        for of_whole, row in zip(whole, zip(*cells, strict=True), strict=True):
            yield f"<tr{' class=whole' if of_whole else ''}>{''.join(row)}</tr>"
        yield "</tbody></table></div>"

    def _cells(self, column: Column, *, first: bool) -> Iterator[str]:
        size = len(column.values)
        tones, cites = column.tones or [""] * size, column.cites or [()] * size
        begin, end = ('<th scope="row"', "</th>") if first else ("<td", "</td>")
        for text, tone, cited in zip(column.for_people(), tones, cites, strict=True):
            names = [
                *(["number"] if column.to_the_right else []),
                *([tone] if tone in _TONES else []),
            ]
            dress = f' class="{" ".join(names)}"' if names else ""
            shown = self._leads(_text(text)) if cited else _text(text)
            yield f"{begin}{dress}>{shown}{end}"


def _right(column: Column) -> str:
    return ' class="number"' if column.to_the_right else ""


def _figure(chart: Chart, name: str) -> Iterator[str]:
    caption = _("{name} ({more})", name=chart.title, more=chart.unit) if chart.unit else chart.title
    yield f"<figure><figcaption>{_text(caption)}</figcaption>{svg(chart, name)}"
    yield f'<p class="told" aria-hidden="true">{_text(chart.told)}</p></figure>'


def _foot(document: Document) -> Iterator[str]:
    """The sources as numbered notes."""
    if not document.sources:
        return
    yield f'<footer><h2>{escape(_("Sources"))}</h2><ol class="sources">'
    for number, told in document.sources:
        yield f'<li id="source-{number}" value="{number}">{_text(told)}</li>'
    yield "</ol></footer>"
