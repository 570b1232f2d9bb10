"""`dtrack check`: sessions. A dirty file, what is accepted and why, what a code means, and for programs.

The dirty city is that of conftest: the ×10⁴ unit slip, the fraction given as a per cent, and the duplicate hidden by a
trailing space must all be found by one `dtrack check`.
"""

from __future__ import annotations

import json

import pytest

from dtrack.core.rules import CATALOGUE
from dtrack.core.severity import Severity
from support.workspaces import ACTUAL_COLUMNS, ROOT

COLUMNS = [
    "severity",
    "file",
    "line",
    "column",
    "origin",
    "code",
    "area",
    "indicator",
    "period",
    "value",
    "sentence",
    "remedy",
    "accepted",
    "explanation",
]
FILE = "data/actuals/part-0.csv"
ACCEPTED = "data/accepted.toml"
SLIP = [
    ("a", "level", "H1-2023", "480.0", {"published": "2023-07-20"}),
    ("a", "level", "H1-2024", "4920"),
]
DIRTY = """area,indicator,period,value,status,published,source,note
A,level,H1-2023,480.0,flash,2023-07-20,s1,
A,level,H1-2024,5040000,flash,2024-07-20,s1,
A,growth,H1-2023,5.2,flash,2023-07-20,s1,
A,growth,H1-2024,0.052,flash,2024-07-20,s1,
B,growth,H1-2024,4.8,flash,2024-07-20,s1,
B ,growth,H1-2024,4.8,flash,2024-07-20,s1,
"""
ENTRY = {
    "code": "unit-slip",
    "area": "a",
    "indicator": "level",
    "period": "H1-2024",
    "reason": "a new plant, by its report",
}


def accept(folder, *entries, text=""):
    """Write data/accepted.toml from entries, or as it is."""
    tables = [
        "\n".join(
            ["[[accepted]]", *(f"{key} = {json.dumps(value)}" for key, value in entry.items())]
        )
        for entry in entries
    ]
    (folder / ACCEPTED).write_text(text or "\n\n".join(tables) + "\n", encoding="utf-8")


def codes(rows):
    """{(code, area, period)} of rows of a CSV."""
    return {(row["code"], row["area"], row["period"]) for row in rows}


@pytest.fixture
def slipped(city):
    """A workspace with one doubt: a tenfold level."""
    return city({}, SLIP).folder


# A dirty file


def test_one_check_finds_the_slip_the_fraction_and_the_hidden_duplicate(city, run):
    folder = city({}, SLIP).folder
    (folder / FILE).write_text(DIRTY, encoding="utf-8")
    said = run("check --workspace . -f csv", at=folder)
    assert {
        ("scale-slip", "a", "H1-2024"),
        ("fraction-for-percent", "a", "H1-2024"),
        ("duplicate-figure", "b", "H1-2024"),
    } <= codes(said.rows)
    assert said.code == 0  # all of them only to be looked at again
    shown = run("check --workspace .", at=folder).out
    assert (
        f"{FILE}:3:value\n    a, level, H1-2024: 5,040,000 is 10,500 times the 480.0 of H1-2023"
        in shown
    )
    assert f"{FILE}:7:value\n    b, growth, H1-2024: 4.8 repeats 4.8 at {FILE}:6" in shown


def test_the_sentence_counts_what_was_checked_and_every_severity(slipped, run):
    first = run("check --workspace .", at=slipped).out.splitlines()[0]
    assert first.endswith(": 2 figures, 0 targets and 2 sources checked: no errors, 1 warning.")
    of_b = run("check --workspace . -d b", at=slipped).out.splitlines()
    assert len(of_b) == 1
    assert of_b[0].endswith(": 0 figures and 0 targets checked: no errors, no warnings.")
    of_half = run("check --workspace . --half H1-2024 -i level", at=slipped).out.splitlines()[0]
    assert of_half.endswith(": 1 figure and 0 targets checked: no errors, 1 warning.")


def test_a_refusal_and_a_doubt_stand_together_and_exit_is_3(city, run):
    folder = city({}, [*SLIP, ("b", "growth", "H1-2024", "about right")]).folder
    said = run("check --workspace . -f csv", at=folder)
    assert (said.code, [row["code"] for row in said.rows]) == (3, ["not-a-number", "unit-slip"])


def test_report_does_not_ask(slipped, run):
    assert "unit-slip" not in (said := run("report --workspace .", at=slipped)).out + said.err


# For programs


def test_csv_and_json_have_these_columns(slipped, run):
    (row,) = run("check --workspace . -f csv", at=slipped).rows
    assert list(row) == COLUMNS
    assert row == {
        "severity": "warning",
        "file": FILE,
        "line": "3",
        "column": "value",
        "origin": "",
        "code": "unit-slip",
        "area": "a",
        "indicator": "level",
        "period": "H1-2024",
        "value": "4920",
        "sentence": "4,920 is 10.3 times the 480.0 of H1-2023; a recent series, or a plant that opened or closed, may explain it",
        "remedy": CATALOGUE["unit-slip"].remedy,
        "accepted": "",
        "explanation": CATALOGUE["unit-slip"].explanation,
    }
    answer = json.loads(run("check --workspace . -f json", at=slipped).out)
    assert answer["schema"] == 2
    (told,) = answer["rows"]
    assert told == {key: value or None for key, value in row.items()} | {"line": 3}


