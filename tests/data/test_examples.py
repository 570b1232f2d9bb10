"""The scripts under examples/ run as they stand, from any folder, and say what they are there to say."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from support.workspaces import ROOT

SAYS = (
    "{'actual_text': '5.0', 'verdict': 'met'}",  # Mentougou before its revision
    "target_setting   -0.2075",
    "the parts add up: True",
    "5g_base_stations",
    "break in series on 2025-01-01",
    "period,area,area_code",
)


@pytest.mark.parametrize("inside", [True, False], ids=["in the repository", "elsewhere"])
def test_the_notebook_runs(inside, tmp_path):
    command = [sys.executable, str(ROOT / "examples/notebook.py")]
    variables = os.environ | {"PYTHONIOENCODING": "utf-8"}
    where = ROOT if inside else tmp_path
    ran = subprocess.run(
        command, cwd=where, env=variables, capture_output=True, encoding="utf-8", check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [words for words in SAYS if words not in ran.stdout] == []
    assert list(tmp_path.iterdir()) == []


def test_the_notebook_asks_every_question_of_a_workspace():
    text = (ROOT / "examples/notebook.py").read_text(encoding="utf-8")
    questions = ("assess", "gap", "catchup", "city", "path", "revisions")
    assert [name for name in questions if f".{name}(" not in text] == []
    assert text.count("# %%") >= len(questions)
