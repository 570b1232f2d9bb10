"""Messages as data: made where something is found, put into words where it is shown.

A finding or a refusal is made far from where it is read, perhaps in another language. It holds a
`Message` (template and values), which `str` writes in the language active then. Messages that say
the same are equal, whatever language was active when they were made. Every start loads this module:
a NamedTuple is made in an eighth of a dataclass's time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from dtrack.core import translate
from dtrack.core.nouns import mentions_nouns, nouns_in_use


class Deferred(NamedTuple):
    """A value that a language writes its own way: `write(*args)`, called when it is shown."""

    write: Callable[..., str]
    args: tuple[Any, ...]

    def __str__(self) -> str:
        return self.write(*self.args)


class Message(NamedTuple):
    """A template in English with its values; `str` gives the words of the active language.

    `values`: name of the placeholder → text, number, `Message` or `Deferred`. `other`: the template
    for any `number` but one.
    """

    template: str
    values: tuple[tuple[str, object], ...] = ()
    other: str = ""
    number: int = 0

    def __str__(self) -> str:
        values = dict(self.values)
        if self.other:
            return translate.ngettext(self.template, self.other, self.number, **values)
        # an empty last value leaves a blank behind
        return translate._(self.template, **values).rstrip()


def lazy_gettext(message: str, /, **values: object) -> Message:
    """As `translate._`, to be written when it is shown."""
    return Message(message, (*values.items(), *_nouns(message)))


def lazy_ngettext(one: str, other: str, count: int, /, **values: object) -> Message:
    """As `translate.ngettext`, to be written when it is shown."""
    return Message(one, (*values.items(), *_nouns(other)), other, count)


def _nouns(message: str) -> tuple[tuple[str, object], ...]:
    """The nouns in use, for a message that names them: it is of this workspace, shown whenever."""
    return ((translate.NOUNS, nouns_in_use()),) if mentions_nouns(message) else ()


def deferred(write: Callable[..., str], *args: object) -> Deferred:
    """What `write(*args)` gives when it is shown; the arguments are hashable."""
    return Deferred(write, args)


def lazy_counted(number: int) -> Deferred:
    """As `translate.counted`."""
    return Deferred(translate.counted, (number,))


def lazy_numeral(text: str) -> Deferred:
    """As `translate.numeral`."""
    return Deferred(translate.numeral, (text,))


def lazy_listed(names: Iterable[object], most: int = 0) -> Deferred:
    """As `translate.listed`."""
    return Deferred(translate.listed, (tuple(names), most))


def lazy_enumerated(names: Iterable[object], between: str = ", ") -> Deferred:
    """As `translate.enumerated`."""
    return Deferred(translate.enumerated, (tuple(names), between))


def lazy_joined(between: str, names: Iterable[object]) -> Deferred:
    """As `translate.joined`."""
    return Deferred(translate.joined, (between, tuple(names)))


def lazy_cut(told: object, most: int) -> Deferred:
    """The first characters of what a value is written as."""
    return Deferred(_cut, (told, most))


def _cut(told: object, most: int) -> str:
    return str(told)[:most]


def verbatim(text: object) -> Message:
    """A message that says this and nothing else, in every language."""
    return Message("{text}", (("text", text),))


def message_of(error: Exception) -> Message:
    """What an exception was raised with; text that is no message stays as it is."""
    told = error.args[0] if error.args else ""
    return told if isinstance(told, Message) else verbatim(str(error))
