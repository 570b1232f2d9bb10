"""What the heading of a column says: indicator, unit, period.

In come the texts above a column, out goes a `Heading`.

A heading names an indicator only where it equals its id, one of its names or an alias, once unit,
period and words that say nothing (总量, value) are taken off. Everything else is for a map to say;
nothing is guessed from likeness.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dtrack.core.figure import plain_text
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import ambiguous, keys_of, spelling
from dtrack.core.period import Period
from dtrack.i18n.terms import basis_in_words
from dtrack.importing.layout.periods import Named, agreed, mentions
from dtrack.model.entities import Indicator
from dtrack.parsing.cell import without_marks
from dtrack.parsing.unit import is_unit, read_unit

_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_AT_THE_END = re.compile(rf"(?:{_BRACKETS.pattern}\s*)+$")
_TAIL = re.compile(r"[,，/:：;；、_\s]+(?=[^,，/:：;；、_\s])")
_SILENT_END = re.compile(r"(?:累计|总量|绝对量|绝对值|数值|合计)$")
_PRICES = {
    "constant": re.compile(
        r"按?(?:[12][0-9]{3}年)?(?:不变|可比)价格?(?:计算)?|(?:at )?constant prices", re.IGNORECASE
    ),
    "current": re.compile(
        r"名义|按?(?:现|当年)价格?(?:计算)?|(?:at )?current prices", re.IGNORECASE
    ),
}
_PROMISED = re.compile(r"(?:预期|计划)?目标值?|\b(?:targets?|goals?|objectifs?)\b", re.IGNORECASE)

_UNIT_LINE = re.compile(  # with a sign after the word the line is about units and nothing else
    r"(?:(?:计量|数据|金额|货币)?单位|\bunits?\b|\bunités?\b)(?P<sign>\s*[:：为是])?\s*(?P<told>[^)）\]】]*(?:\([^)]*\))?)",
    re.IGNORECASE,
)
_LONGEST = 300  # letters; what is longer is no heading, and its commas would be tried one by one
_OF_UNITS = re.compile(
    r"[元万亿千百%％¥$€]|1[ ,]?000|\b(?:hundred|thousand|million|billion|milliard|yuan|cny|rmb|usd|eur)s?",
    re.IGNORECASE,
)


def words_of(*lines: str) -> frozenset[str]:
    """The words of the lines, as keys under which spellings are found."""
    return frozenset(spelling(word) for line in lines for word in line.split())


_SILENT = words_of(
    "本月止累计 本月累计 自年初累计 年初累计",
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

    `text`: its parts joined; `indicator`: a position, −1 where it names none; `words`: what was
    left to look for;
    `units`: all that it tells, those of the lowest part first; `nearest`: those of the lowest part
    that tells any; `period`: as found, None where it has none; `unfit`: why it names no indicator
    though its words do; `relative`: the period is told from another (上年同期); `torn`: its words
    are the name of two indicators.
    """

    text: str
    indicator: int
    words: str = ""
    units: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    period: Period | None = None
    unfit: Message | None = None
    relative: bool = False
    torn: bool = False

    @property
    def unit(self) -> str:
        """The nearest of its units, "" where it tells none."""
        return next(iter(self.nearest), "")


def read_heading(
    parts: Sequence[str],
    index: dict[str, int],
    indicators: tuple[Indicator, ...],
    asked: Period,
    *,
    promises: bool = False,
) -> Heading:
    """The heading whose parts stand above one another, the topmost first.

    `asked` is the period of the import.

    `promises`: of a table of targets, in which the word target itself says nothing.
    """
    if sum(map(len, parts)) > _LONGEST:
        return Heading(" / ".join(parts), -1, " ".join(parts))
    bare = [_bare(_unpromised(part, promises=promises), index, indicators, asked) for part in parts]
    words = [re.sub(r"^其中\s*[:：]?|^[\s#,，:：*]+|[\s,，:：*]+$", "", one.text) for one in bare]
    named = [named for one in bare for named in one.named]
    period, clear = agreed(named, asked)
    telling = [word for word in words if word and spelling(word) not in _SILENT]
    joined = ("".join(telling), "".join(reversed(telling)))
    tries = [text for whole in joined for text in (whole, _SILENT_END.sub("", whole))]
    position = next((index[spelling(text)] for text in tries if spelling(text) in index), -1)
    units = tuple(dict.fromkeys(unit for one in reversed(bare) for unit in one.units))
    torn = unfit = _twins(tries, index, indicators) if position < 0 else None
    if position >= 0:
        unfit = _unfit(indicators[position], {one.prices for one in bare} - {""}, clear=clear)
    return Heading(
        " / ".join(parts),
        -1 if unfit else position,
        " ".join(telling),
        units,
        next((one.units for one in reversed(bare) if one.units), ()),
        period if clear else None,
        unfit,
        any(one.before for one in named),
        bool(torn),
    )


def _twins(
    texts: Sequence[str], index: dict[str, int], indicators: tuple[Indicator, ...]
) -> Message | None:
    """The question where one of the texts is the name of two indicators; None where none is."""
    name = next((text for text in texts if spelling(text) in index), "")
    return ambiguous(name, {item.id: keys_of(item) for item in indicators}) if name else None


