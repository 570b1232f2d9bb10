"""`dtrack catchup`, `city`, `path`, `revisions` and `why`: what the gap means."""

from __future__ import annotations

from typing import Annotated

import typer

from dtrack.cli import complete
from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.query import ask, tell_rest
from dtrack.cli.result import Output, signs
from dtrack.core.translate import _

Method = Annotated[
    str,
    typer.Option(
        "--method", metavar="path|opensdg", help="How progress is assessed; see docs/method.md."
    ),
]
AssumeHalf = Annotated[
    bool,
    typer.Option(
        "--assume-half",
        help="Where last year's share is unknown, use that of the months.",
    ),
]
Low = Annotated[
    str | None,
    typer.Option("--low", metavar="PP", help="Lowest growth assumed for an area without data."),
]
High = Annotated[
    str | None,
    typer.Option("--high", metavar="PP", help="Highest growth assumed for an area without data."),
]
Of = Annotated[str, typer.Option("--of", metavar="verdict|catchup|city", help="What to explain.")]
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


@guarded
def catchup(
    period: opt.Period = None,
    half: opt.Half = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    assume_half: AssumeHalf = False,
    *,
    out: Output,
    workspace: opt.Folder = None,
) -> None:
    """Show the growth required in the remainder of the year."""
    query = opt.question(workspace, opt.one_period(workspace, period, half), as_of)
    from dtrack.reporting.catchup import CatchUp

    asked = ask(workspace, query, district, indicator, newest=True, from_january=True)
    asked.raise_if_blocked(weights=True, years="plan")
    dataset, query, areas, indicators = asked
    try:
        answer = CatchUp(dataset, query, areas, indicators, assume_half=assume_half)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--half") from None
    out.put(answer.tidy, answer.document)
    tell_rest(dataset, query)


@guarded
def city(
    period: opt.Period = None,
    half: opt.Half = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    low: Low = None,
    high: High = None,
    *,
    out: Output,
    workspace: opt.Folder = None,
) -> None:
    """Explain the city's gap by area, and whether the areas add up."""
    query = opt.question(workspace, opt.one_period(workspace, period, half), as_of)
    least, most = opt.percentage_points(low, "--low"), opt.percentage_points(high, "--high")
    if least is not None and most is not None and least > most:
        told = _("{low} is greater than --high {high}", low=f"{least:.15g}", high=f"{most:.15g}")
        raise typer.BadParameter(told, param_hint="--low")
    from dtrack.reporting.decomposition import CityAnswer

    asked = ask(workspace, query, district, indicator, newest=True)
    # the gap is that of the whole city, whichever districts are shown
    asked._replace(areas=()).raise_if_blocked(weights=True)
    dataset, query, areas, indicators = asked
    answer = CityAnswer(dataset, query, indicators, low=least, high=most, areas=areas)
    out.put(answer.tidy, answer.document)
    tell_rest(dataset, query)


@guarded
def path(
    period: opt.Period = None,
    half: opt.UpToPeriod = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    method: Method = "path",
    everything: opt.Everything = False,
    *,
    out: Output,
    workspace: opt.Folder = None,
) -> None:
    """Show whether multi-year targets are on track."""
    query = opt.question(workspace, opt.one_period(workspace, period, half), as_of)
    from dtrack.analysis.trajectory import METHODS
    from dtrack.reporting.trajectory import PathAnswer

    opt.one_of(method, METHODS, "--method")
    asked = ask(workspace, query, district, indicator)
    asked.raise_if_blocked(years="all")
    dataset, query, areas, indicators = asked
    answer = PathAnswer(dataset, query, areas, indicators, method)
    out.put(answer.tidy, lambda: answer.document(signs(out.form), whole=everything))
    tell_rest(dataset, query)


@guarded
def revisions(
    period: opt.Period = None,
    half: opt.UpToPeriod = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    everything: opt.Everything = False,
    *,
    out: Output,
    workspace: opt.Folder = None,
) -> None:
    """List revised figures and the results that changed."""
    query = opt.question(workspace, opt.one_period(workspace, period, half), as_of)
    from dtrack.reporting.revisions import RevisionsAnswer

    asked = ask(workspace, query, district, indicator, on_file=True)
    asked.raise_if_blocked()
    dataset, query, areas, indicators = asked
    answer = RevisionsAnswer(dataset, query, areas, indicators)
    out.put(answer.tidy, lambda: answer.document(whole=everything))
    tell_rest(dataset, query)


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
    *,
    out: Output,
    workspace: opt.Folder = None,
) -> None:
    """Explain one result: figures, target, rule and sources."""
    query = opt.question(workspace, period, as_of)
    opt.one_of(of, RESULTS, "--of")
    from dtrack.reporting.explain import Why, tidy_steps
    from dtrack.reporting.explain_steps import of_catchup, of_city

    asked = ask(workspace, query, [area], [indicator], area_option="AREA")
    asked.raise_if_blocked(weights=of != "verdict", years="plan" if of == "catchup" else "")
    dataset, (place,), (position,) = asked.dataset, asked.areas, asked.indicators
    answer = Why(dataset, dataset.areas[place], dataset.indicators[position], query)
    try:
        extra = of_catchup(answer) if of == "catchup" else of_city(answer) if of == "city" else []
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="PERIOD") from None
    out.put(lambda: tidy_steps(answer, extra), lambda: answer.document(extra))
    tell_rest(dataset, query)
