"""One rule whatever the order: neither the names of files nor the order of rows change anything but the places told.

Of figures of one cell and one day the one that counts is chosen by what it says; where two differ, none of them is judged.
"""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from support.workspaces import build_city

GROWTH = {
    "growth 2024": {"a": "7.8", "b": "7.8"},
    "share 2024": {"a": "3.0"},
    "stock 2024": {"a": "100"},
    "level 2024": {"a": "90"},
}


def told_twice(
    city, one: dict[str, str], other: dict[str, str], indicator: str = "growth", value: str = "8"
):
    """The row of a cell told twice the same day, the two rows in either order and in files of either order."""
    base = {"area": "a", "indicator": indicator, "period": "H1-2024", "value": value}
    rows = [base | one, base | other]
    return [
        city(GROWTH, pair, files=files).row(indicator, set_aside=True)
        for pair in (rows, rows[::-1])
        for files in (1, 2)
    ]


COUNTS = {  # what differs between the two: the first of them counts
    "more digits": ({"value": "8.0"}, {"value": "8"}),
    "more digits though the other is final": (
        {"value": "8.0", "status": "flash"},
        {"value": "8", "status": "final"},
    ),
    "more digits behind a scale word": (
        {"value": "1.20万", "indicator": "stock"},
        {"value": "1.2万", "indicator": "stock"},
    ),
    "final before flash": ({"status": "final"}, {"status": "flash"}),
    "revised before final": ({"status": "revised"}, {"status": "final"}),
    "flash before illustrative": ({"status": "flash"}, {"status": "illustrative"}),
    "a figure before an expectation": (
        {"status": "flash", "value": "7"},
        {"status": "expected", "value": "8.00"},
    ),
    "a source before none": ({"source": "s1"}, {"source": ""}),
    "the last source by name": ({"source": "s2"}, {"source": "s1"}),
    "a whole day before its month": ({"published": "2024-07-31"}, {"published": "2024-07"}),
}


@pytest.mark.parametrize("what", list(COUNTS))
def test_of_a_figure_told_twice_on_a_day_one_counts_whatever_its_file(city, what):
    counts, other = COUNTS[what]
    found = told_twice(city, counts, other, counts.get("indicator", "growth"))
    assert {str(row) for row in found} == {str(found[0])}
    (name, value) = next(iter(counts.items()))
    shown = {"value": "actual_text"}.get(name, name)
    assert getattr(found[0], shown) == value


def test_the_digits_told_decide_what_is_sure(city):
    """7.8 against 8 (7.5 to 8.5) is not sure, against 8.0 (7.95 to 8.05) it is."""
    assert [row.sure for row in told_twice(city, {"value": "8"}, {"value": "8.0"})] == [True] * 4


@pytest.mark.parametrize("values", list(permutations(["8", "8.0", "8.1"])))
@pytest.mark.parametrize("files", [1, 3])
def test_where_two_of_an_edition_differ_no_third_one_is_judged_in_their_place(city, values, files):
    made = city(GROWTH, [("a", "growth", "H1-2024", value) for value in values], files=files)
    assert (made.row("growth", set_aside=True).verdict, made.row("growth", set_aside=True).gap) == (
        "undetermined",
        None,
    )
    codes = sorted(finding.code for finding in made.open().findings)
    assert codes == ["conflicting-figures", "duplicate-figure"]


@pytest.mark.parametrize(
    ("one", "other"), [("final", "flash"), ("revised", "flash"), ("final", "missing")]
)
def test_two_statuses_with_two_values_on_a_day_are_refused(city, one, other):
    rows = [
        ("a", "growth", "H1-2024", "8.1", {"status": one}),
        ("a", "growth", "H1-2024", "" if other == "missing" else "8.0", {"status": other}),
    ]
    for pair in (rows, rows[::-1]):
        made = city(GROWTH, pair, files=2)
        assert [finding.code for finding in made.open().findings] == ["conflicting-figures"]
        assert made.row("growth", set_aside=True).verdict == "undetermined"


def test_the_row_that_gives_way_is_the_one_told(city):
    for values in (("8", "8.0"), ("8.0", "8")):
        made = city(GROWTH, [("a", "growth", "H1-2024", value) for value in values], files=2)
        (finding,) = made.open().findings
        assert (finding.code, finding.value) == ("duplicate-figure", "8")


# ---- the law ----------------------------------------------------------------------------------------------------------
COMMANDS = (
    *(
        f"{command}{how}"
        for command in ("report --half H1-2024 --set-aside --all", "gap -d a --set-aside")
        for how in ("", " -f csv", " -f md")
    ),
    *(
        f"{command}{how}"
        for command in (
            "catchup --half H1-2024",
            "city --half H1-2024",
            "path",
            "revisions",
            "brief --half H1-2024",
            "status --half H1-2024",
            "status --since 2024-07-01",
            "why a growth H1-2024",
            "why a stock H1-2024",
        )
        for how in ("", " -f json")
    ),
    "export --sdmx - --editions",
    "export --sdmx -",
)
ROW = st.fixed_dictionaries(
    {
        "area": st.sampled_from(["a", "b"]),
        "indicator": st.sampled_from(["growth", "level", "share", "stock"]),
        "period": st.sampled_from(["H1-2024", "2024-06", "2023", "H1-2023"]),
        "value": st.sampled_from(["8", "8.0", "8.00", "8.1", "around 8"]),
        "status": st.sampled_from(["flash", "final", "revised", "expected", "illustrative"]),
        "published": st.sampled_from(["2024-07-31", "2024-07", "2024-08-31", ""]),
        "source": st.sampled_from(["s1", "s2", ""]),
        "note": st.sampled_from(["", "n"]),
        "prices": st.sampled_from(["", "", "current", "constant"]),
        "scope": st.sampled_from(["", "", "towns"]),
    }
).map(
    lambda row: {
        name: text for name, text in row.items() if text or name not in ("prices", "scope")
    }
)


def masked(text: str) -> str:
    """Without the places of figures."""
    return re.sub(r"data/actuals/part-[0-9]\.csv(?::[0-9])?", "PLACE", text)


def finding_lines(said) -> list[tuple[str, ...]]:
    names = ("severity", "code", "area", "indicator", "period", "value", "sentence")
    return sorted(tuple(masked(row[name]) for name in names) for row in said.rows)


@pytest.mark.slow
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
)
@given(st.lists(ROW, min_size=2, max_size=6), st.data())
def test_neither_names_of_files_nor_the_order_of_rows_change_anything_but_places(
    run, tmp_path_factory, rows, data
):
    turned = data.draw(st.permutations(rows))
    first, second = (tmp_path_factory.mktemp("city") / "w" for _ in range(2))
    build_city(first, GROWTH, rows, files=data.draw(st.integers(1, 3)))
    build_city(second, GROWTH, turned, files=data.draw(st.integers(1, 3)))
    for command in COMMANDS:
        one, other = (run(f"{command} --workspace .", at=folder) for folder in (first, second))
        assert (one.code, masked(one.out)) == (other.code, masked(other.out)), command
    one, other = (run("check -f csv --workspace .", at=folder) for folder in (first, second))
    assert finding_lines(one) == finding_lines(other)
