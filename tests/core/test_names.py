"""One name means one thing: names that two areas, two indicators or two sources share are refused, at every way in.

Letters that nobody sees never tell two names apart; letters that look like others (a Cyrillic а) are to be looked at again.
"""

from __future__ import annotations

import csv
from itertools import permutations, product

import pytest

from support.broken_inputs import A_ROW, FIGURES, GOOD, HEAD, SOURCES, changed, write

AREAS, TOML = "data/areas.csv", "targets.toml"
AREAS_HEAD = (
    "id,code,parent,name_en,name_zh,name_fr,aliases,overlaps\ncity,100,,City,全市,Ville,,\n"
)
COLUMNS = ("id", "code", "name_en", "name_zh", "name_fr", "aliases")


def found(folder):
    """The codes of severity error or warning of an opened workspace, with where they stand."""
    import dtrack

    return [(one.code, one.file, one.line, one.column) for one in dtrack.open(folder).findings]


def areas(*rows: dict[str, str]) -> str:
    """areas.csv with these areas below the city; each has an id and an English name of its own unless it says otherwise."""
    lines = []
    for number, row in enumerate(rows):
        cell = {
            "id": f"d{number}",
            "code": "",
            "name_en": f"Name {number}",
            "name_zh": "",
            "name_fr": "",
            "aliases": "",
        } | row
        lines.append("{id},{code},city,{name_en},{name_zh},{name_fr},{aliases},\n".format(**cell))
    return AREAS_HEAD + "".join(lines)


# Areas


