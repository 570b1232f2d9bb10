"""Bytes of a result: into a file as a whole or not at all, or to stdout."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import typer

from dtrack.cli.output import remark
from dtrack.cli.progress import waiting
from dtrack.core.findings import BAD_COMMAND
from dtrack.core.places import OWN_FOLDER, TARGETS_FILE
from dtrack.core.translate import _
from dtrack.i18n.system_messages import reason


def put_bytes(data: bytes, file: Path | None) -> None:
    """To stdout, or to the file: written beside it and renamed, so never half a file."""
    waiting.over()
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    named, file = file, Path(os.path.realpath(file))  # a link is followed, not replaced
    if _leads_out(named, file):
        remark(
            _(
                "dtrack: {file} is a link to a place outside the workspace; nothing was written",
                file=named.name,
            )
        )
        raise typer.Exit(BAD_COMMAND)
    # /dev/stdout leads to a pipe, which has no path
    if named.exists() and not named.is_file() and not named.is_dir():
        file = named
    if _is_input(file):
        remark(
            _(
                "dtrack: {file} is part of a workspace; results never overwrite input files",
                file=file.name,
            )
        )
        raise typer.Exit(BAD_COMMAND)
    try:
        _write(data, file)
    except BrokenPipeError:  # a reader that has gone, as of stdout
        return
    except OSError as error:
        remark(_("dtrack: cannot write {file}: {reason}", file=file, reason=reason(error)))
        raise typer.Exit(BAD_COMMAND) from None
    remark(_("dtrack: wrote {file}", file=file))


def _is_input(file: Path) -> bool:
    """targets.toml, or anything under data or dtrack's own folder beside one, in any case."""
    if file.name.casefold() == TARGETS_FILE:
        return True
    return any(
        p.name.casefold() in ("data", OWN_FOLDER) and (p.parent / TARGETS_FILE).exists()
        for p in file.parents
    )


def _leads_out(named: Path, file: Path) -> bool:
    """A name within a workspace that leads out of it.

    Whoever sent the workspace chose where, not whoever typed the name.
    """
    # every .. taken away as it was typed, no link followed
    here = Path(os.path.abspath(named))  # noqa: PTH100
    inside = [folder for folder in here.parents if (folder / TARGETS_FILE).exists()]
    return any(not file.is_relative_to(os.path.realpath(folder)) for folder in inside[:1])


def _write(data: bytes, file: Path) -> None:
    """Beside the file and renamed, its mode kept; straight into a pipe or /dev/null."""
    if file.exists() and not file.is_file() and not file.is_dir():
        file.write_bytes(data)
        return
    import tempfile  # slow to load, and only a file needs it

    from dtrack.storage.disk import settle

    # its own name may be as long as a name can be
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=".dtrack-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.umask(mask := os.umask(0))  # the only way to read it
        Path(beside).chmod(file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~mask)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    # it is written; that a folder one may not list cannot be settled takes nothing from it
    with suppress(OSError):
        settle(file.parent)
