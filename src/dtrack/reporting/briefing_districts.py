"""Sentences about districts: who met the target, who fell short, what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dtrack.core.translate import N_, _, counted, joined, listed, ngettext
from dtrack.core.vocabulary import Verdict
from dtrack.i18n.terms import behind_name, qualified, verdict_word
from dtrack.reporting.briefing_beside import beside_districts
from dtrack.reporting.briefing_facts import WITHIN, Standing
from dtrack.reporting.briefing_parts import Share
from dtrack.reporting.briefing_phrases import Phrases

_BESIDE = N_("{area} ({value} against {target}){source}")
_TOO_HIGH = N_("{area} ({value} against {target}, {distance} too high){source}")
_TOO_LOW = N_("{area} ({value} against {target}, {distance} too low){source}")
_ALONE = N_("{area} ({value}){source}")
_INSIDE = N_("{area} ({value}, {verdict}){source}")
_PROMISE = N_("{area} (target {target}){source}")
_NOT_PUBLIC = N_("As their sources state, the number of the target not being public: {items}.")
_NOT_HERE = N_(
    "As their sources state, the target being assigned and its number not here: {items}."
)
# sentence, verdicts, stated, unsure, how a district reads in it ("": short of its target)
_ROWS = (
    (N_("Fell short: {items}."), ("missed",), False, False, ""),
    (
        N_(
            "Missed, but not certain, since rounding or the kind of figure could change the "
            "result: {items}."
        ),
        ("missed",),
        False,
        True,
        "",
    ),
    (N_("Met the target: {items}."), ("met",), False, False, _BESIDE),
    (
        N_(
            "Met, but not certain, since rounding or the kind of figure could change the "
            "result: {items}."
        ),
        ("met",),
        False,
        True,
        _BESIDE,
    ),
    (
        _NOT_PUBLIC,
        ("met", "missed"),
        True,
        None,
        N_("{area} ({verdict}){source}"),
    ),
    (_NOT_HERE, ("met", "missed"), True, None, N_("{area} ({verdict}){source}")),
    (N_("Not there yet, and still in time: {items}."), ("open",), None, None, ""),
    (N_("Within the limit so far, which runs on: {items}."), (WITHIN,), None, None, _BESIDE),
    (N_("Cannot be judged: {items}."), ("undetermined",), None, None, _BESIDE),
    (N_("Without a target: {items}."), ("no_target",), None, None, _ALONE),
    (N_("Not reported, against a target: {items}."), ("not_reported",), None, None, _PROMISE),
)


def standings(say: Phrases) -> Iterable[str]:
    """The count, then every district by its verdict; areas that lie in others apart, uncounted."""
    facts = say.facts
    yield district_tally(say)
    for sentence, verdicts, stated, unsure, item in _ROWS:
        found = facts.of(*verdicts, stated=stated, unsure=unsure)
        if sentence in (_NOT_PUBLIC, _NOT_HERE):
            found = tuple(one for one in found if one.assigned == (sentence == _NOT_HERE))
        # who met it surely stands with the best first, all others with the worst
        ordered = reversed(found) if verdicts == ("met",) and not unsure else found
        if items := [_item(say, one, item) for one in ordered]:
            yield _(sentence, items=listed(items))
    yield from beside_districts(say)
    yield say.changed(facts.told)
    if facts.inside:
        yield _(
            "Lying inside other {districts}, in no count and no sum: {items}.",
            items=listed([_item(say, one, _INSIDE) for one in facts.inside]),
        )
    if facts.peers:
        yield _(
            "Beside the {city}, in no count and no sum: {items}.",
            items=listed([_item(say, one, _INSIDE) for one in facts.peers]),
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
    districts = counted(facts.districts)
    if not promised:
        return ngettext(
            "The {all} {district} has no published target for this period.",
            "None of the {all} {districts} has a published target for this period.",
            facts.districts,
            all=districts,
        )
    counts = [
        (verdict, len(facts.of(verdict)))
        for verdict in ("met", "missed", "open", WITHIN, "undetermined", "not_reported")
    ]
    parts = [_counted(verdict, count) for verdict, count in counts if count]
    return ngettext(
        "Of {all} {districts}, {promised} has a target: {parts}.",
        "Of {all} {districts}, {promised} have a target: {parts}.",
        len(promised),
        all=districts,
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
    if verdict == WITHIN:
        return ngettext(
            "{count} is within a limit that runs on",
            "{count} are within a limit that runs on",
            count,
        )
    if verdict == "undetermined":
        return ngettext("{count} cannot be judged", "{count} cannot be judged", count)
    return ngettext("{count} did not report", "{count} did not report", count)


_COST = {  # (who it was is told, lower is better)
    (True, False): N_(
        "Against their own targets, the {districts} that fell short cost the {city} {points}: "
        "{items}."
    ),
    (False, False): N_(
        "Against their own targets, the {districts} that fell short cost the {city} {points}."
    ),
    (True, True): N_(
        "Against their own targets, the {districts} that fell short cost the {city} {points}, "
        "lying above them: {items}."
    ),
    (False, True): N_(
        "Against their own targets, the {districts} that fell short cost the {city} {points}, "
        "lying above them."
    ),
}
_GAIN = {  # lower is better
    False: N_("Those ahead of their targets brought it {points}."),
    True: N_("Those ahead of their targets brought it {points}, lying below them."),
}
_SETTING = {  # (they ask less than the city's, lower is better)
    (True, False): N_(
        "By weight, the targets of the {districts} that reported are {points} below the {city}'s."
    ),
    (False, False): N_(
        "By weight, the targets of the {districts} that reported exceed the {city}'s by {points}."
    ),
    (True, True): N_(
        "By weight, the targets of the {districts} that reported lie {points} above the {city}'s, "
        "where lower is better."
    ),
    (False, True): N_(
        "By weight, the targets of the {districts} that reported lie {points} below the {city}'s, "
        "where lower is better."
    ),
}


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


def _item(say: Phrases, one: Standing, message: str) -> str:
    """`Shunyi (3.1 % against 6.5 %, 3.4 percentage points short) [3 · T4]`.

    A figure of a flow at mid-year is held against its goal.
    """
    target = say.figure(one.target) if one.target else ""
    if one.assigned:
        target = _("an assigned target")
    if one.goal is not None and message != _PROMISE:
        target = say.amount(one.goal)
        if ends := one.beside.ends:
            low, high = map(say.amount, ends)
            target = _("{low} to {high}", low=low, high=high)
    verdict = verdict_word(one.verdict)
    if message == _INSIDE:
        basis = "stated" if one.stated else "computed"
        verdict = qualified(verdict, one.verdict, basis, one.caveat)
    values = {
        "area": say.area(one.area),
        "value": say.value(one),
        "target": target,
        "verdict": verdict,
        "source": say.marks(one),
    }
    if one.gap is None or message:
        return _(message or _BESIDE, **values)
    if one.gap == 0 and one.verdict == Verdict.OPEN:
        return _(_BESIDE, **values)
    if one.gap == 0:
        return _("{area} ({value} against {target}, equal is not enough){source}", **values)
    values["distance"] = say.distance(one.gap)
    if one.beside.corridor:
        told = _TOO_HIGH if one.beside.above else _TOO_LOW
        return _(told, **values)
    if say.down:
        return _("{area} ({value} against {target}, {distance} above it){source}", **values)
    return _("{area} ({value} against {target}, {distance} short){source}", **values)
