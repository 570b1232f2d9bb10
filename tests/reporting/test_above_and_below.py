"""What is short where lower is better, and what growth below 0 needs, in three languages."""

from __future__ import annotations

import pytest

from support.workspaces import ROOT

CASE = ROOT / "tests/golden/cases/29-short-where-lower-is-better"
N, B = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Missed the target: East (5.2% against at most 5%, 0.2 percentage points above)"),
        ("zh", "东区（5.2%，目标不超过5%，高0.2个百分点）"),
        ("fr", f"East (5,2{N}%, objectif{B}: au plus 5{N}%, 0,2{B}point de plus)"),
    ],
)
def test_who_is_above_a_ceiling_is_above_it(run, language, line):
    assert line in run(f"brief --half 2024 -i unemp --lang {language}", at=CASE).out


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "Unemployment 4.5% against a target of ≈ 5%: ✓ met, 0.5 pp below it.",
                "Lower is better: a gap below 0 is behind, a figure above the city's is worse.",
            ],
        ),
        (
            "zh",
            ["城镇调查失业率4.5%，目标5%左右，✓ 达到目标，低于目标0.5个百分点。", "该指标以低为优"],
        ),
        ("fr", ["✓ atteint, 0,5 pt au-dessous.", "Une valeur basse est préférable"]),
    ],
)
def test_the_headline_and_the_rule_of_the_signs(run, language, lines):
    said = run(f"report --half 2024 -i unemp --lang {language}", at=CASE).out.replace(B, " ")
    assert [line for line in lines if line not in said.replace(N, " ")] == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            (
                "To reach the year's target of -2.5%, a fall of at least 3.41% is needed in the second half, "
                "1.91 percentage points deeper than so far, rounding interval 3.36% to 3.45%."
            ),
        ),
        (
            "zh",
            (
                "要实现年度目标（-2.5%），下半年需下降3.41%，降幅比已实现扩大1.91个百分点，"
                "考虑数据舍入，介于3.36%至3.45%之间。"
            ),
        ),
        (
            "fr",
            (
                "il faut une baisse d’au moins 3,41 % au second semestre, soit une baisse plus forte de 1,91 point "
                "que jusqu’ici, intervalle d’arrondi de 3,36 % à 3,45 %."
            ),
        ),
    ],
)
def test_a_fall_that_is_needed_is_a_fall(run, language, line):
    said = run(f"brief --half H1-2024 -i energy --lang {language}", at=CASE).out
    assert line in said.replace(B, " ").replace(N, " ")


GROWTH = {  # (target, so far, better) → what the second half needs, in the sentence of each language
    ("-2", "-3.5", "up"): (
        "a fall of at most 0.50%",
        "将降幅控制在0.50%以内",
        "less deep",
        "收窄3.00",
    ),
    (">-2", "-3.5", "up"): (
        "a fall of less than 0.50%",
        "控制在0.50%以内（不含）",
        "less deep",
        "收窄3.00",
    ),
    ("-3", "-1", "up"): ("a fall of at most 5.00%", "将降幅控制在5.00%以内", "deeper", "扩大4.00"),
    ("-3", "-1", "down"): ("a fall of at least 5.00%", "下降5.00%", "deeper", "扩大4.00"),
    ("<-3", "-1", "down"): (
        "a fall of more than 5.00%",
        "下降5.00%以上（不含）",
        "deeper",
        "扩大4.00",
    ),
    ("-3", "1", "down"): (
        "a fall of at least 7.00%",
        "下降7.00%",
        "8.00 percentage points less than",
        "低8.00",
    ),
    ("-1", "-4", "up"): (
        "growth of 2.00%",
        "增长2.00%",
        "6.00 percentage points more than",
        "高6.00",
    ),
    ("3", "5", "down"): (
        "growth of at most 1.00%",
        "增长1.00%以下（含）",
        "4.00 percentage points less than",
        "低4.00",
    ),
}


@pytest.mark.parametrize(("asked", "told"), GROWTH.items(), ids=str)
def test_every_sign_of_what_is_needed(run, tmp_path, asked, told):
    target, so_far, better = asked
    (tmp_path / "data/actuals").mkdir(parents=True)
    for name in ("areas.csv", "sources.csv"):
        (tmp_path / "data" / name).write_bytes((CASE / "data" / name).read_bytes())
    (tmp_path / "targets.toml").write_text(
        f"""[workspace]
title = "Signs (illustrative)"
city = "city"
[indicators.g]
name = {{ en = "Growth of output", zh = "产出增速" }}
kind = "growth"
unit = "percent"
better = "{better}"
prices = "constant"
weight = "w"
[indicators.w]
name = "Output"
kind = "flow"
unit = "tonnes"
better = "up"
[targets.g.2024]
city = {{ value = "{target}", set = 2024-01-15, source = "plan" }}
""",
        encoding="utf-8",
    )
    # the halves of the year before are equal: the second needs twice the target less the first
    (tmp_path / "data/actuals/f.csv").write_text(
        "area,indicator,period,value,status,published,source,note\n"
        "city,w,H1-2023,100.00,illustrative,2023-07-20,stat,\n"
        "city,w,2023,200.00,illustrative,2024-01-20,stat,\n"
        f"city,g,H1-2024,{float(so_far):.1f},illustrative,2024-07-20,stat,\n",
        encoding="utf-8",
    )
    english = run("brief --half H1-2024 -i g", at=tmp_path).out
    chinese = run("brief --half H1-2024 -i g --lang zh", at=tmp_path).out
    assert told[0] in english
    assert told[1] in chinese
    assert told[2] in english
    assert told[3] in chinese
    assert "growth of -" not in english
    assert "增长-" not in chinese
