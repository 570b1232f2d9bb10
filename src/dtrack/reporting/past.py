"""What was reported before: the figures of some cells in the newest period and those before it.

A number is NaN where the figure is unknown or a bound, on another basis, faulty, or on another side
of a break than the newest: a line never joins two series.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.question import Query
from dtrack.analysis.year_before import a_point
from dtrack.core.arrays import Flags, Floats, Ints, texts_at
from dtrack.core.period import Period
from dtrack.core.years import HALF, YEAR
from dtrack.model.dataset import Dataset

PERIODS = 8  # halves or years of a line, the newest at its end


@dataclass(frozen=True, slots=True)
class Past:
    """The figures of some cells in the newest period and the ones before, judged at once.

    Arrays have a row by number of months back (`back`) and a column by cell. `known`: the figure is
    usable and of those very months (of a stock: read within them). `seasonal`: amounts and shares
    of months, which only the same months of another year are compared with. `side`: of the breaks.
    `first`, `last`: the months of the figure.
    """

    newest: Period
    area: Ints
    indicator: Ints
    back: tuple[int, ...]
    known: Flags
    usable: Flags
    growth: Flags
    seasonal: Flags
    side: Ints
    number: Floats
    first: Ints
    last: Ints
    texts: npt.NDArray[np.object_]

    @classmethod
    def of(
        cls, dataset: Dataset, question: Query, newest: Period, area: Ints, indicator: Ints
    ) -> Past:
        """The last PERIODS halves and years, or years, of each cell."""
        steps = {HALF, yearly_step(newest)} if newest.is_half else {yearly_step(newest)}
        back = tuple(sorted({YEAR, *(step * n for step in steps for n in range(PERIODS))}))
        periods, shape = [newest.shift(-months) for months in back], (len(back), len(area))
        which = np.repeat(np.arange(len(back)), len(area))
        tiled = (np.tile(positions, len(back)) for positions in (area, indicator))
        cells = Assessment(dataset, question, periods, which, *tiled)
        first, last = cells.actual_span
        exact: Flags = (first == cells.start) & (last == cells.end)
        fit, stock = usable(cells), cells.read_at_end & ~cells.share
        arrays: tuple[Any, ...] = (
            fit & np.where(stock, ~cells.is_stale, exact),
            fit,
            cells.growth,
            ~cells.growth & ~stock,
            cells.side_of(cells.actual),
            cells.number,
            first,
            last,
            np.array(texts_at(dataset.actuals, "value", cells.actual), object),
        )
        return cls(newest, area, indicator, back, *(array.reshape(shape) for array in arrays))

    def at(self, columns: Ints) -> Past:
        """Some of the cells."""
        names = ("known", "usable", "growth", "seasonal", "side", "number", "first", "last")
        chosen = {name: getattr(self, name)[:, columns] for name in (*names, "texts")}
        return replace(self, area=self.area[columns], indicator=self.indicator[columns], **chosen)

    def series(self, step: int) -> Series:
        """The last periods, `step` months apart and oldest first, all of one series.

        Levels and shares on another side of a break than the newest known one are left out
        (docs/design.md §4, like with like).
        """
        months = [step * n for n in reversed(range(PERIODS))]
        at = np.array([self.back.index(one) for one in months])
        known, side = self.known[at], self.side[at]
        newest_known = PERIODS - 1 - np.argmax(known[::-1], axis=0)
        known &= self.growth[at] | (side == side[newest_known, np.arange(side.shape[1])])
        return Series(
            tuple(str(self.newest.shift(-one)) for one in months),
            np.where(known, self.number[at], np.nan),
            np.where(known, self.texts[at], "").tolist(),
        )


def yearly_step(newest: Period) -> int:
    """Months between the same months of years, at least as many as the period has."""
    return YEAR * -(-newest.months // YEAR)


@dataclass(frozen=True, slots=True)
class Series:
    """Figures by period (oldest first) and cell: numbers with NaN, texts as published."""

    periods: tuple[str, ...]
    numbers: Floats
    texts: list[list[str]]


def usable(cells: Assessment) -> Flags:
    """The figure is one number, exact or around it, on the own basis, and nothing is wrong."""
    return a_point(cells, cells.actual) & ~cells.off_basis & ~cells.faulty
