"""The runs of a text, each at its height → one text, with footnote marks in brackets behind it.

"5.2" with a raised "1" is "5.2[1]", never "5.21". openpyxl is not used for this: its read-only mode
joins the runs of inline strings to "5.21".
"""

from __future__ import annotations

from itertools import groupby

from dtrack.importing.formats.limits import CHARACTERS

RAISED, LOWERED = "superscript", "subscript"
Run = tuple[str, str]  # a text and its height: "", RAISED or LOWERED
_POWERS = {"2": "²", "3": "³"}


def joined_runs(runs: list[Run]) -> str:
    """Return the text of the runs.

    >>> joined_runs([("5.2", ""), ("1", RAISED), (")", RAISED), ("%", "")])
    '5.2%[1)]'
    >>> joined_runs([("km", ""), ("2", RAISED)])
    'km²'
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


class Runs:
    """The runs of one text while it is read."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.size = 0

    def add(self, text: str, place: str = "") -> None:
        """Add text at a height; no more of it than shows that a cell is too long."""
        if self.size <= CHARACTERS:
            self.size += len(text)
            self.runs.append((text, place))

    def text(self) -> str:
        """Return the text. Neighbours of one height are one run: expat tells them in pieces."""
        return joined_runs(
            [
                ("".join(text for text, _unused in same), place)
                for place, same in groupby(self.runs, key=lambda run: run[1])
            ]
        )
