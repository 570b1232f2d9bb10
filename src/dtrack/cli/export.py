"""`dtrack export`: the workspace's figures and targets in a format that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.output import announce
from dtrack.cli.output_options import to_stdout
from dtrack.cli.query import tell_rest
from dtrack.cli.result_files import put_bytes
from dtrack.core.translate import _


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("export")(export)


@guarded
def export(
    sdmx: Annotated[
        Path,
        typer.Option(
            "--sdmx", metavar="FILE", help="Write SDMX-CSV 2.0 to FILE; - is the screen or a pipe."
        ),
    ],
    period: opt.Period = None,
    half: Annotated[
        str | None,
        opt.half_option("Only figures within it, and targets that apply to it. [default: all]"),
    ] = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    editions: Annotated[
        bool, typer.Option("--editions", help="Every release of a figure, not the latest alone.")
    ] = False,
    workspace: opt.Folder = None,
) -> None:
    """Export figures and targets as SDMX-CSV 2.0."""
    half = opt.one_period(workspace, period, half)
    asked = opt.question(workspace, half, as_of, None, set_aside=False)

    from dtrack.analysis.blocking import raise_if_blocked
    from dtrack.exchange.sdmx import Scope, sheet_of
    from dtrack.rendering import csv_writer

    dataset = opt.load(workspace)
    scope = Scope(opt.areas(dataset, district), opt.indicators(dataset, indicator), editions)
    raise_if_blocked(
        dataset,
        asked,
        [dataset.areas[p].id for p in scope.areas],
        [dataset.indicators[p].id for p in scope.indicators],
    )
    sheet, left_out = sheet_of(dataset, asked, scope)
    put_bytes(csv_writer.render(sheet), to_stdout(sdmx))
    nothing = (
        ()
        if sheet.size
        else (_("no figure and no target matches: the output has a header and no rows"),)
    )
    for sentence in (*left_out, *nothing):
        announce(sentence)
    tell_rest(dataset, asked, shown_above=False)
