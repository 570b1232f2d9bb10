"""Where things stand in a TOML text.

In comes text that tomllib reads, out come statements with their places.

tomllib tells no places, and a document that is built anew from a tree keeps a person's text only as
well as the tree does. So the text is left alone: an edit inserts letters at places told here, and
every other byte stays by construction.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<blank>[ \t]+)|(?P<end>\r?\n)|(?P<comment>#[^\r\n]*)"
    r'|(?P<text>"""(?:\\.|[^\\])*?""""{0,2}'
    r"|'''.*?''''{0,2}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*')"
    r"|(?P<mark>[\[\]{},=.])|(?P<word>[^\s\[\]{},=.\"'#]+)",
    re.DOTALL,
)
_OPEN, _CLOSE = ("[", "{"), ("]", "}")
_QUIET = ("blank", "end", "comment")
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: its kind (a group of _TOKEN), and where it begins and ends."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """`[a.b]` (kind table), `[[a.b]]` (kind tables) or `a.b = …` (kind value), with its whole path from the root.

    `start`..`value` are the key or the header as written, `value`..`stop` the value; `last`: where
    the last part of the
    key begins. `inside`: it stands in an inline table.
    """

    kind: str
    path: Path
    start: int
    last: int
    value: int
    stop: int
    inside: bool = False


def tokens(text: str, start: int = 0, stop: int | None = None) -> Iterator[Token]:
    """The pieces of the text between two places.

    Raises ValueError where a piece is none of TOML's.
    """
    at, stop = start, len(text) if stop is None else stop
    while at < stop:
        match = _TOKEN.match(text, at, stop)
        if match is None or match.lastgroup is None:
            raise ValueError(f"no TOML at {at}")
        yield Token(match.lastgroup, match[0], match.start(), match.end())
        at = match.end()


def statements(text: str) -> list[Statement]:
    """Every statement of the text in order, those inside inline tables after the one that holds them."""
    return list(_Reading(text).all())


class _Reading:
    """Walks the pieces once."""

    def __init__(self, text: str) -> None:
        self.tokens = [*tokens(text), Token("end", "", len(text), len(text))]
        self.at = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.at]

    def skip(self, *kinds: str) -> None:
        while self.here.kind in kinds and self.at < len(self.tokens) - 1:
            self.at += 1

    def all(self) -> Iterator[Statement]:
        header: Path = ()
        self.skip(*_QUIET)
        while self.at < len(self.tokens) - 1:
            if self.here.text == "[":
                found = self.header()
                header = found.path
                yield found
            else:
                yield from self.pair(header, inside=False)
            self.skip(*_QUIET)

    def header(self) -> Statement:
        start = self.here.start
        many = self.tokens[self.at + 1].text == "["
        self.at += 1 + many
        path, last, _ = self.key()
        self.at += 1 + many
        stop = self.tokens[self.at - 1].end
        return Statement("tables" if many else "table", path, start, last, stop, stop)

    def key(self) -> tuple[Path, int, int]:
        """The parts of a key up to its `=` or `]`; where the last part begins and ends."""
        parts: list[str] = []
        last = stop = self.here.start
        while self.here.text not in ("=", "]"):
            if self.here.kind in ("word", "text"):
                last, stop = self.here.start, self.here.end
                parts.append(_plain(self.here.text))
            self.at += 1
        return tuple(parts), last, stop

    def pair(self, above: Path, *, inside: bool) -> Iterator[Statement]:
        start = self.here.start
        path, last, _ = self.key()
        self.at += 1
        self.skip("blank")
        value, first = self.here.start, self.at
        within = list(self.members(above + path)) if self.here.text == "{" else []
        if not within:
            self.at = first
            self.value()
        stop = self.tokens[self.at - 1].end
        yield Statement("value", above + path, start, last, value, stop, inside)
        yield from within

    def members(self, above: Path) -> Iterator[Statement]:
        """The pairs of an inline table, from its `{` to behind its `}`."""
        self.at += 1
        self.skip(*_QUIET)
        while self.here.text != "}":
            yield from self.pair(above, inside=True)
            self.skip(*_QUIET)
            self.at += self.here.text == ","
            self.skip(*_QUIET)
        self.at += 1

    def value(self) -> None:
        """Go behind a value.

        To its closing bracket, or to what ends a plain one, without the blanks before that.
        """
        depth, stop = 0, self.at
        while depth or (
            self.here.kind not in ("end", "comment") and self.here.text not in (",", *_CLOSE)
        ):
            depth += (self.here.text in _OPEN) - (self.here.text in _CLOSE)
            self.at += 1
            stop = self.at if self.tokens[self.at - 1].kind not in _QUIET else stop
        self.at = stop


def _plain(part: str) -> str:
    """The name that one part of a key writes."""
    return next(iter(tomllib.loads(f"{part} = 0"))) if part[0] in "\"'" else part
