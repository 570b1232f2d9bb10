"""SVG of a Chart, written by hand: bars with marks, steps, small lines.

Nothing is done here but scaling; colours are classes that the page's style sheet names. The numbers
stand beside the marks as the Chart tells them; title and description are the text alternative.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _
from dtrack.reporting.document import Bullet, Chart, Line, Step, minus

WIDTH = 400  # of every picture, in units of its own; a page shows it larger or smaller
ROW, LINE_ROW = 18, 16
FONT = 12.5
_NARROW, _WIDE = 0.58 * FONT, 1.02 * FONT  # about the width of a Latin and of a Chinese character
_MOST_LABEL, _MOST_OF_A_LINE, _MOST_TOLD, _GAP, _LEAST_DRAWN = 165, 205, 190, 8, 80
_TONES = ("met", "missed", "open", "undetermined")


def svg(chart: Chart, name: str) -> str:
    """The picture of a chart. `name` begins the ids in it and is used once in a page."""
    if chart.bullets:
        size, drawn = _bullets(chart.bullets)
    elif chart.steps:
        size, drawn = _steps(chart.steps)
    else:
        size, drawn = _lines(chart.lines, shared=bool(chart.unit))
    title = _("{name} ({more})", name=chart.title, more=chart.unit) if chart.unit else chart.title
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {size}" role="img"'
        f' aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{_text(title)}</title>'
        f'<desc id="{name}-d">{_text(chart.told)}</desc>{drawn}</svg>'
    )


class Scale:
    """From values to places between `left` and `right`.

    Zero is on the scale unless it is told not to be. `least`: what the scale spans at least, its
    values in the middle of it.
    """

    def __init__(
        self,
        values: Iterable[float | None],
        left: float,
        right: float,
        *,
        zero: bool = True,
        least: float = 0.0,
    ) -> None:
        known = [value for value in values if value is not None] + [0.0] * zero
        low, high = min(known, default=0.0), max(known, default=0.0)
        beside = max(least - (high - low), 0.0) / 2
        self.low, self.left = low - beside, left
        span = high - low + 2 * beside
        self.by = (right - left) / span if span > 0 else 0.0

    def at(self, value: float) -> float:
        """The place of a value."""
        return self.left + (value - self.low) * self.by


def _bullets(bullets: Sequence[Bullet]) -> tuple[int, str]:
    left, right = _columns([b.label for b in bullets], [b.told for b in bullets])
    scale = Scale([v for b in bullets for v in (b.actual, b.target, b.before)], left, right)
    rows = []
    for number, bullet in enumerate(bullets):
        top = number * ROW
        parts = [_words(bullet.label, bullet.told, top, left)]
        if bullet.before is not None:
            parts.append(_bar(scale, 0.0, bullet.before, top + 2, ROW - 4, "before"))
        if bullet.actual is not None:
            parts.append(
                _bar(scale, 0.0, bullet.actual, top + 5, ROW - 10, f"bar {_tone(bullet.tone)}")
            )
        if bullet.target is not None:
            parts.append(_upright(scale.at(bullet.target), top + 2, top + ROW - 2, "mark"))
        rows.append("<g>" + "".join(parts) + "</g>")
    height = len(bullets) * ROW
    return height + 2, _upright(scale.at(0.0), 0, height, "axis") + "".join(rows)


def _steps(steps: Sequence[Step]) -> tuple[int, str]:
    left, right = _columns([s.label for s in steps], [s.told for s in steps])
    spans, reached = [], 0.0
    for step in steps:
        begin = 0.0 if step.whole else reached
        reached = begin + step.value
        spans.append((begin, reached))
    scale = Scale([end for span in spans for end in span], left, right)
    rows = []
    for number, (step, (begin, end)) in enumerate(zip(steps, spans, strict=True)):
        top = number * ROW
        tone = "loss" if step.value < 0 else "gain"
        joined = (
            ""
            if step.whole or number + 1 == len(steps)
            else _upright(scale.at(end), top + 4, top + ROW + 4, "axis")
        )
        bar = _bar(scale, begin, end, top + 4, ROW - 8, f"bar {tone}" + " whole" * step.whole)
        rows.append(f"<g>{_words(step.label, step.told, top, left)}{joined}{bar}</g>")
    height = len(steps) * ROW
    return height + 2, _upright(scale.at(0.0), 0, height, "axis") + "".join(rows)


def _lines(lines: Sequence[Line], *, shared: bool) -> tuple[int, str]:
    newest = [next((text for text in reversed(line.texts) if text), "") for line in lines]
    left, right = _columns([line.label for line in lines], newest, most=_MOST_OF_A_LINE)
    widest = max(map(_range, lines)) if shared else 0.0
    rows = []
    for number, (line, told) in enumerate(zip(lines, newest, strict=True)):
        top = number * LINE_ROW
        height = Scale(line.values, top + LINE_ROW - 3, top + 3, zero=False, least=widest)
        across = Scale((0.0, float(max(len(line.values) - 1, 1))), left + 4, right - 4)
        points = [
            None
            if value is None
            else (across.at(float(place)), height.at(value) if height.by else top + LINE_ROW / 2)
            for place, value in enumerate(line.values)
        ]
        dots = [point for point in points if point is not None]
        drawn = "".join(
            f'<polyline class="line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}"/>'
            for run in _runs(points)
        )
        drawn += "".join(
            f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="1.6"/>' for x, y in dots[:-1]
        )
        drawn += "".join(
            f'<circle class="dot last" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in dots[-1:]
        )
        rows.append(f"<g>{_words(line.label, told, top, left, LINE_ROW)}{drawn}</g>")
    height_of_all = len(lines) * LINE_ROW
    ends = lines[0].periods
    axis = (
        f'<text class="ends" x="{left:.1f}" y="{height_of_all + 12}">{_text(ends[0])}</text>'
        f'<text class="ends" x="{right:.1f}" y="{height_of_all + 12}" text-anchor="end">'
        f"{_text(ends[-1])}</text>"
    )
    return height_of_all + 18, "".join(rows) + axis


def _range(line: Line) -> float:
    known = [value for value in line.values if value is not None]
    return max(known) - min(known)


def _runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Points that follow one another without a gap, two at least."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]


# ---- parts of a row
# -------------------------------------------------------------------------------------------------
def _columns(
    labels: Sequence[str], told: Sequence[str], most: float = _MOST_LABEL
) -> tuple[float, float]:
    """Where the drawing begins and ends: labels left of it, numbers right."""
    right = WIDTH - max((_length(_whole(text)) for text in told), default=0.0) - _GAP
    left = min(max(map(_length, labels), default=0.0), most, right - _LEAST_DRAWN - _GAP) + _GAP
    return round(left, 1), round(right, 1)


def _words(label: str, told: str, top: float, left: float, height: float = ROW) -> str:
    """The label, cut where it is too long and whole as a tip, and the number beside the drawing."""
    middle, cut = top + height / 2 + 4, _cut(label, left - _GAP)
    tip = f"<title>{_text(_('{what}: {told}', what=label, told=told) if told else label)}</title>"
    place = f'class="figure" x="{WIDTH}" y="{middle:g}" text-anchor="end"'
    number = f"<text {place}>{_text(_whole(told))}</text>"
    return f'{tip}<text x="0" y="{middle:g}">{_text(cut)}</text>{number if told else ""}'


def _whole(told: str) -> str:
    """All numbers that there is room for, none cut: all, or those before the slash, or …."""
    return next(
        (text for text in (told, told.partition(" / ")[0]) if _length(text) <= _MOST_TOLD), "…"
    )


def _bar(scale: Scale, begin: float, end: float, top: float, height: float, tone: str) -> str:
    left, right = sorted((scale.at(begin), scale.at(end)))
    size = f'width="{max(right - left, 0.5):.1f}" height="{height:g}"'
    return f'<rect class="{tone}" x="{left:.1f}" y="{top:g}" {size}/>'


def _upright(x: float, top: float, foot: float, tone: str) -> str:
    return f'<line class="{tone}" x1="{x:.1f}" x2="{x:.1f}" y1="{top:g}" y2="{foot:g}"/>'


def _tone(tone: str) -> str:
    return tone if tone in _TONES else "plain"


def _length(text: str) -> float:
    return sum(_WIDE if ord(letter) > 0x2E7F else _NARROW for letter in text)


def _cut(text: str, most: float) -> str:
    """The text, its end left away where it is longer than there is room for."""
    if _length(text) <= most + 0.5:
        return text
    while text and _length(text) > most - _NARROW:
        text = text[:-1]
    return text.rstrip() + "…"


def _text(text: str) -> str:
    return minus(escape(harmless(text)))
