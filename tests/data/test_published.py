"""The published figures of Beijing: every row of data/ and every target of the repository's own workspace, walked.

The files are read here with nothing but the standard library, so that what is in them is told twice: once by the
rows themselves, once by dtrack.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter

import pytest

from support.workspaces import ROOT

NEEDED = {  # the indicators that the board must have
    "gdp_growth",
    "gdp_level",
    "digital_va",
    "digital_va_growth",
    "digital_va_share_of_gdp",
    "digital_core_va_growth",
    "digital_core_revenue",
    "digital_core_revenue_growth",
    "5g_base_stations",
    "5g_base_stations_added",
    "ai_firms",
    "ai_core_output",
    "ai_core_revenue",
    "ai_core_scale",
    "compute",
    "smart_road_km",
    "av_test_km_cumulative",
}
COLUMNS = (
    "period,area,area_code,area_name,indicator,indicator_name,unit,target,target_text,target_period,target_set,target_source,"
    "goal,actual,actual_text,actual_period,status,published,source,gap,gap_unit,verdict,sure,basis,vs_city,note"
)
LAST = "percent_of_target,percent_of_time,light,aim,aim_verdict"


def table(name: str) -> list[dict[str, str]]:
    with (ROOT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TOML = tomllib.loads((ROOT / "targets.toml").read_text(encoding="utf-8"))
INDICATORS = TOML["indicators"]
AREAS, SOURCES = (
    {row["id"]: row for row in table(f"data/{name}.csv")} for name in ("areas", "sources")
)
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data/actuals").glob("*.csv"))
ROWS = [
    row | {"place": f"{name.split('/')[-1]} row {n}"}
    for name in FILES
    for n, row in enumerate(table(name), 2)
]
PROMISES = [
    (area, indicator, period, entry)
    for indicator, periods in TOML["targets"].items()
    for period, areas in periods.items()
    for area, promised in areas.items()
    for entry in (promised if isinstance(promised, list) else [promised])
]


def own_basis(row: dict[str, str]) -> bool:
    """On the price basis of its indicator and of no other scope."""
    return row.get("prices") in (
        None,
        "",
        INDICATORS[row["indicator"]].get("prices"),
    ) and not row.get("scope")


def day(text: object) -> int:
    """A day, month or year as yyyymmdd, from its last day; 0 where blank."""
    from dtrack.core.days import parse_day

    return parse_day(str(text))


def empty(number: float) -> bool:
    """Not a number: an empty cell."""
    return number != number


@pytest.fixture(scope="module")
def dataset():
    import dtrack

    return dtrack.open(ROOT)


@pytest.fixture(scope="module")
def boards(dataset):
    """The assessment of every period that a figure or a target of the workspace has."""
    return {str(period): dataset.assess(period) for period in dataset.periods}


@pytest.fixture(scope="module")
def half(dataset):
    """half("H1-2024", area, indicator) is one row of that half."""
    return lambda period, area, indicator: (
        dataset.assess(period).set_index(["area", "indicator"]).loc[(area, indicator)]
    )


# The rows


@pytest.mark.parametrize("row", ROWS, ids=[row["place"] for row in ROWS])
def test_row(row):
    from dtrack.core.figure import parse
    from dtrack.core.period import Period

    assert row["area"] in AREAS
    assert row["indicator"] in INDICATORS
    assert row["source"] in SOURCES
    assert row["status"] in {
        "expected",
        "flash",
        "final",
        "revised",
        "missing",
    }  # nothing here is illustrative
    assert str(Period.parse(row["period"])) == row["period"]
    assert str(parse(row["value"])) == row["value"]
    assert row["published"] == "" or day(row["published"]) > 0


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: " ".join(promise[:3]))
def test_promise(promise):
    from dtrack.core.figure import parse
    from dtrack.core.period import Period

    area, indicator, period, entry = promise
    assert area in AREAS
    assert indicator in INDICATORS
    assert str(Period.parse(period)) == period
    assert entry["source"] in SOURCES
    assert str(parse(entry["value"])) == entry["value"]
    assert day(entry["set"]) > 0


@pytest.mark.parametrize("name", list(INDICATORS))
def test_indicator_has_its_full_definition_and_is_used(name):
    entry = INDICATORS[name]
    assert set(entry["name"]) == {"en", "zh", "fr"}
    assert {"kind", "unit", "better"} <= set(entry)
    assert "prices" in entry or not (entry["kind"] == "growth" or "CNY" in entry["unit"])
    assert INDICATORS.get(entry.get("weight", ""), {"kind": "flow"})["kind"] == "flow"
    assert all(item["source"] in SOURCES and item["why"] for item in entry.get("breaks", []))
    assert name in {row["indicator"] for row in ROWS} | set(TOML["targets"])


@pytest.mark.parametrize("name", list(SOURCES))
def test_source_says_who_and_where(name):
    row = SOURCES[name]
    assert row["title"]
    assert row["publisher"]
    assert row["copy"] in {"yes", "no"}
    assert re.match(r"https?://", row["url"] or "http://")
    assert row["date"] == "" or day(row["date"]) > 0


def test_the_board_has_the_indicators_and_areas_that_were_asked_for():
    assert set(INDICATORS) >= NEEDED
    districts = [
        name for name, row in AREAS.items() if row["parent"] == "beijing" and not row["overlaps"]
    ]
    assert (len(districts), AREAS["etown"]["overlaps"]) == (16, "daxing;tongzhou")
    assert len(PROMISES) == 36


def test_the_readme_of_the_data_counts_its_rows_right():
    text = (ROOT / "data/README.md").read_text(encoding="utf-8")
    told = {
        f"data/actuals/{name}": int(count)
        for name, count in re.findall(r"`actuals/([\w-]+\.csv)` \| (\d+)", text)
    }
    assert told == Counter({name: len(table(name)) for name in FILES})


def test_check_finds_nothing_to_refuse_and_nothing_to_look_at_again(dataset, run):
    assert {finding.severity for finding in dataset.findings} <= {"info"}
    assert run("check").code == 0


def test_nothing_is_lost_on_the_way_in(dataset):
    kept = dataset.actuals[
        ["area", "indicator", "period", "value", "status", "published", "source"]
    ].astype(str)
    assert Counter(kept.itertuples(index=False, name=None)) == Counter(
        tuple(row[name] for name in kept) for row in ROWS
    )
    assert len(dataset.targets) == len(PROMISES)


# Like with like, in every period of the data


def test_no_figure_on_another_price_basis_or_of_another_scope_is_ever_judged(boards):
    key = ("area", "indicator", "period", "value", "published", "source")
    other = {tuple(row[name] for name in key) for row in ROWS if not own_basis(row)}
    assert len(other) == 6
    shown = 0
    for board in boards.values():
        for row in board.itertuples():
            if (
                row.area,
                row.indicator,
                row.actual_period,
                row.actual_text,
                row.published,
                row.source,
            ) in other:
                shown += 1
                assert row.verdict in {"undetermined", "no_target"}
                assert empty(row.gap)
                assert empty(row.vs_city)
                assert "not compared" in row.note
    assert shown >= len(other) - 1  # shown, every one that has a period of its own


def test_no_level_share_or_stock_published_after_a_break_is_judged_by_a_target_set_before_it(
    boards,
):
    for board in boards.values():
        for row in board[(board["target_text"] != "") & (board["actual_text"] != "")].itertuples():
            entry = INDICATORS[row.indicator]
            for item in entry.get("breaks", []) if entry["kind"] != "growth" else []:
                if day(row.target_set) < day(item["at"]) <= day(row.published):
                    assert row.verdict == "undetermined"
                    assert empty(row.gap)


@pytest.mark.parametrize("area", list(AREAS))
def test_no_change_of_a_gap_reaches_across_a_break(dataset, area):
    story = dataset.gap(area)
    for row in story[story["change"].notna()].itertuples():
        entry = INDICATORS[row.indicator]
        before = [
            r
            for r in ROWS
            if (r["area"], r["indicator"]) == (area, row.indicator)
            and r["published"] < row.published
        ]
        for item in entry.get("breaks", []) if entry["kind"] != "growth" else []:
            assert not [
                r for r in before if day(r["published"]) < day(item["at"]) <= day(row.published)
            ]


def test_every_period_has_one_row_per_area_and_indicator(boards):
    for board in boards.values():
        assert len(board) == len(AREAS) * len(INDICATORS)
        assert not board.duplicated(["area", "indicator"]).any()


# Shown when done


def test_the_verdict_of_2024_08_30(half):
    row = half("H1-2024", "beijing", "digital_va_growth")
    assert (row["actual_text"], row["target_text"], row["verdict"], row["basis"]) == (
        "7.8",
        "undisclosed",
        "missed",
        "stated",
    )
    assert empty(row["gap"])  # no number is published
    assert row["target_source"] == "bjeitb-20240830"


@pytest.mark.parametrize(
    ("period", "area", "indicator", "target", "actual", "gap", "verdict"),
    [
        ("H1-2024", "beijing", "gdp_growth", "around 5", "5.4", 0.4, "met"),
        ("H1-2022", "beijing", "gdp_growth", ">=5", "0.7", -4.3, "missed"),
        ("H1-2022", "tongzhou", "gdp_growth", "around 6.5", "4.1", -2.4, "missed"),
        ("H1-2025", "haidian", "gdp_growth", "5.5", "6.9", 1.4, "met"),
        (
            "H1-2014",
            "beijing",
            "gdp_growth",
            "7.5左右",
            "7.2",
            -0.3,
            "missed",
        ),  # "basically in line" is a reading, no count
    ],
    ids=str,
)
def test_gaps_of_gdp_growth(half, period, area, indicator, target, actual, gap, verdict):
    row = half(period, area, indicator)
    assert (row["target_text"], row["actual_text"], row["gap"], row["verdict"]) == (
        target,
        actual,
        gap,
        verdict,
    )
    assert row["basis"] == "computed"


def test_haidian_has_no_target_of_its_own_and_is_told_against_the_city(half):
    row = half("H1-2024", "haidian", "gdp_growth")
    assert (row["actual_text"], row["target_text"], row["verdict"], row["vs_city"]) == (
        "6.6",
        "",
        "no_target",
        1.2,
    )


def test_the_digital_share_of_gdp_is_open_with_its_latest_figure(half):
    row = half("H1-2024", "beijing", "digital_va_share_of_gdp")
    assert (row["target_text"], row["target_period"], row["verdict"]) == (
        "around 50",
        "2025",
        "open",
    )
    assert (row["actual_text"], row["actual_period"], row["gap"]) == ("44.3", "Q1-3-2023", -5.7)
    assert not row["sure"]
    assert "latest available" in row["note"]


def test_smart_roads_are_a_target_without_a_figure(half):
    row = half("H1-2024", "beijing", "smart_road_km")
    assert (row["verdict"], row["target_text"], row["actual_text"]) == ("not_reported", "1000", "")


def test_january_to_may_stands_in_for_the_half_and_is_never_sure(half):
    for area, text in (("xicheng", "25.3"), ("haidian", "18.5"), ("miyun", "10%以上")):
        row = half("H1-2024", area, "digital_core_revenue_growth")
        assert (row["actual_text"], row["actual_period"]) == (text, "2024-01..2024-05")
        assert "January to May" in row["note"]


def test_the_report_as_csv_has_exactly_the_columns_of_the_design(run):
    said = run("report --half H1-2024 --format csv --all")
    assert said.out.splitlines()[0] == f"{COLUMNS},{LAST}"
    assert len(said.rows) == len(AREAS) * len(INDICATORS)
    told = run("gap -d haidian -f csv").out.splitlines()[0]
    assert told == f"{COLUMNS},change,rank_low,rank_high,{LAST}"
    city = next(
        row for row in said.rows if (row["area"], row["indicator"]) == ("beijing", "gdp_growth")
    )
    assert (city["gap"], city["sure"], city["vs_city"], city["area_code"]) == (
        "0.4",
        "true",
        "",
        "110000",
    )
