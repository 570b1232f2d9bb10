"""A sheet as a table of a page: headings that lead on, cells with tones and numbers to sort by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _, enumerated
from dtrack.rendering import shades
from dtrack.rendering.html_text import marked_up
from dtrack.reporting.document import Column, Sheet, in_order

TONES = frozenset(
    {
        "met",
        "missed",
        "open",
        "undetermined",
        "not_reported",
        "no_target",
        "quiet",
        "error",
        "warning",
        "info",
    }
)
_FOOT = ("city", "quiet")  # tones of rows that stay below the others in a matrix
_KEPT = "target"  # gives way on a terminal, stays on a phone: without it a gap says little
_SHORT = 20  # characters of texts that are not broken: days, wordings
_NUMBER = re.compile("[0-9]+")


class Links(NamedTuple):
    """Where a page's cells and headings lead: numbers of its sources, names of its sheets."""

    sources: frozenset[str]
    sheets: Mapping[str, str]


def table(sheet: Sheet, name: str, links: Links) -> Iterator[str]:
    """The table within a box that scrolls where it is too wide, and what to do then."""
    columns = sheet.columns
    if folds := [harmless(c.heading) for c in columns if _folds(c) and c.heading]:
        also = escape(_("Show {columns}", columns=enumerated(folds)))
        yield (
            f'<input type="checkbox" class="unfold" id="{name}-all">'
            f'<label class="unfold" for="{name}-all">{also}</label>'
        )
    yield f'<p class="hint" aria-hidden="true">{escape(_("scroll →"))}</p>'
    yield f'<div class="box sheet-box" tabindex="0" role="group" aria-labelledby="{name}-h">'
    yield f'<table class="{"sortable heated" if sheet.heat else "sortable"}">'
    yield f'<caption class="unseen">{marked(sheet.title)}</caption>'
    yield f"<thead><tr>{''.join(_heading(c, sheet, links) for c in columns)}</tr></thead>"
    yield from _rows(sheet, links)
    yield from ("</table>", "</div>")


def marked(raw: str) -> str:
    """A text of the document as HTML."""
    return in_order(marked_up(raw))


def _folds(column: Column) -> bool:
    return bool(column.gives_way) and column.key != _KEPT


def _heading(column: Column, sheet: Sheet, links: Links) -> str:
    kind = " ".join((_kind(column, sheet), *["fold"] * _folds(column)))
    if not column.heading:
        return f'<td class="{kind}"></td>'
    shown = marked(column.heading)
    if column.short and column.short != column.heading:
        short = f'<span class="narrow">{marked(column.short)}</span>'
        shown = f'<span class="wide">{shown}</span>{short}'
    if sheet.heat and column.key in links.sheets:
        shown = f'<a href="#{links.sheets[column.key]}">{shown}</a>'
    return f'<th scope="col" class="{kind}">{shown}</th>'


def _rows(sheet: Sheet, links: Links) -> Iterator[str]:
    """The body; of a matrix the city and the counts are its foot, which no click sorts."""
    columns = [_cells(c, sheet, links, first=not at) for at, c in enumerate(sheet.columns)]
    tones = [str(tone) for tone in sheet.columns[0].tones or [""] * sheet.size]
    # what is set off is not everything
    tones = tones if set(tones) != {"city"} else [""] * len(tones)
    body = len(tones)
    while sheet.heat and body and tones[body - 1] in _FOOT:
        body -= 1
    yield "<tbody>"
    for at, (tone, cells) in enumerate(zip(tones, zip(*columns, strict=True), strict=True)):
        if at == body and at:
            yield from ("</tbody>", "<tfoot>")
        dress = f" class={tone}" if tone in _FOOT else ""
        yield f"<tr{dress}>{''.join(cells)}</tr>"
    yield "</tfoot>" if 0 < body < len(tones) else "</tbody>"


def _kind(column: Column, sheet: Sheet) -> str:
    """How a column stands: numbers right, the cells of a matrix in their middle, the rest left."""
    if sheet.heat and column is not sheet.columns[0]:
        return "number" if column.decimals is not None else "cell"
    if column.right or column.decimals is not None:
        return "number"
    longest = max(map(len, column.for_people()), default=0)
    return "verdict" if column.key == "verdict" else "short" if longest <= _SHORT else "text"


def tones_of(column: Column) -> list[str]:
    """The tone of each cell; "" where a page knows none of that name."""
    return [tone if tone in TONES else "" for tone in column.tones or [""] * len(column.values)]


def _dresses(column: Column, sheet: Sheet) -> Sequence[str]:
    tones = tones_of(column)
    if not sheet.heat or column is sheet.columns[0]:
        return tones
    return shades.dress(tones, _numbers(column))


def _cells(column: Column, sheet: Sheet, links: Links, *, first: bool) -> Iterator[str]:
    """The cells of a column as HTML; the first column's are headings of their rows."""

    def linked_to(number: re.Match[str]) -> str:
        source = number[0]
        return f'<a href="#source-{source}">{source}</a>' if source in links.sources else source

    cites = column.cites or [()] * len(column.values)
    kind, folds = _kind(column, sheet), "fold" if _folds(column) else ""
    begin, end = ('<th scope="row"', "</th>") if first else ("<td", "</td>")
    dresses, numbers = _dresses(column, sheet), _numbers(column)
    cells = zip(column.for_people(), dresses, numbers, cites, strict=True)
    for text, dress, number, cited in cells:
        names = " ".join(filter(None, (kind, dress, folds)))
        looks = f' class="{names}"' if names else ""
        order = f' data-value="{number:.15g}"' if number is not None and number == number else ""
        # of a cell that cites sources every number is one of them: `3 copy · T5`
        shown = _NUMBER.sub(linked_to, text) if cited else marked_up(text)
        if kind == "verdict" and shown:
            shown = f"<span>{shown}</span>"
        yield f"{begin}{looks}{order}>{shown}{end}"


def _numbers(column: Column) -> list[float | None]:
    """The number that a page sorts a cell by; None where it is a text."""
    found = column.values if column.decimals is not None else column.order or column.numbers
    return list(found) if found else [None] * len(column.values)
