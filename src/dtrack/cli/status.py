"""`dtrack status`: what was received, late or outstanding, and what changed since a day."""

from __future__ import annotations

from typing import Annotated

import typer

from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.query import ask, tell_rest
from dtrack.cli.result import Output, signs
from dtrack.core.days import parse_day
from dtrack.core.findings import MISSED
from dtrack.core.translate import _

Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="DAY",
        help="Show also what was published after that day; in CSV and JSON, that alone. With a "
        "period, of that period only.",
    ),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="incomplete|late",
        help="Exit with 4 if a figure is missing, or was late; may be repeated.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("status")(status)


@guarded
def status(
    period: opt.Period = None,
    half: opt.Half = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    since: Since = None,
    fail_on: FailOn = None,
    *,
    out: Output,
    workspace: opt.Folder = None,
) -> None:
    """Show reporting status: received, late and outstanding returns."""
    half = opt.one_period(workspace, period, half)
    given = opt.question(workspace, half, as_of)
    failing, day = opt.verdicts(fail_on, "--fail-on", ("incomplete", "late")), _day(since)
    from dtrack.reporting.changes import ChangesAnswer
    from dtrack.reporting.completeness import StatusAnswer

    asked = ask(workspace, given, district, indicator, newest=True)
    asked.raise_if_blocked(asked.query if day is None else given, weights=True)
    dataset, query, areas, indicators = asked
    if "late" in failing and query.period not in dataset.due:
        from dtrack.i18n.formatting import period_shown

        told = _(
            "no due date for {period}: add it under [due] in targets.toml",
            period=period_shown(str(query.period)),
        )
        raise typer.BadParameter(told, param_hint="--fail-on")
    answer = StatusAnswer(dataset, query, areas, indicators)
    changed = ChangesAnswer(dataset, given, day, areas, indicators) if day is not None else None
    out.put(
        (changed or answer).tidy,
        lambda: answer.document(
            changed.sheet() if changed else None, signs(out.form), whole=not out.form.on_screen
        ),
    )
    tell_rest(dataset, query)
    if ("incomplete" in failing and answer.is_incomplete) or ("late" in failing and answer.is_late):
        raise typer.Exit(MISSED)


def _day(text: str | None) -> int | None:
    """The day of --since as yyyymmdd; a month or a year counts from its last day."""
    try:
        day = parse_day(text) if text is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--since") from None
    if day == 0:
        raise typer.BadParameter(
            _("a date is required, for example 2024-08-30"), param_hint="--since"
        )
    return day
