"""What a reader has to know beside a verdict, one sentence a fact, as a note per cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np

from dtrack.analysis.assessment import VERDICTS, Assessment
from dtrack.analysis.blocking import FIGURE, RULE, TARGET
from dtrack.analysis.comparison import half_up, signed
from dtrack.analysis.selection import TargetIndex, VintageIndex
from dtrack.core.arrays import NONE, Flags, codes, flags, present
from dtrack.core.figure import Wording
from dtrack.core.message import Deferred, Message, deferred, lazy_numeral
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period, day_text
from dtrack.core.translate import ENGLISH, N_, active_language
from dtrack.core.vocabulary import Verdict
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.i18n.terms import basis_in_words, verdict_word

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_LOST = {
    FIGURE: N_("a row of {place} could not be placed and may be this figure"),
    TARGET: N_("an entry of {place} could not be placed and may be this target"),
    RULE: N_("{place} could not be read, and it says how this is judged"),
}


def plain_number(number: float, decimals: int) -> str:
    """A number at its published decimals, as programs read it: no grouping, no exponent."""
    return f"{number:.{max(int(decimals), 0)}f}"


def in_words(period: Period) -> str:
    """A period as people say it where its short name would not be read at once."""
    short = period.months == 1 or period.is_named_part or period.months % 12 == 0
    if active_language() != ENGLISH or short:
        return period_shown(period)
    return f"{_MONTHS[period.start % 12]} to {_MONTHS[period.end % 12]} {period.end // 12}"


Note = tuple[Message, ...]


def notes(cells: Assessment) -> tuple[list[Note], list[Note]]:
    """Two notes for every cell: the whole one, and what of it a table does not show."""
    return _Notes(cells).write()


def _period(period: Period | str) -> Deferred:
    return deferred(period_shown, period)


def _spelled(period: Period) -> Deferred:
    return deferred(in_words, period)


def _figure(text: str) -> Deferred:
    return deferred(wording_shown, text)


class _Notes:
    def __init__(self, cells: Assessment) -> None:
        self.cells = cells
        self.dataset = cells.dataset
        self.parts: dict[int, list[Message]] = defaultdict(list)
        # those of them that the column Target shows already
        self.shown: dict[int, list[Message]] = defaultdict(list)

    def write(self) -> tuple[list[Note], list[Note]]:
        for step in (self.figure, self.target, self.pace, self.comparison, self.half_of_a_year):
            step()
        cells = range(len(self.cells.area))
        rest = [
            tuple(part for part in self.parts.get(cell, ()) if part not in self.shown.get(cell, ()))
            for cell in cells
        ]
        return [tuple(self.parts.get(cell, ())) for cell in cells], rest

    def add(self, where: Flags, message: Callable[[int], Message], *, shown: bool = False) -> None:
        """Add a message to the cells that `where` marks; `shown`: the column Target says it too."""
        for cell in np.flatnonzero(where).tolist():
            self.parts[cell].append(message(cell))
            if shown:
                self.shown[cell].append(self.parts[cell][-1])

    def add_alike(self, where: Flags, message: Message) -> None:
        """Add one message to every cell that `where` marks."""
        self.add(where, lambda _cell: message)

    def of_actual(self, column: str) -> Callable[[int], str]:
        return lambda cell: str(self.dataset.actuals[column].iat[self.cells.actual[cell]])

    def of_target(self, column: str) -> Callable[[int], str]:
        return lambda cell: str(self.dataset.targets[column].iat[self.cells.target[cell]])

    def asked(self, cell: int) -> Period:
        return self.cells.periods[int(self.cells.which[cell])]

    def actual_period(self, cell: int) -> Period:
        return self.dataset.periods[int(self.cells.of_actual("period")[cell])]

    # -- the steps ---------------------------------------------------------------------------------
    def figure(self) -> None:
        cells, place = self.cells, self.of_actual
        prices, scope, file, line = place("prices"), place("scope"), place("file"), place("line")
        self.add(
            cells.stands_in,
            lambda c: _(
                "{part} stands in for {period}",
                part=_spelled(self.actual_period(c)),
                period=_period(self.asked(c)),
            ),
        )
        self.add(
            cells.older,
            lambda c: _("older figure, of {period}", period=_spelled(self.actual_period(c))),
        )
        self.add_alike(cells.expected, _("only expected by its publisher"))
        self.add_alike(cells.declared_missing, _("its publisher says that the figure is missing"))
        self.add(
            cells.other_basis,
            lambda c: _(
                "{basis}: not compared", basis=deferred(basis_in_words, prices(c), scope(c))
            ),
        )
        its_own = cells.reported & cells.flag_of("excluded", cells.actual)
        self.add(
            its_own,
            lambda c: _("set aside: see the findings for {place}", place=f"{file(c)}:{line(c)}"),
        )
        self.set_aside(cells.faulty & ~its_own)
        self.other_figures_too()
        self.undated_figures()

    def set_aside(self, faulty: Flags) -> None:
        """Say why a cell is undetermined whose own figure is sound: what it lost, or its target."""
        lost = faulty & self.cells.may_be_lost

        def sentence(cell: int) -> Message:
            one = self.cells.lost_at(cell)
            return _(_LOST[one.what], place=one.place)

        self.add(lost, sentence)
        self.add_alike(faulty & ~lost, _("a row or target is set aside: see the findings"))

    def undated_figures(self) -> None:
        """A figure without a day, which --as-of cannot use."""
        cells, frame = self.cells, self.dataset.actuals
        if cells.question.as_of is None:
            return
        undated = (frame["published_day"].to_numpy() == 0) & flags(frame, "on_reference_basis")
        row, _unused = VintageIndex(self.dataset, np.flatnonzero(undated)).find(
            cells.area, cells.indicator, cells.position(cells.periods)
        )
        self.add_alike(
            present(row) & ~cells.reported, _("an undated figure is not used with --as-of")
        )

    def other_figures_too(self) -> None:
        """A figure on another basis beside the one that is judged, unless it is older."""
        cells, row = self.cells, self.cells.beside
        if not present(row).any():
            return
        ends = np.array([period.end for period in self.dataset.periods])
        newer = ends[codes(self.dataset.actuals, "period")[row]] >= cells.actual_span[1]
        frame = self.dataset.actuals

        def sentence(cell: int) -> Message:
            value, prices, scope, day = (
                str(frame[name].iat[row[cell]])
                for name in ("value", "prices", "scope", "published")
            )
            told: dict[str, object] = {
                "value": _figure(value),
                "basis": deferred(basis_in_words, prices, scope),
            }
            if not day:
                return _("{value} ({basis}) was published on another basis", **told)
            return _("{value} ({basis}) was published on another basis ({day})", day=day, **told)

        self.add(present(row) & newer, sentence)

    def target(self) -> None:
        cells, period = self.cells, self.of_target("period")
        year_end = cells.of_period([p.whole_year.end for p in cells.periods])
        further = cells.read_at_end & cells.promised & (cells.target_end > year_end)
        self.add(further, lambda c: _("target for {period}", period=_period(period(c))), shown=True)
        undisclosed = cells.promised & (self.target_wording() == Wording.UNDISCLOSED)
        self.add_alike(
            undisclosed & cells.stated,
            _("the target's number is not public; the verdict is its source's own"),
        )
        self.add_alike(undisclosed & ~cells.stated, _("the target's number is not public"))
        self.add(
            (cells.stated_word != "") & ~cells.stated & cells.target_is_own,
            lambda c: _(
                "its source states: {verdict}", verdict=deferred(verdict_word, cells.stated_word[c])
            ),
        )
        self.add(cells.across_break, self.broken)
        days = self.dataset.targets["set_day"].to_numpy()
        if len(days):
            last = cells.of_period([p.last_day for p in cells.periods])
            after = cells.promised & (days[cells.target] > last) & ~cells.faulty
            self.add(
                after,
                lambda c: _("target set on {day}, after the period", day=self.of_target("set")(c)),
            )
        self.later_targets()
        self.unused_targets()
        if cells.question.tolerance:
            self.add(
                cells.in_points & cells.promised & ~np.isnan(cells.goal[0]),
                self.tolerant,
                shown=True,
            )

    def tolerant(self, cell: int) -> Message:
        told: dict[str, object] = {
            "target": _figure(self.of_target("value")(cell)),
            "points": lazy_numeral(str(self.cells.question.tolerance)),
        }
        if self.cells.down[cell]:
            return _("the goal is {target} plus a tolerance of {points} pp", **told)
        return _("the goal is {target} less a tolerance of {points} pp", **told)

    def target_wording(self) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        words = self.dataset.targets["wording"].to_numpy(dtype=object)
        return words[self.cells.target] if len(words) else np.full(len(self.cells.area), "", object)

    def broken(self, cell: int) -> Message:
        """The first break between the days of the target and of the figure."""
        cells = self.cells
        set_day = int(self.dataset.targets["set_day"].to_numpy()[cells.target[cell]])
        published = int(self.dataset.actuals["published_day"].to_numpy()[cells.actual[cell]])
        first, last = sorted((set_day, published))
        breaks = self.dataset.indicators[cells.indicator[cell]].breaks
        item = next(item for item in breaks if first < item.at <= last)
        return _(
            "target and figure stand on two sides of the break of {day} ({why}): not compared",
            day=day_text(item.at),
            why=item.why,
        )

    def later_targets(self) -> None:
        cells, frame = self.cells, self.dataset.targets
        rows = cells.later_target
        if not (rows != NONE).any():
            return
        code, _unused = cells.compare(rows)

        def sentence(cell: int) -> Message:
            told: dict[str, object] = {
                "day": frame["set"].iat[rows[cell]],
                "target": _figure(str(frame["value"].iat[rows[cell]])),
            }
            if not cells.reported[cell]:
                return _("target changed on {day} to {target}", **told)
            verdict = deferred(verdict_word, VERDICTS[code[cell]])
            return _(
                "target changed on {day} to {target}: {verdict} against that",
                verdict=verdict,
                **told,
            )

        self.add(rows != NONE, sentence)

    def unused_targets(self) -> None:
        """Say a year's target that this part of it is not held against, and an undated one."""
        cells, value = self.cells, self.dataset.targets["value"]
        without = ~cells.promised
        years = [
            p.whole_year if p.is_named_part and not p.begins_year else None for p in cells.periods
        ]
        group = cells.all_targets.find(cells.area, cells.indicator, cells.position(years))
        row, _unused = cells.all_targets.in_force(
            group, cells.of_period([p.last_day for p in cells.periods])
        )

        def year_only(cell: int) -> Message:
            return _(
                "the year's target ({target}) is not held against {period} alone",
                target=_figure(str(value.iat[row[cell]])),
                period=_period(self.asked(cell)),
            )

        self.add(without & present(row) & ~cells.read_at_end, year_only)
        if cells.question.as_of is not None and len(value):
            dated_or_not = TargetIndex(self.dataset, None)
            oldest, _unused = dated_or_not.in_force(
                cells.find_targets(dated_or_not), np.zeros(len(without), np.int64)
            )
            undated = self.dataset.targets["set_day"].to_numpy()[oldest] == 0
            self.add_alike(
                without & present(oldest) & undated, _("an undated target is not used with --as-of")
            )

    def pace(self) -> None:
        cells = self.cells
        share = cells.usual_share
        both = cells.paced & cells.reported
        part = cells.of_period([period.months for period in cells.periods])
        told = half_up(100 * share, np.ones(len(share), np.int64))
        self.add(
            both & ~np.isnan(share),
            lambda c: _(
                "{share} % of the year in {year}",
                share=lazy_numeral(f"{told[c]:.1f}"),
                year=self.asked(c).year - 1,
            ),
        )
        self.add(
            both & np.isnan(share),
            lambda c: _(
                "last year's share of the year is not known: the goal is the calendar's "
                "{months}/12",
                months=part[c],
            ),
        )

    def comparison(self) -> None:
        cells = self.cells
        code, _unused = cells.verdict
        undecided = cells.comparable & (code == Verdict.UNDETERMINED.code)
        undecided &= ~np.isnan(cells.goal[0]) & ~cells.paced
        actual = self.of_actual("value")
        self.add(
            undecided,
            lambda c: _("{figure} leaves both sides of the goal open", figure=_figure(actual(c))),
        )
        early = (code == Verdict.OPEN.code) & (cells.target_end <= cells.end) & ~cells.older
        self.add(
            early,
            lambda c: _(
                "the figure is of {period}, before the deadline",
                period=_spelled(self.actual_period(c)),
            ),
        )

    def half_of_a_year(self) -> None:
        """For a year, the pace of its first half."""
        cells = self.cells
        years = [p if p.is_year else None for p in cells.periods]
        if not any(years):
            return
        halves = [p.first_half for p in cells.periods]
        half = cells.at_periods(halves)
        row, _unused = half.own_figures.find(cells.area, cells.indicator, half.position(halves))
        value = self.dataset.actuals["value"]
        is_year = cells.of_period([p is not None for p in years]).astype(bool)
        known = present(row) & ~cells.read_at_end & is_year

        def sentence(cell: int) -> Message:
            gap = half.gap[cell]
            told: dict[str, object] = {
                "period": _period(halves[cells.which[cell]]),
                "figure": _figure(str(value.iat[row[cell]])),
            }
            if np.isnan(gap):
                return _("{period}: {figure}", **told)
            told["gap"] = lazy_numeral(signed(gap, half.gap_decimals[cell]))
            if half.paced[cell]:
                return _("{period}: {figure} ({gap} against its share of the target)", **told)
            return _("{period}: {figure} ({gap} against the target)", **told)

        self.add(known, sentence)
