"""The truth table: what was promised, what was reported, which way is better, and what follows from it.

Read a row aloud: "the promise was 5, the figure is 5.0, higher is better: met, but not surely".
The verdict compares with the number printed in the target, whatever the wording; only *above* (*below*) needs more.
`sure` says that the rounding of the published figure cannot change the verdict.
"""

from __future__ import annotations

import math

import pytest

COLUMNS = (
    "period,area,area_code,area_name,indicator,indicator_name,unit,target,target_text,target_period,target_set,"
    "target_source,goal,actual,actual_text,actual_period,status,published,source,gap,gap_unit,verdict,sure,basis,"
    "vs_city,note,percent_of_target,percent_of_time,light,aim,aim_verdict"
)
MET, MISSED, UNKNOWN = "met", "missed", "undetermined"
SURE, UNSURE = True, False
UP, DOWN = "up", "down"

FORMULAS = [  # shared/formulas.py §2, every row
    ("5", "5.0", UP, MET, UNSURE),  # 5.0 may have been 4.95
    ("5", "5.1", UP, MET, SURE),
    ("5", "4.9", UP, MISSED, SURE),
    ("5.0", "4.96", UP, MISSED, SURE),  # 4.96 is not 5.0, however near
    ("above 5", "5.0", UP, MISSED, UNSURE),
    ("around 5", "4.8", UP, MISSED, SURE),  # no silent tolerance
    ("5..5.5", "5.6", UP, MET, SURE),
    ("10", "above 10", UP, MET, SURE),
    ("12", "above 10", UP, UNKNOWN, UNSURE),
    ("600", "nearly 600", UP, MISSED, SURE),
    ("above 5", "above 5", UP, MET, SURE),
    ("above 5", "at least 5", UP, UNKNOWN, UNSURE),
    ("5", "around 5", UP, MET, UNSURE),
    ("3.5", "3.1", DOWN, MET, SURE),
    ("at most 3.5", "3.5", DOWN, MET, UNSURE),
    ("3..3.5", "3.6", DOWN, MISSED, SURE),
    ("4.95", "4.9", UP, MISSED, UNSURE),  # 4.9 may have been 4.95
    ("-2.5", "-3.1", DOWN, MET, SURE),
    ("at most 3", "above 4", DOWN, MISSED, SURE),
    ("at most 3", "nearly 3", DOWN, MET, SURE),
]
ROUNDING = [  # how far the last published digit reaches
    ("4.6", "5", UP, MET, UNSURE),  # 5 is 4.5 to 5.5
    ("4.5", "5", UP, MET, SURE),  # 4.5 itself would still be met
    ("above 4.5", "5", UP, MET, UNSURE),  # 4.5 itself would not
    ("5.5", "5", UP, MISSED, UNSURE),
    ("5.6", "5", UP, MISSED, SURE),
    ("5.5", "5", DOWN, MET, SURE),
    ("4.5", "5", DOWN, MISSED, UNSURE),
    ("5", "5", UP, MET, UNSURE),
    ("5", "5.00", UP, MET, UNSURE),
    ("5.00", "5", UP, MET, UNSURE),
    ("5.0", "5.05", UP, MET, SURE),  # 5.045 at least
    ("5.05", "5.04", UP, MISSED, SURE),  # 5.045 at most
]
TARGET_WORDINGS = [  # the English word or sign before, the Chinese before or after; all printed numbers count alike
    *[
        (text, "5.0", UP, MET, UNSURE)
        for text in ("at least 5", ">=5", "≥5", "≥ 5", "5以上", "5%以上", "不低于5")
    ],
    *[
        (text, "5.0", UP, MISSED, UNSURE)
        for text in ("above 5", ">5", "> 5", "超5", "超过5%", "突破5", "高于5")
    ],
    *[
        (text, "5.0", UP, MET, UNSURE)
        for text in ("around 5", "~5", "5左右", "5%左右", "约5", "nearly 5", "近5")
    ],
    *[
        (text, "4.9", UP, MISSED, SURE)
        for text in ("around 5", "~5", "5左右", "约5", "nearly 5", "近5", "5 %", "5%")
    ],
    *[
        (text, "3.0", DOWN, MET, UNSURE)
        for text in ("at most 3", "<=3", "≤3", "3%以下", "不超过3", "around 3")
    ],
    *[
        (text, "3.1", DOWN, MISSED, SURE)
        for text in ("at most 3", "<=3", "≤3", "3以下", "不超过3", "around 3")
    ],
    *[(text, "3.0", DOWN, MISSED, UNSURE) for text in ("below 3", "<3", "< 3", "低于3")],
    ("below 3", "2.9", DOWN, MET, SURE),
    ("at most 5", "6.0", UP, MET, SURE),  # the wording never decides the direction
    ("at most 5", "4.0", UP, MISSED, SURE),
    ("at least 5", "4.0", DOWN, MET, SURE),
    ("at least 5", "6.0", DOWN, MISSED, SURE),
]
RANGES = [  # a range is met from its easier end
    ("4.5..5", "4.6", UP, MET, SURE),
    ("4.5..5", "4.5", UP, MET, UNSURE),
    ("4.5..5", "4.4", UP, MISSED, SURE),
    ("4.5—5", "4.5", UP, MET, UNSURE),
    ("4.5—5", "4.4", UP, MISSED, SURE),
    ("4.5..5", "5.0", DOWN, MET, UNSURE),
    ("4.5..5", "4.7", DOWN, MET, SURE),
    ("4.5..5", "5.1", DOWN, MISSED, SURE),
    ("-3..-2", "-2.9", UP, MET, SURE),
    ("-3..-2", "-3.1", UP, MISSED, SURE),
    ("-3..-2.5", "-2.6", DOWN, MET, SURE),
    ("-3..-2.5", "-2.4", DOWN, MISSED, SURE),
]
BOUNDED_ACTUALS = [  # a bound reaches to its number and not an inch further; a figure "around N" is N and never sure
    *[
        ("10", text, UP, MET, SURE)
        for text in ("at least 10", ">=10", "10以上", "10%以上", ">10", "超10", "突破10")
    ],
    *[("above 10", text, UP, MET, SURE) for text in ("above 10", ">10", "超过10", "高于10")],
    *[("above 10", text, UP, UNKNOWN, UNSURE) for text in ("at least 10", ">=10", "10%以上")],
    *[("10.1", text, UP, UNKNOWN, UNSURE) for text in (">10", ">=10", "10以上")],
    *[("3", text, UP, MISSED, SURE) for text in ("nearly 3", "近3", "below 3", "<3", "低于3")],
    *[("3", text, UP, UNKNOWN, UNSURE) for text in ("at most 3", "<=3", "3以下")],
    *[("3.5", text, UP, MISSED, SURE) for text in ("at most 3", "3以下", "nearly 3", "below 3")],
    *[("2.9", text, UP, UNKNOWN, UNSURE) for text in ("at most 3", "nearly 3", "below 3")],
    *[
        ("at most 3", text, DOWN, MET, SURE)
        for text in ("at most 3", "3以下", "below 3", "nearly 3")
    ],
    *[("below 3", text, DOWN, MET, SURE) for text in ("below 3", "nearly 3")],
    *[("below 3", text, DOWN, UNKNOWN, UNSURE) for text in ("at most 3", "<=3")],
    *[("at most 3", text, DOWN, UNKNOWN, UNSURE) for text in ("at least 3", "above 2")],
    *[("at most 3", text, DOWN, MISSED, SURE) for text in ("above 3", ">3")],
    *[("4", text, UP, MET, UNSURE) for text in ("around 5", "~5", "约5", "5左右")],
    ("6", "around 5", UP, MISSED, UNSURE),
    ("above 5", "around 5", UP, MISSED, UNSURE),
    ("4", "4.5..5", UP, MET, SURE),
    ("6", "4.5..5", UP, MISSED, SURE),
    ("4.8", "4.5..5", UP, UNKNOWN, UNSURE),
]
ZERO_AND_NEGATIVE = [
    ("0", "0.0", UP, MET, UNSURE),
    ("0", "-0.0", UP, MET, UNSURE),
    ("0.0", "0.1", UP, MET, SURE),
    ("0", "-0.1", UP, MISSED, SURE),
    ("above 0", "0.0", UP, MISSED, UNSURE),
    ("at most 0", "0.0", DOWN, MET, UNSURE),
    ("0", "0.1", DOWN, MISSED, SURE),
    ("-2.5", "-2.4", UP, MET, SURE),
    ("-2.5", "-2.5", UP, MET, UNSURE),
    ("-2.5", "-3.1", UP, MISSED, SURE),
    ("above -1", "-0.9", UP, MET, SURE),
    ("around -2", "-2.0", UP, MET, UNSURE),
    ("-2.5", "-2.5", DOWN, MET, UNSURE),
    ("-2.5", "-2.4", DOWN, MISSED, SURE),
]
TABLE = FORMULAS + ROUNDING + TARGET_WORDINGS + RANGES + BOUNDED_ACTUALS + ZERO_AND_NEGATIVE


