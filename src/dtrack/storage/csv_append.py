"""The bytes of a CSV file with one more row after them.

A column that the row needs and the file lacks is put behind its others; what stands there keeps
every letter.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import Message
from dtrack.storage.csv_reader import split

BOM = b"\xef\xbb\xbf"
_END = re.compile(r"\r\n|\n|\r")


class EditNotPossible(BlockedByFindings):
    """An edit that would have to touch what it must leave alone.

    A finding at the file, or at a key of it, says what to do.
    """

    def __init__(self, message: Message, file: str, key: str = "") -> None:
        super().__init__((Finding("edit-refused", file, None, key, message),))


def line_end(text: str, at: int | None = None) -> str:
    """The line end at the place or after it, else the last one before it, else a plain one."""
    at = len(text) if at is None else at
    if after := _END.search(text, at):
        return after[0]
    before = _END.findall(text[:at][-100_000:])
    return before[-1] if before else "\n"


def indent(text: str, at: int) -> str:
    """The blanks that the line of this place begins with."""
    line = text[max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1 : at]
    return line[: len(line) - len(line.lstrip(" \t"))]


def header(raw: bytes) -> tuple[str, ...]:
    """The names in the first row of a CSV file; none where it holds nothing."""
    text = raw.removeprefix(BOM).decode(errors="replace")
    return tuple(name.strip() for name in next(csv.reader(io.StringIO(text, newline="")), ()))


def appended(raw: bytes, columns: Sequence[str], row: Mapping[str, str], file: str) -> bytes:
    """The file with one row more, in the order of its own header and with its own line ends.

    A file that holds nothing gets the header `columns` first; a last line without an end gets one.
    Raises BlockedByFindings as
    `with_columns` does, where the row has a text for which the file has no column yet.
    """
    if not raw.removeprefix(BOM).strip():
        rows = (columns, [row.get(name, "") for name in columns])
        return BOM * raw.startswith(BOM) + "".join(map(csv_line, rows)).encode()
    raw = with_columns(raw, [name for name in columns if row.get(name)], file)
    text = raw.decode()
    end = line_end(text, 0)
    mended = "" if text.endswith(("\n", "\r")) else end
    return raw + (mended + csv_line([row.get(name, "") for name in header(raw)], end)).encode()


def with_columns(raw: bytes, names: Sequence[str], file: str) -> bytes:
    """The file with those of these columns that it lacks, blank in every row, behind its others.

    `file` is its name. Raises BlockedByFindings with the rows that are none: a comma more could
    make one of them look like a row.
    """
    missing = [name for name in names if name not in header(raw)]
    if not missing:
        return raw
    text = raw.removeprefix(BOM).decode()
    _, _, faults = split(text.replace("\r\n", "\n").replace("\r", "\n").encode(), file)
    if faults:
        raise BlockedByFindings(tuple(faults))
    head, *rows = _rows(text)
    longer = [
        _longer(head, "," + ",".join(missing)),
        *(_longer(row, "," * len(missing)) for row in rows),
    ]
    return BOM * raw.startswith(BOM) + "".join(longer).encode()


def _rows(text: str) -> Iterator[str]:
    """Each row as it stands, its line end included; a quoted field may run over lines."""
    lines = list(io.StringIO(text, newline=""))
    reader, done = csv.reader(lines), 0
    for _ in reader if '"' in text else ():
        yield "".join(lines[done : reader.line_num])
        done = reader.line_num
    yield from lines[done:]


def _longer(row: str, more: str) -> str:
    """The row with more behind its last field; a blank line stays one."""
    body = row.rstrip("\r\n")
    return body + more + row[len(body) :] if body else row


def csv_line(fields: Sequence[object], end: str = "\n") -> str:
    """One row as CSV.

    Written with both line ends first, so that a field with either of them is quoted.
    """
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(fields)
    return out.getvalue().removesuffix("\r\n") + end
