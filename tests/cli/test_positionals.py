"""Areas and periods without an option: `dtrack gap haidian`, `dtrack report H1-2024`."""

from __future__ import annotations

import pytest

AT = "--workspace examples/symposium"
WITH_A_PERIOD = [
    "report",
    "brief",
    "status",
    "gap shunyi",
    "catchup",
    "city",
    "path",
    "revisions",
    "check",
]


@pytest.mark.parametrize("command", WITH_A_PERIOD)
def test_a_period_alone_is_that_of_half(run, command):
    by_option = run(f"{command} --half H1-2024 {AT}")
    assert by_option.code == 0
    assert run(f"{command} H1-2024 {AT}") == by_option
    assert run(f"{command} 2024年上半年 {AT}") == by_option


def test_export_too(run):
    by_option = run(f"export --sdmx - --half H1-2024 {AT}")
    assert run(f"export H1-2024 --sdmx - {AT}") == by_option


@pytest.mark.parametrize("command", [*WITH_A_PERIOD, "export --sdmx -"])
def test_two_periods_are_a_bad_command_line_and_one_in_two_spellings_is_not(run, command):
    same = run(f"{command} H1-2024 --half 2024H1 {AT}")
    assert (same.code, same.out) == (0, run(f"{command} --half H1-2024 {AT}").out)
    two = run(f"{command} H1-2024 --period H1-2023 {AT}")
    assert (two.code, two.out) == (2, "")
    assert "H1-2024" in two.err
    assert "H1-2023" in two.err


@pytest.mark.parametrize("command", WITH_A_PERIOD)
def test_what_is_no_period_is_a_bad_command_line(run, command):
    said = run(f"{command} shunyi {AT}")
    assert said.code == 2
    assert "PERIOD" in said.err


def test_an_area_alone_is_that_of_district(run):
    by_option = run(f"gap --district shunyi {AT}")
    for word in ("shunyi", "顺义", "110113"):
        assert run(f"gap {word} {AT}") == by_option
    assert run(f"gap shunyi -d 顺义区 {AT}") == by_option
    assert run(f"gap shunyi H1-2024 {AT}") == run(f"gap -d shunyi --half H1-2024 {AT}")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("gap shunyi -d haidian", "two areas"),
        ("gap", "dtrack gap haidian"),
        ("gap shunyy", "shunyi"),
    ],
)
def test_two_areas_none_or_an_unknown_one(run, words, told):
    said = run(f"{words} {AT}")
    assert (said.code, said.out) == (2, "")
    assert told in said.err
