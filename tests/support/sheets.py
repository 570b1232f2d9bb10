"""Shared by tests. Every writer shows the same numbers: three standard sheets, each writer's output without its dress, row by row."""

from __future__ import annotations

import io
import warnings
from math import nan

import openpyxl

from dtrack.reporting.document import Column, Sheet

AREAS = ["Beijing", "Haidian", "密云区", "Yanqing | north"]


FULL = Sheet(
    "Growth (%)",
    (
        Column("area", "Area", AREAS, tones=["city", "", "", ""]),
        Column("target", "Target", ["5.0", "above 6", "7", "5.50"], numbers=[5.0, None, 7.0, 5.5]),
        Column(
            "gap",
            "Gap (pp)",
            [0.4, -0.25, 0.0, -12.0],
            [1, 2, 1, 0],
            signed=True,
            right=True,
            tones=["met", "missed", "met", "missed"],
            alike=True,
        ),
        Column(
            "verdict",
            "Verdict",
            ["✓ met", "✗ missed", "✓ met", "✗ missed"],
            tones=["met", "missed", "met", "missed"],
        ),
        Column("level", "Level", [5754.7, 1234567.0, 0.125, 2.675], [1, 0, 2, 2], right=True),
        Column("figures", "Figures", [3, 0, 12, 1], right=True),
    ),
    ("Two of four missed.",),
)


GAPS = Sheet(
    "With gaps",
    (
        Column("area", "Area", AREAS),
        Column("target", "Target", ["", "undisclosed", "", "6"], numbers=[None, None, None, 6.0]),
        Column("gap", "Gap", [nan, None, -0.04, nan], [1, 1, 1, 0], signed=True, right=True),
        Column("sure", "Sure", [True, None, False, None]),
        Column("days", "Days", [None, 4, None, -2], right=True),
    ),
)


EMPTY = Sheet(
    "Nothing", (Column("area", "Area", []), Column("gap", "Gap", [], [], signed=True)), ("No row.",)
)


SHEETS = {"full": FULL, "with gaps": GAPS, "empty": EMPTY}


def opened(data: bytes):
    """A workbook as openpyxl reads it; it says that it knows no bars with an axis, which Excel and LibreOffice do."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message=".* extension is not supported", category=UserWarning
        )
        return openpyxl.load_workbook(io.BytesIO(data))
