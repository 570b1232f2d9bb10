"""Target to date: the number that a gap was computed from stands on its line, where the target does not print it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.read_back import of_text
from support.workspaces import ROOT

SYMPOSIUM = ROOT / "examples/symposium"


def table(said, title):
    return next(table for table in of_text(said.out.encode()).tables if title in table.title)


def test_actual_less_target_to_date_is_the_gap_on_every_line(run):
    rows = table(run("report --half H1-2024 --all", at=SYMPOSIUM), "value added (100").records()
    told = [row for row in rows if row["Gap"]]
    assert len(told) == 6
    for row in told:
        tenths = [
            round(10 * float(row[name].replace(",", "")))
            for name in ("Actual", "Target to date", "Gap")
        ]
        assert tenths[0] - tenths[1] == tenths[2], row


@pytest.mark.parametrize("title", ["Growth of digital", "5G base stations", "Change in energy"])
def test_it_stands_in_no_table_whose_targets_print_it(run, title):
    assert "Target to date" not in table(run("report --half H1-2024", at=SYMPOSIUM), title).head


def test_a_sheet_is_named_by_what_it_is_of(tmp_path: Path):
    from dtrack.analysis.assessment_frame import whole_board
    from dtrack.analysis.question import Query
    from dtrack.reporting.cells import DisplayOptions
    from dtrack.reporting.report import report
    from dtrack.workspace import load

    for folder, expected in ((ROOT, "city"), (SYMPOSIUM, "digital_va_growth")):
        cells = whole_board(load(folder), Query.of("H1-2024"))
        assert expected in {sheet.name for sheet in report(cells, DisplayOptions()).sheets}
