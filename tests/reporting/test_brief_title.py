"""The title of a briefing, a truth table in three languages: what was found of the city, and then of the districts."""

from __future__ import annotations

import pytest

import dtrack
from dtrack.analysis.question import Query
from dtrack.core.translate import speaking
from dtrack.reporting.briefing_facts import gather
from dtrack.reporting.briefing_text import briefing
from support.workspaces import ROOT

N, B = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
BOTH = "growth 2024"
STATED = {"value": "undisclosed", "stated": "missed"}

# what is asked of → targets, figures, the title in English, Chinese and French (~ and ^ are its hard blanks)
CITY = {
    "below": (
        {BOTH: {"city": "5"}},
        {"city": "4.8"},
        "growth: 4.8%, 0.2 points below target",
        "growth：4.8%，低于目标0.2个百分点",
        "growth~: 4,8^%, soit 0,2~point de moins que l’objectif",
    ),
    "above": (
        {BOTH: {"city": "5"}},
        {"city": "6.5"},
        "growth: 6.5%, 1.5 points above target",
        "growth：6.5%，高于目标1.5个百分点",
        "growth~: 6,5^%, soit 1,5~point de plus que l’objectif",
    ),
    "exactly": (
        {BOTH: {"city": "5"}},
        {"city": "5.0"},
        "growth: 5.0%, exactly on target",
        "growth：5.0%，与目标持平",
        "growth~: 5,0^%, exactement l’objectif",
    ),
    "equal, to be exceeded": (
        {BOTH: {"city": "above 5"}},
        {"city": "5.0"},
        "growth: 5.0%, equal to a target that must be exceeded",
        "growth：5.0%，与须超过的目标持平",
        "growth~: 5,0^%, à égalité avec un objectif à dépasser",
    ),
    "a bound that meets": (
        {BOTH: {"city": "5"}},
        {"city": ">5"},
        "growth: above 5%, target met",
        "growth：超过5%，达到目标",
        "growth~: plus de 5^%, objectif atteint",
    ),
    "not told": (
        {BOTH: {"city": "5"}},
        {"city": ">4"},
        "growth: above 4%; cannot be assessed against its target",
        "growth：超过4%；无法判断是否达到目标",
        "growth~: plus de 4^%^; évaluation impossible au regard de l’objectif",
    ),
    "undisclosed": (
        {BOTH: {"city": "undisclosed"}},
        {"city": "4.8"},
        "growth: 4.8%; the value of its target is not known",
        "growth：4.8%；目标数值未掌握",
        "growth~: 4,8^%^; la valeur de l’objectif n’est pas connue",
    ),
    "stated": (
        {"growth H1-2024": {"city": STATED}},
        {"city": "4.8"},
        "growth: 4.8%; its source reports the target as missed",
        "growth：4.8%；据来源表述，未达到目标",
        "growth~: 4,8^%^; selon la source, objectif non atteint",
    ),
    "no target": (
        {},
        {"city": "4.8"},
        "growth: 4.8%; no target for this period",
        "growth：4.8%；本期未设目标",
        "growth~: 4,8^%^; pas d’objectif pour cette période",
    ),
    "not reported": (
        {BOTH: {"city": "5"}},
        {},
        "growth: no figure for CITY against the year's target of 5%",
        "growth：city没有数据，无法对照年度目标（5%）",
        "growth~: aucun chiffre pour city face à l’objectif annuel (5^%)",
    ),
    "lower is better, missed": (
        {"down_growth 2024": {"city": "-2.5"}},
        {"city": "-2.3"},
        "down_growth: -2.3%, missing the target by 0.2 points",
        "down_growth：-2.3%，距目标差0.2个百分点",
        "down_growth~: -2,3^%, objectif manqué de 0,2~point",
    ),
    "lower is better, met": (
        {"down_growth 2024": {"city": "-2.5"}},
        {"city": "-3.5"},
        "down_growth: -3.5%, 1.0 points better than the target",
        "down_growth：-3.5%，优于目标1.0个百分点",
        "down_growth~: -3,5^%, objectif devancé de 1,0~point",
    ),
    "lower is better, equal": (
        {"down_growth 2024": {"city": "below -2"}},
        {"city": "-2.0"},
        "down_growth: -2.0%, equal to a target that it must stay below",
        "down_growth：-2.0%，与须低于的目标持平",
        "down_growth~: -2,0^%, à égalité avec un objectif sous lequel rester",
    ),
    "in time": (
        {"share 2025": {"city": "50"}},
        {"city": "48.5"},
        "share: 48.5%, 1.5 points below the target for 2025",
        "share：48.5%，低于2025年目标1.5个百分点",
        "share~: 48,5^%, soit 1,5~point de moins que l’objectif pour 2025",
    ),
    "inside a corridor": (
        {BOTH: {"city": "5±1"}},
        {"city": "5.5"},
        "growth: 5.5%, within the target range",
        "growth：5.5%，处于目标区间内",
        "growth~: 5,5^%, dans l’intervalle visé",
    ),
    "outside a corridor": (
        {BOTH: {"city": "5±1"}},
        {"city": "6.5"},
        "growth: 6.5%, 0.5 points above the target range",
        "growth：6.5%，高于目标区间0.5个百分点",
        "growth~: 6,5^%, soit 0,5~point au-dessus de l’intervalle visé",
    ),
    "an amount": (
        {"level H1-2024": {"city": "500"}},
        {"city": "480.5"},
        "level: 480.5 hundred million CNY, 19.5 below target",
        "level：480.5亿元，低于目标19.5",
        "level~: 480,5~centaines de millions de yuans, soit 19,5 de moins que l’objectif",
    ),
}
DISTRICTS = {  # targets, figures → behind the city's: below 5 by 0.2, or alone
    "below": (
        {"a": "5", "b": "6", "c": "4"},
        {"a": "4.0", "b": "5.0", "c": "4.1"},
        "2 of 3 districts are below theirs",
        "3个区中2个低于各自目标",
        "2 districts sur 3 sont en dessous du leur",
    ),
    "one below": (
        {"a": "5", "b": "5"},
        {"a": "4.0", "b": "5.1"},
        "1 of 2 districts is below its own",
        "2个区中1个低于各自目标",
        "1 district sur 2 est en dessous du sien",
    ),
    "all met": (
        {"a": "5", "b": "5"},
        {"a": "5.1", "b": "5.2"},
        "all 2 districts with a target met it",
        "设有目标的2个区均达到目标",
        "objectif atteint~: 2 districts sur 2",
    ),
    "none reported": (
        {"a": "5", "b": "5"},
        {},
        "none of the 2 districts with a target has reported",
        "设有目标的2个区均未报送",
        "chiffres non communiqués~: les 2 districts avec objectif",
    ),
    "one silent": (
        {"a": "5", "b": "5", "c": "5"},
        {"a": "5.1", "b": "5.2"},
        "2 of 3 districts have met their targets, 1 has not reported",
        "3个区中2个达到各自目标，1个未报送",
        "2 districts sur 3 ont atteint leur objectif, 1 n’a rien communiqué",
    ),
}


