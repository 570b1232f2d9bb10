"""The languages: which one is spoken, how each dresses numbers, days, periods and names, and that no message is untranslated."""

from __future__ import annotations

import re
import string
import sys
from decimal import Decimal

import pytest

from dtrack.core.figure import parse
from dtrack.core.nouns import DISTRICTS_OF_A_CITY, PLACEHOLDERS, forms, mentions_nouns
from dtrack.core.period import Period
from dtrack.core.translate import choose_language, listed, named, speaking
from dtrack.core.vocabulary import Caveat
from dtrack.i18n.formatting import (
    district_name,
    during,
    format_amount,
    format_day,
    format_figure,
    format_number,
    format_percent,
    format_points,
)
from dtrack.i18n.subjects import subject_of
from dtrack.i18n.terms import qualified, verdict_word
from support.workspaces import ROOT

sys.path.insert(0, str(ROOT / "docs"))
import catalogues

LANGUAGES = EN, ZH, FR = "en", "zh", "fr"
NARROW, NO_BREAK = "\u202f", "\u00a0"


def said(language, write, *given, **more):
    """What `write` gives in the language."""
    with speaking(language):
        return write(*given, **more)


# Which language


@pytest.mark.parametrize(
    ("option", "variable", "of_locale", "name"),
    [
        ("zh", "fr", "en_GB.UTF-8", "zh"),
        (None, "fr", "zh_CN.UTF-8", "fr"),
        (None, "", "zh_CN.UTF-8", "zh"),
        (None, None, "fr_CA@euro", "fr"),
        (None, None, "de_DE.UTF-8", "en"),
        (None, None, "C", "en"),
        (None, None, None, "en"),
        ("zh-CN", None, None, "zh"),
        ("zh_Hans", None, None, "zh"),
        (" FR ", None, None, "fr"),
    ],
)
def test_the_option_then_the_variable_then_the_locale_then_english(
    option, variable, of_locale, name
):
    assert choose_language(option, variable, of_locale) == name


@pytest.mark.parametrize(
    ("option", "variable"), [("de", None), (None, "klingon"), ("../zh", None), ("english", None)]
)
def test_a_language_asked_for_and_not_spoken_is_told(option, variable):
    with pytest.raises(ValueError, match="is not one of en, zh, fr"):
        choose_language(option, variable, "zh_CN")


# Numbers, days, periods, lists


@pytest.mark.parametrize(
    ("value", "decimals", "en", "zh", "fr"),
    [
        ("5.0", 1, "5.0", "5.0", "5,0"),
        ("4987.8", 1, "4,987.8", "4987.8", f"4{NARROW}987,8"),
        ("1234567", 0, "1,234,567", "1234567", f"1{NARROW}234{NARROW}567"),
        ("-0.04", 1, "0.0", "0.0", "0,0"),
        ("-2.5", 1, "-2.5", "-2.5", "-2,5"),
        ("56000", -3, "56,000", "56000", f"56{NARROW}000"),
    ],
)
def test_numbers_at_their_published_decimals(value, decimals, en, zh, fr):
    assert [said(language, format_number, Decimal(value), decimals) for language in LANGUAGES] == [
        en,
        zh,
        fr,
    ]


def test_per_cents_and_points():
    assert [said(language, format_percent, Decimal("7.8"), 1) for language in LANGUAGES] == [
        "7.8%",
        "7.8%",
        f"7,8{NARROW}%",
    ]
    told = {
        value: [
            said(language, format_points, Decimal(value), -Decimal(value).as_tuple().exponent)
            for language in LANGUAGES
        ]
        for value in ("0.2", "1.22", "2.51", "1")
    }
    assert told == {
        "0.2": ["0.2 percentage points", "0.2个百分点", f"0,2{NO_BREAK}point"],
        "1.22": ["1.22 percentage points", "1.22个百分点", f"1,22{NO_BREAK}point"],
        "2.51": ["2.51 percentage points", "2.51个百分点", f"2,51{NO_BREAK}points"],
        "1": ["1 percentage point", "1个百分点", f"1{NO_BREAK}point"],
    }


