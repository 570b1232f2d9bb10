"""`why`: the whole story of one verdict on one screen, and of a catch-up or a contribution with `--of`."""

from __future__ import annotations

import csv
import json
import re

import pytest

from support.workspaces import ROOT

SYMPOSIUM = ROOT / "examples/symposium"
CELL = "mentougou digital_va_growth H1-2024"


@pytest.fixture
def steps(run):
    """steps("mentougou digital_va_growth H1-2024"): {step: what} of the CSV."""

    def ask(words, at=SYMPOSIUM):
        said = run(f"why {words} -f csv", at=at)
        assert said.code == 0
        assert said.out.splitlines()[0] == "step,what"
        return {line["step"]: line["what"] for line in said.rows}

    return ask


@pytest.fixture
def told(city, steps):
    """told(targets, rows): the steps of the cell of area a in a small city."""

    def ask(targets, rows, indicator="growth", period="H1-2024", more="", **options):
        return steps(f"a {indicator} {period} {more}", at=city(targets, rows, **options).folder)

    return ask


def line_of(area, indicator, period, value):
    """file:line of a figure of the symposium, found by reading the files."""
    for path in sorted((SYMPOSIUM / "data/actuals").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                if (row["area"], row["indicator"], row["period"], row["value"]) == (
                    area,
                    indicator,
                    period,
                    value,
                ):
                    return f"data/actuals/{path.name}:{number}"
    raise LookupError(value)


# Why a verdict is not sure

SEASON = "a share of {part} is not yet that of 2024: never sure"
CANNOT = "rounding cannot change the result"


@pytest.mark.parametrize(
    ("target", "actual", "period", "rounding", "note"),
    [
        # lower is better: of 4.65 to 4.75 all is met
        ("4.75", "4.7", "H1-2024", f"{CANNOT}, yet it is not sure: see the note", "H1-2024"),
        ("4.75", "4.6", "H1-2024", f"{CANNOT}, yet it is not sure: see the note", "H1-2024"),
        ("4.7", "4.7", "H1-2024", "rounding could change the result", "H1-2024"),
        ("4.75", "4.6", "2024", CANNOT, ""),
        ("4.75", "5.2", "Q1-2024", f"{CANNOT}, yet it is not sure: see the note", "Q1-2024"),
    ],
)
def test_a_share_of_part_of_a_year_says_why_it_is_not_sure(
    told, target, actual, period, rounding, note
):
    said = told(
        {"jobless 2024": {"a": target}}, [("a", "jobless", period, actual)], "jobless", period
    )
    assert said["rounding"].split(": ", 1)[1] == rounding
    assert (SEASON.format(part=note) in said.get("note", "")) == bool(note)


def test_no_season_is_told_where_the_target_is_of_the_very_period(told):
    said = told({"jobless H1-2024": {"a": "5.0"}}, [("a", "jobless", "H1-2024", "4.7")], "jobless")
    assert said["rounding"].endswith(CANNOT)
    assert "season" not in said.get("note", "")
    assert "never sure" not in said.get("note", "")


# One verdict


def test_the_headline_is_the_verdict_and_it_says_illustrative(run):
    printed = run(f"why {CELL}", at=SYMPOSIUM).out
    assert printed.splitlines()[0].endswith("H1-2024: missed")
    assert "llustrative" in printed


def test_every_edition_with_file_and_line_and_the_one_that_counts(run):
    printed = run(f"why {CELL}", at=SYMPOSIUM).out
    for value, day in (("5.0", "2024-07-22"), ("4.7", "2024-08-20")):
        where = line_of("mentougou", "digital_va_growth", "H1-2024", value)
        (line,) = [x for x in printed.splitlines() if x.lstrip().startswith(value) and day in x]
        assert where in line
        assert ("← used" in line) == (value == "4.7")


def test_the_chain_from_words_to_verdict_with_the_numbers_filled_in(steps):
    said = steps(CELL)
    assert said["target"].startswith(
        "5 for 2024, set 2024-01-15 (illustrative-mentougou-plan-2024; targets.toml: targets.digital_va"
    )
    assert said["actual"].startswith("4.7 for H1-2024, illustrative, published 2024-08-20")
    assert line_of("mentougou", "digital_va_growth", "H1-2024", "4.7") in said["actual"]
    assert said["comparison"].replace("−", "-") == "4.7 - 5 = -0.3 pp"
    assert "between 4.65 and 4.75" in said["rounding"]
    assert "rounding cannot change the result" in said["rounding"]
    assert said["to turn"] == "an actual of at least 5.0 would meet it"


@pytest.mark.parametrize(
    ("language", "turn"),
    [("en", "to change the result"), ("zh", "改变结果的条件"), ("fr", "pour changer le résultat")],
)
def test_programs_keep_the_names_of_steps_and_people_read_their_words(run, language, turn):
    """A name of a step never changes, whatever people read and in whatever language."""
    asked = f"why {CELL} --of city --lang {language}"
    names = ["target", "actual", "goal", "comparison", "rounding", "to turn", "weight"]
    names += ["performance", "target setting", "city"]
    assert [row["step"] for row in run(f"{asked} -f csv", at=SYMPOSIUM).rows] == names
    told = json.loads(run(f"{asked} -f json", at=SYMPOSIUM).out)["rows"]
    assert [row["step"] for row in told] == names
    shown = run(asked, at=SYMPOSIUM).out
    assert turn in shown
    assert "to turn" not in shown


def test_the_nouns_of_a_workspace_are_in_no_name_of_a_step(symposium, run):
    toml = symposium / "targets.toml"
    toml.write_text(
        toml.read_text("utf-8").replace("[workspace]", '[workspace]\nwhole_noun = "region"', 1),
        "utf-8",
    )
    rows = run(f"why {CELL} --of city -f csv", at=symposium).rows
    assert rows[-1]["step"] == "city"
    assert "the region's gap" in run(f"why {CELL} --of city", at=symposium).out


def test_what_was_known_before_the_revision(steps, run):
    said = steps(f"{CELL} --as-of 2024-08-16")
    assert said["actual"].startswith("5.0 ")
    assert "rounding could change the result" in said["rounding"]
    assert "below 5.0" in said["to turn"]
    assert "not known by then" in run(f"why {CELL} --as-of 2024-08-16", at=SYMPOSIUM).out


def test_the_history_of_a_target_that_was_lowered(run):
    printed = run("why huairou digital_va_growth H1-2024", at=SYMPOSIUM).out
    history = printed[printed.index("Target history") :]
    seven, lowered = (
        next(x for x in history.splitlines() if day in x) for day in ("2024-01-18", "2024-09-10")
    )
    assert "← used" in seven
    assert "← used" not in lowered


def test_the_sources_stand_under_it_in_full(run):
    printed = run(f"why {CELL}", at=SYMPOSIUM).out
    sources = printed[printed.index("\nSources") :]
    for name in (
        "illustrative-mentougou-plan-2024",
        "illustrative-mentougou-h1-2024",
        "illustrative-mentougou-h1-2024-revised",
    ):
        assert re.search(rf"^{name}: Illustrative", sources, re.MULTILINE)


# What would turn it


@pytest.mark.parametrize(
    ("indicator", "promise", "actual", "word"),
    [
        ("growth", "5", "4.7", "at least 5.0 would meet"),
        ("growth", "5", "5.2", "below 5.0 would miss"),
        ("growth", "above 5", "5.0", "at least 5.1 would meet"),
        ("growth", "5..5.5", "4.7", "at least 5.0 would meet"),
        ("jobless", "5", "5.2", "at most 5.0 would meet"),
        ("jobless", "5", "4.8", "above 5.0 would miss"),
        ("jobless", "below 5", "5.0", "at most 4.9 would meet"),
    ],
    ids=["missed", "met", "above", "a range", "down missed", "down met", "below"],
)
def test_what_would_have_to_be_true(told, indicator, promise, actual, word):
    said = told(
        {f"{indicator} H1-2024": {"a": promise}}, [("a", indicator, "H1-2024", actual)], indicator
    )
    assert word in said["to turn"]


def test_where_lower_is_better_the_difference_is_turned(told):
    said = told({"jobless H1-2024": {"a": "5.0"}}, [("a", "jobless", "H1-2024", "5.2")], "jobless")
    assert said["comparison"].replace("−", "-") == "5.0 - 5.2 = -0.2 pp (lower is better)"


# Cells that are not plain


def test_neither_target_nor_figure(told):
    said = told({}, [])
    assert said == {
        "target": "no target is published for this period",
        "actual": "no figure is published for this period",
    }


def test_a_target_without_a_figure_and_a_figure_without_a_target(told, steps):
    assert "no figure" in told({"growth 2024": {"a": "5"}}, [])["actual"]
    assert "no target" in told({}, [("a", "growth", "H1-2024", "5")])["target"]
    assert "no target" in steps("pinggu digital_va_growth H1-2024")["target"]


def test_an_undisclosed_target_quotes_the_stated_verdict(city, run, steps):
    promise = {"value": "undisclosed", "stated": "missed"}
    made = city(
        {'growth "H1-2024"'.replace('"', ""): {"a": promise}}, [("a", "growth", "H1-2024", "7.8")]
    )
    assert "missed (as published)" in run("why a growth H1-2024", at=made.folder).out
    said = steps("a growth H1-2024", at=made.folder)
    assert "undisclosed" in said["target"]
    assert "not published" in said["goal"]
    assert "to turn" not in said


def test_a_paced_flow_tells_the_share_that_makes_its_goal(told):
    money = [
        ("a", "level", p, v, {"published": "2024-02-20"})
        for p, v in (("H1-2023", "471"), ("2023", "1000"))
    ]
    said = told({"level 2024": {"a": "1100"}}, [("a", "level", "H1-2024", "500"), *money], "level")
    assert "1100 for the year" in said["goal"]
    assert "47.10%" in said["goal"]
    assert "2023" in said["goal"]
    assert "518" in said["goal"]  # 1100 × 0.471 = 518.1, at the decimals of its operands
    assert said["comparison"].replace("−", "-").startswith("500 - 518")


@pytest.mark.parametrize(
    ("actual", "key", "word"),
    [
        (">10", "comparison", "is a bound"),
        (">10", "rounding", "no rounding"),
        ("around 10", "rounding", "never sure"),
    ],
    ids=["bound", "bound has no rounding", "around"],
)
def test_bounds_and_soft_figures(told, actual, key, word):
    assert word in told({"growth H1-2024": {"a": "9"}}, [("a", "growth", "H1-2024", actual)])[key]


def test_a_comparison_across_a_break_is_refused_in_words(told):
    said = told(
        {"level H1-2024": {"a": "40"}},
        [("a", "level", "H1-2024", "50")],
        "level",
        breaks={"level": "2024-06-01"},
    )
    assert "not compared" in said["comparison"]
    assert "break" in said["note"]


def test_text_of_the_data_stays_text(city, run):
    made = city(
        {"growth H1-2024": {"a": "5"}},
        [("a", "growth", "H1-2024", "4", {"note": "[red]\x1b[31mboo"})],
    )
    assert "\x1b[31m" not in run("why a growth H1-2024", at=made.folder).out


# Of a catch-up, of a contribution


def test_of_catchup_gives_the_numbers_of_catchup(steps, run):
    (line,) = run(
        "catchup --half H1-2024 -d mentougou -i digital_va_growth -f csv", at=SYMPOSIUM
    ).rows
    said = steps(f"{CELL} --of catchup")
    assert line["share"] in said["share"]
    assert f"= {line['needed']}%" in said["catch-up"]
    assert f"(5 − {line['share']} × 4.7)" in said["catch-up"]
    assert f"{line['needed_low']} to {line['needed_high']}" in said["band"]
    assert f"{line['reached']} of {line['of']}" in said["past"]


def test_of_city_gives_the_numbers_of_city(steps, run):
    rows = run("city --half H1-2024 -i digital_va_growth -f csv", at=SYMPOSIUM).rows
    mine = {line["part"]: line for line in rows if line["area"] == "mentougou"}
    said = steps(f"{CELL} --of city")
    assert mine["performance"]["weight"] in said["weight"]
    assert f"= {mine['performance']['contribution']} pp" in said["performance"]
    assert f"= {mine['target_setting']['contribution']} pp" in said["target setting"]
    assert "-0.2000 pp" in said["city"]


def test_of_city_without_a_target_and_in_no_sum(steps):
    assert "-0.0029 pp" in steps("pinggu digital_va_growth H1-2024 --of city")["no target"]
    assert "in no sum" in steps("etown digital_va_growth H1-2024 --of city")["contribution"]
    assert (
        "cannot be computed"
        in steps("fangshan digital_va_growth H1-2024 --of city")["contribution"]
    )


def test_of_catchup_where_nothing_is_needed_or_known(told, steps):
    assert (
        "nothing is still needed"
        in steps("pinggu digital_va_growth H1-2024 --of catchup")["catch-up"]
    )
    said = told(
        {"growth 2024": {"a": "5"}}, [("a", "growth", "H1-2024", "4.6")], more="--of catchup"
    )
    assert "--assume-half" in said["catch-up"]
    money = [
        ("a", "level", p, v, {"published": "2024-02-20"})
        for p, v in (("H1-2023", "470"), ("2023", "1000"))
    ]
    said = told(
        {"growth 2024": {"a": "5"}},
        [("a", "growth", "H1-2024", "around 4.6"), *money],
        more="--of catchup",
    )
    assert "5.3547%" in said["catch-up"]
    assert "nan" not in "".join(said.values())  # a soft figure has no band
    said = told(
        {"level 2024": {"a": "1050"}},
        [("a", "level", "H1-2024", "491.62")],
        "level",
        more="--of catchup",
    )
    assert "1050 − 491.62 = 558.38" in said["catch-up"]


def test_of_catchup_of_a_year_tells_what_its_second_half_was(told):
    money = [
        ("a", "level", p, v, {"published": "2024-02-20"})
        for p, v in (("H1-2023", "470"), ("2023", "1000"))
    ]
    year = ("a", "growth", "2024", "5.0", {"published": "2025-01-20"})
    said = told(
        {"growth 2024": {"a": "5.5"}},
        [("a", "growth", "H1-2024", "5.2"), year, *money],
        period="2024",
        more="--of catchup",
    )
    assert (
        "(5.0 − 0.4700 × 5.2) / 0.5300 = 4.8226%" in said["catch-up"]
    )  # the year and its half, not the target


# Words


@pytest.mark.parametrize(
    "words",
    [
        "nowhere digital_va_growth H1-2024",
        "mentougou nothing H1-2024",
        "mentougou digital_va_growth someday",
        f"{CELL} --of gap",
    ],
)
def test_unknown_names_are_a_bad_command_line(run, words):
    said = run(f"why {words}", at=SYMPOSIUM)
    assert (said.code, said.out) == (2, "")


def test_the_nearest_name_is_offered(run):
    assert "mentougou" in run("why mentogou digital_va_growth H1-2024", at=SYMPOSIUM).err


def test_only_what_begins_in_january_has_a_catchup(run):
    assert run("why mentougou digital_va_growth H2-2024 --of catchup", at=SYMPOSIUM).code == 2


@pytest.mark.parametrize("area", ["Mentougou", "门头沟", "门头沟区", "110109", "MENTOUGOU"])
@pytest.mark.parametrize("period", ["2024-S1", "2024年上半年", "1H24"])
@pytest.mark.parametrize("indicator", ["digital_va_growth", "数字经济增加值增速"])
def test_every_spelling(run, area, indicator, period):
    assert (
        run(["why", area, indicator, period], at=SYMPOSIUM).out
        == run(f"why {CELL}", at=SYMPOSIUM).out
    )
