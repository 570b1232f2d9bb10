"""Documents on a terminal, with Rich; every text is a Text, so that no name is markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _, enumerated
from dtrack.rendering.bars import MOST, text_bars, with_steps
from dtrack.rendering.folding import CHINESE, folded, pieces
from dtrack.reporting.document import Citation, Column, Document, Sheet, indented

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
_WIDEST = 34  # a longer text in a column that may fold is folded
_NARROWEST = 10  # a text that may break anywhere, as Chinese may, is not folded to less
_UNFOLDED = 20  # a column no wider than this is not folded while others can give way
_FIRST = 3  # columns that give way in this order or before leave rather than have a text folded
_NUMBER = 5  # letters that the number of a source takes: "  3  "
_FRAME = 4  # letters that a frame takes of each line
_BORDER = 8  # letters that a frame takes beside its title
_FRAMED = 60  # a narrower terminal has no room for a frame
# columns of a pipe, which has no frame and folds nothing, though FORCE_COLOR gives it colours
_ENDLESS = 1000
_BETWEEN = 2  # blanks between two columns; the box itself draws one of them


def render(document: Document, console: Console) -> None:
    """Print the document; columns that find no room in the console give way and are named."""
    from rich.text import Text

    if not document.briefing:
        _headline(document.headline, console)
    for line in document.remarks:
        console.print(_fitted(line, console.width, _AMBER))
    if document.briefing:
        if issued := document.letterhead.line:
            console.print(_fitted(issued, console.width, "dim"))
        _headline(document.headline, console)
    for sheet in document.sheets:
        console.print()
        _sheet(sheet, console)
    if document.below:
        console.print()
    for line in document.below:
        console.print(_fitted(line, console.width))
    if document.sources:
        console.print()
        console.print(Text(_("Sources"), style="bold"))
    for source in document.sources:
        _source(source, console)


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
    title = first if _longest([lines[0]]) <= console.width - _BORDER else None
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


def _sheet(sheet: Sheet, console: Console) -> None:
    from rich.text import Text

    console.print(Text(harmless(sheet.title), style="bold"))
    if sheet.size:
        columns = with_steps(sheet) if _draws(console) else sheet.columns
        widths = _widths(columns, console.width, _WIDEST if _is_screen(console) else console.width)
        if widths is None:
            _blocks(columns, console)
        else:
            gone = [c.heading for c in columns if c.key not in widths and c.heading]
            shown = [column for column in columns if column.key in widths]
            room = console.width - _total(widths) - _BETWEEN if _draws(console) else 0
            console.print(_table(shown, widths, room))
            if gone:
                console.print(
                    Text(
                        _("Not shown at this width: {columns}.", columns=enumerated(gone)),
                        style="dim",
                    )
                )
    for line in sheet.sentences:
        _line(line, console)


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
                heading = "" if place == 0 else _("  {heading}: ", heading=column.heading)
                console.print(
                    Text(heading) + Text(harmless(texts[row]), style=STYLES.get(tones[row], ""))
                )


def _widths(columns: tuple[Column, ...], room: int, widest: int) -> dict[str, int] | None:
    """Width by key of every column that is shown.

    None where not even the columns that stay have room. A column is first as wide as its texts, up
    to _UNFOLDED. Columns that matter less (gives_way up to _FIRST) leave until that fits; then
    texts are folded between words; only then the others that may give way leave too. What room is
    left goes to those that never give way, then to the others, from the left: first up to
    _UNFOLDED, so that one long name folds and not every verdict, then up to `widest`: a pipe is not
    folded.
    """
    natural = {column.key: _longest((*column.for_people(), column.heading)) for column in columns}
    narrow = {column.key: _least(column) for column in columns}
    least = {
        key: width if width <= _UNFOLDED else max(narrow[key], min(width, _UNFOLDED))
        for key, width in natural.items()
    }
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
    shown = sorted((c for c in columns if c.key in least), key=lambda c: c.gives_way > 0)
    for most in (min(_UNFOLDED, widest), widest):
        for column in shown:
            more = max(min(min(natural[column.key], most) - least[column.key], spare), 0)
            least[column.key] += more
            spare -= more
    return least


def _total(widths: dict[str, int]) -> int:
    return sum(widths.values()) + _BETWEEN * (len(widths) - 1)


def _least(column: Column) -> int:
    """So wide that a number stays on one line and no word of a text is broken."""
    if column.right or column.key == "bar":
        return _longest((*column.for_people(), column.heading))
    texts = (*column.for_people(), column.heading)
    words = [word for text in texts for word in _pieces(harmless(text))]
    least = min(_longest(words), _WIDEST)
    return least if all(map(str.isascii, texts)) else max(least, min(_longest(texts), _NARROWEST))


def _pieces(text: str) -> list[str]:
    """The words of a text; Chinese may break within."""
    return [piece.rstrip() for piece in pieces(text)] if CHINESE.search(text) else text.split()


def _fitted(text: str, width: int, style: str = "") -> Text:
    """A text as Rich is to print it; Chinese is folded here, by its own rules."""
    from rich.text import Text

    plain = harmless(text)
    return Text("\n".join(folded(plain, width)) if CHINESE.search(plain) else plain, style=style)


def _longest(texts: Iterable[str]) -> int:
    from rich.cells import cell_len

    return max((cell_len(harmless(text)) for text in texts), default=0)


def _table(columns: list[Column], widths: dict[str, int], room: int) -> Table:
    """The columns, and beside the gaps a bar where `room` is left for one."""
    from rich import box
    from rich.table import Table

    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, _BETWEEN - 1, 0, 0),
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
            no_wrap=column.right or column.key == "bar",
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
