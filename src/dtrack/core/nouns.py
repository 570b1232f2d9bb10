"""The nouns of a workspace: what its areas and the whole are called, and the forms sentences need.

A template names them by reserved placeholders ({district}, {districts}, {city}, …), which
`core.translate` fills from the nouns in use; docs/decisions.md, 2026-11-30, lists them all. A
workspace that names none has districts and a city.
"""

from __future__ import annotations

from typing import NamedTuple


class Noun(NamedTuple):
    """A noun in one language: of one, of several, and whether it is feminine (French)."""

    one: str
    many: str
    feminine: bool = False


class Nouns(NamedTuple):
    """The nouns of a workspace by language, as pairs: of an area, and of the whole.

    A language that has none takes the English one, else any; where there is none at all, dtrack's.
    """

    area: tuple[tuple[str, Noun], ...] = ()
    whole: tuple[tuple[str, Noun], ...] = ()


DISTRICTS_OF_A_CITY = Nouns()
