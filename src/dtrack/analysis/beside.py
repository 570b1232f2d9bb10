"""What is told beside a verdict: the verdict against the aim, and the light."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.comparison import past_band
from dtrack.core.arrays import Flags, Ints, code_of, codes
from dtrack.core.vocabulary import Light, Verdict

Lights = npt.NDArray[np.object_]


def has_aim(cells: Assessment) -> Flags:
    """Where something is striven for beyond the target."""
    if not len(cells.dataset.targets):
        return np.zeros(len(cells.area), bool)
    frame = cells.dataset.targets
    aims = codes(frame, "aim")[cells.target]
    found: Flags = cells.has_target & (aims != code_of(frame, "aim", ""))
    return found


def aim_verdicts(cells: Assessment) -> Ints:
    """Verdict codes against the aims, NONE where there is none."""
    aimed = has_aim(cells)
    if not aimed.any():
        return np.full(len(aimed), Verdict.NONE.code)
    code, _sure = cells.compare(cells.target, "aim_")
    known = cells.reported | cells.may_be_lost
    code = np.where(cells.faulty & known, Verdict.UNDETERMINED.code, code)
    code = np.where(known, code, Verdict.NOT_REPORTED.code)
    return np.where(aimed, code, Verdict.NONE.code)


def lights(cells: Assessment) -> Lights:
    """The light of every cell, "" where it has no band or nothing is decided.

    A figure that is a bound or a range is amber or red only where it is so at both of its ends.
    """
    told: Lights = np.full(len(cells.area), Light.NONE.value, object)
    bands = [item.amber for item in cells.dataset.indicators]
    banded = np.array([band is not None for band in bands] or [False])[cells.indicator]
    if not banded.any():
        return told
    code = cells.verdict[0]
    told[banded & (code == Verdict.MET.code)] = Light.GREEN.value
    missed = banded & (code == Verdict.MISSED.code) & ~cells.stated
    for position in np.unique(cells.indicator[missed]).tolist():
        band, rows = bands[position], np.flatnonzero(missed & (cells.indicator == position))
        if band is not None:
            down = cells.held_from_above[rows]
            figure, goal = cells.interval(cells.held_from_above).at(rows), cells.goal.at(rows)
            past, within = past_band(figure, cells.decimals[rows], goal, down, band)
            # a relative target that follows a bound or a range has no number to be measured from
            known = ~np.isnan(goal.value)
            told[rows[within & known]] = Light.AMBER.value
            told[rows[past & known]] = Light.RED.value
    return told
