"""Who met the target, who fell short and by how much, and what it costs the city.

The sentences about districts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dtrack.core.translate import N_
from dtrack.i18n.formatting import Language
from dtrack.reporting.briefing_facts import Standing
from dtrack.reporting.briefing_parts import Share
from dtrack.reporting.briefing_phrases import Phrases


def standings(say: Phrases) -> Iterable[str]:
    """The count, then every district by its verdict.

    Areas that lie in others are told apart and counted nowhere.
    """
    language, facts = say.language, say.facts
    yield tally(say)
    yield _row(
        say,
        N_("Fell short: {items}."),
        [_short(say, one) for one in facts.of("missed", stated=False, unsure=False)],
    )
    yield _row(
        say,
        N_("Short, but not sure, since rounding or the kind of the figure could turn it: {items}."),
        [_short(say, one) for one in facts.of("missed", stated=False, unsure=True)],
    )
    yield _row(
        say,
        N_("Met the target: {items}."),
        [_beside(say, one) for one in reversed(facts.of("met", stated=False, unsure=False))],
    )
    yield _row(
        say,
        N_("Met, but not sure, since rounding or the kind of the figure could turn it: {items}."),
        [_beside(say, one) for one in facts.of("met", stated=False, unsure=True)],
    )
    yield _row(
        say,
        N_("As their sources state, the number of the target not being public: {items}."),
        [_stated(say, one) for one in facts.of("met", "missed", stated=True)],
    )
    yield _row(
        say,
        N_("Not there yet, and still in time: {items}."),
        [_short(say, one) for one in facts.of("open")],
    )
    yield _row(
        say,
        N_("Cannot be judged: {items}."),
        [_beside(say, one) for one in facts.of("undetermined")],
    )
    yield _row(
        say, N_("Without a target: {items}."), [_alone(say, one) for one in facts.of("no_target")]
    )
    yield _row(
        say,
        N_("Not reported, against a target: {items}."),
        [_promise(say, one) for one in facts.of("not_reported")],
    )
    yield say.changed(facts.told)
    if facts.inside:
        items = [_inside(say, one) for one in facts.inside]
        yield language.say(
            "Lying inside other districts, in no count and no sum: {items}.",
            items=language.listed(items),
        )
    if facts.peers:
        items = [_inside(say, one) for one in facts.peers]
        yield language.say(
            "Beside the city, in no count and no sum: {items}.", items=language.listed(items)
        )
    if facts.below:
        yield language.many(
            "{count} area that is part of another has a figure too, in no count and no sum.",
            "{count} areas that are part of others have figures too, in no count and no sum.",
            facts.below,
            count=language.number(facts.below, 0),
        )


def tally(say: Phrases) -> str:
    """How many districts have a target, and what became of them."""
    language, facts = say.language, say.facts
    promised = [one for one in facts.told if one.target is not None]
    if not facts.districts:
        return ""
    districts = language.number(facts.districts, 0)
    if not promised:
        return language.many(
            "The {districts} district has no published target for this period.",
            "None of the {districts} districts has a published target for this period.",
            facts.districts,
            districts=districts,
        )
    counts = [
        (verdict, len(facts.of(verdict)))
        for verdict in ("met", "missed", "open", "undetermined", "not_reported")
    ]
    parts = [_counted(language, verdict, count) for verdict, count in counts if count]
    return language.many(
        "Of {districts} districts, {promised} has a target: {parts}.",
        "Of {districts} districts, {promised} have a target: {parts}.",
        len(promised),
        districts=districts,
        promised=language.number(len(promised), 0),
        parts=language.clauses(parts),
    )


def _counted(language: Language, verdict: str, count: int) -> str:
    """`9 met it`, `1 did not report`."""
    told = language.number(count, 0)
    if verdict == "met":
        return language.many("{count} met it", "{count} met it", count, count=told)
    if verdict == "missed":
        return language.many("{count} fell short", "{count} fell short", count, count=told)
    if verdict == "open":
        return language.many(
            "{count} is not there yet", "{count} are not there yet", count, count=told
        )
    if verdict == "undetermined":
        return language.many(
            "{count} cannot be judged", "{count} cannot be judged", count, count=told
        )
    return language.many("{count} did not report", "{count} did not report", count, count=told)


_COST = {  # (who it was is told, lower is better)
    (True, False): N_(
        "Against their own targets, the districts that fell short cost the city {points}: {items}."
    ),
    (False, False): N_(
        "Against their own targets, the districts that fell short cost the city {points}."
    ),
    (True, True): N_(
        "Against their own targets, the districts that fell short cost the city {points}, lying above them: {items}."
    ),
    (False, True): N_(
        "Against their own targets, the districts that fell short cost the city {points}, lying above them."
    ),
}
_GAIN = {  # lower is better
    False: N_("Those ahead of their targets brought it {points}."),
    True: N_("Those ahead of their targets brought it {points}, lying below them."),
}
_SETTING = {  # (they ask less than the city's, lower is better)
    (True, False): N_(
        "By weight, the targets of the districts that reported fall {points} short of the city's."
    ),
    (False, False): N_(
        "By weight, the targets of the districts that reported exceed the city's by {points}."
    ),
    (True, True): N_(
        "By weight, the targets of the districts that reported lie {points} above the city's, where lower is better."
    ),
    (False, True): N_(
        "By weight, the targets of the districts that reported lie {points} below the city's, where lower is better."
    ),
}


def costs(say: Phrases) -> Iterable[str]:
    """What the districts that fell short cost the city, what the others brought, and how high the targets lie together."""
    language, parts = say.language, say.facts.costs
    if parts is None:
        return
    if parts.cost is not None:
        items = _shares(say, parts.costs)
        yield language.say(_COST[bool(items), say.down], points=say.points(parts.cost), items=items)
    if parts.gain is not None:
        yield language.say(_GAIN[say.down], points=say.points(parts.gain))
    if parts.setting is not None:
        yield language.say(
            _SETTING[parts.setting < 0, say.down], points=say.points(abs(parts.setting))
        )


def _shares(say: Phrases, shares: Sequence[Share]) -> str:
    language = say.language
    return language.listed(
        [
            language.say("{area} {points}", area=say.area(one.area), points=say.points(one.points))
            for one in shares
        ]
    )


def _row(say: Phrases, message: str, items: Sequence[str]) -> str:
    return say.language.say(message, items=say.language.listed(items)) if items else ""


def _short(say: Phrases, one: Standing) -> str:
    """`Shunyi (3.1 % against 6.5 %, 3.4 percentage points short) [3 · T4]`."""
    language, values = say.language, _values(say, one)
    if one.gap is None:
        return _beside(say, one)
    if one.gap == 0:
        return language.say(
            "{area} ({value} against {target}, equal is not enough){source}", **values
        )
    values["distance"] = say.distance(one.gap)
    if say.down:
        return language.say(
            "{area} ({value} against {target}, {distance} too high){source}", **values
        )
    return language.say("{area} ({value} against {target}, {distance} short){source}", **values)


def _beside(say: Phrases, one: Standing) -> str:
    return say.language.say("{area} ({value} against {target}){source}", **_values(say, one))


def _values(say: Phrases, one: Standing) -> dict[str, str]:
    """Area, value, target and sources; a flow at mid-year is held against its goal."""
    target = (
        say.amount(one.goal)
        if one.goal is not None
        else say.figure(one.target)
        if one.target
        else ""
    )
    return {
        "area": say.area(one.area),
        "value": say.value(one),
        "target": target,
        "source": say.marks(one),
    }


def _stated(say: Phrases, one: Standing) -> str:
    values = {
        "area": say.area(one.area),
        "verdict": say.language.verdict(one.verdict),
        "source": say.marks(one),
    }
    return say.language.say("{area} ({verdict}){source}", **values)


def _alone(say: Phrases, one: Standing) -> str:
    values = {"area": say.area(one.area), "value": say.value(one), "source": say.marks(one)}
    return say.language.say("{area} ({value}){source}", **values)


def _promise(say: Phrases, one: Standing) -> str:
    values = {
        "area": say.area(one.area),
        "target": say.figure(one.target) if one.target else "",
        "source": say.marks(one),
    }
    return say.language.say("{area} (target {target}){source}", **values)


def _inside(say: Phrases, one: Standing) -> str:
    word = say.language.verdict(one.verdict, "stated" if one.stated else "computed", one.sure)
    values = {"area": say.area(one.area), "value": say.value(one), "source": say.marks(one)}
    return say.language.say("{area} ({value}, {verdict}){source}", **values, verdict=word)
