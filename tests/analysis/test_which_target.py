"""Which target judges: what begins the year against the year's, a stock or share by the end of both periods.

Cases 06 and 08 of the issue, and their kin: other kinds, other periods, other commands.
"""

from __future__ import annotations

from pathlib import Path

import pytest

CASES = Path(__file__).resolve().parents[1] / "golden/cases"
MONTH, NOVEMBER = CASES / "06-deadline-month-of-a-stock", CASES / "08-january-to-november"
BEFORE = {"published": "2024-02-20"}


def cell(run, words, at, area, indicator):
    """Verdict, gap and goal of one cell of a report."""
    rows = run(f"report {words} -f csv", at=at).rows
    (row,) = [r for r in rows if (r["area"], r["indicator"]) == (area, indicator)]
    return row["verdict"], row["gap"], row["goal"]


@pytest.mark.parametrize(
    ("period", "area", "indicator", "wanted"),
    [
        # 66/72 of 80 is 73.3; 20/72 of 80 is 22.2
        ("2024-01..2024-11", "east", "inv", ("missed", "-3", "73")),
        ("2024-01..2024-11", "west", "inv", ("met", "1", "73")),
        ("2024-01..2024-04", "east", "inv", ("met", "2", "22")),
        ("2024-01..2024-11", "east", "gdp", ("missed", "-0.9", "6")),
        ("2024-01..2024-11", "west", "gdp", ("met", "0.1", "5")),
    ],
)
def test_whatever_begins_the_year_is_held_against_its_target(run, period, area, indicator, wanted):
    assert cell(run, f"--half {period}", NOVEMBER, area, indicator) == wanted


def test_every_command_holds_january_to_november_against_the_year(run):
    months = "--half 2024-01..2024-11"
    assert run(f"report {months} --fail-on missed", at=NOVEMBER).code == 4
    gap = run(f"gap --district east {months} -f csv", at=NOVEMBER).rows
    assert {(r["indicator"], r["verdict"]) for r in gap} == {("inv", "missed"), ("gdp", "missed")}
    brief = run(f"brief {months} -i inv", at=NOVEMBER).out
    assert "2 have a target: 1 met it, 1 missed it." in brief
    needed = {
        r["area"]: r["needed"] for r in run(f"catchup {months} -i inv -f csv", at=NOVEMBER).rows
    }
    assert {area: float(number) for area, number in needed.items()} == {"east": 10, "west": 6}
    why = run("why east inv 2024-01..2024-11", at=NOVEMBER).out
    assert "80 for the year, 91.67% of it, as in 2023" in why
    # North has a figure of nothing; West none of January to April, against the year's target
    silent = run("status --half 2024-01..2024-04 -i inv -f csv", at=NOVEMBER).rows
    assert {r["area"]: r["state"] for r in silent}["west"] == "missing"


@pytest.mark.parametrize("months", ["2024-02..2024-11", "2024-06", "Q2-2024", "H2-2024", "Q4-2024"])
@pytest.mark.parametrize("indicator", ["growth", "level"])
def test_what_begins_later_is_not(city, months, indicator):
    made = city({f"{indicator} 2024": {"a": "5"}}, [("a", indicator, months, "9")])
    row = made.row(indicator, months)
    assert (row.verdict, row.target) == ("no_target", None)
    assert "the year's target (5) does not apply to" in row.note


@pytest.mark.parametrize("months", ["2024-01", "Q1-2024", "2024-01..2024-02", "Q1-3-2024"])
def test_a_month_or_quarter_that_begins_the_year_is(city, months):
    row = city({"growth 2024": {"a": "5"}}, [("a", "growth", months, "4.8")]).row("growth", months)
    assert (row.verdict, row.gap, row.target_period) == ("missed", -0.2, "2024")


