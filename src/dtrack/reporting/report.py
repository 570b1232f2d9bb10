"""`report`: headline, a sheet per indicator, one for the city, numbered sources."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.year_before import Levels
from dtrack.core.arrays import NONE, Flags, Ints
from dtrack.core.days import day_text
from dtrack.core.translate import _, counted, enumerated, named
from dtrack.i18n.formatting import period_shown
from dtrack.i18n.terms import prices_word
from dtrack.model.entities import Indicator
from dtrack.reporting.cells import (
    AssessmentView,
    DisplayOptions,
    assessed_columns,
    placed,
)
from dtrack.reporting.comparison_words import comparison_in_words
from dtrack.reporting.document import Chart, Column, Document, Sheet
from dtrack.reporting.masthead import masthead
from dtrack.reporting.method_notes import facts
from dtrack.reporting.sheet_sentences import notes_on, sentences_below, tally_of_indicators

if TYPE_CHECKING:
    from dtrack.reporting.past import Past

MOST_ROWS = 40  # of one table on screen, the worst first; --all shows more, CSV has every row
MOST_AT_ONCE = 20_000  # cells whose past is judged in one go: twelve periods of each are held


def report(cells: Assessment, view: DisplayOptions, remarks: tuple[str, ...] = ()) -> Document:
    """The document of one period: who is short of target, by how much, and on whose word."""
    board = AssessmentView(cells, view)
    dataset, period = board.dataset, cells.periods[0]
    wanted, shown = board.wanted(), _worth_showing(board)
    city = board.cells.area == dataset.city_position
    pictures = _Pictures(board, np.flatnonzero(wanted & shown)) if view.pictures else None
    tables, of_city, quiet = [], [], []
    for position, indicator in enumerate(dataset.indicators):
        of = wanted & (cells.indicator == position)
        if not of.any():
            continue
        others, apart = of & shown & ~city, cells.area != dataset.reference_position
        if (
            view.everything
            or (others & apart).any()
            or (others.any() and not (of & shown & city).any())
        ):
            tables.append(_district_sheet(board, indicator, np.flatnonzero(of & shown), pictures))
        elif (of & shown).any():
            of_city += board.ordered(np.flatnonzero(of & shown)).tolist()
        elif (of & (cells.reported | cells.has_target)).any():
            quiet.append(indicator.name)
    if of_city:
        tables.insert(0, _city_sheet(board, np.array(of_city), pictures))
    below = []
    if quiet:
        below.append(
            _(
                "Only older figures, without a target: {names}. --all shows them.",
                names=enumerated(quiet, "; "),
            )
        )
    if not tables and (view.only or not quiet):
        below.append(_nothing(board))
    title, shown_period = named(dataset.titles, "dtrack"), period_shown(period)
    head = f"{title} · {shown_period}"
    if cells.question.as_of:
        day = day_text(cells.question.as_of)
        head = _("{title} · {period}, as known on {day}", title=title, period=shown_period, day=day)
    told = (head, *_headline(board))
    return Document(
        title,
        told,
        remarks,
        tuple(tables),
        tuple(below),
        board.sources.with_legend(),
        facts(board),
        charts=pictures.of_the_whole() if pictures else (),
        letterhead=masthead(cells, np.flatnonzero(wanted & shown)),
    )


def _nothing(board: AssessmentView) -> str:
    """Why there is no table."""
    cells = board.cells
    period = period_shown(cells.periods[0])
    if (board.chosen() & cells.may_be_lost).any():
        return _("Nothing to show for {period}: excluded rows may belong to it.", period=period)
    if board.view.only and (board.chosen() & (cells.reported | cells.has_target)).any():
        return _("Nothing to show for {period}: no row has this verdict.", period=period)
    return _("Nothing to show for {period}: no figure and no target matches.", period=period)


def _worth_showing(board: AssessmentView) -> Flags:
    """Cells with a target or a figure; older figures without a target only if all is wanted."""
    if board.view.everything:
        return np.ones(len(board.cells.area), bool)
    return board.cells.has_target | (board.cells.reported & ~board.cells.is_stale)


def _headline(board: AssessmentView) -> list[str]:
    """The city's main figure against its target, in one sentence.

    The first with a target of this very period or year, the workspace's headline indicator before
    all others; where there is none, the headline indicator, then any with a figure. Older figures
    make no headline.
    """
    cells, dataset = board.cells, board.dataset
    of_city = (
        (cells.area == dataset.city_position) & cells.reported & ~cells.is_stale & ~cells.faulty
    )
    if board.view.indicators:
        of_city &= np.isin(cells.indicator, list(board.view.indicators))
    fresh: list[int] = np.flatnonzero(of_city).tolist()
    if not fresh:
        return []
    main = min(
        fresh,
        key=lambda c: (
            not board.own_target(c),
            board.indicator(c).id != dataset.headline,
            not cells.has_target[c],
            c,
        ),
    )
    return [
        _(
            "{area}: {sentence}",
            area=board.area(main).name,
            sentence=comparison_in_words(board, main),
        )
    ]


# ---- sheets --------------------------------------------------------------------------------------
def _district_sheet(
    board: AssessmentView, indicator: Indicator, rows: Ints, pictures: _Pictures | None
) -> Sheet:
    rows = board.ordered(rows)
    hidden = 0 if board.view.everything or board.view.whole else max(len(rows) - MOST_ROWS, 0)
    below = sentences_below(
        board, rows, np.flatnonzero(board.cells.indicator == board.cells.indicator[rows[0]])
    )
    tally = below[0] if below else ""
    if hidden:
        rows = rows[:MOST_ROWS]
        told = _(
            "{count} more areas are not shown: --all shows them, --format csv has every row.",
            count=counted(hidden),
        )
        below.insert(0, told)
    names_of = [placed(board.dataset, int(board.cells.area[c])) for c in rows]
    tones = ["city" if board.cells.area[c] == board.dataset.city_position else "" for c in rows]
    columns = (
        Column("area", _("Area"), names_of, tones=tones),
        *_shared_columns(board, rows, in_points=indicator.in_points),
    )
    unit = _(", ").join(filter(None, (indicator.unit_shown, prices_word(indicator.prices))))
    charts = pictures.of_districts(rows) if pictures else ()
    return Sheet(
        _("{name} ({more})", name=indicator.name, more=unit),
        columns,
        tuple(below),
        charts,
        tally,
        name=indicator.id,
    )


def _city_sheet(board: AssessmentView, rows: Ints, pictures: _Pictures | None) -> Sheet:
    """Indicators that no district has; below each, not counted, that of the area above."""
    of_city = board.cells.area[rows] == board.dataset.city_position
    own, above = rows[of_city], rows[~of_city]
    told = [board.indicator(c).named for c in rows]
    area = Column(
        "area",
        _("Area"),
        [board.area(c).name for c in rows],
        tones=["city" if one else "" for one in of_city],
    )
    columns = (
        *[area] * bool(len(above)),
        Column("indicator", _("Indicator"), told),
        *_shared_columns(board, rows, in_points=False),
    )
    title = _("{area}: the city's own figures", area=board.area(int(own[0])).name)
    tally = tally_of_indicators(board, own)
    notes = notes_on(board, own, by_area=False) + notes_on(board, above, by_area=True)
    charts = pictures.of_city(own) if pictures else ()
    return Sheet(title, columns, (tally, *notes), charts, tally, name="city")


class _Pictures:
    """Bars against the targets, what the city's gap is made of, and the last periods.

    `shown`: every cell of the document; their past is judged in one go, unless they are so many
    that each table's is a thing of its own.
    """

    def __init__(self, board: AssessmentView, shown: Ints) -> None:
        self.board, self.shown = board, shown
        self.place = np.full(len(board.cells.area), NONE)
        self.place[shown] = np.arange(len(shown))
        self.past = self._past(shown) if len(shown) <= MOST_AT_ONCE else None

    def of_districts(self, rows: Ints) -> tuple[Chart, ...]:
        """The pictures of one indicator; only what there is."""
        from dtrack.analysis.decomposition import decompose_gap
        from dtrack.reporting.charts import bars, lines
        from dtrack.reporting.gap_identity import gap_chart

        cells, past = self.board.cells, self._of(rows)
        steps: tuple[Chart, ...] = ()
        if cells.growth[rows[0]] and not self.board.view.areas:
            part = decompose_gap(cells, int(cells.indicator[rows[0]]), self.levels)
            steps = () if np.isnan(part.rest) else (gap_chart(part, cells.periods[0]),)
        return (
            *bars(self.board, rows, past),
            *steps,
            *lines(self.board.dataset, past, of_areas=True),
        )

    def of_the_whole(self) -> tuple[Chart, ...]:
        """Where the areas lie that are behind."""
        from dtrack.reporting.tile_map import tile_map

        return tile_map(self.board, self.shown)

    def of_city(self, rows: Ints) -> tuple[Chart, ...]:
        """The last periods of the city's own figures."""
        from dtrack.reporting.charts import lines

        return lines(self.board.dataset, self._of(rows), of_areas=False)

    @cached_property
    def levels(self) -> Levels:
        """The levels of a year before, which weight districts."""
        from dtrack.analysis.decomposition import base_levels

        return base_levels(self.board.cells)

    def _of(self, rows: Ints) -> Past:
        return self._past(rows) if self.past is None else self.past.at(self.place[rows])

    def _past(self, rows: Ints) -> Past:
        from dtrack.reporting.past import Past

        cells = self.board.cells
        area, indicator = cells.area[rows], cells.indicator[rows]
        return Past.of(self.board.dataset, cells.question, cells.periods[0], area, indicator)


def _shared_columns(board: AssessmentView, rows: Ints, *, in_points: bool) -> tuple[Column, ...]:
    """Target, actual, gap, verdict, against the city and the reference, status, source."""
    gap, ways = _("Gap (pp)") if in_points else _("Gap"), {"target": 5, "status": 1, "source": 4}
    ways["percent_of_target"] = 2
    shown = assessed_columns(board, rows, gap, {**ways, "vs_city": 3})
    status, source, versus = shown.pop("status"), shown.pop("source"), [shown.pop("vs_city")]
    if board.dataset.reference_position >= 0:
        values, finest = board.cells.versus(board.dataset.reference_position)
        reference = board.dataset.areas[board.dataset.reference_position].name
        versus.append(
            Column(
                "vs_reference",
                _("vs {area}", area=reference),
                values[rows].tolist(),
                finest[rows].tolist(),
                signed=True,
                right=True,
                gives_way=2,
            )
        )
    known = (column for column in versus if any(column.for_programs()))
    if not any(shown["percent_of_target"].for_programs()):
        shown.pop("percent_of_target")
    return (*shown.values(), *known, status, source)
