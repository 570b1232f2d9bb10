"""Array types and columns of frames as arrays; NONE is the position of nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.core.wording import Meaning, Wording

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NONE = -1


_CODES = "_dtrack_codes"


def codes(frame: Any, column: str) -> Ints:
    """Return the positions of a categorical column as int64, not to be written into.

    Categories of a frame are never changed once it is made, and a report of examples/symposium asks
    84 times for 12 columns: they are kept beside the frame (not in its `attrs`, which go over to
    every frame that is made of it).
    """
    kept: dict[str, Ints] | None = frame.__dict__.get(_CODES)
    if kept is None:
        object.__setattr__(frame, _CODES, kept := {})
    if column not in kept:
        kept[column] = frame[column].cat.codes.to_numpy().astype(np.int64)
        kept[column].flags.writeable = False
    return kept[column]


def ints(frame: Any, column: str) -> Ints:
    """Return a column of whole numbers as int64."""
    numbers: Ints = frame[column].to_numpy().astype(np.int64)
    return numbers


def flags(frame: Any, column: str) -> Flags:
    """Return a column of flags as bool."""
    marked: Flags = frame[column].to_numpy(dtype=bool)
    return marked


def texts_at(frame: Any, column: str, rows: Ints) -> list[str]:
    """Return a text column at the rows, "" where the row is NONE."""
    if not len(frame):
        return [""] * len(rows)
    texts = frame[column]
    if texts.dtype != "category":
        found = np.append(texts.to_numpy(object), "")[rows]
    else:
        at = np.where(rows == NONE, NONE, texts.cat.codes.to_numpy()[rows])
        found = np.append(texts.cat.categories.to_numpy(dtype=object), "")[at]
    return list(map(str, found.tolist()))


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


def joint_key(parts: Sequence[Ints]) -> Ints:
    """Return one number for each row of several columns of numbers from 0 on."""
    key = np.zeros(len(parts[0]), np.int64)
    for part in parts:
        key = key * (int(part.max(initial=0)) + 1) + part
    return key


def look_up(keys: Ints, wanted: Ints) -> Ints:
    """Return the position of each wanted key among the ascending ones, NONE where it is absent."""
    if not len(keys):
        return np.full(len(wanted), NONE)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, NONE)


def dates(days: Ints) -> npt.NDArray[np.datetime64]:
    """Return days written as yyyymmdd as dates."""
    months = ((days // 10000 - 1970) * 12 + days // 100 % 100 - 1).astype("datetime64[M]")
    days_in = (days % 100 - 1).astype("timedelta64[D]")
    found: npt.NDArray[np.datetime64] = months.astype("datetime64[D]") + days_in
    return found


def days_between(first: Ints, second: Ints) -> Ints:
    """Count the days from the first day to the second, both as yyyymmdd."""
    return (dates(second) - dates(first)).astype(np.int64)


def present(rows: Ints) -> Flags:
    """Return where there is a row at all."""
    found: Flags = rows != NONE
    return found
