"""Ceilings, and what is certain before the year ends: cases 03 and 04 of the issue, and their kin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.workspaces import toml_targets

CASES = Path(__file__).resolve().parents[1] / "golden/cases"
CAP, CERTAIN = CASES / "03-cap-is-not-reached-in-june", CASES / "04-certain-before-the-year-ends"
HALF = "--half H1-2024"
FLOWS = "".join(
    f'[indicators.{name}]\nname = "{name}"\nkind = "flow"\nunit = "tonnes"\nbetter = "{better}"\n'
    for name, better in (("jobs", "up"), ("waste", "down"))
)


def judged(rows):
    return {(r["area"], r["indicator"]): (r["verdict"], r["sure"], r["gap"]) for r in rows}


def test_a_limit_that_is_exceeded_is_missed_for_certain(run):
    assert judged(r for r in run(f"report {HALF} -f csv", at=CAP).rows) == {
        ("city", "coal"): ("missed", "false", "-60"),
        ("east", "coal"): ("missed", "false", "-40"),
        ("west", "coal"): ("missed", "true", "-210"),
        ("north", "coal"): ("met", "false", "10"),
    }


def test_catchup_tells_what_a_limit_leaves_and_nobody_has_reached_it(run):
    rows = {r["area"]: r for r in run(f"catchup {HALF} -f csv", at=CAP).rows}
    assert {area: float(r["needed"]) for area, r in rows.items()} == {
        "city": 440,
        "east": 160,
        "west": -10,
        "north": 110,
    }
    assert {area: r["note"] for area, r in rows.items()} == {
        "city": "above its share of the limit (500) by 60; "
        "at most 73.3 per month; 93.3 per month so far",
        "east": "above its share of the limit (200) by 40; "
        "at most 26.7 per month; 40.0 per month so far",
        "west": "above its share of the limit (200) by 210; "
        "exceeded by 10; this cannot be reversed",
        "north": "within its share of the limit (100); "
        "at most 18.3 per month; 15.0 per month so far",
    }
    lines = run(f"catchup {HALF}", at=CAP).out.splitlines()
    assert "reached" not in "".join(lines[3:])
    # sign and target, so far, still allowed, per month, per month so far, its footnote
    told = {line.split()[0]: line.split()[1:] for line in lines[4:8]}
    assert told["Rivertown"] == ["≤", "1,000", "560", "440", "73.3", "93.3", "a"]
    assert told["West"] == ["≤", "400", "410", "exceeded", "by", "10", "b"]


def test_the_briefing_tells_who_is_over_and_what_the_others_may_still_use(run):
    told = run(f"brief {HALF} -i coal", at=CAP).out
    assert (
        "Of those that missed their targets, the year's limit is exceeded for good by: West 10 tonnes."
        in told
    )
    assert "East 160 tonnes (80 tonnes less than so far)" in told
    chinese = run(f"brief {HALF} --lang zh", at=CAP).out
    assert "未达到目标、且已不可挽回地超出年度上限的有：西区10吨。" in chinese
    assert "rest of the year" in told


def test_what_is_past_the_years_target_and_cannot_shrink_is_certain(run):
    assert judged(r for r in run(f"report {HALF} -f csv", at=CERTAIN).rows if r["verdict"]) == {
        ("east", "jobs"): ("met", "true", "20"),
        ("west", "jobs"): ("undetermined", "false", "20"),
        ("east", "deaths"): ("missed", "true", "-1"),
        ("north", "deaths"): ("missed", "true", "-1"),
        ("west", "deaths"): ("met", "false", "0"),
    }
    goals = {
        (r["area"], r["indicator"]): r["goal"]
        for r in run(f"report {HALF} -f csv", at=CERTAIN).rows
        if r["goal"]
    }
    # 70 of 100 is held against the calendar's half, as ever
    assert goals == {
        ("east", "jobs"): "100",
        ("west", "jobs"): "50",
        ("east", "deaths"): "10",
        ("north", "deaths"): "0",
        ("west", "deaths"): "0",
    }


@pytest.mark.parametrize("period", ["2024-01", "Q1-2024", "2024-01..2024-04", "2024-01..2024-11"])
@pytest.mark.parametrize(
    ("indicator", "figure", "verdict", "sure"),
    [
        ("jobs", "101", "met", True),
        ("jobs", "100", "met", False),  # it may have been 99.5
        ("jobs", ">100", "met", True),
        ("jobs", "around 120", "met", False),
        ("jobs", "99", "undetermined", False),
        ("jobs", "<120", "undetermined", False),
        ("waste", "101", "missed", True),
        ("waste", "99", "undetermined", False),
        ("waste", "100", "undetermined", False),
    ],
)
def test_it_is_so_at_any_part_that_begins_the_year(city, period, indicator, figure, verdict, sure):
    targets = FLOWS + toml_targets({f"{indicator} 2024": {"a": "100"}})
    row = city(targets, [("a", indicator, period, figure)]).row(indicator, period)
    assert (row.verdict, row.sure) == (verdict, sure)


@pytest.mark.parametrize(
    "other",
    [
        # a loss of another district, years ago
        ("b", "jobs", "2019", "-3"),
        # the year brought less than its first half
        ("a", "jobs", "H1-2022", "80"),
    ],
)
def test_what_can_shrink_is_not_certain(city, other):
    rows = [("a", "jobs", "H1-2024", "120"), ("a", "jobs", "2022", "70"), other]
    row = city(FLOWS + toml_targets({"jobs 2024": {"a": "100"}}), rows).row("jobs")
    assert (row.verdict, row.sure, row.gap) == ("undetermined", False, 70)


def test_at_a_limit_to_stay_below_nobody_is_over_it_by_0(city, run):
    rows = [("a", "waste", "H1-2024", "100"), ("b", "waste", "2020", "-1")]
    made = city(FLOWS + toml_targets({"waste 2024": {"a": "<100"}}), rows)
    (told,) = run(f"catchup {HALF} -i waste -f csv", at=made.folder).rows
    assert "the result must be below the target" in told["note"]
    assert "above the limit" not in told["note"]


def test_an_expectation_is_never_certain(city):
    rows = [("a", "waste", "H1-2024", "120", {"status": "expected"})]
    made = city(FLOWS + toml_targets({"waste 2024": {"a": "100"}}), rows)
    row = made.row("waste")
    assert (row.verdict, row.sure) == ("missed", False)
    assert "has already been exceeded" not in row.note


def test_an_amount_that_can_shrink_is_over_its_limit_only_so_far(city, run):
    rows = [("a", "waste", "H1-2024", "120"), ("b", "waste", "2020", "-1")]
    made = city(FLOWS + toml_targets({"waste 2024": {"a": "100"}}), rows)
    (told,) = run(f"catchup {HALF} -i waste -f csv", at=made.folder).rows
    assert told["note"] == "above the limit by 20 so far"


@pytest.mark.parametrize(
    ("indicator", "figure", "verdict"),
    [
        # below its ceiling, at it, above it
        ("jobless", "4.8", "open"),
        ("jobless", "5.0", "open"),
        ("jobless", "5.4", "open"),
        # above its floor, below it
        ("share", "5.4", "met"),
        ("share", "4.8", "open"),
        ("stock", "6", "met"),
        ("stock", "4", "open"),
    ],
)
@pytest.mark.parametrize("due", ["2024", "2024-12", "2022..2026", "Q3-2024"])
def test_before_its_deadline_a_ceiling_is_open_and_a_floor_met(
    city, indicator, figure, verdict, due
):
    made = city({f"{indicator} {due}": {"a": "5.0"}}, [("a", indicator, "2024-06", figure)])
    row = made.row(indicator)
    gap = round(float(figure) - 5.0, 1) * (-1 if indicator == "jobless" else 1)
    assert (row.verdict, row.gap) == (verdict, gap)
    assert row.sure is False or verdict == "open"


@pytest.mark.parametrize(("figure", "verdict"), [("4.8", "met"), ("5.0", "met"), ("5.1", "missed")])
@pytest.mark.parametrize("asked", ["2024", "H2-2024", "2024-12", "Q4-2024"])
def test_at_its_deadline_a_ceiling_is_met_or_missed(city, figure, verdict, asked):
    made = city({"jobless 2024": {"a": "at most 5.0"}}, [("a", "jobless", "2024-12", figure)])
    assert made.row("jobless", asked).verdict == verdict


def test_a_figure_from_before_the_deadline_keeps_a_ceiling_open(city):
    made = city({"jobless 2024": {"a": "5.0"}}, [("a", "jobless", "2024-09", "4.8")])
    assert made.row("jobless", "2024").verdict == "open"


def test_what_is_within_a_limit_that_runs_on_is_said_so(city, run):
    targets = {"jobless 2024": {"city": "5.0", "a": "5.0", "b": "5.0"}}
    figures = [
        (area, "jobless", "H1-2024", number)
        for area, number in (("city", "4.8"), ("a", "4.9"), ("b", "5.5"))
    ]
    made = city(targets, figures)
    told = run(f"brief {HALF} -i jobless", at=made.folder).out
    assert "0.2 percentage points below the year's target of 5.0% so far" in told
    assert "1 is in progress, 1 is within its limit so far" in told
    assert "Within the limit so far: A." in told
    assert re.search(r"^A +5\.0 +4\.9 +\+0\.1 +… in progress", told, re.MULTILINE)
    # nobody can have met a limit that runs on: the title counts who is within it
    assert "below the limit for 2024; 1 of 2 districts is within its limit so far\n" in told
    assert (
        "目前未超控制目标的有：a。" in run(f"brief {HALF} -i jobless --lang zh", at=made.folder).out
    )
    notes = {
        r["area"]: r["note"] for r in run(f"catchup {HALF} -i jobless -f csv", at=made.folder).rows
    }
    assert notes == {
        "city": "within the limit so far; the period has not ended",
        "a": "within the limit so far; the period has not ended",
        "b": "",
    }
    why = run("why a jobless H1-2024", at=made.folder).out
    assert "until then a limit is neither met nor missed" in why
