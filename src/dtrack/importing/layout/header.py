"""A sheet and the words that are known of it.

Which text stands above a column, in which unit, and what is to be told.

In come a `Grid`, the workspace, a map and the period asked for; `Surveyor` and the columns ask
their questions here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from dtrack.core.findings import Finding, Findings
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import indicator_index, spelling
from dtrack.core.period import Period
from dtrack.importing.formats.grid import Grid
from dtrack.importing.layout import rows as find
from dtrack.importing.layout.headings import (
    Heading,
    read_heading,
    table_units,
    units_beside_title,
    words_of,
)
from dtrack.importing.layout.model import Layout
from dtrack.importing.layout.named_headings import RowNames, told_unit, two_units, unit_above
from dtrack.importing.layout.periods import mentions
from dtrack.importing.mapping import PARTED, Headings, Map, heading_key
from dtrack.model.entities import Dataset
from dtrack.parsing.unit import Unit, misfit

_INDICATOR_HEADS = words_of("indicator 指标 指标名称 项目 indicateur")
_UNIT_HEADS = words_of("单位 计量单位 unit units unité")
_PERIOD_HEADS = words_of(
    "period 时期 期间 期别 报告期 统计时期 时间 half quarter 季度 month 月份 year 年份 年度 période"
)
_NUMBER = re.compile(r"[0-9.,]+")
_SIGNED = re.compile(r"[-+−]?[0-9.,]+ ?[%％]?")
# some of it stands in every period without a year
_TIMELY = re.compile(r"[年月季半]|[HQhq][1-4]|year", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[5-9]|20[0-9])[0-9]")
_LONG = 40  # letters; no period has as many
_SAMPLE = 5_000  # rows from which a column is told by its cells


@dataclass(slots=True)
class Headed:
    """One sheet.

    `findings` is what it has to tell; `only`: position of the indicator asked for, −1 for all;
    `promises`: it holds
    targets; `above`: the texts above each column (header rows, column), gathered once; `of_rows`:
    what the map names that
    heads no column, by header; `names`: who stands in the area column.
    """

    grid: Grid
    dataset: Dataset
    said: Map
    asked: Period
    only: int = -1
    point: str = "."
    promises: bool = False
    findings: Findings = field(default_factory=Findings)
    above: dict[tuple[int, int, int], list[str]] = field(default_factory=dict)
    of_rows: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    names: find.Names = field(default_factory=lambda: find.Names({}))
    rows_named: RowNames = field(init=False)

    def __post_init__(self) -> None:
        index = indicator_index(self.dataset.indicators)
        self.rows_named = RowNames(
            index, self.dataset.indicators, self.asked, promises=self.promises
        )

    def tell(
        self,
        code: str,
        row: int,
        column: int,
        sentence: Message,
        *,
        indicator: str = "",
        value: str = "",
        refused: bool = False,
    ) -> None:
        """Keep a finding at a cell of the grid; `refused`: graver than its code is elsewhere."""
        origin = self.grid.origin(row, column)
        self.findings.tell(
            Finding(code, "", None, "", sentence, "", indicator, "", 0, value, origin, refused)
        )

    def is_heading(self, text: str) -> bool:
        """The text names an indicator, a period or a unit, and so stands in a header.

        A mere number may be a figure.
        """
        if text.isdigit():
            return False
        index = indicator_index(self.dataset.indicators)
        heading = read_heading(
            [text], index, self.dataset.indicators, self.asked, promises=self.promises
        )
        return heading.indicator >= 0 or (
            not heading.words and (heading.period is not None or bool(heading.unit))
        )

    def names_an_indicator(self, *texts: str) -> bool:
        """The texts, the topmost first, are the heading of an indicator."""
        index = indicator_index(self.dataset.indicators)
        return (
            read_heading(
                texts, index, self.dataset.indicators, self.asked, promises=self.promises
            ).indicator
            >= 0
        )

    def parts(self, header: tuple[int, int], column: int) -> list[str]:
        """The texts above a column, the topmost first, none twice in a row."""
        if (*header, -1) not in self.above:
            self.above[*header, -1] = []
            self.above |= {
                (*header, at): texts for at, texts in enumerate(find.headings(self.grid, header))
            }
        return self.above.get((*header, column), [])

    def units_above(self, header: tuple[int, int]) -> tuple[str, ...]:
        """The units told for the whole table."""
        places = [
            (row, at)
            for row in range(max(header[1] + 1, 0))
            for at, text in enumerate(self.grid.rows[row])
            if text
        ]
        texts = [self.grid.cell(*place) for place in places]
        units, unclear = table_units(texts, self.dataset.indicators)
        if unclear:
            place = next(
                place for place, text in zip(places, texts, strict=True) if unclear.startswith(text)
            )
            self.tell(
                "wrong-unit",
                *place,
                _("“{text}” tells a unit that is not understood", text=unclear[:60]),
                value=unclear[:60],
            )
        if unclear:
            return ()
        lone = [
            row
            for row in range(max(header[1] + 1, 0))
            if row < header[0] or sum(map(bool, self.grid.rows[row])) == 1
        ]
        alone = [text for place, text in zip(places, texts, strict=True) if place[0] in lone]
        return tuple(dict.fromkeys((*units, *units_beside_title(alone, self.dataset.indicators))))

    def column_named(self, name: str, header: tuple[int, int], fits: Callable[[int], bool]) -> int:
        """The column with that heading, of several the first that fits.

        −1 with a finding where none is, or none fits.
        """
        _unused, columns = self.headings(header).meant(name)
        found = columns if len(columns) == 1 else list(filter(fits, columns))
        if not found:
            told = _(
                "the map names a column “{heading}”, which the header does not have", heading=name
            )
            if columns:
                told = _(
                    "the map names a column “{heading}”, and several are headed so", heading=name
                )
            self.tell("map-unfit", max(header[0], 0), columns[0] if columns else 0, told)
        return found[0] if found else -1

    def column_of(self, layout: Layout, named: str, what: str) -> int:
        """The column of indicators or of periods.

        The one the map names, else the one whose cells read as those.
        """
        if named:
            return self.column_named(
                named, layout.header, lambda column: column == self.column_of(layout, "", what)
            )
        others = [column for column in range(self.grid.width) if column != layout.area]
        fits = self.names_indicators if what == "indicator" else self.names_periods
        found = next((column for column in others if fits(layout.header, column)), -1)
        return (
            found
            if found >= 0 or what != "indicator"
            else self.column_headed(layout.header, others)
        )

    def names_indicators(self, header: tuple[int, int], column: int) -> bool:
        """Most cells below the header name indicators, or its heading says that they do and one does."""
        index, again = indicator_index(self.dataset.indicators), self.parts(header, column)
        # a header that stands there again names no indicator of a row
        texts = self.below(header, column).difference(again)
        said = self.said_of_rows(header)
        known = sum(spelling(text) in index or heading_key(text) in said for text in texts)
        headed = bool(self.heads(header, column) & _INDICATOR_HEADS)
        if known * 2 > len(texts) or (known > 0 and headed):
            return True
        words = [word for word in self.words_below(header, column) if word not in again]
        if len(words) * 2 <= len(texts) and not headed:
            return False
        share = RowNames(index, self.dataset.indicators, self.asked, promises=self.promises).share(
            words
        )
        return share * len(words) * 2 > len(texts) or (headed and share > 0)

    def said_of_rows(self, header: tuple[int, int]) -> set[str]:
        """What the map names that heads no column, so that it can only be the indicator of a row, as keys."""
        if header not in self.of_rows:
            headings = self.headings(header)
            self.of_rows[header] = {
                heading_key(name) for name in self.said.columns if not headings.meant(name)[1]
            }
        return self.of_rows[header]

    def headings(self, header: tuple[int, int]) -> Headings:
        """The whole headings of all columns."""
        return Headings(
            {column: PARTED.join(self.parts(header, column)) for column in range(self.grid.width)}
        )

    def column_headed(self, header: tuple[int, int], columns: list[int]) -> int:
        """The column of texts whose heading says that indicators stand below, though none does.

        −1 where headings name them.
        """
        known = (parts for column in columns if (parts := self.parts(header, column)))
        if self.only >= 0 or any(
            self.names_an_indicator(*parts) or self.said.column(PARTED.join(parts))
            for parts in known
        ):
            return -1
        headed = (column for column in columns if self.heads(header, column) & _INDICATOR_HEADS)
        return next((column for column in headed if self.words_below(header, column)), -1)

    def words_below(self, header: tuple[int, int], column: int) -> list[str]:
        """The different texts of the first rows of a column, in their order, numbers aside."""
        start = header[1] + 1
        texts = dict.fromkeys(
            row[column].strip()
            for row in self.grid.rows[start : start + _SAMPLE]
            if column < len(row)
        )
        return [text for text in texts if text and not is_number(text)]

    def names_periods(self, header: tuple[int, int], column: int, *, plainly: bool = False) -> bool:
        """Its heading says that periods stand below, or most of its cells spell one that is no mere number.

        Without a heading one such cell is enough: what it says must not be lost. `plainly`: no
        other heading will do.
        """
        if self.heads(header, column) & _PERIOD_HEADS:
            return bool(self.below(header, column))
        texts = {
            row[column].strip()
            for row in self.grid.rows[header[1] + 1 : header[1] + 1 + _SAMPLE]
            if column < len(row)
        } - {""}
        words = [text for text in texts if not _NUMBER.fullmatch(text)]
        if (
            self.grid.turned
            and self.only < 0
            and not self.parts(header, column)
            and all(map(_YEAR.fullmatch, texts))
        ):
            return bool(texts)
        if not self.parts(header, column) or self.grid.turned:
            return any(map(self.is_dated, words))
        return (
            not plainly
            and len(words) * 2 > len(texts)
            and sum(map(self.is_dated, words)) * 2 > len(texts)
        )

    def is_dated(self, text: str) -> bool:
        """The text spells a period, with a year or without it, and nothing else."""
        if is_period(text):
            return True
        rest, found = (
            mentions(text, self.asked) if len(text) < _LONG and _TIMELY.search(text) else (text, [])
        )
        return bool(found) and not rest

    def column_of_units(self, header: tuple[int, int], area: int) -> int:
        """The column that tells the unit of each row; −1 where there is none."""
        headed = (
            at
            for at in range(self.grid.width)
            if at != area and self.heads(header, at) & _UNIT_HEADS
        )
        return next(
            (
                at
                for at in headed
                if (told := self.below(header, at)) and not any(map(self.is_dated, told))
            ),
            -1,
        )

    def heads(self, header: tuple[int, int], column: int) -> set[str]:
        """The texts above a column as keys under which words are found."""
        return {spelling(part) for part in self.parts(header, column)}

    def below(self, header: tuple[int, int], column: int) -> set[str]:
        """The different texts of a column below the header."""
        return {
            text for one in set(self.grid.column(column, header[1] + 1)) if (text := one.strip())
        }

    def unit(
        self, heading: Heading, indicator: int, told: str, layout: Layout, column: int
    ) -> tuple[Unit | None, bool]:
        """The unit of a column, and whether it fits.

        Of the map, else of its heading, else of the line above the table.
        """
        item = self.dataset.indicators[indicator] if indicator >= 0 else None
        texts = (told,) if told else heading.units
        # the part next to the figures says what they are: below GDP（亿元）, （%） is no 亿元
        unit = told_unit((told,) if told else heading.nearest, item)
        why = two_units(heading.text, texts, item)
        if unit is None and item:
            unit, why = unit_above(texts := layout.units, item)
        elif unit and item:
            why = why or misfit(unit, item)
        if why:
            named = item.id if item else ""
            self.tell(
                "wrong-unit",
                max(layout.header[1], 0),
                column,
                why,
                indicator=named,
                value=", ".join(texts),
            )
        return unit, not why


def is_number(text: str) -> bool:
    """The text is nothing but a number, and so names nothing."""
    return _SIGNED.fullmatch(text) is not None


def is_period(text: str) -> bool:
    """The text spells a period."""
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True
