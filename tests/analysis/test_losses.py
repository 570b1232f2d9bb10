"""Losses: levels, weights and shares below nothing (profits, balances, net exports)."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.workspaces import City

LOSSES = Path(__file__).resolve().parents[1] / "golden/cases/22-losses-among-the-parts"
OLD = {"published": "2024-01-20"}
DISTRICTS = "abcd"


def of_all(indicator: str, period: str, values: str, **more: str) -> list[tuple]:
    """Figures of the districts a, b, c, d."""
    found = zip(DISTRICTS, values.split(), strict=True)
    return [(area, indicator, period, value, {**OLD, **more}) for area, value in found]


# -- case 22 ---------------------------------------------------------------------------------------
def test_levels_add_up_and_a_growth_is_bounded_by_nothing(run):
    told = run("city --half H1-2024", at=LOSSES).out
    assert "impossible" not in told
    table = told.partition("Decomposition not available")[0].splitlines()
    lines = {line.split("  ")[0]: line.split() for line in reversed(table)}
    assert lines["Profits"][-1] == "exact"
    assert lines["Growth of profits"][-3:] == ["cannot", "be", "assessed"]
    assert (
        "cannot be derived from the growth of the districts, because a weighting level is negative"
        in told
    )


def test_check_finds_no_fault_in_losses(run):
    assert run("check -f csv", at=LOSSES).rows == []


def test_the_remedy_is_true(run):
    told = run("catchup --half H1-2024 -d west", at=LOSSES).out
    assert (
        "West   Share of H1-2024 in the year not available: a level of H1-2023 or 2023 is negative"
        in told
    )
    assert "add levels" not in told


@pytest.mark.parametrize(
    ("language", "word"), [("zh", "总量为负"), ("fr", "un niveau est négatif")]
)
def test_it_is_said_in_every_language(run, language, word):
    assert word in run(f"catchup --half H1-2024 -d west --lang {language}", at=LOSSES).out


def test_no_half_of_a_year_is_assumed_for_a_loss(run):
    rows = run("catchup --half H1-2024 -d west --assume-half -f csv", at=LOSSES).rows
    assert [(row["share"], row["needed"]) for row in rows] == [("", "")]
    assert "is negative" in rows[0]["note"]


# -- its kind --------------------------------------------------------------------------------------
def test_a_growth_outside_its_districts_is_impossible_where_no_weight_is_negative(city, run):
    figures = [("city", "growth", "H1-2024", "9.0"), *of_all("growth", "H1-2024", "1 2 3 4")]
    weights = of_all("level", "H1-2023", "10 20 30 40")
    made = city({}, [*figures, *weights])
    assert "impossible" in run("city --half H1-2024", at=made.folder).out
    assert "parts-against-total" in run("check", at=made.folder).out
    lossy = city({}, [*figures, *of_all("level", "H1-2023", "10 20 -5 40")])
    assert "impossible" not in run("city --half H1-2024", at=lossy.folder).out
    assert "parts-against-total" not in run("check", at=lossy.folder).out


@pytest.mark.parametrize(
    ("half", "year", "found"),
    [
        ("80", "140", False),
        ("160", "140", True),  # of what has never been negative a part exceeds no whole
        ("-80", "-140", False),
        ("-160", "-140", False),  # the second half made 20
        ("20", "-140", False),
        ("-20", "140", False),
    ],
)
def test_a_part_exceeds_its_whole_only_where_nothing_is_lost(city, run, half, year, found):
    figures = [("a", "level", "H1-2023", half, OLD), ("a", "level", "2023", year, OLD)]
    told = run("check", at=city({}, figures).folder).out
    assert ("part-exceeds-whole" in told) == found


def test_a_loss_anywhere_lets_a_part_exceed_its_whole(city, run):
    figures = [
        ("a", "level", "H1-2023", "160", OLD),
        ("a", "level", "2023", "140", OLD),
        ("b", "level", "2023", "-3", OLD),
    ]
    assert "part-exceeds-whole" not in run("check", at=city({}, figures).folder).out


@pytest.mark.parametrize(
    ("half", "year", "why"),
    [
        ("-80", "-140", "a level of H1-2023 or 2023 is negative"),
        ("80", "-140", "a level of H1-2023 or 2023 is negative"),
        ("0", "0", "the level of 2023 is zero"),
        ("150", "140", "the level of H1-2023 exceeds that of 2023"),
        ("140", "140", "all of 2023 falls in the months of H1-2024: no base for growth remains"),
    ],
)
def test_why_a_share_of_the_year_cannot_be_told(city, run, half, year, why):
    figures = [
        ("a", "growth", "H1-2024", "5.0"),
        ("a", "level", "H1-2023", half, OLD),
        ("a", "level", "2023", year, OLD),
    ]
    made = city({"growth 2024": {"a": "6"}}, figures)
    (row,) = [
        r for r in run("catchup --half H1-2024 -f csv", at=made.folder).rows if r["area"] == "a"
    ]
    assert (row["share"], row["needed"]) == ("", "")
    assert why in row["note"]
    assert "add levels" not in row["note"]


def test_a_growth_without_a_weight_is_told_to_name_one(city, run):
    figures = [("a", "down_growth", "H1-2024", "5.0")]
    made = city({"down_growth 2024": {"a": "6"}}, figures)
    (row,) = run("catchup --half H1-2024 -f csv", at=made.folder).rows
    assert "set `weight`, the flow whose growth this indicator is" in row["note"]
    assert "add levels" not in row["note"]


def test_levels_that_add_up_to_nothing_weight_nothing(city, run):
    figures = [
        ("city", "growth", "H1-2024", "5.0"),
        *of_all("growth", "H1-2024", "1 2 3 4"),
        *of_all("level", "H1-2023", "0 0 0 0"),
    ]
    told = run("city --half H1-2024", at=city({"growth 2024": {"city": "6"}}, figures).folder).out
    assert "the levels of H1-2023 add up to zero" in told


def test_a_loss_on_the_newest_side_of_a_break_leaves_no_older_weights(city):
    figures = [
        ("city", "growth", "H1-2024", "5.0"),
        *of_all("growth", "H1-2024", "1 2 3 4"),
        *of_all("level", "H1-2023", "10 20 30 40", published="2023-07-20"),
        *of_all("level", "H1-2023", "10 20 -30 40", published="2024-02-20"),
    ]
    made: City = city({"growth 2024": {"city": "6"}}, figures, breaks={"level": "2024-01-01"})
    frame = made.open().city("H1-2024", indicator="growth")
    assert frame[frame["part"] != "total"]["contribution"].isna().all()
    assert "is negative" in frame["note"].iloc[-1]


def test_a_loss_is_judged_like_any_figure(city):
    figures = [("a", "level", "H1-2024", "-3.0")]
    row = city({"level H1-2024": {"a": "-2.5"}}, figures).row("level")
    assert (row.verdict, row.gap) == ("missed", -0.5)
