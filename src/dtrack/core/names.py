"""Match names in any spelling to areas and indicators, or offer the nearest ones.

Width, case, blanks and hyphens never tell two names apart; a name that is only near is offered and
never taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Protocol

from dtrack.core.message import Message, lazy_cut, lazy_enumerated
from dtrack.core.message import lazy_gettext as _


class WithNames(Protocol):
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


class WithCode(WithNames, Protocol):
    """What has an official code besides."""

    @property
    def code(self) -> str:
        """The code, "" where there is none."""


# of 1: how alike two spellings are before one is offered for the other; 海定 is that near to 海淀
NEAR = 0.45
MOST_NAMES = 20
LONGEST_NAME = 100  # letters that are compared
LOOKS = 20_000  # spellings: about two seconds
# Default_Ignorable_Code_Point of Unicode: a soft hyphen, a zero-width space, a Hangul filler, tags
# …
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_HIDDEN = re.compile(f"[{_UNSEEN}]+")
# blanks, hyphens, and marks that nobody sees
_LOOSE = re.compile(f"[\\s_\\-\u2010-\u2015'’{_UNSEEN}]+")


@lru_cache(maxsize=1 << 15)  # the same names are asked for again and again
def spelling(name: str) -> str:
    """Return the key of a name: width, case, blanks and hyphens made plain."""
    return _LOOSE.sub(
        "", name if name.isascii() else unicodedata.normalize("NFKC", name)
    ).casefold()


def as_seen(name: str) -> str:
    """Return the key of an id that is taken letter by letter.

    Only width, case and invisible characters are made plain.
    """
    return (
        name if name.isascii() else _HIDDEN.sub("", unicodedata.normalize("NFKC", name))
    ).casefold()


_ZH_SUFFIX = re.compile(r"(?<=..)(?:特别行政区|自治区|自治州|自治县|新区|地区|[省市区县州盟旗])$")
EN_SUFFIX = re.compile(r" (?:district|county|city|prefecture|province)$", re.IGNORECASE)


def names_of(thing: WithNames) -> Iterator[tuple[str, str]]:
    """Yield each whole name of an area or indicator, with the column or key that holds it."""
    yield "id", thing.id
    yield "code", getattr(thing, "code", "")
    for language, name in thing.names.items():
        yield f"name_{language}", name
    for language, name in getattr(thing, "shorts", {}).items():
        yield f"short_{language}", name
    for name in thing.aliases:
        yield "aliases", name


def short_of(name: str) -> Iterator[str]:
    """Yield the keys of an area's name without 区, 市 or District."""
    for suffix in (EN_SUFFIX,) if name.isascii() else (_ZH_SUFFIX, EN_SUFFIX):
        if (short := suffix.sub("", name)) != name and (key := spelling(short)):
            yield key


def kinds_of(areas: Iterable[WithNames]) -> dict[str, set[str]]:
    """Map short spellings to what the English names call such areas: chengde → {city}.

    An area that is also named Chengde alone may be called anything: counties become districts.
    """
    kinds: dict[str, set[str]] = {}
    for area in areas:
        names = (*area.names.values(), *area.aliases)
        alone = set(map(spelling, names))
        for name in names:
            found = EN_SUFFIX.search(name)
            if found and (short := spelling(name[: found.start()])) not in alone:
                kinds.setdefault(short, set()).add(found[0].casefold())
    return kinds


def spellings(area: WithCode) -> Iterator[str]:
    """Yield every key of an area: id, code, names, aliases, and names without 区, 市, District."""
    for _kind, name in names_of(area):
        if key := spelling(name):
            yield key
            yield from short_of(name)


def keys_of(indicator: WithNames) -> tuple[str, ...]:
    """Return every key of an indicator: id, names and aliases.

    Its short name is none: it says less than a heading has to, and is only typed (`_short_keys`).
    """
    return tuple(
        key
        for column, name in names_of(indicator)
        if not column.startswith("short_") and (key := spelling(name))
    )


def _short_keys(indicator: WithNames) -> tuple[str, ...]:
    """Return the keys of the short names of an indicator."""
    return tuple(map(spelling, getattr(indicator, "shorts", {}).values()))


# in small letters
_PASSES_FOR = str.maketrans(
    "авеѕіјкмнорстухһԁԛԝӏαβεζηικμνορτυχ", "abesijkmhopctyxhdqwlabezhikmnoptyx"
)
_LATIN = re.compile("[a-zA-Z\u00c0-\u024f]")
# Cyrillic, Armenian, Cherokee, Coptic, Lisu; of Greek what passes for Latin, so that β and μg are
# nothing
_FOREIGN = re.compile(
    "[\u0400-\u058f\u13a0-\u13ff\u2c80-\u2cff\ua4d0-\ua4ff\ua640-\ua69f\uab70-\uabbfΑΒΕΖΗΙΚΜΝΟΡΤΥΧανοριυχ]"
)


def mixes_alphabets(name: str) -> bool:
    """Return whether a word of the name mixes Latin letters with others that pass for such."""
    if name.isascii():
        return False
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", _HIDDEN.sub("", name)))
    return any(_LATIN.search(word) and _FOREIGN.search(word) for word in words)


class Shared(NamedTuple):
    """A name of two things, by position; `one` is the lower. `column`: where `other` has it.

    `like`: the name of `one` that it only looks like, or itself where it mixes alphabets.
    """

    one: int
    other: int
    column: str
    name: str
    like: str = ""


# the names of several things, each with the column in which it is written
Names = Sequence[Sequence[tuple[str, str]]]


