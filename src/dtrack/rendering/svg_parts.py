"""What all pictures of a page are made of: texts, bars, axes with their ticks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dtrack.core.sanitize import harmless
from dtrack.rendering.svg_scale import HIGH, Scale
from dtrack.reporting.document import minus

WIDTH = 400  # of a picture, in units of its own
_BELOW = 18  # what the labels of an axis need


def text(raw: str) -> str:
    """A text of the document within a picture."""
    return minus(escape(harmless(raw)))


def tip(raw: str) -> str:
    """What a pointer that rests on a part is told."""
    return f"<title>{text(raw)}</title>"


def texts(lines: Sequence[str], x: float, first: float, dress: str = "") -> str:
    """Lines one below the other, the first at the height `first`."""
    return "".join(
        f'<text{dress} x="{x:g}" y="{first + at * HIGH:g}">{text(line)}</text>'
        for at, line in enumerate(lines)
    )


def rect(left: float, top: float, width: float, height: float, tone: str) -> str:
    """A bar."""
    size = f'width="{width:.1f}" height="{height:g}"'
    return f'<rect class="{tone}" x="{left:.1f}" y="{top:g}" {size}/>'


def upright(x: float, top: float, foot: float, tone: str) -> str:
    """A line from top to foot."""
    return f'<line class="{tone}" x1="{x:.1f}" x2="{x:.1f}" y1="{top:g}" y2="{foot:g}"/>'


def level(y: float, left: float, right: float, tone: str) -> str:
    """A line from left to right."""
    return f'<line class="{tone}" x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'


def axis_below(scale: Scale, height: float) -> tuple[str, float]:
    """Fine lines at round values with their labels below, a strong one at zero; the new height."""
    drawn = []
    for value, told in scale.ticks_across():
        x = scale.at(value)
        if value:
            drawn.append(upright(x, 0, height + 3, "tick"))
        drawn.append(
            f'<text class="ends" x="{x:.1f}" y="{height + 14:g}" text-anchor="middle">'
            f"{text(told)}</text>"
        )
    drawn.append(upright(scale.at(0.0), 0, height + 3, "axis"))
    return "".join(drawn), height + _BELOW
