"""Spreadsheets of LibreOffice and other OpenDocument programs (.ods).

content.xml is read as a stream by a reader of our own: odfpy, which pandas asks for, is no longer
kept up, and builds the whole tree. Repeated cells and rows are kept as numbers until they hold
something, so a million blank rows cost nothing.
"""

from __future__ import annotations

from dtrack.core.findings import Finding
from dtrack.core.message import lazy_counted
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.limits import CELLS, COLUMNS, ROWS, UNPACKED, refused
from dtrack.importing.formats.ods_cell import (
    NAME,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    VALUE,
    Paragraphs,
    cell_place,
    hides,
    is_unsigned,
    shown_text,
)
from dtrack.importing.formats.reader import Reader, Sent, SentSheet, checked_sheets
from dtrack.importing.formats.safe_zip import Archive
from dtrack.importing.formats.sheet_builder import SheetBuilder
from dtrack.importing.formats.xml_stream import Acts, Attributes, Ends

_DRAW = f"{NAME}drawing:1.0"
_CONTENT, _MIMETYPE = "content.xml", b"application/vnd.oasis.opendocument.spreadsheet"
# what hangs on a cell and is not its text
_SHAPES = (
    "a caption circle connector control custom-shape ellipse frame g image line measure object"
    " object-ole page-thumbnail path polygon polyline rect regular-polygon"
)
_ASIDE = (
    *(f"{OFFICE} {name}" for name in ("annotation", "annotation-end")),
    *(f"{TEXT} {name}" for name in ("note", "ruby-text")),
    *(f"{TABLE} {name}" for name in ("shapes", "detective")),
    *(f"{_DRAW} {name}" for name in _SHAPES.split()),
)
_HIDDEN = {"collapse", "filter"}
_CELLS = (f"{TABLE} table-cell", f"{TABLE} covered-table-cell")
_FORMULA = f"{TABLE} formula"


class OdsReader(Reader):
    """A spreadsheet; the `part` of a sheet is the number of its table."""

    kind = "ods"

    @staticmethod
    def sniff(sent: Sent) -> bool:
        """Return True for a zip that says so in its first part."""
        return sent.archive.small("mimetype").strip().startswith(_MIMETYPE)

    def __init__(self, sent: Sent) -> None:
        self.archive = archive = sent.archive
        if _is_locked(archive):
            raise refused(
                archive.name, _("the file is password-protected; save it without a password")
            )
        tables = _Tables()
        archive.walk(_CONTENT, tables.acts(), tables.ends(), most=UNPACKED)
        sheets = [
            sheet for number, sheet in enumerate(tables.sheets) if number not in tables.copies
        ]
        self.sheets = checked_sheets(archive.name, sheets)
        remarks = archive.remarks()
        if tables.linked:
            remarks.insert(
                0,
                _(
                    "the file has links to other files; the saved results were read, nothing "
                    "was fetched"
                ),
            )
        self.remarks = tuple(remarks)

    def read(self, sheet: SentSheet) -> tuple[Grid, list[Finding]]:
        """Return the sheet and what is to be said of it."""
        table = _Table(self.archive, sheet)
        self.archive.walk(_CONTENT, table.acts(), table.ends(), table.text.hear, UNPACKED)
        return table.out.finish()


