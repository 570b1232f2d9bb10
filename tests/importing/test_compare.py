"""What an outside reviewer found at the door of `dtrack import`, where a return meets the figures on file.

The workspace is a copy of examples/symposium, all figures are illustrative. Expected values were worked out by hand.
"""

from __future__ import annotations

import json

import pytest

from support.return_sheets import HALF, sheet

VA, STOCKS = "数字经济增加值（亿元）", "5G基站数（个）"


@pytest.mark.parametrize(
    ("haidian", "dongcheng"),
    [
        (150_810_000_000, 35_510_000_000),  # 元
        (15_081_000, 3_551_000),  # 万元
        (150_810_000, 35_510_000),  # 千元
        (0.001508, 0.000355),  # 1/922,082 and 1/943,099
    ],
)
def test_a_slip_of_ten_thousand_or_more_is_refused_whatever_the_power(brought, haidian, dongcheng):
    said = brought(sheet([["区", VA], ["海淀区", haidian], ["东城区", dongcheng]]))
    assert said.code == 3
    assert said.err.count("[scale-slip]") == 2
    assert "unit-slip" not in said.err


# -- a stock is read at the end of its period: H1-2024, Q2-2024 and 2024-06 name one day -------------------------------------


def on_file(said, area):
    (row,) = [row for row in said.rows if row["area"] == area]
    return row["what"], row["before"], row["before_published"], row["change"]


def test_a_stock_of_the_half_is_compared_with_that_of_its_last_month(brought):
    said = brought(sheet([["区", STOCKS], ["海淀区", 11180], ["顺义区", 2000], ["房山区", 2100]]))
    assert said.code == 0
    assert on_file(said, "haidian") == ("same", "11180", "2024-07-18", None)
    assert on_file(said, "shunyi") == ("revised", "3580", "2024-08-02", -1580)
    assert on_file(said, "fangshan") == ("new", None, None, None)  # of June 2024 it has none


def test_a_share_too_and_a_flow_not(brought):
    more = ("--half", "2024-06")
    said = brought(
        sheet([["区", "数字经济增加值占地区生产总值比重（%）", VA], ["海淀区", 46.0, 250.5]]),
        more=more,
    )
    told = {row["indicator"]: (row["what"], row["before"]) for row in said.rows}
    assert told == {"digital_va_share_of_gdp": ("revised", "45.8"), "digital_va": ("new", None)}


def written(run, folder, rows, day="2024-09-01", period=HALF):
    (folder.parent / "stocks.xlsx").write_bytes(sheet(rows))
    words = [
        "--half",
        period,
        "--published",
        day,
        "--source",
        f"ret-{day}",
        "--status",
        "illustrative",
        "--yes",
    ]
    said = run(["import", str(folder.parent / "stocks.xlsx"), *words, "-f", "json"], at=folder)
    return said.code, [
        (row["area"], row["what"]) for row in json.loads(said.out)["rows"]
    ] if said.out else []


def test_what_is_the_same_under_another_period_is_written_and_again_it_is_on_file(run, symposium):
    rows = [["区", STOCKS], ["海淀区", 11180], ["顺义区", 2000]]
    files = lambda: {path.name for path in (symposium / "data/actuals").iterdir()}
    before = files()
    assert written(run, symposium, rows) == (0, [("haidian", "same"), ("shunyi", "revised")])
    (new,) = files() - before
    assert [
        line.split(",")[:4]
        for line in (symposium / "data/actuals" / new).read_text("utf-8").splitlines()[1:]
    ] == [
        ["haidian", "5g_base_stations", "H1-2024", "11180"],
        ["shunyi", "5g_base_stations", "H1-2024", "2000"],
    ]
    assert written(run, symposium, rows)[1] == [
        ("haidian", "on file already"),
        ("shunyi", "on file already"),
    ]
    assert written(run, symposium, [rows[0], ["顺义区", 2100]], "2024-10-01", "2024-06")[1] == [
        ("shunyi", "revised")
    ]
    assert written(run, symposium, rows)[1] == [
        ("haidian", "on file already"),
        ("shunyi", "on file already"),
    ]  # not: older


def test_two_stocks_of_one_end_are_doubted_at_the_door_and_by_check_and_why_tells_both(
    run, symposium, brought
):
    rows = [["区", STOCKS], ["海淀区", 11180], ["顺义区", 2000]]
    said = brought(sheet(rows))
    assert said.err.count("[overlapping-periods]") == 1
    assert "H1-2024 (2,000) and 2024-06 (3,580) both end in 2024-06" in said.err
    written(run, symposium, rows)
    found = [
        row
        for row in run("check -f csv", at=symposium).rows
        if row["code"] == "overlapping-periods"
    ]
    assert [(row["area"], row["period"], row["severity"]) for row in found] == [
        ("shunyi", HALF, "warning")
    ]
    told = run("why shunyi 5g_base_stations H1-2024", at=symposium).out
    assert "2024-h1.csv:36" in told
    assert "3,580" in told
