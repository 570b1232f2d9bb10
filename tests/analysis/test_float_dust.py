"""Numbers that are no numbers: nothing is divided by a rest that is not told from zero."""

from __future__ import annotations

import re
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.workspaces import build_city

CASES = Path(__file__).resolve().parents[1] / "golden/cases"
NEW_ZONE = CASES / "30-a-new-zone-without-a-base"
OLD = {"published": "2024-01-20"}
DISTRICTS = "abcd"


# -- case 30 ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["table", "csv", "json", "md", "html"])
@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_no_number_of_sixteen_digits(run, language, form):
    told = run(f"city --half H1-2024 --lang {language} -f {form}", at=NEW_ZONE).out
    plain = re.sub(r"#[0-9a-f]{6}|[a-f0-9-]{30,}", "", told)
    assert not re.search(r"[0-9]{9}", plain)


def test_what_a_new_zone_must_average_cannot_be_told(run):
    told = run("city --half H1-2024", at=NEW_ZONE).out
    assert "New zone has no base level: the average it requires cannot be calculated." in told
    assert "must average" not in told.replace("what it must average", "")
    assert "lie between" not in told
    assert "The residual includes 1 district without a figure, of unknown weight." in told


# -- its kind --------------------------------------------------------------------------------------
def averages(folder: Path, city_level: str, levels: str) -> str:
    """The sentences of `city` where the district d has neither level nor growth."""
    import dtrack

    figures = [("city", "growth", "H1-2024", "5.0"), ("city", "level", "H1-2023", city_level, OLD)]
    for area, level in zip(DISTRICTS, levels.split(), strict=False):
        figures += [(area, "growth", "H1-2024", "5.0"), (area, "level", "H1-2023", level, OLD)]
    made = build_city(folder, {"growth 2024": {"city": "5.5"}}, figures)
    return str(dtrack.open(made.folder).city("H1-2024", indicator="growth")["note"].iloc[-1])


@pytest.mark.parametrize(
    ("city_level", "levels", "told"),
    [
        # three levels and the city's are each within 0.5: a rest of 2 is none that can be told
        ("100", "30 30 38", False),
        ("100", "30 30 37", True),
        ("100.0", "30.0 30.0 39.7", True),
        ("100.0", "30.0 30.0 39.9", False),
        ("0.3", "0.1 0.1 0.1", False),
        # together more than the city: zones may overlap
        ("100", "40 40 40", False),
    ],
)
def test_a_rest_within_the_rounding_of_the_levels_is_none(tmp_path, city_level, levels, told):
    note = averages(tmp_path / "w", city_level, levels)
    assert ("must average" in note) == told
    assert ("can be calculated" in note or "cannot be calculated" in note) != told


@pytest.mark.parametrize(
    ("half", "year", "needed"),
    [
        ("99.9", "100.0", ""),  # what is left is 0.1 within 0.1
        ("99.8", "100.0", "505.00"),  # (6 − 0.998 × 5) / 0.002
        ("99.99", "100.00", ""),
        ("100", "100", ""),
    ],
)
def test_what_is_left_of_the_year_is_more_than_rounding(city, run, half, year, needed):
    figures = [
        ("a", "growth", "H1-2024", "5.0"),
        ("a", "level", "H1-2023", half, OLD),
        ("a", "level", "2023", year, OLD),
    ]
    made = city({"growth 2024": {"a": "6"}}, figures)
    (row,) = [
        r for r in run("catchup --half H1-2024 -f csv", at=made.folder).rows if r["area"] == "a"
    ]
    assert row["needed"][: len("505.00")] == needed


# -- a law -----------------------------------------------------------------------------------------
figures = st.tuples(st.integers(-99, 999), st.integers(0, 2)).map(
    lambda n: f"{n[0] / 10 ** n[1]:.{n[1]}f}"
)
levels = st.tuples(st.integers(0, 999), st.integers(0, 2)).map(
    lambda n: f"{n[0] / 10 ** n[1]:.{n[1]}f}"
)
district = st.fixed_dictionaries(
    {"growth": st.none() | figures, "half": st.none() | levels, "year": st.none() | levels}
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    world=st.fixed_dictionaries(dict.fromkeys(("city", *DISTRICTS), district)),
    goal=figures,
)
def test_no_printed_number_has_more_digits_than_its_operands_justify(world, goal):
    """Of figures with three digits nothing computed has more than seven before the point or four behind it.

    A rest of the levels is at least half a unit of their last digit in a thousand: 100 / 0.005 a growth of 1000%.
    """
    import dtrack

    rows = [("city", "growth", "H1-2015", "1.0")]
    for area, told in world.items():
        rows += [(area, "growth", "H1-2024", told["growth"])] if told["growth"] else []
        rows += [(area, "level", "H1-2023", told["half"], OLD)] if told["half"] else []
        rows += [(area, "level", "2023", told["year"], OLD)] if told["year"] else []
    targets = {"growth 2024": dict.fromkeys(world, goal), "level 2024": dict.fromkeys(world, "500")}
    with tempfile.TemporaryDirectory() as folder:
        dataset = dtrack.open(build_city(Path(folder), targets, rows).folder)
        frames = [
            dataset.assess("H1-2024"),
            dataset.catchup("H1-2024"),
            dataset.city("H1-2024"),
            dataset.path(),
        ]
    texts = [text for frame in frames if "note" in frame for text in frame["note"].astype(str)]
    for number in re.findall(r"[0-9]+(?:\.[0-9]+)?", " ".join(texts)):
        whole, _point, behind = number.partition(".")
        assert len(whole) <= 7, number
        assert len(behind) <= 4, number
    for frame in frames:
        for name in frame.select_dtypes("number"):
            assert (frame[name].dropna().abs() < 10**7).all(), name
    assert Decimal(goal).is_finite()
