"""What surrounds a comparison: deadlines, the pace of a flow, breaks, price bases, the city, tolerance, faults.

Unless a test says otherwise a target is set on 2024-01-15 and a figure is a flash published on 2024-07-20.
"""

from __future__ import annotations

import re

import pytest

OCTOBER, NEXT_YEAR = {"published": "2024-10-20"}, {"published": "2025-01-20"}


# Before its deadline a share or stock is met or open, never missed


@pytest.mark.parametrize("figure", ["2023", "Q1-2024", "2024-06", "H1-2024"])
@pytest.mark.parametrize(
    ("indicator", "value"), [("share", "44.3"), ("stock", "44"), ("jobless", "55.1")]
)
def test_short_of_a_target_that_still_has_time_is_open(city, indicator, value, figure):
    row = city({f"{indicator} 2024": {"a": "50"}}, [("a", indicator, figure, value)]).row(indicator)
    assert (row.verdict, row.gap < 0) == ("open", True)


@pytest.mark.parametrize(
    ("indicator", "value", "verdict"), [("share", "55.0", "met"), ("jobless", "45.0", "open")]
)
def test_a_part_year_share_against_the_years_target_is_never_sure(city, indicator, value, verdict):
    row = city({f"{indicator} 2024": {"a": "50"}}, [("a", indicator, "H1-2024", value)]).row(
        indicator
    )
    assert (row.verdict, row.sure) == (verdict, False)  # shares move with the season


def test_a_stock_that_is_there_early_is_there_and_may_go_again(city):
    row = city({"stock 2024": {"a": "75000"}}, [("a", "stock", "2024-06", "80000")]).row("stock")
    assert (row.verdict, row.sure) == ("met", False)


@pytest.mark.parametrize(
    ("indicator", "figure", "asked", "promised"),
    [
        ("share", "2024", "2024", "2024"),
        ("share", "H1-2024", "H1-2024", "H1-2024"),
        ("stock", "2024-12", "2024", "2024"),
        ("stock", "2024-12", "H2-2024", "2024"),
        ("stock", "2024-06", "H1-2024", "H1-2024"),
    ],
)
def test_short_at_the_deadline_is_missed(city, indicator, figure, asked, promised):
    there = city(
        {f"{indicator} {promised}": {"a": "50"}}, [("a", indicator, figure, "44", NEXT_YEAR)]
    )
    row = there.row(indicator, asked)
    assert (row.verdict, row.sure, row.gap) == ("missed", True, -6)


@pytest.mark.parametrize(("indicator", "figure"), [("share", "Q1-3-2024"), ("stock", "2024-09")])
def test_a_figure_from_before_the_deadline_cannot_miss_it_even_if_asked_later(
    city, indicator, figure
):
    row = city({f"{indicator} 2024": {"a": "50"}}, [("a", indicator, figure, "44", OCTOBER)]).row(
        indicator, "2024"
    )
    assert (row.verdict, row.actual_period) == (
        "open",
        figure,
    )  # September cannot say what December was
    assert figure in row.note


def test_growth_is_never_open(city):
    row = city({"growth 2024": {"a": "5"}}, [("a", "growth", "H1-2024", "4.8")]).row("growth")
    assert (row.verdict, row.goal, row.sure) == (
        "missed",
        5,
        True,
    )  # the year's target as it is, no pace


# Pace: a flow of the half against its usual share of the year


def flow(city, done, first, whole, target="1000", period="H1-2024", before="H1-2023", **options):
    """A year's target of 1000, what is done by mid-year, and last year's part and whole (None: not known)."""
    day = {"published": "2024-01-20"}
    past = [("a", "level", p, v, day) for p, v in ((before, first), ("2023", whole)) if v]
    return city({"level 2024": {"a": target}}, [("a", "level", period, done), *past]).row(
        "level", period, **options
    )


def test_the_goal_of_a_half_is_last_years_share_of_the_target(city):
    row = flow(
        city, "440", "420", "1000"
    )  # shared/formulas.py §12: behind the calendar, ahead of the usual season
    assert (row.goal, row.gap, row.verdict, row.sure) == (420, 20, "met", False)
    assert "42.0% of the year in 2023" in row.note
    row = flow(city, "410", "420", "1000")
    assert (row.goal, row.gap, row.verdict, row.sure) == (420, -10, "missed", False)


@pytest.mark.parametrize(
    ("first", "whole"),
    [(None, None), ("420", None), (None, "1000"), (">420", "1000"), ("420", ">1000"), ("0", "0")],
)
def test_without_last_years_share_the_calendar_is_shown_and_nothing_is_decided(city, first, whole):
    row = flow(city, "440", first, whole)
    assert (row.goal, row.gap, row.verdict) == (500, -60, "undetermined")
    assert row.sure is not True


@pytest.mark.parametrize(
    ("period", "before", "calendar"), [("Q1-2024", "Q1-2023", 250), ("Q1-3-2024", "Q1-3-2023", 750)]
)
def test_quarters_have_a_pace_too(city, period, before, calendar):
    row = flow(city, "230", "200", "1000", period=period, before=before)
    assert (row.goal, row.gap, row.verdict) == (200, 30, "met")
    row = flow(city, "230", None, None, period=period)
    assert (row.goal, row.gap, row.verdict) == (calendar, 230 - calendar, "undetermined")


