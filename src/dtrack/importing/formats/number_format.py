"""Number formats of spreadsheets: the code that a workbook keeps → its sections.

The grammar is that of ECMA-376 part 1, 18.8.31, and what Excel adds: `!` before a literal (East
Asian formats write `0!.0,` for ten thousands). Colours, languages and widths are read over. A code
that is no format raises ValueError. `shown_number` tells what a number shows under a format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from dtrack.importing.formats.limits import FORMAT

# kinds of a section
GENERAL, NUMBER, DATE, TEXT = "general", "number", "date", "text"
SCIENTIFIC, FRACTION, LITERAL = "scientific", "fraction", "literal"

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
_LITERALS = {"quoted", "escaped", "currency", "literal"}
_SHOWN = {
    *(
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
    ),
    *("clock", "condition"),
}


class Token(NamedTuple):
    """One piece of a section; `kind`: "text" for what stands for itself, else a group of _TOKEN."""

    kind: str
    text: str


class Usual(NamedTuple):
    """A section like 0.0, #,##0.00 or 0.0%, which most cells have."""

    before: str
    after: str
    decimals: int
    thousands: bool
    percent: bool


class Section(NamedTuple):
    """One section of a format; `condition`: sign and limit of [>=100], None without one.

    `usual`: the same again, where it is of the usual kind, for speed.
    """

    kind: str
    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    usual: Usual | None = None


class NumberFormat(NamedTuple):
    """A number format: one to three sections for numbers, and perhaps one for text."""

    numbers: tuple[Section, ...]
    text: Section | None = None


PLAIN = NumberFormat((Section(GENERAL, (Token("general", ""),)),))
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    32: "h:mm",
    33: "h:mm:ss",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    55: "yyyy-mm",
    57: "yyyy-mm",
}
# with 27 to 36 and 50 to 58 as East Asian editions use them
_DATES = {*range(14, 18), *range(27, 37), *range(50, 59)}


def format_of(number: int, codes: Mapping[int, str]) -> NumberFormat | None:
    """Return the format that a style names; None where its code cannot be read.

    `codes`: those that the workbook writes down. Numbers up to 163 need not be among them.
    """
    built_in = _BUILT_IN.get(number, "yyyy-mm-dd" if number in _DATES else "General")
    try:
        return parse_format(codes.get(number, built_in))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def parse_format(code: str) -> NumberFormat:
    """The format of a code. Raises ValueError where it is none.

    >>> [section.kind for section in parse_format('0.0;[Red]-0.0;"—"').numbers]
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
        return NumberFormat(PLAIN.numbers, sections[0])
    return NumberFormat(tuple(sections), text)


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
        elif kind in _SHOWN:
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


def _condition(text: str) -> tuple[str, float]:
    match = re.fullmatch(r"([<>=]+) *(.+)", text)
    if match is None:
        raise ValueError("a condition that is none")
    return match[1], float(match[2])
