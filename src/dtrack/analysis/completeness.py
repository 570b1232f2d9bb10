"""Who has reported what, and when.

A figure is *reported* if it has an edition on the indicator's own basis that is neither *expected*
nor *missing*; it came in on the day of its first one, so that a revision never makes it late.
Source: docs/formulas.py §11.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.decomposition import WeightNote, base_levels, base_weights, nameless
from dtrack.analysis.due_figures import due_of_districts
from dtrack.analysis.selection import FIRM, VintageIndex, firmness
from dtrack.core.arrays import (
    NONE,
    Flags,
    Floats,
    Ints,
    codes,
    days_between,
    flags,
    ints,
    joint_key,
    present,
    says,
)
from dtrack.core.days import first_day
from dtrack.core.vocabulary import Kind, ObsStatus
from dtrack.core.wording import Wording
from dtrack.model.entities import Place

STATES = ("missing", "stand_in", "expected_only", "reported")
STANDS_IN, EXPECTED_ONLY, REPORTED = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Editions:
    """The editions of each cell's figure: rows of the first and last one, and how many days.

    `earliest`: the first day (yyyymmdd) on which one of them may have come out, 0 where one has no
    day; a month may have been its first. `withdrawn`: the day of the newest edition that says
    missing, 0 where there is none.
    """

    first: Ints
    last: Ints
    count: Ints
    earliest: Ints
    withdrawn: Ints


@dataclass(frozen=True, slots=True)
class Receipts:
    """What has come in for one period, an array a fact, one value per cell of a whole board.

    `counted`: cells that a district owes (`due_of_districts`); `shown`: those, of any area what it
    has a figure or a target of, and of the city and the overlapping areas what most districts owe;
    `listed`: of those, the ones of which an area is told to have sent so many. `state`: position in
    STATES. `told`: row of the figure that the state speaks of. `late`:
    days from the due day to the first edition, NaN where either is unknown or no due day binds the
    area (`unbound`). `weight`: the area's share of the base-period level, NaN where it is unknown;
    `why`: by indicator, what has to be known of its weights. `due`: yyyymmdd, 0 where none is set.
    """

    cells: Assessment
    due: int
    counted: Flags
    shown: Flags
    listed: Flags
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
    """Completeness, timeliness (both of all that is expected) and the share of weight that is in.

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


def received(cells: Assessment) -> Receipts:
    """What has come in, of a whole board of one period; the due day is the workspace's for it."""
    dataset, end = cells.dataset, cells.actual_span[1]
    rows = _own_rows(cells)
    expected = says(dataset.actuals, "status", ObsStatus.EXPECTED)[rows]
    firm, hoped = _newest(cells, rows[~expected]), _newest(cells, rows[expected])
    early = cells.is_partial_period | (cells.read_at_end & (end < cells.end) & (end >= cells.start))
    early &= cells.reported & ~cells.off_basis & ~cells.flag_of("excluded", cells.actual)
    early &= ~cells.by_years
    # a target over years asks for no figure of its own where every year has one
    made = cells.by_years & cells.years_complete
    found = [present(firm), made & ~cells.expected, present(hoped) | made, early]
    row = np.select(
        found, [firm, cells.actual, np.where(made, cells.actual, hoped), cells.actual], NONE
    )
    state = np.select(found, [REPORTED, REPORTED, EXPECTED_ONLY, STANDS_IN], 0)
    editions = _of_the_parts(cells, firm, _editions(cells, rows[~expected], firm))
    has = (state > 0) | present(editions.last) | (editions.withdrawn > 0) | cells.has_target
    counted, widely = due_of_districts(cells, state == REPORTED)
    widely &= np.isin(dataset.place[cells.area], (Place.CITY, Place.ZONE)) & cells.existing
    wanted = np.isin(cells.indicator, cells.indicator[(has & cells.of_district) | counted])
    shown = counted | (wanted & has) | widely
    beside = shown & ~cells.of_district & ((state == REPORTED) | cells.has_target | widely)
    due = dataset.due.get(cells.periods[0], 0)
    weight, why = _weights(cells, counted)
    late = _days_late(cells, editions, due, state == REPORTED)
    late[_unbound(cells)] = np.nan
    return Receipts(
        cells, due, counted, shown, counted | beside, state, row, editions, late, weight, why
    )


