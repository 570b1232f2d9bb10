"""Short names, tiles, who reports, nouns and letterhead: what is read of them, and what is refused, with place and remedy."""

from __future__ import annotations

import shutil

import pytest

import dtrack
from dtrack.core.nouns import Noun
from dtrack.core.translate import speaking
from support.broken_inputs import GOOD, write
from support.workspaces import ROOT

TOML, AREAS = "targets.toml", "data/areas.csv"
HEAD = "id,name_en,name_zh,parent,short_en,short_zh,short_fr,tile,from,until\n"


def areas(*rows: str) -> dict[str, str]:
    """data/areas.csv of the city and these rows."""
    return {AREAS: HEAD + "city,City,全市,,,,,,,\n" + "".join(f"{row}\n" for row in rows)}


def toml(*, workspace: str = "", growth: str = "") -> dict[str, str]:
    """targets.toml with more keys in `[workspace]` and in `[indicators.growth]`."""
    text = GOOD[TOML].replace('city = "city"\n', f'city = "city"\n{workspace}\n')
    return {TOML: text.replace('name = "Growth"\n', f'name = "Growth"\n{growth}\n')}


def found(place, files):
    """The findings of a workspace with these files: code, where, sentence."""
    dataset = dtrack.open(write(place, files))
    return [(f.code, f"{f.file}:{f.column}", str(f.message)) for f in dataset.findings]


def test_short_names_and_tiles_are_read(tmp_path):
    rows = ('a,Alpha Development Area,甲开发区,city,Alpha,甲,Alpha,"3,1",,', "b,Beta,,city,,,,,,")
    alpha, beta = dtrack.open(write(tmp_path, areas(*rows))).areas[1:]
    assert (alpha.tile, beta.tile) == ((3, 1), None)
    assert (alpha.short, beta.short) == ("Alpha", "Beta")
    with speaking("zh"):
        assert (alpha.short, alpha.name, beta.short) == ("甲", "甲开发区", "Beta")


@pytest.mark.parametrize(
    ("names", "shorts", "expected"),
    [
        ({"en": "Gross product"}, {}, ("Gross product", "Gross product", "Gross product")),
        ({"en": "Gross product"}, {"en": "GDP"}, ("GDP", "GDP", "GDP")),
        # a name in the reader's language goes before a short one in English
        ({"en": "Gross product", "zh": "生产总值"}, {"en": "GDP"}, ("GDP", "生产总值", "GDP")),
        ({"en": "Gross product"}, {"zh": "生产总值"}, ("Gross product", "生产总值", "生产总值")),
        ({}, {}, ("x", "x", "x")),
    ],
)
def test_the_short_name_of_a_language(names, shorts, expected):
    from dtrack.model.entities import NamedEntity

    one = NamedEntity("x", names, shorts=shorts)
    told = []
    for language in ("en", "zh", "fr"):
        with speaking(language):
            told.append(one.short)
    assert tuple(told) == expected


@pytest.mark.parametrize("text", ["3", "3,1,2", "a,b", "-1,0", "100,0", "1.0,2", "3;1", "３,1x"])
def test_a_bad_tile_is_refused_with_its_place_and_form(tmp_path, text):
    ((code, where, told),) = found(
        tmp_path, areas(f'a,Alpha,,city,,,,"{text}",,', "b,B,,city,,,,,,")
    )
    assert (code, where) == ("bad-value", f"{AREAS}:tile")
    assert '"3,1"' in told
    assert text in told


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [("", "", True), ("2019,2020-12-31", "2021-01-01,", False), ("2019,", "2024,", True)],
)
def test_two_areas_on_one_tile_at_a_time(tmp_path, one, other, clash):
    lives = (one or ",", other or ",")
    rows = [f'{n},{n}{n},,city,,,,"3,1",{life}' for n, life in zip("ab", lives, strict=True)]
    codes = [(c, w) for c, w, _ in found(tmp_path, areas(*rows)) if c == "id-twice"]
    assert codes == [("id-twice", f"{AREAS}:tile")] * clash


def test_a_short_name_is_nobody_elses(tmp_path):
    rows = ("a,Alpha,,city,Beta,,,,,", "b,Beta,,city,,,,,,")
    assert ("id-twice", f"{AREAS}:name_en") in [f[:2] for f in found(tmp_path, areas(*rows))]
    short = toml(growth='short = { en = "Level" }')
    # what spells an id means that, as with names
    assert [f[:2] for f in found(tmp_path, short)] == [("name-is-id", f"{TOML}:indicators.level")]


def test_short_names_are_typed_and_no_heading(tmp_path, run):
    files = toml(growth='short = "Pace"') | areas("a,Alpha,,city,Al,,,,,", "b,Beta,,city,,,,,,")
    dataset = dtrack.open(write(tmp_path, files))
    assert dataset.find_indicator("pace").id == "growth"
    assert dataset.find_area("AL").id == "a"
    from dtrack.core.names import heading_index

    assert "pace" not in heading_index(dataset.indicators)
    assert run("report --half H1-2024 -i Pace -d al -f csv", at=tmp_path).code == 0


def test_who_reports(tmp_path):
    dataset = dtrack.open(write(tmp_path, toml(growth='reporting = ["Beta", "a", "b"]')))
    assert [item.reporting for item in dataset.indicators] == [("b", "a"), ()]


