"""A change of a workspace is written as a whole or not at all: every step of writing is broken in every way, once.

`store.apply` passes each act of writing through `disk.step`, so a test can count the acts and break the n-th: before it
is done, half-way through it, or right after it. Afterwards every byte of the workspace is as before the change or as
after it, never anything else. `killed` is a process that does nothing any more from that act on; what a real SIGKILL
leaves is in test_killed.py.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtrack.cli.output import announce
from dtrack.core.findings import WriteFailed
from dtrack.storage import disk, transaction
from dtrack.storage.changeset import Change, fingerprint
from support.broken_inputs import A_ROW, GOOD, SOURCES
from support.transactions import (
    CHANGES,
    FAILURES,
    GOOD_BYTES,
    IMPORT,
    NEW_ROW,
    ORIGINAL,
    UNDO,
    Died,
    Steps,
    apply,
    broken,
    bytes_of,
    figures,
    leave,
    litter,
)

pytestmark = pytest.mark.slow


WHEN = ("before", "half-way", "after")


def steps_of(before, monkeypatch, name: str) -> int:
    folder = before(name)
    with monkeypatch.context() as patch:
        steps = broken(patch, Steps())
        apply(folder, CHANGES[name])
    return len(steps.done)


# As a whole


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_written_and_nothing_else_stays(before, name, capsys):
    folder = before(name)
    old = bytes_of(folder)
    apply(folder, CHANGES[name])
    wanted = {
        file: raw
        for file, raw in (old | CHANGES[name].files).items()
        if file not in CHANGES[name].gone
    }
    assert bytes_of(folder) == wanted
    assert litter(folder) == set()
    assert (folder / ".dtrack/.gitignore").read_text() == "*\n"
    assert capsys.readouterr() == ("", "")


def test_an_undo_leaves_no_empty_folder_of_originals(before):
    folder = before("import")
    apply(folder, IMPORT)
    apply(folder, UNDO, "undo")
    assert bytes_of(folder) == bytes_of(before("import"))
    assert not (folder / "data/received").exists()


WRITTEN = ["open", "write", "flush", "fsync"]


@pytest.mark.skipif(os.name == "nt", reason="Windows opens no folders, so it settles none")
def test_every_act_of_writing_one_file_in_its_order(before, monkeypatch):
    """A power cut shows in no test: so that nothing counts before it is on the disk, the order itself is asserted."""
    folder = before("import")
    steps = broken(monkeypatch, Steps())
    apply(folder, Change({"data/new/x.csv": b"x"}))
    assert steps.done == [
        *[
            "mkdir",
            "fsync",
            "acquire",
            *WRITTEN,
        ],  # .dtrack, in its folder for good; its lock, its .gitignore
        *WRITTEN,  # the holder
        *["mkdir", *WRITTEN],  # the stage with the new file
        *[*WRITTEN, "fsync", "fsync"],  # the plan, still without its name; the stage, .dtrack
        *["replace", "fsync"],  # the plan has its name: from here on the change has happened
        *["mkdir", "fsync", "replace", "fsync"],  # the file's folder, the file
        *["unlink", "unlink", "fsync"],  # the holder, the plan
        *["rmdir", "unlink"],  # the stage; the holder once more, which is gone
    ]


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("name", CHANGES)
def test_whatever_fails_at_whatever_step_it_is_as_before_or_as_after(
    before, monkeypatch, capsys, name, failure
):
    raised, lasting = FAILURES[failure]
    old = bytes_of(before(name))
    new = {
        file: raw
        for file, raw in (old | CHANGES[name].files).items()
        if file not in CHANGES[name].gone
    }
    outcomes = []
    for number in range(1, steps_of(before, monkeypatch, name) + 1):
        for when in WHEN:
            folder = before(name)
            with monkeypatch.context() as patch:
                broken(patch, Steps(number, when, raised, lasting))
                told = ""
                try:
                    apply(folder, CHANGES[name], name)
                    told = "done"
                except WriteFailed as reason:
                    told = str(reason)
                except (Died, KeyboardInterrupt) as stop:
                    told = type(stop).__name__
            capsys.readouterr()
            left = bytes_of(folder)
            if told == "done":
                assert left == new, (number, when)
            if "nothing was written" in told:
                assert (left, litter(folder)) == (
                    old,
                    set(),
                ) or failure == "read-only from now on", (number, when)
            transaction.recover(folder, announce)
            outcomes.append(
                "before"
                if bytes_of(folder) == old
                else "after"
                if bytes_of(folder) == new
                else (number, when)
            )
            assert litter(folder) == set(), (number, when)
            if "nothing was written" in told:
                assert outcomes[-1] == "before", (number, when)
            if "not yet complete" in told:
                assert outcomes[-1] == "after", (number, when)
    assert set(outcomes) == {"before", "after"}
    assert outcomes == sorted(
        outcomes, key=["before", "after"].index
    )  # one moment from which the change has happened


@pytest.mark.parametrize("name", CHANGES)
def test_a_report_reads_figures_as_before_or_as_after_whenever_the_writer_dies(
    before, monkeypatch, name
):
    old = figures(before(name))
    new = sorted([*old, "4.4"]) if name == "import" else [value for value in old if value != "4.4"]
    seen = []
    for number in range(1, steps_of(before, monkeypatch, name) + 1):
        folder = before(name)
        with monkeypatch.context() as patch:
            broken(patch, Steps(number, "before", *FAILURES["killed"]))
            with pytest.raises(Died):
                apply(folder, CHANGES[name])
        seen.append(
            "before"
            if figures(folder) == old
            else "after"
            if figures(folder) == new
            else f"step {number}"
        )
    assert set(seen) == {"before", "after"}


@pytest.mark.parametrize("name", CHANGES)
def test_who_recovers_may_die_too_at_any_step(before, monkeypatch, capsys, name):
    """Died right after the plan got its name; then whoever finishes it dies at each step; then somebody finishes."""
    acts = broken(monkeypatch, Steps())
    apply(before(name), CHANGES[name])
    commit = acts.done.index("replace") + 1
    monkeypatch.undo()
    old = bytes_of(before(name))
    new = {
        file: raw
        for file, raw in (old | CHANGES[name].files).items()
        if file not in CHANGES[name].gone
    }
    for number in range(1, len(acts.done)):
        folder = before(name)
        with monkeypatch.context() as patch:
            broken(patch, Steps(commit, "after", *FAILURES["killed"]))
            with pytest.raises(Died):
                apply(folder, CHANGES[name])
        with monkeypatch.context() as patch:
            steps = broken(patch, Steps(number, "after", *FAILURES["killed"]))
            try:
                transaction.recover(folder, announce)
            except Died:
                pass
            else:
                assert len(steps.done) < number
        transaction.recover(folder, announce)
        assert (bytes_of(folder), litter(folder)) == (new, set())


@settings(max_examples=150, deadline=None)
@given(
    there=st.dictionaries(
        st.sampled_from(["a", "data/b", "data/actuals/c.csv", "data/received/d"]),
        st.binary(max_size=9),
    ),
    files=st.dictionaries(
        st.sampled_from(["a", "data/b", "data/actuals/c.csv", "data/actuals/e.csv", "x/y/z"]),
        st.binary(max_size=9),
    ),
    number=st.integers(1, 60),
    when=st.sampled_from(WHEN),
    failure=st.sampled_from(sorted(FAILURES)),
    data=st.data(),
)
def test_law_before_or_after_for_any_files_and_any_failure(
    there, files, number, when, failure, data
):
    gone = tuple(name for name in there if name not in files and data.draw(st.booleans()))
    change = Change(files, gone, {name: fingerprint(raw) for name, raw in there.items()})
    folder = Path(tempfile.mkdtemp())
    try:
        for name, raw in there.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(raw)
        raised, lasting = FAILURES[failure]
        with pytest.MonkeyPatch.context() as patch:
            broken(patch, Steps(number, when, raised, lasting))
            with contextlib.suppress(WriteFailed, Died, KeyboardInterrupt):
                apply(folder, change)
        transaction.recover(folder, announce)
        assert bytes_of(folder) in (
            there,
            {name: raw for name, raw in (there | files).items() if name not in gone},
        )
        assert litter(folder) == set()
    finally:
        shutil.rmtree(folder)


# What is said


def test_a_full_disk_is_told_and_nothing_was_written(before, monkeypatch):
    folder = before("import")
    with monkeypatch.context() as patch:
        broken(patch, Steps(5, "half-way", *FAILURES["the disk is full"]))
        with pytest.raises(WriteFailed) as told:
            apply(folder, IMPORT)
    assert (
        str(told.value)
        == "cannot write to the workspace: No space left on device; nothing was written"
    )


def test_a_file_that_excel_holds_is_finished_by_the_next_command(before, monkeypatch, run):
    """Its name cannot be given to another file while Excel has it open: the plan stays, and says so."""
    folder = before("import")

    def dataset(act, *given, **options):
        if act is os.replace and Path(given[1]).name == "sources.csv":
            raise PermissionError(errno.EACCES, "Permission denied", str(given[1]))
        return act(*given, **options)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "step", dataset)
        with pytest.raises(WriteFailed) as told:
            apply(folder, IMPORT)
    assert str(told.value) == (
        f"an import by process {os.getpid()} is recorded but not yet complete: Permission denied (sources.csv). The next dtrack command completes it."
    )
    said = run("report --half H1-2023 --indicator growth --format csv --workspace .", at=folder)
    assert said.err.startswith(
        f"dtrack: an import by process {os.getpid()} was interrupted; it has been completed\n"
    )
    assert [row["actual"] for row in said.rows if row["area"] == "a"] == ["4.4"]
    assert bytes_of(folder) == GOOD_BYTES | IMPORT.files


def test_ctrl_c_after_the_plan_is_told_and_stays_ctrl_c(before, monkeypatch, capsys):
    folder = before("import")
    acts = broken(monkeypatch, Steps())
    apply(before("import"), IMPORT)
    broken(monkeypatch, Steps(acts.done.index("replace") + 3, "before", KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        apply(folder, IMPORT)
    assert (
        "is recorded but not yet complete: interrupted. The next dtrack command completes it."
        in capsys.readouterr().err
    )


def test_a_command_that_is_not_written_exits_3_with_one_sentence(before, run, monkeypatch):
    from dtrack.reporting import check

    folder = before("import")
    monkeypatch.setattr(
        check, "summary_of_findings", lambda *_: apply(folder, Change({"../x": b""}))
    )
    said = run("check --workspace .", at=folder)
    assert (said.code, said.out) == (3, "")
    assert (
        said.err
        == "dtrack: “../x” cannot be written: it is not a plain name within the workspace; nothing was written\n"
    )


# What was left by another


HOLDER = f"process {os.getpid()}"


@pytest.mark.parametrize(
    ("act", "when", "said"),
    [
        ("replace", "after", "it has been completed"),
        ("replace", "before", "nothing had been written"),
    ],
)
def test_a_stale_holder_is_told_once_with_what_was_done(
    before, monkeypatch, capsys, act, when, said
):
    folder = leave(before, monkeypatch, "import", act, when)
    capsys.readouterr()
    transaction.recover(folder, announce)
    assert capsys.readouterr().err == f"dtrack: an import by {HOLDER} was interrupted; {said}\n"
    transaction.recover(folder, announce)
    assert capsys.readouterr().err == ""


def test_the_next_writer_finishes_the_last_and_then_writes_its_own(before, monkeypatch, capsys):
    folder = leave(before, monkeypatch, "import", "replace", "after")
    capsys.readouterr()
    apply(folder, UNDO, "undo")
    assert bytes_of(folder) == bytes_of(before("import"))
    assert (
        capsys.readouterr().err
        == f"dtrack: an import by {HOLDER} was interrupted; it has been completed\n"
    )


def test_a_holder_that_cannot_be_read_is_stale_all_the_same(before, capsys):
    folder = before("import")
    (folder / ".dtrack").mkdir()
    (folder / ".dtrack/holder.json").write_bytes(b'{"proc')
    transaction.recover(folder, announce)
    assert (
        capsys.readouterr().err
        == "dtrack: a change by another dtrack was interrupted; nothing had been written\n"
    )
    assert litter(folder) == set()


def test_a_stage_without_plan_and_holder_is_cleared_without_a_word(before, capsys):
    folder = before("import")
    (folder / ".dtrack/stage/deeper").mkdir(parents=True)
    (folder / ".dtrack/stage/0").write_bytes(b"half")
    transaction.recover(folder, announce)
    assert (capsys.readouterr().err, litter(folder)) == ("", set())


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (b"", "cannot be read (JSONDecodeError)"),
        (b'{"format": 1}', "cannot be read (KeyError)"),
        (b"[]", "cannot be read (TypeError)"),
        (b'{"format": 1, "items": [7], "holder": {}}', "cannot be read (TypeError)"),
        (b'{"format": "\xff"}', "cannot be read (UnicodeDecodeError)"),
        (b'{"format": 2, "dtrack": "9.9"}', "it was started by another version, dtrack 9.9"),
        (
            json.dumps(
                {
                    "format": 1,
                    "holder": {},
                    "items": [{"name": "../../x", "before": "", "after": "1"}],
                }
            ).encode(),
            "not a plain name",
        ),
    ],
)
def test_a_plan_that_cannot_be_carried_out_stops_writers_and_not_readers(
    before, capsys, run, plan, reason
):
    folder = before("import")
    (folder / ".dtrack").mkdir()
    (folder / ".dtrack/plan.json").write_bytes(plan)
    old = bytes_of(folder)
    with pytest.raises(WriteFailed) as told:
        apply(folder, IMPORT)
    assert reason in str(told.value)
    assert str(told.value).endswith("Nothing new was written.")
    said = run("report --half H1-2024 --workspace .", at=folder)
    assert (said.code, said.err.count(reason)) == (0, 1)
    assert bytes_of(folder) == old
    assert (folder / ".dtrack/plan.json").read_bytes() == plan


def test_work_of_somebody_who_came_between_is_never_written_over(before, monkeypatch, capsys):
    """A plan was left, then a person edited the very file that it replaces: the person's text stays until it is moved."""
    folder = leave(before, monkeypatch, "import", "replace", "after")
    edited = GOOD[SOURCES] + "s9,By hand,,,,no,,\n"
    (folder / SOURCES).write_text(edited, encoding="utf-8")
    state = bytes_of(folder)
    transaction.recover(folder, announce)
    assert (
        "data/sources.csv has been changed since; first move your copy out of the workspace"
        in capsys.readouterr().err
    )
    assert bytes_of(folder) == state
    with pytest.raises(WriteFailed, match="has been changed since"):
        apply(folder, UNDO)
    (folder / SOURCES).rename(folder.parent / "mine.csv")
    transaction.recover(folder, announce)
    assert bytes_of(folder) == GOOD_BYTES | IMPORT.files
    assert (folder.parent / "mine.csv").read_text(encoding="utf-8") == edited


