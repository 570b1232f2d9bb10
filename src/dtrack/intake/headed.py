"""A sheet and the words that are known of it: which text stands above a column, in which unit, and what is to be told.

In come a `Grid`, the workspace, a map and the period asked for; `Surveyor` and the columns ask their questions here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dtrack.errors import Finding
from dtrack.intake import landmarks as find
from dtrack.intake.grid import Grid
from dtrack.intake.headings import Heading, read_heading, table_units, words_of
from dtrack.intake.layout import Layout
from dtrack.intake.mapping import Map, heading_key
from dtrack.intake.measure import Unit, misfit, read_unit
from dtrack.model import Holdings, indicator_index, spelling
from dtrack.period import Period

_INDICATOR_HEADS = words_of("indicator 指标 指标名称 项目 indicateur")
_PERIOD_HEADS = words_of("period 时期 期间 报告期 统计时期 时间 half year 年份 年度 période")


@dataclass(slots=True)
class Headed:
    """One sheet.

    `findings` is what it has to tell; `only`: position of the indicator asked for, −1 for all; `promises`: it holds
    targets; `above`: the texts above each column (header rows, column), gathered once.
    """

    grid: Grid
    held: Holdings
    said: Map
    asked: Period
    only: int = -1
    point: str = "."
    promises: bool = False
    findings: list[Finding] = field(default_factory=list)
    above: dict[tuple[int, int, int], list[str]] = field(default_factory=dict)

    def tell(self, code: str, row: int, column: int, sentence: str, *, indicator: str = "", value: str = "") -> None:
        """Keep a finding at a cell of the grid."""
        origin = self.grid.origin(row, column)
        self.findings.append(Finding(code, "", None, "", sentence, "", indicator, "", 0, value, origin))

    def is_heading(self, text: str) -> bool:
        """The text names an indicator, a period or a unit, and so stands in a header."""
        index = indicator_index(self.held.indicators)
        heading = read_heading([text], index, self.held.indicators, self.asked, promises=self.promises)
        return heading.indicator >= 0 or (not heading.words and (heading.period is not None or bool(heading.unit)))

    def parts(self, header: tuple[int, int], column: int) -> list[str]:
        """The texts above a column, the topmost first, none twice in a row."""
        if (*header, -1) not in self.above:
            text_of = find.filled(self.grid)
            self.above[*header, -1] = []
            for at in range(self.grid.width):
                texts = [text_of(row, at).strip() for row in range(header[0], header[1] + 1)]
                self.above[*header, at] = [text for n, text in enumerate(texts) if text and (n == 0 or text != texts[n - 1])]
        return self.above.get((*header, column), [])

    def units_above(self, header: tuple[int, int]) -> tuple[str, ...]:
        """The units told for the whole table."""
        above = [text for row in self.grid.rows[: max(header[1] + 1, 0)] for text in row if text]
        return table_units(above, self.held.indicators)

    def column_named(self, name: str, header: tuple[int, int]) -> int:
        """The column with that heading; −1 with a finding where there is none."""
        for column in range(self.grid.width):
            parts = self.parts(header, column)
            if parts and heading_key(name) in (heading_key(" / ".join(parts)), heading_key(parts[-1])):
                return column
        self.tell("map-unfit", max(header[0], 0), 0, f"the map names a column “{name}”, which the header does not have")
        return -1

    def column_of(self, layout: Layout, named: str, what: str) -> int:
        """The column of indicators or of periods: the one the map names, else the one whose cells read as those."""
        if named:
            return self.column_named(named, layout.header)
        fits = self.names_indicators if what == "indicator" else self.names_periods
        return next((c for c in range(self.grid.width) if c != layout.area and fits(layout.header, c)), -1)

    def names_indicators(self, header: tuple[int, int], column: int) -> bool:
        """Most cells below the header name indicators, or its heading says that they do and one does."""
        index, texts = indicator_index(self.held.indicators), self.below(header, column)
        known = sum(spelling(text) in index or bool(self.said.columns and self.said.column(text)) for text in texts)
        return known * 2 > len(texts) or (known > 0 and bool(self.heads(header, column) & _INDICATOR_HEADS))

    def names_periods(self, header: tuple[int, int], column: int) -> bool:
        """Its heading says that periods stand below, and nothing else does."""
        if not self.heads(header, column) & _PERIOD_HEADS:
            return False
        texts = self.below(header, column)
        return bool(texts) and all(map(is_period, texts))

    def heads(self, header: tuple[int, int], column: int) -> set[str]:
        """The texts above a column as keys under which words are found."""
        return {spelling(part) for part in self.parts(header, column)}

    def below(self, header: tuple[int, int], column: int) -> set[str]:
        """The different texts of a column below the header."""
        body = self.grid.rows[header[1] + 1 :]
        return {text for row in body if column < len(row) and (text := row[column].strip())}

    def unit(self, heading: Heading, indicator: int, told: str, layout: Layout, column: int) -> tuple[Unit | None, bool]:
        """The unit of a column, and whether it fits: of the map, else of its heading, else of the line above the table."""
        text = told or heading.unit
        if indicator < 0:
            return read_unit(text) if text else None, True
        item = self.held.indicators[indicator]
        if not text:
            fitting = [unit for unit in layout.units if not misfit(read_unit(unit), item)]
            return read_unit(fitting[0]) if fitting else None, True
        why = misfit(read_unit(text), item)
        if why:
            self.tell("wrong-unit", max(layout.header[1], 0), column, why, indicator=item.id, value=text)
        return read_unit(text), not why


def is_period(text: str) -> bool:
    """The text spells a period."""
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True
