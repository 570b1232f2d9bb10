"""The whole story of one verdict on one screen: the target's words and history, every edition, the comparison, step by step.

In come an area, an indicator and a question; out goes a document. Every number in it comes from the cell that
`report` shows; here they are only put into sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dtrack.assess import VERDICT_WORDS
from dtrack.board import whole_board
from dtrack.cells import Question
from dtrack.choose import NONE, codes
from dtrack.figure import AROUND, PLAIN
from dtrack.model import Area, Holdings, Indicator
from dtrack.notes import notes, plain_number, signed
from dtrack.period import Period
from dtrack.sheet import Column, Document, Sheet
from dtrack.verdict import is_worded
from dtrack.view import exact_numbers

Steps = Sequence[tuple[str, str]]


class Why:
    """One cell of the board, asked why."""

    def __init__(self, held: Holdings, area: Area, indicator: Indicator, question: Question) -> None:
        self.held, self.area, self.indicator, self.question = held, area, indicator, question
        self.cells = whole_board(held, question)
        self.period: Period = self.cells.periods[0]
        self.cell = held.indicator_position[indicator.id] * len(held.areas) + held.area_position[area.id]
        self.unit = indicator.unit_shown

    # -- the cell -----------------------------------------------------------------------------------------------------
    @property
    def target(self) -> int:
        """Row of the target, −1 where there is none."""
        return int(self.cells.target[self.cell])

    @property
    def actual(self) -> int:
        """Row of the figure, −1 where there is none."""
        return int(self.cells.actual[self.cell])

    def of_actual(self, column: str, row: int) -> str:
        """A text of the actuals."""
        return str(self.held.actuals[column].iat[row])

    def of_target(self, column: str, row: int) -> str:
        """A text of the targets."""
        return str(self.held.targets[column].iat[row])

    def document(self, extra: Steps = ()) -> Document:
        """Verdict first, then the comparison and `extra` steps, then the target's history and every edition of the figure."""
        verdict = VERDICT_WORDS[int(self.cells.verdict[0][self.cell])].replace("_", " ") or "neither target nor figure"
        stated = " (stated by its source)" if self.cells.stated[self.cell] else ""
        head = f"{self.area.name} · {self.indicator.name} · {self.period}: {verdict}{stated}"
        steps = [*self.steps(), *extra]
        comparison = Sheet("Step by step", (
            Column("step", "Step", [name for name, _ in steps], tones=["city"] * len(steps)),
            Column("what", "What", [text for _, text in steps]),
        ))  # fmt: skip
        return Document("why", (head,), (), (comparison, *self.targets(), *self.editions()), (), self.sources())

    # -- the comparison -----------------------------------------------------------------------------------------------
    def steps(self) -> list[tuple[str, str]]:
        """The chain from words to verdict with the numbers filled in."""
        steps = [("target", self.target_in_words()), ("actual", self.actual_in_words())]
        if NONE not in {self.target, self.actual}:
            steps += [("goal", self.goal_in_words()), ("comparison", self.comparison())]
            steps += [("rounding", self.rounding()), ("to turn", self.turning())]
        note = notes(self.cells)[0][self.cell]
        return [step for step in (*steps, ("note", note)) if step[1]]

    def target_in_words(self) -> str:
        """The target as worded, for which period, set when, by which source and key."""
        if self.target == NONE:
            return "no target is published for this period"
        row, what = self.target, self.of_target
        day = f", set {what('set', row)}" if what("set", row) else ", set on an unknown day"
        where = f"{what('source', row) or 'no source'}; targets.toml: {what('key', row)}"
        return f"“{what('value', row)}” for {what('period', row)}{day} ({where})"

    def actual_in_words(self) -> str:
        """The figure as published, of which period, when, where it stands."""
        if self.actual == NONE:
            return "no figure is published for this period"
        row, what = self.actual, self.of_actual
        day = f"published {what('published', row)}" if what("published", row) else "published on an unknown day"
        where = f"{what('source', row) or 'no source'}; {self.place(row)}"
        return f"{what('value', row)} for {what('period', row)}, {what('status', row)}, {day} ({where})"

    def goal_in_words(self) -> str:
        """What the verdict compares with, and why it is not simply the target's number."""
        goal, decimals = self.number("goal")
        if np.isnan(goal):
            return "none: the target's number is not public"
        text = f"{plain_number(goal, decimals)} {self.unit}"
        if self.cells.paced[self.cell]:
            share = self.cells.usual_share[self.cell]
            year = self.cells.target_figure(self.cells.target)[0][self.cell]
            how = (
                f"{100 * share:.2f} % of it, as in {self.period.year - 1}"
                if not np.isnan(share)
                else f"{self.period.months}/12 of it"
            )
            return f"{text}: {year:g} for the year, {how}"
        more = self.cells.goal[2][self.cell]
        return f"{text}{'; to reach it is not enough' if more else '; to reach it is enough'}"

    def number(self, name: str) -> tuple[float, int]:
        """Goal or gap of the cell with its decimals."""
        goal, digits, _ = self.cells.goal
        if name == "goal":
            return float(goal[self.cell]), int(digits[self.cell])
        return float(self.cells.gap[self.cell]), max(int(digits[self.cell]), int(self.cells.decimals[self.cell]))

    def comparison(self) -> str:
        """Actual − goal = gap, turned where lower is better."""
        gap, decimals = self.number("gap")
        if not self.cells.comparable[self.cell]:
            return "the two are not compared: see the note"
        goal, digits = self.number("goal")
        if np.isnan(gap):
            return f"{self.of_actual('value', self.actual)} is a bound: it is compared as the interval that it leaves open"
        actual = plain_number(float(self.cells.number[self.cell]), int(self.cells.decimals[self.cell]))
        pair = (actual, plain_number(goal, digits))
        first, second = reversed(pair) if self.cells.down[self.cell] else pair
        lower = " (lower is better)" if self.cells.down[self.cell] else ""
        return f"{first} − {second} = {signed(gap, decimals)} {self.indicator.gap_unit}{lower}"

    def rounding(self) -> str:
        """Between which ends the figure lies, and whether they could turn the verdict."""
        wording = self.cells.wording[[self.cell]]
        if not is_worded(wording, PLAIN)[0]:
            soft = is_worded(wording, AROUND)[0]
            return "the figure is itself “around”: never sure" if soft else "a bound has no rounding"
        if not self.cells.comparable[self.cell]:
            return ""
        decimals = int(self.cells.decimals[self.cell])
        half, value = 0.5 * 10.0**-decimals, float(self.cells.number[self.cell])
        ends = f"between {plain_number(value - half, decimals + 1)} and {plain_number(value + half, decimals + 1)}"
        places = "no decimals" if decimals <= 0 else "1 decimal" if decimals == 1 else f"{decimals} decimals"
        step = 2 * half
        over = abs(self.number("gap")[0]) - half
        if self.cells.verdict[1][self.cell]:
            told = "rounding cannot turn the verdict"
        elif over > 0 and not np.isnan(over):
            told = "rounding cannot turn the verdict, yet it is not sure: see the note"
        else:
            told = "rounding could turn the verdict"
        unit = "" if decimals >= 0 else f", to the nearest {step:g}"
        return f"published with {places}{unit}, so it lies {ends}: {told}"

    def turning(self) -> str:
        """What would have to be true for the verdict to turn."""
        gap, decimals = self.number("gap")
        verdict = VERDICT_WORDS[int(self.cells.verdict[0][self.cell])]
        if np.isnan(gap) or verdict not in ("met", "missed", "open"):
            return ""
        goal, digits = self.number("goal")
        step = 10.0 ** -max(decimals, 0)
        need, down = bool(self.cells.goal[2][self.cell]), bool(self.cells.down[self.cell])
        least = goal + (step if need else 0.0) * (-1 if down else 1)
        side, other = ("at most", "above") if down else ("at least", "below")
        mark = plain_number(least, max(decimals, digits))
        return f"an actual {other} {mark} would miss it" if verdict == "met" else f"an actual of {side} {mark} would meet it"

    # -- histories ----------------------------------------------------------------------------------------------------
    def targets(self) -> list[Sheet]:
        """Every entry of the target that judges, oldest first."""
        if self.target == NONE:
            return []
        frame = self.held.targets
        same = np.ones(len(frame), bool)
        for name in ("area", "indicator", "period"):
            same &= codes(frame, name) == codes(frame, name)[self.target]
        rows = sorted(np.flatnonzero(same).tolist(), key=lambda row: int(frame["set_day"].to_numpy()[row]))
        told = [self.of_target("value", row) for row in rows]
        return [Sheet("The target's history", (
            Column("target", "Target", told, numbers=exact_numbers(told)),
            Column("set", "Set", [self.of_target("set", row) for row in rows]),
            Column("stated", "Stated verdict", [self.of_target("stated", row) for row in rows], gives_way=1),
            Column("source", "Source", [self.of_target("source", row) for row in rows]),
            Column("used", "", ["← this one" if row == self.target else "" for row in rows]),
        ))]  # fmt: skip

    def place(self, row: int) -> str:
        """Where a figure stands, and the cell of the return that it came from."""
        origin = self.of_actual("origin", row)
        return f"{self.of_actual('file', row)}:{self.of_actual('line', row)}" + (f", from {origin}" if origin else "")

    def editions(self) -> list[Sheet]:
        """Every edition of the figure's period, oldest first, with file, line and source."""
        if self.actual == NONE:
            return []
        frame = self.held.actuals
        same = np.ones(len(frame), bool)
        for name in ("area", "indicator", "period"):
            same &= codes(frame, name) == codes(frame, name)[self.actual]
        rows = sorted(np.flatnonzero(same).tolist(), key=lambda row: int(frame["published_day"].to_numpy()[row]))
        known = self.cells.known
        used = ["← this one" if row == self.actual else "" if known[row] else "not known by then" for row in rows]
        told = [self.of_actual("value", row) for row in rows]
        return [Sheet("Every edition of the figure", (
            Column("value", "Figure", told, right=True, numbers=exact_numbers(told)),
            Column("period", "Period", [self.of_actual("period", row) for row in rows]),
            Column("status", "Status", [self.of_actual("status", row) for row in rows], gives_way=1),
            Column("published", "Published", [self.of_actual("published", row) for row in rows]),
            Column("place", "Where", [self.place(row) for row in rows]),
            Column("source", "Source", [self.of_actual("source", row) for row in rows]),
            Column("used", "", used),
        ))]  # fmt: skip

    def sources(self) -> tuple[str, ...]:
        """The sources named, in full."""
        named = [self.of_target("source", self.target)] if self.target != NONE else []
        for sheet in (*self.targets(), *self.editions()):
            named += next(column for column in sheet.columns if column.key == "source").for_programs()
        known = self.held.sources
        return tuple(f"{name}: {known[name].cited if name in known else 'not listed'}" for name in dict.fromkeys(named) if name)


def tidy_steps(why: Why, extra: Steps = ()) -> Sheet:
    """The steps for programs: one row a step."""
    steps = [*why.steps(), *extra]
    return Sheet("why", (Column("step", "step", [name for name, _ in steps]), Column("what", "what", [text for _, text in steps])))