@pytest.mark.parametrize(
    ("value", "code", "key"),
    [
        ('["a", "nowhere"]', "unknown-area", "reporting[1]"),
        ('"a"', "bad-value", "reporting"),
        ("[1]", "bad-value", "reporting"),
        ("[]", "bad-value", "reporting"),
    ],
)
def test_who_cannot_report(tmp_path, value, code, key):
    ((told, where, _),) = found(tmp_path, toml(growth=f"reporting = {value}"))
    assert (told, where) == (code, f"{TOML}:indicators.growth.{key}")


def test_nouns_are_read(tmp_path):
    said = """area_noun = { en = ["region", "regions"], zh = "大区", fr = ["région", "régions", "f"] }
whole_noun = { en = "group", fr = ["groupe", "groupes"] }"""
    nouns = dtrack.open(write(tmp_path, toml(workspace=said))).nouns
    assert dict(nouns.area) == {
        "en": Noun("region", "regions"),
        "zh": Noun("大区", "大区"),
        "fr": Noun("région", "régions", feminine=True),
    }
    assert dict(nouns.whole) == {"en": Noun("group", "group"), "fr": Noun("groupe", "groupes")}
    assert dtrack.open(write(tmp_path, toml())).nouns == ((), ())


@pytest.mark.parametrize(
    ("said", "key", "remedy"),
    [
        ("area_noun = 3", "area_noun", "regions"),
        ("area_noun = {}", "area_noun", "regions"),
        ('area_noun = "region"', "area_noun.en", "plural"),
        ('area_noun = { en = "region" }', "area_noun.en", "plural"),
        ('area_noun = { fr = ["région"] }', "area_noun.fr", "plural"),
        ('area_noun = { en = ["a", "b", "c"] }', "area_noun.en", "list of its forms"),
        ('area_noun = { zh = ["区", "区"] }', "area_noun.zh", "list of its forms"),
        ("whole_noun = { en = [] }", "whole_noun.en", "list of its forms"),
        ('whole_noun = { en = ["a", 1] }', "whole_noun.en", "list of its forms"),
        ('whole_noun = { en = " " }', "whole_noun.en", "list of its forms"),
        ('whole_noun = { fr = ["groupe", "groupes", "x"] }', "whole_noun.fr", "gender"),
    ],
)
def test_nouns_of_another_shape_are_refused(tmp_path, said, key, remedy):
    ((code, where, told),) = found(tmp_path, toml(workspace=said))
    assert (code, where) == ("bad-value", f"{TOML}:workspace.{key}")
    assert remedy in told


def test_a_noun_of_no_language_is_told(tmp_path):
    ((code, where, _),) = found(tmp_path, toml(workspace='whole_noun = { de = "Gruppe" }'))
    assert (code, where) == ("key-unknown", f"{TOML}:workspace.whole_noun.de")


def test_the_letterhead(tmp_path):
    said = 'publisher = { en = "Office", zh = "统计局" }\ncontact = "a@example.org"\nnumber = 15'
    head = dtrack.open(write(tmp_path, toml(workspace=said))).letterhead
    assert (head.publisher, head.contact, head.number) == ("Office", "a@example.org", "15")
    with speaking("zh"):
        assert (head.publisher, head.contact, head.number) == ("统计局", "a@example.org", "15")
    nobody = dtrack.open(write(tmp_path, toml())).letterhead
    assert (nobody.publisher, nobody.contact, nobody.number) == ("", "", "")


@pytest.mark.parametrize("said", ["publisher = 3", "contact = []", "number = true", "number = [1]"])
def test_a_letterhead_of_another_shape(tmp_path, said):
    ((code, where, _),) = found(tmp_path, toml(workspace=said))
    assert (code, where) == ("bad-value", f"{TOML}:workspace.{said.split()[0]}")


def test_edits_keep_every_new_key(tmp_path, run):
    shutil.copytree(ROOT / "examples/symposium", tmp_path / "s")
    place, text = tmp_path / "s", (ROOT / "examples/symposium" / TOML).read_text(encoding="utf-8")
    more = 'area_noun = { en = ["borough", "boroughs"] } # kept\nnumber = "2024-7"\n'
    before = text.replace("[due]", f"{more}\n[due]")
    (place / TOML).write_text(before, encoding="utf-8")
    said = run(
        "targets set haidian digital_va 2025 9 --set 2025-01-05 "
        "--source illustrative-haidian-plan-2024",
        at=place,
    )
    assert said.code == 0, said.err
    after = (place / TOML).read_text(encoding="utf-8")
    assert after != before
    left = iter(after.splitlines())
    # every line is kept, in its order
    assert all(line in left for line in before.splitlines())


@pytest.mark.parametrize("folder", [".", "examples/symposium"])
def test_the_tile_map_of_beijing(folder):
    """Where the 16 districts and the development area lie, each on a tile of its own."""
    rows = """
        .      延庆 .    怀柔 密云
        门头沟 昌平 海淀 顺义 平谷
        石景山 西城 东城 朝阳 .
        房山   丰台 大兴 通州 经开区
    """
    expected = {
        name: (column, row)
        for row, line in enumerate(rows.strip().splitlines())
        for column, name in enumerate(line.split())
        if name != "."
    }
    with speaking("zh"):
        areas = dtrack.open(ROOT / folder).areas
        assert {area.short: area.tile for area in areas if area.tile} == expected
