"""What a change means for each file of a workspace, and whether it may be written.

Every rule is asked before the first byte is written, so that what is begun can be finished.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dtrack.core.findings import WriteFailed, changed_meanwhile
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.places import ACTUALS_FOLDER, RECEIVED_FOLDER
from dtrack.storage import disk
from dtrack.storage.changeset import Change, portable
from dtrack.storage.paths import Files, is_figures

_ADDED_TO = (f"{ACTUALS_FOLDER}/", f"{RECEIVED_FOLDER}/")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of a change: its name, the fingerprint of what stood there before and stands after.

    "" is no file.
    """

    name: str
    before: str
    after: str


def place(folder: Path, name: str) -> Path:
    """The file of that name in the workspace (a real path).

    Raises WriteFailed for what lies outside, a link, a folder.
    """
    _insist_on_name(name)
    target = folder / name
    if target.is_symlink():
        raise _refused(name, _("it is a link to something outside the control of dtrack"))
    real = Path(os.path.realpath(target))  # on Windows .git is GIT~1 too
    if not real.is_relative_to(folder) or any(
        part.startswith(".") for part in real.relative_to(folder).parts
    ):
        raise _refused(name, _("a link points outside the workspace"))
    if target.is_dir():
        raise _refused(name, _("a folder exists in place of the file"))
    if os.path.lexists(target) and not target.is_file():
        raise _refused(name, _("a pipe or a device exists in place of the file"))
    return target


def standing_at(folder: Path, name: str) -> str:
    """The fingerprint of what stands at a name that may be written to, "" for nothing.

    Raises as `place`.
    """
    place(folder, name)
    return disk.standing(folder, name)


def items(folder: Path, change: Change) -> tuple[PlannedFile, ...]:
    """What the change means for each file, those that go first.

    Raises WriteFailed if it must not or cannot be written.
    """
    insist_on_names([*change.gone, *change.files])
    _insist_unchanged(folder, change)
    after = {**dict.fromkeys(change.gone, ""), **change.prints}
    found = [PlannedFile(name, standing_at(folder, name), after[name]) for name in after]
    for item in found:
        _allowed(folder, item, change)
        _possible(folder, item)
    return tuple(found)


def _refused(name: str, reason: Message) -> WriteFailed:
    return WriteFailed(
        _("“{file}” cannot be written: {reason}; nothing was written", file=name, reason=reason)
    )


def insist_on_names(names: Iterable[str]) -> None:
    """Names within the workspace; no two mean one file on any system, none is a folder of another.

    Raises WriteFailed.
    """
    taken = dict[str, str]()
    for name in names:
        _insist_on_name(name)
        key = unicodedata.normalize("NFC", name).casefold()
        if key in taken:
            raise _refused(name, _("it occurs twice in one change"))
        taken[key] = name
    for key, name in taken.items():
        if any(key[:at] in taken for at, sign in enumerate(key) if sign == "/"):
            raise _refused(name, _("it occurs twice in one change"))


def _insist_on_name(name: str) -> None:
    if not all(portable(part) for part in name.split("/")):
        raise _refused(name, _("it is not a plain name within the workspace"))


def _insist_unchanged(folder: Path, change: Change) -> None:
    """Every file that the change was made from, or looked at with, is still the same.

    Raises WriteFailed, which names the others.
    """
    for name in change.seen:
        _insist_on_name(name)
    others = [name for name, then in change.seen.items() if disk.standing(folder, name) != then]
    others += _unlike(folder, change.read_from)
    if others:
        raise changed_meanwhile(list(dict.fromkeys(others)))


def insist_as_read(folder: Path, read_from: Mapping[str, str]) -> None:
    """Before a fault of the workspace is told that may only be somebody else's work half seen.

    Raises WriteFailed where a file is another than it was read (`Workspace.read_from`).
    """
    if others := list(_unlike(folder, read_from)):
        raise changed_meanwhile(others)


def _unlike(folder: Path, then: Mapping[str, str]) -> Iterator[str]:
    """The files that are another than they were read, and files of figures that are new.

    None where it was not remembered.
    """
    if not then:
        return iter(())
    now = Files(folder, seen={})
    figures = [name for name in now.listed(ACTUALS_FOLDER) if is_figures(PurePosixPath(name))]
    for name in dict.fromkeys((*then, *figures)):
        with suppress(OSError):
            now.read(name)
    return (name for name, found in (now.seen or {}).items() if found != then.get(name))


def _allowed(folder: Path, item: PlannedFile, change: Change) -> None:
    """Files of figures and originals are only added to; one looked at may go, or be replaced."""
    real = Path(os.path.realpath(folder / item.name)).relative_to(folder).as_posix()
    added_to = any(name.casefold().startswith(_ADDED_TO) for name in (item.name, real))
    if item.before and added_to and item.name not in change.seen:
        raise _refused(item.name, _("the file exists; it is not replaced or deleted unread"))
    if not item.before and not item.after:
        raise _refused(item.name, _("it should be deleted but does not exist"))


def _possible(folder: Path, item: PlannedFile) -> None:
    """What would stop the change half-way (another disk, no permission) stops it here."""
    target = folder / item.name
    above = next(path for path in target.parents if os.path.lexists(path))
    if not above.is_dir():
        raise _refused(item.name, _("a file exists in place of its folder"))
    if above.stat().st_dev != folder.stat().st_dev:
        told = _("it is on another disk than the workspace and cannot be replaced in one step")
        raise _refused(item.name, told)
    if not os.access(above, os.W_OK):
        raise _refused(item.name, _("no permission to write to its folder"))
    if item.before:  # open in Excel, or marked read-only: said now, not when half is written
        os.close(os.open(target, os.O_RDWR))
