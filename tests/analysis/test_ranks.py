"""Ranks that rounding cannot overturn (docs/formulas.py §13), and how a gap has changed against the year before.

The rank is that of the reported figure among the districts that reported the same months; ties share a range.
"""

from __future__ import annotations

import re

import pytest

LEVELS_2022 = [("a", "level", "H1-2022", "400"), ("a", "level", "2022", "1000")]
LEVELS_2023 = [("a", "level", "H1-2023", "470"), ("a", "level", "2023", "1000")]
BEFORE = {"published": "2023-07-20"}


def figures(indicator="growth", period="H1-2024", **values):
    """One figure per area, as text."""
    return [(area, indicator, period, value) for area, value in values.items()]


@pytest.fixture
def ranks(city):
    """ranks(figures): the rank range of every area in H1-2024, None for an area that has none."""

    def of(rows, indicator="growth", period="H1-2024", targets=""):
        dataset = city(targets, rows).open()
        found = {}
        for area in ("city", "a", "b", "c", "d", "z"):
            story = dataset.gap(area, half=period)
            (row,) = story[story["indicator"] == indicator].to_dict("records") or [
                {"rank_low": None, "rank_high": None}
            ]
            low, high = row["rank_low"], row["rank_high"]
            found[area] = None if low is None or str(low) == "<NA>" else (int(low), int(high))
        return found

    return of


def only(found, *areas):
    return {area: found[area] for area in areas}


# Ranks


def test_the_worked_example_of_the_formulas(ranks):
    found = ranks(figures(a="6.1", b="5.0", c="5.0", d="3.9"))
    assert only(found, *"abcd") == {"a": (1, 1), "b": (2, 3), "c": (2, 3), "d": (4, 4)}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"a": "5.1", "b": "5.0"},
            {"a": (1, 1), "b": (2, 2)},
        ),  # 5.05 is where they touch: still told apart
        ({"a": "5", "b": "5.4"}, {"a": (1, 2), "b": (1, 2)}),  # 4.5 to 5.5 holds 5.35 to 5.45
        ({"a": "5", "b": "5.6"}, {"a": (2, 2), "b": (1, 1)}),
        ({"a": "5", "b": "5.5"}, {"a": (1, 2), "b": (1, 2)}),  # 5.45 lies below 5.5
        ({"a": "5.0", "b": "5.0", "c": "5.0", "d": "5.0"}, dict.fromkeys("abcd", (1, 4))),
        ({"a": "6", "b": "5.4", "c": "4.6"}, {"a": (1, 1), "b": (2, 2), "c": (3, 3)}),
        (
            {"a": "5", "b": "5.2", "c": "4.8"},
            {"a": (1, 3), "b": (1, 2), "c": (2, 3)},
        ),  # b before c, a anywhere
        ({"a": "-1.0", "b": "0.0", "c": "-0.1"}, {"a": (3, 3), "b": (1, 1), "c": (2, 2)}),
        (
            {"a": "5.25", "b": "5.3"},
            {"a": (1, 2), "b": (1, 2)},
        ),  # 5.245 to 5.255 reaches into 5.25 to 5.35
    ],
    ids=[
        "touching",
        "coarse",
        "coarse and apart",
        "at the edge",
        "all alike",
        "clear",
        "a chain",
        "negative",
        "two decimals",
    ],
)
def test_rank_ranges(ranks, values, expected):
    assert only(ranks(figures(**values)), *values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"a": ">5", "b": "6.1", "c": "4.0"},
            {"a": (1, 2), "b": (1, 2), "c": (3, 3)},
        ),  # a may be before b or behind it
        ({"a": ">7", "b": "6.1", "c": "4.0"}, {"a": (1, 1), "b": (2, 2), "c": (3, 3)}),
        (
            {"a": "10%以上", "b": "10%以上", "c": "25.3", "d": "18.5"},
            {"a": (1, 4), "b": (1, 4), "c": (1, 3), "d": (2, 4)},
        ),
        (
            {"a": ">5", "b": "4.8"},
            {"a": (1, 1), "b": (2, 2)},
        ),  # only what is rounded has half a unit around it; a bound is not
        ({"a": "below 5", "b": "6.1", "c": "4.0"}, {"a": (2, 3), "b": (1, 1), "c": (2, 3)}),
        ({"a": "nearly 5", "b": "6.1", "c": "5.6"}, {"a": (3, 3), "b": (1, 1), "c": (2, 2)}),
        ({"a": "4..6", "b": "5.0", "c": "7.0"}, {"a": (2, 3), "b": (2, 3), "c": (1, 1)}),
    ],
    ids=[
        "reaching up",
        "above all",
        "at least, twice",
        "no rounding of its own",
        "reaching down",
        "nearly",
        "a range",
    ],
)
def test_a_bound_widens_a_range_and_never_invents_one(ranks, values, expected):
    assert only(ranks(figures(**values)), *values) == expected


