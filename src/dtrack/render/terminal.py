"""Document → a terminal, with Rich. Every text is wrapped in Text, so that no name or note becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from dtrack.sheet import Column, Document, Sheet, harmless
from dtrack.tongue import say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_STYLES = {
    "met": "green",
    "missed": "bold red",
    "open": "yellow",
    "undetermined": "yellow",
    "not_reported": "magenta",
    "no_target": "dim",
    "quiet": "dim",
    "city": "bold",
    "refuse": "bold red",
    "look again": "yellow",
    "note": "dim",
}
_WIDEST = 34  # a longer text in a column that may fold is folded
_UNFOLDED = 20  # a column no wider than this is not folded while others can give way
_FIRST = 3  # columns that give way in this order or before leave rather than have a text folded
_BETWEEN = 2  # blanks between two columns; the box itself draws one of them
_WORDS = re.compile(r"[^\s\u2e80-\uffef]+|[\u2e80-\uffef]")  # Chinese may break after every character


def render(document: Document, console: Console) -> None:
    """Print the document. The console's width decides which columns give way; what gave way is told."""
    from rich.text import Text

    for line in document.headline:
        console.print(Text(harmless(line), style="bold"))
    for line in document.remarks:
        console.print(Text(harmless(line), style="yellow"))
    for sheet in document.sheets:
        console.print()
        _sheet(sheet, console)
    if document.below:
        console.print()
    for line in document.below:
        console.print(Text(harmless(line)))
    if document.sources:
        console.print()
        console.print(Text(say("Sources"), style="bold"))
    for line in document.sources:
        console.print(Text(harmless(line), style="dim"))


def _sheet(sheet: Sheet, console: Console) -> None:
    from rich.text import Text

    console.print(Text(harmless(sheet.title), style="bold"))
    if sheet.size:
        widths = _widths(sheet.columns, console.width, _WIDEST if console.is_terminal else console.width)
        if widths is None:
            _blocks(sheet, console)
        else:
            gone = [column.heading for column in sheet.columns if column.key not in widths]
            console.print(_table([column for column in sheet.columns if column.key in widths], widths))
            if gone:
                console.print(Text(say("Not shown at this width: {columns}.", columns=say(", ").join(gone)), style="dim"))
    for line in sheet.below:
        _line(line, console)


def _line(line: str, console: Console) -> None:
    """A line of text; what is folded of one that begins with blanks begins with as many."""
    from rich.text import Text

    indent = len(line) - len(line.lstrip(" "))
    if not indent or console.width <= 2 * indent:
        console.print(Text(harmless(line)))
        return
    for part in Text(harmless(line.strip())).wrap(console, console.width - indent):
        part.rstrip()
        console.print(Text(" " * indent) + part)


def _blocks(sheet: Sheet, console: Console) -> None:
    """A terminal too narrow for any table: every row as lines of heading and value, nothing left out."""
    from rich.text import Text

    told = [(column, column.for_people(), column.tones or [""] * sheet.size) for column in sheet.columns]
    for row in range(sheet.size):
        for place, (column, texts, tones) in enumerate(told):
            if texts[row]:
                heading = "" if place == 0 else say("  {heading}: ", heading=column.heading)
                console.print(Text(heading) + Text(harmless(texts[row]), style=_STYLES.get(tones[row], "")))


def _widths(columns: tuple[Column, ...], room: int, widest: int) -> dict[str, int] | None:
    """Width by key of every column that is shown; None where not even the columns that stay have room.

    A column is first as wide as its texts, up to _UNFOLDED. Columns that matter less (gives_way up to _FIRST) leave
    until that fits; then texts are folded between words; only then the others that may give way leave too. What room is
    left goes to those that never give way, then to the others, from the left, up to `widest`: a pipe is not folded.
    """
    natural = {column.key: _longest((*column.for_people(), column.heading)) for column in columns}
    narrow = {column.key: _least(column) for column in columns}
    least = {key: width if width <= _UNFOLDED else max(narrow[key], min(width, _UNFOLDED)) for key, width in natural.items()}
    leaving = sorted((c for c in columns if c.gives_way), key=lambda c: c.gives_way)
    while leaving and leaving[0].gives_way <= _FIRST and _total(least) > room:
        del least[leaving.pop(0).key]
    if _total(least) > room:
        least = {key: narrow[key] for key in least}
    while leaving and _total(least) > room:
        del least[leaving.pop(0).key]
    spare = room - _total(least)
    if spare < 0:
        return None
    for column in sorted((c for c in columns if c.key in least), key=lambda c: c.gives_way > 0):
        more = max(min(min(natural[column.key], widest) - least[column.key], spare), 0)
        least[column.key] += more
        spare -= more
    return least


def _total(widths: dict[str, int]) -> int:
    return sum(widths.values()) + _BETWEEN * (len(widths) - 1)


def _least(column: Column) -> int:
    """So wide that a number stays on one line and no word of a text is broken."""
    if column.right:
        return _longest((*column.for_people(), column.heading))
    words = [word for text in (*column.for_people(), column.heading) for word in _WORDS.findall(harmless(text))]
    return min(_longest(words), _WIDEST)


def _longest(texts: Iterable[str]) -> int:
    from rich.cells import cell_len

    return max((cell_len(harmless(text)) for text in texts), default=0)


def _table(columns: list[Column], widths: dict[str, int]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _BETWEEN - 1, 0, 0), header_style="bold")
    for column in columns:
        justify: Literal["right", "left"] = "right" if column.right else "left"
        table.add_column(Text(column.heading), justify=justify, overflow="fold", no_wrap=column.right, width=widths[column.key])
    dressed = [zip(column.for_people(), column.tones or [""] * len(column.values), strict=True) for column in columns]
    for row in zip(*dressed, strict=True):
        table.add_row(*(Text(harmless(text), style=_STYLES.get(tone, "")) for text, tone in row))
    return table
