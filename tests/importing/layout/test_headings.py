"""Faults of `dtrack import` found by an outside reviewer: each test fails until its fault is mended.

Returns are made here; the workspace is a copy of examples/symposium. All figures are illustrative. Expected values come
from the rule: what a careful statistician reads off the sheet, or a refusal that asks.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from support.return_sheets import GROWTH, HALF, SHARE, STOCK, VA, WORDS, Return, sheet

VA_ZH, GROWTH_ZH, SHARE_ZH = (
    "数字经济增加值",
    "数字经济增加值增速",
    "数字经济增加值占地区生产总值比重",
)


def told(said: Return, cell: str) -> bool:
    """Some finding names the cell."""
    return f"!{cell}:" in said.err or f"!{cell})" in said.err


def without_history(folder: Path, area: str, indicator: str) -> None:
    """Take a figure's history away: a district that reports it for the first time has nothing to be compared with."""
    for file in (folder / "data/actuals").iterdir():
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text(
            "".join(line for line in lines if not line.startswith(f"{area},{indicator},")),
            encoding="utf-8",
            newline="\n",
        )


# -- an integer between 1000 and 2999 is a figure, no year --------------------------------------------------------------


def test_a_whole_first_figure_is_no_heading(brought):
    """1507 in the first row of an area became the period “1507” of every figure below it, and was lost."""
    said = brought(sheet([["地区", VA_ZH], ["海淀区", 1507], ["朝阳区", 874]]))
    assert said.figures == {("haidian", VA, HALF, "1507"), ("chaoyang", VA, HALF, "874")}


def test_whole_figures_of_two_columns_are_no_header(brought):
    rows = [
        ["地区", VA_ZH, "5G基站数"],
        ["海淀区", 1507, 2024],
        ["朝阳区", 1999, 1998],
        ["西城区", 613, 1200],
    ]
    said = brought(sheet(rows))
    assert {row["period"] for row in said.rows} == {HALF}
    assert ("haidian", STOCK, HALF, "2024") in said.figures
    assert len(said.rows) == 6


@pytest.mark.parametrize("name", ["合计", "首都功能核心区"])
def test_a_total_above_the_districts_is_no_header(brought, name):
    said = brought(sheet([["地区", VA_ZH], [name, 2381], ["海淀区", 1507.3], ["朝阳区", 874.4]]))
    assert said.figures == {("haidian", VA, HALF, "1507.3"), ("chaoyang", VA, HALF, "874.4")}


def test_a_number_that_the_format_rounds_is_no_heading(brought):
    """The commonest way to it: 1507.349 under the format 0."""
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(sheet([["地区", VA_ZH], ["海淀区", 1507.349], ["朝阳区", 874.4]]))
    )
    book.active["B2"].number_format = "0"
    out = io.BytesIO()
    book.save(out)
    assert {row["period"] for row in brought(out.getvalue()).rows} == {HALF}


# -- two tables on one sheet --------------------------------------------------------------------------------------------


def test_a_table_beside_the_first_keeps_its_own_areas(brought):
    """The right-hand table lists the areas in another order; its growths went to the areas of the left one, silently."""
    rows = [
        ["地区", VA_ZH, None, "地区", GROWTH_ZH],
        ["海淀区", 1507.3, None, "朝阳区", 6.9],
        ["朝阳区", 874.4, None, "海淀区", 8.4],
    ]
    said = brought(sheet(rows))
    wrong = {("haidian", GROWTH, HALF, "6.9"), ("chaoyang", GROWTH, HALF, "8.4")}
    assert not wrong & said.figures or said.code == 3


def test_a_table_below_the_first_is_not_read_under_its_heading(brought):
    """The second table is another indicator; its figures were taken for growths, and its header for a note."""
    rows = [
        ["地区", GROWTH_ZH],
        ["海淀区", 8.4],
        ["朝阳区", 6.9],
        [],
        ["地区", SHARE_ZH],
        ["西城区", 7.4],
        ["东城区", 5.6],
    ]
    said = brought(sheet(rows))
    wrong = {("xicheng", GROWTH, HALF, "7.4"), ("dongcheng", GROWTH, HALF, "5.6")}
    assert not wrong & said.figures or said.code == 3


# -- a group of columns is what its heading says -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "values"),
    [("全年目标", (8.0, 46.0)), ("全市排名", (3, 2)), ("其中：软件业", (9.1, 12.5))],
)
def test_a_group_heading_is_no_title(brought, group, values):
    """Targets, ranks or a part, under a heading that spans every column of figures, went in as the reported figures."""
    rows = [
        ["地区", group, None],
        [None, GROWTH_ZH, SHARE_ZH],
        ["海淀区", *values],
        ["西城区", *values],
    ]
    said = brought(sheet(rows, ("A1:A2", "B1:C1")))
    assert not said.figures or group in said.err


# -- units that are told are never passed over ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        [["地区", "指标", "单位", "数值"], ["密云区", VA_ZH, "万元", 357000]],
        [[None, "(万元)"], ["地区", VA_ZH], ["密云区", 357000]],
    ],
    ids=["a column of units", "a unit alone above its column"],
)
def test_a_unit_that_stands_in_the_sheet_counts(run, symposium, rows):
    """357000 万元 are 35.7 of 100 million CNY; 357000 of 100 million went in, and nothing was said."""
    without_history(symposium, "miyun", VA)
    said = Return(run, symposium, sheet(rows))
    assert said.figures == {("miyun", VA, HALF, "357000万")} or said.code == 3


def test_households_are_no_persons(city, run, tmp_path):
    place = city({}, [])
    text = (place.folder / "targets.toml").read_text(encoding="utf-8")
    extra = '\n[indicators.people]\nname = { en = "Population", zh = "常住人口" }\nkind = "stock"\nunit = "10 thousand persons"\nbetter = "up"\n'
    (place.folder / "targets.toml").write_text(text + extra, encoding="utf-8", newline="\n")
    said = Return(run, place.folder, sheet([["area", "常住人口（万户）"], ["a", 1300.5]]))
    assert (said.code, "wrong-unit" in said.err) == (3, True)


def test_ren_are_persons(city, run):
    """人 and persons are one base: a refusal of 万人 under “10 thousand persons” is a false one."""
    place = city({}, [])
    text = (place.folder / "targets.toml").read_text(encoding="utf-8")
    extra = '\n[indicators.people]\nname = { en = "Population", zh = "常住人口" }\nkind = "stock"\nunit = "10 thousand persons"\nbetter = "up"\n'
    (place.folder / "targets.toml").write_text(text + extra, encoding="utf-8", newline="\n")
    said = Return(run, place.folder, sheet([["area", "常住人口（万人）"], ["a", 1300.5]]))
    assert {(row["area"], row["value"]) for row in said.rows} == {("a", "1300.5")}


# -- periods --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ["2023上半年度", "H1 of 2023"])
def test_one_odd_period_does_not_make_last_year_this_year(brought, odd):
    """One cell that is no period, and the whole column was passed over: figures of H1-2023 came in as H1-2024."""
    text = f"area,indicator,period,value\nhaidian,{VA},2023-H1,1390.5\nxicheng,{VA},{odd},571.6\n"
    said = brought(text, "return.csv")
    assert ("haidian", VA, HALF, "1390.5") not in said.figures
    assert said.code == 3
    assert "bad-period" in said.err


@pytest.mark.parametrize("heading", ["期别", "quarter"])
def test_a_column_of_periods_is_known_by_its_cells(brought, heading):
    text = f"area,indicator,{heading},value\nhaidian,{VA},2023年上半年,1390.5\nxicheng,{VA},2023年上半年,571.6\n"
    said = brought(text, "return.csv")
    assert {row["period"] for row in said.rows} == {"H1-2023"} or said.code == 3


# -- forms: never guessed from size alone, a fraction that the map has not answered is refused ----------------------------------


