"""One tab of a workbook: rows written from the top down, as high and as wide as they need."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _
from dtrack.rendering.xlsx_formats import Dress
from dtrack.reporting.document import Column, in_order, indented, width_of

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_LETTERS = 16_000  # of one cell; Excel takes 32,767 and counts some signs as two
LEAST = 7  # letters of the narrowest column
_PAGE, _WIDEST, _SIDES = 96, 48, 3  # widths in letters
_ROW = 16.5  # points
PICTURE = 280  # pixels that a chart is high
# letters of Calibri 11, or of the wider letters that stand for it, across A4 within its margins
_PAPER = 112
_TALL = 500  # points of A4 across between its margins
_SMALLEST = 60  # per cent: print smaller than 6.6 points is not read
_UNSAFE = re.compile("[\ufffe\uffff]")  # what XML forbids
_Value = float | bool | str | dt.date | None


class Link(NamedTuple):
    """A text that leads to another tab."""

    text: str
    tab: str

    @property
    def address(self) -> str:
        """The tab as a link within the workbook names it."""
        return f"internal:'{self.tab.replace(chr(39), chr(39) * 2)}'!A1"


Cell = tuple[_Value | Link, "Format"]


def text_of(text: str) -> str:
    """Text from data as a cell takes it.

    No sign that XML forbids, no mark-up that XlsxWriter would pass on, not too long.
    """
    plain = _UNSAFE.sub("\ufffd", harmless(text))
    if len(plain) > MOST_LETTERS:
        plain = _("{text} … (longer than a cell can hold)", text=plain[:MOST_LETTERS])
    return plain + " " if plain.startswith("<r>") and plain.endswith("</r>") else plain


class Page:
    """One tab with its column widths, in letters: A4 across, its title and number at the foot."""

    def __init__(self, on: Worksheet, widths: Sequence[int], dress: Dress, foot: str) -> None:
        self.on, self.widths, self.high = on, list(widths) or [_PAGE], dict[int, int]()
        self.dress, self.next = dress, 0
        self.tall, self.picture_row = dict[int, float](), 0
        for place, width in enumerate(self.widths):
            on.set_column(place, place, width)
        narrow = max(_PAGE - sum(self.widths), 0)
        # sentences reach over empty columns beside a narrow table
        self.span = len(self.widths) + ceil(narrow / 9)
        self.room = sum(self.widths) + 9 * ceil(narrow / 9)
        on.set_landscape()
        on.set_paper(9)
        on.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        on.set_footer(f"&L&9 {text_of(foot)[:100].replace('&', '&&')}&R&9 &P / &N")
        on.hide_gridlines(2)
        on.set_default_row(_ROW)

    @property
    def fits(self) -> int:
        """The per cent at which it is one page wide."""
        return min(100, 100 * _PAPER // self.room)

    def print_at(self, scale: int) -> None:
        """One size for all tabs; a wider one is made to fit alone."""
        if self.fits < scale:
            self.on.fit_to_pages(1, 0)
        else:
            self.on.set_print_scale(scale)
        if self.picture_row and self._would_cut(min(scale, self.fits)):
            self.on.set_h_pagebreaks([self.picture_row])

    def _would_cut(self, scale: int) -> bool:
        """The picture would stand on two sheets of paper."""
        above = sum(self.tall.get(row, _ROW) for row in range(self.picture_row))
        room = _TALL * 100 / scale
        return above % room + PICTURE * 0.75 > room

    def _set_height(self, row: int, lines: float) -> None:
        self.tall[row] = _height(lines)
        self.on.set_row(row, self.tall[row])

    def lines(self, texts: Iterable[str], **look: Any) -> None:
        """Sentences across the page, "" for a blank row."""
        dress, size = self.dress.of(text_wrap=True, **look), look.get("font_size", 11) / 11
        for text in texts:
            if text:
                self._across(in_order(text_of(indented(text))), dress, size)
            self.next += 1

    def link(self, link: Link) -> None:
        """A line that leads to another tab."""
        self.on.write_url(self.next, 0, link.address, self.dress.link(), link.text)
        self.next += 1

    def _across(self, text: str, dress: Format, size: float) -> None:
        """A text over the whole width, in a row as high as it needs: merged rows never fit."""
        self._set_height(self.next, _lines(text, self.room / size) * size)
        if self.span > 1:
            self.on.merge_range(self.next, 0, self.next, self.span - 1, "", dress)
        self.on.write_string(self.next, 0, text, dress)

    def picture(self, chart: Chart, told: str) -> None:
        """A chart below all that is written, with the words for those who do not see it."""
        options = {"x_offset": 4, "description": text_of(told), "object_position": 2}
        self.picture_row = self.next + 1
        chart.set_size({"width": 900, "height": PICTURE})
        self.on.insert_chart(self.picture_row, 0, chart, options)

    def table(
        self,
        headings: Sequence[tuple[str | Link, Format]],
        cells: Sequence[Sequence[Cell]],
        *,
        alone: bool = True,
    ) -> tuple[int, int]:
        """Header and rows; returns the first and the last row.

        `alone`: the one table of its tab, frozen, filtered and repeated on paper.
        """
        top = self.next
        texts = [one.text if isinstance(one, Link) else one for one, _look in headings]
        lines = [_lines(one, width - 4) for one, width in zip(texts, self.widths, strict=False)]
        self.high[top] = max(lines)
        self._row(top, headings)
        self._measure(top + 1, cells)
        for number, line in enumerate(zip(*cells, strict=True), top + 1):
            self._row(number, line)
        last = top + len(cells[0])
        if alone:
            self.on.freeze_panes(top + 1, 0)
            self.on.repeat_rows(top)
            self.on.autofilter(top, 0, last, len(headings) - 1)
        self.next = last + 1
        return top + 1, last

    def _measure(self, first: int, cells: Sequence[Sequence[Cell]]) -> None:
        """Find rows that need more than one line; not every spreadsheet does when it opens."""
        for width, column in zip(self.widths, cells, strict=False):
            for row, (value, _style) in enumerate(column if width > _WIDEST else (), first):
                if isinstance(value, str) and width_of(value) > width - _SIDES:
                    self.high[row] = max(self.high.get(row, 1), _lines(value, width - _SIDES))

    def _row(self, row: int, cells: Iterable[Cell]) -> None:
        """The cells of one row, each as what it is, and nothing where nothing is known."""
        if row in self.high:
            self._set_height(row, self.high[row])
        number, text, blank = self.on.write_number, self.on.write_string, self.on.write_blank
        for place, (value, dress) in enumerate(cells):
            if value is None:
                blank(row, place, None, dress)
            elif isinstance(value, str):
                text(row, place, value, dress)
            elif isinstance(value, Link):
                self.on.write_url(row, place, value.address, dress, value.text)
            elif isinstance(value, bool):
                self.on.write_boolean(row, place, value, dress)
            elif isinstance(value, dt.date):
                self.on.write_datetime(row, place, value, dress)
            else:
                number(row, place, value, dress)


def print_alike(pages: Iterable[Page]) -> None:
    """Print tabs at one size, the largest at which all fit that can be read when they do."""
    pages = list(pages)
    scale = min((page.fits for page in pages if page.fits >= _SMALLEST), default=100)
    for page in pages:
        page.print_at(scale)


def _lines(text: str, room: float) -> int:
    """Lines that a text takes in so many letters' room; most are narrower than a digit."""
    share = width_of(text) * 0.95 / room
    # it begins on a line of its own
    broken = any(word.isascii() and width_of(word) > room for word in text.split())
    return ceil(share * 1.05) + broken if share > 1 else 1


def _height(lines: float) -> float:
    """Points of a row; Excel takes 409."""
    return min(_ROW * lines, 400)


def has_bars(column: Column) -> bool:
    """Signed numbers of one unit."""
    return column.alike and column.signed and column.decimals is not None


def width(column: Column) -> int:
    """Wide enough for the texts, up to _WIDEST, and for the heading with its filter button."""
    longest = max(map(width_of, {harmless(text) for text in column.for_people()}), default=0)
    heading = max(min(width_of(column.heading), 16), *map(width_of, column.heading.split()), 0) + 3
    return max(min(longest, _WIDEST), heading, LEAST) + (7 if has_bars(column) else 3)
