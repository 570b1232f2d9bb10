"""Load a folder: what it holds, every fault found, and the questions one may ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dtrack.analysis.over import years_of
from dtrack.analysis.selection import in_order_of_day
from dtrack.core.days import parse_day
from dtrack.core.findings import Finding
from dtrack.core.nouns import DISTRICTS_OF_A_CITY, use_nouns
from dtrack.core.period import Period
from dtrack.core.vocabulary import Over
from dtrack.core.years import use_calendar
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Area
from dtrack.model.integrity import (
    due_together,
    same_edition,
    target_findings,
    tree,
    twice_set,
    wrong_units,
)
from dtrack.model.lives import figures_outside, targets_outside
from dtrack.model.terms import contradictions
from dtrack.storage.code_lists import read_areas, read_sources
from dtrack.storage.observations import read_actuals
from dtrack.storage.paths import Files
from dtrack.storage.targets import TargetsFile, read_targets
from dtrack.storage.targets_frame import targets_frame

if TYPE_CHECKING:
    import pandas as pd

    from dtrack.analysis.question import Query
    from dtrack.storage.changeset import Change
    from dtrack.storage.transaction import Say
    from dtrack.validation.accepted import FindingsReview


class Definitions(NamedTuple):
    """The areas and targets.toml as they were read, and the findings of either."""

    areas: tuple[Area, ...]
    of_areas: list[Finding]
    toml: TargetsFile
    of_targets: list[Finding]


@dataclass(frozen=True, eq=False)
class Workspace(Dataset):
    """A loaded workspace.

    Titles, areas, indicators, sources, the frames `targets` and `actuals`, and `findings`.

    `read_from`: the fingerprint of every file that it was read from, where `load` was to remember.
    `definitions`: what `load` may take over for the same folder.
    """

    read_from: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    definitions: Definitions | None = field(default=None, repr=False, compare=False)

    def __repr__(self) -> str:
        """Where it is, and how much it holds."""
        counts = {
            "areas": len(self.areas),
            "indicators": len(self.indicators),
            "targets": len(self.targets),
            "figures": len(self.actuals),
            "findings": len(self.findings),
        }
        held = ", ".join(f"{count} {name}" for name, count in counts.items())
        return f"<Workspace {self.folder}: {held}>"

    def _repr_html_(self) -> str:
        """Return the first table of the report of the newest half, which a notebook shows.

        The findings where they keep it from being answered.
        """
        from dtrack.analysis.assessment_frame import whole_board
        from dtrack.core.findings import BlockedByFindings
        from dtrack.core.translate import active_language, speaking
        from dtrack.rendering.notebook import fragment
        from dtrack.reporting.cells import DisplayOptions
        from dtrack.reporting.report import report
        from dtrack.validation.accepted import FindingsReview

        try:
            cells = whole_board(*self._asked(self.default_period(), None))
        except BlockedByFindings as refused:
            return FindingsReview(refused.findings)._repr_html_()
        with speaking(active_language()):
            return fragment(report(cells, DisplayOptions()))

    def assess(
        self,
        period: str | Period,
        *,
        as_of: str | None = None,
        tolerance: str | None = None,
        set_aside: bool = False,
    ) -> pd.DataFrame:
        """Who is where against which target, for one period.

        One row per area and indicator, always.

        `as_of` (a day, month or year) uses only what was known then; `tolerance` (percentage
        points, as text) moves the goal of growth and share; `set_aside` goes on where a finding
        would refuse. Columns: schema.ASSESSMENT. Raises BlockedByFindings with every finding that
        could change one of these verdicts. Rules: docs/design.md §4.

        >>> open("examples/symposium").assess("H1-2024")[["area", "verdict"]]  # doctest: +SKIP
        """
        from dtrack.analysis.assessment_frame import assess
        from dtrack.analysis.question import Query

        self._use_words()
        return assess(self, Query.of(period, as_of=as_of, tolerance=tolerance, set_aside=set_aside))

    def gap(
        self,
        district: str,
        *,
        half: str | Period | None = None,
        as_of: str | None = None,
        tolerance: str | None = None,
        set_aside: bool = False,
    ) -> pd.DataFrame:
        """One area's story.

        Every indicator and period, newest first, with the change of the gap and its rank.
        Columns: schema.ASSESSMENT + schema.HISTORY. `half` keeps one period. Raises
        BlockedByFindings, and UnknownName for an area that does not exist.
        """
        from dtrack.analysis.history import history
        from dtrack.analysis.question import Query

        self._use_words()
        question = Query.of(half, as_of=as_of, tolerance=tolerance, set_aside=set_aside)
        return history(self, self.find_area(district), question)

    def catchup(
        self, period: str | Period, *, as_of: str | None = None, assume_half: bool = False
    ) -> pd.DataFrame:
        """What the rest of the year must bring, one row per target of the year.

        The growth needed, with its band.

        needed = (G − s·g) / (1 − s); s is last year's share of the same months. Columns:
        reporting.catchup.CATCHUP. Source: docs/method.md. Raises ValueError for a period that does
        not begin in January, and BlockedByFindings.

        >>> open("examples/symposium").catchup("H1-2024")[["area", "needed"]]  # doctest: +SKIP
        """
        from dtrack.reporting.catchup import CatchUp

        return CatchUp(*self._asked(period, as_of), assume_half=assume_half).frame()

    def city(
        self,
        period: str | Period,
        *,
        as_of: str | None = None,
        indicator: str | None = None,
        low: float | None = None,
        high: float | None = None,
    ) -> pd.DataFrame:
        """The city's gap taken apart.

        Performance, target_setting, no_target and rest add up to total. `indicator` keeps
        one growth; `low` and `high` are the assumption for districts that did not report.
        Columns: reporting.decomposition.CITY. Source: docs/method.md.
        """
        from dtrack.reporting.decomposition import CityAnswer

        only = [self.indicator_position[self.find_indicator(indicator).id]] if indicator else []
        return CityAnswer(*self._asked(period, as_of), only, low=low, high=high).frame()

    def path(
        self, *, method: str = "path", period: str | Period | None = None, as_of: str | None = None
    ) -> pd.DataFrame:
        """Plans over years: base, newest figure, target, progress and verdict.

        `method` is path or opensdg. Columns: reporting.trajectory.PATH. Source: docs/method.md.
        """
        from dtrack.reporting.trajectory import PathAnswer

        return PathAnswer(*self._asked(period, as_of), method=method).frame()

    def revisions(
        self, *, period: str | Period | None = None, as_of: str | None = None
    ) -> pd.DataFrame:
        """Figures with several editions: first, last, change, days between, verdicts.

        Columns: reporting.revisions.REVISIONS.
        """
        from dtrack.reporting.revisions import RevisionsAnswer

        return RevisionsAnswer(self, self._question(period, as_of)).frame()

    def status(self, period: str | Period, *, as_of: str | None = None) -> pd.DataFrame:
        """What has come in.

        One row per area and expected indicator, with its state, its days and how late it was.

        Columns: reporting.completeness.STATUS. Source: docs/method.md. Raises BlockedByFindings.

        >>> open("examples/symposium").status("H1-2024")[["area", "state"]]  # doctest: +SKIP
        """
        from dtrack.reporting.completeness import StatusAnswer

        return StatusAnswer(*self._asked(period, as_of)).frame()

    def changes(
        self, since: str, *, period: str | Period | None = None, as_of: str | None = None
    ) -> pd.DataFrame:
        """Every edition published after the day `since`: new, revised, confirmed, withdrawn.

        Columns: reporting.changes.CHANGES. `period` keeps figures of months within it. Raises
        ValueError for what is no day, and BlockedByFindings.
        """
        from dtrack.reporting.changes import ChangesAnswer

        if not (day := parse_day(since)):
            raise ValueError("a date is required, for example 2024-08-30")
        return ChangesAnswer(self, self._question(period, as_of), day).frame()

    def default_period(
        self, *, as_of: str | None = None, indicators: Iterable[str] = (), areas: Iterable[str] = ()
    ) -> Period:
        """The newest half that has a figure, else year, else period: that of `dtrack report`.

        `indicators` and `areas`, in any spelling, are those that are asked for; none means all.
        Raises BlockedByFindings where no figure matches, and UnknownName.

        >>> open("examples/symposium").default_period()  # doctest: +SKIP
        """
        from dtrack.analysis.default_period import default_period
        from dtrack.analysis.question import Query

        self._use_words()
        of = tuple(self.indicator_position[self.find_indicator(name).id] for name in indicators)
        at = tuple(self.area_position[self.find_area(name).id] for name in areas)
        return default_period(self, Query.of(None, as_of=as_of), of, at)

    def check(self, today: int = 0) -> FindingsReview:
        """Every finding, as `dtrack check` lists them: those of the files, and what may be wrong.

        Those that data/accepted.toml accepts are told apart. `today` (yyyymmdd): days after it are
        doubted; 0 doubts none.

        >>> [f.code for f in open("examples/symposium").check().open]  # doctest: +SKIP
        """
        from dtrack.validation.accepted import review_findings
        from dtrack.validation.originals import received_changed
        from dtrack.validation.plausibility.run import check_plausibility

        self._use_words()
        files = Files(self.folder)
        doubts = check_plausibility(self, today=today)
        doubts += received_changed(files, self.sources.values())
        return review_findings([*self.findings, *doubts], files, self)

    def apply(self, change: Change, deed: str = "edit", say: Say | None = None) -> None:
        """Write the change into the workspace's folder, as a whole or not at all.

        A change comes from `dtrack.editing` or `dtrack.importing`, made from a workspace that was
        loaded with `remember=True`. `deed` names it for others who come meanwhile; `say` takes a
        sentence about what an interrupted dtrack left, which is a warning otherwise. This object
        stays as it was loaded: load the folder again to see the change. Raises WriteFailed.
        """
        from dtrack.storage import transaction

        transaction.apply(self.folder, change, deed, say or transaction.warn)

    def _use_words(self) -> None:
        """Reads and names periods, and names areas and the whole, as this workspace does."""
        use_calendar(self.calendar)
        use_nouns(self.nouns)

    def _asked(self, period: str | Period | None, as_of: str | None) -> tuple[Workspace, Query]:
        from dtrack.analysis.derived import with_derived

        question = self._question(period, as_of)
        return with_derived(self, question), question

    def _question(self, period: str | Period | None, as_of: str | None) -> Query:
        from dtrack.analysis.blocking import raise_if_blocked
        from dtrack.analysis.question import Query

        self._use_words()
        question = Query.of(period, as_of=as_of)
        raise_if_blocked(self, question)
        return question


def load(
    folder: str | Path,
    instead: Mapping[str, bytes] | None = None,
    *,
    remember: bool = False,
    like: Workspace | None = None,
) -> Workspace:
    """Read everything in the folder. Never raises for what the files say: that is in `findings`.

    `instead`: relative name → bytes that stand for that file, so that a change can be looked at
    before it is written. `remember`: from which bytes it was read (`Workspace.read_from`), which a
    change asks for. `like`: the folder as loaded before, whose areas and targets are taken over.
    """
    folder = Path(folder).absolute()
    files = Files(folder, instead or {}, {} if remember else None)
    found = like.definitions if like else None
    if found is None:
        use_nouns(DISTRICTS_OF_A_CITY)
        areas, of_areas = read_areas(files)
        found = Definitions(areas, of_areas, *read_targets(files, areas))
    areas, of_areas, toml, of_targets = found
    use_calendar(toml.calendar)
    use_nouns(toml.nouns)
    sources, of_sources = read_sources(files)
    findings = [*of_areas, *of_sources, *of_targets]
    findings += tree(areas, toml.city, toml.reference) if toml.city else []
    used = {entry.period for entry in toml.entries}
    # of what is promised of each year, every year is one that may be asked for
    used |= {year for e in toml.entries if e.over == Over.EACH for year in years_of(e.period)}
    actuals, periods, faults = read_actuals(files, areas, toml.indicators, sources, used)
    findings += faults
    at_end = [indicator.kind.read_at_end for indicator in toml.indicators]
    actuals, several = in_order_of_day(actuals, periods, at_end)
    coming = [name for name in files.instead if not (folder / name).exists()]
    faults, torn = same_edition(actuals.iloc[several], coming)
    findings += faults
    if torn.any():
        excluded = np.isin(np.arange(len(actuals)), several[torn])
        actuals["excluded"] |= excluded
        actuals.loc[excluded, ["number", "upper"]] = np.nan
    faults, outside = figures_outside(actuals, areas, periods)
    findings += faults
    if outside.any():
        actuals["excluded"] |= outside
        actuals.loc[outside, ["number", "upper"]] = np.nan
    faults, twice = twice_set(toml.entries)
    lifeless, after = targets_outside(toml.entries, areas)
    findings += lifeless
    targets, misfit, of_aims = targets_frame(
        toml.entries, areas, toml.indicators, periods, twice | after
    )
    findings += faults + wrong_units(
        [entry for entry, bad in zip(toml.entries, misfit, strict=True) if bad], toml.indicators
    )
    faults, torn_terms = contradictions(toml.entries, targets, toml.indicators, of_aims)
    findings += faults
    if torn_terms:
        targets.loc[torn_terms, "excluded"] = True
        targets.loc[torn_terms, ["number", "upper", "aim_number", "aim_upper"]] = np.nan
    findings += target_findings(toml.entries, targets, toml.indicators, list(sources))
    findings += due_together(toml.entries, targets, toml.indicators)
    return Workspace(
        folder,
        toml.titles,
        toml.city,
        toml.reference,
        toml.headline,
        areas,
        toml.indicators,
        sources,
        periods,
        targets,
        actuals,
        tuple(findings),
        toml.items,
        toml.due,
        toml.calendar,
        toml.nouns,
        toml.letterhead,
        read_from=files.seen or {},
        definitions=found,
    )