@pytest.mark.parametrize(
    ("heading", "values"),
    [(GROWTH_ZH, (0.08, 0.07, 0.06)), (GROWTH_ZH, (0.1, 0.1, 0.1)), (SHARE_ZH, (0.46, 0.29, 0.3))],
)
def test_a_column_of_fractions_is_asked(brought, heading, values):
    """8, 7 and 6 % as Excel holds them, 0.08, 0.07, 0.06, went in as 0.08 %: they have too few decimals to be asked about."""
    areas = ("海淀区", "朝阳区", "西城区")
    said = brought(sheet([["地区", heading], *map(list, zip(areas, values, strict=True))]))
    assert said.code == 3
    assert "fraction-for-percent" in said.err


def test_thousands_or_decimals_is_asked(brought):
    """8,412 in a file of semicolons is 8.412 wherever a comma stands before decimals: 8412 % is a guess."""
    said = brought(f"地区;{GROWTH_ZH}\n海淀区;8,412\n朝阳区;6,912\n", "return.csv")
    assert said.code == 3 or said.figures == {
        ("haidian", GROWTH, HALF, "8.412"),
        ("chaoyang", GROWTH, HALF, "6.912"),
    }


def test_a_fall_back_of_a_growth_is_no_growth(brought):
    """回落0.3 says that the growth is 0.3 points lower than before, not that it is −0.3 %."""
    said = brought(f"地区,{GROWTH_ZH}\n海淀区,回落0.3\n朝阳区,6.9\n", "return.csv")
    assert ("haidian", GROWTH, HALF, "-0.3") not in said.figures
    assert said.code == 3


# -- merged figures, other columns ------------------------------------------------------------------------------------------


def test_a_figure_merged_over_two_areas_is_told(brought):
    """8.4 for Haidian and Chaoyang together went to Haidian alone, Chaoyang's was lost, and nothing was said."""
    said = brought(
        sheet(
            [["地区", VA_ZH, GROWTH_ZH], ["海淀区", 1507.3, 8.4], ["朝阳区", 874.4, None]],
            ("C2:C3",),
        )
    )
    assert told(said, "C2") or told(said, "C3")


def test_a_column_of_status_is_not_passed_over(brought):
    """The return calls it expected; it went in as the status of the command line, without a word."""
    said = brought(
        f"area,indicator,value,status,published\nhaidian,{VA},1507.9,expected,2024-05-01\n",
        "return.csv",
    )
    assert told(said, "D1") or told(said, "D2")


# -- a bug, the map, the original -----------------------------------------------------------------------------------------------


def test_part_of_a_return_sent_again_is_no_crash(run, symposium):
    """Lines of findings in other files were looked up among the figures of the return: exit 70."""
    file = symposium.parent / "whole.csv"
    file.write_text(f"地区,{GROWTH_ZH}\n朝阳区,7.0\n海淀区,8.6\n", encoding="utf-8", newline="\n")
    assert run(["import", str(file), *WORDS, "--yes"], at=symposium).code == 0
    said = Return(run, symposium, f"地区,{GROWTH_ZH}\n海淀区,8.6\n", "part.csv")
    assert (said.code, [row["what"] for row in said.rows]) == (0, ["on file already"])


def test_the_saved_map_of_areas_across_reads_the_same_file(run, symposium):
    raw = sheet([["指标", "海淀区", "朝阳区"], [VA_ZH, 1507.3, 874.4], [GROWTH_ZH, 8.4, 6.9]])
    first = Return(run, symposium, raw, more=("--save-map", str(symposium.parent / "map.toml")))
    again = Return(run, symposium, raw, more=("--map", str(symposium.parent / "map.toml")))
    assert len(first.rows) == 4
    assert again.figures == first.figures


# -- ordinary returns that are refused ----------------------------------------------------------------------------------------


def test_a_return_of_one_district_may_stand_across(brought):
    said = brought(
        sheet([["指标", "单位", "海淀区"], [VA_ZH, "亿元", 1507.3], [GROWTH_ZH, "%", 8.4]])
    )
    assert said.figures == {("haidian", VA, HALF, "1507.3"), ("haidian", GROWTH, HALF, "8.4")}


@pytest.mark.parametrize(
    "name",
    ["Haidian District", "北京市海淀区", "海\u200b淀区"],
    ids=["District", "with its city", "zero-width"],
)
def test_usual_spellings_of_an_area(brought, name):
    said = brought(sheet([["地区", VA_ZH], [name, 1507.3], ["朝阳区", 874.4]]))
    assert ("haidian", VA, HALF, "1507.3") in said.figures


def test_marks_that_nobody_sees_are_no_fault_of_a_number(brought):
    said = brought(f"地区,{VA_ZH}\n海淀区,\u200b1507.3\u200e\n朝阳区,874.4\n", "return.csv")
    assert ("haidian", VA, HALF, "1507.3") in said.figures


@pytest.mark.parametrize("name", ["城六区合计", "北京市合计", "中心城区小计"])
def test_totals_of_a_band_are_no_areas(brought, name):
    said = brought(sheet([["地区", VA_ZH], ["海淀区", 1507.3], ["朝阳区", 874.4], [name, 2381.7]]))
    assert said.code == 0


def test_one_number_written_twice_is_no_conflict(brought):
    said = brought(f"地区,{VA_ZH}\n海淀区,1507.30\n海淀,1507.3\n朝阳区,874.4\n", "return.csv")
    assert "conflicting-figures" not in said.err


@pytest.mark.parametrize(
    "heading",
    [
        f"{VA_ZH}（2024年上半年，亿元）",
        f"{VA_ZH}(2024年上半年)",
        f"2024年1-6月{VA_ZH} 亿元",
        f"上半年{VA_ZH}",
        f"{VA_ZH} 累计",
        f"{VA_ZH}（单位：亿元）",
        f"{VA_ZH}①",
    ],
)
def test_usual_headings_need_no_map(brought, heading):
    said = brought(sheet([["地区", heading], ["海淀区", 1507.3], ["朝阳区", 874.4]]))
    assert said.figures == {("haidian", VA, HALF, "1507.3"), ("chaoyang", VA, HALF, "874.4")}


# -- words that lead nowhere -------------------------------------------------------------------------------------------------


def test_nothing_reported_is_not_a_fault_of_a_file_that_is_not_there(brought):
    said = brought(sheet([["地区", VA_ZH], ["海淀区", "—"], ["朝阳区", "-"]]))
    assert "data/actuals/" not in said.err


def test_a_refused_return_is_not_sent_to_options_of_report(brought):
    said = brought(sheet([["地区", f"{VA_ZH}（万人）"], ["海淀区", 1507.3]]))
    assert said.code == 3
    assert "--set-aside" not in said.err


# ---- what a heading says of unit and period --------------------------------------------------------------------------
# A district figure as it is sent, under headings that real returns have; 1508.1 is in 100 million CNY.
UNITS = [  # heading, figure, what is kept (None: nothing may be written)
    ("Digital-economy value added (100 million CNY)", "1508.1", "1508.1"),
    ("Digital-economy value added (CNY 100m)", "1508.1", "1508.1"),
    ("Digital-economy value added (RMB 100m)", "1508.1", "1508.1"),
    ("Digital-economy value added (CNY bn)", "150.81", "150.81 billion"),
    ("Digital-economy value added (RMB million)", "150810", "150810百万"),
    ("Digital-economy value added (CNY m)", "150810", "150810百万"),
    ("Digital-economy value added (10 thousand CNY)", "15081000", "15081000万"),
    ("Digital-economy value added 100 million CNY", "1508.1", "1508.1"),
    ("Digital-economy value added (USD million)", "150810", None),
    ("Digital-economy value added (million USD)", "150810", None),
    (f"{VA_ZH}（亿元、万元）", "1508.1", None),
    (f"{VA_ZH}（单位：万元）", "15081000", "15081000万"),
    (f"{VA_ZH}（亿元，上半年累计）", "1508.1", "1508.1"),
]


@pytest.mark.parametrize(
    ("heading", "figure", "kept"), UNITS, ids=[heading for heading, *_ in UNITS]
)
def test_a_unit_of_several_words_is_one_unit(run, symposium, heading, figure, kept):
    said = Return(run, symposium, sheet([["District", heading], ["Haidian", figure]]))
    assert said.figures == ({("haidian", VA, HALF, kept)} if kept else set())
    assert said.code == (0 if kept else 3)


