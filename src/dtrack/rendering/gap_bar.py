"""A column of gaps → a bar beside each, for a terminal with room.

To the left of the line behind, to the right ahead.

In come the exact gaps and a width in letters, out go texts of that width. A bar is a drawing beside
its number and never instead of it: the longest gap of a table fills its side, and whatever is not
zero shows.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST, MOST = 9, 25  # letters: less shows nothing, more shows no more
_LINE, _FULL, _RIGHT_HALF, _LEFT_HALF = "│", "█", "▐", "▌"


def bars(gaps: Sequence[float | None], width: int) -> list[str] | None:
    """A text of `width` letters for each gap, "" for an unknown one.

    None where there is nothing to compare.

    >>> bars([-2.0, 1.0, 0.0, None], 9)
    ['████│    ', '    │██  ', '    │    ', '']
    """
    known = [gap for gap in gaps if gap is not None and gap == gap]
    largest = max(map(abs, known), default=0.0)
    if width < LEAST or len(known) < 2 or not largest:
        return None
    behind, ahead = _sides(min(known) < 0, max(known) > 0, width - 1)
    return ["" if gap is None or gap != gap else _bar(gap, largest, behind, ahead) for gap in gaps]


def _sides(any_behind: bool, any_ahead: bool, room: int) -> tuple[int, int]:
    """The letters to the left and to the right of the line.

    All to one side where the other has no bar.
    """
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
