"""Targets over several years: sum, change over the whole, average, each year, the last one (docs/method.md)."""

from __future__ import annotations

import os
import random
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest

from support.workspaces import ROOT

CASES = ROOT / "tests/golden/cases"
SUM = CASES / "10-sum-over-five-years"
AVERAGE = CASES / "11-average-when-all-years-are-known"
WHOLE = CASES / "12-reduction-over-the-whole-plan"
STATIONS = CASES / "20-milestones-on-the-way"
DOWN = ("down_growth", "jobless")


def years(indicator, first, *values, area="a", **more):
    """A figure of each year from `first` on, published in the January after it; None leaves one out."""
    return [
        (area, indicator, str(year), value, {"published": f"{year + 1}-01-20", **more})
        for year, value in enumerate(values, first)
        if value is not None
    ]


def told(made, indicator, period="2021..2025", **options):
    """Verdict, gap, figure, its period, and whether it is sure."""
    row = made.row(indicator, period, **options)
    return row.verdict, row.gap, row.actual, row.actual_period or None, row.sure


# -- the cases -------------------------------------------------------------------------------------
def test_a_sum_over_five_years(run):
    rows = run("report --half 2021..2025 -f csv", at=SUM).rows
    city, east = (next(row for row in rows if row["area"] == area) for area in ("city", "east"))
    assert (city["actual"], city["actual_period"], city["verdict"]) == ("108", "2021..2024", "open")
    assert (city["gap"], city["sure"]) == ("-22", "true")
    assert "4 of 5 years: 27 (2021), 26 (2022), 28 (2023), 27 (2024); 22 remaining" in city["note"]
    # 51 of 50, and five figures without decimals may be 48.5
    assert (east["actual"], east["gap"], east["verdict"], east["sure"]) == (
        "51",
        "1",
        "met",
        "false",
    )
    path = {row["area"]: row for row in run("path -f csv", at=SUM).rows}
    assert (path["city"]["latest"], path["city"]["latest_period"]) == ("108.0000", "2021..2024")
    assert (path["city"]["progress"], path["city"]["verdict"]) == ("103.8462", "on_path")
    assert path["east"]["verdict"] == "reached"
    assert "104.0" in run("path", at=SUM).out
    left = {row["area"]: row for row in run("catchup --half 2024 -f csv", at=SUM).rows}
    assert (left["city"]["actual"], left["city"]["needed"]) == ("108.0000", "22.0000")
    brief = run("brief --half 2021..2025", at=SUM).out
    assert "22 ten thousand persons below the target of 130 ten thousand persons" in brief
    assert "No figure of exactly 2021 to 2025 is known." in brief
    assert "27 (2021)" in run("why city jobs 2021..2025", at=SUM).out
    assert run("report --half 2021..2025 --fail-on not-reported", at=SUM).code == 0


def test_an_average_when_all_years_are_known(run):
    rows = {row["area"]: row for row in run("report --half 2021..2025 -f csv", at=AVERAGE).rows}
    assert [rows["city"][name] for name in ("verdict", "gap", "sure")] == ["met", "0.2", "true"]
    assert [rows["east"][name] for name in ("verdict", "gap", "sure")] == ["missed", "-0.2", "true"]
    assert "5.25% a year" in rows["city"]["note"]
    assert "4.84% a year" in rows["east"]["note"]
    said = run("catchup --half 2025", at=AVERAGE).out
    assert "8.1, 3.0, 5.2, 5.0, 5.0" in said
    assert "5.2 against 5: met.\n" in said
    assert "4.8 against 5: missed.\n" in said
    path = {row["area"]: row["verdict"] for row in run("path -f csv", at=AVERAGE).rows}
    assert path == {"city": "reached", "east": "behind"}
    assert run("report --half 2021..2025 --fail-on missed", at=AVERAGE).code == 4


def of_the_whole(tmp_path):
    """Case 12 with the word that it lacks."""
    import shutil

    shutil.copytree(WHOLE, tmp_path / "whole")
    file = tmp_path / "whole/targets.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"-14"', '"-14", over = "whole"'), encoding="utf-8", newline="\n")
    return tmp_path / "whole"


