"""`gap`: the results of one area over time, with change and rank beside each gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from dtrack.analysis.assessment_frame import NOTE_BELOW
from dtrack.analysis.blocking import blocking_findings
from dtrack.analysis.history import AreaHistory
from dtrack.analysis.lost_rows import lost
from dtrack.core.arrays import Ints
from dtrack.core.translate import _, listed, ngettext
from dtrack.i18n.formatting import period_shown
from dtrack.model.entities import Area
from dtrack.model.lives import LAST_DAY, life_told
from dtrack.reporting.area_rows import not_due, rows_shown
from dtrack.reporting.assessed_columns import assessed_columns
from dtrack.reporting.cells import (
    AssessmentView,
    DisplayOptions,
    tidy,
)
from dtrack.reporting.columns import each, title_of
from dtrack.reporting.comparison_words import comparison_in_words
from dtrack.reporting.document import Chart, Column, Document, Sheet
from dtrack.reporting.masthead import masthead
from dtrack.reporting.method_notes import facts
from dtrack.reporting.row_notes import row_notes

_IF_ANY = ("change", "rank", "vs_city", "percent_of_target")  # columns that may be empty


def document(
    story: AreaHistory, area: Area, view: DisplayOptions, remarks: tuple[str, ...] = ()
) -> Document:
    """One line per indicator and period of the area: target, actual, gap, change, rank, verdict."""
    board = AssessmentView(story.cells, view)
    rows, more = rows_shown(board, _ordered(board, np.flatnonzero(board.wanted())))
    head = _("{name} ({more})", name=area.name, more=area.code) if area.code else area.name
    columns = _columns(board, story, rows)
    said, marks, notes = row_notes([_notes(board, story, cell) for cell in rows.tolist()])
    below = [_nothing(board, area)] if not len(rows) else [_ranks_told(columns), *said]
    sheet = Sheet(
        _("Results over time, newest first"),
        (*columns, *marks),
        (*filter(None, below), *_without_target(more)),
        _pictures(board, rows) if view.pictures else (),
        name=area.id,
        notes=notes,
    )
    head = _("{title} · {area}", title=title_of(board.dataset), area=head)
    told = (head, *_life(board, area), *_newest(board, rows))
    return Document(
        area.name,
        told,
        remarks,
        (sheet,),
        (),
        board.sources.with_legend(),
        ((_("Area"), area.name), *facts(board)),
        letterhead=masthead(board.cells, rows),
        counts_sources=view.quiet and not view.sources,
    )


def _nothing(board: AssessmentView, area: Area) -> str:
    """Why there is no row."""
    if _may_be_lost(board, area):
        return _("Nothing to show for {area}: excluded rows may belong to it.", area=area.name)
    return _("Nothing to show for {area}: no figure and no target matches.", area=area.name)


def _ranks_told(columns: tuple[Column, ...]) -> str:
    """What a rank is, where there is any."""
    if any(column.key == "rank" for column in columns):
        return _(
            "Rank: among the {districts} that reported; a range where rounding allows several."
        )
    return ""


def _life(board: AssessmentView, area: Area) -> list[str]:
    """When the area began, and when it ended and what it became."""
    days = [area.since - 1] * (area.since > 0) + [LAST_DAY] * (area.until > 0)
    facts = [life_told(board.dataset.areas, area, day) for day in days]
    return [_("{fact}.", fact=str(fact)) for fact in facts]


def _may_be_lost(board: AssessmentView, area: Area) -> bool:
    """Something that is set aside may be of the area, the indicators and the period asked for."""
    dataset, question = board.dataset, board.cells.question
    if not question.set_aside:
        return False
    indicators = [dataset.indicators[at].id for at in board.view.indicators]
    met = {finding.place for finding in blocking_findings(dataset, question, [area.id], indicators)}
    return any(
        one.area in ("", area.id) and one.place in met for one in lost(dataset, question.as_of)
    )


def _pictures(board: AssessmentView, rows: Ints) -> tuple[Chart, ...]:
    """A small line per indicator, up to the newest half that is told, else the newest year."""
    from dtrack.reporting.charts import lines
    from dtrack.reporting.past import Past

    cells = board.cells
    told = [cells.periods[p] for p in set(cells.which[rows][cells.reported[rows]].tolist())]
    newest = max(
        [p for p in told if p.is_half] or [p for p in told if p.is_year],
        default=None,
        key=lambda p: p.end,
    )
    if newest is None:
        return ()
    indicators = np.unique(cells.indicator[rows])
    area = np.full(len(indicators), cells.area[rows[0]])
    past = Past.of(board.dataset, cells.question, newest, area, indicators)
    return lines(board.dataset, past, of_areas=False)


def tidy_story(story: AreaHistory, view: DisplayOptions) -> Sheet:
    """For programs: the columns of `report`, then change, rank_low, rank_high."""
    rows = _ordered(board := AssessmentView(story.cells, view), np.flatnonzero(board.wanted()))
    ranks = tuple(
        Column(name, name, [rank or None for rank in values[rows].tolist()])
        for name, values in (("rank_low", story.rank_low), ("rank_high", story.rank_high))
    )
    change = Column(
        "change", "change", story.change[rows].tolist(), story.change_decimals[rows].tolist()
    )
    return tidy(story.cells, view, (change, *ranks), rows)


def _ordered(board: AssessmentView, rows: Ints) -> Ints:
    """Newest first as the story comes, or by gap, per cent of the target or actual."""
    cells = board.cells
    if board.view.sort in ("gap", "percent"):
        gap = (cells.gap if board.view.sort == "gap" else board.ahead)[rows]
        return rows[np.lexsort((gap, np.isnan(gap)))]
    if board.view.sort == "actual":
        return rows[np.lexsort((-cells.number[rows], np.isnan(cells.number[rows])))]
    return rows


def _columns(board: AssessmentView, story: AreaHistory, rows: Ints) -> tuple[Column, ...]:
    shown = assessed_columns(
        board,
        rows,
        _("Gap"),
        {"target": 6, "vs_city": 5, "status": 1, "source": 2, "percent_of_target": 2},
    )
    if not any(shown["percent_of_target"].for_programs()):
        shown.pop("percent_of_target")
    change, digits = story.change[rows].tolist(), story.change_decimals[rows].tolist()
    ranks = [_rank(story, c) for c in rows]
    shown["verdict"] = _when_due(board, shown["verdict"], rows)
    found = (
        Column("period", _("Period"), each(period_shown, board.pick("period", rows))),
        Column("indicator", _("Indicator"), [_short(board, c) for c in rows]),
        *(shown.pop(name) for name in ("target", "goal", "actual", "gap") if name in shown),
        Column("change", _("Change"), change, digits, signed=True, right=True, gives_way=3),
        Column("rank", _("Rank"), ranks, right=True, gives_way=4),
        *shown.values(),
    )
    return tuple(c for c in found if c.key not in _IF_ANY or any(c.for_programs()))


def _short(board: AssessmentView, cell: int) -> str:
    """The short name of a cell's indicator, with its unit."""
    item = board.indicator(cell)
    return _("{name} ({more})", name=item.short, more=item.unit_shown)


