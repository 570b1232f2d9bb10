"""Two write at once: whatever one does while the other reads, thinks, asks or writes, nothing that was said to be done is lost.

A command looks at the workspace, then asks, then writes. Every file that it looked at may be another by then. The second
writer here is let in at every point where the first one reads a file that it changes, and at every act of writing.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dtrack.cli import app_of, asked_for
from dtrack.cli.output import announce
from dtrack.core.findings import WriteFailed
from dtrack.storage import disk, lock, transaction
from dtrack.storage.changeset import Change
from dtrack.storage.paths import Files
from dtrack.workspace import load
from support.broken_inputs import FIGURES, GOOD, HEAD, write
from support.transactions import bytes_of, litter

pytestmark = pytest.mark.slow

RETURN = "area,growth\nb,4.4\n"  # the same cell and day as `add`, which says 4.1
TARGETS = "area,growth\nb,7\n"  # the same cell and day as `targets set`, which says 6
OTHER = "area,growth\na,3.9\n"  # the import that was there before, for --undo
SENT = {"return.csv": RETURN, "targets.csv": TARGETS, "other.csv": OTHER}
FIRST = "import {home}/other.csv --half H1-2022 --published 2022-07-20 --source s8 --yes"
IMPORT = "import {home}/return.csv --half H1-2023 --published 2023-07-20 --source s9 --yes"
WRITERS = {
    "import": IMPORT,
    "undo": "import --undo --yes",
    "add": "add b growth H1-2023 4.1 --published 2023-07-20 --source s1",
    "sources add": "sources add s9 --title Colleague",  # the source that `import` would add
    "targets set": "targets set b growth 2024 6 --set 2024-01-15 --source s1",
    "targets import": "targets import {home}/targets.csv --year 2024 --set 2024-01-15 --source s1 --yes",
}
PAIRS = [(one, other) for one in WRITERS for other in WRITERS]
MEANWHILE = "changed by another user in the meantime; nothing was written. Run the command again.\n"
TIME = re.compile(
    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"
)  # an import writes down when it was made


def state(folder: Path) -> dict[str, bytes]:
    """Every byte of the workspace, times of imports made alike."""
    return {name: TIME.sub(b"TIME", raw) for name, raw in bytes_of(folder).items()}


class Stage:
    """A workspace with one import in it, copied for each try; and the command lines to try on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.number = 0
        for name, text in SENT.items():
            (home / name).write_text(text, encoding="utf-8")
        write(home / "before")
        assert self.does(FIRST, home / "before").exit_code == 0

    def fresh(self) -> Path:
        self.number += 1
        return Path(shutil.copytree(self.home / "before", self.home / f"w{self.number}"))

    def does(self, words: str, folder: Path) -> Any:
        """What the command says and its exit code; a bug in dtrack fails the test."""
        line = [word.replace("{home}", str(self.home)) for word in shlex.split(words)]
        result = CliRunner().invoke(app_of(asked_for(line)), [*line, "--workspace", str(folder)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result


@cache
def change_of(stage: Stage, name: str) -> tuple[Change, str]:
    """What the command would write, and what it calls it; nothing is written."""
    caught = list[tuple[Change, str]]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            transaction, "apply", lambda _, change, deed, _say: caught.append((change, deed))
        )
        assert stage.does(WRITERS[name], stage.fresh()).exit_code == 0
    return caught[0]


@cache
def one_after_another(stage: Stage, *names: str) -> tuple[int, dict[str, bytes]]:
    """The exit code of the last one, and what stands then."""
    folder, code = stage.fresh(), 0
    for name in names:
        code = stage.does(WRITERS[name], folder).exit_code
    return code, state(folder)


SOUND: dict[tuple[tuple[str, bytes], ...], bool] = {}


def is_sound(folder: Path) -> bool:
    """A report on it would not be refused, and dtrack has left nothing behind."""
    what = tuple(sorted(state(folder).items()))
    if what not in SOUND:
        SOUND[what] = not [
            finding for finding in load(folder).findings if finding.severity == "error"
        ]
    return SOUND[what] and litter(folder) == set()


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one holds the lock until this one has given up, however long it waits."""
    monkeypatch.setattr(lock, "_PAUSE", 0.0)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("stage"))


@dataclass
class Between:
    """Lets somebody in before the point of that number; counts the points. Once the lock is taken no more are counted."""

    names: set[str]
    number: int
    then: Callable[[], None]
    points: int = 0
    locked: bool = False

    def point(self) -> None:
        if not self.locked:
            self.points += 1
            if self.points == self.number:
                self.locked, before = True, self.locked
                self.then()
                self.locked = before

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        read, listed, step = Files.read, Files.listed, disk.step

        def reading(files: Files, name: str) -> bytes:
            if name in self.names:
                self.point()
            return read(files, name)

        def listing(files: Files, home: str) -> list[str]:
            if home in {name.rpartition("/")[0] for name in self.names}:
                self.point()
            return listed(files, home)

        def acting(act: Callable[..., Any], *given: Any, **options: Any) -> Any:
            self.point()
            done = step(act, *given, **options)
            self.locked |= act.__name__ == "acquire"
            return done

        patch.setattr(Files, "read", reading)
        patch.setattr(Files, "listed", listing)
        patch.setattr(disk, "step", acting)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_writer_that_comes_while_another_reads_or_asks(stage, first, second):
    _, only_first = one_after_another(stage, first)
    _, only_second = one_after_another(stage, second)
    code, both = one_after_another(stage, second, first)
    change, deed = change_of(stage, second)
    number, ended = 1, list[int]()
    while True:
        folder = stage.fresh()
        between = Between(
            {*change.files, *change.gone},
            number,
            lambda folder=folder: transaction.apply(folder, change, deed, announce),
        )
        with pytest.MonkeyPatch.context() as patch:
            between.watch(patch)
            said = stage.does(WRITERS[first], folder)
        if between.points < number:
            assert (said.exit_code, state(folder)) == (0, only_first)
            break
        assert said.exit_code in (0, 3, code), (
            said.stderr
        )  # `code`: it saw what the other had done, which was early enough
        assert state(folder) == (both if said.exit_code == 0 else only_second), (
            number,
            said.stderr,
        )
        assert is_sound(folder)
        # nothing is wrong with the files: one after the other both are written
        assert said.exit_code == 0 or code != 0 or said.stderr.endswith(MEANWHILE), said.stderr
        ended.append(said.exit_code)
        number += 1
    assert len(ended) > 1
    assert ended[-1] == 3 or code == 0  # at the last point all had been looked at


class At:
    """Lets somebody in before the act of that number."""

    def __init__(self, number: int, then: Callable[[], None]) -> None:
        self.number, self.then, self.acts = number, then, 0

    def __call__(self, act: Callable[..., Any], *given: Any, **options: Any) -> Any:
        self.acts += 1
        if self.acts == self.number:
            self.then()
        return (
            None if act is os.fsync else act(*given, **options)
        )  # what is on the disk is asked elsewhere


def outcome(folder: Path, change: Change, deed: str) -> str:
    """What becomes of the change: done, busy (another has the lock) or stale (made from what is no longer so)."""
    try:
        transaction.apply(folder, change, deed, announce)
    except WriteFailed as reason:
        ends = {
            "in the meantime; nothing was written. Run the command again.": "stale",
            "nothing was written. Run the command again later.": "busy",
        }
        return next(word for end, word in ends.items() if str(reason).endswith(end))
    return "done"


def after(raw: dict[str, bytes], *changes: Change) -> dict[str, bytes]:
    for change in changes:
        raw = {name: text for name, text in (raw | change.files).items() if name not in change.gone}
    return raw


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_writer_that_comes_at_each_act_of_another(stage, first, second):
    """Before the lock is taken the second one writes and the first is refused; after it the second one is."""
    (one, deed), (other, other_deed) = change_of(stage, first), change_of(stage, second)
    before, told = bytes_of(stage.home / "before"), [""]
    while told[-1] != "never":
        folder, came = stage.fresh(), ["never"]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                disk,
                "step",
                At(len(told), lambda f=folder, c=came: c.append(outcome(f, other, other_deed))),
            )
            ended = outcome(folder, one, deed)
        told.append(came[-1])
        done = [change for change, end in ((other, came[-1]), (one, ended)) if end == "done"]
        assert bytes_of(folder) == after(before, *done), (len(told), came[-1], ended)
        assert is_sound(folder)
    assert set(told[1:-1]) == {"done", "busy"}
    assert outcome(folder, other, other_deed) in ("stale", "done")
    assert len(told) > 20


# A person with an editor, while the preview stands

EDITS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a figure of the same cell and day": (
        "data/actuals/added.csv",
        lambda at: at.write_text(
            HEAD + "b,growth,H1-2023,2.2,flash,2023-07-20,s1,\n", encoding="utf-8"
        ),
    ),
    "a row more in a file of figures": (
        FIGURES,
        lambda at: at.write_text(at.read_text() + "city,growth,H1-2024,5,flash,,s1,\n"),
    ),
    "a file of figures taken away": (FIGURES, lambda at: at.unlink()),
    "an area renamed": (
        "data/areas.csv",
        lambda at: at.write_text(at.read_text().replace("\nb,", "\nbb,")),
    ),
    "an indicator renamed": (
        "targets.toml",
        lambda at: at.write_text(at.read_text().replace("growth", "dvg")),
    ),
    "a source": (
        "data/sources.csv",
        lambda at: at.write_text(at.read_text() + "s7,Colleague,,,,no,,\n"),
    ),
    "no sources any more": ("data/sources.csv", lambda at: at.unlink()),
}


@pytest.mark.parametrize(("name", "edit"), EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("command", [name for name in WRITERS if name != "undo"])
def test_what_a_person_changes_meanwhile_stays_and_nothing_is_written(
    stage, monkeypatch, command, name, edit
):
    folder, kept = stage.fresh(), []
    apply = transaction.apply

    def meanwhile(folder: Path, change: Change, deed: str, *say) -> None:
        edit(folder / name)
        kept.append(bytes_of(folder))
        apply(folder, change, deed, *say)

    monkeypatch.setattr(transaction, "apply", meanwhile)
    said = stage.does(WRITERS[command], folder)
    assert (said.exit_code, bytes_of(folder)) == (3, kept[0])
    assert (
        f"dtrack: {name} was changed by another user in the meantime; nothing was written. Run the command again.\n"
        in said.stderr
    )


def test_several_files_are_named(stage, monkeypatch):
    folder, apply = stage.fresh(), transaction.apply

    def meanwhile(folder: Path, change: Change, deed: str, *say) -> None:
        for name in ("targets.toml", "data/areas.csv"):
            (folder / name).write_text(GOOD[name] + "\n", encoding="utf-8")
        apply(folder, change, deed, *say)

    monkeypatch.setattr(transaction, "apply", meanwhile)
    said = stage.does(WRITERS["add"], folder)
    assert said.stderr.endswith(
        "dtrack: data/areas.csv and targets.toml were changed by another user in the meantime; nothing was written. Run the command again.\n"
    )


@pytest.mark.parametrize(
    "name",
    [
        "data/actuals/~$figures.xlsx",
        "data/actuals/notes.txt",
        "data/actuals/._figures.csv",
        "data/actuals/.~lock.figures.csv#",
        "x.csv",
    ],
)
def test_what_no_report_reads_stops_nobody(stage, monkeypatch, name):
    """Excel and LibreOffice lay such files down as soon as somebody looks."""
    folder, apply = stage.fresh(), transaction.apply

    def meanwhile(folder: Path, change: Change, deed: str, *say) -> None:
        (folder / name).write_bytes(b"\0")
        apply(folder, change, deed, *say)

    monkeypatch.setattr(transaction, "apply", meanwhile)
    assert stage.does(WRITERS["add"], folder).exit_code == 0


def test_a_file_that_cannot_be_read_now_as_before_stops_nobody(stage):
    """It is a finding, and no reason to lose a figure."""
    folder = stage.fresh()
    (folder / "data/actuals/folder.csv").mkdir()
    assert stage.does(WRITERS["add"], folder).exit_code == 0


def test_a_source_that_is_seen_before_the_change_is_made_is_told_at_once(stage, monkeypatch):
    """The bytes that an import completes are those that were loaded, or none: they are read once more after that."""
    from dtrack.importing import pipeline

    folder, understand = stage.fresh(), pipeline.understand

    def slowly(*given: Any, **options: Any) -> Any:
        with (folder / "data/sources.csv").open("a", encoding="utf-8") as stream:
            stream.write("s7,Colleague,,,,no,,\n")
        return understand(*given, **options)

    monkeypatch.setattr(pipeline, "understand", slowly)
    said = stage.does(IMPORT, folder)
    assert said.exit_code == 3
    assert "data/sources.csv was changed by another user in the meantime" in said.stderr
    assert (
        (folder / "data/sources.csv").read_text(encoding="utf-8").endswith("s7,Colleague,,,,no,,\n")
    )


def test_only_a_command_that_writes_takes_fingerprints(stage, monkeypatch):
    import dtrack.storage.paths

    monkeypatch.setattr(
        dtrack.storage.paths, "fingerprint", lambda raw: pytest.fail("a report has no use for it")
    )
    assert stage.does("report --half H1-2024", stage.fresh()).exit_code == 0
    assert load(stage.fresh()).read_from == {}


@pytest.mark.parametrize("dry", ["", " --dry-run"])
def test_the_first_figure_of_somebody_else_is_no_fault_of_a_file(stage, monkeypatch, dry):
    """added.csv is not there when the workspace is read, and has a row of another cell when it is asked for."""
    from dtrack.editing import observations as door

    folder, plan = stage.fresh(), door.add_figure
    mine = HEAD + "a,growth,H1-2023,2.2,flash,2023-07-20,s1,\n"

    def slowly(*given: Any, **options: Any) -> Any:
        (folder / "data/actuals/added.csv").write_text(mine, encoding="utf-8")
        return plan(*given, **options)

    monkeypatch.setattr(door, "add_figure", slowly)
    said = stage.does(WRITERS["add"] + dry, folder)
    assert (said.exit_code, said.stdout) == (3, "")
    assert said.stderr == f"dtrack: data/actuals/added.csv was {MEANWHILE}"
    assert (folder / "data/actuals/added.csv").read_text(encoding="utf-8") == mine
