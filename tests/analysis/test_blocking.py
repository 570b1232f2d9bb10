"""A figure that could not be placed stops every answer that is worked out from it, and no other.

GDP growth of the city and its districts a, b is weighted with the level of the year before; the growth has a target of 2021
to 2025 that is averaged over years. One row of the level, or of an old year, is torn or not a number.
"""

from __future__ import annotations

import re

import pytest

REFUSED = 3
FIGURES = [
    *[
        (area, "growth", "H1-2024", value)
        for area, value in zip(["city", "a", "b"], "566", strict=True)
    ],
    *[
        (area, "level", "H1-2023", value, {"published": "2023-07-20"})
        for area, value in (("city", "100.0"), ("a", "60.0"), ("b", "40.0"))
    ],
    *[("a", "growth", year, "5.0", {"published": f"{year}-12-31"}) for year in ("2021", "2022")],
    ("a", "growth", "2023", "5.0", {"published": "2024-01-20"}),
]
TARGETS = {
    "growth 2024": {"city": "5", "a": "5", "b": "5"},
    "growth 2021..2025": {"a": "5"},
}
TORN = {  # the row: its part that is replaced, what is put in its place
    "a torn weight": ("b,level,H1-2023,40.0,", "b,level,H1-2023,40,0,"),
    "a weight that is not a number": ("b,level,H1-2023,40.0,", "b,level,H1-2023,forty,"),
    "a torn growth of an old year": ("a,growth,2022,5.0,", "a,growth,2022,5,0,"),
}
COMMANDS = {  # who needs weights, who needs the years of a plan
    "city -i growth": (True, False),
    "brief -i growth": (True, False),
    "catchup -i growth": (True, True),
    "catchup -i growth -d a": (False, True),
    "status -i growth": (True, False),
    "why b growth H1-2024 --of city": (True, False),
    "why b growth H1-2024 --of catchup": (True, False),
    "why a growth H1-2024 --of catchup": (False, True),
    "path -i growth": (False, True),
    "why b growth H1-2024": (False, False),
    "report -i growth": (False, False),
    "gap -d b -i growth": (False, False),
}


@pytest.mark.parametrize("what", TORN)
@pytest.mark.parametrize("command", COMMANDS)
def test_who_is_stopped(city, run, command, what):
    made = city(TARGETS, FIGURES)
    old, new = TORN[what]
    (file,) = (
        f for f in made.folder.rglob("*.csv") if re.search(f"^{old}", f.read_text(), re.MULTILINE)
    )
    file.write_text(file.read_text().replace(old, new))
    half = "" if command.startswith("why") else " --half H1-2024"
    weights, years = COMMANDS[command]
    stopped = years if "old year" in what else weights
    assert (run(command + half, at=made.folder).code == REFUSED) == stopped