PERIODS = [  # texts above one another over a column of 8.5, the period of the figure (None: nothing may be written)
    ([f"{GROWTH_ZH}（%）"], HALF),
    ([f"{GROWTH_ZH}（上半年，%）"], HALF),
    ([f"{GROWTH_ZH}（按现价计算，%）"], HALF),  # as the indicator is told
    ([f"{GROWTH_ZH}（按2020年不变价计算，%）"], None),
    ([f"{GROWTH_ZH}（按可比价格计算，%）"], None),
    ([f"{GROWTH_ZH}（与上年同期相比，%）"], None),
    ([f"{GROWTH_ZH}（上年同期=100）"], None),
    ([f"{GROWTH_ZH}（不含2023年，%）"], None),
    ([f"{GROWTH_ZH}（2022-2024年平均，%）"], None),
    ([f"{GROWTH_ZH}（剔除上年同期基数因素，%）"], None),
    ([f"{GROWTH_ZH}（%，全年目标）"], None),
    ([f"{GROWTH_ZH}（2023年上半年，%）"], "H1-2023"),
    (["上年同期", GROWTH_ZH], "H1-2023"),
    ([GROWTH_ZH, "2023年", "上半年"], "H1-2023"),
    ([GROWTH_ZH, "上半年", "2023年"], "H1-2023"),
    ([GROWTH_ZH, "2023年", "下半年"], "H2-2023"),
    ([GROWTH_ZH, "2024年", "2024年上半年"], HALF),
    ([GROWTH_ZH, "2024年上半年", "上年同期"], "H1-2023"),
    ([GROWTH_ZH, "2023年", "上年同期"], "H1-2023"),
    ([GROWTH_ZH, "2023年上半年", "2024年上半年"], None),  # two that do not agree
    (["1-6月", GROWTH_ZH], HALF),
    (["1—5月", GROWTH_ZH], "2024-01..2024-05"),
    (["一季度", GROWTH_ZH], "Q1-2024"),
    (["2023年", "前三季度", GROWTH_ZH], "Q1-3-2023"),
    (["Q2", GROWTH_ZH], "Q2-2024"),
    (["H1", GROWTH_ZH], HALF),
    (["2023年同期", GROWTH_ZH], "H1-2023"),
    (["First half of 2024", GROWTH_ZH], HALF),
    (["second half", GROWTH_ZH], "H2-2024"),
    (["Jan-Jun 2024", GROWTH_ZH], HALF),
    (["January to May", GROWTH_ZH], "2024-01..2024-05"),
    (["June 2023", GROWTH_ZH], "2023-06"),
    (["1er semestre 2024", GROWTH_ZH], HALF),
    (["T2 2024", GROWTH_ZH], "Q2-2024"),
    (["S1 2023", GROWTH_ZH], "H1-2023"),
    (["本月止累计", GROWTH_ZH], HALF),
    (["本月", GROWTH_ZH], None),
    (["5G market", GROWTH_ZH], None),
]


@pytest.mark.parametrize(
    ("parts", "period"), PERIODS, ids=[" / ".join(parts) for parts, _ in PERIODS]
)
def test_the_period_that_the_texts_above_a_column_name_together(run, symposium, parts, period):
    rows = [["地区" if not at else None, part, "排名"] for at, part in enumerate(parts)]
    said = Return(
        run,
        symposium,
        sheet([*rows, ["海淀区", 8.5, 1], ["房山区", 6.1, 2]], (f"A1:A{len(parts)}",)),
    )
    expected = (
        {("haidian", GROWTH, period, "8.5"), ("fangshan", GROWTH, period, "6.1")}
        if period
        else set()
    )
    assert said.figures == expected
    assert said.code == (0 if period else 3)


def test_two_years_above_their_halves(run, symposium):
    rows = [
        ["区", f"{GROWTH_ZH}（%）", None, None],
        [None, "2023年", None, "2024年"],
        [None, "上半年", "下半年", "上半年"],
        ["海淀区", 7.9, 8.1, 8.4],
        ["东城区", 4.9, 5.6, 6.2],
    ]
    said = Return(run, symposium, sheet(rows, ("A1:A3", "B1:D1", "B2:C2")))
    assert said.figures == {
        ("haidian", GROWTH, "H1-2023", "7.9"),
        ("haidian", GROWTH, "H2-2023", "8.1"),
        ("haidian", GROWTH, HALF, "8.4"),
        ("dongcheng", GROWTH, "H1-2023", "4.9"),
        ("dongcheng", GROWTH, "H2-2023", "5.6"),
        ("dongcheng", GROWTH, HALF, "6.2"),
    }


BESIDE = [  # headings of three columns of a growth, and their periods
    (["1-5月", "上年同期", "排名"], ["2024-01..2024-05", "2023-01..2023-05"]),
    (["2024年上半年", "上年同期", "位次"], [HALF, "H1-2023"]),
    (["上年同期", "1-5月", "位次"], ["2023-01..2023-05", "2024-01..2024-05"]),
    (["1-5月", "上年同期", "1-6月"], ["2024-01..2024-05", "2023-01..2023-05", HALF]),
    (["上年同期", "位次", "名次"], ["H1-2023"]),
]


@pytest.mark.parametrize(
    ("heads", "periods"), BESIDE, ids=[" | ".join(heads) for heads, _ in BESIDE]
)
def test_the_same_period_of_last_year_is_told_from_the_column_beside_it(
    run, symposium, heads, periods
):
    rows = [["地区", GROWTH_ZH, None, None], [None, *heads], ["海淀区", 7.1, 7.2, 7.3]]
    said = Return(run, symposium, sheet(rows, ("A1:A2", "B1:D1")))
    figures = [
        figure
        for head, figure in zip(heads, ("7.1", "7.2", "7.3"), strict=True)
        if head not in ("排名", "位次", "名次")
    ]
    assert said.figures == {
        ("haidian", GROWTH, period, figure) for period, figure in zip(periods, figures, strict=True)
    }


def test_a_heading_at_other_prices_is_told_so(run, symposium):
    said = Return(
        run,
        symposium,
        sheet([["地区", f"{GROWTH_ZH}（按不变价计算，%）"], ["海淀区", 8.5]]),
        more=("-i", GROWTH),
    )
    assert (said.code, said.figures) == (3, set())
    assert "is in prices “current”, its heading gives prices “constant”" in said.err


def test_a_year_alone_above_its_half(run, symposium):
    said = Return(
        run,
        symposium,
        sheet([["地区", None], [None, "2023年"], [None, f"上半年{GROWTH_ZH}"], ["海淀区", 7.9]]),
    )
    assert said.figures == {("haidian", GROWTH, "H1-2023", "7.9")}


@pytest.mark.parametrize(
    "title", ["各区1-5月主要指标", "各区一季度主要指标（2024年）", "2023年各区上半年主要指标"]
)
def test_a_title_for_other_months_is_told(run, symposium, title):
    said = Return(run, symposium, sheet([[title], ["地区", GROWTH_ZH], ["海淀区", 8.5]]))
    assert "other-period" in said.err


@pytest.mark.parametrize(
    "title", ["2024年上半年各区主要指标", "各区1-6月主要指标", "2024年各区主要指标", "各区主要指标"]
)
def test_a_title_for_the_period_asked_for_is_not(run, symposium, title):
    said = Return(run, symposium, sheet([[title], ["地区", GROWTH_ZH], ["海淀区", 8.5]]))
    assert "other-period" not in said.err


def test_a_period_over_the_rows_below_is_not_passed_over(run, symposium):
    said = Return(
        run,
        symposium,
        sheet([["地区", GROWTH_ZH], ["海淀区", 8.5], ["2023年", None], ["房山区", 6.1]]),
    )
    assert (
        said.code,
        "return.xlsx!Sheet!A3" in said.err,
        "applies to the rows below it" in said.err,
    ) == (3, True, True)


# ---- against what is on file, whatever its file is called ------------------------------------------------------------
ON_FILE = "area,indicator,period,value,status,published,source,note\n"


