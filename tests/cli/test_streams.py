"""What becomes of stdout, stderr and stdin never decides what is done: commands that write, questions, Ctrl-C.

A change that was agreed to is written whoever listens; the exit code and stderr say what was done and what was lost.
"""

from __future__ import annotations

import gc
import io
import os
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import pytest

from support.import_sessions import everything
from support.workspaces import ROOT

POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="the redirections are those of a POSIX shell"
)
FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
NO_ROOM = "dtrack: cannot write to the output: No space left on device"
DONE = f"{NO_ROOM}; the requested change was made"
OF = "--published 2024-08-30 --source returns-2024 --status illustrative"
IMPORT = f"import ../r.csv --half 2019 {OF} --yes"
WRITING = {  # command → a file that it writes, and what then stands in it
    IMPORT: ("data/actuals/2019-returns-2024.csv", "5.1"),
    f"add haidian digital_va_growth 2018 4.4 {OF}": ("data/actuals/added.csv", "4.4"),
    "sources add mayor --title Speech": ("data/sources.csv", "mayor,Speech"),
    "targets set haidian digital_va_growth 2019 5 --set 2019-01-01 --source returns-2024": (
        "targets.toml",
        "2019-01-01",
    ),
    "targets import ../t.csv --year 2018 --set 2018-01-01 --source returns-2024 --yes": (
        "targets.toml",
        "2018-01-01",
    ),
    "init new": ("new/targets.toml", "[workspace]"),
}
ARRANGED = {
    "r.csv": "area,indicator,period,value\nhaidian,digital_va_growth,2019,5.1\n",
    "t.csv": "area,digital_va_growth\nhaidian,7.5\n",
}


@pytest.fixture
def place(symposium):
    for name, text in ARRANGED.items():
        (symposium.parent / name).write_text(text, encoding="utf-8")
    return symposium


def gone() -> TextIO:
    """A pipe whose reader has gone, as that of `| head -1` has when it has seen enough."""
    reader, writer = os.pipe()
    os.close(reader)
    return open(writer, "w", encoding="utf-8")


def full() -> TextIO:
    return open("/dev/full", "w", encoding="utf-8")


@pytest.fixture
def typed(monkeypatch):
    """typed("report", at=folder, stdout=full()): the exit code and what stderr has, of the command line as a whole."""
    import dtrack.cli
    from dtrack.cli import streams
    from dtrack.core.translate import ENGLISH, speaking

    def command(
        words: str, at: Path, stdout: TextIO | None = None, stderr: TextIO | None = None
    ) -> tuple[int, str]:
        monkeypatch.chdir(at)
        monkeypatch.setattr(sys, "argv", ["dtrack", *shlex.split(words)])
        monkeypatch.setattr(streams.deeds, "any", False)
        monkeypatch.setattr(signal, "signal", lambda *_: None)
        monkeypatch.setattr(gc, "freeze", lambda: None)
        ours = [
            stream or io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
            for stream in (stdout, stderr)
        ]
        with monkeypatch.context() as patch, speaking(ENGLISH):
            patch.setattr(sys, "stdout", ours[0])
            patch.setattr(sys, "stderr", ours[1])
            with pytest.raises(SystemExit) as ended:
                dtrack.cli.main()
        told = "" if stderr else ours[1].buffer.getvalue().decode()
        for stream in ours:
            with suppress(OSError):
                stream.close()
        return int(ended.value.code or 0), told

    return command


def stands(at: Path, file: str, text: str) -> bool:
    return (at / file).exists() and text in (at / file).read_text(encoding="utf-8")


# Commands that write


@POSIX
@pytest.mark.parametrize("words", WRITING)
def test_a_reader_that_has_gone_stops_no_writing(typed, place, words):
    code, told = typed(words, place, gone())
    assert (code, "cannot write" in told) == (0, False)
    assert stands(place, *WRITING[words])


@FULL
@pytest.mark.parametrize("words", WRITING)
def test_what_is_written_is_told_to_be_where_stdout_is_full(typed, place, words):
    code, told = typed(words, place, full())
    assert (code, told.splitlines()[-1]) == (0, DONE)
    assert stands(place, *WRITING[words])