def test_the_cell_it_came_from_is_told(city, run):
    folder = city({}, SLIP).folder
    text = (folder / FILE).read_text(encoding="utf-8").splitlines()
    (folder / FILE).write_text(
        "\n".join([text[0] + ",origin", text[1] + ",", text[2] + ",return.xlsx!上半年!D7"]) + "\n",
        encoding="utf-8",
    )
    assert text[0].split(",") == ACTUAL_COLUMNS
    (row,) = run("check --workspace . -f csv", at=folder).rows
    assert row["origin"] == "return.xlsx!上半年!D7"
    assert f"{FILE}:3:value (return.xlsx!上半年!D7)" in run("check --workspace .", at=folder).out


# Filters, floods


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("--district A", 1),
        ("-d b", 0),
        ("--indicator level", 1),
        ("-i growth", 0),
        ("--half 2024S1", 1),
        ("--half 2024", 0),
    ],
)
def test_filters_keep_what_is_asked_for(slipped, run, words, found):
    assert len(run(f"check --workspace . -f csv {words}", at=slipped).rows) == found


@pytest.mark.parametrize("words", ["--district haidain", "--indicator lvl2", "--half soon"])
def test_a_filter_that_names_nothing_is_a_bad_command_line(slipped, run, words):
    assert run(f"check --workspace . {words}", at=slipped).code == 2


def test_a_table_shows_twenty_of_a_code_and_says_how_many_more(city, run):
    rows = [
        ("a", "growth", f"H1-{year}", "105.2", {"published": f"{year}-07-20"})
        for year in range(1990, 2015)
    ]
    folder = city({}, rows).folder
    shown, whole = (run(f"check --workspace . {words}", at=folder).out for words in ("", "--all"))
    assert (shown.count("looks like"), whole.count("looks like")) == (20, 25)
    assert "… and 5 more: --all, --format csv or json" in shown
    assert len(run("check --workspace . -f csv", at=folder).rows) == 25


# Accepted


def test_what_is_accepted_stands_below_with_its_reason_and_is_counted(slipped, run):
    accept(slipped, ENTRY | {"by": "Li", "day": "2024-09-01"})
    said = run("check --workspace .", at=slipped)
    assert said.code == 0
    assert "no errors, no warnings, 1 confirmed exception." in said.out
    assert f"Confirmed exceptions ({ACCEPTED})\n{FILE}:3:value [unit-slip]\n" in said.out
    assert "    Reason: a new plant, by its report (Li, 2024-09-01)" in said.out
    (row,) = run("check --workspace . -f csv", at=slipped).rows
    assert (row["code"], row["accepted"]) == (
        "unit-slip",
        "a new plant, by its report (Li, 2024-09-01)",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"area": "A", "indicator": "Level", "period": "2024年上半年"},
        {"value": "4920"},
        {"value": 4920},
        {"value": " 4920 "},
        {"value": ""},
    ],
    ids=str,
)
def test_an_entry_in_any_spelling_accepts(slipped, run, changes):
    accept(slipped, ENTRY | changes)
    assert [row["accepted"] for row in run("check --workspace . -f csv", at=slipped).rows] == [
        ENTRY["reason"]
    ]


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        (
            {"value": "4921"},
            "accepted[0]",
            "the figure of a, level, H1-2024 is now 4920; the exception was confirmed for 4921",
        ),
        ({"area": "b"}, "accepted[0]", "there is no unit-slip finding for b, level, H1-2024"),
        ({"period": "2024"}, "accepted[0]", "there is no unit-slip finding for a, level, 2024"),
        ({"indicator": ""}, "accepted[0]", "there is no unit-slip finding for a, H1-2024"),
        ({"code": "outlier"}, "accepted[0]", "there is no outlier finding for a, level, H1-2024"),
        ({"reason": ""}, "accepted[0].reason", "requires a reason"),
        ({"reason": "  "}, "accepted[0].reason", "requires a reason"),
        ({"code": "unit-slap"}, "accepted[0].code", "unknown code “unit-slap”. Nearest: unit-slip"),
        ({"code": ""}, "accepted[0].code", "an entry requires a code"),
        (
            {"code": "not-a-number"},
            "accepted[0].code",
            "not-a-number cannot be confirmed as an exception; correct the figure or the file",
        ),
        ({"code": "accepted-nothing"}, "accepted[0].code", "cannot be confirmed"),
        ({"area": "haidain"}, "accepted[0].area", "unknown area “haidain”"),
        ({"indicator": "lvl"}, "accepted[0].indicator", "unknown indicator “lvl”"),
        ({"period": "soon"}, "accepted[0].period", "“soon” is not a valid period"),
    ],
    ids=str,
)
def test_an_entry_that_accepts_nothing_is_told_and_the_doubt_stands(
    slipped, run, changes, column, says
):
    accept(slipped, ENTRY | changes)
    rows = run("check --workspace . -f csv", at=slipped).rows
    assert [(row["code"], row["accepted"]) for row in rows] == [
        ("unit-slip", ""),
        ("accepted-nothing", ""),
    ]
    assert (rows[1]["file"], rows[1]["column"]) == (ACCEPTED, column)
    assert says in rows[1]["sentence"]