def test_a_reduction_over_the_whole_plan(run, tmp_path):
    at = of_the_whole(tmp_path)
    (row,) = [r for r in run("report --half 2021..2025 -f csv", at=at).rows if r["area"] == "city"]
    assert [row[n] for n in ("actual", "gap", "verdict")] == ["-10.1", "-3.9", "open"]
    (line,) = [r for r in run("catchup --half 2024 -f csv", at=at).rows if r["target"]]
    assert (line["actual"], line["needed"][:5]) == ("-10.1000", "-4.33")
    (way,) = run("path -f csv", at=at).rows
    assert (way["latest"], way["verdict"]) == ("-10.1000", "behind")
    assert "-11.37" in run("path", at=at).out
    assert run("check", at=at).out.count("over-unsaid") == 0


def test_without_a_word_it_is_doubted_and_not_multiplied(run):
    (row,) = [
        r for r in run("report --half 2021..2025 -f csv", at=WHOLE).rows if r["area"] == "city"
    ]
    assert (row["verdict"], row["gap"], row["sure"]) == ("undetermined", "", "false")
    assert "specify with `over`" in row["note"]
    (line,) = [r for r in run("catchup --half 2024 -f csv", at=WHOLE).rows if r["target"]]
    assert line["needed"] == ""
    assert "47" not in run("catchup --half 2024", at=WHOLE).out
    assert "targets.energy.2021..2025.city" in run("check", at=WHOLE).out
    assert "over-unsaid" in run("check", at=WHOLE).out


@pytest.mark.parametrize("asked", ["", " --half 2024"])
def test_milestones_are_stations_of_the_path(run, asked):
    (line,) = run(f"path{asked} -f csv", at=STATIONS).rows
    # 22 + (30 − 22) / 2 = 26.0; 6.5 of 6.0
    assert (line["target"], line["progress"], line["verdict"]) == ("30.0000", "108.3333", "on_path")
    assert "milestone 22 of 2023: reached (22.1)" in line["note"]
    assert "26.00" in run(f"path{asked}", at=STATIONS).out


# -- the rules, one by one -------------------------------------------------------------------------
SPAN = "2021..2023"


