"""`dtrack sources`: what stands on which source; `dtrack sources add`: one row more, and every other byte as it was."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest

from support.broken_inputs import GOOD, SOURCES, write
from support.bytes_of_files import every_byte
from support.workspaces import ROOT

HEAD = "id,title,publisher,date,url,copy,file,sha256\n"
ADD = ["sources", "add", "s2", "--title", "Yearbook", "--workspace", "."]


# The list


def test_the_list_counts_what_stands_on_each(tmp_path, run):
    write(tmp_path, {SOURCES: GOOD[SOURCES] + "s3,=1+1,,2024,,yes,,\n"})
    assert run("sources -f csv --workspace .", at=tmp_path).rows == [
        {
            "id": "s1",
            "title": "Bulletin",
            "publisher": "Bureau",
            "date": "2024-07-20",
            "copy": "no",
            "figures": "2",
            "targets": "1",
        },
        {
            "id": "s3",
            "title": "'=1+1",
            "publisher": "",
            "date": "2024",
            "copy": "yes",
            "figures": "0",
            "targets": "0",
        },
    ]


def test_the_list_for_people_names_what_is_cited_and_not_listed(tmp_path, run):
    figures = GOOD["data/actuals/figures.csv"].replace("2024-07-22,s1", "2024-07-22,s9")
    write(tmp_path, {"data/actuals/figures.csv": figures})
    said = run("sources --workspace .", at=tmp_path)
    assert said.code == 0
    assert "1 source\n" in said.out
    assert "Cited and not listed in data/sources.csv: s9." in said.out


def test_the_sources_of_beijing(run):
    toml = (ROOT / "targets.toml").read_text(encoding="utf-8").partition("[targets.")[2]
    rows = run("sources -f csv").rows
    assert {row["id"]: int(row["targets"]) for row in rows} == {
        row["id"]: toml.count(f'source = "{row["id"]}"') for row in rows
    }
    figures = [
        row
        for file in (ROOT / "data/actuals").glob("*.csv")
        for row in csv.DictReader(file.read_text("utf-8").splitlines())
    ]
    counted = Counter(row["source"] for row in figures)
    assert {row["id"]: int(row["figures"]) for row in rows} == {
        row["id"]: counted[row["id"]] for row in rows
    }


# One more

SESSIONS = [  # typed after `sources add`, code, stdout, parts of stderr
    ("s2 --title Yearbook", 0, "Source s2: Yearbook.\n", []),
    (
        "s2 --title 年鉴 --publisher Bureau --date 2024-09 --url https://example.org/a --copy",
        0,
        "Source s2: 年鉴, Bureau, 2024-09, https://example.org/a, secondary source.\n",
        [],
    ),
    ("s1 --title Again", 2, "", ["“s1” exists already", "Bulletin"]),
    ("S1 --title Again", 2, "", ["“s1” exists already", "Bulletin"]),
    ("' ' --title Again", 2, "", ["an id and a title"]),
    ("s2 --title ' '", 2, "", ["an id and a title"]),
    ("s2", 2, "", ["--title"]),
    ("s2 --title Yearbook --date soon", 2, "", ["“soon” is not a valid date"]),
    ("s2 --title Yearbook --colour red", 2, "", ["--colour"]),
]


@pytest.mark.parametrize(
    ("typed", "code", "out", "err"), SESSIONS, ids=[typed for typed, *_ in SESSIONS]
)
def test_session(tmp_path, run, typed, code, out, err):
    before = every_byte(write(tmp_path))
    said = run(f"sources add {typed} --workspace .", at=tmp_path)
    assert (said.code, said.out) == (code, out)
    assert [part for part in err if part not in said.err] == []
    assert err or said.err == ""
    after = every_byte(tmp_path)
    assert {**after, SOURCES: b""} == {**before, SOURCES: b""}
    assert after[SOURCES].startswith(before[SOURCES])
    assert (after == before) == (code != 0)


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path, run):
    before = every_byte(write(tmp_path))
    dry = run([*ADD, "--dry-run"], at=tmp_path)
    assert every_byte(tmp_path) == before
    assert (dry.code, dry.out) == (0, run(ADD, at=tmp_path).out)


FILES = {
    "as dtrack writes it": (GOOD[SOURCES].encode(), b"s2,Yearbook,,,,no,,\n"),
    "Windows": (GOOD[SOURCES].replace("\n", "\r\n").encode(), b"s2,Yearbook,,,,no,,\r\n"),
    "without an end": (GOOD[SOURCES].rstrip("\n").encode(), b"\ns2,Yearbook,,,,no,,\n"),
    "Windows without an end": (
        GOOD[SOURCES].rstrip("\n").replace("\n", "\r\n").encode(),
        b"\r\ns2,Yearbook,,,,no,,\r\n",
    ),
    "with a BOM": (b"\xef\xbb\xbf" + GOOD[SOURCES].encode(), b"s2,Yearbook,,,,no,,\n"),
    "only what is needed, in another order": (
        b'title,id\n"Bulletin, monthly",s1\n',
        b"Yearbook,s2\n",
    ),
    "columns of its own": (b'"id","mine","title"\n"s1","x, y","Bulletin"\n', b"s2,,Yearbook\n"),
    "a note over lines": (b'id,title,publisher\ns1,Bulletin,"two\nlines"\n', b"s2,Yearbook,\n"),
    "empty": (b"", HEAD.encode() + b"s2,Yearbook,,,,no,,\n"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_row_goes_behind_what_is_there(tmp_path, run, name):
    raw, row = FILES[name]
    write(tmp_path, {SOURCES: raw})
    said = run(ADD, at=tmp_path)
    assert said.code == 0, said.err
    assert (tmp_path / SOURCES).read_bytes() == raw + row


def test_a_file_that_is_not_there_is_made(tmp_path, run):
    write(tmp_path, {SOURCES: None})
    assert run(ADD, at=tmp_path).code == 0
    assert (tmp_path / SOURCES).read_text(encoding="utf-8") == HEAD + "s2,Yearbook,,,,no,,\n"


LACKING = {  # sources.csv, and what it is after `sources add s2 --title Yearbook --url U --date 2024`
    "only what is needed": (
        b"id,title\ns1,Bulletin\n",
        b"id,title,date,url\ns1,Bulletin,,\ns2,Yearbook,2024,U\n",
    ),
    "one of two": (
        b"url,id,title\n,s1,Bulletin\n",
        b"url,id,title,date\n,s1,Bulletin,\nU,s2,Yearbook,2024\n",
    ),
    "Windows, a BOM, no end": (
        b"\xef\xbb\xbfid,title\r\ns1,Bulletin",
        b"\xef\xbb\xbfid,title,date,url\r\ns1,Bulletin,,\r\ns2,Yearbook,2024,U\r\n",
    ),
    "a title over lines": (
        b'id,title\ns1,"two\r\nlines ""x"""\ns3,T\n',
        b'id,title,date,url\ns1,"two\r\nlines ""x""",,\ns3,T,,\ns2,Yearbook,2024,U\n',
    ),
    "a heading over lines": (
        b'id,title,"my\nown"\ns1,T,x\n',
        b'id,title,"my\nown",date,url\ns1,T,x,,\ns2,Yearbook,,2024,U\n',
    ),
    "a quote within a text": (
        b'id,title\ns1,a 5" screen\ns3,T\n',
        b'id,title,date,url\ns1,a 5" screen,,\ns3,T,,\ns2,Yearbook,2024,U\n',
    ),
    "blank lines, and commas that Excel leaves": (
        b"id,title,,\n\ns1,T,,\n,,,\n",
        b"id,title,,,date,url\n\ns1,T,,,,\n,,,,,\ns2,Yearbook,,,2024,U\n",
    ),
    "old Macintosh": (b"id,title\rs1,T\r", b"id,title,date,url\rs1,T,,\rs2,Yearbook,2024,U\r"),
    "no rows": (b"id,title\n", b"id,title,date,url\ns2,Yearbook,2024,U\n"),
}


