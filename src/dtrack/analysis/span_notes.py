"""What a reader has to know of a target over several years, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dtrack.analysis.comparison import fixed
from dtrack.analysis.over import OVERS
from dtrack.analysis.spans import NOTHING_LEFT, Spans
from dtrack.core.arrays import Ints
from dtrack.core.message import Deferred, Message, deferred, lazy_enumerated, lazy_numeral
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.vocabulary import Over, Verdict
from dtrack.i18n.formatting import period_shown, wording_shown

APART = N_("its years were published on two sides of a break in series and cannot be combined")
MOST_YEARS = 10  # of so many each figure is told
_OVER = {
    Over.SUM: N_("sum of the years"),
    Over.WHOLE: N_("change over all the years"),
    Over.AVERAGE: N_("yearly average"),
    Over.EACH: N_("of each year"),
    Over.END: N_("of the last year"),
}
# by whether one number is left, and lower is better
_TO_COME = {
    (True, False): N_("{number} remaining"),
    (True, True): N_("{number} still allowed"),
    (False, False): N_("required in each remaining year: {number}"),
    (False, True): N_("at most {number} in each remaining year"),
}


def over_word(over: Over) -> Message:
    """What a target over several years is of, in words."""
    return _(_OVER[over])


def span_notes(spans: Spans, cell: int, goal: float, of_goal: int) -> Iterator[Message]:
    """The sentences of one cell, in the order they are read.

    `goal` and `of_goal`: what is to be reached, NaN where it is not public, and its decimals.
    """
    over = OVERS[int(spans.over[cell])]
    yield over_word(over)
    if not spans.known[cell]:
        return
    yield _made_of(spans, cell)
    if spans.doubtful(np.full(len(spans.here), goal))[cell]:
        yield span_doubt(spans, cell)
        return
    if spans.apart[cell]:
        yield _(APART)
    elif spans.hole[cell] and over is not Over.END:
        year = deferred(period_shown, spans.missing(cell))
        if over is Over.EACH:
            yield _("no figure for {year}", year=year)
        else:
            yield _("no figure for {year}; the years cannot be combined", year=year)
    else:
        yield from _fine(spans, cell, over)
        yield from _to_come(spans, cell, goal, of_goal)


def _made_of(spans: Spans, cell: int) -> Message:
    known, years = int(spans.known[cell]), int(spans.length[cell])
    if years > MOST_YEARS:
        return _("{known} of {years} years known", known=known, years=years)
    figures = lazy_enumerated(_figures(spans, cell))
    if known == years:
        return _("calculated from {figures}", figures=figures)
    return _("{known} of {years} years: {figures}", known=known, years=years, figures=figures)


def _figures(spans: Spans, cell: int) -> list[Message]:
    """The figure of each year known, as published."""
    years, told = spans.years, []
    for at in np.flatnonzero(years.there[:, cell]).tolist():
        year = years.cells[at]
        period = year.periods[int(year.which[cell])]
        told.append(
            _(
                "{value} ({period})",
                value=deferred(wording_shown, year.texts("value")[cell]),
                period=deferred(period_shown, period),
            )
        )
    return told


def span_doubt(spans: Spans, cell: int) -> Message:
    """That the target may be of something else than the default, and the remedy."""
    over = OVERS[int(spans.over[cell])]
    text: Deferred = deferred(
        wording_shown, str(spans.cells.dataset.targets["value"].iat[int(spans.rows[cell])])
    )
    if over is Over.SUM:
        sentence = N_(
            "“{target}” may apply to one year rather than to the sum: specify with `over`"
        )
    else:
        sentence = N_(
            "“{target}” may be the change over all years rather than a yearly average: "
            "specify with `over`"
        )
    return _(sentence, target=text)


def _fine(spans: Spans, cell: int, over: Over) -> Iterator[Message]:
    """A computed growth with one decimal more than its years, as the judged one is rounded."""
    if not spans.cells.growth[cell] or over not in (Over.WHOLE, Over.AVERAGE):
        return
    number = float(spans.make(spans.years.number)[cell])
    if np.isfinite(number) and number > NOTHING_LEFT:
        told = lazy_numeral(fixed(number, int(spans.decimals[cell]) + 1))
        if over is Over.AVERAGE:
            yield _("on average {number}% a year", number=told)
        else:
            yield _("{number}% over these years", number=told)


def keeps_inside(spans: Spans, cell: int, of_goal: Ints) -> Message | None:
    """What the years that are left may bring for a target whose both ends count; None: nothing."""
    cells, ends = spans.cells, spans.cells.ends_for(spans.rows)
    least, most = (float(spans.needed(end.value)[cell]) for end in ends)
    is_sum = spans.over[cell] == Over.SUM.code
    missed = cells.settled(spans, spans.rows)[0][cell] == Verdict.MISSED.code
    if missed or not np.isfinite(least + most) or (is_sum and most < 0):
        return None
    digits = int(spans.needed_decimals(of_goal)[cell])
    low, high = (lazy_numeral(fixed(end, digits)) for end in (least, most))
    if is_sum:
        return _("{low} to {high} more is needed to finish within the range", low=low, high=high)
    if cells.growth[cell]:
        return _("{low} to {high}% a year keeps it within the range", low=low, high=high)
    return _("{low} to {high} a year keeps it within the range", low=low, high=high)


def _to_come(spans: Spans, cell: int, goal: float, of_goal: int) -> Iterator[Message]:
    count = len(spans.here)
    if spans.cells.with_two_ends(spans.rows)[cell]:
        if told := keeps_inside(spans, cell, np.full(count, of_goal)):
            yield told
        return
    needed = float(spans.needed(np.full(count, goal))[cell])
    down, one = bool(spans.cells.down[cell]), bool(spans.over[cell] == Over.SUM.code)
    if not np.isfinite(needed) or (one and needed <= 0):
        return
    digits = int(spans.needed_decimals(np.full(count, of_goal))[cell])
    yield _(_TO_COME[one, down], number=lazy_numeral(fixed(needed, digits)))
