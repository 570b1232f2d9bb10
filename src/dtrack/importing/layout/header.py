"""A sheet and its header: what stands above and below a column, and which columns name what.

`Surveyor` finds the header; `choose_columns` asks here which columns of figures are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from dtrack.core.findings import Finding, Findings
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import spelling
from dtrack.core.period import Period, UnclearYear
from dtrack.importing.formats.grid import Grid
from dtrack.importing.layout import rows as find
from dtrack.importing.layout.headings import NO_NAME, NUMBER, Heading, HeadingReader
from dtrack.importing.layout.periods import mentions
from dtrack.importing.layout.units import told_unit, two_units, unit_above
from dtrack.importing.mapping import PARTED, Headings, Map, heading_key
from dtrack.model.dataset import Dataset
from dtrack.parsing import lexicon
from dtrack.parsing.unit import Unit, misfit

_NUMBER = re.compile(r"[0-9.,]+")
# some of it stands in every period without a year
_TIMELY = re.compile(r"[年月季半]|[HQhq][1-4]|year", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[5-9]|20[0-9])[0-9]")
_LONG = 40  # letters; no period has as many
_SAMPLE = 5_000  # rows from which a column is told by its cells


@dataclass
class HeadedSheet:
    """One sheet, and from when it is known its header: first and last row, from 0.

    `findings` is what it has to tell; `only`: position of the indicator asked for, −1 for all;
    `of_targets`: it holds targets.
    """

    grid: Grid
    dataset: Dataset
    said: Map
    asked: Period
    only: int = -1
    point: str = "."
    of_targets: bool = False
    header: tuple[int, int] = (0, -1)
    findings: Findings = field(default_factory=Findings)

    @cached_property
    def reader(self) -> HeadingReader:
        """What reads the headings of the sheet and the names in its rows."""
        return HeadingReader(self.dataset.indicators, self.asked, of_targets=self.of_targets)

    @property
    def top(self) -> int:
        """The row of the grid at which findings of the header's beginning stand."""
        return max(self.header[0], 0)

    @property
    def last(self) -> int:
        """The row of the grid at which findings of a column stand."""
        return max(self.header[1], 0)

    def tell(
        self,
        code: str,
        row: int,
        column: int,
        sentence: Message,
        *,
        area: str = "",
        indicator: str = "",
        period: str = "",
        value: str = "",
        refused: bool = False,
    ) -> None:
        """Keep a finding at a cell of the grid; `refused`: graver than its code is elsewhere."""
        origin = self.grid.origin(row, column)
        cell = (area, indicator, period)
        self.findings.tell(Finding(code, "", None, "", sentence, *cell, 0, value, origin, refused))

    # -- a column: above, below --------------------------------------------------------------------
    @cached_property
    def above(self) -> list[list[str]]:
        """The texts above each column, the topmost first, none twice in a row."""
        return find.headings(self.grid, self.header)

    def parts(self, column: int) -> list[str]:
        """The texts above a column."""
        return self.above[column] if column < len(self.above) else []

    def heads(self, column: int) -> set[str]:
        """The texts above a column as keys under which words are found."""
        return set(map(spelling, self.parts(column)))

    @cached_property
    def headings(self) -> Headings:
        """The whole headings of all columns."""
        return Headings({column: PARTED.join(parts) for column, parts in enumerate(self.above)})

    def below(self, column: int) -> set[str]:
        """The different texts of a column below the header."""
        texts = set(self.grid.column(column, self.header[1] + 1))
        return {text for one in texts if (text := one.strip())}

    def first_below(self, column: int) -> list[str]:
        """The different texts of the first rows of a column, in their order."""
        start = self.header[1] + 1
        rows = self.grid.rows[start : start + _SAMPLE]
        texts = dict.fromkeys(row[column].strip() for row in rows if column < len(row))
        return [text for text in texts if text]

    def words_below(self, column: int) -> list[str]:
        """As `first_below`, numbers aside."""
        return [text for text in self.first_below(column) if not NUMBER.fullmatch(text)]

    # -- which column names what -------------------------------------------------------------------
    def column_named(self, name: str, fits: Callable[[int], bool]) -> int:
        """The column of that heading, of several the first that fits; −1 with a finding: none."""
        _unused, columns = self.headings.meant(name)
        found = columns if len(columns) == 1 else list(filter(fits, columns))
        if not found:
            told = _("the map names a column “{heading}” that is not in the header", heading=name)
            if columns:
                told = _(
                    "the map names a column “{heading}”; several columns have this heading",
                    heading=name,
                )
            self.tell("map-unfit", self.top, columns[0] if columns else 0, told)
        return found[0] if found else -1

    def indicator_column(self, area: int) -> int:
        """The column whose cells name indicators, or whose heading says so; −1: none."""
        others = [column for column in range(self.grid.width) if column != area]
        found = next(filter(self.names_indicators, others), -1)
        return found if found >= 0 else self.column_headed(others)

    def period_column(self, area: int) -> int:
        """The column whose cells name periods; −1: none."""
        others = (column for column in range(self.grid.width) if column != area)
        return next(filter(self.names_periods, others), -1)

    def names_indicators(self, column: int) -> bool:
        """Most cells below name indicators, or the heading says that they do and one does."""
        # a header that stands there again names no indicator of a row
        again = self.parts(column)
        texts = self.below(column).difference(again)
        said = self.said_of_rows
        known = sum(
            (not NO_NAME.fullmatch(text) and spelling(text) in self.reader.index)
            or (bool(said) and heading_key(text) in said)
            for text in texts
        )
        headed = bool(self.heads(column) & lexicon.INDICATOR_HEADS)
        if known * 2 > len(texts) or (known > 0 and headed):
            return True
        words = [word for word in self.words_below(column) if word not in again]
        if len(words) * 2 <= len(texts) and not headed:
            return False
        share = self.reader.share(words)
        return share * len(words) * 2 > len(texts) or (headed and share > 0)

    @cached_property
    def said_of_rows(self) -> set[str]:
        """Keys of what the map names that heads no column: it can only be in the rows."""
        names = self.said.columns
        return {heading_key(name) for name in names if not self.headings.meant(name)[1]}

    def column_headed(self, columns: list[int]) -> int:
        """The column whose cells name indicators, by its heading; −1: headings do, or none."""
        known = (parts for column in columns if (parts := self.parts(column)))
        if self.only >= 0 or any(
            self.reader.read(parts).indicator >= 0 or self.said.column(PARTED.join(parts))
            for parts in known
        ):
            return -1
        headed = (column for column in columns if self.heads(column) & lexicon.INDICATOR_HEADS)
        return next(filter(self.words_below, headed), -1)

    def names_periods(self, column: int, *, plainly: bool = False) -> bool:
        """The heading says that periods stand below, or most cells spell one, no mere number.

        Without a heading one such cell is enough: what it says must not be lost. `plainly`: no
        other heading will do.
        """
        if self.heads(column) & lexicon.PERIOD_HEADS:
            return bool(self.below(column))
        texts, bare = self.first_below(column), not self.parts(column)
        words = [text for text in texts if not _NUMBER.fullmatch(text)]
        if self.grid.turned and self.only < 0 and bare and all(map(_YEAR.fullmatch, texts)):
            return bool(texts)
        if bare or self.grid.turned:
            return any(map(self.is_dated, words))
        if plainly or len(words) * 2 <= len(texts):
            return False
        return sum(map(self.is_dated, words)) * 2 > len(texts)

    def is_dated(self, text: str) -> bool:
        """The text spells a period, with a year or without it, and nothing else."""
        if is_period(text):
            return True
        if len(text) >= _LONG or not _TIMELY.search(text):
            return False
        rest, found = mentions(text, self.asked)
        return bool(found) and not rest

    def column_of_units(self, area: int) -> int:
        """The column that tells the unit of each row; −1 where there is none."""
        for column in range(self.grid.width):
            if column != area and self.heads(column) & lexicon.UNIT_HEADS:
                told = self.below(column)
                if told and not any(map(self.is_dated, told)):
                    return column
        return -1

    # -- units -------------------------------------------------------------------------------------
    def units_above(self) -> tuple[str, ...]:
        """The units told for the whole table."""
        top, last = self.header
        above = self.grid.rows[: max(last + 1, 0)]
        places = [
            (row, at) for row, cells in enumerate(above) for at, text in enumerate(cells) if text
        ]
        texts = [self.grid.cell(*place) for place in places]
        units, unclear = self.reader.table_units(texts)
        if unclear:
            place = next(
                place for place, text in zip(places, texts, strict=True) if unclear.startswith(text)
            )
            start = unclear[:60]
            told = _("unknown unit in “{text}”", text=start)
            self.tell("wrong-unit", *place, told, value=start)
            return ()
        alone = [
            text
            for (row, _at), text in zip(places, texts, strict=True)
            if row < top or sum(map(bool, above[row])) == 1
        ]
        return tuple(dict.fromkeys((*units, *self.reader.units_beside_title(alone))))

    def unit(
        self, heading: Heading, indicator: int, told: str, units: tuple[str, ...], column: int
    ) -> tuple[Unit | None, bool]:
        """The unit of a column and whether it fits: of the map, its heading, or above the table."""
        item = self.dataset.indicators[indicator] if indicator >= 0 else None
        texts = (told,) if told else heading.units
        # the part next to the figures says what they are: below GDP（亿元）, （%） is no 亿元
        unit = told_unit((told,) if told else heading.nearest, item)
        why = two_units(heading.text, texts, item)
        if unit is None and item:
            unit, why = unit_above(texts := units, item)
        elif unit and item:
            why = why or misfit(unit, item)
        if why:
            named = item.id if item else ""
            shown = ", ".join(texts)
            self.tell("wrong-unit", self.last, column, why, indicator=named, value=shown)
        return unit, not why


def is_period(text: str) -> bool:
    """The text spells a period."""
    try:
        Period.parse(text)
    except UnclearYear:
        return True
    except ValueError:
        return False
    return True
