"""What part of a year's target is due before the year ends: last year's share, or the calendar's.

Source of the rules: docs/design.md §4 (pace), docs/method.md.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from dtrack.analysis.figure_grid import FigureGrid
from dtrack.analysis.year_before import usual_share
from dtrack.core.arrays import Flags, Floats, Ints
from dtrack.core.vocabulary import Pace
from dtrack.core.years import YEAR


class PacedGrid(FigureGrid):
    """Cells of which amounts in the course of a year have a pace."""

    @cached_property
    def prorated(self) -> Flags:
        """A flow over part of a year against the year's target."""
        return self.flow & self.has_target & ~self.target_is_own & ~self.like_for_like

    @cached_property
    def usual_share(self) -> Floats:
        """Last year's share of the same months in the year; NaN if unknown."""
        return self._usual_share[0]

    @cached_property
    def by_calendar(self) -> Flags:
        """An amount of which the indicator's own rule is that the months decide what is due."""
        by_rule = self.dataset.which_indicators(lambda item: item.pace == Pace.CALENDAR)
        return self.prorated & by_rule[self.indicator]

    @cached_property
    def months_of_year(self) -> Floats:
        """The part of a year that the months asked for are: the calendar's share."""
        return self.of_period([period.months for period in self.periods]) / YEAR

    @cached_property
    def due_share(self) -> Floats:
        """The part of the year's target that is due: last year's, or by rule the calendar's.

        NaN if unknown.
        """
        return np.where(self.by_calendar, self.months_of_year, self.usual_share)

    @cached_property
    def _usual_share(self) -> tuple[Floats, Ints]:
        if not self.prorated.any():
            return np.full(len(self.area), np.nan), np.zeros(len(self.area), np.int64)
        share, decimals = usual_share(self, self.indicator)
        return np.where(self.prorated, share, np.nan), decimals
