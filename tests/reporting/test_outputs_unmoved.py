"""What may not matter to any answer: the order of rows, ids, units, signs, areas and indicators beside those that are asked, the language.

Each random world is changed in one of these ways and asked again; nothing else may change in what comes out.
`DTRACK_WORLDS=2000 pytest tests/reporting/test_outputs_unmoved.py` does so with many more worlds than the few of every run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dtrack.core.translate import ENGLISH
from support.questions import MARK, SIGNS, Asked, brief, examined, named, seeds
from support.random_workspaces import (
    CITY,
    Indicator,
    Number,
    World,
    mirrored,
    peer,
    renamed,
    scaled,
    shuffled,
    street,
    zone,
)
from support.read_back import Shown, Table, of_markdown

pytestmark = pytest.mark.slow


def questions(world: World) -> list[tuple[str, ...]]:
    """Every command that is asked of a world, without its format."""
    asked = [
        ("report",),
        ("city",),
        ("status",),
        *(("gap", "-d", area.id) for area in world.areas),
        *(("brief", "-i", i.id) for i in world.indicators),
    ]
    return asked if world.period.startswith("H2") else [*asked, ("catchup",)]


def again(asked: Asked, world: World, **options: int) -> Asked:
    """Another world, laid down beside the first."""
    return Asked(
        world,
        asked.folder.with_name(f"{asked.folder.name}-{len(list(asked.folder.parent.iterdir()))}"),
        **options,
    )


def order(number: Number) -> Callable[[Sequence[Any]], list[Any]]:
    """A way of putting rows in another order."""

    def mixed(rows: Sequence[Any]) -> list[Any]:
        left, found = list(rows), []
        while left:
            found.append(left.pop(number(0, len(left) - 1)))
        return found

    return mixed


def check_order(asked: Asked, number: Number) -> None:
    """Neither the order of rows nor their files matter: every answer is the same, byte for byte."""
    other = again(asked, shuffled(asked.world, order(number)), parts=number(1, 3))
    for words in questions(asked.world):
        for more in ((), ("-f", "csv"), ("-f", "html"))[: 3 if words[0] != "brief" else 1]:
            assert asked.run(*words, *more) == other.run(*words, *more), words


def check_names(asked: Asked, number: Number) -> None:
    """Other ids change the ids and nothing else."""
    named_anew = (one.id for one in (*asked.world.areas, *asked.world.indicators) if one.id != CITY)
    ids = {
        name: f"{'zyx'[number(0, 2)]}{place}".ljust(len(name), "q")
        for place, name in enumerate(named_anew)
    }  # tables stay as wide
    other = again(asked, renamed(asked.world, lambda name: ids.get(name, name)))
    told = lambda text: re.sub(
        r"\b(?:" + "|".join(map(re.escape, ids)) + r")\b",
        lambda found: ids[found[0]],
        text.decode(),
    )
    for words in questions(asked.world):
        for more in ((), ("-f", "csv"))[: 2 if words[0] != "brief" else 1]:
            assert (
                told(asked.run(*words, *more))
                == other.run(*(ids.get(word, word) for word in words), *more).decode()
            ), words


def turned(text: str) -> str:
    """A number with its sign turned round."""
    return (
        text
        if not text.strip("-0.")
        else text.removeprefix("-")
        if text.startswith("-")
        else f"-{text}"
    )


def check_mirror(asked: Asked, number: Number) -> None:
    """All signs of an indicator turned round, and what is better: the same gaps, verdicts, ranks and contributions."""
    item = asked.world.indicators[number(0, len(asked.world.indicators) - 1)]
    if item.kind == "flow":
        return  # a level below nothing has no share of its year
    other = again(asked, mirrored(asked.world, item.id))
    for one, two in zip(asked.rows("report"), other.rows("report"), strict=True):
        if one["indicator"] != item.id:
            assert one == two
            continue
        # before its deadline a limit is open where a floor is met already, or not
        early = "open" in (one["verdict"], two["verdict"])
        for name in ("gap", "verdict", "sure", "basis")[: 1 if early else 4]:
            assert one[name] == two[name], name
        assert not early or {one["verdict"], two["verdict"]} <= {"open", "met"}
        assert two["vs_city"] == turned(one["vs_city"])
        ranged = [
            ("—" in row[name] or ".." in row[name])
            for row in (one, two)
            for name in ("target_text", "actual_text")
        ]
        if not any(ranged):
            assert [two[name] for name in ("target", "actual", "goal")] == [
                turned(one[name]) for name in ("target", "actual", "goal")
            ]
    for area in asked.world.areas:
        for one, two in zip(
            asked.rows("gap", "-d", area.id), other.rows("gap", "-d", area.id), strict=True
        ):
            for name in ("gap", "change", "rank_low", "rank_high"):
                assert one[name] == two[name], name
            assert one["verdict"] == two["verdict"] or {one["verdict"], two["verdict"]} == {
                "open",
                "met",
            }
    if item.kind == "growth":
        mirror_city(asked.rows("city", "-i", item.id), other.rows("city", "-i", item.id))
    if not asked.oracle.asked.start % 12:
        mirror_catchup(asked, other, item)
    ours, theirs = (
        [line for line in lines_of(brief(one, item)) if re.match("Of [0-9]|Figures received", line)]
        for one in (asked, other)
    )
    assert ours == theirs


def mirror_city(ours: list[dict[str, str]], theirs: list[dict[str, str]]) -> None:
    """The same parts in the same order, the growths with their signs turned."""
    for one, two in zip(ours, theirs, strict=True):
        for name in ("part", "area", "weight", "contribution"):
            assert one[name] == two[name], name
        assert [two[name] for name in ("actual", "target")] == [
            turned(one[name]) for name in ("actual", "target")
        ]


def mirror_catchup(asked: Asked, other: Asked, item: Indicator) -> None:
    """What is needed, its band and its change with their signs turned; as many past halves reached it."""
    for one, two in zip(
        asked.rows("catchup", "-i", item.id), other.rows("catchup", "-i", item.id), strict=True
    ):
        for name in ("area", "share", "reached", "of"):
            assert one[name] == two[name], name
        pairs = {
            "target": "target",
            "actual": "actual",
            "needed": "needed",
            "needed_low": "needed_high",
            "needed_high": "needed_low",
            "change": "change",
        }
        for name, mirror in pairs.items():
            assert two[mirror] == turned(one[name]), name
    ours, theirs = asked.shown("catchup", "-i", item.id), other.shown("catchup", "-i", item.id)
    for one, two in zip(ours.tables, theirs.tables, strict=True):
        assert [row[0] for row in one.rows] == [row[0] for row in two.rows]


def check_scale(asked: Asked, number: Number) -> None:
    """Levels told in a unit ten times as large, with the decimal point one place on: no result changes, no share, no growth."""
    other = again(asked, scaled(asked.world))
    for one, two in zip(asked.rows("report"), other.rows("report"), strict=True):
        for name in (
            "verdict",
            "sure",
            "basis",
            "vs_city",
            "area",
            "indicator",
            "target_period",
            "actual_period",
        ):
            assert one[name] == two[name], name
        if asked.world.indicator(one["indicator"]).kind in ("flow", "stock") and one["gap"]:
            assert Decimal(one["gap"]) == Decimal(two["gap"]) * 10
        else:
            assert one["gap"] == two["gap"]
    for one, two in zip(asked.rows("city"), other.rows("city"), strict=True):
        assert one == two
    for one, two in zip(asked.rows("status"), other.rows("status"), strict=True):
        assert {**one, "value": ""} == {**two, "value": ""}
    for item in asked.world.indicators:
        if item.kind in ("growth", "share"):
            assert brief(asked, item) == brief(other, item)


def check_strangers(asked: Asked, number: Number) -> None:
    """A street, a zone or a peer more: every count and every other area's row stays."""
    world = asked.world
    new = [
        one
        for one in (
            street(asked.oracle.districts[0].id),
            zone([asked.oracle.districts[0].id]),
            peer(),
        )
        if one.id not in {a.id for a in world.areas}
    ]
    if not new:
        return
    stranger = new[number(0, len(new) - 1)]
    like = world.area(asked.oracle.districts[number(0, len(asked.oracle.districts) - 1)].id)
    other = again(
        asked,
        replace(
            world,
            areas=(*world.areas, stranger),
            promises=(
                *world.promises,
                *(replace(p, area=stranger.id) for p in world.promises if p.area == like.id),
            ),
            reports=(
                *world.reports,
                *(replace(r, area=stranger.id) for r in world.reports if r.area == like.id),
            ),
        ),
    )
    words = [("report",), ("status",), ("city",), *(("gap", "-d", area.id) for area in world.areas)]
    for question in words if world.period.startswith("H2") else [*words, ("catchup",)]:
        assert asked.rows(*question) == [
            row for row in other.rows(*question) if row["area"] != stranger.id
        ], question
    for one in asked.shown("report").tables:
        two = next(table for table in other.shown("report").tables if table.title == one.title)
        # the key of the scorecard says that a zone which comes in is not counted
        legend = two.below[0].removesuffix(" Overlapping areas are not counted.")
        assert one.below[0].removesuffix(" Overlapping areas are not counted.") == legend
        assert one.rows == [row for row in two.rows if not row[0].startswith(stranger.names[0])]
    counts = r"Of [0-9]|None of|Figures rec|Compared with|The districts|By weight|The largest"
    for item in world.indicators:
        ours, theirs = (
            [unmarked(line) for line in lines_of(brief(one, item)) if re.match(counts, line)]
            for one in (asked, other)
        )
        assert ours == theirs


