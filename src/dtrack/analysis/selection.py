"""Which edition of a figure and which target a cell is judged by, as rows of the frames.

A cell is (area, indicator, period asked for), given as arrays of positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from dtrack.analysis.over import overs, years_of
from dtrack.core.arrays import NONE, Flags, Ints, codes, flags, ints, look_up, present
from dtrack.core.period import Period
from dtrack.core.vocabulary import ObsStatus, Over
from dtrack.core.wording import Wording
from dtrack.core.years import YEAR
from dtrack.model.dataset import Dataset
from dtrack.model.schema import UNREADABLE_DAY

FIRM = 2  # of a figure that its publisher stands by
MONTHS = 40_000  # more than a month number can be
# what a publisher calls a figure, in time
LIFE = (
    ObsStatus.MISSING,
    ObsStatus.ILLUSTRATIVE,
    ObsStatus.EXPECTED,
    ObsStatus.FLASH,
    ObsStatus.FINAL,
    ObsStatus.REVISED,
)


def firmness(frame: Any, rows: Ints) -> Ints:
    """How firm the rows are: made of others 0, an expectation 1, published: FIRM."""
    firm = {ObsStatus.DERIVED.value: 0, ObsStatus.EXPECTED.value: 1}
    status = frame["status"].cat
    of_status = [firm.get(str(text), FIRM) for text in status.categories]
    found: Ints = np.array([*of_status, FIRM], np.int64)[status.codes.to_numpy()[rows]]
    return found


def newest_of(key: Ints, day: Ints, firm: Flags | Ints) -> Ints:
    """The position of the newest edition of each key, in the order of the keys.

    The firmer first, then by day.

    Of editions of one day it is the one that stands last: see `in_order_of_day`.
    """
    order = np.argsort(key, kind="stable")
    again = key[order][1:] == key[order][:-1]
    if again.any():  # only what has several editions is put in order by more than its key
        several = np.append(again, False) | np.append(False, again)
        few = order[several]
        order[several] = few[np.lexsort((day[few], firm[few], key[few]))]
    newest: Ints = order[np.append(~again, True)] if len(order) else order
    return newest


def in_order_of_day(
    frame: Any, periods: Sequence[Period], at_end: Sequence[bool]
) -> tuple[Any, Ints]:
    """The actuals, of figures of one cell and day the one that counts last, whatever its file.

    Second: the rows whose cell has several of one day. `at_end`: by indicator, whether it is read
    at its end, where periods that end together are one.
    """
    if not len(frame):
        return frame, np.zeros(0, np.int64)
    indicator, period, day = (
        codes(frame, "indicator"),
        codes(frame, "period"),
        frame["published_day"].factorize()[0],
    )
    ends = np.array([item.end for item in periods], np.int64) + len(periods)
    slot = np.where(np.array(at_end, bool)[indicator], ends[period], period)
    cell = (codes(frame, "area") * len(at_end) + indicator) * (int(ends.max()) + 1) + slot
    key = cell * (int(day.max()) + 1) + day
    order = np.argsort(key, kind="stable")
    again = key[order][1:] == key[order][:-1]
    few, place = order[np.append(again, False) | np.append(False, again)], np.arange(len(frame))
    if not len(few):
        return frame, few
    place[few] = few[np.lexsort((-few, *_rising(frame.iloc[few], periods), key[few]))]
    return frame.iloc[place].reset_index(drop=True) if (
        np.diff(place) < 0
    ).any() else frame, np.sort(few)


def _rising(frame: Any, periods: Sequence[Period]) -> list[Any]:
    """What makes one figure of a day count before another, the least first.

    The longer span, the indicator's own basis, a figure before an expectation, more published
    digits, the later status; then what it says by its letters, so that no file decides. Of two that
    say the very same the first in the files counts.
    """
    status = np.array(
        [
            LIFE.index(ObsStatus(text)) if text in LIFE else NONE
            for text in frame["status"].cat.categories
        ],
        np.int64,
    )
    status = status[codes(frame, "status")]
    start = np.array([item.start for item in periods], np.int64)[codes(frame, "period")]
    letters = [
        in_alphabet(frame[name])
        for name in ("value", "source", "published", "prices", "scope", "note", "origin")
    ]
    own, firm = flags(frame, "on_reference_basis"), status != LIFE.index(ObsStatus.EXPECTED)
    return [*letters, status, frame["decimals"].to_numpy(), firm, own, -start]


def in_alphabet(column: Any) -> Ints:
    """The place of each row's text among all texts of the column in order."""
    if column.dtype != "category":
        rank: Ints = np.unique(column.to_numpy(dtype=str), return_inverse=True)[1].astype(np.int64)
        return rank
    texts = column.cat.categories.to_numpy(dtype=object)
    place: Ints = np.argsort(np.argsort(texts, kind="stable"), kind="stable")
    of_rows: Ints = place[column.cat.codes.to_numpy()]
    return of_rows


