"""What catchup, city, path, revisions, status, export, brief and init say in Chinese and French: no English word is left."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from support.workspaces import ROOT

SYMPOSIUM = ROOT / "examples/symposium"
CODES = re.compile(  # what is the same in every language: options, files, keys, ids, codes of periods and of methods
    r"`[^`]*`|--[a-z-]+( csv)?|(data|docs)/\S+|targets\.toml|\[due\]|YYYY-MM-DD|illustrative-\S+|digital_va|down_growth"
    r"|path|opensdg|Bulletin|Bureau|dtrack report|dtrack example|census|constant|level|growth(?=的)"
)
NAMES = {
    "growth": "增速",
    "level": "总量",
    "share": "比重",
    "stock": "站数",
    "down_growth": "能耗降幅",
    "jobless": "失业率",
}
AREAS = {"city": "全市", "a": "甲区", "b": "乙区", "c": "丙区", "d": "丁区", "z": "园区"}
LEVELS = [
    (area, "level", "H1-2023", text)
    for area, text in zip(("city", *"abcd"), ("100", "40", "30", "20", "10"), strict=True)
]
GROWTHS = [
    (area, "growth", "H1-2024", text)
    for area, text in (("city", "5.0"), ("a", "5.0"), ("b", "4.0"), ("c", "6.0"))
]
YEARLY = {"growth 2024": {"city": "5.5", "a": "5", "b": "5"}}


@pytest.fixture
def small(city):
    """small(targets, actuals, breaks=…): the small city, its areas and indicators named in Chinese."""

    def make(*args, **options):
        folder = city(*args, **options).folder
        toml = folder / "targets.toml"
        text = toml.read_text(encoding="utf-8")
        for name, chinese in NAMES.items():
            text = text.replace(f'zh = "{name}"', f'zh = "{chinese}"')
        toml.write_text(text, encoding="utf-8", newline="\n")
        areas = folder / "data/areas.csv"
        rows = list(csv.DictReader(areas.read_text(encoding="utf-8").splitlines()))
        with areas.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(row | {"name_zh": AREAS[row["id"]]} for row in rows)
        return folder

    return make


def english_of(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{3,}", CODES.sub("", text)))


def french(line: str) -> str:
    """A line typed with plain blanks, with the blanks of French typography."""
    line = re.sub(" (?=[;?!%»])|(?<=«) ", "\N{NARROW NO-BREAK SPACE}", line)
    return line.replace(" :", "\N{NO-BREAK SPACE}:")


def lines(text: str) -> list[str]:
    """The lines; between the cells of a row stand two blanks, however wide its table is."""
    return [re.sub(" {2,}", "  ", line).rstrip() for line in text.splitlines()]


# No English word


@pytest.mark.parametrize(
    "words",
    [
        "catchup --half H1-2024",
        "catchup --half Q1-2024",
        "catchup --half 2023",
        "catchup --half H1-2023 --assume-half",
        "city --half H1-2024",
        "city --half 2023",
        "city --half 2011",
        "path",
        "path --method opensdg",
        "revisions",
        "status --half H1-2024",
        "status --half H1-2024 -d haidian",
        "status --half 2023",
        "status --half H1-2024 --since 2024-08-10",
        "status --since 2024-07-01 --as-of 2024-08-01",
        "status --half H1-2024 -d beijing",
        "status --since 2030-01-01",
    ],
)
def test_the_symposium_has_no_english_word(run, words):
    said = run(f"{words} --lang zh", at=SYMPOSIUM)
    assert said.code in (0, 3)
    assert english_of(said.out) == set()


def told(run, folder: Path, *commands: str) -> str:
    """What the commands say in Chinese, after it was seen to hold no English word."""
    out = ""
    for words in commands:
        said = run(f"{words} --lang zh", at=folder)
        assert said.code == 0, said.err
        assert english_of(said.out) == set()
        out += said.out
    return out


def test_a_catch_up_without_levels(run, small):
    folder = small(
        YEARLY
        | {
            "level 2024": {"a": "100"},
            "share 2024": {"a": "30", "b": "undisclosed"},
            "stock 2024": {"a": "100"},
        },
        [
            *GROWTHS,
            ("a", "level", "H1-2024", "45"),
            ("a", "share", "H1-2024", "31"),
            ("a", "stock", "2024-06", "80", {"published": "2024-07-20"}),
        ],
    )
    out = told(
        run,
        folder,
        "catchup --half H1-2024",
        "catchup --half H1-2024 --assume-half",
        "catchup --half 2024",
    )
    assert (
        "增速  全市、甲区、乙区  2024年上半年占全年的比重未知：补充权重指标2023年上半年和2023年的总量，或使用--assume-half"
        in lines(out)
    )
    assert "2024年上半年占全年的比重假定为6/12。" in lines(out)
    half = [row.split()[0] for row in lines(out) if row.endswith("  50.0")]
    assert half == ["全市", "乙区", "甲区"]
    assert "地区  目标  截至目前  尚需  每月  至今每月" in lines(out)
    assert "甲区  100  45  55  9.2  7.5" in lines(out)
    assert "比重  乙区  目标数值未公布" in lines(out)
    assert "甲区  30  31  已达到" in lines(out)


def test_averages_over_years(run, small):
    known = [
        ("a", "growth", "2021", "8.8", {"published": "2022-01-20"}),
        ("a", "growth", "2022", "0.7", {"published": "2023-01-20"}),
    ]
    folder = small({"growth 2021..2025": {"a": {"value": "5", "set": "2021-01-10"}}}, known)
    out = told(run, folder, "catchup --half 2022", "catchup --half 2023")
    assert "2021至2025年年均；5年中已知2年。" in out
    assert "缺少growth的2023年全年数值，补齐之前无法计算。" in out


def test_whether_districts_add_up(run, small):
    rows = [
        *LEVELS,
        *GROWTHS,
        ("d", "growth", "H1-2024", "30.0"),
        ("z", "growth", "H1-2024", "7.0"),
    ]
    out = told(
        run,
        small(YEARLY, rows),
        "city --half H1-2024",
        "city --half H1-2023",
        "city --half H1-2024 -i growth -i down_growth",
    )
    assert "备查项，不计入合计：园区7.0%（已含在其他区中）。" in lines(out)
    assert "各区合计是否等于全市？" not in out
    assert "各区合计与全市是否一致？" in out
    assert "完全一致" in out


def test_what_has_come_in(run, small):
    rows = [
        ("a", "growth", "H1-2024", "5.0", {"published": "2024-07-30"}),
        ("b", "growth", "H1-2024", "4.0", {"published": "2024-07-30"}),
        ("b", "growth", "H1-2024", "", {"status": "missing", "published": "2024-08-02"}),
        ("c", "growth", "H1-2024", "5.5", {"status": "expected", "published": "2024-07-10"}),
        ("z", "growth", "H1-2024", "6.0", {"published": "2024-07"}),
        ("city", "growth", "H1-2024", "5.0", {"published": "2024-07"}),
    ]
    folder = small({"growth 2024": YEARLY["growth 2024"] | {"c": "6", "d": "6"}}, rows)
    toml = folder / "targets.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8") + '\n[due]\n"H1-2024" = 2024-07-20\n',
        encoding="utf-8",
        newline="\n",
    )
    out = told(
        run,
        folder,
        "status --half H1-2024 --as-of 2024-08-10",
        "status --half H1-2024 --since 2024-07-01",
    )
    assert "应报4个区，已报增速的有1个；逾期1个（10天）；尚未报送：乙区、丙区和丁区。" in lines(out)
    assert "4个数值中已报1个（25.0%），按时0个（0.0%）；报送期限为2024-07-20。" in lines(out)
    assert "仅有预计数，2024-07-10公布；截至2024-08-10已逾期21天" in out
    assert "2024-08-02撤回，首次公布于2024-07-30；截至2024-08-10已逾期21天" in out
    assert "不计为已报：1个预计数。" in out


def test_what_stands_in(run, small):
    rows = [
        ("a", "stock", "2024-06", "80"),
        ("b", "stock", "2024-05", "70"),
        ("c", "stock", "2024-06", "80", {"published": "2024"}),
    ]
    out = told(run, small({}, rows), "status --half H1-2024", "status --half H1-2024 -d city")
    assert "乙区  站数  替代数：2024年5月，2024-07-20公布" in lines(out)
    assert "不计为已报：1个替代数。" in out
    assert "2024年上半年未设报送期限，不评价及时性。" in out


def test_revisions_over_a_break(run, small):
    rows = [
        ("a", "level", "2023", "100", {"published": "2024-01-20"}),
        ("a", "level", "2023", "110", {"published": "2025-01-20"}),
        ("a", "growth", "H1-2024", "5.0", {"published": "2024-07-20"}),
        ("a", "growth", "H1-2024", "4.0", {"published": "2024-08-20", "status": "revised"}),
    ]
    out = told(
        run,
        small({"growth H1-2024": {"a": "5"}}, rows, breaks={"level": "2025-01-01"}),
        "revisions",
        "status --half 2023 --since 2024-12-31",
    )
    assert "2个数据有多次发布：2个有修订，其中1个判断改变。" in lines(out)
    of_break = "100  2024-01-20  110  2025-01-20  366  2025-01-01（census）口径变动：不可比"
    assert f"甲区  总量  2023年  {of_break}" in lines(out)  # no change between the two days
    assert "判断由达到目标变为未达到目标" in out
    assert "跨口径变动、分属两个序列而不相减的有：甲区总量。" in out


def test_plans_over_years(run, small):
    rows = [
        ("a", "stock", "2020", "100", {"published": "2021-01-20"}),
        ("a", "stock", "2022", ">110", {"published": "2023-01-20"}),
        ("b", "stock", "2020", "100", {"published": "2021-01-20"}),
        ("b", "stock", "2022", "110", {"published": "2023-01-20"}),
        ("c", "stock", "2022", "110", {"published": "2023-01-20"}),
    ]
    targets = {
        "stock 2025": {"a": "200", "b": "around 200", "c": "undisclosed", "d": "5"},
        "stock 2021": {"b": "50"},
    }
    out = told(run, small(targets, rows), "path --all", "path --all --method opensdg")
    assert "落后于进度1项，数据不足3项。" in lines(out)
    marks = {row.split()[0]: row.split()[-1] for row in lines(out) if "站数" in row}
    notes = dict(row.split("  ", 1) for row in lines(out) if re.match("[a-z]  ", row))
    assert notes[marks["甲区"]] == "最新数值只是界限，无法推算速度。"
    assert notes[marks["丁区"]] == "尚无数值。"
    assert "200左右（2025年）" in out


def test_a_briefing(run, small):
    told(run, small(YEARLY, [*LEVELS, *GROWTHS]), "brief --half H1-2024")


def test_a_new_workspace(run, tmp_path):
    assert "下一步：dtrack report" in told(run, tmp_path, "init w")
    again = run("init w --lang zh", at=tmp_path)
    assert again.err == f"dtrack：{Path('w/targets.toml')}已存在；init不改动任何已有文件\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("city --low 3 --high 1", "3大于--high 1"),
        ("path --method x", "“x”不在可选值之列：path、opensdg"),
        (
            "catchup --half H2-2024",
            "剩余时间所需增速的测算须以自1月起、不跨年度的时期为起点，2024年下半年不符",
        ),
        ("status --half 2023 --fail-on late", "2023年未设报送期限：请在targets.toml的[due]下添加"),
        ("brief -o a.x", "未知后缀“.x”；dtrack可写.txt、.md、.html、.docx"),
    ],
)
def test_bad_commands(run, words, sentence):
    said = run(f"{words} --lang zh", at=SYMPOSIUM)
    assert said.code == 2
    assert said.err.rstrip().endswith(sentence)


# The very lines, written by hand


@pytest.mark.parametrize(
    ("words", "chinese", "in_french"),
    [
        (
            "status --half H1-2024",
            "52个数值中已报46个（88.5%），按时31个（59.6%）；报送期限为2024-07-31。",
            "Reçus : 46 sur 52 chiffres (88,5 %), dont 31 dans les délais (59,6 %) ; échéance : 2024-07-31.",
        ),
        (
            "city --half H1-2024",
            "残差包含1个未报送的区（占权重的1.7%）。",
            "Le résidu comprend 1 district sans chiffre (1,7 % du poids).",
        ),
        (
            "city --half H1-2024",
            "7.3 − 7.5 = -0.20 = 0.07 − 0.21 + 0.00 − 0.05",
            "7,3 − 7,5 = -0,20 = 0,07 − 0,21 + 0,00 − 0,05",
        ),
        (
            "catchup --half H1-2024",
            "数字经济增速  房山  2024年上半年没有单一数值",
            "Croissance numérique  Fangshan  Pas de chiffre exact pour S1 2024",
        ),
        (
            "revisions",
            "3个数据有多次发布：3个有修订，其中1个判断改变。",
            "3 chiffres publiés plusieurs fois : 3 révisés, dont 1 avec un constat modifié.",
        ),
        (
            "path",
            "恶化1项，落后于进度7项，数据不足1项，进度正常10项，已达到4项。",
            "en dégradation : 1, en retard : 7, données insuffisantes : 1, en bonne voie : 10, atteint : 4.",
        ),
    ],
)
def test_the_very_lines(run, words, chinese, in_french):
    assert chinese in lines(run(f"{words} --lang zh", at=SYMPOSIUM).out)
    assert french(in_french) in lines(run(f"{words} --lang fr", at=SYMPOSIUM).out)


# What programs read is English whatever is spoken


@pytest.mark.parametrize(
    "words",
    [
        "catchup --half H1-2024 -f csv",
        "city --half H1-2024 -f json",
        "path -f csv",
        "revisions -f json",
        "status --half H1-2024 -f csv",
        "status --half H1-2024 --since 2024-07-01 -f csv",
    ],
)
def test_formats_for_programs_stay_english(run, words):
    assert run(f"{words} --lang zh", at=SYMPOSIUM).out == run(words, at=SYMPOSIUM).out


def test_an_exchange_stays_english_and_its_remark_does_not(run, small):
    spoken, plain = (
        run("export --sdmx - --half H1-2024 --lang zh"),
        run("export --sdmx - --half H1-2024"),
    )
    assert spoken.out == plain.out
    assert "copy" in plain.out
    nothing = run("export --sdmx - --half 2011 --lang fr", at=small())
    assert nothing.err == french(
        "dtrack : aucun chiffre ni objectif ne correspond : la sortie a un en-tête et aucune ligne\n"
    )
