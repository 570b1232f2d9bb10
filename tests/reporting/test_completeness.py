"""`status`: who has reported what and when, how late, what weight is in, what changed since a day (docs/formulas.py §11)."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dtrack
from dtrack.analysis.completeness import days_between, rates
from support.workspaces import ROOT, plain

SYMPOSIUM = ROOT / "examples/symposium"
COLUMNS = [
    "period",
    "area",
    "area_name",
    "indicator",
    "state",
    "first_published",
    "last_published",
    "editions",
    "due",
    "days_late",
    "weight",
    "value",
    "status",
    "source",
    "note",
]
CHANGED = [
    "area",
    "indicator",
    "period",
    "kind",
    "before",
    "before_published",
    "after",
    "after_published",
    "change",
    "source",
    "place",
]

# The worked example of docs/formulas.py §11: six districts, four reported, one of them late; weights of §5

WORKED = {
    "targets.toml": """[workspace]
title = "Worked example (illustrative)"
city = "city"

[due]
"H1-2024" = 2024-07-20

[indicators.growth]
name = "Growth"
kind = "growth"
unit = "percent"
prices = "constant"
better = "up"
weight = "level"

[indicators.level]
name = "Level"
kind = "flow"
unit = "100 million CNY"
prices = "current"
better = "up"
""",
    "data/areas.csv": """id,code,parent,name_en,name_zh,name_fr,aliases,overlaps
city,,,City,,,,
haidian,,city,Haidian,海淀区,,,
chaoyang,,city,Chaoyang,朝阳区,,,
xicheng,,city,Xicheng,西城区,,,
dongcheng,,city,Dongcheng,东城区,,,
fengtai,,city,Fengtai,丰台区,,,
tongzhou,,city,Tongzhou,通州区,,,
etown,,city,E-Town,亦庄,,,tongzhou
""",
    "data/sources.csv": "id,title,publisher,date,url,copy,file,sha256\ns1,Bulletin,Bureau,2024-07-20,,no,,\n",
    "data/actuals/figures.csv": """area,indicator,period,value,status,published,source,note
