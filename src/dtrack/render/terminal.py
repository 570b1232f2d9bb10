"""Document → a terminal, with Rich. Every text is wrapped in Text, so that no name or note becomes markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dtrack.sheet import Column, Document, Sheet, harmless

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
        console.print(Text("Sources", style="bold"))
    for line in document.sources:
        console.print(Text(harmless(line), style="dim"))


def _sheet(sheet: Sheet, console: Console) -> None:
    from rich.text import Text

    console.print(Text(harmless(sheet.title), style="bold"))
    if sheet.size:
        columns, gone = _that_fit(sheet.columns, console.width)
        console.print(_table(columns))
        if gone:
            console.print(Text(f"Not shown at this width: {', '.join(gone)}.", style="dim"))
    for line in sheet.below:
        console.print(Text(harmless(line)))


def _that_fit(columns: tuple[Column, ...], width: int) -> tuple[tuple[Column, ...], list[str]]:
    """The columns that fit, in their order, and the headings of those that gave way."""
    needs = {column.key: _need(column) + 2 for column in columns}
    gone: list[Column] = []
    for column in sorted((c for c in columns if c.gives_way), key=lambda c: c.gives_way):
        if sum(needs[c.key] for c in columns if c not in gone) <= width:
            break
        gone.append(column)
    return tuple(c for c in columns if c not in gone), [c.heading for c in columns if c in gone]


def _need(column: Column) -> int:
    from rich.cells import cell_len

    longest = max((cell_len(harmless(text)) for text in (*column.for_people(), column.heading)), default=0)
    return longest if column.right else min(longest, _WIDEST)


def _table(columns: tuple[Column, ...]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        widest = None if column.right else _WIDEST
        table.add_column(Text(column.heading), justify="right" if column.right else "left", no_wrap=column.right,
                         overflow="fold", max_width=widest)  # fmt: skip
    cells = [
        [
            Text(harmless(text), style=_STYLES.get(tone, ""))
            for text, tone in zip(column.for_people(), column.tones or [""] * len(column.values), strict=True)
        ]
        for column in columns
    ]
    for row in zip(*cells, strict=True):
        table.add_row(*row)
    return table
