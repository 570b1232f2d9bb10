"""Corridors, aims, lights, assigned targets and spans of years as they meet one another, worded for officials.

Every expected value is worked out by hand from the rules of docs/method.md.
"""

from __future__ import annotations

import pytest

YEAR = "2024"
INSIDE = {"value": "100..120", "both": True}


def yearly(*values, first=2021, indicator="level", area="a"):
    """A figure of each year."""
    return [
        (area, indicator, str(first + n), value, {"published": f"{first + n + 1}-01-20"})
        for n, value in enumerate(values)
    ]


def half_of(year, half, whole):
    """The level of a half and of its year, which together make the share."""
    return [
        ("a", "level", f"H1-{year}", half, {"published": f"{year}-07-20"}),
        ("a", "level", str(year), whole, {"published": f"{year + 1}-01-20"}),
    ]


def edited(made, before, after):
    """The workspace with another text in its targets.toml."""
    toml = made.folder / "targets.toml"
    text = toml.read_text(encoding="utf-8")
    assert before in text
    toml.write_text(text.replace(before, after), encoding="utf-8")
    return made


def within(made):
    """The workspace in which growth has two ends that count."""
    text = 'kind = "growth"\nunit = "percent"\nprices = "constant"\nbetter = '
    return edited(made, text + '"up"\nweight', text + '"within"\nweight')


@pytest.mark.parametrize("value", ["5", ">=5", "<=5", "above 5", "around 5", "控制在5%以内"])
def test_an_indicator_of_two_ends_refuses_a_target_of_one(run, city, value):
    made = within(city({"growth 2024": {"a": value}}, [("a", "growth", YEAR, "5.0")]))
    said = run("check", at=made.folder)
    assert (said.code, said.out.count("better = “within” requires two ends")) == (3, 1)
    row = made.row("growth", YEAR, set_aside=True)
    assert (row.verdict, row.gap) == ("undetermined", None)


@pytest.mark.parametrize(
    "relation",
    [
        {"value": ">=", "of": "city"},
        {"value": "down", "of": "last-year"},
        {"value": "+1pp", "from": 2020},
        {"value": "top 3", "of": "rank"},
    ],
)
def test_an_indicator_of_two_ends_refuses_what_follows_one_figure(run, city, relation):
    made = within(city("", [("a", "growth", YEAR, "5.0")]))
    toml = made.folder / "targets.toml"
    told = ", ".join(
        f'{k} = "{v}"' if isinstance(v, str) else f"{k} = {v}" for k, v in relation.items()
    )
    text = f'\n[targets.growth.2024]\na = {{ {told}, set = 2024-01-15, source = "s1" }}\n'
    toml.write_text(toml.read_text(encoding="utf-8") + text, encoding="utf-8")
    said = run("check", at=made.folder)
    assert (said.code, "targets.growth.2024.a" in said.out) == (3, True)
    assert "bad-relation" in said.out
    assert "requires two ends" in said.out


def test_both_ends_of_a_rank_cannot_count(run, city):
    target = {"value": "top 3", "of": "rank", "both": True}
    made = city({"growth 2024": {"a": target}}, [("a", "growth", YEAR, "5.0")])
    text = (made.folder / "targets.toml").read_text(encoding="utf-8")
    assert "both = true" in text
    said = run("check", at=made.folder)
    assert said.code == 3
    assert "targets.growth.2024.a.both" in said.out


SPAN = "2021..2023"


@pytest.mark.parametrize(
    ("figures", "number", "gap", "verdict", "path", "note"),
    [
        # a third of 120 a year at most: 70 lies between 66.7 and 80
        (
            ["30", "40"],
            70,
            -30,
            "open",
            "on_path",
            "30 to 50 more is needed to finish within the range",
        ),
        # 50 is less than two thirds of 100
        (
            ["20", "30"],
            50,
            -50,
            "open",
            "behind",
            "50 to 70 more is needed to finish within the range",
        ),
        (
            ["45", "40"],
            85,
            -15,
            "open",
            "behind",
            "15 to 35 more is needed to finish within the range",
        ),
        (
            ["30", "40", "35"],
            105,
            5,
            "met",
            "reached",
            "calculated from 30 (2021), 40 (2022), 35 (2023)",
        ),
        (["40", "50", "40"], 130, -10, "missed", "behind", "too high"),
        (["20", "30", "40"], 90, -10, "missed", "behind", "too low"),
    ],
)
def test_a_corridor_for_the_sum_of_years(city, figures, number, gap, verdict, path, note):
    target = INSIDE | {"over": "sum"}
    made = city({f"level {SPAN}": {"a": target}}, yearly(*figures))
    row = made.row("level", SPAN)
    assert (row.actual, row.gap, row.verdict) == (number, gap, verdict)
    assert note in row.note
    # too low is said of a sum only once its years are over
    assert ("too low" in row.note) == (verdict == "missed" and number < 100)
    way = made.open().path().iloc[0]
    assert way["verdict"] == path
    assert way["progress"] != way["progress"]


