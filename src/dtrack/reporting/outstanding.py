"""Sheets of what has come in: by indicator, by area, and the list to chase. In comes what was received and which cells."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dtrack.analysis.completeness import EXPECTED_ONLY, STANDS_IN, Rates, Received, rates
from dtrack.analysis.decomposition import Caveat
from dtrack.analysis.selection import NONE
from dtrack.core.period import YEAR
from dtrack.core.translate import counted as grouped
from dtrack.core.translate import listed, marked, say, several
from dtrack.i18n.cell_text import period_shown
from dtrack.model.entities import Place
from dtrack.reporting.cells import placed
from dtrack.reporting.columns import names_in_a_row, number_column, texts_at
from dtrack.reporting.document import Column, Sheet
from dtrack.storage.columns import Ints

MOST_ROWS, MOST_TO_CHASE = 40, 20  # of one table on screen
_SHARE = 2  # decimals of a share in per cent
_ROOM = 40  # characters: where names of missing indicators need more, their numbers are told
_STATES = {"met": marked("complete"), "open": marked("incomplete"), "missed": marked("nothing")}
_INSTEAD = {STANDS_IN: marked("{indicator} (stand-in)"), EXPECTED_ONLY: marked("{indicator} (expected only)")}


def rates_of(came: Received, counted: Ints, indicator: int) -> Rates:
    """The rates of one indicator over its counted cells; timeliness is unknown without a due day."""
    of = counted[came.cells.indicator[counted] == indicator]
    return rates(came.reported[of], came.late[of], came.weight[of])


def by_indicator(came: Received, counted: Ints) -> Sheet | None:
    """Expected, reported, in time, late, and three shares, a row per indicator; below it where a weight is unknown."""
    positions = np.unique(came.cells.indicator[counted]).tolist()
    if not positions:
        return None
    told, items = [rates_of(came, counted, position) for position in positions], came.cells.held.indicators
    columns = [
        Column("number", say("No."), [str(number) for number in range(1, len(positions) + 1)], right=True),
        Column("indicator", say("Indicator"), [items[position].name for position in positions]),
        Column("reported", say("Reported"), [_of(r.reported, r.expected) for r in told], right=True,
               tones=["met" if r.reported == r.expected else "missed" for r in told]),
        _percent("completeness", say("Complete %"), [r.completeness for r in told], gives_way=3),
        _percent("weight", say("Weight in %"), [r.weight for r in told]),
    ]  # fmt: skip
    if came.due:
        columns += [
            Column("in_time", say("In time"), [grouped(r.in_time) for r in told], right=True),
            Column(
                "late", say("Late"), [grouped(r.late) for r in told], right=True, tones=["missed" if r.late else "" for r in told]
            ),
            _percent("timeliness", say("In time %"), [r.timeliness for r in told], gives_way=2),
        ]
    shown = [column for column in columns if column.key != "weight" or any(column.for_programs())]
    return Sheet(say("By indicator"), tuple(shown), tuple(_of_weights(came, dict(zip(positions, told, strict=True)))))


def _of(reported: int, expected: int) -> str:
    return say("{reported} of {expected}", reported=grouped(reported), expected=grouped(expected))


def _percent(key: str, heading: str, values: list[float], gives_way: int = 0) -> Column:
    return number_column(key, heading, np.array(values), _SHARE, gives_way=gives_way)


def _of_weights(came: Received, positions: Mapping[int, Rates]) -> list[str]:
    """What the weights are made of, and why there are none or the share that is in cannot be told."""
    items, about = came.cells.held.indicators, dict[tuple[Caveat, bool], list[str]]()
    flows = [items[p].weight for p in positions if not np.isnan(came.weight[came.cells.indicator == p]).all()]
    base = came.cells.periods[0].shift(-YEAR)
    for position, told in positions.items():
        caveat = came.why.get(position, Caveat())
        if caveat.reason:
            about.setdefault((caveat, bool(np.isnan(told.weight)) and not caveat.none), []).append(items[position].name)
    if not flows:
        known = []
    else:
        of = listed(list(dict.fromkeys(flows)))
        known = [say("Weight: the districts' shares of {indicators} in {period}.", indicators=of, period=period_shown(base))]
    return known + [_of_caveat(caveat, unknown, listed(names, most=2)) for (caveat, unknown), names in about.items()]


def _of_caveat(caveat: Caveat, unknown: bool, names: str) -> str:
    """`unknown`: the share that is in cannot be told though there are weights."""
    if caveat.none:
        return say("No weights for {indicators}: {reason}.", indicators=names, reason=caveat.reason)
    if unknown:
        return say("{indicators}: {reason}, so the share that is in is unknown.", indicators=names, reason=caveat.reason)
    return say("{indicators}: {reason}.", indicators=names, reason=caveat.reason)


class _Tally:
    """The cells of each area together: arrays by position of the area."""

    def __init__(self, came: Received, rows: Ints) -> None:
        self.came, self.rows, held = came, rows, came.cells.held
        self.area, size = came.cells.area[rows], len(held.areas)
        in_ = came.reported[rows]
        self.asked, self.reported = np.bincount(self.area, minlength=size), np.bincount(self.area[in_], minlength=size)
        lacking = np.where(in_, 0.0, np.nan_to_num(came.weight[rows]))
        self.weight = np.bincount(self.area, weights=lacking, minlength=size)
        self.late = np.full(size, -np.inf)
        np.fmax.at(self.late, self.area, came.late[rows])
        self.unknown = np.bincount(self.area[in_ & np.isnan(came.late[rows])], minlength=size)
        self.place = held.place
        self.number = {p: str(n) for n, p in enumerate(np.unique(came.cells.indicator[rows]).tolist(), 1)}
        self.first, self.last = self._edge(came.editions.first, -1), self._edge(came.editions.last, 1)

    def _edge(self, at: Ints, step: int) -> Ints:
        """By area the row of the first (step −1) or last (1) edition of what is in."""
        rows, area = at[self.rows], self.area
        found = np.full(len(self.asked), NONE)
        keep = np.flatnonzero(self.came.reported[self.rows])
        order = keep[np.argsort(step * self.came.cells.count_of("published_day", rows[keep]), kind="stable")]
        found[area[order]] = rows[order]  # of several values for one area the last one stays
        return found

    def ordered(self) -> Ints:
        """The city, then the districts with most missing (equal ones: the weightiest, the latest), then the others by place."""
        who = np.flatnonzero(self.asked)
        lacking = self.asked - self.reported
        return who[np.lexsort((who, -self.late[who], -self.weight[who], -lacking[who], self.place[who]))]

    def state(self, area: int) -> str:
        """A verdict whose sign and colour fit: all is in, nothing, or some."""
        if self.reported[area] == self.asked[area]:
            return "met"
        return "open" if self.reported[area] else "missed"

    def timeliness(self, area: int) -> str:
        """`9 days late`, `in time`, `not known`; empty where nothing is in, or no due day binds the area."""
        if self.place[area] in (Place.REFERENCE, Place.PEER):
            return ""
        if self.late[area] > 0:
            return several("{count} day late", "{count} days late", int(self.late[area]))
        return say("not known") if self.unknown[area] else say("in time") if self.reported[area] else ""

    def missing(self, area: int, *, by_name: bool) -> str:
        """The indicators that are not in, by name or by number, and what there is instead of one."""
        came = self.came
        of = self.rows[(self.area == area) & ~came.reported[self.rows]]
        if len(of) == self.asked[area] > 1 and not came.state[of].any():
            return say("all {number}", number=len(of))
        items, told = came.cells.held.indicators, []
        for row, p in zip(of.tolist(), came.cells.indicator[of].tolist(), strict=True):
            name, instead = items[p].name if by_name else self.number[p], _INSTEAD.get(int(came.state[row]))
            told.append(say(instead, indicator=name) if instead else name)
        return names_in_a_row(told)


def by_area(came: Received, rows: Ints, signs: Mapping[str, str], *, whole: bool = False) -> Sheet:
    """The city, then the districts with most still missing, then those that lie inside others; unless `whole`, up to MOST_ROWS."""
    tally, held = _Tally(came, rows), came.cells.held
    order = tally.ordered()
    most = len(order) if whole else MOST_ROWS
    below = []
    if len(order) > most:
        hidden = grouped(len(order) - most)
        below = [say("{count} more areas are not shown: --format csv has every row.", count=hidden)]
    below += _uncounted(set(held.place[order].tolist()) - {Place.DISTRICT})
    shown: list[int] = order[:most].tolist()
    states = [tally.state(p) for p in shown]
    lacking = [tally.missing(p, by_name=True) for p in shown]
    by_name = max(map(len, lacking), default=0) <= _ROOM or not held.is_district[order].any()
    words = {state: say(word) for state, word in _STATES.items()}
    columns = [
        Column("area", say("Area"), [placed(held, p) for p in shown],
               tones=["city" if p == held.city_position else "" for p in shown]),
        Column("reported", say("Reported"), [_of(int(tally.reported[p]), int(tally.asked[p])) for p in shown], right=True),
        Column("state", say("State"), [f"{signs[state]} {words[state]}" for state in states], tones=states),
        Column("late", say("When"), [tally.timeliness(p) for p in shown],
               tones=["missed" if tally.late[p] > 0 else "" for p in shown]),
        Column("first", say("First day"), texts_at(held.actuals, "published", tally.first[shown]), gives_way=2),
        Column("last", say("Last day"), texts_at(held.actuals, "published", tally.last[shown]), gives_way=1),
        Column("missing", say("Missing") if by_name else say("Missing (No.)"),
               lacking if by_name else [tally.missing(p, by_name=False) for p in shown]),
    ]  # fmt: skip
    kept = [c for c in columns if (c.key != "late" or came.due) and (c.key != "missing" or any(c.values))]
    return Sheet(say("By area"), tuple(kept), tuple(below))


def _uncounted(places: set[int]) -> list[str]:
    """Which areas of the table are in no count."""
    if not places:
        return []
    if places <= {Place.CITY, Place.ZONE}:
        return [say("The city and areas that lie inside others are in no count.")]
    return [say("The city, areas above or beside it, and areas inside others or part of them are in no count.")]


def to_chase(came: Received, counted: Ints, notes: Mapping[int, str], *, whole: bool = False) -> Sheet | None:
    """The figures that count and are not in, the weightiest first; unless `whole`, up to MOST_TO_CHASE; None where all is in."""
    rows, cells = counted[~came.reported[counted]], came.cells
    if not len(rows):
        return None
    size = np.zeros(len(cells.held.areas))
    np.fmax.at(size, cells.area, came.weight)  # where an indicator has no weights, the larger areas still come first
    rows = rows[np.lexsort((cells.indicator[rows], cells.area[rows], -size[cells.area[rows]], -np.nan_to_num(came.weight[rows])))]
    most = len(rows) if whole else MOST_TO_CHASE
    hidden, shown = max(len(rows) - most, 0), rows[:most]
    weights = number_column("weight", say("Weight %"), 100 * came.weight[shown], _SHARE)
    said = Column("note", say("What there is"), [notes.get(row, "") for row in shown.tolist()])
    columns = (
        Column("area", say("Area"), [cells.held.areas[p].name for p in cells.area[shown]]),
        Column("indicator", say("Indicator"), [cells.held.indicators[p].name for p in cells.indicator[shown]]),
        *(column for column in (weights, said) if any(column.for_programs())),
    )
    below = (say("{count} more are not shown: --format csv has every row.", count=grouped(hidden)),) if hidden else ()
    return Sheet(several("To chase: {count} figure", "To chase: {count} figures", len(rows)), columns, below)
