"""What was imported, one row an import, in `data/imports.csv`.

The change that takes the last import back.

In come the files of a workspace, out go entries, the bytes of the log with one more, and a
`Change`. Nothing is written here, and no clock is read. Texts are handled byte for byte: what is
taken back leaves no trace.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass, fields, replace

from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.i18n.reader_messages import reader_message
from dtrack.i18n.system_messages import reason
from dtrack.model.schema import ACTUALS_FOLDER, RECEIVED_FOLDER
from dtrack.storage.changeset import Change, fingerprint
from dtrack.storage.code_lists import read_sources
from dtrack.storage.csv_append import header
from dtrack.storage.paths import Files

LOG, SOURCES = "data/imports.csv", "data/sources.csv"
# stands in `source_before` for a data/sources.csv that was there with nothing in it; "" is none
EMPTY = "(empty)"
_ROWS = re.compile(r"[0-9]{1,9}")
_ANY_SIZE = 2**31 - 1  # of a field: a whole sources.csv may stand in one, and csv stops at 128 kB


@dataclass(frozen=True, slots=True)
class Entry:
    """One import. Files are named relative to the workspace, with /.

    `time`: when, as told by the caller. `figures`: the new file in data/actuals with `rows`
    figures, `sha256` its
    fingerprint. `received`: the original kept by this import, "" where it was kept before, and its
    fingerprint.
    `source`: id of the source. `source_before` and `source_after`: the text of data/sources.csv
    that the import
    replaced, and by what, as `replaced` tells it; both "" where it did not touch that file.
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


COLUMNS = tuple(field.name for field in fields(Entry))


def line(entry: Entry, end: str = "\n") -> str:
    """The entry as a line of the log."""
    return _row(astuple(entry), end)


def added(raw: bytes | None, entry: Entry) -> bytes:
    """The bytes of the log with one more entry.

    `raw` is what it holds now, None where there is no log.

    The line ends stay as they are in the file, so that taking the entry out again gives `raw`.
    Raises BlockedByFindings where its columns are others: what could not be taken back is not written.
    """
    if not raw:
        return (_row(COLUMNS, "\n") + line(entry)).encode()
    if header(raw) != COLUMNS:
        raise BlockedByFindings((Finding("column-missing", LOG, 1, "", _other_columns()),))
    end = "\r\n" if raw.partition(b"\n")[0].endswith(b"\r") else "\n"
    if raw.endswith((b"\n", b"\r")):
        return raw + line(entry, end).encode()
    return raw + (end + line(entry, "")).encode()


