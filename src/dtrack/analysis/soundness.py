"""What may be compared at all: nothing faulty, nor what stands on two sides of a break."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from dtrack.analysis.lost_rows import Lost, May, in_doubt
from dtrack.analysis.pace import PacedGrid
from dtrack.analysis.selection import break_side
from dtrack.core.arrays import Flags, Ints, flags, present


class SoundGrid(PacedGrid):
    """Cells of which it is known whether findings stand against figure or target."""

    @cached_property
    def across_break(self) -> Flags:
        """A level, share or stock on another side of a break than its target: never subtracted."""
        if not len(self.dataset.targets) or not len(self.dataset.actuals):
            return np.zeros(len(self.area), bool)
        set_day = self.dataset.targets["set_day"].to_numpy()[self.target].astype(np.int64)
        before = break_side(self.dataset, self.indicator, set_day)
        apart: Flags = before != self.side_of(self.actual)
        return self.has_target & self.reported & ~self.growth & apart & ~self.relative

    @cached_property
    def faulty(self) -> Flags:
        """A refuse finding stands against the figure or the target."""
        faulty: Flags = self.reported & self.flag_of("excluded", self.actual)
        if len(self.dataset.targets):
            faulty |= self.has_target & flags(self.dataset.targets, "excluded")[self.target]
        faulty |= self.year_in_doubt
        return faulty | ((self.has_target | self.reported) & self.may_be_lost)

    @cached_property
    def _lost(self) -> tuple[list[Lost], Ints]:
        may = May(self)
        return may.lost, may.find()

    @property
    def may_be_lost(self) -> Flags:
        """A row or target that could not be placed may be this cell's."""
        return present(self._lost[1])

    def lost_at(self, cell: int) -> Lost:
        """What the cell may have lost."""
        return self._lost[0][int(self._lost[1][cell])]

    @cached_property
    def in_doubt(self) -> Flags:
        """The figure is set aside, or a row that could not be placed may be it."""
        return in_doubt(self)