def filed(folder: Path, *rows: str, name: str = "zzz.csv") -> None:
    """Figures in a file of their own, which stands behind that of the import by its name, or before it."""
    (folder / "data/actuals" / name).write_text(
        ON_FILE + "".join(f"{row}\n" for row in rows), encoding="utf-8"
    )


@pytest.mark.parametrize("name", ["zzz.csv", "AAA.csv"])
def test_a_slip_that_is_on_file_already_is_refused_at_the_door_all_the_same(run, symposium, name):
    filed(symposium, f"haidian,{VA},{HALF},15081000,illustrative,2024-09-01,ret2,", name=name)
    said = Return(run, symposium, f"area,{VA}\n海淀区,15081000\n房山区,30.1\n", "return.csv")
    assert (said.code, "scale-slip" in said.err) == (3, True)


@pytest.mark.parametrize("name", ["zzz.csv", "AAA.csv"])
def test_a_conflict_is_told_at_the_cell_of_the_return_and_an_old_one_is_not_its(
    run, symposium, name
):
    filed(
        symposium,
        f"haidian,{VA},H1-2021,1000.1,illustrative,2024-09-01,ret,",
        f"haidian,{VA},H1-2021,1001.1,illustrative,2024-09-01,ret,",
        name=name,
    )
    repeated = Return(
        run,
        symposium,
        f"area,period,{VA}\n海淀区,H1-2021,1000.1\n房山区,H1-2021,30.1\n",
        "return.csv",
    )
    assert (repeated.code, "conflicting-figures" in repeated.err) == (0, False)
    filed(symposium, f"haidian,{VA},H1-2021,1000.1,illustrative,2024-09-01,ret,", name=name)
    against = Return(run, symposium, f"area,period,{VA}\n海淀区,H1-2021,1002.1\n", "return.csv")
    assert (
        against.code,
        "return.csv!C2" in against.err,
        f"data/actuals/{name}:2" in against.err,
    ) == (3, True, True)


# -- the one column of figures of a long table ---------------------------------------------------------------------------------


def long_table(heading: str | None) -> bytes:
    return sheet([["区", "指标", heading], ["海淀区", GROWTH_ZH, 8.2], ["东城区", GROWTH_ZH, 5.8]])


@pytest.mark.parametrize(
    "heading",
    [
        "目标值",
        "全年目标",
        "2024年任务",
        "target",
        "同比增减",
        "增速（%）",
        "幸福指数",
        "比上年增长",
        VA_ZH,
        "2023年、2024年",
        "数值 1",
    ],
)
def test_a_heading_that_does_not_say_figures_is_not_taken_for_them(brought, heading):
    """Targets were written as reported figures, and changes as growths, because the column stood alone."""
    said = brought(long_table(heading))
    assert (said.code, said.rows) == (3, [])
    assert told(said, "C1")
    assert "column-unmapped" in said.err
    assert f'value = "{heading}"' in said.err
    assert "no-layout" not in said.err


def test_some_months_of_the_half_are_not_the_half(brought):
    """The figures of January to May went in as those of the half; they are those of their months, or are asked about."""
    said = brought(long_table("1-5月"))
    assert HALF not in {row["period"] for row in said.rows}
    assert said.rows or (said.code == 3 and told(said, "C1"))


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        (None, HALF),
        ("数值", HALF),
        ("本期", HALF),
        ("完成值", HALF),
        ("Figure", HALF),
        ("累计完成", HALF),
        ("%", HALF),
        ("数值（%）", HALF),
        ("H1-2024", HALF),
        ("2024年上半年（%）", HALF),
        ("上年同期", "H1-2023"),
        ("H1-2023", "H1-2023"),
        ("数值①", HALF),
    ],
)
def test_a_heading_that_says_figures_a_period_or_a_unit_is_taken(brought, heading, period):
    said = brought(long_table(heading))
    assert said.figures == {
        ("haidian", GROWTH, period, "8.2"),
        ("dongcheng", GROWTH, period, "5.8"),
    }


def test_the_map_says_which_column_holds_the_figures(brought, tmp_path):
    (tmp_path / "map.toml").write_text('value = "目标值"\n', encoding="utf-8")
    said = brought(long_table("目标值"), more=("--map", str(tmp_path / "map.toml")))
    assert said.figures == {("haidian", GROWTH, HALF, "8.2"), ("dongcheng", GROWTH, HALF, "5.8")}


def test_targets_beside_the_figures_stay_where_they_are(brought):
    said = brought(
        sheet([["区", "指标", "目标值", "2024年上半年"], ["海淀区", GROWTH_ZH, 8.0, 8.2]])
    )
    assert said.figures == {("haidian", GROWTH, HALF, "8.2")}
    assert told(said, "C1")


def test_of_two_columns_that_may_hold_the_figures_none_is_taken(brought):
    said = brought(
        sheet([["区", "指标", "2023年上半年", "2024年上半年"], ["海淀区", GROWTH_ZH, 8.0, 8.2]])
    )
    assert (said.code, said.rows) == (3, [])
    assert "“2024年上半年” is one of 2 columns that may hold the figures" in said.err


@pytest.mark.parametrize("heading", ["目标值", "年度任务", "计划数", "target", "数值", None])
def test_a_long_table_of_targets_may_say_so(run, symposium, heading):
    file = symposium.parent / "plans.xlsx"
    file.write_bytes(long_table(heading))
    words = [
        "--year",
        "2025",
        "--set",
        "2025-01-10",
        "--source",
        "plans-2025",
        "--dry-run",
        "-f",
        "json",
    ]
    said = run(["targets", "import", str(file), *words], at=symposium)
    assert [
        (row["area"], row["indicator"], row["target"]) for row in json.loads(said.out)["rows"]
    ] == [("haidian", GROWTH, "8.2"), ("dongcheng", GROWTH, "5.8")]


# -- the indicator that the command names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading", [GROWTH_ZH, f"{GROWTH_ZH}（%）", "5G基站数", f"2024年上半年{SHARE_ZH}"]
)
def test_a_column_that_is_another_indicator_is_never_the_one_asked_for(brought, heading):
    """-i digital_va took the only column, though its heading named another indicator to the letter."""
    said = brought(sheet([["区", heading], ["西城区", 7.4], ["东城区", 5.8]]), more=("-i", VA))
    assert (said.code, said.rows) == (3, [])
    assert told(said, "B1")
    named = STOCK if "5G" in heading else SHARE if SHARE_ZH in heading else GROWTH
    assert f"“{heading}” is {named}; no column is {VA}" in said.err
    assert "no-layout" not in said.err


@pytest.mark.parametrize(
    "said_of_it",
    [f'[columns]\n"增加值" = {{ indicator = "{GROWTH}" }}\n', f'value = "{GROWTH_ZH}"\n'],
)
def test_nor_where_the_map_says_it(brought, tmp_path, said_of_it):
    (tmp_path / "map.toml").write_text(said_of_it, encoding="utf-8")
    heading = "增加值" if "columns" in said_of_it else GROWTH_ZH
    said = brought(
        sheet([["区", heading], ["西城区", 7.4]]),
        more=("-i", VA, "--map", str(tmp_path / "map.toml")),
    )
    assert (said.code, said.rows) == (3, [])
    assert f"“{heading}” is {GROWTH}; no column is {VA}" in said.err


@pytest.mark.parametrize(
    "heading", ["增加值", None, "数值", "增加值（亿元）", "亿元", "2024年上半年", VA_ZH]
)
def test_the_command_names_a_lone_column(brought, heading):
    said = brought(sheet([["区", heading], ["西城区", 613.4], ["东城区", 405.8]]), more=("-i", VA))
    assert said.figures == {("xicheng", VA, HALF, "613.4"), ("dongcheng", VA, HALF, "405.8")}


def test_the_column_asked_for_is_taken_beside_others_of_which_nothing_is_told(brought):
    said = brought(sheet([["区", VA_ZH, GROWTH_ZH], ["西城区", 613.4, 7.4]]), more=("-i", VA))
    assert said.figures == {("xicheng", VA, HALF, "613.4")}
    assert "column-unmapped" not in said.err


