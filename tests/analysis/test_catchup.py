"""`catchup`: what the rest of the year must bring. needed = (G − s·g) / (1 − s), docs/formulas.py §3 and §4.

The asserted numbers are those of the formulas: last year 470 of 1000 in the first half, so s = 0.47.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtrack.analysis.catchup import needed_growth
from support.workspaces import ROOT, plain

SYMPOSIUM = ROOT / "examples/symposium"
COLUMNS = (
    "period,area,indicator,target,actual,share,needed,needed_low,needed_high,change,reached,of,note"
)
NUMBERS = ("target", "actual", "share", "needed", "needed_low", "needed_high", "change")
OLD, NEW = {"published": "2024-02-20"}, {"published": "2025-02-20"}
LEVELS = [("a", "level", "H1-2023", "470", OLD), ("a", "level", "2023", "1000", OLD)]
GROWTH = ("a", "growth", "H1-2024", "4.6")
AIM = {"growth 2024": {"a": "5.0"}}
MIXED = "weights at current prices, growth at constant prices"


def past(*halves: tuple[str, str], indicator: str = "growth"):
    return [("a", indicator, half, value, {"published": "2024-01-20"}) for half, value in halves]


@pytest.fixture
def row(city):
    """row(targets, rows, period): the only row of area a and the indicator, empty cells as None."""

    def ask(targets, rows, period="H1-2024", indicator="growth", breaks=None, **options):
        frame = city(targets, rows, breaks=breaks).open().catchup(period, **options)
        hits = frame[(frame["area"] == "a") & (frame["indicator"] == indicator)]
        assert len(hits) == 1
        return {str(name): plain(cell) for name, cell in hits.iloc[0].items()}

    return ask


# The formulas


@pytest.mark.parametrize(
    ("target", "so_far", "share", "needed"),
    [
        (5.0, 4.6, 0.47, 5.3547),
        (5.0, 4.6, 0.5, 5.4),
        (5.0, 5.2, 0.47, 4.8226),
        (5.0, 5.0, 0.47, 5.0),
    ],
    ids=["the worked example", "the mental rule 2G−g", "what H2 was", "on target stays on target"],
)
def test_the_growth_of_the_rest(target, so_far, share, needed):
    assert needed_growth(target, so_far, share) == pytest.approx(needed, abs=5e-5)


def test_the_worked_example_through_a_workspace(row):
    told = row(AIM, [GROWTH, *LEVELS])
    assert told["target"], told["actual"] == (5.0, 4.6)
    assert told["share"] == pytest.approx(0.47)
    assert told["needed"] == pytest.approx(5.3547, abs=5e-5)
    assert (round(told["needed_low"], 2), round(told["needed_high"], 2)) == (5.31, 5.40)
    assert told["change"] == pytest.approx(0.7547, abs=5e-5)


def test_the_proof_by_levels_470_and_530(row):
    needed = row(AIM, [GROWTH, *LEVELS])["needed"]
    assert 470 * 1.046 + 530 * (1 + needed / 100) == pytest.approx(1050, abs=1e-9)


def test_what_the_second_half_was_once_the_year_is_known(row):
    rows = [
        ("a", "growth", "H1-2024", "5.2"),
        ("a", "growth", "2024", "5.0", {"published": "2025-01-20"}),
        *LEVELS,
    ]
    assert row(AIM, rows, "2024")["needed"] == pytest.approx(4.8226, abs=5e-5)
    assert row({}, rows, "2024")["needed"] == pytest.approx(
        4.8226, abs=5e-5
    )  # a year's target is not needed for it


def test_a_year_without_its_first_half_keeps_its_row_and_says_so(row):
    told = row(AIM, [("a", "growth", "2024", "5.0", {"published": "2025-01-20"}), *LEVELS], "2024")
    assert told["needed"] is None
    assert "H1-2024" in told["note"]


# The share of last year


def test_without_levels_nothing_is_guessed_and_the_remedy_is_told(row):
    told = row(AIM, [GROWTH])
    assert [told[name] for name in ("share", "needed", "needed_low", "needed_high", "change")] == [
        None
    ] * 5
    assert "H1-2023 and 2023" in told["note"]
    assert "--assume-half" in told["note"]


def test_assume_half_takes_one_half_and_says_so(row):
    told = row(AIM, [GROWTH], assume_half=True)
    assert (told["share"], told["needed"]) == (0.5, pytest.approx(5.4))
    assert "assumed" in told["note"]


def test_assume_half_leaves_a_known_share_alone(row):
    told = row(AIM, [GROWTH, *LEVELS], assume_half=True)
    assert told["share"] == pytest.approx(0.47)
    assert "assumed" not in told["note"]


@pytest.mark.parametrize(
    ("levels", "share"),
    [
        ([("a", "level", "H1-2023", "470", OLD), ("a", "level", "2023", "1000", NEW)], None),
        ([*LEVELS, ("a", "level", "2023", "1200", NEW)], 0.47),
        (
            [*LEVELS, ("a", "level", "2023", "1200", NEW), ("a", "level", "H1-2023", "540", NEW)],
            0.45,
        ),
    ],
    ids=["half before, year after the break", "both before, one after", "both after the break"],
)
def test_both_levels_stand_on_one_side_of_a_break(row, levels, share):
    told = row(AIM, [GROWTH, *levels], breaks={"level": "2025-01-01"})
    assert told["share"] == (share and pytest.approx(share))


def test_levels_not_known_by_the_day_are_not_used(row):
    assert row(AIM, [GROWTH, *LEVELS], as_of="2024-07-31")["share"] == pytest.approx(0.47)
    assert (
        row(
            AIM,
            [GROWTH, ("a", "level", "H1-2023", "470", OLD), ("a", "level", "2023", "1000", NEW)],
            as_of="2024-07-31",
        )["share"]
        is None
    )


# What cannot be computed keeps its row


@pytest.mark.parametrize(
    ("rows", "promise", "word"),
    [
        (LEVELS, "5.0", "no exact figure for H1-2024"),
        ([("a", "growth", "H1-2024", ">4.6"), *LEVELS], "5.0", "no exact figure for H1-2024"),
        (
            [("a", "growth", "2024-01..2024-05", "4.6"), *LEVELS],
            "5.0",
            "no exact figure for H1-2024",
        ),
        ([GROWTH, *LEVELS], "undisclosed", "target value not published"),
    ],
    ids=["not reported", "a bound", "January to May", "undisclosed target"],
)
def test_an_empty_row_says_why(row, rows, promise, word):
    told = row({"growth 2024": {"a": promise}}, rows)
    assert told["needed"] is None
    assert word in told["note"]


@pytest.mark.parametrize("target", ["4.6", "5.0"])
def test_a_year_that_ended_in_june_leaves_nothing_to_grow(row, target):
    levels = [("a", "level", period, "100", OLD) for period in ("H1-2023", "2023")]
    told = row({"growth 2024": {"a": target}}, [GROWTH, *levels])
    assert [told[name] for name in ("needed", "needed_low", "needed_high", "change")] == [None] * 4
    assert told["note"].replace(MIXED, "")


def test_a_soft_figure_has_a_needed_growth_and_no_band(row):
    told = row(AIM, [("a", "growth", "H1-2024", "around 4.6"), *LEVELS])
    assert told["needed"] == pytest.approx(5.3547, abs=5e-5)
    assert (told["needed_low"], told["needed_high"]) == (None, None)


# Past second halves


FOUR = past(("H2-2020", "4.1"), ("H2-2021", "5.9"), ("H2-2022", "5.2"), ("H2-2023", "6.3"))


def test_how_often_past_second_halves_reached_it(row):
    told = row(AIM, [GROWTH, *LEVELS, *FOUR])
    assert (told["reached"], told["of"]) == (2, 4)


@pytest.mark.parametrize("share", ["46.5", "47", "33.3", "48.21"])
@pytest.mark.parametrize("growth", ["6.0", "5.3", "-0.7", "7"])
def test_a_past_half_of_just_what_is_needed_reached_it(row, share, growth):
    levels = [("a", "level", "H1-2023", share, OLD), ("a", "level", "2023", "100", OLD)]
    rows = [("a", "growth", "H1-2024", growth), *past(("H2-2023", growth)), *levels]
    told = row(
        {"growth 2024": {"a": growth}}, rows
    )  # G = g, so exactly that is needed, whatever a float makes of it
    assert (told["needed"], told["reached"], told["of"]) == (pytest.approx(float(growth)), 1, 1)


def test_a_past_half_is_compared_with_what_is_printed(row):
    levels = [("a", "level", "H1-2023", "1", OLD), ("a", "level", "2023", "4", OLD)]
    rows = [
        ("a", "growth", "H1-2024", "4.0"),
        *past(("H2-2022", "5.33"), ("H2-2023", "5.333")),
        *levels,
    ]
    told = row(
        {"growth 2024": {"a": "5.0"}}, rows
    )  # (5 − 1) / 0.75 = 5.3333…, printed as 5.33; beside three decimals 5.333
    assert (told["reached"], told["of"]) == (2, 2)


@pytest.mark.parametrize(("promise", "reached"), [("6", 1), ("above 6", 0)])
def test_what_has_to_be_passed_is_not_reached_by_as_much(row, promise, reached):
    rows = [("a", "growth", "H1-2024", "6.0"), *past(("H2-2023", "6.0")), *LEVELS]
    assert row({"growth 2024": {"a": promise}}, rows)["reached"] == reached


def test_no_past_halves_is_said(row):
    told = row(AIM, [GROWTH, *LEVELS])
    assert (told["reached"], told["of"]) == (None, 0)
    assert "no past halves to compare" in told["note"]


def test_first_halves_bounds_and_this_year_are_no_past_second_halves(row):
    others = [
        *past(("H1-2023", "9.0"), ("H2-2022", ">9"), ("2023", "9.0")),
        ("a", "growth", "H2-2024", "9.0", NEW),
    ]
    assert row(AIM, [GROWTH, *LEVELS, *others])["of"] == 0


def test_lower_is_better_reaches_from_above(row):
    rows = [
        ("a", "down_growth", "H1-2024", "-2.5"),
        *past(("H2-2022", "-3.4"), ("H2-2023", "-3.6"), indicator="down_growth"),
    ]
    told = row({"down_growth 2024": {"a": "-3.0"}}, rows, indicator="down_growth", assume_half=True)
    assert told["needed"] == pytest.approx(-3.5)
    assert (told["reached"], told["of"]) == (1, 2)
    assert told["needed_low"] < told["needed"] < told["needed_high"]


def test_the_rest_after_a_quarter_is_not_compared_with_second_halves(row):
    rows = [
        ("a", "growth", "Q1-2024", "4.6"),
        ("a", "level", "Q1-2023", "230", OLD),
        LEVELS[1],
        *FOUR,
    ]
    told = row(AIM, rows, "Q1-2024")
    assert told["needed"] == pytest.approx((5 - 0.23 * 4.6) / 0.77)
    assert told["reached"] is None


# The command


def test_the_columns_and_four_decimals(run):
    said = run("catchup --half H1-2024 --format csv", at=SYMPOSIUM)
    assert said.out.splitlines()[0] == COLUMNS
    assert all(
        re.fullmatch(r"(-?\d+\.\d{4})?", line[name]) for line in said.rows for name in NUMBERS
    )


def test_the_city_of_the_symposium(run):
    said = run(
        "catchup --half H1-2024 --indicator digital_va_growth --district beijing -f csv",
        at=SYMPOSIUM,
    )
    (line,) = said.rows  # (7.5 − 0.4648 × 7.3) / 0.5352
    got = [
        line[name]
        for name in (
            "target",
            "actual",
            "share",
            "needed",
            "needed_low",
            "needed_high",
            "change",
            "reached",
            "of",
        )
    ]
    assert got == ["7.5000", "7.3000", "0.4648", "7.6737", "7.6303", "7.7171", "0.3737", "0", "1"]


def test_the_target_in_force_in_june_counts_not_the_one_set_in_september(run):
    (line,) = run(
        "catchup --half H1-2024 -i digital_va_growth -d huairou -f csv", at=SYMPOSIUM
    ).rows
    assert (line["target"], line["needed"]) == ("7.0000", "7.2404")


def test_the_table_shows_band_and_past(run):
    said = run("catchup --half H1-2024 -i digital_va_growth -d beijing", at=SYMPOSIUM)
    assert "7.63 to 7.72" in said.out
    assert "achieved in 0 of 1" in said.out
    assert "illustrative" in said.out


@pytest.mark.parametrize("period", ["H2-2024", "Q2-2024", "2024-06", "2026..2030"])
def test_only_what_begins_in_january_can_be_caught_up(run, period):
    said = run(f"catchup --half {period}", at=SYMPOSIUM)
    assert said.code == 2
    assert "January" in said.err


def test_nothing_known_is_still_exit_0(run):
    said = run("catchup --half H1-2024 -d fangshan -i digital_va_growth -f csv", at=SYMPOSIUM)
    assert said.code == 0
    assert said.rows[0]["needed"] == ""
    assert said.rows[0]["note"]


YEAR = ("growth", "level", "share", "stock")


@pytest.mark.parametrize(
    ("words", "untold"),
    [
        ("-i level", "level"),
        ("-i share -i stock", "share, stock"),
        ("", "level, share, stock"),
        ("-i growth", ""),
        ("-d b", ""),
    ],
)
def test_of_a_whole_year_it_says_what_it_does_not_tell(city, run, words, untold):
    made = city(
        {f"{name} 2024": {"a": "5"} for name in YEAR},
        [("a", name, period, "5") for name in YEAR for period in ("H1-2024", "2024")],
    )
    said = run(f"catchup --period 2024 {words}", at=made.folder).out
    told = "For a whole year the second half is shown for growth only, not for "
    assert (f"{told}{untold}." in said) == bool(untold)
    assert (told in said) == bool(untold)
    assert ("Nothing to show" in said) == (words == "-d b")


# Laws


tenths = st.integers(-100, 200).map(lambda n: f"{n / 10:.1f}")
levels = st.integers(1, 10**6)


@given(first=levels, second=levels, so_far=tenths.map(float), target=tenths.map(float))
def test_the_growth_needed_gives_exactly_the_target(first, second, so_far, target):
    rest = needed_growth(target, so_far, first / (first + second))
    total = first * (1 + so_far / 100) + second * (1 + rest / 100)
    assert total / (first + second) * 100 - 100 == pytest.approx(
        target, abs=1e-9 * max(1, first / second)
    )


@settings(max_examples=15, deadline=None)
@given(first=st.integers(1, 999), so_far=tenths, target=tenths, scale=st.sampled_from([1, 3, 1000]))
def test_a_workspace_gives_exactly_the_target_whatever_the_money(
    build, first, so_far, target, scale
):
    money = [
        ("a", "level", "H1-2023", str(first * scale), OLD),
        ("a", "level", "2023", str(1000 * scale), OLD),
    ]
    with tempfile.TemporaryDirectory() as folder:
        frame = (
            build(
                Path(folder),
                {"growth 2024": {"a": target}},
                [("a", "growth", "H1-2024", so_far), *money],
            )
            .open()
            .catchup("H1-2024")
        )
    (needed,) = frame["needed"]
    total = first * (1 + float(so_far) / 100) + (1000 - first) * (1 + needed / 100)
    assert total / 10 - 100 == pytest.approx(float(target), abs=1e-9)


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_the_order_of_rows_never_matters(build, data):
    rows = [GROWTH, *LEVELS, *FOUR, ("b", "growth", "H1-2024", "3.9")]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = build(Path(one), AIM, rows).open().catchup("H1-2024")
        second = build(Path(two), AIM, data.draw(st.permutations(rows))).open().catchup("H1-2024")
    pd.testing.assert_frame_equal(first, second)
