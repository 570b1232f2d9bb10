"""Workbooks of Excel 97 to 2003 (.xls, BIFF8 in a compound file).

xlrd is not what reads here: it follows a table of sectors that leads back to itself for ever,
computes the formulas of defined names, and tells neither formulas nor cells that stand twice. Here
every chain of sectors and every stream is at most as long as the file.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import pairwise

from dtrack.core.findings import Finding
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.limits import COLUMNS, ROWS, carried, damaged, refused
from dtrack.importing.formats.number_format import NumberFormat, format_of
from dtrack.importing.formats.reader import (
    Reader,
    Sent,
    SentSheet,
    check_shared,
    checked_sheets,
    left_out,
    points_outside,
)
from dtrack.importing.formats.rich_text import LOWERED, RAISED, joined_runs
from dtrack.importing.formats.sheet_builder import SheetBuilder
from dtrack.importing.formats.shown_number import show_text

# what reading a broken file raises; all of them end in `_faults`
FAULTS = (struct.error, IndexError, UnicodeError)
_STORAGE, _STREAM = 1, 2
# records, by the names of [MS-XLS]
_BOF, _EOF, _CONTINUE, _FILEPASS = 0x809, 0x0A, 0x3C, 0x2F
_FONT, _FORMAT, _XF, _SST = 0x31, 0x41E, 0xE0, 0xFC
_BOUNDSHEET, _DATEMODE, _SUPBOOK = 0x85, 0x22, 0x1AE
_ROW, _COLINFO, _MERGED = 0x208, 0x7D, 0xE5
_NUMBER, _RK, _MULRK, _BOOLERR = 0x203, 0x27E, 0xBD, 0x205
_LABELSST, _LABEL, _RSTRING = 0xFD, 0x204, 0xD6
_FORMULA, _STRING = 0x06, 0x207
_BIFF8 = 0x600
_EMPTY_LITERAL = b"\x17\x00"  # "" in a formula
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}
_PLACES = {1: RAISED, 2: LOWERED}

Record = tuple[int, list[bytes]]  # its number, its bytes and those of the CONTINUE records behind


@contextmanager
def _faults(file: str) -> Iterator[None]:
    try:
        yield
    except FAULTS as fault:
        raise damaged(file) from fault


class XlsReader(Reader):
    """A workbook; the `part` of a sheet is where its records begin."""

    kind = "xls"

    @staticmethod
    def sniff(sent: Sent) -> bool:
        """Return True for a compound file that is a workbook of Excel 5 or newer."""
        with _faults(sent.name):
            return not {"workbook", "book"}.isdisjoint(_CompoundFile(sent.raw).top)

    def __init__(self, sent: Sent) -> None:
        self.file = sent.name
        self.codes: dict[int, str] = {}
        self.fonts: list[int] = []  # 0, 1 raised, 2 lowered
        self.used: list[int] = []  # the number format of each style
        self.strings: list[bytes] = [bytes(8)]
        self.since_1904 = False
        sheets: list[SentSheet] = []
        remarks: list[Message] = []
        outside = 0
        with _faults(sent.name):
            files = _CompoundFile(sent.raw)
            self.stream = files.read("workbook" if "workbook" in files.top else "book")
            self.unread = len(self.stream)
            for number, parts in self.records(0):
                data = parts[0]
                if number == _FILEPASS:
                    locked = _("the file is password-protected; save it without a password")
                    raise refused(sent.name, locked)
                if number == _BOUNDSHEET:
                    start, visibility, kind = struct.unpack_from("<IBB", data)
                    name = _Texts([data[6:]]).short()
                    if kind == 0:
                        sheets.append(SentSheet(name, visibility & 3 > 0, str(start)))
                    else:
                        remarks.append(left_out(name))
                elif number == _SUPBOOK:
                    # this workbook itself and functions of add-ins are no other workbook
                    outside += data[2:4] not in {b"\x01\x04", b"\x01\x3a"}
                else:
                    self.keep(number, parts)
        self.sheets = checked_sheets(sent.name, sheets)
        if outside:
            remarks.append(points_outside(outside))
        embedded = sum(name.startswith("mbd") for name in files.top)
        self.remarks = (*remarks, *carried("_vba_project_cur" in files.top, embedded))
        self.grids: dict[SentSheet, tuple[Grid, list[Finding]]] = {}

    def keep(self, number: int, parts: list[bytes]) -> None:
        """Keep what the sheets share: fonts, formats, styles, texts."""
        data = parts[0]
        if number == _DATEMODE:
            self.since_1904 = data[:1] == b"\x01"
        elif number == _FONT:
            self.fonts.extend(struct.unpack_from("<H", data, 8))
        elif number == _FORMAT:
            self.codes[struct.unpack_from("<H", data)[0]] = _Texts([data[2:]]).long()
        elif number == _XF:
            self.used.extend(struct.unpack_from("<H", data, 2))
            check_shared(self.file, styles=len(self.used))
        elif number == _SST:
            self.strings = parts

    def records(self, start: int) -> Iterator[Record]:
        """Yield the records from a BOF to its EOF, without those of charts inside."""
        stream, at, depth = self.stream, start, 0
        number, _length, version = struct.unpack_from("<HHH", stream, at)
        if number != _BOF:
            raise damaged(self.file)
        if version != _BIFF8:
            why = _(
                "the file is an Excel 95 or older workbook; open it in Excel and save it as .xlsx"
            )
            raise refused(self.file, why)
        open_record: Record = (0, [])
        while True:
            number, length = struct.unpack_from("<HH", stream, at)
            at += 4 + length
            if at > len(stream):
                raise damaged(self.file)
            data = stream[at - length : at]
            if number == _CONTINUE:
                open_record[1].append(data)
                continue
            if open_record[1] and depth == 1:
                yield open_record
            depth += (number == _BOF) - (number == _EOF)
            open_record = (number, [data])
            if depth == 0:
                break
        self.unread -= at - start
        if self.unread < -len(stream):  # no file has sheets that lie over one another
            raise damaged(self.file)

    @cached_property
    def texts(self) -> list[str]:
        """The table of shared texts."""
        with _faults(self.file):
            count = struct.unpack_from("<I", self.strings[0], 4)[0]
            check_shared(self.file, texts=count)
            texts = _Texts([self.strings[0][8:], *self.strings[1:]])
            return [self.rich(*texts.rich()) for _unused in range(count)]

    @cached_property
    def formats(self) -> list[NumberFormat | None]:
        """The number format of each style; None where it cannot be read."""
        known = {number: format_of(number, self.codes) for number in set(self.used)}
        return [known[number] for number in self.used]

    def rich(self, text: str, runs: Sequence[tuple[int, int]]) -> str:
        """Return a text with its raised characters as footnote marks."""
        if not runs:
            return text
        # font 4 does not exist: those behind it are counted one too high
        places = [_PLACES.get(self.fonts[font - (font > 4)], "") for _at, font in runs]
        starts = [0, *(at for at, _font in runs), len(text)]
        pieces = [text[a:b] for a, b in pairwise(starts)]
        return joined_runs([run for run in zip(pieces, ["", *places], strict=True) if run[0]])

    def read(self, sheet: SentSheet) -> tuple[Grid, list[Finding]]:
        """Return the sheet and what is to be said of it."""
        if sheet not in self.grids:
            with _faults(self.file):
                self.grids[sheet] = _Worksheet(self, sheet).read()
        return self.grids[sheet]


class _Worksheet:
    """One sheet while its records are read."""

    def __init__(self, book: XlsReader, sheet: SentSheet) -> None:
        self.book, self.start = book, int(sheet.part)
        self.out = SheetBuilder(book.file, sheet.name, hidden=sheet.hidden)
        self.out.since_1904 = book.since_1904
        self.formulas: list[tuple[int, int, bool]] = []
        self.calculated = False
        self.waiting: tuple[int, int, int] | None = None  # a formula whose text comes behind it

    def read(self) -> tuple[Grid, list[Finding]]:
        acts = {
            _ROW: self.row,
            _COLINFO: self.columns,
            _MERGED: self.merge,
            _NUMBER: self.number,
            _RK: self.number,
            _MULRK: self.numbers,
            _LABELSST: self.label,
            _LABEL: self.label,
            _RSTRING: self.label,
            _BOOLERR: self.truth,
            _FORMULA: self.formula,
        }
        for number, parts in self.book.records(self.start):
            if number == _STRING and self.waiting is not None:
                self.text(*self.waiting, _Texts(parts).long())
                self.waiting = None
            elif (act := acts.get(number)) is not None:
                act(number, parts[0])
        for row, column, done in self.formulas:
            # a program that calculates nothing leaves every result empty
            self.out.note_formula(row, column, done=done or self.calculated)
        return self.out.finish()

    def row(self, _number: int, data: bytes) -> None:
        row, height, options = struct.unpack("<H4xH4xH", data[:14])
        if options & 0x20 or height & 0x7FFF == 0:
            self.out.hidden_rows.append((row, row))
            if len(self.out.hidden_rows) > ROWS:
                raise damaged(self.book.file)

    def columns(self, _number: int, data: bytes) -> None:
        first, last, width, options = struct.unpack("<HHH2xH", data[:10])
        if options & 1 or width == 0:
            self.out.hidden_columns.append((first, last))
            if len(self.out.hidden_columns) > COLUMNS:
                raise damaged(self.book.file)

    def merge(self, _number: int, data: bytes) -> None:
        for at in range(struct.unpack_from("<H", data)[0]):
            top, low, left, right = struct.unpack_from("<4H", data, 2 + 8 * at)
            if low < top or right < left:
                raise damaged(self.book.file)
            self.out.merge((top, left, low, right))

    def number(self, number: int, data: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", data)
        value = struct.unpack_from("<d", data, 6)[0] if number == _NUMBER else _rk(data, 6)
        self.put(row, column, style, value)

    def numbers(self, _number: int, data: bytes) -> None:
        row, first = struct.unpack_from("<2H", data)
        for place in range((len(data) - 6) // 6):
            style = struct.unpack_from("<H", data, 4 + 6 * place)[0]
            self.put(row, first + place, style, _rk(data, 6 + 6 * place))

    def put(self, row: int, column: int, style: int, value: float) -> None:
        if not math.isfinite(value):
            raise damaged(self.out.origin(row, column))
        form = self.book.formats[style]
        self.out.put_number(row, column, value, f"{value:.15g}", form)

    def label(self, number: int, data: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", data)
        if number == _LABELSST:
            text = self.book.texts[struct.unpack_from("<I", data, 6)[0]]
        else:
            texts = _Texts([data[6:]])
            text = texts.long()
            if number == _RSTRING:
                count = struct.unpack("<H", texts.take(2))[0]
                text = self.book.rich(text, texts.runs(count))
        self.text(row, column, style, text)

    def text(self, row: int, column: int, style: int, text: str) -> None:
        form = self.book.formats[style]
        self.out.put(row, column, text if form is None else show_text(text, form))

    def truth(self, _number: int, data: bytes) -> None:
        row, column, value, is_error = struct.unpack_from("<2H2x2B", data)
        self.truth_or_error(row, column, value, is_error=bool(is_error))

    def truth_or_error(self, row: int, column: int, value: int, *, is_error: bool) -> None:
        text = _ERRORS.get(value, "#N/A") if is_error else "TRUE" if value else "FALSE"
        self.out.put(row, column, text)

    def formula(self, _number: int, data: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", data)
        result, self.waiting = data[6:14], None
        done = True
        if result[6:] != b"\xff\xff":
            self.put(row, column, style, struct.unpack("<d", result)[0])
        elif result[0] in {1, 2}:
            self.truth_or_error(row, column, result[2], is_error=result[0] == 2)
        elif result[0] == 0:
            self.waiting = (row, column, style)
        else:
            done = _EMPTY_LITERAL in data[22:]
        self.calculated = self.calculated or done
        self.formulas.append((row, column, done))


def _rk(data: bytes, at: int) -> float:
    """A number in four bytes: a whole one of 30 bits or the upper half of a float; maybe × 100."""
    (packed,) = struct.unpack_from("<i", data, at)
    if packed & 2:
        value = float(packed >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<Ii", 0, packed & ~3))[0]
    return value / 100 if packed & 1 else value


class _Texts:
    """The texts of one record and the CONTINUE records behind it."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts, self.part, self.at = parts, 0, 0

    def take(self, count: int) -> bytes:
        """Return the next bytes, from as many parts as it takes."""
        pieces = []
        while count:
            piece = self.parts[self.part][self.at : self.at + count]
            pieces.append(piece)
            count -= len(piece)
            self.at += len(piece)
            if count:
                self.part, self.at = self.part + 1, 0
        return b"".join(pieces)

    def short(self) -> str:
        """Return a text whose length is one byte."""
        return self.text(self.take(1)[0], self.take(1)[0])

    def long(self) -> str:
        """Return a text whose length is two bytes; its runs are not read."""
        return self.text(*struct.unpack("<HB", self.take(3)))

    def rich(self) -> tuple[str, list[tuple[int, int]]]:
        """Return a text of the table of texts, and its runs: first character, font."""
        length, options = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if options & 8 else 0
        aside = struct.unpack("<I", self.take(4))[0] if options & 4 else 0
        text = self.text(length, options)
        fonts = self.runs(runs)
        self.take(aside)  # reading aids over Chinese characters
        return text, fonts

    def runs(self, count: int) -> list[tuple[int, int]]:
        """Return where each run begins, and its font."""
        return [struct.unpack("<HH", self.take(4)) for _unused in range(count)]

    def text(self, length: int, options: int) -> str:
        """Return so many characters, of one byte each or (options & 1) two.

        Each part begins with options of its own.
        """
        pieces: list[bytes] = []
        while length:
            if self.at == len(self.parts[self.part]):
                self.part, self.at = self.part + 1, 1
                options = self.parts[self.part][0]
            size = 1 + (options & 1)
            piece = self.parts[self.part][self.at : self.at + length * size]
            if len(piece) < size:
                raise IndexError(length)
            piece = piece[: len(piece) // size * size]
            pieces.append(piece if size == 2 else piece.decode("latin-1").encode("utf-16-le"))
            self.at += len(piece)
            length -= len(piece) // size
        # half a character is no text
        return b"".join(pieces).decode("utf-16-le", "replace").replace("\r\n", "\n")


class _CompoundFile:
    """The streams of a file of Microsoft's older kind. Raises what FAULTS names where it is broken.

    `top`: names of its uppermost streams and storages, in small letters → start and size.
    """

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.shift, small_shift = struct.unpack_from("<HH", raw, 30)
        if self.shift not in {9, 12} or small_shift != 6:
            raise IndexError("sector size")
        (first, _signature, self.small_most, first_small, _count, first_more, more) = (
            struct.unpack_from("<7I", raw, 48)
        )
        tables = list(struct.unpack_from("<109I", raw, 76))
        whole = len(raw) >> self.shift
        while more and first_more < whole and len(tables) <= whole:
            *entries, first_more = self.numbers(first_more)
            tables.extend(entries)
        self.table: list[int] = []
        for sector in tables[:whole]:
            if sector < whole:
                self.table.extend(self.numbers(sector))
        entries_raw = self.chain(first)
        entries_all = [entries_raw[at : at + 128] for at in range(0, len(entries_raw), 128)]
        root_start, root_size = struct.unpack_from("<II", entries_all[0], 116)
        self.top = self.children(entries_all)
        self.small = self.chain(root_start)[:root_size] if root_size else b""
        small = self.chain(first_small) if self.small else b""
        self.small_table = struct.unpack(f"<{len(small) // 4}I", small)

    def numbers(self, sector: int) -> tuple[int, ...]:
        """Return the numbers that one sector holds."""
        return struct.unpack_from(f"<{1 << self.shift >> 2}I", self.raw, (sector + 1) << self.shift)

    def children(self, entries: list[bytes]) -> dict[str, tuple[int, int]]:
        """Return what lies in the root: a tree whose every entry is visited once."""
        found: dict[str, tuple[int, int]] = {}
        seen: set[int] = set()
        ahead = [struct.unpack_from("<I", entries[0], 76)[0]]
        while ahead:
            number = ahead.pop()
            if number in seen or number >= len(entries):
                continue
            seen.add(number)
            entry = entries[number]
            length, kind = struct.unpack_from("<HB", entry, 64)
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").casefold()
            start, size = struct.unpack_from("<II", entry, 116)
            if kind == _STREAM or (kind == _STORAGE and name not in {"workbook", "book"}):
                found[name] = start, size
            ahead.extend(struct.unpack_from("<II", entry, 68))
        return found

    def chain(self, first: int) -> bytes:
        """Return the sectors from the first one on, as the table of sectors names the next."""
        size, raw = 1 << self.shift, self.raw
        return b"".join(
            raw[(sector + 1) * size : (sector + 2) * size] for sector in _chain(first, self.table)
        )

    def read(self, name: str) -> bytes:
        """Return a stream; a small one lies in a stream of its own."""
        start, size = self.top[name]
        if size >= self.small_most:
            stream = self.chain(start)
        else:
            parts = _chain(start, self.small_table)
            stream = b"".join(self.small[sector * 64 : sector * 64 + 64] for sector in parts)
        if len(stream) < size:
            raise IndexError(name)
        return stream[:size]


def _chain(first: int, table: Sequence[int]) -> Iterator[int]:
    """Yield a chain of sectors. Raises IndexError where it leads back to itself, or outside."""
    left = len(table)
    while first < 0xFFFFFFFE:  # that is the end; -1 is a free sector
        if left == 0:
            raise IndexError("a loop of sectors")
        left -= 1
        yield first
        first = table[first]
