"""Verdicts and sums that a review of reliability found wrong once, each by the workspace that showed it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.workspaces import City

CASES = Path(__file__).resolve().parents[1] / "golden/cases"


def case(number: str) -> Path:
    (folder,) = CASES.glob(f"reliability-{number}-*")
    return folder


def numbers(text: str) -> list[str]:
    return re.findall(r"[−-]?[0-9]+(?:\.[0-9]+)?", text)


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (
            "catchup --half H1-2024",
            {"City": ["7.25", "7.20"], "Aa": ["6.25", "6.16"], "Bb": ["6.25", "6.34"]},
        ),
        ("report --half H1-2024", {"City": ["7.25", "7.20"], "Aa": ["6.25", "6.16"]}),
        ("path", {}),
    ],
)
def test_two_decimals_are_never_shown_as_one(run, command, shown):
    told = run(command, at=case("01")).out
    for area, figures in shown.items():
        lines = [line for line in told.splitlines() if line.startswith(f"{area} ")]
        assert figures in [numbers(line)[:2] for line in lines]
    assert not re.search(r"(?<![0-9.])(?:7\.2|6\.2|3\.2|3\.1)(?![0-9])", told)


def test_the_citys_line_subtracts_what_it_prints(run):
    assert "7.20 − 7.25 = -0.05 " in run("city --half H1-2024", at=case("01")).out


def test_where_lower_is_better_negative_is_behind_in_every_answer(run):
    folder = case("02")
    report = {row["area"]: row for row in run("report --half H1-2024 -i e -f csv", at=folder).rows}
    assert [report[a]["gap"] for a in ("city", "a", "b")] == ["-0.5", "-1.5", "0.5"]
    parts = {
        row["area"]: row["contribution"]
        for row in run("city --half H1-2024 -f csv", at=folder).rows
        if row["part"] == "performance"
    }
    assert parts == {"a": "-0.7500", "b": "0.2500"}
    brief = run("brief --half H1-2024 -i e", at=folder).out
    assert "that missed them raised the city's growth by 0.75 percentage points: Aa" in brief
    assert "below their targets lowered the city's growth by 0.25 percentage points" in brief
    lines = run("catchup --half H1-2024 -i e", at=folder).out.splitlines()
    order = [line.split()[0] for line in lines if line[:2] in ("Aa", "Bb")]
    assert order == ["Aa", "Bb"]


def test_what_is_exactly_reached_is_reached(run):
    (row,) = run("catchup --half H1-2024 -f csv", at=case("03")).rows
    assert (row["reached"], row["of"]) == ("1", "1")
    assert row["needed"].rstrip("0") == "6."


@pytest.mark.parametrize("number", ["04", "05"])
def test_what_can_mean_two_things_is_refused(run, number):
    said = run("report --half H1-2024", at=case(number))
    assert said.code == 3
    assert "id-twice" in run("check", at=case(number)).out


def test_of_one_day_the_figure_with_more_digits_counts_whatever_its_file(run, tmp_path):
    folder = case("06")
    row = City(folder).row("g")
    assert (row.actual_text, row.verdict, row.sure) == ("8.0", "met", True)
    turned = tmp_path / "turned"
    (turned / "data/actuals").mkdir(parents=True)
    for name in ("targets.toml", "data/areas.csv", "data/sources.csv"):
        (turned / name).write_bytes((folder / name).read_bytes())
    for name, other in (("2.csv", "3.csv"), ("3.csv", "2.csv")):
        (turned / "data/actuals" / name).write_bytes((folder / "data/actuals" / other).read_bytes())
    assert City(turned).row("g").actual_text == "8.0"


def test_what_is_set_aside_is_undetermined_and_not_unreported(run):
    folder = case("07")
    assert run("report --half H1-2024", at=folder).code == 3
    rows = {
        r["area"]: r
        for r in run("report --half H1-2024 --set-aside -f csv", at=folder).rows
        if r["indicator"] == "g"
    }
    assert [rows[area]["verdict"] for area in ("a", "b")] == ["undetermined", "undetermined"]


def test_towns_are_in_no_count_of_districts(run):
    told = run("report --half H1-2024", at=case("17")).out
    assert "2 of 2 districts have a target: 1 missed, 1 met." in told
    assert "excluded from counts: Aa-North township (missed) and Aa-South township" in told
    assert "Of 2 districts, 2 have a target" in run("brief --half H1-2024", at=case("17")).out


def test_a_fall_by_more_than_all_of_it_stops_nothing(run):
    said = run("catchup --half H1-2024", at=case("19"))
    assert said.code == 0
    assert "City" in said.out
