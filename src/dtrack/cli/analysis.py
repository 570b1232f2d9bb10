"""`dtrack catchup`, `city`, `path`, `revisions` and `why`: what the gap means.

Each prints one answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dtrack.cli import complete
from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.output import FOR_PROGRAMS, format_for, put_document, put_sheet
from dtrack.cli.report import tell_rest
from dtrack.core.period import Period
from dtrack.core.translate import _, enumerated

if TYPE_CHECKING:
    from dtrack.analysis.cells import Query
    from dtrack.reporting.document import Document, Sheet
    from dtrack.workspace import Workspace

UpTo = Annotated[
    str | None,
    opt.half_option("Only up to, or of, this period. [default: all]"),
]
Method = Annotated[
    str,
    typer.Option(
        "--method", metavar="path|opensdg", help="How progress is judged; see docs/method.md."
    ),
]
AssumeHalf = Annotated[
    bool,
    typer.Option(
        "--assume-half", help="Where last year's share is unknown, take the calendar's and say so."
    ),
]
Low = Annotated[
    str | None,
    typer.Option(
        "--low", metavar="PP", help="Least growth that a missing district is assumed to have."
    ),
]
High = Annotated[
    str | None,
    typer.Option(
        "--high", metavar="PP", help="Most growth that a missing district is assumed to have."
    ),
]
Of = Annotated[str, typer.Option("--of", metavar="verdict|catchup|city", help="Of which result.")]
RESULTS = ("verdict", "catchup", "city")


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    for name, command in (
        ("catchup", catchup),
        ("city", city),
        ("path", path),
        ("revisions", revisions),
        ("why", why),
    ):
        app.command(name)(command)


def _asked(
    dataset: Workspace,
    half: str | None,
    as_of: str | None,
    areas: tuple[int, ...],
    indicators: tuple[int, ...],
    *,
    newest: bool,
    weights: bool = False,
    years: str = "",
    from_january: bool = False,
) -> Query:
    """The question of the words; without a period the newest half, where the command needs one.

    `weights`: the answer weights areas; `years`: it averages those of a "plan", or needs "all".
    `from_january`: the year up to the end of that half, since the command can begin nowhere else.
    Raises BlockedByFindings.
    """
    from dtrack.analysis.blocking import insist, plan_start
    from dtrack.analysis.default_period import default_period

    asked = opt.question(half, as_of, None, set_aside=False)
    if newest and asked.period is None:
        found = default_period(dataset, asked, indicators, areas)
        year = Period.year_of(found.end // 12)
        asked = replace(asked, period=Period(year.start, found.end) if from_january else found)
    insist(
        dataset,
        asked,
        [dataset.areas[p].id for p in areas],
        [dataset.indicators[p].id for p in indicators],
        weights=weights,
        since=plan_start(dataset, asked) if years == "plan" else 0 if years == "all" else None,
    )
    return asked


def _put(
    dataset: Workspace,
    asked: Query,
    form: str,
    sheet: Callable[[], Sheet],
    document: Callable[[], Document],
    output: Path | None,
    *,
    bom: bool,
) -> None:
    """Build and write the one of the two that is asked for."""
    if form in FOR_PROGRAMS:
        put_sheet(sheet(), form, output, bom)
    else:
        put_document(document(), output, form)
    tell_rest(dataset, asked, shown_above=False)


@guarded
def catchup(
    half: opt.Half = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    assume_half: AssumeHalf = False,
    format: opt.Format = None,
    output: opt.Output = None,
    bom: opt.Bom = False,
    workspace: opt.Folder = None,
) -> None:
    """Tell what the rest of the year must bring to reach the targets."""
    form = format_for(format, output)
    from dtrack.model.schema import CATCHUP
    from dtrack.reporting.catchup import CatchUp
    from dtrack.reporting.columns import tidy

    dataset = opt.load(workspace)
    areas, indicators = opt.areas(dataset, district), opt.indicators(dataset, indicator)
    asked = _asked(
        dataset,
        half,
        as_of,
        areas,
        indicators,
        newest=True,
        weights=True,
        years="plan",
        from_january=True,
    )
    try:
        answer = CatchUp(dataset, asked, areas, indicators, assume_half=assume_half)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--half") from None
    _put(
        dataset,
        asked,
        form,
        lambda: tidy("catchup", CATCHUP, answer.columns(), answer.decimals()),
        answer.document,
        output,
        bom=bom,
    )


@guarded
def city(
    half: opt.Half = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    low: Low = None,
    high: High = None,
    format: opt.Format = None,
    output: opt.Output = None,
    bom: opt.Bom = False,
    workspace: opt.Folder = None,
) -> None:
    """Take the city's gap apart: whose it is, and whether the districts add up."""
    form = format_for(format, output)
    least, most = opt.points(low, "--low"), opt.points(high, "--high")
    if least is not None and most is not None and least > most:
        told = _("{low} is more than --high {high}", low=f"{least:.15g}", high=f"{most:.15g}")
        raise typer.BadParameter(told, param_hint="--low")
    from dtrack.model.schema import CITY
    from dtrack.reporting.columns import tidy
    from dtrack.reporting.decomposition import CityAnswer

    dataset = opt.load(workspace)
    areas, indicators = opt.areas(dataset, district), opt.indicators(dataset, indicator)
    asked = _asked(dataset, half, as_of, (), indicators, newest=True, weights=True)
    answer = CityAnswer(dataset, asked, indicators, low=least, high=most, areas=areas)
    _put(
        dataset,
        asked,
        form,
        lambda: tidy("city", CITY, answer.columns(), answer.decimals()),
        answer.document,
        output,
        bom=bom,
    )


