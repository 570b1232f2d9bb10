"""One area through time: cells of all indicators and periods, changes of their gaps, and ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.assessment_frame import frame_of
from dtrack.analysis.blocking import raise_if_blocked
from dtrack.analysis.comparison import rounded
from dtrack.analysis.derived import with_derived
from dtrack.analysis.question import Query
from dtrack.analysis.ranks import can_be_ranked, rank_ranges, rounded_ends
from dtrack.analysis.selection import known_on, known_rows
from dtrack.core.arrays import Flags, Floats, Ints, codes, ints
from dtrack.core.period import Period
from dtrack.core.vocabulary import Direction
from dtrack.core.years import YEAR
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Area
from dtrack.model.schema import ASSESSMENT_LAST, names

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
    """The history as a frame: schema.ASSESSMENT, HISTORY, ASSESSMENT_LAST.

    Raises BlockedByFindings.
    """
    import pandas as pd

    raise_if_blocked(dataset, question, areas=[area.id])
    story = area_history(with_derived(dataset, question), area, question)
    frame = frame_of(story.cells)
    last = names(ASSESSMENT_LAST)
    frame, at_the_end = frame.drop(columns=last), frame[last]
    frame["change"] = story.change
    for name, ranks in (("rank_low", story.rank_low), ("rank_high", story.rank_high)):
        frame[name] = pd.array([rank or None for rank in ranks.tolist()], dtype="Int64")
    return pd.concat([frame, at_the_end], axis=1)


def area_history(dataset: Dataset, area: Area, question: Query) -> AreaHistory:
    """Every cell of the area with a figure or a target, of the question's period if it has one."""
    position = dataset.area_position[area.id]
    periods, which, indicator = _cells_of(dataset, position, question)
    cells = Assessment(dataset, question, periods, which, np.full(len(which), position), indicator)
    if question.period is not None:
        keep = np.flatnonzero(cells.reported | cells.has_target)
        cells = Assessment(
            dataset, question, periods, which[keep], cells.area[keep], indicator[keep]
        )
    change, decimals = _change(cells)
    return AreaHistory(cells, change, decimals, *_ranks(cells, position))


def _cells_of(dataset: Dataset, position: int, question: Query) -> tuple[list[Period], Ints, Ints]:
    """Periods, the position of each cell's among them, and indicators: the newest period first.

    Of equal ends the longer span comes first, then the indicator's place on the board.
    """
    if question.period is not None:
        count = len(dataset.indicators)
        return [question.period], np.zeros(count, np.int64), np.arange(count)
    targets = known_on(ints(dataset.targets, "set_day"), question.as_of)
    found = []
    for frame, known in (
        (dataset.actuals, known_rows(dataset, question.as_of)),
        (dataset.targets, targets),
    ):
        rows = known & (codes(frame, "area") == position)
        if frame is dataset.actuals:
            # what nobody published is told where it is judged, not for its own sake
            rows[np.array(list(dataset.derived), np.int64)] = False
        found.append(np.stack([codes(frame, "period"), codes(frame, "indicator")])[:, rows])
    period, indicator = np.unique(np.concatenate(found, axis=1), axis=1)
    start, end = dataset.period_starts[period], dataset.period_ends[period]
    order = np.lexsort((indicator, start, -end))
    used = list(dict.fromkeys(period[order].tolist()))
    place = {position: number for number, position in enumerate(used)}
    which = np.array([place[p] for p in period[order].tolist()], np.int64)
    return [dataset.periods[p] for p in used], which, indicator[order]


def _change(cells: Assessment) -> tuple[Floats, Ints]:
    """Gap less the gap of the same months a year before, and its decimals."""
    before = cells.at_periods([period.year_before for period in cells.periods])
    decimals = np.maximum(cells.gap_decimals, before.gap_decimals)
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
    area, indicator = np.tile(districts, len(none)), cells.indicator[group]
    others = Assessment(dataset, cells.question, cells.periods, cells.which[group], area, indicator)
    takes_part = can_be_ranked(others, others.in_doubt) & others.existing
    # within a corridor none is before another
    takes_part &= ~dataset.which_indicators(lambda item: item.better == Direction.WITHIN)[indicator]
    for mine, theirs in zip(cells.actual_span, others.actual_span, strict=True):
        takes_part &= mine[group] == theirs
    side, own_side = others.side_of(others.actual), cells.side_of(cells.actual)
    takes_part &= others.growth | (own_side[group] == side)
    rows = np.flatnonzero(takes_part)
    low, high = rounded_ends(others, rows)
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
