"""Targets relative to another figure: the verdict against that figure of the same period, worked out by hand."""

from __future__ import annotations

import shutil

import pytest

from support.workspaces import ROOT

CASE = ROOT / "tests/golden/cases/14-relative-targets"


def follows(value, of, **more):
    return {"value": value, "of": of, **more}


def since(value, year, **more):
    return {"value": value, "from": year, **more}


def told(row):
    return row.goal, row.gap, row.verdict, row.sure


# Case 14


@pytest.fixture
def case(tmp_path):
    home = tmp_path / "case"
    shutil.copytree(CASE, home)
    return home


RIGHT = {  # area, indicator: goal, gap, verdict
    ("east", "gdp"): ("5.2", "-0.1", "missed"),
    ("west", "gdp"): ("5.2", "0.4", "met"),
    ("city", "income"): ("5.2", "-0.4", "missed"),
    ("east", "income"): ("5.1", "0.3", "met"),
}


def test_the_case_as_its_plan_words_it(case, run):
    came = run(
        "targets import plan.csv --year 2024 --source plan --set 2024-01-15 --yes --workspace .",
        at=case,
    )
    assert came.code == 0, came.err
    text = (case / "targets.toml").read_text(encoding="utf-8")
    assert 'city = { value = ">=", of = "gdp", set = 2024-01-15, source = "plan" }' in text
    assert text.count('{ value = ">", of = "city",') == 2
    rows = {
        (row["area"], row["indicator"]): row
        for row in run("report --half H1-2024 -f csv --workspace .", at=case).rows
    }
    assert {
        cell: (rows[cell]["goal"], rows[cell]["gap"], rows[cell]["verdict"]) for cell in RIGHT
    } == RIGHT
    assert rows["east", "gdp"]["target_text"] == "> of city"
    assert rows["east", "gdp"]["target"] == ""
    assert "Rivertown" in rows["east", "gdp"]["note"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("above the city's average", "no less than GDP growth", "above GDP growth")),
        ("zh", ("高于全市平均", "不低于地区生产总值增速", "高于地区生产总值增速")),
        ("fr", ("supérieur à la moyenne de la ville", "au moins égal à GDP growth")),
    ],
)
@pytest.mark.parametrize(
    "command", ["report --half H1-2024", "targets", "gap -d east", "catchup --half H1-2024"]
)
def test_it_is_shown_in_words_of_each_language(case, run, command, language, words):
    set_as_planned(case, run)
    shown = run(f"{command} --lang {language} --workspace . -f md", at=case).out
    wanted = words if command != "gap -d east" else (words[0],)
    assert [word for word in wanted if word not in shown] == []
    assert "of city" not in shown


def set_as_planned(case, run):
    line = "targets import plan.csv --year 2024 --source plan --set 2024-01-15 --yes --workspace ."
    assert run(line, at=case).code == 0


def test_why_and_brief_say_what_it_follows(case, run):
    set_as_planned(case, run)
    why = run("why east gdp H1-2024 --workspace .", at=case).out
    assert "above the city's average for 2024" in why
    assert "5.1 − 5.2 = -0.1 pp" in why
    assert "the target depends on Rivertown (H1-2024): 5.2" in why
    brief = run("brief --half H1-2024 --indicator gdp --workspace .", at=case).out
    assert (
        "East (5.1% against 5.2% (above the city's average), 0.1 percentage points below)" in brief
    )


def test_while_the_other_figure_is_missing_the_note_says_which(case, run):
    set_as_planned(case, run)
    figures = case / "data/actuals/figures.csv"
    lines = figures.read_text(encoding="utf-8").splitlines(keepends=True)
    figures.write_text("".join(x for x in lines if not x.startswith("city,gdp")), encoding="utf-8")
    rows = {
        (row["area"], row["indicator"]): row
        for row in run("report --half H1-2024 -f csv --workspace .", at=case).rows
    }
    for cell, missing in (
        (("east", "gdp"), "no figure for Rivertown (H1-2024)"),
        (("city", "income"), "no figure for GDP growth (H1-2024)"),
    ):
        row = rows[cell]
        assert (row["goal"], row["gap"], row["verdict"], row["sure"]) == (
            "",
            "",
            "undetermined",
            "false",
        )
        assert missing in row["note"]
    assert rows["east", "income"]["verdict"] == "met"
    said = run("why east gdp H1-2024 --workspace .", at=case).out
    assert "no figure for Rivertown (H1-2024)" in said


