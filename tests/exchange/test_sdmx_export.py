"""`dtrack export --sdmx`: every figure once, as published, in words that SDMX has. Reading back by pysdmx: test_sdmx.py."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtrack.core.period import Period
from dtrack.exchange.sdmx import area_codes, sdmx_period
from dtrack.model.entities import Area
from dtrack.model.schema import EXCHANGE, names
from support.workspaces import ROOT

SYMPOSIUM = ROOT / "examples/symposium"
KEY = ("STRUCTURE_ID", "FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD")


@pytest.mark.parametrize(
    ("period", "frequency", "told"),
    [
        ("2024", "A", "2024"),
        ("H1-2024", "S", "2024-S1"),
        ("H2-2024", "S", "2024-S2"),
        ("Q1-2024", "Q", "2024-Q1"),
        ("Q4-2024", "Q", "2024-Q4"),
        ("2024-06", "M", "2024-06"),
        ("Q1-3-2024", "_O", "2024-01-01/P9M"),
        ("2024-01..2024-05", "_O", "2024-01-01/P5M"),
        ("2024-02..2024-04", "_O", "2024-02-01/P3M"),  # three months, and no quarter
        ("2024-04..2024-09", "_O", "2024-04-01/P6M"),  # six months, and no half
        ("2024-07..2025-06", "_O", "2024-07-01/P1Y"),  # twelve months, and no calendar year
        ("2026..2030", "_O", "2026-01-01/P5Y"),
    ],
)
def test_periods_in_words_of_sdmx(period, frequency, told):
    assert sdmx_period(Period.parse(period)) == (frequency, told)


@given(start=st.integers(1900 * 12, 2100 * 12), months=st.integers(1, 120))
def test_two_periods_never_share_a_word(start, months):
    """What is told gives the span back: start and months."""
    _, told = sdmx_period(Period(start, start + months - 1))
    if "/P" in told:
        first, length = told.split("/P")
        read = (
            int(first[:4]) * 12 + int(first[5:7]) - 1,
            int(length[:-1]) * (12 if length[-1] == "Y" else 1),
        )
    else:
        period = Period.parse(told)
        read = period.start, period.months
    assert read == (start, months)


def test_the_official_code_where_it_names_one_area_alone():
    areas = [
        Area("x", {}, "110108"),
        Area("y", {}),
        Area("p", {}, "7"),
        Area("q", {}, "7"),
        Area("r", {}, "y"),
        Area("9", {}, "9"),
    ]
    assert area_codes(areas) == ["110108", "y", "p", "q", "r", "9"]


def exported(run, place, words=""):
    said = run(f"export --sdmx - {words}", at=place)
    assert said.code == 0, said.err
    return list(csv.DictReader(said.out.splitlines()))


def figures(rows):
    return [row for row in rows if "FIGURE" in row["STRUCTURE_ID"]]


def targets(rows):
    return [row for row in rows if "TARGET" in row["STRUCTURE_ID"]]


# One row, every column


def one(run, city, value, indicator="growth", period="H1-2024", **more):
    place = city("", [("a", indicator, period, value, more)]).folder
    (row,) = exported(run, place)
    return row


def test_a_figure_in_every_column(run, city):
    assert one(run, city, "5.0", note="by phone") == {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": "DTRACK:FIGURES(1.0.0)",
        "ACTION": "I",
        "FREQ": "S",
        "REF_AREA": "a",
        "INDICATOR": "growth",
        "TIME_PERIOD": "2024-S1",
        "OBS_VALUE": "5.0",
        "OBS_STATUS": "P",
        "CONF_STATUS": "F",
        "UNIT_MEASURE": "PT",
        "UNIT_MULT": "0",
        "DECIMALS": "1",
        "VINTAGE": "2024-07-20",
        "OBS_COMMENT": "",
        "COMMENT": "by phone",
        "SOURCE": "Bulletin, Bureau, 2024-07-20",
        "SOURCE_ID": "s1",
    }


def test_the_columns_are_those_declared(run, city):
    assert list(one(run, city, "5.0")) == names(EXCHANGE)


@pytest.mark.parametrize(
    ("indicator", "value", "number", "decimals", "comment"),
    [
        ("growth", "7.8", "7.8", "1", ""),
        ("growth", "5.00", "5.00", "2", ""),
        ("growth", "-0.0", "0.0", "1", "-0.0"),
        ("growth", ">10", "10", "0", ">10"),
        ("growth", "around 5", "5", "0", "around 5"),
        ("growth", "10%以上", "10", "0", "10%以上"),
        ("growth", "4.5..5.0", "4.5", "1", "4.5..5.0"),
        ("stock", "7.5万", "75000", "0", "7.5万"),
        ("level", "1507.3", "1507.3", "1", ""),
        ("level", "2.06 trillion", "20600", "0", "2.06 trillion"),
    ],
)
def test_the_number_in_the_unit_and_the_wording_beside_it(
    run, city, indicator, value, number, decimals, comment
):
    row = one(run, city, value, indicator)
    assert (row["OBS_VALUE"], row["DECIMALS"], row["OBS_COMMENT"]) == (number, decimals, comment)


@pytest.mark.parametrize(
    ("indicator", "measure", "power"),
    [("growth", "PT", "0"), ("level", "CNY", "8"), ("stock", "stations", "0")],
)
def test_units(run, city, indicator, measure, power):
    row = one(run, city, "5", indicator)
    assert (row["UNIT_MEASURE"], row["UNIT_MULT"]) == (measure, power)


@pytest.mark.parametrize(
    ("status", "code", "comment"),
    [
        ("flash", "P", ""),
        ("final", "A", ""),
        ("revised", "A", "revised"),  # CL_OBS_STATUS has no code for it
        ("expected", "F", ""),
        ("illustrative", "", "illustrative: made up, no published figure"),
    ],
)
def test_status(run, city, status, code, comment):
    row = one(run, city, "5.0", status=status)
    assert (row["OBS_STATUS"], row["COMMENT"]) == (code, comment)


def test_a_missing_figure_is_a_row_without_a_number(run, city):
    row = one(run, city, "", status="missing")
    assert (row["OBS_VALUE"], row["DECIMALS"], row["OBS_STATUS"], row["OBS_COMMENT"]) == (
        "",
        "",
        "O",
        "",
    )


# Targets


def test_targets_are_a_dataflow_of_their_own(run, city):
    place = city(
        {
            "growth 2024": {"a": "around 5"},
            "growth H1-2024": {"b": {"value": "undisclosed", "stated": "missed"}},
        }
    ).folder
    first, second = targets(exported(run, place))
    assert [first[name] for name in KEY] == ["DTRACK:TARGETS(1.0.0)", "A", "a", "growth", "2024"]
    assert (first["OBS_VALUE"], first["OBS_STATUS"], first["VINTAGE"], first["OBS_COMMENT"]) == (
        "5",
        "A",
        "2024-01-15",
        "around 5",
    )
    assert (second["OBS_VALUE"], second["OBS_STATUS"], second["DECIMALS"]) == ("", "Q", "")
    assert (second["OBS_COMMENT"], second["COMMENT"]) == ("undisclosed", "stated verdict: missed")


def test_of_a_target_set_anew_the_newest_or_each(run, city):
    place = city({"growth 2024": {"a": ["5", {"value": "4.5", "set": "2024-09-01"}]}}).folder
    told = lambda words: [
        (row["OBS_VALUE"], row["VINTAGE"]) for row in targets(exported(run, place, words))
    ]
    assert told("") == [("4.5", "2024-09-01")]
    assert told("--as-of 2024-06-30") == [("5", "2024-01-15")]
    assert told("--editions") == [("5", "2024-01-15"), ("4.5", "2024-09-01")]
    assert told("--half H1-2024") == [("5", "2024-01-15")]  # in force on the last day of June


# Editions

TWICE = [
    ("a", "growth", "H1-2024", "5.0"),
    ("a", "growth", "H1-2024", "5.2", {"status": "final", "published": "2024-12-01"}),
    ("a", "growth", "H1-2024", "6", {"status": "expected", "published": "2025"}),
    ("b", "growth", "H1-2024", "4.0", {"published": ""}),
]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", [("a", "5.2", "A", "2024-12-01"), ("b", "4.0", "P", "")]),
        (
            "--as-of 2024-08-30",
            [("a", "5.0", "P", "2024-07-20")],
        ),  # without a day nobody knows when it was known
        (
            "--editions",
            [
                ("a", "5.0", "P", "2024-07-20"),
                ("a", "5.2", "A", "2024-12-01"),
                ("a", "6", "F", "2025"),
                ("b", "4.0", "P", "_U"),
            ],
        ),
        ("-d b", [("b", "4.0", "P", "")]),
        ("-i share", []),
        ("--half 2023", []),
        (
            "--half 2024",
            [("a", "5.2", "A", "2024-12-01"), ("b", "4.0", "P", "")],
        ),  # a half lies within its year
    ],
)
def test_which_editions(run, city, words, told):
    rows = exported(run, city("", TWICE).folder, words)
    assert [
        (row["REF_AREA"], row["OBS_VALUE"], row["OBS_STATUS"], row["VINTAGE"]) for row in rows
    ] == told


def test_editions_are_appended_under_a_key_with_the_vintage(run, city):
    rows = exported(run, city({"growth 2024": {"a": "5"}}, TWICE).folder, "--editions")
    assert {(row["STRUCTURE_ID"], row["ACTION"]) for row in rows} == {
        ("DTRACK:FIGURE_EDITIONS(1.0.0)", "A"),
        ("DTRACK:TARGET_EDITIONS(1.0.0)", "A"),
    }
    assert (
        max(Counter(tuple(row[name] for name in (*KEY, "VINTAGE")) for row in rows).values()) == 1
    )


# What is left out, refused, written


def test_a_figure_on_another_basis_is_left_out_and_told(run, city):
    rows = [("a", "level", "H1-2024", "5"), ("b", "level", "H1-2024", "6", {"prices": "constant"})]
    said = run("export --sdmx -", at=city("", rows).folder)
    assert [row["REF_AREA"] for row in said.rows] == ["a"]
    assert "dtrack: not exported: 1 figure on another price basis" in said.err


def test_a_fault_stops_the_export_and_nothing_is_written(run, city, tmp_path):
    place = city("", [("a", "growth", "H1-2024", "five"), ("b", "growth", "H1-2024", "5")]).folder
    said = run(f"export --sdmx {tmp_path / 'x.csv'}", at=place)
    assert (said.code, (tmp_path / "x.csv").exists()) == (3, False)
    assert "not-a-number" in said.err
    assert run("export --sdmx - -d b", at=place).code == 0


def test_a_file_is_written_as_what_a_pipe_gets(run, tmp_path):
    file = tmp_path / "beijing.csv"
    said = run(["export", "--sdmx", str(file)])
    assert (said.code, said.out) == (0, "")
    assert file.read_text(encoding="utf-8") == run("export --sdmx -").out


def test_nothing_found_is_said(run, city):
    said = run("export --sdmx - -i share", at=city().folder)
    assert (said.code, said.rows) == (0, [])
    assert "no figure and no target matches" in said.err


def test_inputs_are_never_written_over(run, city):
    place = city().folder
    assert run("export --sdmx targets.toml", at=place).code == 2


@pytest.mark.parametrize(
    "words",
    [
        "export",
        "export --sdmx - --half soon",
        "export --sdmx - -d nowhere",
        "export --sdmx - --as-of x",
    ],
)
def test_bad_words(run, words):
    assert run(words).code == 2


def test_hostile_texts_come_out_harmless(run, city):
    row = one(run, city, "5", note='=cmd|"x"!A1')
    assert row["COMMENT"] == '\'=cmd|"x"!A1'


# Laws: every row is one figure of the workspace, and every figure is exported once


def newest(dataset):
    """{(area, indicator, period): (value, status, published)} by going through the rows one by one."""
    found = {}
    for row in dataset.actuals[dataset.actuals["on_reference_basis"]].itertuples():
        rank = (str(row.status) != "expected", row.published_day, row.Index)
        cell = (str(row.area), str(row.indicator), str(row.period))
        if cell not in found or rank > found[cell][0]:
            found[cell] = (rank, (str(row.value), str(row.status), str(row.published)))
    return {cell: told for cell, (_, told) in found.items()}


def cell_of(dataset, row):
    code = dict(zip(area_codes(dataset.areas), (area.id for area in dataset.areas), strict=True))
    span = {told: period for period in dataset.periods for told in [sdmx_period(period)]}
    return code[row["REF_AREA"]], row["INDICATOR"], str(span[row["FREQ"], row["TIME_PERIOD"]])


def hold(dataset, rows):
    expected = newest(dataset)
    assert Counter(cell_of(dataset, row) for row in figures(rows)) == Counter(
        dict.fromkeys(expected, 1)
    )
    for row in figures(rows):
        value, _, published = expected[cell_of(dataset, row)]
        assert row["VINTAGE"] == published
        assert (row["OBS_COMMENT"] or row["OBS_VALUE"]) == value
    goals = Counter(
        zip(
            *(dataset.targets[name].astype(str) for name in ("area", "indicator", "period")),
            strict=True,
        )
    )
    assert Counter(cell_of(dataset, row) for row in targets(rows)) == Counter(
        dict.fromkeys(goals, 1)
    )


@pytest.mark.parametrize("place", [ROOT, SYMPOSIUM], ids=["published figures", "symposium"])
def test_every_figure_once_of_whole_workspaces(run, place):
    import dtrack

    rows = exported(run, place)
    assert len(rows) > 100
    hold(dtrack.open(place), rows)


def test_every_edition_of_the_published_figures_is_exported(run):
    import dtrack

    dataset = dtrack.open(ROOT)
    rows = exported(run, ROOT, "--editions")
    assert len(figures(rows)) == int(dataset.actuals["on_reference_basis"].sum())
    assert len(targets(rows)) == len(dataset.targets)


VALUES = st.one_of(
    st.decimals(-99, 99, places=1).map(str),
    st.integers(0, 999).map(str),
    st.sampled_from([">10", "around 5", "4..5", "近 8"]),
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcz"),
        st.sampled_from(["growth", "level", "share"]),
        st.sampled_from(["H1-2024", "2024", "Q1-2024", "2024-06", "2024-01..2024-05"]),
        VALUES,
        st.fixed_dictionaries(
            {
                "status": st.sampled_from(["flash", "final", "revised", "expected"]),
                "scope": st.sampled_from(["", "", "urban"]),
            }
        ),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_every_figure_once_whatever_the_workspace(build, rows):
    from dtrack.analysis.question import Query
    from dtrack.exchange.sdmx import Scope, sheet_of
    from dtrack.rendering import csv_writer

    with tempfile.TemporaryDirectory() as folder:
        days = [{"published": f"2024-08-{n + 1:02d}"} for n in range(len(rows))]
        dated = [
            (*row[:4], {name: text for name, text in (row[4] | day).items() if text})
            for row, day in zip(rows, days, strict=True)
        ]
        dataset = build(
            Path(folder) / "w", {"growth 2024": {"a": "5"}, "share 2025": {"b": ">40"}}, dated
        ).open()
    sheet, left_out = sheet_of(dataset, Query.of(None), Scope())
    told = list(csv.DictReader(csv_writer.render(sheet).decode().splitlines()))
    hold(dataset, told)
    assert bool(left_out) == any(row[4]["scope"] for row in rows)
    assert all(Decimal(row["OBS_VALUE"]).is_finite() for row in told)
