"""What the heading of a column says: indicator, unit, period. In come the texts above a column, out goes a `Heading`.

A heading names an indicator only where it equals its id, one of its names or an alias, once unit, period and words that
say nothing (总量, value) are taken off. Everything else is for a map to say; nothing is guessed from likeness.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dtrack.figure import plain_text
from dtrack.intake.measure import is_unit
from dtrack.model import Indicator, spelling
from dtrack.period import YEAR, Period

_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_TAIL = re.compile(r"[,，/:：;；、_\s-]+([^,，/:：;；、_]+)$")
_PERIOD = re.compile(
    r"(?:[12][0-9]{3}年?(?:[上下]半年|全年|[0-9]{1,2}(?:月?[-—–~至到][0-9]{1,2})?月份?|第?[一二三四1-4]季度|前[二三四2-4]季度)"
    r"|[12][0-9]{3}[- ]?[HSQ][1-4]|[HQ][1-4][- ]?[12][0-9]{3}|[12]H[12][0-9]{3}|(?<![0-9.])[12][0-9]{3}年?(?![0-9.]))",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(r"上年同期|去年同期|上年|same period (?:of )?last year|year before|last year", re.IGNORECASE)

_PROMISED = re.compile(r"(?:预期|计划)?目标值?|\b(?:targets?|goals?|objectifs?)\b", re.IGNORECASE)


def words_of(*lines: str) -> frozenset[str]:
    """The words of the lines, as keys under which spellings are found."""
    return frozenset(spelling(word) for line in lines for word in line.split())


_SILENT = words_of(
    "总量 绝对量 绝对值 绝对数 数值 值 数 金额 本期 本年 累计 本年累计 实际 实际值 完成 完成值 上半年",
    "value amount level actual total figure half cumulative valeur montant",
)
NOT_FIGURES = words_of(
    "序号 编号 排名 位次 名次 排序 代码 区划代码 行政区划代码 备注 说明 联系电话 电话",
    "no no. # rank code note notes remark remarks phone",
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading.

    `text`: its parts joined; `indicator`: a position, −1 where it names none; `words`: what was left to look for;
    `unit`, `period`: as found, "" and None where it has none.
    """

    text: str
    indicator: int
    words: str = ""
    unit: str = ""
    period: Period | None = None


def read_heading(parts: Sequence[str], index: dict[str, int], indicators: tuple[Indicator, ...], asked: Period, *,
                 promises: bool = False) -> Heading:  # fmt: skip
    """The heading whose parts stand above one another, the topmost first; `asked` is the period of the import.

    `promises`: of a table of targets, in which the word target itself says nothing.
    """
    unit, periods, words = "", [], []
    for part in parts:
        text, found = _without_unit(plain_text(part), indicators)
        unit = found or unit
        if spelling(text) not in index:
            text, period = without_period(text, asked)
            periods += [period] if period else []
        text = _PROMISED.sub("", text) if promises else text
        words.append(re.sub(r"^其中\s*[:：]?|^[\s#,，:：*]+|[\s,，:：*]+$", "", text))
    telling = [word for word in words if word and spelling(word) not in _SILENT]
    tries = ("".join(telling), "".join(reversed(telling)))
    position = next((index[spelling(text)] for text in tries if spelling(text) in index), -1)
    return Heading(" / ".join(parts), position, " ".join(telling), unit, periods[-1] if periods else None)


def _without_unit(text: str, indicators: tuple[Indicator, ...]) -> tuple[str, str]:
    """The text without the unit in its brackets or at its end, and that unit."""
    for bracket in _BRACKETS.finditer(text):
        if is_unit(bracket[1], indicators):
            return (text[: bracket.start()] + text[bracket.end() :]).strip(), bracket[1].strip()
    tail = _TAIL.search(text)
    if tail and is_unit(tail[1], indicators):
        return text[: tail.start()].strip(), tail[1].strip()
    return ("", text) if text and is_unit(text, indicators) else (text, "")


def without_period(text: str, asked: Period) -> tuple[str, Period | None]:
    """The text without the period it names, and that period; “same period last year” is told from the one asked for."""
    before = _YEAR_BEFORE.search(text)
    match = _PERIOD.search(text)
    if match:
        try:
            period = Period.parse(match[0])
        except ValueError:
            return text, None
        return (text[: match.start()] + text[match.end() :]).strip(), period
    if before and not re.search(r"[比较]\s*$", text[: before.start()]):  # 比上年增长 is growth, not a figure of last year
        return (text[: before.start()] + text[before.end() :]).strip(), asked.shift(-YEAR)
    return text, None


def table_units(texts: Sequence[str], indicators: tuple[Indicator, ...]) -> tuple[str, ...]:
    """The units that a line above the table names: 单位：亿元、%."""
    for text in texts:
        found = re.search(r"(?:计量单位|单位|units?)\s*[:：]\s*([^)）\]】]+)", plain_text(text), re.IGNORECASE)
        if found:
            units = [part.strip() for part in re.split(r"[、,，;；/]|\band\b|和", found[1])]
            return tuple(unit for unit in units if unit and is_unit(unit, indicators))
    return ()
