"""`dtrack targets`: the targets in force, who set them when and how worded; `dtrack targets set`: one more, or one anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dtrack.cli import options as opt
from dtrack.cli.add import Area, Indicator, Period
from dtrack.cli.edits import TEXTS, DryRun, carried_out
from dtrack.cli.output import format_for, guarded, put_document, put_sheet
from dtrack.sheet import harmless

if TYPE_CHECKING:
    from dtrack.edits.door import Edit
    from dtrack.workspace import Workspace

group = typer.Typer(rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.add_typer(group, name="targets")


@group.callback(invoke_without_command=True)
@guarded
def targets(
    context: typer.Context,
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
    if opt.goes_on(context):
        return
    form = format_for(format, output)
    asked = opt.question(half, as_of, None, False)

    from dtrack.promises import document, sheet_of

    held = opt.load(workspace)
    sheet, sources = sheet_of(held, asked, opt.areas(held, district), opt.indicators(held, indicator), people=form == "table")
    if form != "table":
        put_sheet(sheet, form, output, bom)
    else:
        put_document(document(sheet, sources), output)


@group.command("set", context_settings=TEXTS)
@guarded
def set_target(
    area: Area,
    indicator: Indicator,
    period: Period,
    target: Annotated[str, typer.Argument(help="The target as worded: 5, “around 5”, 5%以上, undisclosed.", show_default=False)],
    source: Annotated[str, typer.Option("--source", metavar="ID", help="Who says so: an id of data/sources.csv.")],
    day: Annotated[str, typer.Option("--set", metavar="DAY", help="When it was set: a day, month or year.")],
    stated: Annotated[
        str, typer.Option("--stated", metavar="met|missed", help="The verdict that the source states.", show_default=False)
    ] = "",
    dry_run: DryRun = False,
    workspace: opt.Folder = None,
) -> None:
    """Set a target in targets.toml, beside the one that stands there; every byte around it stays as it is."""
    if stated not in ("", "met", "missed"):
        raise typer.BadParameter(f"“{harmless(stated)}” is not met or missed", param_hint="--stated")

    def plan(held: Workspace) -> Edit:
        from dtrack.edits.targets import Promise, set_target

        return set_target(held, area, indicator, period, Promise(target, day, source, stated))

    carried_out("targets set", workspace, [area, indicator, period, target, source, day], plan, dry_run=dry_run)
