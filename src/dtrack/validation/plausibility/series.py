"""The figures that questions of plausibility are asked of, laid ready once.

In comes what a workspace holds, out go arrays of the newest editions that have a number, sorted by
area, indicator, period and side of the breaks, with the ways from a figure to the one before it,
and the making of findings.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.selection import break_side, newest_of
from dtrack.core.arrays import NONE, Flags, Floats, Ints, code_of, codes
from dtrack.core.figure import PLAIN, WORDING_CODE
from dtrack.core.findings import Finding, row_findings
from dtrack.core.message import Deferred, Message, deferred
from dtrack.core.period import YEAR
from dtrack.i18n.formatting import period_shown
from dtrack.model.entities import Dataset, Place
from dtrack.validation.plausibility.amounts import shown

MONTHS = 40_000  # more than a month number can be
LONGEST = 4_096  # more months than the longest period should have


class Figures:
    """The newest editions on the indicators' own basis, one entry per cell and side of its breaks.

    An edition that a finding stands against, or that says *missing*, is the newest all the same:
    then the cell has no
    entry. *expected* never replaces another. `current` marks the entry that stands for its cell
    whatever the side.
    `rows`: only findings at these rows of the actuals are told; every figure may still be compared
    with.
    """

    def __init__(self, dataset: Dataset, rows: Flags | None = None) -> None:
        frame = dataset.actuals
        self.dataset = dataset
        self.asked = np.ones(len(frame), bool) if rows is None else np.asarray(rows, bool)
        self.sides = max((len(item.breaks) for item in dataset.indicators), default=0) + 1
        self.starts = np.array([period.start for period in dataset.periods] or [0], np.int64)
        self.ends = np.array([period.end for period in dataset.periods] or [0], np.int64)
        self._texts: dict[str, tuple[npt.NDArray[Any], npt.NDArray[Any]]] = {}
        own = np.flatnonzero(frame["own_basis"].to_numpy(dtype=bool))
        # of two editions of one day the one that is asked about
        self._place(own[np.argsort(self.asked[own], kind="stable")])
        self.number, self.upper = (frame[name].to_numpy()[self.row] for name in ("number", "upper"))
        self.decimals = frame["decimals"].to_numpy()[self.row].astype(np.int64)
        self.plain: Flags = codes(frame, "wording")[self.row] == WORDING_CODE[PLAIN]

    def _place(self, rows: Ints) -> None:
        """The newest edition of each cell on each side, those without a number taken out, sorted by key."""
        frame = self.dataset.actuals
        area, indicator, period = (
            codes(frame, name)[rows] for name in ("area", "indicator", "period")
        )
        day = frame["published_day"].to_numpy()[rows].astype(np.int64)
        side = (
            break_side(self.dataset, indicator, day)
            if self.sides > 1
            else np.zeros(len(rows), np.int64)
        )
        firm = codes(frame, "status")[rows] != code_of(frame, "status", "expected")
        key = self.key(area, indicator, period, side)
        newest = newest_of(key, day, firm)
        numbered = ~(
            frame["aside"].to_numpy(dtype=bool)[rows] | np.isnan(frame["number"].to_numpy()[rows])
        )
        current = self._stands(key[newest], firm[newest]) & numbered[newest]
        kept = numbered[newest]
        newest, self.current = newest[kept], current[kept]
        self.keys, self.row, self.day = key[newest], rows[newest], day[newest]
        self.area, self.indicator, self.period, self.side = (
            part[newest] for part in (area, indicator, period, side)
        )

    def key(self, area: Ints, indicator: Ints, period: Ints, side: Ints | int = 0) -> Ints:
        """One number for a cell and a side of its breaks; entries are sorted by it."""
        return (
            (area * len(self.dataset.indicators) + indicator) * len(self.dataset.periods) + period
        ) * self.sides + side

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

    # -- from one figure to another
    # -----------------------------------------------------------------------------------
    def find(self, key: Ints) -> Ints:
        """The entry of each key, NONE where there is none."""
        if not len(self.keys):
            return np.full(len(key), NONE)
        at = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        return np.where(self.keys[at] == key, at, NONE)

    def cell(self, area: Ints, indicator: Ints, period: Ints) -> Ints:
        """The entry that stands for each cell, NONE where there is none.

        NONE as a period has none.
        """
        return np.where(
            period == NONE, NONE, self._standing(self.key(area, indicator, period) // self.sides)
        )

    def _standing(self, cell: Ints) -> Ints:
        at, cells = self._cells
        if not len(cells):
            return np.full(len(cell), NONE)
        place = np.minimum(np.searchsorted(cells, cell), len(cells) - 1)
        return np.where(cells[place] == cell, at[place], NONE)

    @cached_property
    def _cells(self) -> tuple[Ints, Ints]:
        at = np.flatnonzero(self.current)
        return at, self.keys[at] // self.sides

    def shifted(self, months: int) -> Ints:
        """For each period of the workspace the position of the one so many months later, NONE where it has none."""
        index = self.dataset.period_position
        return np.array(
            [index.get(period.shift(months), NONE) for period in self.dataset.periods] or [NONE],
            np.int64,
        )

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
        """The entry of the figure with the latest end before each figure's own, on the same side.

        Of equal ends the longest.
        """
        return self._before(
            self.keys // self.sides // len(self.dataset.periods) * self.sides + self.side,
            np.arange(len(self.keys)),
        )

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
        order = among[
            np.argsort(
                place[among] * LONGEST + np.minimum(end - start, LONGEST - 1)[among], kind="stable"
            )
        ]
        if not len(order):
            return np.full(len(place), NONE)
        at = np.searchsorted(place[order], place) - 1
        found = order[np.maximum(at, 0)]
        return np.where((at >= 0) & (series[found] == series), found, NONE)

    # -- which figures -----------------------------------------------------------------------------
    def of_kind(self, *kinds: str) -> Flags:
        """Which entries stand for their cell and are of an indicator of these kinds."""
        wanted = np.array([item.kind in kinds for item in self.dataset.indicators] or [False])
        chosen: Flags = self.current & wanted[self.indicator]
        return chosen

    @cached_property
    def in_percent(self) -> Flags:
        """Which entries are per cents."""
        flags: Flags = np.array([item.in_percent for item in self.dataset.indicators] or [False])[
            self.indicator
        ]
        return flags

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
        """Which areas each entry's is one of.

        A number for the city's districts and zones, one for the parts of each area.

        NONE for the city, and for what is above or beside it: those are compared with none.
        """
        dataset, size = self.dataset, len(self.dataset.areas)
        parents = np.array(
            [dataset.area_position.get(area.parent, NONE) for area in dataset.areas] or [NONE],
            np.int64,
        )
        own = np.isin(dataset.place, (Place.DISTRICT, Place.ZONE))
        of_area = np.select([own, dataset.place == Place.BELOW], [np.int64(size), parents], NONE)
        _, numbers = np.unique(np.append(of_area, NONE), return_inverse=True)
        families: Ints = (numbers[:-1] - 1)[self.area]  # NONE, the least, stays −1
        return families

    def newer(self, one: Ints, other: Ints) -> Ints:
        """Of two figures that do not fit together the one published later, where the doubt is told.

        Of equals `one`.
        """
        return np.where(self.day[other] > self.day[one], other, one)

    # -- words -------------------------------------------------------------------------------------
    def text(self, name: str, at: int) -> str:
        """A text column of the actuals at an entry."""
        if name not in self._texts:
            column = self.dataset.actuals[name]
            told = (
                (column.cat.codes, column.cat.categories)
                if column.dtype == "category"
                else (np.arange(len(column)), column)
            )
            self._texts[name] = np.asarray(told[0]), np.asarray(told[1], object)
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
        return deferred(shown, self.text("value", at))

    def tell(
        self, code: str, at: Ints, sentence: Callable[[int], Message], column: str = "value"
    ) -> list[Finding]:
        """A finding at each entry whose row is asked about; `sentence` takes a position in `at`.

        Past 1,000 they are counted.
        """
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
        return Finding(
            code,
            file,
            line,
            column,
            sentence,
            area,
            indicator,
            period,
            int(self.day[at]),
            value,
            origin,
        )
