"""What is still needed → columns, and a document with a sheet per indicator, the hardest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby

import numpy as np

from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.catchup import Needed, catch_up
from dtrack.analysis.comparison import half_up
from dtrack.analysis.question import Query
from dtrack.analysis.yearly_average import Average, averages
from dtrack.core.arrays import Floats, Ints, present, texts_at
from dtrack.core.translate import N_, _, joined
from dtrack.core.vocabulary import Kind, Over
from dtrack.i18n.formatting import period_shown
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Indicator
from dtrack.model.relation_words import target_shown
from dtrack.model.schema import declare
from dtrack.reporting.columns import (
    Answer,
    Field,
    between,
    chosen,
    names_in_a_row,
    number_column,
    published_column,
    shown_number,
    title_of,
)
from dtrack.reporting.document import Column, Document, Sheet

FINE = 4  # decimals of shares for people
MOST_NAMED = 8  # areas in one note
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
        return joined("; ", self.needed.notes.get(cell, ()))

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
        """A sheet per indicator for people."""
        period, cells = self.needed.cells.periods[0], self.needed.cells
        sheets = []
        for position, indicator in enumerate(self.dataset.indicators):
            rows = self.rows[cells.indicator[self.rows] == position]
            if len(rows):
                sheets.append(self._sheet(indicator, rows))
        sheets += self._over_years()
        told, title = period_shown(period), title_of(self.dataset)
        below = []
        if self.untold:
            names = names_in_a_row(self.untold)
            below = [
                _(
                    "Of a whole year the second half is told of growths only, not of {names}.",
                    names=names,
                )
            ]
        elif not sheets:
            below = [_("Nothing to show for {period}: no target of the year matches.", period=told)]
        if period.is_year:
            headline = _("{title} · what the second half of {period} was", title=title, period=told)
        else:
            headline = _("{title} · what is still needed after {period}", title=title, period=told)
        return Document(N_("catchup"), (headline,), (), tuple(sheets), tuple(below))

    def _sheet(self, indicator: Indicator, rows: Ints) -> Sheet:
        n, cells = self.needed, self.needed.cells
        growth, flow = (indicator.kind == kind for kind in (Kind.GROWTH, Kind.FLOW))
        down = indicator.lower_is_better
        whole = cells.periods[0].is_year
        first = self.dataset.table_order[cells.area[rows]]
        harder = (n.change if growth else n.needed)[rows] * (-1 if down else 1)
        rows = rows[np.lexsort((cells.area[rows], -harder, np.isnan(harder), first))]
        digits, band = n.digits[rows], between(n.low[rows], n.high[rows], n.fine[rows])
        target, actual = (
            texts_at(frame, "value", at[rows])
            for frame, at in ((self.dataset.targets, n.rows), (self.dataset.actuals, cells.actual))
        )
        both, inside = n.corridor[rows].tolist(), band
        if any(both):
            band = ["" if one else text for one, text in zip(both, band, strict=True)]
            told = n.corridor[rows] & ~n.passed[rows]
            inside = [text if one else "" for one, text in zip(told, inside, strict=True)]
        columns = [
            Column("area", _("Area"), [self.dataset.areas[p].name for p in cells.area[rows]]),
            published_column(
                "target",
                _("Target"),
                target,
                n.target[rows],
                gives_way=3,
                shown=self._shown(indicator),
            ),
            published_column("actual", _("Year") if whole else _("So far"), actual, n.actual[rows]),
            number_column(
                "needed", self._heading(down=down, flow=flow, whole=whole), n.needed[rows], digits
            ),
            Column("band", _("Rounding allows"), band, right=True, gives_way=2),
        ]
        if any(inside) and any(both):
            columns.insert(-1, Column("inside", _("Keeps it inside"), inside, right=True))
        if growth:
            # as it is printed less the growth so far
            change = half_up(n.needed[rows], digits) - (n.needed - n.change)[rows]
            columns += [
                number_column("change", _("Change (pp)"), change, digits, signed=True),
                Column("reached", _("Past second halves"), self._reached(rows)),
                number_column("share", _("Share of year"), n.share[rows], FINE, gives_way=1),
            ]
        return Sheet(indicator.named, tuple(columns), tuple(self._notes(rows)))

    def _shown(self, indicator: Indicator) -> Callable[[str], str]:
        """A target of the indicator in words."""
        return lambda text: target_shown(self.dataset, text, indicator.id)

    def _heading(self, *, down: bool, flow: bool, whole: bool) -> str:
        """Heading of the number: what the second half was, or what the rest needs."""
        if whole:
            return _("Second half")
        if down and flow:
            return _("May still come")
        return _("Needed at most") if down else _("Needed")

    def _reached(self, rows: Ints) -> list[str]:
        n = self.needed
        words = []
        for cell in rows:
            if np.isnan(n.needed[cell]):
                words.append("")
            elif n.of[cell]:
                words.append(
                    _("reached in {reached} of {known}", reached=n.reached[cell], known=n.of[cell])
                )
            else:
                words.append(_("none to compare"))
        return words

    def _notes(self, rows: Ints) -> list[str]:
        about: dict[str, list[str]] = {}
        for cell in rows:
            for note in self.needed.notes.get(int(cell), ()):
                about.setdefault(str(note), []).append(
                    self.dataset.areas[self.needed.cells.area[cell]].name
                )
        return [
            _("{note} ({areas} …).", note=note, areas=names_in_a_row(who[:MOST_NAMED]))
            if len(who) > MOST_NAMED
            else _("{note} ({areas}).", note=note, areas=names_in_a_row(who))
            for note, who in about.items()
        ]

    def _over_years(self) -> Iterator[Sheet]:
        """A sheet for the targets of an indicator over the same years, as they are of one thing."""
        alike = groupby(self.averages, key=lambda a: (a.indicator, a.period, a.over))
        for _key, group in alike:
            yield self._averages(list(group))

    def _averages(self, rows: list[Average]) -> Sheet:
        first, areas = rows[0], self.dataset.areas
        indicator = self.dataset.indicators[first.indicator]
        between_two = _("{numbers}, {number}", numbers="", number="")
        done = [
            between_two.join(map(shown_number, a.done, a.decimals[1:])) or _("none") for a in rows
        ]
        target = texts_at(self.dataset.targets, "value", np.array([a.row for a in rows]))
        made, needed = (np.array([getattr(a, name) for a in rows]) for name in ("made", "needed"))
        goals = np.array([a.target for a in rows])
        columns = [
            Column("area", _("Area"), [areas[a.area].name for a in rows]),
            published_column("target", _("Target"), target, goals, shown=self._shown(indicator)),
            Column("done", _("Years done"), done),
            number_column("made", _("So far"), made, np.array([a.made_digits for a in rows])),
            number_column(
                "needed",
                _needed_heading(first.over, down=indicator.lower_is_better),
                needed,
                np.array([a.digits for a in rows]),
            ),
        ]
        title = _(
            "{indicator}, {period} ({unit})",
            indicator=indicator.name,
            period=period_shown(first.period),
            unit=indicator.unit_shown,
        )
        return Sheet(title, tuple(columns), tuple(self._of_areas(rows)))

    def _of_areas(self, rows: list[Average]) -> Iterator[str]:
        """The notes, with the areas they are of where there are several."""
        about: dict[str, list[str]] = {}
        for a in rows:
            about.setdefault(str(a.note), []).append(self.dataset.areas[a.area].name)
        for note, who in about.items():
            if len(about) == 1:
                yield _("{sentence}.", sentence=note)
            else:
                yield _("{note} ({areas}).", note=note, areas=names_in_a_row(who))


def _needed_heading(over: Over, *, down: bool) -> str:
    """What is needed: the rest of a sum, else a number of each year that is left."""
    if over is Over.SUM:
        return _("May still come") if down else _("Still to come")
    return _("Needed at most each year") if down else _("Needed each year")
