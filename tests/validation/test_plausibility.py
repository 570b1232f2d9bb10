"""What may be wrong: for every code the smallest workspace that gives exactly that finding, and its nearest innocent neighbour.

Areas are those of conftest, or the six districts of docs/formulas.py §5 where a question needs as many. `prices` of the
growth are constant and of its level current, unless a case says that they are alike.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dtrack.core.plausible_rules import PLAUSIBLE
from dtrack.core.rules import CATALOGUE
from dtrack.core.severity import Severity
from dtrack.storage.paths import Files
from dtrack.validation.originals import received_changed
from dtrack.validation.plausibility.run import check_plausibility
from support.doubtful import CASES, H24, a, among, open_city
from support.rounded import six
from support.workspaces import SOURCE_COLUMNS, write_csv


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_smallest_workspace_gives_exactly_that_finding(build, tmp_path, case):
    dataset = open_city(build, tmp_path, case, case.rows, case.targets, case.toml)
    assert dataset.findings == ()
    (found,) = check_plausibility(dataset)
    assert (found.code, (found.area, found.indicator, found.period)) == (case.code, case.cell)
    assert case.says in found.sentence
    assert found.severity is Severity.WARNING
    assert (found.line is None) == bool(case.targets)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_its_nearest_innocent_neighbour_gives_none(build, tmp_path, case):
    toml = case.toml if case.innocent_toml is None else case.innocent_toml
    dataset = open_city(build, tmp_path, case, case.innocent, case.innocent_targets, toml)
    assert dataset.findings == ()
    assert check_plausibility(dataset) == []


def test_a_tenth_beside_five_equals_is_no_outlier(build, tmp_path):
    made = build(tmp_path, {}, among("growth", ["5.0"] * 5 + ["5.1"]))
    six(made.folder)
    assert [finding.code for finding in check_plausibility(made.open())] == ["identical-figures"]


TODAY = 20240730
AHEAD = [  # the day as entered, and whether it has not come yet on 2024-07-30
    ("2042-07-20", True),
    ("2024-07-31", True),
    ("2024-07-30", False),
    ("2024-08", True),
    ("2024-07", False),
    ("2025", True),
    ("2024", False),
]


@pytest.mark.parametrize(("day", "ahead"), AHEAD)
def test_a_figure_published_on_a_day_that_has_not_come_yet(build, tmp_path, day, ahead):
    dataset = build(tmp_path, {}, a("stock", (H24, "500", {"published": day}))).open()
    found = check_plausibility(dataset, today=TODAY)
    assert [(finding.code, finding.area, finding.column) for finding in found] == [
        ("day-ahead", "a", "published")
    ] * ahead
    assert all(
        f"{day} is in the future (today is 2024-07-30" in finding.sentence for finding in found
    )
    assert (
        check_plausibility(dataset) == []
    )  # who does not say what day it is asks nothing about it


@pytest.mark.parametrize(("day", "ahead"), AHEAD)
def test_a_target_set_on_a_day_that_has_not_come_yet(build, tmp_path, day, ahead):
    dataset = build(tmp_path, {"growth 2043": {"a": {"value": "5", "set": day}}}, []).open()
    told = [
        (finding.code, finding.area, finding.column)
        for finding in check_plausibility(dataset, today=TODAY)
    ]
    assert told == [("day-ahead", "a", "targets.growth.2043.a.set")] * ahead


def received(folder: Path, name: str, sha256: str, content: bytes | None):
    """A workspace of one imported file, and the findings about it."""
    write_csv(
        folder / "data/sources.csv",
        SOURCE_COLUMNS,
        [{"id": "s1", "title": "Return", "file": name, "sha256": sha256}],
    )
    if content is not None:
        (folder / "data/received").mkdir(parents=True)
        (folder / "data/received" / name.rsplit("/", maxsplit=1)[-1]).write_bytes(content)
    import dtrack

    dataset = dtrack.open(folder)
    return received_changed(Files(folder), dataset.sources.values())


@pytest.mark.parametrize("name", ["return.xlsx", "data/received/return.xlsx"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"figures", ""),
        (b"figures.", "differs from the file that was imported"),
        (None, "is missing"),
    ],
    ids=["as it was", "opened and saved", "gone"],
)
def test_received_changed(tmp_path, build, name, content, says):
    build(tmp_path)
    found = received(tmp_path, name, hashlib.sha256(b"figures").hexdigest(), content)
    assert [finding.code for finding in found] == ["received-changed"] * bool(says)
    assert all(
        says in finding.sentence and (finding.file, finding.line) == ("data/sources.csv", 2)
        for finding in found
    )


def test_a_name_that_leads_out_of_the_folder_is_not_followed(tmp_path, build):
    build(tmp_path)
    (found,) = received(tmp_path, "../../areas.csv", "0", None)
    assert "is not in data/received" in found.sentence


def test_every_code_of_plausible_is_covered():
    elsewhere = {
        "day-ahead",
        "received-changed",
        "accepted-nothing",
    }  # the two above; test_plausible_check.py
    assert {case.code for case in CASES} | elsewhere == set(PLAUSIBLE)
    assert all(CATALOGUE[code].rule and CATALOGUE[code].explanation for code in PLAUSIBLE)


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_a_scale_word_is_quoted_as_it_was_written(language):
    """万 in place of 亿 is the error: 86.7万 beside 81.1 亿元, which 867,000 would hide."""
    from dtrack.core.translate import speaking
    from dtrack.validation.plausibility.number_text import shown_figure

    with speaking(language):
        assert shown_figure("86.7万") == "86.7万"
        assert shown_figure("3.5 billion") == "3.5 billion"
