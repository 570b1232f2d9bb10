"""The plan in which a change is written down, and how it is carried out.

The new files are staged in `.dtrack`, and `.dtrack/plan.json` is written. Until that name is there
nothing has happened; from then on the change is finished by whoever comes next, however often it is
interrupted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dtrack.core.findings import WriteFailed
from dtrack.core.message import lazy_gettext as _
from dtrack.core.places import RECEIVED_FOLDER
from dtrack.core.version import VERSION
from dtrack.storage import disk
from dtrack.storage.changeset import Change
from dtrack.storage.lock import HOLDER, HOME, PLAN, STAGE, Holder, holder_in
from dtrack.storage.preconditions import PlannedFile, insist_on_names, place, standing_at

_FORMAT, _MOST = 1, 1_000_000  # bytes of a plan


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change does, in order, and who made it.

    The bytes of file number n stand in `.dtrack/stage/n`. `folder`: the number that the file
    system gave the `.dtrack` in which it was begun; a copy of that has another.
    """

    items: tuple[PlannedFile, ...]
    holder: Holder
    folder: int

    def is_of(self, home: Path) -> bool:
        """It was begun in this very folder; it did not come in a workspace that somebody sent."""
        return self.folder == number_of(home) != 0


def number_of(folder: Path) -> int:
    """What the file system calls the folder (its inode); 0 where it has no such number."""
    return folder.stat().st_ino


def stage(folder: Path, change: Change, plan: Plan) -> None:
    """Every new file on the disk, beside the plan that is to be; nothing of it counts yet."""
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


def read_plan(home: Path) -> Plan:
    """The plan that is written down.

    Raises WriteFailed if it is of another dtrack or cannot be read, and OSError.
    """
    try:
        data = json.loads(disk.plain_bytes(home / PLAN, _MOST))
        if data["format"] != _FORMAT:
            version = str(data["dtrack"])[:20]
            told = _(
                "it was started by another version, dtrack {version}; run that version "
                "once to complete it",
                version=version,
            )
            raise WriteFailed(told)
        found = tuple(map(_item, data["items"]))
        insist_on_names(item.name for item in found)
        return Plan(found, holder_in(data["holder"]), data.get("folder", 0))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        told = _(
            "{file} cannot be read ({fault}); check that the last import is complete, "
            "then delete this file",
            file=f"{HOME}/{PLAN}",
            fault=type(error).__name__,
        )
        raise WriteFailed(told) from None


def _item(data: Mapping[str, Any]) -> PlannedFile:
    """One file of a plan. Raises TypeError, KeyError for what is none."""
    texts = [data[name] for name in ("name", "before", "after")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    return PlannedFile(*texts)


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


def _is_ahead(folder: Path, number: int, item: PlannedFile) -> bool:
    """This file is still to be put in place.

    Raises WriteFailed where that would cost somebody's work.
    """
    now = standing_at(folder, item.name)
    if now == item.after:
        return False
    if now not in ("", item.before):
        raise WriteFailed(
            _(
                "{file} has been changed since; first move your copy out of the workspace",
                file=item.name,
            )
        )
    staged = f"{HOME}/{STAGE}/{number}"
    if item.after and not (
        disk.is_plain(folder / staged) and disk.standing(folder, staged) == item.after
    ):
        told = _(
            "the new content of {file} is no longer in {folder}; delete {plan} and start again",
            file=item.name,
            folder=HOME,
            plan=f"{HOME}/{PLAN}",
        )
        raise WriteFailed(told)
    return True


def _put(folder: Path, number: int, item: PlannedFile) -> None:
    target = folder / item.name
    if not item.after:
        disk.step(target.unlink)
        return
    disk.make_folders(target.parent)
    disk.step(os.replace, folder / HOME / STAGE / str(number), target)
