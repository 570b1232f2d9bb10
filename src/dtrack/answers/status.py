"""What has come in for a period → columns, and a document: who, when, how late, what weight, and what is still to chase."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from dtrack.answers import outstanding
from dtrack.answers.common import texts_at
from dtrack.board import whole_board
from dtrack.cells import Question
from dtrack.completeness import EXPECTED_ONLY, REPORTED, STANDS_IN, STATES, Received, days_between, rates, received
from dtrack.frames import Flags, Ints
from dtrack.languages.shown import narrow_period
from dtrack.model import Holdings
from dtrack.period import Period, day_text
from dtrack.sentences import SIGNS, basis_in_words, plural
from dtrack.sheet import Document, Sheet
from dtrack.tongue import listed

_NAMED = 6  # districts named in the headline


class StatusAnswer:
    """The figures expected for one period, of the areas and indicators asked for, and what became of each."""

    def __init__(self, held: Holdings, question: Question, areas: Collection[int] = (), indicators: Collection[int] = ()) -> None:
        self.held, self.question = held, question
        self.received: Received = received(whole_board(held, question))
        self.cells, self.areas = self.received.cells, areas
        keep = np.ones(len(self.cells.area), bool)
        for positions, wanted in ((self.cells.area, areas), (self.cells.indicator, indicators)):
            keep &= np.isin(positions, list(wanted)) if wanted else True
        self.rows: Ints = np.flatnonzero(keep & self.received.shown)
        self.counted: Ints = np.flatnonzero(keep & self.received.counted)

    @property
    def period(self) -> Period:
        """The period asked for."""
        return self.cells.periods[0]

    @property
    def is_incomplete(self) -> bool:
        """A figure that counts is not in."""
        return bool((~self.received.reported[self.counted]).any())

    @property
    def is_late(self) -> bool:
        """A figure that counts came in after the due day."""
        return bool(self.received.is_late[self.counted].any())

    # -- for programs -------------------------------------------------------------------------------------------------
    def columns(self) -> dict[str, list[Any]]:
        """Every column of schema.STATUS, one row per area and expected indicator, in the order of the board."""
        held, rows, came, size = self.held, self.rows, self.received, len(self.rows)
        reported = came.reported[rows]
        first, last = (np.where(reported, at[rows], -1) for at in (came.editions.first, came.editions.last))
        late, note = came.late[rows].tolist(), self.notes()
        areas = [held.areas[position] for position in self.cells.area[rows]]
        told = came.told[rows]
        return {
            "period": [str(self.period)] * size,
            "area": [area.id for area in areas],
            "area_name": [area.name for area in areas],
            "indicator": [held.indicators[position].id for position in self.cells.indicator[rows]],
            "state": [STATES[code] for code in came.state[rows]],
            "first_published": texts_at(held.actuals, "published", first),
            "last_published": texts_at(held.actuals, "published", last),
            "editions": np.where(reported, came.editions.count[rows], 0).tolist(),
            "due": [day_text(came.due) if came.due else ""] * size,
            "days_late": [None if days != days else int(days) for days in late],
            "weight": came.weight[rows].tolist(),
            **{name: texts_at(held.actuals, name, told) for name in ("value", "status", "source")},
            "note": [note.get(row, "") for row in rows.tolist()],
        }

    def notes(self) -> dict[int, str]:
        """What has to be known, by cell: in no count, what there is instead, withdrawn, overdue, a day that is not known."""
        came, rows = self.received, self.rows
        says: dict[int, list[str]] = {}
        for chosen, words in (
            (~came.counted, self._not_counted),
            ((came.state > 0) & (came.state < REPORTED), self._instead),
            (~came.reported & (came.editions.withdrawn > 0), self._withdrawn),
            (~came.reported & self.cells.other_basis, self._on_other_basis),
            (~came.reported & bool(came.due and (self.question.as_of or 0) > came.due), self._overdue),
            (came.reported & self._doubtful(), self._no_day),
        ):
            of = rows[chosen[rows]]
            for row, word in zip(of.tolist(), words(of), strict=True):
                says.setdefault(row, []).append(word)
        return {row: "; ".join(parts) for row, parts in says.items()}

    def _doubtful(self) -> Flags:
        """Where the day of the first edition is not known to the day, and it matters for the due day or is blank."""
        editions = self.received.editions
        first = self.cells.count_of("published_day", np.maximum(editions.first, 0))
        doubtful: Flags = (editions.earliest == 0) | ((editions.earliest < first) & (self.received.due > 0))
        return doubtful

    def _texts(self, name: str, rows: Ints) -> list[str]:
        return texts_at(self.held.actuals, name, rows)

    def _not_counted(self, of: Ints) -> list[str]:
        areas = [self.held.areas[position] for position in self.cells.area[of].tolist()]
        inside = [listed([self.held.areas[self.held.area_position[other]].name for other in area.overlaps]) for area in areas]
        return [f"not counted: lies inside {names}" if names else "not counted: the city" for names in inside]

    def _instead(self, of: Ints) -> list[str]:
        told = self.received.told[of]
        days = [f", published {day}" if day else "" for day in self._texts("published", told)]
        early = (self.received.state[of] == STANDS_IN).tolist()
        return [f"{narrow_period(Period.parse(period))} stands in{day}" if stands_in else f"only expected{day}"
                for period, day, stands_in in zip(self._texts("period", told), days, early, strict=True)]  # fmt: skip

    def _withdrawn(self, of: Ints) -> list[str]:
        editions = self.received.editions
        since = [f", first published {day}" if day else "" for day in self._texts("published", editions.first[of])]
        told = zip(editions.withdrawn[of].tolist(), editions.count[of].tolist(), since, strict=True)
        return [
            f"withdrawn on {day_text(day)}{first}" if count else f"missing, as told on {day_text(day)}"
            for day, count, first in told
        ]

    def _on_other_basis(self, of: Ints) -> list[str]:
        columns = zip(*(self._texts(name, self.cells.actual[of]) for name in ("period", "prices", "scope")), strict=True)
        return [f"a figure of {narrow_period(Period.parse(period))} on another basis is there: {basis_in_words(prices, scope)}"
                for period, prices, scope in columns]  # fmt: skip

    def _overdue(self, of: Ints) -> list[str]:
        due, today = self.received.due, self.question.as_of or 0
        days = int(days_between(np.array([due]), np.array([today]))[0])
        return [f"overdue by {plural(days, 'day')} on {day_text(today)}"] * len(of)

    def _no_day(self, of: Ints) -> list[str]:
        editions, late = self.received.editions, self.received.late
        told = zip(
            self._texts("published", editions.first[of]), editions.earliest[of].tolist(), np.isnan(late[of]).tolist(), strict=True
        )
        unknown = "an edition has no day of publication, so timeliness is unknown: add `published`"
        return [unknown if not earliest else f"published in {first}, so nobody can say whether by the due day" if open_
                else f"days counted from the last day of {first}" for first, earliest, open_ in told]  # fmt: skip

    # -- for people ---------------------------------------------------------------------------------------------------
    def document(self, changed: Sheet | None = None, signs: dict[str, str] = SIGNS, *, whole: bool = False) -> Document:
        """One sentence for all, by indicator, by area, what is to chase, and what changed, if asked. `whole`: nothing is cut."""
        title = self.held.titles.get("en") or next(iter(self.held.titles.values()), "dtrack")
        known = f", as known on {day_text(self.question.as_of)}" if self.question.as_of else ""
        top = (f"{title} · what has come in for {self.period}{known}",)
        more = (changed,) if changed else ()
        if not len(self.rows):
            return Document("status", top, (), more, (self._nothing(),))
        sheets = [outstanding.by_indicator(self.received, self.counted),
                  outstanding.by_area(self.received, self.rows, signs, whole=whole),
                  outstanding.to_chase(self.received, self.counted, self.notes(), whole=whole)]  # fmt: skip
        return Document("status", (*top, *self._headline()), self._remarks(), (*filter(None, sheets), *more), self._below())

    def _nothing(self) -> str:
        return f"Nothing is expected for {self.period}: no district that was asked for has a figure or a target that matches."

    def _headline(self) -> list[str]:
        """`12 of 16 districts have reported all 5 indicators; …` and the figures behind it."""
        came, of = self.received, self.counted
        if not len(of):
            return ["No district is among the areas asked for, so nothing is counted."]
        area, reported = self.cells.area[of], came.reported[of]
        asked, lacking = np.bincount(area), np.bincount(area[~reported], minlength=area.max() + 1)
        who = np.flatnonzero(asked)
        silent = who[lacking[who] > 0]
        silent = silent[np.lexsort((silent, -lacking[silent]))]
        count = len(np.unique(self.cells.indicator[of]))
        what = f"all {count} indicators" if count > 1 else self.held.indicators[int(self.cells.indicator[of[0]])].name
        have = "has" if len(who) == 1 else "have"
        parts = [
            f"{len(who) - len(silent):,} of {plural(len(who), 'district')} {have} reported {what}",
            *self._weight_in(),
            *self._late(),
        ]
        if len(silent):
            parts.append("missing: " + listed([self._silent(int(p), int(lacking[p]), int(asked[p])) for p in silent], most=_NAMED))
        return ["; ".join(parts) + ".", self._figures()]

    def _silent(self, area: int, lacking: int, asked: int) -> str:
        name = self.held.areas[area].name
        return name if lacking == asked else f"{name} ({lacking} of {asked})"

    def _weight_in(self) -> list[str]:
        """The share of the city's weight that is in, by the headline indicator or the first that has weights."""
        found = np.unique(self.cells.indicator[self.counted]).tolist()
        for position in [] if self.areas else sorted(found, key=lambda p: self.held.indicators[p].id != self.held.headline):
            share = outstanding.rates_of(self.received, self.counted, position).weight
            if share == share:
                of = f" ({self.held.indicators[position].name})" if len(found) > 1 else ""
                return [f"{share:.2f} % of the city's weight is in{of}"]
        return []

    def _late(self) -> list[str]:
        of = self.counted[self.received.is_late[self.counted]]
        if not len(of):
            return ["none late"] if self.received.in_time[self.counted].any() else []
        count, most = len(np.unique(self.cells.area[of])), int(self.received.late[of].max())
        return [f"{count:,} late, {'the latest ' * (count > 1)}by {plural(most, 'day')}"]

    def _figures(self) -> str:
        """How many figures are in, and in time: `61 of 64 figures are in (95.31 %), 57 in time (89.06 %); due 2024-07-20`."""
        came, of = self.received, self.counted
        whole = rates(came.reported[of], came.late[of], came.weight[of])
        are = "is" if whole.reported == 1 else "are"
        told = f"{whole.reported:,} of {plural(whole.expected, 'figure')} {are} in ({whole.completeness:.2f} %)"
        if not came.due:
            return f"{told}."
        share = "" if np.isnan(whole.timeliness) else f" ({whole.timeliness:.2f} %)"
        return f"{told}, {whole.in_time:,} in time{share}; due {day_text(came.due)}."

    def _remarks(self) -> tuple[str, ...]:
        if self.received.due:
            return ()
        how = f'write "{self.period}" = YYYY-MM-DD under [due] in targets.toml'
        return (f"No due day is set for {self.period}, so nothing is called late or in time. To set one, {how}.",)

    def _below(self) -> tuple[str, ...]:
        """What is in no count, and figures whose timeliness is unknown."""
        came = self.received
        unknown = int((came.reported & np.isnan(came.late))[self.counted].sum()) if came.due else 0
        lines = (
            [f"{plural(unknown, 'figure')} in without a day that tells whether in time: not counted as in time."] if unknown else []
        )
        expectations = int((came.state[self.counted] == EXPECTED_ONLY).sum())
        stand_ins = int((came.state[self.counted] == STANDS_IN).sum())
        told = [plural(n, word) for n, word in ((expectations, "expectation"), (stand_ins, "stand-in")) if n]
        if told:
            lines.append(f"Not counted as reported: {listed(told)}.")
        if self.areas:
            lines.append("Only the areas asked for are counted.")
        return tuple(lines)
