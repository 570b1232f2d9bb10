"""An import is taken back as a whole: every byte of the workspace is then as it was before it.

`imported` makes the change that an import makes, from the public functions of the log alone: new figures, the original
kept, a source added or completed, a line in the log. What is taken back is refused if anybody changed it since.
"""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dtrack.core.findings import BlockedByFindings
from dtrack.importing.originals import kept
from dtrack.importing.register import (
    COLUMNS,
    LOG,
    ImportEntry,
    added,
    line,
    read_log,
    replaced,
    undone,
)
from dtrack.storage import transaction
from dtrack.storage.changeset import Change, fingerprint, portable
from dtrack.storage.paths import Files
from support.broken_inputs import GOOD, HEAD, SOURCES, write
from support.transactions import bytes_of, litter

HEADER = "id,title,publisher,date,url,copy,file,sha256\n"


def with_source(raw: bytes, row: str, name: str) -> bytes:
    """sources.csv with the original `name` entered in the row that begins with `row`; a new row where none does."""
    end = b"\r\n" if b"\r\n" in raw else b"\n"
    lines = raw.splitlines(keepends=True)
    for number, text in enumerate(lines):
        if text.startswith(row.encode() + b","):
            body = text.rstrip(b"\r\n")
            lines[number] = body.removesuffix(b",,") + f",{name},0f".encode() + text[len(body) :]
            return b"".join(lines)
    body = f"{row},Return,Alpha,2024-07-20,,no,{name},0f".encode()
    return raw + body + end if raw.endswith(end) else raw + end + body


def imported(
    folder: Path,
    number: int = 1,
    source: str = "s2",
    original: bytes = b"PK one",
    name: str = "return.xlsx",
) -> None:
    """One import, as `dtrack import` makes it."""
    files = Files(folder)
    figures = f"data/actuals/return-{number}.csv"
    rows = (HEAD + f"a,growth,H1-20{number:02},4.{number},flash,,{source},\n").encode()
    keep = f"data/received/{kept(files, name, original)}"
    new = keep not in files.listed("data/received")
    before = files.read(SOURCES)
    after = with_source(before, source, keep.rpartition("/")[2])
    log = files.read(LOG) if (folder / LOG).exists() else None
    entry = ImportEntry(
        f"2024-08-0{number}T09:00:00",
        figures,
        1,
        fingerprint(rows),
        keep if new else "",
        fingerprint(original) if new else "",
        source,
        *replaced(before, after),
    )
    seen = {SOURCES: fingerprint(before), LOG: fingerprint(log) if log else "", figures: ""}
    kept_now = {keep: original} if new else {}
    transaction.apply(
        folder,
        Change({**kept_now, SOURCES: after, LOG: added(log, entry), figures: rows}, seen=seen),
    )


def taken_back(folder: Path) -> None:
    transaction.apply(folder, undone(Files(folder)), "undo")


def refusal(folder: Path) -> str:
    """The one sentence against taking the last import back."""
    old = bytes_of(folder)
    with pytest.raises(BlockedByFindings) as told:
        undone(Files(folder))
    (finding,) = told.value.findings
    assert (finding.code, finding.severity) == ("undo-refused", "error")
    assert bytes_of(folder) == old
    return finding.sentence


# Every byte as before

