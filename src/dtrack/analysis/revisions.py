"""What changed after it was first published: first and last editions, and the verdicts they turned.

An expectation is no edition of the figure. Editions on two sides of a break are shown and never
subtracted. Source: docs/formulas.py §10.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.assessment import VERDICTS, Assessment
from dtrack.analysis.comparison import rounded
from dtrack.analysis.question import Query
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
    joint_key,
    present,
    says,
)
from dtrack.core.vocabulary import ObsStatus
from dtrack.core.wording import Wording
from dtrack.model.dataset import Dataset
from dtrack.model.integrity import one_figure

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Revised:
    """Figures with several editions: rows of the first and last one, and a value per figure.

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


class AssessmentOfRows(Assessment):
    """Cells judged by given rows of the actuals instead of the newest ones."""

    def __init__(self, dataset: Dataset, question: Query, rows: Ints) -> None:
        period = codes(dataset.actuals, "period")[rows]
        used, which = np.unique(period, return_inverse=True)
        area, indicator = (codes(dataset.actuals, name)[rows] for name in ("area", "indicator"))
        periods = [dataset.periods[position] for position in used]
        super().__init__(dataset, question, periods, which, area, indicator)
        self.rows = rows

    @property
    def actual(self) -> Ints:
        """The given rows."""
        return self.rows

    @property
    def off_basis(self) -> Flags:
        """Editions are of one basis by choice."""
        return np.zeros(len(self.rows), bool)


def revisions(dataset: Dataset, question: Query) -> Revised:
    """Every figure with several dated editions, in the order of the board, newest period first.

    With a period in the question, only figures of that period.
    """
    frame = dataset.actuals
    rows = _editions(dataset, question) & flags(frame, "on_reference_basis")
    rows &= ~np.isnan(frame["number"].to_numpy())
    if question.period is not None:
        rows &= codes(frame, "period") == dataset.period_position.get(question.period, NONE)
    by_figure = _releases(dataset, np.flatnonzero(rows)).groupby("series")
    found = by_figure.agg(
        first=("row", "first"),
        last=("row", "last"),
        editions=("row", "size"),
        since=("day", "first"),
        until=("day", "last"),
    )
    first, last, count, since, until = (ints(found, str(name)) for name in found)
    area, indicator, period = (codes(frame, name)[last] for name in ("area", "indicator", "period"))
    order = np.lexsort((period, area, -dataset.period_ends[period], indicator))
    several = order[(until > since)[order]]
    figures = np.bincount(indicator[until > 0], minlength=len(dataset.indicators))
    return _compare(dataset, question, first[several], last[several], count[several], figures)


def _releases(dataset: Dataset, rows: Ints) -> pd.DataFrame:
    """Rows of the actuals by series and day, one a day (the last); columns series, day, row.

    A series is of one area, indicator, period, and basis where it is not the reference basis.
    """
    import pandas as pd

    frame = dataset.actuals
    own, day = flags(frame, "on_reference_basis")[rows], ints(frame, "published_day")[rows]
    parts = [codes(frame, name)[rows] for name in ("area", "indicator", "period")]
    basis = () if own.all() else ("prices", "scope")
    parts += [np.where(own, 0, in_alphabet(frame[name])[rows] + 1) for name in basis]
    listed = pd.DataFrame({"series": joint_key(parts), "day": day, "row": rows})
    listed = listed.sort_values(["series", "day", "row"])
    return listed.drop_duplicates(["series", "day"], keep="last")


def _compare(
    dataset: Dataset, question: Query, first: Ints, last: Ints, editions: Ints, figures: Ints
) -> Revised:
    change, finest, crosses = difference(dataset, first, last)
    before, after = (ints(dataset.actuals, "published_day")[rows] for rows in (first, last))
    dated = (before > 0) & (after > 0)
    days = np.full(len(first), NONE)
    days[dated] = days_between(before[dated], after[dated])
    was, now = (
        [VERDICTS[code] for code in AssessmentOfRows(dataset, question, rows).verdict[0]]
        for rows in (first, last)
    )
    return Revised(first, last, editions, change, finest, days, crosses, was, now, figures)


