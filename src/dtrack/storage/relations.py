"""The keys `of` and `from` of a target: what it follows, and whether the two can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from dtrack.core.message import Message, deferred, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import LONGEST_NAME, Nearest, area_index, spelling, spellings
from dtrack.core.period import Period
from dtrack.core.relation import (
    CITY,
    LAST_YEAR,
    PERCENT,
    POINTS,
    RANK,
    REFERENCE,
    RESERVED,
    TIMES,
    Relation,
    base_year,
    compared,
    from_base,
    relation_of,
)
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Direction, Kind
from dtrack.core.years import YEAR
from dtrack.i18n.terms import prices_word, unit_word
from dtrack.model.entities import Area, Indicator, Place, TargetEntry, place_of
from dtrack.storage.toml_reader import TomlTable

_WORSE = {
    Direction.UP: N_("“{value}” requires less, but higher is better"),
    Direction.DOWN: N_("“{value}” requires more, but lower is better"),
}
Cell = tuple[str, str]  # ids of area and indicator


class Follower(NamedTuple):
    """The target that follows: ids of area and indicator, and its period."""

    area: str
    indicator: str
    period: Period


class Relations:
    """Reads the relations of one file; every fault becomes a finding of its reader."""

    def __init__(
        self,
        reader: TomlTable,
        city: str,
        reference: str,
        indicators: tuple[Indicator, ...],
        areas: tuple[Area, ...],
    ) -> None:
        self.reader, self.special = reader, {CITY: city, REFERENCE: reference}
        self.indicators = {item.id: item for item in indicators}
        self.areas = {area.id: area for area in areas}
        self.index = area_index(areas)
        named = (*self.indicators, *RESERVED)
        self.near = Nearest(
            lambda: (
                {name: (spelling(name),) for name in named}
                | {area.id: tuple(spellings(area)) for area in areas}
            )
        )

    def text(
        self, table: dict[str, Any], place: str, area: str, indicator: str, period: Period
    ) -> str:
        """The relation of one entry as text, "" with a finding where it is none."""
        who = Follower(area, indicator, period)
        scope = {"area": area, "indicator": indicator, "period": str(period)}
        try:
            relation = self._relation(table, who.period)
            why = self._contradiction(relation, who)
        except ValueError as error:
            relation, why = None, message_of(error)
        if why:
            self.reader.fault("bad-relation", place, why, **scope)
        return "" if why else str(relation)

    def _relation(self, table: dict[str, Any], period: Period) -> Relation:
        """The relation that the keys say. Raises ValueError where they say none."""
        entered, of, base = table.get("value"), table.get("of"), table.get("from")
        value = entered if isinstance(entered, str) else ""
        if of is not None and base is not None:
            raise ValueError(_("a target takes `of` or `from`, not both"))
        if base is not None:
            return from_base(value, base_year(base, period))
        return compared(value, self.name_of(of.strip() if isinstance(of, str) else ""))

    def name_of(self, of: str) -> str:
        """What `of` names: an indicator, a reserved word, or an area by any name.

        Raises ValueError where it names none of them.
        """
        if of in self.indicators or of in RESERVED or not self.areas:
            return of
        if (position := self.index.get(spelling(of), -1)) >= 0:
            return list(self.areas)[position]
        raise ValueError(
            self.near.question(of)
            or _(
                "unknown name “{name}”: not an indicator, an area or one of {words}. {near}",
                name=of[:LONGEST_NAME],
                words=", ".join(RESERVED),
                near=self.near.of(of),
            )
        )

    def _contradiction(self, relation: Relation, who: Follower) -> Message | None:
        """Why the two cannot be compared, or None."""
        item = self.indicators[who.indicator]
        wants = relation.wording.meaning.wants
        if item.better == Direction.WITHIN:
            two = N_("better = “within” requires two ends, for example 2..3 or 2±1, not “{value}”")
            return _(two, value=relation.word)
        if wants not in (None, item.better):
            return _(_WORSE[item.better], value=relation.word)
        if relation.mark == POINTS and not item.in_points:
            return _(
                "percentage points are valid for growth and share only; {indicator} is a {kind}",
                indicator=item.id,
                kind=_(item.kind.value),
            )
        if relation.is_base:
            return _no_base(relation, item, who.period)
        if relation.of == LAST_YEAR and not item.kind.read_at_end and who.period.months > YEAR:
            return _("`last-year` is valid for a year or a part of a year only")
        return self._no_such_figure(relation, item, who)

    def _no_such_figure(self, relation: Relation, item: Indicator, who: Follower) -> Message | None:
        if relation.is_rank:
            area = self.areas.get(who.area)
            city, reference = self.special[CITY], self.special[REFERENCE]
            if area and place_of(area, city, reference) != Place.DISTRICT:
                return _("{area} is not {a_district} and has no rank", area=who.area)
            return None
        if relation.of in self.indicators:
            return _unlike(item, self.indicators[relation.of])
        if relation.of in self.special and not self.special[relation.of]:
            return _("{word} is not set in the workspace", word=relation.of)
        if relation.of != LAST_YEAR and self.followed(relation, who) == (who.area, who.indicator):
            return _("{area} is compared with itself", area=who.area)
        return None

    def followed(self, relation: Relation, who: Follower) -> Cell | None:
        """The cell of the same period that is followed; None for the year before, base and rank."""
        if relation.is_base or relation.of in (LAST_YEAR, RANK):
            return None
        if relation.of in self.indicators:
            return who.area, relation.of
        return self.special.get(relation.of, relation.of), who.indicator

    def without_circles(self, entries: list[TargetEntry]) -> list[TargetEntry]:
        """The entries, those that follow one another in a circle told and without a value."""
        circles = dict(self._circles(entries))
        for at, key in circles.items():
            entry = entries[at]
            scope = {"area": entry.area, "indicator": entry.indicator, "period": str(entry.period)}
            told = _("these targets refer to each other in a circle: {key}", key=key)
            self.reader.fault("bad-relation", entry.key, told, **scope)
        return [replace(e, value="") if at in circles else e for at, e in enumerate(entries)]

    def _circles(self, entries: list[TargetEntry]) -> Iterator[tuple[int, str]]:
        """Positions of the newest entries in a circle, and the keys that it goes through."""
        newest: dict[tuple[Cell, Period], int] = {}
        for at, entry in enumerate(entries):
            cell = (entry.area, entry.indicator), entry.period
            if cell not in newest or entries[newest[cell]].set_day <= entry.set_day:
                newest[cell] = at
        for cell, at in newest.items():
            way = list(self._way(cell, newest, entries))
            if len(way) > 1 and way[-1] == at:
                yield at, " → ".join(entries[one].key for one in (at, *way[:-1], at))

    def _way(
        self,
        cell: tuple[Cell, Period],
        newest: dict[tuple[Cell, Period], int],
        entries: list[TargetEntry],
    ) -> Iterator[int]:
        """The entries that one follows, each the next, until none or one that was passed."""
        passed = set[tuple[Cell, Period]]()
        while cell in newest and cell not in passed:
            passed.add(cell)
            entry = entries[newest[cell]]
            relation = relation_of(entry.value)
            who = Follower(entry.area, entry.indicator, entry.period)
            followed = self.followed(relation, who) if relation else None
            if followed is None:
                return
            cell = followed, entry.period
            if cell in newest:
                yield newest[cell]


def _no_base(relation: Relation, item: Indicator, period: Period) -> Message | None:
    if item.kind == Kind.GROWTH and relation.mark in (PERCENT, TIMES):
        return _(
            "a change of a growth rate is not a percentage: write it in percentage points, "
            "for example +3pp"
        )
    if item.in_points and not relation.mark:
        return _(
            "write the change of a {kind} in percentage points, for example +3pp",
            kind=_(item.kind.value),
        )
    if item.kind == Kind.FLOW and not period.is_year:
        return _("a base year is compared with a year, not with {period}", period=str(period))
    if relation.base(period.calendar).end >= period.start:
        year = relation.base_called
        return _("the base year {year} is not before the period of the target", year=year)
    return None


def _unlike(item: Indicator, other: Indicator) -> Message | None:
    """Why figures of two indicators are never subtracted, or None."""
    if item.id == other.id:
        return _("{indicator} is compared with itself", indicator=item.id)
    if _unit(item) != _unit(other):
        units = {
            "unit": deferred(unit_word, item.unit),
            "other_unit": deferred(unit_word, other.unit),
        }
        return _(
            "{indicator} is in {unit}, {other} in {other_unit}",
            indicator=item.id,
            other=other.id,
            **units,
        )
    if item.prices and other.prices and item.prices != other.prices:
        prices = {
            "prices": deferred(prices_word, item.prices),
            "other_prices": deferred(prices_word, other.prices),
        }
        return _(
            "{indicator} is at {prices}, {other} at {other_prices}",
            indicator=item.id,
            other=other.id,
            **prices,
        )
    return None


def _unit(item: Indicator) -> tuple[int, str]:
    return (0, "%") if item.in_percent else (item.scale, item.base_unit)
