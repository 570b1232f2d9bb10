"""A heading that names an indicator in a unit that is none of it is told so, and its figures are never taken as they stand."""

from __future__ import annotations

import pytest

COAL = """
[indicators.coal]
name = { en = "Coal", zh = "煤炭消费量", fr = "Charbon" }
kind = "flow"
unit = "10 thousand tons"
better = "down"
"""


@pytest.mark.parametrize(
    ("heading", "unit", "more"),
    [
        ("失业率（‰）", "‰", ""),
        ("失业率（‰）", "‰", "-i jobless"),  # 4.5 ‰ is not 4.5 %
        ("失业率 ‰", "‰", "-i jobless"),
        ("城镇失业率（‰）", "‰", "-i jobless"),  # only a part of the name, with -i enough
        ("煤炭消费量（万吨）", "万吨", ""),
        ("煤炭消费量（吨）", "吨", "-i coal"),
        ("煤炭消费量（吨标准煤）", "吨标准煤", ""),
        ("煤炭消费量,万吨", "万吨", ""),
        ("煤炭消费量（万辆）", "万辆", ""),  # of whatever: a scale behind the name is a unit
    ],
)
def test_the_unit_is_named_and_nothing_is_taken(city, run, heading, unit, more):
    made = city({}, [])
    file = made.folder / "targets.toml"
    text = file.read_text(encoding="utf-8").replace('zh = "jobless"', 'zh = "失业率"')
    file.write_text(text + COAL, encoding="utf-8")
    (made.folder.parent / "r.csv").write_text(f'area,"{heading}"\na,4.5\n', encoding="utf-8")
    words = "--half H1-2024 --published 2024-07-20 --source s1 --yes"
    said = run(f"import ../r.csv {words} {more}", at=made.folder)
    name, own = ("coal", "10 thousand tons") if "煤" in heading else ("jobless", "percent")
    assert said.code == 3
    told = f"“{unit}” is not a unit of {name}, which is in {own}"
    assert told in said.out + said.err
    assert "[wrong-unit]" in said.err
    assert "unknown indicator" not in said.out + said.err


def test_a_bracket_that_is_no_unit_is_none(city, run):
    """失业率（城镇） may be of another scope: only a map, or -i, can say that it is the indicator."""
    made = city({}, [])
    (made.folder.parent / "r.csv").write_text("area,jobless（城镇）\na,4.5\n", encoding="utf-8")
    said = run(
        "import ../r.csv --half H1-2024 --published 2024-07-20 --source s1 --yes", at=made.folder
    )
    assert said.code == 3
    assert (
        "unknown indicator “jobless（城镇）”; the column is not imported. Nearest: jobless"
        in said.err
    )
