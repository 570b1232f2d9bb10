"""Shared by tests. Faults of `dtrack import` found by an outside reviewer: each test fails until its fault is mended."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

HALF, VA, GROWTH, SHARE, STOCK = (
    "H1-2024",
    "digital_va",
    "digital_va_growth",
    "digital_va_share_of_gdp",
    "5g_base_stations",
)


WORDS = ["--half", HALF, "--published", "2024-09-01", "--source", "ret", "--status", "illustrative"]


def sheet(rows: list[list[Any]], merged: tuple[str, ...] = ()) -> bytes:
    """An .xlsx of one sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Return:
    """What an import of one file says, without writing."""

    def __init__(
        self,
        run,
        folder: Path,
        raw: bytes | str,
        name: str = "return.xlsx",
        more: tuple[str, ...] = (),
    ) -> None:
        file = folder.parent / name
        file.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
        said = run(["import", str(file), *WORDS, "--dry-run", "-f", "json", *more], at=folder)
        self.code, self.err = said.code, said.err
        self.rows = json.loads(said.out)["rows"] if said.out.strip() else []

    @property
    def figures(self) -> set[tuple[str, str, str, str]]:
        return {(row["area"], row["indicator"], row["period"], row["value"]) for row in self.rows}


@pytest.fixture
def brought(run, symposium):
    def bring(raw: bytes | str, name: str = "return.xlsx", more: tuple[str, ...] = ()) -> Return:
        return Return(run, symposium, raw, name, more)

    return bring