SHEETS = {
    "a row added": GOOD[SOURCES],
    "a row completed": HEADER
    + "s1,Bulletin,Bureau,2024-07-20,,no,,\ns2,Return,Alpha,2024-07-20,,no,,\ns3,Other,,,,no,,\n",
    "the last row completed": GOOD[SOURCES] + "s2,Return,Alpha,2024-07-20,,no,,\n",
    "no line end after the last row, which is completed": GOOD[SOURCES]
    + "s2,Return,Alpha,2024-07-20,,no,,",
    "no line end after the last row, one is added": GOOD[SOURCES].removesuffix("\n"),
    "CRLF, a row completed": (
        GOOD[SOURCES] + "s2,Return,Alpha,2024-07-20,,no,,\ns3,Other,,,,no,,\n"
    ).replace("\n", "\r\n"),
    "CRLF, a row added": GOOD[SOURCES].replace("\n", "\r\n"),
    "CRLF, no line end, a row added": GOOD[SOURCES].replace("\n", "\r\n").removesuffix("\r\n"),
    "a quoted title over two lines": GOOD[SOURCES]
    + 's2,"Return,\n“half”, ""first""",Alpha,2024-07-20,,no,,\n',
    "a byte order mark": "\ufeff" + GOOD[SOURCES],
    "Chinese": GOOD[SOURCES] + "s2,北京市统计局：上半年,北京日报,2024-07-20,,no,,\n",
    "rows that are alike": GOOD[SOURCES]
    + "s3,Return,Alpha,2024-07-20,,no,,\ns2,Return,Alpha,2024-07-20,,no,,\n",
}


@pytest.mark.parametrize("sources", SHEETS.values(), ids=SHEETS)
def test_import_and_undo_leave_every_byte_as_before(tmp_path, sources):
    write(tmp_path, {SOURCES: sources.encode()})
    old = bytes_of(tmp_path)
    imported(tmp_path)
    assert len(bytes_of(tmp_path)) == len(old) + 3  # figures, original, log
    taken_back(tmp_path)
    assert (bytes_of(tmp_path), litter(tmp_path)) == (old, set())


@pytest.mark.parametrize(
    "sources", [b"", b"\n", "\ufeff".encode(), None], ids=["empty", "a line end", "a mark", "none"]
)
def test_undo_of_an_import_into_sources_without_a_row_leaves_what_was_there(tmp_path, run, sources):
    """A file that holds nothing is a file; none is none."""
    folder = write(tmp_path / "w", {SOURCES: sources})
    (tmp_path / "return.csv").write_text("area,growth\nb,4.4\n", encoding="utf-8")
    old = bytes_of(folder)
    brought = run(
        "import ../return.csv --half H1-2023 --published 2023-07-20 --source s9 --yes", at=folder
    )
    assert brought.code == 0, brought.err
    assert (folder / SOURCES).read_bytes().count(b"\n") == 2
    assert run("import --undo --yes", at=folder).code == 0
    assert bytes_of(folder) == old


def test_undo_never_takes_the_header_from_above_rows_of_others(tmp_path, run):
    """The import made the file, then a colleague added a source: without the header theirs could not be read."""
    folder = write(tmp_path / "w", {SOURCES: None})
    (tmp_path / "return.csv").write_text("area,growth\nb,4.4\n", encoding="utf-8")
    assert (
        run(
            "import ../return.csv --half H1-2023 --published 2023-07-20 --source s9 --yes",
            at=folder,
        ).code
        == 0
    )
    assert run("sources add colleague --title Colleague", at=folder).code == 0
    assert refusal(folder) == "data/sources.csv has additional rows since the import created it"


LOGS = {"none": None, "one": "\n", "CRLF": "\r\n", "no line end": ""}


@pytest.mark.parametrize("end", LOGS.values(), ids=LOGS)
def test_the_log_of_earlier_imports_stays_byte_for_byte(tmp_path, end):
    write(tmp_path)
    imported(tmp_path, 7, "s7", b"seven", "seven.csv")
    if end is not None:
        raw = (tmp_path / LOG).read_bytes()
        (tmp_path / LOG).write_bytes(
            raw.replace(b"\n", end.encode()) if end else raw.removesuffix(b"\n")
        )
    old = bytes_of(tmp_path)
    imported(tmp_path)
    assert [entry.source for entry in read_log(Files(tmp_path))] == ["s7", "s2"]
    taken_back(tmp_path)
    assert bytes_of(tmp_path) == old


