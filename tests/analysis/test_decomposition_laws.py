"""Laws of the city's gap: it adds up, its bounds close, and neither order, names nor money matter."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.decomposition import decompose_gap
from dtrack.analysis.question import Query
from support.workspaces import AREA_COLUMNS, write_csv

pytestmark = pytest.mark.slow

few = settings(max_examples=25, deadline=None)
DISTRICTS = "abcd"
OLD = {"published": "2024-02-20"}

rates = st.integers(-50, 150).map(lambda n: f"{n / 10:.1f}")
district = st.fixed_dictionaries(
    {
        "growth": st.none() | rates,
        "target": st.none() | rates,
        "level": st.none() | st.integers(1, 9999).map(str),
    }
)
cities = st.fixed_dictionaries(
    {
        "growth": rates,
        "target": rates,
        "level": st.none() | st.just("40000"),
        **dict.fromkeys(DISTRICTS, district),
    }
)


def written(world, names=dict, scale=1):
    """Targets and rows of a drawn city; `names` renames, `scale` multiplies the money."""
    called = names() if names is dict else names
    targets = {called.get(a, a): world[a]["target"] for a in DISTRICTS if world[a]["target"]} | {
        "city": world["target"]
    }
    rows = [("city", "growth", "H1-2024", world["growth"])]
    rows += [
        (called.get(a, a), "growth", "H1-2024", world[a]["growth"])
        for a in DISTRICTS
        if world[a]["growth"]
    ]
    money = {**{called.get(a, a): world[a]["level"] for a in DISTRICTS}, "city": world["level"]}
    rows += [
        (a, "level", "H1-2023", str(int(level) * scale), OLD) for a, level in money.items() if level
    ]
    return {"growth 2024": targets}, rows


@few
@given(world=cities)
def test_the_exact_parts_add_up_and_each_is_rounded_once(build, world):
    with tempfile.TemporaryDirectory() as folder:
        dataset = build(Path(folder), *written(world)).open()
        frame = dataset.city("H1-2024", indicator="growth")
        part = decompose_gap(whole_board(dataset, Query.of("H1-2024")), 0)
    exact = [part.performance, part.target_setting, part.no_target, part.rest]
    shown = [Decimal(f"{value:.4f}") for value in frame["contribution"]]
    assert frame["part"].iloc[-1] == "total"
    assert shown[-1] == Decimal(world["growth"]) - Decimal(world["target"])
    assume(not pd.isna(frame["contribution"].iloc[-2]))  # without any level there are no parts
    assert sum(map(np.nansum, exact)) == pytest.approx(part.total, abs=1e-9)
    assert abs(sum(shown[:-1]) - shown[-1]) <= Decimal("0.00005") * len(shown)


@few
@given(world=cities)
def test_with_levels_of_all_the_rest_is_the_citys_figure_less_its_districts(build, world):
    levels = {a: int(world[a]["level"] or 1) for a in DISTRICTS}
    world = world | {a: world[a] | {"level": str(levels[a])} for a in DISTRICTS}
    with tempfile.TemporaryDirectory() as folder:
        frame = build(Path(folder), *written(world)).open().city("H1-2024", indicator="growth")
    weight = {a: levels[a] / sum(levels.values()) for a in DISTRICTS}
    reported = [a for a in DISTRICTS if world[a]["growth"]]
    goal = float(world["target"])
    known = sum(weight[a] * (float(world[a]["growth"]) - goal) for a in reported)
    rest = frame[frame["part"] == "rest"].iloc[0]
    assert rest["contribution"] == pytest.approx(float(world["growth"]) - goal - known, abs=5e-4)
    silent = 1 - sum(weight[a] for a in reported)
    assert (0.0 if pd.isna(rest["weight"]) else rest["weight"]) == pytest.approx(silent, abs=1e-9)


@few
@given(
    levels=st.lists(st.integers(1, 9999), min_size=4, max_size=4),
    growths=st.lists(st.integers(20, 80), min_size=4, max_size=4),
    order=st.permutations(DISTRICTS),
)
def test_bounds_close_as_districts_report_and_never_widen(build, levels, growths, order):
    money = [
        (a, "level", "H1-2023", str(level), OLD) for a, level in zip(DISTRICTS, levels, strict=True)
    ]
    rows = [
        (a, "growth", "H1-2024", f"{g / 10:.1f}", {"published": f"2024-07-{11 + order.index(a)}"})
        for a, g in zip(DISTRICTS, growths, strict=True)
    ]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        dataset = build(Path(folder), {"growth 2024": {"city": "5"}}, [*money, *rows]).open()
        for day in range(10, 15):
            part = decompose_gap(
                whole_board(dataset, Query.of("H1-2024", as_of=f"2024-07-{day}")),
                dataset.indicator_position["growth"],
            )
            found.append(part.bounds(2.0, 8.0))
    assert found[0] == pytest.approx((2.0, 8.0))
    assert all(np.diff([low for low, _ in found]) >= -1e-9)
    assert all(np.diff([high for _, high in found]) <= 1e-9)
    assert found[-1][0] == pytest.approx(found[-1][1])


@few
@given(world=cities, data=st.data())
def test_the_order_of_rows_and_files_never_matters(build, world, data):
    targets, rows = written(world)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = build(Path(one), targets, rows).open().city("H1-2024")
        second = (
            build(Path(two), targets, data.draw(st.permutations(rows)), files=2)
            .open()
            .city("H1-2024")
        )
    pd.testing.assert_frame_equal(first, second)


@few
@given(world=cities, scale=st.sampled_from([7, 1000, 10**8]))
def test_scaling_money_changes_nothing(build, world, scale):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = build(Path(one), *written(world)).open().city("H1-2024")
        second = build(Path(two), *written(world, scale=scale)).open().city("H1-2024")
    pd.testing.assert_frame_equal(first, second, rtol=1e-9)


@few
@given(world=cities)
def test_renaming_areas_changes_nothing_but_their_names(build, world):
    names = dict(zip(DISTRICTS, ["w9", "x8", "y7", "b6"], strict=True))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = build(Path(one), *written(world)).open().city("H1-2024")
        renamed = build(Path(two), *written(world, names))
        rows = [("city", ""), *[(names[a], "city") for a in DISTRICTS]]
        lines = [
            dict(zip(AREA_COLUMNS, (i, "", parent, i, i, i, "", ""), strict=True))
            for i, parent in rows
        ]
        write_csv(renamed.folder / "data/areas.csv", AREA_COLUMNS, lines)
        second = renamed.open().city("H1-2024")
    first["area"] = first["area"].replace(names)
    pd.testing.assert_frame_equal(first.drop(columns="note"), second.drop(columns="note"))
