"""Who is below target, over the districts of one indicator and over all of them.

What the headline, the scorecard and the sentences under a table tell alike stands here: who is
counted, in which order, and how far from its target each is.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from dtrack.analysis.comparison import fixed, signed
from dtrack.analysis.percentages import percent_of_goal
from dtrack.core.arrays import Flags, Floats, Ints
from dtrack.core.translate import _, numeral
from dtrack.core.vocabulary import Verdict
from dtrack.i18n.terms import behind_number
from dtrack.reporting.cells import AssessmentView

WHOLE = 100
DUE = (Verdict.MET, Verdict.MISSED, Verdict.NOT_REPORTED)  # what a share of misses is taken of
JUDGED = (Verdict.MET, Verdict.MISSED, Verdict.OPEN, Verdict.UNDETERMINED)


class Standings:
    """The cells with a target, of the areas and indicators asked for."""

    def __init__(self, board: AssessmentView) -> None:
        self.board, self.cells = board, board.cells
        self.promised: Flags = board.chosen() & board.cells.has_target

    @cached_property
    def of_districts(self) -> Flags:
        """Those of districts, which alone are counted."""
        found: Flags = self.promised & self.cells.of_district
        return found

    def are(self, *verdicts: Verdict) -> Flags:
        """Those with one of the verdicts."""
        return self.promised & np.isin(self.cells.verdict[0], [one.code for one in verdicts])

    @cached_property
    def cell_of(self) -> dict[tuple[int, int], int]:
        """The cell of each area and indicator that has a target."""
        rows = np.flatnonzero(self.promised)
        pairs = zip(
            self.cells.area[rows].tolist(), self.cells.indicator[rows].tolist(), strict=True
        )
        return dict(zip(pairs, rows.tolist(), strict=True))

    def _by_area(self, of: Flags) -> Ints:
        """How many cells each area has, of the indicators that a district has a target for."""
        of = of & np.isin(self.cells.indicator, self.indicators)
        found: Ints = np.bincount(self.cells.area[of], minlength=len(self.board.dataset.areas))
        return found

    @cached_property
    def counts(self) -> Ints:
        """How many targets each district has; 0 of areas that are not counted."""
        return self._by_area(self.of_districts)

    @cached_property
    def missed(self) -> Ints:
        """How many targets each area misses."""
        return self._by_area(self.are(Verdict.MISSED))

    @cached_property
    def due(self) -> Ints:
        """How many of its targets are met, missed or not reported."""
        return self._by_area(self.are(*DUE))

    @cached_property
    def silent(self) -> Ints:
        """How many of its targets have no figure."""
        return self._by_area(self.are(Verdict.NOT_REPORTED))

    @cached_property
    def worst(self) -> Floats:
        """The least gap in points of each area, 0 where it has none."""
        rows = np.flatnonzero(self.promised & self.cells.in_points & ~np.isnan(self.cells.gap))
        least = np.full(len(self.board.dataset.areas), np.inf)
        np.minimum.at(least, self.cells.area[rows], self.cells.gap[rows])
        return np.where(np.isinf(least), 0.0, least)

    @cached_property
    def indicators(self) -> list[int]:
        """The indicators that a district has a target for, in the order of the file."""
        found: list[int] = np.unique(self.cells.indicator[self.of_districts]).tolist()
        return found

    def of(self, indicator: int, *verdicts: Verdict) -> Ints:
        """The districts of one indicator with one of the verdicts, the furthest behind first.

        Amounts and counts stand by per cent of what they are compared with: the gap of the largest
        district is not always the worst.
        """
        rows = np.flatnonzero(
            self.of_districts & self.are(*verdicts) & (self.cells.indicator == indicator)
        )
        return self.worst_first(rows)

    def worst_first(self, rows: Ints) -> Ints:
        """Cells by how far behind they are, those of which that is not known last."""
        by = self.board.distance(rows)[rows]
        return rows[np.lexsort((rows, self.cells.gap[rows], by, np.isnan(by)))]

    @cached_property
    def _percent(self) -> Floats:
        return percent_of_goal(self.cells)

    def by_percent(self, cell: int) -> bool:
        """It is told in per cent of what it is compared with."""
        return not np.isnan(self._percent[cell])

    def percent(self, cell: int, decimals: int = 1) -> str:
        """The figure in per cent of its goal; what is not all of it never reads as 100."""
        exact = float(self._percent[cell])
        told = fixed(exact, decimals)
        if exact != WHOLE and float(told) == WHOLE:
            told = f"{'<' if exact < WHOLE else '>'}{WHOLE}"
        return _("{number}%", number=numeral(told))

    def gap(self, cell: int) -> str:
        """The gap with its sign, "" where there is none."""
        gap = self.cells.gap[cell]
        if np.isnan(gap):
            return ""
        return numeral(signed(gap, self.board.decimals["gap"][cell]))

    def is_above(self, cell: int) -> bool:
        """A figure in points that lies above what it may be at most."""
        limited = self.cells.down[cell] and not self.cells.corridor[cell]
        return bool(limited and self.cells.gap[cell] < 0 and not self.by_percent(cell))

    def over(self, cell: int, *, unit: bool = False) -> str:
        """How far it lies above that, without a sign."""
        far = numeral(fixed(-self.cells.gap[cell], self.board.decimals["gap"][cell]))
        word = behind_number(self.board.indicator(cell).gap_unit)
        return _("{number} {unit}", number=far, unit=word) if unit else far

    def gap_with_unit(self, cell: int) -> str:
        """The gap with its sign and its unit."""
        unit = behind_number(self.board.indicator(cell).gap_unit)
        return _("{number} {unit}", number=self.gap(cell), unit=unit)

    def distance(self, cell: int, *, unit: bool = True) -> str:
        """How far a figure is from its target; `unit`: with its unit, or what the % is of."""
        if not self.by_percent(cell):
            return self.gap_with_unit(cell) if unit else self.gap(cell)
        percent = self.percent(cell)
        if not unit:
            return percent
        if self.board.goal_apart[cell]:
            return _("{percent} of the target to date", percent=percent)
        return _("{percent} of the target", percent=percent)
