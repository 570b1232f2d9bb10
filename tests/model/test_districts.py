"""What a district is, the same in every answer: a child of the city (or of nobody), no zone, no peer, nothing below or above.

One world: the city, its districts A to C (B's parent is blank), the towns T and U in A, the zone Z inside A, the peers P (by
its role) and Q (it hangs from the country), and the country above. All have figures or targets, worse ones than any district
and larger ones than the city, so that whoever is counted wrongly is seen. Expected values are worked out by hand.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from support.workspaces import AREA_COLUMNS, City, write_csv

AREAS = [  # id, parent, overlaps, role; the order of the file is no order of the tables
    ("t", "a", "", ""),
    ("p", "", "", "Peer"),
    ("land", "", "", ""),
    ("z", "city", "a", ""),
    ("a", "city", "", ""),
    ("b", "", "", ""),
    ("c", "city", "", ""),
    ("u", "a", "", ""),
    ("q", "land", "", ""),
    ("city", "", "", ""),
]
GROWTH = {
    "city": "5.2",
    "a": "6.0",
    "b": "4.0",
    "t": "1.0",
    "u": "2.0",
    "z": "2.5",
    "p": "3.0",
    "land": "4.8",
}  # C and Q are silent
TARGETS = {
    "city": "5",
    "a": "5",
    "b": "5",
    "c": "5",
    "t": "9",
    "z": "9",
    "p": "9",
    "land": "9",
    "q": "9",
}
BASE = {
    "city": "1000.0",
    "a": "500.0",
    "b": "250.0",
    "c": "250.0",
    "t": "300.0",
    "u": "200.0",
    "z": "100.0",
    "p": "4000.0",
    "land": "9000.0",
}
NOW = BASE | {
    "city": "1100.0",
    "a": "520.0",
    "b": "260.0",
    "c": "250.0",
    "p": "1100.0",
}  # A, B, C: 1030.0
DUE = '[due]\n"H1-2024" = 2024-07-10\n'
APART = {"t", "p", "land", "z", "u", "q", "city"}


def with_areas(made: City, areas=AREAS) -> City:
    """The workspace with other areas, and with the country above the city."""
    lines = [
        dict.fromkeys(AREA_COLUMNS, "")
        | {"id": i, "parent": parent, "name_en": i.upper(), "overlaps": overlaps, "role": role}
        for i, parent, overlaps, role in areas
    ]
    write_csv(made.folder / "data/areas.csv", [*AREA_COLUMNS, "role"], lines)
    toml = made.folder / "targets.toml"
    head = (
        'city = "city"\nreference = "land"\n'
        if any(area[0] == "land" for area in areas)
        else 'city = "city"\n'
    )
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('city = "city"\n', head, 1),
        encoding="utf-8",
        newline="\n",
    )
    return made


@pytest.fixture
def world(city):
    """The world of this file."""
    figures = [(area, "growth", "H1-2024", value) for area, value in GROWTH.items()]
    figures += [
        (area, "level", "H1-2023", value, {"published": "2023-07-20"})
        for area, value in BASE.items()
    ]
    figures += [(area, "level", "H1-2024", value) for area, value in NOW.items()]
    return with_areas(city({"growth 2024": TARGETS}, figures))


def doubts(run, made):
    return run("check -f csv", at=made.folder).rows


def told(raw: str) -> str:
    """Text of a page or Markdown as a reader has it."""
    return html.unescape(re.sub(r"<[^>]+>", " ", raw)).replace("\\", "")


# The truth table: one sentence of counts for each answer, the same in every format and language

COUNTS = {  # command, language → what it counts
    ("report -i growth", "en"): [
        "3 of 3 districts have a target: 1 missed, 1 not reported, 1 met.",
        "Largest shortfall: B (-1.0 pp).",
        "No data for C.",
    ],
    ("report -i growth", "zh"): [
        "3个区中有3个设有目标：1个未达到目标，1个未报送，1个达到目标。差距最大：B（-1.0个百分点）。",
        "C没有数据。",
    ],
    ("report -i growth", "fr"): [
        "3 sur 3 districts ont un objectif : non atteint (1), non communiqué (1), atteint (1). Plus grand retard : B (-1,0 pt).",
        "Pas de données pour C.",
    ],
    ("brief", "en"): [
        "Of 3 districts, 3 have a target: 1 met it, 1 missed it, 1 has not reported.",
        "Figures received from 2 of 3 districts, 75.0% of the city's weight.",
        "Outstanding: C.",
    ],
    ("brief", "zh"): [
        "3个区中，3个设有目标，其中：1个达到目标，1个未达到目标，1个未报送。",
        "应报3个区，已报2个，占全市权重的75.0%。",
    ],
    ("brief", "fr"): [
        "3 districts sur 3 ont un objectif : 1 l’a atteint, 1 ne l’a pas atteint, 1 n’a rien communiqué.",
        "Chiffres reçus de 2 districts sur 3, soit 75,0 % du poids de la ville.",
    ],
    ("status -i growth", "en"): [
        "2 of 3 districts have reported growth; 75.0% of the city's weight received; outstanding: C.",
        "2 of 3 figures received (66.7%).",
        "Outstanding returns: 1",
    ],
    ("status -i growth", "zh"): [
        "应报3个区，已报growth的有2个；已报部分占全市权重的75.0%；尚未报送：C。",
        "3个数值中已报2个（66.7%）。",
    ],
    ("status -i growth", "fr"): [
        "Districts ayant communiqué « growth » : 2 sur 3 ; poids reçu : 75,0 % de la ville ; en attente : C.",
        "Reçus : 2 sur 3 chiffres (66,7 %).",
    ],
    ("city -i growth", "en"): [
        "The residual includes 1 district without a figure (25.0% of the weight).",
        "C must average 4.00% for the city's target",
        "5.2 − 5 = 0.20 = 0.25 + 0.00 + 0.00 − 0.05",
    ],
    ("city -i growth", "zh"): ["残差包含1个未报送的区（占权重的25.0%）。", "C须平均增长4.00%。"],
    ("city -i growth", "fr"): ["Le résidu comprend 1 district sans chiffre (25,0 % du poids)."],
    ("gap -d b -i growth", "en"): ["2 of 2"],  # T, Z and P are behind B and in no rank
    ("gap -d b -i growth", "zh"): ["2/2"],
    ("gap -d b -i growth", "fr"): ["2 sur 2"],
    ("check", "en"): [
        "1,100.0 is 70.0 more than the 1,030.0 of all 3 districts"
    ],  # of the level: 520.0 + 260.0 + 250.0
    ("check", "zh"): ["1100.0比3个区合计1030.0多70.0"],
    ("check", "fr"): ["1 100,0, soit 70,0 de plus que les 1 030,0 des 3 districts"],
}


def shown(run, made, words, form):
    """What a reader of the format gets to read, blanks made plain."""
    if form == "table":
        text = run(words, at=made.folder).out
    else:
        file = made.folder / f"out.{form}"
        assert run(f"{words} -o {file}", at=made.folder).code == 0
        raw = file.read_bytes()
        if form == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(raw))
            text = "\n".join(
                str(cell.value)
                for sheet in book
                for row in sheet
                for cell in row
                if cell.value is not None
            )
        elif form == "docx":
            text = "\n".join(
                element.text or ""
                for element in docx.Document(io.BytesIO(raw)).element.body.iter(qn("w:t"))
            )
        else:
            text = told(raw.decode())
    return re.sub(r"\s+", " ", text).replace("−", "-")


@pytest.mark.filterwarnings(
    "ignore:.*xtension is not supported"
)  # openpyxl of what it does not read
@pytest.mark.parametrize("form", ["table", "md", "html", "xlsx", "docx"])
@pytest.mark.parametrize(("words", "language"), COUNTS)
def test_every_answer_counts_the_same_districts(world, run, words, language, form):
    if words.startswith("brief") and form == "xlsx":
        pytest.skip("a briefing is no workbook")
    half = "" if words == "check" else " --half H1-2024"
    text = shown(run, world, f"{words}{half} --lang {language}", form)
    for sentence in COUNTS[words, language]:
        assert sentence.replace("−", "-") in text


def test_what_is_no_district_is_shown_and_told_apart(world, run):
    report = run("report -i growth --half H1-2024", at=world.folder).out
    assert "Overlapping areas, excluded from counts: Z (missed)." in report
    assert "Beside the city, excluded from counts: P (missed) and Q (not reported)." in report
    assert "Parts of other areas, excluded from counts: T (missed)." in report
    brief = run("brief --half H1-2024", at=world.folder).out
    assert "Included in other districts, in no count and no sum: Z (2.5%, missed)." in brief
    assert "Beside the city, in no count and no sum: P (3.0%, missed)." in brief
    # the sources of what they are in no count of stand in the table, as those of the districts
    rows = [line.split() for line in brief.splitlines()]
    assert ["Z", "(overlapping)", "9", "2.5", "-6.5", "✗", "missed", "1"] in rows
    assert ["P", "(peer)", "9", "3.0", "-6.0", "✗", "missed", "1"] in rows
    assert ["1", "Bulletin,", "Bureau,", "2024-07-20"] in rows
    assert "2 areas that are part of others have figures too, in no count and no sum." in brief
    assert "3 of 3 figures are provisional." in brief  # of the city, A and B
    city = run("city -i growth --half H1-2024", at=world.folder).out
    assert "Memo item, excluded from totals: Z 2.5% (included in other districts)." in city
    assert "Memo item, excluded from totals: P 3.0% (peers of the city)." in city
    assert "Memo item, excluded from totals: T 1.0% and U 2.0% (parts of other areas)." in city


@pytest.mark.parametrize(
    ("words", "sheet", "expected"),
    [
        (
            "report -i growth",
            "growth",
            "CITY LAND Z_(overlapping) B A C P_(peer) Q_(peer) T_(part_of_A)",
        ),
        (
            "report -i growth --sort area",
            "growth",
            "CITY LAND Z_(overlapping) A B C P_(peer) Q_(peer) T_(part_of_A)",
        ),
        (
            "status -i growth",
            "By area",
            "CITY LAND C A B Z_(overlapping) Q_(peer) P_(peer) T_(part_of_A) U_(part_of_A)",
        ),
    ],
    ids=["report", "by area", "status"],
)
def test_the_tables_have_the_city_first_then_districts_then_peers_and_parts(
    world, run, words, sheet, expected
):
    """Within each, as ever: the worst gap first; a zone stands in `report` among the districts that it lies in."""
    lines = run(f"{words} --half H1-2024", at=world.folder).out.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(sheet)) + 3
    names = [
        re.split(r" {2,}", line)[0].replace(" ", "_")
        for line in lines[start : start + len(expected.split())]
    ]
    assert names == expected.split()


def test_what_cannot_be_computed_names_the_areas_in_their_order(world, run):
    lines = run("catchup -i growth --half H1-2024", at=world.folder).out.splitlines()
    start = lines.index("Cannot be computed") + 3
    assert re.split(r" {2,}", lines[start])[1] == "CITY, LAND, Z, A, B, P, T"


def test_the_formats_for_programs_have_every_area_once(world, run):
    rows = run("report -i growth --half H1-2024 -f csv", at=world.folder).rows
    verdicts = {row["area"]: row["verdict"] for row in rows}
    assert len(rows) == len(verdicts) == len(AREAS)
    assert {area: verdict for area, verdict in verdicts.items() if area not in APART} == {
        "a": "met",
        "b": "missed",
        "c": "not_reported",
    }
    assert (verdicts["q"], verdicts["p"], verdicts["u"]) == (
        "not_reported",
        "missed",
        "no_target",
    )  # judged where there is a target
    again = json.loads(run("report -i growth --half H1-2024 -f json", at=world.folder).out)["rows"]
    assert {row["area"]: row["verdict"] for row in again} == verdicts
    rows = run("city -i growth --half H1-2024 -f csv", at=world.folder).rows
    assert {row["area"] for row in rows if row["part"] not in ("rest", "total")} == {"a", "b"}


LISTS = {  # command → areas in it: those of whom the workspace has a target, two editions, a plan, or a figure
    "targets": set(TARGETS),
    "revisions": set(GROWTH),
    "path": set(BASE),
    "catchup -i growth --half H1-2024 --assume-half": set(TARGETS),
}


@pytest.fixture
def lists(city):
    """The world of this file, with a second edition of every growth and a plan for every level."""
    later = {"published": "2024-08-20"}
    figures = [(area, "growth", "H1-2024", value) for area, value in GROWTH.items()]
    figures += [
        (area, "growth", "H1-2024", f"{float(value) + 0.1:.1f}", later)
        for area, value in GROWTH.items()
    ]
    figures += [
        (area, "level", period, value)
        for area, value in BASE.items()
        for period in ("2020", "2023")
    ]
    plans = {area: {"value": "99999", "baseline": "2020"} for area in BASE}
    return with_areas(city({"growth 2024": TARGETS, "level 2030": plans}, figures))


@pytest.mark.parametrize("words", LISTS)
def test_what_lists_and_counts_nothing_has_every_area_once_in_every_format(lists, run, words):
    of = " -i level" if words == "path" else " -i growth" * ("-i" not in words)
    rows = run(f"{words}{of} -f csv", at=lists.folder).rows
    assert sorted(row["area"] for row in rows) == sorted(LISTS[words])
    told_again = json.loads(run(f"{words}{of} -f json", at=lists.folder).out)["rows"]
    assert [row["area"] for row in told_again] == [row["area"] for row in rows]
    names = {area.upper() for area in LISTS[words]}
    for form in ("table", "md", "html", "xlsx", "docx"):
        text = shown(run, lists, words + of, form)
        assert {name for name in names if re.search(rf"\b{name}\b", text)} == names, form


def test_the_export_has_every_area(world, run):
    out = run("export --sdmx - -i growth --half H1-2024", at=world.folder).out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["REF_AREA"] for row in rows} == set(GROWTH) | set(TARGETS)


NOT_COUNTED = {
    "city": "not counted: the city",
    "land": "not counted: lies above the city",
    "z": "not counted: included in A",
    "p": "not counted: peer of the city",
    "q": "not counted: peer of the city",
    "t": "not counted: part of A",
    "u": "not counted: part of A",
}


def test_status_says_of_every_row_that_is_in_no_count_why(world, run):
    rows = run("status -i growth --half H1-2024 -f csv", at=world.folder).rows
    assert {row["area"]: row["note"] for row in rows if row["note"]} == NOT_COUNTED
    assert {row["area"]: row["state"] for row in rows if not row["note"]} == {
        "a": "reported",
        "b": "reported",
        "c": "missing",
    }


def test_a_part_without_figure_and_target_is_not_asked_for(world):
    """C's figure of the level is expected; nobody promised one of Q, and a district may have hundreds of towns."""
    status = world.open().status("H1-2024")
    assert "q" not in set(status[status["indicator"] == "level"]["area"])


