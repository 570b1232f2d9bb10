"""Cells in any order, one by one → a Grid and what is to be said of it.

Every kind of workbook is read through here. The limits of a sheet are kept here, before memory is
taken: blank cells and blank rows cost nothing, a merged area is never spread out.
"""

from __future__ import annotations

from collections.abc import Iterable

from dtrack.core.findings import Finding
from dtrack.core.message import Message, lazy_counted, lazy_enumerated, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.importing.formats.cell_notes import CellCount
from dtrack.importing.formats.grid import Area, Grid, letters
from dtrack.importing.formats.limits import (
    CELLS,
    CHARACTERS,
    COLUMNS,
    MERGED,
    MERGED_ROWS,
    PLACES,
    ROWS,
    refused,
    too_far_apart,
    too_many_cells,
)
from dtrack.importing.formats.number_format import PLAIN, NumberFormat
from dtrack.importing.formats.shown_number import show_number

Span = tuple[int, int]  # first and last, from 0

_OVERLAP = N_("merged areas of the sheet overlap; open the file and save it again")


class SheetBuilder:
    """One sheet while it is read. Rows and columns count from 0; `above` as in Grid."""

    def __init__(self, file: str, sheet: str, *, hidden: bool = False) -> None:
        self.file, self.sheet, self.hidden = file, sheet, hidden
        self.above = 0
        self.since_1904 = False
        self.rows: list[list[str]] = []
        self.formulas: list[tuple[int, int]] = []
        self.merged: list[Area] = []
        self.hidden_rows: list[Span] = []
        self.hidden_columns: list[Span] = []
        self._cells = self._places = 0
        self._counts: dict[str, CellCount] = {}

    def cell_name(self, row: int, column: int) -> str:
        """The name of a cell in its sheet: D7."""
        return f"{letters(column)}{row + 1 - self.above}"

    def origin(self, row: int, column: int) -> str:
        """The name of a cell: workbook.xlsx!sheet!D7."""
        return "!".join(
            part for part in (self.file, self.sheet, self.cell_name(row, column)) if part
        )

    def put(self, row: int, column: int, text: str) -> None:
        """One cell; blank ones are left out.

        Raises BlockedByFindings where a limit is passed or a cell stands there twice.
        """
        if not text or text.isspace():
            return
        if row >= len(self.rows) or column >= COLUMNS or len(text) > CHARACTERS:
            self._reach(row, column, text)
        line = self.rows[row]
        before = len(line)
        if column < before:
            if line[column]:
                why = _("this cell occurs twice in the workbook; open the file and save it again")
                raise refused(self.origin(row, column), why)
            line[column] = text
        else:
            if column > before:
                self._room(column - before)
                line.extend([""] * (column - before))
            line.append(text)
        self._cells += 1
        if self._cells > CELLS:
            raise too_many_cells(self.file)

    def _room(self, places: int) -> None:
        """Count blank places before they take memory."""
        self._places += places
        if self._places > PLACES:
            raise too_far_apart(self.file)

    def _reach(self, row: int, column: int, text: str) -> None:
        """Refuse what no sheet can hold; make rows up to that one."""
        if row >= ROWS or column >= COLUMNS:
            told = _(
                "a cell is beyond {rows} rows or {columns} columns",
                rows=lazy_counted(ROWS),
                columns=lazy_counted(COLUMNS),
            )
            raise refused(self.file, told)
        if len(text) > CHARACTERS:
            told = _(
                "this cell contains more than {most} characters", most=lazy_counted(CHARACTERS)
            )
            raise refused(self.origin(row, column), told)
        self.rows.extend([] for _ in range(row + 1 - len(self.rows)))

    def put_number(
        self, row: int, column: int, number: float, held: str, form: NumberFormat | None
    ) -> None:
        """Put what a number shows under its format; `held`: its digits in the file, for notes.

        A format that cannot be read (None) is refused.
        """
        if form is None:
            self.note("format", row, column, held)
            form = PLAIN
        shown = show_number(number, form, since_1904=self.since_1904)
        if shown.hides or shown.sign or shown.blank:
            kind = "blank" if shown.blank else "sign" if shown.sign else "digits"
            self.note(kind, row, column, held, shown.text)
        self.put(row, column, shown.text)

    def note(self, kind: str, row: int, column: int, example: str = "", shown: str = "") -> None:
        """Count one more cell of a kind that `cell_notes` knows.

        The first one is named, with what it holds and what it shows of that.
        """
        if (count := self._counts.get(kind)) is None:
            name = self.cell_name(row, column)
            self._counts[kind] = CellCount(1, row, column, name, example, shown)
        else:
            count.cells += 1

    def note_formula(self, row: int, column: int, *, done: bool) -> None:
        """Count a cell with a formula; `done`: its result is saved."""
        self.note("formula" if done else "never", row, column)
        if done:
            self.formulas.append((row, column))

    def merge(self, area: Area) -> None:
        """One merged area: first row, first column, last row, last column."""
        self.merged.append(area)
        if len(self.merged) > MERGED:
            why = _("the sheet has more than {most} merged areas", most=lazy_counted(MERGED))
            raise refused(self.file, why)

    def finish(self) -> tuple[Grid, list[Finding]]:
        """Return the sheet, its blank ends cut off, and what was noted on the way."""
        self._cut()
        merged = self._clip()
        self._uncover(merged)
        self._cut()
        words, hidden_cells = self._hidden_cells()
        findings = [
            count.finding(kind, self.origin(count.row, count.column))
            for kind, count in self._counts.items()
        ]
        if self.hidden:
            sentence = _("the sheet is hidden; it was read")
            origin = self.origin(0, 0)
            findings.append(Finding("hidden-cells", "", None, "", sentence, origin=origin))
        grid = Grid(
            self.file,
            self.sheet,
            self.rows,
            merged,
            frozenset(self.formulas),
            words,
            above=self.above,
        )
        return grid, findings + hidden_cells

    def _cut(self) -> None:
        """Cut off blank cells at the end of each row, and blank rows at the end."""
        for row in self.rows:
            while row and not row[-1]:
                row.pop()
        while self.rows and not self.rows[-1]:
            self.rows.pop()

    def _clip(self) -> tuple[Area, ...]:
        """The merged areas as far as they cover content.

        A1:XFD1048576 over three columns is three columns wide.
        """
        bottom, right = len(self.rows) - 1, max(map(len, self.rows), default=0) - 1
        areas = [
            (top, left, min(low, bottom), min(far, right)) for top, left, low, far in self.merged
        ]
        areas = [area for area in areas if area[0] <= area[2] and area[1] <= area[3]]
        if sum((low - top + 1) * (far - left + 1) for top, left, low, far in areas) > (
            bottom + 1
        ) * (right + 1):
            raise refused(self.file, _(_OVERLAP))
        if sum(low - top + 1 for top, _, low, _ in areas) > MERGED_ROWS:
            why = _(
                "the merged areas of the sheet span more than {most} rows",
                most=lazy_counted(MERGED_ROWS),
            )
            raise refused(self.file, why)
        return tuple(area for area in areas if area[:2] != area[2:])

    def _uncover(self, merged: tuple[Area, ...]) -> None:
        """Take away what lies under a merged area beside its first cell: nobody sees it.

        Only rows that are there cost.
        """
        seen = 0
        for top, left, low, far in merged:
            for number in range(top, low + 1):
                row = self.rows[number]
                seen += max(min(far + 1, len(row)) - left, 0)
                # areas that do not overlap see no place twice
                if seen > self._places + self._cells:
                    raise refused(self.file, _(_OVERLAP))
                for column in range(left + (number == top), min(far + 1, len(row))):
                    if row[column]:
                        self.note("under", number, column, row[column])
                        row[column] = ""

    def _hidden_cells(self) -> tuple[tuple[Message, ...], list[Finding]]:
        """What is hidden and holds something, in words, and the finding that counts its cells.

        Columns that are hidden right of the table (a usual habit) are not told.
        """
        rows, width = self.rows, max(map(len, self.rows), default=0)
        low = [
            span
            for span in _joined(self.hidden_rows, len(rows))
            if any(rows[span[0] : span[1] + 1])
        ]
        columns = _joined(self.hidden_columns, width)
        in_rows, in_columns = _members(low), _members(columns)
        cells, first, seen = 0, (0, 0), set[int]()
        for row in range(len(rows)) if in_columns else sorted(in_rows):
            for column, text in enumerate(rows[row]):
                if text and (row in in_rows or column in in_columns):
                    first = first if cells else (row, column)
                    cells += 1
                    seen.add(column)
        columns = [span for span in columns if not seen.isdisjoint(range(span[0], span[1] + 1))]
        words = (*map(_columns, columns), *(_rows(span, self.above) for span in low))
        if not cells:
            return words, []
        where: object = lazy_enumerated(words[:5])
        if len(words) > 5:
            where = lazy_ngettext(
                "{names} and {count} more", "{names} and {count} more", len(words) - 5, names=where
            )
        text = rows[first[0]][first[1]][:40]
        sentence = lazy_ngettext(
            "{count} hidden cell was read ({where}; the first is {first})",
            "{count} hidden cells were read ({where}; the first is {first})",
            cells,
            where=where,
            first=_("{cell}: {text}", cell=self.cell_name(*first), text=text),
        )
        return words, [Finding("hidden-cells", "", None, "", sentence, origin=self.origin(*first))]


def _rows(span: Span, above: int) -> Message:
    first, last = span[0] + 1 - above, span[1] + 1 - above
    if first == last:
        return _("row {number}", number=first)
    return _("rows {first} to {last}", first=first, last=last)


def _columns(span: Span) -> Message:
    first, last = map(letters, span)
    if first == last:
        return _("column {letter}", letter=first)
    return _("columns {first} to {last}", first=first, last=last)


def _joined(spans: Iterable[Span], end: int) -> list[Span]:
    """Spans in order, those that touch made one, cut off at the end of the table."""
    joined: list[Span] = []
    for first, last in sorted((first, min(last, end - 1)) for first, last in spans if first < end):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _members(spans: Iterable[Span]) -> set[int]:
    return {number for first, last in spans for number in range(first, last + 1)}
