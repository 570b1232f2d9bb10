"""Tables as sixteen people make them: which cell is taken for which figure, and what is told of the rest.

The workspace is examples/symposium: digital_va (flow, 100 million CNY), digital_va_growth, digital_va_share_of_gdp (per
cent), 5g_base_stations (stations), districts of Beijing. A case is a sheet, and what comes out of it, cell by cell.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dtrack.importing.compare import Edition, csv_text
from dtrack.importing.extract import ExtractedFigure, Reading
from dtrack.importing.formats.delimited import DelimitedReader
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.reader import Sent
from dtrack.importing.layout.decimals import decimal_signs
from dtrack.importing.layout.detect import Surveyor
from dtrack.importing.mapping import Map, read_map, write_map
from dtrack.model.schema import ACTUALS_FILE
from support.layouts import CASES, GROWTH, H1, HELD, VA, WIDE, read


@pytest.mark.parametrize("name", CASES)
def test_a_sheet(name):
    rows, options, figures, findings = CASES[name]
    got, told, _ = read(rows, **options)
    assert got == figures
    assert sorted(told) == sorted(findings)


MAP = """
sheet = "上半年"
header = [1, 2]
area = "地区"
skip = ["海淀区"]
[columns]
"增加值" = { indicator = "digital_va", unit = "10 thousand CNY" }
"增速" = { indicator = "数字经济增加值增速", form = "%s" }
"""
MAPPED = [
    ("地区", "数字经济", ""),
    ("", "增加值", "增速"),
    ("合计", "1", "2"),
    ("海淀区", "3", "4"),
    ("朝阳区", "53230.99", "%s"),
]


@pytest.mark.parametrize(
    ("form", "cell", "value"),
    [
        ("percent", "105.2", "105.2"),
        ("index", "105.2", "5.2"),
        ("index", "95.10", "-4.90"),
        ("fraction", "0.052", "5.2"),
        ("fraction", "-0.0490", "-4.90"),
        ("fraction", "0.05", "5"),
        ("fraction", "5.2%", "5.2%"),
    ],
)
def test_the_map_answers_what_form_a_growth_has(form, cell, value):
    rows = [*MAPPED[:-1], (*MAPPED[-1][:2], cell)]
    got, told, _ = read(rows, said=MAP % form, merged=((0, 1, 0, 2),))
    assert got == [
        ("chaoyang", VA, "H1-2024", "53230.99万", "B5"),
        ("chaoyang", GROWTH, "H1-2024", value, "C5"),
    ]
    assert sorted(told) == [("row-skipped", "A3"), ("row-skipped", "A4"), ("unit-converted", "B2")]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('[columns]\n"nowhere" = { indicator = "digital_va" }', "map-unfit"),
        ('area = "nowhere"', "map-unfit"),
        ("header = [9, 9]", "map-unfit"),
        ('[columns]\n"数字经济增加值增速（%）" = { indicator = "gdp" }', "unknown-indicator"),
        (
            '[columns]\n"数字经济增加值（亿元）" = { indicator = "digital_va", unit = "persons" }',
            "wrong-unit",
        ),
    ],
)
def test_a_map_that_does_not_fit(said, code):
    _, told, _ = read(WIDE, said=said)
    assert code in [finding for finding, _ in told]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("columns = 1", "bad-value"),
        ('colour = "red"', "key-unknown"),
        ("x = ", "toml-syntax"),
        ("header = [3, 1]", "bad-value"),
        ('[columns]\n"a" = { form = "ratio" }', "bad-value"),
        ('decimal = ";"', "bad-value"),
    ],
)
def test_a_broken_map(text, code):
    assert [finding.code for finding in read_map(text, "map.toml")[1]] == [code]


def test_a_map_is_written_as_it_is_read():
    said, faults = read_map(MAP % "index", "map.toml")
    assert faults == []
    assert read_map(write_map(said), "map.toml") == (said, [])


@pytest.mark.parametrize(
    ("texts", "signs"),
    [
        (["5.2", "1,234.5"], "."),
        (["5,2", "1.234,5"], ","),
        (["0,123"], ","),
        (["1 234,5"], ","),
        (["1,234", "1.234", "12"], ""),
        (["5,2", "4.9"], ",."),
        (["2024.06.30", "a,b", "1.2.3"], ""),
    ],
)
def test_which_sign_stands_before_the_decimals(texts, signs):
    assert set(decimal_signs(Grid("r.csv", "", [[text] for text in texts]))) == set(signs)


def test_a_column_of_indicators_holds_no_figures_whatever_a_map_says():
    """The name of a row in the map makes 数值 the column of indicators: a crash before."""
    rows = [("area", "indicator", "数值"), ("海淀区", "", "暂无")]
    said = 'value = "数值"\n[columns]\n"暂无" = { indicator = "digital_va" }\n'
    figures, findings, _ = read(rows, said)
    assert figures == []
    assert ("map-unfit", "C1") in findings


def test_near_names_are_offered_and_never_taken():
    _, _, findings = read([("地区", "数字经济增加值增速"), ("海淀区", "5.2"), ("海定区", "5.3")])
    (unknown,) = [finding for finding in findings if finding.code == "unknown-area"]
    assert "haidian" in unknown.sentence


# What is quick is as what is careful

CELLS = st.one_of(
    st.decimals(-10_000, 10_000, places=2).map(str),
    st.sampled_from(
        [
            "5.0",
            "0",
            "-0.0",
            "007",
            "5.2%",
            "…",
            "—",
            "",
            " 7.1",
            "7.5万",
            "1,234.5",
            "soon",
            "9" * 16,
            "1.2345678",
            ">=5",
            "(4.9)",
        ]
    ),
)
MAPS = (
    "",
    '[columns]\n"数字经济增加值" = { indicator = "digital_va", unit = "万元" }\n',
    '[columns]\n"数字经济增加值增速" = { indicator = "digital_va_growth", form = "fraction" }\n',
    '[columns]\n"数字经济增加值增速" = { indicator = "digital_va_growth", form = "percent" }\n',
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8),
    st.sampled_from(MAPS),
    st.sampled_from([".", ","]),
)
def test_plain_numbers_taken_as_they_are_are_what_each_cell_alone_would_be(cells, said, point):
    rows = [["地区", "数字经济增加值", "数字经济增加值增速"], *(["海淀区", *row] for row in cells)]
    used, _ = read_map(said, "map.toml") if said else (Map(), [])
    sheets = [Surveyor(Grid("r.csv", "", rows), HELD, used, H1, -1, point) for _ in range(2)]
    layouts = [sheet.survey() for sheet in sheets]
    assume(layouts[0] is not None)
    quick, careful = map(Reading, sheets, layouts)
    careful.plain_numbers = set
    assert (quick.read(), sheets[0].findings) == (careful.read(), sheets[1].findings)


NAMED = st.sampled_from(["数字经济增加值", "digital_va_growth", "数字经济增加值增速", "人口", ""])


@given(st.lists(st.tuples(NAMED, CELLS), min_size=1, max_size=8), st.sampled_from([".", ","]))
def test_one_column_read_straight_down_is_what_each_cell_alone_would_be(cells, point):
    """A long table beside the same with a column of units, none told, which is read row by row."""
    long = [["地区", "指标", "数值"], *(["海淀区", *row] for row in cells)]
    across = [["地区", "指标", "数值", "单位"], *(["海淀区", *row, " "] for row in cells)]
    sheets = [
        Surveyor(Grid("r.csv", "", rows), HELD, Map(), H1, -1, point) for rows in (long, across)
    ]
    layouts = [sheet.survey() for sheet in sheets]
    assume(all(layout is not None and layout.indicator == 1 for layout in layouts))
    assume(layouts[0].rows == layouts[1].rows)
    read = []
    for sheet, layout, unit in zip(sheets, layouts, (-1, 3), strict=True):
        figures = Reading(sheet, replace(layout, unit=unit)).read()
        read.append((figures, sheet.findings))
    assert read[0] == read[1]


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=6)] * 4), max_size=5
    ),
    st.text(max_size=4),
)
def test_figures_are_written_as_csv_writes_them(rows, source):
    """A field with a comma, a quote or a line end is quoted; all others stand as they are."""
    figures = [ExtractedFigure(a, "i", "2024", v, n, o) for a, v, n, o in rows]
    out = io.StringIO(newline="")
    told = ("flash", "2024-08-30", source)
    csv.writer(out, lineterminator="\n").writerows(
        [(*ACTUALS_FILE, "origin"), *((a, "i", "2024", v, *told, n, o) for a, v, n, o in rows)]
    )
    assert csv_text(figures, Edition("2024-08-30", source)) == out.getvalue().encode()


def read_text(text: str) -> Grid:
    return DelimitedReader(Sent("r.csv", text.encode(), "utf-8", ";")).grid()[0]


@given(
    st.lists(
        st.lists(st.sampled_from(["海淀区", "5.0", " ", "", "a b", "7,5"]), min_size=1, max_size=4),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\n\n"]),
)
def test_a_text_of_even_rows_is_read_as_any_other(rows, end, last):
    """Fields all in one row give the rows, columns and texts that the same text has with a quote in it."""
    text = end.join(";".join(row) for row in rows) + last
    grid = read_text(text)
    careful = read_text(text.replace("5.0", '"5.0"'))
    assert [list(row) for row in grid.rows] == [list(row) for row in careful.rows]
    assert [grid.column(at, 1) for at in range(5)] == [careful.column(at, 1) for at in range(5)]
    assert (grid.texts, grid.width) == (careful.texts, careful.width)
