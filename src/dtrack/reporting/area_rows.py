"""Which rows of an area's results people read, and which are not due yet.

An open target is told once: beside the newest figure, not again for its own period. A period of
which no figure can be there yet accuses nobody.
"""

from __future__ import annotations

import numpy as np

from dtrack.analysis.selection import FIRM, firmness
from dtrack.core.arrays import NONE, Flags, Ints, codes
from dtrack.core.vocabulary import Verdict
from dtrack.reporting.cells import AssessmentView


def not_due(board: AssessmentView) -> Flags:
    """Cells not reported whose period has not ended: by the as-of day, else by any figure."""
    cells, dataset = board.cells, board.dataset
    silent: Flags = np.array([word == Verdict.NOT_REPORTED for word in board.verdict], bool)
    if as_of := cells.question.as_of:
        silent &= cells.last_day > as_of
        return silent
    rows = np.flatnonzero(cells.known)
    rows = rows[firmness(dataset.actuals, rows) == FIRM]
    newest = dataset.period_ends[codes(dataset.actuals, "period")[rows]].max(initial=NONE)
    silent &= cells.end > newest
    return silent


def rows_shown(board: AssessmentView, rows: Ints) -> tuple[Ints, int]:
    """The rows with a target, each target once; and how many others there are.

    All rows where none has a target, or where rows without one are asked for.
    """
    rows = _once(board, rows)
    aimed = board.cells.has_target[rows]
    if board.view.everything or Verdict.NO_TARGET in board.view.only or not aimed.any():
        return rows, 0
    return rows[aimed], int((~aimed).sum())


def _once(board: AssessmentView, rows: Ints) -> Ints:
    """The rows but those that only repeat the target of another one, without a figure of theirs."""
    cells = board.cells
    own = cells.reported & (cells.actual_span[1] == cells.end)
    told = cells.target[rows[own[rows] & cells.has_target[rows]]]
    without = not_due(board) | (cells.reported & cells.read_at_end & ~own)
    found: Ints = rows[~(without & np.isin(cells.target, told))[rows]]
    return found
