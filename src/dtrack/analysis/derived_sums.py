"""Flows of one span made of those of others: what is added up, what is missing, how it is told."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dtrack.analysis.comparison import rounded
from dtrack.analysis.derived_rows import Made
from dtrack.analysis.part_routes import Step, missing_spans, route
from dtrack.analysis.selection import VintageIndex
from dtrack.core.arrays import NONE, Flags, Ints, codes, flags, says, worded
from dtrack.core.message import Message, deferred, lazy_listed, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.translate import N_
from dtrack.core.vocabulary import ObsStatus
from dtrack.i18n.formatting import period_shown
from dtrack.model.dataset import Dataset

_ABSENT, _FAULTY, _USABLE, _POOR = range(4)


class SpanGrid:
    """The newest edition of every flow: a row per cell and side of a break, a column per span."""

    def __init__(self, dataset: Dataset, usable: Flags, period: Ints, spans: list[Period]) -> None:
        self.dataset, frame = dataset, dataset.actuals
        position = dataset.period_position
        self.column = {span: at for at, span in enumerate(spans)}
        column = np.full(max(len(dataset.periods), 1), NONE)
        for span, at in self.column.items():
            if span in position:
                column[position[span]] = at
        rows = np.flatnonzero(usable & (column[period] != NONE))
        index = VintageIndex(dataset, rows, sides=True)
        self.sides, width = index.sides, len(dataset.periods)
        group, at = np.unique(
            index.keys // (width * self.sides) * self.sides + index.keys % self.sides,
            return_inverse=True,
        )
        self.cell = group // self.sides
        self.rows = np.full((len(group), len(spans)), NONE)
        self.rows[at, column[index.keys // self.sides % width]] = index.rows
        self.state = np.full(self.rows.shape, _ABSENT)
        expected = says(frame, "status", ObsStatus.EXPECTED)
        exact = worded(codes(frame, "wording"), lambda m: m.exact)
        state = np.where(exact & ~np.isnan(frame["number"].to_numpy(float)), _USABLE, _POOR)
        state = np.where(flags(frame, "excluded"), _FAULTY, np.where(expected, _POOR, state))
        there = self.rows != NONE
        self.state[there] = state[self.rows[there]]

    def _patterns(self, at: Ints, spans: list[Period]) -> Iterator[tuple[list[Period], Ints, Ints]]:
        """Groups of rows at which the same spans are in the same state: spans, states, rows."""
        columns = [self.column[span] for span in spans]
        found, which = np.unique(self.state[at][:, columns], axis=0, return_inverse=True)
        for number, states in enumerate(found):
            yield spans, states, at[which.reshape(-1) == number]

    def figures(self, whole: Period, spans: list[Period]) -> list[Made]:
        """The figures of one period that follow from others."""
        at, made = np.flatnonzero(self.rows[:, self.column[whole]] == NONE), list[Made]()
        for of, states, rows in self._patterns(at, spans):
            there = [n for n, state in enumerate(states.tolist()) if state in (_USABLE, _FAULTY)]
            poor = frozenset(n for n, place in enumerate(there) if states[place] == _FAULTY)
            steps = route(whole, tuple(of[n] for n in there), poor)
            if steps:
                taken = [Step(self.column[of[there[step.span]]], step.sign) for step in steps]
                faulty = any(step.span in poor for step in steps)
                told = _told([(of[there[step.span]], step.sign) for step in steps])
                made += self._sums(whole, rows, taken, told, faulty=faulty)
        return made

    def _sums(
        self, whole: Period, at: Ints, steps: list[Step], told: tuple[Message, str], *, faulty: bool
    ) -> Iterator[Made]:
        frame = self.dataset.actuals
        signs = np.array([step.sign for step in steps])
        rows = self.rows[at][:, [step.span for step in steps]]
        number, decimals = (frame[name].to_numpy()[rows] for name in ("number", "decimals"))
        digits = decimals.max(axis=1)
        spread = (self.dataset.spread[rows] * 10.0 ** (digits[:, None] - decimals)).sum(axis=1)
        total = rounded((number * signs).sum(axis=1), digits)
        area, indicator = np.divmod(self.cell[at], len(self.dataset.indicators))
        for n in range(len(at)):
            yield Made(
                int(area[n]),
                int(indicator[n]),
                whole,
                float("nan") if faulty else float(total[n]),
                int(digits[n]),
                float(spread[n]),
                tuple(rows[n].tolist()),
                *told,
                excluded=faulty,
            )

    def lacks(
        self, whole: Period, spans: list[Period], made: list[Made]
    ) -> dict[tuple[int, int, Period], Message]:
        """Why the figure of a period was not made where some of its parts are there."""
        done = {(one.area, one.indicator) for one in made if one.period == whole}
        cells, start = np.unique(self.cell, return_index=True)
        stop = np.append(start[1:], len(self.cell))
        there = (
            np.add.reduceat(self.rows[:, self.column[whole]] != NONE, start)
            if len(start)
            else start
        )
        found: dict[tuple[int, int, Period], Message] = {}
        known: dict[bytes, Message | None] = {}
        for at in np.flatnonzero(there == 0).tolist():
            area, indicator = divmod(int(cells[at]), len(self.dataset.indicators))
            states = self.state[start[at] : stop[at]]
            key = states.tobytes()
            if key not in known:
                known[key] = self._lack(whole, spans, states)
            told = known[key]
            if told and (area, indicator) not in done:
                found[area, indicator, whole] = told
        return found

    def _lack(self, whole: Period, spans: list[Period], states: Ints) -> Message | None:
        """Which parts are missing, are no exact figures, or lie on two sides of a break."""
        usable = tuple(s for s in spans if (states[:, self.column[s]] == _USABLE).any())
        if route(whole, usable, frozenset()):
            return _("its parts are on two sides of a break in series and are not added")
        wanting = missing_spans(whole, usable)
        if not wanting or (whole.is_year and usable == (whole.first_half,)):
            return None
        poor = [
            s for s in wanting if s in self.column and (states[:, self.column[s]] == _POOR).any()
        ]
        named = lazy_listed([deferred(period_shown, span) for span in poor or wanting])
        if poor:
            told = N_("no firm, exact figure for {parts}; not added up")
            return _(told, parts=named)
        return lazy_ngettext(
            "{parts} is missing; not added up",
            "{parts} are missing; not added up",
            len(wanting),
            parts=named,
        )


def _told(steps: list[tuple[Period, int]]) -> tuple[Message, str]:
    """The parts in words, and as a formula that needs none: Q1-2024 + Q2-2024."""
    plus = sorted(span for span, sign in steps if sign > 0)
    minus = sorted(span for span, sign in steps if sign < 0)
    formula = " − ".join([" + ".join(map(str, plus)), *map(str, minus)])
    added, taken = (
        lazy_listed([deferred(period_shown, span) for span in part]) for part in (plus, minus)
    )
    if not minus:
        return _("sum of {parts}", parts=added), formula
    if len(plus) == 1:
        return _("{whole} minus {parts}", whole=added, parts=taken), formula
    return _("sum of {parts} minus {others}", parts=added, others=taken), formula
