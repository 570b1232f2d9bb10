"""Facts → a briefing in one language, as a `Document` whose sheets are titled paragraphs.

A sentence whose figures are missing is not told. Sentences are messages of the catalogues with the
facts put in; here nothing is added, rounded or compared but to choose the message.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dtrack.core.translate import N_, _, counted, listed, named, ngettext
from dtrack.core.vocabulary import Kind
from dtrack.core.years import YEAR
from dtrack.i18n.formatting import (
    during,
    format_day,
    format_percent,
    format_period,
    page_language,
    places_of,
)
from dtrack.i18n.subjects import subject_of
from dtrack.reporting import briefing_districts as districts
from dtrack.reporting.briefing_ahead import capital, date_sentences, needs
from dtrack.reporting.briefing_beside import beside_the_city, of_corridor, of_no_number
from dtrack.reporting.briefing_facts import Facts, Standing
from dtrack.reporting.briefing_parts import ReceivedShare
from dtrack.reporting.briefing_phrases import Phrases
from dtrack.reporting.briefing_table import results as table
from dtrack.reporting.briefing_title import finding
from dtrack.reporting.document import Document, Masthead, Sheet

_CARRIED = {  # (of all districts, lower is better) → who made the city's growth, or lowered it
    (True, False): N_("The largest contributions to the {city}'s growth came from {items}."),
    (True, True): N_(
        "The largest contributions to lowering the {city}'s growth came from {items}."
    ),
    (False, False): N_(
        "Of the {districts} that reported, the largest contributions to the {city}'s growth came "
        "from {items}."
    ),
    (False, True): N_(
        "Of the {districts} that reported, the largest contributions to lowering the {city}'s "
        "growth came from {items}."
    ),
}
_CAVEATS = {
    "rounding": N_("The result is within rounding: the next digit could change it."),
    "approximate": N_("The figure is approximate, and the result could change."),
    "provisional": N_("The result is provisional."),
}


def briefing(facts: Facts) -> Document:
    """The finding as its title, main points, a chart and a table, what follows, and sources."""
    say = Phrases(facts)
    points = (*city_sentences(say), *districts.standings(say))
    results = table(say)
    after = (
        (_("What it means for the {city}"), districts.costs(say)),
        (_("What is still needed"), needs(say)),
        (_("Notes on the figures"), figures(say)),
        (_("Next dates"), date_sentences(say)),
    )
    sheets = [
        _under(_("Main points"), points),
        *([results] if results else []),
        *(_under(heading, told) for heading, told in after),
    ]
    told = tuple(sheet for sheet in sheets if sheet.size or sheet.below)
    if not told:
        told = (_under(_("Main points"), [_("No figure or target is available.")]),)
    return Document(
        N_("brief"),
        (finding(say), say.of_what()),
        tuple(notice_sentences(say)),
        told,
        _contact(say),
        sources=say.sources(),
        briefing=True,
        language=page_language(),
        marks=say.marks_used(),
        letterhead=_masthead(say),
    )


def _under(heading: str, sentences: Iterable[str]) -> Sheet:
    return Sheet(heading, (), tuple(filter(None, sentences)))


def _contact(say: Phrases) -> tuple[str, ...]:
    contact = say.facts.letterhead.contact
    return (_("Contact: {contact}", contact=contact),) if contact else ()


def _masthead(say: Phrases) -> Masthead:
    """The name of the series, its number, who publishes it, its day, whom to ask."""
    head, day = say.facts.letterhead, say.facts.day
    return Masthead(
        say.workspace_title(),
        head.publisher,
        head.number,
        format_day(day) if day else "",
        head.contact,
    )


def notice_sentences(say: Phrases) -> Iterable[str]:
    """That figures are made up, before anything else."""
    if say.facts.illustrative:
        yield _(
            "Illustrative: these figures are made up; nobody published, reported or promised them."
        )


# ---- the city ------------------------------------------------------------------------------------
def city_sentences(say: Phrases) -> Iterable[str]:
    """The city's figure against its target, what carried it, and what has to be known of both."""
    one = say.facts.city
    if one is None:
        return
    lead, clause = _lead(say, one), against(say, one)
    source = say.mark(one.source, one.target_source)
    told = (
        _("{first}, {second}{source}.", first=lead, second=clause, source=source)
        if clause
        else _("{sentence}{source}.", sentence=lead, source=source)
    )
    yield capital(told)
    if one.figure and one.caveat and one.verdict in ("met", "missed"):
        yield _(_CAVEATS[one.caveat])
    if one.period and say.of_another_period(one):
        asked = say.facts.period
        told = N_("No figure of exactly {period} is known.")
        if asked.is_named_part:
            told = N_("No figure of exactly the {period} is known.")
        yield _(told, period=format_period(asked))
    if one.changed:
        yield say.changed([one])
    yield from beside_the_city(say, one)
    if carried := say.facts.costs and say.facts.costs.carried:
        items = [
            _("{area} ({points})", area=say.area(share.area), points=say.points(share.points))
            for share in carried
        ]
        yield _(
            _CARRIED[bool(say.facts.costs and say.facts.costs.complete), say.down],
            items=listed(items),
        )