def judged(city, target, actual, indicator="growth"):
    """The row of one district with one promise for the half and one figure for it."""
    return city({f"{indicator} H1-2024": {"a": target}}, [("a", indicator, "H1-2024", actual)]).row(
        indicator
    )


@pytest.mark.parametrize(
    ("target", "actual", "better", "verdict", "sure"),
    TABLE,
    ids=[f"{a} against {t}, {b}" for t, a, b, _, _ in TABLE],
)
def test_truth_table(city, target, actual, better, verdict, sure):
    row = judged(city, target, actual, "growth" if better == UP else "down_growth")
    assert (row.verdict, row.sure, row.basis) == (verdict, sure, "computed")
    assert (row.target_text, row.actual_text) == (target, actual)  # as entered


@pytest.mark.parametrize(
    ("indicator", "target", "actual", "verdict", "sure", "gap"),
    [
        (
            "stock",
            "75000",
            "7.5万",
            MET,
            UNSURE,
            0,
        ),  # 7.5万 is 74,500 to 75,500, as its text was published
        ("stock", "7万", "7.5万", MET, SURE, 5000),
        ("stock", "7.48万", "7.5万", MET, UNSURE, 200),
        ("stock", "7.55万", "7.5万", MISSED, UNSURE, -500),
        ("stock", "7.6万", "7.5万", MISSED, SURE, -1000),
        ("stock", "7.5万", "75000", MET, UNSURE, 0),
        ("stock", "7.5万", "75001", MET, SURE, 1),
        ("stock", "75 thousand", "7.6万", MET, SURE, 1000),
        (
            "level",
            "21600",
            "2.2万亿",
            MET,
            UNSURE,
            400,
        ),  # 2.2万亿 yuan: 22,000 of "100 million CNY", give or take 500
        ("level", "21000", "2.2万亿", MET, SURE, 1000),
        ("level", "2.2万亿", "2.06 trillion", MISSED, SURE, -1400),
        ("level", "20600", "2.06 trillion", MET, UNSURE, 0),
    ],
)
def test_a_scale_word_counts_base_units_and_keeps_its_rounding(
    city, indicator, target, actual, verdict, sure, gap
):
    row = judged(city, target, actual, indicator)
    assert (row.verdict, row.sure, row.gap) == (verdict, sure, gap)


