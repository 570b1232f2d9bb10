"""What the pictures of a page show: exact values, and None wherever a number is unknown or of another series."""

from __future__ import annotations

import numpy as np
import pytest

from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.question import Query
from dtrack.core.period import Period
from dtrack.reporting.cells import DisplayOptions
from dtrack.reporting.charts import lines as lines_of
from dtrack.reporting.past import Past
from dtrack.reporting.report import report


def charts(made, period: str = "H1-2024", *, everything: bool = False, **options):
    """The charts of every sheet of the report, by the name of the sheet's indicator; `everything` as --all."""
    dataset = made.open()
    document = report(
        whole_board(dataset, Query.of(period, **options)),
        DisplayOptions(pictures=True, everything=everything),
    )
    return {sheet.title.split(" (")[0]: sheet.charts for sheet in document.sheets}


def bars(made, indicator: str = "growth", period: str = "H1-2024", **options):
    found = [
        chart.bullets
        for chart in charts(made, period, **options).get(indicator, ())
        if chart.bullets
    ]
    return {
        bullet.label: (bullet.actual, bullet.target, bullet.before)
        for bullets in found
        for bullet in bullets
    }


def lines(made, indicator: str = "growth", period: str = "H1-2024"):
    found = [chart.lines for chart in charts(made, period).get(indicator, ()) if chart.lines]
    return {
        line.label: dict(zip(line.periods, line.values, strict=True)) for of in found for line in of
    }


TARGETS = {"growth 2024": {"a": "above 6", "b": "5.5..6"}}


def test_a_bar_is_figure_goal_and_the_same_half_a_year_before(city):
    made = city(
        TARGETS,
        [
            ("a", "growth", "H1-2024", "6.1"),
            ("a", "growth", "H1-2023", "5.2"),
            ("b", "growth", "H1-2024", "5.0"),
        ],
    )
    assert bars(made) == {"A": (6.1, 6.0, 5.2), "B": (5.0, 5.5, None)}  # of a range, the easier end


@pytest.mark.parametrize(
    ("text", "number"),
    [("6.1", 6.1), ("around 6", 6.0), (">6", None), ("6%以上", None), ("5..6", None)],
)
def test_a_bound_or_a_range_has_no_bar(city, text, number):
    made = city(TARGETS, [("a", "growth", "H1-2024", text), ("b", "growth", "H1-2024", "5.0")])
    assert bars(made)["A"] == (number, 6.0, None)


def test_a_figure_on_another_basis_has_no_bar_and_is_nobodys_year_before(city):
    other = {"prices": "current"}
    made = city(
        TARGETS,
        [
            ("a", "growth", "H1-2024", "6.1", other),
            ("b", "growth", "H1-2024", "5.0"),
            ("b", "growth", "H1-2023", "4.0", other),
        ],
    )
    assert bars(made) == {"A": (None, 6.0, None), "B": (5.0, 5.5, None)}


def test_levels_on_two_sides_of_a_break_are_not_put_together(city):
    rows = [
        ("a", "stock", "2023-06", "100", {"published": "2023-07-20"}),
        ("a", "stock", "2024-06", "200"),
        ("b", "stock", "2024-06", "90"),
        ("b", "stock", "2023-06", "80"),
    ]
    made = city(
        {"stock 2024": {"a": {"value": "150", "set": "2023-01-15"}, "b": "95"}},
        rows,
        breaks={"stock": "2024-01-01"},
    )
    # 90 and 80 of 95 are 94.7 and 84.2 %; A, whose target is on another side, is in the table only
    assert bars(made, "stock") == {"B": (94.7, 100.0, 84.2)}
    assert lines(made, "stock") == {"B": {"H1-2023": 80.0, "H1-2024": 90.0}}


def test_an_older_figure_is_not_the_year_before_of_another_period(city):
    made = city(
        {"share 2024": {"a": "50", "b": "50"}},
        [
            ("a", "share", "Q1-2023", "40"),
            ("a", "share", "H1-2024", "45"),
            ("b", "share", "H1-2024", "44"),
        ],
    )
    assert bars(made, "share")["A"] == (45.0, 50.0, None)


def test_a_flow_in_mid_year_is_compared_with_its_share_of_the_target(city):
    rows = [
        ("a", "level", "H1-2023", "40"),
        ("a", "level", "2023", "100"),
        ("a", "level", "H1-2024", "45"),
    ]
    # 40 % of 110 are 44: 45 and 40 are 102.3 and 90.9 % of it
    assert bars(city({"level 2024": {"a": "110"}}, rows), "level") == {"A": (102.3, 100.0, 90.9)}


