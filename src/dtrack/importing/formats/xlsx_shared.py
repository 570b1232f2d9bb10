"""What the sheets of an .xlsx share: its table of texts and its number formats."""

from __future__ import annotations

import re

from dtrack.importing.formats.limits import UNPACKED
from dtrack.importing.formats.number_format import NumberFormat, format_of
from dtrack.importing.formats.reader import check_shared
from dtrack.importing.formats.rich_text import LOWERED, RAISED, Runs
from dtrack.importing.formats.safe_zip import Archive
from dtrack.importing.formats.xml_stream import Acts, Attributes, Ends, named_acts

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
TRUE = {"1", "true"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shared_texts(archive: Archive, part: str) -> list[str]:
    """The table of texts, in the order that cells count them in."""
    texts: list[str] = []
    runs = TextRuns()

    def keep() -> None:
        texts.append(unescaped(runs.text()))
        check_shared(archive.name, texts=len(texts))

    acts = named_acts(MAIN, runs.acts | {"si": runs.clear})
    archive.walk(part, acts, named_acts(MAIN, runs.ends | {"si": keep}), runs.hear, UNPACKED)
    return texts


def cell_formats(archive: Archive, part: str) -> dict[str, NumberFormat | None]:
    """The formats that <cellXfs> names, in the order that cells count them in."""
    codes: dict[int, str] = {}
    used: list[int] = []
    inside = False

    def bound(_attributes: Attributes | None = None) -> None:
        nonlocal inside
        inside = not inside

    def style(entry: Attributes) -> None:
        if inside:
            used.append(whole_number(entry.get("numFmtId", "0")))
            check_shared(archive.name, styles=len(used))

    def code(entry: Attributes) -> None:
        codes[whole_number(entry.get("numFmtId", ""))] = entry.get("formatCode", "")

    acts: Acts = {"cellXfs": bound, "numFmt": code, "xf": style}
    archive.walk(part, named_acts(MAIN, acts), named_acts(MAIN, {"cellXfs": bound}))
    formats = {number: format_of(number, codes) for number in set(used)}
    return {str(at): formats[number] for at, number in enumerate(used)}


def whole_number(text: str, digits: int = 8) -> int:
    """A whole number of at most so many digits; -1 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else -1


class TextRuns(Runs):
    """The runs of <si> or <is>; reading aids over Chinese (phonetic runs) are no text."""

    def __init__(self) -> None:
        super().__init__()
        self.listening = self.phonetic = False
        self.place = ""
        self.acts: Acts = {
            "r": self._level,
            "vertAlign": self._align,
            "t": self._open,
            "rPh": self._open_phonetic,
        }
        self.ends: Ends = {"t": self._close, "rPh": self._close_phonetic, "r": self._level}

    def clear(self, _attributes: Attributes | None = None) -> None:
        """Begin a new text."""
        self.runs, self.size, self.place = [], 0, ""
        self.listening = self.phonetic = False

    def hear(self, data: str) -> None:
        """Keep text inside <t>."""
        if self.listening:
            self.add(data, self.place)

    def _level(self, _attributes: Attributes | None = None) -> None:
        self.place = ""

    def _align(self, attributes: Attributes) -> None:
        place = attributes.get("val", "")
        self.place = place if place in {RAISED, LOWERED} else ""

    def _open(self, _attributes: Attributes) -> None:
        self.listening = not self.phonetic

    def _close(self) -> None:
        self.listening = False

    def _open_phonetic(self, _attributes: Attributes) -> None:
        self.phonetic = True

    def _close_phonetic(self) -> None:
        self.phonetic = False


def unescaped(text: str) -> str:
    """_x000D_ and the like as the characters they stand for; each line end is one character."""
    if "_x" in text:
        text = _ESCAPE.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    # NUL and half characters are no text
    return match[0] if code == 0 or 0xD800 <= code < 0xE000 else chr(code)
