"""What the name of an indicator in a row says: the indicator, a unit, a period.

In comes a text of a row, out a `Heading`.

It is read as a heading is, each text once; one that is an indicator's name to the letter is not
read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from dtrack.core.message import Message, deferred, lazy_joined
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import spelling
from dtrack.core.period import Period
from dtrack.i18n.formatting import period_shown
from dtrack.importing.layout.headings import Heading, read_heading
from dtrack.importing.layout.model import FigureColumn
from dtrack.importing.mapping import ColumnMap
from dtrack.model.entities import Indicator
from dtrack.parsing.unit import Unit, misfit, read_unit

_PER = re.compile(r"\bper\b(?! ?cent)|/|每", re.IGNORECASE)
_MOST = 1000  # different texts that are read; what comes after has to be a name to the letter
_SAMPLE = 60  # different texts from which a column of names is told


class RowNames:
    """Texts of rows as names of indicators."""

    def __init__(
        self,
        index: dict[str, int],
        indicators: tuple[Indicator, ...],
        asked: Period,
        *,
        promises: bool,
    ) -> None:
        self.index, self.indicators, self.asked, self.promises = index, indicators, asked, promises
        self.read: dict[str, Heading] = {}

    def of(self, name: str) -> Heading:
        """What a text says; its `indicator` is −1 where it names none."""
        position = self.index.get(spelling(name), -1)
        if position >= 0 or not name.strip() or (len(self.read) >= _MOST and name not in self.read):
            return Heading(name, position)
        if name not in self.read:
            self.read[name] = read_heading(
                [name], self.index, self.indicators, self.asked, promises=self.promises
            )
        return self.read[name]

    def share(self, words: Iterable[str]) -> float:
        """Which part of the first of these texts names an indicator; 0 where there are none."""
        first = list(islice(words, _SAMPLE))
        return sum(self.of(word).indicator >= 0 for word in first) / len(first) if first else 0.0


def told_unit(texts: Sequence[str], item: Indicator | None) -> Unit | None:
    """The unit that one part of a heading, or a name, tells; None where it tells none.

    Of several the first that the indicator may have, else the first.
    """
    units = list(map(read_unit, texts))
    return next(
        (unit for unit in units if item and not misfit(unit, item)), next(iter(units), None)
    )


def two_units(heading: str, texts: Sequence[str], item: Indicator | None) -> Message | None:
    """The question which unit it is, where a heading tells two that may both be the indicator's.

    None where it is none.
    """
    units = [unit for unit in map(read_unit, texts) if item is None or not misfit(unit, item)]
    others = [
        unit
        for unit in units
        if unit.scale != units[0].scale or (item is None and unit.base != units[0].base)
    ]
    if not others:
        return None
    return _(
        "“{heading}” tells two units, {unit} and {other}: which is it? A map says so, with unit",
        heading=heading.strip()[:60],
        unit=units[0].text,
        other=others[0].text,
    )


def contradiction(
    name: Heading, taken: FigureColumn, stated: str, item: Indicator | None
) -> tuple[str, Message | None]:
    """Code and sentence where a row's name and its column, or the column of units, tell two units or two periods; "", None."""
    text, own = name.text.strip()[:60], told_unit(name.nearest, item)
    if why := two_units(text, name.units, item) if not stated else None:
        return "wrong-unit", why
    other = read_unit(stated) if stated else taken.unit
    if own and other and _differ(own, other):
        return "wrong-unit", _(
            "“{name}” names {own}, its column {other}: which is it?",
            name=text,
            own=own.text,
            other=other.text,
        )
    if name.period and taken.period and not _one_in_the_other(name.period, taken.period):
        two = {"own": deferred(period_shown, name.period)}
        two["other"] = deferred(period_shown, taken.period)
        return "bad-period", _(
            "“{name}” names {own}, its column {other}: which is it?", name=text, **two
        )
    return "", None


def row_against_column(stated: str, taken: FigureColumn) -> Message | None:
    """That a row and its column tell two units; None where they do not."""
    if not stated or not taken.unit or not _differ(own := read_unit(stated), taken.unit):
        return None
    return _(
        "the row says {own}, its column {other}: which is it?", own=own.text, other=taken.unit.text
    )


def unit_of(
    name: Heading, taken: FigureColumn, stated: Sequence[str], item: Indicator | None
) -> Unit | None:
    """The unit of the figures of a row.

    The first that is stated for it, else that in its name, else its column's.
    """
    text = next(filter(None, stated), "")
    return read_unit(text) if text else told_unit(name.nearest, item) or taken.unit


def unit_is_open(item: Indicator, stated: str, *spoken: Heading | FigureColumn | ColumnMap) -> bool:
    """Nothing tells the unit of a row: no cell, name, heading or map. A per cent has but one."""
    return not (stated or item.in_percent or any(one.unit for one in spoken))


def unit_above(units: Sequence[str], indicator: Indicator) -> tuple[Unit | None, Message | None]:
    """The unit that the line above the table tells of an indicator, None where it tells none.

    Or why nobody can say which.
    """
    # a table told in 万个 does not tell so of so many for every 10,000 people
    ratio = bool(_PER.search(indicator.unit))
    fitting = [
        unit
        for unit in units
        if not misfit(read_unit(unit), indicator)
        and (bool(_PER.search(unit)) == ratio or "%" in unit)
    ]
    if len({read_unit(unit).scale for unit in fitting}) > 1:
        return None, _(
            "the table tells two units, {units}: which is this column's?",
            units=lazy_joined(" and ", fitting),
        )
    # a table told in 万元 may have stations beside, one told in % and nothing else no levels
    if units and not indicator.in_percent and all("%" in unit for unit in units):
        return None, misfit(read_unit(units[0]), indicator)
    return (read_unit(fitting[0]) if fitting else None), None


def _differ(own: Unit, other: Unit) -> bool:
    """Two scales of one thing.

    That a row has another kind of unit than its column is no contradiction.
    """
    return own.scale != other.scale and (own.base == other.base or not other.base or not own.base)


def _one_in_the_other(one: Period, other: Period) -> bool:
    (start, end), (first, last) = (one.start, one.end), (other.start, other.end)
    return (first <= start and end <= last) or (start <= first and last <= end)
