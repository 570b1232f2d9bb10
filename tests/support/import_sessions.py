"""Shared by tests. A district's workbook goes into the workspace: a recorded session, from the first refusal to the cell that `why` names."""

from __future__ import annotations

from pathlib import Path

from support.returns import workbook

WORDS = [
    "--half",
    "H1-2024",
    "--published",
    "2024-08-30",
    "--source",
    "returns-2024",
    "--status",
    "illustrative",
]


def everything(folder: Path) -> dict[str, bytes]:
    """Every byte of the workspace, apart from dtrack's own corner."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".dtrack" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def given(folder: Path, rows, name: str = "workbook.xlsx") -> str:
    (folder.parent / name).write_bytes(workbook(rows))
    return str(folder.parent / name)
