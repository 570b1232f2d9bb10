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
from dtrack.intake.said import without_marks
from dtrack.model import Indicator
from dtrack.period import YEAR, Period
from dtrack.spelling import spelling

_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_TAIL = re.compile(r"[,，/:：;；、_\s]+([^,，/:：;；、_]+)$")
_HALF = re.compile(r"[上下]半年|全年")
_SILENT_END = re.compile(r"(?:累计|总量|绝对量|绝对值|数值|合计)$")
_PERIOD = re.compile(
    r"(?:[12][0-9]{3}年?(?:[上下]半年|全年|[0-9]{1,2}(?:月?[-—–~至到][0-9]{1,2})?月份?|第?[一二三四1-4]季度|前[二三四2-4]季度)"
    r"|[12][0-9]{3}[- ]?[HSQ][1-4]|[HQ][1-4][- ]?[12][0-9]{3}|[12]H[12][0-9]{3}|(?<![0-9.])(?:19[5-9]|20[0-9])[0-9]年?(?![0-9.]))",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(r"上年同期|去年同期|上年|same period (?:of )?last year|year before|last year", re.IGNORECASE)

_PROMISED = re.compile(r"(?:预期|计划)?目标值?|\b(?:targets?|goals?|objectifs?)\b", re.IGNORECASE)


def words_of(*lines: str) -> frozenset[str]:
    """The words of the lines, as keys under which spellings are found."""
    return frozenset(spelling(word) for line in lines for word in line.split())


_SILENT = words_of(
    "总量 绝对量 绝对值 绝对数 数值 值 数 金额 本期 本年 累计 本年累计 实际 实际值 完成 完成值 主要指标 指标 经济指标",
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
    unit = ""
    periods: list[Period] = []
    words = []
    for part in parts:
        text, found, period = _bare(without_marks(plain_text(part)), index, indicators, asked)
        unit = found or unit
        periods += [period] if period is not None else []
        text = _PROMISED.sub("", text) if promises else text
        words.append(re.sub(r"^其中\s*[:：]?|^[\s#,，:：*]+|[\s,，:：*]+$", "", text))
    telling = [word for word in words if word and spelling(word) not in _SILENT]
    joined = ("".join(telling), "".join(reversed(telling)))
    tries = [text for whole in joined for text in (whole, _SILENT_END.sub("", whole))]
    position = next((index[spelling(text)] for text in tries if spelling(text) in index), -1)
    return Heading(" / ".join(parts), position, " ".join(telling), unit, periods[-1] if periods else None)


def _bare(text: str, index: dict[str, int], indicators: tuple[Indicator, ...], asked: Period) -> tuple[str, str, Period | None]:
    """One text of a heading without its unit and period, and those."""
    if spelling(text) in index:
        return text, "", None
    unit = ""
    period: Period | None = None
    for bracket in list(_BRACKETS.finditer(text)):
        pieces = [re.sub(r"^(?:计量)?单位\s*[:：]?\s*", "", piece) for piece in re.split(r"[,，、;；/\s]+", bracket[1]) if piece]
        units = [piece for piece in pieces if is_unit(piece, indicators)] or (
            [bracket[1]] if is_unit(bracket[1], indicators) else []
        )
        spans = [found for piece in pieces if (found := without_period(piece, asked)[1]) is not None]
        if len(units) + len(spans) >= len(pieces) or units == [bracket[1]]:
            text = text.replace(bracket[0], "", 1).strip()
            unit, period = (units or [unit])[0].strip(), spans[0] if spans else period
    if spelling(text) not in index:
        text, named = without_period(text, asked)
        period = named or period
    tail = _TAIL.search(text)
    if not unit and tail and is_unit(tail[1], indicators):
        return text[: tail.start()].strip(), tail[1].strip(), period
    return ("", text, period) if not unit and text and is_unit(text, indicators) else (text, unit, period)


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
    half = _HALF.search(text)
    if half:
        first = asked.year * 12 + (6 if half[0] == "下半年" else 0)
        period = Period.year_of(asked.year) if half[0] == "全年" else Period(first, first + 5)
        return (text[: half.start()] + text[half.end() :]).strip(), period
    return text, None


def table_units(texts: Sequence[str], indicators: tuple[Indicator, ...]) -> tuple[str, ...]:
    """The units that a line above the table names: 单位：亿元、%."""
    for text in texts:
        found = re.search(r"(?:(?:计量|数据|金额)?单位|units?)\s*[:： ]\s*([^)）\]】]+)", plain_text(text), re.IGNORECASE)
        if found:
            units = [part.strip() for part in re.split(r"[、,，;；/]|\band\b|和", found[1])]
            return tuple(unit for unit in units if unit and is_unit(unit, indicators))
    return ()
