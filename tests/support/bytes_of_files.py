"""Shared by tests. `dtrack targets set`: one more entry in targets.toml, and every other byte as it was."""

from __future__ import annotations

from pathlib import Path


def every_byte(folder: Path) -> dict[str, bytes]:
    """The whole workspace: every file and its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".dtrack" not in path.parts
    }
