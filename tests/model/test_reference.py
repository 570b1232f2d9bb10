"""An area above the city (`[workspace] reference`): its figures stand beside the city's, in tables and in no sum."""

from __future__ import annotations

import pytest


@pytest.fixture
def land(tmp_path, run):
    """The starter workspace (Rivermouth 5.1, Harbour 5.0, Hill 4.5) in a country that grew 4.9."""
    home = tmp_path / "land"
    assert run(f"init {home}", at=tmp_path).code == 0
    toml = home / "targets.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace(
            'city = "rivermouth"', 'city = "rivermouth"\nreference = "land"'
        ),
        encoding="utf-8",
    )
    with (home / "data/areas.csv").open("a", encoding="utf-8") as areas:
        areas.write("land,,,Land,,,,\n")
    with (home / "data/actuals/2024-h1.csv").open("a", encoding="utf-8") as figures:
        figures.write(
            "land,gdp_growth,H1-2024,4.9,illustrative,2024-07-18,half-2024,illustrative\n"
        )
    return home


def test_the_table_has_a_column_against_the_reference(land, run):
    lines = run("report --half H1-2024 --sources --workspace .", at=land).out.splitlines()
    assert "vs Land" in next(line for line in lines if line.startswith("Area"))
    for area, against in (("Rivermouth", "+0.2"), ("Harbour", "+0.1"), ("Hill", "-0.4")):
        row = next(line for line in lines if line.startswith(f"{area} ") and " · T" in line)
        assert against in row.split()


def test_it_stands_after_the_city_and_is_no_district(land, run):
    lines = run("report --half H1-2024 --workspace .", at=land).out.splitlines()
    places = [
        next(n for n, line in enumerate(lines) if line.startswith(f"{area}  "))
        for area in ("Rivermouth", "Land", "Harbour")
    ]
    assert places == sorted(places)
    assert any("3 of 3 districts" in line for line in lines)


def test_the_columns_of_csv_stay_as_they_are(land, run):
    rows = run("report --half H1-2024 -f csv --workspace .", at=land).rows
    assert "vs_reference" not in rows[0]
    (own,) = [row for row in rows if (row["area"], row["indicator"]) == ("land", "gdp_growth")]
    assert (own["verdict"], own["vs_city"]) == (
        "no_target",
        "",
    )  # what stands above the city is not measured by it


def test_it_is_in_no_rank(land, run):
    (row,) = [
        row
        for row in run("gap -d harbour --half H1-2024 -f csv --workspace .", at=land).rows
        if row["indicator"] == "gdp_growth"
    ]
    assert (row["rank_low"], row["rank_high"]) == (
        "1",
        "1",
    )  # of Harbour 5.0 and Hill 4.5; Land 4.9 and the city 5.1 aside


def test_a_reference_that_is_no_area_is_refused(land, run):
    toml = land / "targets.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('reference = "land"', 'reference = "moon"'),
        encoding="utf-8",
    )
    said = run("check --workspace .", at=land)
    assert said.code == 3
    assert "workspace.reference" in said.out
