"""The options of where a result goes, which every command with a result has.

`errors.guarded` puts them in the place of the parameter `out` of a command.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any

import typer

from dtrack.cli.result import Output


def to_stdout(file: Path | None) -> Path | None:
    """The file to write to; None where it is to be stdout, which `-` names as everywhere."""
    return None if file == Path("-") else file


_OPTIONS: dict[str, tuple[Any, Any, Any]] = {
    # name → type, default, option
    "output": (
        Path | None,
        None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            callback=to_stdout,
            help="Write to FILE instead of the screen; - is the screen or a pipe.",
        ),
    ),
    "open": (
        bool,
        False,
        typer.Option("--open", help="Show the result in the browser, as a page."),
    ),
    "headings": (
        bool,
        False,
        typer.Option(
            "--headings", help="Write the headings of a CSV in words, not as names for programs."
        ),
    ),
    "bom": (
        bool | None,
        None,
        typer.Option(
            "--bom/--no-bom",
            help="Begin a CSV with the mark that Excel needs to read Chinese. [default: in a file "
            "and in Chinese]",
            show_default=False,
        ),
    ),
    "no_pager": (
        bool,
        False,
        typer.Option(
            "--no-pager", help="Print long results at once, not in $DTRACK_PAGER, $PAGER or less."
        ),
    ),
}


def parameters_of(kind: type[Output]) -> list[inspect.Parameter]:
    """The parameters of a command whose output is of that kind, in the order of its help."""
    told = "[default: by the suffix of -o, else table]"
    form = typer.Option("--format", "-f", metavar="|".join(kind.among), help=told)
    options = {"format": (str | None, None, form)} | _OPTIONS
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=options[name][1],
            annotation=Annotated[options[name][0], options[name][2]],
        )
        for name in kind.options
    ]
