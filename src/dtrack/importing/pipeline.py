"""`dtrack import` without words and writing: a file → what it reports, and a `Change`."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from functools import cached_property

from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import Message, lazy_enumerated
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.places import ACTUALS_FOLDER, RECEIVED_FOLDER
from dtrack.editing.review import raw_of
from dtrack.editing.sources import with_source
from dtrack.importing import register
from dtrack.importing.compare import Arrival, Edition, file_name, look
from dtrack.importing.extract import ExtractedFigures, Reading
from dtrack.importing.form_questions import asked
from dtrack.importing.formats.detect import open_book
from dtrack.importing.formats.reader import Reader
from dtrack.importing.layout import rows as find
from dtrack.importing.layout.decimals import decimal_sign, thousands
from dtrack.importing.layout.detect import Surveyor
from dtrack.importing.layout.model import Layout
from dtrack.importing.mapping import PARTED, Map, torn
from dtrack.importing.originals import kept
from dtrack.importing.own_outputs import no_return
from dtrack.storage.changeset import Change
from dtrack.storage.csv_append import csv_line, header, with_columns
from dtrack.storage.paths import Files, fingerprint
from dtrack.workspace import Workspace


@dataclass(frozen=True)
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

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return fingerprint(self.raw)


@dataclass(frozen=True, slots=True)
class Understood:
    """A file as far as it can be read by itself.

    `told`: how it was read; `original`: the name under which it is kept; `point`: before decimals.
    """

    layout: Layout
    extracted: ExtractedFigures
    told: tuple[Message, ...]
    findings: list[Finding]
    original: str
    point: str


@dataclass(frozen=True, slots=True)
class ReceivedReturn:
    """A file that has been understood, and compared with what is on file.

    `used`: the map that says it all. `sources`: data/sources.csv as it would be, made from the
    bytes `before`, whose fingerprint is `seen`.
    """

    arrival: Arrival
    read: Understood
    used: Map
    before: bytes = b""
    seen: str = ""
    sources: bytes = b""


def understand(dataset: Workspace, request: Request, *, of_targets: bool = False) -> Understood:
    """Read the file, extract its figures. Raises BlockedByFindings: no table of this workspace."""
    name, said = request.name, request.said
    book = open_book(name, request.raw, encoding=request.encoding, delimiter=request.delimiter)
    grid, findings = book.grid(chosen_sheet(book, request.sheet or said.sheet, name))
    if (other := no_return(grid)) is not None:
        raise BlockedByFindings((other,))
    point, mixed = decimal_sign(grid, said.decimal, semicolons=book.delimiter == ";")
    surveyor = Surveyor(grid, dataset, said, request.asked, request.only, point, of_targets)
    layout = surveyor.survey()
    if layout is None:
        raise BlockedByFindings((*findings, *mixed, *surveyor.findings))
    extracted = Reading(surveyor, layout).read()
    findings = [*findings, *mixed, *surveyor.findings]
    original = kept(Files(dataset.folder), name, request.raw)
    if original != grid.file:
        # `why` leads to the original under the name by which it is kept
        findings = [replace(f, origin=_renamed(f.origin, grid.file, original)) for f in findings]
        extracted.figures = [
            figure._replace(origin=_renamed(figure.origin, grid.file, original))
            for figure in extracted.figures
        ]
    comma = (_("The decimal sign is a comma."),) if point == "," else ()
    if point == "." and thousands(grid, ","):
        comma = (_("Commas are read as thousands separators."),)
    return Understood(layout, extracted, (*book.remarks, *comma), findings, original, point)


def _renamed(origin: str, given: str, kept_as: str) -> str:
    """The place of a cell in a file that is kept under another name."""
    return kept_as + origin.removeprefix(given) if origin.startswith(given) else origin


def receive(dataset: Workspace, request: Request) -> ReceivedReturn:
    """Read, understand and compare the file. Raises BlockedByFindings as `understand` does."""
    read = understand(dataset, request)
    read.findings.extend(asked(dataset, read.extracted))
    used = used_map(dataset, read.layout, request, read.point)
    if not read.extracted.figures:
        nothing = Arrival(dataset, dataset, "", b"", read.extracted, findings=read.findings)
        return ReceivedReturn(nothing, read, used)
    before, seen = raw_of(dataset, register.SOURCES)
    sources = with_received(dataset, before, request, read.original)
    taken = Files(dataset.folder).listed(ACTUALS_FOLDER)
    name = file_name(taken, str(request.asked), request.edition.source)
    arrival = look(
        dataset,
        read.extracted,
        request.edition,
        name,
        {register.SOURCES: sources},
        read.findings,
        request.today,
    )
    return ReceivedReturn(arrival, read, used, before, seen, sources)


def chosen_sheet(book: Reader, wanted: str, name: str) -> str:
    """The sheet that is meant: the one named, else the only one, else the only one to be seen."""
    names = [sheet.name for sheet in book.sheets]
    if wanted and wanted in names:
        return wanted
    seen = [sheet.name for sheet in book.sheets if not sheet.hidden]
    if len(seen) > 1 and not wanted:
        seen = [name for name in seen if any(map(any, book.grid(name)[0].rows))] or seen
    if not wanted and (len(names) == 1 or len(seen) == 1):
        return seen[0] if len(seen) == 1 else names[0]
    told = lazy_enumerated(names)
    sentence = (
        _("unknown sheet “{sheet}”; available sheets: {names}", sheet=wanted, names=told)
        if wanted
        else _("the file has {count} sheets: {names}", count=len(names), names=told)
    )
    raise BlockedByFindings((Finding("which-sheet", "", None, "", sentence, origin=name),))


def with_received(dataset: Workspace, raw: bytes, request: Request, original: str) -> bytes:
    """data/sources.csv, now `raw`, with the original and its SHA-256 at its (new) source."""
    sha = request.sha256
    known = dataset.sources.get(request.edition.source)
    if known is None:
        title = " ".join((request.title or request.name).split())
        row = {"id": request.edition.source, "title": title, "date": request.edition.published}
        return with_source(raw, row | {"copy": "no", "file": original, "sha256": sha})
    if original in known.files and sha in known.sha256:
        return raw
    # two cells of one row are filled in; all other bytes stay
    raw = with_columns(raw, ("file", "sha256"), register.SOURCES)
    lines, names = list(io.StringIO(raw.decode("utf-8-sig"), newline="")), header(raw)
    start = (known.line or 2) - 1
    reader = csv.reader(lines[start:])
    cells = next(reader)
    cells[names.index("file")] = ";".join((*known.files, original))
    cells[names.index("sha256")] = ";".join((*known.sha256, sha))
    end = start + reader.line_num
    ended = lines[end - 1][len(lines[end - 1].rstrip("\r\n")) :]
    text = "".join([*lines[:start], csv_line(cells, ended), *lines[end:]])
    return (b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b"") + text.encode()


def original_of(
    dataset: Workspace, request: Request, name: str
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The original as a file to be written, none where it is kept already; what was seen there."""
    place = f"{RECEIVED_FOLDER}/{name}"
    if place in Files(dataset.folder).listed(RECEIVED_FOLDER):
        return {}, {place: request.sha256}
    return {place: request.raw}, {place: ""}


