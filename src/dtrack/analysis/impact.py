"""Which verdicts a change turns.

In come a workspace as it is and as it would be, out go the cells that differ.

Whole boards are compared as arrays; only what turned becomes a `VerdictChange`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.assessment import VERDICT_WORDS, Assessment
from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.cells import Query
from dtrack.analysis.comparison import MISSED
from dtrack.core.arrays import NONE, Floats, Ints, codes
from dtrack.core.period import Period
from dtrack.core.translate import _, counted, numeral
from dtrack.i18n.formatting import period_shown
from dtrack.i18n.terms import behind_number, verdict_word
from dtrack.model.entities import Dataset, Indicator

MOST = 3  # periods told of one cell


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A cell whose verdict (or gap) is another after the change.

    Gaps at published precision, None where there is none.
    """

    area: str
    indicator: str
    verdict_before: str
    verdict_after: str
    gap_before: Decimal | None
    gap_after: Decimal | None
    period: str


@dataclass(frozen=True, slots=True)
class _State:
    """Verdict, gap and decimals of the gap, one per cell."""

    verdict: Ints
    gap: Floats
    decimals: Ints

    @staticmethod
    def of(cells: Assessment) -> _State:
        return _State(cells.verdict[0], cells.gap, np.maximum(cells.decimals, cells.goal[1]))

    def at(self, rows: Ints) -> _State:
        """At the positions; nothing at NONE."""
        if not len(self.verdict):
            return _State(
                np.zeros(len(rows), np.int64),
                np.full(len(rows), np.nan),
                np.zeros(len(rows), np.int64),
            )
        there = rows != NONE
        return _State(
            np.where(there, self.verdict[rows], 0),
            np.where(there, self.gap[rows], np.nan),
            self.decimals[rows],
        )

    def gap_at(self, row: int) -> Decimal | None:
        gap = float(self.gap[row])
        return None if gap != gap else Decimal(f"{gap:.{max(int(self.decimals[row]), 0)}f}") + 0


class Turns:
    """Cells of a board that turned, in its order.

    They may be very many: each becomes a `VerdictChange` when it is asked for.
    """

    def __init__(self, board: Assessment, old: _State, new: _State, rows: npt.NDArray[Any]) -> None:
        self.board, self.old, self.new, self.rows = board, old, new, rows
        # ascending on a board in its order
        self.keys = (board.indicator * len(board.dataset.areas) + board.area)[rows]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[VerdictChange]:
        return map(self._turn, self.rows.tolist())

    def of(self, area: int, indicator: int) -> VerdictChange | None:
        """The turn of one cell; None where its verdict stays."""
        key = indicator * len(self.board.dataset.areas) + area
        at = int(np.searchsorted(self.keys, key))
        return (
            self._turn(int(self.rows[at])) if at < len(self.rows) and self.keys[at] == key else None
        )

    def areas_missed(self) -> list[int]:
        """Positions of the areas of which a verdict turned to missed, each once, in the order of the board."""
        missed = self.rows[self.new.verdict[self.rows] == MISSED]
        return list(dict.fromkeys(self.board.area[missed].tolist()))

    def _turn(self, row: int) -> VerdictChange:
        dataset, board = self.board.dataset, self.board
        return VerdictChange(
            dataset.areas[int(board.area[row])].id,
            dataset.indicators[int(board.indicator[row])].id,
            VERDICT_WORDS[int(self.old.verdict[row])],
            VERDICT_WORDS[int(self.new.verdict[row])],
            self.old.gap_at(row),
            self.new.gap_at(row),
            str(board.periods[int(board.which[row])]),
        )


def verdict_changes(
    before: Dataset,
    after: Dataset,
    period: str | Period,
    areas: Collection[str] = (),
    indicators: Collection[str] = (),
) -> Turns:
    """The cells of one period whose verdict is another after the change, in the order of the board after it.

    `areas`, `indicators`: ids that are wanted; empty means all. A cell that one of the two does not
    have counts there
    as one without target and figure. Nothing is refused: rows with faults are undetermined, as with
    --set-aside.
    """
    question = Query.of(period, set_aside=True)
    if before.areas == after.areas and before.indicators == after.indicators:
        boards = _promised(before, after, question)
        old, new = map(_State.of, boards)
    else:
        boards = whole_board(before, question), whole_board(after, question)
        new = _State.of(boards[1])
        old = _State.of(boards[0]).at(_cells_before(before, after, boards[1]))
    differ = old.verdict != new.verdict
    for wanted, known, of in (
        (areas, after.areas, boards[1].area),
        (indicators, after.indicators, boards[1].indicator),
    ):
        if wanted:
            differ &= np.array([item.id in wanted for item in known] or [False])[of]
    return Turns(boards[1], old, new, np.flatnonzero(differ))


