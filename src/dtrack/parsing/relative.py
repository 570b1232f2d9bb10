"""Targets that say in words what they follow: 高于全市平均水平, in step with GDP growth.

A wording is taken where it can mean one thing only; where it cannot, the question is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dtrack.core.figure import plain_text
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import area_index, indicator_index, spelling
from dtrack.core.relation import (
    CITY,
    LAST_YEAR,
    RANK,
    RESERVED,
    Relation,
    compared,
    from_base,
    relation_of,
)
from dtrack.core.vocabulary import Kind
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Indicator
from dtrack.parsing.cell import without_marks

_SHOWN = 40  # letters of a text in a sentence
_NUMBER = r"(?P<number>[0-9]+(?:\.[0-9]+)?)"
_POINTS = r" ?(?:个百分点|percentage points?|points? de pourcentage|points?|pp|pts?)"
# what may stand before, and says no more than that it is a target
_HEAD = re.compile(
    r"(?:努力|力争|争取|确保|实现|保持(?!在)|做到|strive (?:for|to be)|remain|stay|rester) *"
)

_SIGNS = {
    ">": (
        "高于|快于|超过|大于|优于|领先于",
        "above|over|higher than|faster than|more than",
        "supérieure? à|plus rapide que|plus élevée? que|au-dessus de",
    ),
    ">=": (
        "不低于|不慢于|不小于|不少于",
        "at least|no (?:less|lower|slower) than|not (?:below|(?:less|lower|slower) than)",
        "au moins égale? à",
    ),
    "<": (
        "低于|慢于|小于|少于",
        "below|under|(?:lower|slower|less|fewer) than",
        "inférieure? à|moins élevée? que|au-dessous de|en dessous de",
    ),
    "<=": (
        "不高于|不快于|不大于|不超过",
        "at most|no (?:more|higher|faster) than|not (?:above|(?:more|higher|faster) than)",
        "au plus égale? à",
    ),
}
_COMPARED = (
    *(
        (re.compile(rf"(?:{'|'.join(words)}) ?(?P<what>[^0-9\s].*)"), sign)
        for sign, words in _SIGNS.items()
    ),
    (re.compile(r"(?:控制|保持)在(?P<what>[^0-9]+?)(?:以内|之内|以下)"), "<="),
)
_IN_STEP = tuple(
    re.compile(pattern)
    for pattern in (
        r"[与和同跟](?P<what>.+?)(?:保持|实现)?同步(?:增长)?",
        r"(?:in (?:step|line)|keep(?:ing)? pace|on a par) with (?P<what>.+)",
        r"au même rythme que (?P<what>.+)",
    )
)
_HIGHER = tuple(  # by so much above
    re.compile(pattern)
    for pattern in (
        rf"(?:高于|快于|高出)(?P<what>[^0-9]+?){_NUMBER}{_POINTS}(?:以上)?",
        rf"[比较](?P<what>[^0-9]+?)(?:高出?|快)(?:于)? ?{_NUMBER}{_POINTS}(?:以上)?",
        rf"(?:at least )?{_NUMBER}{_POINTS} (?:above|higher than|faster than) (?P<what>.+)",
        rf"(?:au moins )?{_NUMBER}{_POINTS} au-dessus de (?P<what>.+)",
        rf"supérieure? d['’ ]?(?:e )?(?:au moins )?{_NUMBER}{_POINTS} à (?P<what>.+)",
    )
)
_LOWER = tuple(
    re.compile(pattern)
    for pattern in (
        rf"低于(?P<what>[^0-9]+?){_NUMBER}{_POINTS}(?:以上)?",
        rf"[比较](?P<what>[^0-9]+?)低 ?{_NUMBER}{_POINTS}(?:以上)?",
        rf"(?:at least )?{_NUMBER}{_POINTS} (?:below|lower than) (?P<what>.+)",
        rf"(?:au moins )?{_NUMBER}{_POINTS} au-dessous de (?P<what>.+)",
    )
)
_YEAR_BEFORE = r"(?:上年|去年|上一年)(?:同期)?(?:水平|实际|实绩)?"
_LAST_YEAR = re.compile(
    rf"{_YEAR_BEFORE}|last year(?:'s(?: level| figure)?)?"
    r"|the (?:year before|previous year)(?:'s level)?"
    r"|l['’](?:année (?:précédente|dernière)|an dernier|an passé)"
)
_DIRECTIONS = {
    "up": (
        rf"[比较]{_YEAR_BEFORE}(?:有所)?(?:提高|上升|增加|提升)",
        "up on last year|en hausse sur un an",
    ),
    "down": (
        rf"[比较]{_YEAR_BEFORE}(?:有所)?(?:下降|降低|减少)",
        "down on last year|en baisse sur un an",
    ),
    "same": (
        rf"[与和同]{_YEAR_BEFORE}持平",
        "(?:the same as|unchanged from) last year|inchangée? sur un an",
    ),
}
_DIGITS = {
    word: str(number)
    for words in (
        "一 二 三 四 五 六 七 八 九 十",
        "one two three four five six seven eight nine ten",
        "un deux trois quatre cinq six sept huit neuf dix",
    )
    for number, word in enumerate(words.split(), 1)
}
_COUNT = rf"(?P<count>[0-9]+|{'|'.join(_DIGITS)})"
_RANK = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:进入|位居|居|位列|列|排名|保持)*(?:全市|各区)?(?:排名|增速)?前{_COUNT}[名位]?",
        rf"(?:among|in|into)? ?(?:the )?top {_COUNT}(?: districts)?",
        rf"(?:parmi|dans) les {_COUNT} premiers(?: districts)?",
    )
)
_FIRST = re.compile(r"(?:位居|居|位列|列|排名|保持)*全市第一(?:[名位])?|first of the districts")
_BASE_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_FROM = (  # how a change from a base year is told, and its sign
    (
        rf"[比较]{_BASE_YEAR}年?(?:提高|上升|增长|增加|提升){_NUMBER}(?P<mark>%|{_POINTS})(?:以上)?",
        "+",
    ),
    (rf"[比较]{_BASE_YEAR}年?(?:下降|降低|减少){_NUMBER}(?P<mark>%|{_POINTS})(?:以上)?", "-"),
    (
        rf"(?:at least )?{_NUMBER}(?P<mark> ?%|{_POINTS}) above (?:the )?{_BASE_YEAR}(?: level)?",
        "+",
    ),
    (
        rf"(?:at least )?{_NUMBER}(?P<mark> ?%|{_POINTS}) below (?:the )?{_BASE_YEAR}(?: level)?",
        "-",
    ),
    (rf"{_NUMBER}(?P<mark> ?%|{_POINTS}) de plus qu['’]en {_BASE_YEAR}", "+"),
    (rf"{_NUMBER}(?P<mark> ?%|{_POINTS}) de moins qu['’]en {_BASE_YEAR}", "-"),
    (rf"(?:达到|是|为)?{_BASE_YEAR}年?的{_NUMBER}倍", "x"),
    (rf"{_NUMBER} (?:times|fois) (?:the level of |the )?{_BASE_YEAR}(?: level)?", "x"),
)
_TWICE = re.compile(
    r"[比较](?P<zh>(?:19|20)[0-9]{2})年?(?:实现)?翻一?番"
    r"|(?:twice|double) (?:the )?(?P<en>(?:19|20)[0-9]{2})(?: level)?"
    r"|le double de (?P<fr>(?:19|20)[0-9]{2})"
)
_CITY_WORDS = (
    r"全市|全市平均|市平均|the city|city|the municipal average|citywide average|the city['’]s"
    r"|(?:the )?average of the city|la moyenne de la ville|la moyenne municipale|celle de la ville"
)
_CITY = re.compile(_CITY_WORDS)
# what a name may carry behind or before it, and be the same
_LOOSE = re.compile(
    r"(?:的|地区)?(?:平均)?(?:水平|增速|增幅|增长速度|增长|平均值?|均值)+$"
    r"|['’]s?(?: (?:average|growth|level|figure|rate))?$| (?:average|level|figure)$"
    r"|^the |^celle d[e'’] ?"
)
_ECONOMY = re.compile(
    r"(?:全市|全区|本区|地区)?(?:经济|GDP|gdp|地区生产总值|生产总值)(?:增长|增速|增长速度)?"
    r"|(?:the )?(?:gdp|economic|economy['’]s) growth|the economy"
    r"|la croissance (?:du pib|économique|de l['’]économie)"
)
_GDP = re.compile(r"生产总值|gdp|\bpib\b|economic growth|经济增[长速]", re.IGNORECASE)


def relation_in_words(text: str, dataset: Dataset, item: Indicator) -> Relation | Message | None:
    """What a target of an indicator follows by its words, or the question that they leave.

    None where the words tell of no such target.
    """
    words = without_marks(plain_text(text)).casefold().rstrip("。.;；")
    words = _HEAD.sub("", words) if _HEAD.match(words) else words
    try:
        return next(_readings(words, dataset, item), None)
    except ValueError as error:
        return _("“{text}”: {fault}", text=text[:_SHOWN], fault=error.args[0])


def _readings(words: str, dataset: Dataset, item: Indicator) -> Iterator[Relation]:
    """What the words say. Raises ValueError where they are clear but for what they name."""
    yield from _as_written(words, dataset)
    yield from _of_base(words)
    yield from _of_rank(words)
    yield from _of_direction(words, item)
    for patterns, sign in ((_HIGHER, ">=+"), (_LOWER, "<=-")):
        for found in _matches(patterns, words):
            if not item.in_points:
                raise ValueError(_("percentage points are valid for growth and share only"))
            yield compared(sign + found["number"], _named(found["what"], dataset, item))
    step = "<=" if item.lower_is_better else ">="
    for pattern, sign in (*((one, step) for one in _IN_STEP), *_COMPARED):
        for found in _matches([pattern], words):
            yield compared(sign, _named(found["what"], dataset, item))


def _of_direction(words: str, item: Indicator) -> Iterator[Relation]:
    """Up, down or the same as the year before; a growth that is the same (持平) is 0, not this."""
    for value, told in _DIRECTIONS.items():
        if re.fullmatch("|".join(told), words) and (item.kind != Kind.GROWTH or value != "same"):
            if item.kind == Kind.GROWTH:
                raise ValueError(_("ambiguous: a change of the growth rate, or of the level"))
            yield compared(value, LAST_YEAR)


def _matches(patterns: Iterable[re.Pattern[str]], words: str) -> Iterator[re.Match[str]]:
    return filter(None, (pattern.fullmatch(words) for pattern in patterns))


def _as_written(words: str, dataset: Dataset) -> Iterator[Relation]:
    """As dtrack writes it itself: >=+1 of city, -18% from 2020."""
    own = relation_of(words)
    names = (RESERVED, dataset.indicator_position, dataset.area_position)
    if own and (own.is_base or any(own.of in known for known in names)):
        yield own


def _of_base(words: str) -> Iterator[Relation]:
    for pattern, sign in _FROM:
        if found := re.fullmatch(pattern, words):
            mark = "" if sign == "x" else "%" if "%" in found["mark"] else "pp"
            yield from_base(sign + found["number"] + mark, int(found["year"]))
    if found := _TWICE.fullmatch(words):
        yield from_base("x2", int(next(filter(None, found.groups()))))


def _of_rank(words: str) -> Iterator[Relation]:
    for found in _matches(_RANK, words):
        yield compared(f"top {_DIGITS.get(found['count'], found['count'])}", RANK)
    if _FIRST.fullmatch(words):
        yield compared("top 1", RANK)


def _named(what: str, dataset: Dataset, item: Indicator) -> str:
    """What the words name: the city, the year before, an indicator or an area.

    Raises ValueError with the question where that is not one thing.
    """
    what = what.strip()
    if _LAST_YEAR.fullmatch(what):
        return LAST_YEAR
    indicators, areas = indicator_index(dataset.indicators), area_index(dataset.areas)
    for name in _shortened(what):
        if _CITY.fullmatch(name):
            return CITY
        if (at := indicators.get(spelling(name), -1)) >= 0:
            return dataset.indicators[at].id
        if (at := areas.get(spelling(name), -1)) >= 0:
            return dataset.areas[at].id
    if _ECONOMY.fullmatch(what):
        growths = [
            other.id
            for other in dataset.indicators
            if other.kind == Kind.GROWTH
            and other.id != item.id
            and any(map(_GDP.search, (other.id, *other.names.values(), *other.aliases)))
        ]
        if len(growths) == 1:
            return growths[0]
    raise ValueError(
        _(
            "“{what}” is ambiguous: specify it with `of`, as in --of {examples}",
            what=what[:_SHOWN],
            examples="city",
        )
    )


def _shortened(name: str) -> Iterator[str]:
    """The name, and what is left of it without the words that say it is a figure's."""
    while name:
        yield name
        shorter = _LOOSE.sub("", name, count=1).strip()
        name = shorter if shorter != name else ""
