"""The tables of `catchup`: one per indicator, the hardest first, and what cannot be computed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from dtrack.analysis.catchup import Needed
from dtrack.analysis.comparison import half_up, signed
from dtrack.core.arrays import Ints, texts_at
from dtrack.core.relation import relation_of
from dtrack.core.translate import _, joined, numeral
from dtrack.core.vocabulary import Kind
from dtrack.i18n.formatting import wording_shown
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Indicator
from dtrack.model.relation_words import target_shown
from dtrack.reporting.columns import (
    between,
    names_in_a_row,
    number_column,
    published_column,
    shown_number,
)
from dtrack.reporting.document import Column, Sheet
from dtrack.reporting.row_notes import begun, row_notes

_SHARE = 1  # decimals of a share in per cent
_MOST_NAMED = 8  # areas in one line


class CatchUpTables:
    """What the cells at `rows` need, indicator by indicator."""

    def __init__(self, dataset: Dataset, needed: Needed, rows: Ints) -> None:
        self.dataset, self.needed, self.rows = dataset, needed, rows
        self.whole_year = needed.cells.periods[0].is_year

    def sheets(self) -> Iterator[Sheet]:
        """A sheet per indicator of which anything is computed, then one of what is not."""
        indicator = self.needed.cells.indicator[self.rows]
        computed = self.needed.computed[self.rows]
        for position, item in enumerate(self.dataset.indicators):
            if (of := (indicator == position) & computed).any():
                yield self._sheet(item, self.rows[of])
        if not computed.all():
            yield self._not_computed(self.rows[~computed])

    def _sheet(self, indicator: Indicator, rows: Ints) -> Sheet:
        rows = self._hardest_first(indicator, rows)
        told = [self.needed.notes.get(int(cell), []) for cell in rows]
        below, marks, notes = row_notes(told)
        columns = [
            *self._figures(indicator, rows),
            self._required(indicator, rows),
            *self._bands(rows),
            *(self._of_growth(rows) if indicator.kind == Kind.GROWTH else self._per_month(rows)),
            *marks,
        ]
        title = indicator.named
        return Sheet(title, tuple(columns), tuple(below), name=indicator.id, notes=notes)

    def _hardest_first(self, indicator: Indicator, rows: Ints) -> Ints:
        n, down = self.needed, indicator.lower_is_better
        first = self.dataset.table_order[n.cells.area[rows]]
        by = n.change if indicator.kind == Kind.GROWTH else n.needed
        harder = by[rows] * (-1 if down else 1)
        return rows[np.lexsort((n.cells.area[rows], -harder, np.isnan(harder), first))]

    def _figures(self, indicator: Indicator, rows: Ints) -> Iterator[Column]:
        """Area, target, and the figure so far."""
        n, cells = self.needed, self.needed.cells
        target, actual = (
            texts_at(frame, "value", at[rows])
            for frame, at in ((self.dataset.targets, n.rows), (self.dataset.actuals, cells.actual))
        )
        yield Column("area", _("Area"), [self.dataset.areas[p].short for p in cells.area[rows]])
        yield published_column(
            "target",
            _("Target"),
            target,
            n.target[rows],
            gives_way=3,
            shown=lambda text: target_shown(self.dataset, text, indicator.id),
        )
        heading = _("Year") if self.whole_year else _("So far")
        yield published_column(
            "actual",
            heading,
            actual,
            n.actual[rows],
            shown=partial(wording_shown, unit=indicator.unit),
        )

    def _required(self, indicator: Indicator, rows: Ints) -> Column:
        """What the rest needs, or may still bring; a word where nothing is needed any more."""
        n = self.needed
        texts = [self._told(indicator, int(cell)) for cell in rows]
        plain = [
            shown_number(number, digits) == text
            for text, number, digits in zip(texts, n.needed[rows], n.digits[rows], strict=True)
        ]
        exact = half_up(n.needed[rows], n.digits[rows]).tolist()
        numbers = [
            number if is_plain and number == number else None
            for number, is_plain in zip(exact, plain, strict=True)
        ]
        return Column(
            "needed",
            self._heading(indicator),
            texts,
            right=True,
            numbers=numbers,
            order=n.needed[rows].tolist(),
            tones=["met" if done else "missed" if over else "" for done, over in self._ends(rows)],
        )

    def _ends(self, rows: Ints) -> list[tuple[bool, bool]]:
        n = self.needed
        return list(zip(n.done[rows].tolist(), (n.passed | n.over)[rows].tolist(), strict=True))

    def _told(self, indicator: Indicator, cell: int) -> str:
        """Of one cell: 7.67, “> 6.00” where equal is not enough, “reached”, “exceeded by 3”."""
        n, down = self.needed, indicator.lower_is_better
        number, digits = float(n.needed[cell]), int(n.digits[cell])
        if np.isnan(number):
            return ""
        if n.done[cell]:
            within = down and n.cells.early[cell]
            return _("within the limit") if within else _("reached")
        if (n.passed | n.over)[cell] and number < 0:
            return _("exceeded by {amount}", amount=shown_number(-number, digits))
        change = down and indicator.kind.read_at_end
        told = numeral(signed(number, digits)) if change else shown_number(number, digits)
        if not n.more[cell] or self.whole_year:
            return told
        return f"< {told}" if down else f"> {told}"

    def _heading(self, indicator: Indicator) -> str:
        """Heading of the number: what the second half was, or what the rest needs."""
        kind, down = indicator.kind, indicator.lower_is_better
        if self.whole_year:
            return _("Second half (%)")
        if kind == Kind.GROWTH:
            return _("Allowed at most (%)") if down else _("Required (%)")
        if kind == Kind.SHARE:
            return _("Change allowed (pp)") if down else _("Required (pp)")
        if kind == Kind.FLOW:
            return _("Still allowed") if down else _("Still required")
        return _("Change allowed") if down else _("Still required")

    def _bands(self, rows: Ints) -> Iterator[Column]:
        """What rounding allows; of a target whose both ends count, what keeps the figure inside."""
        n = self.needed
        band = between(n.low[rows], n.high[rows], n.fine[rows])
        both = n.corridor[rows]
        if (inside := both & ~n.passed[rows]).any():
            told = [text if one else "" for one, text in zip(inside, band, strict=True)]
            yield Column("inside", _("Keeps it inside"), told, right=True)
        # a difference is as exact as its figures, unless one is rounded to tens or thousands
        whole = ~n.cells.growth[rows] & (n.cells.decimals[rows] >= 0)
        hidden = both | whole | n.done[rows]
        shown = ["" if no else text for no, text in zip(hidden, band, strict=True)]
        if any(shown):
            yield Column("band", _("Rounding interval"), shown, right=True, gives_way=2)

    def _of_growth(self, rows: Ints) -> Iterator[Column]:
        """What a growth needs beside the growth so far, and beside past second halves."""
        n, digits = self.needed, self.needed.digits[rows]
        # as it is printed less the growth so far
        change = half_up(n.needed[rows], digits) - (n.needed - n.change)[rows]
        yield number_column("change", _("Change (pp)"), change, digits, signed=True)
        if any(past := self._reached(rows)):
            yield Column("reached", _("Past second halves"), past, gives_way=4)
        share = 100 * n.share[rows]
        yield number_column("share", _("Share of year (%)"), share, _SHARE, gives_way=1)

    def _reached(self, rows: Ints) -> list[str]:
        n = self.needed
        return [
            _("achieved in {reached} of {known}", reached=n.reached[cell], known=n.of[cell])
            if n.of[cell] and not np.isnan(n.needed[cell])
            else ""
            for cell in rows
        ]

    def _per_month(self, rows: Ints) -> Iterator[Column]:
        """What an amount needs of each month that is left, and what each month brought."""
        left, so_far = self.needed.monthly
        if np.isnan(left[rows]).all():
            return
        digits = np.maximum(self.needed.digits[rows], 1)
        yield number_column("monthly", _("Per month"), left[rows], digits)
        so_far = np.where(np.isnan(left), np.nan, so_far)
        yield number_column(
            "monthly_so_far", _("Per month so far"), so_far[rows], digits, gives_way=4
        )

    def _not_computed(self, rows: Ints) -> Sheet:
        """Indicators and areas of which nothing can be computed, and why."""
        cells, about = self.needed.cells, dict[tuple[int, str], list[str]]()
        area, indicator = cells.area[rows], cells.indicator[rows]
        rows = rows[np.lexsort((area, self.dataset.table_order[area], indicator))]
        for cell in rows.tolist():
            notes = self.needed.notes.get(cell, [])
            # without a figure nothing else helps
            notes = notes[:1] if np.isnan(self.needed.actual[cell]) else notes
            why = begun(self._with_target(joined("; ", notes), cell))
            of = int(cells.indicator[cell]), why
            about.setdefault(of, []).append(self.dataset.areas[cells.area[cell]].short)
        items = self.dataset.indicators
        columns = (
            Column("indicator", _("Indicator"), [items[at].short for at, _why in about]),
            Column("areas", _("Areas"), [_first(who) for who in about.values()]),
            Column("why", _("Reason"), [why for _at, why in about]),
        )
        return Sheet(_("Cannot be computed"), columns, name="not_computed")

    def _with_target(self, why: str, cell: int) -> str:
        """The reason, and the words of a target that names another figure."""
        row, indicator = int(self.needed.rows[cell]), int(self.needed.cells.indicator[cell])
        text = str(texts_at(self.dataset.targets, "value", np.array([row]))[0])
        if relation_of(text) is None or np.isnan(self.needed.actual[cell]):
            return why
        shown = target_shown(self.dataset, text, self.dataset.indicators[indicator].id)
        return _("{reason} ({target})", reason=why, target=shown)


def _first(names: list[str]) -> str:
    """The first names in a row, and how many more."""
    if len(names) <= _MOST_NAMED + 1:
        return names_in_a_row(names)
    more = len(names) - _MOST_NAMED
    return _("{names} and {count} more", names=names_in_a_row(names[:_MOST_NAMED]), count=more)
