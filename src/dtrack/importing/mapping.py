"""The map of a return: a small TOML file that says what its headings do not.

sheet = "上半年"
header = [2, 3]
area = "地区"
skip = ["合计"]

[columns]
"增加值" = { indicator = "digital_va", unit = "10 thousand CNY" }
"增速" = { indicator = "digital_va_growth", form = "percent" }
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dtrack.core.figure import plain_text
from dtrack.core.findings import Finding
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import spelling
from dtrack.parsing.unit import FORMS
from dtrack.storage.toml_reader import TomlTable
from dtrack.storage.toml_text import read_toml

MOST_BYTES = 200_000  # of a map
PARTED = " / "  # between the parts of a heading over several rows
_WORDS = ("sheet", "area", "indicator", "period", "value")
_KEYS = ("sheet", "across", "header", *_WORDS[1:], "skip", "decimal", "columns")
_COLUMN_KEYS = ("indicator", "unit", "form", "period")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a column of figures is.

    An indicator in any spelling, its unit, its form (percent, fraction, index), its period.
    """

    indicator: str = ""
    unit: str = ""
    form: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """What the headings of a return do not say. "" and None: find it.

    `across`: areas stand across; then rows and columns are exchanged first, and `header` counts
    columns. `header`: its first and last row, from 1. `area`, `indicator`, `period`, `value`:
    headings of the columns that hold those. `skip`: names in the area column that are no areas.
    `decimal`: the sign before the decimals. `columns`: heading → what it is.
    """

    sheet: str = ""
    across: bool = False
    header: tuple[int, int] | None = None
    area: str = ""
    indicator: str = ""
    period: str = ""
    value: str = ""
    skip: tuple[str, ...] = ()
    decimal: str = ""
    columns: Mapping[str, ColumnMap] = field(default_factory=dict)

    def column(self, heading: str) -> ColumnMap | None:
        """What the map says of a heading: of all its parts, joined by " / ", or of its last."""
        known = {heading_key(name): column for name, column in self.columns.items()}
        last = heading.rsplit(PARTED, maxsplit=1)[-1]
        return known.get(heading_key(heading)) or known.get(heading_key(last))


def heading_key(text: str) -> str:
    """The key under which a heading of a map is found: blanks, width and case made plain."""
    return spelling(plain_text(text))


class Headings:
    """The whole headings of columns (column → heading), in which what a map means is found."""

    def __init__(self, headings: Mapping[int, str]) -> None:
        # to the letter, in another spelling, the last part in another spelling
        self.ways: tuple[dict[str, list[int]], ...] = ({}, {}, {})
        for column, heading in headings.items():
            last = heading.rsplit(PARTED, maxsplit=1)[-1]
            keys = (heading, heading_key(heading), heading_key(last))
            for way, key in zip(self.ways, keys, strict=True) if heading else ():
                way.setdefault(key, []).append(column)

    def meant(self, name: str) -> tuple[int, list[int]]:
        """How near the heading of a map is, 0 (to the letter) to 3 (nobody's), and whose it is.

        Only the nearest are meant: 增速 is not 全市 / 增速 where a column is headed 增速.
        """
        key = heading_key(name)
        for way, known in enumerate(self.ways):
            if columns := known.get(key if way else name):
                return way, columns
        return len(self.ways), []


def read_map(text: str, name: str) -> tuple[Map, list[Finding]]:
    """The map, and what is wrong with it."""
    document = read_toml(text, name, most=MOST_BYTES)
    if isinstance(document, Finding):
        return Map(), [document]
    keys = TomlTable(name)
    keys.unknown(document, _KEYS, "")
    tables = keys.table(document, "columns", "columns")
    columns = {heading: _column(keys, tables, heading) for heading in tables}
    for first, other in torn(columns):
        sentence = _(
            "“{heading}” equals “{first}” but has another meaning", heading=other, first=first
        )
        keys.fault("map-unfit", f"columns.{other}", sentence)
    words = {word: keys.text(document, word, "map") for word in _WORDS}
    if isinstance(sheet := document.get("sheet"), str):
        words["sheet"] = sheet  # a blank may be a part of its name
    across = document.get("across", False)
    if not isinstance(across, bool):
        keys.fault("bad-value", "across", _("across must be true or false"))
    said = Map(
        across=across is True,
        header=_header(keys, document),
        skip=keys.texts(document, "skip", "map"),
        decimal=keys.choice(document, "decimal", "map", (".", ",")),
        columns=columns,
        **words,
    )
    return said, keys.findings


def torn(columns: Mapping[str, ColumnMap]) -> list[tuple[str, str]]:
    """Two headings that are read as one and are said to be two things."""
    first: dict[str, str] = {}
    alike = [(first.setdefault(heading_key(heading), heading), heading) for heading in columns]
    return [(one, other) for one, other in alike if columns[one] != columns[other]]


def _column(keys: TomlTable, tables: dict[str, Any], heading: str) -> ColumnMap:
    key = f"columns.{heading}"
    table = keys.table(tables, heading, key)
    keys.unknown(table, _COLUMN_KEYS, key)
    form = keys.choice(table, "form", key, FORMS)
    indicator, unit, period = (
        keys.text(table, name, key) for name in ("indicator", "unit", "period")
    )
    return ColumnMap(indicator, unit, form, period)


def _header(keys: TomlTable, document: dict[str, Any]) -> tuple[int, int] | None:
    value = document.get("header")
    rows = value if isinstance(value, list) else [value]
    if value is None:
        return None
    if (
        not all(isinstance(row, int) and row > 0 for row in rows)
        or len(rows) not in (1, 2)
        or rows != sorted(rows)
    ):
        keys.fault(
            "bad-value", "header", _("header gives its first and last row, for example [2, 3]")
        )
        return None
    return rows[0], rows[-1]


def write_map(used: Map) -> str:
    """The map as TOML, without what it leaves open."""
    import tomli_w

    said = {name: getattr(used, name) for name in (*_WORDS, "decimal", "across", "header", "skip")}
    said = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in said.items()
        if value
    }
    said["columns"] = {
        heading: {key: value for key in _COLUMN_KEYS if (value := getattr(column, key))}
        for heading, column in used.columns.items()
    }
    first = "# What the columns of this return are: dtrack import FILE --map THIS\n"
    return first + tomli_w.dumps(said)
