"""Every finding that only an arriving file can give: the smallest file that gives it, its severity and its cell."""

from __future__ import annotations

import pytest

from dtrack.core.findings import REFUSED
from dtrack.core.rules import DOOR
from support.import_findings import CASES, HEAD, book, text
from support.import_sessions import WORDS, everything
from support.workspaces import says_why


@pytest.mark.parametrize("code", CASES)
def test_what_the_door_says(run, symposium, code):
    (name, raw), said, severity, cell = CASES[code]
    before = everything(symposium)
    (symposium.parent / name).write_bytes(raw)
    words = ["import", str(symposium.parent / name), *WORDS, "--yes", "-f", "csv"]
    if said:
        (symposium.parent / "m.toml").write_text('area = "nowhere"\n', encoding="utf-8")
        words += ["--map", str(symposium.parent / "m.toml")]
    done = run(words, at=symposium)
    lines = [line for line in done.err.splitlines() if f"[{code}]" in line]
    assert lines
    assert f": {severity}: " in lines[0]
    assert cell in lines[0].split(f": {severity}: ")[0]
    assert done.code == (REFUSED if severity == "error" else 0)
    assert (everything(symposium) == before) == (severity == "error")


# A refusal says why

SILENT = {  # a file that is no table, with something to be told of it all the same
    "a hidden column": book(["a", "b"], ["c", 1], hidden=("B",)),
    "the result of a formula": book(["a", "b"], ["c", 1], cells={"A3": "=1+1"}),
    "a comma and a point before decimals": text(["a", "b"], ["c", "8,5"], ["d", "6.5"], sign=";"),
    "areas, and no figure": book(["地区", "x"], ["海淀区", ""], hidden=("B",)),
    "a heading that names no indicator, hidden": book(
        ["地区", "幸福指数"], ["海淀区", 8.5], hidden=("B",)
    ),
}


@pytest.mark.parametrize("name", SILENT)
@pytest.mark.parametrize(
    "words",
    [
        ["import", "--half", "H1-2024", "--published", "2024-08-30"],
        ["targets", "import", "--year", "2024", "--set", "2024-01-20"],
    ],
)
def test_a_note_never_takes_the_place_of_the_reason(run, symposium, name, words):
    file, raw = SILENT[name]
    (symposium.parent / file).write_bytes(raw)
    said = run([*words, "--source", "s", str(symposium.parent / file)], at=symposium)
    assert said.code == REFUSED
    assert "[no-layout] → name the columns in a map (--map)" in said.err


@pytest.mark.parametrize(
    "output",
    [
        ["-o", "../seen.html"],
        ["-o", "../seen.xlsx"],
        ["-o", "../seen.txt"],
        ["-f", "md"],
        ["-f", "json"],
    ],
)
def test_what_is_refused_is_told_where_the_preview_goes_into_a_file(run, symposium, output):
    (symposium.parent / "r.csv").write_bytes(text(HEAD[:2], ["海淀区", "soon"])[1])
    for words in (
        ["import", "--half", "H1-2024", "--published", "2024-08-30"],
        ["targets", "import", "--year", "2024", "--set", "2024"],
    ):
        said = run(
            [*words, "--source", "s", str(symposium.parent / "r.csv"), *output], at=symposium
        )
        assert said.code == REFUSED
        assert "r.csv!B2: error: " in said.err


@pytest.mark.parametrize(
    ("err", "why"),
    [
        ("r.csv!A1: error: no column [no-layout] → say in a map\n", True),
        (": error: no column [no-layout] → say in a map\n", False),
        (
            "r.csv!A1: info: hidden [hidden-cells] → nothing\ndtrack: 1 error in the input. Nothing was written.\n",
            False,
        ),
        ("dtrack: 1 error; nothing was written.\n", False),
        ("no-layout (error): no column was found\n\nr.csv!A1\n    none\n→ say in a map\n", True),
        ("no-layout (error): no column was found\n\n    none\n→ say in a map\n", False),
        ("no-layout（错误）：未找到\nr.csv!A1\n    无\n→ 在映射中写明\n", True),
        (
            "dtrack: another dtrack is writing to this workspace; nothing was written. Run the command again later.\n",
            True,
        ),
    ],
)
def test_the_law_of_refusals_can_be_broken(err, why):
    """What the fixture `run` asks of every command that ends with 3."""
    assert says_why("", err) is why


def test_every_code_of_the_door_has_its_file():
    assert set(CASES) | {"undo-refused", "edit-refused"} == set(
        DOOR
    )  # these: tests/test_undo.py, tests/test_targets_set.py
