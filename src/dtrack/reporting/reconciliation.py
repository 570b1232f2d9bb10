"""The sheet of `city` that adds up districts and named items and sets them beside the city."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.reconciliation import Reconciled
from dtrack.core.translate import N_, _
from dtrack.model.dataset import Dataset
from dtrack.reporting.columns import number_column
from dtrack.reporting.document import Column, Sheet

_WORDS = {
    "exact": N_("exact"),
    "rounding": N_("rounding"),
    "unlikely_rounding": N_("unlikely rounding"),
    "unexplained": N_("unexplained"),
    "impossible": N_("impossible"),
    "not_told": N_("cannot be assessed"),
    "": "",
}


def reconciliation(dataset: Dataset, rows: list[Reconciled]) -> list[Sheet]:
    """Do the districts add up to the city? A sheet; none where nothing can be added."""
    if not rows:
        return []
    city, districts, items, difference = (
        np.array(of) for of in zip(*(r.decimals for r in rows), strict=True)
    )
    names = [dataset.indicators[r.indicator].short for r in rows]
    columns = (
        Column("indicator", _("Indicator"), names),
        number_column("city", _("{City}"), np.array([r.city for r in rows]), city),
        number_column(
            "districts", _("{Districts}"), np.array([r.districts for r in rows]), districts
        ),
        number_column(
            "items", _("Named items"), np.array([r.items for r in rows]), items, gives_way=1
        ),
        number_column(
            "difference",
            _("Difference"),
            np.array([r.difference for r in rows]),
            difference,
            signed=True,
        ),
        number_column(
            "rounding",
            _("Rounding at most"),
            np.array([r.worst for r in rows]),
            difference + 1,
            gives_way=2,
        ),
        Column("word", _("Assessment"), [_(_WORDS[r.word]) for r in rows]),
    )
    return [
        Sheet(
            _("Do the {districts} add up to the {city}?"),
            columns,
            tuple(dict.fromkeys(str(r.note) for r in rows if r.note)),
        )
    ]
