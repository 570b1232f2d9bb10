"""What a change does to each file of a workspace, and the plan in which that is written down.

Every rule is asked before the first byte is written, so that what is begun can be finished. Then
the new files are staged in `.dtrack`, and `.dtrack/plan.json` is written. Until that name is there
nothing has happened; from then on the change is finished by whoever comes next, however often it is
interrupted.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from dtrack.core.findings import WriteFailed, changed_meanwhile
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.places import ACTUALS_FOLDER, RECEIVED_FOLDER
from dtrack.core.version import VERSION
from dtrack.storage import disk
from dtrack.storage.changeset import Change, portable
from dtrack.storage.lock import HOLDER, HOME, PLAN, STAGE, Holder, holder_in
from dtrack.storage.paths import Files, is_figures

_FORMAT, _MOST = 1, 1_000_000  # bytes of a plan
_ADDED_TO = (f"{ACTUALS_FOLDER}/", f"{RECEIVED_FOLDER}/")


@dataclass(frozen=True, slots=True)
class Item:
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
        raise _refused(name, _("it is a link, and what it leads to is not dtrack's"))
    real = Path(os.path.realpath(target))  # on Windows .git is GIT~1 too
    if not real.is_relative_to(folder) or any(
        part.startswith(".") for part in real.relative_to(folder).parts
    ):
        raise _refused(name, _("a link leads out of the workspace"))
    if target.is_dir():
        raise _refused(name, _("a folder stands where the file should be"))
    if os.path.lexists(target) and not target.is_file():
        raise _refused(name, _("a pipe or a device stands where the file should be"))
    return target


def standing(folder: Path, name: str) -> str:
    """The fingerprint of what stands at a name that may be written to, "" for nothing.

    Raises as `place`.
    """
    place(folder, name)
    return disk.standing(folder, name)


def items(folder: Path, change: Change) -> tuple[Item, ...]:
    """What the change means for each file, those that go first.

    Raises WriteFailed if it must not or cannot be written.
    """
    insist_on_names([*change.gone, *change.files])
    _insist_unchanged(folder, change)
    after = {**dict.fromkeys(change.gone, ""), **change.prints}
    found = [Item(name, standing(folder, name), after[name]) for name in after]
    for item in found:
        _allowed(folder, item, change)
        _possible(folder, item)
    return tuple(found)


def _refused(name: str, reason: Message) -> WriteFailed:
    return WriteFailed(
        _("“{file}” is not written to: {reason}; nothing was written", file=name, reason=reason)
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
            raise _refused(name, _("it stands twice in one change"))
        taken[key] = name
    for key, name in taken.items():
        if any(key[:at] in taken for at, sign in enumerate(key) if sign == "/"):
            raise _refused(name, _("it stands twice in one change"))


def _insist_on_name(name: str) -> None:
    if not all(portable(part) for part in name.split("/")):
        raise _refused(name, _("it is no plain name within the workspace"))


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


def _allowed(folder: Path, item: Item, change: Change) -> None:
    """Files of figures and originals are only added to.

    One that goes or is replaced must have been looked at.
    """
    real = Path(os.path.realpath(folder / item.name)).relative_to(folder).as_posix()
    added_to = any(name.casefold().startswith(_ADDED_TO) for name in (item.name, real))
    if item.before and added_to and item.name not in change.seen:
        raise _refused(
            item.name, _("there is such a file, and it is never replaced or taken away unseen")
        )
    if not item.before and not item.after:
        raise _refused(item.name, _("it was to be taken away, and is not there"))


def _possible(folder: Path, item: Item) -> None:
    """What would stop the change half-way stops it here.

    A file in place of a folder, another disk, no permission.
    """
    target = folder / item.name
    above = next(path for path in target.parents if os.path.lexists(path))
    if not above.is_dir():
        raise _refused(item.name, _("a file stands where its folder should be"))
    if above.stat().st_dev != folder.stat().st_dev:
        raise _refused(
            item.name,
            _(
                "it lies on another disk than the workspace, so it cannot be put in place at one "
                "stroke"
            ),
        )
    if not os.access(above, os.W_OK):
        raise _refused(item.name, _("you may not write to its folder"))
    if item.before:  # open in Excel, or marked read-only: said now, not when half is written
        os.close(os.open(target, os.O_RDWR))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change does, in order, and who made it.

    The bytes of file number n stand in `.dtrack/stage/n`. `folder`: the number that the file
    system gave the `.dtrack` in which it was begun; a copy of that has another.
    """

    items: tuple[Item, ...]
    holder: Holder
    folder: int

    def is_of(self, home: Path) -> bool:
        """It was begun in this very folder; it did not come in a workspace that somebody sent."""
        return self.folder == number_of(home) != 0


