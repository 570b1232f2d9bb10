"""Figures that stand twice: copied forward from the period before, or from one area to another.

Only plain figures are compared, digit for digit: 480.0 is not 480.
"""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import NONE, Flags, Ints, present
from dtrack.core.findings import Finding
from dtrack.core.message import Message, lazy_listed
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Kind
from dtrack.core.years import YEAR
from dtrack.validation.plausibility.series import Figures

_WHOLE = N_(
    "all {count} figures of {area} for {period} are identical to those of {before}; they "
    "may be unchanged"
)
_LEVEL = N_("{value} is identical to {period}; it may be unchanged")
_ALIKE = N_("{value} is reported for {areas}; it may be an estimate or a coincidence")
_MOST_ALIKE = N_(
    "{value} is reported for {count} of {all} areas ({areas}); it may be an estimate or "
    "a coincidence"
)

DIGITS = 4  # a level with fewer may well come twice
ALL_OF = 3  # figures of an area that all repeat
ALIKE = 4  # areas with one growth or share
CHANCE = 1 / 50  # pairs of areas that may be alike by chance


def copied_forward(figures: Figures) -> list[Finding]:
    """Levels that repeat that of a year or a span before, and areas all of whose figures do."""
    bases = [figures.year_before, figures.on_same_side(_span_before(figures)[figures.period])]
    stock = figures.of_kind(Kind.STOCK, Kind.SHARE)
    found, findings = np.zeros(len(figures.keys), bool), []
    for number, base in enumerate(bases):
        before = np.where(stock, figures.before, base)
        same = _repeats(figures, before)
        whole = _whole_areas(figures, present(before) & figures.current, same) & ~found
        findings += _tell_whole(figures, whole, before)
        level = same & ~whole & ~found & figures.of_kind(Kind.FLOW, Kind.STOCK)
        level &= (figures.digits >= DIGITS) & (~stock | (number == 0))
        findings += _tell_level(figures, np.flatnonzero(level), before)
        found |= whole | level
    return findings


def _span_before(figures: Figures) -> Ints:
    """For each period the position of the span of as many months right before it, or NONE."""
    index = figures.dataset.period_position
    spans = [
        index.get(p.shift(-p.months), NONE) if p.months < YEAR else NONE
        for p in figures.dataset.periods
    ]
    return np.array(spans or [NONE], np.int64)


def _repeats(figures: Figures, before: Ints) -> Flags:
    if not len(before):
        return np.zeros(0, bool)
    same: Flags = present(before) & figures.current & figures.plain & figures.plain[before]
    same &= figures.number == figures.number[before]
    same &= figures.decimals == figures.decimals[before]
    return same


def _whole_areas(figures: Figures, compared: Flags, same: Flags) -> Flags:
    """Which figures are of an area and period that repeats every figure before."""
    cell = figures.area * len(figures.dataset.periods) + figures.period
    size = int(cell.max(initial=0)) + 1
    among, alike = (np.bincount(cell[at], minlength=size) for at in (compared, same))
    whole: Flags = same & (alike == among)[cell] & (alike >= ALL_OF)[cell]
    return whole


def _tell_whole(figures: Figures, whole: Flags, before: Ints) -> list[Finding]:
    """One finding for each area and period, at the first of its indicators."""
    at = np.flatnonzero(whole)
    cell = figures.area[at] * len(figures.dataset.periods) + figures.period[at]
    _unused, first, count = np.unique(cell, return_index=True, return_counts=True)

    def sentence(place: int) -> Message:
        entry = int(at[first[place]])
        area, period, then = (
            figures.area_name(entry),
            figures.period_name(entry),
            figures.period_name(int(before[entry])),
        )
        return _(_WHOLE, count=count[place], area=area, period=period, before=then)

    return figures.tell("copied-forward", at[first], sentence)


def _tell_level(figures: Figures, at: Ints, before: Ints) -> list[Finding]:
    def sentence(place: int) -> Message:
        then = figures.period_name(int(before[at[place]]))
        return _(_LEVEL, value=figures.value(int(at[place])), period=then)

    return figures.tell("copied-forward", at, sentence)


def identical_figures(figures: Figures) -> list[Finding]:
    """Values that several areas report for one indicator and period, at the one published last."""
    series = figures.family * len(figures.dataset.indicators) + figures.indicator
    cell = series * len(figures.dataset.periods) + figures.period
    among = figures.current & figures.plain & (figures.family != NONE)
    level, rate = figures.of_kind(Kind.FLOW, Kind.STOCK), figures.of_kind(Kind.GROWTH, Kind.SHARE)
    in_cell = np.bincount(cell[among], minlength=int(cell.max(initial=0)) + 1)[np.maximum(cell, 0)]
    pairs = in_cell * (in_cell - 1) / 2
    enough: Flags = (figures.digits >= DIGITS) & (pairs <= CHANCE * np.power(10.0, figures.digits))
    at = np.flatnonzero(among & (rate | (level & enough)))
    order, starts, sizes = _alike(figures, at, cell)
    size = np.repeat(sizes, sizes)
    kept = np.where(rate[at[order]], (size >= ALIKE) & (2 * size > in_cell[at[order]]), size > 1)
    group = np.repeat(np.arange(len(starts)), sizes)
    return _tell_identical(figures, at[order[kept]], group[kept], in_cell)


def _alike(figures: Figures, at: Ints, cell: Ints) -> tuple[Ints, Ints, Ints]:
    """An order in which equal figures of a cell are together, and starts and sizes of groups."""
    number = figures.number[at].view(np.int64)
    with np.errstate(over="ignore"):  # sorting one mixed number is a third of sorting three
        mixed = (
            cell[at] * 1_000_003 + figures.decimals[at]
        ) * 0x9E3779B97F4A7C1 + number * 0x2545F4914F6CDD1D
    order = np.argsort(mixed, kind="stable")
    part = mixed[order], figures.number[at][order], cell[at][order]
    new = np.ones(len(order), bool)
    new[1:] = np.any([column[1:] != column[:-1] for column in part], axis=0)
    starts = np.flatnonzero(new)
    return order, starts, np.diff(np.append(starts, len(order)))


def _tell_identical(figures: Figures, at: Ints, group: Ints, in_cell: Ints) -> list[Finding]:
    """One finding a group, at its newest figure, of equals the first in the order of the areas."""
    order = np.lexsort((figures.area[at], -figures.day[at], group))
    at, group = at[order], group[order]
    _unused, first, count = np.unique(group, return_index=True, return_counts=True)

    def sentence(place: int) -> Message:
        start, entry = int(first[place]), int(at[first[place]])
        members = sorted(
            at[start : start + count[place]].tolist(), key=lambda one: int(figures.area[one])
        )
        who = lazy_listed([figures.area_name(one) for one in members], most=3)
        if count[place] < ALIKE:
            return _(_ALIKE, value=figures.value(entry), areas=who)
        return _(
            _MOST_ALIKE,
            value=figures.value(entry),
            count=count[place],
            all=in_cell[entry],
            areas=who,
        )

    return figures.tell("identical-figures", at[first], sentence)
