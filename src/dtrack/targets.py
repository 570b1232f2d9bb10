"""`targets.toml` ↔ the workspace's titles, indicators and the frame of targets.

In comes the text of the file, out go values, a frame with the columns of schema.TARGETS, and findings. tomllib tells
no lines for values, so a finding names the dotted key: `targets.gdp_growth.2024.haidian`.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dtrack.errors import Finding
from dtrack.figure import parse
from dtrack.model import KINDS, LANGUAGES, Area, Break, Indicator, Names, area_index, nearest, spelling
from dtrack.period import Period, parse_day
from dtrack.rows import read_text

FILE = "targets.toml"
_ENTRY_KEYS = ("value", "set", "source", "stated", "note")
_INDICATOR_KEYS = ("name", "kind", "unit", "better", "prices", "weight", "breaks")
_WORKSPACE_KEYS = ("title", "city", "reference", "headline")
_BREAK_KEYS = ("at", "why", "source")


@dataclass(frozen=True, slots=True)
class Entry:
    """One target as entered, before its figure is placed in a frame. `set_day` is −1 where it cannot be read."""

    area: str
    indicator: str
    period: Period
    value: str
    set: str
    set_day: int
    source: str
    stated: str
    key: str


@dataclass(slots=True)
class Toml:
    """What targets.toml says. `whole` is False where the file could not be read at all."""

    titles: Names = field(default_factory=dict)
    city: str = ""
    reference: str = ""
    headline: str = ""
    indicators: tuple[Indicator, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    whole: bool = True


def read_targets(folder: Path, areas: tuple[Area, ...]) -> tuple[Toml, list[Finding]]:
    """Everything in targets.toml; with it every fault found, the file's syntax included."""
    text, findings = read_text(folder, folder / FILE)
    if not text:
        return Toml(whole=False), findings
    try:
        document = tomllib.loads(text, parse_float=_Written)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return Toml(whole=False), [_syntax(str(error))]
    reader = _Reader(area_index(areas), {area.id: area for area in areas})
    return reader.read(document), reader.findings


class _Written(str):
    """A TOML float as written, so that 5.0 keeps its zero."""

    __slots__ = ()


def _syntax(message: str) -> Finding:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    sentence = re.sub(r" ?\(at .*\)$", "", message)[:200]
    return Finding("toml-syntax", FILE, int(place[1]) if place else None, place[2] if place else "", sentence)


