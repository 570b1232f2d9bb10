"""Names that are none: the nearest are offered for the first of them, the rest is told without, or counted; in seconds."""

from __future__ import annotations

import time
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dtrack
from dtrack.core import names as spelling
from dtrack.core.findings import Findings
from dtrack.core.names import NEAR, Nearest, nearest
from support.broken_inputs import FIGURES, HEAD, write
from support.workspaces import ROOT

WORDS = [
    "--half",
    "H1-2024",
    "--published",
    "2024-08-30",
    "--source",
    "x",
    "--dry-run",
    "--workspace",
    str(ROOT / "examples/symposium"),
]
NAMES = st.text(alphabet="abcd区海淀 ", min_size=1, max_size=6)


@settings(max_examples=300, deadline=None)
@given(NAMES, st.lists(NAMES, min_size=1, max_size=8, unique=True))
def test_the_nearest_are_those_that_are_most_alike(name, known):
    """Whatever is passed over unseen is not near: its likeness, looked at in full, is below the limit."""
    wanted = spelling.spelling(name)
    alike = {one: SequenceMatcher(None, wanted, spelling.spelling(one)).ratio() for one in known}
    near = [
        one for one, score in sorted(alike.items(), key=lambda item: -item[1]) if score >= NEAR
    ][:3]
    expected = f"Nearest: {'; '.join(near)}" if near else f"Available: {'; '.join(known)}"
    assert (
        str(nearest(name, {one: (spelling.spelling(one),) for one in known})) == expected.rstrip()
    )


@pytest.fixture
def looks(monkeypatch):
    """The names that were looked for."""
    asked = []

    def counted(name, known):
        asked.append(name)
        return f"near {name}"

    monkeypatch.setattr(spelling, "nearest", counted)
    return asked


def test_each_name_is_looked_for_once_and_the_first_twenty_at_all(looks):
    near = Nearest(lambda: {"haidian": ("haidian",)})
    told = [near.of(f"n{number % 30}") for number in range(90)]
    assert looks == [f"n{number}" for number in range(20)]
    assert told == [f"near n{number % 30}" if number % 30 < 20 else "" for number in range(90)]


def test_fewer_are_looked_for_among_thousands(looks):
    near = Nearest(lambda: {str(number): ("a", "b", "c") for number in range(3000)})
    assert [bool(near.of(name)) for name in "uvwxyz"] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]  # of 9,000 spellings each


def test_of_a_kind_a_thousand_are_told_and_the_rest_is_counted():
    from dtrack.core.findings import Finding
    from dtrack.core.message import verbatim

    findings = Findings()
    for number in range(1003):
        findings.tell(
            Finding("unknown-area", "", None, "", verbatim(f"no {number}"), origin=f"A{number}")
        )
    findings.tell(Finding("unknown-indicator", "", None, "", verbatim("another")))
    told = list(findings)
    assert len(told) == 1002
    assert (told[1000].sentence, told[1000].origin, told[1000].counts) == (
        "and 3 more of this kind: no 999",
        "A999",
        3,
    )
    assert sum(finding.counts for finding in told) == 1004


SENT = {  # heading and row of a return, and what is told of its last row
    "areas": (
        "area,digital_va_growth",
        "Enterprise Number {} Ltd,1.1",
        "unknown area “Enterprise Number 999 Ltd”.",
    ),
    "indicators": (
        "area,indicator,value",
        "haidian,Unknown indicator {},1.1",
        "unknown indicator “Unknown indicator 999”.",
    ),
}


@pytest.mark.parametrize("what", list(SENT))
def test_a_return_of_twenty_thousand_unknown_names_is_refused_in_seconds(tmp_path, run, what):
    heading, row, told = SENT[what]
    (tmp_path / "r.csv").write_text(
        "\n".join([heading, *(row.format(number) for number in range(20_000))]), encoding="utf-8"
    )
    begun = time.process_time()
    said = run(["import", str(tmp_path / "r.csv"), *WORDS])
    assert time.process_time() - begun < 20  # it took 107, and takes one or two
    assert said.code == 3
    assert f"and 19,000 more of this kind: {told}" in said.out
    assert "20,000 errors; nothing was written" in said.err
    assert said.out.count("Nearest: ") + said.out.count("Available: ") == 20


