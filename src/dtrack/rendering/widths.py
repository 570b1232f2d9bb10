"""How wide each column of a terminal's table is, and which columns find no room."""

from __future__ import annotations

from collections.abc import Iterable

from dtrack.core.sanitize import harmless
from dtrack.rendering.folding import CHINESE, pieces
from dtrack.reporting.document import Column

BETWEEN = 2  # blanks between two columns; the box itself draws one of them
_UNFOLDED = 20  # a column no wider than this is not folded while others can give way
_NARROWEST = 10  # a text that may break anywhere, as Chinese may, is not folded to less
_FIRST = 3  # columns that give way in this order or before leave rather than have a text folded
_STEPS = (20, 27, 34, 48, 68, 96)  # up to which columns are widened together, one after the other


def widths(columns: tuple[Column, ...], room: int) -> dict[str, int] | None:
    """Width by key of every column that is shown.

    None where not even the columns that stay have room. A column is first as wide as its texts, up
    to _UNFOLDED. Columns that matter less (gives_way up to _FIRST) leave until that fits; then
    texts are folded between words; only then the others that may give way leave too. What room is
    left goes to the columns that are still folded, in steps, so that none takes it all: those that
    never give way before the others, from the left.
    """
    natural = {column.key: longest((*column.for_people(), column.heading)) for column in columns}
    narrow = {column.key: _least(column) for column in columns}
    least = {
        key: width if width <= _UNFOLDED else max(narrow[key], min(width, _UNFOLDED))
        for key, width in natural.items()
    }
    leaving = sorted((c for c in columns if c.gives_way), key=lambda c: c.gives_way)
    while leaving and leaving[0].gives_way <= _FIRST and total(least) > room:
        del least[leaving.pop(0).key]
    if total(least) > room:
        least = {key: narrow[key] for key in least}
    while leaving and total(least) > room:
        del least[leaving.pop(0).key]
    if total(least) > room:
        return None
    shown = sorted((c for c in columns if c.key in least), key=lambda c: c.gives_way > 0)
    return _widened(least, natural, [column.key for column in shown], room)


def _widened(
    least: dict[str, int], natural: dict[str, int], keys: list[str], room: int
) -> dict[str, int]:
    """The widths with what room is left given to what is folded."""
    spare = room - total(least)
    for most in (*_STEPS, room):
        for key in keys:
            more = max(min(min(natural[key], most) - least[key], spare), 0)
            least[key] += more
            spare -= more
    return least


def total(of: dict[str, int]) -> int:
    """How wide columns of those widths are together."""
    return sum(of.values()) + BETWEEN * (len(of) - 1)


def _least(column: Column) -> int:
    """So wide that a number stays on one line, and no word, path or key is broken."""
    if column.right or column.key == "bar":
        return longest((*column.for_people(), column.heading))
    texts = (*column.for_people(), column.heading)
    least = longest_word(texts)
    return least if all(map(str.isascii, texts)) else max(least, min(longest(texts), _NARROWEST))


def longest_word(texts: Iterable[str]) -> int:
    """How wide the longest part is that is never broken."""
    return longest([word for text in texts for word in _pieces(harmless(text))])


def _pieces(text: str) -> list[str]:
    """The words of a text; Chinese may break within."""
    return [piece.rstrip() for piece in pieces(text)] if CHINESE.search(text) else text.split()


def longest(texts: Iterable[str]) -> int:
    """How wide the longest of the texts is, in letters of a terminal."""
    from rich.cells import cell_len

    return max((cell_len(harmless(text)) for text in texts), default=0)
