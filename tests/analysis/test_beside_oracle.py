"""Corridors, aims and lights against the rules told once more in exact fractions, over random cells.

Written from docs/method.md alone. DTRACK_CELLS=200000 draws as many.
"""

from __future__ import annotations

import os
import random
from fractions import Fraction

import pytest

from support.workspaces import build_city

YEARS = range(1900, 2000)
KINDS = {"growth": True, "down_growth": False, "level": True, "stock": True, "jobless": False}
WORDS = ["", "", "", "", ">", ">=", "<", "<=", "~"]
MET, MISSED, UNKNOWN = "met", "missed", "undetermined"


def drawn(dice: random.Random) -> str:
    places = dice.choice([0, 0, 1, 2])
    return f"{dice.randint(-40, 60) / 10 ** min(places, 1):.{places}f}".replace("-0.0", "0.0")


def ends_of(text: str) -> tuple[Fraction, Fraction, bool, bool, Fraction, bool]:
    """Low, high (None: nowhere), whether each is open, half a unit of the last digit, soft."""
    word = text.rstrip("0123456789.-")
    number = Fraction(text[len(word) :])
    half = Fraction(1, 2) / 10 ** len(text.partition(".")[2])
    low = None if word in ("<", "<=") else number
    high = None if word in (">", ">=") else number
    return low, high, word == ">", word == "<", half * (word in ("", "~")), word == "~"


def against(figure, goal, *, up, more=False, wider=Fraction(0)):
    """The verdict of an interval against one number, its ends moved out by `wider`."""
    low, high, low_open, high_open, half, _soft = figure
    if not up:
        low, high, low_open, high_open = (
            -high if high is not None else None,
            -low if low is not None else None,
            high_open,
            low_open,
        )
        goal = -goal
    low = None if low is None else low - half * wider
    high = None if high is None else high + half * wider
    if low is not None and (low > goal or (low == goal and (low_open or not more))):
        return MET
    if high is not None and (high < goal or (high == goal and (high_open or more))):
        return MISSED
    return UNKNOWN


def judged(figure, ends, *, up, more):
    """The verdict against one number or both ends, and whether it stands as sure."""

    def verdict(wider):
        if len(ends) == 1:
            return against(figure, ends[0], up=up, more=more, wider=wider)
        two = {
            against(figure, ends[0], up=True, wider=wider),
            against(figure, ends[1], up=False, wider=wider),
        }
        return MISSED if MISSED in two else MET if two == {MET} else UNKNOWN

    found = verdict(0)
    return found, found != UNKNOWN and verdict(1) == found and not figure[5]


def light_of(figure, ends, verdict, band, *, up):
    """Green, or how far past the end that was passed."""
    if verdict != MISSED:
        return "green" if verdict == MET else ""
    low, high = figure[0], figure[1]
    number = low if low is not None else high
    goal, above = ends[0], not up
    if len(ends) == 2:
        above = ends[1] - number < number - ends[0]
        goal = ends[above]
    width = abs(goal) * band / 100
    best = (
        (low - goal if low is not None else None)
        if above
        else (goal - high if high is not None else None)
    )
    worst = (
        (high - goal if high is not None else None)
        if above
        else (goal - low if low is not None else None)
    )
    best_open = figure[2] if above else figure[3]
    if worst is not None and worst <= width:
        return "amber"
    if best is not None and (best > width or (best == width and best_open)):
        return "red"
    return ""


def promise(dice, up):
    """A target with what stands beside it, its ends, whether it has to be passed, its aim."""
    one, other = sorted([drawn(dice), drawn(dice)], key=Fraction)
    if dice.random() < 0.5:
        if dice.random() < 0.3 and Fraction(other) >= 0:
            half = Fraction(other)
            return (
                {"value": f"{one}±{other}"},
                [Fraction(one) - half, Fraction(one) + half],
                False,
                None,
            )
        return (
            {"value": f"{one}..{other}", "both": True},
            [Fraction(one), Fraction(other)],
            False,
            None,
        )
    floor, aim = (one, other) if up else (other, one)
    word = dice.choice(["", ">" if up else "<", ">=" if up else "<="])
    entry = {"value": word + floor}
    if Fraction(one) < Fraction(other):
        entry["aim"] = aim
    return (
        entry,
        [Fraction(floor)],
        word in "<>" and bool(word),
        Fraction(aim) if "aim" in entry else None,
    )


@pytest.mark.slow
def test_verdicts_gaps_lights_and_aims_are_those_of_the_rules(tmp_path):
    wanted = int(os.environ.get("DTRACK_CELLS", "2000"))
    for seed in range(-(-wanted // (len(YEARS) * len(KINDS) * 4))):
        dice, targets, rows, told = random.Random(seed), {}, [], {}
        band = dice.choice(["0%", "2.5%", "10%", "12.5%", "100%"])
        for name, up in KINDS.items():
            for year in YEARS:
                for area in "abcd":
                    entry, *rest = promise(dice, up)
                    figure = dice.choice(WORDS) + drawn(dice)
                    targets.setdefault(f"{name} {year}", {})[area] = entry | {
                        "set": f"{year}-01-15"
                    }
                    more = {"published": f"{year + 1}-01-20"}
                    rows.append((area, name, str(year), figure, more))
                    told[name, year, area] = (figure, *rest)
        there = build_city(tmp_path / str(seed), targets, rows)
        toml = there.folder / "targets.toml"
        text = toml.read_text(encoding="utf-8")
        toml.write_text(f'{text}\n[bands]\namber = "{band}"\n', encoding="utf-8")
        dataset = there.open()
        for year in YEARS:
            frame = dataset.assess(str(year)).set_index(["indicator", "area"])
            for name, up in KINDS.items():
                for area in "abcd":
                    held(frame.loc[(name, area)], told[name, year, area], up, Fraction(band[:-1]))


def held(row, told, up, band):
    """One row of the answer is what the rules say of it."""
    text, ends, more, aim = told
    figure = ends_of(text)
    verdict, sure = judged(figure, ends, up=up, more=more)
    at = f"{text} against {row['target_text']}, aim {row['aim']}"
    assert (row["verdict"], row["sure"]) == (verdict, sure), at
    assert row["light"] == light_of(figure, ends, verdict, band, up=up), at
    if None not in figure[:2]:
        number = figure[0]
        gaps = (number - ends[0], ends[-1] - number)
        gap = min(gaps) if len(ends) == 2 else gaps[0] if up else gaps[1]
        assert row["gap"] == float(gap), at
    expected = "" if aim is None else judged(figure, [aim], up=up, more=False)[0]
    assert row["aim_verdict"] == expected, at
