"""Notes of `status`: what has to be known of a figure that is in, or of one that is not."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.completeness import REPORTED, STANDS_IN, Receipts
from dtrack.core.arrays import Flags, Ints, days_between, texts_at
from dtrack.core.days import day_text
from dtrack.core.period import Period
from dtrack.core.translate import N_, _, listed, ngettext
from dtrack.i18n.formatting import narrow_period
from dtrack.i18n.terms import basis_in_words
from dtrack.model.entities import Place
from dtrack.model.lives import life_told

_NOT_COUNTED = {
    Place.CITY: N_("not counted: the {city}"),
    Place.REFERENCE: N_("not counted: lies above the {city}"),
    Place.PEER: N_("not counted: peer of the {city}"),
}


class StatusNotes:
    """The notes on the cells at `rows`; `as_of`: the day of the question (yyyymmdd), 0 for none."""

    def __init__(self, came: Receipts, rows: Ints, as_of: int) -> None:
        self.received, self.rows, self.as_of = came, rows, as_of
        self.cells, self.dataset = came.cells, came.cells.dataset

    def by_cell(self) -> dict[int, str]:
        """What has to be known, by cell: not counted, an instead, withdrawn, overdue, no day."""
        came, rows = self.received, self.rows
        says: dict[int, list[str]] = {}
        for which, words in (
            (~came.counted, self._not_counted),
            ((came.state > 0) & (came.state < REPORTED), self._instead),
            (~came.reported & (came.editions.withdrawn > 0), self._withdrawn),
            (~came.reported & self.cells.off_basis, self._on_other_basis),
            (~came.reported & ~came.unbound & (0 < came.due < self.as_of), self._overdue),
            (came.reported & ~came.unbound & self._doubtful(), self._no_day),
            (came.reported & np.isin(came.told, list(self.dataset.derived)), self._made),
            (~came.reported & bool(self.dataset.lacks), self._lack),
        ):
            of = rows[which[rows]]
            for row, word in zip(of.tolist(), words(of), strict=True):
                says.setdefault(row, []).extend(filter(None, [word]))
        between = _("; ")
        return {row: between.join(parts) for row, parts in says.items() if parts}

    def _doubtful(self) -> Flags:
        """The day of the first edition is blank, or inexact where there is a due day."""
        editions = self.received.editions
        first = self.cells.count_of("published_day", np.maximum(editions.first, 0))
        doubtful: Flags = (editions.earliest == 0) | (
            (editions.earliest < first) & (self.received.due > 0)
        )
        return doubtful

    def _texts(self, name: str, rows: Ints) -> list[str]:
        return texts_at(self.dataset.actuals, name, rows)

    def _not_counted(self, of: Ints) -> list[str]:
        return [self._apart(cell) for cell in of.tolist()]

    def _apart(self, cell: int) -> str:
        position = int(self.cells.area[cell])
        area, place = self.dataset.areas[position], self.dataset.place[position]
        if place == Place.ZONE:
            return _(
                "not counted: included in {areas}",
                areas=listed([self.dataset.name_of(other) for other in area.overlaps]),
            )
        if place == Place.BELOW:
            return _("not counted: part of {area}", area=self.dataset.name_of(area.parent))
        if place == Place.DISTRICT:
            if self.cells.existing[cell]:
                return self._not_due(int(self.cells.indicator[cell]))
            day = self.received.cells.periods[0].last_day
            fact = str(life_told(self.dataset.areas, area, day))
            return _("not counted: {fact}", fact=fact)
        return _(_NOT_COUNTED[place])

    def _not_due(self, indicator: int) -> str:
        if self.dataset.indicators[indicator].reporting:
            return _("not counted: no target, and not named in `reporting`")
        return _("not counted: no target, and fewer than half of the {districts} report it")

    def _instead(self, of: Ints) -> list[str]:
        told = self.received.told[of]
        early = (self.received.state[of] == STANDS_IN).tolist()
        facts = zip(self._texts("period", told), self._texts("published", told), early, strict=True)
        return [
            _stand_in(period, day) if is_partial_period else _expectation(day)
            for period, day, is_partial_period in facts
        ]

    def _withdrawn(self, of: Ints) -> list[str]:
        editions = self.received.editions
        firsts = self._texts("published", editions.first[of])
        told = zip(
            editions.withdrawn[of].tolist(), editions.count[of].tolist(), firsts, strict=True
        )
        return [
            _withdrawal(day_text(day), first)
            if count
            else _("reported as missing on {day}", day=day_text(day))
            for day, count, first in told
        ]

    def _on_other_basis(self, of: Ints) -> list[str]:
        columns = zip(
            *(self._texts(name, self.cells.actual[of]) for name in ("period", "prices", "scope")),
            strict=True,
        )
        return [
            _(
                "a figure for {period} on another basis is available: {basis}",
                period=narrow_period(Period.parse(period)),
                basis=basis_in_words(prices, scope),
            )
            for period, prices, scope in columns
        ]

    def _made(self, of: Ints) -> list[str]:
        """What a figure that nobody sent is made of."""
        return [str(self.dataset.derived[row].told) for row in self.received.told[of].tolist()]

    def _lack(self, of: Ints) -> list[str]:
        """Why it could not be made of the parts that are there."""
        cells, period = (
            zip(self.cells.area[of], self.cells.indicator[of], strict=True),
            self.cells.periods[0],
        )
        return [str(self.dataset.lacks.get((int(a), int(i), period), "")) for a, i in cells]

    def _overdue(self, of: Ints) -> list[str]:
        due, today = self.received.due, self.as_of
        days = int(days_between(np.array([due]), np.array([today]))[0])
        told = ngettext(
            "overdue by {count} day on {day}",
            "overdue by {count} days on {day}",
            days,
            day=day_text(today),
        )
        return [told] * len(of)

    def _no_day(self, of: Ints) -> list[str]:
        editions, late = self.received.editions, self.received.late
        told = zip(
            self._texts("published", editions.first[of]),
            editions.earliest[of].tolist(),
            np.isnan(late[of]).tolist(),
            strict=True,
        )
        unknown = _("a release has no publication date, so timeliness is unknown: add `published`")
        return [
            unknown
            if not earliest
            else _("published in {month}: on time or late cannot be determined", month=first)
            if open_
            else _("days counted from the last day of {month}", month=first)
            for first, earliest, open_ in told
        ]


def _stand_in(text: str, day: str) -> str:
    period = narrow_period(Period.parse(text))
    if day:
        return _("proxy: {period}, published {day}", period=period, day=day)
    return _("proxy: {period}", period=period)


def _expectation(day: str) -> str:
    return _("forecast only, published {day}", day=day) if day else _("forecast only")


def _withdrawal(day: str, first: str) -> str:
    if first:
        return _("withdrawn on {day}, first published {first}", day=day, first=first)
    return _("withdrawn on {day}", day=day)
