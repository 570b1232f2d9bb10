"""Where a change may be written: in come a workspace folder and a `Change`, out go the files it means, or a refusal.

Nothing is written here. Every rule is asked before the first byte is written, so that what is begun can be finished.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from dtrack.change import Change, portable
from dtrack.cli import disk
from dtrack.errors import NotWritten
from dtrack.schema import ACTUALS_FOLDER, RECEIVED_FOLDER
from dtrack.tongue import say

_ADDED_TO = (f"{ACTUALS_FOLDER}/", f"{RECEIVED_FOLDER}/")


@dataclass(frozen=True, slots=True)
class Item:
    """One file of a change: its name, the fingerprint of what stood there before and stands after; "" is no file."""

    name: str
    before: str
    after: str


def place(folder: Path, name: str) -> Path:
    """The file of that name in the workspace (a real path). Raises NotWritten for what lies outside, a link, a folder."""
    if not all(portable(part) for part in name.split("/")):
        raise _refused(name, say("it is no plain name within the workspace"))
    target = folder / name
    if target.is_symlink():
        raise _refused(name, say("it is a link, and what it leads to is not dtrack's"))
    home = Path(os.path.realpath(target.parent))
    if not home.is_relative_to(folder) or any(part.startswith(".") for part in home.relative_to(folder).parts):
        raise _refused(name, say("a link leads out of the workspace"))
    if target.is_dir():
        raise _refused(name, say("a folder stands where the file should be"))
    return target


def items(folder: Path, change: Change) -> tuple[Item, ...]:
    """What the change means for each file, those that go first. Raises NotWritten if it must not or cannot be written."""
    _distinct([*change.gone, *change.files])
    _unchanged(folder, change)
    found = [Item(name, disk.standing(place(folder, name)), "") for name in change.gone]
    found += [Item(name, disk.standing(place(folder, name)), after) for name, after in change.prints.items()]
    for item in found:
        _allowed(folder, item, change)
        _possible(folder, item)
    return tuple(found)


def _refused(name: str, reason: str) -> NotWritten:
    return NotWritten(say("“{file}” is not written to: {reason}; nothing was written", file=name, reason=reason))


def _distinct(names: list[str]) -> None:
    """No two names mean one file on any system, and none is a folder of another."""
    keys = [unicodedata.normalize("NFC", name).casefold() for name in names]
    for number, key in enumerate(keys):
        if key in keys[:number] or any(other.startswith(f"{key}/") for other in keys):
            raise _refused(names[number], say("it stands twice in one change"))


def _unchanged(folder: Path, change: Change) -> None:
    """Every file that the change was made from is still the same."""
    for name, then in change.seen.items():
        if not all(portable(part) for part in name.split("/")):
            raise _refused(name, say("it is no plain name within the workspace"))
        if disk.standing(folder / name) != then:
            raise NotWritten(say("{file} was changed by somebody else meanwhile; nothing was written. Run it again.", file=name))


def _allowed(folder: Path, item: Item, change: Change) -> None:
    """Files of figures and originals are only added to; one that goes or is replaced must have been looked at."""
    real = Path(os.path.realpath(folder / item.name)).relative_to(folder).as_posix()
    added_to = any(name.casefold().startswith(_ADDED_TO) for name in (item.name, real))
    if item.before and added_to and item.name not in change.seen:
        raise _refused(item.name, say("there is such a file, and it is never replaced or taken away unseen"))
    if not item.before and not item.after:
        raise _refused(item.name, say("it was to be taken away, and is not there"))


def _possible(folder: Path, item: Item) -> None:
    """What would stop the change half-way stops it here: a file in place of a folder, another disk, no permission."""
    target = folder / item.name
    above = next(path for path in target.parents if os.path.lexists(path))
    if not above.is_dir():
        raise _refused(item.name, say("a file stands where its folder should be"))
    if above.stat().st_dev != folder.stat().st_dev:
        raise _refused(item.name, say("it lies on another disk than the workspace, so it cannot be put in place at one stroke"))
    if not os.access(above, os.W_OK):
        raise _refused(item.name, say("you may not write to its folder"))
    if item.before:  # open in Excel, or marked read-only: said now, not when half is written
        os.close(os.open(target, os.O_RDWR))
