"""The steps of writing: in come paths and bytes, out goes what stands on the disk and stays there.

Every act that changes a file or folder of a workspace passes through `step`, one by one, so that a test can count the
acts and break each of them. Nothing here knows what is written.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ParamSpec, TypeVar

from dtrack.change import fingerprint

_P = ParamSpec("_P")
_T = TypeVar("_T")
_NO_FSYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)  # of a folder, on file systems that have none


def step(act: Callable[_P, _T], *given: _P.args, **options: _P.kwargs) -> _T:
    """One act of writing, done."""
    return act(*given, **options)


def write(file: Path, raw: bytes, *, over: bool = False, mode: int | None = None) -> None:
    """The bytes in a file that was not there (or `over` the one that was), on the disk when this returns."""
    with step(file.open, "wb" if over else "xb") as stream:
        step(stream.write, raw)
        step(stream.flush)
        step(os.fsync, stream.fileno())
    if mode is not None:
        step(file.chmod, mode)


def settle(folder: Path) -> None:
    """What was renamed in, put into or taken out of the folder is on the disk, where the platform can say so."""
    if os.name == "nt":  # a folder cannot be opened there; NTFS writes names down in its own journal
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        step(os.fsync, handle)
    except OSError as error:
        if error.errno not in _NO_FSYNC:
            raise
    finally:
        os.close(handle)


def make_folders(folder: Path) -> None:
    """The folder and those above it, each settled in its parent."""
    if not folder.is_dir():
        make_folders(folder.parent)
        step(folder.mkdir, exist_ok=True)
        settle(folder.parent)


def clear(folder: Path) -> None:
    """The folder and all that is in it is gone. A link is taken away, not what it leads to."""
    if folder.is_symlink() or folder.is_file():
        step(folder.unlink)
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            step(shutil.rmtree, entry)
        else:
            step(entry.unlink)
    step(folder.rmdir)


def drop_if_empty(folder: Path) -> None:
    """A folder that holds nothing any more is taken away."""
    with suppress(OSError):
        step(folder.rmdir)


def standing(file: Path) -> str:
    """The fingerprint of the file's bytes as they stand, "" where there is no such file."""
    try:
        return fingerprint(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return ""
