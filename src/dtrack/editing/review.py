"""Review an edit before it is written: the findings that its files would bring.

The would-be files pass the same readers and checks as those on the disk. A new error keeps the edit
out; a new warning is shown and lets it in.
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
from dtrack.core.severity import Severity
from dtrack.i18n.system_messages import reason
from dtrack.model.dataset import Dataset
from dtrack.storage.changeset import Change
from dtrack.storage.paths import Files, fingerprint
from dtrack.workspace import Workspace, load

_UNREADABLE = ("file-unreadable", "not-utf8", "toml-syntax", "column-missing", "column-twice")


@dataclass(frozen=True, slots=True)
class ProposedEdit:
    """What an edit would do: the change (None where nothing is to be written), and what to show."""

    change: Change | None
    sentences: tuple[Message, ...]
    told: tuple[Finding, ...] = ()


def raw_of(dataset: Workspace, name: str) -> tuple[bytes, str]:
    """Return the bytes of a file of the workspace and their fingerprint, b"" and "" for no file.

    Raises BlockedByFindings where the file cannot be read, as an edit would be made blindly;
    WriteFailed where it is no longer what the workspace was read from.
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
    """Return the change of one file, made from the bytes with the fingerprint `seen`."""
    return Change({name: raw}, seen={name: seen}, read_from=dataset.read_from)


def looked_at(
    dataset: Workspace, change: Change, today: int = 0
) -> tuple[Workspace, tuple[Finding, ...]]:
    """Return the workspace as it would be, and the warnings that are new.

    `today` as in `check_plausibility`. Raises BlockedByFindings with the errors that are new.
    """
    after = load(dataset.folder, instead=change.files)
    new = [*brought(dataset.findings, after.findings), *_doubts(dataset, after, change, today)]
    if refusing := tuple(finding for finding in new if finding.severity is Severity.ERROR):
        raise BlockedByFindings(refusing)
    return after, tuple(finding for finding in new if finding.severity is Severity.WARNING)


def _doubts(dataset: Workspace, after: Workspace, change: Change, today: int) -> list[Finding]:
    """Return plausibility findings of the figures that the change adds."""
    from dtrack.validation.plausibility.run import check_plausibility

    added = np.zeros(len(after.actuals), bool)
    for name in change.files:
        mine = rows_of(after, name)
        old = dataset.actuals["line"].to_numpy()[rows_of(dataset, name)]
        added |= mine & (after.actuals["line"].to_numpy() > old.max(initial=0))
    return check_plausibility(after, added, today) if added.any() else []


def rows_of(dataset: Dataset, name: str) -> Flags:
    """Return which rows of the actuals stand in the file of that name."""
    files = dataset.actuals["file"].cat
    position = list(files.categories).index(name) if name in files.categories else -2
    return np.asarray(files.codes.to_numpy() == position, bool)


def brought(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """Return the findings that were not there before, as often as they are more.

    The place in a list does not tell two findings apart: an entry that becomes the first of two
    keeps its own.
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
    """Return the finding without what an edit elsewhere moves: its line, its place in a list."""
    values = tuple(
        (name, _without_place(value) if name == "key" else value)
        for name, value in finding.message.values
    )
    return replace(
        finding,
        line=None,
        column=_without_place(finding.column),
        message=finding.message._replace(values=values),
        day=0,
        value="",
        origin="",
        more=0,
    )


def _without_place(key: object) -> str:
    """Return a dotted key without places in lists: targets.growth.2024.a for …a[1]."""
    return re.sub(r"\[[0-9]+\]", "", str(key))
