"""The notes of assessed rows as footnotes: a mark on each row, and each note once below."""

from __future__ import annotations

from dtrack.analysis.assessment_frame import NOTE_PARTS
from dtrack.analysis.target_notes import SET_LATE
from dtrack.core.arrays import Ints
from dtrack.core.message import Message
from dtrack.core.translate import _, listed
from dtrack.reporting.cells import AssessmentView
from dtrack.reporting.document import Column
from dtrack.reporting.row_notes import RowNotes, row_notes


def footnotes(board: AssessmentView, rows: Ints) -> tuple[list[str], list[Column], RowNotes]:
    """What is noted of all rows, the column of marks, and the notes by their marks."""
    return row_notes(_said(board, rows))


def _said(board: AssessmentView, rows: Ints) -> list[list[str]]:
    """The notes of each row; targets set after the period share one, with all of their days."""
    parts: list[tuple[Message, ...]] = board.columns[NOTE_PARTS][rows].tolist()
    late = [part for row in parts for part in row if part.template == SET_LATE]
    days = sorted({str(day) for part in late for _name, day in part.values})
    together = _(SET_LATE, day=listed(days))
    return [[together if part.template == SET_LATE else str(part) for part in row] for row in parts]
