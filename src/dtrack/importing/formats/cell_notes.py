"""What is to be said of the cells of a sheet, counted by kind."""

from __future__ import annotations

from dataclasses import dataclass

from dtrack.core.findings import Finding
from dtrack.core.message import lazy_cut, lazy_ngettext
from dtrack.core.message import lazy_gettext as _

# kind of a note → its sentence for `count` cells, and the code of the finding
_SENTENCES = {
    "formula": lazy_ngettext(
        "{count} cell contains a formula; the saved result was read (the first is {first})",
        "{count} cells contain formulas; the saved results were read (the first is {first})",
        0,
    ),
    "never": lazy_ngettext(
        "{count} cell contains a formula that was never calculated (the first is {first}); "
        "open the workbook in Excel or LibreOffice and save it",
        "{count} cells contain formulas that were never calculated (the first is {first}); "
        "open the workbook in Excel or LibreOffice and save it",
        0,
    ),
    "digits": lazy_ngettext(
        "{count} cell contains more digits than its format shows; the displayed text was "
        "used (the first is {first})",
        "{count} cells contain more digits than their format shows; the displayed text "
        "was used (the first is {first})",
        0,
    ),
    "sign": lazy_ngettext(
        "{count} cell contains a negative number whose format hides the minus sign; it "
        "was restored (the first is {first})",
        "{count} cells contain negative numbers whose format hides the minus sign; it "
        "was restored (the first is {first})",
        0,
    ),
    "blank": lazy_ngettext(
        "{count} cell contains a number whose format displays nothing; treated as blank "
        "(the first is {first})",
        "{count} cells contain numbers whose format displays nothing; treated as blank "
        "(the first is {first})",
        0,
    ),
    "under": lazy_ngettext(
        "{count} cell has content hidden under a merged area; not read (the first is {first})",
        "{count} cells have content hidden under a merged area; not read (the first is {first})",
        0,
    ),
    "format": lazy_ngettext(
        "{count} cell has an unreadable number format (the first is {first}); "
        "use a standard format",
        "{count} cells have an unreadable number format (the first is {first}); "
        "use a standard format",
        0,
    ),
    "vanish": lazy_ngettext(
        "{count} cell contains hidden text; not read (the first is {first})",
        "{count} cells contain hidden text; not read (the first is {first})",
        0,
    ),
}
_CODES = {
    "formula": "formula-cell",
    "never": "formula-cell",
    "digits": "read-as",
    "sign": "read-as",
    "blank": "hidden-cells",
    "under": "hidden-cells",
    "format": "workbook-refused",
    "vanish": "hidden-cells",
}
_REFUSED = ("never", "format")


@dataclass
class CellCount:
    """How many cells of a kind of note, the name of the first, what it holds and shows of that."""

    cells: int
    row: int
    column: int
    name: str
    example: str
    shown: str

    @property
    def first(self) -> object:
        """The name of the first cell, and what it holds."""
        text: object = self.example
        if self.shown:
            text = _("{held}, displayed as {text}", held=self.example, text=self.shown)
        return _("{cell}: {text}", cell=self.name, text=lazy_cut(text, 80)) if text else self.name

    def finding(self, kind: str, origin: str) -> Finding:
        """The finding that counts the cells, at the first of them."""
        values = (("first", self.first),)
        message = _SENTENCES[kind]._replace(number=self.cells, values=values)
        refused = kind in _REFUSED
        return Finding(_CODES[kind], "", None, "", message, origin=origin, refused=refused)
