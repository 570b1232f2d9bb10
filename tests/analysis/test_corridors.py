"""Targets whose both ends count: the verdict on two ends, the gap to the nearer one, and what keeps a figure inside.

Every expected value is worked out by hand from the rule: met where neither end is passed, the gap is min(actual − low,
high − actual), and it is sure only where half a unit of the last digit turns neither end.
"""

from __future__ import annotations

import shutil

import pytest

import dtrack
from support.workspaces import ROOT

CASE = ROOT / "tests/golden/cases/13-between-two-bounds"
YEAR = {"period": "2024"}
MET, MISSED, OPEN, UNKNOWN = "met", "missed", "open", "undetermined"


def test_an_index_of_prices_is_missed_below_the_corridor_and_above_it(tmp_path):
    shutil.copytree(CASE, tmp_path / "w")
    toml = tmp_path / "w/targets.toml"
    text = toml.read_text(encoding="utf-8")
    for told in (
        text.replace('"2..3",', '"2..3", both = true,'),
        text.replace('"2..3",', '"2.5±0.5",'),
        text.replace('better = "down"', 'better = "within"'),
    ):
        toml.write_text(told, encoding="utf-8")
        rows = dtrack.open(tmp_path / "w").assess("2024").set_index("area")
        assert rows["verdict"].to_dict() == {
            "city": MISSED,
            "east": MISSED,
            "west": MET,
            "north": MISSED,
        }
        assert rows["gap"].to_dict() == {"city": -1.9, "east": -0.4, "west": 0.5, "north": -3.2}
        assert rows["note"].to_dict() == {
            "city": "too low",
            "east": "too high",
            "west": "",
            "north": "too low",
        }
        assert rows["goal"].to_dict() == {"city": 2, "east": 3, "west": 2, "north": 2}


def test_without_a_word_of_both_ends_a_range_is_told_to_be_one_sided(run):
    said = run("check", at=CASE)
    assert said.code == 0
    assert said.out.count("“2 to 3” is met by any value below its upper end") == 4


TABLE = [  # target, actual, verdict, sure, gap
    ("2..3", "2", MET, False, 0),  # 2 may have been 1.5
    ("2..3", "2.0", MET, False, 0.0),
    ("2..3", "2.05", MET, True, 0.05),
    ("2..3", "2.5", MET, True, 0.5),
    ("2..3", "2.9", MET, True, 0.1),
    ("2..3", "3.0", MET, False, 0.0),
    ("2..3", "3.1", MISSED, True, -0.1),
    ("2..3", "1.9", MISSED, True, -0.1),
    ("2.05..2.95", "3.0", MISSED, False, -0.05),  # half a unit of the last digit: it may be 2.95
    ("2.05..2.95", "2.0", MISSED, False, -0.05),
    ("2.04..2.96", "2.0", MISSED, False, -0.04),  # it may be 2.04
    ("2.06..2.94", "3", MISSED, False, -0.06),
    ("-3..-2", "-2.5", MET, True, 0.5),
    ("-3..-2", "-1.9", MISSED, True, -0.1),
    ("-3..-2", "-3.1", MISSED, True, -0.1),
    ("-1..1", "0", MET, True, 1),
    ("2..2", "2", MET, False, 0),
    ("2±1", "3.5", MISSED, True, -0.5),
    ("2±0.5", "1.5", MET, False, 0.0),
    ("2%±0.5%", "2.4%", MET, True, 0.1),
    ("2..3", "~2.5", MET, False, 0.5),  # what is itself around is never sure
    ("2..3", ">3", MISSED, True, None),
    ("2..3", ">=3", UNKNOWN, False, None),  # it may be 3, and more
    ("2..3", ">2", UNKNOWN, False, None),
    ("2..3", "<2", MISSED, True, None),
    ("2..3", "<=2", UNKNOWN, False, None),
    ("2..3", "2.1..2.9", MET, True, None),
    ("2..3", "1..2.5", UNKNOWN, False, None),
    ("2..3", "3.2..4", MISSED, True, None),
    ("2..3", "0..1.5", MISSED, True, None),
]


