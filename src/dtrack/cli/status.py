"""`dtrack status`.

Who has reported what and when, how late, what weight is in, and what changed since a day.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.output import FOR_PROGRAMS, format_for, put_document, put_sheet, signs
from dtrack.cli.report import tell_rest
from dtrack.core.findings import MISSED
from dtrack.core.period import parse_day
from dtrack.core.translate import _

Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="DAY",
        help="Tell also what was published after that day; as CSV or JSON, that alone. With --half, of that period only.",
    ),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="incomplete|late",
        help="Exit with 4 if any figure is missing, or was late; may be repeated.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("status")(status)


@guarded
def status(
    half: opt.Half = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    since: Since = None,
    fail_on: FailOn = None,
    format: opt.Format = None,
    output: opt.Output = None,
    bom: opt.Bom = False,
    workspace: opt.Folder = None,
) -> None:
    """Tell who has reported what and when, how late, and what is still to chase."""
    form = format_for(format, output)
    asked = opt.question(half, as_of, None, set_aside=False)
    failing, day = opt.verdicts(fail_on, "--fail-on", ("incomplete", "late")), _day(since)
    from dtrack.analysis.blocking import insist
    from dtrack.analysis.default_period import default_period
    from dtrack.model.schema import CHANGES, STATUS
    from dtrack.reporting.changes import ChangesAnswer
    from dtrack.reporting.columns import tidy
    from dtrack.reporting.completeness import StatusAnswer

    dataset = opt.load(workspace)
    areas, indicators = opt.areas(dataset, district), opt.indicators(dataset, indicator)
    given, asked = (
        asked,
        replace(asked, period=asked.period or default_period(dataset, asked, indicators, areas)),
    )
    insist(
        dataset,
        asked if day is None else given,
        [dataset.areas[p].id for p in areas],
        [dataset.indicators[p].id for p in indicators],
        weights=True,
    )
    if "late" in failing and asked.period not in dataset.due:
        from dtrack.i18n.formatting import period_shown

        told = _(
            "no due day is set for {period}: add it under [due] in targets.toml",
            period=period_shown(str(asked.period)),
        )
        raise typer.BadParameter(told, param_hint="--fail-on")
    answer = StatusAnswer(dataset, asked, areas, indicators)
    changed = ChangesAnswer(dataset, given, day, areas, indicators) if day is not None else None
    if form not in FOR_PROGRAMS:
        put_document(
            answer.document(
                changed.sheet() if changed else None, signs(form), whole=form != "table"
            ),
            output,
            form,
        )
    elif changed:
        put_sheet(
            tidy("changes", CHANGES, changed.columns(), changed.decimals()), form, output, bom
        )
    else:
        put_sheet(tidy("status", STATUS, answer.columns(), {}), form, output, bom)
    tell_rest(dataset, asked, shown_above=False)
    if ("incomplete" in failing and answer.is_incomplete) or ("late" in failing and answer.is_late):
        raise typer.Exit(MISSED)


def _day(text: str | None) -> int | None:
    """The day of --since as yyyymmdd; a month or a year counts from its last day."""
    try:
        day = parse_day(text) if text is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--since") from None
    if day == 0:
        raise typer.BadParameter(_("a day is needed, as 2024-08-30"), param_hint="--since")
    return day
