"""No answer shows or stores a figure with fewer digits than it was published with, nor more, and its arithmetic is true as printed."""

from __future__ import annotations

import io
import json
import re
import tempfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dtrack
from dtrack.analysis.comparison import fixed, half_up
from dtrack.analysis.question import Query
from dtrack.reporting.catchup import CatchUp
from dtrack.reporting.decomposition import CityAnswer
from dtrack.reporting.document import Sheet
from dtrack.reporting.explain import Why
from dtrack.reporting.explain_steps import of_catchup
from dtrack.reporting.gap_identity import digits_shown, identity
from dtrack.reporting.trajectory import PathAnswer
from support.workspaces import AREA_COLUMNS, ROOT, toml_targets, write_csv

few = settings(max_examples=15, deadline=None)
OLD = {"published": "2024-02-20"}
MONEY = [
    (area, "level", period, value, OLD)
    for area, values in {"city": ("0.46", "1"), "a": ("0.22", "0.5"), "b": ("0.22", "0.5")}.items()
    for period, value in zip(("H1-2023", "2023"), values, strict=True)
]
PROMISED = {"growth 2024": {"city": "7.25", "a": "6.25", "b": "6.25"}, "share 2025": {"a": "3.25"}}
REACHED = [
    ("city", "growth", "H1-2024", "7.20"),
    ("a", "growth", "H1-2024", "6.16"),
    ("b", "growth", "H1-2024", "6.34"),
]
SHARES = [
    ("a", "share", year, value, {"published": f"{year}-12-31"})
    for year, value in (("2022", "3.04"), ("2023", "3.14"))
]
NUMBER = r"[+−-]?\d+(?:\.\d+)?"


@pytest.fixture
def two_decimals(city):
    """A workspace whose figures are published with two decimals."""
    folder = city(PROMISED, [*REACHED, *MONEY, *SHARES]).folder
    lines = [
        {"id": area, "parent": parent, "name_en": area.upper()}
        for area, parent in (("city", ""), ("a", "city"), ("b", "city"))
    ]
    write_csv(folder / "data/areas.csv", AREA_COLUMNS, lines)
    return folder


