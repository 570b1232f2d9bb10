"""A stock or share whose target is of a span of years is judged by it within the span, as by one of the span's last year."""

from __future__ import annotations

import pytest

PUBLISHED = {"published": "2027-12-31"}
SPAN = {"stock 2025..2027": {"a": "3000"}}


@pytest.mark.parametrize(
    ("targets", "period", "figure", "wanted"),
    [
        # 3100 of mid-2025 is met already, 2900 open until the end of 2027
        (SPAN, "H1-2025", "3100", ("met", 100, "2025..2027")),
        (SPAN, "H1-2025", "2900", ("open", -100, "2025..2027")),
        (SPAN, "2025-06", "3100", ("met", 100, "2025..2027")),
        (SPAN, "2026", "2900", ("open", -100, "2025..2027")),
        (SPAN, "2027", "2900", ("missed", -100, "2025..2027")),
        (SPAN, "2025..2027", "2900", ("missed", -100, "2025..2027")),
        # its deadline is what counts, so it is the next one before it begins too; after it, none
        (SPAN, "H1-2024", "3100", ("met", 100, "2025..2027")),
        (SPAN, "H1-2028", "3100", ("no_target", None, None)),
        # the nearest end goes before it, of one end the year
        ({**SPAN, "stock 2026": {"a": "2000"}}, "H1-2025", "2900", ("met", 900, "2026")),
        ({**SPAN, "stock 2027": {"a": "4000"}}, "H1-2025", "3100", ("open", -900, "2027")),
        ({**SPAN, "stock 2028": {"a": "4000"}}, "H1-2025", "3100", ("met", 100, "2025..2027")),
        ({"stock 2025..2029": {"a": "5000"}, **SPAN}, "2025", "3100", ("met", 100, "2025..2027")),
    ],
)
def test_a_stock_is_judged_by_a_target_over_years(city, targets, period, figure, wanted):
    made = city(targets, [("a", "stock", period, figure, PUBLISHED)])
    row = made.row("stock", period)
    assert (row.verdict, row.gap, row.target_period or None) == wanted


def test_every_command_tells_it(city, run):
    made = city(SPAN, [("a", "stock", "H1-2025", "3100", PUBLISHED)])
    at = made.folder
    assert "3,000 (2025..2027)" in run("report --half H1-2025 -i stock", at=at).out
    assert "met" in run("gap -d a -i stock", at=at).out
    assert run("why a stock H1-2025", at=at).out.splitlines()[0].endswith("H1-2025: met")
    (row,) = run("catchup --half H1-2025 -i stock -f csv", at=at).rows
    assert (float(row["target"]), float(row["needed"])) == (3000, -100)


@pytest.mark.parametrize("indicator", ["growth", "level"])
def test_a_growth_or_an_amount_is_not(city, indicator):
    """Its target over years is an average or a sum, which no part of them can meet."""
    made = city(
        {f"{indicator} 2025..2027": {"a": "3000"}}, [("a", indicator, "2025", "3100", PUBLISHED)]
    )
    assert made.row(indicator, "2025").verdict == "no_target"
