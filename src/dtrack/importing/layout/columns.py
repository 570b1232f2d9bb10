"""Which columns of a return are taken, as what.

In come a surveyed sheet and its map, out go the columns of figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dtrack.core.message import Message, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import indicator_index, spelling
from dtrack.core.period import Period
from dtrack.importing.layout import heading_role
from dtrack.importing.layout import rows as find
from dtrack.importing.layout.header import Headed
from dtrack.importing.layout.headings import NOT_FIGURES, Heading, read_heading, words_of
from dtrack.importing.layout.likeness import has_to_do
from dtrack.importing.layout.model import FigureColumn, Layout
from dtrack.importing.layout.values import is_value_heading, says_values, why_not_values
from dtrack.importing.mapping import PARTED, ColumnMap, Headings, heading_key
from dtrack.parsing.reasons import near_indicators
from dtrack.parsing.unit import misfit, read_unit

_OF_THE_COMMAND = words_of("status published source prices scope 状态 发布日期 来源 口径")


def choose(surveyor: Headed, layout: Layout) -> list[FigureColumn]:
    """The columns of figures in order; whatever holds figures and is not taken has a finding."""
    return list(_Columns(surveyor, layout).taken())


class _Columns:
    """Asks each column what it is."""

    def __init__(self, surveyor: Headed, layout: Layout) -> None:
        self.surveyor, self.layout, self.dataset = surveyor, layout, surveyor.dataset
        self.index, self.near = (
            indicator_index(self.dataset.indicators),
            near_indicators(self.dataset.indicators),
        )
        self.parts = {
            c: surveyor.parts(layout.header, c)
            for c in range(surveyor.grid.width)
            if c not in layout.keys
        }
        self.read = {column: self.heading(parts) for column, parts in self.parts.items()}
        self.said = self.said_of_columns()
        self.unfit: set[int] = set()
        # column → the indicator that its heading or the map names, −1: none
        self.named_by: dict[int, int] = {}
        asks = layout.indicator < 0 <= surveyor.only
        # has to do with the indicator asked for
        self.kin = [column for column in self.parts if asks and self.is_kin(column)]
        self.own = [
            heading.period
            for heading in self.read.values()
            if asks and heading.indicator == surveyor.only
        ]
        self.aimed_at = self.indicators_aimed_at() if surveyor.promises else set[int]()

    def said_of_columns(self) -> dict[int, ColumnMap]:
        """What the map says of each column; what is nearest to its heading counts."""
        headings = Headings({column: PARTED.join(parts) for column, parts in self.parts.items()})
        headed = [
            (*headings.meant(name), said) for name, said in self.surveyor.said.columns.items()
        ]
        return {
            column: said
            for _, columns, said in sorted(headed, key=lambda one: -one[0])
            for column in columns
        }

    def taken(self) -> Iterator[FigureColumn]:
        found = [(column, self.take(column)) for column in self.parts]
        left = [column for column, taken in found if taken is None]
        figures = [
            c
            for c in left
            if c not in self.unfit
            and not is_no_figure_heading(self.parts[c])
            and self.has_figures(c)
        ]
        values: list[int] = []
        if self.layout.indicator >= 0 or (
            self.surveyor.only >= 0 and not any(taken for _, taken in found)
        ):
            values = self.values(figures)
            if len(values) == 1:
                found.append((values[0], self.value(values[0])))
                figures = [column for column in figures if column != values[0]]
        columns = sorted(
            (taken for _, taken in found if taken is not None), key=lambda taken: taken.column
        )
        yield from columns
        for column in figures:
            self.tell_left(column, len(values) * (column in values), refused=not columns)
        for column in sorted(set(left) - set(figures)):
            self.tell_unread(column)
        self.tell_map()

    def values(self, figures: list[int]) -> list[int]:
        """The columns that may hold the figures of a long table, or those of the indicator asked for; one is taken."""
        if self.surveyor.said.value:
            return [column for column in self.valued() if not self.is_another(column)]
        fit = [column for column in figures if self.may_be_values(column)]
        if aimed := [
            column
            for column in fit
            if self.surveyor.promises and heading_role.spoken_of(self.parts[column])
        ]:
            return aimed
        if kin := [column for column in fit if column in self.kin]:
            return kin
        named = [column for column in fit if is_value_heading(self.parts[column])]
        return named or (fit if self.layout.indicator >= 0 or len(figures) == 1 else [])

    def may_be_values(self, column: int) -> bool:
        """The heading speaks for it, or the map does.

        Of the indicator asked for a part of its name is enough.
        """
        parts, promises = self.parts[column], self.surveyor.promises
        if self.layout.indicator < 0 and (
            self.is_another(column)
            or self.read[column].unfit
            or heading_role.speaks_of_targets(parts)
        ):
            return False
        says = column in self.kin or says_values(parts, self.heading, promises=promises)
        return column in self.said or (says and not self.no_target(column))

    def is_kin(self, column: int) -> bool:
        """What the heading says has to do with the name of the indicator asked for, and figures stand below."""
        parts, item = self.parts[column], self.dataset.indicators[self.surveyor.only]
        heading = self.read[column]
        if (
            heading.indicator >= 0
            or heading.unfit
            or not heading.words
            or heading_role.speaks_of_targets(parts)
            or is_no_figure_heading(parts)
        ):
            return False
        percent = (
            item.in_percent and bool(heading.unit) and not misfit(read_unit(heading.unit), item)
        )
        if says_values(parts, self.heading, promises=False) or not self.has_figures(column):
            return False
        each = [
            word
            for part in parts
            if (word := self.heading([part]).words) and not is_value_heading([part])
        ]
        return any(
            all(has_to_do(word, item, percent=percent) for word in words)
            for words in ([heading.words], each)
        )

    def is_outdone(self, heading: Heading) -> bool:
        """Another column says more of the indicator asked for than this one, which only names a period."""
        return bool(self.kin) or any(period in (None, heading.period) for period in self.own)

    def is_another(self, column: int) -> bool:
        """The column is another indicator than the one asked for."""
        return self.layout.indicator < 0 <= self.surveyor.only and self.named_by.get(
            column, -1
        ) not in (-1, self.surveyor.only)

    def heading(self, parts: list[str], asked: Period | None = None) -> Heading:
        """What the parts say; `asked`.

        The period from which theirs is told, else the one of the import.
        """
        asked, promises = asked or self.surveyor.asked, self.surveyor.promises
        heading = read_heading(parts, self.index, self.dataset.indicators, asked, promises=promises)
        if not promises or heading.indicator >= 0 or heading.unfit:
            return heading
        bare = read_heading(
            list(map(heading_role.without_aims, parts)),
            self.index,
            self.dataset.indicators,
            asked,
            promises=True,
        )
        return replace(bare, text=heading.text) if bare.indicator >= 0 else heading

    def spoken(self, heading: Heading, parts: list[str]) -> str:
        """Of what the texts above a column of a table of targets speak."""
        return heading_role.spoken_of(
            parts, self.dataset.indicators[heading.indicator] if heading.indicator >= 0 else None
        )

    def indicators_aimed_at(self) -> set[int]:
        """The indicators for which a heading speaks of targets."""
        read = [(self.read[column], parts) for column, parts in self.parts.items()]
        aimed = {
            heading.indicator
            for heading, parts in read
            if not heading.relative and self.spoken(heading, parts) == heading_role.AIM
        }
        return aimed - {-1}

    def no_target(self, column: int) -> Message | None:
        """Why a column of a table of targets holds none; None where it may, and for a return."""
        if not self.surveyor.promises:
            return None
        heading, parts = self.read[column], self.parts[column]
        beside = (
            self.dataset.indicators[heading.indicator].id
            if heading.indicator in self.aimed_at
            else ""
        )
        return heading_role.why_no_target(heading, self.spoken(heading, parts), beside)

    def heading_at(self, column: int) -> Heading:
        """What stands above a column.

        上年同期 beside 1-5月 of the same indicator is those months of the year before.
        """
        heading = self.read[column]
        if not heading.relative:
            return heading
        alike = {
            other: read for other, read in self.read.items() if read.indicator == heading.indicator
        }
        told = {
            other: read.period or self.surveyor.asked
            for other, read in alike.items()
            if not read.relative and (read.indicator >= 0 or read.period is not None)
        }
        if not told:
            return heading
        after = next(iter(alike.values())).relative  # 上年同期 stands first of each pair
        nearest_one = min(told, key=lambda other: ((other < column) == after, abs(other - column)))
        return self.heading(self.parts[column], told[nearest_one])

    def valued(self) -> list[int]:
        """The column that the map names.

        Several of that heading are one where only one holds figures.
        """
        name, header = self.surveyor.said.value, self.layout.header
        holding = [column for column in self.parts if self.has_figures(column)]
        _, meant = Headings({column: PARTED.join(self.parts[column]) for column in holding}).meant(
            name
        )
        column = self.surveyor.column_named(name, header, lambda at: [at] == meant)
        return [column] if column >= 0 else []

    def take(self, column: int) -> FigureColumn | None:
        """A column whose heading, or the map, says what it is."""
        heading = self.heading_at(column)
        said = self.said.get(column, ColumnMap())
        position = self.named_by[column] = (
            self.named(said, column) if said.indicator else heading.indicator
        )
        only = self.surveyor.only
        if (
            position < 0
            and only >= 0
            and heading.period is not None
            and not heading.words
            and not self.is_outdone(heading)
        ):
            position = only  # halves across, the indicator named on the command line
        if position < 0 or (only >= 0 and position != only) or self.layout.indicator >= 0:
            return None
        if not said.indicator and self.no_target(column):
            return None
        unit, fits = self.surveyor.unit(heading, position, said.unit, self.layout, column)
        if not fits:
            self.unfit.add(column)
            return None
        period = self.period(said, column) or heading.period
        return FigureColumn(column, heading.text, position, period, unit, said)

    def value(self, column: int) -> FigureColumn | None:
        """The one column of values of a long table, or of a table of one indicator."""
        heading = self.heading_at(column)
        said = self.said.get(column, ColumnMap())
        position = -1 if self.layout.indicator >= 0 else self.surveyor.only
        unit, fits = self.surveyor.unit(heading, position, said.unit, self.layout, column)
        if not fits:
            return None
        period = self.period(said, column) or heading.period
        return FigureColumn(column, heading.text, position, period, unit, said)

    def named(self, said: ColumnMap, column: int) -> int:
        """The indicator that the map names; −1 with a finding where there is none."""
        position = self.index.get(spelling(said.indicator), -1)
        if position < 0:
            name = said.indicator
            sentence = self.near.question(name) or _(
                "the map says “{name}”, which is no indicator. {nearest}",
                name=name,
                nearest=self.near.of(name),
            )
            self.surveyor.tell(
                "unknown-indicator",
                max(self.layout.header[1], 0),
                column,
                sentence,
                value=said.indicator,
            )
        return position

    def period(self, said: ColumnMap, column: int) -> Period | None:
        """The period that the map gives a column."""
        if not said.period:
            return None
        try:
            return Period.parse(said.period)
        except ValueError as error:
            self.surveyor.tell(
                "map-unfit",
                max(self.layout.header[1], 0),
                column,
                _("the map: {fault}", fault=message_of(error)),
            )
            return None

    def has_figures(self, column: int) -> bool:
        surveyor, start = self.surveyor, self.layout.header[1] + 1
        cells = (row[column] for row in surveyor.grid.rows[start:] if column < len(row))
        return find.has_figure(cells, surveyor.point)

    def tell_left(self, column: int, rivals: int, *, refused: bool) -> None:
        """A column of figures that is not taken; `rivals`: how many may hold them; `refused`.

        None was taken at all.
        """
        heading, parts, long = self.read[column], self.parts[column], self.layout.indicator >= 0
        if self.is_another(column):
            if refused:
                names = [
                    self.dataset.indicators[position].id
                    for position in (self.named_by[column], self.surveyor.only)
                ]
                told = _(
                    "“{heading}” is {indicator}, and no column is {asked}",
                    heading=heading.text,
                    indicator=names[0],
                    asked=names[1],
                )
                self.tell(column, told, heading.text, refused=True)
        elif not self.surveyor.said.value and (why := self.no_target(column)):
            self.tell(column, why, heading.text, refused=refused)
        elif not self.surveyor.said.value and (
            long or (refused and self.asks_a_map(parts, rivals))
        ):
            sentence = why_not_values(
                heading.text or _("a column without a heading"), parts, rivals
            )
            self.tell(column, sentence, heading.text, refused=refused)
        elif (
            refused and self.surveyor.only >= 0 and not (heading.unfit or self.surveyor.said.value)
        ):
            told = _(
                "“{heading}” does not say that it is {indicator}; if it is, a map can say so",
                heading=heading.text or _("a column without a heading"),
                indicator=self.dataset.indicators[self.surveyor.only].id,
            )
            self.tell(column, told, heading.text, refused=True)
        else:
            # which of two, only a map can say
            torn = heading.torn and self.surveyor.said.column(heading.text) is None
            self.tell(column, self.no_indicator(heading), heading.text, refused=torn)

    def asks_a_map(self, parts: list[str], rivals: int) -> bool:
        """Outside a long table only a map can say that these are the figures."""
        return rivals > 0 or (heading_role.speaks_of_targets(parts) and not self.surveyor.promises)

    def no_indicator(self, heading: Heading) -> Message:
        """The heading names no indicator, and the nearest ones."""
        text = heading.text or _("a column without a heading")
        if heading.unfit:
            return _("“{heading}” is not taken: {reason}", heading=text, reason=heading.unfit)
        near, unit = self.near.of(heading.words or str(text)), read_unit(heading.unit).text
        told = _(
            "“{heading}” names no indicator and is not taken. {nearest}", heading=text, nearest=near
        )
        if heading.unit:
            told = _(
                "“{heading}” ({unit}) names no indicator and is not taken. {nearest}",
                heading=text,
                unit=unit,
                nearest=near,
            )
        return told

    def tell(self, column: int, sentence: Message, value: str, *, refused: bool = False) -> None:
        """A finding at the heading of a column that is not taken."""
        row = max(self.layout.header[1], 0)
        self.surveyor.tell("column-unmapped", row, column, sentence, value=value, refused=refused)

    def tell_unread(self, column: int) -> None:
        """A column that says of its rows what the command says of the whole file."""
        parts = self.parts[column]
        if (
            parts
            and spelling(parts[-1]) in _OF_THE_COMMAND
            and self.surveyor.below(self.layout.header, column)
        ):
            told = _(
                "“{heading}” is not read: the command says it of the whole file (--status, --published, --source)",
                heading=parts[-1],
            )
            self.tell(column, told, parts[-1])

    def tell_map(self) -> None:
        """Headings of the map that the sheet does not have."""
        surveyor = self.surveyor
        if not surveyor.said.columns:
            return
        headings = Headings({column: PARTED.join(parts) for column, parts in self.parts.items()})
        rows = surveyor.grid.column(self.layout.indicator) if self.layout.indicator >= 0 else ()
        named = set(map(heading_key, rows))
        for heading in surveyor.said.columns:
            if heading_key(heading) not in named and not headings.meant(heading)[1]:
                told = _("the map names a column “{heading}”, which is not there", heading=heading)
                surveyor.tell("map-unfit", max(self.layout.header[0], 0), 0, told)


def is_no_figure_heading(parts: list[str]) -> bool:
    """The heading of a column that never holds figures of an indicator.

    A rank, a code, a remark.
    """
    return any(spelling(part) in NOT_FIGURES for part in parts)