def test_imports_are_taken_back_one_by_one_the_last_first(tmp_path):
    states = [bytes_of(write(tmp_path))]
    for number, source in enumerate(["s1", "s2", "s2", "s3"], start=1):
        imported(tmp_path, number, source, f"original {number}".encode())
        states.append(bytes_of(tmp_path))
    for state in reversed(states[:-1]):
        taken_back(tmp_path)
        assert bytes_of(tmp_path) == state
    assert refusal(tmp_path) == "there is no import in data/imports.csv"


def test_an_original_that_was_there_before_stays(tmp_path):
    write(tmp_path, {"data/received/return.xlsx": b"PK one"})
    old = bytes_of(tmp_path)
    imported(tmp_path)
    taken_back(tmp_path)
    assert bytes_of(tmp_path) == old


def test_an_original_that_another_source_names_stays(tmp_path):
    write(tmp_path)
    imported(tmp_path)
    raw = (tmp_path / SOURCES).read_bytes() + b"s9,Same return,,,,no,old.csv; Return.xlsx,\n"
    (tmp_path / SOURCES).write_bytes(raw)
    taken_back(tmp_path)
    assert (tmp_path / "data/received/return.xlsx").read_bytes() == b"PK one"
    assert not (tmp_path / "data/actuals/return-1.csv").exists()


def test_an_original_that_is_gone_already_does_not_stand_in_the_way(tmp_path):
    old = bytes_of(write(tmp_path))
    imported(tmp_path)
    (tmp_path / "data/received/return.xlsx").unlink()
    taken_back(tmp_path)
    assert bytes_of(tmp_path) == old


def test_a_source_that_the_import_did_not_touch_is_not_looked_at(tmp_path):
    write(tmp_path)
    figures = "data/actuals/x.csv"
    rows = (HEAD + "a,growth,H1-2020,4.0,flash,,s1,\n").encode()
    entry = ImportEntry("2024-08-01T09:00:00", figures, 1, fingerprint(rows), source="s1")
    old = bytes_of(tmp_path)
    transaction.apply(tmp_path, Change({LOG: added(None, entry), figures: rows}))
    (tmp_path / SOURCES).write_bytes(edited := old[SOURCES] + b"s8,New,,,,no,,\n")
    taken_back(tmp_path)
    assert bytes_of(tmp_path) == old | {SOURCES: edited}


def test_rows_that_came_later_in_sources_stay(tmp_path):
    write(tmp_path)
    imported(tmp_path)
    (tmp_path / SOURCES).write_bytes((tmp_path / SOURCES).read_bytes() + b"s8,New,,,,no,,\n")
    taken_back(tmp_path)
    assert (tmp_path / SOURCES).read_text(encoding="utf-8") == GOOD[SOURCES] + "s8,New,,,,no,,\n"


cells = st.text('ab,"\n;é区', max_size=6)
sources_rows = st.lists(st.tuples(cells, cells), max_size=4)


@settings(max_examples=150, deadline=None)
@given(
    rows=sources_rows,
    end=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
    number=st.integers(0, 4),
    text=cells,
)
@example(rows=[], end="\r\n", last=False, number=0, text="")
def test_law_what_replaced_tells_takes_a_change_of_one_row_back(rows, end, last, number, text):
    """Any sources.csv: quoted, over several lines, either line end, with or without the last; one row changed or added."""
    table = [[f"s{n}", *row] for n, row in enumerate(rows)]
    anew = [list(row) for row in table]
    if number < len(anew):
        anew[number][2] += "changed"
    else:
        anew.append(["new", text, text])

    def raw(table, last):
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator=end).writerows([["id", "title", "publisher"], *table])
        return (out.getvalue() if last else out.getvalue().removesuffix(end)).encode()

    before, after = raw(table, last), raw(anew, last)
    folder = Path(tempfile.mkdtemp())
    try:
        write(folder, {SOURCES: after})
        figures = b"figures"
        (folder / "data/actuals/x.csv").write_bytes(figures)
        entry = ImportEntry(
            "now",
            "data/actuals/x.csv",
            1,
            fingerprint(figures),
            source="s",
            **dict(zip(("source_before", "source_after"), replaced(before, after), strict=True)),
        )
        (folder / LOG).write_bytes(added(None, entry))
        assert read_log(Files(folder)) == [entry]
        change = undone(Files(folder))
        assert change.files == ({SOURCES: before})
        assert change.gone == ("data/actuals/x.csv", LOG)
    finally:
        shutil.rmtree(folder)


