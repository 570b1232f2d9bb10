"""What keeps a figure inside a target whose both ends count, in the rest of its year.

The same arithmetic as of one goal, at either end: from the one number to the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.comparison import fixed, half_up, signed
from dtrack.core.message import Message, lazy_numeral
from dtrack.core.message import lazy_gettext as _

if TYPE_CHECKING:
    from dtrack.analysis.assessment import Assessment


def inside_in_words(
    cells: Assessment, cell: int, needed: tuple[float, float], digits: int, *, past: bool
) -> Message:
    """What keeps one cell inside, from what either end needs at its decimals.

    `past`: an amount that is past the upper end and cannot shrink.
    """
    low, high = needed
    changes = cells.read_at_end[cell] or (high < 0 and not cells.growth[cell])
    show = signed if changes else fixed
    ends = {
        name: lazy_numeral(show(float(half_up(np.array([end]), np.array([digits]))[0]), digits))
        for name, end in (("low", low), ("high", high))
    }
    if cells.growth[cell]:
        return _(
            "growth of {low} to {high}% in the rest of the year keeps it within the range", **ends
        )
    if past:
        return _("above the upper end of the year's target, which can no longer be met")
    if changes:
        return _("a change of {low} to {high} until then keeps it within the range", **ends)
    if low <= 0:
        return _("the lower end is reached; at most {high} more is allowed", **ends)
    return _("{low} to {high} more is needed to finish within the range", **ends)
