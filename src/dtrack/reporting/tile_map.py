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
from dtrack.reporting.document import Chart, Tile
from dtrack.reporting.standings import Standings

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
    standings = Standings(board)
    far = board.distance(rows)
    made = tuple(_tile(board, row, standings, float(far[row])) for row in rows.tolist())
    title = _("Against target: {name}, {period}", name=item.short, period=period_shown(period))
    words = [_("Orange: missed. Blue: met. The darker, the larger the gap.")]
    if any(tile.inside for tile in made):
        words.append(_("Broken outline: included in other areas."))
    unit = _("pp") if item.in_points else _("in % of target")
    if not item.in_points and board.goal_apart[rows].any():
        unit = _("in % of target to date")
    return Chart(title, unit, in_a_row(words), tiles=made)


def _tile(board: AssessmentView, row: int, standings: Standings, far: float) -> Tile:
    """An area; `far`: how far ahead it is, of amounts in per cent, so that size says nothing."""
    area, verdict = board.area(row), str(board.verdict[row])
    told = standings.distance(row, unit=False) if verdict else "–"
    told = told or verdict_word(verdict)
    column, line = area.tile or (0, 0)
    return Tile(
        area.short,
        column,
        line,
        signed(board, row, told),
        verdict,
        None if np.isnan(far) else far,
        bool(board.dataset.place[board.cells.area[row]] == Place.ZONE),
    )
