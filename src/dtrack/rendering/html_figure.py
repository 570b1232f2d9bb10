"""A chart as a figure of a page: caption, picture, what it shows, the numbers of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _
from dtrack.rendering.html_table import marked
from dtrack.rendering.svg import svg
from dtrack.reporting.document import Chart, Line


def figure(chart: Chart, name: str) -> Iterator[str]:
    """The lines of a figure; `name` begins the ids in it."""
    title = chart.title
    caption = _("{name} ({more})", name=title, more=chart.unit) if chart.unit else title
    begin = '<figure class="map">' if chart.tiles else "<figure>"
    yield from (begin, f"<figcaption>{marked(caption)}</figcaption>", svg(chart, name))
    yield f'<p class="told" aria-hidden="true">{marked(chart.told)}</p>'
    if lines := [line for line in chart.lines if line.texts]:
        yield from _data(title, lines)
    yield "</figure>"


def _data(title: str, lines: list[Line]) -> Iterator[str]:
    heads = "".join(f'<th scope="col" class="number">{marked(p)}</th>' for p in lines[0].periods)
    yield from ("<details>", f"<summary>{escape(_('Data table'))}</summary>")
    label = escape(harmless(title))
    yield f'<div class="box" tabindex="0" role="group" aria-label="{label}">'
    yield from ("<table>", f'<caption class="unseen">{marked(title)}</caption>')
    yield f'<thead><tr><th scope="col">{escape(_("Line"))}</th>{heads}</tr></thead>'
    yield "<tbody>"
    for line in lines:
        cells = "".join(f'<td class="number">{marked(text)}</td>' for text in line.texts)
        yield f'<tr><th scope="row">{marked(line.label)}</th>{cells}</tr>'
    yield from ("</tbody>", "</table>", "</div>", "</details>")
