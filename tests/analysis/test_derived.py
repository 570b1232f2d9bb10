"""Figures that nobody published: flows made of their parts, wholes of all areas, growths of two levels."""

from __future__ import annotations

from pathlib import Path

import pytest

from dtrack.analysis.part_routes import missing_spans, route
from dtrack.core.period import Period
from support.workspaces import City

CASES = Path(__file__).resolve().parents[1] / "golden/cases"
TWO_QUARTERS = CASES / "09-two-quarters-make-a-half"


def day(text: str) -> dict[str, str]:
    return {"published": text}


def level(period: str, value: str, published: str = "2024-07-20", **more: str) -> tuple:
    return ("a", "level", period, value, {"published": published, **more})


def keyed(made: City, indicator: str, line: str) -> City:
    """The workspace with one more key at an indicator."""
    file = made.folder / "targets.toml"
    text = file.read_text(encoding="utf-8")
    head = f"[indicators.{indicator}]\n"
    file.write_text(text.replace(head, f"{head}{line}\n"), encoding="utf-8")
    return made


# -- case 09 ---------------------------------------------------------------------------------------
def test_two_quarters_make_a_half():
    case = City(TWO_QUARTERS)
    east, west, north = (case.row("jobs", area=area) for area in ("east", "west", "north"))
    assert (east.actual, east.gap, east.verdict, east.sure) == (65, 5, "met", True)
    assert (east.status, east.note, east.source) == (
        "derived",
        "sum of Q1-2024 and Q2-2024",
        "stat",
    )
    assert (west.actual, west.verdict) == (None, "not_reported")
    assert west.note == "Q2-2024 is missing; not added up"
    assert (north.actual, north.gap, north.verdict) == (58, -2, "missed")


def test_the_half_is_in_though_it_was_not_sent_as_one(run):
    rows = {row["area"]: row for row in run("status --half H1-2024 -f csv", at=TWO_QUARTERS).rows}
    assert (rows["east"]["state"], rows["east"]["note"]) == (
        "reported",
        "sum of Q1-2024 and Q2-2024",
    )
    assert rows["west"]["state"] == "missing"
    told = run("status --half H1-2024", at=TWO_QUARTERS).out
    assert "2 of 3 figures received" in told
    assert "Derived from other returns: East (sum of Q1-2024 and Q2-2024)." in told
    assert (
        "East  New urban jobs"
        not in told.partition("Outstanding returns")[2].partition("Derived")[0]
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "sum of Q1-2024 and Q2-2024"),
        ("zh", "2024年一季度和2024年二季度之和"),
        ("fr", "somme de"),
    ],
)
@pytest.mark.parametrize(
    "command", ["report --half H1-2024", "why east jobs H1-2024", "brief --half H1-2024"]
)
def test_the_parts_are_named_wherever_the_sum_is_used(run, command, language, words):
    assert words.lower() in run(f"{command} --lang {language}", at=TWO_QUARTERS).out.lower()


def test_what_was_published_since_a_day_holds_nothing_derived(run):
    told = run("status --half H1-2024 --since 2024-01-01", at=TWO_QUARTERS).out
    since = told.partition("Published after")[2]
    assert "Q2-2024" in since
    assert "derived" not in since
    assert "Q1-2024 + Q2-2024" not in since


def test_why_lists_every_part_with_its_place(run):
    told = run("why east jobs H1-2024", at=TWO_QUARTERS).out
    made_of = told.partition("What the figure is made of")[2]
    assert "Q1-2024" in made_of
    assert "data/actuals/figures.csv:2" in made_of
    assert "data/actuals/figures.csv:3" in made_of
    assert "its parts are rounded, so it lies between 64.0 and 66.0" in told


def test_an_export_holds_what_was_published_only(run):
    rows = run("export --sdmx -", at=TWO_QUARTERS).rows
    figures = [
        row for row in rows if "FIGURES" in row["STRUCTURE_ID"] and row["INDICATOR"] == "jobs"
    ]
    assert [(r["REF_AREA"], r["TIME_PERIOD"]) for r in figures if r["REF_AREA"] == "east"] == [
        ("east", "2024-Q1"),
        ("east", "2024-Q2"),
    ]


