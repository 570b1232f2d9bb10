"""What changed after it was first told.

In come all editions of every figure, out go first, last, and what it turned.

An expectation is no edition of the figure. Editions on two sides of a break are shown and never
subtracted. Source: docs/formulas.py §10.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.assessment import VERDICTS, Assessment
from dtrack.analysis.cells import Query
from dtrack.analysis.comparison import rounded
from dtrack.analysis.selection import break_side, in_alphabet, known_rows
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
from dtrack.core.vocabulary import ObsStatus
from dtrack.model.entities import Dataset


@dataclass(frozen=True, slots=True)
class Revised:
    """Figures with several editions.

    Rows of the first and the last one, and arrays of one value per figure.

    `figures` counts by indicator all figures that the mean revision is taken over, those never
    revised included.
    """

    first: Ints
    last: Ints
    editions: Ints
    change: Floats
    decimals: Ints
    days: Ints
    crosses: Flags
    verdict_first: list[str]
    verdict_last: list[str]
    figures: Ints


class Edition(Assessment):
    """Cells judged by given rows of the actuals instead of the newest ones."""

    def __init__(self, dataset: Dataset, question: Query, rows: Ints) -> None:
        period = codes(dataset.actuals, "period")[rows]
        used, which = np.unique(period, return_inverse=True)
        area, indicator = (
            codes(dataset.actuals, "area")[rows],
            codes(dataset.actuals, "indicator")[rows],
        )
        super().__init__(
            dataset, question, [dataset.periods[p] for p in used], which, area, indicator
        )
        self.rows = rows

    @property
    def actual(self) -> Ints:
        """The given rows."""
        return self.rows

    @property
    def other_basis(self) -> Flags:
        """Editions are of one basis by choice."""
        return np.zeros(len(self.rows), bool)


def revisions(dataset: Dataset, question: Query) -> Revised:
    """Every figure with more than one dated edition known by the as-of day, in the order of the board, newest period first.

    With a period in the question, only figures of that period.
    """
    frame = dataset.actuals
    rows = (
        known_rows(dataset, question.as_of)
        & flags(frame, "on_reference_basis")
        & ~flags(frame, "excluded")
    )
    rows &= ~says(frame, "status", ObsStatus.EXPECTED) & ~np.isnan(frame["number"].to_numpy())
    if question.period is not None:
        rows &= codes(frame, "period") == dataset.period_position.get(question.period, -1)
    chosen = np.flatnonzero(rows)
    area, indicator, period = (
        codes(frame, name)[chosen] for name in ("area", "indicator", "period")
    )
    day = frame["published_day"].to_numpy()[chosen].astype(np.int64)
    ends = -dataset.period_ends[period]
    order = np.lexsort((chosen, day, period, area, ends, indicator))
    key = np.stack([indicator, ends, area, period, day])[:, order]
    # what is told twice on a day is one edition
    order = order[np.append((np.diff(key) != 0).any(axis=0), True)[: len(order)]]
    key = np.stack([indicator, ends, area, period])[:, order]
    starts = (
        np.flatnonzero(np.append(True, (key[:, 1:] != key[:, :-1]).any(axis=0)))
        if len(order)
        else np.zeros(0, np.int64)
    )
    stops = np.append(starts[1:], len(order))
    several = day[order][stops - 1] > day[order][starts] if len(order) else np.zeros(0, bool)
    first, last = chosen[order][starts[several]], chosen[order][(stops - 1)[several]]
    dated = day[order][stops - 1] > 0 if len(order) else np.zeros(0, bool)
    figures = np.bincount(indicator[order][starts[dated]], minlength=len(dataset.indicators))
    return _compare(dataset, question, first, last, (stops - starts)[several], figures)


def _compare(
    dataset: Dataset, question: Query, first: Ints, last: Ints, editions: Ints, figures: Ints
) -> Revised:
    day = ints(dataset.actuals, "published_day")
    change, finest, crosses = difference(dataset, first, last)
    before, after = day[first], day[last]
    dated = (before > 0) & (after > 0)
    days = np.full(len(first), NONE)
    days[dated] = days_between(before[dated], after[dated])
    words = [
        [VERDICTS[code] for code in Edition(dataset, question, rows).verdict[0]]
        for rows in (first, last)
    ]
    return Revised(
        first,
        last,
        editions,
        change,
        finest,
        days,
        crosses,
        words[0],
        words[1],
        figures,
    )


def difference(dataset: Dataset, first: Ints, last: Ints) -> tuple[Floats, Ints, Flags]:
    """The later figure less the earlier one at rows of the actuals, its decimals, and whether a break lies between them.

    Exact at the finer decimals of the two; NaN across a break (growth crosses it unharmed) and
    where the wordings differ.
    """
    frame, both = dataset.actuals, (first, last)
    number, decimals, word, day = (
        [_taken(frame, name)[rows] for rows in both]
        for name in ("number", "decimals", "wording", "published_day")
    )
    indicator = _taken(frame, "indicator")[first].astype(np.int64)
    growth = dataset.is_growth[indicator]
    sides = [break_side(dataset, indicator, days.astype(np.int64)) for days in day]
    crosses = (sides[0] != sides[1]) & ~growth
    finest = np.maximum(*decimals).astype(np.int64)
    change = np.where(
        crosses | (word[0] != word[1]), np.nan, rounded(number[1] - number[0], finest)
    )
    return change, finest, crosses


def _taken(frame: Any, column: str) -> npt.NDArray[Any]:
    """A column as an array; of a categorical one its positions."""
    values: npt.NDArray[Any] = (
        frame[column].cat.codes if frame[column].dtype == "category" else frame[column]
    ).to_numpy()
    return values


@dataclass(frozen=True, slots=True)
class Changed:
    """Editions published after a day, in the order of their days.

    Rows of each and of the one before it (NONE: none).

    `kind` is a position in KINDS; `change` is exact at `decimals`, NaN where there is none.
    """

    before: Ints
    after: Ints
    kind: Ints
    change: Floats
    decimals: Ints
    crosses: Flags


KINDS = ("new", "revised", "confirmed", "withdrawn")


def changes(dataset: Dataset, question: Query, since: int) -> Changed:
    """What was published after the day `since` (yyyymmdd), and by the question's as-of day.

    Every edition by itself.

    An expectation is no edition; one without a day is older than every other. A figure on another
    basis is a series of its own. With a period in the question, only figures of months within it.
    """
    frame = dataset.actuals
    chosen = np.flatnonzero(_editions(dataset, question) & _of_changed(dataset, question, since))
    series, day = (
        _series(frame.iloc[chosen]),
        _taken(frame, "published_day")[chosen].astype(np.int64),
    )
    order = np.lexsort((chosen, day, *series[::-1]))
    key = np.stack([column[order] for column in series])
    last_of_day = np.append((np.diff(key) != 0).any(axis=0) | (np.diff(day[order]) != 0), True)[
        : len(order)
    ]
    rows, key, day = chosen[order][last_of_day], key[:, last_of_day], day[order][last_of_day]
    same = np.append(False, (np.diff(key) == 0).all(axis=0))[: len(rows)]
    before = np.where(same, np.append(NONE, rows)[: len(rows)], NONE)
    gone = _taken(frame, "wording")[rows] == Wording.MISSING.code
    had = present(before) & ~np.append(False, gone)[: len(rows)]
    told = (day > since) & (had | ~gone)
    told = np.flatnonzero(told)[np.lexsort((key[2, told], key[0, told], key[1, told], day[told]))]
    return _changed(dataset, np.where(had, before, NONE)[told], rows[told], gone[told])


def _changed(dataset: Dataset, before: Ints, after: Ints, gone: Flags) -> Changed:
    """The editions with the kind and size of each change."""
    change, decimals, crosses = difference(dataset, np.maximum(before, 0), after)
    alike = np.ones(len(after), bool)
    for name in ("number", "upper", "wording"):
        values = _taken(dataset.actuals, name)
        alike &= values[before] == values[after]
    kind = np.select([gone, ~present(before), alike], [3, 0, 2], 1)
    ranges = _taken(dataset.actuals, "wording")[after] == Wording.RANGE.code
    nothing = gone | ~present(before) | (ranges & ~alike)
    return Changed(
        before, after, kind, np.where(nothing, np.nan, change), decimals, crosses & present(before)
    )


def _editions(dataset: Dataset, question: Query) -> Flags:
    """Editions known by the as-of day; expectations and rows set aside are none."""
    frame = dataset.actuals
    rows: Flags = known_rows(dataset, question.as_of) & ~flags(frame, "excluded")
    rows &= ~says(frame, "status", ObsStatus.EXPECTED)
    return rows


def _of_changed(dataset: Dataset, question: Query, since: int) -> Flags:
    """Rows of the figures (area and indicator) of which anything was published after the day, within the period asked for."""
    frame, asked = dataset.actuals, question.period
    within = dataset.which_periods(
        lambda p: asked is None or (asked.start <= p.start and p.end <= asked.end)
    )
    of_period = within[_taken(frame, "period")] if len(frame) else np.zeros(0, bool)
    cell = _taken(frame, "area").astype(np.int64) * len(dataset.indicators) + _taken(
        frame, "indicator"
    )
    late = np.zeros(len(dataset.areas) * len(dataset.indicators) + 1, bool)
    late[cell[of_period & (_taken(frame, "published_day") > since)]] = True
    chosen: Flags = of_period & late[cell]
    return chosen


def _series(frame: Any) -> list[Ints]:
    """What makes one series of editions.

    Area, indicator, period, and the basis where it is not the indicator's own.
    """
    own = flags(frame, "on_reference_basis")
    basis = [np.where(own, 0, in_alphabet(frame[name]) + 1) for name in ("prices", "scope")]
    return [*(codes(frame, name) for name in ("area", "indicator", "period")), *basis]


def summary(dataset: Dataset, revised: Revised) -> list[tuple[int, int, int, float, float]]:
    """By indicator with a revision.

    Position, figures, how many changed, mean and mean absolute revision of all figures.
    """
    indicator = codes(dataset.actuals, "indicator")[revised.first]
    result = []
    for position in np.unique(indicator):
        change = revised.change[(indicator == position) & ~np.isnan(revised.change)]
        count = int(revised.figures[position]) - int(revised.crosses[indicator == position].sum())
        if count:
            mean, size = float(change.sum()) / count, float(np.abs(change).sum()) / count
            result.append((int(position), count, int((change != 0).sum()), mean, size))
    return result