def lines_of(told: Shown) -> list[str]:
    """The sentences of a briefing."""
    return [line for table in told.tables for line in table.below]


def unmarked(line: str) -> str:
    """A sentence without the numbers of its sources."""
    return re.sub(MARK, "", line)


def check_indicators(asked: Asked, number: Number) -> None:
    """An indicator less: the rows of all others stay as they were."""
    world = asked.world
    weights = {item.weight for item in world.indicators}
    spare = [item for item in world.indicators if item.id not in weights]
    gone = spare[number(0, len(spare) - 1)]
    kept = tuple(item for item in world.indicators if item != gone)
    if not kept or not any(report.indicator != gone.id for report in world.reports):
        return
    of_kept = lambda rows: tuple(row for row in rows if row.indicator != gone.id)
    headline = "" if world.headline == gone.id else world.headline
    other = again(
        asked,
        replace(
            world,
            indicators=kept,
            promises=of_kept(world.promises),
            reports=of_kept(world.reports),
            headline=headline,
        ),
    )
    for question in (("report",), *(("gap", "-d", area.id) for area in world.areas)):
        assert [row for row in asked.rows(*question) if row["indicator"] != gone.id] == other.rows(
            *question
        )
    for item in kept:
        for name in ("report", "city", "catchup", "status", "brief"):
            if not (name == "catchup" and world.period.startswith("H2")):
                words = (name, "-i", item.id)
                assert asked.run(*words) == other.run(*words), words


