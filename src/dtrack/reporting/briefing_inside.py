"""Sentences about what keeps the city and its districts inside targets whose both ends count."""

from __future__ import annotations

from dtrack.core.translate import _, listed
from dtrack.core.vocabulary import Kind
from dtrack.reporting.briefing_parts import Need
from dtrack.reporting.briefing_phrases import Phrases


def keeps_city_inside(say: Phrases, need: Need) -> str:
    """What the rest of the year must bring for the city to end inside; that it is past already."""
    target = say.target(need.target, need.target_period)
    if need.for_good:
        return _("The upper end of {target} is passed already.", target=target)
    told = {"target": target, "span": _span(say, need)}
    if need.growth:
        return _(
            "To stay inside {target}, growth of {span} is needed in the rest of the year.", **told
        )
    if say.facts.indicator.kind == Kind.FLOW:
        return _("To end inside {target}, {span} may still come in the rest of the year.", **told)
    return _("To end inside {target}, a change of {span} is needed.", **told)


def keep_districts_inside(say: Phrases) -> str:
    """The same of the districts that fell outside; "" where there are none."""
    needs = [need for need in say.facts.needs if need.inside and not need.for_good]
    items = [
        _("{area} {needed}", area=say.area(need.area), needed=_span(say, need)) for need in needs
    ]
    if not items:
        return ""
    return _("What brings those outside their range back in: {items}.", items=listed(items))


def _span(say: Phrases, need: Need) -> str:
    """From the least to the most."""
    low, high = need.low or need.needed, need.high if need.high is not None else need.needed
    if need.growth:
        return _("{low} to {high}", low=say.percent(low), high=say.percent(high))
    show = say.points if say.facts.indicator.in_points else say.amount
    return _("{low} to {high}", low=show(low), high=show(high))
