"""`status`: the returns received for a period, when, how late, and those outstanding."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import numpy as np

from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.completeness import EXPECTED_ONLY, STANDS_IN, STATES, Receipts, rates, received
from dtrack.analysis.question import Query
from dtrack.core.arrays import Ints, texts_at
from dtrack.core.days import day_text
from dtrack.core.period import Period
from dtrack.core.translate import N_, _, counted, listed, ngettext
from dtrack.i18n.formatting import period_shown
from dtrack.i18n.terms import SIGNS
from dtrack.model.dataset import Dataset
from dtrack.model.schema import declare
from dtrack.reporting import outstanding
from dtrack.reporting.columns import Answer, Field, chosen, shown_number, title_of
from dtrack.reporting.completeness_notes import StatusNotes
from dtrack.reporting.document import Document, Sheet
from dtrack.reporting.masthead import masthead

_NAMED = 6  # districts named in the headline
_SHARE = 1  # decimals of a share in per cent
STATUS = declare("""
    period | text |  | the period asked for
    area | text |  | id of the area
    area_name | text |  | English name of the area
    indicator | text |  | id of the indicator
    state | text |  | reported, expected_only, stand_in or missing
    first_published | text |  | day of the first edition of the reported figure, as entered
    last_published | text |  | day of its newest edition, as entered
    editions | integer |  | how many editions of it there are
    due | text |  | the day by which the figure is due
    days_late | integer | days | first edition less due day; 0 or less is in time; empty where
        either is unknown
    weight | number |  | the area's share of the base-period level, as a fraction of 1
    value | text |  | the figure as published; of a stand-in or expectation, that one
    status | text |  | what its publisher calls it
    source | text |  | id of its source
    note | text |  | what a reader has to know; `not counted` where the area is in no count
