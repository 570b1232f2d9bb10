"""The figure that each cell is judged by: a published one, or what several years make together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from dtrack.analysis.following import FollowingGrid
from dtrack.analysis.over import is_span
from dtrack.analysis.selection import break_side
from dtrack.core.arrays import Flags, Floats, Ints, texts_at
from dtrack.core.period import Period

if TYPE_CHECKING:
    from dtrack.analysis.span_years import Years
    from dtrack.analysis.spans import Spans


class FigureGrid(FollowingGrid):
    """Cells with the numbers of their figures; of a target over years these are of its years."""

    def at_periods(self, periods: Sequence[Period]) -> Self:
        """Return the same cells of other periods, one for each period asked for."""
        grid = self.which, self.area, self.indicator
        return type(self)(self.dataset, self.question, periods, *grid)

    @cached_property
    def number(self) -> Floats:
        """The figure without its wording; NaN where there is none."""
        own = np.where(self.reported, self.number_of("number", self.actual), np.nan)
        return np.where(self.of_years, self.spans.number, own) if self.spans else own

    @cached_property
    def upper(self) -> Floats:
        """The upper end of a range, else the number."""
        own = np.where(self.reported, self.number_of("upper", self.actual), np.nan)
        return np.where(self.of_years, self.spans.upper, own) if self.spans else own

    @cached_property
    def decimals(self) -> Ints:
        """Published digits of the figure after the point."""
        own = np.where(self.reported, self.count_of("decimals", self.actual), 0)
        return np.where(self.of_years, self.spans.decimals, own) if self.spans else own

    @cached_property
    def half_unit(self) -> Floats:
        """Half a unit of the figure's last digit; of what is made of others what theirs make."""
        half = 0.5 * self.spread * np.power(10.0, -self.decimals)
        if not self.spans:
            return half
        low, high, least, most = self.spans.ends
        with np.errstate(invalid="ignore"):
            return np.where(self.of_years, np.fmax(low - least, most - high), half)

    @cached_property
    def spread(self) -> Floats:
        """Over how many units of its last digit rounding may spread the figure."""
        return self.dataset.spread[self.actual]

    @cached_property
    def wording(self) -> Ints:
        """Wording code of the figure."""
        own = self.of_actual("wording")
        return np.where(self.of_years, self.spans.wording, own) if self.spans else own

    @cached_property
    def years(self) -> Years:
        """The figures of the years of the spans asked for."""
        from dtrack.analysis.span_years import Years

        return Years(self)

    @cached_property
    def spans(self) -> Spans | None:
        """What years make where a target over them is asked for; None where none is."""
        asked = any(map(is_span, self.periods)) and len(self.dataset.targets)
        return self.spans_at(self.target) if asked else None

    def spans_at(self, rows: Ints) -> Spans:
        """What the years make of rows of the targets."""
        from dtrack.analysis.spans import Spans

        return Spans(self, rows, self.years)

    @cached_property
    def of_years(self) -> Flags:
        """The figure is what several years make together."""
        nothing = np.zeros(len(self.area), bool)
        return self.spans.here & self.spans.together if self.spans else nothing

    @cached_property
    def by_years(self) -> Flags:
        """The verdict is one of years: of several together, of each, or of the last."""
        return self.spans.here if self.spans else np.zeros(len(self.area), bool)

    @property
    def years_complete(self) -> Flags:
        """Every year is known that a target over years is of."""
        nothing = np.zeros(len(self.area), bool)
        return self.spans.ended if self.spans else nothing

    @cached_property
    def year_in_doubt(self) -> Flags:
        """The figure of one of the years is set aside, or a row that is may be it."""
        nothing = np.zeros(len(self.area), bool)
        return self.spans.asked & self.years.doubt.any(axis=0) if self.spans else nothing

    def of_yearly_growth(self, periods: Sequence[Period]) -> Self:
        """The same cells of other periods, a growth by the figures of its `yearly` one."""
        position, items = self.dataset.indicator_position, self.dataset.indicators
        yearly = [position.get(item.yearly, own) for own, item in enumerate(items)]
        indicator = np.array(yearly or [0], np.int64)[self.indicator]
        return type(self)(self.dataset, self.question, periods, self.which, self.area, indicator)

    @cached_property
    def actual(self) -> Ints:
        """Row of the figure that the cell is judged by; of years that of one of them."""
        row = super().actual
        return np.where(self.spans.here, self.spans.row, row) if self.spans else row

    @cached_property
    def off_basis(self) -> Flags:
        """The figure is on another price basis or of another scope."""
        return super().off_basis & ~self.by_years

    @cached_property
    def expected(self) -> Flags:
        """The publisher only expects the figure, or one of the years that make it."""
        if not self.spans:
            return super().expected
        return np.where(self.by_years, self.spans.expected, super().expected)

    @cached_property
    def actual_span(self) -> tuple[Ints, Ints]:
        """First and last month of the figure's period; of years together of those known."""
        first, last = super().actual_span
        if not self.spans:
            return first, last
        return np.where(self.of_years, self.start, first), np.where(
            self.of_years, self.spans.known_end, last
        )

    @cached_property
    def is_partial_period(self) -> Flags:
        """A figure of the half's first four or five months stands in for the half."""
        return super().is_partial_period & ~self.by_years

    def side_of(self, rows: Ints) -> Ints:
        """How many breaks of the indicator lie at or before the publication of the row."""
        return break_side(self.dataset, self.indicator, self.count_of("published_day", rows))

    def texts(self, name: str) -> list[str]:
        """A text of each figure, "" where there is none: of years together theirs."""
        told = texts_at(self.dataset.actuals, name, self.actual)
        if not self.spans or name not in ("value", "period"):
            return told
        whole = self.spans.texts() if name == "value" else []
        for cell in np.flatnonzero(self.of_years).tolist():
            span = Period(*(int(month[cell]) for month in self.actual_span))
            told[cell] = whole[cell] if whole else str(span)
        return told
