"""`dtrack brief`: the one-page briefing of a period, in Chinese, English or French."""

from __future__ import annotations

from typing import Annotated

import typer

from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.output import format_for, put_document
from dtrack.cli.query import ask, tell_rest
from dtrack.rendering.formats import BRIEFS

Indicator = Annotated[
    str | None,
    typer.Option(
        "--indicator",
        "-i",
        metavar="ID",
        help="Of this indicator. [default: the workspace's headline]",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("brief")(brief)


@guarded
def brief(
    half: opt.Half = None,
    indicator: Indicator = None,
    as_of: opt.AsOf = None,
    format: opt.BriefFormat = None,
    output: opt.Output = None,
    workspace: opt.Folder = None,
) -> None:
    """Tell a period on one page: the city, who met the target, who fell short, what is needed."""
    form = format_for(format, output, BRIEFS)
    query = opt.question(workspace, half, as_of)
    from dtrack.reporting.briefing_facts import gather
    from dtrack.reporting.briefing_text import briefing

    asked = ask(workspace, query, None, [indicator] if indicator else None, newest=True)
    asked.raise_if_blocked(weights=True)
    facts = gather(asked.dataset, asked.query, next(iter(asked.indicators), None))
    put_document(briefing(facts), output, form)
    tell_rest(asked.dataset, asked.query)
