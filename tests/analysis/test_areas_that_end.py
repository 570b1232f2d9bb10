"""Areas that begin and end: who is expected, counted, summed and ranked, and what is told of one that is no more. Case 21."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from support.workspaces import ROOT

CASE = ROOT / "tests/golden/cases/21-a-district-that-is-no-more"
LIVES = {
    "old": (",2021-12-31,newa;newb"),
    "newa": "2022-01-01,,",
    "newb": "2022-01-01,,",
}


@pytest.fixture
def split(tmp_path: Path) -> Path:
    """Case 21, in which Oldtown is split."""
    folder = tmp_path / "split"
    shutil.copytree(CASE, folder)
    write_lives(folder, LIVES)
    return folder


def write_lives(folder: Path, lives: dict[str, str]) -> None:
    """The columns from, until and successor."""
    file = folder / "data/areas.csv"
    head, *rows = [line for line in file.read_text("utf-8").splitlines() if line]
    head = head.removesuffix(",from,until,successor")
    rows = [",".join(row.split(",")[: head.count(",") + 1]) for row in rows]
    told = [f"{row},{lives.get(row.split(',')[0], ',,')}" for row in rows]
    file.write_text("\n".join([f"{head},from,until,successor", *told, ""]), "utf-8")


def add_figure(folder: Path, row: str) -> None:
    """One more row of figures."""
    file = folder / "data/actuals/figures.csv"
    file.write_text(f"{file.read_text('utf-8')}{row}\n", "utf-8")


def test_who_existed_is_expected(split, run):
    said = run("status --half 2023 --fail-on incomplete", at=split)
    assert said.code == 0
    assert "4 of 4 districts have sent every return due" in said.out
    assert "Outstanding returns" not in said.out
    assert "Oldtown" not in said.out
    assert "3 of 3 districts have reported" in run("status --half 2020", at=split).out


def test_the_levels_of_who_existed_are_added(split, run):
    """462 + 347 + 189 + 157 = 1155 against 1150."""
    said = run("city --half 2023", at=split)
    assert "must average" not in said.out
    assert re.search(r"1,150 +1,155", said.out)
    assert "unexplained" in said.out
    assert "5 less than the 1,155 of all 4 districts" in run("check", at=split).out
    assert "exact" in run("city --half 2020", at=split).out


def test_what_has_ended_keeps_its_row_and_is_due_nothing(split, run):
    toml = split / "targets.toml"
    plan = (
        '\n[targets.gdp."2021..2025"]\nold = { value = "6", set = 2021-01-15, source = "plan" }\n'
    )
    plan += (
        '\n[targets.lv."2021..2025"]\nold = { value = "2000", set = 2021-01-15, source = "plan" }\n'
    )
    toml.write_text(toml.read_text("utf-8") + plan, "utf-8")
    said = run("report --half 2023 -f csv --all --fail-on not-reported", at=split)
    assert said.code == 0
    rows = [row for row in said.rows if row["area"] == "old"]
    assert [(row["verdict"], row["target"], row["actual"]) for row in rows] == [("", "", "")] * 2
    assert {row["note"] for row in rows} == {
        "Oldtown ended on 2021-12-31; it became Newtown A, Newtown B"
    }
    assert "past-life" in run("check", at=split).out
    assert "old" not in {row["area"] for row in run("path -f csv", at=split).rows if row["target"]}
    assert not [
        row for row in run("catchup --half 2023 -f csv", at=split).rows if row["area"] == "old"
    ]


def test_its_history_and_what_it_became(split, run):
    said = run("gap -d Oldtown", at=split)
    assert "Oldtown ended on 2021-12-31; it became Newtown A, Newtown B." in said.out
    assert "2–3 of 3" in said.out
    assert "Newtown A started on 2022-01-01." in run("gap -d newa", at=split).out
    chinese = run("gap -d old --lang zh", at=split).out
    assert "旧区已于2021-12-31撤销，改设新甲区、新乙区。" in chinese
    assert "Oldtown ended on 2021-12-31" in run("why old lv 2023", at=split).out


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("old,lv,2022,310,illustrative,2023-01-20,stat,", "Oldtown ended on 2021-12-31"),
        ("old,gdp,H1-2023,4.0,illustrative,2023-07-20,stat,", "it became Newtown A, Newtown B"),
        ("newa,lv,2021,170,illustrative,2022-01-20,stat,", "Newtown A started on 2022-01-01"),
    ],
)
def test_a_figure_outside_a_life_is_refused(split, run, row, says):
    add_figure(split, row)
    said = run("check", at=split)
    assert said.code == 3
    assert "outside-life" in said.out
    assert says in said.out
    period = row.split(",")[2]
    assert run(f"report --half {period}", at=split).code == 3
    area, indicator = row.split(",")[:2]
    aside = run(f"report --half {period} --set-aside -f csv --all", at=split).rows
    verdicts = {one["area"]: one["verdict"] for one in aside if one["indicator"] == indicator}
    assert verdicts[area] == "undetermined"
    assert "undetermined" not in {word for name, word in verdicts.items() if name != area}


def test_a_figure_is_refused_where_it_is_added(split, run):
    said = run("add old lv 2022 310 --published 2023-01-20 --source stat", at=split)
    assert said.code == 3
    assert "outside-life" in said.err + said.out


def test_a_stock_of_the_past_is_no_older_figure_of_what_is_no_more(city, run):
    """A share of 2021 stands for no district of 2023 that ended in between."""
    place = city(
        {"share 2025": {"a": "40"}},
        [("a", "share", "2021", "39"), ("b", "share", "2021", "38")],
    ).folder
    write_lives(place, {"b": ",2022-12-31,a"})
    rows = {
        row["area"]: row for row in run("report --half 2023 -i share -f csv --all", at=place).rows
    }
    assert (rows["a"]["actual"], rows["a"]["actual_period"]) == ("39", "2021")
    assert (rows["b"]["actual"], rows["b"]["verdict"]) == ("", "")
    before = {
        row["area"]: row for row in run("report --half 2022 -i share -f csv --all", at=place).rows
    }
    assert before["b"]["actual"] == "38"


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2024-06-29", "1 of 1 district"), ("2024-06-30", "2 of 4"), ("2024", "2 of 4")],
)
def test_the_last_day_of_the_period_decides(city, run, until, expected):
    """Of a, b, c and d, a and b have reported; b exists to the end of the half, or does not.

    Two of four make the figure usual, one of three does not: then a alone owes it, by its target.
    """
    figures = [("a", "growth", "H1-2024", "5.0"), ("b", "growth", "H1-2024", "4.0")]
    place = city({"growth 2024": {"a": "5"}}, figures).folder
    write_lives(place, {"b": f",{until},"})
    said = run("status --half H1-2024", at=place)
    assert re.search(rf"^{expected}(s have| has| districts have) reported", said.out, re.MULTILINE)
    if expected == "1 of 1 district":
        ranks = [r for r in run("gap -d a -f csv", at=place).rows if r["actual"]]
        assert (ranks[0]["rank_low"], ranks[0]["rank_high"]) == ("1", "1")
        assert "None of the" not in run("report --half H1-2024", at=place).out


def test_an_area_without_days_has_always_been(city, run):
    place = city({"growth 2024": {"a": "5"}}, [("a", "growth", "H1-2024", "5.0")]).folder
    before = run("report --half H1-2024 -f csv", at=place).out
    write_lives(place, {})
    assert run("report --half H1-2024 -f csv", at=place).out == before
