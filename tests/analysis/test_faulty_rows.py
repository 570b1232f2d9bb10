"""What a review found and was mended, each as a small specification: faulty rows, units, pace, breaks, areas.

A row that cannot be read may be the very figure that turns a verdict. It never leaves behind an older figure's *met*.
"""

from __future__ import annotations

import pytest

from support.workspaces import FILLER

GROWTH_OF_5 = {"growth 2024": {"a": "5"}}
LEVEL_OF_100 = {"level 2024": {"a": "100"}}


def found(city, code):
    """The findings of that code in the workspace."""
    return [finding for finding in city.open().findings if finding.code == code]


def edited(city, name, old, new):
    """The workspace with one piece of a file's text changed."""
    text = (city.folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"“{old}” stands once in {name}"
    (city.folder / name).write_text(text.replace(old, new), encoding="utf-8", newline="")
    return city


# Two figures of one day


def test_blank_prices_and_the_indicators_own_prices_are_one_basis(city):
    rows = [
        ("a", "growth", "H1-2024", "4.8"),
        ("a", "growth", "H1-2024", "5.2", {"prices": "constant"}),
    ]
    (finding,) = found(city(GROWTH_OF_5, rows), "conflicting-figures")
    assert (finding.severity, finding.area, finding.period) == ("error", "a", "H1-2024")


def test_two_price_bases_of_one_day_are_no_conflict(city):
    rows = [
        ("a", "growth", "H1-2024", "4.8"),
        ("a", "growth", "H1-2024", "5.2", {"prices": "current"}),
    ]
    assert found(city(GROWTH_OF_5, rows), "conflicting-figures") == []


# Units


@pytest.mark.parametrize(
    ("unit", "scale", "base"),
    [
        ("亿元", 8, "元"),
        ("万人", 4, "人"),
        ("Million CNY", 6, "CNY"),
        ("CNY 100 million", 8, "CNY"),
        ("100 million CNY", 8, "CNY"),
        ("10 thousand TEU", 4, "TEU"),
        ("stations per 10 thousand people", 0, "stations per 10 thousand people"),
        ("千瓦", 0, "千瓦"),
        ("stations", 0, "stations"),
    ],
)
def test_the_power_of_ten_in_a_unit(unit, scale, base):
    from dtrack.model.entities import Indicator

    indicator = Indicator("x", {"en": "x"}, "stock", unit, "up")
    assert (indicator.scale, indicator.base_unit) == (scale, base)


@pytest.mark.parametrize("unit", ["亿元", "CNY 100 million"])
def test_a_scale_word_in_a_figure_is_read_in_the_unit(city, unit):
    made = city({"level 2024": {"a": "5000"}}, [("a", "level", "2024", "4800亿")])
    row = edited(made, "targets.toml", '"100 million CNY"', f'"{unit}"').row("level", "2024")
    assert (row.actual, row.target, row.gap, row.verdict) == (4800, 5000, -200, "missed")


def test_goods_counted_by_the_ten_thousand_need_no_prices(city):
    boxes = '\n[indicators.boxes]\nname = "Boxes"\nkind = "flow"\nbetter = "up"\nunit = "{}"\n'
    assert found(city(boxes.format("10 thousand TEU")), "key-missing") == []
    assert [
        finding.column for finding in found(city(boxes.format("10 thousand yuan")), "key-missing")
    ] == ["indicators.boxes.prices"]


# Excluded: what cannot be read may be the figure that counts


@pytest.mark.parametrize("as_of", [None, "2024-08-01"])
def test_an_edition_with_an_unreadable_day_may_be_the_newest(city, as_of):
    rows = [
        ("a", "growth", "H1-2024", "6.0"),
        ("a", "growth", "H1-2024", "4.0", {"published": "2024-13-45"}),
    ]
    row = city(GROWTH_OF_5, rows).row("growth", set_aside=True, as_of=as_of)
    assert (row.verdict, row.gap, row.sure) == ("undetermined", None, False)


@pytest.mark.parametrize("as_of", [None, "2024-08-01"])
def test_a_row_whose_period_cannot_be_read_may_be_the_missing_figure(city, as_of):
    made = city(
        GROWTH_OF_5 | {"share 2024": {"a": "5"}}, [("a", "growth", "H3-2024", "6.0"), FILLER]
    )
    assert made.row("growth", set_aside=True, as_of=as_of).verdict == "undetermined"
    assert (
        made.row("share", set_aside=True, as_of=as_of).verdict == "not_reported"
    )  # nothing is lost there


@pytest.mark.parametrize(
    ("status", "goal", "verdict"),
    [("final", 50.4, "missed"), ("guess", 50.0, "undetermined")],
    ids=["known", "unknown"],
)
def test_a_row_with_an_unknown_status_is_no_level_of_last_year(city, status, goal, verdict):
    last_year = [
        ("a", "level", "H1-2023", "50.4", {"status": status}),
        ("a", "level", "2023", "100.0"),
    ]
    row = city(LEVEL_OF_100, [*last_year, ("a", "level", "H1-2024", "50.0")]).row(
        "level", set_aside=True
    )
    assert (row.goal, row.verdict) == (goal, verdict)


@pytest.mark.parametrize(
    ("status", "versus"), [("final", 1.5), ("guess", None)], ids=["known", "unknown"]
)
def test_a_row_with_an_unknown_status_is_not_the_citys_figure(city, status, versus):
    rows = [
        ("a", "growth", "H1-2024", "6.0"),
        ("city", "growth", "H1-2024", "4.5", {"status": status}),
    ]
    assert city(GROWTH_OF_5, rows).row("growth", set_aside=True).vs_city == versus


@pytest.mark.parametrize("as_of", [None, "2024-08-01"])
def test_a_target_with_an_unreadable_day_may_be_the_one_in_force(city, as_of):
    made = city(
        {"growth 2024": {"a": [{"value": "5"}, {"value": "7", "set": "soon"}]}},
        [("a", "growth", "H1-2024", "6.0")],
    )
    assert made.row("growth", set_aside=True, as_of=as_of).verdict == "undetermined"


# Pace


def test_the_goal_of_half_a_year_keeps_the_decimals_of_last_years_levels(city):
    last_year = [("a", "level", "H1-2023", "50.4"), ("a", "level", "2023", "100.0")]
    row = city(LEVEL_OF_100, [*last_year, ("a", "level", "H1-2024", "50")]).row("level")
    assert (row.goal, row.gap, row.verdict, row.sure) == (50.4, -0.4, "missed", False)
    assert "50.4% of the year in 2023" in row.note


def test_a_part_larger_than_its_year_is_no_pace(city):
    last_year = [("a", "level", "H1-2023", "150.0"), ("a", "level", "2023", "100.0")]
    row = city(LEVEL_OF_100, [*last_year, ("a", "level", "H1-2024", "53.0")]).row("level")
    assert (row.goal, row.gap, row.verdict) == (50.0, 3.0, "undetermined")  # 100 × 6/12
    assert "6/12" in row.note


# The folder of figures


def test_a_file_in_capitals_is_read(city):
    made = city(GROWTH_OF_5, [("a", "growth", "H1-2024", "4.8")])
    (made.folder / "data/actuals/part-0.csv").rename(made.folder / "data/actuals/DISTRICTB.CSV")
    assert made.row("growth").actual == 4.8
    assert made.open().findings == ()


def test_a_workbook_among_the_figures_is_told(city):
    made = city(GROWTH_OF_5, [("a", "growth", "H1-2024", "4.8")])
    (made.folder / "data/actuals/districts.xlsx").write_bytes(b"PK")
    (finding,) = found(made, "file-ignored")
    assert (finding.file, finding.severity) == ("data/actuals/districts.xlsx", "warning")
    assert made.row("growth").verdict == "missed"  # and stops nothing


def test_a_sheet_of_blank_rows_has_no_rows(city):
    made = city(GROWTH_OF_5, [("a", "growth", "H1-2024", "4.8")])
    head = "area,indicator,period,value,status,published,source,note\n"
    (made.folder / "data/actuals/blank.csv").write_text(head + ",,,,,,,\n" * 3, encoding="utf-8")
    assert [finding.file for finding in found(made, "no-rows")] == ["data/actuals/blank.csv"]


def test_an_undated_figure_is_not_used_with_as_of_and_says_so(city):
    made = city(GROWTH_OF_5, [("a", "growth", "H1-2024", "6.0", {"published": ""})])
    row = made.row("growth", as_of="2024-08-01")
    assert (row.verdict, row.actual) == ("not_reported", None)
    assert "an undated figure is not used with --as-of" in row.note
    assert made.row("growth").verdict == "met"


# Breaks


def test_a_break_has_a_day(city):
    made = edited(
        city(LEVEL_OF_100, breaks={"level": "2025-01-01"}), "targets.toml", "at = 2025-01-01, ", ""
    )
    assert [finding.column for finding in found(made, "key-missing")] == [
        "indicators.level.breaks[0].at"
    ]


@pytest.mark.parametrize("indicator", ["level", "stock"])
@pytest.mark.parametrize(
    ("set_on", "published", "verdict"),
    [
        ("2024-06-15", "2024-05-20", "undetermined"),
        ("2024-05-15", "2024-05-20", "missed"),
        ("2024-06-15", "2024-06-20", "missed"),
    ],
    ids=["the break between them", "both before", "both after"],
)
def test_a_target_set_after_a_break_does_not_judge_a_level_from_before_it(
    city, indicator, set_on, published, verdict
):
    promise = {f"{indicator} H1-2024": {"a": {"value": "100", "set": set_on}}}
    rows = [("a", indicator, "H1-2024", "90", {"published": published})]
    row = city(promise, rows, breaks={indicator: "2024-06-01"}).row(indicator)
    assert (row.verdict, row.gap) == (verdict, -10 if verdict == "missed" else None)
    assert ("on two sides of the break in series of 2024-06-01" in row.note) == (
        verdict == "undetermined"
    )


# Values


def test_a_figure_cannot_be_undisclosed(city):
    made = city(GROWTH_OF_5, [("a", "growth", "H1-2024", "undisclosed")])
    assert [(finding.file, finding.line) for finding in found(made, "not-a-number")] == [
        ("data/actuals/part-0.csv", 2)
    ]


def test_a_list_without_a_target_is_told(city):
    (finding,) = found(city("\n[targets.growth.2024]\na = []\n"), "bad-value")
    assert (finding.column, finding.area, finding.severity) == (
        "targets.growth.2024.a",
        "a",
        "error",
    )


@pytest.mark.parametrize(
    "line", ["a = 5 # not 0x5", "a = 5 # a = 0x5", 'a = 5\nb = { value = "5", source = "s=0x5" }']
)
def test_a_number_is_read_whatever_stands_in_a_comment(city, line):
    made = city(f"\n[targets.growth.2024]\n{line}\n", [("a", "growth", "H1-2024", "4.8")])
    assert found(made, "not-a-number") == []
    assert made.row("growth").target == 5


def test_a_number_in_another_base_is_told(city):
    (finding,) = found(city("\n[targets.growth.2024]\na = 0x5\n"), "not-a-number")
    assert finding.column == "targets.growth.2024.a"


# The tree of areas


@pytest.mark.parametrize(
    ("changes", "area", "says"),
    [
        ({"a": "b", "b": "a"}, "b", "b descends from itself"),
        ({"c": "c"}, "c", "c descends from itself"),
        ({"d": ""}, "d", "d has no parent"),
        ({"city": "d", "d": ""}, "city", "the city city has a parent, d"),
    ],
    ids=["a circle of parents", "its own parent", "a second root", "a city with a parent"],
)
def test_the_areas_are_a_tree_with_the_city_at_its_root(city, changes, area, says):
    made = city(GROWTH_OF_5)
    for name, parent in changes.items():
        before = "" if name == "city" else "city"
        edited(made, "data/areas.csv", f"\n{name},,{before},", f"\n{name},,{parent},")
    told = {finding.area: finding.sentence for finding in found(made, "area-tree")}
    assert told[area].startswith(says)


def test_a_sound_tree_is_told_nothing(city):
    assert found(city(GROWTH_OF_5), "area-tree") == []
