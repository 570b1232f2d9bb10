"""Workbooks of Excel since 2007 (.xlsx, .xlsm).

Each sheet is read in one pass over its part and without a tree. What is said of the size of the
sheet (<dimension>, spans) is never believed: cells stand where their reference says. openpyxl,
which the tests write with, is not what reads here: its read-only mode makes 5.21 of "5.2" with a
raised 1, drops cells that stand out of order, and tells neither formulas nor merged areas nor what
is hidden.
"""

from __future__ import annotations

import math
import re
from functools import cached_property

from dtrack.core.findings import Finding
from dtrack.core.message import Message, lazy_counted
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.limits import (
    CHARACTERS,
    COLUMNS,
    NAME,
    ROWS,
    UNPACKED,
    refused,
)
from dtrack.importing.formats.number_format import PLAIN, Format, format_of
from dtrack.importing.formats.reader import (
    Reader,
    Sent,
    Sheet,
    check_shared,
    checked_sheets,
    left_out,
    points_outside,
)
from dtrack.importing.formats.rich_text import LOWERED, RAISED, Runs
from dtrack.importing.formats.safe_zip import Archive, Link, of_kind
from dtrack.importing.formats.sheet_builder import SheetBuilder
from dtrack.importing.formats.shown_number import show_text
from dtrack.importing.formats.xml_stream import Acts, Attributes, Ends, named

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_DIGITS = "0123456789"
_TRUE = {"1", "true"}
_AREA = re.compile(
    r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?", re.ASCII
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class XlsxReader(Reader):
    """A workbook, and what its sheets share."""

    kind = "xlsx"

    @staticmethod
    def sniff(sent: Sent) -> bool:
        """Return True for a zip with a part of a workbook."""
        return any(part.startswith("xl/") for part in sent.archive.parts)

    def __init__(self, sent: Sent) -> None:
        self.archive = archive = sent.archive
        main = of_kind(archive.links(), "officeDocument") or "xl/workbook.xml"
        self.links = archive.links(main)
        entries: list[Attributes] = []
        properties: Attributes = {}
        acts = {"sheet": entries.append, "workbookPr": properties.update}
        archive.walk(main, named(MAIN, acts), {})
        sheets, told = _sheets(archive.name, entries, self.links)
        self.sheets = checked_sheets(archive.name, sheets)
        self.since_1904 = properties.get("date1904", "0") in _TRUE
        outside = sum(link.kind == "externalLink" for link in self.links.values())
        if outside:
            told.append(points_outside(outside))
        self.told = (*told, *archive.told())

    def read(self, sheet: Sheet) -> tuple[Grid, list[Finding]]:
        """Return the sheet and what is to be said of it."""
        return _Worksheet(self, sheet).read()

    @cached_property
    def texts(self) -> list[str]:
        """The table of shared texts."""
        part = of_kind(self.links, "sharedStrings")
        return _texts(self.archive, part) if part in self.archive else []

    @cached_property
    def styles(self) -> dict[str, Format | None]:
        """The number format of a cell's `s`; None where it cannot be read."""
        part = of_kind(self.links, "styles")
        return _styles(self.archive, part) if part in self.archive else {}


def _sheets(
    file: str, entries: list[Attributes], links: dict[str, Link]
) -> tuple[list[Sheet], list[Message]]:
    """The sheets with cells, in order; charts and macro sheets are told."""
    sheets: list[Sheet] = []
    others: list[Message] = []
    for entry in entries:
        name = entry.get("name", "")
        link = links.get(next((entry[key] for key in _IDS if key in entry), ""))
        if link is None or link.outside or not 0 < len(name) <= NAME:
            told = _(
                "its list of sheets is broken at {sheet}; open and save it anew",
                sheet=repr(name[:40]),
            )
            raise refused(file, told)
        if link.kind == "worksheet":
            sheets.append(Sheet(name, entry.get("state", "visible") != "visible", link.part))
        else:
            others.append(left_out(name))
    return sheets, others


def _texts(archive: Archive, part: str) -> list[str]:
    texts: list[str] = []
    runs = _Runs()

    def keep() -> None:
        texts.append(_unescaped(runs.text()))
        check_shared(archive.name, texts=len(texts))

    acts = named(MAIN, runs.acts | {"si": runs.clear})
    archive.walk(part, acts, named(MAIN, runs.ends | {"si": keep}), runs.hear, UNPACKED)
    return texts


def _styles(archive: Archive, part: str) -> dict[str, Format | None]:
    """The formats that <cellXfs> names, in the order that cells count them in."""
    codes: dict[int, str] = {}
    used: list[int] = []
    inside = False

    def bound(_attributes: Attributes | None = None) -> None:
        nonlocal inside
        inside = not inside

    def style(entry: Attributes) -> None:
        if inside:
            used.append(_whole(entry.get("numFmtId", "0")))
            check_shared(archive.name, styles=len(used))

    def code(entry: Attributes) -> None:
        codes[_whole(entry.get("numFmtId", ""))] = entry.get("formatCode", "")

    acts: Acts = {"cellXfs": bound, "numFmt": code, "xf": style}
    archive.walk(part, named(MAIN, acts), named(MAIN, {"cellXfs": bound}))
    formats = {number: format_of(number, codes) for number in set(used)}
    return {str(at): formats[number] for at, number in enumerate(used)}


def _whole(text: str, digits: int = 8) -> int:
    """A whole number of at most so many digits; -1 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else -1


class _Worksheet:
    """The state between two elements of the part: the row and the cell that are open."""

    def __init__(self, book: XlsxReader, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.texts, self.styles = book.texts, book.styles
        self.out = SheetBuilder(book.archive.name, sheet.name, hidden=sheet.hidden)
        self.out.since_1904 = book.since_1904
        self.runs = _Runs()
        self.row = self.column = -1
        self.row_told: str | None = None
        self.kind = self.style = ""
        self.pieces: list[str] = []
        self.size = 0
        self.listening = self.has_value = self.has_formula = False
        self.columns: dict[str, int] = {}

    def read(self) -> tuple[Grid, list[Finding]]:
        opening = self.runs.acts | {
            "row": self.open_row,
            "c": self.open_cell,
            "v": self.open_value,
            "f": self.open_formula,
            "is": self.runs.clear,
            "mergeCell": self.merge,
            "col": self.hide_columns,
        }
        closing = self.runs.ends | {"v": self.close_value, "c": self.close_cell}
        self.book.archive.walk(
            self.sheet.part, named(MAIN, opening), named(MAIN, closing), self.hear, UNPACKED
        )
        return self.out.finish()

    def hear(self, data: str) -> None:
        if self.listening:
            if self.size <= CHARACTERS:  # one piece more shows that a cell is too long
                self.size += len(data)
                self.pieces.append(data)
        elif self.runs.listening:
            self.runs.hear(data)

    def broken(self, what: Message) -> Exception:
        return refused(
            f"{self.book.archive.name}!{self.sheet.name}",
            _("the sheet holds {what}; open and save it anew", what=what),
        )

    def open_row(self, attributes: Attributes) -> None:
        told = attributes.get("r")
        self.row = self.row + 1 if told is None else self.row_number(told)
        self.row_told = told
        self.column = -1
        if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
            self.out.hidden_rows.append((self.row, self.row))
            if len(self.out.hidden_rows) > ROWS:
                raise self.broken(_("more hidden rows than rows"))

    def row_number(self, told: str) -> int:
        if not 0 < _whole(told, 7) <= ROWS:
            raise self.broken(
                _(
                    "a row with the number {number}; a sheet has {most} rows",
                    number=repr(told[:20]),
                    most=lazy_counted(ROWS),
                )
            )
        return int(told) - 1

    def open_cell(self, attributes: Attributes) -> None:
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.has_value = self.has_formula = False
        self.pieces = []
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
            if self.row < 0:
                raise self.broken(_("a cell outside a row"))
            return
        name = reference.rstrip(_DIGITS)
        if (column := self.columns.get(name)) is None:
            column = self.columns[name] = self.column_number(name, reference)
        self.column = column
        told = reference[len(name) :]
        if told != self.row_told and self.row_number(told) != self.row:
            raise self.broken(_("the cell {cell} in another row than its own", cell=reference[:20]))

    def column_number(self, name: str, reference: str) -> int:
        number = 0
        if not (0 < len(name) <= 3 and name.isascii() and name.isalpha() and name.isupper()):
            raise self.broken(_("a cell with the name {name}", name=repr(reference[:20])))
        for letter in name:
            number = number * 26 + ord(letter) - 64
        if number > COLUMNS:
            raise self.broken(
                _(
                    "the cell {cell}; a sheet has {most} columns",
                    cell=reference[:20],
                    most=lazy_counted(COLUMNS),
                )
            )
        return number - 1

    def open_value(self, _attributes: Attributes) -> None:
        self.listening = self.has_value = True
        self.pieces, self.size = [], 0

    def close_value(self) -> None:
        self.listening = False

    def open_formula(self, _attributes: Attributes) -> None:
        self.has_formula = True

    def close_cell(self) -> None:
        if not (self.has_value or self.has_formula or self.kind == "inlineStr"):
            return
        value = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        if self.has_formula:
            # an empty <v> is an empty text that was calculated (t="str"), or nothing yet
            done = self.has_value and bool(value or self.kind == "str")
            self.out.note_formula(self.row, self.column, done=done)
        if self.kind == "inlineStr":
            self.put_text(_unescaped(self.runs.text()))
            self.runs.clear()
        elif value:
            self.put_value(value)

    def put_value(self, value: str) -> None:
        """Put the value of the open cell, as its kind shows it."""
        if self.kind == "n":
            self.put_number(value)
        elif self.kind == "s":
            self.put_text(self.shared(value))
        elif self.kind in {"b", "d", "e"}:
            text = value
            if self.kind == "b":
                text = "TRUE" if value.strip() in _TRUE else "FALSE"
            elif self.kind == "d":
                text = value.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
            self.out.put(self.row, self.column, text)
        else:
            self.put_text(_unescaped(value))

    def put_text(self, text: str) -> None:
        self.out.put(self.row, self.column, show_text(text, self.styles.get(self.style) or PLAIN))

    def shared(self, value: str) -> str:
        number = _whole(value.strip())
        if 0 <= number < len(self.texts):
            return self.texts[number]
        raise self.broken(
            _("in {cell} a text that is not in its table of texts", cell=self.where())
        )

    def where(self) -> str:
        return self.out.origin(self.row, self.column).rpartition("!")[2]

    def format(self) -> Format | None:
        """The number format of the open cell; None where it cannot be read."""
        if self.style in self.styles:
            return self.styles[self.style]
        if self.styles:
            raise self.broken(
                _("in {cell} a style that is not in its list of styles", cell=self.where())
            )
        return PLAIN

    def put_number(self, value: str) -> None:
        form = self.format()
        if (
            form is PLAIN
            and len(value) < 12
            and value.isascii()
            and value.isdigit()
            and value[0] != "0"
        ):  # a whole number under General, the usual case
            self.out.put(self.row, self.column, value)
            return
        value = value.strip()
        number = float(value) if len(value) < 400 and _NUMBER.fullmatch(value) else math.nan
        if not math.isfinite(number):
            raise self.broken(
                _(
                    "in {cell} a number that is none: {text}",
                    cell=self.where(),
                    text=repr(value[:20]),
                )
            )
        self.out.put_number(self.row, self.column, number, value, form)

    def merge(self, attributes: Attributes) -> None:
        told = attributes.get("ref", "")
        match = _AREA.fullmatch(told)
        first, last = (1, 0), (0, 0)
        if match is not None:
            left, top, right, low = match.groups()
            first = (int(top) - 1, self.column_number(left, left))
            last = (int(low) - 1, self.column_number(right, right)) if right else first
        if last[0] >= ROWS or last < first or last[1] < first[1]:
            raise self.broken(_("a merged area {area} that is none", area=repr(told[:40])))
        self.out.merge((*first, *last))

    def hide_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") not in _TRUE and attributes.get("width") != "0":
            return
        first, last = (_whole(attributes.get(name, ""), 5) for name in ("min", "max"))
        if min(first, last) < 0 or len(self.out.hidden_columns) > COLUMNS:
            raise self.broken(_("a list of columns that is none"))
        self.out.hidden_columns.append((first - 1, last - 1))


class _Runs(Runs):
    """The runs of <si> or <is>; reading aids over Chinese (phonetic runs) are no text."""

    def __init__(self) -> None:
        super().__init__()
        self.listening = self.phonetic = False
        self.place = ""
        self.acts: Acts = {
            "r": self.level,
            "vertAlign": self.align,
            "t": self.open,
            "rPh": self.open_phonetic,
        }
        self.ends: Ends = {"t": self.close, "rPh": self.close_phonetic, "r": self.level}

    def clear(self, _attributes: Attributes | None = None) -> None:
        """Begin a new text."""
        self.runs, self.size, self.place = [], 0, ""
        self.listening = self.phonetic = False

    def hear(self, data: str) -> None:
        """Keep text inside <t>."""
        if self.listening:
            self.add(data, self.place)

    def level(self, _attributes: Attributes | None = None) -> None:
        self.place = ""

    def align(self, attributes: Attributes) -> None:
        place = attributes.get("val", "")
        self.place = place if place in {RAISED, LOWERED} else ""

    def open(self, _attributes: Attributes) -> None:
        self.listening = not self.phonetic

    def close(self) -> None:
        self.listening = False

    def open_phonetic(self, _attributes: Attributes) -> None:
        self.phonetic = True

    def close_phonetic(self) -> None:
        self.phonetic = False


def _unescaped(text: str) -> str:
    """_x000D_ and the like as the characters they stand for; each line end is one character."""
    if "_x" in text:
        text = _ESCAPE.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    # NUL and half characters are no text
    return match[0] if code == 0 or 0xD800 <= code < 0xE000 else chr(code)