def test_what_is_refused_cannot_be_accepted(city, run):
    folder = city({}, [("b", "growth", "H1-2024", "about right")]).folder
    accept(
        folder,
        {
            "code": "not-a-number",
            "area": "b",
            "indicator": "growth",
            "period": "H1-2024",
            "reason": "it is",
        },
    )
    said = run("check --workspace . -f csv", at=folder)
    assert ([row["code"] for row in said.rows], said.code) == (
        ["not-a-number", "accepted-nothing"],
        3,
    )


def test_a_note_can_be_accepted_and_one_entry_may_accept_several(city, run):
    folder = city({}, [("a", "growth", "H1-2024", "5.0", {"source": "", "published": ""})]).folder
    cell = {"area": "a", "indicator": "growth", "period": "H1-2024", "reason": "told by telephone"}
    accept(folder, {"code": "no-source"} | cell, {"code": "no-date"} | cell)
    assert (
        "no errors, no warnings, 2 confirmed exceptions."
        in run("check --workspace .", at=folder).out
    )


@pytest.mark.parametrize(
    ("text", "code", "column", "exit_code"),
    [
        ("[[accepted]\n", "toml-syntax", "11", 3),
        ("accepted = 3\n", "bad-value", "accepted", 3),
        ("accept = []\n", "key-unknown", "accept", 0),
        (
            '[[accepted]]\ncode = "unit-slip"\narea = 3\nreason = "so"\n',
            "bad-value",
            "accepted[0].area",
            3,
        ),
        (
            '[[accepted]]\ncode = "unit-slip"\narea = "a"\nindicator = "level"\nperiod = "H1-2024"\nreason = "so"\nwhy = "so"\n',
            "key-unknown",
            "accepted[0].why",
            0,
        ),
        (
            '[[accepted]]\ncode = "unit-slip"\narea = "a"\nindicator = "level"\nperiod = "H1-2024"\nreason = "so"\nday = "soon"\n',
            "bad-date",
            "accepted[0].day",
            3,
        ),
    ],
)
def test_a_broken_file_is_told_with_its_key(slipped, run, text, code, column, exit_code):
    accept(slipped, text=text)
    said = run("check --workspace . -f csv", at=slipped)
    (row,) = [row for row in said.rows if row["code"] != "unit-slip"]
    assert (row["code"], row["file"], row["column"], said.code) == (
        code,
        ACCEPTED,
        column,
        exit_code,
    )


# What a code means


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_explain_tells_severity_meaning_rule_reading_and_remedy(run, code):
    rule = CATALOGUE[code]
    said = run(["check", "--explain", code])
    assert said.code == 0
    assert [
        text
        for text in (code, rule.severity, rule.meaning, rule.rule, rule.explanation, rule.remedy)
        if text not in said.out
    ] == []
    can_be_accepted = rule.severity is not Severity.ERROR and code != "accepted-nothing"
    assert ("[[accepted]]" in said.out) == can_be_accepted


def test_the_example_entry_of_explain_is_one_that_reads(slipped, run):
    shown = run("check --explain unit-slip").out
    accept(
        slipped,
        text=shown[shown.index("[[accepted]]") :]
        .replace("haidian", "a")
        .replace("gdp_level", "level")
        .replace("5754.7", "4920"),
    )
    (row,) = run("check --workspace . -f csv", at=slipped).rows
    assert row["accepted"] == "… (…, 2024-09-27)"


def test_explain_for_programs(run):
    answer = json.loads(run("check --explain UNIT_SLIP -f json").out)
    assert answer["schema"] == 2
    (told,) = answer["rows"]
    assert list(told) == [
        "code",
        "severity",
        "meaning",
        "rule",
        "explanation",
        "remedy",
        "accept",
    ]
    assert (told["code"], told["severity"], told["rule"]) == (
        "unit-slip",
        "warning",
        CATALOGUE["unit-slip"].rule,
    )


def test_an_unknown_code_is_a_bad_command_line_with_the_nearest(run):
    said = run("check --explain unit-slap")
    assert said.code == 2
    assert "unit-slip" in said.err


# The published figures


def test_of_the_published_figures_nothing_is_left_to_look_at_and_what_is_accepted_has_its_reason(
    run,
):
    rows = run("check --workspace . -f csv", at=ROOT).rows
    assert {row["severity"] for row in rows if not row["accepted"]} == {"info"}
    assert codes(row for row in rows if row["accepted"]) == {
        ("set-late", "beijing", "H1-2024"),
        ("published-early", "changping", "2016..2021"),
    }


def test_the_invented_figures_of_the_symposium_are_plausible(run):
    assert (
        run("check --workspace .", at=ROOT / "examples/symposium").out.strip()
        == "symposium: 262 figures, 74 targets and 72 sources checked: no errors, no warnings."
    )