@pytest.mark.parametrize(("target", "actual", "verdict", "sure", "gap"), TABLE)
@pytest.mark.parametrize("indicator", ["growth", "down_growth"])
def test_the_truth_table_of_two_ends(city, indicator, target, actual, verdict, sure, gap):
    promise = {"value": target, "both": True}
    row = city({f"{indicator} 2024": {"a": promise}}, [("a", indicator, "2024", actual)]).row(
        indicator, "2024"
    )
    assert (row.verdict, row.sure, row.gap) == (verdict, sure, gap)


@pytest.mark.parametrize(
    ("kind", "actual", "verdict", "gap"),
    [
        ("share", "39", OPEN, 1),  # 38 to 42, and it may leave them until December
        ("share", "37", OPEN, -1),
        ("share", "43.5", OPEN, -1.5),
        ("stock", "41", OPEN, 1),
        ("stock", "30", OPEN, -8),
    ],
)
def test_what_is_read_at_a_date_is_open_inside_and_outside_until_the_deadline(
    city, kind, actual, verdict, gap
):
    there = city({f"{kind} 2024": {"a": "40±2"}}, [("a", kind, "H1-2024", actual)])
    row = there.row(kind)
    assert (row.verdict, row.gap) == (verdict, gap)
    there = city({f"{kind} 2024": {"a": "40±2"}}, [("a", kind, "2024", actual)])
    assert there.row(kind, "2024").verdict == (MET if gap >= 0 else MISSED)


BEFORE = {"published": "2024-02-20"}
LEVELS = [
    ("a", "level", "H1-2023", "40", BEFORE),
    ("a", "level", "2023", "100", BEFORE),
]


@pytest.mark.parametrize(
    ("actual", "verdict", "gap", "note"),
    [
        ("45", MET, 3, ""),  # 40 % of 100..120 is 40..48
        ("41", MET, 1, ""),
        ("80", MISSED, -32, "too high; "),
        ("30", MISSED, -10, "too low; "),
    ],
)
def test_an_amount_of_half_a_year_is_held_against_its_share_of_both_ends(
    city, actual, verdict, gap, note
):
    promise = {"value": "100..120", "both": True}
    rows = [*LEVELS, ("a", "level", "H1-2024", actual)]
    row = city({"level 2024": {"a": promise}}, rows).row("level")
    assert (row.verdict, row.gap, row.sure) == (verdict, gap, False)
    assert row.note == note + "40.0% of the year in 2023"


@pytest.mark.parametrize(
    ("actual", "tolerance", "verdict", "gap"),
    [("3.1", "0.2", MET, 0.1), ("3.3", "0.2", MISSED, -0.1), ("1.7", "0.3", MET, 0.0)],
)
def test_a_tolerance_widens_both_ends(city, actual, tolerance, verdict, gap):
    there = city(
        {"growth 2024": {"a": {"value": "2..3", "both": True}}}, [("a", "growth", "2024", actual)]
    )
    row = there.row("growth", "2024", tolerance=tolerance)
    assert (row.verdict, row.gap) == (verdict, gap)
    assert f"widened by a tolerance of {tolerance} pp at either end" in row.note


def test_what_keeps_a_figure_inside_in_the_rest_of_the_year(city):
    """By hand: (2 − 0.4·1.5)/0.6 = 2.3333 and (3 − 0.4·1.5)/0.6 = 4; 100 − 45 and 120 − 45; 38 − 35 and 42 − 35."""
    both = {"value": "2..3", "both": True}
    targets = {
        "growth 2024": {"a": both},
        "level 2024": {"a": {"value": "100..120", "both": True}},
        "share 2024": {"a": "40±2"},
    }
    rows = [
        *LEVELS,
        ("a", "growth", "H1-2024", "1.5"),
        ("a", "level", "H1-2024", "45"),
        ("a", "share", "H1-2024", "35"),
    ]
    told = city(targets, rows).open().catchup("H1-2024").set_index("indicator")
    assert told["needed"].isna().all()
    ends = told[["needed_low", "needed_high"]].round(4)
    assert list(ends.loc["growth"]) == [2.3333, 4.0]
    assert list(ends.loc["level"]) == [55, 75]
    assert list(ends.loc["share"]) == [3, 7]
    assert (
        "growth of 2.33 to 4.00% in the rest of the year keeps it within the range"
        in told["note"].growth
    )
    assert told["note"].level == "55 to 75 more is needed to finish within the range"
    assert told["note"].share == "a change of +3 to +7 until then keeps it within the range"


