"""Places of figures among others, as ranges where rounding or a tie leaves more than one."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.cells import AssessmentGrid
from dtrack.analysis.comparison import Interval
from dtrack.analysis.lost_rows import in_doubt
from dtrack.analysis.selection import break_side
from dtrack.core.arrays import Flags, Floats, Ints, worded


def rank_ranges(low: Floats, high: Floats, group: Ints) -> tuple[Ints, Ints]:
    """Best and worst rank of each interval within its group, 1 for the highest.

    Another figure is surely before when its low end reaches this one's high end, maybe before when
    its high end passes this one's low end. Source: docs/formulas.py §13.
    """
    best, worst = np.ones(len(low), np.int64), np.ones(len(low), np.int64)
    for number in np.unique(group):
        inside = np.flatnonzero(group == number)
        lows, highs = np.sort(low[inside]), np.sort(high[inside])
        surely = len(inside) - np.searchsorted(lows, high[inside], side="left")
        maybe = len(inside) - np.searchsorted(highs, low[inside], side="right")
        # a figure is not before itself
        best[inside] = 1 + surely - (low[inside] >= high[inside])
        worst[inside] = 1 + maybe - (high[inside] > low[inside])
    return best, worst


def rounded_ends(cells: AssessmentGrid, rows: Ints) -> tuple[Floats, Floats]:
    """The ends of the figures at the rows with their rounding, turned where lower is better.

    They lie on a grid fine enough that touching ends are equal floats. A bound has no rounding: it
    can widen a range of ranks and never claims a place.
    """
    actual = cells.actual[rows]
    number, upper = (cells.number_of(name, actual) for name in ("number", "upper"))
    decimals, wording = cells.count_of("decimals", actual), cells.of_actual("wording")[rows]
    figure = Interval.of(number, upper, wording, cells.down[rows])
    half = 0.5 * cells.dataset.spread[actual] * np.power(10.0, -decimals)
    half = np.where(figure.bound, 0.0, half)
    grid = np.power(10.0, np.clip(decimals + 1, 0, 12))
    return np.rint((figure.low - half) * grid) / grid, np.rint((figure.high + half) * grid) / grid


def can_be_ranked(cells: AssessmentGrid, doubtful: Flags) -> Flags:
    """Cells with a figure that takes a place: on the own basis, not expected, not in doubt."""
    number = np.where(cells.reported, cells.number_of("number", cells.actual), np.nan)
    return cells.reported & ~cells.expected & ~cells.off_basis & ~doubtful & ~np.isnan(number)


class Places:
    """Of some cells of districts their ranks among the districts with a figure of the same months.

    One value per cell asked for: `best` and `worst` (0: none), `of` how many are ranked, `silent`
    how many districts are not, `soft` where a figure among them is itself around a number.
    """

    def __init__(self, cells: AssessmentGrid, at: Ints) -> None:
        dataset = cells.dataset
        districts = np.flatnonzero(dataset.is_district)
        count = len(districts)
        width = len(dataset.indicators)
        boards, board = np.unique(
            cells.which[at] * width + cells.indicator[at], return_inverse=True
        )
        which, indicator = (np.repeat(part, count) for part in np.divmod(boards, width))
        area = np.tile(districts, len(boards))
        others = AssessmentGrid(dataset, cells.question, cells.periods, which, area, indicator)
        doubtful = in_doubt(others) & others.existing
        rows = np.flatnonzero(can_be_ranked(others, doubtful) & others.existing)
        group = self._groups(others, rows, count)
        best, worst = rank_ranges(*rounded_ends(others, rows), group)
        soft = worded(others.of_actual("wording")[rows], lambda m: m.soft)
        ranked = [
            best,
            worst,
            np.bincount(group)[group] if len(rows) else group,
            np.bincount(group, soft)[group] > 0 if len(rows) else soft,
        ]
        position = np.zeros(len(dataset.areas), np.int64)
        position[districts] = np.arange(count)
        own = board * count + position[cells.area[at]]
        found = [np.zeros(len(others.area), np.int64) for _part in ranked]
        for whole, part in zip(found, ranked, strict=True):
            whole[rows] = part
        torn = np.bincount(np.arange(len(doubtful)) // max(count, 1), doubtful, len(boards)) > 0
        none = torn[board] | ~dataset.is_district[cells.area[at]]
        self.torn = torn[board]
        self.best, self.worst, self.of = (
            np.where(none, 0, part[own]) if count else np.zeros(len(at), np.int64)
            for part in found[:3]
        )
        self.soft: Flags = found[3][own] > 0 if count else np.zeros(len(at), bool)
        of_board = np.arange(len(doubtful)) // max(count, 1)
        there = np.bincount(of_board, others.existing, len(boards)).astype(np.int64)
        self.silent = np.where(self.best > 0, there[board] - self.of, 0)

    def _groups(self, others: AssessmentGrid, rows: Ints, count: int) -> Ints:
        """Which figures are ranked together: of one board, of the same months, in one series."""
        day = others.count_of("published_day", others.actual)
        side = np.where(others.growth, 0, break_side(others.dataset, others.indicator, day))
        first, last = others.actual_span
        keys = np.stack([np.arange(len(others.area)) // max(count, 1), first, last, side])[:, rows]
        group: Ints = np.unique(keys, axis=1, return_inverse=True)[1].reshape(-1)
        return group
