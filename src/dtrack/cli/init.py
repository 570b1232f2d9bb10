"""`dtrack init`: a small commented workspace that `report` runs on at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dtrack.cli.guard import guarded
from dtrack.errors import BAD_COMMAND
from dtrack.languages.system import reason
from dtrack.tongue import enumerated, say


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("init")(init)


@guarded
def init(folder: Annotated[Path, typer.Argument(help="Where to put it. [default: here]", show_default=False)] = Path()) -> None:
    """Write a small commented workspace to start your own from."""
    from dtrack.starter import files

    texts = files()
    there = [name for name in texts if (folder / name).exists()]
    if there:
        told = say("{file} exists; init touches nothing that exists", file=folder / there[0])
        typer.echo(say("dtrack: {sentence}", sentence=told), err=True)
        raise typer.Exit(BAD_COMMAND)
    try:
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        told = say("cannot write to {folder}: {fault}", folder=folder, fault=reason(error))
        typer.echo(say("dtrack: {sentence}", sentence=told), err=True)
        raise typer.Exit(BAD_COMMAND) from None
    typer.echo(say("Wrote {files}.", files=enumerated(texts)))
    typer.echo(say("Try: {command}", command=f"dtrack report --half H1-2024 --workspace {folder}"))
