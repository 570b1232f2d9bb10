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
from dtrack.core.findings import MISSED, Finding
from dtrack.core.severity import Severity
from dtrack.core.translate import _, numeral

if TYPE_CHECKING:
    from dtrack.analysis.assessment import Assessment
    from dtrack.analysis.question import Query
    from dtrack.reporting.cells import DisplayOptions
    from dtrack.workspace import Workspace


class Asked(NamedTuple):
    """A loaded workspace, the question put to it, and the areas and indicators chosen."""

    dataset: Workspace
    query: Query
    areas: tuple[int, ...]
    indicators: tuple[int, ...]

    def raise_if_blocked(
        self, query: Query | None = None, *, weights: bool = False, years: str = ""
    ) -> None:
        """Raise BlockedByFindings where a finding could change the answer (to another query).

        `weights`: the answer weights areas. `years`: it averages those of a "plan", or needs "all".
        """
        from dtrack.analysis.blocking import plan_start, raise_if_blocked

        dataset, query = self.dataset, query or self.query
        areas = [dataset.areas[position].id for position in self.areas]
        indicators = [dataset.indicators[position].id for position in self.indicators]
        since = plan_start(dataset, query) if years == "plan" else 0 if years == "all" else None
        raise_if_blocked(dataset, query, areas, indicators, weights=weights, since=since)


def ask(
    folder: Path | None,
    query: Query,
    district: list[str] | None,
    indicator: list[str] | None,
    *,
    newest: bool = False,
    from_january: bool = False,
    area_option: str = "--district",
    on_file: bool = False,
) -> Asked:
    """Load the workspace and find the names; without a period the newest half, where `newest`.

    `from_january`: the year up to the end of that half, since the command can begin nowhere else.
    `area_option`: what names the areas, as a refusal tells it. `on_file`: only what is on file,
    without what follows from it.
    """
    dataset = opt.load(folder)
    areas = opt.areas(dataset, district, area_option)
    indicators = opt.indicators(dataset, indicator)
    if newest and query.period is None:
        from dtrack.analysis.default_period import default_period
        from dtrack.core.period import Period

        period = default_period(dataset, query, indicators, areas)
        if from_january:
            period = Period(period.calendar.first_month(period.last_year), period.end)
        query = replace(query, period=period)
    if not on_file:
        from dtrack.analysis.derived import with_derived

        dataset = with_derived(dataset, query)
    return Asked(dataset, query, areas, indicators)


def remarks(dataset: Workspace, query: Query) -> tuple[str, ...]:
    """What must stand above the table: a tolerance used, findings set aside."""
    from dtrack.analysis.blocking import blocking_findings

    lines = []
    if query.tolerance:
        points = numeral(str(query.tolerance))
        lines.append(
            _(
                "Tolerance of {points} percentage points: it is applied to the targets "
                "to date of growth and share.",
                points=points,
            )
        )
    if query.set_aside:
        lines += [
            _("Excluded: {finding}", finding=found) for found in blocking_findings(dataset, query)
        ]
    return tuple(lines)


def tell_rest(dataset: Workspace, query: Query, *, shown_above: bool = False) -> None:
    """Findings that do not stop the answer go to stderr, but notes and those shown above."""
    from dtrack.analysis.blocking import blocking_findings

    above = set(blocking_findings(dataset, query)) if query.set_aside and shown_above else set()
    told: Iterable[Finding] = (f for f in dataset.findings if f.severity is not Severity.INFO)
    tell([finding for finding in told if finding not in above], sys.stderr, most=20)


def exit_on(failing: Collection[str], cells: Assessment, view: DisplayOptions) -> None:
    """Exit with 4 where a cell of the areas and indicators chosen has one of these verdicts."""
    if not failing:
        return
    from dtrack.reporting.cells import AssessmentView

    board = AssessmentView(cells, view)
    if any(verdict in failing for verdict in board.verdict[board.chosen()]):
        raise typer.Exit(MISSED)
