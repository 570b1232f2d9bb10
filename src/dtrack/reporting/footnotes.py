"""Notes as footnotes: a mark on every row that one is of, and each of them once below."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

from dtrack.analysis.assessment_frame import NOTE_PARTS
from dtrack.analysis.target_notes import SET_LATE
from dtrack.core.arrays import Ints
from dtrack.core.message import Message
from dtrack.core.translate import _, listed
from dtrack.reporting.cells import AssessmentView
from dtrack.reporting.document import Column

Notes = tuple[tuple[str, str], ...]


def as_sentence(text: str) -> str:
    """A note as a sentence of its own.

    >>> as_sentence("older figure, of 2023")
    'Older figure, of 2023.'
    """
    return _("{sentence}.", sentence=text[:1].upper() + text[1:].rstrip("."))


def footnotes(board: AssessmentView, rows: Ints) -> tuple[tuple[Column, ...], Notes, list[str]]:
    """The column of marks, the notes by mark, and the notes that are of all rows alike."""
    said = _said(board, rows)
    distinct = dict.fromkeys(note for notes in said for note in notes)
    common = [note for note in distinct if len(said) > 1 and all(note in notes for notes in said)]
    marked = [note for note in distinct if note not in common]
    marks = {note: mark_of(place) for place, note in enumerate(marked)}
    of_all = [_("All rows: {note}.", note=note) for note in common]
    if not marks:
        return (), (), of_all
    shown = [" ".join(marks[note] for note in notes if note in marks) for notes in said]
    notes = tuple((mark, as_sentence(note)) for note, mark in marks.items())
    return (_column(shown),), notes, of_all


def _said(board: AssessmentView, rows: Ints) -> list[list[str]]:
    """The notes of each row; targets set after the period share one, with all of their days."""
    parts: list[tuple[Message, ...]] = board.columns[NOTE_PARTS][rows].tolist()
    late = [part for row in parts for part in row if part.template == SET_LATE]
    days = dict.fromkeys(str(day) for part in late for _name, day in part.values)
    together = _(SET_LATE, day=listed(days))
    return [[together if part.template == SET_LATE else str(part) for part in row] for row in parts]


def mark_of(place: int) -> str:
    """The mark at a place: a to z, then aa, ab, ….

    >>> mark_of(0), mark_of(26), mark_of(27)
    ('a', 'aa', 'ab')
    """
    before, last = divmod(place, len(ascii_lowercase))
    return (mark_of(before - 1) if before else "") + ascii_lowercase[last]


def _column(marks: Sequence[str]) -> Column:
    return Column("marks", _("Note"), marks, tones=["quiet"] * len(marks))