@pytest.mark.parametrize("name", LACKING)
def test_a_column_that_a_source_needs_is_added(tmp_path, run, name):
    """Every other letter stays; rows that were read before are read as before."""
    raw, after = LACKING[name]
    write(tmp_path, {SOURCES: raw})
    told = {
        row["id"]: row["title"] for row in run("sources -f csv --workspace .", at=tmp_path).rows
    }
    said = run([*ADD, "--url", "U", "--date", "2024"], at=tmp_path)
    assert (said.code, said.err) == (0, "")
    assert (tmp_path / SOURCES).read_bytes() == after
    now = {row["id"]: row["title"] for row in run("sources -f csv --workspace .", at=tmp_path).rows}
    assert now == told | {"s2": "Yearbook"}


@pytest.mark.parametrize("row", ["s3", "s3,T,x", 's3,"T', 's3,"two\nx,y"'])
def test_no_column_is_added_beside_a_row_that_is_none(tmp_path, run, row):
    """With a comma more such a row could look like one."""
    before = every_byte(write(tmp_path, {SOURCES: f"id,title\ns1,Bulletin\n{row}\n"}))
    said = run([*ADD, "--url", "U"], at=tmp_path)
    assert (said.code, said.out) == (3, "")
    assert "data/sources.csv:3: error: " in said.err
    assert every_byte(tmp_path) == before


