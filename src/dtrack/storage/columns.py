"""Columns of text and of figures, many rows at once.

A text column is dictionary-encoded: each distinct text is looked at once, however many rows share
it; so are the texts of figures, which become arrays of numbers. A number is the float64 nearest to
the published decimal: with at most 15 digits that is one to one, so comparing is exact. Plain
numbers, nearly all of a large file, take a short way; everything else goes through `figure.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.core.arrays import Flags, Floats, Ints
from dtrack.core.figure import Figure, parse
from dtrack.core.message import Message, message_of

Objects = npt.NDArray[Any]
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,3})?")

_PLAIN_LINES = re.compile(rf"(?:{PLAIN_NUMBER.pattern}\n)*+")
_IN_ONE_GO = 16


def category(codes: npt.NDArray[Any], names: Sequence[str]) -> Any:
    """A categorical column (pandas.Categorical) from positions and their names."""
    import pandas as pd

    return pd.Categorical.from_codes(codes, pd.Index(names, dtype=object), validate=False)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class CodedColumn:
    """A text column.

    Of each row the position of its text among `texts`, blanks around a text taken off. `once`:
    a text stands there once; not so in a column whose rows hardly say the same (`each`).
    """

    codes: Ints
    texts: list[str]
    once: bool = True

    @staticmethod
    def of(column: Objects) -> CodedColumn:
        """A column of many rows that say the same."""
        import pandas as pd

        codes, found = pd.factorize(column)
        texts: list[str] = found.tolist()
        stripped = list(map(str.strip, texts))
        return CodedColumn(codes, texts) if stripped == texts else _once(codes, stripped)

    @staticmethod
    def each(texts: Iterable[str]) -> CodedColumn:
        """A column whose rows hardly say the same: each has its own text."""
        stripped = list(map(str.strip, texts))
        return CodedColumn(np.arange(len(stripped)), stripped, once=False)

    @staticmethod
    def alike(text: str, size: int) -> CodedColumn:
        """A column whose every row says the same."""
        return CodedColumn(np.zeros(size, np.int64), [text.strip()])

    @staticmethod
    def stacked(parts: Sequence[CodedColumn]) -> CodedColumn:
        """Several columns under one another."""
        before = np.cumsum([0, *(len(part.texts) for part in parts)])
        codes = [
            np.zeros(0, np.int64),
            *(part.codes + shift for part, shift in zip(parts, before, strict=False)),
        ]
        joined, texts = np.concatenate(codes), [text for part in parts for text in part.texts]
        return (
            _once(joined, texts)
            if all(part.once for part in parts)
            else CodedColumn(joined, texts, once=False)
        )

    def __len__(self) -> int:
        return len(self.codes)

    def text(self, row: int) -> str:
        """The text of a row."""
        return self.texts[int(self.codes[row])]

    def keep(self, rows: npt.NDArray[Any]) -> CodedColumn:
        """The column with only the rows chosen by a mask or by positions."""
        return CodedColumn(self.codes[rows], self.texts, self.once)

    def where(self, bad: Callable[[str], bool]) -> Flags:
        """Which rows have a text that is bad."""
        return (
            np.array(list(map(bad, self.texts)) or [False], bool)[self.codes]
            if len(self.codes)
            else self.codes == 1
        )

    def mapped(self, values: Sequence[int]) -> Ints:
        """Each row's text replaced by the number of its position."""
        return np.array(values or [0], np.int64)[self.codes]

    def objects(self) -> Objects:
        """Each row's text."""
        return np.array(self.texts, object)[self.codes] if len(self.codes) else np.zeros(0, object)


def _once(codes: Ints, texts: list[str]) -> CodedColumn:
    """The column with each text once."""
    distinct = list(dict.fromkeys(texts))
    if len(distinct) == len(texts):
        return CodedColumn(codes, texts)
    position = {text: number for number, text in enumerate(distinct)}
    return CodedColumn(
        np.array([position[text] for text in texts], dtype=np.int64)[codes], distinct
    )


