"""`dtrack check`: every finding of a workspace, and what a code means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.result import Output
from dtrack.core.findings import REFUSED, Finding
from dtrack.core.rules import CATALOGUE, MOST_OF_A_CODE
from dtrack.core.severity import Severity
from dtrack.core.translate import _

if TYPE_CHECKING:
    from dtrack.validation.accepted import FindingsReview
    from dtrack.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("check")(check)


@guarded
def check(
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain", metavar="CODE", help="Explain a code: meaning, detection rule, remedy."
        ),
    ] = None,
    period: opt.Period = None,
    half: opt.OnlyPeriod = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    everything: Annotated[
        bool, typer.Option("--all", help=f"Show more than {MOST_OF_A_CODE} findings of one code.")
    ] = False,
    *,
    out: Output,
    workspace: opt.Folder = None,
) -> None:
    """Check the workspace's files: errors, warnings and info.

    Exit 3 if there is an error.
    """
    if explain is not None:
        tell_code(explain, out)
        return
    half = opt.one_period(workspace, period, half)
    opt.question(workspace, half, None)
    from dtrack.reporting import check as checked

    dataset = opt.load_any(workspace)
    found = chosen_findings(
        dataset,
        dataset.check(today=opt.today()),
        half,
        opt.areas(dataset, district),
        opt.indicators(dataset, indicator),
    )
    whole = everything or not out.form.on_screen
    out.put(
        lambda: checked.sheet(found),
        lambda: checked.document(found, dataset.folder.name, everything=whole),
    )
    if any(finding.severity is Severity.ERROR for finding in found.open):
        raise typer.Exit(REFUSED)


def chosen_findings(
    dataset: Workspace,
    all_of_them: FindingsReview,
    half: str | None,
    areas: tuple[int, ...],
    indicators: tuple[int, ...],
) -> FindingsReview:
    """Findings of the areas, indicators and period asked for; one that names none is of all."""
    from dtrack.core.period import Period
    from dtrack.reporting.check import gravest
    from dtrack.validation.accepted import Extent, FindingsReview

    asked = str(Period.parse(half)) if half else ""
    period = {asked, ""} if half else None
    of_areas = {dataset.areas[place].id for place in areas} | {""} if areas else None
    of_indicators = (
        {dataset.indicators[place].id for place in indicators} | {""} if indicators else None
    )
    wanted = (("area", of_areas), ("indicator", of_indicators), ("period", period))

    def fits(finding: Finding) -> bool:
        return all(among is None or getattr(finding, name) in among for name, among in wanted)

    return FindingsReview(
        tuple(sorted(filter(fits, all_of_them.open), key=gravest)),
        tuple(
            sorted(
                (pair for pair in all_of_them.accepted if fits(pair[0])),
                key=lambda pair: gravest(pair[0]),
            )
        ),
        Extent.of(dataset, areas, indicators, asked),
    )


def tell_code(word: str, out: Output) -> None:
    """Show what a code means; an unknown one is a bad command line, with the nearest."""
    from dtrack.core.names import nearest
    from dtrack.reporting import check as checked

    code = word.strip().lower().replace("_", "-")
    if code not in CATALOGUE:
        near = nearest(code, {name: (name,) for name in CATALOGUE})
        raise typer.BadParameter(
            _("unknown code “{word}”. {near}", word=word, near=near), param_hint="--explain"
        )
    out.put(lambda: checked.code_sheet(code), lambda: checked.code_document(code))