@pytest.mark.parametrize(
    ("indicator", "target", "figures", "wanted"),
    [
        # a sum: so far, done before its end since it cannot shrink, missed
        ("level", {"value": "30"}, ["10", "10"], ("open", -10, 20, "2021..2022", True)),
        ("level", {"value": "30"}, ["10", "25"], ("met", 5, 35, "2021..2022", True)),
        ("level", {"value": "30"}, ["20", "25", "-5"], ("met", 10, 40, "2021..2023", True)),
        ("level", {"value": "30"}, ["-5", "40"], ("open", 5, 35, "2021..2022", True)),
        (
            "level",
            {"value": "above 30"},
            ["10", "10", "10"],
            ("missed", 0, 30, "2021..2023", False),
        ),
        (
            "level",
            {"value": "30"},
            ["9.9", "10.0", "10.0"],
            ("missed", -0.1, 29.9, "2021..2023", False),
        ),
        (
            "level",
            {"value": "30"},
            ["9.5", "10.0", "10.0"],
            ("missed", -0.5, 29.5, "2021..2023", True),
        ),
        # a year before the newest is not known
        (
            "level",
            {"value": "30"},
            ["10", None, "10"],
            ("undetermined", None, 20, "2021..2023", False),
        ),
        ("level", {"value": "30"}, ["10", None, "30"], ("met", 10, 40, "2021..2023", True)),
        # a bound among the years: the sum is one
        ("level", {"value": "30"}, [">10", "10", "10"], ("met", None, 30, "2021..2023", False)),
        (
            "level",
            {"value": "31"},
            [">10", "10", "10"],
            ("undetermined", None, 30, "2021..2023", False),
        ),
        # an average of growths is a root, of amounts and shares a mean
        ("growth", {"value": "5"}, ["4.0", "6.0", "5.0"], ("met", 0, 5.0, "2021..2023", False)),
        ("growth", {"value": "5"}, ["4.0", "6.0"], ("open", 0, 5.0, "2021..2022", True)),
        (
            "growth",
            {"value": "5", "over": "average"},
            ["-60.0", "90.0", "90.0"],
            ("met", 8, 13.0, "2021..2023", True),
        ),
        (
            "growth",
            {"value": "5"},
            ["-100", "90.0", "90.0"],
            ("undetermined", None, None, "2021..2023", False),
        ),
        (
            "level",
            {"value": "10", "over": "average"},
            ["10", "9", "10"],
            ("missed", -0.3, 9.7, "2021..2023", False),
        ),
        (
            "share",
            {"value": "50", "over": "average"},
            ["49.0", "52.0", "50.0"],
            ("met", 0.33, 50.33, "2021..2023", True),
        ),
        (
            "stock",
            {"value": "50", "over": "average"},
            ["49", "52"],
            ("open", 0.5, 50.5, "2021..2022", True),
        ),
        (
            "jobless",
            {"value": "5", "over": "average"},
            ["5.0", "5.2", "5.0"],
            ("missed", -0.07, 5.07, "2021..2023", True),
        ),
        # the change over the whole
        (
            "down_growth",
            {"value": "-9", "over": "whole"},
            ["-3.0", "-3.0", "-3.0"],
            ("missed", -0.3, -8.7, "2021..2023", True),
        ),
        (
            "growth",
            {"value": "15.8", "over": "whole"},
            ["5.0", "5.0", "5.0"],
            ("met", 0, 15.8, "2021..2023", False),
        ),
        # each year: one that misses it decides, wherever it stands
        (
            "growth",
            {"value": "5", "over": "each"},
            ["5.5", "4.8"],
            ("missed", -0.2, 4.8, "2022", True),
        ),
        (
            "growth",
            {"value": "5", "over": "each"},
            ["5.5", "5.3"],
            ("open", 0.3, 5.3, "2022", True),
        ),
        (
            "growth",
            {"value": "5", "over": "each"},
            ["5.5", "5.3", "6.0"],
            ("met", 0.3, 5.3, "2022", True),
        ),
        (
            "growth",
            {"value": "5", "over": "each"},
            ["5.5", None, "6.0"],
            ("undetermined", None, 5.5, "2021", False),
        ),
        (
            "jobless",
            {"value": "5", "over": "each"},
            ["5.0", "4.9", "5.2"],
            ("missed", -0.2, 5.2, "2023", True),
        ),
        # the last year alone
        ("level", {"value": "12", "over": "end"}, ["10", "11"], ("open", -1, 11, "2022", True)),
        (
            "level",
            {"value": "12", "over": "end"},
            ["15", None, "11"],
            ("missed", -1, 11, "2023", True),
        ),
        (
            "growth",
            {"value": "5", "over": "end"},
            ["3.0", "3.0", "5.2"],
            ("met", 0.2, 5.2, "2023", True),
        ),
        # the very years' own figure goes before what they make
        ("growth", {"value": "5"}, [], ("not_reported", None, None, None, None)),
    ],
)
def test_what_the_years_make(city, indicator, target, figures, wanted):
    made = city({f"{indicator} {SPAN}": {"a": target}}, years(indicator, 2021, *figures))
    found = told(made, indicator, SPAN)
    assert found[:1] + found[1:4] == pytest.approx(wanted[:4]) or found[:4] == wanted[:4]
    if wanted[4] is not None:
        assert found[4] is wanted[4]


def test_a_figure_published_for_all_the_years_goes_first(city):
    own = [("a", "growth", SPAN, "5.3", {"published": "2024-02-01"})]
    made = city({f"growth {SPAN}": {"a": "5"}}, years("growth", 2021, "4.0", "4.0", "4.0") + own)
    assert told(made, "growth", SPAN)[:4] == ("met", 0.3, 5.3, SPAN)
    # but of each year, and of the last, it says nothing
    made = city(
        {f"growth {SPAN}": {"a": {"value": "5", "over": "each"}}},
        years("growth", 2021, "4.0", "4.1", "4.2") + own,
    )
    assert told(made, "growth", SPAN)[:4] == ("missed", -1.0, 4.0, "2021")


