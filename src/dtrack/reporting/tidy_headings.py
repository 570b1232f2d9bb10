"""What people call the columns of the sheets for programs, for a CSV whose headings they read."""

from __future__ import annotations

from dataclasses import replace

from dtrack.core.translate import N_, _, speaking
from dtrack.reporting.document import Sheet

HEADINGS = {
    "period": N_("Period"),
    "area": N_("Area"),
    "area_code": N_("Area code"),
    "area_name": N_("Area name"),
    "indicator": N_("Indicator"),
    "indicator_name": N_("Indicator name"),
    "unit": N_("Unit"),
    "target": N_("Target"),
    "target_text": N_("Target as worded"),
    "target_period": N_("Period of target"),
    "target_set": N_("Target set on"),
    "target_source": N_("Source of target"),
    "goal": N_("Target to date"),
    "actual": N_("Actual"),
    "actual_text": N_("Actual as published"),
    "actual_period": N_("Period of actual"),
    "status": N_("Status"),
    "published": N_("Published"),
    "source": N_("Source"),
    "gap": N_("Gap"),
    "gap_unit": N_("Unit of gap"),
    "verdict": N_("Verdict"),
    "sure": N_("Certain"),
    "basis": N_("Basis of verdict"),
    "vs_city": N_("vs {city}"),
    "note": N_("Note"),
    "change": N_("Change"),
    "rank_low": N_("Best rank"),
    "rank_high": N_("Worst rank"),
    "percent_of_target": N_("% of target"),
    "percent_of_time": N_("% of time elapsed"),
    "light": N_("Light"),
    "aim": N_("Aim"),
    "aim_verdict": N_("Verdict on aim"),
    "state": N_("State"),
    "first_published": N_("First published"),
    "last_published": N_("Last published"),
    "editions": N_("Releases"),
    "due": N_("Due"),
    "days_late": N_("Days late"),
    "weight": N_("Weight"),
    "value": N_("Figure"),
    "kind": N_("Kind"),
    "before": N_("Value before"),
    "before_published": N_("Published before"),
    "after": N_("Value after"),
    "after_published": N_("Published after"),
    "place": N_("Place"),
    "share": N_("Share of the year"),
    "needed": N_("Needed"),
    "needed_low": N_("Needed, lowest"),
    "needed_high": N_("Needed, highest"),
    "reached": N_("Second halves that reached it"),
    "of": N_("Second halves known"),
    "part": N_("Part"),
    "contribution": N_("Contribution (pp)"),
    "base_period": N_("Base period"),
    "base": N_("Base"),
    "latest_period": N_("Latest period"),
    "latest": N_("Latest figure"),
    "progress": N_("Progress (%)"),
    "score": N_("Score"),
    "method": N_("Method"),
    "first": N_("First release"),
    "last": N_("Latest release"),
    "days": N_("Days between releases"),
    "verdict_first": N_("Verdict of first release"),
    "verdict_last": N_("Verdict of latest release"),
    "step": N_("Step"),
    "what": N_("What"),
    "severity": N_("Severity"),
    "file": N_("File"),
    "line": N_("Line number"),
    "column": N_("Column"),
    "origin": N_("Cell"),
    "code": N_("Code"),
    "sentence": N_("Finding"),
    "remedy": N_("Remedy"),
    "accepted": N_("Reason for exception"),
    "explanation": N_("Possible explanation"),
    "meaning": N_("Meaning"),
    "rule": N_("Detection rule"),
    "accept": N_("How to confirm an exception"),
    "set": N_("Set"),
    "stated": N_("Status as published"),
    "over": N_("Over the years"),
    "both": N_("Both ends"),
    "by": N_("Assigned by"),
    "class": N_("Class"),
    "id": N_("Source"),
    "title": N_("Title"),
    "publisher": N_("Publisher"),
    "date": N_("Date"),
    "copy": N_("Copy"),
    "figures": N_("Figures"),
    "targets": N_("Targets"),
    "verdict_before": N_("Verdict before"),
    "verdict_after": N_("Verdict after"),
}


def with_headings(sheet: Sheet, language: str) -> Sheet:
    """The sheet with headings in a language in place of its keys; its values stay as they are.

    A column that has no heading keeps its key.
    """
    with speaking(language):
        columns = tuple(
            replace(column, key=_(HEADINGS[column.key]) if column.key in HEADINGS else column.key)
            for column in sheet.columns
        )
    return replace(sheet, columns=columns)
