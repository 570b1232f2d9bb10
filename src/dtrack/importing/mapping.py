"""The map of a return: a small TOML file that says what its headings do not.

In comes its text, out goes a `Map`; and back.

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
_KEYS = (
    "sheet",
    "across",
    "header",
    "area",
    "indicator",
    "period",
    "value",
    "skip",
    "decimal",
    "columns",
)
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
    columns. `header`: first
    and last row of the header, from 1. `area`, `indicator`, `period`, `value`: headings of the
    columns
    that hold those. `skip`: names in the area column that are no areas. `decimal`: the sign before
    the decimals.
    `columns`: heading → what it is.
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
        """What the map says of a heading.

        Of the whole of it (parts joined by " / "), or of its last part.
        """
        known = {heading_key(name): column for name, column in self.columns.items()}
        return known.get(heading_key(heading)) or known.get(
            heading_key(heading.rsplit(PARTED, maxsplit=1)[-1])
        )


def heading_key(text: str) -> str:
    """The key under which a heading of a map is found: blanks, width and case made plain."""
    return spelling(plain_text(text))


class Headings:
    """The whole headings of columns (column → heading), in which the columns that a heading of a map means are found."""

    def __init__(self, headings: Mapping[int, str]) -> None:
        self.ways: tuple[dict[str, list[int]], ...] = ({}, {}, {})
        for column, heading in headings.items():
            keys = (
                heading,
                heading_key(heading),
                heading_key(heading.rsplit(PARTED, maxsplit=1)[-1]),
            )
            for way, key in zip(self.ways, keys, strict=True) if heading else ():
                way.setdefault(key, []).append(column)

    def meant(self, name: str) -> tuple[int, list[int]]:
        """How near the heading of a map is, 0 to the letter, 1 in another spelling, 2 the last part; and whose it is.

        Only the nearest are meant: 增速 is not 全市 / 增速 where a column is headed 增速.
        """
        key = heading_key(name)
        found = (way.get(text, []) for way, text in zip(self.ways, (name, key, key), strict=True))
        return next(
            ((way, columns) for way, columns in enumerate(found) if columns), (len(self.ways), [])
        )


def read_map(text: str, name: str) -> tuple[Map, list[Finding]]:
    """The map, and what is wrong with it."""
    document = read_toml(text, name, most=MOST_BYTES)
    if isinstance(document, Finding):
        return Map(), [document]
    keys = TomlTable(name)
    keys.unknown(document, _KEYS, "")
    columns = {
        heading: _column(
            keys,
            keys.table(keys.table(document, "columns", "columns"), heading, f"columns.{heading}"),
            heading,
        )
        for heading in keys.table(document, "columns", "columns")
    }
    for first, other in torn(columns):
        sentence = _(
            "“{heading}” is read as “{first}”, and is not the same", heading=other, first=first
        )
        keys.fault("map-unfit", f"columns.{other}", sentence)
    words = {
        word: keys.text(document, word, "map")
        for word in ("sheet", "area", "indicator", "period", "value")
    }
    if isinstance(sheet := document.get("sheet"), str):
        words["sheet"] = sheet  # a blank may be a part of its name
    decimal = keys.choice(document, "decimal", "map", (".", ","))
    skip = keys.texts(document, "skip", "map")
    across = document.get("across", False)
    if not isinstance(across, bool):
        keys.fault("bad-value", "across", _("across is true or false"))
    return Map(
        across=across is True,
        header=_header(keys, document),
        skip=skip,
        decimal=decimal,
        columns=columns,
        **words,
    ), keys.findings


def torn(columns: Mapping[str, ColumnMap]) -> list[tuple[str, str]]:
    """Two headings that are read as one and are said to be two things."""
    first: dict[str, str] = {}
    alike = [(first.setdefault(heading_key(heading), heading), heading) for heading in columns]
    return [(one, other) for one, other in alike if columns[one] != columns[other]]


def _column(keys: TomlTable, table: dict[str, Any], heading: str) -> ColumnMap:
    key = f"columns.{heading}"
    keys.unknown(table, _COLUMN_KEYS, key)
    form = keys.choice(table, "form", key, FORMS)
    return ColumnMap(
        keys.text(table, "indicator", key),
        keys.text(table, "unit", key),
        form,
        keys.text(table, "period", key),
    )


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
            "bad-value", "header", _("header is the first and the last row of it, as [2, 3]")
        )
        return None
    return rows[0], rows[-1]


def write_map(used: Map) -> str:
    """The map as TOML, without what it leaves open."""
    import tomli_w

    said: dict[str, Any] = {
        name: getattr(used, name)
        for name in ("sheet", "area", "indicator", "period", "value", "decimal")
    }
    said = {name: value for name, value in said.items() if value}
    if used.across:
        said["across"] = True
    if used.header:
        said["header"] = list(used.header)
    if used.skip:
        said["skip"] = list(used.skip)
    columns = {
        heading: {key: value for key in _COLUMN_KEYS if (value := getattr(column, key))}
        for heading, column in used.columns.items()
    }
    return "# What the columns of this return are: dtrack import FILE --map THIS\n" + tomli_w.dumps(
        said | {"columns": columns}
    )
