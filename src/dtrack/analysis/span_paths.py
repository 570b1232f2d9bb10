"""The way to targets over years: what the years so far make against what they should by now.

A sum is due in equal parts, a change over the whole at a constant growth, an average and a level of
each year at once. Shorter spans that begin together, of the same thing, are stations of the way.
"""

from __future__ import annotations

import math

import numpy as np

from dtrack.analysis.assessment import VERDICTS, Assessment
from dtrack.analysis.comparison import fixed
from dtrack.analysis.over import OVERS
from dtrack.analysis.progress import Progress
from dtrack.analysis.question import Query
from dtrack.analysis.selection import TargetIndex
from dtrack.analysis.span_notes import span_notes
from dtrack.analysis.span_years import Years
from dtrack.analysis.spans import TOGETHER, Spans
from dtrack.analysis.trajectory import Made, Trajectory
from dtrack.core.arrays import NONE, codes, flags
from dtrack.core.message import Message, lazy_joined, verbatim
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.vocabulary import Over, Verdict
from dtrack.core.years import YEAR
from dtrack.model.dataset import Dataset

Station = tuple[int, float]  # after so many years, so much


def over_years(dataset: Dataset, question: Query, method: str = "path") -> list[Trajectory]:
    """One way for each area and indicator with a target that its years are held against.

    Of several plans the first that is not over, with a figure; else the last that is; else the
    first. In the order of the board.
    """
    plans: dict[tuple[int, int], list[_Plan]] = {}
    for plan in _plans(dataset, question):
        plans.setdefault((plan.indicator, plan.area), []).append(plan)
    return [_way(_current(plans[cell]), plans[cell], method) for cell in sorted(plans)]


def _plans(dataset: Dataset, question: Query) -> list[_Plan]:
    """Every target, the newest known entry of each, that is of several years, by its end."""
    index = TargetIndex(dataset, question.as_of)
    if not len(index.keys):
        return []
    rows = index.rows[index.stop - 1]
    held = np.isin(index.over[rows], [*TOGETHER, Over.EACH.code])
    rows = rows[held & ~flags(dataset.targets, "excluded")[rows]]
    days = dataset.period_last_days[codes(dataset.targets, "period")[rows]]
    rows = rows[dataset.existing(days, codes(dataset.targets, "area")[rows])]
    period = codes(dataset.targets, "period")[rows]
    found, until = [], question.period.end if question.period else None
    for span in sorted({dataset.periods[at] for at in period.tolist()}, key=lambda p: (p.end, p)):
        of_span = rows[period == dataset.period_position[span]]
        area, indicator = (codes(dataset.targets, name)[of_span] for name in ("area", "indicator"))
        asks = Query(span, question.as_of, None, set_aside=True)
        which = np.zeros(len(of_span), np.int64)
        cells = Assessment(dataset, asks, [span], which, area, indicator)
        spans = Spans(cells, of_span, Years(cells, until))
        found += [_Plan(spans, cell, span) for cell in range(len(of_span))]
    return found


