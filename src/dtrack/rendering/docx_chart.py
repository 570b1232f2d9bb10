"""Charts of a Word file as tables of coloured cells: they need no picture, and can be edited.

A bar is drawn on UNITS narrow columns, to the nearest one; its number stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _
from dtrack.rendering.docx_table import END, LETTER, SIDES, cell, frame, shading
from dtrack.rendering.docx_text import paragraph, run
from dtrack.rendering.tones import COLOURS
from dtrack.reporting.document import Bullet, Chart, Step, width_of

UNITS = 48
_HIGH = 210  # twips of a row
_LABEL, _TOLD = 26, 24  # letters at most
_PLAIN, _BEFORE, _GAIN, _LOSS = "5B6B7B", "DDE2E7", "1D6B3A", "A32020"
_BETWEEN = (
    '<w:tblBorders><w:insideH w:val="single" w:sz="18" w:space="0" w:color="FFFFFF"/>'
    "</w:tblBorders>"
)
_MARK = (
    '<w:tcBorders><w:right w:val="single" w:sz="18" w:space="0" w:color="111111"/></w:tcBorders>'
)


class _Bar(NamedTuple):
    """One row: coloured spans of values, the first on top, and a mark."""

    label: str
    told: str
    spans: tuple[tuple[float, float, str], ...]
    mark: float | None = None


def chart(picture: Chart, room: int) -> str:
    """The chart as a table `room` twips wide at most, its caption above; "" for small lines."""
    bars = _bullets(picture.bullets) if picture.bullets else _steps(picture.steps)
    if not bars:
        return ""
    title, unit = picture.title, picture.unit
    caption = _("{name} ({more})", name=title, more=unit) if unit else title
    left = _wide([bar.label for bar in bars], _LABEL)
    right = _wide([bar.told for bar in bars], _TOLD)
    step = (room - left - right) // UNITS
    scale = _Scale(bars)
    rows = "".join(
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_HIGH}" w:hRule="exact"/></w:trPr>'
        + cell(paragraph("ChartLabel", run(bar.label)), left)
        + "".join(scale.drawn(bar, step))
        + cell(paragraph("ChartNumber", run(bar.told)), right)
        + "</w:tr>"
        for bar in bars
    )
    begin = frame(caption, picture.told, [left, *[step] * UNITS, right], _BETWEEN)
    told = paragraph("ChartNote", run(picture.told)) if picture.told else ""
    return paragraph("Caption", run(caption)) + begin + rows + END + told


def _wide(texts: Iterable[str], most: int) -> int:
    return min(max(width_of(harmless(text)) for text in texts), most) * LETTER + SIDES


def _bullets(bullets: Sequence[Bullet]) -> list[_Bar]:
    """The figure over last year's, and a mark where the target is."""
    return [
        _Bar(
            bullet.label,
            bullet.told,
            tuple(
                (0.0, value, colour)
                for value, colour in (
                    (bullet.actual, _colour(bullet.tone)),
                    (bullet.before, _BEFORE),
                )
                if value is not None
            ),
            bullet.target,
        )
        for bullet in bullets
    ]


def _colour(tone: str) -> str:
    return COLOURS[tone][0].removeprefix("#") if tone in COLOURS else _PLAIN


def _steps(steps: Sequence[Step]) -> list[_Bar]:
    """Each begun where the one before ended."""
    bars, reached = [], 0.0
    for step in steps:
        begin = 0.0 if step.whole else reached
        reached = begin + step.value
        colour = _LOSS if step.value < 0 else _GAIN
        bars.append(_Bar(step.label, step.told, ((begin, reached, colour),)))
    return bars


class _Scale:
    """From values to columns; zero is always on it."""

    def __init__(self, bars: Iterable[_Bar]) -> None:
        known = [end for bar in bars for span in bar.spans for end in span[:2]]
        known += [bar.mark for bar in bars if bar.mark is not None]
        self.low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
        self.by = UNITS / (high - self.low) if high > self.low else 0.0

    def at(self, value: float) -> int:
        """The number of columns left of a value."""
        return round((value - self.low) * self.by)

    def drawn(self, bar: _Bar, step: int) -> Iterator[str]:
        """The cells of a row, each as wide as nothing changes in it."""
        spans = [self._placed(*span) for span in bar.spans]
        mark = 0 if bar.mark is None else max(self.at(bar.mark), 1)
        ends = {0, UNITS, mark, *(end for begin, stop, _ground in spans for end in (begin, stop))}
        for begin, end in pairwise(sorted(ends)):
            ground = next((c for a, b, c in spans if a <= begin and end <= b), "")
            look = _MARK * (0 < mark == end) + (shading(ground) if ground else "")
            yield cell(paragraph("Gap"), step * (end - begin), look, end - begin)

    def _placed(self, begin: float, end: float, colour: str) -> tuple[int, int, str]:
        """Between which columns a span lies; even the smallest shows."""
        left, right = sorted((self.at(begin), self.at(end)))
        left = min(left, UNITS - 1)
        return left, max(right, left + 1), colour