@pytest.mark.parametrize(
    ("indicator", "target", "actual", "gap", "unit"),
    [
        ("growth", "6.0", "5.8", -0.2, "pp"),  # not -0.20000000000000018
        ("growth", "5.0", "4.6", -0.4, "pp"),
        ("growth", "5", "5.0", 0.0, "pp"),
        ("growth", "5.0", "5", 0.0, "pp"),
        ("growth", "5.00", "5.0", 0.0, "pp"),
        ("growth", "0", "-0.0", 0.0, "pp"),
        ("growth", "-2.5", "-3.1", -0.6, "pp"),
        ("growth", "5.25", "5.3", 0.05, "pp"),
        ("growth", "above 5", "5.0", 0.0, "pp"),
        ("growth", "4.5..5", "4.4", -0.1, "pp"),  # from the lower end
        ("down_growth", "4.5..5", "5.1", -0.1, "pp"),  # from the upper end
        (
            "down_growth",
            "-2.5",
            "-3.1",
            0.6,
            "pp",
        ),  # negative is always behind, positive always ahead
        ("down_growth", "3.5", "3.6", -0.1, "pp"),
        ("down_growth", "5", "5.0", 0.0, "pp"),
        ("jobless", "5.0", "5.3", -0.3, "pp"),
        ("level", "400.0", "440.5", 40.5, "100 million CNY"),
        ("stock", "75000", "74000", -1000, "stations"),
        ("growth", "5", "around 4.8", -0.2, "pp"),
    ],
)
def test_gap_is_exact_at_published_precision(city, indicator, target, actual, gap, unit):
    row = judged(city, target, actual, indicator)
    assert (row.gap, row.gap_unit) == (gap, unit)
    assert row.gap != 0 or math.copysign(1, row.gap) == 1  # zero is 0.0, never -0.0


