"""A surveyed sheet → the figures it reports, as rows that may be kept, and what has to be said of single cells.

In come a `Layout` and the workspace, out go `ExtractedFigures` columns (one row a figure, with the
cell it stood in) and findings.
"""

from __future__ import annotations

from itertools import compress
from operator import not_
from typing import cast

from dtrack.core.figure import Wording, parse, plain_text
from dtrack.core.findings import Finding, Findings
from dtrack.core.message import Message
from dtrack.core.names import indicator_index
from dtrack.core.period import Period
from dtrack.importing.extracted import ColumnContext, ExtractedFigures, FigureCells, ParsedValue
from dtrack.importing.layout.headings import Heading
from dtrack.importing.layout.model import FigureColumn, Layout
from dtrack.importing.layout.named_headings import (
    RowNames,
    contradiction,
    row_against_column,
    unit_above,
    unit_is_open,
    unit_of,
)
from dtrack.importing.layout.row_periods import RowPeriods
from dtrack.importing.mapping import ColumnMap, Map
from dtrack.model.entities import Dataset, Indicator
from dtrack.parsing import reasons
from dtrack.parsing.cell import NOT_REPORTED, TINY, Said, hear
from dtrack.parsing.unit import (
    FRACTION,
    INDEX,
    Unit,
    beside_number,
    in_form,
    in_unit,
    misfit,
    read_unit,
)
from dtrack.storage.columns import are_plain


