"""`dtrack gap`: one area's results over time, every indicator and period, newest first."""

from __future__ import annotations

from typing import Annotated

import typer

from dtrack.cli import complete
from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.query import ask, exit_on, remarks, tell_rest
from dtrack.cli.result import Output, signs
from dtrack.core.translate import _

Area = Annotated[
    str | None,
    typer.Argument(
        metavar="[AREA]",
        autocompletion=complete.areas,
        help="The area, in any spelling: haidian, Haidian, 110108.",
        show_default=False,
    ),
]
District = Annotated[
    str | None,
    typer.Option(
        "--district",
        "-d",
        metavar="ID",
        autocompletion=complete.areas,
        help="The area, in place of AREA.",
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
    area: Area = None,
    period: opt.Period = None,
    district: District = None,
    half: opt.OnlyPeriod = None,
    indicator: opt.Indicators = None,
    as_of: opt.AsOf = None,
    only: opt.Only = None,
    sort: Sort = "newest",
    fail_on: opt.FailOn = None,
    tolerance: opt.Tolerance = None,
    set_aside: opt.SetAside = False,
    everything: opt.Everything = False,
    sources: opt.Sources = False,
    *,
    out: Output,
    workspace: opt.Folder = None,
) -> None:
    """Show one area's results over time."""
    half = opt.one_period(workspace, period, half)
    query = opt.question(workspace, half, as_of, tolerance, set_aside)
    named = [word for word in (area, district) if word is not None]
    if not named:
        raise typer.BadParameter(_("an area is needed, as {command}", command="dtrack gap haidian"))
    failing = opt.verdicts(fail_on, "--fail-on", ("missed", "not_reported"))
    verdicts = opt.verdicts(only, "--only")
    order = opt.one_of(sort, ("newest", "gap", "actual", "percent"), "--sort")

    from dtrack.analysis.history import area_history
    from dtrack.reporting.area import document, tidy_story
    from dtrack.reporting.cells import DisplayOptions

    option = "--district" if district else "AREA"
    asked = ask(workspace, query, named, indicator, area_option=option)
    if len(set(asked.areas)) > 1:
        told = _("“{one}” and “{other}” are two areas: give one", one=area, other=district)
        raise typer.BadParameter(told, param_hint="--district")
    asked.raise_if_blocked()
    dataset = asked.dataset
    shown = dataset.areas[asked.areas[0]]
    story = area_history(dataset, shown, query)
    view = DisplayOptions(
        (),
        asked.indicators,
        verdicts,
        order,
        everything,
        signs=signs(out.form),
        pictures=out.form.charts,
        whole=not out.form.on_screen,
        quiet=out.is_on_screen and not everything,
        sources=sources,
    )
    out.put(
        lambda: tidy_story(story, view),
        lambda: document(story, shown, view, remarks(dataset, query)),
    )
    tell_rest(dataset, query, shown_above=out.form.for_people)
    exit_on(failing, story.cells, view)
