"""Where things stand in a sheet: the column of areas, the header above it, the rows of figures.

A total, a band of districts or a note below the table is never taken for an area.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dtrack.core.figure import plain_text
from dtrack.core.names import EN_SUFFIX, spelling
from dtrack.core.period import Period
from dtrack.importing.formats.grid import Grid
from dtrack.importing.layout.headings import NO_NAME, NUMBER
from dtrack.importing.layout.periods import mentions
from dtrack.parsing import lexicon
from dtrack.parsing.cell import FIGURE, TINY, parse_cell, without_marks
from dtrack.parsing.unit import UNITS, read_unit

_SAMPLE = 5_000  # rows from which the columns are told
_TOP = 20  # rows in which areas may stand across
_FEW = 200_000  # merged cells looked at

_YEAR = re.compile("[12][0-9]{3}")


@dataclass(slots=True)
class AreaNames:
    """Text in the area column → position of the area; −1 where it names none.

    `above`: names of the areas above others; `kinds`: as in `kinds_of`, since Chengde County is not
    Chengde City.
    """

    index: dict[str, int]
    above: tuple[str, ...] = ()
    kinds: dict[str, set[str]] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)

    def of(self, text: str) -> int:
        """The area of a text, footnote marks taken off."""
        if text not in self.known:
            plain = without_marks(plain_text(text)) if text else ""
            keys = (spelling(name) for name in self.spelled(plain)) if plain else ()
            self.known[text] = next((self.index[key] for key in keys if key in self.index), -1)
        return self.known[text]

    def spelled(self, name: str) -> Iterator[str]:
        """The name, without District or County, and without the area above it: 北京市海淀区."""
        yield name
        if kind := EN_SUFFIX.search(name):
            short, own = name[: kind.start()], kind[0].casefold()
            yield from [short] if own in self.kinds.get(spelling(short), {own}) else []
        yield from (
            name.removeprefix(above)
            for above in self.above
            if name.startswith(above) and len(name) > len(above) + 1
        )


class SheetRows:
    """Asks the cells of a sheet which areas they name, and its rows what they are."""

    def __init__(self, grid: Grid, names: AreaNames, point: str, asked: Period) -> None:
        self.grid, self.names, self.point, self.asked = grid, names, point, asked
        # (row, column, area) of the cells that name one
        self.top = self._named(_TOP, NO_NAME)
        # numbers, which may be codes, aside
        self.words = self._named(_SAMPLE, NUMBER)

    def _named(self, most: int, but: re.Pattern[str]) -> list[tuple[int, int, int]]:
        """The cells of the first rows that name an area, `but` what fits that pattern."""
        rows = self.grid.rows[:most]
        asked = {text for text in {text for row in rows for text in row} if not but.fullmatch(text)}
        known = {text: area for text in asked if (area := self.names.of(text)) >= 0}
        return [
            (row, column, known[text])
            for row, cells in enumerate(rows)
            for column, text in enumerate(cells if known else ())
            if text in known
        ]

    # -- the areas ---------------------------------------------------------------------------------
    def area_column(self) -> tuple[int, int]:
        """The leftmost column in which most rows name an area, −1: none; and how many do."""
        cells = self.words or self._named(_SAMPLE, NO_NAME)
        counts = Counter(column for _row, column, _area in cells)
        return max(counts.items(), key=lambda one: (one[1], -one[0]), default=(-1, 0))

    def area_heading(self) -> tuple[int, int]:
        """Row and column of a heading that says areas (地区), for a table of unknown names."""
        found = (
            (row, column)
            for row, cells in enumerate(self.grid.rows[:30])
            for column, text in enumerate(cells)
            if spelling(text) in lexicon.AREA_HEADS
        )
        return next(found, (-1, -1))

    def other_areas(self, column: int) -> int:
        """A column that names other areas than `column` in the same rows; −1: none."""
        found = defaultdict[int, list[tuple[int, int]]](list)
        for row, at, area in self.words:
            if at != column:
                found[at].append((row, area))
        for at, cells in sorted(found.items()):
            others = [self.names.of(self.grid.cell(row, column)) for row, _area in cells]
            differ = sum(
                other not in (-1, area) for other, (_row, area) in zip(others, cells, strict=True)
            )
            if differ > 1 and len({self.grid.cell(row, at) for row, _area in cells}) > 1:
                return at
        return -1

    def stands_across(self, many: int, is_heading: Callable[[str], bool]) -> bool:
        """Areas stand across: one of the first rows names more of them than a column does (`many`).

        Or one area stands alone above its figures, names of indicators down the left.
        """
        of_row = defaultdict[int, set[int]](set)
        for row, _column, area in self.top:
            of_row[row].add(area)
        if max(map(len, of_row.values()), default=0) > max(many, 1):
            return True
        if len({area for _row, _column, area in self.top}) != 1 or not self.top[0][1]:
            return False
        row, at, _area = self.top[0]
        below = [cells for cells in self.grid.rows[row + 1 :] if at < len(cells) and cells[at]]
        headed = sum(any(is_heading(text) for text in cells[:at] if text) for cells in below)
        return headed * 2 > len(below)

    def first_row(self, column: int, is_heading: Callable[[str], bool]) -> int:
        """The first row of an area with figures beside it, else the first of one; −1: none."""
        first = -1
        for number, row in enumerate(self.grid.rows):
            if column >= len(row) or self.names.of(row[column]) < 0:
                continue
            first = number if first < 0 else first
            beside = [text for at, text in enumerate(row) if at != column and text]
            if any(NUMBER.fullmatch(text) or not is_heading(text) for text in beside):
                return number
        return first

    # -- the header --------------------------------------------------------------------------------
    def header(self, first: int, column: int) -> tuple[int, int]:
        """First and last row of the header above `first`; (first, first − 1): none."""
        rows, last = self.grid.rows, first - 1
        while last >= 0 and (not any(rows[last]) or self._is_body(rows[last], column)):
            last -= 1
        top = last
        spread = {area[0] for area in self.grid.merged if area[3] > area[1]}
        while (
            top > 0
            and self._is_heading(rows[top - 1], top - 1 in spread)
            and not self._is_body(rows[top - 1], column)
        ):
            top -= 1
        while top < last and self._is_title(top):
            top += 1
        return (top, last) if last >= 0 else (first, first - 1)

    def _is_heading(self, row: Sequence[str], spread: bool) -> bool:
        texts = [text for text in row if text]
        if not texts or any(map(lexicon.ABOVE_TABLE.match, texts)):
            return False
        one = lambda text: _is_unit(text) or mentions(text, self.asked)[0] == ""
        return spread or len(texts) >= 2 or all(map(one, texts))

    def _is_title(self, row: int) -> bool:
        """One text alone in its row that is merged over all, or stands over the first column."""
        places = [column for column, text in enumerate(self.grid.rows[row]) if text]
        if len(places) != 1:
            return False
        (at,) = places
        return at == 0 or any(
            (top, left) == (row, at) and right - left + 1 >= self.grid.width
            for top, left, _bottom, right in self.grid.merged
        )

    def _is_body(self, row: Sequence[str], column: int) -> bool:
        """The row is an area's or a total's, or holds a figure that is no period such as 2023."""
        name = row[column] if column < len(row) else ""
        if name and (self.names.of(name) >= 0 or is_total(name)) and sum(map(bool, row)) > 1:
            return True
        cells = (text for at, text in enumerate(row) if at != column and text)
        return any(
            is_figure(text, self.point) and not mentions(text, self.asked)[1] for text in cells
        )


def filled(grid: Grid) -> Callable[[int, int], str]:
    """The text of a cell, the cells of a merged area all having the text of its first."""
    first: dict[tuple[int, int], tuple[int, int]] = {}
    height, width = len(grid.rows), grid.width
    for top, left, bottom, right in grid.merged:
        for row in range(top, min(bottom + 1, height)):
            for column in range(left, min(right + 1, width)):
                first[row, column] = (top, left)
                if len(first) > _FEW:
                    return grid.cell
    return lambda row, column: grid.cell(*first.get((row, column), (row, column)))


def headings(grid: Grid, header: tuple[int, int]) -> list[list[str]]:
    """The texts above each column, the topmost first, none twice in a row."""
    text_of = filled(grid)
    above = (
        [text_of(row, at).strip() for row in range(header[0], header[1] + 1)]
        for at in range(grid.width)
    )
    return [
        [text for n, text in enumerate(texts) if text and (n == 0 or text != texts[n - 1])]
        for texts in above
    ]


def has_figure(texts: Iterable[str], point: str) -> bool:
    """One of the texts is a figure."""
    return any(text and is_figure(text, point) for text in texts)


def is_figure(text: str, point: str) -> bool:
    """The text is a figure, alone or with a unit: 5.2%, 7.5万, CNY 5bn; 5G基站数 is none."""
    cell = parse_cell(text, point)
    if cell.kind != FIGURE:
        return cell.kind == TINY
    if cell.status and _YEAR.fullmatch(cell.text):
        return False  # 2024E heads a column
    unit = read_unit(cell.unit) if cell.unit else None
    return unit is None or unit.scale > 0 or unit.base in UNITS


def _is_unit(text: str) -> bool:
    """The text is a unit and nothing else: (万元), %."""
    unit = read_unit(text.strip("()（）[]【】 "))
    return unit.base in UNITS or (not unit.base and unit.scale > 0)


def is_total(text: str) -> bool:
    """The name of a total or of a band of districts."""
    plain = without_marks(plain_text(text))
    return bool(lexicon.TOTAL.fullmatch(re.sub(r"(?<=[^a-zA-Z]) | (?=[^a-zA-Z])", "", plain)))


def is_note(text: str) -> bool:
    """A line that explains the table."""
    return bool(lexicon.NOTE.match(text))


def part_of(text: str) -> str:
    """What stands behind “of which” (其中, #); "" where the text is no such sub-row."""
    match = lexicon.PART.match(text)
    return text[match.end() :].strip() if match and match.end() else ""
