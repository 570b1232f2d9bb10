"""Recorded sessions: what is typed, the exit code, what stands on stdout and on stderr.

Sessions without a workspace of their own run at the root of the repository, on the published figures of Beijing. A
code is one of docs/design.md §6: 0 done, 2 bad command line, 3 input refused, 4 missed or not reported, 70 a bug, 130 Ctrl-C.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from support.workspaces import ROOT

HAIDIAN = ["haidian", "Haidian", "HAIDIAN", "海淀", "海淀区", "110108", "district de Haidian"]
HALVES = [
    "H1-2024",
    "h1-2024",
    "2024-H1",
    "2024H1",
    "2024-S1",
    "2024S1",
    "1H24",
    "1H2024",
    "2024年上半年",
    "2024年1-6月",
]
NO_PERIODS = ["2024-S3", "H3-2024", "2024-Q5", "13-2024", "soon", ""]

SESSIONS = [  # typed, code, parts of stdout, parts of stderr
    (
        "report --half H1-2024",
        0,
        ["H1-2024", "7.8", "undisclosed", "missed (as published)", "16 sources"],
        [],
    ),
    ("report --half H1-2022", 0, ["-4.3", "-2.4", "with a target misses it: Tongzhou -2.4 pp"], []),
    (
        "report --half H1-2024 --indicator gdp_growth",
        0,
        ["GDP growth", "5.4", "+0.4", "Data for Dongcheng, Chaoyang and Haidian only"],
        [],
    ),
    ("report --half 2023", 0, ["H1-2023: 5.5"], []),
    ("report --half Q1-2025 --indicator gdp_growth --all", 0, ["Shijingshan"], []),
    ("gap --district 海淀 --all", 0, ["Haidian (110108)", "+1.4", "+1.2"], []),
    ("gap --district haidian --half H1-2025", 0, ["+1.4", "met"], []),
    ("gap --district tongzhou --indicator gdp_growth --only missed", 0, ["-2.4"], []),
    ("check", 0, ["no errors, no warnings, 8 info notes"], []),
    ("targets", 0, ["36 targets", "undisclosed", "missed", "≈ 50"], []),
    ("targets --half H1-2024 --district yanqing", 0, ["1 target", "2024-01-17"], []),
    ("--version", 0, ["dtrack 0."], []),
    ("--help", 0, ["report", "gap", "check", "targets", "init"], []),
    ("report -h", 0, ["--half", "--as-of", "--set-aside", "--fail-on", "--tolerance", "--bom"], []),
    ("", 2, [], ["Usage"]),
    ("rapport", 2, [], ["rapport"]),
    ("report --colour", 2, [], ["--colour"]),
    ("gap", 2, [], ["dtrack gap haidian"]),
    ("report --indicator gdp_groth", 2, [], ["gdp_groth", "gdp_growth"]),
    ("report --only good", 2, [], ["good", "not_reported"]),
    ("report --fail-on met", 2, [], ["met", "missed"]),
    ("report --sort colour", 2, [], ["colour", "actual"]),
    ("report --as-of 2024-02-30", 2, [], ["2024-02-30"]),
    ("report --tolerance little", 2, [], ["little"]),
    ("report --tolerance=-1", 2, [], ["--tolerance"]),
    ("report --format xml", 2, [], ["xml", "csv"]),
    ("report --half H1-2024 --fail-on missed", 4, ["missed (as published)"], []),
    (
        "report --half H1-2024 --fail-on not-reported --indicator gdp_growth",
        4,
        ["not reported"],
        [],
    ),
    (
        "report --half H1-2024 --fail-on not_reported --indicator gdp_growth --format csv",
        4,
        ["not_reported"],
        [],
    ),
    ("report --half H1-2024 --fail-on missed --indicator gdp_growth", 0, ["GDP growth"], []),
    ("gap --district tongzhou --half H1-2022 --fail-on missed", 4, ["-2.4"], []),
    (
        "gap --district haidian --half H1-2025 --fail-on missed --fail-on not-reported",
        0,
        ["+1.4"],
        [],
    ),
]


@pytest.mark.parametrize(
    ("typed", "code", "out", "err"), SESSIONS, ids=[typed or "no words" for typed, *_ in SESSIONS]
)
def test_session(run, typed, code, out, err):
    said = run(typed)
    assert said.code == code
    assert [part for part in out if part not in said.out] == []
    assert [part for part in err if part not in said.err] == []
    assert code in (0, 4) or said.out == ""  # results to stdout, everything else to stderr


# Spellings


@pytest.mark.parametrize("name", HAIDIAN)
@pytest.mark.parametrize("command", ["gap", "report --half H1-2024 --format csv"])
def test_every_spelling_of_a_district_gives_the_same_output(run, command, name):
    assert run([*command.split(), "--district", name]) == run(
        [*command.split(), "--district", "haidian"]
    )


@pytest.mark.parametrize("name", ["haidan", "海定区", "district de Haidianne", "Hai Dan"])
def test_an_unknown_district_is_told_the_nearest_names_in_three_scripts(run, name):
    said = run(["gap", "--district", name])
    assert (said.code, said.out) == (2, "")
    assert name in said.err
    for nearest in ("haidian", "海淀区", "district de Haidian"):
        assert nearest in said.err


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("option", ["--half", "--period"])
def test_every_spelling_of_a_period_gives_the_same_output_and_prints_one(run, option, half):
    said = run(["report", option, half])
    assert said == run("report --half H1-2024")
    assert "H1-2024" in said.out.splitlines()[0]


@pytest.mark.parametrize("text", NO_PERIODS, ids=repr)
def test_what_is_no_period_is_a_bad_command_line(run, text):
    said = run(["report", "--half", text])
    assert (said.code, said.out) == (2, "")
    assert f"“{text}”" in said.err


@pytest.mark.parametrize("word", ["no_target", "NO-TARGET"])
def test_only_takes_words_with_hyphen_or_underscore(run, word):
    shown = run("report --half H1-2024 --format csv --only no-target")
    assert run(["report", "--half", "H1-2024", "--format", "csv", "--only", word]) == shown
    assert {row["verdict"] for row in shown.rows} == {"no_target"}


def test_only_and_the_choices_of_area_and_indicator_may_be_repeated(run):
    said = run(
        "report --half H1-2024 -f csv --only met --only missed -i gdp_growth -i digital_va_growth -d beijing -d 海淀"
    )
    assert [(r["area"], r["indicator"], r["verdict"]) for r in said.rows] == [
        ("beijing", "digital_va_growth", "missed"),
        ("beijing", "gdp_growth", "met"),
    ]


# What is shown


def test_a_table_tells_silent_districts_in_one_line_and_all_shows_their_rows(run):
    short, whole = (
        run(f"report --half H1-2024 --indicator gdp_growth {more}").out for more in ("", "--all")
    )
    assert not any(line.startswith("Miyun ") for line in short.splitlines())
    assert (
        sum(line.startswith(("Miyun ", "Pinggu ", "Fangshan ")) for line in whole.splitlines()) == 3
    )


def test_csv_has_every_row_with_all(run):
    import dtrack

    dataset = dtrack.open(ROOT)
    rows = run("report --half H1-2024 --format csv --all").rows
    assert sorted((r["area"], r["indicator"]) for r in rows) == sorted(
        (a.id, i.id) for a in dataset.areas for i in dataset.indicators
    )


@pytest.mark.parametrize(
    "more",
    [
        "",
        "-i digital_va_growth",
        "-d haidian -d fangshan",
        "--only missed,not-reported",
        "--sort area",
    ],
)
@pytest.mark.parametrize("folder", [".", "examples/symposium"])
def test_csv_and_json_have_the_rows_with_a_target_or_a_figure(run, folder, more):
    """The default is the grid of --all without the rows that hold neither, in the same order, byte for byte."""
    asked = f"report H1-2024 {more} --workspace {folder}"
    whole, short = run(f"{asked} -f csv --all"), run(f"{asked} -f csv")
    lines = whole.out.splitlines(keepends=True)
    assert len(lines) == len(whole.rows) + 1  # no value has a line break here
    told = [
        line
        for row, line in zip(whole.rows, lines[1:], strict=True)
        if row["target_text"] or row["actual_text"]
    ]
    assert short.out == "".join([lines[0], *told])
    rows = json.loads(run(f"{asked} -f json").out)["rows"]
    assert [(r["area"], r["indicator"]) for r in rows] == [
        (r["area"], r["indicator"]) for r in short.rows
    ]


@pytest.mark.parametrize("verdict", ["missed", "not-reported"])
@pytest.mark.parametrize("more", ["", "-d chaoyang", "--only met"])
def test_fail_on_asks_the_same_rows_with_all_or_without(run, verdict, more):
    asked = f"report H1-2024 {more} --fail-on {verdict} --workspace examples/symposium -f csv"
    assert run(asked).code == run(f"{asked} --all").code


FIVE = {"growth 2024": {"city": "5", "a": "5", "b": "4", "c": "6", "d": "3"}}
FIGURES = [
    (area, "growth", "H1-2024", value)
    for area, value in (("city", "5.0"), ("a", "4.8"), ("b", "4.5"), ("c", "7.0"))
]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("gap", "CITY B A C D"), ("area", "CITY A B C D"), ("actual", "CITY C A B D")],
)
def test_city_first_then_as_sorted_missing_last(run, city, sort, order):
    there = city(
        {"growth 2024": {"a": "5", "b": "7", "c": "6", "d": "3"}}, FIGURES
    ).folder  # gaps −0.2, −2.5, +1.0, none
    lines = run(f"report --half H1-2024 --sort {sort}", at=there).out.splitlines()
    assert [
        line.split()[0] for line in lines if line.split(" ")[0] in {"CITY", "A", "B", "C", "D"}
    ] == order.split()


def test_a_tolerance_moves_the_verdict_and_is_told_in_every_output(run, city):
    there = city(FIVE, FIGURES).folder
    assert "tolerance" not in run("report --half H1-2024", at=there).out
    for command in ("report --half H1-2024", "gap --district a"):
        said = run(f"{command} --tolerance 0.2", at=there)
        assert "Tolerance of 0.2" in said.out
        assert "missed" not in said.out
        rows = run(f"{command} --tolerance 0.2 --format csv", at=there).rows
        (row,) = [row for row in rows if row["area"] == "a" and row["actual_text"]]
        assert (row["goal"], row["gap"], row["verdict"]) == ("4.8", "0.0", "met")
        assert "tolerance of 0.2" in row["note"]


def test_as_of_uses_only_what_was_known(run, city):
    late = {"published": "2024-08-20", "status": "revised"}
    there = city(
        FIVE, [("a", "growth", "H1-2024", "5.0"), ("a", "growth", "H1-2024", "4.7", late)]
    ).folder
    for day, actual, verdict in (
        ("2024-07-19", "", "not_reported"),
        ("2024-08-19", "5.0", "met"),
        ("2024-08", "4.7", "missed"),
    ):
        (row,) = run(f"report --half H1-2024 -f csv -d a -i growth --as-of {day}", at=there).rows
        assert (row["actual"], row["verdict"]) == (actual, verdict)
    assert "2024-08-19" in run("report --half H1-2024 --as-of 2024-08-19", at=there).out


def test_without_half_the_newest_half_that_has_a_figure(run, city):
    figures = [
        ("a", "growth", "H1-2023", "5.0", {"published": "2023-07-20"}),
        ("a", "growth", "H1-2024", "4.8"),
        ("a", "growth", "2024", "5.1", {"published": "2025-01-20"}),
        ("a", "stock", "2025-03", "7"),
    ]
    there = city({"growth 2026": {"a": "5"}}, figures).folder
    assert {row["period"] for row in run("report -f csv", at=there).rows} == {"H1-2024"}
    assert {row["period"] for row in run("report -f csv --as-of 2024-01-01", at=there).rows} == {
        "H1-2023"
    }
    assert "H1-2025" in run("report").out.splitlines()[0]


# Where the workspace is


def test_the_workspace_given_before_the_variable_before_the_folders_above(
    run, city, tmp_path, monkeypatch
):
    here, named, given = (
        city({"growth 2024": {"a": target}}, FIGURES).folder for target in ("11", "22", "33")
    )
    (here / "data/deep").mkdir()

    def target(words):
        return {
            row["target"] for row in run(f"report -f csv {words}", at=here / "data/deep").rows
        } - {""}

    assert target("") == {"11"}
    monkeypatch.setenv("DTRACK_WORKSPACE", str(named))
    assert target("") == {"22"}
    assert target(f"--workspace {given}") == {"33"}


def test_init_writes_a_workspace_that_report_runs_on_at_once_and_touches_nothing_that_exists(
    run, tmp_path
):
    assert run("init", at=tmp_path).code == 0
    texts = {
        path: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.*") if path.is_file()
    }
    assert {path.relative_to(tmp_path).as_posix() for path in texts} > {
        "targets.toml",
        "data/areas.csv",
        "data/sources.csv",
    }
    assert "\n# " in texts[tmp_path / "targets.toml"]  # commented
    said = run("report", at=tmp_path)
    assert (said.code, said.err) == (0, "")
    assert "illustrative" in said.out  # its figures are invented, and say so
    assert run("check", at=tmp_path).out.strip().endswith("checked: no errors, no warnings.")
    again = run("init", at=tmp_path)
    assert (again.code, again.out) == (2, "")
    assert "exists" in again.err
    assert {
        path: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.*") if path.is_file()
    } == texts


def test_init_writes_nothing_at_all_where_one_of_its_files_exists(run, tmp_path):
    (tmp_path / "new/data").mkdir(parents=True)
    (tmp_path / "new/data/areas.csv").write_text("mine\n", encoding="utf-8")
    assert run("init new", at=tmp_path).code == 2
    assert [path.name for path in (tmp_path / "new").rglob("*") if path.is_file()] == ["areas.csv"]


def test_init_brings_the_example_as_it_is_and_refuses_as_init_does(run, tmp_path):
    there = ROOT / "examples/symposium"
    assert run("init --example", at=tmp_path).code == 0
    files = [path for path in sorted(there.rglob("*")) if path.is_file()]
    for path in files:
        assert (tmp_path / path.relative_to(there)).read_bytes() == path.read_bytes()
    assert run("report --half H1-2024 -f csv", at=tmp_path).out == (
        run(f"report --half H1-2024 -f csv --workspace {there}").out
    )
    again = run("init --example", at=tmp_path)
    assert (again.code, again.out) == (2, "")
    (tmp_path / "new/data").mkdir(parents=True)
    (tmp_path / "new/data/sources.csv").write_text("mine\n", encoding="utf-8")
    assert run("init new --example", at=tmp_path).code == 2
    left = [path.name for path in (tmp_path / "new").rglob("*") if path.is_file()]
    assert left == ["sources.csv"]


# When dtrack itself is at fault

BUG = """
import sys
import dtrack.workspace
from dtrack.__main__ import run

dtrack.workspace.load = lambda *_, **__: {}["figure"]
sys.argv[0] = "dtrack"
run()
"""


def test_a_bug_is_one_sentence_and_exit_70_and_the_traceback_only_with_debug():
    plain = subprocess.run(
        [sys.executable, "-c", BUG, "report"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (plain.returncode, plain.stdout, plain.stderr.count("\n")) == (70, "", 1)
    assert "bug in dtrack" in plain.stderr
    debug = subprocess.run(
        [sys.executable, "-c", BUG, "--debug", "report"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" in debug.stderr
    assert "KeyError: 'figure'" in debug.stderr
    assert debug.returncode == 70


def test_ctrl_c_is_130(run, monkeypatch):
    import dtrack.workspace

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(dtrack.workspace, "load", interrupted)
    assert run("report").code == 130
