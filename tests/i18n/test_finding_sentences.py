"""Findings in Chinese and French: no English word is left, and the sentences are those of a statistics bureau.

Every fault of test_findings.py and every doubt of test_plausible_truth.py is told once more in other languages. What
stands in the files (in quotes), codes, ids, keys, file names, options and commands stay as they are.
"""

from __future__ import annotations

import re

import pytest

from dtrack.core.rules import CATALOGUE
from dtrack.core.severity import Severity
from dtrack.core.translate import _, speaking
from dtrack.i18n.system_messages import reader_message
from dtrack.validation.plausibility.run import check_plausibility
from support.broken_inputs import (
    A_ROW,
    FAULTS,
    FIGURES,
    HEAD,
    PROMISE,
    Fault,
    changed,
    in_figure,
    in_file,
    in_toml,
    write,
)
from support.doubtful import CASES, open_city

NARROW, NO_BREAK = "\u202f", "\u00a0"
REFUSE = "error"
SEVERITIES = {
    "en": {"error": "error", "warning": "warning", "info": "info"},
    "zh": {"error": "错误", "warning": "警告", "info": "提示"},
    "fr": {"error": "erreur", "warning": "avertissement", "info": "information"},
}
STATUSES = ("expected", "flash", "final", "revised", "missing", "illustrative")
KEYS = (
    "code",
    "area",
    "indicator",
    "period",
    "value",
    "reason",
    "accepted",
    "day",
    "name",
    "kind",
    "unit",
    "better",
    "prices",
    "short",
    "reporting",
)
KEYS += (
    "until",
    "aggregate",
    "growth_of",
    "Alpha",
    "Beta",
    "of",
    "from",
    "city",
    "reference",
    "last-year",
    "last",
    "year",
    "rank",
    "top",
    "pp",
)
KEYS += (
    "weight",
    "breaks",
    "yearly",
    "base",
    "limit",
    "aliases",
    "pace",
    "last",
    "year",
    "calendar",
    "online",
    "set",
    "source",
    "stated",
    "over",
    "sum",
    "whole",
    "average",
    "each",
    "end",
    "note",
    "why",
    "constant",
    "current",
)
KEYS += (
    "growth",
    "share",
    "flow",
    "stock",
    "met",
    "missed",
    "form",
    "index",
    "percent",
    "fraction",
    "decimal",
    "workspace",
    "city",
)
KEYS += (
    "gdp_level",
    "haidian",
    "reconciliation",
    "targets",
    "level",
    "title",
    "headline",
    "reference",
    "indicators",
    "due",
    "energy",
    "amber",
    "both",
    "aim",
    "class",
    "true",
    "false",
    "binding",
)
NAMES = (
    "dtrack",
    "CSV",
    "UTF",
    "TOML",
    "README",
    "Excel",
    "SHA",
    "NUL",
    "Iglewicz",
    "Hoaglin",
    "git",
    "xlsx",
    "Unicode",
    "SDMX",
    "energy",  # an indicator of the cases, without a Chinese name
)
KEPT = frozenset((*STATUSES, *KEYS, *NAMES))
_KEPT_WHOLE = re.compile(
    r"“[^”]*”|`[^`]*`|--[a-z-]+|[\w./-]+\.(?:csv|toml|xlsx)|data/[a-z]+|\[[\w.-]+\]"
)
_WORD = re.compile(r"[A-Za-z]{3,}(?:_[a-z]+)*")


def english_in(text):
    """The English words of a Chinese text that nobody has to type."""
    for code in sorted(CATALOGUE, key=len, reverse=True):
        text = text.replace(code, "")
    return [word for word in _WORD.findall(_KEPT_WHOLE.sub("", text)) if word not in KEPT]


def told(finding):
    """What a person reads of a finding beside its place and code."""
    return f"{finding.severity.word} {finding.sentence} {finding.remedy}"


def findings(folder):
    import dtrack

    return dtrack.open(folder).findings


