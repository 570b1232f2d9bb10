"""What a review found in the outputs and was mended: files that -o may not touch, full disks, narrow terminals, sentences.

A result never destroys what was put in, and a reader is never shown half a number.
"""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import threading

import pytest

from support.workspaces import ROOT

GROWTH_OF_5 = {"growth 2024": {"a": "5"}}
A_HALF = [("a", "growth", "H1-2024", "4.8")]
POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="pipes, links and modes are those of POSIX"
)
FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")


def in_a_shell(words, **variables):
    """`dtrack` and the words, typed in a shell at the root of the repository."""
    mine = ("COLUMNS", "TERM", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "DTRACK_WORKSPACE")
    environment = {
        name: value for name, value in os.environ.items() if name not in mine
    } | variables
    line = f"'{sys.executable}' -m dtrack {words}"
    return subprocess.run(
        line,
        shell=True,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# Files


@pytest.mark.parametrize("name", ["targets.toml", "data/areas.csv", "data/actuals/part-0.csv"])
def test_a_result_is_never_written_over_an_input(city, run, name):
    folder = city(GROWTH_OF_5, A_HALF).folder
    before = (folder / name).read_bytes()
    said = run(f"report --half H1-2024 -f csv -o {name}", at=folder)
    assert (said.code, said.out) == (2, "")
    assert os.path.basename(name) in said.err
    assert (folder / name).read_bytes() == before


def test_a_result_is_never_added_to_the_inputs(city, run):
    folder = city(GROWTH_OF_5, A_HALF).folder
    assert run("report --half H1-2024 -o data/actuals/report.csv", at=folder).code == 2
    assert sorted(path.name for path in (folder / "data/actuals").iterdir()) == ["part-0.csv"]


@POSIX
def test_a_link_to_an_input_is_no_way_round(city, run, tmp_path):
    folder = city(GROWTH_OF_5, A_HALF).folder
    before = (folder / "data/areas.csv").read_bytes()
    (tmp_path / "a.csv").symlink_to(folder / "data/areas.csv")
    assert run(f"report --half H1-2024 -o {tmp_path / 'a.csv'}", at=folder).code == 2
    assert (folder / "data/areas.csv").read_bytes() == before


@POSIX
def test_a_named_pipe_is_written_into_and_stays_a_pipe(city, run, tmp_path):
    folder, pipe = city(GROWTH_OF_5, A_HALF).folder, tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(
        target=lambda: read.append(pipe.read_text(encoding="utf-8")), daemon=True
    )
    reader.start()
    said = run(f"report --half H1-2024 -o {pipe}", at=folder)
    reader.join(timeout=20)
    assert said.code == 0
    assert read == [run("report --half H1-2024 -f csv", at=folder).out]
    assert pipe.is_fifo()


@POSIX
def test_a_link_is_followed(city, run, tmp_path):
    folder, file, link = (
        city(GROWTH_OF_5, A_HALF).folder,
        tmp_path / "real.csv",
        tmp_path / "link.csv",
    )
    file.write_text("yesterday\n", encoding="utf-8")
    link.symlink_to(file)
    assert run(f"report --half H1-2024 -o {link}", at=folder).code == 0
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8").startswith("period,area,")


@POSIX
def test_the_mode_of_a_file_is_kept(city, run, tmp_path):
    folder, file = city(GROWTH_OF_5, A_HALF).folder, tmp_path / "a.csv"
    file.write_text("yesterday\n", encoding="utf-8")
    file.chmod(0o640)
    assert run(f"report --half H1-2024 -o {file}", at=folder).code == 0
    assert file.stat().st_mode & 0o777 == 0o640
    assert file.read_text(encoding="utf-8").startswith("period,area,")


@POSIX
@pytest.mark.parametrize("form", ["csv", "json", "md", "html", "xlsx", "txt"])
def test_a_folder_that_may_not_be_listed_takes_a_result(city, run, tmp_path, monkeypatch, form):
    """A drop box (mode 0733): whoever may write there cannot open the folder itself."""
    made, box, open_it = city(GROWTH_OF_5, A_HALF), tmp_path / "box", os.open
    box.mkdir()

    def unlisted(path, *given, **options):
        if str(path) == str(box):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return open_it(path, *given, **options)

    monkeypatch.setattr(os, "open", unlisted)
    said = run(f"report --half H1-2024 -o {box}/r.{form}", at=made.folder)
    assert (said.code, [path.name for path in box.iterdir()]) == (0, [f"r.{form}"])
    assert ("wrote" in said.err, "cannot" in said.err) == (True, False)


# An output that takes nothing


@POSIX
@pytest.mark.parametrize("words", ["report", "report -f csv", "--version", "--help"])
def test_a_closed_output_is_quiet(words):
    ended = in_a_shell(f"{words} >&-")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@FULL
@pytest.mark.parametrize(
    "words", ["report", "report -f csv", "check", "gap --district haidian", "--version", "--help"]
)
def test_a_full_disk_is_told_in_one_sentence(words):
    ended = in_a_shell(f"{words} >/dev/full")
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        "dtrack: cannot write to the output: No space left on device"
    ]


