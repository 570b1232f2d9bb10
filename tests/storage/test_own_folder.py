"""`.dtrack` in a workspace that somebody sent, and the names a result may go to: nothing outside is written, moved or removed.

A command that reads changes nothing at all, whatever lies there; one that writes refuses what is not dtrack's own.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from dtrack.core.findings import WriteFailed
from dtrack.storage import disk, lock, transaction
from dtrack.storage.changeset import Change, fingerprint
from support.broken_inputs import GOOD, SOURCES, write
from support.transactions import GOOD_BYTES, IMPORT, UNDO, bytes_of, leave, litter

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are those of POSIX")
READERS = (
    "report --half H1-2024",
    "gap --district a",
    "status --half H1-2024",
    "check",
    "catchup --half H1-2024",
    "city --half H1-2024",
    "path",
    "revisions",
    "why a growth H1-2024",
    "brief --half H1-2024",
    "targets",
    "sources",
    "add a growth H1-2023 4.4 --published 2023-07-20 --source s1 --dry-run",
    "sources add s9 --title New --dry-run",
    "targets set b growth 2024 6 --set 2024-01-15 --source s1 --dry-run",
)
ADD = "add a growth H1-2023 4.4 --published 2023-07-20 --source s1"
OWN = ("lock", ".gitignore", "holder.json", "plan.json", "stage")


def everything(folder: Path) -> dict[str, Any]:
    """All that stands below the folder: kind, mode, time of the last change, and bytes or where a link leads."""
    found = {}
    for path in sorted(folder.rglob("*")):
        told = path.lstat()
        what = (
            os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else b""
        )
        found[path.relative_to(folder).as_posix()] = (
            told.st_mode,
            told.st_mtime_ns,
            told.st_nlink,
            what,
        )
    return found


def outside(tmp_path: Path) -> Path:
    """What lies beside the workspace and is nobody's business."""
    there = tmp_path / "outside"
    (there / "deeper").mkdir(parents=True)
    for name in ("0", "1", "precious.txt", "sources.csv", "lock", ".gitignore"):
        (there / name).write_bytes(b"precious")
    return there


KINDS: dict[str, Callable[[Path, Path], None]] = {
    "a link to a file": lambda at, there: at.symlink_to(there / "precious.txt"),
    "a link to a folder": lambda at, there: at.symlink_to(there),
    "a link to nothing": lambda at, there: at.symlink_to(there / "new.txt"),
    "a second name of a file": lambda at, there: os.link(there / "precious.txt", at),
    "a pipe": lambda at, _: os.mkfifo(at),
    "a folder": lambda at, _: at.mkdir(),
    "a link to a device": lambda at, _: at.symlink_to("/dev/zero"),
    "a file": lambda at, _: at.write_bytes(b"{}"),
}


@POSIX
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", OWN)
def test_whatever_lies_in_dtracks_own_folder_nothing_outside_changes(tmp_path, run, name, kind):
    there, folder = outside(tmp_path), write(tmp_path / "w")
    (folder / ".dtrack").mkdir()
    if name != "holder.json":  # which makes every command look closer
        (folder / ".dtrack/holder.json").write_bytes(b"{}")
    KINDS[kind](folder / ".dtrack" / name, there)
    before = everything(tmp_path)
    assert run("report --half H1-2024", at=folder).code == 0
    assert everything(tmp_path) == before
    said = run(ADD, at=folder)
    good = (kind == "a folder") == (name == "stage") and kind in ("a folder", "a file")
    # all files have one after cp -al; these three are replaced, or taken away, here only
    second = kind == "a second name of a file"
    good |= second and name in ("lock", ".gitignore", "holder.json")
    assert said.code == (0 if good and name != "plan.json" else 3), said.err
    assert {path: what[3] for path, what in everything(there).items()} == {
        path.removeprefix("outside/"): what[3]
        for path, what in before.items()
        if path.startswith("outside/")
    }
    if said.code == 3:
        assert bytes_of(folder) == GOOD_BYTES
        if second and name == "plan.json":
            assert ".dtrack/plan.json is hard-linked elsewhere; replace it by a copy" in said.err
        elif not good:
            assert f".dtrack/{name} is a link or not a file of dtrack" in said.err
            assert "nothing was written" in said.err


