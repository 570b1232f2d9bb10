"""Bars of blocks beside the numbers of a table: gaps, and the steps of a waterfall.

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
    """The columns of a sheet, and a waterfall at their end if it has steps."""
    if not sheet.steps:
        return sheet.columns
    column = next(column for column in sheet.columns if column.key == sheet.steps)
    levels = sheet.columns[0].levels or [0] * sheet.size
    drawn = waterfall(column.values, levels)
    return *sheet.columns, Column("bar", "", drawn, gives_way=2, tones=column.tones)


def waterfall(values: Sequence[float], levels: Sequence[int]) -> list[str]:
    """Bars of STEPS letters on one scale, each begun where the one before ended.

    The details of a part (`levels` above 0) walk from its beginning to its end; the last value, the
    whole, starts at zero. NaN draws nothing.

    >>> waterfall([3.0, 2.0, 1.0, -1.0, 2.0], [0, 1, 1, 0, 0])[0].count("█")
    32
    >>> [bar.rstrip().count(" ") for bar in waterfall([3.0, 2.0, 1.0, -2.0, 1.0], [0, 1, 1, 0, 0])]
    [0, 0, 20, 9, 0]
    """
    spans = _spans(values, levels)
    low, high = min(0.0, *map(min, spans)), max(0.0, *map(max, spans))
    scale = 2 * STEPS / (high - low) if high > low else 0.0
    zero = min(round(-low * scale) // 2, STEPS - 1)
    ends = [sorted(round((end - low) * scale) for end in span) for span in spans]
    return [
        _step(left, right, zero, shows=start != stop)
        for (left, right), (start, stop) in zip(ends, spans, strict=True)
    ]


def _spans(values: Sequence[float], levels: Sequence[int]) -> list[tuple[float, float]]:
    """From where to where each step goes."""
    spans, running, inside = [], 0.0, 0.0
    for at, (value, level) in enumerate(zip(values, levels, strict=True)):
        size = value if value == value else 0.0
        start = inside if level else running if at < len(values) - 1 else 0.0
        spans.append((start, start + size))
        if level:
            inside += size
        else:
            inside, running = start, start + size
    return spans


def _step(left: int, right: int, zero: int, *, shows: bool) -> str:
    """One bar between two half letters; what `shows` is at least half a letter."""
    if shows and left == right:
        left, right = (left, left + 1) if left < 2 * STEPS else (left - 1, left)
    signs = []
    for letter in range(STEPS):
        first, second = (left <= half < right for half in (2 * letter, 2 * letter + 1))
        empty = _LINE if letter == zero else " "
        full = _FULL if second else _LEFT_HALF
        signs.append(full if first else _RIGHT_HALF if second else empty)
    return "".join(signs)
