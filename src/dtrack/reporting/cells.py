"""Assessed cells as `report` and `gap` show them: which are wanted, and the text of each.

Besides the sheet for programs.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.assessment_frame import CAVEAT, columns_of, decimals_of
from dtrack.analysis.comparison import fixed
from dtrack.analysis.percentages import ahead_of_goal, ahead_of_target
from dtrack.core.arrays import Flags, Floats, Ints
from dtrack.core.figure import in_signs
from dtrack.core.period import Period
from dtrack.core.relation import relation_of
from dtrack.core.translate import ENGLISH, N_, _, active_language, numeral
from dtrack.core.vocabulary import Caveat, Verdict
from dtrack.i18n.formatting import in_ascii, narrow_period, period_shown, wording_shown
from dtrack.i18n.terms import (
    ASCII_SIGNS,
    SIGNS,
    verdict_words,
)
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Area, Indicator, Place
from dtrack.model.relation_words import target_shown
from dtrack.model.schema import ASSESSMENT, ASSESSMENT_LAST, names
from dtrack.reporting.cited_sources import CitedSources
from dtrack.reporting.columns import chosen
from dtrack.reporting.document import Column, Sheet


@dataclass(frozen=True, slots=True)
class DisplayOptions:
    """What of the board is wanted, and how. Empty collections mean all.

    `pictures`: with charts beside the sheets. `whole`: tables have every row that is shown at all,
    however many. `quiet`: for a screen, which shows what is to be acted on and counts the rest.
    `sources`: with the sources listed there too.
    """

    areas: Collection[int] = ()
    indicators: Collection[int] = ()
    only: Collection[str] = ()
    sort: str = "worst"
    everything: bool = False
    signs: dict[str, str] = field(default_factory=lambda: SIGNS)
    pictures: bool = False
    whole: bool = False
    quiet: bool = False
    sources: bool = False


class AssessmentView:
    """The columns of a whole board with what a view needs of them."""

    def __init__(self, cells: Assessment, view: DisplayOptions) -> None:
        self.cells, self.dataset, self.view = cells, cells.dataset, view
        self.columns: dict[str, Any] = columns_of(cells)
        self.decimals = decimals_of(cells)
        self.verdict = self.columns["verdict"]
        self.sources = CitedSources(cells.dataset)
        # a scorecard tells on a screen what its tables leave out
        self.condensed = False

    def chosen(self) -> Flags:
        """Cells of the areas and indicators asked for."""
        view, cells = self.view, self.cells
        return chosen(cells.area, cells.indicator, view.areas, view.indicators)

    def wanted(self) -> Flags:
        """Chosen cells with one of the verdicts asked for."""
        return self.chosen() & (
            np.isin(self.verdict, list(self.view.only)) if self.view.only else True
        )

    def pick(self, name: str, rows: Ints) -> list[Any]:
        """A column of the board at some rows."""
        picked: list[Any] = self.columns[name][rows].tolist()
        return picked

    def digits(self, name: str, rows: Ints) -> list[int]:
        """The decimals at which a number column is shown at some rows."""
        picked: list[int] = self.decimals[name][rows].tolist()
        return picked

    def area(self, cell: int) -> Area:
        """The area of a cell."""
        return self.dataset.areas[int(self.cells.area[cell])]

    def indicator(self, cell: int) -> Indicator:
        """The indicator of a cell."""
        return self.dataset.indicators[int(self.cells.indicator[cell])]

    def asked(self, cell: int) -> Period:
        """The period asked for of a cell."""
        return self.cells.periods[int(self.cells.which[cell])]

    def wording(self, text: str, cell: int) -> str:
        """A figure as published, in the active language and the unit of its indicator.

        In signs where only ASCII shows.
        """
        if self.view.signs is not ASCII_SIGNS:
            return wording_shown(text, self.indicator(cell).unit)
        told = text if active_language() == ENGLISH else in_signs(text)
        return in_ascii(wording_shown(told, self.indicator(cell).unit))

    def target_wording(self, cell: int) -> str:
        """The target as worded, in the active language."""
        text = self.columns["target_text"][cell]
        if relation_of(text) is None:
            return self.wording(text, cell)
        return target_shown(self.dataset, text, self.indicator(cell).id)

    def actual_shown(self, cell: int) -> str:
        """The figure as published, with its period where that is not the one asked for."""
        text = self.wording(self.columns["actual_text"][cell], cell)
        period = self.columns["actual_period"][cell]
        if not text or period == str(self.asked(cell)):
            return text
        return _("{name} ({more})", name=text, more=narrow_period(Period.parse(period)))

    def own_target(self, cell: int) -> bool:
        """The target is for the period asked for or its year."""
        return self.columns["target_period"][cell] in (
            str(self.asked(cell)),
            str(self.asked(cell).year_begun),
            str(self.asked(cell).whole_year),
        )

    def target_shown(self, cell: int) -> str:
        """The target as worded, the goal that a tolerance makes of it, another period."""
        text = self.target_wording(cell)
        period = self.columns["target_period"][cell]
        corridor = self.cells.corridor[cell]
        if (
            self.cells.question.tolerance
            and self.cells.in_points[cell]
            and (corridor or self.columns["goal"][cell] == self.columns["goal"][cell])
        ):
            goals = self.cells.ends if corridor else (self.cells.goal,)
            ends = [numeral(fixed(of.value[cell], of.decimals[cell])) for of in goals]
            text = f"{text} → {'..'.join(ends)}"
        if not period or self.own_target(cell):
            return text
        return _("{name} ({more})", name=text, more=period_shown(period))

    @cached_property
    def goal_apart(self) -> Flags:
        """Where the goal stands in no target: a part of an amount, or what follows a figure."""
        cells = self.cells
        part: Flags = cells.prorated & ~cells.of_whole_target | cells.relative
        return part & cells.has_target & ~np.isnan(cells.goal.value)

    def ordered(self, rows: Ints) -> Ints:
        """By place of the area, then the worst first, without a gap after, missing last.

        The worst by their gap, of amounts and counts by per cent of what they are compared with:
        the largest gap is that of the largest area.
        """
        cells = self.cells
        first = self.dataset.table_order[cells.area[rows]]
        if self.view.sort == "area":
            return rows[np.lexsort((cells.area[rows], first))]
        actual = np.where(cells.down[rows], -cells.number[rows], cells.number[rows])
        if self.view.sort == "actual":
            return rows[np.lexsort((cells.area[rows], -actual, np.isnan(actual), first))]
        gap = {"percent": self.ahead, "gap": cells.gap}.get(self.view.sort, self.distance(rows))[
            rows
        ]
        return rows[
            np.lexsort((cells.area[rows], actual, gap, np.isnan(gap), ~cells.reported[rows], first))
        ]

    def distance(self, rows: Ints) -> Floats:
        """What cells are ordered by: per cent past the goal, where each that has a gap has that."""
        gap, percent = self.cells.gap, self.past_goal
        by_gap = np.isnan(percent[rows]) & ~np.isnan(gap[rows])
        return gap if by_gap.any() else percent

    @cached_property
    def past_goal(self) -> Floats:
        """How far past what it is compared with each amount or count is, in per cent of that."""
        return ahead_of_goal(self.cells)

    @cached_property
    def ahead(self) -> Floats:
        """By how many per cent of its target each actual is past it; negative is short of it."""
        return ahead_of_target(self.cells)

    def verdict_plain(self, cell: int) -> str:
        """Sign and word of the verdict, without why it is not sure."""
        columns = self.columns
        return verdict_words(
            columns["verdict"][cell], columns["basis"][cell], Caveat.NONE, self.view.signs
        )

    def verdict_shown(self, cell: int) -> str:
        """Sign and word of the verdict, and why it is not sure."""
        columns = self.columns
        return verdict_words(
            columns["verdict"][cell], columns["basis"][cell], columns[CAVEAT][cell], self.view.signs
        )


def tidy(
    cells: Assessment, view: DisplayOptions, more: tuple[Column, ...] = (), rows: Ints | None = None
) -> Sheet:
    """The sheet for programs: ASSESSMENT, `more`, ASSESSMENT_LAST, one row per cell wanted.

    Without `rows` those of the view that have a target or a figure, which a verdict tells; with
    `view.everything` the whole grid of areas and indicators.
    """
    board = AssessmentView(cells, view)
    if rows is None:
        told = board.verdict != Verdict.NONE.value
        rows = np.flatnonzero(board.wanted() & (told | view.everything))
    columns, last = (
        tuple(
            Column(
                name,
                name,
                board.pick(name, rows),
                board.digits(name, rows) if name in board.decimals else None,
            )
            for name in names(declared)
        )
        for declared in (ASSESSMENT, ASSESSMENT_LAST)
    )
    return Sheet("assessment", columns + more + last)


_PLACED = {  # int for int: members of an enum take a million rows half a second
    int(Place.ZONE): N_("{area} (overlapping)"),
    int(Place.PEER): N_("{area} (peer)"),
    int(Place.BELOW): N_("{area} (part of {parent})"),
}


def placed(dataset: Dataset, position: int) -> str:
    """An area's short name, with its place unless that is city, above it, or a district."""
    area, words = dataset.areas[position], _PLACED.get(int(dataset.place[position]))
    if words is None:
        return area.short
    return _(words, area=area.short, parent=dataset.name_of(area.parent))