def test_a_staged_file_that_is_lost_is_told_and_nothing_is_done(before, monkeypatch, capsys):
    folder = leave(before, monkeypatch, "import", "replace", "after")
    (folder / ".dtrack/stage/0").unlink()
    transaction.recover(folder, announce)
    assert f"the new content of {ORIGINAL} is no longer in .dtrack" in capsys.readouterr().err
    assert bytes_of(folder) == GOOD_BYTES


def test_a_report_on_a_read_only_folder_tells_what_is_left_and_goes_on(before, monkeypatch, run):
    folder = leave(before, monkeypatch, "import", "replace", "after")
    broken(monkeypatch, Steps(1, "before", *FAILURES["read-only from now on"]))
    said = run("report --half H1-2024 --format csv --workspace .", at=folder)
    assert said.code == 0
    assert said.err.startswith(
        f"dtrack: an import by {HOLDER} is recorded but not yet complete: Read-only file system. The next dtrack command completes it."
    )
    assert [
        row["actual"] for row in said.rows if row["area"] == "a" and row["indicator"] == "growth"
    ] == ["4.8"]


def test_nothing_left_costs_one_look(tmp_path, monkeypatch):
    looks = []
    monkeypatch.setattr(os.path, "lexists", lambda path: looks.append(path) or False)
    transaction.recover(tmp_path, announce)
    assert looks == [tmp_path / ".dtrack"]


