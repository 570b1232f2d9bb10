"""What a reader has to know of corridors, aims and who assigned a target, beside a verdict."""

from __future__ import annotations

from collections.abc import Callable

from dtrack.analysis.assessment import VERDICTS, Assessment
from dtrack.analysis.beside import aim_verdicts, has_aim
from dtrack.core.arrays import code_of, codes
from dtrack.core.message import deferred
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Verdict
from dtrack.core.wording import Wording
from dtrack.i18n.formatting import wording_shown
from dtrack.i18n.terms import verdict_word

Tell = Callable[..., None]
Text = Callable[[int], str]


def tell_beside(cells: Assessment, tell: Tell, of_target: Callable[[str], Text]) -> None:
    """Tell at each cell: too low or too high, the aim and its verdict, who assigned the target.

    `tell`: a message at the cells that are marked, with values by cell. `of_target`: a text column
    of the cells' targets.
    """
    if not len(cells.dataset.targets):
        return
    outside = cells.corridor & (cells.gap < 0)
    to_come = cells.by_years & (cells.verdict[0] == Verdict.OPEN.code)
    tell(outside & ~cells.held_from_above & ~to_come, N_("too low"))
    tell(outside & cells.held_from_above, N_("too high"))
    _tell_aims(cells, tell, of_target)
    _tell_assigned(cells, tell, of_target)


def _tell_aims(cells: Assessment, tell: Tell, of_target: Callable[[str], Text]) -> None:
    aimed = has_aim(cells)
    if not aimed.any():
        return
    aim, code = of_target("aim"), aim_verdicts(cells)
    tell(
        aimed & cells.reported,
        N_("aim of {aim}: {verdict}"),
        aim=lambda c: deferred(wording_shown, aim(c)),
        verdict=lambda c: deferred(verdict_word, VERDICTS[code[c]]),
    )


def _tell_assigned(cells: Assessment, tell: Tell, of_target: Callable[[str], Text]) -> None:
    frame, by = cells.dataset.targets, of_target("by")
    named = cells.has_target & (codes(frame, "by")[cells.target] != code_of(frame, "by", ""))
    away = codes(frame, "wording")[cells.target] == Wording.ASSIGNED.code
    here, away = cells.has_target & ~away, cells.has_target & away
    who = {"by": lambda c: deferred(cells.dataset.name_of, by(c))}
    tell(here & named, N_("assigned by {by}"), **who)
    tell(away & named, N_("assigned by {by}; its value is not available here"), **who)
    tell(away & ~named, N_("assigned by a higher level; its value is not available here"))