class _Plan:
    """One target over years."""

    def __init__(self, spans: Spans, cell: int, span: Period) -> None:
        self.spans, self.cell, self.span = spans, cell, span
        cells = spans.cells
        self.area, self.indicator = int(cells.area[cell]), int(cells.indicator[cell])
        self.over = OVERS[int(spans.over[cell])]
        self.goals = cells.numbered_goal(spans.rows)
        self.goal = float(self.goals.value[cell])
        self.known = int(spans.known[cell])
        self.corridor = bool(cells.with_two_ends(spans.rows)[cell])

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends of a corridor; of any other target its number twice."""
        if not self.corridor:
            return self.goal, self.goal
        low, high = self.spans.cells.ends_for(self.spans.rows)
        return float(low.value[self.cell]), float(high.value[self.cell])

    @property
    def growth(self) -> bool:
        """Its numbers are growths."""
        return bool(self.spans.cells.growth[self.cell])

    @property
    def broken(self) -> bool:
        """The years make no number that can be held against the target."""
        spans, cell = self.spans, self.cell
        # of each year one that is missed decides, whatever the others were
        hole = spans.hole[cell] & (self.over is not Over.EACH)
        gap = hole | spans.apart[cell] | spans.nothing_left[cell]
        return bool(gap | spans.doubtful(self.goals.value)[cell] | self.across)

    @property
    def across(self) -> bool:
        """The target was set on another side of a break than its levels were published on."""
        spans, cells = self.spans, self.spans.cells
        return bool(spans.here[self.cell] and cells.across_break[self.cell])


def _current(plans: list[_Plan]) -> _Plan:
    """The plan that is told of one cell; they stand in the order of their ends."""
    begun = [plan for plan in plans if plan.known]
    running = [plan for plan in begun if not plan.spans.complete[plan.cell]]
    # the longest of those that run: the shorter ones are its stations
    if running:
        first = min(plan.span.start for plan in running)
        return [plan for plan in running if plan.span.start == first][-1]
    return begun[-1] if begun else plans[0]


def _way(plan: _Plan, plans: list[_Plan], method: str) -> Trajectory:
    spans, cell = plan.spans, plan.cell
    digits = int(max(spans.either(spans.decimals, spans.years.decimals)[cell], 0))
    digits = max(digits, int(plan.goals.decimals[cell])) + 1
    notes: list[Message] = list(span_notes(spans, cell, plan.goal, int(plan.goals.decimals[cell])))
    made = _made(plan)
    if made is None:
        progress = Progress("not_available" if method == "opensdg" else "too_few_figures")
        notes.append(_("no figure yet"))
    elif method == "opensdg":
        progress = Progress("not_available")
    else:
        progress = _progress(plan, plans, made.number, digits)
    if math.isnan(plan.goal):
        relative = plan.spans.cells.is_relative(plan.spans.rows)[plan.cell]
        notes.append(
            _("the target depends on another figure and has no path")
            if relative
            else _("target value not published")
        )
    note = verbatim(lazy_joined("; ", notes))
    row = int(spans.rows[cell])
    return Trajectory(
        plan.area, plan.indicator, NONE, NONE, row, plan.goal, digits, progress, note, made
    )


def _made(plan: _Plan) -> Made | None:
    """What the years known make; of each year the figure that decides."""
    spans, cell = plan.spans, plan.cell
    if not plan.known:
        return None
    if plan.over is Over.EACH:
        year = spans.years.cells[int(spans.decides[cell])]
        return Made(year.periods[0], float(year.number[cell]), year.texts("value")[cell])
    until = Period(plan.span.start, int(spans.known_end[cell]))
    return Made(until, float(spans.number[cell]), spans.texts()[cell])


def _progress(plan: _Plan, plans: list[_Plan], number: float, digits: int) -> Progress:
    spans, cell = plan.spans, plan.cell
    if plan.broken or math.isnan(number):
        return Progress("too_few_figures")
    if math.isnan(plan.goal):
        return Progress("")
    cells = spans.cells
    if corridor := plan.corridor:
        verdict = VERDICTS[int(cells.settled(spans, spans.rows)[0][cell])]
    else:
        verdict = VERDICTS[int(spans.settle(plan.goals, cells.down)[0][cell])]
    if spans.hole[cell] and verdict != Verdict.MISSED:
        return Progress("too_few_figures")
    low, high = (float(fixed(_required(plan, plans, end), digits)) for end in (0, 1))
    required = high if corridor and high - number < number - low else low
    ahead = number <= required if spans.cells.down[cell] else number >= required
    ahead = low <= number <= high if corridor else ahead
    word = {Verdict.MET: "reached", Verdict.MISSED: "behind"}.get(verdict)
    if word is None:
        word = "on_path" if ahead or plan.over is Over.EACH else "behind"
    gone = math.nan if corridor else _gone(plan, number, required)
    return Progress(word, gone, required=required)


def _required(plan: _Plan, plans: list[_Plan], end: int) -> float:
    """What the years known should make by now; `end`: of a corridor the lower one 0, upper 1."""
    if plan.over not in (Over.SUM, Over.WHOLE):
        return plan.ends[end]
    (before, low), (after, high) = _around(plan, plans, end)
    part = (plan.known - before) / (after - before)
    if plan.over is Over.SUM:
        return low + (high - low) * part
    if min(low, high) <= -100:
        return math.nan
    logs = math.log1p(low / 100), math.log1p(high / 100)
    return 100 * math.expm1(logs[0] + (logs[1] - logs[0]) * part)


def _around(plan: _Plan, plans: list[_Plan], end: int) -> tuple[Station, Station]:
    """The stations before and after the years known: shorter spans that begin with this one."""
    stations = [(0, 0.0)] + [
        (one.span.months // YEAR, one.ends[end])
        for one in plans
        if one.over is plan.over and one.span.start == plan.span.start
        if one.span.end <= plan.span.end and not math.isnan(one.goal)
    ]
    before = max(station for station in stations if station[0] < plan.known)
    return before, min(station for station in stations if station[0] >= plan.known)


def _gone(plan: _Plan, number: float, required: float) -> float:
    """The change so far in per cent of the change required by now; NaN where there is none."""
    if plan.over is Over.EACH or (
        plan.over is Over.AVERAGE and plan.spans.cells.read_at_end[plan.cell]
    ):
        return math.nan
    if plan.over is Over.AVERAGE and plan.growth:
        if min(number, required) <= -100:
            return math.nan
        number, required = (
            math.expm1(plan.known * math.log1p(rate / 100)) for rate in (number, required)
        )
    return 100 * number / required if number * required > 0 else math.nan
