"""The keys `of` and `from` of a target: what is read, what is refused, and where that is told."""

from __future__ import annotations

import pytest

from support.broken_inputs import GOOD, PROMISE, write

TWO = GOOD["targets.toml"].replace(
    "[targets.growth.2024]",
    """[indicators.income]
name = "Income"
kind = "growth"
unit = "percent"
prices = "constant"
better = "up"

[indicators.nominal]
name = "Nominal"
kind = "growth"
unit = "%"
prices = "current"
better = "up"

[targets.growth.2024]""",
)
END = ', set = 2024-01-15, source = "s1" }'


def load(tmp_path, text):
    import dtrack

    return dtrack.open(write(tmp_path, {"targets.toml": text}))


def with_targets(**entries):
    """targets.toml with targets of growth 2024 by area."""
    return TWO.replace(
        PROMISE, "\n".join(f"{area} = {{ {said}{END}" for area, said in entries.items())
    )


def relations(dataset):
    return [f for f in dataset.findings if f.code == "bad-relation"]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ('value = ">", of = "city"', "> of city"),
        ('value = "above", of = "city"', "> of city"),
        ('value = "at least", of = "income"', ">= of income"),
        ('value = "≥ +1.50", of = "b"', ">=+1.50 of b"),
        ('value = ">=+1pp", of = "Beta"', ">=+1pp of b"),
        ('value = "up", of = "last-year"', "up of last-year"),
        ('value = "same", of = "last-year"', "same of last-year"),
        ('value = "top 3", of = "rank"', "top 3 of rank"),
        ('value = "+3pp", from = 2020', "+3pp from 2020"),
        ('value = ">= -0.5 pp", from = 2020', ">=-0.5pp from 2020"),
    ],
)
def test_what_is_read(tmp_path, said, text):
    dataset = load(tmp_path, with_targets(a=said))
    assert relations(dataset) == []
    (row,) = dataset.targets.itertuples()
    assert (row.value, row.wording, row.excluded) == (text, "relative", False)
    assert row.number != row.number  # it has none


def test_an_indicator_goes_before_an_area_of_its_name(tmp_path):
    text = with_targets(a='value = ">", of = "b"').replace("indicators.income", "indicators.b")
    dataset = load(tmp_path, text)
    assert relations(dataset) == []
    (row,) = dataset.assess("H1-2024").query("area == 'a' and indicator == 'growth'").itertuples()
    assert "no figure for Income" in row.note


@pytest.mark.parametrize("name", ["city", "reference", "last-year", "rank"])
def test_an_indicator_so_named_is_refused(tmp_path, name):
    dataset = load(tmp_path, TWO.replace("indicators.income", f"indicators.{name}"))
    found = [(f.code, f.column) for f in dataset.findings if f.severity.name == "ERROR"]
    assert found == [("bad-value", f"indicators.{name}")]


def test_other_prices_are_refused(tmp_path):
    (finding,) = relations(load(tmp_path, with_targets(a='value = ">", of = "nominal"')))
    assert finding.column == "targets.growth.2024.a"
    assert "constant prices" in str(finding.message)


def test_a_circle_is_told_at_each_of_its_targets(tmp_path):
    text = with_targets(
        a='value = ">", of = "city"', city='value = ">=", of = "b"', b='value = ">", of = "a"'
    )
    dataset = load(tmp_path, text)
    keys = sorted(f.column for f in relations(dataset))
    assert keys == [f"targets.growth.2024.{area}" for area in ("a", "b", "city")]
    assert dataset.targets["excluded"].tolist() == [True] * 3


def test_a_circle_through_indicators(tmp_path):
    text = with_targets(a='value = ">", of = "income"')
    text += f'\n[targets.income.2024]\na = {{ value = ">=", of = "growth"{END}\n'
    keys = [f.column for f in relations(load(tmp_path, text))]
    assert keys == ["targets.growth.2024.a", "targets.income.2024.a"]


def test_a_chain_is_no_circle(tmp_path):
    text = with_targets(a='value = ">", of = "b"', b='value = ">", of = "city"', city='value = "5"')
    assert relations(load(tmp_path, text)) == []


def test_the_newest_entry_alone_makes_a_circle(tmp_path):
    older = (
        f'a = [{{ value = ">", of = "b"{END}, {{ value = "5", set = 2024-03-01, source = "s1" }}]'
    )
    text = TWO.replace(PROMISE, f'{older}\nb = {{ value = ">", of = "a"{END}')
    assert relations(load(tmp_path, text)) == []
