"""One writer at a time: the `.dtrack` folder of a workspace while this process alone may write.

The kernel holds the lock, so it is free as soon as its holder dies, however it dies. A small file
beside it says who the holder is; one that is left although the lock is free tells of a dtrack that
was interrupted.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from dtrack.core.findings import WriteFailed
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.places import OWN_FOLDER
from dtrack.core.translate import N_
from dtrack.i18n.system_messages import reason
from dtrack.storage import disk

HOME, HOLDER, PLAN, STAGE = OWN_FOLDER, "holder.json", "plan.json", "stage"
_LOCK, _IGNORE, _IGNORED = "lock", ".gitignore", b"*\n"
_MOST = 10_000  # bytes of a holder
# a reader that looks whether somebody writes has the lock for less than a millisecond
_TRIES, _PAUSE = 3, 0.02  # seconds
_NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP)  # of a disk that has none
_DEEDS = {  # what is written down, and how it is told
    "import": N_("import"),
    "undo": N_("undo"),
    "add": N_("add"),
    "targets set": N_("targets set"),
    "targets import": N_("targets import"),
    "sources add": N_("sources add"),
    "init": N_("init"),
    "edit": N_("edit"),
}


class Busy(WriteFailed):
    """Another process writes to the workspace."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes, or wrote: the number of the process, its machine, what it does (import, undo)."""

    process: int = 0
    host: str = ""
    doing: str = ""

    @property
    def named(self) -> Message | str:
        """In brackets, as far as it is known: (process 1234, import)."""
        if not self.process:
            return ""
        if self.host and self.host != _this_machine():
            return _(
                " (process {process}, on {host}, {deed})",
                process=self.process,
                host=self.host,
                deed=self.word,
            )
        return _(" (process {process}, {deed})", process=self.process, deed=self.word)

    @property
    def word(self) -> Message | str:
        """What it does, in the language spoken; what dtrack does not do, as it is written."""
        return _(_DEEDS[self.doing]) if self.doing in _DEEDS else self.doing

    @property
    def deed(self) -> Message:
        """What it did, with its process: an import by process 1234."""
        if not self.process or not self.doing:
            return _("a change by another dtrack")
        if self.doing[:1] in "aeiou":
            return _("an {deed} by process {process}", deed=self.word, process=self.process)
        return _("a {deed} by process {process}", deed=self.word, process=self.process)


def this_process(doing: str) -> Holder:
    """The holder that this process is."""
    return Holder(os.getpid(), _this_machine(), doing)


def _this_machine() -> str:
    import platform  # slow to load, and only a writer needs it

    return platform.node()


def holder_bytes(holder: Holder) -> bytes:
    """The holder as it is written down."""
    return json.dumps(asdict(holder)).encode()


def holder_in(data: object) -> Holder:
    """The holder that a JSON value tells of; whatever it does not tell is left out."""
    given = data if isinstance(data, dict) else {}
    known = {"process": int, "host": str, "doing": str}
    return Holder(
        **{name: given[name] for name, kind in known.items() if type(given.get(name)) is kind}
    )


def read_holder(home: Path) -> Holder:
    """The holder written down in `.dtrack`; a nameless one where that cannot be read."""
    try:
        return holder_in(json.loads(disk.plain_bytes(home / HOLDER, _MOST)))
    except (OSError, ValueError, RecursionError):
        return Holder()


def not_own(home: Path) -> Message | None:
    """The sentence for what stands in the place of `.dtrack` or of a file in it, else None.

    What somebody sent may hold a link there, a second name of a file elsewhere, or a pipe. After
    `cp -al` all files have one; what is replaced or taken away before it is written may.
    """
    kinds: dict[Path, Callable[[Path], bool]] = {home: _is_own_folder, home / STAGE: _is_own_folder}
    kinds |= {home / name: disk.is_regular for name in (_LOCK, _IGNORE, HOLDER)}
    kinds[home / PLAN] = disk.is_plain
    strange = next(
        (path for path, is_own in kinds.items() if os.path.lexists(path) and not is_own(path)), None
    )
    if strange is None:
        return None
    name = strange.relative_to(home.parent).as_posix()
    if strange.name == PLAN and disk.is_regular(strange):
        return _("{file} is hard-linked elsewhere; replace it by a copy", file=name)
    return _(
        "{file} is a link or not a file of dtrack; dtrack writes within the workspace only",
        file=name,
    )


