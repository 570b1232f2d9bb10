"""What stands beside the value of a target, and where the two contradict one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dtrack.core.arrays import codes
from dtrack.core.figure import parse
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.places import TARGETS_FILE
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Direction
from dtrack.core.wording import Wording
from dtrack.i18n.formatting import wording_shown
from dtrack.model.entities import Indicator, TargetEntry
from dtrack.model.integrity import of_no_unit

if TYPE_CHECKING:
    import pandas as pd

_Told = tuple[str, str, Message]  # code, key behind the entry's own, sentence
_MEANINGS = [wording.meaning for wording in Wording]
_NOT_BEYOND = {
    Direction.UP: N_("the aim {aim} does not exceed the target {value}"),
    Direction.DOWN: N_("the aim {aim} is not below the target {value}, but lower is better"),
}


def contradictions(
    entries: Sequence[TargetEntry],
    targets: pd.DataFrame,
    indicators: Sequence[Indicator],
    misfit: Sequence[int],
) -> tuple[list[Finding], list[int]]:
    """Terms that contradict their target or its indicator, and the rows to set aside.

    `misfit`: rows whose aim has a % or a scale word that does not fit the unit.
    """
    items = {indicator.id: indicator for indicator in indicators}
    wordings = codes(targets, "wording").tolist()
    findings, aside = [], []
    for row, entry in enumerate(entries):
        told = [*_of_ends(entry, items[entry.indicator], wordings[row])]
        if entry.terms.aim:
            told += _of_aim(entry, items[entry.indicator], targets, row, misfit=row in misfit)
        for code, name, sentence in told:
            key = f"{entry.key}.{name}"
            of = entry.area, entry.indicator, str(entry.period)
            findings.append(Finding(code, TARGETS_FILE, None, key, sentence, *of))
        if any(code in ("terms-contradict", "wrong-unit") for code, *_rest in told):
            aside.append(row)
    return findings, aside


def _of_ends(entry: TargetEntry, item: Indicator, wording: int) -> Iterator[_Told]:
    """Both ends of what has one, one end of what lower is better of; an area over itself."""
    terms, meaning = entry.terms, _MEANINGS[wording]
    value = deferred(wording_shown, entry.value)
    if meaning.numbers == 1 and item.better == Direction.WITHIN and entry.value:
        told = _(
            "better = “within” requires two ends, for example 2..3 or 2±1, not “{value}”",
            value=value,
        )
        yield "terms-contradict", "value", told
    elif wording == Wording.RELATIVE.code and terms.both:
        told = _("both = true requires two ends; “{value}” is one number", value=entry.value)
        yield "terms-contradict", "both", told
    elif meaning.numbers == 1 and terms.both and entry.value:
        told = _("both = true requires two ends; “{value}” is one number", value=value)
        yield "terms-contradict", "both", told
    elif _rises(entry.value, wording) and item.better == Direction.DOWN and not terms.both:
        told = _(
            "“{value}” is met by any value below its upper end; with both = true the "
            "lower end also counts",
            value=value,
        )
        yield "range-one-sided", "value", told
    if terms.by == entry.area:
        told = _("“{area}” cannot assign a target to itself", area=entry.area)
        yield "terms-look-again", "by", told


def _rises(value: str, wording: int) -> bool:
    """A range of numbers that are not below nothing: of falls the deeper is no miss."""
    low = parse(value).low if wording == Wording.RANGE.code else None
    return low is not None and low >= 0


def _of_aim(
    entry: TargetEntry, item: Indicator, targets: pd.DataFrame, row: int, *, misfit: bool
) -> Iterator[_Told]:
    """What is wrong with the aim of one target."""
    aim, value = (deferred(wording_shown, text) for text in (entry.terms.aim, entry.value))
    meaning = _MEANINGS[int(codes(targets, "aim_wording")[row])]
    if misfit:
        yield "wrong-unit", "aim", of_no_unit(entry.terms.aim, item.unit)
    elif item.better == Direction.WITHIN or targets["both"].iat[row]:
        told = _("a target with two ends that both count has no aim: “{aim}”", aim=aim)
        yield "terms-contradict", "aim", told
    elif not meaning.numbers or meaning.both:
        told = _("an aim is a single number, for example 6, not “{aim}”", aim=aim)
        yield "terms-contradict", "aim", told
    else:
        if meaning.wants not in (None, item.better):
            told = _("“{aim}” contradicts `better`, which applies", aim=aim)
            yield "wording-against-better", "aim", told
        if not _beyond(targets, row, item.better):
            told = _(_NOT_BEYOND[item.better], aim=aim, value=value)
            yield "terms-contradict", "aim", told


def _beyond(targets: pd.DataFrame, row: int, better: Direction) -> bool:
    """The aim asks for more than the target, or for as much where the target need not be passed."""
    down = better == Direction.DOWN
    ends = ("upper", "aim_upper") if down else ("number", "aim_number")
    floor, aim = ((-1.0 if down else 1.0) * float(targets[name].to_numpy()[row]) for name in ends)
    if aim != floor:
        return not aim < floor  # a floor without a number is short of every aim
    needs = (
        _MEANINGS[int(codes(targets, name)[row])].needs_more(better)
        for name in ("wording", "aim_wording")
    )
    return tuple(needs) == (False, True)
