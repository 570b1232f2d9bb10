"""The command line: words in, words out. The only rooms that print, write files or exit; pandas is not loaded here."""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

from dtrack import __version__
from dtrack.cli import add, analyses, brief, check, export, gap, imports, init, report, sources, status, targets
from dtrack.cli.complete import VARIABLE, needed
from dtrack.cli.output import lost_output
from dtrack.errors import BUG, INTERRUPTED
from dtrack.tongue import say

app = typer.Typer(
    name="dtrack",
    help="Who is short of target, by how much, and on whose word.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dtrack {__version__}")
        raise typer.Exit


@app.callback()
def common(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a bug in dtrack.")] = False,
) -> None:
    """Who is short of target, by how much, and on whose word."""
    if debug:
        os.environ["DTRACK_DEBUG"] = "1"


for module in (report, brief, status, gap, analyses, check, imports, add, init, targets, sources, export):
    module.register(app)


def _only_what_completes() -> None:
    """Leave out what a completion does not need, so that a key is answered at once."""
    sys.modules["rich"] = None  # type: ignore[assignment]  # Typer would load all of it to take markup out of help texts
    groups = {str(group.name): group for group in app.registered_groups}
    commands = {str(command.name): command for command in app.registered_commands}
    kept = needed([*groups, *commands], os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", ""))
    app.registered_groups = [group for name, group in groups.items() if name in kept]
    app.registered_commands = [command for name, command in commands.items() if name in kept]


def main() -> None:
    """Run the command line and exit; whatever goes wrong is one sentence and an exit code of docs/design.md §6."""
    if VARIABLE in os.environ:
        _only_what_completes()
    try:
        app()
    except SystemExit:
        gc.freeze()  # nothing is collected on the way out: a tenth of a second with pandas loaded
        raise
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        sys.exit(lost_output(error))
    except Exception as error:  # noqa: BLE001 - the last door: a bug is told in one sentence
        if os.environ.get("DTRACK_DEBUG"):
            import traceback

            traceback.print_exc()
        what = f"{type(error).__name__}: {error}"
        told = say("dtrack: a bug in dtrack: {bug}. Run it again as dtrack --debug …, and report it.", bug=what)
        sys.stderr.write(told + "\n")
        sys.exit(BUG)
