"""Texts that want to be more than text: in names, headings, notes, titles, file names, ids. Shown as text in every output.

Each payload is put wherever a person may write, a return with it is refused or brought in, and every command that could
show it is asked for every format. No terminal escape, no markup that Rich or HTML would act on, no formula comes out.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from support.import_sessions import WORDS, everything
from support.payloads import OUTPUTS, PAYLOADS, brought_in

pytestmark = pytest.mark.slow

BAD = ("\x1b", "\x07", "\x08", "\u202e", "\u2028", "\u2029", "\x85", "\u061c")


def harmless(text: str) -> bool:
    return not any(sign in text for sign in BAD)


def no_formula(text: str) -> bool:
    """No cell of a CSV begins as a formula does, parted by commas or by semicolons; a signed figure may."""
    cells = [cell.lstrip() for row in csv.reader(io.StringIO(text)) for cell in row]
    cells += [part.lstrip(' "') for part in text.replace("\n", ";").split(";")]
    return not [
        cell
        for cell in cells
        if cell[:1] in tuple("=@＝＠") or (cell[:1] in tuple("+＋－") and "(" in cell)
    ]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_text_that_came_in_is_shown_as_text_everywhere(run, symposium, payload):
    said = brought_in(run, symposium, payload)
    assert said.code == 0
    assert harmless(said.out + said.err)
    for words in OUTPUTS:
        table, table_csv, table_json = (
            run(f"{words} -f {form}" if form else words, at=symposium)
            for form in ("", "csv", "json")
        )
        assert {table.code, table_csv.code, table_json.code} <= {0}
        assert harmless(table.out + table.err)
        assert harmless(table_csv.out)
        assert no_formula(table_csv.out)
        json.loads(table_json.out)
        assert harmless(table_json.out)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("place", ["area", "heading", "figure"])
def test_a_text_that_is_refused_is_quoted_as_text(run, symposium, payload, place):
    before = everything(symposium)
    rows = {
        "area": [["地区", "数字经济增加值增速"], [payload, "5"], ["海淀区", "8.5"]],
        "heading": [["地区", payload], ["海淀区", "8.5"]],
        "figure": [["地区", "数字经济增加值增速"], ["海淀区", payload]],
    }[place]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    (symposium.parent / "r.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    for form in ("table", "csv", "json"):
        said = run(
            ["import", str(symposium.parent / "r.csv"), *WORDS, "--yes", "-f", form], at=symposium
        )
        assert said.code == 3
        assert harmless(said.out + said.err)
        assert form != "csv" or no_formula(said.out)
    assert everything(symposium) == before


@pytest.mark.parametrize(
    "name",
    [
        "../../outside.xlsx",
        "..\\outside.xlsx",
        "a\x1b[31mb.xlsx",
        "CON.xlsx",
        ".hidden.xlsx",
        "=cmd().xlsx",
        "a;b.xlsx",
    ],
)
def test_the_name_of_a_file_stays_inside_data_received(symposium, name):
    from dtrack.importing.originals import kept
    from dtrack.storage.paths import Files

    safe = kept(Files(symposium), name, b"x")
    assert Path(safe).name == safe
    assert (symposium / "data/received" / safe).resolve().parent == (
        symposium / "data/received"
    ).resolve()
    assert harmless(safe)
    assert not safe.startswith(".")
    assert ";" not in safe


# A name in another encoding, as unzip leaves those of Chinese archives


GBK = "2024年上半年".encode("gbk")
SHOWN = "2024%C4%EA%C9ϰ%EB%C4%EA.csv"  # two of its bytes happen to be a letter in UTF-8
OTHER = b"2024\xc4\xeb.csv"


@pytest.fixture
def foreign(symposium):
    """The symposium, its newest figures in a file whose name is GBK, and a return so named beside it."""
    home = os.fsencode(symposium / "data/actuals")
    try:
        os.rename(home + b"/2024-h1.csv", home + b"/" + GBK + b".csv")
        for name in (GBK + b".csv", OTHER):
            Path(os.fsdecode(os.fsencode(symposium.parent) + b"/" + name)).write_text(
                "area,digital_va_growth\nhaidian,5.1\nxicheng,high\n", encoding="utf-8"
            )
    except OSError:
        pytest.skip("this system has no such names")
    return symposium


def texts_of(data: bytes, form: str) -> str:
    """Every text of a result, as it is read back."""
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        return "\n".join(
            str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row
        )
    text = data.decode()
    if form == "json":
        return "\n".join(str(cell) for row in json.loads(text)["rows"] for cell in row.values())
    return unescape(re.sub(r"<[^>]+>", "", text)) if form == "html" else text.replace("\\", "")


@pytest.mark.parametrize("form", ["table", "csv", "json", "md", "html", "xlsx"])
@pytest.mark.parametrize(
    "words",
    [
        "why haidian digital_va_growth H1-2024",
        "status --half H1-2024 --since 2024-01-01",
        "check --all",
    ],
)
def test_a_name_in_another_encoding_is_the_same_text_in_every_format(
    run, foreign, tmp_path, words, form
):
    if words.startswith("check"):
        with (foreign / "data/actuals" / os.fsdecode(GBK + b".csv")).open(
            "a", encoding="utf-8"
        ) as file:
            file.write(
                "haidian,no_such_indicator,H1-2024,1,illustrative,2024-07-18,illustrative-haidian-h1-2024,\n"
            )
    out = tmp_path / f"out.{'txt' if form == 'table' else form}"
    said = run(f"{words} -o {out}", at=foreign)
    assert said.code == 3 if words.startswith("check") else said.code == 0
    assert SHOWN in texts_of(out.read_bytes(), form)


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_return_with_such_a_name_is_told_apart_from_another(run, foreign, form):
    shown = []
    for name in (GBK + b".csv", OTHER):
        said = run(["import", "../" + os.fsdecode(name), *WORDS, "-f", form], at=foreign)
        assert said.code == 3
        shown += [word for word in (SHOWN, "2024%C4%EB.csv") if word in (said.out + said.err)]
    assert shown == [SHOWN, "2024%C4%EB.csv"]


def test_a_return_with_such_a_name_comes_in_and_goes_out_again(run, foreign):
    sent = foreign.parent / os.fsdecode(GBK + b".csv")
    sent.write_text(
        sent.read_text(encoding="utf-8").replace("xicheng,high\n", ""), encoding="utf-8"
    )
    before = everything(foreign)
    assert (
        run(
            [
                "import",
                str(sent),
                *[word if word != "H1-2024" else "2019" for word in WORDS],
                "--yes",
            ],
            at=foreign,
        ).code
        == 0
    )
    assert (foreign / "data/received" / SHOWN).read_bytes() == sent.read_bytes()
    assert f"{SHOWN}!B2" in run("why haidian digital_va_growth 2019 -f csv", at=foreign).out
    assert run("import --undo --yes", at=foreign).code == 0
    assert everything(foreign) == before


@pytest.mark.parametrize(
    "words",
    [
        [
            "add",
            "haidian",
            "digital_va_growth",
            "2018",
            "5",
            "--published",
            "2024",
            "--source",
            "returns-2024",
            "--note",
        ],
        ["sources", "add", "new", "--title"],
        [
            "targets",
            "set",
            "haidian",
            "digital_va_growth",
            "2018",
            "5",
            "--set",
            "2018",
            "--source",
        ],
        ["import", "r.csv", *WORDS, "--title"],
        ["targets", "import", "r.csv", "--year", "2018", "--set", "2018", "--source"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_bytes_that_are_no_text_are_not_written(run, symposium, words):
    before = everything(symposium)
    (symposium / "r.csv").write_text("area,digital_va_growth\nhaidian,5.1\n", encoding="utf-8")
    said = run([*words, "\udcc4\udcea"], at=symposium)
    assert (said.code, "not valid text" in said.err) == (2, True)
    (symposium / "r.csv").unlink()
    assert everything(symposium) == before


def test_a_plan_with_half_a_letter_in_a_name_is_no_bug(run, symposium):
    (symposium / ".dtrack").mkdir()
    plan = {
        "format": 1,
        "dtrack": "0",
        "holder": {"process": 1, "host": "\udcc4", "doing": "\ud83d"},
        "items": [{"name": "data/\ud800.csv", "before": "", "after": "a"}],
    }
    (symposium / ".dtrack/plan.json").write_text(json.dumps(plan), encoding="utf-8")
    said = run("report --half H1-2024", at=symposium)
    assert (said.code, "data/%uD800.csv" in said.err) == (0, True)


def test_a_data_folder_that_leads_out_of_the_workspace_is_not_written_to(run, symposium, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (symposium / "data/actuals").rename(elsewhere)
    try:
        (symposium / "data/actuals").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    before = everything(elsewhere)
    said = brought_in(run, symposium, "a note")
    assert (said.code, everything(elsewhere) == before) == (3, True)
    assert not (symposium / "data/received").exists()