def test_a_sum_that_runs_on_is_not_furthest_behind(run, city):
    target = INSIDE | {"over": "sum"}
    rows = yearly("30", "40") + yearly("40", "50", "40", area="b")
    made = city({f"level {SPAN}": {"a": target, "b": target}}, rows)
    said = run(f"report --half {SPAN}", at=made.folder).out
    assert "Largest shortfall: B (" in said
    assert "Largest shortfall: A" not in said


def test_past_the_upper_end_of_the_year_nothing_can_repair_it(run, city):
    rows = [*half_of(2023, "50", "100"), ("a", "level", "H1-2024", "125")]
    made = city({"level 2024": {"a": INSIDE}}, rows)
    row = made.row("level")
    # the share is a half: 50 to 60
    assert (row.goal, row.gap, row.verdict, row.sure) == (60, -65, "missed", True)
    assert "the year's limit has already been exceeded" in row.note
    assert "reached already" not in row.note
    why = run("why a level H1-2024", at=made.folder).out
    assert "nothing: it is past the year's target, and cannot shrink" in why
    assert "would meet it" not in why


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            "A (45 hundred million CNY against 50 hundred million CNY to 60 hundred million CNY, 5 below)",
        ),
        ("zh", "a（45亿元，目标50亿元至60亿元，低5）"),
    ],
)
def test_a_briefing_tells_both_ends_of_the_share(run, city, lang, told):
    # half of 2023 came in its first half, so that 50 to 60 of the 100 to 120 are asked
    rows = [*half_of(2023, "50", "100"), ("a", "level", "H1-2024", "45")]
    made = city({"level 2024": {"a": INSIDE}}, rows)
    assert told in run(f"brief --half H1-2024 -i level --lang {lang}", at=made.folder).out


def test_a_share_within_its_corridor_cannot_turn_before_the_deadline(run, city):
    made = city({"share 2024": {"a": INSIDE}}, [("a", "share", "2024-06", "110")])
    assert made.row("share").verdict == "open"
    why = run("why a share H1-2024", at=made.folder).out
    assert "nothing before the deadline" in why
    assert "would miss it" not in why


@pytest.mark.parametrize(
    "target",
    [{"value": "assigned"}, {"value": "assigned", "stated": "met"}, {"value": "undisclosed"}],
)
def test_without_a_number_rounding_turns_nothing(run, city, target):
    made = city({"growth 2024": {"a": target}}, [("a", "growth", YEAR, "5.0")])
    why = run("why a growth 2024", at=made.folder).out
    assert "there is nothing to subtract" in why
    assert "could change the result" not in why


def test_without_a_number_no_goal_is_told(city):
    made = city({"level 2024": {"a": "undisclosed"}}, [("a", "level", "H1-2024", "55")])
    row = made.row("level")
    assert (row.goal, row.verdict) == (None, "undetermined")
    assert "target to date" not in row.note
    paced = edited(made, "[indicators.level]", '[indicators.level]\npace = "calendar"')
    assert "pro rata" not in paced.row("level").note


def test_the_citys_gap_to_two_ends_has_one_reason_not_to_be_taken_apart(run, city):
    target = {"value": "2..3", "both": True}
    rows = [(area, "growth", YEAR, "2.5") for area in ("city", "a", "b")]
    made = city({"growth 2024": {"city": target, "a": target}}, rows)
    said = run("city --half 2024", at=made.folder).out
    assert "both ends of the target count: gaps to the nearer end do not add up" in said
    assert "a target of the city with a number is missing" not in said


