"""The facts of a briefing.

Judged cells of one indicator and one period → exact values, each empty where it is unknown.
Everything that is subtracted, weighted, summed or rounded is so here, or in the core; what is told
of it, and in which language, is `briefing_text`'s affair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from dtrack.analysis.assessment import VERDICTS, Assessment
from dtrack.analysis.assessment_frame import columns_of, decimals_of, whole_board
from dtrack.analysis.comparison import fixed
from dtrack.analysis.question import Query
from dtrack.core.arrays import NONE, Ints, codes, says
from dtrack.core.days import parse_day
from dtrack.core.figure import Figure
from dtrack.core.message import Message
from dtrack.core.period import Period
from dtrack.core.vocabulary import ObsStatus, Verdict
from dtrack.core.wording import Wording
from dtrack.model.dataset import Dataset
from dtrack.model.entities import (
    NO_LETTERHEAD,
    Area,
    Indicator,
    Letterhead,
    Names,
    Place,
    Source,
)
from dtrack.reporting.briefing_parts import (
    Costs,
    Need,
    ReceivedShare,
    costs_of,
    exact_figure,
    needs_of,
    received_of,
    target_figure,
)

WITHIN = "within"
PROVISIONAL = (ObsStatus.FLASH, ObsStatus.EXPECTED)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is told of one area beside its verdict.

    `corridor`: both ends of its target count; `above`: the goal is not to be passed. `aim`: what is
    striven for, with its verdict. `assigned_by`: who assigned the target, by names. `held`: its
    TargetClass.
    """

    corridor: bool
    above: bool
    aim: Figure | None
    aim_verdict: str
    light: str
    assigned_by: Names | str
    held: str
    ends: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One area's figure against its target.

    `gap`: negative is behind; `goal`: a flow's share of the year's target, `by_calendar` where that
    is the calendar's. `within`: open since a limit runs on, and not behind. `changed`: a target set
    after the one in force, its day as entered, the verdict against it, its source.
    """

    area: Area
    figure: Figure | None
    period: Period | None
    status: str
    source: str
    target: Figure | None
    target_period: Period | None
    target_source: str
    goal: Decimal | None
    gap: Decimal | None
    verdict: str
    stated: bool
    sure: bool | None
    caveat: str
    published: str
    beside: Beside
    changed: tuple[Figure, str, str, str] | None = None
    by_calendar: bool = False
    within: bool = False

    @property
    def outcome(self) -> str:
        """The verdict; WITHIN where it is open within a limit."""
        return WITHIN if self.within and self.verdict == Verdict.OPEN else self.verdict

    @property
    def unsure(self) -> bool:
        """Rounding, or the kind of the figure, could turn the verdict."""
        return self.sure is False and self.verdict in ("met", "missed", "open")

    @property
    def numberless(self) -> bool:
        """There is a target, and its number is not public, or not here."""
        return self.target is not None and not self.target.wording.meaning.numbers

    @property
    def assigned(self) -> bool:
        """The target is assigned by a higher level, and its number is not here."""
        return self.target is not None and self.target.wording == Wording.ASSIGNED

    @property
    def inside(self) -> bool:
        """It lies within a corridor."""
        return self.beside.corridor and self.gap is not None and self.gap >= 0


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a briefing may tell.

    Standings stand with the worst gap first; the city's is None where it has nothing. In no count
    are `inside` (zones), `peers`, and `below`, how many areas that are part of others have a
    figure.
    """

    titles: Names
    period: Period
    as_of: int | None
    indicator: Indicator
    illustrative: bool
    districts: int
    city: Standing | None
    told: tuple[Standing, ...]
    inside: tuple[Standing, ...]
    peers: tuple[Standing, ...]
    below: int
    costs: Costs | None
    city_needs: Need | None
    needs: tuple[Need, ...]
    received: ReceivedShare | None
    provisional: tuple[int, int]
    due: tuple[Period, int] | None
    sources: Mapping[str, Source]
    made: tuple[tuple[Area, Message], ...] = ()
    letterhead: Letterhead = NO_LETTERHEAD

    @property
    def day(self) -> int:
        """The day that it tells of: the as-of day, else the newest of its figures; 0: unknown."""
        if self.as_of is not None:
            return self.as_of
        figures = [one for one in (self.city, *self.told, *self.inside) if one and one.figure]
        return max((parse_day(one.published) for one in figures), default=0)

    def of(
        self, *verdicts: str, stated: bool | None = None, unsure: bool | None = None
    ) -> tuple[Standing, ...]:
        """The districts with one of these verdicts; open and WITHIN are two."""
        return tuple(
            one
            for one in self.told
            if one.outcome in verdicts
            and (stated is None or one.stated is stated)
            and (unsure is None or one.unsure is unsure)
        )


