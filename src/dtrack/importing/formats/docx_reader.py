"""Tables in documents of Word since 2007 (.docx, .docm): each table is a sheet.

The document is read once, as a stream and without a tree. A cell is what a person sees who has
accepted all changes: what is deleted or hidden is left out, a field is its result, a raised digit
or a reference to a footnote is a mark in brackets. Paragraphs and lines of a cell stay apart. The
short lines right above a table (its title, its unit) are the rows above its first one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dtrack.core.findings import Finding
from dtrack.core.message import lazy_gettext as _
from dtrack.core.message import lazy_ngettext
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.limits import (
    CELLS,
    COLUMNS,
    PLACES,
    ROWS,
    SHEETS,
    UNPACKED,
    damaged,
    refused,
    too_far_apart,
    too_many_cells,
)
from dtrack.importing.formats.reader import Reader, Sent, SentSheet, checked_sheets
from dtrack.importing.formats.rich_text import LOWERED, RAISED, Runs
from dtrack.importing.formats.safe_zip import Archive, of_kind
from dtrack.importing.formats.sheet_builder import SheetBuilder
from dtrack.importing.formats.xml_stream import Acts, Attributes, Ends, named_acts

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBLE = ("http://schemas.openxmlformats.org/markup-compatibility/2006",)
# what was moved away, reading aids, and how something was formatted before a change
_SKIPPED = (
    "moveFrom rt rPrChange pPrChange tblPrChange tblGridChange tblPrExChange trPrChange"
    " tcPrChange sectPrChange numberingChange"
)
_INSERTED = ("ins", "moveTo", "cellIns")
_OFF = {"0", "false", "off"}
# signs of the font Symbol, which Word keeps by their number in that font
_SYMBOLS = {0x2B: "+", 0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×"}
_LINES = 5  # lines above a table that may belong to it
_LINE = 80  # characters of such a line; a longer one is a paragraph of the report


class DocxReader(Reader):
    """A document; the `part` of a sheet is the number of its table."""

    kind = "docx"

    @staticmethod
    def sniff(sent: Sent) -> bool:
        """Return True for a zip with a part of a document."""
        return any(part.startswith("word/") for part in sent.archive.parts)

    def __init__(self, sent: Sent) -> None:
        archive = sent.archive
        main = of_kind(archive.links(), "officeDocument") or "word/document.xml"
        document = _Document(archive.name, _styles(archive, main))
        try:
            archive.walk(main, *document.calls(), document.hear, UNPACKED)
        except IndexError as fault:  # a row outside a table
            raise damaged(archive.name) from fault
        self.tables = document.tables
        if not self.tables:
            raise refused(archive.name, _("the document contains no table"))
        names = [SentSheet(table.name, part=str(at)) for at, table in enumerate(self.tables)]
        self.sheets = checked_sheets(archive.name, names)
        remarks = archive.remarks()
        if document.revised:
            remarks.append(
                _("the document has tracked changes; it was read with all changes accepted")
            )
        inside = sum("." in table.name for table in self.tables)
        if inside:
            told = lazy_ngettext(
                "{count} table is nested in a cell of another table; it is read as a "
                "separate sheet",
                "{count} tables are nested in cells of other tables; they are read as "
                "separate sheets",
                inside,
            )
            remarks.append(told)
        self.remarks = tuple(remarks)
        self.grids: dict[SentSheet, tuple[Grid, list[Finding]]] = {}

    def read(self, sheet: SentSheet) -> tuple[Grid, list[Finding]]:
        """Return the table and what is to be said of it."""
        if sheet not in self.grids:
            self.grids[sheet] = self.tables[int(sheet.part)].out.finish()
        return self.grids[sheet]


@dataclass(slots=True)
class _Look:
    """How a run looks: its height, whether it is hidden, whether it is struck out."""

    place: str = ""
    vanished: bool = False
    struck: bool = False


def _align(look: _Look, attributes: Attributes) -> None:
    place = _value(attributes)
    look.place = place if place in {RAISED, LOWERED} else ""


def _lift(look: _Look, attributes: Attributes) -> None:
    """<w:position>: characters set higher or lower by half points."""
    if (text := _value(attributes)).strip("-0"):
        look.place = LOWERED if text.startswith("-") else RAISED


def _switch(name: str) -> Callable[[_Look, Attributes], None]:
    return lambda look, attributes: setattr(look, name, _value(attributes) not in _OFF)


_LOOKS: dict[str, Callable[[_Look, Attributes], None]] = {
    "vertAlign": _align,
    "position": _lift,
    "vanish": _switch("vanished"),
    "strike": _switch("struck"),
    "dstrike": _switch("struck"),
}


class _Text(Runs):
    """The text of a cell, a line or a text box while it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs = 0
        self.vanished = False  # it holds hidden text


