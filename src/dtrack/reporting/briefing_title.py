"""The title of a briefing: what was found, of the city and then of its districts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dtrack.core.translate import N_, _, counted, named, ngettext
from dtrack.core.vocabulary import Kind
from dtrack.core.years import YEAR
from dtrack.i18n.formatting import format_percent, places_of, the_period
from dtrack.i18n.subjects import subject_of
from dtrack.reporting.briefing_facts import WITHIN, Standing
from dtrack.reporting.briefing_phrases import Phrases

_OPEN = {  # (lower is better, within the limit) → of a figure before its deadline
    (False, False): N_("{lead}, {distance} below the target for {period}"),
    (True, False): N_("{lead}, {distance} above the target for {period}"),
    (True, True): N_("{lead}, {distance} below the limit for {period}"),
    (False, True): N_("{lead}, {distance} above the lower limit for {period}"),
}
_AWAY = {  # (lower is better, against a part of the year's target, behind)
    (False, False, True): N_("{lead}, {distance} below target"),
    (False, False, False): N_("{lead}, {distance} above target"),
    (False, True, True): N_("{lead}, {distance} below the target to date"),
    (False, True, False): N_("{lead}, {distance} above the target to date"),
    (True, False, True): N_("{lead}, missing the target by {distance}"),
    (True, False, False): N_("{lead}, {distance} better than the target"),
    (True, True, True): N_("{lead}, missing the target to date by {distance}"),
    (True, True, False): N_("{lead}, {distance} better than the target to date"),
}
_OUTSIDE = {  # the figure is too high
    True: N_("{lead}, {distance} above the target range"),
    False: N_("{lead}, {distance} below the target range"),
}
_EQUAL = {  # by the verdict of a figure that equals its target
    "met": N_("{lead}, exactly on target"),
    "missed": N_("{lead}, equal to a target that must be exceeded"),
    "open": N_("{lead}, equal to a target that must be exceeded"),
    WITHIN: N_("{lead}, exactly at the limit for {period}"),
}
_EQUAL_SO_FAR = N_("{lead}, exactly at the target for {period}")
_EQUAL_DOWN = N_("{lead}, equal to a target that it must stay below")
_BOUND = {  # by the verdict of a figure that is a bound, or of a corridor's inside
    "met": N_("{lead}, target met"),
    "missed": N_("{lead}, target missed"),
    "open": N_("{lead}, target for {period} not yet met"),
    WITHIN: N_("{lead}, within the limit for {period}"),
}
_STATED = {
    "met": N_("{lead}; its source reports the target as met"),
    "missed": N_("{lead}; its source reports the target as missed"),
}


def finding(say: Phrases) -> str:
    """What was found, as a title without a full stop."""
    facts = say.facts
    promised = [one for one in facts.told if one.target is not None]
    own = bool(facts.city and facts.city.target)
    found = [of_city(say, facts.city) if facts.city else "", of_districts(say, promised, own=own)]
    told = [part for part in found if part]
    if not facts.city:
        if not told:
            return _("{indicator}: no figure and no target", indicator=say.indicator())
        told.insert(0, say.indicator())
        return _("{first}: {second}", first=told[0], second=told[1])
    if len(told) == 1:
        return told[0]
    return _("{first}; {second}", first=told[0], second=told[1])


# ---- the city ------------------------------------------------------------------------------------
def of_city(say: Phrases, one: Standing) -> str:
    """The city's figure and where it stands to its target."""
    if one.figure is None:
        return _without_figure(say, one)
    lead = _lead(say, one)
    if one.target is None:
        return _("{lead}; no target for this period", lead=lead)
    if one.stated:
        return _(_STATED[one.verdict], lead=lead)
    if one.numberless:
        return _("{lead}; the value of its target is not known", lead=lead)
    if one.verdict in ("", "undetermined"):
        return _("{lead}; cannot be assessed against its target", lead=lead)
    return _measured(say, one, lead)


def _without_figure(say: Phrases, one: Standing) -> str:
    values = {"indicator": say.indicator(), "area": named(one.area.names, one.area.id)}
    if one.target is None:
        return _("{indicator}: no figure for {area}", **values)
    target = say.target(one.target, one.target_period)
    return _("{indicator}: no figure for {area} against {target}", **values, target=target)


