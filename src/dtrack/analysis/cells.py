"""Which figure and which target every cell of a query is judged by.

A cell is (period asked for, area, indicator). All cells are arrays, so that fifty thousand take the
same few dozen vectorised steps as fifty. The rules are "Which target" and "Which actual" of
docs/design.md §4.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.over import is_span
from dtrack.analysis.question import Query
from dtrack.analysis.selection import TargetIndex, VintageIndex, known_rows, stand_ins
from dtrack.core.arrays import NONE, Flags, Floats, Ints, code_of, codes, flags, present
from dtrack.core.period import Period
from dtrack.core.vocabulary import Kind, ObsStatus, Over
from dtrack.core.wording import Wording
from dtrack.model.dataset import Dataset


class AssessmentGrid:
    """The cells of one query: per fact an array of one value per cell, computed when asked for.

    `which` gives for each cell the position of its period in `periods`; `area` and `indicator` are
    positions in the dataset.
    """

    def __init__(
        self,
        dataset: Dataset,
        question: Query,
        periods: Sequence[Period],
        which: Ints,
        area: Ints,
        indicator: Ints,
    ) -> None:
        self.dataset, self.question, self.periods = dataset, question, tuple(periods)
        self.which, self.area, self.indicator = which, area, indicator
        self.read_at_end = dataset.read_at_end[indicator]
        self.growth = dataset.is_growth[indicator]
        self.in_points, self.flow, self.share, self.down = (
            dataset.which_indicators(test)[indicator]
            for test in (
                lambda item: item.kind.in_points,
                lambda item: item.kind == Kind.FLOW,
                lambda item: item.kind == Kind.SHARE,
                lambda item: item.lower_is_better,
            )
        )
        self.start = self.of_period([period.start for period in periods])
        self.end = self.of_period([period.end for period in periods])

    def of_period(self, values: Sequence[int]) -> Ints:
        """One number per period asked for, spread over the cells."""
        return np.array(values or [0], np.int64)[self.which]

    def position(self, periods: Sequence[Period | None]) -> Ints:
        """The positions of one period per period asked for, spread over the cells, or NONE."""
        index = self.dataset.period_position
        return self.of_period([index.get(period, NONE) if period else NONE for period in periods])

    def number_of(self, column: str, rows: Ints) -> Floats:
        """A number column of the actuals at the rows; the value at NONE means nothing."""
        return self._values(column, rows).astype(np.float64)

    def count_of(self, column: str, rows: Ints) -> Ints:
        """A whole-number column of the actuals at the rows; the value at NONE means nothing."""
        return self._values(column, rows).astype(np.int64)

    def flag_of(self, column: str, rows: Ints) -> Flags:
        """A flag column of the actuals at the rows; the value at NONE means nothing."""
        return self._values(column, rows).astype(np.bool_)

    def _values(self, column: str, rows: Ints) -> npt.NDArray[Any]:
        values = self.dataset.actuals[column].to_numpy()
        return values[rows] if len(values) else np.zeros(len(rows), values.dtype)

    @cached_property
    def known(self) -> Flags:
        """Which rows of the actuals may be used at all: known by the as-of day."""
        return known_rows(self.dataset, self.question.as_of)

    @cached_property
    def relevant(self) -> Flags:
        """Which rows are of a period that can enter.

        Shares and stocks look back to any; of the rest only the period asked for and its stand-ins
        count.
        """
        wanted = {period for asked in self.periods for period in (asked, *stand_ins(asked))}
        near = self.dataset.which_periods(wanted.__contains__)
        ends, back = self.dataset.period_ends, self.dataset.read_at_end
        last = max((period.end for period in self.periods), default=0)
        period = codes(self.dataset.actuals, "period")
        indicator = codes(self.dataset.actuals, "indicator")
        return near[period] | (back[indicator] & (ends[period] <= last))

    @cached_property
    def own_figures(self) -> VintageIndex:
        """The newest figures on the indicators' own basis, of the periods that can enter."""
        own = flags(self.dataset.actuals, "on_reference_basis")
        return VintageIndex(self.dataset, np.flatnonzero(self.known & self.relevant & own))

    @cached_property
    def other_figures(self) -> VintageIndex:
        """The newest figures on another price basis or of another scope: shown, never judged."""
        own = flags(self.dataset.actuals, "on_reference_basis")
        return VintageIndex(self.dataset, np.flatnonzero(self.known & self.relevant & ~own))

    def _pick(self, figures: VintageIndex) -> tuple[Ints, Flags]:
        """Row of each cell's figure in the index, and where the exact one is declared missing."""
        row, missing = figures.find(self.area, self.indicator, self.position(self.periods))
        for step in (0, 1):
            stand_in = self.position(
                [stand_ins(period)[step] if period.is_half else None for period in self.periods]
            )
            found, _ = figures.find(self.area, self.indicator, stand_in)
            row = np.where((row == NONE) & ~self.read_at_end, found, row)
        latest = figures.latest(self.area, self.indicator, self.end)
        back = (row == NONE) & self.read_at_end & self.existing
        return np.where(back, latest, row), missing

    @cached_property
    def _picked(self) -> tuple[Ints, Flags, Flags, Ints]:
        own, missing = self._pick(self.own_figures)
        other, _ = self._pick(self.other_figures)
        actual = np.where(present(own), own, other)
        return actual, ~present(own) & present(other), missing, np.where(present(own), other, NONE)

    @property
    def actual(self) -> Ints:
        """Row of the figure that the cell is judged by."""
        return self._picked[0]

    @property
    def off_basis(self) -> Flags:
        """The figure is on another price basis or of another scope."""
        return self._picked[1]

    @property
    def beside(self) -> Ints:
        """Row of a figure on another basis beside the one that the cell is judged by."""
        return self._picked[3]

    @property
    def declared_missing(self) -> Flags:
        """The newest edition of the period's own figure says that it is missing."""
        return self._picked[2]

    @cached_property
    def last_day(self) -> Ints:
        """The last day of the period asked for, as yyyymmdd."""
        return self.of_period([period.last_day for period in self.periods])

    @cached_property
    def existing(self) -> Flags:
        """The area existed on the last day of the period asked for."""
        return self.dataset.existing(self.last_day, self.area)

    @cached_property
    def of_district(self) -> Flags:
        """The area was a district on the last day of the period asked for."""
        return self.dataset.is_district[self.area] & self.existing

    @cached_property
    def reported(self) -> Flags:
        """There is a figure."""
        return present(self.actual)

    @cached_property
    def actual_span(self) -> tuple[Ints, Ints]:
        """First and last month of the figure's period."""
        period = self.of_actual("period")
        return self.dataset.period_starts[period], self.dataset.period_ends[period]

    @cached_property
    def of_the_period(self) -> Flags:
        """The figure spans just the months asked for."""
        first, last = self.actual_span
        found: Flags = (first == self.start) & (last == self.end)
        return found

    @cached_property
    def is_partial_period(self) -> Flags:
        """A figure of the half's first four or five months stands in for the half."""
        return self.reported & ~self.read_at_end & (self.actual_span[1] < self.end)

    @cached_property
    def is_stale(self) -> Flags:
        """A share or stock figure that ended before the period asked for began."""
        return self.reported & self.read_at_end & (self.actual_span[1] < self.start)

    @cached_property
    def expected(self) -> Flags:
        """The publisher only expects the figure."""
        expected = code_of(self.dataset.actuals, "status", ObsStatus.EXPECTED)
        found: Flags = self.of_actual("status") == expected
        return self.reported & found

    @cached_property
    def derived(self) -> Flags:
        """Nobody published the figure: it follows from others."""
        found: Flags = self.of_actual("status") == code_of(
            self.dataset.actuals, "status", ObsStatus.DERIVED
        )
        return self.reported & found

    def of_actual(self, column: str) -> Ints:
        """Positions of the figures in a categorical column; of no meaning where there is none."""
        frame = self.dataset.actuals
        return codes(frame, column)[self.actual] if len(frame) else self.actual

    @cached_property
    def all_targets(self) -> TargetIndex:
        """The targets known by the as-of day."""
        return TargetIndex(self.dataset, self.question.as_of, spread=True)

    def find_targets(self, targets: TargetIndex) -> Ints:
        """The group of targets that judge each cell: of its very period, else as follows.

        Of what is read at a date the target that falls due then, the shortest, or next; of growth
        and flow the year's that the period begins.
        """
        own = targets.find(self.area, self.indicator, self.position(self.periods))
        years = self.position([period.year_begun for period in self.periods])
        of_year = targets.find(self.area, self.indicator, years)
        due = targets.next_due(self.area, self.indicator, self.end)
        return np.where(present(own), own, np.where(self.read_at_end, due, of_year))

    @cached_property
    def _target_rows(self) -> tuple[Ints, Ints]:
        day = self.of_period([period.last_day for period in self.periods])
        group = np.where(self.existing, self.find_targets(self.all_targets), NONE)
        return self.all_targets.in_force(group, day)

    @property
    def target(self) -> Ints:
        """Row of the target in force on the last day of the period asked for."""
        return self._target_rows[0]

    @property
    def later_target(self) -> Ints:
        """Row of the newest target set after that one, where there is one."""
        return self._target_rows[1]

    @cached_property
    def has_target(self) -> Flags:
        """There is a target."""
        return present(self.target)

    def is_relative(self, rows: Ints) -> Flags:
        """Which rows of the targets follow another figure."""
        frame = self.dataset.targets
        relative = np.append(codes(frame, "wording") == Wording.RELATIVE.code, False)
        found: Flags = relative[rows]
        return found

    @cached_property
    def target_period(self) -> Ints:
        """Position of the period that the target is for; of each year, that year."""
        frame = self.dataset.targets
        if not len(frame):
            return self.target
        of_year = self.position([period.whole_year for period in self.periods])
        return np.where(self.by_each_year, of_year, codes(frame, "period")[self.target])

    @cached_property
    def by_each_year(self) -> Flags:
        """A year, or a part of it, judged by what is promised of each year of a span."""
        over = np.append(self.all_targets.over, Over.NONE.code)[self.target]
        found: Flags = (over == Over.EACH.code) & ~self.of_period(
            [is_span(p) for p in self.periods]
        ).astype(bool)
        return found

    @cached_property
    def target_is_own(self) -> Flags:
        """The target is for the very period asked for."""
        own: Flags = self.target_period == self.position(self.periods)
        return self.has_target & own

    @cached_property
    def target_end(self) -> Ints:
        """Last month of the target's period: the deadline."""
        return self.dataset.period_ends[self.target_period]