@pytest.mark.parametrize(("indicator", "better"), [("growth", "up"), ("down_growth", "down")])
def test_the_first_rank_is_the_best_one(ranks, indicator, better):
    best_to_worst = {"up": "abc", "down": "cba"}[better]
    found = ranks(figures(indicator, a="6.1", b="5.0", c="3.9"), indicator)
    assert only(found, *"abc") == {
        area: (place, place) for place, area in enumerate(best_to_worst, 1)
    }


def test_a_bound_where_lower_is_better(ranks):
    found = ranks(figures("down_growth", a="below 5", b="6.1", c="4.0"), "down_growth")
    assert only(found, *"abc") == {"a": (1, 2), "b": (3, 3), "c": (1, 2)}


def test_the_city_and_overlapping_areas_have_no_rank_and_take_no_place(ranks):
    found = ranks(figures(city="5.5", a="6.1", b="5.0", z="9.9"))
    assert found == {"city": None, "a": (1, 1), "b": (2, 2), "c": None, "d": None, "z": None}


def test_only_figures_of_the_same_months_are_ranked(ranks):
    rows = [*figures(a="6.1", b="5.0"), *figures(period="2024-01..2024-05", c="7.0")]
    found = ranks(rows)  # c has January to May: it stands in for the half of c, and is ranked alone
    assert only(found, *"abc") == {"a": (1, 1), "b": (2, 2), "c": (1, 1)}


def test_a_figure_on_another_price_basis_or_of_another_scope_takes_no_place(ranks):
    rows = [
        *figures(a="6.1", b="5.0"),
        ("c", "growth", "H1-2024", "9.9", {"prices": "current"}),
        ("d", "growth", "H1-2024", "9.9", {"scope": "towns"}),
    ]
    assert only(ranks(rows), *"abcd") == {"a": (1, 1), "b": (2, 2), "c": None, "d": None}


def test_without_a_figure_there_is_no_rank(ranks):
    found = ranks(figures(b="5.0"), targets={"growth 2024": {"a": "5"}})
    assert only(found, "a", "b") == {"a": None, "b": (1, 1)}


def test_the_rank_counts_the_newest_editions(ranks):
    rows = [
        *figures(a="6.1", b="5.0"),
        ("a", "growth", "H1-2024", "4.1", {"status": "revised", "published": "2024-09-01"}),
    ]
    assert only(ranks(rows), "a", "b") == {"a": (2, 2), "b": (1, 1)}


# The change of the gap


@pytest.fixture
def change(city):
    """change(targets, figures): the change of the gap of a in H1-2024, None where it is empty."""

    def of(targets, rows, indicator="growth", **options):
        story = city(targets, rows, **options).open().gap("a", half="H1-2024")
        (row,) = story[story["indicator"] == indicator].to_dict("records")
        return None if row["change"] != row["change"] else row["change"]

    return of


def year_before(value, **more):
    return ("a", "growth", "H1-2023", value, BEFORE | more)


