"""A table of targets goes into targets.toml: what is set, what stays byte for byte, what is refused."""

from __future__ import annotations

import json
import tomllib

import pytest

from support.import_sessions import everything
from support.return_sheets import sheet

WORDS = ["--year", "2025", "--set", "2025-01-10", "--source", "plans-2025"]
TABLE = "地区,数字经济增加值增速目标（%）,数字经济增加值目标（亿元）\n海淀区,8%以上,3300\n房山区,约6.5,\n平谷区,未公布,>=90\n合计,7,\n"


def given(folder, text=TABLE):
    (folder.parent / "plans.csv").write_text(text, encoding="utf-8")
    return str(folder.parent / "plans.csv")


def test_the_targets_of_a_table_are_set_and_every_comment_stays(run, symposium):
    before = everything(symposium)
    said = run(["targets", "import", given(symposium), *WORDS, "--yes"], at=symposium)
    assert said.code == 0
    after = everything(symposium)
    text = after["targets.toml"].decode()
    targets = tomllib.loads(text)["targets"]
    told = {
        (indicator, area): entry["value"]
        for indicator in ("digital_va_growth", "digital_va")
        for area, entry in targets[indicator].get("2025", {}).items()
    }
    assert told == {
        ("digital_va_growth", "haidian"): "8%以上",
        ("digital_va_growth", "fangshan"): "约6.5",
        ("digital_va_growth", "pinggu"): "undisclosed",
        ("digital_va", "haidian"): "3300",
        ("digital_va", "pinggu"): ">=90",
    }
    old = before["targets.toml"].decode().splitlines()
    kept = iter(text.splitlines())
    assert all(line in kept for line in old)  # every old line, in its order
    assert set(after) - set(before) == {"data/received/plans.csv"}


def test_again_nothing_is_written_and_another_figure_of_that_day_is_refused(run, symposium):
    assert run(["targets", "import", given(symposium), *WORDS, "--yes"], at=symposium).code == 0
    once = everything(symposium)
    assert (
        "already recorded"
        in run(["targets", "import", given(symposium), *WORDS, "--yes"], at=symposium).err
    )
    said = run(
        ["targets", "import", given(symposium, TABLE.replace("3300", "3400")), *WORDS, "--yes"],
        at=symposium,
    )
    assert (said.code, "target-twice" in said.out + said.err) == (3, True)
    assert everything(symposium) == once


def test_a_target_set_anew_stands_beside_the_old_one(run, symposium):
    assert run(["targets", "import", given(symposium), *WORDS, "--yes"], at=symposium).code == 0
    later = ["--year", "2025", "--set", "2025-09-01", "--source", "plans-2025"]
    text = "地区,数字经济增加值目标（万元）\n海淀区,34000000\n"
    said = run(["targets", "import", given(symposium, text), *later, "--yes"], at=symposium)
    assert said.code == 0
    entries = tomllib.loads((symposium / "targets.toml").read_text(encoding="utf-8"))["targets"][
        "digital_va"
    ]["2025"]["haidian"]
    assert [entry["value"] for entry in entries] == ["3300", "34000000万"]


def test_a_target_that_stands_twice_in_the_table_is_set_once(run, symposium):
    text = "地区,数字经济增加值增速目标\n海淀区,8\n房山区,6\n海淀区,8\n"
    said = run(["targets", "import", given(symposium, text), *WORDS, "--yes"], at=symposium)
    assert (said.code, "1 already set" in said.out) == (0, True)
    targets = tomllib.loads((symposium / "targets.toml").read_text(encoding="utf-8"))["targets"][
        "digital_va_growth"
    ]["2025"]
    assert {area: entry["value"] for area, entry in targets.items()} == {
        "haidian": "8",
        "fangshan": "6",
    }


def test_targets_as_officials_word_them(run, symposium):
    text = "地区,数字经济增加值目标（亿元）\n海淀区,力争3300\n房山区,不到1500\n东城区,力争突破700亿元\n顺义区,不足560\n"
    said = run(["targets", "import", given(symposium, text), *WORDS, "--yes"], at=symposium)
    assert said.code == 0
    targets = tomllib.loads((symposium / "targets.toml").read_text(encoding="utf-8"))["targets"][
        "digital_va"
    ]["2025"]
    assert {area: entry["value"] for area, entry in targets.items()} == {
        "haidian": "3300",
        "fangshan": "不到1500",
        "dongcheng": "突破700",
        "shunyi": "不足560",
    }
    assert "“力争3300” was interpreted as 3,300" in said.out
    assert (
        said.out.count("the wording of a target contradicts") == 1
    )  # below, of what is better the higher


