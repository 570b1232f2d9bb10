"""A figure as somebody types it, with its unit (1509.0亿元) → the text in which it is kept, as `import` reads a cell.

In come the text, the indicator and the cell that it is for, out go the text and what is to be told
of how it was read.
"""

from __future__ import annotations

from dtrack.core.figure import parse, plain_text
from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import Message
from dtrack.model.entities import Indicator
from dtrack.parsing import reasons
from dtrack.parsing.cell import FIGURE, Said, hear
from dtrack.parsing.unit import beside_number, in_unit, misfit, read_unit

# the file that it goes into, ids of area and indicator, the period
Cell = tuple[str, str, str, str]


def typed_figure(
    text: str, item: Indicator, cell: Cell, *, promises: bool = False
) -> tuple[str, tuple[Finding, ...]]:
    """The figure's text without a unit that fits the indicator.

    What needs no understanding, or finds none, stays as it is. `promises`: it is a target,
    which may be striven for (力争520). Raises BlockedByFindings where unit or words do not fit. A
    comma is left to the reader of figures, which asks: here no file tells which decimal sign
    its writer uses.
    """
    heard = _heard(text)
    if heard is None:
        return text, ()
    if why := reasons.no_figure(text, heard, item, promises=promises):
        raise BlockedByFindings((_finding("not-a-number", cell, text, why),))
    unit = read_unit(heard.unit) if heard.unit else None
    if (
        why := misfit(unit, item)
        if unit
        else reasons.no_per_cent(item)
        if heard.percent and not item.in_percent
        else None
    ):
        raise BlockedByFindings((_finding("wrong-unit", cell, text, reasons.misread(text, why)),))
    kept = (
        beside_number(heard.text, "%")
        if heard.percent
        else in_unit(heard.text, unit, item)
        if unit
        else heard.text
    )
    told = (_finding("read-as", cell, text, reasons.read_as(text, kept)),) if heard.aim else ()
    return kept, told


def _heard(text: str) -> Said | None:
    """What the text says where it is no figure as it stands, and has a unit or tells an aim.

    None for all else.
    """
    try:
        parse(text)
    except ValueError:
        heard = hear(text) if "," not in plain_text(text) else None
        known = (
            heard is not None
            and heard.kind == FIGURE
            and (heard.aim or (bool(heard.unit) and not heard.read_as))
        )
        return heard if known else None
    return None


def _finding(code: str, cell: Cell, text: str, sentence: Message) -> Finding:
    file, area, indicator, period = cell
    return Finding(code, file, None, "value", sentence, area, indicator, period, value=text[:60])
