"""Shared by tests. A change of a workspace is written as a whole or not at all: every step of writing is broken in every way, once."""

from __future__ import annotations

import errno
import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dtrack.cli.output import announce
from dtrack.storage import disk, transaction
from dtrack.storage.changeset import Change, fingerprint
from support.broken_inputs import GOOD, HEAD, SOURCES, write

NEW_ROW = "a,growth,H1-2023,4.4,final,2023-07-20,s2,\n"


ORIGINAL = "data/received/上半年.xlsx"


IMPORT = Change(
    files={
        ORIGINAL: b"PK\3\4 the original \0\xff" * 50,
        SOURCES: (GOOD[SOURCES] + "s2,Return,Alpha,2023-07-20,,no,上半年.xlsx,\n").encode(),
        "data/imports.csv": b"time,figures\nnow,new.csv\n",
        "data/actuals/new.csv": (HEAD + NEW_ROW).encode(),
    },
    seen={SOURCES: fingerprint(GOOD[SOURCES].encode()), "data/actuals/new.csv": ""},
)


UNDO = Change(  # of an import: what it brought goes, what it replaced comes back
    files={SOURCES: GOOD[SOURCES].encode()},
    gone=("data/actuals/new.csv", ORIGINAL, "data/imports.csv"),
    seen={name: fingerprint(raw) for name, raw in IMPORT.files.items()},
)


CHANGES = {"import": IMPORT, "undo": UNDO}


LITTER = {"lock", ".gitignore"}  # all that ever stays in .dtrack


WRITES = {
    "open",
    "write",
    "flush",
    "fsync",
    "mkdir",
    "replace",
}  # what a full disk may refuse; it lets take away


apply = functools.partial(transaction.apply, say=announce)


class Died(BaseException):
    """The process is no more."""


@dataclass
class Steps:
    """Every act of writing, counted; the one numbered `broken` fails: before it, half-way, or after it.

    `lasting`: which later acts fail too.
    """

    broken: int = 0
    when: str = "before"
    failure: Callable[[], BaseException] = Died
    lasting: Callable[[str], bool] = lambda name: False
    done: list[str] = field(default_factory=list)

    def __call__(self, act: Callable[..., Any], *given: Any, **options: Any) -> Any:
        self.done.append(act.__name__)
        here = len(self.done)
        if here == self.broken:
            self.begin(act, given, options)
            raise self.failure()
        if self.broken and here > self.broken and self.lasting(act.__name__):
            raise self.failure()
        return act(*given, **options)

    def begin(self, act, given, options):
        if self.when == "half-way" and act.__name__ == "write":
            act(given[0][: len(given[0]) // 2])
        if self.when == "after" and hasattr(result := act(*given, **options), "close"):
            result.close()


def full() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


def read_only() -> OSError:
    return OSError(errno.EROFS, "Read-only file system")


FAILURES = {  # name: what is raised, and which later acts fail as well
    "killed": (Died, lambda name: True),
    "Ctrl-C": (KeyboardInterrupt, lambda name: False),
    "one write failed": (full, lambda name: False),
    "the disk is full": (full, lambda name: name in WRITES),
    "read-only from now on": (read_only, lambda name: True),
    "a file is held open": (
        lambda: PermissionError(errno.EACCES, "Permission denied", "sources.csv"),
        lambda name: name == "replace",
    ),
}


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of the workspace but those in .dtrack."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".dtrack" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def litter(folder: Path) -> set[str]:
    home = folder / ".dtrack"
    return {path.name for path in home.iterdir()} - LITTER if home.exists() else set()


def figures(folder: Path) -> list[str]:
    from dtrack.workspace import load

    dataset = load(folder)
    return sorted(dataset.actuals["value"].astype(str))


def broken(monkeypatch, steps: Steps) -> Steps:
    monkeypatch.setattr(disk, "step", steps)
    return steps


@pytest.fixture
def before(tmp_path) -> Callable[[str], Path]:
    """A fresh workspace as it is before the change of that name."""
    made: list[Path] = []

    def make(name: str) -> Path:
        folder = write(tmp_path / f"w{len(made)}")
        made.append(folder)
        if name == "undo":
            for file, raw in IMPORT.files.items():
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_bytes(raw)
        return folder

    return make


def leave(before, monkeypatch, name: str, act: str, when: str) -> Path:
    """A workspace whose writer died at the first act of that name."""
    folder = before(name)
    with monkeypatch.context() as patch:
        acts = broken(patch, Steps())
        apply(before(name), CHANGES[name])
    with monkeypatch.context() as patch:
        broken(patch, Steps(acts.done.index(act) + 1, when, *FAILURES["killed"]))
        with pytest.raises(Died):
            apply(folder, CHANGES[name], name)
    return folder


GOOD_BYTES = {name: text.encode() for name, text in GOOD.items()}
