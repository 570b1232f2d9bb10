"""Which verdicts a change turns: cells of a workspace as it is and as it would be that differ.

Whole boards are compared as arrays; only what turned becomes a `VerdictChange`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.assessment import VERDICTS, Assessment
from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.comparison import signed
from dtrack.analysis.derived import with_derived
from dtrack.analysis.question import Query
from dtrack.core.arrays import NONE, Floats, Ints, codes, look_up, present
from dtrack.core.message import Message, deferred, lazy_counted, lazy_joined, lazy_numeral, verbatim
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.vocabulary import Verdict
from dtrack.i18n.formatting import period_shown, places_of
from dtrack.i18n.terms import behind_number, verdict_word
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Indicator

MOST = 3  # periods told of one cell


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A cell whose verdict (or gap) is another after the change; gaps at published precision."""

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
        return _State(cells.verdict[0], cells.gap, cells.gap_decimals)

    def at(self, rows: Ints) -> _State:
        """At the positions; nothing at NONE, which is the last of these."""
        return _State(
            np.append(self.verdict, Verdict.NONE.code)[rows],
            np.append(self.gap, np.nan)[rows],
            np.append(self.decimals, 0)[rows],
        )

    def gap_at(self, row: int) -> Decimal | None:
        gap = float(self.gap[row])
        return None if gap != gap else Decimal(f"{gap:.{max(int(self.decimals[row]), 0)}f}") + 0


class Turns:
    """Cells of a board that turned, in its order; each becomes a `VerdictChange` when asked for."""

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
        key = np.array([indicator * len(self.board.dataset.areas) + area])
        at = int(look_up(self.keys, key)[0])
        return None if at == NONE else self._turn(int(self.rows[at]))

    def areas_missed(self) -> list[int]:
        """Positions of the areas of which a verdict turned to missed, in the order of the board."""
        missed = self.rows[self.new.verdict[self.rows] == Verdict.MISSED.code]
        return list(dict.fromkeys(self.board.area[missed].tolist()))

    def _turn(self, row: int) -> VerdictChange:
        dataset, board = self.board.dataset, self.board
        return VerdictChange(
            dataset.areas[int(board.area[row])].id,
            dataset.indicators[int(board.indicator[row])].id,
            VERDICTS[int(self.old.verdict[row])],
            VERDICTS[int(self.new.verdict[row])],
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
    """The cells of one period whose verdict is another after the change, in the order of the board.

    `areas`, `indicators`: ids that are wanted; empty means all. A cell that one of the two does not
    have counts there as one without target and figure. Rows with faults are undetermined, as with
    --set-aside.
    """
    question = Query.of(period, set_aside=True)
    before, after = (with_derived(dataset, question) for dataset in (before, after))
    if before.areas == after.areas and before.indicators == after.indicators:
        boards = _on_target_periods(before, after, question)
        old, new = map(_State.of, boards)
    else:
        boards = whole_board(before, question), whole_board(after, question)
        new = _State.of(boards[1])
        old = _State.of(boards[0]).at(_cells_before(before, after, boards[1]))
    board, differ = boards[1], old.verdict != new.verdict
    if areas:
        differ &= np.array([area.id in areas for area in after.areas] or [False])[board.area]
    if indicators:
        differ &= after.which_indicators(lambda item: item.id in indicators)[board.indicator]
    return Turns(board, old, new, np.flatnonzero(differ))


def _on_target_periods(
    before: Dataset, after: Dataset, question: Query
) -> tuple[Assessment, Assessment]:
    """The cells of both boards that have a target before or after, whatever its period.

    No other verdict can turn.
    """
    keys = [
        codes(dataset.targets, "indicator") * len(dataset.areas) + codes(dataset.targets, "area")
        for dataset in (before, after)
    ]
    cells = np.unique(np.concatenate(keys))
    indicator, area = np.divmod(cells, max(len(after.areas), 1))
    periods = [question.period or after.periods[-1]]
    grid = periods, np.zeros(len(cells), np.int64), area, indicator
    return Assessment(before, question, *grid), Assessment(after, question, *grid)


def _cells_before(before: Dataset, after: Dataset, board: Assessment) -> Ints:
    """For each cell of the board after, its position in the board before, or NONE."""
    areas = [before.area_position.get(item.id, NONE) for item in after.areas]
    indicators = [before.indicator_position.get(item.id, NONE) for item in after.indicators]
    area = np.array(areas or [NONE], np.int64)[board.area]
    indicator = np.array(indicators or [NONE], np.int64)[board.indicator]
    in_both = present(area) & present(indicator)
    return np.where(in_both, indicator * len(before.areas) + area, NONE)


def turned_of_cell(
    before: Dataset, after: Dataset, area: str, indicator: str, own: Period
) -> list[VerdictChange]:
    """Every period in which verdict or gap of one area and indicator are others after the change.

    The period `own` comes first, then halves and years, then the rest, each the newest first.
    """
    before, after = (with_derived(dataset, Query()) for dataset in (before, after))
    periods = sorted(
        {own, *before.periods, *after.periods, own.first_half, own.whole_year},
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
    which = np.arange(len(periods))
    return Assessment(dataset, Query(set_aside=True), periods, which, at[0] * one, at[1] * one)


# ---- in words ------------------------------------------------------------------------------------
def sentence(turn: VerdictChange, indicator: Indicator) -> Message:
    """One turn: `H1-2024: met → missed, -0.1 pp`, or `H1-2024: missed, -0.1 → -0.6 pp`."""
    unit = deferred(behind_number, indicator.lazy_gap_unit)
    period, verdicts = (
        deferred(period_shown, turn.period),
        (turn.verdict_before, turn.verdict_after),
    )
    before, after = (
        deferred(verdict_word, verdict) if verdict else _("neither target nor figure")
        for verdict in verdicts
    )
    gaps: list[object] = [
        _("no gap") if gap is None else lazy_numeral(signed(float(gap), places_of(gap)))
        for gap in (turn.gap_before, turn.gap_after)
    ]
    last = turn.gap_after is not None  # the gap that has the unit
    gaps[last] = _("{number} {unit}", number=gaps[last], unit=unit)
    if before == after:
        gap: dict[str, object] = {"before": gaps[0], "after": gaps[1]}
        return _("{period}: {verdict}, {before} → {after}", period=period, verdict=after, **gap)
    turned: dict[str, object] = {"period": period, "before": before, "after": after}
    if not last:
        return _("{period}: {before} → {after}", **turned)
    return _("{period}: {before} → {after}, {gap}", gap=gaps[1], **turned)


def sentences(turns: Iterable[VerdictChange], indicator: Indicator, most: int = MOST) -> Message:
    """The turns of one cell in a row, past `most` counted; that nothing turns is said too."""
    turned = [sentence(turn, indicator) for turn in turns]
    if not turned:
        return _("no result changes")
    more = (
        [_("{count} more periods change", count=lazy_counted(len(turned) - most))]
        if len(turned) > most + 1
        else []
    )
    return verbatim(lazy_joined("; ", [*(turned[:most] if more else turned), *more]))
