"""Reading CSV text: the quick way and the exact way tell the same rows, and nothing is swallowed."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtrack.model.schema import ACTUALS_FILE
from dtrack.storage import csv_reader, csv_text
from dtrack.storage.csv_reader import read_tables
from dtrack.storage.paths import Files
from dtrack.workspace import load

FIELD = st.text(alphabet='a1é ,"', max_size=4)
HEADER = "area,value,note\n"


def rows_of(body: csv_reader.Body | bytes) -> list[list[str]]:
    text = body if isinstance(body, bytes) else body.text
    return [
        row
        for row in csv.reader(io.StringIO(text.decode(), newline=""))
        if any(field.strip() for field in row)
    ]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(FIELD, min_size=3, max_size=3), min_size=1, max_size=4),
    st.integers(0, 60),
    st.sampled_from(["", '"', ",", "\n"]),
)
def test_the_quick_way_and_the_exact_way_read_the_same_rows(rows, place, slip):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    body = out.getvalue()
    text = HEADER + body[: place % len(body)] + slip + body[place % len(body) :]
    header, read, findings = csv_reader.split(text.encode(), "x.csv")
    exact_header, exact, _, faults = csv_text.read_quoted(text)
    assert header == exact_header == ("area", "value", "note")
    assert [found.line for found in findings] == [line for line, _, _ in faults]
    assert rows_of(read) == rows_of(exact)


@pytest.mark.parametrize(
    ("text", "kept", "told"),
    [
        (
            'a,1,"x\ny"\nb,2,z\n',
            [2, 4],
            [],
        ),  # a note over two lines, and the line after it is counted right
        ('a,1,"x\nb,2,z\n', [3], [2]),  # a quote that never closes costs its own row, not the rest
        (
            'a,1,"x\nb,2,z\nc,3,y"\n',
            [],
            [2],
        ),  # a stray pair of quotes swallows no row without a word
        ('a,1,"x"y\nb,2,z\n', [3], [2]),  # text after a closing quote
        ('a,1,"x ""y"" z"\nb,2,z\n', [2, 3], []),
    ],
    ids=["note over lines", "never closed", "stray pair", "text after", "quotes inside"],
)
def test_quotes(text, kept, told):
    _, body, findings = csv_reader.split((HEADER + text).encode(), "x.csv")
    assert body.lines.tolist() == kept
    assert [found.line for found in findings] == told


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("area;value;note", "semicolons"),
        ("area\tvalue\tnote", "tabs"),
        ("", "first line is blank"),
        ("Area,value,note", "“Area” must be written “area”"),
    ],
)
def test_a_header_that_is_nearly_right_gives_one_finding(header, says):
    (found,) = csv_text.check_header(
        csv_reader.split(f"{header}\n1,2,3\n".encode(), "x.csv")[0],
        "x.csv",
        ("area", "value"),
        ("note",),
    )
    assert (found.code, found.line) == ("column-missing", 1)
    assert says in found.sentence


def test_commas_that_excel_leaves_behind_are_no_columns():
    header, body, findings = csv_reader.split(b"area,value,,\na,1,,\n", "x.csv")
    assert csv_text.check_header(header, "x.csv", ("area", "value"), ()) == findings == []
    assert body.lines.tolist() == [2]


def test_fields_too_many_are_never_cut_off_even_blank_ones():
    """4,9 for 4.9 before a blank note would otherwise be read as 4."""
    _, body, findings = csv_reader.split((HEADER + "a,4,9,\n").encode(), "x.csv")
    assert body.lines.tolist() == []
    assert [found.code for found in findings] == ["row-width"]


TEXT = st.text(alphabet='a1é ,"\n', max_size=60)


@settings(max_examples=1000, deadline=None)
@given(TEXT)
def test_rows_and_their_widths_are_those_of_the_csv_module(text):
    """Where Python's reader can read the whole text; a row over lines that look like rows is refused besides."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        rows = []
    header, body, findings = csv_reader.split((HEADER + text).encode(), "x.csv")
    assert header == ("area", "value", "note")
    told = [found.sentence for found in findings if "runs over" not in found.sentence]
    if rows and len(told) == len(findings):
        assert rows_of(body) == [row for row in rows if len(row) == 3 and any(map(str.strip, row))]
        wrong = [row for row in rows if len(row) != 3 and any(map(str.strip, row))]
        assert told == [f"this row has {len(row)} fields, the header 3" for row in wrong]


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_cells_are_those_of_the_csv_module_blanks_around_them_aside(text):
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return
    name = "data/actuals/x.csv"
    table, findings = read_tables(
        Files(Path("nowhere"), {name: (HEADER + text).encode()}),
        [name],
        ("area", "value"),
        ("note",),
    )
    if not any("runs over" in found.sentence for found in findings):
        cells = [
            [table.cell(column, row) for column in ("area", "value", "note")]
            for row in range(len(table))
        ]
        assert cells == [
            [*map(str.strip, row)] for row in rows if len(row) == 3 and any(map(str.strip, row))
        ]


