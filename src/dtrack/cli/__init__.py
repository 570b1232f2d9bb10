"""The command line: words in, words out.

The only rooms that print, write files or exit; pandas is not loaded here.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Collection, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from dtrack import __version__
from dtrack.cli.errors import ended
from dtrack.cli.help import COMMANDS, ListedInGroups
from dtrack.cli.output import remark
from dtrack.cli.streams import listen
from dtrack.core.findings import BUG, DONE
from dtrack.core.translate import _

PROMISE = "Compare reported figures with targets: gaps, status and sources."


def app_of(wanted: Collection[str] = COMMANDS, *, listing: bool = False) -> typer.Typer:
    """The app with the commands wanted; a module whose commands are not is not loaded.

    `listing`: all are wanted for their names alone, so that their options need not be built.
    """
    app = typer.Typer(
        name="dtrack",
        cls=ListedInGroups,
        help=PROMISE,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback(help=PROMISE)(_common)
    for module in dict.fromkeys(module for name, module in COMMANDS.items() if name in wanted):
        import_module(f"dtrack.cli.{module}").register(app)
    app.registered_commands = [
        command for command in app.registered_commands if command.name in wanted
    ]
    if len(wanted) == len(COMMANDS) and listing:
        for command in app.registered_commands:
            command.callback = _named_only(command.callback)
    return app


def _named_only(callback: Callable[..., Any] | None) -> Callable[[], None]:
    """Return a command with its help and none of its options, which a list does not show."""

    def listed() -> None:
        pass

    listed.__doc__ = callback.__doc__
    return listed


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dtrack {__version__}")
        raise typer.Exit


def _common(
    _version_wanted: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of a bug in dtrack.")
    ] = False,
) -> None:
    """Ask for a traceback where that is wanted."""
    if debug:
        os.environ["DTRACK_DEBUG"] = "1"


def asked_for(words: Sequence[str]) -> Collection[str]:
    """The command that the words name first, alone; all where they name none.

    >>> asked_for(["--debug", "report", "--half", "H1-2024"])
    ['report']
    """
    first = next((word for word in words if word != "--debug"), "")
    return [first] if first in COMMANDS else COMMANDS.keys()


def completed() -> Collection[str]:
    """The commands that the line being typed may go on with.

    What a completion does not need is left out.
    """
    from dtrack.cli.complete import needed

    sys.modules["rich"] = None  # type: ignore[assignment]  # Typer would load all of it to take markup out of help texts
    return needed(
        COMMANDS, os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
    )


def main() -> None:
    """Run the command line and exit.

    Whatever goes wrong is one sentence and an exit code of docs/design.md §6.
    """
    listen()
    try:
        code = _code_of_command()
    except Exception as error:  # noqa: BLE001 - the last door: a bug is told in one sentence
        if os.environ.get("DTRACK_DEBUG"):
            import traceback

            traceback.print_exc()
        what = f"{type(error).__name__}: {error}"
        remark(
            _(
                "dtrack: internal error (a bug in dtrack): {bug}. Run the command again "
                "as dtrack --debug … and report it.",
                bug=what,
            )
        )
        code = BUG
    gc.freeze()  # nothing is collected on the way out: a tenth of a second with pandas loaded
    code = ended(code)
    # what was done is done: Ctrl-C comes too late to make it 130
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


def _code_of_command() -> int:
    """Run the command that was typed; its exit code."""
    words = [word for word in sys.argv[1:] if word != "--debug"]
    completing = "_DTRACK_COMPLETE" in os.environ
    listing = completing or words in ([], ["-h"], ["--help"])
    try:
        app_of(completed() if completing else asked_for(sys.argv[1:]), listing=listing)()
    except SystemExit as ending:
        return int(ending.code or 0)
    return DONE