def check_choice(asked: Asked, number: Number) -> None:
    """A choice of areas or indicators leaves rows out, and changes none."""
    world = asked.world
    item, area = (
        world.indicators[number(0, len(world.indicators) - 1)],
        world.areas[number(0, len(world.areas) - 1)],
    )
    for name in ("report", "status", "catchup"):
        if not (name == "catchup" and world.period.startswith("H2")):
            rows = asked.rows(name)
            assert asked.rows(name, "-i", item.id) == [
                row for row in rows if row["indicator"] == item.id
            ]
            assert asked.rows(name, "-d", area.id) == [
                row for row in rows if row["area"] == area.id
            ]
    for verdict in ("missed", "met", "open", "undetermined", "not_reported", "no_target"):
        assert asked.rows("report", "--only", verdict) == [
            row for row in asked.rows("report") if row["verdict"] == verdict
        ]


# ---- in three languages ---------------------------------------------------------------------------------------------
def decimals_told(text: str, language: str) -> list[str]:
    """Every number with a decimal sign in a text, as English writes it; digits are grouped and parted as the language does."""
    if language == "fr":
        text = re.sub(r"(?<=[0-9]) (?=[0-9]{3})", "", text).replace(",", ".")
    elif language == ENGLISH:
        text = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", text)
    return sorted(re.findall(r"(?:(?<![0-9A-Za-z.])[-+])?[0-9]+\.[0-9]+", text))