# What is refused


def refusal(folder: Path, change: Change) -> str:
    """The sentence; every byte is as before, and nothing is left."""
    old = bytes_of(folder)
    with pytest.raises(WriteFailed) as told:
        apply(folder, change)
    assert (bytes_of(folder), litter(folder)) == (old, set())
    assert "nothing was written" in str(told.value)
    return str(told.value)


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/x",
        "data/../../x",
        "C:/x",
        "C:x",
        "data\\x",
        "",
        "data//x",
        "data/",
        ".dtrack/plan.json",
        ".git/config",
        "data/.hidden",
        "data/x ",
        "data/x.",
        "data/a\0b",
        "data/a\nb",
        "data/NUL.csv",
        "data/com1",
    ],
)
@pytest.mark.parametrize("as_what", ["files", "gone", "seen"])
def test_only_plain_names_within_the_workspace(before, name, as_what):
    change = {
        "files": Change({name: b""}),
        "gone": Change(gone=(name,)),
        "seen": Change({"x": b""}, seen={name: ""}),
    }
    assert "it is not a plain name within the workspace" in refusal(
        before("import"), change[as_what]
    )


@pytest.fixture
def link(tmp_path):
    def make(at: Path, to: Path) -> None:
        try:
            at.symlink_to(to, target_is_directory=to.is_dir())
        except OSError:
            pytest.skip("this system lets nobody make links")

    return make


