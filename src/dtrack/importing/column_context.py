"""What holds for the cells of one column whose rows name one indicator and tell one unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from dtrack.analysis.over import is_span
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.importing.layout.header import HeadedSheet
from dtrack.importing.layout.headings import Heading
from dtrack.importing.layout.model import FigureColumn, Layout
from dtrack.importing.layout.units import (
    contradiction,
    row_against_column,
    unit_above,
    unit_is_open,
    unit_of,
)
from dtrack.importing.mapping import ColumnMap
from dtrack.model.entities import NO_TERMS, Indicator, Terms
from dtrack.parsing.span_words import over_said, span_words, why_unclear
from dtrack.parsing.unit import FRACTION, INDEX, Unit, read_unit


class ParsedValue(NamedTuple):
    """What is kept of one text under one heading: value and note; "" where nothing is.

    `code`: of the finding at each such cell; `reason`: why nothing is kept, or how it is read;
    `status`: what the cell calls its figure; `terms`: what a target says beside its value.
    """

    value: str = ""
    note: str = ""
    answered: bool = False
    digits: str = ""
    code: str = ""
    reason: Message | None = None
    status: str = ""
    over: str = ""
    terms: Terms = NO_TERMS


@dataclass(slots=True)
class ColumnContext:
    """What holds for the cells of one column whose rows name one indicator and tell one unit.

    `position` −1: the name is no indicator's; `wanted`: the indicator, where it was asked for.
    `period` "": their rows say. `form` and `unit`: as the map or the heading tells. `conflict`:
    code, sentence and column of the finding where two units or periods are told, or no unit.
    `as_it_is`: a plain number is the figure, to the letter. `known`: each text understood. `spans`:
    targets of several years; `over`: what its heading says they are of (`parsing.span_words`).
    """

    taken: FigureColumn
    position: int
    wanted: Indicator | None
    period: str
    form: str
    unit: Unit | None
    conflict: tuple[str, Message, int] | None
    as_it_is: bool
    known: dict[str, ParsedValue] = field(default_factory=dict)
    indicator: str = ""
    answered: bool = False
    spans: bool = False
    over: str = ""

    def __post_init__(self) -> None:
        self.indicator = self.wanted.id if self.wanted else ""
        self.answered = bool(self.form)


def column_context(
    sheet: HeadedSheet,
    layout: Layout,
    taken: FigureColumn,
    name: str,
    unit_told: str,
    *,
    units_told: bool,
) -> ColumnContext:
    """Work out what holds for the rows of a column that name an indicator and tell a unit."""
    said, read = ColumnMap(), Heading("", taken.indicator)
    if taken.indicator < 0:
        said = sheet.said.column(name.strip()) or said
        read = sheet.reader.of_row(said.indicator or name)
    position = read.indicator
    by_row = taken.period is None and layout.period >= 0
    period = "" if by_row else str(taken.period or read.period or sheet.asked)
    item = sheet.dataset.indicators[position] if position >= 0 else None
    wanted = item if sheet.only in (-1, position) else None
    against = row_against_column(unit_told, taken)
    stated = "" if against and taken.given.unit else unit_told  # the map has answered that
    unit = unit_of(read, taken, (said.unit, stated), item)
    code, told, at = "", None, layout.indicator
    if not said.unit:
        code, told = contradiction(read, taken, stated, item)
    if against and not (said.unit or taken.given.unit):
        code, told, at = "wrong-unit", against, layout.unit
    if wanted and unit is None and taken.indicator < 0:
        unit, why = unit_above(layout.units, wanted)
        code, told = ("wrong-unit", why) if why else (code, told)
    if wanted and units_told and unit_is_open(wanted, stated, read, taken, said):
        why = _("the unit of this row is missing, other rows have one: add it")
        code, told, at = "wrong-unit", why, layout.unit
    form = said.form or taken.given.form
    as_it_is = (
        wanted is not None
        and told is None
        and period != ""
        and sheet.point == "."
        and form not in (FRACTION, INDEX)
        and _is_own(unit, wanted)
    )
    spans = sheet.of_targets and is_span(Period.parse(period) if period else sheet.asked)
    over = span_words(f"{taken.heading} {name}")[1] if spans else ""
    if wanted and over and over_said(over, wanted.kind) is None:
        code, told, at = "bad-value", why_unclear(taken.heading or name), taken.column
    conflict = (code, told, at) if told else None
    context = ColumnContext(taken, position, wanted, period, form, unit, conflict, as_it_is)
    context.spans = spans
    context.over = over_said(over, wanted.kind) or "" if wanted else ""
    return context


def _is_own(unit: Unit | None, item: Indicator) -> bool:
    """The unit is that of the indicator, or none was told."""
    own = read_unit(item.unit)
    return unit is None or (unit.scale, unit.base) == (own.scale, own.base)
