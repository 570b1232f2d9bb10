"""Who met the target, who fell short and by how much, and what it costs the city.

The sentences about districts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dtrack.core.translate import N_, _, counted, joined, listed, ngettext
from dtrack.i18n.terms import qualified, verdict_word
from dtrack.reporting.briefing_facts import Standing
from dtrack.reporting.briefing_parts import Share
from dtrack.reporting.briefing_phrases import Phrases


def standings(say: Phrases) -> Iterable[str]:
    """The count, then every district by its verdict.

    Areas that lie in others are told apart and counted nowhere.
    """
    facts = say.facts
    yield tally(say)
    yield _row(
        N_("Fell short: {items}."),
        [_short(say, one) for one in facts.of("missed", stated=False, unsure=False)],
    )
    yield _row(
        N_("Short, but not sure, since rounding or the kind of the figure could turn it: {items}."),
        [_short(say, one) for one in facts.of("missed", stated=False, unsure=True)],
    )
    yield _row(
        N_("Met the target: {items}."),
        [_beside(say, one) for one in reversed(facts.of("met", stated=False, unsure=False))],
    )
    yield _row(
        N_("Met, but not sure, since rounding or the kind of the figure could turn it: {items}."),
        [_beside(say, one) for one in facts.of("met", stated=False, unsure=True)],
    )
    yield _row(
        N_("As their sources state, the number of the target not being public: {items}."),
        [_stated(say, one) for one in facts.of("met", "missed", stated=True)],
    )
    yield _row(
        N_("Not there yet, and still in time: {items}."),
        [_short(say, one) for one in facts.of("open")],
    )
    yield _row(
        N_("Cannot be judged: {items}."),
        [_beside(say, one) for one in facts.of("undetermined")],
    )
    yield _row(
        N_("Without a target: {items}."), [_alone(say, one) for one in facts.of("no_target")]
    )
    yield _row(
        N_("Not reported, against a target: {items}."),
        [_promise(say, one) for one in facts.of("not_reported")],
    )
    yield say.changed(facts.told)
    if facts.inside:
        items = [_inside(say, one) for one in facts.inside]
        yield _(
            "Lying inside other districts, in no count and no sum: {items}.",
            items=listed(items),
        )
    if facts.peers:
        items = [_inside(say, one) for one in facts.peers]
        yield _("Beside the city, in no count and no sum: {items}.", items=listed(items))
    if facts.below:
        yield ngettext(
            "{count} area that is part of another has a figure too, in no count and no sum.",
            "{count} areas that are part of others have figures too, in no count and no sum.",
            facts.below,
        )


def tally(say: Phrases) -> str:
    """How many districts have a target, and what became of them."""
    facts = say.facts
    promised = [one for one in facts.told if one.target is not None]
    if not facts.districts:
        return ""
    districts = counted(facts.districts)
    if not promised:
        return ngettext(
            "The {districts} district has no published target for this period.",
            "None of the {districts} districts has a published target for this period.",
            facts.districts,
            districts=districts,
        )
    counts = [
        (verdict, len(facts.of(verdict)))
        for verdict in ("met", "missed", "open", "undetermined", "not_reported")
    ]
    parts = [_counted(verdict, count) for verdict, count in counts if count]
    return ngettext(
        "Of {districts} districts, {promised} has a target: {parts}.",
        "Of {districts} districts, {promised} have a target: {parts}.",
        len(promised),
        districts=districts,
        promised=counted(len(promised)),
        parts=joined(", ", parts),
    )


def _counted(verdict: str, count: int) -> str:
    """`9 met it`, `1 did not report`."""
    if verdict == "met":
        return ngettext("{count} met it", "{count} met it", count)
    if verdict == "missed":
        return ngettext("{count} fell short", "{count} fell short", count)
    if verdict == "open":
        return ngettext("{count} is not there yet", "{count} are not there yet", count)
    if verdict == "undetermined":
        return ngettext("{count} cannot be judged", "{count} cannot be judged", count)
    return ngettext("{count} did not report", "{count} did not report", count)


_COST = {  # (who it was is told, lower is better)
    (True, False): N_(
        "Against their own targets, the districts that fell short cost the city {points}: {items}."
    ),
    (False, False): N_(
        "Against their own targets, the districts that fell short cost the city {points}."
    ),
    (True, True): N_(
        "Against their own targets, the districts that fell short cost the city {points}, lying "
        "above them: {items}."
    ),
    (False, True): N_(
        "Against their own targets, the districts that fell short cost the city {points}, lying "
        "above them."
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
        "By weight, the targets of the districts that reported lie {points} above the city's, "
        "where lower is better."
    ),
    (False, True): N_(
        "By weight, the targets of the districts that reported lie {points} below the city's, "
        "where lower is better."
    ),
}


def costs(say: Phrases) -> Iterable[str]:
    """What the districts that fell short cost the city, what the others brought, and how high the targets lie together."""
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
            _("{area} {points}", area=say.area(one.area), points=say.points(one.points))
            for one in shares
        ]
    )


def _row(message: str, items: Sequence[str]) -> str:
    return _(message, items=listed(items)) if items else ""


def _short(say: Phrases, one: Standing) -> str:
    """`Shunyi (3.1 % against 6.5 %, 3.4 percentage points short) [3 · T4]`."""
    values = _values(say, one)
    if one.gap is None:
        return _beside(say, one)
    if one.gap == 0:
        return _("{area} ({value} against {target}, equal is not enough){source}", **values)
    values["distance"] = say.distance(one.gap)
    if say.down:
        return _("{area} ({value} against {target}, {distance} too high){source}", **values)
    return _("{area} ({value} against {target}, {distance} short){source}", **values)


def _beside(say: Phrases, one: Standing) -> str:
    return _("{area} ({value} against {target}){source}", **_values(say, one))


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
        "verdict": verdict_word(one.verdict),
        "source": say.marks(one),
    }
    return _("{area} ({verdict}){source}", **values)


def _alone(say: Phrases, one: Standing) -> str:
    values = {"area": say.area(one.area), "value": say.value(one), "source": say.marks(one)}
    return _("{area} ({value}){source}", **values)


def _promise(say: Phrases, one: Standing) -> str:
    values = {
        "area": say.area(one.area),
        "target": say.figure(one.target) if one.target else "",
        "source": say.marks(one),
    }
    return _("{area} (target {target}){source}", **values)


def _inside(say: Phrases, one: Standing) -> str:
    basis = "stated" if one.stated else "computed"
    word = qualified(verdict_word(one.verdict), one.verdict, basis, one.sure)
    values = {"area": say.area(one.area), "value": say.value(one), "source": say.marks(one)}
    return _("{area} ({value}, {verdict}){source}", **values, verdict=word)
