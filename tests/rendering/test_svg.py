"""Pictures of a page: where bars, lines, ticks and tiles stand, and that no label is cut."""

from __future__ import annotations

import pytest

from dtrack.core.translate import speaking
from dtrack.rendering.shades import dress
from dtrack.rendering.svg import svg
from dtrack.rendering.svg_scale import folded, length, round_values
from dtrack.reporting.document import Bullet, Chart, Line, Step, Tile
from support.pages import Page


def drawn(chart: Chart, name: str) -> list[dict[str, str | None]]:
    return [attributes for tag, attributes, _ in Page(svg(chart, "c")).found if tag == name]


def texts(chart: Chart, dress: str = "") -> list[str]:
    found = Page(svg(chart, "c")).all("text")
    return [text for attributes, text in found if (attributes.get("class") or "") == dress]


# ticks


@pytest.mark.parametrize(
    ("low", "high", "most", "told"),
    [
        (0, 10, 6, ["0", "2", "4", "6", "8", "10"]),
        (0, 10, 3, ["0", "5", "10"]),
        (-0.3, 0.1, 5, ["−0.3", "−0.2", "−0.1", "0.0", "0.1"]),
        (0, 12345, 3, ["0", "5,000", "10,000"]),
        (95.2, 101.3, 4, ["96", "98", "100"]),
        (0, 0.004, 3, ["0.000", "0.002", "0.004"]),
    ],
)
def test_ticks_are_round_and_within_what_is_drawn(low, high, most, told):
    assert [text for _, text in round_values(low, high, most)] == told


def test_ticks_are_written_as_people_write_numbers():
    with speaking("fr"):
        assert [text for _, text in round_values(-0.5, 0, 2)] == ["−0,5", "0,0"]
        assert round_values(0, 50_000, 2)[-1][1] == "50\u202f000"
    with speaking("zh"):
        assert round_values(0, 50_000, 2)[-1][1] == "50000"


# bullets


def bullets() -> Chart:
    rows = (Bullet("A & B", 2.0, 4.0, 1.0, "missed", "✗ 2 / 4"), Bullet("C", None))
    return Chart("Actual and target", "%", "What it shows.", rows)


def test_a_bullet_chart_has_a_bar_a_pale_one_and_a_mark_on_one_scale():
    bars, marks = drawn(bullets(), "rect"), drawn(bullets(), "line")
    assert [bar["class"] for bar in bars] == ["before", "bar missed"]
    before, actual = bars
    assert before["x"] == actual["x"]
    assert float(actual["width"]) == pytest.approx(2 * float(before["width"]), abs=0.11)
    (mark,) = [line for line in marks if line["class"] == "mark"]
    zero = float(actual["x"])
    assert float(mark["x1"]) - zero == pytest.approx(4 * float(before["width"]), abs=0.3)
    assert texts(bullets(), "figure") == ["✗ 2 / 4"]


def test_its_axis_has_round_values_with_labels_and_a_line_at_zero():
    assert texts(bullets(), "ends") == ["0", "1", "2", "3", "4"]
    lines = drawn(bullets(), "line")
    assert [line["class"] for line in lines].count("tick") == 4
    (zero,) = [line for line in lines if line["class"] == "axis"]
    assert zero["x1"] == drawn(bullets(), "rect")[0]["x"]


def test_a_title_and_a_description_stand_for_the_picture():
    (picture,) = drawn(bullets(), "svg")
    assert (picture["role"], picture["aria-labelledby"]) == ("img", "c-t c-d")
    said = Page(svg(bullets(), "c"))
    assert said.texts("title")[0] == "Actual and target (%)"
    assert said.texts("desc") == ["What it shows."]


LONG = "Beijing Economic-Technological Development Area (BDA, E-Town)"


@pytest.mark.parametrize("label", [LONG, "北京经济技术开发区及其周边的各街道乡镇和园区", "L" * 60])
def test_no_label_is_cut_it_is_folded(label):
    chart = Chart("t", "%", "d", (Bullet(label, 1.0, told="1"), Bullet("b", 2.0, told="2")))
    shown = "".join(texts(chart)[:-1])
    assert shown.replace(" ", "") == label.replace(" ", "")
    assert "…" not in shown


def test_what_no_name_is_as_long_as_loses_its_end():
    lines = folded("L" * 1000, 100.0)
    assert len(lines) == 5
    assert lines[-1].endswith("…")
    assert all(length(line) <= 110 for line in lines)


def test_all_pictures_have_one_size_of_letters():
    lines = (Line("a", ("1", "2"), (1.0, 2.0)),)
    charts = (
        bullets(),
        Chart("t", "%", "d", lines=lines),
        Chart("t", "", "d", steps=(Step("a", 1.0),)),
    )
    for chart in charts:
        (picture,) = drawn(chart, "svg")
        assert picture["width"] == f"{float(picture['viewbox'].split()[2]) / 16:g}em"


# steps


