"""Scale and base of units: 亿元, 万人, "100 million CNY", "stations per 10 thousand"."""

from __future__ import annotations

import re

_WORD_SCALES = {
    "hundred": 2,
    "thousand": 3,
    "millier": 3,
    "million": 6,
    "mn": 6,
    "billion": 9,
    "bn": 9,
    "milliard": 9,
    "trillion": 12,
    "tn": 12,
}
_WORDS = "|".join(_WORD_SCALES)
MOST = 18  # a power of ten: 百万 of 万亿
_CHINESE_SCALES = {"万亿": 12, "亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3}


def scale_and_base(unit: str) -> tuple[int, str]:
    """Return the power of ten that a unit's words mean, and what is left of it.

    What stands after *per* or 每 is no scale; nor is a power that no unit has, as of 400 zeros.
    """
    unit = " ".join(unit.split())
    power, base = _parted(unit)
    return (power, base) if power <= MOST else (0, unit)


def _parted(unit: str) -> tuple[int, str]:
    head, per, rest = re.match(r"(.*?)(\s+per\b|/|每|$)(.*)", unit, re.DOTALL).groups()  # type: ignore[union-attr]
    tens = re.match(r"1(0+)(?=[千百万亿])", head)  # 10万元
    if tens:
        power, base = _parted(head[tens.end() :])
        return power + len(tens[1]), base + per + rest
    chinese = re.match(r"(万亿|亿|千万|百万|万|千(?![瓦克米卡伏安赫帕焦]))", head)
    if chinese:
        return _CHINESE_SCALES[chinese[1]], head[chinese.end() :] + per + rest
    words = re.findall(rf"\b(10+)\b|\b({_WORDS})s?\b", head, re.IGNORECASE)
    power = sum(len(number) - 1 if number else _WORD_SCALES[word.lower()] for number, word in words)
    left = re.sub(rf"\b10+\b|\b(?:{_WORDS})s?\b", "", head, flags=re.IGNORECASE)
    return power, " ".join(left.split()) + per + rest
