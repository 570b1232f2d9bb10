"""The tables of `report`: one of each indicator, of the city's own, and of what has few rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from dtrack.analysis.assessment_frame import CAVEAT
from dtrack.core.arrays import Ints
from dtrack.core.translate import _, ngettext
from dtrack.core.vocabulary import Caveat
from dtrack.i18n.terms import counted_verdicts, in_a_row, prices_word
from dtrack.model.entities import Indicator
from dtrack.reporting.assessed_columns import assessed_columns
from dtrack.reporting.cells import AssessmentView, placed
from dtrack.reporting.document import Column, Sheet
from dtrack.reporting.footnotes import footnotes
from dtrack.reporting.report_pictures import Pictures
from dtrack.reporting.sheet_sentences import (
    GRAVEST_FIRST,
    of_goals,
    sentences_below,
    tally_of_districts,
    tally_of_indicators,
)

MOST_ROWS = 40  # of one table on screen, the worst first; --all shows more, CSV has every row


def of_indicator(
    board: AssessmentView, indicator: Indicator, rows: Ints, pictures: Pictures | None
) -> Sheet:
    """One indicator: a row for each area, the worst first."""
    rows = board.ordered(rows)
    every = np.flatnonzero(board.cells.indicator == board.cells.indicator[rows[0]])
    tally = tally_of_districts(board, every)
    hidden = 0 if board.view.everything or board.view.whole else max(len(rows) - MOST_ROWS, 0)
    below = [tally, *sentences_below(board, rows, every)]
    if hidden:
        rows = rows[:MOST_ROWS]
        told = ngettext(
            "{count} more area is not shown: --all shows it, --format csv has every row.",
            "{count} more areas are not shown: --all shows them, --format csv has every row.",
            hidden,
        )
        below.insert(0, told)
    unit = _(", ").join(filter(None, (indicator.unit_shown, prices_word(indicator.prices))))
    title = _("{name} ({more})", name=indicator.name, more=unit)
    columns = (_areas(board, rows),)
    sheet = _sheet(board, rows, title, columns, below, in_points=indicator.in_points)
    charts = pictures.of_districts(rows) if pictures else ()
    return replace(sheet, charts=charts, told=tally, name=indicator.id)


def of_city(board: AssessmentView, rows: Ints, pictures: Pictures | None) -> Sheet:
    """Indicators that no district has; below each, not counted, that of the area above."""
    of_city = board.cells.area[rows] == board.dataset.city_position
    own, above = rows[of_city], rows[~of_city]
    title = _("{area}: the {city}'s own figures", area=board.area(int(own[0])).name)
    columns = (*[_areas(board, rows)] * bool(len(above)), _indicators(board, rows))
    tally = tally_of_indicators(board, own)
    sheet = _sheet(board, rows, title, columns, [tally], in_points=False)
    charts = pictures.of_city(own) if pictures else ()
    return replace(sheet, charts=charts, told=tally, name="city")


def of_few(board: AssessmentView, rows: Ints) -> Sheet:
    """Indicators with few rows, together; on a screen alone."""
    counts = Counter(board.verdict[rows].tolist())
    told = ngettext(
        "{count} result: {verdicts}.",
        "{count} results: {verdicts}.",
        len(rows),
        verdicts=counted_verdicts(counts, GRAVEST_FIRST),
    )
    columns = (_areas(board, rows), _indicators(board, rows))
    return _sheet(board, rows, _("Other indicators"), columns, [told], in_points=False)


def _sheet(
    board: AssessmentView,
    rows: Ints,
    title: str,
    first: tuple[Column, ...],
    below: list[str],
    *,
    in_points: bool,
) -> Sheet:
    of_all, marks, notes = footnotes(board, rows)
    once = _all_provisional(board, rows)
    word = board.verdict_plain if once else board.verdict_shown
    shown = _shared_columns(board, rows, [word(c) for c in rows], in_points=in_points)
    provisional = _("Every result is provisional.") if once else ""
    more = (in_a_row((of_goals(board, rows), provisional)), *of_all)
    at = next(place for place, column in enumerate(shown) if column.key == "verdict") + 1
    columns = (*first, *shown[:at], *marks, *shown[at:])
    return Sheet(title, columns, tuple(filter(None, (*below, *more))), notes=notes)


def _all_provisional(board: AssessmentView, rows: Ints) -> bool:
    """Every result is met or missed and provisional: that is said once, not on every row."""
    judged = rows[board.cells.reported[rows] & board.cells.has_target[rows]]
    decided = np.isin(board.verdict[judged], ("met", "missed"))
    provisional = board.columns[CAVEAT][judged] == Caveat.PROVISIONAL
    return len(judged) > 1 and bool((decided & provisional).all())


def _areas(board: AssessmentView, rows: Ints) -> Column:
    names = [placed(board.dataset, int(board.cells.area[c])) for c in rows]
    tones = ["city" if board.cells.area[c] == board.dataset.city_position else "" for c in rows]
    return Column("area", _("Area"), names, tones=tones)


def _indicators(board: AssessmentView, rows: Ints) -> Column:
    items = [board.indicator(c) for c in rows]
    told = [_("{name} ({more})", name=one.short, more=one.unit_shown) for one in items]
    return Column("indicator", _("Indicator"), told)


def _shared_columns(
    board: AssessmentView, rows: Ints, verdicts: list[str], *, in_points: bool
) -> tuple[Column, ...]:
    """Target, actual, gap, verdict, against the city and the reference, status, source."""
    gap, ways = _("Gap (pp)") if in_points else _("Gap"), {"target": 5, "status": 1, "source": 4}
    ways["percent_of_target"] = 2
    shown = assessed_columns(board, rows, gap, {**ways, "vs_city": 3}, verdicts)
    status, source, versus = shown.pop("status"), shown.pop("source"), [shown.pop("vs_city")]
    if board.dataset.reference_position >= 0:
        versus.append(_versus_reference(board, rows))
    known = (column for column in versus if any(column.for_programs()))
    if not any(shown["percent_of_target"].for_programs()):
        shown.pop("percent_of_target")
    cited = (source,) if board.view.sources or not board.view.quiet else ()
    return (*shown.values(), *known, status, *cited)


def _versus_reference(board: AssessmentView, rows: Ints) -> Column:
    """Each figure less that of the area above the city."""
    position = board.dataset.reference_position
    values, finest = board.cells.versus(position)
    return Column(
        "vs_reference",
        _("vs {area}", area=board.dataset.areas[position].short),
        values[rows].tolist(),
        finest[rows].tolist(),
        signed=True,
        right=True,
        gives_way=2,
    )
