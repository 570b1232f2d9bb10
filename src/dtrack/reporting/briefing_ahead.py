"""Paragraphs of a briefing about what lies ahead: what is still needed, the next dates."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dtrack.core.translate import N_, _, counted, joined, listed
from dtrack.core.vocabulary import Kind
from dtrack.i18n.formatting import format_day, format_period
from dtrack.i18n.terms import behind_name
from dtrack.reporting.briefing_inside import keep_districts_inside, keeps_city_inside
from dtrack.reporting.briefing_parts import Need
from dtrack.reporting.briefing_phrases import Phrases

_CITY_NEEDS = {
    "grow": N_("To reach {target}, the {city} still needs {needed}."),
    "come down": N_("To reach {target}, the {city} still has to come down by {needed}."),
    "spend": N_("To reach {target}, at most {needed} may still come in the rest of the year."),
    "passed": N_("{target} is exceeded by {needed} already and can no longer be met."),
    "over": N_("{target} is exceeded by {needed} so far."),
    "equal, more": N_(
        "To reach {target}, the {city} needs a little more: the target must be exceeded."
    ),
    "equal, less": N_(
        "To reach {target}, the {city} has to come down a little more, below the target itself."
    ),
    "equal, passed": N_("{target} is equalled already and can no longer be met."),
    "equal, over": N_("{target} is equalled already; the figure must stay below it."),
}
_DISTRICTS_NEED = {
    "grow": N_("Still needed by those that missed their targets: {items}."),
    "come down": N_("Reduction needed by those that missed their targets: {items}."),
    "spend": N_("What may still come at most in those that missed their targets: {items}."),
    "passed": N_(
        "Of those that missed their targets, the year's limit is exceeded for good by: {items}."
    ),
    "over": N_(
        "Of those that missed their targets, the year's limit is exceeded so far by: {items}."
    ),
    "equal, more": N_(
        "Equal to a target that must be exceeded, so that a little more is needed: {items}."
    ),
    "equal, less": N_("Equal to a target to stay below, so that a little less is needed: {items}."),
    "equal, passed": N_("Already equal to what the year has to stay below: {items}."),
    "equal, over": N_("So far equal to what the year has to stay below: {items}."),
}

_NEEDED = {  # (it is a fall, the second half is what is left)
    (False, True): N_("To reach {target}, growth of {needed} is needed in the second half"),
    (False, False): N_("To reach {target}, growth of {needed} is needed in the rest of the year"),
    (True, True): N_("To reach {target}, {needed} is needed in the second half"),
    (True, False): N_("To reach {target}, {needed} is needed in the rest of the year"),
}
_MORE, _LESS = N_("{points} more than so far"), N_("{points} less than so far")
_DEEPER = N_("{points} deeper than so far")
_LESS_DEEP = N_("{points} less deep than so far")


def needs(say: Phrases) -> Iterable[str]:
    """What the rest of the year must bring to the city, and to the districts that fell short."""
    need = say.facts.city_needs
    if need and need.inside:
        yield keeps_city_inside(say, need)
    elif need and need.growth:
        yield _needed_growth(say, need)
        if need.known:
            yield _(
                "Achieved in {reached} of {known} previous second halves.",
                reached=counted(need.reached),
                known=counted(need.known),
            )
    elif need:
        told = {
            "target": say.target(need.target, need.target_period),
            "needed": say.distance(need.needed),
        }
        yield capital(_(_CITY_NEEDS[_left(say, need)], **told))
    for left, message in _DISTRICTS_NEED.items():
        if items := [_needed_of(say, one) for one in say.facts.needs if _left(say, one) == left]:
            yield _(message, items=listed(items))
    yield keep_districts_inside(say)


def _left(say: Phrases, need: Need) -> str:
    """What is left to be done: to grow.

    Where lower is better, to come down, to spend no more of an amount, or it is passed. Of what has
    to be passed itself, a little more or less where it is equal.
    """
    if need.inside:
        return "inside"
    over = "passed" if need.for_good else "over"
    if not need.growth and not need.needed:
        kind = over if say.facts.indicator.kind == Kind.FLOW else "less"
        return f"equal, {kind if say.down else 'more'}"
    if need.growth or not say.down:
        return "grow"
    if say.facts.indicator.kind != Kind.FLOW:
        return "come down"
    return "spend" if need.needed > 0 else over


def _needed_growth(say: Phrases, need: Need) -> str:
    """The growth needed by the city, with its band and the change from what was."""
    target, needed = say.target(need.target, need.target_period), say.needed(need)
    told = _NEEDED[need.needed < 0, say.facts.period.is_half]
    clauses = [_(told, target=target, needed=needed)]
    if need.change:
        clauses.append(_(_changed(need, need.change), points=say.points(abs(need.change))))
    if need.low is not None and need.high is not None:
        clauses.append(_band(say, need.needed, need.low, need.high))
    return _("{sentence}.", sentence=joined(", ", clauses))


def _changed(need: Need, change: Decimal) -> str:
    """The message of how the growth needed lies to the growth so far."""
    if need.needed < 0 and need.needed - change <= 0:
        return _DEEPER if change < 0 else _LESS_DEEP
    return _MORE if change > 0 else _LESS


def _band(say: Phrases, needed: Decimal, low: Decimal, high: Decimal) -> str:
    """What the rounding of the figures allows; of a fall from the smaller to the larger one."""
    if needed < 0 <= high:
        ends = {"low": say.percent(low), "high": say.percent(high)}
        return _("rounding interval: growth of {low} to {high}", **ends)
    if needed < 0:
        low, high = -high, -low
    ends = {"low": say.percent(low), "high": say.percent(high)}
    return _("rounding interval {low} to {high}", **ends)


def _needed_of(say: Phrases, need: Need) -> str:
    if not need.growth and not need.needed:
        return say.area(need.area)
    needed = say.needed(need) if need.growth else say.distance(need.needed)
    area = say.area(need.area)
    needed = behind_name(area, needed)
    if need.less:
        told = {"area": area, "needed": needed, "by": say.distance(need.less)}
        if need.less > 0:
            return _("{area} {needed} ({by} less than so far)", **told)
        return _("{area} {needed} ({by} more than so far)", **told)
    return _("{area} {needed}", area=area, needed=needed)


def date_sentences(say: Phrases) -> Iterable[str]:
    """When the next figures are due, and until when the targets run."""
    due, city_has = say.facts.due, say.facts.city
    if due:
        yield _(
            "The next figures ({period}) are due on {day}.",
            period=format_period(due[0]),
            day=format_day(due[1]),
        )
    ahead = city_has and city_has.target_period
    if ahead and ahead.end > say.facts.period.end:
        yield capital(
            _(
                "{target} runs until {day}.",
                target=say.target(None, ahead),
                day=format_day(ahead.last_day),
            )
        )


def capital(text: str) -> str:
    """The sentence with a capital at its beginning."""
    return text[:1].upper() + text[1:]