def number_of(folder: Path) -> int:
    """What the file system calls the folder (its inode); 0 where it has no such number."""
    return folder.stat().st_ino


def stage(folder: Path, change: Change, plan: Plan) -> None:
    """Every new file of the change on the disk, beside the plan that is to be.

    Nothing of it counts yet.
    """
    there = folder / HOME / STAGE
    disk.step(there.mkdir)
    for number, item in enumerate(plan.items):
        if item.after:
            mode = (folder / item.name).stat().st_mode & 0o777 if item.before else None
            disk.write(there / str(number), change.files[item.name], mode=mode)
    text = {"format": _FORMAT, "dtrack": VERSION, **asdict(plan)}
    disk.write(there / PLAN, json.dumps(text, ensure_ascii=False, indent=1).encode())
    disk.settle(there)
    disk.settle(there.parent)


def commit(folder: Path) -> None:
    """The plan gets its name: from now on the change has happened."""
    home = folder / HOME
    disk.step(os.replace, home / STAGE / PLAN, home / PLAN)
    disk.settle(home)


def read(home: Path) -> Plan:
    """The plan that is written down.

    Raises WriteFailed if it is of another dtrack or cannot be read, and OSError.
    """
    try:
        data = json.loads(disk.plain_bytes(home / PLAN, _MOST))
        if data["format"] != _FORMAT:
            version = str(data["dtrack"])[:20]
            told = _(
                "it was begun by dtrack {version}, which is another; run that one once to finish "
                "it",
                version=version,
            )
            raise WriteFailed(told)
        found = tuple(map(_item, data["items"]))
        insist_on_names(item.name for item in found)
        return Plan(found, holder_in(data["holder"]), data.get("folder", 0))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        told = _(
            "{file} cannot be read ({fault}); look whether the last import is whole, then delete "
            "that file",
            file=f"{HOME}/{PLAN}",
            fault=type(error).__name__,
        )
        raise WriteFailed(told) from None


def _item(data: Mapping[str, Any]) -> Item:
    """One file of a plan. Raises TypeError, KeyError for what is none."""
    texts = [data[name] for name in ("name", "before", "after")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    return Item(*texts)


def forward(folder: Path, plan: Plan) -> None:
    """Put in place what is not there yet, and take the plan away.

    Raises WriteFailed, and OSError; the plan stays then.
    """
    home = folder / HOME
    ahead = [
        (number, item) for number, item in enumerate(plan.items) if _is_ahead(folder, number, item)
    ]
    for number, item in ahead:
        _put(folder, number, item)
    homes = {place(folder, item.name).parent for item in plan.items}
    for parent in sorted(parent for parent in homes if parent.is_dir()):
        disk.settle(parent)
    if folder / RECEIVED_FOLDER in homes and any(not item.after for item in plan.items):
        disk.drop_if_empty(folder / RECEIVED_FOLDER)
    disk.step((home / HOLDER).unlink, missing_ok=True)
    disk.step((home / PLAN).unlink)
    disk.settle(home)


def _is_ahead(folder: Path, number: int, item: Item) -> bool:
    """This file is still to be put in place.

    Raises WriteFailed where that would cost somebody's work.
    """
    now = standing(folder, item.name)
    if now == item.after:
        return False
    if now not in ("", item.before):
        raise WriteFailed(
            _("{file} was changed since; move your copy out of the workspace first", file=item.name)
        )
    staged = f"{HOME}/{STAGE}/{number}"
    if item.after and not (
        disk.is_plain(folder / staged) and disk.standing(folder, staged) == item.after
    ):
        told = _(
            "what is to become {file} is no longer in {folder}; delete {plan} and do it once more",
            file=item.name,
            folder=HOME,
            plan=f"{HOME}/{PLAN}",
        )
        raise WriteFailed(told)
    return True


def _put(folder: Path, number: int, item: Item) -> None:
    target = folder / item.name
    if not item.after:
        disk.step(target.unlink)
        return
    disk.make_folders(target.parent)
    disk.step(os.replace, folder / HOME / STAGE / str(number), target)
