"""What the headings of a sheet, and the map, say of its columns."""

from __future__ import annotations

from dataclasses import replace

from dtrack.core.message import Message
from dtrack.core.names import Nearest, keys_of
from dtrack.core.period import Period
from dtrack.importing.layout import rows as find
from dtrack.importing.layout.header import HeadedSheet
from dtrack.importing.layout.heading_role import (
    AIM,
    has_to_do,
    is_no_figure_heading,
    is_value_heading,
    says_values,
    speaks_of_targets,
    target_role,
    why_no_target,
    without_target_words,
)
from dtrack.importing.layout.headings import Heading
from dtrack.importing.layout.model import Layout
from dtrack.importing.mapping import PARTED, ColumnMap, Headings
from dtrack.parsing.unit import misfit, read_unit


class ColumnHeadings:
    """The columns that may hold figures, by what stands above them and in the map."""

    def __init__(self, sheet: HeadedSheet, layout: Layout) -> None:
        self.sheet, self.layout, self.dataset = sheet, layout, sheet.dataset
        # the rows name their indicators
        self.long = layout.indicator >= 0
        self.near = Nearest(lambda: {item.id: keys_of(item) for item in self.dataset.indicators})
        columns = (column for column in range(sheet.grid.width) if column not in layout.keys)
        self.parts = {column: sheet.parts(column) for column in columns}
        self.read = {column: self.heading(parts) for column, parts in self.parts.items()}
        self.whole = {column: PARTED.join(parts) for column, parts in self.parts.items()}
        self.said = self.said_of_columns()
        asks = sheet.only >= 0 and not self.long
        # has to do with the indicator asked for
        self.kin = [column for column in self.parts if asks and self.is_kin(column)]
        self.own = [
            heading.period
            for heading in self.read.values()
            if asks and heading.indicator == sheet.only
        ]
        # the indicators for which a heading speaks of targets
        self.aimed_at = {
            heading.indicator
            for column, heading in self.read.items()
            if sheet.of_targets and not heading.relative and self.role(column) == AIM
        } - {-1}

    def said_of_columns(self) -> dict[int, ColumnMap]:
        """What the map says of each column; what is nearest to its heading counts."""
        headings = Headings(self.whole)
        headed = [(*headings.meant(name), said) for name, said in self.sheet.said.columns.items()]
        return {
            column: said
            for _way, columns, said in sorted(headed, key=lambda one: -one[0])
            for column in columns
        }

    def heading(self, parts: list[str], asked: Period | None = None) -> Heading:
        """What the parts say; in a table of targets without the words that say it is one."""
        heading = self.sheet.reader.read(parts, asked)
        if not self.sheet.of_targets or heading.indicator >= 0 or heading.unfit:
            return heading
        bare = self.sheet.reader.read(list(map(without_target_words, parts)), asked)
        return replace(bare, text=heading.text) if bare.indicator >= 0 else heading

    def role(self, column: int) -> str:
        """Of what the texts above a column of a table of targets speak."""
        position = self.read[column].indicator
        item = self.dataset.indicators[position] if position >= 0 else None
        return target_role(self.parts[column], item)

    def no_target(self, column: int) -> Message | None:
        """Why a column of a table of targets holds none; None where it may, and for a return."""
        if not self.sheet.of_targets:
            return None
        heading = self.read[column]
        aimed = heading.indicator in self.aimed_at
        beside = self.dataset.indicators[heading.indicator].id if aimed else ""
        return why_no_target(heading, self.role(column), beside)

    def heading_at(self, column: int) -> Heading:
        """Heading of a column; 上年同期 beside 1-5月 is those months of the year before."""
        heading = self.read[column]
        if not heading.relative:
            return heading
        alike = {at: read for at, read in self.read.items() if read.indicator == heading.indicator}
        told = {
            at: read.period or self.sheet.asked
            for at, read in alike.items()
            if not read.relative and (read.indicator >= 0 or read.period is not None)
        }
        if not told:
            return heading
        after = next(iter(alike.values())).relative  # 上年同期 stands first of each pair
        nearest = min(told, key=lambda at: ((at < column) == after, abs(at - column)))
        return self.heading(self.parts[column], told[nearest])

    def is_kin(self, column: int) -> bool:
        """The heading has to do with the indicator asked for, and figures stand below."""
        parts, item = self.parts[column], self.dataset.indicators[self.sheet.only]
        heading = self.read[column]
        if heading.indicator >= 0 or heading.unfit or not heading.words:
            return False
        if speaks_of_targets(parts) or is_no_figure_heading(parts):
            return False
        if says_values(parts, self.heading, of_targets=False) or not self.has_figures(column):
            return False
        unit = heading.unit
        percent = item.in_percent and bool(unit) and not misfit(read_unit(unit), item)
        each = [self.heading([part]).words for part in parts if not is_value_heading([part])]
        return any(
            all(has_to_do(word, item, percent=percent) for word in words)
            for words in ([heading.words], list(filter(None, each)))
        )

    def is_outdone(self, heading: Heading) -> bool:
        """Another column says more of the indicator asked for than this one, which is a period."""
        return bool(self.kin) or any(period in (None, heading.period) for period in self.own)

    def has_figures(self, column: int) -> bool:
        """Figures stand below."""
        rows = self.sheet.grid.rows[self.sheet.header[1] + 1 :]
        cells = (row[column] for row in rows if column < len(row))
        return find.has_figure(cells, self.sheet.point)