@pytest.mark.parametrize(
    ("text", "en", "zh", "fr"),
    [
        ("around 7.5", "around 7.5%", "7.5%左右", f"environ 7,5{NARROW}%"),
        ("7%以上", "at least 7%", "7%以上", f"au moins 7{NARROW}%"),
        ("above 8", "above 8%", "超过8%", f"plus de 8{NARROW}%"),
        ("近6", "nearly 6%", "近6%", f"près de 6{NARROW}%"),
        ("<=-2.5", "at most -2.5%", "不超过-2.5%", f"au plus -2,5{NARROW}%"),
        ("低于3", "below 3%", "低于3%", f"moins de 3{NARROW}%"),
        ("7..7.5", "7 to 7.5%", "7%至7.5%", f"7 à 7,5{NARROW}%"),
        ("5.0", "5.0%", "5.0%", f"5,0{NARROW}%"),
        ("undisclosed", "undisclosed", "未公开", "non publié"),
    ],
)
def test_figures_as_worded(text, en, zh, fr):
    assert [said(language, format_figure, parse(text), "percent") for language in LANGUAGES] == [
        en,
        zh,
        fr,
    ]


def test_units_that_are_known_are_told_in_the_language_and_others_as_they_stand():
    assert [
        said(language, format_amount, Decimal("4987.8"), 1, "100 million CNY")
        for language in LANGUAGES
    ] == [
        "4,987.8 hundred million CNY",
        "4987.8亿元",
        f"4{NARROW}987,8{NO_BREAK}centaines de millions de yuans",
    ]
    assert [said(language, format_amount, Decimal(3), 0, "PFLOPS") for language in LANGUAGES] == [
        "3 PFLOPS",
        "3PFLOPS",
        f"3{NO_BREAK}PFLOPS",
    ]


@pytest.mark.parametrize(
    ("text", "en", "zh", "fr"),
    [
        ("H1-2024", "in the first half of 2024", "2024年上半年", "au premier semestre 2024"),
        ("H2-2024", "in the second half of 2024", "2024年下半年", "au second semestre 2024"),
        ("Q2-2024", "in the second quarter of 2024", "2024年二季度", "au deuxième trimestre 2024"),
        (
            "Q1-3-2024",
            "in the first three quarters of 2024",
            "2024年前三季度",
            "sur les trois premiers trimestres 2024",
        ),
        ("2024", "in 2024", "2024年", "en 2024"),
        ("2024-06", "in June 2024", "2024年6月", "en juin 2024"),
        (
            "2024-01..2024-05",
            "from January to May 2024",
            "2024年1月至5月",
            "sur la période janvier à mai 2024",
        ),
        ("2026..2030", "from 2026 to 2030", "2026至2030年", "sur la période 2026 à 2030"),
        (
            "2023-11..2024-02",
            "from November 2023 to February 2024",
            "2023年11月至2024年2月",
            "sur la période novembre 2023 à février 2024",
        ),
    ],
)
def test_periods(text, en, zh, fr):
    assert [said(language, during, Period.parse(text)) for language in LANGUAGES] == [en, zh, fr]


def test_days_and_lists():
    assert [said(language, format_day, 20240830) for language in LANGUAGES] == [
        "30 August 2024",
        "2024年8月30日",
        "30 août 2024",
    ]
    assert said(FR, format_day, 20241201) == "1er décembre 2024"
    assert [said(language, listed, ["A", "{B}", "C"]) for language in LANGUAGES] == [
        "A, {B} and C",
        "A、{B}和C",
        "A, {B} et C",
    ]
    assert [said(language, listed, ["A"]) for language in LANGUAGES] == ["A"] * 3


# Names


