"""What each column and row of a return is, as values: the columns of figures that are taken, the rows that are an area's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

from dtrack.intake.grid import Grid
from dtrack.intake.measure import Unit
from dtrack.period import Period


@dataclass(frozen=True, slots=True)
class Taken:
    """A column of figures that is taken. `indicator` −1: the column of indicators says which; `period` None: likewise."""

    column: int
    heading: str
    indicator: int
    period: Period | None
    unit: Unit | None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """`area`, `indicator`, `period`, `unit`: columns of those, −1 where there is none; `units`: told for the whole table.

    `rows`: (row of the grid, position of the area). `grid`: as it was read, turned where areas stood across.
    """

    grid: Grid
    header: tuple[int, int]
    area: int
    indicator: int
    period: int
    columns: tuple[Taken, ...]
    rows: list[tuple[int, int]]
    units: tuple[str, ...] = ()
    unit: int = -1


def turned(grid: Grid) -> Grid:
    """The grid with rows for columns; its cells keep the names they have in the file."""
    rows = [list(column) for column in zip_longest(*grid.rows, fillvalue="")]
    merged = tuple((left, top, right, bottom) for top, left, bottom, right in grid.merged)
    return replace(
        grid, rows=rows, merged=merged, formulas=frozenset((c, r) for r, c in grid.formulas), turned=not grid.turned, flat=None
    )
