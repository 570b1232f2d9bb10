"""The paragraphs of an OpenDocument cell → its text as a person sees it.

Several paragraphs are joined by a blank, blanks within one are made one, raised characters are
footnote marks. What hangs on a cell and is not in it, a comment, a drawing, a note, a reading aid,
is left out with all that is inside.
"""

from __future__ import annotations

import re

from dtrack.importing.formats.limits import CHARACTERS
from dtrack.importing.formats.xlsx_text import LOWERED, RAISED, joined
from dtrack.importing.formats.xml_stream import Attributes

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_BLANKS = re.compile(r"[ \t\r\n]+")


class Paragraphs:
    """The text of one cell while it is read. `places`: name of a text style → RAISED or LOWERED."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}
        self.clear()

    def clear(self) -> None:
        """Begin a new cell."""
        self.runs: list[tuple[str, str]] = []
        self.spans: list[str] = []
        self.paragraphs = self.depth = self.skipped = self.size = 0

    def hear(self, data: str) -> None:
        """Text of the part; kept only inside a paragraph of the cell itself."""
        if self.depth and not self.skipped:
            place = self.spans[-1] if self.spans else ""
            self.add(_BLANKS.sub(" ", data), place)

    def add(self, text: str, place: str = "") -> None:
        """Text at a height; no more of it than shows that the cell is too long."""
        if self.size <= CHARACTERS:
            self.size += len(text)
            self.runs.append((text, place))

    def text(self) -> str:
        """The text since `clear`."""
        return joined(_merged(self.runs)).strip(" ")

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
        told = attributes.get(f"{TEXT} c", "1")
        if self.depth and not self.skipped:
            self.add(
                " " * (int(told) if told.isascii() and told.isdigit() and len(told) < 5 else 1)
            )

    def skip(self, _attributes: Attributes) -> None:
        """The beginning of what hangs on a cell."""
        self.skipped += 1

    def go_on(self) -> None:
        """The end of it."""
        self.skipped -= 1


def place_of(position: str) -> str:
    """RAISED, LOWERED or "" from style:text-position, which is "super 58%", "sub 58%" or "33% 58%"."""
    word = position.partition(" ")[0]
    if word in {"super", "sub"}:
        return RAISED if word == "super" else LOWERED
    number = re.fullmatch(r"(-?)[0-9.]*[1-9][0-9.]*%", word)
    return "" if number is None else LOWERED if number[1] else RAISED


def _merged(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbours of one height made one, since expat tells text in pieces."""
    merged: list[tuple[list[str], str]] = []
    for text, place in runs:
        if merged and merged[-1][1] == place:
            merged[-1][0].append(text)
        else:
            merged.append(([text], place))
    return [("".join(texts), place) for texts, place in merged]