def test_no_due_day_binds_a_peer_or_what_is_above_the_city(world):
    toml = world.folder / "targets.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + DUE, encoding="utf-8")
    rows = {
        row["area"]: row
        for _, row in world.open().status("H1-2024", as_of="2024-08-01").iterrows()
        if row["indicator"] == "growth"
    }
    bound = {area for area, row in rows.items() if row["due"]}
    assert bound == {"city", "a", "b", "c", "z", "t", "u"}
    assert {area for area in rows if str(rows[area]["days_late"]) == "10"} == bound - {"c"}
    assert "overdue" in rows["c"]["note"]
    assert rows["q"]["note"] == NOT_COUNTED["q"]


def test_fail_on_is_of_rows_with_targets_and_status_of_districts(world, run):
    """--fail-on asks for a verdict, and a town or a peer has one where it has a target; what is incomplete is the city's districts."""
    assert (
        run(
            "report -i growth --half H1-2024 --only met --fail-on not-reported", at=world.folder
        ).code
        == 4
    )
    assert (
        run("report -i growth --half H1-2024 -d q --fail-on not-reported", at=world.folder).code
        == 4
    )
    assert run("status -i growth --half H1-2024 --fail-on incomplete", at=world.folder).code == 4
    assert (
        run("status -i growth --half H1-2024 -d q --fail-on incomplete", at=world.folder).code == 0
    )


