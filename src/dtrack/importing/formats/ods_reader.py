"""An .ods → the names of its sheets, and each sheet as a Grid.

content.xml is read as a stream by a reader of our own: odfpy, which pandas asks for, is no longer
kept up, and builds the whole tree. Repeated cells and rows are kept as numbers until they hold
something, so a million blank rows cost nothing. The text is what the document shows (text:p), so no
number format has to be understood; only a date is told as ISO text, as of an .xlsx.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from dtrack.core.findings import Finding
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.cell_text import general, says_negative
from dtrack.importing.formats.filling import Filling
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.limits import (
    CELLS,
    COLUMNS,
    NAME,
    ROWS,
    SHEETS,
    UNPACKED,
    grouped,
    refused,
)
from dtrack.importing.formats.ods_paragraphs import TEXT, Paragraphs, place_of
from dtrack.importing.formats.safe_zip import Archive
from dtrack.importing.formats.xlsx_reader import Page, check_names
from dtrack.importing.formats.xml_stream import Attributes

_NAME = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, STYLE = f"{_NAME}office:1.0", f"{_NAME}table:1.0", f"{_NAME}style:1.0"
_DRAW = f"{_NAME}drawing:1.0"
_CONTENT = "content.xml"
# what hangs on a cell and is not its text
_SHAPES = (
    "a",
    "caption",
    "circle",
    "connector",
    "control",
    "custom-shape",
    "ellipse",
    "frame",
    "g",
    "image",
    "line",
    "measure",
    "object",
    "object-ole",
    "page-thumbnail",
    "path",
    "polygon",
    "polyline",
    "rect",
    "regular-polygon",
)
_ASIDE = (
    *(f"{OFFICE} {name}" for name in ("annotation", "annotation-end")),
    *(f"{TEXT} {name}" for name in ("note", "ruby-text")),
    *(f"{TABLE} {name}" for name in ("shapes", "detective")),
    *(f"{_DRAW} {name}" for name in _SHAPES),
)
_HIDDEN = {"collapse", "filter"}


def is_locked(archive: Archive) -> bool:
    """True where the parts are encrypted, as a password makes them."""
    found: list[Attributes] = []
    space = f"{_NAME}manifest:1.0"
    if "META-INF/manifest.xml" in archive:
        acts: dict[str, Callable[[Attributes], None]] = {
            f"{space} encryption-data": found.append,
            f"{space} encrypted-key": found.append,
        }
        archive.walk("META-INF/manifest.xml", acts, {})
    return bool(found)


class _Tables:
    """Which <table:table> is a sheet.

    One that lies in the spreadsheet itself, not in a cell, a change or a copied link.
    """

    def __init__(self) -> None:
        self.hidden_styles: set[str] = set()
        self.family = self.named = ""
        self.open = 0
        self.pages: list[Page] = []
        self.copies: set[int] = set()
        self.linked = False

    def style(self, attributes: Attributes) -> None:
        self.family, self.named = (
            attributes.get(f"{STYLE} family", ""),
            attributes.get(f"{STYLE} name", ""),
        )

    def properties(self, attributes: Attributes) -> None:
        if attributes.get(f"{TABLE} display") == "false":
            self.hidden_styles.add(self.named)

    def begin(self, attributes: Attributes) -> None:
        self.open += 1
        if self.open == 1:
            hidden = attributes.get(f"{TABLE} style-name", "") in self.hidden_styles
            self.pages.append(
                Page(attributes.get(f"{TABLE} name", ""), hidden, str(len(self.pages)))
            )

    def end(self) -> None:
        self.open -= 1

    def source(self, _attributes: Attributes) -> None:
        if self.open == 1:
            self.copies.add(len(self.pages) - 1)
        self.linked = True

    def enter(self, _attributes: Attributes) -> None:
        self.open += 1

    def acts(self) -> dict[str, Callable[[Attributes], None]]:
        return {
            f"{STYLE} style": self.style,
            f"{STYLE} table-properties": self.properties,
            f"{TABLE} table": self.begin,
            f"{TABLE} table-source": self.source,
            f"{TABLE} cell-range-source": self.source,
            f"{TABLE} tracked-changes": self.enter,
        }

    def ends(self) -> dict[str, Callable[[], None]]:
        return {f"{TABLE} table": self.end, f"{TABLE} tracked-changes": self.end}


def list_sheets(archive: Archive) -> tuple[tuple[Page, ...], list[Message]]:
    """The sheets, in order; `part` is the number of the table. With what is told of links.

    Raises BlockedByFindings.
    """
    tables = _Tables()
    archive.walk(_CONTENT, tables.acts(), tables.ends(), most=UNPACKED)
    pages = [page for number, page in enumerate(tables.pages) if number not in tables.copies]
    if len(pages) > SHEETS or any(len(page.name) > NAME for page in pages):
        told = _(
            "it has more than {sheets} sheets, or a name longer than {letters} characters",
            sheets=SHEETS,
            letters=NAME,
        )
        raise refused(archive.name, told)
    check_names(archive.name, [page.name for page in pages])
    return tuple(pages), [
        _("it has links to other files; saved results were read, nothing was fetched")
    ] * tables.linked


def read_table(archive: Archive, page: Page) -> tuple[Grid, list[Finding]]:
    """One sheet and what is to be said of it. Raises BlockedByFindings."""
    table = _Table(archive, page)
    archive.walk(_CONTENT, table.acts(), table.ends(), table.text.hear, UNPACKED)
    return table.out.finish()


class _Table(_Tables):
    """The state between two elements of the sheet that is wanted.

    Its row, its cell, how often each is repeated.
    """

    def __init__(self, archive: Archive, page: Page) -> None:
        super().__init__()
        self.wanted, self.file = int(page.part), archive.name
        self.out = Filling(archive.name, page.name)
        self.out.hidden_sheet = page.hidden
        self.text = Paragraphs()
        self.row = self.column = self.columns = 0
        self.rows_repeated = self.repeated = 1
        self.cells: list[tuple[int, int, str, Attributes]] = []
        self.cell: Attributes | None = None

    def acts(self) -> dict[str, Callable[[Attributes], None]]:
        text = self.text
        spaces = dict.fromkeys((f"{TEXT} s", f"{TEXT} tab", f"{TEXT} line-break"), text.blanks)
        cells = dict.fromkeys(
            (f"{TABLE} table-cell", f"{TABLE} covered-table-cell"), self.open_cell
        )
        own = {f"{TABLE} table-column": self.open_column, f"{TABLE} table-row": self.open_row}
        words = {
            f"{TEXT} p": text.open_paragraph,
            f"{TEXT} span": text.open_span,
            f"{STYLE} text-properties": self.raised,
        }
        return super().acts() | dict.fromkeys(_ASIDE, text.skip) | spaces | cells | own | words

    def ends(self) -> dict[str, Callable[[], None]]:
        text = self.text
        cells = dict.fromkeys(
            (f"{TABLE} table-cell", f"{TABLE} covered-table-cell"), self.close_cell
        )
        own = {
            f"{TABLE} table-row": self.close_row,
            f"{TEXT} p": text.close_paragraph,
            f"{TEXT} span": text.close_span,
        }
        return super().ends() | dict.fromkeys(_ASIDE, text.go_on) | cells | own

    def begin(self, attributes: Attributes) -> None:
        super().begin(attributes)
        if self.open > 1:  # a table in a cell is no text of the cell
            self.text.skip(attributes)

    def end(self) -> None:
        if self.open > 1:
            self.text.go_on()
        super().end()

    @property
    def here(self) -> bool:
        return self.open == 1 and len(self.pages) == self.wanted + 1 and not self.text.skipped

    def raised(self, attributes: Attributes) -> None:
        place = place_of(attributes.get(f"{STYLE} text-position", ""))
        if place and self.family == "text":
            self.text.places[self.named] = place

    def number(self, attributes: Attributes, name: str) -> int:
        told = attributes.get(f"{TABLE} {name}", "1")
        if not (told.isascii() and told.isdigit() and len(told) < 9 and int(told) > 0):
            raise refused(
                self.file,
                _(
                    "the sheet holds a {key} of {value}; open and save it anew",
                    key=name,
                    value=repr(told[:20]),
                ),
            )
        return int(told)

    def open_column(self, attributes: Attributes) -> None:
        if not self.here:
            return
        count = self.number(attributes, "number-columns-repeated")
        if (
            attributes.get(f"{TABLE} visibility") in _HIDDEN
            and len(self.out.hidden_columns) < COLUMNS
        ):
            self.out.hidden_columns.append((self.columns, self.columns + count - 1))
        self.columns += count

    def open_row(self, attributes: Attributes) -> None:
        if not self.here:
            return
        self.rows_repeated = self.number(attributes, "number-rows-repeated")
        self.column, self.cells = 0, []
        if attributes.get(f"{TABLE} visibility") in _HIDDEN and len(self.out.hidden_rows) < ROWS:
            self.out.hidden_rows.append((self.row, self.row + self.rows_repeated - 1))

    def open_cell(self, attributes: Attributes) -> None:
        if not self.here:
            return
        self.cell = attributes
        self.repeated = self.number(attributes, "number-columns-repeated")
        self.text.clear()

    def close_cell(self) -> None:
        if not self.here or self.cell is None:
            return
        dataset, self.cell = self.cell, None
        text = _shown(self.text.text(), dataset)
        formula = f"{TABLE} formula" in dataset
        spans = (
            f"{TABLE} number-columns-spanned" in dataset
            or f"{TABLE} number-rows-spanned" in dataset
        )
        if text or formula or spans:
            self.cells.append((self.column, self.repeated, text, dataset))
        self.column += self.repeated

    def close_row(self) -> None:
        """Put the cells of the row, as often as it is repeated; a row of nothing only counts."""
        if not self.here:
            return
        filled = sum(
            times for _, times, text, dataset in self.cells if text or f"{TABLE} formula" in dataset
        )
        last = max((column + times for column, times, text, _ in self.cells if text), default=0)
        if (
            filled * self.rows_repeated > CELLS
            or (self.cells and self.row + self.rows_repeated > ROWS)
            or last > COLUMNS
        ):
            sizes = {"cells": grouped(CELLS), "rows": grouped(ROWS), "columns": grouped(COLUMNS)}
            raise refused(
                self.file,
                _(
                    "the sheet has more than {cells} cells with content, {rows} rows or {columns} columns",
                    **sizes,
                ),
            )
        for row in range(self.row, self.row + self.rows_repeated) if self.cells else ():
            for column, times, text, dataset in self.cells:
                self.put(row, column, times, text, dataset)
        self.row += self.rows_repeated
        self.cells = []

    def put(self, row: int, column: int, times: int, text: str, dataset: Attributes) -> None:
        for place in range(column, column + times) if text or f"{TABLE} formula" in dataset else ():
            if place >= COLUMNS:
                raise refused(
                    self.file,
                    _("the sheet has more than {columns} columns", columns=grouped(COLUMNS)),
                )
            self.out.put(row, place, f"-{text}" if _is_unsigned(text, dataset) else text)
            if f"{TABLE} formula" in dataset:
                self.formula(row, place, done=bool(text) or f"{OFFICE} value-type" in dataset)
            if _is_unsigned(text, dataset):
                self.out.note("sign", row, place, dataset[f"{OFFICE} value"][:30], text)
            if _hides(text, dataset):
                self.out.note("digits", row, place, dataset[f"{OFFICE} value"][:30], text)
        wide, high = (
            self.number(dataset, "number-columns-spanned"),
            self.number(dataset, "number-rows-spanned"),
        )
        if wide > 1 or high > 1:
            self.out.merge((row, column, row + high - 1, column + wide - 1))

    def formula(self, row: int, column: int, *, done: bool) -> None:
        self.out.note("formula" if done else "never", row, column)
        if done:
            self.out.formulas.append((row, column))


def _shown(text: str, dataset: Attributes) -> str:
    """The text of a cell: what it shows; of a date the ISO text.

    Its value where it keeps no text, as some programs write.
    """
    kind = dataset.get(f"{OFFICE} value-type", "")
    told = dataset.get(f"{OFFICE} {kind}-value", "")
    if kind == "date" and told:
        month = re.fullmatch(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})月?|年)?", text, re.ASCII)
        day = told.removesuffix("T00:00:00").replace("T", " ")
        return day if month is None else f"{month[1]}-{int(month[2]):02d}" if month[2] else month[1]
    if kind == "boolean" and told:
        return told.upper()
    number = None if text else _number(dataset.get(f"{OFFICE} value", ""))
    if number is None:
        return text or (told if kind in {"string", "time"} else "")
    return f"{general(number * 100)}%" if kind == "percentage" else general(number)


def _number(text: str) -> Decimal | None:
    """The number that a cell keeps, at 15 digits; None for what is none."""
    if len(text) > 400 or not re.fullmatch(
        r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?", text, re.ASCII
    ):
        return None
    number = float(text)
    return Decimal(f"{number:.15g}") if abs(number) < 1e300 else None


def _is_unsigned(text: str, dataset: Attributes) -> bool:
    """A negative number whose text shows no minus: its format makes it red instead."""
    if not dataset.get(f"{OFFICE} value", "").startswith("-") or f"{OFFICE} date-value" in dataset:
        return False
    match = re.fullmatch(r"([^0-9]*)[0-9.,]*[0-9](.*)", text, re.ASCII | re.DOTALL)
    return (
        match is not None
        and not says_negative(match[1], match[2])
        and bool(re.search("[1-9]", text))
    )


def _hides(text: str, dataset: Attributes) -> bool:
    """The text is the number, rounded: told from its own digits, with a decimal point or comma."""
    value = dataset.get(f"{OFFICE} value", "")
    match = (
        re.fullmatch(r"[+-]?[0-9][0-9 ,.\u00a0\u202f]*(%?)", text, re.ASCII)
        if len(value) > len(text)
        else None
    )
    number = _number(value)
    if match is None or number is None:
        return False
    number = number.scaleb(2 if match[1] else 0)
    digits = re.sub(r"[ \u00a0\u202f%]", "", text)
    for point, comma in ((".", ","), (",", ".")):
        shown = (
            _number(digits.replace(comma, "").replace(point, "."))
            if digits.count(point) < 2
            else None
        )
        if (
            shown is not None
            and shown != number
            and abs(shown - number) <= Decimal("0.51").scaleb(-len(digits.partition(point)[2]))
        ):
            return abs(shown - number) > abs(number) * Decimal("1e-9")
    return False
