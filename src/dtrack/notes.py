"""What a reader has to know beside a verdict, one sentence a fact. In come judged cells, out goes a note per cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from dtrack.assess import VERDICT_WORDS, Judged
from dtrack.choose import NONE, Actuals, Targets, codes, present
from dtrack.frames import Flags
from dtrack.period import Period, day_text
from dtrack.sentences import basis_in_words
from dtrack.tongue import say

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


def plain_number(number: float, decimals: int) -> str:
    """A number at its published decimals, as programs read it: no sign for zero, no grouping, no exponent."""
    return f"{number:.{max(int(decimals), 0)}f}"


def signed(number: float, decimals: int) -> str:
    """A difference for people: +0.6, −0.4 with a plain hyphen, 0.0."""
    return ("+" if number > 0 else "") + plain_number(number, decimals)


def in_words(period: Period) -> str:
    """A period as people say it where its short name would not be read at once: January to May 2024."""
    if period.months == 1 or period.within_one_year or period.months % 12 == 0:
        return str(period)
    return f"{_MONTHS[period.start % 12]} to {_MONTHS[period.end % 12]} {period.end // 12}"


def notes(cells: Judged) -> tuple[list[str], list[str]]:
    """Two notes for every cell, "" where there is nothing to add: the whole one, and what of it a table does not show."""
    return _Notes(cells).write()


class _Notes:
    def __init__(self, cells: Judged) -> None:
        self.cells = cells
        self.held = cells.held
        self.parts: dict[int, list[str]] = defaultdict(list)
        self.shown: dict[int, list[str]] = defaultdict(list)  # those of them that the column Target shows already

    def write(self) -> tuple[list[str], list[str]]:
        for step in (self.figure, self.target, self.pace, self.comparison, self.half_of_a_year):
            step()
        between = say("; ")
        whole = [between.join(self.parts[cell]) if cell in self.parts else "" for cell in range(len(self.cells.area))]
        rest = list(whole)
        for cell, shown in self.shown.items():
            rest[cell] = between.join(part for part in self.parts[cell] if part not in shown)
        return whole, rest

    def add(self, where: Flags, sentence: Callable[[int], str], *, shown: bool = False) -> None:
        """Say the sentence at every cell that `where` marks; `shown`: the column Target says it too."""
        for cell in np.flatnonzero(where).tolist():
            self.parts[cell].append(sentence(cell))
            if shown:
                self.shown[cell].append(self.parts[cell][-1])

    def of_actual(self, column: str) -> Callable[[int], str]:
        return lambda cell: str(self.held.actuals[column].iat[self.cells.actual[cell]])

    def of_target(self, column: str) -> Callable[[int], str]:
        return lambda cell: str(self.held.targets[column].iat[self.cells.target[cell]])

    def asked(self, cell: int) -> Period:
        return self.cells.periods[int(self.cells.which[cell])]

    def actual_period(self, cell: int) -> Period:
        return self.held.periods[int(self.cells.of_actual("period")[cell])]

    # -- the steps ----------------------------------------------------------------------------------------------------
    def figure(self) -> None:
        cells, place = self.cells, self.of_actual
        prices, scope, file, line = place("prices"), place("scope"), place("file"), place("line")
        self.add(cells.stands_in, lambda c: f"{in_words(self.actual_period(c))} stands in for {self.asked(c)}")
        self.add(cells.older, lambda c: f"older figure, of {in_words(self.actual_period(c))}")
        self.add(cells.expected, lambda _: "only expected by its publisher")
        self.add(cells.declared_missing, lambda _: "its publisher says that the figure is missing")
        self.add(cells.other_basis, lambda c: f"{basis_in_words(prices(c), scope(c))}: not compared")
        its_own = cells.reported & cells.flag_of("aside", cells.actual)
        self.add(its_own, lambda c: f"set aside: see the findings for {file(c)}:{line(c)}")
        self.add(cells.faulty & cells.reported & ~its_own, lambda _: "a row or target is set aside: see the findings")
        self.other_figures_too()
        self.undated_figures()

    def undated_figures(self) -> None:
        """A figure without a day, which --as-of cannot use."""
        cells, frame = self.cells, self.held.actuals
        if cells.question.as_of is None:
            return
        undated = (frame["published_day"].to_numpy() == 0) & frame["own_basis"].to_numpy(dtype=bool)
        row, _ = Actuals(self.held, np.flatnonzero(undated)).find(cells.area, cells.indicator, cells.position(cells.periods))
        self.add(present(row) & ~cells.reported, lambda _: "an undated figure is not used with --as-of")

    def other_figures_too(self) -> None:
        """A figure on another basis beside the one that is judged, unless it is of an older period."""
        cells, row = self.cells, self.cells.beside
        if not present(row).any():
            return
        ends = np.array([period.end for period in self.held.periods])
        newer = ends[codes(self.held.actuals, "period")[row]] >= cells.actual_span[1]
        frame = self.held.actuals

        def sentence(cell: int) -> str:
            value, prices, scope, day = (str(frame[name].iat[row[cell]]) for name in ("value", "prices", "scope", "published"))
            return f"{value} ({basis_in_words(prices, scope)}) was published on another basis{f' ({day})' if day else ''}"

        self.add(present(row) & newer, sentence)

    def target(self) -> None:
        cells, text, period = self.cells, self.of_target("value"), self.of_target("period")
        further = (
            cells.read_at_end & cells.promised & (cells.target_end > cells.of_period([p.year * 12 + 11 for p in cells.periods]))
        )
        self.add(further, lambda c: f"target for {period(c)}", shown=True)
        self.add(cells.faulty & cells.promised & ~cells.reported, lambda _: "a row or target is set aside: see the findings")
        undisclosed = cells.promised & (self.target_wording() == "undisclosed")
        self.add(undisclosed & cells.stated, lambda _: "the target's number is not public; the verdict is its source's own")
        self.add(undisclosed & ~cells.stated, lambda _: "the target's number is not public")
        self.add((cells.stated_word != "") & ~cells.stated & cells.target_is_own,
                 lambda c: f"its source states: {cells.stated_word[c]}")  # fmt: skip
        self.add(cells.across_break, self.broken)
        days = self.held.targets["set_day"].to_numpy()
        if len(days):
            after = cells.promised & (days[cells.target] > cells.of_period([p.last_day for p in cells.periods])) & ~cells.faulty
            self.add(after, lambda c: f"target set on {self.of_target('set')(c)}, after the period")
        self.later_targets()
        self.unused_targets()
        self.add(cells.in_points & cells.promised & bool(cells.question.tolerance) & ~np.isnan(cells.goal[0]),
                 lambda c: f"the goal is {text(c)} less a tolerance of {cells.question.tolerance} pp"
                 if not cells.down[c] else f"the goal is {text(c)} plus a tolerance of {cells.question.tolerance} pp",
                 shown=True)  # fmt: skip

    def target_wording(self) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        words = self.held.targets["wording"].to_numpy(dtype=object)
        return words[self.cells.target] if len(words) else np.full(len(self.cells.area), "", object)

    def broken(self, cell: int) -> str:
        """The first break between the day the target was set and the day the figure was published."""
        cells = self.cells
        days = sorted((int(self.held.targets["set_day"].to_numpy()[cells.target[cell]]),
                       int(self.held.actuals["published_day"].to_numpy()[cells.actual[cell]])))  # fmt: skip
        item = next(item for item in self.held.indicators[cells.indicator[cell]].breaks if days[0] < item.at <= days[1])
        return f"target and figure stand on two sides of the break of {day_text(item.at)} ({item.why}): not compared"

    def later_targets(self) -> None:
        cells, frame = self.cells, self.held.targets
        rows = cells.later_target
        if not (rows != NONE).any():
            return
        code, _ = cells.compare(rows)
        self.add(rows != NONE, lambda c: f"target changed on {frame['set'].iat[rows[c]]} to {frame['value'].iat[rows[c]]}"
                 + (f": {VERDICT_WORDS[code[c]]} against that" if cells.reported[c] else ""))  # fmt: skip

    def unused_targets(self) -> None:
        """A year's target that this part of the year is not held against; an undated one under --as-of."""
        cells, value = self.cells, self.held.targets["value"]
        without = ~cells.promised
        years = [Period.year_of(p.year) if p.within_one_year and p.start % 12 else None for p in cells.periods]
        group = cells.all_targets.find(cells.area, cells.indicator, cells.position(years))
        row, _ = cells.all_targets.in_force(group, cells.of_period([p.last_day for p in cells.periods]))

        def year_only(cell: int) -> str:
            return f"the year's target ({value.iat[row[cell]]}) is not held against {self.asked(cell)} alone"

        self.add(without & present(row) & ~cells.read_at_end, year_only)
        if cells.question.as_of is not None and len(value):
            dated_or_not = Targets(self.held, None)
            oldest, _ = dated_or_not.in_force(cells.find_targets(dated_or_not), np.zeros(len(without), np.int64))
            undated = self.held.targets["set_day"].to_numpy()[oldest] == 0
            self.add(without & present(oldest) & undated, lambda _: "an undated target is not used with --as-of")

    def pace(self) -> None:
        cells = self.cells
        share = cells.usual_share
        both = cells.paced & cells.reported
        part = cells.of_period([period.months for period in cells.periods])
        self.add(both & ~np.isnan(share), lambda c: f"{100 * share[c]:.1f} % of the year in {self.asked(c).year - 1}")
        self.add(both & np.isnan(share), lambda c: (
            f"last year's share of the year is not known: the goal is the calendar's {part[c]}/12"))  # fmt: skip

    def comparison(self) -> None:
        cells = self.cells
        code, _ = cells.verdict
        undecided = cells.comparable & (code == VERDICT_WORDS.index("undetermined")) & ~np.isnan(cells.goal[0]) & ~cells.paced
        self.add(undecided, lambda c: f"{self.of_actual('value')(c)} leaves both sides of the goal open")
        early = (code == VERDICT_WORDS.index("open")) & (cells.target_end <= cells.end) & ~cells.older
        self.add(early, lambda c: f"the figure is of {in_words(self.actual_period(c))}, before the deadline")

    def half_of_a_year(self) -> None:
        """For a year, the pace of its first half."""
        cells = self.cells
        years = [p if p.is_year else None for p in cells.periods]
        if not any(years):
            return
        halves = [Period(p.start, p.start + 5) for p in cells.periods]
        half = Judged(self.held, replace(cells.question, period=None), halves, cells.which, cells.area, cells.indicator)
        own_figures: Actuals = half.own_figures
        row, _ = own_figures.find(cells.area, cells.indicator, half.position(halves))
        value = self.held.actuals["value"]
        known = (row != NONE) & ~cells.read_at_end & cells.of_period([p is not None for p in years]).astype(bool)

        def sentence(cell: int) -> str:
            gap = half.gap[cell]
            decimals = max(half.decimals[cell], half.goal[1][cell])
            behind = (
                f" ({signed(gap, decimals)} against {'its share of ' * bool(half.paced[cell])}the target)"
                if not np.isnan(gap)
                else ""
            )
            return f"{halves[cells.which[cell]]}: {value.iat[row[cell]]}{behind}"

        self.add(known, sentence)
