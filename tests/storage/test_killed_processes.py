"""Real processes: one that is killed at each step of writing, several that write at once, one that lives on.

The kernel's lock, its death with its holder, and what SIGKILL truly leaves on the disk cannot be shown within one
process; the many ways of failing are in test_store.py.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dtrack.cli.output import announce
from dtrack.core.findings import WriteFailed
from dtrack.storage import disk, transaction
from dtrack.storage.changeset import Change, fingerprint
from support.broken_inputs import GOOD, write
from support.transactions import GOOD_BYTES, IMPORT, UNDO, Steps, bytes_of, figures, litter

pytestmark = pytest.mark.slow

START = """
import os, pickle, signal, sys
from pathlib import Path
from dtrack.storage import disk, transaction

def die():
    os.kill(os.getpid(), signal.SIGKILL) if hasattr(signal, "SIGKILL") else os._exit(9)

def killed_at(number, half):
    done = []
    def step(act, *given, **options):
        done.append(act)
        if len(done) == number:
            if half and act.__name__ == "write":
                act(given[0][: len(given[0]) // 2])
                given[0] and act.__self__.flush()
            die()
        return act(*given, **options)
    return step

change = pickle.loads(Path(sys.argv[1]).read_bytes())
"""
ONE = (
    START
    + """
disk.step = killed_at(int(sys.argv[3]), True)
transaction.apply(Path(sys.argv[2]), change)
"""
)
EACH = (
    START
    + """
for number in range(1, int(sys.argv[3]) + 1):  # a copy of this process for each, which saves the time to start one
    for half in (False, True):
        child = os.fork()
        if child == 0:
            disk.step = killed_at(number, half)
            try:
                transaction.apply(Path(sys.argv[2]) / f"{number}-{half}", change)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), (number, half, status)
"""
)
WAITING = (
    START
    + """
def step(act, *given, **options):
    if act is os.replace:
        print(os.getpid(), flush=True)
        sys.stdin.read()
    return act(*given, **options)

disk.step = step
transaction.apply(Path(sys.argv[2]), change)
"""
)
ADDING = """
import sys
from pathlib import Path
from dtrack.storage.changeset import Change, fingerprint
from dtrack.storage import transaction
from dtrack.core.findings import WriteFailed

folder, me = Path(sys.argv[1]), sys.argv[2]
for number in range(8):
    while True:
        raw = (folder / "data/imports.csv").read_bytes()
        try:
            transaction.apply(folder, Change({"data/imports.csv": raw + f"{me},{number}\\n".encode()}, (), {"data/imports.csv": fingerprint(raw)}))
            break
        except WriteFailed as reason:
            assert "nothing was written" in str(reason), reason
"""


def started(script: str, *words: object, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)], encoding="utf-8", **options
    )


def saved(tmp_path: Path, change: Change) -> Path:
    (tmp_path / "change.pickle").write_bytes(pickle.dumps(change))
    return tmp_path / "change.pickle"


def count(folder: Path, change: Change) -> int:
    with pytest.MonkeyPatch.context() as patch:
        steps = Steps()
        patch.setattr(disk, "step", steps)
        transaction.apply(folder, change)
    return len(steps.done)


def made(folder: Path, name: str) -> Path:
    write(folder)
    if name == "undo":
        transaction.apply(folder, IMPORT)
    return folder


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system makes no copies of a process")
@pytest.mark.parametrize(("name", "change"), [("import", IMPORT), ("undo", UNDO)])
def test_a_process_killed_at_each_step_leaves_before_or_after(tmp_path, capsys, name, change):
    old, new = GOOD_BYTES, GOOD_BYTES | IMPORT.files
    if name == "undo":
        old, new = new, old
    values = ["4.4", "4.8", "5.1"] if name == "undo" else ["4.8", "5.1"]
    after = ["4.8", "5.1"] if name == "undo" else ["4.4", "4.8", "5.1"]
    steps = count(made(tmp_path / "counted", name), change)
    folders = [
        made(tmp_path / f"{number}-{half}", name)
        for number in range(1, steps + 1)
        for half in (False, True)
    ]
    killed = started(EACH, saved(tmp_path, change), tmp_path, steps, stderr=subprocess.PIPE)
    assert (killed.communicate()[1], killed.returncode) == ("", 0)
    capsys.readouterr()
    outcomes, told = [], []
    for folder in folders:
        assert figures(folder) in (values, after)  # whoever reads before anybody recovers
        transaction.recover(folder, announce)
        assert litter(folder) == set()
        outcomes.append(
            "before"
            if bytes_of(folder) == old
            else "after"
            if bytes_of(folder) == new
            else folder.name
        )
        told.append(capsys.readouterr().err)
    assert outcomes == sorted(outcomes, key=["before", "after"].index)
    assert set(outcomes) == {"before", "after"}
    for outcome, sentence in zip(outcomes, told, strict=True):
        assert not sentence.endswith("it has been completed\n") or outcome == "after"
        assert not sentence.endswith("nothing had been written\n") or outcome == "before"
    assert any(sentence.endswith("it has been completed\n") for sentence in told)
    assert any(sentence.endswith("nothing had been written\n") for sentence in told)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_process_that_dies_on_any_system(tmp_path, capsys, part):
    steps = count(made(tmp_path / "counted", "import"), IMPORT)
    folder = made(tmp_path / "killed", "import")
    assert started(ONE, saved(tmp_path, IMPORT), folder, int(steps * part)).wait() in (-9, 9)
    transaction.recover(folder, announce)
    assert bytes_of(folder) in (GOOD_BYTES, GOOD_BYTES | IMPORT.files)
    assert litter(folder) == set()


def test_two_at_once_one_writes_and_the_other_is_told_who(tmp_path, run, capsys):
    folder = write(tmp_path / "w")
    first = started(
        WAITING, saved(tmp_path, IMPORT), folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    pid = first.stdout.readline().strip()
    with pytest.raises(WriteFailed) as told:
        transaction.apply(folder, Change({"data/x.csv": b""}))
    assert str(told.value) == (
        f"another dtrack (process {pid}, import) is writing to this workspace; nothing was written. Run the command again later."
    )
    assert bytes_of(folder) == GOOD_BYTES
    said = run("report --half H1-2024 --workspace .", at=folder)
    assert (said.code, said.err) == (
        0,
        f"dtrack: another dtrack (process {pid}, import) is writing to this workspace; the results show it before or after that change\n",
    )
    first.communicate("go on")
    assert first.returncode == 0
    assert bytes_of(folder) == GOOD_BYTES | IMPORT.files


def test_the_lock_of_a_killed_writer_is_free_at_once(tmp_path, capsys):
    folder = write(tmp_path / "w")
    first = started(
        WAITING, saved(tmp_path, IMPORT), folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    pid = first.stdout.readline().strip()
    first.kill()
    first.communicate()
    transaction.apply(folder, Change({"data/x.csv": b"x"}), say=announce)
    assert bytes_of(folder) == GOOD_BYTES | {"data/x.csv": b"x"}
    assert (
        capsys.readouterr().err
        == f"dtrack: an import by process {pid} was interrupted; nothing had been written\n"
    )


def test_no_line_of_several_writers_is_lost(tmp_path):
    folder = write(tmp_path, {"data/imports.csv": "who,what\n"})
    writers = [started(ADDING, folder, name, stderr=subprocess.PIPE) for name in "pqr"]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [("", 0)] * 3
    lines = (folder / "data/imports.csv").read_text(encoding="utf-8").splitlines()
    assert sorted(lines[1:]) == sorted(f"{name},{number}" for name in "pqr" for number in range(8))
    assert litter(folder) == set()


def test_the_files_of_the_tests_are_what_they_say():
    assert fingerprint(GOOD["data/sources.csv"].encode()) == IMPORT.seen["data/sources.csv"]
    assert signal.SIGTERM
