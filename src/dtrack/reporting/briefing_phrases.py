"""The parts of a briefing's sentences in one language.

Names, figures, targets, and the numbers of their sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dtrack.core.days import parse_day
from dtrack.core.figure import Figure
from dtrack.core.period import Period
from dtrack.core.translate import _, joined, listed, named
from dtrack.core.vocabulary import Kind
from dtrack.core.wording import Wording
from dtrack.i18n.formatting import (
    district_name,
    format_amount,
    format_day,
    format_figure,
    format_percent,
    format_period,
    format_points,
    places_of,
    the_period,
)
from dtrack.i18n.terms import verdict_word
from dtrack.model.entities import Area, Source
from dtrack.reporting.briefing_facts import Facts, Standing
from dtrack.reporting.briefing_parts import Need


class Phrases:
    """One language and the facts it speaks of. Sources are numbered as they are first named."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.numbers: dict[str, int] = {}
        self._marks: dict[str, None] = {}

    @property
    def down(self) -> bool:
        """Lower is better of the indicator."""
        return self.facts.indicator.lower_is_better

    # -- titles and names
    # ---------------------------------------------------------------------------------------------
    def workspace_title(self) -> str:
        """The workspace's own title."""
        return named(self.facts.titles, "dtrack")

    def title(self) -> str:
        """What the briefing is of: indicator, period, the day it was known."""
        period = format_period(self.facts.period)
        if self.facts.as_of is None:
            return _("Briefing: {indicator}, {period}", indicator=self.indicator(), period=period)
        day = format_day(self.facts.as_of)
        return _(
            "Briefing: {indicator}, {period}, as known on {day}",
            indicator=self.indicator(),
            period=period,
            day=day,
        )

    def indicator(self) -> str:
        """The indicator's name."""
        return named(self.facts.indicator.names, self.facts.indicator.id)

    def area(self, area: Area) -> str:
        """A district's name."""
        return district_name(area.names, area.id)

    # -- numbers -----------------------------------------------------------------------------------
    def figure(self, figure: Figure) -> str:
        """A figure as worded, with its unit; a target that follows another with its goal."""
        if figure.wording == Wording.RELATIVE and figure.low is not None:
            return _("{name} ({more})", name=self.amount(figure.low), more=figure.word)
        if figure.wording == Wording.RELATIVE:
            return _("“{target}”", target=figure.word)
        return format_figure(figure, self.facts.indicator.unit)

    def value(self, one: Standing) -> str:
        """A standing's figure, with its period where that is another one.

        The verdict's word where there is none.
        """
        if one.figure is None:
            return verdict_word("not_reported")
        told = self.figure(one.figure)
        if not self.of_another_period(one) or one.period is None:
            return told
        return _("{value} for {period}", value=told, period=the_period(one.period))

    def of_another_period(self, one: Standing) -> bool:
        """The figure is not of the period asked for; a stock read at its end is."""
        asked = self.facts.period
        if one.period is None or (
            self.facts.indicator.kind == Kind.STOCK and one.period.end == asked.end
        ):
            return False
        return one.period != asked

    def amount(self, value: Decimal) -> str:
        """A number with the indicator's unit."""
        return format_amount(value, places_of(value), self.facts.indicator.unit)

    def percent(self, value: Decimal) -> str:
        """A per cent at its own decimals."""
        return format_percent(value, places_of(value))

    def points(self, value: Decimal) -> str:
        """Percentage points at their own decimals."""
        return format_points(value, places_of(value))

    def distance(self, gap: Decimal) -> str:
        """The size of a gap: points for growth and share, else the unit."""
        return self.points(abs(gap)) if self.facts.indicator.in_points else self.amount(abs(gap))

    def needed(self, need: Need) -> str:
        """The growth needed; at most that where lower is better, and a fall where it is below 0.

        More, or less, than it where the target has to be passed.
        """
        more = need.target.wording.meaning.needs_more(self.facts.indicator.better)
        if need.growth and need.needed < 0:
            return self._fall(self.percent(abs(need.needed)), more=more)
        told = self.percent(need.needed)
        if more:
            if self.down:
                return _("less than {growth}", growth=told)
            return _("more than {growth}", growth=told)
        return _("at most {growth}", growth=told) if self.down else told

    def _fall(self, told: str, *, more: bool) -> str:
        """The fall needed, or allowed where higher is better."""
        if self.down:
            if more:
                return _("a fall of more than {growth}", growth=told)
            return _("a fall of at least {growth}", growth=told)
        if more:
            return _("a fall of less than {growth}", growth=told)
        return _("a fall of at most {growth}", growth=told)

    # -- targets -----------------------------------------------------------------------------------
    def target(self, target: Figure | None, period: Period | None) -> str:
        """The target with its number: the year's target of around 7.5 %.

        Without a number where it has or needs none.
        """
        asked = self.facts.period
        numbered = target is not None and (
            target.wording.meaning.numbers > 0 or target.wording == Wording.RELATIVE
        )
        if target is not None and target.wording == Wording.RELATIVE and target.low is None:
            return _("{target} ({words})", target=self.target(None, period), words=target.word)
        value = self.figure(target) if target is not None and numbered else ""
        if period is None or period == asked:
            return _("the target of {value}", value=value) if numbered else _("the target")
        if period in (asked.year_begun, asked.whole_year):
            if numbered:
                return _("the year's target of {value}", value=value)
            return _("the year's target")
        named = the_period(period)
        if not numbered:
            return _("the target for {period}", period=named)
        return _("the target for {period} of {value}", period=named, value=value)

    def changed(self, those: Sequence[Standing]) -> str:
        """Targets that were changed later, and what the verdict would be then.

        "" where there are none.
        """
        items = [self._change(one) for one in those if one.changed]
        return _("Target changed later: {items}.", items=listed(items)) if items else ""

    def _change(self, one: Standing) -> str:
        figure, day, verdict, source = one.changed or (Figure(Wording.UNDISCLOSED), "", "", "")
        values = {
            "area": self.area(one.area),
            "day": self._day(day),
            "target": self.figure(figure),
            "source": self.mark(source, "T"),
        }
        if not verdict:
            return _("{area} on {day} to {target}{source}", **values)
        word = verdict_word(verdict)
        return _(
            "{area} on {day} to {target} ({verdict} against that){source}", **values, verdict=word
        )

    def _day(self, text: str) -> str:
        """A day, month or year as entered, in words."""
        if not text:
            return _("an unknown day")
        if text.count("-") == 2:
            return format_day(parse_day(text))
        return format_period(Period.parse(text))

    # -- sources -----------------------------------------------------------------------------------
    def marks(self, one: Standing) -> str:
        """The numbers of a standing's sources, `[3 · T4]`.

        The figure's, and after T the target's.
        """
        return self._bracket(self._number(one.source), self._number(one.target_source, "T"))

    def mark(self, source: str, before: str = "") -> str:
        """The number of one source, `[3]`; "" where none is named."""
        return self._bracket(self._number(source, before))

    def _bracket(self, *numbers: str) -> str:
        told = " · ".join(filter(None, numbers))
        if not told:
            return ""
        self._marks[f"[{told}]"] = None
        return _(" [{numbers}]", numbers=told)

    def marks_used(self) -> tuple[str, ...]:
        """Every mark of sources in the sentences so far, `[3 · T4]`, and those of their list."""
        return *self._marks, *(f"[{number}]" for number in self.numbers.values())

    def _number(self, source: str, before: str = "") -> str:
        return f"{before}{self.numbers.setdefault(source, len(self.numbers) + 1)}" if source else ""

    def sources(self) -> tuple[str, ...]:
        """One line a source, in the order in which the sentences name them, and what T means."""
        lines = [f"[{number}] {self._cited(source)}" for source, number in self.numbers.items()]
        return (*lines, _("T before a number: source of the target.")) if lines else ()

    def _cited(self, name: str) -> str:
        source: Source | None = self.facts.sources.get(name)
        if source is None:
            return _("{source} (not listed)", source=name)
        parts = (
            source.title,
            source.publisher,
            source.date,
            source.url,
            _("secondary source") if source.copy else "",
        )
        return joined(", ", [part for part in parts if part])
