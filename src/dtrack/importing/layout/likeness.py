"""Whether a heading that names no indicator has to do with the one asked for.

In come its words and an indicator.

增加值 is a part of 数字经济增加值, and so it may head the figures of that. It is a part of 数字经济增加值增速 too, and
there it is the level: what one has and the other has not must not turn a level into a growth, a
share or a mean.
"""

from __future__ import annotations

import re

from dtrack.core.names import spelling
from dtrack.model.entities import Indicator

_TURNS = re.compile(
    r"增(?!加值)|降|同比|环比|占|比重|比例|率|人均|地均|户均|年均|平均|每|变化|变动|贡献|指数|排|位次|速|目标|任务|计划"
    r"|\b(?:growth|change|share|rate|per|ratio|average|mean|index|rank|croissance|part|taux|variation|moyenne?|indice)\b",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"of|in|to|by|on|at|as|an|the|and|de|du|des|la|les?|une?|et|en|aux?|dans|pour|."
)
_ZH = re.compile(r"[\u3400-\u9fff]")


def has_to_do(words: str, item: Indicator, *, percent: bool = False) -> bool:
    """The words are a part of a name of the indicator, or hold one.

    `percent`: their unit is the per cent of the indicator.
    """
    names = (item.id.replace("_", " "), *item.names.values(), *item.aliases)
    return any(_part(_plain(words), _plain(name), percent=percent) for name in names)


def _part(words: str, name: str, *, percent: bool) -> bool:
    """One lies in the other, and what is left over turns it into nothing else."""
    if not _telling(words):
        return False
    if words in name:
        # 比重 of 占地区生产总值比重
        head = _TURNS.search(words) and (name.startswith(words) or name.endswith(words))
        return percent or bool(head) or not _TURNS.search(name.replace(words, " ", 1))
    return _telling(name) and name in words and not _TURNS.search(words.replace(name, " ", 1))


def _plain(text: str) -> str:
    """A text to be looked for in another.

    Chinese without blanks, else whole words between blanks.
    """
    return (
        spelling(text)
        if _ZH.search(text)
        else " " + " ".join(re.findall(r"[^\W_]+", text.casefold())) + " "
    )


def _telling(text: str) -> bool:
    """Two Chinese signs, or a whole word that says something."""
    if _ZH.search(text):
        return len(text) > 1
    return any(not _SMALL.fullmatch(word) for word in text.split())
