"""The words of `[workspace]`: its nouns, and the letterhead of its documents."""

from __future__ import annotations

from typing import Any

from dtrack.core.message import lazy_gettext as _
from dtrack.core.nouns import Noun, Nouns
from dtrack.core.translate import ENGLISH, LANGUAGES
from dtrack.model.entities import Letterhead
from dtrack.storage.toml_reader import TomlTable

WORDS_KEYS = ("area_noun", "whole_noun", "publisher", "contact", "number")
_ONE_FORM = "zh"  # the language whose nouns have no plural
_GENDERS = ("m", "f")
_FORM = 'en = ["region", "regions"], zh = "大区", fr = ["région", "régions", "f"]'


def letterhead(reader: TomlTable, head: dict[str, Any]) -> Letterhead:
    """Publisher, contact and number, a number of the issue being a text or a whole number."""
    number = head.get("number")
    if isinstance(number, int) and not isinstance(number, bool):
        head = head | {"number": str(number)}
    return Letterhead(
        *(
            tuple(reader.names(head, key, "workspace").items()) if key in head else ()
            for key in ("publisher", "contact", "number")
        )
    )


def nouns(reader: TomlTable, head: dict[str, Any]) -> Nouns:
    """What the workspace calls its areas, and the whole that they make up."""
    return Nouns(
        _by_language(reader, head, "area_noun", counted=True),
        _by_language(reader, head, "whole_noun", counted=False),
    )


def _by_language(
    reader: TomlTable, head: dict[str, Any], key: str, *, counted: bool
) -> tuple[tuple[str, Noun], ...]:
    """A noun by language; a plain text is English. `counted`: it needs the form of several."""
    value, place = head.get(key), f"workspace.{key}"
    if value is None:
        return ()
    if isinstance(value, str | list):
        value = {ENGLISH: value}
    if not isinstance(value, dict) or not value:
        reader.fault("bad-value", place, _("{name} is {form}", name=key, form=f"{{ {_FORM} }}"))
        return ()
    reader.unknown(value, LANGUAGES, place)
    found = {
        language: _noun(reader, value[language], f"{place}.{language}", language, counted=counted)
        for language in LANGUAGES
        if language in value
    }
    return tuple((language, noun) for language, noun in found.items() if noun)


def _noun(
    reader: TomlTable, value: object, place: str, language: str, *, counted: bool
) -> Noun | None:
    """One noun: a text, or a list of its forms; None with a finding where it is neither."""
    forms = [value] if isinstance(value, str) else value
    if not isinstance(forms, list) or not all(isinstance(f, str) and f.strip() for f in forms):
        told = _("a noun is a text, or a list of its forms: {form}", form=_FORM)
        reader.fault("bad-value", place, told)
        return None
    words = [" ".join(form.split()) for form in forms]
    gender = words.pop() if language == "fr" and len(words) == 3 else ""
    if gender and gender not in _GENDERS:
        told = _("the third form of a French noun is its gender, “m” or “f”, not “{value}”",
                 value=gender[:40])  # fmt: skip
        reader.fault("bad-value", place, told)
        return None
    if len(words) > (1 if language == _ONE_FORM else 2) or not words:
        told = _("a noun is a text, or a list of its forms: {form}", form=_FORM)
        reader.fault("bad-value", place, told)
        return None
    if counted and language != _ONE_FORM and len(words) == 1:
        told = _("areas are counted, so “{value}” needs its plural too: {form}",
                 value=words[0][:40], form=_FORM)  # fmt: skip
        reader.fault("bad-value", place, told)
        return None
    return Noun(words[0], words[-1], gender == "f")
