"""What stands beside a verdict: the aim beyond a target, the light of a band, who assigned it, its class."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dtrack

MET, MISSED, OPEN, UNKNOWN = "met", "missed", "open", "undetermined"
GREEN, AMBER, RED = "green", "amber", "red"


def with_bands(there, bands="", **of_indicators):
    """The workspace with `[bands] amber` and the bands of single indicators."""
    toml = there.folder / "targets.toml"
    text = toml.read_text(encoding="utf-8")
    for name, line in of_indicators.items():
        text = text.replace(f"[indicators.{name}]\n", f"[indicators.{name}]\n{line}\n", 1)
    head = f'\n[bands]\namber = "{bands}"\n' if bands else ""
    toml.write_text(text + head, encoding="utf-8")
    return there


# Aims


@pytest.mark.parametrize(
    ("indicator", "target", "aim", "actual", "verdict", "of_aim"),
    [
        ("growth", ">=5", "6", "5.5", MET, MISSED),
        ("growth", ">=5", "6", "6.0", MET, MET),
        ("growth", ">=5", "above 6", "6.0", MET, MISSED),
        ("growth", ">=5", "6", "4.9", MISSED, MISSED),
        ("growth", "5", "above 5", "5.0", MET, MISSED),
        ("growth", "5..6", "7", "6.5", MET, MISSED),
        ("growth", "5", "6..7", "6.2", MET, MET),  # of a range the easier end
        ("growth", "5", "6", ">5.5", MET, UNKNOWN),
        ("growth", "undisclosed", "6", "6.5", UNKNOWN, MET),
        ("growth", "undisclosed", "6", "5.5", UNKNOWN, MISSED),
        ("jobless", "<=5", "4.5", "4.8", MET, MISSED),
        ("jobless", "<=5", "4.5", "4.5", MET, MET),
        ("down_growth", "-3", "-4", "-3.5", MET, MISSED),
    ],
)
def test_the_target_decides_and_the_aim_is_a_second_result(
    city, indicator, target, aim, actual, verdict, of_aim
):
    promise = {"value": target, "aim": aim}
    row = city({f"{indicator} 2024": {"a": promise}}, [("a", indicator, "2024", actual)]).row(
        indicator, "2024"
    )
    assert (row.verdict, row.aim, row.aim_verdict) == (verdict, aim, of_aim)
    word = "cannot be assessed" if of_aim == UNKNOWN else of_aim
    assert row.note.endswith(f"aim of {aim}: {word}")


@pytest.mark.parametrize(
    ("actual", "verdict", "of_aim"),
    [("45", MET, MISSED), ("48", MET, MET), ("39", MISSED, MISSED)],
)
def test_an_amount_of_half_a_year_is_held_against_the_aims_share_too(city, actual, verdict, of_aim):
    """40 % of the year fell on the half: of the target of 100 it is 40, of the aim of 120 48."""
    before = {"published": "2024-02-20"}
    rows = [
        ("a", "level", "H1-2023", "40", before),
        ("a", "level", "2023", "100", before),
        ("a", "level", "H1-2024", actual),
    ]
    row = city({"level 2024": {"a": {"value": "100", "aim": "120"}}}, rows).row("level")
    assert (row.verdict, row.aim_verdict) == (verdict, of_aim)


def test_an_aim_before_its_deadline_is_open_and_without_a_figure_not_reported(city):
    promise = {"value": "40", "aim": "45"}
    there = city({"share 2024": {"a": promise, "b": promise}}, [("a", "share", "H1-2024", "42")])
    assert (there.row("share").verdict, there.row("share").aim_verdict) == (MET, OPEN)
    assert there.row("share", area="b").aim_verdict == "not_reported"
    assert there.row("share", area="c").aim_verdict == ""


# Lights

LIGHTS = [  # indicator, band, target, actual, light
    ("growth", "10%", "5", "5.0", GREEN),
    ("growth", "10%", "5", "4.5", AMBER),  # the end of the band is in it
    ("growth", "10%", "5", "4.49", RED),
    ("growth", "0.5pp", "5", "4.5", AMBER),
    ("growth", "0.5pp", "5", "4.4", RED),
    ("growth", "0%", "5", "4.9", RED),
    ("growth", "10%", "above 5", "5.0", AMBER),  # equal is not above
    ("growth", "10%", "-5", "-5.5", AMBER),  # of the goal's absolute value
    ("growth", "10%", "-5", "-5.51", RED),
    ("growth", "10%", "0", "-0.1", RED),
    ("growth", "12.5%", "0.8", "0.7", AMBER),  # 0.1 of 0.8 is just that
    ("growth", "10%", "1.1", "0.99", AMBER),  # in binary 1.1 − 0.99 is more than 0.11
    ("growth", "10%", "5", "<4", RED),  # whatever it is, it is past the band
    ("growth", "10%", "5", "<4.8", ""),  # it may be within and past it
    ("growth", "10%", "5", "4.5..4.8", AMBER),
    ("growth", "10%", "5", "4..4.8", ""),
    ("growth", "10%", "5", "<=4.5", ""),
    ("growth", "10%", "5", "<4.5", RED),
    ("jobless", "10%", "5", "5.5", AMBER),
    ("jobless", "10%", "5", "5.51", RED),
    ("jobless", "0.5pp", "5", "5", GREEN),
    ("stock", "10%", "100", "90", AMBER),
    ("stock", "10%", "100", "89", RED),
    ("level", "2.5%", "1000", "975", AMBER),
    ("level", "2.5%", "1000", "974.9", RED),
    ("level", "10%", "1万亿", "9000", AMBER),
    ("growth", "10%", "2±1", "0.9", AMBER),  # of the end that was passed
    ("growth", "10%", "2±1", "3.3", AMBER),
    ("growth", "10%", "2±1", "3.31", RED),
    ("growth", "10%", "2±1", "0.89", RED),
    ("growth", "10%", "undisclosed", "5", ""),
    ("growth", "10%", "assigned", "5", ""),
    ("growth", "10%", "5", "", ""),
]


@pytest.mark.parametrize(("indicator", "band", "target", "actual", "light"), LIGHTS)
def test_the_light_is_told_by_the_band_exactly(city, indicator, band, target, actual, light):
    rows = [("a", indicator, "2024", actual)] if actual else []
    of = {indicator: f'amber = "{band}"'}
    there = with_bands(city({f"{indicator} 2024": {"a": target}}, rows), **of)
    assert there.row(indicator, "2024").light == light


def test_what_is_not_decided_has_no_light_and_without_bands_there_is_none(city):
    rows = [("a", "share", "H1-2024", "39"), ("b", "share", "H1-2024", "41")]
    there = city({"share 2024": {"a": "40", "b": "40"}}, rows)
    assert there.row("share", area="b").light == ""
    with_bands(there, "10%")
    assert there.row("share").verdict == OPEN
    assert there.row("share").light == ""
    assert there.row("share", area="b").light == GREEN


def test_an_indicators_own_band_goes_before_that_of_the_workspace(city):
    rows = [("a", "growth", "2024", "4.6"), ("a", "down_growth", "2024", "4.4")]
    targets = {"growth 2024": {"a": "5"}, "down_growth 2024": {"a": "4"}}
    there = with_bands(city(targets, rows), "0.3pp", down_growth='amber = "10%"')
    assert there.row("growth", "2024").light == RED
    assert there.row("down_growth", "2024").light == AMBER


def test_a_band_in_points_says_nothing_of_amounts_and_stocks(city):
    rows = [("a", "stock", "2024", "99"), ("a", "growth", "2024", "4.9")]
    there = with_bands(city({"stock 2024": {"a": "100"}, "growth 2024": {"a": "5"}}, rows), "1pp")
    assert there.row("stock", "2024").light == ""
    assert there.row("growth", "2024").light == AMBER


decimals = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-5000, 5000),
    st.integers(0, 3),
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(goal=decimals, actual=decimals, band=st.integers(0, 400), down=st.booleans())
def test_lights_are_those_of_exact_decimals(build, tmp_path_factory, goal, actual, band, down):
    """The rule once more in exact decimals: short by no more than the band's part of the goal's size."""
    name = "down_growth" if down else "growth"
    size = Decimal(band) / 10
    there = build(
        tmp_path_factory.mktemp("w"),
        {f"{name} 2024": {"a": f"{goal:f}"}},
        [("a", name, "2024", f"{actual:f}")],
    )
    short = (actual - goal) * (1 if down else -1)
    expected = GREEN if short <= 0 else AMBER if short * 100 <= abs(goal) * size else RED
    assert with_bands(there, f"{size}%").row(name, "2024").light == expected


def test_the_light_stands_beside_the_verdict_with_a_sign_and_a_word(run, city):
    rows = [
        ("a", "growth", "2024", "4.9"),
        ("b", "growth", "2024", "4"),
        ("c", "growth", "2024", "6"),
    ]
    there = with_bands(city({"growth 2024": dict.fromkeys("abc", "5")}, rows), "10%").folder
    said = run("report --half 2024 -i growth", at=there).out
    for told in ("✗ missed  ▲ amber", "✗ missed  ■ red", "✓ met     ● green"):
        assert told in said
    assert "Lights: 1 green, 1 amber, 1 red." in run("brief --half 2024 -i growth", at=there).out
    told = run("why a growth 2024", at=there).out
    assert "amber, with a band of 10% of the goal" in told
    header = run("report --half 2024 --format csv", at=there).out.splitlines()[0]
    assert header.endswith(",light,aim,aim_verdict")


# Assigned targets and classes


def test_an_assigned_target_is_undetermined_or_as_its_source_states(city):
    targets = {
        "growth 2024": {
            "a": {"value": "assigned", "by": "city"},
            "b": {"value": "assigned", "by": "the province", "stated": "missed"},
            "c": "assigned",
        }
    }
    rows = [(area, "growth", "2024", "5") for area in "abc"]
    there = city(targets, rows)
    told = {area: there.row("growth", "2024", area) for area in "abc"}
    assert (told["a"].verdict, told["a"].basis) == (UNKNOWN, "computed")
    assert told["a"].note == "assigned by CITY; its value is not available here"
    assert (told["b"].verdict, told["b"].basis) == (MISSED, "stated")
    assert told["b"].note == (
        "assessment as published by Bureau, 2024-07-20; assigned by the province; "
        "its value is not available here"
    )
    assert told["c"].note == "assigned by a higher level; its value is not available here"
    assert there.row("growth", "2024", "a").target is None


def test_binding_and_expected_targets_are_counted_apart(run, city):
    held = {"value": "5", "class": "binding"}
    targets = {
        "growth 2024": {"a": held, "b": held, "c": {"value": "5", "class": "expected"}, "d": "5"}
    }
    rows = [(area, "growth", "2024", value) for area, value in zip("abcd", "4664", strict=True)]
    there = city(targets, rows).folder
    told = run("report --half 2024 -i growth", at=there).out
    assert "2 missed, 2 met. Binding targets: 1 missed, 1 met." in told
    assert "Targets that are expected, not binding: 1 met." in told
    assert "Binding targets: 1 missed, 1 met." in run("brief --half 2024 -i growth", at=there).out


def test_an_indicators_class_is_that_of_its_targets_unless_they_say_another(run, city):
    targets = {"growth 2024": {"a": "5", "b": {"value": "5", "class": "expected"}}}
    there = with_bands(city(targets, []), growth='class = "binding"').folder
    rows = run("targets --format csv", at=there).rows
    assert {row["area"]: row["class"] for row in rows} == {"a": "binding", "b": "expected"}


def test_what_stands_beside_targets_is_listed_and_exported(run, city):
    targets = {
        "growth 2024": {
            "a": {"value": ">=5", "aim": "6", "class": "binding"},
            "b": {"value": "2..3", "both": True},
            "c": {"value": "assigned", "by": "city"},
        }
    }
    there = city(targets, []).folder
    keys = ("both", "aim", "by", "class")
    rows = run("targets --format csv", at=there).rows
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("false", "6", "", "binding"),
        ("true", "", "", ""),
        ("false", "", "city", ""),
    ]
    assert run("export --sdmx x.csv", at=there).code == 0
    text = (there / "x.csv").read_text(encoding="utf-8")
    for told in ("aim: 6; class: binding", "both ends count: yes", "assigned by: city"):
        assert told in text


def test_a_faulty_aim_leaves_its_cell_undetermined_and_stops_the_report(run, city):
    targets = {"growth 2024": {"a": {"value": "5", "aim": "4"}, "b": "5"}}
    there = city(targets, [("a", "growth", "2024", "6"), ("b", "growth", "2024", "6")])
    said = run("report --half 2024", at=there.folder)
    assert said.code == 3
    assert "targets.toml: targets.growth.2024.a.aim" in said.out + said.err
    rows = dtrack.open(there.folder).assess("2024", set_aside=True).set_index(["area", "indicator"])
    assert rows.loc[("a", "growth"), "verdict"] == UNKNOWN
    assert rows.loc[("a", "growth"), "aim_verdict"] == UNKNOWN
    assert rows.loc[("b", "growth"), "verdict"] == MET