# -- what makes what -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("period", "have", "number", "note"),
    [
        (
            "H1-2024",
            {"2024-01..2024-03": "1", "2024-04": "2", "2024-05": "3", "2024-06": "4"},
            10,
            "sum of",
        ),
        ("2024", {"H1-2024": "7", "H2-2024": "8"}, 15, "sum of H1-2024 and H2-2024"),
        ("2024", {"Q1-3-2024": "7", "Q4-2024": "8"}, 15, "sum of Q1-3-2024 and Q4-2024"),
        (
            "2024",
            {"H1-2024": "7", "Q3-2024": "1", "Q4-2024": "2"},
            10,
            "sum of H1-2024, Q3-2024 and Q4-2024",
        ),
        ("Q2-2024", {"H1-2024": "7", "Q1-2024": "3"}, 4, "H1-2024 minus Q1-2024"),
        ("H2-2024", {"2024": "9.5", "H1-2024": "4"}, 5.5, "2024 minus H1-2024"),
        (
            "Q3-2024",
            {"Q1-3-2024": "9", "Q1-2024": "2", "Q2-2024": "3"},
            4,
            "Q1-3-2024 minus Q1-2024 and Q2-2024",
        ),
        ("2024-12", {"2024": "9", "2024-01..2024-11": "8"}, 1, "2024 minus 2024-01..2024-11"),
        ("2024-01..2024-11", {"2024-01..2024-10": "8", "2024-11": "1"}, 9, "sum of"),
        # an addition goes before a rest, whatever the number of parts
        (
            "H2-2024",
            {"2024": "9", "H1-2024": "4", "Q3-2024": "2", "Q4-2024": "2"},
            4,
            "sum of Q3-2024 and Q4-2024",
        ),
        ("H1-2024", {"Q1-2024": "-5", "Q2-2024": "3"}, -2, "sum of Q1-2024 and Q2-2024"),
    ],
)
def test_a_flow_is_made_of_its_parts(city, period, have, number, note):
    figures = [level(p, value, "2025-02-01") for p, value in have.items()]
    row = city({f"level {period}": {"a": "1"}}, figures).row("level", period)
    assert (row.actual, row.status, row.actual_period) == (number, "derived", period)
    assert row.note.startswith(note)


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        ([level("Q1-2024", "3")], "Q2-2024 is missing"),
        (
            [level("Q1-2024", "3"), level("Q2-2024", "4", status="expected")],
            "no firm, exact figure for Q2-2024",
        ),
        ([level("Q1-2024", "3"), level("Q2-2024", ">4")], "no firm, exact figure for Q2-2024"),
        (
            [level("Q1-2024", "3"), level("Q2-2024", "", status="missing")],
            "no firm, exact figure for Q2-2024",
        ),
        ([level("Q1-2024", "3"), level("Q2-2024", "4", prices="constant")], "Q2-2024 is missing"),
        ([level("Q1-2024", "3"), level("Q2-2024", "4", scope="above 20m")], "Q2-2024 is missing"),
        ([level("2024-01", "3"), level("Q2-2024", "4")], "2024-02 and 2024-03 are missing"),
        # the publisher's own word stands, even where it is none
        (
            [level("Q1-2024", "3"), level("Q2-2024", "4"), level("H1-2024", "", status="missing")],
            "missing",
        ),
    ],
)
def test_nothing_is_made_of_what_is_no_firm_exact_figure(city, figures, why):
    row = city({"level H1-2024": {"a": "5"}}, figures).row("level")
    assert (row.verdict, row.actual) == ("not_reported", None)
    assert why in row.note


@pytest.mark.parametrize("indicator", ["growth", "share", "stock"])
def test_only_what_adds_up_is_added_up(city, indicator):
    figures = [("a", indicator, p, "3") for p in ("Q1-2024", "Q3-2024")]
    row = city({f"{indicator} Q1-3-2024": {"a": "5"}}, figures).row(indicator, "Q1-3-2024")
    assert row.status != "derived"


