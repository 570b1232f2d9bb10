"""Shared by tests. Where a result goes, and what arrives there: files, pipes, colours, narrow and poor terminals, hostile names."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

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
