"""Words of a target that say more than a figure does: two ends, an aim, who assigned it, a class.

Each part that is a figure is left to `parse_cell`, with its unit. A text that has none of these
words is no affair of this module. Chinese, English and French, as plans and notices write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dtrack.core.figure import plain_text
from dtrack.core.message import Message, deferred, lazy_joined
from dtrack.core.message import lazy_gettext as _
from dtrack.core.relation import CITY
from dtrack.core.vocabulary import TargetClass
from dtrack.i18n.formatting import wording_shown
from dtrack.i18n.terms import class_word
from dtrack.model.entities import NO_TERMS, Terms
from dtrack.parsing import lexicon


@dataclass(frozen=True, slots=True)
class TargetWords:
    """The parts of a target: `ends` that are figures, what joins two of them, an aim, its terms.

    A target without `ends` is assigned.
    """

    ends: tuple[str, ...]
    joint: str = ""
    aim: str = ""
    terms: Terms = NO_TERMS


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SHOWN = 40  # letters of a target in a sentence
_NUMBER = r"[+-]?[0-9][0-9.,]*"
_UNIT = r"(?: ?(?:%|per cent|percent|[^\W\d_]+|个百分点))?"
_END = rf"{_NUMBER}{_UNIT}"
_CLASSES = {
    "约束性": TargetClass.BINDING,
    "预期性": TargetClass.EXPECTED,
    "binding": TargetClass.BINDING,
    "expected": TargetClass.EXPECTED,
    "contraignant": TargetClass.BINDING,
    "indicatif": TargetClass.EXPECTED,
}
_CLASS = _any_case(
    rf"(?P<rest>.+?) ?(?:\((?P<inside>{'|'.join(_CLASSES)})(?:指标|目标)?\)"
    rf"|[,、;] ?(?P<behind>{'|'.join(_CLASSES)})(?:指标|目标)?)"
)
_ASSIGNED = (
    # 以市下达为准, 完成市下达任务, 下达任务
    re.compile(
        r"(?:(?:以|按|按照)|(?:确保)?完成)?(?P<who>市|省|自治区|国家|上级)?(?:政府|里)?"
        r"下达的?(?:年度)?(?:目标任务|任务目标|任务|目标|指标|计划)?[数值]?(?:为准|执行|完成)?"
    ),
    _any_case(r"(?:as )?(?:to be )?(?:assigned|set) by (?:the )?(?P<who>[^\W\d_][^,;()0-9]*)"),
    _any_case(r"(?:fixée?|assignée?|notifiée?) par (?:la |le |l['’])?(?P<who>[^\W\d_][^,;()0-9]*)"),
)
_NOBODY = ("", "上级", "higher level", "a higher level", "niveau supérieur")
_OF_THE_CITY = ("市", "city", "municipality", "ville", "municipalité")
_BETWEEN = (
    re.compile(
        rf"(?:增长|涨幅|增速|增幅)?(?:保持|稳定|控制|处于|维持)?在?"
        rf"(?P<low>{_END}) ?(?:\.\.|—+|–|-|~|至|到) ?(?P<high>{_END})"
        r"的?(?:合理)?(?:之间|区间内?|范围内?)"
    ),
    _any_case(rf"between (?P<low>{_END}) and (?P<high>{_END})"),
    _any_case(
        rf"(?:in|within) (?:a |the )?(?:range|band|corridor) (?:of |from )?"
        rf"(?P<low>{_END}) (?:to|and) (?P<high>{_END})"
    ),
    _any_case(rf"entre (?P<low>{_END}) et (?P<high>{_END})"),
)
_AROUND = _any_case(
    rf"(?P<low>{_END}) ?(?:±|\+/-|\+-|plus or minus|plus ou moins|上下浮动) ?"
    rf"(?P<high>[0-9][0-9.,]*{_UNIT}?)"
)
_POINTS = _any_case(r" ?(?:个?百分点|percentage points?|pp|points?(?: de pourcentage)?)$")
_STRIVE = (
    r"(?:[,、;(]|,? )+ ?(?:并|且|and|et )?"
    r"(?:(?:努力|奋力|全力)?(?:力争|争取|冲刺)(?:实现|达到|完成|达)?"
    r"|aiming (?:for|at)|with an? (?:aim|ambition) of"
    r"|(?:aim|ambition|stretch(?: target)?)(?: of)?:?"
    r"|ideally|striving for|si possible|en visant|avec une ambition de|ambition ?:?)"
)
_FLOOR_FIRST = _any_case(rf"(?P<floor>.*?[0-9].*?){_STRIVE} ?(?P<aim>[^()]*[0-9][^()]*)\)?")
_AIM_FIRST = re.compile(
    r"(?:力争|争取)(?:实现|达到|完成|达)?(?P<aim>.*?[0-9].*?)[,、;] ?"
    r"(?:确保|保证|保底)(?:实现|达到|完成|达)?(?P<floor>.*[0-9].*)"
)


def target_words(text: str) -> TargetWords | None:
    """The parts of a target that says more than one figure; None for any other text.

    >>> target_words("5%以上，力争6%").aim, target_words("between 2 and 3").ends
    ('6%', ('2', '3'))
    >>> target_words("5%以上") is None, target_words("以市下达为准").terms.by
    (True, 'city')
    """
    plain = plain_text(text)
    if len(plain) > 200:
        return None
    if held := _CLASS.fullmatch(plain):
        word = (held["inside"] or held["behind"]).casefold()
        found = target_words(held["rest"]) or TargetWords((held["rest"],))
        return replace(found, terms=found.terms._replace(held=_CLASSES[word].value))
    for pattern in (_FLOOR_FIRST, _AIM_FIRST):
        if pair := pattern.fullmatch(plain):
            floor, aim = pair["floor"].strip(), pair["aim"].strip()
            turn = lexicon.CHANGE.match(floor)
            # 下降3%，力争4% strives for a fall too
            if turn and not lexicon.CHANGE.match(aim):
                aim = turn[0] + aim
            if held := _CLASS.fullmatch(floor):
                word = _CLASSES[(held["inside"] or held["behind"]).casefold()]
                return TargetWords((held["rest"],), aim=aim, terms=Terms(held=word.value))
            return TargetWords((floor,), aim=aim)
    return _assigned(plain) or _two_ends(plain)


def _assigned(text: str) -> TargetWords | None:
    for pattern in _ASSIGNED:
        if match := pattern.fullmatch(text):
            who = (match["who"] or "").strip()
            by = "" if who.casefold() in _NOBODY else who
            by = CITY if who.casefold() in _OF_THE_CITY else by
            return TargetWords((), terms=Terms(by=by))
    return None


def _two_ends(text: str) -> TargetWords | None:
    """A range in words, met from its easier end as any range; only ± makes both ends count."""
    if match := _AROUND.fullmatch(text):
        half = _POINTS.sub("", match["high"])
        return TargetWords((match["low"].strip(), half.strip()), "±")
    for pattern in _BETWEEN:
        if match := pattern.fullmatch(text):
            ends = (match["low"].strip(), match["high"].strip())
            return TargetWords(ends, "..")
    return None


def terms_read(text: str, value: str, terms: Terms) -> Message:
    """How a target that says more than one figure is read."""
    shown, figure = text.strip()[:_SHOWN], deferred(wording_shown, value)
    parts: list[object] = [figure]
    if terms.both:
        parts.append(_("both ends count"))
    if terms.aim:
        parts.append(_("with an aim of {aim}", aim=deferred(wording_shown, terms.aim)))
    if terms.by:
        by = _("the city") if terms.by == CITY else terms.by
        parts.append(_("assigned by {by}", by=by))
    if terms.held:
        parts.append(_("class: {held}", held=deferred(class_word, terms.held)))
    return _("“{text}” was interpreted as {figure}", text=shown, figure=lazy_joined("; ", parts))
