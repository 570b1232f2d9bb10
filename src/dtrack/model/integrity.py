"""Questions asked of the frames as a whole.

In come targets and actuals, out go findings and the rows they set aside.

A question here looks across rows; what can be seen in one row alone is told by the reader of that
row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from dtrack.core.arrays import Flags, Ints, codes, flags, says
from dtrack.core.figure import Wording
from dtrack.core.findings import Finding, row_findings
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import Names, Shared, look_alikes, shared, spelling
from dtrack.core.translate import N_
from dtrack.core.vocabulary import ObsStatus
from dtrack.i18n.formatting import wording_shown
from dtrack.i18n.terms import unit_word
from dtrack.model.entities import Area, Entry, Indicator, Place, place_of
from dtrack.model.schema import TARGETS_FILE

if TYPE_CHECKING:
    import pandas as pd

_AGAINST = N_("{value} against {other} at {place}, published the same day")
_REPEATS = N_("{value} repeats {other} at {place}, published the same day")
_SAME_DAY = N_("“{value}” and “{other}” ({key}) are set on the same day")
_DECIDES = {
    "up": N_("“{value}” where higher is better; `better` decides"),
    "down": N_("“{value}” where lower is better; `better` decides"),
}
_TOLD = ("file", "line", "area", "indicator", "period", "published_day", "value", "origin")


def same_edition(
    actuals: pd.DataFrame, coming: Collection[str] = ()
) -> tuple[list[Finding], Flags]:
    """Figures of one cell in one edition.

    Told twice (look again) or told differently (refuse, and set aside).

    One edition: same area, indicator, period, day, price basis and scope, and alike *expected* or
    not. `actuals`: the rows whose cell has several of a day. `coming`: files that are not there
    yet; of two rows the one that comes is told.
    """
    if not len(actuals):
        return [], np.zeros(0, bool)
    # prices left blank and prices written out are one basis
    own = flags(actuals, "on_reference_basis")
    parts = [codes(actuals, name) for name in ("area", "indicator", "period")]
    parts += [np.where(own, 0, 1 + codes(actuals, name)) for name in ("prices", "scope")]
    parts += [
        actuals["published_day"].factorize()[0],
        says(actuals, "status", ObsStatus.EXPECTED).astype(np.int64),
    ]
    key = np.zeros(len(actuals), np.int64)
    for part in parts:
        width = int(part.max()) + 1
        key = key * width + part
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
                {name: str(actuals[name].iat[place]) for name in _TOLD} for place in (at, other[at])
            )
            there = that["origin"] or f"{that['file']}:{that['line']}"
            sentence = _(
                message,
                value=deferred(wording_shown, this["value"][:40]),
                other=deferred(wording_shown, that["value"][:40]),
                place=there,
            )
            cell = (
                this["area"],
                this["indicator"],
                this["period"],
                int(this["published_day"]),
                this["value"],
                this["origin"],
            )
            return Finding(code, str(this["file"]), int(this["line"]), "value", sentence, *cell)

        return row_findings(np.sort(row[same if code == "duplicate-figure" else ~same]), finding)

    return make("conflicting-figures", _AGAINST) + make("duplicate-figure", _REPEATS)


def twice_set(entries: Sequence[Entry]) -> tuple[list[Finding], set[int]]:
    """Targets of one cell set the same day with different words (refuse), and the positions to set excluded."""
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
) -> list[Finding]:
    """The findings for names that two things share (refuse) or that look like another's (look again).

    The first name of each thing is its id; `what`: "area" or "indicator", where the names are of
    those.
    """
    ids, findings = [told[0][1] for told in names], []
    for one in (*shared(names, key, short), *look_alikes(names, key)):
        told = {"name": one.name, "area": ids[one.one], "other": ids[one.other]}
        if not one.like:
            findings.append(
                Finding(
                    "id-twice", *place(one), _("“{name}” names both {area} and {other}", **told)
                )
            )
            continue
        sentence = _("“{name}” mixes letters of two alphabets that look alike", name=one.name)
        if one.one != one.other:
            sentence = _(
                "“{name}” looks like “{like}” of {area}, and its letters are others",
                like=one.like,
                **told,
            )
        area, indicator = (ids[one.other] * (what == name) for name in ("area", "indicator"))
        findings.append(Finding("look-alike", *place(one), sentence, area, indicator))
    return findings


def tree(areas: Sequence[Area], city: str, reference: str) -> list[Finding]:
    """Areas that do not hang below the city.

    Only it, and what is above or beside it, has no parent, and nobody is his own.
    """
    circles = _circles({area.id: area.parent for area in areas})
    findings = []
    for area in areas:
        if circles[area.id]:
            sentence = _("{area} is its own ancestor", area=area.id)
        elif area.id == city and area.parent not in ("", reference):
            sentence = _("the city {area} has a parent, {parent}", area=area.id, parent=area.parent)
        elif not area.parent and place_of(area, city, reference) == Place.DISTRICT:
            sentence = _(
                "{area} has no parent; it is taken for a district of {city}",
                area=area.id,
                city=city,
            )
        else:
            continue
        findings.append(
            Finding("area-tree", "data/areas.csv", area.line, "parent", sentence, area.id)
        )
    return findings + _misplaced_peers(areas, city, reference)


def _misplaced_peers(areas: Sequence[Area], city: str, reference: str) -> list[Finding]:
    """The city or the reference called a peer, which they are not.

    Peers that lie in an area of the city, and stay peers.
    """
    place = {area.id: place_of(area, city, reference) for area in areas}
    findings = []
    for area in (area for area in areas if area.role):
        if place[area.id] != Place.PEER:
            sentence = _(
                "{area} is no peer: it is the city, or the reference above it", area=area.id
            )
        elif area.overlaps or place.get(area.parent, Place.PEER) not in (
            Place.REFERENCE,
            Place.PEER,
        ):
            sentence = _(
                "{area} is a peer, and stands within {city} too; it is taken for a peer",
                area=area.id,
                city=city,
            )
        else:
            continue
        findings.append(
            Finding("area-tree", "data/areas.csv", area.line, "role", sentence, area.id)
        )
    return findings


def _circles(parent: dict[str, str]) -> dict[str, bool]:
    """Which areas have no end above them.

    Each is walked over once, however long the chains of parents are.
    """
    known = {"": False}
    for area in parent:
        path, at = dict[str, None](), area
        while at not in known and at not in path:
            path[at] = None
            at = parent.get(at, "")
        known.update(dict.fromkeys(path, known.get(at, True)))
    return known


def wrong_units(entries: Sequence[Entry], indicators: Sequence[Indicator]) -> list[Finding]:
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


def told_of_targets(
    entries: Sequence[Entry],
    targets: pd.DataFrame,
    indicators: Sequence[Indicator],
    sources: Sequence[str],
) -> list[Finding]:
    """Targets without a day or source, of unknown source, or worded against `better`."""
    better = {indicator.id: indicator.better for indicator in indicators}
    findings = []
    wants = [wording.meaning.wants for wording in Wording]
    for entry, wording in zip(entries, targets["wording"].cat.codes.tolist(), strict=True):
        if entry.set_day == 0:
            findings.append(
                _entry_finding(
                    "no-date",
                    entry,
                    "set",
                    _("this target has no day; it counts as in force always"),
                )
            )
        if not entry.source:
            findings.append(
                _entry_finding("no-source", entry, "source", _("this target has no source"))
            )
        elif sources and entry.source not in sources:
            sentence = _("“{source}” is not in data/sources.csv", source=entry.source)
            findings.append(_entry_finding("unknown-source", entry, "source", sentence))
        if wants[wording] not in (None, better[entry.indicator]):
            sentence = _(_DECIDES[better[entry.indicator]], value=entry.value)
            findings.append(_entry_finding("wording-against-better", entry, "value", sentence))
    return findings


def _entry_finding(code: str, entry: Entry, name: str, sentence: Message) -> Finding:
    key = f"{entry.key}.{name}" if name else entry.key
    return Finding(
        code, TARGETS_FILE, None, key, sentence, entry.area, entry.indicator, str(entry.period)
    )
