"""Texts that hold a table (.csv, .tsv): their separator, their rows.

Nothing is guessed in silence: what was taken is told. A quote that is not closed swallows the rows
after it; such a file is refused with the row where the quote opens.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import methodcaller

from dtrack.core.findings import Finding
from dtrack.core.message import Message, lazy_counted, lazy_joined
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.importing.formats.encoding import decode
from dtrack.importing.formats.grid import Grid, letters
from dtrack.importing.formats.limits import CELLS, CHARACTERS, COLUMNS, PLACES, ROWS, refused
from dtrack.importing.formats.reader import OLE, ZIP, Reader, Sent, SentSheet

SEPARATORS = {"\t": N_("tabs"), ";": N_("semicolons"), "|": "|", ",": N_("commas")}
_ASKED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_SAMPLE = 300  # rows that the separator is told from
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_IN_QUOTES = re.compile(r'(?<![^\n\r,;|\t])"(?:[^"]++|"")*+"')
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")


class DelimitedReader(Reader):
    """A text whose encoding and separator are known; its one sheet has no name."""

    kind = "csv"

    @staticmethod
    def sniff(sent: Sent) -> bool:
        """Return True for whatever no other kind of file begins like."""
        return not sent.raw.startswith((ZIP, OLE))

    def __init__(self, sent: Sent) -> None:
        self.sheets = (SentSheet(""),)
        self.file = sent.name
        self.text, encoding = decode(sent.name, sent.raw, sent.encoding)
        self.delimiter = _known(sent.name, sent.delimiter)
        self.skip = 0  # lines before the table: one where it begins with sep=;
        named = _SEP_LINE.match(self.text)
        suffix = sent.name.rpartition(".")[2].casefold()
        if named and named[1] in SEPARATORS:
            self.text, self.skip = self.text[named.end() :], 1
            self.delimiter = self.delimiter or named[1]
        elif not self.delimiter:
            tabs = suffix in {"tsv", "tab"} and "\t" in self.text
            self.delimiter = "\t" if tabs else separator(sent.name, self.text)
        remarks: list[Message] = []
        if suffix in {"xls", "xlsx", "xlsm", "ods", "docx"}:
            remarks.append(_("the file is named .{suffix} but is plain text", suffix=suffix))
        if encoding != "UTF-8" or self.delimiter != ",":
            told = _(
                "read as {encoding}, fields separated by {separators}",
                encoding=encoding,
                separators=_(SEPARATORS[self.delimiter]),
            )
            remarks.append(told)
        self.remarks = tuple(remarks)

    def read(self, sheet: SentSheet) -> tuple[Grid, list[Finding]]:
        """Return its rows as they stand; the line sep=; is a blank one."""
        if self.text.count(self.delimiter) + self.text.count("\n") > PLACES:
            raise refused(
                self.file, _("the file has too many fields; keep the table of figures only")
            )
        if '"' not in self.text and not self.skip and (even := _even(self)) is not None:
            return even, []
        rows = [*([] for _unused in range(self.skip)), *_rows(self)]
        _limits(self.file, rows, chain.from_iterable(rows))
        for row in [row for row in rows if row and not row[-1].strip()]:
            while row and not row[-1].strip():
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        return Grid(self.file, sheet.name, rows), []


def _known(file: str, asked: str) -> str:
    """The separator asked for, as a sign or in words."""
    sign = _ASKED.get(asked.casefold(), asked)
    if sign and sign not in SEPARATORS:
        why = _(
            "{sign} is not a valid field separator; use comma, semicolon, tab or |",
            sign=repr(asked[:20]),
        )
        raise refused(file, why)
    return sign


def separator(file: str, text: str) -> str:
    """The separator that gives the most rows of one width.

    A comma between digits only is a decimal comma.

    Titles above a table have fewer fields, so it is the share of rows that counts, then the width.
    Raises BlockedByFindings where two separators fit alike.
    """
    lines = _sample(text)
    scores = {sign: _score(lines, sign) for sign in SEPARATORS}
    fits = {sign: score for sign, score in scores.items() if score[1] > 1}
    if (
        "," in fits
        and len(fits) > 1
        and _decimal_only(lines, [sign for sign in fits if sign != ","])
    ):
        del fits[","]
    best = max(fits.values(), default=(0.0, 1))
    found = [sign for sign, score in fits.items() if score == best]
    if len(found) > 1:
        signs = lazy_joined(N_(" and "), [_(SEPARATORS[sign]) for sign in found])
        why = _(
            "the field separator is ambiguous ({signs}); name it with --delimiter",
            signs=signs,
        )
        raise refused(file, why)
    return found[0] if found else ","


def _score(lines: list[str], sign: str) -> tuple[float, int]:
    """Share of rows of the usual width, and that width; rows of one field count little."""
    widths = Counter(line.count(sign) + 1 for line in lines)
    many = {width: count for width, count in widths.items() if width > 1}
    if not many:
        return 0.0, 1
    width = max(many, key=lambda width: (many[width], width))
    return round(many[width] / (widths.total() - 0.5 * widths[1]), 2), width


def _sample(text: str) -> list[str]:
    """The first lines with content, without what stands in quotes."""
    plain = _IN_QUOTES.sub("x", text[: 1 << 17])
    return [line for line in plain.replace("\r", "\n").split("\n") if line.strip()][:_SAMPLE]


def _decimal_only(lines: list[str], others: list[str]) -> bool:
    """Every comma in a row that another separator parts stands between two digits."""
    parted = [line for line in lines if any(sign in line for sign in others)]
    return all(line.count(",") == len(_DECIMAL_COMMA.findall(line)) for line in parted)


def _even(file: DelimitedReader) -> Grid | None:
    """The rows of a text without quotes, where all are as long and end in no blank; else None.

    Raises BlockedByFindings.
    """
    if "\r" in file.text:
        return None
    lines, sign = file.text.removesuffix("\n").split("\n"), file.delimiter
    commas = set(map(methodcaller("count", sign), lines))
    if len(commas) > 1 or commas == {0}:
        return None
    flat, width = sign.join(lines).split(sign), commas.pop() + 1
    if not all(map(str.strip, flat[width - 1 :: width])):
        return None
    rows = list(zip(*[iter(flat)] * width, strict=True))
    _limits(file.file, rows, lines)
    return Grid(file.file, "", rows, flat=flat)


def _rows(file: DelimitedReader) -> list[list[str]]:
    """All rows; a line end inside a field is one character.

    Raises BlockedByFindings with the row of a quote that is not closed.
    """
    if '"' not in file.text:  # then a line is a row, which needs no state to be read: half the time
        lines = file.text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        return [line.split(file.delimiter) if line else [] for line in lines]
    reader = csv.reader(io.StringIO(file.text, newline=""), delimiter=file.delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as fault:
        raise _open_quote(file, len(rows), str(fault)) from fault
    if reader.line_num > len(rows):  # some row runs over several lines
        _swallowed(file, rows)
        rows = [
            [field.replace("\r\n", "\n").replace("\r", "\n") for field in row]
            if _is_long(row)
            else row
            for row in rows
        ]
    return rows


def _is_long(row: list[str]) -> bool:
    return any("\n" in field or "\r" in field for field in row)


def _swallowed(file: DelimitedReader, rows: list[list[str]]) -> None:
    """Refuse a field whose inner lines look like rows: two stray quotes hold all between."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width = widths.most_common(1)[0][0] if widths else 0
    for number, row in enumerate(rows):
        for column, field in enumerate(row) if width > 1 and _is_long(row) else ():
            inner = field.replace("\r\n", "\n").replace("\r", "\n").split("\n")[1:]
            if any(line.count(file.delimiter) >= width - 1 for line in inner):
                where = f"{file.file}!{letters(column)}{number + 1 + file.skip}"
                why = _(
                    "the quote opened here runs over lines that look like separate rows; "
                    "close or remove it"
                )
                raise refused(where, why)