def test_what_is_published_goes_before_what_follows(city):
    both = [level("Q1-2024", "3"), level("Q2-2024", "4"), level("H1-2024", "8", "2024-01-01")]
    assert city({"level H1-2024": {"a": "5"}}, both).row("level").actual == 8
    hoped = [*both[:2], level("H1-2024", "8", status="expected")]
    row = city({"level H1-2024": {"a": "5"}}, hoped).row("level")
    assert (row.actual, row.status, row.sure) == (8, "expected", False)


def test_parts_on_two_sides_of_a_break_are_not_added(city):
    figures = [level("Q1-2024", "3", "2024-04-20"), level("Q2-2024", "4", "2024-07-20")]
    apart = city({"level H1-2024": {"a": "5"}}, figures, breaks={"level": "2024-05-01"}).row(
        "level"
    )
    assert (apart.verdict, apart.note) == (
        "not_reported",
        "its parts are on two sides of a break in series and are not added",
    )
    together = city(
        {"level H1-2024": {"a": {"value": "5", "set": "2024-03-01"}}},
        figures,
        breaks={"level": "2024-03-01"},
    )
    assert together.row("level").actual == 7


def test_as_of_takes_the_parts_known_by_then(city):
    figures = [
        level("Q1-2024", "3", "2024-04-20"),
        level("Q2-2024", "4", "2024-07-20"),
        level("Q1-2024", "5", "2024-10-20"),
        level("H1-2024", "8", "2024-11-20"),
    ]
    made = city({"level H1-2024": {"a": "5"}}, figures)
    known = {"2024-05-01": None, "2024-08-01": 7, "2024-10-31": 9, "2024-12-01": 8}
    assert {day: made.row("level", as_of=day).actual for day in known} == known


def test_the_rounding_of_the_parts_is_added(city):
    # 3.0 and 4.0 lie within 0.05 each: together within 0.1, so that 6.9 is not sure and 6.8 is
    figures = [level("Q1-2024", "3.0"), level("Q2-2024", "4.0")]
    sure = {
        g: city({"level H1-2024": {"a": g}}, figures).row("level").sure
        for g in ("6.8", "6.9", "6.95", "7.05", "7.2")
    }
    assert sure == {"6.8": True, "6.9": True, "6.95": False, "7.05": False, "7.2": True}


def test_a_finer_part_adds_its_own_rounding_only(city):
    # 3 ± 0.5 and 4.25 ± 0.005: 7.25 within 0.505
    figures = [level("Q1-2024", "3"), level("Q2-2024", "4.25")]
    rows = {g: city({"level H1-2024": {"a": g}}, figures).row("level") for g in ("6.74", "6.75")}
    assert [rows[g].actual for g in rows] == [7.25, 7.25]
    assert [rows[g].sure for g in rows] == [True, False]


def test_last_years_share_is_made_of_whatever_is_on_file(city):
    figures = [
        *(level(f"Q{n}-2023", "10", "2024-01-20") for n in (1, 2)),
        level("H2-2023", "60", "2024-01-20"),
        level("H1-2024", "30"),
    ]
    row = city({"level 2024": {"a": "100"}}, figures).row("level")
    # 20 of 80 is a quarter of the year: 25 of 100
    assert (row.goal, row.gap, row.verdict, row.sure) == (25, 5, "met", False)
    assert "25.0% of the year in 2023" in row.note
    assert "H1-2023: sum of Q1-2023 and Q2-2023" in row.note
    assert "2023: sum of" in row.note


def test_catchup_uses_the_share_that_follows(city, run):
    figures = [
        *(level(f"Q{n}-2023", "10", "2024-01-20") for n in (1, 2, 3, 4)),
        ("a", "growth", "H1-2024", "4.0"),
    ]
    made = city({"growth 2024": {"a": "5"}}, figures)
    (row,) = [
        r for r in run("catchup --half H1-2024 -f csv", at=made.folder).rows if r["area"] == "a"
    ]
    assert (row["share"], row["needed"]) == ("0.5000", "6.0000")


