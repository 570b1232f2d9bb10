"""JSON for programs: the same values as the CSV, numbers as numbers at their published decimals, null for unknown."""

from __future__ import annotations

import json

import pytest

from dtrack.rendering import csv_writer, json_writer
from dtrack.reporting.document import Column, Sheet

SHEET = Sheet(
    "Things",
    (
        Column("area", "Area", ["海淀", 'a "b"', None]),
        Column("value", "Value", [5.0, -0.04, float("nan")], decimals=[1, 1, 0]),
        Column("sure", "Sure", [True, False, None]),
    ),
)


def test_a_sheet_as_json():
    assert json_writer.render(SHEET).decode() == (
        '{"schema": 1, "sheet": "Things", "rows": [\n'
        '  {"area": "海淀", "value": 5.0, "sure": true},\n'
        '  {"area": "a \\"b\\"", "value": 0.0, "sure": false},\n'
        '  {"area": null, "value": null, "sure": null}\n]}\n'
    )


@pytest.mark.parametrize(
    "command",
    [
        "report --half H1-2024",
        "gap --district haidian",
        "check",
        "targets",
        "revisions",
        "path",
        "status --half H1-2024",
        "status --since 2024-08-01",
    ],
)
def test_json_tells_what_csv_tells(run, command):
    rows = json.loads(run(f"{command} -f json").out)["rows"]
    told = run(f"{command} -f csv").rows
    plain = {None: "", True: "true", False: "false"}
    assert [
        {
            key: plain[value] if value is None or value is True or value is False else str(value)
            for key, value in row.items()
        }
        for row in json.loads(run(f"{command} -f json").out, parse_float=str, parse_int=str)["rows"]
    ] == [{key: value.removeprefix("'") for key, value in row.items()} for row in told]
    assert len(rows) == len(told) > 0


def test_an_empty_sheet_is_an_empty_list():
    empty = Sheet("None", tuple(Column(c.key, c.heading, []) for c in SHEET.columns))
    assert json.loads(json_writer.render(empty)) == {"schema": 1, "sheet": "None", "rows": []}
    assert csv_writer.render(empty) == b"area,value,sure\n"
