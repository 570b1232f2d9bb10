"""Shared by tests. `city`: the gap of the city = what the districts missed + what the target setting left open + the rest."""

from __future__ import annotations

from support.workspaces import AREA_COLUMNS, write_csv

R = {
    "haidian": ("4800", "6.1", "5.5"),
    "chaoyang": ("4000", "4.6", "5.0"),
    "xicheng": ("2800", "5.0", "5.0"),
    "dongcheng": ("1700", "4.48", "4.5"),
    "fengtai": ("1100", "3.9", "6.0"),
    "tongzhou": ("600", "7.4", "7.0"),
}


def six(folder):
    """The areas of the formulas instead of those of conftest."""
    rows = [("city", "", ""), *[(name, "city", "") for name in R], ("zone", "city", "tongzhou")]
    lines = [
        dict(zip(AREA_COLUMNS, (i, "", parent, i.title(), i, i, "", over), strict=True))
        for i, parent, over in rows
    ]
    write_csv(folder / "data/areas.csv", AREA_COLUMNS, lines)
