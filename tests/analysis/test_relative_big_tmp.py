"""Laws of relative targets: an oracle in exact fractions, and what may never matter to a verdict."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow
few = settings(max_examples=1500, deadline=None)
JUDGED = ["area", "verdict", "sure", "basis", "gap", "goal"]
TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "up": "down", "down": "up", "same": "same"}

numbers = st.builds(lambda n, d: Decimal(n).scaleb(-d), st.integers(-30, 30), st.integers(0, 2))
plain = numbers.map(lambda n: format(n, "f"))
words = st.sampled_from(["", "", "", "at least ", "above ", "around ", "at most ", "below "])
ranges = st.tuples(numbers, numbers).map(lambda ends: f"{min(ends):f}..{max(ends):f}")
figures = st.one_of(st.builds("{}{}".format, words, plain), ranges)
offsets = st.one_of(st.just(""), st.builds("{:+f}".format, numbers.filter(bool)))
relations = st.one_of(
    st.builds(lambda sign, by: (sign + by, "city"), st.sampled_from([">", ">="]), offsets),
    st.builds(lambda sign: (sign, "last-year"), st.sampled_from([">", ">=", "up", "same"])),
)


def ends(text: str) -> tuple[Fraction | None, bool, Fraction | None, bool, Fraction, bool]:
    """Low end, whether it is open, high end, whether it is open, half a unit, whether it is soft."""
    word, _, number = text.rpartition(" ")
    low, high = (Fraction(end) for end in (number.split("..") * 2)[:2])
    digits = max(len(end.partition(".")[2]) for end in number.split(".."))
    half = Fraction(1, 2 * 10**digits)
    bounds = {
        "at least": (low, False, None, False),
        "above": (low, True, None, False),
        "at most": (None, False, low, False),
        "below": (None, False, low, True),
    }
    if word in bounds:
        return (*bounds[word], Fraction(0), False)
    return low, False, high, False, half, word == "around"


def oracle(value: str, own: str, other: str) -> tuple[str, bool]:
    """The verdict where higher is better, from the rule alone: every pair of true values that the two texts allow."""
    sign = {"up": ">", "same": ">="}.get(value) or (">=" if value.startswith(">=") else ">")
    offset = Fraction(value.lstrip(">=") or 0) if value[0] == ">" else Fraction(0)
    mine, theirs = ends(own), ends(other)

    def certain(slack: Fraction) -> str:
        low, low_open, high, high_open = mine[:4]
        bottom, bottom_open, top, top_open = theirs[:4]
        if low is not None and top is not None:
            margin = low - (top + offset) - slack
            if margin > 0 or (margin == 0 and (low_open or top_open or sign == ">=")):
                return "met"
        if high is not None and bottom is not None:
            margin = (bottom + offset) - high - slack
            if margin > 0 or (margin == 0 and (high_open or bottom_open or sign == ">")):
                return "missed"
        return "undetermined"

    verdict = certain(Fraction(0))
    stays = certain(mine[4] + theirs[4]) == verdict != "undetermined"
    return verdict, stays and not mine[5] and not theirs[5]


def world(cases, better="up"):
    """Targets and figures of a to d, one case each, of growth, or turned round of down_growth."""
    name = "growth" if better == "up" else "down_growth"
    flip = (lambda text: text) if better == "up" else turned
    targets, rows = {}, []
    for area, (relation, own, other) in zip("abcd", cases, strict=True):
        value, of = relation
        value = value if better == "up" else turned_relation(value)
        targets[area] = {"value": value, "of": of if of == "last-year" else "z"}
        rows.append((area, name, "H1-2024", flip(own)))
        if of == "last-year":
            rows.append((area, name, "H1-2023", flip(other)))
        else:
            rows.append(("z", name, "H1-2024", flip(other)))
    return {f"{name} H1-2024": targets}, rows


def turned(text: str) -> str:
    word, _, number = text.rpartition(" ")
    mirror = {"at least": "at most", "above": "below", "at most": "at least", "below": "above"}
    told = [format(-Decimal(end), "f") for end in number.split("..")]
    return f"{mirror.get(word, word)} ".lstrip() + "..".join(reversed(told))


def turned_relation(value: str) -> str:
    if value in TURNED:
        return TURNED[value]
    sign = ">=" if value.startswith(">=") else ">"
    return TURNED[sign] + f"{-Decimal(value.removeprefix(sign)):+f}"


def frame_of(build, folder, made, name="growth", **options):
    frame = build(Path(folder), *made).frame(**options)
    return frame[(frame["indicator"] == name) & frame["area"].isin(list("abcd"))].reset_index(
        drop=True
    )


one_case = st.tuples(relations, figures, figures)
cases = st.lists(one_case, min_size=4, max_size=4).map(
    # one area is followed by all who follow one
    lambda four: [
        (relation, own, four[0][2] if relation[1] == "city" else other)
        for relation, own, other in four
    ]
)


@few
@given(four=cases)
def test_every_verdict_is_the_oracles(build, four):
    with tempfile.TemporaryDirectory() as folder:
        frame = frame_of(build, folder, world(four))
    found = list(zip(frame["verdict"], frame["sure"], strict=True))
    assert found == [oracle(value, own, other) for (value, _), own, other in four]


@few
@given(four=cases)
def test_turning_better_and_all_signs_round_leaves_verdicts_alone(build, four):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        up = frame_of(build, one, world(four))
        down = frame_of(build, two, world(four, "down"), "down_growth")
    columns = ["area", "verdict", "sure", "basis", "gap"]
    pd.testing.assert_frame_equal(up[columns], down[columns])
    assert [-goal + 0.0 for goal in up["goal"].dropna()] == down["goal"].dropna().tolist()


@few
@given(data=st.data(), four=cases, other=plain)
def test_order_files_and_rows_of_others_never_matter(build, data, four, other):
    targets, rows = world(four)
    beside = [
        ("city", "growth", "H1-2024", other),
        ("z", "growth", "H1-2022", other),
        ("a", "growth", "2023", other),
        ("a", "jobless", "H1-2024", other),
        ("z", "growth", "H1-2024", other, {"prices": "current"}),
    ]
    rows = list(dict.fromkeys(rows))
    shuffled = data.draw(st.permutations([*rows, *beside]))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = frame_of(build, one, (targets, rows))
        second = frame_of(build, two, (targets, shuffled))
    pd.testing.assert_frame_equal(first[JUDGED], second[JUDGED])


@few
@given(four=cases, later=plain)
def test_what_was_not_known_by_the_day_does_not_matter(build, four, later):
    targets, rows = world(four)
    rows = list(dict.fromkeys(rows))
    revised = [(*row[:3], later, {"published": "2025-03-01"}) for row in rows]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = frame_of(build, one, (targets, rows), as_of="2024-12-31")
        second = frame_of(build, two, (targets, [*rows, *revised]), as_of="2024-12-31")
    pd.testing.assert_frame_equal(first, second)


@few
@given(levels=st.lists(st.integers(1, 9999), min_size=5, max_size=5), by=st.integers(-500, 500))
def test_the_unit_never_matters(build, levels, by):
    """Levels told in units and in ten thousands of them, the offset and the change from a base too."""

    def told(scale):
        write = lambda number: format(Decimal(number).scaleb(-scale), "f")
        targets = {
            "stock H1-2024": {
                "a": {"value": f">={Decimal(by).scaleb(-scale):+f}" if by else ">=", "of": "z"},
                "b": {"value": "+20%", "from": 2022},
                "c": {"value": "x1.5", "from": 2022},
            }
        }
        rows = [("z", "stock", "H1-2024", write(levels[0]))]
        rows += [
            (area, "stock", "H1-2024", write(n)) for area, n in zip("abc", levels[1:4], strict=True)
        ]
        rows += [(area, "stock", "2022", write(levels[4])) for area in "bc"]
        return targets, rows

    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = frame_of(build, one, told(0), "stock")
        second = frame_of(build, two, told(2), "stock")
    columns = ["area", "verdict", "sure", "basis"]
    pd.testing.assert_frame_equal(first[columns], second[columns])