def test_only_districts_are_ranked_and_together_whoever_is_their_parent(world):
    dataset, found = world.open(), {}
    for area, *_ in AREAS:
        story = dataset.gap(area, half="H1-2024").set_index("indicator")
        ranks = [
            story.loc["growth", name] if "growth" in story.index else None
            for name in ("rank_low", "rank_high")
        ]
        found[area] = None if str(ranks[0]) in ("None", "<NA>") else tuple(map(int, ranks))
    assert found == dict.fromkeys((*APART, "c")) | {"a": (1, 1), "b": (2, 2)}


@pytest.mark.parametrize("area", sorted(APART - {"q", "u"}))
def test_why_says_that_it_is_in_no_sum(world, run, area):
    assert "it is in no sum" in run(f"why {area} growth H1-2024 --of city", at=world.folder).out


def test_levels_are_added_up_over_the_districts(world, run):
    """1100.0 less 520.0, 260.0 and 250.0 leaves 70.0. That the peer's level is the city's own is no total among the districts."""
    told = {row["code"]: row["sentence"] for row in doubts(run, world)}
    assert "70.0 more than the 1,030.0 of all 3 districts" in told["parts-against-total"]
    assert "total-as-area" not in told
    line = next(
        line
        for line in run("city --half H1-2024", at=world.folder).out.splitlines()
        if line.startswith("level")
    )
    assert re.split(r" {2,}", line)[1:3] == ["1,100.0", "1,030.0"]


