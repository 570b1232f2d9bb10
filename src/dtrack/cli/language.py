"""Language of a command (en, zh or fr), from its options and the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from dtrack.core.translate import ENGLISH, choose_language

Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="zh|en|fr",
        help="The language. [default: $DTRACK_LANG, else the locale's, else en]",
    ),
]
# what programs read is English whatever is spoken, its findings on stderr included
MACHINE = (".csv", ".json")


def language_of(option: str | None, given: Mapping[str, Any]) -> str:
    """The language asked for, that of DTRACK_LANG, or the locale's.

    English where a program is to read the answer. `given`: the command's other words. An
    unknown language is a bad command line.
    """
    language = spoken(option)
    return ENGLISH if for_programs(given) else language


def for_programs(given: Mapping[str, Any]) -> bool:
    """A program is to read the answer to a command with these words."""
    form, file = given.get("format"), given.get("output")
    machine = isinstance(form, str) and f".{form}" in MACHINE
    return machine or (form is None and isinstance(file, Path) and file.suffix.lower() in MACHINE)


def spoken(option: str | None) -> str:
    """The language of whoever reads: that of the option, of DTRACK_LANG, or the locale's.

    An unknown language is a bad command line.
    """
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    of_locale = next(filter(None, variables), None)
    if of_locale is None:
        import locale  # Windows has no such variable

        of_locale = locale.getlocale()[0]
    try:
        return choose_language(option, os.environ.get("DTRACK_LANG"), of_locale)
    except ValueError as error:
        raise typer.BadParameter(
            str(error), param_hint="--lang" if option else "DTRACK_LANG"
        ) from None
