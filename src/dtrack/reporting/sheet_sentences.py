"""Sentences under a sheet of `report`: counts, who is silent, who is apart, notes."""

from __future__ import annotations

from collections import Counter

import numpy as np

from dtrack.analysis.assessment_frame import NOTE_BELOW
from dtrack.analysis.comparison import fixed, signed
from dtrack.core.arrays import Ints
from dtrack.core.translate import N_, _, listed, ngettext, numeral
from dtrack.core.vocabulary import TargetClass, Verdict
from dtrack.i18n.terms import (
    COUNTED,
    behind_number,
    counted_verdicts,
    in_a_row,
    tally,
    verdict_word,
)
from dtrack.model.entities import Place
from dtrack.reporting.cells import AssessmentView
from dtrack.reporting.columns import names_in_a_row

MOST_NAMED = 20
FULL = 100
_OF_CLASS = {
    TargetClass.BINDING: N_("Binding targets: {verdicts}."),
    TargetClass.EXPECTED: N_("Targets that are expected, not binding: {verdicts}."),
}
_APART = {  # areas that are shown and in no count
    Place.ZONE: N_("Lying inside other districts and not counted above: {areas}."),
    Place.PEER: N_("Beside the city and not counted above: {areas}."),
    Place.BELOW: N_("Parts of other areas and not counted above: {areas}."),
}


def sentences_below(board: AssessmentView, rows: Ints, of_indicator: Ints) -> list[str]:
    """The sentences under a sheet; the count is of all districts, whatever the view hides."""
    all_districts = of_indicator[board.cells.of_district[of_indicator]]
    lines = [_tally(board, all_districts), _rule(board, rows), *_apart(board, rows)]
    fresh = board.cells.reported & ~board.cells.is_stale
    spoke = all_districts[fresh[all_districts]]
    quiet = all_districts[~(fresh | board.cells.may_be_lost)[all_districts]]
    if not board.view.areas and not board.view.only and len(quiet):
        lines.append(
            _silence(board, spoke, quiet, whole=len(spoke) + len(quiet) == len(all_districts))
        )
    return [line for line in lines if line] + notes_on(board, rows, by_area=True)


def _silence(board: AssessmentView, spoke: Ints, quiet: Ints, *, whole: bool) -> str:
    """Which districts have no figure of this period; where that is most of them, which have one.

    `whole`: these are all; else a figure that could not be placed may be of one of the others.
    """
    few, many = (quiet, spoke) if len(quiet) <= len(spoke) or not whole else (spoke, quiet)
    who = listed([board.area(c).name for c in few], most=MOST_NAMED)
    if few is quiet:
        return ngettext(
            "No figure of {count} district: {areas}.",
            "No figure of {count} districts: {areas}.",
            len(quiet),
            areas=who,
        )
    if not len(few):
        return ngettext(
            "No figure of any of the {count} district.",
            "No figure of any of the {count} districts.",
            len(many),
        )
    return ngettext(
        "Figures of {areas} only; none of the other {count} district.",
        "Figures of {areas} only; none of the other {count} districts.",
        len(many),
        areas=who,
    )


def _tally(board: AssessmentView, districts: Ints) -> str:
    """How many met, missed …, what share has a target, and who is furthest behind.

    That is of amounts and stocks by per cent of the target, where all that are behind have one:
    the largest district is not always the worst.
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
    if np.isnan(gaps).all() or np.nanmin(gaps) >= 0:
        return sentence
    behind = districts[gaps < 0]
    by_gap = board.cells.in_points[behind].any() or np.isnan(board.ahead[behind]).any()
    by = board.cells.gap if by_gap else board.ahead
    worst = board.ordered(behind[by[behind] == by[behind].min()])
    who = listed([board.area(c).name for c in worst], most=4)
    told = [] if by_gap else [_done(board, int(worst[0]))]
    if len(set(board.cells.gap[worst].tolist())) == 1:
        gap = numeral(signed(board.cells.gap[worst[0]], board.decimals["gap"][worst[0]]))
        unit = behind_number(board.indicator(worst[0]).gap_unit)
        told.append(_("{number} {unit}", number=gap, unit=unit))
    gap = names_in_a_row(told)
    return in_a_row((sentence, _("Furthest behind: {areas} ({gap}).", areas=who, gap=gap)))


def _rule(board: AssessmentView, rows: Ints) -> str:
    """What the signs say where lower is better; "" where none is shown."""
    gap = board.cells.gap[rows]
    if not board.indicator(rows[0]).lower_is_better or not (np.abs(gap) > 0).any():
        return ""
    return _("Lower is better: a gap below 0 is behind, a figure above the city's is worse.")


def _done(board: AssessmentView, cell: int) -> str:
    """How much of the target is done, and of a part of its period how much of the time is gone."""
    done, gone = (board.columns[f"percent_of_{what}"][cell] for what in ("target", "time"))
    told = {"percent": numeral(fixed(done, 1)), "time": numeral(fixed(gone, 1))}
    if gone < FULL:
        return _("{percent}% of the target, {time}% of the time", **told)
    return _("{percent}% of the target", **told)


def tally_of_indicators(board: AssessmentView, rows: Ints) -> str:
    """How many indicators, and their verdicts."""
    order = ("missed", "not_reported", "undetermined", "open", "met", "no_target")
    verdicts = counted_verdicts(Counter(board.verdict[rows].tolist()), order)
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


def notes_on(board: AssessmentView, rows: Ints, *, by_area: bool) -> list[str]:
    """Each note once, with the areas (or indicators) it is about."""
    about: dict[str, list[str]] = {}
    said = board.columns[NOTE_BELOW]
    for cell in rows[said[rows] != ""]:
        if note := said[cell]:
            about.setdefault(note, []).append(
                board.area(cell).name if by_area else board.indicator(cell).name
            )
    with_note = sum(map(len, about.values()))
    if len(about) == 1 and with_note == len(rows) > 1:
        return [_("Note: {note}.", note=note) for note in about]
    return [
        _("Note on {names}: {note}.", names=listed(who, most=8), note=note)
        for note, who in about.items()
    ]
