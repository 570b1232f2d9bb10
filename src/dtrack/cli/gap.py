"""`dtrack gap`: one district's story, every indicator and period, newest first."""

from __future__ import annotations

from typing import Annotated

import typer

from dtrack.cli import complete
from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.output import FOR_PROGRAMS, format_for, put_document, put_sheet, signs
from dtrack.cli.report import remarks, tell_rest
from dtrack.core.findings import MISSED

District = Annotated[
    str,
    typer.Option(
        "--district",
        "-d",
        metavar="ID",
        autocompletion=complete.areas,
        help="The district, in any spelling: haidian, Haidian, 海淀, 110108.",
    ),
]
Sort = Annotated[
    str, typer.Option("--sort", metavar="newest|gap|actual", help="Order of the rows.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("gap")(gap)


@guarded
def gap(
    district: District,
    half: Annotated[
        str | None,
        opt.half_option("Only this period. [default: all]"),
    ] = None,
    indicator: opt.Indicators = None,
    as_of: opt.AsOf = None,
    only: opt.Only = None,
    sort: Sort = "newest",
    fail_on: opt.FailOn = None,
    tolerance: opt.Tolerance = None,
    set_aside: opt.SetAside = False,
    format: opt.Format = None,
    output: opt.Output = None,
    bom: opt.Bom = False,
    workspace: opt.Folder = None,
) -> None:
    """Tell one district's story: target, actual, gap, its change and rank, newest first."""
    form = format_for(format, output)
    asked = opt.question(half, as_of, tolerance, set_aside)
    failing = opt.verdicts(fail_on, "--fail-on", ("missed", "not_reported"))
    verdicts, order = opt.verdicts(only, "--only"), opt.sorting(sort, "newest", "gap", "actual")

    from dtrack.analysis.blocking import insist
    from dtrack.analysis.history import tell
    from dtrack.reporting.area import document, tidy_story
    from dtrack.reporting.cells import AssessmentView, DisplayOptions

    dataset = opt.load(workspace)
    area = dataset.areas[opt.areas(dataset, [district])[0]]
    indicators = opt.indicators(dataset, indicator)
    insist(dataset, asked, [area.id], [dataset.indicators[p].id for p in indicators])
    story = tell(dataset, area, asked)
    view = DisplayOptions(
        (),
        indicators,
        verdicts,
        order,
        signs=signs(form),
        pictures=form == "html",
        whole=form != "table",
    )
    if form in FOR_PROGRAMS:
        put_sheet(tidy_story(story, view), form, output, bom)
    else:
        put_document(document(story, area, view, remarks(dataset, asked)), output, form)
    tell_rest(dataset, asked, shown_above=form not in FOR_PROGRAMS)
    if failing:
        board = AssessmentView(story.cells, view)
        if any(verdict in failing for verdict in board.verdict[board.chosen()]):
            raise typer.Exit(MISSED)
