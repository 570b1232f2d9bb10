"""Sentences under a sheet of `report`: counts, who is silent, who is apart, notes."""

from __future__ import annotations

from collections import Counter

import numpy as np

from dtrack.core.arrays import Ints
from dtrack.core.translate import N_, _, listed, ngettext
from dtrack.core.vocabulary import TargetClass, Verdict
from dtrack.i18n.terms import (
    COUNTED,
    counted_verdicts,
    in_a_row,
    tally,
    verdict_word,
)
from dtrack.model.entities import Place
from dtrack.reporting.cells import AssessmentView
from dtrack.reporting.standings import Standings

MOST_NAMED = 20
GRAVEST_FIRST = ("missed", "not_reported", "undetermined", "open", "met", "no_target")
_OF_CLASS = {
    TargetClass.BINDING: N_("Binding targets: {verdicts}."),
    TargetClass.EXPECTED: N_("Targets that are expected, not binding: {verdicts}."),
}
_APART = {  # areas that are shown and in no count
    Place.ZONE: N_("Overlapping areas, excluded from counts: {areas}."),
    Place.PEER: N_("Beside the {city}, excluded from counts: {areas}."),
    Place.BELOW: N_("Parts of other areas, excluded from counts: {areas}."),
}


def tally_of_districts(board: AssessmentView, of_indicator: Ints) -> str:
    """The count of verdicts; it is of all districts, whatever the view hides."""
    return _tally(board, of_indicator[board.cells.of_district[of_indicator]])


def sentences_below(board: AssessmentView, rows: Ints, of_indicator: Ints) -> list[str]:
    """What else stands under the table of one indicator; below a scorecard, only how to read it."""
    lines = [lower_is_better(board, rows)]
    if board.condensed:
        return lines
    all_districts = of_indicator[board.cells.of_district[of_indicator]]
    lines += _apart(board, rows)
    fresh = board.cells.reported & ~board.cells.is_stale
    spoke = all_districts[fresh[all_districts]]
    quiet = all_districts[~(fresh | board.cells.may_be_lost)[all_districts]]
    if not board.view.areas and not board.view.only and len(quiet):
        lines.append(
            _silence(board, spoke, quiet, whole=len(spoke) + len(quiet) == len(all_districts))
        )
    return lines


def _silence(board: AssessmentView, spoke: Ints, quiet: Ints, *, whole: bool) -> str:
    """Which districts have no figure of this period; where that is most of them, which have one.

    `whole`: these are all; else a figure that could not be placed may be of one of the others.
    """
    few, many = (quiet, spoke) if len(quiet) <= len(spoke) or not whole else (spoke, quiet)
    who = listed([board.area(c).short for c in few], most=MOST_NAMED)
    if few is quiet:
        return _("No data for {areas}.", areas=who)
    if not len(few):
        return ngettext(
            "No data for the {count} {district}.",
            "No data for any of the {count} {districts}.",
            len(many),
        )
    return ngettext(
        "Data for {areas} only; none for the other {count} {district}.",
        "Data for {areas} only; none for the other {count} {districts}.",
        len(many),
        areas=who,
    )


def _tally(board: AssessmentView, districts: Ints) -> str:
    """How many met, missed …, and who has the largest shortfall.

    Amounts and counts go by per cent of the target to date: the largest district is not always the
    worst.
    """
    if board.cells.may_be_lost[districts].any() and not board.cells.has_target[districts].any():
        return ""  # that none has a target is not known
    counts = Counter(board.verdict[districts[board.cells.has_target[districts]]].tolist())
    sentence = tally(counts, len(districts), int(board.cells.has_target[districts].sum()))
    sentence = in_a_row((sentence, *of_classes(board, districts)))
    gaps = board.cells.gap[districts]
    if board.cells.spans:
        to_come = board.cells.spans.adding_up & (board.cells.verdict[0] == Verdict.OPEN.code)
        gaps = np.where(to_come[districts], np.nan, gaps)
    # below a scorecard the first row tells
    if board.condensed or np.isnan(gaps).all() or np.nanmin(gaps) >= 0:
        return sentence
    told = Standings(board)
    behind = told.worst_first(districts[gaps < 0])
    return in_a_row((sentence, _shortfall(board, told, behind)))


def _shortfall(board: AssessmentView, told: Standings, behind: Ints) -> str:
    """Who has the largest shortfall, and how large it is."""
    first = int(behind[0])
    size = board.cells.gap if not told.by_percent(first) else board.past_goal
    worst = behind[size[behind] == size[first]]
    who = listed([board.area(c).short for c in worst], most=4)
    return _("Largest shortfall: {areas} ({told}).", areas=who, told=told.distance(first))


def lower_is_better(board: AssessmentView, rows: Ints) -> str:
    """What the signs say where lower is better; "" where none is shown."""
    gap = board.cells.gap[rows]
    if not board.indicator(rows[0]).lower_is_better or not (np.abs(gap) > 0).any():
        return ""
    return _("Lower is better: a gap below 0 is behind, a figure above the {city}'s is worse.")


def of_goals(board: AssessmentView, rows: Ints) -> str:
    """How the targets to date were made, where a part of the year's target is due."""
    cells = board.cells
    part = rows[cells.prorated[rows] & board.goal_apart[rows]]
    if not len(part):
        return ""
    if np.isnan(cells.usual_share[part]).all() or cells.by_calendar[part].all():
        return _("Target to date: the year's target by the months gone by.")
    year = cells.periods[int(cells.which[part[0]])].year_before_called
    return _(
        "Target to date: the year's target by the share of the same months in {year}.", year=year
    )


def tally_of_indicators(board: AssessmentView, rows: Ints) -> str:
    """How many indicators, and their verdicts."""
    verdicts = counted_verdicts(Counter(board.verdict[rows].tolist()), GRAVEST_FIRST)
    sentence = ngettext(
        "{count} indicator: {verdicts}.",
        "{count} indicators: {verdicts}.",
        len(rows),
        verdicts=verdicts,
    )
    return in_a_row((sentence, *of_classes(board, rows)))


def of_classes(board: AssessmentView, rows: Ints) -> list[str]:
    """The verdicts on binding targets, and on those that are expected only, apart."""
    frame = board.dataset.targets
    if not len(frame):
        return []
    of_rows = frame["class"].to_numpy(dtype=object)[board.cells.target[rows]]
    promised, told = board.cells.has_target[rows], []
    for held, message in _OF_CLASS.items():
        of = rows[promised & (of_rows == held)]
        if len(of):
            verdicts = counted_verdicts(Counter(board.verdict[of].tolist()), COUNTED)
            told.append(_(message, verdicts=verdicts))
    return told


def _apart(board: AssessmentView, rows: Ints) -> list[str]:
    """Areas of the table that are in no count, by where they stand, with their verdicts."""
    lines, of = [], rows[board.verdict[rows] != ""]
    place = board.dataset.place[board.cells.area[of]]
    for here, sentence in _APART.items():
        who = [
            _("{name} ({more})", name=board.area(c).name, more=verdict_word(board.verdict[c]))
            for c in of[place == here]
        ]
        lines += [_(sentence, areas=listed(who, most=MOST_NAMED))] if who else []
    return lines
