"""`city`: the city's gap decomposed, with the identity, bounds and the reconciliation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.decomposition import Decomposition, base_levels, decompose_gap
from dtrack.analysis.question import Query
from dtrack.analysis.reconciliation import Reconciled, reconciliations
from dtrack.core.translate import N_, _, joined, listed, ngettext
from dtrack.core.vocabulary import Kind
from dtrack.i18n.formatting import period_shown
from dtrack.i18n.terms import behind_name
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Place
from dtrack.model.schema import declare, names
from dtrack.reporting.columns import (
    Answer,
    Field,
    entered_decimals,
    number_column,
    shown_number,
    title_of,
)
from dtrack.reporting.document import Column, Document, Sheet
from dtrack.reporting.gap_identity import (
    digits_shown,
    gap_chart,
    identity,
    lack,
    missing_in_words,
    rest_in_words,
    rounding_miss,
    sum_of,
)
from dtrack.reporting.masthead import masthead
from dtrack.reporting.reconciliation import reconciliation
from dtrack.reporting.row_notes import begun

_POINTS = 2  # decimals at least of a growth that is computed
_NAMES = {
    "performance": N_("Performance effect"),
    "target_setting": N_("Target-setting effect"),
    "no_target": N_("{Districts} without a target"),
    "rest": N_("Residual (incl. non-response)"),
}
_APART = {  # areas that are in no sum
    Place.ZONE: N_("Memo item, excluded from totals: {areas} (included in other {districts})."),
    Place.PEER: N_("Memo item, excluded from totals: {areas} (peers of the {city})."),
    Place.BELOW: N_("Memo item, excluded from totals: {areas} (parts of other areas)."),
}
_MOST_NAMED = 20
_End = tuple[float, int]  # a growth and its decimals
# part, area, weight, growth, target, contribution, note
_Row = tuple[str, str, float, float, float, float, str]
CITY = declare("""
    part | text |  | performance, target_setting, no_target, rest or total
    area | text |  | id of the area
    weight | number |  | the area's share of the base-period level, as a fraction of 1
    actual | number | % | growth
    target | number | % | target
    contribution | number | pp | part of the city's gap, negative is behind; the rows before `total`
        add up to it, but for the rounding of each
    note | text |  | what a reader has to know
