"""How a figure that nobody published follows from figures that were."""

from __future__ import annotations

from typing import NamedTuple

from dtrack.core.message import Message


class Derivation(NamedTuple):
    """What one row of the actuals was made of.

    `parts`: rows of the actuals. `spread`: over how many units of its last digit rounding may
    spread it. `told`: the parts, in words. `of_parts`: it is a whole made of other areas' figures.
    """

    parts: tuple[int, ...]
    spread: float
    told: Message
    of_parts: bool = False