def test_years_that_are_expected_are_never_sure(city):
    rows = years("level", 2021, "20", "10") + years("level", 2023, "20", status="expected")
    made = city({f"level {SPAN}": {"a": "30"}}, rows)
    assert told(made, "level", SPAN) == ("met", 20, 50, SPAN, False)
    assert "forecast by the publisher" in made.row("level", SPAN).note


def test_levels_on_two_sides_of_a_break_are_not_added(city):
    made = city(
        {f"level {SPAN}": {"a": "30"}},
        years("level", 2021, "10", "10", "11"),
        breaks={"level": "2023-06-01"},
    )
    assert told(made, "level", SPAN)[:2] == ("undetermined", None)
    assert "two sides of a break" in made.row("level", SPAN).note
    # growths are one series whatever breaks
    made = city(
        {f"growth {SPAN}": {"a": "5"}},
        years("growth", 2021, "6.0", "6.0", "6.0"),
        breaks={"growth": "2023-06-01"},
    )
    assert made.row("growth", SPAN).verdict == "met"


def test_a_figure_at_other_prices_is_no_year(city):
    rows = years("level", 2021, "10", "10") + years("level", 2023, "11", prices="constant")
    made = city({f"level {SPAN}": {"a": "30"}}, rows)
    assert told(made, "level", SPAN)[:4] == ("open", -10, 20, "2021..2022")


def test_only_what_was_known_counts(city):
    made = city(
        {f"level {SPAN}": {"a": {"value": "30", "set": "2021-01-10"}}},
        years("level", 2021, "10", "10", "11"),
    )
    assert told(made, "level", SPAN, as_of="2023-06-30")[:4] == ("open", -10, 20, "2021..2022")
    assert told(made, "level", SPAN)[:4] == ("met", 1, 31, SPAN)


def test_what_is_promised_of_each_year_judges_every_year_and_its_half(city, run):
    rows = [
        *years("growth", 2021, "5.5", "4.8"),
        ("a", "growth", "H1-2023", "5.1", {"published": "2023-07-20"}),
    ]
    made = city({f"growth {SPAN}": {"a": {"value": "5", "over": "each"}}}, rows)
    assert told(made, "growth", "2021")[:2] == ("met", 0.5)
    assert told(made, "growth", "2022")[:2] == ("missed", -0.2)
    assert told(made, "growth", "H1-2023")[:2] == ("met", 0.1)
    assert made.row("growth", "2022").target_period == SPAN
    assert "5" in run("targets --half 2022", at=made.folder).out
    # the year's own target, set later, goes before it
    own = {
        f"growth {SPAN}": {"a": {"value": "5", "over": "each", "set": "2021-01-10"}},
        "growth 2022": {"a": {"value": "4", "set": "2022-01-10"}},
    }
    assert told(city(own, rows), "growth", "2022")[:2] == ("met", 0.8)


@pytest.mark.parametrize(("over", "verdict"), [("end", "open"), ("average", "no_target")])
def test_an_average_of_a_share_judges_no_part_of_its_years(city, over, verdict):
    made = city(
        {f"share {SPAN}": {"a": {"value": "50", "over": over}}}, years("share", 2021, "40.0")
    )
    assert made.row("share", "2021").verdict == verdict


# -- doubt -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("indicator", "target", "figures", "doubted"),
    [
        ("down_growth", "-13.5", ["-2.7", "-0.1", "-0.5", "-3.8"], True),
        ("down_growth", "-3", ["-2.7", "-0.1", "-0.5", "-3.8"], False),
        ("down_growth", "-13.5", [], True),
        ("growth", "40", ["6.0", "7.0"], True),
        ("growth", "5", ["0.1", "-0.3"], False),
        ("growth", "12", ["7.0", "5.0"], False),
        ("growth", "15", [], False),
        ("level", "5000", ["4000", "4300"], True),
        ("level", "5000", ["900", "1000"], False),
        ("level", "5000", ["2400", "2500"], False),
    ],
)
def test_a_number_that_does_not_go_with_its_years_is_doubted(
    city, run, indicator, target, figures, doubted
):
    made = city({f"{indicator} 2021..2025": {"a": target}}, years(indicator, 2021, *figures))
    assert ("over-unsaid" in run("check", at=made.folder).out) is doubted
    if figures:
        assert (made.row(indicator, "2021..2025").verdict == "undetermined") is doubted
    word = "sum" if indicator == "level" else "average"
    made = city(
        {f"{indicator} 2021..2025": {"a": {"value": target, "over": word}}},
        years(indicator, 2021, *figures),
    )
    assert "over-unsaid" not in run("check", at=made.folder).out


