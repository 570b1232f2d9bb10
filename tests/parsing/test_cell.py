"""What a cell of somebody's table says: the truth table, and what never becomes a number."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dtrack.core.figure import parse
from dtrack.parsing.cell import FIGURE, NOT_REPORTED, NOTHING, TINY, parse_cell

FIGURES = [  # the cell, the figure, the unit in the cell, a per cent sign
    ("5.2", "5.2", "", False),
    ("5.0", "5.0", "", False),
    ("５．２", "5.2", "", False),
    ("５．２％", "5.2", "", True),
    ("5.2 %", "5.2", "", True),
    ("5.2 percent", "5.2", "", True),
    ("1,234.5", "1234.5", "", False),
    ("12,345", "12345", "", False),
    ("1 234.5", "1234.5", "", False),
    ("1 234 567.8", "1234567.8", "", False),
    ("1’234.5", "1234.5", "", False),
    ("12 .5", "12.5", "", False),
    ("12. 5", "12.5", "", False),
    ("5、2", "5.2", "", False),
    ("5。2", "5.2", "", False),
    ("５．２　", "5.2", "", False),
    (".5", "0.5", "", False),
    ("5.", "5", "", False),
    ("+5.2", "5.2", "", False),
    ("-4.9", "-4.9", "", False),
    ("−4.9", "-4.9", "", False),
    ("－4.9", "-4.9", "", False),
    ("- 4.9", "-4.9", "", False),
    ("(4.9)", "-4.9", "", False),
    ("（4.9）", "-4.9", "", False),
    ("(4.9%)", "-4.9", "", True),
    ("(4.9)%", "-4.9", "", True),
    ("负4.9", "-4.9", "", False),
    ("minus 4.9", "-4.9", "", False),
    ("下降4.9%", "-4.9", "", True),
    ("同比下降4.9%", "-4.9", "", True),
    ("下降约4.9%", "约-4.9", "", True),
    ("↓4.9", "-4.9", "", False),
    ("增长5.2%", "5.2", "", True),
    ("同比增长 5.2%", "5.2", "", True),
    ("增长-4.9%", "-4.9", "", True),
    ("5万3230.99亿元", "53230.99", "亿元", False),
    ("5万0030.99亿元", "50030.99", "亿元", False),
    ("5万30.99亿元", "50030.99", "亿元", False),
    ("3亿2000万元", "32000", "万元", False),
    ("1万亿2000亿元", "12000", "亿元", False),
    ("5323.1亿元", "5323.1", "亿元", False),
    ("7.5万", "7.5", "万", False),
    ("¥5,323.1", "5323.1", "¥", False),
    ("CNY 5.3bn", "5.3", "CNY bn", False),
    ("5.3 billion", "5.3", "billion", False),
    ("约1000", "约1000", "", False),
    ("超1000亿元", "超1000", "亿元", False),
    ("近600", "近600", "", False),
    ("10%以上", "10以上", "", True),
    ("不到1500", "不到1500", "", False),
    ("不足1500亿元", "不足1500", "亿元", False),
    ("力争520", "520", "", False),
    ("力争达到8%以上", "8以上", "", True),
    ("确保超520亿元", "超520", "亿元", False),
    ("争取实现增长5.2%", "5.2", "", True),
    ("5323.1亿元以上", "5323.1以上", "亿元", False),
    ("around 7.5", "around 7.5", "", False),
    (">10", ">10", "", False),
    ("4.5—5%", "4.5—5", "", True),
    ("4.5..5", "4.5..5", "", False),
    ("5.2①", "5.2", "", False),
    ("5.2²", "5.2", "", False),
    ("5.2*", "5.2", "", False),
    ("5.2 †", "5.2", "", False),
    ("5.2[1]", "5.2", "", False),
    ("5.2 (1)", "5.2", "", False),
    ("5.2（注1）", "5.2", "", False),
    ("5.2注2", "5.2", "", False),
    ("5.2 (p)", "5.2", "", False),
    ("0.052", "0.052", "", False),
    ("105.2", "105.2", "", False),
]

MENDED = {  # read otherwise than it stands, so a note says how
    "12 .5",
    "12. 5",
    "5、2",
    "5。2",
    ".5",
    "5.",
    "(4.9)",
    "（4.9）",
    "(4.9%)",
    "(4.9)%",
    "负4.9",
    "minus 4.9",
    "下降4.9%",
    "同比下降4.9%",
    "下降约4.9%",
    "↓4.9",
    "增长5.2%",
    "同比增长 5.2%",
    "增长-4.9%",
    "5万3230.99亿元",
    "5万0030.99亿元",
    "5万30.99亿元",
    "3亿2000万元",
    "1万亿2000亿元",
    "5.2①",
    "5.2²",
    "5.2*",
    "5.2 †",
    "5.2[1]",
    "5.2 (1)",
    "5.2（注1）",
    "5.2注2",
    "5.2 (p)",
    "力争520",
    "力争达到8%以上",
    "确保超520亿元",
    "争取实现增长5.2%",
}

NO_NUMBER = [  # the cell, what the reason says
    ("5 2", "is ambiguous"),
    ("1,23", "is ambiguous"),
    ("1.234,5", "is ambiguous"),
    ("12,34,567", "is ambiguous"),
    ("下降-4.9%", "sign"),
    ("(-4.9)", "sign"),
    ("▲4.9", "▲"),
    ("△4.9", "△"),
    ("0.3个百分点", "percentage points"),
    ("up 0.3 pp", "percentage points"),
    ("1.2E+05", "scientific notation"),
    ("2024-06-30", "more than one number"),
    ("1_000", "more than one number"),
    ("=1+1", "unknown wording “=” before the number"),
    ("#N/A", "no number"),
    ("#DIV/0!", "no number"),
    ("TRUE", "no number"),
    ("nan", "no number"),
    ("inf", "no number"),
    ("无", "no number"),
    ("五", "no number"),
    ("٥.٢", "no number"),
    ("①", "no number"),
    ("10万2", "more than one number"),
    ("目标520", "unknown wording “目标” before the number"),
    ("5%以上，力争6%", "more than one number"),
    ("力争", "no number"),
    ("05.2", "without the leading 0"),
    ("1234567890123456", "significant digits"),
    ("9" * 201, "too long"),
]


@pytest.mark.parametrize(("cell", "text", "unit", "percent"), FIGURES)
def test_a_figure(cell, text, unit, percent):
    said = parse_cell(cell)
    assert (said.kind, said.text, said.unit, said.percent) == (FIGURE, text, unit, percent)
    assert bool(said.read_as) == (cell in MENDED)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("5,2", "5.2"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("0,052", "0.052"),
        ("-4,9 %", "-4.9"),
        ("12", "12"),
    ],
)
def test_a_figure_where_the_decimals_stand_after_a_comma(cell, text):
    assert parse_cell(cell, ",").text == text


def test_the_other_sign_is_no_decimal_sign():
    assert parse_cell("5.2", ",").kind == NOTHING
    assert parse_cell("1.234", ",").text == "1234"
    assert parse_cell("1,234").text == "1234"


@pytest.mark.parametrize(
    "cell",
    ["", " ", "-", "—", "——", "–", "－", "/", "n/a", "N/A", "NA", "暂无", "未报", "缺报", ".."],
)
def test_nothing_was_reported(cell):
    assert parse_cell(cell).kind == NOT_REPORTED


@pytest.mark.parametrize("cell", ["…", "……", "...", "⋯"])
def test_below_the_smallest_unit_is_not_missing(cell):
    assert parse_cell(cell).kind == TINY


@pytest.mark.parametrize(("cell", "reason"), NO_NUMBER)
def test_no_number(cell, reason):
    said = parse_cell(cell)
    assert (said.kind, said.text) == (NOTHING, "")
    assert reason in str(said.reason)


@given(st.text(max_size=60))
@example("5.2¹²")
@example("\x00")
@example("0x10")
def test_whatever_stands_there_only_its_own_digits_become_a_number(cell):
    said = parse_cell(cell)
    if said.kind != FIGURE:
        assert said.text == ""
        return
    parse(said.text)
    plain = re.sub(r"[^0-9]", "", "".join(str(int(c)) if c.isdecimal() else c for c in cell))
    assert re.sub(r"[^0-9]", "", said.text).strip("0") in plain


@given(st.text(st.characters(exclude_categories=["Nd", "Nl", "No"]), max_size=40))
def test_without_a_digit_there_is_no_number(cell):
    assert parse_cell(cell).kind != FIGURE


DECORATION = st.sampled_from(
    [
        "{}",
        " {} ",
        "{}%",
        "{} %",
        "{}①",
        "{}*",
        "{} (1)",
        "约{}",
        "{}亿元",
        "增长{}%",
        "{}[a]",
        "\u3000{}",
    ]
)


@given(st.decimals(0, 99_999_999, allow_nan=False, places=2), DECORATION, st.booleans())
def test_a_decorated_number_keeps_its_value(number, decoration, grouped):
    text = f"{number:,}" if grouped else f"{number}"
    said = parse_cell(decoration.format(text))
    assert said.kind == FIGURE
    assert Decimal(re.sub(r"[^0-9.\-]", "", said.text)) == number