@pytest.mark.parametrize("actual", [">10", ">=10", "10%以上", "超10", "nearly 10", "<10", "10以下"])
def test_a_bound_has_no_gap(city, actual):
    row = judged(city, "9", actual)
    assert (row.gap, row.actual, row.goal) == (None, 10, 9)


@pytest.mark.parametrize(
    ("better", "goal"),
    [("growth", 4.5), ("down_growth", 5.0)],
    ids=["higher is better", "lower is better"],
)
def test_target_column_is_the_lower_end_and_goal_the_easier_end_of_a_range(city, better, goal):
    row = judged(city, "4.5..5", "4.8", better)
    assert (row.target, row.goal, row.target_text) == (4.5, goal, "4.5..5")


# What is not known is said, not guessed.


@pytest.mark.parametrize("stated", ["met", "missed"])
def test_an_undisclosed_target_has_the_verdict_that_was_stated(city, stated):
    row = judged(city, {"value": "undisclosed", "stated": stated}, "7.8")
    assert (row.verdict, row.basis, row.sure) == (stated, "stated", None)
    assert (row.target, row.goal, row.gap, row.target_text, row.actual) == (
        None,
        None,
        None,
        "undisclosed",
        7.8,
    )


def test_an_undisclosed_target_without_a_statement_is_undetermined(city):
    row = judged(city, {"value": "undisclosed"}, "7.8")
    assert (row.verdict, row.target, row.gap) == (UNKNOWN, None, None)
    assert row.sure is not True


def test_beside_a_published_number_the_count_decides_and_the_note_quotes_the_statement(city):
    row = judged(city, {"value": "5", "stated": "missed"}, "5.1")
    assert (row.verdict, row.basis, row.sure) == (MET, "computed", SURE)
    assert "missed" in row.note


def test_a_figure_without_a_target(city):
    row = city("", [("a", "growth", "H1-2024", "5.0")]).row("growth")
    assert (row.verdict, row.sure, row.target, row.goal, row.gap) == (
        "no_target",
        None,
        None,
        None,
        None,
    )
    assert (row.actual, row.actual_text) == (5.0, "5.0")


@pytest.mark.parametrize("target", ["5", "above 5", "undisclosed"])
def test_a_target_without_a_report(city, target):
    row = city({"growth H1-2024": {"a": target}}).row("growth")
    assert (row.verdict, row.sure, row.actual, row.gap, row.actual_text) == (
        "not_reported",
        None,
        None,
        None,
        "",
    )
    assert row.target_text == target


def test_neither_target_nor_figure(city):
    row = city().row("growth")
    assert (row.verdict, row.basis, row.sure, row.target, row.actual) == ("", "", None, None, None)


def test_a_figure_called_missing_is_not_a_report(city):
    row = city(
        {"growth H1-2024": {"a": "5"}}, [("a", "growth", "H1-2024", "", {"status": "missing"})]
    ).row("growth")
    assert (row.verdict, row.actual, row.gap) == ("not_reported", None, None)


def test_one_row_per_area_and_indicator_in_the_columns_of_the_design(city):
    frame = city({"growth 2024": {"a": "5"}}, [("a", "growth", "H1-2024", "5.0")]).frame()
    assert ",".join(frame.columns) == COLUMNS
    assert list(frame["area"].unique()) == ["city", "a", "b", "c", "d", "z"]
    assert len(frame) == 6 * 6 == len(frame.drop_duplicates(["area", "indicator"]))
