"""A number never runs into what stands beside it: names and units that begin or end with digits, in every sentence."""

from __future__ import annotations

import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtrack.core.figure import parse
from dtrack.core.translate import speaking
from dtrack.i18n.formatting import amount_shown, format_amount, format_figure, format_number
from dtrack.i18n.terms import behind_name, behind_number, known_unit
from support.workspaces import ROOT

LANGUAGES = ["en", "zh", "fr"]
CASE = ROOT / "tests/golden/cases/24-unit-that-begins-with-a-digit"
UNITS = st.sampled_from(
    [
        "100 million kWh",
        "10000 persons",
        "10,000 tons",
        "2015 = 100",
        "1000户",
        "５ km",
        "kWh",
        "亿元",
        "m3",
        "°C",
        "‰",
    ]
) | st.text(
    st.characters(codec="utf-8", categories=["Nd", "Lu", "Ll", "Lo", "Sc", "So"]),
    min_size=1,
    max_size=6,
)
NUMBERS = st.decimals(-999, 9999, places=1)


@given(NUMBERS, UNITS, st.sampled_from(LANGUAGES))
def test_a_unit_never_runs_into_its_number(value, unit, language):
    with speaking(language):
        number = format_number(value, 1)
        shown = (
            format_amount(value, 1, unit),
            format_figure(parse(f"{value:.1f}"), unit),
            amount_shown(number, behind_number(unit)),
        )
    for text in shown:
        assert text.startswith(number)
        behind = text.removeprefix(number).lstrip(" \u00a0\u202f")
        assert behind[0] not in "½²", text
        assert not behind[0].isdigit(), text


@given(
    st.sampled_from(["PM2.5", "Zone 9", "5G", "第9区", "CO₂", "A"]),
    st.sampled_from(["0.3 pp", "-5", "+1", "35微克"]),
)
def test_a_number_never_runs_into_a_name(name, told):
    text = behind_name(name, told)
    assert text.strip("()") == told
    assert text.startswith("(") is name[-1].isnumeric()


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("100 million kWh", "15亿千瓦时"),
        ("10000 persons", "15万人"),
        ("10 thousand tonnes", "15万吨"),
        ("million USD", "15百万美元"),
        ("100 million widgets", "15（100 million widgets）"),
        ("2015 = 100", "15（2015 = 100）"),
    ],
)
def test_a_unit_is_told_in_chinese_where_its_words_are_known(unit, words):
    with speaking("zh"):
        assert format_amount(15, 0, unit) == words


def test_other_languages_keep_the_unit_of_the_workspace():
    assert known_unit("100 million kWh") == "100 million kWh"
    assert format_amount(15, 0, "100 million kWh") == "15 hundred million kWh"


COMMANDS = [
    "brief --half 2024 -i power",
    "brief --half 2024 -i people",
    "report --half 2024",
    "gap -d east --half 2024",
    "catchup --half 2024",
    "status --half 2024",
    "path --half 2024",
    "revisions --half 2024",
    "why east people 2024",
    "why east power 2024",
    "check",
    "targets",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("layout", ["table", "md", "html"])
def test_no_command_lets_them_run_together(run, tmp_path, language, command, layout):
    folder = tmp_path / "w"
    shutil.copytree(CASE, folder)
    formats = (
        ""
        if command.startswith(("brief", "why", "check", "targets", "status", "path", "revisions"))
        and layout == "html"
        else f" -f {layout}"
    )
    said = run(f"{command} --lang {language}{formats}", at=folder)
    text = re.sub(r"<[^>]*>", "|", said.out)
    # 15100 million, 15 100 million, -510000 persons, -5 10000 persons
    assert not re.search(r"[0-9] ?100 million kWh|[0-9] ?10000 persons", text), command


def test_the_right_words_of_the_case(run):
    brief = run("brief --half 2024 -i power --lang zh", at=CASE).out
    assert "河城市全社会用电量为15亿千瓦时" in brief
    assert "低于目标（20亿千瓦时）5亿千瓦时" in brief
    assert "15 − 20 = -5万人" in run("why east people 2024 --lang zh", at=CASE).out
    report = run("report --half 2024", at=CASE).out
    assert "✗ missed, -5 hundred million kWh." in report


def test_add_tells_what_turns_with_its_unit_apart(run, tmp_path):
    folder = tmp_path / "w"
    shutil.copytree(CASE, folder)
    added = "add west power 2024 14 --published 2025-01-20 --source stat --status illustrative"
    assert "-" not in run(f"{added} --lang zh", at=folder).err
    run("targets set west power 2024 20 --set 2024-01-15 --source plan", at=folder)
    again = added.replace(" 14 ", " 13 ").replace("2025-01-20", "2025-02-20")
    out = run(again, at=folder)
    assert "-1 hundred million kWh" in out.out
    assert not re.search(r"[0-9] ?100 million", out.out)
