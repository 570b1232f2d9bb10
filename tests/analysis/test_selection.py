"""Which target and which figure meet: the choice is made before anything is compared.

Unless a test says otherwise a target is set on 2024-01-15 and a figure is a flash published on 2024-07-20.
"""

from __future__ import annotations

import re

import pytest

OCTOBER, NEXT_YEAR = {"published": "2024-10-20"}, {"published": "2025-01-20"}
JAN_APR, JAN_MAY = "2024-01..2024-04", "2024-01..2024-05"


def entries(*pairs):
    """Promises revised: (value, day) pairs, day None for an entry without a day."""
    return [{"value": value, "set": day} for value, day in pairs]


# Which target


def test_the_target_of_the_very_period_comes_before_the_years(city):
    targets = {"growth H1-2024": {"a": "6"}, "growth 2024": {"a": "5"}}
    row = city(targets, [("a", "growth", "H1-2024", "5.5")]).row("growth")
    assert (row.verdict, row.target, row.target_period) == ("missed", 6, "H1-2024")


@pytest.mark.parametrize("period", ["H1-2024", "Q1-2024", "Q1-3-2024"])
def test_growth_since_january_is_held_against_the_years_target(city, period):
    row = city({"growth 2024": {"a": "5"}}, [("a", "growth", period, "4.8", OCTOBER)]).row(
        "growth", period
    )
    assert (row.verdict, row.gap, row.target_period) == ("missed", -0.2, "2024")


@pytest.mark.parametrize("indicator", ["growth", "level"])
@pytest.mark.parametrize("period", ["H2-2024", "Q2-2024", "Q3-2024", "Q4-2024"])
def test_what_starts_later_is_judged_by_its_own_target_only(city, indicator, period):
    figure = [("a", indicator, period, "4.8", NEXT_YEAR)]
    row = city({f"{indicator} 2024": {"a": "5"}}, figure).row(indicator, period)
    assert (row.verdict, row.target, row.gap) == ("no_target", None, None)
    row = city({f"{indicator} 2024": {"a": "5"}, f"{indicator} {period}": {"a": "4"}}, figure).row(
        indicator, period
    )
    assert (row.verdict, row.target_period) == ("met", period)


@pytest.mark.parametrize("period", ["H2-2024", "Q4-2024"])
@pytest.mark.parametrize("indicator", ["share", "stock"])
def test_share_and_stock_are_read_at_the_end_of_the_period_so_its_year_counts(
    city, indicator, period
):
    there = city({f"{indicator} 2024": {"a": "50"}}, [("a", indicator, "2024-12", "51", NEXT_YEAR)])
    row = there.row(indicator, period)
    assert (row.verdict, row.target_period) == ("met", "2024")


@pytest.mark.parametrize("period", ["H1-2024", "2024"])
@pytest.mark.parametrize("indicator", ["share", "stock"])
def test_share_and_stock_look_ahead_to_the_next_year_that_has_a_target(city, indicator, period):
    targets = {
        f"{indicator} {year}": {"a": value}
        for year, value in (("2023", "40"), ("2025", "50"), ("2027", "60"))
    }
    row = city(targets, [("a", indicator, "2024-06", "45")]).row(indicator, period)
    assert (row.verdict, row.target, row.target_period, row.gap) == ("open", 50, "2025", -5)


@pytest.mark.parametrize(
    ("indicator", "year"),
    [("growth", "2025"), ("level", "2025"), ("share", "2023"), ("stock", "2023")],
)
def test_no_other_year_lends_its_target(city, indicator, year):
    row = city({f"{indicator} {year}": {"a": "50"}}, [("a", indicator, "H1-2024", "45")]).row(
        indicator
    )
    assert (row.verdict, row.target) == ("no_target", None)


