"""Charts of assessed cells, as exact values: bars against targets, lines of the last periods.

A number is None where the figure is unknown or a bound, on another basis, faulty, or on another
side of a break than the newest: a line never joins two series.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dtrack.analysis.comparison import half_up
from dtrack.core.arrays import Flags, Floats, Ints, present, worded
from dtrack.core.period import Period
from dtrack.core.translate import _, ngettext
from dtrack.core.years import HALF, YEAR
from dtrack.i18n.formatting import narrow_period, period_shown, wording_shown
from dtrack.i18n.terms import in_a_row
from dtrack.model.dataset import Dataset
from dtrack.reporting.cells import AssessmentView
from dtrack.reporting.columns import shown_number
from dtrack.reporting.document import Bullet, Chart, Line
from dtrack.reporting.past import Past, Series, yearly_step
from dtrack.reporting.standings import Standings

MOST_BARS = 40  # of one picture, in the order of the table
_WHOLE = 100.0  # per cent: where the target stands
_DECIMALS = 1  # of a per cent of a target


# ---- lines ---------------------------------------------------------------------------------------
def lines(dataset: Dataset, past: Past, *, of_areas: bool) -> tuple[Chart, ...]:
    """Pictures of small lines, of the cells with two figures at least; none without.

    Amounts and shares of months run from year to year, whatever else from half to half.
    """
    seasonal = past.seasonal.any(axis=0)
    charts = []
    for these, by_year in ((~seasonal, False), (seasonal, True)):
        columns = np.flatnonzero(these)
        if len(columns):
            charts += _lines(dataset, past.at(columns), of_areas=of_areas, by_year=by_year)
    return tuple(charts)


def _lines(dataset: Dataset, past: Past, *, of_areas: bool, by_year: bool) -> list[Chart]:
    newest, by_half = past.newest, past.newest.is_half and not by_year
    found = past.series(HALF if by_half else yearly_step(newest))
    if by_half and not (~np.isnan(found.numbers[1:]) & ~np.isnan(found.numbers[:-1])).any():
        # no two halves follow one another
        by_half, found = False, past.series(yearly_step(newest))
    drawn = np.flatnonzero((~np.isnan(found.numbers)).sum(axis=0) > 1)[:MOST_BARS]
    if not len(drawn):
        return []
    # periods that nobody has are left out
    first = int(np.argmax((~np.isnan(found.numbers[:, drawn])).any(axis=1)))
    periods = tuple(map(period_shown, found.periods[first:]))
    unit = [dataset.indicators[at].unit for at in past.indicator.tolist()]
    made = tuple(
        Line(
            _label(dataset, past, column, of_areas=of_areas),
            periods,
            tuple(map(_none, found.numbers[first:, column].tolist())),
            tuple(wording_shown(row[column], unit[column]) for row in found.texts[first:]),
            _newest(found, column, unit[column], of_areas=of_areas),
        )
        for column in drawn.tolist()
    )
    item = dataset.indicators[int(past.indicator[0])]
    alike, title = of_areas and item.in_points, _title_of_lines(newest, by_half=by_half)
    if of_areas and not alike:
        title = _("{title}, {unit}", title=title, unit=item.unit_shown)
    told = _told_of_lines(periods[0], periods[-1], alike=alike)
    return [Chart(title, item.unit_shown if alike else "", told, lines=made)]


def _label(dataset: Dataset, past: Past, column: int, *, of_areas: bool) -> str:
    """The area, or the indicator with its unit, where room is scarce."""
    if of_areas:
        return dataset.areas[int(past.area[column])].short
    item = dataset.indicators[int(past.indicator[column])]
    return _("{name} ({more})", name=item.short, more=item.unit_shown)


def _newest(found: Series, column: int, unit: str, *, of_areas: bool) -> str:
    """The figure of the last period; of areas side by side no other, else with its period."""
    at = max(n for n, row in enumerate(found.texts) if row[column])
    told = wording_shown(found.texts[at][column], unit)
    if at == len(found.periods) - 1:
        return told
    if of_areas:
        return "–"
    return _("{name} ({more})", name=told, more=narrow_period(Period.parse(found.periods[at])))


def _title_of_lines(newest: Period, *, by_half: bool) -> str:
    if by_half:
        return _("Trend by half-year")
    if newest.is_year:
        return _("Trend by year")
    return _("Trend of the same period of each year, to {period}", period=period_shown(newest))


def _told_of_lines(first: str, last: str, *, alike: bool) -> str:
    scale = _("Common scale.") if alike else _("Each panel has its own scale.")
    runs = _(
        "From {first} to {last}; a gap is a period without a figure of this series.",
        first=first,
        last=last,
    )
    return in_a_row((runs, scale))


# ---- bars ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Bars:
    """The rows of a picture in its order: figure, target, year before, NaN where unknown."""

    rows: Ints
    actual: Floats
    target: Floats
    before: Floats

    def at(self, chosen: Flags) -> _Bars:
        """Some of the rows."""
        return _Bars(
            self.rows[chosen], self.actual[chosen], self.target[chosen], self.before[chosen]
        )


class _Words(NamedTuple):
    """What stands around the bars: their unit, and how the numbers beside them are read."""

    unit: str
    told: str


def bars(board: AssessmentView, rows: Ints, past: Past) -> tuple[Chart, ...]:
    """A bullet chart of one indicator's rows: figure, goal, the same months a year before.

    Amounts and counts, of which one is a hundred times another, are drawn in per cent of what they
    are compared with; where nobody has a target, as they are, and without the city.
    """
    cells = board.cells
    goal = np.where(cells.has_target & ~cells.across_break, cells.goal[0], np.nan)[rows]
    said = (cells.reported & ~cells.is_stale)[rows] | ~np.isnan(goal)
    known = past.usable[0] & said  # of the newest period, which is the document's
    if not ((known & ~np.isnan(goal)).any() or known.sum() > 1):
        return ()
    actual = np.where(known, cells.number[rows], np.nan)
    drawn = _Bars(rows, actual, goal, year_before(board, rows, past))
    if cells.in_points[rows[0]]:
        return _chart(board, drawn.at(said), left_out=0)
    if (goal > 0).any():
        with_goal = said & (goal > 0)
        return _of_target(board, drawn.at(with_goal), int((said & ~with_goal).sum()))
    districts = said & (cells.area[rows] != board.dataset.city_position)
    return _chart(board, drawn.at(districts if districts.sum() > 1 else said), left_out=0)


def _chart(board: AssessmentView, drawn: _Bars, left_out: int) -> tuple[Chart, ...]:
    item = board.indicator(int(drawn.rows[0]))
    read = _("Bar: actual, also as a number.")
    if not np.isnan(drawn.target).all():
        read = _("Bar and first number: actual. Target marker and number after the slash: target.")
        if board.goal_apart[drawn.rows].any():
            read = _(
                "Bar and first number: actual. Target marker and number after the slash: target to "
                "date."
            )
    words = _Words(item.unit_shown, read)
    told = [
        _told(board, int(row), float(goal))
        for row, goal in zip(drawn.rows, drawn.target, strict=True)
    ]
    return (_drawn(board, drawn, told, words, left_out),)


def _of_target(board: AssessmentView, drawn: _Bars, left_out: int) -> tuple[Chart, ...]:
    """Bars in per cent of what each is compared with, so that small areas can be seen."""
    actual, before = (
        half_up(_WHOLE * of / drawn.target, np.full(len(of), _DECIMALS))
        for of in (drawn.actual, drawn.before)
    )
    share = _Bars(drawn.rows, actual, np.full(len(actual), _WHOLE), before)
    unit = _("in % of target")
    if board.goal_apart[drawn.rows].any():
        unit = _("in % of target to date")
    words = _Words(unit, _("Bar and number: actual. Target marker: 100%."))
    standings = Standings(board)
    told = [
        signed(board, int(row), "–" if np.isnan(percent) else standings.percent(int(row)))
        for row, percent in zip(share.rows, share.actual, strict=True)
    ]
    return (_drawn(board, share, told, words, left_out),)


def _drawn(
    board: AssessmentView, drawn: _Bars, told: list[str], words: _Words, left_out: int
) -> Chart:
    bullets = tuple(
        Bullet(
            board.area(int(row)).short,
            _none(actual),
            _none(target),
            _none(before),
            str(board.verdict[row]),
            said,
        )
        for row, actual, target, before, said in zip(
            drawn.rows, drawn.actual, drawn.target, drawn.before, told, strict=True
        )
    )[:MOST_BARS]
    sentences = [words.told]
    if any(bullet.before is not None for bullet in bullets):
        sentences.append(_("Pale bar: same period last year."))
    if left_out := left_out + len(told) - len(bullets):
        sentences.append(
            ngettext(
                "{count} more area is in the table only.",
                "{count} more areas are in the table only.",
                left_out,
            )
        )
    title = _("Actual and target, {period}", period=period_shown(board.cells.periods[0]))
    return Chart(title, words.unit, in_a_row(sentences), bullets=bullets)


def _told(board: AssessmentView, cell: int, goal: float) -> str:
    """`✗ 3.1 / 6.5`: sign of the verdict, the figure, and the number it is compared with."""
    cells, columns = board.cells, board.columns
    exact = cells.reported[cell] and worded(cells.wording, lambda m: m.exact)[cell]
    figure = (
        shown_number(float(cells.number[cell]), int(board.decimals["actual"][cell]))
        if exact
        else board.wording(columns["actual_text"][cell], cell)
    )
    target = f" / {shown_number(goal, int(board.decimals['goal'][cell]))}" if goal == goal else ""
    return signed(board, cell, (figure or "–"), target)


def signed(board: AssessmentView, cell: int, shown: str, target: str = "") -> str:
    """With the sign of the verdict, and the figure's period where that is an older one."""
    verdict = board.verdict[cell]
    sign = board.view.signs.get(verdict, "") if verdict != "no_target" else ""
    if board.cells.is_stale[cell]:
        period = Period.parse(board.columns["actual_period"][cell])
        shown = _("{name} ({more})", name=shown, more=narrow_period(period))
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


def _none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
