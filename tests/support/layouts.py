"""Shared by tests. Tables as sixteen people make them: which cell is taken for which figure, and what is told of the rest."""

from __future__ import annotations

from dtrack.core.period import Period
from dtrack.importing.extract import Reading
from dtrack.importing.formats.grid import Grid
from dtrack.importing.layout.detect import Surveyor
from dtrack.importing.mapping import Map, read_map
from dtrack.workspace import load
from support.workspaces import ROOT

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
