"""Targets as plans and notices word them: both ends, an aim, who assigned them, a class."""

from __future__ import annotations

import csv
import tomllib

import pytest

from dtrack.parsing.target_words import target_words

WORDED = [  # the text, its figures, what joins them, its aim, both ends count, by, class
    ("2%—3%之间", ("2%", "3%"), "..", "", False, "", ""),
    ("保持在2%-3%之间", ("2%", "3%"), "..", "", False, "", ""),
    ("控制在２％至３％的合理区间", ("2%", "3%"), "..", "", False, "", ""),
    ("between 2 and 3", ("2", "3"), "..", "", False, "", ""),
    ("Between 2 % and 3 %", ("2 %", "3 %"), "..", "", False, "", ""),
    ("within the range of 2 to 3", ("2", "3"), "..", "", False, "", ""),
    ("entre 2,5 % et 3 %", ("2,5 %", "3 %"), "..", "", False, "", ""),
    ("2±1", ("2", "1"), "±", "", False, "", ""),
    ("2%±0.5个百分点", ("2%", "0.5"), "±", "", False, "", ""),
    ("100±10亿元", ("100", "10亿元"), "±", "", False, "", ""),
    ("5%以上，力争6%", ("5%以上",), "", "6%", False, "", ""),
    ("5%左右（力争6%）", ("5%左右",), "", "6%", False, "", ""),
    ("不低于5%，努力争取达到6%", ("不低于5%",), "", "6%", False, "", ""),
    ("520亿元以上，力争突破550亿元", ("520亿元以上",), "", "突破550亿元", False, "", ""),
    ("力争6%，确保5%", ("5%",), "", "6%", False, "", ""),
    ("下降3%左右，力争4%", ("下降3%左右",), "", "下降4%", False, "", ""),
    ("at least 5, aiming for 6", ("at least 5",), "", "6", False, "", ""),
    ("5 (aim 6)", ("5",), "", "6", False, "", ""),
    ("au moins 5, si possible 6", ("au moins 5",), "", "6", False, "", ""),
    ("以市下达为准", (), "", "", False, "city", ""),
    ("完成市下达任务", (), "", "", False, "city", ""),
    ("以省下达为准", (), "", "", False, "省", ""),
    ("完成上级下达的目标任务", (), "", "", False, "", ""),
    ("下达任务", (), "", "", False, "", ""),
    ("assigned by the city", (), "", "", False, "city", ""),
    ("set by the province", (), "", "", False, "province", ""),
    ("fixé par la ville", (), "", "", False, "city", ""),
    ("5%（约束性）", ("5%",), "", "", False, "", "binding"),
    ("5%（预期性指标）", ("5%",), "", "", False, "", "expected"),
    ("5 % (contraignant)", ("5 %",), "", "", False, "", "binding"),
    ("5.5% (binding), aiming for 6%", ("5.5%",), "", "6%", False, "", "binding"),
    ("5%（预期性），力争6%", ("5%",), "", "6%", False, "", "expected"),
    ("2%—3%之间（约束性）", ("2%", "3%"), "..", "", False, "", "binding"),
]
PLAIN = ["5", "5%以上", "4.5..5", "4.5%-5%", "力争6%", "约5", "-18%", "10,5", "undisclosed"]
PLAIN += ["5%左右，力争更好结果", "2024-01-02", "增长5%以上", "100 (2)", "1 234"]


@pytest.mark.parametrize(("text", "ends", "joint", "aim", "both", "by", "held"), WORDED)
def test_a_target_that_says_more_than_one_figure(text, ends, joint, aim, both, by, held):
    words = target_words(text)
    assert words is not None
    assert (words.ends, words.joint, words.aim) == (ends, joint, aim)
    assert (words.terms.both, words.terms.by, words.terms.held) == (both, by, held)


@pytest.mark.parametrize("text", PLAIN)
def test_any_other_text_is_left_to_the_reader_of_figures(text):
    assert target_words(text) is None


def entry_of(there, indicator="growth", area="a"):
    """What targets.toml holds of one cell, less its day and source."""
    toml = tomllib.loads((there / "targets.toml").read_text(encoding="utf-8"))
    entry = toml["targets"][indicator]["2024"][area]
    return {key: value for key, value in entry.items() if key not in ("set", "source")}


SET = ["--set", "2024-01-20", "--source", "s1"]