def test_no_link_leads_out_of_the_workspace(before, link, tmp_path):
    folder, outside = before("import"), tmp_path / "outside"
    (outside / "deeper").mkdir(parents=True)
    link(folder / "data/received", outside)
    assert "a link points outside" in refusal(folder, IMPORT)
    assert "a link points outside" in refusal(folder, Change({"data/received/deeper/x": b""}))
    assert "a link points outside" in refusal(folder, Change({"data/received/new/x": b""}))
    assert list(outside.rglob("*")) == [outside / "deeper"]


def test_no_link_leads_to_what_dtrack_keeps_for_itself(before, link):
    folder = before("import")
    (folder / ".git").mkdir()
    link(folder / "data/received", folder / ".git")
    assert "a link points outside" in refusal(folder, IMPORT)


def test_a_link_is_never_replaced_nor_taken_away(before, link, tmp_path):
    folder = before("import")
    (tmp_path / "shared.csv").write_bytes(GOOD[SOURCES].encode())
    (folder / SOURCES).unlink()
    link(folder / SOURCES, tmp_path / "shared.csv")
    assert "it is a link" in refusal(folder, IMPORT)
    assert "it is a link" in refusal(folder, Change(gone=(SOURCES,)))
    assert (tmp_path / "shared.csv").read_bytes() == GOOD[SOURCES].encode()