def replaced(before: bytes | None, after: bytes) -> tuple[str, str]:
    r"""The whole lines by which two texts differ, with their line ends.

    Those of the first, those of the second.

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
    return b"".join(old[head : len(old) - tail]).decode(), b"".join(
        new[head : len(new) - tail]
    ).decode()


def read(files: Files) -> list[Entry]:
    """Every import that is in the log, the oldest first.

    Raises BlockedByFindings where the log cannot be read.
    """
    try:
        text = files.read(LOG).decode()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        fault = reason(error) if isinstance(error, OSError) else str(error)
        raise _refused(_("{file} cannot be read: {fault}", file=LOG, fault=fault)) from None
    return [entry for _, entry in _entries(text)]


def pinned(files: Files) -> Files:
    """The same files with the log as it stands now, so that all that is asked of it is asked of the same bytes."""
    try:
        return replace(files, instead={**files.instead, LOG: files.read(LOG)})
    except OSError:
        return files


def undone(files: Files) -> Change:
    """The change that takes the last import back as a whole.

    Every byte is then as it was before it.

    Its figures go, the original that it kept (unless another import or source names it), what it
    wrote in data/sources.csv is put back, and its line leaves the log. Raises BlockedByFindings
    (undo-refused) where there is no import, or one of these is no longer as the import left it.
    """
    files = pinned(files)
    entries = read(files)
    if not entries:
        raise _refused(_("there is no import in {file}", file=LOG))
    last, others = entries[-1], entries[:-1]
    log, now = files.read(LOG), _sources(files)
    then = _put_back(now, last) if last.source_before or last.source_after else now
    _insist(files, last.figures, last.sha256, ACTUALS_FOLDER)
    taken = {last.figures: last.sha256}
    if _is_alone(last, others, Files(files.folder, {**files.instead, SOURCES: then})):
        _insist(files, last.received, last.received_sha256, RECEIVED_FOLDER)
        taken[last.received] = last.received_sha256
    texts = {SOURCES: (now, then), LOG: (log, _shortened(log))}
    changed = {name: both for name, both in texts.items() if both[0] != both[1]}
    stay = {
        name: new
        for name, (_, new) in changed.items()
        if new or (name == SOURCES and last.source_before == EMPTY)
    }
    seen = taken | {name: fingerprint(old) for name, (old, _) in texts.items()}
    return Change(stay, (*taken, *(name for name in changed if name not in stay)), seen)


def _sources(files: Files) -> bytes:
    try:
        return files.read(SOURCES)
    except OSError as error:
        raise _refused(
            _("{file} cannot be read: {fault}", file=SOURCES, fault=reason(error)), SOURCES
        ) from None


def _row(cells: tuple[object, ...], end: str) -> str:
    out = io.StringIO(newline="")
    # both signs, or one alone in a text would not be quoted
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n") + end


def _other_columns() -> Message:
    return _("the columns of {file} are not {names}", file=LOG, names=",".join(COLUMNS))


def _refused(sentence: Message, place: str = LOG, number: int | None = None) -> BlockedByFindings:
    return BlockedByFindings((Finding("undo-refused", place, number, "", sentence),))


def _entries(text: str) -> Iterator[tuple[int, Entry]]:
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
        sentence = _("the row cannot be read: {fault}", fault=reader_message(str(error), ""))
        raise _refused(sentence, LOG, begins + 1) from None
    finally:
        csv.field_size_limit(most)


def _entry(row: list[str], number: int) -> Entry:
    if len(row) != len(COLUMNS) or not _ROWS.fullmatch(row[COLUMNS.index("rows")]):
        raise _refused(
            _("the row is none of the {count} columns that dtrack writes", count=len(COLUMNS)),
            LOG,
            number,
        )
    cells = dict(zip(COLUMNS, row, strict=True))
    return Entry(**cells | {"rows": int(cells["rows"])})  # type: ignore[arg-type]  # all others are texts


def _insist(files: Files, name: str, sha256: str, home: str) -> None:
    """The file is still the one that the import wrote."""
    if not name.startswith(f"{home}/") or name.count("/") != home.count("/") + 1:
        raise _refused(_("{file} is no file in {folder}", file=name, folder=home))
    try:
        now = fingerprint(files.read(name))
    except OSError as error:
        sentence = _(
            "{file}, which was imported, cannot be read: {fault}", file=name, fault=reason(error)
        )
        raise _refused(sentence, name) from None
    if now != sha256:
        raise _refused(_("{file} is no longer the file that was imported", file=name), name)


def _put_back(raw: bytes, last: Entry) -> bytes:
    """data/sources.csv with what the import wrote replaced by what stood there."""
    written, before = (
        last.source_after.encode(),
        b"" if last.source_before == EMPTY else last.source_before.encode(),
    )
    starts = [start for start in _starts(raw) if written and _stands(raw, written, start)]
    if len(starts) != 1:
        raise _refused(_changed_since(raw, written, last.source), SOURCES)
    rest = raw[: starts[0]] + before + raw[starts[0] + len(written) :]
    # the import made the file, and its header would go from above other rows
    if rest and starts[0] == 0 and not before:
        raise _refused(_("{file} has other rows since the import made it", file=SOURCES), SOURCES)
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
        return _("the source {source} is no longer as the import wrote it", source=source)
    if len(ids) == len(lost) and "id" not in ids:
        return _("the source {source} is no longer as the import wrote it", source=ids[0])
    return _("{file} is no longer as the import wrote it", file=SOURCES)


def _starts(raw: bytes) -> Iterator[int]:
    """Where each line begins."""
    start = 0
    for text in raw.splitlines(keepends=True):
        yield start
        start += len(text)


def _stands(raw: bytes, written: bytes, start: int) -> bool:
    """These lines stand there, and end where a line ends."""
    after = raw[start + len(written) : start + len(written) + 1]
    return raw.startswith(written, start) and (
        written.endswith((b"\n", b"\r")) or after in (b"", b"\n", b"\r")
    )


def _is_alone(last: Entry, others: list[Entry], files: Files) -> bool:
    """The import kept an original, it is still there, and no other import or source has it too."""
    if last.received not in files.listed(RECEIVED_FOLDER):
        return False
    sources, _ = read_sources(files)
    named = [one.received for one in others] + [
        file for source in sources.values() for file in source.files
    ]
    name = last.received.rpartition("/")[2].casefold()
    return name not in {other.rpartition("/")[2].casefold() for other in named}


def _shortened(raw: bytes) -> bytes:
    """The log without its last entry; nothing where that was the only one."""
    found = [begins for begins, _ in _entries(raw.decode())]
    if len(found) == 1:
        return b""
    lines = list(io.StringIO(raw.decode(), newline=""))
    rest = "".join(lines[: found[-1]]).encode()
    return rest if raw.endswith((b"\n", b"\r")) else rest.removesuffix(b"\n").removesuffix(b"\r")
