"""The reader's pager, for what is longer than the screen.

`DTRACK_PAGER`, else `PAGER`, else `less` where it is installed. What is shown in it has been shown:
whenever the reader quits, the command goes on to its own exit code.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from dtrack.cli.characters import shown
from dtrack.cli.progress import waiting

_COLOUR = "\x1b\\[[0-9;]*m"
# as git has them: quit if it fits, colours, and leave on the screen what was read
_LESS = "FRX"
# what `env` and shells say of a program that cannot be started
_NOT_STARTED = (126, 127)


def page(text: str) -> bool:
    """Show the text in the pager.

    False where it fits the screen, no pager is wanted, or it cannot start: nothing is shown then.
    """
    # a bar has stdout in its hands while it moves
    waiting.over()
    words = _pager() if sys.stdout.isatty() else []
    if not words or not _is_long(text):
        return False
    import signal
    import subprocess

    sys.stdout.flush()
    data = shown(text, sys.stdout).encode(sys.stdout.encoding)
    # Ctrl-C is the pager's while it is there; ignored altogether, it would be ignored in it too
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        reader = subprocess.Popen(words, stdin=subprocess.PIPE, env=_environment())  # noqa: S603 - what the reader chose
        reader.communicate(data)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return reader.returncode not in _NOT_STARTED


def _pager() -> list[str]:
    """The words that start the pager; none where nobody can use one, or somebody wants none."""
    terminal = os.environ.get("TERM", "").lower()
    if sys.platform != "win32" and terminal in ("", "dumb", "unknown"):
        return []
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        return []
    told = os.environ.get("DTRACK_PAGER", os.environ.get("PAGER"))
    if told is None:
        # not `more`, which is all that Windows has: it shows colours as signs
        told = "less"
    import shlex  # what only a terminal needs, help does not load

    try:
        words = shlex.split(told, posix=sys.platform != "win32")
    except ValueError:  # a quotation mark without its other
        return []
    if words in ([], ["cat"]) or not (program := _installed(words[0])):
        return []
    # less shows colours as signs where somebody has set LESS without -R
    colours = ["-R"] if Path(program).stem == "less" else []
    return [program, *words[1:], *colours]


def _installed(program: str) -> str:
    """Where the program is; "" where there is none, or only the folder one is in has it.

    That may be a workspace that somebody sent, and Windows looks there first.
    """
    found = shutil.which(program) or ""
    return found if Path(found).is_absolute() or Path(program).name != program else ""


def _environment() -> dict[str, str]:
    """The environment of the pager; what less is told there stays as somebody set it."""
    ours = {"LESS": _LESS, "LV": "-c"}
    if (sys.stdout.encoding or "").lower().replace("-", "") == "utf8":
        ours["LESSCHARSET"] = "utf-8"
    return ours | os.environ


def _is_long(text: str) -> bool:
    """The text and the prompt after it need more lines than the screen has."""
    from dtrack.reporting.document import width_of

    columns, lines = shutil.get_terminal_size((80, 25))
    rows = 0
    for line in re.sub(_COLOUR, "", text).splitlines():
        rows += max(1, -(-width_of(line) // columns))
        if rows >= lines:
            return True
    return False
