"""`dtrack report`: results against target for one period."""

from __future__ import annotations

import typer

from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.query import ask, exit_on, remarks, tell_rest
from dtrack.cli.result import Output, signs


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("report")(report)


@guarded
def report(
    period: opt.Period = None,
    half: opt.Half = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    only: opt.Only = None,
    sort: opt.ReportSort = "worst",
    fail_on: opt.FailOn = None,
    tolerance: opt.Tolerance = None,
    set_aside: opt.SetAside = False,
    everything: opt.Everything = False,
    sources: opt.Sources = False,
    *,
    out: Output,
    workspace: opt.Folder = None,
) -> None:
    """Show results against target for one period."""
    half = opt.one_period(workspace, period, half)
    query = opt.question(workspace, half, as_of, tolerance, set_aside)
    failing = opt.verdicts(fail_on, "--fail-on", ("missed", "not_reported"))
    verdicts = opt.verdicts(only, "--only")
    order = opt.one_of(sort, ("worst", "gap", "area", "actual", "percent"), "--sort")

    from dtrack.analysis.assessment_frame import whole_board
    from dtrack.reporting.cells import DisplayOptions, tidy
    from dtrack.reporting.report import report as document

    asked = ask(workspace, query, district, indicator, newest=True)
    asked.raise_if_blocked()
    dataset, query = asked.dataset, asked.query
    view = DisplayOptions(
        asked.areas,
        asked.indicators,
        verdicts,
        order,
        everything,
        signs(out.form),
        pictures=out.form.charts,
        whole=not out.is_on_screen,
        quiet=out.is_on_screen and not everything,
        sources=sources,
    )
    cells = whole_board(dataset, query)
    out.put(lambda: tidy(cells, view), lambda: document(cells, view, remarks(dataset, query)))
    tell_rest(dataset, query, shown_above=out.form.for_people)
    exit_on(failing, cells, view)
