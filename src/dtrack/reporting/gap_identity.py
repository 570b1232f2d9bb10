"""The identity of a city's gap, gap = sum + sum + sum + rest: as a line and as a chart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dtrack.analysis.comparison import fixed, half_up
from dtrack.analysis.decomposition import Decomposition
from dtrack.core.arrays import Floats
from dtrack.core.period import Period
from dtrack.core.translate import N_, _, ngettext, numeral
from dtrack.i18n.formatting import period_shown
from dtrack.reporting.columns import number_column, shown_number
from dtrack.reporting.document import Chart, Step

_BRIEF = {
    "performance": N_("against own targets"),
    "target_setting": N_("targets against city's"),
    "no_target": N_("without a target"),
}


def sum_of(part: Decomposition, values: Sequence[float] | Floats) -> float:
    """The exact sum of contributions, rounded once: those that add up to nothing are nothing."""
    return float(half_up(np.array(np.nansum(values)), np.array(part.digits)))


def gap_chart(part: Decomposition, period: Period) -> Chart:
    """The terms of the identity as steps from nothing to the city's gap."""
    terms = [(_(heading), sum_of(part, getattr(part, name))) for name, heading in _BRIEF.items()]
    terms += [(_("the rest"), sum_of(part, [part.rest])), (_("the city's gap"), part.total)]
    shown = number_column(
        "", "", np.array([value for _, value in terms]), part.digits, signed=True
    ).for_people()
    steps = tuple(
        Step(label, value, label == terms[-1][0], told)
        for (label, value), told in zip(terms, shown, strict=True)
    )
    told = _("Each bar begins where the one above ended: {identity}.", identity=identity(part))
    title = _("What the city's gap is made of, {period}", period=period_shown(period))
    return Chart(title, _("pp"), told, steps=steps)


def lack(part: Decomposition) -> str:
    """What stands against taking the gap apart; "" where nothing does."""
    if not np.isnan(part.total):
        return ""
    if np.isnan(part.city):
        return _("No gap to take apart: a figure of the city for this very period is missing")
    if part.corridor:
        return ""
    return _("No gap to take apart: a target of the city with a number is missing")


def identity(part: Decomposition) -> str:
    """The line gap = sum + sum + sum + rest, turned where lower is better; or the lack."""
    if np.isnan(part.rest):
        return _("{sentence}.", sentence=told) if (told := lack(part)) else ""
    sums = [sum_of(part, getattr(part, name)) for name in _BRIEF]
    terms = " ".join(
        f"{'−' if value < 0 else '+'} {fixed(abs(value), part.digits)}"
        for value in (*sums, sum_of(part, [part.rest]))
    )
    terms = terms.removeprefix("+ ") if sums[0] >= 0 else terms.replace(" ", "", 1)
    pair = [
        fixed(value, places)
        for value, places in zip((part.city, part.goal), part.of_city, strict=True)
    ]
    first, second = reversed(pair) if part.down else pair
    told = numeral(
        f"{first} − {second} = {fixed(part.total, part.digits)} = {terms}".replace("-", "−")
    )
    return _("{comparison} (lower is better)", comparison=told) if part.down else told


def rounding_miss(part: Decomposition) -> str:
    """That the printed lines miss their sums, and by how much; "" where they do not."""
    if np.isnan(part.rest):
        return ""
    groups = [getattr(part, name) for name in _BRIEF]
    terms = [*(sum_of(part, values) for values in groups), sum_of(part, [part.rest])]
    misses = [part.total - sum(terms)]
    for values, told in zip(groups, terms, strict=False):
        lines = half_up(values[~np.isnan(values)], np.array(part.digits))
        misses.append(told - float(lines.sum()))
    most = sum_of(part, [max(map(abs, misses))])
    if not most:
        return ""
    return _(
        "Each number is rounded by itself, so that what is printed misses its sum by up to "
        "{difference}",
        difference=numeral(fixed(most, part.digits)),
    )


def rest_in_words(part: Decomposition) -> str:
    """`residual`, or `residual and n districts missing, x % of the weight`."""
    missing = int(part.missing.sum())
    if not missing:
        return _("residual")
    if np.isnan(part.missing_weight):
        return ngettext(
            "residual and {count} district missing, of unknown weight",
            "residual and {count} districts missing, of unknown weight",
            missing,
        )
    return ngettext(
        "residual and {count} district missing, {share}% of the weight",
        "residual and {count} districts missing, {share}% of the weight",
        missing,
        share=shown_number(100 * part.missing_weight, 1),
    )
