"""Figures as large and as small as may be written, side by side: every command tells them, and none ends in a traceback."""

from __future__ import annotations

import re

import pytest

from dtrack.core.units import scale_and_base
from dtrack.i18n.formatting import format_number
from dtrack.model.entities import Indicator
from dtrack.parsing.unit import in_unit, read_unit
from dtrack.reporting.briefing_parts import rounded_decimal
from dtrack.validation.plausibility.number_text import number_text, percent, times

LARGEST, SMALLEST = "999999999999999万亿", "0.000000001"
HALVES = ("H1-2023", "2023", "H1-2024", "2024", "2022")
COMMANDS = [
    "check",
    "report --half H1-2024",
    "report --half H1-2024 -f csv",
    "city --half H1-2024",
    "catchup --half H1-2024",
    "brief --half H1-2024",
    "brief --half H1-2024 --lang fr",
    "status --half H1-2024",
    "path",
    "revisions",
    "gap -d a",
    "why a level H1-2024",
    "why a growth H1-2024",
    "catchup --half 2024",
    "city --half 2024",
    "report --half H1-2024 -f html",
]


@pytest.mark.parametrize(
    ("first", "second"),
    [(SMALLEST, LARGEST), (LARGEST, SMALLEST), (LARGEST, f"-{LARGEST}"), ("0", LARGEST)],
)
def test_the_largest_beside_the_smallest(city, run, first, second):
    """Levels of 2023 are the first, those of 2024 the second; growths are as large as 15 digits are."""
    figures = [
        (area, "level", half, second if "2024" in half and half != "2024" else first)
        for area in ("city", "a", "b")
        for half in HALVES[:3]
    ]
    figures += [
        (area, "growth", half, "999999999999999" if area == "a" else "-0.000000001")
        for area in ("city", "a")
        for half in HALVES[:3]
    ]
    figures += [("a", "stock", half, second if half == "H1-2024" else first) for half in HALVES[:3]]
    figures += [
        ("a", "level", "H1-2022", first, {"published": "2024-08-30"}),
        ("a", "level", "H1-2022", second, {"published": "2022-07-20"}),
    ]
    goals = {
        f"{kind} {half}": {"city": first.lstrip("-"), "a": second}
        for kind in ("level", "stock")
        for half in ("2024", "2021..2025")
    }
    place = city(
        goals | {"growth 2024": {"a": "999999999999999", "city": "0.000000001"}}, figures
    ).folder
    for command in COMMANDS:
        said = run(f"{command} --workspace .", at=place)
        assert said.code == 0
        assert not re.search(r"(?<![\w-])(?:inf|nan)(?![\w-])", said.out)


def test_numbers_of_more_digits_than_decimals_usually_have_are_told_whole():
    assert number_text(1e27, 2) == "1,000,000,000,000,000,013,287,555,072.00"
    assert str(times(1e27, 1e-9)[0]) == "999,999,999,999,999,894,846,684,784,341,549,056"
    assert percent(1e30).startswith("+1,000,000,000,000,000,0")
    assert rounded_decimal(1e27) is not None
    assert format_number(1e27, 2) == "1,000,000,000,000,000,013,287,555,072.00"


@pytest.mark.parametrize(
    "unit",
    [
        "1" + "0" * 400 + " CNY",
        "1" + "0" * 5000 + "万元",
        "hundred " * 5000 + "CNY",
        "100 " * 5000,
        "x" + " " * 60_000 + "y",
    ],
)
def test_a_unit_with_a_power_of_ten_that_no_unit_has_has_none(unit):
    assert scale_and_base(unit)[0] == 0


def test_a_figure_that_no_word_of_scale_can_keep_is_refused_in_words():
    item = Indicator("x", {}, "flow", "1" + "0" * 18 + " CNY", "up")
    with pytest.raises(ValueError, match="more than 21 decimals"):
        in_unit("0.000000000000000001", read_unit("1" + "0" * 14 + " CNY"), item)
