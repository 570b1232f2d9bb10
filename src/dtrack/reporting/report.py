"""`report`: headline, scorecard, a sheet per indicator, one for the city, numbered sources."""

from __future__ import annotations

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.core.arrays import Flags, Ints
from dtrack.core.days import day_text
from dtrack.core.translate import _, listed, named, ngettext
from dtrack.core.vocabulary import Verdict
from dtrack.i18n.formatting import period_shown
from dtrack.model.entities import Place
from dtrack.reporting.cells import AssessmentView, DisplayOptions
from dtrack.reporting.document import Document, Sheet
from dtrack.reporting.headline import headline
from dtrack.reporting.masthead import masthead
from dtrack.reporting.method_notes import facts
from dtrack.reporting.report_pictures import Pictures
from dtrack.reporting.report_tables import of_city, of_few, of_indicator
from dtrack.reporting.scorecard import scorecard

FEW = 2  # rows of a table that shares one with others on a screen
_SETTLED = (Verdict.MET.code, Verdict.OPEN.code)  # what a scorecard tells well enough


def report(cells: Assessment, view: DisplayOptions, remarks: tuple[str, ...] = ()) -> Document:
    """The document of one period: who misses its target, by how much, who did not report."""
    board = AssessmentView(cells, view)
    card = None if view.only else scorecard(board)
    board.condensed = card is not None and view.quiet
    shown = _shown(board)
    pictures = Pictures(board, np.flatnonzero(shown)) if view.pictures else None
    tables = _tables(board, shown, pictures)
    sheets = ((card,) if card else ()) + tables
    below = _left_out(board, shown) if sheets else (_nothing(board),)
    title = named(board.dataset.titles, "dtrack")
    return Document(
        title,
        (_head(board, title), *headline(board)),
        remarks,
        sheets,
        below,
        board.sources.with_legend(),
        facts(board),
        charts=pictures.of_the_whole() if pictures else (),
        counts_sources=view.quiet and not view.sources,
        letterhead=masthead(cells, np.flatnonzero(shown)),
    )


def _head(board: AssessmentView, title: str) -> str:
    period, day = period_shown(board.cells.periods[0]), board.cells.question.as_of
    if not day:
        return f"{title} · {period}"
    return _("{title} · {period}, as at {day}", title=title, period=period, day=day_text(day))


def _nothing(board: AssessmentView) -> str:
    """Why there is no table."""
    cells = board.cells
    period = period_shown(cells.periods[0])
    if (board.chosen() & cells.may_be_lost).any():
        return _("Nothing to show for {period}: excluded rows may belong to it.", period=period)
    if board.view.only and (board.chosen() & (cells.reported | cells.has_target)).any():
        return _("Nothing to show for {period}: no row has this verdict.", period=period)
    if (board.chosen() & cells.reported).any():
        return _(
            "Only older figures, without a target, for {period}: --all shows them.", period=period
        )
    return _("Nothing to show for {period}: no figure and no target matches.", period=period)


# ---- which rows ----------------------------------------------------------------------------------
def _shown(board: AssessmentView) -> Flags:
    """The rows of the tables: what has a target; where nothing has one, the figures of the period.

    On a screen below a scorecard, without what is met or in progress; else with the figures that
    are compared with.
    """
    cells, view, wanted = board.cells, board.view, board.wanted()
    if view.everything:
        return wanted
    fresh: Flags = wanted & (cells.has_target | (cells.reported & ~cells.is_stale))
    if view.only or not (wanted & cells.has_target).any():
        return fresh
    promised: Flags = wanted & cells.has_target
    if not board.condensed:
        beside = fresh & _is_compared_with(board)
        found: Flags = promised | (beside & np.isin(cells.indicator, cells.indicator[promised]))
        return found
    of_areas = promised & (cells.area != board.dataset.city_position)
    carded = np.isin(cells.indicator, np.unique(cells.indicator[of_areas]))
    left: Flags = promised & (~carded | ~np.isin(cells.verdict[0], _SETTLED))
    return left


def _is_compared_with(board: AssessmentView) -> Flags:
    """Cells of the city, the area above it and other cities: figures stand beside theirs."""
    area, dataset = board.cells.area, board.dataset
    own = (area == dataset.city_position) | (area == dataset.reference_position)
    found: Flags = own | (dataset.place[area] == Place.PEER)
    return found


def _left_out(board: AssessmentView, shown: Flags) -> tuple[str, ...]:
    """How many rows are not shown; those with a target only where the scorecard has them."""
    cells, chosen = board.cells, board.wanted()
    if board.view.only:
        return ()
    without = int((chosen & cells.reported & ~cells.has_target & ~shown).sum())
    settled = int((chosen & cells.has_target & ~shown).sum()) if board.condensed else 0
    parts = []
    if settled:
        parts.append(
            ngettext(
                "{count} result that is met or in progress",
                "{count} results that are met or in progress",
                settled,
            )
        )
    if without:
        parts.append(
            ngettext("{count} figure without a target", "{count} figures without a target", without)
        )
    if not parts:
        return ()
    if not board.view.quiet:
        return (_("Not in the tables: {what}.", what=listed(parts)),)
    return (_("Not in the tables: {what}. --all shows them.", what=listed(parts)),)


# ---- sheets --------------------------------------------------------------------------------------
def _tables(board: AssessmentView, shown: Flags, pictures: Pictures | None) -> tuple[Sheet, ...]:
    """The city's own figures, an indicator each, and on a screen those with few rows together."""
    cells, dataset = board.cells, board.dataset
    city, apart = cells.area == dataset.city_position, cells.area != dataset.reference_position
    tables: list[Sheet] = []
    own: list[int] = []
    few: list[int] = []
    for position, indicator in enumerate(dataset.indicators):
        of = shown & (cells.indicator == position)
        rows = np.flatnonzero(of)
        if not len(rows):
            continue
        of_areas = (of & ~city & apart).any() or not (of & city).any()
        if not of_areas and not board.view.everything:
            own += board.ordered(rows).tolist()
        elif board.view.quiet and not board.view.everything and len(rows) <= FEW:
            few += board.ordered(rows).tolist()
        else:
            tables.append(of_indicator(board, indicator, rows, pictures))
    if own:
        tables.insert(0, of_city(board, np.array(own), pictures))
    if few:
        tables.append(_few(board, np.array(few)))
    return tuple(tables)


def _few(board: AssessmentView, rows: Ints) -> Sheet:
    """One table for all of them; where they are one indicator, its own."""
    indicators = np.unique(board.cells.indicator[rows])
    if len(indicators) > 1:
        return of_few(board, rows)
    return of_indicator(board, board.dataset.indicators[int(indicators[0])], rows, None)
