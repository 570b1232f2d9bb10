"""The Workspace as a notebook has it: whatever a command does, it can do too."""

from __future__ import annotations

import pytest

import dtrack
from dtrack.core.findings import WriteFailed
from dtrack.editing.targets import TargetEntry, set_target
from dtrack.workspace import load
from support.broken_inputs import GOOD, write

TARGET = TargetEntry("6", "2024-05-01", "s1")


def test_the_period_of_a_report_that_names_none(tmp_path, run):
    dataset = dtrack.open(write(tmp_path))
    rows = run("report -f csv --workspace .", at=tmp_path).rows
    assert {row["period"] for row in rows} == {str(dataset.default_period())} == {"H1-2024"}
    assert len(dataset.assess(dataset.default_period(areas=["Alpha"], indicators=["growth"])))


def test_it_finds_what_check_finds(tmp_path, run):
    write(tmp_path, {"data/actuals/more.csv": GOOD["data/actuals/figures.csv"] + "a,b\n"})
    said = run("check -f csv --all --workspace .", at=tmp_path)
    found = load(tmp_path).check()
    assert sorted(row["code"] for row in said.rows) == sorted(f.code for f in found.open)
    assert "row-width" in {f.code for f in found.open}


def test_a_change_is_written_as_by_a_command(tmp_path):
    dataset = load(write(tmp_path), remember=True)
    change = set_target(dataset, "a", "growth", "2024", TARGET).change
    dataset.apply(change)
    assert len(load(tmp_path).targets) == len(dataset.targets) + 1
    with pytest.raises(WriteFailed, match=r"targets\.toml was changed by another user"):
        dataset.apply(change)


def test_what_another_left_is_a_warning_or_told_to_the_caller(tmp_path):
    dataset = load(write(tmp_path), remember=True)
    change = set_target(dataset, "a", "growth", "2024", TARGET).change
    (tmp_path / ".dtrack").mkdir()
    (tmp_path / ".dtrack/holder.json").write_text("{}", encoding="utf-8")
    told = []
    dataset.apply(change, say=told.append)
    assert [str(sentence) for sentence in told] == [
        "a change by another dtrack was interrupted; nothing had been written"
    ]
    (tmp_path / ".dtrack/holder.json").write_text("{}", encoding="utf-8")
    with pytest.warns(UserWarning, match="was interrupted"):
        load(tmp_path, remember=True).apply(
            set_target(load(tmp_path), "a", "growth", "2025", TARGET).change
        )
