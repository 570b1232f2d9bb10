"""Facts → a briefing in one language, as a `Document` whose sheets are titled paragraphs.

A sentence whose figures are missing is not told. Sentences are messages of the catalogues with the
facts put in; here nothing is added, rounded or compared but to choose the message.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dtrack.core.translate import N_
from dtrack.i18n.formatting import Language, places_of
from dtrack.reporting import briefing_districts as districts
from dtrack.reporting.briefing_facts import Facts, Standing
from dtrack.reporting.briefing_parts import Need
from dtrack.reporting.briefing_phrases import Phrases
from dtrack.reporting.document import Document, Sheet

_CARRIED = {  # (of all districts, lower is better) → who made the city's growth, or lowered it
    (True, False): N_("The largest contributions to the city's growth came from {items}."),
    (True, True): N_("The largest contributions to lowering the city's growth came from {items}."),
    (False, False): N_(
        "Of the districts that reported, the largest contributions to the city's growth came from "
        "{items}."
    ),
    (False, True): N_(
        "Of the districts that reported, the largest contributions to lowering the city's growth "
        "came from {items}."
    ),
}


def briefing(facts: Facts, language: Language) -> Document:
    """The briefing.

    A notice where figures are made up, a title, paragraphs under headings, numbered sources.
    """
    say = Phrases(language, facts)
    paragraphs = (
        (language.say("The city"), city(say)),
        (language.say("The districts"), districts.standings(say)),
        (language.say("What it means for the city"), districts.costs(say)),
        (language.say("What is still needed"), needs(say)),
        (language.say("The figures"), figures(say)),
        (language.say("Next dates"), dates(say)),
    )
    sheets = [
        Sheet(heading, (), lines)
        for heading, told in paragraphs
        if (lines := tuple(filter(None, told)))
    ]
    if not sheets:
        sheets.append(
            Sheet(
                language.say("The figures"),
                (),
                (language.say("There is no figure and no target to tell of."),),
            )
        )
    if sources := say.sources():
        sheets.append(Sheet(language.say("Sources"), (), sources, lists_sources=True))
    return Document(
        say.title(),
        (*notice(say), say.workspace_title(), say.title()),
        (),
        tuple(sheets),
        briefing=True,
        language=language.page,
        marks=say.marks_used(),
    )


def notice(say: Phrases) -> Iterable[str]:
    """That figures are made up, before anything else."""
    if say.facts.illustrative:
        yield say.language.say(
            "Illustrative: these figures are made up; nobody published, reported or promised them."
        )


# ---- the city ------------------------------------------------------------------------------------
def city(say: Phrases) -> Iterable[str]:
    """The city's figure against its target, what carried it, and what has to be known of both."""
    one, language = say.facts.city, say.language
    if one is None:
        return
    lead = _lead(say, one)
    clause = against(say, one)
    told = (
        language.say("{first}, {second}.", first=lead, second=clause)
        if clause
        else language.say("{sentence}.", sentence=lead)
    )
    yield language.capital(told)
    if one.figure and one.unsure:
        yield language.say("This is not sure: rounding, or the kind of the figure, could turn it.")
    if one.period and say.of_another_period(one):
        yield language.say(
            "No figure of the very period ({period}) is known.",
            period=language.period(say.facts.period),
        )
    if one.changed:
        yield say.changed([one])
    if carried := say.facts.costs and say.facts.costs.carried:
        items = [
            language.say(
                "{area} ({points})", area=say.area(share.area), points=say.points(share.points)
            )
            for share in carried
        ]
        yield language.say(
            _CARRIED[bool(say.facts.costs and say.facts.costs.complete), say.down],
            items=language.listed(items),
        )


def _lead(say: Phrases, one: Standing) -> str:
    """When, what and how much: with a verb where the indicator's name tells what grows."""
    language, indicator = say.language, say.facts.indicator
    period = one.period if one.period and say.of_another_period(one) else say.facts.period
    told = {"city": language.named(one.area.names, one.area.id), "source": say.mark(one.source)}
    if one.figure is None or one.figure.low is None:
        return language.say(
            "{when}, no figure of “{indicator}” is published for {city}{source}",
            when=language.during(period),
            indicator=say.indicator(),
            **told,
        )
    subject = (
        language.subject(say.indicator())
        if indicator.kind == "growth" and one.figure.wording == "plain"
        else None
    )
    if subject is None:
        return language.say(
            "{indicator} in {city}, {period}: {value}{source}",
            indicator=say.indicator(),
            period=language.period(period),
            value=say.figure(one.figure),
            **told,
        )
    value = language.percent(abs(one.figure.low), places_of(one.figure.low))
    tell = _fell if one.figure.low < 0 else _grew
    return tell(
        language,
        2 if subject.plural else 1,
        when=language.during(period),
        subject=subject.text,
        value=value,
        **told,
    )


