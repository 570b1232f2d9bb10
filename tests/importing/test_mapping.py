"""A map that `import --save-map` wrote reads its own sheet again: same figures from the same cells, same findings.

The sheets of tests/test_layout.py and sheets that made a map fail, in every kind of file; the fixture `run` asks the same
of every return that any test imports.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtrack.importing.mapping import ColumnMap, Map, read_map, torn, write_map
from dtrack.importing.pipeline import understand
from support.layouts import ACROSS, CASES, GROWTH, HALVES, LONG, STATIONS, VA, read
from support.map_kinds import HELD, KINDS, request
from support.saved_maps import reads_its_own_sheet

VA_ZH, GROWTH_ZH = "数字经济增加值", "数字经济增加值增速"
THRICE = ["地区", VA_ZH, GROWTH_ZH]

# rows, merged areas (first row, first column, last row, last column), the indicator asked for, figures (cell: value)
SHEETS = {
    "the header stands three times": (
        [THRICE, THRICE, THRICE, ["海淀区", "5323.1", "5.2"]],
        (),
        "",
        {"B4": "5323.1", "C4": "5.2"},
    ),
    "the header stands again below": (
        [
            ["地区", "增加值", GROWTH_ZH],
            ["海淀区", "", "5.2"],
            ["地区", "增加值", GROWTH_ZH],
            ["朝阳区", "", "4.9"],
        ],
        (),
        "",
        {"C2": "5.2", "C4": "4.9"},
    ),
    "headings merged down and across": (
        [["地区", VA_ZH, ""], ["", "总量（亿元）", "增速"], ["房山区", "86.7", "6.9"]],
        ((0, 0, 1, 0), (0, 1, 0, 2)),
        "",
        {"B3": "86.7", "C3": "6.9"},
    ),
    "the heading of the areas over two columns": (
        [["地区", "", GROWTH_ZH], ["海淀区", "x", "5.2"], ["朝阳区", "y", "4.9"]],
        ((0, 0, 0, 1),),
        "",
        {"C2": "5.2", "C3": "4.9"},
    ),
    "the names in the second of two columns headed alike": (
        [["地区", "地区", GROWTH_ZH], ["1", "海淀区", "5.2"], ["2", "朝阳区", "4.9"]],
        (),
        "",
        {"C2": "5.2", "C3": "4.9"},
    ),
    "a heading that ends as another is": (
        [["地区", "全市", GROWTH_ZH], ["", GROWTH_ZH, ""], ["海淀区", "9.9", "5.2"]],
        ((0, 0, 1, 0), (0, 2, 1, 2)),
        "",
        {"C3": "5.2"},
    ),
    "headings that differ by a mark": (
        [["地区", f"{GROWTH_ZH}①", f"{GROWTH_ZH}1"], ["海淀区", "5.2", "9.9"]],
        (),
        "",
        {"B2": "5.2"},
    ),
    "full-width signs, a line end, a #, quotes": (
        [
            ["　地区 ", "数字经济增加值\n（亿元）", "＃数字经济增加值增速（％）", '5G"基站"数'],
            ["海淀区", "5323.1", "5.2", "1"],
        ],
        (),
        "",
        {"B2": "5323.1", "C2": "5.2"},
    ),
    "a tab within a heading": (
        [["地区", f"{GROWTH_ZH}\t（%）"], ["海淀区", "5.2"]],
        (),
        "",
        {"B2": "5.2"},
    ),
    "no heading at all": (
        [["海淀区", "5.2"], ["朝阳区", "4.9"]],
        (),
        GROWTH,
        {"B1": "5.2", "B2": "4.9"},
    ),
    "a lone column of two that are headed alike": (
        [["地区", "数值", "数值"], ["海淀区", "5.2", "—"], ["朝阳区", "4.9", ""]],
        (),
        GROWTH,
        {"B2": "5.2", "B3": "4.9"},
    ),
    "one heading twice, for two periods": (
        [
            ["地区", "2024年上半年", "上年同期", "2023年上半年", "上年同期"],
            ["海淀区", "5.1", "5.2", "5.3", "5.4"],
        ],
        (),
        GROWTH,
        {"B2": "5.1", "C2": "5.2", "D2": "5.3", "E2": "5.4"},
    ),
    "a period that is a heading and a cell": (
        [["地区", "指标", "2024"], ["海淀区", "2024", "5.2"]],
        (),
        GROWTH,
        {"C2": "5.2"},
    ),
    "a long table whose values have a neighbour": (
        [
            ["地区", "指标", "上年", "本期"],
            ["", "", "数值", "数值"],
            ["海淀区", GROWTH_ZH, "—", "5.2"],
        ],
        ((0, 0, 1, 0), (0, 1, 1, 1)),
        "",
        {"D3": "5.2"},
    ),
    "periods in two columns, the same heading over both": (
        [["地区", "时期", "", GROWTH_ZH], ["海淀区", "2024", "上半年", "5.2"]],
        ((0, 1, 0, 2),),
        "",
        {"D2": "5.2"},
    ),
    "a title, the unit, a total, notes": (
        [
            ["各区情况", "", ""],
            ["", "", "单位：万元、%"],
            ["地区", VA_ZH, GROWTH_ZH],
            ["合计", "1", "2"],
            ["海淀区", "53231000", "5.2"],
            ["注：无", "", ""],
        ],
        (),
        "",
        {"B5": "53231000万", "C5": "5.2"},
    ),
    "a comma before decimals": ([["地区", GROWTH_ZH], ["海淀区", "5,2"]], (), "", {"B2": "5.2"}),
    "one heading in two spellings": (
        [["地区", f"{VA_ZH}（亿元）", f"{VA_ZH}（亿 元）"], ["海淀区", "5323.1", "5323.1"]],
        (),
        "",
        {"B2": "5323.1", "C2": "5323.1"},
    ),
    "long": (LONG, (), "", {"C2": "5323.1", "C3": "5.2", "C4": "4.9%"}),
    "halves across": (HALVES, (), GROWTH, {"B2": "5.1", "C2": "5.2", "D2": "5.1"}),
    "areas across": (ACROSS, (), STATIONS, {"B3": "1200", "C3": "1100", "D3": "900"}),
}
TABS = ["S", " 上半年 ", 'a "b" = [c]', "#1", "数据\\n"]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_saved_map_reads_its_own_sheet(sheet, name):
    rows, merged, only, figures = SHEETS[sheet]
    asked = request(name, rows, merged, only)
    read = understand(HELD, asked)
    got = {figure.origin.rpartition("!")[2]: figure.value for figure in read.extracted.figures}
    blank_spread = (
        name in ("r.csv", "r.tsv") and merged
    )  # a text has no merged cells: another table
    assert blank_spread or got == figures
    reads_its_own_sheet(HELD, asked)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("case", CASES)
def test_a_saved_map_reads_every_layout(case, name):
    rows, options, _, _ = CASES[case]
    if rows:
        reads_its_own_sheet(
            HELD, request(name, rows, options.get("merged", ()), options.get("only", ""))
        )


@pytest.mark.parametrize("name", ["r.xlsx", "r.ods"])
@pytest.mark.parametrize("tab", TABS)
def test_a_saved_map_finds_its_tab(tab, name):
    asked = request(name, LONG, tab=tab)
    assert understand(HELD, asked).layout.grid.sheet == tab
    reads_its_own_sheet(HELD, asked)


@given(
    st.dictionaries(
        st.text(min_size=1),
        st.builds(ColumnMap, st.sampled_from([VA, GROWTH]), st.sampled_from(["", "亿元"])),
    ),
    st.text(),
)
def test_every_heading_comes_back_from_a_map(columns, sheet):
    said = Map(sheet=sheet, columns=columns)
    read, faults = read_map(write_map(said), "m.toml")
    assert (read, [fault.code for fault in faults]) == (said, ["map-unfit"] * len(torn(columns)))


# A map that can mean two columns is refused with the question; what it names whole is meant before what it names in part

PARTS = [
    ["地区", "全市", "", "本区", ""],
    ["", "数值", "增速", "数值", "增速"],
    ["海淀区", "1", "2", "3", "4"],
]


@pytest.mark.parametrize(
    ("said", "figures", "told"),
    [
        (f'[columns]\n"本区 / 增速" = {{ indicator = "{GROWTH}" }}', ["E3"], []),
        (
            f'[columns]\n"增速" = {{ indicator = "{GROWTH}" }}\n"全市 / 增速" = {{ indicator = "{VA}" }}',
            ["C3", "E3"],
            [],
        ),
        ('value = "本区 / 数值"', ["D3"], []),
        ('value = "数值"', [], [("map-unfit", "B1")]),
    ],
)
def test_which_column_a_map_means(said, figures, told):
    only = GROWTH if said.startswith("value") else ""
    got, findings, _ = read(PARTS, said=said, merged=((0, 1, 0, 2), (0, 3, 0, 4)), only=only)
    assert [cell for *_, cell in got] == figures
    assert [finding for finding in findings if finding[0] == "map-unfit"] == told