def counts_told(text: str) -> list[str]:
    """Every number of a sentence that has no period in it."""
    return sorted(re.findall("[0-9]+", text))


def check_languages(asked: Asked, number: Number) -> None:
    """In Chinese and French the same tables with the same numbers and signs, the same counts, and as many sentences in a briefing."""
    language = ("zh", "fr")[number(0, 1)]
    for words in (w for w in questions(asked.world) if w[0] != "brief"):
        ours, theirs = (
            of_markdown(asked.run(*words, "-f", "md", language=told))
            for told in (ENGLISH, language)
        )
        for one, two in zip(ours.tables, theirs.tables, strict=True):
            check_translated(one, two, language)
            if words[0] == "report":
                of_many = "Indicator" in one.head or one.title.startswith("Scorecard")
                unit = "" if of_many else named(asked, one.title).unit
                assert counts_told(one.below[0].replace(unit, "")) == counts_told(
                    two.below[0].replace(unit, "")
                )
    for item in asked.world.indicators:
        ours, theirs = (lines_of(brief(asked, item, told)) for told in (ENGLISH, language))
        for one, two in zip(ours, theirs, strict=True):
            assert decimals_told(one, ENGLISH) == decimals_told(two, language)


def check_translated(one: Table, two: Table, language: str) -> None:
    """The same cells, but for their words."""
    assert (len(one.head), len(one.rows)) == (len(two.head), len(two.rows))
    for row, other in zip(
        one.records(), [dict(zip(one.head, row, strict=True)) for row in two.rows], strict=True
    ):
        for heading, cell in row.items():
            assert bool(cell) is bool(other[heading]), heading
            if heading == "Verdict" and cell[:1] in SIGNS:
                assert cell[:1] == other[heading][:1]
            elif heading in ("Target", "Actual", "So far", "Year"):
                told, theirs = amounts(cell, ENGLISH), amounts(other[heading], language)
                # in Chinese a scale word stays as published; in English the heading's unit has it
                powers = (0, 4, 8) if re.search("[万亿]", other[heading]) else (0,)
                assert told in [[one.scaleb(-p).normalize() for one in theirs] for p in powers]
            elif heading != "Period":
                assert decimals_told(cell, ENGLISH) == decimals_told(other[heading], language), (
                    heading
                )


SCALES = {
    "thousand": 3,
    "milliard": 9,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "万亿": 12,
    "万": 4,
    "亿": 8,
}


def amounts(text: str, language: str) -> list[Decimal]:
    """The numbers of a figure without its scale words; a period in brackets behind it is none of them."""
    text = re.sub(r"[(（].*", "", text)
    if language == "fr":
        text = re.sub(r"(?<=[0-9]) (?=[0-9]{3})", "", text).replace(",", ".")
    elif language == ENGLISH:
        text = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", text)
    found = []
    for number, scale in re.findall(
        rf"(?<![0-9])(-?[0-9]+(?:\.[0-9]+)?)(?: ?({'|'.join(SCALES)}))?", text
    ):
        found.append(Decimal(number).scaleb(SCALES.get(scale, 0)).normalize())
    return found


# ---- the tests ------------------------------------------------------------------------------------------------------
CHANGES = {
    "rows in another order": check_order,
    "other ids": check_names,
    "all signs turned": check_mirror,
    "a unit ten times as large": check_scale,
    "an area that is no district": check_strangers,
    "an indicator less": check_indicators,
    "a choice of rows": check_choice,
    "another language": check_languages,
}


@pytest.mark.parametrize("seed", seeds(0, 4))
@pytest.mark.parametrize("change", CHANGES)
def test_no_answer_changes_but_for(change: str, seed: int, tmp_path: Path) -> None:
    examined(CHANGES[change], seed, tmp_path)