def test_an_undisclosed_target_has_no_mark(city):
    targets = {"growth H1-2024": {"a": {"value": "undisclosed", "stated": "missed"}, "b": "5"}}
    made = city(targets, [("a", "growth", "H1-2024", "6.1"), ("b", "growth", "H1-2024", "5.0")])
    assert bars(made)["A"] == (6.1, None, None)


def test_one_figure_without_a_target_makes_no_picture(city):
    assert charts(city("", [("a", "growth", "H1-2024", "6.1")])) == {"growth": ()}


def test_older_figures_alone_make_no_picture(city, run):
    rows = [(area, "stock", "2023-06", value) for area, value in (("a", "100"), ("b", "90"))]
    made = city("", rows)
    assert charts(made, everything=True)["stock"] == ()
    assert run("report --half H1-2024 --all -f html", at=made.folder).code == 0


def test_an_older_figure_that_is_no_bar_makes_no_picture_of_the_one_beside_it(city):
    rows = [("a", "stock", "2023-06", "100"), ("b", "stock", "2024-06", "90")]
    assert charts(city("", rows), everything=True)["stock"] == ()


def test_an_older_figure_against_its_target_is_a_bar(city):
    made = city({"stock 2024": {"a": "150"}}, [("a", "stock", "2023-06", "100")])
    assert bars(made, "stock") == {"A": (66.7, 100.0, None)}


def test_a_line_runs_over_the_halves_with_gaps(city):
    rows = [
        ("a", "growth", period, value)
        for period, value in (
            ("H1-2024", "5.0"),
            ("H2-2023", "4.0"),
            ("H2-2022", "3.0"),
            ("2023", "9.9"),
        )
    ]
    assert lines(city("", rows)) == {
        "A": {"H2-2022": 3.0, "H1-2023": None, "H2-2023": 4.0, "H1-2024": 5.0}
    }


def test_where_no_two_halves_follow_one_another_the_same_half_of_each_year_does(city):
    rows = [
        ("a", "growth", period, value)
        for period, value in (("H1-2024", "5.0"), ("H1-2023", "4.0"), ("H1-2021", "3.0"))
    ]
    assert lines(city("", rows)) == {
        "A": {"H1-2021": 3.0, "H1-2022": None, "H1-2023": 4.0, "H1-2024": 5.0}
    }


def test_a_line_of_years_for_a_year(city):
    rows = [
        ("a", "growth", period, value)
        for period, value in (("2024", "5.0"), ("2023", "4.0"), ("H1-2024", "9.9"))
    ]
    assert lines(city("", rows), period="2024") == {"A": {"2023": 4.0, "2024": 5.0}}


def test_a_line_has_eight_points_at_most(city):
    rows = [
        ("a", "growth", f"H{half}-{year}", "5.0") for year in range(2018, 2025) for half in (1, 2)
    ]
    assert list(lines(city("", rows))["A"]) == [
        "H2-2020",
        "H1-2021",
        "H2-2021",
        "H1-2022",
        "H2-2022",
        "H1-2023",
        "H2-2023",
        "H1-2024",
    ]


def test_a_line_knows_what_was_known_on_the_day(city):
    rows = [
        ("a", "growth", "H1-2024", "5.0"),
        ("a", "growth", "H2-2023", "4.0", {"published": "2024-09-01"}),
        ("b", "growth", "H1-2024", "5.0"),
    ]
    made = city("", rows)
    assert lines(made)["A"] == {"H2-2023": 4.0, "H1-2024": 5.0}
    assert [
        chart.lines for chart in charts(made, as_of="2024-08-01")["growth"] if chart.lines
    ] == []


def test_the_steps_are_the_terms_of_the_identity_and_their_sum_is_the_gap():
    import dtrack
    from support.workspaces import ROOT

    dataset = dtrack.open(ROOT / "examples/symposium")
    document = report(whole_board(dataset, Query.of("H1-2024")), DisplayOptions(pictures=True))
    steps, *_ = [chart.steps for of in document.sheets for chart in of.charts if chart.steps]
    assert [step.label for step in steps] == [
        "Performance effect",
        "Target-setting effect",
        "Districts without a target",
        "Residual",
        "City's gap",
    ]
    assert [step.whole for step in steps] == [False] * 4 + [True]
    assert sum(step.value for step in steps[:-1]) == pytest.approx(steps[-1].value, abs=0.02)
    assert steps[-1].told == "-0.20"


