"""The reference of the command line, made from the commands themselves: docs/reference/cli.md.

In comes Typer's app, out come a table of all commands and, for each, its words, its usage and its
options as a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import typer

from dtrack.cli import app_of
from dtrack.cli.help import GROUPS

_DEFAULT = re.compile(r"\s*\[default: (?P<value>[^\]]*)\]$")
_ONE_OF = re.compile(r"[a-z0-9_-]+(\|[a-z0-9_-]+)+")


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines
    )


def commands() -> dict[str, Any]:
    """Every command as it is typed, in the order of `--help`."""
    app: Any = typer.main.get_command(app_of())
    found: dict[str, Any] = {}
    for name in (name for names in GROUPS.values() for name in names):
        found[name] = app.commands[name]
        inner = getattr(found[name], "commands", {})
        found |= {f"{name} {word}": each for word, each in inner.items()}
    return found


def overview(reference: str) -> str:
    """The table of commands, one line each; `reference` is where the page is seen from here."""
    first = {next(iter(names)): heading for heading, names in GROUPS.items()}
    rows = (
        (
            first.get(name, ""),
            f"[`{name}`]({reference}#{name.replace(' ', '-')})",
            sentences(command)[0],
        )
        for name, command in commands().items()
    )
    return table(("", "command", "what it does"), rows)


def reference() -> str:
    """Every command with its options."""
    return "\n\n".join("\n\n".join(_parts(name, each)) for name, each in commands().items())


def sentences(command: Any) -> list[str]:
    """What a command says of itself, a paragraph each."""
    paragraphs = re.split(r"\n\s*\n", (command.help or "").strip())
    return [" ".join(paragraph.split()) for paragraph in paragraphs]


def _parts(name: str, command: Any) -> Iterator[str]:
    yield f"## {name}"
    yield from sentences(command)
    shown = [each for each in command.params if not getattr(each, "hidden", False)]
    arguments = [each for each in shown if each.param_type_name == "argument"]
    options = [each for each in shown if each.param_type_name == "option"]
    words = " ".join(_usage(each) for each in arguments)
    yield f"Usage: `dtrack {name} {f'[OPTIONS] {words}'.strip()}`"
    if arguments:
        yield table(("argument", "meaning"), (_argument(each) for each in arguments))
    if options:
        head = ("option", "value", "meaning", "default")
        yield table(head, (_option(each) for each in options))


def _usage(argument: Any) -> str:
    word = str(argument.name).upper()
    return word if argument.required else f"[{word}]"


def _argument(argument: Any) -> tuple[str, str]:
    meaning, default = _meaning(argument.help or "")
    return f"`{_usage(argument)}`", f"{meaning} Default: {default}." if default else meaning


def _option(option: Any) -> tuple[str, str, str, str]:
    meaning, default = _meaning(option.help or "")
    shown = option.show_default and not option.is_flag and option.default is not None
    if shown and not default and not callable(option.default):
        default = f"`{option.default}`"
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    if option.required:
        default = "required"
    return names, _value(option), meaning, default


def _value(option: Any) -> str:
    """What is written behind an option: nothing, a word in capitals, or one of a list."""
    if option.is_flag:
        return ""
    word = option.metavar or "TEXT"
    return ", ".join(f"`{each}`" for each in word.split("|")) if _ONE_OF.fullmatch(word) else word


def _meaning(told: str) -> tuple[str, str]:
    """What an option does, and its default where the sentence names one."""
    line = " ".join(told.split())
    if found := _DEFAULT.search(line):
        return line[: found.start()], found["value"]
    return line, ""
