"""A small city for tests: in go a few targets and a few figures, out comes a workspace on disk that dtrack can open.

`city({"growth 2024": {"a": "5"}}, [("a", "growth", "H1-2024", "5.0")])` is one district, one promise, one figure.
Five areas make up the world of these tests: the city, its districts a to d, and z, a zone that lies inside a.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = (
    Path(__file__).resolve().parents[2]
)  # the repository: its own workspace, the published figures of Beijing
WORKSPACE = """[workspace]
title = { en = "Small city", zh = "小城", fr = "Petite ville" }
city = "city"
"""
INDICATORS = {  # id: kind, unit, prices, better, weight
    "growth": ("growth", "percent", "constant", "up", "level"),
    "level": ("flow", "100 million CNY", "current", "up", None),
    "share": ("share", "percent", "current", "up", None),
    "stock": ("stock", "stations", None, "up", None),
    "down_growth": ("growth", "percent", "constant", "down", None),
    "jobless": ("share", "percent", None, "down", None),
}
AREAS = [
    ("city", "", ""),
    *[(district, "city", "") for district in "abcd"],
    ("z", "city", "a"),
]  # id, parent, overlaps
AREA_COLUMNS = ["id", "code", "parent", "name_en", "name_zh", "name_fr", "aliases", "overlaps"]
SOURCE_COLUMNS = ["id", "title", "publisher", "date", "url", "copy", "file", "sha256"]
ACTUAL_COLUMNS = ["area", "indicator", "period", "value", "status", "published", "source", "note"]
SET = "2024-01-15"  # the day on which a target is set unless a test says otherwise
FILLER = (
    "d",
    "growth",
    "H1-2015",
    "1.0",
    {"published": "2015-07-20"},
)  # a file of figures is never left without a row
DEFAULTS = {"status": "flash", "published": "2024-07-20", "source": "s1", "note": ""}


Row = tuple[Any, ...] | Mapping[str, str]
Targets = str | Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class City:
    """A workspace on disk, looked at through the public API only."""

    folder: Path

    def open(self) -> Any:
        """The workspace, read afresh."""
        import dtrack

        return dtrack.open(self.folder)

    def frame(self, period: str = "H1-2024", **options: Any) -> Any:
        """The assessment of a period: one row per area and indicator."""
        return self.open().assess(period, **options)

    def row(
        self, indicator: str, period: str = "H1-2024", area: str = "a", **options: Any
    ) -> SimpleNamespace:
        """One row of the assessment; an empty number or an empty `sure` is None."""
        frame = self.frame(period, **options)
        hits = frame[(frame["area"] == area) & (frame["indicator"] == indicator)]
        assert len(hits) == 1, (
            f"{len(hits)} rows for {area} and {indicator}, where there is exactly one"
        )
        return SimpleNamespace(**{str(name): plain(cell) for name, cell in hits.iloc[0].items()})


def plain(cell: Any) -> Any:
    """A cell as a plain Python value, None for an empty number or flag."""
    import pandas as pd

    if not isinstance(cell, str) and pd.isna(cell):
        return None
    return cell.item() if hasattr(cell, "item") else cell


def toml_entry(entry: str | Mapping[str, Any]) -> str:
    """A promise as an inline table: text stands for its value, a mapping may set any key (None leaves a key out)."""
    keys = {"set": SET, "source": "s1"} | (
        {"value": entry} if isinstance(entry, str) else dict(entry)
    )
    dated = {"set"} if len(keys.get("set") or "") == len(SET) else set()
    told = {key: value for key, value in keys.items() if value is not None}
    return (
        "{ "
        + ", ".join(
            f"{k} = {v if k in dated else json.dumps(v, ensure_ascii=False)}"
            for k, v in told.items()
        )
        + " }"
    )


def toml_targets(targets: Targets) -> str:
    """The tables of a targets.toml from {"indicator period": {area: promise or promises}}; text is passed on."""
    if isinstance(targets, str):
        return targets
    lines = []
    for place, promises in targets.items():
        indicator, period = place.split(" ", 1)
        lines.append(f'\n[targets.{indicator}."{period}"]')
        for area, made in promises.items():
            entries = (
                [toml_entry(entry) for entry in made]
                if isinstance(made, list)
                else toml_entry(made)
            )
            lines.append(
                f"{area} = " + (f"[{', '.join(entries)}]" if isinstance(entries, list) else entries)
            )
    return "\n".join(lines) + "\n"


def toml_indicators(breaks: Mapping[str, str]) -> str:
    """The indicator tables; breaks = {"level": "2025-01-01"} starts a new series on that day."""
    lines = []
    for name, (kind, unit, prices, better, weight) in INDICATORS.items():
        keys = {"kind": kind, "unit": unit, "prices": prices, "better": better, "weight": weight}
        lines += [
            f"\n[indicators.{name}]",
            f'name = {{ en = "{name}", zh = "{name}", fr = "{name}" }}',
        ]
        lines += [f'{key} = "{value}"' for key, value in keys.items() if value]
        if name in breaks:
            lines.append(f'breaks = [{{ at = {breaks[name]}, why = "census", source = "s1" }}]')
    return "\n".join(lines) + "\n"


def as_mapping(row: Row) -> dict[str, str]:
    """A figure with its defaults: (area, indicator, period, value) or the same with a mapping of other columns."""
    if isinstance(row, Mapping):
        return DEFAULTS | dict(row)
    more = row[4] if len(row) > 4 else {}
    return DEFAULTS | dict(zip(ACTUAL_COLUMNS, row[:4], strict=False)) | more


def write_csv(path: Path, columns: list[str], rows: Iterable[Mapping[str, str]]) -> None:
    """A CSV as the format notes describe it: UTF-8, LF, quoted only where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


