"""What --set-aside leaves out is somebody's: a cell that a lost row may be of is undetermined and never called silent.

The city of these tests has districts a and b with a target of 5 each for 2024, and the city's own figure of H1-2024.
"""

from __future__ import annotations

import re

import pytest

from support.broken_inputs import A_ROW, FIGURES, GOOD, HEAD, PROMISE, A, write

TOML = GOOD["targets.toml"].replace(PROMISE, f"{PROMISE}\nb{PROMISE[1:]}")
SHARE = '[indicators.share]\nname = "Share"\nkind = "share"\nunit = "percent"\nbetter = "up"\n'
CITY_ROW, A_ROW_OF_SHARE = A_ROW.replace("a,", "city,", 1), A_ROW.replace("growth", "share")
OTHER = "data/actuals/other.csv"
LOST, SILENT, MET, MISSED = "undetermined", "not_reported", "met", "missed"


def figures(*rows: str) -> dict[str, str]:
    return {FIGURES: HEAD + CITY_ROW + "".join(rows), "targets.toml": TOML}


def row(
    area: str = "a",
    indicator: str = "growth",
    period: str = "H1-2024",
    value: str = "4.8",
    rest: str = "",
) -> str:
    return f"{area},{indicator},{period},{value},{rest or 'flash,2024-07-20,s1,'}\n"


B_REPORTS = row("b", value="5.1")
ROWS = {  # what stands in the file beside the city's figure: the verdicts of a and of b
    "nothing": ("", SILENT, SILENT),
    "too wide, its cell can be read": (row(value="4,8"), LOST, SILENT),
    "too wide in a place before its cell": (row("Alpha, the first"), LOST, LOST),
    "too narrow, its cell can be read": ("a,growth,H1-2024,4.8\n", LOST, SILENT),
    "too narrow, a field of its cell left out": (
        "a,H1-2024,4.8,flash,2024-07-20,s1,\n",
        LOST,
        LOST,
    ),
    "a row of b behind it, the line between them lost": (
        row().rstrip("\n") + B_REPORTS,
        LOST,
        LOST,
    ),
    "a row of b behind it without its note": (row().rstrip(",\n") + "," + B_REPORTS, LOST, LOST),
    "half a row of b behind it": (row().rstrip("\n") + ",b,growth\n", LOST, LOST),
    "a name of b behind it": (row().rstrip("\n") + ",,Beta\n", LOST, LOST),
    "an indicator behind it": (row().rstrip("\n") + ",9,growth\n", LOST, LOST),
    "a row and a half of nobody": (row().rstrip("\n") + ",,,,,,,\n", LOST, LOST),
    "a few separators more": (row().rstrip("\n") + ",,,\n", LOST, SILENT),
    "a quote that is never closed": (row(rest='flash,2024-07-20,s1,"note'), LOST, LOST),
    "a quote over a row of b": (
        row(rest='flash,2024-07-20,s1,"note').rstrip("\n") + "\n" + B_REPORTS.rstrip("\n") + '"\n',
        LOST,
        LOST,
    ),
    "no area": (row("Alfa"), LOST, LOST),
    "a blank area": (row(""), LOST, LOST),
    "no area, of the year before": (row("Alfa", period="H1-2023"), SILENT, SILENT),
    "no area, of the whole year": (row("Alfa", period="2024"), SILENT, SILENT),
    "no area, of five months that may stand in": (
        row("Alfa", period="2024-01..2024-05"),
        LOST,
        LOST,
    ),
    "no area, of a quarter": (row("Alfa", period="Q1-2024"), SILENT, SILENT),
    "no area, of another indicator": (row("Alfa", "level"), SILENT, SILENT),
    "no indicator": (row(indicator="grwth"), LOST, SILENT),
    "no indicator, of the year before": (row(indicator="grwth", period="H1-2023"), SILENT, SILENT),
    "no period": (row(period="H3-2024"), LOST, SILENT),
    "neither area nor indicator": (row("Alfa", "grwth"), LOST, LOST),
    "neither area nor period": (row("Alfa", period="H3-2024"), LOST, LOST),
    "neither area nor period, of another indicator": (
        row("Alfa", "level", "H3-2024"),
        SILENT,
        SILENT,
    ),
    "nothing of it": (row("x", "y", "z"), LOST, LOST),
    "no figure": (row(value="x"), LOST, SILENT),
    "no status": (row(rest="guess,2024-07-20,s1,"), LOST, SILENT),
    "no date": (row(rest="flash,soon,s1,"), LOST, SILENT),
    "two figures": (row() + row(value="4.9"), LOST, SILENT),
    "b reports, no area": (B_REPORTS + row("Alfa"), LOST, MET),
    "b reports, nothing of the row": (B_REPORTS + row("x", "y", "z"), LOST, MET),
    "b reports, too wide and unreadable": (B_REPORTS + "x,y\n", LOST, MET),
    "b is only expected, no area": (
        B_REPORTS.replace("flash", "expected") + row("Alfa"),
        LOST,
        LOST,
    ),
    "b has five months, no area": (
        row("b", period="2024-01..2024-05", value="5.1") + row("Alfa"),
        LOST,
        LOST,
    ),
    "a reports, and a row of a is too wide": (row(value="5.5") + row(value="4,8"), LOST, SILENT),
    "a reports, and a row of a has no period": (
        row(value="5.5") + row(period="H3-2024"),
        LOST,
        SILENT,
    ),
    "a reports, and a row of a has no indicator": (
        row(value="5.5") + row(indicator="grwth"),
        MET,
        SILENT,
    ),
}
FILES = {
    "not UTF-8": (HEAD + row(rest="flash,2024-07-20,s1,déjà")).encode("latin-1"),
    "binary": b"\0\1\2",
    "empty": b"",
    "a header alone": HEAD.encode(),
    "no column of status": (HEAD + row()).replace("status,", "").replace("flash,", "").encode(),
    "semicolons": (HEAD + row()).replace(",", ";").encode(),
    "two columns of one name": (HEAD.replace("note", "value") + row()).encode(),
}


