"""What is to be said of the cells of a sheet, counted by kind."""

from __future__ import annotations

from dataclasses import dataclass

from dtrack.core.findings import Finding
from dtrack.core.message import lazy_cut, lazy_ngettext
from dtrack.core.message import lazy_gettext as _

# kind of a note → its sentence for `count` cells, and the code of the finding
_SENTENCES = {
    "formula": lazy_ngettext(
        "{count} cell holds formulas; the saved results were read (the first is {first})",
        "{count} cells hold formulas; the saved results were read (the first is {first})",
        0,
    ),
    "never": lazy_ngettext(
        "{count} cell holds a formula that was never calculated (the first is {first}); "
        "open the workbook in Excel or LibreOffice and save it",
        "{count} cells hold a formula that was never calculated (the first is {first}); "
        "open the workbook in Excel or LibreOffice and save it",
        0,
    ),
    "digits": lazy_ngettext(
        "{count} cell holds more digits than the format shows; the shown text was taken (the"
        " first is {first})",
        "{count} cells hold more digits than the format shows; the shown text was taken (the"
        " first is {first})",
        0,
    ),
    "sign": lazy_ngettext(
        "{count} cell holds a negative number whose format shows no minus; it was put back"
        " (the first is {first})",
        "{count} cells hold a negative number whose format shows no minus; it was put back"
        " (the first is {first})",
        0,
    ),
    "blank": lazy_ngettext(
        "{count} cell holds a number whose format shows nothing; taken as blank (the first is"
        " {first})",
        "{count} cells hold a number whose format shows nothing; taken as blank (the first is"
        " {first})",
        0,
    ),
    "under": lazy_ngettext(
        "{count} cell holds something under a merged area, where nobody sees it; not read"
        " (the first is {first})",
        "{count} cells hold something under a merged area, where nobody sees it; not read"
        " (the first is {first})",
        0,
    ),
    "format": lazy_ngettext(
        "{count} cell holds a number format that cannot be read (the first is {first}); use a"
        " plain one",
        "{count} cells hold a number format that cannot be read (the first is {first}); use a"
        " plain one",
        0,
    ),
    "vanish": lazy_ngettext(
        "{count} cell holds hidden text, which nobody sees; not read (the first is {first})",
        "{count} cells hold hidden text, which nobody sees; not read (the first is {first})",
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
            text = _("{held}, shown {text}", held=self.example, text=self.shown)
        return _("{cell}: {text}", cell=self.name, text=lazy_cut(text, 80)) if text else self.name

    def finding(self, kind: str, origin: str) -> Finding:
        """The finding that counts the cells, at the first of them."""
        values = (("first", self.first),)
        message = _SENTENCES[kind]._replace(number=self.cells, values=values)
        refused = kind in _REFUSED
        return Finding(_CODES[kind], "", None, "", message, origin=origin, refused=refused)
