"""`dtrack report`: who is short of target in one period, by how much, on whose word."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.output import FOR_PROGRAMS, format_for, put_document, put_sheet, signs, tell
from dtrack.core.findings import MISSED
from dtrack.core.rules import Severity
from dtrack.core.translate import _, numeral

if TYPE_CHECKING:
    from dtrack.analysis.cells import Query
    from dtrack.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("report")(report)


@guarded
def report(
    half: opt.Half = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    only: opt.Only = None,
    sort: opt.Sort = "gap",
    fail_on: opt.FailOn = None,
    tolerance: opt.Tolerance = None,
    set_aside: opt.SetAside = False,
    everything: opt.Everything = False,
    format: opt.Format = None,
    output: opt.Output = None,
    bom: opt.Bom = False,
    workspace: opt.Folder = None,
) -> None:
    """Tell who is short of target in one period, by how much, and on whose word."""
    form = format_for(format, output)
    asked = opt.question(half, as_of, tolerance, set_aside)
    failing = opt.verdicts(fail_on, "--fail-on", ("missed", "not_reported"))
    verdicts, order = opt.verdicts(only, "--only"), opt.sorting(sort, "gap", "area", "actual")

    from dtrack.analysis.assessment_frame import whole_board
    from dtrack.analysis.blocking import insist
    from dtrack.analysis.default_period import default_period
    from dtrack.reporting.cells import AssessmentView, DisplayOptions, tidy
    from dtrack.reporting.report import report as document_of

    dataset = opt.load(workspace)
    areas, indicators = opt.areas(dataset, district), opt.indicators(dataset, indicator)
    asked = replace(asked, period=asked.period or default_period(dataset, asked, indicators, areas))
    names = [dataset.areas[p].id for p in areas], [dataset.indicators[p].id for p in indicators]
    insist(dataset, asked, *names)
    view = DisplayOptions(
        areas,
        indicators,
        verdicts,
        order,
        everything,
        signs(form),
        pictures=form == "html",
        whole=form != "table",
    )
    cells = whole_board(dataset, asked)
    if form in FOR_PROGRAMS:
        put_sheet(tidy(cells, view), form, output, bom)
    else:
        put_document(document_of(cells, view, remarks(dataset, asked)), output, form)
    tell_rest(dataset, asked, shown_above=form not in FOR_PROGRAMS)
    if failing:
        board = AssessmentView(cells, view)
        if any(verdict in failing for verdict in board.verdict[board.chosen()]):
            raise typer.Exit(MISSED)


def remarks(dataset: Workspace, asked: Query) -> tuple[str, ...]:
    """What must stand above the table: a tolerance used, findings set aside."""
    from dtrack.analysis.blocking import stopping

    lines = []
    if asked.tolerance:
        points = numeral(str(asked.tolerance))
        lines.append(
            _(
                "With a tolerance of {points} percentage points: goals of growth and share are moved by it.",
                points=points,
            )
        )
    if asked.set_aside:
        found = stopping(dataset, asked)
        lines += [_("Set aside: {finding}", finding=finding) for finding in found]
    return tuple(lines)


def tell_rest(dataset: Workspace, asked: Query, *, shown_above: bool) -> None:
    """Findings that do not stop this report go to stderr, notes aside.

    Those set aside too unless they stand above.
    """
    from dtrack.analysis.blocking import stopping

    above = set(stopping(dataset, asked)) if asked.set_aside and shown_above else set()
    tell(
        [f for f in dataset.findings if f.severity is not Severity.INFO and f not in above],
        sys.stderr,
        most=20,
    )
