"""Sentences about districts: who met the target, who fell short, what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dtrack.core.translate import N_, _, counted, joined, listed, ngettext
from dtrack.i18n.terms import behind_name, qualified, verdict_word
from dtrack.reporting.briefing_beside import beside_districts
from dtrack.reporting.briefing_facts import WITHIN, Standing
from dtrack.reporting.briefing_parts import Share
from dtrack.reporting.briefing_phrases import Phrases

_ABOVE = N_("{area} ({value} against {target}, {distance} above)")
_BELOW = N_("{area} ({value} against {target}, {distance} below)")
_BESIDE = N_("{area} ({value} against {target})")
_EQUAL = {  # lower is better
    False: N_("{area} ({value} against {target}, equal but must be exceeded)"),
    True: N_("{area} ({value} against {target}, equal but must be lower)"),
}
_EQUAL_SO_FAR = N_("{area} ({value} against {target}, equal so far)")
_NOT_PUBLIC = N_(
    "Results as published by the sources, the target itself not being public: {items}."
)
_NOT_HERE = N_("Results as published by the sources, the assigned target not being here: {items}.")
# sentence, verdicts, stated, how a district reads in it
_ROWS = (
    (N_("Missed the target: {items}."), ("missed",), False, "distance"),
    (N_("Met the target: {items}."), ("met",), False, "name"),
    (_NOT_PUBLIC, ("met", "missed"), True, "verdict"),
    (_NOT_HERE, ("met", "missed"), True, "verdict"),
    (N_("In progress, target not yet met: {items}."), ("open",), None, "distance"),
    (N_("Within the limit so far: {items}."), (WITHIN,), None, "name"),
    (N_("Cannot be assessed: {items}."), ("undetermined",), None, "name"),
    (N_("No target: {items}."), ("no_target",), None, "name"),
    (N_("Not reported: {items}."), ("not_reported",), None, "name"),
)
_CAVEATS = {
    "rounding": N_("Within rounding, so that the next digit could change the result: {areas}."),
    "approximate": N_("Of an approximate figure, so that the result could change: {areas}."),
    "provisional": N_("Provisional results: {areas}."),
}


def standings(say: Phrases) -> Iterable[str]:
    """The count, then every district by its verdict; areas that lie in others apart, uncounted."""
    facts = say.facts
    yield district_tally(say)
    for sentence, verdicts, stated, item in _ROWS:
        found = facts.of(*verdicts, stated=stated)
        if sentence in (_NOT_PUBLIC, _NOT_HERE):
            found = tuple(one for one in found if one.assigned == (sentence == _NOT_HERE))
        # who met it stands with the best first, all others with the worst
        ordered = reversed(found) if verdicts == ("met",) else found
        if items := [_item(say, one, item) for one in ordered]:
            yield _(sentence, items=listed(items))
    for caveat, sentence in _CAVEATS.items():
        unsure = [
            say.area(one.area)
            for one in facts.told
            if one.caveat == caveat and one.verdict in ("met", "missed")
        ]
        if unsure:
            yield _(sentence, areas=listed(unsure))
    yield from beside_districts(say)
    yield say.changed(facts.told)
    yield from _in_no_count(say)


def _in_no_count(say: Phrases) -> Iterable[str]:
    facts = say.facts
    if facts.inside:
        yield _(
            "Included in other {districts}, in no count and no sum: {items}.",
            items=listed([_item(say, one, "value") for one in facts.inside]),
        )
    if facts.peers:
        yield _(
            "Beside the {city}, in no count and no sum: {items}.",
            items=listed([_item(say, one, "value") for one in facts.peers]),
        )
    if facts.below:
        yield ngettext(
            "{count} area that is part of another has a figure too, in no count and no sum.",
            "{count} areas that are part of others have figures too, in no count and no sum.",
            facts.below,
        )


def district_tally(say: Phrases) -> str:
    """How many districts have a target, and what became of them."""
    facts = say.facts
    promised = [one for one in facts.told if one.target is not None]
    if not facts.districts:
        return ""
    if not promised:
        return ngettext(
            "The {count} {district} has no published target for this period.",
            "None of the {count} {districts} has a published target for this period.",
            facts.districts,
        )
    counts = [
        (verdict, len(facts.of(verdict)))
        for verdict in ("met", "missed", "open", WITHIN, "undetermined", "not_reported")
    ]
    parts = [_counted(verdict, count) for verdict, count in counts if count]
    return ngettext(
        "Of {whole} {districts}, {count} has a target: {parts}.",
        "Of {whole} {districts}, {count} have a target: {parts}.",
        len(promised),
        whole=counted(facts.districts),
        parts=joined(", ", parts),
    )


def _counted(verdict: str, count: int) -> str:
    """`9 met it`, `1 has not reported`."""
    if verdict == "met":
        return ngettext("{count} met it", "{count} met it", count)
    if verdict == "missed":
        return ngettext("{count} missed it", "{count} missed it", count)
    if verdict == "open":
        return ngettext("{count} is in progress", "{count} are in progress", count)
    if verdict == WITHIN:
        return ngettext(
            "{count} is within its limit so far", "{count} are within their limits so far", count
        )
    if verdict == "undetermined":
        return ngettext("{count} cannot be assessed", "{count} cannot be assessed", count)
    return ngettext("{count} has not reported", "{count} have not reported", count)


_COST = {  # (who it was is told, lower is better)
    (True, False): N_(
        "Compared with their own targets, the {districts} that missed them lowered the {city}'s "
        "growth by {points}: {items}."
    ),
    (False, False): N_(
        "Compared with their own targets, the {districts} that missed them lowered the {city}'s "
        "growth by {points}."
    ),
    (True, True): N_(
        "Compared with their own targets, the {districts} that missed them raised the {city}'s "
        "growth by {points}: {items}."
    ),
    (False, True): N_(
        "Compared with their own targets, the {districts} that missed them raised the {city}'s "
        "growth by {points}."
    ),
}
_GAIN = {  # lower is better
    False: N_("The {districts} above their targets raised the {city}'s growth by {points}."),
    True: N_("The {districts} below their targets lowered the {city}'s growth by {points}."),
}
_SETTING = {  # (they ask less than the city's, lower is better)
    (True, False): N_(
        "By weight, the targets of the {districts} that reported are {points} below the {city}'s."
    ),
    (False, False): N_(
        "By weight, the targets of the {districts} that reported are {points} above the {city}'s."
    ),
}
_SETTING |= {(less, True): _SETTING[not less, False] for less in (True, False)}


def costs(say: Phrases) -> Iterable[str]:
    """What falling short cost the city, what the others brought, how high the targets lie."""
    parts = say.facts.costs
    if parts is None:
        return
    if parts.cost is not None:
        items = _shares(say, parts.costs)
        yield _(_COST[bool(items), say.down], points=say.points(parts.cost), items=items)
    if parts.gain is not None:
        yield _(_GAIN[say.down], points=say.points(parts.gain))
    if parts.setting is not None:
        yield _(_SETTING[parts.setting < 0, say.down], points=say.points(abs(parts.setting)))


def _shares(say: Phrases, shares: Sequence[Share]) -> str:
    return listed(
        [
            _("{area} {points}", area=area, points=behind_name(area, say.points(one.points)))
            for area, one in ((say.area(one.area), one) for one in shares)
        ]
    )


def _item(say: Phrases, one: Standing, how: str) -> str:
    """`Shunyi (3.1% against 6.5%, 3.4 percentage points below)`, `Yanqing`, `BDA (10.4%, met)`.

    A figure of a flow at mid-year is held against its goal.
    """
    values = {"area": say.area(one.area), "value": say.value(one)}
    if how == "name":
        return values["area"]
    if how == "verdict":
        return _("{area} ({verdict})", **values, verdict=verdict_word(one.verdict))
    if how == "value":
        basis = "stated" if one.stated else "computed"
        verdict = qualified(verdict_word(one.verdict), one.verdict, basis, one.caveat)
        return _("{area} ({value}, {verdict})", **values, verdict=verdict)
    values["target"] = _target(say, one)
    if one.gap is None:
        return _(_BESIDE, **values)
    if one.gap == 0:
        return _(_EQUAL[say.down] if say.has_to_pass(one) else _EQUAL_SO_FAR, **values)
    # behind is below, but where lower is better; of a corridor it is told
    above = one.beside.above if one.beside.corridor else (one.gap > 0) is not say.down
    in_points = say.facts.indicator.in_points
    distance = say.distance(one.gap) if in_points else say.bare(abs(one.gap))
    return _(_ABOVE if above else _BELOW, **values, distance=distance)


def _target(say: Phrases, one: Standing) -> str:
    """What a figure is compared with."""
    if one.assigned:
        return _("an assigned target")
    if one.goal is None:
        return say.figure(one.target) if one.target else ""
    if one.beside.ends:
        low, high = map(say.amount, one.beside.ends)
        return _("{low} to {high}", low=low, high=high)
    return say.amount(one.goal)
