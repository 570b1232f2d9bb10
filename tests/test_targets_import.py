"""A table of targets goes into targets.toml: what is set, what stays byte for byte, what is refused."""

from __future__ import annotations

import tomllib

import pytest
from test_import import everything, symposium  # noqa: F401 - the fixture

WORDS = ["--year", "2025", "--set", "2025-01-10", "--source", "plans-2025"]
TABLE = (
    "地区,数字经济增加值增速目标（%）,数字经济增加值目标（亿元）\n海淀区,8%以上,3300\n房山区,约6.5,\n平谷区,未公布,>=90\n合计,7,\n"
)


def given(folder, text=TABLE):
    (folder.parent / "plans.csv").write_text(text, encoding="utf-8")
    return str(folder.parent / "plans.csv")


def test_the_targets_of_a_table_are_set_and_every_comment_stays(run, symposium):  # noqa: F811
    before = everything(symposium)
    said = run(["targets", "import", given(symposium), *WORDS, "--yes"], at=symposium)
    assert said.code == 0
    after = everything(symposium)
    text = after["targets.toml"].decode()
    targets = tomllib.loads(text)["targets"]
    told = {(indicator, area): entry["value"] for indicator in ("digital_va_growth", "digital_va")
            for area, entry in targets[indicator].get("2025", {}).items()}  # fmt: skip
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


def test_again_nothing_is_written_and_another_figure_of_that_day_is_refused(run, symposium):  # noqa: F811
    assert run(["targets", "import", given(symposium), *WORDS, "--yes"], at=symposium).code == 0
    once = everything(symposium)
    assert "on file already" in run(["targets", "import", given(symposium), *WORDS, "--yes"], at=symposium).err
    said = run(["targets", "import", given(symposium, TABLE.replace("3300", "3400")), *WORDS, "--yes"], at=symposium)
    assert (said.code, "target-twice" in said.out + said.err) == (3, True)
    assert everything(symposium) == once


def test_a_target_set_anew_stands_beside_the_old_one(run, symposium):  # noqa: F811
    assert run(["targets", "import", given(symposium), *WORDS, "--yes"], at=symposium).code == 0
    later = ["--year", "2025", "--set", "2025-09-01", "--source", "plans-2025"]
    text = "地区,数字经济增加值目标（万元）\n海淀区,34000000\n"
    said = run(["targets", "import", given(symposium, text), *later, "--yes"], at=symposium)
    assert said.code == 0
    entries = tomllib.loads((symposium / "targets.toml").read_text(encoding="utf-8"))["targets"]["digital_va"]["2025"]["haidian"]
    assert [entry["value"] for entry in entries] == ["3300", "34000000万"]


def test_a_target_that_stands_twice_in_the_table_is_set_once(run, symposium):  # noqa: F811
    text = "地区,数字经济增加值增速目标\n海淀区,8\n房山区,6\n海淀区,8\n"
    said = run(["targets", "import", given(symposium, text), *WORDS, "--yes"], at=symposium)
    assert (said.code, "1 set already" in said.out) == (0, True)
    targets = tomllib.loads((symposium / "targets.toml").read_text(encoding="utf-8"))["targets"]["digital_va_growth"]["2025"]
    assert {area: entry["value"] for area, entry in targets.items()} == {"haidian": "8", "fangshan": "6"}


def test_targets_as_officials_word_them(run, symposium):  # noqa: F811
    text = "地区,数字经济增加值目标（亿元）\n海淀区,力争3300\n房山区,不到1500\n东城区,力争突破700亿元\n顺义区,不足560\n"
    said = run(["targets", "import", given(symposium, text), *WORDS, "--yes"], at=symposium)
    assert said.code == 0
    targets = tomllib.loads((symposium / "targets.toml").read_text(encoding="utf-8"))["targets"]["digital_va"]["2025"]
    assert {area: entry["value"] for area, entry in targets.items()} == {
        "haidian": "3300", "fangshan": "不到1500", "dongcheng": "突破700", "shunyi": "不足560"}  # fmt: skip
    assert "“力争3300” is read as 3300" in said.out
    assert said.out.count("the wording of a target points against") == 1  # below, of what is better the higher


def test_what_somebody_strives_for_is_no_figure_that_was_reached(run, symposium):  # noqa: F811
    words = ["--half", "H1-2024", "--published", "2024-09-01", "--source", "r", "--status", "illustrative", "--dry-run"]
    said = run(["import", given(symposium, "地区,数字经济增加值（亿元）\n海淀区,力争1509\n"), *words], at=symposium)
    assert (said.code, "“力争1509” tells what is aimed at, not what was reached" in said.out) == (3, True)


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
def test_what_is_refused_changes_nothing(run, symposium, text, code):  # noqa: F811
    before = everything(symposium)
    said = run(["targets", "import", given(symposium, text), *WORDS, "--yes"], at=symposium)
    assert (said.code, code in said.out + said.err) == (3, True)
    assert everything(symposium) == before


def test_the_verdicts_that_turn_are_counted(run, symposium):  # noqa: F811
    words = ["--year", "2024", "--set", "2024-02-01", "--source", "plans-2024"]
    text = "地区,数字经济增加值增速目标\n平谷区,8\n"  # Pinggu reported 7.1 and had no target
    said = run(["targets", "import", given(symposium, text), *words, "--dry-run"], at=symposium)
    assert said.code == 0
    assert "2 verdicts would turn" in said.out  # H1-2024: no target → missed; 2024: nothing → not reported