@POSIX
def test_a_link_in_place_of_the_folder_is_told_and_nothing_is_written_there(tmp_path, run):
    there, folder = outside(tmp_path), write(tmp_path / "w")
    (there / "holder.json").write_bytes(b"{}")
    (folder / ".dtrack").symlink_to(there)
    before = everything(tmp_path)
    said = run("report --half H1-2024", at=folder)
    assert (said.code, said.err) == (
        0,
        "dtrack: .dtrack is a link or not a file of dtrack; dtrack writes within the workspace only; remove it\n",
    )
    assert run(ADD, at=folder).code == 3
    assert everything(tmp_path) == before


# Commands that read


def left(folder: Path, **texts: bytes) -> Path:
    for name, raw in texts.items():
        at = folder / ".dtrack" / name.replace("_", ".")
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_bytes(raw)
    return folder


HOLDER = json.dumps({"process": 1, "host": "elsewhere", "doing": "import"}).encode()
LEFT: dict[str, Callable[[Path], object]] = {
    "nothing": lambda folder: None,
    "the lock": lambda folder: left(folder, lock=b"", _gitignore=b"*\n"),
    "a holder": lambda folder: left(folder, holder_json=HOLDER),
    "a holder and the lock": lambda folder: left(folder, holder_json=HOLDER, lock=b""),
    "a stage": lambda folder: (folder / ".dtrack/stage/deeper").mkdir(parents=True),
    "a plan that is none": lambda folder: left(folder, plan_json=b"{}"),
    "a plan of somebody": lambda folder: left(folder, plan_json=plan(("data/x.csv", "", "x"))),
}


def plan(*items: tuple[str, str, str], folder: object = 1, **more: object) -> bytes:
    told = [{"name": name, "before": before, "after": after} for name, before, after in items]
    return json.dumps(
        {"format": 1, "dtrack": "0", "items": told, "holder": {}, "folder": folder} | more
    ).encode()


@pytest.mark.parametrize("what", LEFT)
def test_a_command_that_reads_changes_nothing(tmp_path, run, what):
    folder = write(tmp_path / "w")
    LEFT[what](folder)
    before = everything(folder)
    for words in READERS:
        said = run(words, at=folder)
        assert said.code == 0, (words, said.err)
        assert everything(folder) == before, words


@pytest.mark.parametrize("what", LEFT)
def test_a_command_that_reads_does_no_act_of_writing(tmp_path, run, monkeypatch, what):
    folder = write(tmp_path / "w")
    LEFT[what](folder)
    monkeypatch.setattr(disk, "step", lambda act, *given, **options: pytest.fail(f"{act}{given}"))
    assert run("report --half H1-2024", at=folder).code == 0


def test_who_was_interrupted_is_told_by_readers_and_cleared_by_the_next_writer(tmp_path, run):
    folder = write(tmp_path / "w")
    LEFT["a holder"](folder)
    sentence = "dtrack: an import by process 1 was interrupted; nothing had been written\n"
    for _ in range(2):
        assert run("report --half H1-2024", at=folder).err == sentence
    assert run(ADD, at=folder).err.startswith(sentence)
    assert run("report --half H1-2024", at=folder).err == ""
    assert litter(folder) == set()


# A plan


def test_a_plan_that_came_with_the_folder_waits_for_a_command_that_writes(
    monkeypatch, run, tmp_path
):
    """The change is carried out where it was begun; a copy of the folder, or what somebody sent, is told by readers only."""
    folders = (write(tmp_path / str(number)) for number in count())
    begun = leave(lambda _: next(folders), monkeypatch, "import", "replace", "after")
    sent = Path(shutil.copytree(begun, tmp_path / "sent"))
    state = everything(sent)
    said = run("report --half H1-2024", at=sent)
    assert (said.code, everything(sent)) == (0, state)
    assert said.err == (
        f"dtrack: an import by process {os.getpid()} is recorded but not yet complete; it was started in another folder, and the next command that writes completes it\n"
    )
    assert run("sources add s9 --title New", at=sent).err.startswith(
        f"dtrack: an import by process {os.getpid()} was interrupted; it has been completed\n"
    )
    assert (
        run("report --half H1-2024", at=begun).err
        == f"dtrack: an import by process {os.getpid()} was interrupted; it has been completed\n"
    )
    assert bytes_of(begun) == GOOD_BYTES | IMPORT.files