GROWTH = {"growth 2023": {"a": {"value": "4", "set": "2023-01-15"}}, "growth 2024": {"a": "5"}}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("4.5", "4.8", -0.7),
        ("3.2", "4.8", 0.6),
        ("3.8", "4.8", 0.0),
        ("4", "4.85", -0.15),
        ("3.5", "5.5", 1.0),
    ],
    ids=["+0.5 then -0.2", "-0.8 then -0.2", "-0.2 twice", "0 then -0.15", "-0.5 then +0.5"],
)
def test_the_change_is_this_gap_less_the_gap_a_year_before(change, before, now, expected):
    assert change(GROWTH, [year_before(before), ("a", "growth", "H1-2024", now)]) == expected


def test_where_lower_is_better_a_positive_change_is_better_too(change):
    targets = {
        "down_growth 2023": {"a": {"value": "-2", "set": "2023-01-15"}},
        "down_growth 2024": {"a": "-2.5"},
    }
    rows = [
        ("a", "down_growth", "H1-2023", "-1.5", BEFORE),
        ("a", "down_growth", "H1-2024", "-3.1"),
    ]
    assert change(targets, rows, "down_growth") == 1.1  # −0.5 then +0.6


def test_the_change_of_a_flow_is_told_in_its_unit_from_the_paced_goals(change):
    targets = {
        "level 2023": {"a": {"value": "1100", "set": "2023-01-15"}},
        "level 2024": {"a": "1200"},
    }
    rows = [*LEVELS_2022, *LEVELS_2023, ("a", "level", "H1-2024", "550")]
    # 2023: 40.0 % of 1100 is 440, 470 is +30; 2024: 47.0 % of 1200 is 564, 550 is −14
    assert change(targets, rows, "level") == -44


NO_CHANGE = {
    "no figure a year before": (GROWTH, [("a", "growth", "H1-2024", "4.8")], {}),
    "no target a year before": (
        {"growth 2024": {"a": "5"}},
        [year_before("4.5"), ("a", "growth", "H1-2024", "4.8")],
        {},
    ),
    "no figure now": (GROWTH, [year_before("4.5")], {}),
    "a bound now": (GROWTH, [year_before("4.5"), ("a", "growth", "H1-2024", ">4.8")], {}),
    "a bound a year before": (GROWTH, [year_before(">4.5"), ("a", "growth", "H1-2024", "4.8")], {}),
    "other months now": (
        GROWTH,
        [year_before("4.5"), ("a", "growth", "2024-01..2024-05", "4.8")],
        {},
    ),
    "other months before": (
        GROWTH,
        [("a", "growth", "2023-01..2023-05", "4.5", BEFORE), ("a", "growth", "H1-2024", "4.8")],
        {},
    ),
    "another basis before": (
        GROWTH,
        [year_before("4.5", prices="current"), ("a", "growth", "H1-2024", "4.8")],
        {},
    ),
    "an undisclosed target before": (
        GROWTH | {"growth 2023": {"a": {"value": "undisclosed", "set": "2023-01-15"}}},
        [year_before("4.5"), ("a", "growth", "H1-2024", "4.8")],
        {},
    ),
}


@pytest.mark.parametrize("what", list(NO_CHANGE))
def test_the_change_is_empty_where_one_of_the_gaps_does_not_exist(change, what):
    targets, rows, options = NO_CHANGE[what]
    assert change(targets, rows, **options) is None


@pytest.mark.parametrize(
    ("breaks", "expected"),
    [({}, -2.0), ({"share": "2024-03-01"}, None)],
    ids=["no break", "a break between"],
)
def test_the_change_of_a_share_reaches_across_no_break(change, breaks, expected):
    targets = {
        "share 2023": {"a": {"value": "40", "set": "2023-01-15"}},
        "share 2024": {"a": {"value": "45", "set": "2024-03-15"}},
    }
    rows = [("a", "share", "H1-2023", "41", BEFORE), ("a", "share", "H1-2024", "44")]  # +1, then −1
    assert change(targets, rows, "share", breaks=breaks) == expected


