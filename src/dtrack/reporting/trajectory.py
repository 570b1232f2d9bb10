"""`path`: plans over years, the deteriorating first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import numpy as np

from dtrack.analysis.question import Query
from dtrack.analysis.span_paths import over_years
from dtrack.analysis.trajectory import Trajectory, trajectories
from dtrack.core.arrays import Ints
from dtrack.core.period import Period
from dtrack.core.translate import N_, _, joined, ngettext
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.i18n.terms import SIGNS
from dtrack.model.dataset import Dataset
from dtrack.model.relation_words import target_shown
from dtrack.model.schema import declare
from dtrack.reporting.columns import Answer, Field, number_column, title_of
from dtrack.reporting.document import Column, Document, Sheet
from dtrack.reporting.masthead import letterhead
from dtrack.reporting.row_notes import row_notes

_VERDICTS = {  # the gravest first: the word, and how it is dressed
    "moving_away": (N_("deteriorating"), "missed"),
    "deterioration": (N_("deterioration"), "missed"),
    "behind": (N_("behind"), "missed"),
    "limited_progress": (N_("limited progress"), "open"),
    "too_few_figures": (N_("insufficient data"), "quiet"),
    "not_available": (N_("not available"), "quiet"),
    "moderate_progress": (N_("moderate progress"), "met"),
    "on_path": (N_("on track"), "met"),
    "substantial_progress": (N_("substantial progress"), "met"),
    "reached": (N_("reached"), "met"),
    "target_achieved": (N_("target achieved"), "met"),
    "": ("", "quiet"),
}
_GRAVEST = list(_VERDICTS)
_UNJUDGED = ("too_few_figures", "not_available")
_ALWAYS = ("area", "indicator", "latest", "verdict")
PATH = declare("""
    area | text |  | id of the area
    indicator | text |  | id of the indicator
    base_period | text |  | period of the first figure, or of the base year
    base | number | unit | the first figure
    latest_period | text |  | period of the newest figure
    latest | number | unit | the newest figure
    target_period | text |  | the deadline
    target | number | unit | the target
    progress | number | % | path: change so far of the change required by now; opensdg: observed of
        required growth
    score | number |  | opensdg only: −5 to 5
    verdict | text |  | path: reached, on_path, behind, moving_away, too_few_figures; opensdg: its
        own words
    method | text |  | path or opensdg
    note | text |  | what a reader has to know
