"""What of a judged board is wanted, and how its cells read: the ground that `report` and `gap` lay their sheets on.

In come judged cells and a view, out go texts of single cells, numbered sources, and the tidy sheet for programs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dtrack import sentences
from dtrack.assess import Judged
from dtrack.board import columns_of, decimals_of
from dtrack.figure import in_signs
from dtrack.frames import Flags, Ints
from dtrack.languages.shown import narrow_period
from dtrack.model import Area, Indicator
from dtrack.period import Period
from dtrack.schema import ASSESSMENT, names
from dtrack.sheet import Column, Sheet

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,14})?")


@dataclass(frozen=True, slots=True)
class View:
    """What of the board is wanted, and how. Empty collections mean all.

    `pictures`: with charts beside the sheets. `whole`: tables have every row that is shown at all, however many.
    """

    areas: Collection[int] = ()
    indicators: Collection[int] = ()
    only: Collection[str] = ()
    sort: str = "gap"
    everything: bool = False
    signs: dict[str, str] = field(default_factory=lambda: sentences.SIGNS)
    pictures: bool = False
    whole: bool = False


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

    def pick(self, name: str, rows: Ints) -> list[Any]:
        """A column of the board at some rows."""
        picked: list[Any] = self.columns[name][rows].tolist()
        return picked

    def digits(self, name: str, rows: Ints) -> list[int]:
        """The decimals at which a number column is shown at some rows."""
        picked: list[int] = self.decimals[name][rows].tolist()
        return picked

    def area(self, cell: int) -> Area:
        """The area of a cell."""
        return self.held.areas[int(self.cells.area[cell])]

    def indicator(self, cell: int) -> Indicator:
        """The indicator of a cell."""
        return self.held.indicators[int(self.cells.indicator[cell])]

    def asked(self, cell: int) -> Period:
        """The period asked for of a cell."""
        return self.cells.periods[int(self.cells.which[cell])]

    def wording(self, text: str) -> str:
        """A figure as published; with signs for its words where the output can show only ASCII."""
        return text if self.view.signs is not sentences.ASCII_SIGNS or text.isascii() else in_signs(text)

    def actual_shown(self, cell: int) -> str:
        """The figure as published, with its period where that is not the one asked for."""
        text, period = self.wording(self.columns["actual_text"][cell]), self.columns["actual_period"][cell]
        return f"{text} ({narrow_period(Period.parse(period))})" if text and period != str(self.asked(cell)) else text

    def own_target(self, cell: int) -> bool:
        """The target is for the period asked for or its year."""
        return self.columns["target_period"][cell] in (str(self.asked(cell)), str(self.asked(cell).year))

    def target_shown(self, cell: int) -> str:
        """The target as worded, with the goal that a tolerance makes of it; its period where it is not the one asked for."""
        text, period = self.wording(self.columns["target_text"][cell]), self.columns["target_period"][cell]
        if (
            self.cells.question.tolerance
            and self.cells.in_points[cell]
            and self.columns["goal"][cell] == self.columns["goal"][cell]
        ):
            goal = signed(self.columns["goal"][cell], self.decimals["goal"][cell]).removeprefix("+")
            text = f"{text} → {goal}"
        return text if not period or self.own_target(cell) else f"{text} ({period})"

    def verdict_shown(self, cell: int) -> str:
        """Sign and word of the verdict."""
        columns = self.columns
        return sentences.verdict_words(columns["verdict"][cell], columns["basis"][cell], columns["sure"][cell], self.view.signs)


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
            lines.append(f"{number:>3}  {known.cited if known else f'{source} (not listed)'}")
        return (*lines, "T before a number: source of the target. copy: read in a copy of the publisher's text.") if lines else ()


def tidy(cells: Judged, view: View, more: tuple[Column, ...] = (), rows: Ints | None = None) -> Sheet:
    """The sheet for programs: the columns of schema.ASSESSMENT, one row per cell that the view wants."""
    board = Board(cells, view)
    rows = np.flatnonzero(board.wanted()) if rows is None else rows
    columns = tuple(
        Column(name, name, board.pick(name, rows), board.digits(name, rows) if name in board.decimals else None)
        for name in names(ASSESSMENT)
    )
    return Sheet("assessment", columns + more)


def exact_numbers(texts: Sequence[str]) -> list[float | None]:
    """The number that each text is and nothing else: 5.0 of "5.0", None of "around 5", ">10", "7.5万" and ""."""
    return [float(text) if _PLAIN.fullmatch(text) else None for text in texts]


def signed(number: float, decimals: int) -> str:
    """A difference for people: +0.6, -0.4, 0.0."""
    return Column("", "", [number], [decimals], signed=True).for_people()[0]


def compared(board: Board, cell: int) -> str:
    """`GDP growth 5.4 % against a target of around 5 %: ✓ met, +0.4 pp.` or what is missing for such a sentence."""
    item, columns = board.indicator(cell), board.columns
    figure = _with_unit(item, board.wording(columns["actual_text"][cell]), board.actual_shown(cell))
    if not board.cells.promised[cell]:
        return f"{item.name} {figure}; no target is published for this period."
    gap_unit = f"({item.gap_unit})" if item.gap_unit[:1].isdigit() else item.gap_unit
    gap = f", {signed(columns['gap'][cell], board.decimals['gap'][cell])} {gap_unit}" if not np.isnan(columns["gap"][cell]) else ""
    wording = _with_unit(item, board.wording(columns["target_text"][cell]), board.target_shown(cell))
    target = "an undisclosed target" if np.isnan(columns["target"][cell]) else f"a target of {wording}"
    return f"{item.name} {figure} against {target}: {board.verdict_shown(cell)}{gap}."


def _with_unit(item: Indicator, text: str, shown: str) -> str:
    """`5.4 %`, `5 %左右`, `12.2万 stations (2024-06)`, `2.06 trillion CNY`; a unit that begins with a number in brackets."""
    if item.in_percent:
        told = text if "%" in text else re.sub(r"([0-9])(?=[^0-9]*$)", r"\1 %", text, count=1)
    elif re.search(r"[万亿千百]|illion|thousand", text):
        told = f"{text} {item.base_unit}"
    else:
        told = f"{text} ({item.unit})" if item.unit[:1].isdigit() else f"{text} {item.unit}"
    return shown.replace(text, told, 1)