@dataclass(slots=True)
class ParsedTexts:
    """The distinct texts of a column, read: one position per text.

    `reasons` says why a text is no figure.
    """

    number: Floats
    upper: Floats
    wording: npt.NDArray[np.int8]
    decimals: npt.NDArray[np.int16]
    percent: Flags
    figures: dict[int, Figure]
    reasons: dict[int, Message]


def read_figures(texts: Sequence[str]) -> ParsedTexts:
    """Read each text once. A text that is no figure has NaN and a reason; blank is one of them."""
    size = len(texts)
    number, upper = np.full(size, np.nan), np.full(size, np.nan)
    wording, decimals, percent = (
        np.zeros(size, np.int8),
        np.zeros(size, np.int16),
        np.zeros(size, bool),
    )
    figures: dict[int, Figure] = {}
    reasons: dict[int, Message] = {}
    at = np.array(are_plain(texts), bool)
    plain = list(compress(texts, at))
    number[at] = upper[at] = list(map(float, plain))
    decimals[at] = _decimals(plain)
    for position in np.flatnonzero(~at).tolist():
        try:
            figure = parse(texts[position])
        except ValueError as error:
            reasons[position] = message_of(error)
            continue
        figures[position] = figure
        wording[position] = figure.wording.code
        decimals[position], percent[position] = figure.decimals, figure.percent
        if figure.low is not None and figure.high is not None:
            number[position], upper[position] = float(figure.low), float(figure.high)
    number += 0.0  # −0.0 becomes 0.0
    return ParsedTexts(number, upper + 0.0, wording, decimals, percent, figures, reasons)


def are_plain(texts: Sequence[str]) -> list[bool]:
    """Which texts are plain numbers, as nearly all are: a few are looked at in one go."""
    found: list[bool] = []
    for start in range(0, len(texts), _IN_ONE_GO):
        some = texts[start : start + _IN_ONE_GO]
        lines = "\n".join((*some, ""))
        if _PLAIN_LINES.fullmatch(lines) and lines.count("\n") == len(some):
            found += [True] * len(some)
        else:
            found += [PLAIN_NUMBER.fullmatch(text) is not None for text in some]
    return found


def _decimals(plain: Sequence[str]) -> Ints:
    """How many digits each plain number has after its point; all are looked at as one text."""
    letters = np.frombuffer("\n".join((*plain, "")).encode(), np.uint8)
    ends, points = np.flatnonzero(letters == ord("\n")), np.flatnonzero(letters == ord("."))
    decimals, line = np.zeros(len(plain), np.int64), np.searchsorted(ends, points)
    decimals[line] = ends[line] - points - 1
    return decimals


def figure_columns(
    texts: ParsedTexts,
    codes: Ints,
    indicator: Ints,
    scales: Sequence[int],
    in_percent: Sequence[bool],
) -> tuple[dict[str, Any], Flags]:
    """The four columns of a figure for each row, in the indicator's unit, and the rows that misfit.

    `codes` are positions in `texts`, `indicator` positions in `scales` (the power of ten in the
    unit) and `in_percent`.
    """
    number, upper = texts.number[codes], texts.upper[codes]
    decimals = texts.decimals[codes].astype(np.int64)
    percents = np.array([*in_percent, False])[indicator]
    scaled = np.zeros(len(texts.number), bool)
    scaled[[position for position, figure in texts.figures.items() if figure.scale]] = True
    misfit = (texts.percent[codes] & ~percents) | (scaled[codes] & percents)
    for row in np.flatnonzero(scaled[codes] & ~percents):
        figure, scale = texts.figures[int(codes[row])], scales[int(indicator[row])]
        number[row], upper[row] = _in_unit(figure.low, scale), _in_unit(figure.high, scale)
        decimals[row] += scale
    number[misfit] = upper[misfit] = np.nan
    return {
        "number": number,
        "upper": upper,
        "wording": texts.wording[codes],
        "decimals": decimals,
    }, misfit


def _in_unit(value: Decimal | None, scale: int) -> float:
    return float(value.scaleb(-scale)) if value is not None else float("nan")
