"""Numbers in the sentences of plausibility: grouped, in few digits, halves away from zero.

They are as the language spoken writes them: 12,907.1 is 12907.1 in Chinese.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

from dtrack.core.figure import MAX_DECIMALS, WIDE
from dtrack.core.message import Deferred, deferred
from dtrack.core.translate import grouped
from dtrack.i18n.formatting import wording_shown

_LONG = re.compile(r"-?[0-9]{4,}(?:\.[0-9]+)?")
_SCALED = re.compile("[千万亿]|illion")


def shown_figure(text: str) -> str:
    """A figure as published, long ones grouped.

    A scale word stays as it was written: it may be the very error.

    >>> shown_figure("12907.1"), shown_figure("7.5万"), shown_figure("480.0")
    ('12,907.1', '7.5万', '480.0')
    """
    if _SCALED.search(text):
        return text
    return grouped(f"{Decimal(text):,f}") if _LONG.fullmatch(text) else wording_shown(text)


def number_text(number: float, decimals: int) -> str:
    """A number at so many decimals, grouped; no sign for zero.

    >>> number_text(15000.0, 1), number_text(-0.04, 1)
    ('15,000.0', '0.0')
    """
    exact = _exact(number, min(decimals, MAX_DECIMALS))
    return grouped(f"{exact or abs(exact):,f}")


def _exact(number: float, decimals: int) -> Decimal:
    """A number rounded to so many decimals."""
    return Decimal(f"{number:.9f}").quantize(
        Decimal(1).scaleb(-max(int(decimals), 0)), ROUND_HALF_UP, WIDE
    )


def signed_text(number: float, decimals: int) -> str:
    """As `number_text`, with a sign before gains too.

    >>> signed_text(876.2, 0), signed_text(-8.95, 1)
    ('+876', '-9.0')
    """
    return "+" * (_exact(number, decimals) > 0) + number_text(number, decimals)


def percent(number: float) -> str:
    """A change in per cent, to a tenth as long as a tenth matters.

    >>> percent(8.333), percent(876.19)
    ('+8.3', '+876')
    """
    return signed_text(number, 1 if abs(number) < 100 else 0)


def about(number: float, digits: int = 3) -> str:
    """A ratio in so many digits, all of them before the point.

    >>> about(10.25), about(10500.0), about(0.105)
    ('10.3', '10,500', '0.105')
    """
    size = math.floor(math.log10(abs(number)) + 1e-12) if number else 0
    return number_text(number, max(digits - 1 - size, 0))


def times(number: float, base: float) -> tuple[Deferred, bool]:
    """How many times one number is of another, or (False) which part of it.

    >>> [(str(ratio), larger) for ratio, larger in (times(4920, 480), times(50.4, 480))]
    [('10.3', True), ('9.52', False)]
    """
    ratio = number / base
    return deferred(about, max(ratio, 1 / ratio)), ratio >= 1
