"""Cells of which targets may follow other figures: what these are is only loaded where one does."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.cells import AssessmentGrid
from dtrack.core.arrays import Flags, Ints

if TYPE_CHECKING:
    from dtrack.analysis.references import References


class FollowingGrid(AssessmentGrid):
    """Cells of which targets may follow other figures."""

    def followed(self, rows: Ints) -> References | None:
        """What the relative targets among the rows are compared with; None without any."""
        return self._followed if rows is self.target else self._followed_at(rows)

    @cached_property
    def _followed(self) -> References | None:
        return self._followed_at(self.target)

    def followed_whole(self, rows: Ints) -> References | None:
        """As `followed`, over the whole period of each target."""
        return self._followed_at(rows, whole=True)

    def _followed_at(self, rows: Ints, *, whole: bool = False) -> References | None:
        where = self.is_relative(rows)
        if not where.any():
            return None
        from dtrack.analysis.references import References

        return References(self, rows, where, whole=whole)

    @cached_property
    def relative(self) -> Flags:
        """The target follows another figure, a base year or the rank."""
        return self._followed.where if self._followed else np.zeros(len(self.area), bool)

    @cached_property
    def like_for_like(self) -> Flags:
        """Its target follows a figure of the same months: it needs no pace."""
        like = self.relative.copy()
        if self._followed:
            like[self._followed.at[self._followed.is_base]] = False
        return like
