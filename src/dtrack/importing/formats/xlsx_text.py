"""The runs of a text, as a workbook keeps them → the text, with footnote marks in brackets behind it.

"5.2" with a raised "1" is "5.2[1]", never "5.21". Reading and writing aids over Chinese characters
(phonetic runs) are not part of the text. openpyxl is not used for this: its read-only mode joins
the runs of inline strings to "5.21".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dtrack.importing.formats.limits import CHARACTERS
from dtrack.importing.formats.xml_stream import Attributes

RAISED, LOWERED = "superscript", "subscript"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_POWERS = {"2": "²", "3": "³"}


def joined(runs: list[tuple[str, str]]) -> str:
    """One text from (text, "" or RAISED or LOWERED) runs.

    >>> joined([("5.2", ""), ("1", RAISED), (")", RAISED), ("%", "")]), joined([("km", ""), ("2", RAISED)])
    ('5.2%[1)]', 'km²')
    """
    if len(runs) == 1 and not runs[0][1]:
        return runs[0][0]
    text, before = "", ""
    marks: list[str] = []
    for run, place in runs:
        if (
            not place
            or not run.strip()
            or (place == LOWERED and text[-1:] and not text[-1].isdigit())
        ):
            text += run
        elif place == RAISED and run in _POWERS and text[-1:] in {"m", "米"}:
            text += _POWERS[run]
        elif before == place:
            marks[-1] += run
        else:
            marks.append(run)
        before = place
    if not text.strip():  # a cell that is raised as a whole holds no mark beside a text
        return "".join(run for run, _ in runs)
    return text + "".join(f"[{mark.strip()}]" for mark in marks)


def unescaped(text: str) -> str:
    """_x000D_ and the like as the characters they stand for; each line end is one character."""
    if "_x" in text:
        text = _ESCAPE.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    # NUL and half characters are no text
    return match[0] if code == 0 or 0xD800 <= code < 0xE000 else chr(code)


class Runs:
    """Collects the runs of <si> or <is> while their part is read.

    `acts` and `ends` are to be called by the walk.
    """

    def __init__(self) -> None:
        self.runs: list[tuple[str, str]] = []
        self.pieces: list[str] = []
        self.size = 0
        self.listening = self.phonetic = False
        self.place = ""
        self.acts: dict[str, Callable[[Attributes], None]] = {
            "r": self._run,
            "vertAlign": self._align,
            "t": self._open,
            "rPh": self._phonetic,
        }
        self.ends: dict[str, Callable[[], None]] = {
            "t": self._close,
            "rPh": self._spoken,
            "r": self._plain,
        }

    def clear(self) -> None:
        """Begin a new text."""
        self.runs, self.place = [], ""
        self.listening = self.phonetic = False

    def text(self) -> str:
        """The text of the runs since `clear`."""
        return unescaped(joined(self.runs))

    def hear(self, data: str) -> None:
        """Text of the part.

        Kept only inside <t>, and no more of it than shows that a cell is too long.
        """
        if self.listening and self.size <= CHARACTERS:
            self.size += len(data)
            self.pieces.append(data)

    def _run(self, _attributes: Attributes) -> None:
        self.place = ""

    def _plain(self) -> None:
        self.place = ""

    def _align(self, attributes: Attributes) -> None:
        place = attributes.get("val", "")
        self.place = place if place in {RAISED, LOWERED} else ""

    def _open(self, _attributes: Attributes) -> None:
        self.listening, self.pieces, self.size = not self.phonetic, [], 0

    def _close(self) -> None:
        if self.listening:
            self.runs.append(("".join(self.pieces), self.place))
            self.listening = False

    def _phonetic(self, _attributes: Attributes) -> None:
        self.phonetic = True

    def _spoken(self) -> None:
        self.phonetic = False
