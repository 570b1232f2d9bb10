"""The first screen of `report`: who misses a target, by how much, who said nothing; the scorecard, and how it folds.

Expected values are worked out by hand from the rules of docs/decisions.md (2026-11-30).
"""

from __future__ import annotations

import re

import pytest

from dtrack.core.translate import _
from support.read_back import of_text
from support.terminals import on_a_terminal
from support.workspaces import ROOT

HALF = "--half H1-2024"
SYMPOSIUM = ROOT / "examples/symposium"
TWO = {
    "growth 2024": {"a": "5", "b": "5", "c": "5", "d": "above 6"},
    "down_growth 2024": {"a": "2", "b": "2", "c": "2"},
}
FIGURES = [
    ("a", "growth", "H1-2024", "4.0"),
    ("b", "growth", "H1-2024", "4.8"),
    ("d", "growth", "H1-2024", "6.0"),
    ("a", "down_growth", "H1-2024", "3.5"),
    ("b", "down_growth", "H1-2024", "1.5"),
    ("c", "down_growth", "H1-2024", "2.4"),
]


def table(text, title):
    return next(table for table in of_text(text.encode()).tables if table.title.startswith(title))


@pytest.fixture
def two(city):
    """Growth: A and B are behind, D equals what must be exceeded, C is silent. Falling is better: A and C are above."""
    return city(TWO, FIGURES).folder


def test_who_misses_the_target_of_one_indicator(run, city):
    made = city(
        {"growth 2024": {"city": "5"} | TWO["growth 2024"]},
        [*FIGURES, ("city", "growth", "H1-2024", "5.1")],
    )
    assert (
        "3 of 4 districts with a target miss it: A -1.0 pp, B -0.2, D 0.0 (equal is not enough); not reported: C."
        in run(f"report {HALF}", at=made.folder).out.splitlines()
    )


def test_where_lower_is_better_they_are_above_it(run, city):
    targets = {"down_growth 2024": {"city": "2"} | TWO["down_growth 2024"]}
    made = city(targets, [*FIGURES, ("city", "down_growth", "H1-2024", "1.9")])
    assert (
        "2 of 3 districts with a target miss it: A 1.5 pp above it, C 0.4."
        in run(f"report {HALF}", at=made.folder).out.splitlines()
    )


def test_before_its_deadline_nobody_misses_a_stock(run, city):
    targets = {"stock 2025": {"city": "1000", "a": "200", "b": "100", "c": "50"}}
    figures = [
        ("city", "2024-06", "700"),
        ("a", "2024-06", "180"),
        ("b", "2024-06", "70"),
        ("c", "2024-06", "50"),
    ]
    made = city(targets, [(area, "stock", period, value) for area, period, value in figures])
    told = run(f"report {HALF}", at=made.folder).out
    assert (
        "2 of 3 districts with a target are not there yet, but not due: B 70.0% of the target, A 90.0%."
        in told
    )
    assert "miss" not in told.split("\n\n")[0]


def test_over_all_targets(run, two):
    told = run(f"report {HALF}", at=two).out
    assert "A misses 2 of 2 targets, D 1 of 1, C 1 of 2, B 1 of 2; not reported: C." in told


def test_nobody_is_said_to_miss_nothing_where_nothing_is_met_or_missed(run, city):
    """The city's own are counted apart: it reported one of two, and met it."""
    targets = {
        "growth 2024": {"a": "5", "b": "5", "city": "5"},
        "down_growth 2024": {"a": "5", "city": "5"},
    }
    made = city(targets, [("city", "growth", "H1-2024", "5.1")])
    told = run(f"report {HALF}", at=made.folder).out
    assert (
        "No target of a district is met or missed so far; not reported: A (2) and B. "
        "CITY misses 0 of 2 targets; not reported: 1." in told
    )


def test_the_scorecard_has_the_worst_first_and_counts(run, two):
    card = table(run(f"report {HALF}", at=two).out, "Scorecard")
    assert card.head == ["Area", "growth", "down_growth", "Missed", "Not reported"]
    assert card.rows == [
        ["A", "✗ -1.0", "✗ -1.5", "2 of 2", ""],
        ["D", "✗ 0.0", "", "1 of 1", ""],
        ["C", "!", "✗ -0.4", "1 of 2", "1"],
        ["B", "✗ -0.2", "✓ +0.5", "1 of 2", ""],
        ["Missed", "3 of 4", "2 of 3", "5 of 7", "1"],
    ]


def test_one_indicator_alone_has_no_scorecard(run, two):
    assert "Scorecard" not in run(f"report {HALF} -i growth", at=two).out
    assert "Scorecard" in run(f"report {HALF} -f md", at=two).out


