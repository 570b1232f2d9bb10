"""`catchup`: what the remainder of the year must bring, as columns and as a document."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.catchup import Needed, catch_up
from dtrack.analysis.question import Query
from dtrack.analysis.yearly_average import averages
from dtrack.core.arrays import Floats, Ints, present
from dtrack.core.translate import N_, _, joined
from dtrack.i18n.formatting import period_shown
from dtrack.model.dataset import Dataset
from dtrack.model.schema import declare
from dtrack.reporting.catchup_tables import CatchUpTables
from dtrack.reporting.columns import Answer, Field, chosen, names_in_a_row, title_of
from dtrack.reporting.document import Document
from dtrack.reporting.masthead import masthead
from dtrack.reporting.over_years import over_years

CATCHUP = declare("""
    period | text |  | the period asked for
    area | text |  | id of the area
    indicator | text |  | id of the indicator
    target | number | unit | what is to be reached by the end of the target's period
    actual | number | unit | what has been reached in the period asked for
    share | number |  | last year's share of these months in the year, as a fraction of 1
    needed | number | % or unit | growth of the rest of the year; amount or change still to come;
        lower is better: at most
    needed_low | number | % or unit | the least that the rounding of the actual allows; where both
        ends of the target count, the least that keeps it inside
    needed_high | number | % or unit | the most that the rounding of the actual allows; where both
        ends of the target count, the most that keeps it inside
    change | number | pp | needed less the actual growth
    reached | integer | halves | past second halves of the area that reached it, as it is printed
    of | integer | halves | past second halves known
    note | text |  | what a reader has to know; the remedy where a number is empty
""")


class CatchUp(Answer):
    """The answer to one question: cells with what they need, and averages over years."""

    name, declared = "catchup", CATCHUP

    def __init__(
        self,
        dataset: Dataset,
        question: Query,
        areas: Collection[int] = (),
        indicators: Collection[int] = (),
        *,
        assume_half: bool = False,
    ) -> None:
        self.dataset, self.question = dataset, question
        self.needed: Needed = catch_up(whole_board(dataset, question), assume_half=assume_half)
        cells = self.needed.cells
        keep = chosen(cells.area, cells.indicator, areas, indicators)
        self.rows: Ints = np.flatnonzero(keep & self.needed.shown)
        # amounts, stocks and shares with a target, of a whole year
        untold = keep & present(self.needed.rows) & ~self.needed.shown
        self.untold = [
            dataset.indicators[p].name for p in np.unique(cells.indicator[untold]).tolist()
        ]
        over_years = averages(dataset, question)
        self.averages = [
            a
            for a in over_years
            if (not areas or a.area in areas) and (not indicators or a.indicator in indicators)
        ]

    def compares(self, rows: Ints) -> list[bool]:
        """Which rows are growths of a half or year, so that past second halves may be compared."""
        whole = self.needed.cells.periods[0].months in (6, 12)
        return [bool(growth) and whole for growth in self.needed.cells.growth[rows]]

    def note(self, cell: int) -> str:
        """What a reader has to know of a cell."""
        return joined("; ", self.needed.told(cell))

    def fields(self) -> list[Field]:
        """Every column of CATCHUP, cells first, averages over years after them."""
        n, rows, more = self.needed, self.rows, self.averages
        areas, items = self.dataset.areas, self.dataset.indicators
        area = [areas[p].id for p in [*n.cells.area[rows], *(a.area for a in more)]]
        item = [items[p].id for p in [*n.cells.indicator[rows], *(a.indicator for a in more)]]
        digits, fine = (
            [*at[rows].tolist(), *(a.digits for a in more)] for at in (n.digits, n.fine)
        )
        made = [*n.digits[rows].tolist(), *(a.made_digits for a in more)]
        compared, nothing = n.of[rows] > 0, [float("nan")] * len(more)
        reached = [int(r) if c else None for r, c in zip(n.reached[rows], compared, strict=True)]
        of = [int(o) if g else None for o, g in zip(n.of[rows], self.compares(rows), strict=True)]

        def number(name: str, values: Floats, last: list[float], at: Sequence[int]) -> Field:
            return Field(name, [*values[rows].tolist(), *last], decimals=at)

        return [
            Field("period", [str(n.cells.periods[0])] * len(rows) + [str(a.period) for a in more]),
            Field("area", area),
            Field("indicator", item),
            number("target", n.target, [a.target for a in more], digits),
            number("actual", n.actual, [a.made for a in more], made),
            number("share", n.share, nothing, []),
            number("needed", n.needed, [a.needed for a in more], digits),
            number("needed_low", n.low, nothing, fine),
            number("needed_high", n.high, nothing, fine),
            number("change", n.change, nothing, digits),
            Field("reached", reached + [None] * len(more)),
            Field("of", of + [None] * len(more)),
            Field("note", [*(self.note(int(c)) for c in rows), *(str(a.note) for a in more)]),
        ]

    def document(self) -> Document:
        """A sheet per indicator for people, one of what cannot be computed, targets over years."""
        period = self.needed.cells.periods[0]
        tables = CatchUpTables(self.dataset, self.needed, self.rows)
        sheets = [*tables.sheets(), *over_years(self.dataset, self.averages)]
        told, title = period_shown(period), title_of(self.dataset)
        below = []
        if self.untold:
            below = [
                _(
                    "For a whole year the second half is shown for growth only, not for {names}.",
                    names=names_in_a_row(self.untold),
                )
            ]
        elif not sheets:
            below = [_("Nothing to show for {period}: no target of the year matches.", period=told)]
        if period.is_year:
            headline = _("{title} · second half of {period}", title=title, period=told)
        else:
            headline = _(
                "{title} · required in the remainder of the year after {period}",
                title=title,
                period=told,
            )
        head = masthead(self.needed.cells)
        return Document(
            N_("catchup"), (headline,), (), tuple(sheets), tuple(below), letterhead=head
        )
