"""`dtrack import`, without its words and without writing.

A file's bytes → what it reports and the change it would make.

In come the loaded workspace and a `Request`, out goes a `Received`. Raises BlockedByFindings where nothing
can be understood at all; everything else is in the findings of the arrival.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace

from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import Message, lazy_enumerated
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.editing.review import raw_of
from dtrack.editing.sources import with_source
from dtrack.importing import register
from dtrack.importing.compare import Arrival, Comparison, Edition, file_name, look
from dtrack.importing.extract import Reading
from dtrack.importing.extracted import ExtractedFigures
from dtrack.importing.form_questions import asked
from dtrack.importing.formats.detect import open_book
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.reader import Reader
from dtrack.importing.layout import rows as find
from dtrack.importing.layout.decimals import points, thousands
from dtrack.importing.layout.detect import Surveyor
from dtrack.importing.layout.model import Layout
from dtrack.importing.mapping import PARTED, Map, torn
from dtrack.importing.originals import kept
from dtrack.importing.own_outputs import no_return
from dtrack.model.entities import Source
from dtrack.model.schema import ACTUALS_FOLDER, RECEIVED_FOLDER
from dtrack.storage.changeset import Change, fingerprint
from dtrack.storage.csv_append import header, with_columns
from dtrack.storage.paths import Files
from dtrack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Request:
    """What the command says.

    `only`: position of the one indicator wanted, −1 for all; `title`: of a source not listed yet.

    `today` (yyyymmdd): a later day of publication is doubted; 0: none is.
    """

    name: str
    raw: bytes
    asked: Period
    edition: Edition
    said: Map = field(default_factory=Map)
    sheet: str = ""
    only: int = -1
    title: str = ""
    encoding: str = ""
    delimiter: str = ""
    today: int = 0


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has been understood as far as it can be.

    `told`: how it was read; `used`: the map that says it all.

    `sources`: data/sources.csv as it would be, made from the bytes `before`, whose fingerprint is
    `seen`.
    """

    arrival: Arrival
    layout: Layout
    told: tuple[Message, ...]
    used: Map
    original: str
    before: bytes = b""
    seen: str = ""
    sources: bytes = b""


@dataclass(frozen=True, slots=True)
class Understood:
    """A file as far as it can be read by itself.

    `original`: the name under which it is kept; `point`: before decimals.
    """

    layout: Layout
    arrived: ExtractedFigures
    told: tuple[Message, ...]
    findings: list[Finding]
    original: str
    point: str


def understand(dataset: Workspace, request: Request, *, promises: bool = False) -> Understood:
    """Read the file and lay it out. Raises BlockedByFindings where it is no table of this workspace."""
    book = open_book(
        request.name, request.raw, encoding=request.encoding, delimiter=request.delimiter
    )
    sheet = chosen_sheet(book, request.sheet or request.said.sheet, request.name)
    grid, findings = book.grid(sheet)
    if (other := no_return(grid)) is not None:
        raise BlockedByFindings((other,))
    point, mixed = decimal_sign(grid, request.said.decimal, semicolons=book.delimiter == ";")
    surveyor = Surveyor(grid, dataset, request.said, request.asked, request.only, point, promises)
    layout = surveyor.survey()
    if layout is None:
        raise BlockedByFindings((*findings, *mixed, *surveyor.findings))
    reading = Reading(
        layout, dataset, request.said, request.asked, request.only, point, promises=promises
    )
    arrived = reading.read()
    original = kept(Files(dataset.folder), request.name, request.raw)
    if original != grid.file:
        arrived.origin = [_named(text, grid.file, original) for text in arrived.origin]
    told = [
        replace(f, origin=_named(f.origin, grid.file, original))
        for f in (*findings, *mixed, *surveyor.findings, *reading.findings)
    ]
    comma = (_("The decimals stand after a comma."),) if point == "," else ()
    if point == "." and thousands(grid, ","):
        comma = (_("Commas are read as signs between thousands."),)
    return Understood(layout, arrived, (*book.remarks, *comma), told, original, point)