def _is_locked(archive: Archive) -> bool:
    """True where the parts are encrypted, as a password makes them."""
    found: list[Attributes] = []
    space = f"{NAME}manifest:1.0"
    if "META-INF/manifest.xml" in archive:
        acts: Acts = {
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
        self.sheets: list[SentSheet] = []
        self.copies: set[int] = set()
        self.linked = False

    def style(self, attributes: Attributes) -> None:
        self.family = attributes.get(f"{STYLE} family", "")
        self.named = attributes.get(f"{STYLE} name", "")

    def properties(self, attributes: Attributes) -> None:
        if attributes.get(f"{TABLE} display") == "false":
            self.hidden_styles.add(self.named)

    def begin(self, attributes: Attributes) -> None:
        self.open += 1
        if self.open == 1:
            hidden = attributes.get(f"{TABLE} style-name", "") in self.hidden_styles
            name = attributes.get(f"{TABLE} name", "")
            self.sheets.append(SentSheet(name, hidden, str(len(self.sheets))))

    def end(self) -> None:
        self.open -= 1

    def source(self, _attributes: Attributes) -> None:
        if self.open == 1:
            self.copies.add(len(self.sheets) - 1)
        self.linked = True

    def enter(self, _attributes: Attributes) -> None:
        self.open += 1

    def acts(self) -> Acts:
        return {
            f"{STYLE} style": self.style,
            f"{STYLE} table-properties": self.properties,
            f"{TABLE} table": self.begin,
            f"{TABLE} table-source": self.source,
            f"{TABLE} cell-range-source": self.source,
            f"{TABLE} tracked-changes": self.enter,
        }

    def ends(self) -> Ends:
        return {f"{TABLE} table": self.end, f"{TABLE} tracked-changes": self.end}


class _Table(_Tables):
    """State of the sheet wanted between two elements: its row, its cell, how often each comes."""

    def __init__(self, archive: Archive, sheet: SentSheet) -> None:
        super().__init__()
        self.wanted, self.file = int(sheet.part), archive.name
        self.out = SheetBuilder(archive.name, sheet.name, hidden=sheet.hidden)
        self.text = Paragraphs()
        self.row = self.column = self.columns = 0
        self.rows_repeated = self.repeated = 1
        self.cells: list[tuple[int, int, str, Attributes]] = []
        self.cell: Attributes | None = None

    def acts(self) -> Acts:
        text = self.text
        spaces = dict.fromkeys((f"{TEXT} s", f"{TEXT} tab", f"{TEXT} line-break"), text.blanks)
        cells = dict.fromkeys(_CELLS, self.open_cell)
        own = {f"{TABLE} table-column": self.open_column, f"{TABLE} table-row": self.open_row}
        words = {
            f"{TEXT} p": text.open_paragraph,
            f"{TEXT} span": text.open_span,
            f"{STYLE} text-properties": self.raised,
        }
        return super().acts() | dict.fromkeys(_ASIDE, text.skip) | spaces | cells | own | words

    def ends(self) -> Ends:
        text = self.text
        cells = dict.fromkeys(_CELLS, self.close_cell)
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
        return self.open == 1 and len(self.sheets) == self.wanted + 1 and not self.text.skipped

    def raised(self, attributes: Attributes) -> None:
        place = cell_place(attributes.get(f"{STYLE} text-position", ""))
        if place and self.family == "text":
            self.text.places[self.named] = place

    def number(self, attributes: Attributes, name: str) -> int:
        text = attributes.get(f"{TABLE} {name}", "1")
        if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) > 0):
            why = _(
                "the sheet has a {key} of {value}; open the file and save it again",
                key=name,
                value=repr(text[:20]),
            )
            raise refused(self.file, why)
        return int(text)

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
        cell, self.cell = self.cell, None
        text = shown_text(self.text.text().strip(" "), cell)
        formula = _FORMULA in cell
        spans = f"{TABLE} number-columns-spanned" in cell or f"{TABLE} number-rows-spanned" in cell
        if text or formula or spans:
            self.cells.append((self.column, self.repeated, text, cell))
        self.column += self.repeated

    def close_row(self) -> None:
        """Put the cells of the row, as often as it is repeated; a row of nothing only counts."""
        if not self.here:
            return
        filled = sum(times for _, times, text, cell in self.cells if text or _FORMULA in cell)
        last = max((column + times for column, times, text, _ in self.cells if text), default=0)
        if (
            filled * self.rows_repeated > CELLS
            or (self.cells and self.row + self.rows_repeated > ROWS)
            or last > COLUMNS
        ):
            why = _(
                "the sheet has more than {cells} cells with content, {rows} rows or {columns}"
                " columns",
                cells=lazy_counted(CELLS),
                rows=lazy_counted(ROWS),
                columns=lazy_counted(COLUMNS),
            )
            raise refused(self.file, why)
        for row in range(self.row, self.row + self.rows_repeated) if self.cells else ():
            for column, times, text, cell in self.cells:
                self.put(row, column, times, text, cell)
        self.row += self.rows_repeated
        self.cells = []

    def put(self, row: int, column: int, times: int, text: str, cell: Attributes) -> None:
        for place in range(column, column + times) if text or _FORMULA in cell else ():
            if place >= COLUMNS:
                why = _("the sheet has more than {columns} columns", columns=lazy_counted(COLUMNS))
                raise refused(self.file, why)
            unsigned = is_unsigned(text, cell)
            self.out.put(row, place, f"-{text}" if unsigned else text)
            if _FORMULA in cell:
                self.out.note_formula(row, place, done=bool(text) or f"{OFFICE} value-type" in cell)
            if unsigned:
                self.out.note("sign", row, place, cell[VALUE][:30], text)
            if hides(text, cell):
                self.out.note("digits", row, place, cell[VALUE][:30], text)
        wide = self.number(cell, "number-columns-spanned")
        high = self.number(cell, "number-rows-spanned")
        if wide > 1 or high > 1:
            self.out.merge((row, column, row + high - 1, column + wide - 1))
