"""A district's workbook goes into the workspace: a recorded session, from the first refusal to the cell that `why` names.

The workspace is a copy of examples/symposium, in which Fangshan has not reported; the workbooks are made in returns.py.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from pathlib import Path

import pytest

from support.import_sessions import WORDS, everything, given
from support.returns import MENDED, MESSY

FIGURES = "data/actuals/H1-2024-returns-2024.csv"


def told_of(out: str, severity: str) -> dict[str, str]:
    """Place → code and sentence of the findings of one severity, from the blocks of a preview."""
    told, code = {}, ""
    lines = out.splitlines()
    for number, line in enumerate(lines):
        if head := re.match(r"([a-z-]+) \(([a-z ]+)\): ", line):
            code = head[1] if head[2] == severity else ""
        elif code and number + 1 < len(lines) and lines[number + 1].startswith("    "):
            told[line.strip()] = f"{code} {lines[number + 1].strip()}"
    return told


def verdict(run, folder: Path, area: str) -> tuple[str, str]:
    (row,) = run(f"report --half H1-2024 -i digital_va_growth -d {area} -f csv", at=folder).rows
    return row["actual_text"], row["verdict"]


def test_the_messy_workbook_is_told_whole_and_nothing_is_written(run, symposium):
    before = everything(symposium)
    said = run(["import", given(symposium, MESSY), *WORDS, "--yes"], at=symposium)
    assert said.code == 3
    refused = told_of(said.out, "error")
    place = "workbook.xlsx!上半年!"
    assert set(refused) == {place + cell for cell in ("D6", "C7", "B8", "D9", "C11")}
    told = {
        f"{place}D6": "fraction-for-percent",
        f"{place}C7": "scale-slip",
        f"{place}B8": "unknown-area",
        f"{place}D9": "not-a-number",
        f"{place}C11": "conflicting-figures",
    }
    assert {cell: line.split(" ")[0] for cell, line in refused.items()} == told
    assert "shunyi" in refused[f"{place}B8"]
    assert f"{place}C10" in refused[f"{place}C11"]
    assert "nothing was written" in said.err
    assert everything(symposium) == before


def test_the_mended_workbook_goes_in_the_report_changes_and_why_leads_back(run, symposium):
    assert verdict(run, symposium, "fangshan") == ("", "not_reported")
    assert verdict(run, symposium, "huairou") == ("6.7", "missed")
    file = given(symposium, MENDED)
    said = run(["import", file, *WORDS, "--yes"], at=symposium)
    assert (said.code, told_of(said.out, "error")) == (0, {})
    assert "9 figures of 5 areas for H1-2024" in said.out
    assert verdict(run, symposium, "fangshan") == ("6.9%", "met")
    assert verdict(run, symposium, "huairou") == ("7.1", "met")
    assert (
        "workbook.xlsx!上半年!D7" in run("why fangshan digital_va_growth H1-2024", at=symposium).out
    )


def test_what_is_written(run, symposium):
    before = everything(symposium)
    file = given(symposium, MENDED)
    assert run(["import", file, *WORDS, "--yes"], at=symposium).code == 0
    after = everything(symposium)
    new = set(after) - set(before)
    assert new == {FIGURES, "data/received/workbook.xlsx", "data/imports.csv"}
    assert {name for name in before if after[name] != before[name]} == {"data/sources.csv"}
    assert after["data/received/workbook.xlsx"] == Path(file).read_bytes()
    source = list(csv.DictReader(after["data/sources.csv"].decode().splitlines()))[-1]
    digest = hashlib.sha256(Path(file).read_bytes()).hexdigest()
    assert (source["id"], source["file"], source["sha256"]) == (
        "returns-2024",
        "workbook.xlsx",
        digest,
    )
    rows = list(csv.DictReader(after[FIGURES].decode().splitlines()))
    assert [(row["area"], row["indicator"], row["value"], row["origin"]) for row in rows] == [
        ("huairou", "digital_va", "609000万", "workbook.xlsx!上半年!C6"),
        ("huairou", "digital_va_growth", "7.1", "workbook.xlsx!上半年!D6"),
        ("fangshan", "digital_va", "867000万", "workbook.xlsx!上半年!C7"),
        ("fangshan", "digital_va_growth", "6.9%", "workbook.xlsx!上半年!D7"),
        ("shunyi", "digital_va", "2397000万", "workbook.xlsx!上半年!C8"),
        ("shunyi", "digital_va_growth", "3.1", "workbook.xlsx!上半年!D8"),
        ("pinggu", "digital_va", "36.3", "workbook.xlsx!上半年!C9"),
        ("pinggu", "digital_va_growth", "7.1", "workbook.xlsx!上半年!D9"),
        ("miyun", "digital_va_growth", "<0.1", "workbook.xlsx!上半年!D10"),
    ]
    assert all(
        (row["period"], row["published"], row["source"])
        == ("H1-2024", "2024-08-30", "returns-2024")
        for row in rows
    )
    assert {row["status"] for row in rows} == {"illustrative"}


def test_undo_takes_it_back_to_the_last_byte(run, symposium):
    before = everything(symposium)
    assert run(["import", given(symposium, MENDED), *WORDS, "--yes"], at=symposium).code == 0
    assert everything(symposium) != before
    assert run("import --undo --yes", at=symposium).code == 0
    assert everything(symposium) == before
    assert run("import --undo --yes", at=symposium).code == 3


BARE = {  # sources.csv without the columns that an import fills in
    "only what is needed": b"id,title\nbulletin,Bulletin\n",
    "no end of the last line": b"id,title\nbulletin,Bulletin",
    "Windows, a BOM, a title over lines": b'\xef\xbb\xbfid,title\r\nbulletin,"two\r\nlines of ""x"""\r\n',
    "one column of two, and commas that Excel leaves": b"id,title,,file\n\nbulletin,Bulletin,,\n,,,\n",
    "no file": None,
}