def test_what_years_make_is_for_their_target_to_say(city):
    # 19 of three years are 6.3 a year, and no figure for three years
    target = {"value": "7", "over": "average"}
    made = city({f"level {SPAN}": {"a": target}}, yearly("6", "6", "7"))
    row = made.row("level", SPAN)
    assert (row.actual, row.gap, row.verdict) == (6.3, -0.7, "missed")
    assert row.status != "derived"


@pytest.mark.parametrize(
    ("figures", "number", "year", "gap", "note"),
    [
        # 6.2 is outside, 5.0 at an end, 5.4 within
        (["5.5", "6.2", "5.0", "5.4"], 6.2, "2022", -0.2, "too high"),
        (["5.5", "6.2", "4.5", "5.4"], 4.5, "2023", -0.5, "too low"),
        (["5.5", "6.7", "4.5", "5.4"], 6.7, "2022", -0.7, "too high"),
    ],
)
def test_of_each_year_the_one_farthest_outside_is_told(run, city, figures, number, year, gap, note):
    target = {"value": "5..6", "both": True, "over": "each"}
    for indicator in ("growth", "down_growth"):
        made = city(
            {f"{indicator} 2021..2025": {"a": target}}, yearly(*figures, indicator=indicator)
        )
        row = made.row(indicator, "2021..2025")
        assert (row.actual, row.actual_period, row.gap) == (number, year, gap)
        assert (row.verdict, row.sure) == ("missed", True)
        assert row.note.startswith(note)
        assert "keeps it within the range" not in row.note
        ((told,),) = [
            [
                r["note"]
                for r in run(f"catchup --half {half} -i {indicator} -f csv", at=made.folder).rows
                if ".." in str(r)
            ]
            for half in ("2024",)
        ]
        assert told.endswith(f"{number} against 5 to 6: missed")
        assert "keeps it within the range" not in told
        said = run(f"brief --half 2021..2025 -i {indicator}", at=made.folder).out
        assert "inside the target" not in said


def test_a_year_missed_is_missed_though_an_earlier_one_is_unknown(city):
    target = {"value": "<=3", "over": "each"}
    made = city({"jobless 2021..2025": {"a": target}}, [("a", "jobless", "2024", "3.2")])
    row = made.row("jobless", "2021..2025")
    assert (row.verdict, row.gap) == ("missed", -0.2)
    assert "cannot be combined" not in row.note
    assert made.open().path().iloc[0]["verdict"] == "behind"
    fine = city({"jobless 2021..2025": {"a": target}}, [("a", "jobless", "2024", "2.8")])
    assert fine.open().path().iloc[0]["verdict"] == "too_few_figures"


def test_an_average_at_its_target_with_years_to_come_needs_no_more(run, city):
    target = {"value": "5左右", "over": "average"}
    made = city({"growth 2021..2025": {"a": target}}, yearly("5.0", "5.0", indicator="growth"))
    assert made.row("growth", "2021..2025").verdict == "open"
    said = run("brief --half 2021..2025 -i growth", at=made.folder).out
    assert (
        "In progress, target not yet met: A (5.0% for 2021 to 2022 against around 5%, equal so far)."
        in said
    )
    assert "exceeded" not in said


@pytest.mark.parametrize("value", ["5", "5左右"])
def test_the_citys_average_at_its_target_is_at_it_so_far(run, city, value):
    target = {"value": value, "over": "average"}
    rows = yearly("5.0", "5.0", indicator="growth", area="city")
    made = city({"growth 2021..2025": {"city": target}}, rows)
    said = run("brief --half 2021..2025 -i growth", at=made.folder).out
    assert "growth: 5.0% for 2021 to 2022, exactly at the target for 2021 to 2025" in said
    worded = "around 5%" if "左右" in value else "5%"
    assert f"Growth in CITY, 2021 to 2022: 5.0%, exactly at the target of {worded} so far" in said
    assert "exceeded" not in said


def test_an_average_equal_to_what_it_must_exceed_is_said_so(run, city):
    target = {"value": "above 5", "over": "average"}
    rows = yearly("5.0", "5.0", indicator="growth", area="city") + yearly(
        "5.0", "5.0", indicator="growth"
    )
    made = city({"growth 2021..2025": {"city": target, "a": target}}, rows)
    said = run("brief --half 2021..2025 -i growth", at=made.folder).out
    assert "equal to the target of above 5%, which must be exceeded, with time left" in said
    assert "A (5.0% for 2021 to 2022 against above 5%, equal but must be exceeded)." in said