def used_map(dataset: Workspace, layout: Layout, request: Request, point: str) -> Map:
    """The map that says all that was found: the next return of the same shape asks nothing."""
    columns = dict(request.said.columns) if layout.indicator >= 0 else {}
    above = [PARTED.join(texts) for texts in find.headings(layout.grid, layout.header)]
    taken_at = {*layout.keys, *(taken.column for taken in layout.columns)}
    left = {text for at, text in enumerate(above) if at not in taken_at}
    for taken in layout.columns:
        if taken.indicator >= 0 and taken.heading and taken.heading not in left:
            # a period that a heading says itself, as 上年同期, is read from it again; so is a unit
            # beside a column of units
            unit = taken.unit.text if taken.unit and layout.unit < 0 else taken.given.unit
            indicator = dataset.indicators[taken.indicator].id
            columns[taken.heading] = replace(taken.given, indicator=indicator, unit=unit)
    for heading in {one for two in torn(columns) for one in two}:
        del columns[heading]  # 亿元 beside 亿 元: each is found by itself
    # a map counts the rows of the table itself
    first = 1 if layout.grid.turned else 1 - layout.grid.above
    top, last = (max(row + first, 1) for row in layout.header)
    named = {
        name: above[at]
        for name in ("area", "indicator", "period")
        if (at := getattr(layout, name)) >= 0
    }
    if layout.indicator >= 0:
        named["value"] = above[layout.columns[0].column]
    return Map(
        sheet=layout.grid.sheet,
        across=layout.grid.turned,
        header=(top, last) if layout.header[1] >= layout.header[0] else None,
        skip=request.said.skip,
        decimal=point if point != "." else request.said.decimal,
        columns=columns,
        **named,
    )


def changeset_of(
    dataset: Workspace, request: Request, received: ReceivedReturn, time: str
) -> Change | None:
    """Original, source, log, and the figures last; None where all is on file already."""
    arrival = received.arrival
    if not arrival.kept:
        return None
    log_before, log_seen = raw_of(dataset, register.LOG)
    new, seen = original_of(dataset, request, received.read.original)
    entry = register.ImportEntry(
        time,
        arrival.name,
        arrival.kept,
        fingerprint(arrival.text),
        next(iter(new), ""),
        request.sha256 if new else "",
        request.edition.source,
        *register.replaced(received.before if received.seen else None, received.sources),
    )
    if received.sources != received.before:
        new[register.SOURCES] = received.sources
    new[register.LOG] = register.added(log_before, entry)
    new[arrival.name] = arrival.text
    seen |= {register.SOURCES: received.seen, register.LOG: log_seen, arrival.name: ""}
    return Change(new, seen=seen, read_from=dataset.read_from)