@pytest.mark.parametrize("source", ["returns-2024", "bulletin"])
@pytest.mark.parametrize("name", BARE)
@pytest.mark.parametrize("what", ["import", "targets import"])
def test_the_columns_that_an_import_fills_in_are_added(run, symposium, name, source, what):
    """For a source that is new and for one that is there; every row keeps what it says, and undo every byte."""
    (symposium / "data/sources.csv").unlink()
    if (raw := BARE[name]) is not None:
        (symposium / "data/sources.csv").write_bytes(raw)
    (symposium.parent / "r.csv").write_text(
        "地区,数字经济增加值增速\n怀柔区,7.12\n", encoding="utf-8"
    )
    before = everything(symposium)
    told = (
        {
            row["id"]: row["title"]
            for row in run("sources -f csv", at=symposium).rows
            if row["title"]
        }
        if raw
        else {}
    )
    words = {
        "import": ["--half", "H1-2024", "--published", "2024-08-30"],
        "targets import": ["--year", "2024", "--set", "2024-01-20"],
    }
    line = [
        *what.split(),
        str(symposium.parent / "r.csv"),
        "--source",
        source,
        *words[what],
        "--yes",
    ]
    said = run(line, at=symposium)
    assert said.code == 0, said.err
    now = {
        row["id"]: row["title"] for row in run("sources -f csv", at=symposium).rows if row["title"]
    }
    assert now == {source: "r.csv"} | told
    text = (symposium / "data/sources.csv").read_bytes().decode("utf-8-sig")
    (row,) = [row for row in csv.DictReader(io.StringIO(text, newline="")) if row["id"] == source]
    assert (row["file"], row["sha256"]) == (
        "r.csv",
        hashlib.sha256((symposium.parent / "r.csv").read_bytes()).hexdigest(),
    )
    if what == "import":
        assert run("import --undo --yes", at=symposium).code == 0
        assert everything(symposium) == before


@pytest.mark.parametrize(
    "head", [b"time,figures,rows,sha256", b"time;figures;rows", b"\r\n", b"\xce\xc4\xbc\xfe"]
)
def test_what_could_not_be_taken_back_is_not_written(run, symposium, head):
    """A log that somebody made or saved otherwise."""
    (symposium / "data/imports.csv").write_bytes(head + b"\n")
    before = everything(symposium)
    said = run(["import", given(symposium, MENDED), *WORDS, "--yes"], at=symposium)
    assert said.code == 3
    assert (
        "data/imports.csv:1: error: the columns of data/imports.csv must be time,figures,"
        in said.err
    )
    assert everything(symposium) == before


def test_the_same_return_again_writes_nothing(run, symposium):
    file = given(symposium, MENDED)
    assert run(["import", file, *WORDS, "--yes"], at=symposium).code == 0
    once = everything(symposium)
    said = run(["import", file, *WORDS, "--yes"], at=symposium)
    assert said.code == 0
    assert "already recorded" in said.err
    assert everything(symposium) == once


