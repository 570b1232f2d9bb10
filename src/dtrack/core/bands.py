"""Bands below a goal: how far a target may be missed and the light beside it stay amber."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_BAND = r"(?P<size>(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,6})?) ?(?P<unit>%|pp)"


class Band(NamedTuple):
    """A width: a per cent of the goal's absolute value, or (`in_points`) percentage points."""

    size: Decimal
    in_points: bool

    @staticmethod
    def parse(text: str) -> Band | None:
        """The band that the text tells; None for any other text.

        >>> Band.parse("10%"), Band.parse("0.5pp").in_points, Band.parse("10")
        (Band(size=Decimal('10'), in_points=False), True, None)
        """
        match = re.fullmatch(_BAND, text.strip())
        return Band(Decimal(match["size"]), match["unit"] == "pp") if match else None

    @property
    def decimals(self) -> int:
        """The digits after the point."""
        return max(-int(self.size.as_tuple().exponent), 0)

    @property
    def digits(self) -> int:
        """Its digits as a whole number."""
        return int(self.size.scaleb(self.decimals))