""")


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
        growing = [p for p, item in enumerate(dataset.indicators) if item.kind == Kind.GROWTH]
        wanted = [p for p in indicators or growing if p in growing]
        parts = [decompose_gap(self.cells, p, levels) for p in wanted]
        has_figure = [
            part for part in parts if not (np.isnan(part.growth).all() and np.isnan(part.city))
        ]
        self.parts: list[Decomposition] = parts if indicators else has_figure
        self.reconciled: list[Reconciled] = reconciliations(self.cells, list(indicators))

    def fields(self) -> list[Field]:
        """Every column of CITY; figures have the finest decimals of their indicator.

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
            Field(name, [row[at] for _part, row in chosen], decimals=decimals.get(name))
            for at, name in enumerate(names(CITY))
        ]

    def _chosen(self) -> list[tuple[Decomposition, _Row]]:
        chosen = {self.dataset.city_id, *(self.dataset.areas[p].id for p in self.areas)}
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
                points = sum_of([values[d]], part.digits)
                rows.append(
                    (name, area, part.weight[d], part.growth[d], part.target[d], points, named)
                )
        nothing = float("nan")
        weight = part.missing_weight if part.missing.any() else nothing
        made_of = f"{named}: {rest_in_words(part)}"
        rest = sum_of([part.rest], part.digits) if not np.isnan(part.rest) else nothing
        rows.append(("rest", city, weight, nothing, nothing, rest, made_of))
        turned = (
            _("lower is better, so the signs are reversed: negative is behind") if part.down else ""
        )
        miss = rounding_miss(part, part.digits)
        told = (named, lack(part), turned, part.note, *self.bounds(part), miss)
        notes = joined("; ", filter(None, told))
        rows.append(("total", city, 1.0, part.city, part.goal, part.total, notes))
        return rows

    # -- for people --------------------------------------------------------------------------------
    def document(self) -> Document:
        """The identity first, then who made it; areas that overlap others are in no sum."""
        period = period_shown(self.cells.periods[0])
        whole = [part for part in self.parts if not np.isnan(part.rest)]
        lacking = [part for part in self.parts if np.isnan(part.rest)]
        sheets = [*map(self._sheet, whole), *reconciliation(self.dataset, self.reconciled)]
        if lacking:
            sheets.append(self._lacking(lacking))
        none = _(
            "Nothing to decompose for {period}: no growth indicator has a figure.", period=period
        )
        headline = _(
            "{title} · decomposition of the {city}'s gap, {period}",
            title=title_of(self.dataset),
            period=period,
        )
        head, below = masthead(self.cells), () if sheets else (none,)
        return Document(N_("city"), (headline,), (), tuple(sheets), below, letterhead=head)

    def _sheet(self, part: Decomposition) -> Sheet:
        item = self.dataset.indicators[part.indicator]
        # per line of the table: label, level, weight, contribution
        lines: list[tuple[str, int, float, float]] = []
        rows, digits = self._rows(part), digits_shown(part)
        for name, heading in _NAMES.items():
            if of := [row for row in rows if row[0] == name]:
                whole = sum_of(getattr(part, name) if name != "rest" else [part.rest], digits)
                lines.append((_(heading), 0, np.nan, whole))
                if name in ("performance", "no_target"):
                    lines += [
                        (self._named(row[1]), 1, row[2], sum_of([row[5]], digits))
                        for row in of
                        if not self.areas or self.dataset.area_position[row[1]] in self.areas
                    ]
        lines.append((_("{City}'s gap"), 0, np.nan, part.total))
        labels, levels, weights, values = zip(*lines, strict=True)
        tones = ["" if level else "city" for level in levels]
        points = number_column(
            "contribution", _("Contribution (pp)"), np.array(values), digits, signed=True
        )
        colours = ["missed" if value < 0 else "met" if value > 0 else "" for value in values]
        columns = (
            Column("part", _("Component"), labels, tones=tones, levels=levels),
            number_column("weight", _("Weight (%)"), 100 * np.array(weights), 1, gives_way=1),
            replace(points, alike=True, tones=colours),
        )
        return Sheet(
            _("{name} ({more})", name=item.name, more=item.gap_unit),
            columns,
            tuple(self._below(part)),
            (gap_chart(part, self.cells.periods[0]),),
            identity(part),
            steps="contribution",
            name=item.id,
        )

    def _lacking(self, parts: list[Decomposition]) -> Sheet:
        """Indicators whose gap cannot be decomposed, and what would help."""
        names = [self.dataset.indicators[part.indicator].short for part in parts]
        why = [joined("; ", filter(None, (lack(part), part.note))) for part in parts]
        return Sheet(
            _("Decomposition not available"),
            (Column("indicator", _("Indicator"), names), Column("why", _("Reason"), why)),
            name="not_decomposed",
        )

    def _named(self, area: str) -> str:
        return self.dataset.areas[self.dataset.area_position[area]].short

    def _below(self, part: Decomposition) -> list[str]:
        told = [part.note, *self.bounds(part), rounding_miss(part, digits_shown(part))]
        said = [begun(_("{sentence}.", sentence=line)) for line in told if line]
        lines = [identity(part), missing_in_words(part), *said, *self._apart(part.indicator)]
        effects = _(
            "Performance effect: {districts} against their own targets; target-setting effect: "
            "these targets against the {city}'s; each weighted."
        )
        return [line for line in (*lines, effects) if line]

    def bounds(self, part: Decomposition) -> list[str]:
        """What missing districts must average, and the city's bounds under the assumption."""
        if not part.missing.any() or np.isnan(part.weight).all():
            return []
        lines, digits = [], max(_POINTS, *part.of_city)
        who = listed([self.dataset.areas[p].short for p in part.districts[part.missing]], most=6)
        if not part.can_average:
            return self._no_average(part, who)
        if not np.isnan(part.goal):
            average = {"areas": who, "growth": shown_number(part.missing_must_average, digits)}
            lines.append(
                _("{areas} must average at most {growth}% for the {city}'s target", **average)
                if part.down
                else _("{areas} must average {growth}% for the {city}'s target", **average)
            )
        low, high = self.assumed(part.indicator)
        if low is not None and high is not None and low[0] <= high[0]:
            least, most = (shown_number(end, digits) for end in part.bounds(low[0], high[0]))
            lines.append(
                _(
                    "If each missing {district} lies between {low} and {high}%, the {districts} "
                    "together lie between {least} and {most}%",
                    low=shown_number(*low),
                    high=shown_number(*high),
                    least=least,
                    most=most,
                )
            )
        return lines

    def _no_average(self, part: Decomposition, who: str) -> list[str]:
        """That nothing is left to weigh missing districts with."""
        if np.isnan(part.goal) or np.isnan(part.weight[~part.missing]).any():
            return []
        if np.isnan(part.weight[part.missing]).any():
            return [
                ngettext(
                    "{areas} has no base level: the average it requires cannot be calculated",
                    "{areas} have no base level or lie within the rounding of the "
                    "others: the average they require cannot be calculated",
                    int(part.missing.sum()),
                    areas=who,
                )
            ]
        return [
            _(
                "the weight of {areas} does not exceed rounding: no average can be calculated",
                areas=who,
            )
        ]

    def assumed(self, indicator: int) -> tuple[_End | None, _End | None]:
        """--low and --high, else the lowest and highest growth of a district in four halves."""
        found = [growth for board in self.last_four for growth in self.growth_of(board, indicator)]
        lowest, highest = (min(found), max(found)) if found else (None, None)
        low, high = (
            None if end is None else (end, entered_decimals(end)) for end in (self.low, self.high)
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
        of = (board.indicator == indicator) & board.of_district & board.exact_own & ~board.faulty
        of &= (board.actual_span[0] == board.start) & (board.actual_span[1] == board.end)
        return list(zip(board.number[of].tolist(), board.decimals[of].tolist(), strict=True))

    def _apart(self, indicator: int) -> list[str]:
        """The growth of areas that are no districts, by where they stand."""
        cells, lines = self.cells, []
        of = np.flatnonzero((cells.indicator == indicator) & cells.exact_own)
        numbers = map(shown_number, cells.number[of], cells.decimals[of])
        growth = [_("{number}%", number=number) for number in numbers]
        areas = [self.dataset.areas[position].short for position in cells.area[of]]
        told = [
            _("{area} {growth}", area=area, growth=behind_name(area, number))
            for area, number in zip(areas, growth, strict=True)
        ]
        for place, sentence in _APART.items():
            there = [told[n] for n in np.flatnonzero(self.dataset.place[cells.area[of]] == place)]
            lines += [_(sentence, areas=listed(there, most=_MOST_NAMED))] if there else []
        return lines
