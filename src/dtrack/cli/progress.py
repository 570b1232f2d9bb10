"""What a person sees who waits.

A bar on stderr once a command has taken longer than a second, gone before it says anything.

Nothing is drawn in a pipe, on a dumb terminal, or by a command
that is quicker. The cursor stays in sight, so that a command that is killed leaves a terminal that
can be used.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from dtrack.core.sanitize import harmless

if TYPE_CHECKING:
    from threading import Timer

    from rich.progress import Progress

AFTER = 1.0  # seconds


class Waiting:
    """One bar for the whole command.

    `doing` names the stage; `over` takes the bar away until the next stage.
    """

    def __init__(self, stream: TextIO | None = None, after: float = AFTER) -> None:
        self.stream, self.after = stream, after
        self.stage = ""
        self.timer: Timer | None = None
        self.bar: Progress | None = None

    def doing(self, stage: str) -> None:
        """From now on the command does this; whoever waits longer than a second is told."""
        self.stage = stage = harmless(stage)  # it may name a file that somebody sent
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], description=stage)
        elif self.timer is None and _seen(self.stream or sys.stderr):
            from threading import Timer

            self.timer = Timer(self.after, self._show)
            self.timer.daemon = True
            self.timer.start()

    def over(self) -> None:
        """Something is about to be said, or the command ends."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer.join()  # it may be drawing just now
            self.timer = None
        if self.bar is not None:
            self.bar.stop()
            self.bar = None

    def _show(self) -> None:
        """Draw the bar; runs beside the command, so that it moves while that works."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        class InSight(Console):
            """A console that never hides the cursor: who is killed cannot bring it back."""

            def show_cursor(self, show: bool = True) -> bool:
                return show

        console = InSight(file=self.stream or sys.stderr, force_terminal=True)
        parts = (
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            TimeElapsedColumn(),
        )
        # stdout stays what it is: Rich's stand-in for it has no encoding, so that a command that
        # was slow would show what an ASCII terminal can
        bar = Progress(
            *parts, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        bar.add_task(self.stage, total=None)
        with suppress(OSError, ValueError):  # nobody looks at a stream that is closed
            bar.start()
            self.bar = bar


def _seen(stream: TextIO) -> bool:
    """The stream is a terminal that can take a line back."""
    return stream.isatty() and os.environ.get("TERM", "").lower() not in ("dumb", "unknown")


waiting = Waiting()  # of this process, which runs one command
