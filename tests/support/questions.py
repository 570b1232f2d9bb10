"""A random world laid down as a workspace, what dtrack answers there, and a smaller world that fails alike.

Commands are typed in process, as `conftest.run` does it. What five formats for people show, and what two for programs hold, is compared
at each answer: an `Asked` gives an answer only where they agree.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import dtrack.workspace
from dtrack.cli import app_of
from dtrack.core.translate import ENGLISH, active_language, speaking
from support.oracle import Cell, Oracle, half_up
from support.random_workspaces import CITY, Indicator, World, drawn, written
from support.read_back import (
    Shown,
    Table,
    of_brief_page,
    of_csv,
    of_json,
    of_markdown,
    of_page,
    of_text,
    of_word,
    of_workbook,
)

SIGNS = {
    "✓": "met",
    "✗": "missed",
    "…": "open",
    "?": "undetermined",
    "!": "not_reported",
    "·": "no_target",
}
WORDS = {
    "open": "in progress",
    "undetermined": "cannot be assessed",
    "not_reported": "not reported",
    "no_target": "no target",
}  # of verdicts, where they are not their codes
MARK = r" ?\[[0-9, ]+\]"  # the numbers of sources behind a sentence or an item


# ---- which worlds ---------------------------------------------------------------------------------------------------
def seeds(first: int, few: int) -> range:
    """Seeds of worlds: `few` of them, always the same; DTRACK_WORLDS=2000 has so many, DTRACK_WORLDS=5000..9000 just those."""
    asked = os.environ.get("DTRACK_WORLDS", "")
    begin, dots, end = asked.rpartition("..")
    return (
        range(first, first + few)
        if not asked
        else range(int(begin), int(end))
        if dots
        else range(int(end))
    )


def examined(check: Callable[..., None], seed: int, folder: Path) -> None:
    """Hold a check against the world of a seed. Where it fails, the smallest world found that fails too is told with it."""
    world = drawn(Random(seed).randint)
    try:
        _held(check, world, seed, folder / "0")
    except AssertionError as error:
        tries = (folder / str(number) for number in range(1, 1000))
        small = smallest(world, lambda other: _fails(check, other, seed, next(tries)))
        asked = f"asked for {small.period}" + (f" as of {small.as_of}" if small.as_of else "")
        error.add_note(
            f"The world of seed {seed}, made small, {asked}:\n{_files(written(small, folder / 'small'))}"
        )
        raise


def _held(check: Callable[..., None], world: World, seed: int, folder: Path) -> None:
    folder.mkdir(parents=True)
    check(Asked(world, folder / "world"), Random(-seed).randint)


def _fails(check: Callable[..., None], world: World, seed: int, folder: Path) -> bool:
    try:
        _held(check, world, seed, folder)
    except AssertionError:
        return True
    except Exception:  # a world made too small to be asked is no smaller failure
        return False
    return False


def smallest(world: World, fails: Callable[[World], bool]) -> World:
    """The world with one thing after the other left out, as long as it fails."""
    found = True
    while found:
        found = next((other for other in _smaller(world) if fails(other)), None)
        world = found or world
    return world


def _smaller(world: World) -> Iterator[World]:
    """Worlds with one thing less: an indicator, an area, some figures, a target, a day."""
    for item in world.indicators:
        kept = tuple(
            replace(other, weight="") if other.weight == item.id else other
            for other in world.indicators
            if other != item
        )
        of_kept = lambda rows, gone=item: tuple(row for row in rows if row.indicator != gone.id)
        if kept and of_kept(world.reports):
            yield replace(
                world,
                indicators=kept,
                promises=of_kept(world.promises),
                reports=of_kept(world.reports),
                headline="",
            )
    for area in world.areas:
        if area.id not in (CITY, world.reference) and not any(
            area.id in (a.parent, *a.overlaps) for a in world.areas
        ):
            of_others = lambda rows, gone=area: tuple(row for row in rows if row.area != gone.id)
            if of_others(world.reports):
                yield replace(
                    world,
                    areas=tuple(a for a in world.areas if a != area),
                    promises=of_others(world.promises),
                    reports=of_others(world.reports),
                )
    for name in ("reports", "promises"):
        rows = getattr(world, name)
        for size in (len(rows) // 2, len(rows) // 4, 1):
            for at in range(0, len(rows) if size else 0, max(size, 1)):
                left = rows[:at] + rows[at + size :]
                if left or name == "promises":
                    yield replace(world, **{name: left})
    if world.as_of or world.due:
        yield replace(world, as_of="", due="")


def _files(folder: Path) -> str:
    names = ("targets.toml", "data/areas.csv", "data/actuals/part-0.csv")
    return "\n".join(f"--- {name}\n{(folder / name).read_text(encoding='utf-8')}" for name in names)


# ---- asking ---------------------------------------------------------------------------------------------------------
@cache
def command(name: str) -> Any:
    """A command as the command line makes it when only that is typed, made once."""
    return get_command(app_of([name]))


def typed(words: Sequence[str]) -> bytes:
    """What a command that must end well writes to its output, as bytes."""
    with CliRunner().isolation() as (out, err, _), speaking(ENGLISH):
        try:
            command(words[0]).main(list(words), prog_name="dtrack")
        except SystemExit as ended:
            assert not ended.code, err.getvalue().decode()  # noqa: PT017 - an exit is how every command ends
        sys.stdout.flush()
        return out.getvalue()


class Asked:
    """A world laid down in a folder, and what dtrack answers there."""

    def __init__(self, world: World, folder: Path, **options: int) -> None:
        self.world, self.folder = world, written(world, folder, **options)
        self.oracle = Oracle(world)
        self.said: dict[tuple[str, ...], bytes] = {}

    def run(self, *words: str, language: str = ENGLISH) -> bytes:
        """What one command writes to a pipe. Nothing that a world holds may stop it."""
        words = (*words, "--half", self.world.period, "--workspace", str(self.folder))
        words += ("--as-of", self.world.as_of) if self.world.as_of else ()
        words += ("--lang", language) if language != ENGLISH else ()
        if words not in self.said:
            self.said[words] = typed(words)
        return self.said[words]

    def file(self, *words: str) -> bytes:
        """What one command writes into a text file: all that the other formats have."""
        at = self.folder / f"{'_'.join(words)}.txt"
        self.run(*words, "-o", str(at))
        return at.read_bytes()

    def rows(self, *words: str) -> list[dict[str, str]]:
        """The tidy rows of a command; as CSV and as JSON they are the same, letter by letter."""
        rows = of_csv(self.run(*words, "-f", "csv"))
        assert rows == of_json(self.run(*words, "-f", "json"))
        return rows

    def shown(self, *words: str) -> Shown:
        """The answer for people; in five formats it is the same, cell by cell and sentence by sentence."""
        md = of_markdown(self.run(*words, "-f", "md"))
        for other in (
            of_text(self.file(*words)),
            of_page(self.run(*words, "-f", "html")),
            of_word(self.run(*words, "-f", "docx")),
        ):
            same(md, other)
        # tables of one row share a tab, and so their headings
        same(md, of_workbook(self.run(*words, "-f", "xlsx")), by_cell=True)
        return md


def same(one: Shown, other: Shown, *, by_cell: bool = False) -> None:
    """Two formats show the same tables in the same order, the same sentences, the same sources.

    `by_cell`: a heading may have lost its unit, and an empty column may be missing.
    """
    tables = [
        [
            (table.title, filled(table)) if by_cell else (table.title, table.head, table.rows)
            for table in shown.tables
            if table.head
        ]
        for shown in (one, other)
    ]
    assert tables[0] == tables[1]
    assert sentences(one) == sentences(other)
    assert one.sources == other.sources


def filled(table: Table) -> list[dict[str, str]]:
    """The cells of each row that hold something, by their headings without unit."""
    return [
        {re.sub(" ?[(（].*", "", heading): text for heading, text in row.items() if text}
        for row in table.records()
    ]


def sentences(told: Shown) -> list[str]:
    """All that is told beside tables, in any order: formats put what ends an answer in different places."""
    lines = [*told.headline, *told.closing]
    for table in told.tables:
        lines += table.below if table.head else [table.title, *table.below]
    return sorted(re.sub(" {2,}", " ", line) for line in lines if line)


def brief(asked: Asked, item: Indicator, language: str = ENGLISH) -> Shown:
    """A briefing; as text, as Markdown, as a page and as a Word file it is the same."""
    words = ("brief", "-i", item.id)
    md = of_markdown(asked.run(*words, "-f", "md", language=language))
    for other in (
        of_text(asked.run(*words, language=language)),
        of_brief_page(asked.run(*words, "-f", "html", language=language)),
        of_word(asked.run(*words, "-f", "docx", language=language), masthead=True),
    ):
        same(_raised(md), _raised(other))
    return md


def _raised(told: Shown) -> Shown:
    """The same with the numbers of sources raised, with no blank before, as pages have them."""
    raised = lambda lines: [re.sub(r" (?=\[[0-9])", "", line) for line in lines]
    tables = [replace(table, below=raised(table.below)) for table in told.tables]
    return replace(told, tables=tables, closing=raised(told.closing))


# ---- what is asked of an answer -------------------------------------------------------------------------------------
def judged(cell: Cell) -> str:
    """The verdict as a table tells it: a sign, a word, and what has to be known of it."""
    if not cell.verdict:
        return ""
    sign = next(sign for sign, verdict in SIGNS.items() if verdict == cell.verdict)
    told = f"{sign} {WORDS.get(cell.verdict, cell.verdict)}"
    if cell.basis == "stated":
        return f"{told} (as published)"
    if cell.sure is not False or cell.verdict not in ("met", "missed"):
        return told
    soft = cell.report.amount.wording == "around"
    return f"{told} ({'provisional' if cell.provisional else 'approximate' if soft else 'within rounding'})"


def named(asked: Asked, text: str) -> Indicator:
    """The indicator whose name begins a text: Output growth, and not Output."""
    return max(
        (item for item in asked.world.indicators if text.startswith(item.names[0])),
        key=lambda item: len(item.names[0]),
    )


def exactly(text: str, value: Fraction | Decimal | None) -> bool:
    """The number printed is the exact one at the decimals that are printed, halves away from zero; blank where there is none."""
    if value is None or not text:
        return (value is None) is (not text)
    return Decimal(text) == half_up(Fraction(value), len(text.partition(".")[2]))


@pytest.fixture(autouse=True, scope="module")
def in_haste() -> Iterator[None]:
    """A workspace that nobody changes is read once in each language: the answers are what is tried here."""
    load = dtrack.workspace.load
    read = lru_cache(16)(lambda folder, language: load(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dtrack.workspace, "load", lambda folder, **_: read(folder, active_language()))
        yield