def test_amounts_are_told_in_per_cent_and_never_as_all_of_it(run, city):
    targets = {"level 2024": {"a": "100", "b": "100"}, "growth 2024": {"a": "5", "b": "5"}}
    levels = [("a", "level", "H1-2023", "50"), ("a", "level", "2023", "100")]
    levels += [("b", "level", "H1-2023", "50"), ("b", "level", "2023", "100")]
    rows = [(*row, {"published": "2024-02-20"}) for row in levels]
    rows += [
        ("a", "level", "H1-2024", "49.99"),
        ("b", "level", "H1-2024", "40"),
        ("a", "growth", "H1-2024", "6"),
    ]
    card = table(run(f"report {HALF}", at=city(targets, rows).folder).out, "Scorecard")
    assert {row["Area"]: row["level"] for row in card.records()} == {
        "A": "✗ <100%",
        "B": "✗ 80.0%",
        "Missed": "2 of 2",
    }


def test_below_a_scorecard_only_what_is_to_be_acted_on(run, two):
    told = run(f"report {HALF}", at=two).out
    assert [row[0] for row in table(told, "growth").rows] == ["A", "B", "D", "C"]
    assert "Not in the tables: 1 result that is met or in progress. --all shows them." in told
    assert "3 met" not in told
    whole = run(f"report {HALF} --all", at=two).out
    assert "CITY" in [row[0] for row in table(whole, "growth").rows]


def test_sources_are_counted_on_a_screen_and_listed_in_files(run, two, tmp_path):
    screen = run(f"report {HALF}", at=two).out
    assert re.search("^[0-9]+ sources?: --sources lists", screen, re.MULTILINE)
    assert "\nSources\n" in run(f"report {HALF} --sources", at=two).out
    run(f"report {HALF} -o {tmp_path / 'a.txt'}", at=two)
    assert "\nSources\n" in (tmp_path / "a.txt").read_text(encoding="utf-8")


def test_notes_are_marks_each_told_once(run):
    told = table(
        run(f"report {HALF} --all", at=SYMPOSIUM).out,
        "Growth of digital",
    )
    rows = {row["Area"]: row["Note"] for row in told.records()}
    assert rows["Huairou"] == "a"
    assert next(line for line in told.below if line.startswith("a ")).startswith("a  Target ")


@pytest.mark.parametrize(
    ("workspace", "most"), [(".", 45), ("examples/symposium", 75)], ids=["published", "symposium"]
)
def test_a_report_is_short(workspace, most):
    shown = on_a_terminal(f"report {HALF} --workspace {workspace}", 120, NO_COLOR="1")
    assert len(shown.rstrip("\n").split("\n")) <= most


def test_the_scorecard_folds_to_signs_and_then_into_blocks():
    plain = lambda width: re.sub(
        r"\x1b\[[0-9;]*m",
        "",
        on_a_terminal(f"report {HALF} --workspace {SYMPOSIUM}", width, NO_COLOR="1"),
    )
    assert re.search(
        r"^Shunyi +✗ .3\.4 +✗ 96\.8% +… .2\.4 +✓ 102\.3% +✗ .1\.3 +3 of 4", plain(80), re.MULTILINE
    )
    narrow = plain(44).split("Growth of digital-economy value added (")[0]
    assert len(re.findall("^Shunyi ", narrow, re.MULTILINE)) > 1
    assert "3 of 4" in narrow


def test_a_path_or_key_is_whole_on_any_screen():
    for width in (60, 80, 200):
        shown = on_a_terminal(
            f"why shunyi digital_va_growth H1-2024 --workspace {SYMPOSIUM}", width, NO_COLOR="1"
        )
        assert "targets.digital_va_growth.2024.shunyi" in shown


def test_a_name_that_ends_with_a_full_stop_brings_no_second_one():
    assert _("{sentence}.", sentence="not reported: Pac.") == "not reported: Pac."
    assert _("{sentence}.", sentence="one …..") == "one …..."


def test_the_scorecard_marks_an_older_figure_and_says_so(run, city):
    targets = {"growth 2024": {"a": "5", "b": "5"}, "stock 2025": {"a": "100", "b": "100"}}
    rows = [("a", "growth", "H1-2024", "5.1"), ("b", "growth", "H1-2024", "4.9")]
    rows += [("a", "stock", "2023-12", "80"), ("b", "stock", "2024-06", "90")]
    told = run(f"report {HALF}", at=city(targets, rows).folder).out
    card = table(told, "Scorecard")
    assert [row[2] for row in card.rows[:2]] == ["… 90.0%", "… 80.0%*"]
    assert "*: older figure." in told.split("\n\n")[1]


def test_the_first_sentence_names_the_target_to_date(run, city):
    """450 against 1,000 by last year's 50 of 100: 500 to date, 50 short."""
    rows = [
        ("city", "level", "H1-2023", "50", {"published": "2024-02-20"}),
        ("city", "level", "2023", "100", {"published": "2024-02-20"}),
        ("city", "level", "H1-2024", "450"),
    ]
    told = run(f"report {HALF}", at=city({"level 2024": {"city": "1000"}}, rows).folder).out
    assert "(500 to date)" in told.splitlines()[1]
    assert "-50 " in told.splitlines()[1]
