"""`targets`: targets in force, how worded, set and changed when, on whose word."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.cells import AssessmentGrid
from dtrack.analysis.question import Query
from dtrack.analysis.selection import TargetIndex
from dtrack.analysis.span_notes import over_word
from dtrack.core.arrays import NONE, Ints, codes
from dtrack.core.period import Period
from dtrack.core.translate import _, enumerated, ngettext
from dtrack.core.vocabulary import Over
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.i18n.terms import class_word, verdict_word
from dtrack.model.dataset import Dataset
from dtrack.model.relation_words import target_shown, targets_shown
from dtrack.reporting.cited_sources import CitedSources
from dtrack.reporting.columns import chosen, each, exact_numbers, naming, title_of
from dtrack.reporting.document import Citation, Column, Document, Sheet

if TYPE_CHECKING:
    import pandas as pd

_IF_ANY = ("before", "stated")  # columns that people see only where any target has it


def sheet_of(
    dataset: Dataset,
    question: Query,
    areas: Collection[int],
    indicators: Collection[int],
    *,
    people: bool,
) -> tuple[Sheet, tuple[Citation, ...]]:
    """The entry in force of every target; with a period, the one that would judge that period.

    Without a period, in force means the newest known. Returns the sheet and, for people, its
    numbered sources.
    """
    targets = TargetIndex(dataset, question.as_of, spread=question.period is not None)
    rows, earlier = in_force(dataset, question, targets)
    area, item = (codes(dataset.targets, name)[rows] for name in ("area", "indicator"))
    keep = chosen(area, item, areas, indicators)
    rows, earlier = rows[keep], [before for before, kept in zip(earlier, keep, strict=True) if kept]
    frame = dataset.targets.iloc[rows]
    order = np.lexsort((codes(frame, "area"), -codes(frame, "period"), codes(frame, "indicator")))
    frame, earlier = frame.iloc[order], [earlier[position] for position in order]
    cited, source = CitedSources(dataset), [str(name) for name in frame["source"]]
    cites = [[cited.number(name)] if name and people else [] for name in source]
    shown = [str(*numbers) for numbers in cites] if people else source
    period, value, stated, over = (
        frame[name].astype(str).tolist() for name in ("period", "value", "stated", "over")
    )
    of_areas, of_items = ([*map(str, frame[name])] for name in ("area", "indicator"))
    worded = targets_shown(dataset, value, of_items)
    if people:
        of_areas = naming(dataset.areas)(of_areas)
        of_items = naming(dataset.indicators)(of_items)
    columns = [
        Column("area", _("Area"), of_areas),
        Column("indicator", _("Indicator"), of_items),
        Column("period", _("Period"), each(period_shown, period)),
        Column("target", _("Target"), worded, numbers=exact_numbers(value)),
        Column("set", _("Set"), frame["set"].astype(str).tolist()),
        Column("before", _("Previous values"), earlier, gives_way=1),
        Column("stated", _("Status as published"), each(verdict_word, stated), gives_way=2),
        Column("source", _("Source"), shown, cites=cites),
    ]
    if people and any(over):
        columns.insert(4, Column("over", _("Over the years"), each(over_shown, over), gives_way=3))
    elif not people:
        columns.append(Column("over", "over", over))
    columns += _terms(dataset, frame, people=people)
    if people:
        columns = [c for c in columns if c.key not in _IF_ANY or any(c.values)]
    return Sheet(_title(len(rows), question.period), tuple(columns)), cited.listed()


def over_shown(over: str) -> str:
    """What a target of several years is of, "" where nothing is said."""
    return str(over_word(Over(over))) if over else ""


def _terms(dataset: Dataset, frame: pd.DataFrame, *, people: bool) -> Iterator[Column]:
    """What stands beside the targets; people see of it what any target has."""
    aim, by, held = (frame[name].astype(str).tolist() for name in ("aim", "by", "class"))
    both = frame["both"].tolist()
    if people:
        aim, by, held = each(wording_shown, aim), each(dataset.name_of, by), each(class_word, held)
        both = [_("yes") if one else "" for one in both]
    columns = (
        Column("both", _("Both ends"), both),
        Column("aim", _("Aim"), aim),
        Column("by", _("Assigned by"), by),
        Column("class", _("Class"), held, gives_way=3),
    )
    return (column for column in columns if not people or any(column.values))


def _title(count: int, period: Period | None) -> str:
    if period is None:
        return ngettext("{count} target in force", "{count} targets in force", count)
    return ngettext(
        "{count} target in force for {period}",
        "{count} targets in force for {period}",
        count,
        period=period_shown(period),
    )


def in_force(dataset: Dataset, question: Query, targets: TargetIndex) -> tuple[Ints, list[str]]:
    """Rows of the entries in force, and for each the wordings it replaced, newest last.

    With a period in the question, the entries that would judge it; else the newest known of every
    target.
    """
    if question.period is None:
        group = np.arange(len(targets.keys))
        rows = targets.rows[targets.stop - 1] if len(group) else np.zeros(0, np.int64)
    else:
        count = len(dataset.areas), len(dataset.indicators)
        area = np.tile(np.arange(count[0]), count[1])
        indicator = np.repeat(np.arange(count[1]), count[0])
        cells = AssessmentGrid(
            dataset, question, [question.period], np.zeros(len(area), np.int64), area, indicator
        )
        found = cells.find_targets(targets)
        chosen, _unused = targets.in_force(found, np.full(len(found), question.period.last_day))
        rows, group = chosen[chosen != NONE], found[chosen != NONE]
    value = dataset.targets["value"].to_numpy(dtype=object)
    day = dataset.targets["set"].to_numpy(dtype=object)
    item = dataset.targets["indicator"].to_numpy(dtype=object)
    earlier = []
    for row, number in zip(rows, group, strict=True):
        entries = targets.rows[targets.start[number] : targets.stop[number]].tolist()
        before = [
            (target_shown(dataset, value[e], item[e]), day[e] or _("no date"))
            for e in entries[: entries.index(row)]
        ]
        earlier.append(
            enumerated(_("{name} ({more})", name=told, more=when) for told, when in before)
        )
    return rows, earlier


def document(
    dataset: Dataset, sheet: Sheet, sources: tuple[Citation, ...], *, counts_sources: bool = False
) -> Document:
    """The sheet with its sources, ready to be shown; `counts_sources`: a screen counts them."""
    head = _("{title} · targets", title=title_of(dataset))
    return Document(_("targets"), (head,), (), (sheet,), (), sources, counts_sources=counts_sources)
