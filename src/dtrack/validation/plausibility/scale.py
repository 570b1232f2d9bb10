"""Numbers of the wrong size or form: powers of ten, per cents, levels that do not fit their growth.

万 for 亿, a decimal point, thousands for units; an index or a fraction where a per cent belongs, a
share that is more than the whole; a level and a growth that imply prices nobody believes. Source:
docs/formulas.py §8 and §9.
"""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import NONE, Flags, Floats, Ints, present
from dtrack.core.figure import MAX_DECIMALS
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Kind
from dtrack.i18n.formatting import wording_shown
from dtrack.validation.plausibility.number_text import number_text, times
from dtrack.validation.plausibility.series import Entries, Figures

NEAR = 0.15  # of a power of ten: a factor of 7.08 to 14.1 is near ten
VAST = 3.5  # a power of ten from which on a factor is nearer to 万 than to a thousand, or beyond
_TIMES = N_("{value} is {ratio} times the {base} of {period}; {explanation}")
_PART = N_("{value} is 1/{ratio} of the {base} of {period}; {explanation}")
_FROM_NOTHING = N_("a series that started close to zero may explain it")
_YOUNG = N_("a recent series, or a plant that opened or closed, may explain it")
FRESH = 24  # months: a stock may well grow tenfold over more


def slips(figures: Figures) -> list[Finding]:
    """Levels that are a power of ten away from their base: from 10⁴ on scale-slip, else unit-slip.

    Example: 5040000 where the year before has 480.0: "5,040,000 is 10,500 times the 480.0 of
    H1-2023; …".
    """
    base, power = bases(figures), slipped(figures)
    slip_here, vast = (power != 0) & ~_returns(power, base), np.abs(power) > VAST
    return [
        *_tell(figures, "scale-slip", np.flatnonzero(slip_here & vast), base, _FROM_NOTHING),
        *_tell(figures, "unit-slip", np.flatnonzero(slip_here & ~vast), base, _YOUNG),
    ]


def bases(figures: Figures) -> Ints:
    """Each level's base on any side: of a flow a year before, of a stock the figure before."""
    base = np.where(figures.of_kind(Kind.FLOW), figures.year_before_of_any_side, NONE)
    return np.where(figures.of_kind(Kind.STOCK), figures.before_of_any_side, base)


def slipped(figures: Figures) -> Ints:
    """The power of ten between each level and its base, or 0; of an old stock only those from 4."""
    base = bases(figures)
    now, then = figures.number, figures.number[base] if len(base) else figures.number
    both: Flags = present(base) & (now > 0) & (then > 0)
    power = slip(np.where(both, now, 1.0), np.where(both, then, 1.0))
    end = figures.ends[figures.period]
    old = figures.of_kind(Kind.STOCK) & (end - end[base] > FRESH) if len(base) else both
    return np.where(both & ~(old & (np.abs(power) < VAST)), power, 0)


def slip(now: Floats, base: Floats) -> Ints:
    """The power of ten that is within NEAR of now / base, from VAST on the nearest one; else 0.

    >>> slip(np.array([5040000, 504, 50.4, 1_200_000]), np.array([480.0, 480, 480, 240])).tolist()
    [4, 0, -1, 4]
    """
    between = np.log10(now / base)
    whole = np.rint(between)
    slipped = (np.abs(between - whole) < NEAR) | (np.abs(between) >= VAST)
    return np.where(slipped, whole, 0).astype(np.int64)


def _returns(power: Ints, base: Ints) -> Flags:
    """Levels that only look wrong because their base has the same slip the other way.

    From VAST on the two are as good as the same where they round to neighbours: from 10^3.6 times
    to 1/10^4.6.
    """
    if not len(base):
        return np.zeros(0, bool)
    apart, there = np.abs(power + power[base]), np.abs(power[base])
    most = (np.abs(power) > VAST) & (there > VAST)
    returns: Flags = present(base) & (power * power[base] < 0) & (apart <= most)
    return returns


def _tell(figures: Figures, code: str, at: Ints, base: Ints, explanation: str) -> list[Finding]:
    def sentence(number: int) -> Message:
        now, then = int(at[number]), int(base[at[number]])
        ratio, larger = times(float(figures.number[now]), float(figures.number[then]))
        return _(
            _TIMES if larger else _PART,
            value=figures.value(now),
            ratio=ratio,
            base=figures.value(then),
            period=figures.period_name(then),
            explanation=_(explanation),
        )

    return figures.tell(code, at, sentence)