# What it may name


def test_an_offset_in_points(city):
    made = city(
        {"growth H1-2024": {"a": follows(">=+1", "city"), "b": follows(">=-0.5", "city")}},
        [
            ("city", "growth", "H1-2024", "5.2"),
            ("a", "growth", "H1-2024", "6.1"),
            ("b", "growth", "H1-2024", "4.8"),
        ],
    )
    # 5.2 + 1 = 6.2; 5.2 − 0.5 = 4.7
    assert told(made.row("growth")) == (6.2, -0.1, "missed", False)
    assert told(made.row("growth", area="b")) == (4.7, 0.1, "met", True)


def test_an_offset_in_the_unit_of_a_stock(city):
    made = city(
        {"stock 2024": {"a": follows(">+100", "b")}},
        [("b", "stock", "H1-2024", "900"), ("a", "stock", "H1-2024", "1001")],
    )
    assert told(made.row("stock")) == (1000, 1, "met", False)  # 1000.5 and 1000.5 + 0.5 touch


def test_another_area_and_a_zone_may_be_followed(city):
    made = city(
        {"growth 2024": {"a": follows("<", "z"), "b": follows(">=", "z"), "z": follows(">", "b")}},
        [("z", "growth", "H1-2024", "5.0"), ("b", "growth", "H1-2024", "5.0")],
    )
    frame = made.open().findings
    assert [f.code for f in frame if f.code == "bad-relation"] == ["bad-relation"] * 3


def test_the_reference_is_followed(tmp_path, run):
    home = tmp_path / "land"
    assert run(f"init {home}", at=tmp_path).code == 0
    toml = home / "targets.toml"
    text = toml.read_text(encoding="utf-8")
    text = text.replace('city = "rivermouth"', 'city = "rivermouth"\nreference = "land"', 1)
    text += '[targets.gdp_growth.H1-2024]\nharbour = { value = ">=+0.1", of = "reference", set = 2024-01-10, source = "plan-2024" }\n'
    toml.write_text(text, encoding="utf-8")
    with (home / "data/areas.csv").open("a", encoding="utf-8") as areas:
        areas.write("land,,,Land,,,,\n")
    with (home / "data/actuals/2024-h1.csv").open("a", encoding="utf-8") as figures:
        figures.write("land,gdp_growth,H1-2024,4.9,illustrative,2024-07-18,half-2024,\n")
    rows = run("report --half H1-2024 -f csv --workspace .", at=home).rows
    (row,) = [r for r in rows if (r["area"], r["indicator"]) == ("harbour", "gdp_growth")]
    assert (row["goal"], row["gap"], row["verdict"]) == ("5.0", "0.0", "met")  # Harbour: 5.0
    shown = run("report --half H1-2024 --workspace .", at=home).out
    assert "at least 0.1 pp above Land's" in shown


# The year before


@pytest.mark.parametrize(
    ("value", "actual", "verdict", "sure"),
    [
        ("down", "4.9", "met", False),  # both may be 4.95
        ("down", "4.8", "met", True),
        ("down", "5.0", "missed", False),
        ("down", "5.1", "missed", True),
        ("same", "5.0", "met", False),
        ("same", "4.8", "met", True),
        ("<=+0.5", "5.5", "met", False),
        ("<=+0.5", "5.6", "missed", False),
        ("<=+0.5", "5.7", "missed", True),
        ("<", "4.8", "met", True),
    ],
)
def test_a_direction_is_from_the_same_months_of_the_year_before(city, value, actual, verdict, sure):
    made = city(
        {"jobless H1-2024": {"a": follows(value, "last-year")}},
        [("a", "jobless", "H1-2023", "5.0"), ("a", "jobless", "H1-2024", actual)],
    )
    row = made.row("jobless")
    assert (row.verdict, row.sure) == (verdict, sure)


def test_a_share_that_has_time_is_open(city):
    made = city(
        {"share 2024": {"a": follows("up", "last-year")}},
        [("a", "share", "H1-2023", "40.2"), ("a", "share", "H1-2024", "40.1")],
    )
    assert told(made.row("share")) == (40.2, -0.1, "open", False)


