"""What grows, from the name of a growth: the subject of a sentence, in one language.

The name itself holds the grammar: « Croissance de la valeur ajoutée » has the article of « la
valeur ajoutée ». Where a name is formed otherwise there is no subject, and the sentence names the
indicator and its figure instead.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dtrack.core.translate import active_language


class Subject(NamedTuple):
    """The subject of a sentence within it.

    `plural` where its verb is (« les recettes ont progressé »).
    """

    text: str
    plural: bool = False


_FRENCH = {"de la ": "la ", "du ": "le ", "de l'": "l'", "de l’": "l’", "des ": "les "}
_ACRONYM = re.compile(r"[A-Z0-9]\S*[A-Z0-9]|[A-Z](?=\s)")  # GDP, AI, 5G keep their capitals


def subject_of(name: str) -> Subject | None:
    """The subject of “… grew by”, None where the name does not say it.

    >>> subject_of("GDP growth")
    Subject(text='GDP', plural=False)
    """
    return {"en": _english, "zh": _chinese, "fr": _french}[active_language()](name.strip())


def _english(name: str) -> Subject | None:
    if match := re.fullmatch(r"(?:(.+), )?growth of (?:the )?(.+)", name, re.IGNORECASE):
        return Subject(f"{match[2]} ({_small(match[1])})" if match[1] else match[2])
    match = re.fullmatch(r"(?:([^,]+), |([^,]+) )growth", name)
    return Subject(_small(match[1] or match[2])) if match else None


def _small(text: str) -> str:
    return text if _ACRONYM.match(text) else text[:1].lower() + text[1:]


def _chinese(name: str) -> Subject | None:
    match = re.fullmatch(r"(.+?)(?:同比)?(?:增速|增长率|增长|增幅)", name)
    return Subject(match[1]) if match and not match[1].endswith(("年均", "平均")) else None


def _french(name: str) -> Subject | None:
    match = re.fullmatch(
        r"(?:Taux de croissance|Croissance) (de la |du |de l['’]|des )(.+)", name, re.IGNORECASE
    )
    return (
        Subject(_FRENCH[match[1].lower()] + match[2], match[1].lower() == "des ") if match else None
    )
