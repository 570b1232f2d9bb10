"""The files of a workspace on the disk, some replaced by bytes that are not written yet.

What an import would bring is read through here as if it were there, so that it passes the same
readers and the same checks before a byte is written.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import lazy_counted
from dtrack.core.message import lazy_gettext as _
from dtrack.core.places import TARGETS_FILE

UNREADABLE = "unreadable"  # stands for the fingerprint of a file that is there and cannot be read
# of one file: ten times a million rows, and still less than a computer's memory
MOST_BYTES = 2_000_000_000
# how the names of files begin that systems hide: ._x.csv is what macOS leaves of x.csv on a share
HIDDEN = (".", "~$")
_FLAGS = ("O_NONBLOCK", "O_NOCTTY", "O_BINARY")  # as far as a system has them


def fingerprint(raw: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    from hashlib import sha256  # loads OpenSSL, and every command imports this module

    return sha256(raw).hexdigest()


def bytes_of(file: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file.

    Raises OSError for a folder, a pipe or a device, whose end nobody knows, and for more than
    `most`. What it is is asked of the open file, so that nothing else can be put in its place,
    and opening waits for nobody.
    """
    with open(file, "rb", opener=_at_once) as stream:
        state = os.fstat(stream.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise OSError(errno.EINVAL, _("it is a pipe or a device, not a file"))
        # None: /proc has files that wait for what comes
        if state.st_size > most or len(raw := stream.read() or b"") > most:
            raise OSError(
                errno.EFBIG, _("the file has more than {most} bytes", most=lazy_counted(most))
            )
        return raw


def _at_once(name: str, _: int) -> int:
    return os.open(name, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in _FLAGS))


def is_figures(path: PurePosixPath) -> bool:
    """A CSV whose name is none of those that systems hide."""
    return path.suffix.lower() == ".csv" and not path.name.startswith(HIDDEN)


def is_left_behind(path: PurePosixPath) -> bool:
    """What systems and office programs leave beside files, which nobody meant to be figures.

    A hidden CSV may be.
    """
    named = path.name.casefold() in ("thumbs.db", "desktop.ini")
    return (
        named
        or path.name.startswith(("._", "~$"))
        or (path.suffix.lower() != ".csv" and path.name.startswith((".", "~")))
    )


@dataclass(frozen=True, slots=True)
class Files:
    """A workspace folder.

    `instead`: relative name → bytes that stand for that file, whether it is there or not.
    `seen`: where the fingerprint of every file is kept that is read from the disk, "" where there
    is none; None: no fingerprint is taken, which saves time.
    """

    folder: Path
    instead: Mapping[str, bytes] = field(default_factory=dict)
    seen: dict[str, str] | None = None

    def read(self, name: str) -> bytes:
        """The bytes of a file, named relative to the folder. Raises OSError as reading does."""
        given = self.instead.get(name)
        if given is not None:
            return given
        if self.seen is None:
            return bytes_of(self.folder / name)
        self.seen[name] = UNREADABLE
        try:
            raw = bytes_of(self.folder / name)
        except (FileNotFoundError, NotADirectoryError):
            self.seen[name] = ""
            raise
        self.seen[name] = fingerprint(raw)
        return raw

    def listed(self, home: str) -> list[str]:
        """Relative names of what a folder holds, sorted; none where it cannot be read."""
        place = self.folder / home
        try:
            there = {f"{home}/{path.name}" for path in place.iterdir()} if place.is_dir() else set()
        except OSError:  # a folder that may not be looked into
            there = set()
        return sorted(there | {name for name in self.instead if name.rpartition("/")[0] == home})


def find(given: str | Path | None, variable: str | None, here: Path) -> Path:
    """The workspace folder.

    The one given, else the variable's, else the nearest upward with a targets.toml. Raises
    BlockedByFindings where there is none.
    """
    named = given or variable
    if named:
        folder = Path(named)
        if folder.is_dir():
            return folder
        told = _("folder {folder} and its {file} are missing", folder=named, file=TARGETS_FILE)
        raise BlockedByFindings((Finding("file-missing", str(named), None, "", told),))
    for folder in (here, *here.parents):
        if (folder / TARGETS_FILE).is_file():
            return folder
    told = _("no {file} in {folder} or its parent folders", file=TARGETS_FILE, folder=here)
    raise BlockedByFindings((Finding("file-missing", TARGETS_FILE, None, "", told),))