def test_a_flow_is_held_against_the_same_months_and_never_sure_before_the_year_ends(city):
    made = city(
        {"level 2024": {"a": follows(">=", "last-year")}},
        [
            ("a", "level", "H1-2023", "100"),
            ("a", "level", "2023", "300"),
            ("a", "level", "H1-2024", "120"),
        ],
    )
    assert told(made.row("level")) == (100, 20, "met", False)
    late = city(
        {"level 2024": {"a": follows(">=", "last-year")}},
        [("a", "level", "2023", "300"), ("a", "level", "2024", "320", {"published": "2025-01-20"})],
    )
    assert told(late.row("level", "2024")) == (300, 20, "met", True)


# A base year


@pytest.mark.parametrize(
    ("value", "goal", "gap", "verdict"),
    [("-18%", 82.0, -0.5, "missed"), ("x0.9", 90.0, 7.5, "met"), ("-17.5", 82.5, 0.0, "met")],
)
def test_a_change_from_a_base(city, value, goal, gap, verdict):
    """100.0 in 2020; 82.5 now, and less is better."""
    made = city(
        DOWN_STOCK.format(value=value),
        [
            ("a", "waste", "2020", "100.0"),
            ("a", "waste", "2024", "82.5", {"published": "2025-01-20"}),
        ],
    )
    row = made.row("waste", "2024")
    assert (row.goal, row.gap, row.verdict) == (goal, gap, verdict)


DOWN_STOCK = """
[indicators.waste]
name = "Waste"
kind = "stock"
unit = "stations"
better = "down"

[targets.waste.2024]
a = {{ value = "{value}", from = 2020, set = 2021-01-10, source = "s1" }}
"""


def test_points_from_a_base_of_a_share_and_its_rounding(city):
    made = city(
        {"share 2025": {"a": since("+3pp", 2020)}},
        [
            ("a", "share", "2020", "40.0"),
            ("a", "share", "2025", "43.0", {"published": "2026-01-20"}),
        ],
    )
    assert told(made.row("share", "2025")) == (43.0, 0.0, "met", False)
    assert told(made.row("share", "2025", as_of="2025-01-01")) == (43.0, -3.0, "open", False)


def test_a_base_on_the_other_side_of_a_break_is_not_compared(city):
    rows = [
        ("a", "level", "2020", "100", {"published": "2021-01-20"}),
        ("a", "level", "2024", "250", {"published": "2025-01-20"}),
    ]
    targets = {"level 2024": {"a": since("x2", 2020)}}
    made = city(targets, rows, breaks={"level": "2023-01-01"})
    row = made.row("level", "2024")
    assert (row.goal, row.verdict) == (None, "undetermined")
    assert "on the other side of a break" in row.note
    again = [*rows, ("a", "level", "2020", "120", {"published": "2024-01-20"})]
    made = city(targets, again, breaks={"level": "2023-01-01"})
    assert told(made.row("level", "2024")) == (240, 10, "met", True)


def test_a_flow_from_a_base_at_mid_year_has_its_share_of_the_goal(city):
    made = city(
        {"level 2024": {"a": since("+20%", 2020)}},
        [
            ("a", "level", "2020", "1000"),
            ("a", "level", "H1-2023", "400"),
            ("a", "level", "2023", "1000"),
            ("a", "level", "H1-2024", "500"),
        ],
    )
    assert told(made.row("level")) == (480, 20, "met", False)  # 1200 × 40 %


def test_a_base_that_is_not_above_zero_has_no_per_cent(city):
    made = city(
        {"level 2024": {"a": since("x2", 2020)}},
        [("a", "level", "2020", "-5"), ("a", "level", "2024", "3", {"published": "2025-01-20"})],
    )
    row = made.row("level", "2024")
    assert (row.verdict, row.goal) == ("undetermined", None)
    assert "not above zero" in row.note


def test_path_knows_the_base(city, run):
    made = city(
        {"share 2025": {"a": since("+10pp", 2020)}},
        [("a", "share", "2020", "40.0"), ("a", "share", "2024", "47.0")],
    )
    (row,) = [r for r in run("path -f csv --workspace .", at=made.folder).rows if r["area"] == "a"]
    # 8 of the 10 points are due by then, 7 are there
    assert (row["target"], row["progress"]) == ("50.0000", "87.5000")


# Ranks


def four(*values):
    return [("abcd"[n], "growth", "H1-2024", value) for n, value in enumerate(values) if value]


