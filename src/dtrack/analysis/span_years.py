"""The figures of the years that a target over several years is of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dtrack.analysis.comparison import Interval
from dtrack.analysis.over import is_span, years_of
from dtrack.core.arrays import NONE, Flags, Floats, Ints, worded

# an Assessment, which is made with this module
Cells = Any


class Years:
    """The figures of the years of spans: arrays of a row per year and a column per cell.

    `there`: known by a number, in `number` (NaN elsewhere) and between `low` and `high`, with its
    rounding between `least` and `most`. `doubt`: a row that is set aside may be the year's.
    """

    def __init__(self, cells: Cells, until: int | None = None) -> None:
        spans = [years_of(p) if is_span(p) else [] for p in cells.periods]
        self.count = max(map(len, spans), default=0)
        self.cells = [
            cells.of_yearly_growth(
                [y[n] if n < len(y) else p for y, p in zip(spans, cells.periods, strict=True)]
            )
            for n in range(self.count)
        ]
        self.length = cells.of_period([len(years) for years in spans])
        self.end: Ints = self.of(lambda year: year.end)
        self.row: Ints = self.of(lambda year: year.actual)
        inside: Flags = np.arange(self.count)[:, None] < self.length
        inside &= self.end <= until if until is not None else True
        number = self.of(lambda year: year.number)
        usable = self.of(lambda year: year.reported & ~year.off_basis)
        usable &= self.of(lambda year: year.actual_span[1]) == self.end
        self.there: Flags = inside & usable & ~np.isnan(number)
        self.doubt: Flags = inside & self.of(lambda year: year.in_doubt)
        self.expected: Flags = self.there & self.of(lambda year: year.expected)
        self.number: Floats = np.where(self.there, number, np.nan)
        self.upper: Floats = np.where(self.there, self.of(lambda year: year.upper), np.nan)
        self.wording: Ints = np.where(self.there, self.of(lambda year: year.wording), NONE)
        self.decimals: Ints = self.of(lambda year: year.decimals)
        self.side: Ints = self.of(lambda year: year.side_of(year.actual))
        plain = Interval.of(self.number, self.upper, self.wording, np.zeros_like(self.there))
        half = np.where(plain.bound, 0.0, self.of(lambda year: year.half_unit))
        self.low, self.high = plain.low, plain.high
        self.least, self.most = plain.low - half, plain.high + half

    def of(self, what: Callable[[Cells], Any]) -> Any:
        """One array of every year, the first on top."""
        return np.stack([what(year) for year in self.cells])

    def any_is(self, test: Callable[[Any], bool]) -> Flags:
        """Cells with a year so worded."""
        found: Flags = np.any(worded(self.wording, test), axis=0)
        return found