class _Reader:
    """Walks the document once and collects findings on the way; every question has its own method."""

    def __init__(self, index: dict[str, int], areas: dict[str, Area]) -> None:
        self.findings: list[Finding] = []
        self.index = index
        self.areas = list(areas.values())

    def read(self, document: dict[str, Any]) -> Toml:
        self.unknown(document, ("workspace", "indicators", "targets"), "")
        head = self.table(document, "workspace", "workspace", needed=True)
        self.unknown(head, _WORKSPACE_KEYS, "workspace")
        indicators = tuple(self.indicators(self.table(document, "indicators", "indicators", needed=True)))
        toml = Toml(
            titles=self.names(head, "title", "workspace"),
            city=self.area(self.text(head, "city", "workspace", needed=True), "workspace.city") if head else "",
            reference=self.area(self.text(head, "reference", "workspace"), "workspace.reference"),
            headline=self.text(head, "headline", "workspace"),
            indicators=indicators,
        )
        ids = {indicator.id for indicator in indicators}
        if toml.headline and toml.headline not in ids:
            self.fault("bad-value", "workspace.headline", f"“{toml.headline}” is no indicator of this file")
        flows = {indicator.id for indicator in indicators if indicator.kind == "flow"}
        for indicator in indicators:
            if indicator.weight and indicator.weight not in flows:
                self.fault("weight-not-flow", f"indicators.{indicator.id}.weight", f"“{indicator.weight}” is no flow of this file")
        toml.entries = list(self.targets(self.table(document, "targets", "targets"), ids))
        return toml

    # -- indicators ---------------------------------------------------------------------------------------------------
    def indicators(self, tables: dict[str, Any]) -> Iterator[Indicator]:
        for name in tables:
            key = f"indicators.{name}"
            table = self.table(tables, name, key)
            self.unknown(table, _INDICATOR_KEYS, key)
            kind = self.choice(table, "kind", key, KINDS, needed=True)
            prices = self.choice(table, "prices", key, ("constant", "current"))
            unit = self.text(table, "unit", key, needed=True)
            better = self.choice(table, "better", key, ("up", "down"), needed=True)
            if kind == "growth" and "prices" not in table:
                self.fault("key-missing", f"{key}.prices", "a growth says whether it is at constant or current prices")
            breaks = tuple(sorted(self.breaks(table, key), key=lambda item: item.at))
            yield Indicator(name, self.names(table, "name", key), kind or "growth", unit, better or "up", prices,
                            self.text(table, "weight", key), breaks)  # fmt: skip

    def breaks(self, table: dict[str, Any], key: str) -> Iterator[Break]:
        items = table.get("breaks", [])
        if not isinstance(items, list):
            self.fault("bad-value", f"{key}.breaks", "breaks are a list of { at, why, source }")
            return
        for number, item in enumerate(items):
            place = f"{key}.breaks[{number}]"
            if not isinstance(item, dict):
                self.fault("bad-value", place, 'a break is { at = day, why = "…", source = "…" }')
                continue
            self.unknown(item, _BREAK_KEYS, place)
            day = self.day(item, "at", place)[1]
            if day > 0:
                yield Break(day, self.text(item, "why", place), self.text(item, "source", place))

    # -- targets ------------------------------------------------------------------------------------------------------
    def targets(self, tables: dict[str, Any], indicators: set[str]) -> Iterator[Entry]:
        for indicator in tables:
            periods = self.table(tables, indicator, f"targets.{indicator}")
            if indicator not in indicators:
                near = nearest(indicator, {name: (spelling(name),) for name in indicators})
                self.fault("unknown-indicator", f"targets.{indicator}", f"“{indicator}” is no indicator of this file. {near}")
                continue
            for text in periods:
                key = f"targets.{indicator}.{text}"
                areas = self.table(periods, text, key)
                try:
                    period = Period.parse(text)
                except ValueError as error:
                    self.fault("bad-period", key, str(error), indicator=indicator)
                    continue
                for name, value in areas.items():
                    area = self.area(name, f"{key}.{name}", indicator=indicator, period=str(period))
                    if area:
                        yield from self.entries(value, f"{key}.{name}", area, indicator, period)

    def entries(self, value: Any, key: str, area: str, indicator: str, period: Period) -> Iterator[Entry]:
        scope = {"area": area, "indicator": indicator, "period": str(period)}
        items = value if isinstance(value, list) else [value]
        for number, item in enumerate(items):
            place = f"{key}[{number}]" if isinstance(value, list) else key
            table = item if isinstance(item, dict) else {"value": item}
            self.unknown(table, _ENTRY_KEYS, place)
            text = self.figure_text(table.get("value"), place, scope)
            entered, day = self.day(table, "set", place, **scope)
            stated = self.choice(table, "stated", place, ("met", "missed"), scope)
            source = self.text(table, "source", place)
            yield Entry(area, indicator, period, text, entered, day, source, stated, place)

    def figure_text(self, value: Any, place: str, scope: dict[str, str]) -> str:
        """The value as text; a TOML number as written by its decimals. "" with a finding where it is no figure."""
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        try:
            parse(text)
        except ValueError as error:
            shown = "nothing" if value is None else f"“{str(value)[:40]}”"
            self.fault("not-a-number", place, f"{shown} is no target: {error}", **scope)
            return ""
        return text.strip()

    # -- small questions ----------------------------------------------------------------------------------------------
    def fault(self, code: str, key: str, sentence: str, **scope: str) -> None:
        self.findings.append(Finding(code, FILE, None, key, sentence, **scope))

    def table(self, parent: dict[str, Any], name: str, key: str, *, needed: bool = False) -> dict[str, Any]:
        value = parent.get(name)
        if value is None and needed:
            self.fault("key-missing", key, f"there is no [{key}]")
        if value is not None and not isinstance(value, dict):
            self.fault("bad-value", key, f"{key} is a table, not {type(value).__name__}")
        return value if isinstance(value, dict) else {}

    def text(self, table: dict[str, Any], name: str, key: str, *, needed: bool = False) -> str:
        value = table.get(name)
        if value is None:
            if needed:
                self.fault("key-missing", f"{key}.{name}", f"{name} is required")
            return ""
        if not isinstance(value, str) or (needed and not value.strip()):
            self.fault("bad-value", f"{key}.{name}", f"{name} is a text")
            return ""
        return value.strip()

    def choice(self, table: dict[str, Any], name: str, key: str, allowed: tuple[str, ...], scope: dict[str, str] | None = None, *,
               needed: bool = False) -> str:  # fmt: skip
        value = self.text(table, name, key, needed=needed)
        if value and value not in allowed:
            self.fault("bad-value", f"{key}.{name}", f"{name} is {' or '.join(allowed)}, not “{value[:40]}”", **(scope or {}))
            return ""
        return value

    def names(self, table: dict[str, Any], name: str, key: str) -> Names:
        value = table.get(name)
        if isinstance(value, str):
            return {"en": value}
        if isinstance(value, dict) and value and all(isinstance(text, str) for text in value.values()):
            self.unknown(value, LANGUAGES, f"{key}.{name}")
            return {language: value[language] for language in LANGUAGES if language in value}
        if value is None and not table:
            return {}
        code = "key-missing" if value is None else "bad-value"
        self.fault(code, f"{key}.{name}", f'{name} is a text, or {{ en = "…", zh = "…", fr = "…" }}')
        return {}

    def day(self, table: dict[str, Any], name: str, key: str, **scope: str) -> tuple[str, int]:
        """A date as entered and as yyyymmdd: 0 where there is none, −1 where it cannot be read."""
        value = table.get(name, "")
        text = value.isoformat()[:10] if isinstance(value, dt.date) else str(value)
        try:
            return text, parse_day(text)
        except ValueError as error:
            self.fault("bad-date", f"{key}.{name}", str(error), **scope)
            return text, -1

    def area(self, name: str, key: str, **scope: str) -> str:
        position = self.index.get(spelling(name), -1) if name else -1
        if position >= 0:
            return self.areas[position].id
        if name and self.areas:
            known = {area.id: (spelling(area.id), spelling(area.name)) for area in self.areas}
            self.fault("unknown-area", key, f"“{name}” is no area of data/areas.csv. {nearest(name, known)}", **scope)
        return ""

    def unknown(self, table: dict[str, Any], allowed: tuple[str, ...], key: str) -> None:
        for name in table:
            if name not in allowed:
                where = f"{key}.{name}" if key else name
                self.fault("key-unknown", where, f"dtrack knows no key “{name}” here; it knows {', '.join(allowed)}")
