"""What looks like a return and is none: SDMX, our own export first of all, and the tables that dtrack worked out."""

from __future__ import annotations

import csv

import pytest

from support.import_sessions import everything
from support.layouts import GROWTH
from support.map_kinds import KINDS
from support.workspaces import ROOT

IMPORTS = {
    "import": "import {file} --half H1-2024 --published 2024-08-30 --source s --yes",
    "import -i": f"import {{file}} --half H1-2024 --published 2024-08-30 --source s -i {GROWTH} --yes",
    "targets import": "targets import {file} --year 2024 --set 2024-01-20 --source s --yes",
}


def refused(run, folder, command: str, file: str) -> str:
    """What stands on stderr of an import that wrote nothing."""
    before = everything(folder)
    said = run(IMPORTS[command].format(file=file), at=folder)
    assert (said.code, said.out, everything(folder)) == (3, "", before)
    assert "[no-return] → import the original return" in said.err
    return said.err


@pytest.mark.parametrize("command", IMPORTS)
@pytest.mark.parametrize("more", ["", "--editions"])
def test_what_export_writes_is_not_read_back_as_something_else(run, symposium, command, more):
    """Its targets had been booked as figures."""
    assert run(f"export --sdmx ../out.csv {more}", at=symposium).code == 0
    assert "out.csv!A1: error: “STRUCTURE” is an SDMX column" in refused(
        run, symposium, command, "../out.csv"
    )


SDMX = [
    "STRUCTURE_ID",
    "structure_id",
    "TIME_PERIOD",
    "Time_Period",
    "OBS_VALUE",
    "obs_value",
    " OBS_VALUE ",
    "TIME_PERIOD: Time period",
    "OBS_VALUE:观测值",
]


@pytest.mark.parametrize("heading", SDMX)
@pytest.mark.parametrize("name", KINDS)
def test_one_column_of_sdmx_is_enough(run, symposium, heading, name):
    rows = [["地区", GROWTH, heading], ["怀柔区", "7.12", "2024"]]
    (symposium.parent / name).write_bytes(KINDS[name](rows, (), "S"))
    for command in IMPORTS:
        assert f"C1: error: “{heading.strip()}” is an SDMX column" in refused(
            run, symposium, command, f"../{name}"
        )


IN_PAIRS = ["STRUCTURE", "DATAFLOW", "STRUCTURE[;]", "DATAFLOW:Dataflow", "STRUCTURE: Structure"]


@pytest.mark.parametrize("heading", IN_PAIRS)
def test_a_word_that_may_head_any_table_needs_another_of_sdmx_beside_it(run, symposium, heading):
    rows = [["地区", GROWTH, heading, "REF_AREA"], ["怀柔区", "7.12", "x", "110116"]]
    (symposium.parent / "r.csv").write_bytes(KINDS["r.csv"](rows, (), "S"))
    assert f"C1: error: “{heading}” is an SDMX column" in refused(
        run, symposium, "import", "../r.csv"
    )


@pytest.mark.parametrize(
    "first",
    [
        ["STRUCTURE : Direction de la statistique", ""],
        ["STRUCTURE: Direction de la statistique", ""],
        ["STRUCTURE", "Direction de la statistique"],
        ["STRUCTURE :", "Direction de la statistique"],
        ["DATAFLOW: monthly, by mail", ""],
    ],
)
@pytest.mark.parametrize("name", KINDS)
def test_who_sent_a_return_may_be_called_a_structure(run, symposium, first, name):
    rows = [first, ["地区", GROWTH], ["怀柔区", "7.12"]]
    (symposium.parent / name).write_bytes(KINDS[name](rows, (), "S"))
    for words in IMPORTS.values():
        said = run(words.format(file=f"../{name}") + " --dry-run", at=symposium)
        assert "no-return" not in said.err + said.out, words


def test_a_title_above_and_semicolons_hide_no_sdmx(run, symposium):
    text = "Données ; ;\n;;\nREF_AREA;TIME_PERIOD;OBS_VALUE\n110116;2024-S1;7,12\n"
    (symposium.parent / "r.csv").write_text(text, encoding="utf-8")
    assert "r.csv!B3: error: " in refused(run, symposium, "import", "../r.csv")


ANSWERS = {
    "report": "report --half H1-2024",
    "report --all": "report --half H1-2024 --all",
    "gap": "gap --district haidian",
    "catchup": "catchup --half H1-2024",
    "city": f"city --half H1-2024 -i {GROWTH}",
    "path": "path",
    "revisions": "revisions",
    "status": "status --half H1-2024",
    "status --since": "status --half H1-2024 --since 2024-07-25",
}


@pytest.mark.parametrize("name", ["r.csv", "r.xlsx", "r.ods"])
@pytest.mark.parametrize("answer", ANSWERS)
def test_what_dtrack_worked_out_is_no_return(run, symposium, answer, name):
    """The older share that `report` judges had been booked for the period asked for."""
    rows = list(csv.reader(run(f"{ANSWERS[answer]} -f csv", at=symposium).out.splitlines()))
    (symposium.parent / name).write_bytes(KINDS[name](rows, (), "S"))
    command = answer.replace(" --all", "").replace("gap", "report")
    for how in IMPORTS:
        assert f"A1: error: these are the columns of `dtrack {command}`: " in refused(
            run, symposium, how, f"../{name}"
        )


def test_what_an_older_dtrack_worked_out_is_no_return_either(run, symposium):
    """Columns that have joined behind the note since are missing in it."""
    rows = list(csv.reader(run("report --half H1-2024 -f csv", at=symposium).out.splitlines()))
    older = [row[: rows[0].index("note") + 1] for row in rows]
    assert len(older[0]) == 26
    (symposium.parent / "r.csv").write_bytes(KINDS["r.csv"](older, (), "S"))
    assert "these are the columns of `dtrack report`: " in refused(
        run, symposium, "import", "../r.csv"
    )


@pytest.mark.parametrize(
    ("heading", "command"),
    [
        ("Time period", "import"),
        ("Structure", "import"),
        ("dataflow", "import"),
        ("观测值", "import"),
        ("Obs. value", "import"),
        ("structure", "targets import"),
    ],
)
def test_words_of_other_tables_are_no_sdmx(run, symposium, heading, command):
    (symposium.parent / "r.csv").write_text(
        f"地区,{GROWTH},{heading}\n怀柔区,7.12,H1-2024\n", encoding="utf-8"
    )
    assert "[no-return]" not in run(IMPORTS[command].format(file="../r.csv"), at=symposium).err


def test_figures_and_targets_as_dtrack_keeps_them_may_be_a_return(run, symposium):
    """Files of figures have the columns of a long table, and `targets` lists targets as worded."""
    figures = next((ROOT / "examples/symposium/data/actuals").glob("*.csv")).read_text(
        encoding="utf-8"
    )
    targets = run("targets -f csv", at=symposium).out
    for command, text in (("import", figures), ("targets import", targets)):
        (symposium.parent / "r.csv").write_text(text, encoding="utf-8")
        said = run(IMPORTS[command].format(file="../r.csv"), at=symposium)
        assert ("no-return" in said.out + said.err, "r.csv: " in said.out) == (False, True)