def build_city(
    folder: Path,
    targets: Targets = "",
    actuals: Iterable[Row] = (),
    breaks: Mapping[str, str] | None = None,
    files: int = 1,
) -> City:
    """Write a workspace into folder, its figures dealt out over `files` files."""
    folder.mkdir(parents=True, exist_ok=True)
    toml = WORKSPACE + toml_indicators(breaks or {}) + toml_targets(targets)
    (folder / "targets.toml").write_text(toml, encoding="utf-8", newline="\n")
    areas = [
        dict(zip(AREA_COLUMNS, (i, "", parent, i.upper(), i, i, "", overlaps), strict=True))
        for i, parent, overlaps in AREAS
    ]
    write_csv(folder / "data/areas.csv", AREA_COLUMNS, areas)
    source = {"title": "Bulletin", "publisher": "Bureau", "date": "2024-07-20", "copy": "no"}
    write_csv(
        folder / "data/sources.csv",
        SOURCE_COLUMNS,
        [{"id": name} | source for name in ("s1", "s2")],
    )
    rows = [as_mapping(row) for row in list(actuals) or [FILLER]]
    more = [name for name in ("prices", "scope") if any(row.get(name) for row in rows)]
    for n in range(files):
        if rows[n::files]:
            write_csv(folder / f"data/actuals/part-{n}.csv", ACTUAL_COLUMNS + more, rows[n::files])
    return City(folder)


@dataclass(frozen=True)
class Said:
    """What one command said: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of a CSV on stdout."""
        return list(csv.DictReader(self.out.splitlines()))


_REFUSE = "(?:error|erreur|错误)"  # in the three languages
_TOLD = re.compile(
    rf"^\S.*?(?: ?: |：){_REFUSE}(?: ?: |：).+ \[[a-z0-9-]+\] → \S"  # a line: place, severity, sentence, code, remedy
    rf"|^(?:\#+ )?[a-z0-9-]+ ?[(（]{_REFUSE}[)）].*\n+(?:- )?\S(?:.*\n)+?→ \S"  # a block of a code: the first place below it
    r'|^error,(?=[^,]*[^,"]).*\n?|"severity": "error"',  # a row of `check` for programs
    re.MULTILINE,
)
_COUNTED = re.compile(r"\d errors?\b")  # says how many, and not which
_NOT_WRITTEN = re.compile(r"left files behind|nothing (?:new )?was written")


def says_why(out: str, err: str) -> bool:
    """A finding that refuses is told, with its place and what to do; or that the disk, or somebody else, let nothing be written."""
    return bool(_TOLD.search(out + err)) or (
        bool(_NOT_WRITTEN.search(err)) and not _COUNTED.search(err)
    )
