"""All questions of plausibility at once; every finding is a warning.

`report` never asks them; `check` does, and `import` of the rows that it brings.
"""

from __future__ import annotations

from dtrack.core.arrays import Flags
from dtrack.core.findings import Finding
from dtrack.model.dataset import Dataset
from dtrack.validation.plausibility.aggregation import parts
from dtrack.validation.plausibility.duplicates import copied_forward, identical_figures
from dtrack.validation.plausibility.followed import nothing_to_follow
from dtrack.validation.plausibility.outliers import outliers
from dtrack.validation.plausibility.over_years import over_unsaid
from dtrack.validation.plausibility.prices import level_against_growth
from dtrack.validation.plausibility.scale import forms, slips
from dtrack.validation.plausibility.series import Entries, Figures
from dtrack.validation.plausibility.timing import (
    dated_ahead,
    overlapping_periods,
    part_exceeds_whole,
    published_early,
    set_late,
)

OF_FIGURES = (
    slips,
    level_against_growth,
    forms,
    copied_forward,
    identical_figures,
    outliers,
    parts,
    published_early,
    overlapping_periods,
    part_exceeds_whole,
)


def check_plausibility(
    dataset: Dataset, rows: Flags | None = None, today: int = 0
) -> list[Finding]:
    """What may be wrong with figures and targets that can be read: the rules PLAUSIBLE.

    `rows`: a flag per row of `dataset.actuals`; then only findings at those rows are made, and none
    of targets. They may be compared with others. Of each cell the newest edition alone is asked
    about. `today` (yyyymmdd): days after it are doubted; 0 is any day.
    """
    if not dataset.areas or not dataset.indicators:
        return []
    figures = Figures(dataset, rows)
    findings = [finding for question in OF_FIGURES for finding in question(figures)]
    findings += dated_ahead(figures, today) if today else []
    if rows is None:
        entries = Entries(dataset)
        findings += forms(entries) + set_late(entries) + over_unsaid(entries)
        findings += nothing_to_follow(entries) if entries.relative.any() else []
        findings += dated_ahead(entries, today) if today else []
    return findings
