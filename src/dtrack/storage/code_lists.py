"""Read `data/areas.csv` and `data/sources.csv`; report ids that are twice or lead nowhere."""

from __future__ import annotations

from dtrack.core.days import first_day, parse_day
from dtrack.core.findings import Finding
from dtrack.core.message import lazy_gettext as _
from dtrack.core.message import message_of
from dtrack.core.names import as_seen, names_of, short_of, spelling
from dtrack.core.translate import LANGUAGES, N_
from dtrack.model.entities import PEER, Area, Source
from dtrack.model.integrity import of_names
from dtrack.model.lives import lives_findings
from dtrack.model.schema import AREAS_FILE, AREAS_FILE_OPTIONAL, SOURCES_FILE
from dtrack.storage.csv_reader import read_tables
from dtrack.storage.paths import Files
from dtrack.storage.tiles import read_tile, shared_tiles

AREAS, SOURCES = "data/areas.csv", "data/sources.csv"
_NO_ROLE = N_(
    "{area}: unknown role “{role}”; use “peer” for another city, otherwise leave it blank"
)
_AREAS_HAVE = (*AREAS_FILE, *AREAS_FILE_OPTIONAL)
_AREAS_NEED, _SOURCES_NEED = ("id", "name_en"), ("id", "title")


def read_areas(files: Files) -> tuple[tuple[Area, ...], list[Finding]]:
    """The areas in file order. A parent or overlap may be written as any id of the file."""
    table, findings = read_tables(files, [AREAS], _AREAS_NEED, _AREAS_HAVE)
    areas: list[Area] = []
    seen: set[str] = {""}
    for row in range(len(table)):
        cell, place = {name: table.cell(name, row) for name in _AREAS_HAVE}, table.place(row)
        if not cell["id"]:
            findings.append(Finding("bad-value", *place, "id", _("an area without an id")))
            continue
        if (spelled := spelling(cell["id"])) in seen:
            sentence = _("the area “{area}” occurs again here", area=cell["id"])
            findings.append(Finding("id-twice", *place, "id", sentence))
            continue
        seen.add(spelled)
        names, shorts = (
            {name: text for name in LANGUAGES if (text := cell[f"{kind}_{name}"])}
            for kind in ("name", "short")
        )
        role = PEER if cell["role"].casefold() == PEER else ""
        if cell["role"] and not role:
            sentence = _(_NO_ROLE, area=cell["id"], role=cell["role"])
            findings.append(Finding("bad-value", *place, "role", sentence))
        lists = _list(cell["aliases"]), _list(cell["overlaps"])
        known = cell["id"], names, cell["code"], cell["parent"], *lists, place[1], role
        days, faults = _life(cell["from"], cell["until"], place)
        findings += faults
        tile, wrong = read_tile(cell["tile"], place)
        findings += wrong
        more = _list(cell["successor"]), tile
        areas.append(Area(*known, *days, *more, shorts=shorts))
    found = tuple(areas)
    findings += _loose_ends(found) + lives_findings(found, AREAS) + shared_tiles(found, AREAS)
    return found, findings + _names(found)


def _life(since: str, until: str, place: tuple[str, int]) -> tuple[tuple[int, int], list[Finding]]:
    """The first and last day of an area, 0 where it has none; of a month or year its own."""
    days, findings = [0, 0], list[Finding]()
    for number, (column, text) in enumerate((("from", since), ("until", until))):
        try:
            days[number] = parse_day(text)
        except ValueError as error:
            findings.append(Finding("bad-date", *place, column, message_of(error)))
    return (first_day(since) if days[0] else 0, days[1]), findings


def read_sources(files: Files) -> tuple[dict[str, Source], list[Finding]]:
    """The sources by id, in file order."""
    table, findings = read_tables(files, [SOURCES], _SOURCES_NEED, SOURCES_FILE)
    sources: dict[str, Source] = {}
    for row in range(len(table)):
        cell = {name: table.cell(name, row) for name in SOURCES_FILE}
        if cell["id"] in sources:
            sentence = _("the source “{source}” occurs again here", source=cell["id"])
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


def _list(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.replace("；", ";").split(";") if item.strip())


def _loose_ends(areas: tuple[Area, ...]) -> list[Finding]:
    """Parents, overlaps and successors that are no area of the file."""
    ids, findings = {area.id for area in areas}, list[Finding]()
    for area in areas:
        parent = (area.parent,) if area.parent else ()
        named = ("parent", parent), ("overlaps", area.overlaps), ("successor", area.successors)
        for column, others in named:
            for other in (other for other in others if other not in ids):
                told = _("{area}: “{other}” is not an area of this file", area=area.id, other=other)
                findings.append(
                    Finding("unknown-area", AREAS, area.line, column, told, area=area.id)
                )
    return findings


def _names(areas: tuple[Area, ...]) -> list[Finding]:
    """Names that two areas share, or that look alike."""
    names = [list(names_of(area)) for area in areas]
    return of_names(
        names, lambda one: (AREAS, areas[one.other].line, one.column), "area", short=short_of
    )
