"""A tile map: a square for each area where it lies, with its name, sign and gap; colour second."""

from __future__ import annotations

from collections.abc import Sequence

from dtrack.core.translate import _
from dtrack.rendering.shades import dress
from dtrack.rendering.svg_parts import WIDTH, texts, tip
from dtrack.rendering.svg_scale import HIGH, folded, length
from dtrack.reporting.document import Tile

_BETWEEN, _INSIDE = 5, 6  # beside a tile, within it
_LEAST, _MOST = 58, 96  # what the widest word may have
_TIGHT, _BOLD = 0.92, 1.06  # of the width that is reckoned for lines of plain letters


def tiles(shown: Sequence[Tile]) -> tuple[float, float, str]:
    """Width, height and drawing of a map."""
    columns = max(tile.column for tile in shown) + 1
    room = min(max(_LEAST, *map(_wide, shown)), _MOST)
    wide = round(room + _BETWEEN + 2 * _INSIDE, 1)
    names = [folded(tile.label, room / _TIGHT + 0.5) for tile in shown]
    told = [folded(tile.told, room / _BOLD + 0.5) for tile in shown]
    most = max(len(name) + len(said) for name, said in zip(names, told, strict=True))
    high = max(most * HIGH + 2 * _INSIDE, 3 * HIGH + 2 * _INSIDE) + _BETWEEN
    depths = dress([tile.tone for tile in shown], [tile.value for tile in shown])
    drawn = []
    for tile, name, said, look in zip(shown, names, told, depths, strict=True):
        left, top = tile.column * wide, tile.row * high
        whole = _("{what}: {told}", what=tile.label, told=tile.told) if tile.told else tile.label
        kind = f"tile {look}" + " inside" * tile.inside
        size = f'width="{wide - _BETWEEN:g}" height="{high - _BETWEEN:g}" rx="4"'
        low = top + high - _BETWEEN - _INSIDE - (len(said) - 1) * HIGH - 3
        drawn.append(
            f'<g>{tip(whole)}<rect class="{kind}" x="{left + 1:g}" y="{top + 1:g}" {size}/>'
            f"{texts(name, left + _INSIDE + 1, top + _INSIDE + 11)}"
            f"{texts(said, left + _INSIDE + 1, low, ' class=gap')}</g>"
        )
    rows = max(tile.row for tile in shown) + 1
    return max(columns * wide, WIDTH), rows * high, "".join(drawn)


def _wide(tile: Tile) -> float:
    """What its longest word needs; what it tells is set bold."""
    name = max(map(length, tile.label.split()), default=0.0)
    told = max(map(length, tile.told.split()), default=0.0)
    return max(_TIGHT * name, _BOLD * told)
