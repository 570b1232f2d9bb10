"""The law of `--save-map`: a map that was saved reads its own sheet as it was read without it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from dtrack.core.findings import BlockedByFindings
from dtrack.importing.mapping import read_map, write_map
from dtrack.importing.pipeline import Request, Understood, understand, used_map


def reads_its_own_sheet(dataset: Any, request: Request) -> None:
    """Same figures, cell by cell, and same findings, with the map as without it; a file that is no table has no map."""
    try:
        first = understand(dataset, request)
    except BlockedByFindings:
        return
    text = write_map(used_map(dataset, first.layout, request, first.point))
    said, faults = read_map(text, "saved.toml")
    assert faults == [], text
    try:
        again = understand(dataset, replace(request, said=said))
    except BlockedByFindings as refused:
        raise AssertionError(f"{text}\n{refused}") from None
    assert (again.extracted, told(again), again.point) == (
        first.extracted,
        told(first),
        first.point,
    ), text


def told(read: Understood) -> Counter[tuple[str, str, str, bool]]:
    """What every finding is of; a sentence may be another where the map names a column."""
    return Counter(
        (finding.code, finding.origin, finding.area, finding.refused) for finding in read.findings
    )
