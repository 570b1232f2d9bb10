"""Texts of a document as HTML: harmless, escaped, with language and links marked."""

from __future__ import annotations

import re
from html import escape

from dtrack.core.sanitize import harmless
from dtrack.core.translate import active_language
from dtrack.reporting.document import in_order, minus

_CHINESE = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff]+"
    r"(?:[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef·“”]*[\u3400-\u9fff])?"
)
_KANA = re.compile(r"[\u3040-\u30ff]")
_ADDRESS = re.compile(r"https?://[!#-&(-;=?-~]+")  # ASCII without blanks, quotes and < >
_UNIT = re.compile(r"(?<=[0-9]) (?=%|pp\b)")  # a number and its unit stay on one line


def marked_up(text: str) -> str:
    """A text as HTML; what is Chinese in it says so, so that it is read and set as such."""
    shown = _UNIT.sub("\u00a0", minus(escape(harmless(text))))
    if shown.isascii():
        return shown
    tongue = "ja" if _KANA.search(shown) else "zh"
    if tongue == active_language():
        return shown
    return _CHINESE.sub(lambda match: f'<span lang="{tongue}">{match[0]}</span>', shown)


def linked(text: str) -> str:
    """A text as HTML; an address in it can be followed."""
    parts, last = [], 0
    for match in _ADDRESS.finditer(text):
        address = escape(match[0].rstrip(".,;)"))
        parts += [
            in_order(marked_up(text[last : match.start()])),
            f'<a class="address" rel="noreferrer noopener" href="{address}">{address}</a>',
        ]
        last = match.start() + len(match[0].rstrip(".,;)"))
    return "".join((*parts, in_order(marked_up(text[last:]))))


def filled_in(template: str, **values: str) -> str:
    """The template with its `{{ name }}` replaced, in one pass: no value is read as a template."""
    parts = re.split(r"{{ (\w+) }}", template)
    return "".join(values[part] if at % 2 else part for at, part in enumerate(parts))


def css_text(text: str) -> str:
    r"""A text as a string of a style sheet; whatever is not ASCII letter or digit is escaped.

    >>> css_text('a "b"')
    '"a \\22 b\\22 "'
    """
    plain = (c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(plain)}"'