X = fingerprint(b"x")
HOSTILE_PLANS = {
    "a name outside": plan(("../outside/precious.txt", "", X)),
    "an absolute name": plan(("/tmp/x.csv", "", X)),
    "a name with a drive": plan(("C:/x.csv", "", X)),
    "what git keeps": plan((".git/hooks/pre-commit", "", X)),
    "what git keeps, behind a sign that some systems pass over": plan(
        ("\u200c.git/hooks/pre-commit", "", X)
    ),
    "a device": plan(("data/NUL.csv", "", X)),
    "a NUL": plan(("data/a\0b", "", X)),
    "half a letter": plan(("data/\ud800", "", X)),
    "one file twice": plan(("data/x.csv", "", X), ("data/X.csv", "", X)),
    "a file below a file": plan(("data/x.csv", "", X), ("data/x.csv/y", "", X)),
    "a name that is none": plan((7, "", X)),
    "no list": plan(items=7),
    "a folder number that is none": plan(folder=["x"]),
    "deep": b"[" * 100_000,
    "long": b" " * 2_000_000,
    "a long number": b'{"format": ' + b"9" * 10_000 + b"}",
    "a long version": json.dumps({"format": 9, "dtrack": "x" * 10_000}).encode(),
    "no text": b"\xff\xfe\0",
}


@pytest.mark.parametrize("raw", HOSTILE_PLANS.values(), ids=HOSTILE_PLANS)
def test_a_hostile_plan_is_told_in_one_line_and_does_nothing(tmp_path, run, raw):
    outside(tmp_path)
    folder = write(tmp_path / "w")
    (folder / ".git/hooks").mkdir(parents=True)
    for number in "01":
        left(folder, **{f"stage/{number}": b"x"})
    left(folder, plan_json=raw, lock=b"", holder_json=HOLDER)
    before = everything(tmp_path)
    said = run("report --half H1-2024", at=folder)
    assert (said.code, everything(tmp_path)) == (0, before)
    assert said.err.count("\n") == 1
    assert len(said.err) < 500
    bytes_before = bytes_of(tmp_path)
    said = run(ADD, at=folder)
    if said.code == 0:
        assert (
            raw == HOSTILE_PLANS["a folder number that is none"]
        )  # an empty plan: nothing is to be done
        return
    assert (said.code, bytes_of(tmp_path)) == (3, bytes_before)
    assert "Nothing new was written" in said.err


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100_000,
        b"{" * 9,
        b'{"doing": "{process} {x}"}',
        b'{"process": true, "host": 1}',
        b"9" * 5000,
        b" " * 20_000,
    ],
)
def test_a_hostile_holder_is_somebody(tmp_path, run, raw):
    folder = left(write(tmp_path / "w"), holder_json=raw)
    said = run("report --half H1-2024", at=folder)
    assert (said.code, said.err) == (
        0,
        "dtrack: a change by another dtrack was interrupted; nothing had been written\n",
    )
    named = left(folder, holder_json=b'{"process": 7, "host": "h", "doing": "{x} \\u001b[31m"}')
    assert run("report --half H1-2024", at=named).err == (
        "dtrack: a {x} \u241b[31m by process 7 was interrupted; nothing had been written\n"
    )
    assert run(ADD, at=folder).code == 0


def begun_here(folder: Path, *items: tuple[str, str, str]) -> None:
    """A plan that even a reading command carries out; its stage is to be laid by the test."""
    left(folder, lock=b"")
    (folder / ".dtrack/plan.json").write_bytes(
        plan(*items, folder=(folder / ".dtrack").stat().st_ino)
    )


@POSIX
def test_a_plan_moves_nothing_from_outside_into_the_workspace(tmp_path, run):
    there, folder = outside(tmp_path), write(tmp_path / "w")
    begun_here(folder, ("data/x.csv", "", fingerprint(b"precious")))
    (folder / ".dtrack/stage").symlink_to(there)
    before = everything(tmp_path)
    for words in ("report --half H1-2024", ADD):
        run(words, at=folder)
        assert everything(tmp_path) == before


