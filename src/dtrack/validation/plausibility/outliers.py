"""Figures far from those of the other areas.

Modified z-score of Iglewicz and Hoaglin: 0.6745 × the distance from the median, over the median of
all distances; where that is nothing, the distance over 1.253314 × their mean. Unlike the plain
z-score it finds one in six, since what lies far out moves no median. Source: docs/formulas.py §9.
"""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import NONE, Flags, Floats, Ints, present
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Kind
from dtrack.model.entities import Place
from dtrack.validation.plausibility.number_text import number_text, percent, signed_text
from dtrack.validation.plausibility.scale import looks_like_index, slipped
from dtrack.validation.plausibility.series import Figures

FAR = 3.5
ENOUGH = 6  # areas
OF_MEDIAN, OF_MEAN = 0.6745, 1.253314
_FEW = 2**16
_FAR = {
    "growth": N_(
        "{value}; the median of {count} areas is {median} (modified z-score {score}); a "
        "large company or a low base may explain it"
    ),
    "share": N_(
        "{value} is a change of {change} points on a year earlier; the median of {count} "
        "areas is {median} (modified z-score {score}); a large company or a new zone may "
        "explain it"
    ),
    "level": N_(
        "{value} is a change of {change}% on a year earlier; the median of {count} areas "
        "is {median} (modified z-score {score}); a large company or a new zone may "
        "explain it"
    ),
}


def modified_z(value: Floats, group: Ints) -> tuple[Floats, Floats, Ints]:
    """Of each value within its group: the modified z-score, the median, and how many there are.

    Groups are small numbers.

    >>> values = np.array([5.1, 4.8, 5.3, 4.9, 5.0, 52.0])
    >>> z, median, size = modified_z(values, np.zeros(6, np.int64))
    >>> (np.abs(z) > 3.5).tolist(), round(median[0], 2)
    ([False, False, False, False, False, True], 5.05)
    """
    counts = np.bincount(group)
    ends = np.cumsum(counts)
    middle = _medians(value, group, ends, counts)[group]
    distance = np.abs(value - middle)
    mad = _medians(distance, group, ends, counts)[group]
    mean = (np.bincount(group, distance) / np.maximum(counts, 1))[group]
    usual = np.where(mad > 0, mad / OF_MEDIAN, OF_MEAN * mean)
    z = np.divide(value - middle, usual, out=np.zeros(len(value)), where=usual > 0)
    return z, middle, counts[group]


def _medians(value: Floats, group: Ints, ends: Ints, counts: Ints) -> Floats:
    """The median of each group, which ends at `ends` when all are sorted by group.

    An empty group has no meaning.
    """
    if not len(value):
        return np.zeros(len(counts))
    order = np.argsort(value)
    # numpy sorts 16 bits without comparing
    few = group.astype(np.uint16) if len(counts) < _FEW else group
    ordered = value[order[np.argsort(few[order], kind="stable")]]
    low, high = ends - counts + (counts - 1) // 2, ends - counts + counts // 2
    medians: Floats = (ordered[np.maximum(low, 0)] + ordered[np.minimum(high, len(value) - 1)]) / 2
    return medians


def outliers(figures: Figures) -> list[Finding]:
    """Growths far from those of the areas beside them; of levels and shares the change on the year.

    No slip is told twice.
    """
    value = compared_values(figures)
    among = (figures.family != NONE) & (figures.dataset.place != Place.ZONE)[figures.area]
    at = np.flatnonzero(figures.current & figures.plain & among & ~np.isnan(value))
    z, middle, size = modified_z(value[at], _cells(figures, at))
    least = np.array([item.kind.least_deviation for item in figures.dataset.indicators] or [0.0])
    least = least[figures.indicator[at]]
    far: Flags = (np.abs(z) > FAR) & (size >= ENOUGH) & (np.abs(value[at] - middle) > least)
    far &= ~((slipped(figures) != 0) | looks_like_index(figures))[at]
    found = np.flatnonzero(far)

    def sentence(place: int) -> Message:
        place = int(found[place])
        numbers = float(middle[place]), int(size[place]), float(z[place])
        return _sentence(figures, int(at[place]), float(value[at[place]]), *numbers)

    return figures.tell("outlier", at[found], sentence)


def _sentence(
    figures: Figures, entry: int, own: float, middle: float, size: int, z: float
) -> Message:
    kind = figures.dataset.indicators[figures.indicator[entry]].kind
    median = deferred(number_text, middle, 2) if kind == Kind.GROWTH else deferred(percent, middle)
    return _(
        _FAR.get(kind, _FAR["level"]),
        value=figures.value(entry),
        change=deferred(percent, own),
        count=size,
        median=median,
        score=deferred(signed_text, z, 1),
    )


def _cells(figures: Figures, at: Ints) -> Ints:
    """A small number for each family, indicator and period of the entries."""
    series: Ints = figures.family[at] * len(figures.dataset.indicators) + figures.indicator[at]
    cells: Ints = series * len(figures.dataset.periods) + figures.period[at]
    return cells


def compared_values(figures: Figures) -> Floats:
    """What is compared between areas: growths, changes of shares in points, of levels in %."""
    base = figures.year_before
    known: Flags = present(base) & figures.plain[base] if len(base) else present(base)
    then = figures.number[base] if len(base) else figures.number
    points = np.where(known, figures.number - then, np.nan)
    per_cent = np.divide(
        100 * points, then, out=np.full(len(points), np.nan), where=known & (then > 0)
    )
    of_level = np.where(figures.of_kind(Kind.SHARE), points, per_cent)
    return np.where(figures.of_kind(Kind.GROWTH), figures.number, of_level)
