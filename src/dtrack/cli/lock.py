"""One writer at a time: in comes a workspace folder, out goes its `.dtrack` folder while this process alone may write.

The kernel holds the lock, so it is free as soon as its holder dies, however it dies. A small file beside it says who
the holder is; one that is left although the lock is free tells of a dtrack that was interrupted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from dtrack.cli import disk
from dtrack.errors import NotWritten
from dtrack.schema import OWN_FOLDER

HOME, HOLDER = OWN_FOLDER, "holder.json"
_IGNORED = b"*\n"


class Busy(NotWritten):
    """Another process writes to the workspace."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes, or wrote: the number of the process, its machine, what it does (import, undo)."""

    process: int = 0
    host: str = ""
    doing: str = ""

    @property
    def named(self) -> str:
        """In brackets, as far as it is known: (process 1234, import)."""
        there = f"on {self.host}, " if self.host and self.host != _this_machine() else ""
        return f" (process {self.process}, {there}{self.doing})" if self.process else ""

    @property
    def deed(self) -> str:
        """What it did, with its process: an import by process 1234."""
        article = "an" if self.doing[:1] in "aeiou" else "a"
        return f"{article} {self.doing} by process {self.process}" if self.process and self.doing else "a change by another dtrack"


def this_process(doing: str) -> Holder:
    """The holder that this process is."""
    return Holder(os.getpid(), _this_machine(), doing)


def _this_machine() -> str:
    import platform  # slow to load, and only a writer needs it

    return platform.node()


def told(holder: Holder) -> bytes:
    """The holder as it is written down."""
    return json.dumps(asdict(holder)).encode()


def holder_in(data: object) -> Holder:
    """The holder that a JSON value tells of; whatever it does not tell is left out."""
    given = data if isinstance(data, dict) else {}
    known = {"process": int, "host": str, "doing": str}
    return Holder(**{name: given[name] for name, kind in known.items() if isinstance(given.get(name), kind)})


def read_holder(home: Path) -> Holder:
    """The holder written down in `.dtrack`; a nameless one where that cannot be read."""
    try:
        return holder_in(json.loads((home / HOLDER).read_bytes()))
    except (OSError, ValueError):
        return Holder()


@contextmanager
def taken(folder: Path) -> Iterator[Path]:
    """The workspace's `.dtrack`, with the lock of the one writer. Raises NotWritten while another has it, and OSError."""
    from filelock import FileLock, Timeout

    home = folder / HOME
    if home.is_symlink():
        raise NotWritten(f"{HOME} is a link; dtrack writes within the workspace only; nothing was written")
    if not home.is_dir():
        disk.step(home.mkdir, exist_ok=True)
    lock = FileLock(home / "lock")
    try:
        disk.step(lock.acquire, blocking=False)
        if not _is_ignored(home / ".gitignore"):
            disk.write(home / ".gitignore", _IGNORED, over=True)
        yield home
    except Timeout:
        who = read_holder(home).named
        raise Busy(
            f"another dtrack{who} is writing to this workspace; nothing was written. Run it again when it is done."
        ) from None
    except NotImplementedError as error:
        raise NotWritten(f"this disk has no locks ({error}), so nothing was written; copy the workspace to another") from None
    finally:
        with suppress(OSError):
            lock.release()


def _is_ignored(file: Path) -> bool:
    try:
        return file.read_bytes() == _IGNORED
    except OSError:
        return False
