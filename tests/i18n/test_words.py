"""The words people read: none of those that dtrack once had of its own (docs/decisions.md, 2026-11-30)."""

from __future__ import annotations

import ast
import re
import sys

import pytest

from dtrack.core.severity import Severity
from support.workspaces import ROOT

sys.path.insert(0, str(ROOT / "docs"))
import catalogues

# official statistics has a term for each: results change, figures are released and recorded, returns are
# outstanding, targets are revised, warnings are confirmed as exceptions
BANNED = (
    r"tell(?:s|ing)?|told|sa(?:y|ys|id|ying)|slips?|doors?|mend(?:s|ed)?|turn(?:s|ed|ing)?|flip(?:s|ped)?|"
    r"stand(?:s|ing)?|stood|chased?|silen(?:t|ce)|apart|editions?|doubt(?:s|ed)?|innocent|refuse[sd]?|anew|"
    r"on file|short of|look again|is no|are no|is none|which is it"
)
# what a message may hold nevertheless, and why
ALLOWED = {
    "there is no {code} finding": "an ordinary negation, not “X is no code”",
    "there is no import": "an ordinary negation",
    "is no longer": "an ordinary negation",
    "there is no other figure": "an ordinary negation",
}
# codes, placeholders, options and what is typed: never renamed
_NOT_WORDS = re.compile(r"\{\w*\}|`[^`]*`|--[a-z-]+|\b\w+(?:-\w+)+\b")
_BANNED = re.compile(rf"\b(?:{BANNED})\b", re.IGNORECASE)


def banned_in(text: str) -> list[str]:
    """The banned words of an English text."""
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    return _BANNED.findall(_NOT_WORDS.sub("·", text))


def messages() -> list[str]:
    """Every English message of the source, each form of a plural by itself."""
    found = []
    for message in catalogues.messages():
        if message.id:
            found += [message.id] if isinstance(message.id, str) else list(message.id)
    return found


def helps() -> list[str]:
    """What --help says of arguments and options."""
    return [
        word.value.value
        for path in sorted((ROOT / "src/dtrack/cli").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg == "help" and isinstance(word.value, ast.Constant)
    ]


def test_no_message_has_a_banned_word():
    assert {text: banned_in(text) for text in messages() if banned_in(text)} == {}


def test_no_help_has_a_banned_word():
    assert {text: banned_in(text) for text in helps() if banned_in(text)} == {}


@pytest.mark.parametrize("allowed", ALLOWED)
def test_what_is_allowed_is_still_needed(allowed):
    assert any(allowed in text for text in messages())


def test_the_law_can_be_broken():
    assert banned_in("“X” is no area") == ["is no"]
    assert banned_in("the verdict turned, and scale-slip or {told} is a code") == ["turned"]


def test_severities_are_three_words_everywhere():
    assert [severity.value for severity in Severity] == ["error", "warning", "info"]
    assert [severity.word for severity in Severity] == ["error", "warning", "info"]
    assert [severity.counted(1) for severity in Severity] == ["1 error", "1 warning", "1 info note"]
    assert [severity.counted(2) for severity in Severity] == [
        "2 errors",
        "2 warnings",
        "2 info notes",
    ]
