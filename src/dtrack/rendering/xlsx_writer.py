"""Excel workbook of a Document, with XlsxWriter: a tab per sheet, then *Sources* and *Method*.

A number is written as the digits that people read, with a format that shows just
these; a text is always a text, never a formula or a link. The same document gives the same bytes:
the file bears no day but CREATED.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _, counted, decimals_shown
from dtrack.rendering.xlsx_formats import Dress
from dtrack.rendering.xlsx_tabs import tab_name
from dtrack.reporting.document import (
    Citation,
    Column,
    Document,
    Sheet,
    in_order,
    in_parts,
    indented,
    width_of,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# the file's day of creation: the core reads no clock
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001
MOST_LETTERS = 16_000  # of one cell; Excel takes 32,767 and counts some signs as two
# of one tab; Excel takes 1,048,576, and XlsxWriter leaves out what is beyond without a word
MOST_ROWS = 1_000_000
MANY = 2_000_000  # cells above which rows go to temporary files instead of being held in memory
_PAGE, _WIDEST, _LEAST, _SIDES = 96, 48, 7, 3  # widths in letters
_ABOVE = 3  # remarks above a table: more of them would leave no room to scroll
_ROW = 16.5  # points
_UNSAFE = re.compile("[\ufffe\uffff]")  # what XML forbids
_BAR = {
    "type": "data_bar",
    "data_bar_2010": True,
    "bar_solid": True,
    "bar_color": "#A9D3B5",
    "bar_negative_color": "#EFA69E",
    "bar_axis_position": "middle",
    "bar_axis_color": "#8C8C8C",
    "bar_no_border": True,
}
_Cell = tuple[float | str | None, "Format"]


def render(document: Document) -> bytes:
    """The document as the bytes of an .xlsx file."""
    import xlsxwriter

    out, whole = io.BytesIO(), document.sheets or (Sheet(_(document.title), ()),)
    sheets = [part for sheet in whole for part in in_parts(sheet, MOST_ROWS)]
    large = sum(sheet.size * len(sheet.columns) for sheet in sheets) > MANY
    book = xlsxwriter.Workbook(
        out,
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "constant_memory": large,
            "in_memory": not large,
        },
    )
    title = text_of(document.headline[0] if document.headline else _(document.title))[:255]
    book.set_properties(
        {
            "title": title,
            "subject": text_of(_(document.title))[:255],
            "author": "",
            "company": "",
            "created": CREATED,
        }
    )
    write, taken = Writer(book, title), {"history"}  # a name that Excel keeps for itself
    for number, sheet in enumerate(sheets):
        write.sheet(tab_name(text_of(sheet.title), taken), document, sheet, first=number == 0)
    if document.sources:
        write.sources(tab_name(_("Sources"), taken), document.sources)
    if document.facts or len(document.remarks) > _ABOVE:
        write.method(tab_name(_("Method"), taken), document)
    book.close()
    return out.getvalue()


def text_of(text: str) -> str:
    """Text from data as a cell takes it.

    No sign that XML forbids, no mark-up that XlsxWriter would pass on, not too long.
    """
    plain = _UNSAFE.sub("\ufffd", harmless(text))
    if len(plain) > MOST_LETTERS:
        plain = _("{text} … (longer than a cell can hold)", text=plain[:MOST_LETTERS])
    return plain + " " if plain.startswith("<r>") and plain.endswith("</r>") else plain


class Writer:
    """Tabs of one workbook, each written from the top down, as a large one has to be."""

    def __init__(self, book: Workbook, title: str) -> None:
        self.book, self.title, self.dress = book, title, Dress(book)
        look = {
            "bold": True,
            "bg_color": "#EDF1F5",
            "bottom": 2,
            "bottom_color": "#5B6B7B",
            "text_wrap": True,
        }
        self.headings = {
            right: self.dress.of(
                **look, align="right" if right else "left", indent=2 if right else 1
            )
            for right in (False, True)
        }

    def sheet(self, name: str, document: Document, sheet: Sheet, *, first: bool) -> None:
        """A table, the headline above, its sentences below; the document's on the first tab."""
        page, row = self.page(name, [_width(column) for column in sheet.columns]), 0
        row = self.lines(page, row, document.headline[:1], font_color="#5B6B7B")
        row = self.lines(
            page, row, (sheet.title,) if document.sheets else (), bold=True, font_size=14
        )
        row = self.lines(page, row, document.headline[1:])
        row = self.lines(page, row, _few(document.remarks), font_color="#8A5A00", bold=True)
        if sheet.size:
            row = self.table(page, row + 1, sheet.columns)
        below = (
            *sheet.sentences,
            *(("",) * bool(sheet.sentences) + document.below if first else ()),
        )
        self.lines(page, row + 1, below)

    def sources(self, name: str, sources: tuple[Citation, ...]) -> None:
        """The numbers that cells cite, and what they stand for."""
        listed = [source for source in sources if source.number is not None]
        page = self.page(name, [_LEAST, 110])
        row = self.lines(page, 0, (_("Sources"),), bold=True, font_size=14)
        if listed:
            numbers, texts = zip(*listed, strict=True)
            columns = [
                Column("number", _("No."), numbers, right=True),
                Column("source", _("Source"), texts),
            ]
            row = self.table(page, row + 1, columns)
        self.lines(page, row + 1, tuple(source.text for source in sources if source.number is None))

    def method(self, name: str, document: Document) -> None:
        """How the document was made, and every remark."""
        page, what = self.page(name, [34, 100]), [what for what, _ in document.facts]
        told = Column("told", _("Told"), [told for _, told in document.facts])
        row = self.lines(page, 0, (_("Method"),), bold=True, font_size=14)
        row = self.table(
            page, row + 1, [Column("what", _("What"), what, tones=["city"] * len(what)), told]
        )
        self.lines(page, row + 1, document.remarks)

    def page(self, name: str, widths: Sequence[int]) -> Page:
        """A new tab: A4 across, one page wide, its title and number at the foot."""
        page = Page(self.book.add_worksheet(name), list(widths))
        page.on.set_landscape()
        page.on.set_paper(9)
        page.on.fit_to_pages(1, 0)
        page.on.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.on.set_footer(f"&L&9 {text_of(self.title)[:100].replace('&', '&&')}&R&9 &P / &N")
        page.on.hide_gridlines(2)
        page.on.set_default_row(_ROW)
        return page

    def lines(self, page: Page, row: int, texts: Iterable[str], **look: Any) -> int:
        """Sentences across the page, "" for a blank row; returns the row below them."""
        dress, size = self.dress.of(text_wrap=True, **look), look.get("font_size", 11) / 11
        for number, text in enumerate(texts, row):
            if text:
                page.across(number, in_order(text_of(indented(text))), dress, size)
            row = number + 1
        return row

    def table(self, page: Page, row: int, columns: Sequence[Column]) -> int:
        """Header and rows, frozen, filtered and repeated on paper; returns the row below."""
        page.high[row] = max(
            _lines(column.heading, width - 4)
            for column, width in zip(columns, page.widths, strict=True)
        )
        page.on.set_row(row, _height(page.high[row]))
        for place, column in enumerate(columns):
            page.on.write_string(
                row, place, text_of(column.heading), self.headings[column.to_the_right]
            )
        cells = [_cells(column, self.dress) for column in columns]
        page.fit(row + 1, cells)
        for number, line in enumerate(zip(*cells, strict=True), row + 1):
            page.row(number, line)
        last = row + len(cells[0])
        page.on.freeze_panes(row + 1, 0)
        page.on.repeat_rows(row)
        page.on.autofilter(row, 0, last, len(columns) - 1)
        for place, column in enumerate(columns):
            if _has_bars(column):
                page.on.conditional_format(row + 1, place, last, place, _BAR)
        return last + 1


