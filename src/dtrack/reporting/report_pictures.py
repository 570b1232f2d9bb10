"""The pictures beside the tables of `report`, their past judged in one go."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.year_before import Levels
from dtrack.core.arrays import NONE, Ints
from dtrack.reporting.cells import AssessmentView
from dtrack.reporting.document import Chart

if TYPE_CHECKING:
    from dtrack.reporting.past import Past

MOST_AT_ONCE = 20_000  # cells whose past is judged in one go: twelve periods of each are held


class Pictures:
    """Bars against the targets, what the city's gap is made of, and the last periods.

    `shown`: every cell of the document; their past is judged in one go, unless they are so many
    that each table's is a thing of its own.
    """

    def __init__(self, board: AssessmentView, shown: Ints) -> None:
        self.board, self.shown = board, shown
        self.place = np.full(len(board.cells.area), NONE)
        self.place[shown] = np.arange(len(shown))
        self.past = self._past(shown) if len(shown) <= MOST_AT_ONCE else None

    def of_districts(self, rows: Ints) -> tuple[Chart, ...]:
        """The pictures of one indicator; only what there is."""
        from dtrack.analysis.decomposition import decompose_gap
        from dtrack.reporting.charts import bars, lines
        from dtrack.reporting.gap_identity import gap_chart

        cells, past = self.board.cells, self._of(rows)
        steps: tuple[Chart, ...] = ()
        if cells.growth[rows[0]] and not self.board.view.areas:
            part = decompose_gap(cells, int(cells.indicator[rows[0]]), self.levels)
            steps = () if np.isnan(part.rest) else (gap_chart(part, cells.periods[0]),)
        return (
            *bars(self.board, rows, past),
            *steps,
            *lines(self.board.dataset, past, of_areas=True),
        )

    def of_the_whole(self) -> tuple[Chart, ...]:
        """Where the areas lie that are behind."""
        from dtrack.reporting.tile_map import tile_map

        return tile_map(self.board, self.shown)

    def of_city(self, rows: Ints) -> tuple[Chart, ...]:
        """The last periods of the city's own figures."""
        from dtrack.reporting.charts import lines

        return lines(self.board.dataset, self._of(rows), of_areas=False)

    @cached_property
    def levels(self) -> Levels:
        """The levels of a year before, which weight districts."""
        from dtrack.analysis.decomposition import base_levels

        return base_levels(self.board.cells)

    def _of(self, rows: Ints) -> Past:
        return self._past(rows) if self.past is None else self.past.at(self.place[rows])

    def _past(self, rows: Ints) -> Past:
        from dtrack.reporting.past import Past

        cells = self.board.cells
        area, indicator = cells.area[rows], cells.indicator[rows]
        return Past.of(self.board.dataset, cells.question, cells.periods[0], area, indicator)