@pytest.mark.parametrize(
    ("place", "told"),
    [(("x", "city", "", ""), {"x"}), (("x", "a", "", ""), set()), (("x", "", "", "peer"), set())],
)
def test_a_total_is_doubted_where_it_is_a_district(city, run, place, told):
    """X has the 1060.0 of A, B and C together: a total row, or a part or peer of that size."""
    made = city(
        "",
        [
            (area, "level", "H1-2024", value)
            for area, value in {"a": "520.0", "b": "260.0", "c": "280.0", "x": "1060.0"}.items()
        ],
    )
    with_areas(made, [("city", "", "", ""), *[(area, "city", "", "") for area in "abc"], place])
    assert {row["area"] for row in doubts(run, made) if row["code"] == "total-as-area"} == told


def test_districts_are_held_against_districts(city, run):
    """Six districts (their parent the city, or blank) grew by about 5 %; a peer's 52 % and a town's are no outliers among them."""
    growth = {
        "a": "5.1",
        "b": "4.8",
        "c": "5.3",
        "d": "4.9",
        "e": "5.0",
        "f": "5.2",
        "t": "52.0",
        "p": "52.0",
    }
    made = city("", [(area, "growth", "H1-2024", value) for area, value in growth.items()])
    areas = [
        ("city", "", "", ""),
        *[(area, "city" if area < "d" else "", "", "") for area in "abcdef"],
        ("t", "a", "", ""),
    ]
    with_areas(made, [*areas, ("p", "", "", "peer")])
    assert not [row for row in doubts(run, made) if row["code"] == "outlier"]
    with_areas(made, [*areas, ("p", "", "", "")])
    assert [row["area"] for row in doubts(run, made) if row["code"] == "outlier"] == ["p"]


