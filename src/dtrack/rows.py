"""CSV files → one table of text with the file and line of every row, and findings for whatever is no such table.

In come paths of a workspace, out go (frame of text columns plus `file` and `line`, findings). Nothing is interpreted
here: a value stays the text that stands in the file. All files are joined by header and read by one `read_csv`.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.errors import Finding

Lines = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text. `columns` holds an array of str per column, or None where no file has the column (all blank).

    `file` gives for each row the position of its file in `files`, `line` the line it begins on, from 1.
    """

    columns: dict[str, npt.NDArray[Any] | None]
    files: list[str]
    file: Lines
    line: Lines

    def __len__(self) -> int:
        return len(self.line)

    def keep(self, rows: npt.NDArray[Any]) -> Table:
        """The table with only the rows chosen by a mask or by positions."""
        columns = {name: None if column is None else column[rows] for name, column in self.columns.items()}
        return Table(columns, self.files, self.file[rows], self.line[rows])

    def cell(self, name: str, row: int) -> str:
        """One text, blanks around it taken off."""
        column = self.columns[name]
        return "" if column is None else str(column[row]).strip()

    def place(self, row: int) -> tuple[str, int]:
        """File and line of a row."""
        return self.files[int(self.file[row])], int(self.line[row])


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows of one file: CSV text without its header, the line each row begins on, the file's name."""

    text: bytes
    lines: Lines
    file: str


def read_text(folder: Path, path: Path) -> tuple[str, list[Finding]]:
    """The text of a file of the workspace, line ends made plain; "" and a finding where it cannot be had."""
    raw, findings = read_bytes(folder, path)
    return raw.decode(), findings


def read_bytes(folder: Path, path: Path) -> tuple[bytes, list[Finding]]:
    """As `read_text`, still encoded: bytes that are known to be UTF-8 text without a byte order mark."""
    file = path.relative_to(folder).as_posix()
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return b"", [Finding("file-missing", file, None, "", f"there is no {file}")]
    except OSError as error:
        return b"", [Finding("file-unreadable", file, None, "", f"{file} cannot be read: {error.strerror or error}")]
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if not raw.isascii():
        try:
            raw.decode()
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            return b"", [Finding("not-utf8", file, line, "", f"byte {error.start + 1} of {file} is not UTF-8")]
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        return b"", [Finding("not-utf8", file, line, "", f"{file} holds NUL bytes: it is no text")]
    if not raw or raw.isspace():
        return b"", [Finding("empty-file", file, None, "", f"{file} is empty")]
    return (raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in raw else raw), []


