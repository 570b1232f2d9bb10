"""The reader's pager: when there is one, what it gets, and that nothing it does changes what the command says at its end.

Everything here runs on a terminal of its own (a pty); a pager is a script that writes down what it got.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from support.terminals import typed_at_a_terminal

LONG = ["report", "H1-2024", "--all", "--workspace", "examples/symposium"]
FIRST = "Digital economy of Beijing"
KEEPS = """
import os, pathlib, sys
text = sys.stdin.buffer.read()
told = os.environ.get("LESS", "-").encode()
pathlib.Path(sys.argv[1]).write_bytes(told + b"\\n" + text)
"""
QUITS = "import sys; sys.stdin.buffer.readline()"
STAYS = """
import signal, sys
signal.signal(signal.SIGINT, lambda *_: print("interrupted", flush=True))
print("ready", flush=True)
line = open("/dev/tty").readline()
sys.stdin.buffer.read()
print("read to the end", flush=True)
"""


def script(folder: Path, text: str) -> str:
    """The words that start a pager which does that."""
    file = folder / "pager.py"
    file.write_text(text, encoding="utf-8")
    return f"{sys.executable} {file}"


def kept(folder: Path, command: list[str], **variables: str) -> tuple[str | None, str, int]:
    """What the pager got (None: it was not started), what the terminal showed, and the exit code."""
    got = folder / "got.txt"
    pager = f"{script(folder, KEEPS)} {got}"
    variables = {"DTRACK_PAGER": pager} | variables
    shown, code = typed_at_a_terminal(
        command, **{n: v.replace("PAGER_HERE", pager) for n, v in variables.items()}
    )
    return (got.read_text(encoding="utf-8") if got.exists() else None), shown, code


def test_what_is_longer_than_the_screen_goes_to_the_pager_in_colour_and_whole(tmp_path):
    got, shown, code = kept(tmp_path, LONG)
    plain, _ = typed_at_a_terminal([*LONG, "--no-pager"])
    assert code == 0
    assert got.startswith("FRX\n")
    assert "\x1b[" in got
    assert FIRST not in shown
    assert got.removeprefix("FRX\n") in plain  # stderr stands below it


@pytest.mark.parametrize("more", [["-f", "csv"], ["-f", "md"]])
def test_other_texts_are_paged_on_a_terminal_too(tmp_path, more):
    got, _, code = kept(tmp_path, [*LONG, *more])
    assert code == 0
    assert got.count("\n") > 24


def test_what_fits_is_printed(tmp_path):
    got, shown, _ = kept(tmp_path, ["check", "--explain", "scale-slip"])
    assert got is None
    assert "scale-slip" in shown


def test_pager_is_the_second_choice(tmp_path):
    assert kept(tmp_path, LONG, DTRACK_PAGER="cat", PAGER="PAGER_HERE")[0] is None


@pytest.mark.parametrize(
    "variables",
    [
        {"TERM": "dumb"},
        {"TERM": ""},
        {"CI": "true"},
        {"DTRACK_PAGER": ""},
        {"DTRACK_PAGER": "cat"},
        {"DTRACK_PAGER": '"unfinished'},
        {"DTRACK_PAGER": "/no/such/pager"},
        {"DTRACK_PAGER": "env no-such-pager-anywhere"},
    ],
    ids=str,
)
def test_where_no_pager_can_be_used_all_is_printed(tmp_path, variables):
    got, shown, code = kept(tmp_path, LONG, **variables)
    assert got is None
    assert code == 0
    assert shown.count(FIRST) >= 1
    assert "Traceback" not in shown


def test_less_is_used_where_it_is_installed_and_nothing_else(tmp_path, monkeypatch):
    from dtrack.cli import pager

    monkeypatch.setenv("TERM", "xterm")
    for name in ("PAGER", "DTRACK_PAGER", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pager._pager() == []
    less = tmp_path / "less"
    less.write_text("#!/bin/sh\n", encoding="utf-8")
    less.chmod(0o755)
    assert pager._pager() == [str(less), "-R"]
    monkeypatch.setenv("PAGER", "more")
    assert pager._pager() == []
    less.rename(tmp_path / "more")
    assert pager._pager() == [str(tmp_path / "more")]
    monkeypatch.setenv("CI", "false")
    monkeypatch.setenv("DTRACK_PAGER", "more -S 'a b'")
    assert pager._pager() == [str(tmp_path / "more"), "-S", "a b"]


@pytest.mark.parametrize("variables", [{}, {"PAGER": "less"}, {"DTRACK_PAGER": "less -S"}], ids=str)
def test_a_program_in_the_folder_one_is_in_is_no_pager(tmp_path, monkeypatch, variables):
    """A workspace may come from anybody, and PATH may begin here; Windows looks here before it."""
    from dtrack.cli import pager

    for name in ("PAGER", "DTRACK_PAGER", "CI"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm", "PATH": ".", **variables}.items():
        monkeypatch.setenv(name, value)
    less = tmp_path / "less"
    less.write_text("#!/bin/sh\n", encoding="utf-8")
    less.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    assert pager._pager() == []


def test_what_somebody_tells_less_stays(tmp_path):
    got, _, _ = kept(tmp_path, LONG, LESS="-iM")
    assert got.startswith("-iM\n")


@pytest.mark.parametrize(("more", "code"), [([], 0), (["--fail-on", "missed"], 4)])
def test_the_exit_code_is_the_commands_when_the_reader_quits(tmp_path, more, code):
    shown, ended = typed_at_a_terminal([*LONG, *more], DTRACK_PAGER=script(tmp_path, QUITS))
    assert ended == code
    assert "Traceback" not in shown
    assert "dtrack: cannot write" not in shown


def test_ctrl_c_is_the_pagers_while_it_is_there(tmp_path):
    shown, code = typed_at_a_terminal(
        LONG,
        [("ready", b"\x03"), ("interrupted", b"\n")],
        DTRACK_PAGER=script(tmp_path, STAYS),
    )
    assert "read to the end" in shown
    assert code == 0


def test_a_pager_that_ctrl_c_ends_leaves_the_commands_code(tmp_path):
    ends = "print('ready', flush=True); import time; time.sleep(60)"
    _, code = typed_at_a_terminal(
        [*LONG, "--fail-on", "missed"],
        [("ready", b"\x03")],
        DTRACK_PAGER=script(tmp_path, ends),
    )
    assert code == 4


def test_findings_stand_below_what_was_read(tmp_path, symposium):
    (symposium / "data/actuals/odd.csv").write_text(
        "area,indicator,period,value,status,published,source,note\n"
        "haidian,digital_va_growth,H1-2019,7.0,final,2019-08-01,no-such-source,\n",
        encoding="utf-8",
    )
    got, shown, code = kept(tmp_path, ["report", "H1-2024", "--workspace", str(symposium)])
    assert code == 0
    assert "no-such-source" in shown
    assert "no-such-source" not in got


def test_a_preview_that_is_followed_by_a_question_is_not_paged(tmp_path, symposium):
    sent = tmp_path / "sent.csv"
    rows = "".join(f"{name},5.{i}\n" for i, name in enumerate(["海淀区", "顺义区"] * 20))
    sent.write_text("area,digital_va_growth\n" + rows, encoding="utf-8")
    got, shown, _ = kept(
        tmp_path,
        [
            *("import", str(sent), "--half", "H1-2024", "--published", "2024-08-30"),
            *("--source", "x", "--title", "X", "--dry-run", "--workspace", str(symposium)),
        ],
    )
    assert got is None
    assert shown


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")
def test_less_itself():
    variables = {"DTRACK_PAGER": "less"}
    shown, code = typed_at_a_terminal(LONG, [(FIRST, b"q")], **variables)
    assert code == 0
    assert FIRST in shown
    fits, code = typed_at_a_terminal(LONG, lines=500, **variables)
    assert code == 0
    assert FIRST in fits
