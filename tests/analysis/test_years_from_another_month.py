"""A year that begins in April, in every command: case 16, pace, catch-up, path, languages, SDMX, completion, import."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import dtrack
from support.workspaces import ROOT

CASE = ROOT / "tests/golden/cases/16-year-from-april"


@pytest.fixture
def april(tmp_path: Path) -> Path:
    """Case 16 with the key that says from which month its years count."""
    folder = tmp_path / "april"
    shutil.copytree(CASE, folder)
    toml = folder / "targets.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace('city  = "city"\n', 'city  = "city"\nyear_starts = 4\n'), "utf-8")
    return folder


def add_figures(folder: Path, *rows: str) -> None:
    """More rows of figures."""
    file = folder / "data/actuals/figures.csv"
    file.write_text(file.read_text("utf-8") + "".join(f"{row}\n" for row in rows), "utf-8")


@pytest.mark.parametrize(
    "half", ["H1-FY2024", "2024-04..2024-09", "H1-2024-25", "2024/25财年上半年"]
)
def test_the_half_of_a_year_from_april_is_judged(april, run, half):
    said = run(["report", "--half", half, "--fail-on", "missed", "-f", "csv"], at=april)
    assert said.code == 4
    rows = {row["indicator"]: row for row in said.rows if row["area"] == "east"}
    money = rows["rev"]
    assert money["period"] == money["actual_period"] == "H1-FY2024"
    assert (money["target_period"], money["goal"], money["gap"]) == ("FY2024", "453", "7")
    assert (money["verdict"], money["sure"]) == ("met", "false")
    assert money["note"] == "45.3% of the year in 2023/24"
    assert (rows["gdp"]["verdict"], rows["gdp"]["gap"]) == ("missed", "-0.5")
    assert (rows["unemp"]["actual"], rows["unemp"]["target_period"]) == ("4.9", "FY2024")
    assert rows["unemp"]["verdict"] == "open"


def test_without_the_key_the_target_of_twelve_months_judges_all_the_same(run):
    said = run("report --half 2024-04..2024-09 --fail-on missed -f csv", at=CASE)
    assert said.code == 4
    rows = {row["indicator"]: row for row in said.rows if row["area"] == "east"}
    assert {name: row["verdict"] for name, row in rows.items()} == {
        "rev": "met",
        "gdp": "missed",
        "unemp": "open",
    }
    assert rows["rev"]["note"] == "45.3% of the year in 2023/24"
    (row,) = run("catchup --half 2024-04..2024-09 -i rev -f csv", at=CASE).rows
    assert row["needed"] == "540.0000"
    other = run("catchup --half 2024-05..2024-09", at=CASE)
    assert other.code == 2


def test_what_is_still_to_come_until_march(april, run):
    said = run("catchup --half H1-FY2024 -i rev -f csv", at=april)
    (row,) = said.rows
    assert (row["needed"], row["note"]) == ("540.0000", "90.0 per month")
    refused = run("catchup --half H2-FY2024", at=april)
    assert refused.code == 2
    assert "begins a year and lies within it, not H2-FY2024" in refused.err


def test_the_whole_year_and_its_second_half(april, run):
    add_figures(
        april,
        "east,gdp,FY2024,6.4,illustrative,2025-05-20,stat,",
        "east,gdp,H2-FY2023,7.0,illustrative,2024-05-20,stat,",
    )
    toml = april / "targets.toml"
    weighed = toml.read_text("utf-8").replace(
        'prices = "constant"', 'prices = "constant"\nweight = "rev"'
    )
    toml.write_text(weighed, "utf-8")
    # s = 430/950; (6.4 - s·6.0) / (1 - s) = 6.7308
    (row,) = run("catchup --half FY2024 -i gdp -f csv", at=april).rows
    assert round(float(row["needed"]), 2) == 6.73
    # (6.5 - s·6.0) / (1 - s) = 6.9135; the second half of FY2023 reached it
    (row,) = run("catchup --half H1-FY2024 -i gdp -f csv", at=april).rows
    assert (round(float(row["needed"]), 2), row["reached"], row["of"]) == (6.91, "1", "1")
    (row,) = (
        r for r in run("report --half FY2024 -i gdp -f csv", at=april).rows if r["area"] == "east"
    )
    assert (row["verdict"], row["gap"]) == ("missed", "-0.1")
    assert row["note"] == "H1-FY2024: 6.0 (-0.5 against the target)"


def test_a_second_half_is_not_held_against_the_year(april, run):
    add_figures(april, "east,gdp,H2-FY2024,6.9,illustrative,2025-05-20,stat,")
    rows = run("report --half H2-FY2024 -i gdp -f csv", at=april).rows
    (row,) = (row for row in rows if row["area"] == "east")
    assert row["verdict"] == "no_target"
    assert "does not apply to H2-FY2024 alone" in row["note"]


def test_calendar_periods_stay_beside_them(april, run):
    """H1-2024 and 2024 are January to June and January to December, and judged as ever."""
    toml = april / "targets.toml"
    target = '\n[targets.gdp.2024]\nwest = { value = "6", set = 2024-01-15, source = "plan" }\n'
    toml.write_text(toml.read_text("utf-8") + target, "utf-8")
    add_figures(
        april,
        "west,gdp,H1-2024,5.9,illustrative,2024-07-20,stat,",
        "west,gdp,2024-01..2024-03,6.1,illustrative,2024-04-20,stat,",
    )
    for half, told, gap in (("H1-2024", "H1-2024", "-0.1"), ("Q1-2024", "Q4-FY2023", "0.1")):
        rows = run(f"report --half {half} -i gdp -f csv", at=april).rows
        (row,) = (row for row in rows if row["area"] == "west")
        assert (row["period"], row["target_period"], row["gap"]) == (told, "2024", gap)


def test_every_language_and_the_newest_half(april, run):
    assert "· H1-FY2024\n" in run("report", at=april).out
    assert "2024/25财年上半年" in run("report --lang zh", at=april).out
    assert "S1 2024/25" in run("report --lang fr", at=april).out
    assert "first half of 2024/25" in run("brief", at=april).out
    assert "2024/25财年上半年" in run("brief --lang zh", at=april).out
    assert "premier semestre 2024/25" in run("brief --lang fr", at=april).out


def test_two_calendars_in_one_program(april):
    """A workspace asked after another one has its own years."""
    here, beijing = dtrack.open(april), dtrack.open(ROOT)
    assert str(beijing.default_period()).startswith("H")
    assert "FY" not in str(beijing.default_period())
    board = here.assess("H1-FY2024").set_index(["area", "indicator"])
    assert board.loc[("east", "rev"), "verdict"] == "met"
    with pytest.raises(ValueError, match="year_starts"):
        beijing.assess("H1-FY2024")
    assert str(here.default_period()) == "H1-FY2024"


def test_the_exchange_tells_the_months(april, run):
    rows = run("export --sdmx -", at=april).rows
    spans = {(row["FREQ"], row["TIME_PERIOD"]) for row in rows}
    assert spans == {
        ("S", "2023-04-01/P6M"),
        ("A", "2023-04-01/P1Y"),
        ("S", "2024-04-01/P6M"),
        ("A", "2024-04-01/P1Y"),
    }


def test_targets_due_days_and_why(april, run):
    toml = april / "targets.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[due]\n"H1-2024-25" = 2024-11-01\n', "utf-8")
    rows = run("status --half H1-FY2024 -f csv", at=april).rows
    late = {row["indicator"]: row["days_late"] for row in rows if row["area"] == "east"}
    assert late == {"rev": "-12", "gdp": "29", "unemp": "29"}
    said = run('targets set east gdp FY2025 ">=7" --set 2025-02-01 --source plan', at=april)
    assert said.code == 0
    assert "FY2025" in toml.read_text("utf-8")
    assert "FY2025" in run("targets", at=april).out
    assert "45.26% of it, as in 2023/24" in run("why east rev H1-FY2024", at=april).out


def test_added_figures_are_written_so_that_they_are_read_again(april, run):
    said = run("add west gdp 2024/25财年上半年 6.2 --published 2024-12-01 --source stat", at=april)
    assert said.code == 0
    assert "H1-FY2024" in "".join(
        file.read_text("utf-8") for file in (april / "data/actuals").iterdir()
    )
    board = json.loads(run("report --half FY2024-25 -f json", at=april).out)
    assert {row["period"] for row in board["rows"]} == {"FY2024"}


def test_the_shell_completes_a_year_of_two_years():
    from dtrack.cli.complete import _spelled
    from dtrack.core.period import Period
    from dtrack.core.years import JANUARY, Calendar, use_calendar

    use_calendar(Calendar(4, told=True))
    try:
        assert _spelled(Period.parse("H1-FY2024")) == ["2024-25-H1", "2024-25财年上半年"]
        for period in ("FY2024", "H2-FY2024", "Q3-FY2024"):
            assert Period.parse(_spelled(Period.parse(period))[0]) == Period.parse(period)
    finally:
        use_calendar(JANUARY)


# ---- what may be a month or a year ------------------------------------------------------------------
FISCAL = ("2005-06", "2007-08", "2012-13")


def in_a_file(city, periods, **keys):
    """A workspace with an amount of each period."""
    place = city({}, [("a", "level", period, "10") for period in periods]).folder
    told = "".join(f"{key} = {value}\n" for key, value in keys.items())
    toml = place / "targets.toml"
    toml.write_text(
        toml.read_text("utf-8").replace("[workspace]\n", f"[workspace]\n{told}", 1), "utf-8"
    )
    return dtrack.open(place)


def test_a_column_of_fiscal_years_is_of_years(city):
    found = in_a_file(city, FISCAL, year_starts=4)
    assert not [finding for finding in found.findings if finding.code == "bad-period"]
    assert {"FY2005", "FY2007", "FY2012"} <= set(found.actuals["period"])


def test_a_column_of_months_is_of_months(city):
    found = in_a_file(city, ("2007-07", "2007-08", "2007-10"), year_starts=4)
    assert {"2007-07", "2007-M08", "2007-10"} <= set(found.actuals["period"])


def test_where_nothing_tells_it_is_asked(city):
    found = in_a_file(city, ("2007-08", "H1-2015"), year_starts=4)
    (finding,) = [one for one in found.findings if one.code == "bad-period"]
    assert "2007-M08 for the month, 2007/08 for the year" in str(finding.message)


def test_a_column_of_fiscal_years_is_never_one_of_months(city):
    found = in_a_file(city, FISCAL)
    told = [one for one in found.findings if one.code == "bad-period"]
    assert len(told) == 3
    assert all("year_starts = 4" in str(one.message) for one in told)


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("year_starts", "13", "a month from 1 to 12"),
        ("year_starts", '"April"', "a month from 1 to 12"),
        ("year_starts", "true", "a month from 1 to 12"),
        ("year_named", '"start"', "year_named requires year_starts"),
        ("year_named", '"middle"', "start or end"),
    ],
)
def test_a_wrong_key_is_a_finding(city, key, value, says):
    found = in_a_file(city, ("2015",), **{key: value})
    told = [str(one.message) for one in found.findings if one.column.startswith("workspace.year_")]
    assert any(says in text for text in told), told


# ---- what is brought in ------------------------------------------------------------------------------
def imported(run, folder: Path, sheet: str, half: str):
    """A return in a text file, looked at and not written."""
    (folder / "return.csv").write_text(sheet, "utf-8")
    words = f"import return.csv --half {half} --published 2025-06-01 --source stat --dry-run -f csv"
    return run(words, at=folder)


@pytest.mark.parametrize(
    ("heading", "half", "period"),
    [
        ("Revenue FY2024", "FY2024", "FY2024"),
        ("Revenue 2024-25", "FY2024", "FY2024"),
        ("Revenue 2023/24", "FY2024", "FY2023"),
        ("收入上半年", "H1-FY2024", "H1-FY2024"),
        ("收入（2024/25财年上半年）", "H1-FY2024", "H1-FY2024"),
        ("Revenue Apr-Sep", "H1-FY2024", "H1-FY2024"),
        ("Revenue January-March", "FY2024", "Q4-FY2024"),
        ("Revenue 2024", "FY2024", "2024"),
        ("Revenue H1 2024", "H1-FY2024", "H1-2024"),
    ],
)
def test_headings_of_a_return(april, run, heading, half, period):
    said = imported(run, april, f"Area,{heading} (million)\nWest,512\nNorth,98\n", half)
    assert [row["period"] for row in said.rows if row["area"] == "west"] == [period], said.err


def test_a_column_of_periods(april, run):
    sheet = "Area,FY,Revenue (million)\nWest,2007-08,51\nWest,2012-13,98\nWest,2011-12,90\n"
    rows = imported(run, april, sheet, "FY2024").rows
    assert [row["period"] for row in rows] == ["FY2007", "FY2012", "FY2011"]
    asked = imported(run, april, "Area,Period,Revenue (million)\nWest,2007-08,51\n", "FY2024")
    assert asked.code == 3
    assert "2007-M08 for the month, 2007/08 for the year" in asked.out + asked.err


@pytest.mark.parametrize(
    "sheet",
    [
        "Area,Revenue FY2019 (million)\nWest,51\n",
        "Area,Revenue 2018/19 (million)\nWest,51\n",
        "Area,Year,Revenue (million)\nWest,FY2019,51\n",
        "Area,Year,Revenue (million)\nWest,2012-13,51\nWest,2007-08,50\n",
    ],
)
def test_a_fiscal_year_is_never_a_calendar_year(tmp_path, run, sheet):
    folder = tmp_path / "january"
    shutil.copytree(CASE, folder)
    said = imported(run, folder, sheet, "2019")
    assert said.code == 3
    assert "year_starts = 4" in said.out + said.err


def test_a_base_year_is_of_the_calendar_of_its_target(april, run):
    """+100 from FY2022, not from 2022: 900 and 100 are 1000, and 1010 is 10 more."""
    toml = april / "targets.toml"
    target = '\n[targets.rev.FY2025]\neast = { value = "+100", from = 2022, set = 2024-02-01, source = "plan" }\n'
    toml.write_text(toml.read_text("utf-8") + target, "utf-8")
    add_figures(
        april,
        "east,rev,FY2022,900,illustrative,2023-05-20,stat,",
        "east,rev,2022,500,illustrative,2023-02-20,stat,",
        "east,rev,FY2025,1010,illustrative,2026-05-20,stat,",
    )
    rows = run("report --half FY2025 -i rev -f csv", at=april).rows
    (row,) = (row for row in rows if row["area"] == "east")
    assert (row["verdict"], row["gap"]) == ("met", "10")


@pytest.mark.parametrize("base", ["2023", '"FY2023"', '"2023-24"', '"2023/24"'])
def test_a_base_year_is_one_of_the_calendar_of_its_target(april, run, base):
    toml = april / "targets.toml"
    entry = '{ value = "+10%", from = BASE, set = 2024-02-01, source = "plan" }'
    told = f"\n[targets.rev.FY2024]\nnorth = {entry.replace('BASE', base)}\n"
    toml.write_text(toml.read_text("utf-8") + told, "utf-8")
    add_figures(
        april,
        "north,rev,2023-04..2024-03,200,illustrative,2024-04-20,stat,",
        "north,rev,2023,900,illustrative,2024-04-20,stat,",
        "north,rev,FY2024,219,illustrative,2025-04-20,stat,",
    )
    said = run(["report", "--half", "FY2024", "-f", "csv"], at=april)
    row = next(r for r in said.rows if (r["area"], r["indicator"]) == ("north", "rev"))
    assert (row["goal"], row["gap"], row["verdict"]) == ("220", "-1", "missed")  # 200 × 1.1
    assert row["target_text"].lstrip("'") == "+10% from FY2023"  # behind the mark for spreadsheets
    for language, words in (
        ("en", "10% above the year 2023/24"),
        ("zh", "比2023/24年高10%"),
        ("fr", "supérieur de 10\u202f% à l’année 2023/24"),
    ):
        shown = run(["targets", "--lang", language], at=april).out
        assert words in shown.replace("\u00a0", " ")


def test_a_base_year_of_another_calendar_is_refused(april, run):
    toml = april / "targets.toml"
    entry = '{ value = "+10%", from = "FY2023", set = 2024-02-01, source = "plan" }'
    toml.write_text(toml.read_text("utf-8") + f"\n[targets.rev.2024]\nnorth = {entry}\n", "utf-8")
    said = run(["check"], at=april)
    assert "`from` must be a whole year, such as 2020, not “FY2023”" in said.out


def test_a_base_year_is_set_on_the_command_line(april, run):
    line = ["targets", "set", "west", "rev", "FY2025", "+10%", "--from", "2023-24"]
    assert run([*line, "--set", "2025-02-01", "--source", "plan"], at=april).code == 0
    text = (april / "targets.toml").read_text("utf-8")
    assert 'west = { value = "+10%", from = "FY2023", set = 2025-02-01, source = "plan" }' in text
