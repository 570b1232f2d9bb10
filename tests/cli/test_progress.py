"""A bar on stderr for whoever waits: only on a terminal, only after its time, and gone when something is said."""

from __future__ import annotations

import io
import sys

import pytest

from dtrack.cli.progress import Waiting


class Screen(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")


def shown(waiting: Waiting) -> None:
    """Until the bar has been drawn."""
    assert waiting.timer is not None
    waiting.timer.join()


def test_it_names_what_is_being_done_and_how_long_and_is_taken_away():
    waiting = Waiting(screen := Screen(), after=0)
    waiting.doing("Reading the workspace")
    shown(waiting)
    assert "Reading the workspace" in screen.getvalue()
    assert "0:00:0" in screen.getvalue()
    waiting.doing("Writing report.xlsx [/]")
    waiting.over()
    assert "Writing report.xlsx [/]" in screen.getvalue()
    assert screen.getvalue().endswith(("\x1b[2K", "\x1b[?25h"))  # the line erased, the cursor back
    assert (waiting.bar, waiting.timer) == (None, None)


def test_stdout_is_the_same_while_it_moves():
    """Rich's stand-in has no encoding: a command that was slow chose ASCII signs for its table (x missed for ✗ missed)."""
    waiting, before = Waiting(Screen(), after=0), (sys.stdout, sys.stderr)
    waiting.doing("Working it out")
    shown(waiting)
    assert (sys.stdout, sys.stderr) == before
    waiting.over()


def test_the_name_of_a_file_gives_the_terminal_no_orders():
    waiting = Waiting(screen := Screen(), after=0)
    waiting.doing("Reading a\x1b]0;title\x07.xlsx")
    shown(waiting)
    waiting.over()
    assert "Reading a␛]0;title␇.xlsx" in screen.getvalue()


def test_what_is_quick_shows_nothing():
    waiting = Waiting(screen := Screen(), after=600)
    waiting.doing("Reading the workspace")
    waiting.over()
    assert screen.getvalue() == ""


@pytest.mark.parametrize(("stream", "term"), [(io.StringIO(), "xterm"), (Screen(), "dumb")])
def test_a_pipe_or_a_dumb_terminal_shows_nothing(monkeypatch, stream, term):
    monkeypatch.setenv("TERM", term)
    waiting = Waiting(stream, after=0)
    waiting.doing("Reading the workspace")
    assert waiting.timer is None
    waiting.over()
    assert stream.getvalue() == ""


def test_after_something_was_said_the_next_stage_may_show_again():
    waiting = Waiting(screen := Screen(), after=0)
    waiting.doing("Reading")
    waiting.over()
    waiting.doing("Writing")
    shown(waiting)
    waiting.over()
    assert "Writing" in screen.getvalue()