class Page:
    """One tab with its column widths, in letters."""

    def __init__(self, on: Worksheet, widths: list[int]) -> None:
        self.on, self.widths, self.high = on, widths or [_PAGE], dict[int, int]()
        for place, width in enumerate(self.widths):
            on.set_column(place, place, width)
        narrow = max(_PAGE - sum(self.widths), 0)
        # sentences reach over empty columns beside a narrow table
        self.span = len(self.widths) + ceil(narrow / 9)
        self.room = sum(self.widths) + 9 * ceil(narrow / 9)

    def across(self, row: int, text: str, dress: Format, size: float) -> None:
        """A text over the whole width, in a row as high as it needs: merged rows never fit."""
        self.on.set_row(row, _height(_lines(text, self.room / size) * size))
        if self.span > 1:
            self.on.merge_range(row, 0, row, self.span - 1, "", dress)
        self.on.write_string(row, 0, text, dress)

    def fit(self, first: int, cells: Sequence[Sequence[_Cell]]) -> None:
        """Find rows that need more than one line; not every spreadsheet does when it opens."""
        for width, column in zip(self.widths, cells, strict=True):
            for row, (value, _style) in enumerate(column if width > _WIDEST else (), first):
                if isinstance(value, str) and width_of(value) > width - _SIDES:
                    self.high[row] = max(self.high.get(row, 1), _lines(value, width - _SIDES))

    def row(self, row: int, cells: Iterable[_Cell]) -> None:
        """The cells of one row: numbers, texts, and nothing where nothing is known."""
        if row in self.high:
            self.on.set_row(row, _height(self.high[row]))
        number, text, blank = self.on.write_number, self.on.write_string, self.on.write_blank
        for place, (value, dress) in enumerate(cells):
            if value is None:
                blank(row, place, None, dress)
            elif isinstance(value, str):
                text(row, place, value, dress)
            else:
                number(row, place, value, dress)


