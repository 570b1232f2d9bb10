"""Array types, and categorical columns of frames as positions; NONE is the position of nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.core.figure import Meaning, Wording

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NONE = -1


def codes(frame: Any, column: str) -> Ints:
    """Return the positions of a categorical column as int64."""
    positions: Ints = frame[column].cat.codes.to_numpy().astype(np.int64)
    return positions


def code_of(frame: Any, column: str, text: str) -> int:
    """Return the position of one text among the categories of a column, NONE where it is absent."""
    return int(frame[column].cat.categories.get_indexer([text])[0])


def says(frame: Any, column: str, text: str) -> Flags:
    """Return the rows of a categorical column that have the text."""
    found: Flags = codes(frame, column) == code_of(frame, column, text)
    return found


def worded(wording: Ints, test: Callable[[Meaning], bool]) -> Flags:
    """Return which wording codes have a meaning that passes the test; NONE never does."""
    return np.array([*(test(word.meaning) for word in Wording), False])[wording]


def present(rows: Ints) -> Flags:
    """Return where there is a row at all."""
    found: Flags = rows != NONE
    return found
