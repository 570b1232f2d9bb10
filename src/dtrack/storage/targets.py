"""`targets.toml` → the workspace's titles, indicators and targets.

tomllib tells no lines for values, so a finding names the dotted key:
`targets.gdp_growth.2024.haidian`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dtrack.core.figure import parse
from dtrack.core.findings import Finding
from dtrack.core.message import lazy_gettext as _
from dtrack.core.message import lazy_joined, message_of
from dtrack.core.names import LONGEST_NAME, Nearest, area_index, spelling, spellings
from dtrack.core.nouns import DISTRICTS_OF_A_CITY, Nouns, use_nouns
from dtrack.core.period import Period
from dtrack.core.places import TARGETS_FILE
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Kind, Over, TargetClass
from dtrack.core.years import JANUARY, Calendar, use_calendar
from dtrack.model.entities import (
    NO_LETTERHEAD,
    NO_TERMS,
    Area,
    Indicator,
    Letterhead,
    Names,
    ReconciliationItem,
    TargetEntry,
    Terms,
)
from dtrack.storage.csv_reader import read_text
from dtrack.storage.indicators import IndicatorTables, shared_names
from dtrack.storage.paths import Files
from dtrack.storage.toml_reader import TomlTable
from dtrack.storage.toml_text import read_toml
from dtrack.storage.workspace_words import WORDS_KEYS, letterhead, nouns

if TYPE_CHECKING:
    from dtrack.storage.relations import Relations

_TERM_KEYS = ("both", "aim", "by", "class")
_ENTRY_KEYS = ("value", "of", "from", "over", "set", "source", "stated", "note", *_TERM_KEYS)
_WORKSPACE_KEYS = (
    *("title", "city", "reference", "headline", "year_starts", "year_named"),
    *WORDS_KEYS,
)


@dataclass(slots=True)
class TargetsFile:
    """What targets.toml says. `whole` is False where the file could not be read at all."""

    titles: Names = field(default_factory=dict)
    city: str = ""
    reference: str = ""
    headline: str = ""
    indicators: tuple[Indicator, ...] = ()
    entries: list[TargetEntry] = field(default_factory=list)
    items: tuple[ReconciliationItem, ...] = ()
    due: dict[Period, int] = field(default_factory=dict)
    calendar: Calendar = JANUARY
    nouns: Nouns = DISTRICTS_OF_A_CITY
    letterhead: Letterhead = NO_LETTERHEAD
    whole: bool = True


def read_targets(files: Files, areas: tuple[Area, ...]) -> tuple[TargetsFile, list[Finding]]:
    """Everything in targets.toml; with it every fault found, the file's syntax included."""
    use_calendar(JANUARY)
    text, findings = read_text(files, TARGETS_FILE)
    if not text:
        return TargetsFile(whole=False), findings
    document = read_toml(text, TARGETS_FILE, parse_float=_Written)
    if isinstance(document, Finding):
        return TargetsFile(whole=False), [document]
    reader = _Reader(areas, _odd_integers(text))
    return reader.read(document), reader.findings


def read_calendar(files: Files) -> Calendar:
    """With which month the years of the workspace begin, before anything else is read."""
    document = read_toml(read_text(files, TARGETS_FILE)[0], TARGETS_FILE, parse_float=_Written)
    head = {} if isinstance(document, Finding) else document.get("workspace")
    return TomlTable().calendar(head) if isinstance(head, dict) else JANUARY


class _Written(str):
    """A TOML float as written, so that 5.0 keeps its zero."""

    __slots__ = ()


def _odd_integers(text: str) -> frozenset[int]:
    """The integers of the file that are not written in plain decimal digits: 0x10, 0o17, 1_000."""
    bare = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'|#.*", "", text)
    odd = re.findall(
        r"=\s*([+-]?(?:0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[0-9]+(?:_[0-9]+)+))(?![\w.])", bare
    )
    return frozenset(int(number, 0) for number in odd)


