"""`dtrack sources`: what each source is and what stands on it; `dtrack sources add`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.help import ListedInFull
from dtrack.cli.result import Output
from dtrack.cli.writing import DryRun, carried_out

if TYPE_CHECKING:
    from dtrack.editing.review import ProposedEdit
    from dtrack.workspace import Workspace

group = typer.Typer(cls=ListedInFull, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.add_typer(group, name="sources")


@group.callback(invoke_without_command=True)
@guarded
def sources(
    context: typer.Context,
    *,
    out: Output,
    workspace: opt.Folder = None,
) -> None:
    """List the sources, with the number of figures and targets of each."""
    if opt.goes_on(context):
        return

    from dtrack.reporting.sources import document, sheet_of

    sheet = sheet_of(dataset := opt.load(workspace))
    out.put(lambda: sheet, lambda: document(dataset, sheet, compact=out.is_on_screen))


@group.command("add")
@guarded
def add(
    id: Annotated[
        str,
        typer.Argument(help="Its id, by which figures and targets cite it.", show_default=False),
    ],
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Its title.")],
    publisher: Annotated[
        str,
        typer.Option("--publisher", metavar="TEXT", help="Its publisher.", show_default=False),
    ] = "",
    date: Annotated[
        str,
        typer.Option(
            "--date", metavar="DAY", help="Its date: a day, month or year.", show_default=False
        ),
    ] = "",
    url: Annotated[
        str,
        typer.Option("--url", metavar="URL", help="Its address on the web.", show_default=False),
    ] = "",
    copy: Annotated[
        bool,
        typer.Option("--copy", help="Secondary source: a copy of the publisher's text."),
    ] = False,
    dry_run: DryRun = False,
    workspace: opt.Folder = None,
) -> None:
    """Add a source to data/sources.csv."""
    given = {
        "id": id,
        "title": title,
        "publisher": publisher,
        "date": date,
        "url": url,
        "copy": "yes" if copy else "no",
    }

    def plan(dataset: Workspace) -> ProposedEdit:
        from dtrack.editing.sources import add_source

        return add_source(dataset, given)

    carried_out("sources add", workspace, plan, dry_run=dry_run)
