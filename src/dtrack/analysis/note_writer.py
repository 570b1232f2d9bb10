"""What writes notes: sentences by cell, and what they say of a cell's own figure and target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.core.arrays import Flags, Ints
from dtrack.core.message import Deferred, Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.i18n.formatting import period_in_words, period_shown, wording_shown
from dtrack.i18n.terms import basis_in_words
from dtrack.model.relation_words import lazy_target

Of = Callable[[int], object]  # what a cell has in a message
IN_TABLE = True  # a column says it too


def period_of(period: Period | str) -> Deferred:
    """A period as people read it."""
    return deferred(period_shown, period)


def figure_of(text: Callable[[int], str]) -> Of:
    """What a cell has of figures as published."""
    return lambda cell: deferred(wording_shown, text(cell))


def target_of(cells: Assessment, text: Callable[[int], str]) -> Of:
    """What a cell has of targets as worded."""
    dataset = cells.dataset
    return lambda cell: lazy_target(
        dataset, text(cell), dataset.indicators[cells.indicator[cell]].id
    )


class NoteWriter:
    """The notes of some cells, as they are written."""

    def __init__(self, cells: Assessment) -> None:
        self.cells, self.dataset = cells, cells.dataset
        self.parts: dict[int, list[Message]] = defaultdict(list)
        # those of them that a column shows already
        self.shown: dict[int, list[Message]] = defaultdict(list)
        period = cells.of_actual("period")
        self.asked: Of = lambda c: period_of(cells.periods[int(cells.which[c])])
        self.own: Of = lambda c: deferred(period_in_words, self.dataset.periods[int(period[c])])

    def add(self, where: Flags, message: str, shown: bool = False, /, **values: Of) -> None:
        """Say the message at every cell that `where` marks.

        `values`: by placeholder, what a cell has there. `shown`: a column says it too.
        """
        for cell in np.flatnonzero(where).tolist():
            part = _(message, **{name: value(cell) for name, value in values.items()})
            self.parts[cell].append(part)
            if shown:
                self.shown[cell].append(part)

    def actual(self, column: str, rows: Ints | None = None) -> Callable[[int], str]:
        """A text column of the actuals, of the cell's own figure or at the rows."""
        if rows is None and self.cells.spans is not None:
            return self.cells.texts(column).__getitem__
        frame, at = self.dataset.actuals, self.cells.actual if rows is None else rows
        return lambda cell: str(frame[column].iat[at[cell]])

    def of_target(self, column: str, rows: Ints | None = None) -> Callable[[int], str]:
        """A text column of the targets, of the cell's own target or at the rows."""
        frame, at = self.dataset.targets, self.cells.target if rows is None else rows
        return lambda cell: str(frame[column].iat[at[cell]])

    def basis(self, rows: Ints) -> Of:
        """The price basis and scope of the figures at the rows, in words."""
        prices, scope = self.actual("prices", rows), self.actual("scope", rows)
        return lambda cell: deferred(basis_in_words, prices(cell), scope(cell))