def test_targets_are_not_the_figures_of_the_indicator_asked_for(brought):
    said = brought(sheet([["区", "全年目标"], ["西城区", 7.5]]), more=("-i", GROWTH))
    assert (said.code, said.rows) == (3, [])
    assert "“全年目标” refers to targets" in said.err


# -- the name in each row of a long table is read as a heading is ---------------------------------------------------------------


def test_a_unit_in_the_name_of_a_row_counts_for_that_row(run, symposium):
    """The refusal blamed the heading of the values, “names no indicator”, for what stood in the rows."""
    without_history(symposium, "haidian", VA)
    rows = [
        ["区", "指标", "数值"],
        ["海淀区", f"{VA_ZH}（万元）", 15081000],
        ["海淀区", f"{GROWTH_ZH}（%）", 8.5],
        ["东城区", GROWTH_ZH, 5.8],
    ]
    said = Return(run, symposium, sheet(rows))
    assert said.figures == {
        ("haidian", VA, HALF, "15081000万"),
        ("haidian", GROWTH, HALF, "8.5"),
        ("dongcheng", GROWTH, HALF, "5.8"),
    }


@pytest.mark.parametrize(
    "more",
    [[], ["单位"], ["单位", "%"]],
    ids=["straight down", "an empty column of units", "a unit in a row"],
)
def test_names_of_rows_are_read_however_the_table_is(run, symposium, more):
    rows = [
        ["区", "指标", "数值", *more[:1]],
        ["海淀区", f"其中：{GROWTH_ZH}，%", 8.5, *more[1:]],
        ["西城区", f"上半年{GROWTH_ZH}", 7.4],
    ]
    said = Return(run, symposium, sheet(rows))
    assert said.figures == {("haidian", GROWTH, HALF, "8.5"), ("xicheng", GROWTH, HALF, "7.4")}


def test_a_period_in_the_name_of_a_row_counts_for_that_row(brought):
    rows = [
        ["区", "指标", "数值"],
        ["海淀区", f"2023年上半年{GROWTH_ZH}", 8.5],
        ["西城区", GROWTH_ZH, 7.4],
    ]
    said = brought(sheet(rows))
    assert said.figures == {("haidian", GROWTH, "H1-2023", "8.5"), ("xicheng", GROWTH, HALF, "7.4")}


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([["区", "指标", "数值", "单位"], ["海淀区", f"{VA_ZH}（万元）", 1508.1, "亿元"]], "B2"),
        ([["区", "指标", "数值（亿元）"], ["海淀区", f"{VA_ZH}（万元）", 1508.1]], "B2"),
    ],
    ids=["a column of units", "the heading"],
)
def test_two_units_for_one_row_are_asked_about(brought, rows, cell):
    said = brought(sheet(rows))
    assert (said.code, said.rows) == (3, [])
    assert told(said, cell)
    assert "wrong-unit" in said.err
    assert f"ambiguous unit: 万元 in “{VA_ZH}（万元）”, 亿元 in its column" in said.err


def test_two_periods_for_one_row_are_asked_about(brought):
    said = brought(
        sheet([["区", "指标", "2024年上半年"], ["海淀区", f"2023年上半年{GROWTH_ZH}", 8.5]])
    )
    assert (said.code, said.rows, told(said, "B2")) == (3, [], True)
    assert "ambiguous period: H1-2023 in" in said.err


def test_a_unit_in_a_name_wins_over_one_of_another_kind_in_the_heading(brought):
    rows = [
        ["区", "指标", "数值（亿元）"],
        ["海淀区", VA_ZH, 1508.1],
        ["海淀区", f"{GROWTH_ZH}（%）", 8.5],
    ]
    assert brought(sheet(rows)).figures == {
        ("haidian", VA, HALF, "1508.1"),
        ("haidian", GROWTH, HALF, "8.5"),
    }


@pytest.mark.parametrize("first", [GROWTH_ZH, f"{GROWTH_ZH}（%）", "幸福感（分）"])
def test_a_name_that_names_no_indicator_is_told_at_its_own_cell(brought, first):
    """The nearest names help the sender; the heading 数值 has no fault."""
    said = brought(
        sheet([["区", "指标", "数值"], ["海淀区", first, 8.5], ["西城区", "幸福指数（分）", 90.1]])
    )
    assert said.code == 3
    assert told(said, "B3")
    assert "unknown-indicator" in said.err
    assert "“数值”" not in said.err


def test_a_name_with_a_unit_of_another_base_is_refused(brought):
    said = brought(
        sheet(
            [["区", "指标", "数值"], ["海淀区", f"{VA_ZH}（万人）", 8.5], ["西城区", VA_ZH, 613.2]]
        )
    )
    assert (said.code, told(said, "C2"), "wrong-unit" in said.err) == (3, True, True)


def test_the_smallest_unit_is_that_of_the_rows_name(run, symposium):
    """… beside 357000 and 613000.5 万元 is less than 0.1 万元, not than 0.1 of 100 million."""
    without_history(symposium, "miyun", VA)
    without_history(symposium, "yanqing", VA)
    rows = [
        ["区", "指标", "数值"],
        ["密云区", f"{VA_ZH}（万元）", "357000.5"],
        ["延庆区", f"{VA_ZH}（万元）", "…"],
    ]
    assert ("yanqing", VA, HALF, "<0.1万") in Return(run, symposium, sheet(rows)).figures


def test_headings_of_a_wide_table_are_no_names_of_rows(brought):
    """A column headed 项目 beside columns that name indicators is not looked at for names."""
    said = brought(
        sheet([["区", "项目", GROWTH_ZH], ["海淀区", "一期", 8.5], ["西城区", "二期", 7.4]])
    )
    assert said.figures == {("haidian", GROWTH, HALF, "8.5"), ("xicheng", GROWTH, HALF, "7.4")}


# -- the summary tells the period of the figures --------------------------------------------------------------------------------


def previewed(run, symposium, rows: list[list[Any]], more: tuple[str, ...] = ()) -> str:
    file = symposium.parent / "return.xlsx"
    file.write_bytes(sheet(rows))
    said = run(["import", str(file), *WORDS, "--dry-run", *more], at=symposium)
    return said.out + said.err


def test_the_summary_names_the_period_of_the_figures(run, symposium):
    """“1 figure of 1 area for H1-2024” stood above a figure that was written for H1-2023."""
    out = previewed(run, symposium, [["区", f"2023年上半年{GROWTH_ZH}"], ["海淀区", 8.5]])
    assert "1 figure of 1 area for H1-2023: " in out
    table = next(line for line in out.splitlines() if line.startswith("What"))
    row = next(line for line in out.splitlines() if "Haidian" in line and " 8.5" in line)
    assert "Period" in table
    assert "H1-2023" in row


@pytest.mark.parametrize("years", [(2024, 2023), (2024, 2022, 2023)])
def test_the_summary_names_each_of_several_periods_in_their_order(run, symposium, years):
    rows = [
        ["区", *(f"{year}年上半年{GROWTH_ZH}" for year in years)],
        ["海淀区", *(8.5 for _ in years)],
    ]
    named = {2: "H1-2023 and H1-2024", 3: "H1-2022, H1-2023 and H1-2024"}[len(years)]
    out = previewed(run, symposium, rows)
    assert f"{len(years)} figures of 1 area for {named}: " in out


def test_many_periods_are_counted_past_the_third(run, symposium):
    rows = [
        ["区", "指标", "时期", "数值"],
        *(["海淀区", GROWTH_ZH, f"H1-{year}", 8.5] for year in range(2019, 2025)),
    ]
    assert "6 figures of 1 area for H1-2019, H1-2020, H1-2021 and 3 more: " in previewed(
        run, symposium, rows
    )


def test_of_the_period_asked_for_the_table_has_no_column(run, symposium):
    out = previewed(run, symposium, [["区", GROWTH_ZH], ["海淀区", 8.5]])
    assert "1 figure of 1 area for H1-2024: " in out
    assert "Period" not in next(line for line in out.splitlines() if line.startswith("What"))


