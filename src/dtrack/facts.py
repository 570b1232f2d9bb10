"""How a document was made, told for its last page: judged cells and a view come in, pairs of (what, told) go out.

Pages and workbooks show them as *Method*, so that whoever gets the file alone knows what was asked and how it was counted.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from dtrack.catalogue import Severity
from dtrack.frames import Flags
from dtrack.period import Period, day_text
from dtrack.sentences import plural
from dtrack.tongue import listed
from dtrack.view import Board

Facts = tuple[tuple[str, str], ...]
_MET = (
    "Met is a figure that reaches the number printed in the target, whatever the wording; equal is met; only “above” (“below”) "
    "needs more; a range is met from its easier end."
)
_GAP = "Actual less goal, the sign turned where lower is better: a negative gap is always behind."
_ROUNDING = (
    "A difference is rounded to the decimals of its two figures before it is compared or shown. “Not sure”: half a unit of the "
    "last published digit, or the kind of figure, could turn the verdict."
)
_EARLY = "met or open, never missed, before the deadline"


def facts(board: Board) -> Facts:
    """What was asked, of what, and which rules decided, in the order in which they are read."""
    held, question = board.held, board.cells.question
    titles = " · ".join(dict.fromkeys(held.titles.values()))
    chosen = (
        ("Workspace", titles),
        ("Period", _period(board)),
        ("As of", _as_of(question.as_of)),
        ("Areas", listed([held.areas[position].name for position in board.view.areas])),
        ("Indicators", listed([held.indicators[position].name for position in board.view.indicators])),
        ("Only the verdicts", listed([word.replace("_", " ") for word in board.view.only])),
    )
    rules = (("Tolerance", _tolerance(board)), ("Verdict", _MET), ("Gap", _GAP), ("Rounding", _ROUNDING))
    return tuple((what, told) for what, told in (*chosen, *rules, *_compared(board), ("Findings", _findings(board))) if told)


def _period(board: Board) -> str:
    asked = board.cells.question.period
    return f"{asked} ({_month(asked.start)} to {_month(asked.end)})" if asked else "every period with a figure or a target"


def _month(number: int) -> str:
    return str(Period(number, number))


def _as_of(day: int | None) -> str:
    return f"{day_text(day)}: only what was published or set by that day" if day else "everything that the folder holds"


def _tolerance(board: Board) -> str:
    points = board.cells.question.tolerance
    return f"{points} percentage points: goals of growth and share are moved by it" if points else "none"


def _compared(board: Board) -> Facts:
    """The comparisons that were used, each with the number of its rows; those that no row needed are not told."""
    cells, told = board.cells, board.wanted()
    both, unknown = cells.promised & cells.reported, np.isnan(cells.usual_share)
    early = both & cells.read_at_end & (cells.target_end > cells.end)
    rules: tuple[tuple[str, Flags, str], ...] = (
        ("Target of the very period", both & cells.target_is_own, "compared as it is"),
        ("Growth against the year's target", both & cells.growth & ~cells.target_is_own,
         "the cumulative growth so far is compared with it as it is"),
        ("Flow against the year's target", both & cells.paced & ~unknown,
         "goal = target × last year's share of the same months in the year; never sure"),
        ("Flow, last year's share unknown", both & cells.paced & unknown,
         "the gap is against the calendar's share (序时进度) and the verdict undetermined"),
        ("Share or stock before its deadline", early, _EARLY),
        ("Figure of a part of the half", cells.stands_in & told, "stands in for the half; never sure"),
        ("Older figure", cells.older, "of a share or stock, from before the period; never sure"),
        ("Only expected", cells.expected, "its publisher expects it; never sure"),
        ("On another basis", cells.other_basis, "other prices or scope: shown and never judged"),
        ("Across a break of the series", cells.across_break, "not subtracted; undetermined"),
        ("Verdict as stated", cells.stated, "the target is not public, the verdict is its source's"),
    )  # fmt: skip
    counts = [(what, int((of & told).sum()), how) for what, of, how in rules]
    return tuple((what, f"{how} ({plural(count, 'row')})") for what, count, how in counts if count)


def _findings(board: Board) -> str:
    """How many findings the readers told, by severity, and whether rows were set aside for them."""
    counts = Counter(finding.severity for finding in board.held.findings)
    told = ", ".join(f"{counts[severity]:,} {severity}" for severity in Severity if counts[severity]) or "none"
    aside = "; rows that a finding of severity refuse touches are set aside and undetermined" * board.cells.question.set_aside
    return f"{told}, as the files are read; dtrack check lists them and looks further{aside}"
