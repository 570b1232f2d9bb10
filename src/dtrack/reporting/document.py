"""What a command has to say, before any format: documents of sheets of columns of exact values.

No writer divides, sums or compares: it chooses between `for_people` and `for_programs`, two formats
of one value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any, NamedTuple

from dtrack.core.translate import active_language, ngettext, numeral

_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+"  # Hebrew, Arabic and their neighbours
# compiled when first used: a table needs none of them
_NAME_FROM_RIGHT = rf"(?s)(?>{_RIGHT_TO_LEFT}(?:[ '’-]{_RIGHT_TO_LEFT})*)(?=.)"
_HYPHEN = r"(?:^|(?<=[ (/]))-(?=[0-9])"
_HYPHEN_IN_CHINESE = r"(?:^|(?<=[ (/\u3000-\u9fff\uff00-\uffef]))-(?=[0-9])"


def in_order(text: str) -> str:
    r"""Keep the number behind a name written from right to left on its own side.

    A mark of the sentence's own direction, which nobody sees, stands behind such a name; other
    sentences are as they were.

    >>> in_order("שלום 5.0 %")
    'שלום\u200e 5.0 %'
    """
    return text if text.isascii() else re.sub(_NAME_FROM_RIGHT, "\\g<0>\u200e", text)


def width_of(text: str) -> int:
    """How wide a text is, in letters; a Chinese character counts two."""
    return (
        len(text)
        if text.isascii()
        else sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    )


def minus(text: str) -> str:
    """A text whose negative numbers have a minus as wide as a plus, for pages.

    Days and periods keep their hyphens.

    >>> minus("-0.2 pp in H1-2024")
    '−0.2 pp in H1-2024'
    """
    return re.sub(_HYPHEN_IN_CHINESE if active_language() == "zh" else _HYPHEN, "−", text)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` for programs, `heading` for people, exact `values`.

    Numbers have `decimals`, one per row; NaN and None are empty. `signed`: people read +0.6.
    `tones` names how a cell is dressed (met, missed, open, quiet …), one per row. `gives_way`: the
    order in which columns leave a terminal that is too narrow, 1 first; 0 never. `numbers`: of a
    column of texts, the exact number that a text is and nothing else (5.0 for "5.0"), None where it
    says more (around 5); a workbook holds those as numbers. `order`: of a column of texts, the
    numbers by which a page sorts its rows (122000 for 12.2万), None and NaN last. `alike`: all its
    numbers are of one unit, so that bars may compare them. `levels`: how deep a row of the first
    column stands below the one above, 0 at the top; people read it as an indent. `cites`: the
    numbers of the document's sources that a cell names. `short`: a shorter heading, for where room
    is scarce.
    """

    key: str
    heading: str
    values: Sequence[Any]
    decimals: Sequence[int] | None = None
    signed: bool = False
    right: bool = False
    tones: Sequence[str] | None = None
    gives_way: int = 0
    numbers: Sequence[float | None] | None = None
    order: Sequence[float | None] | None = None
    alike: bool = False
    levels: Sequence[int] | None = None
    cites: Sequence[Sequence[int]] | None = None
    short: str = ""

    def for_programs(self) -> list[str]:
        """No grouping, `.` for the point, true/false, empty for unknown."""
        if self.decimals is not None:
            return [_number(v, d) for v, d in zip(self.values, self.decimals, strict=True)]
        return ["" if v is None else v if isinstance(v, str) else _plain(v) for v in self.values]

    def for_people(self) -> list[str]:
        """As `for_programs`, signed where the column is, in the language's own digits."""
        texts = self.for_programs()
        if self.levels is not None:
            return ["  " * level + text for level, text in zip(self.levels, texts, strict=True)]
        if self.decimals is None:
            return texts
        return [numeral(text) for text in self._with_signs(texts)]

    def _with_signs(self, texts: list[str]) -> list[str]:
        if not self.signed:
            return texts
        return [
            f"+{text}" if text.strip("0.") and value > 0 else text
            for text, value in zip(texts, self.values, strict=True)
        ]

    def as_numbers(self) -> list[float | None]:
        """The number that people read in each cell; None where it is a text, or nothing."""
        if self.decimals is not None:
            return [
                float(text) if text and isfinite(float(text)) else None
                for text in self.for_programs()
            ]
        if self.numbers is not None:
            return list(self.numbers)
        if all(
            value is None or (isinstance(value, int) and not isinstance(value, bool))
            for value in self.values
        ):
            return [None if value is None else float(value) for value in self.values]
        return [None] * len(self.values)

    @property
    def to_the_right(self) -> bool:
        """It is set to the right, as numbers are."""
        return self.right or self.decimals is not None or self.numbers is not None


def _number(value: float | None, decimals: int) -> str:
    if value is None or value != value:
        return ""
    text = f"{value:.{max(int(decimals), 0)}f}"
    return text.removeprefix("-") if text.startswith("-") and not text.strip("-0.") else text