def gather(dataset: Dataset, question: Query, indicator: int | None = None) -> Facts:
    """The facts of one period.

    Without an indicator those of the headline one, or of the first with something to tell. Raises
    ValueError where the question names no period.
    """
    cells = whole_board(dataset, question)
    position = headline_indicator(cells) if indicator is None else indicator
    standings = _Standings(cells)
    of = np.flatnonzero(cells.indicator == position)
    city = [
        standings.of(c)
        for c in of[cells.area[of] == dataset.city_position]
        if cells.reported[c] or cells.has_target[c]
    ]
    place = dataset.place[cells.area[of]]
    told = tuple(standings.of(c) for c in _ordered(cells, of[cells.of_district[of]]))
    inside, peers = (
        tuple(standings.of(c) for c in of[(place == p) & cells.reported[of]])
        for p in (Place.ZONE, Place.PEER)
    )
    # zones and peers are in no count
    figures = [one for one in (*city, *told) if one.figure]
    statuses = Counter(one.status for one in figures)
    short = {one.area.id for one in told if one.verdict == "missed"}
    city_needs, needs = needs_of(cells, position, short)
    below = int((place[cells.reported[of]] == Place.BELOW).sum())
    return Facts(
        dataset.titles,
        cells.periods[0],
        question.as_of,
        dataset.indicators[position],
        _made_up(cells, position),
        len(told),
        city[0] if city else None,
        told,
        inside,
        peers,
        below,
        costs_of(cells, position, short),
        city_needs,
        needs,
        received_of(cells, position),
        (sum(statuses[word] for word in PROVISIONAL), len(figures)),
        _next_due(dataset, cells.periods[0]),
        dataset.sources,
        tuple(
            (dataset.areas[cells.area[c]], dataset.derived[row].told)
            for c in of.tolist()
            if (row := int(cells.actual[c])) in dataset.derived
        ),
        dataset.letterhead,
    )


def headline_indicator(cells: Assessment) -> int:
    """Position of the indicator to tell.

    The workspace's headline, unless nothing of the period is known of it. Else the first that the
    city has a target and a figure for, a figure, or a target; else the first with anything. What
    only a peer, an area below a district or the reference has is not told of.
    """
    dataset = cells.dataset
    fresh = cells.reported & ~cells.is_stale
    city = cells.area == dataset.city_position
    own = np.isin(dataset.place, (Place.CITY, Place.DISTRICT, Place.ZONE))[cells.area]

    def order(position: int) -> tuple[bool, ...]:
        of = own & (cells.indicator == position)
        here = of & city
        return (
            not (of & (fresh | cells.has_target)).any(),
            dataset.indicators[position].id != dataset.headline,
            not (here & fresh & cells.has_target).any(),
            not (here & fresh).any(),
            not (here & cells.has_target).any(),
        )

    return min(range(len(dataset.indicators)), key=order)


def _ordered(cells: Assessment, rows: Ints) -> Ints:
    """As `report` orders a table: the worst gap first, then without one, then the silent."""
    actual = np.where(cells.down[rows], -cells.number[rows], cells.number[rows])
    return rows[
        np.lexsort(
            (
                cells.area[rows],
                actual,
                cells.gap[rows],
                np.isnan(cells.gap[rows]),
                ~cells.reported[rows],
            )
        )
    ]


def _made_up(cells: Assessment, position: int) -> bool:
    """A figure of the indicator, or without one any, calls itself illustrative."""
    frame = cells.dataset.actuals
    of = codes(frame, "indicator") == position
    made_up = says(frame, "status", ObsStatus.ILLUSTRATIVE)
    return bool((made_up & of).any() if of.any() else made_up.any())


