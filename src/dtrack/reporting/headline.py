"""The first lines of `report`: the city's sentence, who misses its target, and over all targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from dtrack.core.arrays import Ints
from dtrack.core.translate import N_, _, counted, enumerated, joined, listed, ngettext
from dtrack.core.vocabulary import Verdict
from dtrack.i18n.terms import behind_name, in_a_row, verdict_word
from dtrack.reporting.cells import AssessmentView
from dtrack.reporting.comparison_words import comparison_in_words
from dtrack.reporting.row_notes import begun
from dtrack.reporting.scorecard import rank_of
from dtrack.reporting.standings import DUE, Standings

MOST_NAMED, MOST_OVER_ALL = 8, 3
_SEVERAL = 2  # indicators from which on something is said of all of them


def headline(board: AssessmentView) -> list[str]:
    """The sentences, each where there is something to say."""
    told, main = Standings(board), _main(board)
    lines = [] if main is None else [_of_city(board, main)]
    indicator = _indicator(told, main)
    if indicator is not None and not board.view.areas:
        who = _who(told, indicator)
        own = main is not None and board.cells.indicator[main] == indicator
        name = board.dataset.indicators[indicator].name
        lines.append(who if own else _("{name}: {told}", name=name, told=who))
    return [*lines, *_over_all(told)]


def _main(board: AssessmentView) -> int | None:
    """The city's cell that heads the report.

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
    return min(
        fresh,
        default=None,
        key=lambda c: (
            not board.own_target(c),
            board.indicator(c).id != dataset.headline,
            not cells.has_target[c],
            c,
        ),
    )


def _of_city(board: AssessmentView, cell: int) -> str:
    sentence = comparison_in_words(board, cell)
    return _("{area}: {sentence}", area=board.area(cell).name, sentence=sentence)


# ---- who misses the target of one indicator ------------------------------------------------------
def _indicator(told: Standings, main: int | None) -> int | None:
    """That of the city's sentence, else the headline's, where a district has a target of it."""
    dataset = told.board.dataset
    named = dataset.indicator_position.get(dataset.headline)
    first = named if main is None else int(told.cells.indicator[main])
    return first if first in told.indicators else None


def _who(told: Standings, indicator: int) -> str:
    """One indicator: 5 of 15 districts with a target miss it, …; not reported: Fangshan."""
    parts = list(filter(None, [_behind(told, indicator)]))
    for verdict in (Verdict.UNDETERMINED, Verdict.NOT_REPORTED):
        if len(cells := told.of(indicator, verdict)):
            who = _names(told, cells)
            parts.append(_("{verdict}: {areas}", verdict=verdict_word(verdict), areas=who))
    return begun(_("{sentence}.", sentence=joined(N_("; "), parts)))


def _behind(told: Standings, indicator: int) -> str:
    """Who misses the target; before its deadline, who has yet to reach it."""
    whole = int((told.of_districts & (told.cells.indicator == indicator)).sum())
    missed, early = (told.of(indicator, one) for one in (Verdict.MISSED, Verdict.OPEN))
    if len(missed):
        return ngettext(
            "{count} of {all} {districts} with a target misses it: {areas}",
            "{count} of {all} {districts} with a target miss it: {areas}",
            len(missed),
            all=counted(whole),
            areas=_with_distance(told, missed),
        )
    if len(early):
        return _before_deadline(told, early, whole)
    if not (met := len(told.of(indicator, Verdict.MET))):
        return ""
    return ngettext(
        "{count} of {all} {districts} with a target meets it",
        "{count} of {all} {districts} with a target meet it",
        met,
        all=counted(whole),
    )


def _before_deadline(told: Standings, early: Ints, whole: int) -> str:
    if told.cells.within[early].all():
        return ngettext(
            "{count} of {all} {districts} with a target is within its limit so far: {areas}",
            "{count} of {all} {districts} with a target are within their limit so far: {areas}",
            len(early),
            all=counted(whole),
            areas=_names(told, early),
        )
    return ngettext(
        "{count} of {all} {districts} with a target is not there yet, but not due: {areas}",
        "{count} of {all} {districts} with a target are not there yet, but not due: {areas}",
        len(early),
        all=counted(whole),
        areas=_with_distance(told, early),
    )


def _names(told: Standings, cells: Ints) -> str:
    return listed([told.board.area(c).short for c in cells], most=MOST_NAMED)


