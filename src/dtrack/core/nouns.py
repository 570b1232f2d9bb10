"""The nouns of a workspace: what its areas and the whole are called, and the forms sentences need.

A template names them by reserved placeholders, {district}, {districts}, {city} and the others of
`forms`, which `core.translate` fills from the nouns in use. A workspace that names none has
districts and a city. A French translation uses the forms with an article, since that depends on the
noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import NamedTuple


class Noun(NamedTuple):
    """A noun in one language: of one, of several, and whether it is feminine (French)."""

    one: str
    many: str
    feminine: bool = False


ByLanguage = tuple[tuple[str, Noun], ...]


class Nouns(NamedTuple):
    """The nouns of a workspace by language, as pairs: of an area, and of the whole.

    A language that has none takes the English one, else any; where there is none at all, dtrack's.
    """

    area: ByLanguage = ()
    whole: ByLanguage = ()


DISTRICTS_OF_A_CITY = Nouns()
_OWN = {  # by language: of an area, of the whole
    "en": (Noun("district", "districts"), Noun("city", "cities")),
    "zh": (Noun("区", "区"), Noun("全市", "城市")),
    "fr": (Noun("district", "districts"), Noun("ville", "villes", feminine=True)),
}
# the placeholders that every template may have; the others are those of one language
PLACEHOLDERS = (
    *("district", "districts", "a_district", "District", "Districts", "A_district"),
    *("city", "cities", "City", "Cities"),
)
_MENTION = re.compile(rf"\{{(?:{'|'.join(PLACEHOLDERS)})\}}")
_VOWEL = re.compile(r"[aeiouyhàâäéèêëîïôöûüœæ]", re.IGNORECASE)
_IN_USE: ContextVar[Nouns] = ContextVar("dtrack_nouns", default=DISTRICTS_OF_A_CITY)


def use_nouns(nouns: Nouns) -> None:
    """Make sentences speak of these from now on."""
    _IN_USE.set(nouns)


def nouns_in_use() -> Nouns:
    """The nouns that sentences speak of."""
    return _IN_USE.get()


@lru_cache(maxsize=4096)  # every sentence asks
def mentions_nouns(message: str) -> bool:
    """True for a template with one of the reserved placeholders."""
    return _MENTION.search(message) is not None


@cache
def forms(nouns: Nouns, language: str) -> dict[str, str]:
    """What each reserved placeholder stands for in a language.

    >>> forms(DISTRICTS_OF_A_CITY, "en")["A_district"]
    'A district'
    >>> region = Nouns((("fr", Noun("agence", "agences", feminine=True)),))
    >>> forms(region, "fr")["du_district"], forms(region, "fr")["au_district"]
    ('de l’agence', 'à l’agence')
    """
    area, whole = (
        _of_language(given, language) or own
        for given, own in zip(nouns, _OWN[language], strict=True)
    )
    told = {"district": area.one, "districts": area.many, "a_district": area.one}
    told |= {"city": whole.one, "cities": whole.many}
    if language == "en":
        told["a_district"] = f"{'an' if area.one[:1].lower() in 'aeiou' else 'a'} {area.one}"
    if language == "fr":
        told |= {"a_district": ("une " if area.feminine else "un ") + area.one}
        told |= _french("le_district", "du_district", "au_district", area)
        told |= _french("la_ville", "de_la_ville", "a_la_ville", whole)
        told |= {"de_districts": _elided("de ", area.many), "e_district": "e" * area.feminine}
        told |= {"e_ville": "e" * whole.feminine}
    return told | {name[0].upper() + name[1:]: _capital(word) for name, word in told.items()}


def _of_language(nouns: ByLanguage, language: str) -> Noun | None:
    known = dict(nouns)
    return known.get(language) or known.get("en") or next(iter(known.values()), None)


def _french(the: str, of_the: str, to_the: str, noun: Noun) -> Iterable[tuple[str, str]]:
    """The noun with its article, behind « de » and behind « à »."""
    articles = ("la ", "de la ", "à la ") if noun.feminine else ("le ", "du ", "au ")
    if _VOWEL.match(noun.one):
        articles = ("l’", "de l’", "à l’")
    return [(name, at + noun.one) for name, at in zip((the, of_the, to_the), articles, strict=True)]


def _elided(word: str, noun: str) -> str:
    return f"{word[:-2]}’{noun}" if _VOWEL.match(noun) else word + noun


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