def verdicts(folder, *more: str, indicator: str = "growth") -> tuple[str, str]:
    import dtrack

    options = dict(part.split("=") for part in more)
    frame = (
        dtrack.open(folder)
        .assess("H1-2024", set_aside=True, **options)
        .set_index(["area", "indicator"])
    )
    return frame.loc[("a", indicator), "verdict"], frame.loc[("b", indicator), "verdict"]


@pytest.mark.parametrize("what", list(ROWS))
def test_a_row_that_is_set_aside_may_be_the_figure_of_these_districts(tmp_path, what):
    rows, *told = ROWS[what]
    assert verdicts(write(tmp_path, figures(rows))) == tuple(told)


@pytest.mark.parametrize("what", list(FILES))
def test_a_file_that_cannot_be_read_may_hold_any_figure(tmp_path, what):
    folder = write(tmp_path, figures(B_REPORTS) | {OTHER: FILES[what]})
    assert verdicts(folder) == (LOST, MET)


def test_what_was_published_after_the_day_asked_for_is_not_lost_yet(tmp_path):
    folder = write(tmp_path, figures(row("Alfa"), row("Alfa", rest="flash,2024-09-01,s1,")))
    assert verdicts(folder, "as_of=2024-07-19") == (SILENT, SILENT)
    assert verdicts(folder, "as_of=2024-07-20") == (LOST, LOST)


OF_SHARES = {  # targets of a and b: 3 each; a has a share of 2023
    "of this period": (row("Alfa", "share"), LOST, LOST),
    "of the year before the last": (row("Alfa", "share", "2022"), MET, LOST),
    "of a month of this period": (row("Alfa", "share", "2024-03"), LOST, LOST),
    "of later": (row("Alfa", "share", "2024"), MET, SILENT),
}


@pytest.mark.parametrize("what", list(OF_SHARES))
def test_a_share_looks_back_and_so_does_what_it_may_have_lost(tmp_path, what):
    lost, *told = OF_SHARES[what]
    text = (
        TOML.replace("[targets", SHARE + "[targets", 1)
        + f"[targets.share.2024]\n{PROMISE.replace('5', '3', 1)}\nb{PROMISE[1:].replace('5', '3', 1)}\n"
    )
    folder = write(
        tmp_path,
        {FIGURES: HEAD + CITY_ROW + row("a", "share", "2023") + lost, "targets.toml": text},
    )
    assert verdicts(folder, indicator="share") == tuple(told)


# Targets