def _grew(language: Language, number: int, **values: str) -> str:
    return language.many(
        "{when}, {subject} grew by {value} year on year in {city}{source}",
        "{when}, {subject} grew by {value} year on year in {city}{source}",
        number,
        **values,
    )


def _fell(language: Language, number: int, **values: str) -> str:
    return language.many(
        "{when}, {subject} fell by {value} year on year in {city}{source}",
        "{when}, {subject} fell by {value} year on year in {city}{source}",
        number,
        **values,
    )


def against(say: Phrases, one: Standing) -> str:
    """How the figure stands to the target, as a clause.

    "" where there is nothing to hold against each other.
    """
    language = say.language
    if one.target is None:
        return (
            language.say("and no target is published for this period")
            if one.verdict == "no_target"
            else ""
        )
    target, source = say.target(one.target, one.target_period), say.mark(one.target_source, "T")
    if one.stated or (one.undisclosed and one.figure):
        return _of_no_number(say, one, source)
    if one.figure is None:
        return language.say(
            "so nobody can say how {target} stands{source}", target=target, source=source
        )
    if one.verdict == "undetermined":
        return language.say(
            "and whether it meets {target} cannot be told{source}", target=target, source=source
        )
    if one.gap is None:
        return (
            language.say("which meets {target}{source}", target=target, source=source)
            if one.verdict == "met"
            else language.say("which does not meet {target}{source}", target=target, source=source)
        )
    return _measured(say, one, one.gap, target)


def _of_no_number(say: Phrases, one: Standing, source: str) -> str:
    """Against a target without a public number: what its source states, or that nobody can say."""
    if not one.stated:
        return say.language.say(
            "against a target whose number is not public, so nobody can say whether it was "
            "met{source}",
            source=source,
        )
    if one.verdict == "met":
        return say.language.say(
            "against a target whose number is not public; its source states that it was "
            "met{source}",
            source=source,
        )
    return say.language.say(
        "against a target whose number is not public; its source states that it was missed{source}",
        source=source,
    )


_EXACTLY = N_("exactly at {target}{source}")
_EQUAL = {  # by the verdict of a figure that equals a target which has to be passed
    "missed": N_("equal to {target}, which is not enough{source}"),
    "open": N_("equal to {target}, which is not enough but still has time{source}"),
}


def _measured(say: Phrases, one: Standing, gap: Decimal, target: str) -> str:
    """The distance to the target, of a figure that met it, missed it, or still has time."""
    language, source = say.language, say.mark(one.target_source, "T")
    values = {"distance": say.distance(gap), "target": target, "source": source}
    if gap == 0:
        return language.say(_EQUAL.get(one.verdict, _EXACTLY), target=target, source=source)
    if one.verdict == "open":
        return (
            language.say("{distance} above {target}, which still has time{source}", **values)
            if say.down
            else language.say(
                "{distance} short of {target}, which still has time{source}", **values
            )
        )
    below = (gap < 0) is not say.down
    if one.goal is not None and below:
        return language.say(
            "{distance} below {goal}, last year's share of {target}{source}",
            goal=say.amount(one.goal),
            **values,
        )
    if one.goal is not None:
        return language.say(
            "{distance} above {goal}, last year's share of {target}{source}",
            goal=say.amount(one.goal),
            **values,
        )
    return (
        language.say("{distance} below {target}{source}", **values)
        if below
        else language.say("{distance} above {target}{source}", **values)
    )


# ---- what is still needed ------------------------------------------------------------------------
_CITY_NEEDS = {
    "grow": N_("To reach {target}, the city still needs {needed}."),
    "come down": N_("To reach {target}, the city still has to come down by {needed}."),
    "spend": N_("To reach {target}, at most {needed} may still come in the rest of the year."),
    "passed": N_("{target} is passed by {needed} already and can no longer be reached."),
}
_DISTRICTS_NEED = {
    "grow": N_("Needed by the districts that fell short: {items}."),
    "come down": N_("The districts that fell short still have to come down by: {items}."),
    "spend": N_("What may still come at most in the districts that fell short: {items}."),
    "passed": N_(
        "Of the districts that fell short, already past the whole year's target, by: {items}."
    ),
}