def test_a_part_that_is_set_aside_leaves_the_whole_undetermined(city):
    figures = [level("Q1-2024", "3"), level("Q2-2024", "four")]
    row = city({"level H1-2024": {"a": "5"}}, figures).row("level", set_aside=True)
    assert (row.verdict, row.actual) == ("undetermined", None)
    assert "excluded: see the findings for data/actuals/part-0.csv:3" in row.note


def test_a_part_that_could_not_be_placed_may_be_anybodys(city):
    quarters = [level("Q1-2024", "3"), level("Q2-2024", "4")]
    stray = ("nobody", "level", "Q2-2024", "9")
    for figures in ([*quarters, stray], [quarters[0], stray]):
        row = city({"level H1-2024": {"a": "5"}}, figures).row("level", set_aside=True)
        assert row.verdict == "undetermined"
    # nor does it touch a half that was published, or another year
    published = [level("H1-2024", "7"), stray]
    assert city({"level H1-2024": {"a": "5"}}, published).row("level", set_aside=True).actual == 7
    elsewhere = [*quarters, ("nobody", "level", "Q2-2022", "9")]
    row = city({"level H1-2024": {"a": "5"}}, elsewhere).row("level", set_aside=True)
    assert row.verdict == "met"


def test_two_sources_are_both_named(city, run):
    figures = [level("Q1-2024", "3"), level("Q2-2024", "4", source="s2")]
    made = city({"level H1-2024": {"a": "5"}}, figures)
    assert made.row("level").source == "s1; s2"
    assert "2 sources:" in run("report --half H1-2024", at=made.folder).out
    told = run("report --half H1-2024 --sources", at=made.folder).out
    # one number of the figure's two sources, and the target's
    assert "  1  Bulletin, Bureau, 2024-07-20; Bulletin, Bureau, 2024-07-20\n" in told
    assert "derived  1 · T2" in told


def test_nothing_changes_where_all_is_published(city):
    """Without a whole that is missing the frame is the one on file."""
    from dtrack.analysis.derived import with_derived
    from dtrack.analysis.question import Query

    dataset = city(
        {"level 2024": {"a": "9"}},
        [level("H1-2024", "4"), level("H1-2023", "4"), level("2023", "8")],
    ).open()
    assert with_derived(dataset, Query.of("H1-2024")).actuals is dataset.actuals


def test_a_file_does_not_call_its_figure_derived(city):
    made = city({"level H1-2024": {"a": "5"}}, [level("H1-2024", "4", status="derived")])
    assert [f.code for f in made.open().findings if f.severity.name == "ERROR"] == ["bad-status"]


# -- routes ----------------------------------------------------------------------------------------
def spans(*texts: str) -> tuple[Period, ...]:
    return tuple(map(Period.parse, texts))


def test_the_fewest_parts_are_taken():
    on_file = spans("Q1-2024", "Q2-2024", *(f"2024-0{n}" for n in range(1, 7)))
    steps = route(Period.parse("H1-2024"), on_file, frozenset())
    assert [str(on_file[step.span]) for step in steps] == ["Q1-2024", "Q2-2024"]


def test_a_part_that_is_set_aside_is_walked_round():
    on_file = spans("Q1-2024", "Q2-2024", "2024-01", "2024-02", "2024-03")
    steps = route(Period.parse("H1-2024"), on_file, frozenset({0}))
    assert [str(on_file[step.span]) for step in steps] == [
        "2024-01",
        "2024-02",
        "2024-03",
        "Q2-2024",
    ]


def test_what_is_missing_is_the_least_that_makes_it_whole():
    half = Period.parse("H1-2024")
    assert missing_spans(half, spans("Q1-2024")) == spans("Q2-2024")
    assert missing_spans(half, spans("2024-01..2024-05")) == spans("2024-06")
    assert missing_spans(half, spans("Q1-2023")) == ()


# -- wholes of all areas ---------------------------------------------------------------------------
ALL = {"a": "10", "b": "20", "c": "30", "d": "40.5"}


