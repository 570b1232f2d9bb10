"""Every way in which the input can be wrong, each with the smallest broken workspace that shows it.

One fault gives one finding: code, severity, place (file, line, column or dotted key) and a sentence that names what
is wrong. The city of these tests has two districts, a and b, one promise and two figures; a case says what to change.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.broken_inputs import A_ROW, FAULTS, FIGURES, HEAD, REFUSE, write

DIRECTORY = (
    "file-unreadable"  # cannot be written as text: a directory stands where the file should be
)


def findings(folder: Path):
    import dtrack

    return dtrack.open(folder).findings


def test_the_good_workspace_has_no_findings(tmp_path):
    assert findings(write(tmp_path)) == ()


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_one_fault_gives_one_finding_with_its_place_and_what_is_wrong(tmp_path, fault):
    found = findings(write(tmp_path, fault.change))
    assert [finding.code for finding in found] == [fault.code]
    one = found[0]
    assert one.severity == fault.severity
    assert (one.file, one.line, one.column) == (fault.file, fault.line, fault.column)
    assert fault.says in one.sentence
    assert one.remedy


def test_a_directory_in_place_of_a_file_is_one_finding(tmp_path):
    (write(tmp_path, {FIGURES: None}) / FIGURES).mkdir()
    (found,) = findings(tmp_path)
    assert (found.code, found.severity, found.file, found.line) == (
        DIRECTORY,
        REFUSE,
        FIGURES,
        None,
    )


def test_every_code_of_the_catalogue_has_a_broken_input():
    from dtrack.core.rules import STRUCTURE

    assert {fault.code for fault in FAULTS} | {DIRECTORY} == set(STRUCTURE)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_check_lists_every_finding_and_exits_3_for_a_refusal_only(tmp_path, run, fault):
    names = ("severity", "file", "column", "code", "sentence", "remedy")
    told = [
        {name: str(getattr(one, name)) for name in names} | {"line": str(one.line or "")}
        for one in findings(write(tmp_path, fault.change))
    ]
    said = run("check --format csv --workspace .", at=tmp_path)
    assert [{name: row[name] for name in (*names, "line")} for row in said.rows] == told
    assert said.code == (3 if fault.severity == REFUSE else 0)


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.severity != REFUSE], ids=str)
def test_look_again_and_note_never_stop_a_report(tmp_path, run, fault):
    assert run("report --half H1-2024 --workspace .", at=write(tmp_path, fault.change)).code == 0


def test_a_finding_reads_as_one_line_place_severity_sentence_code_remedy(tmp_path):
    (found,) = findings(write(tmp_path, {FIGURES: HEAD + A_ROW.replace("4.8", "x")}))
    assert str(found).startswith(f"{FIGURES}:2:value: error: ")
    assert "[not-a-number]" in str(found)
    assert found.remedy in str(found)
