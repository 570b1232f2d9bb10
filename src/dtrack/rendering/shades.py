"""How deep a cell of a heat table or a tile of a map is coloured: for the eye, beside its number.

Behind is orange and ahead is blue, which eyes that see no red or no green can tell apart; a deeper
shade is a larger gap. What nobody reported and what cannot be assessed has a pattern of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

_SHADED = ("met", "missed")
_PLAIN = ("open", "undetermined", "not_reported", "no_target")
SHADES = 3


def dress(tones: Sequence[str], gaps: Sequence[float | None]) -> list[str]:
    """Classes of cells: their tone, and for what is met or missed a shade from 1 to SHADES.

    The largest gap of them all has the deepest shade.

    >>> dress(["missed", "met", "open", ""], [-3.0, 0.0, None, None])
    ['heat missed d3', 'heat met d1', 'heat open', '']
    """
    known = [
        abs(gap)
        for tone, gap in zip(tones, gaps, strict=True)
        if tone in _SHADED and gap is not None and gap == gap
    ]
    largest = max(known, default=0.0)
    return [_of(tone, gap, largest) for tone, gap in zip(tones, gaps, strict=True)]


def _of(tone: str, gap: float | None, largest: float) -> str:
    if tone not in _SHADED:
        return f"heat {tone}" if tone in _PLAIN else ""
    share = abs(gap) / largest if gap is not None and gap == gap and largest else 0.0
    return f"heat {tone} d{1 + sum(share > step / SHADES for step in range(1, SHADES))}"
