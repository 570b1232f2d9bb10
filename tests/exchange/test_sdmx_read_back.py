"""What dtrack exports, read back by pysdmx: the same dataflows, dimensions, values and attributes.

pysdmx reads data with pyarrow only, and pandas changes its ways where that is installed: so it is an extra of its own
(`pip install -e ".[sdmx]"`), and these tests are skipped without it.
"""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from support.workspaces import ROOT

pytest.importorskip("pyarrow", reason="pysdmx reads data with pyarrow")
reader = pytest.importorskip(
    "pysdmx.io.csv.sdmx20.reader", reason="the sdmx extra is not installed"
)


@pytest.mark.parametrize(
    "place", [ROOT, ROOT / "examples/symposium"], ids=["published figures", "symposium"]
)
@pytest.mark.parametrize(
    ("words", "flows", "action"),
    [
        ("", ["Dataflow=DTRACK:FIGURES(1.0.0)", "Dataflow=DTRACK:TARGETS(1.0.0)"], "Information"),
        (
            "--editions",
            ["Dataflow=DTRACK:FIGURE_EDITIONS(1.0.0)", "Dataflow=DTRACK:TARGET_EDITIONS(1.0.0)"],
            "Append",
        ),
    ],
)
def test_pysdmx_reads_what_was_written(run, place, words, flows, action):
    text = run(f"export --sdmx - {words}", at=place).out
    sets = reader.read(text)
    assert [data.structure for data in sets] == flows
    assert {data.action.value for data in sets} == {action}
    written = list(csv.DictReader(text.splitlines()))
    read = [row for data in sets for row in data.data.to_dict("records")]
    assert len(read) == len(written) > 100
    for ours, theirs in zip(written, read, strict=True):
        same = {
            name: text
            for name, text in ours.items()
            if name not in ("STRUCTURE", "STRUCTURE_ID", "ACTION", "OBS_VALUE")
        }
        assert {name: str(theirs[name]) for name in same} == same
        assert _number(str(theirs["OBS_VALUE"])) == _number(ours["OBS_VALUE"])


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