@pytest.mark.parametrize(
    ("half", "area", "wanted"),
    [
        ("H1-2025", "east", ("missed", "-30", "100")),
        ("H1-2025", "west", ("met", "20", "100")),
        ("2025-06", "west", ("met", "20", "100")),
        ("Q2-2025", "east", ("missed", "-30", "100")),
        ("2025-01..2025-06", "east", ("missed", "-30", "100")),
        ("2025", "north", ("missed", "-30", "100")),
        ("H2-2025", "north", ("missed", "-30", "100")),
        ("Q4-2025", "north", ("missed", "-30", "100")),
        ("2025-12", "north", ("missed", "-30", "100")),
        # before its deadline
        ("H1-2025", "north", ("not_reported", "", "100")),
        # and nothing is due after it
        ("2025", "east", ("no_target", "", "")),
    ],
)
def test_a_stock_is_matched_by_the_end_of_both_periods(run, half, area, wanted):
    assert cell(run, f"--half {half}", MONTH, area, "piles") == wanted


def test_a_script_learns_of_a_stock_missed_in_its_month(run):
    assert run("report --half H1-2025 --fail-on missed", at=MONTH).code == 4
    assert "1 missed it" in run("brief --half H1-2025", at=MONTH).out
    told = run("targets --half H1-2025 -f csv", at=MONTH).rows
    assert {(r["area"], r["period"]) for r in told} >= {("east", "2025-06"), ("north", "2025-12")}
    states = {r["area"]: r["state"] for r in run("status --half H1-2025 -f csv", at=MONTH).rows}
    assert states == {"east": "reported", "west": "reported", "north": "missing", "city": "missing"}
    path = {r["area"]: r["target"] for r in run("path -f csv", at=MONTH).rows}
    assert {float(number) for number in path.values()} == {100}


@pytest.mark.parametrize(
    ("targets", "asked", "judged_by"),
    [
        # the very period first
        ({"2025": "1", "2025-12": "2"}, "2025", "2025"),
        ({"2025": "1", "2025-12": "2"}, "2025-12", "2025-12"),
        # else the shortest that ends on that day
        ({"2025": "1", "2025-12": "2"}, "H2-2025", "2025-12"),
        ({"2025": "1", "2021..2025": "2", "Q4-2025": "3"}, "H2-2025", "Q4-2025"),
        ({"2021..2025": "2"}, "2025", "2021..2025"),
        ({"2021..2025": "2"}, "2025-12", "2021..2025"),
        # else the next deadline
        ({"2025": "1", "2025-09": "2"}, "H1-2025", "2025-09"),
        ({"2025": "1", "2021..2025": "2"}, "H1-2025", "2025"),
        ({"2030": "1", "2026-03": "2"}, "H1-2025", "2026-03"),
        ({"2024": "1"}, "H1-2025", None),
    ],
)
@pytest.mark.parametrize("indicator", ["stock", "share", "jobless"])
def test_one_rule_chooses_among_the_targets_of_a_stock_or_share(
    city, indicator, targets, asked, judged_by
):
    promised = {f"{indicator} {period}": {"a": value} for period, value in targets.items()}
    row = city(promised, [("a", indicator, asked, "1.5")]).row(indicator, asked)
    assert (row.target_period or None) == judged_by


def test_two_targets_that_fall_due_together_and_differ_are_doubted(city, run):
    apart = {"stock 2025": {"a": "100", "b": "100"}, "stock 2025-12": {"a": "90", "b": "100.0"}}
    made = city({**apart, "growth 2025": {"a": "5"}, "growth H1-2025": {"a": "4"}}, [])
    (found,) = [f for f in made.open().check().open if f.code == "targets-differ"]
    assert found.place == "targets.toml: targets.stock.2025-12.a"
    assert str(found.message) == "“90” and “100” (targets.stock.2025.a) are due on the same day"
    assert "targets-differ" in run("check", at=made.folder).out


def test_a_target_changed_since_is_the_one_that_is_compared(city):
    old = [{"value": "90", "set": "2024-01-15"}, {"value": "100", "set": "2025-02-15"}]
    made = city({"share 2025": {"a": old}, "share 2025-12": {"a": "100"}}, [])
    assert [f for f in made.open().check().open if f.code == "targets-differ"] == []


def test_the_stated_verdict_of_another_period_is_not_taken_over(city):
    stated = {"value": "undisclosed", "stated": "met"}
    made = city({"share 2025": {"a": stated}}, [("a", "share", "Q4-2025", "30")])
    assert made.row("share", "Q4-2025").verdict == "undetermined"
    assert made.row("share", "2025").verdict == "met"
