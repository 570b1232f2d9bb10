"""A surveyed sheet → the figures it reports, as rows that may be kept, and what has to be said of single cells.

In come a `Layout` and the workspace, out go `Arrived` columns (one row a figure, with the cell it stood in) and findings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dtrack.errors import Finding
from dtrack.figure import UNDISCLOSED, parse, plain_text
from dtrack.intake.layout import Layout, Taken
from dtrack.intake.mapping import ColumnMap, Map
from dtrack.intake.measure import FRACTION, INDEX, PERCENT, Unit, beside_number, in_form, in_unit, misfit, read_unit
from dtrack.intake.said import FIGURE, NOT_REPORTED, TINY, Said, hear
from dtrack.model import Holdings, Indicator, indicator_index, nearest, spelling
from dtrack.period import Period

_MOST = 1000  # findings of one code; the rest is counted
_UNDISCLOSED = (UNDISCLOSED, "未公布", "未公开")
_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}(?:-[0-9]{2}(?:[ T].*)?)?")


@dataclass(slots=True)
class Arrived:
    """The figures of a return, one list a column. `answered`: the form was told (a sign or the map), so none is asked."""

    area: list[str] = field(default_factory=list)
    indicator: list[str] = field(default_factory=list)
    period: list[str] = field(default_factory=list)
    value: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)
    silent: int = 0
    converted: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of one text under one heading: the value and a note; or a code and the reason why nothing is."""

    value: str = ""
    note: str = ""
    code: str = ""
    reason: str = ""
    answered: bool = False
    read_as: str = ""


def _no_figure(text: str, heard: Said, item: Indicator) -> str:
    """Why a text is no figure of an indicator; "" where it is one."""
    if heard.kind != FIGURE:
        date = "Excel made a date of it: " if _DATE.fullmatch(text) else ""
        return f"is no figure: {date}{heard.reason or 'it tells no number'}"
    return f"tells a change, {item.id} is a {item.kind}" if heard.turned and item.kind != "growth" else ""