@pytest.mark.parametrize(
    ("target", "goal", "done"), [("1000", 481, "481"), ("1000.0", 481.1, "481.1")]
)
def test_the_goal_is_rounded_to_its_operands_before_anything_is_compared(city, target, goal, done):
    row = flow(city, done, "433", "900", target=target)  # 1000 x 433 / 900 = 481.11...
    assert (row.goal, row.gap, row.verdict) == (goal, 0, "met")


def test_last_years_share_must_be_known_by_the_day(city):
    figures = [
        ("a", "level", "H1-2024", "440"),
        ("a", "level", "H1-2023", "420", {"published": "2023-07-20"}),
        ("a", "level", "2023", "1000", {"published": "2024-09-01"}),
    ]
    there = city({"level 2024": {"a": "1000"}}, figures)
    assert there.row("level", as_of="2024-08-01").verdict == "undetermined"
    assert there.row("level", as_of="2024-09-01").verdict == "met"


def test_a_target_of_the_half_or_a_figure_of_the_year_needs_no_pace(city):
    row = city({"level H1-2024": {"a": "400"}}, [("a", "level", "H1-2024", "440")]).row("level")
    assert (row.goal, row.gap, row.verdict, row.sure) == (400, 40, "met", True)
    row = city({"level 2024": {"a": "1000"}}, [("a", "level", "2024", "990", NEXT_YEAR)]).row(
        "level", "2024"
    )
    assert (row.goal, row.gap, row.verdict, row.sure) == (1000, -10, "missed", True)


# Breaks: editions published before and after are two series


@pytest.mark.parametrize(
    ("half_published", "goal", "verdict"),
    [("2024-07-20", 500, "undetermined"), ("2025-03-01", 420, "met")],
    ids=["half before, year after", "both after"],
)
def test_a_share_of_last_year_needs_both_levels_on_one_side(city, half_published, goal, verdict):
    figures = [
        ("a", "level", "H1-2025", "440", {"published": "2025-07-20"}),
        ("a", "level", "H1-2024", "420", {"published": half_published}),
        ("a", "level", "2024", "1000", NEXT_YEAR),
    ]
    targets = {"level 2025": {"a": {"value": "1000", "set": "2025-01-15"}}}
    row = city(targets, figures, breaks={"level": "2025-01-01"}).row("level", "H1-2025")
    assert (row.goal, row.verdict) == (goal, verdict)


@pytest.mark.parametrize("indicator", ["level", "share", "stock"])
def test_a_target_from_before_a_break_is_not_judged_by_a_level_from_after_it(city, indicator):
    def at(set_, published):
        targets = {f"{indicator} 2023": {"a": {"value": "50", "set": set_}}}
        figure = ("a", indicator, "2023", "60", {"published": published})
        return city(targets, [figure], breaks={indicator: "2024-07-01"}).row(indicator, "2023")

    across = at("2023-01-15", "2024-08-20")
    assert (across.verdict, across.gap, across.actual) == (
        "undetermined",
        None,
        60,
    )  # shown, never subtracted
    assert "break" in across.note
    assert (at("2023-01-15", "2024-01-20").verdict, at("2024-07-10", "2024-08-20").verdict) == (
        "met",
        "met",
    )


def test_growth_is_still_judged_across_a_break(city):
    figures, breaks = (
        [("a", "growth", "2024", "5.2", NEXT_YEAR)],
        {"growth": "2025-01-01", "level": "2025-01-01"},
    )
    row = city({"growth 2024": {"a": "5"}}, figures, breaks=breaks).row("growth", "2024")
    assert (row.verdict, row.sure, row.gap) == ("met", True, 0.2)


# Like with like


@pytest.mark.parametrize(
    "other", [{"prices": "current"}, {"scope": "above the threshold"}], ids=["prices", "scope"]
)
def test_a_figure_on_another_basis_is_shown_and_never_judged(city, other):
    figures = [("a", "growth", "H1-2024", "7.0", other), ("city", "growth", "H1-2024", "5.4")]
    row = city({"growth 2024": {"a": "5"}}, figures).row("growth")
    assert (row.verdict, row.actual, row.gap, row.vs_city) == ("undetermined", 7, None, None)
    assert next(iter(other.values())) in row.note
    assert city("", figures).row("growth").verdict == "no_target"


@pytest.mark.parametrize(
    ("indicator", "period", "other"),
    [
        ("growth", "H1-2024", {"prices": "current"}),
        ("growth", "H1-2024", {"scope": "above the threshold"}),
        ("level", "H1-2024", {"prices": "constant"}),
        ("share", "H1-2024", {"prices": "constant"}),
        ("share", "2024-06", {"scope": "above the threshold"}),
        ("stock", "2024-06", {"scope": "above the threshold"}),
    ],
)
def test_the_indicators_own_figure_comes_first_and_the_note_names_the_other(
    city, indicator, period, other
):
    figures = [("a", indicator, period, "7.0", other | OCTOBER), ("a", indicator, period, "4.8")]
    row = city({f"{indicator} H1-2024": {"a": "5"}}, figures).row(indicator)
    assert (row.verdict, row.actual, row.sure) == ("missed", 4.8, True)
    assert "7.0" in row.note


