"""Figures that nobody published and that follow from those that were.

Of a flow a half from its quarters or months, a year from its halves, a rest by subtraction. They
are rows of the actuals with status `derived`, so that whatever asks for a figure finds them, and
only where nothing is published: of exact figures that are neither expected nor set aside, on the
indicator's own basis and on one side of every break. Source: docs/method.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from dtrack.analysis.blocking import Followed
from dtrack.analysis.part_routes import route, within_years
from dtrack.analysis.question import Query
from dtrack.analysis.selection import known_rows
from dtrack.core.arrays import Flags, codes, flags
from dtrack.core.message import Message
from dtrack.core.period import Period
from dtrack.core.relation import LAST_YEAR
from dtrack.core.vocabulary import Kind
from dtrack.core.years import YEAR
from dtrack.model.dataset import Dataset

if TYPE_CHECKING:
    from dtrack.analysis.derived_rows import Made

_D = TypeVar("_D", bound=Dataset)


def with_derived(dataset: _D, question: Query) -> _D:
    """The dataset with every derived figure that the question may need; the same where none is."""
    if dataset.derived or not len(dataset.actuals):
        return dataset
    wanted = _wanted(dataset, question)
    before = {period.year_before for period in wanted}
    levels = wanted | before | {period.whole_year for period in before}
    levels |= {year for period in before if (year := period.year_begun)}
    made, lacks = _InTime(dataset, question.as_of).made(sorted(levels), wanted)
    if made or lacks:
        from dtrack.analysis.derived_rows import with_rows

        dataset = with_rows(dataset, made, lacks)
    items = dataset.indicators
    if any(item.aggregate or item.growth_of for item in items):
        from dtrack.analysis.aggregates import growths_of_levels, sums_of_areas, weighted_means

        for period in sorted(levels):
            dataset = sums_of_areas(dataset, question.as_of, period)
        for period in sorted(wanted):
            dataset = growths_of_levels(dataset, question.as_of, period)
            dataset = weighted_means(dataset, question.as_of, period)
    return dataset


def _wanted(dataset: Dataset, question: Query) -> set[Period]:
    """The periods whose figures may be asked for or followed, and the years of plans over years."""
    at = np.unique(codes(dataset.targets, "period")).tolist() if len(dataset.targets) else []
    targets = {dataset.periods[position] for position in at}
    years = {
        Period(start, start + YEAR - 1)
        for plan in targets
        if plan.is_years and plan.months > YEAR
        for start in range(plan.start, plan.end, YEAR)
    }
    follow = Followed.by(dataset, (), ())
    years |= {Period.year_of(int(base)) for base in follow.bases}
    if question.period is None:
        return targets | years
    asked = question.period
    years |= {Period.year_of(int(base), asked.calendar) for base in follow.bases}
    years |= {asked.year_before} if LAST_YEAR in follow.areas else set()
    return years | {asked} | ({asked.first_half} if asked.is_year else set())


class _InTime:
    """Flows made of their own figures of other spans."""

    def __init__(self, dataset: Dataset, as_of: int | None) -> None:
        self.dataset, frame = dataset, dataset.actuals
        flow = dataset.which_indicators(lambda item: item.kind == Kind.FLOW)
        rows = known_rows(dataset, as_of) & flags(frame, "on_reference_basis")
        self.rows: Flags = rows & flow[codes(frame, "indicator")]
        self.period = codes(frame, "period")
        used = np.unique(self.period[self.rows]).tolist()
        self.used = [(dataset.periods[position], position) for position in used]

    def made(
        self, wanted: list[Period], asked: set[Period]
    ) -> tuple[list[Made], dict[tuple[int, int, Period], Message]]:
        """The figures that follow, and why those do not of which only some parts are there."""
        made: list[Made] = []
        lacks: dict[tuple[int, int, Period], Message] = {}
        # what several years make is for their target to say: a sum, an average, the last
        near = {whole: self._near(whole) for whole in wanted if whole.months <= YEAR}
        worth = {whole: spans for whole, spans in near.items() if spans}
        if not worth:
            return made, lacks
        all_spans = sorted({span for spans in worth.values() for span in spans} | set(worth))
        from dtrack.analysis.derived_sums import SpanGrid

        grid = SpanGrid(self.dataset, self.rows, self.period, all_spans)
        for whole, spans in worth.items():
            made += grid.figures(whole, spans)
            lacks |= grid.lacks(whole, spans, made) if whole in asked else {}
        return made, lacks

    def _near(self, whole: Period) -> list[Period]:
        """The spans on file within the years of a period, where some of them lie within it."""
        spans = [
            span for span, _position in self.used if span != whole and within_years(span, whole)
        ]
        inside = any(whole.start <= span.start and span.end <= whole.end for span in spans)
        return spans if inside or route(whole, tuple(spans), frozenset()) else []
