"""What is shown before anything is written: an `Arrival` → a Document for people, a Sheet for programs.

In come the arrival, the verdicts it turns and sentences about the file; out goes what was understood, against what is on
file: new, same, revised by how much, and the verdict before and after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from dtrack.answers.findings import by_code
from dtrack.edits.effect import Turn, Turns
from dtrack.intake.arrival import AGAIN, NEW, OLDER, REVISED, SAME, Arrival
from dtrack.intake.arrived import Arrived
from dtrack.intake.layout import Layout
from dtrack.sentences import plural
from dtrack.sheet import Column, Document, Sheet
from dtrack.tongue import listed
from dtrack.view import exact_numbers
from dtrack.workspace import Workspace

MOST = 40  # rows on screen
_ORDER = (REVISED, OLDER, NEW, SAME, AGAIN)
_TONES = {REVISED: "open", OLDER: "undetermined", NEW: "met", SAME: "quiet", AGAIN: "quiet"}
_T = TypeVar("_T")
Turned = Mapping[str, Turns]  # of each period


def headline_of(arrived: Arrived, what: Sequence[str], layout: Layout, asked: str, noun: str = "figure") -> str:
    """One sentence: how many figures of how many areas, what they are against what is on file, how many cells are silent."""
    where = layout.grid.file + (f"!{layout.grid.sheet}" if layout.grid.sheet else "")
    if not arrived.value:
        return f"{where}: no {noun} was understood."
    counts = Counter(what)
    words = [f"{counts[word]:,} {word}" for word in (*_ORDER, *(word for word in counts if word not in _ORDER)) if counts[word]]
    silent = f"; {plural(arrived.silent, 'cell')} without a {noun}" if arrived.silent else ""
    of = f"{plural(len(arrived.value), noun)} of {plural(len(set(arrived.area)), 'area')} for {asked}"
    return f"{where}: {of}: {', '.join(words)}{silent}."


def understood(held: Workspace, layout: Layout) -> tuple[str, ...]:
    """One line a column: its heading, and what it is taken for."""
    lines = []
    for taken in layout.columns:
        cell = layout.grid.origin(max(layout.header[1], 0), taken.column).rpartition("!")[2]
        what = held.indicators[taken.indicator].id if taken.indicator >= 0 else "the indicator named in its row"
        unit = f", in {taken.unit.text}" if taken.unit else ""
        form = f", as {taken.form}" if taken.form else ""
        period = f", for {taken.period}" if taken.period else ""
        lines.append(f"{cell} “{taken.heading[:60]}” is {what}{unit}{form}{period}")
    return tuple(lines[:12]) + ((f"and {len(lines) - 12} more columns",) if len(lines) > 12 else ())


def turned_sentence(arrival: Arrival, turned: Turned) -> tuple[str, ...]:
    """How many verdicts turn, and the gravest of them by name."""
    many = sum(map(len, turned.values()))
    if not many:
        return ()
    names = [arrival.held.areas[area].name for turns in turned.values() for area in turns.areas_missed()]
    missed = f" Then missed: {listed(list(dict.fromkeys(names)), 5)}." if names else ""
    return (f"{plural(many, 'verdict')} would turn.{missed}",)


def sheet(arrival: Arrival, turned: Turned) -> Sheet:
    """Every figure of the return, one a row, for programs."""
    arrived = arrival.arrived
    found = _turns_of(arrival, turned, range(len(arrived.value)))
    return Sheet("import", (
        Column("origin", "Cell", arrived.origin),
        Column("area", "Area", arrived.area),
        Column("indicator", "Indicator", arrived.indicator),
        Column("period", "Period", arrived.period),
        Column("value", "Figure", arrived.value),
        Column("what", "What", arrival.against.what),
        Column("before", "On file", arrival.against.before),
        Column("before_published", "Published", arrival.against.before_day),
        Column("change", "Change", arrival.against.change, arrival.against.decimals),
        Column("verdict_before", "Verdict before", [turn.verdict_before if turn else "" for turn in found]),
        Column("verdict_after", "Verdict after", [turn.verdict_after if turn else "" for turn in found]),
    ))  # fmt: skip


def document(arrival: Arrival, layout: Layout, turned: Turned, told: Sequence[str], asked: str, *, everything: bool) -> Document:
    """What the return is and does, for people; figures that are on file as they are do not fill the screen."""
    head = headline_of(arrival.arrived, arrival.against.what, layout, asked)
    told_first = (head, *told, *understood(arrival.held, layout), *turned_sentence(arrival, turned))
    shown = _shown(arrival, everything)
    sheets = (_table(arrival, turned, shown),) if shown else ()
    return Document("import", told_first, sheets=(*sheets, *by_code(arrival.findings, everything=everything)))


def _shown(arrival: Arrival, everything: bool) -> list[int]:
    """Positions of the figures on screen: what was revised first, what is on file as it is last or not at all."""
    whats = arrival.against.what
    words = [word for word in _ORDER if word in set(whats) and (everything or word != AGAIN)]
    ordered = (row for word in words for row, what in enumerate(whats) if what == word)
    return list(islice(ordered, None if everything else MOST))


def _table(arrival: Arrival, turned: Turned, rows: list[int]) -> Sheet:
    arrived, held = arrival.arrived, arrival.held
    unit = {item.id: item.gap_unit for item in held.indicators}
    units = [unit[arrived.indicator[row]] if arrival.against.change[row] == arrival.against.change[row] else "" for row in rows]
    words = [_verdict_words(turn) for turn in _turns_of(arrival, turned, rows)]
    known = [(arrival.against.before[row], arrival.against.before_day[row] or "undated") for row in rows]
    before = [f"{text} ({day})" if text else "" for text, day in known]
    periods = len(set(arrived.period)) > 1
    names = {area.id: area.name for area in held.areas}
    figures = [_figure(arrival, row) for row in rows]
    more = len(arrival.against.what) - len(rows)
    return Sheet("Figures", (
        Column("what", "What", _at(rows, arrival.against.what), tones=[_TONES[arrival.against.what[row]] for row in rows]),
        Column("area", "Area", [names[arrived.area[row]] for row in rows]),
        Column("indicator", "Indicator", _at(rows, arrived.indicator)),
        *([Column("period", "Period", _at(rows, arrived.period), gives_way=3)] if periods else []),
        Column("value", "Figure", figures, right=True, numbers=exact_numbers(figures)),
        Column("before", "On file", before, right=True, gives_way=4),
        Column("change", "Change", _at(rows, arrival.against.change), _at(rows, arrival.against.decimals), signed=True, right=True),
        Column("unit", "Unit", units, gives_way=2),
        Column("verdict", "Verdict", words),
        Column("origin", "Cell", [text.rpartition("!")[2] for text in _at(rows, arrived.origin)], gives_way=1),
    ), (f"{more:,} more figures; --all shows every one.",) if more else ())  # fmt: skip


def _figure(arrival: Arrival, row: int) -> str:
    """The figure as published; beside a scale word what that is in the indicator's unit: 395000万 = 39.5000."""
    text, number = arrival.arrived.value[row], arrival.against.number[row]
    if number != number or not re.search(r"[千万亿]|illion", text):
        return text
    return f"{text} = {number:.{max(arrival.against.own_decimals[row], 0)}f}"


def _at(rows: list[int], column: Sequence[_T]) -> list[_T]:
    return [column[row] for row in rows]


def _turns_of(arrival: Arrival, turned: Turned, rows: Iterable[int]) -> list[Turn | None]:
    """What turned at each of the figures; periods past the first few are not looked at."""
    arrived, area, indicator = arrival.arrived, arrival.after.area_position, arrival.after.indicator_position
    cells = ((turned.get(arrived.period[row]), area[arrived.area[row]], indicator[arrived.indicator[row]]) for row in rows)
    return [turns.of(*cell) if turns is not None else None for turns, *cell in cells]


def _verdict_words(turn: Turn | None) -> str:
    if turn is None:
        return ""
    words = [verdict.replace("_", " ") or "none" for verdict in (turn.verdict_before, turn.verdict_after)]
    gap = "" if turn.gap_after is None else f", {turn.gap_after:+f}"
    return f"{words[0]} → {words[1]}{gap}"
