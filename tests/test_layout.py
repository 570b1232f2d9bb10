"""Tables as sixteen people make them: which cell is taken for which figure, and what is told of the rest.

The workspace is examples/symposium: digital_va (flow, 100 million CNY), digital_va_growth, digital_va_share_of_gdp (per
cent), 5g_base_stations (stations), districts of Beijing. A case is a sheet, and what comes out of it, cell by cell.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from conftest import ROOT
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dtrack.core.period import Period
from dtrack.importing.compare import Edition, csv_text
from dtrack.importing.extract import ExtractedFigure, Reading
from dtrack.importing.formats.delimited import DelimitedReader
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.reader import Sent
from dtrack.importing.layout.decimals import points
from dtrack.importing.layout.detect import Surveyor
from dtrack.importing.mapping import Map, read_map, write_map
from dtrack.model.schema import ACTUALS_FILE
from dtrack.workspace import load

HELD = load(ROOT / "examples/symposium")
VA, GROWTH, SHARE, STATIONS = (
    "digital_va",
    "digital_va_growth",
    "digital_va_share_of_gdp",
    "5g_base_stations",
)
H1 = Period.parse("H1-2024")


def read(rows, said="", merged=(), only=""):
    """(area, indicator, period, value, cell) of every figure, and (code, cell) of every finding."""
    used, faults = read_map(said, "map.toml") if said else (Map(), [])
    assert faults == []
    grid = Grid("r.xlsx", "", [list(row) for row in rows], merged)
    position = HELD.indicator_position[only] if only else -1
    surveyor = Surveyor(grid, HELD, used, H1, position)
    layout = surveyor.survey()
    findings = list(surveyor.findings)
    figures = []
    if layout is not None:
        got = Reading(surveyor, layout).read()
        figures = [(*one[:4], one.origin.removeprefix("r.xlsx!")) for one in got.figures]
        findings = list(surveyor.findings)
    return (
        figures,
        [(finding.code, finding.origin.removeprefix("r.xlsx!")) for finding in findings],
        findings,
    )


LONG = [
    ("area", "indicator", "value"),
    ("haidian", VA, "5323.1"),
    ("海淀区", GROWTH, "5.2"),
    ("朝 阳 区", "数字经济增加值增速", "4.9%"),
]
WIDE = [
    ("地区", "数字经济增加值（亿元）", "数字经济增加值增速（%）"),
    ("海淀区", "5323.1", "5.2"),
    ("朝阳区", "", "4.9"),
]
TWO_ROWS = [
    ("2024年上半年各区数字经济", "", "", ""),
    ("", "", "", ""),
    ("地区", "数字经济增加值", "", "5G基站数"),
    ("", "总量（万元）", "增速（%）", "（个）"),
    ("海淀区", "53231000", "5.2", "1200"),
]
HALVES = [("地区", "2023年上半年", "2024年上半年", "上年同期"), ("海淀区", "5.1", "5.2", "5.1")]
ACROSS = [
    ("指标", "海淀区", "朝阳区", "西城区"),
    ("数字经济增加值增速", "5.2", "4.9", "6.1"),
    ("5G基站数", "1200", "1100", "900"),
]
MERGED_DOWN = [
    ("地区", "指标", "数值"),
    ("海淀区", VA, "5323.1"),
    ("", GROWTH, "5.2"),
    ("朝阳区", GROWTH, "4.9"),
]

CASES = {
    "long": (
        LONG,
        {},
        [
            ("haidian", VA, "H1-2024", "5323.1", "C2"),
            ("haidian", GROWTH, "H1-2024", "5.2", "C3"),
            ("chaoyang", GROWTH, "H1-2024", "4.9%", "C4"),
        ],
        [],
    ),
    "long, with periods": (
        [
            ("area", "indicator", "period", "value"),
            ("haidian", VA, "2023", "9000"),
            ("haidian", VA, "", "5323.1"),
        ],
        {},
        [("haidian", VA, "2023", "9000", "D2")],
        [("bad-period", "C3")],
    ),
    "long, with a blank column of periods": (
        [("area", "indicator", "period", "value"), ("haidian", VA, "", "9000")],
        {},
        [("haidian", VA, "H1-2024", "9000", "D2")],
        [],
    ),
    "wide": (
        WIDE,
        {},
        [
            ("haidian", VA, "H1-2024", "5323.1", "B2"),
            ("haidian", GROWTH, "H1-2024", "5.2", "C2"),
            ("chaoyang", GROWTH, "H1-2024", "4.9", "C3"),
        ],
        [],
    ),
    "a title, two header rows, merged cells, 万元": (
        TWO_ROWS,
        {"merged": ((0, 0, 0, 3), (2, 0, 3, 0), (2, 1, 2, 2))},
        [
            ("haidian", VA, "H1-2024", "53231000万", "B5"),
            ("haidian", GROWTH, "H1-2024", "5.2", "C5"),
            ("haidian", STATIONS, "H1-2024", "1200", "D5"),
        ],
        [("unit-converted", "B4")],
    ),
    "halves across": (
        HALVES,
        {"only": GROWTH},
        [
            ("haidian", GROWTH, "H1-2023", "5.1", "B2"),
            ("haidian", GROWTH, "H1-2024", "5.2", "C2"),
            ("haidian", GROWTH, "H1-2023", "5.1", "D2"),
        ],
        [],
    ),
    "areas across": (
        ACROSS,
        {},
        [
            ("haidian", GROWTH, "H1-2024", "5.2", "B2"),
            ("haidian", STATIONS, "H1-2024", "1200", "B3"),
            ("chaoyang", GROWTH, "H1-2024", "4.9", "C2"),
            ("chaoyang", STATIONS, "H1-2024", "1100", "C3"),
            ("xicheng", GROWTH, "H1-2024", "6.1", "D2"),
            ("xicheng", STATIONS, "H1-2024", "900", "D3"),
        ],
        [],
    ),
    "areas merged down": (
        MERGED_DOWN,
        {"merged": ((1, 0, 2, 0),)},
        [
            ("haidian", VA, "H1-2024", "5323.1", "C2"),
            ("haidian", GROWTH, "H1-2024", "5.2", "C3"),
            ("chaoyang", GROWTH, "H1-2024", "4.9", "C4"),
        ],
        [],
    ),
    "one column, the indicator on the command line": (
        [("区", "数值"), ("海淀", "5.2")],
        {"only": GROWTH},
        [("haidian", GROWTH, "H1-2024", "5.2", "B2")],
        [],
    ),
    "no header at all": (
        [("海淀", "5.2"), ("朝阳", "4.9")],
        {"only": GROWTH},
        [("haidian", GROWTH, "H1-2024", "5.2", "B1"), ("chaoyang", GROWTH, "H1-2024", "4.9", "B2")],
        [],
    ),
    "totals, bands, sub-rows and notes are no areas": (
        [
            ("地区", "数字经济增加值（亿元）"),
            ("全市合计", "9999"),
            ("中心城区", "8888"),
            ("海淀区", "5323.1"),
            ("其中：海淀园", "4000"),
            ("#朝阳区", "4000.5"),
            ("Total", "9999"),
            ("注：初步核算数", ""),
        ],
        {},
        [("haidian", VA, "H1-2024", "5323.1", "B4"), ("chaoyang", VA, "H1-2024", "4000.5", "B6")],
        [("row-skipped", f"A{row}") for row in (2, 3, 5, 6, 7, 8)],
    ),
    "a unit for the whole table": (
        [
            ("各区情况", "", ""),
            ("", "", "单位：万元、%"),
            ("地区", "数字经济增加值", "数字经济增加值增速"),
            ("海淀区", "53231000", "5.2"),
        ],
        {},
        [
            ("haidian", VA, "H1-2024", "53231000万", "B4"),
            ("haidian", GROWTH, "H1-2024", "5.2", "C4"),
        ],
        [("unit-converted", "B3")],
    ),
    "ranks, codes and remarks are no figures": (
        [
            ("序号", "代码", "地区", "数字经济增加值增速", "位次", "备注"),
            ("1", "110108", "海淀区", "5.2", "3", "电话12345"),
        ],
        {},
        [("haidian", GROWTH, "H1-2024", "5.2", "D2")],
        [],
    ),
    "a growth beside a level is not taken for it": (
        [
            ("地区", "数字经济增加值", ""),
            ("", "总量", "比上年增长（%）"),
            ("海淀区", "5323.1", "5.2"),
        ],
        {"merged": ((0, 1, 0, 2),)},
        [("haidian", VA, "H1-2024", "5323.1", "B3")],
        [("column-unmapped", "C2")],
    ),
    "the title names another half": (
        [("2023年上半年数字经济", ""), ("地区", "数字经济增加值增速"), ("海淀区", "5.2")],
        {"merged": ((0, 0, 0, 1),)},
        [("haidian", GROWTH, "H1-2024", "5.2", "B3")],
        [("other-period", "A1")],
    ),
    "an unknown area with a figure": (
        [("地区", "数字经济增加值增速"), ("海淀区", "5.2"), ("海定区", "5.3")],
        {},
        [("haidian", GROWTH, "H1-2024", "5.2", "B2")],
        [("unknown-area", "A3")],
    ),
    "an unknown indicator": (
        [*LONG, ("xicheng", "gdp", "1")],
        {},
        [
            ("haidian", VA, "H1-2024", "5323.1", "C2"),
            ("haidian", GROWTH, "H1-2024", "5.2", "C3"),
            ("chaoyang", GROWTH, "H1-2024", "4.9%", "C4"),
        ],
        [("unknown-indicator", "B5")],
    ),
    "no areas": ([("a", "b"), ("c", "1")], {}, [], [("no-layout", "A1")]),
    "an empty sheet": ([], {}, [], [("no-layout", "A1")]),
    "a unit of another base": (
        [("地区", "数字经济增加值（万人）"), ("海淀区", "5.2")],
        {},
        [],
        [("wrong-unit", "B1")],
    ),
    "cells that are no figures": (
        [
            ("地区", "数字经济增加值增速"),
            ("海淀区", "2024-05-02"),
            ("朝阳区", "#DIV/0!"),
            ("西城区", "待定"),
            ("东城区", "—"),
            ("丰台区", "1"),
        ],
        {},
        [("fengtai", GROWTH, "H1-2024", "1", "B6")],
        [("not-a-number", "B2"), ("not-a-number", "B3"), ("not-a-number", "B4")],
    ),
    "below the smallest unit": (
        [("地区", "数字经济增加值（亿元）"), ("海淀区", "5323.1"), ("延庆区", "…")],
        {},
        [("haidian", VA, "H1-2024", "5323.1", "B2"), ("yanqing", VA, "H1-2024", "<0.1", "B3")],
        [],
    ),
    "a level told as a fall": (
        [("地区", "数字经济增加值"), ("海淀区", "下降4.9")],
        {},
        [],
        [("not-a-number", "B2")],
    ),
    "a cell with a unit of its own": (
        [
            ("地区", "数字经济增加值（万元）"),
            ("海淀区", "5万3230.99亿元"),
            ("西城区", "7.5万"),
            ("朝阳区", "7.5千"),
        ],
        {},
        [("haidian", VA, "H1-2024", "53230.99", "B2"), ("xicheng", VA, "H1-2024", "7.5万", "B3")],
        [("read-as", "B2"), ("unit-converted", "B1"), ("wrong-unit", "B4")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_sheet(name):
    rows, options, figures, findings = CASES[name]
    got, told, _ = read(rows, **options)
    assert got == figures
    assert sorted(told) == sorted(findings)


MAP = """
sheet = "上半年"
header = [1, 2]
area = "地区"
skip = ["海淀区"]
[columns]
"增加值" = { indicator = "digital_va", unit = "10 thousand CNY" }
"增速" = { indicator = "数字经济增加值增速", form = "%s" }
"""
MAPPED = [
    ("地区", "数字经济", ""),
    ("", "增加值", "增速"),
    ("合计", "1", "2"),
    ("海淀区", "3", "4"),
    ("朝阳区", "53230.99", "%s"),
]


@pytest.mark.parametrize(
    ("form", "cell", "value"),
    [
        ("percent", "105.2", "105.2"),
        ("index", "105.2", "5.2"),
        ("index", "95.10", "-4.90"),
        ("fraction", "0.052", "5.2"),
        ("fraction", "-0.0490", "-4.90"),
        ("fraction", "0.05", "5"),
        ("fraction", "5.2%", "5.2%"),
    ],
)
def test_the_map_answers_what_form_a_growth_has(form, cell, value):
    rows = [*MAPPED[:-1], (*MAPPED[-1][:2], cell)]
    got, told, _ = read(rows, said=MAP % form, merged=((0, 1, 0, 2),))
    assert got == [
        ("chaoyang", VA, "H1-2024", "53230.99万", "B5"),
        ("chaoyang", GROWTH, "H1-2024", value, "C5"),
    ]
    assert sorted(told) == [("row-skipped", "A3"), ("row-skipped", "A4"), ("unit-converted", "B2")]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('[columns]\n"nowhere" = { indicator = "digital_va" }', "map-unfit"),
        ('area = "nowhere"', "map-unfit"),
        ("header = [9, 9]", "map-unfit"),
        ('[columns]\n"数字经济增加值增速（%）" = { indicator = "gdp" }', "unknown-indicator"),
        (
            '[columns]\n"数字经济增加值（亿元）" = { indicator = "digital_va", unit = "persons" }',
            "wrong-unit",
        ),
    ],
)
def test_a_map_that_does_not_fit(said, code):
    _, told, _ = read(WIDE, said=said)
    assert code in [finding for finding, _ in told]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("columns = 1", "bad-value"),
        ('colour = "red"', "key-unknown"),
        ("x = ", "toml-syntax"),
        ("header = [3, 1]", "bad-value"),
        ('[columns]\n"a" = { form = "ratio" }', "bad-value"),
        ('decimal = ";"', "bad-value"),
    ],
)
def test_a_broken_map(text, code):
    assert [finding.code for finding in read_map(text, "map.toml")[1]] == [code]


def test_a_map_is_written_as_it_is_read():
    said, faults = read_map(MAP % "index", "map.toml")
    assert faults == []
    assert read_map(write_map(said), "map.toml") == (said, [])


@pytest.mark.parametrize(
    ("texts", "signs"),
    [
        (["5.2", "1,234.5"], "."),
        (["5,2", "1.234,5"], ","),
        (["0,123"], ","),
        (["1 234,5"], ","),
        (["1,234", "1.234", "12"], ""),
        (["5,2", "4.9"], ",."),
        (["2024.06.30", "a,b", "1.2.3"], ""),
    ],
)
def test_which_sign_stands_before_the_decimals(texts, signs):
    assert set(points(Grid("r.csv", "", [[text] for text in texts]))) == set(signs)


def test_a_column_of_indicators_holds_no_figures_whatever_a_map_says():
    """The name of a row in the map makes 数值 the column of indicators: a crash before."""
    rows = [("area", "indicator", "数值"), ("海淀区", "", "暂无")]
    said = 'value = "数值"\n[columns]\n"暂无" = { indicator = "digital_va" }\n'
    figures, findings, _ = read(rows, said)
    assert figures == []
    assert ("map-unfit", "C1") in findings


def test_near_names_are_offered_and_never_taken():
    _, _, findings = read([("地区", "数字经济增加值增速"), ("海淀区", "5.2"), ("海定区", "5.3")])
    (unknown,) = [finding for finding in findings if finding.code == "unknown-area"]
    assert "haidian" in unknown.sentence


# What is quick is as what is careful

CELLS = st.one_of(
    st.decimals(-10_000, 10_000, places=2).map(str),
    st.sampled_from(
        [
            "5.0",
            "0",
            "-0.0",
            "007",
            "5.2%",
            "…",
            "—",
            "",
            " 7.1",
            "7.5万",
            "1,234.5",
            "soon",
            "9" * 16,
            "1.2345678",
            ">=5",
            "(4.9)",
        ]
    ),
)
MAPS = (
    "",
    '[columns]\n"数字经济增加值" = { indicator = "digital_va", unit = "万元" }\n',
    '[columns]\n"数字经济增加值增速" = { indicator = "digital_va_growth", form = "fraction" }\n',
    '[columns]\n"数字经济增加值增速" = { indicator = "digital_va_growth", form = "percent" }\n',
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8),
    st.sampled_from(MAPS),
    st.sampled_from([".", ","]),
)
def test_plain_numbers_taken_as_they_are_are_what_each_cell_alone_would_be(cells, said, point):
    rows = [["地区", "数字经济增加值", "数字经济增加值增速"], *(["海淀区", *row] for row in cells)]
    used, _ = read_map(said, "map.toml") if said else (Map(), [])
    sheets = [Surveyor(Grid("r.csv", "", rows), HELD, used, H1, -1, point) for _ in range(2)]
    layouts = [sheet.survey() for sheet in sheets]
    assume(layouts[0] is not None)
    quick, careful = map(Reading, sheets, layouts)
    careful.plain_numbers = set
    assert (quick.read(), sheets[0].findings) == (careful.read(), sheets[1].findings)


NAMED = st.sampled_from(["数字经济增加值", "digital_va_growth", "数字经济增加值增速", "人口", ""])


@given(st.lists(st.tuples(NAMED, CELLS), min_size=1, max_size=8), st.sampled_from([".", ","]))
def test_one_column_read_straight_down_is_what_each_cell_alone_would_be(cells, point):
    """A long table beside the same with a column of units, none told, which is read row by row."""
    long = [["地区", "指标", "数值"], *(["海淀区", *row] for row in cells)]
    across = [["地区", "指标", "数值", "单位"], *(["海淀区", *row, " "] for row in cells)]
    sheets = [
        Surveyor(Grid("r.csv", "", rows), HELD, Map(), H1, -1, point) for rows in (long, across)
    ]
    layouts = [sheet.survey() for sheet in sheets]
    assume(all(layout is not None and layout.indicator == 1 for layout in layouts))
    assume(layouts[0].rows == layouts[1].rows)
    read = []
    for sheet, layout, unit in zip(sheets, layouts, (-1, 3), strict=True):
        figures = Reading(sheet, replace(layout, unit=unit)).read()
        read.append((figures, sheet.findings))
    assert read[0] == read[1]


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=6)] * 4), max_size=5
    ),
    st.text(max_size=4),
)
def test_figures_are_written_as_csv_writes_them(rows, source):
    """A field with a comma, a quote or a line end is quoted; all others stand as they are."""
    figures = [ExtractedFigure(a, "i", "2024", v, n, o) for a, v, n, o in rows]
    out = io.StringIO(newline="")
    told = ("flash", "2024-08-30", source)
    csv.writer(out, lineterminator="\n").writerows(
        [(*ACTUALS_FILE, "origin"), *((a, "i", "2024", v, *told, n, o) for a, v, n, o in rows)]
    )
    assert csv_text(figures, Edition("2024-08-30", source)) == out.getvalue().encode()


def read_text(text: str) -> Grid:
    return DelimitedReader(Sent("r.csv", text.encode(), "utf-8", ";")).grid()[0]


@given(
    st.lists(
        st.lists(st.sampled_from(["海淀区", "5.0", " ", "", "a b", "7,5"]), min_size=1, max_size=4),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\n\n"]),
)
def test_a_text_of_even_rows_is_read_as_any_other(rows, end, last):
    """Fields all in one row give the rows, columns and texts that the same text has with a quote in it."""
    text = end.join(";".join(row) for row in rows) + last
    grid = read_text(text)
    careful = read_text(text.replace("5.0", '"5.0"'))
    assert [list(row) for row in grid.rows] == [list(row) for row in careful.rows]
    assert [grid.column(at, 1) for at in range(5)] == [careful.column(at, 1) for at in range(5)]
    assert (grid.texts, grid.width) == (careful.texts, careful.width)