@pytest.mark.parametrize(
    ("indicator", "period", "over", "why"),
    [
        ("growth", "2021", "average", "several years"),
        ("growth", "H1-2021", "each", "several years"),
        ("growth", "2021-01..2022-06", "average", "several years"),
        ("growth", SPAN, "sum", "kind growth"),
        ("share", SPAN, "sum", "kind share"),
        ("level", SPAN, "whole", "kind flow"),
        ("level", SPAN, "total", "over must be"),
    ],
)
def test_a_word_that_cannot_be_is_refused_at_its_key(city, run, indicator, period, over, why):
    made = city(
        {f"{indicator} {period}": {"a": {"value": "5", "over": over}}},
        years(indicator, 2021, "5", "5", "5"),
    )
    said = run("check -f csv", at=made.folder)
    (line,) = [row for row in said.rows if row["code"] == "bad-value"]
    assert f"targets.{indicator}.{period}.a.over" in ",".join(line.values())
    assert why in ",".join(line.values())
    assert run(f"report --half {period}", at=made.folder).code == 3
    # set aside, the target is not judged by a word that nobody wrote
    assert made.row(indicator, period, set_aside=True).verdict == "undetermined"


# -- an independent oracle -------------------------------------------------------------------------
KINDS = {
    "level": ("sum", "average", "each", "end"),
    "growth": ("average", "whole", "each", "end"),
    "down_growth": ("average", "whole", "each", "end"),
    "share": ("average", "each"),
    "jobless": ("average", "each"),
    "stock": ("average", "each"),
}


def rounded(number, decimals):
    """Halves away from zero."""
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def oracle(over, down, growth, goal, more, figures):
    """Verdict, sure, gap and number by the rules alone; `figures`: text or None a year, a mark for expected."""
    known = [(Decimal(text), hoped) for text, hoped in filter(None, figures)]
    if not known:
        return "not_reported", None, None, None
    newest = max(at for at, figure in enumerate(figures) if figure)
    hole, complete = len(known) <= newest, len(known) == len(figures)
    digits = [max(-number.as_tuple().exponent, 0) for number, _hoped in known]
    halves = [Decimal("0.5").scaleb(-d) for d in digits]
    sign = -1 if down else 1

    def met(number):
        return sign * number > sign * goal or (number == goal and not more)

    def make(numbers):
        if over == "sum":
            return sum(numbers)
        if over == "average" and not growth:
            return sum(numbers) / len(numbers)
        whole = Decimal(1)
        for number in numbers:
            whole *= 1 + number / 100
        return 100 * ((whole ** (1 / Decimal(len(numbers))) if over == "average" else whole) - 1)

    def judged(number, least, most):
        worst, best = (least, most) if sign > 0 else (most, least)
        if met(number):
            return "met", met(worst)
        return "missed", not met(best)

    numbers = [number for number, _hoped in known]
    firm = not any(hoped for _number, hoped in known)
    if over in ("each", "end"):
        single = [judged(n, n - h, n + h) for n, h in zip(numbers, halves, strict=True)]
        if over == "end":
            firm, number, last = not known[-1][1], numbers[-1], figures[-1] is not None
            verdict, sure = single[-1] if last else ("open", True)
        else:
            number = min(numbers, key=lambda n: sign * n)
            missed = [sure for verdict, sure in single if verdict == "missed"]
            if missed:
                hoped = [h for (v, _s), (_n, h) in zip(single, known, strict=True) if v == "missed"]
                verdict, sure = (
                    "missed",
                    any(s and not h for s, h in zip(missed, hoped, strict=True)),
                )
            elif complete:
                verdict, sure = "met", all(sure for _v, sure in single)
            else:
                verdict, sure = ("undetermined", False) if hole else ("open", True)
    else:
        decimals = max(digits) + (over == "average" and not growth)
        with localcontext(prec=60):
            exact = [
                make(list(of))
                for of in (
                    numbers,
                    [n - h for n, h in zip(numbers, halves, strict=True)],
                    [n + h for n, h in zip(numbers, halves, strict=True)],
                )
            ]
        number = rounded(exact[0], decimals)
        verdict, sure = judged(number, exact[1], exact[2])
        past = over == "sum" and min(numbers) >= 0 and verdict == ("missed" if down else "met")
        if not complete and not past:
            verdict, sure = ("undetermined", False) if hole else ("open", True)
    gap = None if hole and verdict == "undetermined" else float(sign * (number - goal))
    return verdict, sure and firm, gap, float(number)


