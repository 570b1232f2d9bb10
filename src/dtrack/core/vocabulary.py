"""Closed lists of words that files, columns and Python share; each value is the word on file."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """What sort of number an indicator is."""

    GROWTH, SHARE, FLOW, STOCK = "growth", "share", "flow", "stock"

    @property
    def in_points(self) -> bool:
        """Its differences are percentage points."""
        return self in (Kind.GROWTH, Kind.SHARE)

    @property
    def read_at_end(self) -> bool:
        """It is read at a date, the end of its period, and looks back to the newest figure."""
        return self in (Kind.SHARE, Kind.STOCK)


class Direction(StrEnum):
    """Which way is better."""

    UP, DOWN = "up", "down"


class PriceBasis(StrEnum):
    """The prices that an amount or a growth is told at."""

    CONSTANT, CURRENT = "constant", "current"


class ObsStatus(StrEnum):
    """What its publisher calls a figure."""

    EXPECTED, FLASH, FINAL = "expected", "flash", "final"
    REVISED, MISSING, ILLUSTRATIVE = "revised", "missing", "illustrative"


class Verdict(StrEnum):
    """The outcome of a cell; `code` is its position in arrays, NONE where there is nothing."""

    code: int

    NONE, MET, MISSED, UNDETERMINED = "", "met", "missed", "undetermined"
    OPEN, NOT_REPORTED, NO_TARGET = "open", "not_reported", "no_target"

    def __new__(cls, word: str) -> Self:
        """Make a verdict with its code."""
        verdict = str.__new__(cls, word)
        verdict._value_, verdict.code = word, len(cls.__members__)
        return verdict
