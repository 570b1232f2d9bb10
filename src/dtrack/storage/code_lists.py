"""`data/areas.csv` and `data/sources.csv` → areas and sources, and findings for what is twice or leads nowhere."""

from __future__ import annotations

from dtrack.core.findings import Finding
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import as_seen, names_of, short_of, spelling
from dtrack.core.translate import LANGUAGES, N_
from dtrack.model.entities import PEER, Area, Source
from dtrack.model.integrity import of_names
from dtrack.model.schema import AREAS_FILE, AREAS_FILE_OPTIONAL, SOURCES_FILE
from dtrack.storage.csv_reader import TextTable, read_tables
from dtrack.storage.paths import Files

AREAS, SOURCES = "data/areas.csv", "data/sources.csv"
_NO_ROLE = N_("{area}: “{role}” is no role; it is “peer” for another city, else blank")
_AREAS_HAVE = (*AREAS_FILE, *AREAS_FILE_OPTIONAL)
_AREAS_NEED, _SOURCES_NEED = ("id", "name_en"), ("id", "title")


def read_areas(files: Files) -> tuple[tuple[Area, ...], list[Finding]]:
    """The areas in file order. A parent or overlap may be written as any id of the file."""
    table, findings = _read(files, "areas.csv", _AREAS_NEED, _AREAS_HAVE)
    areas: list[Area] = []
    seen: set[str] = {""}
    lines: dict[str, int] = {}
    for row in range(len(table)):
        cell = {name: table.cell(name, row) for name in _AREAS_HAVE}
        names = {
            language: cell[f"name_{language}"] for language in LANGUAGES if cell[f"name_{language}"]
        }
        if spelling(cell["id"]) in seen:
            sentence = (
                _("the area “{area}” stands here again", area=cell["id"])
                if cell["id"]
                else _("an area without an id")
            )
            findings.append(
                Finding(
                    "id-twice" if cell["id"] else "bad-value", *table.place(row), "id", sentence
                )
            )
            continue
        seen.add(spelling(cell["id"]))
        lines[cell["id"]] = table.place(row)[1]
        areas.append(
            Area(
                cell["id"],
                names,
                cell["code"],
                cell["parent"],
                _list(cell["aliases"]),
                _list(cell["overlaps"]),
                table.place(row)[1],
                _role(cell["role"]),
            )
        )
        if cell["role"] and not areas[-1].role:
            sentence = _(_NO_ROLE, area=cell["id"], role=cell["role"])
            findings.append(Finding("bad-value", *table.place(row), "role", sentence))
    found = tuple(areas)
    return found, findings + _loose_ends(found, lines) + _names(found)


def read_sources(files: Files) -> tuple[dict[str, Source], list[Finding]]:
    """The sources by id, in file order."""
    table, findings = _read(files, "sources.csv", _SOURCES_NEED, SOURCES_FILE)
    sources: dict[str, Source] = {}
    for row in range(len(table)):
        cell = {name: table.cell(name, row) for name in SOURCES_FILE}
        if cell["id"] in sources:
            sentence = _("the source “{source}” stands here again", source=cell["id"])
            findings.append(Finding("id-twice", *table.place(row), "id", sentence))
            continue
        copy = cell["copy"].lower() in ("yes", "true", "1")
        received = _list(cell["file"]), _list(cell["sha256"])
        sources[cell["id"]] = Source(
            cell["id"],
            cell["title"],
            cell["publisher"],
            cell["date"],
            cell["url"],
            copy,
            *received,
            table.place(row)[1],
        )
    lines = [source.line for source in sources.values()]
    alike = of_names(
        [[("id", name)] for name in sources],
        lambda one: (SOURCES, lines[one.other], one.column),
        key=as_seen,
    )
    return sources, findings + alike


def _read(
    files: Files, name: str, need: tuple[str, ...], columns: tuple[str, ...]
) -> tuple[TextTable, list[Finding]]:
    optional = tuple(column for column in columns if column not in need)
    return read_tables(files, [f"data/{name}"], need, optional)


def _list(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.replace("；", ";").split(";") if item.strip())


def _role(text: str) -> str:
    return PEER if text.casefold() == PEER else ""


def _loose_ends(areas: tuple[Area, ...], lines: dict[str, int]) -> list[Finding]:
    """Parents and overlaps that are no area of the file."""
    return [
        Finding(
            "unknown-area", AREAS, lines[area.id], column, _no_area(area.id, other), area=area.id
        )
        for area in areas
        for column, others in (
            ("parent", (area.parent,) if area.parent else ()),
            ("overlaps", area.overlaps),
        )
        for other in others
        if other not in lines
    ]


def _no_area(area: str, other: str) -> Message:
    return _("{area}: “{other}” is no area of this file", area=area, other=other)


def _names(areas: tuple[Area, ...]) -> list[Finding]:
    """Names that two areas share, or that look alike."""
    names = [list(names_of(area)) for area in areas]
    return of_names(
        names, lambda one: (AREAS, areas[one.other].line, one.column), "area", short=short_of
    )
