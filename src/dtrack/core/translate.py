"""gettext: the active language, messages, plurals, numbers and lists in its words.

A message stands in the source in English with named placeholders; its translations are in the
catalogues of `dtrack.i18n`. Only `cli` chooses a language; without a choice, and in every format
for programs, English is active.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dtrack.core.nouns import Nouns, forms, mentions_nouns, nouns_in_use

if TYPE_CHECKING:
    from gettext import NullTranslations

ENGLISH = "en"
NOUNS = "nouns"  # the value under which a message keeps the nouns that it was made with
LANGUAGES = ("en", "zh", "fr")
CATALOGUES = Path(__file__).parents[1] / "i18n"
_SPOKEN: ContextVar[str] = ContextVar("dtrack_language", default=ENGLISH)
# people are spoken to: numbers are grouped, bounds are signs
_TO_PEOPLE: ContextVar[bool] = ContextVar("dtrack_to_people", default=False)
_DECIMAL_COMMA = ("fr",)
GROUPED = ("en", "fr")  # where the numbers of tables are grouped like those of sentences
_GROUPS = {"fr": "\u202f", "zh": ""}  # 12 345 · 12345, for 12,345
_LAST_OF_LIST = {"en": " and ", "fr": " et ", "zh": "和"}
# nobody publishes ten decimals; people read four of them
_TAIL = re.compile(r"[0-9][0-9,]*\.[0-9]{10,}")
_TAIL_FROM, _TAIL_LEFT = 11, Decimal("0.0001")
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{4,}")  # the whole part of a number, not its decimals
# names by language; as pairs where they are to be hashed
ByLanguage = Mapping[str, str] | tuple[tuple[str, str], ...]
_BETWEEN_LISTED = {"en": ", ", "fr": ", ", "zh": "、"}


def choose_language(option: str | None, environ_value: str | None, locale_value: str | None) -> str:
    """Return the language of the option, else of DTRACK_LANG, else of the locale, else English.

    `zh-CN`, `zh_Hans` and `ZH` are zh. Raises ValueError where the option or DTRACK_LANG names a
    language without a catalogue; a locale of another language is passed over.

    >>> choose_language(None, "", "fr_FR.UTF-8"), choose_language("zh", "fr", None)
    ('fr', 'zh')
    >>> choose_language(None, None, "C")
    'en'
    """
    for asked in (option, environ_value):
        if asked and asked.strip():
            if (known := _known(asked)) is None:
                raise ValueError(f"“{asked}” is not one of {', '.join(LANGUAGES)}")
            return known
    return _known(locale_value or "") or "en"


def _known(text: str) -> str | None:
    name = text.strip().lower().translate({ord(sign): "_" for sign in "-.@"}).partition("_")[0]
    return name if name in LANGUAGES else None


def active_language() -> str:
    """Return the active language: en, zh or fr."""
    return _SPOKEN.get()


def speaks_to_people() -> bool:
    """Whether somebody reads it: not so until a language is chosen, nor within `to_programs`."""
    return _TO_PEOPLE.get()


def set_language(language: str, *, people: bool = True) -> None:
    """Make a language active from now on, for people or for programs."""
    _SPOKEN.set(language)
    _TO_PEOPLE.set(people)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Make a language active within the `with` block, for people."""
    before, to = _SPOKEN.set(language), _TO_PEOPLE.set(True)
    try:
        yield
    finally:
        _SPOKEN.reset(before)
        _TO_PEOPLE.reset(to)