@pytest.mark.parametrize(
    ("actual", "told"),
    [
        ("130", "above the upper end of the year's target, which can no longer be met"),
        ("110", "the lower end is reached; at most 10 more is allowed"),
    ],
)
def test_an_amount_past_an_end_says_so(city, actual, told):
    rows = [*LEVELS, ("a", "level", "H1-2024", actual)]
    there = city({"level 2024": {"a": {"value": "100..120", "both": True}}}, rows)
    assert told in there.open().catchup("H1-2024")["note"].iloc[0]


def test_gaps_to_the_nearer_end_are_not_added_up(city):
    both = {"value": "2..3", "both": True}
    levels = [(area, "level", "H1-2023", "50", BEFORE) for area in ("a", "b")]
    rows = [
        *levels,
        ("city", "level", "H1-2023", "100", BEFORE),
        *(("a", "growth", "H1-2024", "1.5"), ("b", "growth", "H1-2024", "3.5")),
        ("city", "growth", "H1-2024", "2.5"),
    ]
    there = city({"growth 2024": {"a": both, "b": both, "city": both}}, rows)
    told = there.open().city("H1-2024")
    assert told["contribution"].isna().all()
    assert told["note"].str.contains("gaps to the nearer end do not add up").any()


@pytest.mark.parametrize(
    ("latest", "verdict"), [("39", "on_path"), ("45", "on_path"), ("47", "behind")]
)
def test_a_path_into_a_corridor_is_not_at_its_end_before_the_deadline(city, latest, verdict):
    """From 50 at the end of 2022 to 42, the nearer end, at that of 2024: 46 at that of 2023."""
    rows = [
        ("a", "stock", "2022", "50", {"published": "2023-02-20"}),
        ("a", "stock", "2023", latest, {"published": "2024-02-20"}),
    ]
    there = city({"stock 2024": {"a": "40±2"}}, rows)
    path = there.open().path()
    assert path[path["indicator"] == "stock"]["verdict"].tolist() == [verdict]


def test_why_tells_both_ends_and_what_would_turn_the_verdict(run, city):
    promise = {"value": "2..3", "both": True}
    there = city({"growth 2024": {"a": promise}}, [("a", "growth", "2024", "3.4")]).folder
    said = run("why a growth 2024", at=there).out
    assert "both ends count" in said
    assert "2 to 3, both ends included; 3% is the nearer" in said
    assert "3 − 3.4 = -0.4 pp (to the nearer end)" in said
    assert "an actual from 2 to 3 would meet it" in said


def test_a_briefing_says_inside_below_and_above(run, city):
    promise = {"value": "2..3", "both": True}
    rows = [
        (area, "growth", "2024", value)
        for area, value in (("city", "2.4"), ("a", "1.5"), ("b", "3.6"))
    ]
    there = city({"growth 2024": dict.fromkeys(("city", "a", "b"), promise)}, rows).folder
    said = run("brief --half 2024 -i growth", at=there).out
    assert "inside the target of 2 to 3%, 0.4 percentage points from its nearer end" in said
    assert "A (1.5% against 2 to 3%, 0.5 percentage points below)" in said
    assert "B (3.6% against 2 to 3%, 0.6 percentage points above)" in said


def test_within_a_corridor_nobody_is_ranked_before_another(city):
    there = city(
        {"growth 2024": {"a": "2..3", "b": "2..3"}},
        [("a", "growth", "2024", "2.5"), ("b", "growth", "2024", "2.9")],
    ).folder
    toml = there / "targets.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace('better = "up"', 'better = "within"', 1), encoding="utf-8")
    story = dtrack.open(there).gap("a", half="2024")
    assert story["rank_low"].isna().all()
    assert story["verdict"].tolist() == [MET]


# Laws: what may never matter to a verdict on two ends


