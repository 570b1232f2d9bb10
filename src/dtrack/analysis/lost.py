"""Rows that could not be placed → the cells they may have been.

In come what a workspace holds and its cells, out go arrays.

A figure or target that a finding keeps out of the frames is somebody's: where it may be a cell's
own, silence is not known to be silence. What is known of it (area, indicator, period, day) says
whose it may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dtrack.analysis.cells import AssessmentGrid
from dtrack.analysis.selection import stand_ins, target_periods
from dtrack.core.arrays import NONE, Flags, Ints
from dtrack.core.findings import Finding
from dtrack.core.period import Period
from dtrack.core.rules import Severity
from dtrack.model.entities import Dataset
from dtrack.model.schema import ACTUALS_FOLDER, TARGETS_FILE

FIGURE, TARGET, RULE = "figure", "target", "rule"
# rows that are aside
_IN_FRAME = (
    "bad-date",
    "bad-status",
    "not-a-number",
    "wrong-unit",
    "conflicting-figures",
    "target-twice",
)
_OF_ENTRY = ("value", "set", "source", "stated", "note")
# keys of an indicator that decide how it is judged
_RULES = ("kind", "unit", "better", "prices", "breaks")


@dataclass(frozen=True, slots=True)
class Lost:
    """What a finding keeps out: a figure, a target, or how an indicator is judged.

    "" and None: it may be of any.
    """

    what: str
    place: str
    area: str = ""
    indicator: str = ""
    period: Period | None = None


def lost(dataset: Dataset, as_of: int | None) -> list[Lost]:
    """Everything that is lost and was known by the day.

    What says the same of its cell is told once.
    """
    found = (
        one
        for finding in dataset.findings
        if finding.severity is Severity.REFUSE and (as_of is None or finding.day <= as_of)
        for one in _of(dataset, finding)
    )
    return list(
        {
            (one.what, one.area, one.indicator, one.period): one for one in reversed(list(found))
        }.values()
    )[::-1]


def _of(dataset: Dataset, finding: Finding) -> Iterator[Lost]:
    """What the finding keeps out, if anything."""
    period = Period.parse(finding.period) if finding.period else None
    if finding.file == ACTUALS_FOLDER or finding.file.startswith(f"{ACTUALS_FOLDER}/"):
        if finding.code not in _IN_FRAME:
            yield Lost(FIGURE, finding.place, finding.area, finding.indicator, period)
    elif finding.file == TARGETS_FILE:
        room, _, key = finding.column.partition(".")
        name = max(
            (item.id for item in dataset.indicators if f"{key}.".startswith(f"{item.id}.")),
            key=len,
            default="",
        )
        if room == "indicators" and name and key.removeprefix(f"{name}.").startswith(_RULES):
            yield Lost(RULE, finding.place, "", name)
        elif (
            room == "targets"
            and finding.code not in _IN_FRAME
            and key.rpartition(".")[2] not in _OF_ENTRY
        ):
            yield Lost(TARGET, finding.place, finding.area, name, period)


class May:
    """Which of these may be of which cells."""

    def __init__(self, cells: AssessmentGrid) -> None:
        self.cells = cells
        self.lost = lost(cells.dataset, cells.question.as_of)

    def find(self) -> Ints:
        """For each cell the position of the first in `lost` that may be its own.

        NONE where it has lost nothing.
        """
        found = np.full(len(self.cells.area), NONE)
        for position, one in reversed(list(enumerate(self.lost))):
            found = np.where(self.may_be(one), position, found)
        return found

    def may_be(self, one: Lost) -> Flags:
        """Where a figure or target that is known only in part would count, were it the cell's."""
        cells, dataset = self.cells, self.cells.dataset
        whole, mine = bool(one.area and one.indicator), np.ones(len(cells.area), bool)
        if one.area:
            mine &= cells.area == dataset.area_position.get(one.area, NONE)
        if one.indicator:
            mine &= cells.indicator == dataset.indicator_position.get(one.indicator, NONE)
        if one.what == RULE or not mine.any():
            return mine
        return mine & (
            self._as_figure(one, whole) if one.what == FIGURE else self._as_target(one, whole)
        )

    def _as_figure(self, one: Lost, whole: bool) -> Flags:
        """A cell with a figure of that period or a later one has lost none, unless the row is known to be its own edition."""
        cells, period = self.cells, one.period
        end = cells.end
        counts: Flags = np.ones(len(cells.area), bool)
        if period is not None:
            exact = cells.of_period(
                [period in (asked, *stand_ins(asked)) for asked in cells.periods]
            ).astype(bool)
            counts = np.where(cells.read_at_end, period.end <= cells.end, exact)
            end = np.full(len(cells.area), period.end)
        there = cells.actual_span[1] > end if whole else cells.actual_span[1] >= end
        kept: Flags = cells.reported & ~cells.expected & there
        return counts & ~kept

    def _as_target(self, one: Lost, whole: bool) -> Flags:
        """A cell with a target that goes before it has lost none, unless the entry is known to be its own."""
        cells, period = self.cells, one.period
        spans = [period] if period is not None and period.is_years else []
        fits, is_own, end = (
            np.zeros(len(cells.area), bool),
            np.ones(len(cells.area), bool),
            cells.end,
        )
        for at_end in (False, True):
            judge = [
                period is None or period in target_periods(asked, at_end, spans)
                for asked in cells.periods
            ]
            fits |= (cells.read_at_end == at_end) & cells.of_period(judge).astype(bool)
        if period is not None:
            is_own = cells.of_period([period == asked for asked in cells.periods]).astype(bool)
            end = np.full(len(cells.area), period.end)
        mine, theirs = _rank(is_own, end), _rank(cells.target_is_own, cells.target_end)
        before: Flags = ~cells.promised | (mine < theirs) | (whole & (mine == theirs))
        return fits & before


def _rank(is_own: Flags, end: Ints) -> Ints:
    """Which of two targets judges.

    The one of the very period, then the one whose period ends first.
    """
    rank: Ints = np.where(is_own, 0, 1 + end)
    return rank
