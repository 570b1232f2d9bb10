"""The parts of a briefing's sentences in one language.

Names, figures, targets, and the numbers of their sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dtrack.core.days import parse_day
from dtrack.core.figure import Figure
from dtrack.core.period import Period
from dtrack.core.translate import _, listed, named, ngettext
from dtrack.core.vocabulary import Kind
from dtrack.core.wording import Wording
from dtrack.i18n.formatting import (
    district_name,
    format_amount,
    format_day,
    format_figure,
    format_number,
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
from dtrack.reporting.document import Citation


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

    def of_what(self) -> str:
        """What the briefing is of: indicator, period, and the as-of day."""
        told = (self.indicator(), format_period(self.facts.period))
        if self.facts.as_of is None:
            return _("{indicator} · {period}", indicator=told[0], period=told[1])
        day = format_day(self.facts.as_of)
        return _("{indicator} · {period} · as at {day}", indicator=told[0], period=told[1], day=day)

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

    def bare_figure(self, figure: Figure) -> str:
        """A figure as worded, without its unit, for a table that names it once."""
        if figure.wording == Wording.RELATIVE:
            return self.bare(figure.low) if figure.low is not None else figure.word
        return format_figure(figure, "").strip()

    def bare(self, value: Decimal) -> str:
        """A number at its own decimals."""
        return format_number(value, places_of(value))

    def unit(self) -> str:
        """The unit that the numbers of a table are in."""
        return self.facts.indicator.unit_shown

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

    def short_distance(self, gap: Decimal) -> str:
        """The size of a gap where the unit was told before: 0.2 points, 8.7."""
        if not self.facts.indicator.in_points:
            return self.bare(abs(gap))
        number = format_number(abs(gap), places_of(gap))
        return ngettext("{number} point", "{number} points", abs(gap), number=number)

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

    def has_to_pass(self, one: Standing) -> bool:
        """Being equal to its target is not enough: it missed it so, or the target's word asks it.

        An average that runs on may be at a target of 5 and need no more.
        """
        if one.verdict != "open" or one.target is None or one.target.wording == Wording.RELATIVE:
            return True
        return one.target.wording.meaning.needs_more(self.facts.indicator.better)

    def changed(self, those: Sequence[Standing]) -> str:
        """Targets that were changed later, and what the verdict would be then.

        "" where there are none.
        """
        changed = [one for one in those if one.changed]
        if not changed:
            return ""
        items = listed([self._change(one) for one in changed])
        source = self.mark(*(one.changed[3] for one in changed if one.changed))
        return _("Target changed later: {items}{source}.", items=items, source=source)

    def _change(self, one: Standing) -> str:
        figure, day, verdict, _source = one.changed or (Figure(Wording.UNDISCLOSED), "", "", "")
        values = {"area": self.area(one.area), "day": self._day(day), "target": self.figure(figure)}
        if not verdict:
            return _("{area} on {day} to {target}", **values)
        word = verdict_word(verdict)
        return _("{area} on {day} to {target} ({verdict} against that)", **values, verdict=word)

    def _day(self, text: str) -> str:
        """A day, month or year as entered, in words."""
        if not text:
            return _("an unknown day")
        if text.count("-") == 2:
            return format_day(parse_day(text))
        return format_period(Period.parse(text))

    # -- sources -----------------------------------------------------------------------------------
    def mark(self, *sources: str) -> str:
        """The numbers of sources behind a sentence, `[3, 4]`; "" where none is named."""
        numbers = list(dict.fromkeys(self.number(source) for source in sources if source))
        if not numbers:
            return ""
        told = ", ".join(map(str, numbers))
        self._marks[f"[{told}]"] = None
        return _(" [{numbers}]", numbers=told)

    def marks_used(self) -> tuple[str, ...]:
        """Every mark of sources in the sentences so far, `[3, 4]`."""
        return tuple(self._marks)

    def number(self, source: str) -> int:
        """The number of a source, a new one where it has none yet."""
        return self.numbers.setdefault(source, len(self.numbers) + 1)

    def sources(self) -> tuple[Citation, ...]:
        """The sources in the order in which they are named."""
        return tuple(
            Citation(number, self._cited(source)) for source, number in self.numbers.items()
        )

    def _cited(self, name: str) -> str:
        source: Source | None = self.facts.sources.get(name)
        return source.cited if source else _("{source} (not listed)", source=name)
