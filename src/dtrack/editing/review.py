"""The door of an edit.

In comes a workspace and the bytes that would stand in it, out comes what they would bring.

The would-be files pass the same readers and checks as those on the disk. A *refuse* finding that
was not there before keeps the edit out; what is to be looked at again is told and lets it in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from dtrack.core.arrays import Flags
from dtrack.core.findings import BlockedByFindings, Finding, changed_meanwhile
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.rules import Severity
from dtrack.i18n.system_messages import reason
from dtrack.model.entities import Dataset
from dtrack.storage.changeset import Change, fingerprint
from dtrack.storage.paths import Files
from dtrack.workspace import Workspace, load

_UNREADABLE = ("file-unreadable", "not-utf8", "toml-syntax", "column-missing", "column-twice")


@dataclass(frozen=True, slots=True)
class ProposedEdit:
    """What an edit would do: the change (None.

    Nothing is to be written), sentences for people, findings to be told.
    """

    change: Change | None
    sentences: tuple[Message, ...]
    told: tuple[Finding, ...] = ()


def raw_of(dataset: Workspace, name: str) -> tuple[bytes, str]:
    """The bytes of a file of the workspace and their fingerprint.

    Nothing and "" where there is no such file. Raises BlockedByFindings where a finding says
    that the file cannot be read: an edit would be made blindly; WriteFailed where it is no
    longer what the workspace was read from.
    """
    if faults := tuple(
        finding
        for finding in dataset.findings
        if finding.file == name and finding.code in _UNREADABLE
    ):
        raise BlockedByFindings(faults)
    raw, seen = b"", ""
    try:
        raw = Files(dataset.folder).read(name)
        seen = fingerprint(raw)
    except FileNotFoundError:
        pass
    except OSError as error:
        sentence = _("{file} cannot be read: {fault}", file=name, fault=reason(error))
        raise BlockedByFindings((Finding("file-unreadable", name, None, "", sentence),)) from None
    if dataset.read_from.get(name, seen) != seen:
        raise changed_meanwhile([name])
    return raw, seen


def change_of(dataset: Workspace, name: str, raw: bytes, seen: str) -> Change:
    """The change of one file of the workspace, made from the bytes with the fingerprint `seen`."""
    return Change({name: raw}, seen={name: seen}, read_from=dataset.read_from)


def looked_at(
    dataset: Workspace, change: Change, today: int = 0
) -> tuple[Workspace, tuple[Finding, ...]]:
    """The workspace as it would be, and what it brings that is to be looked at again.

    `today` as in `plausible.ask`. Raises BlockedByFindings with the *refuse* findings that it
    brings.
    """
    after = load(dataset.folder, instead=change.files, before=dataset)
    new = [*brought(dataset.findings, after.findings), *_doubts(dataset, after, change, today)]
    if refusing := tuple(finding for finding in new if finding.severity is Severity.ERROR):
        raise BlockedByFindings(refusing)
    return after, tuple(finding for finding in new if finding.severity is Severity.WARNING)


def _doubts(dataset: Workspace, after: Workspace, change: Change, today: int) -> list[Finding]:
    """What may be wrong with the figures that the change adds.

    A person is there to look again, so none is refused.
    """
    from dtrack.validation.plausibility.run import check_plausibility

    added = np.zeros(len(after.actuals), bool)
    for name in change.files:
        mine = rows_of(after, name)
        old = dataset.actuals["line"].to_numpy()[rows_of(dataset, name)]
        added |= mine & (after.actuals["line"].to_numpy() > old.max(initial=0))
    return check_plausibility(after, added, today) if added.any() else []


def rows_of(dataset: Dataset, name: str) -> Flags:
    """Which rows of the frame of actuals stand in the file of that name."""
    files = dataset.actuals["file"].cat
    position = list(files.categories).index(name) if name in files.categories else -2
    return np.asarray(files.codes.to_numpy() == position, bool)


def brought(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """The findings that were not there before, as often as they are more.

    A place in a list does not tell two findings apart: an entry that becomes the first of two keeps
    its own.
    """
    known = Counter(map(_same, before))
    new = []
    for finding in after:
        what = _same(finding)
        if known[what]:
            known[what] -= 1
        else:
            new.append(finding)
    return new


def _same(finding: Finding) -> Finding:
    """The finding without what an edit elsewhere in its file moves: the line, the place in a list."""
    values = tuple(
        (name, _without_place(value) if name == "key" else value)
        for name, value in finding.message.values
    )
    return replace(
        finding,
        line=None,
        column=_without_place(finding.column),
        message=replace(finding.message, values=values),
        day=0,
        value="",
        origin="",
        more=0,
    )


def _without_place(key: object) -> str:
    """A dotted key without the places in lists: targets.growth.2024.a[1] is that of a[0]."""
    return re.sub(r"\[[0-9]+\]", "", str(key))
