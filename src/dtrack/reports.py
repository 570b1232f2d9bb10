"""Judged cells → the documents of `report`: a headline, a sheet per indicator, one for the city, numbered sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dtrack import sentences as say
from dtrack.assess import Judged
from dtrack.board import columns_of, decimals_of
from dtrack.frames import Flags, Ints
from dtrack.model import Area, Indicator
from dtrack.period import Period
from dtrack.schema import ASSESSMENT, names
from dtrack.sheet import Column, Document, Sheet

MOST_ROWS = 40  # of one table on screen, the worst first; --all shows more, CSV has every row


@dataclass(frozen=True, slots=True)
class View:
    """What of the board is wanted, and how. Empty collections mean all."""

    areas: Collection[int] = ()
    indicators: Collection[int] = ()
    only: Collection[str] = ()
    sort: str = "gap"
    everything: bool = False
    signs: dict[str, str] = field(default_factory=lambda: say.SIGNS)


class Board:
    """The columns of a whole board with what a view needs of them."""

    def __init__(self, cells: Judged, view: View) -> None:
        self.cells, self.held, self.view = cells, cells.held, view
        self.columns: dict[str, Any] = columns_of(cells)
        self.decimals = decimals_of(cells)
        self.verdict = self.columns["verdict"]
        self.sources = Sources(self)
        apart = (self.held.city_position, self.held.reference_position)
        self.is_district = np.array([not a.overlaps and p not in apart for p, a in enumerate(self.held.areas)] or [False], bool)
        self.overlaps = np.array([bool(area.overlaps) for area in self.held.areas] or [False], bool)

    def chosen(self) -> Flags:
        """Cells of the areas and indicators asked for."""
        keep = np.ones(len(self.cells.area), bool)
        if self.view.areas:
            keep &= np.isin(self.cells.area, list(self.view.areas))
        if self.view.indicators:
            keep &= np.isin(self.cells.indicator, list(self.view.indicators))
        return keep

    def wanted(self) -> Flags:
        """Chosen cells with one of the verdicts asked for."""
        return self.chosen() & (np.isin(self.verdict, list(self.view.only)) if self.view.only else True)

    def area(self, cell: int) -> Area:
        return self.held.areas[self.cells.area[cell]]

    def indicator(self, cell: int) -> Indicator:
        return self.held.indicators[self.cells.indicator[cell]]

    def asked(self, cell: int) -> Period:
        return self.cells.periods[self.cells.which[cell]]

    def actual_shown(self, cell: int) -> str:
        """The figure as published, with its period where that is not the one asked for."""
        text, period = self.columns["actual_text"][cell], self.columns["actual_period"][cell]
        return f"{text} ({say.brief(Period.parse(period))})" if text and period != str(self.asked(cell)) else text

    def target_shown(self, cell: int) -> str:
        """The target as worded, with its period where that is neither the one asked for nor its year."""
        text, period = self.columns["target_text"][cell], self.columns["target_period"][cell]
        plain = period in ("", str(self.asked(cell)), str(self.asked(cell).year))
        return text if plain else f"{text} ({period})"

    def verdict_shown(self, cell: int) -> str:
        return say.verdict_words(self.verdict[cell], self.columns["basis"][cell], self.columns["sure"][cell], self.view.signs)


class Sources:
    """Numbers for sources in the order in which the tables name them."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.numbers: dict[str, int] = {}

    def shown(self, cell: int) -> str:
        """`3 copy · T5`: the figure's source, and after T the target's."""
        columns = self.board.columns
        parts = [self._number(columns["source"][cell]), self._number(columns["target_source"][cell], "T")]
        return " · ".join(part for part in parts if part)

    def _number(self, source: str, mark: str = "") -> str:
        if not source:
            return ""
        known = self.board.held.sources.get(source)
        return f"{mark}{self.numbers.setdefault(source, len(self.numbers) + 1)}{' copy' if known and known.copy else ''}"

    def listed(self) -> tuple[str, ...]:
        """One line a source: number, title, publisher, day, address, and whether it was read in a copy."""
        lines = []
        for source, number in self.numbers.items():
            known = self.board.held.sources.get(source)
            parts = [known.title, known.publisher, known.date, known.url, "copy" * known.copy] if known else [f"{source} (not listed)"]
            lines.append(f"{number:>3}  " + ", ".join(part for part in parts if part))
        return (*lines, "T before a number: source of the target. copy: read in a copy of the publisher's text.") if lines else ()


def tidy(cells: Judged, view: View, more: tuple[Column, ...] = (), rows: Ints | None = None) -> Sheet:
    """The sheet for programs: the columns of schema.ASSESSMENT, one row per cell that the view wants."""
    board = Board(cells, view)
    rows = np.flatnonzero(board.wanted()) if rows is None else rows
    columns = tuple(
        Column(name, name, board.columns[name][rows].tolist(), board.decimals[name][rows].tolist() if name in board.decimals else None)
        for name in names(ASSESSMENT)
    )
    return Sheet("assessment", columns + more)