def test_a_name_falls_back_to_another_language_and_is_never_made_up():
    assert said(ZH, named, {"en": "Haidian", "zh": "海淀区"}, "haidian") == "海淀区"
    assert said(FR, named, {"en": "Haidian", "zh": "海淀区"}, "haidian") == "Haidian"
    assert said(FR, named, {"zh": "海淀区"}, "haidian") == "海淀区"
    assert said(EN, named, {}, "haidian") == "haidian"


def test_french_lists_districts_without_the_word():
    told = [
        said(FR, district_name, {"fr": name}, "")
        for name in ("district de Haidian", "district d'Yanqing", "Zone de Daxing")
    ]
    assert told == ["Haidian", "Yanqing", "Zone de Daxing"]


@pytest.mark.parametrize(
    ("language", "name", "subject", "plural"),
    [
        (EN, "GDP growth", "GDP", False),
        (EN, "Growth of digital-economy value added", "digital-economy value added", False),
        (EN, "Digital economy, growth of value added", "value added (digital economy)", False),
        (EN, "AI core industry, growth", "AI core industry", False),
        (EN, "GDP, average yearly growth", None, False),  # not year on year
        (EN, "Change in energy use per unit of GDP", None, False),
        (ZH, "数字经济增加值增速", "数字经济增加值", False),
        (ZH, "地区生产总值增长率", "地区生产总值", False),
        (ZH, "地区生产总值年均增速", None, False),
        (ZH, "单位地区生产总值能耗变化", None, False),
        (FR, "Croissance du PIB", "le PIB", False),
        (
            FR,
            "Croissance de la valeur ajoutée de l'économie numérique",
            "la valeur ajoutée de l'économie numérique",
            False,
        ),
        (FR, "Croissance de l’emploi", "l’emploi", False),
        (FR, "Croissance des recettes", "les recettes", True),
        (FR, "Croissance annuelle moyenne du PIB", None, False),
        (FR, "Variation de l'intensité énergétique du PIB", None, False),
    ],
)
def test_what_grows_is_taken_from_the_name_or_not_at_all(language, name, subject, plural):
    found = said(language, subject_of, name)
    assert (found and found.text, bool(found and found.plural)) == (subject, plural)


# The words of the tables


def judged(language, verdict, basis, caveat=""):
    with speaking(language):
        return qualified(verdict_word(verdict), verdict, basis, caveat)


def test_verdicts():
    assert [judged(language, "missed", "stated") for language in LANGUAGES] == [
        "missed (as published)",
        "未达到目标（据公布）",
        "non atteint (selon la source)",
    ]
    assert [judged(EN, "met", "computed", caveat) for caveat in Caveat] == [
        "met",
        "met (within rounding)",
        "met (approximate)",
        "met (provisional)",
    ]
    assert [judged(language, "met", "computed", Caveat.ROUNDING) for language in LANGUAGES] == [
        "met (within rounding)",
        "达到目标（在舍入误差内）",
        "atteint (à l’arrondi près)",
    ]
    assert judged(EN, "open", "computed", Caveat.PROVISIONAL) == "in progress"
    assert judged(EN, "", "") == ""


# The catalogues

SOURCE = catalogues.messages()
PO = {name: catalogues.read(name) for name in catalogues.LANGUAGES}


def texts(message):
    """Each of the message's translations, beside what it translates."""
    many = isinstance(message.string, tuple | list)
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    return [
        (ids[min(number, len(ids) - 1)], text)
        for number, text in enumerate(message.string if many else [message.string])
    ]


def translated(name):
    return [pair for message in PO[name] if message.id for pair in texts(message)]


def test_there_are_catalogues_for_every_language_but_english_and_messages_in_the_source():
    assert set(catalogues.LANGUAGES) == {"zh", "fr"}
    assert len(SOURCE) > 100


@pytest.mark.parametrize("name", catalogues.LANGUAGES)
def test_every_message_of_the_source_is_translated_and_no_other(name):
    assert catalogues.lacking(PO[name], SOURCE) == []


