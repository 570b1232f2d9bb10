"""Line ends and CSV rows: in come a file's bytes and a row, out come the same bytes with the row after them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from dtrack.tongue import say

BOM = b"\xef\xbb\xbf"
_END = re.compile(r"\r\n|\n|\r")


class NotDone(ValueError):
    """An edit that would have to touch what it must leave alone; the message says what to do instead."""


def line_end(text: str, at: int | None = None) -> str:
    """The line end that stands at the place or after it, else the last one before it; a plain one where there is none."""
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
    """The names in the first line of a CSV file; none where it holds nothing. Raises UnicodeDecodeError."""
    first = _END.split(raw.removeprefix(BOM).decode(), maxsplit=1)[0]
    return tuple(name.strip() for name in next(csv.reader([first]), ()))


def appended(raw: bytes, columns: Sequence[str], row: Mapping[str, str]) -> bytes:
    """The file with one row more, in the order of its own header and with its own line ends.

    A file that holds nothing gets the header `columns` first; a last line without an end gets one. Raises NotDone where
    the row has a text for which the file has no column.
    """
    if not raw.removeprefix(BOM).strip():
        rows = (columns, [row.get(name, "") for name in columns])
        return BOM * raw.startswith(BOM) + "".join(map(_line, rows)).encode()
    names = header(raw)
    if lost := [name for name, text in row.items() if text and name not in names]:
        raise NotDone(say("the file has no column “{column}”: add it to its header, or leave that out", column=lost[0]))
    text = raw.decode()
    end = line_end(text, 0)
    mended = "" if text.endswith(("\n", "\r")) else end
    return raw + (mended + _line([row.get(name, "") for name in names], end)).encode()


def _line(fields: Sequence[str], end: str = "\n") -> str:
    """One row as CSV. Written with both line ends first, so that a field with either of them is quoted."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(fields)
    return out.getvalue().removesuffix("\r\n") + end
