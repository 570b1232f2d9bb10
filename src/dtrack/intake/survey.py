"""A sheet → its layout: the column of areas, the header, the columns of figures, the rows. In comes a sheet, out a `Layout`.

Tables are long (area, indicator, value) or wide (areas down, indicators or halves across; areas across are turned
first). Every column of figures is taken or told; every row is an area's, or told.
"""

from __future__ import annotations

from dataclasses import replace

from dtrack.intake import landmarks as find
from dtrack.intake.columns import choose
from dtrack.intake.headed import Headed
from dtrack.intake.headings import without_period
from dtrack.intake.layout import Layout, turned
from dtrack.model import area_index, nearest, spelling, spellings
from dtrack.period import Period


class Surveyor(Headed):
    """Walks over one sheet once."""

    def survey(self) -> Layout | None:
        """The layout; None with findings where the sheet is no table of areas and figures."""
        names = find.Names(area_index(self.held.areas))
        column, many = find.area_column(self.grid, names)
        if not self.said.area and find.most_in_a_row(self.grid, names) > max(many, 1):
            self.grid = turned(self.grid)
            column, _ = find.area_column(self.grid, names)
        first = find.first_area_row(self.grid, names, column, self.is_heading) if column >= 0 else -1
        if column < 0:
            above, column = find.area_heading(self.grid)
            first = above + 1 if column >= 0 else -1
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
        layout = replace(layout, columns=tuple(choose(self, layout)))
        if not layout.columns:
            if not any(finding.code in ("map-unfit", "wrong-unit") for finding in self.findings):
                self.tell("no-layout", max(header[0], 0), 0, "no column of figures names an indicator of this workspace")
            return None
        return replace(layout, rows=self.rows(layout, names))

    # -- findings -----------------------------------------------------------------------------------------------------
    def told_of_title(self, header: tuple[int, int]) -> None:
        """A title that names another period than the one asked for."""
        for row in range(max(header[0], 0)):
            for column, text in enumerate(self.grid.rows[row]):
                period = without_period(text, self.asked)[1] if text else None
                if period is not None and period != self.asked and period != Period.year_of(self.asked.year):
                    sentence = f"“{text[:60]}” names {period}, the import is for {self.asked}"
                    self.tell("other-period", row, column, sentence, value=text[:60])
                    return

    # -- the header ---------------------------------------------------------------------------------------------------
    def header(self, column: int, first: int) -> tuple[int, int]:
        """First and last row of the header, from 0: those of the map, else those above the first row of an area."""
        if self.said.header:
            top, last = self.said.header[0] - 1, self.said.header[1] - 1
            if last < len(self.grid.rows):
                return top, last
            self.tell("map-unfit", 0, 0, f"the map's header is row {last + 1}; the sheet has {len(self.grid.rows)} rows")
        return find.header_rows(self.grid, first, column, self.point, self.asked) if first > 0 else (0, -1)

    # -- the rows -----------------------------------------------------------------------------------------------------
    def rows(self, layout: Layout, names: find.Names) -> list[tuple[int, int]]:
        """The rows that are an area's; every other row with something in it is told."""
        text_of = find.filled(self.grid) if self.grid.merged else self.grid.cell
        skip = {spelling(name) for name in self.said.skip}
        known: dict[str, int] = {}
        taken = []
        for row in range(layout.header[1] + 1, len(self.grid.rows)):
            text = text_of(row, layout.area)
            if text not in known:
                known[text] = names.of(text.strip()) if spelling(text) not in skip else -1
            area = known[text]
            if area < 0 and any(self.grid.rows[row]):
                area = self.row_without(layout, names, row, text.strip(), skip)
            if area >= 0:
                taken.append((row, area))
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
            at = layout.area if text else next(at for at, cell in enumerate(self.grid.rows[row]) if cell)
            shown = text or self.grid.rows[row][at]
            self.tell("row-skipped", row, at, f"“{shown[:40]}” stands here without a figure: read as a note")
        else:
            known = {area.id: tuple(spellings(area)) for area in self.held.areas}
            sentence = f"“{text[:40]}” is no area. {nearest(text, known)}" if text else "a row of figures without a name"
            self.tell("unknown-area", row, layout.area, sentence, value=text[:40])
        return -1