def test_what_somebody_strives_for_is_no_figure_that_was_reached(run, symposium):
    words = [
        "--half",
        "H1-2024",
        "--published",
        "2024-09-01",
        "--source",
        "r",
        "--status",
        "illustrative",
        "--dry-run",
    ]
    said = run(
        ["import", given(symposium, "地区,数字经济增加值（亿元）\n海淀区,力争1509\n"), *words],
        at=symposium,
    )
    assert (said.code, "“力争1509” is an aim, not a result" in said.out) == (
        3,
        True,
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("地区,数字经济增加值增速目标\n海淀区,108\n", "index-for-growth"),
        ("地区,数字经济增加值增速目标\n海淀区,0.08\n", "fraction-for-percent"),
        ("地区,数字经济增加值增速目标\n海定区,8\n", "unknown-area"),
        ("地区,数字经济增加值增速目标\n海淀区,待定\n", "not-a-number"),
        ("地区,数字经济增加值增速目标\n海淀区,…\n", "not-a-number"),
        ("地区,数字经济增加值增速目标\n海淀区,8\n海淀区,9\n", "target-twice"),
        ("地区,数字经济增加值目标（万人）\n海淀区,8\n", "wrong-unit"),
        ("地区,幸福指数目标\n海淀区,8\n", "no-layout"),
    ],
)
def test_what_is_refused_changes_nothing(run, symposium, text, code):
    before = everything(symposium)
    said = run(["targets", "import", given(symposium, text), *WORDS, "--yes"], at=symposium)
    assert (said.code, code in said.out + said.err) == (3, True)
    assert everything(symposium) == before


def test_the_verdicts_that_turn_are_counted(run, symposium):
    words = ["--year", "2024", "--set", "2024-02-01", "--source", "plans-2024"]
    text = "地区,数字经济增加值增速目标\n平谷区,8\n"  # Pinggu reported 7.1 and had no target
    said = run(["targets", "import", given(symposium, text), *words, "--dry-run"], at=symposium)
    assert said.code == 0
    assert (
        "2 results would change" in said.out
    )  # H1-2024: no target → missed; 2024: nothing → not reported


# -- what was reached is no target ---------------------------------------------------------------------------------------------


def aimed_at(run, folder, text, more=()):
    """(area, indicator, period, target) of every target that would be set, what was told, and the exit code."""
    said = run(
        ["targets", "import", given(folder, text), *WORDS, "--dry-run", "-f", "json", *more],
        at=folder,
    )
    rows = json.loads(said.out)["rows"] if said.out.strip() else []
    return (
        {(row["area"], row["indicator"], row["period"], row["target"]) for row in rows},
        said.err,
        said.code,
    )


