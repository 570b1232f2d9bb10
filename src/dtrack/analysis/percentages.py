"""How much of a target is done and how much of its time is gone, in per cent.

Source of the rule: docs/method.md.
"""

from __future__ import annotations

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.comparison import half_up
from dtrack.core.arrays import Floats, Ints, codes, worded

DECIMALS = 1


def target_numbers(cells: Assessment) -> Floats:
    """The number that each cell's target prints, whatever its wording; NaN of none or of two."""
    frame = cells.dataset.targets
    if not len(frame):
        return np.full(len(cells.area), np.nan)
    wording = codes(frame, "wording")[cells.target]
    single = worded(wording, lambda meaning: meaning.numbers == 1)
    return np.where(cells.has_target & single, frame["number"].to_numpy()[cells.target], np.nan)


def percent_of_target(cells: Assessment) -> Floats:
    """The actual in per cent of its target's number, of a flow that of the whole period.

    NaN where that says nothing: of a bound, of what cannot be compared, of a growth or share where
    one of the two is not positive.
    """
    target, point = target_numbers(cells), worded(cells.wording, lambda meaning: meaning.point)
    can_be = cells.reported & ~cells.off_basis & ~cells.across_break & ~cells.faulty & point
    can_be &= ~cells.in_points | ((target > 0) & (cells.number > 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = 100 * cells.number / target
    return half_up(np.where(can_be & (target != 0), percent, np.nan), _ones(cells))


def percent_of_time(cells: Assessment) -> Floats:
    """The months of the target's period gone by at the end of the actual's, in per cent.

    NaN of what is read at a date.
    """
    start = cells.dataset.period_starts[cells.target_period]
    months = cells.target_end - start + 1
    gone = np.clip(cells.actual_span[1] - start + 1, 0, months)
    both = cells.has_target & cells.reported & ~cells.read_at_end
    return half_up(np.where(both, 100 * gone / months, np.nan), _ones(cells))


def ahead_of_target(cells: Assessment) -> Floats:
    """How far past its target an actual is, in per cent of it; negative is short of it.

    The sign is turned where lower is better, and where the target is negative.
    """
    percent, down = percent_of_target(cells) - 100, cells.down
    turned = down ^ (target_numbers(cells) < 0)
    return np.where(turned, -percent, percent) + 0.0


def percent_of_goal(cells: Assessment) -> Floats:
    """The actual in per cent of the number that it is compared with, exact; NaN of pp and bounds.

    Of an amount in the course of a year that is the part of its target that is due.
    """
    point = worded(cells.wording, lambda meaning: meaning.point)
    known = cells.comparable & ~cells.in_points & point & (cells.goal.value != 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(known, 100 * cells.number / cells.goal.value, np.nan)


def ahead_of_goal(cells: Assessment) -> Floats:
    """How far past its goal an actual is, in per cent of it; negative is behind."""
    percent = percent_of_goal(cells) - 100
    return np.where(cells.held_from_above ^ (cells.goal.value < 0), -percent, percent) + 0.0


def _ones(cells: Assessment) -> Ints:
    return np.full(len(cells.area), DECIMALS)
