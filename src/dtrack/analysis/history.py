"""One area's story through time.

Every indicator and period, with the change of the gap and the rank.

In come what a workspace holds, an area and a question; out go judged cells, newest first, with two
more facts each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.assessment_frame import frame_of
from dtrack.analysis.blocking import insist
from dtrack.analysis.cells import Query
from dtrack.analysis.comparison import is_worded, rounded
from dtrack.analysis.ranks import intervals, rank_ranges
from dtrack.analysis.selection import known_rows
from dtrack.core.arrays import Flags, Floats, Ints, codes
from dtrack.core.figure import ABOVE, AT_LEAST, AT_MOST, BELOW, NEARLY
from dtrack.core.period import YEAR, Period
from dtrack.model.entities import Area, Dataset

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class AreaHistory:
    """Cells of one area, newest first.

    `change` is NaN, ranks are 0, where there is none; `of` counts the ranked. `doubtful`: by cell
    that would have a rank, the districts whose figures may be among those that are set aside.
    """

    cells: Assessment
    change: Floats
    change_decimals: Ints
    rank_low: Ints
    rank_high: Ints
    of: Ints
    doubtful: dict[int, list[int]]


def history(dataset: Dataset, area: Area, question: Query) -> pd.DataFrame:
    """The story as a frame: schema.ASSESSMENT + schema.HISTORY. Raises BlockedByFindings as `assess` does."""
    import pandas as pd

    insist(dataset, question, areas=[area.id])
    story = tell(dataset, area, question)
    frame = frame_of(story.cells)
    frame["change"] = story.change
    for name, ranks in (("rank_low", story.rank_low), ("rank_high", story.rank_high)):
        frame[name] = pd.array([rank or None for rank in ranks.tolist()], dtype="Int64")
    return frame


def tell(dataset: Dataset, area: Area, question: Query) -> AreaHistory:
    """Every cell of the area with a figure or a target.

    Of one period where the question names one.
    """
    position = dataset.area_position[area.id]
    periods, which, indicator = _cells_of(dataset, position, question)
    cells = Assessment(dataset, question, periods, which, np.full(len(which), position), indicator)
    if question.period is not None:
        keep = np.flatnonzero(cells.reported | cells.promised)
        cells = Assessment(
            dataset, question, periods, which[keep], cells.area[keep], indicator[keep]
        )
    change, decimals = _change(cells)
    return AreaHistory(cells, change, decimals, *_ranks(cells, position))


def _cells_of(dataset: Dataset, position: int, question: Query) -> tuple[list[Period], Ints, Ints]:
    """The cells to tell, newest first.

    By end, then the longer span, then the indicator's place on the board.
    """
    if question.period is not None:
        count = len(dataset.indicators)
        return [question.period], np.zeros(count, np.int64), np.arange(count)
    pairs: set[tuple[int, int]] = set()
    day = dataset.targets["set_day"].to_numpy()
    known_targets = day >= 0 if question.as_of is None else (day > 0) & (day <= question.as_of)
    for frame, known in (
        (dataset.actuals, known_rows(dataset, question.as_of)),
        (dataset.targets, known_targets),
    ):
        rows = np.flatnonzero(known & (codes(frame, "area") == position))
        pairs |= set(
            zip(
                codes(frame, "period")[rows].tolist(),
                codes(frame, "indicator")[rows].tolist(),
                strict=True,
            )
        )
    ordered = sorted(
        pairs, key=lambda p: (-dataset.periods[p[0]].end, dataset.periods[p[0]].start, p[1])
    )
    used = list(dict.fromkeys(period for period, _ in ordered))
    place = {period: number for number, period in enumerate(used)}
    which = np.array([place[period] for period, _ in ordered], np.int64)
    return (
        [dataset.periods[p] for p in used],
        which,
        np.array([indicator for _, indicator in ordered], np.int64),
    )


def _change(cells: Assessment) -> tuple[Floats, Ints]:
    """Gap less the gap of the same period a year before.

    Only where both figures are of the same months.
    """
    before = Assessment(
        cells.dataset,
        cells.question,
        [p.shift(-YEAR) for p in cells.periods],
        cells.which,
        cells.area,
        cells.indicator,
    )
    decimals = np.maximum(
        np.maximum(cells.decimals, cells.goal[1]), np.maximum(before.decimals, before.goal[1])
    )
    same: Flags = cells.reported & before.reported
    for now, then in zip(cells.actual_span, before.actual_span, strict=True):
        same &= now - then == YEAR
    # to two deadlines a year apart, or none
    same &= ~cells.read_at_end | (cells.target_end - before.target_end == YEAR)
    same &= cells.growth | (cells.side_of(cells.actual) == before.side_of(before.actual))
    return np.where(same, rounded(cells.gap - before.gap, decimals), np.nan), decimals


def _ranks(cells: Assessment, position: int) -> tuple[Ints, Ints, Ints, dict[int, list[int]]]:
    """Rank of each cell's figure among the districts with a figure of the same months.

    0 where it has none, and where a figure that is set aside may be one to rank it with.
    """
    dataset, none = cells.dataset, np.zeros(len(cells.area), np.int64)
    if not dataset.is_district[position] or not len(none):
        return none, none, none, {}
    districts = np.flatnonzero(dataset.is_district)
    count = len(districts)
    group = np.repeat(np.arange(len(none)), count)
    others = Assessment(
        dataset,
        cells.question,
        cells.periods,
        cells.which[group],
        np.tile(districts, len(none)),
        cells.indicator[group],
    )
    takes_part = (
        others.reported
        & ~others.expected
        & ~others.other_basis
        & ~others.in_doubt
        & ~np.isnan(others.number)
    )
    for mine, theirs in zip(cells.actual_span, others.actual_span, strict=True):
        takes_part &= mine[group] == theirs
    takes_part &= others.growth | (
        cells.side_of(cells.actual)[group] == others.side_of(others.actual)
    )
    rows = np.flatnonzero(takes_part)
    low, high = _ends(others, rows)
    best, worst = rank_ranges(low, high, group[rows])
    mine = others.area[rows] == position
    result = [none.copy(), none.copy(), np.bincount(group[rows], minlength=len(none))]
    result[0][group[rows][mine]], result[1][group[rows][mine]] = best[mine], worst[mine]
    doubtful: dict[int, list[int]] = {}
    for row in np.flatnonzero(others.in_doubt & (result[0] > 0)[group]).tolist():
        doubtful.setdefault(int(group[row]), []).append(int(others.area[row]))
    for ranks in result:
        ranks[list(doubtful)] = 0
    return result[0], result[1], result[2], doubtful


def _ends(cells: Assessment, rows: Ints) -> tuple[Floats, Floats]:
    """The intervals of the figures at the rows, turned where lower is better."""
    wording = cells.wording[rows]
    upper = cells.number_of("upper", cells.actual[rows])
    below = np.where(is_worded(wording, AT_MOST, BELOW, NEARLY), np.inf, 0.0)
    above = np.where(is_worded(wording, AT_LEAST, ABOVE), np.inf, 0.0)
    low, high = intervals(cells.number[rows], upper, cells.decimals[rows], below, above)
    down = cells.down[rows]
    return np.where(down, -high, low), np.where(down, -low, high)
