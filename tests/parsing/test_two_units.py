"""One column and two units: nobody can say which the figures are in, so it is asked, wherever units are told.

Two units that cannot both be the indicator's (亿元 and % above a level) are no question, nor is one unit in two spellings.
"""

from __future__ import annotations

import pytest

from support.layouts import GROWTH, HELD, SHARE, VA, read
from support.map_kinds import request
from support.saved_maps import reads_its_own_sheet

VA_ZH, GROWTH_ZH = "数字经济增加值", "数字经济增加值增速"

# rows, merged areas, the cell at which it is asked
ASKED = {
    "two brackets": ([["地区", f"{VA_ZH}（亿元）（万元）"], ["海淀区", "5"]], (), "B1"),
    "two brackets, half width": ([["地区", f"{VA_ZH}(亿元) (万元)"], ["海淀区", "5"]], (), "B1"),
    "one bracket": ([["地区", f"{VA_ZH}（亿元、万元）"], ["海淀区", "5"]], (), "B1"),
    "a bracket and a word": ([["地区", f"{VA_ZH}，亿元（万元）"], ["海淀区", "5"]], (), "B1"),
    "English": ([["area", "digital_va (CNY 100m) (CNY 10k)"], ["haidian", "5"]], (), "B1"),
    "a word of scale": ([["地区", f"{VA_ZH}（亿）（万元）"], ["海淀区", "5"]], (), "B1"),
    "two rows": (
        [["地区", f"{VA_ZH}（亿元）"], ["", "总量（万元）"], ["海淀区", "5"]],
        ((0, 0, 1, 0),),
        "B2",
    ),
    "a group above": (
        [["地区", f"{VA_ZH}（亿元）", ""], ["", "总量（万元）", "增速（%）"], ["海淀区", "5", "6"]],
        ((0, 0, 1, 0), (0, 1, 0, 2)),
        "B2",
    ),
    "the title": ([["各区情况（亿元）（万元）", ""], ["地区", VA_ZH], ["海淀区", "5"]], (), "B2"),
    "two titles": (
        [["各区情况（亿元）", ""], ["（万元）", ""], ["地区", VA_ZH], ["海淀区", "5"]],
        (),
        "B3",
    ),
    "a title and a line of units": (
        [["各区情况（亿元）", ""], ["", "单位：万元"], ["地区", VA_ZH], ["海淀区", "5"]],
        (),
        "B3",
    ),
    "two lines of units": (
        [["单位：亿元", ""], ["", "计量单位：万元"], ["地区", VA_ZH], ["海淀区", "5"]],
        (),
        "B3",
    ),
    "one line of units": ([["单位：亿元、万元", ""], ["地区", VA_ZH], ["海淀区", "5"]], (), "B2"),
    "the values of a long table": (
        [["地区", "指标", "数值（亿元）（万元）"], ["海淀区", VA_ZH, "5"]],
        (),
        "C1",
    ),
    "the values of a long table, in rows": (
        [["地区", "指标", "数值（亿元）"], ["", "", "本期（万元）"], ["海淀区", VA_ZH, "5"]],
        ((0, 0, 1, 0), (0, 1, 1, 1)),
        "C2",
    ),
    "the name in a row": (
        [["地区", "指标", "数值"], ["海淀区", f"{VA_ZH}（亿元）（万元）", "5"]],
        (),
        "B2",
    ),
    "the values and their column of units": (
        [["地区", "指标", "单位", "数值（万元）"], ["海淀区", VA_ZH, "亿元", "5"]],
        (),
        "C2",
    ),
    "a cell of the column of units": (
        [["地区", "指标", "单位", "数值"], ["海淀区", VA_ZH, "亿元、万元", "5"]],
        (),
        "D2",
    ),
    "the heading and the column of units": (
        [["地区", f"{VA_ZH}（万元）", "单位"], ["海淀区", "5", "亿元"]],
        (),
        "C2",
    ),
    "the cell itself": ([["地区", VA_ZH], ["海淀区", "5亿元（万元）"]], (), "B2"),
    "areas across": (
        [
            ["指标", "海淀区", "朝阳区"],
            [f"{VA_ZH}（亿元）（万元）", "5", "6"],
            [GROWTH_ZH, "1", "2"],
        ],
        (),
        "A2",
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_two_units_are_asked(name):
    rows, merged, place = ASKED[name]
    figures, told, findings = read(rows, merged=merged)
    assert VA not in [indicator for _, indicator, *_ in figures]
    asked = [finding for finding in findings if finding.code == "wrong-unit"]
    assert (("wrong-unit", place) in told, {finding.severity for finding in asked}) == (
        True,
        {"error"},
    )


def test_the_question_names_both_and_the_map_answers():
    rows = [["地区", f"{VA_ZH}（亿元）（万元）"], ["海淀区", "5"]]
    _, _, (asked,) = read(rows)
    assert (
        asked.sentence
        == f"“{VA_ZH}（亿元）（万元）” has two units and is ambiguous: 亿元 and 万元. Set unit in a map"
    )
    said = f'[columns]\n"{VA_ZH}（亿元）（万元）" = {{ indicator = "{VA}", unit = "万元" }}\n'
    figures, told, _ = read(rows, said=said)
    assert ([value for *_, value, _ in figures], told) == (["5万"], [("unit-converted", "B1")])


def test_the_map_answers_for_a_column_of_units():
    """And what it answered stands in the map that is saved, which answers nothing else."""
    rows = [["地区", f"{VA_ZH}（万元）", "单位"], ["海淀区", "5", "亿元"], ["朝阳区", "6", "万元"]]
    said = f'[columns]\n"{VA_ZH}（万元）" = {{ indicator = "{VA}", unit = "万元" }}\n'
    assert [value for *_, value, _ in read(rows, said=said)[0]] == ["5万", "6万"]
    reads_its_own_sheet(HELD, request("r.csv", rows))


# rows, merged areas, the figures
CLEAR = {
    "one unit twice": (
        [["地区", f"{VA_ZH}（亿元）（100 million CNY）"], ["海淀区", "5"]],
        (),
        {"B2": "5"},
    ),
    "a level and a growth below one heading": (
        [["地区", f"{VA_ZH}（亿元）", ""], ["", "总量", "增速（%）"], ["海淀区", "5", "6"]],
        ((0, 0, 1, 0), (0, 1, 0, 2)),
        {"B3": "5", "C3": "6"},
    ),
    "a level and a growth told in one bracket": (
        [["地区", f"{VA_ZH}（万元、%）", ""], ["", "总量", "增速"], ["海淀区", "5", "6"]],
        ((0, 0, 1, 0), (0, 1, 0, 2)),
        {"B3": "5万", "C3": "6"},
    ),
    "a heading below a line": (
        [["单位：亿元", ""], ["地区", f"{VA_ZH}（万元）"], ["海淀区", "5"]],
        (),
        {"B3": "5万"},
    ),
    "a line for two kinds": (
        [["单位：万元、%", ""], ["地区", VA_ZH], ["海淀区", "5"]],
        (),
        {"B3": "5万"},
    ),
    "a title for two kinds": (
        [["各区情况（万元）（%）", ""], ["地区", VA_ZH], ["海淀区", "5"]],
        (),
        {"B3": "5万"},
    ),
    "values in one unit, rows in another kind": (
        [
            ["地区", "指标", "单位", "数值（万元）"],
            ["海淀区", GROWTH, "%", "6"],
            ["海淀区", SHARE, "%", "7"],
        ],
        (),
        {"D2": "6", "D3": "7"},
    ),
    "a unit in the name and the same beside it": (
        [["地区", "指标", "单位", "数值（万元）"], ["海淀区", f"{VA_ZH}（万元）", "万元", "5"]],
        (),
        {"D2": "5万"},
    ),
    "a title with a list": (
        [["各区情况（万元、%）", ""], ["地区", VA_ZH, GROWTH_ZH], ["海淀区", "5", "6"]],
        (),
        {"B3": "5万", "C3": "6"},
    ),
}


@pytest.mark.parametrize("name", CLEAR)
def test_two_units_that_are_no_question(name):
    rows, merged, expected = CLEAR[name]
    figures, told, _ = read(rows, merged=merged)
    assert {cell: value for *_, value, cell in figures} == expected
    assert [code for code, _ in told if code != "unit-converted"] == []


OTHER_KIND = {  # the part next to the figures tells a unit that the indicator cannot have: rows, the cell
    "the header in two rows": (
        [["地区", f"{VA_ZH}（亿元）"], ["area", "2023年下半年（%）"], ["海淀区", "6.1"]],
        "B2",
    ),
    "a bracket below": ([["地区", f"{VA_ZH}（亿元）"], ["", "（%）"], ["海淀区", "6.1"]], "B2"),
    "a sign below": ([["地区", f"{VA_ZH}（亿元）"], ["", "%"], ["海淀区", "6.1"]], "B2"),
    "cumulative": ([["地区", f"{VA_ZH}（亿元）"], ["", "累计（%）"], ["海淀区", "6.1"]], "B2"),
    "this period": ([["地区", f"{VA_ZH}（亿元）"], ["", "本期（%）"], ["海淀区", "6.1"]], "B2"),
    "in words": (
        [["area", "digital_va (CNY 100m)"], ["", "value, percent"], ["haidian", "6"]],
        "B2",
    ),
    "a growth in money": (
        [["地区", f"{GROWTH_ZH}（%）"], ["", "总量（亿元）"], ["海淀区", "5"]],
        "B2",
    ),
    "a share in money": (
        [["area", f"{SHARE} (%)"], ["", "value (CNY 100m)"], ["haidian", "5"]],
        "B2",
    ),
    "stations in per cent": (
        [["area", "5g_base_stations (stations)"], ["", "value (%)"], ["haidian", "5"]],
        "B2",
    ),
    "a line above the table": ([["单位：%", ""], ["地区", VA_ZH], ["海淀区", "6.1"]], "B2"),
    "a title": ([["各区情况（%）", ""], ["area", "5g_base_stations"], ["haidian", "6.1"]], "B2"),
    "areas across": (
        [["指标", "单位", "海淀区", "朝阳区"], [f"{VA_ZH}（亿元）", "%", "5", "6"]],
        "B2",
    ),
}


@pytest.mark.parametrize("name", OTHER_KIND)
def test_the_unit_next_to_the_figures_says_what_they_are(name):
    rows, place = OTHER_KIND[name]
    figures, told, findings = read(rows)
    assert figures == []
    (asked,) = [finding for finding in findings if finding.code == "wrong-unit"]
    assert (("wrong-unit", place) in told, str(asked.severity)) == (True, "error")


def test_a_level_beside_a_growth_below_one_heading():
    """C stands below 亿元 too and is in per cent: no level, though the part above would fit."""
    rows = [
        ["地区", f"{VA_ZH}（亿元）", ""],
        ["", "2024年上半年", "同比（%）"],
        ["海淀区", "5", "6"],
    ]
    figures, _, _ = read(rows, merged=((0, 0, 1, 0), (0, 1, 0, 2)))
    assert [(indicator, value) for _, indicator, _, value, _ in figures] == [(VA, "5")]