def receive(dataset: Workspace, request: Request) -> Received:
    """Read, lay out, understand and compare the file.

    Raises BlockedByFindings where it is no table of this workspace.
    """
    read = understand(dataset, request)
    read.findings.extend(asked(dataset, read.arrived))
    if not read.arrived.value:
        nothing = Arrival(
            dataset,
            dataset,
            "",
            b"",
            read.arrived,
            Comparison([], [], [], [], [], [], []),
            read.findings,
        )
        return Received(
            nothing,
            read.layout,
            read.told,
            used_map(dataset, read.layout, request, read.point),
            read.original,
        )
    before, seen = raw_of(dataset, register.SOURCES)
    sources = with_received(dataset, before, request, read.original)
    name = file_name(
        Files(dataset.folder).listed(ACTUALS_FOLDER), str(request.asked), request.edition.source
    )
    arrival = look(
        dataset,
        read.arrived,
        request.edition,
        name,
        {register.SOURCES: sources},
        read.findings,
        request.today,
    )
    used = used_map(dataset, read.layout, request, read.point)
    return Received(arrival, read.layout, read.told, used, read.original, before, seen, sources)


def chosen_sheet(book: Reader, wanted: str, name: str) -> str:
    """The sheet that is meant.

    The one named, else the only one, else the only one that is not hidden.
    """
    names = [sheet.name for sheet in book.sheets]
    if wanted:
        if wanted in names:
            return wanted
        sentence = _(
            "there is no sheet “{sheet}”, only {names}", sheet=wanted, names=lazy_enumerated(names)
        )
        raise BlockedByFindings((Finding("which-sheet", "", None, "", sentence, origin=name),))
    seen = [sheet.name for sheet in book.sheets if not sheet.hidden]
    if len(seen) > 1:
        seen = [name for name in seen if any(map(any, book.grid(name)[0].rows))] or seen
    if len(names) == 1 or len(seen) == 1:
        return seen[0] if len(seen) == 1 else names[0]
    sentence = _("it has {count} sheets: {names}", count=len(names), names=lazy_enumerated(names))
    raise BlockedByFindings((Finding("which-sheet", "", None, "", sentence, origin=name),))


def decimal_sign(grid: Grid, told: str, *, semicolons: bool = False) -> tuple[str, list[Finding]]:
    """The sign before decimals: the one told, else the one that the cells show; both are a finding.

    `semicolons`: the fields are separated by them, as where a comma stands before decimals; then
    8,412 asks.
    """
    found = points(grid)
    unclear = thousands(grid) if semicolons and not found and not told else None
    if unclear:
        text, origin = grid.cell(*unclear), grid.origin(*unclear)
        sentence = _(
            "“{text}” may have thousands or decimals behind its sign, and no other cell shows which",
            text=text,
        )
        return ".", [Finding("mixed-decimals", "", None, "", sentence, value=text, origin=origin)]
    if told or len(found) < 2:
        return told or next(iter(found), "."), []
    cells = [(grid.cell(*found[sign]), grid.origin(*found[sign])) for sign in (",", ".")]
    sentence = _(
        "“{text}” has a comma before its decimals, “{other}” ({place}) a point",
        text=cells[0][0],
        other=cells[1][0],
        place=cells[1][1],
    )
    return ".", [
        Finding("mixed-decimals", "", None, "", sentence, value=cells[0][0], origin=cells[0][1])
    ]


def _named(origin: str, given: str, kept_as: str) -> str:
    """The place with the name under which the original is kept, so that `why` leads to it."""
    return kept_as + origin.removeprefix(given) if origin.startswith(given) else origin


def with_received(dataset: Workspace, raw: bytes, request: Request, original: str) -> bytes:
    """data/sources.csv, now `raw`, with the original and its SHA-256 at the source.

    A source that is not listed gets a row.
    """
    sha = fingerprint(request.raw)
    known = dataset.sources.get(request.edition.source)
    if known is None:
        title = " ".join((request.title or request.name).split())
        row = {"id": request.edition.source, "title": title, "date": request.edition.published}
        return with_source(raw, row | {"copy": "no", "file": original, "sha256": sha})
    if original in known.files and sha in known.sha256:
        return raw
    return _with_files(raw, known, (*known.files, original), (*known.sha256, sha))