# Poor terminals


def test_at_forty_columns_gap_loses_no_gap_and_breaks_no_number(city, run):
    pytest.importorskip("pty")
    from support.terminals import on_a_terminal

    years = range(2021, 2025)
    targets = {
        f"level {year}": {"a": {"value": "123456.78", "set": f"{year}-01-15"}} for year in years
    }
    rows = [("a", "level", f"{y}", f"12{y}.25", {"published": f"{y + 1}-01-20"}) for y in years]
    folder = city(targets, rows).folder
    shown = on_a_terminal(f"gap --district a --workspace {folder}", 40, NO_COLOR="1")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    told = [row for row in run("gap --district a -f csv", at=folder).rows if row["gap"]]
    assert [row["gap"] for row in told] == [
        "-1432.53",
        "-1433.53",
        "-1434.53",
        "-1435.53",
    ]  # 122024.25 − 123456.78 …
    digits = plain.replace(",", "").replace("−", "-")
    for row in told:
        for number in (row["gap"], row["actual_text"]):
            assert re.search(rf"(?<![0-9]){re.escape(number)}(?![0-9])", digits), number


def test_at_forty_columns_every_gap_of_the_published_figures_is_there(run):
    pytest.importorskip("pty")
    from support.terminals import on_a_terminal

    command = "gap --district tongzhou --indicator gdp_growth"
    plain = re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal(command, 40, NO_COLOR="1"))
    gaps = [row["gap"] for row in run(f"{command} -f csv").rows if row["gap"]]
    assert "-2.4" in gaps
    for gap in gaps:
        assert re.search(rf"(?<![0-9.]){re.escape(gap.lstrip('-'))}(?![0-9.])", plain), gap


def test_an_ascii_locale_gets_signs_for_chinese_words(city):
    folder = city({"growth 2024": {"a": "10%以上"}}, [("a", "growth", "H1-2024", "10.5")]).folder
    words = f"report --half H1-2024 --workspace '{folder}'"
    ended = in_a_shell(words, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ">= 10" in ended.stdout
    assert "10%?" not in ended.stdout
    assert "≥ 10" in in_a_shell(words, PYTHONIOENCODING="utf-8").stdout


# Sentences of a report


THREE = {"growth 2024": {"a": "5.0", "b": "5.0", "c": "5.0"}}
TIED = [
    ("a", "growth", "H1-2024", "4.0"),
    ("b", "growth", "H1-2024", "4.0"),
    ("c", "growth", "H1-2024", "6.0"),
]
COUNT = "3 of 4 districts have a target: 2 missed, 1 met. Largest shortfall: A and B (-1.0 pp)."


@pytest.mark.parametrize(
    "more", ["", "--only missed", "--only met", "--district a", "--district c --only met"]
)
def test_the_count_is_of_all_districts_and_names_all_that_are_furthest_behind(city, run, more):
    said = run(f"report --half H1-2024 {more}", at=city(THREE, TIED).folder)
    assert (said.code, COUNT in said.out) == (0, True)


def test_a_verdict_that_no_row_has_is_said_to_be_one(city, run):
    folder = city(THREE, TIED).folder
    assert (
        "Nothing to show for H1-2024: no row has this verdict."
        in run("report --half H1-2024 --only open", at=folder).out
    )
    assert "no figure and no target matches." in run("report --half H1-2031", at=folder).out


def test_a_target_set_after_the_period_is_told(city):
    row = city({"growth 2024": {"a": {"value": "5", "set": "2024-08-01"}}}, A_HALF).row("growth")
    assert row.verdict == "missed"
    assert "target set on 2024-08-01, after the end of the period" in row.note
    assert "after the end of the period" not in city(GROWTH_OF_5, A_HALF).row("growth").note


@pytest.mark.parametrize(
    ("indicator", "target", "actual", "sentence"),
    [
        (
            "level",
            "突破2.2万亿",
            "22500",
            "level 22,500 hundred million CNY against a target of > 22,000 hundred million CNY: ✓ met, +500 ",
        ),
        (
            "level",
            "22000",
            "2.25万亿",
            "level 22,500 hundred million CNY against a target of 22,000 hundred million CNY: ✓ met, +500 ",
        ),
        ("growth", "5左右", "5.2", "growth 5.2% against a target of ≈ 5%: ✓ met, +0.2 pp."),
        ("growth", "5%左右", "5.2%", "growth 5.2% against a target of ≈ 5%: ✓ met, +0.2 pp."),
    ],
    ids=[
        "a target with a scale word",
        "a figure with a scale word",
        "a word after the number",
        "written with its %",
    ],
)
def test_the_units_of_the_headline(city, run, indicator, target, actual, sentence):
    folder = city(
        {f"{indicator} 2024": {"city": target}}, [("city", indicator, "2024", actual)]
    ).folder
    assert f"CITY: {sentence}" in run("report --half 2024", at=folder).out


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_a_unit_that_begins_with_a_number_never_runs_into_the_number_before_it(city, run, language):
    """-2.4 and 10 thousand persons are not -2.410 thousand persons, which Chinese had made of them."""
    folder = city({"stock 2024": {"a": "7.4"}}, [("a", "stock", "2024", "5.0")]).folder
    toml = folder / "targets.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('"stations"', '"10 thousand persons"'),
        encoding="utf-8",
    )
    comma = "," if language == "fr" else "."
    for command, number in (
        ("report --half 2024", ""),  # the unit stands above its column
        ("gap -d a --half 2024", "-2.4"),
        ("brief --half 2024 -i stock", "5.0"),
        ("brief --half 2024 -i stock", "7.4"),
        ("why a stock 2024", "-2.4"),
        ("why a stock 2024", "7.4"),
    ):
        told = re.sub(r"\s", "", run(f"{command} --lang {language}", at=folder).out)
        unit = {"en": "tenthousandpersons", "zh": "万人"}.get(language, "(10thousandpersons)")
        assert not number or f"{number.replace('.', comma)}{unit}" in told, command
        assert not re.search(r"[0-9]10thousandpersons", told), command
        if command.startswith("brief"):  # after both with their unit, the distance needs none
            assert {"en": ",2.4below)", "zh": "，低2.4）", "fr": ",2,4demoins)"}[language] in told


