"""Do the districts add up to the city? exact / rounding / unlikely_rounding / unexplained / impossible (docs/formulas.py §7)."""

from __future__ import annotations

import numpy as np
import pytest

from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.decomposition import growth_possible, reconcile
from dtrack.analysis.question import Query
from dtrack.analysis.reconciliation import reconciliations
from support.rounded import R, six

PARTS = ["4800.0", "4000.0", "2800.0", "1700.0", "1100.0", "600.0"]
ITEM = '\n[[reconciliation.level."H1-2024"]]\nname = "{}"\nvalue = {}\nsource = "s1"\n'


@pytest.fixture
def told(city):
    """told(city's figure, parts, toml): what is said of the indicator, through a workspace."""

    def ask(own, parts=PARTS, indicator="level", toml="", breaks=None, more=None):
        rows = [("city", indicator, "H1-2024", own)] + [
            (n, indicator, "H1-2024", v, more or {}) for n, v in zip(R, parts, strict=False)
        ]
        made = city({}, [*rows, ("zone", indicator, "H1-2024", "999")], breaks=breaks)
        six(made.folder)
        with (made.folder / "targets.toml").open("a", encoding="utf-8") as file:
            file.write(toml)
        return made, reconciliations(whole_board(made.open(), Query.of("H1-2024")))

    return ask


@pytest.mark.parametrize(
    ("own", "difference", "word"),
    [
        ("15000.0", 0, "exact"),
        ("15000.1", 0.1, "rounding"),
        ("14999.9", -0.1, "rounding"),
        ("15000.3", 0.3, "unlikely_rounding"),
        ("15000.4", 0.4, "unexplained"),
        ("15210.0", 210, "unexplained"),
    ],
)
def test_levels(told, run, own, difference, word):
    made, (found,) = told(own)
    assert (found.word, found.difference, found.worst) == (
        word,
        pytest.approx(difference),
        pytest.approx(0.35),
    )
    assert found.districts == pytest.approx(15000)  # the zone is in no sum
    assert word.replace("_", " ") in run("city --half H1-2024", at=made.folder).out


@pytest.mark.parametrize(
    ("own", "parts", "possible"),
    [
        ("5.2", ["4.8", "5.3"], True),
        ("5.6", ["4.8", "5.3"], False),
        ("5.4", ["4.8", "5.3"], True),
        ("4.6", ["4.8", "5.3"], False),
    ],
    ids=["between", "above all", "rounding reaches it", "below all"],
)
def test_growth_lies_between_the_districts(told, own, parts, possible):
    half = np.full(2, 0.05)
    assert growth_possible(float(own), 0.05, np.array(parts, float), half) == possible
    _, found = told(own, [parts[0], *[parts[1]] * 5], indicator="growth")
    assert [item.word for item in found] == ([] if possible else ["impossible"])


@pytest.mark.parametrize(
    ("own", "items", "difference", "word"),
    [
        ("15210.0", [("Headquarters", "210.0")], 0, "exact"),
        ("15210.0", [("Headquarters", "230.0"), ("Counted twice", "-20.0")], 0, "exact"),
        ("14900.0", [("Counted twice", "-100.1")], 0.1, "rounding"),
        ("15000.0", [("Headquarters", "210.0")], -210, "unexplained"),
    ],
    ids=["one item", "two signed items", "an item and rounding", "an item too many"],
)
def test_named_signed_items(told, run, own, items, difference, word):
    made, (found,) = told(own, toml="".join(ITEM.format(*item) for item in items))
    assert (found.word, found.difference) == (word, pytest.approx(difference))
    printed = run("city --half H1-2024", at=made.folder).out
    assert all(name in printed for name, _ in items)


def test_an_item_of_another_period_is_not_taken_off(told):
    _, (found,) = told(
        "15210.0", toml=ITEM.format("Headquarters", "210.0").replace("H1-2024", "H1-2023")
    )
    assert (found.word, found.items) == ("unexplained", 0)


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        (ITEM.format("x", "1").replace("level", "nonsense"), "unknown-indicator"),
        (ITEM.format("x", "1").replace("H1-2024", "soon"), "bad-period"),
        (ITEM.format("x", "1").replace("value = 1\n", ""), "key-missing"),
        (ITEM.format("x", "true"), "bad-value"),
        (ITEM.format("x", "1") + 'sign = "-"\n', "key-unknown"),
    ],
    ids=["no such indicator", "no period", "no value", "not a number", "unknown key"],
)
def test_a_faulty_item_is_a_finding_with_its_key(told, toml, code):
    made, _ = told("15000.0", toml=toml)
    hits = [finding for finding in made.open().findings if "reconciliation" in f"{finding}"]
    assert code in {finding.code for finding in hits}


def test_nothing_is_said_while_a_district_is_missing(told):
    assert told("15000.0", PARTS[:5])[1] == []


def test_figures_on_two_sides_of_a_break_are_not_added(told):
    _, (found,) = told("15000.0", breaks={"level": "2025-01-01"}, more={"published": "2025-02-01"})
    assert found.word == ""
    assert "break" in str(found.note)


def test_uniform_rounding_errors_are_rounding_up_to_two_standard_deviations():
    halves = np.full(6, 0.05)
    limit = 2 * (7 * 0.05**2 / 3) ** 0.5  # 0.1528
    assert reconcile(15000 + limit - 0.001, 0.05, np.array(PARTS, float), halves)[2] == "rounding"
    assert (
        reconcile(15000 + limit + 0.001, 0.05, np.array(PARTS, float), halves)[2]
        == "unlikely_rounding"
    )


@pytest.mark.parametrize(
    ("who", "status", "word"),
    [("one", "expected", ""), ("city", "expected", ""), ("one", "flash", "unexplained")],
)
def test_an_expectation_is_in_no_sum(city, run, who, status, word):
    """It is not reported: neither `city` nor `check` says anything of what it adds up to, and `city` says why."""
    first, *others = R
    rows = [(name, "level", "H1-2024", "100.0") for name in others]
    one = (first, "level", "H1-2024", "380.0")
    own = ("city", "level", "H1-2024", "900.0")  # 100 × 5 + 380 = 880
    rows += [(*one, {"status": status}), own] if who == "one" else [one, (*own, {"status": status})]
    rows.append(("zone", "growth", "H1-2024", "1.0"))
    made = city({}, rows)
    six(made.folder)
    (found,) = reconciliations(whole_board(made.open(), Query.of("H1-2024")))
    assert found.word == word
    dataset = made.open()
    name = dataset.areas[dataset.area_position[first if who == "one" else "city"]].name
    said = run("city --half H1-2024", at=made.folder).out
    told = f"level: forecasts only for {name}; not added up"
    assert (told in said, "unexplained" in said) == (word == "", word == "unexplained")
    assert ("parts-against-total" in run("check", at=made.folder).out) == (word == "unexplained")


@pytest.mark.parametrize(("status", "word"), [("flash", "impossible"), ("expected", None)])
def test_a_growth_that_is_only_expected_makes_no_other_impossible(told, run, status, word):
    made, found = told("9.0", ["5.0"] * 6, "growth", more={"status": status})
    assert [one.word for one in found] == [word] * bool(word)
    assert ("parts-against-total" in run("check", at=made.folder).out) == bool(word)
