"""What each column and row of a return is. In come a `Grid`, the workspace and a map, out goes a `Layout`.

Tables are long (area, indicator, value) or wide (areas down, indicators or halves across; areas across are turned
first). Every column of figures is taken or told; every row is an area's, or told.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import zip_longest

from dtrack.errors import Finding
from dtrack.intake import landmarks as find
from dtrack.intake.grid import Grid
from dtrack.intake.headings import NOT_FIGURES, Heading, read_heading, table_units, without_period, words_of
from dtrack.intake.mapping import Map, heading_key
from dtrack.intake.measure import Unit, misfit, read_unit
from dtrack.model import Holdings, area_index, indicator_index, nearest, spelling, spellings
from dtrack.period import Period

_VALUE = words_of("value 数值 值 指标值 数据 本期 本期值 valeur figure actual 完成值 实际值")
_INDICATOR_HEADS = words_of("indicator 指标 指标名称 项目 indicateur")
_PERIOD_HEADS = words_of("period 时期 期间 报告期 统计时期 时间 half year 年份 年度 période")


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
    """`rows`: (row of the grid, position of the area). `grid`: as it was read, turned where areas stood across."""

    grid: Grid
    header: tuple[int, int]
    area: int
    indicator: int
    period: int
    columns: tuple[Taken, ...]
    rows: list[tuple[int, int]]
    units: tuple[str, ...] = ()


@dataclass(slots=True)
class Surveyor:
    """Walks over one sheet once; `findings` is what it has to tell. `only`: the indicator asked for, −1 for all."""

    grid: Grid
    held: Holdings
    said: Map
    asked: Period
    only: int = -1
    point: str = "."
    findings: list[Finding] = field(default_factory=list)

    def survey(self) -> Layout | None:
        """The layout; None with findings where the sheet is no table of areas and figures."""
        names = find.Names(area_index(self.held.areas))
        if not self.said.area and find.most_in_a_row(self.grid, names) > max(find.area_column(self.grid, names)[1], 1):
            self.grid = turned(self.grid)
        column, _ = find.area_column(self.grid, names)
        first = find.first_area_row(self.grid, names, column, self.is_heading) if column >= 0 else -1
        header = self.header(column, first)
        if self.said.area:
            column = self.column_named(self.said.area, header)
        if column < 0 or (first < 0 and not self.said.header):
            if not self.findings:
                self.tell("no-layout", 0, 0, "no column holds names of areas of this workspace")
            return None
        self.told_of_title(header)
        layout = Layout(self.grid, header, column, -1, -1, (), [], self.units_above(header))
        layout = replace(layout, indicator=self.column_of(layout, self.said.indicator, "indicator"),
                         period=self.column_of(layout, self.said.period, "period"))  # fmt: skip
        layout = replace(layout, columns=tuple(self.columns(layout)))
        if not layout.columns:
            if not any(finding.code in ("map-unfit", "wrong-unit") for finding in self.findings):
                self.tell("no-layout", max(header[0], 0), 0, "no column of figures names an indicator of this workspace")
            return None
        return replace(layout, rows=self.rows(layout, names))

    # -- findings -----------------------------------------------------------------------------------------------------
    def tell(self, code: str, row: int, column: int, sentence: str, *, indicator: str = "", value: str = "") -> None:
        """Keep a finding at a cell of the grid."""
        origin = self.grid.origin(row, column)
        self.findings.append(Finding(code, "", None, "", sentence, "", indicator, "", 0, value, origin))

    def told_of_title(self, header: tuple[int, int]) -> None:
        """A title that names another period than the one asked for."""
        for row in range(max(header[0], 0)):
            for column, text in enumerate(self.grid.rows[row]):
                period = without_period(text, self.asked)[1] if text else None
                if period is not None and period != self.asked and period != Period.year_of(self.asked.year):
                    sentence = f"“{text[:60]}” names {period}, the import is for {self.asked}"
                    self.tell("other-period", row, column, sentence, value=text[:60])
                    return

    def is_heading(self, text: str) -> bool:
        """The text names an indicator, a period or a unit, and so stands in a header."""
        index = indicator_index(self.held.indicators)
        heading = read_heading([text], index, self.held.indicators, self.asked)
        return heading.indicator >= 0 or (not heading.words and (heading.period is not None or bool(heading.unit)))

    # -- the header ---------------------------------------------------------------------------------------------------
    def header(self, column: int, first: int) -> tuple[int, int]:
        """First and last row of the header, from 0: those of the map, else those above the first row of an area."""
        if self.said.header:
            top, last = self.said.header[0] - 1, self.said.header[1] - 1
            if last < len(self.grid.rows):
                return top, last
            self.tell("map-unfit", 0, 0, f"the map's header is row {last + 1}; the sheet has {len(self.grid.rows)} rows")
        return find.header_rows(self.grid, first, column, self.point, self.asked) if first > 0 else (0, -1)

    def parts(self, header: tuple[int, int], column: int) -> list[str]:
        """The texts above a column, the topmost first, none twice in a row."""
        text_of = find.filled(self.grid)
        texts = [text_of(row, column).strip() for row in range(header[0], header[1] + 1)]
        return [text for n, text in enumerate(texts) if text and (n == 0 or text != texts[n - 1])]

    def units_above(self, header: tuple[int, int]) -> tuple[str, ...]:
        """The units told for the whole table."""
        above = [text for row in self.grid.rows[: max(header[1] + 1, 0)] for text in row if text]
        return table_units(above, self.held.indicators)

    def column_named(self, name: str, header: tuple[int, int]) -> int:
        """The column with that heading; −1 with a finding where there is none."""
        for column in range(self.grid.width):
            parts = self.parts(header, column)
            if parts and heading_key(name) in (heading_key(" / ".join(parts)), heading_key(parts[-1])):
                return column
        self.tell("map-unfit", max(header[0], 0), 0, f"the map names a column “{name}”, which the header does not have")
        return -1

    def column_of(self, layout: Layout, named: str, what: str) -> int:
        """The column of indicators or of periods: the one the map names, else the one whose cells read as those."""
        if named:
            return self.column_named(named, layout.header)
        index = indicator_index(self.held.indicators)
        for column in range(self.grid.width):
            if column == layout.area:
                continue
            body = self.grid.rows[layout.header[1] + 1 :]
            texts = {text for row in body if column < len(row) and (text := row[column].strip())}
            named = sum(spelling(text) in index or bool(self.said.column(text)) for text in texts)
            heads = {spelling(part) for part in self.parts(layout.header, column)}
            if what == "indicator" and named and (named * 2 > len(texts) or heads & _INDICATOR_HEADS):
                return column
            if what == "period" and texts and heads & _PERIOD_HEADS and all(is_period(text) for text in texts):
                return column
        return -1

    # -- the columns --------------------------------------------------------------------------------------------------
    def columns(self, layout: Layout) -> list[Taken]:
        """The columns of figures that are taken; those that hold figures and are not are told."""
        from dtrack.intake.columns import choose

        return choose(self, layout)

    def unit(self, heading: Heading, indicator: int, told: str, layout: Layout, column: int) -> tuple[Unit | None, bool]:
        """The unit of a column, and whether it fits: of the map, else of its heading, else of the line above the table."""
        text = told or heading.unit
        if indicator < 0:
            return read_unit(text) if text else None, True
        item = self.held.indicators[indicator]
        if not text:
            fitting = [unit for unit in layout.units if not misfit(read_unit(unit), item)]
            return read_unit(fitting[0]) if fitting else None, True
        why = misfit(read_unit(text), item)
        if why:
            self.tell("wrong-unit", max(layout.header[1], 0), column, why, indicator=item.id, value=text)
        return read_unit(text), not why

    # -- the rows -----------------------------------------------------------------------------------------------------
    def rows(self, layout: Layout, names: find.Names) -> list[tuple[int, int]]:
        """The rows that are an area's; every other row with something in it is told."""
        text_of = find.filled(self.grid) if self.grid.merged else self.grid.cell
        skip = {spelling(name) for name in self.said.skip}
        taken = []
        for row in range(layout.header[1] + 1, len(self.grid.rows)):
            text = text_of(row, layout.area).strip()
            area = names.of(text) if text else -1
            if area >= 0 and spelling(text) not in skip:
                taken.append((row, area))
            elif any(self.grid.rows[row]) and (part := self.row_without(layout, names, row, text, skip)) >= 0:
                taken.append((row, part))
        return taken

    def row_without(self, layout: Layout, names: find.Names, row: int, text: str, skip: set[str]) -> int:
        """What to do with a row whose name is no area's: −1 told or passed over, else the area of a sub-row."""
        part = find.part_of(text)
        figures = find.has_figure((self.grid.cell(row, taken.column) for taken in layout.columns), self.point)
        if part and (area := names.of(part)) >= 0:
            self.tell("row-skipped", row, layout.area, f"“{text}” is read as {self.held.areas[area].id}, a part of the row above")
            return area
        if spelling(text) in skip or find.is_total(text) or part:
            self.tell(
                "row-skipped", row, layout.area, f"“{text[:40]}” is {'a part of the row above' if part else 'a total or band'}"
            )
        elif find.is_note(text) or not figures:
            shown = text or next(cell for cell in self.grid.rows[row] if cell)
            self.tell("row-skipped", row, layout.area, f"“{shown[:40]}” stands here without a figure: read as a note")
        else:
            known = {area.id: tuple(spellings(area)) for area in self.held.areas}
            sentence = f"“{text[:40]}” is no area. {nearest(text, known)}" if text else "a row of figures without a name"
            self.tell("unknown-area", row, layout.area, sentence, value=text[:40])
        return -1


def is_period(text: str) -> bool:
    """The text spells a period."""
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True


def is_value_heading(parts: list[str]) -> bool:
    """The heading of a column that holds just values."""
    return any(spelling(part) in _VALUE for part in parts)


def is_no_figure_heading(parts: list[str]) -> bool:
    """The heading of a column that never holds figures of an indicator: a rank, a code, a remark."""
    return any(spelling(part) in NOT_FIGURES for part in parts)


def turned(grid: Grid) -> Grid:
    """The grid with rows for columns; its cells keep the names they have in the file."""
    rows = [list(column) for column in zip_longest(*grid.rows, fillvalue="")]
    merged = tuple((left, top, right, bottom) for top, left, bottom, right in grid.merged)
    return replace(grid, rows=rows, merged=merged, formulas=frozenset((c, r) for r, c in grid.formulas), turned=not grid.turned)
