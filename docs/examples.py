"""The examples in README and the pages of docs/: where they stand, what they type, what it prints.

A fenced `console` block holds commands behind `$ ` and what they print. Comments right above a
block, each on a line of its own, say how it is run:

    <!-- in: PLACE -->      a session begins here: a copy of the workspace PLACE, or `empty`
    <!-- first: N -->       of each command the first N lines are shown, then …
    <!-- excerpt -->        lines were chosen by hand; … stands for what is left out
    <!-- exit: N -->        the last command of the block ends with this exit code
    <!-- file: PATH -->     not a command: the block is written to this file of the session
    <!-- sent: NAME -->     a workbook of tests/support/returns.py is put beside the folder
    <!-- lang: zh -->       from here on commands are typed where DTRACK_LANG is zh
    <!-- not run: WHY -->   nothing is run

Where no session has begun, commands are typed in the folder of the repository and only read.
"""

from __future__ import annotations

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = "…"
MARKS = ("in", "first", "excerpt", "exit", "file", "sent", "lang", "not run")
_PART = re.compile(
    rf"^<!-- (?P<mark>{'|'.join(MARKS)})(?:: (?P<value>[^\n]*?))? -->$"
    r"|^```(?P<kind>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_ROOM = re.compile("<room>(/empty)?")  # of a session: another folder every time
_WORKSPACES = {"symposium": ROOT / "examples" / "symposium"}
_UNASKED = ("DTRACK_WORKSPACE", "DTRACK_DEBUG", "FORCE_COLOR", "LANGUAGE", "LANG")
_AS_INSTALLED = "import sys; sys.argv[0] = 'dtrack'; from dtrack.__main__ import run; run()"


def pages() -> tuple[Path, ...]:
    """README in its languages and every page of docs/, in the order of their names."""
    return (*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").rglob("*.md")))


@dataclass(frozen=True)
class Block:
    """A fenced block: what it is of, its text, where this stands, and the marks above it."""

    kind: str
    text: str
    start: int
    marks: dict[str, str]

    @property
    def typed(self) -> list[tuple[str, list[str]]]:
        """Each command of a `console` block with the lines quoted under it."""
        parts = re.split(r"^\$ ", self.text, flags=re.MULTILINE)[1:]
        return [(part.splitlines()[0], part.splitlines()[1:]) for part in parts]

    @property
    def is_run(self) -> bool:
        """Its commands are typed."""
        return self.kind == "console" and "not run" not in self.marks


@dataclass(frozen=True)
class Told:
    """One command of a block: what is quoted under it, what it printed, its exit code."""

    block: Block
    command: str
    quoted: list[str]
    printed: list[str]
    code: int

    @property
    def shown(self) -> list[str]:
        """What the page should show: all lines, or the first ones and a mark of the rest."""
        count = int(self.block.marks.get("first", len(self.printed)))
        cut = self.printed[:count]
        while cut and len(cut) < len(self.printed) and not cut[-1]:
            cut.pop()
        return [*cut, LEFT_OUT] if len(cut) < len(self.printed) else cut


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page in order; marks belong to the block that follows them."""
    marks: dict[str, str] = {}
    for part in _PART.finditer(text):
        if part["mark"]:
            marks[part["mark"]] = part["value"] or ""
        else:
            yield Block(part["kind"], part["text"], part.start("text"), marks)
            marks = {}


@dataclass
class _Session:
    """Where commands are typed: a folder that `cd` changes, and a language."""

    folder: Path = ROOT
    language: str = "en"
    rooms: list[Path] = field(default_factory=list)

    def begin(self, place: str) -> None:
        """Start in a fresh copy of a workspace, or in an empty folder."""
        self.folder = Path(tempfile.mkdtemp()).resolve() / place
        self.rooms.append(self.folder.parent)
        if place == "empty":
            self.folder.mkdir()
        else:
            shutil.copytree(_WORKSPACES[place], self.folder)

    def prepare(self, marks: dict[str, str]) -> None:
        """Do what the marks of a block ask before it is run."""
        self.language = marks.get("lang", self.language)
        if "in" in marks:
            self.begin(marks["in"])
        if "sent" in marks:
            returns = runpy.run_path(str(ROOT / "tests/support/returns.py"))
            sent = returns["workbook"](returns[marks["sent"].upper()])
            (self.folder.parent / "workbook.xlsx").write_bytes(sent)

    def write(self, name: str, text: str) -> None:
        """Write what a block shows into a file of the session."""
        if self.folder == ROOT:
            raise ValueError(f"{name}: files are written in a session only")
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def type(self, command: str) -> tuple[list[str], int]:
        """What the command prints, stdout and then stderr, and its exit code."""
        words = shlex.split(command)
        if words[0] == "cd":
            self.folder = (self.folder / words[1]).resolve()
            return [], 0
        if words[0] != "dtrack":
            raise ValueError(f"“{command}” is not dtrack: mark the block as not run, and say why")
        printed, code = _printed(words[1:], self.folder, self.language)
        for room in self.rooms:
            printed = [_ROOM.sub("/…", line.replace(str(room), "<room>")) for line in printed]
        # a clone may have any name, and `check` begins with that of the folder
        own = re.compile(rf"^{re.escape(ROOT.name)}(?=: )")
        return [own.sub("dtrack", line) for line in printed], code


def _printed(words: list[str], folder: Path, language: str) -> tuple[list[str], int]:
    """Run dtrack as it is installed, 100 columns wide, without colours."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNASKED}
    settings = {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as cache:
        done = subprocess.run(
            [sys.executable, "-c", _AS_INSTALLED, *words],
            cwd=folder,
            env=kept | settings | {"XDG_CACHE_HOME": cache, "DTRACK_LANG": language},
            capture_output=True,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            check=False,
        )
    said = done.stdout.rstrip().splitlines() + done.stderr.rstrip().splitlines()
    return [line.rstrip() for line in said], done.returncode


def told(text: str) -> list[Told]:
    """Every command of the page, typed in order in its sessions."""
    session, found = _Session(), []
    try:
        for block in blocks(text):
            session.prepare(block.marks)
            if "file" in block.marks:
                session.write(block.marks["file"], block.text)
            elif block.is_run:
                for command, quoted in block.typed:
                    found.append(Told(block, command, quoted, *session.type(command)))
    finally:
        for room in session.rooms:
            shutil.rmtree(room, ignore_errors=True)
    return found


def recorded(text: str) -> str:
    """The page with what its commands now print; excerpts, chosen by hand, stay as they are."""
    shown: dict[int, str] = {}
    for each in told(text):
        if "excerpt" not in each.block.marks:
            lines = "\n".join([f"$ {each.command}", *each.shown])
            shown[each.block.start] = f"{shown.get(each.block.start, '')}{lines}\n"
    for block in reversed(list(blocks(text))):
        if block.start in shown:
            end = block.start + len(block.text)
            text = text[: block.start] + shown[block.start] + text[end:]
    return text


def missing(each: Told) -> list[str]:
    """The quoted lines that are not printed where they should be; in an excerpt … stands for any.

    At the end of a line … stands for the rest of the line.
    """
    if "excerpt" not in each.block.marks:
        return [] if each.quoted == each.shown else [f"{each.command}: run docs/refresh.py"]
    at, gap, wrong = 0, False, []
    for line in each.quoted:
        if line == LEFT_OUT:
            gap = True
            continue
        start, cut = line.removesuffix(f" {LEFT_OUT}"), line.endswith(f" {LEFT_OUT}")
        hits = [
            number
            for number in range(at, len(each.printed))
            if (each.printed[number].startswith(start) if cut else each.printed[number] == line)
        ]
        if hits and (gap or hits[0] == at):
            at, gap = hits[0] + 1, False
        else:
            wrong.append(line)
    return wrong if gap or at == len(each.printed) or wrong else [f"more: {each.printed[at]}"]
