"""Per cents in the wrong form.

An index or a fraction where a per cent belongs, a share that is more than the whole.

In come figures or targets, out go findings. Each can be seen in one figure, or in how finely the
others of its indicator are published. Source: docs/formulas.py §9.
"""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import Flags, Ints
from dtrack.core.figure import MAX_DECIMALS
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.i18n.formatting import wording_shown
from dtrack.model.entities import Dataset
from dtrack.validation.plausibility.amounts import fixed
from dtrack.validation.plausibility.entries import Entries
from dtrack.validation.plausibility.series import Figures

_INDEX = N_(
    "{value} reads like an index with last year = 100, a growth of {growth} %; it may truly have about doubled"
)
_BELOW = N_("a share of {value} % is below nothing; a ratio may pass 100 and is no share")
_ABOVE = N_("a share of {value} % is more than the whole; a ratio may pass 100 and is no share")
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
        growth = deferred(fixed, number[at[place]] - 100, stated.decimals[at[place]])
        return _(
            _INDEX,
            value=deferred(wording_shown, stated.text("value", int(at[place]))),
            growth=growth,
        )

    return stated.tell("index-for-growth", at, sentence)


def looks_like_index(stated: Figures | Entries) -> Flags:
    """Which are growths in per cent that may be an index."""
    return (
        _percents(stated, "growth") & (stated.number >= INDEX_LOW) & (stated.number <= INDEX_HIGH)
    )


def fraction_for_percent(stated: Figures | Entries) -> list[Finding]:
    """Per cents below 1 that are written more finely than the others of their indicator.

    One with a % sign is a per cent.
    """
    percents = _percents(stated, "growth", "share")
    small: Flags = percents & (np.abs(stated.number) < 1) & (stated.number != 0)
    usual = _usual_decimals(stated, percents & ~small)[stated.indicator]
    fine = stated.decimals >= np.where(usual < 0, ALONE, usual + FINER)
    at = np.flatnonzero(small & fine)
    at = (
        at[[not {"%", "％"} & set(stated.text("value", place)) for place in at.tolist()]]
        if len(at)
        else at
    )

    def sentence(place: int) -> Message:
        value, decimals = (
            deferred(wording_shown, stated.text("value", int(at[place]))),
            int(stated.decimals[at[place]]),
        )
        percent = deferred(fixed, stated.number[at[place]] * 100, decimals - 2)
        return _finer(
            int(usual[at[place]]), {"value": value, "decimals": str(decimals), "percent": percent}
        )

    return stated.tell("fraction-for-percent", at, sentence)


def _finer(usual: int, told: dict[str, object]) -> Message:
    """That a per cent has more decimals than are usual; −1 where nothing is."""
    if usual < 0:
        return _(
            "{value} has {decimals} decimals: as a fraction it is {percent} %; it may truly be that small",
            **told,
        )
    return lazy_ngettext(
        "{value} has {decimals} decimals where {count} is usual: as a fraction it is {percent} %; it may truly be that small",
        "{value} has {decimals} decimals where {count} are usual: as a fraction it is {percent} %; it may truly be that small",
        usual,
        **told,
    )


def share_out_of_range(stated: Figures | Entries) -> list[Finding]:
    """Shares in per cent that are below 0 or above 100."""
    at = np.flatnonzero(_percents(stated, "share") & ((stated.number < 0) | (stated.upper > 100)))

    def sentence(place: int) -> Message:
        value = deferred(wording_shown, stated.text("value", int(at[place])))
        return _(_BELOW if stated.number[at[place]] < 0 else _ABOVE, value=value)

    return stated.tell("share-out-of-range", at, sentence)


def _percents(stated: Figures | Entries, *kinds: str) -> Flags:
    """Which of them are per cents of an indicator of these kinds."""
    wanted = _by_indicator(stated.dataset, *kinds)[stated.indicator]
    return wanted & (stated.current if isinstance(stated, Figures) else stated.readable)


def _by_indicator(dataset: Dataset, *kinds: str) -> Flags:
    return np.array(
        [item.in_percent and item.kind in kinds for item in dataset.indicators] or [False]
    )


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
