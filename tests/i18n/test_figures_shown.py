"""How a figure as entered is shown to people: a truth table by hand, with and without the unit of a heading.

In English signs and grouped numbers, in the unit of the heading where there is one, else in million (mn), billion (bn) and
trillion (tn). No digit is added or lost: 超490亿 is known to the nearest 亿, so it is 49.0 billion. In Chinese what was
published in Chinese stays as it is; French has words.
"""

from __future__ import annotations

import re

import pytest

from dtrack.core.translate import speaking, to_programs
from dtrack.i18n.formatting import figures_in_signs, wording_shown
from dtrack.i18n.terms import behind_number
from support.workspaces import ROOT

N = "\u202f"  # narrow no-break space
B = "\u00a0"
M = "100 million CNY"

SHOWN = [  # as entered, unit of the heading, en, zh, fr
    ("7.8", "percent", "7.8", "7.8", "7,8"),
    ("5.0", "", "5.0", "5.0", "5,0"),
    ("-0.0", "percent", "0.0", "0.0", "0,0"),
    ("-4", "percent", "-4", "-4", "-4"),
    ("127482", "persons", "127,482", "127482", f"127{N}482"),
    ("4987.8", M, "4,987.8", "4987.8", f"4{N}987,8"),
    ("123456.7891", "", "123,456.7891", "123456.7891", f"123{N}456,7891"),
    (">=8", "percent", "≥ 8", "8以上", "au moins 8"),
    ("at least 45", "", "≥ 45", "45以上", "au moins 45"),
    ("au moins 45", "", "≥ 45", "45以上", "au moins 45"),
    ("7%以上", "percent", "≥ 7", "7%以上", "au moins 7"),
    ("7%以上", "", "≥ 7%", "7%以上", f"au moins 7{N}%"),
    ("above 6", "percent", "> 6", "超过6", "plus de 6"),
    ("超490亿", M, "> 490", "超490亿", "plus de 490"),
    ("超490亿", "", "> 49.0 bn", "超490亿", f"plus de 49,0{B}milliards"),
    ("7.5左右", "percent", "≈ 7.5", "7.5左右", "environ 7,5"),
    ("around 7.5%", "", "≈ 7.5%", "7.5%左右", f"environ 7,5{N}%"),
    ("around 10750", M, "≈ 10,750", "10750左右", f"environ 10{N}750"),
    ("近7000", "firms", "nearly 7,000", "近7000", f"près de 7{N}000"),
    ("不超过5%", "percent", "≤ 5", "不超过5%", "au plus 5"),
    ("控制在5.5%以内", "percent", "≤ 5.5", "控制在5.5%以内", "au plus 5,5"),
    ("<3", "percent", "< 3", "低于3", "moins de 3"),
    ("below -2", "percent", "< -2", "低于-2", "moins de -2"),
    (">=-5", "percent", "≥ -5", "不低于-5", "au moins -5"),
    ("7..7.5", "percent", "7 to 7.5", "7至7.5", "7 à 7,5"),
    ("7%..7.5%", "", "7 to 7.5%", "7%至7.5%", f"7{N}% à 7,5{N}%"),
    ("1912..1920", M, "1,912 to 1,920", "1912至1920", f"1{N}912 à 1{N}920"),
    ("2±1", "percent", "2 ± 1", "1至3", "1 à 3"),
    ("2±0.5%", "", "2.0 ± 0.5%", "1.5%至2.5%", f"1,5{N}% à 2,5{N}%"),
    ("6.3万", "stations", "63,000", "6.3万", f"63{N}000"),
    ("6.3万", "", "63,000", "6.3万", f"63{N}000"),
    ("2127.3万", "users", "21,273,000", "2127.3万", f"21{N}273{N}000"),
    ("2127.3万", "", "21.273 mn", "2127.3万", f"21,273{B}millions"),
    ("2127.3万", "10 thousand persons", "2,127.3", "2127.3万", f"2{N}127,3"),
    ("53230.99万", M, "5.323099", "53230.99万", "5,323099"),
    ("9.5亿", "", "950 mn", "9.5亿", f"950{B}millions"),
    ("2.06 trillion", "", "2.06 tn", "2.06万亿", f"2{N}060{B}milliards"),
    ("2.06 trillion", M, "20,600", "2.06万亿", f"20{N}600"),
    (">6 billion", "", "> 6 bn", "超过60亿", f"plus de 6{B}milliards"),
    ("86.2795833333333", "percent", "86.2796", "86.2796", "86,2796"),
    ("", "percent", "", "", ""),
    ("nonsense", "", "nonsense", "nonsense", "nonsense"),
    (">=+1pp of b", "", ">=+1pp of b", ">=+1pp of b", ">=+1pp of b"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unit", "en", "zh", "fr"), SHOWN)
def test_a_figure_is_shown(text, unit, en, zh, fr):
    told = []
    for language in ("en", "zh", "fr"):
        with speaking(language):
            told.append(wording_shown(text, unit))
    assert told == [en, zh, fr]


@pytest.mark.parametrize("text", [text for text, *_ in SHOWN if "333" not in text])
def test_programs_read_what_was_entered(text):
    with to_programs():
        assert wording_shown(text) == wording_shown(text, "percent") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7%以上", ">= 7%"), ("7.5左右", "~ 7.5"), ("2±1", "2 +/- 1"), ("超490亿", "> 49.0 bn")],
)
def test_in_ascii(text, expected):
    figures_in_signs(True)
    try:
        with speaking("en"):
            assert wording_shown(text) == expected
    finally:
        figures_in_signs(False)


@pytest.mark.parametrize(
    ("unit", "en", "zh"),
    [
        ("100 million CNY", "hundred million CNY", "（100 million CNY）"),
        ("10 thousand tonnes", "ten thousand tonnes", "（10 thousand tonnes）"),
        ("1000 persons", "thousand persons", "（1000 persons）"),
        ("12 eggs", "(12 eggs)", "（12 eggs）"),
        ("stations", "stations", "stations"),
        ("100", "(100)", "（100）"),
    ],
)
def test_a_unit_that_begins_with_a_number(unit, en, zh):
    told = []
    for language in ("en", "zh"):
        with speaking(language):
            told.append(behind_number(unit))
    assert told == [en, zh]


@pytest.mark.parametrize(
    "command",
    [
        "report --half H1-2024 --all",
        "gap -d haidian",
        "catchup --half H1-2024",
        "status --half H1-2024",
        "targets",
        "why beijing digital_va H1-2024",
        "why chaoyang 5g_base_stations H1-2024",
    ],
)
def test_what_programs_read_is_neither_grouped_nor_in_signs(run, command):
    rows = run(f"{command} -f csv", at=ROOT / "examples/symposium").rows
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if re.search(r"[0-9],[0-9]{3}(?![0-9])|[≥≤≈±]", cell)] == []
    assert any(re.search("[0-9]{4}", cell) for cell in cells)


def test_a_table_is_in_the_unit_of_its_heading(run):
    symposium = ROOT / "examples/symposium"
    for command in ("report --half H1-2024", "catchup --half H1-2024"):
        told = run(f"{command} -i digital_va", at=symposium).out
        (line,) = [line for line in told.splitlines() if line.startswith("Tongzhou ")]
        assert "> 490 " in line
    told = run("report --half H1-2024 -i 5g_base_stations", at=symposium).out
    assert re.search(r"^Beijing +65,000 \(2025\) +56,000 \(2024-06\) +-9,000 ", told, re.MULTILINE)


def test_why_quotes_what_was_published(run):
    told = run("why beijing 5g_base_stations H1-2024", at=ROOT).out
    assert "63,000 (published as “6.3万”) for 2025" in told
    assert "122,000 (published as “12.2万”) for 2024-06" in told
    assert "to the nearest 1,000" in told