@pytest.mark.parametrize(
    "title", ['=cmd("x")', 'a "b", c', "\x1b[31m[red]x", "数字经济", "'", '"', "@SUM(1)"], ids=repr
)
def test_a_title_can_hold_anything_and_is_shown_harmlessly(tmp_path, run, title):
    write(tmp_path)
    said = run(
        ["sources", "add", "s2", "--title", title, "--publisher", title, "--workspace", "."],
        at=tmp_path,
    )
    assert said.code == 0, said.err
    rows = list(csv.DictReader(io.StringIO((tmp_path / SOURCES).read_bytes().decode(), newline="")))
    assert (rows[-1]["title"], rows[-1]["publisher"]) == (title, title)
    for shown in (
        said,
        run("sources --workspace .", at=tmp_path),
        run("sources -f csv --workspace .", at=tmp_path),
    ):
        assert shown.code == 0
        assert "\x1b" not in shown.out
        assert "\n=" not in shown.out
    assert (
        not run("sources -f csv --workspace .", at=tmp_path)
        .rows[-1]["title"]
        .startswith(("=", "@"))
    )


def test_a_title_is_one_line(tmp_path, run):
    write(tmp_path)
    assert (
        run(
            ["sources", "add", "s2", "--title", "two\r\n lines,,,,,,,,", "--workspace", "."],
            at=tmp_path,
        ).code
        == 0
    )
    assert (tmp_path / SOURCES).read_text(encoding="utf-8") == GOOD[
        SOURCES
    ] + '"s2","two lines,,,,,,,,",,,,no,,\n'.replace('"s2"', "s2")


@pytest.mark.parametrize(
    "raw", [b"id,title\ns1,caf\xe9\n", b"id,name\ns1,x\n", b"id,title,title\ns1,x,y\n"]
)
def test_a_file_that_cannot_be_read_is_left_alone(tmp_path, run, raw):
    before = every_byte(write(tmp_path, {SOURCES: raw}))
    said = run(ADD, at=tmp_path)
    assert (said.code, said.out) == (3, "")
    assert "nothing was written" in said.err
    assert every_byte(tmp_path) == before


def test_an_option_before_the_command_is_not_lost(tmp_path, run):
    before = every_byte(write(tmp_path))
    said = run("sources --workspace . add s2 --title Yearbook", at=tmp_path)
    assert said.code == 2
    assert "after “add”" in said.err
    assert every_byte(tmp_path) == before