def _lines(text: str, room: float) -> int:
    """Lines that a text takes in so many letters' room; most are narrower than a digit."""
    share = width_of(text) * 0.95 / room
    # it begins on a line of its own
    broken = any(word.isascii() and width_of(word) > room for word in text.split())
    return ceil(share * 1.05) + broken if share > 1 else 1


def _height(lines: float) -> float:
    """Points of a row; Excel takes 409."""
    return min(_ROW * lines, 400)


def _few(remarks: tuple[str, ...]) -> tuple[str, ...]:
    more = _("… and {count} more remarks, on the tab Method", count=counted(len(remarks) - _ABOVE))
    return remarks if len(remarks) <= _ABOVE else (*remarks[:_ABOVE], more)


def _has_bars(column: Column) -> bool:
    """Signed numbers of one unit."""
    return column.alike and column.signed and column.decimals is not None


def _width(column: Column) -> int:
    """Wide enough for the texts, up to _WIDEST, and for the heading with its filter button."""
    longest = max(map(width_of, {harmless(text) for text in column.for_people()}), default=0)
    heading = max(min(width_of(column.heading), 16), *map(width_of, column.heading.split()), 0) + 3
    return max(min(longest, _WIDEST), heading, _LEAST) + (7 if _has_bars(column) else 3)


def _cells(column: Column, dress: Dress) -> list[_Cell]:
    """Value and format of every cell; distinct texts and formats are made once."""
    texts, right = column.for_people(), column.to_the_right
    tones = column.tones or [""] * len(texts)
    digits = [decimals_shown(text) for text in texts]
    safe = {text: text_of(text) for text in set(texts)}
    looks: dict[tuple[str, int], Format] = {}
    cells: list[_Cell] = []
    for text, number, tone, count in zip(texts, column.as_numbers(), tones, digits, strict=True):
        key = (tone if text else "", max(int(count), 0) if number is not None else -1)
        look = looks.get(key) or looks.setdefault(
            key, dress.cell(key[0], digits=key[1], signed=column.signed, right=right)
        )
        cells.append((number if number is not None else safe[text] or None, look))
    return cells
