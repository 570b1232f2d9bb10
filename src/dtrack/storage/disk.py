"""The steps of writing, after which what is written stays on the disk.

Every act that changes a file or folder of a workspace passes through `step`, one by one, so that a
test can count the acts and break each of them. Nothing here knows what is written.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ParamSpec, TypeVar

from dtrack.storage.paths import Files, bytes_of, fingerprint

_P = ParamSpec("_P")
_T = TypeVar("_T")
# of a folder, on file systems that have none
_NO_FSYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)


def step(act: Callable[_P, _T], *given: _P.args, **options: _P.kwargs) -> _T:
    """One act of writing, done."""
    return act(*given, **options)


def write(file: Path, raw: bytes, *, mode: int | None = None) -> None:
    """The bytes in a new file, on the disk when this returns; fails where a link is."""
    with step(file.open, "xb") as stream:
        step(stream.write, raw)
        step(stream.flush)
        step(os.fsync, stream.fileno())
    if mode is not None:
        step(file.chmod, mode)


def settle(folder: Path) -> None:
    """Bring changes of the folder's names to the disk, where the platform can do that."""
    # a folder cannot be opened there; NTFS writes names down in its own journal
    if os.name == "nt":
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
            _clear_deep(entry)
        else:
            step(entry.unlink)
    step(folder.rmdir)


def _clear_deep(folder: Path) -> None:
    try:
        step(shutil.rmtree, folder)
    except RecursionError:  # nothing of dtrack's lies a thousand folders deep
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(folder)) from None


def drop_if_empty(folder: Path) -> None:
    """A folder that holds nothing any more is taken away."""
    with suppress(OSError):
        step(folder.rmdir)


def standing(folder: Path, name: str) -> str:
    """The fingerprint of the file of that name in the folder, "" where there is none."""
    try:
        return fingerprint(Files(folder).read(name))
    except (FileNotFoundError, NotADirectoryError):
        return ""


def is_plain(file: Path) -> bool:
    """There is a regular file, no link to one, and it has no other name elsewhere."""
    return is_regular(file) and file.lstat().st_nlink <= 1


def is_regular(file: Path) -> bool:
    """There is a regular file, no link to one; it may have other names elsewhere."""
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False


def plain_bytes(file: Path, most: int) -> bytes:
    """The bytes of a file that should be small and plain.

    Raises OSError where it is not, before it is opened.
    """
    if not is_plain(file):
        fault = errno.EINVAL if os.path.lexists(file) else errno.ENOENT
        raise OSError(fault, os.strerror(fault), str(file))
    return bytes_of(file, most)
