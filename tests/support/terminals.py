"""Shared by tests. Where a result goes, and what arrives there: files, pipes, colours, narrow and poor terminals, hostile names."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Iterable

from support.workspaces import ROOT


def environment(**more: str) -> dict[str, str]:
    """The environment of a fresh user, with more variables set."""
    mine = (
        "COLUMNS",
        "LINES",
        "TERM",
        "NO_COLOR",
        "FORCE_COLOR",
        "PYTHONIOENCODING",
        "DTRACK_WORKSPACE",
        "CI",
        "LESS",
        "PAGER",
    )
    kept = {name: value for name, value in os.environ.items() if name not in mine}
    return kept | {"DTRACK_PAGER": "cat"} | more


def on_a_terminal(command: str, columns: int, **variables: str) -> str:
    """What dtrack shows on a terminal so many columns wide."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    words = [sys.executable, "-m", "dtrack", *command.split()]
    child = subprocess.Popen(
        words, cwd=ROOT, env=environment(**{"TERM": "xterm-256color"} | variables), stdout=theirs
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end has closed: Linux says so with an error
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert child.wait() == 0
    return shown.decode().replace("\r\n", "\n")


def _owning_the_terminal() -> None:
    """In the child: the terminal is its own, so that Ctrl-C typed there reaches it and its pager."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def typed_at_a_terminal(
    command: list[str],
    typing: Iterable[tuple[str, bytes]] = (),
    lines: int = 24,
    columns: int = 100,
    **variables: str,
) -> tuple[str, int]:
    """All that a terminal shows of dtrack, what it says on stderr too, and its exit code.

    `typing`: pairs of a text that is waited for, and the keys that are typed once it is seen.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    child = subprocess.Popen(
        [sys.executable, "-m", "dtrack", *command],
        cwd=ROOT,
        env=environment(**{"TERM": "xterm-256color"} | variables),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=_owning_the_terminal,  # noqa: PLW1509 - of one thread
    )
    os.close(theirs)
    shown, waiting = b"", list(typing)
    while True:
        if not select.select([ours], [], [], 60)[0]:
            child.kill()
            raise AssertionError(f"nothing is shown any more after {shown[-500:]!r}")
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end has closed
            break
        if not part:
            break
        shown += part
        while waiting and waiting[0][0].encode() in shown:
            os.write(ours, waiting.pop(0)[1])
    os.close(ours)
    return shown.decode(errors="replace").replace("\r\n", "\n"), child.wait()