@FULL
@pytest.mark.parametrize("stdout", [full, gone, None])
@pytest.mark.parametrize("words", WRITING)
def test_nothing_that_stderr_does_stops_a_writing(typed, place, words, stdout):
    assert typed(words, place, stdout and stdout(), full())[0] == 0
    assert stands(place, *WRITING[words])


@FULL
def test_an_undo_is_done_whatever_becomes_of_the_streams(typed, place):
    before = everything(place)
    assert typed(IMPORT, place)[0] == 0
    assert everything(place) != before
    assert typed("import --undo --yes", place, full(), full())[0] == 0
    assert everything(place) == before


@FULL
@pytest.mark.parametrize(
    ("words", "value", "code"),
    [
        (f"{IMPORT} --dry-run", "5.1", 2),
        (IMPORT.replace("--yes", ""), "5.1", 2),
        (IMPORT, "5.1\nxicheng,digital_va_growth,2019,high", 3),
    ],
    ids=["--dry-run", "confirmation is not possible here", "refused"],
)
def test_where_nothing_is_written_the_code_says_so(typed, place, words, value, code):
    (place.parent / "r.csv").write_text(ARRANGED["r.csv"].replace("5.1", value), encoding="utf-8")
    before = everything(place)
    ended, told = typed(words, place, full())
    assert (ended, told.splitlines()[-1]) == (code, NO_ROOM)
    assert everything(place) == before


@POSIX
@pytest.mark.parametrize("streams", ["| true", "| head -1", ">&- 2>&- <&-", "2>&1 | true"])
def test_in_a_shell_an_import_is_done_and_its_code_is_0(place, streams):
    head, pipe, tail = streams.partition("|")
    in_a_shell(f"(dtrack {IMPORT} {head}; echo $? >code) {pipe} {tail}", place)
    assert stands(place, "code", "0")
    assert stands(place, *WRITING[IMPORT])


# Commands that read


@FULL
@pytest.mark.parametrize(
    ("words", "stdout", "stderr", "code"),
    [
        ("report --half H1-2024 --fail-on missed", gone, None, 4),
        ("report --half H1-2024 --fail-on missed -f csv", full, None, 4),
        ("report --half H1-2024 -f xlsx", gone, gone, 0),
        ("report --half H1-2024", None, full, 0),
        ("report --half H1-2024", full, full, 2),
        ("report --half H1-2024 -d nowhere", None, full, 2),
        ("report --half H1-2024 -d nowhere --lang fr", full, full, 2),
        ("report --no-such-option", None, full, 2),
        ("report --no-such-option", gone, gone, 2),
        ("--help", gone, None, 0),
        ("--version", gone, None, 0),
        ("report --help", gone, gone, 0),
        ("report --half H1-2024 -f csv -o /dev/full", None, full, 2),
    ],
)
def test_the_exit_code_is_that_of_the_answer(typed, place, words, stdout, stderr, code):
    ended, told = typed(words, place, stdout and stdout(), stderr and stderr())
    assert (ended, NO_ROOM in told) == (code, stdout is full and stderr is None)


def in_a_shell(line: str, at: Path) -> subprocess.CompletedProcess[str]:
    """A line of a POSIX shell, in which `dtrack` is this one."""
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    line = line.replace("dtrack ", f"'{sys.executable}' -m dtrack ", 1)
    return subprocess.run(
        line,
        shell=True,
        cwd=at,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("form", "begins"),
    [("csv", "period,area,"), ("json", '{"schema": 1'), ("md", "# "), ("table", "Digital")],
)
def test_a_hyphen_is_stdout_for_every_format(run, place, form, begins):
    said = run(f"report --half H1-2024 -f {form} -o -", at=place)
    assert (said.code, said.err, said.out[: len(begins)]) == (0, "", begins)
    assert said == run(f"report --half H1-2024 -f {form}", at=place)
    assert not (place / "-").exists()