def test_a_figure_that_a_file_further_down_the_alphabet_holds_is_on_file_too(run, symposium):
    """The new file comes first among the files then, and the repetition is seen at the row that was there before."""
    before, edition = (
        "area,indicator,period,value,status,published,source,note,origin\n",
        "illustrative,2024-08-30,returns-2024,",
    )
    rows = [
        f"{area},digital_va_growth,H1-2024,{value},{edition},old.csv!B2\n"
        for area, value in (("fangshan", "6.9"), ("huairou", "7.1"))
    ]
    (symposium / "data/actuals/z.csv").write_text(
        before + "".join(rows), encoding="utf-8", newline="\n"
    )
    with (symposium / "data/sources.csv").open("a", encoding="utf-8", newline="") as sources:
        sources.write("returns-2024,Returns,,2024-08-30,,no,,\n")
    (symposium.parent / "r.csv").write_text(
        "地区,数字经济增加值增速\n怀柔区,7.1\n顺义区,3.2\n", encoding="utf-8"
    )
    said = run(["import", str(symposium.parent / "r.csv"), *WORDS, "--yes"], at=symposium)
    assert (said.code, "duplicate-figure" in said.err) == (0, False)
    assert "1 revised, 1 already recorded" in said.out
    written = list(csv.DictReader((symposium / FIGURES).read_text(encoding="utf-8").splitlines()))
    assert [(row["area"], row["value"]) for row in written] == [("shunyi", "3.2")]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "no content was recognised"),
        ("zh", "未识别出任何内容"),
        ("fr", "aucun contenu n’a été reconnu"),
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        ["import", "--half", "H1-2024", "--published", "2024-07-20"],
        ["targets", "import", "--year", "2025", "--set", "2025-01-20"],
    ],
)
def test_a_table_without_a_figure_is_not_called_on_file_already(
    run, symposium, tmp_path, words, language, told
):
    file = tmp_path / "empty.csv"
    file.write_text("district,digital_va_growth\nhaidian,\nshunyi,\n", encoding="utf-8")
    said = run([*words, str(file), "--source", "s1", "--yes", "--lang", language], at=symposium)
    assert (said.code, told in said.err) == (0, True)


def test_more_findings_than_a_screen_holds_name_the_command_that_lists_them(
    run, symposium, tmp_path
):
    rows = "".join(f"nobody {number},5.0\n" for number in range(60))
    file = tmp_path / "strangers.csv"
    file.write_text("district,digital_va_growth\n" + rows, encoding="utf-8")
    for words, listing in (
        (["import", *WORDS], "dtrack import"),
        (
            ["targets", "import", "--year", "2025", "--set", "2025", "--source", "s1"],
            "dtrack targets import",
        ),
    ):
        said = run([*words, str(file), "-f", "csv"], at=symposium)
        assert said.code == 3
        assert f"… and 10 more findings: {listing} --all lists all" in said.err


@pytest.mark.parametrize("how", [["--dry-run"], []])
def test_without_a_yes_nothing_is_written(run, symposium, how):
    before = everything(symposium)
    said = run(["import", given(symposium, MENDED), *WORDS, *how], at=symposium)
    assert said.code == (0 if how else 2)
    assert "nothing was written" in said.err
    assert everything(symposium) == before


def test_the_preview_tells_new_revised_and_the_verdicts_that_turn(run, symposium):
    rows = run(
        ["import", given(symposium, MENDED), *WORDS, "--dry-run", "-f", "csv"], at=symposium
    ).rows
    told = {(row["area"], row["indicator"]): row for row in rows}
    growth = told["huairou", "digital_va_growth"]
    assert (growth["what"], growth["before"], growth["change"]) == ("revised", "6.7", "0.4")
    assert (growth["verdict_before"], growth["verdict_after"]) == ("missed", "met")
    assert told["fangshan", "digital_va_growth"]["what"] == "new"
    assert (
        told["fangshan", "digital_va_growth"]["verdict_before"],
        told["fangshan", "digital_va_growth"]["verdict_after"],
    ) == ("not_reported", "met")
    assert told["shunyi", "digital_va_growth"]["what"] == "same"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "--half"),
        (["--half", "H3-2024", "--published", "2024-08-30", "--source", "s"], "not a valid period"),
        (["--half", "H1-2024", "--published", "soon", "--source", "s"], "not a valid date"),
        (["--half", "H1-2024", "--published", "", "--source", "s"], "a date"),
        ([*WORDS, "--status", "maybe"], "maybe"),
        ([*WORDS, "--indicator", "nonsense"], "nonsense"),
    ],
)
def test_a_bad_command_line(run, symposium, words, says):
    said = run(["import", given(symposium, MENDED), *words], at=symposium)
    assert said.code == 2
    assert says in said.err


