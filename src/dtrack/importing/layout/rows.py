"""Where things stand in a sheet.

The column of areas, the header above it, the rows of figures, and the rows of none.

In comes a `Grid` and the names of the workspace's areas, out go positions. A total, a band of
districts or a note below the table is never taken for an area.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from dtrack.core.figure import plain_text
from dtrack.core.names import EN_SUFFIX, spelling
from dtrack.core.period import Period
from dtrack.importing.formats.grid import Grid
from dtrack.importing.layout.periods import mentions
from dtrack.parsing import lexicon
from dtrack.parsing.cell import FIGURE, TINY, parse_cell, without_marks
from dtrack.parsing.unit import UNITS, read_unit

_SAMPLE = 5_000  # rows from which the columns are told
_FEW = 200_000  # merged cells looked at


@dataclass(slots=True)
class Names:
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
        """The name, the name without District or County, and without the area above it: 北京市海淀区."""
        yield name
        if kind := EN_SUFFIX.search(name):
            short, own = name[: kind.start()], kind[0].casefold()
            yield from [short] if own in self.kinds.get(spelling(short), {own}) else []
        yield from (
            name.removeprefix(above)
            for above in self.above
            if name.startswith(above) and len(name) > len(above) + 1
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


def area_column(grid: Grid, names: Names) -> tuple[int, int]:
    """The column in which most of the first rows name an area, and how many do.

    The leftmost of several.
    """
    lines = grid.rows[:_SAMPLE]
    texts = set(chain.from_iterable(lines)) - {""}
    words = {text for text in texts if not _number_like(text) and names.of(text) >= 0}
    named = words or {text for text in texts if names.of(text) >= 0}
    counts = (
        Counter(column for row in lines for column, text in enumerate(row) if text in named)
        if named
        else None
    )
    if not counts:
        return -1, 0
    most = max(counts.values())
    column = min(column for column, count in counts.items() if count == most)
    return column, most


def area_heading(grid: Grid) -> tuple[int, int]:
    """Row and column of a heading that says areas (地区, district), for a table whose names are all unknown; −1, −1: none."""
    found = (
        (row, at)
        for row, cells in enumerate(grid.rows[:30])
        for at, text in enumerate(cells)
        if spelling(text) in lexicon.AREA_HEADS
    )
    return next(found, (-1, -1))


def other_areas(grid: Grid, names: Names, column: int) -> int:
    """A column whose cells name other areas than those of `column` in the same rows; −1: none."""
    lines = grid.rows[:_SAMPLE]
    for at in range(grid.width):
        texts = {row[at] for row in lines if at < len(row)} if at != column else set()
        named = {text for text in texts if text and not _number_like(text) and names.of(text) >= 0}
        beside = (
            [row for row in lines if at < len(row) and row[at] in named] if len(named) > 1 else []
        )
        if (
            sum(
                names.of(row[column]) not in (-1, names.of(row[at]))
                for row in beside
                if column < len(row)
            )
            > 1
        ):
            return at
    return -1


def stands_across(grid: Grid, names: Names, is_heading: Callable[[str], bool]) -> bool:
    """One area alone above its figures, names of indicators down the left."""
    places = [
        (row, at)
        for row, cells in enumerate(grid.rows[:20])
        for at, text in enumerate(cells)
        if text and names.of(text) >= 0
    ]
    if len({names.of(grid.cell(*place)) for place in places}) != 1 or not places[0][1]:
        return False
    row, at = places[0]
    below = [cells for cells in grid.rows[row + 1 :] if at < len(cells) and cells[at]]
    return bool(below) and sum(
        any(is_heading(text) for text in cells[:at] if text) for cells in below
    ) * 2 > len(below)


def most_in_a_row(grid: Grid, names: Names, rows: int = 20) -> int:
    """How many different areas one of the first rows names: a table with areas across."""
    return max(
        (len({names.of(text) for text in row} - {-1}) for row in grid.rows[:rows]), default=0
    )


def _number_like(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def has_figure(texts: Iterator[str], point: str) -> bool:
    """One of the texts is a figure."""
    return any(text and is_figure(text, point) for text in texts)


def is_figure(text: str, point: str) -> bool:
    """The text is a figure, alone or with a unit that can be one: 5.2%, 7.5万, CNY 5bn.

    5G基站数 is none.
    """
    said = parse_cell(text, point)
    if said.kind != FIGURE:
        return said.kind == TINY
    unit = read_unit(said.unit) if said.unit else None
    return unit is None or unit.scale > 0 or unit.base in UNITS


def first_area_row(grid: Grid, names: Names, column: int, is_heading: Callable[[str], bool]) -> int:
    """The first row that names an area and has something beside it that is no heading.

    −1 where there is none.
    """
    first = -1
    for number, row in enumerate(grid.rows):
        if column >= len(row) or names.of(row[column]) < 0:
            continue
        first = number if first < 0 else first
        beside = [text for at, text in enumerate(row) if at != column and text]
        if beside and not all(map(is_heading, beside)):
            return number
    return first


def header_rows(
    grid: Grid, first: int, column: int, point: str, asked: Period, names: Names
) -> tuple[int, int]:
    """First and last row of the header above row `first`, from 0.

    (first, first − 1) where there is none.
    """
    last = first - 1
    while last >= 0 and (
        not any(grid.rows[last]) or _is_body(grid.rows[last], column, point, asked, names)
    ):
        last -= 1
    top = last
    spread = {row for area in grid.merged if area[3] > area[1] for row in [area[0]]}
    while (
        top > 0
        and _is_heading(row := grid.rows[top - 1], top - 1 in spread, asked)
        and not _is_body(row, column, point, asked, names)
    ):
        top -= 1
    while top < last and _is_title(grid, top):
        top += 1
    return (top, last) if last >= 0 else (first, first - 1)


def _is_heading(row: Sequence[str], spread: bool, asked: Period) -> bool:
    texts = [text for text in row if text]
    several = (
        spread
        or len(texts) >= 2
        or all(_is_unit(text) or mentions(text, asked)[0] == "" for text in texts)
    )
    return several and bool(texts) and not any(lexicon.ABOVE_TABLE.match(text) for text in texts)


def _is_unit(text: str) -> bool:
    """The text is a unit and nothing else: (万元), %."""
    unit = read_unit(text.strip("()（）[]【】 "))
    return unit.base in UNITS or (not unit.base and unit.scale > 0)


def _is_title(grid: Grid, row: int) -> bool:
    """One text alone in its row that is merged over all, or stands over the first column.

    A title, no heading.
    """
    texts = [(column, text) for column, text in enumerate(grid.rows[row]) if text]
    if len(texts) != 1:
        return False
    at = texts[0][0]
    return at == 0 or any(
        area[0] == row and area[1] == at and area[3] - area[1] + 1 >= grid.width
        for area in grid.merged
    )


def _is_body(row: Sequence[str], column: int, point: str, asked: Period, names: Names) -> bool:
    """A row of figures.

    It is an area's or a total's, or some cell beside the area is a figure and no period such as
    2023.
    """
    name = row[column] if column < len(row) else ""
    if name and (names.of(name) >= 0 or is_total(name)) and sum(map(bool, row)) > 1:
        return True
    cells = [text for at, text in enumerate(row) if at != column and text]
    return any(is_figure(text, point) and not mentions(text, asked)[1] for text in cells)


def is_total(text: str) -> bool:
    """The name of a total or of a band of districts."""
    return bool(
        lexicon.TOTAL.fullmatch(
            re.sub(r"(?<=[^a-zA-Z]) | (?=[^a-zA-Z])", "", without_marks(plain_text(text)))
        )
    )


def is_note(text: str) -> bool:
    """A line that explains the table."""
    return bool(lexicon.NOTE.match(text))


def part_of(text: str) -> str:
    """What stands behind “of which” (其中, #); "" where the text is no such sub-row."""
    match = lexicon.PART.match(text)
    return text[match.end() :].strip() if match and match.end() else ""
