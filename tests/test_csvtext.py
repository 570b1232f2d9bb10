"""Reading CSV text: the quick way and the exact way tell the same rows, and nothing is swallowed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtrack import csvtext

FIELD = st.text(alphabet='a1é ,"', max_size=4)
HEADER = "area,value,note\n"


def rows_of(body: csvtext.Body | bytes) -> list[list[str]]:
    text = body if isinstance(body, bytes) else body.text
    return [row for row in csv.reader(io.StringIO(text.decode(), newline="")) if any(field.strip() for field in row)]


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
    header, read, findings = csvtext.split(text.encode(), "x.csv")
    exact_header, exact, _, exact_findings = csvtext._quoted(text, "x.csv")
    assert header == exact_header == ("area", "value", "note")
    if '"' in text:  # without a quote the two differ only in how a blank row is passed over
        assert [found.line for found in findings] == [found.line for found in exact_findings]
    assert rows_of(read) == rows_of(exact)


@pytest.mark.parametrize(
    ("text", "kept", "told"),
    [
        ('a,1,"x\ny"\nb,2,z\n', [2, 4], []),  # a note over two lines, and the line after it is counted right
        ('a,1,"x\nb,2,z\n', [3], [2]),  # a quote that never closes costs its own row, not the rest
        ('a,1,"x\nb,2,z\nc,3,y"\n', [], [2]),  # a stray pair of quotes swallows no row without a word
        ('a,1,"x"y\nb,2,z\n', [3], [2]),  # text after a closing quote
        ('a,1,"x ""y"" z"\nb,2,z\n', [2, 3], []),
    ],
    ids=["note over lines", "never closed", "stray pair", "text after", "quotes inside"],
)
def test_quotes(text, kept, told):
    _, body, findings = csvtext.split((HEADER + text).encode(), "x.csv")
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
    (found,) = csvtext.check_header(csvtext.split(f"{header}\n1,2,3\n".encode(), "x.csv")[0], "x.csv", ("area", "value"), ("note",))
    assert (found.code, found.line) == ("column-missing", 1)
    assert says in found.sentence


def test_commas_that_excel_leaves_behind_are_no_columns():
    header, body, findings = csvtext.split(b"area,value,,\na,1,,\n", "x.csv")
    assert csvtext.check_header(header, "x.csv", ("area", "value"), ()) == findings == []
    assert body.lines.tolist() == [2]


def test_fields_too_many_are_never_cut_off_even_blank_ones():
    """4,9 for 4.9 before a blank note would otherwise be read as 4."""
    _, body, findings = csvtext.split((HEADER + "a,4,9,\n").encode(), "x.csv")
    assert body.lines.tolist() == []
    assert [found.code for found in findings] == ["row-width"]
