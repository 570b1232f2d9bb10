"""The tile map of a report: whose gap, where, and when there is none."""

from __future__ import annotations

import csv

from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.question import Query
from dtrack.reporting.cells import DisplayOptions
from dtrack.reporting.report import report

TARGETS = {"growth 2024": {"a": "6", "b": "5", "c": "5", "z": "4", "city": "5"}}
ROWS = [
    ("a", "growth", "H1-2024", "5.5"),
    ("b", "growth", "H1-2024", "5.2"),
    ("d", "growth", "H1-2024", "5.2"),
    ("z", "growth", "H1-2024", "4.0"),
]
TILES = {"a": "0,0", "b": "1,0", "c": "0,1", "d": "1,1", "z": "2,1"}


def placed(made, tiles=TILES):
    """The workspace with a column of tiles in its areas."""
    file = made.folder / "data/areas.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0], "tile"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"tile": tiles.get(row["id"], "")} for row in rows)
    return made


def maps(made, **look):
    cells = whole_board(made.open(), Query.of("H1-2024"))
    return report(cells, DisplayOptions(pictures=True, **look)).charts


def test_a_map_has_sign_and_gap_of_each_area_and_words_where_there_is_no_gap(city):
    (chart,) = maps(placed(city(TARGETS, ROWS)))
    assert {tile.label: (tile.told, tile.tone, tile.value) for tile in chart.tiles} == {
        "A": ("✗ -0.5", "missed", -0.5),  # 5.5 − 6
        "B": ("✓ +0.2", "met", 0.2),
        "C": ("! not reported", "not_reported", None),
        "D": ("no target", "no_target", None),
        "Z": ("✓ 0.0", "met", 0.0),
    }
    assert (chart.title, chart.unit) == ("Against target: growth, H1-2024", "pp")


def test_tiles_have_their_places_and_zones_lie_inside(city):
    (chart,) = maps(placed(city(TARGETS, ROWS)))
    assert {tile.label: (tile.column, tile.row) for tile in chart.tiles} == {
        "A": (0, 0),
        "B": (1, 0),
        "C": (0, 1),
        "D": (1, 1),
        "Z": (2, 1),
    }
    assert [tile.label for tile in chart.tiles if tile.inside] == ["Z"]


def test_without_tiles_there_is_no_map(city):
    assert maps(city(TARGETS, ROWS)) == ()


def test_a_map_needs_targets_of_half_the_areas_on_it(city):
    assert maps(placed(city({"growth 2024": {"a": "6", "b": "5"}}, ROWS))) == ()
    assert maps(placed(city({"growth 2024": {"a": "6", "b": "5", "c": "5"}}, ROWS))) != ()


def test_where_areas_are_chosen_there_is_no_map(city):
    made = placed(city(TARGETS, ROWS))
    assert maps(made, areas=(made.open().area_position["a"],)) == ()


def test_the_headline_indicator_is_on_the_map_whatever_stands_first(city):
    targets = TARGETS | {"share 2024": {"a": "50", "b": "50", "c": "50"}}
    made = placed(city(targets, ROWS))
    assert maps(made)[0].title.startswith("Against target: growth")
    file = made.folder / "targets.toml"
    told = file.read_text(encoding="utf-8")
    file.write_text(
        told.replace('city = "city"\n', 'city = "city"\nheadline = "share"\n'),
        encoding="utf-8",
        newline="\n",
    )
    assert maps(made)[0].title.startswith("Against target: share")


def test_a_large_area_is_not_the_darker_for_its_size(city):
    rows = [("a", "stock", "2024-06", "900"), ("b", "stock", "2024-06", "5")]
    made = placed(city({"stock 2024-06": {"a": "1000", "b": "10"}}, rows), {"a": "0,0", "b": "1,0"})
    (chart,) = maps(made)
    # 900 are 90 % of 1000, 5 half of 10
    assert [(t.told, t.value) for t in chart.tiles if t.label in "AB"] == [
        ("✗ 90.0%", -10.0),
        ("✗ 50.0%", -50.0),
    ]
    assert chart.unit == "in % of target"