def report(cells: Judged, view: View, remarks: tuple[str, ...] = ()) -> Document:
    """The document of one period: who is short of target, by how much, and on whose word."""
    board = Board(cells, view)
    held, period = board.held, cells.periods[0]
    wanted, shown = board.wanted(), _worth_showing(board)
    city = board.cells.area == held.city_position
    tables, of_city, quiet = [], [], []
    for position, indicator in enumerate(held.indicators):
        of = wanted & (cells.indicator == position)
        if not of.any():
            continue
        if (of & shown & ~city & (cells.area != held.reference_position)).any() or view.everything:
            tables.append(_district_sheet(board, indicator, np.flatnonzero(of & shown), np.flatnonzero(of & ~shown)))
        elif (of & shown).any():
            of_city += np.flatnonzero(of & shown).tolist()
        elif (of & (cells.reported | cells.promised)).any():
            quiet.append(indicator.name)
    if of_city:
        tables.insert(0, _city_sheet(board, np.array(of_city)))
    below = [f"Only older figures, without a target: {'; '.join(quiet)}. --all shows them."] if quiet else []
    if not tables:
        below.append(f"Nothing to show for {period}: no figure and no target matches.")
    title = held.titles.get("en") or next(iter(held.titles.values()), "dtrack")
    known = f", as known on {_day(cells.question.as_of)}" if cells.question.as_of else ""
    return Document(title, (f"{title} · {period}{known}", *_headline(board)), remarks, tuple(tables), tuple(below), board.sources.listed())


def _day(day: int) -> str:
    return f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"


def _worth_showing(board: Board) -> Flags:
    """Cells with a target or a figure; an older figure without a target is told in a line, unless all is wanted."""
    if board.view.everything:
        return np.ones(len(board.cells.area), bool)
    return board.cells.promised | (board.cells.reported & ~board.cells.older)


def _headline(board: Board) -> list[str]:
    """The city's main figure against its target, in one sentence; the first indicator with both, else with a figure."""
    cells, held = board.cells, board.held
    of_city = np.flatnonzero(cells.area == held.city_position)
    order = sorted(of_city, key=lambda c: (board.indicator(c).id != held.headline, cells.indicator[c]))
    fresh = [c for c in order if cells.reported[c] and not cells.older[c]]
    main = next((c for c in fresh if cells.promised[c]), next(iter(fresh), None))
    if main is None:
        return []
    item, columns = board.indicator(main), board.columns
    unit = " %" if item.unit == "percent" else f" {item.unit}"
    if not cells.promised[main]:
        return [f"{board.area(main).name}: {item.name} {board.actual_shown(main)}{unit}; no target is published."]
    gap = f", {_signed(cells.gap[main], board.decimals['gap'][main])} {item.gap_unit}" if not np.isnan(cells.gap[main]) else ""
    undisclosed = np.isnan(columns["target"][main])
    target = "an undisclosed target" if undisclosed else f"a target of {board.target_shown(main)}{unit}"
    return [f"{board.area(main).name}: {item.name} {board.actual_shown(main)}{unit} against {target}: {board.verdict_shown(main)}{gap}."]


def _signed(number: float, decimals: int) -> str:
    return Column("", "", [number], [decimals], signed=True).for_people()[0]


# ---- sheets ---------------------------------------------------------------------------------------------------------
def _ordered(board: Board, rows: Ints) -> Ints:
    """City first, then the reference, then districts: by gap the worst first, without a gap after them, missing last."""
    cells, held = board.cells, board.held
    first = np.where(cells.area[rows] == held.city_position, 0, np.where(cells.area[rows] == held.reference_position, 1, 2))
    if board.view.sort == "area":
        return rows[np.lexsort((cells.area[rows], first))]
    actual = np.where(cells.down[rows], -cells.number[rows], cells.number[rows])
    if board.view.sort == "actual":
        return rows[np.lexsort((cells.area[rows], -actual, np.isnan(actual), first))]
    gap = cells.gap[rows]
    return rows[np.lexsort((cells.area[rows], actual, gap, np.isnan(gap), ~cells.reported[rows], first))]


def _district_sheet(board: Board, indicator: Indicator, rows: Ints, silent: Ints) -> Sheet:
    rows = _ordered(board, rows)
    hidden = 0 if board.view.everything else max(len(rows) - MOST_ROWS, 0)
    below = _below(board, rows, silent)
    if hidden:
        rows = rows[:MOST_ROWS]
        below.insert(0, f"{hidden:,} more areas are not shown: --all shows them, --format csv has every row.")
    names_of = [board.area(c).name + (" (overlapping)" if board.area(c).overlaps else "") for c in rows]
    tones = ["city" if board.cells.area[c] == board.held.city_position else "" for c in rows]
    columns = (Column("area", "Area", names_of, tones=tones), *_shared_columns(board, rows, indicator.gap_unit))
    prices = f", {indicator.prices} prices" if indicator.prices else ""
    unit = "%" if indicator.unit == "percent" else indicator.unit
    return Sheet(f"{indicator.name} ({unit}{prices})", columns, tuple(below))


