"""Text from data as text: what no output may run or obey is made visible. Every start of dtrack loads it, so it loads little."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def harmless(text: str) -> str:
    r"""Text from data as text: control characters and direction marks made visible, line ends made blanks.

    >>> harmless("a\x1b[31mb")
    'a␛[31mb'
    """
    if not _CONTROL.search(text) and "\n" not in text and "\t" not in text:
        return text
    shown = _CONTROL.sub(lambda m: chr(0x2400 + ord(m[0])) if ord(m[0]) < 32 else "�", text)
    return re.sub(r"[\n\t]+", " ", shown)
