"""What each column and row of a return is, as values.

The columns of figures that are taken, the rows that are an area's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import zip_longest

from dtrack.core.period import Period
from dtrack.importing.formats.grid import Grid
from dtrack.importing.mapping import ColumnMap
from dtrack.parsing.unit import Unit


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures that is taken.

    `indicator` −1: the column of indicators says which; `period` None: likewise.

    `given`: what the map says of it.
    """

    column: int
    heading: str
    indicator: int
    period: Period | None
    unit: Unit | None
    given: ColumnMap = field(default_factory=ColumnMap)


@dataclass(frozen=True, slots=True)
class Layout:
    """`area`, `indicator`, `period`, `unit`: columns of those, −1 where there is none; `units`.

    Told for the whole table.

    `more_periods`: further columns that say the period together with the first: 季度 beside 年份.

    `rows`: (row of the grid, position of the area). `grid`: as it was read, turned where areas
    stood across.
    """

    grid: Grid
    header: tuple[int, int]
    area: int
    indicator: int
    period: int
    columns: tuple[FigureColumn, ...]
    rows: list[tuple[int, int]]
    units: tuple[str, ...] = ()
    unit: int = -1
    more_periods: tuple[int, ...] = ()

    @property
    def keys(self) -> tuple[int, ...]:
        """The columns that say what a figure is."""
        return tuple(
            at
            for at in (self.area, self.indicator, self.period, self.unit, *self.more_periods)
            if at >= 0
        )


def turned(grid: Grid) -> Grid:
    """The grid with rows for columns; its cells keep the names they have in the file."""
    rows = [list(column) for column in zip_longest(*grid.rows, fillvalue="")]
    merged = tuple((left, top, right, bottom) for top, left, bottom, right in grid.merged)
    return replace(
        grid,
        rows=rows,
        merged=merged,
        formulas=frozenset((c, r) for r, c in grid.formulas),
        turned=not grid.turned,
        flat=None,
    )


def spread(grid: Grid, columns: tuple[int, ...], first: int) -> Grid:
    """The grid with the text of a merged cell in all its rows, in some columns from row `first`."""
    rows = list(grid.rows)
    for top, left, bottom, right in grid.merged:
        over = [column for column in columns if left <= column <= right]
        text = grid.cell(top, left) if over and first <= top < len(rows) else ""
        for row in range(top, min(bottom + 1, len(rows)) if text else top):
            line = [*rows[row], *[""] * (min(over) + 1 - len(rows[row]))]
            line[min(over)] = text
            rows[row] = line
    return replace(grid, rows=rows, flat=None)


def without(grid: Grid, columns: tuple[int, ...], first: int) -> Grid:
    """The grid with some columns blank from row `first` on."""
    rows = [
        ["" if row >= first and at in columns else text for at, text in enumerate(line)]
        for row, line in enumerate(grid.rows)
    ]
    return replace(grid, rows=rows, flat=None)