def ungrouped(text: str) -> str:
    """A text whose numbers stand without the comma of thousands, so that they can be reckoned with."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def cells_of(sheet: Sheet) -> list[dict[str, str]]:
    """The rows of a sheet as people read them, but for the comma of thousands: {key: text}."""
    return [
        dict(zip((c.key for c in sheet.columns), map(ungrouped, row), strict=True))
        for row in zip(*(c.for_people() for c in sheet.columns), strict=True)
    ]


def sheet_of(document, title: str) -> Sheet:
    return next(sheet for sheet in document.sheets if sheet.title.startswith(title))


# As published


def test_catchup_shows_each_figure_as_published(two_decimals):
    answer = CatchUp(dtrack.open(two_decimals), Query.of("H1-2024"))
    rows = cells_of(sheet_of(answer.document(), "growth"))
    assert [(row["target"], row["actual"]) for row in rows] == [
        ("7.25", "7.20"),
        ("6.25", "6.16"),
        ("6.25", "6.34"),
    ]
    (share,) = cells_of(sheet_of(answer.document(), "share"))
    assert (share["target"], share["actual"], share["needed"]) == ("3.25", "3.14", "0.11")


def test_what_is_needed_has_one_decimal_more_than_the_figures(two_decimals):
    answer = CatchUp(dtrack.open(two_decimals), Query.of("H1-2024"))
    first = cells_of(sheet_of(answer.document(), "growth"))[
        0
    ]  # (7.25 − 0.46 × 7.20) / 0.54, and ± 0.46 × 0.005 / 0.54
    assert (first["needed"], first["band"], first["change"]) == (
        "7.293",
        "7.288 to 7.297",
        "+0.093",
    )


def test_the_city_shows_its_figures_as_published(two_decimals, run):
    printed = run("city --half H1-2024", at=two_decimals).out
    assert "7.20 − 7.25 = -0.05 = 0.00 − 1.00 + 0.00 + 0.95" in printed
    assert re.search(r"^growth +7\.20 +impossible", printed, re.MULTILINE)


def test_the_path_of_today_has_one_decimal_more_than_the_figures(two_decimals):
    (row,) = cells_of(
        sheet_of(
            PathAnswer(dtrack.open(two_decimals), Query.of(None)).document(), "Multi-year targets"
        )
    )
    assert (row["required"], row["compound"]) == (
        "3.110",
        "3.108",
    )  # 3.04 + 0.21 / 3; 3.04 × (3.25 / 3.04)^(1/3)


def test_a_workbook_holds_the_number_that_was_published(two_decimals, run, tmp_path):
    import openpyxl

    run(
        ["catchup", "--half", "H1-2024", "-i", "growth", "-o", str(tmp_path / "c.xlsx")],
        at=two_decimals,
    )
    page = openpyxl.load_workbook(io.BytesIO((tmp_path / "c.xlsx").read_bytes())).worksheets[0]
    (row,) = [row for row in page.iter_rows() if row[0].value == "CITY"]
    assert [(cell.value, cell.number_format) for cell in row[1:3]] == [
        (7.25, "#,##0.00"),
        (7.2, "#,##0.00"),
    ]


@pytest.mark.parametrize("form", ["md", "html"])
def test_pages_and_markdown_show_it_too(two_decimals, run, tmp_path, form):
    run(
        ["catchup", "--half", "H1-2024", "-i", "growth", "-o", str(tmp_path / f"c.{form}")],
        at=two_decimals,
    )
    text = re.sub(r"<[^>]+>|\|", " ", (tmp_path / f"c.{form}").read_text(encoding="utf-8"))
    assert re.search(r"CITY\s+7\.25\s+7\.20\s+7\.293\s", text)


def test_scaled_figures_get_no_digits_that_nobody_published(run):
    printed = run("catchup --half H1-2024 -i 5g_base_stations").out
    assert re.search(r"^Beijing +\S+ +\S+ +reached *$", printed, re.MULTILINE)


def test_a_wording_is_told_with_its_number(city, run):
    folder = city(
        {"stock 2024": {"a": "at least 50"}}, [("a", "stock", "2024-06", "about 40")]
    ).folder
    assert re.search(
        r"^A +≥ 50 +≈ 40 +10 *$",
        run("catchup --half H1-2024", at=folder).out,
        re.MULTILINE,
    )


@pytest.mark.parametrize("form", ["csv", "json"])
def test_programs_get_more_than_four_decimals_where_they_were_published(city, run, form):
    targets = {"share 2025": {"a": "0.26789"}, "growth H1-2024": {"city": "0.123456"}}
    rows = [
        ("a", "share", year, value, {"published": f"{year}-12-31"})
        for year, value in (("2022", "0.25001"), ("2023", "0.26"))
    ]
    rows += [
        ("a", "share", "2023", "0.260001", {"published": "2024-06-01"}),
        ("city", "growth", "H1-2024", "0.2"),
    ]
    folder = city(targets, rows).folder

    def told(command):
        said = run(f"{command} -f {form}", at=folder)
        return (
            [
                {k: str(v) for k, v in row.items()}
                for row in json.loads(said.out, parse_float=str)["rows"]
            ]
            if form == "json"
            else said.rows
        )

    (row,) = [row for row in told("catchup --half H1-2024") if row["indicator"] == "share"]
    assert (row["target"], row["actual"], row["needed"], row["needed_low"]) == (
        "0.267890",
        "0.260001",
        "0.007889",
        "0.0078885",
    )
    (row,) = told("path")
    assert (row["base"], row["latest"], row["target"]) == ("0.250010", "0.260001", "0.267890")
    (row,) = told("revisions")
    assert (row["first"], row["last"], row["change"]) == ("0.260000", "0.260001", "0.000001")
    assert told("city --half H1-2024")[-1]["contribution"] == "0.076544"
    (row,) = [row for row in told("status --since 2024-05-01") if row["indicator"] == "share"]
    assert row["change"] == "0.000001"


# Halves go away from zero, whatever the float behind them is


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (6.25, 1, "6.3"),
        (-6.25, 1, "-6.3"),
        (0.125, 2, "0.13"),
        (2.675, 2, "2.68"),  # the float is 2.67499999999999982
        (1.005, 2, "1.01"),
        (-0.04, 1, "0.0"),
        (49625.3, -3, "49625"),
        (5234567890123.45, 2, "5234567890123.45"),
        (999999999999999.0, 4, "999999999999999.0000"),
        (1e20, 4, "100000000000000000000.0000"),
        (float("nan"), 2, ""),
    ],
)
def test_a_computed_number_is_rounded_as_people_round(number, decimals, text):
    assert fixed(number, decimals) == text


@given(st.integers(-(10**9), 10**9), st.integers(0, 5))
def test_a_number_of_so_many_decimals_stays_what_it_is(whole, decimals):
    number = float(Decimal(whole).scaleb(-decimals))
    assert float(half_up(np.array(number), np.array(decimals))) == number


@given(st.floats(-(10.0**18), 10.0**18), st.integers(0, 9))
def test_one_number_is_rounded_as_many_are(number, decimals):
    assert (
        fixed(number, decimals)
        == f"{float(half_up(np.array(number), np.array(decimals))):.{decimals}f}"
    )


def test_what_is_needed_is_rounded_like_that_in_the_table_and_in_the_briefing(city, run):
    levels = [("city", "level", "H1-2023", "2", OLD), ("city", "level", "2023", "10", OLD)]
    folder = city(
        {"growth 2024": {"city": "5.0"}}, [("city", "growth", "H1-2024", "5.3"), *levels]
    ).folder
    # (5.0 − 0.2 × 5.3) / 0.8 = 4.925, half-way; 4.93 − 5.3 = −0.37
    assert re.search(
        r"^CITY +5\.0 +5\.3 +4\.93 .* -0\.37 ",
        run("catchup --half H1-2024", at=folder).out,
        re.MULTILINE,
    )
    assert "growth of 4.93% is needed" in run("brief --half H1-2024 -i growth", at=folder).out


# Arithmetic that is true as printed


def figures(low: int, high: int):
    """Figures of none to five decimals, as texts."""
    return st.builds(
        lambda whole, places: f"{Decimal(whole).scaleb(-places):.{places}f}",
        st.integers(low, high),
        st.integers(0, 5),
    )


def exact(text: str) -> Decimal:
    """A printed number."""
    return Decimal(text.replace("−", "-"))


WEIGHED = """
[indicators.g]
name = {{ en = "g" }}
kind = "growth"
unit = "percent"
prices = "constant"
better = "{better}"
weight = "level"
"""


def opened(build, folder, better, targets, rows):
    return build(Path(folder), WEIGHED.format(better=better) + toml_targets(targets), rows).open()


@few
@given(
    better=st.sampled_from(["up", "down"]),
    own=figures(-99999, 99999),
    goal=figures(-99999, 99999),
    growth=figures(-99999, 99999),
    target=figures(-99999, 99999),
)
def test_the_identity_of_the_city(build, better, own, goal, growth, target):
    rows = [("city", "g", "H1-2024", own), ("a", "g", "H1-2024", growth), *MONEY]
    with tempfile.TemporaryDirectory() as folder:
        dataset = opened(build, folder, better, {"g H1-2024": {"city": goal, "a": target}}, rows)
        answer = CityAnswer(dataset, Query.of("H1-2024"), [dataset.indicator_position["g"]])
        line = ungrouped(identity(answer.parts[0])).removesuffix(" (lower is better)")
    pair, total, terms = line.split(" = ")
    first, second = pair.split(" − ")
    assert {first.replace("−", "-"), second.replace("−", "-")} == {
        text.lstrip("-") if Decimal(text) == 0 else text for text in (own, goal)
    }
    assert exact(first) - exact(second) == exact(total)
    told = sum(map(exact, re.sub(r"([+−]) (?=[0-9])", r"\1", terms).split()))
    unit = Decimal(1).scaleb(-digits_shown(answer.parts[0]))
    assert abs(told - exact(total)) <= 2 * unit


@few
@given(
    city_level=figures(1, 99999),
    levels=st.lists(figures(1, 99999), min_size=4, max_size=4),
    item=figures(-999, 999),
)
def test_the_levels_of_the_reconciliation(build, city_level, levels, item):
    named = f'\n[[reconciliation.level."H1-2024"]]\nname = "Ports"\nvalue = {item}\n'
    rows = [
        ("city", "level", "H1-2024", city_level),
        *((a, "level", "H1-2024", level) for a, level in zip("abcd", levels, strict=True)),
    ]
    with tempfile.TemporaryDirectory() as folder:
        dataset = build(Path(folder), named, rows).open()
        (row,) = cells_of(
            sheet_of(CityAnswer(dataset, Query.of("H1-2024")).document(), "Do the districts")
        )
    assert row["city"] == city_level
    told = [Decimal(row[name]) for name in ("city", "districts", "items", "difference")]
    assert told[0] - told[1] - told[2] == told[3]
    assert told[1] == sum(map(Decimal, levels))
    halves = [
        Decimal(5).scaleb(Decimal(text).as_tuple().exponent - 1) for text in (city_level, *levels)
    ]
    assert Decimal(row["rounding"]) == sum(halves)


@few
@given(
    better=st.sampled_from(["up", "down"]),
    target=figures(-9999, 9999),
    so_far=figures(-9999, 9999),
    first=st.integers(1, 98),
    past=figures(-9999, 9999),
)
def test_a_catch_up(build, better, target, so_far, first, past):
    levels = [("a", "level", "H1-2023", str(first), OLD), ("a", "level", "2023", "100", OLD)]
    rows = [("a", "g", "H1-2024", so_far), ("a", "g", "H2-2023", past, OLD), *levels]
    with tempfile.TemporaryDirectory() as folder:
        dataset = opened(build, folder, better, {"g 2024": {"a": target}}, rows)
        answer = CatchUp(dataset, Query.of("H1-2024"))
        (row,) = cells_of(sheet_of(answer.document(), "g"))
        why = dict(
            of_catchup(
                Why(
                    dataset,
                    dataset.areas[1],
                    dataset.indicators[dataset.indicator_position["g"]],
                    Query.of("H1-2024"),
                )
            )
        )
    needed, change = Decimal(row["needed"]), Decimal(row["change"])
    low, high = map(Decimal, row["band"].split(" to "))
    assert needed - Decimal(so_far) == change
    assert low <= needed <= high
    digits = -needed.as_tuple().exponent
    true = (Decimal(target) * 100 - first * Decimal(so_far)) / (100 - first)
    assert abs(needed - true) <= Decimal(5).scaleb(-digits - 1)
    if digits >= len(past.partition(".")[2]):
        ahead = Decimal(past) - needed if better == "up" else needed - Decimal(past)
        assert row["reached"] == f"achieved in {int(ahead >= 0)} of 1"
    goal, share, done, left, told = re.findall(
        NUMBER, ungrouped(why["catch-up"]).partition("= (")[2]
    )
    assert left == str(1 - Decimal(share))
    by_hand = (Decimal(goal) - Decimal(share) * Decimal(done)) / Decimal(left)
    assert abs(by_hand - Decimal(told)) <= Decimal("5.0001").scaleb(
        Decimal(told).as_tuple().exponent - 1
    )


@few
@given(target=figures(1, 9999), so_far=figures(1, 9999))
@pytest.mark.parametrize("indicator", ["level", "stock", "share", "jobless"])
def test_what_is_left_of_an_amount(build, indicator, target, so_far):
    with tempfile.TemporaryDirectory() as folder:
        dataset = build(
            Path(folder),
            {f"{indicator} 2024": {"a": target}},
            [("a", indicator, "H1-2024", so_far)],
        ).open()
        (row,) = cells_of(sheet_of(CatchUp(dataset, Query.of("H1-2024")).document(), indicator))
    left = Decimal(target) - Decimal(so_far)
    assert (row["target"], row["actual"]) == (target, so_far)
    if indicator == "jobless" and left >= 0:
        assert row["needed"] == "within the limit"
    elif indicator != "jobless" and left <= 0:
        assert row["needed"] == "reached"
    else:
        assert Decimal(row["needed"]) == left


@few
@given(
    base=figures(1, 9999),
    latest=figures(1, 9999),
    target=figures(1, 9999),
    better=st.sampled_from(["up", "down"]),
)
def test_a_path_never_contradicts_its_verdict(build, base, latest, target, better):
    name = "share" if better == "up" else "jobless"
    rows = [
        ("a", name, year, value, {"published": f"{year}-12-31"})
        for year, value in (("2020", base), ("2023", latest))
    ]
    with tempfile.TemporaryDirectory() as folder:
        dataset = build(
            Path(folder), {f"{name} 2025": {"a": {"value": target, "set": "2020-01-01"}}}, rows
        ).open()
        (row,) = cells_of(
            sheet_of(PathAnswer(dataset, Query.of(None)).document(), "Multi-year targets")
        )
    ahead = (
        Decimal(latest) - Decimal(row["required"])
        if better == "up"
        else Decimal(row["required"]) - Decimal(latest)
    )
    assert (row["verdict"] == "✗ behind") <= (ahead < 0)
    assert (row["verdict"] == "✓ on track") <= (ahead >= 0)


def test_a_contribution_and_a_pace_are_true_as_printed(run):
    symposium = ROOT / "examples/symposium"
    for area in ("shunyi", "chaoyang", "haidian", "xicheng", "tongzhou", "pinggu"):
        for step in run(
            f"why {area} digital_va_growth H1-2024 --of city -f csv", at=symposium
        ).rows:
            if found := re.search(
                rf"= ({NUMBER}) × \(({NUMBER}) − ({NUMBER})\) = ({NUMBER}) pp", step["what"]
            ):
                weight, first, second, points = map(exact, found.groups())
                assert abs(weight * (first - second) - points) <= Decimal("0.00005")
    goal = next(
        row["what"]
        for row in run("why beijing digital_va H1-2024 -f csv", at=symposium).rows
        if row["step"] == "goal"
    )
    pace = re.fullmatch(rf"({NUMBER}) .*: ({NUMBER}) for the year, ({NUMBER})% of it, .*", goal)
    assert abs(Decimal(pace[2]) * Decimal(pace[3]) / 100 - Decimal(pace[1])) <= Decimal("0.05")


def test_large_numbers_keep_all_their_digits(city, run):
    folder = city(
        {"level 2024": {"a": "12345678.9"}}, [("a", "level", "H1-2024", "1234567.8")]
    ).folder
    steps = {
        row["step"]: row["what"]
        for row in run("why a level H1-2024 --of catchup -f csv", at=folder).rows
    }
    assert (
        "12345678.9 − 1234567.8 = 11111111.1 hundred million CNY still to come" in steps["catch-up"]
    )
    assert "12345678.9 for the year, 6/12 of it" in steps["goal"]


def test_to_the_nearest_million_is_told_in_digits(city, run):
    folder = city({"stock H1-2024": {"a": "1亿"}}, [("a", "stock", "H1-2024", "9百万")]).folder
    steps = {row["step"]: row["what"] for row in run("why a stock H1-2024 -f csv", at=folder).rows}
    assert "to the nearest 1000000," in steps["rounding"]


def test_a_gap_of_a_share_is_in_points_not_in_per_cent(city, run):
    folder = city({"share 2024": {"a": "50.0"}}, [("a", "share", "H1-2024", "44.3")]).folder
    steps = {
        row["step"]: row["what"]
        for row in run("why a share H1-2024 --of catchup -f csv", at=folder).rows
    }
    assert steps["catch-up"] == "50.0 − 44.3 = 5.7 pp still to come"
