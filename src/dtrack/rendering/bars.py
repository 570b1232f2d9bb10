"""Bars of characters beside the numbers of a table: gaps, and the steps of a waterfall.

A bar is a drawing beside its number and never instead of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dtrack.reporting.document import Column, Sheet

LEAST, MOST = 9, 25  # letters: less shows nothing, more shows no more
STEPS = 32  # letters of a waterfall
_LINE, _FULL, _RIGHT_HALF, _LEFT_HALF = "│", "█", "▐", "▌"


def text_bars(gaps: Sequence[float | None], width: int) -> list[str] | None:
    """A text of `width` letters for each gap, "" for an unknown one: behind left, ahead right.

    The longest gap fills its side, and whatever is not zero shows. None where there is nothing to
    compare.

    >>> text_bars([-2.0, 1.0, 0.0, None], 9)
    ['████│    ', '    │██  ', '    │    ', '']
    """
    known = [gap for gap in gaps if gap is not None and gap == gap]
    largest = max(map(abs, known), default=0.0)
    if width < LEAST or len(known) < 2 or not largest:
        return None
    behind, ahead = _sides(min(known) < 0, max(known) > 0, width - 1)
    return ["" if gap is None or gap != gap else _bar(gap, largest, behind, ahead) for gap in gaps]


def _sides(any_behind: bool, any_ahead: bool, room: int) -> tuple[int, int]:
    """Letters left and right of the line; all on one side where the other has no bar."""
    if any_behind and any_ahead:
        return room // 2, room // 2
    return (room, 0) if any_behind else (0, room)


def _bar(gap: float, largest: float, behind: int, ahead: int) -> str:
    """One bar, to half a letter."""
    halves = max(round(abs(gap) / largest * 2 * (behind if gap < 0 else ahead)), 1) if gap else 0
    full, half = divmod(halves, 2)
    left = (_RIGHT_HALF * half + _FULL * full if gap < 0 else "").rjust(behind)
    right = (_FULL * full + _LEFT_HALF * half if gap > 0 else "").ljust(ahead)
    return left + _LINE + right


def with_steps(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a sheet, and a waterfall in plain characters at their end if it has steps."""
    if not sheet.steps:
        return sheet.columns
    column = next(column for column in sheet.columns if column.key == sheet.steps)
    levels = sheet.columns[0].levels or [0] * sheet.size
    return *sheet.columns, Column("bar", "", waterfall(column.values, levels), gives_way=2)


def waterfall(values: Sequence[float], levels: Sequence[int]) -> list[str]:
    """Bars of at most STEPS letters; each part starts where the one before ended.

    Details (`levels` above 0) and the last value, the whole, start at zero. NaN draws nothing.

    >>> waterfall([3.0, 1.0, -1.0, 2.0], [0, 1, 0, 0])[1:]
    ['++++++++++', '                     ----------', '+++++++++++++++++++++']
    """
    spans, running = [], 0.0
    for at, (value, level) in enumerate(zip(values, levels, strict=True)):
        start = running if not level and at < len(values) - 1 else 0.0
        spans.append((start, start + (value if value == value else 0.0)))
        running = running if level else spans[-1][1]
    low, high = min(0.0, *map(min, spans)), max(0.0, *map(max, spans))
    scale = (STEPS - 1) / (high - low) if high > low else 0.0
    drawn = []
    for start, stop in spans:
        left, right = sorted((round((start - low) * scale), round((stop - low) * scale)))
        mark = "-" if stop < start else "+" if stop > start else "|"
        drawn.append(" " * left + mark * max(right - left, 1))
    return drawn