class _Reader(IndicatorTables):
    """Walks the document once and collects findings on the way."""

    def __init__(self, areas: tuple[Area, ...], odd_integers: frozenset[int]) -> None:
        self.odd_integers = odd_integers
        super().__init__()
        self.areas, self.index = areas, area_index(areas)
        self.above = dict[str, str]()
        self.kinds: dict[str, Kind] = {}
        self.special, self.known = ("", ""), tuple[Indicator, ...]()
        self.follows = False  # a target follows another figure
        self.near_areas = Nearest(lambda: {area.id: tuple(spellings(area)) for area in self.areas})

    def read(self, document: dict[str, Any]) -> TargetsFile:
        rooms = ("workspace", "indicators", "bands", "targets", "reconciliation", "due")
        self.unknown(document, rooms, "")
        head = self.table(document, "workspace", "workspace", needed=True)
        self.unknown(head, _WORKSPACE_KEYS, "workspace")
        calendar = self.calendar(head)
        use_calendar(calendar)
        own_nouns = nouns(self, head)
        use_nouns(own_nouns)
        tables = self.table(document, "indicators", "indicators", needed=True)
        bands = self.table(document, "bands", "bands")
        indicators = self.default_bands(bands, tuple(self.indicators(tables)))
        toml = TargetsFile(
            titles=self.names(head, "title", "workspace"),
            city=self.area(self.text(head, "city", "workspace", needed=True), "workspace.city")
            if head
            else "",
            reference=self.area(self.text(head, "reference", "workspace"), "workspace.reference"),
            headline=self.text(head, "headline", "workspace"),
            indicators=indicators,
            calendar=calendar,
            nouns=own_nouns,
            letterhead=letterhead(self, head),
        )
        self.above = {"city": toml.city, "reference": toml.reference}
        self.findings += shared_names(indicators)
        ids = [indicator.id for indicator in indicators]
        if toml.headline and toml.headline not in ids:
            told = _("“{name}” is not an indicator of this file", name=toml.headline)
            self.fault("bad-value", "workspace.headline", told)
        growths = {indicator.id for indicator in indicators if indicator.kind == Kind.GROWTH}
        for indicator in indicators:
            if indicator.yearly and indicator.yearly not in growths:
                sentence = _(
                    "“{name}” is not a growth indicator of this file", name=indicator.yearly
                )
                self.fault("bad-value", f"indicators.{indicator.id}.yearly", sentence)
        flows = {indicator.id for indicator in indicators if indicator.kind == Kind.FLOW}
        for indicator in indicators:
            if indicator.weight and indicator.weight not in flows:
                sentence = _("“{name}” is not a flow of this file", name=indicator.weight)
                self.fault("weight-not-flow", f"indicators.{indicator.id}.weight", sentence)
        self.made_of_others(indicators)
        self.kinds = {indicator.id: indicator.kind for indicator in indicators}
        self.special, self.known = (toml.city, toml.reference), indicators
        toml.entries = list(self.targets(self.table(document, "targets", "targets"), ids))
        if self.follows:
            toml.entries = self.relations.without_circles(toml.entries)
        toml.due = dict(self.due(self.table(document, "due", "due")))
        tables = self.table(document, "reconciliation", "reconciliation")
        toml.items = tuple(self.items(tables, ids))
        return toml

    def items(self, tables: dict[str, Any], indicators: list[str]) -> Iterator[ReconciliationItem]:
        """Named, signed items.

        `[[reconciliation.INDICATOR."PERIOD"]]` with name, value and source.
        """
        for indicator in tables:
            told: dict[Period, str] = {}
            periods = self.table(tables, indicator, f"reconciliation.{indicator}")
            for text, entries in periods.items():
                key = f"reconciliation.{indicator}.{text}"
                if indicator not in indicators:
                    why = _("“{name}” is not an indicator of this file", name=indicator)
                    self.fault("unknown-indicator", key, why)
                    continue
                period = self.period(text, key, indicator)
                if period is None or not self.once(told, period, text, key):
                    continue
                for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
                    place = f"{key}[{number}]"
                    table = entry if isinstance(entry, dict) else {}
                    self.unknown(table, ("name", "value", "source"), place)
                    value = self.number(table, "value", place)
                    if value is None:
                        why = _("an item requires a name and a signed value")
                        self.fault("key-missing", f"{place}.value", why)
                        continue
                    name = self.text(table, "name", place, needed=True)
                    source = self.text(table, "source", place)
                    decimals = parse(str(table["value"])).decimals
                    yield ReconciliationItem(indicator, period, name, value, source, decimals)

    def due(self, table: dict[str, Any]) -> Iterator[tuple[Period, int]]:
        """`[due]`: period = the day by which its figures are to be in."""
        told: dict[Period, str] = {}
        for text in table:
            period, day = self.period(text, f"due.{text}", ""), self.day(table, text, "due")[1]
            if period is not None and self.once(told, period, text, f"due.{text}") and day > 0:
                yield period, day

    def once(self, told: dict[Period, str], period: Period, text: str, key: str) -> bool:
        """The period is not told under another spelling as well."""
        if (other := told.setdefault(period, text)) == text:
            return True
        why = _("“{text}” is the same period as “{other}”", text=text, other=other)
        self.fault("id-twice", key, why, period=str(period))
        return False

    def period(self, text: str, key: str, indicator: str) -> Period | None:
        """The period that a key spells; None with a finding where it spells none."""
        try:
            return Period.parse(text)
        except ValueError as error:
            self.fault("bad-period", key, message_of(error), indicator=indicator)
            return None

    # -- targets -----------------------------------------------------------------------------------
    def targets(self, tables: dict[str, Any], indicators: list[str]) -> Iterator[TargetEntry]:
        near = Nearest(lambda: {name: (spelling(name),) for name in indicators})
        for indicator in tables:
            periods = self.table(tables, indicator, f"targets.{indicator}")
            if indicator not in indicators:
                named, there = indicator[:LONGEST_NAME], near.of(indicator)
                sentence = _(
                    "unknown indicator “{name}” in this file. {near}", name=named, near=there
                )
                self.fault("unknown-indicator", f"targets.{indicator}", sentence)
                continue
            for text in periods:
                key = f"targets.{indicator}.{text}"
                areas = self.table(periods, text, key)
                period = self.period(text, key, indicator)
                if period is None:
                    continue
                for name, value in areas.items():
                    area = self.area(name, f"{key}.{name}", indicator=indicator, period=str(period))
                    if area:
                        yield from self.entries(value, f"{key}.{name}", area, indicator, period)

    def entries(
        self, value: Any, key: str, area: str, indicator: str, period: Period
    ) -> Iterator[TargetEntry]:
        scope = {"area": area, "indicator": indicator, "period": str(period)}
        items = value if isinstance(value, list) else [value]
        if not items:
            self.fault("bad-value", key, _("the list contains no target"), **scope)
        for number, item in enumerate(items):
            place = f"{key}[{number}]" if isinstance(value, list) else key
            table = item if isinstance(item, dict) else {"value": item}
            self.unknown(table, _ENTRY_KEYS, place)
            if "of" in table or "from" in table:
                self.follows = True
                text = self.relations.text(table, place, area, indicator, period)
            else:
                text = self.figure_text(table.get("value"), place, scope)
            entered, day = self.day(table, "set", place, **scope)
            stated = self.choice(table, "stated", place, ("met", "missed"), scope)
            source = self.text(table, "source", place)
            over = self.over(table, place, scope, period)
            terms = self.terms(table, place, scope)
            known = (area, indicator, period, text, entered, day, source, stated, place, over)
            yield TargetEntry(*known, terms)

    @cached_property
    def relations(self) -> Relations:
        """Reads what targets follow; it is loaded where one does."""
        from dtrack.storage.relations import Relations

        return Relations(self, *self.special, self.known, self.areas)

    def over(self, table: dict[str, Any], place: str, scope: dict[str, str], period: Period) -> str:
        """What a target of several years is of; "" where it does not say, or cannot say so."""
        if "over" not in table:
            return ""
        over = self.choice(table, "over", place, tuple(filter(None, Over)), scope)
        if not over:
            return ""
        kind = self.kinds.get(scope["indicator"])
        if period.is_year or not period.is_years:
            sentence = _(
                "“over” is valid for several years only, not for {period}", period=str(period)
            )
        elif kind and kind not in Over(over).kinds:
            sentence = _(
                "“{value}” is not valid for the kind {kind}: over is {allowed}",
                value=over,
                kind=str(kind),
                allowed=lazy_joined(N_(" or "), [word for word in Over if kind in word.kinds]),
            )
        else:
            return over
        self.fault("bad-value", f"{place}.over", sentence, **scope)
        return ""

    def terms(self, table: dict[str, Any], place: str, scope: dict[str, str]) -> Terms:
        """What stands beside the value."""
        if not table.keys() & _TERM_KEYS:
            return NO_TERMS
        both, told = table.get("both", False), len(self.findings)
        if not isinstance(both, bool):
            self.fault("bad-value", f"{place}.both", _("both must be true or false"), **scope)
        aim = self.figure_text(table["aim"], f"{place}.aim", scope) if "aim" in table else ""
        held = self.choice(table, "class", place, tuple(TargetClass), scope)
        by = self.text(table, "by", place)
        if by in self.above and not self.above[by]:
            self.fault(
                "bad-value", f"{place}.by", _("{by} is not set in [workspace]", by=by), **scope
            )
        by = self.above.get(by) or self.area_named(by) or by
        return Terms(both is True, aim, by, held, sound=told == len(self.findings))

    def area_named(self, name: str) -> str:
        """The id of the area of that name, "" where it names none."""
        position = self.index.get(spelling(name), -1) if name else -1
        return self.areas[position].id if position >= 0 else ""

    def figure_text(self, value: Any, place: str, scope: dict[str, str]) -> str:
        """The value as text, a number as it is written; "" with a finding where it is no figure."""
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        try:
            if isinstance(value, int) and value in self.odd_integers:
                text = f"{text}, written as 0x…, 0o…, 0b… or with _"
            parse(text)
        except ValueError as error:
            plain = isinstance(value, str | int) and not isinstance(value, bool)
            reason = message_of(error) if plain else _("a value must be text or a number")
            sentence = _(
                "“{value}” is not a valid target: {reason}", value=str(value)[:40], reason=reason
            )
            if value is None:
                sentence = _("the target is blank: {reason}", reason=reason)
            self.fault("not-a-number", place, sentence, **scope)
            return ""
        return text.strip()

    def area(self, name: str, key: str, **scope: str) -> str:
        if found := self.area_named(name):
            return found
        if name and self.areas:
            near = self.near_areas.of(name)
            unknown = _(
                "unknown area “{name}” (data/areas.csv). {near}",
                name=name[:LONGEST_NAME],
                near=near,
            )
            self.fault("unknown-area", key, self.near_areas.question(name) or unknown, **scope)
        return ""
