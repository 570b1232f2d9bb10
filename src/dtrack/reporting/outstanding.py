"""Tables of `status`: by indicator, by area, and the outstanding returns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dtrack.analysis.completeness import EXPECTED_ONLY, STANDS_IN, Rates, Receipts, rates
from dtrack.analysis.decomposition import WeightNote
from dtrack.core.arrays import NONE, Ints, texts_at
from dtrack.core.translate import N_, _, listed, ngettext
from dtrack.core.translate import counted as grouped
from dtrack.i18n.formatting import period_shown
from dtrack.model.entities import Place
from dtrack.reporting.cells import placed
from dtrack.reporting.columns import names_in_a_row, number_column
from dtrack.reporting.document import Column, Sheet

MOST_ROWS, MOST_OUTSTANDING = 40, 20  # of one table on screen
_SHARE = 1  # decimals of a share in per cent
_ROOM = 40  # characters: where names of missing indicators need more, their numbers are shown
_STATES = {"met": N_("complete"), "open": N_("incomplete"), "missed": N_("no return")}
_INSTEAD = {
    STANDS_IN: N_("{indicator} (proxy)"),
    EXPECTED_ONLY: N_("{indicator} (forecast only)"),
}


def rates_of(came: Receipts, counted: Ints, indicator: int) -> Rates:
    """The rates of one indicator; timeliness is unknown without a due day."""
    of = counted[came.cells.indicator[counted] == indicator]
    return rates(came.reported[of], came.late[of], came.weight[of])


def by_indicator(came: Receipts, counted: Ints) -> Sheet | None:
    """Due, received, on time, late and shares by indicator, with unknown weights."""
    positions = np.unique(came.cells.indicator[counted]).tolist()
    if not positions:
        return None
    told = [rates_of(came, counted, position) for position in positions]
    items = came.cells.dataset.indicators
    columns = [
        Column(
            "number", _("No."), [str(number) for number in range(1, len(positions) + 1)], right=True
        ),
        Column("indicator", _("Indicator"), [items[position].short for position in positions]),
        Column(
            "reported",
            _("Received"),
            [_of(r.reported, r.expected) for r in told],
            right=True,
            tones=["met" if r.reported == r.expected else "missed" for r in told],
        ),
        _percent("completeness", _("Received (%)"), [r.completeness for r in told], gives_way=3),
        _percent("weight", _("Weight received (%)"), [r.weight for r in told]),
    ]
    if came.due:
        late = ["missed" if r.late else "" for r in told]
        columns += [
            Column("in_time", _("On time"), [grouped(r.in_time) for r in told], right=True),
            Column("late", _("Late"), [grouped(r.late) for r in told], right=True, tones=late),
            _percent("timeliness", _("On time (%)"), [r.timeliness for r in told], gives_way=2),
        ]
    shown = [column for column in columns if column.key != "weight" or any(column.for_programs())]
    return Sheet(
        _("By indicator"),
        tuple(shown),
        tuple(_of_weights(came, dict(zip(positions, told, strict=True)))),
    )


def _of(reported: int, expected: int) -> str:
    return _("{reported} of {expected}", reported=grouped(reported), expected=grouped(expected))


def _percent(key: str, heading: str, values: list[float], gives_way: int = 0) -> Column:
    return number_column(key, heading, np.array(values), _SHARE, gives_way=gives_way)


def _of_weights(came: Receipts, positions: Mapping[int, Rates]) -> list[str]:
    """What the weights are made of, and why there are none or their share is unknown."""
    items, about = came.cells.dataset.indicators, dict[tuple[WeightNote, bool], list[str]]()
    position_of = came.cells.dataset.indicator_position
    flows = [
        items[position_of[items[p].weight]].name
        for p in positions
        if not np.isnan(came.weight[came.cells.indicator == p]).all()
    ]
    for position, told in positions.items():
        caveat = came.why.get(position, WeightNote())
        # that nothing weights it is no lack: most stocks and shares have no weight
        if caveat.reason and items[position].weight:
            about.setdefault((caveat, bool(np.isnan(told.weight)) and not caveat.none), []).append(
                items[position].short
            )
    known = []
    if flows:
        sentence = _(
            "Weight: the {districts}' shares of {indicators} in {period}.",
            indicators=listed(list(dict.fromkeys(flows))),
            period=period_shown(came.cells.periods[0].year_before),
        )
        known.append(sentence)
    return known + [
        _of_caveat(caveat, unknown, listed(names, most=2))
        for (caveat, unknown), names in about.items()
    ]


def _of_caveat(caveat: WeightNote, unknown: bool, names: str) -> str:
    """`unknown`: the share that is in cannot be told though there are weights."""
    if caveat.none:
        return _("No weights for {indicators}: {reason}.", indicators=names, reason=caveat.reason)
    if unknown:
        return _(
            "{indicators}: {reason}, so the weight received is unknown.",
            indicators=names,
            reason=caveat.reason,
        )
    return _("{indicators}: {reason}.", indicators=names, reason=caveat.reason)


class _Tally:
    """The cells of each area together: arrays by position of the area."""

    def __init__(self, came: Receipts, rows: Ints) -> None:
        self.came, self.rows, dataset = came, rows, came.cells.dataset
        self.area, size = came.cells.area[rows], len(dataset.areas)
        in_ = came.reported[rows]
        self.asked = np.bincount(self.area, minlength=size)
        self.reported = np.bincount(self.area[in_], minlength=size)
        lacking = np.where(in_, 0.0, np.nan_to_num(came.weight[rows]))
        self.weight = np.bincount(self.area, weights=lacking, minlength=size)
        self.late = np.full(size, -np.inf)
        np.fmax.at(self.late, self.area, came.late[rows])
        self.unknown = np.bincount(self.area[in_ & np.isnan(came.late[rows])], minlength=size)
        self.place = dataset.place
        self.number = {
            p: str(n) for n, p in enumerate(np.unique(came.cells.indicator[rows]).tolist(), 1)
        }
        self.first = self._edge(came.editions.first, -1)
        self.last = self._edge(came.editions.last, 1)

    def _edge(self, at: Ints, step: int) -> Ints:
        """By area the row of the first (step −1) or last (1) edition of what is in."""
        rows, area = at[self.rows], self.area
        found = np.full(len(self.asked), NONE)
        keep = np.flatnonzero(self.came.reported[self.rows])
        order = keep[
            np.argsort(step * self.came.cells.count_of("published_day", rows[keep]), kind="stable")
        ]
        found[area[order]] = rows[order]  # of several values for one area the last one stays
        return found

    def ordered(self) -> Ints:
        """City, districts with most missing (then the weightiest, the latest), the others."""
        who = np.flatnonzero(self.asked)
        lacking = self.asked - self.reported
        return who[
            np.lexsort((who, -self.late[who], -self.weight[who], -lacking[who], self.place[who]))
        ]

    def state(self, area: int) -> str:
        """A verdict whose sign and colour fit: all is in, nothing, or some."""
        if self.reported[area] == self.asked[area]:
            return "met"
        return "open" if self.reported[area] else "missed"

    def timeliness(self, area: int) -> str:
        """`9 days late`, `on time`, `unknown`; "" without a return, or where no due day binds."""
        if self.place[area] in (Place.REFERENCE, Place.PEER):
            return ""
        if self.late[area] > 0:
            return ngettext("{count} day late", "{count} days late", int(self.late[area]))
        return _("unknown") if self.unknown[area] else _("on time") if self.reported[area] else ""

    def missing(self, area: int, *, by_name: bool) -> str:
        """The indicators that are not in, by name or number, and what there is instead."""
        came = self.came
        of = self.rows[(self.area == area) & ~came.reported[self.rows]]
        if len(of) == self.asked[area] > 1 and not came.state[of].any():
            return _("all {number}", number=len(of))
        items, told = came.cells.dataset.indicators, []
        for row, p in zip(of.tolist(), came.cells.indicator[of].tolist(), strict=True):
            name = items[p].short if by_name else self.number[p]
            instead = _INSTEAD.get(int(came.state[row]))
            told.append(_(instead, indicator=name) if instead else name)
        return names_in_a_row(told)


def by_area(came: Receipts, rows: Ints, signs: Mapping[str, str], *, whole: bool = False) -> Sheet:
    """City, districts with most missing first, the others; at most MOST_ROWS unless `whole`."""
    tally, dataset = _Tally(came, rows), came.cells.dataset
    order = tally.ordered()
    most = len(order) if whole else MOST_ROWS
    below = []
    if len(order) > most:
        hidden = grouped(len(order) - most)
        below = [_("{count} more areas are not shown: --format csv has every row.", count=hidden)]
    below += _uncounted(set(dataset.place[order].tolist()) - {Place.DISTRICT})
    shown: list[int] = order[:most].tolist()
    states = [tally.state(p) for p in shown]
    lacking = [tally.missing(p, by_name=True) for p in shown]
    by_name = max(map(len, lacking), default=0) <= _ROOM or not dataset.is_district[order].any()
    words = {state: _(word) for state, word in _STATES.items()}
    reported = [_of(int(tally.reported[p]), int(tally.asked[p])) for p in shown]
    cities = ["city" if p == dataset.city_position else "" for p in shown]
    late = ["missed" if tally.late[p] > 0 else "" for p in shown]
    first, last = (
        texts_at(dataset.actuals, "published", at[shown]) for at in (tally.first, tally.last)
    )
    columns = [
        Column("area", _("Area"), [placed(dataset, p) for p in shown], tones=cities),
        Column("reported", _("Received"), reported, right=True),
        Column("state", _("State"), [f"{signs[it]} {words[it]}" for it in states], tones=states),
        Column("late", _("Timeliness"), [tally.timeliness(p) for p in shown], tones=late),
        Column("first", _("First release"), first, gives_way=2),
        Column("last", _("Latest release"), last, gives_way=1),
        Column(
            "missing",
            _("Outstanding") if by_name else _("Outstanding (No.)"),
            lacking if by_name else [tally.missing(p, by_name=False) for p in shown],
        ),
    ]
    kept = [
        c
        for c in columns
        if (c.key != "late" or came.due) and (c.key != "missing" or any(c.values))
    ]
    return Sheet(_("By area"), tuple(kept), tuple(below))


def _uncounted(places: set[int]) -> list[str]:
    """Which areas of the table are in no count."""
    if not places:
        return []
    if places <= {Place.CITY, Place.ZONE}:
        return [_("The {city} and areas included in others are not counted.")]
    return [
        _(
            "The {city}, areas above or beside it, and areas included in others or part of them "
            "are not counted."
        )
    ]


def returns_outstanding(
    came: Receipts, counted: Ints, notes: Mapping[int, str], *, whole: bool = False
) -> Sheet | None:
    """Figures not in, weightiest first, at most MOST_OUTSTANDING unless `whole`; None: all in."""
    rows, cells = counted[~came.reported[counted]], came.cells
    if not len(rows):
        return None
    size = np.zeros(len(cells.dataset.areas))
    # where an indicator has no weights, the larger areas still come first
    np.fmax.at(size, cells.area, came.weight)
    rows = rows[
        np.lexsort(
            (
                cells.indicator[rows],
                cells.area[rows],
                -size[cells.area[rows]],
                -np.nan_to_num(came.weight[rows]),
            )
        )
    ]
    most = len(rows) if whole else MOST_OUTSTANDING
    hidden, shown = max(len(rows) - most, 0), rows[:most]
    weights = number_column("weight", _("Weight (%)"), 100 * came.weight[shown], _SHARE)
    said = Column("note", _("Comment"), [notes.get(row, "") for row in shown.tolist()])
    columns = (
        Column("area", _("Area"), [cells.dataset.areas[p].short for p in cells.area[shown]]),
        Column(
            "indicator",
            _("Indicator"),
            [cells.dataset.indicators[p].short for p in cells.indicator[shown]],
        ),
        *(column for column in (weights, said) if any(column.for_programs())),
    )
    below = (
        (_("{count} more are not shown: --format csv has every row.", count=grouped(hidden)),)
        if hidden
        else ()
    )
    return Sheet(_("Outstanding returns: {count}", count=grouped(len(rows))), columns, below)