class _Cell(_Text):
    """`down`: the cell continues the one above ("continue") or begins a merged area ("restart")."""

    def __init__(self) -> None:
        super().__init__()
        self.span = 1
        self.down = self.across = ""
        self.deleted = self.formula = False
        self.fields: list[bool] = []  # those that are open: whether their result is reached


class _Table:
    """A table while it is read: where the next cell stands, and the merged areas."""

    def __init__(self, file: str, name: str, lines: list[str]) -> None:
        self.name = name
        self.out = SheetBuilder(file, name)
        self.out.above = len(lines)
        for row, line in enumerate(lines):
            # a title and a unit in one line stand apart by tabs
            for column, text in enumerate(filter(None, map(str.strip, line.split("\t")))):
                self.out.put(row, column, text)
        self.row, self.column = self.out.above - 1, 0
        self.cell: _Cell | None = None
        self.tables = 0  # tables in its cells
        self.deleted = False  # the open row
        # first row, first column, last row, last column; those that may grow down, by column
        self.areas: list[list[int]] = []
        self.growing: dict[int, list[int]] = {}

    def open_row(self) -> None:
        self.row, self.column, self.deleted = self.row + 1, 0, False

    def close_row(self) -> None:
        if self.deleted:
            self.row -= 1

    def close_cell(self) -> int:
        """Put the open cell. Return 1 where it holds something."""
        cell, self.cell = self.cell, None
        if cell is None or cell.deleted or self.deleted:
            return 0
        text, first, last = cell.text().strip(), self.column, self.column + cell.span - 1
        self.column = last + 1
        self.out.put(self.row, first, text)
        if cell.formula:
            self.out.note_formula(self.row, first, done=bool(text))
        if cell.vanished:
            self.out.note("vanish", self.row, first)
        above = self.growing.get(first)
        if cell.down == "continue" and above is not None and above[2] == self.row - 1:
            above[2:] = self.row, max(last, above[3])
        elif (
            cell.across == "continue" and self.areas and self.areas[-1][2:] == [self.row, first - 1]
        ):
            self.areas[-1][3] = last
        else:
            for column in range(first, last + 1):
                self.growing.pop(column, None)
            area = [self.row, first, self.row, last]
            if cell.down or cell.across or cell.span > 1:
                self.areas.append(area)
            if cell.down:
                self.growing[first] = area
        return bool(text)

    def close(self) -> None:
        for top, left, low, right in self.areas:
            if (top, left) != (low, right):
                self.out.merge((top, left, low, right))


