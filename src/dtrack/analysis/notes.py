"""What a reader has to know beside a verdict, one sentence a fact, as a note per cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np

from dtrack.analysis.assessment import VERDICTS, Assessment
from dtrack.analysis.blocking import FIGURE, RULE, TARGET
from dtrack.analysis.comparison import half_up, signed
from dtrack.analysis.notes_beside import tell_beside
from dtrack.analysis.part_notes import note_parts
from dtrack.analysis.reference_notes import reference_notes
from dtrack.analysis.selection import TargetIndex, VintageIndex
from dtrack.analysis.span_notes import span_notes
from dtrack.core.arrays import Flags, Ints, codes, flags, ints, present
from dtrack.core.message import Deferred, Message, deferred, lazy_numeral
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period, day_text
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Verdict
from dtrack.core.wording import Wording
from dtrack.i18n.formatting import period_in_words, period_shown, wording_shown
from dtrack.i18n.terms import basis_in_words, verdict_word
from dtrack.model.entities import Break
from dtrack.model.lives import life_told
from dtrack.model.relation_words import lazy_target

_LOST = {
    FIGURE: N_("a row of {place} could not be placed and may be this figure"),
    TARGET: N_("an entry of {place} could not be placed and may be this target"),
    RULE: N_("{place} could not be read, and it says how this is judged"),
}


Note = tuple[Message, ...]
_Of = Callable[[int], object]  # what a cell has in a message
_IN_TARGET = True  # the column Target says it too


def notes(cells: Assessment) -> tuple[list[Note], list[Note]]:
    """Two notes for every cell: the whole one, and what of it a table does not show."""
    return _Notes(cells).write()


def _period(period: Period | str) -> Deferred:
    return deferred(period_shown, period)


def _figure(text: Callable[[int], str]) -> _Of:
    """What a cell has of figures as published."""
    return lambda cell: deferred(wording_shown, text(cell))


def _target(cells: Assessment, text: Callable[[int], str]) -> _Of:
    """What a cell has of targets as worded."""
    dataset = cells.dataset
    return lambda cell: lazy_target(
        dataset, text(cell), dataset.indicators[cells.indicator[cell]].id
    )


class _Notes:
    def __init__(self, cells: Assessment) -> None:
        self.cells, self.dataset = cells, cells.dataset
        self.parts: dict[int, list[Message]] = defaultdict(list)
        # those of them that the column Target shows already
        self.shown: dict[int, list[Message]] = defaultdict(list)
        period = cells.of_actual("period")
        self.asked: _Of = lambda c: _period(cells.periods[int(cells.which[c])])
        self.own: _Of = lambda c: deferred(period_in_words, self.dataset.periods[int(period[c])])

    def write(self) -> tuple[list[Note], list[Note]]:
        steps = self.figure, self.target, self.years, self.pace, self.comparison
        for step in (*steps, self.half_of_a_year):
            step()
            if step == self.figure:
                note_parts(self.cells, lambda cell, told: self.parts[cell].append(told))
        for cell, part in reference_notes(self.cells):
            self.parts[cell].append(part)
        cells = range(len(self.cells.area))
        rest = [
            tuple(part for part in self.parts.get(cell, ()) if part not in self.shown.get(cell, ()))
            for cell in cells
        ]
        return [tuple(self.parts.get(cell, ())) for cell in cells], rest

    def add(self, where: Flags, message: str, shown: bool = False, /, **values: _Of) -> None:
        """Say the message at every cell that `where` marks.

        `values`: by placeholder, what a cell has there. `shown`: the column Target says it too.
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

    # -- the steps ---------------------------------------------------------------------------------
    def figure(self) -> None:
        cells = self.cells
        self.add(
            cells.is_partial_period,
            N_("{part} stands in for {period}"),
            part=self.own,
            period=self.asked,
        )
        for cell in np.flatnonzero(~cells.existing).tolist():
            area, day = self.dataset.areas[cells.area[cell]], cells.last_day[cell]
            self.parts[cell].append(life_told(self.dataset.areas, area, int(day)))
        self.add(cells.is_stale, N_("older figure, of {period}"), period=self.own)
        self.add(cells.expected, N_("only expected by its publisher"))
        self.add(cells.declared_missing, N_("its publisher says that the figure is missing"))
        basis = self.basis(cells.actual)
        self.add(cells.off_basis, N_("{basis}: not compared"), basis=basis)
        its_own = cells.reported & cells.flag_of("excluded", cells.actual)
        file, line = self.actual("file"), self.actual("line")
        place: _Of = lambda c: f"{file(c)}:{line(c)}"
        self.add(its_own, N_("set aside: see the findings for {place}"), place=place)
        # the figure is sound: the cell may have lost one, or its target is excluded
        faulty = cells.faulty & ~its_own
        for cell in np.flatnonzero(faulty & cells.may_be_lost).tolist():
            lost = cells.lost_at(cell)
            self.parts[cell].append(_(_LOST[lost.what], place=lost.place))
        set_aside = N_("a row or target is set aside: see the findings")
        self.add(faulty & ~cells.may_be_lost, set_aside)
        self.other_figures_too()
        self.undated_figures()

    def basis(self, rows: Ints) -> _Of:
        prices, scope = self.actual("prices", rows), self.actual("scope", rows)
        return lambda cell: deferred(basis_in_words, prices(cell), scope(cell))

    def undated_figures(self) -> None:
        """Say that a figure without a day is there, which --as-of cannot use."""
        cells, frame = self.cells, self.dataset.actuals
        if cells.question.as_of is None:
            return
        undated = (ints(frame, "published_day") == 0) & flags(frame, "on_reference_basis")
        row, _unused = VintageIndex(self.dataset, np.flatnonzero(undated)).find(
            cells.area, cells.indicator, cells.position(cells.periods)
        )
        unused = N_("an undated figure is not used with --as-of")
        self.add(present(row) & ~cells.reported, unused)

    def other_figures_too(self) -> None:
        """Say a figure on another basis beside the one that is judged, unless it is older."""
        cells, row = self.cells, self.cells.beside
        if not present(row).any():
            return
        period = codes(self.dataset.actuals, "period")[row]
        newer = present(row) & (self.dataset.period_ends[period] >= cells.actual_span[1])
        dated = newer & (self.dataset.actuals["published"].to_numpy(dtype=object)[row] != "")
        told = {"value": _figure(self.actual("value", row)), "basis": self.basis(row)}
        self.add(newer & ~dated, N_("{value} ({basis}) was published on another basis"), **told)
        with_day = N_("{value} ({basis}) was published on another basis ({day})")
        self.add(dated, with_day, **told, day=self.actual("published", row))

    def target(self) -> None:
        cells, period, text = self.cells, self.of_target("period"), self.of_target("value")
        year_end = cells.of_period([p.whole_year.end for p in cells.periods])
        further = cells.read_at_end & cells.has_target & (cells.target_end != cells.end)
        further &= cells.target_end != year_end
        deadline: _Of = lambda c: _period(period(c))
        self.add(further, N_("target for {period}"), _IN_TARGET, period=deadline)
        undisclosed = cells.has_target & (self.target_wording() == Wording.UNDISCLOSED)
        its_source = N_("the target's number is not public; the verdict is its source's own")
        self.add(undisclosed & cells.stated, its_source)
        self.add(undisclosed & ~cells.stated, N_("the target's number is not public"))
        self.add(
            (cells.stated_word != "") & ~cells.stated & cells.target_is_own,
            N_("its source states: {verdict}"),
            verdict=lambda c: deferred(verdict_word, cells.stated_word[c]),
        )
        self.add(
            cells.across_break,
            N_("target and figure stand on two sides of the break of {day} ({why}): not compared"),
            day=lambda c: day_text(self.broken(c).at),
            why=lambda c: self.broken(c).why,
        )
        days = ints(self.dataset.targets, "set_day")
        if len(days):
            last = cells.of_period([p.last_day for p in cells.periods])
            after = cells.has_target & (days[cells.target] > last) & ~cells.faulty
            late = N_("target set on {day}, after the period")
            self.add(after, late, day=self.of_target("set"))
        tell_beside(cells, self.add, self.of_target)
        self.later_targets()
        self.unused_targets()
        if cells.question.tolerance:
            both = cells.corridor
            tolerant = cells.in_points & cells.has_target & ~np.isnan(cells.goal[0])
            for where, message in (
                (cells.down & ~both, N_("the goal is {target} plus a tolerance of {points} pp")),
                (~cells.down & ~both, N_("the goal is {target} less a tolerance of {points} pp")),
                (both, N_("{target} is wider by a tolerance of {points} pp at either end")),
            ):
                self.add(
                    tolerant & where,
                    message,
                    _IN_TARGET,
                    target=_target(cells, text),
                    points=lambda _cell: lazy_numeral(str(cells.question.tolerance)),
                )

    def target_wording(self) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        words = self.dataset.targets["wording"].to_numpy(dtype=object)
        return words[self.cells.target] if len(words) else np.full(len(self.cells.area), "", object)

    def broken(self, cell: int) -> Break:
        """The first break between the days of the target and of the figure."""
        cells = self.cells
        set_day = int(self.dataset.targets["set_day"].to_numpy()[cells.target[cell]])
        published = int(self.dataset.actuals["published_day"].to_numpy()[cells.actual[cell]])
        first, last = sorted((set_day, published))
        breaks = self.dataset.indicators[cells.indicator[cell]].breaks
        found: Break = next(item for item in breaks if first < item.at <= last)
        return found

    def later_targets(self) -> None:
        cells, rows = self.cells, self.cells.later_target
        changed = present(rows)
        if not changed.any():
            return
        code, _unused = cells.compare(rows)
        told: dict[str, _Of] = {
            "day": self.of_target("set", rows),
            "target": _target(cells, self.of_target("value", rows)),
        }
        self.add(changed & ~cells.reported, N_("target changed on {day} to {target}"), **told)
        self.add(
            changed & cells.reported,
            N_("target changed on {day} to {target}: {verdict} against that"),
            verdict=lambda c: deferred(verdict_word, VERDICTS[code[c]]),
            **told,
        )

    def unused_targets(self) -> None:
        """Say a year's target that this part of it is not held against, and an undated one."""
        cells, without = self.cells, ~self.cells.has_target & self.cells.existing
        years = [
            p.whole_year if p.year == p.last_year and not p.begins_year else None
            for p in cells.periods
        ]
        group = cells.all_targets.find(cells.area, cells.indicator, cells.position(years))
        last = cells.of_period([p.last_day for p in cells.periods])
        row, _unused = cells.all_targets.in_force(group, last)
        self.add(
            without & present(row) & ~cells.read_at_end,
            N_("the year's target ({target}) is not held against {period} alone"),
            target=_target(cells, self.of_target("value", row)),
            period=self.asked,
        )
        if cells.question.as_of is not None and len(self.dataset.targets):
            every = TargetIndex(self.dataset, None, spread=True)
            start = np.zeros(len(without), np.int64)
            oldest, _unused = every.in_force(cells.find_targets(every), start)
            undated = ints(self.dataset.targets, "set_day")[oldest] == 0
            unused = N_("an undated target is not used with --as-of")
            self.add(without & present(oldest) & undated, unused)

    def years(self) -> None:
        """What a target over several years is of, and what its years make."""
        cells, spans = self.cells, self.cells.spans
        if spans is None:
            return
        goal, decimals, _unused = cells.target_figure(cells.target)
        for cell in np.flatnonzero(spans.asked).tolist():
            told = span_notes(spans, cell, float(goal[cell]), int(decimals[cell]))
            self.parts[cell].extend(told)

    def pace(self) -> None:
        cells, share = self.cells, self.cells.usual_share
        both = cells.prorated & cells.reported
        by_rule, unknown = both & cells.by_calendar, np.isnan(cells.due_share)
        past, decided = cells.passed(cells.target)[0], cells.decided(cells.target)
        percent = half_up(100 * share, np.ones(len(share), np.int64))
        self.add(
            both & ~np.isnan(share) & ~by_rule,
            N_("{share} % of the year in {year}"),
            share=lambda c: lazy_numeral(f"{percent[c]:.1f}"),
            year=lambda c: cells.periods[int(cells.which[c])].year_before_called,
        )
        months: _Of = lambda c: cells.periods[int(cells.which[c])].months
        by_calendar = N_("pace by the calendar: the goal is {months}/12 of the year's target")
        self.add(by_rule, by_calendar, months=months)
        self.add(
            both & unknown & ~decided & ~np.isnan(cells.target_figure(cells.target)[0]),
            N_(
                "last year's share of the year is not known: the goal is the calendar's {months}/12"
            ),
            months=months,
        )
        self.add(both & unknown & decided & ~past, N_("any share of a target of 0 is 0"))
        self.add(past & ~cells.down & ~cells.corridor, N_("the year's target is reached already"))
        lost = past & (cells.down | cells.corridor) & ~cells.expected
        self.add(lost, N_("the year's limit can no longer be kept"))

    def comparison(self) -> None:
        cells = self.cells
        code, _unused = cells.verdict
        undecided = cells.comparable & (code == Verdict.UNDETERMINED.code)
        undecided &= ~np.isnan(cells.goal[0]) & ~(cells.prorated & np.isnan(cells.due_share))
        undecided &= ~cells.by_years
        both_sides = N_("{figure} leaves both sides of the goal open")
        self.add(undecided, both_sides, figure=_figure(self.actual("value")))
        early = (code == Verdict.OPEN.code) & (cells.target_end <= cells.end) & ~cells.is_stale
        early &= ~cells.by_years
        self.add(early, N_("the figure is of {period}, before the deadline"), period=self.own)

    def half_of_a_year(self) -> None:
        """For a year, the pace of its first half."""
        cells = self.cells
        is_year = [period.is_year for period in cells.periods]
        if not any(is_year):
            return
        halves = [period.first_half for period in cells.periods]
        half = cells.at_periods(halves)
        row, _unused = half.own_figures.find(cells.area, cells.indicator, half.position(halves))
        gap, decimals = half.gap, half.gap_decimals
        known = present(row) & ~cells.read_at_end & np.array(is_year)[cells.which]
        for where, message in (
            (np.isnan(gap), N_("{period}: {figure}")),
            (
                ~np.isnan(gap) & half.prorated,
                N_("{period}: {figure} ({gap} against its share of the target)"),
            ),
            (~np.isnan(gap) & ~half.prorated, N_("{period}: {figure} ({gap} against the target)")),
        ):
            self.add(
                known & where,
                message,
                period=lambda c: _period(halves[cells.which[c]]),
                figure=_figure(self.actual("value", row)),
                gap=lambda c: lazy_numeral(signed(gap[c], decimals[c])),
            )