class Reading:
    """Reads the cells of a layout once; each distinct text of a column is understood once."""

    def __init__(self, layout: Layout, held: Holdings, said: Map, asked: Period, only: int = -1, point: str = ".", *,
                 promises: bool = False) -> None:  # fmt: skip
        self.layout, self.held, self.said, self.asked, self.only, self.point = layout, held, said, asked, only, point
        self.promises = promises
        self.arrived = Arrived()
        self.findings: list[Finding] = []
        self.counts: dict[str, int] = {}
        self.index = indicator_index(held.indicators)
        self.known: dict[tuple[str, int, int], _Kept] = {}
        self.named: dict[str, tuple[int, ColumnMap]] = {}
        self.periods: dict[str, Period | None] = {}
        self.tiny: list[tuple[int, int, int]] = []
        self.finest: dict[tuple[int, int], int] = {}

    def read(self) -> Arrived:
        """All figures, row by row."""
        cell = self.layout.grid.cell
        for row, area in self.layout.rows:
            for taken in self.layout.columns:
                text = cell(row, taken.column)
                if not text:
                    self.arrived.silent += 1
                    continue
                self.figure(row, area, taken, text)
        self.settle_tiny()
        self.tell_of_units()
        return self.arrived

    # -- one cell -----------------------------------------------------------------------------------------------------
    def figure(self, row: int, area: int, taken: Taken, text: str) -> None:
        """One cell that is not blank."""
        position, said = self.indicator(row, taken)
        if position == -1 or (self.only >= 0 and position != self.only):
            return
        period = self.period(row, taken)
        if period is None:
            return
        key = (text, taken.column, position)
        if key not in self.known:
            self.known[key] = self.understood(text, taken, position, said)
        kept = self.known[key]
        if kept.code:
            self.tell(kept.code, row, taken.column, kept.reason, area, position, period, text)
            return
        if not kept.value:
            self.arrived.silent += 1
            return
        if kept.read_as:
            self.tell("read-as", row, taken.column, f"“{text[:40]}” is read as {kept.read_as}", area, position, period, text)
        if kept.value == TINY:
            self.tiny.append((len(self.arrived.value), taken.column, position))
        self.keep(row, area, taken.column, position, period, kept)

    def keep(self, row: int, area: int, column: int, position: int, period: Period, kept: _Kept) -> None:
        """One figure more."""
        arrived = self.arrived
        arrived.area.append(self.held.areas[area].id)
        arrived.indicator.append(self.held.indicators[position].id)
        arrived.period.append(str(period))
        arrived.value.append(kept.value)
        arrived.note.append(kept.note)
        arrived.origin.append(self.layout.grid.origin(row, column))
        arrived.answered.append(kept.answered)

    def indicator(self, row: int, taken: Taken) -> tuple[int, ColumnMap | None]:
        """The indicator of a cell: the column's, or what the column of indicators says. −1 with a finding: none."""
        if taken.indicator >= 0:
            return taken.indicator, None
        text = self.layout.grid.cell(row, self.layout.indicator).strip() if self.layout.indicator >= 0 else ""
        if text not in self.named:
            said = self.said.column(text)
            self.named[text] = (
                self.index.get(spelling(said.indicator if said and said.indicator else text), -1),
                said or ColumnMap(),
            )
        position, said = self.named[text]
        if position < 0:
            known = {i.id: tuple(map(spelling, (i.id, *i.names.values(), *i.aliases))) for i in self.held.indicators}
            sentence = f"“{text[:40]}” is no indicator. {nearest(text, known)}" if text else "a figure without an indicator"
            self.tell("unknown-indicator", row, self.layout.indicator, sentence, value=text)
        return position, said

    def period(self, row: int, taken: Taken) -> Period | None:
        """The period of a cell: the column's, else what the column of periods says, else the one asked for."""
        if taken.period is not None or self.layout.period < 0:
            return taken.period or self.asked
        text = self.layout.grid.cell(row, self.layout.period).strip()
        if text not in self.periods:
            try:
                self.periods[text] = Period.parse(text) if text else self.asked
            except ValueError:
                self.periods[text] = None
        if self.periods[text] is None:
            self.tell("bad-period", row, self.layout.period, f"“{text[:40]}” is no period", value=text)
        return self.periods[text]

    # -- one text under one heading -----------------------------------------------------------------------------------
    def understood(self, text: str, taken: Taken, position: int, said: ColumnMap | None) -> _Kept:
        """What a text is as a figure of an indicator."""
        item = self.held.indicators[position]
        heard = hear(text.strip(), self.point)
        if self.promises and plain_text(text).casefold() in _UNDISCLOSED:
            return _Kept(UNDISCLOSED, answered=True)
        if heard.kind == TINY and not self.promises:
            return _Kept(TINY, answered=True)
        if heard.kind == NOT_REPORTED:
            return _Kept()
        if why := _no_figure(text, heard, item):
            return _Kept(code="not-a-number", reason=f"“{text[:40]}” {why}")
        form = (said.form if said else "") or taken.form
        unit, reason = self.unit(heard, taken, item, said)
        if reason:
            return _Kept(code="wrong-unit", reason=f"“{text[:40]}”: {reason}")
        return self.figure_text(text, heard, item, unit, form, (taken.column, position))

    def unit(self, heard: Said, taken: Taken, item: Indicator, said: ColumnMap | None) -> tuple[Unit | None, str]:
        """The unit of a cell, or why it has none that fits: its own words, else its heading's."""
        told = read_unit(said.unit) if said and said.unit else taken.unit
        if heard.percent:
            return None, "" if item.in_percent else f"a per cent, {item.id} is told in {item.unit}"
        if not heard.unit:
            return told, misfit(told, item) if told else ""
        own = read_unit(heard.unit)
        if told and not own.base and told.scale and own.scale != told.scale:
            return None, f"the cell says {heard.unit}, its heading {told.text}: one or both?"
        return own, misfit(own, item)

    def figure_text(self, text: str, heard: Said, item: Indicator, unit: Unit | None, form: str, at: tuple[int, int]) -> _Kept:
        """The text in which the figure is kept, and what the note says of how it stood there."""
        value, note = heard.text, ""
        try:
            if item.in_percent and not heard.percent:
                value = in_form(heard.text, form)
                note = f"published as {text.strip()}" if value != heard.text else ""
            elif unit and not item.in_percent:
                value = in_unit(heard.text, unit, item)
                if value != heard.text:
                    self.arrived.converted.setdefault(at, f"{heard.text} {unit.text} is kept as {value}, told in {item.unit}")
            elif heard.percent:
                value = beside_number(heard.text, "%")
            parse(value)
        except ValueError as error:
            return _Kept(code="not-a-number", reason=f"“{text[:40]}” is no figure: {error}")
        if "." in heard.text or heard.text.isdigit():
            decimals = len(heard.text.rpartition(".")[2]) if "." in heard.text else 0
            self.finest[at] = max(self.finest.get(at, 0), decimals)
        note = note or (f"published as {text.strip()}" if heard.read_as else "")
        answered = heard.percent or heard.turned or form in (PERCENT, FRACTION, INDEX)
        return _Kept(value, note, answered=answered, read_as=heard.read_as)

    # -- afterwards ---------------------------------------------------------------------------------------------------
    def settle_tiny(self) -> None:
        """…: less than the smallest unit of the table, which the other figures of the column show."""
        for at, column, position in self.tiny:
            smallest = f"{10.0 ** -self.finest.get((column, position), 0):.{self.finest.get((column, position), 0)}f}"
            taken = next(taken for taken in self.layout.columns if taken.column == column)
            item = self.held.indicators[position]
            unit = taken.unit if taken.unit and not item.in_percent else None
            self.arrived.value[at] = "<" + (in_unit(smallest, unit, item) if unit else smallest)
            self.arrived.note[at] = "published as …: less than the smallest unit of the table"

    def tell_of_units(self) -> None:
        """One note for each column that was brought to another unit."""
        for (column, position), sentence in self.arrived.converted.items():
            row = max(self.layout.header[1], 0)
            self.tell("unit-converted", row, column, sentence, position=position)

    def tell(self, code: str, row: int, column: int, sentence: str, area: int = -1, position: int = -1,
             period: Period | None = None, value: str = "") -> None:  # fmt: skip
        """Keep a finding at a cell; past a thousand of one code they are counted."""
        self.counts[code] = self.counts.get(code, 0) + 1
        if self.counts[code] <= _MOST:
            names = self.held.areas[area].id if area >= 0 else "", self.held.indicators[position].id if position >= 0 else ""
            origin = self.layout.grid.origin(row, max(column, 0))
            place = ("", None, "", sentence, *names, str(period or ""), 0, value[:60], origin)
            self.findings.append(Finding(code, *place))