NO_TARGET = "no_target"
OF_B = f"b{PROMISE[1:]}"
ENTRIES = {  # what stands in place of a's target: the verdicts of a (4.8) and of b (5.1, a target of 5 for the year)
    "nothing": (OF_B, NO_TARGET, MET),
    "no area": (f"alfa{PROMISE[1:]}\n{OF_B}", LOST, MET),
    "no area, and no other target": (f"alfa{PROMISE[1:]}", LOST, LOST),
    "an empty list alone": ("a = []", LOST, NO_TARGET),
    "an empty list": (f"a = []\n{OF_B}", LOST, MET),
    "no area, of the half": (f'{OF_B}\n[targets.growth."H1-2024"]\nalfa{PROMISE[1:]}', LOST, LOST),
    "no area, of another year": (
        f"{OF_B}\n[targets.growth.2023]\nalfa{PROMISE[1:]}",
        NO_TARGET,
        MET,
    ),
    "no area, of another indicator": (
        f"{OF_B}\n[targets.level.2024]\nalfa{PROMISE[1:]}",
        NO_TARGET,
        MET,
    ),
    "no period": (f"{OF_B}\n[targets.growth.13-2024]\n{PROMISE}", LOST, LOST),
    "no indicator": (f"{OF_B}\n[targets.grwth.2024]\n{PROMISE}", LOST, LOST),
    "no table": (f"{OF_B}\n[targets.growth]\n2023 = 5", LOST, LOST),
    "a verdict that is none": (f'{OF_B[:-2]}, stated = "so-so" }}', NO_TARGET, MET),
    "a day that is none": (OF_B.replace("2024-01-15", '"soon"'), NO_TARGET, LOST),
}


@pytest.mark.parametrize("what", list(ENTRIES))
def test_a_target_that_is_set_aside_may_be_that_of_these_districts(tmp_path, what):
    entries, *told = ENTRIES[what]
    text = GOOD["targets.toml"].replace(PROMISE, entries)
    if what == "no table":
        text = text.replace("[targets.growth]\n2023 = 5", "").replace(
            "[targets.growth.2024]", "[targets.growth]\n2023 = 5\n[targets.growth.2024]"
        )
    assert verdicts(
        write(tmp_path, {FIGURES: HEAD + CITY_ROW + row() + B_REPORTS, "targets.toml": text})
    ) == tuple(told)


RULES = [
    ('kind = "growth"', 'kind = "rate"'),
    ('better = "up"\nweight', "weight"),
    ('better = "up"\nweight', 'better = "dwn"\nweight'),
    ('unit = "percent"\n', ""),
    ('prices = "constant"\n', ""),
    ('weight = "level"', 'breaks = [{ at = "soon", why = "census", source = "s1" }]'),
]


@pytest.mark.parametrize(("old", "new"), RULES)
def test_an_indicator_whose_rule_cannot_be_read_is_not_judged_by_a_rule_made_up(tmp_path, old, new):
    assert TOML.count(old) == 1
    folder = write(
        tmp_path,
        {FIGURES: HEAD + CITY_ROW + row() + B_REPORTS, "targets.toml": TOML.replace(old, new)},
    )
    assert verdicts(folder) == (LOST, LOST)


def test_a_name_that_cannot_be_read_changes_no_verdict(tmp_path):
    folder = write(
        tmp_path,
        {
            FIGURES: HEAD + CITY_ROW + row() + B_REPORTS,
            "targets.toml": TOML.replace('name = "Growth"\n', ""),
        },
    )
    assert verdicts(folder) == (MISSED, MET)


# What is said

COMMANDS = [
    "report --half H1-2024 --set-aside",
    "report --half H1-2024 -i growth --set-aside --all",
    "gap -d a --half H1-2024 --set-aside",
]
SILENCE = ("not reported", "No data for", "not_reported", "no figure and no target")