def test_a_second_half_has_no_target_where_only_the_year_has_one(city, run):
    folder = city({"growth 2024": {"city": "5"}}, [("city", "growth", "H2-2024", "5.2")]).folder
    said = run("report --half H2-2024", at=folder).out
    assert "growth 5.2%; no target is published for this period." in said
    assert "year's target (5) does not apply to H2-2024 alone" in said


# An area through time


@pytest.mark.parametrize(
    ("year", "change"), [("2024", "-0.5"), ("2025", "")], ids=["a year apart", "two years apart"]
)
def test_the_change_of_a_gap_is_between_targets_a_year_apart(city, run, year, change):
    rows = [
        ("a", "share", "H1-2023", "5.0", {"published": "2023-07-20"}),
        ("a", "share", "H1-2024", "5.5"),
    ]
    folder = city(
        {"share 2023": {"a": {"value": "6.0", "set": "2023-01-15"}}, f"share {year}": {"a": "7.0"}},
        rows,
    ).folder
    (told,) = run("gap --district a --half H1-2024 -f csv", at=folder).rows
    assert (told["gap"], told["change"]) == ("-1.5", change)  # −1.5 − (5.0 − 6.0)


def test_an_expected_figure_has_no_rank(city, run):
    rows = [
        ("a", "growth", "H1-2024", "6.0", {"status": "expected"}),
        ("b", "growth", "H1-2024", "5.0"),
    ]
    folder = city(GROWTH_OF_5, rows).folder
    ranks = {}
    for area in "ab":
        (told,) = run(f"gap --district {area} --half H1-2024 -f csv", at=folder).rows
        ranks[area] = (told["rank_low"], told["rank_high"])
    assert ranks == {"a": ("", ""), "b": ("1", "1")}


# Options


@pytest.mark.parametrize("tolerance", ["", "1_0", "1e-30", "nan", "-1", "100", "0.0000001", "٣"])
def test_a_tolerance_is_a_plain_number_of_points(run, tolerance):
    said = run(["report", "--half", "H1-2024", f"--tolerance={tolerance}"])
    assert (said.code, said.out) == (2, "")
    assert "--tolerance" in said.err


@pytest.mark.parametrize("day", ["nonsense", "2024-02-30", ""])
def test_a_day_that_is_none_is_told_of_its_option(run, day):
    said = run(["report", "--half", "H1-2024", f"--as-of={day}"])
    assert (said.code, said.out) == (2, "")
    assert "--as-of" in said.err