MORE = [  # sentences that the faults of test_findings.py do not reach
    Fault("file-missing", REFUSE, "data/actuals", None, "", "", {FIGURES: None}),
    in_file("column-missing", REFUSE, 1, "", "", (HEAD + A_ROW).replace(",", ";")),
    in_file("column-missing", REFUSE, 1, "", "", (HEAD + A_ROW).replace(",", "\t")),
    in_file("column-missing", REFUSE, 1, "", "", "\n" + A_ROW),
    in_file("column-missing", REFUSE, 1, "", "", (HEAD + A_ROW).replace("area,", "Area,")),
    in_file("not-utf8", REFUSE, 2, "", "", HEAD + A_ROW.replace("s1", "s\0")),
    in_file("row-width", REFUSE, 2, "", "", HEAD + A_ROW.replace(",\n", ',"open\n')),
    in_file("row-width", REFUSE, 2, "", "", HEAD + A_ROW.replace(",\n", ',"open\n') + A_ROW),
    in_file("row-width", REFUSE, 2, "", "", HEAD + A_ROW.replace("4.8", '"4"8')),
    *(
        in_figure("not-a-number", REFUSE, "value", "", "4.8", text)
        for text in (
            "",
            '"4,8"',
            "4-5",
            "5..4",
            "around 4左右".replace("左右", "以上"),
            "4%万",
            "1234567890123456",
            "1.12345678901234567890",
            "9" * 201,
            "undisclosed",
        )
    ),
    *(
        in_figure(f"{code}", REFUSE, column, "", old, "")
        for code, column, old in (
            ("unknown-area", "area", "a"),
            ("unknown-indicator", "indicator", "growth"),
            ("bad-period", "period", "H1-2024"),
        )
    ),
    in_toml(
        "bad-value", REFUSE, "", "", "[targets.growth.2024]\n" + PROMISE, "[targets]\ngrowth = 5"
    ),
    in_toml("bad-value", REFUSE, "", "", 'city = "city"', "city = 5"),
    in_toml("bad-value", REFUSE, "", "", 'name = "Growth"', 'name = "Growth"\naliases = "x"'),
    in_toml("bad-value", REFUSE, "", "", 'name = "Growth"', 'name = "Growth"\nbase = "soon"'),
    in_toml("bad-value", REFUSE, "", "", 'name = "Growth"', 'name = "Growth"\nlimit = "soon"'),
    in_toml("bad-value", REFUSE, "", "", 'name = "Growth"', 'name = "Growth"\nbreaks = 5'),
    in_toml("bad-value", REFUSE, "", "", 'name = "Growth"', 'name = "Growth"\nbreaks = [5]'),
    in_toml(
        "key-missing",
        REFUSE,
        "",
        "",
        'name = "Growth"',
        'name = "Growth"\nbreaks = [{ why = "x", source = "s1" }]',
    ),
    in_toml("bad-value", REFUSE, "", "", 'weight = "level"', 'weight = "level"\nyearly = "level"'),
    in_toml("bad-value", REFUSE, "", "", PROMISE, "a = []"),
    in_toml("not-a-number", REFUSE, "", "", 'value = "5"', "value = true"),
    in_toml("not-a-number", REFUSE, "", "", 'value = "5", ', ""),
    *(
        Fault("toml-syntax", REFUSE, "targets.toml", None, "", "", {"targets.toml": text})
        for text in (
            "a",
            "a = ",
            "a = [1",
            "a = { b = 1",
            'a = "x',
            "a = 1 b",
            "[a",
            "[a]\n[a]",
            "a = 1\na = 2",
            'a = "\\q"',
            "a = 2024-13-45",
            "a = {}\n[a.b]",
            "a = { b = 1, b = 2 }",
            "[[a",
            "a = '\x01'",
            "a = " + "9" * 5000,
        )
    ),
    Fault(
        "area-tree",
        "warning",
        "",
        None,
        "",
        "",
        {"data/areas.csv": "id,name_en,parent\ncity,City,a\na,Alpha,city\nb,Beta,city\n"},
    ),
    Fault(
        "bad-value",
        REFUSE,
        "",
        None,
        "",
        "",
        {
            "data/areas.csv": "id,name_en,parent\ncity,City,\na,Alpha,city\nb,Beta,city\n,Gamma,city\n"
        },
    ),
]


@pytest.mark.parametrize("fault", [*FAULTS, *MORE], ids=str)
def test_a_fault_is_told_in_chinese_without_an_english_word(tmp_path, fault):
    write(tmp_path, fault.change)
    with speaking("zh"):
        found = [(finding.code, english_in(told(finding))) for finding in findings(tmp_path)]
    assert fault.code in [code for code, _ in found]
    assert [words for _, words in found] == [[] for _ in found]


