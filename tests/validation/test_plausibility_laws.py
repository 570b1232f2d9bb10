"""Laws of the questions of plausibility, and the worked examples of docs/formulas.py §7 to §9."""

from __future__ import annotations

import doctest
from collections import Counter
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dtrack.validation.plausibility import number_text as amounts
from dtrack.validation.plausibility.outliers import modified_z
from dtrack.validation.plausibility.prices import implied_change
from dtrack.validation.plausibility.run import check_plausibility
from dtrack.validation.plausibility.scale import slip

pytestmark = pytest.mark.slow

SOME = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
YEARS = range(2018, 2025)


# The worked examples


@pytest.mark.parametrize(
    ("now", "base", "power"),
    [
        (5040000, 480, 4),
        (504, 480, 0),
        (50.4, 480, -1),
        (4920, 480, 1),
        (0.0504, 480, -4),
        (480 * 7.07, 480, 0),
        (480 * 7.09, 480, 1),
        (480 * 1412, 480, 3),  # 10^3.1498
        (480 * 1414, 480, 0),  # 10^3.1505: no thousand any more
        (480 * 3162, 480, 0),  # 10^3.49996: and no ten thousand yet
        (480 * 3163, 480, 4),  # 10^3.50010
        (480 * 20_000, 480, 4),  # 10^4.3
        (480 * 50_000, 480, 5),  # 10^4.7
        (480 * 1_414_000, 480, 6),
        (150_810_000_000, 1390.5, 8),
        (480, 480 * 10**12, -12),
        (480, 480 * 5000, -4),
    ],
)
def test_a_slip_is_the_power_of_ten_that_is_near(now, base, power):
    assert slip(np.array([float(now)]), np.array([float(base)])).tolist() == [power]


def test_what_level_base_and_growth_imply_together():
    implied = implied_change(
        np.array([504.0, 4920.0]), np.array([480.0, 480.0]), np.array([5.0, 5.0])
    )
    assert implied.round(2).tolist() == [0.0, 876.19]


def test_modified_z_tells_one_in_six_where_the_plain_one_cannot():
    sample = np.array([5.1, 4.8, 5.3, 4.9, 5.0, 52.0])
    z, median, size = modified_z(sample, np.zeros(6, np.int64))
    assert (np.abs(z) > 3.5).tolist() == [False] * 5 + [True]
    assert (median[0].round(2), size[0]) == (5.05, 6)
    plain = (sample - sample.mean()) / sample.std(ddof=1)
    assert np.abs(plain).max() < 3  # with n = 6 it is never more than (n − 1) / √n = 2.04


def test_modified_z_of_equal_figures_is_nothing_and_of_one_apart_is_by_the_mean():
    z, *_ = modified_z(
        np.array([5.0] * 6 + [5.0] * 5 + [5.1]), np.repeat([0, 2], 6)
    )  # a group without a member between them
    assert z[:11].round(9).tolist() == [0.0] * 11
    assert z[11] == pytest.approx(6 / 1.253314)


def test_the_examples_in_the_docstrings_of_amounts():
    assert doctest.testmod(amounts).failed == 0
    assert doctest.testmod(amounts).attempted > 0


# Laws

growths = st.lists(st.integers(-15, 25), min_size=len(YEARS), max_size=len(YEARS))


@SOME
@given(
    growths=growths,
    start=st.integers(1_000, 9_999_999),
    at=st.integers(0, len(YEARS) - 1),
    up=st.booleans(),
)
def test_a_clean_level_scaled_by_ten_thousand_is_always_found(
    build, tmp_path_factory, growths, start, at, up
):
    level, series = Decimal(start), []
    for growth in growths:
        level = (level * (100 + growth) / 100).quantize(Decimal("0.0001"))
        series.append(level)
    series[at] = series[at].scaleb(4 if up else -4).normalize()
    rows = [
        ("a", "level", f"H1-{year}", f"{value:f}", {"published": f"{year}-07-20"})
        for year, value in zip(YEARS, series, strict=True)
    ]
    found = [
        finding
        for finding in check_plausibility(build(tmp_path_factory.mktemp("scaled"), {}, rows).open())
        if finding.code == "scale-slip"
    ]
    assert [finding.period for finding in found] == [
        f"H1-{YEARS[max(at, 1)]}"
    ]  # the first has no base: it is told of the second


DIRTY = [
    *[
        (area, "growth", "H1-2024", value)
        for area, value in zip("abcd", ["5.0", "0.052", "105.2", "4.9"], strict=True)
    ],
    *[
        (area, "level", "H1-2023", value, {"published": "2023-07-20"})
        for area, value in zip("abcd", ["480.0", "300.5", "200.7", "100.1"], strict=True)
    ],
    *[
        (area, "level", "H1-2024", value)
        for area, value in zip("abcd", ["4920", "300.5", "2117000", "108.3"], strict=True)
    ],
    ("b", "level", "2023", "250.0"),
    ("c", "level", "2023", "391.5"),
    ("d", "level", "2023", "391.5", {"published": "2024-03-01"}),
    ("city", "level", "H1-2024", "300.5"),
    ("z", "share", "2024", "104.0"),
    ("a", "level", "2023-12..2024-05", "391.7"),
    ("z", "growth", "H2-2024", "5.0", {"status": "expected"}),
    ("z", "growth", "2024", "5.0"),
]


def plainly(findings):
    return Counter(
        (one.code, one.area, one.indicator, one.period, one.value, one.sentence) for one in findings
    )


@SOME
@given(order=st.permutations(DIRTY))
def test_the_order_of_rows_never_changes_the_findings(build, tmp_path_factory, order):
    here = plainly(check_plausibility(build(tmp_path_factory.mktemp("one"), {}, DIRTY).open()))
    there = plainly(
        check_plausibility(build(tmp_path_factory.mktemp("other"), {}, order, files=2).open())
    )
    assert len({code for code, *_ in here}) == 13
    assert here == there


@SOME
@given(chosen=st.lists(st.booleans(), min_size=len(DIRTY), max_size=len(DIRTY)))
def test_a_mask_returns_what_is_told_of_its_rows_and_nothing_else(build, tmp_path_factory, chosen):
    dataset = build(
        tmp_path_factory.mktemp("mask"),
        {"growth H1-2024": {"a": {"value": "105", "set": "2024-08-01"}}},
        DIRTY,
    ).open()
    mask = np.array(chosen)
    lines = set(dataset.actuals["line"].to_numpy()[mask].tolist())
    assert check_plausibility(dataset, mask) == [
        finding for finding in check_plausibility(dataset) if finding.line in lines
    ]


def test_no_area_no_indicator_no_row_is_no_doubt(build, tmp_path):
    made = build(tmp_path)
    assert check_plausibility(made.open()) == []
    (tmp_path / "data/areas.csv").unlink()
    assert check_plausibility(made.open()) == []
    (tmp_path / "data/actuals/part-0.csv").unlink()
    assert check_plausibility(made.open()) == []
