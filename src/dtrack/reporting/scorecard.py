"""The scorecard: districts × indicators, whoever misses most first, then the city and counts."""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import Flags
from dtrack.core.translate import N_, _, counted, joined
from dtrack.core.vocabulary import Verdict
from dtrack.i18n.terms import in_a_row, verdict_word
from dtrack.model.entities import Place
from dtrack.reporting.cells import AssessmentView, placed
from dtrack.reporting.document import Column, Sheet
from dtrack.reporting.standings import DUE, JUDGED, Standings

NAME = "scorecard"
MOST_AREAS = 40  # on screen, whoever misses most first
_OLDER = "*"  # behind what an older figure gives
_LEAST = 2  # indicators and rows: fewer are a table
_LEGEND = (Verdict.MET, Verdict.MISSED, Verdict.OPEN, Verdict.UNDETERMINED, Verdict.NOT_REPORTED)


def scorecard(board: AssessmentView) -> Sheet | None:
    """The sheet; None where fewer than two indicators are judged, or fewer than two areas."""
    told = Standings(board)
    judged = told.of_districts & told.are(*JUDGED)
    areas = _areas(told)
    if len(np.unique(board.cells.indicator[judged])) < _LEAST or len(areas) < _LEAST:
        return None
    city = [board.dataset.city_position] if _has_city(told) else []
    most = len(areas) if board.view.everything or board.view.whole else MOST_AREAS
    grid = _Grid(told, [*areas[:most], *city], len(city))
    columns = (grid.areas(), *map(grid.of, told.indicators), *grid.counts())
    marked = any(str(text).endswith(_OLDER) for column in columns for text in column.values)
    older = [_("*: older figure.")] * marked
    below = (*_hidden(len(areas) - most), in_a_row((_legend(board), *older)))
    return Sheet(_title(told), columns, below, name=NAME, heat=True)


def _hidden(count: int) -> list[str]:
    """How many areas are not shown."""
    told = N_("{count} more areas are not shown: --all shows them, --format csv has every row.")
    return [_(told, count=counted(count))] if count > 0 else []


def _has_city(told: Standings) -> bool:
    own = told.promised & (told.cells.area == told.board.dataset.city_position)
    return bool((own & np.isin(told.cells.indicator, told.indicators)).any())


def _areas(told: Standings) -> list[int]:
    """Areas with a target: districts, whoever misses most first, then those not counted."""
    cells, dataset = told.cells, told.board.dataset
    apart = {dataset.city_position, dataset.reference_position}
    shown = told.promised & np.isin(cells.indicator, told.indicators)
    areas = [area for area in np.unique(cells.area[shown]).tolist() if area not in apart]
    return sorted(areas, key=lambda area: (_place(told, area), *rank_of(told, area), area))


def _place(told: Standings, area: int) -> tuple[bool, int]:
    return not told.counts[area], int(told.board.dataset.table_order[area])


def rank_of(told: Standings, area: int) -> tuple[float, ...]:
    """What an area is ordered by: targets missed, their share, those not reported, its gap."""
    missed, due = int(told.missed[area]), int(told.due[area])
    return -missed, -missed / max(due, 1), -int(told.silent[area]), float(told.worst[area])


class _Grid:
    """The rows of the scorecard: areas, the city, and how many districts miss each target."""

    def __init__(self, told: Standings, areas: list[int], cities: int) -> None:
        self.told, self.board, self.rows, self.cities = told, told.board, areas, cities

    def areas(self) -> Column:
        """The names, and what the last line counts."""
        names = [placed(self.board.dataset, area) for area in self.rows]
        plain = len(self.rows) - self.cities
        tones = [""] * plain + ["city"] * self.cities + ["quiet"]
        return Column("area", _("Area"), [*names, _("Missed")], tones=tones)

    def of(self, indicator: int) -> Column:
        """Each area's cell of one indicator, and how many districts miss the target."""
        cells = [self.told.cell_of.get((area, indicator)) for area in self.rows]
        item = self.board.dataset.indicators[indicator]
        of = self.told.cells.indicator == indicator
        far, gap = self.board.distance(np.flatnonzero(of)), self.told.cells.gap
        gaps, order = (
            [None if c is None else _number(values[c]) for c in cells] for values in (gap, far)
        )
        return Column(
            item.id,
            item.short,
            [*map(self._shown, cells), self._count(of & self.told.of_districts)],
            right=True,
            tones=["" if c is None else self.board.verdict[c] for c in cells] + ["quiet"],
            numbers=[*gaps, None],
            order=[*order, None],
        )

    def counts(self) -> tuple[Column, ...]:
        """How many of its targets each area misses, and of how many it reported nothing."""
        told = self.told
        counts = [_count(int(told.missed[area]), int(told.due[area])) for area in self.rows]
        whole = self._count(told.of_districts)
        missed = Column("count", _("Missed"), [*counts, whole], right=True)
        silent = [int(told.silent[area]) for area in self.rows]
        silent.append(int((told.of_districts & told.are(Verdict.NOT_REPORTED)).sum()))
        shown = [counted(number) if number else "" for number in silent]
        quiet = Column("silent", _("Not reported"), shown, right=True)
        return (missed, quiet) if any(silent) else (missed,)

    def _shown(self, cell: int | None) -> str:
        """Sign and gap, of amounts and counts the per cent of the target to date."""
        if cell is None:
            return ""
        sign = self.board.view.signs[self.board.verdict[cell]]
        told = self.told.percent(cell) if self.told.by_percent(cell) else self.told.gap(cell)
        older = _OLDER if self.told.cells.is_stale[cell] and self.told.cells.reported[cell] else ""
        return f"{sign} {told}{older}" if told else sign

    def _count(self, of: Flags) -> str:
        missed, due = (
            int((of & self.told.are(*which)).sum()) for which in ((Verdict.MISSED,), DUE)
        )
        return _count(missed, due)


def _count(missed: int, due: int) -> str:
    return _("{some} of {all}", some=counted(int(missed)), all=counted(int(due))) if due else ""


def _number(gap: float) -> float | None:
    return None if np.isnan(gap) else float(gap)


def _title(told: Standings) -> str:
    of = told.of_districts
    if told.cells.in_points[of].all():
        return _("Scorecard: gap to target, in percentage points")
    if not told.cells.in_points[of].any():
        return _("Scorecard: per cent of the target to date")
    return _("Scorecard: gap to target in pp; amounts and counts in % of the target to date")


def _legend(board: AssessmentView) -> str:
    """What the signs say, and what is counted; which areas are not."""
    signs = [
        _("{sign} {word}", sign=board.view.signs[one], word=verdict_word(one)) for one in _LEGEND
    ]
    told = [_("{signs}.", signs=joined(N_(", "), signs))]
    told.append(_("Minus: worse than the target."))
    if (
        not board.view.quiet
        and (board.dataset.place[board.cells.area[board.cells.has_target]] == Place.ZONE).any()
    ):
        told.append(_("Overlapping areas are not counted."))
    return in_a_row(told)