# Refused


def test_nothing_is_taken_back_where_nothing_was_imported(tmp_path):
    assert refusal(write(tmp_path)) == "there is no import in data/imports.csv"


CHANGES_SINCE = {
    "the figures were edited": (
        "data/actuals/return-1.csv",
        b"4.1",
        b"4.2",
        "data/actuals/return-1.csv has changed since the import",
    ),
    "the original was saved anew": (
        "data/received/return.xlsx",
        b"one",
        b"two",
        "data/received/return.xlsx has changed since the import",
    ),
    "the source was edited": (
        SOURCES,
        b"Return",
        b"Report",
        "the source s2 has changed since the import",
    ),
    "the source stands twice": (
        SOURCES,
        b"s2,Return,Alpha,2024-07-20,,no,return.xlsx,0f\n",
        b"s2,Return,Alpha,2024-07-20,,no,return.xlsx,0f\n" * 2,
        "the source s2 has changed since the import",
    ),
    "the source goes on": (
        SOURCES,
        b"return.xlsx,0f\n",
        b"return.xlsx,0f,\n",
        "the source s2 has changed since the import",
    ),
    "columns of the log": (
        LOG,
        b"time,",
        b"when,",
        f"the columns of data/imports.csv must be {','.join(COLUMNS)}",
    ),
    "a row of the log": (
        LOG,
        b"2024-08-01T09:00:00,",
        b"",
        "this row does not have the 9 columns that dtrack writes",
    ),
    "a number of the log": (
        LOG,
        b"return-1.csv,1,",
        b"return-1.csv,one,",
        "this row does not have the 9 columns that dtrack writes",
    ),
    "a number of 5,000 digits in the log": (
        LOG,
        b"return-1.csv,1,",
        b"return-1.csv," + b"9" * 5000 + b",",
        "this row does not have the 9 columns that dtrack writes",
    ),
    "a quote of the log": (LOG, b"2024-08-01T09:00:00", b'"2024', "this row cannot be read: "),
    "the log leads out": (
        LOG,
        b"data/actuals/return-1.csv",
        b"data/actuals/../areas.csv",
        "data/actuals/../areas.csv is not a file in data/actuals",
    ),
    "the log leads elsewhere": (
        LOG,
        b"data/actuals/return-1.csv",
        b"targets.toml",
        "targets.toml is not a file in data/actuals",
    ),
}


@pytest.mark.parametrize(("name", "old", "new", "says"), CHANGES_SINCE.values(), ids=CHANGES_SINCE)
def test_what_somebody_changed_since_is_not_taken_back(tmp_path, name, old, new, says):
    write(tmp_path)
    imported(tmp_path)
    raw = (tmp_path / name).read_bytes()
    assert raw.count(old) == 1
    (tmp_path / name).write_bytes(raw.replace(old, new))
    assert refusal(tmp_path).startswith(says)


PLAIN_SOURCES = "id,title,publisher,date,url,copy\nplan,Plan,City,2024-01-10,,no\ns1,Bulletin,Bureau,2024-07-20,,no\n"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b"plan,Plan", b"plan,A plan", "the source plan has changed since the import"),
        (b"s9,return", b"s9,Return", "the source s9 has changed since the import"),
        (b"plan,Plan", b'plan,"Plan', "the source plan has changed since the import"),
        (b"id,title", b"id,Title", "data/sources.csv differs from what the import wrote"),
    ],
)
def test_the_row_that_was_changed_is_named(tmp_path, run, old, new, says):
    """The import adds two columns and so writes every row; only one of them is another now."""
    folder = write(tmp_path / "w", {SOURCES: PLAIN_SOURCES.encode()})
    (tmp_path / "return.csv").write_text("area,growth\nb,4.4\n", encoding="utf-8")
    said = run(
        "import ../return.csv --half H1-2023 --published 2023-07-20 --source s9 --yes", at=folder
    )
    assert said.code == 0, said.err
    raw = (folder / SOURCES).read_bytes()
    assert b"file,sha256" in raw
    (folder / SOURCES).write_bytes(raw.replace(old, new, 1))
    assert refusal(folder) == says


