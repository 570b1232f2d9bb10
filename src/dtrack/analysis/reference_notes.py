"""What a reader has to know of the figure that a target follows, as sentences by cell."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.references import (
    ABSENT,
    BROKEN,
    DOUBTFUL,
    FOUND,
    NO_LEVEL,
    OTHER_BASIS,
    TOO_EARLY,
    References,
)
from dtrack.core.message import Deferred, Message, deferred, lazy_counted, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.i18n.formatting import period_shown, wording_shown

_WHY = {
    ABSENT: N_("no figure for {whose} ({period}), on which the target depends"),
    DOUBTFUL: N_(
        "the target depends on {whose} ({period}), which is or may be excluded: see the findings"
    ),
    OTHER_BASIS: N_(
        "{whose} ({period}), on which the target depends, is available on another basis only"
    ),
    BROKEN: N_(
        "{whose} ({period}), on which the target depends, is on the other side of a break in series"
    ),
    TOO_EARLY: N_("the year before the target's period has not ended: no comparison yet"),
    NO_LEVEL: N_("{whose} ({period}) is not above zero; the target is a proportion of it"),
}


def reference_notes(cells: Assessment) -> Iterator[tuple[int, Message]]:
    """The position of a cell and a sentence, for every cell whose target is relative."""
    followed = cells.followed(cells.target)
    if followed is None:
        return
    expected = followed.expected
    for at in np.flatnonzero(~followed.is_rank).tolist():
        yield int(followed.at[at]), what_is_followed(followed, at)
        if expected[at]:
            yield int(followed.at[at]), _("that figure is a forecast by the publisher")
    if followed.is_rank.any():
        yield from _of_ranks(cells, followed)


def what_is_followed(followed: References, at: int) -> Message:
    """The figure that one target follows, or why there is none to compare with."""
    ref, why = followed.figures, int(followed.why[at])
    whose, period = _whose(followed, at), deferred(period_shown, ref.periods[int(ref.which[at])])
    if why != FOUND:
        return _(_WHY[why], whose=whose, period=period)
    text = str(ref.dataset.actuals["value"].iat[int(followed.row[at])])
    figure = deferred(wording_shown, text)
    return _(
        "the target depends on {whose} ({period}): {figure}",
        whose=whose,
        period=period,
        figure=figure,
    )


def _whose(followed: References, at: int) -> Deferred:
    """The indicator or area whose figure it is, by its name."""
    ref, own = followed.figures, followed.cells.indicator[followed.at[at]]
    if ref.indicator[at] != own:
        return ref.dataset.indicators[int(ref.indicator[at])].lazy_name
    return ref.dataset.areas[int(ref.area[at])].lazy_name


def _of_ranks(cells: Assessment, followed: References) -> Iterator[tuple[int, Message]]:
    """The rank of each district whose target is one, and who may still change it."""
    ranks = followed.ranks
    for at, cell in enumerate(followed.at[followed.is_rank].tolist()):
        best, worst, silent = (int(part[at]) for part in (ranks.best, ranks.worst, ranks.silent))
        of = lazy_counted(int(ranks.of[at]))
        if best:
            rank = str(best) if best == worst else _("{low} to {high}", low=best, high=worst)
            yield (
                cell,
                _("rank {rank} of the {count} {districts} that reported", rank=rank, count=of),
            )
        elif ranks.torn[at]:
            yield cell, _("no rank: an excluded figure may affect the ranking")
        elif cells.reported[cell]:
            yield cell, _("no rank: the figure is not ranked among the {districts}")
        if silent:
            told = lazy_ngettext(
                "{count} {district} has no figure", "{count} {districts} have no figure", silent
            )
            yield cell, told
