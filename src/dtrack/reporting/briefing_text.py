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
from dtrack.reporting.document import Document, Sheet

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


def briefing(facts: Facts) -> Document:
    """A notice where figures are made up, title, paragraphs under headings, sources."""
    say = Phrases(facts)
    paragraphs = (
        (_("The {city}"), city_sentences(say)),
        (_("The {districts}"), districts.standings(say)),
        (_("What it means for the {city}"), districts.costs(say)),
        (_("What is still needed"), needs(say)),
        (_("The figures"), figures(say)),
        (_("Next dates"), date_sentences(say)),
    )
    sheets = [
        Sheet(heading, (), lines)
        for heading, told in paragraphs
        if (lines := tuple(filter(None, told)))
    ]
    if not sheets:
        nothing = _("No figure or target is available.")
        sheets.append(Sheet(_("The figures"), (), (nothing,)))
    if sources := say.sources():
        sheets.append(Sheet(_("Sources"), (), sources, lists_sources=True))
    return Document(
        say.title(),
        (*notice_sentences(say), say.workspace_title(), say.title()),
        (),
        tuple(sheets),
        briefing=True,
        language=page_language(),
        marks=say.marks_used(),
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
    lead = _lead(say, one)
    clause = against(say, one)
    told = (
        _("{first}, {second}.", first=lead, second=clause)
        if clause
        else _("{sentence}.", sentence=lead)
    )
    yield capital(told)
    if one.figure and one.unsure:
        yield _("This is not certain: rounding or the kind of figure could change the result.")
    if one.period and say.of_another_period(one):
        yield _(
            "No figure of the very period ({period}) is known.",
            period=format_period(say.facts.period),
        )
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
    told = {"area": named(one.area.names, one.area.id), "source": say.mark(one.source)}
    if one.figure is None or one.figure.low is None:
        return _(
            "{when}, no figure of “{indicator}” is published for {area}{source}",
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
            "{indicator} in {area}, {period}: {value}{source}",
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
        "{when}, {subject} grew by {value} year on year in {area}{source}",
        "{when}, {subject} grew by {value} year on year in {area}{source}",
        number,
        **values,
    )


def _fell(number: int, **values: str) -> str:
    return ngettext(
        "{when}, {subject} fell by {value} year on year in {area}{source}",
        "{when}, {subject} fell by {value} year on year in {area}{source}",
        number,
        **values,
    )


def against(say: Phrases, one: Standing) -> str:
    """How the figure stands to the target, as a clause; "" where there is none to tell."""
    if one.target is None:
        return _("and no target is published for this period") if one.verdict == "no_target" else ""
    target, source = say.target(one.target, one.target_period), say.mark(one.target_source, "T")
    if one.stated or (one.numberless and one.figure):
        return of_no_number(one, source)
    if one.figure is None:
        return _("so {target} cannot be assessed{source}", target=target, source=source)
    if one.verdict == "undetermined":
        return _(
            "and whether it meets {target} cannot be assessed{source}", target=target, source=source
        )
    if one.gap is None:
        return _of_a_bound(one, target, source)
    return _measured(say, one, one.gap, target)


def _of_a_bound(one: Standing, target: str, source: str) -> str:
    """Of a figure without a distance to the target: whether it is met."""
    if one.within:
        return _("which is within {target}, which runs on{source}", target=target, source=source)
    if one.verdict == "met":
        return _("which meets {target}{source}", target=target, source=source)
    return _("which does not meet {target}{source}", target=target, source=source)


_EXACTLY = N_("exactly at {target}{source}")
_EQUAL = {  # by the verdict of a figure that equals a target which has to be passed
    "missed": N_("equal to {target}, which is not enough{source}"),
    "open": N_("equal to {target}, which is not enough but still has time{source}"),
}


_AT_LIMIT = N_("exactly at {target}, which runs on{source}")
_WITHIN = N_("{distance} below {target}, which runs on{source}")
_IN_TIME = {  # lower is better
    True: N_("{distance} above {target}, which is not yet due{source}"),
    False: N_("{distance} below {target}, which is not yet due{source}"),
}
_AWAY = {  # (what from, below it)
    ("target", True): N_("{distance} below {target}{source}"),
    ("target", False): N_("{distance} above {target}{source}"),
    ("last year", True): N_("{distance} below {goal}, last year's share of {target}{source}"),
    ("last year", False): N_("{distance} above {goal}, last year's share of {target}{source}"),
    ("calendar", True): N_("{distance} below {goal}, the calendar's share of {target}{source}"),
    ("calendar", False): N_("{distance} above {goal}, the calendar's share of {target}{source}"),
}


def _measured(say: Phrases, one: Standing, gap: Decimal, target: str) -> str:
    """The distance to the target, of a figure that met it, missed it, or still has time."""
    source = say.mark(one.target_source, "T")
    values = {"distance": say.distance(gap), "target": target, "source": source}
    if one.beside.corridor:
        if one.goal is not None:
            values["goal"] = say.amount(one.goal)
        return of_corridor(one, gap, values)
    if gap == 0:
        told = _AT_LIMIT if one.within else _EQUAL.get(one.verdict, _EXACTLY)
        return _(told, target=target, source=source)
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
        yield _(
            "Provisional: {provisional} of {count} figures.",
            provisional=counted(provisional),
            count=counted(count),
        )
    if say.facts.made:
        told = [_("{area} ({parts})", area=say.area(a), parts=parts) for a, parts in say.facts.made]
        yield _("Published by nobody, but made of others: {figures}.", figures=listed(told))
    if say.facts.costs:
        base = format_period(say.facts.costs.base)
        yield _(
            "Contributions are weighted by the levels of the base period ({period}).", period=base
        )


def _received(say: Phrases, came: ReceivedShare) -> Iterable[str]:
    values = {"reported": counted(came.reported), "expected": counted(came.expected)}
    if came.weight is None:
        yield _("Figures are in from {reported} of {expected} {districts}.", **values)
    else:
        weight = say.percent(came.weight)
        yield _(
            "Figures are in from {reported} of {expected} {districts}, {weight} of the {city}'s "
            "weight.",
            **values,
            weight=weight,
        )
    if came.missing:
        yield _("Missing: {areas}.", areas=listed([say.area(area) for area in came.missing]))
    if came.instead:
        areas = listed([say.area(area) for area in came.instead])
        yield _("Only expected, or of a part of the period: {areas}.", areas=areas)
    if came.late and came.due:
        time = ngettext("{count} day", "{count} days", came.latest)
        values = {"due": format_day(came.due), "time": time}
        yield ngettext(
            "{count} came in after {due}, {time} late.",
            "{count} came in after {due}, the latest by {time}.",
            came.late,
            **values,
        )