def test_the_entry_in_force_on_the_last_day_of_the_period_counts(city):
    made = entries(("7", "2023-12-20"), ("6", "2024-06-30"), ("4", "2024-09-01"))
    figures = [("a", "growth", "H1-2024", "4.8"), ("a", "growth", "2024", "4.8", NEXT_YEAR)]
    there = city({"growth 2024": {"a": made}}, figures)
    row = there.row("growth")
    assert (row.verdict, row.target, row.target_set) == ("missed", 6, "2024-06-30")
    assert re.search(
        r"2024-09-01.*\bmet\b|\bmet\b.*2024-09-01", row.note
    )  # a later change: its day, what it would give
    row = there.row("growth", "2024")
    assert (row.verdict, row.target, row.target_set) == ("met", 4, "2024-09-01")


def test_an_entry_of_the_day_after_the_period_is_a_later_change(city):
    made = entries(("5", "2024-01-15"), ("4", "2024-07-01"))
    row = city({"growth 2024": {"a": made}}, [("a", "growth", "H1-2024", "4.8")]).row("growth")
    assert (row.verdict, row.target) == ("missed", 5)


def test_if_none_was_set_by_then_the_first_one_set_later_counts(city):
    made = entries(("4", "2024-10-01"), ("5", "2024-08-01"))
    row = city({"growth 2024": {"a": made}}, [("a", "growth", "H1-2024", "4.8")]).row("growth")
    assert (row.verdict, row.target, row.target_set) == ("missed", 5, "2024-08-01")


@pytest.mark.parametrize(
    ("day", "verdict", "target"),
    [
        ("2024-08-14", "no_target", None),
        ("2024-08-15", "missed", 5),
        ("2024-08-31", "missed", 5),
        ("2024-12-31", "missed", 5),
    ],
)
def test_entries_are_known_from_their_own_day(city, day, verdict, target):
    made = entries(("5", "2024-08-15"), ("4", "2024-09-01"))
    row = city({"growth 2024": {"a": made}}, [("a", "growth", "H1-2024", "4.8")]).row(
        "growth", as_of=day
    )
    assert (row.verdict, row.target) == (verdict, target)
    assert ("2024-09-01" in row.note) == (day == "2024-12-31")


@pytest.mark.parametrize(
    ("set_", "target"), [("2024-06", 5), ("2024-07", 6), ("2024", 6), ("2023", 5)]
)
def test_a_month_or_year_of_setting_counts_from_its_last_day(city, set_, target):
    made = entries(("6", "2023-01-15"), ("5", set_))
    assert (
        city({"growth H1-2024": {"a": made}}, [("a", "growth", "H1-2024", "4.8")])
        .row("growth")
        .target
        == target
    )


def test_an_entry_without_a_day_is_the_oldest_and_always_in_force(city):
    figure = [("a", "growth", "H1-2024", "4.8")]
    assert (
        city('[targets.growth.2024]\na = "5"\n', figure).row("growth").verdict == "missed"
    )  # the short form
    row = city({"growth 2024": {"a": entries(("5", None), ("4", "2024-05-01"))}}, figure).row(
        "growth"
    )
    assert (row.verdict, row.target) == ("met", 4)
    row = city({"growth 2024": {"a": entries(("5", None), ("4", "2024-09-01"))}}, figure).row(
        "growth"
    )
    assert (row.verdict, row.target) == ("missed", 5)


def test_an_entry_without_a_day_is_never_used_with_as_of(city):
    figure = [("a", "growth", "H1-2024", "4.8")]
    row = city('[targets.growth.2024]\na = "5"\n', figure).row("growth", as_of="2024-12-31")
    assert (row.verdict, row.target) == ("no_target", None)
    both = {"growth 2024": {"a": entries(("5", None), ("4", "2024-09-01"))}}
    row = city(both, figure).row("growth", as_of="2024-12-31")
    assert (row.verdict, row.target) == ("met", 4)


def test_a_stated_verdict_speaks_of_its_own_period_only(city):
    targets = {"growth 2024": {"a": {"value": "undisclosed", "stated": "missed"}}}
    there = city(
        targets, [("a", "growth", "H1-2024", "7.8"), ("a", "growth", "2024", "7.8", NEXT_YEAR)]
    )
    assert there.row("growth", "H1-2024").verdict == "undetermined"
    assert there.row("growth", "2024").verdict == "missed"


