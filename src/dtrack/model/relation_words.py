"""Targets as people read them, those too that follow another figure: above the city's average."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dtrack.core.message import Deferred, deferred
from dtrack.core.relation import CITY, LAST_YEAR, PERCENT, REFERENCE, TIMES, Relation, relation_of
from dtrack.core.translate import N_, _, named, numeral
from dtrack.core.wording import Wording
from dtrack.i18n.formatting import format_amount, format_percent, places_of, wording_shown
from dtrack.model.dataset import Dataset

_PLAIN = {
    Wording.ABOVE: N_("above {what}"),
    Wording.AT_LEAST: N_("no less than {what}"),
    Wording.AT_MOST: N_("no more than {what}"),
    Wording.BELOW: N_("below {what}"),
    Wording.PLAIN: N_("the same as {what}"),
}
_MOVED = {  # whether it is moved upwards
    (Wording.ABOVE, True): N_("more than {amount} above {what}"),
    (Wording.AT_LEAST, True): N_("at least {amount} above {what}"),
    (Wording.AT_MOST, True): N_("at most {amount} above {what}"),
    (Wording.BELOW, True): N_("less than {amount} above {what}"),
    (Wording.PLAIN, True): N_("{amount} above {what}"),
    (Wording.ABOVE, False): N_("less than {amount} below {what}"),
    (Wording.AT_LEAST, False): N_("at most {amount} below {what}"),
    (Wording.AT_MOST, False): N_("at least {amount} below {what}"),
    (Wording.BELOW, False): N_("more than {amount} below {what}"),
    (Wording.PLAIN, False): N_("{amount} below {what}"),
}
_TIMES = {
    Wording.ABOVE: N_("more than {number} times {what}"),
    Wording.AT_LEAST: N_("at least {number} times {what}"),
    Wording.AT_MOST: N_("at most {number} times {what}"),
    Wording.BELOW: N_("less than {number} times {what}"),
    Wording.PLAIN: N_("{number} times {what}"),
}


Names = tuple[tuple[str, str], ...]  # by language


def target_shown(dataset: Dataset, text: str, indicator: str) -> str:
    """A target as worded, in the active language and the indicator's unit.

    `text` and the indicator's id are those of the frame.
    """
    if relation_of(text) is None:
        position = dataset.indicator_position[indicator]
        return wording_shown(text, dataset.indicators[position].unit)
    return str(lazy_target(dataset, text, indicator))


def targets_shown(dataset: Dataset, texts: Sequence[str], indicators: Sequence[str]) -> list[str]:
    """Targets of a column of several indicators, whose units are in no heading."""
    return [str(lazy_target(dataset, *one)) for one in zip(texts, indicators, strict=True)]


def lazy_target(dataset: Dataset, text: str, indicator: str) -> Deferred:
    """As `target_shown`, in the language active when it is shown."""
    relation = relation_of(text)
    if relation is None:
        return deferred(wording_shown, text)
    item = dataset.indicators[dataset.indicator_position[indicator]]
    area = dataset.reference_id if relation.of == REFERENCE else relation.of
    names: Names = ()
    if relation.of in dataset.indicator_position:
        names = tuple(dataset.indicators[dataset.indicator_position[relation.of]].names.items())
        return deferred(
            _relation_shown, relation, item.unit, item.in_points, (relation.of, names, False)
        )
    if area in dataset.area_position:
        names = tuple(dataset.areas[dataset.area_position[area]].names.items())
    return deferred(_relation_shown, relation, item.unit, item.in_points, (area, names, True))


def _relation_shown(
    relation: Relation, unit: str, in_points: bool, other: tuple[str, Names, bool]
) -> str:
    """What a target follows, and how: at least 1 pp above Beijing's."""
    if relation.is_rank:
        places = int(relation.number)
        told = _("among the first {count} {districts}", count=str(places))
        return _("first of the {districts}") if places == 1 else told
    what = _what(relation, in_points, *other)
    if relation.mark == TIMES:
        return _(_TIMES[relation.wording], number=numeral(str(relation.number)), what=what)
    if not relation.number:
        return _(_PLAIN[relation.wording], what=what)
    phrase = _MOVED[relation.wording, relation.number > 0]
    return _(phrase, amount=_amount(relation, unit, in_points), what=what)


def _amount(relation: Relation, unit: str, in_points: bool) -> str:
    number: Decimal = abs(relation.number)
    if relation.mark == PERCENT:
        return format_percent(number, places_of(number))
    if not in_points:
        return format_amount(number, places_of(number), unit)
    return _("{number} {unit}", number=numeral(format(number, "f")), unit=_("pp"))


def _what(relation: Relation, in_points: bool, other: str, names: Names, is_area: bool) -> str:
    """What is followed, as it stands behind “above”."""
    if relation.is_base:
        return _("the year {year}", year=relation.base_called)
    if relation.of == LAST_YEAR and is_area:
        return _("the year before")
    if relation.of == CITY and is_area:
        return _("the {city}'s average") if in_points else _("the {city}'s")
    name = named(names, other)
    return _("{name}'s", name=name) if is_area else name
