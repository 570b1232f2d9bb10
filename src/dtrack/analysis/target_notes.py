"""What a reader has to know of the target that a verdict is against."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.assessment import VERDICTS
from dtrack.analysis.note_writer import IN_TABLE, NoteWriter, Of, period_of, target_of
from dtrack.analysis.notes_beside import tell_beside
from dtrack.analysis.selection import TargetIndex
from dtrack.core.arrays import ints, present
from dtrack.core.days import day_text
from dtrack.core.message import deferred, lazy_numeral
from dtrack.core.translate import N_
from dtrack.core.wording import Wording
from dtrack.i18n.terms import verdict_word
from dtrack.model.entities import Break

SET_LATE = N_("target set on {day}, after the end of the period")


class TargetNotes(NoteWriter):
    """The notes on targets: of which period, how set, changed, moved, and what is not used."""

    def target(self) -> None:
        """Say what is to be known of the cells' targets."""
        cells, period, text = self.cells, self.of_target("period"), self.of_target("value")
        year_end = cells.of_period([p.whole_year.end for p in cells.periods])
        further = cells.read_at_end & cells.has_target & (cells.target_end != cells.end)
        further &= cells.target_end != year_end
        deadline: Of = lambda c: period_of(period(c))
        self.add(further, N_("target for {period}"), IN_TABLE, period=deadline)
        undisclosed = cells.has_target & (self._wording() == Wording.UNDISCLOSED)
        source: Of = lambda c: self._publisher(self.of_target("source")(c))
        self.add(
            undisclosed & cells.stated,
            N_("target value not published; assessment as published by {source}"),
            source=source,
        )
        told = N_("assessment as published by {source}")
        self.add(~undisclosed & cells.stated, told, source=source)
        self.add(undisclosed & ~cells.stated, N_("target value not published"))
        self.add(
            (cells.stated_word != "") & ~cells.stated & cells.target_is_own,
            N_("as stated by the source: {verdict}"),
            verdict=lambda c: deferred(verdict_word, cells.stated_word[c]),
        )
        self.add(
            cells.across_break,
            N_(
                "target and figure are on two sides of the break in series of {day} ({why}); "
                "not compared"
            ),
            day=lambda c: day_text(self._broken(c).at),
            why=lambda c: self._broken(c).why,
        )
        days = ints(self.dataset.targets, "set_day")
        if len(days):
            last = cells.of_period([p.last_day for p in cells.periods])
            after = cells.has_target & (days[cells.target] > last) & ~cells.faulty
            self.add(after, SET_LATE, day=self.of_target("set"))
        tell_beside(cells, self.add, self.of_target)
        self._later_targets()
        self._unused_targets()
        if cells.question.tolerance:
            both = cells.corridor
            tolerant = cells.in_points & cells.has_target & ~np.isnan(cells.goal[0])
            for where, message in (
                (
                    cells.down & ~both,
                    N_("target to date: {target} plus a tolerance of {points} pp"),
                ),
                (
                    ~cells.down & ~both,
                    N_("target to date: {target} minus a tolerance of {points} pp"),
                ),
                (both, N_("{target}, widened by a tolerance of {points} pp at either end")),
            ):
                self.add(
                    tolerant & where,
                    message,
                    IN_TABLE,
                    target=target_of(cells, text),
                    points=lambda _cell: lazy_numeral(str(cells.question.tolerance)),
                )

    def _wording(self) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        words = self.dataset.targets["wording"].to_numpy(dtype=object)
        return words[self.cells.target] if len(words) else np.full(len(self.cells.area), "", object)

    def _publisher(self, source: str) -> str:
        """Who published a source, and when; its title or id where that is not told."""
        known = self.dataset.sources.get(source)
        if known is None:
            return source
        return ", ".join(filter(None, (known.publisher or known.title, known.date)))

    def _broken(self, cell: int) -> Break:
        """The first break between the days of the target and of the figure."""
        cells = self.cells
        set_day = int(self.dataset.targets["set_day"].to_numpy()[cells.target[cell]])
        published = int(self.dataset.actuals["published_day"].to_numpy()[cells.actual[cell]])
        first, last = sorted((set_day, published))
        breaks = self.dataset.indicators[cells.indicator[cell]].breaks
        found: Break = next(item for item in breaks if first < item.at <= last)
        return found

    def _later_targets(self) -> None:
        cells, rows = self.cells, self.cells.later_target
        changed = present(rows)
        if not changed.any():
            return
        code, _unused = cells.compare(rows)
        told: dict[str, Of] = {
            "day": self.of_target("set", rows),
            "target": target_of(cells, self.of_target("value", rows)),
        }
        self.add(changed & ~cells.reported, N_("target revised on {day} to {target}"), **told)
        self.add(
            changed & cells.reported,
            N_("target revised on {day} to {target}: {verdict} against the revised target"),
            verdict=lambda c: deferred(verdict_word, VERDICTS[code[c]]),
            **told,
        )

    def _unused_targets(self) -> None:
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
            N_("the year's target ({target}) does not apply to {period} alone"),
            target=target_of(cells, self.of_target("value", row)),
            period=self.asked,
        )
        if cells.question.as_of is not None and len(self.dataset.targets):
            every = TargetIndex(self.dataset, None, spread=True)
            start = np.zeros(len(without), np.int64)
            oldest, _unused = every.in_force(cells.find_targets(every), start)
            undated = ints(self.dataset.targets, "set_day")[oldest] == 0
            unused = N_("an undated target is not used with --as-of")
            self.add(without & present(oldest) & undated, unused)
