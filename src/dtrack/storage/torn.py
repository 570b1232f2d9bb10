"""Findings at rows of the wrong width → the same with the cells whose they may be.

Area, indicator and period are taken where all three can still be read at their places: a shifted
field is none of the three. What runs over lines, or holds a second row, may have swallowed other
figures, and stays anybody's.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace

from dtrack.core.findings import Finding
from dtrack.core.names import area_index, indicator_index, spelling
from dtrack.core.period import Period
from dtrack.model.entities import Area, Indicator
from dtrack.storage.csv_reader import read_text
from dtrack.storage.paths import Files

_CELL = ("area", "indicator", "period")
_CELLS = [[name] for name in _CELL]


def with_cells(
    findings: Sequence[Finding],
    files: Files,
    areas: tuple[Area, ...],
    indicators: tuple[Indicator, ...],
) -> list[Finding]:
    """The findings, each *row-width* with the cell of its row where that can be read."""
    lines: dict[str, list[str]] = {}
    of_area, of_indicator = area_index(areas), indicator_index(indicators)

    def names(text: str) -> bool:
        """The field names an area or an indicator; a number may be part of a figure."""
        key = spelling(text)
        return not key.isdigit() and (key in of_area or key in of_indicator)

    def of_row(finding: Finding) -> Finding:
        if finding.code != "row-width" or finding.line is None:
            return finding
        text = lines.get(finding.file) or lines.setdefault(
            finding.file, read_text(files, finding.file)[0].split("\n")
        )
        header, row = _fields(text[0]), _fields("".join(text[finding.line - 1 : finding.line]))
        if not set(_CELL) <= set(header) or max(map(header.index, _CELL)) >= len(row):
            return finding
        named = dict(zip(_CELL, (row[header.index(name)].strip() for name in _CELL), strict=True))
        area = of_area.get(spelling(named["area"]), -1)
        indicator = of_indicator.get(spelling(named["indicator"]), -1)
        try:
            period = str(Period.parse(named["period"]))
        except ValueError:
            return finding
        others = [text for at, text in enumerate(row) if header[at : at + 1] not in _CELLS]
        if min(area, indicator) < 0 or len(row) >= 2 * len(header) - 1 or any(map(names, others)):
            return finding
        return replace(
            finding, area=areas[area].id, indicator=indicators[indicator].id, period=period
        )

    return [of_row(finding) for finding in findings]


def _fields(line: str) -> list[str]:
    """The fields of a line; none where a quote runs past its end."""
    try:
        return [field.strip() for field in next(csv.reader([line], strict=True), [])]
    except csv.Error:
        return []
