"""Small lines side by side: one panel each, on one scale where they can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dtrack.core.translate import _
from dtrack.rendering.svg_parts import WIDTH, level, text, texts, tip
from dtrack.rendering.svg_scale import HIGH, Scale, folded, length
from dtrack.reporting.document import Line

_HIGH, _BETWEEN, _GAP = 38, 10, 18  # of a drawing, between two rows and two columns of panels
_EDGE = 4  # between the frame of a panel and its first point
_TICKS = 3


def lines(shown: Sequence[Line], *, shared: bool) -> tuple[float, str]:
    """The height and the drawing of panels; `shared`: all on one scale."""
    grid = _Grid(shown, shared=shared)
    drawn, top = [], 0.0
    for begin in range(0, len(shown), grid.columns):
        row = shown[begin : begin + grid.columns]
        heads = [grid.head(line) for line in row]
        high = max(map(len, heads)) * HIGH
        for at, (line, head) in enumerate(zip(row, heads, strict=True)):
            last = begin + at + grid.columns >= len(shown)
            drawn.append(grid.panel(line, head, at, top + high, ends=last))
        top += high + _HIGH + _BETWEEN
    return top + 6, "".join(drawn)


class _Grid:
    """How many panels stand side by side, and where each has its scale and its line."""

    def __init__(self, shown: Sequence[Line], *, shared: bool) -> None:
        values = [value for line in shown for value in line.values]
        self.common = Scale(values, 0, 1, zero=False) if shared else None
        self.ends = (shown[0].periods[0], shown[0].periods[-1])
        needed = sum(map(length, self.ends)) + _GAP / 2
        scales = [self.common] if self.common else [_own(line) for line in shown]
        gutter = max(length(told) for scale in scales for _at, told in scale.ticks(_TICKS)) + 5
        for self.columns in (3, 2, 1):
            # on one scale only the first of a row says it
            self.gutters = [gutter if at == 0 or not shared else 0.0 for at in range(self.columns)]
            room = WIDTH - sum(self.gutters) - _GAP * (self.columns - 1)
            self.width = room / self.columns
            if self.width >= needed:
                break

    def left(self, column: int) -> float:
        """Where the drawing of a panel begins."""
        return sum(self.gutters[: column + 1]) + column * (self.width + _GAP)

    def head(self, line: Line) -> list[tuple[str, str]]:
        """Label and number above a panel, in one line or folded with the number last."""
        if length(line.label) + length(line.told) + 6 <= self.width:
            return [(line.label, line.told)]
        label = [(part, "") for part in folded(line.label, self.width)]
        return label + [("", line.told)] * bool(line.told)

    def panel(
        self,
        line: Line,
        head: list[tuple[str, str]],
        column: int,
        above: float,
        *,
        ends: bool,
    ) -> str:
        """One line with its label, its number, its scale and its first and last period."""
        left = self.left(column)
        right, foot = left + self.width, above + _HIGH
        scale = self.common or _own(line)
        high = Scale((scale.low, scale.high), foot - 4, above + 4, zero=False)
        across = Scale((0.0, max(len(line.values) - 1, 1)), left + _EDGE, right - _EDGE)
        points = [
            None if value is None else (across.at(float(at)), high.at(value))
            for at, value in enumerate(line.values)
        ]
        whole = _("{what}: {told}", what=line.label, told=line.told) if line.told else line.label
        first = above - len(head) * HIGH + 11
        parts = [tip(whole), texts([label for label, _told in head], left, first)]
        parts += [_right(told, right, first + at * HIGH) for at, (_l, told) in enumerate(head)]
        parts += self._ticks(high, left, right, named=bool(self.gutters[column]))
        if ends:
            parts += [
                f'<text class="ends" x="{left:.1f}" y="{foot + 12:g}">{text(self.ends[0])}</text>',
                _right(self.ends[1], right, foot + 12, "ends"),
            ]
        return f"<g>{''.join(parts)}{_drawn(points)}</g>"

    @staticmethod
    def _ticks(high: Scale, left: float, right: float, *, named: bool) -> list[str]:
        parts = []
        for value, told in high.ticks_upward(_TICKS):
            y = high.at(value)
            parts.append(level(y, left, right, "axis" if not value else "tick"))
            if named:
                parts.append(_right(told, left - 4, y + 4, "ends"))
        return parts


def _own(line: Line) -> Scale:
    return Scale(line.values, 0, 1, zero=False)


def _right(told: str, x: float, y: float, dress: str = "figure") -> str:
    place = f'class="{dress}" x="{x:.1f}" y="{y:g}" text-anchor="end"'
    return f"<text {place}>{text(told)}</text>" if told else ""


def _drawn(points: Sequence[tuple[float, float] | None]) -> str:
    """Dots, joined where no period between them is unknown."""
    runs = "".join(
        f'<polyline class="line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}"/>'
        for run in _runs(points)
    )
    known = [point for point in points if point is not None]
    dots = [f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="1.8"/>' for x, y in known]
    if points and points[-1] is not None:
        x, y = points[-1]
        dots[-1] = f'<circle class="dot last" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
    return runs + "".join(dots)


def _runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Points that follow one another without a gap, two at least."""
    runs: list[list[tuple[float, float]]] = []
    for before, point in pairwise(points):
        if before is None or point is None:
            continue
        if runs and runs[-1][-1] is before:
            runs[-1].append(point)
        else:
            runs.append([before, point])
    return runs
