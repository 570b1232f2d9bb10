"""In which unit the figures of a column or a row are, and where two are told.

The heading's part next to the figures says it, else the line above the table; a row's name or cell
says it for the row.
"""

from __future__ import annotations

from collections.abc import Sequence

from dtrack.core.message import Message, deferred, lazy_joined
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.i18n.formatting import period_shown
from dtrack.importing.layout.headings import Heading
from dtrack.importing.layout.model import FigureColumn
from dtrack.importing.mapping import ColumnMap
from dtrack.model.entities import Indicator
from dtrack.parsing import lexicon
from dtrack.parsing.unit import Unit, misfit, read_unit


def told_unit(texts: Sequence[str], item: Indicator | None) -> Unit | None:
    """The unit of a heading's part or a name: the first that fits the indicator, else the first."""
    units = list(map(read_unit, texts))
    return next(
        (unit for unit in units if item and not misfit(unit, item)), next(iter(units), None)
    )


def two_units(heading: str, texts: Sequence[str], item: Indicator | None) -> Message | None:
    """The question where a heading tells two units that may both be the indicator's."""
    units = [unit for unit in map(read_unit, texts) if item is None or not misfit(unit, item)]
    others = [
        unit
        for unit in units
        if unit.scale != units[0].scale or (item is None and unit.base != units[0].base)
    ]
    if not others:
        return None
    return _(
        "“{heading}” has two units and is ambiguous: {unit} and {other}. Set unit in a map",
        heading=heading.strip()[:60],
        unit=units[0].text,
        other=others[0].text,
    )


def contradiction(
    name: Heading, taken: FigureColumn, stated: str, item: Indicator | None
) -> tuple[str, Message | None]:
    """Code and sentence where a row's name and its column tell two units or periods; "", None.

    `stated`: what the column of units tells of the row.
    """
    text, own = name.text.strip()[:60], told_unit(name.nearest, item)
    if why := two_units(text, name.units, item) if not stated else None:
        return "wrong-unit", why
    other = read_unit(stated) if stated else taken.unit
    if own and other and _differ(own, other):
        return "wrong-unit", _(
            "ambiguous unit: {own} in “{name}”, {other} in its column",
            name=text,
            own=own.text,
            other=other.text,
        )
    if name.period and taken.period and not _one_in_the_other(name.period, taken.period):
        two = {"own": deferred(period_shown, name.period)}
        two["other"] = deferred(period_shown, taken.period)
        return "bad-period", _(
            "ambiguous period: {own} in “{name}”, {other} in its column", name=text, **two
        )
    return "", None


def row_against_column(stated: str, taken: FigureColumn) -> Message | None:
    """That a row and its column tell two units; None where they do not."""
    if not stated or not taken.unit or not _differ(own := read_unit(stated), taken.unit):
        return None
    return _(
        "ambiguous unit: {own} in the row, {other} in its column",
        own=own.text,
        other=taken.unit.text,
    )


def unit_of(
    name: Heading, taken: FigureColumn, stated: Sequence[str], item: Indicator | None
) -> Unit | None:
    """The unit of a row: the first that is stated, else of its name, else of its column."""
    text = next(filter(None, stated), "")
    return read_unit(text) if text else told_unit(name.nearest, item) or taken.unit


def unit_is_open(item: Indicator, stated: str, *spoken: Heading | FigureColumn | ColumnMap) -> bool:
    """Nothing tells the unit of a row: no cell, name, heading or map. A per cent has but one."""
    return not (stated or item.in_percent or any(one.unit for one in spoken))


def unit_above(units: Sequence[str], indicator: Indicator) -> tuple[Unit | None, Message | None]:
    """The unit that the line above the table tells, or why nobody can say which."""
    # a table told in 万个 does not tell so of so many for every 10,000 people
    ratio = bool(lexicon.PER.search(indicator.unit))
    fitting = [
        unit
        for unit in units
        if not misfit(read_unit(unit), indicator)
        and (bool(lexicon.PER.search(unit)) == ratio or "%" in unit)
    ]
    if len({read_unit(unit).scale for unit in fitting}) > 1:
        return None, _(
            "ambiguous unit of this column: the table gives {units}",
            units=lazy_joined(" and ", fitting),
        )
    # a table told in 万元 may have stations beside, one told in % and nothing else no levels
    if units and not indicator.in_percent and all("%" in unit for unit in units):
        return None, misfit(read_unit(units[0]), indicator)
    return (read_unit(fitting[0]) if fitting else None), None


def _differ(own: Unit, other: Unit) -> bool:
    """Two scales of one thing; another kind of unit is no contradiction."""
    return own.scale != other.scale and (own.base == other.base or not other.base or not own.base)


def _one_in_the_other(one: Period, other: Period) -> bool:
    (start, end), (first, last) = (one.start, one.end), (other.start, other.end)
    return (first <= start and end <= last) or (start <= first and last <= end)
