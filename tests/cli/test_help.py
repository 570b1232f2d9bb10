"""--help as people read it: in groups, whole lines, a verb first; at 80 columns and at any other."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache

import pytest

from dtrack.cli import COMMANDS, app_of
from dtrack.cli.help import GROUPS
from dtrack.reporting.document import width_of
from support.terminals import environment

GROUPED = ("targets", "sources")
OF_GROUPS = ("targets set", "targets import", "sources add")
EVERY = ["", *COMMANDS, *OF_GROUPS]
VERBS = {"Show", "Explain", "Check", "Import", "Export", "Set", "List", "Add", "Create", "Compare"}


@cache
def shown(command: str, columns: int = 80) -> str:
    """What --help shows, of a process of its own: Typer's runner has a width of its own."""
    words = [sys.executable, "-m", "dtrack", *command.split(), "--help"]
    variables = environment(COLUMNS=str(columns), PYTHONIOENCODING="utf-8")
    return subprocess.run(
        words, env=variables, capture_output=True, encoding="utf-8", check=True
    ).stdout


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("command", EVERY)
def test_no_line_is_cut_or_too_long(command, columns):
    out = shown(command, columns)
    assert [line for line in out.splitlines() if width_of(line) > columns] == []
    assert "…" not in out
    assert "..." not in out.replace("[ARGS]...", "")


@pytest.mark.parametrize("command", EVERY)
def test_help_begins_with_a_verb_and_fits_one_line(command):
    first = shown(command).split("\n\n")[1]
    assert re.match(r" {2}(\w+) ", first)[1] in VERBS
    assert "\n" not in first
    assert first.endswith(".")


def test_the_list_of_commands_is_in_groups_one_line_each():
    out = shown("")
    assert list(GROUPS) == ["Results", "Explanation", "Collection", "Workspace"]
    blocks = dict(re.findall(r"^(\w+):\n((?:  .*\n?)+)", out, re.MULTILINE))
    for heading, names in GROUPS.items():
        lines = blocks[heading].splitlines()
        assert [line.split()[0] for line in lines] == list(names)
    told = {
        line.split()[0]: line.split(maxsplit=1)[1] for line in "".join(blocks.values()).splitlines()
    }
    for command in COMMANDS:
        assert told[command] == shown(command).split("\n\n")[1].strip()


def test_every_command_is_in_a_group():
    app = app_of()
    there = [command.name for command in app.registered_commands]
    there += [group.name for group in app.registered_groups]
    assert sorted(COMMANDS) == sorted(there)