def test_the_summary_of_targets_names_their_period(run, symposium):
    file = symposium.parent / "plans.xlsx"
    file.write_bytes(sheet([["区", f"2026年{GROWTH_ZH}目标"], ["海淀区", 8.5]]))
    words = ["--year", "2025", "--set", "2025-01-10", "--source", "plans-2025", "--dry-run"]
    assert (
        "1 target of 1 area for 2026: 1 new."
        in run(["targets", "import", str(file), *words], at=symposium).out
    )


# -- the line of units above a long table ------------------------------------------------------------------------------------


def test_the_line_of_units_above_a_long_table_counts(run, symposium):
    """It counted above a wide table only: 5030000 万元 were read as 5030000 of 100 million CNY."""
    without_history(symposium, "miyun", VA)
    rows = [
        ["单位：万元、%"],
        ["区", "指标", "数值"],
        ["密云区", VA_ZH, 357000],
        ["密云区", GROWTH_ZH, 7.4],
    ]
    said = Return(run, symposium, sheet(rows))
    assert said.figures == {("miyun", VA, HALF, "357000万"), ("miyun", GROWTH, HALF, "7.4")}


def test_two_units_above_a_long_table_are_asked_about(brought):
    said = brought(sheet([["单位：万元、亿元"], ["区", "指标", "数值"], ["密云区", VA_ZH, 35.7]]))
    assert (said.code, said.rows, told(said, "B3")) == (3, [], True)
    assert "ambiguous unit of this column: the table gives 万元 and 亿元" in said.err


@pytest.mark.parametrize(
    "rows",
    [
        [["区", "指标", "数值（亿元）"], ["密云区", VA_ZH, 35.7]],
        [["区", "指标", "数值"], ["密云区", f"{VA_ZH}（亿元）", 35.7]],
    ],
)
def test_what_stands_nearer_wins_over_the_line_above(run, symposium, rows):
    without_history(symposium, "miyun", VA)
    assert Return(run, symposium, sheet([["单位：万元"], *rows])).figures == {
        ("miyun", VA, HALF, "35.7")
    }


# ---- units told for the whole table, maps of next year, columns beside one another (a second reviewer's finds) --------
LINES = [  # line above the table, figure as it stands, what is kept (None: refused)
    (["金额单位：人民币万元"], "15081000", "15081000万"),
    (["单位：人民币（万元）"], "15081000", "15081000万"),
    (["单位为万元"], "15081000", "15081000万"),
    (["单位：10万元"], "1508100", "1508.100"),
    (["单位：", "万元"], "15081000", "15081000万"),
    (["", "", "万元"], "15081000", "15081000万"),
    (["2024年上半年数字经济增加值（万元）"], "15081000", "15081000万"),
    (["Unit: 10 000 CNY"], "15081000", "15081000万"),
    (["Unit: 10,000 yuan"], "15081000", "15081000万"),
    (["Units: CNY 10k, %"], "15081000", "15081000万"),
    (["Unit: in millions of yuan"], "150810", "150810百万"),
    (["Unité : millions de yuans"], "150810", "150810百万"),
    (["Unité : milliards de yuans"], "150.81", "150.81 billion"),
    (["单位：亿元、%"], "1508.1", "1508.1"),
    (["单位 万元"], "15081000", "15081000万"),
    (["Units million CNY"], "150810", "150810百万"),
    (["Energy use per unit of GDP (tons per 10,000 yuan) is told elsewhere"], "1508.1", "1508.1"),
    (["单位：万亿日元币"], "1508.1", None),
    (["填报单位：海淀区统计局"], "1508.1", "1508.1"),
    (["单位：海淀区统计局"], "1508.1", "1508.1"),
]


@pytest.mark.parametrize(
    ("line", "figure", "kept"), LINES, ids=[" ".join(line) for line, *_ in LINES]
)
def test_the_unit_that_is_told_above_the_table(run, symposium, line, figure, kept):
    said = Return(run, symposium, sheet([line, ["地区", VA_ZH], ["海淀区", figure]]))
    assert kept is None or said.figures == {("haidian", VA, HALF, kept)}
    assert (said.code, "unknown unit in" in said.err) == ((0, False) if kept else (3, True))


def test_a_heading_that_speaks_of_a_unit_is_no_line_of_units(run, symposium):
    head = ["District", "Change in energy use per unit of GDP (%)", "Unit labour cost (yuan)"]
    said = Return(run, symposium, sheet([head, ["Haidian", "-3.1", "3"]]))
    assert (said.code, said.figures) == (0, {("haidian", "energy_intensity_change", HALF, "-3.1")})


def test_the_unit_in_an_indicators_own_name_is_its_unit(run, symposium):
    toml = symposium / "targets.toml"
    own = '\n[indicators.per_head]\nname = "人均地区生产总值（万元）"\nkind = "flow"\nunit = "10 thousand CNY"\nprices = "current"\nbetter = "up"\n'
    toml.write_text(toml.read_text(encoding="utf-8") + own, encoding="utf-8")
    said = Return(
        run,
        symposium,
        sheet(
            [["单位：亿元"], ["地区", VA_ZH, "人均地区生产总值（万元）"], ["海淀区", 1508.1, 9.5]]
        ),
    )
    assert said.figures == {("haidian", VA, HALF, "1508.1"), ("haidian", "per_head", HALF, "9.5")}


def test_a_saved_map_holds_for_the_next_year(run, symposium):
    rows = [["地区", GROWTH_ZH, None], [None, "本期", "上年同期"], ["海淀区", 8.5, 7.9]]
    file, saved = symposium.parent / "this.xlsx", str(symposium.parent / "map.toml")
    file.write_bytes(sheet(rows, ("A1:A2", "B1:C1")))
    assert (
        run(["import", str(file), *WORDS, "--dry-run", "--save-map", saved], at=symposium).code == 0
    )
    words = [
        "--half",
        "H1-2025",
        "--published",
        "2025-09-01",
        "--source",
        "ret",
        "--status",
        "illustrative",
    ]
    said = run(
        ["import", str(file), *words, "--map", saved, "--dry-run", "-f", "json"], at=symposium
    )
    assert {(row["period"], row["value"]) for row in json.loads(said.out)["rows"]} == {
        ("H1-2025", "8.5"),
        ("H1-2024", "7.9"),
    }


PAIRS = [  # headings, figures, what is understood: (indicator, period) → figure
    (
        [f"{GROWTH_ZH}（1-5月）", VA_ZH, f"上年同期{VA_ZH}"],
        {(GROWTH, "2024-01..2024-05"): "1.1", (VA, HALF): "2.2", (VA, "H1-2023"): "3.3"},
    ),
    (
        ["5G基站数（6月末）", VA_ZH, f"上年同期{VA_ZH}"],
        {(STOCK, "2024-06"): "1.1", (VA, HALF): "2.2", (VA, "H1-2023"): "3.3"},
    ),
    (
        [f"上年同期{VA_ZH}", f"{VA_ZH}（1-6月）", f"上年同期{GROWTH_ZH}", f"{GROWTH_ZH}（1-5月）"],
        {
            (VA, "H1-2023"): "1.1",
            (VA, HALF): "2.2",
            (GROWTH, "2023-01..2023-05"): "3.3",
            (GROWTH, "2024-01..2024-05"): "4.4",
        },
    ),
    (
        [f"上年同期{VA_ZH}", f"{VA_ZH}（1-5月）", f"上年同期{VA_ZH} ", f"{VA_ZH}（1-6月）"],
        {
            (VA, "2023-01..2023-05"): "1.1",
            (VA, "2024-01..2024-05"): "2.2",
            (VA, "H1-2023"): "3.3",
            (VA, HALF): "4.4",
        },
    ),
]


@pytest.mark.parametrize(("heads", "told"), PAIRS, ids=[" | ".join(heads) for heads, _ in PAIRS])
def test_last_year_is_told_from_a_column_of_the_same_indicator(run, symposium, heads, told):
    said = Return(
        run,
        symposium,
        sheet([["地区", *heads], ["海淀区", *("1.1", "2.2", "3.3", "4.4")[: len(heads)]]]),
    )
    assert said.figures == {
        ("haidian", indicator, period, figure) for (indicator, period), figure in told.items()
    }


