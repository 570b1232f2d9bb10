"""A column that tells a growth, and not of what, is the growth of the level in the column before it."""

from __future__ import annotations

import pytest

from support.workspaces import City


def with_growth_of(made: City) -> City:
    """The small city in which growth is the growth of level, at the same prices."""
    file = made.folder / "targets.toml"
    text = file.read_text(encoding="utf-8").replace('prices = "constant"', 'prices = "current"')
    head = "[indicators.growth]\n"
    file.write_text(text.replace(head, f'{head}growth_of = "level"\n'), encoding="utf-8")
    return named(made)


def named(made: City) -> City:
    """With names of their own: level and growth are words that every heading may have."""
    file = made.folder / "targets.toml"
    text = file.read_text(encoding="utf-8")
    for name, alias in (("level", "Revenue"), ("growth", "Pace of revenue")):
        text = text.replace(
            f"[indicators.{name}]\n", f'[indicators.{name}]\naliases = ["{alias}"]\n'
        )
    file.write_text(text, encoding="utf-8")
    return made


def brought(made: City, run, *lines: str) -> str:
    (made.folder / "r.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked = "import r.csv --half H1-2024 --published 2024-08-30 --source s1 --dry-run"
    return run(asked, at=made.folder).out


@pytest.mark.parametrize(
    "heading",
    ["YoY (%)", "y/y (%)", "同比增长（%）", "同比（%）", "增速（%）", "Évolution sur un an (%)"],
)
def test_a_growth_beside_its_level(city, run, heading):
    lines = f"area,Revenue,{heading}", "a,49,8.1", "b,36,5.0"
    told = brought(with_growth_of(city()), run, *lines)
    assert f"C1 “{heading}” is growth, in %" in told
    assert "4 figures of 2 areas" in told
    # without the key nothing is guessed
    assert "2 figures of 2 areas" in brought(named(city()), run, *lines)


def test_under_a_band_that_names_the_level(city, run):
    lines = (
        "area,Revenue,,stock,",
        ",总量,同比增长（%）,总量,同比增长（%）",
        "a,49,8.1,3,2.0",
        "b,36,5.0,4,1.0",
    )
    told = brought(with_growth_of(city()), run, *lines)
    assert "C2 “同比增长（%）” is growth, in %" in told
    assert "E2" in told.partition("column-unmapped")[2]


@pytest.mark.parametrize(
    "lines",
    [
        # it stands before its level, or another column lies between
        ("area,YoY (%),Revenue", "a,8.1,49", "b,5.0,36"),
        ("area,Revenue,stock,YoY (%)", "a,49,3,8.1", "b,36,4,5.0"),
        # on the month before, or in money
        ("area,Revenue,环比增长（%）", "a,49,8.1", "b,36,5.0"),
        ("area,Revenue,增幅（亿元）", "a,49,8.1", "b,36,5.0"),
    ],
)
def test_what_is_not_said_is_not_guessed(city, run, lines):
    assert "is growth" not in brought(with_growth_of(city()), run, *lines)


def test_a_column_that_is_named_goes_before(city, run):
    lines = "area,Revenue,YoY (%),Pace of revenue", "a,49,8.1,7.9", "b,36,5.0,5.5"
    told = brought(with_growth_of(city()), run, *lines)
    assert "D1 “Pace of revenue” is growth" in told
    assert "C1 “YoY (%)” is growth" not in told
