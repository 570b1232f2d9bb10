"""A cell of a table of targets that says more than one figure → what is kept of it."""

from __future__ import annotations

from collections.abc import Callable

from dtrack.core.figure import parse, plain_text
from dtrack.core.message import Message, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.core.wording import Wording
from dtrack.importing.column_context import ParsedValue
from dtrack.model.entities import NO_TERMS
from dtrack.parsing.target_words import TargetWords, target_words, terms_read

_SHOWN = 40  # letters of a text in a sentence


def target_in_words(text: str, understood: Callable[[str], ParsedValue]) -> ParsedValue | None:
    """A target without a number, or one that says more than a figure; None for any other.

    `understood`: what a text is that is one figure.
    """
    for numberless in (Wording.UNDISCLOSED, Wording.ASSIGNED):
        if plain_text(text).casefold() in numberless.meaning.before:
            return ParsedValue(numberless, answered=True)
    words = target_words(text)
    return None if words is None else _in_parts(text, words, understood)


def _in_parts(
    text: str, words: TargetWords, understood: Callable[[str], ParsedValue]
) -> ParsedValue:
    told = (*words.ends, words.aim) if words.aim else words.ends
    parts = [understood(part) for part in told]
    if wrong := next((part for part in parts if not part.value), None):
        return wrong if wrong.reason else _no_figure(text, _("no number in the text"))
    terms = words.terms._replace(aim=parts.pop().value) if words.aim else words.terms
    value = words.joint.join(part.value for part in parts) or Wording.ASSIGNED
    try:
        parse(value)
    except ValueError as error:
        return _no_figure(text, message_of(error))
    digits = parts[0].digits if parts else ""
    if value == text.strip() and terms == NO_TERMS:
        return ParsedValue(value, digits=digits)
    answered, note = all(part.answered for part in parts), f"published as {text.strip()}"
    read = terms_read(text, value, terms)
    return ParsedValue(value, note, answered, digits, "read-as", read, terms=terms)


def _no_figure(text: str, why: Message) -> ParsedValue:
    told = _("“{text}” is not a valid figure: {fault}", text=text[:_SHOWN], fault=why)
    return ParsedValue(code="not-a-number", reason=told)