def test_steps_begin_where_the_one_before_ended_and_the_whole_at_zero():
    steps = (Step("a", 1.0), Step("b", -3.0), Step("gap", -2.0, whole=True))
    bars = drawn(Chart("t", "pp", "d", steps=steps), "rect")
    begin, end = ([float(b["x"]) for b in bars], [float(b["x"]) + float(b["width"]) for b in bars])
    assert end[0] == pytest.approx(end[1])  # b goes down from where a ended
    assert begin[1] == pytest.approx(begin[2])  # and ends where the whole ends
    assert begin[0] == pytest.approx(end[2])  # zero: a begins, the whole begins
    assert [b["class"] for b in bars] == ["bar gain", "bar loss", "bar loss whole"]
    assert texts(Chart("t", "pp", "d", steps=steps), "ends") == [
        "−2.0",
        "−1.5",
        "−1.0",
        "−0.5",
        "0.0",
        "0.5",
        "1.0",
    ]


# lines


def test_a_line_is_broken_where_a_period_is_unknown():
    lines = (Line("a", ("1", "2", "3", "4", "5"), (1.0, 2.0, None, 4.0, 5.0)),)
    assert len(drawn(Chart("t", "%", "d", lines=lines), "polyline")) == 2
    assert len(drawn(Chart("t", "%", "d", lines=lines), "circle")) == 4


def test_only_what_is_of_the_last_period_has_the_large_dot():
    lines = (
        Line("a", ("1", "2"), (1.0, 2.0), told="2"),
        Line("b", ("1", "2"), (1.0, None), told="–"),
    )
    chart = Chart("t", "%", "d", lines=lines)
    assert [dot["class"] for dot in drawn(chart, "circle")] == ["dot", "dot last", "dot"]
    assert texts(chart, "figure") == ["2", "–"]


def test_lines_with_a_unit_have_one_scale_whose_values_are_told_once():
    lines = (Line("a", ("1", "2"), (1.0, 2.0)), Line("b", ("1", "2"), (10.0, 14.0)))

    def heights(unit: str) -> list[float]:
        points = [
            p["points"].split() for p in drawn(Chart("t", unit, "d", lines=lines), "polyline")
        ]
        return [float(a.split(",")[1]) - float(b.split(",")[1]) for a, b in points]

    low, high = heights("%")
    assert high == pytest.approx(4 * low, abs=0.5)  # places have one decimal
    assert heights("")[0] == pytest.approx(heights("")[1])
    shared, own = (texts(Chart("t", unit, "d", lines=lines), "ends") for unit in ("%", ""))
    assert shared == ["5", "10", "1", "2", "1", "2"]  # two values, then each panel's two periods
    assert own == ["1.0", "1.5", "2.0", "1", "2", "10", "12", "14", "1", "2"]


def test_a_picture_of_nothing_known_is_drawn():
    chart = Chart("t", "", "d", (Bullet("a", None), Bullet("b", 0.0, 0.0)))
    assert 'class="axis"' in svg(chart, "c")
    same = Chart("t", "%", "d", lines=(Line("a", ("1", "2"), (3.0, 3.0)),))
    assert len(drawn(same, "polyline")) == 1


# tiles


def tiles(*more: Tile) -> Chart:
    made = (
        Tile("Shunyi", 1, 0, "✗ −3.4", "missed", -3.4),
        Tile("Haidian", 0, 1, "✓ +0.4", "met", 0.4),
        Tile("Fangshan", 2, 1, "! not reported", "not_reported"),
        Tile("BDA", 1, 1, "✓ +0.4", "met", 0.4, inside=True),
        *more,
    )
    return Chart("Gap to target", "pp", "Orange: missed.", tiles=made)


def test_a_tile_has_name_sign_and_gap_and_a_colour_second():
    assert texts(tiles()) == ["Shunyi", "Haidian", "Fangshan", "BDA"]
    assert texts(tiles(), "gap") == ["✗ −3.4", "✓ +0.4", "! not", "reported", "✓ +0.4"]
    assert [tile["class"] for tile in drawn(tiles(), "rect")] == [
        "tile heat missed d3",
        "tile heat met d1",
        "tile heat not_reported",
        "tile heat met d1 inside",
    ]


def test_tiles_stand_in_their_columns_and_rows():
    shunyi, haidian, fangshan, zone = drawn(tiles(), "rect")
    assert shunyi["x"] == zone["x"]
    assert haidian["y"] == fangshan["y"] == zone["y"]
    assert float(haidian["x"]) < float(zone["x"]) < float(fangshan["x"])
    assert float(shunyi["y"]) < float(zone["y"])


def test_whoever_does_not_see_the_map_is_told_its_tiles():
    (told,) = Page(svg(tiles(), "c")).texts("desc")
    assert told == (
        "Orange: missed. Shunyi: ✗ −3.4; Haidian: ✓ +0.4; Fangshan: ! not reported; BDA: ✓ +0.4"
    )


def test_a_long_name_is_folded_within_its_tile():
    shown = texts(tiles(Tile("Sankt Peter-Ording am Meer", 3, 0, "✓ 0.0", "met", 0.0)))[4:]
    assert " ".join(shown) == "Sankt Peter-Ording am Meer"


def test_shades_follow_the_gap():
    tones = ["missed", "missed", "missed", "met", "open", "no_target", "", "quiet"]
    gaps = [-3.0, -1.5, -0.5, float("nan"), -9.0, None, 1.0, 2.0]
    assert dress(tones, gaps) == [
        "heat missed d3",
        "heat missed d2",
        "heat missed d1",
        "heat met d1",
        "heat open",
        "heat no_target",
        "",
        "",
    ]