def test_a_link_in_place_of_dtracks_own_folder(before, link, tmp_path):
    folder = before("import")
    (tmp_path / "outside").mkdir()
    link(folder / ".dtrack", tmp_path / "outside")
    assert ".dtrack is a link" in refusal(folder, IMPORT)
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_link_inside_the_workspace_and_a_workspace_behind_a_link_are_fine(before, link, tmp_path):
    folder = before("import")
    (folder / "originals").mkdir()
    link(folder / "data/received", folder / "originals")
    link(tmp_path / "here", folder)
    apply(tmp_path / "here", IMPORT)
    assert (folder / "originals/上半年.xlsx").read_bytes() == IMPORT.files[ORIGINAL]


def test_what_the_change_was_made_from_must_still_stand(before):
    folder = before("import")
    (folder / SOURCES).write_text(GOOD[SOURCES] + "s7,Other,,,,no,,\n", encoding="utf-8")
    assert "data/sources.csv was changed by another user in the meantime" in refusal(folder, IMPORT)


def test_a_file_that_was_not_there_must_still_not_be_there(before):
    folder = before("import")
    (folder / "data/actuals/new.csv").write_bytes(b"")
    assert "data/actuals/new.csv was changed by another user" in refusal(folder, IMPORT)


def test_a_file_that_changes_while_others_are_staged_is_noticed(before, monkeypatch):
    """Between the first look and the plan: here at the very last act of staging."""
    folder = before("import")
    edited = GOOD_BYTES[SOURCES] + b"s7,Other,,,,no,,\n"
    acts = broken(monkeypatch, Steps())
    apply(before("import"), IMPORT)
    last = acts.done.index("replace")

    def meddling(act, *given, **options):
        acts.done.append(act.__name__)
        if len(acts.done) == last:
            (folder / SOURCES).write_bytes(edited)
        return act(*given, **options)

    acts.done.clear()
    monkeypatch.setattr(disk, "step", meddling)
    with pytest.raises(
        WriteFailed, match="changed by another user in the meantime; nothing was written"
    ):
        apply(folder, IMPORT)
    assert (bytes_of(folder), litter(folder)) == (GOOD_BYTES | {SOURCES: edited}, set())


