"""Letters that an output cannot show: the nearest that it can, and a sentence on what was lost.

A minus stays a minus: no number loses
its sign.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import Any, TextIO

from dtrack.core.translate import ENGLISH, _, active_language, speaking

CHINESE = "万以上超"  # words of published figures
NEAR = {
    "−": "-",
    "–": "-",
    "—": "-",
    "·": ".",
    "×": "x",
    "…": "...",
    "→": "->",
    "←": "<-",
    "≥": ">=",
    "≤": "<=",
    "≈": "~",
    "±": "+/-",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "、": ", ",
    "。": ". ",
    "；": "; ",
    "：": ": ",
    "（": " (",
    "）": ") ",
}
LOST = "?"
_HANDLER = "dtrack.near"


class _Losses:
    """Whether a letter had nothing near it since somebody asked."""

    def __init__(self) -> None:
        self.any = False


losses = _Losses()


def near(letter: str) -> str:
    """The nearest that ASCII has: - for the minus, e for é; LOST for a letter that has none.

    >>> near("−"), near("é"), near("万")
    ('-', 'e', '?')
    """
    if letter in NEAR:
        return NEAR[letter]
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", letter) if sign.isascii())
    losses.any |= not plain
    return plain or LOST


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(near, error.object[error.start : error.end])), error.end


codecs.register_error(_HANDLER, _nearest)


def shown(text: str, stream: TextIO) -> str:
    """The text in letters that the stream can show."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, _HANDLER).decode(encoding)


def show_near(stream: Any) -> None:
    """From now on the stream takes any letter; a stream that cannot be told so stays as it is."""
    if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
        reconfigure(errors=_HANDLER)


def can_show(text: str, stream: TextIO) -> bool:
    """The stream has every letter of the text."""
    try:
        text.encode(getattr(stream, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def of_losses(of: TextIO, to: TextIO) -> str:
    """What to say on `to` where `of` lacks letters, in a language that `to` can show."""
    with speaking(active_language() if can_show(CHINESE, to) else ENGLISH):
        told = _(
            "{encoding} cannot represent all characters of this output: each is replaced "
            "by ?; -o FILE writes them all.",
            encoding=of.encoding,
        )
        return _("dtrack: {sentence}", sentence=told)
