"""Rules across rows of targets, figures and areas: findings, and the rows that they exclude.

What can be seen in one row alone is found by the reader of that row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from dtrack.core.arrays import Flags, Ints, codes, flags, joint_key, says
from dtrack.core.findings import Finding, row_findings
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import Names, Shared, look_alikes, shared, spelling
from dtrack.core.period import Period
from dtrack.core.places import TARGETS_FILE
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Direction, ObsStatus, Over
from dtrack.core.wording import Wording
from dtrack.i18n.formatting import wording_shown
from dtrack.i18n.terms import unit_word
from dtrack.model.entities import Area, Indicator, Place, TargetEntry, place_of

if TYPE_CHECKING:
    import pandas as pd

_AGAINST = N_("{value}, but {other} at {place}, published on the same day")
_REPEATS = N_("{value} repeats {other} at {place}, published on the same day")
_SAME_DAY = N_("“{value}” and “{other}” ({key}) are set on the same day")
_DUE_TOGETHER = N_("“{value}” and “{other}” ({key}) are due on the same day")
_DECIDES = {
    "up": N_("“{value}”, but higher is better; `better` applies"),
    "down": N_("“{value}”, but lower is better; `better` applies"),
}
_OF_FIGURE = ("file", "line", "area", "indicator", "period", "published_day", "value", "origin")


def same_edition(
    actuals: pd.DataFrame, coming: Collection[str] = ()
) -> tuple[list[Finding], Flags]:
    """Figures that stand twice in one edition: the same (a warning), or different (excluded).

    One edition: same area, indicator, period, day, price basis and scope, and alike *expected* or
    not. `actuals`: the rows whose cell has several of a day. `coming`: files that are not there
    yet; of two rows the finding is for the one that comes.
    """
    if not len(actuals):
        return [], np.zeros(0, bool)
    # prices left blank and prices written out are one basis
    own = flags(actuals, "on_reference_basis")
    parts = [codes(actuals, name) for name in ("area", "indicator", "period")]
    parts += [np.where(own, 0, 1 + codes(actuals, name)) for name in ("prices", "scope")]
    expected = says(actuals, "status", ObsStatus.EXPECTED).astype(np.int64)
    key = joint_key([*parts, actuals["published_day"].factorize()[0], expected])
    place, new = np.arange(len(key)), actuals["file"].isin(coming).to_numpy()
    order = np.lexsort((place, new, key))
    again = np.append(False, key[order][1:] == key[order][:-1])
    first = np.maximum.accumulate(np.where(again, 0, place))
    # where two of an edition differ, none of them can be told from the right one
    torn = np.zeros(len(key), bool)
    torn[first[~one_figure(actuals, order, order[first])]] = True
    torn[order] = torn[first]
    # of one told twice the row that counts, the last, comes first
    order = np.lexsort((np.where(torn, place, -place), new, key))
    return _tell_editions(actuals, order[again], order[first[again]]), torn


def one_figure(actuals: pd.DataFrame, rows: Ints, others: Ints) -> Flags:
    """Which rows have the figure of their other row: 1507.30 and 1507.3 are one."""
    words = codes(actuals, "wording")
    same: Flags = words[rows] == words[others]
    for number in (actuals["number"].to_numpy(), actuals["upper"].to_numpy()):
        same &= np.isclose(number[rows], number[others], rtol=0, atol=0, equal_nan=True)
    return same


def _tell_editions(actuals: pd.DataFrame, row: Ints, before: Ints) -> list[Finding]:
    """The findings for rows that stand in one edition with the row before it."""
    same = one_figure(actuals, row, before)
    other = dict(zip(row.tolist(), before.tolist(), strict=True))

    def make(code: str, message: str) -> list[Finding]:
        def finding(at: int) -> Finding:
            this, that = (
                {name: str(actuals[name].iat[place]) for name in _OF_FIGURE}
                for place in (at, other[at])
            )
            sentence = _(
                message,
                value=deferred(wording_shown, this["value"][:40]),
                other=deferred(wording_shown, that["value"][:40]),
                place=that["origin"] or f"{that['file']}:{that['line']}",
            )
            cell = this["area"], this["indicator"], this["period"]
            rest = int(this["published_day"]), this["value"], this["origin"]
            return Finding(code, this["file"], int(this["line"]), "value", sentence, *cell, *rest)

        return row_findings(np.sort(row[same if code == "duplicate-figure" else ~same]), finding)

    return make("conflicting-figures", _AGAINST) + make("duplicate-figure", _REPEATS)


def twice_set(entries: Sequence[TargetEntry]) -> tuple[list[Finding], set[int]]:
    """Targets of one cell set the same day with different words, and the positions to exclude."""
    seen: dict[tuple[str, str, str, int], int] = {}
    findings, excluded = [], set()
    for position, entry in enumerate(entries):
        cell = (entry.area, entry.indicator, str(entry.period), entry.set_day)
        before = seen.setdefault(cell, position)
        if before != position:
            other = entries[before]
            sentence = _(_SAME_DAY, value=entry.value, other=other.value, key=other.key)
            findings.append(_entry_finding("target-twice", entry, "", sentence))
            excluded |= {before, position}
    return findings, excluded


def of_names(
    names: Names,
    place: Callable[[Shared], tuple[str, int | None, str]],
    what: str = "",
    *,
    key: Callable[[str], str] = spelling,
    short: Callable[[str], Iterable[str]] = lambda _: (),
    id_wins: Callable[[Shared], bool] = lambda _: False,
) -> list[Finding]:
    """The findings for names that two things share, or that look like another's (a warning).

    The first name of each thing is its id; `what`: "area" or "indicator", where the names are of
    those. `id_wins`: a shared name means the thing whose id it is (a warning).
    """
    ids, findings = [spelled[0][1] for spelled in names], []
    for one in (*shared(names, key, short), *look_alikes(names, key)):
        of = {"name": one.name, "area": ids[one.one], "other": ids[one.other]}
        if not one.like and id_wins(one):
            meant, other = sorted(
                (one.one, one.other), key=lambda at: key(ids[at]) != key(one.name)
            )
            sentence = _(
                "“{name}” of {other} is the id of {area}; it refers to {area}",
                name=one.name,
                other=ids[other],
                area=ids[meant],
            )
            findings.append(Finding("name-is-id", *place(one), sentence))
            continue
        if not one.like:
            sentence = _("“{name}” is ambiguous: {area} and {other}", **of)
            findings.append(Finding("id-twice", *place(one), sentence))
            continue
        sentence = _("“{name}” mixes similar letters of two alphabets", name=one.name)
        if one.one != one.other:
            sentence = _(
                "“{name}” looks like “{like}” of {area} but has different letters",
                like=one.like,
                **of,
            )
        area, indicator = (ids[one.other] * (what == name) for name in ("area", "indicator"))
        findings.append(Finding("look-alike", *place(one), sentence, area, indicator))
    return findings


def tree(areas: Sequence[Area], city: str, reference: str) -> list[Finding]:
    """Areas that do not hang below the city, and peers that are none.

    Only the city, and what is above or beside it, has no parent, and nobody is his own.
    """
    circles = _circles({area.id: area.parent for area in areas})
    place = {area.id: place_of(area, city, reference) for area in areas}
    outside = (Place.REFERENCE, Place.PEER)
    found: list[tuple[Area, str, Message]] = []
    for area in areas:
        id_, parent = area.id, area.parent
        if circles[id_]:
            found.append((area, "parent", _("{area} descends from itself", area=id_)))
        elif id_ == city and parent not in ("", reference):
            sentence = _("the {city} {area} has a parent, {parent}", area=id_, parent=parent)
            found.append((area, "parent", sentence))
        elif not parent and place[id_] == Place.DISTRICT:
            sentence = _(
                "{area} has no parent; it is treated as {a_district} of {whole}",
                area=id_,
                whole=city,
            )
            found.append((area, "parent", sentence))
    for area in (area for area in areas if area.role):
        if place[area.id] != Place.PEER:
            sentence = _(
                "{area} cannot be a peer: it is the {city}, or the reference above it", area=area.id
            )
            found.append((area, "role", sentence))
        elif area.overlaps or place.get(area.parent, Place.PEER) not in outside:
            sentence = _(
                "{area} is a peer but also part of {whole}; it is treated as a peer",
                area=area.id,
                whole=city,
            )
            found.append((area, "role", sentence))
    return [
        Finding("area-tree", "data/areas.csv", area.line, column, sentence, area.id)
        for area, column, sentence in found
    ]


def _circles(parent: dict[str, str]) -> dict[str, bool]:
    """Which areas have no end above them, each walked over once, however long the chains are."""
    known = {"": False}
    for area in parent:
        path, at = dict[str, None](), area
        while at not in known and at not in path:
            path[at] = None
            at = parent.get(at, "")
        known.update(dict.fromkeys(path, known.get(at, True)))
    return known


def wrong_units(entries: Sequence[TargetEntry], indicators: Sequence[Indicator]) -> list[Finding]:
    """The findings for entries whose % or scale word does not fit the unit."""
    unit = {indicator.id: indicator.unit for indicator in indicators}
    return [
        _entry_finding("wrong-unit", entry, "", of_no_unit(entry.value, unit[entry.indicator]))
        for entry in entries
    ]


def of_no_unit(value: str, unit: str) -> Message:
    """That a figure has a % or a scale word which its unit does not."""
    return _(
        "“{value}” does not fit the unit “{unit}”", value=value, unit=deferred(unit_word, unit)
    )


def target_findings(
    entries: Sequence[TargetEntry],
    targets: pd.DataFrame,
    indicators: Sequence[Indicator],
    sources: Sequence[str],
) -> list[Finding]:
    """Targets without a day or source, of unknown source, or worded against `better`."""
    better = {indicator.id: indicator.better for indicator in indicators}
    wants = [wording.meaning.wants for wording in Wording]
    found: list[tuple[str, TargetEntry, str, Message]] = []
    for entry, wording in zip(entries, targets["wording"].cat.codes.tolist(), strict=True):
        if entry.set_day == 0:
            sentence = _("this target has no date; it is always in force")
            found.append(("no-date", entry, "set", sentence))
        if not entry.source:
            found.append(("no-source", entry, "source", _("this target has no source")))
        elif sources and entry.source not in sources:
            sentence = _("“{source}” is not in data/sources.csv", source=entry.source)
            found.append(("unknown-source", entry, "source", sentence))
        if better[entry.indicator] != Direction.WITHIN and wants[wording] not in (
            None,
            better[entry.indicator],
        ):
            sentence = _(_DECIDES[better[entry.indicator]], value=entry.value)
            found.append(("wording-against-better", entry, "value", sentence))
    return [_entry_finding(*one) for one in found]


def due_together(
    entries: Sequence[TargetEntry], targets: pd.DataFrame, indicators: Sequence[Indicator]
) -> list[Finding]:
    """The findings for targets of a stock or share that fall due together and differ.

    Of each target the newest entry is asked about; one without a number says nothing.
    """
    at_end = {indicator.id for indicator in indicators if indicator.kind.read_at_end}
    newest: dict[tuple[str, str, Period], int] = {}
    for position, entry in enumerate(entries):
        cell = (entry.area, entry.indicator, entry.period)
        before = entries[newest.get(cell, position)]
        due_once = entry.over in ("", Over.END)
        if entry.indicator in at_end and due_once and entry.set_day >= before.set_day:
            newest[cell] = position
    numbers = list(zip(targets["number"].tolist(), targets["upper"].tolist(), strict=True))
    first: dict[tuple[str, str, int], int] = {}
    findings = []
    for (area, indicator, period), position in newest.items():
        if numbers[position][0] != numbers[position][0]:
            continue
        other = first.setdefault((area, indicator, period.end), position)
        if numbers[other] != numbers[position]:
            told = {"value": entries[position].value, "other": entries[other].value}
            sentence = _(_DUE_TOGETHER, key=entries[other].key, **told)
            findings.append(_entry_finding("targets-differ", entries[position], "", sentence))
    return findings


def _entry_finding(code: str, entry: TargetEntry, name: str, sentence: Message) -> Finding:
    key = f"{entry.key}.{name}" if name else entry.key
    return Finding(
        code, TARGETS_FILE, None, key, sentence, entry.area, entry.indicator, str(entry.period)
    )