def _promised(before: Dataset, after: Dataset, question: Query) -> tuple[Assessment, Assessment]:
    """The cells of both boards that have a target before or after, whatever its period.

    No other verdict can turn.
    """
    keys = [
        codes(dataset.targets, "indicator") * len(dataset.areas) + codes(dataset.targets, "area")
        for dataset in (before, after)
    ]
    cells = np.unique(np.concatenate(keys))
    indicator, area = np.divmod(cells, max(len(after.areas), 1))
    periods, which = [question.period or after.periods[-1]], np.zeros(len(cells), np.int64)
    return Assessment(before, question, periods, which, area, indicator), Assessment(
        after, question, periods, which, area, indicator
    )


def _cells_before(before: Dataset, after: Dataset, board: Assessment) -> Ints:
    """For each cell of the board after, its position in the board before.

    NONE where that has none.
    """
    area = np.array(
        [before.area_position.get(item.id, NONE) for item in after.areas] or [NONE], np.int64
    )[board.area]
    indicator = np.array(
        [before.indicator_position.get(i.id, NONE) for i in after.indicators] or [NONE], np.int64
    )[board.indicator]
    return np.where(
        (area == NONE) | (indicator == NONE), NONE, indicator * len(before.areas) + area
    )


def turned_of_cell(
    before: Dataset, after: Dataset, area: str, indicator: str, own: Period
) -> list[VerdictChange]:
    """Every period in which the verdict or the gap of one area and indicator is another after the change.

    The period `own` comes first, then halves and years, then the rest, each the newest first.
    """
    first_half = Period(own.year * 12, own.year * 12 + 5)
    periods = sorted(
        {own, *before.periods, *after.periods, first_half, Period.year_of(own.year)},
        key=lambda p: (p != own, not (p.is_half or p.is_year), -p.end, -p.start),
    )
    board, old, new = (
        _of_cell(dataset, area, indicator, periods) for dataset in (after, before, after)
    )
    was, now = _State.of(old), _State.of(new)
    same_gap = (was.gap == now.gap) | (np.isnan(was.gap) & np.isnan(now.gap))
    return list(Turns(board, was, now, np.flatnonzero((was.verdict != now.verdict) | ~same_gap)))


def _of_cell(dataset: Dataset, area: str, indicator: str, periods: list[Period]) -> Assessment:
    one = np.ones(len(periods), np.int64)
    at = dataset.area_position[area], dataset.indicator_position[indicator]
    return Assessment(
        dataset, Query(set_aside=True), periods, np.arange(len(periods)), at[0] * one, at[1] * one
    )


# ---- in words ------------------------------------------------------------------------------------
def sentence(turn: VerdictChange, indicator: Indicator) -> str:
    """`H1-2024: met → missed, -0.1 pp`; where only the gap is another, `H1-2024.

    Missed, -0.1 → -0.6 pp`.
    """
    unit = behind_number(indicator.gap_unit)
    period, verdicts = period_shown(turn.period), (turn.verdict_before, turn.verdict_after)
    before, after = (
        verdict_word(verdict) or _("neither target nor figure") for verdict in verdicts
    )
    gaps = [
        _("no gap") if gap is None else signed(gap) for gap in (turn.gap_before, turn.gap_after)
    ]
    last = turn.gap_after is not None  # the gap that has the unit
    gaps[last] = _("{number} {unit}", number=gaps[last], unit=unit)
    if before == after:
        return _(
            "{period}: {verdict}, {before} → {after}",
            period=period,
            verdict=after,
            before=gaps[0],
            after=gaps[1],
        )
    if not last:
        return _("{period}: {before} → {after}", period=period, before=before, after=after)
    return _(
        "{period}: {before} → {after}, {gap}",
        period=period,
        before=before,
        after=after,
        gap=gaps[1],
    )


def sentences(turns: Iterable[VerdictChange], indicator: Indicator, most: int = MOST) -> str:
    """The turns of one cell in a row, past `most` counted; that nothing turns is said too."""
    told = [sentence(turn, indicator) for turn in turns]
    if not told:
        return _("no verdict changes")
    more = (
        [_("{count} more periods change", count=counted(len(told) - most))]
        if len(told) > most + 1
        else []
    )
    return _("; ").join([*(told[:most] if more else told), *more])


def signed(number: Decimal) -> str:
    """A difference for people: +0.6, -0.4, 0.0."""
    return numeral(f"{number:+f}" if number else f"{abs(number):f}")