def shared(
    things: Names, key: Callable[[str], str], short: Callable[[str], Iterable[str]]
) -> Iterator[Shared]:
    """Yield names that mean two of the things: whole names, and one that is another's short form.

    What two are called for short, and neither of them in full, is nobody's name.
    """
    whole, called = dict[str, tuple[int, str]](), dict[str, int]()
    for position, names in enumerate(things):
        told, nobody = set[str](), (position, "")
        for column, name in names:
            own, less = key(name), list(short(name))
            others = [(own, *whole.get(own, nobody)), (own, called.get(own, position), name)]
            for at, one, text in (*others, *((at, *whole.get(at, nobody)) for at in less)):
                if at and one != position and at not in told:
                    told.add(at)
                    yield Shared(one, position, column, name if at == own else text)
            whole.setdefault(own, (position, name))
            called |= {at: position for at in less if at not in called}


def look_alikes(things: Names, key: Callable[[str], str]) -> Iterator[Shared]:
    """Yield names that look like another thing's in other letters, and those that mix alphabets."""
    seen: dict[str, tuple[int, str]] = {}
    for position, names in enumerate(things):
        told = set[str]()
        for column, name in names:
            own = key(name)
            look = own if own.isascii() else own.translate(_PASSES_FOR)
            one, like = seen.setdefault(look, (position, name))
            if look not in told and (
                (one != position and key(like) != own) or mixes_alphabets(name)
            ):
                told.add(look)
                yield Shared(one, position, column, name, like if one != position else name)


# one workspace asks for the same index many times
_asked_last: dict[Any, tuple[Any, dict[str, int]]] = {}


def area_index(areas: Sequence[WithCode]) -> dict[str, int]:
    """Map spellings to positions; −1 where one could mean two areas."""
    return _index(areas, spellings)


def heading_index(indicators: Sequence[WithNames]) -> dict[str, int]:
    """Map spellings of id, name or alias to positions; −1 where one could mean two indicators."""
    return _index(indicators, keys_of)


def indicator_index(indicators: Sequence[WithNames]) -> dict[str, int]:
    """As `heading_index`, with short names; what spells an id means it, whoever is named so."""
    before, index = _asked_last.get(indicator_index, ((), {}))
    if before is not indicators:
        ids = {spelling(item.id): position for position, item in enumerate(indicators)}
        index = _index(indicators, _short_keys) | heading_index(indicators)
        index |= ids if len(ids) == len(indicators) else {}
        _asked_last[indicator_index] = indicators, index
    return index


def _index(things: Sequence[Any], spelled: Callable[[Any], Iterable[str]]) -> dict[str, int]:
    before, index = _asked_last.get(spelled, ((), {}))
    if before is things:
        return index
    index = {}
    for position, thing in enumerate(things):
        for key in spelled(thing):
            index[key] = position if index.get(key, position) == position else -1
    _asked_last[spelled] = things, index
    return index


# what is shown of a thing (a text or a message) → its spellings
Known = Mapping[Any, tuple[str, ...]]


def ambiguous(name: str, known: Known) -> Message | None:
    """Return the question which is meant, None where the name is of one thing or of none."""
    return Nearest(lambda: known).question(name)


def nearest(name: str, known: Known, most: int = 3) -> Message:
    """Return a sentence with the nearest of the known names, or all where none is near."""
    from difflib import SequenceMatcher  # only a slip needs it, and every start would pay for it

    wanted = spelling(name[:LONGEST_NAME])
    letters = SequenceMatcher(None, "", wanted)

    def likeness(key: str) -> float:
        letters.set_seq1(key)
        # no more than these, and cheap
        near = letters.real_quick_ratio() >= NEAR and letters.quick_ratio() >= NEAR
        return SequenceMatcher(None, wanted, key).ratio() if near else 0.0

    scores = {shown: max(map(likeness, keys), default=0.0) for shown, keys in known.items()}
    near = [
        shown for shown, score in sorted(scores.items(), key=lambda item: -item[1]) if score >= NEAR
    ][:most]
    names = [lazy_cut(shown, LONGEST_NAME) for shown in near or [*known][:MOST_NAMES]]
    if near:
        return _("Nearest: {names}", names=lazy_enumerated(names, "; "))
    return _(
        "Available: {names}",
        names=lazy_enumerated([*names, *"…" * (len(known) > MOST_NAMES)], "; "),
    )


class Nearest:
    """The nearest of the known names, for name after name that is none.

    A look takes milliseconds and a return may have 100,000 names. So each is looked for once, the
    first `MOST_NAMES` at all, and fewer where more than `LOOKS` spellings would be compared.
    """

    def __init__(self, known: Callable[[], Known]) -> None:
        self._known = known
        self._told: dict[str, Message] = {}
        self._looks = LOOKS

    def of(self, name: str) -> Message | str:
        """Return `nearest`, "" for a name that is not looked for any more."""
        if name not in self._told and len(self._told) < MOST_NAMES and self._looks > 0:
            self._told[name] = nearest(name, self.known)
            self._looks -= sum(map(len, self.known.values()))
        return self._told.get(name, "")

    def question(self, name: str) -> Message | None:
        """Return the question which is meant, None where the name is of one thing or of none."""
        meant = self._of_several.get(spelling(name))
        told = {"name": name[:LONGEST_NAME], "names": lazy_enumerated(meant or ())}
        return _("“{name}” is ambiguous: {names}. Use an id.", **told) if meant else None

    @cached_property
    def _of_several(self) -> dict[str, list[object]]:
        names: dict[str, list[object]] = {}
        for shown, keys in self.known.items():
            for key in dict.fromkeys(keys):
                names.setdefault(key, []).append(shown)
        return {key: several for key, several in names.items() if len(several) > 1}

    @cached_property
    def known(self) -> Known:
        """The known names and their spellings; only a name that is none asks for them."""
        return self._known()
