"""What a limit of the year still leaves, in words, of amounts of which less is better.

They add up until the year ends: nothing is reached before, and what is exceeded stays so where it
cannot shrink.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.certain import can_shrink
from dtrack.analysis.comparison import fixed
from dtrack.core.arrays import Flags, Floats, Ints
from dtrack.core.message import Message, lazy_numeral
from dtrack.core.message import lazy_gettext as _
from dtrack.core.years import YEAR


def for_good(cells: Assessment, over: Flags) -> Flags:
    """Which of the amounts that are over their limit stay so: no later figure can be less."""
    if not over.any():
        return over
    shrink = can_shrink(cells, np.unique(cells.indicator[over]))
    return over & ~shrink[cells.indicator] & ~cells.expected


def limits(
    cells: Assessment, left: Floats, digits: Ints, over: Flags, passed: Flags
) -> dict[int, Message]:
    """By cell, what is left of its limit for each month, or by how much it is over.

    `left`: what may still come; NaN where nothing is to be told.
    """
    of = cells.flow & cells.down & ~np.isnan(left)
    return {
        cell: _left(cells, cell, float(left[cell]), int(digits[cell]), (over[cell], passed[cell]))
        for cell in np.flatnonzero(of).tolist()
    }


def _left(
    cells: Assessment, cell: int, left: float, digits: int, over: tuple[bool, bool]
) -> Message:
    number: Callable[[float], object] = lambda value: lazy_numeral(fixed(value, max(digits, 1)))
    exceeded = lazy_numeral(fixed(-left, digits))
    if over == (True, True):
        if left == 0:
            return _("equal to the limit, below which it had to remain; this cannot be reversed")
        return _("exceeded by {amount}; this cannot be reversed", amount=exceeded)
    if over[0] and left:
        return _("above the limit by {amount} so far", amount=exceeded)
    if left == 0:
        return _("nothing more may be added")
    gone = cells.periods[int(cells.which[cell])].months
    so_far = float(cells.number[cell]) / gone
    return _(
        "at most {amount} per month; {so_far} per month so far",
        amount=number(left / (YEAR - gone)),
        so_far=number(so_far),
    )


def pace_of_limit(cells: Assessment, cell: int) -> list[Message]:
    """How the amount stands to the part of the limit that is due by now, where that is known."""
    gap, goal = float(cells.gap[cell]), float(cells.goal.value[cell])
    if not cells.prorated[cell] or np.isnan(cells.due_share[cell]) or np.isnan(gap):
        return []
    told = {
        "goal": lazy_numeral(fixed(goal, int(cells.goal.decimals[cell]))),
        "gap": lazy_numeral(fixed(abs(gap), int(cells.gap_decimals[cell]))),
    }
    if gap < 0:
        return [_("above its share of the limit ({goal}) by {gap}", **told)]
    if gap == 0 and cells.goal.needs_more[cell]:
        return [_("equal to its share of the limit ({goal}), below which it has to remain", **told)]
    return [_("within its share of the limit ({goal})", goal=told["goal"])]
