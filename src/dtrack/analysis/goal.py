"""What figures are compared with, as targets say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dtrack.core.arrays import Flags, Floats, Ints, codes, present, worded
from dtrack.core.vocabulary import Direction

if TYPE_CHECKING:
    import pandas as pd


class Goal(NamedTuple):
    """What figures are compared with (NaN: nothing), one value per cell.

    `needs_more`: reaching it is not enough.
    """

    value: Floats
    decimals: Ints
    needs_more: Flags

    def at(self, rows: Ints) -> Goal:
        """Return the goals at the positions."""
        return Goal(self.value[rows], self.decimals[rows], self.needs_more[rows])


def goals_of(targets: pd.DataFrame, rows: Ints, down: Flags, of: str = "") -> Goal:
    """Return the goals of target rows; of a range the easier end counts, at NONE there is none.

    `of`: "aim_" where their aims are meant.
    """
    if not len(targets):
        size = len(rows)
        return Goal(np.full(size, np.nan), np.zeros(size, np.int64), np.zeros(size, bool))
    number, upper, decimals = (
        targets[f"{of}{name}"].to_numpy()[rows] for name in ("number", "upper", "decimals")
    )
    goal = np.where(present(rows), np.where(down, upper, number), np.nan)
    wording = codes(targets, f"{of}wording")[rows]
    more = np.where(
        down,
        worded(wording, lambda m: m.needs_more(Direction.DOWN)),
        worded(wording, lambda m: m.needs_more(Direction.UP)),
    )
    return Goal(goal, decimals.astype(np.int64), more)
