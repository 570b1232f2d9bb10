"""How a document was made, told for its last page: judged cells and a view come in, pairs of (what, told) go out.

Pages and workbooks show them as *Method*, so that whoever gets the file alone knows what was asked and how it was counted.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from dtrack.core.period import Period, day_text
from dtrack.core.rules import Severity
from dtrack.core.translate import every_name, listed, marked, numeral, say, several
from dtrack.i18n.cell_text import period_shown
from dtrack.i18n.sentences import verdict_word
from dtrack.reporting.cells import Board
from dtrack.storage.columns import Flags

Facts = tuple[tuple[str, str], ...]
_MET = marked(
    "Met is a figure that reaches the number printed in the target, whatever the wording; equal is met; only “above” (“below”) "
    "needs more; a range is met from its easier end."
)
_GAP = marked("Actual less goal, the sign turned where lower is better: a negative gap is always behind.")
_ROUNDING = marked(
    "A difference is rounded to the decimals of its two figures before it is compared or shown. “Not sure”: half a unit of the "
    "last published digit, or the kind of figure, could turn the verdict."
)


def facts(board: Board) -> Facts:
    """What was asked, of what, and which rules decided, in the order in which they are read."""
    held, question = board.held, board.cells.question
    chosen = (
        (say("Workspace"), every_name(held.titles, "dtrack")),
        (say("Period"), _period(board)),
        (say("As of"), _as_of(question.as_of)),
        (say("Areas"), listed([held.areas[position].name for position in board.view.areas])),
        (say("Indicators"), listed([held.indicators[position].name for position in board.view.indicators])),
        (say("Only the verdicts"), listed(list(map(verdict_word, board.view.only)))),
    )
    rules = ((say("Tolerance"), _tolerance(board)), (say("Verdict"), say(_MET)), (say("Gap"), say(_GAP)))
    more = ((say("Rounding"), say(_ROUNDING)), *_compared(board), (say("Findings"), _findings(board)))
    return tuple((what, told) for what, told in (*chosen, *rules, *more) if told)


def _period(board: Board) -> str:
    asked = board.cells.question.period
    if asked is None:
        return say("every period with a figure or a target")
    return say("{period} ({first} to {last})", period=period_shown(asked), first=_month(asked.start), last=_month(asked.end))


def _month(number: int) -> str:
    return str(Period(number, number))


def _as_of(day: int | None) -> str:
    if not day:
        return say("everything that the folder holds")
    return say("{day}: only what was published or set by that day", day=day_text(day))


def _tolerance(board: Board) -> str:
    points = board.cells.question.tolerance
    if not points:
        return say("none")
    return say("{points} percentage points: goals of growth and share are moved by it", points=numeral(str(points)))


def _compared(board: Board) -> Facts:
    """The comparisons that were used, each with the number of its rows; those that no row needed are not told."""
    wanted = board.wanted()
    counts = [(what, int((of & wanted).sum()), how) for what, of, how in _comparisons(board)]
    return tuple(
        (what, several("{how} ({count} row)", "{how} ({count} rows)", count, how=how)) for what, count, how in counts if count
    )


def _comparisons(board: Board) -> tuple[tuple[str, Flags, str], ...]:
    """Every comparison there is: what it is called, which cells it is of, how it is done."""
    cells = board.cells
    both, unknown = cells.promised & cells.reported, np.isnan(cells.usual_share)
    early = both & cells.read_at_end & (cells.target_end > cells.end)
    return (
        (say("Target of the very period"), both & cells.target_is_own, say("compared as it is")),
        (say("Growth against the year's target"), both & cells.growth & ~cells.target_is_own,
         say("the cumulative growth so far is compared with it as it is")),
        (say("Flow against the year's target"), both & cells.paced & ~unknown,
         say("goal = target × last year's share of the same months in the year; never sure")),
        (say("Flow, last year's share unknown"), both & cells.paced & unknown,
         say("the gap is against the calendar's share (序时进度) and the verdict undetermined")),
        (say("Share or stock before its deadline"), early, say("met or open, never missed, before the deadline")),
        (say("Figure of a part of the half"), cells.stands_in, say("stands in for the half; never sure")),
        (say("Older figure"), cells.older, say("of a share or stock, from before the period; never sure")),
        (say("Only expected"), cells.expected, say("its publisher expects it; never sure")),
        (say("On another basis"), cells.other_basis, say("other prices or scope: shown and never judged")),
        (say("Across a break of the series"), cells.across_break, say("not subtracted; undetermined")),
        (say("Verdict as stated"), cells.stated, say("the target is not public, the verdict is its source's")),
    )  # fmt: skip


def _findings(board: Board) -> str:
    """How many findings the readers told, by severity, and whether rows were set aside for them."""
    counts = Counter(finding.severity for finding in board.held.findings)
    told = say(", ").join(severity.counted(counts[severity]) for severity in Severity if counts[severity]) or say("none")
    if not board.cells.question.set_aside:
        return say("{findings}, as the files are read; dtrack check lists them and looks further", findings=told)
    return say(
        "{findings}, as the files are read; dtrack check lists them and looks further; rows that a finding of severity refuse "
        "touches are set aside and undetermined",
        findings=told,
    )
