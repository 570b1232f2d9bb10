"""Levels that are a power of ten away from their base.

万 for 亿, a decimal point, thousands for units.

In come figures, out go findings. A level is a flow, held against the same period a year before, or
a stock, held against its figure before; a factor of ten dwarfs any break of the series. Source:
docs/formulas.py §9.
"""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import Flags, Floats, Ints, present
from dtrack.core.findings import Finding
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.validation.plausibility.amounts import times
from dtrack.validation.plausibility.series import Figures

NEAR = 0.15  # of a power of ten: a factor of 7.08 to 14.1 is near ten
VAST = 3.5  # a power of ten from which on a factor is nearer to 万 than to a thousand, or beyond
_TIMES = N_("{value} is {ratio} times the {base} of {period}; {innocent}")
_PART = N_("{value} is 1/{ratio} of the {base} of {period}; {innocent}")
_FROM_NOTHING = N_("a series that began from almost nothing may do so")
_YOUNG = N_("a young series, or a plant that opened or closed, may do so")
FRESH = 24  # months: a stock may well grow tenfold over more


def slips(figures: Figures) -> list[Finding]:
    """Levels ten thousand times their base or more, or such a part of it (scale-slip), or a lesser power of ten (unit-slip).

    Example: 5040000 where the year before has 480.0: "5,040,000 is 10,500 times the 480.0 of
    H1-2023; …".
    """
    base, power = bases(figures), slipped(figures)
    told = (power != 0) & ~_returns(power, base)
    vast = np.abs(power) > VAST
    return [
        *_tell(figures, "scale-slip", np.flatnonzero(told & vast), base, _FROM_NOTHING),
        *_tell(figures, "unit-slip", np.flatnonzero(told & ~vast), base, _YOUNG),
    ]


def bases(figures: Figures) -> Ints:
    """Each level's base.

    Of a flow the same period a year before, of a stock the figure before, whatever their side.
    """
    base = np.where(figures.of_kind("flow"), figures.year_before_of_any_side, -1)
    return np.where(figures.of_kind("stock"), figures.before_of_any_side, base)


def slipped(figures: Figures) -> Ints:
    """The power of ten between each level and its base, 0 where there is none.

    An old stock has only those from 4.
    """
    base = bases(figures)
    now, then = figures.number, figures.number[base] if len(base) else figures.number
    both: Flags = present(base) & (now > 0) & (then > 0)
    power = slip(np.where(both, now, 1.0), np.where(both, then, 1.0))
    end = figures.ends[figures.period]
    old = figures.of_kind("stock") & (end - end[base] > FRESH) if len(base) else both
    return np.where(both & ~(old & (np.abs(power) < VAST)), power, 0)


def slip(now: Floats, base: Floats) -> Ints:
    """The whole power of ten that is within NEAR of now / base, both above 0, and the nearest from VAST on; 0 for none.

    >>> slip(np.array([5040000, 504, 50.4, 1_200_000]), np.array([480.0, 480, 480, 240])).tolist()
    [4, 0, -1, 4]
    """
    between = np.log10(now / base)
    whole = np.rint(between)
    return np.where((np.abs(between - whole) < NEAR) | (np.abs(between) >= VAST), whole, 0).astype(
        np.int64
    )


def _returns(power: Ints, base: Ints) -> Flags:
    """A level that comes back from a slip.

    Its base has slipped, and is told, by the same power the other way.

    From VAST on the two are as good as the same where they round to neighbours: from 10^3.6 times
    to 1/10^4.6.
    """
    if not len(base):
        return np.zeros(0, bool)
    apart, there = np.abs(power + power[base]), np.abs(power[base])
    returns: Flags = (
        present(base)
        & (power * power[base] < 0)
        & (apart <= ((np.abs(power) > VAST) & (there > VAST)))
    )
    return returns


def _tell(figures: Figures, code: str, at: Ints, base: Ints, innocent: str) -> list[Finding]:
    def sentence(number: int) -> Message:
        now, then = int(at[number]), int(base[at[number]])
        ratio, larger = times(float(figures.number[now]), float(figures.number[then]))
        return _(
            _TIMES if larger else _PART,
            value=figures.value(now),
            ratio=ratio,
            base=figures.value(then),
            period=figures.period_name(then),
            innocent=_(innocent),
        )

    return figures.tell(code, at, sentence)
