"""Single words of dtrack as messages: verdicts, headings, wordings, units. Nothing comes in; `marked` only marks."""

from __future__ import annotations

from dtrack.core.translate import ENGLISH, marked, say, spoken

VERDICTS = {
    "met": marked("met"),
    "missed": marked("missed"),
    "open": marked("open"),
    "undetermined": marked("undetermined"),
    "not_reported": marked("not reported"),
    "no_target": marked("no target"),
}
HEADINGS = {
    "area": marked("Area"),
    "indicator": marked("Indicator"),
    "period": marked("Period"),
    "target": marked("Target"),
    "actual": marked("Actual"),
    "gap": marked("Gap"),
    "gap_pp": marked("Gap (pp)"),
    "verdict": marked("Verdict"),
    "vs_city": marked("vs city"),
    "status": marked("Status"),
    "source": marked("Source"),
    "change": marked("Change"),
    "rank": marked("Rank"),
    "note": marked("Note"),
}
WORDINGS = {
    "around": marked("around {figure}"),
    "at least": marked("at least {figure}"),
    "above": marked("above {figure}"),
    "nearly": marked("nearly {figure}"),
    "at most": marked("at most {figure}"),
    "below": marked("below {figure}"),
    "undisclosed": marked("undisclosed"),
    "missing": marked("missing"),
}
UNITS = {
    "percent": marked("percent"),
    "100 million CNY": marked("hundred million CNY"),
    "10 thousand CNY": marked("ten thousand CNY"),
    "billion CNY": marked("billion CNY"),
    "CNY": marked("CNY"),
    "stations": marked("stations"),
    "firms": marked("firms"),
    "persons": marked("persons"),
    "km": marked("km"),
    "km2": marked("km²"),
    "models": marked("models"),
    "cases": marked("cases"),
    "users": marked("users"),
    "vehicles": marked("vehicles"),
    "intersections": marked("intersections"),
    "hospitals": marked("hospitals"),
    "institutions": marked("institutions"),
    "stations per 10 thousand people": marked("stations per 10 thousand people"),
}
PRICES = {"constant": marked("constant prices"), "current": marked("current prices")}
BASES = {  # prices and scopes, as the files write them
    "constant": marked("constant"),
    "current": marked("current"),
    "not_stated": marked("not_stated"),
    "other": marked("other"),
}
STATUSES = {
    "expected": marked("expected"),
    "flash": marked("flash"),
    "final": marked("final"),
    "revised": marked("revised"),
    "missing": marked("missing"),
    "illustrative": marked("illustrative"),
}
HALVES = (marked("first half of {year}"), marked("second half of {year}"))
ORDINALS = (
    marked("first quarter of {year}"),
    marked("second quarter of {year}"),
    marked("third quarter of {year}"),
    marked("fourth quarter of {year}"),
)


def unit_word(unit: str) -> str:
    """A unit as the tables say it: as the workspace writes it in English, else its word where dtrack has one."""
    return unit if spoken() == ENGLISH or unit not in UNITS else say(UNITS[unit])


def behind_number(unit: str) -> str:
    """A unit as it stands behind a number: in brackets where it begins with one, so that 5 and 10 thousand do not run together.

    >>> behind_number("10 thousand tonnes"), behind_number("tonnes")
    ('(10 thousand tonnes)', 'tonnes')
    """
    return f"({unit})" if unit[:1].isdigit() else unit


def prices_word(prices: str) -> str:
    """At which prices an indicator is: constant prices."""
    return say(PRICES[prices]) if prices in PRICES else prices


def basis_word(basis: str) -> str:
    """Prices or a scope as the files write them; their word in another language."""
    return say(BASES[basis]) if basis in BASES else basis


def status_word(status: str) -> str:
    """A status of a figure in the language spoken."""
    return say(STATUSES[status]) if status in STATUSES else status
