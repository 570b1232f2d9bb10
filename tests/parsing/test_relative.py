"""Targets in words that follow another figure: what each wording says, and which leave a question."""

from __future__ import annotations

import pytest

from dtrack.core.message import Message
from dtrack.core.relation import Relation
from dtrack.parsing.relative import relation_in_words

MORE = """
[indicators.gdp]
name = { en = "GDP growth", zh = "地区生产总值增速", fr = "Croissance du PIB" }
kind = "growth"
unit = "percent"
better = "up"
prices = "constant"
"""
SAID = [
    # Chinese
    ("growth", "高于全市平均水平", "> of city"),
    ("growth", "高于全市平均", "> of city"),
    ("growth", "高于全市平均增速", "> of city"),
    ("growth", "力争高于全市平均水平", "> of city"),
    ("growth", "不低于全市平均水平", ">= of city"),
    ("growth", "快于经济增长", "> of gdp"),
    ("growth", "快于GDP增速", "> of gdp"),
    ("growth", "与经济增长同步", ">= of gdp"),
    ("growth", "和经济增长保持同步", ">= of gdp"),
    ("growth", "与地区生产总值增速同步", ">= of gdp"),
    ("growth", "高于上年", "> of last-year"),
    ("growth", "不低于上年水平", ">= of last-year"),
    ("growth", "高于全市平均1个百分点以上", ">=+1 of city"),
    ("growth", "比全市平均水平高0.5个百分点", ">=+0.5 of city"),
    ("growth", "力争进入前三", "top 3 of rank"),
    ("growth", "位居全市前5名", "top 5 of rank"),
    ("growth", "居全市第一", "top 1 of rank"),
    ("jobless", "低于全市平均水平", "< of city"),
    ("jobless", "不高于上年", "<= of last-year"),
    ("jobless", "比上年有所下降", "down of last-year"),
    ("jobless", "与上年持平", "same of last-year"),
    ("jobless", "控制在全市平均水平以内", "<= of city"),
    ("jobless", "保持在上年水平以下", "<= of last-year"),
    ("share", "比2020年提高3个百分点", "+3pp from 2020"),
    ("stock", "较2020年下降18%以上", "-18% from 2020"),
    ("level", "比2020年翻一番", "x2 from 2020"),
    ("level", "达到2020年的1.5倍", "x1.5 from 2020"),
    # English
    ("growth", "above the city's average", "> of city"),
    ("growth", "Above the city average", "> of city"),
    ("growth", "faster than GDP growth", "> of gdp"),
    ("growth", "no less than economic growth", ">= of gdp"),
    ("growth", "in step with GDP growth", ">= of gdp"),
    ("growth", "at least 1 percentage point above the city's average", ">=+1 of city"),
    ("growth", "above b's", "> of b"),
    ("growth", "among the top three", "top 3 of rank"),
    ("jobless", "below last year", "< of last-year"),
    ("jobless", "at least 0.5 pp below the city's average", "<=-0.5 of city"),
    ("share", "3 percentage points above 2020", "+3pp from 2020"),
    ("level", "twice the 2020 level", "x2 from 2020"),
    ("stock", "18 % below 2020", "-18% from 2020"),
    # French
    ("growth", "supérieur à la moyenne de la ville", "> of city"),
    ("growth", "supérieure à la croissance du PIB", "> of gdp"),
    ("growth", "au même rythme que la croissance du PIB", ">= of gdp"),
    (
        "growth",
        "supérieur d’au moins 1 point de pourcentage à la moyenne de la ville",
        ">=+1 of city",
    ),
    ("growth", "parmi les 3 premiers", "top 3 of rank"),
    ("jobless", "inférieur à l’année précédente", "< of last-year"),
    ("stock", "18 % de moins qu’en 2020", "-18% from 2020"),
]
QUESTIONS = [
    ("growth", "高于全国平均水平"),
    ("growth", "与周边地区同步"),
    ("growth", "较上年下降"),
    ("level", "高于全市平均1个百分点"),
    ("growth", "above the national average"),
]
NO_RELATION = [
    ("growth", "5%左右"),
    ("growth", "高于5"),
    ("growth", "超过10%"),
    ("growth", "高于全市平均1个百分点左右"),
    ("growth", "与经济增长基本同步"),
    ("growth", "进入全国前三"),
    ("growth", "5%左右，高于全市平均"),
    ("growth", "稳中有升"),
    ("growth", "与上年持平"),
    ("jobless", "控制在5%以内"),
    ("growth", ""),
]


@pytest.fixture
def said(city):
    dataset = city({"growth 2024": {"a": "5"}}, []).open()
    toml = dataset.folder / "targets.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    import dtrack

    dataset = dtrack.open(dataset.folder)
    items = {item.id: item for item in dataset.indicators}
    return lambda indicator, text: relation_in_words(text, dataset, items[indicator])


@pytest.mark.parametrize(("indicator", "text", "meant"), SAID)
def test_what_words_mean(said, indicator, text, meant):
    assert str(said(indicator, text)) == meant


@pytest.mark.parametrize(("indicator", "text"), QUESTIONS)
def test_what_can_mean_two_things_is_asked(said, indicator, text):
    assert isinstance(said(indicator, text), Message)


@pytest.mark.parametrize(("indicator", "text"), NO_RELATION)
def test_all_else_is_left_to_others(said, indicator, text):
    assert not isinstance(said(indicator, text), Relation)
