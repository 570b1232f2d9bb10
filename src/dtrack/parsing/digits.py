"""The digits of a number as a table writes them: 5万3230.99亿, 1 234,5, a program's 17 digits."""

from __future__ import annotations

import re

from dtrack.core.figure import MAX_DIGITS, as_written
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _

_COMPOUND = re.compile(r"([0-9]+)(万亿|亿|万)([0-9]{1,4}(?:\.[0-9]+)?)(亿|万)?(?![0-9])")
_TENFOURS = {("万", "亿"): "亿", ("亿", "万"): "万", ("万亿", "亿"): "亿", ("万", None): ""}


def uncompounded(text: str) -> tuple[str, bool]:
    """5万3230.99亿 as 53230.99亿; the second part is below ten thousand of its own scale."""
    match = _COMPOUND.match(text)
    if (
        not match
        or (match[2], match[4]) not in _TENFOURS
        or (not match[4] and not re.match(r"[0-9]{4}", match[3]))
    ):
        return text, False  # 10万2 may be 100,002 or 102,000
    whole, _, part = match[3].partition(".")
    number = f"{int(match[1])}{int(whole):04d}" + (f".{part}" if part else "")
    return number + _TENFOURS[match[2], match[4]] + text[match.end() :], True


def plain_digits(text: str, point: str) -> tuple[str, bool, Message | None]:
    """The number in plain digits, whether it had to be mended, or why it is none."""
    group, plain = "," if point == "." else ".", text.strip()
    if re.fullmatch(rf"[0-9]+(?:\{point}[0-9]+)?", plain):
        number = plain.replace(point, ".")
        # a program's 5.5999999999999996 is 5.6
        kept = as_written(number) if len(number) > MAX_DIGITS else number
        return kept, kept != number, None
    grouped = re.fullmatch(
        rf"([0-9]{{1,3}}(?:([ '’{group}])[0-9]{{3}})(?:\2[0-9]{{3}})*)(?:\{point}([0-9]+))?", plain
    )
    if grouped:
        return (
            re.sub(r"[^0-9]", "", grouped[1]) + (f".{grouped[3]}" if grouped[3] else ""),
            False,
            None,
        )
    stray = re.fullmatch(rf"([0-9]*) ?[、。{point}] ?([0-9]*)", plain)
    if stray and (stray[1] or stray[2]):
        return (stray[1] or "0") + (f".{stray[2]}" if stray[2] else ""), True, None
    return "", False, _("“{text}” is ambiguous", text=plain[:40])