def world(dice):
    """Targets and figures of four districts, each indicator over the same years."""
    length = dice.choice([2, 3, 3, 5])
    span, targets, rows, asked = f"2021..{2020 + length}", {}, [], []
    for indicator, overs in KINDS.items():
        growth = indicator.endswith("growth")
        for area in "abcd":
            over = dice.choice(overs)
            level = dice.choice([-3, 3, 5]) if growth else dice.choice([8, 10])
            figures = []
            for year in range(length):
                number = Decimal(level) + Decimal(dice.randint(-12, 12)) / 10
                text = f"{number:.{dice.choice([0, 1, 1, 2])}f}"
                figures.append(
                    (text, dice.random() < 0.1)
                    if dice.random() < 0.85 - 0.3 * (year == length - 1)
                    else None
                )
            times = length if over in ("sum", "whole") else 1
            goal = Decimal(level * times) + Decimal(dice.randint(-4, 4)) / dice.choice([1, 5, 10])
            goal = Decimal(f"{goal:.{dice.choice([0, 1])}f}") + 0
            better = "below" if indicator in DOWN else "above"
            more = dice.random() < 0.2
            value = f"{better} {goal}" if more else str(goal)
            targets.setdefault(f"{indicator} {span}", {})[area] = {
                "value": value,
                "over": over,
                "set": "2021-01-10",
            }
            for year, figure in enumerate(figures):
                if figure:
                    status = "expected" if figure[1] else "final"
                    rows += years(indicator, 2021 + year, figure[0], area=area, status=status)
            asked.append((area, indicator, over, growth, goal, more, figures))
    return span, targets, rows, asked


WORLDS = int(os.environ.get("DTRACK_WORLDS", "12").partition("..")[0])


@pytest.mark.parametrize("seed", range(WORLDS))
def test_the_oracle_says_the_same(build, tmp_path, seed):
    dice = random.Random(seed)
    span, targets, rows, asked = world(dice)
    made = build(tmp_path / "plain", targets, rows)
    frame = made.frame(span).set_index(["area", "indicator"])
    dice.shuffle(rows)
    again = build(tmp_path / "shuffled", targets, rows).frame(span).set_index(["area", "indicator"])
    columns = ["verdict", "gap", "actual", "sure", "note"]
    assert frame[columns].equals(again[columns])
    for area, indicator, over, growth, goal, more, figures in asked:
        row = frame.loc[(area, indicator)]
        found = [
            None if value != value or value is None else value
            for value in (row["gap"], row["actual"])
        ]
        verdict, sure, gap, number = oracle(over, indicator in DOWN, growth, goal, more, figures)
        assert (row["verdict"], *found) == (
            verdict,
            *[n if n is None else pytest.approx(n, abs=1e-9) for n in (gap, number)],
        ), (over, goal, more, figures)
        if verdict != "not_reported":
            assert bool(row["sure"]) is bool(sure), (over, goal, more, figures)


# -- laws ------------------------------------------------------------------------------------------
VALUES = [
    ["49.0", "52.0", "50.0"],
    ["50.0", "49.9"],
    ["50.0", None, "51.0"],
    ["48.0", "49.0", "50.9"],
]


