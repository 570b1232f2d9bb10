"""How a document was made, as pairs of heading and sentence.

Pages and workbooks show them as *Method*, so that whoever gets the file alone knows what was asked
and how it was counted.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from dtrack.analysis.beside import has_aim
from dtrack.core.arrays import Flags
from dtrack.core.days import day_text
from dtrack.core.period import Period
from dtrack.core.severity import Severity
from dtrack.core.translate import N_, _, every_name, listed, ngettext, numeral
from dtrack.i18n.formatting import period_shown
from dtrack.i18n.terms import verdict_word
from dtrack.reporting.cells import AssessmentView

Facts = tuple[tuple[str, str], ...]
_MET = N_(
    "Met is a figure that reaches the number printed in the target, whatever the wording; equal "
    "is met; only “above” (“below”) "
    "needs more; a range is met from its easier end."
)
_GAP = N_(
    "Actual minus target to date, the sign reversed where lower is better: a negative gap is "
    "always behind."
)
_ROUNDING = N_(
    "A difference is rounded to the decimals of its two figures before it is compared or shown. "
    "Within rounding: half a unit of the last published digit could change the result. "
    "Approximate: the figure itself is around a number. Provisional: the kind of figure or of "
    "comparison could change it."
)


def facts(board: AssessmentView) -> Facts:
    """What was asked, of what, and which rules decided, in the order in which they are read."""
    dataset, question = board.dataset, board.cells.question
    chosen = (
        (_("Workspace"), every_name(dataset.titles, "dtrack")),
        (_("Period"), _period(board)),
        (_("As of"), _as_of(question.as_of)),
        (_("Areas"), listed([dataset.areas[position].name for position in board.view.areas])),
        (
            _("Indicators"),
            listed([dataset.indicators[position].name for position in board.view.indicators]),
        ),
        (_("Only the verdicts"), listed(list(map(verdict_word, board.view.only)))),
    )
    rules = ((_("Tolerance"), _tolerance(board)), (_("Verdict"), _(_MET)), (_("Gap"), _(_GAP)))
    more = ((_("Rounding"), _(_ROUNDING)), *_compared(board), (_("Findings"), _findings(board)))
    return tuple((what, told) for what, told in (*chosen, *rules, *more) if told)


def _period(board: AssessmentView) -> str:
    asked = board.cells.question.period
    if asked is None:
        return _("every period with a figure or a target")
    return _(
        "{period} ({first} to {last})",
        period=period_shown(asked),
        first=_month(asked.start),
        last=_month(asked.end),
    )


def _month(number: int) -> str:
    return str(Period(number, number))


def _as_of(day: int | None) -> str:
    if not day:
        return _("everything that the folder holds")
    return _("{day}: only what was published or set by that day", day=day_text(day))


def _tolerance(board: AssessmentView) -> str:
    points = board.cells.question.tolerance
    if not points:
        return _("none")
    return _(
        "{points} percentage points: goals of growth and share are moved by it",
        points=numeral(str(points)),
    )


def _compared(board: AssessmentView) -> Facts:
    """The comparisons that were used, each with the number of its rows."""
    wanted = board.wanted()
    counts = [(what, int((of & wanted).sum()), how) for what, of, how in _comparisons(board)]
    return tuple(
        (what, ngettext("{how} ({count} row)", "{how} ({count} rows)", count, how=how))
        for what, count, how in counts
        if count
    )


def _comparisons(board: AssessmentView) -> tuple[tuple[str, Flags, str], ...]:
    """Every comparison there is: what it is called, which cells it is of, how it is done."""
    cells = board.cells
    both, unknown = cells.has_target & cells.reported, np.isnan(cells.due_share)
    paced, past = both & cells.prorated, cells.passed(cells.target)[0]
    return (
        (_("Target of the very period"), both & cells.target_is_own, _("compared as it is")),
        (
            _("Growth against the year's target"),
            both & cells.growth & ~cells.target_is_own,
            _("the cumulative growth so far is compared with it as it is"),
        ),
        (
            _("Flow against the year's target"),
            paced & ~unknown & ~cells.by_calendar,
            _("target to date = target × last year's share of the same months; provisional"),
        ),
        (
            _("Flow against the year's target, by the calendar"),
            cells.by_calendar & both,
            _("target to date = target × the months elapsed / 12; provisional"),
        ),
        (
            _("Flow past the year's target"),
            past,
            _("met, or missed where lower is better, for certain: the amount cannot shrink"),
        ),
        (
            _("Flow, last year's share unknown"),
            paced & unknown & ~cells.of_whole_target,
            _("the gap is against the pro-rata target (序时进度); it cannot be assessed"),
        ),
        (
            _("Share or stock before its deadline"),
            cells.early,
            _("met or in progress, never missed; where lower is better, in progress"),
        ),
        (
            _("Figure of a part of the half"),
            cells.is_partial_period,
            _("used in place of the half; provisional"),
        ),
        (
            _("Older figure"),
            cells.is_stale,
            _("latest available share or stock, from before the period; provisional"),
        ),
        (_("Forecast"), cells.expected, _("forecast by its publisher; provisional")),
        (
            _("On another basis"),
            cells.off_basis,
            _("other prices or scope: shown, not assessed"),
        ),
        (
            _("Across a break of the series"),
            cells.across_break,
            _("break in series: not comparable"),
        ),
        (
            _("Both ends of the target"),
            cells.corridor,
            _("both count: inside is met, and the gap is to the nearer end, negative outside"),
        ),
        (_("Aim"), has_aim(cells), _("a second result; the verdict is that on the target alone")),
        (
            _("Light"),
            board.columns["light"] != "",
            _("beside the verdict: green met, amber missed by no more than the band, red by more"),
        ),
        (
            _("Verdict as published"),
            cells.stated,
            _("target value not published; verdict as published by the source"),
        ),
    )


def _findings(board: AssessmentView) -> str:
    """How many findings the readers told, by severity, and whether rows were set aside for them."""
    counts = Counter(finding.severity for finding in board.dataset.findings)
    told = _(", ").join(
        severity.counted(counts[severity]) for severity in Severity if counts[severity]
    ) or _("none")
    if not board.cells.question.set_aside:
        return _(
            "{findings}, as the files are read; dtrack check lists them and looks further",
            findings=told,
        )
    return _(
        "{findings}, as the files are read; dtrack check lists them and looks further; rows "
        "with an error are excluded and cannot be assessed",
        findings=told,
    )
