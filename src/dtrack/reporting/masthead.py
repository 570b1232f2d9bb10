"""What stands above and below an official document: who publishes it, its number, its day."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.core.arrays import Ints, present
from dtrack.core.days import day_text
from dtrack.core.translate import _
from dtrack.model.dataset import Dataset
from dtrack.reporting.document import Masthead

_NO_DAY = 99_999_999  # of what is announced for a day that nobody knows


def masthead(cells: Assessment, rows: Ints | slice = slice(None)) -> Masthead:
    """The letterhead of the workspace, with the day that the cells at `rows` are of.

    That is the as-of day, else the newest on which one of their figures was published: the clock
    is not asked, so that the same input gives the same bytes.
    """
    as_of = cells.question.as_of
    if as_of:
        return letterhead(cells.dataset, _("as at {day}", day=day_text(as_of)))
    newest = _newest(cells, rows)
    told = _("figures published up to {day}", day=newest) if newest else ""
    return letterhead(cells.dataset, told)


def _newest(cells: Assessment, rows: Ints | slice) -> str:
    """The newest day of publication as it is on file, which may be a month or a year."""
    frame, used = cells.dataset.actuals, cells.actual[rows]
    if not len(frame):
        return ""
    days = np.where(present(used), frame["published_day"].to_numpy()[used], 0)
    days = np.where(days < _NO_DAY, days, 0)
    if not len(days) or not days.max():
        return ""
    return str(frame["published"].iat[int(used[days.argmax()])])


def letterhead(dataset: Dataset, day: str = "") -> Masthead:
    """The letterhead of the workspace, with a day as people read it."""
    head = dataset.letterhead
    return Masthead("", head.publisher, head.number, day, head.contact)