def _unfit(item: Indicator, prices: set[str], *, clear: bool) -> Message | None:
    """Why figures under a heading that names the indicator are none of it; None where they are."""
    if not clear:
        return _("it names periods that do not agree")
    if other := prices - {item.prices}:
        own = deferred(basis_in_words, item.prices, "") if item.prices else _("no prices")
        return _(
            "{indicator} is told in {own}, the heading says {other}",
            indicator=item.id,
            own=own,
            other=deferred(basis_in_words, min(other), ""),
        )
    return None


def _unpromised(part: str, *, promises: bool) -> str:
    text = without_marks(plain_text(part))
    return _PROMISED.sub("", text) if promises else text


@dataclass(frozen=True, slots=True)
class _Bare:
    """What is left of one text of a heading; its units, periods and price basis."""

    text: str
    units: tuple[str, ...] = ()
    named: tuple[Named, ...] = ()
    prices: str = ""


def _bare(
    text: str, index: dict[str, int], indicators: tuple[Indicator, ...], asked: Period
) -> _Bare:
    """One text of a heading without its units, periods and price basis, and those."""
    if spelling(text) in index:  # a unit that stands in its own name is its unit
        return _Bare(
            text, tuple(b[1] for b in _BRACKETS.finditer(text) if is_unit(b[1], indicators))
        )
    if basis := prices_in(text):
        return _Bare("", prices=basis)
    units, prices, named = list[str](), "", list[Named]()
    for bracket in list(_BRACKETS.finditer(text)):
        inside = _inside(bracket[1], indicators, asked)
        if inside is not None:
            text = text.replace(bracket[0], "", 1).strip()
            prices = prices or inside.prices
            units += inside.units
            named += inside.named
        elif read_unit(bracket[1]).scale and spelling(text.replace(bracket[0], "", 1)) in index:
            # 汽车产量（万辆）: a scale behind the name of an indicator is a unit, of whatever
            text, units = text.replace(bracket[0], "", 1).strip(), [*units, bracket[1].strip()]
    if spelling(text) not in index:
        text, more = mentions(text, asked)
        named += more
        text, tail = _tail(text, indicators)
        units += [tail] * bool(tail)
    return _Bare(text, tuple(units), tuple(named), prices)


def _tail(text: str, indicators: tuple[Indicator, ...]) -> tuple[str, str]:
    """The text and the unit that it ends with; a text that is nothing but a unit is one."""
    if text and is_unit(text, indicators):
        return "", text
    ends = (
        (text[: mark.start()].strip(), text[mark.end() :].strip())
        for mark in _TAIL.finditer(text)
        if mark.start()
    )
    return next(((head, tail) for head, tail in ends if is_unit(tail, indicators)), (text, ""))


def _inside(text: str, indicators: tuple[Indicator, ...], asked: Period) -> _Bare | None:
    """What stands in a bracket, where that is nothing but a unit, periods, a price basis, and words that say nothing."""
    if is_unit(text, indicators):
        return _Bare("", (text.strip(),))
    units, prices, named = dict[str, None](), "", list[Named]()
    for piece in re.split(r"[,，、;；]|(?<!元)/", text):
        word, basis = (
            re.sub(r"^\s*(?:计量)?单位\s*[:：]?\s*", "", piece).strip(),
            prices_in(piece.strip()),
        )
        rest, found = (
            ("", [])
            if basis
            else (word, [])
            if is_unit(word, indicators)
            else mentions(word, asked)
        )
        if is_unit(rest, indicators):
            units[rest] = None
        elif rest and spelling(rest) not in _SILENT:
            return None
        prices, named = prices or basis, [*named, *found]
    return _Bare("", tuple(units), tuple(named), prices)


def prices_in(text: str) -> str:
    """The price basis that a text is nothing but, "" where it is none."""
    return next((basis for basis, pattern in _PRICES.items() if pattern.fullmatch(text)), "")


def table_units(
    texts: Sequence[str], indicators: tuple[Indicator, ...]
) -> tuple[tuple[str, ...], str]:
    """The units that the lines above the table name: 单位：亿元、%.

    Else a line that speaks of one and is not understood.
    """
    units: list[str] = []
    for number, text in enumerate(texts):
        found = _UNIT_LINE.search(plain_text(text))
        beside = (
            next(iter(texts[number + 1 : number + 2]), "")
            if found and found["sign"] and not found["told"]
            else ""
        )
        told = found["told"] or beside if found else ""
        if not found or not told:
            continue
        named = _listed(told, indicators)
        if not named and found["sign"] and _OF_UNITS.search(told):
            return (), f"{text}{beside}"
        units += named
    return tuple(dict.fromkeys(units)), ""


def _listed(text: str, indicators: tuple[Indicator, ...]) -> tuple[str, ...]:
    """The units that a text is, or is a list of; none where something else stands in it."""
    if is_unit(text, indicators):
        return (text.strip(),)
    units = [
        part.strip()
        for part in re.split(r"[、;；/]|[,，](?![0-9]{3})|\band\b|和", text)
        if part.strip()
    ]
    return tuple(units) if all(is_unit(unit, indicators) for unit in units) else ()


def units_beside_title(texts: Sequence[str], indicators: tuple[Indicator, ...]) -> tuple[str, ...]:
    """The units that stand alone in a cell above the table, or in the brackets at the end of its titles."""
    units: list[str] = []
    for text in map(plain_text, texts):
        brackets = _AT_THE_END.search(text)
        told = _BRACKETS.findall(brackets[0]) if brackets else [text]
        units += [unit for one in told for unit in _listed(one, indicators)]
    return tuple(dict.fromkeys(units))
