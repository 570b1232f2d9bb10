"""`dtrack add`: one figure, as by telephone, into data/actuals/added.csv."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dtrack.cli import complete
from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.writing import TEXTS, DryRun, carried_out

if TYPE_CHECKING:
    from dtrack.editing.review import ProposedEdit
    from dtrack.workspace import Workspace

Area = Annotated[
    str,
    typer.Argument(
        autocompletion=complete.areas,
        help="The area, in any spelling: haidian, Haidian, 110108.",
        show_default=False,
    ),
]
Indicator = Annotated[
    str,
    typer.Argument(
        autocompletion=complete.indicators, help="The indicator, by id or name.", show_default=False
    ),
]
Period = Annotated[
    str,
    typer.Argument(
        autocompletion=complete.periods,
        help="The period: H1-2024, 2024H1, 2024.",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("add", context_settings=TEXTS)(add)


@guarded
def add(
    area: Area,
    indicator: Indicator,
    period: Period,
    value: Annotated[
        str,
        typer.Argument(help="The figure as published: 7.8, >10.", show_default=False),
    ],
    published: Annotated[
        str,
        typer.Option(
            "--published", metavar="DAY", help="The date it was published: a day, month or year."
        ),
    ],
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar="ID",
            autocompletion=complete.sources,
            help="The source: an id of data/sources.csv.",
        ),
    ],
    status: Annotated[
        str,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="expected, flash, final, revised, missing or illustrative.",
        ),
    ] = "flash",
    note: Annotated[
        str,
        typer.Option("--note", metavar="TEXT", help="A note for the reader.", show_default=False),
    ] = "",
    prices: Annotated[
        str,
        typer.Option(
            "--prices",
            metavar="P",
            help="Its price basis, where that is not the indicator's.",
            show_default=False,
        ),
    ] = "",
    scope: Annotated[
        str,
        typer.Option(
            "--scope",
            metavar="S",
            help="Its scope, where that is not the indicator's.",
            show_default=False,
        ),
    ] = "",
    dry_run: DryRun = False,
    workspace: opt.Folder = None,
) -> None:
    """Add one figure, and show the results that change."""
    given = {
        "area": area,
        "indicator": indicator,
        "period": period,
        "value": value,
        "status": status,
        "published": published,
        "source": source,
        "note": note,
        "prices": prices,
        "scope": scope,
    }

    def plan(dataset: Workspace) -> ProposedEdit:
        from dtrack.editing.observations import add_figure

        return add_figure(dataset, given, opt.today())

    carried_out("add", workspace, plan, dry_run=dry_run)