@POSIX
@pytest.mark.parametrize("kind", ["a link to a file", "a second name of a file"])
def test_a_staged_file_is_a_plain_one(tmp_path, run, kind):
    there, folder = outside(tmp_path), write(tmp_path / "w")
    begun_here(folder, ("data/x.csv", "", fingerprint(b"precious")))
    (folder / ".dtrack/stage").mkdir()
    KINDS[kind](folder / ".dtrack/stage/0", there)
    said = run("report --half H1-2024", at=folder)
    assert "the new content of data/x.csv is no longer in .dtrack" in said.err
    assert not os.path.lexists(folder / "data/x.csv")
    assert (there / "precious.txt").read_bytes() == b"precious"


@POSIX
def test_a_plan_goes_through_no_link(tmp_path, run):
    there, folder = outside(tmp_path), write(tmp_path / "w")
    begun_here(
        folder,
        ("data/received/sources.csv", fingerprint(b"precious"), X),
        ("data/received/0", fingerprint(b"precious"), ""),
    )
    left(folder, **{"stage/0": b"x"})
    (folder / "data/received").symlink_to(there)
    before = everything(tmp_path)
    said = run("report --half H1-2024", at=folder)
    assert "a link points outside the workspace" in said.err
    assert everything(there) == {
        k.removeprefix("outside/"): v for k, v in before.items() if k.startswith("outside/")
    }


def test_a_stage_a_thousand_folders_deep_is_told(tmp_path, run, monkeypatch):
    """Up to Python 3.12 the library gives up on such a folder by a RecursionError."""
    folder = left(write(tmp_path / "w"), lock=b"")
    (folder / ".dtrack/stage/deeper").mkdir(parents=True)

    def rmtree(folder: Path) -> None:
        raise RecursionError

    with monkeypatch.context() as patch:
        patch.setattr(disk.shutil, "rmtree", rmtree)
        said = run(ADD, at=folder)
    assert (said.code, bytes_of(folder)) == (3, GOOD_BYTES)
    assert "left files behind: File name too long (deeper). Nothing new was written" in said.err
    assert run(ADD, at=folder).code == 0


@POSIX
def test_a_file_with_a_second_name_elsewhere_is_replaced_here_only(tmp_path):
    there, folder = outside(tmp_path), write(tmp_path / "w")
    os.link(folder / SOURCES, there / "twin.csv")
    transaction.apply(folder, IMPORT)
    assert (folder / SOURCES).read_bytes() == IMPORT.files[SOURCES]
    assert (there / "twin.csv").read_bytes() == GOOD[SOURCES].encode()


@POSIX
@pytest.mark.parametrize("name", ["data", "data/actuals", "data/received"])
def test_no_folder_on_the_way_leads_out(tmp_path, run, name):
    folder = write(tmp_path / "w")
    (folder / "data/received").mkdir()
    (tmp_path / "return.csv").write_text("area,growth\nb,4.4\n", encoding="utf-8")
    shutil.move(folder / name, tmp_path / "outside")
    (folder / name).symlink_to(tmp_path / "outside")
    before = everything(tmp_path / "outside")
    writers = {"data": 2, "data/actuals": 1, "data/received": 1}[name]
    refused = [
        run(words, at=folder)
        for words in (
            ADD,
            "import ../return.csv --half H1-2023 --published 2023-07-20 --source s1 --yes",
        )
    ]
    assert [said.code for said in refused[-writers:]] == [3] * writers
    assert "a link points outside the workspace; nothing was written" in refused[-1].err
    assert everything(tmp_path / "outside") == before


@POSIX
def test_a_pipe_in_place_of_a_file_is_refused(tmp_path):
    folder = write(tmp_path / "w")
    os.mkfifo(folder / "data/x.csv")
    with pytest.raises(
        WriteFailed, match="a pipe or a device exists in place of the file; nothing was written"
    ):
        transaction.apply(folder, Change({"data/x.csv": b""}))