class _Document:
    """The state between two elements: open tables, cells and lines, the run, what is skipped."""

    def __init__(self, file: str, styles: dict[str, _Look]) -> None:
        self.file, self.styles = file, styles
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        # texts that are open, the innermost last: a line of the document, a cell, a text box
        self.texts: list[_Text] = [_Text()]
        self.looks: list[_Look] = []  # of the run that is open, and of those around a text box
        self.lines: list[str] = []
        self.skipped = self.cells = self.rows = self.places = self.top_tables = 0
        self.notes = {"footnote": 0, "endnote": 0}
        self.listening = self.instruction = self.in_row = self.revised = False

    def calls(self) -> tuple[Acts, Ends]:
        """What is called at the beginning of each element, and what at its end."""
        pairs = {
            "tbl": (self.open_table, self.close_table),
            "tr": (self.open_row, self.close_row),
            "trPr": (self.open_row_properties, self.close_row_properties),
            "tc": (self.open_cell, self.close_cell),
            "txbxContent": (self.open_box, self.close_box),
            "p": (self.open_paragraph, self.close_paragraph),
            "r": (self.open_run, self.close_run),
            "t": (self.open_text, self.close_text),
            "instrText": (self.open_instruction, self.close_text),
        }
        word: Acts = {
            **{name: begin for name, (begin, _end) in pairs.items()},
            "gridBefore": self.move,
            "hidden": self.hide_row,
            "gridSpan": self.widen,
            "vMerge": self.merge_down,
            "hMerge": self.merge_across,
            "cellDel": self.delete_cell,
            "rStyle": self.style,
            "fldSimple": self.simple_field,
            "fldChar": self.field,
            "sym": self.symbol,
            "tab": self.sign("\t"),
            "ptab": self.sign("\t"),
            "br": self.sign("\n"),
            "cr": self.sign("\n"),
            "noBreakHyphen": self.sign("-"),
            "footnoteReference": self.reference("footnote"),
            "endnoteReference": self.reference("endnote"),
            **dict.fromkeys(_INSERTED, self.revise),
            **{name: self.change_look(change) for name, change in _LOOKS.items()},
        }
        # in an equation a raised digit is a power and no mark
        signs = {"den": "/", "sup": "^", "sub": "_", "rad": "√"}
        math = {name: self.sign(sign, everywhere=True) for name, sign in signs.items()}
        acts = named_acts(_WORD, word) | named_acts(_MATH, math | {"t": self.open_text})
        ends = named_acts(_WORD, {name: end for name, (_begin, end) in pairs.items()})
        ends |= named_acts(_MATH, {"t": self.close_text})
        asides = named_acts(_WORD, dict.fromkeys(_SKIPPED.split(), self.skip))
        asides |= named_acts(_WORD, {"del": self.delete}) | named_acts(
            _COMPATIBLE, {"Fallback": self.skip}
        )
        return (
            {name: self.unless_skipped(act) for name, act in acts.items()} | asides,
            {name: self.unless_skipped(end) for name, end in ends.items()}
            | dict.fromkeys(asides, self.go_on),
        )

    def unless_skipped(self, act: Callable[..., None]) -> Callable[..., None]:
        def guarded(*attributes: Attributes) -> None:
            if not self.skipped:
                act(*attributes)

        return guarded

    def skip(self, _attributes: Attributes) -> None:
        self.skipped += 1

    def go_on(self) -> None:
        self.skipped -= 1

    def delete(self, _attributes: Attributes) -> None:
        """<w:del>: text that was deleted; among the properties of a row, the row."""
        if not self.skipped:
            self.revised = True
            if self.in_row:
                self.open[-1].deleted = True
        self.skipped += 1

    def revise(self, _attributes: Attributes) -> None:
        self.revised = True

    # -- tables ------------------------------------------------------------------------------------
    def open_table(self, _attributes: Attributes) -> None:
        if len(self.tables) >= SHEETS:
            why = _(
                "the document has more than {most} tables; keep the one with the figures",
                most=SHEETS,
            )
            raise refused(self.file, why)
        if self.open:
            self.open[-1].tables += 1
            name = f"{self.open[-1].name}.{self.open[-1].tables}"
        else:
            self.top_tables += 1
            name = f"Table {self.top_tables}"
        table = _Table(self.file, name, [] if self.open else self.lines)
        self.lines = []
        self.tables.append(table)
        self.open.append(table)

    def close_table(self) -> None:
        self.open.pop().close()
        self.lines = []

    def open_row(self, _attributes: Attributes) -> None:
        self.open[-1].open_row()

    def close_row(self) -> None:
        table = self.open[-1]
        table.close_row()
        self.rows += 1
        self.places += table.column
        if self.rows > ROWS or self.places > PLACES:
            raise too_far_apart(self.file)

    def open_row_properties(self, _attributes: Attributes) -> None:
        self.in_row = True

    def close_row_properties(self) -> None:
        self.in_row = False

    def hide_row(self, attributes: Attributes) -> None:
        if self.in_row and _value(attributes) not in _OFF:
            self.open[-1].out.hidden_rows.append((self.open[-1].row, self.open[-1].row))

    def move(self, attributes: Attributes) -> None:
        if self.open:
            self.open[-1].column += self.number(attributes)

    def number(self, attributes: Attributes) -> int:
        text = _value(attributes)
        if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= COLUMNS):
            sentence = _(
                "a cell of the table spans {value} columns; open the file and save it again",
                value=repr(text[:20]),
            )
            raise refused(self.file, sentence)
        return int(text)

    def open_cell(self, _attributes: Attributes) -> None:
        cell = self.open[-1].cell = _Cell()
        self.texts.append(cell)

    def close_cell(self) -> None:
        self.texts.pop()
        self.cells += self.open[-1].close_cell()
        if self.cells > CELLS:
            raise too_many_cells(self.file)

    @property
    def cell(self) -> _Cell:
        """The innermost text, where it is a cell; else one that nobody reads."""
        text = self.texts[-1]
        return text if isinstance(text, _Cell) else _Cell()

    def widen(self, attributes: Attributes) -> None:
        self.cell.span = max(self.number(attributes), 1)

    def merge_down(self, attributes: Attributes) -> None:
        self.cell.down = _value(attributes) or "continue"

    def merge_across(self, attributes: Attributes) -> None:
        self.cell.across = _value(attributes) or "continue"

    def delete_cell(self, _attributes: Attributes) -> None:
        self.revised = self.cell.deleted = True

    # -- text --------------------------------------------------------------------------------------
    def open_box(self, _attributes: Attributes) -> None:
        """<w:txbxContent>: what hangs on a line or a cell and is not its text."""
        self.texts.append(_Text())

    def close_box(self) -> None:
        self.texts.pop()

    def open_paragraph(self, _attributes: Attributes) -> None:
        text = self.texts[-1]
        if text.paragraphs and len(self.texts) > 1:
            text.add("\n")
        text.paragraphs += 1

    def close_paragraph(self) -> None:
        if len(self.texts) > 1:
            return
        line, self.texts[0] = self.texts[0].text().strip(), _Text()
        if len(line) > _LINE:
            self.lines = []
        elif line:
            self.lines = [*self.lines[1 - _LINES :], line]

    def open_run(self, _attributes: Attributes) -> None:
        self.looks.append(_Look())

    def close_run(self) -> None:
        self.looks.pop()

    @property
    def look(self) -> _Look:
        """How the open run looks; outside a run, one that nobody sees."""
        return self.looks[-1] if self.looks else _Look()

    def style(self, attributes: Attributes) -> None:
        known = self.styles.get(_value(attributes))
        if known and self.looks:
            self.looks[-1] = replace(known)

    def change_look(
        self, change: Callable[[_Look, Attributes], None]
    ) -> Callable[[Attributes], None]:
        return lambda attributes: change(self.look, attributes)

    def add(self, text: str, *, mark: bool = False) -> None:
        """Add text of the open run, where its field shows it."""
        cell = self.cell
        if not all(cell.fields):
            return
        if self.look.vanished:
            self.texts[-1].vanished = True
            return
        # a figure that is struck out beside another must not become one with it
        text = f"~{text}~" if self.look.struck else text
        self.texts[-1].add(text, RAISED if mark else self.look.place)

    def hear(self, data: str) -> None:
        """Text of the part; kept only inside <w:t>."""
        if not self.skipped and self.listening:
            if self.instruction:
                self.instruct(data)
            else:
                self.add(data)

    def open_text(self, _attributes: Attributes) -> None:
        self.listening = True

    def open_instruction(self, _attributes: Attributes) -> None:
        self.listening = self.instruction = True

    def close_text(self) -> None:
        self.listening = self.instruction = False

    def instruct(self, text: str) -> None:
        """The instruction of a field: one that begins with = computes a figure."""
        self.cell.formula = self.cell.formula or text.lstrip().startswith("=")

    def simple_field(self, attributes: Attributes) -> None:
        self.instruct(_value(attributes, "instr"))

    def field(self, attributes: Attributes) -> None:
        """The beginning of a field, of its result, or its end."""
        fields, kind = self.cell.fields, _value(attributes, "fldCharType")
        if kind == "begin":
            fields.append(False)
        elif kind == "separate" and fields:
            fields[-1] = True
        elif kind == "end" and fields:
            fields.pop()

    def symbol(self, attributes: Attributes) -> None:
        text = _value(attributes, "char")
        try:
            code = int(text, 16)
            sign = _SYMBOLS.get(code & 0xFF) if code >> 8 == 0xF0 else None
            # an unknown one stays to be seen, so that no figure is read without its sign
            self.add(sign or chr(code if not 0xD800 <= code < 0xE000 else 0xFFFD))
        except (ValueError, OverflowError):
            self.add("\ufffd")

    def sign(self, text: str, *, everywhere: bool = False) -> Callable[[Attributes], None]:
        def act(_attributes: Attributes) -> None:
            # <w:tab> among the properties of a paragraph is a stop and no character
            if self.looks or everywhere:
                self.add(text)

        return act

    def reference(self, kind: str) -> Callable[[Attributes], None]:
        def act(attributes: Attributes) -> None:
            if _value(attributes, "customMarkFollows") in {"", *_OFF}:
                self.notes[kind] += 1
                self.add(str(self.notes[kind]), mark=True)

        return act


def _value(attributes: Attributes, name: str = "val") -> str:
    return next((attributes[f"{w} {name}"] for w in _WORD if f"{w} {name}" in attributes), "")


def _styles(archive: Archive, main: str) -> dict[str, _Look]:
    """How the styles of characters look: those that raise, hide or strike text, and their kin."""
    part = of_kind(archive.links(main), "styles")
    looks: dict[str, _Look] = {}
    name = ""

    def begin(attributes: Attributes) -> None:
        nonlocal name
        name = _value(attributes, "styleId")
        looks[name] = _Look()

    def base(attributes: Attributes) -> None:
        if known := looks.get(_value(attributes)):
            looks[name] = replace(known)

    def changed(change: Callable[[_Look, Attributes], None]) -> Callable[[Attributes], None]:
        return lambda attributes: change(looks.setdefault(name, _Look()), attributes)

    acts: Acts = {"style": begin, "basedOn": base}
    acts |= {look: changed(change) for look, change in _LOOKS.items()}
    if part in archive:
        archive.walk(part, named_acts(_WORD, acts), {})
    return looks
