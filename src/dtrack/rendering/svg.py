"""SVG of a Chart, written by hand: bars with marks, steps, small lines, tiles of areas.

Nothing is done here but scaling; colours are classes that the page's style sheet names. The numbers
stand beside the marks as the Chart tells them; title and description are the text alternative. All
pictures are as wide as one another, so that their letters have one size; only a map of many columns
is wider.
"""

from __future__ import annotations

from collections.abc import Sequence

from dtrack.core.translate import _
from dtrack.rendering.svg_lines import lines
from dtrack.rendering.svg_parts import WIDTH, axis_below, rect, texts, tip, upright
from dtrack.rendering.svg_parts import text as _text
from dtrack.rendering.svg_scale import HIGH, Scale, folded, length
from dtrack.rendering.svg_tiles import tiles
from dtrack.reporting.document import Bullet, Chart, Step

ROW = 18
_MOST_LABEL, _GAP, _LEAST_DRAWN = 165, 8, 80
_TONES = ("met", "missed", "open", "undetermined")


def svg(chart: Chart, name: str) -> str:
    """The picture of a chart. `name` begins the ids in it and is used once in a page."""
    wide: float = WIDTH
    if chart.tiles:
        wide, size, drawn = tiles(chart.tiles)
    elif chart.bullets:
        size, drawn = _bullets(chart.bullets)
    elif chart.steps:
        size, drawn = _steps(chart.steps)
    else:
        size, drawn = lines(chart.lines, shared=bool(chart.unit))
    title = _("{name} ({more})", name=chart.title, more=chart.unit) if chart.unit else chart.title
    return (
        f'<svg class="chart" viewBox="0 0 {wide:g} {size:g}" width="{wide / 16:g}em" role="img"'
        f' aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{_text(title)}</title>'
        f'<desc id="{name}-d">{_text(_described(chart))}</desc>{drawn}</svg>'
    )


def _described(chart: Chart) -> str:
    """What a picture shows; of a map also what each tile says, which stands in no line of it."""
    tiles = (_("{what}: {told}", what=tile.label, told=tile.told) for tile in chart.tiles)
    return " ".join((chart.told, _("; ").join(tiles))).strip()


def _bullets(bullets: Sequence[Bullet]) -> tuple[float, str]:
    rows = _Rows([b.label for b in bullets], [b.told for b in bullets])
    values = [v for b in bullets for v in (b.actual, b.target, b.before)]
    scale = Scale(values, rows.left, rows.right)
    drawn = []
    for bullet, (top, foot) in zip(bullets, rows.spans, strict=True):
        parts = [rows.words(bullet.label, bullet.told, top)]
        middle = (top + foot) / 2
        if bullet.before is not None:
            parts.append(_bar(scale, 0.0, bullet.before, middle, ROW - 4, "before"))
        if bullet.actual is not None:
            tone = bullet.tone if bullet.tone in _TONES else "plain"
            parts.append(_bar(scale, 0.0, bullet.actual, middle, ROW - 10, f"bar {tone}"))
        if bullet.target is not None:
            parts.append(upright(scale.at(bullet.target), top + 2, foot - 2, "mark"))
        drawn.append("<g>" + "".join(parts) + "</g>")
    axis, height = axis_below(scale, rows.height)
    return height, axis + "".join(drawn)


def _steps(steps: Sequence[Step]) -> tuple[float, str]:
    rows = _Rows([s.label for s in steps], [s.told for s in steps])
    ends, reached = [], 0.0
    for step in steps:
        begin = 0.0 if step.whole else reached
        reached = begin + step.value
        ends.append((begin, reached))
    scale = Scale([end for both in ends for end in both], rows.left, rows.right)
    drawn = []
    for number, (step, (begin, end)) in enumerate(zip(steps, ends, strict=True)):
        top, foot = rows.spans[number]
        tone = "loss" if step.value < 0 else "gain"
        joins = not step.whole and number + 1 < len(steps)
        joined = upright(scale.at(end), top + 4, foot + 4, "axis") if joins else ""
        bar = _bar(
            scale, begin, end, (top + foot) / 2, ROW - 8, f"bar {tone}" + " whole" * step.whole
        )
        drawn.append(f"<g>{rows.words(step.label, step.told, top)}{joined}{bar}</g>")
    axis, height = axis_below(scale, rows.height)
    return height, axis + "".join(drawn)


class _Rows:
    """Rows of labels left, a drawing and numbers right; long labels are folded, never cut."""

    def __init__(self, labels: Sequence[str], told: Sequence[str]) -> None:
        self.right = round(WIDTH - max(map(length, told), default=0.0) - _GAP, 1)
        longest = max(map(length, labels), default=0.0)
        room = min(longest, max(4 * HIGH, min(_MOST_LABEL, self.right - _LEAST_DRAWN - _GAP)))
        self.left = round(room + _GAP, 1)
        self.folds = {label: folded(label, room + 0.5) for label in labels}
        self.spans, self.height = list[tuple[float, float]](), 0.0
        for label in labels:
            foot = self.height + ROW + (len(self.folds[label]) - 1) * HIGH
            self.spans.append((self.height, foot))
            self.height = foot

    def words(self, label: str, told: str, top: float) -> str:
        """The label and the number beside the drawing, both as a tip too."""
        whole = _("{what}: {told}", what=label, told=told) if told else label
        lines = self.folds[label]
        first = top + ROW / 2 + 4
        place = first + (len(lines) - 1) * HIGH / 2
        number = (
            f'<text class="figure" x="{WIDTH}" y="{place:g}" text-anchor="end">{_text(told)}</text>'
        )
        return f"{tip(whole)}{texts(lines, 0, first)}{number if told else ''}"


def _bar(scale: Scale, begin: float, end: float, middle: float, height: float, tone: str) -> str:
    left, right = sorted((scale.at(begin), scale.at(end)))
    return rect(left, middle - height / 2, max(right - left, 0.5), height, tone)