class VintageIndex:
    """The newest known edition of every figure, found by cell.

    `rows` are those of the actuals that take part; `keys`, ascending, and `rows` are then those of
    the newest editions. Newest is the one published last; *expected* never replaces another. With
    `sides` the editions on either side of a break of the indicator are kept apart, and `find` takes
    the side.
    """

    def __init__(self, dataset: Dataset, rows: Ints, *, sides: bool = False) -> None:
        self.dataset, frame = dataset, dataset.actuals
        self.sides = 1 + sides * max((len(item.breaks) for item in dataset.indicators), default=0)
        area, indicator, period = (
            codes(frame, name)[rows] for name in ("area", "indicator", "period")
        )
        day = ints(frame, "published_day")[rows]
        side = break_side(dataset, indicator, day) if self.sides > 1 else 0
        key = self.key(area, indicator, period, side)
        newest = newest_of(key, day, firmness(frame, rows))
        self.keys, self.rows = key[newest], rows[newest]
        self.missing = codes(frame, "wording")[self.rows] == Wording.MISSING.code

    def key(self, area: Ints, indicator: Ints, period: Ints, side: Ints | int = 0) -> Ints:
        """Return one number for a cell and a side of its breaks."""
        cell = (area * len(self.dataset.indicators) + indicator) * len(self.dataset.periods)
        return (cell + period) * self.sides + side

    def find(
        self, area: Ints, indicator: Ints, period: Ints, side: Ints | int = 0
    ) -> tuple[Ints, Flags]:
        """Row of the figure of that very period, and whether its newest edition is *missing*."""
        if not len(self.keys):
            return np.full(len(area), NONE), np.zeros(len(area), bool)
        at = look_up(self.keys, self.key(area, indicator, period, side))
        found = present(at) & (period >= 0) & (area >= 0)
        missing = found & self.missing[at]
        return np.where(found & ~missing, self.rows[at], NONE), missing

    @cached_property
    def _by_end(self) -> tuple[Ints, Ints]:
        """Keys of area, indicator and last month, and rows; of equal keys longer spans last."""
        rows = self.rows[~self.missing]
        area, indicator, period = (
            codes(self.dataset.actuals, name)[rows] for name in ("area", "indicator", "period")
        )
        end, start = self.dataset.period_ends[period], self.dataset.period_starts[period]
        key = (area * len(self.dataset.indicators) + indicator) * MONTHS + end
        order = np.lexsort((-start, key))
        return key[order], rows[order]

    def latest(self, area: Ints, indicator: Ints, end: Ints) -> Ints:
        """Row of the figure with the latest end up to the month `end`."""
        keys, rows = self._by_end
        if not len(keys):
            return np.full(len(area), NONE)
        cell = area * len(self.dataset.indicators) + indicator
        at = np.searchsorted(keys, cell * MONTHS + end, side="right") - 1
        found = (at >= 0) & (keys[np.maximum(at, 0)] // MONTHS == cell)
        return np.where(found, rows[np.maximum(at, 0)], NONE)


def known_rows(dataset: Dataset, as_of: int | None) -> Flags:
    """Which figures were published by the as-of day; all of them without one."""
    return known_on(ints(dataset.actuals, "published_day"), as_of)


def known_on(day: Ints, as_of: int | None) -> Flags:
    """Which days are known by the as-of day: dated and not later.

    A day that cannot be read may be any day.
    """
    if as_of is None:
        return np.ones(len(day), bool)
    known: Flags = (day > 0) & (day <= as_of) | (day == UNREADABLE_DAY)
    return known


def break_side(dataset: Dataset, indicator: Ints, day: Ints) -> Ints:
    """How many breaks of the indicator lie at or before the day."""
    side = np.zeros(len(day), np.int64)
    for position, item in enumerate(dataset.indicators):
        for at in item.breaks:
            side += (indicator == position) & (day >= at.at)
    return side


def stand_ins(period: Period) -> list[Period]:
    """For a half, the spans of its first five and four months; else none."""
    return [Period(period.start, period.start + n) for n in (4, 3)] if period.is_half else []


class TargetIndex:
    """The targets known on the as-of day, found by cell, with the entry in force on a day.

    With `spread` what is promised of each year of a span stands at each of them too.
    """

    def __init__(self, dataset: Dataset, as_of: int | None, *, spread: bool = False) -> None:
        self.dataset, frame = dataset, dataset.targets
        day = ints(frame, "set_day")
        rows, period = np.flatnonzero(known_on(day, as_of)), codes(frame, "period")
        self.over = overs(dataset)
        rows, period = spread_rows(dataset, rows, self.over) if spread else (rows, period[rows])
        self.widths = (len(dataset.indicators), len(dataset.periods))
        area, indicator = (codes(frame, name)[rows] for name in ("area", "indicator"))
        key = self._key(area, indicator, period)
        # of two set on one day, neither of which judges, one is shown whatever the order
        letters = in_alphabet(frame["value"])[rows]
        order = np.lexsort((rows, letters, day[rows], key)) if len(rows) else np.zeros(0, np.int64)
        self.rows = rows[order]
        self.keys, self.start = np.unique(key[order], return_index=True)
        self.stop = np.append(self.start[1:], len(order)) if len(order) else self.start
        group = np.repeat(np.arange(len(self.keys)), self.stop - self.start)
        self.days = day[self.rows]
        self.order = group * 10**9 + self.days

    def _key(self, area: Ints, indicator: Ints, period: Ints) -> Ints:
        return (area * self.widths[0] + indicator) * self.widths[1] + period

    def find(self, area: Ints, indicator: Ints, period: Ints) -> Ints:
        """Group of the targets of that very period."""
        found = look_up(self.keys, self._key(area, indicator, period))
        return np.where(period >= 0, found, NONE)

    def next_due(self, area: Ints, indicator: Ints, end: Ints) -> Ints:
        """Group of the targets due first from the month `end` on; of several the shortest's."""
        keys, groups = self._by_end
        if not len(keys):
            return np.full(len(area), NONE)
        cell = area * self.widths[0] + indicator
        at = np.minimum(np.searchsorted(keys, cell * MONTHS + end), len(keys) - 1)
        found = (keys[at] // MONTHS == cell) & (keys[at] % MONTHS >= end)
        return np.where(found, groups[at], NONE)

    @cached_property
    def _by_end(self) -> tuple[Ints, Ints]:
        """Keys of area, indicator and last month, and groups; of equal keys shorter spans first.

        A sum or an average over years judges no part of them, and is none of these.
        """
        whole = [word.code for word in (Over.SUM, Over.WHOLE, Over.AVERAGE)]
        group = np.flatnonzero(~np.isin(self.over[self.rows[self.stop - 1]], whole))
        cell, period = np.divmod(self.keys[group], self.widths[1])
        key = cell * MONTHS + self.dataset.period_ends[period]
        order = np.lexsort((-self.dataset.period_starts[period], key))
        return key[order], group[order]

    def in_force(self, group: Ints, day: Ints) -> tuple[Ints, Ints]:
        """Row of the entry in force on the day (else the first later), and the newest later one."""
        if not len(self.keys):
            return np.full(len(group), NONE), np.full(len(group), NONE)
        at = np.searchsorted(self.order, group * 10**9 + day, side="right") - 1
        at = np.maximum(at, self.start[group])
        newest = self.stop[group] - 1
        at = np.where(self.days[newest] == UNREADABLE_DAY, newest, at)
        chosen = np.where(group >= 0, self.rows[at], NONE)
        return chosen, np.where((group >= 0) & (newest > at), self.rows[newest], NONE)


def spread_rows(dataset: Dataset, rows: Ints, over: Ints) -> tuple[Ints, Ints]:
    """The rows of the targets, those of each year of a span once more a year; their periods."""
    period, position = codes(dataset.targets, "period"), dataset.period_position
    each = rows[over[rows] == Over.EACH.code].tolist()
    more = [
        (row, position[year])
        for row in each
        for year in years_of(dataset.periods[period[row]])
        if year in position
    ]
    added = np.array(more or np.zeros((0, 2)), np.int64)
    return np.append(rows, added[:, 0]), np.append(period[rows], added[:, 1])


def may_judge(target: Period, asked: Period, *, read_at_end: bool) -> bool:
    """Whether a target of one period may judge another: that one, and of which it is a part.

    What is read at a date (share, stock) is matched by its end: a target that falls due then, or
    later. Growth and flow are held against the year that they begin, since July to December alone
    against the year's target would be a wrong verdict.
    """
    if target == asked:
        return True
    if read_at_end:
        return target.end >= asked.end
    return target == asked.year_begun


def begins_year(dataset: Dataset, period: Period) -> bool:
    """Whether a period begins a year and lies in it: of the calendar, or any that is on file."""
    on_file = period.year_begun in dataset.period_position
    return period.months <= YEAR and (period.begins_year or on_file)
