"""`why`: the whole story of one verdict, step by step.

Every number in it comes from the cell that `report` shows; here they are only put into sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dtrack.analysis.assessment import VERDICTS
from dtrack.analysis.comparison import fixed, plain_number, signed
from dtrack.analysis.notes import notes
from dtrack.core.arrays import NONE, codes, worded
from dtrack.core.places import TARGETS_FILE
from dtrack.core.relation import relation_of
from dtrack.core.translate import N_, _, joined, ngettext, numeral
from dtrack.core.vocabulary import Verdict
from dtrack.core.wording import Wording
from dtrack.i18n.formatting import as_entered, period_shown, wording_shown
from dtrack.i18n.terms import status_word, verdict_word
from dtrack.model.relation_words import target_shown
from dtrack.reporting.columns import exact_enough, shown_number
from dtrack.reporting.document import Citation, Column, Document, Sheet
from dtrack.reporting.explain_beside import (
    beside_in_words,
    no_number,
    terms_in_words,
    turning_of_corridor,
    without_one_goal,
)
from dtrack.reporting.histories import editions, made_of, place_in_time, target_history
from dtrack.reporting.one_cell import OneCell

Steps = Sequence[tuple[str, str]]
_TURNING = {  # (it was met, lower is better) → what would turn it
    (True, False): N_("an actual below {mark} would miss it"),
    (True, True): N_("an actual above {mark} would miss it"),
    (False, False): N_("an actual of at least {mark} would meet it"),
    (False, True): N_("an actual of at most {mark} would meet it"),
}

# names of steps, which programs read and which never change, whose word for people is another
_WORDS = {"to turn": N_("to change the result"), "city": N_("{city}")}


def shown(step: str) -> str:
    """The word for people of a step."""
    return _(_WORDS.get(step, step))


class Why(OneCell):
    """One cell of the board, asked why."""

    def document(self, extra: Steps = ()) -> Document:
        """Verdict, comparison and `extra` steps, the target's history, every edition."""
        steps = [*self.steps(), *extra]
        comparison = Sheet(
            _("Step by step"),
            (
                Column(
                    "step",
                    _("Step"),
                    [shown(name) for name, _ in steps],
                    tones=["city"] * len(steps),
                ),
                Column("what", _("What"), [text for _, text in steps]),
            ),
        )
        entries = target_history(self.dataset, self.target)
        histories = [*entries, *editions(self.cells, self.indicator, self.rows())]
        histories += made_of(self.dataset, self.actual)
        return Document(
            N_("why"), (self.head(),), (), (comparison, *histories), (), self.sources(histories)
        )

    def head(self) -> str:
        """What is asked about, and its verdict."""
        word = verdict_word(VERDICTS[int(self.cells.verdict[0][self.cell])])
        told = {
            "area": self.area.name,
            "indicator": self.indicator.name,
            "period": period_shown(self.period),
            "verdict": word or _("neither target nor figure"),
        }
        if self.cells.stated[self.cell]:
            return _("{area} · {indicator} · {period}: {verdict} (as published)", **told)
        return _("{area} · {indicator} · {period}: {verdict}", **told)

    def steps(self) -> list[tuple[str, str]]:
        """The chain from words to verdict with the numbers filled in, by the name of each step."""
        steps = [(N_("target"), self.target_in_words()), (N_("actual"), self.actual_in_words())]
        if NONE not in {self.target, self.actual}:
            steps += [(N_("goal"), self.goal_in_words()), (N_("comparison"), self.comparison())]
            steps += beside_in_words(self)
            steps += [(N_("rounding"), self.rounding()), ("to turn", self.turning())]
        told = (*notes(self.cells)[0][self.cell], self.of_part_of_a_year())
        note = joined("; ", filter(None, told))
        return [step for step in (*steps, (N_("note"), note)) if step[1]]

    def of_part_of_a_year(self) -> str:
        """Why a share of part of a year is never sure, which tables tell by “(not sure)” alone."""
        if not self.cells.part_of_a_year[self.cell]:
            return ""
        return _(
            "a share of {part} is not yet that of {period}: never sure",
            part=period_shown(self.of_actual("period", self.actual)),
            period=period_shown(self.of_target("period", self.target)),
        )

    def target_in_words(self) -> str:
        """The target as it was set, and what stands beside it."""
        if self.target == NONE:
            return _("no target is published for this period")
        return joined("; ", [self.target_as_set(), *terms_in_words(self)])

    def target_as_set(self) -> str:
        """The target as worded, for which period, set when, by which source and key."""
        row, what = self.target, self.of_target
        text = what("value", row)
        told = {
            "value": as_entered(text)
            if relation_of(text) is None
            else target_shown(self.dataset, text, self.indicator.id),
            "period": period_shown(what("period", row)),
            "source": what("source", row) or _("no source"),
            "file": TARGETS_FILE,
            "key": what("key", row),
        }
        if not (day := what("set", row)):
            return _(
                "{value} for {period}, set on an unknown day ({source}; {file}: {key})", **told
            )
        return _("{value} for {period}, set {day} ({source}; {file}: {key})", day=day, **told)

    def actual_in_words(self) -> str:
        """The figure as published, of which period, when, where it stands."""
        if self.actual == NONE:
            return _("no figure is published for this period")
        row, what = self.actual, self.of_actual
        told = {
            "value": as_entered(what("value", row)),
            "period": period_shown(what("period", row)),
            "status": status_word(what("status", row)),
            "source": what("source", row) or _("no source"),
            "place": place_in_time(*(what(name, row) for name in ("file", "line", "origin"))),
        }
        if row in self.dataset.derived:
            return _("{value} for {period}, {status}, not published as such ({place})", **told)
        if not (day := what("published", row)):
            return _(
                "{value} for {period}, {status}, published on an unknown day ({source}; {place})",
                **told,
            )
        return _(
            "{value} for {period}, {status}, published {day} ({source}; {place})", day=day, **told
        )

    def goal_in_words(self) -> str:
        """What the verdict compares with, and why it is not simply the target's number."""
        goal, decimals = self.number("goal")
        if self.cells.corridor[self.cell] and not np.isnan(goal):
            return without_one_goal(self)
        if np.isnan(goal):
            if self.cells.relative[self.cell]:
                return _("no single number: see the note")
            return without_one_goal(self)
        text = self.with_unit(plain_number(goal, decimals))
        if self.cells.of_whole_target[self.cell]:
            return _("{goal}: the year's target, of which no share has to be known", goal=text)
        if self.cells.prorated[self.cell]:
            return self.share_in_words(text)
        wording = codes(self.dataset.targets, "wording")[[self.target]]
        message = N_("{goal}; to reach it is enough")
        if self.cells.goal[2][self.cell]:
            message = N_("{goal}; to reach it is not enough")
        elif worded(wording, lambda m: m.numbers == 2)[0]:
            message = N_("{goal}, the easier end; to reach it is enough")
        return _(message, goal=text)

    def share_in_words(self, text: str) -> str:
        """The part of the year's target that is due, and by which rule."""
        _goal, decimals = self.number("goal")
        share = self.cells.usual_share[self.cell]
        year, places, _unused = self.cells.target_figure(self.cells.target)
        told = {"goal": text, "target": numeral(fixed(year[self.cell], places[self.cell]))}
        if self.cells.by_calendar[self.cell]:
            return _(
                "{goal}: {target} for the year, {months}/12 of it by the pace of the calendar",
                months=self.period.months,
                **told,
            )
        if np.isnan(share):
            return _(
                "{goal}: {target} for the year, {months}/12 of it",
                months=self.period.months,
                **told,
            )
        fine = exact_enough(
            100 * share, lambda per_cent: year[self.cell] * per_cent / 100, decimals, least=2
        )
        told |= {"share": shown_number(100 * share, fine), "year": self.period.year_before_called}
        return _("{goal}: {target} for the year, {share}% of it, as in {year}", **told)

    def comparison(self) -> str:
        """Actual − goal = gap, turned where lower is better."""
        gap, decimals = self.number("gap")
        if not self.cells.comparable[self.cell]:
            return _("the two are not compared: see the note")
        goal, digits = self.number("goal")
        if np.isnan(goal):
            if self.cells.relative[self.cell]:
                return _("no single number to subtract: see the note")
            return _("{why}: there is nothing to subtract", why=no_number(self))
        if np.isnan(gap):
            figure = wording_shown(self.of_actual("value", self.actual))
            return _(
                "{figure} is a bound: it is compared as the interval that it leaves open",
                figure=figure,
            )
        actual = plain_number(
            float(self.cells.number[self.cell]), int(self.cells.decimals[self.cell])
        )
        pair = (actual, plain_number(goal, digits))
        above = self.cells.held_from_above[self.cell]
        first, second = reversed(pair) if above else pair
        told = self.with_unit(signed(gap, decimals), of_gap=True)
        told = f"{numeral(first)} − {numeral(second)} = {told}"
        if self.cells.corridor[self.cell]:
            return _("{comparison} (to the nearer end)", comparison=told)
        return _("{comparison} (lower is better)", comparison=told) if above else told

    def rounding(self) -> str:
        """Between which ends the figure lies, and whether they could turn the verdict."""
        wording = self.cells.wording[[self.cell]]
        if not worded(wording, lambda m: m.exact)[0]:
            soft = worded(wording, lambda m: m.soft)[0]
            told = _("the figure is itself “around”: never sure")
            return told if soft else _("a bound has no rounding")
        if not self.cells.comparable[self.cell] or self.no_comparison:
            return ""
        decimals = int(self.cells.decimals[self.cell])
        half, value = float(self.cells.half_unit[self.cell]), float(self.cells.number[self.cell])
        ends = value - half, value + half
        if self.cells.spans and self.cells.of_years[self.cell]:
            least, most = self.cells.spans.ends[2:]
            ends = float(least[self.cell]), float(most[self.cell])
        low, high = (numeral(fixed(end, decimals + 1)) for end in ends)
        if self.cells.verdict[1][self.cell]:
            told = _("rounding cannot change the result")
        elif self.cells.firm[self.cell]:
            told = _("rounding cannot change the result, yet it is not sure: see the note")
        else:
            told = _("rounding could change the result")
        if self.actual in self.dataset.derived:
            return _(
                "its parts are rounded, so it lies between {low} and {high}: {told}",
                low=low,
                high=high,
                told=told,
            )
        if self.cells.of_years[self.cell]:
            return _(
                "its years are published rounded, so it lies between {low} and {high}: {told}",
                low=low,
                high=high,
                told=told,
            )
        return _lying(decimals, {"low": low, "high": high, "told": told})

    @property
    def no_comparison(self) -> bool:
        """The verdict is its source's own, or the target has no number to compare with."""
        if self.cells.stated[self.cell]:
            return True
        wording = codes(self.dataset.targets, "wording")[self.target] if self.target != NONE else -1
        return wording in (Wording.UNDISCLOSED.code, Wording.ASSIGNED.code)

    def turning(self) -> str:
        """What would have to be true for the verdict to turn."""
        gap, decimals = self.number("gap")
        verdict = VERDICTS[int(self.cells.verdict[0][self.cell])]
        if np.isnan(gap) or verdict not in ("met", "missed", "open"):
            return ""
        goal, digits = self.number("goal")
        step = 10.0 ** -max(decimals, 0)
        need, down = bool(self.cells.goal[2][self.cell]), bool(self.cells.down[self.cell])
        corridor = bool(self.cells.corridor[self.cell])
        if (down | corridor) and (self.cells.early | self.cells.within)[self.cell]:
            return _("nothing before the deadline: until then a limit is neither met nor missed")
        if self.cells.passed(self.cells.target)[1][self.cell]:
            return _("nothing: it is past the year's target, and cannot shrink")
        if self.cells.spans and self.cells.spans.adding_up[self.cell] and verdict != Verdict.OPEN:
            return _("nothing: it is past the target already, and cannot shrink")
        if corridor:
            return turning_of_corridor(self, met=gap >= 0)
        least = goal + (step if need else 0.0) * (-1 if down else 1)
        mark = numeral(plain_number(least, max(decimals, digits)))
        return _(_TURNING[verdict == "met", down], mark=mark)

    def sources(self, histories: Sequence[Sheet]) -> tuple[Citation, ...]:
        """The sources named there, in full."""
        named = [self.of_target("source", self.target)] if self.target != NONE else []
        for sheet in histories:
            named += next(c for c in sheet.columns if c.key == "source").for_programs()
        known = self.dataset.sources
        cited = {
            name: known[name].cited if name in known else _("not listed") for name in named if name
        }
        return tuple(
            Citation(None, _("{source}: {cited}", source=name, cited=told))
            for name, told in cited.items()
        )


def _lying(decimals: int, ends: dict[str, str]) -> str:
    """How finely a figure is published, between which ends it lies for that, and what follows."""
    if decimals > 0:
        return ngettext(
            "published with {count} decimal, so it lies between {low} and {high}: {told}",
            "published with {count} decimals, so it lies between {low} and {high}: {told}",
            decimals,
            **ends,
        )
    if decimals == 0:
        return _("published with no decimals, so it lies between {low} and {high}: {told}", **ends)
    return _(
        "published with no decimals, to the nearest {step}, so it lies between {low} and {high}: "
        "{told}",
        step=shown_number(10.0**-decimals, 0),
        **ends,
    )


def tidy_steps(why: Why, extra: Steps = ()) -> Sheet:
    """The steps for programs: one row a step."""
    steps = [*why.steps(), *extra]
    return Sheet(
        "why",
        (
            Column("step", "step", [name for name, _ in steps]),
            Column("what", "what", [text for _, text in steps]),
        ),
    )