@pytest.mark.parametrize(
    ("areas", "told"),
    [
        ([("x", "a", "", "")], []),  # a district of one town
        ([("x", "", "", "peer")], []),
        (
            [("x", "", "a", "")],
            [("x", "1,507.3 is reported for A and X; it may be an estimate or a coincidence")],
        ),
        (
            [("x", "a", "", ""), ("y", "a", "", "")],
            [("y", "1,507.3 is reported for X and Y; it may be an estimate or a coincidence")],
        ),
    ],
    ids=["a part", "a peer", "a zone", "two parts"],
)
def test_identical_figures_are_looked_for_among_districts_and_among_the_parts_of_one(
    city, run, areas, told
):
    ids = ["a", *(area[0] for area in areas)]
    made = city(
        "",
        [
            (area, "level", "H1-2024", "1507.3", {"published": f"2024-07-{20 + n}"})
            for n, area in enumerate(ids)
        ],
    )
    with_areas(made, [("city", "", "", ""), ("a", "city", "", ""), *areas])
    assert [
        (row["area"], row["sentence"])
        for row in doubts(run, made)
        if row["code"] == "identical-figures"
    ] == told


def test_the_newest_half_is_the_citys_own_and_not_a_peers(world, run):
    file = world.folder / "data/actuals/part-0.csv"
    with file.open("a", encoding="utf-8") as more:
        more.write(
            "p,growth,H2-2024,3.1,flash,2025-01-20,s1,\nland,growth,H2-2024,4.7,flash,2025-01-20,s1,\n"
        )
    for words in ("report", "status", "catchup"):
        assert {
            row["period"] for row in run(f"{words} -i growth -f csv", at=world.folder).rows
        } == {"H1-2024"}, words
    assert "first half of 2024" in run("brief", at=world.folder).out
    assert {row["period"] for row in run("report -d p -i growth -f csv", at=world.folder).rows} == {
        "H2-2024"
    }