def _when_due(board: AssessmentView, verdicts: Column, rows: Ints) -> Column:
    """The verdicts; of a period that has not ended, that no figure is due yet."""
    early, waiting = not_due(board)[rows].tolist(), f"{board.view.signs['open']} "
    words, tones = verdicts.values, verdicts.tones or [""] * len(rows)
    return replace(
        verdicts,
        values=[
            waiting + _("not yet due") if no else w for w, no in zip(words, early, strict=True)
        ],
        tones=["open" if no else tone for tone, no in zip(tones, early, strict=True)],
    )


def _rank(story: AreaHistory, cell: int) -> str:
    low, high, of = story.rank_low[cell], story.rank_high[cell], story.of[cell]
    if low:
        return _("{rank} of {count}", rank=low if low == high else f"{low}–{high}", count=of)
    return ""


def _newest(board: AssessmentView, rows: Ints) -> list[str]:
    """The newest period with a figure against its own target, the headline indicator first."""
    cells, headline = board.cells, board.dataset.headline
    judged = [
        c
        for c in rows.tolist()
        if cells.reported[c] and board.own_target(c) and not (cells.is_stale[c] or cells.faulty[c])
    ]
    if not judged:
        return []
    newest = min(judged, key=lambda c: (-cells.end[c], board.indicator(c).id != headline, c))
    return [
        _(
            "{period}: {sentence}",
            period=period_shown(board.columns["period"][newest]),
            sentence=comparison_in_words(board, newest),
        )
    ]


def _notes(board: AssessmentView, story: AreaHistory, cell: int) -> list[str]:
    """What has to be known of one row."""
    told = (board.columns[NOTE_BELOW][cell], _no_rank(board, story, cell))
    return [note for note in told if note]


def _without_target(count: int) -> Iterator[str]:
    """How many rows are not shown."""
    if count:
        yield ngettext(
            "{count} figure without a target is not shown: --all shows it.",
            "{count} figures without a target are not shown: --all shows them.",
            count,
        )


def _no_rank(board: AssessmentView, story: AreaHistory, cell: int) -> str:
    """Why the figure has no rank, "" where that is plain to see."""
    areas = [board.dataset.areas[at].name for at in story.doubtful.get(cell, ())]
    if not areas:
        return ""
    return _(
        "no rank: a row with an error may be the figure of {areas}",
        areas=listed(areas, most=4),
    )
