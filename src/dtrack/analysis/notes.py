"""What a reader has to know beside a verdict, one sentence a fact, as a note per cell."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.comparison import half_up, signed
from dtrack.analysis.lost_rows import FIGURE, RULE, TARGET
from dtrack.analysis.note_writer import IN_TABLE, Of, figure_of, period_of
from dtrack.analysis.selection import VintageIndex
from dtrack.analysis.target_notes import TargetNotes
from dtrack.core.arrays import codes, flags, ints, present
from dtrack.core.message import Message, lazy_numeral
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Verdict
from dtrack.model.lives import life_told

_LOST = {
    FIGURE: N_("a row in {place} could not be assigned and may be this figure"),
    TARGET: N_("an entry in {place} could not be assigned and may be this target"),
    RULE: N_("{place} could not be read, but the assessment depends on it"),
}

Note = tuple[Message, ...]


def notes(cells: Assessment) -> tuple[list[Note], list[Note]]:
    """Two notes for every cell: the whole one, and what of it a table does not show."""
    return _Notes(cells).write()


class _Notes(TargetNotes):
    def write(self) -> tuple[list[Note], list[Note]]:
        steps = self.figure, self.made_of, self.target, self.years, self.pace, self.comparison
        for step in (*steps, self.half_of_a_year):
            step()
        if self.cells.relative.any():
            from dtrack.analysis.reference_notes import reference_notes

            for cell, part in reference_notes(self.cells):
                self.parts[cell].append(part)
        cells = range(len(self.cells.area))
        rest = [
            tuple(part for part in self.parts.get(cell, ()) if part not in self.shown.get(cell, ()))
            for cell in cells
        ]
        return [tuple(self.parts.get(cell, ())) for cell in cells], rest

    def figure(self) -> None:
        cells = self.cells
        self.add(
            cells.is_partial_period,
            N_("latest available: {part} used for {period}"),
            part=self.own,
            period=self.asked,
        )
        for cell in np.flatnonzero(~cells.existing).tolist():
            area, day = self.dataset.areas[cells.area[cell]], cells.last_day[cell]
            self.parts[cell].append(life_told(self.dataset.areas, area, int(day)))
        self.add(cells.is_stale, N_("latest available: {period}"), period=self.own)
        self.add(cells.expected, N_("forecast by the publisher"))
        self.add(cells.declared_missing, N_("marked as missing by the publisher"))
        basis = self.basis(cells.actual)
        self.add(cells.off_basis, N_("{basis}: not compared"), basis=basis)
        its_own = cells.reported & cells.flag_of("excluded", cells.actual)
        file, line = self.actual("file"), self.actual("line")
        place: Of = lambda c: f"{file(c)}:{line(c)}"
        self.add(its_own, N_("excluded: see the findings for {place}"), place=place)
        # the figure is sound: the cell may have lost one, or its target is excluded
        faulty = cells.faulty & ~its_own
        for cell in np.flatnonzero(faulty & cells.may_be_lost).tolist():
            lost = cells.lost_at(cell)
            self.parts[cell].append(_(_LOST[lost.what], place=lost.place))
        set_aside = N_("a row or target is excluded: see the findings")
        self.add(faulty & ~cells.may_be_lost, set_aside)
        self.other_figures_too()
        self.undated_figures()

    def made_of(self) -> None:
        """Name the parts of figures that nobody published, or what lacks for one."""
        if self.dataset.derived or self.dataset.lacks:
            from dtrack.analysis.part_notes import note_parts

            note_parts(self.cells, lambda cell, told: self.parts[cell].append(told))

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
        told = {"value": figure_of(self.actual("value", row)), "basis": self.basis(row)}
        self.add(newer & ~dated, N_("also published on another basis: {value} ({basis})"), **told)
        with_day = N_("also published on another basis: {value} ({basis}, {day})")
        self.add(dated, with_day, **told, day=self.actual("published", row))

    def years(self) -> None:
        """What a target over several years is of, and what its years make."""
        cells, spans = self.cells, self.cells.spans
        if spans is None:
            return
        from dtrack.analysis.span_notes import span_notes

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
            N_("{share}% of the year in {year}"),
            IN_TABLE,
            share=lambda c: lazy_numeral(f"{percent[c]:.1f}"),
            year=lambda c: cells.periods[int(cells.which[c])].year_before_called,
        )
        months: Of = lambda c: cells.periods[int(cells.which[c])].months
        by_calendar = N_("pro rata ({months}/12 of the year's target)")
        numbered = ~np.isnan(cells.target_figure(cells.target)[0])
        self.add(by_rule & numbered, by_calendar, months=months)
        self.add(
            both & unknown & ~decided & numbered,
            N_("last year's share of the year is unknown: pro rata ({months}/12)"),
            months=months,
        )
        self.add(both & unknown & decided & ~past, N_("any share of a target of 0 is 0"))
        self.add(
            past & ~cells.down & ~cells.corridor, N_("the year's target has already been reached")
        )
        lost = past & (cells.down | cells.corridor) & ~cells.expected
        self.add(lost, N_("the year's limit has already been exceeded"))

    def comparison(self) -> None:
        cells = self.cells
        code, _unused = cells.verdict
        undecided = cells.comparable & (code == Verdict.UNDETERMINED.code)
        undecided &= ~np.isnan(cells.goal[0]) & ~(cells.prorated & np.isnan(cells.due_share))
        undecided &= ~cells.by_years
        both_sides = N_("{figure}: the range includes the target; cannot be assessed")
        self.add(undecided, both_sides, figure=figure_of(self.actual("value")))
        early = (code == Verdict.OPEN.code) & (cells.target_end <= cells.end) & ~cells.is_stale
        early &= ~cells.by_years
        self.add(early, N_("figure for {period}, before the deadline"), period=self.own)

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
        shared = half.prorated & ~half.of_whole_target
        for where, message in (
            (np.isnan(gap), N_("{period}: {figure}")),
            (
                ~np.isnan(gap) & shared,
                N_("{period}: {figure} ({gap} against its share of the target)"),
            ),
            (~np.isnan(gap) & ~shared, N_("{period}: {figure} ({gap} against the target)")),
        ):
            self.add(
                known & where,
                message,
                period=lambda c: period_of(halves[cells.which[c]]),
                figure=figure_of(self.actual("value", row)),
                gap=lambda c: lazy_numeral(signed(gap[c], decimals[c])),
            )
