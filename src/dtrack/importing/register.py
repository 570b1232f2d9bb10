"""The log of imports, `data/imports.csv`, and the change that takes the last import back.

Nothing is written here, and no clock is read. Texts are handled byte for byte: what is taken back
leaves no trace.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass, fields, replace
from itertools import accumulate

from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.places import ACTUALS_FOLDER, RECEIVED_FOLDER
from dtrack.i18n.system_messages import reader_message, reason
from dtrack.storage.changeset import Change
from dtrack.storage.code_lists import read_sources
from dtrack.storage.csv_append import csv_line, header
from dtrack.storage.paths import Files, fingerprint

LOG, SOURCES = "data/imports.csv", "data/sources.csv"
# stands in `source_before` for a data/sources.csv that was there with nothing in it; "" is none
EMPTY = "(empty)"
_ROWS = re.compile(r"[0-9]{1,9}")
_ANY_SIZE = 2**31 - 1  # of a field: a whole sources.csv may stand in one, and csv stops at 128 kB


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """One import. Files are named relative to the workspace, with /.

    `figures`: the new file in data/actuals with `rows` figures and its fingerprint. `received`: the
    original kept by this import, "" where it was kept before, and its fingerprint. `source_before`,
    `source_after`: the text of data/sources.csv that the import replaced, and by what, as
    `replaced` tells it; both "" where it did not touch that file.
    """

    time: str
    figures: str
    rows: int
    sha256: str
    received: str = ""
    received_sha256: str = ""
    source: str = ""
    source_before: str = ""
    source_after: str = ""


COLUMNS = tuple(field.name for field in fields(ImportEntry))


def line(entry: ImportEntry, end: str = "\n") -> str:
    """The entry as a line of the log."""
    return csv_line(astuple(entry), end)


def added(raw: bytes | None, entry: ImportEntry) -> bytes:
    """The bytes of the log, `raw` (None: there is none), with one more entry.

    The line ends stay as they are in the file, so that taking the entry out again gives `raw`.
    Raises BlockedByFindings where its columns are others: what could not be taken back is not
    written.
    """
    if not raw:
        return (csv_line(COLUMNS) + line(entry)).encode()
    if header(raw) != COLUMNS:
        raise BlockedByFindings((Finding("column-missing", LOG, 1, "", _other_columns()),))
    end = "\r\n" if raw.partition(b"\n")[0].endswith(b"\r") else "\n"
    if raw.endswith((b"\n", b"\r")):
        return raw + line(entry, end).encode()
    return raw + (end + line(entry, "")).encode()


def replaced(before: bytes | None, after: bytes) -> tuple[str, str]:
    r"""The whole lines by which two texts differ, of the first and of the second.

    `before` is None where there was no file; one that was empty is told as EMPTY.

    >>> replaced(b"id,title\na,A\nb,B\n", b"id,title\na,New\nb,B\n")
    ('a,A\n', 'a,New\n')
    """
    if not before and after:
        return EMPTY if before is not None else "", after.decode()
    old, new = (before or b"").splitlines(keepends=True), after.splitlines(keepends=True)
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    most -= head
    tail = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    changed = (b"".join(lines[head : len(lines) - tail]).decode() for lines in (old, new))
    return next(changed), next(changed)


def read_log(files: Files) -> list[ImportEntry]:
    """Every import in the log, the oldest first. Raises BlockedByFindings: unreadable."""
    try:
        text = files.read(LOG).decode()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(LOG, error) from None
    return [entry for _unused, entry in _entries(text)]


def pinned(files: Files) -> Files:
    """The same files with the log as it stands now: every question is asked of the same bytes."""
    try:
        return replace(files, instead={**files.instead, LOG: files.read(LOG)})
    except OSError:
        return files


def undone(files: Files) -> Change:
    """The change that takes the last import back as a whole: every byte is as it was before it.

    Its figures go, the original that it kept (unless another import or source names it), what it
    wrote in data/sources.csv is put back, and its line leaves the log. Raises BlockedByFindings
    (undo-refused) where there is no import, or one of these is no longer as the import left it.
    """
    files = pinned(files)
    entries = read_log(files)
    if not entries:
        raise _refused(_("there is no import in {file}", file=LOG))
    last, others = entries[-1], entries[:-1]
    log = files.read(LOG)
    try:
        now = files.read(SOURCES)
    except OSError as error:
        raise _unreadable(SOURCES, error) from None
    then = _put_back(now, last) if last.source_before or last.source_after else now
    _insist(files, last.figures, last.sha256, ACTUALS_FOLDER)
    taken = {last.figures: last.sha256}
    if _is_alone(last, others, Files(files.folder, {**files.instead, SOURCES: then})):
        _insist(files, last.received, last.received_sha256, RECEIVED_FOLDER)
        taken[last.received] = last.received_sha256
    texts = {SOURCES: (now, then), LOG: (log, _shortened(log))}
    changed = {name: new for name, (old, new) in texts.items() if old != new}
    empty = SOURCES if last.source_before == EMPTY else ""  # it stays with nothing in it
    stay = {name: new for name, new in changed.items() if new or name == empty}
    seen = taken | {name: fingerprint(old) for name, (old, _unused) in texts.items()}
    return Change(stay, (*taken, *(name for name in changed if name not in stay)), seen)


def _other_columns() -> Message:
    return _("the columns of {file} must be {names}", file=LOG, names=",".join(COLUMNS))


def _refused(sentence: Message, place: str = LOG, number: int | None = None) -> BlockedByFindings:
    return BlockedByFindings((Finding("undo-refused", place, number, "", sentence),))


def _unreadable(file: str, error: Exception) -> BlockedByFindings:
    fault = reason(error) if isinstance(error, OSError) else str(error)
    return _refused(_("{file} cannot be read: {fault}", file=file, fault=fault), file)


def _entries(text: str) -> Iterator[tuple[int, ImportEntry]]:
    """Each entry with the number of the line that it begins on, from 0."""
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    most = csv.field_size_limit(_ANY_SIZE)
    try:
        rows = csv.reader(lines, strict=True)
        begins = 0
        for row in rows:
            if begins == 0 and tuple(row) != COLUMNS:
                raise _refused(_other_columns(), LOG, 1)
            if begins and row:
                yield begins, _entry(row, begins + 1)
            begins = rows.line_num
    except csv.Error as error:
        sentence = _("this row cannot be read: {fault}", fault=reader_message(str(error), ""))
        raise _refused(sentence, LOG, begins + 1) from None
    finally:
        csv.field_size_limit(most)


def _entry(row: list[str], number: int) -> ImportEntry:
    if len(row) != len(COLUMNS) or not _ROWS.fullmatch(row[COLUMNS.index("rows")]):
        told = _(
            "this row does not have the {count} columns that dtrack writes", count=len(COLUMNS)
        )
        raise _refused(told, LOG, number)
    cells = dict(zip(COLUMNS, row, strict=True))
    return ImportEntry(**cells | {"rows": int(cells["rows"])})  # type: ignore[arg-type]  # all others are texts


def _insist(files: Files, name: str, sha256: str, home: str) -> None:
    """The file is still the one that the import wrote."""
    if not name.startswith(f"{home}/") or name.count("/") != home.count("/") + 1:
        raise _refused(_("{file} is not a file in {folder}", file=name, folder=home))
    try:
        now = fingerprint(files.read(name))
    except OSError as error:
        fault = reason(error)
        told = _("the imported file {file} cannot be read: {fault}", file=name, fault=fault)
        raise _refused(told, name) from None
    if now != sha256:
        raise _refused(_("{file} has changed since the import", file=name), name)


def _put_back(raw: bytes, last: ImportEntry) -> bytes:
    """data/sources.csv with what the import wrote replaced by what stood there."""
    written = last.source_after.encode()
    before = b"" if last.source_before == EMPTY else last.source_before.encode()
    begins = accumulate(map(len, raw.splitlines(keepends=True)), initial=0)
    starts = [
        start
        for start in begins
        if written
        and raw.startswith(written, start)
        # they end where a line ends
        and (written.endswith((b"\n", b"\r")) or raw[start + len(written) :][:1] in b"\n\r")
    ]
    if len(starts) != 1:
        raise _refused(_changed_since(raw, written, last.source), SOURCES)
    rest = raw[: starts[0]] + before + raw[starts[0] + len(written) :]
    # the import made the file, and its header would go from above other rows
    if rest and starts[0] == 0 and not before:
        raise _refused(
            _("{file} has additional rows since the import created it", file=SOURCES), SOURCES
        )
    return rest


def _changed_since(raw: bytes, written: bytes, source: str) -> Message:
    """What is no longer as the import wrote it: its own source, else another one, else the file.

    An import that added a column wrote every row anew.
    """
    now = set(raw.splitlines())
    lost = [text for text in written.splitlines() if text not in now]
    known = header(raw)
    at = known.index("id") if "id" in known else 0
    ids = []
    for text in lost:
        with suppress(csv.Error):
            ids += [row[at] for row in csv.reader([text.decode()]) if len(row) > at]
    # nothing lost: the row stands twice
    if not lost or source in ids:
        return _("the source {source} has changed since the import", source=source)
    if len(ids) == len(lost) and "id" not in ids:
        return _("the source {source} has changed since the import", source=ids[0])
    return _("{file} differs from what the import wrote", file=SOURCES)


def _is_alone(last: ImportEntry, others: list[ImportEntry], files: Files) -> bool:
    """The import kept an original, it is still there, and no other import or source has it too."""
    if last.received not in files.listed(RECEIVED_FOLDER):
        return False
    sources, _unused = read_sources(files)
    named = [one.received for one in others]
    named += [file for source in sources.values() for file in source.files]
    name = last.received.rpartition("/")[2].casefold()
    return name not in {other.rpartition("/")[2].casefold() for other in named}


def _shortened(raw: bytes) -> bytes:
    """The log without its last entry; nothing where that was the only one."""
    found = [begins for begins, _unused in _entries(raw.decode())]
    if len(found) == 1:
        return b""
    lines = list(io.StringIO(raw.decode(), newline=""))
    rest = "".join(lines[: found[-1]]).encode()
    return rest if raw.endswith((b"\n", b"\r")) else rest.removesuffix(b"\n").removesuffix(b"\r")