def of_all(indicator: str, period: str, values: dict[str, str], **more: str) -> list[tuple]:
    return [(area, indicator, period, value, more) for area, value in values.items()]


@pytest.mark.parametrize("indicator", ["level", "stock"])
def test_the_city_is_the_sum_of_all_its_districts(city, indicator):
    figures = [*of_all(indicator, "H1-2024", ALL), ("z", indicator, "H1-2024", "7")]
    targets = {f"{indicator} H1-2024": {"city": "100"}}
    off = city(targets, figures).row(indicator, area="city")
    assert off.verdict == "not_reported"
    row = keyed(city(targets, figures), indicator, 'aggregate = "sum"').row(indicator, area="city")
    assert (row.actual, row.verdict, row.status) == (100.5, "met", "derived")
    assert row.note == "sum of all 4 areas within it"


def test_one_district_that_is_missing_leaves_the_city_without(city):
    figures = of_all("level", "H1-2024", {k: v for k, v in ALL.items() if k != "c"})
    made = keyed(city({"level H1-2024": {"city": "100"}}, figures), "level", 'aggregate = "sum"')
    row = made.row("level", area="city")
    assert row.verdict == "not_reported"
    assert row.note == "not calculated from the areas within it: no firm, exact figure for C"


def test_a_sum_of_districts_whose_own_figures_follow(city):
    figures = [*of_all("level", "Q1-2024", ALL), *of_all("level", "Q2-2024", ALL)]
    made = keyed(city({"level H1-2024": {"city": "100"}}, figures), "level", 'aggregate = "sum"')
    row = made.row("level", area="city")
    # the city's own quarters are sums as well: 100.5 twice
    assert (row.actual, row.status) == (201, "derived")


def test_the_citys_growth_is_the_mean_of_its_districts_by_last_years_levels(city):
    growth = {"a": "4.0", "b": "5.0", "c": "6.0", "d": "7.0"}
    base = {"a": "10", "b": "20", "c": "30", "d": "40"}
    figures = [*of_all("growth", "H1-2024", growth), *of_all("level", "H1-2023", base)]
    made = keyed(
        city({"growth 2024": {"city": "5.5"}}, figures), "growth", 'aggregate = "weighted"'
    )
    row = made.row("growth", area="city")
    # (40 + 100 + 180 + 280) / 100
    assert (row.actual, row.gap, row.verdict) == (6.0, 0.5, "met")
    assert row.note == "mean of all 4 areas within it, weighted by level for H1-2023"


def test_a_loss_weights_nothing(city):
    growth = {"a": "4.0", "b": "5.0", "c": "6.0", "d": "7.0"}
    base = {"a": "10", "b": "-20", "c": "30", "d": "40"}
    figures = [*of_all("growth", "H1-2024", growth), *of_all("level", "H1-2023", base)]
    made = keyed(
        city({"growth 2024": {"city": "5.5"}}, figures), "growth", 'aggregate = "weighted"'
    )
    assert made.row("growth", area="city").verdict == "not_reported"


# -- growth of two levels --------------------------------------------------------------------------
GROWTH_OF = 'growth_of = "level"'


def same_prices(made: City) -> City:
    """The small city with growth and level at the same prices."""
    file = made.folder / "targets.toml"
    text = file.read_text(encoding="utf-8").replace('prices = "constant"', 'prices = "current"')
    file.write_text(text, encoding="utf-8")
    return keyed(made, "growth", GROWTH_OF)


def test_a_growth_follows_from_two_levels(city):
    figures = [level("H1-2023", "1000.0"), level("H1-2024", "1052.4")]
    row = same_prices(city({"growth 2024": {"a": "5"}}, figures)).row("growth")
    assert (row.actual, row.verdict, row.status) == (5.24, "met", "derived")
    assert row.note == "growth of level from H1-2023 to H1-2024"