def _with_distance(told: Standings, cells: Ints) -> str:
    """`Shunyi -3.4 pp, Mentougou -0.3`: the unit with the first one only."""
    items: list[str] = []
    for cell in cells.tolist():
        far = _distance(told, cell, first=not items)
        name = told.board.area(cell).short
        items.append(_("{area} {far}", area=name, far=behind_name(name, far)) if far else name)
    return shortened(items, MOST_NAMED)


def shortened(items: Sequence[str], most: int) -> str:
    """Items in a row; those past `most` are counted."""
    return enumerated(items) if len(items) <= most + 1 else listed(items, most=most)


def _distance(told: Standings, cell: int, *, first: bool) -> str:
    """How far a figure is from its target; the unit with the first one only."""
    if told.board.columns["basis"][cell] == "stated":
        return _("(as published)")
    if told.cells.gap[cell] == 0:
        far = told.distance(cell, unit=first)
        return _("{text} (equal is not enough)", text=far)
    if told.is_above(cell):
        return _("{far} above it", far=told.over(cell, unit=True)) if first else told.over(cell)
    return told.distance(cell, unit=first) if told.gap(cell) else ""


# ---- over all indicators -------------------------------------------------------------------------
def _over_all(told: Standings) -> list[str]:
    """Over all indicators: Shunyi misses 3 of 4 targets, Changping 2 of 2; not reported: ….

    Nothing of one indicator alone.
    """
    if len(told.indicators) < _SEVERAL:
        return []
    missed, silent = (_by_area(told, one) for one in (Verdict.MISSED, Verdict.NOT_REPORTED))
    due, judged = _by_area(told, *DUE), _by_area(told, Verdict.MET, Verdict.MISSED)
    worst = sorted(missed, key=lambda area: (*rank_of(told, area), area))
    parts = [_misses(told, [(area, missed[area], due[area]) for area in worst], bool(judged))]
    if silent:
        names = [_counted_name(told, area, number) for area, number in silent.items()]
        areas = listed(names, most=MOST_NAMED)
        parts.append(
            _("{verdict}: {areas}", verdict=verdict_word(Verdict.NOT_REPORTED), areas=areas)
        )
    of_districts = begun(_("{sentence}.", sentence=joined(N_("; "), parts)))
    return [in_a_row(filter(None, (of_districts, _of_the_city(told))))]


def _of_the_city(told: Standings) -> str:
    """Over all indicators the city's own: Beijing misses 1 of 7 targets; not reported: 5."""
    city = told.board.dataset.city_position
    own = told.cells.area == city
    missed, silent, due = (
        int((own & told.are(*which)).sum())
        for which in ((Verdict.MISSED,), (Verdict.NOT_REPORTED,), DUE)
    )
    if due < _SEVERAL:
        return ""
    area = told.board.dataset.areas[city].short
    parts = [_first({"area": area, "missed": counted(missed)}, due)]
    if silent:
        word = verdict_word(Verdict.NOT_REPORTED)
        parts.append(_("{verdict}: {areas}", verdict=word, areas=counted(silent)))
    return begun(_("{sentence}.", sentence=joined(N_("; "), parts)))


def _by_area(told: Standings, *verdicts: Verdict) -> dict[int, int]:
    """How many targets of each district have one of the verdicts, where any has."""
    of = told.of_districts & told.are(*verdicts)
    return dict(Counter(told.cells.area[of].tolist()))


def _misses(told: Standings, missed: list[tuple[int, int, int]], judged: bool) -> str:
    """Who misses most; where nothing is met or missed that is said, not that nobody misses."""
    if not judged:
        return _("No target of a {district} is met or missed so far")
    items: list[str] = []
    for area, number, due in missed:
        values = {
            "area": told.board.dataset.areas[area].short,
            "missed": counted(number),
            "due": counted(due),
        }
        items.append(_("{area} {missed} of {due}", **values) if items else _first(values, due))
    return shortened(items, MOST_OVER_ALL) if items else _("No {district} misses a target")


def _first(values: dict[str, str], due: int) -> str:
    return ngettext(
        "{area} misses {missed} of {count} target",
        "{area} misses {missed} of {count} targets",
        due,
        **{name: values[name] for name in ("area", "missed")},
    )


def _counted_name(told: Standings, area: int, number: int) -> str:
    name = told.board.dataset.areas[area].short
    return name if number == 1 else _("{name} ({more})", name=name, more=counted(number))
