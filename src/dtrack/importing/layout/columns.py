"""Which columns of a return are taken, as what; whatever holds figures and is not taken is told."""

from __future__ import annotations

from collections.abc import Iterator

from dtrack.core.message import Message, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import spelling
from dtrack.core.period import Period
from dtrack.importing.layout.column_headings import ColumnHeadings
from dtrack.importing.layout.header import HeadedSheet
from dtrack.importing.layout.heading_role import (
    is_growth_heading,
    is_no_figure_heading,
    is_value_heading,
    says_values,
    speaks_of_targets,
    target_role,
    why_not_values,
)
from dtrack.importing.layout.headings import Heading
from dtrack.importing.layout.model import FigureColumn, Layout
from dtrack.importing.mapping import ColumnMap, Headings, heading_key
from dtrack.parsing import lexicon


def choose_columns(sheet: HeadedSheet, layout: Layout) -> list[FigureColumn]:
    """The columns of figures in order; whatever holds figures and is not taken has a finding."""
    return list(_Columns(sheet, layout).taken())


class _Columns(ColumnHeadings):
    """Asks each column what it is."""

    def __init__(self, sheet: HeadedSheet, layout: Layout) -> None:
        super().__init__(sheet, layout)
        self.unfit: set[int] = set()
        # column → the indicator that its heading or the map names, −1: none
        self.named_by: dict[int, int] = {}

    def taken(self) -> Iterator[FigureColumn]:
        """The columns that are taken; the others are told."""
        found = {column: self.take(column) for column in self.parts}
        left = [column for column, taken in found.items() if taken is None]
        figures = [
            column
            for column in left
            if column not in self.unfit
            and not is_no_figure_heading(self.parts[column])
            and self.has_figures(column)
        ]
        values: list[int] = []
        if self.long or (self.sheet.only >= 0 and len(left) == len(found)):
            values = self.values(figures)
            if len(values) == 1:
                found[values[0]] = self.column(values[0], -1 if self.long else self.sheet.only)
                figures = [column for column in figures if column != values[0]]
        columns = [taken for _unused, taken in sorted(found.items()) if taken is not None]
        yield from columns
        for column in figures:
            self.tell_left(column, len(values) * (column in values), refused=not columns)
        for column in sorted(set(left) - set(figures)):
            self.tell_unread(column)
        self.tell_map()

    def values(self, figures: list[int]) -> list[int]:
        """Columns that may hold the figures of a long table, or of the indicator asked for."""
        if self.sheet.said.value:
            return [column for column in self.valued() if not self.is_another(column)]
        fit = [column for column in figures if self.may_be_values(column)]
        role = target_role if self.sheet.of_targets else lambda _parts: ""
        choices = (
            [column for column in fit if role(self.parts[column])],
            [column for column in fit if column in self.kin],
            [column for column in fit if is_value_heading(self.parts[column])],
            fit if self.long or len(figures) == 1 else [],
        )
        return next(filter(None, choices), [])

    def valued(self) -> list[int]:
        """The column that the map names; of several so headed the only one that holds figures."""
        name = self.sheet.said.value
        holding = {at: heading for at, heading in self.whole.items() if self.has_figures(at)}
        _unused, meant = Headings(holding).meant(name)
        column = self.sheet.column_named(name, lambda at: [at] == meant)
        if column in self.layout.keys:
            told = _(
                "the map assigns the figures to “{heading}”, a column that describes them",
                heading=name,
            )
            self.sheet.tell("map-unfit", self.sheet.last, column, told)
        return [column] if column in self.parts else []

    def may_be_values(self, column: int) -> bool:
        """The heading or the map speaks for it; part of the name asked for is enough."""
        parts = self.parts[column]
        another = self.is_another(column) or self.read[column].unfit or speaks_of_targets(parts)
        if another and not self.long:
            return False
        says = column in self.kin or says_values(
            parts, self.heading, of_targets=self.sheet.of_targets
        )
        return column in self.said or (says and not self.no_target(column))

    def is_another(self, column: int) -> bool:
        """The column is another indicator than the one asked for."""
        asked = self.sheet.only
        return asked >= 0 and not self.long and self.named_by.get(column, -1) not in (-1, asked)

    def take(self, column: int) -> FigureColumn | None:
        """A column whose heading, or the map, says what it is."""
        heading, said = self.heading_at(column), self.said.get(column, ColumnMap())
        position = self.named(said, column) if said.indicator else heading.indicator
        if position < 0 and not said.indicator:
            position = self.growth_beside(column, heading)
        self.named_by[column] = position
        only = self.sheet.only
        if position < 0 and heading.period and not heading.words and not self.is_outdone(heading):
            position = only  # halves across, the indicator named on the command line
        if position < 0 or (only >= 0 and position != only) or self.long:
            return None
        if not said.indicator and self.no_target(column):
            return None
        taken = self.column(column, position)
        if taken is None:
            self.unfit.add(column)
        return taken

    def growth_beside(self, column: int, heading: Heading) -> int:
        """The growth of the level in the column before, where an indicator says it is its growth.

        −1 where none or several do, or another column names it.
        """
        lowest = self.heading(self.parts[column][-1:]).words
        if self.sheet.of_targets or heading.unfit or not is_growth_heading([], lowest):
            return -1
        before = [at for at in self.parts if at < column and not self.read[at].relative]
        level = self.named_by.get(before[-1], -1) if before else -1
        items = self.dataset.indicators
        growths = [
            at for at, item in enumerate(items) if level >= 0 and item.growth_of == items[level].id
        ]
        named = {read.indicator for read in self.read.values()}
        return growths[0] if len(growths) == 1 and growths[0] not in named else -1

    def column(self, column: int, position: int) -> FigureColumn | None:
        """The column as figures of an indicator (−1: its rows say); None where no unit fits."""
        heading, said = self.heading_at(column), self.said.get(column, ColumnMap())
        units = self.layout.units
        unit, fits = self.sheet.unit(heading, position, said.unit, units, column)
        if not fits:
            return None
        period = self.period(said, column) or heading.period
        return FigureColumn(column, heading.text, position, period, unit, said)

    def named(self, said: ColumnMap, column: int) -> int:
        """The indicator that the map names; −1 with a finding where there is none."""
        name = said.indicator
        position = self.sheet.reader.index.get(spelling(name), -1)
        if position < 0:
            none = _(
                "unknown indicator “{name}” in the map. {nearest}",
                name=name,
                nearest=self.near.of(name),
            )
            sentence = self.near.question(name) or none
            self.sheet.tell("unknown-indicator", self.sheet.last, column, sentence, value=name)
        return position

    def period(self, said: ColumnMap, column: int) -> Period | None:
        """The period that the map gives a column."""
        if not said.period:
            return None
        try:
            return Period.parse(said.period)
        except ValueError as error:
            told = _("the map: {fault}", fault=message_of(error))
            self.sheet.tell("map-unfit", self.sheet.last, column, told)
            return None

    # -- findings ----------------------------------------------------------------------------------
    def tell_left(self, column: int, rivals: int, *, refused: bool) -> None:
        """Tell of a column of figures that is not taken.

        `rivals`: how many may hold them; `refused`: none was taken at all.
        """
        heading, sheet = self.read[column], self.sheet
        parts, shown = self.parts[column], heading.text or _("a column without a heading")
        by_map = sheet.said.value
        # outside a long table only a map can say that these are the figures
        unsure = rivals > 0 or (speaks_of_targets(parts) and not sheet.of_targets)
        if self.is_another(column):
            if not refused:
                return
            own, asked = (
                self.dataset.indicators[at].id for at in (self.named_by[column], sheet.only)
            )
            told = _(
                "“{heading}” is {indicator}; no column is {asked}",
                heading=heading.text,
                indicator=own,
                asked=asked,
            )
        elif not by_map and (why := self.no_target(column)):
            told = why
        elif not by_map and (self.long or (refused and unsure)):
            told = why_not_values(shown, parts, rivals)
        elif refused and sheet.only >= 0 and not (heading.unfit or by_map):
            told = _(
                "“{heading}” does not state that it is {indicator}; assign it in a map if it is",
                heading=shown,
                indicator=self.dataset.indicators[sheet.only].id,
            )
        else:
            # which of two, only a map can say
            refused = heading.torn and sheet.said.column(heading.text) is None
            told = self.no_indicator(heading, shown)
        self.tell(column, told, heading.text, refused=refused)

    def no_indicator(self, heading: Heading, shown: object) -> Message:
        """That the heading names no indicator, and the nearest ones."""
        if heading.unfit:
            return _("“{heading}” is not imported: {reason}", heading=shown, reason=heading.unfit)
        near = self.near.of(heading.words or str(shown))
        if heading.unit:
            return _(
                "unknown indicator “{heading}” ({unit}); the column is not imported. {nearest}",
                heading=shown,
                unit=heading.unit,
                nearest=near,
            )
        return _(
            "unknown indicator “{heading}”; the column is not imported. {nearest}",
            heading=shown,
            nearest=near,
        )

    def tell_unread(self, column: int) -> None:
        """Tell of a column that says of its rows what the command says of the whole file."""
        parts = self.parts[column]
        if parts and spelling(parts[-1]) in lexicon.OF_THE_COMMAND and self.sheet.below(column):
            told = _(
                "“{heading}” is not used: the command sets it for the whole file "
                "(--status, --published, --source)",
                heading=parts[-1],
            )
            self.tell(column, told, parts[-1])

    def tell(self, column: int, sentence: Message, value: str, *, refused: bool = False) -> None:
        """Keep a finding at the heading of a column that is not taken."""
        at = self.sheet.last
        self.sheet.tell("column-unmapped", at, column, sentence, value=value, refused=refused)

    def tell_map(self) -> None:
        """Tell of headings of the map that the sheet does not have."""
        said = self.sheet.said.columns
        if not said:
            return
        headings, at = Headings(self.whole), self.layout.indicator
        named = set(map(heading_key, self.sheet.grid.column(at) if self.long else ()))
        for heading in said:
            if heading_key(heading) not in named and not headings.meant(heading)[1]:
                told = _("the map names a column “{heading}” that does not exist", heading=heading)
                self.sheet.tell("map-unfit", self.sheet.top, 0, told)
