"""Laws: what may never matter to a verdict. Each example is a workspace of its own, so the examples are few."""

from __future__ import annotations

import csv
import io
import tempfile
from decimal import Decimal
from operator import itemgetter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

few = settings(max_examples=30, deadline=None)
JUDGED = ["area", "indicator", "verdict", "sure", "basis", "gap"]
AREAS = ["a", "b", "c", "d"]
MIRROR = {"": "", "at least ": "at most ", "above ": "below ", "around ": "around "}
MIRROR |= {turned: word for word, turned in MIRROR.items()}

numbers = st.builds(lambda n, d: Decimal(n).scaleb(-d), st.integers(-30, 30), st.integers(0, 2))
plain = numbers.map(lambda n: format(n, "f"))
wordings = st.sampled_from(sorted(MIRROR))


def turned(text: str) -> str:
    """The same text with all signs turned round: 'at least 5' becomes 'at most -5', '4..5' becomes '-5..-4'."""
    word, _, number = text.rpartition(" ")
    ends = [format(-Decimal(end), "f") for end in number.split("..")]
    return MIRROR[word + " " if word else ""] + "..".join(reversed(ends))


ranges = st.tuples(numbers, numbers).map(lambda ends: f"{min(ends):f}..{max(ends):f}")
promises = st.one_of(st.builds("{}{}".format, wordings, plain), ranges)
reports = st.builds("{}{}".format, wordings, plain)


# Row order

PERIODS = [
    "H1-2024",
    "Q2-2024",
    "2024-06",
    "2024-01..2024-05",
    "2024-01..2024-04",
    "2023",
    "H1-2023",
    "2024",
]
figures = st.fixed_dictionaries(
    {
        "area": st.sampled_from(["a", "b", "city"]),
        "indicator": st.sampled_from(["growth", "level", "share", "stock", "jobless"]),
        "period": st.sampled_from(PERIODS),
        "value": st.integers(0, 60).map(str),
        "published": st.sampled_from(["2025-02-01", "2025-02", "2025-03-01", "2025", ""]),
        "status": st.sampled_from(["flash", "final", "revised", "expected"]),
    }
)
edition = itemgetter("area", "indicator", "period", "published")
one_edition_a_day = st.lists(figures, min_size=2, max_size=14, unique_by=edition)
TARGETS = {
    f"{indicator} 2024": {"a": value, "b": [{"value": value}, {"value": "7", "set": "2024-09-01"}]}
    for indicator, value in (
        ("growth", "5"),
        ("level", "1000"),
        ("share", "40"),
        ("stock", "30..35"),
        ("jobless", "5"),
    )
}


@few
@given(data=st.data(), rows=one_edition_a_day, files=st.integers(1, 3))
def test_the_order_of_rows_and_files_never_matters(build, data, rows, files):
    shuffled = data.draw(st.permutations(rows))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = build(Path(one), TARGETS, rows).frame()
        second = build(Path(two), TARGETS, shuffled, files=files).frame()
    pd.testing.assert_frame_equal(first, second)


# Direction


