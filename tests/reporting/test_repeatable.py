"""The same input gives the same bytes, whatever the hashes of the process: every broken input, every format.

Python hashes texts anew in each process, so the order of a set is another each time; PYTHONHASHSEED chooses it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys

import pytest

from support.broken_inputs import A_ROW, B_ROW, FAULTS, FIGURES, GOOD, HEAD, SOURCES, write
from support.import_findings import CASES

pytestmark = pytest.mark.slow

SEEDS = ("0", "1", "2")
DRIVER = """
import json, os, sys
from typer.testing import CliRunner
from dtrack.cli import app_of, asked_for
from dtrack.core.translate import ENGLISH, speaking
for folder, words in json.load(sys.stdin):
    os.chdir(folder)
    with speaking(ENGLISH):
        done = CliRunner().invoke(app_of(asked_for(words)), words)
    assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)
    print(json.dumps([folder, words, done.exit_code, done.stdout, done.stderr]))
"""
EVERY = (
    "check",
    "check --lang zh",
    "report --half H1-2024 --set-aside --all",
    "report --set-aside --lang fr",
    "gap -d a --set-aside",
    "report --half H1-2024",
    "catchup --half H1-2024",
    "city --half H1-2024",
    "path",
    "revisions",
    "status --half H1-2024",
    "status --since 2024-01-01",
    "why a growth H1-2024",
    "brief --half H1-2024",
    "targets",
    "sources",
    "report -i nowhere",
    "gap -d nowhere",
    "add x y z 1 --published 2024-01-01 --source s1",
)
FORMATS = ("table", "csv", "json", "md", "html")
MANY = "".join(
    f'[indicators.i{n}]\nname = "Name {n}"\nkind = "stock"\nunit = "stations"\nbetter = "up"\n'
    for n in range(12)
)


def under(seed: str, jobs: list[tuple[str, list[str]]]) -> list[str]:
    """What the commands say in a process with these hashes, a line each."""
    env = os.environ | {"PYTHONHASHSEED": seed, "COLUMNS": "120"}
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps(jobs),
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def alike(jobs: list[tuple[str, list[str]]]) -> None:
    """The commands say the same whatever the hashes."""
    first, *others = (under(seed, jobs) for seed in SEEDS)
    assert len(first) == len(jobs)
    for other in others:
        assert other == first


def test_every_broken_input_is_told_in_the_same_bytes(tmp_path):
    folders = [write(tmp_path / str(number), fault.change) for number, fault in enumerate(FAULTS)]
    alike(
        [
            (str(folder), words.split())
            for folder in folders
            for words in ("check -f csv", "report --half H1-2024 --set-aside")
        ]
    )


def test_many_faults_at_once_are_told_in_the_same_bytes_in_every_format(tmp_path):
    rows = [
        A_ROW,
        B_ROW,
        *(A_ROW.replace("growth", word) for word in ("grwth", "zzz")),
        A_ROW.replace("a,", "q,"),
        "x,y\n",
        A_ROW.replace("s1", "s9"),
        A_ROW.replace("4.8", "4.9").replace("a,", "b,"),
        A_ROW,
        A_ROW.replace("flash", "guess"),
    ]
    toml = (
        GOOD["targets.toml"]
        + MANY
        + '[targets.zzz.2024]\na = "5"\n[targets.growth.2025]\nzzz = "6"\nb = "6"\n[nonsense]\n[extra]\n'
    )
    folder = write(
        tmp_path, {FIGURES: HEAD + "".join(rows), "targets.toml": toml, SOURCES: GOOD[SOURCES] * 2}
    )
    alike([(str(folder), [*words.split(), "-f", form]) for words in EVERY for form in FORMATS])


def test_a_workbook_of_faults_has_the_same_bytes(tmp_path):
    folder = write(tmp_path, {FIGURES: HEAD + A_ROW + B_ROW + A_ROW.replace("growth", "zzz")})
    digests = set()
    for seed in SEEDS:
        under(
            seed,
            [(str(folder), ["report", "--half", "H1-2024", "--set-aside", "-o", f"{seed}.xlsx"])],
        )
        digests.add(hashlib.sha256((folder / f"{seed}.xlsx").read_bytes()).hexdigest())
    assert len(digests) == 1


@pytest.fixture
def sent(tmp_path) -> list[tuple[str, list[str]]]:
    """Each file of the door's cases, imported into the example of the project without being written."""
    from support.workspaces import ROOT

    jobs = []
    for code, ((name, raw), said, _, _) in CASES.items():
        (tmp_path / code).mkdir()
        (tmp_path / code / name).write_bytes(raw)
        words = [
            "import",
            name,
            "--half",
            "H1-2024",
            "--published",
            "2024-07-20",
            "--source",
            "s1",
            "--dry-run",
            "--workspace",
            str(ROOT / "examples/symposium"),
        ]
        if said:
            (tmp_path / code / "m.toml").write_text('area = "nowhere"\n', encoding="utf-8")
            words += ["--map", "m.toml"]
        jobs += [(str(tmp_path / code), words), (str(tmp_path / code), [*words, "-f", "csv"])]
    return jobs


def test_what_the_door_says_is_said_in_the_same_bytes(sent):
    alike(sent)
