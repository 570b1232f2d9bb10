"""What is told of one cell of a return that is not simply a figure.

In come its text and what it was heard as, out go sentences.
"""

from __future__ import annotations

import re

from dtrack.core.message import (
    Message,
    deferred,
    lazy_numeral,
    message_of,
)
from dtrack.core.message import (
    lazy_gettext as _,
)
from dtrack.core.names import Nearest, keys_of
from dtrack.core.vocabulary import Kind
from dtrack.i18n.formatting import wording_shown
from dtrack.i18n.terms import unit_word
from dtrack.model.entities import Indicator
from dtrack.parsing.cell import FIGURE, Said
from dtrack.parsing.unit import KIND_WORDS, Unit

_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}(?:-[0-9]{2}(?:[ T].*)?)?")
_LETTERS = 40  # of a text, as far as it is told


def no_figure(text: str, heard: Said, item: Indicator, *, promises: bool = False) -> Message | None:
    """Why a text is no figure of an indicator, or no target where `promises` are asked for.

    None where it is one.
    """
    start = text[:_LETTERS]
    if heard.kind != FIGURE:
        why = heard.reason or _("it tells no number")
        if _DATE.fullmatch(text):
            return _(
                "“{text}” is no figure: Excel made a date of it: {fault}", text=start, fault=why
            )
        return _("“{text}” is no figure: {fault}", text=start, fault=why)
    if heard.aim and not promises:
        return _("“{text}” tells what is aimed at, not what was reached", text=start)
    if heard.turned and item.kind != Kind.GROWTH:
        kind = _(KIND_WORDS[item.kind])
        return _(
            "“{text}” tells a change, {indicator} is a {kind}",
            text=start,
            indicator=item.id,
            kind=kind,
        )
    return None


def faulty(text: str, error: ValueError) -> Message:
    """The reader of figures has the last word."""
    return _("“{text}” is no figure: {fault}", text=text[:_LETTERS], fault=message_of(error))


def misread(text: str, reason: Message) -> Message:
    """The unit of a cell does not fit, and why."""
    return _("“{text}”: {fault}", text=text[:_LETTERS], fault=reason)


def no_per_cent(item: Indicator) -> Message:
    """A per cent sign at an indicator that is told in something else."""
    return _(
        "a per cent, {indicator} is told in {unit}",
        indicator=item.id,
        unit=deferred(unit_word, item.unit),
    )


def two_units(cell: str, heading: str) -> Message:
    """A cell and its heading that tell two scales."""
    return _("the cell says {unit}, its heading {other}: one or both?", unit=cell, other=heading)


def read_as(text: str, figure: str) -> Message:
    """A text that is read otherwise than it is written."""
    return _(
        "“{text}” is read as {figure}", text=text[:_LETTERS], figure=deferred(wording_shown, figure)
    )


def converted(figure: str, unit: Unit, kept: str, item: Indicator) -> Message:
    """The first figure of a column that was brought to another unit, as an example."""
    return _(
        "{figure} {unit} is kept as {kept}, told in {own}",
        figure=lazy_numeral(figure),
        unit=unit.text,
        kept=kept,
        own=deferred(unit_word, item.unit),
    )


def near_indicators(indicators: tuple[Indicator, ...]) -> Nearest:
    """What is offered for a name that is none: ids, by every spelling."""
    return Nearest(lambda: {item.id: keys_of(item) for item in indicators})


def no_indicator(text: str, near: Nearest) -> Message:
    """A row of figures that names no indicator of the workspace, and the nearest ones."""
    if not text:
        return _("a figure without an indicator")
    return near.question(text) or _(
        "“{name}” is no indicator. {nearest}", name=text[:_LETTERS], nearest=near.of(text)
    )


def no_period(text: str) -> Message:
    """A row whose period cannot be read."""
    return _("“{text}” is no period", text=text[:_LETTERS])


def no_period_said() -> Message:
    """A row without a period in a column where other rows have one."""
    return _("the row does not say its period, other rows do: fill it in")


def no_unit_said() -> Message:
    """A row without a unit in a column where other rows have one."""
    return _("the row does not say its unit, other rows do: fill it in")
