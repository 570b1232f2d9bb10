"""The pace of the calendar, and percentages of target and time: case 18 of the issue, and its kin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.workspaces import toml_targets

CALENDAR = Path(__file__).resolve().parents[1] / "golden/cases/18-pace-by-the-calendar"
HALF = "--half H1-2024"
BEFORE = {"published": "2024-02-20"}
WORK = """[indicators.work]
name = "Work"
kind = "{kind}"
unit = "{unit}"
better = "{better}"
pace = {pace}
"""


def work(kind="flow", better="up", pace='"calendar"'):
    unit = "percent" if kind in ("growth", "share") else "tonnes"
    more = 'prices = "constant"\n' if kind == "growth" else ""
    return WORK.format(kind=kind, unit=unit, better=better, pace=pace) + more


def test_half_the_time_asks_for_half_the_task(run):
    rows = {r["area"]: r for r in run(f"report {HALF} -f csv", at=CALENDAR).rows if r["verdict"]}
    told = ("verdict", "goal", "gap", "percent_of_target", "percent_of_time", "basis")
    assert {area: tuple(r[name] for name in told) for area, r in rows.items()} == {
        "east": ("met", "100", "30", "65.0", "50.0", "computed"),
        "west": ("missed", "100", "-12", "44.0", "50.0", "computed"),
        "north": ("met", "100", "0", "50.0", "50.0", "computed"),
    }
    assert {r["note"] for r in rows.values()} == {"pro rata (6/12 of the year's target)"}
    assert run(f"report {HALF} --fail-on missed", at=CALENDAR).code == 4


def test_every_command_says_by_which_rule(run):
    report = run(f"report {HALF} --sort percent", at=CALENDAR).out
    assert "Largest shortfall: West (88.0% of the target to date)." in report
    order = re.findall("^(West|North|East) ", report, re.MULTILINE)
    assert "Every result is provisional." in report
    assert order == ["West", "North", "East"]
    assert "calendar" in run("why west inv H1-2024", at=CALENDAR).out
    assert (
        "West (88 million CNY against 100 million CNY, 12 below)"
        in run(f"brief {HALF}", at=CALENDAR).out
    )
    assert "按时间进度" in run(f"report {HALF} --lang zh", at=CALENDAR).out
    assert "prorata temporis" in run(f"report {HALF} --lang fr", at=CALENDAR).out
    page = run(f"report {HALF} -f html", at=CALENDAR).out
    assert "target to date = target × the months elapsed / 12" in page


@pytest.mark.parametrize(
    ("period", "goal"),
    [("Q1-2024", 50), ("2024-01", 17), ("2024-01..2024-11", 183), ("Q1-3-2024", 150)],
)
def test_the_calendars_part_is_that_of_the_months(city, period, goal):
    made = city(work() + toml_targets({"work 2024": {"a": "200"}}), [("a", "work", period, "60")])
    assert made.row("work", period).goal == goal


def test_last_years_share_decides_where_no_pace_is_named_and_not_where_it_is(city):
    rows = [
        ("a", "work", period, value, BEFORE)
        for period, value in (("H1-2023", "40"), ("2023", "100"))
    ]
    rows.append(("a", "work", "H1-2024", "45"))
    goal = lambda pace: (
        city(work(pace=pace) + toml_targets({"work 2024": {"a": "100"}}), rows).row("work").goal
    )
    assert (goal('"last-year"'), goal('"calendar"')) == (40, 50)


def test_a_target_of_the_very_period_has_no_pace(city):
    made = city(
        work() + toml_targets({"work H1-2024": {"a": "200"}}), [("a", "work", "H1-2024", "130")]
    )
    row = made.row("work")
    assert (row.goal, row.verdict, row.sure, row.percent_of_target, row.percent_of_time) == (
        200,
        "missed",
        True,
        65.0,
        100.0,
    )


@pytest.mark.parametrize("pace", ['"calender"', "1", "true", '["calendar"]'])
def test_another_word_is_refused(city, pace):
    made = city(work(pace=pace), [])
    (found,) = [f for f in made.open().findings if f.column == "indicators.work.pace"]
    assert (found.code, str(found.severity)) == ("bad-value", "error")


@pytest.mark.parametrize("kind", ["growth", "share", "stock"])
def test_nothing_but_a_flow_has_a_pace(city, kind):
    (found,) = [f for f in city(work(kind), []).open().findings if "pace" in f.column]
    assert (found.code, str(found.message)) == ("bad-value", "only a flow has a pace")


# Percentages


@pytest.mark.parametrize(
    ("kind", "better", "target", "figure", "percent"),
    [
        ("flow", "up", "80", "66", 82.5),
        ("flow", "up", ">=80", "66", 82.5),
        ("flow", "up", "around 80", "around 66", 82.5),
        ("flow", "down", "<=400", "410", 102.5),
        ("flow", "up", "3", "1", 33.3),
        ("flow", "up", "8", "0.01", 0.1),  # 0.125
        ("flow", "up", "2000", "1", 0.1),  # 0.05: halves away from zero
        ("flow", "up", "-10", "-5", 50.0),
        ("flow", "up", "0", "5", None),
        ("flow", "up", "80..90", "66", None),
        ("flow", "up", "undisclosed", "66", None),
        ("flow", "up", "80", ">66", None),
        ("flow", "up", "80", "60..66", None),
        ("stock", "up", "100", "70", 70.0),
        ("growth", "up", "6", "5.1", 85.0),
        ("growth", "up", "-2", "5.1", None),
        ("growth", "up", "6", "-0.5", None),
        ("growth", "up", "6", "0.0", None),
        ("share", "up", "30", "27.0", 90.0),
        ("share", "down", "0", "27.0", None),
    ],
)
def test_percent_of_target(city, kind, better, target, figure, percent):
    toml = work(kind, better).replace('pace = "calendar"\n', "")
    made = city(
        toml + toml_targets({"work 2024": {"a": target}}), [("a", "work", "H1-2024", figure)]
    )
    row = made.row("work")
    assert row.percent_of_target == percent
    assert row.percent_of_time == (50.0 if kind in ("flow", "growth") else None)


@pytest.mark.parametrize(
    ("asked", "figure", "percent"),
    [
        ("Q1-2024", "Q1-2024", 25.0),
        ("2024-01..2024-11", "2024-01..2024-11", 91.7),
        ("2024", "2024", 100.0),
        # January to May stands in for the half
        ("H1-2024", "2024-01..2024-05", 41.7),
        ("H1-2024", "2023", None),
    ],
)
def test_percent_of_time(city, asked, figure, percent):
    made = city({"growth 2024": {"a": "5"}}, [("a", "growth", figure, "4.8")])
    assert made.row("growth", asked).percent_of_time == percent


def test_the_columns_stand_at_the_end(run, city):
    made = city({"growth 2024": {"a": "5"}}, [("a", "growth", "H1-2024", "4.8")])
    last = ["percent_of_target", "percent_of_time"]
    heads = [
        run(f"{words} -f csv", at=made.folder).out.splitlines()[0].split(",")
        for words in (f"report {HALF}", "gap --district a")
    ]
    assert heads[0][heads[0].index("note") + 1 :][:2] == last
    assert heads[1][heads[1].index("rank_high") + 1 :][:2] == last
    assert run(f"report {HALF} -f json", at=made.folder).out.count('"percent_of_time": 50.0') == 1


def test_the_largest_district_is_not_always_the_worst(city, run):
    """A lacks 20 of 200, B 15 of 50: A by more tonnes, B by more of its task."""
    toml = work() + toml_targets({"work 2024": {"a": "400", "b": "100"}})
    made = city(toml, [("a", "work", "H1-2024", "180"), ("b", "work", "H1-2024", "35")])
    told = run(f"report {HALF} -i work", at=made.folder).out
    assert "Largest shortfall: B (70.0% of the target to date)." in told
    listed = lambda sort: re.findall(
        "^[AB](?= )",
        run(f"report {HALF} -i work --sort {sort}", at=made.folder).out,
        re.MULTILINE,
    )
    assert (listed("gap"), listed("percent"), listed("worst")) == (
        ["A", "B"],
        ["B", "A"],
        ["B", "A"],
    )


def test_where_lower_is_better_the_highest_percentage_is_the_worst(city, run):
    toml = work(better="down") + toml_targets({"work 2024": {"a": "400", "b": "100"}})
    made = city(toml, [("a", "work", "H1-2024", "230"), ("b", "work", "H1-2024", "70")])
    told = run(f"report {HALF} -i work", at=made.folder).out
    assert "Largest shortfall: B (140.0% of the target to date)." in told


def test_where_one_has_no_percentage_the_gap_decides(city, run):
    toml = work(better="down") + toml_targets({"work 2024": {"a": "400", "b": "0"}})
    made = city(toml, [("a", "work", "H1-2024", "230"), ("b", "work", "H1-2024", "7")])
    told = run(f"report {HALF} -i work", at=made.folder).out
    assert "Largest shortfall: A (115.0% of the target to date)." in told


def test_gap_sorts_by_it_too(city, run):
    toml = work() + toml_targets({"work 2024": {"a": "100"}, "stock 2024": {"a": "100"}})
    made = city(toml, [("a", "work", "H1-2024", "60"), ("a", "stock", "2024-06", "40")])
    rows = run("gap --district a --half H1-2024 --sort percent -f csv", at=made.folder).rows
    assert [r["indicator"] for r in rows] == ["stock", "work"]
