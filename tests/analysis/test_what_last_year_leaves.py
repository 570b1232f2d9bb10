"""What a target that follows last year's figure leaves for the rest of the year, by hand."""

from __future__ import annotations

import math
import shutil

import pytest

from support.workspaces import ROOT


def follows(value, of="last-year"):
    return {"value": value, "of": of}


def left(made, indicator, area="a", half="H1-2024"):
    table = made.open().catchup(half).set_index(["area", "indicator"])
    return table.loc[(area, indicator)]


def test_an_amount_may_still_bring_what_last_years_whole_leaves(city):
    made = city(
        {
            "level 2024": {"a": follows(">=+10"), "b": follows("up")},
        },
        [
            ("a", "level", "H1-2023", "100"),
            ("a", "level", "2023", "210"),
            ("a", "level", "H1-2024", "105"),
            ("b", "level", "H1-2023", "50"),
            ("b", "level", "H1-2024", "55"),
        ],
    )
    row = left(made, "level")
    assert row["needed"] == 115.0  # 210 + 10 − 105
    assert row["note"] == "19.2 per month"  # 115 / 6
    none = left(made, "level", "b")  # of 2023 there is a half only
    assert math.isnan(none["needed"])
    assert none["note"] == "the target depends on another figure: what is needed is not known yet"


def test_a_share_has_to_come_down_to_what_it_was_at_the_end_of_last_year(city):
    made = city(
        {"jobless 2024": {"a": follows("<=-0.5")}},
        [
            ("a", "jobless", "2023", "5.5"),
            ("a", "jobless", "H1-2023", "5.9"),
            ("a", "jobless", "H1-2024", "5.3"),
        ],
    )
    assert left(made, "jobless")["needed"] == -0.3  # 5.5 − 0.5 − 5.3


def test_what_follows_another_area_needs_no_share_of_the_year(city):
    made = city(
        {"growth 2024": {"a": follows(">", "city")}},
        [("city", "growth", "H1-2024", "5.0"), ("a", "growth", "H1-2024", "5.2")],
    )
    note = left(made, "growth")["note"]
    assert note == "the target depends on another figure: what is needed is not known yet"


def test_the_rest_of_a_past_year_is_told_by_the_figure_that_came(city):
    made = city(
        {"stock 2024": {"a": follows(">=", "city")}},
        [
            ("a", "stock", "H1-2024", "90"),
            ("city", "stock", "H1-2024", "80"),
            ("city", "stock", "2024", "100"),
        ],
    )
    assert left(made, "stock")["needed"] == 10.0


def test_at_its_deadline_nothing_is_on_its_way(city):
    made = city(
        {"stock 2025": {"a": ">100"}, "jobless 2025": {"a": "<5"}},
        [
            ("a", "stock", "2020", "50"),
            ("a", "stock", "2025", "100"),
            ("a", "jobless", "2020", "6.0"),
            ("a", "jobless", "2025", "5.0"),
        ],
    )
    table = made.open().path().set_index(["area", "indicator"])
    assert table.loc[("a", "stock"), "verdict"] == "behind"  # 100 is not above 100
    assert table.loc[("a", "jobless"), "verdict"] == "behind"
    assert made.row("stock", "2025").verdict == made.row("jobless", "2025").verdict == "missed"


CAP = ROOT / "tests/golden/cases/03-cap-is-not-reached-in-june"


def test_equal_to_its_share_is_not_below_it(run, tmp_path):
    """Report says that it is missed; catchup may not call it within its share."""
    folder = tmp_path / "cap"
    shutil.copytree(CAP, folder)
    toml, figures = folder / "targets.toml", folder / "data/actuals/figures.csv"
    toml.write_text(toml.read_text("utf-8").replace('"<=200"', '"<200"'), "utf-8")
    figures.write_text(figures.read_text("utf-8").replace("H1-2024,90,", "H1-2024,100,"), "utf-8")
    half = ["--half", "H1-2024", "-d", "north", "-f", "csv"]
    assert run(["report", *half], at=folder).rows[0]["verdict"] == "missed"
    note = run(["catchup", *half], at=folder).rows[0]["note"]
    assert "within" not in note
    assert note.startswith("equal to its share of the limit (100), below which it has to remain")


def test_a_half_past_the_years_limit_is_held_against_no_share(run, tmp_path):
    """Without last year no share is known: the year's row tells the half against the target itself."""
    folder = tmp_path / "cap"
    shutil.copytree(CAP, folder)
    figures = folder / "data/actuals/figures.csv"
    lines = figures.read_text("utf-8").splitlines(keepends=True)
    figures.write_text("".join(x for x in lines if ",2023," not in x), "utf-8")
    rows = run(["report", "--half", "2024", "-d", "west", "-f", "csv"], at=folder).rows
    assert rows[0]["note"] == "H1-2024: 410 (-10 against the target)"  # 410 of 400


def test_why_says_of_a_sum_that_nobody_published_it(run):
    case = ROOT / "tests/golden/cases/09-two-quarters-make-a-half"
    said = run(["why", "east", "jobs", "H1-2024"], at=case).out
    assert "derived, not published as such (" in said
    assert "derived, published 2" not in said


@pytest.mark.parametrize(
    ("half", "verdict", "sure"),
    [
        ("225", "met", True),  # more than all of 2023 already
        ("210", "met", False),  # as much as all of it: rounding may turn it
        ("120", "met", False),  # more than its half
        ("95", "missed", False),
    ],
)
def test_what_is_past_all_of_last_year_is_certain(city, half, verdict, sure):
    made = city(
        {"level 2024": {"a": follows("up")}},
        [
            ("a", "level", "H1-2023", "100"),
            ("a", "level", "2023", "210"),
            ("a", "level", "H1-2024", half),
        ],
    )
    row = made.row("level")
    assert (row.verdict, row.sure, row.goal) == (verdict, sure, 100.0)
    assert ("already been reached" in row.note) == (half == "225")


def test_the_first_place_is_never_certain_in_june(city):
    made = city(
        {"level 2024": {"a": follows("top 1", "rank")}},
        [("a", "level", "H1-2024", "105"), ("b", "level", "H1-2024", "55")],
    )
    row = made.row("level")
    assert (row.verdict, row.sure) == ("met", False)


def test_last_year_may_be_made_of_its_halves(city):
    made = city(
        {"level 2024": {"a": follows(">=+10")}},
        [
            ("a", "level", "H1-2023", "100"),
            ("a", "level", "H2-2023", "110"),
            ("a", "level", "H1-2024", "105"),
        ],
    )
    assert left(made, "level")["needed"] == 115.0  # 100 + 110 + 10 − 105
