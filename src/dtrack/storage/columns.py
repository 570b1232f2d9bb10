"""Texts of figures → columns of numbers, many at once.

In come the distinct texts of a file, out go arrays.

A number is the float64 nearest to the published decimal: with at most 15 digits that is one to one,
so comparing is exact. Plain numbers, nearly all of a large file, take a short way; everything else
goes through `figure.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.core.arrays import Flags, Floats, Ints
from dtrack.core.figure import WORDING_CODE, Figure, parse
from dtrack.core.message import Message, message_of

PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,3})?")

_PLAIN_LINES = re.compile(rf"(?:{PLAIN_NUMBER.pattern}\n)*+")
_IN_ONE_GO = 16


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
        wording[position] = WORDING_CODE[figure.wording]
        decimals[position], percent[position] = figure.decimals, figure.percent
        if figure.low is not None and figure.high is not None:
            number[position], upper[position] = float(figure.low), float(figure.high)
    number += 0.0  # −0.0 becomes 0.0
    return ParsedTexts(number, upper + 0.0, wording, decimals, percent, figures, reasons)


def are_plain(texts: Sequence[str]) -> list[bool]:
    """Which texts are plain numbers.

    In a large file nearly all are, so a few are looked at in one go.
    """
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
    """The four columns of a figure for each row, in the indicator's unit, and which rows have a word that does not fit.

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
