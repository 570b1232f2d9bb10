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
from dtrack.tongue import marked, say

HOME, HOLDER = OWN_FOLDER, "holder.json"
_IGNORED = b"*\n"
_DEEDS = {  # what is written down, and how it is told
    "import": marked("import"),
    "undo": marked("undo"),
    "add": marked("add"),
    "targets set": marked("targets set"),
    "targets import": marked("targets import"),
    "sources add": marked("sources add"),
}


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
        if not self.process:
            return ""
        if self.host and self.host != _this_machine():
            return say(" (process {process}, on {host}, {deed})", process=self.process, host=self.host, deed=self.word)
        return say(" (process {process}, {deed})", process=self.process, deed=self.word)

    @property
    def word(self) -> str:
        """What it does, in the language spoken."""
        return say(_DEEDS.get(self.doing, self.doing))

    @property
    def deed(self) -> str:
        """What it did, with its process: an import by process 1234."""
        if not self.process or not self.doing:
            return say("a change by another dtrack")
        if self.doing[:1] in "aeiou":
            return say("an {deed} by process {process}", deed=self.word, process=self.process)
        return say("a {deed} by process {process}", deed=self.word, process=self.process)


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
        raise NotWritten(say("{folder} is a link; dtrack writes within the workspace only; nothing was written", folder=HOME))
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
        told = say("another dtrack{who} is writing to this workspace; nothing was written. Run it again when it is done.", who=who)
        raise Busy(told) from None
    except NotImplementedError as error:
        told = say("this disk has no locks ({fault}), so nothing was written; copy the workspace to another", fault=error)
        raise NotWritten(told) from None
    finally:
        with suppress(OSError):
            lock.release()


def _is_ignored(file: Path) -> bool:
    try:
        return file.read_bytes() == _IGNORED
    except OSError:
        return False
