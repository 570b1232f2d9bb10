"""Words that say what a target of several years is of: 累计, 年均, every year, en moyenne par an.

Cumulative is the sum of an amount and the change of a growth; of a share or stock nobody knows.
"""

from __future__ import annotations

import re

from dtrack.core.figure import plain_text
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.vocabulary import Kind, Over

_COUNT = r"(?:[一二两三四五六七八九十0-9]+年)?"
_FALL = r"(?:falls?|reductions?|decreases?|declines?|cuts?|baisse|réduction|diminution)"
_RISE = r"(?:growth|rise|increase|gain|hausse|croissance|augmentation|progression)"
_CUMULATIVE = r"cumulative(?:ly)?|cumulée?s?|en cumulé|au total|in total|in all"
_AVERAGE = (
    r"average annual|annual average|yearly average|average yearly|on average|an average"
    r"|moyenne? annuelle?|annuelle? moyenne?|en moyenne"
)
_EACH = r"each year|every year|in every year|chaque année|tous les ans"
_A_YEAR = r"a year|per year|per annum|annually|yearly|par an"
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), word)
    for pattern, word in (
        (rf"{_COUNT}累计(?:新增|完成|实现|达到?)?|\b(?:{_CUMULATIVE})\b", "cumulative"),
        (rf"{_COUNT}年均|年平均|\b(?:{_AVERAGE})\b", "average"),
        (rf"每年|逐年|历年|\b(?:{_EACH})\b", "each"),
    )
)
_FILLERS = re.compile(rf"\b(?:of|de|by|par an|{_A_YEAR})\b", re.IGNORECASE)
_TURNS = (
    (re.compile(rf"\b{_FALL}\b", re.IGNORECASE), "down"),
    (re.compile(rf"\b{_RISE}\b", re.IGNORECASE), ""),
)


def span_words(text: str) -> tuple[str, str]:
    """The text without such words, and the word: cumulative, average, each, or "" for none.

    Two that say different things are none: the text stays as it is.

    >>> span_words("累计下降13.5%"), span_words("5 % a year on average")
    (('下降13.5%', 'cumulative'), ('5 %', 'average'))
    """
    rest = plain_text(text)
    said = set()
    for pattern, word in _WORDS:
        rest, count = pattern.subn(" ", rest)
        said |= {word} if count else set()
    if len(said) != 1:
        return text, ""
    # a heading keeps its words, which may name an indicator
    if re.search(r"[0-9]", rest) and re.search(r"[A-Za-z]{2}", rest):
        for pattern, turn in _TURNS:
            rest = pattern.sub(turn, rest)
        rest = _FILLERS.sub(" ", rest)
    return " ".join(rest.split()), said.pop()


def over_said(word: str, kind: Kind) -> Over | None:
    """What the word says of an indicator of the kind; None where that is not clear."""
    if word == "cumulative":
        return {Kind.FLOW: Over.SUM, Kind.GROWTH: Over.WHOLE}.get(kind)
    return {"average": Over.AVERAGE, "each": Over.EACH}.get(word, Over.NONE)


def why_unclear(text: str) -> Message:
    """That a cumulative share or stock is told, which may be a rise or a level."""
    return _(
        "“{text}”: “cumulative” is ambiguous for a share or stock (level or change); "
        "write the level at the end",
        text=text[:40],
    )