@pytest.mark.parametrize("name", ["data/actuals/return-1.csv", SOURCES])
def test_what_somebody_took_away_since_is_not_taken_back(tmp_path, name):
    write(tmp_path)
    imported(tmp_path)
    (tmp_path / name).unlink()
    assert name in refusal(tmp_path)


def test_a_log_that_is_no_text_is_refused(tmp_path):
    (write(tmp_path) / LOG).write_bytes(b"\xff\xfe")
    assert refusal(tmp_path).startswith("data/imports.csv cannot be read")


def test_a_change_between_looking_and_writing_is_refused_by_the_store(tmp_path):
    write(tmp_path)
    imported(tmp_path)
    change = undone(Files(tmp_path))
    (tmp_path / "data/actuals/return-1.csv").write_bytes(b"edited")
    with pytest.raises(transaction.WriteFailed, match=r"return-1\.csv was changed by another user"):
        transaction.apply(tmp_path, change)


def test_a_refusal_at_the_door_says_that_nothing_was_written(tmp_path, run, monkeypatch):
    from dtrack.reporting import check

    monkeypatch.setattr(check, "summary_of_findings", lambda *_: undone(Files(tmp_path)))
    said = run("check --workspace .", at=write(tmp_path))
    assert said.code == 3
    assert said.err.splitlines()[0].startswith(
        "data/imports.csv: error: there is no import in data/imports.csv [undo-refused] → "
    )
    assert said.err.splitlines()[1] == "dtrack: 1 error in the input. Nothing was written."


# The log


def test_a_line_of_the_log_in_full():
    entry = ImportEntry(
        "2024-08-30T09:00:00",
        "data/actuals/x.csv",
        16,
        "ab",
        "data/received/上半年.xlsx",
        "cd",
        "s2",
        "s2,A\n",
        's2,"A, B"\n',
    )
    assert line(entry) == (
        '2024-08-30T09:00:00,data/actuals/x.csv,16,ab,data/received/上半年.xlsx,cd,s2,"s2,A\n","s2,""A, B""\n"\n'
    )
    assert (
        added(None, entry).decode()
        == "time,figures,rows,sha256,received,received_sha256,source,source_before,source_after\n"
        + line(entry)
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("h\na\nb\n", "h\na\nB\n", ("b\n", "B\n")),
        ("h\na\n", "h\na\nb\n", ("", "b\n")),
        ("h\na", "h\na\nb", ("a", "a\nb")),  # a line end came to the row before
        ("h\r\na\r\nb\r\n", "h\r\nA\r\nb\r\n", ("a\r\n", "A\r\n")),
        ("h\na\n", "h\na\n", ("", "")),
        ("h\na\na\n", "h\na\na\na\n", ("", "a\n")),
        (
            "h\na\nb\nc\n",
            "h,f\na,\nb,x\nc,\n",
            ("h\na\nb\nc\n", "h,f\na,\nb,x\nc,\n"),
        ),  # two columns were added
    ],
)
def test_what_replaced_tells(before, after, told):
    assert replaced(before.encode(), after.encode()) == told


def test_a_log_of_large_texts_is_read(tmp_path):
    """Python's csv stops at 128 kB a field; a whole sources.csv may stand in one."""
    entry = ImportEntry(
        "now", "data/actuals/x.csv", 1, "ab", source_before="x" * 200_000 + "\n", source_after="y\n"
    )
    (write(tmp_path) / LOG).write_bytes(added(None, entry))
    limit = csv.field_size_limit()
    assert read_log(Files(tmp_path)) == [entry]
    assert csv.field_size_limit() == limit