@pytest.mark.parametrize(("one", "other"), list(product(COLUMNS, repeat=2)))
def test_no_column_of_an_area_may_hold_what_any_column_of_another_holds(tmp_path, one, other):
    folder = write(
        tmp_path,
        {
            AREAS: areas({one: "Westend"}, {other: "west-END"}),
            TOML: GOOD[TOML].split("[targets")[0],
        },
    )
    codes = [finding for finding in found(folder) if finding[1] == AREAS]
    assert codes == [("id-twice", AREAS, 4, other)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_east_named_west_and_west_named_east_are_an_error_in_any_order(tmp_path, run, order):
    rows = [
        {"id": "east", "name_en": "West"},
        {"id": "west", "name_en": "East"},
        {"id": "a", "name_en": "Alpha"},
    ]
    folder = write(tmp_path, {AREAS: areas(*(rows[place] for place in order))})
    told = [one for one in found(folder) if one[0] == "id-twice"]
    assert len(told) == 2
    assert run("check --workspace .", at=folder).code == 3
    assert run("report --half H1-2024 --workspace .", at=folder).code == 3


SHORT = [
    ("海淀", "海淀区"),
    ("海淀", "海淀市"),
    ("Haidian", "Haidian District"),
    ("Haidian", "Haidian County"),
    ("haidian", "Haidian city"),
]


@pytest.mark.parametrize("column", ["id", "code", "name_en", "aliases"])
@pytest.mark.parametrize(("whole", "longer"), SHORT)
@pytest.mark.parametrize("turned", [False, True])
def test_a_whole_name_that_another_area_is_called_for_short_is_an_error(
    tmp_path, whole, longer, column, turned
):
    rows = [{column: whole}, {"aliases": longer}]
    folder = write(
        tmp_path,
        {AREAS: areas(*(rows[::-1] if turned else rows)), TOML: GOOD[TOML].split("[targets")[0]},
    )
    assert [one[:3] for one in found(folder) if one[0] == "id-twice"] == [("id-twice", AREAS, 4)]


def test_two_that_only_share_what_they_are_called_for_short_are_told_apart_by_their_whole_names(
    tmp_path, run
):
    rows = (
        HEAD + A_ROW.replace("a,", "朝阳市,") + A_ROW.replace("a,", "朝阳县,").replace("4.8", "5.1")
    )
    there = {
        AREAS: areas({"id": "a", "name_zh": "朝阳市"}, {"id": "b", "name_zh": "朝阳县"}),
        FIGURES: rows,
    }
    folder = write(tmp_path, there)
    assert found(folder) == []
    board = run("report --half H1-2024 --format csv --workspace .", at=folder).rows
    assert [(row["area"], row["actual"]) for row in board if row["actual"]] == [
        ("a", "4.8"),
        ("b", "5.1"),
    ]
    folder = write(tmp_path, there | {FIGURES: HEAD + A_ROW.replace("a,", "朝阳,")})
    said = run("report --half H1-2024 --workspace .", at=folder)
    assert said.code == 3
    assert "“朝阳” is ambiguous: a, b. Use an id." in said.err
    said = run("gap --district 朝阳 --workspace .", at=folder)
    assert said.code == 2
    assert "“朝阳” is ambiguous: a (Name 0, 朝阳市), b (Name 1, 朝阳县). Use an id." in " ".join(
        said.err.replace("│", "").split()
    )


def test_a_row_with_a_name_of_two_areas_is_set_aside_and_judges_neither(tmp_path, run):
    folder = write(
        tmp_path,
        {
            AREAS: areas({"id": "a", "name_en": "West"}, {"id": "west", "name_en": "East"}),
            FIGURES: HEAD + A_ROW.replace("a,", "West,"),
        },
    )
    rows = run("report --half H1-2024 --all --set-aside --format csv --workspace .", at=folder).rows
    assert {row["verdict"] for row in rows if row["indicator"] == "growth"} == {"", "undetermined"}


# Indicators


def two_indicators(one: str, other: str) -> str:
    """targets.toml with two growths, real and nominal; `one` and `other` are further lines of theirs."""
    text = GOOD[TOML].split("[targets")[0]
    nominal = text[text.index("[indicators.growth]") : text.index("[indicators.level]")].replace(
        "growth]", "nominal]"
    )
    nominal = nominal.replace('name = "Growth"', 'name = "Nominal growth"').replace(
        "constant", "current"
    )
    return text.replace('name = "Growth"', f'name = "Growth"\n{one}') + nominal.replace(
        "kind =", f"{other}\nkind =", 1
    )


SHARED = {
    "an alias": ('aliases = ["增速"]', 'aliases = ["增速"]', "aliases"),
    "an alias in another case and width": (
        'aliases = ["Real-rate"]',
        'aliases = ["ｒｅａｌ Rate"]',
        "aliases",
    ),
    "an alias that is the id of the first": ("", 'aliases = ["growth"]', "aliases"),
    "an alias that is the name of the first": ("", 'aliases = ["GROWTH"]', "aliases"),
    "an alias that is the id of the second": ('aliases = ["Nominal"]', "", "id"),
}


@pytest.mark.parametrize("what", list(SHARED))
def test_a_name_of_two_indicators_is_an_error(tmp_path, run, what):
    one, other, column = SHARED[what]
    folder = write(tmp_path, {TOML: two_indicators(one, other)})
    key = "indicators.nominal" + (f".{column}" if column != "id" else "")
    assert found(folder)[0] == ("id-twice", TOML, None, key)
    assert {one[0] for one in found(folder)[1:]} <= {
        "unknown-indicator"
    }  # a row with that name may be of either
    said = run("check --workspace .", at=folder)
    assert (said.code, "id-twice" in said.out) == (3, True)
    for command in (
        "report --half H1-2024",
        "gap -d a",
        "catchup --half H1-2024",
        "report --half H1-2024 -i level",
    ):
        assert run(f"{command} --workspace .", at=folder).code == 3, command


@pytest.mark.parametrize(
    "ids",
    [("gdp_growth", "gdpgrowth"), ("gdp_growth", "GDP-Growth"), ("gdp_growth", "ｇdp_growth")],
)
def test_two_ids_that_only_signs_case_or_width_tell_apart_are_an_error(tmp_path, ids):
    text = (
        two_indicators("", "")
        .replace("indicators.growth", f'indicators."{ids[0]}"')
        .replace("indicators.nominal", f'indicators."{ids[1]}"')
    )
    assert found(
        write(tmp_path, {TOML: text, FIGURES: HEAD + A_ROW.replace("growth", "level")})
    ) == [("id-twice", TOML, None, f"indicators.{ids[1]}")]


NAMES_IN_LANGUAGES = [
    ('{ en = "Real", zh = "增速" }', '{ en = "Nominal", fr = "增速" }'),
    ('{ en = "X", zh = "Y" }', '{ zh = "X" }'),
]


@pytest.mark.parametrize("names", NAMES_IN_LANGUAGES)
def test_a_name_shared_across_languages_is_an_error(tmp_path, names):
    text = two_indicators("", "")
    text = text.replace('name = "Growth"', f"name = {names[0]}").replace(
        'name = "Nominal growth"', f"name = {names[1]}"
    )
    assert found(write(tmp_path, {TOML: text})) == [
        ("id-twice", TOML, None, "indicators.nominal.name")
    ]


BOTH = two_indicators('aliases = ["增速"]', 'aliases = ["增速"]')
QUESTION = "“增速” is ambiguous: "


def test_a_row_a_word_of_the_command_line_and_a_change_with_a_shared_name_are_refused_with_the_question(
    tmp_path, run
):
    folder = write(tmp_path, {TOML: BOTH, FIGURES: HEAD + A_ROW.replace("growth", "增速")})
    assert (
        f"{QUESTION}growth, nominal. Use an id."
        in run("report --half H1-2024 --workspace .", at=folder).err
    )
    for command in (
        "report --half H1-2024 -i 增速",
        "add a 增速 H1-2024 5.0 --published 2024-07-20 --source s1",
        "targets set a 增速 2024 5 --set 2024-01-15 --source s1",
    ):
        said = run(f"{command} --workspace .", at=folder)
        assert said.code == 2, command
        assert QUESTION in " ".join(said.err.replace("│", "").split()), command


def test_with_set_aside_the_ids_still_judge_and_the_shared_name_judges_neither(tmp_path, run):
    rows = HEAD + A_ROW.replace("growth", "增速") + A_ROW.replace("a,", "b,").replace("4.8", "5.1")
    text = BOTH + '[targets.growth.2024]\na = "5"\nb = "5"\n[targets.nominal.2024]\na = "7"\n'
    folder = write(tmp_path, {TOML: text, FIGURES: rows})
    board = run("report --half H1-2024 --set-aside --format csv --workspace .", at=folder).rows
    told = {(row["area"], row["indicator"]): row["verdict"] for row in board if row["verdict"]}
    assert told == {
        ("a", "growth"): "undetermined",
        ("b", "growth"): "met",
        ("a", "nominal"): "undetermined",
    }


RETURNS = {
    "above a column": "地区,增速\nAlpha,6.1\nBeta,6.2\n",
    "in a long table": "地区,指标,数值\nAlpha,增速,6.1\nBeta,增速,6.2\n",
}


@pytest.mark.parametrize("what", list(RETURNS))
@pytest.mark.parametrize("command", ["import", "targets import"])
def test_a_heading_that_two_indicators_share_is_refused_and_a_map_answers_it(
    tmp_path, run, what, command
):
    folder = write(tmp_path, {TOML: BOTH, "return.csv": RETURNS[what]})
    day = "--published 2024-07-20" if command == "import" else "--set 2024-01-15"
    period = "--half H1-2024" if command == "import" else "--period 2024"
    words = f"{command} return.csv {period} {day} --source s1 --dry-run --workspace ."
    said = run(words, at=folder)
    assert said.code == 3
    assert f"{QUESTION}growth, nominal" in said.out + said.err
    (folder / "map.toml").write_text(
        '[columns]\n"增速" = { indicator = "nominal" }\n', encoding="utf-8"
    )
    said = run(f"{words} --map map.toml --format csv", at=folder)
    assert (said.code, {row["indicator"] for row in said.rows}) == (0, {"nominal"})


def test_a_column_that_two_share_is_refused_beside_one_that_is_clear(tmp_path, run):
    folder = write(
        tmp_path,
        {
            TOML: BOTH,
            "return.csv": "地区,增速,Level (100 million CNY)\nAlpha,6.1,120\nBeta,6.2,130\n",
        },
    )
    said = run(
        "import return.csv --half H1-2024 --published 2024-07-20 --source s1 --yes --workspace .",
        at=folder,
    )
    assert (said.code, QUESTION in said.out + said.err) == (3, True)


def test_an_area_of_a_return_whose_name_two_share_is_refused_with_the_question(tmp_path, run):
    folder = write(
        tmp_path,
        {
            AREAS: areas({"id": "a", "name_zh": "朝阳市"}, {"id": "b", "name_zh": "朝阳县"}),
            "return.csv": "地区,Growth\n朝阳,6.1\n朝阳县,6.2\n",
        },
    )
    said = run(
        "import return.csv --half H1-2024 --published 2024-07-20 --source s1 --dry-run --workspace .",
        at=folder,
    )
    assert (said.code, "“朝阳” is ambiguous: a, b" in said.out + said.err) == (3, True)


MAPS = {
    "columns": '[columns]\n"GDP 增速" = { indicator = "growth" }\n"GDP增速" = { indicator = "nominal" }\n',
    "widths": '[columns]\n"ＧＤＰ" = { indicator = "growth" }\n"gdp" = { indicator = "nominal" }\n',
}


@pytest.mark.parametrize("what", list(MAPS))
def test_two_headings_of_a_map_that_read_alike_are_refused(tmp_path, run, what):
    folder = write(
        tmp_path,
        {
            TOML: two_indicators("", ""),
            "return.csv": "地区,GDP增速,gdp\nAlpha,6.1,6.2\n",
            "m.toml": MAPS[what],
        },
    )
    said = run(
        "import return.csv --half H1-2024 --published 2024-07-20 --source s1 --dry-run --map m.toml --workspace .",
        at=folder,
    )
    assert (said.code, "map-unfit" in said.out + said.err) == (3, True)


def test_a_county_is_not_taken_for_the_city_of_its_name(tmp_path, run):
    there = areas(
        {"id": "chengde", "name_en": "Chengde City", "name_zh": "承德市"},
        {"id": "b", "name_en": "Beta"},
        {"id": "c", "name_en": "Yanqing", "aliases": "Yanqing County"},
        {"id": "d", "name_en": "Miyun District", "aliases": "Miyun County"},
    )
    toml = GOOD[TOML].split("[targets")[0]
    for name, taken in (
        ("Chengde City", True),
        ("Chengde", True),
        ("Chengde County", False),
        ("承德县", False),
        ("Beta District", True),
        ("Yanqing County", True),
        ("Yanqing District", True),
        ("Miyun County", True),
        ("Miyun", True),
        ("Miyun City", False),
    ):
        folder = write(
            tmp_path / name, {AREAS: there, TOML: toml, "r.csv": f"地区,Growth\n{name},6.1\n"}
        )
        said = run(
            "import r.csv --half H1-2025 --published 2025-07-20 --source s1 --dry-run --workspace .",
            at=folder,
        )
        assert said.code == (0 if taken else 3), name


# Sources and days


@pytest.mark.parametrize("twin", ["S1", "ｓ1", "s\u200b1", "s\u00ad1"])
def test_two_sources_that_case_width_or_nothing_seen_tells_apart_are_an_error(tmp_path, twin):
    folder = write(tmp_path, {SOURCES: GOOD[SOURCES] + f"{twin},Other,,,,no,,\n"})
    assert found(folder) == [("id-twice", SOURCES, 3, "id")]


@pytest.mark.parametrize("twin", ["S1", "ｓ1", "s\u200b1"])
def test_no_command_adds_a_source_that_only_looks_new(tmp_path, run, twin):
    folder = write(
        tmp_path, {"r.csv": "地区,Growth\nAlpha,6.1\n", "t.csv": "地区,Growth\nAlpha,6\n"}
    )
    commands = {
        ("sources", "add", twin, "--title", "Other"): 2,
        (
            "import",
            "r.csv",
            "--half",
            "H1-2025",
            "--published",
            "2025-07-20",
            "--source",
            twin,
            "--title",
            "Other",
            "--yes",
        ): 3,
        (
            "targets",
            "import",
            "t.csv",
            "--period",
            "2025",
            "--set",
            "2025-01-20",
            "--source",
            twin,
            "--title",
            "Other",
            "--yes",
        ): 3,
    }
    for words, code in commands.items():
        before = (folder / SOURCES).read_bytes()
        assert run([*words, "--workspace", "."], at=folder).code == code, words
        assert (folder / SOURCES).read_bytes() == before


def test_hyphens_tell_two_sources_apart(tmp_path):
    assert found(write(tmp_path, {SOURCES: GOOD[SOURCES] + "s-1,November,,,,no,,\n"})) == []


def test_one_period_with_two_days_by_which_it_is_due_is_an_error(tmp_path, run):
    text = GOOD[TOML] + '[due]\n"H1-2024" = 2024-07-20\n"2024H1" = 2024-08-20\n'
    folder = write(tmp_path, {TOML: text})
    assert found(folder) == [("id-twice", TOML, None, "due.2024H1")]
    assert run("status --half H1-2024 --workspace .", at=folder).code == 3


def test_items_of_one_period_under_two_spellings_are_not_added_up(tmp_path):
    item = '[[reconciliation.level."{}"]]\nname = "Banks"\nvalue = 5.0\n'
    folder = write(tmp_path, {TOML: GOOD[TOML] + item.format("H1-2024") + item.format("2024H1")})
    assert found(folder) == [("id-twice", TOML, None, "reconciliation.level.2024H1")]


# What nobody sees, and what looks like something else

UNSEEN = "\u00ad \u034f \u061c \u115f \u17b4 \u180b \u180e \u200b \u200d \u202e \u2060 \u2062 \u2069 \u3164 \ufe0f \ufeff \uffa0 \U000e0041 \U000e0100"


@pytest.mark.parametrize("letter", UNSEEN.split(), ids=ascii)
def test_a_letter_that_nobody_sees_tells_no_two_areas_or_indicators_apart(tmp_path, letter):
    folder = write(
        tmp_path,
        {
            AREAS: areas({"name_en": "Haidian"}, {"name_en": f"Hai{letter}dian"}),
            TOML: GOOD[TOML].split("[targets")[0],
        },
    )
    assert ("id-twice", AREAS, 4, "name_en") in found(folder)
    folder = write(
        tmp_path / "2", {TOML: two_indicators('aliases = ["增速"]', f'aliases = ["增{letter}速"]')}
    )
    assert found(folder) == [("id-twice", TOML, None, "indicators.nominal.aliases")]
    row = A_ROW.replace("a,", f"Al{letter}pha,")
    folder = write(tmp_path / "3", {FIGURES: HEAD + row})
    assert found(folder) == []


@pytest.mark.parametrize("name", ["-", "\u200b", "\u3164", "--'"])
def test_a_name_without_a_letter_is_no_name_of_a_blank_cell(tmp_path, run, name):
    folder = write(
        tmp_path,
        {
            **changed(AREAS, "Beta,,,,", f"Beta,,,{name},"),
            FIGURES: HEAD + A_ROW.replace("a,", ",", 1),
        },
    )
    assert ("unknown-area", FIGURES, 2, "area") in found(folder)


LOOK_ALIKE = {"one Cyrillic letter": "Alphа", "one Greek letter": "Αlpha", "all Cyrillic": "АӀрһа"}


def test_a_name_that_mixes_alphabets_is_to_be_looked_at_again(tmp_path, run):
    folder = write(tmp_path, changed(AREAS, "Beta", "Betа"))  # the last letter is Cyrillic
    assert found(folder) == [("look-alike", AREAS, 4, "name_en")]
    assert run("report --half H1-2024 --workspace .", at=folder).code == 0
    folder = write(
        tmp_path / "2", changed(TOML, 'name = "Growth"', 'name = "Grοwth"')
    )  # a Greek omicron
    assert found(folder) == [("look-alike", TOML, None, "indicators.growth.name")]
    folder = write(
        tmp_path / "3", {SOURCES: GOOD[SOURCES] + "ѕ2,Other,,,,no,,\nbulleтin,Other,,,,no,,\n"}
    )
    assert [one for one in found(folder) if one[2] == 4] == [("look-alike", SOURCES, 4, "id")]


@pytest.mark.parametrize("name", ["АВС", "ΑΒC", "авс", "ABС"])
def test_two_areas_that_look_alike_though_their_letters_differ_are_to_be_looked_at_again(
    tmp_path, name
):
    folder = write(
        tmp_path, {AREAS: areas({"id": "a", "name_en": "ABC"}, {"id": "b", "name_en": name})}
    )
    assert found(folder)[0][0] == "look-alike"
    assert {one[1:3] for one in found(folder)} == {(AREAS, 4)}


@pytest.mark.parametrize(
    "name",
    ["β-carotene", "PM2.5 (μg/m³)", "Хайдянь", "海淀 Haidian", "Haidian-Хайдянь", "Île-de-France"],
)
def test_alphabets_beside_one_another_and_names_in_another_one_are_nothing_to_look_at(
    tmp_path, name
):
    assert found(write(tmp_path, changed(AREAS, "Beta,,,,", f"Beta,,,{name},"))) == []


def test_the_own_workspaces_have_no_name_twice(run):
    for command in ("check --format csv", "check --format csv --workspace examples/symposium"):
        assert {row["code"] for row in run(command).rows} & {"id-twice", "look-alike"} == set()


def test_the_name_of_one_indicator_that_is_the_id_of_another_means_the_id(tmp_path, run):
    text = two_indicators("", "").replace('name = "Nominal growth"', 'name = "Growth"')
    text = text.replace('name = "Growth"', 'name = "Real growth"', 1)
    folder = write(tmp_path, {TOML: text})
    assert found(folder) == [("name-is-id", TOML, None, "indicators.nominal.name")]
    said = run("report --half H1-2024 -i GROWTH -f csv --workspace .", at=folder)
    assert said.code == 0
    assert {row["indicator"] for row in csv.DictReader(said.out.splitlines())} == {"growth"}