def test_a_growth_has_no_more_digits_than_its_levels_justify(city):
    # 110 ± 0.5 over 100 ± 0.5 lies between 9.0 and 11.1: tenths cannot be told, tens can
    figures = [level("H1-2023", "100"), level("H1-2024", "110")]
    row = same_prices(city({"growth 2024": {"a": "9.5"}}, figures)).row("growth")
    assert (row.actual, row.verdict, row.sure) == (10, "met", False)
    assert row.actual_text == "10"


@pytest.mark.parametrize("base", ["0", "-80", "0.0"])
def test_nothing_grows_over_a_base_that_is_none(city, base):
    figures = [level("H1-2023", base), level("H1-2024", "110")]
    row = same_prices(city({"growth 2024": {"a": "9.5"}}, figures)).row("growth")
    assert row.verdict == "not_reported"
    assert (
        row.note == "no growth rate can be calculated from a level of H1-2023 that is not above 0"
    )


def test_a_growth_never_leaps_over_a_break(city):
    figures = [level("H1-2023", "100.0", "2023-07-20"), level("H1-2024", "110.0")]
    made = same_prices(city({"growth 2024": {"a": "9.5"}}, figures, breaks={"level": "2024-01-01"}))
    assert made.row("growth").verdict == "not_reported"


@pytest.mark.parametrize(
    ("indicator", "line", "key"),
    [
        ("growth", 'aggregate = "sum"', "indicators.growth.aggregate"),
        ("level", 'aggregate = "weighted"', "indicators.level.aggregate"),
        ("share", 'aggregate = "weighted"', "indicators.share.aggregate"),  # it names no weight
        ("level", 'aggregate = "mean"', "indicators.level.aggregate"),
        ("level", "aggregate = 1", "indicators.level.aggregate"),
        ("level", 'growth_of = "stock"', "indicators.level.growth_of"),
        ("growth", 'growth_of = "share"', "indicators.growth.growth_of"),
        ("growth", 'growth_of = "nothing"', "indicators.growth.growth_of"),
        ("growth", 'growth_of = "level"', "indicators.growth.growth_of"),  # at other prices
    ],
)
def test_what_contradicts_itself_is_refused_at_its_key(city, indicator, line, key):
    made = keyed(city({"level 2024": {"a": "1"}}), indicator, line).open()
    (found,) = [f for f in made.findings if f.severity.name == "ERROR"]
    assert (found.code, found.file, found.column) == ("bad-value", "targets.toml", key)


def test_a_district_is_the_sum_of_the_towns_within_it_and_the_city_of_its_districts(city):
    made = keyed(city({"level H1-2024": {"city": "100", "a": "10"}}), "level", 'aggregate = "sum"')
    areas = made.folder / "data/areas.csv"
    towns = "a1,,a,A1,a1,a1,,\na2,,a,A2,a2,a2,,\n"
    areas.write_text(areas.read_text(encoding="utf-8") + towns, encoding="utf-8")
    figures = {"a1": "4.5", "a2": "6", "b": "20", "c": "30", "d": "41"}
    rows = [f"{area},level,H1-2024,{value},final,2024-07-20,s1," for area, value in figures.items()]
    file = made.folder / "data/actuals/part-0.csv"
    file.write_text(file.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")
    assert made.row("level", area="a").actual == 10.5
    assert made.row("level", area="a").note == "sum of all 2 areas within it"
    assert made.row("level", area="city").actual == 101.5


def test_who_no_longer_exists_is_in_no_sum(city):
    figures = of_all("level", "H1-2024", {k: v for k, v in ALL.items() if k != "c"})
    made = keyed(city({"level H1-2024": {"city": "60"}}, figures), "level", 'aggregate = "sum"')
    areas = made.folder / "data/areas.csv"
    lines = areas.read_text(encoding="utf-8").splitlines()
    ends = ["until", *("2023-12-31" if line.startswith("c,") else "" for line in lines[1:])]
    told = [f"{line},{end}" for line, end in zip(lines, ends, strict=True)]
    areas.write_text("\n".join(told) + "\n", encoding="utf-8")
    row = made.row("level", area="city")
    assert (row.actual, row.note) == (70.5, "sum of all 3 areas within it")
