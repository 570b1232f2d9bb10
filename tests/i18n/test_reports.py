"""Reports, stories, listings and steps in Chinese and French: no English word is left, and some lines stand to the letter.

The workspace is the small city of these tests with names in all three languages; every circumstance a note can tell of is
in it once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dtrack.core.period import Period
from dtrack.core.translate import speaking, to_programs
from dtrack.i18n.formatting import amount_shown, period_shown, wording_shown

NAMES = {
    "growth": ("地区生产总值增速", "Croissance du PIB"),
    "level": ("地区生产总值", "PIB"),
    "share": ("高技术产业比重", "Part de la haute technologie"),
    "stock": ("基站数", "Stations de base"),
    "down_growth": ("能耗强度变化", "Intensité énergétique"),
    "jobless": ("失业率", "Taux de chômage"),
}
AREAS = {
    "CITY,city,city": "CITY,小城,Petite ville",
    "A,a,a": "A,甲区,Jia",
    "B,b,b": "B,乙区,Yi",
    "C,c,c": "C,丙区,Bing",
    "D,d,d": "D,丁区,Ding",
    "Z,z,z": "Z,新区,Zone",
}
TARGETS = {
    "growth 2024": {
        "city": "around 5",
        "a": "6.5",
        "b": {"value": "undisclosed", "stated": "missed"},
        "c": [{"value": "6"}, {"value": "7", "set": "2024-09-01"}],
        "d": "above 5",
        "z": "10",
    },
    "growth H1-2024": {"a": {"value": "5..6", "set": "2024-08-01"}},
    "level 2024": {"city": "1000", "a": ">10 billion"},
    "share 2025": {"city": "at least 50", "a": "nearly 40%"},
    "stock 2025": {"city": "6.3万"},
    "down_growth 2024": {"city": "-3", "a": "below -2"},
}
ACTUALS = [
    ("city", "growth", "H1-2024", "5.4"),
    ("city", "growth", "H1-2023", "5.0", {"published": "2023-07-20"}),
    ("city", "growth", "2023", "5.2", {"published": "2024-01-20"}),
    ("a", "growth", "H1-2024", "6.0", {"status": "final", "source": "s2"}),
    (
        "a",
        "growth",
        "H1-2024",
        "5.9",
        {"status": "revised", "published": "2024-08-20", "source": "s2"},
    ),
    ("a", "growth", "H1-2023", "6.3", {"published": "2023-07-20"}),
    ("b", "growth", "H1-2024", ">4", {"status": "expected"}),
    ("c", "growth", "2024-01..2024-05", "6.4", {"published": "2024-06-20"}),
    ("z", "growth", "H1-2024", "12.3"),
    ("city", "level", "H1-2024", "490.2"),
    ("city", "level", "H1-2023", "450", {"published": "2023-07-20"}),
    ("city", "level", "2023", "950", {"published": "2024-01-20"}),
    ("a", "level", "H1-2024", "60.0"),
    ("a", "level", "H1-2023", "55.0", {"published": "2023-07-20"}),
    ("city", "share", "Q1-3-2023", "44.3", {"published": "2023-11-01"}),
    ("city", "share", "2024", "52", {"scope": "other", "published": "2025-02-01"}),
    ("city", "stock", "2024-06", "12.2万"),
    ("a", "down_growth", "H1-2024", "-1.5", {"prices": "current"}),
    ("city", "down_growth", "H1-2024", "-3.1"),
    ("city", "jobless", "H1-2023", "3", {"published": "2023-07-20"}),
]
ALLOWED = {
    "dtrack",
    "check",
    "all",
    "csv",
    "CSV",
    "format",
    "data",
    "actuals",
    "part-",
    "targets",
    "toml",
    "sources",
    "set",
    "aside",
    "as-of",
}
ALLOWED |= {*NAMES, "city", "down"}  # ids, in the places where a figure stands


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """What a command speaks ends with its test."""
    with speaking("en"):
        yield


@pytest.fixture
def town(city) -> Path:
    folder: Path = city(TARGETS, ACTUALS, breaks={"level": "2024-03-01"}).folder
    toml = (
        (folder / "targets.toml")
        .read_text(encoding="utf-8")
        .replace('why = "census"', 'why = "普查"')
    )
    for name, (zh, fr) in NAMES.items():
        toml = toml.replace(f'zh = "{name}", fr = "{name}"', f'zh = "{zh}", fr = "{fr}"')
    (folder / "targets.toml").write_text(toml, encoding="utf-8")
    areas = (folder / "data/areas.csv").read_text(encoding="utf-8")
    for before, after in AREAS.items():
        areas = areas.replace(before, after)
    (folder / "data/areas.csv").write_text(areas, encoding="utf-8")
    sources = (
        (folder / "data/sources.csv")
        .read_text(encoding="utf-8")
        .replace("Bulletin", "公报")
        .replace("Bureau", "统计局")
    )
    (folder / "data/sources.csv").write_text(
        sources.replace("s2,公报,统计局,2024-07-20,,no", "s2,公报,统计局,2024-07-20,,yes"),
        encoding="utf-8",
    )
    return folder


def english_in(text: str) -> set[str]:
    """Words of three Latin letters or more that are no id, command, option, file or page's own mark-up."""
    text = re.sub(r"<(style|script)\b.*?</\1>", "", text, flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return set(re.findall(r"[A-Za-z][A-Za-z-]{2,}", text)) - ALLOWED


COMMANDS = [
    "report --half H1-2024",
    "report --half H1-2024 --all --tolerance 0.2 --set-aside",
    "report --half 2024 --as-of 2024-09-30 --only missed",
    "report --half H1-2024 --sort actual -d a -d b",
    "report --half 2030",
    "gap -d a",
    "gap -d city --half H1-2024 --tolerance 0.5",
    "gap -d d --half 2001",
    "targets",
    "targets --half H1-2024 --as-of 2024-10-01",
    "sources",
    "why a growth H1-2024",
    "why b growth H1-2024",
    "why c growth H1-2024 --as-of 2024-07-31",
    "why city level H1-2024",
    "why city share H1-2024",
    "why city down_growth H1-2024",
    "why d level H1-2024",
    "why city growth H1-2024 --of city",
]


@pytest.mark.parametrize("words", COMMANDS)
def test_no_english_word_is_left_in_chinese(town, run, words):
    said = run(f"{words} --lang zh", at=town)
    assert said.code == 0
    assert english_in(said.out) == set()


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize(
    "words",
    ["report --half H1-2024 --tolerance 0.2 -d a -d b -d z", "gap -d a", "sources", "targets"],
)
def test_no_english_word_is_left_in_files(town, run, words, form):
    said = run(f"{words} -f {form} --lang zh", at=town)
    assert said.code == 0
    assert english_in(said.out) == set()


def test_a_narrow_terminal_says_in_chinese_what_it_leaves_out():
    import io

    from rich.console import Console

    from dtrack.rendering import terminal
    from dtrack.reporting.document import Column, Document, Sheet

    sheet = Sheet(
        "表",
        (
            Column("area", "地区", ["北京经济技术开发区甲"]),
            Column("status", "数据性质", ["初步"], gives_way=1),
        ),
    )
    shown = io.StringIO()
    with speaking("zh"):
        terminal.render(Document("", sheets=(sheet,)), Console(file=shown, width=28))
    assert "因宽度所限未显示：数据性质。" in shown.getvalue()


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def test_a_report_in_chinese_to_the_letter(town, run):
    told = lines(run("report --half H1-2024 --lang zh", at=town).out)
    assert told[0] == "小城 · 2024年上半年"
    assert told[1] == "小城：地区生产总值增速5.4%，目标5%左右，✓ 达到目标，差距+0.4个百分点。"
    assert told[2] == "设有目标的4个区中，2个达到；无法判断：乙区；未报送：丁区。"
    assert "来源1个，加--sources列出。" in told
    told = lines(run("report --half H1-2024 --all --sources --lang zh", at=town).out)
    assert "地区生产总值增速（%，不变价）" in told
    bing = next(row for row in told if row.startswith("丙区") and "6.4（2024年1月至5月）" in row)
    assert "✓ 达到目标（初步）  a b" in bing
    assert "a  2024年上半年数据尚缺，采用最近可得的2024年1月至5月数据。" in told
    assert "b  目标于2024-09-01修订为7（按修订后目标：未达到目标）。" in told
    assert "位于其他地区范围内、不计入个数：新区（达到目标）。" in told
    assert "丁区没有数据。" in told
    assert "编号前的T表示目标的来源；“转载”表示据转载文本，而非发布单位原文。" in told


def test_a_report_in_french_to_the_letter(town, run):
    told = lines(run("report --half H1-2024 --lang fr", at=town).out)
    assert told[0] == "Petite ville · S1 2024"
    head = "Petite ville – Croissance du PIB : 5,4 % (objectif : environ 5 %) ; ✓ atteint, écart +0,4 pt."
    assert told[1] == head.replace(" :", "\u00a0:").replace(" %", "\u202f%").replace(
        " ;", "\u202f;"
    ).replace(" pt", "\u00a0pt")
    districts = "2 des 4 districts ayant un objectif l’atteignent ; non évaluable : Yi ; non communiqué : Ding."
    assert told[2] == districts.replace(" :", "\u00a0:").replace(" ;", "\u202f;")
    told = lines(run("report --half H1-2024 --all --sources --lang fr", at=town).out)
    assert "Croissance du PIB (%, prix constants)" in told
    assert "Pas de données pour Ding." in told
    assert (
        "T devant un numéro : source de l’objectif. « copie » : lu dans une copie du texte publié.".replace(
            " :", "\u00a0:"
        )
        .replace("« ", "«\u202f")
        .replace(" »", "\u202f»")
        in told
    )


def test_the_steps_of_a_verdict_in_chinese_to_the_letter(town, run):
    rows = [
        line.split("  ", 1) for line in lines(run("why a growth H1-2024 --lang zh", at=town).out)
    ]
    told = {row[0]: row[1].strip() for row in reversed(rows) if len(row) > 1}
    assert told["目标"].startswith("2024年上半年目标5至6，2024-08-01设定（s1；targets.toml：")
    assert told["实际"].startswith(
        "2024年上半年数值5.9，修订，2024-08-20公布（s2；data/actuals/part-0.csv:"
    )
    assert told["比较"] == "5.9 − 5 = +0.9个百分点"
    assert told["舍入"] == "公布至1位小数，故介于5.85与5.95之间：舍入不会改变结果"
    assert told["改变结果的条件"] == "实际低于5.0即未达到"


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_numbers_in_a_file_are_read_from_the_published_text(town, run, tmp_path):
    import openpyxl

    for language, heading, worded, form in (
        ("fr", "Réalisé", "environ 5", "#,##0.0"),
        ("zh", "实际", "5左右", "0.0"),
    ):
        file = tmp_path / f"{language}.xlsx"
        assert run(f"report --half H1-2024 --lang {language} -o {file}", at=town).code == 0
        book = openpyxl.load_workbook(file)
        rows = next(
            list(s.iter_rows())
            for s in book
            if any(cell.value == worded for row in s.iter_rows() for cell in row)
        )
        headings = next(row for row in rows if any(cell.value == heading for cell in row))
        column = next(cell.column for cell in headings if cell.value == heading)
        city = next(row for row in rows if any(cell.value == worded for cell in row))
        assert (city[column - 1].value, city[column - 1].number_format) == (5.4, form)


def test_csv_and_json_speak_english_in_every_language(town, run):
    for words in (
        "report --half H1-2024 -f csv",
        "gap -d a -f json",
        "targets -f csv",
        "sources -f json",
        "why a growth 2024 -f csv",
    ):
        assert run(f"{words} --lang zh", at=town).out == run(f"{words} --lang en", at=town).out


def test_a_page_names_its_language(town, run):
    for language, tag in (("en", "en"), ("fr", "fr"), ("zh", "zh-Hans")):
        assert (
            f'<html lang="{tag}">'
            in run(f"report --half H1-2024 -f html --lang {language}", at=town).out
        )


def test_the_links_to_copied_sources_hold_in_chinese(town, run):
    page = run("report --half H1-2024 -i growth -f html --lang zh", at=town).out
    assert '<a href="#source-2">2</a>（转载） · T<a href="#source-1">1</a>' in page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "report -d nowhere",
            "dtrack：--district：未知地区“nowhere”。可用的有：city（小城）、a（甲区）、b（乙区）、c（丙区）、d（丁区）、z（新区）",
        ),
        (
            "report --sort foo",
            "dtrack：--sort：“foo”不在可选值之列：worst、gap、area、actual、percent",
        ),
        (
            "report -o x.pdf",
            "dtrack：-o：未知后缀“.pdf”；dtrack可写.txt、.csv、.json、.md、.html、.xlsx、.docx",
        ),
    ],
)
def test_a_bad_word_is_told_in_chinese(town, run, words, told):
    said = run(f"{words} --lang zh", at=town)
    assert (said.code, said.err.strip()) == (2, told)


