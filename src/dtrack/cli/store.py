"""Where a workspace's files are written: a `Change` as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

from dtrack.change import Change


def apply(folder: Path, change: Change) -> None:
    """Write the change into the workspace."""
    for name in change.gone:
        (folder / name).unlink()
    for name, raw in change.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
