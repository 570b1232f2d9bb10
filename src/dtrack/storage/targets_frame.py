"""The targets of a workspace as a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dtrack.core.arrays import Flags, Ints, worded
from dtrack.core.period import Period
from dtrack.core.relation import relation_of
from dtrack.core.vocabulary import Direction
from dtrack.core.wording import WORDINGS, Wording
from dtrack.model.entities import Area, Indicator, TargetEntry
from dtrack.model.schema import TARGETS, UNREADABLE_DAY, names
from dtrack.storage.columns import category, figure_columns, read_figures

if TYPE_CHECKING:
    import pandas as pd


def targets_frame(
    entries: list[TargetEntry],
    areas: tuple[Area, ...],
    indicators: tuple[Indicator, ...],
    periods: tuple[Period, ...],
    twice: set[int],
) -> tuple[pd.DataFrame, list[bool], list[int]]:
    """The entries with the columns of schema.TARGETS.

    Those that cannot be read are `excluded`, without a number.

    Second: which entries have a word that does not fit the unit. Third: the rows whose aim has one.
    """
    import pandas as pd

    def column(values: list[str], among: list[str] | None = None) -> Any:
        distinct = list(dict.fromkeys(values)) if among is None else among
        position = {text: number for number, text in enumerate(distinct)}
        return category(np.array([position[value] for value in values], np.int64), distinct)

    ids = [indicator.id for indicator in indicators]
    aims = [entry.terms.aim for entry in entries]
    values = list(dict.fromkeys((*(entry.value for entry in entries), *filter(None, aims))))
    texts = read_figures(values)
    relative = [at for at in texts.reasons if relation_of(values[at])]
    texts.wording[relative] = Wording.RELATIVE.code
    place, board = ({text: number for number, text in enumerate(texts)} for texts in (values, ids))
    codes = np.array([place[entry.value] for entry in entries], np.int64)
    indicator = np.array([board[entry.indicator] for entry in entries], np.int64)
    scales, percents = [item.scale for item in indicators], [item.in_percent for item in indicators]
    figures, misfit = figure_columns(texts, codes, indicator, scales, percents)
    unread = np.isin(codes, [at for at in texts.reasons if at not in relative])
    bad = [e.set_day < 0 or at in twice or not e.terms.sound for at, e in enumerate(entries)]
    excluded = np.array(bad, bool) | unread | misfit
    figures["number"][excluded] = figures["upper"][excluded] = np.nan
    aimed = np.array(list(map(bool, aims)), bool)
    codes = np.array([place[e.terms.aim or e.value] for e in entries], np.int64)
    of_aims, misfit_aims = figure_columns(texts, codes, indicator, scales, percents)
    of_aims["number"][~aimed] = of_aims["upper"][~aimed] = np.nan
    for part in (figures, of_aims):
        part["wording"] = category(part["wording"], WORDINGS)
    held = {item.id: item.held for item in indicators}
    data = {
        "area": column([entry.area for entry in entries], [area.id for area in areas]),
        "indicator": column([entry.indicator for entry in entries], ids),
        "period": column(
            [str(entry.period) for entry in entries], [str(period) for period in periods]
        ),
        "set_day": np.array(
            [UNREADABLE_DAY if e.set_day < 0 else e.set_day for e in entries], np.int64
        ),
        "excluded": excluded,
        **figures,
        "both": _both(entries, indicators, figures["wording"].codes, indicator),
        **{f"aim_{name}": values for name, values in of_aims.items()},
    }
    told = {
        "aim": [entry.terms.aim for entry in entries],
        "by": [entry.terms.by for entry in entries],
        "class": [entry.terms.held or held[entry.indicator] for entry in entries],
    }
    data |= {name: column(values) for name, values in told.items()}
    for name in ("value", "set", "source", "stated", "key", "over"):
        data[name] = column([getattr(entry, name) for entry in entries])
    frame = pd.DataFrame({name: data[name] for name in names(TARGETS)})
    return frame, misfit.tolist(), np.flatnonzero(aimed & misfit_aims).tolist()


def _both(
    entries: list[TargetEntry], indicators: tuple[Indicator, ...], wording: Ints, indicator: Ints
) -> Flags:
    """Which entries have two ends that both count: they, their wording or their indicator say so.

    `wording`: codes of theirs; `indicator`: positions of theirs.
    """
    said = np.array([entry.terms.both for entry in entries], bool)
    within = [item.better == Direction.WITHIN for item in indicators]
    said |= np.array([*within, False], bool)[indicator] | worded(wording, lambda m: m.both)
    found: Flags = said & worded(wording, lambda m: m.numbers == 2)
    return found
