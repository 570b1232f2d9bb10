"""`city`: the city's gap taken apart, with the identity, bounds and the reconciliation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.cells import Query
from dtrack.analysis.comparison import fixed, half_up
from dtrack.analysis.decomposition import Decomposition, base_levels, decompose_gap
from dtrack.analysis.reconciliation import Reconciled, reconciliations
from dtrack.core.arrays import Floats
from dtrack.core.period import Period
from dtrack.core.translate import N_, _, joined, listed, ngettext, numeral
from dtrack.core.vocabulary import Kind
from dtrack.i18n.formatting import period_shown
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Place
from dtrack.model.schema import CITY
from dtrack.reporting.columns import (
    Answer,
    Field,
    decimals_of,
    number_column,
    shown_number,
    title_of,
)
from dtrack.reporting.document import Chart, Column, Document, Sheet, Step

_POINTS = 2  # decimals at least of a growth that is computed
_NAMES = {
    "performance": N_("districts against their targets"),
    "target_setting": N_("their targets against the city's"),
    "no_target": N_("districts without a target"),
    "rest": N_("the rest"),
}
_BRIEF = {
    "performance": N_("against own targets"),
    "target_setting": N_("targets against city's"),
    "no_target": N_("without a target"),
}
_APART = {  # areas that are in no sum
    Place.ZONE: N_("Below the line, in no sum: {areas}, lying inside other districts."),
    Place.PEER: N_("Beside the city, in no sum: {areas}."),
    Place.BELOW: N_("Parts of other areas, in no sum: {areas}."),
}
_MOST_NAMED = 20
_WORDS = {
    "exact": N_("exact"),
    "rounding": N_("rounding"),
    "unlikely_rounding": N_("unlikely rounding"),
    "unexplained": N_("unexplained"),
    "impossible": N_("impossible"),
    "": "",
}
_End = tuple[float, int]  # a growth and its decimals
# part, area, weight, growth, target, contribution, note
_Row = tuple[str, str, float, float, float, float, str]


class CityAnswer(Answer):
    """The parts of every growth indicator asked for; `low`, `high`: growth of who is missing."""

    name, declared = "city", CITY

    def __init__(
        self,
        dataset: Dataset,
        question: Query,
        indicators: Collection[int] = (),
        *,
        low: float | None = None,
        high: float | None = None,
        areas: Collection[int] = (),
    ) -> None:
        self.dataset, self.question = dataset, question
        self.cells = whole_board(dataset, question)
        self.low, self.high, self.areas = low, high, areas
        levels = base_levels(self.cells)
        wanted = indicators or [
            p for p, item in enumerate(dataset.indicators) if item.kind == Kind.GROWTH
        ]
        parts = [
            decompose_gap(self.cells, p, levels)
            for p in wanted
            if dataset.indicators[p].kind == Kind.GROWTH
        ]
        has_figure = [
            part for part in parts if not (np.isnan(part.growth).all() and np.isnan(part.city))
        ]
        self.parts: list[Decomposition] = parts if indicators else has_figure
        self.reconciled: list[Reconciled] = reconciliations(self.cells, list(indicators))

    def fields(self) -> list[Field]:
        """Every column of schema.CITY; figures have the finest decimals of their indicator.

        With several indicators their rows follow one another, named in the note. A choice of areas
        leaves rows out; the rest and the total stay those of all districts.
        """
        chosen = self._chosen()
        finest = {
            part.indicator: int(max(*part.of_city, *(d.max(initial=0) for d in part.decimals)))
            for part in self.parts
        }
        published = [finest[part.indicator] for part, _row in chosen]
        decimals = {
            "actual": published,
            "target": published,
            "contribution": [part.digits for part, _row in chosen],
        }
        return [
            Field(
                column.name, [row[at] for _part, row in chosen], decimals=decimals.get(column.name)
            )
            for at, column in enumerate(CITY)
        ]

    def _chosen(self) -> list[tuple[Decomposition, _Row]]:
        chosen = {self.dataset.areas[position].id for position in self.areas} | {
            self.dataset.city_id
        }
        return [
            (part, row)
            for part in self.parts
            for row in self._rows(part)
            if not self.areas or row[1] in chosen
        ]

    def _rows(self, part: Decomposition) -> list[_Row]:
        city, named = self.dataset.city_id, self.dataset.indicators[part.indicator].id
        rows = []
        for name, values in (
            ("performance", part.performance),
            ("target_setting", part.target_setting),
            ("no_target", part.no_target),
        ):
            order = np.argsort(values, kind="stable")
            for d in order[~np.isnan(values[order])]:
                area = self.dataset.areas[part.districts[d]].id
                rows.append(
                    (name, area, part.weight[d], part.growth[d], part.target[d], values[d], named)
                )
        nothing = float("nan")
        weight = part.missing_weight if part.missing.any() else nothing
        rows.append(
            (
                "rest",
                city,
                weight,
                nothing,
                nothing,
                part.rest,
                f"{named}: {self.rest_in_words(part)}",
            )
        )
        turned = (
            _("lower is better, so the signs are turned: negative is behind") if part.down else ""
        )
        told = (named, lack(part), turned, part.note, *self.bounds(part))
        notes = joined("; ", filter(None, told))
        rows.append(("total", city, 1.0, part.city, part.goal, part.total, notes))
        return rows

    def rest_in_words(self, part: Decomposition) -> str:
        """`residual`, or `residual and n districts missing, x % of the weight`."""
        missing = int(part.missing.sum())
        if not missing:
            return _("residual")
        if np.isnan(part.missing_weight):
            return ngettext(
                "residual and {count} district missing, of unknown weight",
                "residual and {count} districts missing, of unknown weight",
                missing,
            )
        return ngettext(
            "residual and {count} district missing, {share} % of the weight",
            "residual and {count} districts missing, {share} % of the weight",
            missing,
            share=shown_number(100 * part.missing_weight, 1),
        )

    # -- for people --------------------------------------------------------------------------------
    def document(self) -> Document:
        """The identity first, then who made it; areas that overlap others are in no sum."""
        period = period_shown(self.cells.periods[0])
        whole = [part for part in self.parts if not np.isnan(part.rest)]
        lacking = [part for part in self.parts if np.isnan(part.rest)]
        sheets = (
            [self._sheet(part) for part in whole]
            + self._reconciliation()
            + ([self._lacking(lacking)] if lacking else [])
        )
        none = _(
            "Nothing to take apart for {period}: no growth indicator has a figure.", period=period
        )
        headline = _(
            "{title} · the city's gap in {period}", title=title_of(self.dataset), period=period
        )
        return Document(N_("city"), (headline,), (), tuple(sheets), () if sheets else (none,))

    def _sheet(self, part: Decomposition) -> Sheet:
        item = self.dataset.indicators[part.indicator]
        # per line of the table: label, level, weight, contribution
        lines: list[tuple[str, int, float, float]] = []
        rows = self._rows(part)
        for name, heading in _NAMES.items():
            if of := [row for row in rows if row[0] == name]:
                lines.append((_(heading), 0, np.nan, _sum(part, [row[5] for row in of])))
                if name in ("performance", "no_target"):
                    lines += [
                        (self._named(row[1]), 1, row[2], row[5])
                        for row in of
                        if not self.areas or self.dataset.area_position[row[1]] in self.areas
                    ]
        lines.append((_("the city's gap"), 0, np.nan, part.total))
        labels, levels, weights, values = zip(*lines, strict=True)
        tones = ["" if level else "city" for level in levels]
        points = number_column(
            "contribution", _("Points"), np.array(values), part.digits, signed=True
        )
        columns = (
            Column("part", _("Part"), labels, tones=tones, levels=levels),
            number_column("weight", _("Weight (%)"), 100 * np.array(weights), 1, gives_way=1),
            replace(points, alike=True),
        )
        return Sheet(
            _("{name} ({more})", name=item.name, more=item.gap_unit),
            columns,
            tuple(self._below(part)),
            (gap_chart(part, self.cells.periods[0]),),
            identity(part),
            steps="contribution",
        )

    def _lacking(self, parts: list[Decomposition]) -> Sheet:
        """Indicators whose gap cannot be taken apart, and what would help."""
        names = [self.dataset.indicators[part.indicator].name for part in parts]
        why = [joined("; ", filter(None, (lack(part), part.note))) for part in parts]
        return Sheet(
            _("Not taken apart"),
            (Column("indicator", _("Indicator"), names), Column("why", _("Why"), why)),
        )

    def _named(self, area: str) -> str:
        return self.dataset.areas[self.dataset.area_position[area]].name

    def _below(self, part: Decomposition) -> list[str]:
        rest = (
            _("The rest is the {parts}.", parts=self.rest_in_words(part))
            if not np.isnan(part.rest)
            else ""
        )
        lines = [identity(part), rest, str(part.note or "")]
        bounds = [_("{sentence}.", sentence=line) for line in self.bounds(part)]
        return [line for line in (*lines, *bounds, *self._apart(part.indicator)) if line]

    def bounds(self, part: Decomposition) -> list[str]:
        """What missing districts must average, and the city's bounds under the assumption."""
        if not part.missing.any() or not part.missing_weight > 0:
            return []
        lines, digits = [], max(_POINTS, *part.of_city)
        who = listed([self.dataset.areas[p].name for p in part.districts[part.missing]], most=6)
        if not np.isnan(part.goal):
            average = {"areas": who, "growth": shown_number(part.missing_must_average, digits)}
            lines.append(
                _("{areas} must average at most {growth} % for the city's target", **average)
                if part.down
                else _("{areas} must average {growth} % for the city's target", **average)
            )
        low, high = self.assumed(part.indicator)
        if low is not None and high is not None and low[0] <= high[0]:
            least, most = (shown_number(end, digits) for end in part.bounds(low[0], high[0]))
            lines.append(
                _(
                    "If each missing district lies between {low} and {high} %, the districts "
                    "together lie between {least} and {most} %",
                    low=shown_number(*low),
                    high=shown_number(*high),
                    least=least,
                    most=most,
                )
            )
        return lines

    def assumed(self, indicator: int) -> tuple[_End | None, _End | None]:
        """--low and --high, else the lowest and highest growth of a district in four halves."""
        found = [growth for board in self.last_four for growth in self.growth_of(board, indicator)]
        lowest, highest = (min(found), max(found)) if found else (None, None)
        low, high = (
            None if end is None else (end, decimals_of(end)) for end in (self.low, self.high)
        )
        return low or lowest, high or highest

    @cached_property
    def last_four(self) -> list[Assessment]:
        """The boards of this half and the three before; else of this period in four years."""
        start = self.cells.periods[0]
        step = 6 if start.is_half else 12
        past = [
            Query(start.shift(-step * back), self.question.as_of, None, set_aside=True)
            for back in (1, 2, 3)
        ]
        return [self.cells, *(whole_board(self.dataset, question) for question in past)]

    def growth_of(self, board: Assessment, indicator: int) -> list[_End]:
        """Growth and decimals of all districts with one figure for the very period of a board."""
        of = (
            (board.indicator == indicator)
            & self.dataset.is_district[board.area]
            & board.exact_own
            & ~board.faulty
        )
        of &= (board.actual_span[0] == board.start) & (board.actual_span[1] == board.end)
        return list(zip(board.number[of].tolist(), board.decimals[of].tolist(), strict=True))

    def _apart(self, indicator: int) -> list[str]:
        """The growth of areas that are no districts, by where they stand."""
        cells, lines = self.cells, []
        of = np.flatnonzero((cells.indicator == indicator) & cells.exact_own)
        growth = map(shown_number, cells.number[of], cells.decimals[of])
        areas = [self.dataset.areas[position].name for position in cells.area[of]]
        told = [
            _("{area} {growth} %", area=area, growth=number)
            for area, number in zip(areas, growth, strict=True)
        ]
        for place, sentence in _APART.items():
            there = [told[n] for n in np.flatnonzero(self.dataset.place[cells.area[of]] == place)]
            lines += [_(sentence, areas=listed(there, most=_MOST_NAMED))] if there else []
        return lines

    def _reconciliation(self) -> list[Sheet]:
        if not self.reconciled:
            return []
        rows = self.reconciled
        city, districts, items, difference = (
            np.array(of) for of in zip(*(r.decimals for r in rows), strict=True)
        )
        columns = (
            Column(
                "indicator",
                _("Indicator"),
                [self.dataset.indicators[r.indicator].name for r in rows],
            ),
            number_column("city", _("City"), np.array([r.city for r in rows]), city),
            number_column(
                "districts", _("Districts"), np.array([r.districts for r in rows]), districts
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
                _("Rounding explains"),
                np.array([r.worst for r in rows]),
                difference + 1,
                gives_way=2,
            ),
            Column("word", _("Verdict"), [_(_WORDS[r.word]) for r in rows]),
        )
        return [
            Sheet(
                _("Do the districts add up to the city?"),
                columns,
                tuple(dict.fromkeys(str(r.note) for r in rows if r.note)),
            )
        ]