QUOTED = 'a,1,"x, y"\n'


@pytest.mark.parametrize("quoted", ["", QUOTED], ids=["no quote", "a quoted field before"])
def test_two_rows_that_are_even_together_are_both_told(quoted):
    _, body, findings = csv_reader.split(
        (HEADER + quoted + "a,1,2,3\nb,1\nc,1,2\n").encode(), "x.csv"
    )
    lines = 2 + bool(quoted)
    assert [(found.code, found.line) for found in findings] == [
        ("row-width", lines),
        ("row-width", lines + 1),
    ]
    assert rows_of(body)[-1:] == [["c", "1", "2"]]


LONG = "x" * 131_073  # a letter more than a field may have


@pytest.mark.parametrize("quoted", ["", QUOTED], ids=["no quote", "a quoted field before"])
@pytest.mark.parametrize(
    "row", [f"b,{LONG},z\n", f'b,"{LONG}",z\n', f"b,é,{LONG}\n"], ids=["plain", "in quotes", "last"]
)
def test_a_field_of_more_than_131072_letters_is_told_and_costs_its_row_only(quoted, row):
    _, body, findings = csv_reader.split((HEADER + quoted + row + "c,1,2\n").encode(), "x.csv")
    (found,) = findings
    assert (found.code, found.line) == ("row-width", 2 + bool(quoted))
    assert found.sentence == "a field of this row holds more than 131,072 characters"
    assert rows_of(body)[-1:] == [["c", "1", "2"]]


@pytest.mark.parametrize("letters", [60_000, 70_000, 131_072])
def test_a_field_of_as_many_letters_as_it_may_have_is_read(letters):
    for text in (f"b,{LONG[:letters]},z\n", QUOTED + f"b,{LONG[:letters]},z\n"):
        _, body, findings = csv_reader.split((HEADER + text).encode(), "x.csv")
        assert findings == []
        assert rows_of(body)[-1] == ["b", LONG[:letters], "z"]


@pytest.mark.parametrize(
    "head", [LONG, f'"{LONG}"', f"area,value,{LONG}", '"area,value', '"area"x,value']
)
def test_a_first_line_that_cannot_be_read_is_a_finding_of_the_header(head):
    header, body, findings = csv_reader.split(f"{head}\na,1,2\n".encode(), "x.csv")
    (found,) = findings
    assert (header, body.lines.tolist(), found.code, found.line) == ((), [], "column-missing", 1)
    assert len(str(found)) < 300


BAD = {
    "quotes that open at every line": 'x","\n',
    "text after a closing quote": '"x"y,1,2\n',
    "quotes open and closed in turn": 'a,1,"x\nb,2,"y\n',
    "an open quote and good rows": 'a,1,"x\n' + "b,2,z\n" * 9,
    "rows too wide": "a,1,2,3\n",
    "a quote before each row": '"x\n',
}