# The lock


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("fault", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_disk_without_locks_is_told_in_one_sentence(tmp_path, monkeypatch, fault):
    """filelock would make a file do instead, which a killed writer leaves behind, and say so as Python's own warning."""
    fcntl = pytest.importorskip("fcntl")

    def none(*_: object) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(fcntl, "flock", none)
    folder = write(tmp_path / "w")
    with pytest.raises(WriteFailed) as told:
        transaction.apply(folder, IMPORT)
    assert (
        str(told.value)
        == f"this disk does not support file locks ({os.strerror(fault)}); nothing was written. Copy the workspace to another disk."
    )
    assert bytes_of(folder) == GOOD_BYTES
    monkeypatch.undo()
    transaction.apply(folder, IMPORT)


def test_who_reads_asks_for_the_lock_without_taking_it(tmp_path):
    folder = write(tmp_path / "w")
    assert not lock.is_held(folder / ".dtrack")
    with lock.taken(folder) as home:
        assert lock.is_held(home)
    assert not lock.is_held(home)
    assert lock.is_held(tmp_path) is False


@POSIX
def test_who_only_looks_stops_no_writer(tmp_path, monkeypatch):
    """A reader's look is a shared lock for a moment: it is over when the writer asks once more."""
    import fcntl

    folder = write(tmp_path / "w")
    with lock.taken(folder) as home:
        pass
    # filelock before 4 takes its file away
    looking = os.open(home / "lock", os.O_RDONLY | os.O_CREAT, 0o600)
    fcntl.flock(looking, fcntl.LOCK_SH)
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        os.close(looking)

    monkeypatch.setattr(lock.time, "sleep", pause)
    transaction.apply(folder, IMPORT)
    assert (folder / SOURCES).read_bytes() == IMPORT.files[SOURCES]
    assert len(pauses) == 1


def test_an_ignore_file_that_was_torn_is_written_anew(tmp_path):
    folder = left(write(tmp_path / "w"), _gitignore=b"")
    transaction.apply(folder, IMPORT)
    transaction.apply(folder, UNDO)
    assert (folder / ".dtrack/.gitignore").read_bytes() == b"*\n"


@POSIX
def test_both_take_changes_after_a_copy_by_hard_links(tmp_path, run):
    """As `cp -al w w.bak` makes one: each has its own lock again, and neither changes the other."""
    folder, copy = write(tmp_path / "w"), tmp_path / "w.bak"
    transaction.apply(folder, Change({"data/first.csv": b"1"}))
    shutil.copytree(folder, copy, copy_function=os.link)
    for one, other in ((folder, copy), (copy, folder)):
        before = {path: what[3] for path, what in everything(other).items()}
        assert run(ADD, at=one).code == 0
        assert {path: what[3] for path, what in everything(other).items()} == before
        # filelock before 4 takes its file away
        assert {path.name for path in (one / ".dtrack").iterdir()} - {"lock"} == {".gitignore"}
    assert run(ADD.replace("H1-2023", "H1-2022"), at=folder).code == 0


@POSIX
def test_a_shared_lock_that_is_held_is_not_replaced(tmp_path):
    folder = write(tmp_path / "w")
    with lock.taken(folder) as home:
        os.link(home / "lock", tmp_path / "lock")
        with pytest.raises(lock.Busy):
            transaction.apply(folder, IMPORT)
        assert os.path.samefile(home / "lock", tmp_path / "lock")
    assert bytes_of(folder) == GOOD_BYTES


# Where results go


@POSIX
@pytest.mark.parametrize("words", ["report --half H1-2024", "check", "brief --half H1-2024 -f md"])
def test_a_result_does_not_follow_a_link_out_of_the_workspace(tmp_path, run, words):
    there, folder = outside(tmp_path), write(tmp_path / "w")
    (folder / "r.html").symlink_to(there / "precious.txt")
    (folder / "out").symlink_to(there)
    before = everything(there)
    for name in ("r.html", "out/r.html", f"{folder}/r.html"):
        said = run(f"{words} -o {name}", at=folder)
        assert (said.code, everything(there)) == (2, before)
        assert said.err.endswith(
            "dtrack: r.html is a link to a place outside the workspace; nothing was written\n"
        )
    (folder / "in").mkdir()
    (folder / "inside.html").symlink_to(folder / "in/r.html")
    for name in ("inside.html", "../r.html", "in/../in/s.html"):
        assert run(f"{words} -o {name}", at=folder).code == 0
    assert (tmp_path / "r.html").exists()


@POSIX
def test_a_result_goes_where_whoever_types_says(tmp_path, run):
    """Outside every workspace nobody else has chosen the place: a link there is followed and stays."""
    folder, there = write(tmp_path / "w"), tmp_path / "out"
    there.mkdir()
    (tmp_path / "link.csv").symlink_to(there / "linked.csv")
    for name in ("../out/report.csv", f"{there}/other.csv", "../link.csv"):
        assert run(f"report --half H1-2024 -o {name}", at=folder).code == 0
    assert {path.name for path in there.iterdir()} == {"report.csv", "other.csv", "linked.csv"}
    assert (tmp_path / "link.csv").is_symlink()


@pytest.mark.parametrize(
    "name",
    ["TARGETS.toml", "Data/x.csv", "data/Actuals/x.csv", ".dtrack/plan.json", ".DTRACK/x.csv"],
)
def test_a_result_is_never_an_input_in_letters_of_any_case(tmp_path, run, name):
    """On macOS and Windows targets.toml is TARGETS.toml too."""
    folder = write(tmp_path / "w")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    before = bytes_of(folder)
    assert run(f"report --half H1-2024 -f csv -o {name}", at=folder).code == 2
    assert bytes_of(folder) == before


@pytest.mark.parametrize("letter", ["a", "区"])
def test_a_result_may_have_the_longest_name_that_the_disk_takes(tmp_path, run, letter):
    name = letter * ((255 - len(".csv")) // len(letter.encode())) + ".csv"
    said = run(
        [
            "report",
            "--half",
            "H1-2024",
            "-o",
            str(tmp_path / name),
            "--workspace",
            str(write(tmp_path / "w")),
        ]
    )
    assert said.code == 0, said.err
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("period,")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "w"])


