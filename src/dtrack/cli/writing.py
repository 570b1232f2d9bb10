"""What the commands that write have in common.

An edit is told, written as a whole or not at all, and refused in words.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dtrack.cli import options as opt
from dtrack.cli.output import announce, answer, tell
from dtrack.cli.streams import deeds
from dtrack.core.findings import REFUSED, BlockedByFindings, UnknownName
from dtrack.core.translate import _, enumerated, ngettext

if TYPE_CHECKING:
    from dtrack.editing.review import ProposedEdit
    from dtrack.storage.changeset import Change
    from dtrack.workspace import Workspace

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")
]
TEXTS = {"ignore_unknown_options": True}  # so that -1.2 is a value and no option


def carried_out(
    deed: str, folder: Path | None, plan: Callable[[Workspace], ProposedEdit], *, dry_run: bool
) -> None:
    """Plan the edit on the workspace, tell it, and write it.

    `deed` is what others are told who would write meanwhile. Exit 2 where the words are wrong,
    3 where the input refuses it or it cannot be written; then nothing is written.
    """
    dataset, edit = _planned(folder, plan, to_write=not dry_run)
    tell(edit.told, sys.stderr)
    if edit.change is not None and not dry_run:
        write_change(dataset.folder, edit.change, deed)
    for sentence in edit.sentences:
        answer(_("{sentence}.", sentence=sentence))
    if dry_run and edit.change is not None:
        files = enumerated(edit.change.files)
        announce(_("--dry-run: nothing was written; files to be changed: {files}", files=files))


def write_change(folder: Path, change: Change, deed: str) -> None:
    """Write the change as a whole or not at all; `deed` names it for others. Raises WriteFailed."""
    from dtrack.storage import transaction  # what only a writer needs, help does not load

    transaction.apply(folder, change, deed, announce)
    deeds.any = True


def _planned(
    folder: Path | None, plan: Callable[[Workspace], ProposedEdit], *, to_write: bool
) -> tuple[Workspace, ProposedEdit]:
    from dtrack.storage.preconditions import insist_as_read

    dataset = None
    try:
        dataset = opt.load(folder, to_write=to_write, remember=True)
        return dataset, plan(dataset)
    except BlockedByFindings as refused:
        if dataset is not None:
            insist_as_read(dataset.folder, dataset.read_from)
        tell(refused.findings, sys.stderr)
        count = sum(finding.counts for finding in refused.findings)
        told = ngettext(
            "{count} error; nothing was written",
            "{count} errors; nothing was written",
            count,
        )
        _end(told, REFUSED)
    except (UnknownName, ValueError) as error:
        raise typer.BadParameter(str(error)) from None


def _end(sentence: str, code: int) -> NoReturn:
    announce(sentence)
    raise typer.Exit(code)