_INDEX = N_(
    "{value} looks like an index (previous year = 100), a growth of {growth}%; the "
    "indicator may really have about doubled"
)
_BELOW = N_(
    "a share of {value}% is negative; a ratio that may be negative or exceed 100 is not a share"
)
_ABOVE = N_("a share of {value}% exceeds the whole; a ratio that may exceed 100 is not a share")
INDEX_LOW, INDEX_HIGH = 80.0, 130.0  # last year = 100
FINER = 2  # more decimals than the others: 0.052 beside 5.2
ALONE = 3  # decimals that speak of a fraction where there are no others


def forms(stated: Figures | Entries) -> list[Finding]:
    """All three questions, of the figures or of the targets."""
    return index_for_growth(stated) + fraction_for_percent(stated) + share_out_of_range(stated)


def index_for_growth(stated: Figures | Entries) -> list[Finding]:
    """Growths in per cent that look like an index with last year = 100."""
    number, at = stated.number, np.flatnonzero(looks_like_index(stated))

    def sentence(place: int) -> Message:
        growth = deferred(number_text, number[at[place]] - 100, stated.decimals[at[place]])
        return _(
            _INDEX,
            value=deferred(wording_shown, stated.text("value", int(at[place]))),
            growth=growth,
        )

    return stated.tell("index-for-growth", at, sentence)


def looks_like_index(stated: Figures | Entries) -> Flags:
    """Which are growths in per cent that may be an index."""
    near = (stated.number >= INDEX_LOW) & (stated.number <= INDEX_HIGH)
    return _percents(stated, Kind.GROWTH) & near


def fraction_for_percent(stated: Figures | Entries) -> list[Finding]:
    """Per cents below 1 that are written more finely than the others of their indicator.

    One with a % sign is a per cent.
    """
    percents = _percents(stated, Kind.GROWTH, Kind.SHARE)
    small: Flags = percents & (np.abs(stated.number) < 1) & (stated.number != 0)
    usual = _usual_decimals(stated, percents & ~small)[stated.indicator]
    fine = stated.decimals >= np.where(usual < 0, ALONE, usual + FINER)
    found = np.flatnonzero(small & fine).tolist()
    at = np.array([row for row in found if not {"%", "％"} & set(stated.text("value", row))], int)

    def sentence(place: int) -> Message:
        row = int(at[place])
        decimals = int(stated.decimals[row])
        values: dict[str, object] = {
            "value": deferred(wording_shown, stated.text("value", row)),
            "decimals": str(decimals),
            "percent": deferred(number_text, stated.number[row] * 100, decimals - 2),
        }
        return _finer(int(usual[row]), values)

    return stated.tell("fraction-for-percent", at, sentence)


def _finer(usual: int, values: dict[str, object]) -> Message:
    """That a per cent has more decimals than are usual; −1 where nothing is."""
    if usual < 0:
        return _(
            "{value} has {decimals} decimals: as a fraction it is {percent}%; it may "
            "really be that small",
            **values,
        )
    return lazy_ngettext(
        "{value} has {decimals} decimals where {count} is usual: as a fraction it is "
        "{percent}%; it may really be that small",
        "{value} has {decimals} decimals where {count} are usual: as a fraction it is "
        "{percent}%; it may really be that small",
        usual,
        **values,
    )


def share_out_of_range(stated: Figures | Entries) -> list[Finding]:
    """Shares in per cent that are below 0 or above 100."""
    out = (stated.number < 0) | (stated.upper > 100)
    at = np.flatnonzero(_percents(stated, Kind.SHARE) & out)

    def sentence(place: int) -> Message:
        value = deferred(wording_shown, stated.text("value", int(at[place])))
        return _(_BELOW if stated.number[at[place]] < 0 else _ABOVE, value=value)

    return stated.tell("share-out-of-range", at, sentence)


def _percents(stated: Figures | Entries, *kinds: Kind) -> Flags:
    """Which of them are per cents of an indicator of these kinds."""
    of = stated.dataset.which_indicators(lambda item: item.in_percent and item.kind in kinds)
    stands = stated.current if isinstance(stated, Figures) else stated.readable
    return of[stated.indicator] & stands


def _usual_decimals(stated: Figures | Entries, among: Flags) -> Ints:
    """The median decimals of each indicator's figures, the lower one of two.

    −1 where it has none.
    """
    size, width = max(len(stated.dataset.indicators), 1), MAX_DECIMALS + 1
    decimals = np.clip(stated.decimals[among], 0, MAX_DECIMALS)
    counts = np.bincount(
        stated.indicator[among] * width + decimals, minlength=size * width
    ).reshape(size, width)
    total = counts.sum(axis=1)
    median = (counts.cumsum(axis=1) * 2 < total[:, None]).sum(axis=1)
    return np.where(total > 0, median, -1)