def alike_in_every_language(found):
    """The findings are one in data and in words, whatever language was active when they were made."""
    by_language = {}
    for language in ("en", "zh", "fr"):
        with speaking(language):
            by_language[language] = tuple(found())
    assert by_language["en"] == by_language["zh"] == by_language["fr"]
    assert len({hash(findings) for findings in by_language.values()}) == 1
    for language in ("en", "zh", "fr"):
        with speaking(language):
            assert len({"\n".join(map(str, findings)) for findings in by_language.values()}) == 1
    return by_language["en"]


@pytest.mark.parametrize("fault", [*FAULTS, *MORE], ids=str)
def test_a_workspace_loaded_in_one_language_is_shown_wholly_in_another(tmp_path, fault):
    write(tmp_path, fault.change)
    assert alike_in_every_language(lambda: findings(tmp_path))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_doubt_found_in_one_language_is_told_in_another(build, tmp_path, case):
    dataset = open_city(build, tmp_path, case, case.rows, case.targets, case.toml)
    assert alike_in_every_language(lambda: check_plausibility(dataset))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_doubt_is_told_in_chinese_and_french(build, tmp_path, case):
    dataset = open_city(build, tmp_path, case, case.rows, case.targets, case.toml)
    sentences = {}
    for language in ("zh", "fr"):
        with speaking(language):
            (found,) = check_plausibility(dataset)
            sentences[language] = found.sentence
    assert english_in(sentences["zh"]) == []
    assert not re.search(r"[,;:!?()]|[\u4e00-\u9fff] | [\u4e00-\u9fff]", sentences["zh"])
    assert not re.search(
        r"\d\.\d(?!\d*万)", sentences["fr"]
    )  # a decimal comma; 4.57万 stays as it was published


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_a_code_is_explained_without_an_english_word(run, code):
    chinese, rule = run(f"check --explain {code} --lang zh").out, CATALOGUE[code]
    assert chinese.startswith(f"{code}（{SEVERITIES['zh'][rule.severity]}）：")
    assert english_in(chinese) == []
    for language in ("zh", "fr"):
        with speaking(language):
            assert [
                text
                for text in (rule.meaning, rule.remedy, rule.rule, rule.explanation)
                if text and _(text) == text
            ] == []


# Whole sentences, by hand


def test_the_line_of_a_finding(tmp_path):
    write(tmp_path, {FIGURES: HEAD + A_ROW.replace("4.8", "4-5")})
    with speaking("zh"):
        (found,) = findings(tmp_path)
        assert str(found) == (
            f"{FIGURES}:2:value：错误：“4-5”不是有效数值：区间写作4.5..5 [not-a-number] → "
            "按公布的原样书写数值：7.8、>10、1000左右、10%以上、7.5万"
        )
    with speaking("fr"):
        (found,) = findings(tmp_path)
        assert str(found).startswith(
            f"{FIGURES}:2:value{NO_BREAK}: erreur{NO_BREAK}: «{NARROW}4-5{NARROW}» n’est pas un chiffre valide{NO_BREAK}: "
            "écrire un intervalle sous la forme 4.5..5 [not-a-number] → écrire le chiffre tel que publié"
        )


def test_severities_are_words_for_people_and_codes_for_programs():
    for language, words in SEVERITIES.items():
        with speaking(language):
            assert {severity: severity.word for severity in Severity} == words
            assert [str(severity) for severity in Severity] == ["error", "warning", "info"]


SLIP = [("a", "level", "H1-2023", "480.0"), ("a", "level", "H1-2024", "4920")]


def test_check_in_chinese(city, run):
    place = city({}, SLIP).folder
    said = run("check --lang zh --workspace .", at=place)
    assert said.out.splitlines() == [
        f"{place.name}：已检查2个数值、0个目标和2个来源：无错误，警告1项。",
        "",
        "unit-slip（警告）：总量约为基数的十倍、百倍、千倍，或约为其十分之一、百分之一、千分之一",
        "data/actuals/part-0.csv:3:value",
        "    a、level、H1-2024：4920是2023年上半年数值480.0的10.3倍；可能是起步不久的序列，或有企业投产、关停",
        "→ 对照来源核对单位和小数点",
        "",
        "代码的含义和检测规则：dtrack check --explain 代码",
    ]