@pytest.mark.parametrize("form", ["table", "csv", "json", "md", "html"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_output_calls_it_silence_and_every_one_says_where_it_may_be(
    tmp_path, run, command, form
):
    folder = write(tmp_path, figures(row("Alfa")))
    said = run(f"{command} --workspace . -f {form} --fail-on not-reported", at=folder)
    assert said.code == 0
    told = re.sub("<style>.*?</style>", "", said.out, flags=re.DOTALL)
    assert [word for word in SILENCE if word in told] == []
    assert f"{FIGURES}:3" in said.out
    assert ("undetermined" if form in ("csv", "json") else "cannot be assessed") in said.out


def test_a_workbook_says_it_too(tmp_path, run):
    from warnings import catch_warnings

    import openpyxl

    folder = write(tmp_path, figures(row("Alfa")))
    assert run("report --half H1-2024 --set-aside -o r.xlsx --workspace .", at=folder).code == 0
    with catch_warnings(action="ignore"):  # openpyxl does not know data bars
        book = openpyxl.load_workbook(folder / "r.xlsx")
    told = [str(cell.value) for sheet in book for line in sheet.rows for cell in line]
    assert not [text for text in told if any(word in text for word in SILENCE)]
    assert any(f"{FIGURES}:3" in text for text in told)


@pytest.mark.parametrize("lang", ["en", "zh", "fr"])
def test_those_that_are_surely_silent_are_still_named(tmp_path, run, lang):
    said = run(
        f"report --half H1-2024 --set-aside --workspace . --lang {lang}",
        at=write(tmp_path, figures(row(indicator="grwth"))),
    )
    telling = {"en": "No data for Beta.", "zh": "Beta", "fr": "Beta"}[lang]
    assert telling in said.out
    assert (
        run(
            "report --half H1-2024 --set-aside --fail-on not-reported --workspace .", at=tmp_path
        ).code
        == 4
    )  # Beta


def test_without_a_target_or_figure_nothing_is_claimed_either(tmp_path, run):
    text = TOML.split("[targets")[0]
    folder = write(tmp_path, {FIGURES: HEAD + row("Alfa"), "targets.toml": text})
    for command in ("report --half H1-2024", "gap -d a --half H1-2024"):
        said = run(f"{command} --set-aside --workspace .", at=folder)
        assert (said.code, "no figure and no target" in said.out) == (0, False)
        assert "excluded rows may belong to it" in said.out


OF_A = "Nothing to show for Alpha: "
NOTHING = {  # what `gap` is asked of a district whose one row, of growth in H1-2024, is torn: what it says
    "-d a": "excluded rows may belong to it",
    "-d a -i growth": "excluded rows may belong to it",
    "-d a --half H1-2024": "excluded rows may belong to it",
    "-d a -i level": "no figure and no target matches",
    "-d a --half H1-2022": "no figure and no target matches",
}


@pytest.mark.parametrize("asked", NOTHING)
def test_what_is_set_aside_is_spoken_of_where_it_was_asked_for(tmp_path, run, asked):
    text = TOML.split("[targets")[0]
    folder = write(tmp_path, {FIGURES: HEAD + CITY_ROW + row(value="4,8"), "targets.toml": text})
    assert f"{OF_A}{NOTHING[asked]}." in run(f"gap {asked} --set-aside --workspace .", folder).out
    said = run(f"gap {asked} --workspace .", folder)
    assert said.code == (0 if NOTHING[asked].startswith("no") else 3)
    assert "excluded rows may" not in said.out


def test_that_no_district_has_a_target_is_not_claimed_where_one_was_lost(tmp_path, run):
    text = GOOD["targets.toml"].replace(PROMISE, f"alfa{PROMISE[1:]}")
    folder = write(tmp_path, {FIGURES: HEAD + row() + B_REPORTS, "targets.toml": text})
    said = run("report --half H1-2024 --set-aside --workspace .", at=folder)
    assert (said.code, "None of" in said.out, "no target" in said.out) == (0, False, False)
    assert said.out.count("cannot be assessed") == 2
    assert A.replace(".a", ".alfa") in said.out


def test_a_command_without_set_aside_stops(tmp_path, run):
    folder = write(tmp_path, figures(row("Alfa")))
    for command in (
        "report --half H1-2024",
        "gap -d a",
        "status --half H1-2024",
        "brief --half H1-2024",
        "city --half H1-2024",
        "catchup --half H1-2024",
        "why a growth H1-2024",
        "export --sdmx - --half H1-2024",
    ):
        assert run(f"{command} --workspace .", at=folder).code == 3, command


def test_a_row_too_wide_of_another_period_does_not_stop_this_report(tmp_path, run):
    folder = write(tmp_path, figures(B_REPORTS, row(period="H1-2010", value="4,8")))
    said = run("report --half H1-2024 --workspace .", at=folder)
    assert (said.code, "[row-width]" in said.err) == (0, True)
    (finding,) = [
        one
        for one in run("check -f csv --workspace .", at=folder).rows
        if one["code"] == "row-width"
    ]
    assert (finding["area"], finding["indicator"], finding["period"]) == ("a", "growth", "H1-2010")
