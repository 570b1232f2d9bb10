"""A layout → its figures, one `ExtractedFigure` each, and the findings at single cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from dtrack.core.figure import MAX_DECIMALS, parse
from dtrack.core.message import Message, deferred, lazy_numeral, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import Nearest, keys_of
from dtrack.core.relation import Relation
from dtrack.core.vocabulary import ObsStatus
from dtrack.i18n.terms import behind_number, unit_word
from dtrack.importing.column_context import ColumnContext, ParsedValue, column_context
from dtrack.importing.layout.header import HeadedSheet
from dtrack.importing.layout.model import Layout
from dtrack.importing.layout.periods import RowPeriods
from dtrack.importing.target_parts import target_in_words
from dtrack.model.entities import NO_TERMS, Indicator, Terms
from dtrack.model.relation_words import lazy_target
from dtrack.parsing.cell import NOT_REPORTED, TINY, UNNUMBERED, ParsedCell, parse_cell
from dtrack.parsing.indicator_figure import (
    as_reported,
    fitting_unit,
    kept_text,
    no_number,
    read_as,
    why_no_figure,
)
from dtrack.parsing.relative import relation_in_words
from dtrack.parsing.span_words import over_said, span_words, why_unclear
from dtrack.parsing.unit import Unit, in_unit
from dtrack.storage.columns import are_plain

_SHOWN = 40  # letters of a text in a sentence


class ExtractedFigure(NamedTuple):
    """One figure of a return: its cell by ids, the text that is kept, and where it stood.

    `answered`: its form was told (a sign or the map), so none is asked. `digits`: the figure as it
    stood in `column`, whose decimals tell the smallest unit of the table; `unit`: that of the cell.
    `status`: what the cell itself calls it, "" where it says nothing.
    `over`: what a target of several years is of, where it says so.
    `terms`: what a target says beside its value.
    """

    area: str
    indicator: str
    period: str
    value: str
    note: str = ""
    origin: str = ""
    answered: bool = False
    digits: str = ""
    column: int = -1
    unit: Unit | None = None
    status: str = ""
    over: str = ""
    terms: Terms = NO_TERMS


@dataclass
class ExtractedFigures:
    """The figures of a return; `silent` counts the cells without one."""

    figures: list[ExtractedFigure] = field(default_factory=list)
    silent: int = 0

    @cached_property
    def periods(self) -> list[str]:
        """The periods of all figures, in their order; asked for when all are there."""
        return list(dict.fromkeys(figure.period for figure in self.figures))


class Reading:
    """Reads the cells of a layout once; each distinct text under a heading is understood once."""

    def __init__(self, sheet: HeadedSheet, layout: Layout) -> None:
        self.sheet, self.layout, self.dataset = sheet, layout, sheet.dataset
        indicators = self.dataset.indicators
        self.near = Nearest(lambda: {item.id: keys_of(item) for item in indicators})
        self.periods = RowPeriods(layout, sheet.asked)
        self.extracted = ExtractedFigures()
        self.has_tiny = False
        # column and indicator → the first of its figures that was brought to another unit
        self.converted: dict[tuple[int, int], Message] = {}

    def read(self) -> ExtractedFigures:
        """Extract all figures, row by row."""
        layout, plain = self.layout, self.plain_numbers()
        down = [row for row, _unused in layout.rows]
        area_ids = [area.id for area in self.dataset.areas]
        names = self.texts_of(layout.indicator, down)
        units = list(map(str.strip, self.texts_of(layout.unit, down)))
        units_told = any(units)
        columns = [
            (
                taken,
                self.texts_of(taken.column, down),
                layout.grid.origins_down(down, taken.column),
                dict[tuple[str, str], ColumnContext](),
            )
            for taken in layout.columns
        ]
        keep = self.extracted.figures.append
        for at, ((row, area), key) in enumerate(
            zip(layout.rows, zip(names, units, strict=True), strict=True)
        ):
            for taken, texts, origins, contexts in columns:
                text = texts[at]
                if (context := contexts.get(key)) is None:
                    context = contexts[key] = column_context(
                        self.sheet, layout, taken, *key, units_told=units_told
                    )
                # most figures are plain numbers, of which there may be 100,000
                if text in plain and context.as_it_is:
                    period, value, note, answered, digits = context.period, text, "", False, text
                    status, over, terms = "", context.over, NO_TERMS
                elif (found := self.parsed(row, area, context, text)) is not None:
                    period, (value, note, answered, digits) = found[0], found[1][:4]
                    status, over = found[1].status, found[1].over or context.over
                    terms = found[1].terms
                else:
                    continue
                keep(
                    ExtractedFigure(
                        area_ids[area],
                        context.indicator,
                        period,
                        value,
                        note,
                        origins[at],
                        answered or context.answered,
                        digits,
                        taken.column,
                        context.unit,
                        status,
                        over,
                        terms,
                    )
                )
        if self.has_tiny:
            self.settle_tiny()
        for (column, position), sentence in self.converted.items():
            row = max(layout.header[1], 0)
            self.tell("unit-converted", row, column, sentence, position=position)
        return self.extracted

    def plain_numbers(self) -> set[str]:
        """The texts of the sheet that `storage` reads as they are."""
        texts = list(self.layout.grid.texts)
        return set(compress(texts, are_plain(texts)))

    def texts_of(self, column: int, rows: list[int]) -> list[str]:
        """The texts of a column in these rows; blanks where there is no such column."""
        if column < 0:
            return [""] * len(rows)
        return list(map(self.layout.grid.column(column).__getitem__, rows))

    # -- one cell ----------------------------------------------------------------------------------
    def parsed(
        self, row: int, area: int, context: ColumnContext, text: str
    ) -> tuple[str, ParsedValue] | None:
        """The period of one cell and what is kept of it; None where nothing is, which is told."""
        position, column = context.position, context.taken.column
        if not text:
            self.extracted.silent += 1
            return None
        if not context.wanted:
            if position < 0:
                self.tell_no_indicator(row)
            return None
        if context.conflict:
            code, sentence, at = context.conflict
            self.tell(code, row, at, sentence, area, position, value=text)
            return None
        period = context.period
        if not period:
            read = self.periods.of(row)
            period = read.period
            if read.reason:
                self.tell("bad-period", row, read.column, read.reason, value=read.text)
                return None
        value = context.known.get(text)
        if value is None:
            value = context.known[text] = self.understood(text, context)
        if value.reason:
            self.tell(value.code, row, column, value.reason, area, position, period, text)
        if not value.value and not value.status:
            self.extracted.silent += not value.code
            return None
        return period, value

    def understood(self, text: str, context: ColumnContext) -> ParsedValue:
        """What a text is as a figure of an indicator, or as a target of several years."""
        rest, word = span_words(text) if context.spans else (text, "")
        if not word:
            return self.as_figure(text, context)
        over = over_said(word, self.dataset.indicators[context.position].kind)
        if over is None:
            return ParsedValue(code="bad-value", reason=why_unclear(text))
        if context.over not in ("", over):
            why = _(
                "“{text}” contradicts its heading: {over}",
                text=text[:_SHOWN],
                over=context.over,
            )
            return ParsedValue(code="bad-value", reason=why)
        return self.as_figure(rest, context)._replace(over=over)

    def as_figure(self, text: str, context: ColumnContext) -> ParsedValue:
        """What a text is as a figure of an indicator."""
        item = self.dataset.indicators[context.position]
        of_targets = self.sheet.of_targets
        cell = parse_cell(text.strip(), self.sheet.point, of_targets=of_targets)
        if of_targets:
            in_words = target_in_words(text, lambda part: self.as_figure(part, context))
            if in_words:
                return in_words
        if (without := _without_number(text, cell, of_targets=of_targets)) is not None:
            self.has_tiny |= cell.kind == TINY
            return without
        if why := why_no_figure(text, cell, item, of_targets=of_targets):
            return self.followed(text, item) or ParsedValue(code="not-a-number", reason=why)
        unit, why = fitting_unit(text, cell, item, context.unit)
        if why:
            return self.followed(text, item) or ParsedValue(code="wrong-unit", reason=why)
        cell = cell if of_targets else as_reported(cell)
        try:
            value = kept_text(cell, unit, item, context.form)
            if value != cell.text:  # which has been parsed as it was read
                parse(value)
        except ValueError as error:
            why = _(
                "“{text}” is not a valid figure: {fault}",
                text=text[:_SHOWN],
                fault=message_of(error),
            )
            return ParsedValue(code="not-a-number", reason=why)
        key = (context.taken.column, context.position)
        changed = value != cell.text
        if changed and unit and not item.in_percent and key not in self.converted:
            self.converted[key] = _converted(cell.text, unit, value, item)
        reformed = changed and item.in_percent and not cell.percent
        note = f"published as {text.strip()}" if reformed or cell.read_as else ""
        code, told = ("read-as", read_as(text, cell)) if cell.read_as else ("", None)
        answered = cell.percent or cell.turned
        return ParsedValue(value, note, answered, cell.text, code, told, cell.status)

    def followed(self, text: str, item: Indicator) -> ParsedValue | None:
        """What a target in words follows, or the question that they leave; None for all else."""
        words = text if self.sheet.of_targets else ""
        relation = relation_in_words(words, self.dataset, item)
        if relation is None:
            return None
        if not isinstance(relation, Relation):
            return ParsedValue(code="bad-relation", reason=relation)
        said = lazy_target(self.dataset, str(relation), item.id)
        told = _("“{text}” was interpreted as {figure}", text=text[:_SHOWN], figure=said)
        return ParsedValue(str(relation), answered=True, code="read-as", reason=told)

    def settle_tiny(self) -> None:
        """Put “less than the smallest unit” for …; the other figures show that unit."""
        figures, finest = self.extracted.figures, dict[tuple[int, str, Unit | None], int]()
        tiny = [at for at, figure in enumerate(figures) if figure.value == TINY]
        for figure in figures:
            key = (figure.column, figure.indicator, figure.unit)
            places = _decimals(figure.digits)  # a program's thirteen are no unit of a table
            finest[key] = max(finest.get(key, 0), places if places <= MAX_DECIMALS else 0)
        for at in tiny:
            figure = figures[at]
            item = self.dataset.indicators[self.dataset.indicator_position[figure.indicator]]
            decimals = finest[figure.column, figure.indicator, figure.unit]
            value = f"{10.0**-decimals:.{decimals}f}"
            if figure.unit and not item.in_percent:
                value = in_unit(value, figure.unit, item)
            note = "published as …: less than the smallest unit of the table"
            figures[at] = figure._replace(value=f"<{value}", note=note)

    # -- findings ----------------------------------------------------------------------------------
    def tell_no_indicator(self, row: int) -> None:
        """Keep a finding at a row of figures that names no indicator of the workspace."""
        at = self.layout.indicator
        text = self.layout.grid.cell(row, at).strip() if at >= 0 else ""
        sentence = _("a figure without an indicator")
        if text:
            near = self.near.of(text)
            none = _("unknown indicator “{name}”. {nearest}", name=text[:_SHOWN], nearest=near)
            sentence = self.near.question(text) or none
        self.tell("unknown-indicator", row, at, sentence, value=text)

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
        """Keep a finding at a cell of a figure."""
        self.sheet.tell(
            code,
            row,
            max(column, 0),
            sentence,
            area=self.dataset.areas[area].id if area >= 0 else "",
            indicator=self.dataset.indicators[position].id if position >= 0 else "",
            period=period,
            value=value[:60],
        )


def _without_number(text: str, cell: ParsedCell, *, of_targets: bool) -> ParsedValue | None:
    """What is kept of a cell that tells no number and is no fault; None for all others."""
    if cell.kind == NOT_REPORTED:
        return ParsedValue()
    if cell.kind == TINY and not of_targets:
        return ParsedValue(TINY, answered=True)
    if cell.kind == UNNUMBERED and not of_targets:
        note = f"published as {text.strip()}"
        return ParsedValue("", note, True, "", "read-as", no_number(text), ObsStatus.MISSING)
    return None


def _converted(figure: str, unit: Unit, kept: str, item: Indicator) -> Message:
    """The first figure of a column that was brought to another unit, as an example."""
    return _(
        "{figure} {unit} is stored as {kept}, in {own}",
        figure=lazy_numeral(figure),
        unit=deferred(behind_number, unit.text),
        kept=kept,
        own=deferred(unit_word, item.unit),
    )


def _decimals(figure: str) -> int:
    """How many digits a figure's text has after the point; 0 where it has none."""
    return len(figure.rpartition(".")[2]) if "." in figure else 0