def test_a_return_of_thousands_of_unknown_columns_is_told_in_seconds(tmp_path, run):
    columns = range(4000)
    lines = [
        "area,digital_va_growth" + "".join(f",Unknown column {n}" for n in columns),
        "haidian,8.5" + ",1.5" * 4000,
    ]
    (tmp_path / "r.csv").write_text("\n".join(lines), encoding="utf-8")
    begun = time.process_time()
    said = run(["import", str(tmp_path / "r.csv"), *WORDS])
    assert time.process_time() - begun < 15
    assert said.code == 0
    assert (
        "and 3,000 more of this kind: unknown indicator “Unknown column 999”; the column is not imported."
        in said.out
    )


def test_a_workspace_of_three_thousand_areas_and_hundreds_of_slips_is_loaded_in_seconds(tmp_path):
    names = [
        f"{first}{second}{third} township"
        for first in "abcdefghijklmno"
        for second in "aeiouyäöüé"
        for third in "bcdfghklmnprstvwxyz q"
    ]
    areas = "id,parent,name_en\ncity,,City\na,city,Alpha\nb,city,Beta\n" + "".join(
        f"t{n},city,{name}\n" for n, name in enumerate(names[:3000])
    )
    rows = "".join(
        f"{name.replace('township', 'townshp')},growth,H1-2024,5,flash,2024-07-20,s1,\n"
        for name in names[:200]
    )
    accepted = "".join(
        f'[[accepted]]\ncode = "outlier"\narea = "x {name}"\nindicator = "x"\nreason = "y"\n'
        for name in names[:500]
    )
    targets = (write(tmp_path) / "targets.toml").read_text(encoding="utf-8") + "".join(
        f't{n}x = "5"\n' for n in range(200)
    )
    write(
        tmp_path,
        {
            "data/areas.csv": areas,
            FIGURES: HEAD + rows,
            "targets.toml": targets,
            "data/accepted.toml": accepted,
        },
    )
    begun = time.process_time()
    dataset = dtrack.open(tmp_path)
    from dtrack.storage.paths import Files
    from dtrack.validation.accepted import review_findings

    found = review_findings(dataset.findings, Files(tmp_path), dataset).open
    assert time.process_time() - begun < 20  # it took a minute and a half, and takes three seconds
    assert sum(finding.code == "unknown-area" for finding in found) == 400
    assert sum(finding.code == "accepted-nothing" for finding in found) == 500 * 2


LONG = {
    "separators": "增速" + "；，" * 16_000,
    "separated words": "增速，a；" * 6_000,
    "periods": "2024年上半年" * 4_000,
    "blanks": "a" + " " * 32_000 + "b",
    "brackets": "增速（" * 10_000,
    "digits": "1" * 32_000,
    "of the year before": "上年同期" * 8_000,
}


@pytest.mark.parametrize(
    "place", ["title", "heading", "area", "name of an indicator", "figure", "unit"]
)
@pytest.mark.parametrize("what", list(LONG))
def test_a_cell_as_long_as_cells_may_be_costs_no_more_than_others(tmp_path, run, what, place):
    text = LONG[what][:32_767]
    title, heading = (
        text if place == here else other
        for here, other in (("title", "标题"), ("heading", "数字经济增加值增速"))
    )
    named, area, figure, unit = (
        text if place == here else other
        for here, other in (
            ("name of an indicator", "digital_va_growth"),
            ("area", "haidian"),
            ("figure", "8.5"),
            ("unit", "%"),
        )
    )
    rows = [[title], ["area", heading]] + [[area, figure]] * 3
    if place in ("name of an indicator", "unit"):
        rows = [["area", "indicator", "unit", "value"], [area, named, unit, figure]]
    (tmp_path / "r.tsv").write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    begun = time.process_time()
    said = run(["import", str(tmp_path / "r.tsv"), *WORDS])
    assert time.process_time() - begun < 5
    assert said.code in (0, 3)
