"""Documents on a terminal, with Rich; every text is a Text, so that no name is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dtrack.core.sanitize import harmless
from dtrack.core.translate import N_, _, enumerated
from dtrack.rendering import heat
from dtrack.rendering.bars import MOST, text_bars, with_steps
from dtrack.rendering.folding import CHINESE, folded
from dtrack.rendering.widths import BETWEEN, longest, longest_word, total
from dtrack.rendering.widths import widths as table_widths
from dtrack.reporting.document import (
    Citation,
    Column,
    Document,
    Sheet,
    count_of_sources,
    indented,
    minus,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

# read on black and on white
_GREEN, _RED, _AMBER, _VIOLET = "color(28)", "bold color(160)", "color(130)", "color(164)"
STYLES = {
    "met": _GREEN,
    "missed": _RED,
    "open": _AMBER,
    "undetermined": _AMBER,
    "not_reported": _VIOLET,
    "no_target": "dim",
    "quiet": "dim",
    "city": "bold",
    "error": _RED,
    "warning": _AMBER,
    "info": "dim",
}
_SIGNS = re.compile("[✓✗…] ")  # they stay with the word behind them
_GONE = N_("Not shown at this width: {columns}.")
_NUMBER = 5  # letters that the number of a source takes: "  3  "
_FRAME = 4  # letters that a frame takes of each line
_BORDER = 8  # letters that a frame takes beside its title
_FRAMED = 60  # a narrower terminal has no room for a frame
# columns of a pipe, which has no frame and folds nothing, though FORCE_COLOR gives it colours
_ENDLESS = 1000


# whether the screen shows a minus sign; a pipe gets the hyphen that programs look for
_HAS_MINUS: ContextVar[bool] = ContextVar("_HAS_MINUS", default=False)


def render(document: Document, console: Console) -> None:
    """Print the document; columns that find no room in the console give way and are named."""
    from rich.text import Text

    _HAS_MINUS.set(_is_screen(console) and not console.options.ascii_only)
    _opening(document, console)
    gone: dict[str, None] = {}
    for sheet in document.sheets:
        console.print()
        gone |= dict.fromkeys(_sheet(sheet, console))
    told = _(_GONE, columns=enumerated(gone)) if gone else ""
    if document.below or gone:
        console.print()
    for line in filter(None, (told, *document.below)):
        console.print(_fitted(line, console.width))
    if document.counts_sources:
        for line in count_of_sources(document):
            console.print(_fitted(line, console.width, "dim"))
        return
    if document.sources:
        console.print()
        console.print(Text(_("Sources"), style="bold"))
    for source in document.sources:
        _source(source, console)


def _opening(document: Document, console: Console) -> None:
    """The headline and the remarks, which stand first in a briefing, with its letterhead."""
    if not document.briefing:
        _headline(document.headline, console)
    for line in document.remarks:
        console.print(_fitted(line, console.width, _AMBER))
    if document.briefing:
        if issued := document.letterhead.line:
            console.print(_fitted(issued, console.width, "dim"))
        _headline(document.headline, console)


def _headline(lines: tuple[str, ...], console: Console) -> None:
    """In a frame where the terminal can draw one, else as plain lines."""
    from rich.text import Text

    framed = len(lines) > 1 and _draws(console)
    width = console.width - (_FRAME if framed else 0)
    first, *rest = [_fitted(line, width, "bold not dim") for line in lines] or [Text()]
    if not framed:
        for line in (first, *rest) if lines else ():
            console.print(line)
        return
    from rich.panel import Panel

    # a longer one would be cut
    title = first if longest([lines[0]]) <= console.width - _BORDER else None
    inside = Text("\n").join(rest if title else (first, *rest))
    console.print(
        Panel(inside, title=title, title_align="left", border_style="dim", padding=(0, 1))
    )


def _draws(console: Console) -> bool:
    """A terminal that shows frames and blocks, and is wide enough for them."""
    able = _is_screen(console) and not console.is_dumb_terminal and not console.legacy_windows
    return able and not console.options.ascii_only and console.width >= _FRAMED


def _is_screen(console: Console) -> bool:
    return console.is_terminal and console.width < _ENDLESS


def _sheet(sheet: Sheet, console: Console) -> list[str]:
    """Print a sheet; the headings of the columns that found no room."""
    from rich.text import Text

    console.print(Text(harmless(sheet.title), style="bold"))
    gone = _grid(sheet, console) if sheet.size else []
    for line in sheet.sentences:
        _line(line, console)
    return gone


def _grid(sheet: Sheet, console: Console) -> list[str]:
    if sheet.heat:
        for shown, widths in heat.blocks(sheet.columns, console.width):
            console.print(_table(shown, widths, 0, folded_heads=True))
        return []
    columns = _headed(with_steps(sheet) if _draws(console) else sheet.columns, console.width)
    if (found := table_widths(columns, console.width)) is None:
        _blocks(columns, console)
        return []
    room = console.width - total(found) - BETWEEN if _draws(console) else 0
    console.print(_table([c for c in columns if c.key in found], found, room))
    return [c.heading for c in columns if c.key not in found and c.heading]


def _headed(columns: tuple[Column, ...], room: int) -> tuple[Column, ...]:
    """The columns, with their short headings where the others leave some without room."""
    found = table_widths(columns, room)
    if found is not None and len(found) == len(columns):
        return columns
    return tuple(replace(c, heading=c.short) if c.short else c for c in columns)


def _source(source: Citation, console: Console) -> None:
    """A line of the sources; what is folded of one stands under its text, not under its number."""
    from rich.text import Text

    number, told = source
    indent = 0 if number is None or console.width <= 4 * _NUMBER else _NUMBER
    for at, part in enumerate(
        _fitted(told, console.width - indent).wrap(console, console.width - indent)
    ):
        part.rstrip()
        before = f"{number:>{indent - 2}}  " if indent and not at else " " * indent
        console.print(
            Text(before if indent or number is None else f"{number}  ", style="dim") + part,
            style="dim",
        )


def _line(line: str, console: Console) -> None:
    """A line of text; what is folded of a detail stands as far in as its beginning."""
    from rich.text import Text

    indent = len(indented(line)) - len(line)
    if longest_word([line]) > console.width - indent:
        # the terminal's own folding leaves a path whole for whoever copies it
        told = folded(_readable(indented(line)), console.width)
        console.print(Text("\n".join(told)), soft_wrap=True)
        return
    if not indent or console.width <= 2 * indent:
        console.print(_fitted(indented(line), console.width))
        return
    for part in _fitted(line, console.width - indent).wrap(console, console.width - indent):
        part.rstrip()
        console.print(Text(" " * indent) + part)


def _blocks(columns: tuple[Column, ...], console: Console) -> None:
    """Every row as lines of heading and value, for a terminal too narrow for any table."""
    from rich.text import Text

    told = [(c, c.for_people(), c.tones or [""] * len(c.values)) for c in columns]
    for row in range(len(columns[0].values)):
        for place, (column, texts, tones) in enumerate(told):
            if texts[row]:
                named = _("  {heading}: ", heading=column.heading) if column.heading else "  "
                heading = "" if place == 0 else named
                console.print(
                    Text(heading) + Text(_readable(texts[row]), style=STYLES.get(tones[row], ""))
                )


def _readable(text: str) -> str:
    """A text of data made harmless, with the minus sign of print where the screen has one."""
    return minus(harmless(text)) if _HAS_MINUS.get() else harmless(text)


def _fitted(text: str, width: int, style: str = "") -> Text:
    """A text as Rich is to print it; Chinese, and signs of verdicts, are folded by our rules."""
    from rich.text import Text

    plain = _readable(text)
    kept = CHINESE.search(plain) or _SIGNS.search(plain)
    return Text("\n".join(folded(plain, width)) if kept else plain, style=style)


def _table(
    columns: list[Column], widths: dict[str, int], room: int, *, folded_heads: bool = False
) -> Table:
    """The columns, and beside the gaps a bar where `room` is left for one."""
    from rich import box
    from rich.table import Table

    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, BETWEEN - 1, 0, 0),
        header_style="bold",
    )
    dressed: list[Iterable[tuple[str, str]]] = []
    fits: list[int] = []
    for column in columns:
        justify: Literal["right", "left"] = "right" if column.right else "left"
        heading = _fitted(column.heading, widths[column.key])
        table.add_column(
            heading,
            justify=justify,
            overflow="fold",
            no_wrap=(column.right and not folded_heads) or column.key == "bar",
            width=widths[column.key],
        )
        tones = column.tones or [""] * len(column.values)
        dressed.append(zip(column.for_people(), tones, strict=True))
        fits.append(widths[column.key])
        if (
            column.key == "gap"
            and column.alike
            and (drawn := text_bars(column.as_numbers(), min(room, MOST)))
        ):
            table.add_column("", no_wrap=True, width=min(room, MOST))
            dressed.append(zip(drawn, tones, strict=True))
            fits.append(min(room, MOST))
    for row in zip(*dressed, strict=True):
        cells = zip(row, fits, strict=True)
        table.add_row(
            *(_fitted(text, width, STYLES.get(tone, "")) for (text, tone), width in cells)
        )
    return table