# Which figure


@pytest.mark.parametrize(
    ("periods", "used"), [([JAN_APR], JAN_APR), ([JAN_MAY], JAN_MAY), ([JAN_MAY, JAN_APR], JAN_MAY)]
)
def test_four_or_five_months_stand_in_for_the_half(city, periods, used):
    row = city({"growth 2024": {"a": "5"}}, [("a", "growth", p, "6.5") for p in periods]).row(
        "growth"
    )
    assert (row.verdict, row.gap, row.sure, row.actual_period) == ("met", 1.5, False, used)
    assert "used for H1-2024" in row.note


@pytest.mark.parametrize("months", ["2024-07..2024-10", "2024-07..2024-11"])
def test_the_second_half_has_stand_ins_too(city, months):
    row = city({"growth H2-2024": {"a": "5"}}, [("a", "growth", months, "4.0", NEXT_YEAR)]).row(
        "growth", "H2-2024"
    )
    assert (row.verdict, row.sure, row.actual_period) == ("missed", False, months)


def test_the_half_itself_needs_no_stand_in(city):
    figures = [("a", "growth", JAN_MAY, "6.5"), ("a", "growth", "H1-2024", "4.5")]
    row = city({"growth 2024": {"a": "5"}}, figures).row("growth")
    assert (row.verdict, row.sure, row.actual_period) == ("missed", True, "H1-2024")


def test_a_stand_in_of_a_flow_is_undetermined(city):
    row = city({"level H1-2024": {"a": "400"}}, [("a", "level", JAN_MAY, "440")]).row("level")
    assert (row.verdict, row.actual_period) == ("undetermined", JAN_MAY)
    assert row.sure is not True


@pytest.mark.parametrize(
    ("period", "have"),
    [
        (
            "H1-2024",
            [
                "Q1-2024",
                "Q2-2024",
                "2024-06",
                "2024-01..2024-03",
                "2024-02..2024-06",
                "2024",
                "2023",
            ],
        ),
        ("Q1-2024", ["2024-01..2024-02", "2024-03"]),
        ("Q1-3-2024", ["2024-01..2024-08", "H1-2024", "Q3-2024"]),
        ("2024", ["H1-2024", "H2-2024", "Q1-3-2024", "2024-01..2024-11", "2024-12"]),
        ("H2-2024", ["2024-01..2024-11", "Q3-2024", "Q4-2024"]),
    ],
)
def test_nothing_else_stands_in_for_a_growth(city, period, have):
    figures = [("a", "growth", p, "6.5", NEXT_YEAR) for p in have]
    row = city({f"growth {period}": {"a": "5"}}, figures).row("growth", period)
    assert (row.verdict, row.actual) == ("not_reported", None)


@pytest.mark.parametrize("indicator", ["share", "stock"])
def test_share_and_stock_use_the_latest_end_within_the_period(city, indicator):
    read = {"2023": "40", "2024-05": "51", "2024-03": "45", "2024-09": "60"}
    figures = [("a", indicator, period, value, OCTOBER) for period, value in read.items()]
    row = city({f"{indicator} H1-2024": {"a": "50"}}, figures).row(indicator)
    assert (row.verdict, row.actual, row.actual_period) == ("met", 51, "2024-05")
    assert "latest available" not in row.note


@pytest.mark.parametrize("indicator", ["share", "stock"])
def test_a_figure_from_before_the_period_is_an_older_figure_and_never_sure(city, indicator):
    row = city({f"{indicator} H1-2024": {"a": "50"}}, [("a", indicator, "2023-12", "80")]).row(
        indicator
    )
    assert (row.verdict, row.sure, row.actual_period) == ("met", False, "2023-12")
    assert "latest available" in row.note


