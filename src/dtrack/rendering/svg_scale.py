"""Scales, ticks and widths of the pictures of a page: where a value stands, how long a text is.

The one place besides bars of characters where a writer divides: what is drawn is drawn for the eye.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor, log10

from dtrack.core.translate import grouped
from dtrack.reporting.document import minus

FONT = 12.5  # the one size of letters, in the units of a picture
HIGH = 15  # of a line of text
NARROW, WIDE = 0.58 * FONT, 1.02 * FONT  # about the width of a Latin and of a Chinese character
_DIGIT = 12  # how far apart numbers above one another are
_STEPS = (1, 2, 5)
_BLANK = "  "  # as wide as the room between two labels


class Scale:
    """From values to places between `left` and `right`, or between foot and top.

    Zero is on the scale unless it is told not to be.
    """

    def __init__(
        self,
        values: Iterable[float | None],
        left: float,
        right: float,
        *,
        zero: bool = True,
    ) -> None:
        known = [value for value in values if value is not None] + [0.0] * zero
        self.low, self.high = min(known, default=0.0), max(known, default=0.0)
        self.left, self.right = left, right
        span = self.high - self.low
        self.by = (right - left) / span if span > 0 else 0.0

    def at(self, value: float) -> float:
        """The place of a value; where all are alike, the middle."""
        if not self.by and self.low:
            return (self.left + self.right) / 2
        return self.left + (value - self.low) * self.by

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """At most so many round values on the scale, and what they are called."""
        return round_values(self.low, self.high, most)

    def ticks_upward(self, most: int) -> list[tuple[float, str]]:
        """At most so many round values, as far apart as their digits are high."""
        return next(
            (
                found
                for at_most in range(most, 1, -1)
                if len(found := self.ticks(at_most)) < 2
                or abs(self.at(found[1][0]) - self.at(found[0][0])) >= _DIGIT
            ),
            self.ticks(2),
        )

    def ticks_across(self) -> list[tuple[float, str]]:
        """As many round values as their labels have room for side by side."""
        found: list[tuple[float, str]] = []
        for most in range(2, 8):
            more = self.ticks(most)
            room = abs(self.right - self.left) / max(len(more) - 1, 1)
            if max((length(told + _BLANK) for _, told in more), default=0.0) <= room:
                found = more
        return found or self.ticks(2)


def round_values(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Round values from low to high, at most so many, as people read them.

    >>> round_values(0.0, 12.2, 4)
    [(0.0, '0'), (5.0, '5'), (10.0, '10')]
    >>> round_values(-0.3, 0.1, 5)
    [(-0.3, '−0.3'), (-0.2, '−0.2'), (-0.1, '−0.1'), (0.0, '0.0'), (0.1, '0.1')]
    """
    if high <= low:
        return [(low, _called(low, 0 if low == round(low) else 1))]
    power = floor(log10((high - low) / most))
    while True:
        for step in _STEPS:
            unit = step * 10.0**power
            near = 1e-9 * unit  # what binary fractions miss
            first, last = ceil((low - near) / unit), floor((high + near) / unit)
            if last - first + 1 <= most:
                decimals = max(0, -power)
                found = [round(at * unit, decimals) + 0.0 for at in range(first, last + 1)]
                return [(value, _called(value, decimals)) for value in found]
        power += 1


def _called(value: float, decimals: int) -> str:
    return minus(grouped(f"{value:,.{decimals}f}"))


def length(text: str) -> float:
    """About how long a text is, in units of a picture."""
    return sum(WIDE if ord(letter) > 0x2E7F else NARROW for letter in text)


def folded(text: str, most: float, lines: int = 5) -> list[str]:
    """A text in lines of at most that length: between words, else within one.

    Only what needs more than so many lines, as no name does, loses its end.

    >>> folded("Beijing Economic Area", 60.0)
    ['Beijing', 'Economic', 'Area']
    """
    made, rest = [""], _pieces(text, most)
    for piece in rest:
        if made[-1] and length((made[-1] + piece).rstrip()) > most:
            made.append("")
        made[-1] += piece if made[-1] else piece.lstrip()
    made = [line.rstrip() for line in made]
    return made if len(made) <= lines else [*made[: lines - 1], made[lines - 1].rstrip() + "…"]


def _pieces(text: str, most: float) -> Sequence[str]:
    """What a line may end behind: words, Chinese characters, parts of what is too long."""
    found, piece = list[str](), ""
    for letter in text:
        piece += letter
        if letter in " /" or ord(letter) > 0x2E7F or length(piece + letter) > most:
            found.append(piece)
            piece = ""
    return [*found, piece]
