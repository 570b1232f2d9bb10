"""What is wrong with a CSV file: names in its header, swallowed rows, rows of another width.

Told here and never guessed. However a file is broken, the time is that of its length: a line is
read at most four times.
"""

from __future__ import annotations

import csv
from collections import Counter

import numpy as np
import numpy.typing as npt

from dtrack.core.findings import Finding, row_findings, with_rest
from dtrack.core.message import Message, lazy_counted, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_

_PARTED_BY = {
    ";": N_("the fields are separated by semicolons, not by commas"),
    "\t": N_("the fields are separated by tabs, not by commas"),
}
# letters of a field, and of a row that runs over several lines: the csv module's own limit
LONGEST = 131_072
Lines = npt.NDArray[np.int64]
Header = tuple[str, ...]
_MOST_NAMES = 20  # of columns that are told one by one
_SHOWN = 40  # letters of a name as far as it is told
_WIDTH = N_("this row has {fields} fields, the header {width}")
_SWALLOWED = N_("a quote opened here runs over line {line}, which looks like a separate row")
_OPEN = N_("a quote opened in this row is not closed")
_BEHIND = N_("text follows a closing quote; double any quotes inside a field")
_LONG = N_("a field of this row holds more than {most} characters")
_NO_COLUMN = N_("unknown column “{column}”")
_TWO_COLUMNS = N_("column “{column}” occurs twice")
# the line on which a row begins, what is wrong with it, the number that this names
Fault = tuple[int, str, int]


def read_line(line: str) -> tuple[Header, str]:
    """The fields of a row that stands on one line; no fields, and why, where it runs on or is none.

    >>> read_line('a,"b, c",')
    (('a', 'b, c', ''), '')
    """
    # the second quote is asked for only where a first one is open
    reader = csv.reader((line, '"'), strict=True)
    try:
        fields = tuple(next(reader)) or ("",)
    except csv.Error as error:
        return (), _LONG if "larger" in str(error) else _BEHIND
    return (fields, "") if reader.line_num == 1 else ((), _OPEN)


def check_header(header: Header, file: str, required: Header, optional: Header) -> list[Finding]:
    """What is wrong with the names of the columns.

    One finding where the whole line is no comma-separated header.
    """
    for mark, sentence in _PARTED_BY.items():
        if len(header) == 1 and mark in header[0]:
            return [Finding("column-missing", file, 1, "", _(sentence))]
    if all(name.startswith("\0") for name in header):
        return [
            Finding(
                "column-missing",
                file,
                1,
                "",
                _("the first line is blank; it must hold the column names"),
            )
        ]
    known = (*required, *optional)
    near = {name.casefold(): name for name in header if name not in known}
    missing = [name for name in required if name not in header]
    findings = [
        Finding("column-missing", file, 1, name, _missing(name, near.get(name))) for name in missing
    ]
    times = Counter(name for name in header if not name.startswith("\0"))
    strange = [name for name in times if name not in known and name.casefold() not in missing]
    twice = [name for name in times if times[name] > 1]
    return (
        findings
        + _of_names("column-unknown", _NO_COLUMN, strange, file)
        + _of_names("column-twice", _TWO_COLUMNS, twice, file)
    )


def _of_names(code: str, sentence: str, names: list[str], file: str) -> list[Finding]:
    """A finding for each of the first of these columns, and one that counts the rest."""
    shown = [name[:_SHOWN] for name in names[:_MOST_NAMES]]
    told = [Finding(code, file, 1, name, _(sentence, column=name)) for name in shown]
    return with_rest(
        told,
        len(names),
        lambda more, _: lazy_ngettext(
            "and {count} more column of this kind", "and {count} more columns of this kind", more
        ),
    )


def _missing(name: str, near: str | None) -> Message:
    """That a column is not there; `near` is one that is there and nearly has its name."""
    if near is not None:
        return _("“{written}” must be written “{column}”", written=near[:_SHOWN], column=name)
    return _("missing column “{column}”", column=name)


class _Quoted:
    """Text with quotes, read by Python's csv reader, which knows where rows begin.

    A note may run over lines.
    """

    def __init__(self, text: str) -> None:
        self.lines = text.removesuffix("\n").split("\n")
        self.header: Header = ()
        self.kept: list[int] = []
        self.faults: list[Fault] = []
        self.good: list[str] = []
        self.open_to = 0  # a row that is open where a line up to this one begins cannot be read

    def read(self) -> None:
        """All rows.

        After one that cannot be read, go on with the next line, so that no other row is lost.
        """
        at, commas = 0, -1
        while at < len(self.lines) and (self.header or not self.faults):
            line, behind = self.lines[at], at + 1
            plain = '"' not in line and len(line) <= LONGEST
            if plain and line.count(",") == commas:  # nearly all, also of a large file
                self.good.append(line)
                self.kept.append(behind)
                at = behind
                continue
            fields, why = (tuple(line.split(",")), "") if plain else read_line(line)
            if why == _OPEN and (behind := self.end(at)):
                fields = tuple(next(csv.reader([line + "\n" for line in self.lines[at:behind]])))
            if fields:
                self.row(fields, at, behind)
            else:
                self.faults.append((at + 1, why, 0))
            commas = len(self.header) - 1
            at = behind or at + 1

    def end(self, first: int) -> int:
        """The line behind a row that begins on this one and runs on; 0 where it cannot be read.

        Where one row is open up to a line that does not fit, so is each that begins between: no
        line is walked twice.
        """
        at = first + 1
        letters = len(self.lines[first]) + 1
        while (
            self.open_to < at < len(self.lines)
            and (letters := letters + len(self.lines[at]) + 1) <= LONGEST
        ):
            _, why = read_line('"' + self.lines[at])
            if not why:
                return at + 1
            if why != _OPEN:
                break
            at += 1
        self.open_to = max(self.open_to, at)
        return 0

    def row(self, fields: Header, first: int, behind: int) -> None:
        """Keep one row, which stands on the lines from `first` to the one before `behind`."""
        if not self.header:
            self.header = fields
            return
        width = len(self.header)
        # lines inside a quoted field; one that looks like a row was swallowed
        inner = self.lines[first + 1 : behind]
        swallowed = [
            first + 2 + n
            for n, line in enumerate(inner)
            if width > 1 and line.count(",") >= width - 1
        ]
        if swallowed:
            self.faults.append((first + 1, _SWALLOWED, swallowed[0]))
        elif len(fields) == width:
            self.good += self.lines[first:behind]
            self.kept.append(first + 1)
        elif any(field.strip() for field in fields):
            self.faults.append((first + 1, _WIDTH, len(fields)))


def read_quoted(text: str) -> tuple[Header, bytes, Lines, list[Fault]]:
    """The exact way for text with quotes."""
    quoted = _Quoted(text)
    quoted.read()
    body = "".join(line + "\n" for line in quoted.good).encode()
    return quoted.header, body, np.array(quoted.kept, dtype=np.int64), quoted.faults


def fault_findings(faults: list[Fault], width: int, file: str) -> list[Finding]:
    """The findings of rows that cannot be read, or are not as wide as the header."""
    make = lambda at: Finding("row-width", file, faults[at][0], "", fault_told(faults[at], width))
    return row_findings(range(len(faults)), make)


def fault_told(fault: Fault, width: int) -> Message:
    """What is wrong with a row, in a sentence."""
    # fields too many are never cut off, blank or not: 4,9 for 4.9 before a blank note would be read
    # as 4
    return _(fault[1], fields=fault[2], line=fault[2], width=width, most=lazy_counted(LONGEST))