def test_check_in_french(city, run):
    place = city({}, SLIP).folder
    said = run("check --lang fr --workspace .", at=place)
    assert said.out.splitlines()[:6] == [
        f"{place.name}{NO_BREAK}: 2 chiffres, 0 objectif et 2 sources contrôlés{NO_BREAK}: aucune erreur, 1 avertissement.",
        "",
        f"unit-slip (avertissement){NO_BREAK}: un niveau environ dix, cent ou mille fois plus grand ou plus petit que sa base",
        "data/actuals/part-0.csv:3:value",
        (
            f"    a, level, H1-2024{NO_BREAK}: 4{NARROW}920 est 10,3 fois le chiffre de la période S1 2023 (480,0){NARROW}; "
            "une série récente, ou une usine qui a ouvert ou fermé, peut l’expliquer"
        ),
        "→ vérifier l’unité et la virgule décimale d’après la source",
    ]


def test_check_with_nothing_to_tell(run):
    place = run("check --lang zh --workspace examples/symposium").out
    assert place == "symposium：已检查262个数值、74个目标和72个来源：无错误，无警告。\n"
    assert (
        run("check --lang fr --workspace examples/symposium").out
        == f"symposium{NO_BREAK}: 262 chiffres, 74 objectifs et 72 sources contrôlés{NO_BREAK}: aucune erreur, aucun avertissement.\n"
    )


ACCEPTED = """[[accepted]]
code = "unit-slip"
area = "a"
indicator = "level"
period = "H1-2024"
reason = "核实无误"
by = "张三"
"""


def test_what_is_accepted_and_what_accepts_nothing(city, run):
    place = city({}, SLIP).folder
    (place / "data/accepted.toml").write_text(
        ACCEPTED + ACCEPTED.replace('"a"', '"b"'), encoding="utf-8"
    )
    said = run("check --lang zh --workspace .", at=place).out
    assert (
        said.splitlines()[0]
        == f"{place.name}：已检查2个数值、0个目标和2个来源：无错误，警告1项，已确认例外1项。"
    )
    assert "    b、level、H1-2024：b、level、H1-2024没有unit-slip问题" in said.splitlines()
    assert "已确认的例外（data/accepted.toml）" in said.splitlines()
    assert "    理由：核实无误（张三）" in said.splitlines()


def test_a_refusal_on_stderr(tmp_path, run):
    write(tmp_path, changed("data/areas.csv", "Beta", "Alpha"))
    said = run("report --half H1-2024 --lang zh --workspace .", at=tmp_path)
    assert said.code == 3
    assert (
        said.err.splitlines()[0]
        == "data/areas.csv:4:name_en：错误：“Alpha”有歧义：既指a又指b [id-twice] → 分别使用不同的标识或写法"
    )


@pytest.mark.parametrize("form", ["csv", "json"])
def test_programs_are_told_in_english(city, run, form):
    place = city({}, SLIP).folder
    english = run(f"check --format {form} --workspace .", at=place).out
    assert run(f"check --format {form} --lang zh --workspace .", at=place).out == english
    assert "4,920 is 10.3 times the 480.0 of H1-2023" in english
    assert "warning" in english


def test_many_findings_are_counted_in_the_language(tmp_path, run):
    write(
        tmp_path,
        {FIGURES: HEAD + "".join(A_ROW.replace("H1-2024", f"H3-{1001 + n}") for n in range(1002))},
    )
    said = run("check --lang zh --workspace .", at=tmp_path).out
    assert "    其后另有2行同样如此：“H3-2000”不是有效时期" in said.splitlines()
    assert "……另有980项：用--all，或--format csv、--format json查看" in said.splitlines()


# What others say


@pytest.mark.parametrize(
    ("message", "zh", "fr"),
    [
        ("Unclosed array", "列表未闭合", "liste non fermée"),
        (
            "Cannot declare ('a', 'b') twice",
            "('a', 'b')重复声明",
            "('a', 'b') ne peut être déclaré deux fois",
        ),
        (
            "Expected '=' after a key in a key/value pair",
            "键之后应为“=”",
            f"«{NARROW}={NARROW}» attendu après une clé",
        ),
        (
            "',' expected after '\"'",
            '“"”之后应为“,”',
            f'«{NARROW},{NARROW}» attendu après «{NARROW}"{NARROW}»',
        ),
        ("a fault of a version to come", "", ""),
    ],
)
def test_messages_of_the_readers_of_toml_and_csv(message, zh, fr):
    said = []
    for language in ("en", "zh", "fr"):
        with speaking(language):
            said.append(str(reader_message(message, "")))
    assert said == [message, zh, fr]