def _is_own_folder(folder: Path) -> bool:
    """A folder that is none of the links that any system knows."""
    return (
        folder.is_dir()
        and Path(os.path.realpath(folder)) == Path(os.path.realpath(folder.parent)) / folder.name
    )


def is_held(home: Path) -> bool:
    """Somebody has the lock just now.

    To ask does not change a byte: no lock is made, and none is taken for longer.
    """
    try:
        handle = os.open(home / _LOCK, os.O_RDONLY)
    except OSError:
        return False
    try:
        _look(handle)
    except OSError as error:
        return error.errno not in _NO_LOCKS
    finally:
        os.close(handle)
    return False


def _look(handle: int) -> None:
    """Raises OSError where another has the lock of the open file."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)


@contextmanager
def taken(folder: Path) -> Iterator[Path]:
    """The workspace's `.dtrack`, with the lock of the one writer.

    Raises WriteFailed while another has it, and OSError.
    """
    home = folder / HOME
    _insist(home)
    # until that is written, nobody knows whether the folder itself is on the disk
    if not _is_ignored(home):
        disk.step(home.mkdir, exist_ok=True)
        disk.settle(folder)
    release = _acquired(home)
    try:
        _insist(home)
        if not _is_ignored(home):
            if os.path.lexists(home / _IGNORE):  # torn, or a person's
                disk.step((home / _IGNORE).unlink)
            disk.write(home / _IGNORE, _IGNORED)
        yield home
    finally:
        with suppress(OSError):
            release()


def _insist(home: Path) -> None:
    if fault := not_own(home):
        raise WriteFailed(_("{fault}; nothing was written", fault=fault))


def _is_ignored(home: Path) -> bool:
    try:
        return disk.plain_bytes(home / _IGNORE, len(_IGNORED)) == _IGNORED
    except OSError:
        return False


def _acquired(home: Path) -> Callable[[], None]:
    """Take the lock; return what gives it back.

    Raises Busy, WriteFailed where the disk has no locks of the kernel, OSError. Where it has
    none filelock makes a file do instead, which outlives its writer, and says so by a warning:
    not here.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            return _of_filelock(home)
    except (NotImplementedError, UserWarning):
        raise _no_locks(OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))) from None
    except OSError as error:
        if error.errno in _NO_LOCKS:
            raise _no_locks(error) from None
        raise


def _of_filelock(home: Path) -> Callable[[], None]:
    from filelock import FileLock, Timeout

    _unshare(home / _LOCK)
    lock = FileLock(home / _LOCK)
    try:
        for more in reversed(range(_TRIES)):
            try:
                disk.step(lock.acquire, blocking=False)
                break
            except Timeout:
                if not more:
                    raise _busy(home) from None
                time.sleep(_PAUSE)
    except BaseException:  # Ctrl-C, right after it was taken
        lock.release()
        raise
    return lock.release


def _busy(home: Path) -> Busy:
    sentence = _(
        "another dtrack{who} is writing to this workspace; nothing was written. Run the "
        "command again later.",
        who=read_holder(home).named,
    )
    return Busy(sentence)


def _unshare(lock: Path) -> None:
    """A lock that has other names, as after `cp -al`, becomes a file of this folder alone.

    Raises Busy while somebody holds it, who may be writing here, and OSError.
    """
    if not disk.is_regular(lock) or disk.is_plain(lock):
        return
    if sys.platform == "win32":  # an open file cannot be replaced there
        disk.step(lock.unlink)
        return
    import fcntl

    handle = os.open(lock, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # whoever was quicker has replaced it
        if os.path.samestat(os.fstat(handle), lock.lstat()):
            beside = lock.with_name(f"{lock.name}.{os.getpid()}")
            beside.unlink(missing_ok=True)  # of one that was killed right here
            disk.write(beside, b"")
            disk.step(os.replace, beside, lock)
    except BlockingIOError:
        raise _busy(lock.parent) from None
    finally:
        os.close(handle)


def _no_locks(error: OSError) -> WriteFailed:
    sentence = _(
        "this disk does not support file locks ({fault}); nothing was written. Copy the "
        "workspace to another disk.",
        fault=reason(error),
    )
    return WriteFailed(sentence)
