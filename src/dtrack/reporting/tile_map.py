"""The tile map of a report: each area where it lies, with sign and gap of one indicator."""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import Flags, Ints
from dtrack.core.translate import _
from dtrack.i18n.formatting import period_shown
from dtrack.i18n.terms import in_a_row, verdict_word
from dtrack.model.entities import Place
from dtrack.reporting.cells import AssessmentView
from dtrack.reporting.charts import signed
from dtrack.reporting.document import Chart, Column, Tile

_FEWEST = 0.5  # of the areas with tiles: so many with a target make a map


def tile_map(board: AssessmentView, shown: Ints) -> tuple[Chart, ...]:
    """A map of the headline indicator, else of the first that half of the areas have a target for.

    `shown`: the cells of the document. None where no area has a tile, or some areas were chosen.
    """
    tiles: Flags = np.array([area.tile is not None for area in board.dataset.areas])
    if board.view.areas or not tiles.any():
        return ()
    cells = board.cells
    judged = shown[tiles[cells.area[shown]] & cells.has_target[shown]]
    found, counts = np.unique(cells.indicator[judged], return_counts=True)
    enough = found[counts >= _FEWEST * tiles.sum()].tolist()
    if not enough:
        return ()
    headline = board.dataset.headline
    position = min(enough, key=lambda at: (board.dataset.indicators[at].id != headline, at))
    rows = np.flatnonzero((cells.indicator == position) & board.chosen() & tiles[cells.area])
    return (_chart(board, position, rows),)


def _chart(board: AssessmentView, position: int, rows: Ints) -> Chart:
    item, period = board.dataset.indicators[position], board.cells.periods[0]
    gaps = Column("gap", "", board.pick("gap", rows), board.digits("gap", rows), signed=True)
    shown = gaps.for_people()
    made = tuple(
        _tile(board, int(row), told) for row, told in zip(rows.tolist(), shown, strict=True)
    )
    title = _("Gap to target, {name}, {period}", name=item.short, period=period_shown(period))
    words = [_("Orange: missed. Blue: met. The darker, the larger the gap.")]
    if any(tile.inside for tile in made):
        words.append(_("Broken outline: included in other areas."))
    units = set(board.pick("gap_unit", rows)) - {""}
    return Chart(title, _gap_unit(board, rows) if units else "", in_a_row(words), tiles=made)


def _gap_unit(board: AssessmentView, rows: Ints) -> str:
    return _("pp") if board.cells.in_points[rows[0]] else board.indicator(int(rows[0])).unit_shown


def _tile(board: AssessmentView, row: int, gap: str) -> Tile:
    area, verdict = board.area(row), str(board.verdict[row])
    told = gap or (verdict_word(verdict) if verdict else "–")
    value = board.columns["gap"][row]
    if not board.cells.in_points[row]:  # a large area's gap is not the worse for its size
        value = board.ahead[row]
    column, line = area.tile or (0, 0)
    return Tile(
        area.short,
        column,
        line,
        signed(board, row, told),
        verdict,
        None if np.isnan(value) else float(value),
        bool(board.dataset.place[board.cells.area[row]] == Place.ZONE),
    )