def test_a_result_is_on_the_disk_before_it_has_its_name(tmp_path, run, monkeypatch):
    acts, fsync, replace = [], os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: acts.append("fsync") or fsync(handle))

    def replaced(path: Path, to: Path) -> Path:
        if Path(to).parent == tmp_path:  # and not the names for the shell, in the user's own folder
            acts.append("replace")
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", replaced)
    assert (
        run(
            [
                "report",
                "--half",
                "H1-2024",
                "-o",
                str(tmp_path / "r.csv"),
                "--workspace",
                str(write(tmp_path / "w")),
            ]
        ).code
        == 0
    )
    assert acts == ["fsync", "replace"] + ["fsync"] * (os.name != "nt")


# init


def test_init_writes_all_of_its_files_or_none(tmp_path, run, monkeypatch):
    def full(act: Callable[..., Any], *given: Any, **options: Any) -> Any:
        if act.__name__ == "write" and b"area,indicator" in given[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        return act(*given, **options)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "step", full)
        said = run(["init", str(tmp_path / "new")])
    assert (said.code, bytes_of(tmp_path)) == (2, {})
    assert (
        said.err
        == "dtrack: cannot write to the workspace: No space left on device; nothing was written\n"
    )
    assert run(["init", str(tmp_path / "new")]).code == 0
    assert run("report", at=tmp_path / "new").code == 0
    assert litter(tmp_path / "new") == set()


def test_init_killed_after_it_counts_is_finished_by_the_next_command(tmp_path, run, monkeypatch):
    class Died(BaseException):
        pass

    def killed(act: Callable[..., Any], *given: Any, **options: Any) -> Any:
        done = act(*given, **options)
        if act is os.replace:
            raise Died
        return done

    with monkeypatch.context() as patch:
        patch.setattr(disk, "step", killed)
        with pytest.raises(Died):
            run(["init", str(tmp_path)])
    assert bytes_of(tmp_path) == {}
    again = run(["init", str(tmp_path)])
    assert "dtrack: an init by process" in again.err
    assert "was interrupted; it has been completed" in again.err
    assert "targets.toml exists; init does not change existing files" in again.err
    assert run("report", at=tmp_path).code == 0


@POSIX
def test_init_writes_over_no_link_that_leads_nowhere(tmp_path, run):
    (tmp_path / "new").mkdir()
    (tmp_path / "new/targets.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert run(["init", str(tmp_path / "new")]).code == 2
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["new", "targets.toml"]
