"""Numbers in the sentences of doubts: grouped, in few digits, halves away from zero. In come numbers, out go texts."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

_LONG = re.compile(r"-?[0-9]{4,}(?:\.[0-9]+)?")


def shown(text: str) -> str:
    """A figure as published, long ones grouped.

    >>> shown("12907.1"), shown("7.5万"), shown("480.0")
    ('12,907.1', '7.5万', '480.0')
    """
    return f"{Decimal(text):,}" if _LONG.fullmatch(text) else text


def fixed(number: float, decimals: int) -> str:
    """A number at so many decimals, grouped; no sign for zero.

    >>> fixed(15000.0, 1), fixed(-0.04, 1)
    ('15,000.0', '0.0')
    """
    exact = Decimal(f"{number:.9f}").quantize(Decimal(1).scaleb(-max(int(decimals), 0)), rounding=ROUND_HALF_UP)
    return f"{abs(exact) if exact.is_zero() else exact:,}"


def signed(number: float, decimals: int) -> str:
    """As `fixed`, with a sign before gains too.

    >>> signed(876.2, 0), signed(-8.95, 1)
    ('+876', '-9.0')
    """
    text = fixed(number, decimals)
    return f"+{text}" if number > 0 and text.strip("0.,") else text


def percent(number: float) -> str:
    """A change in per cent, to a tenth as long as a tenth matters.

    >>> percent(8.333), percent(876.19)
    ('+8.3', '+876')
    """
    return signed(number, 1 if abs(number) < 100 else 0)


def about(number: float, digits: int = 3) -> str:
    """A ratio in so many digits, all of them before the point.

    >>> about(10.25), about(10500.0), about(0.105)
    ('10.3', '10,500', '0.105')
    """
    size = math.floor(math.log10(abs(number)) + 1e-12) if number else 0
    return fixed(number, max(digits - 1 - size, 0))


def times(number: float, base: float) -> str:
    """How many times one number is of another, in words that are read at once.

    >>> times(4920, 480), times(50.4, 480)
    ('10.3 times', '1/9.52 of')
    """
    ratio = number / base
    return f"{about(ratio)} times" if ratio >= 1 else f"1/{about(1 / ratio)} of"
