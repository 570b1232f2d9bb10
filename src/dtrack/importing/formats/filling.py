"""Cells in any order, one by one → a Grid and what is to be said of it.

Both kinds of workbook are read through here.

The limits of a sheet are kept here, before memory is taken: blank cells and blank rows cost
nothing, a merged area is never spread out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dtrack.core.findings import Finding
from dtrack.core.message import Message, lazy_cut, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.importing.formats.grid import Grid, letters
from dtrack.importing.formats.hidden import Span, in_words, tell_hidden
from dtrack.importing.formats.limits import (
    CELLS,
    CHARACTERS,
    COLUMNS,
    MERGED,
    MERGED_ROWS,
    PLACES,
    ROWS,
    grouped,
    refused,
)

Area = tuple[int, int, int, int]

# what is counted: code of the finding, whether it is refused, its sentence
_NOTES: dict[str, tuple[str, bool, Callable[[int, object], Message]]] = {
    "formula": (
        "formula-cell",
        False,
        lambda cells, first: lazy_ngettext(
            "{count} cell holds formulas; the saved results were read (the first is {first})",
            "{count} cells hold formulas; the saved results were read (the first is {first})",
            cells,
            first=first,
        ),
    ),
    "never": (
        "formula-cell",
        True,
        lambda cells, first: lazy_ngettext(
            "{count} cell holds a formula that was never calculated (the first is {first}); "
            "open the workbook in Excel or LibreOffice and save it",
            "{count} cells hold a formula that was never calculated (the first is {first}); "
            "open the workbook in Excel or LibreOffice and save it",
            cells,
            first=first,
        ),
    ),
    "digits": (
        "read-as",
        False,
        lambda cells, first: lazy_ngettext(
            "{count} cell holds more digits than the format shows; the shown text was taken (the first is {first})",
            "{count} cells hold more digits than the format shows; the shown text was taken (the first is {first})",
            cells,
            first=first,
        ),
    ),
    "sign": (
        "read-as",
        False,
        lambda cells, first: lazy_ngettext(
            "{count} cell holds a negative number whose format shows no minus; it was put back (the first is {first})",
            "{count} cells hold a negative number whose format shows no minus; it was put back (the first is {first})",
            cells,
            first=first,
        ),
    ),
    "blank": (
        "hidden-cells",
        False,
        lambda cells, first: lazy_ngettext(
            "{count} cell holds a number whose format shows nothing; taken as blank (the first is {first})",
            "{count} cells hold a number whose format shows nothing; taken as blank (the first is {first})",
            cells,
            first=first,
        ),
    ),
    "under": (
        "hidden-cells",
        False,
        lambda cells, first: lazy_ngettext(
            "{count} cell holds something under a merged area, where nobody sees it; not read (the first is {first})",
            "{count} cells hold something under a merged area, where nobody sees it; not read (the first is {first})",
            cells,
            first=first,
        ),
    ),
    "format": (
        "workbook-refused",
        True,
        lambda cells, first: lazy_ngettext(
            "{count} cell holds a number format that cannot be read (the first is {first}); use a plain one",
            "{count} cells hold a number format that cannot be read (the first is {first}); use a plain one",
            cells,
            first=first,
        ),
    ),
}

_OVERLAP = N_("merged areas of the sheet overlap; open and save it anew")


@dataclass
class _Count:
    cells: int
    row: int
    column: int
    example: str
    shown: str

    @property
    def first(self) -> object:
        """The name of the first cell, and what it holds."""
        cell = f"{letters(self.column)}{self.row + 1}"
        text = (
            _("{held}, shown {text}", held=self.example, text=self.shown)
            if self.shown
            else self.example
        )
        return _("{cell}: {text}", cell=cell, text=lazy_cut(text, 80)) if text else cell


class Filling:
    """One sheet while it is read. Rows and columns count from 0."""

    def __init__(self, file: str, sheet: str) -> None:
        self.file, self.sheet = file, sheet
        self.rows: list[list[str]] = []
        self.formulas: list[tuple[int, int]] = []
        self.merged: list[Area] = []
        self.hidden_rows: list[Span] = []
        self.hidden_columns: list[Span] = []
        self.hidden_sheet = False
        self._cells = self._places = 0
        self._counts: dict[str, _Count] = {}

    def origin(self, row: int, column: int) -> str:
        """The name of a cell: workbook.xlsx!sheet!D7."""
        return "!".join(
            part for part in (self.file, self.sheet, f"{letters(column)}{row + 1}") if part
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
                raise refused(
                    self.origin(row, column),
                    _("this cell stands in the workbook twice; open and save it anew"),
                )
            line[column] = text
        else:
            if column > before:
                self.room(column - before)
                line.extend([""] * (column - before))
            line.append(text)
        self._cells += 1
        if self._cells > CELLS:
            told = _(
                "the sheet has more than {most} cells with content; keep the table of figures only",
                most=grouped(CELLS),
            )
            raise refused(self.file, told)

    def room(self, places: int) -> None:
        """Count blank places before they take memory."""
        self._places += places
        if self._places > PLACES:
            raise refused(
                self.file,
                _("the cells of the sheet lie too far apart; keep the table of figures only"),
            )

    def _reach(self, row: int, column: int, text: str) -> None:
        """Refuse what no sheet can hold; make rows up to that one."""
        if row >= ROWS or column >= COLUMNS:
            told = _(
                "a cell lies beyond {rows} rows or {columns} columns",
                rows=grouped(ROWS),
                columns=grouped(COLUMNS),
            )
            raise refused(self.file, told)
        if len(text) > CHARACTERS:
            told = _("this cell holds more than {most} characters", most=grouped(CHARACTERS))
            raise refused(self.origin(row, column), told)
        self.rows.extend([] for _ in range(row + 1 - len(self.rows)))

    def note(self, kind: str, row: int, column: int, example: str = "", shown: str = "") -> None:
        """Count one more cell of a kind of _NOTES.

        The first one is named, with what it holds and what it shows of that.
        """
        if (count := self._counts.get(kind)) is None:
            self._counts[kind] = _Count(1, row, column, example, shown)
        else:
            count.cells += 1

    def merge(self, area: Area) -> None:
        """One merged area: first row, first column, last row, last column."""
        self.merged.append(area)
        if len(self.merged) > MERGED:
            raise refused(
                self.file, _("the sheet has more than {most} merged areas", most=grouped(MERGED))
            )

    def finish(self) -> tuple[Grid, list[Finding]]:
        """The sheet, its blank ends cut off, and what was noted on the way."""
        _cut(self.rows)
        merged = self._clip()
        self._uncover(merged)
        _cut(self.rows)
        hidden, told = tell_hidden(self.rows, self.hidden_rows, self.hidden_columns)
        findings = [self._finding(kind, count) for kind, count in self._counts.items()]
        if self.hidden_sheet:
            sentence = _("the sheet itself is hidden; it was read")
            findings.append(
                Finding("hidden-cells", "", None, "", sentence, origin=self.origin(0, 0))
            )
        if told:
            findings.append(
                Finding(
                    "hidden-cells",
                    "",
                    None,
                    "",
                    told.sentence,
                    origin=self.origin(told.row, told.column),
                )
            )
        words = in_words(hidden)
        return Grid(
            self.file, self.sheet, self.rows, merged, frozenset(self.formulas), words
        ), findings

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
            raise refused(
                self.file,
                _(
                    "the merged areas of the sheet span more than {most} rows",
                    most=grouped(MERGED_ROWS),
                ),
            )
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

    def _finding(self, kind: str, count: _Count) -> Finding:
        code, refuse, sentence = _NOTES[kind]
        return Finding(
            code,
            "",
            None,
            "",
            sentence(count.cells, count.first),
            origin=self.origin(count.row, count.column),
            refused=refuse,
        )


def _cut(rows: list[list[str]]) -> None:
    """Cut off blank cells at the end of each row, and blank rows at the end."""
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
