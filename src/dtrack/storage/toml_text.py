"""TOML text → its tables, or the finding why there are none.

tomllib has no limits: a key of 20,000 parts takes gigabytes, lists within lists end in a
RecursionError, and an integer may have more digits than Python prints. So the text is looked over
first, in the time of its length.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

from dtrack.core.findings import Finding
from dtrack.core.message import lazy_counted
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.i18n.system_messages import reader_message

LETTERS = 10_000_000  # of a file: 170,000 targets; tomllib takes some eight seconds for them
PARTS = 32  # of one key
DEEPEST = 32  # brackets within one another
# tables, lists and parts of keys together: tomllib takes about a kilobyte for each
TABLES = 500_000
WORD = 1000  # letters of a key, a number or a date, outside quotes

# and comments; what is not closed goes on to the end of its line, or of the text
QUOTED = re.compile(
    r'""".*?(?:(?<!\\)(?:\\\\)*+"{3,5}|\Z)'
    r"|'''.*?(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)
_PIECES = re.compile(r"[^=,\[\]{}]+|[\[\]{}]")
_TOO_MANY_PARTS = N_("a key has more than {most} parts")
_TOO_DEEP = N_("brackets are nested more than {most} levels deep")
_TOO_LONG = N_("a word or number has more than {most} characters")
_TOO_MANY = N_("more than {most} tables and lists")


def read_toml(
    text: str, file: str, *, most: int = LETTERS, parse_float: Callable[[str], Any] = float
) -> dict[str, Any] | Finding:
    """The document; else what is wrong with it, `toml-syntax`.

    `most`: letters that the text may have.
    """
    if len(text) > most:
        told = _("more than {most} characters", most=lazy_counted(most))
        return Finding("toml-syntax", file, None, "", told)
    if (excess := _excess(_bare(text))) is not None:
        sentence, limit, line = excess
        return Finding("toml-syntax", file, line, "", _(sentence, most=lazy_counted(limit)))
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except ValueError as error:
        return _of_syntax(str(error), text, file)


def _bare(text: str) -> str:
    """The text with an x in place of what stands in quotes, and of comments; line ends stay."""
    if '"""' in text or "'''" in text:
        return QUOTED.sub(lambda found: "x" + "\n" * found[0].count("\n"), text)
    return QUOTED.sub("x", text)


def _excess(bare: str) -> tuple[str, int, int] | None:
    """What is too much for tomllib: the sentence, its limit, and the line.

    Most lines need a glance only.
    """
    depth = tables = 0
    for number, line in enumerate(bare.split("\n"), 1):
        opening, dots = line.count("[") + line.count("{"), line.count(".")
        tables += opening + dots
        if tables > TABLES:
            return _TOO_MANY, TABLES, number
        if len(line) > WORD or depth + opening > DEEPEST or dots >= PARTS:
            for piece in _PIECES.findall(line):
                depth += (piece in "[{") - (piece in "]}")
                if found := _excess_of(piece, depth):
                    return (*found, number)
        else:
            depth += opening - line.count("]") - line.count("}")
    return None


def _excess_of(piece: str, depth: int) -> tuple[str, int] | None:
    if depth > DEEPEST:
        return _TOO_DEEP, DEEPEST
    if piece.count(".") >= PARTS:
        return _TOO_MANY_PARTS, PARTS
    return (_TOO_LONG, WORD) if len(piece) > WORD and len(piece.strip()) > WORD else None


def _of_syntax(message: str, text: str, file: str) -> Finding:
    """The finding for the message of tomllib; the end of the file where it names no line."""
    sentence = reader_message(re.sub(r" ?\(at .*\)$", "", message)[:200], N_("invalid TOML"))
    if place := re.search(r"\(at line (\d+), column (\d+)\)", message):
        return Finding("toml-syntax", file, int(place[1]), place[2], sentence)
    return Finding("toml-syntax", file, text.rstrip("\n").count("\n") + 1, "", sentence)
