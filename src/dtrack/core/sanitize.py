"""Make text from data harmless: what a terminal or page might obey becomes visible.

Every start of dtrack loads this module, so it imports little.
"""

from __future__ import annotations

import re

# control, direction, no width
_UNSEEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_LINE_ENDS = "\n\t\u2028\u2029"
_HALVES = "\ud800-\udfff"  # of letters
# of a file's name or a word typed, not in the encoding of this system
_BYTES = "[\udc80-\udcff]+"
_NOT_PLAIN = re.compile(f"[{_UNSEEN}{_LINE_ENDS}{_HALVES}]")


def harmless(text: str) -> str:
    r"""Return text with control characters and direction marks visible, line ends as blanks.

    >>> harmless("a\x1b[31mb\u2028c")
    'a␛[31mb c'
    """
    if not _NOT_PLAIN.search(text):
        return text
    shown = re.sub(
        f"[{_UNSEEN}]", lambda m: chr(0x2400 + ord(m[0])) if ord(m[0]) < 32 else "�", whole(text)
    )
    return re.sub(f"[{_LINE_ENDS}]+", " ", shown)


def whole(text: str) -> str:
    r"""Return text that every format can hold; bytes that are no UTF-8 are written in digits.

    Bytes that are UTF-8 after all, typed in a terminal said to know ASCII only, become letters.

    >>> whole("2024\udcc4\udcea.csv"), whole("\ud83d"), whole("\udce6\udcb5\udcb7")
    ('2024%C4%EA.csv', '%uD83D', '海')
    """
    text = re.sub(
        _BYTES,
        lambda run: run[0].encode("ascii", "surrogateescape").decode("utf-8", "surrogateescape"),
        text,
    )
    return re.sub(f"[{_HALVES}]", lambda half: _digits(ord(half[0])), text)


def _digits(code: int) -> str:
    return f"%{code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"%u{code:04X}"
