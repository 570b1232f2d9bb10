"""Excel workbook of a Document, with XlsxWriter.

*Summary* (where there is more than one table), a tab per table, those of few rows together, *Data*
(the sheet for programs), *Sources*, *Methodology*. A number is written as the digits that people
read, with a format that shows just these; a text is always a text, never a formula; the only links
lead from tab to tab. The same document gives the same bytes: the file bears no day but CREATED.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dtrack.core.translate import _, ngettext
from dtrack.rendering import xlsx_cells as cells
from dtrack.rendering.xlsx_chart import chart_of
from dtrack.rendering.xlsx_formats import Dress
from dtrack.rendering.xlsx_layout import together, with_numbers
from dtrack.rendering.xlsx_page import LEAST, Link, Page, has_bars, print_alike, text_of, width
from dtrack.rendering.xlsx_tabs import tab_name
from dtrack.reporting.document import Column, Document, Sheet, in_parts

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

# the file's day of creation: the core reads no clock
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001
# of one tab; Excel takes 1,048,576, and XlsxWriter leaves out what is beyond without a word
MOST_ROWS = 1_000_000
MANY = 2_000_000  # cells above which rows go to temporary files instead of being held in memory
_FEW = 2  # rows of a table that shares its tab with others
_ABOVE = 3  # remarks above a table: more of them would leave no room to scroll
_GREY, _AMBER = "#5B6B7B", "#8A5A00"
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


def render(document: Document) -> bytes:
    """The document as the bytes of an .xlsx file."""
    import xlsxwriter

    out = io.BytesIO()
    sheets = (*document.sheets, *((document.data,) if document.data is not None else ()))
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
    _Writer(book, title, document).all_tabs()
    book.close()
    return out.getvalue()


class _Writer:
    """Tabs of one workbook, each written from the top down, as a large one has to be."""

    def __init__(self, book: Workbook, title: str, document: Document) -> None:
        self.book, self.title, self.document = book, title, document
        # the second is a name that Excel keeps for itself
        self.dress, self.pages, self.taken = Dress(book), list[Page](), {"history"}
        # a name is taken before its tab is written: the summary leads to those that follow
        self.summary = self._name(_("Summary")) if len(document.sheets) > 1 else ""
        self.leads = list[tuple[Sheet, str]]()  # each table, and the tab that it stands on

    def all_tabs(self) -> None:
        """Summary, tables, data, sources, methodology."""
        tables = self._tables()
        if self.summary:
            self._summary()
        for place, (tab, sheet) in enumerate(tables):
            self._table(tab, sheet, first=not (place or self.summary))
        if self.document.data is not None and self.document.data.size:
            self._data(self.document.data)
        if self.document.sources:
            self._sources(self._name(_("Sources")))
        if self.document.facts or len(self.document.remarks) > _ABOVE:
            self._method(self._name(_("Methodology")))
        print_alike(self.pages)

    def _name(self, title: str) -> str:
        return tab_name(title, self.taken)

    def _tables(self) -> list[tuple[str, Sheet]]:
        """Each table under the name of its tab, those of few rows together, the scorecard apart."""
        sheets = self.document.sheets or (Sheet(_(self.document.title), ()),)
        sheets = tuple(sheet for sheet in sheets if not (self.summary and sheet.heat))
        few = [sheet for sheet in sheets if 0 < sheet.size <= _FEW and sheet.name]
        shared = self._name(_("Other indicators")) if len(few) > 1 else ""
        found = list[tuple[str, Sheet]]()
        for sheet in sheets:
            if shared and sheet in few:
                self.leads.append((sheet, shared))
                continue
            parts = in_parts(sheet, MOST_ROWS)
            tabs = [self._name(text_of(self._short(part))) for part in parts]
            self.leads.append((sheet, tabs[0]))
            found += zip(tabs, map(with_numbers, parts), strict=True)
        if shared:
            found.append((shared, with_numbers(together(few, _("Other indicators")))))
        return found

    def _short(self, sheet: Sheet) -> str:
        """What a table is called where room is scarce: as in the scorecard, else its title."""
        headings = (column for one in self.document.sheets if one.heat for column in one.columns)
        return next(
            (one.short or one.heading for one in headings if one.key == sheet.name), sheet.title
        )

    def _page(self, tab: str, widths: Sequence[int]) -> Page:
        page = Page(self.book.add_worksheet(tab), widths, self.dress, self.title)
        self.pages.append(page)
        return page

    def _summary(self) -> None:
        """What the document says first, the scorecard, and the way to each table."""
        document, scorecard = self.document, [one for one in self.document.sheets if one.heat]
        widths = [width(column) for one in scorecard[:1] for column in one.columns]
        page = self._page(self.summary, widths)
        page.lines(document.headline[:1], bold=True, font_size=16)
        page.lines(document.headline[1:], font_size=12)
        page.lines(_few(document.remarks), font_color=_AMBER, bold=True)
        tabs = {sheet.name: tab for sheet, tab in self.leads if sheet.name}
        for sheet in scorecard:
            page.next += 1
            page.lines((sheet.title,), bold=True, font_size=14)
            headings = [self._heading(column, tabs) for column in sheet.columns]
            page.table(
                # the sign stays beside the number, which is per cent in some columns
                headings,
                [cells.of(replace(column, numbers=None), self.dress) for column in sheet.columns],
                alone=False,
            )
            page.next += 1
            page.lines(sheet.sentences)
        page.next += 1
        page.lines((_("Tables of this workbook"),), bold=True, font_size=14)
        for sheet, tab in self.leads:
            page.link(Link(text_of(sheet.title), tab))
            page.lines((sheet.told,) if sheet.told else (), font_color=_GREY)
        page.lines(("", *document.below) if document.below else ())

    def _heading(self, column: Column, tabs: dict[str, str]) -> tuple[str | Link, Format]:
        """A heading; in the scorecard it leads to the table of its indicator."""
        text, look = text_of(column.heading), self.dress.heading(right=column.to_the_right)
        return (Link(text, tabs[column.key]) if column.key in tabs else text), look

    def _table(self, tab: str, sheet: Sheet, *, first: bool) -> None:
        """A table, its sentences below; headline and remarks above where there is no summary."""
        document = self.document
        page = self._page(tab, [width(column) for column in sheet.columns])
        page.lines(document.headline[:1], font_color=_GREY)
        page.lines((sheet.title,) if document.sheets else (), bold=True, font_size=14)
        page.lines(() if self.summary else document.headline[1:])
        page.lines(_few(document.remarks), font_color=_AMBER, bold=True)
        chart = None
        if sheet.size:
            page.next += 1
            chart = chart_of(self.book, tab, sheet, *self._grid(page, sheet))
        page.next += 1
        page.lines(sheet.sentences)
        page.lines(("", *document.below) if first and document.below and sheet.below else ())
        page.lines(document.below if first and not sheet.below else ())
        if chart is not None:
            page.picture(chart, sheet.title)

    def _grid(self, page: Page, sheet: Sheet) -> tuple[int, int]:
        columns = sheet.columns
        first, last = page.table(
            [self._heading(column, {}) for column in columns],
            [cells.of(column, self.dress) for column in columns],
        )
        for place, column in enumerate(columns):
            if has_bars(column):
                page.on.conditional_format(first, place, last, place, _BAR)
        return first, last

    def _data(self, data: Sheet) -> None:
        """The sheet for programs under its own headings: numbers, days and truths as such."""
        for part in in_parts(data, MOST_ROWS):
            page = Page(
                self.book.add_worksheet(self._name(_("Data"))),
                [width(column) for column in part.columns],
                self.dress,
                self.title,
            )
            page.table(
                [self._heading(column, {}) for column in part.columns],
                [cells.of_data(column, self.dress) for column in part.columns],
            )
            page.on.fit_to_pages(1, 0)

    def _sources(self, tab: str) -> None:
        """The numbers that cells cite, and what they stand for."""
        sources = self.document.sources
        listed = [source for source in sources if source.number is not None]
        page = self._page(tab, [LEAST, 110])
        page.lines((_("Sources"),), bold=True, font_size=14)
        if listed:
            page.next += 1
            numbers, texts = zip(*listed, strict=True)
            columns = (
                Column("number", _("No."), numbers, right=True),
                Column("source", _("Source"), texts),
            )
            self._grid(page, Sheet("", columns))
        page.next += 1
        page.lines(source.text for source in sources if source.number is None)

    def _method(self, tab: str) -> None:
        """How the document was made, and every remark."""
        facts = self.document.facts
        page, what = self._page(tab, [34, 100]), [what for what, _ in facts]
        told = Column("told", _("Notes"), [told for _, told in facts])
        page.lines((_("Methodology"),), bold=True, font_size=14)
        page.next += 1
        self._grid(
            page, Sheet("", (Column("what", _("Item"), what, tones=["city"] * len(what)), told))
        )
        page.next += 1
        page.lines(self.document.remarks)


def _few(remarks: tuple[str, ...]) -> tuple[str, ...]:
    more = ngettext(
        "… and {count} more note, on the tab Methodology",
        "… and {count} more notes, on the tab Methodology",
        len(remarks) - _ABOVE,
    )
    return remarks if len(remarks) <= _ABOVE else (*remarks[:_ABOVE], more)
