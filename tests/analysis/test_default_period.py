"""The period that is told where none is asked for: the newest half of the indicators asked for, whoever is silent in it."""

from __future__ import annotations

import pytest

from support.workspaces import ROOT

TARGETS = {
    "growth 2024": {"a": "5", "b": "5"},
    "stock 2025": {"a": "10"},
    "jobless 2024": {"b": "5"},
}
OLD, NEW = {"published": "2023-07-20"}, {"published": "2024-07-20"}
FIGURES = [
    ("a", "growth", "H1-2023", "6.1", OLD),
    ("b", "growth", "H1-2024", "5.1", NEW),
    ("a", "stock", "2023-03", "7", OLD),
    ("a", "stock", "2023-11", "9", {"published": "2024-01-20"}),
]


@pytest.mark.parametrize(
    ("words", "period", "verdict"),
    [
        # A is silent in the city's newest half, C without a target too
        ("-d a -i growth", "H1-2024", "not_reported"),
        ("-d b -i growth", "H1-2024", "met"),
        ("-d a -d b -i growth", "H1-2024", "not_reported"),
        ("-d c -i growth", "H1-2024", ""),
        # a stock is read at its end: November 2023 lies in the second half
        ("-d a -i stock", "H2-2023", "open"),
        ("-d b -i stock", "H2-2023", ""),
        # an indicator without any figure: the newest half of all
        ("-d b -i jobless", "H1-2024", "not_reported"),
        # as it was known in 2023
        ("-d a -i growth --as-of 2023-12-31", "H1-2023", "no_target"),
        ("-d a -i stock --as-of 2023-12-31", "H1-2023", "no_target"),
    ],
)
def test_the_newest_half_is_the_citys_and_not_that_of_the_silent_area(
    city, run, words, period, verdict
):
    there = city(TARGETS, FIGURES).folder
    said = run(f"report {words} --all -f csv", at=there)
    assert said.code == 0
    assert {row["period"] for row in said.rows} == {period}
    assert [row["verdict"] for row in said.rows if row["area"] == words.split()[1]] == [verdict]
    for command in ("status", "catchup"):
        assert run(f"{command} {words}", at=there).code == 0, command


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([("growth", "H1-2023", "1"), ("stock", "2025-03", "7")], "H1-2023"),
        ([("growth", "2023", "1"), ("stock", "2023-03", "7")], "2023"),
        ([("growth", "2024-01..2024-05", "1")], "H1-2024"),
        ([("growth", "Q1-2024", "1")], "Q1-2024"),
        ([("growth", "Q1-2024", "1"), ("stock", "2024-05", "7")], "H1-2024"),
        ([("stock", "2021", "7"), ("stock", "2022", "8")], "2022"),
        ([("stock", "2021-05", "7"), ("stock", "2022", "8")], "2022"),
        ([("stock", "H1-2021", "7"), ("stock", "2021-08", "8")], "H2-2021"),
        ([("share", "H1-2021", "7"), ("share", "2021", "8")], "H1-2021"),
    ],
)
def test_which_half_figures_without_a_half_belong_to(city, run, figures, told):
    made = city("", [("a", indicator, period, value) for indicator, period, value in figures])
    assert {row["period"] for row in run("report -f csv --all", at=made.folder).rows} == {told}


@pytest.mark.parametrize(
    ("indicator", "period", "told"),
    [
        ("growth", "H2-2023", " · second half of 2023"),
        ("stock", "2023-11", "of 2023"),
        ("stock", "2023-05", "after H1-2023"),
        ("growth", "Q2-2023", "after H1-2023"),
    ],
)
def test_a_catch_up_without_a_period_begins_in_january(city, run, indicator, period, told):
    said = run("catchup", at=city("", [("a", indicator, period, "7")]).folder)
    assert (said.code, said.err) == (0, "")
    assert told in said.out.splitlines()[0]


@pytest.mark.parametrize("command", ["report", "status", "catchup"])
def test_the_examples_own_silence_is_told(run, command):
    there = ROOT / "examples/symposium"
    said = run(f"{command} -d fangshan -i digital_va_growth", at=there)
    assert said.code == 0
    assert "H1-2024" in said.out.splitlines()[0]
    if command == "report":
        assert "! not reported" in said.out


@pytest.mark.parametrize("command", ["report", "status", "catchup", "city"])
def test_the_stock_of_a_month_is_told_with_its_half(run, command):
    assert "H1-2024" in run(f"{command} -i 5g_base_stations", at=ROOT).out.splitlines()[0]
