"""Reasons that the readers of TOML and CSV give in English, in the language spoken. In comes a message, out go its words.

English speakers read the message as it came. A message that is not known here is "" in other languages, so that its
sentence is told without a reason.
"""

from __future__ import annotations

import re

from dtrack.core.translate import ENGLISH, marked, say, spoken

_OF_CSV = (
    marked("unexpected end of data"),
    marked("'{sign}' expected after '{mark}'"),
    marked("field larger than field limit ({limit})"),
)
_OF_TOML = (
    marked("Invalid statement"),
    marked("Expected newline or end of document after a statement"),
    marked("Expected '=' after a key in a key/value pair"),
    marked("Expected ']' at the end of a table declaration"),
    marked("Expected ']]' at the end of an array declaration"),
    marked("Expected {sign}"),
    marked("Found invalid character {sign}"),
    marked("Illegal character {sign}"),
    marked("Invalid initial character for a key part"),
    marked("Cannot declare {key} twice"),
    marked("Cannot overwrite a value"),
    marked("Cannot mutate immutable namespace {key}"),
    marked("Cannot redefine namespace {key}"),
    marked("Duplicate inline table key {key}"),
    marked("Unclosed array"),
    marked("Unclosed inline table"),
    marked("Unescaped '\\' in a string"),
    marked("Invalid hex value"),
    marked("Escaped character is not a Unicode scalar value"),
    marked("Unterminated string"),
    marked("Invalid date or datetime"),
    marked("Invalid value"),
)


def reason(message: str) -> str:
    """What a reader of CSV or TOML says of a fault; "" in a language that has no words for it.

    >>> reason("Unclosed array")
    'Unclosed array'
    """
    if spoken() == ENGLISH:
        return message
    for known in (*_OF_TOML, *_OF_CSV):
        if found := re.fullmatch(_pattern(known), message, re.DOTALL):
            return say(known, **found.groupdict())
    return ""


def _pattern(known: str) -> str:
    """The expression that a message with placeholders is found by."""
    return re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(known))