def title(made, language, indicator):
    dataset = dtrack.open(made.folder)
    with speaking(language):
        facts = gather(dataset, Query.of("H1-2024"), dataset.indicator_position[indicator])
        return briefing(facts).headline[0]


def blanks(text):
    return text.replace("~", B).replace("^", N)


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
@pytest.mark.parametrize("case", CITY)
def test_the_city(city, case, language):
    targets, figures, *titles = CITY[case]
    indicator = next((name.split()[0] for name in targets), "growth")
    rows = [(area, indicator, "H1-2024", value) for area, value in figures.items()]
    made = city(targets, rows or [("d", "growth", "H1-2015", "1.0")])
    expected = dict(zip(("en", "zh", "fr"), map(blanks, titles), strict=True))
    assert title(made, language, indicator) == expected[language]


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
@pytest.mark.parametrize("case", DISTRICTS)
def test_the_districts(city, case, language):
    targets, figures, *told = DISTRICTS[case]
    rows = [(area, "growth", "H1-2024", value) for area, value in figures.items()]
    made = city({BOTH: {"city": "5"} | targets}, [*rows, ("city", "growth", "H1-2024", "4.8")])
    expected = dict(zip(("en", "zh", "fr"), map(blanks, told), strict=True))[language]
    between = {"en": "; ", "zh": "；", "fr": f"{N}; "}[language]
    assert title(made, language, "growth").endswith(between + expected)


def test_without_a_figure_of_the_city_the_indicator_stands_first(city):
    made = city({BOTH: {"a": "5", "b": "5"}}, [("a", "growth", "H1-2024", "4.0")])
    assert title(made, "en", "growth") == "growth: 1 of 2 districts is below its target"


def test_a_name_that_tells_what_grows_has_a_verb():

    symposium = dtrack.open(ROOT / "examples/symposium")
    assert title(symposium, "en", "digital_va_growth") == (
        "Digital-economy value added grew 7.3%, 0.2 points below target; 5 of 15 districts are below theirs"
    )
    assert title(symposium, "zh", "digital_va_growth") == (
        "数字经济增加值同比增长7.3%，低于目标0.2个百分点；15个区中5个低于各自目标"
    )


def test_what_lower_is_better_missed_is_not_told_as_below(city):
    made = city(
        {"down_growth 2024": {"city": "-2.5", "a": "-2", "b": "-2"}},
        [("city", "down_growth", "H1-2024", "-2.3"), ("a", "down_growth", "H1-2024", "-1")],
    )
    assert title(made, "en", "down_growth").endswith("1 of 2 districts missed its target")


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({}, "Chiffres reçus de 0 district sur "),
        ({"a": "4.0"}, "Chiffres reçus de 1 district sur "),
        ({"a": "4.0", "b": "4.0"}, "Chiffres reçus de 2 districts sur "),
    ],
)
def test_what_was_received_is_counted_as_french_counts(run, city, figures, sentence):
    rows = [(area, "growth", "H1-2024", value) for area, value in figures.items()]
    made = city({BOTH: {"a": "5", "b": "5"}}, [*rows, ("d", "growth", "H1-2015", "1.0")])
    said = run("brief --half H1-2024 -i growth --lang fr", at=made.folder).out
    assert sentence in said.replace(B, " ")