def _plain(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


class Detail(str):
    """A sentence under a sheet that belongs to the one above it."""

    __slots__ = ()


def indented(line: str) -> str:
    """A sentence as text formats show it: a detail stands four blanks in."""
    return f"    {line}" if isinstance(line, Detail) else line


class Citation(NamedTuple):
    """One line of a document's sources: the number by which cells cite it, and what it is.

    `number` is None for a source that is cited by its id, and for what is said of all of them.

    >>> str(Citation(3, "Bulletin, Bureau"))
    '  3  Bulletin, Bureau'
    """

    number: int | None
    text: str

    def __str__(self) -> str:
        """As plain text lists it."""
        return self.text if self.number is None else f"{self.number:>3}  {self.text}"


class Bullet(NamedTuple):
    """One bar of a bullet chart: figure, target, last year's figure; None where unknown."""

    label: str
    actual: float | None
    target: float | None = None
    before: float | None = None
    tone: str = ""
    told: str = ""


class Step(NamedTuple):
    """A step of a waterfall, begun where the one before ended; the last is the whole."""

    label: str
    value: float
    whole: bool = False
    told: str = ""


class Line(NamedTuple):
    """A small line: periods, oldest first, their values and their texts as published.

    `told`: the newest figure, with its period where that is not the last one.
    """

    label: str
    periods: tuple[str, ...]
    values: tuple[float | None, ...]
    texts: tuple[str, ...] = ()
    told: str = ""


class Tile(NamedTuple):
    """An area of a tile map: its column and row from 0, and the exact gap that colours it.

    `told`: sign and gap, or sign and word. `inside`: it lies in other areas.
    """

    label: str
    column: int
    row: int
    told: str = ""
    tone: str = ""
    value: float | None = None
    inside: bool = False


class Chart(NamedTuple):
    """A picture, as exact values: bullets, steps, lines or tiles.

    `told`: what it shows, in one sentence. Lines of a chart with a unit have one scale; without one
    each has its own.
    """

    title: str
    unit: str
    told: str
    bullets: tuple[Bullet, ...] = ()
    steps: tuple[Step, ...] = ()
    lines: tuple[Line, ...] = ()
    tiles: tuple[Tile, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A titled grid. `below` are sentences under it, in the order they are read.

    `name`: what it is of, whatever the language: the id of an indicator, "city", "scorecard".
    `heat`: a matrix whose cells are coloured by their tones; the key of a column is the name of the
    sheet that it leads to. `notes`: footnotes as (mark, sentence), whose marks stand in the column
    `marks`. `charts` only pages show. `told`: the one of those sentences that a reader in a hurry
    needs, for a page's list of its sheets. `steps`: key of the column whose numbers are steps from
    nothing to the last one, the whole, with details at the deeper `levels` of the first column:
    text formats draw them.
    `schema`: counts up when a key of its JSON changes its meaning.
    """

    title: str
    columns: tuple[Column, ...]
    below: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    told: str = ""
    steps: str = ""
    name: str = ""
    heat: bool = False
    notes: tuple[tuple[str, str], ...] = ()
    schema: int = 1

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that stands under it: what is said of the whole, then its notes by their marks."""
        return *self.below, *(f"{mark}  {told}" for mark, told in self.notes)

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.columns[0].values) if self.columns else 0


def in_parts(sheet: Sheet, most: int) -> list[Sheet]:
    """The sheet in parts of `most` rows; its sentences stand under the last."""
    if sheet.size <= most:
        return [sheet]
    cuts = [slice(first, first + most) for first in range(0, sheet.size, most)]
    parts = [
        replace(
            sheet,
            columns=tuple(_rows(column, cut) for column in sheet.columns),
            below=(),
            notes=(),
        )
        for cut in cuts
    ]
    return [*parts[:-1], replace(parts[-1], below=sheet.below, notes=sheet.notes)]


def _rows(column: Column, of: slice) -> Column:
    """Some rows of a column, with all that is said of each."""
    by_row = ("values", "decimals", "tones", "numbers", "order", "levels", "cites")
    kept = {name: getattr(column, name) for name in by_row}
    return replace(column, **{name: each[of] for name, each in kept.items() if each is not None})


class Masthead(NamedTuple):
    """What stands above an official document, as people read it; "" where it is not known.

    The name of its series, who publishes it, which number it is, the day of what it tells, and whom
    to ask.
    """

    name: str = ""
    publisher: str = ""
    number: str = ""
    day: str = ""
    contact: str = ""

    @property
    def line(self) -> str:
        """All of it but whom to ask, in one line."""
        return " · ".join(filter(None, (self.name, self.number, self.publisher, self.day)))


NO_MASTHEAD = Masthead()


@dataclass(frozen=True, slots=True)
class Document:
    """What a command has to say.

    A headline, remarks that must not be missed, sheets, and the numbered sources. `facts`: how it
    was made, as (what, told): the period, the as-of day, a tolerance, the comparisons used.
    `charts`: pictures of the whole, above the sheets of a page.
    `briefing`: one page that opens with its finding, in the language `language` (as pages name it);
    `marks` are the numbers of sources in its sentences. `letterhead`: who issued it. `data`: the
    sheet for programs of the same question, which pages and workbooks bring along.
    `counts_sources`: on a screen one line says how many sources there are.
    """

    title: str
    headline: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    below: tuple[str, ...] = ()
    sources: tuple[Citation, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    charts: tuple[Chart, ...] = ()
    briefing: bool = False
    language: str = ""
    marks: tuple[str, ...] = ()
    counts_sources: bool = False
    letterhead: Masthead = NO_MASTHEAD
    data: Sheet | None = None

    @property
    def opening(self) -> tuple[str, ...]:
        """What text formats put above the sheets; a briefing says first what must not be missed."""
        if not self.briefing:
            return *self.headline, *self.remarks
        return *self.remarks, *filter(None, (self.letterhead.line,)), *self.headline


def count_of_sources(document: Document) -> tuple[str, ...]:
    """How many sources there are, for a screen that does not list them; nothing where none is."""
    number = sum(source.number is not None for source in document.sources)
    told = ngettext(
        "{count} source: --sources lists it.", "{count} sources: --sources lists them.", number
    )
    return (told,) * bool(number)