@pytest.mark.parametrize(
    ("figures", "verdict", "sure"),
    [
        (four("7.0", "6.0", "5.0", "4.0"), "met", True),
        (four("5.0", "6.0", "7.0", "4.0"), "missed", True),
        (four("6.0", "6.0", "7.0", "4.0"), "undetermined", False),  # 2 or 3
        (four("6.0", "5.0", "4.0", None), "met", True),  # 1, whoever is silent 2 at worst
        (four("6.0", "7.0", "4.0", None), "met", False),  # 2 of 3; a silent one may be before it
        (four("4.0", "5.0", "7.0", None), "missed", True),
        (four(">5.0", "7.0", "6.0", "4.0"), "undetermined", False),
        (four("around 7.0", "6.0", "5.0", "4.0"), "met", False),
    ],
)
def test_a_place_among_the_districts(city, figures, verdict, sure):
    made = city({"growth 2024": {"a": follows("top 2", "rank")}}, figures)
    row = made.row("growth")
    assert (row.goal, row.gap, row.verdict, row.sure) == (None, None, verdict, sure)


def test_the_note_tells_the_rank_and_who_is_silent(city):
    made = city({"growth 2024": {"a": follows("top 2", "rank")}}, four("6.0", "6.0", "7.0", None))
    note = made.row("growth").note
    assert "rank 2 to 3 of the 3 districts that reported" in note
    assert "1 district has no figure" in note


def test_the_city_and_zones_take_no_place(city):
    rows = [
        *four("6.0", "5.0", "4.0", "3.0"),
        ("city", "growth", "H1-2024", "9.0"),
        ("z", "growth", "H1-2024", "8.0"),
    ]
    made = city({"growth 2024": {"a": follows("top 1", "rank")}}, rows)
    assert made.row("growth").verdict == "met"


# What the other figure may be


@pytest.mark.parametrize(
    ("other", "options", "own", "verdict", "sure"),
    [
        (">5.0", {}, "4.9", "missed", True),  # whatever it is, it is more
        (">5.0", {}, "6.0", "undetermined", False),
        ("nearly 5.0", {}, "5.0", "met", False),  # 5.0 may be 4.95, and the other 4.97
        ("4.5..5.0", {}, "5.1", "met", True),
        ("4.5..5.0", {}, "4.4", "missed", False),  # both may be 4.45
        ("4.5..5.0", {}, "4.3", "missed", True),
        ("4.5..5.0", {}, "4.8", "undetermined", False),
        ("around 5.0", {}, "5.9", "met", False),
        ("5.0", {"status": "expected"}, "5.9", "met", False),
        ("5.0", {"prices": "current"}, "5.9", "undetermined", False),
        ("5.0", {"status": "missing"}, "5.9", "undetermined", False),
    ],
)
def test_whatever_the_other_figure_is(city, other, options, own, verdict, sure):
    value = "" if options.get("status") == "missing" else other
    made = city(
        {"growth H1-2024": {"a": follows(">=", "city")}},
        [("city", "growth", "H1-2024", value, options), ("a", "growth", "H1-2024", own)],
    )
    row = made.row("growth")
    assert (row.verdict, row.sure) == (verdict, sure)


def test_both_roundings_count(city):
    """5.2 is from 5.15 to 5.25 and 5.3 from 5.25 to 5.35: the one may reach the other, never pass it."""
    figures = [("city", "growth", "H1-2024", "5.3"), ("a", "growth", "H1-2024", "5.2")]
    for value, sure in ((">", True), (">=", False)):
        made = city({"growth H1-2024": {"a": follows(value, "city")}}, figures)
        assert told(made.row("growth")) == (5.3, -0.1, "missed", sure)


def test_decimals_of_both_are_kept(city):
    made = city(
        {"growth H1-2024": {"a": follows(">=", "city")}},
        [("city", "growth", "H1-2024", "5.25"), ("a", "growth", "H1-2024", "5.2")],
    )
    assert told(made.row("growth")) == (5.25, -0.05, "missed", False)


def test_a_figure_set_aside_is_not_followed(city, run):
    made = city(
        {"growth H1-2024": {"a": follows(">=", "city"), "b": "4"}},
        [
            ("city", "growth", "H1-2024", "5,2"),
            ("a", "growth", "H1-2024", "5.9"),
            ("b", "growth", "H1-2024", "5.9"),
        ],
    )
    assert run("report --half H1-2024 -d a --workspace .", at=made.folder).code == 3
    row = made.row("growth", set_aside=True)
    assert (row.verdict, row.goal) == ("undetermined", None)
    assert "excluded" in row.note
    assert made.row("growth", area="b", set_aside=True).verdict == "met"


