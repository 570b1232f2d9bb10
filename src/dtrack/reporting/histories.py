"""Histories of one verdict: every entry of its target, every edition of its figure."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.core.arrays import NONE, Flags, codes
from dtrack.core.translate import _
from dtrack.i18n.formatting import as_entered, period_shown
from dtrack.i18n.terms import status_word, verdict_word
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Indicator
from dtrack.model.relation_words import targets_shown
from dtrack.reporting.columns import each, exact_numbers
from dtrack.reporting.document import Column, Sheet

if TYPE_CHECKING:
    import pandas as pd

_EDITION = ("value", "period", "status", "published", "source")


def target_history(dataset: Dataset, target: int) -> list[Sheet]:
    """Every entry of the target that judges, oldest first."""
    if target == NONE:
        return []
    frame = dataset.targets
    same = np.ones(len(frame), bool)
    for name in ("area", "indicator", "period"):
        same &= codes(frame, name) == codes(frame, name)[target]
    rows = sorted(np.flatnonzero(same).tolist(), key=frame["set_day"].to_numpy().__getitem__)
    told, sets, stated, source = (
        _texts(frame, name, rows) for name in ("value", "set", "stated", "source")
    )
    here = _("← used")
    return [
        Sheet(
            _("Target history"),
            (
                Column(
                    "target",
                    _("Target"),
                    targets_shown(dataset, told, _texts(frame, "indicator", rows)),
                    numbers=exact_numbers(told),
                ),
                Column("set", _("Set"), sets),
                Column("stated", _("Status as published"), each(verdict_word, stated), gives_way=1),
                Column("used", "", [here if row == target else "" for row in rows]),
                Column("source", _("Source"), source),
            ),
        )
    ]


def editions(cells: Assessment, indicator: Indicator, actual: Collection[int]) -> list[Sheet]:
    """Every edition of the figure, oldest first; of a share or stock all of its end.

    `actual`: its row; of several years together the row of each.
    """
    frame = cells.dataset.actuals
    same = np.zeros(len(frame), bool)
    for one in actual:
        its = _of_its_period(cells.dataset, indicator, one)[codes(frame, "period")]
        for name in ("area", "indicator"):
            its &= codes(frame, name) == codes(frame, name)[one]
        same |= its
    if not same.any():
        return []
    rows = sorted(np.flatnonzero(same).tolist(), key=frame["published_day"].to_numpy().__getitem__)
    known = cells.known
    here, unknown = _("← used"), _("not known by then")
    used = [here if row in actual else "" if known[row] else unknown for row in rows]
    told, period, status, published, source = (_texts(frame, name, rows) for name in _EDITION)
    places = map(place_in_time, *(_texts(frame, name, rows) for name in ("file", "line", "origin")))
    return [
        Sheet(
            _("Release history"),
            (
                Column(
                    "value",
                    _("Figure"),
                    each(as_entered, told),
                    right=True,
                    numbers=exact_numbers(told),
                ),
                Column("period", _("Period"), each(period_shown, period)),
                Column("status", _("Status"), each(status_word, status), gives_way=1),
                Column("published", _("Published"), published),
                Column("used", "", used),
                Column("source", _("Source"), source),
                Column("place", _("Where"), [*places]),
            ),
        )
    ]


def made_of(dataset: Dataset, actual: int) -> list[Sheet]:
    """The figures that a derived one is made of, those of a derived part behind it."""
    rows, waiting = list[int](), [actual]
    while waiting:
        made = dataset.derived.get(waiting.pop(0))
        rows += made.parts if made else ()
        waiting += made.parts if made else ()
    if not rows:
        return []
    frame = dataset.actuals
    area, indicator = (codes(frame, name)[rows].tolist() for name in ("area", "indicator"))
    told, period, status, published, source = (_texts(frame, name, rows) for name in _EDITION)
    places = map(place_in_time, *(_texts(frame, name, rows) for name in ("file", "line", "origin")))
    figures = Column(
        "value", _("Figure"), each(as_entered, told), right=True, numbers=exact_numbers(told)
    )
    columns = (
        Column("area", _("Area"), [dataset.areas[at].short for at in area]),
        Column("indicator", _("Indicator"), [dataset.indicators[at].short for at in indicator]),
        Column("period", _("Period"), each(period_shown, period)),
        figures,
        Column("status", _("Status"), each(status_word, status), gives_way=1),
        Column("published", _("Published"), published),
        Column("source", _("Source"), source),
        Column("place", _("Where"), [*places]),
    )
    return [Sheet(_("What the figure is made of"), columns)]


def _of_its_period(dataset: Dataset, indicator: Indicator, actual: int) -> Flags:
    """Periods that are the figure's, or end with it where it is read at its end."""
    its = dataset.periods[int(codes(dataset.actuals, "period")[actual])]
    at_end = indicator.kind.read_at_end
    return np.array(
        [period == its or (at_end and period.end == its.end) for period in dataset.periods], bool
    )


def _texts(frame: pd.DataFrame, name: str, rows: list[int]) -> list[str]:
    """The texts of a column; a figure may have ten thousand editions, so all are taken at once."""
    return list(map(str, frame[name].iloc[rows].tolist()))


def place_in_time(file: str, line: str, origin: str) -> str:
    """Where a figure stands, and the cell of the return that it came from; what it is made of."""
    if not file:
        return _("calculated, not in the files: {formula}", formula=origin)
    if origin:
        return _("{place}, from {origin}", place=f"{file}:{line}", origin=origin)
    return f"{file}:{line}"
