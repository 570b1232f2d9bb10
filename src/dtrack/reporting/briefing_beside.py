"""Sentences about what stands beside verdicts: corridors, aims, lights, who assigned, classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from dtrack.core.translate import N_, _, counted, joined, listed, named
from dtrack.core.vocabulary import TargetClass
from dtrack.i18n.terms import COUNTED, counted_verdicts, light_word, verdict_word
from dtrack.reporting.briefing_facts import Standing
from dtrack.reporting.briefing_phrases import Phrases

_CLASS = {
    TargetClass.BINDING: N_("This target is binding."),
    TargetClass.EXPECTED: N_("This target is expected, not binding."),
}
_OF_CLASS = {
    TargetClass.BINDING: N_("Binding targets: {verdicts}."),
    TargetClass.EXPECTED: N_("Targets that are expected, not binding: {verdicts}."),
}
_OF_SHARE = {  # (inside, the upper end is the nearer) → a clause about a flow at part of a year
    (True, False): N_(
        "inside last year's share of {target}, {distance} above its lower end of {goal}"
    ),
    (True, True): N_(
        "inside last year's share of {target}, {distance} below its upper end of {goal}"
    ),
    (False, False): N_("{distance} below {goal}, last year's share of {target}"),
    (False, True): N_("{distance} above {goal}, last year's share of {target}"),
}
_UNTOLD = {  # (assigned, what the source states) → a clause
    (False, ""): N_("against a target whose value is not published, so that it cannot be assessed"),
    (False, "met"): N_(
        "against a target whose value is not published; its source reports it as met"
    ),
    (False, "missed"): N_(
        "against a target whose value is not published; its source reports it as missed"
    ),
    (True, ""): N_(
        "against an assigned target whose value is not known here, so that it cannot be assessed"
    ),
    (True, "met"): N_(
        "against an assigned target whose value is not known here; its source reports it as met"
    ),
    (True, "missed"): N_(
        "against an assigned target whose value is not known here; its source reports it as missed"
    ),
}


def of_no_number(one: Standing) -> str:
    """Against a target without a number: what its source states, or that nobody can say."""
    return _(_UNTOLD[one.assigned, one.verdict if one.stated else ""])


def of_corridor(one: Standing, gap: Decimal, values: Mapping[str, str]) -> str:
    """How a figure stands to a target whose both ends count, as a clause."""
    if gap >= 0 and one.verdict == "open":
        return _("inside {target}, which runs until its deadline", **values)
    if one.goal is not None:
        return _(_OF_SHARE[gap >= 0, one.beside.above], **values)
    if gap >= 0:
        return _("inside {target}, {distance} from its nearer end", **values)
    if one.verdict == "open":
        return (
            _("{distance} above {target}, with time left", **values)
            if one.beside.above
            else _("{distance} below {target}, with time left", **values)
        )
    if one.beside.above:
        return _("{distance} above {target}", **values)
    return _("{distance} below {target}", **values)


def beside_the_city(say: Phrases, one: Standing) -> Iterable[str]:
    """The aim, the light, who assigned the target, and how the plan holds to it."""
    beside = one.beside
    if beside.aim:
        told = {"aim": say.figure(beside.aim), "verdict": verdict_word(beside.aim_verdict)}
        yield _("The aim beyond it is {aim}: {verdict}.", **told)
    if beside.light:
        yield _("The light is {light}.", light=light_word(beside.light))
    if beside.assigned_by:
        yield _("The target was assigned by {area}.", area=_who(one))
    if beside.held:
        yield _(_CLASS[TargetClass(beside.held)])


def _who(one: Standing) -> str:
    by = one.beside.assigned_by
    return by if isinstance(by, str) else named(by, "")


def beside_districts(say: Phrases) -> Iterable[str]:
    """How many lights of which colour, with those that are amber; who reached an aim; classes."""
    told = say.facts.told
    lights = [
        _("{count} {verdict}", count=counted(number), verdict=light_word(light))
        for light in ("green", "amber", "red")
        if (number := sum(one.beside.light == light for one in told))
    ]
    if lights:
        yield _("Lights: {items}.", items=joined(", ", lights))
    if amber := [say.area(one.area) for one in told if one.beside.light == "amber"]:
        yield _("Missed by no more than the band (amber): {areas}.", areas=listed(amber))
    aims = [_aim(say, one) for one in told if one.beside.aim]
    if aims:
        yield _("Against the aims beyond the targets: {items}.", items=listed(aims))
    for held, message in _OF_CLASS.items():
        of = [one.verdict for one in told if one.beside.held == held]
        counts = {verdict: of.count(verdict) for verdict in COUNTED}
        if of:
            yield _(message, verdicts=counted_verdicts(counts, COUNTED))


def _aim(say: Phrases, one: Standing) -> str:
    aim = say.figure(one.beside.aim) if one.beside.aim else ""
    verdict = verdict_word(one.beside.aim_verdict)
    return _("{area} ({aim}: {verdict})", area=say.area(one.area), aim=aim, verdict=verdict)