def test_a_fault_of_an_indicator_that_is_followed_stops_the_report(city, run):
    made = city(
        {"growth 2024": {"a": follows(">=", "down_growth")}},
        [("a", "down_growth", "H1-2024", "5,2"), ("a", "growth", "H1-2024", "5.9")],
    )
    assert run("report --half H1-2024 -i growth --workspace .", at=made.folder).code == 3
    made = city(
        {"growth 2024": {"a": "5"}},
        [("a", "down_growth", "H1-2024", "5,2"), ("a", "growth", "H1-2024", "5.9")],
    )
    assert run("report --half H1-2024 -i growth --workspace .", at=made.folder).code == 0


def test_a_base_year_with_a_fault_stops_the_report(city, run):
    made = city(
        {"level 2024": {"a": since("x2", 2020)}},
        [
            ("a", "level", "2020", "1,0"),
            ("a", "level", "2019", "1.0"),
            ("a", "level", "2024", "2", {"published": "2025-01-20"}),
        ],
    )
    assert run("report --half 2024 --workspace .", at=made.folder).code == 3


def test_a_stated_verdict_speaks_while_nothing_can_be_computed(city):
    target = {"growth H1-2024": {"a": follows(">=", "city", stated="met")}}
    own = ("a", "growth", "H1-2024", "5.0")
    row = city(target, [own]).row("growth")
    assert (row.verdict, row.basis) == ("met", "stated")
    row = city(target, [own, ("city", "growth", "H1-2024", "6.0")]).row("growth")
    assert (row.verdict, row.basis) == ("missed", "computed")


def test_a_tolerance_moves_the_goal(city):
    made = city(
        {"growth H1-2024": {"a": follows(">=", "city")}},
        [("city", "growth", "H1-2024", "5.2"), ("a", "growth", "H1-2024", "5.0")],
    )
    row = made.row("growth", tolerance="0.2")
    assert (row.goal, row.gap, row.verdict) == (5.0, 0.0, "met")


def test_as_of_decides_which_edition_is_followed(city):
    made = city(
        {"growth H1-2024": {"a": follows(">=", "city")}},
        [
            ("city", "growth", "H1-2024", "5.0"),
            ("city", "growth", "H1-2024", "5.4", {"published": "2025-01-20", "status": "revised"}),
            ("a", "growth", "H1-2024", "5.2"),
        ],
    )
    assert made.row("growth", as_of="2024-08-01").verdict == "met"
    assert made.row("growth").verdict == "missed"


def test_the_months_of_the_figure_are_those_that_are_followed(city):
    """January to May stands in for the half: the city's January to May is followed, not its half."""
    made = city(
        {"growth 2024": {"a": follows(">=", "city")}},
        [
            ("city", "growth", "H1-2024", "5.6"),
            ("city", "growth", "2024-01..2024-05", "5.2"),
            ("a", "growth", "2024-01..2024-05", "5.4"),
        ],
    )
    assert told(made.row("growth")) == (5.2, 0.2, "met", False)


def test_a_target_changed_later_is_told_in_words(city):
    made = city(
        {"growth 2024": {"a": ["5", follows(">=", "city", set="2024-09-01")]}},
        [("city", "growth", "H1-2024", "5.6"), ("a", "growth", "H1-2024", "5.4")],
    )
    note = made.row("growth").note
    assert "target revised on 2024-09-01 to no less than the city's average: missed" in note


def test_the_year_before_a_target_that_is_not_over_is_not_followed(city):
    """A share of the first half of 2023 under the target of 2024, to be below 2023: nobody can say."""
    made = city(
        {"jobless 2024": {"a": follows("down", "last-year")}},
        [("a", "jobless", "H1-2022", "5.0"), ("a", "jobless", "H1-2023", "4.0")],
    )
    row = made.row("jobless", "H1-2023")
    assert (row.goal, row.verdict) == (None, "undetermined")
    assert "the year before the target's period has not ended" in row.note
    assert [f for f in made.open().check().open if f.code == "nothing-to-follow"] == []


def test_sdmx_tells_what_a_target_follows(city, run):
    made = city({"growth 2024": {"a": follows(">=+1", "city")}}, [("a", "growth", "H1-2024", "5")])
    said = run("export --sdmx targets.csv --workspace .", at=made.folder)
    assert said.code == 0, said.err
    text = (made.folder / "targets.csv").read_text(encoding="utf-8-sig")
    (line,) = [line for line in text.splitlines() if "DTRACK:TARGETS" in line]
    assert ",2024,,M,F,PT," in line
    assert ">=+1 of city" in line


