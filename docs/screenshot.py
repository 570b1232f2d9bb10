"""The picture in README.

`python docs/screenshot.py` writes docs/report.svg, with Rich's own recording of a report.

In comes the illustrative workspace, out goes the first screen of the answer to one command: its
headline and its scorecard, without the tables that follow. Every figure in it is made up, and its
title says so.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

import dtrack
from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.question import Query
from dtrack.core.translate import ENGLISH, speaking
from dtrack.i18n.terms import SIGNS
from dtrack.rendering import terminal
from dtrack.reporting.cells import DisplayOptions
from dtrack.reporting.document import Document
from dtrack.reporting.report import report

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "report.svg"
COMMAND = "dtrack report H1-2024"
WIDTH = 120  # a usual terminal, on which the scorecard is whole
CELL = 12.2  # pixels across one column of text in Rich's SVG
_BLANKS = re.compile(
    r'(?P<before><text [^>]*?)x="(?P<x>[\d.]+)"(?P<between>[^>]*?)'
    r'textLength="(?P<length>[\d.]+)"(?P<after>[^>]*>)'
    r"(?P<blanks>(?:&#160;)+)(?!<)"
)
THEME = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [
        (36, 41, 47),
        (190, 20, 35),
        (17, 112, 50),
        (150, 90, 0),
        (9, 80, 180),
        (130, 60, 170),
        (20, 110, 120),
        (110, 119, 129),
    ],
)


def document() -> Document:
    """The headline and the scorecard of what the command answers on a screen."""
    dataset = dtrack.open(ROOT / "examples" / "symposium")
    cells = whole_board(dataset, Query.of("H1-2024"))
    whole = report(cells, DisplayOptions(signs=SIGNS, quiet=True))
    return replace(whole, sheets=whole.sheets[:1], below=(), sources=())


def picture() -> str:
    """The SVG, the same bytes for the same answer."""
    console = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    with speaking(ENGLISH):
        terminal.render(document(), console)
    console.print()  # room below: some viewers would cut the last line's descenders
    return plain(console.export_svg(title=f"$ {COMMAND}", theme=THEME))


def plain(svg: str) -> str:
    """The SVG as every viewer shows it alike.

    No font from the network, a border, and blanks before a text as its place.

    Some viewers take leading blanks away, and figures would no longer stand to the right.
    """
    svg = re.sub(r"\n *@font-face \{[^}]*\}", "", svg).replace(
        "Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace"
    )
    return _BLANKS.sub(_moved, svg.replace("rgba(255,255,255,0.35)", "#d0d7de"))


def _moved(match: re.Match[str]) -> str:
    blanks = match["blanks"].count("&#160;") * CELL
    x, length = float(match["x"]) + blanks, float(match["length"]) - blanks
    return (
        f'{match["before"]}x="{x:.1f}"{match["between"]}textLength="{length:.1f}"{match["after"]}'
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