@pytest.mark.parametrize(
    ("indicator", "typed", "written"),
    [
        ("growth", ["5%以上，力争6%"], {"value": "5%以上", "aim": "6%"}),
        ("growth", ["2%—3%之间"], {"value": "2%..3%"}),
        ("growth", ["2%—3%之间", "--both"], {"value": "2%..3%", "both": True}),
        ("growth", ["2..3", "--both"], {"value": "2..3", "both": True}),
        ("growth", ["2±1"], {"value": "2±1"}),
        ("growth", ["au moins 5,5, si possible 6,25"], {"value": "au moins 5.5", "aim": "6.25"}),
        ("growth", ["2,5 plus ou moins 0,5"], {"value": "2.5±0.5"}),
        ("growth", ["以市下达为准"], {"value": "assigned", "by": "city"}),
        (
            "growth",
            ["assigned", "--by", "the province"],
            {"value": "assigned", "by": "the province"},
        ),
        (
            "growth",
            ["5", "--aim", "6", "--class", "binding"],
            {"value": "5", "aim": "6", "class": "binding"},
        ),
        ("level", ["520亿元以上，力争550亿元"], {"value": "520以上", "aim": "550"}),
        ("level", ["100亿元~120亿元之间"], {"value": "100..120"}),
        ("level", ["1000000万元", "--aim", "120亿元"], {"value": "1000000万", "aim": "120"}),
        ("jobless", ["5.5%以下，力争5%"], {"value": "5.5%以下", "aim": "5%"}),
    ],
)
def test_it_is_set_as_its_parts_say_and_a_second_time_not_at_all(
    run, city, indicator, typed, written
):
    there = city({"growth 2024": {"b": "5"}}, []).folder
    command = ["targets", "set", "a", indicator, "2024", *typed, *SET]
    assert run(command, at=there).code == 0
    assert entry_of(there, indicator) == written
    before = (there / "targets.toml").read_bytes()
    again = run(command, at=there)
    assert "is already set; nothing was written" in again.out
    assert (there / "targets.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (["5", "--aim", "4"], "targets.growth.2024.a.aim"),
        (["5", "--both"], "targets.growth.2024.a.both"),
        (["5%以上，力争4%"], "targets.growth.2024.a.aim"),
        (["5%（约束性）", "--class", "expected"], "means binding, but the option means expected"),
        (["between 3 and 2"], "the lower end of a range comes first"),
    ],
)
def test_what_contradicts_itself_is_refused_and_nothing_is_written(run, city, typed, key):
    there = city({"growth 2024": {"b": "5"}}, []).folder
    before = (there / "targets.toml").read_bytes()
    said = run(["targets", "set", "a", "growth", "2024", *typed, *SET], at=there)
    assert said.code in (2, 3)
    assert key in said.err
    assert (there / "targets.toml").read_bytes() == before


@pytest.mark.parametrize("words", ["6.0%—6.5%之间", "between 6.0 and 6.5", "entre 6,0 et 6,5"])
def test_growth_above_a_range_in_words_is_no_miss(run, city, words):
    there = city({"growth 2024": {"b": "5"}}, [("a", "growth", "2024", "7.0")]).folder
    assert run(["targets", "set", "a", "growth", "2024", words, *SET], at=there).code == 0
    said = run("report --half 2024 -i growth -d a -f csv", at=there).out
    row = next(csv.DictReader(said.splitlines()))
    assert (row["verdict"], row["gap"], row["goal"]) == ("met", "1.0", "6.0")


def test_a_table_of_targets_brings_in_the_parts_of_each_cell(run, city):
    there = city({"growth 2024": {"z": "5"}}, []).folder
    rows = [
        ["地区", "growth目标（%）", "jobless目标（%）"],
        ["A", "5%以上，力争6%", "5.5%以下（约束性）"],
        ["B", "2%—3%之间", "以市下达为准"],
        ["C", "2±1", "5.5"],
    ]
    with (there / "plan.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    command = "targets import plan.csv --year 2024 --set 2024-01-20 --source s1 --yes"
    said = run(command, at=there)
    assert said.code == 0, said.err
    assert "“2%—3%之间” was interpreted as 2 to 3%\n" in said.out
    assert entry_of(there) == {"value": "5%以上", "aim": "6%"}
    assert entry_of(there, area="b") == {"value": "2%..3%"}
    assert entry_of(there, area="c") == {"value": "2±1"}
    assert entry_of(there, "jobless") == {"value": "5.5%以下", "class": "binding"}
    assert entry_of(there, "jobless", "b") == {"value": "assigned", "by": "city"}
    assert "already recorded" in run(command, at=there).err


@pytest.mark.parametrize("value", ["2±1", "assigned"])
def test_what_only_a_target_can_be_is_no_figure(run, city, value):
    there = city({"growth 2024": {"a": "5"}}, [("a", "growth", "2024", value)]).folder
    said = run("check", at=there)
    assert said.code == 3
    assert "[not-a-number]" in said.out or "not-a-number (error)" in said.out