def test_without_being_asked_no_picture_is_made(city):
    made = city(TARGETS, [("a", "growth", "H1-2024", "6.1"), ("b", "growth", "H1-2024", "5.0")])
    document = report(whole_board(made.open(), Query.of("H1-2024")), DisplayOptions())
    assert [sheet.charts for sheet in document.sheets] == [()]


# What cannot be compared is not shown side by side


def shown(made, indicator: str, kind: str, period: str = "H1-2024"):
    return [chart for chart in charts(made, period)[indicator] if getattr(chart, kind)]


def test_amounts_without_targets_leave_the_city_out_whose_bar_would_dwarf_the_others(city):
    rows = [(area, "level", "H1-2024", value) for area, value in (("a", "35.7"), ("b", "60.7"))]
    rows.append(("city", "level", "H1-2024", "4987.8"))
    assert bars(city("", rows), "level") == {"A": (35.7, None, None), "B": (60.7, None, None)}


def test_growth_keeps_the_city_beside_the_districts(city):
    rows = [("a", "growth", "H1-2024", "6.1"), ("city", "growth", "H1-2024", "5.0")]
    assert set(bars(city(TARGETS, rows))) == {"A", "B", "CITY"}


def test_amounts_with_targets_are_drawn_in_per_cent_of_them_and_say_so(city):
    rows = [("a", "stock", "2024-06", "80"), ("b", "stock", "2024-06", "90")]
    made = city({"stock 2024-06": {"a": "160"}}, rows)
    (chart,) = [one for one in charts(made, everything=True)["stock"] if one.bullets]
    assert (chart.title, chart.unit) == ("Actual and target, H1-2024", "in % of target")
    assert [bullet.told for bullet in chart.bullets] == ["✗ 50.0%"]
    assert chart.told.endswith("1 more area is in the table only.")


def test_of_a_flow_in_mid_year_it_is_the_target_to_date(city):
    rows = [
        ("a", "level", "H1-2023", "40"),
        ("a", "level", "2023", "100"),
        ("a", "level", "H1-2024", "45"),
    ]
    (chart,) = shown(city({"level 2024": {"a": "110"}}, rows), "level", "bullets")
    assert chart.unit == "in % of target to date"


def test_halves_of_a_flow_are_compared_with_the_same_half_of_last_year(city):
    rows = [
        ("a", "level", period, value)
        for period, value in (
            ("H1-2022", "30"),
            ("H1-2023", "40"),
            ("H2-2023", "90"),
            ("H1-2024", "45"),
        )
    ]
    made = city("", rows)
    assert lines(made, "level") == {"A": {"H1-2022": 30.0, "H1-2023": 40.0, "H1-2024": 45.0}}
    (chart,) = shown(made, "level", "lines")
    assert chart.title.startswith("Trend of the same period of each year, to H1-2024")


def test_a_silent_district_shows_no_number_of_another_period(city):
    rows = [
        (area, "growth", period, value)
        for area, period, value in (
            ("a", "H1-2024", "5.0"),
            ("a", "H2-2023", "4.0"),
            ("b", "H2-2023", "6.1"),
            ("b", "H1-2023", "6.0"),
        )
    ]
    (chart,) = shown(city(TARGETS, rows), "growth", "lines")
    assert {line.label: line.told for line in chart.lines} == {"A": "5.0", "B": "–"}


def test_among_indicators_an_older_number_has_its_period_beside_it(city):
    rows = [
        ("a", "growth", "H1-2024", "5.0"),
        ("a", "growth", "H2-2023", "4.0"),
        ("a", "stock", "2023-06", "80"),
        ("a", "stock", "2023-12", "90"),
    ]
    dataset = city("", rows).open()
    at = np.array([dataset.indicator_position[name] for name in ("growth", "stock")])
    area = np.full(2, dataset.area_position["a"])
    past = Past.of(dataset, Query.of("H1-2024"), Period.parse("H1-2024"), area, at)
    (chart,) = lines_of(dataset, past, of_areas=False)
    assert [line.told for line in chart.lines] == ["5.0", "90 (H2-2023)"]
    assert [line.label for line in chart.lines] == ["growth (%)", "stock (stations)"]