def _next_due(dataset: Dataset, period: Period) -> tuple[Period, int] | None:
    """The first period that ends after this one and has a due day, with that day."""
    later = [
        (due_period.end, day, due_period)
        for due_period, day in dataset.due.items()
        if due_period.end > period.end
    ]
    if not later:
        return None
    _, day, due_period = min(later)
    return due_period, day


class _Standings:
    """Single cells of a board as standings, by the columns of the assessment."""

    def __init__(self, cells: Assessment) -> None:
        self.cells, self.columns, self.decimals = cells, columns_of(cells), decimals_of(cells)
        self.against_later, _ = cells.compare(cells.later_target)

    def of(self, cell: int) -> Standing:
        """The standing of one cell."""
        cells, columns = self.cells, self.columns
        item = cells.dataset.indicators[cells.indicator[cell]]
        with_target = bool(cells.has_target[cell])
        return Standing(
            cells.dataset.areas[cells.area[cell]],
            exact_figure(columns["actual_text"][cell], item)
            if cells.reported[cell] and not np.isnan(cells.number[cell])
            else None,
            Period.parse(columns["actual_period"][cell]) if cells.reported[cell] else None,
            columns["status"][cell],
            columns["source"][cell],
            self._target(cell, item) if with_target else None,
            Period.parse(columns["target_period"][cell]) if with_target else None,
            columns["target_source"][cell],
            self._number("goal", cell)
            if cells.prorated[cell] and not cells.of_whole_target[cell]
            else None,
            self._number("gap", cell),
            columns["verdict"][cell],
            columns["basis"][cell] == "stated",
            columns["sure"][cell],
            columns["caveat"][cell],
            columns["published"][cell],
            self._beside(cell, item),
            self._changed(cell, item),
            bool(cells.by_calendar[cell]),
            bool(cells.within[cell]),
        )

    def _beside(self, cell: int, item: Indicator) -> Beside:
        cells, columns, row = self.cells, self.columns, int(self.cells.target[cell])
        by, held = (
            str(cells.dataset.targets[name].iat[row]) if row != NONE else ""
            for name in ("by", "class")
        )
        areas = cells.dataset.area_position
        aim = columns["aim"][cell]
        return Beside(
            bool(cells.corridor[cell]),
            bool(cells.held_from_above[cell]),
            exact_figure(aim, item) if aim else None,
            columns["aim_verdict"][cell],
            columns["light"][cell],
            cells.dataset.areas[areas[by]].names if by in areas else by,
            held,
            self._ends(cell),
        )

    def _ends(self, cell: int) -> tuple[Decimal, Decimal] | None:
        """Of a corridor both ends as the figure is held against them."""
        if not self.cells.corridor[cell]:
            return None
        low, high = (
            Decimal(fixed(float(end.value[cell]), max(int(end.decimals[cell]), 0)))
            for end in self.cells.ends
        )
        return low, high

    def _target(self, cell: int, item: Indicator) -> Figure | None:
        """The target as worded; of one that follows another figure with the goal, where known."""
        goal = None if self.cells.prorated[cell] else self._number("goal", cell)
        return target_figure(self.cells.dataset, self.columns["target_text"][cell], item, goal)

    def _number(self, name: str, cell: int) -> Decimal | None:
        value = self.columns[name][cell]
        if np.isnan(value):
            return None
        return Decimal(f"{value + 0.0:.{max(int(self.decimals[name][cell]), 0)}f}")

    def _changed(self, cell: int, item: Indicator) -> tuple[Figure, str, str, str] | None:
        row, targets = int(self.cells.later_target[cell]), self.cells.dataset.targets
        if row == NONE:
            return None
        figure = target_figure(self.cells.dataset, str(targets["value"].iat[row]), item)
        if figure is None:
            return None
        verdict = VERDICTS[self.against_later[cell]] if self.cells.reported[cell] else ""
        return figure, str(targets["set"].iat[row]), verdict, str(targets["source"].iat[row])
