"""Judged cells → the pictures of a page: bars against targets, small lines of the last periods.

In come a board and rows of it, out go Charts of exact values. A number is None where the figure is
unknown or a bound, on another basis, faulty, or on another side of a break than the newest: a line
never joins two series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dtrack.analysis.assessment import Assessment, a_point
from dtrack.analysis.assessment_frame import columns_of
from dtrack.analysis.cells import Query
from dtrack.core.arrays import Flags, Floats, Ints, present, worded
from dtrack.core.period import HALF, YEAR, Period
from dtrack.core.translate import _, counted
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.i18n.terms import in_a_row
from dtrack.model.entities import Dataset, Indicator
from dtrack.reporting.cells import AssessmentView
from dtrack.reporting.document import Bullet, Chart, Column, Line

PERIODS = 8  # halves or years of a line, the newest at its end
MOST_BARS = 40  # of one picture, in the order of the table


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one series by period (oldest first) and cell.

    Numbers with NaN, and texts as published.
    """

    periods: tuple[str, ...]
    numbers: Floats
    texts: list[list[str]]


def usable(cells: Assessment) -> Flags:
    """The figure is one number, exact or around it, on the indicator's own basis, and nothing is wrong with it."""
    return a_point(cells, cells.actual) & ~cells.other_basis & ~cells.faulty


def series(
    dataset: Dataset, question: Query, newest: Period, step: int, area: Ints, indicator: Ints
) -> Series:
    """The last periods of each cell up to `newest`, `step` months apart, all of one series.

    Growth, flow and share need the figure of those very months, a stock one that was read within
    them. Levels and shares on another side of a break than the newest known one are left out
    (docs/design.md §4, like with like).
    """
    periods = [newest.shift(-step * back) for back in reversed(range(PERIODS))]
    count = len(area)
    which = np.repeat(np.arange(PERIODS), count)
    cells = Assessment(
        dataset, question, periods, which, np.tile(area, PERIODS), np.tile(indicator, PERIODS)
    )
    first, last = cells.actual_span
    exact: Flags = (first == cells.start) & (last == cells.end)
    stock = cells.read_at_end & ~cells.share
    known = (usable(cells) & np.where(stock, ~cells.older, exact)).reshape(PERIODS, count)
    side = cells.side_of(cells.actual).reshape(PERIODS, count)
    newest_known = PERIODS - 1 - np.argmax(known[::-1], axis=0)
    known &= cells.growth.reshape(PERIODS, count) | (side == side[newest_known, np.arange(count)])
    numbers = np.where(known, cells.number.reshape(PERIODS, count), np.nan)
    texts = np.where(known, columns_of(cells)["actual_text"].reshape(PERIODS, count), "")
    return Series(tuple(map(str, periods)), numbers, texts.tolist())


def lines(
    dataset: Dataset,
    question: Query,
    newest: Period,
    area: Ints,
    indicator: Ints,
    *,
    of_areas: bool,
) -> tuple[Chart, ...]:
    """One picture of small lines, a line a cell that has two figures at least.

    None where no cell has.
    """
    if not len(area):
        return ()
    yearly = YEAR * -(-newest.months // YEAR)
    found = series(dataset, question, newest, HALF if newest.is_half else yearly, area, indicator)
    apart = newest.is_half and not bool(
        (~np.isnan(found.numbers[1:]) & ~np.isnan(found.numbers[:-1])).any()
    )
    if apart:  # no two halves follow one another
        found = series(dataset, question, newest, yearly, area, indicator)
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
            tuple(wording_shown(row[c]) for row in found.texts[first:]),
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


def bars(board: AssessmentView, rows: Ints) -> tuple[Chart, ...]:
    """A bullet chart of one indicator's rows, in their order.

    Figure, goal, and the same months a year before.
    """
    cells = board.cells
    goal = np.where(cells.promised & ~cells.across_break, cells.goal[0], np.nan)[rows]
    said = (cells.reported & ~cells.older)[rows] | ~np.isnan(goal)
    known = usable(cells)[rows] & said
    if not ((known & ~np.isnan(goal)).any() or known.sum() > 1):
        return ()
    before = year_before(board, rows)
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
                "Bar and first number: the figure. Upright mark and number after the slash: what it is compared with."
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
        else board.wording(columns["actual_text"][cell])
    )
    sign = (
        board.view.signs.get(board.verdict[cell], "") if board.verdict[cell] != "no_target" else ""
    )
    target = f" / {_number(goal, board.decimals['goal'][cell])}" if goal == goal else ""
    shown = figure or "–"
    if cells.older[cell]:
        shown = _("{name} ({more})", name=shown, more=period_shown(columns["actual_period"][cell]))
    return f"{sign} {shown}{target}".strip()


def year_before(board: AssessmentView, rows: Ints) -> Floats:
    """The number of the same months a year before, NaN where it is unknown, no number, or of another series."""
    cells = board.cells
    past = Assessment(
        cells.dataset,
        cells.question,
        [p.year_before for p in cells.periods],
        cells.which[rows],
        cells.area[rows],
        cells.indicator[rows],
    )
    now = cells.actual[rows]
    same: Flags = usable(past) & present(now) & ~cells.other_basis[rows] & ~cells.faulty[rows]
    for this, then in zip(cells.actual_span, past.actual_span, strict=True):
        same &= this[rows] - then == YEAR
    same &= past.growth | (cells.side_of(cells.actual)[rows] == past.side_of(past.actual))
    return np.where(same, past.number, np.nan)


def _number(value: float, decimals: int) -> str:
    return Column("", "", [value], [decimals]).for_people()[0]


def _none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
