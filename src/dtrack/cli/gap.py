"""`dtrack gap`: one district's story, every indicator and period, newest first."""

from __future__ import annotations

from typing import Annotated

import typer

from dtrack.cli import complete
from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.output import Output, signs
from dtrack.cli.query import ask, exit_on, remarks, tell_rest

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
    str, typer.Option("--sort", metavar="newest|gap|actual|percent", help="Order of the rows.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("gap")(gap)


@guarded
def gap(
    district: District,
    half: opt.OnlyPeriod = None,
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
    out = Output.of(format, output, bom)
    query = opt.question(workspace, half, as_of, tolerance, set_aside)
    failing = opt.verdicts(fail_on, "--fail-on", ("missed", "not_reported"))
    verdicts = opt.verdicts(only, "--only")
    order = opt.one_of(sort, ("newest", "gap", "actual", "percent"), "--sort")

    from dtrack.analysis.history import area_history
    from dtrack.reporting.area import document, tidy_story
    from dtrack.reporting.cells import DisplayOptions

    asked = ask(workspace, query, [district], indicator)
    asked.raise_if_blocked()
    dataset = asked.dataset
    area = dataset.areas[asked.areas[0]]
    story = area_history(dataset, area, query)
    view = DisplayOptions(
        (),
        asked.indicators,
        verdicts,
        order,
        signs=signs(out.form),
        pictures=out.form.charts,
        whole=not out.form.on_screen,
    )
    out.put(
        lambda: tidy_story(story, view),
        lambda: document(story, area, view, remarks(dataset, query)),
    )
    tell_rest(dataset, query, shown_above=out.form.for_people)
    exit_on(failing, story.cells, view)
