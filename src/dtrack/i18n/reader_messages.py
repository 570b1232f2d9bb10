"""Reasons that the readers of TOML and CSV give in English, in the language spoken.

In comes a message, out go its words.

English speakers read the message as it came. A message that is not known here is "" in other
languages, so that its sentence is told without a reason.
"""

from __future__ import annotations

import re

from dtrack.core.message import Message, deferred, verbatim
from dtrack.core.translate import ENGLISH, N_, _, active_language

_OF_CSV = (
    N_("unexpected end of data"),
    N_("'{sign}' expected after '{mark}'"),
    N_("field larger than field limit ({limit})"),
)
_OF_TOML = (
    N_("Invalid statement"),
    N_("Expected newline or end of document after a statement"),
    N_("Expected '=' after a key in a key/value pair"),
    N_("Expected ']' at the end of a table declaration"),
    N_("Expected ']]' at the end of an array declaration"),
    N_("Expected {sign}"),
    N_("Found invalid character {sign}"),
    N_("Illegal character {sign}"),
    N_("Invalid initial character for a key part"),
    N_("Cannot declare {key} twice"),
    N_("Cannot overwrite a value"),
    N_("Cannot mutate immutable namespace {key}"),
    N_("Cannot redefine namespace {key}"),
    N_("Duplicate inline table key {key}"),
    N_("Unclosed array"),
    N_("Unclosed inline table"),
    N_("Unescaped '\\' in a string"),
    N_("Invalid hex value"),
    N_("Escaped character is not a Unicode scalar value"),
    N_("Unterminated string"),
    N_("Invalid date or datetime"),
    N_("Invalid value"),
)


def reader_message(english: str, otherwise: str) -> Message:
    """What a reader of CSV or TOML says of a fault; `otherwise` in a language with no words for it.

    >>> str(reader_message("Unclosed array", "this is no TOML"))
    'Unclosed array'
    """
    return verbatim(deferred(_words, english, otherwise))


def _words(english: str, otherwise: str) -> str:
    if active_language() == ENGLISH:
        return english or otherwise
    for known in (*_OF_TOML, *_OF_CSV):
        if found := re.fullmatch(_pattern(known), english, re.DOTALL):
            return _(known, **found.groupdict())
    return _(otherwise)


def _pattern(known: str) -> str:
    """The expression that a message with placeholders is found by."""
    return re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(known))
