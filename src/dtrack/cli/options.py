"""The options that commands share, each declared once, and what their words mean."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dtrack.cli import complete
from dtrack.cli.output import announce
from dtrack.cli.progress import waiting
from dtrack.core.findings import BlockedByFindings, UnknownName
from dtrack.core.places import OWN_FOLDER
from dtrack.core.severity import Severity
from dtrack.core.translate import _, enumerated

if TYPE_CHECKING:
    from dtrack.analysis.question import Query
    from dtrack.core import period
    from dtrack.workspace import Workspace


Period = Annotated[
    str | None,
    typer.Argument(
        metavar="[PERIOD]",
        autocompletion=complete.periods,
        help="The period, in any spelling, in place of --half.",
        show_default=False,
    ),
]


def half_option(told: str) -> Any:
    """The option --half, also called --period, of one command."""
    return typer.Option(
        "--half", "--period", metavar="PERIOD", autocompletion=complete.periods, help=told
    )


Half = Annotated[
    str | None,
    half_option(
        "The period: H1-2024, 2024H1, Q1-2024, 2024. [default: the newest half with a figure]"
    ),
]
OnlyPeriod = Annotated[str | None, half_option("Only this period. [default: all]")]
UpToPeriod = Annotated[str | None, half_option("Only up to, or of, this period. [default: all]")]
Indicators = Annotated[
    list[str] | None,
    typer.Option(
        "--indicator",
        "-i",
        metavar="ID",
        autocompletion=complete.indicators,
        help="Only this indicator; may be repeated.",
    ),
]
Districts = Annotated[
    list[str] | None,
    typer.Option(
        "--district",
        "-d",
        metavar="ID",
        autocompletion=complete.areas,
        help="Only this area, in any spelling; may be repeated.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Use only what was known on that day."),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="VERDICT",
        help="Only these verdicts: missed, met, open (in progress), undetermined (cannot be "
        "assessed), not-reported, no-target; may be repeated.",
    ),
]
Sort = Annotated[
    str, typer.Option("--sort", metavar="gap|area|actual|percent", help="Order of the rows.")
]
ReportSort = Annotated[
    str, typer.Option("--sort", metavar="worst|gap|area|actual|percent", help="Order of the rows.")
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="missed|not-reported",
        help="Exit with 4 if a row has this verdict; may be repeated.",
    ),
]
Tolerance = Annotated[
    str | None,
    typer.Option(
        "--tolerance",
        metavar="PP",
        help="Percentage points by which growth and share may be below target.",
    ),
]
SetAside = Annotated[
    bool,
    typer.Option(
        "--set-aside",
        help="Go on without invalid rows; their results cannot be assessed.",
    ),
]
Sources = Annotated[
    bool, typer.Option("--sources", help="List the sources on the screen; files always do.")
]
Everything = Annotated[
    bool,
    typer.Option(
        "--all",
        help="Show every row, without a target too; in CSV and JSON the whole grid.",
    ),
]


Folder = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="DIR",
        help="The folder with targets.toml. [default: $DTRACK_WORKSPACE, else upward from here]",
    ),
]

VERDICT_CHOICES = ("met", "missed", "open", "undetermined", "not_reported", "no_target")


def load(folder: Path | None, *, to_write: bool = False, remember: bool = False) -> Workspace:
    """The workspace named, or found; what its files say wrong is in its findings.

    `to_write`, `remember` as in `load_any`. Raises BlockedByFindings where areas or indicators are
    missing altogether.
    """
    dataset = load_any(folder, to_write=to_write, remember=remember)
    waiting.doing(_("Calculating"))
    refusing = tuple(finding for finding in dataset.findings if finding.severity is Severity.ERROR)
    if refusing and not (dataset.areas and dataset.indicators):
        raise BlockedByFindings(refusing)
    return dataset


def load_any(folder: Path | None, *, to_write: bool = False, remember: bool = False) -> Workspace:
    """The workspace, whatever its files say; what an interrupted dtrack left is told first.

    `to_write`: it is finished or cleared, and the workspace knows the bytes that it was read from;
    `remember`: that alone.
    """
    from dtrack.storage.paths import find
    from dtrack.workspace import load as load_workspace

    waiting.doing(_("Reading the workspace"))
    found = find(folder, os.environ.get("DTRACK_WORKSPACE"), Path.cwd())
    # asked here, so that a report does not load what only writers need
    if os.path.lexists(found / OWN_FOLDER):
        from dtrack.storage import transaction

        (transaction.recover if to_write else transaction.notice)(found, announce)
    dataset = load_workspace(found, remember=to_write or remember)
    complete.remember(dataset)
    return dataset


def today() -> int:
    """The day of the clock, as the number yyyymmdd."""
    import datetime as dt

    return int(f"{dt.date.today():%Y%m%d}")  # noqa: DTZ011 - the day of whoever types


def question(
    folder: Path | None,
    half: str | None,
    as_of: str | None,
    tolerance: str | None = None,
    set_aside: bool = False,
) -> Query:
    """The query of the words; one that is no period, day or number is a bad command line.

    `folder`: the workspace, which says with which month its years begin.
    """
    from dtrack.analysis.question import Query

    if half is not None:
        _period(folder, half, "--half")
    option = "--as-of"
    try:
        Query.of(None, as_of=as_of)
        option = "--tolerance"
        return Query.of(half, as_of=as_of, tolerance=tolerance, set_aside=set_aside)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def one_period(folder: Path | None, named: str | None, half: str | None) -> str | None:
    """The period that is named alone, or by --half; two that differ are a bad command line."""
    if named is None:
        return half
    period = _period(folder, named, "PERIOD")
    if half is not None and _period(folder, half, "--half") != period:
        told = _("“{one}” and “{other}” are two periods: give one", one=named, other=half)
        raise typer.BadParameter(told, param_hint="--half")
    return named


def _period(folder: Path | None, word: str, option: str) -> period.Period:
    """The period that a word of the command line names; one that is none is a bad one."""
    from dtrack.core.period import Period

    try:
        _take_calendar(word, folder)
        return Period.parse(word)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def _take_calendar(half: str, folder: Path | None) -> None:
    """Ask the workspace with which month years begin, where the word needs it: FY2024, 2007-08."""
    from dtrack.core.period import Period
    from dtrack.core.years import JANUARY, is_twin, use_calendar
    from dtrack.storage.paths import Files, find
    from dtrack.storage.targets import read_calendar

    use_calendar(JANUARY)
    with suppress(ValueError):
        if Period.parse(half) and not is_twin(half.strip()):
            return
    found = find(folder, os.environ.get("DTRACK_WORKSPACE"), Path.cwd())
    use_calendar(read_calendar(Files(found)))


def percentage_points(word: str | None, option: str) -> float | None:
    """The plain number of percentage points that an option gives, neither inf nor nan."""
    if word is None:
        return None
    if not re.fullmatch(r"[+-]?[0-9]{1,4}(?:\.[0-9]{1,6})?", word):
        told = _(
            "“{text}” is not a number of percentage points: write a plain number, for example -1.5",
            text=word,
        )
        raise typer.BadParameter(told, param_hint=option)
    return float(word)


def verdicts(
    words: list[str] | None, option: str, allowed: tuple[str, ...] = VERDICT_CHOICES
) -> tuple[str, ...]:
    """Verdicts from words with - or _, several in one word with commas."""
    found = tuple(
        word.strip().lower().replace("-", "_") for entry in words or () for word in entry.split(",")
    )
    return tuple(one_of(word, allowed, option) for word in found)


def areas(
    workspace: Workspace, wanted: list[str] | None, option: str = "--district"
) -> tuple[int, ...]:
    """Positions of the areas that `option` names, in any spelling."""
    try:
        return tuple(workspace.area_position[workspace.find_area(name).id] for name in wanted or ())
    except UnknownName as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def indicators(workspace: Workspace, wanted: list[str] | None) -> tuple[int, ...]:
    """Positions of the indicators named."""
    try:
        return tuple(
            workspace.indicator_position[workspace.find_indicator(name).id] for name in wanted or ()
        )
    except UnknownName as error:
        raise typer.BadParameter(str(error), param_hint="--indicator") from None


def goes_on(context: typer.Context) -> bool:
    """A command of a group was typed, so the group itself has nothing to do.

    An option before that command's name would be the list's own and be lost without a word: that is
    a bad command line.
    """
    name = context.invoked_subcommand
    if name is not None and any(
        value not in (None, False, ()) and value != [] for value in context.params.values()
    ):
        raise typer.BadParameter(
            _(
                "options before “{command}” belong to the list command; write them after "
                "“{command}”",
                command=name,
            )
        )
    return name is not None


def one_of(word: str, allowed: Iterable[str], option: str) -> str:
    """The word, if it is one that the option knows."""
    if word not in (words := tuple(allowed)):
        told = _("“{word}” is not one of {words}", word=word, words=enumerated(words))
        raise typer.BadParameter(told, param_hint=option)
    return word
