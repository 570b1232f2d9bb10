"""A parsed cell as a figure of one indicator: why it is none, its unit, how it is kept."""

from __future__ import annotations

import re
from dataclasses import replace

from dtrack.core.figure import beside_number, parse
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Kind, ObsStatus
from dtrack.i18n.formatting import wording_shown
from dtrack.i18n.terms import status_word, unit_word
from dtrack.model.entities import Indicator
from dtrack.parsing.cell import FIGURE, UNNUMBERED, ParsedCell
from dtrack.parsing.unit import INDEX, Unit, in_form, in_unit, misfit, read_unit

_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}(?:-[0-9]{2}(?:[ T].*)?)?")
_SHOWN = 40  # letters of a cell in a sentence

_A_CHANGE = N_("“{text}” is a change, but {indicator} is a {kind}: write the resulting number")
_A_CHANGE_TO = N_(
    "“{text}” is a change, but {indicator} is a {kind}: write the change with the key "
    "`from`, which names its base year"
)


def why_no_figure(
    text: str, cell: ParsedCell, item: Indicator, *, of_targets: bool = False
) -> Message | None:
    """Why a text is no figure (`of_targets`: no target) of an indicator, or None."""
    start = text[:_SHOWN]
    if cell.kind != FIGURE:
        return _why_none(start, text, cell)
    if cell.status and of_targets:
        return _("“{text}” is the status of a figure; targets have no status", text=start)
    if cell.aim and not of_targets:
        return _("“{text}” is an aim, not a result", text=start)
    if cell.turned and item.kind != Kind.GROWTH:
        question = _A_CHANGE_TO if of_targets else _A_CHANGE
        return _(question, text=start, indicator=item.id, kind=_(item.kind.value))
    return None


def _why_none(start: str, text: str, cell: ParsedCell) -> Message:
    """Why a text is no number at all."""
    if cell.kind == UNNUMBERED:
        return _("“{text}” gives no number: write it, above or below 0", text=start)
    why = cell.reason or _("not a number")
    if _DATE.fullmatch(text):
        return _(
            "“{text}” is not a valid figure; Excel has converted it to a date: {fault}",
            text=start,
            fault=why,
        )
    return _("“{text}” is not a valid figure: {fault}", text=start, fault=why)


def fitting_unit(
    text: str, cell: ParsedCell, item: Indicator, column: Unit | None = None
) -> tuple[Unit | None, Message | None]:
    """The unit of a cell, or why it has none that fits: its own words, else its column's."""
    unit, why = column, None
    if cell.unit.startswith("倍") and item.kind == Kind.GROWTH and item.in_percent:
        number = parse(cell.text).low or 0
        question = _(
            "“{text}” is ambiguous (growth of {more}% or {less}%): write a percentage",
            text=text[:_SHOWN],
            more=f"{number * 100:f}",
            less=f"{(number - 1) * 100:f}",
        )
        return None, question
    if cell.percent:
        unit = None
        if not item.in_percent:
            own = deferred(unit_word, item.unit)
            why = _("a percentage, but {indicator} is in {unit}", indicator=item.id, unit=own)
    elif cell.unit:
        unit = read_unit(cell.unit)
        if column and not unit.base and column.scale and unit.scale != column.scale:
            why = _(
                "ambiguous unit: {unit} in the cell, {other} in its heading",
                unit=cell.unit,
                other=column.text,
            )
    if unit and not why:
        why = misfit(unit, item)
    return unit, _("“{text}”: {fault}", text=text[:_SHOWN], fault=why) if why else None


def kept_text(cell: ParsedCell, unit: Unit | None, item: Indicator, form: str = "") -> str:
    """The text in which the figure is kept. Raises ValueError where no exact text exists."""
    if item.in_percent and not cell.percent:
        # 下降5 is the growth itself, whatever the others of its column are
        return cell.text if cell.turned and form == INDEX else in_form(cell.text, form)
    if cell.percent:
        return beside_number(cell.text, "%")
    return in_unit(cell.text, unit, item) if unit else cell.text


def as_reported(cell: ParsedCell) -> ParsedCell:
    """A reported figure: what was told as a multiple is around its per cent, 增长1.5倍 ~150 %."""
    if not cell.coarse or not parse(cell.text).wording.meaning.exact:
        return cell
    text = f"~{cell.text}"
    return replace(cell, text=text, read_as=beside_number(text, "%"))


def chosen_status(own: str, told: str) -> str:
    """The status of a figure: its cell's `own`, else as `told` of all.

    What is made up stays so, unless it has no number at all.
    """
    made_up = told == ObsStatus.ILLUSTRATIVE and own != ObsStatus.MISSING
    return told if made_up or not own else own


def read_as(text: str, cell: ParsedCell) -> Message:
    """That a text is read otherwise than it is written."""
    shown = deferred(wording_shown, cell.read_as)
    if cell.status:
        return _(
            "“{text}” was interpreted as {figure}, {status}",
            text=text[:_SHOWN],
            figure=shown,
            status=deferred(status_word, cell.status),
        )
    return _("“{text}” was interpreted as {figure}", text=text[:_SHOWN], figure=shown)


def no_number(text: str) -> Message:
    """That a text tells no number, and is kept as missing."""
    return _("“{text}” gives no number: stored as missing, with this text", text=text[:_SHOWN])