@pytest.mark.parametrize("what", list(BAD))
def test_a_hundred_thousand_broken_lines_are_told_in_a_second(what):
    text = (HEADER + BAD[what] * (100_000 // BAD[what].count("\n"))).encode()
    begun = time.process_time()
    _, _, findings = csv_reader.split(text, "x.csv")
    assert time.process_time() - begun < 5  # it took minutes, and takes half a second
    assert 0 < len(findings) <= 1001
    assert len(findings) < 1001 or findings[-1].sentence.startswith("and ")


def test_one_open_quote_above_a_long_file_costs_its_own_row_only():
    text = (HEADER + 'a,1,"x\n' + "b,2,z\n" * 300_000).encode()
    begun = time.process_time()
    _, body, findings = csv_reader.split(text, "x.csv")
    assert time.process_time() - begun < 5
    assert ([found.line for found in findings], len(body.lines)) == ([2], 300_000)


def test_a_quote_far_below_does_not_close_one_that_was_left_open():
    """Rows of more than 131,072 letters over several lines are none: what lies between is read."""
    _, body, findings = csv_reader.split(
        (HEADER + 'a,1,"x\n' + "b,2,z\n" * 30_000 + '"\n').encode(), "x.csv"
    )
    assert [found.line for found in findings] == [2, 30_003]
    assert len(body.lines) == 30_000


def test_a_header_of_a_hundred_thousand_columns_is_told_in_a_few_findings():
    header = (*(f"c{number}" for number in range(100_000)), "c1", "area")
    begun = time.process_time()
    findings = csv_text.check_header(header, "x.csv", ("area", "value"), ("note",))
    assert time.process_time() - begun < 2
    assert [found.code for found in findings[:2]] == ["column-missing", "column-unknown"]
    assert findings[21].sentence == "and 99,980 more columns of this kind"
    assert [found.sentence for found in findings[22:]] == ["column “c1” occurs twice"]


# ---- several files ----------------------------------------------------------------------------
COLUMNS = (*ACTUALS_FILE, "origin")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A workspace of the starter's files, which every command can open."""
    import shutil

    from dtrack.cli.init import STARTER

    return shutil.copytree(STARTER, tmp_path_factory.mktemp("files") / "w")


def test_figures_stand_in_the_order_of_their_files_whatever_their_columns(folder):
    """Of two editions of one day the one that stands last counts, so the order is a rule and no accident."""
    shorter, row = COLUMNS[:-1], "harbour,gdp_growth,H1-2024,{},flash,2024-07-20,s1,"
    files = {"a": (COLUMNS, "7.71", ","), "b": (shorter, "7.72", ""), "c": (COLUMNS, "7.73", ",")}
    beside = {
        f"data/actuals/{name}.csv": f"{','.join(header)}\n{row.format(value)}{end}\n".encode()
        for name, (header, value, end) in reversed(files.items())
    }
    dataset = load(folder, beside)
    assert [value for value in dataset.actuals["value"] if value.startswith("7.7")] == [
        "7.71",
        "7.72",
        "7.73",
    ]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")], ids=["before", "after"])
@pytest.mark.parametrize("nothing", [b"\n", b"\n\n", b"only,two\n", b",,\n"])
def test_a_file_without_a_single_row_moves_no_row_of_another(folder, names, nothing):
    header = ",".join(COLUMNS[:-1]).encode() + b"\n"
    row = "hill,gdp_growth,H1-2022,{},flash,2022-07-20,s1,\n"
    full, empty = (f"data/actuals/{name}.csv" for name in names)
    dataset = load(
        folder,
        {
            full: header + (row.format("7.71") + row.format("7.72")).encode(),
            empty: header + nothing,
        },
    )
    mine = dataset.actuals[dataset.actuals["value"].isin(["7.71", "7.72"])]
    assert list(zip(mine["file"], mine["line"], strict=True)) == [(full, 2), (full, 3)]
    assert empty in {finding.file for finding in dataset.findings}