@pytest.mark.parametrize(
    "words",
    [
        "brief -f md -o -",
        "check -o -",
        "gap -d haidian -o -",
        "sources -f csv -o -",
        f"{IMPORT} --dry-run --save-map -",
        "export --sdmx -",
    ],
)
def test_a_hyphen_is_stdout_for_every_command(run, place, words):
    said = run(words, at=place)
    assert (said.code, "wrote -" in said.err, said.out == "") == (0, False, False)
    assert not (place / "-").exists()


@POSIX
def test_a_device_that_leads_to_a_pipe_is_written_into(run, place):
    said = in_a_shell("dtrack report --half H1-2024 -f csv -o /dev/stdout | cat", place)
    assert said.stdout == run("report --half H1-2024 -f csv", at=place).out


# Questions


AT_A_TERMINAL = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from dtrack.__main__ import run; run()"


def answered(at: Path, keys: list[bytes], more: str = "") -> tuple[int, str]:
    """Exit code, and what a terminal shows, of an import whose every question is answered with the next keys."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    words = [sys.executable, "-c", AT_A_TERMINAL, *IMPORT.replace("--yes", more).split()]
    child = subprocess.Popen(
        words, cwd=at, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    shown, asked, until = b"", 0, time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                shown += os.read(ours, 65536)
            except OSError:  # the other end has closed
                break
        if (
            keys[asked:]
            and len(re.findall(r"/N]|默认否", shown.decode("utf-8", "replace"))) > asked
        ):
            os.write(ours, keys[asked])
            asked += 1
    os.close(ours)
    assert child.stdout is not None
    child.stdout.close()
    return child.wait(), shown.decode("utf-8", "replace").replace("\r\n", "\n")


@POSIX
@pytest.mark.parametrize(
    ("keys", "lang", "code", "says"),
    [
        ([b"n\n"], "en", 0, "dtrack: nothing was written.\n"),
        ([b"\x04"], "en", 0, "\ndtrack: nothing was written.\n"),
        ([b"\x04"], "fr", 0, "\ndtrack\xa0: rien n’a été écrit.\n"),
        ([b"\x03"], "en", 130, "\ndtrack: nothing was written.\n"),
        ([b"\x03"], "zh", 130, "\ndtrack：未写入任何内容。\n"),
        ([b"\xff\xfe\n", b"perhaps\n", b"\n"], "en", 0, "dtrack: nothing was written.\n"),
    ],
    ids=[
        "no",
        "Ctrl-D",
        "Ctrl-D in French",
        "Ctrl-C",
        "Ctrl-C in Chinese",
        "bytes, another word, Enter",
    ],
)
def test_whoever_does_not_say_yes_has_nothing_written(place, keys, lang, code, says):
    before = everything(place)
    ended, shown = answered(place, keys, f"--lang {lang}")
    assert (ended, shown[-len(says) :]) == (code, says)
    assert "Traceback" not in shown
    assert everything(place) == before


@POSIX
def test_whoever_says_yes_after_all_has_it_written(place):
    ended, shown = answered(place, [b"\xff\n", b"Yes\n"])
    assert (ended, stands(place, *WRITING[IMPORT])) == (0, True), shown


# Ctrl-C while modules load

AT_IMPORT = """
import sys
class Interrupted:
    def find_spec(self, name, *_):
        if name == "{module}":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
sys.argv = ["dtrack", "report"]
from dtrack.__main__ import run
run()
"""
WHERE_NOTHING_CAN_BE_RAISED = """
import sys, weakref
import dtrack.cli
class Module:
    pass
def interrupted(_):
    raise KeyboardInterrupt
def main():
    module = Module()
    kept.append(weakref.ref(module, interrupted))
    del module
    print("went on")
kept, dtrack.cli.main = [], main
from dtrack.__main__ import run
run()
"""


@pytest.mark.parametrize(
    "code",
    [
        *(
            AT_IMPORT.format(module=name)
            for name in ("dtrack.cli", "typer", "pandas", "dtrack.reporting.report")
        ),
        WHERE_NOTHING_CAN_BE_RAISED,
    ],
    ids=["the first module", "Typer", "pandas", "a report", "a callback of an import"],
)
def test_ctrl_c_is_130_and_quiet_from_the_first_moment(code):
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")
