"""A sheet → its layout: the column of areas, the header, the columns of figures, the rows.

Tables are long (area, indicator, value) or wide (areas down, indicators or halves across; areas
across are turned first). Every column of figures is taken or told; every row is an area's, or told.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import Nearest, area_index, kinds_of, spelling, spellings
from dtrack.core.period import Period
from dtrack.core.severity import Severity
from dtrack.i18n.formatting import period_shown
from dtrack.importing.formats.grid import letters
from dtrack.importing.layout import rows as find
from dtrack.importing.layout.columns import choose_columns
from dtrack.importing.layout.header import HeadedSheet, is_period
from dtrack.importing.layout.heading_role import speaks_of_targets
from dtrack.importing.layout.headings import NUMBER
from dtrack.importing.layout.model import Layout, spread, turned, without
from dtrack.importing.layout.periods import mentions, period_in, question_of

_DAY = re.compile(r"[12][0-9]{3}([-/.])[0-9]{1,2}\1[0-9]{1,2}")
_SHOWN = 40  # letters of a text in a sentence


class Surveyor(HeadedSheet):
    """Walks over one sheet once."""

    def survey(self) -> Layout | None:
        """The layout; None with findings where the sheet is no table of areas and figures."""
        names = self.area_names()
        cells = find.SheetRows(self.grid, names, self.point, self.asked)
        column, many = cells.area_column()
        across = cells.stands_across(many, self.reader.is_heading)
        if self.said.across or (across and not self.said.area):
            self.grid = turned(self.grid)
            cells = find.SheetRows(self.grid, names, self.point, self.asked)
            column, _unused = cells.area_column()
        if not self.said.area and (other := cells.other_areas(column)) >= 0:
            told = _(
                "columns {first} and {second} name different areas: two tables side by side",
                first=letters(column),
                second=letters(other),
            )
            self.tell("two-tables", 0, other, told)
            return None
        first = cells.first_row(column, self.reader.is_heading) if column >= 0 else -1
        if column < 0:
            above, column = cells.area_heading()
            first = above + 1 if column >= 0 else -1
        self.header = self.header_of_map() or (
            cells.header(first, column) if first > 0 else (0, -1)
        )
        if self.said.area:
            holds_areas = column
            column = self.column_named(self.said.area, lambda at: at == holds_areas)
        if column < 0 or (first < 0 and not self.said.header):
            self.tell_no_layout(0, _("no column contains names of areas of this workspace"))
            return None
        self.tell_title()
        layout = self.keyed(column)
        below, whole = self.header[1] + 1, self.grid
        if layout.more_periods:
            # the numbers of quarters are no figures
            self.grid = without(whole, layout.more_periods, below)
        columns = tuple(choose_columns(self, layout))
        # from here on merged cells count for all their rows
        self.grid = spread(whole, layout.keys, below) if whole.merged else whole
        layout = replace(layout, columns=columns, grid=self.grid)
        if not columns:
            told = _("no column of figures is an indicator of this workspace")
            self.tell_no_layout(self.top, told)
            return None
        if self.grid.turned:
            self.tell_title_across(layout)
        rows = self.rows(layout, names)
        if self.grid.merged:
            self.tell_merged(layout, {row for row, _unused in rows})
        return replace(layout, rows=rows)

    def area_names(self) -> find.AreaNames:
        """The names of areas, and those of the areas that others lie in: 北京市海淀区."""
        areas = self.dataset.areas
        parents = {area.parent or self.dataset.city_id for area in areas}
        above = tuple(name for area in areas if area.id in parents for name in area.names.values())
        return find.AreaNames(area_index(areas), above, kinds_of(areas))

    def header_of_map(self) -> tuple[int, int] | None:
        """First and last row of the header that the map tells; told where the sheet ends before."""
        if not self.said.header:
            return None
        # a map counts the rows of the table itself
        above = 0 if self.grid.turned else self.grid.above
        top, last = (row - 1 + above for row in self.said.header)
        if last < len(self.grid.rows):
            return top, last
        told = _(
            "the header row of the map is {row}; the sheet has {rows} rows",
            row=last + 1 - above,
            rows=len(self.grid.rows) - above,
        )
        self.tell("map-unfit", 0, 0, told)
        return None

    def keyed(self, area: int) -> Layout:
        """The layout with the columns that say what a figure is: of the map, else those found."""
        units = self.units_above()
        indicator = (
            self.column_named(self.said.indicator, lambda at: at == self.indicator_column(area))
            if self.said.indicator
            else self.indicator_column(area)
        )
        period = (
            self.column_named(self.said.period, lambda at: at == self.period_column(area))
            if self.said.period
            else self.period_column(area)
        )
        unit = self.column_of_units(area)
        layout = Layout(self.grid, self.header, area, indicator, period, (), [], units, unit)
        if layout.period < 0:
            return layout
        # a column of days is when, not of when
        more = (
            at
            for at in sorted(set(range(self.grid.width)) - set(layout.keys))
            if self.names_periods(at, plainly=True) and not any(map(_DAY.match, self.below(at)))
        )
        return replace(layout, more_periods=tuple(more))

    # -- findings ----------------------------------------------------------------------------------
    def tell_no_layout(self, row: int, sentence: Message) -> None:
        """Tell that there is no table, where none of the findings refuses it and so says why."""
        if not any(finding.severity is Severity.ERROR for finding in self.findings):
            self.tell("no-layout", row, 0, sentence)

    def tell_title(self) -> None:
        """Tell of a title that names a period not asked for, or speaks of targets."""
        for row in range(self.top):
            for column, text in enumerate(self.grid.rows[row]):
                if speaks_of_targets([text]) and not self.of_targets:
                    told = _(
                        "“{text}” refers to targets: import them with `dtrack targets import`",
                        text=text[:60],
                    )
                    self.tell("other-period", row, column, told)
                if text and self.tell_period(row, column, text):
                    return

    def tell_title_across(self, layout: Layout) -> None:
        """Above areas across a title stands in a column of its own, which holds nothing else."""
        known = {*layout.keys, *(taken.column for taken in layout.columns)}
        for column in sorted(set(range(self.grid.width)) - known):
            if not self.below(column):
                for text in self.parts(column):
                    self.tell_period(self.top, column, text)

    def tell_period(self, row: int, column: int, text: str) -> bool:
        """Tell that a title names another period than the one asked for."""
        if question := question_of(mentions(text, self.asked)[1]):
            self.tell("other-period", row, column, question, value=text[:60])
            return True
        period = self.other_period(text)
        if period is None:
            return False
        sentence = _(
            "“{text}” is {period}, but the import is for {asked}",
            text=text[:60],
            period=deferred(period_shown, period),
            asked=deferred(period_shown, self.asked),
        )
        self.tell("other-period", row, column, sentence, value=text[:60])
        return True

    def other_period(self, text: str) -> Period | None:
        """The period that a text names; None for the one asked for, and the year of that."""
        period = period_in(text, self.asked)
        return None if period in (self.asked, self.asked.whole_year) else period

    def tell_merged(self, layout: Layout, rows: set[int]) -> None:
        """Tell of figures that are merged over several cells: nobody can tell whose they are."""
        columns = {taken.column for taken in layout.columns}
        for top, left, bottom, right in self.grid.merged:
            mine = rows & set(range(top, min(bottom, len(self.grid.rows) - 1) + 1))
            over = columns & set(range(left, min(right, self.grid.width) + 1))
            text = self.grid.cell(top, left)
            if text and ((len(mine) > 1 and over) or (mine and len(over) > 1)):
                start = text[:_SHOWN]
                told = _(
                    "“{text}” is merged over several cells and ambiguous: put it in one cell",
                    text=start,
                )
                self.tell("not-a-number", top, left, told, value=start)

    # -- the rows ----------------------------------------------------------------------------------
    def rows(self, layout: Layout, names: find.AreaNames) -> list[tuple[int, int]]:
        """The rows that are an area's; every other row with something in it is told."""
        skip, first = set(map(spelling, self.said.skip)), self.header[1] + 1
        texts = self.grid.column(layout.area, first)
        if self.grid.merged:
            text_of = find.filled(self.grid)
            texts = [text_of(row, layout.area) for row in range(first, len(self.grid.rows))]
        known = {
            text: names.of(text.strip()) if spelling(text) not in skip else -1
            for text in set(texts)
        }
        taken = list(enumerate(map(known.__getitem__, texts), first))
        if min(known.values(), default=0) >= 0:
            return taken
        near = Nearest(lambda: {area.id: tuple(spellings(area)) for area in self.dataset.areas})
        for at, (row, area) in enumerate(taken):
            if area >= 0 or not any(self.grid.rows[row]):
                continue
            text = texts[at].strip()
            part = find.part_of(text)
            if not self.is_second_header(layout, row):
                if part and (area := names.of(part)) >= 0:
                    told = _(
                        "“{text}” was interpreted as {area}, part of the row above",
                        text=text,
                        area=self.dataset.areas[area].id,
                    )
                    self.tell("row-skipped", row, layout.area, told)
                    taken[at] = (row, area)
                else:
                    self.tell_no_area(layout, row, text, bool(part), spelling(text) in skip, near)
        return [one for one in taken if one[1] >= 0]

    def is_second_header(self, layout: Layout, row: int) -> bool:
        """The row is the header again, as on a new page, or another table's; either is told."""
        cells = {one.column: self.grid.cell(row, one.column).strip() for one in layout.columns}
        named = {
            at: text
            for at, text in cells.items()
            if text and not NUMBER.fullmatch(text) and self.reader.of_row(text).indicator >= 0
        }
        if not named:
            return False
        at, text = next(iter(named.items()))
        if all(text in self.parts(at) for at, text in named.items()):
            told = _("“{text}” repeats the header", text=text[:_SHOWN])
            self.tell("row-skipped", row, at, told)
        else:
            told = _(
                "“{text}” is the header of a second table below the first: put it on its own sheet",
                text=text[:_SHOWN],
            )
            self.tell("two-tables", row, at, told)
        return True

    def tell_no_area(
        self, layout: Layout, row: int, text: str, part: bool, skipped: bool, near: Nearest
    ) -> None:
        """Tell of a row whose name is no area's."""
        start, cells = text[:_SHOWN], self.grid.rows[row]
        if part:
            told = _("“{text}” is part of the row above", text=start)
            self.tell("row-skipped", row, layout.area, told)
            return
        if skipped or find.is_total(text):
            told = _("“{text}” is a total or subtotal", text=start)
            self.tell("row-skipped", row, layout.area, told)
            return
        figures = (self.grid.cell(row, taken.column) for taken in layout.columns)
        if not find.is_note(text) and find.has_figure(figures, self.point):
            sentence = _("a row of figures without an area")
            if text:
                nearest = _("unknown area “{name}”. {nearest}", name=start, nearest=near.of(text))
                sentence = near.question(text) or nearest
            self.tell("unknown-area", row, layout.area, sentence, value=start)
            return
        at = layout.area if text else next(at for at, cell in enumerate(cells) if cell)
        shown = text or cells[at]
        start = shown[:_SHOWN]
        if is_period(shown) and self.other_period(shown) is not None:
            told = _(
                "“{text}” applies to the rows below it: put periods in a column, or each "
                "on its own sheet",
                text=start,
            )
            self.tell("two-tables", row, at, told)
            return
        told = _("“{text}” has no figure: treated as a note", text=start)
        self.tell("row-skipped", row, at, told)
