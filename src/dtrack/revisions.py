"""What changed after it was first told. In come all editions of every figure, out go first, last, and what it turned.

An expectation is no edition of the figure. Editions on two sides of a break are shown and never subtracted.
Source: docs/formulas.py §10.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from dtrack.assess import VERDICT_WORDS, Judged
from dtrack.cells import Question
from dtrack.choose import break_side, code_of, codes, known_rows
from dtrack.frames import Flags, Floats, Ints
from dtrack.model import Holdings
from dtrack.verdict import rounded


@dataclass(frozen=True, slots=True)
class Revised:
    """Figures with several editions: rows of the first and the last one, and arrays of one value per figure.

    `figures` counts by indicator all figures that the mean revision is taken over, those never revised included.
    """

    first: Ints
    last: Ints
    editions: Ints
    change: Floats
    decimals: Ints
    days: Ints
    crosses: Flags
    verdict_first: list[str]
    verdict_last: list[str]
    figures: Ints


class Edition(Judged):
    """Cells judged by given rows of the actuals instead of the newest ones."""

    def __init__(self, held: Holdings, question: Question, rows: Ints) -> None:
        period = codes(held.actuals, "period")[rows]
        used, which = np.unique(period, return_inverse=True)
        area, indicator = codes(held.actuals, "area")[rows], codes(held.actuals, "indicator")[rows]
        super().__init__(held, question, [held.periods[p] for p in used], which, area, indicator)
        self.rows = rows

    @property
    def actual(self) -> Ints:
        """The given rows."""
        return self.rows

    @property
    def other_basis(self) -> Flags:
        """Editions are of one basis by choice."""
        return np.zeros(len(self.rows), bool)


def revisions(held: Holdings, question: Question) -> Revised:
    """Every figure with more than one dated edition known by the as-of day, in the order of the board, newest period first.

    With a period in the question, only figures of that period.
    """
    frame = held.actuals
    rows = known_rows(held, question.as_of) & frame["own_basis"].to_numpy(dtype=bool) & ~frame["aside"].to_numpy(dtype=bool)
    rows &= (codes(frame, "status") != code_of(frame, "status", "expected")) & ~np.isnan(frame["number"].to_numpy())
    if question.period is not None:
        rows &= codes(frame, "period") == held.period_position.get(question.period, -1)
    chosen = np.flatnonzero(rows)
    area, indicator, period = (codes(frame, name)[chosen] for name in ("area", "indicator", "period"))
    day = frame["published_day"].to_numpy()[chosen].astype(np.int64)
    ends = -np.array([p.end for p in held.periods] or [0])[period]
    order = np.lexsort((chosen, day, period, area, ends, indicator))
    key = np.stack([indicator, ends, area, period])[:, order]
    starts = np.flatnonzero(np.append(True, (key[:, 1:] != key[:, :-1]).any(axis=0))) if len(order) else np.zeros(0, np.int64)
    stops = np.append(starts[1:], len(order))
    several = day[order][stops - 1] > day[order][starts] if len(order) else np.zeros(0, bool)
    first, last = chosen[order][starts[several]], chosen[order][(stops - 1)[several]]
    dated = day[order][stops - 1] > 0 if len(order) else np.zeros(0, bool)
    figures = np.bincount(indicator[order][starts[dated]], minlength=len(held.indicators))
    return _compare(held, question, first, last, (stops - starts)[several], figures)


def _compare(held: Holdings, question: Question, first: Ints, last: Ints, editions: Ints, figures: Ints) -> Revised:
    frame = held.actuals
    number, decimals = frame["number"].to_numpy(), frame["decimals"].to_numpy().astype(np.int64)
    day, indicator = frame["published_day"].to_numpy().astype(np.int64), codes(frame, "indicator")
    growth = np.array([item.kind == "growth" for item in held.indicators] or [False])[indicator[first]]
    sides = [break_side(held, indicator[rows], day[rows]) for rows in (first, last)]
    crosses = (sides[0] != sides[1]) & ~growth
    finest = np.maximum(decimals[first], decimals[last])
    same_words = codes(frame, "wording")[first] == codes(frame, "wording")[last]
    change = np.where(crosses | ~same_words, np.nan, rounded(number[last] - number[first], finest))
    days = [(_date(b) - _date(a)).days if a and b else -1 for a, b in zip(day[first].tolist(), day[last].tolist(), strict=True)]
    words = [[VERDICT_WORDS[code] for code in Edition(held, question, rows).verdict[0]] for rows in (first, last)]
    return Revised(first, last, editions, change, finest, np.array(days, np.int64), crosses, words[0], words[1], figures)


def _date(day: int) -> dt.date:
    return dt.date(day // 10000, day // 100 % 100, day % 100)


def summary(held: Holdings, revised: Revised) -> list[tuple[int, int, int, float, float]]:
    """By indicator with a revision: position, figures, how many changed, mean and mean absolute revision of all figures."""
    indicator = codes(held.actuals, "indicator")[revised.first]
    result = []
    for position in np.unique(indicator):
        change = revised.change[(indicator == position) & ~np.isnan(revised.change)]
        count = int(revised.figures[position]) - int(revised.crosses[indicator == position].sum())
        if count:
            mean, size = float(change.sum()) / count, float(np.abs(change).sum()) / count
            result.append((int(position), count, int((change != 0).sum()), mean, size))
    return result
