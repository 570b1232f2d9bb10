"""What the commands that write have in common: an edit is told, written as a whole or not at all, and refused in words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dtrack.cli import options as opt
from dtrack.cli.output import tell
from dtrack.errors import BAD_COMMAND, REFUSED, Refused, UnknownName
from dtrack.sheet import harmless

if TYPE_CHECKING:
    from dtrack.edits.door import Edit
    from dtrack.workspace import Workspace

DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would be written, and write nothing.")]
TEXTS = {"ignore_unknown_options": True}  # so that -1.2 is a value and no option


def carried_out(deed: str, folder: Path | None, words: list[str], plan: Callable[[Workspace], Edit], *, dry_run: bool) -> None:
    """Plan the edit on the workspace, tell it, and write it; `deed` is what others are told who would write meanwhile.

    Exit 2 where the words are wrong or the file system says no, 3 where the input refuses it; then nothing is written.
    """
    if any(not _is_text(word) for word in words):
        raise typer.BadParameter("a word is not readable text in this terminal's encoding")
    held, edit = _planned(folder, plan)
    tell(edit.told, sys.stderr)
    if edit.change is not None and not dry_run:
        from dtrack.cli import store  # what only a writer needs, help does not load

        try:
            store.apply(held.folder, edit.change, deed)
        except OSError as error:
            _end(f"cannot write to {held.folder}: {error.strerror or error}", BAD_COMMAND)
    for sentence in edit.sentences:
        _say(sentence + ".")
    if dry_run and edit.change is not None:
        sys.stderr.write(f"dtrack: --dry-run: nothing was written; it would go to {', '.join(edit.change.files)}\n")


def _planned(folder: Path | None, plan: Callable[[Workspace], Edit]) -> tuple[Workspace, Edit]:
    from dtrack.edits.lines import NotDone

    try:
        held = opt.load(folder)
        return held, plan(held)
    except Refused as refused:
        tell(refused.findings, sys.stderr)
        count = len(refused.findings)
        _end(f"refused: {count:,} finding{'s' * (count != 1)} against it; nothing was written", REFUSED)
    except NotDone as error:
        _end(f"refused: {error}; nothing was written", REFUSED)
    except (UnknownName, ValueError) as error:
        raise typer.BadParameter(harmless(str(error))) from None


def _end(sentence: str, code: int) -> NoReturn:
    sys.stderr.write(f"dtrack: {harmless(sentence)}\n")
    raise typer.Exit(code)


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:  # bytes that the terminal's encoding does not know come in as lone surrogates
        return False
    return True


def _say(sentence: str) -> None:
    """A sentence to stdout, in letters that it can show."""
    encoding = sys.stdout.encoding or "ascii"
    text = harmless(sentence)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.replace("→", "->").encode(encoding, "replace").decode(encoding)
    sys.stdout.write(text + "\n")
