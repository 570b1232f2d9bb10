"""One sheet of an .xlsx, read in one pass over its part and without a tree.

What is said of its size (<dimension>, spans) is never believed: cells stand where their reference
says.
"""

from __future__ import annotations

import math
import re

from dtrack.core.findings import Finding
from dtrack.core.message import Message, lazy_counted
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.limits import CHARACTERS, COLUMNS, ROWS, UNPACKED, refused
from dtrack.importing.formats.number_format import PLAIN, NumberFormat
from dtrack.importing.formats.reader import SentSheet
from dtrack.importing.formats.safe_zip import Archive
from dtrack.importing.formats.sheet_builder import SheetBuilder
from dtrack.importing.formats.shown_number import show_text
from dtrack.importing.formats.xlsx_shared import MAIN, TRUE, TextRuns, unescaped, whole_number
from dtrack.importing.formats.xml_stream import Attributes, named_acts

_DIGITS = "0123456789"
_AREA = re.compile(
    r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?", re.ASCII
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)


class Worksheet:
    """The state between two elements of the part: the row and the cell that are open."""

    def __init__(
        self,
        archive: Archive,
        sheet: SentSheet,
        texts: list[str],
        styles: dict[str, NumberFormat | None],
        since_1904: bool,
    ) -> None:
        self.archive, self.sheet = archive, sheet
        self.texts, self.styles = texts, styles
        self.out = SheetBuilder(archive.name, sheet.name, hidden=sheet.hidden)
        self.out.since_1904 = since_1904
        self.runs = TextRuns()
        self.row = self.column = -1
        self.row_text: str | None = None
        self.kind = self.style = ""
        self.pieces: list[str] = []
        self.size = 0
        self.listening = self.has_value = self.has_formula = False
        self.columns: dict[str, int] = {}

    def read(self) -> tuple[Grid, list[Finding]]:
        """Return the sheet and what is to be said of it."""
        opening = self.runs.acts | {
            "row": self._open_row,
            "c": self._open_cell,
            "v": self._open_value,
            "f": self._open_formula,
            "is": self.runs.clear,
            "mergeCell": self._merge,
            "col": self._hide_columns,
        }
        closing = self.runs.ends | {"v": self._close_value, "c": self._close_cell}
        self.archive.walk(
            self.sheet.part,
            named_acts(MAIN, opening),
            named_acts(MAIN, closing),
            self._hear,
            UNPACKED,
        )
        return self.out.finish()

    def _hear(self, data: str) -> None:
        if self.listening:
            if self.size <= CHARACTERS:  # one piece more shows that a cell is too long
                self.size += len(data)
                self.pieces.append(data)
        elif self.runs.listening:
            self.runs.hear(data)

    def _broken(self, what: Message) -> Exception:
        told = _("the sheet has {what}; open the file and save it again", what=what)
        return refused(f"{self.archive.name}!{self.sheet.name}", told)

    def _open_row(self, attributes: Attributes) -> None:
        text = attributes.get("r")
        self.row = self.row + 1 if text is None else self._row_number(text)
        self.row_text = text
        self.column = -1
        if attributes.get("hidden") in TRUE or attributes.get("ht") == "0":
            self.out.hidden_rows.append((self.row, self.row))
            if len(self.out.hidden_rows) > ROWS:
                raise self._broken(_("more hidden rows than rows"))

    def _row_number(self, text: str) -> int:
        if not 0 < whole_number(text, 7) <= ROWS:
            told = _(
                "a row numbered {number}; a sheet has {most} rows",
                number=repr(text[:20]),
                most=lazy_counted(ROWS),
            )
            raise self._broken(told)
        return int(text) - 1

    def _open_cell(self, attributes: Attributes) -> None:
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.has_value = self.has_formula = False
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
            if self.row < 0:
                raise self._broken(_("a cell outside a row"))
            return
        name = reference.rstrip(_DIGITS)
        if (column := self.columns.get(name)) is None:
            column = self.columns[name] = self._column_number(name, reference)
        self.column = column
        row = reference[len(name) :]
        if row != self.row_text and self._row_number(row) != self.row:
            raise self._broken(_("the cell {cell} in a wrong row", cell=reference[:20]))

    def _column_number(self, name: str, reference: str) -> int:
        number = 0
        if not (0 < len(name) <= 3 and name.isascii() and name.isalpha() and name.isupper()):
            raise self._broken(_("a cell named {name}", name=repr(reference[:20])))
        for letter in name:
            number = number * 26 + ord(letter) - 64
        if number > COLUMNS:
            told = _(
                "the cell {cell}; a sheet has {most} columns",
                cell=reference[:20],
                most=lazy_counted(COLUMNS),
            )
            raise self._broken(told)
        return number - 1

    def _open_value(self, _attributes: Attributes) -> None:
        self.listening = self.has_value = True
        self.pieces, self.size = [], 0

    def _close_value(self) -> None:
        self.listening = False

    def _open_formula(self, _attributes: Attributes) -> None:
        self.has_formula = True

    def _close_cell(self) -> None:
        if not (self.has_value or self.has_formula or self.kind == "inlineStr"):
            return
        value = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        self.pieces = []
        if self.has_formula:
            # an empty <v> is an empty text that was calculated (t="str"), or nothing yet
            done = self.has_value and bool(value or self.kind == "str")
            self.out.note_formula(self.row, self.column, done=done)
        if self.kind == "inlineStr":
            self._put_text(unescaped(self.runs.text()))
            self.runs.clear()
        elif value:
            self._put_value(value)

    def _put_value(self, value: str) -> None:
        """Put the value of the open cell, as its kind shows it."""
        if self.kind == "n":
            self._put_number(value)
        elif self.kind == "s":
            self._put_text(self._shared(value))
        elif self.kind in {"b", "d", "e"}:
            text = value
            if self.kind == "b":
                text = "TRUE" if value.strip() in TRUE else "FALSE"
            elif self.kind == "d":
                text = value.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
            self.out.put(self.row, self.column, text)
        else:
            self._put_text(unescaped(value))

    def _put_text(self, text: str) -> None:
        self.out.put(self.row, self.column, show_text(text, self.styles.get(self.style) or PLAIN))

    def _shared(self, value: str) -> str:
        number = whole_number(value.strip())
        if 0 <= number < len(self.texts):
            return self.texts[number]
        raise self._broken(
            _("in {cell} a text missing from the table of texts", cell=self._where())
        )

    def _where(self) -> str:
        return self.out.origin(self.row, self.column).rpartition("!")[2]

    def _format(self) -> NumberFormat | None:
        """The number format of the open cell; None where it cannot be read."""
        if self.style in self.styles:
            return self.styles[self.style]
        if self.styles:
            raise self._broken(
                _("in {cell} a style missing from the list of styles", cell=self._where())
            )
        return PLAIN

    def _put_number(self, value: str) -> None:
        form = self._format()
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
            told = _(
                "in {cell} an invalid number: {text}", cell=self._where(), text=repr(value[:20])
            )
            raise self._broken(told)
        self.out.put_number(self.row, self.column, number, value, form)

    def _merge(self, attributes: Attributes) -> None:
        text = attributes.get("ref", "")
        match = _AREA.fullmatch(text)
        first, last = (1, 0), (0, 0)
        if match is not None:
            left, top, right, low = match.groups()
            first = (int(top) - 1, self._column_number(left, left))
            last = (int(low) - 1, self._column_number(right, right)) if right else first
        if last[0] >= ROWS or last < first or last[1] < first[1]:
            raise self._broken(_("an invalid merged area {area}", area=repr(text[:40])))
        self.out.merge((*first, *last))

    def _hide_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") not in TRUE and attributes.get("width") != "0":
            return
        first, last = (whole_number(attributes.get(name, ""), 5) for name in ("min", "max"))
        if min(first, last) < 0 or len(self.out.hidden_columns) > COLUMNS:
            raise self._broken(_("an invalid list of columns"))
        self.out.hidden_columns.append((first - 1, last - 1))
