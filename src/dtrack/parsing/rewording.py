"""What a cell says of its number in other words, said in plain ones: its status, 翻一番, 持平.

A status is taken off; a multiple becomes the per cent that it is.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from dtrack.core.figure import WORDS_BEFORE
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.vocabulary import ObsStatus
from dtrack.parsing import lexicon

_OFTEN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "2": 2, "3": 3, "4": 4}
_TIMES = {"double": 2, "triple": 3, "quadruple": 4}
# 1.5倍 is anything from 1.45 to 1.55: so many decimals and 150 % is as exact as it looks
_EXACT = 2


class Reworded(NamedTuple):
    """A text in plain words; `coarse`: its per cent looks more exact than what was said.

    `reason`: why it may mean two things.
    """

    text: str
    coarse: bool = False
    reason: Message | None = None


def without_status(text: str, *, letters: bool) -> tuple[str, str, Message | None]:
    """The text without the words and marks of a status, the status, or why it is unclear.

    `letters`: p, e and r alone are marks of a status.
    """
    found = set[str]()
    if not lexicon.STATUS_BEHIND.search(text):  # 5.2 (p)①
        bare = lexicon.SIGNS_BEHIND.sub("", text)
        text = bare if lexicon.STATUS_BEHIND.search(bare) else text
    for pattern in (lexicon.STATUS_BEFORE, lexicon.STATUS_BEHIND):
        match = pattern.search(text) if pattern is lexicon.STATUS_BEHIND else pattern.match(text)
        told = [name for name, word in match.groupdict().items() if word] if match else []
        if match and (letters or not told[0].endswith("_")) and re.search("[0-9]", text):
            text = (text[: match.start()] + text[match.end() :]).strip()
            found.add(told[0].removeprefix("bare_").rstrip("_"))
    if len(found) > 1:
        one, other = sorted(found)
        return text, "", _("two statuses: {one} and {other}", one=one, other=other)
    return text, str(ObsStatus(found.pop())) if found else "", None


def in_per_cent(text: str) -> Reworded | None:
    """A change told as a multiple, in per cent; None for what is told otherwise.

    >>> in_per_cent("增长1.5倍").text, in_per_cent("翻两番").text
    ('增长150%', '增长300%')
    """
    before = re.match(WORDS_BEFORE, text)
    word, rest = (before[0], text[before.end() :]) if before else ("", text)
    if twice := lexicon.TWICE.match(rest):
        named = next((times for name, times in _TIMES.items() if twice[name]), 0)
        times = named or 2 ** _OFTEN.get(twice["番"] or "一", 1)
        return Reworded(f"增长{word}{(times - 1) * 100}%{rest[twice.end() :]}", coarse=True)
    if len(lexicon.TIMES.findall(text)) != 1:
        return None
    of_before = lexicon.OF_BEFORE.match(text)
    change = lexicon.CHANGE.match(text)
    if change and change["fall"]:
        return Reworded(text, reason=_("a fall by a multiple cannot be written as a percentage"))
    if not (of_before or change):
        return None
    number = lexicon.TIMES.search(text)
    times = Decimal(number[1]) if number else Decimal()
    told = (times - 1 if of_before else times) * 100
    plain = f"{told.normalize():f}" if told else "0"
    coarse = -int(times.as_tuple().exponent) < _EXACT
    said = lexicon.TIMES.sub(f"{plain}%", text[of_before.end() :] if of_before else text)
    return Reworded(said, coarse)


def unchanged(text: str) -> str:
    """0, or about 0, of a text that says that nothing changed; "" for all others."""
    same = lexicon.UNCHANGED.fullmatch(text)
    if not same:
        return ""
    return "~0" if any(same.groupdict().values()) else "0"