def difference(dataset: Dataset, first: Ints, last: Ints) -> tuple[Floats, Ints, Flags]:
    """The later figure less the earlier one, its decimals, and whether a break lies between them.

    Exact at the finer decimals of the two; NaN across a break (growth crosses it unharmed) and
    where the wordings differ.
    """
    frame, indicator = dataset.actuals, codes(dataset.actuals, "indicator")[first]
    number, wording = frame["number"].to_numpy(), codes(frame, "wording")
    decimals, day = ints(frame, "decimals"), ints(frame, "published_day")
    before, after = (break_side(dataset, indicator, day[rows]) for rows in (first, last))
    crosses = (before != after) & ~dataset.is_growth[indicator]
    finest = np.maximum(decimals[first], decimals[last])
    exact = rounded(number[last] - number[first], finest)
    return np.where(crosses | (wording[first] != wording[last]), np.nan, exact), finest, crosses


@dataclass(frozen=True, slots=True)
class Changed:
    """Editions published after a day, in that order: rows of each and of the one before it or NONE.

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
    """Every edition published after the day `since` (yyyymmdd) and by the question's as-of day.

    An expectation is no edition; one without a day is older than every other. A figure on another
    basis is a series of its own. With a period in the question, only figures of months within it.
    """
    frame = dataset.actuals
    rows = np.flatnonzero(_editions(dataset, question) & _of_changed(dataset, question, since))
    listed = _releases(dataset, rows)
    row, day = listed["row"].to_numpy(np.int64), listed["day"].to_numpy(np.int64)
    before = listed.groupby("series")["row"].shift(fill_value=NONE).to_numpy(np.int64)
    missing = codes(frame, "wording") == Wording.MISSING.code
    gone, had = missing[row], present(before) & ~missing[before]
    area, indicator, period = (codes(frame, name)[row] for name in ("area", "indicator", "period"))
    order = np.lexsort((period, area, indicator, day))
    shown = order[((day > since) & (had | ~gone))[order]]
    return _changed(dataset, np.where(had, before, NONE)[shown], row[shown], gone[shown])


def _changed(dataset: Dataset, before: Ints, after: Ints, gone: Flags) -> Changed:
    """The editions with the kind and size of each change."""
    change, decimals, crosses = difference(dataset, np.maximum(before, 0), after)
    wording, old = codes(dataset.actuals, "wording"), present(before)
    alike = one_figure(dataset.actuals, before, after)
    kind = np.select([gone, ~old, alike], [3, 0, 2], 1)
    # two ends have no one difference
    nothing = gone | ~old | (~alike & (wording[after] == Wording.RANGE.code))
    change = np.where(nothing, np.nan, change)
    return Changed(before, after, kind, change, decimals, crosses & old)


def _editions(dataset: Dataset, question: Query) -> Flags:
    """Editions known by the as-of day; expectations and rows set aside are none."""
    frame = dataset.actuals
    rows: Flags = known_rows(dataset, question.as_of) & ~flags(frame, "excluded")
    rows &= ~says(frame, "status", ObsStatus.EXPECTED)
    return rows


def _of_changed(dataset: Dataset, question: Query, since: int) -> Flags:
    """Rows within the period of every area and indicator with anything published after the day."""
    frame, asked = dataset.actuals, question.period
    within = dataset.which_periods(
        lambda p: asked is None or (asked.start <= p.start and p.end <= asked.end)
    )
    of_period = within[codes(frame, "period")]
    cell = codes(frame, "area") * len(dataset.indicators) + codes(frame, "indicator")
    late = np.zeros(len(dataset.areas) * len(dataset.indicators) + 1, bool)
    late[cell[of_period & (ints(frame, "published_day") > since)]] = True
    chosen: Flags = of_period & late[cell]
    return chosen


def summary(dataset: Dataset, revised: Revised) -> list[tuple[int, int, int, float, float]]:
    """By indicator with a revision: position, figures, how many changed, mean, mean size."""
    indicator = codes(dataset.actuals, "indicator")[revised.first]
    result = []
    for position in np.unique(indicator):
        change = revised.change[(indicator == position) & ~np.isnan(revised.change)]
        count = int(revised.figures[position]) - int(revised.crosses[indicator == position].sum())
        if count:
            mean, size = float(change.sum()) / count, float(np.abs(change).sum()) / count
            result.append((int(position), count, int((change != 0).sum()), mean, size))
    return result
