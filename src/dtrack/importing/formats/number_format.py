"""The code of a number format, as Excel keeps it → its sections, split into what is shown and where digits go.

The grammar is that of ECMA-376 part 1, 18.8.31, and what Excel adds: `!` before a literal (East
Asian formats write
`0!.0,` for ten thousands). Colours, languages and widths are read over. What is no format is
refused by ValueError.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dtrack.importing.formats.limits import FORMAT

GENERAL, NUMBER, DATE, SCIENTIFIC, FRACTION, LITERAL, TEXT = (
    "general",
    "number",
    "date",
    "scientific",
    "fraction",
    "literal",
    "text",
)

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"
    | [\\!](?P<escaped>.)
    | _(?P<skip>.)
    | \*(?P<fill>.)
    | \[(?P<elapsed>[hH]+|[mM]+|[sS]+)\]
    | \[(?P<condition>(?:[<>]=?|=|<>)[ ]*[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)\]
    | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]
    | \[(?P<bracket>[^\]"]*)\]
    | (?P<general>General|Standard|G/通用格式)
    | (?P<clock>AM/PM|A/P|上午/下午)
    | (?P<exponent>[eE][+-])
    | (?P<digit>[0\#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<slash>/)
    | (?P<at>@)
    | (?P<semicolon>;)
    | (?P<date>[yYmMdDhHsS]+|[eEgGbB]+|a{3,4})
    | (?P<open>["\\!_*\[])
    | (?P<literal>.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_LITERALS = ("quoted", "escaped", "currency", "literal")
_SHOWN = (
    "digit",
    "point",
    "comma",
    "percent",
    "slash",
    "at",
    "general",
    "exponent",
    "date",
    "elapsed",
    "clock",
)


class Token(NamedTuple):
    """One piece of a section.

    `kind` is "text" for what is shown as it stands, else the group of the grammar.
    """

    kind: str
    text: str


class Condition(NamedTuple):
    """When a section is used: `sign` and `limit` of [>=100]."""

    sign: str
    limit: float


class Usual(NamedTuple):
    """A section like 0.0, #,##0.00 or 0.0%, which most cells have.

    What stands around the digits, and how many there are.
    """

    before: str
    after: str
    decimals: int
    thousands: bool
    percent: bool


class Section(NamedTuple):
    """One section of a format.

    `kind`: one of the words above; `condition`: None where the place of the section decides.

    `usual`: the same again, where it is of the usual kind, for speed.
    """

    kind: str
    tokens: tuple[Token, ...]
    condition: Condition | None = None
    usual: Usual | None = None


class Format(NamedTuple):
    """A number format.

    Its sections for numbers (one to three), and the one for text where there is one.
    """

    numbers: tuple[Section, ...]
    text: Section | None = None


PLAIN = Format((Section(GENERAL, (Token("general", ""),)),))


@lru_cache(maxsize=4096)
def parse(code: str) -> Format:
    """The format of a code. Raises ValueError where it is none.

    >>> [section.kind for section in parse('0.0;[Red]-0.0;"—"').numbers]
    ['number', 'number', 'literal']
    """
    if len(code) > FORMAT:
        raise ValueError("longer than a number format can be")
    if code.strip().casefold() in {"", "general", "standard", "@"}:
        return PLAIN
    sections = [_section(tokens) for tokens in _split(code)]
    text = (
        sections.pop()
        if len(sections) == 4 or (len(sections) > 1 and sections[-1].kind == TEXT)
        else None
    )
    if len(sections) > 3:
        raise ValueError("more than four sections")
    if sections[0].kind == TEXT and len(sections) == 1:
        return Format(PLAIN.numbers, sections[0])
    return Format(tuple(sections), text)


def _split(code: str) -> list[list[Token]]:
    """The tokens of each section."""
    sections: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or ""
        text = match[kind]
        if kind == "open":
            raise ValueError("a quote or bracket that is not closed")
        if kind == "semicolon":
            sections.append([])
        elif kind in _LITERALS:
            sections[-1].append(Token("text", text))
        elif kind == "skip":
            sections[-1].append(Token("text", " "))
        elif kind in _SHOWN or kind == "condition":
            sections[-1].append(Token(kind, text))
    return sections


def _section(tokens: list[Token]) -> Section:
    """What a section shows, told from its tokens."""
    conditions = [token.text for token in tokens if token.kind == "condition"]
    if len(conditions) > 1:
        raise ValueError("two conditions in one section")
    condition = _condition(conditions[0]) if conditions else None
    tokens = [token for token in tokens if token.kind != "condition"]
    kind = _kind({token.kind for token in tokens}, tokens)
    if kind != DATE:  # a letter that is no part of a date stands for itself
        tokens = [
            Token("text", token.text) if token.kind in {"date", "clock"} else token
            for token in tokens
        ]
    return Section(kind, tuple(tokens), condition, _usual(tokens) if kind == NUMBER else None)


def _usual(tokens: list[Token]) -> Usual | None:
    """None where places are optional or stand apart: those are filled one by one."""
    code = "".join(
        token.text if token.kind in {"digit", "point", "comma", "percent"} else '"'
        for token in tokens
    )
    match = re.fullmatch(r'("*)(#,##)?0(?:\.(0+))?("*%?"*)', code)
    if match is None:
        return None
    before, after = (
        "".join(token.text for token in part)
        for part in (tokens[: match.end(1)], tokens[match.start(4) :])
    )
    return Usual(before, after, len(match[3] or ""), bool(match[2]), "%" in match[4])


def _kind(kinds: set[str], tokens: list[Token]) -> str:
    """Digits make a number, unless they are the fractions of a second."""
    letters = {
        letter for token in tokens if token.kind == "date" for letter in token.text.casefold()
    }
    if "elapsed" in kinds or (letters & set("ymdhse") and not _has_number(tokens)):
        return DATE
    if "digit" in kinds:
        return SCIENTIFIC if "exponent" in kinds else FRACTION if _is_fraction(tokens) else NUMBER
    return GENERAL if "general" in kinds else TEXT if "at" in kinds else LITERAL


def _has_number(tokens: list[Token]) -> bool:
    """True where a digit comes before any seconds: 0.0 is a number, ss.000 is not."""
    for token in tokens:
        if token.kind == "date" and "s" in token.text.casefold():
            return False
        if token.kind == "digit":
            return True
    return False


def _is_fraction(tokens: list[Token]) -> bool:
    """A stroke right after a digit and before one; in 0"/"0 it is a literal."""
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (
            token.kind == "slash"
            and before.kind == "digit"
            and (after.kind == "digit" or after.text.isdecimal())
        ):
            return True
    return False


def _condition(text: str) -> Condition:
    match = re.fullmatch(r"([<>=]+) *(.+)", text)
    if match is None:
        raise ValueError("a condition that is none")
    return Condition(match[1], float(match[2]))
