"""Notes on rows of a table: what is said of some of them, once each, under letters."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

from dtrack.core.translate import _
from dtrack.reporting.document import Column

RowNotes = tuple[tuple[str, str], ...]


def row_notes(told: Sequence[Sequence[object]]) -> tuple[list[str], list[Column], RowNotes]:
    """What is said of every row, as sentences; the column of marks, and the notes by their marks.

    `told`: by row, what is to be said of it. Without a note there is no column.
    """
    rows = [[str(note) for note in notes] for notes in told]
    first_seen = list(dict.fromkeys(note for notes in rows for note in notes))
    of_all = [note for note in first_seen if len(rows) > 1 and all(note in row for row in rows)]
    marks = {note: _mark(at) for at, note in enumerate(n for n in first_seen if n not in of_all)}
    shown = [" ".join(marks[note] for note in notes if note in marks) for notes in rows]
    below = [begun(_("{sentence}.", sentence=note)) for note in of_all]
    notes = tuple((mark, begun(_("{sentence}.", sentence=note))) for note, mark in marks.items())
    return (
        below,
        [Column("marks", _("Note"), shown, tones=["quiet"] * len(rows))] if marks else [],
        notes,
    )


def begun(sentence: str) -> str:
    """A sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def _mark(at: int) -> str:
    """The letters a to z, then aa, ab and so on."""
    more, last = divmod(at, len(ascii_lowercase))
    return (_mark(more - 1) if more else "") + ascii_lowercase[last]
