"""Verdicts of relative targets: a figure against the one that it follows, both as intervals.

Source of the rule: docs/method.md, Relative targets.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from dtrack.analysis.comparison import Interval, whole_numbers
from dtrack.analysis.references import References
from dtrack.core.arrays import Flags, Floats, Ints, present, worded
from dtrack.core.vocabulary import Verdict

_HAIR = 1e-6  # of a unit of the finest digit: so much is float noise


def against_followed(
    followed: References, code: Ints, sure: Flags, paced: Flags
) -> tuple[Ints, Flags]:
    """Verdicts and `sure` with those of the relative targets in; `paced` have theirs."""
    code, sure = code.copy(), sure.copy()
    compared = ~followed.is_rank & ~paced[followed.at]
    found = _compared(followed)
    code[followed.at[compared]], sure[followed.at[compared]] = (part[compared] for part in found)
    if followed.is_rank.any():
        ranked = followed.at[followed.is_rank]
        code[ranked], sure[ranked] = _ranked(followed)
    return code, sure


def _compared(followed: References) -> tuple[Ints, Flags]:
    """Each cell's figure against the figure that it follows, both as intervals."""
    cells, at = followed.cells, followed.at
    row, wording = cells.actual[at], cells.of_actual("wording")[at]
    number, upper = (cells.number_of(name, row) for name in ("number", "upper"))
    decimals = np.where(cells.reported[at], cells.count_of("decimals", row), 0)
    figure = Interval.of(number, upper, wording, followed.down)
    goal = Interval.of(*followed.ends, followed.wording, followed.down)
    finest = np.maximum(decimals, followed.decimals)

    def margin(own: Floats, other: Floats) -> Any:
        ends = ((own, decimals), (other, followed.decimals))
        first, second = (whole_numbers(end, digits, finest) for end, digits in ends)
        return first - second

    unit = np.power(10.0, finest - decimals) * ~figure.bound
    ref = np.where(
        present(followed.row), followed.figures.count_of("decimals", followed.figures.actual), 0
    )
    theirs = followed.factor * np.power(10.0, (finest - ref).astype(np.float64)) * ~goal.bound
    room = np.ceil(unit + theirs - _HAIR)
    over, under = margin(figure.low, goal.high), margin(figure.high, goal.low)
    beyond = figure.low_open | goal.high_open | ~followed.more
    within = figure.high_open | goal.low_open | followed.more
    known = cells.reported[at] & present(followed.row) & worded(wording, lambda m: m.numbers > 0)
    known &= ~np.isnan(number)
    met = known & np.isfinite(figure.low) & np.isfinite(goal.high) & _past(over, beyond)
    missed = known & np.isfinite(figure.high) & np.isfinite(goal.low) & _past(-under, within)
    stays = np.where(met, _past(2 * over - room, beyond), _past(-2 * under - room, within))
    code = np.select(
        [~known, met, missed],
        [Verdict.NONE.code, Verdict.MET.code, Verdict.MISSED.code],
        Verdict.UNDETERMINED.code,
    )
    soft = [worded(words, lambda m: m.soft) for words in (wording, followed.wording)]
    return code, (met | missed) & stays & ~soft[0] & ~soft[1] & ~followed.expected


def _ranked(followed: References) -> tuple[Ints, Flags]:
    """Each district's rank against the last place that will do."""
    ranks, last = (
        followed.ranks,
        followed.each(lambda relation: int(relation.number))[followed.is_rank],
    )
    known = ranks.best > 0
    met, missed = known & (ranks.worst <= last), known & (ranks.best > last)
    code = np.select(
        [~known, met, missed],
        [Verdict.NONE.code, Verdict.MET.code, Verdict.MISSED.code],
        Verdict.UNDETERMINED.code,
    )
    stays = missed | (ranks.worst + ranks.silent <= last)
    return code, (met | missed) & stays & ~ranks.soft


def _past(margin: Any, equal: Flags) -> Flags:
    """Where a margin is above zero, or none at all and that is `equal` to it."""
    return np.asarray((margin > 0) | ((margin == 0) & equal), bool)
