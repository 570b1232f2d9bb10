"""The files of a workspace: those on the disk, some of them replaced by bytes that are not written yet.

In comes a folder, out come bytes and names. What an import would bring is read through here as if it were there, so
that it passes the same readers and the same checks before a byte is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dtrack.change import fingerprint

UNREADABLE = "unreadable"  # stands for the fingerprint of a file that is there and cannot be read


@dataclass(frozen=True, slots=True)
class Files:
    """A workspace folder. `instead`: relative name → bytes that stand for that file, whether it is there or not.

    `fields`: of CSV files among those, the fields that their bytes were made of, one list a column, where every row is
    one line and no field needs quotes; they are taken as they are and not parsed again. `seen`: where the fingerprint of
    every file is kept that is read from the disk, "" where there is none; None: no fingerprint is taken, which saves time.
    """

    folder: Path
    instead: Mapping[str, bytes] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    seen: dict[str, str] | None = None

    def read(self, name: str) -> bytes:
        """The bytes of a file, named relative to the folder. Raises OSError as reading does."""
        given = self.instead.get(name)
        if given is not None:
            return given
        if self.seen is None:
            return (self.folder / name).read_bytes()
        self.seen[name] = UNREADABLE
        try:
            raw = (self.folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            self.seen[name] = ""
            raise
        self.seen[name] = fingerprint(raw)
        return raw

    def coming(self, home: str) -> list[str]:
        """Relative names of what is to be in a folder of the workspace and is not there yet."""
        return [name for name in self.instead if name.rpartition("/")[0] == home and not (self.folder / name).exists()]

    def listed(self, home: str) -> list[str]:
        """Relative names of what a folder of the workspace holds, sorted; none where there is no such folder."""
        place = self.folder / home
        there = {f"{home}/{path.name}" for path in place.iterdir()} if place.is_dir() else set()
        return sorted(there | {name for name in self.instead if name.rpartition("/")[0] == home})
