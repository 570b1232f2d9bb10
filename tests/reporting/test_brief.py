"""`dtrack brief`: what each sentence says in three languages, that it goes where its figures go, and its formats."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import pytest

import dtrack
from dtrack.analysis.question import Query
from dtrack.core.translate import speaking
from dtrack.rendering import html, markdown
from dtrack.reporting.briefing_facts import gather
from dtrack.reporting.briefing_text import briefing
from support.workspaces import ROOT

SYMPOSIUM = ROOT / "examples/symposium"
LANGUAGES = ("zh", "en", "fr")
N, B = "\u202f", "\u00a0"  # narrow no-break space, no-break space
MARK = r" ?\[\d+(?:, \d+)*\]"


@pytest.fixture(autouse=True)
def no_locale(monkeypatch):
    for name in ("DTRACK_LANG", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C")


def document(folder, language="en", period="H1-2024", indicator=None, as_of=None):
    dataset = dtrack.open(folder)
    position = dataset.indicator_position[indicator] if indicator else None
    with speaking(language):
        return briefing(gather(dataset, Query.of(period, as_of=as_of), position))


def sentences(folder, language="en", **options):
    """Every sentence of the briefing without the numbers of its sources."""
    told = document(folder, language, **options)
    return [re.sub(MARK, "", line) for sheet in told.sheets for line in sheet.sentences]


def rows(folder, language="en", **options):
    """The rows of its table, each as one text."""
    told = document(folder, language, **options)
    return [
        " | ".join(row)
        for sheet in told.sheets
        if sheet.size
        for row in zip(*(column.for_people() for column in sheet.columns[:-1]), strict=True)
    ]


# The symposium, as the chief economist might have told it


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "zh",
            [
                "2024年上半年，北京市数字经济增加值同比增长7.3%，低于年度目标（7.5%左右）0.2个百分点。",
                "已报送各区中，对全市增长拉动较大的是海淀区（2.51个百分点）、朝阳区（1.21个百分点）和西城区（0.91个百分点）。",
                "16个区中，15个设有目标，其中：9个达到目标，5个未达到目标，1个未报送。",
                "与各自目标相比，未达标的区合计拉低全市增速0.19个百分点，其中：顺义区0.17个百分点和朝阳区0.02个百分点。",
                "要实现年度目标（7.5%左右），下半年需增长7.67%，比已实现增速高0.37个百分点，考虑数据舍入，介于7.63%至7.72%之间。",
                "应报16个区，已报15个，占全市权重的98.3%。",
            ],
        ),
        (
            "fr",
            [
                f"Au premier semestre 2024, la valeur ajoutée numérique a progressé de 7,3{N}% sur un an à Beijing, soit 0,2{B}point de moins que l’objectif annuel (environ 7,5{N}%).",
                f"15 districts sur 16 ont un objectif{B}: 9 l’ont atteint, 5 ne l’ont pas atteint, 1 n’a rien communiqué.",
                f"Par rapport à leurs propres objectifs, les districts qui ne les ont pas atteints abaissent la croissance de la ville de 0,19{B}point{B}: Shunyi 0,17{B}point et Chaoyang 0,02{B}point.",
                f"Pour atteindre l’objectif annuel (environ 7,5{N}%), il faut une progression de 7,67{N}% au second semestre, soit 0,37{B}point de plus que jusqu’ici, intervalle d’arrondi de 7,63{N}% à 7,72{N}%.",
                "L’objectif annuel court jusqu’au 31 décembre 2024.",
            ],
        ),
        (
            "en",
            [
                "In the first half of 2024, digital-economy value added grew by 7.3% year on year in Beijing, 0.2 percentage points below the year's target of around 7.5%.",
                "Of 16 districts, 15 have a target: 9 met it, 5 missed it, 1 has not reported.",
                "Missed the target: Shunyi (3.1% against 6.5%, 3.4 percentage points below), Mentougou (4.7% against 5%, 0.3 percentage points below), Huairou (6.7% against 7%, 0.3 percentage points below), Chaoyang (6.9% against 7 to 7.5%, 0.1 percentage points below) and Changping (6.0% against above 6%, equal but must be exceeded).",
                "Within rounding, so that the next digit could change the result: Dongcheng, Changping and Daxing.",
                "No target: Pinggu.",
                "Not reported: Fangshan.",
                "Target changed later: Huairou on 10 September 2024 to 6.5% (met against that).",
                "By weight, the targets of the districts that reported are 0.21 percentage points below the city's.",
                "5 were late, by up to 15 days (due 31 July 2024).",
            ],
        ),
    ],
    ids=["zh", "fr", "en"],
)
def test_the_symposium_told_by_hand(language, lines):
    told = sentences(SYMPOSIUM, language)
    assert [line for line in lines if line not in told] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_golden_briefings(run, language):
    said = run(f"brief --half H1-2024 --lang {language} -f md", at=SYMPOSIUM)
    assert said.code == 0
    assert said.out == (ROOT / f"tests/golden/brief-{language}.md").read_text(encoding="utf-8")


def test_the_published_half_tells_the_stated_verdict_as_stated():
    assert (
        sentences(ROOT, "zh")[0]
        == "2024年上半年，北京市数字经济增加值同比增长7.8%，目标数值未公布，据来源表述未达到目标。"
    )
    assert sentences(ROOT, "en")[0] == (
        "In the first half of 2024, value added (digital economy) grew by 7.8% year on year in Beijing, "
        "against a target whose value is not published; its source reports it as missed."
    )
    assert sentences(ROOT, "fr")[0] == (
        f"Au premier semestre 2024, la valeur ajoutée de l'économie numérique a progressé de 7,8{N}% sur un an à Beijing, "
        f"pour un objectif dont la valeur n’est pas publiée{N}; selon sa source, il n’est pas atteint."
    )
    assert sentences(ROOT, "en")[1:] == [
        "None of the 16 districts has a published target for this period.",
        "No figure of any district is published for this period.",
        "1 of 1 figures is provisional.",
    ]


# The same facts in every language

MONTHS = {
    name: str(number)
    for names in (
        (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        (
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ),
    )
    for number, name in enumerate(names, 1)
}


def numbers(line, language):
    """The numbers of a sentence without the dress of its language."""
    line = re.sub("|".join(MONTHS), lambda found: MONTHS[found[0]], line)
    line = re.sub(r"5G|GDP", "", line)
    if language == "fr":
        line = re.sub(rf"(?<=\d){N}(?=\d)", "", line)
        line = re.sub(r"(?<=\d),(?=\d)", ".", line)
    elif language == "en":
        line = re.sub(r"(?<=\d),(?=\d{3})", "", line)
    return Counter(re.findall(r"(?<![\d.])-?\d+(?:\.\d+)?", line))


@pytest.mark.parametrize(
    ("folder", "period", "indicator"),
    [
        *(
            (SYMPOSIUM, period, name)
            for period in ("H1-2024", "H1-2023", "2023")
            for name in (
                "digital_va_growth",
                "digital_va",
                "digital_va_share_of_gdp",
                "5g_base_stations",
                "energy_intensity_change",
            )
        ),
        *(
            (ROOT, period, name)
            for period in ("H1-2024", "H1-2022", "2024")
            for name in ("digital_va_growth", "gdp_growth", "ai_firms")
        ),
    ],
    ids=lambda value: "" if not isinstance(value, str) else value,
)
def test_every_sentence_carries_the_same_numbers_in_three_languages(folder, period, indicator):
    told = {name: sentences(folder, name, period=period, indicator=indicator) for name in LANGUAGES}
    assert told["en"]
    carried = {name: [numbers(line, name) for line in lines] for name, lines in told.items()}
    assert carried["zh"] == carried["en"] == carried["fr"]


# Each sentence goes where its figures go

TARGETS = {"growth 2024": {"city": "5", "a": "5", "b": "6", "c": "4"}}
FIGURES = [
    ("city", "growth", "H1-2024", "4.8"),
    ("a", "growth", "H1-2024", "5.2"),
    ("b", "growth", "H1-2024", "5.0"),
    ("c", "growth", "H1-2024", "4.1"),
    ("d", "growth", "H1-2024", "4.0"),
]
LEVELS = [
    (area, "level", period, str(value * times))
    for times, period in ((1, "H1-2023"), (2, "2023"))
    for area, value in (("city", 100), ("a", 50), ("b", 30), ("c", 10), ("d", 10))
]
DUE = '\n[due]\n"H1-2024" = 2024-07-10\n"H2-2024" = 2025-01-20\n'
WHOLE = [  # needed: (5 − 0.5 · 4.8) / 0.5 = 5.20; for b (6 − 2.5) / 0.5 = 7.00
    "Growth in CITY, first half of 2024: 4.8%, 0.2 percentage points below the year's target of 5%.",
    "The largest contributions to the city's growth came from A (2.60 percentage points), B (1.50 percentage points) and C (0.41 percentage points).",
    "Of 4 districts, 3 have a target: 2 met it, 1 missed it.",
    "Missed the target: B (5.0% against 6%, 1.0 percentage points below).",
    "Met the target: A and C.",
    "No target: D.",
    "Compared with their own targets, the districts that missed them lowered the city's growth by 0.30 percentage points: B 0.30 percentage points.",
    "The districts above their targets raised the city's growth by 0.11 percentage points.",
    "By weight, the targets of the districts that reported are 0.20 percentage points above the city's.",
    "To reach the year's target of 5%, growth of 5.20% is needed in the second half, 0.40 percentage points more than so far, rounding interval 5.15% to 5.25%.",
    "Still needed by those that missed their targets: B 7.00%.",
    "Figures received from 4 of 4 districts, 100.0% of the city's weight.",
    "4 were late, by up to 10 days (due 10 July 2024).",
    "5 of 5 figures are provisional.",
    "Contributions are weighted by the levels of the base period (first half of 2023).",
    "The next figures (second half of 2024) are due on 20 January 2025.",
    "The year's target runs until 31 December 2024.",
]
(
    LEAD,
    CARRIED,
    TALLY,
    SHORT,
    MET,
    WITHOUT,
    COST,
    GAIN,
    SETTING,
    NEED,
    NEEDS,
    IN,
    LATE,
    PROVISIONAL,
    WEIGHTED,
    NEXT,
    UNTIL,
) = WHOLE


def told_of(city, figures=(*FIGURES, *LEVELS), targets=TARGETS, due=DUE, **options):
    made = city(targets, list(figures))
    file = made.folder / "targets.toml"
    file.write_text(file.read_text(encoding="utf-8") + due, encoding="utf-8", newline="\n")
    return sentences(made.folder, indicator="growth", **options)


def test_a_whole_briefing(city):
    assert told_of(city) == WHOLE


def without(area, indicator):
    return [row for row in (*FIGURES, *LEVELS) if not (row[0] == area and row[1] == indicator)]


CITY_NOT_PROMISED = {
    "growth 2024": {name: value for name, value in TARGETS["growth 2024"].items() if name != "city"}
}


@pytest.mark.parametrize(
    ("changed", "gone"),
    [
        ({"figures": FIGURES}, {CARRIED, COST, GAIN, SETTING, NEED, NEEDS, IN, WEIGHTED}),
        ({"figures": without("city", "growth")}, {LEAD, NEED, PROVISIONAL}),
        ({"figures": [row for row in (*FIGURES, *LEVELS) if row[2] != "2023"]}, {NEED, NEEDS}),
        ({"targets": CITY_NOT_PROMISED}, {LEAD, SETTING, NEED, UNTIL}),
        (
            {"targets": {}},
            {LEAD, TALLY, SHORT, MET, WITHOUT, COST, GAIN, SETTING, NEED, NEEDS, UNTIL},
        ),
        ({"due": ""}, {LATE, NEXT}),
        ({"due": '\n[due]\n"H1-2024" = 2024-07-20\n'}, {LATE, NEXT}),
        (
            {"figures": [(*row[:4], {"status": "final"}) for row in (*FIGURES, *LEVELS)]},
            {PROVISIONAL},
        ),
        ({"figures": without("d", "growth")}, {CARRIED, WITHOUT, IN, LATE, PROVISIONAL}),
        ({"figures": LEVELS}, set(WHOLE) - {NEXT, UNTIL}),
    ],
    ids=[
        "no levels",
        "no figure of the city",
        "no level of last year",
        "no target of the city",
        "no targets",
        "no due days",
        "in time",
        "final figures",
        "no figure of d",
        "no figures of the period",
    ],
)
def test_a_sentence_goes_where_its_figures_go(city, changed, gone):
    """What is gone is gone; another sentence may stand in its place, but none with a number that is not known."""
    told = told_of(city, **changed)
    assert set(WHOLE) - set(told) == gone
    assert not any(re.search(r"\bnan\b|\bNone\b(?! of)|\binf\b|[{}]", line) for line in told)


def test_what_carried_is_not_told_of_a_single_district_nor_without_all_weights(city):
    one = told_of(
        city, [("city", "growth", "H1-2024", "4.8"), ("a", "growth", "H1-2024", "5.2"), *LEVELS]
    )
    assert not any("contributions to" in line for line in one)
    no_weight = told_of(city, [row for row in (*FIGURES, *LEVELS) if row[:2] != ("b", "level")])
    assert not any("contributions" in line or "lowered the city" in line for line in no_weight)
    missing = told_of(city, without("d", "growth"))
    assert any(
        line.startswith(
            "Of the districts that reported, the largest contributions to the city's growth came from A (2.60"
        )
        for line in missing
    )


def test_a_cost_that_cannot_be_summed_is_not_told(city):
    bound = [
        (*row[:3], "<5") if row[:3] == ("c", "growth", "H1-2024") else row
        for row in (*FIGURES, *LEVELS)
    ]
    told = told_of(city, bound, {"growth 2024": {"city": "5", "b": "6", "c": "5"}})
    assert any("Of 4 districts, 2 have a target: 2 missed it." in line for line in told)
    assert not any("lowered the city" in line for line in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_known_that_is_told(city, language):
    told = told_of(city, [("d", "growth", "H1-2015", "1.0")], {}, "", language=language)
    assert (
        told
        == {
            "en": [
                "None of the 4 districts has a published target for this period.",
                "No figure of any district is published for this period.",
            ],
            "zh": ["4个区本期均无公布的目标。", "本期各区数据均未公布。"],
            "fr": [
                "Aucun objectif publié pour cette période (4 districts).",
                "Aucun chiffre de district n’est publié pour cette période.",
            ],
        }[language]
    )


# Verdicts of every kind, told honestly


@pytest.mark.parametrize(
    ("target", "figure", "says"),
    [
        ("5", "5.0", "exactly at the year's target of 5%."),
        ("above 5", "5.0", "equal to the year's target of above 5%, which must be exceeded."),
        ("5", "6.0", "1.0 percentage points above the year's target of 5%."),
        ("5", ">5", "which meets the year's target of 5%."),
        ("5", "<5", "which does not meet the year's target of 5%."),
        ("5", ">4", "which cannot be assessed against the year's target of 5%."),
        (
            "undisclosed",
            "6.0",
            "against a target whose value is not published, so that it cannot be assessed.",
        ),
        (
            "5",
            None,
            "no figure of “growth” is published for CITY, so that the year's target of 5% cannot be assessed.",
        ),
        (None, "6.0", "and no target is published for this period."),
    ],
)
def test_the_city_against_its_target(city, target, figure, says):
    targets = {"growth 2024": {"city": target}} if target else {}
    figures = (
        [("city", "growth", "H1-2024", figure)] if figure else [("d", "growth", "H1-2015", "1.0")]
    )
    assert told_of(city, figures, targets, "")[0].endswith(says)


def test_a_share_that_just_reaches_a_target_that_has_to_be_passed_is_not_said_to_lie_above_it(city):
    """Not “0 percentage points short of the target”: it is equal, that is not enough, and there is time."""
    folder = city({"share 2025": {"city": "above 50"}}, [("city", "share", "H1-2024", "50")]).folder
    told = sentences(folder, indicator="share")
    assert told[0].endswith(
        "50%, equal to the target for 2025 of above 50%, which must be exceeded, with time left."
    )


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ("met", "its source reports it as met."),
        ("missed", "its source reports it as missed."),
    ],
)
def test_a_stated_verdict_is_told_as_stated(city, stated, says):
    promise = {"value": "undisclosed", "stated": stated}
    told = told_of(
        city,
        [("city", "growth", "H1-2024", "4.8"), ("a", "growth", "H1-2024", "4.8")],
        {"growth H1-2024": {"city": promise, "a": promise}},
        "",
    )
    assert told[0].endswith(f"against a target whose value is not published; {says}")
    assert (
        f"Results as published by the sources, the target itself not being public: A ({stated})."
        in told
    )


def test_a_verdict_that_rounding_could_turn_says_so(city):
    told = told_of(
        city,
        [("city", "growth", "H1-2024", "5.0"), ("a", "growth", "H1-2024", "5.0")],
        {"growth 2024": {"city": "5", "a": "5"}},
        "",
    )
    assert "The result is within rounding: the next digit could change it." in told
    assert "Within rounding, so that the next digit could change the result: A." in told


def test_an_area_that_lies_inside_another_is_in_no_count(city):
    told = told_of(
        city,
        [("z", "growth", "H1-2024", "9.0"), ("a", "growth", "H1-2024", "5.2")],
        {"growth 2024": {"z": "8", "a": "5"}},
        "",
    )
    assert "Of 4 districts, 1 has a target: 1 met it." in told
    assert "Included in other districts, in no count and no sum: Z (9.0%, met)." in told


def test_a_figure_of_part_of_the_half_is_told_as_of_that_part(city):
    told = told_of(
        city, [("city", "growth", "2024-01..2024-05", "6.0")], {"growth 2024": {"city": "5"}}, ""
    )
    assert told[0].startswith("Growth in CITY, January to May 2024: 6.0%")
    assert "No figure of exactly the first half of 2024 is known." in told


def test_lower_is_better_is_told_in_plain_directions(city):
    made = city(
        {"down_growth 2024": {"city": "-2.5", "a": "below -2"}},
        [("city", "down_growth", "H1-2024", "-2.3"), ("a", "down_growth", "H1-2024", "-2.0")],
    )
    told = sentences(made.folder, indicator="down_growth")
    assert told[0].endswith("-2.3%, 0.2 percentage points above the year's target of -2.5%.")
    assert told[2].endswith("A (-2.0% against below -2%, equal but must be lower).")


def test_the_as_of_day_is_told_and_kept():
    told = document(SYMPOSIUM, "zh", as_of="2024-08-16")
    assert told.headline[-1] == "数字经济增加值增速 · 2024年上半年 · 截至2024年8月16日"
    lines = sentences(SYMPOSIUM, "en", as_of="2024-08-16")
    assert (
        "Of 16 districts, 15 have a target: 10 met it, 4 missed it, 1 has not reported." in lines
    )  # Mentougou stood at 5.0 then
    assert not any("changed later" in line for line in lines)


def test_the_indicator_asked_for(run):
    said = run("brief --half H1-2024 --lang en --indicator gdp_growth")
    assert (
        "In the first half of 2024, GDP grew by 5.4% year on year in Beijing, 0.4 percentage points above the year's target of around 5% [1, 2]."
        in said.out
    )
    assert "Outstanding: " in said.out


# Illustrative figures, sources


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Illustrative"), ("zh", "示例"), ("fr", "Exemple illustratif")]
)
@pytest.mark.parametrize("form", ["table", "md"])
def test_made_up_figures_say_so_in_the_first_line(run, language, word, form):
    said = run(f"brief --lang {language} -f {form}", at=SYMPOSIUM)
    assert said.out.splitlines()[0].startswith(word)
    assert word not in run(f"brief --half H1-2024 --lang {language} -f {form}").out


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_a_source_has_its_line(language):
    told = document(SYMPOSIUM, language)
    marked = [re.findall(MARK, line) for sheet in told.sheets for line in sheet.sentences]
    assert max(map(len, marked)) == 1  # at most one mark a sentence
    used = {int(n) for marks in marked for mark in marks for n in re.findall(r"\d+", mark)}
    table = next(sheet for sheet in told.sheets if sheet.size)
    for text, cited in zip(table.columns[-1].values, table.columns[-1].cites, strict=True):
        assert text == ", ".join(map(str, cited))
        used |= set(cited)
    assert [source.number for source in told.sources] == sorted(used) == list(range(1, 36))
    between = "，" if language == "zh" else ", "
    assert told.sources[0].text == between.join(
        ("Illustrative return of Beijing, first half of 2024", "dtrack example", "2024-07-18")
    )


# The command line


@pytest.mark.parametrize(
    ("words", "variables", "title"),
    [
        ("--lang zh", {"DTRACK_LANG": "fr"}, "要点"),
        ("", {"DTRACK_LANG": "fr", "LC_ALL": "zh_CN.UTF-8"}, "Points essentiels"),
        ("", {"LC_ALL": "zh_CN.UTF-8"}, "要点"),
        ("", {"LC_ALL": "C"}, "Main points"),
    ],
)
def test_the_language_spoken(run, monkeypatch, words, variables, title):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert title in run(f"brief --half H1-2024 {words}").out


@pytest.mark.parametrize(
    ("words", "variable", "says"),
    [
        ("--lang de", "", "“de” is not one of en, zh, fr"),
        ("", "klingon", "“klingon” is not one of en, zh, fr"),
        ("-f csv", "", "“csv” is not one of table, md, html, docx"),
        ("-o brief.pdf", "", "unknown suffix"),
        ("--indicator nothing", "", "unknown indicator “nothing”"),
        ("--half H3-2024", "", "is not a valid period"),
    ],
)
def test_a_bad_command_line(run, monkeypatch, words, variable, says):
    if variable:
        monkeypatch.setenv("DTRACK_LANG", variable)
    said = run(f"brief {words}")
    assert (said.code, said.out) == (2, "")
    assert says in re.sub(r"\s*│?\s*\n\s*│?\s*", " ", said.err)


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [
        ("md", "Exemple"),
        ("html", "<!DOCTYPE html>"),
        ("txt", "Exemple"),
        ("htm", "<!DOCTYPE html>"),
    ],
)
def test_the_suffix_of_the_file_chooses_the_format(run, tmp_path, suffix, begins):
    file = tmp_path / f"brief.{suffix}"
    assert run(["brief", "--lang", "fr", "-o", str(file)], at=SYMPOSIUM).code == 0
    assert file.read_text(encoding="utf-8").startswith(begins)


def test_a_faulty_row_of_the_indicator_refuses_the_briefing(city, run):
    made = city(TARGETS, [*FIGURES, ("a", "growth", "H1-2024", "soon")])
    assert run(["brief", "--half", "H1-2024", "--indicator", "growth"], at=made.folder).code == 3


# Formats: text from data stays text

PAYLOADS = [
    "<script>alert(1)</script>",
    "[click](http://evil.example)",
    "**bold** _x_ `y`",
    "[3](http://evil.example)",
    "a\x1b[31mred",
    "# heading",
    "[bold]x[/bold]",
    "line\nbreak",
    "{city}",
    "&amp;",
    "see http://evil.example/a_b or www.evil.example",
    "a@evil.example",
]


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
@pytest.mark.parametrize("language", LANGUAGES)
def test_names_with_signs_of_the_format_come_out_as_text(city, run, payload, language):
    made = city(
        {"growth 2024": {"a": "5"}},
        [("a", "growth", "H1-2024", "4.0"), ("city", "growth", "H1-2024", "4.0")],
    )
    areas = made.folder / "data/areas.csv"
    quoted = '"' + payload.replace('"', '""') + '"'
    areas.write_text(
        areas.read_text(encoding="utf-8").replace(",A,a,a,", f",{quoted},{quoted},{quoted},"),
        encoding="utf-8",
    )
    assert (
        payload in [area.name for area in dtrack.open(made.folder).areas]
        or "\n" in payload
        or "\x1b" in payload
    )
    told = document(made.folder, language, indicator="growth")
    page, text = html.render(told).decode(), markdown.render(told).decode()
    assert re.findall(r"<script|<b>|<a (?!href=\"#source-)", page) == []
    assert "\x1b" not in page + text
    shown = payload.replace("\n", " ").replace("\x1b", "␛")
    assert shown in unescape(re.sub(r"<[^>]+>", "", page))
    assert shown in unescape(re.sub(r"\\([\\`*_{}|~$:.@\[\]#-])", r"\1", text))
    assert (
        re.search(r"(?<!\\)[`*<]|(?<!\\)\]\(|(?<!\\)://|(?<=www)\.|(?<!\\)@", text) is None
    )  # GitHub links an address by itself
    said = run(
        ["brief", "--lang", language, "-f", "table", "--half", "H1-2024", "--indicator", "growth"],
        at=made.folder,
    )
    assert shown in said.out


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-Hans"), ("fr", "fr")])
def test_the_page_is_whole_names_its_language_and_fetches_nothing(language, tag):
    page = html.render(document(SYMPOSIUM, language)).decode()
    assert f'<html lang="{tag}">' in page
    assert re.findall(r"<script|<link|<img|src=|@import|url\(", page) == []
    assert "size: A4" in page
    assert page.count("<h1>") == 1
    lines = [line for sheet in document(SYMPOSIUM, language).sheets for line in sheet.below]
    seen = unescape(re.sub(r"<[^>]+>", "", page))
    assert [
        line for line in lines if re.sub(r" (?=\[)", "", line) not in seen.replace(" [", "[")
    ] == []


def test_the_same_briefing_is_the_same_bytes():
    assert html.render(document(SYMPOSIUM, "fr")) == html.render(document(SYMPOSIUM, "fr"))