@pytest.mark.parametrize("actual", ["1.9", "2", "2.4", "3.0", "3.3", ">3", "1..2.5"])
def test_turning_all_signs_turns_no_verdict_and_no_gap(city, actual):
    mirror = {">3": "<-3", "1..2.5": "-2.5..-1"}.get(actual, f"-{actual}")
    verdicts = [
        city(
            {"growth 2024": {"a": {"value": target, "both": True}}},
            [("a", "growth", "2024", value)],
        ).row("growth", "2024")
        for target, value in (("2..3", actual), ("-3..-2", mirror))
    ]
    one, other = verdicts
    assert (one.verdict, one.sure, one.gap) == (other.verdict, other.sure, other.gap)


@pytest.mark.parametrize(("target", "actual"), [("1万..1.2万", "1.3万"), ("1.1万±0.1万", "9000")])
def test_units_and_scale_words_change_no_verdict(city, target, actual):
    plain = {"1万..1.2万": "10000..12000", "1.1万±0.1万": "11000±1000"}[target]
    actuals = {"1.3万": "13000", "9000": "0.9万"}
    told = target.replace("1.1万±0.1万", "1.1±0.1万").replace("1万..1.2万", "1..1.2万")
    rows = [
        city(
            {"stock 2024": {"a": {"value": value, "both": True}}},
            [("a", "stock", "2024", figure)],
        ).row("stock", "2024")
        for value, figure in ((told, actual), (plain, actuals[actual]))
    ]
    assert rows[0].verdict == rows[1].verdict == MISSED
    assert rows[0].gap == rows[1].gap == -1000


def test_rows_of_others_and_their_order_change_nothing(city):
    both = {"value": "2..3", "both": True}
    rows = [
        ("a", "growth", "2024", "3.4"),
        ("b", "growth", "2024", "2.5"),
        ("c", "growth", "2024", "9"),
    ]
    targets = {"growth 2024": {"a": both, "b": "5", "c": {"value": "assigned", "by": "city"}}}
    frames = [
        city(targets, mine).frame("2024")[["area", "indicator", "verdict", "sure", "gap"]]
        for mine in (rows, rows[::-1])
    ]
    assert frames[0].equals(frames[1])
    alone = city({"growth 2024": {"a": both}}, rows[:1]).row("growth", "2024")
    assert (alone.verdict, alone.gap) == (MISSED, -0.4)


def test_what_was_not_known_by_a_day_is_not_used(city):
    targets = {
        "growth 2024": {
            "a": [
                {"value": "2..3", "both": True, "set": "2024-01-15"},
                {"value": "2..3", "set": "2024-09-01"},
            ]
        }
    }
    there = city(targets, [("a", "growth", "2024", "3.4", {"published": "2025-01-20"})])
    row = there.row("growth", "2024", as_of="2025-02-01")
    assert row.verdict == MET  # the later entry lets the easier end count
    rows = [("a", "growth", "H1-2024", "3.4")]
    assert city(targets, rows).row("growth", as_of="2024-08-01").verdict == MISSED


def test_an_amount_past_the_upper_end_is_missed_for_certain_before_the_year_ends(city):
    """Nothing is known of last year's share, and what adds up cannot come back below 120."""
    promise = {"value": "100..120", "both": True}
    there = city({"level 2024": {"a": promise}}, [("a", "level", "H1-2024", "130")])
    row = there.row("level")
    assert (row.verdict, row.sure, row.gap) == (MISSED, True, -10)
    there = city({"level 2024": {"a": promise}}, [("a", "level", "H1-2024", "110")])
    assert there.row("level").verdict == UNKNOWN  # it may end inside or above
    negative = ("b", "level", "2023", "-3", BEFORE)  # an amount that may shrink
    there = city({"level 2024": {"a": promise}}, [negative, ("a", "level", "H1-2024", "130")])
    assert there.row("level").verdict == UNKNOWN
    told = there.open().catchup("H1-2024")["note"].iloc[0]
    assert "a change of -30 to -10 until then keeps it within the range" in told


def test_an_amount_paced_by_the_calendar_is_held_against_the_months_share_of_both_ends(city):
    there = city(
        {"level 2024": {"a": {"value": "100..120", "both": True}}},
        [("a", "level", "H1-2024", "55")],
    )
    toml = there.folder / "targets.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(
        text.replace("[indicators.level]\n", '[indicators.level]\npace = "calendar"\n', 1),
        encoding="utf-8",
    )
    row = there.row("level")  # half of 100..120 is 50..60
    assert (row.verdict, row.gap) == (MET, 5)
