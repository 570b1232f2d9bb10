"""The sheets of `catchup` on targets over several years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import numpy as np

from dtrack.analysis.yearly_average import Average
from dtrack.core.arrays import texts_at
from dtrack.core.translate import _
from dtrack.core.vocabulary import Over
from dtrack.i18n.formatting import period_shown
from dtrack.model.dataset import Dataset
from dtrack.model.relation_words import target_shown
from dtrack.reporting.columns import number_column, published_column, shown_number
from dtrack.reporting.document import Column, Sheet
from dtrack.reporting.row_notes import row_notes


def over_years(dataset: Dataset, averages: Iterable[Average]) -> Iterator[Sheet]:
    """A sheet for the targets of an indicator over the same years, as they are of one thing."""
    for _key, group in groupby(averages, key=lambda a: (a.indicator, a.period, a.over)):
        yield _sheet(dataset, list(group))


def _sheet(dataset: Dataset, rows: list[Average]) -> Sheet:
    first, areas = rows[0], dataset.areas
    indicator = dataset.indicators[first.indicator]
    between_two = _("{numbers}, {number}", numbers="", number="")
    done = [between_two.join(map(shown_number, a.done, a.decimals[1:])) or _("none") for a in rows]
    target = texts_at(dataset.targets, "value", np.array([a.row for a in rows]))
    made, needed = (np.array([getattr(a, name) for a in rows]) for name in ("made", "needed"))
    goals = np.array([a.target for a in rows])
    below, marks, notes = row_notes([[a.note] for a in rows])
    columns = [
        Column("area", _("Area"), [areas[a.area].short for a in rows]),
        published_column(
            "target",
            _("Target"),
            target,
            goals,
            shown=lambda text: target_shown(dataset, text, indicator.id),
        ),
        Column("done", _("Years available"), done),
        number_column("made", _("So far"), made, np.array([a.made_digits for a in rows])),
        number_column(
            "needed",
            _heading(first.over, down=indicator.lower_is_better),
            needed,
            np.array([a.digits for a in rows]),
        ),
        *marks,
    ]
    title = _(
        "{indicator}, {period} ({unit})",
        indicator=indicator.name,
        period=period_shown(first.period),
        unit=indicator.unit_shown,
    )
    # once all years are known nothing is required any more
    shown = [c for c in columns if c.key != "needed" or not np.isnan(needed).all()]
    return Sheet(title, tuple(shown), tuple(below), name=indicator.id, notes=notes)


def _heading(over: Over, *, down: bool) -> str:
    """What is required: the rest of a sum, else a number of each year that is left."""
    if over is Over.SUM:
        return _("Still allowed") if down else _("Still required")
    return _("Allowed each year") if down else _("Required each year")
