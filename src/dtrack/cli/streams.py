"""stdout and stderr as a command has them.

Writing to them never raises, so that no reader stops what was agreed to.

What cannot be written is lost, and why is kept, for the exit code of a command that has ended
(`errors.ended`).
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterable
from typing import Any

# what a closed pipe says
_READER_GONE = (errno.EPIPE, errno.EINVAL) if sys.platform == "win32" else (errno.EPIPE,)


class Heard:
    """A stream that takes whatever is written to it. `buffer`: the same for bytes."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.fault: OSError | None = None
        self.buffer = Heard(stream.buffer) if hasattr(stream, "buffer") else None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    @property
    def lost(self) -> OSError | None:
        """Why it takes no more; None while it does."""
        return self.fault or (self.buffer.lost if self.buffer else None)

    def write(self, what: Any) -> int:
        """Write a text, or bytes; all of it counts as written."""
        self._attempt(self.stream.write, what)
        return len(what)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write the lines one after the other."""
        self.write("".join(lines))

    def flush(self) -> None:
        """Send off what was written."""
        self._attempt(self.stream.flush)

    def reconfigure(self, **how: Any) -> None:
        """Change how it writes letters; what was written before is sent off."""
        self._attempt(self.stream.reconfigure, **how)

    def _attempt(self, deed: Callable[..., object], *words: Any, **how: Any) -> None:
        if self.lost is None:
            try:
                deed(*words, **how)
            except OSError as error:
                self.fault = error


def listen() -> None:
    """From now on nothing stops a command that writes to stdout or stderr."""
    sys.stdout, sys.stderr = Heard(sys.stdout), Heard(sys.stderr)


def unseen() -> OSError | None:
    """Why stdout could not be written; None where it could, or its reader had seen enough."""
    sys.stdout.flush()
    lost: OSError | None = getattr(sys.stdout, "lost", None)
    return None if lost is None or lost.errno in _READER_GONE else lost


class _Deeds:
    """Whether this process has changed something on the disk, which its exit code then tells."""

    def __init__(self) -> None:
        self.any = False


deeds = _Deeds()
