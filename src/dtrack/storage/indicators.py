"""The indicators of targets.toml: one table each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dtrack.core.bands import Band
from dtrack.core.findings import Finding
from dtrack.core.message import Message, lazy_joined, lazy_listed
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import Shared, names_of, spelling
from dtrack.core.places import TARGETS_FILE
from dtrack.core.relation import RESERVED
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Aggregate, Direction, Kind, Pace, PriceBasis, TargetClass
from dtrack.model.entities import Break, Indicator
from dtrack.model.integrity import of_names
from dtrack.storage.toml_reader import TomlTable

_INDICATOR_KEYS = (
    "name",
    "kind",
    "unit",
    "better",
    "prices",
    "weight",
    "breaks",
    "yearly",
    "base",
    "limit",
    "aliases",
    "pace",
    "aggregate",
    "growth_of",
    "amber",
    "class",
    "short",
    "reporting",
)
_CURRENCIES = "CNY|RMB|USD|EUR|GBP|JPY|HKD|MOP|TWD|KRW|INR|RUB|BRL|ZAR|CHF|CAD|AUD|SGD|SEK|NOK"
# a unit that is money
_MONEY = re.compile(rf"\b(?:{_CURRENCIES})\b|元|[€$£¥]|\b(?:yuan|euros?|dollars?|pounds?|yen)\b")
_BREAK_KEYS = ("at", "why", "source")


def shared_names(indicators: tuple[Indicator, ...]) -> list[Finding]:
    """Names that two indicators share, or that look alike."""

    def place(one: Shared) -> tuple[str, None, str]:
        part = {"id": "", "aliases": ".aliases"}.get(one.column, f".{one.column.partition('_')[0]}")
        return TARGETS_FILE, None, f"indicators.{indicators[one.other].id}{part}"

    def named_as_an_id(one: Shared) -> bool:
        """The name that people read of one is the id of the other, and no alias or id is shared."""
        name, (first, other) = spelling(one.name), (indicators[one.one], indicators[one.other])
        sides = [{spelling(it.id), *map(spelling, it.aliases)} for it in (first, other)]
        is_id = name == spelling(first.id), name == spelling(other.id)
        return is_id[0] != is_id[1] and name not in sides[0] & sides[1]

    names = [list(names_of(indicator)) for indicator in indicators]
    return of_names(names, place, "indicator", id_wins=named_as_an_id)


class IndicatorTables(TomlTable):
    """Reads `[indicators]`, and the breaks of each."""

    def indicators(self, tables: dict[str, Any]) -> Iterator[Indicator]:
        """The indicators in order."""
        for name in tables:
            key = f"indicators.{name}"
            table = self.table(tables, name, key)
            self.unknown(table, _INDICATOR_KEYS, key)
            if name in RESERVED:
                sentence = _(
                    "“{name}” is reserved for relative targets; use another name", name=name
                )
                self.fault("bad-value", key, sentence)
            kind = self.choice(table, "kind", key, tuple(Kind), needed=True)
            prices = self.choice(table, "prices", key, tuple(PriceBasis))
            unit = self.text(table, "unit", key, needed=True)
            better = self.choice(table, "better", key, tuple(Direction), needed=True)
            if "prices" not in table and (
                kind == Kind.GROWTH or (kind in (Kind.FLOW, Kind.STOCK) and _MONEY.search(unit))
            ):
                sentence = _("growth and money require a price basis: constant or current")
                self.fault("key-missing", f"{key}.prices", sentence)
            breaks = tuple(sorted(self.breaks(table, key), key=lambda item: item.at))
            years, limit = self.number(table, "base", key), self.number(table, "limit", key)
            yield Indicator(
                name,
                self.names(table, "name", key),
                Kind(kind or Kind.GROWTH),
                unit,
                Direction(better or Direction.UP),
                prices,
                self.text(table, "weight", key),
                breaks,
                self.text(table, "yearly", key),
                int(years) if years is not None else None,
                limit,
                self.texts(table, "aliases", key),
                self.pace(table, kind, key),
                self.choice(table, "aggregate", key, tuple(Aggregate)),
                self.text(table, "growth_of", key),
                self.band(table, "amber", key, in_points=Kind(kind or Kind.GROWTH).in_points),
                self.choice(table, "class", key, tuple(TargetClass)),
                self.reporting(table, key, name),
                shorts=self.names(table, "short", key) if "short" in table else {},
            )

    def reporting(self, table: dict[str, Any], key: str, indicator: str) -> tuple[str, ...]:
        """The ids of the areas that are due to report an indicator, each once; () if unsaid."""
        names = self.texts(table, "reporting", key)
        if "reporting" in table and table["reporting"] == []:
            told = _("the list names no area; without the key whoever has a target is expected")
            self.fault("bad-value", f"{key}.reporting", told, indicator=indicator)
        found = [
            self.area(name, f"{key}.reporting[{number}]", indicator=indicator)
            for number, name in enumerate(names)
        ]
        return tuple(dict.fromkeys(filter(None, found)))

    def area(self, name: str, key: str, **scope: str) -> str:
        """The id of the area of that name, "" with a finding where it names none."""
        raise NotImplementedError

    def band(
        self, table: dict[str, Any], name: str, key: str, *, in_points: bool = True
    ) -> Band | None:
        """A band under a key, None where there is none.

        `in_points`: what it is for is told in percentage points, so that it may be in these too.
        """
        value = table.get(name)
        band = Band.parse(value) if isinstance(value, str) else None
        forms = ("10%", "0.5pp") if in_points else ("10%",)
        if value is not None and (band is None or (band.in_points and not in_points)):
            told = _(
                "{name} must be {allowed}, not “{value}”",
                name=name,
                allowed=lazy_joined(N_(" or "), [f"“{form}”" for form in forms]),
                value=str(value)[:40],
            )
            self.fault("bad-value", f"{key}.{name}", told)
            return None
        return band

    def default_bands(
        self, head: dict[str, Any], indicators: tuple[Indicator, ...]
    ) -> tuple[Indicator, ...]:
        """The indicators, with the band of `[bands]` where they have none of their own."""
        self.unknown(head, ("amber",), "bands")
        band = self.band(head, "amber", "bands")
        without = [item.id for item in indicators if not item.in_points and not item.amber]
        if band and band.in_points and without:
            told = _(
                "no band for {indicators}, which are not in percentage points",
                indicators=lazy_listed(without, 4),
            )
            self.fault("band-in-points", "bands.amber", told)
        return tuple(
            item
            if item.amber or (band and band.in_points and not item.in_points)
            else replace(item, amber=band)
            for item in indicators
        )

    def pace(self, table: dict[str, Any], kind: str, key: str) -> Pace:
        """The pace of a flow; no other kind has one."""
        pace = self.choice(table, "pace", key, tuple(Pace))
        if pace and kind and kind != Kind.FLOW:
            self.fault("bad-value", f"{key}.pace", _("only a flow has a pace"))
        return Pace(pace or Pace.LAST_YEAR)

    def made_of_others(self, indicators: tuple[Indicator, ...]) -> None:
        """Find each `aggregate` and `growth_of` that its indicator cannot have."""
        by_id = {item.id: item for item in indicators}
        for item in indicators:
            if told := _no_aggregate(item):
                self.fault("bad-value", f"indicators.{item.id}.aggregate", told, indicator=item.id)
            if item.growth_of and (told := _no_growth(item, by_id.get(item.growth_of))):
                self.fault("bad-value", f"indicators.{item.id}.growth_of", told, indicator=item.id)

    def breaks(self, table: dict[str, Any], key: str) -> Iterator[Break]:
        """The breaks of an indicator's series, in the order of the file."""
        items = table.get("breaks", [])
        if not isinstance(items, list):
            told = _("breaks must be a list of {form}", form="{ at, why, source }")
            self.fault("bad-value", f"{key}.breaks", told)
            return
        for number, item in enumerate(items):
            place = f"{key}.breaks[{number}]"
            if not isinstance(item, dict):
                told = _('write a break as {{ {at} = day, why = "…", source = "…" }}', at="at")
                self.fault("bad-value", place, told)
                continue
            self.unknown(item, _BREAK_KEYS, place)
            day = self.day(item, "at", place)[1]
            if day == 0:
                told = _("a break requires the date from which levels form another series")
                self.fault("key-missing", f"{place}.at", told)
            if day > 0:
                yield Break(day, self.text(item, "why", place), self.text(item, "source", place))


def _no_aggregate(item: Indicator) -> Message | None:
    """Why a whole cannot be made of all its parts in that way."""
    if item.aggregate == Aggregate.SUM and item.kind not in (Kind.FLOW, Kind.STOCK):
        return _("only flows and stocks are summed; use “weighted” for growth and shares")
    if item.aggregate == Aggregate.WEIGHTED and item.kind not in (Kind.GROWTH, Kind.SHARE):
        return _("only growth and shares are weighted; use “sum” for flows and stocks")
    if item.aggregate == Aggregate.WEIGHTED and not item.weight:
        return _("a weighted mean requires `weight`, the flow that weights the areas")
    return None


def _no_growth(item: Indicator, level: Indicator | None) -> Message | None:
    """Why the one is not the growth of the other."""
    if item.kind != Kind.GROWTH:
        return _("only a growth indicator can be the growth of another indicator")
    if level is None or level.kind not in (Kind.FLOW, Kind.STOCK):
        return _("“{name}” is not a flow or stock of this file", name=item.growth_of)
    if level.prices and level.prices != item.prices:
        return _(
            "price basis {own}, but {other} for {name}: one cannot be the growth of the other",
            own=item.prices,
            name=level.id,
            other=level.prices,
        )
    return None