@pytest.mark.parametrize(
    "name", ["data/actuals/figures.csv", "data/received/old.xlsx", "data/Received/old.xlsx"]
)
def test_figures_and_originals_are_only_added_to(before, name):
    folder = before("import")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"old")
    assert "not replaced or deleted unread" in refusal(folder, Change({name: b"new"}))
    assert "not replaced or deleted unread" in refusal(folder, Change(gone=(name,)))
    apply(folder, Change({name: b"new"}, seen={name: fingerprint(b"old")}))
    assert (folder / name).read_bytes() == b"new"


def test_an_original_is_protected_behind_a_link_too(before, link):
    folder = before("import")
    (folder / "data/received").mkdir()
    (folder / "data/received/old.xlsx").write_bytes(b"old")
    link(folder / "short", folder / "data/received")
    assert "not replaced or deleted unread" in refusal(folder, Change({"short/old.xlsx": b"new"}))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (Change({"data/x": b"", "data/X": b""}), "occurs twice"),
        (Change({"data/é": b"", "data/e\u0301": b""}), "occurs twice"),
        (Change({"x": b"", "x/y": b""}), "occurs twice"),
        (Change({SOURCES: b""}, (SOURCES,)), "occurs twice"),
        (Change({"data": b""}), "a folder exists in place of the file"),
        (Change({"targets.toml/x": b""}), "a file exists in place of its folder"),
        (Change(gone=("data/nothing.csv",)), "does not exist"),
        (Change({"x" * 300: b""}), "name too long"),
    ],
)
def test_what_could_not_be_finished_is_not_begun(before, change, reason):
    assert reason.casefold() in refusal(before("import"), change).casefold()


def test_a_folder_that_may_not_be_written_to_is_told_before_anything_is_begun(before, monkeypatch):
    """As root nothing is forbidden, so the question itself is answered with no."""
    folder = before("import")
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "actuals")
    assert "no permission to write to its folder" in refusal(folder, IMPORT)


def test_a_folder_on_another_disk_is_told_before_anything_is_begun(before, monkeypatch):
    """No file gets its name at one stroke there."""
    folder, stat = before("import"), Path.stat

    def elsewhere(path, **options):
        found = list(stat(path, **options))
        return os.stat_result([*found[:2], found[2] + (path.name == "data"), *found[3:]])

    monkeypatch.setattr(Path, "stat", elsewhere)
    assert "it is on another disk than the workspace" in refusal(folder, IMPORT)


def test_a_file_that_may_not_be_written_to_is_told_before_anything_is_begun(before, monkeypatch):
    folder, opened = before("import"), os.open

    def dataset(path, flags, *more, **options):
        if flags == os.O_RDWR and Path(path).name == "sources.csv":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, flags, *more, **options)

    monkeypatch.setattr(os, "open", dataset)
    assert (
        refusal(folder, IMPORT)
        == "cannot write to the workspace: Permission denied (sources.csv); nothing was written"
    )


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="root, or Windows: permissions bind nobody here",
)
def test_a_read_only_folder_stays_as_it_is(before):
    folder = before("import")
    folder.chmod(0o555)
    try:
        assert "Permission denied" in refusal(folder, IMPORT)
    finally:
        folder.chmod(0o755)


def test_nothing_to_write_writes_nothing(before):
    folder = before("import")
    apply(folder, Change())
    assert (bytes_of(folder), litter(folder)) == (GOOD_BYTES, set())


def test_the_mode_of_a_replaced_file_stays(before):
    folder = before("import")
    (folder / SOURCES).chmod(0o640)
    wanted = (folder / SOURCES).stat().st_mode
    apply(folder, IMPORT)
    assert (folder / SOURCES).stat().st_mode == wanted


def test_the_figures_of_the_tests_are_what_they_say():
    assert A_ROW.count("4.8") == NEW_ROW.count("4.4") == 1
