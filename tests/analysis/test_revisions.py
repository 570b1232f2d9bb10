"""`revisions`: what changed after it was first told, across which break, and which verdicts it turned (docs/formulas.py §10)."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtrack.analysis.question import Query
from dtrack.analysis.revisions import revisions, summary
from support.workspaces import ROOT, plain

SYMPOSIUM = ROOT / "examples/symposium"
COLUMNS = "area,indicator,period,first,first_published,last,last_published,editions,change,days,verdict_first,verdict_last,note"


def edition(value, published, area="a", indicator="growth", period="H1-2024", **more):
    return (area, indicator, period, value, {"published": published} | more)


VINTAGES = [  # of docs/formulas.py §10: fengtai is a, haidian is b
    edition("3.9", "2024-07-20"),
    edition("4.1", "2024-10-25"),
    edition("4.2", "2025-02-01"),
    edition("6.1", "2024-07-20", area="b"),
]


def told(frame):
    """The only row, empty cells as None."""
    assert len(frame) == 1
    return {str(name): plain(cell) for name, cell in frame.iloc[0].items()}


# The worked example


def test_first_last_change_and_the_days_between(city):
    row = told(city({}, VINTAGES).open().revisions())
    assert (row["area"], row["period"], row["editions"]) == ("a", "H1-2024", 3)
    assert (row["first"], row["first_published"], row["last"], row["last_published"]) == (
        3.9,
        "2024-07-20",
        4.2,
        "2025-02-01",
    )
    assert (row["change"], row["days"]) == (0.3, 196)


def test_the_mean_revision_is_over_all_figures_those_never_revised_included(city, run):
    made = city({}, VINTAGES)
    dataset = made.open()
    ((_, n, revised, mean, mean_abs),) = summary(dataset, revisions(dataset, Query.of(None)))
    assert (n, revised) == (2, 1)
    assert (mean, mean_abs) == (pytest.approx(0.15), pytest.approx(0.15))
    assert re.search(r"growth +2 +1 +\+0\.15 +0\.15", run("revisions", at=made.folder).out)


def test_up_and_down_cancel_in_the_mean_and_not_in_the_mean_absolute(city):
    dataset = city({}, [*VINTAGES, edition("5.8", "2025-02-01", area="b")]).open()
    ((_, n, revised, mean, mean_abs),) = summary(dataset, revisions(dataset, Query.of(None)))
    assert (n, revised) == (2, 2)
    assert (mean, mean_abs) == (pytest.approx(0, abs=1e-12), pytest.approx(0.3))


@pytest.mark.parametrize(
    ("day", "known", "last"),
    [
        ("2024-07-19", None, []),
        ("2024-08-01", 3.9, []),
        ("2024-12-31", 4.1, [4.1]),
        ("2025-02-01", 4.2, [4.2]),
        ("2025", 4.2, [4.2]),
    ],
)
def test_what_was_known_on_a_day(city, day, known, last):
    made = city({}, VINTAGES)
    assert made.row("growth", as_of=day).actual == known
    assert made.open().revisions(as_of=day)["last"].tolist() == last


def test_a_month_counts_from_its_last_day(city):
    made = city({}, [edition("3.9", "2024-07"), edition("4.1", "2024-08-15")])
    assert made.row("growth", as_of="2024-07-30").actual is None
    assert made.row("growth", as_of="2024-07-31").actual == 3.9
    assert told(made.open().revisions())["days"] == 15


# What is no revision


@pytest.mark.parametrize(
    "rows",
    [
        [edition("4", "2024-06-01", status="expected"), edition("3.9", "2024-07-20")],
        [edition("3.9", "2024-07-20")],
        [edition("3.9", "2024-07-20"), edition("4.6", "2024-10-20", period="Q1-3-2024")],
        [edition("3.9", "2024-07-20"), edition("4.6", "2024-10-20", prices="current")],
    ],
    ids=["an expectation before it", "one edition", "another period", "another price basis"],
)
def test_what_is_no_edition(city, rows):
    assert city({}, rows).open().revisions().empty


def test_an_edition_that_repeats_the_figure_is_listed_with_no_change(city):
    row = told(
        city({}, [edition("3.9", "2024-07-20"), edition("3.9", "2024-08-30")]).open().revisions()
    )
    assert (row["change"], row["note"]) == (0, "")


def test_a_bound_that_became_a_figure_has_no_change(city):
    row = told(
        city({}, [edition(">3", "2024-07-20"), edition("3.9", "2024-08-30")]).open().revisions()
    )
    assert row["change"] is None


# Breaks


def test_across_a_break_it_is_named_and_nothing_is_subtracted(city):
    rows = [
        edition("100", "2024-07-20", indicator="level"),
        edition("110", "2025-02-01", indicator="level"),
    ]
    row = told(city({}, rows, breaks={"level": "2025-01-01"}).open().revisions())
    assert (row["first"], row["last"], row["change"]) == (100, 110, None)
    assert "2025-01-01" in row["note"]
    assert "census" in row["note"]


def test_growth_crosses_a_break_of_levels(city):
    row = told(city({}, VINTAGES[:3], breaks={"growth": "2025-01-01"}).open().revisions())
    assert row["change"] == 0.3


def test_haidians_gdp_of_2023_before_and_after_the_census(run):
    rows = run("revisions -f csv").rows
    (line,) = [
        x
        for x in rows
        if (x["area"], x["indicator"], x["period"]) == ("haidian", "gdp_level", "2023")
    ]
    assert (line["first"], line["last"], line["change"]) == ("11020.2000", "12155.2000", "")
    assert "2025-01-01" in line["note"]
    assert "census" in line["note"]
    assert "11,020.2" in run("revisions -d haidian").out


# Verdicts that flipped


def test_a_verdict_that_flipped(city):
    row = told(city({"growth 2024": {"a": "4"}}, VINTAGES).open().revisions())
    assert (row["verdict_first"], row["verdict_last"]) == ("missed", "met")
    assert "changed from missed to met" in row["note"]


def test_a_verdict_that_stayed_is_not_told_as_flipped(city):
    row = told(city({"growth 2024": {"a": "5"}}, VINTAGES).open().revisions())
    assert (row["verdict_first"], row["verdict_last"], row["note"]) == ("missed", "missed", "")


def test_mentougou_of_the_symposium(run):
    (line,) = run("revisions -d mentougou -i digital_va_growth -f csv", at=SYMPOSIUM).rows
    assert (line["first"], line["last"], line["change"], line["days"]) == (
        "5.0000",
        "4.7000",
        "-0.3000",
        "29",
    )
    assert (line["verdict_first"], line["verdict_last"]) == ("met", "missed")
    printed = run("revisions", at=SYMPOSIUM).out
    assert re.search(
        r"3 figures with several releases: 3 revised, 1 with a changed result", printed
    )
    assert "illustrative" in printed
    assert "mentougou" not in run("revisions --as-of 2024-08-19 -f csv", at=SYMPOSIUM).out


# The command


def test_the_columns_exactly(run):
    said = run("revisions -f csv", at=SYMPOSIUM)
    assert said.out.splitlines()[0] == COLUMNS
    assert all(
        re.fullmatch(r"(-?\d+\.\d{4})?", line[name])
        for line in said.rows
        for name in ("first", "last", "change")
    )


def test_one_period_only(run):
    assert {line["period"] for line in run("revisions --half H1-2025 -f csv").rows} == {"H1-2025"}


def test_no_revision_is_exit_0(run):
    said = run("revisions --half H1-2022", at=SYMPOSIUM)
    assert said.code == 0
    assert "No figure has more than one release" in said.out


# Laws

few = settings(max_examples=20, deadline=None)
days = st.sampled_from(["2024-07-20", "2024-08-30", "2024-10", "2024-12-31", "2025-02-01", "2025"])
editions = st.lists(
    st.fixed_dictionaries(
        {
            "area": st.sampled_from("ab"),
            "indicator": st.sampled_from(["growth", "level", "share"]),
            "period": st.sampled_from(["H1-2024", "2023"]),
            "value": st.integers(0, 60).map(str),
            "published": days,
            "status": st.sampled_from(["flash", "revised", "expected"]),
        }
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda row: (
        row["area"],
        row["indicator"],
        row["period"],
        row["published"],
        row["status"] == "expected",
    ),
).filter(
    lambda rows: (
        len({(r["area"], r["indicator"], r["period"], r["published"]) for r in rows}) == len(rows)
    )
)
AIMS = {"growth 2024": {"a": "30", "b": "20"}, "share 2024": {"a": "25"}, "level 2024": {"a": "70"}}
LAST = {"2024-10": "2024-10-31", "2025": "2025-12-31"}


@few
@given(
    rows=editions,
    day=st.sampled_from(["2024-07-31", "2024-10-30", "2024-10-31", "2025-01-15", "2025-12-31"]),
)
def test_as_of_never_shows_a_later_edition(build, rows, day):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        dataset = build(Path(one), AIMS, rows, breaks={"level": "2024-09-01"}).open()
        revised, board = dataset.revisions(as_of=day), dataset.assess("H1-2024", as_of=day)
        known = [row for row in rows if LAST.get(row["published"], row["published"]) <= day]
        then = build(Path(two), AIMS, known, breaks={"level": "2024-09-01"}).open()
        shown = [*revised["first_published"], *revised["last_published"], *board["published"]]
        assert all(LAST.get(text, text) <= day for text in shown if text)
        pd.testing.assert_frame_equal(revised, then.revisions(as_of=day))
        pd.testing.assert_frame_equal(revised, then.revisions())


@few
@given(rows=editions, data=st.data())
def test_the_order_of_rows_and_files_never_matters(build, rows, data):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = build(Path(one), AIMS, rows).open().revisions()
        second = (
            build(Path(two), AIMS, data.draw(st.permutations(rows)), files=2).open().revisions()
        )
    pd.testing.assert_frame_equal(first, second)
