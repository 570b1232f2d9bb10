"""Every command in every format, on workspaces that hold next to nothing: an answer or a refusal, never a bug.

What is empty here: figures, targets, districts, pictures, the periods asked for. `run` fails on any exception.
"""

from __future__ import annotations

import shutil

import pytest

pytestmark = pytest.mark.slow

COMMANDS = [
    "report --half H1-2024",
    "report --half H1-2024 --all",
    "status --half H1-2024 --since 2020",
    "gap -d city",
    "catchup --half H1-2024",
    "city --half H1-2024 --low 0 --high 3",
    "path",
    "path --method opensdg",
    "revisions",
    "targets",
    "check --all",
    "brief --half H1-2024",
    "why city stock 2024-06",
    "why city growth H1-2024 --of city",
    "why city level H1-2024 --of catchup",
]
OLD = {"published": "2023-07-20"}
WORKSPACES = {  # name → targets, figures, the folder or rows that are taken away
    "no figure and no target": ("", [], "data/actuals"),
    "a target alone": (
        {"growth 2024": {"a": "5"}, "stock 2026..2030": {"a": "5"}},
        [],
        "data/actuals",
    ),
    "a header alone": ("", [], "rows"),
    "one figure": ("", [("a", "growth", "H1-2024", "5.0")], ""),
    "the city alone": (
        {"growth 2024": {"city": "5"}},
        [("city", "growth", "H1-2024", "5.0")],
        "districts",
    ),
    "older figures alone": ("", [(area, "stock", "2019-06", "5", OLD) for area in "ab"], ""),
    "levels of zero": (
        {"level 2024": {"a": "0"}},
        [(a, "level", p, "0") for a in ("a", "city") for p in ("2023", "H1-2024")],
        "",
    ),
    "bounds alone": (
        {"share 2024": {"a": "<=5"}},
        [("a", "share", "2024-06", ">10"), ("b", "growth", "H1-2024", "<3")],
        "",
    ),
    "an undisclosed target": (
        {"growth H1-2024": {"a": {"value": "undisclosed", "stated": "missed"}}},
        [],
        "data/actuals",
    ),
}


@pytest.fixture(params=WORKSPACES)
def nearly_empty(city, request):
    targets, figures, gone = WORKSPACES[request.param]
    folder = city(targets, figures).folder
    if gone == "rows":
        file = folder / "data/actuals/part-0.csv"
        file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    elif gone == "districts":
        file = folder / "data/areas.csv"
        file.write_text(
            "\n".join(file.read_text(encoding="utf-8").splitlines()[:2]) + "\n", encoding="utf-8"
        )
    elif gone:
        shutil.rmtree(folder / gone)
    return folder


@pytest.mark.parametrize(
    "form", ["csv", "html", "xlsx", "docx"]
)  # the others are made of the same sheets
def test_every_command_gives_an_answer_or_a_refusal(run, nearly_empty, form):
    codes = {run([*command.split(), "-f", form], at=nearly_empty).code for command in COMMANDS}
    assert 0 in codes
    assert codes <= {0, 2, 3}


@pytest.mark.parametrize("period", ["2024", "2024-06", "2026..2030", "Q1-2019"])
def test_so_does_every_period_on_a_page(run, nearly_empty, period):
    assert run(["report", "--all", "--half", period, "-f", "html"], at=nearly_empty).code in (
        0,
        2,
        3,
    )