# Names of originals

NAMES = {
    "return.xlsx": "return.xlsx",
    "上半年 工业.xlsx": "上半年 工业.xlsx",
    "/home/somebody/return.xlsx": "return.xlsx",
    "C:\\Users\\somebody\\return.xlsx": "return.xlsx",
    "../../etc/passwd": "passwd",
    "..": "unnamed",
    "": "unnamed",
    ".hidden.csv": "hidden.csv",
    ".xlsx": "xlsx",
    "return.xlsx. . ": "return.xlsx",
    "return .xlsx": "return.xlsx",
    "CON.xlsx": "_CON.xlsx",
    "nul": "_nul",
    "com1.tar.gz": "_com1.tar.gz",
    "lpt¹.csv": "_lpt¹.csv",
    "console.xlsx": "console.xlsx",
    'a<b>c:d"e|f?g*h.csv': "a_b_c_d_e_f_g_h.csv",
    "a;b；c.csv": "a_b_c.csv",
    "a\nb\tc\0.csv": "abc.csv",
    "\u202efdp.exe": "fdp.exe",  # a sign that turns the reading direction
    "e\u0301te\u0301.csv": "été.csv",
    "bad\udc80name.csv": "badname.csv",
    "x" * 200 + ".xlsx": "x" * 115 + ".xlsx",
    "报" * 200 + ".xlsx": "报" * 78 + ".xlsx",  # 240 bytes hold 78 signs of three and the suffix
    "a." + "s" * 200: "a." + "s" * 118,
}


@pytest.mark.parametrize(("given_name", "wanted"), NAMES.items())
def test_an_original_keeps_its_name_made_harmless(tmp_path, given_name, wanted):
    assert kept(Files(write(tmp_path)), given_name, b"x") == wanted


@pytest.mark.parametrize(
    ("there", "name", "wanted"),
    [
        ({"a.xlsx": b"x"}, "a.xlsx", "a.xlsx"),  # the same bytes are there already
        ({"a.xlsx": b"y"}, "a.xlsx", "a-2.xlsx"),
        ({"A.XLSX": b"y"}, "a.xlsx", "a-2.xlsx"),  # one file to Windows
        ({"A.xlsx": b"x"}, "a.xlsx", "A.xlsx"),
        ({"a.xlsx": b"y", "a-2.xlsx": b"z"}, "a.xlsx", "a-3.xlsx"),
        ({"a.xlsx": b"y", "a-2.xlsx": b"x"}, "a.xlsx", "a-2.xlsx"),
        ({"b.xlsx": b"x"}, "a.xlsx", "a.xlsx"),
        ({"é.csv": b"y"}, "e\u0301.csv", "é-2.csv"),
        ({"x" * 115 + ".xlsx": b"y"}, "x" * 200 + ".xlsx", "x" * 113 + "-2.xlsx"),
    ],
)
def test_a_name_that_is_taken_gets_a_number(tmp_path, there, name, wanted):
    write(tmp_path, {f"data/received/{one}": raw for one, raw in there.items()})
    assert kept(Files(tmp_path), name, b"x") == wanted


def test_a_folder_takes_a_name_too(tmp_path):
    (write(tmp_path) / "data/received/a.xlsx").mkdir(parents=True)
    assert kept(Files(tmp_path), "a.xlsx", b"x") == "a-2.xlsx"


def test_an_original_that_is_not_written_yet_takes_a_name_too(tmp_path):
    files = Files(write(tmp_path), {"data/received/a.xlsx": b"y"})
    assert kept(files, "a.xlsx", b"x") == "a-2.xlsx"


@given(name=st.text(max_size=300))
def test_law_a_kept_name_is_one_that_every_system_holds(name):
    wanted = kept(Files(Path("nowhere")), name, b"x")
    assert portable(wanted)
    assert len(wanted) <= 120
    assert len(wanted.encode()) <= 240
    assert not set(wanted) & set("/\\;；")
    assert kept(Files(Path("nowhere")), wanted, b"x") == wanted