@few
@given(cases=st.lists(st.tuples(promises, reports), min_size=4, max_size=4))
def test_turning_better_and_all_signs_round_leaves_verdicts_alone(build, cases):
    targets = {
        "growth H1-2024": {area: target for area, (target, _) in zip(AREAS, cases, strict=True)},
        "down_growth H1-2024": {
            area: turned(target) for area, (target, _) in zip(AREAS, cases, strict=True)
        },
    }
    rows = [
        (area, "growth", "H1-2024", actual) for area, (_, actual) in zip(AREAS, cases, strict=True)
    ]
    rows += [
        (area, "down_growth", "H1-2024", turned(actual))
        for area, (_, actual) in zip(AREAS, cases, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        frame = build(Path(folder), targets, rows).frame()
    up, down = (
        frame[frame["indicator"] == name].reset_index(drop=True)
        for name in ("growth", "down_growth")
    )
    columns = [name for name in JUDGED if name != "indicator"]
    pd.testing.assert_frame_equal(up[columns], down[columns])


# The formula


def formula(target: str, actual: str, better: str) -> tuple[str, bool]:
    """The verdict and whether it is sure, by shared/formulas.py §2: an interval against a number, nothing else."""
    infinite = Decimal("Infinity")
    word, _, text = actual.rpartition(" ")
    value = Decimal(text)
    half = Decimal(5).scaleb(value.as_tuple().exponent - 1)
    low, low_open, high, high_open, reach = {
        "": (value, False, value, False, half),
        "around": (value, False, value, False, None),
        "above": (value, True, infinite, True, 0),
        "at least": (value, False, infinite, True, 0),
        "below": (-infinite, True, value, True, 0),
        "at most": (-infinite, True, value, False, 0),
    }[word]
    wording, _, number = target.rpartition(" ")
    goal = Decimal(number.split("..")[0 if better == "up" else -1])
    more = wording == ("above" if better == "up" else "below")
    if better == "down":
        low, low_open, high, high_open, goal = -high, high_open, -low, low_open, -goal

    def met(end):
        return end > goal or (end == goal and (low_open or not more))

    def missed(end):
        return end < goal or (end == goal and (high_open or more))

    if met(low):
        return "met", reach is not None and met(low - reach)
    if missed(high):
        return "missed", reach is not None and missed(high + reach)
    return "undetermined", False


@few
@given(
    cases=st.lists(st.tuples(promises, reports), min_size=4, max_size=4),
    better=st.sampled_from(["up", "down"]),
)
def test_the_verdict_is_the_one_of_the_formula(build, cases, better):
    indicator = "growth" if better == "up" else "down_growth"
    targets = {
        f"{indicator} H1-2024": {
            area: target for area, (target, _) in zip(AREAS, cases, strict=True)
        }
    }
    rows = [
        (area, indicator, "H1-2024", actual) for area, (_, actual) in zip(AREAS, cases, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        frame = build(Path(folder), targets, rows).frame()
    got = frame[(frame["indicator"] == indicator) & frame["area"].isin(AREAS)]
    verdicts = list(zip(got["verdict"], got["sure"].map(bool), strict=True))
    assert verdicts == [formula(target, actual, better) for target, actual in cases]


# Out and in again

TEXTS = st.one_of(
    promises,
    st.builds(
        "{}{}".format,
        st.sampled_from(["超", "约", "近", ">", ">=", "<", "nearly "]),
        st.integers(0, 9),
    ),
    st.builds("{}{}".format, st.integers(0, 9), st.sampled_from(["以上", "左右", "%以上", "%"])),
)
cells = st.fixed_dictionaries(
    {
        "indicator": st.sampled_from(["growth", "down_growth", "share", "jobless", "stock"]),
        "area": st.sampled_from(AREAS),
        "promised": st.sampled_from(["H1-2024", "2024"]),
        "period": st.sampled_from(["H1-2024", "2024-01..2024-05", "2023-12"]),
        "target": st.one_of(TEXTS, st.just("undisclosed"), st.none()),
        "actual": st.one_of(TEXTS, st.none()),
        "status": st.sampled_from(["flash", "expected", "final"]),
        "set": st.sampled_from(["2024-01-15", "2024-03", "2024-09-01", None]),
    }
).filter(
    lambda cell: cell["indicator"] != "stock" or "%" not in f"{cell['target']}{cell['actual']}"
)
boards = st.lists(
    cells, min_size=1, max_size=8, unique_by=lambda cell: (cell["area"], cell["indicator"])
)


def written(cells):
    """Targets and figures as `build` takes them, from rows that have the words of the tidy CSV."""
    targets, rows = {}, []
    for cell in cells:
        if cell["target_text"]:
            promise = {"value": cell["target_text"], "set": cell["target_set"] or None}
            targets.setdefault(f"{cell['indicator']} {cell['target_period']}", {})[cell["area"]] = (
                promise
            )
        if cell["actual_text"]:
            more = {
                "status": cell["status"],
                "published": cell["published"],
                "source": cell["source"],
            }
            rows.append(
                (cell["area"], cell["indicator"], cell["actual_period"], cell["actual_text"], more)
            )
    return targets, rows


@few
@given(board=boards)
def test_out_as_csv_and_in_again_gives_the_same_verdicts(build, board):
    words = {"target": "target_text", "promised": "target_period", "set": "target_set"}
    words |= {"actual": "actual_text", "period": "actual_period"}
    first = [
        {words.get(key, key): cell[key] for key in cell}
        | {"published": "2024-07-20", "source": "s2"}
        for cell in board
    ]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        out = build(Path(one), *written(first)).frame()
        again = build(
            Path(two), *written(csv.DictReader(io.StringIO(out.to_csv(index=False))))
        ).frame()
    pd.testing.assert_frame_equal(out[JUDGED], again[JUDGED])


# Time


@few
@given(rows=one_edition_a_day, later=one_edition_a_day)
def test_what_is_published_later_never_changes_what_was_known(build, rows, later):
    later = [row | {"published": "2026-01-01"} for row in later]
    later = list({edition(row): row for row in later}.values())
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        before = build(Path(one), TARGETS, rows).frame(as_of="2025-12-31")
        after = build(Path(two), TARGETS, [*later, *rows]).frame(as_of="2025-12-31")
    pd.testing.assert_frame_equal(before, after)