def _open_quote(file: DelimitedReader, rows: int, fault: str) -> Exception:
    """The refusal that names the row behind those that were read."""
    if "field larger" in fault:
        why = _(
            "a field of this row holds more than {most} characters, or its quote is not closed",
            most=lazy_counted(CHARACTERS),
        )
    else:
        why = _(
            "a quote in this row is not closed, or text follows a closing quote; double "
            "any quotes inside a field"
        )
    return refused(f"{file.file}!A{rows + file.skip + 1}", why)


def _limits(file: str, rows: Sequence[Sequence[str]], fields: Iterable[str]) -> None:
    """Refuse what no sheet could hold; `fields` are those of all rows, or what holds them."""
    width = max(map(len, rows), default=0)
    if len(rows) > ROWS or width > COLUMNS:
        why = _(
            "the file has more than {rows} rows or {columns} columns; keep the table of "
            "figures only",
            rows=lazy_counted(ROWS),
            columns=lazy_counted(COLUMNS),
        )
        raise refused(file, why)
    if len(rows) * width > CELLS and sum(bool(field) for row in rows for field in row) > CELLS:
        why = _(
            "the file has more than {most} fields with content; keep the table of figures only",
            most=lazy_counted(CELLS),
        )
        raise refused(file, why)
    if max(map(len, fields), default=0) <= CHARACTERS:
        return
    for number, row in enumerate(rows):
        if max(map(len, row), default=0) > CHARACTERS:
            why = _(
                "a field of this row holds more than {most} characters",
                most=lazy_counted(CHARACTERS),
            )
            raise refused(f"{file}!A{number + 1}", why)