@pytest.mark.parametrize("figures", VALUES, ids=str)
@pytest.mark.parametrize("over", ["average", "each"])
@pytest.mark.parametrize("goal", ["50", "50.0", "49.5"])
def test_turned_round_it_is_the_same(city, over, figures, goal):
    """Where lower is better every sign is turned, and nothing else changes."""
    turned = [value and f"-{value}" for value in figures]
    up = city(
        {f"share {SPAN}": {"a": {"value": goal, "over": over}}}, years("share", 2021, *figures)
    )
    down = city(
        {f"jobless {SPAN}": {"a": {"value": f"-{goal}", "over": over}}},
        years("jobless", 2021, *turned),
    )
    one, other = told(up, "share", SPAN), told(down, "jobless", SPAN)
    assert (one[0], one[1], one[3], one[4]) == (other[0], other[1], other[3], other[4])


@pytest.mark.parametrize("over", ["sum", "average", "each", "end"])
def test_years_told_in_another_unit_are_the_same(city, over):
    promise = {f"level {SPAN}": {"a": {"value": "31", "over": over}}}
    plain = city(promise, years("level", 2021, "10.5", "10.0", "9.5"))
    scaled = city(
        promise,
        years(
            "level",
            2021,
            "10.5亿",
            "100.0千万",
            "0.095百亿".replace("百亿", "万亿").replace("0.095", "0.00095"),
        ),
    )
    one, other = (made.row("level", SPAN) for made in (plain, scaled))
    assert (one.verdict, one.actual) == (other.verdict, pytest.approx(other.actual))


@pytest.mark.parametrize("over", ["sum", "average", "each", "end"])
def test_rows_of_others_change_nothing(city, over):
    promise = {f"level {SPAN}": {"a": {"value": "31", "over": over}}}
    rows = years("level", 2021, "10.5", "10.0", "9.5")
    more = [
        *years("level", 2019, "99", "99"),
        *years("level", 2024, "1", "2"),
        *years("level", 2021, "5", "-5", "5", area="b"),
        *years("stock", 2021, "5", "5", "5"),
        ("a", "level", "H1-2022", "4.0", {"published": "2022-07-20"}),
    ]
    if (
        over == "sum"
    ):  # what another area lost may be lost here too, which decides before the end alone
        more = [row for row in more if row[3] != "-5"]
    assert told(city(promise, rows), "level", SPAN) == told(
        city(promise, rows + more), "level", SPAN
    )


def test_a_target_relative_to_another_is_not_held_against_what_years_make(city):
    rows = [
        *years("growth", 2021, "5.0", "6.0", "7.0"),
        *years("growth", 2021, "4.0", "4.0", "4.0", area="city"),
    ]
    made = city({f"growth {SPAN}": {"a": {"value": ">", "of": "city"}}}, rows)
    assert made.row("growth", SPAN).verdict == "undetermined"
    made = city({f"growth {SPAN}": {"a": {"value": ">", "of": "city", "over": "each"}}}, rows)
    assert made.row("growth", "2022").verdict == "met"


def test_more_than_ten_years_are_counted_and_not_listed(city, run):
    made = city(
        {"level 2021..2035": {"a": {"value": "100", "over": "sum"}}},
        years("level", 2021, *["5"] * 12),
    )
    assert told(made, "level", "2021..2035")[:4] == ("open", -40, 60, "2021..2032")
    assert "12 of 15 years known" in made.row("level", "2021..2035").note
    (line,) = run("path -i level -f csv", at=made.folder).rows
    assert (line["progress"], line["verdict"]) == ("75.0000", "behind")


def test_shorter_spans_that_begin_together_are_stations(city, run):
    targets = {
        "level 2021..2022": {"a": {"value": "10", "over": "sum"}},
        "level 2021..2025": {"a": {"value": "70", "over": "sum"}},
    }
    made = city(targets, years("level", 2021, "5", "6", "19"))
    # 10 after two years, 70 after five: 30 after three
    (line,) = run("path -i level -f csv", at=made.folder).rows
    assert (line["latest"], line["progress"], line["verdict"]) == ("30.0000", "100.0000", "on_path")


def test_a_briefing_of_several_years_says_nothing_year_on_year(run, tmp_path):
    for language in ("en", "zh", "fr"):
        said = run(f"brief --half 2021..2025 --lang {language}", at=AVERAGE).out
        assert "year on year" not in said
        assert "同比" not in said
