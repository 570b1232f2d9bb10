"""`path`: plans over years on their path or not, by the way gone so far (method `path`). test_opensdg.py has the other method."""

from __future__ import annotations

import math

import pytest

from dtrack.analysis.progress import Point, on_path
from support.workspaces import ROOT, plain, toml_targets

SYMPOSIUM = ROOT / "examples/symposium"
COLUMNS = "area,indicator,base_period,base,latest_period,latest,target_period,target,progress,score,verdict,method,note"
DEADLINE = {"value": "200", "set": "2020-01-15"}
COUNT = """
[indicators.count]
name = {{ en = "count", zh = "count", fr = "count" }}
kind = "stock"
unit = "stations"
better = "{better}"
{more}
"""


def at(year, number):
    """A figure at the end of a year."""
    return Point(year * 12 + 11, float(number))


@pytest.fixture
def row(city):
    """row(figures, target): the only row of the indicator `count`; a figure is (year or period, value, published)."""

    def ask(
        figures, target=DEADLINE, *, due="2025", better="up", more="", method="path", **options
    ):
        targets = COUNT.format(better=better, more=more) + (
            toml_targets({f"count {due}": {"a": target}}) if target else ""
        )
        rows = [
            ("a", "count", p, v, {"published": day[0] if day else f"{p[-4:]}-12-31"})
            for p, v, *day in figures
        ]
        frame = city(targets, rows).open().path(method=method, **options)
        hits = frame[frame["indicator"] == "count"]
        assert len(hits) == 1
        return {str(name): plain(cell) for name, cell in hits.iloc[0].items()}

    return ask


# The truth table: base 100 in 2019, target by 2025; the straight line is half way in 2022


@pytest.mark.parametrize(
    ("latest", "target", "up", "verdict"),
    [
        (150, 200, True, "on_path"),
        (151, 200, True, "on_path"),
        (149, 200, True, "behind"),
        (100, 200, True, "behind"),
        (99, 200, True, "moving_away"),
        (75, 50, False, "on_path"),
        (74, 50, False, "on_path"),
        (76, 50, False, "behind"),
        (101, 50, False, "moving_away"),
    ],
)
def test_the_way_gone_against_the_way_required(latest, target, up, verdict):
    assert (
        on_path(at(2019, 100), at(2022, latest), at(2025, target), up=up, reached=False).verdict
        == verdict
    )


@pytest.mark.parametrize("latest", [150, 99], ids=["on the path", "moving away"])
def test_reached_is_tested_first(latest):
    assert (
        on_path(at(2019, 100), at(2022, latest), at(2025, 200), up=True, reached=True).verdict
        == "reached"
    )


def test_one_figure_has_no_pace():
    one = at(2022, 150)
    assert on_path(one, one, at(2025, 200), up=True, reached=False).verdict == "too_few_figures"
    assert on_path(one, one, at(2025, 200), up=True, reached=True).verdict == "reached"


def test_after_the_deadline_the_whole_way_is_required():
    told = on_path(at(2019, 100), at(2026, 199), at(2025, 200), up=True, reached=False)
    assert (told.verdict, told.required, told.compound) == ("behind", 200, 200)


def test_required_compound_progress_and_arrival():
    told = on_path(at(2019, 100), at(2022, 120), at(2025, 200), up=True, reached=False)
    assert told.required == 150
    assert told.compound == pytest.approx(100 * math.sqrt(2))
    assert told.progress == pytest.approx(40)  # 20 of 50
    assert told.arrival == 2022 * 12 + 11 + 144  # 80 more at 20 in three years


@pytest.mark.parametrize(
    ("latest", "target"), [(100, 200), (90, 200)], ids=["no change", "the wrong way"]
)
def test_who_does_not_move_towards_it_never_arrives(latest, target):
    assert (
        on_path(at(2019, 100), at(2022, latest), at(2025, target), up=True, reached=False).arrival
        is None
    )


def test_a_pace_that_arrives_in_whole_months_arrives_then():
    told = on_path(Point(0, 0.0), Point(1, 0.1), Point(24, 0.4), up=True, reached=False)
    assert (0.4 - 0.1) / 0.1 > 3  # by a hair
    assert told.arrival == 4


def test_a_pace_that_arrives_when_no_period_is_any_more_never_arrives():
    late = 2990 * 12
    assert (
        on_path(
            Point(late - 12, 0.0), Point(late, 1.0), Point(late + 12, 90.0), up=True, reached=False
        ).arrival
        is None
    )


def test_a_straight_line_is_met_by_the_figure_on_it():
    base, latest, target = (
        Point(0, 0.1),
        Point(12, 1.7),
        Point(36, 4.9),
    )  # in binary a third of the way is 1.7000000000000002
    assert [
        on_path(base, latest, target, up=up, reached=False, digits=2).verdict
        for up in (True, False)
    ] == ["on_path", "moving_away"]
    falling = [Point(p.month, -p.number) for p in (base, latest, target)]
    assert on_path(*falling, up=False, reached=False, digits=2).verdict == "on_path"
    huge = [Point(p.month, p.number * 1e13) for p in (base, latest, target)]
    assert on_path(*huge, up=True, reached=False, digits=1).verdict == "on_path"


def test_across_zero_there_is_a_straight_line_and_no_compound_one():
    told = on_path(at(2019, -10), at(2022, 1), at(2025, 10), up=True, reached=False)
    assert (told.verdict, told.required) == ("on_path", 0)
    assert math.isnan(told.compound)


# Through a workspace


