"""What relative targets are compared with: the figure that each follows, as an interval.

It is of the months of the cell's own figure (or of the year before, or a base year), the newest
edition known, on the indicator's own basis and on the same side of every break. Where it is a bound
or a range, both of its ends count; so does its rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from dtrack.analysis.cells import AssessmentGrid
from dtrack.analysis.comparison import half_up, rounded
from dtrack.analysis.goal import Goal
from dtrack.analysis.lost_rows import in_doubt
from dtrack.analysis.ranks import Places
from dtrack.analysis.selection import break_side
from dtrack.core.arrays import NONE, Flags, Floats, Ints, codes, present, worded
from dtrack.core.period import Period
from dtrack.core.relation import (
    CITY,
    LAST_YEAR,
    REFERENCE,
    Relation,
    relation_of,
)
from dtrack.core.vocabulary import Direction

# why there is nothing to compare with
FOUND, ABSENT, DOUBTFUL, OTHER_BASIS, BROKEN, NO_LEVEL, TOO_EARLY = range(7)


class References:
    """The relative targets among the rows of some cells, and what each is compared with.

    `at`: the positions of their cells; all else has one value for each of them. `whole`: of the
    whole period of the target, not of the months of the cell's own figure.
    """

    def __init__(
        self, cells: AssessmentGrid, rows: Ints, where: Flags, *, whole: bool = False
    ) -> None:
        self.cells, self.dataset, self.rows, self.where = cells, cells.dataset, rows, where
        self.whole = whole
        self.at = np.flatnonzero(where)
        texts = cells.dataset.targets["value"].cat
        said, place = np.unique(texts.codes.to_numpy()[rows[self.at]], return_inverse=True)
        self.said = [
            relation
            for code in said.tolist()
            if (relation := relation_of(str(texts.categories[code])))
        ]
        self.place = place.astype(np.int64)

    def each(self, of: Callable[[Relation], Any]) -> Any:
        """What each cell's relation has."""
        return np.array([of(relation) for relation in self.said])[self.place]

    @cached_property
    def is_base(self) -> Flags:
        """The change from a base year."""
        found: Flags = self.each(lambda relation: relation.is_base)
        return found

    @cached_property
    def is_rank(self) -> Flags:
        """A place among the districts."""
        found: Flags = self.each(lambda relation: relation.is_rank)
        return found

    @cached_property
    def ranks(self) -> Places:
        """The ranks of the cells whose target is one."""
        return Places(self.cells, self.at[self.is_rank])

    # -- the figure that is followed ---------------------------------------------------------------
    @cached_property
    def figures(self) -> AssessmentGrid:
        """The cells whose figures are followed; a rank follows the cell's own."""
        cells, at, dataset = self.cells, self.at, self.dataset
        special = {CITY: dataset.city_position, REFERENCE: dataset.reference_position}

        def area(relation: Relation) -> int:
            if relation.is_base or relation.of in dataset.indicator_position:
                return NONE
            return special.get(relation.of, dataset.area_position.get(relation.of, NONE))

        def indicator(relation: Relation) -> int:
            return NONE if relation.is_base else dataset.indicator_position.get(relation.of, NONE)

        areas, items = self.each(area), self.each(indicator)
        periods, which = self._periods()
        return AssessmentGrid(
            dataset,
            cells.question,
            periods,
            which,
            np.where(present(areas), areas, cells.area[at]),
            np.where(present(items), items, cells.indicator[at]),
        )

    def _periods(self) -> tuple[list[Period], Ints]:
        """The periods of the figures that are followed, and the place of each cell's among them."""
        cells, at = self.cells, self.at
        known = [*self.dataset.periods, *cells.periods]
        own = np.where(
            cells.reported[at],
            cells.of_actual("period")[at],
            len(known) - len(cells.periods) + cells.which[at],
        )
        if self.whole:
            own = codes(self.dataset.targets, "period")[self.rows[at]]
        pairs, which = np.unique(np.stack([own, self.place]), axis=1, return_inverse=True)
        periods = [_followed(self.said[of], known[period]) for period, of in pairs.T.tolist()]
        return periods, which.reshape(-1).astype(np.int64)

    @cached_property
    def why(self) -> Ints:
        """FOUND, or why there is nothing to compare with."""
        ref = self.figures
        ends = ref.actual_span[1] == ref.end
        there = ref.reported & np.where(ref.read_at_end, ends, ref.of_the_period)
        number = np.where(there, ref.number_of("number", ref.actual), np.nan)
        levels = self.each(lambda relation: relation.is_factor)
        return np.select(
            [
                self.is_rank,
                self.too_early,
                in_doubt(ref),
                ~there | np.isnan(number),
                ref.off_basis,
                self.broken,
                levels & ~(number > 0),
            ],
            [FOUND, TOO_EARLY, DOUBTFUL, ABSENT, OTHER_BASIS, BROKEN, NO_LEVEL],
            FOUND,
        )

    @cached_property
    def too_early(self) -> Flags:
        """The year before the target's period is not over at the end of the period asked for."""
        periods = codes(self.dataset.targets, "period")[self.rows[self.at]]
        begins = self.dataset.period_starts[periods]
        yearly: Flags = self.each(
            lambda relation: relation.of == LAST_YEAR and not relation.is_base
        )
        return yearly & (self.cells.end[self.at] < begins)

    @cached_property
    def broken(self) -> Flags:
        """A level, share or stock on another side of a break than the cell's own figure."""
        ref, at = self.figures, self.at
        sides = [
            break_side(self.dataset, grid.indicator, grid.count_of("published_day", grid.actual))
            for grid in (ref, self.cells)
        ]
        own = self.cells.reported[at] & (self.cells.indicator[at] == ref.indicator)
        apart: Flags = own & ~ref.growth & (sides[0] != sides[1][at])
        return apart

    @cached_property
    def row(self) -> Ints:
        """Row of the figure that is followed, NONE where there is none to compare with."""
        return np.where((self.why == FOUND) & ~self.is_rank, self.figures.actual, NONE)

    @cached_property
    def expected(self) -> Flags:
        """The figure that is followed is only expected by its publisher."""
        return self.figures.expected & present(self.row)

    # -- the goal ----------------------------------------------------------------------------------
    @cached_property
    def wording(self) -> Ints:
        """Wording code of the figure that is followed."""
        return self.figures.of_actual("wording")

    @cached_property
    def decimals(self) -> Ints:
        """Decimals of the goal: the finer ones of what it is made of."""
        ref = self.figures
        own = np.where(self.cells.reported, self.cells.count_of("decimals", self.cells.actual), 0)
        followed = np.where(present(self.row), ref.count_of("decimals", ref.actual), 0)
        factored = self.each(lambda relation: relation.is_factor)
        added = self.each(lambda relation: relation.decimals)
        finest = np.maximum(followed, np.where(factored, own[self.at], added))
        return np.where(ref.in_points, np.maximum(finest, self.cells.question.points[1]), finest)

    @cached_property
    def factor(self) -> Floats:
        """What the figure that is followed is multiplied with."""
        found: Floats = self.each(lambda relation: relation.factor)
        return found

    def _moved(self, column: str) -> Floats:
        """An end of the figure that is followed, moved by what the target says of it."""
        ref = self.figures
        end = np.where(present(self.row), ref.number_of(column, ref.actual), np.nan)
        added = self.each(lambda relation: relation.added)
        tolerance = np.where(self.down, 1.0, -1.0) * self.cells.question.points[0] * ref.in_points
        moved = end * self.factor + added
        return rounded(half_up(moved, self.decimals) + tolerance, self.decimals)

    @cached_property
    def down(self) -> Flags:
        """Where lower is better."""
        return self.cells.down[self.at]

    @cached_property
    def ends(self) -> tuple[Floats, Floats]:
        """Lower and upper end of the goal, whatever the figure's wording."""
        return self._moved("number"), self._moved("upper")

    @cached_property
    def value(self) -> Floats:
        """The goal where it is a single number, else NaN."""
        point = worded(self.wording, lambda m: m.point) & present(self.row)
        return np.where(point, self.ends[0], np.nan)

    @cached_property
    def more(self) -> Flags:
        """Reaching the goal is not enough."""
        meanings = [relation.wording.meaning for relation in self.said]
        up, down = (
            np.array([meaning.needs_more(way) for meaning in meanings], bool)[self.place]
            for way in (Direction.UP, Direction.DOWN)
        )
        more: Flags = np.where(self.down, down, up)
        return more

    def laid_over(self, goal: Goal, *, bases: bool = False, paced: Flags | None = None) -> Goal:
        """The goals, with those of the relative targets (`bases`: from a base year alone) in.

        Not where they are `paced`: those have theirs.
        """
        chosen = self.is_base if bases else np.ones(len(self.at), bool)
        chosen = chosen & ~paced[self.at] if paced is not None else chosen
        value, decimals, more = goal.value.copy(), goal.decimals.copy(), goal.needs_more.copy()
        cells = self.at[chosen]
        value[cells], decimals[cells] = self.value[chosen], self.decimals[chosen]
        more[cells] = self.more[chosen]
        return Goal(value, decimals, more)


def _followed(relation: Relation, own: Period) -> Period:
    """The period of the figure that is followed, from that of the cell's own."""
    if relation.is_base:
        return relation.base(own.calendar)
    return own.year_before if relation.of == LAST_YEAR else own