def read_tables(
    folder: Path, paths: list[Path], required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> tuple[Table, list[Finding]]:
    """All rows of the files as text, in the order of the files and rows. Rows whose every field is blank are no rows."""
    findings: list[Finding] = []
    bodies: dict[tuple[str, ...], list[_Body]] = defaultdict(list)
    for path in paths:
        raw, faults = read_bytes(folder, path)
        findings += faults
        if raw:
            file = path.relative_to(folder).as_posix()
            header, body, faults = _split(raw, file)
            findings += faults + _header_findings(header, file, required, optional)
            if set(required) <= set(header) and len(set(header)) == len(header):
                bodies[header].append(body)
    tables = [_table(header, group, required + optional) for header, group in bodies.items()]
    return _joined(tables, required + optional), findings


def _joined(tables: list[Table], wanted: tuple[str, ...]) -> Table:
    """Several tables under one another."""
    if len(tables) == 1:
        return tables[0]
    nothing = np.zeros(0, np.int64)
    files = [file for table in tables for file in table.files]
    before = np.cumsum([0, *(len(table.files) for table in tables)])
    columns: dict[str, npt.NDArray[Any] | None] = {}
    for name in wanted:
        parts = [table.columns[name] for table in tables]
        filled = [np.full(len(t), "", object) if part is None else part for t, part in zip(tables, parts, strict=True)]
        columns[name] = np.concatenate(filled) if any(part is not None for part in parts) else None
    file = np.concatenate([nothing, *(table.file + shift for table, shift in zip(tables, before, strict=False))])
    return Table(columns, files, file, np.concatenate([nothing, *(table.line for table in tables)]))


def _split(raw: bytes, file: str) -> tuple[tuple[str, ...], _Body, list[Finding]]:
    """Header and body of one file; rows of another width than the header are findings and not in the body."""
    if b'"' in raw:
        header, rest, lines, findings = _quoted(raw.decode(), file)
    else:
        head, _, rest = raw.partition(b"\n")
        header = tuple(name.strip() for name in head.decode().split(","))
        rest, lines, findings = _plain(rest, len(header), file)
    if not len(lines) and not findings:
        findings = [Finding("no-rows", file, 1, "", f"{file} has a header and no rows")]
    return header, _Body(rest, lines, file), findings


def _plain(rest: bytes, width: int, file: str) -> tuple[bytes, Lines, list[Finding]]:
    """The quick way for text without a quote: every line is a row, and commas can be counted all at once."""
    if rest and not rest.endswith(b"\n"):
        rest += b"\n"
    lines = np.arange(2, rest.count(b"\n") + 2, dtype=np.int64)
    if rest.count(b",") == len(lines) * (width - 1) and _even(np.frombuffer(rest, np.uint8), width):
        return rest, lines, []
    return _by_line(rest.split(b"\n")[:-1], lines, width, file)


def _even(letters: npt.NDArray[np.uint8], width: int, step: int = 1 << 18) -> bool:
    """Every width-th mark, comma or line end, is a line end. In steps that stay in the processor's cache: 7 × faster."""
    before = 0
    for start in range(0, len(letters), step):
        part = letters[start : start + step]
        marks = np.flatnonzero((part == 10) | (part == 44))
        if not (part[marks[(width - 1 - before) % width :: width]] == 10).all():
            return False
        before = (before + len(marks)) % width
    return before == 0


def _by_line(rows: list[bytes], lines: Lines, width: int, file: str) -> tuple[bytes, Lines, list[Finding]]:
    good, kept, findings = [], [], []
    for row, line in zip(rows, lines.tolist(), strict=True):
        fields = row.count(b",") + 1
        if fields == width:
            good.append(row)
            kept.append(line)
        elif row.strip(b" \t,"):
            findings.append(_width_finding(file, line, fields, width))
    return b"\n".join(good) + b"\n", np.array(kept, dtype=np.int64), findings


def _quoted(text: str, file: str) -> tuple[tuple[str, ...], bytes, Lines, list[Finding]]:
    """The exact way for text with quotes: Python's reader finds where rows begin, so a note may run over lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    header: tuple[str, ...] = ()
    kept: list[int] = []
    findings: list[Finding] = []
    line = 1
    try:
        for row in reader:
            if not header:
                header = tuple(name.strip() for name in row)
            elif len(row) == len(header):
                writer.writerow(row)
                kept.append(line)
            elif any(field.strip() for field in row):
                findings.append(_width_finding(file, line, len(row), len(header)))
            line = reader.line_num + 1
    except csv.Error as error:
        findings.append(Finding("row-width", file, line, "", f"the row that begins here cannot be read: {error}"))
    return header, out.getvalue().encode(), np.array(kept, dtype=np.int64), findings


def _width_finding(file: str, line: int, fields: int, width: int) -> Finding:
    return Finding("row-width", file, line, "", f"this row has {fields} fields, the header {width}")


def _header_findings(header: tuple[str, ...], file: str, required: tuple[str, ...], optional: tuple[str, ...]) -> list[Finding]:
    missing = [Finding("column-missing", file, 1, name, f"there is no column “{name}”") for name in required if name not in header]
    unknown = [Finding("column-unknown", file, 1, name, f"“{name}” is no column that dtrack knows")
               for name in dict.fromkeys(header) if name not in required + optional]  # fmt: skip
    twice = [Finding("column-twice", file, 1, name, f"there are two columns “{name}”")
             for name in dict.fromkeys(header) if header.count(name) > 1]  # fmt: skip
    return missing + unknown + twice


def _table(header: tuple[str, ...], bodies: list[_Body], wanted: tuple[str, ...]) -> Table:
    """One table for all files of one header. dtype object: with inference, or as category, 0426 would become 426."""
    import pandas as pd

    text = b"".join(body.text for body in bodies)
    columns: dict[str, npt.NDArray[Any] | None] = dict.fromkeys(wanted)
    line = np.concatenate([body.lines for body in bodies])
    if len(line):
        buffer: Any = io.BytesIO(text)
        frame = pd.read_csv(buffer, names=list(header), header=None, dtype=object, na_filter=False, skip_blank_lines=False)
        columns |= {name: frame[name].to_numpy(dtype=object) for name in wanted if name in header}
    else:
        columns |= {name: np.zeros(0, object) for name in wanted}
    file = np.repeat(np.arange(len(bodies)), [len(body.lines) for body in bodies])
    return _without_blank_rows(Table(columns, [body.file for body in bodies], file, line), wanted)


def _without_blank_rows(table: Table, wanted: tuple[str, ...]) -> Table:
    """Without the rows of mere commas that spreadsheets leave behind."""
    first = table.columns[wanted[0]]
    suspects = np.flatnonzero(first == "").tolist() if first is not None else []
    blank = [row for row in suspects if not any(table.cell(name, row) for name in wanted)]
    return table.keep(np.setdiff1d(np.arange(len(table)), blank)) if blank else table
