"""`why`, beside the verdict: corridors, aims, lights, and what stands beside a target."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.assessment import VERDICTS
from dtrack.analysis.beside import aim_verdicts, has_aim, lights
from dtrack.analysis.comparison import fixed, gaps, plain_number, signed
from dtrack.core.arrays import codes
from dtrack.core.translate import N_, _, numeral
from dtrack.core.wording import Wording
from dtrack.i18n.formatting import wording_shown
from dtrack.i18n.terms import class_word, light_word, verdict_word
from dtrack.reporting.one_cell import OneCell


def no_number(why: OneCell) -> str:
    """Why a target has no number."""
    if int(codes(why.dataset.targets, "wording")[why.target]) == Wording.ASSIGNED.code:
        return _("the target is assigned; its value is not available here")
    return _("target value not published")


def terms_in_words(why: OneCell) -> list[str]:
    """What stands beside the target's value."""
    told = [_("both ends count")] if why.cells.corridor[why.cell] else []
    if by := why.of_target("by", why.target):
        told.append(_("assigned by {by}", by=why.dataset.name_of(by)))
    if held := why.of_target("class", why.target):
        told.append(class_word(held))
    if aim := why.of_target("aim", why.target):
        told.append(_("with an aim of {aim}", aim=wording_shown(aim)))
    return told


def without_one_goal(why: OneCell) -> str:
    """Why there is no goal; of a corridor both ends, and the one that the gap is told to."""
    if not why.cells.corridor[why.cell] or np.isnan(why.cells.number[why.cell]):
        return _("none: {why}", why=no_number(why))
    low, high = _ends(why)
    goal, decimals = why.number("goal")
    told = {"low": low, "high": high, "goal": why.with_unit(plain_number(goal, decimals))}
    if not why.cells.prorated[why.cell]:
        return _("{low} to {high}, both ends included; {goal} is the nearer", **told)
    if why.cells.of_whole_target[why.cell]:
        return _("{low} to {high}, both ends included; {goal} is the nearer", **told)
    share = why.cells.usual_share[why.cell]
    if np.isnan(share) or why.cells.by_calendar[why.cell]:
        part = numeral(f"{why.period.months}/12")
        return _("{low} to {high}, {part} of the year's; {goal} is the nearer", part=part, **told)
    return _(
        "{low} to {high}, {share}% of the year's, as in {year}; {goal} is the nearer",
        share=numeral(fixed(100 * share, 2)),
        year=str(why.period.year - 1),
        **told,
    )


def _ends(why: OneCell) -> list[str]:
    return [
        numeral(plain_number(float(end.value[why.cell]), int(end.decimals[why.cell])))
        for end in why.cells.ends
    ]


def turning_of_corridor(why: OneCell, *, met: bool) -> str:
    """What would have to be true of the actual for the verdict to turn."""
    low, high = _ends(why)
    if met:
        return _("an actual below {low} or above {high} would miss it", low=low, high=high)
    return _("an actual from {low} to {high} would meet it", low=low, high=high)


def beside_in_words(why: OneCell) -> list[tuple[str, str]]:
    """The steps of the aim and of the light, where there are such."""
    steps = [(N_("aim"), _aim(why))] if has_aim(why.cells)[why.cell] else []
    if light := str(lights(why.cells)[why.cell]):
        steps.append((N_("light"), _light(why, light)))
    return steps


def _aim(why: OneCell) -> str:
    """The aim, its verdict, and the gap to it."""
    cells, at = why.cells, np.array([why.cell])
    told = {
        "aim": wording_shown(why.of_target("aim", why.target)),
        "verdict": verdict_word(VERDICTS[int(aim_verdicts(cells)[why.cell])]),
    }
    goal = cells.goal_for(cells.target, "aim_").at(at)
    parts = (cells.number[at], cells.decimals[at], cells.wording[at])
    gap = float(gaps(*parts, goal.value, goal.decimals, cells.down[at])[0])
    if np.isnan(gap) or not cells.comparable[why.cell]:
        return _("{aim}: {verdict}", **told)
    digits = int(max(goal.decimals[0], cells.decimals[why.cell]))
    points = why.with_unit(signed(gap, digits), of_gap=True)
    return _("{aim}: {verdict}, {gap}", gap=points, **told)


def _light(why: OneCell, light: str) -> str:
    """The light, with the band that it is told by."""
    band = why.indicator.amber
    if band is None:
        return light_word(light)
    size = numeral(str(band.size))
    told = {"light": light_word(light), "size": size}
    if band.in_points:
        return _("{light}, with a band of {size} pp", **told)
    return _("{light}, with a band of {size}% of the goal", **told)