@pytest.mark.parametrize(
    ("latest", "better", "target", "verdict"),
    [
        ("150", "up", "200", "on_path"),
        ("149", "up", "200", "behind"),
        ("99", "up", "200", "moving_away"),
        ("200", "up", "200", "reached"),
        ("200", "up", "above 200", "on_path"),
        (">200", "up", "200", "reached"),
        (">150", "up", "200", "too_few_figures"),
        ("50", "down", "50", "reached"),
        ("75", "down", "50", "on_path"),
        ("76", "down", "50", "behind"),
        ("101", "down", "50", "moving_away"),
    ],
)
def test_the_verdict_of_a_workspace(row, latest, better, target, verdict):
    told = row([("2019", "100"), ("2022", latest)], DEADLINE | {"value": target}, better=better)
    assert told["verdict"] == verdict
    assert (told["latest_period"], told["target_period"], told["method"]) == (
        "2022",
        "2025",
        "path",
    )
    assert told["score"] is None


def test_the_first_figure_is_the_base_or_that_of_the_base_year(row):
    figures = [("2017", "300"), ("2019", "100"), ("2022", "150")]
    assert (row(figures)["base_period"], row(figures)["verdict"]) == ("2017", "moving_away")
    told = row(figures, more="base = 2019")
    assert (told["base_period"], told["base"], told["verdict"]) == ("2019", 100, "on_path")
    assert "2018" in row(figures, more="base = 2018")["note"]


def test_a_target_that_has_passed_is_judged_by_the_whole_way(row):
    told = row([("2019", "100"), ("2026", "180")])
    assert told["verdict"] == "behind"
    assert "later than the deadline" in told["note"]


def test_base_and_latest_stand_on_one_side_of_a_break(row):
    breaks = 'breaks = [{ at = 2021-01-01, why = "census", source = "s1" }]'
    told = row(
        [("2019", "100"), ("2020", "120"), ("2022", "150")],
        DEADLINE | {"set": "2021-06-01"},
        more=breaks,
    )
    assert (told["verdict"], told["base"]) == ("too_few_figures", None)
    told = row(
        [("2019", "900"), ("2021", "100"), ("2023", "150")],
        DEADLINE | {"set": "2021-06-01"},
        more=breaks,
    )
    assert (told["base_period"], told["verdict"]) == ("2021", "on_path")
    assert "break" in told["note"]


def test_a_target_set_before_a_break_does_not_judge_a_figure_published_after_it(row):
    breaks = 'breaks = [{ at = 2021-01-01, why = "census", source = "s1" }]'
    told = row([("2021", "100"), ("2023", "250")], more=breaks)
    assert told["verdict"] not in ("reached", "on_path", "behind", "moving_away")
    assert "break" in told["note"]


def test_without_a_target_there_is_a_row_and_no_verdict(row):
    told = row([("2019", "100"), ("2022", "150")], None)
    assert (told["base"], told["latest"], told["target"], told["verdict"]) == (100, 150, None, "")


def test_an_undisclosed_target_is_no_number(row):
    told = row([("2019", "100"), ("2022", "150")], DEADLINE | {"value": "undisclosed"})
    assert (told["target"], told["verdict"]) == (None, "")
    assert "not published" in told["note"]


def test_the_next_target_counts_and_as_of_knows_no_later_figure(row):
    figures = [("2019", "100"), ("2022", "150"), ("2023", "200")]
    assert row(figures)["verdict"] == "reached"
    assert row(figures, as_of="2022-12-31")["verdict"] == "on_path"
    assert row(figures, period="2022")["latest_period"] == "2022"


def test_flows_travel_by_whole_years_and_growth_has_no_path(city):
    rows = [
        ("a", "level", p, v)
        for p, v in (("2022", "100"), ("H1-2023", "60"), ("2023", "110"), ("H1-2024", "70"))
    ]
    frame = (
        city(
            {"growth 2025": {"a": "5"}, "level 2025": {"a": "130"}},
            [*rows, ("a", "growth", "2023", "5")],
        )
        .open()
        .path()
    )
    assert frame["indicator"].tolist() == ["level"]
    assert frame[["base_period", "latest_period", "verdict"]].values.tolist() == [
        ["2022", "2023", "on_path"]
    ]


# The published workspace and the command


def test_beijing_has_its_5g_stations_and_is_behind_on_the_digital_share(run):
    rows = {(line["area"], line["indicator"]): line for line in run("path -f csv").rows}
    assert rows["beijing", "5g_base_stations"]["verdict"] == "reached"
    assert rows["beijing", "digital_va_share_of_gdp"]["verdict"] == "behind"
    assert rows["beijing", "smart_road_km"]["verdict"] == "too_few_figures"


@pytest.mark.parametrize("method", ["path", "opensdg"])
def test_the_columns_exactly(run, method):
    said = run(f"path --method {method} -f csv", at=SYMPOSIUM)
    assert said.out.splitlines()[0] == COLUMNS
    assert {line["method"] for line in said.rows} == {method}
    assert not {line["indicator"] for line in said.rows} & {
        "digital_va_growth",
        "energy_intensity_change",
    }
    assert ("yanqing", "reached" if method == "path" else "target_achieved") in {
        (x["area"], x["verdict"]) for x in said.rows
    }


def test_shunyi_is_moving_away_from_its_share(run):
    (line,) = run(
        "path -d shunyi -i digital_va_share_of_gdp -f csv", at=SYMPOSIUM
    ).rows  # 22.4, then 21.6, milestone 22.5 at the end of 2023, target 24 by 2025
    assert (line["base"], line["latest"], line["target"]) == ("22.4000", "21.6000", "24.0000")
    assert (line["progress"], line["verdict"]) == (
        "-168.4211",
        "moving_away",
    )  # −0.8 of 0.1 + 1.5 × 6/24


def test_another_method_is_a_bad_command_line(run):
    assert run("path --method linear", at=SYMPOSIUM).code == 2
