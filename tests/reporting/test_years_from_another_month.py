"""Where years begin does not matter: a world moved by three months into years from April is answered alike.

`DTRACK_WORLDS=2000 pytest tests/reporting/test_years_from_another_month.py` tries many more worlds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from support.questions import seeds
from support.random_workspaces import World, drawn, written

NAMED = re.compile(  # periods, days, and the spans of a note in words
    r"(?:[HQ][1-4](?:-3)?-)?FY\d{4}(?:\.\.FY\d{4})?|[HQ][1-4](?:-3)?-\d{4}|\b\d{4}/\d{2}\b"
    r"|\b\d{4}-\d\d(?:-\d\d)?(?:\.\.\d{4}-\d\d)?|(?<![\d.,–-])20\d\d(?:\.\.20\d\d)?(?!\.?\d)"
    r"|(?<=,)20\d\d(?:\.\.20\d\d)?(?=,)|\b(?:\d+ )?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
)


def months(text: str) -> tuple[int, int]:
    """First and last month of a period as the worlds write it, counted from the year 0."""
    if found := re.fullmatch(r"(\d{4})(?:\.\.(\d{4}))?", text):
        return int(found[1]) * 12, int(found[2] or found[1]) * 12 + 11
    if found := re.fullmatch(r"([HQ])([1-4])(-3)?-(\d{4})", text):
        size, year = (6 if found[1] == "H" else 3), int(found[4]) * 12
        last = 3 if found[3] else int(found[2])
        return year + (int(found[2]) - 1) * size, year + last * size - 1
    ends = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in text.split("..")]
    return ends[0], ends[-1]


def moved(text: str) -> str:
    """A period three months later: named parts of a year those of the year from April, months as months."""
    if re.fullmatch(r"\d{4}(\.\.\d{4})?", text):
        return re.sub(r"\d{4}", r"FY\g<0>", text)
    if re.fullmatch(r"[HQ].*", text):
        return re.sub(r"(\d{4})$", r"FY\1", text)
    first, last = (
        f"{month // 12}-{month % 12 + 1:02}" for month in (at + 3 for at in months(text))
    )
    return first if first == last else f"{first}..{last}"


def day_moved(text: str) -> str:
    """A day three months later; a year counts from its last day, so it becomes its last month."""
    if not text:
        return ""
    year, month, *day = (text if "-" in text else f"{text}-12").split("-")
    later = int(year) * 12 + int(month) - 1 + 3
    return "-".join([f"{later // 12}-{later % 12 + 1:02}", *day])


def in_years_from_april(world: World) -> World:
    """The world three months later."""
    return replace(
        world,
        period=moved(world.period),
        as_of=day_moved(world.as_of),
        due=day_moved(world.due),
        promises=tuple(
            replace(one, period=moved(one.period), set=day_moved(one.set)) for one in world.promises
        ),
        reports=tuple(
            replace(one, period=moved(one.period), published=day_moved(one.published))
            for one in world.reports
        ),
    )


def without_names(text: str) -> str:
    """An answer with every period and day made alike."""
    text = re.sub(r"overdue by \d+ days?", "overdue", text)  # months are not alike
    return re.sub(r"§(?: (?:to )?§)+", "§", NAMED.sub("§", text))


def answers(run: Callable[..., Any], world: World, folder: Path, **keys: str) -> dict[str, Any]:
    """What each command says of the world, without the names of periods, and how it ends."""
    written(world, folder)
    file = folder / "targets.toml"
    told = "".join(f"{key} = {value}\n" for key, value in keys.items())
    text = file.read_text(encoding="utf-8").replace("[workspace]\n", f"[workspace]\n{told}", 1)
    file.write_text(text, encoding="utf-8")
    as_of = ["--as-of", world.as_of] if world.as_of else []
    asked = [["report"], ["status"], ["city"], ["catchup"], ["brief"], ["path"]]
    found = {}
    for words in asked:
        period = [] if words == ["path"] else ["--half", world.period]
        # a table of a terminal is as wide as the names of its periods
        shown = ["-f", "md" if words == ["brief"] else "csv"]
        said = run([*words, *period, *as_of, *shown], at=folder)
        found[words[0]] = (said.code, without_names(said.out))
    for area in world.areas:
        said = run(["gap", "-d", area.id, *as_of, "-f", "csv"], at=folder)
        found[f"gap {area.id}"] = (said.code, without_names(said.out))
    return found


@pytest.mark.parametrize("seed", seeds(7100, 6))
def test_a_year_from_april_is_judged_as_one_from_january(seed, run, tmp_path):
    world = drawn(Random(seed).randint)
    here = answers(run, world, tmp_path / "january")
    there = answers(run, in_years_from_april(world), tmp_path / "april", year_starts="4")
    assert here.keys() == there.keys()
    for question in here:
        assert here[question] == there[question], question


def test_the_law_sees_a_difference(run, tmp_path):
    """Without the key the same files are refused, so that the law above compares two calendars indeed."""
    world = in_years_from_april(drawn(Random(7100).randint))
    assert any("FY" in one.period for one in world.reports)
    written(world, tmp_path / "w")
    said = run(["report", "--half", world.period], at=tmp_path / "w")
    assert said.code == 2
    assert "year_starts = 4" in said.err
