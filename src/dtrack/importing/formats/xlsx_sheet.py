"""One sheet of an .xlsx → a Grid, in one pass over its part and without a tree.

What is said of the size of the sheet (<dimension>, spans) is never believed: cells stand where
their reference says.
"""

from __future__ import annotations

import math
import re

from dtrack.core.findings import Finding
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.cell_text import show
from dtrack.importing.formats.filling import Filling
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.limits import CHARACTERS, COLUMNS, ROWS, UNPACKED, grouped, refused
from dtrack.importing.formats.number_format import PLAIN, Format
from dtrack.importing.formats.xlsx_reader import MAIN, Page, Workbook
from dtrack.importing.formats.xlsx_text import Runs, unescaped
from dtrack.importing.formats.xml_stream import Attributes, named

_DIGITS = "0123456789"
_AREA = re.compile(
    r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?", re.ASCII
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)


def read_sheet(book: Workbook, page: Page) -> tuple[Grid, list[Finding]]:
    """The sheet and what is to be said of it. Raises BlockedByFindings."""
    return _Sheet(book, page).read()


class _Sheet:
    """The state between two elements of the part: the row and the cell that are open."""

    def __init__(self, book: Workbook, page: Page) -> None:
        self.book, self.page = book, page
        self.texts, self.styles = book.texts, book.styles
        self.out = Filling(book.archive.name, page.name)
        self.out.hidden_sheet = page.hidden
        self.runs = Runs()
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
            "is": self.open_text,
            "mergeCell": self.merge,
            "col": self.hide_columns,
        }
        closing = self.runs.ends | {"v": self.close_value, "c": self.close_cell}
        self.book.archive.walk(
            self.page.part, named(MAIN, opening), named(MAIN, closing), self.hear, UNPACKED
        )
        return self.out.finish()

    def hear(self, data: str) -> None:
        if self.listening:
            if self.size <= CHARACTERS:  # one piece more shows that a cell is too long
                self.size += len(data)
                self.pieces.append(data)
        elif self.runs.listening:
            self.runs.hear(data)

    def open_row(self, attributes: Attributes) -> None:
        told = attributes.get("r")
        self.row = self.row + 1 if told is None else self.row_number(told)
        self.row_told = told
        self.column = -1
        if attributes.get("hidden") in {"1", "true"} or attributes.get("ht") == "0":
            self.out.hidden_rows.append((self.row, self.row))
            if len(self.out.hidden_rows) > ROWS:
                raise self.broken(_("more hidden rows than rows"))

    def row_number(self, told: str) -> int:
        if not (told.isascii() and told.isdigit() and len(told) < 8 and 0 < int(told) <= ROWS):
            raise self.broken(
                _(
                    "a row with the number {number}; a sheet has {most} rows",
                    number=repr(told[:20]),
                    most=grouped(ROWS),
                )
            )
        return int(told) - 1

    def broken(self, what: Message) -> Exception:
        return refused(
            f"{self.book.archive.name}!{self.page.name}",
            _("the sheet holds {what}; open and save it anew", what=what),
        )

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
                    most=grouped(COLUMNS),
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

    def open_text(self, _attributes: Attributes) -> None:
        self.runs.clear()

    def close_cell(self) -> None:
        if not (self.has_value or self.has_formula or self.kind == "inlineStr"):
            return
        dataset = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        # an empty <v> is an empty text that was calculated (t="str"), or nothing yet
        if self.has_formula:
            done = self.has_value and (dataset or self.kind == "str")
            self.out.note("formula" if done else "never", self.row, self.column)
            if done:
                self.out.formulas.append((self.row, self.column))
        if self.kind == "inlineStr":
            self.out.put(self.row, self.column, self.as_text(self.runs.text()))
            self.runs.clear()
        elif dataset:
            self.out.put(self.row, self.column, self.shown(dataset))

    def shown(self, dataset: str) -> str:
        """The text of a value of the open cell's kind."""
        if self.kind == "n":
            return self.number(dataset)
        if self.kind == "s":
            return self.as_text(self.shared(dataset))
        if self.kind == "b":
            return "TRUE" if dataset.strip() in {"1", "true"} else "FALSE"
        if self.kind == "d":
            return dataset.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
        return dataset if self.kind == "e" else self.as_text(unescaped(dataset))

    def shared(self, dataset: str) -> str:
        number = dataset.strip()
        if (
            number.isascii()
            and number.isdigit()
            and len(number) < 9
            and int(number) < len(self.texts)
        ):
            return self.texts[int(number)]
        raise self.broken(
            _("in {cell} a text that is not in its table of texts", cell=self.where())
        )

    def where(self) -> str:
        return self.out.origin(self.row, self.column).rpartition("!")[2]

    def format(self) -> Format | None:
        """The number format of the open cell; a note where it cannot be read."""
        if self.style not in self.styles:
            if self.styles:
                raise self.broken(
                    _("in {cell} a style that is not in its list of styles", cell=self.where())
                )
            return PLAIN
        return self.styles[self.style]

    def as_text(self, text: str) -> str:
        """A text under a format that puts words around it: @"区"."""
        form = self.styles.get(self.style, PLAIN)
        if form is None or form.text is None or not text:
            return text
        tokens = form.text.tokens
        if not any(token.kind == "at" for token in tokens):
            return text
        around = "".join(text if token.kind == "at" else token.text for token in tokens)
        return text if around.strip() == text.strip() else around.strip()

    def number(self, dataset: str) -> str:
        form = self.format()
        if (
            form is PLAIN
            and len(dataset) < 12
            and dataset.isascii()
            and dataset.isdigit()
            and dataset[0] != "0"
        ):
            return dataset  # a whole number under General, the usual case
        dataset = dataset.strip()
        number = float(dataset) if len(dataset) < 400 and _NUMBER.fullmatch(dataset) else math.nan
        if not math.isfinite(number):
            raise self.broken(
                _(
                    "in {cell} a number that is none: {text}",
                    cell=self.where(),
                    text=repr(dataset[:20]),
                )
            )
        return self.noted(number, dataset, form)

    def noted(self, number: float, dataset: str, form: Format | None) -> str:
        if form is None:
            self.out.note("format", self.row, self.column, dataset)
            form = PLAIN
        shown = show(number, form, since_1904=self.book.since_1904)
        if shown.hides or shown.sign or shown.blank:
            kind = "blank" if shown.blank else "sign" if shown.sign else "digits"
            self.out.note(kind, self.row, self.column, dataset, shown.text)
        return shown.text

    def merge(self, attributes: Attributes) -> None:
        match = _AREA.fullmatch(attributes.get("ref", ""))
        if match is None:
            raise self.broken(
                _("a merged area {area} that is none", area=repr(attributes.get("ref", "")[:40]))
            )
        left, top, right, low = match.groups()
        first = (int(top) - 1, self.column_number(left, left))
        last = (int(low) - 1, self.column_number(right, right)) if right else first
        if last[0] >= ROWS or last < first or last[1] < first[1]:
            raise self.broken(
                _("a merged area {area} that is none", area=repr(attributes.get("ref", "")[:40]))
            )
        self.out.merge((*first, *last))

    def hide_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") not in {"1", "true"} and attributes.get("width") != "0":
            return
        ends = [attributes.get(name, "") for name in ("min", "max")]
        if (
            not all(end.isascii() and end.isdigit() and len(end) < 6 for end in ends)
            or len(self.out.hidden_columns) > COLUMNS
        ):
            raise self.broken(_("a list of columns that is none"))
        first, last = (int(end) - 1 for end in ends)
        self.out.hidden_columns.append((first, last))
