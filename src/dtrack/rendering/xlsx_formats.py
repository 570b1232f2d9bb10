"""Formats of a workbook's cells: letters, colours, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dtrack.core.translate import GROUPED, active_language
from dtrack.rendering.tones import COLOURS, QUIET, QUIET_LETTERS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format


class Dress:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.book, self.known = book, dict[tuple[tuple[str, Any], ...], "Format"]()

    def of(self, **properties: Any) -> Format:
        """The format with these properties."""
        key = tuple(properties.items())
        if key not in self.known:
            common = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter"}
            self.known[key] = self.book.add_format(common | properties)
        return self.known[key]

    def cell(
        self, tone: str, *, digits: int = -1, signed: bool = False, right: bool = False
    ) -> Format:
        """A cell of a table: numbers with `digits` decimals, texts on a coloured ground."""
        look: dict[str, Any] = {"bottom": 1, "bottom_color": "#D9D9D9"}
        if tone in COLOURS:
            look["font_color"] = COLOURS[tone][0]
            look |= {"bg_color": COLOURS[tone][1]} if digits < 0 else {}
        elif tone in QUIET:
            look["font_color"] = QUIET_LETTERS
        look |= {"bold": True} if tone in ("city", "missed") else {}
        if digits < 0:
            return self.of(
                **look, align="right" if right else "left", indent=0 if right else 1, text_wrap=True
            )
        plain = ("#,##0" if active_language() in GROUPED else "0") + (
            "." + "0" * digits if digits else ""
        )
        return self.of(
            **look, align="right", num_format=f"+{plain};-{plain};{plain}" if signed else plain
        )

    def heading(self, *, right: bool) -> Format:
        """A heading of a column."""
        return self.of(
            bold=True,
            bg_color="#EDF1F5",
            bottom=2,
            bottom_color="#5B6B7B",
            text_wrap=True,
            align="right" if right else "left",
            indent=2 if right else 1,
        )

    def link(self) -> Format:
        """A line that leads to another tab."""
        return self.of(font_color="#1F5FA8", underline=1)

    def data(self, digits: int = -1, *, day: bool = False) -> Format:
        """A cell of the sheet for programs: a number with its decimals, a day, a text."""
        if day:
            return self.of(num_format="yyyy-mm-dd", align="left")
        return (
            self.of() if digits < 0 else self.of(num_format="0." + "0" * digits if digits else "0")
        )