# Where only the city, or only an area that is no district, has a figure


def test_what_only_the_city_and_the_country_have_is_one_indicator(city, run):
    made = with_areas(
        city(
            "",
            [
                ("land", "share", "H1-2024", "6.5"),
                ("city", "share", "H1-2024", "7.5"),
                ("city", "stock", "H1-2024", "12"),
            ],
        )
    )
    lines = run("report --half H1-2024", at=made.folder).out.splitlines()
    start = lines.index("CITY: the city's own figures")
    assert [line.split()[:2] for line in lines[start + 3 : start + 6]] == [
        ["CITY", "share"],
        ["LAND", "share"],
        ["CITY", "stock"],
    ]
    assert lines[start + 6] == "2 indicators: 2 no target."
    alone = run("report --half H1-2024 -d land", at=made.folder).out
    assert "the city's own figures" not in alone
    assert "None of the 3 districts has a published target for this period." in alone


def test_what_only_a_peer_has_is_no_headline(city, run):
    made = with_areas(
        city(
            "",
            [
                ("p", "growth", "H1-2024", "6.5"),
                ("t", "growth", "H1-2024", "6.5"),
                ("a", "share", "H1-2024", "7.5"),
            ],
        )
    )
    assert "share · first half of 2024" in run("brief --half H1-2024", at=made.folder).out
    told = run("brief -i growth --half H1-2024", at=made.folder).out
    assert "Beside the city, in no count and no sum: P (6.5%, no target)." in told
    assert "1 area that is part of another has a figure too, in no count and no sum." in told
    assert "No figure of any district is published for this period." in told