def _with_files(
    raw: bytes, source: Source, files: tuple[str, ...], sha256: tuple[str, ...]
) -> bytes:
    """The bytes with the two cells of one row filled in, in columns that are added where there are none."""
    raw = with_columns(raw, ("file", "sha256"), register.SOURCES)
    lines, names = list(io.StringIO(raw.decode("utf-8-sig"), newline="")), header(raw)
    start = (source.line or 2) - 1
    reader = csv.reader(lines[start:])
    cells = next(reader)
    for name, told in (("file", files), ("sha256", sha256)):
        cells[names.index(name)] = ";".join(told)
    end = start + reader.line_num
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    ended = lines[end - 1][len(lines[end - 1].rstrip("\r\n")) :]
    text = "".join([*lines[:start], out.getvalue().removesuffix("\r\n") + ended, *lines[end:]])
    return (b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b"") + text.encode()


def original_of(
    dataset: Workspace, request: Request, name: str
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The original under its name, as a file to be written (none where it is kept already), and what was seen there."""
    place = f"{RECEIVED_FOLDER}/{name}"
    if place in Files(dataset.folder).listed(RECEIVED_FOLDER):
        return {}, {place: fingerprint(request.raw)}
    return {place: request.raw}, {place: ""}


def used_map(dataset: Workspace, layout: Layout, request: Request, point: str) -> Map:
    """The map that says all that was found, so that the next return of the same shape needs no finding."""
    columns = dict(request.said.columns) if layout.indicator >= 0 else {}
    above = [PARTED.join(texts) for texts in find.headings(layout.grid, layout.header)]
    left = {
        text
        for at, text in enumerate(above)
        if at not in (*layout.keys, *(taken.column for taken in layout.columns))
    }
    for taken in layout.columns:
        if taken.indicator >= 0 and taken.heading and taken.heading not in left:
            # a period that a heading says itself, as 上年同期, is read from it again; so is a unit
            # beside a column of units
            unit = taken.unit.text if taken.unit and layout.unit < 0 else taken.given.unit
            columns[taken.heading] = replace(
                taken.given, indicator=dataset.indicators[taken.indicator].id, unit=unit
            )
    for heading in {one for two in torn(columns) for one in two}:
        del columns[heading]  # 亿元 beside 亿 元: each is found by itself
    value = above[layout.columns[0].column] if layout.indicator >= 0 else ""
    first = 1 if layout.grid.turned else 1 - layout.grid.above
    header = (
        (max(layout.header[0] + first, 1), max(layout.header[1] + first, 1))
        if layout.header[1] >= layout.header[0]
        else None
    )
    area, indicator, period = (
        above[at] if at >= 0 else "" for at in (layout.area, layout.indicator, layout.period)
    )
    decimal = point if point != "." else request.said.decimal
    return Map(
        layout.grid.sheet,
        layout.grid.turned,
        header,
        area,
        indicator,
        period,
        value,
        request.said.skip,
        decimal,
        columns,
    )


def change_of(dataset: Workspace, request: Request, received: Received, time: str) -> Change | None:
    """What is to be written: the original, its source, the log, and the figures last.

    None where all is on file already.
    """
    arrival = received.arrival
    if not arrival.kept:
        return None
    log_before, log_seen = raw_of(dataset, register.LOG)
    new, seen = original_of(dataset, request, received.original)
    entry = register.Entry(
        time,
        arrival.name,
        len(arrival.kept),
        fingerprint(arrival.text),
        next(iter(new), ""),
        fingerprint(request.raw) if new else "",
        request.edition.source,
        *register.replaced(received.before if received.seen else None, received.sources),
    )
    if received.sources != received.before:
        new[register.SOURCES] = received.sources
    new[register.LOG] = register.added(log_before, entry)
    new[arrival.name] = arrival.text
    seen |= {register.SOURCES: received.seen, register.LOG: log_seen, arrival.name: ""}
    return Change(new, seen=seen, read_from=dataset.read_from)
