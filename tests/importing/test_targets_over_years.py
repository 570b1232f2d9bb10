"""`targets set` and `targets import` of targets over several years, in words."""

from __future__ import annotations

import pytest

SET = "--source s1 --set 2026-01-20"


def entry(made, area="a"):
    """Value and `over` of the one target of an area."""
    frame = made.open().targets
    (row,) = frame[frame["area"] == area].itertuples()
    return row.value, row.over


@pytest.mark.parametrize(
    ("indicator", "words", "wanted"),
    [
        ("down_growth", "累计下降13.5%", ("-13.5%", "whole")),
        ("growth", "年均5%左右", ("5%左右", "average")),
        ("growth", "at least 5 % a year on average", ("at least 5 %", "average")),
        ("level", "五年累计130亿元", ("130", "sum")),
        ("down_growth", "每年下降3%", ("-3%", "each")),
        ("down_growth", "baisse cumulée de 13.5 %", ("-13.5%", "whole")),
        ("growth", "5", ("5", "")),
    ],
)
def test_a_target_is_set_as_it_is_worded(city, run, indicator, words, wanted):
    made = city()
    said = run(
        ["targets", "set", "a", indicator, "2026..2030", words, *SET.split()], at=made.folder
    )
    assert said.code == 0, said.err
    assert entry(made) == wanted
    again = run(
        ["targets", "set", "a", indicator, "2026..2030", words, *SET.split()], at=made.folder
    )
    assert "already set" in again.out


def test_a_word_beside_the_option_must_say_the_same(city, run):
    made = city()
    words = ["targets", "set", "a", "growth", "2026..2030", "年均5%", *SET.split()]
    assert run([*words, "--over", "whole"], at=made.folder).code == 2
    assert run([*words, "--over", "total"], at=made.folder).code == 2
    assert run([*words, "--over", "average"], at=made.folder).code == 0
    (line,) = run("targets -f csv", at=made.folder).rows
    assert (line["target"], line["over"]) == ("5%", "average")


@pytest.mark.parametrize("words", ["累计提高3", "cumulative 3"])
def test_a_cumulative_share_is_asked_about(city, run, words):
    said = run(
        ["targets", "set", "a", "share", "2026..2030", words, *SET.split()], at=city().folder
    )
    assert said.code == 2
    assert "level" in said.err


@pytest.mark.parametrize("option", ["sum", "whole"])
def test_over_of_one_year_is_refused(city, run, option):
    made = city()
    said = run(f"targets set a growth 2026 5 {SET} --over {option}", at=made.folder)
    assert said.code == 3
    assert "several years" in said.err
    assert len(made.open().targets) == 0


def test_a_table_is_read_as_it_is_worded(city, run, tmp_path):
    made, table = city(), tmp_path / "targets.csv"
    table.write_text("地区,down_growth\na,累计下降13.5%\nb,年均下降3%\nc,-3\n", encoding="utf-8")
    said = run(f"targets import {table} --year 2026..2030 {SET} --yes", at=made.folder)
    assert said.code == 0, said.err
    assert [entry(made, area) for area in "abc"] == [
        ("-13.5%", "whole"),
        ("-3%", "average"),
        ("-3", ""),
    ]


def test_a_heading_says_it_for_its_column(city, run, tmp_path):
    made, table = city(), tmp_path / "targets.csv"
    table.write_text("地区,growth五年累计目标\na,28\nb,五年累计30\n", encoding="utf-8")
    said = run(f"targets import {table} --year 2026..2030 {SET} --yes", at=made.folder)
    assert said.code == 0, said.err
    assert [entry(made, area) for area in "ab"] == [("28", "whole"), ("30", "whole")]


def test_a_cell_against_its_heading_is_refused(city, run, tmp_path):
    made, table = city(), tmp_path / "targets.csv"
    table.write_text("地区,down_growth年均目标\na,累计下降13.5%\n", encoding="utf-8")
    said = run(f"targets import {table} --year 2026..2030 {SET} --yes", at=made.folder)
    assert said.code == 3
    assert "contradicts its heading" in said.out + said.err


def test_the_export_says_what_it_is_of(city, run):
    made = city({"growth 2026..2030": {"a": {"value": "28", "over": "whole"}}})
    assert "over the years: whole" in run("export --sdmx -", at=made.folder).out
