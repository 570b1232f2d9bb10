"""Names in any spelling → what they name. In come areas, indicators and a name, out go positions, or the nearest names.

Width, case, blanks and hyphens never tell two names apart; a name that is only near is offered and never taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Protocol

from dtrack.tongue import enumerated, say


class Named(Protocol):
    """What has an id, names by language and other names: an indicator, and with a code an area."""

    @property
    def id(self) -> str:
        """The id."""

    @property
    def names(self) -> Mapping[str, str]:
        """Its names by language."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""


class Coded(Named, Protocol):
    """What has an official code besides."""

    @property
    def code(self) -> str:
        """The code, "" where there is none."""


NEAR = 0.45  # of 1: how alike two spellings are before one is offered for the other; 海定 is that near to 海淀
MOST_NAMES = 20
LONGEST_NAME = 100  # letters that are compared
LOOKS = 20_000  # spellings: about two seconds
_LOOSE = re.compile("[\\s_\\-'’\u200b-\u200f\u2060\ufeff]+")  # blanks, hyphens, and marks that nobody sees


@lru_cache(maxsize=1 << 15)  # the same names are asked for again and again
def spelling(name: str) -> str:
    """The key under which a name is found: width, case, blanks and hyphens made plain."""
    return _LOOSE.sub("", name if name.isascii() else unicodedata.normalize("NFKC", name)).casefold()


_ZH_SUFFIX = re.compile(r"(?<=..)(?:特别行政区|自治区|自治州|自治县|新区|地区|[省市区县州盟旗])$")
_EN_SUFFIX = re.compile(r" (?:district|county|city|prefecture|province)$", re.IGNORECASE)


def spellings(area: Coded) -> Iterable[str]:
    """Every spelling an area is known by: id, code, names, aliases, and names without 区, 市 or District."""
    for name in (area.id, area.code, *area.names.values(), *area.aliases):
        if name:
            yield spelling(name)
            for suffix in (_ZH_SUFFIX, _EN_SUFFIX):
                if (short := suffix.sub("", name)) != name:
                    yield spelling(short)


_asked_last: list[Any] = [(), {}]  # one workspace asks for the same index many times


def area_index(areas: Sequence[Coded]) -> dict[str, int]:
    """Spelling → position; −1 where a shortened spelling could mean two areas."""
    index: dict[str, int] = _asked_last[1] if _asked_last[0] is areas else {}
    if index:
        return index
    for position, area in enumerate(areas):
        for key in dict.fromkeys(spellings(area)):
            index[key] = position if index.get(key, position) == position else -1
    index.update((spelling(area.id), position) for position, area in enumerate(areas))  # an id is never ambiguous
    _asked_last[:] = areas, index
    return index


def indicator_index(indicators: Iterable[Named]) -> dict[str, int]:
    """Spelling of id or name → position; ids win over names."""
    index: dict[str, int] = {}
    for position, indicator in enumerate(indicators):
        for name in (*indicator.names.values(), *indicator.aliases):
            index.setdefault(spelling(name), position)
    index.update({spelling(indicator.id): position for position, indicator in enumerate(indicators)})
    return index


def nearest(name: str, known: Mapping[str, tuple[str, ...]], most: int = 3) -> str:
    """One sentence with the nearest of the known names, or all of them where none is near."""
    from difflib import SequenceMatcher  # only a slip needs it, and every start would pay for it

    wanted = spelling(name[:LONGEST_NAME])
    letters = SequenceMatcher(None, "", wanted)

    def likeness(key: str) -> float:
        letters.set_seq1(key)
        near = letters.real_quick_ratio() >= NEAR and letters.quick_ratio() >= NEAR  # no more than these, and cheap
        return SequenceMatcher(None, wanted, key).ratio() if near else 0.0

    scores = {shown: max(map(likeness, keys), default=0.0) for shown, keys in known.items()}
    near = [shown for shown, score in sorted(scores.items(), key=lambda item: -item[1]) if score >= NEAR][:most]
    names = [shown[:LONGEST_NAME] for shown in near or [*known][:MOST_NAMES]]
    if near:
        return say("Nearest: {names}", names=enumerated(names, "; "))
    return say("Known: {names}", names=enumerated([*names, *["…"] * (len(known) > MOST_NAMES)], "; "))


class Nearest:
    """The nearest of the known names, for name after name that is none: a look takes milliseconds, a return may have 100,000.

    So each is looked for once, the first `MOST_NAMES` at all, and fewer where more than `LOOKS` spellings would be compared.
    """

    def __init__(self, known: Callable[[], Mapping[str, tuple[str, ...]]]) -> None:
        self._known = known
        self._told: dict[str, str] = {}
        self._looks = LOOKS

    def of(self, name: str) -> str:
        """As `nearest`; "" for a name that is not looked for any more."""
        if name not in self._told and len(self._told) < MOST_NAMES and self._looks > 0:
            self._told[name] = nearest(name, self.known)
            self._looks -= sum(map(len, self.known.values()))
        return self._told.get(name, "")

    @cached_property
    def known(self) -> Mapping[str, tuple[str, ...]]:
        """What is shown of each name, and its spellings; only a name that is none asks for them."""
        return self._known()