def test_amounts_past_a_base_are_met_for_certain_before_the_year_ends(city):
    """1200 is the year's goal; 1300 by June, of what cannot shrink."""
    made = city(
        {"level 2024": {"a": since("+20%", 2020)}},
        [("a", "level", "2020", "1000"), ("a", "level", "H1-2024", "1300")],
    )
    row = made.row("level")
    assert (row.verdict, row.sure) == ("met", True)


def test_what_years_make_is_not_held_against_another_figure(city, run):
    """Report, path and catchup agree on an average of years against the city's."""
    made = city(
        {
            "growth 2023..2024": {"a": follows(">", "city")},
        },
        [
            *[("a", "growth", year, "6.1") for year in ("2023", "2024")],
            *[("city", "growth", year, "5.0") for year in ("2023", "2024")],
        ],
    )
    assert made.row("growth", "2023..2024").verdict == "undetermined"
    rows = run("path -f csv --workspace .", at=made.folder).rows
    assert [(row["target"], row["verdict"]) for row in rows if row["area"] == "a"] == [("", "")]
    rows = run("catchup --half 2024 -f csv --workspace .", at=made.folder).rows
    assert [row["needed"] for row in rows if "2023..2024" in row["note"]] == []


def test_a_stock_at_the_end_of_a_plan_follows_its_base(city):
    made = city(
        {"stock 2021..2025": {"a": since("x2", 2020), "b": follows(">", "a")}},
        [
            ("a", "stock", "2020", "100"),
            ("a", "stock", "2025", "210", {"published": "2026-01-20"}),
            ("b", "stock", "2025", "170", {"published": "2026-01-20"}),
        ],
    )
    assert told(made.row("stock", "2025")) == (200, 10, "met", True)
    assert told(made.row("stock", "2025", area="b")) == (210, -40, "missed", True)


def test_a_district_that_is_no_more_is_not_silent(city):
    made = city({"growth 2024": {"a": follows("top 2", "rank")}}, four("6.0", "7.0", "4.0", None))
    areas = made.folder / "data/areas.csv"
    lines = areas.read_text(encoding="utf-8").splitlines()
    ended = [line + (",2020-12-31" if line.startswith("d,") else ",") for line in lines[1:]]
    areas.write_text("\n".join([lines[0] + ",until", *ended]) + "\n", encoding="utf-8")
    row = made.row("growth")
    assert (row.verdict, row.sure) == ("met", True)
    assert "rank 2 of the 3 districts that reported" in row.note


def test_a_figure_that_is_derived_is_followed(city):
    made = city(
        {
            "level 2024": {
                "a": follows(">", "last-year"),
                "b": follows(">", "a"),
                "c": since("x2", 2020),
            }
        },
        [
            *[
                ("a", "level", quarter, value, {"published": f"{quarter[-4:]}-12-20"})
                for quarter, value in (
                    ("Q1-2023", "100"),
                    ("Q2-2023", "110"),
                    ("Q1-2024", "120"),
                    ("Q2-2024", "130"),
                )
            ],
            ("b", "level", "H1-2024", "260"),
            ("c", "level", "H1-2020", "50"),
            ("c", "level", "H2-2020", "50"),
            ("c", "level", "2024", "210", {"published": "2025-01-20"}),
        ],
    )
    assert told(made.row("level")) == (210, 40, "met", False)
    assert told(made.row("level", area="b")) == (250, 10, "met", False)
    row = made.row("level", "2024", area="c")
    assert (row.goal, row.gap, row.verdict) == (200, 10, "met")


@pytest.mark.parametrize(
    "targets",
    [
        {"level 2023..2024": {"a": since("+20%", 2020)}},
        {"level H1-2024": {"a": since("+20%", 2020)}},
        {"level 2023..2024": {"a": follows(">", "last-year")}},
        {"growth 2023..2024": {"a": follows(">", "last-year")}},
    ],
)
def test_years_are_held_against_years(city, targets):
    """A sum of years against one year, or years against years that they share, would say nothing."""
    findings = city(targets, [("a", "level", "2020", "1000")]).open().findings
    (period,) = targets
    key = "targets." + period.replace(" ", ".") + ".a"
    assert [(f.code, f.column) for f in findings if f.code == "bad-relation"] == [
        ("bad-relation", key)
    ]
