"""Closed lists of words that files, columns and Python share; each value is the word on file."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from dtrack.core.translate import N_


class Kind(StrEnum):
    """What sort of number an indicator is, with all that follows from it; its word is a message.

    `in_points`: its differences are percentage points. `read_at_end`: it is read at a date, the end
    of its period, and looks back to the newest figure. `least_deviation`: points (of levels: per
    cent of change) from the median of the areas; what is nearer is no outlier.
    """

    in_points: bool
    read_at_end: bool
    least_deviation: float

    GROWTH = N_("growth"), True, False, 2.0
    SHARE = N_("share"), True, True, 2.0
    FLOW = N_("flow"), False, False, 10.0
    STOCK = N_("stock"), False, True, 10.0

    def __new__(cls, word: str, *properties: Any) -> Self:
        """Make a kind; without one of its properties it cannot be made."""
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.in_points, kind.read_at_end, kind.least_deviation = properties
        return kind


class Direction(StrEnum):
    """Which way is better; WITHIN: neither, both ends of a target count."""

    UP, DOWN, WITHIN = "up", "down", "within"


class TargetClass(StrEnum):
    """How a plan holds to a target: it binds who has it (约束性), or is expected (预期性)."""

    BINDING, EXPECTED = "binding", "expected"


class Light(StrEnum):
    """The light beside a verdict: met, missed by no more than the band, by more; NONE: untold."""

    NONE, GREEN, AMBER, RED = "", "green", "amber", "red"


class Over(StrEnum):
    """What a target over several years is a number of; `code` is its position in arrays.

    `kinds`: the kinds of indicators that it may be said of. NONE is said of a
    target of one year, or of a part of it.
    """

    code: int
    kinds: tuple[Kind, ...]

    NONE = ""
    SUM = "sum", (Kind.FLOW,)
    WHOLE = "whole", (Kind.GROWTH,)
    AVERAGE = "average", tuple(Kind)
    EACH = "each", tuple(Kind)
    END = "end", tuple(Kind)

    def __new__(cls, word: str, kinds: tuple[Kind, ...] = ()) -> Self:
        """Make a row of the list."""
        over = str.__new__(cls, word)
        over._value_, over.code, over.kinds = word, len(cls.__members__), kinds
        return over

    @staticmethod
    def of(kind: Kind) -> Over:
        """What a target over years is of where it does not say so: sum, average or end."""
        return {Kind.FLOW: Over.SUM, Kind.GROWTH: Over.AVERAGE}.get(kind, Over.END)


class PriceBasis(StrEnum):
    """The prices that an amount or a growth is told at."""

    CONSTANT, CURRENT = "constant", "current"


class Pace(StrEnum):
    """What part of a year's amount is due before the year ends: last year's, or the calendar's."""

    LAST_YEAR, CALENDAR = "last-year", "calendar"


class ObsStatus(StrEnum):
    """What its publisher calls a figure; DERIVED: nobody published it, it follows from others."""

    EXPECTED, FLASH, FINAL = "expected", "flash", "final"
    REVISED, MISSING, ILLUSTRATIVE = "revised", "missing", "illustrative"
    DERIVED = "derived"


# what a file may say of a figure
PUBLISHED = tuple(status for status in ObsStatus if status != ObsStatus.DERIVED)


class Aggregate(StrEnum):
    """How a whole is made of all its parts where nobody published it."""

    SUM, WEIGHTED = "sum", "weighted"


class Caveat(StrEnum):
    """Why a verdict is not sure.

    ROUNDING: half a unit of the last published digit could turn it. APPROXIMATE: the figure itself
    is “around” a number. PROVISIONAL: the kind of the figure or of the comparison could turn it: a
    part, an older or expected figure, a share of the year's target, a day before the deadline.
    """

    NONE, ROUNDING, APPROXIMATE, PROVISIONAL = "", "rounding", "approximate", "provisional"


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
