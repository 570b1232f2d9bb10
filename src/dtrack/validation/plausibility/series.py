"""Figures and targets laid ready for the questions of plausibility, and numbers in their sentences.

`Figures` are the newest editions that have a number, sorted by area, indicator, period and side of
the breaks, with the ways from a figure to the one before it; `Entries` are the targets. Numbers are
grouped, in few digits, halves away from zero, as the language spoken writes them: 12,907.1 is
12907.1 in Chinese.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.selection import MONTHS, VintageIndex
from dtrack.core.arrays import (
    NONE,
    Flags,
    Floats,
    Ints,
    codes,
    flags,
    ints,
    look_up,
    present,
    says,
    worded,
)
from dtrack.core.findings import Finding, row_findings
from dtrack.core.message import Deferred, Message, deferred
from dtrack.core.places import TARGETS_FILE
from dtrack.core.vocabulary import Kind, ObsStatus
from dtrack.core.wording import Wording
from dtrack.core.years import YEAR
from dtrack.i18n.formatting import period_shown
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Place
from dtrack.validation.plausibility.number_text import shown_figure

LONGEST = 4_096  # more months than the longest period should have


class Figures:
    """The newest editions on the reference basis, one entry per cell and side of its breaks.

    An edition that is excluded, or that says *missing*, is the newest all the same: then the cell
    has no entry. `current` marks the entry that stands for its cell whatever the side. `rows`: only
    findings at these rows of the actuals are made; every figure may still be compared with.
    """

    def __init__(self, dataset: Dataset, rows: Flags | None = None) -> None:
        frame = dataset.actuals
        self.dataset = dataset
        self.asked = np.ones(len(frame), bool) if rows is None else np.asarray(rows, bool)
        self.starts, self.ends = dataset.period_starts, dataset.period_ends
        self._texts: dict[str, tuple[npt.NDArray[Any], npt.NDArray[Any]]] = {}
        own = np.flatnonzero(flags(frame, "on_reference_basis"))
        # of two editions of one day the one that is asked about
        newest = VintageIndex(dataset, own[np.argsort(self.asked[own], kind="stable")], sides=True)
        self.sides, self.key = newest.sides, newest.key
        firm = ~says(frame, "status", ObsStatus.EXPECTED)[newest.rows]
        kept = ~(flags(frame, "excluded") | np.isnan(frame["number"].to_numpy()))[newest.rows]
        self.current = self._stands(newest.keys, firm)[kept]
        self.keys, self.row = newest.keys[kept], newest.rows[kept]
        self.area, self.indicator, self.period = (
            codes(frame, name)[self.row] for name in ("area", "indicator", "period")
        )
        self.day, self.decimals = (
            ints(frame, name)[self.row] for name in ("published_day", "decimals")
        )
        self.number, self.upper = (frame[name].to_numpy()[self.row] for name in ("number", "upper"))
        self.side: Ints = self.keys % self.sides
        self.plain: Flags = worded(codes(frame, "wording")[self.row], lambda m: m.exact)

    def _stands(self, key: Ints, firm: Flags) -> Flags:
        """Of the entries of one cell the one that counts.

        Firm before expected, then the newest side.
        """
        if self.sides == 1:
            return np.ones(len(key), bool)
        order = np.lexsort((key, firm, key // self.sides))
        cell = key[order] // self.sides
        stands = np.ones(len(key), bool)
        stands[order[:-1][cell[1:] == cell[:-1]]] = False
        return stands

    def find(self, key: Ints) -> Ints:
        """The entry of each key, NONE where there is none."""
        return look_up(self.keys, key)

    def cell(self, area: Ints, indicator: Ints, period: Ints) -> Ints:
        """The entry that stands for each cell, or NONE."""
        at, cells = self._cells
        found = look_up(cells, self.key(area, indicator, period) // self.sides)
        return np.where(present(period) & present(found), np.append(at, NONE)[found], NONE)

    @cached_property
    def _cells(self) -> tuple[Ints, Ints]:
        at = np.flatnonzero(self.current)
        return at, self.keys[at] // self.sides

    def shifted(self, months: int) -> Ints:
        """For each period the position of the one so many months later, or NONE."""
        index, periods = self.dataset.period_position, self.dataset.periods
        found = [index.get(period.shift(months), NONE) for period in periods]
        return np.array(found or [NONE], np.int64)

    @cached_property
    def year_before(self) -> Ints:
        """Each figure's entry of the same period a year before, on the same side of every break."""
        return self.on_same_side(self.shifted(-YEAR)[self.period])

    def on_same_side(self, period: Ints) -> Ints:
        """Each figure's entry of another period, on the same side of every break."""
        found = self.find(self.keys + (period - self.period) * self.sides)
        return np.where(period == NONE, NONE, found)

    @cached_property
    def year_before_of_any_side(self) -> Ints:
        """Each figure's entry of the same period a year before, whichever edition stands for it."""
        if self.sides == 1:
            return self.year_before
        return self.cell(self.area, self.indicator, self.shifted(-YEAR)[self.period])

    @cached_property
    def before(self) -> Ints:
        """The entry with the latest end before each figure's own, of equal ends the longest."""
        series = self.keys // self.sides // len(self.dataset.periods)
        return self._before(series * self.sides + self.side, np.arange(len(self.keys)))

    @cached_property
    def before_of_any_side(self) -> Ints:
        """As `before`, whichever edition stands for the figure before."""
        if self.sides == 1:
            return self.before
        at = np.flatnonzero(self.current)
        return self._before(self.keys // self.sides // len(self.dataset.periods), at)

    def _before(self, series: Ints, among: Ints) -> Ints:
        start, end = self.starts[self.period], self.ends[self.period]
        place = series * MONTHS + end
        key = place * LONGEST + np.minimum(end - start, LONGEST - 1)
        order = among[np.argsort(key[among], kind="stable")]
        if not len(order):
            return np.full(len(place), NONE)
        at = np.searchsorted(place[order], place) - 1
        found = order[np.maximum(at, 0)]
        return np.where((at >= 0) & (series[found] == series), found, NONE)

    # -- which figures -----------------------------------------------------------------------------
    def of_kind(self, *kinds: Kind) -> Flags:
        """Which entries stand for their cell and are of an indicator of these kinds."""
        wanted = self.dataset.which_indicators(lambda item: item.kind in kinds)
        chosen: Flags = self.current & wanted[self.indicator]
        return chosen

    @cached_property
    def expected(self) -> Flags:
        """Which entries are expectations."""
        found: Flags = says(self.dataset.actuals, "status", ObsStatus.EXPECTED)[self.row]
        return found

    @cached_property
    def half(self) -> Floats:
        """Half a unit of each figure's last published digit."""
        half: Floats = 0.5 * np.power(10.0, -self.decimals)
        return half

    @cached_property
    def digits(self) -> Ints:
        """How many digits each figure was published with: 4 for 4920 and 49.20, 2 for 7.5万."""
        whole = (
            np.floor(np.log10(np.maximum(np.abs(self.number), 1e-12)) + 1e-12).astype(np.int64) + 1
        )
        return np.where(self.number == 0, 0, whole + self.decimals)

    @cached_property
    def family(self) -> Ints:
        """Which areas each entry's is compared with, as a number.

        One for the city's districts and zones, one for the parts of each area; NONE for the city,
        and for what is above or beside it.
        """
        dataset, size = self.dataset, len(self.dataset.areas)
        found = [dataset.area_position.get(area.parent, NONE) for area in dataset.areas]
        parents = np.array(found or [NONE], np.int64)
        own = np.isin(dataset.place, (Place.DISTRICT, Place.ZONE))
        of_area = np.select([own, dataset.place == Place.BELOW], [np.int64(size), parents], NONE)
        _, numbers = np.unique(np.append(of_area, NONE), return_inverse=True)
        families: Ints = (numbers[:-1] - 1)[self.area]  # NONE, the least, stays −1
        return families

    def newer(self, one: Ints, other: Ints) -> Ints:
        """Of two figures that do not fit together the one published later; of equals `one`."""
        return np.where(self.day[other] > self.day[one], other, one)

    # -- words -------------------------------------------------------------------------------------
    def text(self, name: str, at: int) -> str:
        """A text column of the actuals at an entry."""
        if name not in self._texts:
            column = self.dataset.actuals[name]
            coded = column.dtype == "category"
            positions = column.cat.codes if coded else np.arange(len(column))
            texts = column.cat.categories if coded else column
            self._texts[name] = np.asarray(positions), np.asarray(texts, object)
        positions, distinct = self._texts[name]
        return str(distinct[positions[self.row[at]]])

    def area_name(self, at: int) -> Deferred:
        """The name of an entry's area in the language spoken."""
        return self.dataset.areas[int(self.area[at])].lazy_name

    def period_name(self, at: int) -> Deferred:
        """An entry's period in the language spoken."""
        return deferred(period_shown, self.dataset.periods[int(self.period[at])])

    def value(self, at: int) -> Deferred:
        """An entry's figure as published, long ones grouped."""
        return deferred(shown_figure, self.text("value", at))

    def tell(
        self, code: str, at: Ints, sentence: Callable[[int], Message], column: str = "value"
    ) -> list[Finding]:
        """A finding at each entry whose row is asked about; `sentence` takes a position in `at`."""
        chosen = np.flatnonzero(self.asked[self.row[at]])
        chosen = chosen[np.argsort(self.row[at][chosen], kind="stable")]
        return row_findings(
            chosen, lambda number: self._finding(code, int(at[number]), column, sentence(number))
        )

    def _finding(self, code: str, at: int, column: str, sentence: Message) -> Finding:
        file, area, indicator, period, value, origin = (
            self.text(name, at)
            for name in ("file", "area", "indicator", "period", "value", "origin")
        )
        line = int(self.dataset.actuals["line"].to_numpy()[self.row[at]])
        cell = area, indicator, period, int(self.day[at]), value, origin
        return Finding(code, file, line, column, sentence, *cell)


class Entries:
    """The targets; `readable` marks those that have a number, `dated` those whose day is known."""

    def __init__(self, dataset: Dataset) -> None:
        frame = dataset.targets
        self.dataset = dataset
        self.area = codes(frame, "area")
        self.indicator, self.period = codes(frame, "indicator"), codes(frame, "period")
        self.number, self.upper = (frame[name].to_numpy() for name in ("number", "upper"))
        self.decimals = ints(frame, "decimals")
        self.day = ints(frame, "set_day")
        aside = flags(frame, "excluded")
        self.readable: Flags = ~aside & ~np.isnan(self.number)
        self.relative: Flags = ~aside & says(frame, "wording", Wording.RELATIVE)
        self.dated: Flags = ~aside & (self.day > 0)

    def text(self, name: str, at: int) -> str:
        """A text column of the targets at a row."""
        return str(self.dataset.targets[name].iat[at])

    def tell(
        self, code: str, at: Ints, sentence: Callable[[int], Message], column: str = ""
    ) -> list[Finding]:
        """A finding at each of the rows, by its dotted key; `sentence` takes a position in `at`."""

        def finding(number: int) -> Finding:
            row = int(at[number])
            key = ".".join(part for part in (self.text("key", row), column) if part)
            area, indicator, period, value = (
                self.text(name, row) for name in ("area", "indicator", "period", "value")
            )
            cell = area, indicator, period, int(self.day[row]), value
            return Finding(code, TARGETS_FILE, None, key, sentence(number), *cell)

        return row_findings(np.arange(len(at)), finding)
