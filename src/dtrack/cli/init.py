"""`dtrack init`: a small commented workspace that `report` runs on at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dtrack.cli.errors import guarded
from dtrack.cli.output import announce, answer
from dtrack.cli.writing import write_change
from dtrack.core.findings import BAD_COMMAND, WriteFailed
from dtrack.core.message import lazy_gettext
from dtrack.core.translate import _, enumerated
from dtrack.i18n.system_messages import reason

# an invented city with three districts, every figure marked illustrative
STARTER = Path(__file__).parents[1] / "storage/starter"
# examples/symposium: in a wheel by pyproject.toml; an editable install has it in its clone
EXAMPLES = (STARTER.with_name("example"), Path(__file__).parents[3] / "examples/symposium")
# in the order in which they are put in place: the last one counts
FILES = ("targets.toml", "data/areas.csv", "data/sources.csv", "data/actuals/2024-h1.csv")


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("init")(init)


@guarded
def init(
    folder: Annotated[
        Path, typer.Argument(help="Where to put it. [default: here]", show_default=False)
    ] = Path(),
    example: Annotated[
        bool,
        typer.Option(
            "--example",
            help="Write the example instead: Beijing's districts, all figures made up.",
        ),
    ] = False,
) -> None:
    """Create a small commented workspace to start from."""
    texts = _example() if example else _texts(STARTER, FILES)
    try:
        _write(folder, texts)
    except OSError as error:
        _end(_("cannot write to {folder}: {fault}", folder=folder, fault=reason(error)))
    except WriteFailed as error:
        _end(str(error))
    answer(_("Wrote {files}.", files=enumerated(texts)))
    answer(_("Next: {command}", command=f"dtrack report --half H1-2024 --workspace {folder}"))


def _texts(place: Path, names: Iterable[str]) -> dict[str, str]:
    return {name: (place / name).read_text(encoding="utf-8") for name in names}


def _example() -> dict[str, str]:
    """The files of the example, targets.toml first; the last one counts."""
    place = next(filter(Path.is_dir, EXAMPLES))
    data = sorted(path.relative_to(place).as_posix() for path in place.glob("data/**/*.csv"))
    return _texts(place, ("README.md", "targets.toml", *data))


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """All of the files, or none.

    Raises WriteFailed, and OSError where there can be no such folder.
    """
    from dtrack.storage import disk, transaction
    from dtrack.storage.changeset import Change

    transaction.recover(folder, announce)
    if there := [name for name in texts if os.path.lexists(folder / name)]:
        raise WriteFailed(
            lazy_gettext(
                "{file} exists; init does not change existing files", file=folder / there[0]
            )
        )
    disk.make_folders(folder)
    files = {name: text.encode() for name, text in texts.items()}
    write_change(folder, Change(files, seen=dict.fromkeys(texts, "")), "init")


def _end(sentence: str) -> NoReturn:
    announce(sentence)
    raise typer.Exit(BAD_COMMAND)