# ---- which figure --------------------------------------------------------------------------------
def _own_rows(cells: Assessment) -> Ints:
    """Rows that are a figure of the very period, on the reference basis.

    Of share and stock all that end with it.
    """
    dataset, frame, asked = cells.dataset, cells.dataset.actuals, cells.periods[0]
    period, indicator = codes(frame, "period"), codes(frame, "indicator")
    rows = cells.known & (dataset.period_ends == asked.end)[period]
    rows &= dataset.which_periods(asked.__eq__)[period] | dataset.read_at_end[indicator]
    rows &= flags(frame, "on_reference_basis") & ~flags(frame, "excluded")
    return np.flatnonzero(rows)


def _newest(cells: Assessment, rows: Ints) -> Ints:
    """Row of each cell's newest figure.

    Of share and stock, where none is of the very period, one that ends with it.
    """
    figures = VintageIndex(cells.dataset, rows)
    found, _ = figures.find(cells.area, cells.indicator, cells.position(cells.periods))
    latest = figures.latest(cells.area, cells.indicator, cells.end)
    return np.where((found == NONE) & cells.read_at_end, latest, found)


def _editions(cells: Assessment, rows: Ints, newest: Ints) -> Editions:
    """The editions of each cell's figure.

    A stock is the same whatever span it is entered for; a share is not.
    """
    import pandas as pd

    dataset, frame = cells.dataset, cells.dataset.actuals.iloc[rows]
    indicator, period = codes(frame, "indicator"), codes(frame, "period")
    cell = indicator * len(dataset.areas) + codes(frame, "area")
    is_stock = dataset.which_indicators(lambda item: item.kind == Kind.STOCK)
    own = codes(dataset.actuals, "period")[newest] if len(dataset.actuals) else newest
    own = np.where(present(newest), own, cells.position(cells.periods))
    listed = pd.DataFrame(
        {
            "cell": cell,
            "row": rows,
            "day": ints(frame, "published_day"),
            "begin": _may_begin(frame),
            "missing": codes(frame, "wording") == Wording.MISSING.code,
        }
    )
    listed = listed[(period == own[cell]) | is_stock[indicator]].sort_values(["day", "row"])
    by_cell = listed[~listed["missing"]].groupby("cell")
    first, last, count, earliest, withdrawn = (
        column.reindex(range(len(cells.area)), fill_value=nothing).to_numpy(np.int64)
        for column, nothing in (
            (by_cell["row"].first(), NONE),
            (by_cell["row"].last(), NONE),
            (by_cell["day"].nunique(), 0),
            (by_cell["begin"].min(), 0),
            (listed[listed["missing"]].groupby("cell")["day"].max(), 0),
        )
    )
    return Editions(first, last, count, earliest, withdrawn)


def _of_the_parts(cells: Assessment, firm: Ints, editions: Editions) -> Editions:
    """The editions; of a derived figure the first one came with the first of its last part."""
    dataset, frame = cells.dataset, cells.dataset.actuals
    made = {
        cell: dataset.derived[row]
        for cell, row in enumerate(firm.tolist())
        if row in dataset.derived
    }
    if not made:
        return editions
    day, begin = ints(frame, "published_day"), _may_begin(frame)
    key = joint_key([codes(frame, name) for name in ("area", "indicator", "period")])
    rows = np.flatnonzero(cells.known & flags(frame, "on_reference_basis"))
    firm_rows = rows[firmness(frame, rows) == FIRM]
    order = firm_rows[np.lexsort((day[firm_rows], key[firm_rows]))]
    first, earliest = editions.first.copy(), editions.earliest.copy()
    for cell, one in made.items():
        parts = [row for part in one.parts for row in (dataset.leaves(part))]
        firsts = [int(order[np.searchsorted(key[order], key[row])]) for row in parts]
        first[cell] = max(firsts, key=lambda row: day[row])
        # where a part has no day, nobody knows when the last one came
        earliest[cell] = begin[first[cell]] if begin[firsts].all() else 0
    return replace(editions, first=first, earliest=earliest)


def _may_begin(frame: Any) -> Ints:
    """The first day that `published` allows; 0 where it is blank or no day."""
    first = [first_day(str(text)) for text in frame["published"].cat.categories]
    return np.array(first or [0], np.int64)[codes(frame, "published")]


# ---- what is expected, and what it weighs --------------------------------------------------------
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
            weight[of], why[position], _rounding = base_weights(cells, of, levels)
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
