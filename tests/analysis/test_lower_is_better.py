"""Where lower is better: signs, order and words of every analysis turn, so that negative is always behind.

The world: a and b make up the city half and half, both promised −3.0 % as the city did. a reached −1.5 (it fell short),
b −3.5 (it is ahead), the city −2.5. By hand: a costs 0.5 × (−3.0 − −1.5) = −0.75, b brings 0.5 × (−3.0 − −3.5) = +0.25.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

import dtrack
from dtrack.analysis.question import Query
from dtrack.core.translate import speaking
from dtrack.rendering.bars import with_steps
from dtrack.reporting.briefing_facts import gather
from dtrack.reporting.briefing_text import briefing
from dtrack.reporting.decomposition import CityAnswer
from support.workspaces import AREA_COLUMNS, toml_targets, write_csv

INDICATOR = """
[indicators.{id}]
name = {{ en = "{id}", zh = "{id}", fr = "{id}" }}
kind = "{kind}"
unit = "{unit}"
better = "{better}"
{more}
"""
OLD = {"published": "2024-02-20"}
MONEY = [(a, "level", p, v, OLD) for a in "ab" for p, v in (("H1-2023", "50"), ("2023", "105"))]
MONEY += [("city", "level", p, v, OLD) for p, v in (("H1-2023", "100"), ("2023", "210"))]
AIM = {"city": "-3.0", "a": "-3.0", "b": "-3.0"}
REACHED = {"city": "-2.5", "a": "-1.5", "b": "-3.5"}
N, B = "\u202f", "\u00a0"


def kind_of(name, better="down"):
    """An indicator of its own: energy (growth), spending (flow), backlog (stock), jobless rate (share)."""
    kind, unit, more = {
        "energy": ("growth", "percent", 'prices = "constant"\nweight = "level"'),
        "spending": ("flow", "100 million CNY", 'prices = "current"'),
        "backlog": ("stock", "cases", ""),
        "rate": ("share", "percent", ""),
    }[name]
    return INDICATOR.format(id=name, kind=kind, unit=unit, better=better, more=more)


@pytest.fixture
def world(city):
    """world("energy", aims, reached, period): a workspace of one indicator; targets of the year, figures of the half."""

    def make(
        name, aims=AIM, reached=REACHED, better="down", more=(), aimed="2024", period="H1-2024"
    ):
        rows = [(area, name, period, value) for area, value in reached.items()]
        folder = city(
            kind_of(name, better) + toml_targets({f"{name} {aimed}": aims}), [*rows, *MONEY, *more]
        ).folder
        areas = {
            "city": "",
            **dict.fromkeys("ab", "city"),
            **dict.fromkeys(set(aims) - {"city"}, "city"),
        }
        lines = [
            {"id": area, "parent": parent, "name_en": area.upper()}
            for area, parent in sorted(areas.items())
        ]
        write_csv(folder / "data/areas.csv", AREA_COLUMNS, lines)
        return folder

    return make


def sentences(folder, language="en"):
    """Every sentence of the briefing without the numbers of its sources."""
    dataset = dtrack.open(folder)
    position = next(
        p
        for p, item in enumerate(dataset.indicators)
        if item.id in ("energy", "spending", "backlog", "rate")
    )
    with speaking(language):
        told = briefing(gather(dataset, Query.of("H1-2024"), position))
    return [
        re.sub(r" ?\[T?\d+(?: · T?\d+)*\]", "", line)
        for sheet in told.sheets
        for line in sheet.below
    ]


# The city's gap


def test_negative_is_behind_in_the_parts_of_the_citys_gap(world):
    frame = dtrack.open(world("energy")).city("H1-2024", indicator="energy")
    told = {(row.part, row.area): row.contribution for row in frame.itertuples()}
    assert told == {
        ("performance", "a"): -0.75,
        ("performance", "b"): 0.25,
        ("target_setting", "a"): 0.0,
        ("target_setting", "b"): 0.0,
        ("rest", "city"): 0.0,
        ("total", "city"): -0.5,
    }
    assert frame["area"].tolist()[:2] == ["a", "b"]  # the worst first
    assert (
        frame["note"]
        .iloc[-1]
        .startswith("energy; lower is better, so the signs are reversed: negative is behind")
    )


def test_the_total_is_the_gap_of_report(world):
    dataset = dtrack.open(world("energy"))
    board = dataset.assess("H1-2024").set_index(["area", "indicator"])
    assert (
        dataset.city("H1-2024", indicator="energy")["contribution"].iloc[-1]
        == board.loc[("city", "energy"), "gap"]
        == -0.5
    )


def test_the_printed_line_is_turned_and_true(world, run):
    printed = run("city --half H1-2024 -i energy", at=world("energy")).out
    line = "-3.0 − -2.5 = -0.50 = -0.50 + 0.00 + 0.00 + 0.00 (lower is better)"
    assert line in printed.splitlines()
    pair, total, terms = line.removesuffix(" (lower is better)").split(" = ")
    first, second = map(Decimal, pair.split(" − "))
    parts = [Decimal(term.replace(" ", "")) for term in re.findall(r"[+-] ?\d+\.\d+", terms)]
    assert first - second == Decimal(total) == sum(parts)


def test_a_district_whose_promise_asks_less_than_the_citys_leaves_a_gap(world):
    frame = dtrack.open(world("energy", AIM | {"b": "-2.0"})).city("H1-2024", indicator="energy")
    told = {(row.part, row.area): row.contribution for row in frame.itertuples()}
    assert (told["target_setting", "b"], told["performance", "b"], told["total", "city"]) == (
        -0.5,
        0.75,
        -0.5,
    )


def test_a_district_without_a_target_is_turned_too(world):
    frame = dtrack.open(world("energy", {"city": "-3.0", "a": "-3.0"})).city(
        "H1-2024", indicator="energy"
    )
    assert frame.loc[frame["part"] == "no_target", "contribution"].tolist() == [
        0.25
    ]  # 0.5 × (−3.0 − −3.5)


def test_it_is_the_mirror_of_an_indicator_of_which_more_is_better(world):
    mirror = lambda figures: {area: value[1:] for area, value in figures.items()}
    down, up = (
        dtrack.open(folder)
        for folder in (world("energy"), world("energy", mirror(AIM), mirror(REACHED), "up"))
    )
    parts = [
        dataset.city("H1-2024")[["part", "area", "contribution"]].values.tolist()
        for dataset in (down, up)
    ]
    assert parts[0] == parts[1]
    needed = [dataset.catchup("H1-2024")["needed"] for dataset in (down, up)]
    assert needed[0].tolist() == pytest.approx((-needed[1]).tolist())


def test_the_missing_must_average_at_most(world, run):
    printed = run(
        "city --half H1-2024 -i energy", at=world("energy", reached={"city": "-2.5", "a": "-1.5"})
    ).out
    assert (
        "B must average at most -4.50% for the city's target." in printed
    )  # (−3.0 + 0.5 × 1.5) / 0.5


def test_the_picture_goes_down_for_what_is_behind(world):
    folder = world("energy")
    answer = CityAnswer(
        dataset := dtrack.open(folder), Query.of("H1-2024"), [dataset.indicator_position["energy"]]
    )
    (chart,) = answer.document().sheets[0].charts
    assert [(step.label, step.value, step.told) for step in chart.steps][::4] == [
        ("Performance effect", -0.5, "-0.50"),
        ("City's gap", -0.5, "-0.50"),
    ]


def test_the_bars_of_the_table_walk_where_the_signs_do(world):
    """−0.75 from zero, +0.25 back from there, and the gap of −0.5 ends where they do."""
    dataset = dtrack.open(world("energy"))
    answer = CityAnswer(dataset, Query.of("H1-2024"), [dataset.indicator_position["energy"]])
    sheet = next(one for one in answer.document().sheets if one.steps)
    *_, bars = with_steps(sheet)
    drawn = dict(zip(sheet.columns[0].values, bars.values, strict=True))
    tones = dict(zip(sheet.columns[0].values, bars.tones, strict=True))
    assert (tones["A"], tones["B"], tones["City's gap"]) == ("missed", "met", "missed")
    # 32 letters for 0.75: a third of them is 0.25
    spans = {name: (bar.find("█"), bar.rfind("█")) for name, bar in drawn.items()}
    assert spans["A"] == (0, 31)
    assert spans["B"][0] == 0
    assert abs(spans["B"][1] - 9.7) < 1
    assert abs(spans["City's gap"][0] - spans["B"][1]) <= 2
    assert spans["City's gap"][1] == 31


def test_why_tells_the_turned_products(world, run):
    steps = {
        line["step"]: line["what"]
        for line in run("why a energy H1-2024 --of city -f csv", at=world("energy")).rows
    }
    assert steps["performance"] == "w·(t − g) = 0.5000 × (-3.0 − -1.5) = -0.7500 pp"
    assert steps["target setting"] == "w·(T − t) = 0.5000 × (-3.0 − -3.0) = 0.0000 pp"
    assert (
        steps["city"].removeprefix("'") == "-3.0 − -2.5 = -0.5000 pp is the city's gap"
    )  # the sign for spreadsheets


# What is still needed


def test_the_hardest_is_the_one_furthest_behind(world, run):
    printed = run("catchup --half H1-2024 -i energy", at=world("energy")).out
    assert re.findall(r"^(CITY|A|B) ", printed, re.MULTILINE) == ["CITY", "A", "B"]
    assert "Allowed at most (%)" in printed


def test_a_past_half_reached_it_from_above_and_at_it(world):
    past = [
        ("a", "energy", half, value, OLD)
        for half, value in (("H2-2021", "-4.0"), ("H2-2022", "-4.36"), ("H2-2023", "-4.5"))
    ]
    frame = (
        dtrack.open(world("energy", more=past)).catchup("H1-2024").set_index(["area", "indicator"])
    )
    row = frame.loc[("a", "energy")]  # (−3 + 10/21 × 1.5) / (11/21) = −4.3636, told as −4.36
    assert (round(row["needed"], 4), row["reached"], row["of"]) == (-4.3636, 2, 3)


@pytest.mark.parametrize(
    ("name", "aim", "figure", "needed", "note"),
    [
        ("spending", "1000", "480", 520.0, "at most 86.7 per month; 80.0 per month so far"),
        (
            "spending",
            "1000",
            "1000.5",
            -0.5,
            "exceeded by 0.5; this cannot be reversed",
        ),
        (
            "spending",
            "below 1000",
            "1000",
            0.0,
            "equal to the limit, below which it had to remain; this cannot be reversed",
        ),
        ("backlog", "300", "350", -50.0, ""),
        ("backlog", "300", "300", 0.0, "within the limit so far; the period has not ended"),
        (
            "backlog",
            "below 300",
            "300",
            0.0,
            "slightly less is needed: the result must be below the target",
        ),
        ("rate", "5.0", "5.2", -0.2, ""),
        ("rate", "5.0", "4.9", 0.1, "within the limit so far; the period has not ended"),
    ],
)
def test_what_is_left_of_amounts_stocks_and_shares(world, name, aim, figure, needed, note):
    frame = (
        dtrack.open(world(name, {"a": aim}, {"a": figure}))
        .catchup("H1-2024")
        .set_index(["area", "indicator"])
    )
    assert (frame.loc[("a", name), "needed"], frame.loc[("a", name), "note"]) == (needed, note)


@pytest.mark.parametrize(
    ("aim", "note"),
    [
        ("above 300", "slightly more is needed: the target must be exceeded"),
        ("300", "already reached"),
    ],
)
def test_more_than_a_number_is_not_reached_at_it(world, aim, note):
    frame = (
        dtrack.open(world("backlog", {"a": aim}, {"a": "300"}, "up"))
        .catchup("H1-2024")
        .set_index(["area", "indicator"])
    )
    assert frame.loc[("a", "backlog"), "note"] == note


def test_why_tells_what_may_still_come(world, run):
    told = lambda aim, figure: {
        line["step"]: line["what"]
        for line in run(
            "why a spending H1-2024 --of catchup -f csv",
            at=world("spending", {"a": aim}, {"a": figure}),
        ).rows
    }["catch-up"]
    nothing = world("spending", {"a": "1000"}, {"a": "1000"})
    assert (
        "catch-up note,nothing more may be added"
        in run("why a spending H1-2024 --of catchup -f csv", at=nothing).out
    )
    assert (
        told("1000", "480.5") == "1000 − 480.5 = 519.5 hundred million CNY may still come at most"
    )
    assert told("1000", "1000.5") == "1000 − 1000.5 = -0.5 hundred million CNY"


# The briefing, sentence by sentence


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "Energy in CITY, first half of 2024: -2.5%, 0.5 percentage points above the year's target of -3.0%.",
                "The largest contributions to lowering the city's growth came from B (1.75 percentage points) and A (0.75 percentage points).",
                "Missed the target: A (-1.5% against -3.0%, 1.5 percentage points above).",
                "Met the target: B.",
                (
                    "Compared with their own targets, the districts that missed them raised the city's growth by 0.75 percentage points: "
                    "A 0.75 percentage points."
                ),
                "The districts below their targets lowered the city's growth by 0.25 percentage points.",
                (
                    "To reach the year's target of -3.0%, a fall of at least 3.45% is needed in the second half, 0.95 percentage points "
                    "deeper than so far, rounding interval 3.41% to 3.50%."
                ),
                "Still needed by those that missed their targets: A a fall of at least 4.36%.",
            ],
        ),
        (
            "zh",
            [
                "压低全市增速较多的是B（1.75个百分点）和A（0.75个百分点）。",
                "未达到目标的有：A（-1.5%，目标-3.0%，高1.5个百分点）。",
                "与各自目标相比，未达标的区合计推高全市增速0.75个百分点，其中：A0.75个百分点。",
                "优于自身目标的区合计压低全市增速0.25个百分点。",
                "未达到目标的还需：A下降4.36%。",
            ],
        ),
        (
            "fr",
            [
                f"Objectif non atteint{B}: A (-1,5{N}%, objectif{B}: -3,0{N}%, 1,5{B}point de plus).",
                f"Les districts en dessous de leur objectif abaissent la croissance de la ville de 0,25{B}point.",
                f"Ce qu’il faut encore, objectif non atteint{B}: A une baisse d’au moins 4,36{N}%.",
            ],
        ),
    ],
)
def test_the_briefing_of_a_growth(world, language, lines):
    told = sentences(world("energy"), language)
    assert [line for line in lines if line not in told] == []


@pytest.mark.parametrize(
    ("of_b", "line"),
    [
        (
            "-2.0",
            "By weight, the targets of the districts that reported are 0.50 percentage points above the city's.",
        ),
        (
            "-4.0",
            "By weight, the targets of the districts that reported are 0.50 percentage points below the city's.",
        ),
    ],
)
def test_the_briefing_of_how_high_the_targets_lie(world, of_b, line):
    assert line in sentences(world("energy", AIM | {"b": of_b}))


@pytest.mark.parametrize(
    ("name", "aims", "reached", "aimed", "lines"),
    [
        (
            "spending",
            {"city": "1000", "a": "500", "b": "500"},
            {"city": "480", "a": "240", "b": "510"},
            "2024",
            [
                (
                    "To reach the year's target of 1,000 hundred million CNY, at most 520 hundred million CNY may still come in the rest of "
                    "the year."
                )
            ],
        ),
        (
            "spending",
            {"city": "1000"},
            {"city": "1010.5"},
            "2024",
            [
                "The year's target of 1,000 hundred million CNY is exceeded by 10.5 hundred million CNY already and can no longer be met."
            ],
        ),
        (
            "backlog",
            {"city": "300"},
            {"city": "350"},
            "2024",
            [
                "To reach the year's target of 300 cases, the city still has to come down by 50 cases."
            ],
        ),
        (
            "rate",
            {"city": "5.0", "a": "5.0", "b": "5.0"},
            {"city": "5.2", "a": "5.4", "b": "4.8"},
            "H1-2024",
            [
                "Rate in CITY, first half of 2024: 5.2%, 0.2 percentage points above the target of 5.0%.",
                "Missed the target: A (5.4% against 5.0%, 0.4 percentage points above).",
                "Met the target: B.",
                "To reach the target of 5.0%, the city still has to come down by 0.2 percentage points.",
                "Reduction needed by those that missed their targets: A 0.4 percentage points.",
            ],
        ),
        (
            "rate",
            {"city": "5.0", "a": "5.0"},
            {"city": "5.2", "a": "5.4"},
            "2024",
            [
                "Rate in CITY, first half of 2024: 5.2%, 0.2 percentage points above the year's target of 5.0%, with time left.",
                "In progress, target not yet met: A (5.4% against 5.0%, 0.4 percentage points above).",
            ],
        ),
    ],
    ids=[
        "an amount",
        "an amount that is passed",
        "a stock",
        "a share",
        "a share that still has time",
    ],
)
def test_the_briefing_of_other_kinds(world, name, aims, reached, aimed, lines):
    told = sentences(world(name, aims, reached, aimed=aimed))
    assert [line for line in lines if line not in told] == []


def test_the_briefing_of_districts_that_have_passed_an_amount(world):
    money = [
        (a, "spending", p, v, OLD) for a in "abc" for p, v in (("H1-2023", "450"), ("2023", "1000"))
    ]
    reached = {"a": "480", "b": "1010", "c": "440"}  # held against 45 % of 1000
    told = sentences(world("spending", dict.fromkeys("abc", "1000"), reached, more=money))
    assert (
        "What may still come at most in those that missed their targets: A 520 hundred million CNY "
        "(40 hundred million CNY more than so far)." in told
    )
    assert (
        "Of those that missed their targets, the year's limit is exceeded for good by: "
        "B 10 hundred million CNY." in told
    )