class Reading:
    """Reads the cells of a layout once; each distinct text under a heading is understood once."""

    def __init__(
        self,
        layout: Layout,
        dataset: Dataset,
        said: Map,
        asked: Period,
        only: int = -1,
        point: str = ".",
        *,
        promises: bool = False,
    ) -> None:
        self.layout, self.dataset, self.said, self.asked, self.only, self.point = (
            layout,
            dataset,
            said,
            asked,
            only,
            point,
        )
        self.promises = promises
        self.findings = Findings()
        self.near = reasons.near_indicators(dataset.indicators)
        self.names = RowNames(
            indicator_index(dataset.indicators), dataset.indicators, asked, promises=promises
        )
        self.under: dict[tuple[int, str, str], ColumnContext] = {}
        self.periods = RowPeriods(layout, asked)
        self.plain: set[str] = set()
        self.units_told = layout.unit >= 0 and any(
            layout.grid.cell(row, layout.unit).strip() for row, _ in layout.rows
        )
        self.cells = FigureCells()
        self.silent = 0
        self.converted: dict[tuple[int, int], Message] = {}

    def read(self) -> ExtractedFigures:
        """All figures, row by row; where there is one column of them, straight down."""
        columns = self.layout.columns
        texts = list(self.layout.grid.texts)
        self.plain = set(compress(texts, are_plain(texts)))
        if len(columns) == 1 and self.layout.unit < 0:
            self.down(columns[0])
        else:
            self.across()
        odd = self.cells.odd()
        self.settle_tiny(odd)
        self.tell_of_units()
        return self.arrived(odd)

    def down(self, taken: FigureColumn) -> None:
        """One column of figures, the indicator named in each row or for all."""
        grid, named, plain = self.layout.grid, self.layout.indicator, self.plain
        rows, areas = [row for row, _ in self.layout.rows], [area for _, area in self.layout.rows]
        texts = list(map(grid.column(taken.column).__getitem__, rows))
        names = list(map(grid.column(named).__getitem__, rows)) if named >= 0 else [""] * len(rows)
        known = {name: self.heading(taken, name, "") for name in dict.fromkeys(names)}
        under = list(map(known.__getitem__, names))
        asking = {name for name, one in known.items() if not one.as_it_is}
        usual = list(map(plain.__contains__, texts))
        if asking:
            usual = [sound and name not in asking for sound, name in zip(usual, names, strict=True)]
        odd = list(compress(range(len(texts)), map(not_, usual)))
        cells = FigureCells(rows, areas, under, [one.period for one in under], [*texts])
        gone = []
        for at in odd:
            if (found := self.figure(rows[at], areas[at], under[at], texts[at])) is None:
                gone.append(at)
            else:
                cells.periods[at], cells.kept[at] = found
        self.cells = cells.without(gone)

    def across(self) -> None:
        """Several columns of figures, or units told in each row."""
        lines, columns, named, told = (
            self.layout.grid.rows,
            self.layout.columns,
            self.layout.indicator,
            self.layout.unit,
        )
        name, unit, plain = "", "", self.plain
        for row, area in self.layout.rows:
            line = lines[row]
            if named >= 0:
                name = line[named] if named < len(line) else ""
            if told >= 0:
                unit = self.layout.grid.cell(row, told).strip()
            for taken in columns:
                text = line[taken.column] if taken.column < len(line) else ""
                under = self.under.get((taken.column, name, unit)) or self.heading(
                    taken, name, unit
                )
                if text in plain and under.as_it_is:
                    self.cells.add(row, area, under, under.period, text)
                elif (found := self.figure(row, area, under, text)) is not None:
                    self.cells.add(row, area, under, *found)

    # -- one cell ----------------------------------------------------------------------------------
    def figure(
        self, row: int, area: int, under: ColumnContext, text: str
    ) -> tuple[str, ParsedValue] | None:
        """The period of one cell, and what is kept of it; None where nothing is."""
        if not text:
            self.silent += 1
            return None
        if not under.wanted:
            self.tell_unknown(row, under)
            return None
        code, sentence, at = under.torn
        if sentence:
            self.tell(code, row, at, sentence, area, under.position, value=text)
            return None
        if not (period := under.period or self.period(row)):
            return None
        kept = under.known.get(text)
        if kept is None:
            kept = under.known[text] = self.understood(text, under)
        if kept.reason:
            self.tell(
                kept.odd, row, under.taken.column, kept.reason, area, under.position, period, text
            )
        if not kept.value:
            self.silent += not kept.odd
            return None
        return period, kept

    def arrived(self, odd: dict[int, ParsedValue]) -> ExtractedFigures:
        """The figures that were kept, as columns.

        `odd`: by their positions, those that are no plain number.
        """
        cells, area_ids = self.cells, [area.id for area in self.dataset.areas]
        item_ids = [item.id for item in self.dataset.indicators]
        forms = any(one.form for one in self.under.values())
        # what is no text yet is put in below
        values, notes = cast("list[str]", list(cells.kept)), [""] * len(cells.kept)
        answered = [bool(one.form) for one in cells.under] if forms else [False] * len(cells.kept)
        for at, one in odd.items():
            values[at], notes[at], answered[at] = one.value, one.note, answered[at] or one.answered
        return ExtractedFigures(
            [area_ids[area] for area in cells.areas],
            [item_ids[one.position] for one in cells.under],
            cells.periods,
            values,
            notes,
            self.origins(cells.rows, cells.under),
            answered,
            self.silent,
        )

    def origins(self, rows: list[int], under: list[ColumnContext]) -> list[str]:
        """The cells they stood in."""
        grid, columns = self.layout.grid, self.layout.columns
        if len(columns) == 1:
            return grid.origins_down(rows, columns[0].column)
        return grid.origins(zip(rows, [one.taken.column for one in under], strict=True))

    def heading(self, taken: FigureColumn, name: str, unit_told: str) -> ColumnContext:
        """What holds for the cells of a column, or for those of its rows that name that indicator and tell that unit."""
        said, read = ColumnMap(), Heading("", taken.indicator)
        if taken.indicator < 0:
            said = self.said.column(name.strip()) or said
            read = self.names.of(said.indicator or name)
        position, by_row = read.indicator, taken.period is None and self.layout.period >= 0
        period, wanted = (
            "" if by_row else str(taken.period or read.period or self.asked),
            position >= 0 and self.only in (-1, position),
        )
        item = self.dataset.indicators[position] if position >= 0 else None
        against = row_against_column(unit_told, taken)
        stated = "" if against and taken.given.unit else unit_told  # the map has answered that
        unit = unit_of(read, taken, (said.unit, stated), item)
        torn, at = (
            contradiction(read, taken, stated, item) if not said.unit else ("", None),
            self.layout.indicator,
        )
        if against and not (said.unit or taken.given.unit):
            torn, at = ("wrong-unit", against), self.layout.unit
        if unit is None and wanted and item and taken.indicator < 0:
            unit, why = unit_above(self.layout.units, item)
            torn = ("wrong-unit", why) if why else torn
        if wanted and item and unit_is_open(item, stated, read, taken, said) and self.units_told:
            torn, at = ("wrong-unit", reasons.no_unit_said()), self.layout.unit
        under = ColumnContext(
            taken, position, period, wanted, said.form or taken.given.form, unit, (*torn, at)
        )
        if (
            under.wanted
            and not torn[0]
            and under.period
            and self.point == "."
            and under.form not in (FRACTION, INDEX)
        ):
            own = read_unit(self.dataset.indicators[position].unit)
            under.as_it_is = under.unit is None or (under.unit.scale, under.unit.base) == (
                own.scale,
                own.base,
            )
        self.under[taken.column, name, unit_told] = under
        return under

    def tell_unknown(self, row: int, under: ColumnContext) -> None:
        """A row of figures whose name is no indicator's.

        Of an indicator that was not asked for nothing is told.
        """
        if under.position >= 0:
            return
        text = (
            self.layout.grid.cell(row, self.layout.indicator).strip()
            if self.layout.indicator >= 0
            else ""
        )
        self.tell(
            "unknown-indicator",
            row,
            self.layout.indicator,
            reasons.no_indicator(text, self.near),
            value=text,
        )

    def period(self, row: int) -> str:
        """What the columns of periods say in a row, else the period asked for.

        "" with a finding where that is none.
        """
        read = self.periods.of(row)
        if read.reason:
            self.tell("bad-period", row, read.column, read.reason, value=read.text)
        return read.period

    # -- one text under one heading
    # -----------------------------------------------------------------------------------
    def understood(self, text: str, under: ColumnContext) -> ParsedValue:
        """What a text is as a figure of an indicator."""
        item = self.dataset.indicators[under.position]
        heard = hear(text.strip(), self.point)
        if (special := self.special(heard, text)) is not None:
            return special
        if why := reasons.no_figure(text, heard, item, promises=self.promises):
            return ParsedValue(odd="not-a-number", reason=why)
        unit, reason = self.unit(heard, under, item)
        if reason:
            return ParsedValue(odd="wrong-unit", reason=reasons.misread(text, reason))
        return self.figure_text(text, heard, item, unit, under)

    def special(self, heard: Said, text: str) -> ParsedValue | None:
        """What stands for no number on purpose.

        Not reported, below the smallest unit, a target that is undisclosed.
        """
        if self.promises and plain_text(text).casefold() in Wording.UNDISCLOSED.meaning.before:
            return ParsedValue(Wording.UNDISCLOSED, answered=True)
        if heard.kind == TINY and not self.promises:
            return ParsedValue(TINY, answered=True)
        return ParsedValue() if heard.kind == NOT_REPORTED else None

    def unit(
        self, heard: Said, under: ColumnContext, item: Indicator
    ) -> tuple[Unit | None, Message | None]:
        """The unit of a cell, or why it has none that fits: its own words, else its heading's."""
        told = under.unit
        if heard.percent:
            return None, None if item.in_percent else reasons.no_per_cent(item)
        if not heard.unit:
            return told, misfit(told, item) if told else None
        own = read_unit(heard.unit)
        if told and not own.base and told.scale and own.scale != told.scale:
            return None, reasons.two_units(heard.unit, told.text)
        return own, misfit(own, item)

    def figure_text(
        self, text: str, heard: Said, item: Indicator, unit: Unit | None, under: ColumnContext
    ) -> ParsedValue:
        """The text in which the figure is kept, and what the note says of how it stood there."""
        value, note = heard.text, ""
        try:
            if item.in_percent and not heard.percent:
                value = in_form(heard.text, under.form)
                note = f"published as {text.strip()}" if value != heard.text else ""
            elif unit and not item.in_percent:
                value = in_unit(heard.text, unit, item)
                if (
                    value != heard.text
                    and (cells := (under.taken.column, under.position)) not in self.converted
                ):
                    self.converted[cells] = reasons.converted(heard.text, unit, value, item)
            elif heard.percent:
                value = beside_number(heard.text, "%")
            if value != heard.text:  # which has been parsed when it was heard
                parse(value)
        except ValueError as error:
            return ParsedValue(odd="not-a-number", reason=reasons.faulty(text, error))
        note = note or (f"published as {text.strip()}" if heard.read_as else "")
        odd, told = (
            ("read-as", reasons.read_as(text, heard.read_as)) if heard.read_as else ("", None)
        )
        return ParsedValue(value, heard.text, note, odd, told, heard.percent or heard.turned)

    # -- afterwards --------------------------------------------------------------------------------
    def settle_tiny(self, odd: dict[int, ParsedValue]) -> None:
        """….

        Less than the smallest unit of the table, which the other figures of the column show.
        """
        tiny = [at for at, kept in odd.items() if kept.value == TINY]
        cells, finest = self.cells, dict[tuple[int, int, Unit | None], int]()
        for under, kept in zip(cells.under, cells.kept, strict=True) if tiny else ():
            key = (under.taken.column, under.position, under.unit)
            finest[key] = max(
                finest.get(key, 0), _decimals(kept if isinstance(kept, str) else kept.heard)
            )
        for at in tiny:
            under = cells.under[at]
            value = "<" + self.smallest(
                under, finest[under.taken.column, under.position, under.unit]
            )
            note = "published as …: less than the smallest unit of the table"
            odd[at] = ParsedValue(value, note=note, answered=True)

    def smallest(self, under: ColumnContext, decimals: int) -> str:
        """The smallest number of so many decimals, as it is kept."""
        smallest, item = f"{10.0**-decimals:.{decimals}f}", self.dataset.indicators[under.position]
        unit = under.unit if not item.in_percent else None
        return in_unit(smallest, unit, item) if unit else smallest

    def tell_of_units(self) -> None:
        """One note for each column that was brought to another unit."""
        for (column, position), sentence in self.converted.items():
            row = max(self.layout.header[1], 0)
            self.tell("unit-converted", row, column, sentence, position=position)

    def tell(
        self,
        code: str,
        row: int,
        column: int,
        sentence: Message,
        area: int = -1,
        position: int = -1,
        period: str = "",
        value: str = "",
    ) -> None:
        """Keep a finding at a cell."""
        names = (
            self.dataset.areas[area].id if area >= 0 else "",
            self.dataset.indicators[position].id if position >= 0 else "",
        )
        origin = self.layout.grid.origin(row, max(column, 0))
        self.findings.tell(
            Finding(code, "", None, "", sentence, *names, period, 0, value[:60], origin)
        )


def _decimals(figure: str) -> int:
    """How many digits a figure's text has after the point; 0 where it has none."""
    return len(figure.rpartition(".")[2]) if "." in figure else 0
