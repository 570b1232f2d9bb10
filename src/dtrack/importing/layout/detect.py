"""A sheet → its layout: the column of areas, the header, the columns of figures, the rows.

In comes a sheet, out a `Layout`.

Tables are long (area, indicator, value) or wide (areas down, indicators or halves across; areas
across are turned first). Every column of figures is taken or told; every row is an area's, or told.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import Nearest, area_index, kinds_of, spelling, spellings
from dtrack.core.period import Period
from dtrack.core.rules import Severity
from dtrack.i18n.formatting import period_shown
from dtrack.importing.formats.grid import letters
from dtrack.importing.layout import rows as find
from dtrack.importing.layout.columns import choose
from dtrack.importing.layout.header import Headed, is_number, is_period
from dtrack.importing.layout.heading_role import speaks_of_targets
from dtrack.importing.layout.model import Layout, spread, turned, without
from dtrack.importing.layout.periods import period_in

_DAY = re.compile(r"[12][0-9]{3}([-/.])[0-9]{1,2}\1[0-9]{1,2}")


class Surveyor(Headed):
    """Walks over one sheet once."""

    def survey(self) -> Layout | None:
        """The layout; None with findings where the sheet is no table of areas and figures."""
        self.names = names = find.Names(
            area_index(self.dataset.areas), self.names_above(), kinds_of(self.dataset.areas)
        )
        self.near_areas = Nearest(
            lambda: {area.id: tuple(spellings(area)) for area in self.dataset.areas}
        )
        column, many = find.area_column(self.grid, names)
        across = find.most_in_a_row(self.grid, names) > max(many, 1) or find.stands_across(
            self.grid, names, self.is_heading
        )
        if self.said.across or (across and not self.said.area):
            self.grid = turned(self.grid)
            column, _unused = find.area_column(self.grid, names)
        if not self.said.area and (other := find.other_areas(self.grid, names, column)) >= 0:
            told = _(
                "columns {first} and {second} name different areas: two tables side by side",
                first=letters(column),
                second=letters(other),
            )
            self.tell("two-tables", 0, other, told)
            return None
        first = (
            find.first_area_row(self.grid, names, column, self.is_heading) if column >= 0 else -1
        )
        if column < 0:
            above, column = find.area_heading(self.grid)
            first = above + 1 if column >= 0 else -1
        header = self.header(column, first)
        if self.said.area:
            holds_areas = column
            column = self.column_named(self.said.area, header, lambda at: at == holds_areas)
        if column < 0 or (first < 0 and not self.said.header):
            self.tell_no_layout(0, _("no column holds names of areas of this workspace"))
            return None
        self.told_of_title(header)
        layout = Layout(self.grid, header, column, -1, -1, (), [], self.units_above(header))
        indicator, period = (
            self.column_of(layout, name, what)
            for name, what in ((self.said.indicator, "indicator"), (self.said.period, "period"))
        )
        layout = replace(
            layout, indicator=indicator, period=period, unit=self.column_of_units(header, column)
        )
        layout = self.chosen(replace(layout, more_periods=self.more_periods(layout)))
        if not layout.columns:
            told = _("no column of figures names an indicator of this workspace")
            self.tell_no_layout(max(header[0], 0), told)
            return None
        self.told_of_title_across(layout)
        rows = self.rows(layout, names)
        if self.grid.merged:
            self.told_of_merged(layout, {row for row, _unused in rows})
        return replace(layout, rows=rows)

    def chosen(self, layout: Layout) -> Layout:
        """The layout with its columns of figures, and a grid in which merged cells count for all their rows."""
        below, whole = layout.header[1] + 1, self.grid
        if layout.more_periods:
            # the numbers of quarters are no figures
            self.grid = without(whole, layout.more_periods, below)
        columns = tuple(choose(self, layout))
        self.grid = spread(whole, layout.keys, below) if whole.merged else whole
        return replace(layout, columns=columns, grid=self.grid)

    def more_periods(self, layout: Layout) -> tuple[int, ...]:
        """The columns of periods beside the first. A column of days is when, not of when."""
        if layout.period < 0:
            return ()
        header, others = layout.header, set(range(self.grid.width)) - set(layout.keys)
        return tuple(
            at
            for at in sorted(others)
            if self.names_periods(header, at, plainly=True)
            and not any(map(_DAY.match, self.below(header, at)))
        )

    def names_above(self) -> tuple[str, ...]:
        """The names of areas that others lie in, as they may stand before a name: 北京市海淀区."""
        parents = {area.parent or self.dataset.city_id for area in self.dataset.areas}
        return tuple(
            name
            for area in self.dataset.areas
            if area.id in parents
            for name in area.names.values()
        )

    # -- findings ----------------------------------------------------------------------------------
    def tell_no_layout(self, row: int, sentence: Message) -> None:
        """Tell that there is no table, where none of the findings refuses it and so says why."""
        if not any(finding.severity is Severity.ERROR for finding in self.findings):
            self.tell("no-layout", row, 0, sentence)

    def told_of_title(self, header: tuple[int, int]) -> None:
        """A title that names another period than the one asked for, or speaks of targets."""
        for row in range(max(header[0], 0)):
            for column, text in enumerate(self.grid.rows[row]):
                if speaks_of_targets([text]) and not self.promises:
                    told = _(
                        "“{text}” speaks of targets: `dtrack targets import` sets those",
                        text=text[:60],
                    )
                    self.tell("other-period", row, column, told)
                if text and self.told_of_period(row, column, text):
                    return

    def told_of_title_across(self, layout: Layout) -> None:
        """Above areas across a title stands in a column of its own, which holds nothing else."""
        known = {*layout.keys, *(taken.column for taken in layout.columns)}
        for column in sorted(set(range(self.grid.width)) - known) if self.grid.turned else ():
            if not self.below(layout.header, column):
                for text in self.parts(layout.header, column):
                    self.told_of_period(max(layout.header[0], 0), column, text)

    def told_of_period(self, row: int, column: int, text: str) -> bool:
        """Tell that a title names another period than the one asked for."""
        period = self.other_period(text)
        if period is None:
            return False
        sentence = _(
            "“{text}” names {period}, the import is for {asked}",
            text=text[:60],
            period=period_shown(period),
            asked=period_shown(self.asked),
        )
        self.tell("other-period", row, column, sentence, value=text[:60])
        return True

    def other_period(self, text: str) -> Period | None:
        """The period that a text names, where it is neither the one asked for nor the year of that."""
        period = period_in(text, self.asked)
        return None if period in (self.asked, Period.year_of(self.asked.year)) else period

    # -- the header --------------------------------------------------------------------------------
    def header(self, column: int, first: int) -> tuple[int, int]:
        """First and last row of the header, from 0.

        Those of the map, else those above the first row of an area.
        """
        if self.said.header:
            top, last = self.said.header[0] - 1, self.said.header[1] - 1
            if last < len(self.grid.rows):
                return top, last
            told = _(
                "the map's header is row {row}; the sheet has {rows} rows",
                row=last + 1,
                rows=len(self.grid.rows),
            )
            self.tell("map-unfit", 0, 0, told)
        return (
            find.header_rows(self.grid, first, column, self.point, self.asked, self.names)
            if first > 0
            else (0, -1)
        )

    def told_of_merged(self, layout: Layout, rows: set[int]) -> None:
        """A figure that is merged over several cells: nobody can tell whose it is."""
        columns = {taken.column for taken in layout.columns}
        for top, left, bottom, right in self.grid.merged:
            mine = {
                row for row in range(top, min(bottom, len(self.grid.rows) - 1) + 1) if row in rows
            }
            over = columns & set(range(left, min(right, self.grid.width) + 1))
            if (len(mine) > 1 and over) or (mine and len(over) > 1):
                text = self.grid.cell(top, left)
                if text:
                    told = _("“{text}” is merged over several cells: whose is it?", text=text[:40])
                    self.tell("not-a-number", top, left, told, value=text[:40])

    # -- the rows ----------------------------------------------------------------------------------
    def rows(self, layout: Layout, names: find.Names) -> list[tuple[int, int]]:
        """The rows that are an area's; every other row with something in it is told."""
        text_of = find.filled(self.grid) if self.grid.merged else self.grid.cell
        skip = {spelling(name) for name in self.said.skip}
        first = layout.header[1] + 1
        down = range(first, len(self.grid.rows))
        texts = (
            [text_of(row, layout.area) for row in down]
            if self.grid.merged
            else self.grid.column(layout.area, first)
        )
        known = {
            text: names.of(text.strip()) if spelling(text) not in skip else -1
            for text in set(texts)
        }
        taken = list(enumerate(map(known.__getitem__, texts), first))
        if min(known.values(), default=0) >= 0:
            return taken
        for at, (row, area) in enumerate(taken):
            if area < 0 and any(self.grid.rows[row]):
                taken[at] = (row, self.row_without(layout, names, row, texts[at].strip(), skip))
        return [one for one in taken if one[1] >= 0]

    def is_second_header(self, layout: Layout, row: int) -> bool:
        """The row is the header again, as on a new page, or that of another table, which is told."""
        cells = [
            (taken.column, self.grid.cell(row, taken.column).strip()) for taken in layout.columns
        ]
        named = [
            (at, text)
            for at, text in cells
            if text and not is_number(text) and self.rows_named.of(text).indicator >= 0
        ]
        if not named:
            return False
        if all(text in self.parts(layout.header, at) for at, text in named):
            self.tell(
                "row-skipped",
                row,
                named[0][0],
                _("“{text}” is the header again", text=named[0][1][:40]),
            )
        else:
            told = _(
                "“{text}” heads another table below the first: put it on a sheet of its own",
                text=named[0][1][:40],
            )
            self.tell("two-tables", row, named[0][0], told)
        return True

    def row_without(
        self, layout: Layout, names: find.Names, row: int, text: str, skip: set[str]
    ) -> int:
        """What to do with a row whose name is no area's.

        −1 told or passed over, else the area of a sub-row.
        """
        part = find.part_of(text)
        if self.is_second_header(layout, row):
            return -1
        figures = find.has_figure(
            (self.grid.cell(row, taken.column) for taken in layout.columns), self.point
        )
        if part and (area := names.of(part)) >= 0:
            told = _(
                "“{text}” is read as {area}, a part of the row above",
                text=text,
                area=self.dataset.areas[area].id,
            )
            self.tell("row-skipped", row, layout.area, told)
            return area
        if spelling(text) in skip or find.is_total(text) or part:
            start = text[:40]
            told = (
                _("“{text}” is a part of the row above", text=start)
                if part
                else _("“{text}” is a total or band", text=start)
            )
            self.tell("row-skipped", row, layout.area, told)
        elif find.is_note(text) or not figures:
            at = (
                layout.area
                if text
                else next(at for at, cell in enumerate(self.grid.rows[row]) if cell)
            )
            shown = text or self.grid.rows[row][at]
            if is_period(shown) and self.other_period(shown) is not None:
                told = _(
                    "“{text}” stands over the rows below: give periods a column, or each a sheet of its own",
                    text=shown[:40],
                )
                self.tell("two-tables", row, at, told)
                return -1
            self.tell(
                "row-skipped",
                row,
                at,
                _("“{text}” stands here without a figure: read as a note", text=shown[:40]),
            )
        else:
            sentence = _("a row of figures without a name")
            if text:
                near = self.near_areas
                sentence = near.question(text) or _(
                    "“{name}” is no area. {nearest}", name=text[:40], nearest=near.of(text)
                )
            self.tell("unknown-area", row, layout.area, sentence, value=text[:40])
        return -1