# Beside the city


@pytest.mark.parametrize(
    ("indicator", "mine", "citys", "points"),
    [
        ("growth", "6.6", "5.4", 1.2),
        ("growth", "5.8", "6.0", -0.2),
        ("growth", "5.4", "5.40", 0.0),
        ("jobless", "3.1", "3.5", -0.4),  # not turned: simply lower
        ("growth", ">6", "5.4", None),
        ("growth", "6.6", "around 5", None),
        ("level", "66", "540", None),  # points only
    ],
)
def test_vs_city_is_the_difference_of_two_exact_figures_target_or_not(
    city, indicator, mine, citys, points
):
    there = city("", [("a", indicator, "H1-2024", mine), ("city", indicator, "H1-2024", citys)])
    assert there.row(indicator).vs_city == points
    assert there.row(indicator, area="city").vs_city is None


def test_vs_city_needs_the_same_actual_period(city):
    there = city(
        "", [("a", "growth", "2024-01..2024-05", "6.6"), ("city", "growth", "H1-2024", "5.4")]
    )
    assert there.row("growth").vs_city is None


@pytest.mark.parametrize(("indicator", "points"), [("share", None), ("growth", 1.2)])
def test_vs_city_of_a_share_never_reaches_across_a_break(city, indicator, points):
    figures = [("a", indicator, "H1-2024", "6.6"), ("city", indicator, "H1-2024", "5.4", NEXT_YEAR)]
    assert city("", figures, breaks={indicator: "2025-01-01"}).row(indicator).vs_city == points


# A tolerance is an explicit option


@pytest.mark.parametrize(
    ("indicator", "target", "actual", "goal", "gap", "verdict"),
    [
        ("growth", "5.0", "4.8", 4.8, 0.0, "met"),
        ("growth", "5.0", "4.7", 4.8, -0.1, "missed"),
        ("growth", "above 5.0", "4.8", 4.8, 0.0, "missed"),
        ("growth", "4.5..5", "4.3", 4.3, 0.0, "met"),
        ("down_growth", "3.5", "3.6", 3.7, 0.1, "met"),
        ("share", "50", "49.8", 49.8, 0.0, "met"),
        ("level", "50.0", "49.9", 50, -0.1, "missed"),  # points mean nothing in money
        ("stock", "50.0", "49.9", 50, -0.1, "missed"),
    ],
)
def test_a_tolerance_moves_the_goal_of_growth_and_share(
    city, indicator, target, actual, goal, gap, verdict
):
    there = city({f"{indicator} H1-2024": {"a": target}}, [("a", indicator, "H1-2024", actual)])
    row = there.row(indicator, tolerance="0.2")
    assert (row.goal, row.gap, row.verdict) == (goal, gap, verdict)


def test_the_output_says_that_a_tolerance_was_used(city):
    from typer.testing import CliRunner

    from dtrack.cli import app_of, asked_for

    folder = city({"growth 2024": {"a": "5"}}, [("a", "growth", "H1-2024", "4.8")]).folder
    words = ["report", "--half", "H1-2024", "--tolerance", "0.2", "--workspace", str(folder)]
    told = CliRunner().invoke(app_of(asked_for(words)), words)
    assert told.exit_code == 0
    assert re.search(r"tolerance.*0\.2|0\.2.*tolerance", told.output, re.IGNORECASE)


# A fault that could change a verdict of this report stops it; set aside, it leaves that row undetermined


@pytest.mark.parametrize(
    "faulty",
    [
        [("a", "growth", "H1-2024", "5.5"), ("a", "growth", "H1-2024", "4.5")],
        [("a", "growth", "H1-2024", "5.5?")],
    ],
    ids=["two readings on one day", "not a number"],
)
def test_a_fault_stops_or_is_set_aside(city, faulty):
    from dtrack.core.findings import BlockedByFindings

    there = city(
        {"growth 2024": {"a": "5", "b": "5"}}, [("b", "growth", "H1-2024", "4.8"), *faulty]
    )
    with pytest.raises(BlockedByFindings) as refused:
        there.frame()
    assert any(finding.severity == "error" for finding in refused.value.findings)
    assert there.row("growth", set_aside=True).verdict == "undetermined"
    assert there.row("growth", area="b", set_aside=True).verdict == "missed"


def test_a_fault_elsewhere_does_not_stop_this_report(city):
    there = city(
        {"growth 2024": {"a": "5"}},
        [("a", "growth", "H1-2024", "4.8"), ("a", "growth", "H1-2020", "5.5?")],
    )
    assert any(finding.severity == "error" for finding in there.open().findings)
    assert there.row("growth").verdict == "missed"