def _lead(say: Phrases, one: Standing) -> str:
    """When, what and how much: with a verb where the indicator's name tells what grows."""
    indicator = say.facts.indicator
    period = one.period if one.period and say.of_another_period(one) else say.facts.period
    told = {"area": named(one.area.names, one.area.id)}
    if one.figure is None or one.figure.low is None:
        return _(
            "{when}, no figure of “{indicator}” is published for {area}",
            when=during(period),
            indicator=say.indicator(),
            **told,
        )
    subject = (
        subject_of(say.indicator())
        if indicator.kind == Kind.GROWTH
        and one.figure.wording.meaning.exact
        # several years do not grow year on year
        and period.months <= YEAR
        else None
    )
    if subject is None:
        return _(
            "{indicator} in {area}, {period}: {value}",
            indicator=say.indicator(),
            period=format_period(period),
            value=say.figure(one.figure),
            **told,
        )
    value = format_percent(abs(one.figure.low), places_of(one.figure.low))
    tell = _fell if one.figure.low < 0 else _grew
    return tell(
        2 if subject.plural else 1, when=during(period), subject=subject.text, value=value, **told
    )


def _grew(number: int, **values: str) -> str:
    return ngettext(
        "{when}, {subject} grew by {value} year on year in {area}",
        "{when}, {subject} grew by {value} year on year in {area}",
        number,
        **values,
    )


def _fell(number: int, **values: str) -> str:
    return ngettext(
        "{when}, {subject} fell by {value} year on year in {area}",
        "{when}, {subject} fell by {value} year on year in {area}",
        number,
        **values,
    )


def against(say: Phrases, one: Standing) -> str:
    """How the figure stands to the target, as a clause; "" where there is none to tell."""
    if one.target is None:
        return _("and no target is published for this period") if one.verdict == "no_target" else ""
    target = say.target(one.target, one.target_period)
    if one.stated or (one.numberless and one.figure):
        return of_no_number(one)
    if one.figure is None:
        return _("so that {target} cannot be assessed", target=target)
    if one.verdict == "undetermined":
        return _("which cannot be assessed against {target}", target=target)
    if one.gap is None:
        return _of_a_bound(one, target)
    return _measured(say, one, one.gap, target)


def _of_a_bound(one: Standing, target: str) -> str:
    """Of a figure without a distance to the target: whether it is met."""
    if one.within:
        return _("within {target} so far", target=target)
    if one.verdict == "met":
        return _("which meets {target}", target=target)
    return _("which does not meet {target}", target=target)


_EXACTLY = N_("exactly at {target}")
_EQUAL = {  # (verdict, lower is better) → of a figure that equals a target which has to be passed
    ("missed", False): N_("equal to {target}, which must be exceeded"),
    ("open", False): N_("equal to {target}, which must be exceeded, with time left"),
    ("missed", True): N_("equal to {target}, below which it must stay"),
    ("open", True): N_("equal to {target}, below which it must come, with time left"),
}


