"""What a command asks of a workspace, and what it says beside its answer."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from dtrack.cli import options as opt
from dtrack.cli.output import tell
from dtrack.core.findings import MISSED, BlockedByFindings, Finding
from dtrack.core.rules import Severity
from dtrack.core.translate import _, numeral

if TYPE_CHECKING:
    from dtrack.analysis.assessment import Assessment
    from dtrack.analysis.cells import Query
    from dtrack.core.period import Period
    from dtrack.reporting.cells import DisplayOptions
    from dtrack.workspace import Workspace


class Asked(NamedTuple):
    """A loaded workspace, the question put to it, and the areas and indicators chosen."""

    dataset: Workspace
    query: Query
    areas: tuple[int, ...]
    indicators: tuple[int, ...]

    def insist(self, query: Query | None = None) -> None:
        """Raise BlockedByFindings where a finding could change the answer (to another query)."""
        from dtrack.analysis.blocking import insist

        dataset = self.dataset
        areas = [dataset.areas[position].id for position in self.areas]
        indicators = [dataset.indicators[position].id for position in self.indicators]
        insist(dataset, query or self.query, areas, indicators)


def ask(
    folder: Path | None,
    query: Query,
    district: list[str] | None,
    indicator: list[str] | None,
    *,
    newest: bool = False,
) -> Asked:
    """Load the workspace and find the names; without a period the newest half, where `newest`."""
    dataset = opt.load(folder)
    areas, indicators = opt.areas(dataset, district), opt.indicators(dataset, indicator)
    if newest and query.period is None:
        query = replace(query, period=newest_half(dataset, query, indicators, areas))
    return Asked(dataset, query, areas, indicators)


def newest_half(
    dataset: Workspace, query: Query, indicators: tuple[int, ...], areas: tuple[int, ...]
) -> Period:
    """The newest half that has a figure, else the newest year, else the newest period.

    Raises BlockedByFindings without figures.

    What a peer or the reference above has is no news of the city, unless they are asked for or
    nobody else has any.
    """
    import numpy as np

    from dtrack.analysis.selection import known_rows
    from dtrack.core.arrays import codes
    from dtrack.model.entities import Place

    area = codes(dataset.actuals, "area")
    known = known_rows(dataset, query.as_of)
    if indicators:
        known &= np.isin(codes(dataset.actuals, "indicator"), indicators)
    if areas:
        known &= np.isin(area, areas)
    else:
        own = known & ~np.isin(dataset.place[area], (Place.PEER, Place.REFERENCE))
        known = own if own.any() else known
    periods = [dataset.periods[p] for p in set(codes(dataset.actuals, "period")[known].tolist())]
    halves, years = [p for p in periods if p.is_half], [p for p in periods if p.is_year]
    if among := halves or years or periods:
        newest: Period = max(among, key=lambda period: (period.end, -period.months))
        return newest
    refusing = tuple(f for f in dataset.findings if f.severity is Severity.REFUSE)
    told = _("no figure matches, so there is no newest half")
    raise BlockedByFindings(refusing or (Finding("no-rows", "data/actuals", None, "", told),))


def remarks(dataset: Workspace, query: Query) -> tuple[str, ...]:
    """What must stand above the table: a tolerance used, findings set aside."""
    from dtrack.analysis.blocking import stopping

    lines = []
    if query.tolerance:
        points = numeral(str(query.tolerance))
        lines.append(
            _(
                "With a tolerance of {points} percentage points: goals of growth and share are moved by it.",
                points=points,
            )
        )
    if query.set_aside:
        lines += [_("Set aside: {finding}", finding=found) for found in stopping(dataset, query)]
    return tuple(lines)


def tell_rest(dataset: Workspace, query: Query, *, shown_above: bool = False) -> None:
    """Findings that do not stop this answer go to stderr, notes aside.

    Those set aside too unless they stand above.
    """
    from dtrack.analysis.blocking import stopping

    above = set(stopping(dataset, query)) if query.set_aside and shown_above else set()
    told: Iterable[Finding] = (f for f in dataset.findings if f.severity is not Severity.NOTE)
    tell([finding for finding in told if finding not in above], sys.stderr, most=20)


def exit_on(failing: Collection[str], cells: Assessment, view: DisplayOptions) -> None:
    """Exit with 4 where a cell of the areas and indicators chosen has one of these verdicts."""
    if not failing:
        return
    from dtrack.reporting.cells import AssessmentView

    board = AssessmentView(cells, view)
    if any(verdict in failing for verdict in board.verdict[board.chosen()]):
        raise typer.Exit(MISSED)