WORDED = [  # published, in Chinese, in French
    ("around 5", "5左右", "environ 5"),
    ("5.0", "5.0", "5,0"),
    ("10%以上", "10%以上", "au moins 10\u202f%"),
    ("4.5..5", "4.5至5", "4,5 à 5"),
    (">6 trillion", "超过6万亿", "plus de 6\u202f000\u00a0milliards"),
    ("26 billion", "260亿", "26\u00a0milliards"),
    ("突破313万", "突破313万", "plus de 3,13\u00a0millions"),
    ("5.0万", "5.0万", "50\u202f000"),
    ("undisclosed", "未公开", "non publié"),
]


@pytest.mark.parametrize(("text", "zh", "fr"), WORDED)
def test_figures_as_worded(text, zh, fr):
    with to_programs():
        assert wording_shown(text) == text
    for language, told in (("zh", zh), ("fr", fr)):
        with speaking(language):
            assert wording_shown(text) == told


def test_a_figure_with_its_unit():
    with speaking("zh"):
        assert amount_shown("1000左右", "家") == "1000家左右"
        assert amount_shown("6万亿以上", "元") == "6万亿元以上"
    with speaking("fr"):
        assert (
            amount_shown("plus de 6\u00a0milliards", "yuans")
            == "plus de 6\u00a0milliards\u00a0de yuans"
        )
        assert (
            amount_shown("2\u00a0millions", "utilisateurs") == "2\u00a0millions\u00a0d’utilisateurs"
        )


def test_periods_in_tables():
    spelt = [Period.parse(text) for text in ("H1-2024", "Q3-2024", "2024", "Q1-3-2023")]
    with speaking("fr"):
        assert [period_shown(one) for one in spelt] == [
            "S1 2024",
            "T3 2024",
            "2024",
            "trois premiers trimestres 2023",
        ]
    with speaking("zh"):
        assert [period_shown(one) for one in spelt] == [
            "2024年上半年",
            "2024年三季度",
            "2024年",
            "2023年前三季度",
        ]
