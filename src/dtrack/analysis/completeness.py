"""Who has reported what, and when.

In come judged cells of one period, out go states, days and shares, a value per cell.

A figure is *reported* if it has an edition on the indicator's own basis that is neither *expected*
nor *missing*; it came in on the day of its first one, so that a revision never makes it late.
Source: docs/formulas.py §11.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.decomposition import WeightNote, base_levels, base_weights, nameless
from dtrack.analysis.selection import TargetIndex, VintageIndex, target_periods
from dtrack.core.arrays import (
    NONE,
    Flags,
    Floats,
    Ints,
    codes,
    days_between,
    flags,
    ints,
    present,
    says,
)
from dtrack.core.figure import Wording
from dtrack.core.period import first_day
from dtrack.core.vocabulary import Kind, ObsStatus
from dtrack.model.entities import Place

STATES = ("missing", "stand_in", "expected_only", "reported")
STANDS_IN, EXPECTED_ONLY, REPORTED = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Editions:
    """The editions of each cell's figure.

    `first`, `last`: rows of the actuals; `count`: different days; NONE and 0: none.

    `earliest`: the first day (yyyymmdd) on which one of them may have come out, 0 where one has no
    day; a month may
    have been its first. `withdrawn`: the day of the newest edition that says missing, 0 where there
    is none.
    """

    first: Ints
    last: Ints
    count: Ints
    earliest: Ints
    withdrawn: Ints


@dataclass(frozen=True, slots=True)
class Received:
    """What has come in for one period, an array a fact, one value per cell of a whole board.

    `counted`: cells of a district and an indicator that is expected; `shown`: those, and the city's
    and the overlapping
    areas' beside them, and of any other area what it has a figure or a target of. `state`: position
    in STATES. `told`: row of
    the figure that the state speaks of. `late`: days from the due day to the first edition, NaN
    where either is unknown or
    no due day binds the area (`unbound`). `weight`: the area's share of the base-period level, NaN
    where it is unknown;
    `why`: by indicator, what has to be known of its weights. `due`: yyyymmdd, 0 where none is set.
    """

    cells: Assessment
    due: int
    counted: Flags
    shown: Flags
    state: Ints
    told: Ints
    editions: Editions
    late: Floats
    weight: Floats
    why: dict[int, WeightNote]

    @property
    def unbound(self) -> Flags:
        """The area is a peer, or above the city: no due day binds it."""
        return _unbound(self.cells)

    @property
    def reported(self) -> Flags:
        """The figure is in."""
        found: Flags = self.state == REPORTED
        return found

    @property
    def in_time(self) -> Flags:
        """It came in by the due day, for certain."""
        return self.late <= 0

    @property
    def is_late(self) -> Flags:
        """It came in after the due day, for certain."""
        return self.late > 0


@dataclass(frozen=True, slots=True)
class Rates:
    """The counts of some cells, and three shares in per cent, NaN where unknown.

    Docs/formulas.py §11.
    """

    expected: int
    reported: int
    in_time: int
    late: int
    completeness: float
    timeliness: float
    weight: float


def rates(reported: Flags, late: Floats, weight: Floats) -> Rates:
    """Completeness, timeliness (both of all that is expected) and the share of the weight that is in.

    One value per figure expected: whether it is in, how many days after the due day (0 or less: in
    time; NaN: unknown), and the weight of its area. Without any lateness timeliness is unknown
    while a figure is in; without a weight of a district that reported, the share is.
    """
    size, came = len(reported), int(reported.sum())
    in_time, unknown = int((late <= 0).sum()), bool(came and np.isnan(late[reported]).all())
    weighed = not np.isnan(weight).all() and not np.isnan(weight[reported]).any()
    share = float(weight[reported].sum()) if weighed else float("nan")
    return Rates(
        size,
        came,
        in_time,
        int((late > 0).sum()),
        _percent(came, size),
        float("nan") if unknown else _percent(in_time, size),
        100 * share,
    )


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else float("nan")


def received(cells: Assessment) -> Received:
    """What has come in, of a whole board of one period.

    The due day is the workspace's for that period.
    """
    of_period = _own_rows(cells)
    firm, hoped = (_newest(cells, of_period[found]) for found in _by_firmness(cells, of_period))
    early = cells.stands_in | (
        cells.read_at_end
        & (cells.actual_span[1] < cells.end)
        & (cells.actual_span[1] >= cells.start)
    )
    early &= cells.reported & ~cells.other_basis & ~cells.flag_of("excluded", cells.actual)
    told = np.where(
        present(firm), firm, np.where(present(hoped), hoped, np.where(early, cells.actual, NONE))
    )
    state = np.select(
        [present(firm), present(hoped), early], [REPORTED, EXPECTED_ONLY, STANDS_IN], 0
    )
    editions = _editions(cells, of_period, firm)
    district = cells.dataset.is_district[cells.area]
    has = (state > 0) | present(editions.last) | (editions.withdrawn > 0) | _promised(cells)
    expected = np.isin(cells.indicator, cells.indicator[district & has])
    counted = expected & district
    shown = expected & (
        has | district | np.isin(cells.dataset.place, (Place.CITY, Place.ZONE))[cells.area]
    )
    due = cells.dataset.due.get(cells.periods[0], 0)
    weight, why = _weights(cells, counted)
    late = _days_late(cells, editions, due, state == REPORTED)
    late[_unbound(cells)] = np.nan
    return Received(cells, due, counted, shown, state, told, editions, late, weight, why)


# ---- which figure --------------------------------------------------------------------------------
def _own_rows(cells: Assessment) -> Ints:
    """Rows that are a figure of the very period: on the own basis.

    Of share and stock all that end with it.
    """
    dataset, asked = cells.dataset, cells.periods[0]
    ends = dataset.period_ends == asked.end
    exact = dataset.which_periods(asked.__eq__)
    rows = np.flatnonzero(ends[codes(dataset.actuals, "period")] & cells.known)
    chosen = dataset.actuals.iloc[rows]
    kept = exact[codes(chosen, "period")] | dataset.read_at_end[codes(chosen, "indicator")]
    kept &= flags(chosen, "on_reference_basis") & ~flags(chosen, "excluded")
    own: Ints = rows[kept]
    return own


def _by_firmness(cells: Assessment, rows: Ints) -> tuple[Flags, Flags]:
    """Which of the rows are editions of the figure (missing ones too), and which only expectations."""
    expected = says(cells.dataset.actuals.iloc[rows], "status", ObsStatus.EXPECTED)
    return ~expected, expected


def _newest(cells: Assessment, rows: Ints) -> Ints:
    """Row of each cell's newest figure.

    Of share and stock, where none is of the very period, one that ends with it.
    """
    figures = VintageIndex(cells.dataset, rows)
    found, _ = figures.find(cells.area, cells.indicator, cells.position(cells.periods))
    return np.where(
        (found == NONE) & cells.read_at_end,
        figures.latest(cells.area, cells.indicator, cells.end),
        found,
    )


def _editions(cells: Assessment, rows: Ints, newest: Ints) -> Editions:
    """The editions of each cell's figure.

    A stock is the same whatever span it is entered for; a share is not.
    """
    dataset = cells.dataset
    rows = rows[_by_firmness(cells, rows)[0]]
    frame = dataset.actuals.iloc[rows]
    cell = codes(frame, "indicator") * len(dataset.areas) + codes(frame, "area")
    period, day = codes(frame, "period"), ints(frame, "published_day")
    own = np.where(
        present(newest), codes(dataset.actuals, "period")[newest], cells.position(cells.periods)
    )[cell]
    is_stock = dataset.which_indicators(lambda item: item.kind == Kind.STOCK)
    stock = is_stock[codes(frame, "indicator")]
    of_it = (period == own) | stock
    missing = codes(frame, "wording") == Wording.MISSING.code
    gone = np.zeros(len(cells.area), np.int64)
    np.maximum.at(gone, cell[of_it & missing], day[of_it & missing])
    keep = of_it & ~missing
    return _grouped(
        len(cells.area), cell[keep], day[keep], _may_begin(frame)[keep], rows[keep], gone
    )


def _grouped(size: int, cell: Ints, day: Ints, begin: Ints, rows: Ints, gone: Ints) -> Editions:
    first, last = np.full(size, NONE), np.full(size, NONE)
    count, earliest = np.zeros(size, np.int64), np.full(size, 99_99_99_99)
    order = np.lexsort((rows, day, cell))
    last[cell[order]] = rows[order]  # of several values for one cell the last one stays
    first[cell[order[::-1]]] = rows[order[::-1]]
    np.minimum.at(earliest, cell, begin)
    np.add.at(count, np.unique(cell * 10**8 + day) // 10**8, 1)
    return Editions(first, last, count, np.where(count > 0, earliest, 0), gone)


def _may_begin(frame: Any) -> Ints:
    """The first day that `published` allows; 0 where it is blank or no day."""
    first = [first_day(str(text)) for text in frame["published"].cat.categories]
    return np.array(first or [0], np.int64)[codes(frame, "published")]


# ---- what is expected, and what it weighs
# ---------------------------------------------------------------------------
def _promised(cells: Assessment) -> Flags:
    """Cells with a target of the period (of a half: or of its year)."""
    asked, targets = cells.periods[0], TargetIndex(cells.dataset, cells.question.as_of)
    promised = np.zeros(len(cells.area), bool)
    for at_end in (False, True):
        ladder = target_periods(asked, at_end, ()) if asked.is_half else [asked]
        for period in ladder:
            promised |= (cells.read_at_end == at_end) & present(
                targets.find(cells.area, cells.indicator, cells.position([period]))
            )
    return promised


def _unbound(cells: Assessment) -> Flags:
    """Cells of areas that no due day binds: peers, and what is above the city."""
    unbound: Flags = np.isin(cells.dataset.place, (Place.PEER, Place.REFERENCE))[cells.area]
    return unbound


def _weights(cells: Assessment, counted: Flags) -> tuple[Floats, dict[int, WeightNote]]:
    """Each counted cell's weight, as `dtrack city` chooses base period and edition.

    And by indicator what to know of it.
    """
    weight, why = np.full(len(cells.area), np.nan), dict[int, WeightNote]()
    of_indicator: Collection[int] = np.unique(cells.indicator[counted]).tolist()
    levels = (
        base_levels(cells)
        if any(cells.dataset.indicators[position].weight for position in of_indicator)
        else None
    )
    for position in of_indicator:
        of = np.flatnonzero(counted & (cells.indicator == position))
        if levels is None or not cells.dataset.indicators[position].weight:
            why[position] = nameless()
        else:
            weight[of], why[position] = base_weights(cells, of, levels)
    return weight, why


# ---- when ----------------------------------------------------------------------------------------
def _days_late(cells: Assessment, editions: Editions, due: int, reported: Flags) -> Floats:
    """Days from the due day to the first edition; NaN where nobody can say.

    That is without a due day, where an edition has no day, and where the month in which it came out
    holds the due day.
    """
    first = cells.count_of("published_day", np.maximum(editions.first, 0))
    known = (
        reported
        & (due > 0)
        & (editions.earliest > 0)
        & ~((editions.earliest <= due) & (first > due))
    )
    if not known.any():
        return np.full(len(first), np.nan)
    return np.where(
        known, days_between(np.full(len(first), due), np.where(known, first, due)), np.nan
    )
