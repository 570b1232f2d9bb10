"""What is shown before anything is written.

An `Arrival` → a Document for people, a Sheet for programs.

In come the arrival, the verdicts it turns and sentences about the file; out goes what was
understood, against what is on file: new, same, revised by how much, and the verdict before and
after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from dtrack.analysis.impact import Turns, VerdictChange
from dtrack.core.message import Message
from dtrack.core.period import Period
from dtrack.core.translate import N_, _, counted, listed, ngettext, numeral
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.i18n.terms import verdict_word
from dtrack.importing.compare import AGAIN, NEW, OLDER, REVISED, SAME, Arrival
from dtrack.importing.extracted import ExtractedFigures
from dtrack.importing.layout.model import Layout
from dtrack.parsing.unit import FORMS_TOLD
from dtrack.reporting.check import by_code
from dtrack.reporting.columns import exact_numbers
from dtrack.reporting.document import Column, Document, Sheet
from dtrack.workspace import Workspace

SET_ALREADY, SET_ANEW = "set already", "set anew"  # of a target, beside NEW
MOST = 40  # rows on screen
_ORDER = (REVISED, OLDER, NEW, SAME, AGAIN)
_TONES = {REVISED: "open", OLDER: "undetermined", NEW: "met", SAME: "quiet", AGAIN: "quiet"}
_COUNTED: dict[str, Callable[[int], str]] = {
    REVISED: lambda count: ngettext("{count} revised", "{count} revised", count),
    OLDER: lambda count: ngettext("{count} older edition", "{count} older edition", count),
    NEW: lambda count: ngettext("{count} new", "{count} new", count),
    SAME: lambda count: ngettext("{count} same", "{count} same", count),
    AGAIN: lambda count: ngettext("{count} on file already", "{count} on file already", count),
    SET_ALREADY: lambda count: ngettext("{count} set already", "{count} set already", count),
    SET_ANEW: lambda count: ngettext("{count} set anew", "{count} set anew", count),
}
_WHAT = {
    REVISED: N_("revised"),
    OLDER: N_("older edition"),
    NEW: N_("new"),
    SAME: N_("same"),
    AGAIN: N_("on file already"),
    SET_ALREADY: N_("set already"),
    SET_ANEW: N_("set anew"),
}
_T = TypeVar("_T")
Turned = Mapping[str, Turns]  # of each period


def what_word(word: str) -> str:
    """What a figure or target is against what is on file, in the language spoken."""
    return _(_WHAT[word])


def headline_of(
    arrived: ExtractedFigures, what: Sequence[str], layout: Layout, *, promises: bool = False
) -> str:
    """One sentence: how many figures, of how many areas, for which periods.

    What they are against what is on file.

    How many cells are silent is told too. `promises`: they are targets.
    """
    where = layout.grid.file + (f"!{layout.grid.sheet}" if layout.grid.sheet else "")
    size = len(arrived.value)
    if not size:
        nothing = (
            N_("{file}: no target was understood.")
            if promises
            else N_("{file}: no figure was understood.")
        )
        return _(nothing, file=where)
    counts = Counter(what)
    told = {
        "file": where,
        "figures": ngettext("{count} target", "{count} targets", size)
        if promises
        else ngettext("{count} figure", "{count} figures", size),
        "areas": ngettext("{count} area", "{count} areas", len(set(arrived.area))),
        "period": _periods_shown(arrived),
        "kinds": _(", ").join(
            _COUNTED[word](counts[word])
            for word in dict.fromkeys((*_ORDER, *counts))
            if counts[word]
        ),
    }
    if not arrived.silent:
        return _("{file}: {figures} of {areas} for {period}: {kinds}.", **told)
    return _(
        "{file}: {figures} of {areas} for {period}: {kinds}; {silent}.",
        **told,
        silent=_silent(arrived.silent, promises),
    )


def _periods_shown(arrived: ExtractedFigures) -> str:
    """The periods of the figures, the first of them first."""
    periods = sorted(
        map(Period.parse, set(arrived.period)), key=lambda period: (period.start, period.end)
    )
    return listed([period_shown(period) for period in periods], 3)


def _silent(cells: int, promises: bool) -> str:
    if promises:
        return ngettext("{count} cell without a target", "{count} cells without a target", cells)
    return ngettext("{count} cell without a figure", "{count} cells without a figure", cells)


def understood(dataset: Workspace, layout: Layout) -> tuple[str, ...]:
    """One line a column: its heading, and what it is taken for."""
    lines = []
    for taken in layout.columns:
        cell = layout.grid.origin(max(layout.header[1], 0), taken.column).rpartition("!")[2]
        what = (
            dataset.indicators[taken.indicator].id
            if taken.indicator >= 0
            else _("the indicator named in its row")
        )
        told = (
            _(", in {unit}", unit=taken.unit.text) if taken.unit else "",
            _(FORMS_TOLD[taken.given.form]) if taken.given.form else "",
            _(", for {period}", period=period_shown(taken.period)) if taken.period else "",
        )
        line = _(
            "{cell} “{heading}” is {indicator}{more}",
            cell=cell,
            heading=taken.heading[:60],
            indicator=what,
            more="".join(told),
        )
        lines.append(line)
    more = (
        (_("and {count} more columns", count=counted(len(lines) - 12)),) if len(lines) > 12 else ()
    )
    return tuple(lines[:12]) + more


def would_turn(verdicts: int) -> str:
    """How many verdicts turn."""
    return ngettext("{count} verdict would turn.", "{count} verdicts would turn.", verdicts)


def turned_sentence(arrival: Arrival, turned: Turned) -> tuple[str, ...]:
    """How many verdicts turn, and the gravest of them by name."""
    many = sum(map(len, turned.values()))
    if not many:
        return ()
    names = [
        arrival.dataset.areas[area].name
        for turns in turned.values()
        for area in turns.areas_missed()
    ]
    missed = (
        _(" Then missed: {areas}.", areas=listed(list(dict.fromkeys(names)), 5)) if names else ""
    )
    return (would_turn(many) + missed,)


def sheet(arrival: Arrival, turned: Turned) -> Sheet:
    """Every figure of the return, one a row, for programs."""
    arrived = arrival.arrived
    found = _turns_of(arrival, turned, range(len(arrived.value)))
    return Sheet(
        "import",
        (
            Column("origin", "Cell", arrived.origin),
            Column("area", "Area", arrived.area),
            Column("indicator", "Indicator", arrived.indicator),
            Column("period", "Period", arrived.period),
            Column("value", "Figure", arrived.value),
            Column("what", "What", arrival.against.what),
            Column("before", "On file", arrival.against.before),
            Column("before_published", "Published", arrival.against.before_day),
            Column("change", "Change", arrival.against.change, arrival.against.decimals),
            Column(
                "verdict_before",
                "Verdict before",
                [turn.verdict_before if turn else "" for turn in found],
            ),
            Column(
                "verdict_after",
                "Verdict after",
                [turn.verdict_after if turn else "" for turn in found],
            ),
        ),
    )


def document(
    arrival: Arrival,
    layout: Layout,
    turned: Turned,
    told: Sequence[Message],
    asked: Period,
    *,
    everything: bool,
) -> Document:
    """What the return is and does, for people.

    Figures that are on file as they are do not fill the screen.
    """
    head = headline_of(arrival.arrived, arrival.against.what, layout)
    told_first = (
        head,
        *map(str, told),
        *understood(arrival.dataset, layout),
        *turned_sentence(arrival, turned),
    )
    shown = _shown(arrival, everything)
    sheets = (_table(arrival, turned, shown, asked),) if shown else ()
    return Document(
        N_("import"),
        told_first,
        sheets=(*sheets, *by_code(arrival.findings, everything=everything)),
    )


def _shown(arrival: Arrival, everything: bool) -> list[int]:
    """Positions of the figures on screen.

    What was revised first, what is on file as it is last or not at all.
    """
    whats = arrival.against.what
    there = set(whats)
    words = [word for word in _ORDER if word in there and (everything or word != AGAIN)]
    ordered = (row for word in words for row, what in enumerate(whats) if what == word)
    return list(islice(ordered, None if everything else MOST))


def _table(arrival: Arrival, turned: Turned, rows: list[int], asked: Period) -> Sheet:
    """The figures at these rows; their periods, where one is not the one asked for."""
    arrived, dataset = arrival.arrived, arrival.dataset
    unit = {item.id: item.gap_unit for item in dataset.indicators}
    units = [
        unit[arrived.indicator[row]]
        if arrival.against.change[row] == arrival.against.change[row]
        else ""
        for row in rows
    ]
    words = [_verdict_words(turn) for turn in _turns_of(arrival, turned, rows)]
    before = [
        _on_file(arrival.against.before[row], arrival.against.before_day[row]) for row in rows
    ]
    periods = not set(arrived.period) <= {str(asked)}
    names = {area.id: area.name for area in dataset.areas}
    figures = [_figure(arrival, row) for row in rows]
    numbers = exact_numbers(_at(rows, arrived.value))
    what = _at(rows, arrival.against.what)
    more = len(arrival.against.what) - len(rows)
    return Sheet(
        _("Figures"),
        (
            Column(
                "what", _("What"), list(map(what_word, what)), tones=[_TONES[word] for word in what]
            ),
            Column("area", _("Area"), [names[arrived.area[row]] for row in rows]),
            Column("indicator", _("Indicator"), _at(rows, arrived.indicator)),
            *(
                [
                    Column(
                        "period",
                        _("Period"),
                        list(map(period_shown, _at(rows, arrived.period))),
                        gives_way=4,
                    )
                ]
                if periods
                else []
            ),
            Column("value", _("Figure"), figures, right=True, numbers=numbers),
            Column("before", _("On file"), before, right=True, gives_way=3),
            Column(
                "change",
                _("Change"),
                _at(rows, arrival.against.change),
                _at(rows, arrival.against.decimals),
                signed=True,
                right=True,
            ),
            Column("unit", _("Unit"), units, gives_way=2),
            Column("verdict", _("Verdict"), words),
            Column(
                "origin",
                _("Cell"),
                [text.rpartition("!")[2] for text in _at(rows, arrived.origin)],
                gives_way=1,
            ),
        ),
        (_("{count} more figures; --all shows every one.", count=counted(more)),) if more else (),
    )


def _figure(arrival: Arrival, row: int) -> str:
    """The figure as published; beside a scale word what that is in the indicator's unit.

    395000万 = 39.5000.
    """
    text, number = arrival.arrived.value[row], arrival.against.number[row]
    if number != number or not re.search(r"[千万亿]|illion", text):
        return wording_shown(text)
    return f"{numeral(text)} = {numeral(f'{number:.{max(arrival.against.own_decimals[row], 0)}f}')}"


def _on_file(text: str, day: str) -> str:
    return (
        _("{figure} ({day})", figure=wording_shown(text), day=day or _("undated")) if text else ""
    )


def _at(rows: list[int], column: Sequence[_T]) -> list[_T]:
    return [column[row] for row in rows]


def _turns_of(arrival: Arrival, turned: Turned, rows: Iterable[int]) -> list[VerdictChange | None]:
    """What turned at each of the figures; periods past the first few are not looked at."""
    arrived, area, indicator = (
        arrival.arrived,
        arrival.after.area_position,
        arrival.after.indicator_position,
    )
    cells = (
        (
            turned.get(arrived.period[row]),
            area[arrived.area[row]],
            indicator[arrived.indicator[row]],
        )
        for row in rows
    )
    return [turns.of(*cell) if turns is not None else None for turns, *cell in cells]


def _verdict_words(turn: VerdictChange | None) -> str:
    if turn is None:
        return ""
    before, after = (
        verdict_word(verdict) or _("none") for verdict in (turn.verdict_before, turn.verdict_after)
    )
    if turn.gap_after is None:
        return _("{before} → {after}", before=before, after=after)
    return _(
        "{before} → {after}, {gap}", before=before, after=after, gap=numeral(f"{turn.gap_after:+f}")
    )