@contextmanager
def to_programs() -> Iterator[None]:
    """Speak English within the `with` block, to programs: figures stay as they were published."""
    before, to = _SPOKEN.set(ENGLISH), _TO_PEOPLE.set(False)
    try:
        yield
    finally:
        _SPOKEN.reset(before)
        _TO_PEOPLE.reset(to)


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the catalogue of a language; English needs none."""
    from gettext import GNUTranslations, NullTranslations

    if language == ENGLISH:
        return NullTranslations()
    with (CATALOGUES / language / "LC_MESSAGES/dtrack.mo").open("rb") as stream:
        return GNUTranslations(stream)


def N_(message: str) -> str:
    """Return the message itself; marks it for the catalogues, to be translated when shown."""
    return message


def _(message: str, /, **values: object) -> str:
    """Return the message in the active language, its placeholders filled.

    Those of `core.nouns` are filled from the nouns in use. Without any, braces are letters like
    others.

    >>> _("{area} is behind", area="Haidian"), _("No {district} is behind")
    ('Haidian is behind', 'No district is behind')
    """
    language, nouns = _SPOKEN.get(), mentions_nouns(message)
    if language != ENGLISH and message:  # the catalogues hold their own head under ""
        message = catalogue(language).gettext(message)
    if nouns:
        values = _with_nouns(language, values)
    return _ended(message, message.format(**values)) if values else message


def _ended(message: str, text: str) -> str:
    """The text with one full stop at its end: a name may bring its own (Inc.)."""
    doubled = message.endswith("}.") and text.endswith("..") and not text.endswith("...")
    return text[:-1] if doubled else text


def _with_nouns(language: str, values: Mapping[str, object]) -> dict[str, object]:
    """The values of a message, with the forms of its nouns: of those that it was made with."""
    nouns = values.get(NOUNS)
    return {**forms(nouns if isinstance(nouns, Nouns) else nouns_in_use(), language), **values}


def ngettext(one: str, other: str, count: int | Decimal, /, **values: object) -> str:
    """Return one of two messages, by the grammar of the number in the active language.

    Placeholders of `core.nouns` are filled as by `_`.

    `{count}` is the number, grouped. Decimals count: 1.0 points, in French 1,22 point.

    >>> ngettext("{count} district", "{count} districts", 1600)
    '1,600 districts'
    """
    language, nouns = _SPOKEN.get(), mentions_nouns(other)
    if language == ENGLISH:
        message = one if str(abs(count)) == "1" else other
    else:  # in French all below two are one; Chinese has no plural
        message = catalogue(language).ngettext(one, other, 1 if -2 < count < 2 else 2)
    told = _with_nouns(language, values) if nouns else values
    return _ended(message, message.format(count=counted(count), **told))


def counted(number: int | Decimal) -> str:
    """Return a count for people, grouped as the language does it.

    >>> counted(12345)
    '12,345'
    """
    return grouped(f"{number:,}")


def grouped(text: str) -> str:
    """Return a number written 4,987.80 with the marks of the active language.

    >>> with speaking("zh"): grouped("4,987.80")
    '4987.80'
    """
    language, text = _SPOKEN.get(), without_tail(text)
    if language == ENGLISH:
        return text
    parts = [part.replace(",", _GROUPS[language]) for part in text.split(".")]
    return ("," if language in _DECIMAL_COMMA else ".").join(parts)


def without_tail(text: str) -> str:
    """Return text with the numbers that only a program writes, of ten decimals and more, rounded.

    >>> without_tail("86.2795833333333"), without_tail("5.80")
    ('86.2796', '5.80')
    """
    return _TAIL.sub(_rounded, text) if len(text) > _TAIL_FROM else text


def _rounded(found: re.Match[str]) -> str:
    number = Decimal(found[0].replace(",", ""))
    short = number.quantize(_TAIL_LEFT, ROUND_HALF_UP, Context(prec=len(found[0])))
    if not short and number:
        return found[0]
    return f"{short:,f}" if "," in found[0] else f"{short:f}"


def numeral(text: str) -> str:
    """Return text with numbers as tables write them: 12,345 for people, in French 7,8 for 7.8.

    >>> with speaking("fr"): numeral("+7.8"), numeral("-123.4567")
    ('+7,8', '-123,4567')
    >>> with speaking("en"): numeral("-12345.6789")
    '-12,345.6789'
    """
    text, language = without_tail(text), _SPOKEN.get()
    if not _TO_PEOPLE.get():
        return text
    if language in GROUPED and len(text) > 3:
        text = _THOUSANDS.sub(lambda found: counted(int(found[0])), text)
    return text.replace(".", ",") if language in _DECIMAL_COMMA else text


def ungrouped(text: str) -> str:
    """Return text with its numbers as programs write them, from the active language's own.

    >>> with speaking("en"): ungrouped("12,345.60")
    '12345.60'
    """
    language = _SPOKEN.get()
    told = re.sub(f"(?<=[0-9]){_GROUPS.get(language, ',') or '(?!)'}(?=[0-9]{{3}})", "", text)
    return told.replace(",", ".") if language in _DECIMAL_COMMA else told


def listed(names: Iterable[object], most: int = 0) -> str:
    """Return names in a row: A, B and C; past `most` the rest is counted.

    >>> listed(["A", "B", "C"]), listed(["A", "B", "C", "D"], most=2)
    ('A, B and C', 'A, B and 2 more')
    """
    language = _SPOKEN.get()
    told = [str(name) for name in names]
    between, last = _BETWEEN_LISTED[language], _LAST_OF_LIST[language]
    if most and len(told) > most + 1:
        first = between.join(told[:most])
        return ngettext(
            "{names} and {count} more", "{names} and {count} more", len(told) - most, names=first
        )
    return between.join(told[:-1]) + last + told[-1] if len(told) > 1 else "".join(told)


def enumerated(names: Iterable[object], between: str = ", ") -> str:
    """Return names without an “and”: A, B, C; in Chinese A、B、C whatever parts them elsewhere.

    >>> enumerated(["A", "B", "C"]), enumerated(["A", "B"], between="; ")
    ('A, B, C', 'A; B')
    """
    return (_BETWEEN_LISTED["zh"] if _SPOKEN.get() == "zh" else _(between)).join(map(str, names))


def joined(between: str, names: Iterable[object]) -> str:
    """Return names with a message between them: " or " is 或 in Chinese."""
    return _(between).join(map(str, names))


def every_name(names: ByLanguage, otherwise: str, between: str = " · ") -> str:
    """Return in English the names of all languages, else as `named`."""
    return (
        between.join(dict.fromkeys(dict(names).values()))
        if _SPOKEN.get() == ENGLISH
        else named(names, otherwise)
    )


def named(names: ByLanguage, otherwise: str) -> str:
    """Return the name in the active language, else in English, else any, else `otherwise`."""
    known = dict(names)
    return (
        known.get(_SPOKEN.get())
        or known.get(ENGLISH)
        or next(iter(known.values()), "")
        or otherwise
    )
