"""Single words of dtrack as messages: verdicts, headings, wordings, units.

Nothing comes in; `marked` only marks.
"""

from __future__ import annotations

from dtrack.core.translate import ENGLISH, N_, _, active_language

VERDICTS = {
    "met": N_("met"),
    "missed": N_("missed"),
    "open": N_("open"),
    "undetermined": N_("undetermined"),
    "not_reported": N_("not reported"),
    "no_target": N_("no target"),
}
HEADINGS = {
    "area": N_("Area"),
    "indicator": N_("Indicator"),
    "period": N_("Period"),
    "target": N_("Target"),
    "actual": N_("Actual"),
    "gap": N_("Gap"),
    "gap_pp": N_("Gap (pp)"),
    "verdict": N_("Verdict"),
    "vs_city": N_("vs city"),
    "status": N_("Status"),
    "source": N_("Source"),
    "change": N_("Change"),
    "rank": N_("Rank"),
    "note": N_("Note"),
}
UNITS = {
    "percent": N_("percent"),
    "100 million CNY": N_("hundred million CNY"),
    "10 thousand CNY": N_("ten thousand CNY"),
    "billion CNY": N_("billion CNY"),
    "CNY": N_("CNY"),
    "stations": N_("stations"),
    "firms": N_("firms"),
    "persons": N_("persons"),
    "km": N_("km"),
    "km2": N_("km²"),
    "models": N_("models"),
    "cases": N_("cases"),
    "users": N_("users"),
    "vehicles": N_("vehicles"),
    "intersections": N_("intersections"),
    "hospitals": N_("hospitals"),
    "institutions": N_("institutions"),
    "stations per 10 thousand people": N_("stations per 10 thousand people"),
}
PRICES = {"constant": N_("constant prices"), "current": N_("current prices")}
BASES = {  # prices and scopes, as the files write them
    "constant": N_("constant"),
    "current": N_("current"),
    "not_stated": N_("not_stated"),
    "other": N_("other"),
}
STATUSES = {
    "expected": N_("expected"),
    "flash": N_("flash"),
    "final": N_("final"),
    "revised": N_("revised"),
    "missing": N_("missing"),
    "illustrative": N_("illustrative"),
}
HALVES = (N_("first half of {year}"), N_("second half of {year}"))
ORDINALS = (
    N_("first quarter of {year}"),
    N_("second quarter of {year}"),
    N_("third quarter of {year}"),
    N_("fourth quarter of {year}"),
)


def unit_word(unit: str) -> str:
    """A unit as the tables say it.

    As the workspace writes it in English, else its word where dtrack has one.
    """
    return unit if active_language() == ENGLISH or unit not in UNITS else _(UNITS[unit])


def behind_number(unit: str) -> str:
    """A unit as it stands behind a number.

    In brackets where it begins with one, so that 5 and 10 thousand do not run together.

    >>> behind_number("10 thousand tonnes"), behind_number("tonnes")
    ('(10 thousand tonnes)', 'tonnes')
    """
    return f"({unit})" if unit[:1].isdigit() else unit


def prices_word(prices: str) -> str:
    """At which prices an indicator is: constant prices."""
    return _(PRICES[prices]) if prices in PRICES else prices


def basis_word(basis: str) -> str:
    """Prices or a scope as the files write them; their word in another language."""
    return _(BASES[basis]) if basis in BASES else basis


def status_word(status: str) -> str:
    """A status of a figure in the language spoken."""
    return _(STATUSES[status]) if status in STATUSES else status
