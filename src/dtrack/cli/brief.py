"""`dtrack brief`: the one-page briefing of a period, in Chinese, English or French."""

from __future__ import annotations

from typing import Annotated

import typer

from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.query import ask, tell_rest
from dtrack.cli.result import BriefOutput

Indicator = Annotated[
    str | None,
    typer.Option(
        "--indicator",
        "-i",
        metavar="ID",
        help="The indicator. [default: the workspace's headline]",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("brief")(brief)


@guarded
def brief(
    period: opt.Period = None,
    half: opt.Half = None,
    indicator: Indicator = None,
    as_of: opt.AsOf = None,
    *,
    out: BriefOutput,
    workspace: opt.Folder = None,
) -> None:
    """Show a one-page briefing for one period."""
    half = opt.one_period(workspace, period, half)
    query = opt.question(workspace, half, as_of)
    from dtrack.reporting.briefing_facts import gather
    from dtrack.reporting.briefing_text import briefing

    asked = ask(workspace, query, None, [indicator] if indicator else None, newest=True)
    asked.raise_if_blocked(weights=True)
    facts = gather(asked.dataset, asked.query, next(iter(asked.indicators), None))
    out.put_document(briefing(facts))
    tell_rest(asked.dataset, asked.query)