@pytest.mark.parametrize("name", catalogues.LANGUAGES)
def test_a_message_without_translation_or_a_fuzzy_one_is_found(name):
    catalogue = catalogues.read(name)
    first = next(message for message in catalogue if message.id)
    first.flags.add("fuzzy")
    assert catalogues.lacking(catalogue, SOURCE) == [str(first.id)]


@pytest.mark.parametrize("name", catalogues.LANGUAGES)
def test_placeholders_agree(name):
    """Of the values all, and no other; the nouns of a workspace only where the message has one."""
    own = set(forms(DISTRICTS_OF_A_CITY, name))

    def placeholders(text, of, *, plural):
        found = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
        # one of a plural may be a word: the district, for 1 district
        found |= {"count"} if plural else set()
        return found - own if mentions_nouns(of) else found

    pairs = [
        (message, told, isinstance(one.id, tuple))
        for one in PO[name]
        if one.id
        for message, told in texts(one)
    ]
    assert [
        (message, told)
        for message, told, plural in pairs
        if placeholders(message, message, plural=plural)
        != placeholders(told, message, plural=plural)
    ] == []


def test_a_message_has_only_the_nouns_of_every_language():
    """A message with {le_district}, or with {districts} as the name of a value, would break."""
    french = set(forms(DISTRICTS_OF_A_CITY, "fr")) - set(PLACEHOLDERS)
    for message in SOURCE:
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        assert not any(f"{{{form}}}" in text for text in texts for form in french), message.id
        assert len({mentions_nouns(text) for text in texts}) == 1, message.id


@pytest.mark.parametrize("name", catalogues.LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_text(name):
    assert catalogues.place(name, "mo").read_bytes() == catalogues.compiled(PO[name])


@pytest.mark.parametrize("name", catalogues.LANGUAGES)
def test_a_catalogue_does_not_depend_on_the_tool_that_made_it(name, monkeypatch):
    """Another version of Babel, or a .po that another program saved with its own header: the same bytes."""
    monkeypatch.setattr("babel.messages.catalog.VERSION", "99.1")
    raw = catalogues.place(name, "po").read_bytes()
    header = b'"Generated-By: Poedit 3.5\\n"\n"PO-Revision-Date: 2031-05-06 07:08+0000\\n"\n"Last-Translator: somebody\\n"\n'
    other = raw.replace(b'"Content-Type', header + b'"Content-Type', 1)
    assert other != raw
    catalogue = catalogues.parsed(other, name)
    assert catalogues.compiled(catalogue) == catalogues.place(name, "mo").read_bytes()
    assert catalogues.written(catalogue) == catalogues.written(PO[name])


CODE = re.compile(  # what is typed or stands in a file: its signs are not the language's
    r"\{\{.*\}\}|\[\{\w+\}\]|\[\[?\w+\]?\]|`[^`]*`|“[^”]*”|«\u202f[^»]*\u202f»|\"[^\"]*\"|[\w>]+(?:[./]+[\w-]+)+|\.(?:\w+|\{suffix\})"
    r"|10%以上|\[[\w, ]+\]|--[\w-]+"
)
FORMULAS = {"(G − s·g) / (1 − s) = {terms} = {growth}%"}


def test_french_has_its_blanks_before_double_signs():
    """A narrow no-break space, before a colon a wide one; a unit in brackets stands alone: Poids (%)."""
    texts = {
        text: CODE.sub("x", text).replace("(%)", "") for _, text in translated("fr") if text != "%"
    }
    assert [
        text for text, bare in texts.items() if re.search(r"(?<!\u202f)[;?!%»]|(?<!\u00a0):", bare)
    ] == []


def test_french_has_its_own_apostrophe():
    assert [
        text
        for _, text in translated("fr")
        if re.search(r"(?<=[a-zà-ÿ])'(?=[a-zà-ÿ])", text, re.IGNORECASE)
    ] == []


def test_chinese_has_full_width_signs():
    texts = {text: CODE.sub("x", text) for _, text in translated("zh") if text not in FORMULAS}
    assert [text for text, bare in texts.items() if re.search(r"[,.:;?!()\[\]]", bare)] == []