@guarded
def path(
    half: UpTo = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    method: Method = "path",
    format: opt.Format = None,
    output: opt.Output = None,
    bom: opt.Bom = False,
    workspace: opt.Folder = None,
) -> None:
    """Tell whether plans over years are on their path."""
    form = format_for(format, output)
    from dtrack.analysis.trajectory import METHODS
    from dtrack.model.schema import PATH
    from dtrack.reporting.columns import tidy
    from dtrack.reporting.trajectory import PathAnswer

    if method not in METHODS:
        told = _("“{word}” is not one of {words}", word=method, words=enumerated(METHODS))
        raise typer.BadParameter(told, param_hint="--method")
    dataset = opt.load(workspace)
    areas, indicators = opt.areas(dataset, district), opt.indicators(dataset, indicator)
    asked = _asked(dataset, half, as_of, areas, indicators, newest=False, years="all")
    answer = PathAnswer(dataset, asked, areas, indicators, method)
    _put(
        dataset,
        asked,
        form,
        lambda: tidy("path", PATH, answer.columns(), answer.decimals()),
        answer.document,
        output,
        bom=bom,
    )


@guarded
def revisions(
    half: UpTo = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    format: opt.Format = None,
    output: opt.Output = None,
    bom: opt.Bom = False,
    workspace: opt.Folder = None,
) -> None:
    """List the figures that were revised, and the verdicts that flipped."""
    form = format_for(format, output)
    from dtrack.model.schema import REVISIONS
    from dtrack.reporting.columns import tidy
    from dtrack.reporting.revisions import RevisionsAnswer

    dataset = opt.load(workspace)
    areas, indicators = opt.areas(dataset, district), opt.indicators(dataset, indicator)
    asked = _asked(dataset, half, as_of, areas, indicators, newest=False)
    answer = RevisionsAnswer(dataset, asked, areas, indicators)
    tidied = lambda: tidy("revisions", REVISIONS, answer.columns(), answer.decimals())
    _put(dataset, asked, form, tidied, answer.document, output, bom=bom)


@guarded
def why(
    area: Annotated[
        str, typer.Argument(autocompletion=complete.areas, help="The area, in any spelling.")
    ],
    indicator: Annotated[
        str, typer.Argument(autocompletion=complete.indicators, help="The indicator's id or name.")
    ],
    period: Annotated[
        str, typer.Argument(autocompletion=complete.periods, help="The period, in any spelling.")
    ],
    of: Of = "verdict",
    as_of: opt.AsOf = None,
    format: opt.Format = None,
    output: opt.Output = None,
    bom: opt.Bom = False,
    workspace: opt.Folder = None,
) -> None:
    """Tell the whole story of one verdict, catch-up or contribution."""
    form = format_for(format, output)
    if of not in RESULTS:
        told = _("“{word}” is not one of {words}", word=of, words=enumerated(RESULTS))
        raise typer.BadParameter(told, param_hint="--of")
    from dtrack.reporting.explain import Why, tidy_steps
    from dtrack.reporting.explain_steps import of_catchup, of_city

    dataset = opt.load(workspace)
    places, positions = opt.areas(dataset, [area]), opt.indicators(dataset, [indicator])
    weights, years = of in ("city", "catchup"), "plan" if of == "catchup" else ""
    asked = _asked(
        dataset, period, as_of, places, positions, newest=False, weights=weights, years=years
    )
    answer = Why(dataset, dataset.areas[places[0]], dataset.indicators[positions[0]], asked)
    try:
        extra = of_catchup(answer) if of == "catchup" else of_city(answer) if of == "city" else []
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="PERIOD") from None
    _put(
        dataset,
        asked,
        form,
        lambda: tidy_steps(answer, extra),
        lambda: answer.document(extra),
        output,
        bom=bom,
    )
