"""The column `tile` of data/areas.csv: where an area lies on the tile map."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dtrack.core.findings import Finding
from dtrack.core.message import lazy_gettext as _
from dtrack.model.entities import Area
from dtrack.model.lives import LAST_DAY

MOST = 99  # a map of more columns or rows is no map that anybody reads
_TILE = re.compile(r"([0-9]{1,2})\s*[,，]\s*([0-9]{1,2})", re.ASCII)

Tile = tuple[int, int]


def read_tile(text: str, place: tuple[str, int]) -> tuple[Tile | None, list[Finding]]:
    """Column and row of a tile, None where the cell is blank; `place`: file and line."""
    if match := _TILE.fullmatch(text):
        return (int(match[1]), int(match[2])), []
    if not text:
        return None, []
    told = _(
        "a tile is its column and row from 0 to {most}, as {form}, not “{value}”",
        most=MOST,
        form='"3,1"',
        value=text[:40],
    )
    return None, [Finding("bad-value", *place, "tile", told)]


def shared_tiles(areas: Sequence[Area], file: str) -> list[Finding]:
    """The findings for areas on the tile of another that was there at the same time."""
    there, findings = dict[Tile, list[Area]](), list[Finding]()
    for area in areas:
        if area.tile is None:
            continue
        others = there.setdefault(area.tile, [])
        other = next((one for one in others if _together(one, area)), None)
        others.append(area)
        if other:
            told = _("{area} lies on the tile of {other}", area=area.id, other=other.id)
            findings.append(Finding("id-twice", file, area.line, "tile", told, area=area.id))
    return findings


def _together(one: Area, other: Area) -> bool:
    """The two existed on one day."""
    return one.since <= (other.until or LAST_DAY) and other.since <= (one.until or LAST_DAY)