def test_a_name_behind_the_citys_is_understood_where_parents_are_blank(city, run):
    made = with_areas(city(""), [("city", "", "", ""), ("west", "", "", "")])
    file = made.folder.parent / "r.csv"
    file.write_text("area,growth\nCITYWEST,5.1\n", encoding="utf-8")
    words = "--half H1-2024 --published 2024-07-20 --source s1 --yes"
    assert run(["import", str(file), *words.split()], at=made.folder).code == 0


# The column `role`


def findings(made, column="role"):
    return [
        (one.code, one.severity, one.line, one.sentence)
        for one in made.open().findings
        if one.column == column
    ]


@pytest.mark.parametrize("role", ["peer", "Peer", " PEER "])
def test_peer_may_be_written_in_any_case(city, role):
    made = with_areas(city(""), [("city", "", "", ""), ("a", "city", "", ""), ("p", "", "", role)])
    assert findings(made) == []
    assert findings(made, "parent") == []  # beside the city nothing needs a parent
    assert made.open().is_district.tolist() == [False, True, False]


@pytest.mark.parametrize("role", ["peers", "pier", "district", "city", "对标", "0"])
def test_an_unknown_role_is_refused_by_every_answer(city, run, role):
    made = city("", [("a", "growth", "H1-2024", "5.0")])
    with_areas(made, [("city", "", "", ""), ("a", "city", "", ""), ("p", "city", "", role)])
    said = f"p: unknown role “{role}”; use “peer” for another city, otherwise leave it blank"
    assert findings(made) == [("bad-value", "error", 4, said)]
    for words in ("report", "brief", "status", "city", "gap -d a", "report -d a"):
        assert run(words, at=made.folder).code == 3
    aside = run("report --half H1-2024 --set-aside", at=made.folder)
    assert aside.code == 0
    assert said in aside.out  # the count below it is of 2 districts, as without the word
    assert "None of the 2 districts has a published target for this period." in aside.out


@pytest.mark.parametrize(
    ("area", "told"),
    [
        (
            ("city", "", "", "peer"),
            "city cannot be a peer: it is the city, or the reference above it",
        ),
        (
            ("land", "", "", "peer"),
            "land cannot be a peer: it is the city, or the reference above it",
        ),
        (
            ("p", "city", "", "peer"),
            "p is a peer but also part of city; it is treated as a peer",
        ),
        (("p", "a", "", "peer"), "p is a peer but also part of city; it is treated as a peer"),
        (("p", "", "a", "peer"), "p is a peer but also part of city; it is treated as a peer"),
        (("p", "land", "", "peer"), None),
        (("p", "x", "", "peer"), None),  # of a province that is itself a peer
    ],
)
def test_a_role_that_contradicts_the_place_is_told(city, area, told):
    others = [
        ("city", "", "", ""),
        ("land", "", "", ""),
        ("a", "city", "", ""),
        ("x", "", "", "peer"),
    ]
    areas = [area if area[0] == other[0] else other for other in others] + (
        [area] if area[0] == "p" else []
    )
    made = with_areas(city("", [("a", "growth", "H1-2024", "5.0")]), areas)
    line = areas.index(area) + 2
    assert findings(made) == ([("area-tree", "warning", line, told)] if told else [])
    assert [
        a.id for a, one in zip(made.open().areas, made.open().is_district, strict=True) if one
    ] == ["a"]


def test_a_zone_without_a_parent_is_not_taken_for_a_district(city):
    made = with_areas(city(""), [("city", "", "", ""), ("a", "city", "", ""), ("z", "", "a", "")])
    assert findings(made, "parent") == []
    assert made.open().is_district.tolist() == [False, True, False]


def test_a_workspace_without_areas_has_no_districts(city):
    dataset = with_areas(city(""), []).open()
    assert dataset.is_district.tolist() == [False]