def needs(say: Phrases) -> Iterable[str]:
    """What the rest of the year must bring to the city, and to the districts that fell short."""
    language, need = say.language, say.facts.city_needs
    if need and need.growth:
        yield _needed_growth(say, need)
        if need.known:
            yield language.say(
                "Past second halves: it was reached in {reached} of {known}.",
                reached=language.number(need.reached, 0),
                known=language.number(need.known, 0),
            )
    elif need:
        told = {
            "target": say.target(need.target, need.target_period),
            "needed": say.distance(need.needed),
        }
        yield language.capital(language.say(_CITY_NEEDS[_left(say, need)], **told))
    for left, message in _DISTRICTS_NEED.items():
        if items := [_needed_of(say, one) for one in say.facts.needs if _left(say, one) == left]:
            yield language.say(message, items=language.listed(items))


def _left(say: Phrases, need: Need) -> str:
    """What is left to be done: to grow.

    Where lower is better, to come down, to spend no more of an amount, or it is passed.
    """
    if need.growth or not say.down:
        return "grow"
    if say.facts.indicator.kind != "flow":
        return "come down"
    return "spend" if need.needed > 0 else "passed"


def _needed_growth(say: Phrases, need: Need) -> str:
    """The growth needed by the city, with its band and the change from what was."""
    language, first = say.language, say.facts.period.is_half
    target, needed = say.target(need.target, need.target_period), say.needed(need)
    values = {"target": target, "needed": needed}
    told = (
        language.say("To reach {target}, growth of {needed} is needed in the second half", **values)
        if first
        else language.say(
            "To reach {target}, growth of {needed} is needed in the rest of the year", **values
        )
    )
    clauses = [told]
    if need.change and need.change > 0:
        clauses.append(language.say("{points} more than so far", points=say.points(need.change)))
    elif need.change and need.change < 0:
        clauses.append(language.say("{points} less than so far", points=say.points(-need.change)))
    if need.low is not None and need.high is not None:
        band = language.say(
            "{low} to {high} by the rounding of the figures",
            low=say.percent(need.low),
            high=say.percent(need.high),
        )
        clauses.append(band)
    return language.say("{sentence}.", sentence=language.clauses(clauses))


def _needed_of(say: Phrases, need: Need) -> str:
    needed = say.needed(need) if need.growth else say.distance(need.needed)
    return say.language.say("{area} {needed}", area=say.area(need.area), needed=needed)


# ---- the figures, the dates ----------------------------------------------------------------------
def figures(say: Phrases) -> Iterable[str]:
    """Who has reported, with what weight and how late; what is provisional.

    What the contributions are weighted with.
    """
    language, came = say.language, say.facts.received
    if came is None:
        if say.facts.districts and not any(one.figure for one in say.facts.told):
            yield language.say("No figure of any district is published for this period.")
    else:
        yield from _received(say)
    provisional, count = say.facts.provisional
    if provisional:
        yield language.say(
            "Provisional: {provisional} of {count} figures.",
            provisional=language.number(provisional, 0),
            count=language.number(count, 0),
        )
    if say.facts.costs:
        base = language.period(say.facts.costs.base)
        yield language.say(
            "Contributions are weighted by the levels of the base period ({period}).", period=base
        )


def _received(say: Phrases) -> Iterable[str]:
    language, came = say.language, say.facts.received
    if came is None:
        return
    values = {
        "reported": language.number(came.reported, 0),
        "expected": language.number(came.expected, 0),
    }
    if came.weight is None:
        yield language.say("Figures are in from {reported} of {expected} districts.", **values)
    else:
        weight = say.percent(came.weight)
        yield language.say(
            "Figures are in from {reported} of {expected} districts, {weight} of the city's "
            "weight.",
            **values,
            weight=weight,
        )
    if came.missing:
        yield language.say(
            "Missing: {areas}.", areas=language.listed([say.area(area) for area in came.missing])
        )
    if came.instead:
        areas = language.listed([say.area(area) for area in came.instead])
        yield language.say("Only expected, or of a part of the period: {areas}.", areas=areas)
    if came.late and came.due:
        time = language.many(
            "{count} day", "{count} days", came.latest, count=language.number(came.latest, 0)
        )
        values = {
            "count": language.number(came.late, 0),
            "due": language.day(came.due),
            "time": time,
        }
        yield language.many(
            "{count} came in after {due}, {time} late.",
            "{count} came in after {due}, the latest by {time}.",
            came.late,
            **values,
        )


def dates(say: Phrases) -> Iterable[str]:
    """When the next figures are due, and until when the targets run."""
    language, due, city_has = say.language, say.facts.due, say.facts.city
    if due:
        yield language.say(
            "The next figures ({period}) are due on {day}.",
            period=language.period(due[0]),
            day=language.day(due[1]),
        )
    ahead = city_has and city_has.target_period
    if ahead and ahead.end > say.facts.period.end:
        yield language.capital(
            language.say(
                "{target} runs until {day}.",
                target=say.target(None, ahead),
                day=language.day(ahead.last_day),
            )
        )