def _lead(say: Phrases, one: Standing) -> str:
    """`Digital-economy value added grew 7.3%`; without a verb where the name does not say."""
    figure = one.figure
    grown = (
        subject_of(say.indicator())
        if say.facts.indicator.kind == Kind.GROWTH
        and say.facts.period.months <= YEAR
        and not say.of_another_period(one)
        and figure
        and figure.low is not None
        and figure.wording.meaning.exact
        else None
    )
    if grown is None or figure is None or figure.low is None:
        return _("{indicator}: {value}", indicator=say.indicator(), value=say.value(one))
    value = format_percent(abs(figure.low), places_of(figure.low))
    number, subject = 2 if grown.plural else 1, grown.text[:1].upper() + grown.text[1:]
    if figure.low < 0:
        return ngettext(
            "{subject} fell {value}",
            "{subject} fell {value}",
            number,
            subject=subject,
            value=value,
        )
    return ngettext(
        "{subject} grew {value}", "{subject} grew {value}", number, subject=subject, value=value
    )


def _measured(say: Phrases, one: Standing, lead: str) -> str:
    values = {"lead": lead, "period": the_period(one.target_period) if one.target_period else ""}
    if one.gap is None:
        return _(_BOUND[one.outcome], **values)
    if one.beside.corridor:
        return _of_corridor(say, one, one.gap, values)
    if one.gap == 0:
        return _(_equal(say, one), **values)
    values["distance"] = say.short_distance(one.gap)
    if one.verdict == "open":
        return _(_OPEN[say.down, one.within], **values)
    return _(_AWAY[say.down, one.goal is not None, one.gap < 0], **values)


def _equal(say: Phrases, one: Standing) -> str:
    """The message of a figure that equals its target."""
    if one.outcome == "open" and not say.has_to_pass(one):
        return _EQUAL_SO_FAR
    passed = one.outcome in ("missed", "open")
    return _EQUAL_DOWN if say.down and passed else _EQUAL[one.outcome]


def _of_corridor(say: Phrases, one: Standing, gap: Decimal, values: dict[str, str]) -> str:
    if gap < 0:
        return _(_OUTSIDE[one.beside.above], **values, distance=say.short_distance(gap))
    if one.verdict == "open":
        return _("{lead}, within the target range for {period} so far", **values)
    return _("{lead}, within the target range", **values)


# ---- the districts -------------------------------------------------------------------------------
def of_districts(say: Phrases, promised: Sequence[Standing], *, own: bool) -> str:
    """How many of those with a target missed it, met it, or did not report; "" without targets.

    `own`: the city's target was told before, so that theirs are “theirs”.
    """
    count = len(promised)
    if not count:
        return ""
    verdicts = [one.verdict for one in promised]
    missed, met, silent = (verdicts.count(v) for v in ("missed", "met", "not_reported"))
    within = sum(one.outcome == WITHIN for one in promised)
    if missed:
        return _missed(say, promised, missed, own=own)
    if silent == count:
        return ngettext(
            "the {district} with a target has not reported",
            "none of the {count} {districts} with a target has reported",
            count,
        )
    if met == count:
        return ngettext(
            "the {district} with a target met it",
            "all {count} {districts} with a target met it",
            count,
        )
    told = _met(met, count) if met or not within else _within(within, count)
    if not silent:
        return told
    more = ngettext("{count} has not reported", "{count} have not reported", silent)
    return _("{first}, {second}", first=told, second=more)


def _met(met: int, count: int) -> str:
    return ngettext(
        "{count} of {promised} {districts} has met its target",
        "{count} of {promised} {districts} have met their targets",
        met,
        promised=counted(count),
    )


def _within(within: int, count: int) -> str:
    """Of limits that run on, which nobody can have met yet."""
    return ngettext(
        "{count} of {promised} {districts} is within its limit so far",
        "{count} of {promised} {districts} are within their limits so far",
        within,
        promised=counted(count),
    )


def _missed(say: Phrases, promised: Sequence[Standing], missed: int, *, own: bool) -> str:
    many = counted(len(promised))
    plain = not say.down and not any(one.beside.corridor for one in promised)
    if plain and own:
        return ngettext(
            "{count} of {promised} {districts} is below its own",
            "{count} of {promised} {districts} are below theirs",
            missed,
            promised=many,
        )
    if plain:
        return ngettext(
            "{count} of {promised} {districts} is below its target",
            "{count} of {promised} {districts} are below their targets",
            missed,
            promised=many,
        )
    return ngettext(
        "{count} of {promised} {districts} missed its target",
        "{count} of {promised} {districts} missed their targets",
        missed,
        promised=many,
    )
