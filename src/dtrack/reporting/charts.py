"""Charts of assessed cells, as exact values: bars against targets, lines of the last periods.

A number is None where the figure is
unknown or a bound, on another basis, faulty, or on another side of a break than the newest: a line
never joins two series.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.question import Query
from dtrack.analysis.year_before import a_point
from dtrack.core.arrays import Flags, Floats, Ints, present, texts_at, worded
from dtrack.core.period import Period
from dtrack.core.translate import _, counted
from dtrack.core.years import HALF, YEAR
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.i18n.terms import in_a_row
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Indicator
from dtrack.reporting.cells import AssessmentView
from dtrack.reporting.document import Bullet, Chart, Column, Line

PERIODS = 8  # halves or years of a line, the newest at its end
MOST_BARS = 40  # of one picture, in the order of the table


@dataclass(frozen=True, slots=True)
class Past:
    """The figures of some cells in the newest period and the ones before, judged at once.

    Arrays have a row by number of months back (`back`) and a column by cell. `known`: the figure is
    usable and of those very months (of a stock: read within them). `side`: of the breaks. `first`,
    `last`: the months of the figure.
    """

    newest: Period
    area: Ints
    indicator: Ints
    back: tuple[int, ...]
    known: Flags
    usable: Flags
    growth: Flags
    side: Ints
    number: Floats
    first: Ints
    last: Ints
    texts: npt.NDArray[np.object_]

    @classmethod
    def of(
        cls, dataset: Dataset, question: Query, newest: Period, area: Ints, indicator: Ints
    ) -> Past:
        """The last PERIODS halves and years, or years, of each cell."""
        steps = {HALF, _yearly(newest)} if newest.is_half else {_yearly(newest)}
        back = tuple(sorted({YEAR, *(step * n for step in steps for n in range(PERIODS))}))
        periods, shape = [newest.shift(-months) for months in back], (len(back), len(area))
        which = np.repeat(np.arange(len(back)), len(area))
        tiled = (np.tile(positions, len(back)) for positions in (area, indicator))
        cells = Assessment(dataset, question, periods, which, *tiled)
        first, last = cells.actual_span
        exact: Flags = (first == cells.start) & (last == cells.end)
        fit, stock = usable(cells), cells.read_at_end & ~cells.share
        arrays: tuple[Any, ...] = (
            fit & np.where(stock, ~cells.is_stale, exact),
            fit,
            cells.growth,
            cells.side_of(cells.actual),
            cells.number,
            first,
            last,
            np.array(texts_at(dataset.actuals, "value", cells.actual), object),
        )
        return cls(newest, area, indicator, back, *(array.reshape(shape) for array in arrays))

    def at(self, columns: Ints) -> Past:
        """Some of the cells."""
        names = ("known", "usable", "growth", "side", "number", "first", "last", "texts")
        chosen = {name: getattr(self, name)[:, columns] for name in names}
        return replace(self, area=self.area[columns], indicator=self.indicator[columns], **chosen)

    def series(self, step: int) -> Series:
        """The last periods, `step` months apart and oldest first, all of one series.

        Levels and shares on another side of a break than the newest known one are left out
        (docs/design.md §4, like with like).
        """
        months = [step * n for n in reversed(range(PERIODS))]
        at = np.array([self.back.index(one) for one in months])
        known, side = self.known[at], self.side[at]
        newest_known = PERIODS - 1 - np.argmax(known[::-1], axis=0)
        known &= self.growth[at] | (side == side[newest_known, np.arange(side.shape[1])])
        return Series(
            tuple(str(self.newest.shift(-one)) for one in months),
            np.where(known, self.number[at], np.nan),
            np.where(known, self.texts[at], "").tolist(),
        )


def _yearly(newest: Period) -> int:
    """Months between the same months of years, at least as many as the period has."""
    return YEAR * -(-newest.months // YEAR)


@dataclass(frozen=True, slots=True)
class Series:
    """Figures by period (oldest first) and cell: numbers with NaN, texts as published."""

    periods: tuple[str, ...]
    numbers: Floats
    texts: list[list[str]]


def usable(cells: Assessment) -> Flags:
    """The figure is one number, exact or around it, on the own basis, and nothing is wrong."""
    return a_point(cells, cells.actual) & ~cells.off_basis & ~cells.faulty


def lines(dataset: Dataset, past: Past, *, of_areas: bool) -> tuple[Chart, ...]:
    """One picture of small lines, of the cells with two figures at least; none without."""
    area, indicator, newest = past.area, past.indicator, past.newest
    if not len(area):
        return ()
    yearly = _yearly(newest)
    found = past.series(HALF if newest.is_half else yearly)
    apart = newest.is_half and not bool(
        (~np.isnan(found.numbers[1:]) & ~np.isnan(found.numbers[:-1])).any()
    )
    if apart:  # no two halves follow one another
        found = past.series(yearly)
    drawn = np.flatnonzero((~np.isnan(found.numbers)).sum(axis=0) > 1)[:MOST_BARS]
    if not len(drawn):
        return ()
    items = [dataset.indicators[int(p)] for p in indicator]
    names = [
        dataset.areas[int(a)].name if of_areas else item.name
        for a, item in zip(area, items, strict=True)
    ]
    # periods that nobody has are left out
    first = int(np.argmax((~np.isnan(found.numbers[:, drawn])).any(axis=1)))
    periods = tuple(map(period_shown, found.periods[first:]))
    made = tuple(
        Line(
            names[c],
            periods,
            tuple(map(_none, found.numbers[first:, c].tolist())),
            tuple(wording_shown(row[c], items[c].unit) for row in found.texts[first:]),
        )
        for c in drawn.tolist()
    )
    alike = of_areas and items[0].in_points
    title, unit = _title_of_lines(newest, halves=newest.is_half and not apart), items[0].unit_shown
    if of_areas and not alike:
        title = _("{title}, {unit}", title=title, unit=unit)
    return (
        Chart(
            title,
            unit if alike else "",
            _told_of_lines(periods[0], period_shown(newest), alike=alike),
            lines=made,
        ),
    )


def _title_of_lines(newest: Period, *, halves: bool) -> str:
    if halves:
        return _("The last halves")
    if newest.is_year:
        return _("The last years")
    return _("The last years to {period}, the same months", period=period_shown(newest))


def _told_of_lines(first: str, last: str, *, alike: bool) -> str:
    scale = (
        _("Equal steps are equally steep in all of them.")
        if alike
        else _("Each line has its own scale.")
    )
    runs = _(
        "Each line runs from {first} to {last}; a gap is a period without a figure of this series.",
        first=first,
        last=last,
    )
    return in_a_row((runs, scale))


def bars(board: AssessmentView, rows: Ints, past: Past) -> tuple[Chart, ...]:
    """A bullet chart of one indicator's rows: figure, goal, the same months a year before."""
    cells = board.cells
    goal = np.where(cells.has_target & ~cells.across_break, cells.goal[0], np.nan)[rows]
    said = (cells.reported & ~cells.is_stale)[rows] | ~np.isnan(goal)
    known = past.usable[0] & said  # of the newest period, which is the document's
    if not ((known & ~np.isnan(goal)).any() or known.sum() > 1):
        return ()
    before = year_before(board, rows, past)
    at = np.flatnonzero(said)[:MOST_BARS]
    period, item = cells.periods[0], board.indicator(int(rows[0]))
    made = tuple(
        Bullet(
            board.area(int(rows[n])).name,
            _none(cells.number[rows[n]]) if known[n] else None,
            _none(goal[n]),
            _none(before[n]),
            str(board.verdict[rows[n]]),
            _told(board, int(rows[n]), float(goal[n])),
        )
        for n in at.tolist()
    )
    return (_chart(item, period, made, left_out=int(said.sum()) - len(at)),)