@pytest.mark.parametrize(
    ("aim", "reached"),
    [
        ("目标值", "完成值"),
        ("目标值", "实际值"),
        ("年度任务", "累计完成"),
        ("年度计划", "本期实际"),
        ("target", "actuals"),
        ("objectif", "réalisé"),
        ("目标值", "数值"),
        ("目标值", "上年同期"),
        ("目标值", "完成年度目标%"),
        ("目标值", "目标完成率"),
        ("全年目标", "完成全年目标（%）"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_long_table_of_targets_and_what_was_reached(run, symposium, aim, reached, turned):
    """The 60 of 完成值 was set as the target, and 目标值 left to the very command that ran."""
    heads, figures = ([reached, aim], [60, 120]) if turned else ([aim, reached], [120, 60])
    text = (
        f"地区,指标,单位,{','.join(heads)}\n密云区,数字经济增加值,亿元,{figures[0]},{figures[1]}\n"
    )
    found, told, code = aimed_at(run, symposium, text)
    assert (found, code) == ({("miyun", "digital_va", "2025", "120")}, 0)
    assert f"“{reached}”" in told
    assert f"“{aim}”" not in told


@pytest.mark.parametrize(
    "reached", ["完成值", "实际值", "实绩", "actuals", "réalisé", "上年同期", "目标完成率"]
)
def test_a_long_table_of_nothing_but_what_was_reached_is_refused(run, symposium, reached):
    found, told, code = aimed_at(run, symposium, f"地区,指标,{reached}\n密云区,数字经济增加值,60\n")
    assert (found, code) == (set(), 3)
    assert ("column-unmapped" in told, "no-layout" in told, "targets import" in told) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    "heads",
    [
        ("数字经济增加值目标", "数字经济增加值"),
        ("数字经济增加值计划", "上年同期数字经济增加值"),
        ("数字经济增加值任务数", "数字经济增加值实际"),
        ("2025年度数字经济增加值目标", "数字经济增加值（完成）"),
        ("Digital-economy value added target", "Digital-economy value added actual"),
        ("数字经济增加值（计划）", "2024年数字经济增加值完成"),
    ],
)
def test_a_wide_table_of_targets_beside_what_was_reached(run, symposium, heads):
    found, told, code = aimed_at(run, symposium, f"地区,{heads[1]},{heads[0]}\n密云区,60,120\n")
    assert (found, code) == ({("miyun", "digital_va", "2025", "120")}, 0)
    assert (f"“{heads[1]}”" in told, f"“{heads[0]}”" in told) == (True, False)


@pytest.mark.parametrize(
    "head",
    [
        "数字经济增加值（完成）",
        "数字经济增加值实际",
        "上年同期数字经济增加值",
        "数字经济增加值完成值",
    ],
)
def test_what_was_reached_is_no_target_though_it_stands_alone(run, symposium, head):
    found, told, code = aimed_at(run, symposium, f"地区,{head}\n密云区,60\n")
    assert (found, code, "column-unmapped" in told) == (set(), 3, True)


@pytest.mark.parametrize("band", ["数字经济增加值（亿元）", "数字经济增加值目标完成情况（亿元）"])
def test_a_band_over_target_result_and_share(run, symposium, band):
    file = symposium.parent / "plans.xlsx"
    rows = [
        ["地区", band, None, None],
        [None, "年度目标", "实际", "完成年度目标%"],
        ["密云区", 120, 60, 50],
    ]
    file.write_bytes(sheet(rows, ("A1:A2", "B1:D1")))
    said = run(["targets", "import", str(file), *WORDS, "--dry-run", "-f", "json"], at=symposium)
    if "情况" in band:  # names no indicator: nothing is set
        assert said.code == 3
        return
    rows = json.loads(said.out)["rows"]
    assert [(row["indicator"], row["period"], row["target"]) for row in rows] == [
        ("digital_va", "2025", "120")
    ]
    assert ("plans.xlsx!Sheet!C2" in said.err, "plans.xlsx!Sheet!D2" in said.err) == (True, True)


def test_a_map_may_say_that_it_is_the_target_all_the_same(run, symposium, tmp_path):
    (tmp_path / "m.toml").write_text('value = "完成值"\n', encoding="utf-8")
    text = "地区,指标,目标值,完成值\n密云区,数字经济增加值,120,60\n"
    assert aimed_at(run, symposium, text, ("--map", str(tmp_path / "m.toml")))[0] == {
        ("miyun", "digital_va", "2025", "60")
    }
    (tmp_path / "m.toml").write_text(
        '[columns]\n"数字经济增加值（完成）" = { indicator = "digital_va" }\n', encoding="utf-8"
    )
    text = "地区,数字经济增加值（完成）\n密云区,60\n"
    assert aimed_at(run, symposium, text, ("--map", str(tmp_path / "m.toml")))[0] == {
        ("miyun", "digital_va", "2025", "60")
    }


def test_an_indicator_whose_name_speaks_of_results_has_targets(run, symposium):
    file = symposium / "targets.toml"
    text = file.read_text(encoding="utf-8").replace('zh = "5G基站数"', 'zh = "实际使用外资"')
    file.write_text(text, encoding="utf-8")
    for head in ("实际使用外资目标", "实际使用外资"):
        assert aimed_at(run, symposium, f"地区,{head}\n密云区,1200\n")[0] == {
            ("miyun", "5g_base_stations", "2025", "1200")
        }


def test_a_lone_column_of_the_name_stays_beside_targets_of_another(run, symposium):
    found, _, code = aimed_at(
        run, symposium, "地区,数字经济增加值目标,数字经济增加值增速\n密云区,120,7\n"
    )
    assert (found, code) == (
        {("miyun", "digital_va", "2025", "120"), ("miyun", "digital_va_growth", "2025", "7")},
        0,
    )


def test_a_return_still_takes_what_was_reached(run, symposium):
    words = [
        "--half",
        "H1-2024",
        "--published",
        "2024-09-01",
        "--source",
        "r",
        "--status",
        "illustrative",
        "--dry-run",
        "-f",
        "json",
    ]
    for text in (
        "地区,指标,目标值,完成值\n海淀区,数字经济增加值增速,9,8.2\n",
        "地区,数字经济增加值增速目标,数字经济增加值增速（完成）\n海淀区,9,8.2\n",
    ):
        said = run(["import", given(symposium, text), *words], at=symposium)
        assert [(row["indicator"], row["value"]) for row in json.loads(said.out)["rows"]] == [
            ("digital_va_growth", "8.2")
        ]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("au plus 5,5 %", "inférieur à 4,25 %"), ("au plus 5.5%", "inférieur à 4.25%")),
        (("au moins 5,5", "ne pas dépasser 6"), ("au moins 5.5", "ne pas dépasser 6")),
        (("不突破5.5%", "不超过6"), ("不突破5.5%", "不超过6")),
    ],
)
def test_a_comma_before_decimals_is_seen_among_words(run, symposium, cells, values):
    table = "地区;数字经济增加值增速目标（%）\n海淀区;{}\n房山区;{}\n".format(*cells)
    said = run(["targets", "import", given(symposium, table), *WORDS, "--yes"], at=symposium)
    assert said.code == 0, said.out + said.err
    told = tomllib.loads((symposium / "targets.toml").read_text("utf-8"))["targets"]
    entries = told["digital_va_growth"]["2025"]
    assert tuple(entries[area]["value"] for area in ("haidian", "fangshan")) == values


def test_a_change_where_an_amount_is_promised_asks_for_its_base(run, symposium):
    table = "地区,数字经济增加值目标（亿元）\n海淀区,增长10%以上\n"
    said = run(["targets", "import", given(symposium, table), *WORDS, "--yes"], at=symposium)
    assert said.code == 3
    assert "write the change with the key `from`" in said.out + said.err