haidian,level,H1-2023,4800,final,2023-08-01,s1,
chaoyang,level,H1-2023,4000,final,2023-08-01,s1,
xicheng,level,H1-2023,2800,final,2023-08-01,s1,
dongcheng,level,H1-2023,1700,final,2023-08-01,s1,
fengtai,level,H1-2023,1100,final,2023-08-01,s1,
tongzhou,level,H1-2023,600,final,2023-08-01,s1,
haidian,growth,H1-2024,6.1,flash,2024-07-18,s1,
chaoyang,growth,H1-2024,4.6,flash,2024-07-20,s1,
xicheng,growth,H1-2024,5.0,flash,2024-07-25,s1,
dongcheng,growth,H1-2024,4.48,flash,2024-07-19,s1,
""",
}


def write(folder: Path, changes: dict[str, str] | None = None, more: str = "") -> Path:
    """The worked example with files replaced and rows of figures added."""
    files = WORKED | (changes or {})
    files["data/actuals/figures.csv"] += more
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode())
    return folder


def cut(name: str, old: str, new: str = "") -> dict[str, str]:
    assert WORKED[name].count(old) == 1, old
    return {name: WORKED[name].replace(old, new)}


NO_DUE = cut("targets.toml", '[due]\n"H1-2024" = 2024-07-20\n')


def status(folder: Path, period: str = "H1-2024", **options):
    """(area, indicator) → row of schema.STATUS; empty cells as None."""
    frame = dtrack.open(folder).status(period, **options)
    assert list(frame.columns) == COLUMNS
    return {
        (row["area"], row["indicator"]): {k: plain(v) for k, v in row.items()}
        for _, row in frame.iterrows()
    }


def growth(folder: Path, area: str = "xicheng", **options):
    return status(folder, **options)[area, "growth"]


def test_the_worked_example(tmp_path, run):
    write(tmp_path)
    said = run("status --half H1-2024", at=tmp_path)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "Worked example (illustrative) · reporting status for H1-2024"
    assert lines[1] == (
        "4 of 6 districts have reported Growth; 88.7% of the city's weight received; "
        "1 late (by 5 days); outstanding: Fengtai and Tongzhou."
    )
    assert lines[2] == "4 of 6 figures received (66.7%), 3 on time (50.0%); due 2024-07-20."
    (row,) = [line.split() for line in lines if line.startswith("  1  Growth")]
    assert row == ["1", "Growth", "4", "of", "6", "66.7", "88.7", "3", "1", "50.0"]


def test_the_rates_are_those_of_the_formulas():
    reported = np.array([True, True, True, True, False, False])
    late = np.array([-2.0, 0.0, 5.0, -1.0, np.nan, np.nan])
    weight = np.array([4800, 4000, 2800, 1700, 1100, 600]) / 15000
    told = rates(reported, late, weight)
    assert (told.expected, told.reported, told.in_time, told.late) == (6, 4, 3, 1)
    assert [f"{share:.2f}" for share in (told.completeness, told.timeliness, told.weight)] == [
        "66.67",
        "50.00",
        "88.67",
    ]


def test_a_row_of_the_worked_example(tmp_path):
    assert growth(write(tmp_path)) == {
        "period": "H1-2024",
        "area": "xicheng",
        "area_name": "Xicheng",
        "indicator": "growth",
        "state": "reported",
        "first_published": "2024-07-25",
        "last_published": "2024-07-25",
        "editions": 1,
        "due": "2024-07-20",
        "days_late": 5,
        "weight": pytest.approx(2800 / 15000),
        "value": "5.0",
        "status": "flash",
        "source": "s1",
        "note": "",
    }


def test_the_outstanding_returns_are_sorted_by_the_weight_that_is_missing(tmp_path, run):
    out = run("status --half H1-2024", at=write(tmp_path)).out
    chase = out[out.index("Outstanding returns: 2") :].splitlines()[3:5]
    assert [line.split() for line in chase] == [
        ["Fengtai", "Growth", "7.3"],
        ["Tongzhou", "Growth", "4.0"],
    ]


def test_by_area_the_city_first_then_what_lacks_most(tmp_path, run):
    out = run("status --half H1-2024", at=write(tmp_path)).out
    table = out[out.index("By area") : out.index("The city and areas")].splitlines()[3:]
    assert [" ".join(line.split()) for line in table] == [
        "City 0 of 1 ✗ no return Growth",
        "Fengtai 0 of 1 ✗ no return Growth",
        "Tongzhou 0 of 1 ✗ no return Growth",
        "Xicheng 1 of 1 ✓ complete 5 days late 2024-07-25 2024-07-25",
        "Chaoyang 1 of 1 ✓ complete on time 2024-07-20 2024-07-20",
        "Dongcheng 1 of 1 ✓ complete on time 2024-07-19 2024-07-19",
        "Haidian 1 of 1 ✓ complete on time 2024-07-18 2024-07-18",
        "E-Town (overlapping) 0 of 1 ✗ no return Growth",
    ]


# The truth table of states: what is there of a figure of Xicheng → state, days late, what the note says

FLASH = "xicheng,growth,H1-2024,5.0,flash,2024-07-25,s1,\n"
STATES = [  # rows of xicheng, state, first day, last day, editions, days late, value, in the note
    ("", "missing", "", "", 0, None, "", ""),
    ("H1-2024,5.0,flash,2024-07-20", "reported", "2024-07-20", "2024-07-20", 1, 0, "5.0", ""),
    ("H1-2024,5.0,flash,2024-07-21", "reported", "2024-07-21", "2024-07-21", 1, 1, "5.0", ""),
    ("H1-2024,5.0,final,2024-07-10", "reported", "2024-07-10", "2024-07-10", 1, -10, "5.0", ""),
    ("H1-2024,>5,flash,2024-07-10", "reported", "2024-07-10", "2024-07-10", 1, -10, ">5", ""),
    (
        "H1-2024,5.0,illustrative,2024-07-10",
        "reported",
        "2024-07-10",
        "2024-07-10",
        1,
        -10,
        "5.0",
        "",
    ),
    # a revision after the due day does not make it late
    (
        "H1-2024,5.0,flash,2024-07-18 H1-2024,5.2,revised,2024-09-01",
        "reported",
        "2024-07-18",
        "2024-09-01",
        2,
        -2,
        "5.2",
        "",
    ),
    # the order of the rows does not matter
    (
        "H1-2024,5.2,revised,2024-09-01 H1-2024,5.0,flash,2024-07-18",
        "reported",
        "2024-07-18",
        "2024-09-01",
        2,
        -2,
        "5.2",
        "",
    ),
    # an expectation is told, and no report; it is not the first edition either
    (
        "H1-2024,5.0,expected,2024-07-10",
        "expected_only",
        "",
        "",
        0,
        None,
        "5.0",
        "forecast only, published 2024-07-10",
    ),
    (
        "H1-2024,5.0,expected,2024-07-10 H1-2024,5.1,flash,2024-07-22",
        "reported",
        "2024-07-22",
        "2024-07-22",
        1,
        2,
        "5.1",
        "",
    ),
    (
        "H1-2024,5.1,flash,2024-07-22 H1-2024,5.0,expected,2024-07-30",
        "reported",
        "2024-07-22",
        "2024-07-22",
        1,
        2,
        "5.1",
        "",
    ),
    # declared missing, withdrawn, and told again
    (
        "H1-2024,,missing,2024-07-22",
        "missing",
        "",
        "",
        0,
        None,
        "",
        "reported as missing on 2024-07-22",
    ),
    (
        "H1-2024,5.0,flash,2024-07-18 H1-2024,,missing,2024-08-01",
        "missing",
        "",
        "",
        0,
        None,
        "",
        "withdrawn on 2024-08-01, first published 2024-07-18",
    ),
    (
        "H1-2024,,missing,2024-07-18 H1-2024,5.0,flash,2024-08-01",
        "reported",
        "2024-08-01",
        "2024-08-01",
        1,
        12,
        "5.0",
        "",
    ),
    # January to May or April stands in, and is no report
    (
        "2024-01..2024-05,4.9,flash,2024-06-18",
        "stand_in",
        "",
        "",
        0,
        None,
        "4.9",
        "proxy: Jan–May 2024, published 2024-06-18",
    ),
    (
        "2024-01..2024-04,4.9,flash,2024-05-18",
        "stand_in",
        "",
        "",
        0,
        None,
        "4.9",
        "proxy: Jan–Apr 2024, published 2024-05-18",
    ),
    (
        "2024-01..2024-05,4.9,flash,2024-06-18 H1-2024,5.0,flash,2024-07-19",
        "reported",
        "2024-07-19",
        "2024-07-19",
        1,
        -1,
        "5.0",
        "",
    ),
    (
        "2024-01..2024-05,4.9,flash,2024-06-18 H1-2024,5.0,expected,2024-07-01",
        "expected_only",
        "",
        "",
        0,
        None,
        "5.0",
        "forecast only",
    ),
    (
        "H1-2024,,missing,2024-07-22 2024-01..2024-05,4.9,flash,2024-06-18",
        "stand_in",
        "",
        "",
        0,
        None,
        "4.9",
        "reported as missing on",
    ),
    # what is no figure for the half at all
    ("Q1-2024,4.9,flash,2024-04-18", "missing", "", "", 0, None, "", ""),
    ("H1-2023,4.9,flash,2023-07-18", "missing", "", "", 0, None, "", ""),
    ("2024,4.9,flash,2025-01-18", "missing", "", "", 0, None, "", ""),
    # without a day, or with a month that holds the due day: reported, timeliness unknown
    (
        "H1-2024,5.0,flash,",
        "reported",
        "",
        "",
        1,
        None,
        "5.0",
        "timeliness is unknown: add `published`",
    ),
    (
        "H1-2024,5.0,flash, H1-2024,5.1,revised,2024-07-18",
        "reported",
        "",
        "2024-07-18",
        2,
        None,
        "5.1",
        "timeliness is unknown",
    ),
    (
        "H1-2024,5.0,flash,2024-07",
        "reported",
        "2024-07",
        "2024-07",
        1,
        None,
        "5.0",
        "published in 2024-07: on time or late cannot be determined",
    ),
    (
        "H1-2024,5.0,flash,2024",
        "reported",
        "2024",
        "2024",
        1,
        None,
        "5.0",
        "published in 2024: on time or late cannot be determined",
    ),
    (
        "H1-2024,5.0,flash,2024-06",
        "reported",
        "2024-06",
        "2024-06",
        1,
        -20,
        "5.0",
        "days counted from the last day of 2024-06",
    ),
    (
        "H1-2024,5.0,flash,2024-08",
        "reported",
        "2024-08",
        "2024-08",
        1,
        42,
        "5.0",
        "days counted from the last day of 2024-08",
    ),
    # the same figure twice in one release is one edition
    (
        "H1-2024,5.0,flash,2024-07-18 H1-2024,5.0,flash,2024-07-18",
        "reported",
        "2024-07-18",
        "2024-07-18",
        1,
        -2,
        "5.0",
        "",
    ),
]


@pytest.mark.parametrize(
    ("there", "state", "first", "last", "editions", "late", "value", "says"), STATES
)
def test_what_is_there_and_what_it_counts_as(
    tmp_path, there, state, first, last, editions, late, value, says
):
    rows = "".join(
        f"xicheng,growth,{row},s1,\n"
        for row in there.replace(" H", "|H").replace(" 2", "|2").split("|")
        if row
    )
    row = growth(write(tmp_path, cut("data/actuals/figures.csv", FLASH), rows))
    assert (row["state"], row["first_published"], row["last_published"]) == (state, first, last)
    assert (row["editions"], row["days_late"], row["value"]) == (editions, late, value)
    assert says in row["note"]
    assert says or not row["note"]


def test_a_figure_on_another_basis_is_no_report_and_is_told(tmp_path):
    figures = WORKED["data/actuals/figures.csv"].replace(
        FLASH, FLASH.replace(",s1,", ",s1,,current")
    )
    figures = (
        "\n".join(
            line if i and "current" in line else line + ("," if i else ",prices")
            for i, line in enumerate(figures.splitlines())
        )
        + "\n"
    )
    row = growth(write(tmp_path, {"data/actuals/figures.csv": figures}))
    assert (row["state"], row["days_late"]) == ("missing", None)
    assert row["note"] == "a figure for H1-2024 on another basis is available: prices “current”"


# Shares and stocks are read at a date


READ_AT_END = [  # kind, rows of a, state, days late against 2024-07-20
    ("stock", [("2024-06", "120", "2024-07-18")], "reported", -2),
    ("stock", [("H1-2024", "120", "2024-07-18")], "reported", -2),
    ("stock", [("2024-05", "118", "2024-06-18")], "stand_in", None),
    ("stock", [("2023-12", "110", "2024-01-18")], "missing", None),
    ("stock", [("2024-07", "121", "2024-08-18")], "missing", None),
    (
        "stock",
        [("2024-06", "120", "2024-07-18"), ("H1-2024", "120", "2024-08-18")],
        "reported",
        -2,
    ),  # one reading, entered twice
    ("share", [("H1-2024", "30", "2024-07-22")], "reported", 2),
    ("share", [("2024-06", "30", "2024-07-22")], "reported", 2),
    (
        "share",
        [("2024-06", "31", "2024-07-18"), ("H1-2024", "30", "2024-07-22")],
        "reported",
        2,
    ),  # June is not the half
    ("share", [("Q1-2024", "29", "2024-04-22")], "stand_in", None),
]


@pytest.mark.parametrize(("kind", "rows", "state", "late"), READ_AT_END)
def test_what_is_read_at_a_date(city, kind, rows, state, late):
    asked = [("b", kind, "H1-2024", "25", {"published": "2024-07-01"})]
    made = city(
        f'[due]\n"H1-2024" = 2024-07-20\n[targets.{kind}.2024]\na = "30"\n',
        asked + [("a", kind, p, v, {"published": day}) for p, v, day in rows],
    )
    row = status(made.folder)["a", kind]
    assert (row["state"], row["days_late"]) == (state, late)


# What is expected


def owed(made, period: str = "H1-2024") -> set[str]:
    """What districts owe, as “area indicator”."""
    rows = status(made.folder, period).items()
    return {" ".join(cell) for cell, row in rows if "not counted" not in row["note"]}


MAY, HOPED, NONE = "2024-01..2024-05", {"status": "expected"}, {"status": "missing"}
EXPECTED = [  # targets, figures, what the districts a to d owe for H1-2024
    ({"growth 2024": {"a": "5"}}, [], {"a growth"}),
    ({"growth H1-2024": {"a": "5", "c": "5"}}, [], {"a growth", "c growth"}),
    ({"growth 2023": {"a": "5"}, "growth 2025": {"a": "5"}}, [], set()),
    ({"share 2024": {"a": "5"}, "stock 2025": {"b": "5"}}, [], {"a share", "b stock"}),
    ({"share 2023": {"a": "5"}, "stock 2023-12": {"a": "5"}}, [], set()),
    # neither the city nor an overlapping area owes anything
    ({"growth 2024": {"city": "5"}, "share 2024": {"z": "5"}}, [], set()),
    ({}, [("city", "growth", "H1-2024", "5"), ("z", "share", "H1-2024", "5")], set()),
    # of four districts one reports what nobody set a target of: that is no duty of anybody
    ({}, [("a", "growth", "H1-2024", "5")], set()),
    # two of four are half of them
    (
        {},
        [("a", "growth", "H1-2024", "5"), ("b", "growth", "H1-2024", "5")],
        {"a growth", "b growth", "c growth", "d growth"},
    ),
    # an expectation, a missing figure, a proxy or another period's figure is no report
    ({}, [("a", "growth", "H1-2024", "5"), ("b", "growth", "H1-2024", "5", HOPED)], set()),
    ({}, [("a", "growth", "H1-2024", "5"), ("b", "growth", "H1-2024", "", NONE)], set()),
    ({}, [("a", "growth", "H1-2024", "5"), ("b", "growth", MAY, "5")], set()),
    ({}, [("a", "growth", "H1-2023", "5"), ("b", "growth", "H1-2023", "5")], set()),
    # a city, a zone is no district
    ({}, [("a", "growth", "H1-2024", "5"), ("city", "growth", "H1-2024", "5")], set()),
]


@pytest.mark.parametrize(("targets", "figures", "want"), EXPECTED)
def test_what_is_expected(city, targets, figures, want):
    assert owed(city(targets, figures)) == want


REPORTING = [  # who has a target, who reported, what the districts owe where c is named
    ([], "", {"c growth"}),
    ([], "abd", {"c growth"}),  # whom nobody named owes nothing, however many report
    (["a"], "", {"a growth", "c growth"}),
    (["c"], "c", {"c growth"}),
]


@pytest.mark.parametrize(("promised", "reported", "want"), REPORTING)
def test_an_indicator_may_name_who_reports_it(city, promised, reported, want):
    figures = [(area, "growth", "H1-2024", "5") for area in reported]
    made = city({"growth 2024": dict.fromkeys(promised, "5")} if promised else {}, figures)
    path = made.folder / "targets.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("[indicators.growth]", '[indicators.growth]\nreporting = ["c"]'),
        encoding="utf-8",
    )
    assert owed(made) == want


def test_a_figure_that_nobody_owes_is_shown_and_counted_nowhere(city, run):
    made = city({"growth 2024": {"a": "5"}}, [("b", "growth", "H1-2024", "5")])
    row = status(made.folder)["b", "growth"]
    assert row["state"] == "reported"
    assert row["note"] == "not counted: no target, and fewer than half of the districts report it"
    said = run("status --half H1-2024 --fail-on incomplete", at=made.folder)
    assert said.code == 4
    assert "0 of 1 figure received (0.0%)" in said.out
    assert "1 more figure received that is not due" in said.out


def test_july_to_december_of_a_growth_is_expected_only_with_a_target_of_its_own(city):
    assert status(city({"growth 2024": {"a": "5"}}).folder, "H2-2024") == {}
    assert set(status(city({"growth H2-2024": {"a": "5"}}).folder, "H2-2024")) == {("a", "growth")}


def test_what_begins_the_year_is_expected_where_the_year_has_a_target(city):
    there = city({"growth 2024": {"a": "5"}}).folder
    assert set(status(there, "Q1-2024")) == {("a", "growth")}
    assert status(there, "Q2-2024") == {}


def test_what_most_districts_owe_is_shown_of_the_city_and_of_overlapping_areas(city):
    made = city({"growth 2024": {"a": "5", "b": "5"}})
    assert set(status(made.folder)) == {(area, "growth") for area in ("city", *"abz")}


def test_overlapping_areas_and_the_city_are_shown_and_never_counted(tmp_path, run):
    late = "etown,growth,H1-2024,9.0,flash,2024-12-01,s1,\ncity,growth,H1-2024,5.2,flash,2024-12-01,s1,\n"
    write(tmp_path, more=late)
    rows = status(tmp_path)
    assert (rows["etown", "growth"]["state"], rows["etown", "growth"]["days_late"]) == (
        "reported",
        134,
    )
    assert rows["etown", "growth"]["note"] == "not counted: included in Tongzhou"
    assert rows["city", "growth"]["note"] == "not counted: the city"
    assert (rows["etown", "growth"]["weight"], rows["city", "growth"]["weight"]) == (None, None)
    lines = run("status --half H1-2024", at=tmp_path).out.splitlines()
    assert lines[1].startswith(
        "4 of 6 districts have reported Growth; 88.7% of the city's weight received; 1 late (by 5 days)"
    )
    assert lines[2] == "4 of 6 figures received (66.7%), 3 on time (50.0%); due 2024-07-20."


# As of a day


@pytest.mark.parametrize(
    ("day", "owed_", "in_", "in_time", "late"),
    [  # Haidian has a target; from the third of six reports on all districts owe one
        ("2024-07-17", 1, 0, 0, 0),
        ("2024-07-18", 1, 1, 1, 0),
        ("2024-07-19", 1, 1, 1, 0),
        ("2024-07-20", 6, 3, 3, 0),
        ("2024-07-25", 6, 4, 3, 1),
    ],
)
def test_as_of_a_day_only_what_was_known(tmp_path, day, owed_, in_, in_time, late):
    promise = (
        '\n[targets.growth.2024]\nhaidian = { value = "5", set = 2024-01-05, source = "s1" }\n'
    )
    write(tmp_path, {"targets.toml": WORKED["targets.toml"] + promise})
    rows = [
        row
        for row in status(tmp_path, as_of=day).values()
        if not row["note"].startswith("not counted")
    ]
    assert len(rows) == owed_
    assert sum(row["state"] == "reported" for row in rows) == in_
    assert (
        sum((row["days_late"] or 0) <= 0 for row in rows if row["state"] == "reported") == in_time
    )
    assert sum((row["days_late"] or 0) > 0 for row in rows) == late


def test_as_of_a_day_after_the_due_day_says_by_how_much_a_figure_is_overdue(tmp_path):
    write(tmp_path)
    assert (
        growth(tmp_path, "fengtai", as_of="2024-08-01")["note"]
        == "overdue by 12 days on 2024-08-01"
    )
    assert growth(tmp_path, "fengtai", as_of="2024-07-20")["note"] == ""
    assert growth(tmp_path, "fengtai")["note"] == ""


def test_an_undated_figure_is_not_known_as_of_a_day(tmp_path):
    write(tmp_path, cut("data/actuals/figures.csv", "flash,2024-07-25", "flash,"))
    assert growth(tmp_path)["state"] == "reported"
    assert growth(tmp_path, as_of="2024-12-31")["state"] == "missing"


# Without a due day, without weights


def test_without_a_due_day_lateness_is_empty_and_a_sentence_says_how_to_add_it(tmp_path, run):
    write(tmp_path, NO_DUE)
    assert {row["days_late"] for row in status(tmp_path).values()} == {None}
    assert {row["due"] for row in status(tmp_path).values()} == {""}
    out = run("status --half H1-2024", at=tmp_path).out
    assert 'write "H1-2024" = YYYY-MM-DD under [due] in targets.toml' in out
    assert "timeliness is not assessed" in out
    assert "4 of 6 figures received (66.7%)." in out
    assert "On time" not in out
    assert " late" not in out


def test_a_due_day_of_another_period_is_none_of_this_one(tmp_path):
    write(tmp_path, cut("targets.toml", '"H1-2024"', '"H1-2023"'))
    assert growth(tmp_path)["days_late"] is None


def test_without_levels_of_the_base_period_no_weight_is_told_and_the_reason_is(tmp_path, run):
    figures = (
        "\n".join(
            line
            for line in WORKED["data/actuals/figures.csv"].splitlines()
            if ",level," not in line
        )
        + "\n"
    )
    write(tmp_path, {"data/actuals/figures.csv": figures})
    assert growth(tmp_path)["weight"] is None
    out = run("status --half H1-2024", at=tmp_path).out
    assert "weight received" not in out.lower()
    assert "No weights for Growth: add levels of level for H1-2023." in out


def test_of_an_indicator_that_names_no_weight_none_is_missed(tmp_path, run):
    write(tmp_path, cut("targets.toml", 'weight = "level"\n'))
    assert "weight" not in run("status --half H1-2024", at=tmp_path).out.lower()


def test_where_a_district_that_reported_has_no_level_the_share_that_is_in_is_unknown(tmp_path, run):
    city = "city,level,H1-2023,15000,final,2023-08-01,s1,\n"
    write(
        tmp_path,
        cut("data/actuals/figures.csv", "xicheng,level,H1-2023,2800,final,2023-08-01,s1,\n"),
        city,
    )
    out = run("status --half H1-2024", at=tmp_path).out
    assert "weight received" not in out.replace("so the weight received is unknown", "").lower()
    assert (
        "Growth: 1 district has no level for H1-2023 and no weight, so the weight received is unknown."
        in out
    )


def test_where_only_a_silent_district_has_no_level_the_share_is_of_the_citys_level(tmp_path, run):
    city = "city,level,H1-2023,15000,final,2023-08-01,s1,\n"
    write(
        tmp_path,
        cut("data/actuals/figures.csv", "tongzhou,level,H1-2023,600,final,2023-08-01,s1,\n"),
        city,
    )
    assert "88.7% of the city's weight received" in run("status --half H1-2024", at=tmp_path).out


# Laws


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(-30, 30), st.integers(1, 9)), min_size=1, max_size=30
    )
)
def test_the_shares_lie_between_0_and_100_and_add_up(cells):
    reported = np.array([in_ for in_, _, _ in cells])
    late = np.array([float(days) if in_ else np.nan for in_, days, _ in cells])
    weight = np.array([float(w) for _, _, w in cells])
    weight /= weight.sum()
    told, silent = (
        rates(reported, late, weight),
        rates(~reported, np.where(reported, np.nan, 1.0), weight),
    )
    assert 0 <= told.timeliness <= told.completeness <= 100
    assert told.in_time + told.late == told.reported
    assert told.completeness + silent.completeness == pytest.approx(100)
    assert told.weight + silent.weight == pytest.approx(100)


@given(st.dates(), st.dates())
def test_days_between_are_those_of_the_calendar(first, second):
    as_number = lambda day: np.array([day.year * 10000 + day.month * 100 + day.day])
    assert days_between(as_number(first), as_number(second)).tolist() == [(second - first).days]


EDITIONS = st.lists(
    st.tuples(
        st.sampled_from("abcdz"),
        st.integers(1, 28),
        st.sampled_from(["flash", "final", "expected", "missing"]),
    ),
    max_size=12,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=25, deadline=None)
@given(EDITIONS, st.integers(1, 28))
def test_a_later_edition_never_changes_the_first_day_and_as_of_is_a_workspace_that_ends_there(
    build, editions, day
):
    rows = [
        (
            a,
            "growth",
            "H1-2024",
            "" if s == "missing" else f"{d}.5",
            {"status": s, "published": f"2024-07-{d:02d}"},
        )
        for a, d, s in editions
    ]
    promise = '[due]\n"H1-2024" = 2024-07-14\n\n[targets.growth.2024]\n' + "".join(
        f'{area} = {{ value = "5", set = 2024-01-05, source = "s1" }}\n' for area in "abcdz"
    )
    with tempfile.TemporaryDirectory() as folder:
        whole = build(Path(folder) / "whole", promise, rows)
        until = build(
            Path(folder) / "until",
            promise,
            [row for row in rows if row[4]["published"] <= f"2024-07-{day:02d}"],
        )
        known, cut_off, last = (
            status(whole.folder, as_of=f"2024-07-{day:02d}"),
            status(until.folder),
            status(whole.folder),
        )
        drop = lambda table: {
            key: {k: v for k, v in row.items() if k != "note"} for key, row in table.items()
        }
        assert drop(known) == drop(cut_off)
        for key, row in known.items():
            if row["state"] == last[key]["state"] == "reported":
                assert row["days_late"] == last[key]["days_late"]
        want = {
            area: min(
                (d for a, d, s in editions if a == area and s in ("flash", "final")), default=None
            )
            for area in "abcdz"
        }
        for area, first in want.items():
            row = last[area, "growth"]
            assert row["state"] != "reported" or row["days_late"] == first - 14
            assert first is not None or row["state"] != "reported"


# Choosing areas and indicators; names


def test_a_choice_of_areas_counts_those_alone_and_says_so(tmp_path, run):
    write(tmp_path)
    out = run("status --half H1-2024 -d 海淀 -d fengtai", at=tmp_path).out
    assert "1 of 2 districts have reported Growth; none late; outstanding: Fengtai." in out
    assert "Only the areas asked for are counted." in out
    rows = run("status --half H1-2024 -d 海淀 -f csv", at=tmp_path).rows
    assert [row["area"] for row in rows] == ["haidian"]


def test_the_city_alone_counts_nothing(tmp_path, run):
    said = run("status --half H1-2024 -d city --fail-on incomplete", at=write(tmp_path))
    assert said.code == 0
    assert "No return is due from the areas asked for, so nothing is counted." in said.out


def test_a_choice_of_indicators(run):
    rows = run("status --half H1-2024 -i 5g_base_stations -f csv", at=SYMPOSIUM).rows
    assert {row["indicator"] for row in rows} == {"5g_base_stations"}
    # seven districts, the zone's and the city's have a target, one more district reported
    assert len(rows) == 9


def test_where_nothing_is_expected_it_says_so(tmp_path, run):
    write(tmp_path)
    assert "No return is due for H1-2030" in run("status --half H1-2030", at=tmp_path).out
    said = run("status --half H1-2030 -f csv", at=tmp_path)
    assert (said.code, said.out) == (0, ",".join(COLUMNS) + "\n")


def test_without_a_period_the_newest_half_with_a_figure(tmp_path, run):
    assert "reporting status for H1-2024" in run("status", at=write(tmp_path)).out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("-d haidain", "haidian"),
        ("-i grwoth", "growth"),
        ("--half H3-2024", "H3-2024"),
        ("--as-of soon", "--as-of"),
        ("--since soon", "--since"),
        ("--since ''", "--since"),
        ("--fail-on missing", "incomplete, late"),
        ("-f pdf", "pdf"),
    ],
)
def test_what_is_unknown_is_a_bad_command_line(tmp_path, run, words, says):
    said = run(f"status {words}", at=write(tmp_path))
    assert (said.code, said.out) == (2, "")
    assert says in said.err


def test_a_finding_that_could_change_it_stops_it(tmp_path, run):
    said = run(
        "status --half H1-2024",
        at=write(tmp_path, more="fengtai,growth,H1-2024,soon,flash,2024-07-20,s1,\n"),
    )
    assert (said.code, said.out) == (3, "")
    assert "not-a-number" in said.err


# --fail-on


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", 0),
        ("--fail-on incomplete", 4),
        ("--fail-on late", 4),
        ("--fail-on incomplete,late", 4),
        ("--fail-on incomplete -d haidian", 0),
        ("--fail-on late -d haidian", 0),
        ("--fail-on late -d fengtai", 0),  # missing is not late
        ("--fail-on incomplete -d fengtai", 4),
        ("--fail-on incomplete -d etown", 0),  # in no count
        ("--fail-on late --as-of 2024-07-20", 0),
        ("--fail-on incomplete -f csv", 4),
        ("--fail-on late -f json", 4),
    ],
)
def test_fail_on(tmp_path, run, words, code):
    said = run(f"status --half H1-2024 {words}", at=write(tmp_path))
    assert said.code == code
    assert said.out


def test_fail_on_late_without_a_due_day_never_passes_in_silence(tmp_path, run):
    said = run("status --half H1-2024 --fail-on late", at=write(tmp_path, NO_DUE))
    assert said.code == 2
    assert "no due date for H1-2024" in said.err


# What was published after a day

EDITION = "{area},growth,H1-2024,{value},{status},{day},s1,\n"
SINCE = [  # editions of fengtai (value, status, day), the changes after 2024-08-01
    ([("5.0", "flash", "2024-08-01")], []),
    ([("5.0", "flash", "2024-08-02")], [("new", "", "5.0", None)]),
    (
        [("5.0", "flash", "2024-07-20"), ("5.8", "revised", "2024-09-01")],
        [("revised", "5.0", "5.8", "0.8")],
    ),
    (
        [("6.0", "flash", "2024-07-20"), ("5.8", "revised", "2024-09-01")],
        [("revised", "6.0", "5.8", "-0.2")],
    ),
    (
        [("5", "flash", "2024-07-20"), ("5.04", "revised", "2024-09-01")],
        [("revised", "5", "5.04", "0.04")],
    ),
    (
        [("5.0", "flash", "2024-07-20"), ("5.0", "final", "2024-09-01")],
        [("confirmed", "5.0", "5.0", "0")],
    ),
    (
        [("5.0", "flash", "2024-07-20"), ("", "missing", "2024-09-01")],
        [("withdrawn", "5.0", "", None)],
    ),
    ([("", "missing", "2024-07-20"), ("5.0", "flash", "2024-09-01")], [("new", "", "5.0", None)]),
    ([("", "missing", "2024-09-01")], []),
    (
        [(">5", "flash", "2024-07-20"), ("5.3", "final", "2024-09-01")],
        [("revised", ">5", "5.3", None)],
    ),
    (
        [("4..5", "flash", "2024-07-20"), ("4..6", "final", "2024-09-01")],
        [("revised", "4..5", "4..6", None)],
    ),
    ([("5.0", "expected", "2024-09-01")], []),
    (
        [("4.0", "expected", "2024-07-01"), ("5.0", "flash", "2024-09-01")],
        [("new", "", "5.0", None)],
    ),
    ([("5.0", "flash", ""), ("5.1", "final", "2024-09-01")], [("revised", "5.0", "5.1", "0.1")]),
    ([("5.0", "flash", "")], []),
    (
        [
            ("5.0", "flash", "2024-08-10"),
            ("5.1", "revised", "2024-08-20"),
            ("5.3", "final", "2024-09-01"),
        ],
        [
            ("new", "", "5.0", None),
            ("revised", "5.0", "5.1", "0.1"),
            ("revised", "5.1", "5.3", "0.2"),
        ],
    ),
    (
        [
            ("5.0", "flash", "2024-07-10"),
            ("", "missing", "2024-08-20"),
            ("5.3", "final", "2024-09-01"),
        ],
        [("withdrawn", "5.0", "", None), ("new", "", "5.3", None)],
    ),
    ([("5.0", "flash", "2024-08")], [("new", "", "5.0", None)]),  # a month counts from its last day
]


@pytest.mark.parametrize(("editions", "want"), SINCE)
def test_what_was_published_after_a_day(tmp_path, editions, want):
    more = "".join(EDITION.format(area="fengtai", value=v, status=s, day=d) for v, s, d in editions)
    frame = dtrack.open(write(tmp_path, more=more)).changes("2024-08-01", period="H1-2024")
    assert list(frame.columns) == CHANGED
    told = [
        (row["kind"], row["before"], row["after"], plain(row["change"]))
        for _, row in frame.iterrows()
    ]
    assert told == [
        (*rest, None if change is None else float(Decimal(change))) for *rest, change in want
    ]


def test_a_change_names_its_days_its_source_and_its_place(tmp_path):
    more = EDITION.format(area="xicheng", value="5.2", status="revised", day="2024-09-01")
    (row,) = dtrack.open(write(tmp_path, more=more)).changes("2024-08-01").to_dict("records")
    assert (row["before_published"], row["after_published"], row["source"]) == (
        "2024-07-25",
        "2024-09-01",
        "s1",
    )
    assert row["place"] == "data/actuals/figures.csv:12"


def test_a_change_that_was_imported_names_the_cell_it_came_from(tmp_path):
    head, *rows = WORKED["data/actuals/figures.csv"].splitlines()
    rows.append("fengtai,growth,H1-2024,5.0,flash,2024-09-01,s1,,fengtai.xlsx!上半年!D7")
    figures = (
        "\n".join([f"{head},origin", *(row if "xlsx" in row else f"{row}," for row in rows)]) + "\n"
    )
    (row,) = (
        dtrack.open(write(tmp_path, {"data/actuals/figures.csv": figures}))
        .changes("2024-08-01")
        .to_dict("records")
    )
    assert row["place"] == "data/actuals/figures.csv:12 (fengtai.xlsx!上半年!D7)"


def test_changes_stand_in_the_order_of_their_days(tmp_path, run):
    more = "".join(
        EDITION.format(area=a, value="5.5", status="revised", day=d)
        for a, d in (
            ("haidian", "2024-09-03"),
            ("xicheng", "2024-09-01"),
            ("tongzhou", "2024-09-02"),
        )
    )
    rows = run(
        "status --half H1-2024 --since 2024-08-01 -f csv", at=write(tmp_path, more=more)
    ).rows
    assert [(row["after_published"], row["area"], row["kind"]) for row in rows] == [
        ("2024-09-01", "xicheng", "revised"),
        ("2024-09-02", "tongzhou", "new"),
        ("2024-09-03", "haidian", "revised"),
    ]


def test_across_a_break_no_amount_is_told(city, run):
    rows = [
        ("a", "level", "H1-2024", "100", {"published": "2024-07-20"}),
        ("a", "level", "H1-2024", "110", {"published": "2025-02-01"}),
    ]
    made = city({}, rows, breaks={"level": "2025-01-01"})
    (row,) = made.open().changes("2024-12-31").to_dict("records")
    assert (row["kind"], row["before"], row["after"], plain(row["change"])) == (
        "revised",
        "100",
        "110",
        None,
    )
    said = run("status --half H1-2024 --since 2024-12-31", at=made.folder)
    assert "Across a break, two series, not subtracted: A, level." in said.out


def test_with_a_period_only_figures_of_months_within_it(tmp_path, run):
    more = EDITION.format(area="fengtai", value="5.0", status="flash", day="2024-09-01")
    more += "fengtai,growth,2023,5.0,final,2024-09-01,s1,\nfengtai,growth,Q1-2024,5.0,final,2024-09-01,s1,\n"
    write(tmp_path, more=more)
    assert [row["period"] for row in run("status --since 2024-08-01 -f csv", at=tmp_path).rows] == [
        "2023",
        "Q1-2024",
        "H1-2024",
    ]
    of_half = run("status --since 2024-08-01 --half H1-2024 -f csv", at=tmp_path).rows
    assert [row["period"] for row in of_half] == ["Q1-2024", "H1-2024"]
    assert (
        "Published after 2024-08-01, of every period"
        in run("status --since 2024-08-01", at=tmp_path).out
    )


def test_since_ends_with_the_as_of_day(tmp_path):
    more = EDITION.format(area="fengtai", value="5.0", status="flash", day="2024-09-01")
    dataset = dtrack.open(write(tmp_path, more=more))
    assert len(dataset.changes("2024-08-01", as_of="2024-08-31")) == 0
    assert len(dataset.changes("2024-08-01", as_of="2024-09-01")) == 1


def test_a_figure_on_another_basis_is_a_series_of_its_own(city):
    rows = [
        ("a", "growth", "H1-2024", "5", {"published": "2024-07-20"}),
        ("a", "growth", "H1-2024", "7", {"published": "2024-09-01", "prices": "current"}),
    ]
    (row,) = city({}, rows).open().changes("2024-08-01").to_dict("records")
    assert (row["kind"], row["before"], row["after"]) == ("new", "", "7")


@settings(max_examples=25, deadline=None)
@given(EDITIONS, st.integers(0, 28))
def test_the_changes_of_a_figure_add_up_to_what_is_known_now(build, editions, day):
    rows = [
        (
            a,
            "growth",
            "H1-2024",
            "" if s == "missing" else f"{d}.5",
            {"status": s, "published": f"2024-07-{d:02d}"},
        )
        for a, d, s in editions
    ]
    with tempfile.TemporaryDirectory() as folder:
        dataset = build(Path(folder), {"growth 2024": {"a": "5"}}, rows).open()
        since = f"2024-07-{day:02d}" if day else "2024-06-30"
        changes = dataset.changes(since, period="H1-2024")
        value = lambda frame: {
            row["area"]: row["value"] for _, row in frame.iterrows() if row["state"] == "reported"
        }
        before, now = (
            value(dataset.status("H1-2024", as_of=since)),
            value(dataset.status("H1-2024")),
        )
        for area in "abcdz":
            of = changes[changes["area"] == area]
            assert (of["after"].tolist() or [before.get(area, "")])[-1] == now.get(area, "")
            for (_, one), (_, next_) in zip(
                of.iloc[:-1].iterrows(), of.iloc[1:].iterrows(), strict=True
            ):
                assert next_["before"] == one["after"]
            assert of.empty or of.iloc[0]["before"] == before.get(area, "")


# Sessions


def test_as_a_table_of_the_symposium(run):
    said = run("status --half H1-2024", at=SYMPOSIUM)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[1].startswith(
        "14 of 16 districts have sent every return due; 98.3% of the city's weight received (Growth of"
    )
    assert "; 5 late (up to 15 days); outstanding: Fangshan and Chaoyang (1 of 5)." in lines[1]
    # 16 growths, 16 levels, 6 shares, 7 stocks and 7 changes have a target or are usual
    assert lines[2] == "46 of 52 figures received (88.5%), 31 on time (59.6%); due 2024-07-31."
    assert "Not counted as received: 1 proxy." in said.out
    assert "Outstanding returns: 6\n" in said.out
    (chaoyang,) = [
        line.split() for line in lines if line.startswith("Chaoyang") and "of" in line.split()[1:4]
    ]
    assert (
        " ".join(chaoyang)
        == "Chaoyang 4 of 5 … incomplete on time 2024-07-22 2024-07-22 5G stations (proxy)"
    )


def test_as_csv_one_row_for_each_figure_that_is_due_or_received(run, tmp_path):
    rows = run("status --half H1-2024 -f csv", at=SYMPOSIUM).rows
    assert list(rows[0]) == COLUMNS
    # 52 are due of districts, 3 more came in; 5 are the city's, 4 the zone's
    assert len(rows) == 52 + 3 + 5 + 4
    (row,) = [
        row for row in rows if (row["area"], row["indicator"]) == ("mentougou", "digital_va_growth")
    ]
    assert list(row.values()) == [
        "H1-2024",
        "mentougou",
        "Mentougou",
        "digital_va_growth",
        "reported",
        "2024-07-22",
        "2024-08-20",
        "2",
        "2024-07-31",
        "-9",
        row["weight"],
        "4.7",
        "illustrative",
        "illustrative-mentougou-h1-2024-revised",
        "",
    ]
    weights = [Decimal(row["weight"]) for row in rows if row["weight"]]
    assert len(weights) == 16
    assert abs(sum(weights) - 1) < Decimal("0.001")
    said = run(f"status --half H1-2024 --bom -o {tmp_path / 'a.csv'}", at=SYMPOSIUM)
    assert (said.code, said.out) == (0, "")
    assert (tmp_path / "a.csv").read_bytes().startswith("\ufeffperiod,area".encode())


def test_as_json(run):
    told = json.loads(run("status --half H1-2024 -f json", at=SYMPOSIUM).out)
    assert (told["sheet"], len(told["rows"]), list(told["rows"][0])) == ("status", 64, COLUMNS)
    by = {(row["area"], row["indicator"]): row for row in told["rows"]}
    assert (by["shunyi", "digital_va"]["days_late"], by["shunyi", "digital_va"]["editions"]) == (
        2,
        1,
    )
    assert (
        by["fangshan", "digital_va"]["days_late"],
        by["fangshan", "digital_va"]["first_published"],
    ) == (None, None)
    changes = json.loads(run("status --half H1-2024 --since 2024-08-15 -f json", at=SYMPOSIUM).out)
    assert changes["sheet"] == "changes"
    assert {(row["area"], row["kind"], row["change"]) for row in changes["rows"]} >= {
        ("mentougou", "revised", -0.3)
    }


def test_the_frame_and_the_csv_are_one(run):
    shown = pd.read_csv(
        io.StringIO(run("status --half H1-2024 -f csv", at=SYMPOSIUM).out), keep_default_na=False
    )
    frame = dtrack.open(SYMPOSIUM).status("H1-2024")
    for name in ("area", "indicator", "state", "first_published", "value", "note"):
        assert shown[name].astype(str).tolist() == frame[name].tolist()


def test_the_published_figures_have_no_invented_due_day(run):
    assert dtrack.open(ROOT).due == {}
    said = run("status --half H1-2024 -f csv")
    assert said.code == 0
    assert {row["due"] for row in said.rows} == {""}
    (row,) = [
        row for row in said.rows if (row["area"], row["indicator"]) == ("haidian", "gdp_growth")
    ]
    assert row["state"] == "reported"


def test_a_pipe_gets_whole_lines_without_colour():
    words = [
        sys.executable,
        "-m",
        "dtrack",
        "status",
        "--half",
        "H1-2024",
        "--workspace",
        str(SYMPOSIUM),
    ]
    ran = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\x1b" not in ran.stdout
    assert "Not shown at this width" not in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) > 120


def test_of_many_areas_the_first_are_shown_and_the_rest_are_counted(build, run, tmp_path):
    promised = {"a": "5"} | {f"x{n}": "5" for n in range(100)}
    made = build(tmp_path, {"growth 2024": promised})
    areas = (tmp_path / "data/areas.csv").read_text(encoding="utf-8")
    more = "".join(f"x{n},,city,X{n},x{n},x{n},,\n" for n in range(100))
    (tmp_path / "data/areas.csv").write_text(areas + more, encoding="utf-8")
    out = run("status --half H1-2024", at=made.folder).out
    assert "0 of 101 districts have reported growth" in out
    assert "63 more areas are not shown: --format csv has every row." in out
    assert "81 more are not shown: --format csv has every row." in out


def test_hostile_names_come_out_as_text(tmp_path, run):
    write(tmp_path, cut("data/areas.csv", "Xicheng", "[red]\x1b[31mXicheng"))
    assert "\x1b[31m" not in run("status --half H1-2024", at=tmp_path).out
    assert "[red]" in run("status --half H1-2024", at=tmp_path).out
