"""What rows and targets that were not read may have been: of which cells they may be the own.

A figure or target that a finding keeps out of the frames is somebody's: where it may be a cell's
own, silence is not known to be silence. What is known of it (area, indicator, period, day) says
whose it may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dtrack.analysis.cells import AssessmentGrid
from dtrack.analysis.part_routes import within_years
from dtrack.analysis.selection import MONTHS, may_judge, stand_ins
from dtrack.core.arrays import NONE, Flags, Ints
from dtrack.core.findings import Finding
from dtrack.core.period import Period
from dtrack.core.places import ACTUALS_FOLDER, TARGETS_FILE
from dtrack.core.severity import Severity
from dtrack.model.dataset import Dataset

FIGURE, TARGET, RULE = "figure", "target", "rule"
# rows that are in the frames, excluded
_IN_FRAME = frozenset(
    (
        *("bad-date", "bad-status", "not-a-number", "wrong-unit", "conflicting-figures"),
        *("target-twice", "bad-relation", "outside-life", "terms-contradict"),
    )
)
_OF_ENTRY = (
    *("value", "of", "from", "set", "source", "stated", "note"),
    *("both", "aim", "by", "class"),
)
# keys of an indicator that decide how it is judged
_RULES = ("aggregate", "growth_of", "kind", "unit", "better", "prices", "breaks", "pace")


@dataclass(frozen=True, slots=True)
class Lost:
    """What a finding keeps out: a figure, a target, or how an indicator is judged; "": of any."""

    what: str
    place: str
    area: str = ""
    indicator: str = ""
    period: Period | None = None


def lost(dataset: Dataset, as_of: int | None) -> list[Lost]:
    """Everything that is lost and was known by the day, the first of those of one cell."""
    found: dict[tuple[str, str, str, Period | None], Lost] = {}
    for finding in dataset.findings:
        if finding.severity is Severity.ERROR and (as_of is None or finding.day <= as_of):
            for one in _of(dataset, finding):
                key = one.what, one.area, one.indicator, one.period
                # the first place is told, in the order of the last
                found[key] = found.pop(key, one)
    return list(found.values())


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
        """For each cell the position of the first in `lost` that may be its own, or NONE."""
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
        """Cells that may have lost this figure.

        One with a figure of that period or a later one has lost none, unless the row is known
        (`whole`) to be its own edition.
        """
        cells, period = self.cells, one.period
        end = cells.end
        counts: Flags = np.ones(len(cells.area), bool)
        if period is not None:
            exact = cells.of_period(
                [period in (asked, *stand_ins(asked)) for asked in cells.periods]
            ).astype(bool)
            # a flow is made of its parts where nothing else is published
            part = cells.of_period([_may_make(period, asked) for asked in cells.periods])
            exact |= cells.flow & part.astype(bool)
            counts = np.where(cells.read_at_end, period.end <= cells.end, exact)
            end = np.full(len(cells.area), period.end)
        there = cells.actual_span[1] > end if whole else cells.actual_span[1] >= end
        kept: Flags = cells.reported & ~cells.expected & ~cells.derived & there
        return counts & ~kept

    def _as_target(self, one: Lost, whole: bool) -> Flags:
        """Cells that may have lost this target.

        One with a target that goes before it has lost none, unless the entry is known to be its
        own.
        """
        cells, period = self.cells, one.period
        starts, ends = cells.dataset.period_starts, cells.dataset.period_ends
        fits, is_own = np.zeros(len(cells.area), bool), np.ones(len(cells.area), bool)
        end = start = cells.end
        for at_end in (False, True):
            judge = [
                period is None or may_judge(period, asked, read_at_end=at_end)
                for asked in cells.periods
            ]
            fits |= (cells.read_at_end == at_end) & cells.of_period(judge).astype(bool)
        if period is not None:
            is_own = cells.of_period([period == asked for asked in cells.periods]).astype(bool)
            start, end = (np.full(len(cells.area), at) for at in (period.start, period.end))
        theirs = _rank(cells.target_is_own, *(of[cells.target_period] for of in (starts, ends)))
        mine = _rank(is_own, start, end)
        before: Flags = ~cells.has_target | (mine < theirs) | (whole & (mine == theirs))
        return fits & before


def in_doubt(cells: AssessmentGrid) -> Flags:
    """The figure is set aside, or a row that could not be placed may be it."""
    doubt: Flags = cells.reported & cells.flag_of("excluded", cells.actual)
    may = May(cells)
    for one in may.lost:
        doubt = doubt | may.may_be(one) if one.what != TARGET else doubt
    return doubt


def _may_make(part: Period, whole: Period) -> bool:
    """Whether a flow of one period may help to make that of another."""
    return within_years(part, whole) and part.start <= whole.end and whole.start <= part.end


def _rank(is_own: Flags, start: Ints, end: Ints) -> Ints:
    """What goes before another target is less: its very period, then the first to end, shortest."""
    rank: Ints = np.where(is_own, 0, 1 + (end + 1) * MONTHS - start)
    return rank
