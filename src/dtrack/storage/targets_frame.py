"""The targets of a workspace as a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dtrack.core.period import Period
from dtrack.core.relation import relation_of
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
) -> tuple[pd.DataFrame, list[bool]]:
    """The entries with the columns of schema.TARGETS.

    Those that cannot be read are `excluded`, without a number.

    Second: which entries have a word that does not fit the unit.
    """
    import pandas as pd

    def column(values: list[str], among: list[str] | None = None) -> Any:
        distinct = list(dict.fromkeys(values)) if among is None else among
        position = {text: number for number, text in enumerate(distinct)}
        return category(np.array([position[value] for value in values], np.int64), distinct)

    ids = [indicator.id for indicator in indicators]
    values = list(dict.fromkeys(entry.value for entry in entries))
    texts = read_figures(values)
    relative = [at for at in texts.reasons if relation_of(values[at])]
    texts.wording[relative] = Wording.RELATIVE.code
    place, board = ({text: number for number, text in enumerate(texts)} for texts in (values, ids))
    codes = np.array([place[entry.value] for entry in entries], np.int64)
    indicator = np.array([board[entry.indicator] for entry in entries], np.int64)
    scales, percents = [item.scale for item in indicators], [item.in_percent for item in indicators]
    figures, misfit = figure_columns(texts, codes, indicator, scales, percents)
    unread = np.isin(codes, [at for at in texts.reasons if at not in relative])
    bad = [entry.set_day < 0 or number in twice for number, entry in enumerate(entries)]
    excluded = np.array(bad, bool) | unread | misfit
    figures["number"][excluded] = figures["upper"][excluded] = np.nan
    figures["wording"] = category(figures["wording"], WORDINGS)
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
    }
    for name in ("value", "set", "source", "stated", "key", "over"):
        data[name] = column([getattr(entry, name) for entry in entries])
    return pd.DataFrame({name: data[name] for name in names(TARGETS)}), misfit.tolist()