def _sum(part: Decomposition, values: Sequence[float] | Floats) -> float:
    """The sum of contributions at their decimals: those that add up to nothing are nothing."""
    return float(half_up(np.array(np.nansum(values)), np.array(part.digits)))


def gap_chart(part: Decomposition, period: Period) -> Chart:
    """The terms of the identity as steps from nothing to the city's gap."""
    terms = [(_(heading), _sum(part, getattr(part, name))) for name, heading in _BRIEF.items()]
    terms += [(_("the rest"), part.rest), (_("the city's gap"), part.total)]
    shown = number_column(
        "", "", np.array([value for _, value in terms]), part.digits, signed=True
    ).for_people()
    steps = tuple(
        Step(label, value, label == terms[-1][0], told)
        for (label, value), told in zip(terms, shown, strict=True)
    )
    told = _("Each bar begins where the one above ended: {identity}.", identity=identity(part))
    title = _("What the city's gap is made of, {period}", period=period_shown(period))
    return Chart(title, _("pp"), told, steps=steps)


def lack(part: Decomposition) -> str:
    """What stands against taking the gap apart; "" where nothing does."""
    if not np.isnan(part.total):
        return ""
    if np.isnan(part.city):
        return _("No gap to take apart: a figure of the city for this very period is missing")
    return _("No gap to take apart: a target of the city with a number is missing")


def identity(part: Decomposition) -> str:
    """The line gap = sum + sum + sum + rest, turned where lower is better; or the lack."""
    if np.isnan(part.rest):
        return _("{sentence}.", sentence=told) if (told := lack(part)) else ""
    sums = [_sum(part, getattr(part, name)) for name in _BRIEF]
    terms = " ".join(
        f"{'−' if value < 0 else '+'} {fixed(abs(value), part.digits)}"
        for value in (*sums, part.rest)
    )
    terms = terms.removeprefix("+ ") if sums[0] >= 0 else terms.replace(" ", "", 1)
    pair = [
        fixed(value, places)
        for value, places in zip((part.city, part.goal), part.of_city, strict=True)
    ]
    first, second = reversed(pair) if part.down else pair
    told = numeral(
        f"{first} − {second} = {fixed(part.total, part.digits)} = {terms}".replace("-", "−")
    )
    return _("{comparison} (lower is better)", comparison=told) if part.down else told