def _city_sheet(board: Board, rows: Ints) -> Sheet:
    """Indicators that only the city has, a row each."""
    units = ["%" if board.indicator(c).unit == "percent" else board.indicator(c).unit for c in rows]
    named = [f"{board.indicator(c).name} ({unit})" for c, unit in zip(rows, units, strict=True)]
    columns = (Column("indicator", "Indicator", named), *_shared_columns(board, rows, ""))
    title = f"{board.area(int(rows[0])).name}: indicators that no district reports"
    return Sheet(title, columns, tuple(_tally_of(board, rows, "indicator")) + tuple(_notes(board, rows, by_area=False)))


def _shared_columns(board: Board, rows: Ints, gap_unit: str) -> tuple[Column, ...]:
    """Target, actual, gap, verdict, against the city (and the reference), status, source."""
    columns, decimals = board.columns, board.decimals
    pick = lambda name: columns[name][rows].tolist()  # noqa: E731
    versus = [Column("vs_city", "vs city", pick("vs_city"), decimals["vs_city"][rows].tolist(), signed=True, right=True, gives_way=3)]
    if board.held.reference_position >= 0:
        name = board.held.areas[board.held.reference_position].name
        values = board.cells.versus(board.held.reference_position)[rows].tolist()
        versus.append(Column("vs_reference", f"vs {name}", values, decimals["vs_city"][rows].tolist(), signed=True, right=True, gives_way=2))
    return (
        Column("target", "Target", [board.target_shown(c) for c in rows]),
        Column("actual", "Actual", [board.actual_shown(c) for c in rows], right=True),
        Column("gap", f"Gap ({gap_unit})" if gap_unit else "Gap", pick("gap"), decimals["gap"][rows].tolist(), signed=True, right=True,
               tones=pick("verdict")),
        Column("verdict", "Verdict", [board.verdict_shown(c) for c in rows], tones=pick("verdict")),
        *(column for column in versus if any(value == value for value in column.values)),
        Column("status", "Status", pick("status"), tones=["quiet"] * len(rows), gives_way=1),
        Column("source", "Source", [board.sources.shown(c) for c in rows], tones=["quiet"] * len(rows), gives_way=4),
    )  # fmt: skip


# ---- sentences under a sheet ----------------------------------------------------------------------------------------
def _below(board: Board, rows: Ints, silent: Ints) -> list[str]:
    districts = rows[board.is_district[board.cells.area[rows]]]
    quiet = silent[board.is_district[board.cells.area[silent]]]
    lines = [_tally(board, districts, len(districts) + len(quiet))] + _overlapping(board, rows)
    spoke = [board.area(c).name for c in districts[board.cells.reported[districts]]]
    if len(quiet) > len(spoke):
        lines.append(f"Published by {say.listed(spoke, most=20) or 'no district'}; nothing from the other {say.plural(len(quiet), 'district')}.")
    elif len(quiet):
        who = say.listed([board.area(c).name for c in quiet], most=20)
        lines.append(f"Nothing published by {say.plural(len(quiet), 'district')}: {who}.")
    return [line for line in lines if line] + _notes(board, rows, by_area=True)


def _tally(board: Board, districts: Ints, of: int) -> str:
    """How many met, missed …, what share has a target, and who is furthest behind."""
    counts = Counter(board.verdict[districts].tolist())
    sentence = say.tally(counts, of, int(board.cells.promised[districts].sum()))
    gaps = board.cells.gap[districts]
    if np.isnan(gaps).all() or np.nanmin(gaps) >= 0:
        return sentence
    worst = districts[int(np.nanargmin(gaps))]
    gap = _signed(board.cells.gap[worst], board.decimals["gap"][worst])
    return f"{sentence} Furthest behind: {board.area(worst).name} ({gap} {board.indicator(worst).gap_unit})."


def _tally_of(board: Board, rows: Ints, word: str) -> list[str]:
    counts = Counter(board.verdict[rows].tolist())
    words = [f"{counts[v]} {v.replace('_', ' ')}" for v in ("missed", "not_reported", "undetermined", "open", "met", "no_target") if counts.get(v)]
    return [f"{say.plural(len(rows), word)}: {', '.join(words)}."]


def _overlapping(board: Board, rows: Ints) -> list[str]:
    inside = rows[board.overlaps[board.cells.area[rows]]]
    if not len(inside):
        return []
    named = say.listed([f"{board.area(c).name} ({board.verdict[c].replace('_', ' ')})" for c in inside])
    return [f"Lying inside other districts and not counted above: {named}."]


def _notes(board: Board, rows: Ints, *, by_area: bool) -> list[str]:
    """Each note once, with the areas (or indicators) it is about."""
    about: dict[str, list[str]] = {}
    said = board.columns["note"]
    for cell in rows[said[rows] != ""]:
        if note := said[cell]:
            about.setdefault(note, []).append(board.area(cell).name if by_area else board.indicator(cell).name)
    with_note = sum(map(len, about.values()))
    return [("Note: " if len(who) == with_note == len(rows) and len(rows) > 1 else f"Note on {say.listed(who, most=8)}: ") + f"{note}."
            for note, who in about.items()]  # fmt: skip
