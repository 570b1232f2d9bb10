"""`dtrack targets`: the targets in force, who set them when and how worded, and when they changed."""

from __future__ import annotations

from typing import Annotated

import typer

from dtrack.cli import options as opt
from dtrack.cli.output import format_for, guarded, put_document, put_sheet


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("targets")(targets)


@guarded
def targets(
    half: Annotated[
        str | None, typer.Option("--half", "--period", metavar="PERIOD", help="Those that would judge this period. [default: all]")
    ] = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    format: opt.Format = None,
    output: opt.Output = None,
    bom: opt.Bom = False,
    workspace: opt.Folder = None,
) -> None:
    """List the targets in force: who, how worded, set when, and what they replaced."""
    form = format_for(format, output)
    asked = opt.question(half, as_of, None, False)

    from dtrack.promises import document, sheet_of

    held = opt.load(workspace)
    sheet, sources = sheet_of(held, asked, opt.areas(held, district), opt.indicators(held, indicator), people=form == "table")
    if form != "table":
        put_sheet(sheet, form, output, bom)
    else:
        put_document(document(sheet, sources), output)