def test_change_and_ranks_stand_after_the_note_in_csv_and_beside_the_gap_in_the_table(run, city):
    rows = [year_before("4.5"), *figures(a="4.8", b="4.8", c="6.0")]
    there = city(GROWTH, rows).folder
    said = run("gap --district a --half H1-2024 --format csv", at=there)
    assert said.out.splitlines()[0].endswith(
        ",note,change,rank_low,rank_high,percent_of_target,percent_of_time,light,aim,aim_verdict"
    )
    (row,) = said.rows
    assert (row["gap"], row["change"], row["rank_low"], row["rank_high"]) == (
        "-0.2",
        "-0.7",
        "2",
        "3",
    )
    shown = run("gap --district a --half H1-2024", at=there).out
    assert "-0.7" in shown
    assert "2–3 of 3" in shown


def test_newest_first_and_the_change_of_every_period_is_its_own(city):
    rows = [
        ("a", "growth", "H1-2022", "4.0", {"published": "2022-07-20"}),
        year_before("4.5"),
        ("a", "growth", "H1-2024", "4.8"),
    ]
    targets = GROWTH | {"growth 2022": {"a": {"value": "4.2", "set": "2022-01-15"}}}
    story = city(targets, rows).open().gap("a")
    halves = story[story["period"].str.startswith("H1")]
    assert halves["period"].tolist() == ["H1-2024", "H1-2023", "H1-2022"]
    assert halves["gap"].tolist() == [-0.2, 0.5, -0.2]
    assert halves["change"].tolist()[:2] == [-0.7, 0.7]
    assert halves["change"].isna().tolist() == [False, False, True]


# A row that is refused may be the figure of a rival

RIVALS = {  # what stands for b's figure, 5.9; the rank of a, 6.1, and whether the note names b
    "nothing of it": (None, "1 of 1", False),
    "sound": ("b,growth,H1-2024,5.9,flash,2024-07-20,s1,", "1 of 2", False),
    "torn": ("b,growth,H1-2024,6,9,flash,2024-07-20,s1,", "", True),
    "not a number": ("b,growth,H1-2024,x,flash,2024-07-20,s1,", "", True),
    "no status": ("b,growth,H1-2024,6.9,guess,2024-07-20,s1,", "", True),
    "two figures": (
        "b,growth,H1-2024,5.9,flash,2024-07-20,s1,\nb,growth,H1-2024,6.9,flash,2024-07-20,s1,",
        "",
        True,
    ),
    "a torn newer edition": (
        "b,growth,H1-2024,5.9,flash,2024-07-20,s1,\nb,growth,H1-2024,6,9,flash,2024-08-20,s1,",
        "",
        True,
    ),
    "torn, of the year before": ("b,growth,H1-2023,6,9,flash,2023-07-20,s1,", "1 of 1", False),
    "torn, of another indicator": ("b,share,H1-2024,6,9,flash,2024-07-20,s1,", "1 of 1", False),
    "torn, of a zone": ("z,growth,H1-2024,6,9,flash,2024-07-20,s1,", "1 of 1", False),
}


@pytest.mark.parametrize("set_aside", ["", " --set-aside"])
@pytest.mark.parametrize("what", RIVALS)
def test_no_rank_against_a_figure_that_is_in_doubt(city, run, what, set_aside):
    rows, rank, noted = RIVALS[what]
    made = city("", figures(a="6.1"))
    if rows:
        path = next(made.folder.glob("data/actuals/*.csv"))
        (path.parent / "more.csv").write_text(path.read_text().splitlines()[0] + f"\n{rows}\n")
    said = run(f"gap -d a --half H1-2024 -i growth{set_aside}", at=made.folder)
    assert (said.code, "No rank: a row with an error" in said.out) == (0, noted)
    assert re.findall(r"\d of \d", said.out) == [rank] * bool(rank)
    assert ("may be the figure of B." in said.out) == noted
    tidied = run(f"gap -d a --half H1-2024 -i growth{set_aside} -f csv", at=made.folder).rows[0]
    assert (tidied["rank_low"], tidied["rank_high"]) == (rank[:1], rank[:1])


def test_a_lost_target_costs_no_rank(city, run):
    made = city({"growth 2024": {"a": "5", "nowhere": "6"}}, figures(a="6.1", b="5.9"))
    said = run("gap -d a --half H1-2024 -i growth --set-aside", at=made.folder)
    assert "1 of 2" in said.out
