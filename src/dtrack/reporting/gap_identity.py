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

POINTS = 2  # decimals at least of a contribution that people read
_BRIEF = {
    "performance": N_("Performance effect"),
    "target_setting": N_("Target-setting effect"),
    "no_target": N_("{Districts} without a target"),
}


def digits_shown(part: Decomposition) -> int:
    """Decimals of contributions for people; programs have `part.digits`."""
    return max(POINTS, *part.of_city)


def sum_of(values: Sequence[float] | Floats, digits: int) -> float:
    """The exact sum of contributions, rounded once: those that add up to nothing are nothing."""
    return float(half_up(np.array(np.nansum(values)), np.array(digits)))


def gap_chart(part: Decomposition, period: Period) -> Chart:
    """The terms of the identity as steps from nothing to the city's gap."""
    digits = digits_shown(part)
    terms = [(_(heading), sum_of(getattr(part, name), digits)) for name, heading in _BRIEF.items()]
    terms += [(_("Residual"), sum_of([part.rest], digits)), (_("{City}'s gap"), part.total)]
    shown = number_column(
        "", "", np.array([value for _, value in terms]), digits, signed=True
    ).for_people()
    steps = tuple(
        Step(label, value, label == terms[-1][0], told)
        for (label, value), told in zip(terms, shown, strict=True)
    )
    told = _("Each bar begins where the one above ended: {identity}.", identity=identity(part))
    title = _("Decomposition of the {city}'s gap, {period}", period=period_shown(period))
    return Chart(title, _("pp"), told, steps=steps)


def lack(part: Decomposition) -> str:
    """Why the gap cannot be decomposed; "" where nothing stands against it."""
    if not np.isnan(part.total):
        return ""
    if np.isnan(part.city):
        return _("no figure of the {city} for this period")
    if part.corridor:
        return ""
    return _("no target of the {city} with a published value")


def identity(part: Decomposition) -> str:
    """The line gap = sum + sum + sum + rest, turned where lower is better; or the lack."""
    if np.isnan(part.rest):
        return _("{sentence}.", sentence=told) if (told := lack(part)) else ""
    digits = digits_shown(part)
    sums = [sum_of(getattr(part, name), digits) for name in _BRIEF]
    terms = " ".join(
        f"{'−' if value < 0 else '+'} {fixed(abs(value), digits)}"
        for value in (*sums, sum_of([part.rest], digits))
    )
    terms = terms.removeprefix("+ ") if sums[0] >= 0 else f"-{terms.removeprefix('− ')}"
    pair = [
        fixed(value, places)
        for value, places in zip((part.city, part.goal), part.of_city, strict=True)
    ]
    first, second = reversed(pair) if part.down else pair
    told = numeral(f"{first} − {second} = {fixed(part.total, digits)} = {terms}")
    return _("{comparison} (lower is better)", comparison=told) if part.down else told


def rounding_miss(part: Decomposition, digits: int) -> str:
    """That lines of so many decimals miss their sums, and by how much; "" where they do not."""
    if np.isnan(part.rest):
        return ""
    groups = [getattr(part, name) for name in _BRIEF]
    terms = [*(sum_of(values, digits) for values in groups), sum_of([part.rest], digits)]
    misses = [part.total - sum(terms)]
    for values, told in zip(groups, terms, strict=False):
        lines = half_up(values[~np.isnan(values)], np.array(digits))
        misses.append(told - float(lines.sum()))
    most = sum_of([max(map(abs, misses))], digits)
    if not most:
        return ""
    return _(
        "Because of rounding the lines may miss their sum by up to {difference} pp",
        difference=numeral(fixed(most, digits)),
    )


def missing_in_words(part: Decomposition) -> str:
    """How many districts without a figure the residual holds, and their weight; "" for none."""
    missing = int(part.missing.sum())
    if not missing:
        return ""
    if np.isnan(part.missing_weight):
        return ngettext(
            "The residual includes {count} {district} without a figure, of unknown weight.",
            "The residual includes {count} {districts} without a figure, of unknown weight.",
            missing,
        )
    return ngettext(
        "The residual includes {count} {district} without a figure ({share}% of the weight).",
        "The residual includes {count} {districts} without a figure ({share}% of the weight).",
        missing,
        share=shown_number(100 * part.missing_weight, 1),
    )


def rest_in_words(part: Decomposition) -> str:
    """`residual`, or `residual and n districts missing, x % of the weight`."""
    missing = int(part.missing.sum())
    if not missing:
        return _("residual")
    if np.isnan(part.missing_weight):
        return ngettext(
            "residual and {count} {district} missing, of unknown weight",
            "residual and {count} {districts} missing, of unknown weight",
            missing,
        )
    return ngettext(
        "residual and {count} {district} missing, {share}% of the weight",
        "residual and {count} {districts} missing, {share}% of the weight",
        missing,
        share=shown_number(100 * part.missing_weight, 1),
    )