""")


class PathAnswer(Answer):
    """Every journey asked for, by one method."""

    name, declared = "path", PATH

    def __init__(
        self,
        dataset: Dataset,
        question: Query,
        areas: Collection[int] = (),
        indicators: Collection[int] = (),
        method: str = "path",
    ) -> None:
        self.dataset, self.question, self.method = dataset, question, method
        together = over_years(dataset, question, method)
        instead = {(j.area, j.indicator) for j in together}
        # what has no target but those over years is told once, with them
        levels = [
            j
            for j in trajectories(dataset, question, method)
            if j.target >= 0 or (j.area, j.indicator) not in instead
        ]
        found = sorted([*levels, *together], key=lambda j: (j.indicator, j.area))
        self.rows = [
            j
            for j in found
            if (not areas or j.area in areas) and (not indicators or j.indicator in indicators)
        ]
        actuals, targets = dataset.actuals, dataset.targets
        self.actual_period = actuals["period"].astype(str).to_numpy()
        self.number = actuals["number"].to_numpy()
        self.target_period = targets["period"].astype(str).to_numpy()

    def fields(self) -> list[Field]:
        """Every column of PATH; figures have the finest decimals of their row."""
        rows, digits, dataset = self.rows, [j.digits - 1 for j in self.rows], self.dataset
        deadline = [str(self.target_period[j.target]) if j.target >= 0 else "" for j in rows]
        goal = [j.goal if j.target >= 0 else float("nan") for j in rows]
        note = [joined("; ", filter(None, (j.note, self.arrival(j)))) for j in rows]
        return [
            Field("area", [dataset.areas[j.area].id for j in rows]),
            Field("indicator", [dataset.indicators[j.indicator].id for j in rows]),
            Field("base_period", [self.period_of(j.base) for j in rows]),
            Field("base", [self.number_at(j.base) for j in rows], decimals=digits),
            Field(
                "latest_period",
                [str(j.made.period) if j.made else self.period_of(j.latest) for j in rows],
            ),
            Field(
                "latest",
                [j.made.number if j.made else self.number_at(j.latest) for j in rows],
                decimals=digits,
            ),
            Field("target_period", deadline),
            Field("target", goal, decimals=digits),
            Field("progress", [j.progress.progress for j in rows]),
            Field("score", [j.progress.score for j in rows]),
            Field("verdict", [j.progress.verdict for j in rows]),
            Field("method", [self.method] * len(rows)),
            Field("note", note),
        ]

    def period_of(self, row: int) -> str:
        """The period of a figure, "" where there is none."""
        return str(self.actual_period[row]) if row >= 0 else ""

    def number_at(self, row: int) -> float:
        """The number of a figure, NaN where there is none."""
        return float(self.number[row]) if row >= 0 else float("nan")

    def arrival(self, journey: Trajectory) -> str:
        """When the present pace would arrive, in words."""
        when = self._when(journey)
        return _("projected date at the present pace: {month}", month=when) if when else ""

    def document(self, signs: Mapping[str, str] = SIGNS, *, whole: bool = False) -> Document:
        """Plans that can be assessed, the gravest on top; `whole`: also those that cannot.

        And figures without a target in a second sheet.
        """
        grave = sorted(self.rows, key=lambda j: _GRAVEST.index(j.progress.verdict))
        plans = [j for j in grave if j.target >= 0]
        others = [j for j in grave if j.target < 0 and j.base >= 0]
        judged = [j for j in plans if j.progress.verdict not in _UNJUDGED]
        parts = {
            _("Multi-year targets"): plans if whole else judged,
            _("Without a target"): others if whole else [],
        }
        sheets = [self._sheet(heading, rows, signs) for heading, rows in parts.items() if rows]
        below = [] if whole else self._counted(plans, len(judged), len(others))
        silent = sum(j.target < 0 and j.base < 0 for j in self.rows)
        if silent and whole:
            below.append(
                _(
                    "{number} more without a target have fewer than two comparable figures: "
                    "--format csv has them.",
                    number=silent,
                )
            )
        below.append(_("Method {method}: see docs/method.md.", method=self.method))
        counts = self._counts(plans)
        return Document(
            N_("path"),
            (_("{title} · multi-year targets", title=title_of(self.dataset)), *counts),
            (),
            tuple(sheets),
            tuple(below),
            letterhead=letterhead(self.dataset),
        )

    def _counts(self, plans: list[Trajectory]) -> list[str]:
        """How many plans have each verdict, the gravest first."""
        counts = Counter(j.progress.verdict for j in plans)
        found = [v for v in _GRAVEST if v and counts.get(v)]
        words = _(", ").join(
            _("{number} {verdict}", number=counts[v], verdict=_(_VERDICTS[v][0])) for v in found
        )
        return [_("{sentence}.", sentence=words)] * bool(words)

    def _counted(self, plans: list[Trajectory], judged: int, others: int) -> list[str]:
        """What is not shown, in one line each."""
        lines = []
        if hidden := len(plans) - judged:
            lines.append(
                ngettext(
                    "{count} target with insufficient data is not shown: --all shows it.",
                    "{count} targets with insufficient data are not shown: --all shows them.",
                    hidden,
                )
            )
        if others:
            lines.append(
                ngettext(
                    "{count} series without a target is not shown: --all shows it.",
                    "{count} series without a target are not shown: --all shows them.",
                    others,
                )
            )
        return lines

    def _sheet(self, heading: str, rows: list[Trajectory], signs: Mapping[str, str]) -> Sheet:
        dataset = self.dataset
        verdicts = [j.progress.verdict for j in rows]
        items = [dataset.indicators[j.indicator] for j in rows]
        aims = dataset.targets["value"]
        columns = [
            Column("area", _("Area"), [dataset.areas[j.area].short for j in rows]),
            Column("indicator", _("Indicator"), [item.short for item in items]),
            Column("unit", _("Unit"), [item.unit_shown for item in items], gives_way=2),
            Column("base", _("From"), self._figures(j.base for j in rows), right=True, gives_way=2),
            Column("latest", _("Latest"), [*map(self._now, rows)], right=True),
        ]
        if any(j.target >= 0 for j in rows):
            goals = [self._target(aims.iat[j.target], j) for j in rows]
            columns.append(Column("target", _("Target"), goals))

        def number(
            name: str, label: str, digits: int | Ints, gives_way: int, short: str = ""
        ) -> Column:
            values = np.array([getattr(j.progress, name) for j in rows])
            found = number_column(name, label, values, digits, gives_way=gives_way)
            return replace(found, short=short)

        if self.method == "path":
            digits = np.array([j.digits for j in rows])
            columns += [
                number("required", _("Required to date (linear)"), digits, 3, _("Required")),
                number(
                    "compound", _("Required to date (constant growth)"), digits, 1, _("Compound")
                ),
                Column("arrival", _("Projected date"), [self._when(j) for j in rows], gives_way=3),
            ]
        else:
            columns.append(number("score", _("Score"), 1, 1))
        words, tones = ([_VERDICTS[verdict][at] for verdict in verdicts] for at in (0, 1))
        told = [
            f"{signs[tone]} {_(word)}" if tone in signs else _(word)
            for word, tone in zip(words, tones, strict=True)
        ]
        below, marks, notes = row_notes([[j.note] if j.note else [] for j in rows])
        columns += [
            number("progress", _("Progress (%)"), 1, 3),
            Column("verdict", _("Verdict"), told, tones=tones),
            *marks,
        ]
        shown = [c for c in columns if c.key in _ALWAYS or any(c.for_programs())]
        return Sheet(heading, tuple(shown), tuple(below), notes=notes)

    def _target(self, value: object, journey: Trajectory) -> str:
        """A target in words with its period."""
        item = self.dataset.indicators[journey.indicator]
        told = target_shown(self.dataset, str(value), item.id)
        period = period_shown(self.target_period[journey.target])
        return _("{value} ({period})", value=told, period=period)

    def _figures(self, rows: Iterable[int]) -> list[str]:
        """Figures as published with their periods; "" where there is none."""
        value = self.dataset.actuals["value"]
        item = self.dataset.actuals["indicator"].cat.codes.to_numpy()
        return [
            _figure(
                value.iat[row], self.period_of(row), self.dataset.indicators[int(item[row])].unit
            )
            if row >= 0
            else ""
            for row in rows
        ]

    def _now(self, journey: Trajectory) -> str:
        """The newest figure, or what the years so far make, with its period."""
        made = journey.made
        unit = self.dataset.indicators[journey.indicator].unit
        if made:
            return _figure(made.text, str(made.period), unit)
        return self._figures([journey.latest])[0]

    def _when(self, journey: Trajectory) -> str:
        month = journey.progress.arrival
        return period_shown(Period(month, month)) if month is not None else ""


def _figure(value: object, period: str, unit: str) -> str:
    told = wording_shown(str(value), unit)
    return _("{value} ({period})", value=told, period=period_shown(period))