@pytest.mark.parametrize(("day", "ahead"), [("2942-07-20", True), ("2024-08-30", False)])
def test_a_day_that_has_not_come_yet_is_told_at_every_door(run, symposium, day, ahead):
    """2942 for 2024: such figures would be the newest for as long as anybody reads them."""
    words = ["--published", day, "--source", "returns-2024"]
    at_the_door = run(
        ["import", given(symposium, MENDED), "--half", "H1-2024", *words, "--yes"], at=symposium
    )
    by_telephone = run(
        ["add", "fangshan", "digital_va_growth", "2024-05", "5.9", *words], at=symposium
    )
    on_file = run("check --all", at=symposium)
    assert [said.code for said in (at_the_door, by_telephone, on_file)] == [0, 0, 0]
    said = f"{day} is in the future (today is"
    assert [said in text for text in (at_the_door.out, by_telephone.err, on_file.out)] == [
        ahead
    ] * 3


def test_a_file_that_is_not_there(run, symposium):
    assert run(["import", "nowhere.xlsx", *WORDS], at=symposium).code == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("地区,数字经济增加值增速\n海淀区,8.5\n".encode(), ""),
        ("地区,数字经济增加值增速\n海淀区,8.5\n".encode("utf-8-sig"), ""),
        ("地区,数字经济增加值增速\n海淀区,8.5\n".encode("gb18030"), "GB18030"),
        ("地区;数字经济增加值增速\n海淀区;8,5\n".encode(), "comma"),
        ("地区\t数字经济增加值增速\n海淀区\t8.5\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_csv_in_the_encodings_of_office_programs(run, symposium, text, said):
    (symposium.parent / "r.csv").write_bytes(text)
    done = run(["import", str(symposium.parent / "r.csv"), *WORDS, "--yes"], at=symposium)
    assert done.code == 0
    assert said in done.out
    assert verdict(run, symposium, "haidian") == ("8.5", "met")
    assert "r.csv!B2" in run("why haidian digital_va_growth H1-2024", at=symposium).out


def test_numbers_with_comma_and_with_point_are_refused_until_the_map_says_which(run, symposium):
    (symposium.parent / "r.csv").write_text(
        "地区;数字经济增加值增速\n海淀区;8,5\n顺义区;3.1\n", encoding="utf-8"
    )
    words = ["import", str(symposium.parent / "r.csv"), *WORDS, "--yes"]
    said = run(words, at=symposium)
    assert said.code == 3
    assert "mixed-decimals" in said.out
    (symposium.parent / "m.toml").write_text('decimal = ","\n', encoding="utf-8")
    assert (
        "not-a-number" in run([*words, "--map", str(symposium.parent / "m.toml")], at=symposium).out
    )


@pytest.mark.parametrize(("form", "text"), [("fraction", "0.071"), ("index", "107.1")])
def test_a_form_is_asked_for_and_the_map_answers(run, symposium, form, text):
    (symposium.parent / "r.csv").write_text(
        f"地区,数字经济增加值增速\n怀柔区,{text}\n", encoding="utf-8"
    )
    words = ["import", str(symposium.parent / "r.csv"), *WORDS, "--yes"]
    said = run(words, at=symposium)
    assert (said.code, f"{form}-for-" in said.out) == (3, True)
    (symposium.parent / "m.toml").write_text(
        f'[columns]\n"数字经济增加值增速" = {{ indicator = "digital_va_growth", form = "{form}" }}\n',
        encoding="utf-8",
    )
    assert run([*words, "--map", str(symposium.parent / "m.toml")], at=symposium).code == 0
    assert verdict(run, symposium, "huairou") == ("7.1", "met")


def test_the_map_that_was_used_can_be_kept_and_used_again(run, symposium):
    file, kept = given(symposium, MENDED), symposium.parent / "used.toml"
    first = run(
        ["import", file, *WORDS, "--dry-run", "--save-map", str(kept), "-f", "csv"], at=symposium
    )
    assert 'indicator = "digital_va_growth"' in kept.read_text(encoding="utf-8")
    again = run(
        ["import", file, *WORDS, "--dry-run", "--map", str(kept), "-f", "csv"], at=symposium
    )
    assert again.out == first.out


def test_several_sheets_need_a_name(run, symposium):
    import openpyxl

    file = symposium.parent / "two.xlsx"
    book = openpyxl.load_workbook(given(symposium, MENDED))
    book["草稿"].sheet_state = "visible"
    book.save(file)
    said = run(["import", str(file), *WORDS, "--yes"], at=symposium)
    assert (said.code, "which-sheet" in said.err) == (3, True)
    assert run(["import", str(file), *WORDS, "--yes", "--sheet", "上半年"], at=symposium).code == 0