""")


class StatusAnswer(Answer):
    """The figures expected for one period, and what became of each."""

    name, declared = "status", STATUS

    def __init__(
        self,
        dataset: Dataset,
        question: Query,
        areas: Collection[int] = (),
        indicators: Collection[int] = (),
    ) -> None:
        self.dataset, self.question = dataset, question
        self.received: Receipts = received(whole_board(dataset, question))
        self.cells, self.areas = self.received.cells, areas
        keep = chosen(self.cells.area, self.cells.indicator, areas, indicators)
        self.rows: Ints = np.flatnonzero(keep & self.received.shown)
        self.counted: Ints = np.flatnonzero(keep & self.received.counted)
        self.listed: Ints = np.flatnonzero(keep & self.received.listed)

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

    # -- for programs ------------------------------------------------------------------------------
    def fields(self) -> list[Field]:
        """Every column of STATUS, one row per figure that is due or received."""
        dataset, rows, came = self.dataset, self.rows, self.received
        reported, told, note = came.reported[rows], came.told[rows], self.notes()
        first, last = (
            np.where(reported, at[rows], -1) for at in (came.editions.first, came.editions.last)
        )
        texts = partial(texts_at, dataset.actuals)
        areas = [dataset.areas[position] for position in self.cells.area[rows]]
        items = [dataset.indicators[position].id for position in self.cells.indicator[rows]]
        due = np.where(came.unbound[rows], "", day_text(came.due) if came.due else "")
        late = [None if days != days else int(days) for days in came.late[rows].tolist()]
        return [
            Field("period", [str(self.period)] * len(rows)),
            Field("area", [area.id for area in areas]),
            Field("area_name", [area.name for area in areas]),
            Field("indicator", items),
            Field("state", [STATES[code] for code in came.state[rows]]),
            Field("first_published", texts("published", first)),
            Field("last_published", texts("published", last)),
            Field("editions", np.where(reported, came.editions.count[rows], 0).tolist()),
            Field("due", due.tolist()),
            Field("days_late", late),
            Field("weight", came.weight[rows].tolist()),
            *(Field(name, texts(name, told)) for name in ("value", "status", "source")),
            Field("note", [note.get(row, "") for row in rows.tolist()]),
        ]

    def notes(self) -> dict[int, str]:
        """What has to be known, by cell."""
        return StatusNotes(self.received, self.rows, self.question.as_of or 0).by_cell()

    # -- for people --------------------------------------------------------------------------------
    def document(
        self, changed: Sheet | None = None, signs: dict[str, str] = SIGNS, *, whole: bool = False
    ) -> Document:
        """A sentence for all, by indicator, by area, what is outstanding. `whole`: nothing cut."""
        top, more = (self._title(),), (changed,) if changed else ()
        if not len(self.rows):
            return Document(N_("status"), top, (), more, (self._nothing(),))
        sheets = (
            []
            if not len(self.listed)
            else [
                outstanding.by_indicator(self.received, self.counted),
                outstanding.by_area(self.received, self.listed, signs, whole=whole),
                outstanding.returns_outstanding(
                    self.received, self.counted, self.notes(), whole=whole
                ),
            ]
        )
        return Document(
            N_("status"),
            (*top, *self._headline()),
            self._remarks(),
            (*filter(None, sheets), *more),
            self._below(),
            letterhead=masthead(self.cells),
        )

    def _title(self) -> str:
        title, period = title_of(self.dataset), period_shown(self.period)
        if not self.question.as_of:
            return _("{title} · reporting status for {period}", title=title, period=period)
        day = day_text(self.question.as_of)
        return _(
            "{title} · reporting status for {period}, as at {day}",
            title=title,
            period=period,
            day=day,
        )

    def _nothing(self) -> str:
        return _(
            "No return is due for {period}: no {district} asked for has a target or a figure that "
            "matches.",
            period=period_shown(self.period),
        )

    def _headline(self) -> list[str]:
        """`12 of 16 districts have sent every return due; …` and the figures behind it."""
        came, of = self.received, self.counted
        if not len(of):
            return [_("No return is due from the areas asked for, so nothing is counted.")]
        area, reported = self.cells.area[of], came.reported[of]
        asked, lacking = np.bincount(area), np.bincount(area[~reported], minlength=area.max() + 1)
        who = np.flatnonzero(asked)
        silent = who[lacking[who] > 0]
        silent = silent[np.lexsort((silent, -lacking[silent]))]
        parts = [self._whole(len(who) - len(silent), len(who)), *self._weight_in(), *self._late()]
        if len(silent):
            names = [self._silent(int(p), int(lacking[p]), int(asked[p])) for p in silent]
            parts.append(_("outstanding: {areas}", areas=listed(names, most=_NAMED)))
        return [_("{sentence}.", sentence=_("; ").join(parts)), self._figures()]

    def _whole(self, reported: int, districts: int) -> str:
        """How many districts have reported all that is counted."""
        found = np.unique(self.cells.indicator[self.counted]).tolist()
        if len(found) > 1:
            return ngettext(
                "{reported} of {count} {district} has sent every return due",
                "{reported} of {count} {districts} have sent every return due",
                districts,
                reported=counted(reported),
            )
        return ngettext(
            "{reported} of {count} {district} has reported {indicator}",
            "{reported} of {count} {districts} have reported {indicator}",
            districts,
            reported=counted(reported),
            indicator=self.dataset.indicators[found[0]].name,
        )

    def _silent(self, area: int, lacking: int, asked: int) -> str:
        name = self.dataset.areas[area].short
        if lacking == asked:
            return name
        return _("{area} ({lacking} of {asked})", area=name, lacking=lacking, asked=asked)

    def _weight_in(self) -> list[str]:
        """The share of the city's weight received, by the first indicator that has weights."""
        found = np.unique(self.cells.indicator[self.counted]).tolist()
        for position in sorted(
            self._of_all_districts(found),
            key=lambda p: self.dataset.indicators[p].id != self.dataset.headline,
        ):
            share = outstanding.rates_of(self.received, self.counted, position).weight
            if share == share:
                told, name = shown_number(share, _SHARE), self.dataset.indicators[position].name
                if len(found) > 1:
                    return [
                        _(
                            "{share}% of the {city}'s weight received ({indicator})",
                            share=told,
                            indicator=name,
                        )
                    ]
                return [_("{share}% of the {city}'s weight received", share=told)]
        return []

    def _of_all_districts(self, indicators: list[int]) -> list[int]:
        """The indicators that every district owes; of others the weight is not the city's."""
        cells = self.cells
        owed, all_of = (
            np.bincount(cells.indicator[of], minlength=len(self.dataset.indicators))
            for of in (self.counted, cells.of_district)
        )
        return [position for position in indicators if owed[position] == all_of[position]]

    def _late(self) -> list[str]:
        of = self.counted[self.received.is_late[self.counted]]
        if not len(of):
            return [_("none late")] if self.received.in_time[self.counted].any() else []
        count = len(np.unique(self.cells.area[of]))
        days = ngettext("{count} day", "{count} days", int(self.received.late[of].max()))
        if count > 1:
            return [_("{districts} late (up to {days})", districts=counted(count), days=days)]
        return [_("{districts} late (by {days})", districts=counted(count), days=days)]

    def _figures(self) -> str:
        """`61 of 64 figures received (95.3 %), 57 on time (89.1 %); due 2024-07-20`."""
        came, of = self.received, self.counted
        whole = rates(came.reported[of], came.late[of], came.weight[of])
        told = _(
            "{count} of {figures} received ({share}%)",
            count=counted(whole.reported),
            figures=ngettext("{count} figure", "{count} figures", whole.expected),
            share=shown_number(whole.completeness, _SHARE),
        )
        if not came.due:
            return _("{sentence}.", sentence=told)
        in_time, due = counted(whole.in_time), day_text(came.due)
        if np.isnan(whole.timeliness):
            return _(
                "{figures}, {in_time} on time; due {day}.", figures=told, in_time=in_time, day=due
            )
        share = shown_number(whole.timeliness, _SHARE)
        return _(
            "{figures}, {in_time} on time ({share}%); due {day}.",
            figures=told,
            in_time=in_time,
            share=share,
            day=due,
        )

    def _remarks(self) -> tuple[str, ...]:
        if self.received.due:
            return ()
        return (
            _(
                "No due date is set for {period}, so timeliness is not assessed. "
                'To set one, write "{code}" = YYYY-MM-DD under [due] in targets.toml.',
                period=period_shown(self.period),
                code=self.period,
            ),
        )

    def _made(self) -> list[str]:
        """The figures that are received by their parts only."""
        derived, told = self.dataset.derived, self.received.told
        of = [c for c in self.counted.tolist() if self.received.reported[c] and told[c] in derived]
        several = len(np.unique(self.cells.indicator[self.counted])) > 1
        named = [self._made_of(cell, several=several) for cell in of]
        return [
            _("Derived from other returns: {figures}.", figures=listed(named, most=_NAMED))
        ] * bool(of)

    def _made_of(self, cell: int, *, several: bool) -> str:
        area = self.dataset.areas[self.cells.area[cell]].short
        made = self.dataset.derived[int(self.received.told[cell])].told
        if not several:
            return _("{area} ({parts})", area=area, parts=made)
        name = self.dataset.indicators[self.cells.indicator[cell]].short
        return _("{area}, {indicator} ({parts})", area=area, indicator=name, parts=made)

    def _below(self) -> tuple[str, ...]:
        """What is in no count, and figures whose timeliness is unknown."""
        came = self.received
        unknown = int((came.reported & np.isnan(came.late))[self.counted].sum()) if came.due else 0
        lines = []
        if unknown:
            lines.append(
                ngettext(
                    "{count} figure received on an unknown day: not counted as on time.",
                    "{count} figures received on unknown days: not counted as on time.",
                    unknown,
                )
            )
        expectations = int((came.state[self.counted] == EXPECTED_ONLY).sum())
        stand_ins = int((came.state[self.counted] == STANDS_IN).sum())
        told = (
            [ngettext("{count} forecast", "{count} forecasts", expectations)]
            if expectations
            else []
        )
        told += [ngettext("{count} proxy", "{count} proxies", stand_ins)] if stand_ins else []
        if told:
            lines.append(_("Not counted as received: {items}.", items=listed(told)))
        lines += self._made()
        if self.areas:
            lines.append(_("Only the areas asked for are counted."))
        lines += self._not_due()
        return tuple(lines)

    def _not_due(self) -> list[str]:
        """How many figures of districts came in that nobody waits for."""
        came = self.received
        extra = self.rows[(came.reported & ~came.counted & self.cells.of_district)[self.rows]]
        return [
            ngettext(
                "{count} more figure received that is not due: --format csv has every row.",
                "{count} more figures received that are not due: --format csv has every row.",
                len(extra),
            )
        ] * bool(len(extra))