def _chart(item: Indicator, period: Period, made: tuple[Bullet, ...], left_out: int) -> Chart:
    words = [_("Bar and number: the figure.")]
    if any(bullet.target is not None for bullet in made):
        words = [
            _(
                "Bar and first number: the figure. Upright mark and number after the slash: what "
                "it is compared with."
            )
        ]
    if any(bullet.before is not None for bullet in made):
        words.append(_("Pale bar: {period}.", period=period_shown(period.year_before)))
    if left_out:
        words.append(_("{count} more areas are in the table only.", count=counted(left_out)))
    title = _("Figure and target, {period}", period=period_shown(period))
    return Chart(title, item.unit_shown, in_a_row(words), bullets=made)


def _told(board: AssessmentView, cell: int, goal: float) -> str:
    """`✗ 3.1 / 6.5`: sign of the verdict, the figure, and the number it is compared with."""
    cells, columns = board.cells, board.columns
    exact = cells.reported[cell] and worded(cells.wording, lambda m: m.exact)[cell]
    figure = (
        _number(cells.number[cell], board.decimals["actual"][cell])
        if exact
        else board.wording(columns["actual_text"][cell], cell)
    )
    sign = (
        board.view.signs.get(board.verdict[cell], "") if board.verdict[cell] != "no_target" else ""
    )
    target = f" / {_number(goal, board.decimals['goal'][cell])}" if goal == goal else ""
    shown = figure or "–"
    if cells.is_stale[cell]:
        shown = _("{name} ({more})", name=shown, more=period_shown(columns["actual_period"][cell]))
    return f"{sign} {shown}{target}".strip()


def year_before(board: AssessmentView, rows: Ints, past: Past) -> Floats:
    """The number of the same months a year before; NaN: unknown, or of another series."""
    cells, then = board.cells, past.back.index(YEAR)
    now = cells.actual[rows]
    same = past.usable[then] & present(now) & ~cells.off_basis[rows] & ~cells.faulty[rows]
    for this, before in zip(cells.actual_span, (past.first, past.last), strict=True):
        same &= this[rows] - before[then] == YEAR
    same &= past.growth[then] | (cells.side_of(cells.actual)[rows] == past.side[then])
    return np.where(same, past.number[then], np.nan)


def _number(value: float, decimals: int) -> str:
    return Column("", "", [value], [decimals]).for_people()[0]


def _none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