def test_nominal_and_real_are_two_columns(run, symposium):
    rows = [["地区", GROWTH_ZH, None], [None, "名义", "实际"], ["海淀区", 8.5, 6.2]]
    said = Return(run, symposium, sheet(rows, ("A1:A2", "B1:C1")))
    assert (said.code, "conflicting-figures" in said.err) == (3, True)


def test_a_letter_that_means_a_scale_is_no_footnote(run, symposium):
    said = Return(
        run,
        symposium,
        sheet([["District", "Digital-economy value added (M)"], ["Haidian", "150810"]]),
    )
    assert said.figures == {("haidian", VA, HALF, "150810百万")}


# -- what a lone column has to say for -i -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "增速",
        "同比增加",
        "占比",
        "完成率",
        "人均",
        "Change",
        "同比增加（亿元）",
        f"{VA_ZH}同比增加",
        "幸福指数",
        "人均增加值",
        "增长",
        "2023年增速",
    ],
)
def test_a_lone_column_that_says_something_else_is_not_the_indicator_asked_for(brought, heading):
    """A growth of 8.4 went in as a level of 8.4, untold, because its column stood alone."""
    said = brought(sheet([["地区", heading], ["密云区", 8.4], ["东城区", 5.8]]), more=("-i", VA))
    assert (said.code, said.rows) == (3, [])
    assert told(said, "B1")
    assert ("column-unmapped" in said.err, "no-layout" in said.err) == (True, False)


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        (GROWTH, "增速"),
        (GROWTH, "增速（%）"),
        (GROWTH, "Growth"),
        (GROWTH, "增加值增速"),
        (GROWTH, "上半年增速"),
        (GROWTH, "增加值（%）"),
        (GROWTH, "本期"),
        (VA, "value added"),
        (VA, "全区数字经济增加值"),
        (SHARE, "比重"),
        (SHARE, "Share"),
        (STOCK, "5G基站"),
        (STOCK, "基站数"),
        (STOCK, "stations"),
        (VA, None),
    ],
)
def test_a_lone_column_that_has_to_do_with_the_name_is_taken(run, symposium, asked, heading):
    without_history(symposium, "miyun", asked)
    said = Return(run, symposium, sheet([["地区", heading], ["密云区", 8]]), more=("-i", asked))
    assert said.figures == {("miyun", asked, HALF, "8")}


@pytest.mark.parametrize("heading", ["增加值", VA_ZH, "数字经济", "地区生产总值"])
def test_a_level_is_not_the_growth_or_share_of_it(brought, heading):
    for asked in (GROWTH, SHARE):
        said = brought(sheet([["地区", heading], ["密云区", 8.4]]), more=("-i", asked))
        assert (said.code, said.rows, told(said, "B1")) == (3, [], True)