_EQUAL_SO_FAR = N_("exactly at {target} so far")
_WITHIN = N_("{distance} below {target} so far")
_IN_TIME = {  # lower is better
    True: N_("{distance} above {target}, with time left"),
    False: N_("{distance} below {target}, with time left"),
}
_AWAY = {  # (what from, below it)
    ("target", True): N_("{distance} below {target}"),
    ("target", False): N_("{distance} above {target}"),
    ("last year", True): N_("{distance} below {goal}, last year's share of {target}"),
    ("last year", False): N_("{distance} above {goal}, last year's share of {target}"),
    ("calendar", True): N_("{distance} below {goal}, the calendar's share of {target}"),
    ("calendar", False): N_("{distance} above {goal}, the calendar's share of {target}"),
}


def _equal(say: Phrases, one: Standing) -> str:
    """The message of a figure that equals its target."""
    if one.within or (one.verdict == "open" and not say.has_to_pass(one)):
        return _EQUAL_SO_FAR
    return _EQUAL.get((one.verdict, say.down), _EXACTLY)


def _measured(say: Phrases, one: Standing, gap: Decimal, target: str) -> str:
    """The distance to the target, of a figure that met it, missed it, or still has time."""
    values = {"distance": say.distance(gap), "target": target}
    if one.beside.corridor:
        if one.goal is not None:
            values["goal"] = say.amount(one.goal)
        return of_corridor(one, gap, values)
    if gap == 0:
        return _(_equal(say, one), target=target)
    if one.verdict == "open":
        return _(_WITHIN if one.within else _IN_TIME[say.down], **values)
    below, paced = (gap < 0) is not say.down, "calendar" if one.by_calendar else "last year"
    if one.goal is None:
        return _(_AWAY["target", below], **values)
    return _(_AWAY[paced, below], goal=say.amount(one.goal), **values)


# ---- the figures ---------------------------------------------------------------------------------
def figures(say: Phrases) -> Iterable[str]:
    """Who has reported, with what weight and how late; what is provisional; the weights."""
    came = say.facts.received
    if came is None:
        if say.facts.districts and not any(one.figure for one in say.facts.told):
            yield _("No figure of any {district} is published for this period.")
    else:
        yield from _received(say, came)
    provisional, count = say.facts.provisional
    if provisional:
        yield ngettext(
            "{count} of {whole} figures is provisional.",
            "{count} of {whole} figures are provisional.",
            provisional,
            whole=counted(count),
        )
    if say.facts.made:
        told = [_("{area} ({parts})", area=say.area(a), parts=parts) for a, parts in say.facts.made]
        yield _("Derived from other figures: {figures}.", figures=listed(told))
    if say.facts.costs:
        base = format_period(say.facts.costs.base)
        yield _(
            "Contributions are weighted by the levels of the base period ({period}).", period=base
        )


def _received(say: Phrases, came: ReceivedShare) -> Iterable[str]:
    values = {"reported": counted(came.reported), "expected": counted(came.expected)}
    if came.weight is None:
        yield ngettext(
            "Figures received from {reported} of {expected} {districts}.",
            "Figures received from {reported} of {expected} {districts}.",
            came.reported,
            **values,
        )
    else:
        weight = say.percent(came.weight)
        yield ngettext(
            "Figures received from {reported} of {expected} {districts}, {weight} of the {city}'s "
            "weight.",
            "Figures received from {reported} of {expected} {districts}, {weight} of the {city}'s "
            "weight.",
            came.reported,
            **values,
            weight=weight,
        )
    if came.missing:
        yield _("Outstanding: {areas}.", areas=listed([say.area(area) for area in came.missing]))
    if came.instead:
        areas = listed([say.area(area) for area in came.instead])
        yield _("Only expected, or of a part of the period: {areas}.", areas=areas)
    if came.late and came.due:
        time = ngettext("{count} day", "{count} days", came.latest)
        due = format_day(came.due)
        yield ngettext(
            "{count} was late, by {time} (due {due}).",
            "{count} were late, by up to {time} (due {due}).",
            came.late,
            due=due,
            time=time,
        )
