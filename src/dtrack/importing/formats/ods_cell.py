"""A cell of an OpenDocument table: its text, and what that hides.

The text is what the document shows (text:p), so no number format has to be understood; only a date
is told as ISO text, as of an .xlsx.
"""

from __future__ import annotations

import re
from decimal import Decimal

from dtrack.importing.formats.rich_text import LOWERED, RAISED, Runs
from dtrack.importing.formats.shown_number import general, says_negative
from dtrack.importing.formats.xml_stream import Attributes

NAME = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, STYLE = f"{NAME}office:1.0", f"{NAME}table:1.0", f"{NAME}style:1.0"
TEXT, VALUE = f"{NAME}text:1.0", f"{OFFICE} value"
_BLANKS = re.compile(r"[ \t\r\n]+")


class Paragraphs(Runs):
    """The text of one cell as a person sees it.

    Paragraphs are joined by a blank, blanks within one are made one, raised characters are footnote
    marks. What hangs on a cell and is not in it (a comment, a drawing, a note, a reading aid) is
    left out with all that is inside. `places`: name of a text style → RAISED or LOWERED.
    """

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, str] = {}
        self.clear()

    def clear(self) -> None:
        """Begin a new cell."""
        self.runs = []
        self.spans: list[str] = []
        self.paragraphs = self.depth = self.skipped = self.size = 0

    def hear(self, data: str) -> None:
        """Text of the part; kept only inside a paragraph of the cell itself."""
        if self.depth and not self.skipped:
            place = self.spans[-1] if self.spans else ""
            self.add(_BLANKS.sub(" ", data), place)

    def open_paragraph(self, _attributes: Attributes) -> None:
        """<text:p>: a blank before each but the first."""
        if self.skipped:
            return
        if self.paragraphs:
            self.add(" ")
        self.paragraphs += 1
        self.depth += 1

    def close_paragraph(self) -> None:
        """</text:p>."""
        if not self.skipped and self.depth:
            self.depth -= 1

    def open_span(self, attributes: Attributes) -> None:
        """<text:span>: at the height of its style, else of what is around it."""
        if not self.skipped:
            around = self.spans[-1] if self.spans else ""
            self.spans.append(self.places.get(attributes.get(f"{TEXT} style-name", ""), around))

    def close_span(self) -> None:
        """</text:span>."""
        if not self.skipped and self.spans:
            self.spans.pop()

    def blanks(self, attributes: Attributes) -> None:
        """<text:s>, <text:tab>, <text:line-break>: a blank, or as many as told."""
        text = attributes.get(f"{TEXT} c", "1")
        if self.depth and not self.skipped:
            self.add(
                " " * (int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1)
            )

    def skip(self, _attributes: Attributes) -> None:
        """The beginning of what hangs on a cell."""
        self.skipped += 1

    def go_on(self) -> None:
        """The end of it."""
        self.skipped -= 1


def cell_place(position: str) -> str:
    """RAISED, LOWERED or "" from style:text-position: "super 58%", "sub 58%" or "33% 58%"."""
    word = position.partition(" ")[0]
    if word in {"super", "sub"}:
        return RAISED if word == "super" else LOWERED
    number = re.fullmatch(r"(-?)[0-9.]*[1-9][0-9.]*%", word)
    return "" if number is None else LOWERED if number[1] else RAISED


def shown_text(text: str, cell: Attributes) -> str:
    """What a cell shows; of a date the ISO text, and its value where it keeps no text."""
    kind = cell.get(f"{OFFICE} value-type", "")
    kept = cell.get(f"{OFFICE} {kind}-value", "")
    if kind == "date" and kept:
        month = re.fullmatch(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})月?|年)?", text, re.ASCII)
        day = kept.removesuffix("T00:00:00").replace("T", " ")
        return day if month is None else f"{month[1]}-{int(month[2]):02d}" if month[2] else month[1]
    if kind == "boolean" and kept:
        return kept.upper()
    number = None if text else _number(cell.get(VALUE, ""))
    if number is None:
        return text or (kept if kind in {"string", "time"} else "")
    return f"{general(number * 100)}%" if kind == "percentage" else general(number)


def _number(text: str) -> Decimal | None:
    """The number that a cell keeps, at 15 digits; None for what is none."""
    if len(text) > 400 or not re.fullmatch(
        r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?", text, re.ASCII
    ):
        return None
    number = float(text)
    return Decimal(f"{number:.15g}") if abs(number) < 1e300 else None


def is_unsigned(text: str, cell: Attributes) -> bool:
    """A negative number whose text shows no minus: its format makes it red instead."""
    if not cell.get(VALUE, "").startswith("-") or f"{OFFICE} date-value" in cell:
        return False
    match = re.fullmatch(r"([^0-9]*)[0-9.,]*[0-9](.*)", text, re.ASCII | re.DOTALL)
    return (
        match is not None
        and not says_negative(match[1], match[2])
        and bool(re.search("[1-9]", text))
    )


def hides(text: str, cell: Attributes) -> bool:
    """The text is the number, rounded: told from its own digits, with a decimal point or comma."""
    value = cell.get(VALUE, "")
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
