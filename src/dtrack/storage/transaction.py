"""Write a `Change` into a workspace as a whole or not at all, whatever happens on the way.

The files are staged in `.dtrack` and a plan is written down there (`plan.py`); from that moment on
the change is finished by whoever comes next: this process, or a later dtrack through `recover` or
`notice`. What was found of others is told sentence by sentence to the caller's `say`.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from dtrack.core.findings import WriteFailed
from dtrack.core.message import Message, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.i18n.system_messages import reason
from dtrack.storage import disk, plan
from dtrack.storage.changeset import Change
from dtrack.storage.lock import (
    HOLDER,
    HOME,
    PLAN,
    STAGE,
    Busy,
    Holder,
    holder_bytes,
    is_held,
    not_own,
    read_holder,
    taken,
    this_process,
)
from dtrack.storage.plan import Plan
from dtrack.storage.preconditions import PlannedFile, items

# takes one sentence about what another dtrack left, or is doing
Say = Callable[[Message], object]


def warn(sentence: Message) -> None:
    """Warn, as Python does, whoever gave no `say`."""
    warnings.warn(str(sentence), stacklevel=2)


def apply(folder: Path, change: Change, doing: str = "import", say: Say = warn) -> None:
    """Write the change into the workspace, as a whole or not at all.

    `doing` names it for others (import, undo). Raises WriteFailed, with one sentence: another
    process writes; a file the change was made from is another by now; a name leads out of the
    workspace; the disk is full. What was begun and could not be finished, the next command does.
    """
    folder = Path(os.path.realpath(folder))
    try:
        with taken(folder):
            _tidy_up(folder, say)
            _write(folder, change, this_process(doing), say)
    except OSError as error:
        raise WriteFailed(
            _("cannot write to the workspace: {fault}; nothing was written", fault=_reason(error))
        ) from error


def recover(folder: Path, say: Say = warn) -> None:
    """Finish or clear what an interrupted dtrack left, and say so; where that cannot be, say that.

    For commands that write; those that read ask for `notice`. Never raises.
    """
    if not os.path.lexists(folder / HOME):
        return
    folder = Path(os.path.realpath(folder))
    if not _is_left(folder):
        return
    try:
        with taken(folder):
            _finish(folder, say)
    except Busy:
        say(_under_way(folder))
    except (WriteFailed, OSError) as error:
        say(_unfinished(folder, error))


def notice(folder: Path, say: Say = warn) -> None:
    """Tell what an interrupted dtrack left, for a command that reads. Never raises.

    It writes nothing, with one exception: a change that counts already, and was begun in this very
    folder, is finished, else nobody could read it as a whole.
    """
    folder = Path(os.path.realpath(folder))
    home = folder / HOME
    if not _is_left(folder):
        return
    if fault := not_own(home):
        say(_("{fault}; remove it", fault=fault))
    elif os.path.lexists(home / PLAN):
        _of_a_plan(folder, say)
    elif os.path.lexists(home / HOLDER):
        deed = read_holder(home).deed
        if is_held(home):
            say(_under_way(folder))
        elif os.path.lexists(home / HOLDER):  # it did not come to its end just now
            say(_("{deed} was interrupted; nothing had been written", deed=deed))


def _of_a_plan(folder: Path, say: Say) -> None:
    """Finish the change if it was begun here; one that came with the folder waits for a writer."""
    try:
        found = plan.read_plan(folder / HOME)
    except FileNotFoundError:  # its writer has come to the end just now
        return
    except (WriteFailed, OSError) as error:
        say(_unfinished(folder, error))
        return
    if found.is_of(folder / HOME):
        recover(folder, say)
        return
    sentence = _(
        "{deed} is recorded but not yet complete; it was started in another folder, and "
        "the next command that writes completes it",
        deed=found.holder.deed,
    )
    say(sentence)


def _under_way(folder: Path) -> Message:
    who = read_holder(folder / HOME).named
    return _(
        "another dtrack{who} is writing to this workspace; the results show it before or "
        "after that change",
        who=who,
    )


def _is_left(folder: Path) -> bool:
    """Somebody writes, or did not come to an end."""
    return any(os.path.lexists(folder / HOME / name) for name in (HOLDER, PLAN, STAGE))


def _tidy_up(folder: Path, say: Say) -> None:
    """What another left is finished or cleared before anything new begins.

    Raises WriteFailed where that cannot be.
    """
    try:
        _finish(folder, say)
    except (WriteFailed, OSError) as error:
        raise WriteFailed(
            _("{sentence} Nothing new was written.", sentence=_unfinished(folder, error))
        ) from error


def _finish(folder: Path, say: Say) -> None:
    """Under the lock: carry out a plan to the end, throw away a stage without one, and say so."""
    home = folder / HOME
    if not _is_left(folder):
        return
    if os.path.lexists(home / PLAN):
        found = plan.read_plan(home)
        plan.forward(folder, found)
        say(_("{deed} was interrupted; it has been completed", deed=found.holder.deed))
    disk.clear(home / STAGE)
    if (home / HOLDER).exists():
        deed = read_holder(home).deed
        disk.step((home / HOLDER).unlink)
        say(_("{deed} was interrupted; nothing had been written", deed=deed))


def _write(folder: Path, change: Change, holder: Holder, say: Say) -> None:
    """Under the lock: stage, give the plan its name, put every file in place, tidy up.

    A failure before the plan has its name leaves nothing, one after it leaves the plan. Once the
    plan is gone no failure matters any more, but Ctrl-C is heard.
    """
    home, found = folder / HOME, items(folder, change)
    if not found:
        return
    made = Plan(found, holder, plan.number_of(home))
    begun = False
    try:
        disk.write(home / HOLDER, holder_bytes(holder))
        plan.stage(folder, change, made)
        _insist_on(found, items(folder, change))
        plan.commit(folder)
        begun = True
        plan.forward(folder, made)
    except BaseException as error:
        if (home / PLAN).exists():
            _leave(folder, error, say)
        _sweep(folder)
        if not begun or not isinstance(error, OSError):
            raise
    else:
        _sweep(folder)


def _insist_on(found: tuple[PlannedFile, ...], now: tuple[PlannedFile, ...]) -> None:
    """Staging takes its time: what stands there is looked at once more before the plan counts."""
    if found != now:
        sentence = _(
            "the workspace was changed by another user in the meantime; nothing was "
            "written. Run the command again."
        )
        raise WriteFailed(sentence)


def _sweep(folder: Path) -> None:
    """Take away what nobody needs any more; what resists is left for the next dtrack."""
    home = folder / HOME
    with suppress(OSError):
        disk.clear(home / STAGE)
    with suppress(OSError):
        disk.step((home / HOLDER).unlink, missing_ok=True)


def _leave(folder: Path, error: BaseException, say: Say) -> NoReturn:
    """Tell that the change is written down and not yet in place. Ctrl-C stays what it is."""
    sentence = _unfinished(folder, error)
    if isinstance(error, (OSError, WriteFailed)):
        raise WriteFailed(sentence) from error
    say(sentence)
    raise error


def _unfinished(folder: Path, error: BaseException) -> Message:
    """What stands while a change is neither undone nor done, and what to do."""
    home = folder / HOME
    with suppress(WriteFailed, OSError):
        who = plan.read_plan(home).holder
        return _(
            "{deed} is recorded but not yet complete: {fault}. The next dtrack command "
            "completes it.",
            deed=who.deed,
            fault=_reason(error),
        )
    deed = read_holder(home).deed
    return _(
        "{deed} was interrupted and left files behind: {fault}.",
        deed=deed,
        fault=_reason(error),
    )


def _reason(error: BaseException) -> object:
    """Why, in few words; of an OSError with the file it is about."""
    if isinstance(error, OSError):
        if not error.filename:
            return reason(error)
        return _("{fault} ({file})", fault=reason(error), file=Path(str(error.filename)).name)
    return message_of(error) if isinstance(error, Exception) and str(error) else _("interrupted")
