"""Plans over years → columns, and a document with a sheet by verdict's weight.

Who is moving away first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

import numpy as np

from dtrack.analysis.cells import Query
from dtrack.analysis.trajectory import Trajectory, trajectories
from dtrack.core.period import Period
from dtrack.core.translate import N_, _, enumerated, joined
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.model.entities import Dataset
from dtrack.reporting.columns import number_column, title_of
from dtrack.reporting.document import Column, Document, Sheet

_GRAVEST = (
    "moving_away",
    "deterioration",
    "behind",
    "limited_progress",
    "too_few_figures",
    "not_available",
    "moderate_progress",
    "on_path",
    "substantial_progress",
    "reached",
    "target_achieved",
    "",
)
_TONES = {
    "moving_away": "missed",
    "deterioration": "missed",
    "behind": "missed",
    "limited_progress": "open",
    "on_path": "met",
    "substantial_progress": "met",
    "moderate_progress": "met",
    "reached": "met",
    "target_achieved": "met",
}
_WORDS = {
    "moving_away": N_("moving away"),
    "deterioration": N_("deterioration"),
    "behind": N_("behind"),
    "limited_progress": N_("limited progress"),
    "too_few_figures": N_("too few figures"),
    "not_available": N_("not available"),
    "moderate_progress": N_("moderate progress"),
    "on_path": N_("on path"),
    "substantial_progress": N_("substantial progress"),
    "reached": N_("reached"),
    "target_achieved": N_("target achieved"),
    "": "",
}
_MOST_NAMED = 6  # figures of one note


class PathAnswer:
    """Every journey asked for, by one method."""

    def __init__(
        self,
        dataset: Dataset,
        question: Query,
        areas: Collection[int] = (),
        indicators: Collection[int] = (),
        method: str = "path",
    ) -> None:
        self.dataset, self.question, self.method = dataset, question, method
        found = trajectories(dataset, question, method)
        self.rows = [
            j
            for j in found
            if (not areas or j.area in areas) and (not indicators or j.indicator in indicators)
        ]
        actuals, targets = dataset.actuals, dataset.targets
        self.actual_period, self.number = (
            actuals["period"].astype(str).to_numpy(),
            actuals["number"].to_numpy(),
        )
        self.target_period = targets["period"].astype(str).to_numpy()

    def columns(self) -> dict[str, list[Any]]:
        """Every column of schema.PATH."""
        rows = self.rows
        return {
            "area": [self.dataset.areas[j.area].id for j in rows],
            "indicator": [self.dataset.indicators[j.indicator].id for j in rows],
            "base_period": [self.period_of(j.base) for j in rows],
            "base": [self.number_at(j.base) for j in rows],
            "latest_period": [self.period_of(j.latest) for j in rows],
            "latest": [self.number_at(j.latest) for j in rows],
            "target_period": [
                str(self.target_period[j.target]) if j.target >= 0 else "" for j in rows
            ],
            "target": [j.goal if j.target >= 0 else float("nan") for j in rows],
            "progress": [j.progress.progress for j in rows],
            "score": [j.progress.score for j in rows],
            "verdict": [j.progress.verdict for j in rows],
            "method": [self.method] * len(rows),
            "note": [joined("; ", filter(None, (j.note, self.arrival(j)))) for j in rows],
        }

    def decimals(self) -> dict[str, list[int]]:
        """Decimals of the figures of each row, the finest of them."""
        digits = [j.digits - 1 for j in self.rows]
        return {"base": digits, "latest": digits, "target": digits}

    def period_of(self, row: int) -> str:
        """The period of a figure, "" where there is none."""
        return str(self.actual_period[row]) if row >= 0 else ""

    def number_at(self, row: int) -> float:
        """The number of a figure, NaN where there is none."""
        return float(self.number[row]) if row >= 0 else float("nan")

    def arrival(self, journey: Trajectory) -> str:
        """When the present pace would arrive, in words."""
        when = self._when(journey)
        return _("at the present pace there in {month}", month=when) if when else ""

    def document(self) -> Document:
        """With a target first, the gravest verdict on top; the rest in a second sheet."""
        sheets = []
        for heading, rows in (
            (_("With a target"), [j for j in self.rows if j.target >= 0]),
            (_("Without a target"), [j for j in self.rows if j.target < 0 and j.base >= 0]),
        ):
            if rows:
                sheets.append(
                    self._sheet(
                        heading, sorted(rows, key=lambda j: _GRAVEST.index(j.progress.verdict))
                    )
                )
        silent = sum(j.target < 0 and j.base < 0 for j in self.rows)
        below = []
        if silent:
            below.append(
                _(
                    "{number} more without a target have fewer than two comparable figures: --format csv has them.",
                    number=silent,
                )
            )
        below.append(
            _(
                "Method {method}: see docs/method.md for what it says and when not to trust it.",
                method=self.method,
            )
        )
        return Document(
            N_("path"),
            (_("{title} · plans over years", title=title_of(self.dataset)),),
            (),
            tuple(sheets),
            tuple(below),
        )

    def _sheet(self, heading: str, rows: list[Trajectory]) -> Sheet:
        dataset = self.dataset
        verdicts = [j.progress.verdict for j in rows]
        named = [dataset.indicators[j.indicator].named for j in rows]
        values, aims = dataset.actuals["value"], dataset.targets["value"]
        columns = [
            Column("area", _("Area"), [dataset.areas[j.area].name for j in rows]),
            Column("indicator", _("Indicator"), named),
            Column(
                "base",
                _("From"),
                [
                    _figure(values.iat[j.base], self.period_of(j.base)) if j.base >= 0 else ""
                    for j in rows
                ],
                right=True,
                gives_way=4,
            ),
            Column(
                "latest",
                _("Now"),
                [
                    _figure(values.iat[j.latest], self.period_of(j.latest)) if j.latest >= 0 else ""
                    for j in rows
                ],
                right=True,
            ),
        ]
        if any(j.target >= 0 for j in rows):
            goals = [_figure(aims.iat[j.target], self.target_period[j.target]) for j in rows]
            columns.append(Column("target", _("Target"), goals, right=True))
        if self.method == "path":
            digits = np.array([j.digits for j in rows])
            columns += [
                number_column(
                    "required",
                    _("Path today"),
                    np.array([j.progress.required for j in rows]),
                    digits,
                    gives_way=3,
                ),
                number_column(
                    "compound",
                    _("Compound"),
                    np.array([j.progress.compound for j in rows]),
                    digits,
                    gives_way=2,
                ),
                Column("arrival", _("Arrival"), [self._when(j) for j in rows], gives_way=1),
            ]
        else:
            columns.append(
                number_column(
                    "score", _("Score"), np.array([j.progress.score for j in rows]), 1, gives_way=1
                )
            )
        columns += [
            number_column(
                "progress",
                _("Progress (%)"),
                np.array([j.progress.progress for j in rows]),
                1,
                gives_way=5,
            ),
            Column(
                "verdict",
                _("Verdict"),
                [_(_WORDS[v]) for v in verdicts],
                tones=[_TONES.get(v, "quiet") for v in verdicts],
            ),
        ]
        return Sheet(heading, tuple(columns), tuple(self._notes(rows, verdicts)))

    def _when(self, journey: Trajectory) -> str:
        month = journey.progress.arrival
        return period_shown(Period(month, month)) if month is not None else ""

    def _notes(self, rows: list[Trajectory], verdicts: list[str]) -> list[str]:
        counts = Counter(verdicts)
        found = [v for v in _GRAVEST if v and counts.get(v)]
        words = _(", ").join(
            _("{number} {verdict}", number=counts[v], verdict=_(_WORDS[v])) for v in found
        )
        about: dict[str, list[str]] = {}
        for j in rows:
            if j.note:
                area, item = self.dataset.areas[j.area], self.dataset.indicators[j.indicator]
                about.setdefault(str(j.note), []).append(
                    _("{area}: {indicator}", area=area.name, indicator=item.name)
                )
        return [_("{sentence}.", sentence=words)] * bool(words) + [
            _note(note, who) for note, who in about.items()
        ]


def _figure(value: object, period: str) -> str:
    return _("{value} ({period})", value=wording_shown(str(value)), period=period_shown(period))


def _note(note: str, who: list[str]) -> str:
    if len(who) > _MOST_NAMED:
        return _(
            "Note on {figures} …: {note}.", figures=enumerated(who[:_MOST_NAMED], "; "), note=note
        )
    return _("Note on {figures}: {note}.", figures=enumerated(who, "; "), note=note)