EDITIONS = [  # shared/formulas.py §10
    ("a", "growth", "H1-2024", "3.9", {"published": "2024-07-20"}),
    ("a", "growth", "H1-2024", "4.2", {"published": "2025-02-01", "status": "revised"}),
    ("a", "growth", "H1-2024", "4.1", {"published": "2024-10-25", "status": "final"}),
]


@pytest.mark.parametrize(
    ("day", "text", "verdict"),
    [
        ("2024-07-19", "", "not_reported"),
        ("2024-07-20", "3.9", "missed"),
        ("2024-08-01", "3.9", "missed"),
        ("2024-12-31", "4.1", "met"),
        ("2025-02-01", "4.2", "met"),
        (None, "4.2", "met"),
    ],
)
def test_the_newest_edition_by_the_day_counts(city, day, text, verdict):
    row = city({"growth 2024": {"a": "4.0"}}, EDITIONS).row("growth", as_of=day)
    assert (row.actual_text, row.verdict) == (text, verdict)


@pytest.mark.parametrize(
    ("published", "before", "day"),
    [
        ("2024-07", "2024-07-30", "2024-07-31"),
        ("2024-09", "2024-09-29", "2024-09-30"),
        ("2024", "2024-12-30", "2024-12-31"),
        ("2024-02", "2024-02-28", "2024-02-29"),
        ("2023-02", "2023-02-27", "2023-02-28"),
    ],
)
def test_a_month_or_year_of_publication_counts_from_its_last_day(city, published, before, day):
    figure = ("a", "growth", "H1-2022", "5.1", {"published": published})
    there = city({"growth H1-2022": {"a": {"value": "5", "set": "2022-01-15"}}}, [figure])
    assert there.row("growth", "H1-2022", as_of=before).verdict == "not_reported"
    row = there.row("growth", "H1-2022", as_of=day)
    assert (row.verdict, row.published) == ("met", published)


def test_an_edition_of_a_month_is_newer_than_one_of_a_day_in_it(city):
    figures = [
        ("a", "growth", "H1-2024", "4.5", {"published": "2024-07"}),
        ("a", "growth", "H1-2024", "5.5"),
    ]
    assert city({"growth 2024": {"a": "5"}}, figures).row("growth").actual == 4.5


def test_an_edition_without_a_day_is_the_oldest_and_never_used_with_as_of(city):
    undated = ("a", "growth", "H1-2024", "5.5", {"published": ""})
    alone = city({"growth 2024": {"a": "5"}}, [undated])
    assert alone.row("growth").verdict == "met"
    assert alone.row("growth", as_of="2025-12-31").verdict == "not_reported"
    dated = ("a", "growth", "H1-2024", "4.5", {"published": "2024-07-02"})
    assert city({"growth 2024": {"a": "5"}}, [dated, undated]).row("growth").actual == 4.5


EXPECTED = {"status": "expected"}


@pytest.mark.parametrize("status", ["flash", "final", "revised"])
def test_an_expectation_never_replaces_a_figure(city, status):
    later = ("a", "growth", "H1-2024", "6.0", EXPECTED | {"published": "2024-08-01"})
    sooner = ("a", "growth", "H1-2024", "6.1", EXPECTED | {"published": "2024-06-20"})
    there = city(
        {"growth 2024": {"a": "5"}},
        [later, ("a", "growth", "H1-2024", "4.5", {"status": status}), sooner],
    )
    row = there.row("growth")
    assert (row.verdict, row.actual, row.status, row.sure) == ("missed", 4.5, status, True)
    row = there.row("growth", as_of="2024-07-01")
    assert (row.verdict, row.actual, row.status, row.sure) == ("met", 6.1, "expected", False)


def test_an_expectation_of_the_same_day_is_no_contradiction(city):
    figures = [("a", "growth", "H1-2024", "6.0", EXPECTED), ("a", "growth", "H1-2024", "4.5")]
    assert city({"growth 2024": {"a": "5"}}, figures).row("growth").actual == 4.5