@pytest.mark.parametrize("level", ["1-6月", "上半年", "数值", "2024年上半年（亿元）", None])
@pytest.mark.parametrize("growth", ["增速", GROWTH_ZH, "增速（%）"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_column_of_the_name_wins_over_a_period(brought, level, growth, turned):
    """1-6月 was taken as the growth, and 增速 left out."""
    heads, figures = ([growth, level], [8.4, 35.7]) if turned else ([level, growth], [35.7, 8.4])
    said = brought(
        sheet([["地区", *heads], ["密云区", *figures], ["东城区", *figures]]), more=("-i", GROWTH)
    )
    assert said.figures == {("miyun", GROWTH, HALF, "8.4"), ("dongcheng", GROWTH, HALF, "8.4")}
    assert told(said, "C1" if turned else "B1")


def test_the_halves_across_stay(brought):
    said = brought(
        sheet([["地区", "2023年上半年", "2024年上半年"], ["海淀区", 8.0, 8.2]]), more=("-i", GROWTH)
    )
    assert said.figures == {("haidian", GROWTH, "H1-2023", "8"), ("haidian", GROWTH, HALF, "8.2")}


def test_a_band_of_the_name_over_halves_that_is_not_merged(run, symposium):
    raw = f"地区,{GROWTH_ZH},\n,2023年上半年,2024年上半年\n海淀区,8.1,8.2\n"
    said = Return(run, symposium, raw, "return.csv", more=("-i", GROWTH))
    assert said.figures == {("haidian", GROWTH, "H1-2023", "8.1"), ("haidian", GROWTH, HALF, "8.2")}


def test_of_two_columns_that_have_to_do_with_the_name_none_is_taken(brought):
    said = brought(
        sheet([["地区", "2023年增速", "2024年增速"], ["海淀区", 8.1, 8.2]]), more=("-i", GROWTH)
    )
    assert (said.code, said.rows) == (3, [])
    assert "is one of 2 columns that may hold the figures" in said.err


@pytest.mark.parametrize(
    "text", ['value = "同比"\n', f'[columns]\n"同比" = {{ indicator = "{GROWTH}" }}\n']
)
def test_the_map_says_that_a_lone_column_is_it(brought, tmp_path, text):
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    said = brought(
        sheet([["地区", "同比"], ["密云区", 8.4]]),
        more=("-i", GROWTH, "--map", str(tmp_path / "map.toml")),
    )
    assert said.figures == {("miyun", GROWTH, HALF, "8.4")}


# -- merged cells below, blanks below, periods in two columns or without a year ------------------------------------------------

KEYS = ["地区", "指标", "时期", "单位", "数值"]
TOLD_PERIOD = "the period of this row is missing, other rows have one: add it"
TOLD_UNIT = "the unit of this row is missing, other rows have one: add it"


def new_ones(folder: Path) -> Path:
    for area in ("miyun", "yanqing"):
        without_history(folder, area, VA)
    return folder


@pytest.mark.parametrize("merged", [("C2:C3", "D2:D3"), ("B2:B3", "C2:C3", "D2:D3")])
def test_a_merged_cell_below_counts_for_all_its_rows(run, symposium, merged):
    name = None if "B2:B3" in merged else VA_ZH
    rows = [
        KEYS,
        ["密云区", VA_ZH, "2023年上半年", "万元", 357000],
        ["延庆区", name, None, None, 613000],
    ]
    said = Return(run, new_ones(symposium), sheet(rows, merged))
    assert said.figures == {
        ("miyun", VA, "H1-2023", "357000万"),
        ("yanqing", VA, "H1-2023", "613000万"),
    }


def test_merged_areas_below_count_for_their_indicators(brought):
    rows = [KEYS, ["密云区", GROWTH_ZH, HALF, "%", 7.4], [None, SHARE_ZH, None, None, 20.5]]
    said = brought(sheet(rows, ("A2:A3", "C2:C3", "D2:D3")))
    assert said.figures == {("miyun", GROWTH, HALF, "7.4"), ("miyun", SHARE, HALF, "20.5")}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("second", "cell", "code", "sentence"),
    [
        (["", "万元"], "C3", "bad-period", TOLD_PERIOD),
        (["2023年上半年", ""], "D3", "wrong-unit", TOLD_UNIT),
    ],
)
def test_a_blank_below_a_period_or_a_unit_is_asked_about(
    run, symposium, second, cell, code, sentence, kind
):
    rows = [
        KEYS,
        ["密云区", VA_ZH, "2023年上半年", "万元", "357000"],
        ["延庆区", VA_ZH, *second, "613000"],
    ]
    raw = sheet(rows) if kind == "xlsx" else "\n".join(map(",".join, rows)) + "\n"
    said = Return(run, new_ones(symposium), raw, f"return.{kind}")
    assert (said.code, told(said, cell), f"[{code}]" in said.err, sentence in said.err) == (
        3,
        True,
        True,
        True,
    )


def test_blank_columns_of_periods_and_units_say_nothing(brought):
    said = brought(
        sheet(
            [KEYS, ["密云区", GROWTH_ZH, None, None, 7.4], ["延庆区", GROWTH_ZH, None, None, 6.1]]
        )
    )
    assert said.figures == {("miyun", GROWTH, HALF, "7.4"), ("yanqing", GROWTH, HALF, "6.1")}


def test_a_blank_unit_beside_a_name_with_a_unit_is_none_to_ask_about(run, symposium):
    rows = [
        ["地区", "指标", "单位", "数值"],
        ["密云区", f"{GROWTH_ZH}（%）", None, 7.4],
        ["密云区", VA_ZH, "万元", 357000],
    ]
    said = Return(run, new_ones(symposium), sheet(rows))
    assert said.figures == {("miyun", GROWTH, HALF, "7.4"), ("miyun", VA, HALF, "357000万")}


def test_a_blank_without_a_figure_is_none_to_ask_about(brought):
    assert (
        brought(
            sheet(
                [
                    KEYS,
                    ["密云区", GROWTH_ZH, HALF, "%", 7.4],
                    ["延庆区", GROWTH_ZH, None, None, None],
                ]
            )
        ).code
        == 0
    )


ACROSS = [[None, "海淀区", "朝阳区", "密云区"], [GROWTH_ZH, 8.5, 7.4, 6.1]]


@pytest.mark.parametrize("above", [True, False])
def test_a_period_merged_over_areas_across_counts_for_all(brought, above):
    period = [None, "2023年上半年", None, None]
    rows = [period, *ACROSS] if above else [ACROSS[0], period, ACROSS[1]]
    said = brought(sheet(rows, ("B1:D1" if above else "B2:D2",)))
    wanted = {("haidian", "8.5"), ("chaoyang", "7.4"), ("miyun", "6.1")}
    assert said.figures == {(area, GROWTH, "H1-2023", value) for area, value in wanted}


def test_a_period_over_one_of_the_areas_across_is_asked_about(brought):
    said = brought(sheet([[None, "2023年上半年", None, None], *ACROSS]))
    assert (said.code, told(said, "C1"), told(said, "D1"), TOLD_PERIOD in said.err) == (
        3,
        True,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("second", "period"),
    [
        ("1-5月", "2024-01..2024-05"),
        ("上年同期", "H1-2023"),
        ("一季度", "Q1-2024"),
        ("2023", "2023"),
    ],
)
def test_a_period_without_a_year_below_areas_across_counts(brought, second, period):
    said = brought(f",海淀区,朝阳区\n,{second},{second}\n{GROWTH_ZH},8.5,7.4\n", "return.csv")
    assert said.figures == {("haidian", GROWTH, period, "8.5"), ("chaoyang", GROWTH, period, "7.4")}


def test_the_same_months_of_the_year_before_across(brought):
    areas, periods = (
        [None, "海淀区", None, "朝阳区", None],
        [None, "1-5月", "上年同期", "1-5月", "上年同期"],
    )
    said = brought(sheet([areas, periods, [GROWTH_ZH, 8.5, 7.4, 6.9, 6.1]], ("B1:C1", "D1:E1")))
    now, before = "2024-01..2024-05", "2023-01..2023-05"
    assert said.figures == {
        ("haidian", GROWTH, now, "8.5"),
        ("haidian", GROWTH, before, "7.4"),
        ("chaoyang", GROWTH, now, "6.9"),
        ("chaoyang", GROWTH, before, "6.1"),
    }


@pytest.mark.parametrize("merged", [(), ("A1:D1",)])
def test_a_title_over_areas_across_that_names_another_period_is_told(brought, merged):
    said = brought(sheet([["2023年上半年", None, None, None], *ACROSS], merged))
    assert ("[other-period]" in said.err, told(said, "A1")) == (True, True)


def test_what_is_no_period_beside_one_across_is_asked_about(brought):
    said = brought(f",海淀区,朝阳区\n,1-5月,快报\n{GROWTH_ZH},8.5,7.4\n", "return.csv")
    assert (said.code, told(said, "C2"), "bad-period" in said.err) == (3, True, True)


@pytest.mark.parametrize("long", [True, False])
@pytest.mark.parametrize(
    ("heads", "texts", "period"),
    [
        ("年份,季度", "2023,一季度", "Q1-2023"),
        ("年份,季度", "2023年,第二季度", "Q2-2023"),
        ("年份,季度", "2023,1", "Q1-2023"),
        ("季度,年份", "Q3,2023", "Q3-2023"),
        ("年份,月份", "2024,1-6月", "H1-2024"),
        ("年份,月份", "2023,6", "2023-06"),
        ("year,half", "2023,H2", "H2-2023"),
        ("年份,时期", "2024,2024年上半年", "H1-2024"),
        ("年份,时期", "2023,全年", "2023"),
    ],
)
def test_two_columns_of_periods_are_read_together(brought, heads, texts, period, long):
    head, line = (
        ("地区,{},指标,数值", f"密云区,{{}},{GROWTH_ZH},7.4")
        if long
        else (f"地区,{{}},{GROWTH_ZH}", "密云区,{},7.4")
    )
    said = brought(f"{head.format(heads)}\n{line.format(texts)}\n", "return.csv")
    assert said.figures == {("miyun", GROWTH, period, "7.4")}
    assert "column-unmapped" not in said.err


def test_a_map_that_names_the_year_leaves_the_quarter_in_place(brought, symposium):
    """The map that an import writes names the first column of periods only."""
    said = symposium.parent / "return.toml"
    said.write_text('period = "年份"\n', encoding="utf-8")
    out = brought(
        f"地区,年份,季度,{GROWTH_ZH}\n密云区,2023,一季度,7.4\n", "return.csv", ("--map", str(said))
    )
    assert out.figures == {("miyun", GROWTH, "Q1-2023", "7.4")}


def test_a_unit_merged_beside_periods_across_is_none_of_the_periods(brought):
    period, areas = ["指标", "单位", "2023年上半年", None], [None, None, "海淀区", "朝阳区"]
    said = brought(sheet([period, areas, [GROWTH_ZH, "%", 8.5, 7.4]], ("A1:A2", "B1:B2", "C1:D1")))
    assert said.figures == {
        ("haidian", GROWTH, "H1-2023", "8.5"),
        ("chaoyang", GROWTH, "H1-2023", "7.4"),
    }


@pytest.mark.parametrize(
    ("texts", "cell"),
    [
        ("2023,2024年上半年", "C3"),
        ("2023,某季", "C3"),
        ("某年,一季度", "B3"),
        ("2023,", "C3"),
        (",一季度", "B3"),
    ],
)
def test_two_columns_of_periods_that_do_not_agree_are_asked_about(brought, texts, cell):
    said = brought(
        f"地区,年份,季度,{GROWTH_ZH}\n海淀区,2023,一季度,8.5\n密云区,{texts},7.4\n", "return.csv"
    )
    assert (said.code, told(said, cell), "[bad-period]" in said.err) == (3, True, True)


def test_the_day_of_a_report_is_no_second_period(brought):
    said = brought(f"地区,时期,时间,{GROWTH_ZH}\n密云区,H1-2023,2024-07-15,7.4\n", "return.csv")
    assert said.figures == {("miyun", GROWTH, "H1-2023", "7.4")}


@pytest.mark.parametrize("head", ["时期", ""])
@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("上半年", "H1-2024"),
        ("6月末", "2024-06"),
        ("1-5月", "2024-01..2024-05"),
        ("上年同期", "H1-2023"),
        ("前三季度", "Q1-3-2024"),
    ],
)
def test_a_period_without_a_year_is_of_the_year_asked_for(brought, text, period, head):
    said = brought(f"地区,{head},指标,数值\n密云区,{text},{GROWTH_ZH},7.4\n", "return.csv")
    assert said.figures == {("miyun", GROWTH, period, "7.4")}


def test_the_year_before_of_several_periods_is_asked_about(brought):
    lines = "".join(f"密云区,{text},{GROWTH_ZH},7.4\n" for text in ("1-5月", "上半年", "上年同期"))
    said = brought(f"地区,时期,指标,数值\n{lines}", "return.csv")
    assert (said.code, told(said, "B4"), "[bad-period]" in said.err) == (3, True, True)
